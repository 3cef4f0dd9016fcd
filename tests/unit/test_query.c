/*
 * The search language: what is understood, what is refused and where.
 *
 * SPDX-License-Identifier: ISC
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "base/civil.h"
#include "base/limits.h"
#include "query/query.h"
#include "telegram/telegram.h"

static const struct {
	const char *label;
	const char *text;
	const char *want;
} good[] = {
	{ "nothing is all", "", "" },
	{ "blanks are nothing", "  \t", "" },
	{ "a word", "oil", "oil" },
	{ "two words are and", "oil pipeline", "oil and pipeline" },
	{ "and said", "oil AND pipeline", "oil and pipeline" },
	{ "or", "oil Or gas", "oil or gas" },
	{ "and binds closer", "a1 b1 or c1 d1", "a1 and b1 or c1 and d1" },
	{ "parentheses", "(oil or gas) pipeline",
	    "(oil or gas) and pipeline" },
	{ "needless ones go", "((oil)) (gas pipe)", "oil and gas and pipe" },
	{ "not", "oil not gas", "oil and not gas" },
	{ "minus", "oil -gas", "oil and not gas" },
	{ "minus inside a word", "F-4E", "F-4E" },
	{ "not of a group", "not (oil gas)", "not (oil and gas)" },
	{ "a phrase", "\"oil  pipeline\"", "\"oil  pipeline\"" },
	{ "a prefix", "pipelin*", "pipelin*" },
	{ "a phrase's operator is a word", "\"and\"", "\"and\"" },
	{ "a country's name", "oman", "\"oman\" or geo:MU" },
	{ "in an and", "oman oil", "(\"oman\" or geo:MU) and oil" },
	{ "in quotes only the word", "\"oman\"", "\"oman\"" },
	{ "a country for its code", "tag:oman", "tag:MU" },
	{ "a code", "tag:prel", "tag:PREL" },
	{ "a field", "from:muscat", "from:MUSCAT" },
	{ "a post in full", "from:\"Embassy Muscat\"", "from:MUSCAT" },
	{ "a post's address", "to:\"SECSTATE WASHDC\"", "to:STATE" },
	{ "a year", "date:1975", "date:1975" },
	{ "a range", "date:1975-03..1975-05", "date:1975-03..1975-05" },
	{ "an open range", "date:1975..", "date:1975.." },
	{ "open before", "date:..1975-03-12", "date:..1975-03-12" },
	{ "a level", "class:s", "class:SECRET" },
	{ "levels", "class:C..TS", "class:CONFIDENTIAL..TS" },
	{ "a level up", "class:S..", "class:SECRET..TS" },
	{ "a level down", "class:..C", "class:UNCLASSIFIED..CONFIDENTIAL" },
	{ "a level of two words", "class:\"top secret\"", "class:TS" },
	{ "precedence", "precedence:o", "precedence:IMMEDIATE" },
	{ "precedences", "precedence:immediate..flash",
	    "precedence:IMMEDIATE..FLASH" },
	{ "a number", "mrn:08MUSCAT000425", "mrn:08MUSCAT425" },
	{ "a number with blanks", "cites:\"08 MUSCAT 425\"",
	    "cites:08MUSCAT425" },
	{ "year in full", "thread:2008MUSCAT425", "thread:08MUSCAT425" },
	{ "a hash", "mrn:sha:01234ABC", "mrn:sha:01234abc" },
	{ "a field of words", "subject:oil", "subject:oil" },
	{ "a field of a phrase", "subject:\"oil gas\"",
	    "subject:\"oil gas\"" },
	{ "a field of a group", "subject:(oil or gas)",
	    "subject:oil or subject:gas" },
	{ "in one paragraph", "para:(oil gas)", "para:(oil and gas)" },
	{ "a word of one", "para:oil", "para:(oil)" },
	{ "mark", "mark:S/NF", "mark:S/NF" },
	{ "caption", "caption:\"ROGER CHANNEL\"",
	    "caption:\"ROGER CHANNEL\"" },
	{ "flag", "is:Corrected", "is:corrected" },
	{ "an address of the web is a word", "http://a.b/c",
	    "http://a.b/c" },
	{ "a time is a word", "12:30", "12:30" },
	{ "accents", "São", "São" },
};

static void
test_understood(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(good); i++) {
		chy_query *q, *again;
		chy_buf out = CHY_BUF_INIT, twice = CHY_BUF_INIT;
		chy_error err = { .status = CHY_OK };

		if (chy_query_parse(chy_slice_of(good[i].text), &q, &err) !=
		    CHY_OK)
			fail_msg("%s: %s: %s", good[i].label, good[i].text,
			    err.text);
		chy_query_print(q->root, &out);
		if (!chy_slice_eq(chy_buf_slice(&out),
		    chy_slice_of(good[i].want)))
			fail_msg("%s: %s gives %s, not %s", good[i].label,
			    good[i].text, out.ptr, good[i].want);
		/* What is shown back means the same. */
		assert_int_equal(chy_query_parse(chy_buf_slice(&out), &again,
		    &err), CHY_OK);
		chy_query_print(again->root, &twice);
		assert_string_equal(chy_buf_slice(&twice).ptr,
		    chy_buf_slice(&out).ptr);
		chy_query_free(q);
		chy_query_free(again);
		chy_buf_done(&out);
		chy_buf_done(&twice);
	}
}

static const struct {
	const char *label;
	const char *text;
	uint32_t    off;
	chy_status  want;
} bad[] = {
	{ "open quote", "oil \"gas", 4, CHY_ERR_INVALID },
	{ "open parenthesis", "(oil", 0, CHY_ERR_INVALID },
	{ "close parenthesis", "oil)", 3, CHY_ERR_INVALID },
	{ "empty parentheses", "oil ()", 5, CHY_ERR_INVALID },
	{ "and at the end", "oil and", 7, CHY_ERR_INVALID },
	{ "and at the start", "and oil", 0, CHY_ERR_INVALID },
	{ "or at the end", "oil or", 6, CHY_ERR_INVALID },
	{ "or at the start", "or oil", 0, CHY_ERR_INVALID },
	{ "or twice", "oil or or gas", 7, CHY_ERR_INVALID },
	{ "not of nothing", "oil not", 7, CHY_ERR_INVALID },
	{ "not and", "not and oil", 4, CHY_ERR_INVALID },
	{ "no such field", "oil foo:bar", 4, CHY_ERR_INVALID },
	{ "no value", "from:", 5, CHY_ERR_INVALID },
	{ "a blank for a value", "from: muscat", 5, CHY_ERR_INVALID },
	{ "a bad date", "oil date:1975-13", 9, CHY_ERR_INVALID },
	{ "a day that is not", "date:1975-02-30", 5, CHY_ERR_INVALID },
	{ "a date in words", "date:march", 5, CHY_ERR_INVALID },
	{ "no date at all", "date:..", 5, CHY_ERR_INVALID },
	{ "a range backwards", "date:1976..1975", 5, CHY_ERR_INVALID },
	{ "a bad level", "class:Q", 6, CHY_ERR_INVALID },
	{ "levels backwards", "class:S..C", 6, CHY_ERR_INVALID },
	{ "a bad precedence", "precedence:soon", 11, CHY_ERR_INVALID },
	{ "no number", "mrn:muscat", 4, CHY_ERR_INVALID },
	{ "a number without year", "mrn:MUSCAT425", 4, CHY_ERR_INVALID },
	{ "a bad flag", "is:nice", 3, CHY_ERR_INVALID },
	{ "a star inside", "pipe*line", 4, CHY_ERR_INVALID },
	{ "a star alone", "*", 0, CHY_ERR_INVALID },
	{ "a field in a field", "subject:(from:muscat)", 9,
	    CHY_ERR_INVALID },
	{ "a group for a value", "from:(a b)", 5, CHY_ERR_INVALID },
	{ "later: office", "oil office:EB", 4, CHY_ERR_UNSUPPORTED },
	{ "later: action", "action:open", 0, CHY_ERR_UNSUPPORTED },
	{ "later: case", "case:X", 0, CHY_ERR_UNSUPPORTED },
	{ "an empty phrase", "\"\"", 0, CHY_ERR_INVALID },
	{ "only points", "oil ...", 4, CHY_ERR_INVALID },
};

static void
test_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		chy_query *q;
		chy_error err = { .off = 999 };
		chy_status st = chy_query_parse(chy_slice_of(bad[i].text), &q,
		    &err);

		if (st != bad[i].want || err.off != bad[i].off ||
		    err.text[0] == '\0')
			fail_msg("%s: %s gives %d at %u: %s", bad[i].label,
			    bad[i].text, (int)st, err.off, err.text);
	}
}

static void
test_limits(void **state)
{
	char text[CHY_LIMIT_QUERY + 10];
	chy_query *q;
	chy_error err;

	(void)state;
	memset(text, 'a', sizeof(text));
	assert_int_equal(chy_query_parse((chy_slice){ text, sizeof(text) }, &q,
	    &err), CHY_ERR_TOO_LARGE);
	assert_int_equal(chy_query_parse((chy_slice){ text, CHY_LIMIT_QUERY },
	    &q, &err), CHY_OK);
	chy_query_free(q);
	memset(text, '(', CHY_LIMIT_QUERY_DEPTH + 1);
	assert_int_equal(chy_query_parse((chy_slice){ text, 200 }, &q, &err),
	    CHY_ERR_TOO_LARGE);
	for (size_t i = 0; i < 2000; i++)
		text[i] = i % 2 ? ' ' : 'a';
	assert_int_equal(chy_query_parse((chy_slice){ text, 2000 }, &q, &err),
	    CHY_ERR_TOO_LARGE);
	for (size_t i = 0; i + 4 <= 400; i += 4)
		memcpy(text + i, "not ", 4);
	assert_int_equal(chy_query_parse((chy_slice){ text, 400 }, &q, &err),
	    CHY_ERR_TOO_LARGE);
}

static void
test_dates(void **state)
{
	chy_query *q;

	(void)state;
	assert_int_equal(chy_query_parse(CHY_SLICE("date:2008-02"), &q, NULL),
	    CHY_OK);
	assert_int_equal(q->root->low, chy_civil_seconds(
	    (chy_civil){ 2008, 2, 1, 0, 0 }));
	assert_int_equal(q->root->high, chy_civil_seconds(
	    (chy_civil){ 2008, 2, 29, 0, 0 }) + 86399);
	chy_query_free(q);
	assert_int_equal(chy_query_parse(CHY_SLICE("date:..2008"), &q, NULL),
	    CHY_OK);
	assert_true(q->root->low == INT64_MIN);
	assert_int_equal(q->root->high, chy_civil_seconds(
	    (chy_civil){ 2008, 12, 31, 23, 59 }) + 59);
	chy_query_free(q);
}

static const struct {
	const char *text, *want;
} numbers[] = {
	{ "08 MUSCAT 425", "08MUSCAT425" },
	{ "08MUSCAT000425", "08MUSCAT425" },
	{ "2008MUSCAT000425", "08MUSCAT425" },
	{ "Muscat 425 (2008)", "08MUSCAT425" },
	{ "08 Embassy Muscat 425", "08MUSCAT425" },
	{ "75 state 12", "75STATE12" },
	{ "08 SECSTATE 12", "08STATE12" },
	{ "MUSCAT 425", NULL },
	{ "425", NULL },
	{ "08MUSCAT", NULL },
	{ "", NULL },
};

static void
test_numbers(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(numbers); i++) {
		chy_mrn mrn;
		char key[CHY_MRN_KEY_MAX] = "";
		bool is = chy_mrn_from_text(chy_slice_of(numbers[i].text),
		    &mrn);

		if (is)
			(void)chy_mrn_key(&mrn, key);
		if (is != (numbers[i].want != NULL) ||
		    (is && strcmp(key, numbers[i].want) != 0))
			fail_msg("%s gives %s", numbers[i].text, key);
	}
}

static unsigned seed = 7;

static int
dice(int n)
{
	seed = seed * 1103515245u + 12345u;
	return (int)(seed >> 16) % n;
}

/* Random strings of the language's own pieces: they are understood, and what
 * is shown back is understood as the same, or they are refused with a place
 * inside. */
static void
test_random(void **state)
{
	static const char *const pieces[] = { "oil", "and", "or", "not", "(",
	    ")", "\"", " ", "-", "*", "from:", "subject:", "date:", "1975",
	    "..", "para:", "oman", ":", "class:", "S", "é", "mark:", "S/NF" };
	char text[400];

	(void)state;
	for (int i = 0; i < 20000; i++) {
		size_t n = 0;
		chy_query *q;
		chy_error err = { .off = 0 };

		text[0] = '\0';
		for (int k = dice(14); k > 0; k--)
			n += (size_t)snprintf(text + n, sizeof(text) - n,
			    "%s%s", pieces[dice((int)ARRAY_LEN(pieces))],
			    dice(2) ? " " : "");
		if (chy_query_parse((chy_slice){ text, n }, &q, &err) ==
		    CHY_OK) {
			chy_buf once = CHY_BUF_INIT, twice = CHY_BUF_INIT;
			chy_query *again;

			chy_query_print(q->root, &once);
			if (chy_query_parse(chy_buf_slice(&once), &again,
			    &err) != CHY_OK)
				fail_msg("%s -> %s: %s", text, once.ptr,
				    err.text);
			chy_query_print(again->root, &twice);
			if (!chy_slice_eq(chy_buf_slice(&once),
			    chy_buf_slice(&twice)))
				fail_msg("%s -> %s -> %s", text, once.ptr,
				    twice.ptr);
			chy_query_free(again);
			chy_query_free(q);
			chy_buf_done(&once);
			chy_buf_done(&twice);
		} else {
			assert_true(err.off <= n);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_understood),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_dates),
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_random),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
