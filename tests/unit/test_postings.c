/*
 * Lists of words: what is gathered comes back, chunk by chunk, also where
 * segments are put together; what is damaged is told and not followed.
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

#include "db/postings.h"

#define PAGES	4000
#define ROWS	3000

static uint64_t state = 11;

static unsigned
dice(unsigned n)
{
	state = state * UINT64_C(6364136223846793005) +
	    UINT64_C(1442695040888963407);
	return (unsigned)(state >> 33) % n;
}

struct kept {
	chy_slice pages[PAGES], firsts[PAGES], places[PAGES];
	size_t	  n_pages;
	int64_t	  n_places;
};

static chy_slice
copy(chy_slice s)
{
	/* Exactly as long as it is, so that a sanitizer sees the end. */
	char *p = malloc(s.len > 0 ? s.len : 1);

	assert_non_null(p);
	memcpy(p, s.ptr, s.len);
	return (chy_slice){ p, s.len };
}

static chy_status
keep_page(void *arg, int64_t number, chy_slice first, chy_slice data)
{
	struct kept *k = arg;

	assert_int_equal(number, (int64_t)k->n_pages + 1);
	assert_true(k->n_pages < PAGES);
	k->firsts[k->n_pages] = copy(first);
	k->pages[k->n_pages++] = copy(data);
	return CHY_OK;
}

static chy_status
keep_places(void *arg, int64_t number, chy_slice data)
{
	struct kept *k = arg;

	assert_true(number > 0 && number < PAGES);
	k->places[number] = copy(data);
	if (number > k->n_places)
		k->n_places = number;
	return CHY_OK;
}

static void
kept_done(struct kept *k)
{
	for (size_t i = 0; i < k->n_pages; i++) {
		free((void *)(uintptr_t)k->pages[i].ptr);
		free((void *)(uintptr_t)k->firsts[i].ptr);
	}
	for (int64_t i = 1; i <= k->n_places; i++)
		free((void *)(uintptr_t)k->places[i].ptr);
	free(k);
}

/* The words of a row, made again each time; some rows have one word often. */
static chy_slice
word_of(int64_t row, uint32_t i, char out[600])
{
	uint64_t h = (uint64_t)row * 2654435761u + i * 40503u;
	size_t n = 0;

	h ^= h >> 13;
	if (i % 3 == 0)
		return CHY_SLICE("the");
	if (h % 97 == 0) {
		for (n = 0; n < 250 + h % 300; n++)
			out[n] = (char)('a' + (n + h) % 3);
		return (chy_slice){ out, n };
	}
	n = (size_t)snprintf(out, 600, "w%llu", (unsigned long long)(h % 700));
	return (chy_slice){ out, n };
}

static uint32_t
words_in(int64_t row)
{
	return row % 500 == 0 ? 9000 : row % 7 == 0 ? 0 : (uint32_t)(row % 40);
}

static uint64_t
hash_of(chy_slice term, int64_t row, uint32_t place)
{
	uint64_t h = (uint64_t)row << 32 ^ place;

	for (size_t i = 0; i < term.len; i++)
		h = (h ^ (unsigned char)term.ptr[i]) * UINT64_C(0x100000001b3);
	return h ^ h >> 31;
}

static struct kept *
write_rows(int64_t from, int64_t to, uint64_t *sum)
{
	struct kept *k = calloc(1, sizeof(*k));
	const struct chy_postings_sink sink = { k, keep_page, keep_places };
	struct chy_gathered *g = chy_gathered_new();
	struct chy_postings_writer w;
	char text[600];

	assert_non_null(k);
	assert_non_null(g);
	for (int64_t row = from; row <= to; row++)
		for (uint32_t i = 0; i < words_in(row); i++) {
			chy_slice word = word_of(row, i, text);

			assert_true(chy_gathered_word(g, row, i, word));
			*sum += hash_of(word, row, i);
		}
	chy_postings_begin(&w, &sink, 1);
	assert_int_equal(chy_gathered_write(g, &w), CHY_OK);
	assert_int_equal(chy_postings_end(&w), CHY_OK);
	chy_gathered_free(g);
	return k;
}

/* All that the pages say; words and rows must come in order. */
static uint64_t
read_all(const struct kept *k)
{
	struct chy_page_cursor c = { CHY_EMPTY, CHY_BUF_INIT };
	struct chy_chunk chunk;
	chy_buf last = CHY_BUF_INIT;
	int64_t last_row = -1;
	uint64_t sum = 0;

	for (size_t i = 0; i < k->n_pages; i++) {
		bool first = true;
		int how;

		c.rest = k->pages[i];
		c.term.len = 0;
		while ((how = chy_page_next(&c, &chunk)) == 1) {
			struct chy_rows_cursor r;
			int order = chy_slice_cmp(chunk.term,
			    (chy_slice){ last.ptr, last.len });
			uint32_t place;

			if (first)
				assert_true(chy_slice_eq(k->firsts[i],
				    chy_page_first(chunk.term)));
			first = false;
			assert_true(order > 0 || (order == 0 &&
			    chunk.first > last_row));
			chy_rows_begin(&r, &chunk, chunk.apart != 0 ?
			    k->places[chunk.apart] : chunk.places);
			while (chy_rows_next(&r))
				while (chy_rows_place(&r, &place))
					sum += hash_of(chunk.term, r.row,
					    place);
			assert_false(r.damaged);
			assert_int_equal(r.row, chy_chunk_last(&chunk));
			last_row = r.row;
			chy_buf_reset(&last);
			chy_buf_put(&last, chunk.term);
		}
		assert_int_equal(how, 0);
	}
	chy_buf_done(&c.term);
	chy_buf_done(&last);
	return sum;
}

static void
test_there_and_back(void **unused)
{
	uint64_t sum = 0;
	struct kept *k = write_rows(1, ROWS, &sum);

	(void)unused;
	assert_true(k->n_pages > 10 && k->n_places > 5);
	assert_true(read_all(k) == sum);
	for (size_t i = 0; i < k->n_pages; i++)
		assert_true(k->pages[i].len <= 8000);
	kept_done(k);
}

static bool
advance(struct chy_page_cursor *c, const struct kept *k, size_t *page,
    struct chy_chunk *chunk)
{
	for (;;) {
		int how = chy_page_next(c, chunk);

		assert_true(how >= 0);
		if (how == 1)
			return true;
		if (*page == k->n_pages)
			return false;
		c->rest = k->pages[(*page)++];
		c->term.len = 0;
	}
}

/* Two segments made one, as the engine does it. */
static void
test_merged(void **unused)
{
	uint64_t sum = 0;
	struct kept *parts[2] = { write_rows(1, ROWS / 2, &sum),
	    write_rows(ROWS / 2 + 1, ROWS, &sum) };
	struct kept *k = calloc(1, sizeof(*k));
	const struct chy_postings_sink sink = { k, keep_page, keep_places };
	struct chy_page_cursor c[2] = { { CHY_EMPTY, CHY_BUF_INIT },
	    { CHY_EMPTY, CHY_BUF_INIT } };
	struct chy_chunk chunk[2];
	size_t page[2] = { 0, 0 };
	bool has[2];
	struct chy_postings_writer w;

	(void)unused;
	for (int i = 0; i < 2; i++)
		for (int64_t p = 1; p <= parts[i]->n_places; p++)
			(void)keep_places(k, (i == 0 ? 0 : parts[0]->n_places) +
			    p, parts[i]->places[p]);
	chy_postings_begin(&w, &sink, k->n_places + 1);
	for (int i = 0; i < 2; i++)
		has[i] = advance(&c[i], parts[i], &page[i], &chunk[i]);
	while (has[0] || has[1]) {
		int i = !has[0] || (has[1] && chy_slice_cmp(chunk[1].term,
		    chunk[0].term) < 0);

		if (i == 1 && chunk[1].apart != 0)
			chunk[1].apart += parts[0]->n_places;
		chy_postings_put(&w, &chunk[i], chy_chunk_last(&chunk[i]));
		has[i] = advance(&c[i], parts[i], &page[i], &chunk[i]);
	}
	assert_int_equal(chy_postings_end(&w), CHY_OK);
	assert_true(read_all(k) == sum);
	chy_buf_done(&c[0].term);
	chy_buf_done(&c[1].term);
	kept_done(k);
	kept_done(parts[0]);
	kept_done(parts[1]);
}

/* Bytes changed, and pages cut: never read beyond, never go round for ever. */
static void
test_damaged(void **unused)
{
	uint64_t sum = 0;
	struct kept *k = write_rows(1, 400, &sum);
	unsigned told = 0;

	(void)unused;
	for (unsigned i = 0; i < 20000; i++) {
		chy_slice page = copy(k->pages[dice((unsigned)k->n_pages)]);
		struct chy_page_cursor c = { page, CHY_BUF_INIT };
		struct chy_chunk chunk;
		size_t chunks = 0;
		int how;

		if (dice(3) == 0) {
			chy_slice shorter = copy(chy_slice_sub(page, 0,
			    dice((unsigned)page.len)));

			free((void *)(uintptr_t)page.ptr);
			page = shorter;
		}
		for (unsigned n = dice(4); n > 0 && page.len > 0; n--)
			((char *)(uintptr_t)page.ptr)[dice(
			    (unsigned)page.len)] = (char)dice(256);
		c.rest = page;
		while ((how = chy_page_next(&c, &chunk)) == 1) {
			struct chy_rows_cursor r;
			uint32_t place;
			size_t rows = 0;

			chy_rows_begin(&r, &chunk, chunk.places);
			while (chy_rows_next(&r)) {
				assert_true(++rows <= chunk.n);
				while (chy_rows_place(&r, &place))
					;
			}
			told += r.damaged;
			(void)chy_chunk_last(&chunk);
			assert_true(++chunks <= page.len);
		}
		told += how < 0;
		chy_buf_done(&c.term);
		free((void *)(uintptr_t)page.ptr);
	}
	assert_true(told > 1000);
	kept_done(k);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_there_and_back),
		cmocka_unit_test(test_merged),
		cmocka_unit_test(test_damaged),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
