/*
 * Segments of an FTS5 index.
 *
 * SPDX-License-Identifier: ISC
 */
#include "db/fts5_segment.h"

#include <stdlib.h>

#include "db/cutter.h"

#define MAIN_INDEX	'0'	/* before each word; others have prefixes */
#define HEAD		4u	/* of a page: first row, begin of the index */
#define NUMBER_MAX	9u
#define SHORT		16u	/* places copied without a call */
#define PLACE_BASE	2u	/* 0 and 1 mean something else */
#define ROWS_INDEX_FROM	4u	/* pages without a word, then it is kept */
#define SEGMENT_MOST	2000u	/* FTS5_MAX_SEGMENT */
#define LEVELS_MOST	64u
#define SEGMENT_BITS	37
#define ROWS_INDEX_BIT	36


/* ---- numbers: big-endian, seven bits a byte ---- */

static inline size_t
number_write(char *p, uint64_t v)
{
	char back[NUMBER_MAX];
	size_t n = 0;

	if (v < 0x80) {
		*p = (char)v;
		return 1;
	}
	if (v < 0x4000) {
		p[0] = (char)(unsigned char)(0x80 | v >> 7);
		p[1] = (char)(v & 0x7f);
		return 2;
	}
	/* Nothing of ours has as many as 56 bits, where the format changes. */
	for (; v != 0; v >>= 7)
		back[n++] = (char)(unsigned char)((v & 0x7f) | 0x80);
	back[0] = (char)(back[0] & 0x7f);
	for (size_t i = 0; i < n; i++)
		p[i] = back[n - 1 - i];
	return n;
}

static void
number_put(chy_buf *buf, uint64_t v)
{
	char p[NUMBER_MAX];

	chy_buf_put(buf, (chy_slice){ p, number_write(p, v) });
}

static bool
number_take(chy_slice *from, uint64_t *ret)
{
	uint64_t v = 0;

	for (size_t i = 0; i < from->len && i < NUMBER_MAX - 1; i++) {
		unsigned char c = (unsigned char)from->ptr[i];

		v = v << 7 | (c & 0x7f);
		if (c < 0x80) {
			*ret = v;
			*from = chy_slice_from(*from, i + 1);
			return true;
		}
	}
	return false;
}


/* ---- a segment ---- */

struct segment {
	const struct chy_fts5_sink *sink;
	int64_t	 id;		/* of its page 0 */
	uint32_t pgno;		/* of the page at work on, from 1 */
	char	*page;
	size_t	 n;
	char	*index;		/* of its words */
	size_t	 n_index, word_at;
	bool	 has_word, has_row;

	chy_buf	 word;		/* the last, as it is written */
	chy_buf	 tells;		/* from which word on page `tells_page` is */
	uint32_t tells_page;	/* 0: that was written */
	uint32_t without;	/* pages without a word since */

	chy_buf	 rows_index;	/* first rows of pages without a word */
	uint32_t rows_page;	/* where their word stands */
	int64_t	 rows_last;

	chy_buf	 places;
	chy_status status;
};

static void
give(struct segment *s, int64_t id, chy_slice block)
{
	if (s->status == CHY_OK)
		s->status = s->sink->data(s->sink->arg, id, block);
}

static void
put16(char *p, size_t v)
{
	p[0] = (char)(unsigned char)(v >> 8);
	p[1] = (char)(unsigned char)v;
}

static void
page_end(struct segment *s)
{
	put16(s->page + 2, s->n);
	if (s->has_word) {
		memcpy(s->page + s->n, s->index, s->n_index);
		s->n += s->n_index;
	} else {
		/* Neither has it a row, of a list that has begun. */
		if (!s->has_row && s->rows_index.len > 0)
			number_put(&s->rows_index, 0);
		s->without++;
	}
	give(s, s->id + s->pgno, (chy_slice){ s->page, s->n });
	memset(s->page, 0, HEAD);
	s->n = HEAD;
	s->n_index = s->word_at = 0;
	s->has_word = s->has_row = false;
	s->pgno++;
}

/* What tells the last page that begins with a word from those before it. */
static void
told_end(struct segment *s)
{
	bool keep = s->rows_index.len > 0 && s->without >= ROWS_INDEX_FROM;

	if (s->tells_page == 0)
		return;
	if (keep)
		give(s, s->id + (INT64_C(1) << ROWS_INDEX_BIT) + s->rows_page,
		    chy_buf_slice(&s->rows_index));
	if (s->status == CHY_OK)
		s->status = s->sink->term(s->sink->arg,
		    chy_buf_slice(&s->tells), (int64_t)s->tells_page * 2 + keep);
	chy_buf_reset(&s->rows_index);
	s->without = 0;
	s->tells_page = 0;
}

static size_t
shared(chy_slice a, chy_slice b)
{
	size_t n = a.len < b.len ? a.len : b.len, i = 0;

	while (i < n && a.ptr[i] == b.ptr[i])
		i++;
	return i;
}

/* `word` with the index's letter before it. */
static void
put_word(struct segment *s, chy_slice word)
{
	size_t same = 0;

	if (s->n + s->n_index + word.len + 2 >= CHY_FTS5_PAGE && s->n > HEAD)
		page_end(s);
	s->n_index += number_write(s->index + s->n_index, s->n - s->word_at);
	s->word_at = s->n;
	if (s->has_word) {
		same = shared(chy_buf_slice(&s->word), word);
		s->n += number_write(s->page + s->n, same);
	} else if (s->pgno > 1) {
		told_end(s);
		chy_buf_reset(&s->tells);
		chy_buf_put(&s->tells, chy_slice_sub(word, 0, 1 +
		    shared(chy_buf_slice(&s->word), word)));
		s->tells_page = s->pgno;
	}
	s->n += number_write(s->page + s->n, word.len - same);
	memcpy(s->page + s->n, word.ptr + same, word.len - same);
	s->n += word.len - same;
	chy_buf_reset(&s->word);
	chy_buf_put(&s->word, word);
	s->has_word = s->has_row = true;
	chy_buf_reset(&s->rows_index);
	s->rows_page = s->pgno;
}

static void
note_row(struct segment *s, int64_t row)
{
	if (s->rows_index.len == 0) {
		number_put(&s->rows_index, 0);	/* it is no part of another */
		number_put(&s->rows_index, s->pgno);
		number_put(&s->rows_index, (uint64_t)row);
	} else {
		number_put(&s->rows_index, (uint64_t)(row - s->rows_last));
	}
	s->rows_last = row;
}

/* The end of the last number that lies whole within `most` bytes, but of the
 * first in any case: that stands behind its row. */
static size_t
numbers_within(chy_slice bytes, size_t most)
{
	size_t n = 0, next = 0;

	while (next < bytes.len) {
		while (next < bytes.len && (bytes.ptr[next] & 0x80) != 0)
			next++;
		next++;
		if (n > 0 && next > most)
			break;
		n = next;
	}
	return n;
}

static size_t
room_left(const struct segment *s)
{
	size_t used = s->n + s->n_index;

	return used < CHY_FTS5_PAGE ? CHY_FTS5_PAGE - used : 0;
}

/* One row, with how long its places are, and they: the number and the first of
 * them on the page of the row, the others where there is room. */
static void
put_row(struct segment *s, int64_t row, int64_t before, chy_slice places)
{
	bool parted = false;
	size_t room;

	if (!s->has_row) {
		put16(s->page, s->n);
		s->n += number_write(s->page + s->n, (uint64_t)row);
		s->has_row = true;
		note_row(s, row);
	} else {
		s->n += number_write(s->page + s->n, (uint64_t)(row - before));
	}
	for (room = room_left(s); places.len > room; room = room_left(s)) {
		size_t n = numbers_within(places, room);

		memcpy(s->page + s->n, places.ptr, n);
		s->n += n;
		places = chy_slice_from(places, n);
		parted = true;
		if (room_left(s) == 0)
			page_end(s);
	}
	if (places.len <= SHORT)	/* both have room for it */
		memcpy(s->page + s->n, places.ptr, SHORT);
	else
		memcpy(s->page + s->n, places.ptr, places.len);
	s->n += places.len;
	if (parted && room_left(s) == 0)
		page_end(s);
}

/* The places of a row as FTS5 has them, with twice their length before; empty
 * where there is no memory. They take no more bytes than in the word. */
static chy_slice
take_places(struct segment *s, struct chy_word_rows *rows)
{
	char *first, *p, length[NUMBER_MAX];
	uint32_t place, before = 0;
	size_t n;

	chy_buf_reset(&s->places);
	p = chy_buf_room(&s->places, rows->rest.len + NUMBER_MAX + SHORT);
	if (p == NULL)
		return CHY_EMPTY;
	p = first = p + NUMBER_MAX;
	for (; chy_word_place(rows, &place); before = place)
		p += number_write(p, place - before + PLACE_BASE);
	n = number_write(length, (uint64_t)(p - first) * 2);
	memcpy(first - n, length, n);
	return (chy_slice){ first - n, (size_t)(p - first) + n };
}

static chy_status
word_write(void *arg, chy_slice word, struct chy_word_rows *rows)
{
	struct segment *s = arg;
	char term[1 + CHY_TOKEN_MAX];
	int64_t before = 0;

	if (word.len > CHY_TOKEN_MAX)
		return CHY_ERR_STORE;
	term[0] = MAIN_INDEX;
	memcpy(term + 1, word.ptr, word.len);
	put_word(s, (chy_slice){ term, 1 + word.len });
	while (chy_word_row(rows) && s->status == CHY_OK) {
		chy_slice places = take_places(s, rows);

		if (places.len == 0)
			break;
		put_row(s, rows->row, before, places);
		before = rows->row;
	}
	return s->places.failed || s->word.failed || s->tells.failed ||
	    s->rows_index.failed ? CHY_ERR_NO_MEMORY : s->status;
}

chy_status
chy_fts5_segment_write(struct chy_gathered *g, uint32_t segment,
    const struct chy_fts5_sink *sink, uint32_t *ret_pages)
{
	struct segment s = {
		.sink = sink, .id = (int64_t)segment << SEGMENT_BITS,
		.pgno = 1, .tells_page = 1, .n = HEAD,
		/* The longest word comes on an empty page, and half the last
		 * number past its end. */
		.page = calloc(1, CHY_FTS5_PAGE + CHY_TOKEN_MAX + 256),
		.index = malloc(CHY_FTS5_PAGE + 256),
	};
	chy_status st = CHY_ERR_NO_MEMORY;

	if (s.page != NULL && s.index != NULL)
		st = chy_gathered_each(g, word_write, &s);
	if (st == CHY_OK && s.n > HEAD)
		page_end(&s);
	if (st == CHY_OK && s.pgno > 1)
		told_end(&s);
	*ret_pages = s.pgno - 1;
	free(s.page);
	free(s.index);
	chy_buf_done(&s.word);
	chy_buf_done(&s.tells);
	chy_buf_done(&s.rows_index);
	chy_buf_done(&s.places);
	return st != CHY_OK ? st : s.status;
}


/* ---- records ---- */

/* Of the levels that follow: which numbers are in use. The first level's begin
 * and end, among its bytes, go to *ret_first and *ret_end, its segments to
 * *ret_n. */
static bool
read_levels(chy_slice rest, uint64_t levels, uint64_t total,
    bool used[SEGMENT_MOST + 1], chy_slice *ret_first, uint64_t *ret_merging,
    uint64_t *ret_n)
{
	uint64_t merging, n, id, first, last;

	for (uint64_t level = 0; level < levels; level++) {
		chy_slice from;

		if (!number_take(&rest, &merging) || !number_take(&rest, &n) ||
		    n > total || merging > n)
			return false;
		from = rest;
		for (uint64_t i = 0; i < n; i++) {
			if (!number_take(&rest, &id) ||
			    !number_take(&rest, &first) ||
			    !number_take(&rest, &last) ||
			    id == 0 || id > SEGMENT_MOST || used[id])
				return false;
			used[id] = true;
		}
		total -= n;
		if (level > 0)
			continue;
		*ret_first = (chy_slice){ from.ptr, from.len - rest.len };
		*ret_merging = merging;
		*ret_n = n;
	}
	return total == 0 && rest.len == 0;
}

bool
chy_fts5_structure_add(chy_slice old, uint32_t pages, chy_buf *ret,
    uint32_t *ret_segment, uint32_t *ret_level)
{
	bool used[SEGMENT_MOST + 1] = { false };
	chy_slice rest = chy_slice_from(old, 4), first = CHY_EMPTY;
	uint64_t levels, total, written, merging = 0, n = 0;
	uint32_t id = 1;

	chy_buf_reset(ret);
	if (old.len < 4 || !number_take(&rest, &levels) ||
	    !number_take(&rest, &total) || !number_take(&rest, &written) ||
	    levels > LEVELS_MOST || total >= SEGMENT_MOST ||
	    !read_levels(rest, levels, total, used, &first, &merging, &n))
		return false;
	while (used[id])
		id++;
	*ret_segment = id;
	*ret_level = (uint32_t)n + 1;
	chy_buf_put(ret, chy_slice_sub(old, 0, 4));
	number_put(ret, levels == 0 ? 1 : levels);
	number_put(ret, total + 1);
	number_put(ret, written + pages);
	number_put(ret, merging);
	number_put(ret, n + 1);
	chy_buf_put(ret, first);
	number_put(ret, id);
	number_put(ret, 1);
	number_put(ret, pages);
	if (levels > 0)
		chy_buf_put(ret, chy_slice_from(rest, (size_t)(first.ptr -
		    rest.ptr) + first.len));
	return !ret->failed;
}

bool
chy_fts5_totals_add(chy_slice old, uint64_t rows, uint64_t words, chy_buf *ret)
{
	uint64_t have_rows = 0, have_words = 0;

	chy_buf_reset(ret);
	/* Of an empty table there may be an empty one. */
	if (old.len > 0 && (!number_take(&old, &have_rows) ||
	    !number_take(&old, &have_words) || old.len > 0))
		return false;
	number_put(ret, have_rows + rows);
	number_put(ret, have_words + words);
	return !ret->failed;
}
