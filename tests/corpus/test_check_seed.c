/*
 * What a careful registrar would say of the customer's telegram: exactly
 * twelve notes, at their places. Its text is not ours to ship; the file is
 * found beside the corpus.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "../unit/testing.h"
#include "base/compiler.h"
#include "check/check.h"
#include "forms/forms.h"

static const struct {
	uint32_t    line, column;
	const char *code;
	const char *detail;	/* NULL: whatever */
} want[] = {
	{ 3, 1, "ARC-003", NULL },
	{ 3, 1, "DTG-006", "PRIORITY" },
	{ 9, 25, "MRN-007", "2008" },
	{ 16, 19, "CLS-068", "2018-06-09" },
	{ 18, 7, "TAG-012", "7 codes" },
	{ 20, 1, "CLS-048", "taken as CONFIDENTIAL" },
	{ 24, 54, "CLS-070", NULL },
	{ 26, 1, "CHR-003", "9 pilcrows" },
	{ 26, 9, "ACT-001", "points to paragraph 8 (line 43)" },
	{ 29, 81, "LEN-004", NULL },
	{ 37, 1, "PAR-008", "paragraph 6, joined with line 39" },
	{ 45, 9, "CLS-069", "6 blocks under paragraph 9 (C)" },
};

static chy_telegram *
read_seed(void)
{
	const char *corpus = getenv("CHANCERY_CORPUS");
	char path[4096], *bytes = malloc(1 << 16);
	chy_telegram *tel = NULL;
	chy_error err;
	FILE *f;
	size_t n;

	snprintf(path, sizeof(path), "%s/../reference/seed.txt",
	    corpus != NULL ? corpus : "../shared/corpus");
	f = fopen(path, "rb");
	if (f == NULL) {
		free(bytes);
		return NULL;
	}
	n = fread(bytes, 1, 1 << 16, f);
	fclose(f);
	if (chy_telegram_read((chy_slice){ bytes, n }, NULL, &tel, &err) !=
	    CHY_OK)
		fail_msg("not read: %s", err.text);
	free(bytes);
	return tel;
}

static void
test_twelve_notes(void **state)
{
	chy_check_options opts = { .today = 20260101 };
	chy_telegram *tel = read_seed();
	chy_findings found;

	(void)state;
	if (tel == NULL)
		skip();
	chy_findings_init(&found);
	assert_int_equal(chy_check(tel, &opts, &found), CHY_OK);
	for (size_t i = 0; i < found.count && i < ARRAY_LEN(want); i++) {
		const chy_finding *f = &found.list[i];
		chy_diag diag = chy_finding_diag(f);
		uint32_t line, column;

		chy_telegram_place(tel, f->off, &line, &column);
		EXPECT_TEXT("code", chy_slice_of(chy_diag_code(diag)),
		    want[i].code);
		EXPECT_EQ(want[i].code, line, want[i].line);
		EXPECT_EQ(want[i].code, column, want[i].column);
		EXPECT_EQ(want[i].code, chy_diag_severity(diag, false),
		    CHY_SEVERITY_NOTE);
		if (want[i].detail != NULL)
			EXPECT_TEXT(want[i].code, chy_finding_detail(&found,
			    f), want[i].detail);
	}
	EXPECT_EQ("no more and no less", found.count, ARRAY_LEN(want));
	EXPECT_EQ("exit status 0", chy_findings_worst(&found, false),
	    CHY_SEVERITY_NOTE);
	chy_findings_done(&found);
	chy_telegram_free(tel);
}

/* The same text is no draft that could be sent. */
static void
test_as_a_draft(void **state)
{
	chy_check_options opts = { .drafting = true };
	chy_telegram *tel = read_seed();
	chy_findings found;

	(void)state;
	if (tel == NULL)
		skip();
	chy_findings_init(&found);
	assert_int_equal(chy_check(tel, &opts, &found), CHY_OK);
	EXPECT("warnings", chy_findings_worst(&found, true) >=
	    CHY_SEVERITY_WARNING);
	for (size_t i = 0; i < found.count; i++)
		EXPECT("what is off stays off", chy_diag_severity(
		    chy_finding_diag(&found.list[i]), true) !=
		    CHY_SEVERITY_OFF);
	chy_findings_done(&found);
	chy_telegram_free(tel);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_twelve_notes),
		cmocka_unit_test(test_as_a_draft),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
