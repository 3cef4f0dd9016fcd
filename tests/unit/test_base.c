/*
 * base/: arena, buffer, slices, UTF-8, days, escaping, the wide passes.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/civil.h"
#include "base/compiler.h"
#include "base/limits.h"
#include "base/lines.h"
#include "base/sink.h"
#include "base/utf8.h"
#include "testing.h"

static void
test_slices(void **state)
{
	(void)state;
	EXPECT_TEXT("trim takes all white space",
	    chy_slice_trim(CHY_SLICE(" \t a b\r\n")), "a b");
	EXPECT_TEXT("sub is cut to what there is",
	    chy_slice_sub(CHY_SLICE("abc"), 2, 9), "c");
	EXPECT_TEXT("sub past the end is empty",
	    chy_slice_sub(CHY_SLICE("abc"), 9, 1), "");
	EXPECT("case-blind", chy_slice_ieq(CHY_SLICE("Ab"), CHY_SLICE("aB")));
	EXPECT("only letters are case-blind: @ is no `",
	    !chy_slice_ieq(CHY_SLICE("@"), CHY_SLICE("`")));
	EXPECT_EQ("found", chy_slice_find(CHY_SLICE("xaxab"), CHY_SLICE("ab"),
	    0), 3);
	EXPECT_EQ("not found is the length",
	    chy_slice_find(CHY_SLICE("abc"), CHY_SLICE("cd"), 0), 3);
	EXPECT("the shorter first", chy_slice_cmp(CHY_SLICE("ab"),
	    CHY_SLICE("abc")) < 0);
}

static void
test_arena(void **state)
{
	chy_arena a;
	char *p, *q;

	(void)state;
	chy_arena_init(&a, 64);
	p = chy_arena_alloc(&a, 10);
	EXPECT("aligned", ((uintptr_t)p & 15) == 0);
	q = chy_arena_alloc(&a, 100000);
	EXPECT("larger than a block", q != NULL);
	memset(q, 1, 100000);
	q = chy_arena_alloc(&a, 1000);
	chy_arena_shrink(&a, q, 10);
	EXPECT("what was given back is given out again",
	    (char *)chy_arena_alloc(&a, 8) == q + 16);
	EXPECT("a size that overflows fails",
	    chy_arena_alloc(&a, SIZE_MAX - 3) == NULL);
	EXPECT("failure is sticky", chy_arena_failed(&a));
	EXPECT("also for small ones", chy_arena_alloc(&a, 1) == NULL);
	chy_arena_reset(&a);
	EXPECT("a reset forgets it", chy_arena_alloc(&a, 1) != NULL);
	EXPECT("a copy, NUL and all", chy_slice_eq(chy_arena_copy(&a,
	    CHY_SLICE("x\0y")), CHY_SLICE("x\0y")));
	chy_arena_done(&a);
}

static void
test_utf8(void **state)
{
	static const struct {
		const char *label;
		chy_slice   text;
		size_t	    valid;	/* bytes before the first bad one */
	} cases[] = {
		{ "ASCII", CHY_LIT("abcdefghijkl"), 12 },
		{ "two, three, four bytes",
		    CHY_LIT("\xC2\xB6\xE2\x82\xAC\xF0\x9F\x98\x80"), 9 },
		{ "overlong", CHY_LIT("a\xC0\x80"), 1 },
		{ "overlong of three", CHY_LIT("\xE0\x80\x80"), 0 },
		{ "surrogate", CHY_LIT("ab\xED\xA0\x80"), 2 },
		{ "above the last", CHY_LIT("\xF4\x90\x80\x80"), 0 },
		{ "cut off", CHY_LIT("12345678\xE2\x82"), 8 },
		{ "a lone continuation", CHY_LIT("\x80"), 0 },
	};
	char out[4];
	uint32_t code;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		EXPECT_EQ(cases[i].label, chy_utf8_check(cases[i].text),
		    cases[i].valid);
	for (uint32_t c = 1; c < 0x110000; c += 97) {
		size_t n;

		if (c >= 0xd800 && c < 0xe000)
			continue;
		n = chy_utf8_put(c, out);
		EXPECT_EQ("length", chy_utf8_get((chy_slice){ out, n }, &code),
		    n);
		EXPECT_EQ("code", code, c);
	}
	EXPECT_EQ("characters", chy_utf8_count(CHY_SLICE("\xC2\xB6" "1\xFF")),
	    3);
}

static const char *const no_days[] = { "", "2008", "2008-02", "2008-02-30",
    "2007-02-29", "0000-01-01", "2008-00-10", "2008-13-01", "2008-1-001",
    "2008-01-0-", "2008--1-01", "-008-01-01", "2008-01-01Z", " 2008-01-01",
    "2008/01/01", "2008-0a-01" };

static void
test_civil(void **state)
{
	chy_civil day;
	static const struct {
		const char *label;
		chy_civil   c;
		int64_t	    seconds;
		int	    day_of_year;
	} cases[] = {
		{ "the epoch", { 1970, 1, 1, 0, 0 }, 0, 1 },
		{ "a leap day", { 2008, 2, 29, 0, 0 }, 1204243200, 60 },
		{ "a June day", { 2008, 6, 9, 14, 56 }, 1213023360, 161 },
		{ "before the epoch", { 1966, 12, 28, 18, 48 }, -94972320,
		    362 },
		{ "the last of a leap year", { 2000, 12, 31, 23, 59 },
		    978307140, 366 },
	};
	char iso[18];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		chy_civil back = chy_civil_from(cases[i].seconds);

		EXPECT_EQ(cases[i].label, chy_civil_seconds(cases[i].c),
		    cases[i].seconds);
		EXPECT(cases[i].label, memcmp(&back, &cases[i].c,
		    sizeof(back)) == 0);
		EXPECT_EQ(cases[i].label, chy_civil_day_of_year(cases[i].c),
		    cases[i].day_of_year);
	}
	for (size_t i = 0; i < ARRAY_LEN(no_days); i++)
		EXPECT(no_days[i], !chy_civil_parse(chy_slice_of(no_days[i]),
		    &day) && day.year == 0);
	EXPECT("a day", chy_civil_parse(CHY_SLICE("2008-02-29"), &day) &&
	    day.year == 2008 && day.month == 2 && day.day == 29);
	chy_civil_iso(cases[2].c, iso);
	EXPECT_TEXT("ISO", chy_slice_of(iso), "2008-06-09T14:56Z");
	EXPECT("30 February", !chy_civil_valid((chy_civil){ 2008, 2, 30, 0,
	    0 }));
	EXPECT("1900 was no leap year", !chy_civil_valid((chy_civil){ 1900, 2,
	    29, 0, 0 }));
	EXPECT_EQ("JUN", chy_month_parse(CHY_SLICE("JUN")), 6);
	EXPECT_EQ("june", chy_month_parse(CHY_SLICE("june")), 6);
	EXPECT_EQ("JU", chy_month_parse(CHY_SLICE("JU")), 0);
}

static void
test_escaping(void **state)
{
	chy_buf b = CHY_BUF_INIT;
	chy_sink out = chy_sink_buf(&b);

	(void)state;
	chy_sink_html(&out, CHY_SLICE("<a href=\"x\">'&\x01\xFF"));
	EXPECT_TEXT("no character leaves its place in HTML",
	    chy_buf_slice(&b), "&lt;a href=&quot;x&quot;&gt;&#39;&amp;"
	    "\xEF\xBF\xBD\xEF\xBF\xBD");
	chy_buf_reset(&b);
	chy_sink_json(&out, CHY_SLICE("a\"\\\n\x02\xC2\xB6\xC3"));
	EXPECT_TEXT("nor in JSON", chy_buf_slice(&b),
	    "\"a\\\"\\\\\\n\\u0002\xC2\xB6\xEF\xBF\xBD\"");
	chy_buf_done(&b);
}

/* A small generator (xorshift), the same on every run. */
static uint32_t
next_random(uint32_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 17;
	*seed ^= *seed << 5;
	return *seed;
}

/* Random texts with all the bytes that matter: both ways give the same. */
static void
test_wide_passes(void **state)
{
	static const char bytes[] = "\nEeNnDdSsUuMm  19\xC2\xB6xX";
	enum { SIZE = 700 };
	char *p = calloc(1, SIZE + CHY_PADDING);
	uint32_t a[SIZE + 64], b[SIZE + 64], next, seed = 1;
	chy_stems stems;
	chy_wide plain = chy_wide_at(0);

	(void)state;
	for (size_t w = 0; chy_wide_at(w).name != NULL; w++)
		plain = chy_wide_at(w);	/* the last one */
	chy_stems_init(&stems);
	chy_stems_add(&stems, 0, 0, "Ee");
	chy_stems_add(&stems, 0, 1, "Nn");
	chy_stems_add(&stems, 0, 2, "Dd");
	chy_stems_add(&stems, 7, 0, "SM");
	chy_stems_add(&stems, 7, 1, " ");
	chy_stems_add(&stems, 7, 2, "19");
	for (size_t len = 0; len < SIZE; len++) {
		chy_slice text = { p, len };
		size_t n, m;

		for (size_t i = 0; i < len; i++)
			p[i] = bytes[next_random(&seed) %
			    (sizeof(bytes) - 1)];
		memset(p + len, '\n', CHY_PADDING);	/* not to be told */
		for (size_t w = 0; chy_wide_at(w).name != NULL; w++) {
			chy_wide wide = chy_wide_at(w);

			n = wide.lines_find(text, 0, a, ARRAY_LEN(a), &next);
			EXPECT_EQ("all lines", next, len);
			m = plain.lines_find(text, 0, b, ARRAY_LEN(b), &next);
			EXPECT_EQ(wide.name, n, m);
			EXPECT("the same lines", n == 0 ||
			    memcmp(a, b, n * sizeof(*a)) == 0);
			n = wide.stems_find(&stems, text, 0, a, ARRAY_LEN(a),
			    &next);
			EXPECT_EQ("all stems", next, len);
			m = plain.stems_find(&stems, text, 0, b, ARRAY_LEN(b),
			    &next);
			EXPECT_EQ(wide.name, n, m);
			EXPECT("the same stems", n == 0 ||
			    memcmp(a, b, n * sizeof(*a)) == 0);
		}
	}
	free(p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_slices),
		cmocka_unit_test(test_arena),
		cmocka_unit_test(test_utf8),
		cmocka_unit_test(test_civil),
		cmocka_unit_test(test_escaping),
		cmocka_unit_test(test_wide_passes),
	};

	return cmocka_run_group_tests_name("base", tests, NULL, NULL);
}
