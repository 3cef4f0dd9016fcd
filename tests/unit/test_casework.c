/*
 * Casework without an archive: every rule finds its example and leaves the
 * other one alone; dates with their basis; what contradicts what; proposals
 * from a telegram of a post that does not exist.
 *
 * SPDX-License-Identifier: ISC
 */
#include <string.h>

#include "testing.h"
#include "base/compiler.h"
#include "casework/casework.h"
#include "forms/forms.h"

static void
test_rules(void **state)
{
	const chy_casework_rule *rule;
	size_t wrong = 0;

	(void)state;
	for (size_t i = 0; (rule = chy_casework_rule_at(i)) != NULL; i++) {
		if (!chy_casework_rule_finds(i, chy_slice_of(rule->example))) {
			fprintf(stderr, "%s misses: %s\n", rule->name,
			    rule->example);
			wrong++;
		}
		if (chy_casework_rule_finds(i, chy_slice_of(rule->other))) {
			fprintf(stderr, "%s finds: %s\n", rule->name,
			    rule->other);
			wrong++;
		}
		for (size_t k = 0; k < i; k++)
			EXPECT("a name is given once", strcmp(rule->name,
			    chy_casework_rule_at(k)->name) != 0);
	}
	EXPECT_EQ("rules that are not as their row says", wrong, 0);
}

/* Counted from Monday 9 June 2008. */
static const struct {
	const char   *text;
	const char   *day;
	const char   *other;	/* NULL: one reading */
	chy_due_basis basis;
	chy_due_role  role;
} dates[] = {
	{ "we meet on June 10", "2008-06-10", NULL, CHY_DUE_EXPLICIT,
	    CHY_DUE_ROLE_DAY },
	{ "we met on December 30", "2007-12-30", NULL, CHY_DUE_EXPLICIT,
	    CHY_DUE_ROLE_DAY },
	{ "by June 30, 2009", "2009-06-30", NULL, CHY_DUE_EXPLICIT,
	    CHY_DUE_ROLE_BY },
	{ "NLT 15 July", "2008-07-15", NULL, CHY_DUE_EXPLICIT,
	    CHY_DUE_ROLE_BY },
	{ "no later than COB Friday", "2008-06-13", NULL, CHY_DUE_DERIVED,
	    CHY_DUE_ROLE_BY },
	{ "by the end of the month", "2008-06-30", NULL, CHY_DUE_DERIVED,
	    CHY_DUE_ROLE_BY },
	{ "the Council sits tomorrow", "2008-06-10", NULL, CHY_DUE_DERIVED,
	    CHY_DUE_ROLE_DAY },
	{ "the team comes on Tuesday", "2008-06-10", "2008-06-17",
	    CHY_DUE_DERIVED, CHY_DUE_ROLE_DAY },
	{ "the team comes on Friday", "2008-06-13", NULL, CHY_DUE_DERIVED,
	    CHY_DUE_ROLE_DAY },
	{ "on Friday, June 20", "2008-06-20", NULL, CHY_DUE_EXPLICIT,
	    CHY_DUE_ROLE_DAY },
	{ "within 60 days", "2008-08-08", NULL, CHY_DUE_DERIVED,
	    CHY_DUE_ROLE_PERIOD },
	{ "within ten working days", "2008-06-23", NULL, CHY_DUE_DERIVED,
	    CHY_DUE_ROLE_PERIOD },
	{ "in two weeks", "2008-06-23", NULL, CHY_DUE_DERIVED,
	    CHY_DUE_ROLE_PERIOD },
	{ "a 60-day period", "2008-08-08", NULL, CHY_DUE_ASSUMED,
	    CHY_DUE_ROLE_PERIOD },
	{ "some time next week", "2008-06-20", NULL, CHY_DUE_DERIVED,
	    CHY_DUE_ROLE_DAY },
	{ "since January 2008", "2008-01-31", NULL, CHY_DUE_EXPLICIT,
	    CHY_DUE_ROLE_SINCE },
	{ "due 06/30/08", "2008-06-30", NULL, CHY_DUE_EXPLICIT,
	    CHY_DUE_ROLE_BY },
	{ "the day after tomorrow", "2008-06-11", NULL, CHY_DUE_DERIVED,
	    CHY_DUE_ROLE_DAY },
};

static void
test_dates(void **state)
{
	int32_t base = chy_day_parse(CHY_SLICE("2008-06-09"));

	(void)state;
	EXPECT_EQ("a Monday", chy_day_weekday(base), 0);
	for (size_t i = 0; i < ARRAY_LEN(dates); i++) {
		chy_due due;
		size_t pos = 0;
		char day[11];

		EXPECT(dates[i].text, chy_due_next(
		    chy_slice_of(dates[i].text), &pos, base, &due));
		chy_civil_date(chy_day_civil(due.day), day);
		EXPECT_TEXT(dates[i].text, chy_slice_of(day), dates[i].day);
		EXPECT_EQ(dates[i].text, due.basis, dates[i].basis);
		EXPECT_EQ(dates[i].text, due.role, dates[i].role);
		EXPECT_EQ(dates[i].text, due.other, dates[i].other == NULL ?
		    CHY_NO_DAY : chy_day_parse(chy_slice_of(dates[i].other)));
		EXPECT("the phrase is in the text", due.phrase.len > 0 &&
		    due.phrase.ptr >= dates[i].text);
	}
}

static void
test_no_dates(void **state)
{
	static const char *const texts[] = { "this year's report", "he may go",
	    "they march on", "Room 10", "the second of three", "a day passed",
	    "chapter 12/4", "" };
	int32_t base = chy_day_parse(CHY_SLICE("2008-06-09"));

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		chy_due due;
		size_t pos = 0;

		EXPECT(texts[i], !chy_due_next(chy_slice_of(texts[i]), &pos,
		    base, &due));
	}
}

static void
test_assumed(void **state)
{
	chy_casework_settings set = chy_casework_defaults();
	int32_t monday = chy_day_parse(CHY_SLICE("2008-06-09"));
	int32_t friday = monday + 4;

	(void)state;
	EXPECT_EQ("immediate: the next working day", chy_due_assumed(&set,
	    CHY_PRECEDENCE_IMMEDIATE, monday, false).day, monday + 1);
	EXPECT_EQ("on a Friday: Monday", chy_due_assumed(&set,
	    CHY_PRECEDENCE_IMMEDIATE, friday, false).day, friday + 3);
	EXPECT_EQ("priority: three", chy_due_assumed(&set,
	    CHY_PRECEDENCE_PRIORITY, monday, false).day, monday + 3);
	EXPECT_EQ("routine: ten", chy_due_assumed(&set,
	    CHY_PRECEDENCE_ROUTINE, monday, false).day, monday + 14);
	EXPECT_EQ("it says that it is assumed", chy_due_assumed(&set,
	    CHY_PRECEDENCE_ROUTINE, monday, false).basis, CHY_DUE_ASSUMED);
	EXPECT("red the day after", chy_is_overdue(CHY_ITEM_OPEN, monday,
	    monday + 1));
	EXPECT("not on the day", !chy_is_overdue(CHY_ITEM_OPEN, monday,
	    monday));
	EXPECT("never once closed", !chy_is_overdue(CHY_ITEM_CLOSED, monday,
	    friday));
}

static const char telegram[] =
    "O 091456Z JUN 08\nFM AMEMBASSY MUSCAT\n"
    "TO SECSTATE WASHDC IMMEDIATE 0101\n\n"
    "C O N F I D E N T I A L MUSCAT 009425\n\n"
    "E.O. 12958: DECL: 06/09/2018\nTAGS: PREL, MU\n"
    "SUBJECT: HARBOR MINISTER REFUSES THE RATING\n\n"
    "1. (U) This is an action request; see paragraph 4.\n\n"
    "2. (C) Summary: Minister Marrack told us June 8 that Oman does not "
    "accept the harbor rating and demanded a correction. End summary.\n\n"
    "3. (C) Marrack said that the Council cannot accept the harbor rating. "
    "She is scheduled to brief the Council tomorrow. She promised to look "
    "into any vessel.\n\n"
    "4. (C) Post requests guidance by June 13 in responding to the "
    "request of Marrack and the note. End.\n\nWREN\n";

static const chy_proposal *
find(const chy_proposals *p, chy_item_kind kind)
{
	for (uint32_t i = 0; i < p->n; i++)
		if (p->at[i].kind == kind)
			return &p->at[i];
	return NULL;
}

static void
test_propose(void **state)
{
	chy_casework_settings set = chy_casework_defaults();
	chy_read_options opts = { .file = CHY_SLICE("t") };
	const chy_proposal *one;
	chy_action_ask *asks;
	chy_telegram *tel;
	chy_proposals *p;
	chy_arena arena;
	char day[11];

	(void)state;
	EXPECT_EQ("read", chy_telegram_read(chy_slice_of(telegram), &opts, &tel,
	    NULL), CHY_OK);
	EXPECT_EQ("propose", chy_casework_propose(tel, &set, &p), CHY_OK);
	EXPECT_TEXT("our side", p->own, "US");
	EXPECT_TEXT("theirs", p->host, "Oman");
	one = find(p, CHY_ITEM_REFUSAL);
	EXPECT("a refusal", one != NULL);
	EXPECT_EQ("summary and paragraph are one item", one->n_sources, 2);
	EXPECT_TEXT("of them", one->by.side, "Oman");
	EXPECT_TEXT("to us", one->to.side, "US");
	EXPECT("its span holds its words", chy_slice_find(chy_slice_sub(
	    tel->text, one->sources[0].span.off, one->sources[0].span.len),
	    CHY_SLICE("does not"), 0) < one->sources[0].span.len);
	one = find(p, CHY_ITEM_EVENT);
	EXPECT("an event", one != NULL);
	chy_civil_date(chy_day_civil(one->due.day), day);
	EXPECT_TEXT("tomorrow counts from the day of the meeting",
	    chy_slice_of(day), "2008-06-09");
	EXPECT_EQ("and is derived", one->due.basis, CHY_DUE_DERIVED);
	one = find(p, CHY_ITEM_COMMITMENT);
	EXPECT("a commitment", one != NULL);
	EXPECT_TEXT("of her, who was named before", one->by.side, "Oman");
	EXPECT("a review", find(p, CHY_ITEM_REVIEW) != NULL);

	chy_arena_init(&arena, 0);
	EXPECT_EQ("two things are asked", chy_casework_asks(tel, &set, &arena,
	    &asks), 2);
	EXPECT_TEXT("in paragraph 4", asks[0].paragraph, "4");
	EXPECT_TEXT("to which 1 points", asks[0].pointed, "1");
	chy_civil_date(chy_day_civil(asks[0].due.day), day);
	EXPECT_TEXT("by the date stated", chy_slice_of(day), "2008-06-13");
	EXPECT_EQ("which is explicit", asks[0].due.basis, CHY_DUE_EXPLICIT);
	chy_civil_date(chy_day_civil(asks[0].first.day), day);
	EXPECT_TEXT("a first response the next working day",
	    chy_slice_of(day), "2008-06-10");
	chy_arena_done(&arena);
	chy_proposals_free(p);
	chy_telegram_free(tel);
}

static void
test_relations(void **state)
{
	chy_item_view promise = { .kind = CHY_ITEM_COMMITMENT,
	    .by = CHY_SLICE("Arden"), .what = CHY_SLICE("look into any vessel"),
	    .due = CHY_NO_DAY, .other = CHY_NO_DAY };
	chy_item_view refusal = { .kind = CHY_ITEM_REFUSAL,
	    .by = CHY_SLICE("Arden"), .what = CHY_SLICE("take any action"),
	    .due = CHY_NO_DAY, .other = CHY_NO_DAY };
	chy_item_view said = { .kind = CHY_ITEM_DEMAND,
	    .by = CHY_SLICE("Arden"), .what = CHY_SLICE("a correction"),
	    .due = CHY_NO_DAY, .other = CHY_NO_DAY };
	chy_item_view written = said;
	chy_link_kind kind;
	const char *why;

	(void)state;
	EXPECT("a promise and a refusal of everything", chy_item_relation(
	    &promise, &refusal, &kind, &why) && kind == CHY_LINK_CONTRADICTS);
	refusal.by = CHY_SLICE("US");
	EXPECT("not of two sides", !chy_item_relation(&promise, &refusal,
	    &kind, &why));
	written.channel = CHY_CHANNEL_WRITTEN;
	written.what = CHY_SLICE("a correction and an account of the method");
	EXPECT("said and written", chy_item_relation(&said, &written, &kind,
	    &why) && kind == CHY_LINK_VARIANT);
	EXPECT_TEXT("their difference", chy_item_difference(written.what,
	    said.what), "account");
	EXPECT_EQ("nothing less in it", chy_item_difference(said.what,
	    written.what).len, 0);
}

static void
test_names(void **state)
{
	(void)state;
	for (int i = 0; i < CHY_ITEM_KINDS; i++) {
		chy_item_kind kind;

		EXPECT("a kind is found by its name", chy_item_kind_parse(
		    chy_slice_of(chy_item_kind_name((chy_item_kind)i)),
		    &kind) && (int)kind == i);
	}
	EXPECT_EQ("17 kinds", CHY_ITEM_KINDS, 17);
	EXPECT("an assessment is owed by nobody",
	    !chy_item_kind_owed(CHY_ITEM_ASSESSMENT));
	EXPECT("superseded is not open",
	    !chy_item_status_open(CHY_ITEM_SUPERSEDED));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_dates),
		cmocka_unit_test(test_no_dates),
		cmocka_unit_test(test_assumed),
		cmocka_unit_test(test_rules),
		cmocka_unit_test(test_relations),
		cmocka_unit_test(test_propose),
	};

	return cmocka_run_group_tests_name("casework", tests, NULL, NULL);
}
