/*
 * The seventeen forms of programme rules, each with rows of its own: a rule, a
 * table, a year, the day it is, and what should come out, written as a line
 * for each clock, prediction or obligation.
 *
 * SPDX-License-Identifier: ISC
 */
#include "testing.h"

#include <string.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "casework/programme.h"

/* Every case has this scale and these calendars. */
#define HEAD								\
	"programme test\nday 06-30\nfiscal 10-01\n"			\
	"source law 1 \"the law\"\nsource list 2 \"a list\"\n"		\
	"grade 1 1 \"good\"\ngrade 2 2 \"fair\"\n"			\
	"grade 2WL 3 \"watched\"\ngrade 3 4 \"bad\"\nmark SC \"special\"\n" \
	"calendar US weekend=sat,sun\n"					\
	"calendar OM weekend=thu,fri to=2013-04-30\n"			\
	"calendar OM weekend=fri,sat from=2013-05-01\n"			\
	"holiday US 2008-07-04 \"Independence Day\"\n"

#define RATED	"iso3\tyear\ttier\tkind\tassigned\tsource\n"
#define FACTS	"\nfact\tname\tsubject\tyear\tdate\tvalue\n"
#define ASKED	"\niso3\tyear\tn\trecommendation\tanswer\tanswered\n"

struct made {
	chy_arena     arena;
	chy_programme *p;
	chy_facts      facts;
	chy_buf	       out;
};

static void
make(struct made *m, const char *label, const char *rules, const char *table)
{
	chy_buf text = CHY_BUF_INIT;
	chy_error err = { 0 };

	m->out = CHY_BUF_INIT;
	chy_arena_init(&m->arena, 0);
	chy_buf_puts(&text, HEAD);
	chy_buf_puts(&text, rules);
	if (chy_programme_read(chy_arena_copy(&m->arena,
	    chy_buf_slice(&text)), &m->arena, &m->p, &err) != CHY_OK)
		fail_msg("%s: %s", label, err.text);
	if (chy_facts_read(m->p, chy_slice_of(table), &m->arena, &m->facts,
	    &err) != CHY_OK)
		fail_msg("%s: %s", label, err.text);
	EXPECT_EQ(label, chy_facts_order(m->p, &m->facts, &m->arena), CHY_OK);
	chy_buf_done(&text);
}

static void
done(struct made *m)
{
	chy_buf_done(&m->out);
	chy_arena_done(&m->arena);
}

static void
put_day(chy_buf *out, int32_t day)
{
	char iso[11];

	if (day == CHY_NO_DAY) {
		chy_buf_puts(out, "-");
		return;
	}
	chy_civil_date(chy_programme_civil(day), iso);
	chy_buf_puts(out, iso);
}

/* rule SUBJECT FIRST..DUE basis [from START] state DAYS [>CAL DAY] */
static void
put_clocks(struct made *m, int32_t year, int32_t today)
{
	chy_clocks due;

	assert_int_equal(chy_programme_due(m->p, &m->facts, year, today,
	    &m->arena, &due), CHY_OK);
	for (uint32_t i = 0; i < due.n; i++) {
		const chy_clock *c = &due.at[i];

		chy_buf_put(&m->out, c->rule->id);
		chy_buf_putc(&m->out, ' ');
		chy_buf_put(&m->out, c->subject.len > 0 ? c->subject :
		    CHY_SLICE("all"));
		chy_buf_putc(&m->out, ' ');
		if (c->first != CHY_NO_DAY) {
			put_day(&m->out, c->first);
			chy_buf_puts(&m->out, "..");
		}
		put_day(&m->out, c->due);
		chy_buf_printf(&m->out, " %s%s %s %d",
		    chy_clock_basis_name(c->basis), c->candidate ? "?" : "",
		    chy_clock_state_name(c->state), (int)c->days);
		for (uint32_t k = 0; k < c->n_shifts; k++) {
			chy_buf_printf(&m->out, " >%.*s ",
			    CHY_ARG(c->shifts[k].calendar));
			put_day(&m->out, c->shifts[k].day);
		}
		chy_buf_puts(&m->out, "\n");
	}
}

/* rule SUBJECT outcome GRADE YEARS [limit] [waiver] [agrees|differs] */
static void
put_predictions(struct made *m, int32_t year, int32_t today)
{
	chy_predictions list;

	assert_int_equal(chy_programme_predict(m->p, &m->facts, year, today,
	    &m->arena, &list), CHY_OK);
	for (uint32_t i = 0; i < list.n; i++) {
		const chy_prediction *c = &list.at[i];

		chy_buf_printf(&m->out, "%.*s %.*s %s %.*s",
		    CHY_ARG(c->rule->id), CHY_ARG(c->subject),
		    chy_outcome_name(c->outcome), CHY_ARG(c->grade->code));
		for (uint32_t k = 0; k < c->n_rests_on; k++)
			chy_buf_printf(&m->out, " %d",
			    (int)c->rests_on[k]->year);
		if (c->limit != NULL)
			chy_buf_printf(&m->out, " %.*s",
			    CHY_ARG(c->limit->id));
		if (c->waiver != NULL)
			chy_buf_printf(&m->out, " %.*s",
			    CHY_ARG(c->waiver->id));
		if (c->actual != NULL)
			chy_buf_puts(&m->out, c->agrees ? " agrees" :
			    " differs");
		chy_buf_puts(&m->out, "\n");
		EXPECT("says why", c->why.len > 10);
	}
}

/* rule SUBJECT FROM..TO [lifted DAY by WHAT] [waived] */
static void
put_obligations(struct made *m, int32_t year, int32_t today)
{
	chy_obligations list;

	assert_int_equal(chy_programme_obligations(m->p, &m->facts, year,
	    today, &m->arena, &list), CHY_OK);
	for (uint32_t i = 0; i < list.n; i++) {
		const chy_obligation *o = &list.at[i];

		chy_buf_printf(&m->out, "%.*s %.*s ", CHY_ARG(o->rule->id),
		    CHY_ARG(o->subject));
		put_day(&m->out, o->from);
		chy_buf_puts(&m->out, "..");
		put_day(&m->out, o->to);
		if (o->lifted != CHY_NO_DAY) {
			chy_buf_puts(&m->out, " lifted ");
			put_day(&m->out, o->lifted);
			chy_buf_printf(&m->out, " by %.*s",
			    CHY_ARG(o->lifted_by));
		}
		if (o->waiver != NULL)
			chy_buf_puts(&m->out, " waived");
		chy_buf_puts(&m->out, "\n");
	}
}

typedef void (*put_fn)(struct made *m, int32_t year, int32_t today);

struct row {
	const char *label;
	const char *rules;
	const char *table;
	int32_t	    year;
	const char *today;
	const char *want;
};

static void
check(const struct row *rows, size_t n, put_fn put)
{
	for (size_t i = 0; i < n; i++) {
		struct made m;

		make(&m, rows[i].label, rows[i].rules, rows[i].table);
		put(&m, rows[i].year,
		    chy_programme_day(chy_slice_of(rows[i].today)));
		EXPECT_TEXT(rows[i].label, chy_buf_slice(&m.out),
		    rows[i].want);
		done(&m);
	}
}

#define CHECK(rows, put)	check((rows), ARRAY_LEN(rows), (put))


/* ---- G1 to G3: days ---- */

static const struct row g1[] = {
	{ "the day of the rule", "rule r date due=06-30 met=report\n", RATED,
	    2008, "2008-06-01", "r all 2008-06-30 explicit open 29\n" },
	{ "met one day late", "rule r date due=06-30 met=report\n",
	    RATED FACTS "event\treport\t\t2008\t2008-07-01\t\n", 2008,
	    "2008-08-01", "r all 2008-06-30 explicit met late 1\n" },
	{ "what comes later has not happened yet",
	    "rule r date due=06-30 met=report\n",
	    RATED FACTS "event\treport\t\t2008\t2008-07-01\t\n", 2008,
	    "2008-06-30", "r all 2008-06-30 explicit open 0\n" },
	{ "overdue", "rule r date due=06-30\n", RATED, 2008, "2008-07-02",
	    "r all 2008-06-30 explicit overdue 2\n" },
	{ "old periods keep old rules",
	    "rule r date due=06-30 to=2007-12-31\n"
	    "rule s date due=06-01 from=2008-01-01\n", RATED, 2007,
	    "2007-01-01", "r all 2007-06-30 explicit open 180\n" },
	{ "new periods have the new one",
	    "rule r date due=06-30 to=2007-12-31\n"
	    "rule s date due=06-01 from=2008-01-01\n", RATED, 2008,
	    "2008-01-01", "s all 2008-06-01 explicit open 152\n" },
	{ "in force from its first day to its last",
	    "rule r date due=06-30 from=2008-06-30 to=2008-06-30\n"
	    "rule s date due=06-30 from=2008-07-01\n"
	    "rule t date due=06-30 to=2008-06-29\n", RATED, 2008,
	    "2008-06-30", "r all 2008-06-30 explicit open 0\n" },
	{ "29 February is the 28th in other years",
	    "rule r date due=02-29\n", RATED, 2009, "2009-02-28",
	    "r all 2009-02-28 explicit open 0\n" },
};

static void
test_g1_date(void **state)
{
	(void)state;
	CHECK(g1, put_clocks);
}

#define WINDOW	"rule d window grade=3 after=submitted assume=report " \
	"min=45d max=90d met=determination\n"
#define OMAN3	RATED "OMN\t2008\t3\t\t\tlaw\nARE\t2008\t2\t\t\tlaw\n"

static const struct row g2[] = {
	{ "45 to 90 days, submission taken for the release", WINDOW,
	    OMAN3 FACTS "event\treport\t\t2008\t2008-06-04\t\n", 2008,
	    "2008-07-01", "d OMN 2008-07-19..2008-09-02 derived "
	    "not yet open 18\n" },
	{ "open on the first day", WINDOW,
	    OMAN3 FACTS "event\treport\t\t2008\t2008-06-04\t\n", 2008,
	    "2008-07-19", "d OMN 2008-07-19..2008-09-02 derived open 45\n" },
	{ "not late on the last", WINDOW,
	    OMAN3 FACTS "event\treport\t\t2008\t2008-06-04\t\n", 2008,
	    "2008-09-02", "d OMN 2008-07-19..2008-09-02 derived open 0\n" },
	{ "red from the day after", WINDOW,
	    OMAN3 FACTS "event\treport\t\t2008\t2008-06-04\t\n", 2008,
	    "2008-09-03", "d OMN 2008-07-19..2008-09-02 derived overdue 1\n" },
	{ "decided on day 135, 45 late", WINDOW,
	    OMAN3 FACTS "event\treport\t\t2008\t2008-06-04\t\n"
	    "event\tdetermination\tOMN\t2008\t2008-10-17\t\n", 2008,
	    "2008-12-01", "d OMN 2008-07-19..2008-09-02 derived met late 45\n" },
	{ "the event itself prevails over the one assumed", WINDOW,
	    OMAN3 FACTS "event\treport\t\t2008\t2008-06-04\t\n"
	    "event\tsubmitted\t\t2008\t2008-06-10\t\n", 2008, "2008-07-01",
	    "d OMN 2008-07-25..2008-09-08 derived not yet open 24\n" },
	{ "before its window", WINDOW,
	    OMAN3 FACTS "event\tsubmitted\t\t2008\t2008-06-04\t\n"
	    "event\tdetermination\tOMN\t2008\t2008-07-10\t\n", 2008,
	    "2008-08-01", "d OMN 2008-07-19..2008-09-02 derived "
	    "met early 9\n" },
	{ "no event, no day", WINDOW, OMAN3, 2008, "2008-07-01",
	    "d OMN - none waiting 0\n" },
	{ "nobody on 3, no clock", WINDOW, RATED "ARE\t2008\t2\t\t\tlaw\n",
	    2008, "2008-07-01", "" },
	{ "months end on the last day there is",
	    "rule d window grade=3 after=report max=1m\n",
	    OMAN3 FACTS "event\treport\t\t2008\t2008-01-31\t\n", 2008,
	    "2008-02-01", "d OMN 2008-02-29 derived open 28\n" },
};

static void
test_g2_window(void **state)
{
	(void)state;
	CHECK(g2, put_clocks);
}

#define CHOOSE	"rule c choose grade=3 starts=report,delivered within=60d\n"
#define TWO_STARTS OMAN3 FACTS "event\treport\t\t2008\t2008-06-04\t\n" \
	"event\tdelivered\tOMN\t2008\t2008-06-09\t\n"

static const struct row g3[] = {
	{ "no start stated: both are shown", CHOOSE, TWO_STARTS, 2008,
	    "2008-07-01", "c OMN 2008-08-03 assumed? open 33\n"
	    "c OMN 2008-08-08 assumed? open 38\n" },
	{ "chosen by hand", CHOOSE,
	    TWO_STARTS "choice\tc\tOMN\t2008\t\tdelivered\n", 2008,
	    "2008-07-01", "c OMN 2008-08-08 derived open 38\n" },
	{ "one is known, it may still be the other", CHOOSE,
	    OMAN3 FACTS "event\treport\t\t2008\t2008-06-04\t\n", 2008,
	    "2008-07-01", "c OMN 2008-08-03 assumed? open 33\n" },
	{ "none is known", CHOOSE, OMAN3, 2008, "2008-07-01",
	    "c OMN - none waiting 0\n" },
	{ "the chosen one did not happen yet", CHOOSE,
	    OMAN3 FACTS "event\treport\t\t2008\t2008-06-04\t\n"
	    "choice\tc\tOMN\t2008\t\tdelivered\n", 2008, "2008-07-01",
	    "c OMN - none waiting 0\n" },
};

static void
test_g3_choose(void **state)
{
	(void)state;
	CHECK(g3, put_clocks);
}


/* ---- G4 to G7: runs, waivers, limits, lists ---- */

#define REPEAT	"rule w repeat grade=2WL n=2 becomes=3 from=2008-12-23\n"

static const struct row g4[] = {
	{ "two in a row after the law", REPEAT,
	    RATED "A\t2009\t2WL\t\t\tlaw\nA\t2010\t2WL\t\t\tlaw\n", 2011,
	    "2011-01-01", "w A forced 3 2009 2010\n" },
	{ "years before the law do not count", REPEAT,
	    RATED "A\t2007\t2WL\t\t\tlaw\nA\t2008\t2WL\t\t\tlaw\n"
	    "A\t2009\t2WL\t\t\tlaw\n", 2010, "2010-01-01",
	    "w A near 3 2009\n" },
	{ "nor is the rule in force for an old period", REPEAT,
	    RATED "A\t2006\t2WL\t\t\tlaw\nA\t2007\t2WL\t\t\tlaw\n", 2008,
	    "2008-01-01", "" },
	{ "the day of the report decides, not the year", REPEAT,
	    RATED "A\t2008\t2WL\t\t\tlaw\nA\t2009\t2WL\t\t\tlaw\n"
	    FACTS "event\treport\t\t2008\t2008-12-24\t\n", 2010, "2010-01-01",
	    "w A forced 3 2008 2009\n" },
	{ "the first day of the law counts, the day before does not",
	    "rule w repeat grade=2WL n=2 becomes=3 from=2009-06-30\n"
	    "rule x repeat grade=2WL n=2 becomes=3 from=2009-07-01\n",
	    RATED "A\t2009\t2WL\t\t\tlaw\nA\t2010\t2WL\t\t\tlaw\n", 2011,
	    "2011-01-01", "w A forced 3 2009 2010\nx A near 3 2010\n" },
	{ "another grade between breaks the run", REPEAT,
	    RATED "A\t2009\t2WL\t\t\tlaw\nA\t2010\t2\t\t\tlaw\n"
	    "A\t2011\t2WL\t\t\tlaw\n", 2012, "2012-01-01",
	    "w A near 3 2011\n" },
	{ "a gap that decides is told", REPEAT,
	    RATED "A\t2009\t2WL\t\t\tlaw\nA\t2011\t2WL\t\t\tlaw\n", 2012,
	    "2012-01-01", "w A unknown 3 2011\n" },
	{ "a gap before the law is none", REPEAT,
	    RATED "A\t2007\t2WL\t\t\tlaw\nA\t2009\t2WL\t\t\tlaw\n", 2010,
	    "2010-01-01", "w A near 3 2009\n" },
	{ "gaps are passed over where the rule says so",
	    "rule w repeat grade=2WL n=2 becomes=3 gap=skip\n",
	    RATED "A\t2009\t2WL\t\t\tlaw\nA\t2011\t2WL\t\t\tlaw\n", 2012,
	    "2012-01-01", "w A forced 3 2009 2011\n" },
	{ "what was published agrees: made 3", REPEAT,
	    RATED "A\t2009\t2WL\t\t\tlaw\nA\t2010\t2WL\t\t\tlaw\n"
	    "A\t2011\t3\t\t\tlaw\n", 2011, "2011-07-01",
	    "w A forced 3 2009 2010 agrees\n" },
	{ "agrees: raised", REPEAT,
	    RATED "A\t2009\t2WL\t\t\tlaw\nA\t2010\t2WL\t\t\tlaw\n"
	    "A\t2011\t2\t\t\tlaw\n", 2011, "2011-07-01",
	    "w A forced 3 2009 2010 agrees\n" },
	{ "differs: a third year without a waiver", REPEAT,
	    RATED "A\t2009\t2WL\t\t\tlaw\nA\t2010\t2WL\t\t\tlaw\n"
	    "A\t2011\t2WL\t\t\tlaw\n", 2011, "2011-07-01",
	    "w A forced 3 2009 2010 differs\n" },
	{ "the grade of the better source counts", REPEAT,
	    RATED "A\t2009\t2WL\t\t\tlaw\nA\t2010\t2WL\t\t\tlist\n"
	    "A\t2010\t2\t\t\tlaw\n", 2011, "2011-01-01", "" },
	{ "a reassessment does not break a published run", REPEAT,
	    RATED "A\t2009\t2WL\t\t\tlaw\nA\t2010\t2WL\t\t\tlaw\n"
	    "A\t2010\t2\treassessed\t2010-10-01\tlaw\n", 2011, "2011-01-01",
	    "w A forced 3 2009 2010\n" },
	{ "unless the rule takes the latest",
	    "rule w repeat grade=2WL n=2 becomes=3 use=latest\n",
	    RATED "A\t2009\t2WL\t\t\tlaw\nA\t2010\t2WL\t\t\tlaw\n"
	    "A\t2010\t2\treassessed\t2010-10-01\tlaw\n", 2011, "2011-01-01",
	    "" },
};

static void
test_g4_repeat(void **state)
{
	(void)state;
	CHECK(g4, put_predictions);
}

#define TWO_YEARS RATED "A\t2009\t2WL\t\t\tlaw\nA\t2010\t2WL\t\t\tlaw\n"
#define WAIVER	REPEAT "rule v waiver of=w n=1 needs=plan,resources\n"

static const struct row g5[] = {
	{ "waived with its conditions", WAIVER,
	    TWO_YEARS FACTS "waiver\tw\tA\t2011\t\tplan; resources\n", 2011,
	    "2011-01-01", "w A waived 3 2009 2010 v\n" },
	{ "a waiver without a condition lifts nothing", WAIVER,
	    TWO_YEARS FACTS "waiver\tw\tA\t2011\t\tplan\n", 2011,
	    "2011-01-01", "w A forced 3 2009 2010 v\n" },
	{ "a waiver of another year", WAIVER,
	    TWO_YEARS FACTS "waiver\tw\tA\t2012\t\tplan;resources\n", 2011,
	    "2011-01-01", "w A forced 3 2009 2010\n" },
	{ "one in a row and no more", WAIVER,
	    TWO_YEARS "A\t2011\t2WL\t\t\tlaw\n" FACTS
	    "waiver\tw\tA\t2011\t\tplan;resources\n"
	    "waiver\tw\tA\t2012\t\tplan;resources\n", 2012, "2012-01-01",
	    "w A forced 3 2009 2010 2011 v\n" },
	{ "two in a row where the older law allowed them",
	    REPEAT "rule v waiver of=w n=2 needs=plan to=2018-12-31\n"
	    "rule u waiver of=w n=1 needs=plan from=2019-01-01\n",
	    TWO_YEARS "A\t2011\t2WL\t\t\tlaw\n" FACTS
	    "waiver\tw\tA\t2011\t\tplan\nwaiver\tw\tA\t2012\t\tplan\n", 2012,
	    "2012-01-01", "w A waived 3 2009 2010 2011 v\n" },
	{ "no rule gives a waiver", REPEAT,
	    TWO_YEARS FACTS "waiver\tw\tA\t2011\t\tplan;resources\n", 2011,
	    "2011-01-01", "w A forced 3 2009 2010\n" },
};

static void
test_g5_waiver(void **state)
{
	(void)state;
	CHECK(g5, put_predictions);
}

#define LIMIT	REPEAT "rule l limit of=w n=1 needs=forced\n"
#define LOWERED	TWO_YEARS "A\t2011\t3\t\t\tlaw\n"

static const struct row g6[] = {
	{ "one year only after a forced fall and a return", LIMIT,
	    LOWERED "A\t2012\t2WL\t\t\tlaw\n", 2013, "2013-01-01",
	    "w A forced 3 2012 l\n" },
	{ "whoever fell by itself has two", LIMIT,
	    RATED "A\t2009\t2\t\t\tlaw\nA\t2010\t2WL\t\t\tlaw\n"
	    "A\t2011\t3\t\t\tlaw\nA\t2012\t2WL\t\t\tlaw\n", 2013,
	    "2013-01-01", "w A near 3 2012\n" },
	{ "not while the first run goes on", LIMIT,
	    RATED "A\t2009\t2WL\t\t\tlaw\n", 2010, "2010-01-01",
	    "w A near 3 2009\n" },
	{ "only where there was a waiver, too",
	    REPEAT "rule l limit of=w n=1 needs=forced,waiver\n",
	    LOWERED "A\t2012\t2WL\t\t\tlaw\n", 2013, "2013-01-01",
	    "w A near 3 2012\n" },
	{ "and there was one",
	    REPEAT "rule l limit of=w n=1 needs=forced,waiver\n",
	    LOWERED "A\t2012\t2WL\t\t\tlaw\n" FACTS
	    "waiver\tw\tA\t2010\t\tplan\n", 2013, "2013-01-01",
	    "w A forced 3 2012 l\n" },
	{ "the limit is younger than the period",
	    REPEAT "rule l limit of=w n=1 needs=forced from=2019-01-01\n",
	    LOWERED "A\t2012\t2WL\t\t\tlaw\n", 2013, "2013-01-01",
	    "w A near 3 2012\n" },
};

static void
test_g6_limit(void **state)
{
	(void)state;
	CHECK(g6, put_predictions);
}

static void
test_g7_list(void **state)
{
	static const struct {
		const char *label, *subject;
		int32_t year;
		bool latest, want;
	} cases[] = {
		{ "by its grade", "A", 2009, false, true },
		{ "moved up from 3 to 2", "B", 2009, false, true },
		{ "moved down", "C", 2009, false, false },
		{ "stayed", "B", 2010, false, false },
		{ "nothing before it to be moved from", "D", 2009, false,
		    false },
		{ "not rated at all", "E", 2009, false, false },
		{ "the rule is younger than the period", "F", 2003, false,
		    false },
		{ "reassessed onto it: not by what was published", "G", 2009,
		    false, false },
		{ "reassessed onto it: as things stand", "G", 2009, true,
		    true },
	};
	struct made m;
	int32_t today = chy_programme_day(CHY_SLICE("2009-12-31"));

	(void)state;
	make(&m, "lists", "rule a list list=watch grade=2WL from=2004-01-01\n"
	    "rule b list list=watch change=3>2,2>1 from=2004-01-01\n",
	    RATED "A\t2009\t2WL\t\t\tlaw\nB\t2008\t3\t\t\tlaw\n"
	    "B\t2009\t2\t\t\tlaw\nB\t2010\t2\t\t\tlaw\n"
	    "C\t2008\t2\t\t\tlaw\nC\t2009\t3\t\t\tlaw\nD\t2009\t2\t\t\tlaw\n"
	    "F\t2002\t3\t\t\tlaw\nF\t2003\t2\t\t\tlaw\n"
	    "G\t2008\t3\t\t\tlaw\nG\t2009\t3\t\t\tlaw\n"
	    "G\t2009\t2WL\treassessed\t2009-10-01\tlaw\n");
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		EXPECT_EQ(cases[i].label, chy_list_has(m.p, &m.facts,
		    CHY_SLICE("watch"), chy_slice_of(cases[i].subject),
		    cases[i].year, cases[i].latest ? today : CHY_NO_DAY),
		    cases[i].want);
	done(&m);
}


/* ---- G8, G9: measures, reassessment ---- */

#define MEASURE	"rule m measure grade=3 until=compliance\n"

static const struct row g8[] = {
	{ "for the fiscal year after the report", MEASURE, OMAN3, 2008,
	    "2008-07-01", "m OMN 2008-10-01..2009-09-30\n" },
	{ "the one after, where the report came late", MEASURE,
	    OMAN3 FACTS "event\treport\t\t2008\t2008-11-05\t\n", 2008,
	    "2009-01-01", "m OMN 2009-10-01..2010-09-30\n" },
	{ "until the event", MEASURE,
	    OMAN3 FACTS "event\tcompliance\tOMN\t2009\t2009-03-01\t\n", 2008,
	    "2009-06-01",
	    "m OMN 2008-10-01..2009-09-30 lifted 2009-03-01 by compliance\n" },
	{ "which has not come yet", MEASURE,
	    OMAN3 FACTS "event\tcompliance\tOMN\t2009\t2009-03-01\t\n", 2008,
	    "2009-02-01", "m OMN 2008-10-01..2009-09-30\n" },
	{ "waived", MEASURE, OMAN3 FACTS "waiver\tm\tOMN\t2008\t\twhole\n",
	    2008, "2008-12-01", "m OMN 2008-10-01..2009-09-30 waived\n" },
	{ "a measure of later law", "rule m measure grade=3 "
	    "from=2010-01-01\n", OMAN3, 2008, "2008-12-01", "" },
};

static void
test_g8_measure(void **state)
{
	(void)state;
	CHECK(g8, put_obligations);
}

#define REASSESSED OMAN3 "OMN\t2008\t2WL\treassessed\t2008-10-17\tlaw\n"

static const struct row g9[] = {
	{ "a better grade dated in the period lifts what the first wanted",
	    MEASURE "rule r reassess\n", REASSESSED, 2008, "2008-12-01",
	    "m OMN 2008-10-01..2009-09-30 lifted 2008-10-17 by "
	    "a reassessment\n" },
	{ "but not before its day", MEASURE "rule r reassess\n", REASSESSED,
	    2008, "2008-10-16", "m OMN 2008-10-01..2009-09-30\n" },
};

static void
test_g9_reassess(void **state)
{
	int32_t before = chy_programme_day(CHY_SLICE("2008-10-16"));
	int32_t after = chy_programme_day(CHY_SLICE("2008-10-17"));
	struct made m;
	chy_cell cell;

	(void)state;
	CHECK(g9, put_obligations);
	make(&m, "cells", "", REASSESSED);
	assert_true(chy_cell_get(m.p, &m.facts, CHY_SLICE("OMN"), 2008, before,
	    &cell));
	EXPECT_TEXT("published", cell.published->grade->code, "3");
	EXPECT_TEXT("latest, before", cell.latest->grade->code, "3");
	assert_true(chy_cell_get(m.p, &m.facts, CHY_SLICE("OMN"), 2008, after,
	    &cell));
	EXPECT_TEXT("published stays", cell.published->grade->code, "3");
	EXPECT_TEXT("latest, after", cell.latest->grade->code, "2WL");
	EXPECT("a dated grade is no conflict", !cell.conflict);
	EXPECT_EQ("both are kept", cell.n, 2);
	EXPECT("not rated", !chy_cell_get(m.p, &m.facts, CHY_SLICE("OMN"),
	    2009, after, &cell));
	done(&m);
}


/* ---- G10 to G14 ---- */

#define INTERIM	"rule a list list=watch grade=2WL\n" \
	"rule i interim list=watch due=+1/02-01 met=interim\n"

static const struct row g10[] = {
	{ "members of the list, 1 February of the year after", INTERIM,
	    RATED "A\t2009\t2WL\t\t\tlaw\nB\t2009\t2\t\t\tlaw\n", 2009,
	    "2009-07-01", "i A 2010-02-01 explicit open 215\n" },
	{ "a member by reassessment", INTERIM, REASSESSED, 2008, "2008-11-01",
	    "i OMN 2009-02-01 explicit open 92\n" },
	{ "who is none before it", INTERIM, REASSESSED, 2008, "2008-10-01",
	    "" },
	{ "met", INTERIM, RATED "A\t2009\t2WL\t\t\tlaw\n" FACTS
	    "event\tinterim\tA\t2009\t2010-01-31\t\n", 2009, "2010-03-01",
	    "i A 2010-02-01 explicit met 0\n" },
};

static void
test_g10_interim(void **state)
{
	(void)state;
	CHECK(g10, put_clocks);
}

#define EXPLAIN	"rule e explain within=30d after=report\n"
#define CHANGED	RATED "A\t2008\t2\t\t\tlaw\nA\t2009\t3\t\t\tlaw\n" \
	"B\t2008\t2\t\t\tlaw\nB\t2009\t2\t\t\tlaw\nC\t2009\t2\t\t\tlaw\n" \
	FACTS "event\treport\t\t2009\t2009-06-16\t\n"

static const struct row g11[] = {
	{ "who changed; not who stayed, nor who is new", EXPLAIN, CHANGED,
	    2009, "2009-07-01", "e A 2009-07-16 derived open 15\n" },
	{ "missing", EXPLAIN, CHANGED, 2009, "2009-08-01",
	    "e A 2009-07-16 derived overdue 16\n" },
	{ "given", EXPLAIN, CHANGED "explained\t\tA\t2009\t2009-07-10\t\n",
	    2009, "2009-08-01", "e A 2009-07-16 derived met 0\n" },
	{ "before there was such a rule",
	    "rule e explain within=30d from=2010-01-01\n", CHANGED, 2009,
	    "2009-08-01", "" },
	{ "no report yet, no day", EXPLAIN,
	    RATED "A\t2008\t2\t\t\tlaw\nA\t2009\t3\t\t\tlaw\n", 2009,
	    "2009-08-01", "e A - none waiting 0\n" },
};

static void
test_g11_explain(void **state)
{
	struct made m;
	chy_grade_changes changes;

	(void)state;
	CHECK(g11, put_clocks);
	make(&m, "changes", EXPLAIN, CHANGED);
	assert_int_equal(chy_programme_changes(m.p, &m.facts, 2009, &m.arena,
	    &changes), CHY_OK);
	EXPECT_EQ("one change", changes.n, 1);
	EXPECT_TEXT("from", changes.at[0].before->code, "2");
	EXPECT_TEXT("to", changes.at[0].after->code, "3");
	EXPECT_EQ("missing", changes.at[0].explained, CHY_NO_DAY);
	done(&m);
}

#define RECOMMEND "rule a recommend answers=accept,note,reject " \
	"after=report within=90d\n"
#define REPORTED RATED FACTS "event\treport\t\t2009\t2009-06-16\t\n"

static const struct row g12[] = {
	{ "answered in part", "subject A Aland\n" RECOMMEND,
	    REPORTED ASKED "A\t2009\t1\tlaw\taccept\t2009-07-01\n"
	    "A\t2009\t2\tshelter\t\t\n", 2009, "2009-08-01",
	    "a A 2009-09-14 derived open 44\n" },
	{ "answered, one of them no", "subject A Aland\n" RECOMMEND,
	    REPORTED ASKED "A\t2009\t1\tlaw\taccept\t2009-07-01\n"
	    "A\t2009\t2\tshelter\treject\t2009-07-09\n", 2009, "2009-12-01",
	    "a A 2009-09-14 derived met 0\n" },
	{ "a word that is no answer", "subject A Aland\n" RECOMMEND,
	    REPORTED ASKED "A\t2009\t1\tlaw\tperhaps\t2009-07-01\n", 2009,
	    "2009-12-01", "a A 2009-09-14 derived overdue 78\n" },
	{ "nothing asked, nothing due", "subject A Aland\n" RECOMMEND,
	    REPORTED ASKED "A\t2008\t1\tlaw\t\t\n", 2009, "2009-12-01", "" },
};

static void
test_g12_recommend(void **state)
{
	(void)state;
	CHECK(g12, put_clocks);
}

#define CYCLE	"subject A Aland first=2008-05-01\n" \
	"subject B Bland first=2010-05-01\nsubject C Cland\n"

static const struct row g13[] = {
	{ "4.5 years for each, in its turn", CYCLE "rule c cycle every=54m\n",
	    RATED, 2012, "2012-01-01", "c A 2012-11-01 derived open 305\n" },
	{ "another year, another turn", CYCLE "rule c cycle every=54m\n",
	    RATED, 2014, "2014-01-01", "c B 2014-11-01 derived open 304\n" },
	{ "nobody's turn", CYCLE "rule c cycle every=54m\n", RATED, 2013,
	    "2013-01-01", "" },
	{ "the rule's first where the subject has none",
	    "subject C Cland\nrule c cycle every=3y first=2008-06-01\n",
	    RATED, 2014, "2014-01-01", "c C 2014-06-01 derived open 151\n" },
	{ "before the first", CYCLE "rule c cycle every=54m\n", RATED, 2007,
	    "2007-01-01", "" },
};

static void
test_g13_cycle(void **state)
{
	(void)state;
	CHECK(g13, put_clocks);
}

static const struct row g14[] = {
	{ "one request, each its clock",
	    "rule s split due=02-29 by=\"MUSCAT,ABU DHABI:02-15,DOHA\"\n",
	    RATED FACTS "met\ts\tDOHA\t2008\t2008-02-20\t\n", 2008,
	    "2008-02-18", "s ABU DHABI 2008-02-15 explicit overdue 3\n"
	    "s DOHA 2008-02-29 explicit open 11\n"
	    "s MUSCAT 2008-02-29 explicit open 11\n" },
	{ "met by one of them",
	    "rule s split due=02-29 by=MUSCAT,DOHA\n",
	    RATED FACTS "met\ts\tDOHA\t2008\t2008-02-20\t\n", 2008,
	    "2008-03-01", "s MUSCAT 2008-02-29 explicit overdue 1\n"
	    "s DOHA 2008-02-29 explicit met 0\n" },
};

static void
test_g14_split(void **state)
{
	(void)state;
	CHECK(g14, put_clocks);
}


/* ---- G15 to G17 ---- */

static const struct row g15[] = {
	{ "a mark breaks the run",
	    REPEAT "rule o off-scale mark=SC run=break\n",
	    RATED "A\t2009\t2WL\t\t\tlaw\nA\t2010\tSC\t\t\tlaw\n"
	    "A\t2011\t2WL\t\t\tlaw\n", 2012, "2012-01-01",
	    "w A near 3 2011\n" },
	{ "or is passed over", REPEAT "rule o off-scale mark=SC run=skip\n",
	    RATED "A\t2009\t2WL\t\t\tlaw\nA\t2010\tSC\t\t\tlaw\n"
	    "A\t2011\t2WL\t\t\tlaw\n", 2012, "2012-01-01",
	    "w A forced 3 2009 2011\n" },
	{ "to a mark is no offence against the rule",
	    REPEAT "rule o off-scale mark=SC\n", TWO_YEARS
	    "A\t2011\tSC\t\t\tlaw\n", 2011, "2011-07-01",
	    "w A forced 3 2009 2010 agrees\n" },
};

static const struct row g15_clocks[] = {
	{ "a mark keeps a rule off",
	    EXPLAIN "rule o off-scale mark=SC of=e\n",
	    RATED "A\t2008\t2\t\t\tlaw\nA\t2009\tSC\t\t\tlaw\n" FACTS
	    "event\treport\t\t2009\t2009-06-16\t\n", 2009, "2009-07-01", "" },
	{ "but not one it does not name",
	    EXPLAIN "rule f date due=01-01\nrule o off-scale mark=SC of=f\n",
	    RATED "A\t2008\t2\t\t\tlaw\nA\t2009\tSC\t\t\tlaw\n" FACTS
	    "event\treport\t\t2009\t2009-06-16\t\n", 2009, "2009-01-01",
	    "f all 2009-01-01 explicit open 0\n"
	    "e A 2009-07-16 derived open 196\n" },
};

static void
test_g15_off_scale(void **state)
{
	(void)state;
	CHECK(g15, put_predictions);
	CHECK(g15_clocks, put_clocks);
}

#define THRESHOLD "subject A Aland member=yes\n" \
	"subject B Bland income=high\nsubject C Cland sector=12.5\n" \
	"subject D Dland sector=9 ldc=yes\nsubject E Eland\n" \
	"rule t threshold any=\"member=yes,income=high,sector>10\"\n"

static const struct row g16[] = {
	{ "any of three conditions",
	    THRESHOLD "rule c cycle every=1y first=2008-01-01 eligible=t\n",
	    RATED, 2009, "2009-01-01", "c A 2009-01-01 derived open 0\n"
	    "c B 2009-01-01 derived open 0\nc C 2009-01-01 derived open 0\n" },
	{ "a fact recorded later prevails over the description",
	    THRESHOLD "rule c cycle every=1y first=2008-01-01 eligible=t\n",
	    RATED FACTS "attribute\tmember\tA\t\t\tno\n"
	    "attribute\tsector\tD\t\t\t11\n", 2009, "2009-01-01",
	    "c B 2009-01-01 derived open 0\nc C 2009-01-01 derived open 0\n"
	    "c D 2009-01-01 derived open 0\n" },
	{ "a threshold that came later lets all in",
	    "subject E Eland\nrule t threshold any=member=yes "
	    "from=2024-10-01\n"
	    "rule c cycle every=1y first=2008-01-01 eligible=t\n", RATED,
	    2009, "2009-01-01", "c E 2009-01-01 derived open 0\n" },
	{ "longer for some", "subject A Aland ldc=yes\nsubject B Bland\n"
	    "rule w window grade=3 after=report max=1y\n"
	    "rule t threshold any=ldc=yes of=w extend=1y\n",
	    RATED "A\t2009\t3\t\t\tlaw\nB\t2009\t3\t\t\tlaw\n" FACTS
	    "event\treport\t\t2009\t2009-06-16\t\n", 2009, "2009-06-16",
	    "w B 2010-06-16 derived open 365\n"
	    "w A 2011-06-16 derived open 730\n" },
};

static void
test_g16_threshold(void **state)
{
	(void)state;
	CHECK(g16, put_clocks);
}

static const struct row g17[] = {
	{ "3 August 2008 is a Sunday, not everywhere a day of rest",
	    "subject OMN Oman calendar=OM\n" CHOOSE
	    "rule u workdays of=c calendar=US move=next\n"
	    "rule v workdays of=c calendar=subject move=next\n",
	    OMAN3 FACTS "event\treport\t\t2008\t2008-06-04\t\n", 2008,
	    "2008-08-04", "c OMN 2008-08-03 assumed? open 0 "
	    ">US 2008-08-04 >OM 2008-08-03\n" },
	{ "moved back", "rule r date due=08-03\n"
	    "rule u workdays of=r calendar=US move=previous\n", RATED, 2008,
	    "2008-08-01", "r all 2008-08-03 explicit open 2 >US 2008-08-01\n" },
	{ "kept", "rule r date due=08-03\n"
	    "rule u workdays of=r calendar=US move=keep\n", RATED, 2008,
	    "2008-08-04",
	    "r all 2008-08-03 explicit overdue 1 >US 2008-08-03\n" },
	{ "a holiday before a weekend", "rule r date due=07-04\n"
	    "rule u workdays of=r calendar=US\n", RATED, 2008, "2008-07-01",
	    "r all 2008-07-04 explicit open 6 >US 2008-07-07\n" },
	{ "three days of work over a weekend of Thursday and Friday",
	    "rule w window after=report max=3wd\n"
	    "rule u workdays of=w calendar=OM\n",
	    RATED FACTS "event\treport\t\t2008\t2008-06-04\t\n", 2008,
	    "2008-06-05", "w all 2008-06-09 derived open 4 >OM 2008-06-09\n" },
	{ "the weekend moved in 2013", "rule r date due=05-04\n"
	    "rule u workdays of=r calendar=OM\n", RATED, 2013, "2013-05-01",
	    "r all 2013-05-04 explicit open 4 >OM 2013-05-05\n" },
};

static void
test_g17_workdays(void **state)
{
	(void)state;
	CHECK(g17, put_clocks);
}


/* ---- descriptions and tables that are wrong ---- */

static void
test_sources_differ(void **state)
{
	struct made m;
	chy_cell cell;

	(void)state;
	make(&m, "sources", "", RATED "KWT\t2023\t3\t\t\tpress\n"
	    "KWT\t2023\t2WL\t\t\tlaw\nKWT\t2022\t2\t\t\tlist\n"
	    "KWT\t2022\t2\t\t\tlaw\n");
	assert_true(chy_cell_get(m.p, &m.facts, CHY_SLICE("KWT"), 2023,
	    CHY_NO_DAY, &cell));
	EXPECT_TEXT("the source that ranks prevails",
	    cell.published->grade->code, "2WL");
	EXPECT("and the conflict is told", cell.conflict);
	EXPECT_TEXT("the other is kept", cell.ratings[1].source, "press");
	assert_true(chy_cell_get(m.p, &m.facts, CHY_SLICE("KWT"), 2022,
	    CHY_NO_DAY, &cell));
	EXPECT("sources that agree", !cell.conflict && cell.n == 2);
	done(&m);
}

static void
test_bad_descriptions(void **state)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
		{ "", "1:1: no record says: programme ID" },
		{ "programme x\n", "1:1: there is no grade" },
		{ "programme x\nflavour y\n",
		    "2:1: not a record of a programme: flavour" },
		{ "programme \"x\n", "1:11: a quote that is not closed" },
		{ HEAD "rule r date\n", "15:8: the rule lacks an option: due" },
		{ HEAD "rule r dote due=01-01\n",
		    "15:8: not a form of rule: dote" },
		{ HEAD "rule r date due=13-01\n", "15:17: not a day of the "
		    "year, as 06-30 or +1/02-01: 13-01" },
		{ HEAD "rule r date due=01-01\n   max=3d\n",
		    "16:4: this form of rule does not take: max" },
		{ HEAD "rule r date due=01-01 colour=red\n",
		    "15:23: not an option of a rule: colour" },
		{ HEAD "rule r window after=x max=5x\n",
		    "15:27: not a length, as 45d, 3wd, 6m or 1y: 5x" },
		{ HEAD "rule r repeat grade=4 n=2 becomes=3\n",
		    "15:21: not a grade: 4" },
		{ HEAD "rule r waiver of=nosuch\n",
		    "15:18: there is no rule: nosuch" },
		{ HEAD "rule r list list=x change=3-2\n",
		    "15:27: not a change, as 3>2: 3-2" },
		{ HEAD "grade 1 1 again\n", "15:7: a grade twice: 1" },
		{ HEAD "calendar Q weekend=sat,sunday\n",
		    "15:24: not a day of the week: sunday" },
		{ HEAD "rule r date due=01-01 use=sometimes\n", "15:27: not a "
		    "word that this option takes: sometimes" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		chy_arena arena;
		chy_error err = { 0 };
		chy_programme *p = NULL;

		chy_arena_init(&arena, 0);
		EXPECT_EQ(cases[i].want, chy_programme_read(
		    chy_slice_of(cases[i].text), &arena, &p, &err),
		    CHY_ERR_INVALID);
		EXPECT_TEXT(cases[i].text, chy_slice_of(err.text),
		    cases[i].want);
		chy_arena_done(&arena);
	}
}

static void
test_bad_tables(void **state)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
		{ "", "1:1: the table is empty" },
		{ "iso3\tyear\n", "1:1: no column says tier, grade, fact or "
		    "recommendation" },
		{ "year\ttier\n", "1:1: no column says iso3 or subject" },
		{ "iso3\ttier\n", "1:1: no column says year" },
		{ "iso3\tiso3\ttier\n", "1:6: a column twice: iso3" },
		{ "iso3\tyear\ttier\nA\t2009\t5\n",
		    "2:8: not a grade of the programme: 5" },
		{ "iso3\tyear\ttier\nA\t209x\t3\n", "2:3: not a number: 209x" },
		{ "iso3\tyear\ttier\nA\t2009\n", "2:7: columns are missing" },
		{ "iso3\tyear\ttier\nA\t2009\t3\tx\n",
		    "2:11: more columns than the heading" },
		{ "iso3\tyear\ttier\n\t2009\t3\n", "2:1: no subject" },
		{ "fact\tname\tyear\nmood\tx\t2009\n",
		    "2:1: not a kind of fact: mood" },
		{ "fact\tname\tyear\nwaiver\tx\t2009\n",
		    "2:8: the programme has no rule: x" },
		{ "fact\tname\tyear\tdate\nevent\tx\t2009\t2009-02-30\n",
		    "2:14: not a day, as 2008-12-23: 2009-02-30" },
		{ "iso3\tyear\ttier\tkind\nA\t2009\t3\treassessed\n",
		    "2:1: a reassessed grade has the day it was assigned" },
	};
	struct made m;

	(void)state;
	make(&m, "tables", "", RATED);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		chy_error err = { 0 };
		chy_facts facts;

		EXPECT_EQ(cases[i].want, chy_facts_read(m.p,
		    chy_slice_of(cases[i].text), &m.arena, &facts, &err),
		    CHY_ERR_INVALID);
		EXPECT_TEXT(cases[i].text, chy_slice_of(err.text),
		    cases[i].want);
	}
	done(&m);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_g1_date),
		cmocka_unit_test(test_g2_window),
		cmocka_unit_test(test_g3_choose),
		cmocka_unit_test(test_g4_repeat),
		cmocka_unit_test(test_g5_waiver),
		cmocka_unit_test(test_g6_limit),
		cmocka_unit_test(test_g7_list),
		cmocka_unit_test(test_g8_measure),
		cmocka_unit_test(test_g9_reassess),
		cmocka_unit_test(test_g10_interim),
		cmocka_unit_test(test_g11_explain),
		cmocka_unit_test(test_g12_recommend),
		cmocka_unit_test(test_g13_cycle),
		cmocka_unit_test(test_g14_split),
		cmocka_unit_test(test_g15_off_scale),
		cmocka_unit_test(test_g16_threshold),
		cmocka_unit_test(test_g17_workdays),
		cmocka_unit_test(test_sources_differ),
		cmocka_unit_test(test_bad_descriptions),
		cmocka_unit_test(test_bad_tables),
	};

	return cmocka_run_group_tests_name("programme", tests, NULL, NULL);
}
