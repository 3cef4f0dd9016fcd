/*
 * The table of diagnostics is sound, and findings are kept, capped, ordered.
 *
 * SPDX-License-Identifier: ISC
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/ascii.h"
#include "diag/diag.h"

static void
test_table(void **state)
{
	size_t retired = 0;

	(void)state;
	for (int i = 0; i < CHY_DIAG_COUNT; i++) {
		chy_diag d = (chy_diag)i, found = CHY_DIAG_COUNT;
		const char *code = chy_diag_code(d);
		size_t len = strlen(code), letters = 0;

		/* Two to four letters or digits, a hyphen, three digits. */
		while (chy_is_upper(code[letters]) ||
		    chy_is_digit(code[letters]))
			letters++;
		assert_in_range(letters, 2, 4);
		assert_int_equal(code[letters], '-');
		assert_int_equal(len, letters + 4);
		assert_true(chy_diag_find(chy_slice_of(code), &found));
		assert_int_equal(found, d);	/* else the code is twice */
		assert_true(strlen(chy_diag_text(d)) > 0);
		assert_true(strlen(chy_diag_source(d)) > 0);
		assert_null(strchr(chy_diag_text(d), '\n'));
		if (!chy_diag_retired(d)) {
			assert_string_equal(chy_diag_instead(d), "");
			continue;
		}
		retired++;
		assert_int_equal(chy_diag_severity(d, false),
		    CHY_SEVERITY_OFF);
		/* "retired: report ID": one that is not retired itself. */
		assert_int_equal(strncmp(chy_diag_instead(d),
		    "retired: report ", 16), 0);
		assert_true(chy_diag_find((chy_slice){
		    chy_diag_instead(d) + 16, 7 }, &found));
		assert_false(chy_diag_retired(found));
	}
	assert_true(retired > 0);
}

static const struct {
	chy_diag     diag;
	const char  *code;
	chy_severity reading, drafting;
} known[] = {
	{ CHY_DIAG_PRECEDENCE_UNKNOWN, "ADR-004", CHY_SEVERITY_ERROR,
	    CHY_SEVERITY_ERROR },
	{ CHY_DIAG_ADDRESSEE_TWICE, "ADR-003", CHY_SEVERITY_STYLE,
	    CHY_SEVERITY_WARNING },
	{ CHY_DIAG_PORTION_ABOVE_OVERALL, "CLS-040", CHY_SEVERITY_ERROR,
	    CHY_SEVERITY_ERROR },
	{ CHY_DIAG_FORM_UNCERTAIN, "FRM-001", CHY_SEVERITY_NOTE,
	    CHY_SEVERITY_OFF },
	{ CHY_DIAG_MAIL_FIELD_TWICE, "MAIL-001", CHY_SEVERITY_ERROR,
	    CHY_SEVERITY_ERROR },
};

static void
test_known(void **state)
{
	chy_diag diag = CHY_DIAG_COUNT;
	chy_severity severity = CHY_SEVERITY_OFF;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(known); i++) {
		assert_string_equal(chy_diag_code(known[i].diag),
		    known[i].code);
		assert_int_equal(chy_diag_severity(known[i].diag, false),
		    known[i].reading);
		assert_int_equal(chy_diag_severity(known[i].diag, true),
		    known[i].drafting);
	}
	assert_true(chy_diag_find(CHY_SLICE("adr-004"), &diag));
	assert_int_equal(diag, CHY_DIAG_PRECEDENCE_UNKNOWN);
	assert_false(chy_diag_find(CHY_SLICE("ADR-999"), &diag));
	assert_false(chy_diag_find(CHY_SLICE(""), &diag));
	assert_int_equal(diag, CHY_DIAG_PRECEDENCE_UNKNOWN);
	for (int i = CHY_SEVERITY_OFF; i <= CHY_SEVERITY_ERROR; i++) {
		assert_true(chy_severity_parse(chy_slice_of(
		    chy_severity_name((chy_severity)i)), &severity));
		assert_int_equal(severity, i);
	}
	assert_false(chy_severity_parse(CHY_SLICE("fatal"), &severity));
}

static void
test_findings(void **state)
{
	chy_findings found;
	chy_slice detail;

	(void)state;
	chy_findings_init(&found);
	chy_findings_sort(&found);
	assert_int_equal(chy_findings_worst(&found, false), CHY_SEVERITY_OFF);
	chy_find(&found, CHY_DIAG_PRECEDENCE_UNKNOWN, 7, 6,
	    CHY_SLICE("PIORTY"));
	chy_find(&found, CHY_DIAG_FORM_UNCERTAIN, 0, 0, CHY_EMPTY);
	chy_find(&found, CHY_DIAG_ADDRESSEE_TWICE, 7, 1, CHY_SLICE("X"));
	assert_int_equal(chy_findings_status(&found), CHY_OK);
	chy_findings_sort(&found);
	assert_int_equal(found.count, 3);
	assert_int_equal(chy_finding_diag(&found.list[0]),
	    CHY_DIAG_FORM_UNCERTAIN);
	assert_int_equal(chy_finding_diag(&found.list[1]),
	    CHY_DIAG_PRECEDENCE_UNKNOWN);
	detail = chy_finding_detail(&found, &found.list[1]);
	assert_true(chy_slice_eq(detail, CHY_SLICE("PIORTY")));
	detail = chy_finding_detail(&found, &found.list[0]);
	assert_int_equal(detail.len, 0);
	assert_int_equal(chy_findings_worst(&found, false),
	    CHY_SEVERITY_ERROR);
	chy_findings_reset(&found);
	assert_int_equal(found.count, 0);
	chy_find(&found, CHY_DIAG_FORM_UNCERTAIN, 0, 0, CHY_EMPTY);
	assert_int_equal(chy_findings_worst(&found, true), CHY_SEVERITY_OFF);
	chy_findings_done(&found);
	chy_findings_done(&found);
}

static void
test_limit(void **state)
{
	chy_findings found;

	(void)state;
	chy_findings_init(&found);
	for (uint32_t i = 0; i < CHY_LIMIT_FINDINGS; i++)
		chy_find(&found, CHY_DIAG_TAG_UNKNOWN, i, 1, CHY_SLICE("T"));
	assert_false(found.truncated);
	chy_find(&found, CHY_DIAG_TAG_UNKNOWN, 0, 1, CHY_SLICE("T"));
	assert_true(found.truncated);
	assert_int_equal(found.count, CHY_LIMIT_FINDINGS);
	assert_int_equal(chy_findings_status(&found), CHY_OK);
	chy_findings_reset(&found);
	assert_false(found.truncated);
	chy_findings_done(&found);
}

/* Sorted by place, and by the order of reporting where that is the same. */
static void
test_sort(void **state)
{
	static const uint32_t counts[] = { 1, 2, 31, 32, 33, 64, 100, 1000,
	    9999 };
	uint32_t seed = 8425;

	(void)state;
	for (size_t c = 0; c < ARRAY_LEN(counts); c++) {
		chy_findings found;

		chy_findings_init(&found);
		for (uint32_t i = 0; i < counts[c]; i++) {
			seed = seed * 1664525u + 1013904223u;
			/* len says in which order they came. */
			chy_find(&found, CHY_DIAG_TAG_UNKNOWN,
			    (seed >> 16) % 97, i, CHY_EMPTY);
		}
		chy_findings_sort(&found);
		assert_int_equal(found.count, counts[c]);
		for (size_t i = 1; i < found.count; i++) {
			const chy_finding *a = &found.list[i - 1];
			const chy_finding *b = &found.list[i];

			assert_true(a->off < b->off ||
			    (a->off == b->off && a->len < b->len));
		}
		chy_findings_done(&found);
	}
}

/* Nothing more is taken after a failure, and it is told. */
static void
test_failure(void **state)
{
	chy_findings found;

	(void)state;
	chy_findings_init(&found);
	chy_find(&found, CHY_DIAG_TAG_UNKNOWN, 1, 1, CHY_SLICE("A"));
	found.details.failed = true;
	assert_int_equal(chy_findings_status(&found), CHY_ERR_NO_MEMORY);
	chy_find(&found, CHY_DIAG_TAG_UNKNOWN, 2, 1, CHY_SLICE("B"));
	assert_int_equal(found.count, 1);
	chy_findings_reset(&found);
	assert_int_equal(chy_findings_status(&found), CHY_OK);
	chy_findings_done(&found);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_table),
		cmocka_unit_test(test_known),
		cmocka_unit_test(test_findings),
		cmocka_unit_test(test_limit),
		cmocka_unit_test(test_sort),
		cmocka_unit_test(test_failure),
	};

	return cmocka_run_group_tests_name("diag", tests, NULL, NULL);
}
