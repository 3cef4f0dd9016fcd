/*
 * Rules: what is wrong in them and where, what they mean, and that the index
 * changes nothing.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "base/compiler.h"
#include "base/limits.h"
#include "distribute/distribute.h"
#include "forms/forms.h"
#include "testing.h"

static const char telegram_text[] =
    "O 101432Z MAR 26\n"
    "FM AMEMBASSY PORT ARDEN\n"
    "TO SECSTATE WASHDC IMMEDIATE 0631\n"
    "INFO NSC WASHDC PRIORITY\n"
    "\n"
    "C O N F I D E N T I A L PORT ARDEN 000214\n"
    "\n"
    "SIPDIS\n"
    "\n"
    "DEPARTMENT FOR WE/ISL, MAR/PSR\n"
    "\n"
    "E.O. 13526: DECL: 03/10/2036\n"
    "TAGS: PREL, EWWT, ETRD\n"
    "SUBJECT: HARBOUR MINISTER ON LIGHTHOUSE DUES\n"
    "\n"
    "REF: A. STATE 21187 B. PORT ARDEN 198\n"
    "\n"
    "1. (C) Action request: see paragraph 3.\n"
    "\n"
    "2. (C) The minister will lower the lighthouse dues, and the port\n"
    "safety report will say so. O'Brien's ferry runs again.\n"
    "\n"
    "3. (C) Post requests guidance on the Port Safety Report.\n"
    "\n"
    "WREN\n";

static chy_telegram *tel;
static chy_arena arena;

#define PLACES								\
    "addressee HOME is \"SECSTATE WASHDC\" called DEPARTMENT\n"		\
    "addressee NSC is \"NSC WASHDC\" outside\n"

static int
begin(void **state)
{
	chy_error err;

	(void)state;
	chy_arena_init(&arena, 0);
	return chy_telegram_read(chy_slice_of(telegram_text), NULL, &tel,
	    &err) == CHY_OK ? 0 : -1;
}

static int
end(void **state)
{
	(void)state;
	chy_telegram_free(tel);
	chy_arena_done(&arena);
	return 0;
}


/* ---- errors ---- */

static const struct {
	const char *label, *text;
	uint32_t    line, column;
	const char *words;
} bad[] = {
	{ "no statement", "rulle R1 \"x\"", 1, 1, "begins no statement" },
	{ "no prose", "rule R1 if tag A then item", 1, 9, "in prose" },
	{ "no condition", "rule R1 \"x\"\n  if smoke A then item", 2, 6,
	    "begins no condition" },
	{ "no effect", "rule R1 \"x\" if tag A\n then smoke", 2, 7,
	    "begins no effect" },
	{ "quote left open", "rule R1 \"x\nif tag A then item", 1, 9,
	    "not closed" },
	{ "no such list", "rule R1 \"x\" if tag any of @gulf then item", 1,
	    28, "there is no list @gulf" },
	{ "no such addressee", "rule R1 \"x\" if to HOME then item", 1, 19,
	    "no addressee is called HOME" },
	{ "no such rule", "rule R1 \"x\" if tag A then suppress R1 to R9",
	    1, 36, "there is no rule R9" },
	{ "rules the wrong way round", "rule A \"x\" if tag A then item "
	    "rule B \"x\" if tag A then suppress B to A", 1, 65,
	    "turn them round" },
	{ "a rule twice", "rule A \"x\" if tag A then item\n"
	    "rule A \"y\" if tag B then item", 2, 6, "there twice" },
	{ "no day", "rule A \"x\" from 2008-02-30 if tag A then item", 1, 17,
	    "a day should stand here" },
	{ "ends before it begins", "rule A \"x\" from 2009-01-01 until "
	    "2008-01-01 if tag A then item", 1, 6, "ends before" },
	{ "more than there are", "rule A \"x\" if tag at least 3 of (A, B) "
	    "then item", 1, 33, "can never be" },
	{ "receives under not", "rule A \"x\" if not receives B then item",
	    1, 15, "cannot stand after not" },
	{ "no precedence", "desk timer URGENT 5", 1, 12, "a precedence" },
	{ "no class", "action order a, b\n" PLACES
	    "rule A \"x\" if tag A then action X as c", 4, 38,
	    "no class of action" },
	{ "no level", "rule A \"x\" if level HIGH or above then item", 1, 21,
	    "is no level" },
	{ "no label", PLACES "office A cleared HIGH", 3, 18, "is no label" },
	{ "nothing to look for", "rule A \"x\" if text \"---\" then item", 1,
	    26, "no letter" },
	{ "an include without files", "include \"x.rules\"", 1, 9,
	    "cannot be included" },
	{ "an expectation of nothing", "test \"t\" telegram \"x\" expects "
	    "miracle", 1, 31, "nothing that can be expected" },
	{ "an addressee twice", PLACES "addressee HOME is X", 3, 11,
	    "named twice" },
	{ "an office nowhere", "office A \"a\"", 1, 10, "at an addressee" },
	{ "a comma too many", "list a = b,\n", 2, 1, "the end of the file" },
};

static void
test_errors(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		chy_rules *rules = NULL;
		chy_rules_error e;
		chy_status st = chy_rules_parse(CHY_SLICE("x.rules"),
		    chy_slice_of(bad[i].text), NULL, NULL, &rules, &e);

		if (st != CHY_ERR_INVALID)
			fail_msg("%s: it is taken", bad[i].label);
		if (e.line != bad[i].line || e.column != bad[i].column ||
		    strstr(e.text, bad[i].words) == NULL)
			fail_msg("%s: %u:%u: %s, not %u:%u: %s",
			    bad[i].label, e.line, e.column, e.text,
			    bad[i].line, bad[i].column, bad[i].words);
	}
}

static void
test_error_is_shown(void **state)
{
	chy_rules *rules = NULL;
	chy_rules_error e;
	chy_buf buf = CHY_BUF_INIT;
	chy_sink out = chy_sink_buf(&buf);

	(void)state;
	EXPECT_EQ("it fails", chy_rules_parse(CHY_SLICE("x.rules"),
	    CHY_SLICE("rule R1 \"x\"\n\tif tagg A\n\tthen item\n"), NULL,
	    NULL, &rules, &e), CHY_ERR_INVALID);
	chy_rules_error_print(&e, &out);
	EXPECT_TEXT("line, caret, remedy", chy_buf_slice(&buf),
	    "x.rules:2:5: \"tagg\" begins no condition; those that do are "
	    "listed in chancery-rules(5)\n\tif tagg A\n\t   ^\n");
	chy_buf_done(&buf);
}

static void
test_limits(void **state)
{
	chy_buf buf = CHY_BUF_INIT;
	chy_rules *rules = NULL;
	chy_rules_error e;

	(void)state;
	chy_buf_puts(&buf, "rule R \"x\" if ");
	for (unsigned i = 0; i < CHY_LIMIT_RULE_DEPTH + 1; i++)
		chy_buf_puts(&buf, "(");
	chy_buf_puts(&buf, "tag A");
	EXPECT_EQ("too deep", chy_rules_parse(CHY_SLICE("x"),
	    chy_buf_slice(&buf), NULL, NULL, &rules, &e), CHY_ERR_TOO_LARGE);
	chy_buf_reset(&buf);
	chy_buf_puts(&buf, "rule R \"x\" if ");
	for (unsigned i = 0; i < CHY_LIMIT_RULE_DEPTH + 1; i++)
		chy_buf_puts(&buf, "not ");
	EXPECT_EQ("too many nots", chy_rules_parse(CHY_SLICE("x"),
	    chy_buf_slice(&buf), NULL, NULL, &rules, &e), CHY_ERR_TOO_LARGE);
	chy_buf_reset(&buf);
	chy_buf_puts(&buf, "rule R \"x\" if text \"");
	for (unsigned i = 0; i < CHY_LIMIT_RULE_WORDS + 1; i++)
		chy_buf_puts(&buf, "a ");
	chy_buf_puts(&buf, "\" then item");
	EXPECT_EQ("too long a phrase", chy_rules_parse(CHY_SLICE("x"),
	    chy_buf_slice(&buf), NULL, NULL, &rules, &e), CHY_ERR_TOO_LARGE);
	chy_buf_done(&buf);
}


/* ---- includes ---- */

static chy_status
include(void *arg, chy_slice from, chy_slice name, chy_slice *ret_path,
    chy_slice *ret_text, chy_error *err)
{
	(void)arg;
	(void)from;
	*ret_path = name;
	if (chy_slice_eq(name, CHY_SLICE("places")))
		*ret_text = CHY_SLICE(PLACES "list mine = EWWT\n");
	else if (chy_slice_eq(name, CHY_SLICE("circle")))
		*ret_text = CHY_SLICE("include \"circle\"\n");
	else if (chy_slice_eq(name, CHY_SLICE("bad")))
		*ret_text = CHY_SLICE("\n\nnonsense\n");
	else
		return chy_fail(err, CHY_ERR_NOT_FOUND, "it is not there");
	return CHY_OK;
}

static void
test_includes(void **state)
{
	chy_rules *rules = NULL;
	chy_rules_error e;
	chy_distribution d;
	chy_error err;

	(void)state;
	EXPECT_EQ("lists and addressees come along", chy_rules_parse(
	    CHY_SLICE("x"), CHY_SLICE("include \"places\"\nrule R \"x\" if "
	    "to HOME and tag any of @mine then info A"), include, NULL,
	    &rules, &e), CHY_OK);
	EXPECT_EQ("evaluated", chy_distribute(rules, tel, NULL, &arena, &d,
	    &err), CHY_OK);
	EXPECT("A gets it", chy_distribution_find(&d, CHY_DELIVERY_INFO,
	    CHY_SLICE("A")) != NULL);
	chy_rules_free(rules);
	EXPECT_EQ("a circle", chy_rules_parse(CHY_SLICE("x"),
	    CHY_SLICE("include \"circle\""), include, NULL, &rules, &e),
	    CHY_ERR_INVALID);
	EXPECT("says so", strstr(e.text, "includes itself") != NULL);
	EXPECT_EQ("an error in it", chy_rules_parse(CHY_SLICE("x"),
	    CHY_SLICE("include \"bad\""), include, NULL, &rules, &e),
	    CHY_ERR_INVALID);
	EXPECT_TEXT("names its file", chy_slice_of(e.file), "bad");
	EXPECT_EQ("and its line", e.line, 3);
	EXPECT_EQ("what is not there", chy_rules_parse(CHY_SLICE("x"),
	    CHY_SLICE("include \"gone\""), include, NULL, &rules, &e),
	    CHY_ERR_INVALID);
	EXPECT("says so, too", strstr(e.text, "it is not there") != NULL);
}


/* ---- what conditions mean ---- */

static const struct {
	const char *label, *cond;
	bool	    want;
} conds[] = {
	{ "a tag", "tag EWWT", true },
	{ "another tag", "tag PHUM", false },
	{ "any of", "tag any of (PHUM, PREL)", true },
	{ "all of", "tag all of (PREL, EWWT)", true },
	{ "not all of", "tag all of (PREL, PHUM)", false },
	{ "at least two", "tag at least 2 of (PHUM, PREL, EWWT)", true },
	{ "at least three", "tag at least 3 of (PHUM, PREL, EWWT)", false },
	{ "no country", "country tag", false },
	{ "and binds closer than or", "tag PREL or tag PHUM and tag KCRM",
	    true },
	{ "parentheses", "(tag PREL or tag PHUM) and tag KCRM", false },
	{ "not", "not tag PHUM", true },
	{ "not not", "not not tag PHUM", false },
	{ "a caption", "caption SIPDIS", true },
	{ "another caption", "caption NODIS", false },
	{ "no channel", "channel caption", false },
	{ "level reached", "level CONFIDENTIAL or above", true },
	{ "level not reached", "level SECRET or above", false },
	{ "the post", "from \"PORT ARDEN\"", true },
	{ "by its address", "from \"AMEMBASSY PORT ARDEN\"", true },
	{ "another post", "from MUSCAT", false },
	{ "to", "to HOME", true },
	{ "not to", "to NSC", false },
	{ "info", "info NSC", true },
	{ "addressed", "addressed NSC", true },
	{ "outside", "addressed outside", true },
	{ "passing line", "passing HOME", true },
	{ "passing line of another", "passing NSC", false },
	{ "passing line names", "passing HOME names MAR/PSR", true },
	{ "passing line does not name", "passing HOME names EC/TRA", false },
	{ "no duty to pass", "pass instruction", false },
	{ "no duty to relay", "relay instruction", false },
	{ "precedence", "precedence IMMEDIATE", true },
	{ "or above", "precedence PRIORITY or above", true },
	{ "or something else", "precedence FLASH or tag PREL", true },
	{ "not above", "precedence NIACT or above", false },
	{ "of our addressee", "precedence at NSC IMMEDIATE or above", false },
	{ "any of precedences", "precedence any of (FLASH, IMMEDIATE)", true },
	{ "subject", "subject lighthouse", true },
	{ "only subject", "subject ferry", false },
	{ "text", "text ferry", true },
	{ "only text", "text \"harbour minister\"", false },
	{ "words in either", "words \"harbour minister\" and words ferry",
	    true },
	{ "whole words", "text light", false },
	{ "any case", "text FERRY", true },
	{ "a phrase over a line end", "text \"port safety report\"", true },
	{ "not over other words", "text \"safety dues\"", false },
	{ "an apostrophe", "text \"o'brien's ferry\"", true },
	{ "first paragraph", "first paragraph request", true },
	{ "only the first", "first paragraph ferry", false },
	{ "both in one paragraph", "paragraph (ferry and dues)", true },
	{ "not across two", "paragraph (ferry and guidance)", false },
	{ "without a word", "paragraph (guidance and not ferry)", true },
	{ "action request", "action request", true },
	{ "in the first", "first paragraph requests action", true },
	{ "no document", "embedded document", false },
	{ "not corrected", "corrected copy", false },
	{ "cites a telegram", "cites \"26 STATE 21187\"", true },
	{ "cites a post", "cites STATE", true },
	{ "cites another", "cites 26STATE1", false },
	{ "cites anything", "cites anything", true },
	{ "no case", "open case", false },
	{ "not from us", "from us", false },
};

static void
test_conditions(void **state)
{
	chy_buf buf = CHY_BUF_INIT;
	chy_rules *rules = NULL;
	chy_rules_error e;
	chy_distribution d;
	chy_error err;

	(void)state;
	chy_buf_puts(&buf, PLACES);
	/* The second of each pair is tried always, the first by the index. */
	for (size_t i = 0; i < ARRAY_LEN(conds); i++)
		chy_buf_printf(&buf, "rule A%zu \"x\" if %s then info a%zu\n"
		    "rule B%zu \"x\" if not not (%s) then info b%zu\n", i,
		    conds[i].cond, i, i, conds[i].cond, i);
	if (chy_rules_parse(CHY_SLICE("x"), chy_buf_slice(&buf), NULL, NULL,
	    &rules, &e) != CHY_OK)
		fail_msg("%u:%u: %s: %s", e.line, e.column, e.text, e.source);
	EXPECT_EQ("evaluated", chy_distribute(rules, tel, NULL, &arena, &d,
	    &err), CHY_OK);
	for (size_t i = 0; i < ARRAY_LEN(conds); i++)
		for (int k = 0; k < 2; k++) {
			char name[16];

			snprintf(name, sizeof(name), "%c%zu", "ab"[k], i);
			if ((chy_distribution_find(&d, CHY_DELIVERY_INFO,
			    chy_slice_of(name)) != NULL) != conds[i].want)
				fail_msg("%s: %s %s", conds[i].label,
				    conds[i].cond, conds[i].want ?
				    "should hold" : "should not hold");
		}
	chy_rules_free(rules);
	chy_buf_done(&buf);
}


/* ---- what rules do ---- */

static chy_distribution
by(const char *text, chy_ymd date)
{
	chy_distribute_options opts = { .date = date, .us = CHY_EMPTY };
	chy_rules *rules = NULL;
	chy_rules_error e;
	chy_distribution d = { 0 };
	chy_error err;

	if (chy_rules_parse(CHY_SLICE("x"), chy_slice_of(text), NULL, NULL,
	    &rules, &e) != CHY_OK)
		fail_msg("%u:%u: %s: %s", e.line, e.column, e.text, e.source);
	if (chy_distribute(rules, tel, &opts, &arena, &d, &err) != CHY_OK)
		fail_msg("%s", err.text);
	chy_rules_free(rules);
	return d;
}

static bool
has(const chy_distribution *d, chy_delivery_kind kind, const char *office)
{
	return chy_distribution_find(d, kind, chy_slice_of(office)) != NULL;
}

static void
test_validity(void **state)
{
	static const char text[] = PLACES
	    "rule A \"old\" until 2007-12-31 if tag PREL then info OLD\n"
	    "rule B \"new\" from 2008-01-01 if tag PREL then info NEW\n";
	chy_distribution d;

	(void)state;
	d = by(text, 20071231);
	EXPECT("the old rule on its last day", has(&d, CHY_DELIVERY_INFO,
	    "OLD") && !has(&d, CHY_DELIVERY_INFO, "NEW"));
	d = by(text, 20080101);
	EXPECT("the new one on its first", has(&d, CHY_DELIVERY_INFO, "NEW") &&
	    !has(&d, CHY_DELIVERY_INFO, "OLD"));
	d = by("us \"PORT ARDEN\"\nrule A \"a\" if from us then info FILES "
	    "at origin\n", 0);
	EXPECT("our post, as the rules name it", has(&d, CHY_DELIVERY_INFO,
	    "FILES"));
	d = by(text, 0);
	EXPECT("the telegram's own date", has(&d, CHY_DELIVERY_INFO, "NEW"));
}

static void
test_offices(void **state)
{
	static const char text[] = PLACES
	    "office X \"x\" until 2009-12-31 now Y\n"
	    "office Y \"y\" from 2010-01-01 until 2019-12-31 now Z\n"
	    "office Z \"z\" from 2020-01-01\n"
	    "office GONE \"g\" until 2009-12-31\n"
	    "rule A \"a\" if tag PREL then info X, GONE, NOBODY/KNOWS\n"
	    "rule B \"b\" if receives X then info FOLLOWER\n";
	char with[1024];
	chy_distribution d;

	(void)state;
	snprintf(with, sizeof(with), "%s%s", text, "office FOLLOWER\n"
	    "rule M \"m\" if office unknown or abolished "
	    "then successor; desk\n");
	d = by(with, 20261126);
	EXPECT("over two steps", has(&d, CHY_DELIVERY_INFO, "Z"));
	EXPECT("what follows X follows Z", has(&d, CHY_DELIVERY_INFO,
	    "FOLLOWER"));
	EXPECT("what ended goes to the desk", has(&d, CHY_DELIVERY_DESK,
	    "GONE"));
	EXPECT("so does what is unknown", has(&d, CHY_DELIVERY_DESK,
	    "NOBODY/KNOWS"));
	d = by(with, 20080101);
	EXPECT("in its time it is itself", has(&d, CHY_DELIVERY_INFO, "X"));
	d = by(text, 20261126);
	EXPECT("without a rule for it names stay", has(&d, CHY_DELIVERY_INFO,
	    "X") && has(&d, CHY_DELIVERY_INFO, "NOBODY/KNOWS"));
}

static void
test_action(void **state)
{
	chy_distribution d;
	uint32_t n = 0;

	(void)state;
	d = by("action order first, second\n" PLACES
	    "rule O \"o\" if to HOME then one action at HOME\n"
	    "rule A \"a\" if tag PREL then action A as second\n"
	    "rule B \"b\" if tag PREL then action B as first\n"
	    "rule C \"c\" if tag PREL then action C as first\n", 0);
	for (uint32_t i = 0; i < d.n; i++)
		n += d.at[i].kind == CHY_DELIVERY_ACTION;
	EXPECT_EQ("one action office", n, 1);
	EXPECT("the class, then the place", has(&d, CHY_DELIVERY_ACTION, "B"));
	EXPECT("who lost drafts with them", chy_distribution_find(&d,
	    CHY_DELIVERY_INFO, CHY_SLICE("A"))->codrafter);
	d = by(PLACES "rule O \"o\" if to HOME then one action at HOME\n"
	    "rule N \"n\" if no action office then desk\n"
	    "rule A \"a\" if tag PREL then info A\n"
	    "desk timer IMMEDIATE 15\n", 0);
	EXPECT("none: the desk", has(&d, CHY_DELIVERY_DESK,
	    "no action office"));
	EXPECT_EQ("by precedence", chy_distribution_find(&d,
	    CHY_DELIVERY_DESK, CHY_SLICE("no action office"))->minutes, 15);
}

static void
test_restrictions(void **state)
{
	static const char text[] = PLACES
	    "clearance S\n"
	    "office A cleared U\noffice B cleared S\noffice F foreign\n"
	    "rule A \"a\" if tag PREL then info A, B, F\n"
	    "rule B \"b\" if tag PREL then info C; suggest D; post P\n"
	    "rule C \"c\" if receives C then info E\n";
	char with[1024];
	chy_distribution d;

	(void)state;
	snprintf(with, sizeof(with), "%s%s", text, "rule U \"u\" if level "
	    "CONFIDENTIAL or above then withhold from uncleared\n"
	    "rule F \"f\" if caption SIPDIS then withhold from foreign\n");
	d = by(with, 0);
	EXPECT("uncleared", has(&d, CHY_DELIVERY_WITHHELD, "A"));
	EXPECT("foreign", has(&d, CHY_DELIVERY_WITHHELD, "F"));
	EXPECT("cleared", has(&d, CHY_DELIVERY_INFO, "B"));
	snprintf(with, sizeof(with), "%s%s", text,
	    "rule S \"s\" if caption SIPDIS then suppress B\n");
	d = by(with, 0);
	EXPECT("suppressed", has(&d, CHY_DELIVERY_WITHHELD, "C") &&
	    has(&d, CHY_DELIVERY_WITHHELD, "D") &&
	    has(&d, CHY_DELIVERY_WITHHELD, "P"));
	EXPECT("and what follows", has(&d, CHY_DELIVERY_WITHHELD, "E"));
	EXPECT("not the others", has(&d, CHY_DELIVERY_INFO, "A"));
	snprintf(with, sizeof(with), "%s%s", text,
	    "rule S \"s\" if caption SIPDIS then only B\n");
	d = by(with, 0);
	EXPECT("only", has(&d, CHY_DELIVERY_INFO, "C") &&
	    has(&d, CHY_DELIVERY_WITHHELD, "A") &&
	    has(&d, CHY_DELIVERY_WITHHELD, "E"));
	snprintf(with, sizeof(with), "%s%s", text,
	    "rule S \"s\" if addressed outside then reject\n");
	d = by(with, 0);
	EXPECT("rejected", d.rejected && has(&d, CHY_DELIVERY_REJECTED,
	    "NSC WASHDC") && has(&d, CHY_DELIVERY_WITHHELD, "C"));
}


/* ---- properties ---- */

static uint32_t
next_random(uint32_t *x)
{
	*x ^= *x << 13;
	*x ^= *x >> 17;
	*x ^= *x << 5;
	return *x;
}

static void
random_cond(chy_buf *buf, uint32_t *x, int depth)
{
	static const char *const leaves[] = {
		"tag PREL", "tag EWWT", "tag PHUM", "text ferry",
		"words lighthouse", "text \"port safety\"", "caption SIPDIS",
		"caption NODIS", "to HOME", "info NSC", "from MUSCAT",
		"precedence PRIORITY or above", "precedence FLASH",
		"paragraph (ferry and dues)", "cites STATE",
		"first paragraph requests action",
		"tag at least 2 of (PREL, PHUM, EWWT)",
	};
	uint32_t r = next_random(x) % 8;

	if (depth == 0 || r < 3) {
		chy_buf_puts(buf, leaves[next_random(x) % ARRAY_LEN(leaves)]);
		return;
	}
	chy_buf_puts(buf, r == 3 ? "not (" : "(");
	random_cond(buf, x, depth - 1);
	if (r > 3) {
		chy_buf_puts(buf, r < 6 ? " and " : " or ");
		random_cond(buf, x, depth - 1);
	}
	chy_buf_puts(buf, ")");
}

static void
test_index_changes_nothing(void **state)
{
	uint32_t x = 2463534242u;
	chy_buf buf = CHY_BUF_INIT;
	chy_distribution d;

	(void)state;
	chy_buf_puts(&buf, PLACES);
	for (int i = 0; i < 500; i++) {
		chy_buf cond = CHY_BUF_INIT;

		random_cond(&cond, &x, 4);
		chy_buf_printf(&buf, "rule A%d \"x\" if %.*s then info a%d\n"
		    "rule B%d \"x\" if not not (%.*s) then info b%d\n", i,
		    CHY_ARG(chy_buf_slice(&cond)), i, i,
		    CHY_ARG(chy_buf_slice(&cond)), i);
		chy_buf_done(&cond);
	}
	d = by(chy_buf_slice(&buf).ptr, 0);
	for (int i = 0; i < 500; i++) {
		char a[16], b[16];

		snprintf(a, sizeof(a), "a%d", i);
		snprintf(b, sizeof(b), "b%d", i);
		if (has(&d, CHY_DELIVERY_INFO, a) != has(&d,
		    CHY_DELIVERY_INFO, b))
			fail_msg("rule %d: the index says otherwise", i);
	}
	chy_buf_done(&buf);
}

static bool
same_reasons(const chy_delivery *a, const chy_delivery *b)
{
	for (uint32_t i = 0; i < a->n_because; i++) {
		uint32_t k = 0;

		while (k < b->n_because && !chy_slice_eq(a->because[i].rule,
		    b->because[k].rule))
			k++;
		if (k == b->n_because)
			return false;
	}
	return true;
}

/* A rule that restricts nothing takes nothing away. */
static void
test_adding_takes_nothing(void **state)
{
	uint32_t x = 88172645u;
	chy_buf buf = CHY_BUF_INIT;
	chy_distribution before = { 0 }, d;

	(void)state;
	chy_buf_puts(&buf, PLACES
	    "rule O \"o\" if to HOME then one action at HOME\n");
	for (int i = 0; i < 60; i++) {
		chy_buf_printf(&buf, "rule R%d \"x\" if ", i);
		random_cond(&buf, &x, 3);
		chy_buf_printf(&buf, " then %s O%u\n", next_random(&x) % 4 ==
		    0 ? "action" : next_random(&x) % 2 == 0 ? "info" :
		    "suggest", next_random(&x) % 20);
		d = by(chy_buf_slice(&buf).ptr, 0);
		for (uint32_t k = 0; k < before.n; k++) {
			const chy_delivery *old = &before.at[k], *now;

			now = chy_distribution_find(&d, old->kind,
			    old->office);
			if (now == NULL && old->kind == CHY_DELIVERY_ACTION)
				now = chy_distribution_find(&d,
				    CHY_DELIVERY_INFO, old->office);
			if (now == NULL && old->kind == CHY_DELIVERY_INFO)
				now = chy_distribution_find(&d,
				    CHY_DELIVERY_ACTION, old->office);
			if (now == NULL || !same_reasons(old, now))
				fail_msg("rule %d took away %.*s", i,
				    CHY_ARG(old->office));
		}
		before = d;
	}
	chy_buf_done(&buf);
}

static void
test_beside(void **state)
{
	chy_rules *rules = NULL;
	chy_rules_error e;

	(void)state;
	EXPECT_EQ("parsed", chy_rules_parse(CHY_SLICE("x"), CHY_SLICE(
	    "rule A \"a\" if tag X then item\n\n"
	    "test \"one\" telegram \"a.txt\" dated 2008-01-01 us MUSCAT "
	    "expects exactly action A; info B, C; no alarm; not D; desk\n"
	    "test \"two\" text \"\"\"TO\n\"X\" \"\"\" expects nobody\n"), NULL,
	    NULL, &rules, &e), CHY_OK);
	EXPECT_EQ("two", chy_rules_tests(rules), 2);
	EXPECT_TEXT("name", chy_rules_test_at(rules, 0).name, "one");
	EXPECT_TEXT("file", chy_rules_test_at(rules, 0).telegram, "a.txt");
	EXPECT_EQ("line", chy_rules_test_at(rules, 0).line, 3);
	EXPECT_EQ("date", chy_rules_test_at(rules, 0).opts.date, 20080101);
	EXPECT_TEXT("text", chy_rules_test_at(rules, 1).text,
	    "TO\n\"X\" ");
	chy_rules_free(rules);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_errors),
		cmocka_unit_test(test_error_is_shown),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_includes),
		cmocka_unit_test(test_conditions),
		cmocka_unit_test(test_validity),
		cmocka_unit_test(test_offices),
		cmocka_unit_test(test_action),
		cmocka_unit_test(test_restrictions),
		cmocka_unit_test(test_index_changes_nothing),
		cmocka_unit_test(test_adding_takes_nothing),
		cmocka_unit_test(test_beside),
	};

	return cmocka_run_group_tests_name("distribute", tests, begin, end);
}
