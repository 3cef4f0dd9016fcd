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
#include "query/pattern.h"
#include "query/query_int.h"
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
	{ "an agency", "info:nsc", "info:NSC" },
	{ "an agency's address", "info:\"NSC WASHDC\"", "info:NSC" },
	{ "in other words", "info:\"NSC WASHINGTON DC\"", "info:NSC" },
	{ "a place, no agency", "from:\"WASHINGTON DC\"",
	    "from:WASHINGTONDC" },
	{ "a post's title", "from:\"secretary of state\"", "from:STATE" },
	{ "a title that the index does not use",
	    "from:\"u.s. embassy in muscat\"", "from:MUSCAT" },
	{ "a consulate in short", "from:\"congen jeddah\"", "from:JEDDAH" },
	{ "the department in words", "to:\"department of state\"",
	    "to:STATE" },
	{ "a country in short", "geo:uae", "geo:AE" },
	{ "a country of another time", "from:myanmar", "from:myanmar" },
	{ "a title of two words before a name",
	    "from:\"US Interests Section Havana\"", "from:HAVANA" },
	{ "a post with its marks", "from:\"S\xc3\xa3o Paulo\"",
	    "from:SAOPAULO" },
	{ "a title and marks", "from:\"Embassy Yaound\xc3\xa9\"",
	    "from:YAOUNDE" },
	{ "quotes as programs for text put them",
	    "from:\xe2\x80\x9csao paulo\xe2\x80\x9d "
	    "\xe2\x80\x9eoil deal\xe2\x80\x9c~3 "
	    "subject:\xc2\xabthe deal\xc2\xbb",
	    "from:SAOPAULO and \"oil deal\"~3 and subject:\"the deal\"" },
	{ "between plain quotes the others are text",
	    "\"the \xe2\x80\x9c" "deal\xe2\x80\x9d\"",
	    "\"the \xe2\x80\x9c" "deal\xe2\x80\x9d\"" },
	{ "a country with its marks", "from:\"C\xc3\xb4te d'Ivoire\"",
	    "from:\"C\xc3\xb4te d'Ivoire\"" },
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
	{ "near", "\"oil pipeline\"~5", "\"oil pipeline\"~5" },
	{ "near said", "oil near/5 pipeline", "\"oil pipeline\"~5" },
	{ "near thrice", "a1 NEAR/2 b1 near/4 c1", "\"a1 b1 c1\"~4" },
	{ "near in a subject", "subject:(oil near/5 gas)",
	    "subject:\"oil gas\"~5" },
	{ "near a country", "oman near/3 oil", "\"oman oil\"~3" },
	{ "near as a word", "near east", "near and east" },
	{ "near/ quoted is a word", "\"near/5\"", "\"near/5\"" },
	{ "forms", "talk~", "\"talk\" or \"talks\" or \"talked\" or "
	    "\"talking\"" },
	{ "forms in an and", "oil talk~", "oil and (\"talk\" or \"talks\" or "
	    "\"talked\" or \"talking\")" },
	{ "forms in a subject", "subject:go~", "subject:\"go\" or "
	    "subject:\"went\" or subject:\"gone\" or subject:\"goes\" or "
	    "subject:\"going\"" },
	{ "a pattern", "subject:/oil|gas/", "subject:/oil|gas/" },
	{ "a pattern with a slash", "subject:/a\\/b c/ oil",
	    "subject:/a\\/b c/ and oil" },
	{ "a pattern of posts", "from:/^MUS/", "from:/^MUS/" },
	{ "a pattern of numbers", "mrn:/CAT4/", "mrn:/CAT4/" },
	{ "a range of numbers", "mrn:08MUSCAT400..08MUSCAT425",
	    "mrn:08MUSCAT400..425" },
	{ "the same, short", "mrn:\"08 MUSCAT 400..425\"",
	    "mrn:08MUSCAT400..425" },
	{ "a query for a number", "cites:{oil date:1975}",
	    "cites:{oil and date:1975}" },
	{ "braces in braces", "thread:{citedby:{ from:muscat } oil} gas",
	    "thread:{citedby:{from:MUSCAT} and oil} and gas" },
	{ "a country for its posts", "from:oman", "from:oman" },
	{ "a city that is a country", "from:singapore", "from:SINGAPORE" },
	{ "heading", "heading:zeidan", "heading:zeidan" },
	{ "passing", "passing:CA/FPP", "passing:CA/FPP" },
	{ "authority", "classifiedby:grappo", "classifiedby:grappo" },
	{ "a day in words", "date:\"12 Mar 1975\"", "date:1975-03-12" },
	{ "days in words", "date:\"12 Mar 1975..14 March 1975\"",
	    "date:1975-03-12..1975-03-14" },
	{ "a date-time group", "date:\"091456Z JUN 08\"",
	    "date:2008-06-09T14:56Z" },
	{ "a whole year by days", "date:1975-01-01..1975-12-31", "date:1975" },
	{ "mixed ends", "date:1975..1976-02",
	    "date:1975-01..1976-02" },
	{ "office", "office:NEA/ARP", "office:NEA/ARP" },
	{ "action", "action:overdue", "action:overdue" },
	{ "case", "case:OMAN-TIP-2008", "case:OMAN-TIP-2008" },
	{ "a person", "person:\"al-Busaidi\"", "person:al-Busaidi" },
	{ "missing", "is:missing", "is:missing" },
	{ "a brace is text elsewhere", "a}b", "\"a}b\"" },
};

static void
test_understood(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(good); i++) {
		chy_query *q, *again;
		chy_buf out = CHY_BUF_INIT, twice = CHY_BUF_INIT;
		chy_error err = { .status = CHY_OK };

		if (chy_query_parse(chy_slice_of(good[i].text), 0, &q, &err) !=
		    CHY_OK)
			fail_msg("%s: %s: %s", good[i].label, good[i].text,
			    err.text);
		chy_query_print(q->root, &out);
		if (!chy_slice_eq(chy_buf_slice(&out),
		    chy_slice_of(good[i].want)))
			fail_msg("%s: %s gives %s, not %s", good[i].label,
			    good[i].text, out.ptr, good[i].want);
		/* What is shown back means the same. */
		assert_int_equal(chy_query_parse(chy_buf_slice(&out), 0, &again,
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
} refused[] = {
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
	{ "near at the start", "near/5 oil", 0, CHY_ERR_INVALID },
	{ "near at the end", "oil near/5", 10, CHY_ERR_INVALID },
	{ "near a prefix", "oil near/5 pipe*", 11, CHY_ERR_INVALID },
	{ "near after a prefix", "pipe* near/5 oil", 0, CHY_ERR_INVALID },
	{ "near a field", "oil near/5 from:muscat", 11, CHY_ERR_INVALID },
	{ "near no number", "\"oil gas\"~", 9, CHY_ERR_INVALID },
	{ "near too far", "\"oil gas\"~2000", 9, CHY_ERR_INVALID },
	{ "forms of a number", "12~", 0, CHY_ERR_INVALID },
	{ "an open pattern", "subject:/oil", 8, CHY_ERR_INVALID },
	{ "a bad pattern", "subject:/oil(/", 12, CHY_ERR_INVALID },
	{ "a pattern of texts", "body:/oil/", 5, CHY_ERR_INVALID },
	{ "a pattern of dates", "date:/75/", 5, CHY_ERR_INVALID },
	{ "an open brace", "cites:{oil", 6, CHY_ERR_INVALID },
	{ "empty braces", "cites:{}", 7, CHY_ERR_INVALID },
	{ "a parenthesis too many in braces", "cites:{oil)}", 6,
	    CHY_ERR_INVALID },
	{ "numbers backwards", "mrn:08MUSCAT425..400", 4, CHY_ERR_INVALID },
	{ "numbers of two posts", "mrn:08MUSCAT425..08PARIS500", 4,
	    CHY_ERR_INVALID },
	{ "a beginning of a post", "from:mus*", 8, CHY_ERR_INVALID },
	{ "a beginning of a number", "mrn:08MUSCAT*", 12, CHY_ERR_INVALID },
	{ "two codes", "tag:PREL,PGOV", 4, CHY_ERR_INVALID },
	{ "two codes in quotes", "tag:\"PREL PGOV\"", 5, CHY_ERR_INVALID },
	{ "no country", "geo:atlantis", 4, CHY_ERR_INVALID },
	{ "two countries", "geo:korea", 4, CHY_ERR_INVALID },
	{ "a later date", "date:>2005", 5, CHY_ERR_INVALID },
	{ "an ambiguous date", "date:3/4/1975", 5, CHY_ERR_INVALID },
	{ "today without a clock", "date:today", 5, CHY_ERR_INVALID },
	{ "the end of a range", "date:1975..maybe", 11, CHY_ERR_INVALID },
	{ "an empty phrase", "\"\"", 0, CHY_ERR_INVALID },
	{ "only points", "oil ...", 4, CHY_ERR_INVALID },
};

static void
test_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(refused); i++) {
		chy_query *q;
		chy_error err = { .off = 999 };
		chy_status st = chy_query_parse(chy_slice_of(refused[i].text), 0, &q,
		    &err);

		if (st != refused[i].want || err.off != refused[i].off ||
		    err.text[0] == '\0')
			fail_msg("%s: %s gives %d at %u: %s", refused[i].label,
			    refused[i].text, (int)st, err.off, err.text);
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
	assert_int_equal(chy_query_parse((chy_slice){ text, sizeof(text) }, 0, &q,
	    &err), CHY_ERR_TOO_LARGE);
	assert_int_equal(chy_query_parse((chy_slice){ text, CHY_LIMIT_QUERY }, 0,
	    &q, &err), CHY_OK);
	chy_query_free(q);
	memset(text, '(', CHY_LIMIT_QUERY_DEPTH + 1);
	assert_int_equal(chy_query_parse((chy_slice){ text, 200 }, 0, &q, &err),
	    CHY_ERR_TOO_LARGE);
	for (size_t i = 0; i < 2000; i++)
		text[i] = i % 2 ? ' ' : 'a';
	assert_int_equal(chy_query_parse((chy_slice){ text, 2000 }, 0, &q, &err),
	    CHY_ERR_TOO_LARGE);
	for (size_t i = 0; i + 4 <= 400; i += 4)
		memcpy(text + i, "not ", 4);
	assert_int_equal(chy_query_parse((chy_slice){ text, 400 }, 0, &q, &err),
	    CHY_ERR_TOO_LARGE);
}

static void
test_dates(void **state)
{
	chy_query *q;

	(void)state;
	assert_int_equal(chy_query_parse(CHY_SLICE("date:2008-02"), 0, &q, NULL),
	    CHY_OK);
	assert_int_equal(q->root->low, chy_civil_seconds(
	    (chy_civil){ 2008, 2, 1, 0, 0 }));
	assert_int_equal(q->root->high, chy_civil_seconds(
	    (chy_civil){ 2008, 2, 29, 0, 0 }) + 86399);
	chy_query_free(q);
	assert_int_equal(chy_query_parse(CHY_SLICE("date:..2008"), 0, &q, NULL),
	    CHY_OK);
	assert_true(q->root->low == INT64_MIN);
	assert_int_equal(q->root->high, chy_civil_seconds(
	    (chy_civil){ 2008, 12, 31, 23, 59 }) + 59);
	chy_query_free(q);
}

/* Day of the first day of 1970-01-01's year: 2008-06-11 was a Wednesday. */
#define NOW	INT64_C(1213185600)
#define MARCH_31	INT64_C(1206921600)	/* of 2008 */

static const struct {
	const char *text, *want;	/* NULL: no date; "?": ambiguous */
} days[] = {
	{ "1975", "1975" },
	{ "1975-03", "1975-03" },
	{ "1975/03/12", "1975-03-12" },
	{ "19750312", "1975-03-12" },
	{ "12.3.1975", "1975-03-12" },
	{ "12.3.75", "1975-03-12" },
	{ "25/3/1975", "1975-03-25" },
	{ "3/25/1975", "1975-03-25" },
	{ "3/3/1975", "1975-03-03" },
	{ "3/4/1975", "?" },
	{ "12 Mar 1975", "1975-03-12" },
	{ "12MAR75", "1975-03-12" },
	{ "12-Mar-75", "1975-03-12" },
	{ "March 12, 1975", "1975-03-12" },
	{ "March 12th, 1975", "1975-03-12" },
	{ "12th March 1975", "1975-03-12" },
	{ "March 1975", "1975-03" },
	{ "mar75", "1975-03" },
	{ "SEP 08", "2008-09" },
	{ "1975Q2", "1975-04..1975-06" },
	{ "Q4 1975", "1975-10..1975-12" },
	{ "1970s", "1970..1979" },
	{ "2008-W24", "2008-06-09..2008-06-15" },
	{ "2009-W53", "2009-12-28..2010-01-03" },
	{ "2008-W53", NULL },
	{ "091456Z JUN 08", "2008-06-09T14:56Z" },
	{ "091456ZJUN08", "2008-06-09T14:56Z" },
	{ "2008-06-09T14:56Z", "2008-06-09T14:56Z" },
	{ "today", "2008-06-11" },
	{ "yesterday", "2008-06-10" },
	{ "this week", "2008-06-09..2008-06-15" },
	{ "last week", "2008-06-02..2008-06-08" },
	{ "this month", "2008-06" },
	{ "last month", "2008-05" },
	{ "this year", "2008" },
	{ "last year", "2007" },
	{ "30d", "2008-05-12" },
	{ "2w", "2008-05-28" },
	{ "6m", "2007-12-11" },
	{ "1y", "2007-06-11" },
	{ "1975-13", NULL },
	{ "1975-02-29", NULL },
	{ "31 Feb 1975", NULL },
	{ "march", NULL },
	{ "0", NULL },
	{ "1975-03-12-14", NULL },
	{ "1975s", NULL },
	{ "12 Foo 1975", NULL },
	{ "991456Z JUN 08", NULL },
	{ "99999y", NULL },
	{ "99999m", NULL },
	{ "12-14 Mar 1975", "1975-03-12..1975-03-14" },
	{ "12 - 14 March 1975", "1975-03-12..1975-03-14" },
	{ "March 12-14, 1975", "1975-03-12..1975-03-14" },
	{ "14-12 Mar 1975", NULL },
	{ "12-32 Mar 1975", NULL },
	{ "12 14 MAR 75", NULL },
	{ "12/14 Mar 1975", NULL },
	{ "12xx March 1975", NULL },
	{ "12 th March 1975", NULL },
	{ "March 12xx, 1975", NULL },
	{ "March 12 14 1975", NULL },
	{ "1st March 1975", "1975-03-01" },
	{ "Mar. 12, 1975", "1975-03-12" },
	{ "12 Mar. 1975", "1975-03-12" },
	{ "12 Mar '75", "1975-03-12" },
	{ "March, 1975", "1975-03" },
	{ "1975 March", "1975-03" },
	{ "1975 Mar 12", "1975-03-12" },
	{ "1975-Mar-12", "1975-03-12" },
	{ "2008-06-09 14:56", "2008-06-09T14:56Z" },
	{ "2008-06-09T14:56:59Z", "2008-06-09T14:56Z" },
	{ "2008-06-09T14:56:61Z", NULL },
	{ "2008-06-09 14-56", NULL },
	{ ">2005", NULL },
	{ "<2005", NULL },
	{ "=2005", NULL },
	{ "!2005", NULL },
	{ "~2005", NULL },
	{ "-2005", NULL },
	{ ".2005", NULL },
	{ "2005-", NULL },
	{ "2005..", NULL },
	{ "1975--03", NULL },
	{ "1975>03", NULL },
	{ "1975-03/12", NULL },
	{ "1975,03,12", NULL },
	{ "12:3:1975", NULL },
	{ "12+Mar+1975", NULL },
	{ "this-week", NULL },
	{ "2-w", NULL },
};

static void
claim_day(const char *text, int64_t now, const char *want)
{
	chy_date_range r;
	chy_buf out = CHY_BUF_INIT;
	chy_date_form form = chy_date_parse(chy_slice_of(text), now, &r);

	if (form == CHY_DATE_UNDERSTOOD)
		chy_date_print(r.first, r.last, &out);
	else if (form == CHY_DATE_AMBIGUOUS)
		chy_buf_puts(&out, "?");
	if ((form == CHY_DATE_NONE) != (want == NULL) || (want != NULL &&
	    !chy_slice_eq(chy_buf_slice(&out), chy_slice_of(want))))
		fail_msg("%s gives %.*s", text, CHY_ARG(chy_buf_slice(&out)));
	chy_buf_done(&out);
}

static void
test_days(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(days); i++)
		claim_day(days[i].text, NOW, days[i].want);
}

/* The day of that number, or the last that the month has. */
static void
test_a_month_ago(void **state)
{
	(void)state;
	claim_day("1m", MARCH_31, "2008-02-29");
	claim_day("2m", MARCH_31, "2008-01-31");
	claim_day("13m", MARCH_31, "2007-02-28");
	claim_day("1y", MARCH_31, "2007-03-31");
}

static const struct {
	const char *word, *want;
} forms[] = {
	{ "talk", "talk talks talked talking" },
	{ "talking", "talking talk talks talked" },
	{ "negotiate", "negotiate negotiates negotiated negotiating" },
	{ "negotiating", "negotiating negotiate negotiates negotiated" },
	{ "Negotiated", "negotiated negotiate negotiates negotiating" },
	{ "stop", "stop stops stopped stopping" },
	{ "stopped", "stopped stop stops stopping" },
	{ "hoping", "hoping hope hopes hoped" },
	{ "country", "country countries countried countrying" },
	{ "countries", "countries country countried countrying" },
	{ "key", "key keys keyed keying" },
	{ "crisis", "crisis crisises crisised crisising" },
	{ "access", "access accesses accessed accessing" },
	{ "accesses", "accesses access accessed accessing" },
	{ "agree", "agree agrees agreed agreeing" },
	{ "agreed", "agreed agree agrees agreeing" },
	{ "proceed", "proceed proceeds proceeded proceeding" },
	{ "die", "die dies died dying" },
	{ "refer", "refer refers referred referring" },
	{ "referring", "referring refer refers referred" },
	{ "visited", "visited visit visits visiting visite visites" },
	{ "said", "said say says saying" },
	{ "men", "men man" },
	{ "tariff", "tariff tariffs tariffed tariffing" },
	{ "calling", "calling call calls called cal cals" },
	{ "spring", "spring springs springed springing" },
	{ "ab", "" },
	{ "x-ray", "" },
};

static void
test_forms(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(forms); i++) {
		chy_slice at[CHY_WORD_FORMS];
		chy_buf out = CHY_BUF_INIT;
		chy_arena arena;
		uint32_t n;

		chy_arena_init(&arena, 0);
		n = chy_word_forms(chy_slice_of(forms[i].word), &arena, at);
		for (uint32_t k = 0; k < n; k++) {
			chy_buf_puts(&out, k > 0 ? " " : "");
			chy_buf_put(&out, at[k]);
		}
		if (!chy_slice_eq(chy_buf_slice(&out),
		    chy_slice_of(forms[i].want)))
			print_message("%s gives %.*s, not %s\n", forms[i].word,
			    CHY_ARG(chy_buf_slice(&out)), forms[i].want);
		assert_true(chy_slice_eq(chy_buf_slice(&out),
		    chy_slice_of(forms[i].want)));
		chy_buf_done(&out);
		chy_arena_done(&arena);
	}
}

static const struct {
	const char *pattern, *yes, *no;
} patterns[] = {
	{ "oil", "the OIL price", "the gas" },
	{ "^oil", "oil price", "the oil" },
	{ "price$", "oil price", "price of oil" },
	{ "oil|gas", "natural gas", "coal" },
	{ "^(oil|gas)$", "gas", "gases" },
	{ "colou?r", "color", "colouur" },
	{ "a.c", "abc", "ac" },
	{ "a.c", "a\xc3\xa9" "c", "a\xc3" },
	{ "a*b", "b", "a" },
	{ "a+b", "aab", "b" },
	{ "(ab)*c", "ababc", "abab" },
	{ "^(ab)+$", "abab", "aba" },
	{ "^a{3}$", "aaa", "aa" },
	{ "^a{2,}$", "aaaa", "a" },
	{ "^a{2,3}$", "aaa", "aaaa" },
	{ "^a{0,2}$", "", "aaa" },
	{ "^a{0}b$", "b", "ab" },
	{ "^(a|bc){2}$", "abc", "a" },
	{ "[a-c]x", "Bx", "dx" },
	{ "^[^a-c]$", "d", "a" },
	{ "^[^a-c]$", "\xc3\xa9", "C" },
	{ "[]x]", "]", "y" },
	{ "[x-]", "-", "y" },
	{ "\\d{4}", "in 1975", "in 197" },
	{ "\\bcat\\b", "the cat", "concatenate" },
	{ "^\\w+\\s\\w+$", "two words", "one" },
	{ "^\\D$", "x", "7" },
	{ "^\\S+$", "a\xc3\xa9", "a b" },
	{ "a\\.b", "a.b", "axb" },
	{ "a\\/b", "a/b", "ab" },
	{ "", "anything", NULL },
	{ "^$", "", "x" },
	{ "a**?", NULL, NULL },
	{ "(?:ab)c", "abc", "ac" },
	{ "(a*)*b", "aaab", "aaa" },
	{ "^(a|a)*$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
	    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab" },
	{ "\xc3\xa9+x", "\xc3\xa9\xc3\xa9x", "\xa9x" },
	{ "a|", "", NULL },
	{ "(", NULL, NULL }, { ")", NULL, NULL }, { "[a", NULL, NULL },
	{ "[b-a]", NULL, NULL }, { "*a", NULL, NULL }, { "\\", NULL, NULL },
	{ "\\q", NULL, NULL }, { "a{3,2}", NULL, NULL },
	{ "a{x}", NULL, NULL }, { "[\xc3\xa9]", NULL, NULL },
	{ "((a{100}){100}){100}", NULL, NULL }, { "a{9999}", NULL, NULL },
};

/* With neither, the pattern is refused. */
static void
test_patterns(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(patterns); i++) {
		chy_slice text = chy_slice_of(patterns[i].pattern);
		chy_pattern *p;
		chy_arena arena;
		chy_error err = { .off = 9999 };
		chy_status st;

		chy_arena_init(&arena, 0);
		st = chy_pattern_compile(text, &arena, &p, &err);
		if ((st == CHY_OK) != (patterns[i].yes != NULL) ||
		    (st != CHY_OK && (err.off > text.len ||
		    err.text[0] == '\0')))
			fail_msg("/%s/: %d %u", patterns[i].pattern, (int)st,
			    err.off);
		if (st == CHY_OK && !chy_pattern_matches(p,
		    chy_slice_of(patterns[i].yes)))
			fail_msg("/%s/ does not fit %s", patterns[i].pattern,
			    patterns[i].yes);
		if (patterns[i].no != NULL && chy_pattern_matches(p,
		    chy_slice_of(patterns[i].no)))
			fail_msg("/%s/ fits %s", patterns[i].pattern,
			    patterns[i].no);
		chy_arena_done(&arena);
	}
}

static const struct {
	const char *text;
	bool	    is;
	chy_field   field;
	const char *begun;
} ends_of[] = {
	{ "", true, CHY_FIELD_NONE, "" },
	{ "oi", true, CHY_FIELD_NONE, "oi" },
	{ "oil ", true, CHY_FIELD_NONE, "" },
	{ "oil from:mu", true, CHY_FIELD_FROM, "mu" },
	{ "oil -tag:", true, CHY_FIELD_TAG, "" },
	{ "(oil or is:pa", true, CHY_FIELD_IS, "pa" },
	{ "thread:{case:O", true, CHY_FIELD_CASE, "O" },
	{ "from:\"embassy mu", true, CHY_FIELD_FROM, "embassy mu" },
	{ "from:\"embassy muscat\" pa", true, CHY_FIELD_NONE, "pa" },
	{ "\"oil pi", false, CHY_FIELD_NONE, "" },
	{ "\xe2\x80\x9coil pi", false, CHY_FIELD_NONE, "" },
	{ "\xe2\x80\x9coil\xe2\x80\x9d pi", true, CHY_FIELD_NONE, "pi" },
	{ "from:\xc2\xab" "embassy mu", true, CHY_FIELD_FROM, "embassy mu" },
	{ "subject:/oil", false, CHY_FIELD_NONE, "" },
	{ "subject:/a\\/b/ x", true, CHY_FIELD_NONE, "x" },
	{ "foo:ba", false, CHY_FIELD_NONE, "" },
	{ "http://a", true, CHY_FIELD_NONE, "http://a" },
};

static void
test_ends(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(ends_of); i++) {
		chy_slice text = chy_slice_of(ends_of[i].text);
		chy_query_at at;
		bool is = chy_query_end(text, &at);

		if (is != ends_of[i].is || (is && (at.field !=
		    ends_of[i].field || !chy_slice_eq(at.begun,
		    chy_slice_of(ends_of[i].begun)) ||
		    at.off + at.begun.len != text.len)))
			fail_msg("%s: %d %d %.*s", ends_of[i].text, (int)is,
			    (int)at.field, CHY_ARG(at.begun));
	}
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
	    "..", "para:", "oman", ":", "class:", "S", "é", "mark:", "S/NF",
	    "near/5", "~", "~3", "{", "}", "cites:{", "/", "subject:/", "|",
	    "talk~", "mrn:", "08MUSCAT4..9", "12 Mar", "heading:" };
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
		if (chy_query_parse((chy_slice){ text, n }, 0, &q, &err) ==
		    CHY_OK) {
			chy_buf once = CHY_BUF_INIT, twice = CHY_BUF_INIT;
			chy_query *again;

			chy_query_print(q->root, &once);
			if (chy_query_parse(chy_buf_slice(&once), 0, &again,
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
		cmocka_unit_test(test_days),
		cmocka_unit_test(test_a_month_ago),
		cmocka_unit_test(test_forms),
		cmocka_unit_test(test_patterns),
		cmocka_unit_test(test_ends),
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_random),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
