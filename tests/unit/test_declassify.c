/*
 * The worked examples of the E.O. line and the declassification date
 * (classification 9.6), and what they do not reach.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "marking/eo.h"
#include "testing.h"

static chy_civil
civil(const char *iso)
{
	long y = strtol(iso, NULL, 10), m = strtol(iso + 5, NULL, 10);
	long d = strtol(iso + 8, NULL, 10);

	return (chy_civil){ .year = (int32_t)y, .month = (uint8_t)m,
	    .day = (uint8_t)d };
}

static void
expect_day(int row, const char *what, chy_civil got, const char *want)
{
	char text[11] = "";

	if (got.year != 0)
		chy_civil_date(got, text);
	if (strcmp(text, want) != 0)
		fail_msg("example %d: %s is \"%s\", not \"%s\"", row, what,
		    text, want);
}

static int
by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void
expect_codes(int row, const chy_declass_dates *d, const char *want)
{
	const char *codes[CHY_EO_FINDINGS];
	char text[128] = "";

	for (uint32_t i = 0; i < d->n_findings; i++)
		codes[i] = chy_diag_code(d->findings[i]);
	qsort(codes, d->n_findings, sizeof(*codes), by_text);
	for (uint32_t i = 0; i < d->n_findings; i++) {
		size_t n = strlen(text);

		snprintf(text + n, sizeof(text) - n, "%s%s", n > 0 ? " " : "",
		    codes[i]);
	}
	if (strcmp(text, want) != 0)
		fail_msg("example %d: findings \"%s\", not \"%s\"", row, text,
		    want);
}

static const struct {
	int	    row;
	const char *day;
	chy_level   level;
	const char *line, *nominal, *cap, *effective, *codes;
} examples[] = {
	{ 1, "2008-06-09", CHY_LEVEL_CONFIDENTIAL,
	    "E.O. 12958: DECL: 06/09/2018",
	    "2018-06-09", "2033-12-31", "2018-06-09", "" },
	{ 2, "2006-03-29", CHY_LEVEL_CONFIDENTIAL,
	    "E.O. 12958: DECL: 03/29/2016",
	    "2016-03-29", "2031-12-31", "2016-03-29", "" },
	{ 3, "2009-11-25", CHY_LEVEL_CONFIDENTIAL,
	    "E.O. 12958: DECL: 2019/11/25",
	    "2019-11-25", "2034-12-31", "2019-11-25", "CLS-011" },
	{ 4, "2009-11-25", CHY_LEVEL_CONFIDENTIAL,
	    "EO 12958 DECL: 20191125",
	    "2019-11-25", "2034-12-31", "2019-11-25", "CLS-011" },
	{ 5, "2010-02-12", CHY_LEVEL_SECRET,
	    "E.O. 12598 DECL: 02/12/20",
	    "2020-02-12", "2035-12-31", "2020-02-12", "CLS-011 CLS-012 CLS-024" },
	{ 6, "2009-07-22", CHY_LEVEL_SECRET,
	    "E.O. 12958: DECL: 07/22/2039",
	    "2039-07-22", "2034-12-31", "2034-12-31", "CLS-022" },
	{ 7, "2009-07-22", CHY_LEVEL_SECRET,
	    "E.O. 12958: DECL: 07/22/2034",
	    "2034-07-22", "2034-12-31", "2034-07-22", "" },
	{ 8, "2009-11-25", CHY_LEVEL_CONFIDENTIAL,
	    "E.O. 12958: DECL: 25/11/2019",
	    "2019-11-25", "2034-12-31", "2019-11-25", "CLS-023" },
	{ 9, "2009-11-25", CHY_LEVEL_CONFIDENTIAL,
	    "E.O. 12958: DECL: 02/30/2019",
	    "", "2034-12-31", "2034-12-31", "CLS-021" },
	{ 10, "2009-11-25", CHY_LEVEL_CONFIDENTIAL,
	    "E.O. 12958: DECL: 11/25/2009",
	    "2009-11-25", "2034-12-31", "2009-11-25", "CLS-020" },
	{ 11, "2009-11-25", CHY_LEVEL_CONFIDENTIAL,
	    "E.O. 12958: DECL: 11/25/1999",
	    "1999-11-25", "2034-12-31", "", "CLS-020" },
	{ 12, "2009-03-20", CHY_LEVEL_UNCLASSIFIED,
	    "E.O. 12958: N/A",
	    "", "", "", "" },
	{ 13, "2009-03-20", CHY_LEVEL_CONFIDENTIAL,
	    "E.O. 12958: N/A",
	    "", "2034-12-31", "2034-12-31", "CLS-015" },
	{ 14, "2009-03-20", CHY_LEVEL_UNCLASSIFIED,
	    "E.O. 12958: DECL: 03/20/2019",
	    "", "", "", "CLS-016" },
	{ 15, "1998-05-04", CHY_LEVEL_SECRET,
	    "E.O. 12958: DECL: X6",
	    "", "2023-12-31", "2023-12-31", "" },
	{ 16, "1998-05-04", CHY_LEVEL_CONFIDENTIAL,
	    "E.O. 12958: DECL: 5/4/08",
	    "2008-05-04", "2023-12-31", "2008-05-04", "CLS-024" },
	{ 17, "1998-05-04", CHY_LEVEL_CONFIDENTIAL,
	    "E.O. 12958: DECL: 05/04/2018",
	    "2018-05-04", "2023-12-31", "2018-05-04", "CLS-022" },
	{ 18, "2005-06-01", CHY_LEVEL_CONFIDENTIAL,
	    "E.O. 12958: DECL: X1",
	    "", "2030-12-31", "2030-12-31", "CLS-017" },
	{ 19, "2005-06-01", CHY_LEVEL_SECRET,
	    "E.O. 12958: DECL: MR",
	    "", "2030-12-31", "2030-12-31", "CLS-018" },
	{ 20, "1988-02-10", CHY_LEVEL_SECRET,
	    "E.O. 12356: DECL: OADR",
	    "", "2013-12-31", "2013-12-31", "" },
	{ 21, "1986-03-05", CHY_LEVEL_CONFIDENTIAL,
	    "E.O. 12356: DECL: 3/5/92",
	    "1992-03-05", "2011-12-31", "1992-03-05", "CLS-024" },
	{ 22, "1979-08-12", CHY_LEVEL_CONFIDENTIAL,
	    "E.O. 12065: GDS 8/12/85 (NAME) OR-P",
	    "1985-08-12", "2006-12-31", "1985-08-12", "CLS-024" },
	{ 23, "1979-08-12", CHY_LEVEL_SECRET,
	    "E.O. 12065: RDS-1 8/12/99 (NAME) OR-M",
	    "", "2006-12-31", "2006-12-31", "CLS-024" },
	{ 24, "1975-03-10", CHY_LEVEL_CONFIDENTIAL,
	    "E.O. 11652: GDS",
	    "1981-12-31", "2006-12-31", "1981-12-31", "" },
	{ 25, "1975-03-10", CHY_LEVEL_SECRET,
	    "E.O. 11652: GDS",
	    "1983-12-31", "2006-12-31", "1983-12-31", "" },
	{ 26, "1975-03-10", CHY_LEVEL_TOP_SECRET,
	    "E.O. 11652: GDS",
	    "1985-12-31", "2006-12-31", "1985-12-31", "" },
	{ 27, "1975-03-10", CHY_LEVEL_SECRET,
	    "E.O. 11652: XGDS-2",
	    "2005-12-31", "2006-12-31", "2005-12-31", "" },
	{ 28, "1975-03-10", CHY_LEVEL_CONFIDENTIAL,
	    "",
	    "1981-12-31", "2006-12-31", "1981-12-31", "CLS-010" },
	{ 29, "1975-03-10", CHY_LEVEL_UNCLASSIFIED,
	    "E.O. 11652: N/A",
	    "", "", "", "" },
	{ 30, "1966-12-28", CHY_LEVEL_CONFIDENTIAL,
	    "GP-3",
	    "", "2006-12-31", "2006-12-31", "" },
	{ 31, "2006-04-08", CHY_LEVEL_SECRET,
	    "E.O. 12958: DNG: CO 04/08/2026",
	    "", "2031-12-31", "2031-12-31", "CLS-026" },
	{ 32, "2007-04-11", CHY_LEVEL_CONFIDENTIAL,
	    "E.O. 12958: DECL: TEN YEARS AFTER KOREAN UNIFICATION",
	    "", "2032-12-31", "2032-12-31", "CLS-025" },
	{ 33, "2012-05-05", CHY_LEVEL_SECRET,
	    "E.O. 13526: DECL: 05/05/2037",
	    "2037-05-05", "2037-12-31", "2037-05-05", "" },
	{ 34, "2012-05-05", CHY_LEVEL_CONFIDENTIAL,
	    "E.O. 12958: DECL: 05/05/2022",
	    "2022-05-05", "2037-12-31", "2022-05-05", "CLS-014" },
	{ 35, "2015-04-01", CHY_LEVEL_SECRET,
	    "E.O. 13526: DECL: 50X1-HUM",
	    "", "2090-12-31", "2090-12-31", "" },
	{ 36, "2012-05-05", CHY_LEVEL_SECRET,
	    "E.O. 13526: DECL: 25X6, 20600129",
	    "2060-01-29", "2062-12-31", "2060-01-29", "CLS-011 CLS-027" },
	{ 39, "2000-02-29", CHY_LEVEL_CONFIDENTIAL,
	    "E.O. 12958: DECL: 02/28/2010",
	    "2010-02-28", "2025-12-31", "2010-02-28", "" },
	{ 40, "2010-03-01", CHY_LEVEL_CONFIDENTIAL,
	    "E.O. 13526: DECL: 03/01/2020",
	    "2020-03-01", "2035-12-31", "2020-03-01", "CLS-013" },
};

static void
test_examples(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(examples); i++) {
		chy_declass_case c = {
			.day = civil(examples[i].day),
			.level = examples[i].level,
			.permanent = true,
		};
		chy_declass_dates d;

		c.eo = chy_eo_parse(chy_slice_of(examples[i].line), c.day);
		d = chy_declassify(&c);
		expect_day(examples[i].row, "nominal", d.nominal,
		    examples[i].nominal);
		expect_day(examples[i].row, "cap", d.cap, examples[i].cap);
		expect_day(examples[i].row, "effective", d.effective,
		    examples[i].effective);
		expect_codes(examples[i].row, &d, examples[i].codes);
	}
}

/* Examples 37 and 38, and the rank of named exemptions. */
static void
test_sources(void **state)
{
	chy_eo_source s[2];
	chy_declass_case c = {
		.day = civil("2012-05-05"),
		.level = CHY_LEVEL_CONFIDENTIAL,
		.permanent = true,
		.sources = s,
		.n_sources = 1,
	};
	chy_declass_dates d;

	(void)state;
	s[0] = (chy_eo_source){ chy_eo_parse(CHY_SLICE("DECL: X1"),
	    civil("1999-02-03")), civil("1999-02-03") };
	d = chy_declassify(&c);
	expect_day(37, "nominal", d.nominal, "2024-02-03");
	expect_day(37, "effective", d.effective, "2024-02-03");
	expect_codes(37, &d, "");

	s[0] = (chy_eo_source){ chy_eo_parse(CHY_SLICE("DECL 2020-06-01"),
	    civil("2010-06-01")), civil("2010-06-01") };
	s[1] = (chy_eo_source){ chy_eo_parse(CHY_SLICE("OADR"),
	    civil("1990-07-04")), civil("1990-07-04") };
	c.n_sources = 2;
	d = chy_declassify(&c);
	expect_day(38, "nominal", d.nominal, "2020-06-01");
	expect_day(38, "cap", d.cap, "2037-12-31");
	expect_day(38, "effective", d.effective, "2020-06-01");
	expect_codes(38, &d, "");

	s[1] = (chy_eo_source){ chy_eo_parse(CHY_SLICE("50X1-HUM"),
	    civil("2011-01-01")), civil("2011-01-01") };
	d = chy_declassify(&c);
	expect_day(39, "nominal of a named exemption", d.nominal, "");
	expect_day(39, "its cap", d.cap, "2087-12-31");
}

static void
test_steps(void **state)
{
	chy_declass_case c = { .day = civil("1975-03-10"),
	    .level = CHY_LEVEL_TOP_SECRET, .permanent = true };
	chy_declass_dates d;

	(void)state;
	c.eo = chy_eo_parse(CHY_SLICE("E.O. 11652: GDS"), c.day);
	d = chy_declassify(&c);
	EXPECT_EQ("two steps", d.n_steps, 2);
	expect_day(26, "to S", d.step[0].on, "1977-12-31");
	EXPECT_EQ("to S", d.step[0].to, CHY_LEVEL_SECRET);
	expect_day(26, "to C", d.step[1].on, "1979-12-31");
	c.day = civil("1979-08-12");
	c.level = CHY_LEVEL_SECRET;
	c.eo = chy_eo_parse(CHY_SLICE("E.O. 12065: RDS-1 8/12/99 (NAME) OR-M"),
	    c.day);
	d = chy_declassify(&c);
	expect_day(23, "review", d.review_on, "1999-08-12");
	c.day = civil("2006-04-08");
	c.eo = chy_eo_parse(CHY_SLICE("E.O. 12958: DNG: CO 04/08/2026"),
	    c.day);
	d = chy_declassify(&c);
	EXPECT_EQ("a step", d.n_steps, 1);
	expect_day(31, "to C", d.step[0].on, "2026-04-08");
	EXPECT_EQ("to C", d.step[0].to, CHY_LEVEL_CONFIDENTIAL);
}

static void
test_states(void **state)
{
	chy_declass_case c = { .day = civil("2008-06-09"),
	    .level = CHY_LEVEL_CONFIDENTIAL, .permanent = true };
	chy_declass_dates d;

	(void)state;
	c.eo = chy_eo_parse(CHY_SLICE("E.O. 12958: DECL: 06/09/2018"), c.day);
	d = chy_declassify(&c);
	EXPECT_EQ("the day before", chy_declass_state_on(&d,
	    civil("2018-06-08"), false), CHY_DECLASS_STATE_CLASSIFIED);
	EXPECT_EQ("the day: due, not declassified", chy_declass_state_on(&d,
	    civil("2018-06-09"), false), CHY_DECLASS_STATE_DUE);
	EXPECT_EQ("after an act", chy_declass_state_on(&d,
	    civil("2018-06-10"), true), CHY_DECLASS_STATE_DECLASSIFIED);
	c.atomic = true;
	d = chy_declassify(&c);
	expect_day(0, "atomic data has no date", d.effective, "");
	EXPECT_EQ("and that is said", d.findings[0],
	    CHY_DIAG_DECL_DATE_ON_ATOMIC_DATA);
	c.atomic = false;
	c.permanent = false;
	d = chy_declassify(&c);
	expect_day(0, "no cap for what is not kept", d.cap, "");
	expect_day(0, "leap day", chy_add_years(civil("2008-02-29"), 1),
	    "2009-02-28");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_examples),
		cmocka_unit_test(test_sources),
		cmocka_unit_test(test_steps),
		cmocka_unit_test(test_states),
	};

	return cmocka_run_group_tests_name("declassify", tests, NULL, NULL);
}
