/*
 * web/: what a request is taken apart into, what is written into a page, and
 * values as people read them. Whole pages are tests/web.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "testing.h"
#include "web/web_int.h"

static chy_exchange x;

static int
set_up(void **state)
{
	(void)state;
	memset(&x, 0, sizeof(x));
	chy_arena_init(&x.arena, 0);
	x.body = CHY_BUF_INIT;
	x.out = chy_sink_buf(&x.body);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	chy_buf_done(&x.body);
	chy_arena_done(&x.arena);
	return 0;
}

static void
test_target(void **state)
{
	static const struct {
		const char *label, *target, *path, *q;
	} cases[] = {
		{ "a path", "/t/26PORTARDEN214", "/t/26PORTARDEN214", "" },
		{ "escaped blanks", "/t/26%20port%20arden%20214",
		    "/t/26 port arden 214", "" },
		{ "a query", "/search?q=oil", "/search", "oil" },
		{ "plus is a blank", "/search?q=oman+oil&page=2", "/search",
		    "oman oil" },
		{ "plus in a path is a plus", "/a+b", "/a+b", "" },
		{ "the first of two", "/?q=a&q=b", "/", "a" },
		{ "without a value", "/?q", "/", "" },
		{ "escaped signs", "/?q=%22a%26b%22%3D%3C", "/", "\"a&b\"=<" },
		{ "a control is a blank", "/?q=a%0Ab", "/", "a b" },
		{ "UTF-8", "/?q=%C3%A9", "/", "\xC3\xA9" },
		{ "empty parts", "/?&&q=a&", "/", "a" },
		{ "cut short", "/%4", NULL, NULL },
		{ "no digits", "/%zz", NULL, NULL },
		{ "NUL", "/a%00b", NULL, NULL },
		{ "not UTF-8", "/?q=%FF", NULL, NULL },
		{ "an overlong slash", "/%C0%AF", NULL, NULL },
		{ "no slash", "x", NULL, NULL },
		{ "nothing", "", NULL, NULL },
		{ "a proxy's form", "http://h/", NULL, NULL },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		chy_status st;

		x.n_params = 0;
		st = chy_parse_target(&x, cases[i].target);
		EXPECT_EQ(cases[i].label, st == CHY_OK, cases[i].path != NULL);
		if (st != CHY_OK)
			continue;
		EXPECT_TEXT(cases[i].label, x.path, cases[i].path);
		EXPECT_TEXT(cases[i].label, chy_parse_param(&x, "q"),
		    cases[i].q);
	}
}

static void
test_target_limits(void **state)
{
	char *long_one = malloc(CHY_WEB_LIMIT_TARGET + 2);
	char many[] = "/?a&a&a&a&a&a&a&a&a&a&a&a&a&a&a&a&a";

	(void)state;
	assert_non_null(long_one);
	memset(long_one, 'a', CHY_WEB_LIMIT_TARGET + 1);
	long_one[0] = '/';
	long_one[CHY_WEB_LIMIT_TARGET + 1] = '\0';
	EXPECT_EQ("too long", chy_parse_target(&x, long_one),
	    CHY_ERR_TOO_LARGE);
	EXPECT_EQ("too long, status", x.status, 414);
	free(long_one);
	EXPECT_EQ("too many parts", chy_parse_target(&x, many),
	    CHY_ERR_INVALID);
}

static void
test_host(void **state)
{
	static const struct {
		const char *host;
		bool	    own;
	} cases[] = {
		{ "127.0.0.1", true }, { "127.0.0.1:8425", true },
		{ "127.1.2.3:1", true }, { "localhost", true },
		{ "LOCALHOST:80", true }, { "[::1]", true },
		{ "[::1]:8425", true }, { "", false }, { ":80", false },
		{ "example.org", false }, { "127.0.0.1.example.org", false },
		{ "localhost.example.org", false }, { "127.evil", false },
		{ "127.0.0.1:", false }, { "127...", false },
		{ "128.0.0.1", false }, { "[::2]", false },
		{ "evil@127.0.0.1", false },
	};
	chy_site site = { .loopback = true };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		EXPECT_EQ(cases[i].host, chy_parse_is_own_host(&site,
		    cases[i].host), cases[i].own);
	EXPECT("none", !chy_parse_is_own_host(&site, NULL));
	site.loopback = false;
	EXPECT("elsewhere any name will do",
	    chy_parse_is_own_host(&site, "example.org"));
}

static void
test_numbers(void **state)
{
	static const struct {
		const char *target;
		uint32_t    want;
	} cases[] = {
		{ "/?page=2", 2 }, { "/?page=0", 1 }, { "/?page=-1", 1 },
		{ "/?page=x", 1 }, { "/?page=101", 1 }, { "/?page=100", 100 },
		{ "/?page=99999999999999999999", 1 }, { "/", 1 },
		{ "/?page=+7", 7 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		x.n_params = 0;
		assert_int_equal(chy_parse_target(&x, cases[i].target),
		    CHY_OK);
		EXPECT_EQ(cases[i].target, chy_parse_number(&x, "page", 100,
		    1), cases[i].want);
	}
}

static void
test_html_escapes(void **state)
{
	const char *bad = "<b a=\"x\">&'";

	(void)state;
	chy_html(&x, "<i title=\"%s\">%.*s</i>%c %u %d %zu 100%%", bad, 2, bad,
	    '<', 7u, -1, (size_t)9);
	EXPECT_TEXT("every argument is escaped", chy_buf_slice(&x.body),
	    "<i title=\"&lt;b a=&quot;x&quot;&gt;&amp;&#39;\">&lt;b</i>&lt; "
	    "7 -1 9 100%");
	chy_buf_reset(&x.body);
	chy_json(&x, "{\"a\":%s,\"b\":%.*s}", "x\"\n", 0, "");
	EXPECT_TEXT("strings of JSON, absent ones null",
	    chy_buf_slice(&x.body), "{\"a\":\"x\\\"\\n\",\"b\":null}");
}

static void
test_terms(void **state)
{
	chy_slice terms[CHY_WEB_TERMS];

	(void)state;
	EXPECT_TEXT("a term is added", chy_terms_with(&x, CHY_SLICE("oil"),
	    CHY_SLICE("tag:PREL")), "oil tag:PREL");
	EXPECT_TEXT("to nothing", chy_terms_with(&x, CHY_EMPTY,
	    CHY_SLICE("tag:PREL")), "tag:PREL");
	EXPECT_TEXT("and binds closer than or", chy_terms_with(&x,
	    CHY_SLICE("oil or gas"), CHY_SLICE("tag:PREL")),
	    "(oil or gas) tag:PREL");
	EXPECT_TEXT("an or in quotes is a word", chy_terms_with(&x,
	    CHY_SLICE("\"oil or gas\""), CHY_SLICE("tag:PREL")),
	    "\"oil or gas\" tag:PREL");
	EXPECT("it has the term", chy_terms_have(CHY_SLICE("oil TAG:prel"),
	    CHY_SLICE("tag:PREL")));
	EXPECT("not a part of one", !chy_terms_have(CHY_SLICE("oil tag:PRELX"),
	    CHY_SLICE("tag:PREL")));
	EXPECT_TEXT("and loses it", chy_terms_without(&x,
	    CHY_SLICE("oil tag:prel gas"), CHY_SLICE("tag:PREL")), "oil gas");
	EXPECT_EQ("terms that all must hold", chy_terms_split(
	    CHY_SLICE("oil and \"a and b\" and para:(c and d)"), terms), 3);
	EXPECT_TEXT("the last", terms[2], "para:(c and d)");
	EXPECT_TEXT("all but one", chy_terms_but(&x, terms, 3, 1),
	    "oil para:(c and d)");
	EXPECT_EQ("not of an or", chy_terms_split(CHY_SLICE("a or b and c"),
	    terms), 0);
	EXPECT_EQ("not of nothing", chy_terms_split(CHY_EMPTY, terms), 0);
}

static void
test_words(void **state)
{
	chy_civil c = { 2026, 3, 10, 14, 32 };

	(void)state;
	EXPECT_TEXT("a number", chy_slice_of(chy_words_number(41306).s),
	    "41,306");
	EXPECT_TEXT("a small one", chy_slice_of(chy_words_small(2).s), "two");
	EXPECT_TEXT("a day and a time", chy_slice_of(chy_words_time(c).s),
	    "Tuesday 10 March 2026, 14:32Z");
	c = (chy_civil){ 1969, 12, 31, 0, 0 };
	EXPECT_TEXT("before 1970", chy_slice_of(chy_words_time(c).s),
	    "Wednesday 31 December 1969, 00:00Z");
	EXPECT_TEXT("a date-time group", chy_slice_of(chy_words_dtg(c).s),
	    "310000Z DEC 69");
	EXPECT_TEXT("a post from the table",
	    chy_slice_of(chy_words_mrn(CHY_SLICE("08ABUDHABI4"), CHY_EMPTY).s),
	    "08 ABU DHABI 4");
	EXPECT_TEXT("a post that only the originator names",
	    chy_slice_of(chy_words_mrn(CHY_SLICE("26NEWPLACE7"),
	    CHY_SLICE("Embassy New Place")).s), "26 NEW PLACE 7");
	EXPECT_TEXT("a hash", chy_slice_of(chy_words_mrn(
	    CHY_SLICE("sha:0123456789abcdef"), CHY_EMPTY).s),
	    "sha:0123456789abcdef");
	EXPECT_TEXT("a mark", chy_slice_of(chy_words_mark(CHY_SLICE("S/NF"))),
	    "s");
	EXPECT_TEXT("SBU", chy_slice_of(chy_words_mark(CHY_SLICE("SBU"))),
	    "sbu");
	EXPECT_TEXT("a URL", chy_slice_of(chy_url(&x,
	    CHY_SLICE("a b&c=\"\xC3\xA9/"))), "a%20b%26c%3D%22%C3%A9%2F");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_target, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(test_target_limits, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(test_host, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_numbers, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(test_html_escapes, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(test_terms, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_words, set_up, tear_down),
	};

	return cmocka_run_group_tests_name("web", tests, NULL, NULL);
}
