/*
 * Cutting a stream into telegrams.
 *
 * SPDX-License-Identifier: ISC
 */
#include "testing.h"

#include "base/compiler.h"
#include "forms/forms.h"

#define HEADING	"DE RUEHPA #0007\nO 091456Z JUN 08\nFM AMEMBASSY PORT ARDEN\n"

static const struct {
	const char *label;
	const char *part[3];	/* together they are the stream */
} cases[] = {
	{ "one", { "VZCZCAAA0001\n" HEADING "BT\nNNNN\n" } },
	{ "two with an end between",
	    { "VZCZCAAA0001\n" HEADING "NNNN\n\n\n",
	      "VZCZCAAA0002\n" HEADING "NNNN\n" } },
	{ "two, the end of the first missing",
	    { "VZCZCAAA0001\n" HEADING "TEXT\n",
	      "VZCZCAAA0002\n" HEADING "NNNN\n" } },
	{ "torn tape",
	    { "ZCZC KHA214 14/1131\r\r\n" HEADING "NNNN\r\r\n",
	      "ZCZC KHA215 14/1132\r\r\n" HEADING "NNNN\r\r\n" } },
	{ "without letters",
	    { "VZCZC051 UU\n" HEADING, "VZCZC052 UU\n" HEADING } },
	{ "a class line before format line 1",
	    { "S E C R E T  PORT ARDEN 7\nVZCZCAAA0001\n" HEADING } },
	{ "lines of a publisher after the end",
	    { "VZCZCAAA0001\n" HEADING "NNNN\nEnd Cable Text\n" } },
	{ "lines of a publisher between two go with the second",
	    { "VZCZCAAA0001\n" HEADING "NNNN\n",
	      "UNCLASSIFIED//\nVZCZCAAA0002\n" HEADING } },
	{ "after an end a heading alone is enough",
	    { HEADING "NNNN\n\n", "R 101456Z JUN 08\nFM SECSTATE\n" } },
	{ "a quoted heading is not cut at",
	    { "VZCZCAAA0001\n" HEADING "QUOTE\n" HEADING "UNQUOTE\nNNNN\n" } },
	{ "a telegram without format line 1, then one with",
	    { HEADING "TEXT\n", "VZCZCAAA0002\n" HEADING } },
	{ "the words inside a line",
	    { HEADING "SEE VZCZCAAA0002\nNNNN WAS LOST\n" } },
	{ "white space alone", { " \n\n" } },
	{ "no line end", { "NNNN" } },
};

static void
test_split(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		char stream[2048];
		size_t len = 0, pos = 0, n = 0;
		chy_slice piece;

		for (size_t k = 0; k < 3 && cases[i].part[k] != NULL; k++)
			len += (size_t)snprintf(stream + len,
			    sizeof(stream) - len, "%s", cases[i].part[k]);
		while (chy_split_next((chy_slice){ stream, len }, &pos,
		    &piece)) {
			EXPECT(cases[i].label, n < 3 &&
			    cases[i].part[n] != NULL);
			EXPECT_TEXT(cases[i].label, piece, cases[i].part[n]);
			n++;
		}
		EXPECT_EQ(cases[i].label, pos, len);
	}
}

static void
test_empty(void **state)
{
	size_t pos = 0;
	chy_slice piece;

	(void)state;
	EXPECT("an empty stream has none",
	    !chy_split_next(CHY_EMPTY, &pos, &piece));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_split),
		cmocka_unit_test(test_empty),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
