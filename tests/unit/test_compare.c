/*
 * Sketches, differences, pairs of paragraphs.
 *
 * SPDX-License-Identifier: ISC
 */
#include "compare/compare.h"
#include "base/buf.h"
#include "testing.h"

static const struct {
	const char *label;
	const char *a, *b;
	const char *want;	/* =same -removed +added */
} edits[] = {
	{ "the same", "one two three", "one two three", "=one two three" },
	{ "blanks and line ends do not count", "one\n two  three",
	    "one two three", "=one two three" },
	{ "a word more", "one three", "one two three", "=one+two=three" },
	{ "a word less", "one two three", "one three", "=one-two=three" },
	{ "another word", "one two three", "one TWO three",
	    "=one-two+TWO=three" },
	{ "at both ends", "a one two b", "c one two d",
	    "-a+c=one two-b+d" },
	{ "nothing and something", "", "one two", "+one two" },
	{ "something and nothing", "one two", "", "-one two" },
	{ "nothing at all", "", "", "" },
	{ "the fewest changes", "a b c a b b a", "c b a b a c",
	    "-a b=c+b=a b-b=a+c" },
};

static void
test_edits(void **state)
{
	static const char marks[] = { [CHY_EDIT_SAME] = '=',
	    [CHY_EDIT_REMOVED] = '-', [CHY_EDIT_ADDED] = '+' };
	chy_buf out = CHY_BUF_INIT;
	chy_arena arena;

	(void)state;
	chy_arena_init(&arena, 0);
	for (size_t i = 0; i < sizeof(edits) / sizeof(edits[0]); i++) {
		chy_edit *at;
		uint32_t n;

		EXPECT_EQ(edits[i].label, chy_text_edits(
		    chy_slice_of(edits[i].a), chy_slice_of(edits[i].b),
		    &arena, &at, &n), CHY_OK);
		chy_buf_reset(&out);
		for (uint32_t k = 0; k < n; k++)
			chy_buf_printf(&out, "%c%.*s", marks[at[k].kind],
			    CHY_ARG(at[k].text));
		EXPECT_TEXT(edits[i].label, chy_buf_slice(&out),
		    edits[i].want);
	}
	chy_arena_done(&arena);
	chy_buf_done(&out);
}

/* Words of a made-up text; `seed` chooses them. */
static void
make_words(chy_buf *out, unsigned seed, unsigned n)
{
	chy_buf_reset(out);
	for (unsigned i = 0; i < n; i++) {
		seed = seed * 1103515245u + 12345u;
		chy_buf_printf(out, "w%u ", (seed >> 16) % 5000);
	}
}

/* What is the same and removed is the first text, the same and added the
 * second, whatever they are. */
static void
test_edits_add_up(void **state)
{
	chy_buf a = CHY_BUF_INIT, b = CHY_BUF_INIT, x = CHY_BUF_INIT,
	    y = CHY_BUF_INIT;
	chy_arena arena;

	(void)state;
	chy_arena_init(&arena, 0);
	for (unsigned i = 0; i < 60; i++) {
		unsigned words = i < 58 ? i * 7 : 6000;
		chy_edit *at;
		uint32_t n;

		make_words(&a, i, words);
		make_words(&b, i < 30 ? i : i + 99, words + i % 5);
		if (i % 3 == 0)
			chy_buf_puts(&b, "more");
		EXPECT_EQ("edits", chy_text_edits(chy_slice_trim(
		    chy_buf_slice(&a)), chy_slice_trim(chy_buf_slice(&b)),
		    &arena, &at, &n), CHY_OK);
		chy_buf_reset(&x);
		chy_buf_reset(&y);
		for (uint32_t k = 0; k < n; k++) {
			if (at[k].kind != CHY_EDIT_ADDED)
				chy_buf_printf(&x, "%.*s ",
				    CHY_ARG(at[k].text));
			if (at[k].kind != CHY_EDIT_REMOVED)
				chy_buf_printf(&y, "%.*s ",
				    CHY_ARG(at[k].text));
		}
		EXPECT("the first", chy_slice_eq(chy_slice_trim(
		    chy_buf_slice(&x)), chy_slice_trim(chy_buf_slice(&a))));
		EXPECT("the second", chy_slice_eq(chy_slice_trim(
		    chy_buf_slice(&y)), chy_slice_trim(chy_buf_slice(&b))));
		chy_arena_reset(&arena);
	}
	chy_arena_done(&arena);
	chy_buf_done(&a);
	chy_buf_done(&b);
	chy_buf_done(&x);
	chy_buf_done(&y);
}

static void
test_sketch(void **state)
{
	chy_sketch a = chy_sketch_make(CHY_SLICE("The ferry to Saint Brannoc "
	    "runs again from Monday on, they say."));
	chy_sketch b = chy_sketch_make(CHY_SLICE("the FERRY to saint brannoc\n"
	    "runs again -- from monday on; they say"));
	chy_sketch c = chy_sketch_make(CHY_SLICE("The mail boat to Corvane was "
	    "put off until the lights are mended."));

	(void)state;
	EXPECT_EQ("capitals, marks and lines do not count", a.least[0],
	    b.least[0]);
	EXPECT_EQ("nor for the other hash", a.least[1], b.least[1]);
	EXPECT_EQ("words are counted", a.words, 12);
	EXPECT("another text has another", a.least[0] != c.least[0] &&
	    a.least[1] != c.least[1]);
	EXPECT_EQ("five words tell nothing", chy_sketch_make(
	    CHY_SLICE("one two three four five")).least[0], 0);
	EXPECT_EQ("an empty text has no words",
	    chy_sketch_make(CHY_EMPTY).words, 0);
}

/* The share of equal hashes tells the share of equal sequences: over many
 * texts of which one word in twenty was changed. */
static void
test_sketch_estimates(void **state)
{
	chy_buf a = CHY_BUF_INIT, b = CHY_BUF_INIT;
	unsigned equal = 0;
	double same = 0;

	(void)state;
	for (unsigned i = 0; i < 400; i++) {
		chy_sketch x, y;
		chy_slice sa, sb;

		make_words(&a, i * 31 + 7, 100);
		chy_buf_reset(&b);
		chy_buf_put(&b, chy_buf_slice(&a));
		for (size_t k = 0, word = 0; k < b.len; k++)
			if (b.ptr[k] == ' ' && ++word % 20 == 0)
				b.ptr[k - 1] = 'x';
		sa = chy_buf_slice(&a);
		sb = chy_buf_slice(&b);
		x = chy_sketch_make(sa);
		y = chy_sketch_make(sb);
		equal += x.least[0] == y.least[0];
		equal += x.least[1] == y.least[1];
		same += chy_text_resemblance(&sa, 1, &sb, 1);
	}
	EXPECT("as often as the texts are alike", equal / 800.0 >
	    same / 400 - 0.06 && equal / 800.0 < same / 400 + 0.06);
	chy_buf_done(&a);
	chy_buf_done(&b);
}

static void
test_pairs(void **state)
{
	const chy_slice a[] = {
		CHY_SLICE("The minister will lower the dues in autumn."),
		CHY_SLICE("The ferry to Saint Brannoc runs again."),
		CHY_SLICE("The mail boat was put off until the lights are "
		    "mended by the harbour."),
	};
	const chy_slice b[] = {
		CHY_SLICE("A new first paragraph on quite other things, "
		    "nothing of which was there."),
		CHY_SLICE("The minister will lower the dues in spring."),
		CHY_SLICE("The mail boat was put off until the lights are "
		    "mended by the town."),
	};
	chy_arena arena;
	chy_pair *at;
	uint32_t n;

	(void)state;
	chy_arena_init(&arena, 0);
	EXPECT_EQ("pairs", chy_texts_pair(a, 3, b, 3, &arena, &at, &n),
	    CHY_OK);
	EXPECT_EQ("four rows", n, 4);
	EXPECT("a new one stands alone", at[0].a == UINT32_MAX &&
	    at[0].b == 0);
	EXPECT("a changed one is the same", at[1].a == 0 && at[1].b == 1);
	EXPECT("one is gone", at[2].a == 1 && at[2].b == UINT32_MAX);
	EXPECT("the last", at[3].a == 2 && at[3].b == 2);
	chy_arena_done(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_edits),
		cmocka_unit_test(test_edits_add_up),
		cmocka_unit_test(test_sketch),
		cmocka_unit_test(test_sketch_estimates),
		cmocka_unit_test(test_pairs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
