/*
 * The tier programme over the table of ratings that lies beside the corpus:
 * its history for seven countries, the watch-list rule, the window of the
 * determination, the reassessment of 2008.
 *
 * SPDX-License-Identifier: ISC
 */
#include "../unit/testing.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "casework/programme.h"

static chy_arena arena;
static chy_programme *p;	/* NULL: the table is absent */
static chy_facts facts;

static bool
read_file(const char *folder, const char *name, chy_buf *out)
{
	char path[4096], block[4096];
	size_t n;
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	f = fopen(path, "rb");
	if (f == NULL) {
		fprintf(stderr, "%s is absent\n", path);
		return false;
	}
	while ((n = fread(block, 1, sizeof(block), f)) > 0)
		chy_buf_put(out, (chy_slice){ block, n });
	fclose(f);
	return true;
}

/* The ratings of the table, behind them the events that are shipped, and one
 * grade of the press that the official word contradicts. */
static int
read_all(void **state)
{
	const char *corpus = getenv("CHANCERY_CORPUS");
	char folder[4096];
	chy_buf rules = CHY_BUF_INIT, table = CHY_BUF_INIT;
	chy_error err = { 0 };
	int status = -1;

	(void)state;
	chy_arena_init(&arena, 0);
	snprintf(folder, sizeof(folder), "%s/../reference/tables",
	    corpus != NULL ? corpus : "../shared/corpus");
	if (!read_file(folder, "tip-tiers.tsv", &table)) {
		fprintf(stderr, "set CHANCERY_CORPUS to the folder of the "
		    "corpus\n");
		status = getenv("CI") != NULL ? -1 : 0;
		goto out;
	}
	chy_buf_puts(&table, "\n");
	if (!read_file(PROGRAMMES, "tip.tsv", &table) ||
	    !read_file(PROGRAMMES, "tip.programme", &rules))
		goto out;
	chy_buf_puts(&table, "\niso3\tyear\ttier\tsource\n"
	    "KWT\t2023\t3\tpress\n");
	if (chy_programme_read(chy_arena_copy(&arena, chy_buf_slice(&rules)),
	    &arena, &p, &err) == CHY_OK &&
	    chy_facts_read(p, chy_arena_copy(&arena, chy_buf_slice(&table)),
	    &arena, &facts, &err) == CHY_OK &&
	    chy_facts_order(p, &facts, &arena) == CHY_OK)
		status = 0;
	else
		fprintf(stderr, "%s\n", err.text);
out:
	chy_buf_done(&rules);
	chy_buf_done(&table);
	return status;
}

static int
free_all(void **state)
{
	(void)state;
	chy_arena_done(&arena);
	return 0;
}

#define NEED_TABLE()	do { if (p == NULL) skip(); } while (0)

static int32_t
day(const char *iso)
{
	return chy_programme_day(chy_slice_of(iso));
}

static const char *const countries[] = { "OMN", "ARE", "BHR", "QAT", "KWT",
	"SAU", "YEM" };

/* Placement in the report of the year; - is not rated, or not known. */
static const struct {
	int32_t	    year;
	const char *tier[ARRAY_LEN(countries)];
} history[] = {
	{ 2001, { "-", "3", "3", "3", "-", "3", "-" } },
	{ 2002, { "-", "3", "3", "3", "-", "3", "-" } },
	{ 2003, { "-", "1", "2", "2", "2", "2", "-" } },
	{ 2004, { "-", "2", "2", "2WL", "2", "2", "SC" } },
	{ 2005, { "2", "3", "2WL", "3", "3", "3", "2" } },
	{ 2006, { "2WL", "2WL", "2WL", "2WL", "2WL", "3", "2" } },
	{ 2007, { "3", "2WL", "3", "3", "3", "3", "2" } },
	{ 2008, { "3", "2", "2WL", "3", "3", "3", "2" } },
	{ 2009, { "2", "2WL", "2WL", "2WL", "3", "3", "2WL" } },
	{ 2010, { "2", "2", "2", "2WL", "3", "3", "2WL" } },
	{ 2011, { "2", "2", "2", "2WL", "3", "3", "3" } },
	{ 2012, { "2", "2", "2WL", "2", "3", "3", "3" } },
	{ 2013, { "2", "2", "2WL", "2", "3", "3", "3" } },
	{ 2014, { "2", "2", "2WL", "2WL", "3", "3", "3" } },
	{ 2015, { "2", "2", "2", "2WL", "3", "2WL", "3" } },
	{ 2016, { "2WL", "-", "2", "2WL", "2WL", "-", "SC" } },
	{ 2017, { "2WL", "2", "2", "2", "2WL", "-", "SC" } },
	{ 2018, { "2", "2", "1", "2", "2WL", "-", "SC" } },
	{ 2019, { "2", "2", "1", "2", "2", "3", "SC" } },
	{ 2020, { "2", "2", "1", "2", "2", "2WL", "SC" } },
	{ 2021, { "2", "2", "1", "2", "2", "2", "SC" } },
	{ 2022, { "2", "2", "1", "2", "-", "2", "SC" } },
	{ 2023, { "2", "2", "1", "2", "2WL", "2", "-" } },
	{ 2024, { "2", "-", "-", "-", "2WL", "-", "-" } },
	{ 2025, { "-", "-", "-", "-", "2", "-", "-" } },
};

static void
test_history(void **state)
{
	uint32_t n = 0;

	(void)state;
	NEED_TABLE();
	EXPECT_EQ("ratings: the table's, one dated, one of the press",
	    facts.n_ratings, 2545 + 2);
	for (size_t i = 0; i < ARRAY_LEN(history); i++)
		for (size_t k = 0; k < ARRAY_LEN(countries); k++) {
			const char *want = history[i].tier[k];
			char label[32];
			chy_cell cell;
			bool rated = chy_cell_get(p, &facts,
			    chy_slice_of(countries[k]), history[i].year,
			    CHY_NO_DAY, &cell);

			snprintf(label, sizeof(label), "%s %d", countries[k],
			    (int)history[i].year);
			EXPECT_EQ(label, rated, want[0] != '-');
			if (!rated)
				continue;
			EXPECT_TEXT(label, cell.published->grade->code, want);
			n++;
		}
	EXPECT_EQ("cells that are rated", n, 149);
}

static const chy_prediction *
predicted(int32_t year, const char *country)
{
	static chy_predictions list;

	assert_int_equal(chy_programme_predict(p, &facts, year,
	    day("2026-01-01"), &arena, &list), CHY_OK);
	for (uint32_t i = 0; i < list.n; i++)
		if (chy_slice_eq(list.at[i].subject, chy_slice_of(country)))
			return &list.at[i];
	return NULL;
}

static void
test_watch_list(void **state)
{
	static const struct {
		const char *label, *country;
		int32_t	    year;
		int	    outcome;	/* -1: nothing is said */
		bool	    agrees;
	} cases[] = {
		{ "three years before the law force nothing", "ARE", 2008, -1,
		    true },
		{ "one year after it", "YEM", 2010, CHY_OUTCOME_NEAR, true },
		{ "2009 and 2010 make 3 in 2011", "YEM", 2011,
		    CHY_OUTCOME_FORCED, true },
		{ "but Qatar stayed, with no waiver recorded", "QAT", 2011,
		    CHY_OUTCOME_FORCED, false },
		{ "2008 does not count, though it was on the list", "BHR",
		    2010, CHY_OUTCOME_NEAR, true },
		{ "2012, 2013 and 2014: raised in 2015", "BHR", 2015,
		    CHY_OUTCOME_FORCED, true },
		{ "2014 and 2015, waived in 2016", "QAT", 2016,
		    CHY_OUTCOME_WAIVED, true },
		{ "2016 and 2017, waived in 2018", "KWT", 2018,
		    CHY_OUTCOME_WAIVED, true },
		{ "2016 and 2017, raised in 2018", "OMN", 2018,
		    CHY_OUTCOME_FORCED, true },
		{ "outside the tiers nothing is counted", "YEM", 2018, -1,
		    true },
	};

	(void)state;
	NEED_TABLE();
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const chy_prediction *c = predicted(cases[i].year,
		    cases[i].country);

		EXPECT_EQ(cases[i].label, c != NULL ? (int)c->outcome : -1,
		    cases[i].outcome);
		if (c != NULL)
			EXPECT_EQ(cases[i].label, c->agrees, cases[i].agrees);
		if (c != NULL)
			EXPECT_TEXT(cases[i].label, c->grade->code, "3");
	}
}

static const chy_clock *
clock_of(const char *rule, const char *country, const char *today,
    uint32_t nth)
{
	static chy_clocks due;

	assert_int_equal(chy_programme_due(p, &facts, 2008, day(today),
	    &arena, &due), CHY_OK);
	for (uint32_t i = 0; i < due.n; i++)
		if (chy_slice_eq(due.at[i].rule->id, chy_slice_of(rule)) &&
		    chy_slice_eq(due.at[i].subject, chy_slice_of(country)) &&
		    nth-- == 0)
			return &due.at[i];
	fail_msg("no clock of rule %s for %s", rule, country);
	return NULL;
}

static void
test_determination(void **state)
{
	const chy_clock *c;

	(void)state;
	NEED_TABLE();
	c = clock_of("determination", "OMN", "2008-09-02", 0);
	EXPECT_EQ("opens", c->first, day("2008-07-19"));
	EXPECT_EQ("closes", c->due, day("2008-09-02"));
	EXPECT_EQ("derived", c->basis, CHY_CLOCK_IS_DERIVED);
	EXPECT_TEXT("assuming", c->assuming, "submitted on the day of report");
	EXPECT_EQ("open on its last day", c->state, CHY_CLOCK_OPEN);
	c = clock_of("determination", "OMN", "2008-09-03", 0);
	EXPECT_EQ("red from 3 September", c->state, CHY_CLOCK_OVERDUE);
	c = clock_of("determination", "OMN", "2008-12-31", 0);
	EXPECT_EQ("17 October was late", c->state, CHY_CLOCK_MET_LATE);
	EXPECT_EQ("by 45 days", c->days, 45);
	EXPECT_EQ("day 135", c->met - c->start_day, 135);
}

static void
test_sixty_days(void **state)
{
	const chy_clock *c;

	(void)state;
	NEED_TABLE();
	c = clock_of("plan-60", "OMN", "2008-06-10", 0);
	EXPECT_EQ("from the release", c->due, day("2008-08-03"));
	EXPECT("assumed, one of two", c->candidate &&
	    c->basis == CHY_CLOCK_IS_ASSUMED);
	EXPECT_EQ("a Sunday in Washington", c->shifts[0].day,
	    day("2008-08-04"));
	EXPECT_EQ("a day of work in Muscat", c->shifts[1].day,
	    day("2008-08-03"));
	c = clock_of("plan-60", "OMN", "2008-06-10", 1);
	EXPECT_EQ("from the delivery", c->due, day("2008-08-08"));
}

static void
test_reassessment(void **state)
{
	chy_obligations list;
	chy_cell cell;
	bool found = false;

	(void)state;
	NEED_TABLE();
	assert_true(chy_cell_get(p, &facts, CHY_SLICE("OMN"), 2008,
	    day("2008-10-16"), &cell));
	EXPECT_TEXT("on 16 October", cell.latest->grade->code, "3");
	assert_true(chy_cell_get(p, &facts, CHY_SLICE("OMN"), 2008,
	    day("2008-10-17"), &cell));
	EXPECT_TEXT("published", cell.published->grade->code, "3");
	EXPECT_TEXT("since 17 October", cell.latest->grade->code, "2WL");
	EXPECT_EQ("assigned", cell.latest->assigned, day("2008-10-17"));
	EXPECT_EQ("announced", cell.latest->published, day("2008-10-19"));
	assert_int_equal(chy_programme_obligations(p, &facts, 2008,
	    day("2008-12-31"), &arena, &list), CHY_OK);
	for (uint32_t i = 0; i < list.n; i++) {
		if (!chy_slice_eq(list.at[i].subject, CHY_SLICE("OMN")) ||
		    !chy_slice_eq(list.at[i].rule->id, CHY_SLICE("aid")))
			continue;
		found = true;
		EXPECT_EQ("for fiscal 2009", list.at[i].from,
		    day("2008-10-01"));
		EXPECT_EQ("lifted", list.at[i].lifted, day("2008-10-17"));
	}
	EXPECT("aid would have been withheld", found);
}

static void
test_conflict(void **state)
{
	chy_cell cell;

	(void)state;
	NEED_TABLE();
	assert_true(chy_cell_get(p, &facts, CHY_SLICE("KWT"), 2023,
	    CHY_NO_DAY, &cell));
	EXPECT("the press and the narrative differ", cell.conflict);
	EXPECT_TEXT("the narrative holds", cell.published->grade->code, "2WL");
	EXPECT_EQ("both are kept", cell.n, 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_history),
		cmocka_unit_test(test_watch_list),
		cmocka_unit_test(test_determination),
		cmocka_unit_test(test_sixty_days),
		cmocka_unit_test(test_reassessment),
		cmocka_unit_test(test_conflict),
	};

	return cmocka_run_group_tests_name("programmes", tests, read_all,
	    free_all);
}
