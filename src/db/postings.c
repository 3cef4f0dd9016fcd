/*
 * Lists of words: written, read, gathered.
 *
 * SPDX-License-Identifier: ISC
 */
#include "db/postings.h"

#include <stdlib.h>

#define NUMBER_MAX	10u	/* bytes of a varint */


/* ---- numbers ---- */

static size_t
number_write(char *p, uint64_t v)
{
	size_t n = 0;

	for (; v > 127; v >>= 7)
		p[n++] = (char)(unsigned char)(0x80 | (v & 0x7f));
	p[n++] = (char)(unsigned char)v;
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

	for (size_t i = 0; i < from->len && i < NUMBER_MAX; i++) {
		unsigned char c = (unsigned char)from->ptr[i];

		v |= (uint64_t)(c & 0x7f) << (7 * i);
		if (c < 0x80) {
			*ret = v;
			from->ptr += i + 1;
			from->len -= i + 1;
			return true;
		}
	}
	return false;
}

static bool
bytes_take(chy_slice *from, uint64_t n, chy_slice *ret)
{
	if (n > from->len)
		return false;
	*ret = (chy_slice){ from->ptr, (size_t)n };
	from->ptr += n;
	from->len -= (size_t)n;
	return true;
}


/* ---- reading ---- */

int
chy_page_next(struct chy_page_cursor *c, struct chy_chunk *ret)
{
	uint64_t shared, more, rows, first, n = 0;
	chy_slice rest = c->rest, suffix;

	if (rest.len == 0)
		return 0;
	if (!number_take(&rest, &shared) || !number_take(&rest, &more) ||
	    shared > c->term.len || !bytes_take(&rest, more, &suffix))
		return -1;
	c->term.len = (size_t)shared;
	chy_buf_put(&c->term, suffix);
	if (chy_buf_status(&c->term) != CHY_OK || !number_take(&rest, &rows) ||
	    !number_take(&rest, &first) || rows / 2 == 0 ||
	    rows / 2 > UINT32_MAX || first > INT64_MAX / 2)
		return -1;
	*ret = (struct chy_chunk){
		.term = { c->term.ptr, c->term.len }, .first = (int64_t)first,
		.n = (uint32_t)(rows / 2), .docs = CHY_EMPTY,
		.places = CHY_EMPTY,
	};
	if (ret->n > 1 && (!number_take(&rest, &n) ||
	    !bytes_take(&rest, n, &ret->docs)))
		return -1;
	if (!number_take(&rest, &n))
		return -1;
	if ((rows & 1) != 0) {
		if (n == 0 || n > INT32_MAX)
			return -1;
		ret->apart = (int64_t)n;
	} else if (!bytes_take(&rest, n, &ret->places)) {
		return -1;
	}
	c->rest = rest;
	return 1;
}

void
chy_rows_begin(struct chy_rows_cursor *c, const struct chy_chunk *chunk,
    chy_slice places)
{
	*c = (struct chy_rows_cursor){ .docs = chunk->docs, .places = places,
	    .row = chunk->first, .left = chunk->n };
}

bool
chy_rows_next(struct chy_rows_cursor *c)
{
	uint64_t by;

	if (c->left == 0 || c->damaged)
		return false;
	c->left--;
	if (c->begun) {
		if (!number_take(&c->docs, &by) || by == 0 || by > INT32_MAX) {
			c->damaged = true;
			return false;
		}
		c->row += (int64_t)by;
	}
	c->begun = true;
	c->more = true;
	c->place = 0;
	return true;
}

bool
chy_rows_place(struct chy_rows_cursor *c, uint32_t *ret)
{
	uint64_t v;

	if (!c->more)
		return false;
	if (!number_take(&c->places, &v) || v / 2 > UINT32_MAX - c->place) {
		c->damaged = true;
		c->more = false;
		return false;
	}
	c->place += (uint32_t)(v / 2);
	c->more = (v & 1) != 0;
	*ret = c->place;
	return true;
}

int64_t
chy_chunk_last(const struct chy_chunk *chunk)
{
	struct chy_rows_cursor c;

	chy_rows_begin(&c, chunk, CHY_EMPTY);
	while (chy_rows_next(&c))
		;
	return c.damaged || c.docs.len > 0 ? -1 : c.row;
}


/* ---- writing ---- */

void
chy_postings_begin(struct chy_postings_writer *w,
    const struct chy_postings_sink *sink, int64_t first_places)
{
	*w = (struct chy_postings_writer){ .sink = sink, .next_page = 1,
	    .next_places = first_places };
}

static void
page_end(struct chy_postings_writer *w)
{
	if (w->page.len == 0 || w->status != CHY_OK)
		return;
	w->status = w->sink->page(w->sink->arg, w->next_page++,
	    chy_page_first(chy_buf_slice(&w->first)), chy_buf_slice(&w->page));
	w->bytes += w->page.len;
	chy_buf_reset(&w->page);
	chy_buf_reset(&w->last);
}

/* The chunk that is put together goes into the page. */
static void
chunk_end(struct chy_postings_writer *w)
{
	chy_slice term = chy_buf_slice(&w->term), last;
	size_t shared = 0, need;

	if (w->n == 0 || w->status != CHY_OK)
		return;
	if (w->apart == 0 && w->places.len > CHY_INLINE_PLACES) {
		w->apart = w->next_places++;
		w->status = w->sink->places(w->sink->arg, w->apart,
		    chy_buf_slice(&w->places));
		w->bytes += w->places.len;
	}
	need = term.len + w->docs.len + (w->apart != 0 ? 0 : w->places.len) +
	    6 * NUMBER_MAX;
	if (w->page.len > 0 && w->page.len + need > CHY_PAGE_BYTES)
		page_end(w);
	if (w->page.len == 0) {
		chy_buf_reset(&w->first);
		chy_buf_put(&w->first, term);
	}
	last = chy_buf_slice(&w->last);
	while (shared < term.len && shared < last.len &&
	    term.ptr[shared] == last.ptr[shared])
		shared++;
	number_put(&w->page, shared);
	number_put(&w->page, term.len - shared);
	chy_buf_put(&w->page, chy_slice_from(term, shared));
	number_put(&w->page, (uint64_t)w->n * 2 + (w->apart != 0));
	number_put(&w->page, (uint64_t)w->chunk_first);
	if (w->n > 1) {
		number_put(&w->page, w->docs.len);
		chy_buf_put(&w->page, chy_buf_slice(&w->docs));
	}
	if (w->apart != 0) {
		number_put(&w->page, (uint64_t)w->apart);
	} else {
		number_put(&w->page, w->places.len);
		chy_buf_put(&w->page, chy_buf_slice(&w->places));
	}
	chy_buf_reset(&w->last);
	chy_buf_put(&w->last, term);
	w->n = 0;
	w->apart = 0;
}

void
chy_postings_put(struct chy_postings_writer *w, const struct chy_chunk *chunk,
    int64_t last)
{
	bool joins = w->n > 0 && w->apart == 0 && chunk->apart == 0 &&
	    chunk->first > w->chunk_last &&
	    w->docs.len + chunk->docs.len + NUMBER_MAX <= CHY_CHUNK_DOCS &&
	    w->places.len + chunk->places.len <= CHY_CHUNK_PLACES &&
	    chy_slice_eq(chunk->term, chy_buf_slice(&w->term));

	if (joins) {
		number_put(&w->docs, (uint64_t)(chunk->first - w->chunk_last));
		chy_buf_put(&w->docs, chunk->docs);
		chy_buf_put(&w->places, chunk->places);
		w->n += chunk->n;
	} else {
		chunk_end(w);
		chy_buf_reset(&w->term);
		chy_buf_reset(&w->docs);
		chy_buf_reset(&w->places);
		chy_buf_put(&w->term, chunk->term);
		chy_buf_put(&w->docs, chunk->docs);
		chy_buf_put(&w->places, chunk->places);
		w->chunk_first = chunk->first;
		w->n = chunk->n;
		w->apart = chunk->apart;
	}
	w->chunk_last = last;
}

chy_status
chy_postings_end(struct chy_postings_writer *w)
{
	chy_buf *bufs[] = { &w->page, &w->first, &w->last, &w->term, &w->docs,
	    &w->places };

	chunk_end(w);
	for (size_t i = 0; i < ARRAY_LEN(bufs); i++)
		if (chy_buf_status(bufs[i]) != CHY_OK && w->status == CHY_OK)
			w->status = CHY_ERR_NO_MEMORY;
	page_end(w);
	for (size_t i = 0; i < ARRAY_LEN(bufs); i++)
		chy_buf_done(bufs[i]);
	return w->status;
}


/* ---- gathering ---- */

/*
 * Of each word one stream of bytes: for each row the way from the row before
 * and then its places, as they are written. The newest place is known, so
 * that it can be told that another follows.
 */
struct word {
	char	 *bytes;
	uint32_t  len, cap;
	uint32_t  newest;	/* where its newest place stands in bytes */
	uint32_t  place;
	int64_t	  first, row;
	uint32_t  hash, term_len;
	char	  term[];
};

struct chy_gathered {
	chy_arena     arena;
	struct word **slots;
	uint32_t      n, n_slots;	/* a power of two */
	size_t	      bytes;
};

#define SLOTS_FIRST	16384u

struct chy_gathered *
chy_gathered_new(void)
{
	struct chy_gathered *g = calloc(1, sizeof(*g));

	if (g == NULL)
		return NULL;
	chy_arena_init(&g->arena, 1u << 20);
	g->n_slots = SLOTS_FIRST;
	g->slots = calloc(g->n_slots, sizeof(struct word *));
	if (g->slots == NULL) {
		free(g);
		return NULL;
	}
	return g;
}

void
chy_gathered_free(struct chy_gathered *g)
{
	if (g == NULL)
		return;
	chy_arena_done(&g->arena);
	free(g->slots);
	free(g);
}

size_t
chy_gathered_bytes(const struct chy_gathered *g)
{
	return g->bytes;
}

static uint32_t
hash_of(chy_slice s)
{
	uint64_t h = UINT64_C(0x9e3779b97f4a7c15) ^ s.len;
	size_t i = 0;

	for (; i + 8 <= s.len; i += 8) {
		uint64_t v;

		memcpy(&v, s.ptr + i, 8);
		h = (h ^ v) * UINT64_C(0xff51afd7ed558ccd);
		h ^= h >> 32;
	}
	for (; i < s.len; i++)
		h = (h ^ (unsigned char)s.ptr[i]) *
		    UINT64_C(0xff51afd7ed558ccd);
	return (uint32_t)(h ^ h >> 29);
}

static bool
slots_grow(struct chy_gathered *g)
{
	uint32_t n = g->n_slots * 2;
	struct word **slots = calloc(n, sizeof(*slots));

	if (slots == NULL)
		return false;
	for (uint32_t i = 0; i < g->n_slots; i++) {
		uint32_t at;

		if (g->slots[i] == NULL)
			continue;
		at = g->slots[i]->hash;
		while (slots[at & (n - 1)] != NULL)
			at++;
		slots[at & (n - 1)] = g->slots[i];
	}
	free(g->slots);
	g->slots = slots;
	g->n_slots = n;
	return true;
}

static struct word *
word_find(struct chy_gathered *g, chy_slice term)
{
	uint32_t hash = hash_of(term), at = hash;
	struct word *w;

	while ((w = g->slots[at & (g->n_slots - 1)]) != NULL) {
		if (w->hash == hash && w->term_len == term.len &&
		    memcmp(w->term, term.ptr, term.len) == 0)
			return w;
		at++;
	}
	if (g->n * 2 >= g->n_slots) {
		if (!slots_grow(g))
			return NULL;
		at = hash;
		while (g->slots[at & (g->n_slots - 1)] != NULL)
			at++;
	}
	w = chy_arena_alloc(&g->arena, sizeof(*w) + term.len);
	if (w == NULL)
		return NULL;
	*w = (struct word){ .hash = hash, .term_len = (uint32_t)term.len,
	    .row = -1 };
	memcpy(w->term, term.ptr, term.len);
	g->slots[at & (g->n_slots - 1)] = w;
	g->n++;
	g->bytes += sizeof(*w) + term.len + 16;
	return w;
}

/* Room for one more row and place; neither takes more than five bytes. */
static bool
word_room(struct chy_gathered *g, struct word *w)
{
	uint32_t cap = w->cap == 0 ? 16 : w->cap * 2;
	char *more;

	if (w->len + 10 <= w->cap)
		return true;
	more = chy_arena_alloc(&g->arena, cap);
	if (more == NULL)
		return false;
	if (w->len > 0)
		memcpy(more, w->bytes, w->len);
	w->bytes = more;
	w->cap = cap;
	g->bytes += cap;
	return true;
}

bool
chy_gathered_word(struct chy_gathered *g, int64_t row, uint32_t place,
    chy_slice term)
{
	struct word *w = word_find(g, term);

	if (w == NULL || !word_room(g, w))
		return false;
	if (w->row == row) {
		w->bytes[w->newest] = (char)(w->bytes[w->newest] | 1);
	} else {
		if (w->row < 0)
			w->first = row;
		else
			w->len += (uint32_t)number_write(w->bytes + w->len,
			    (uint64_t)(row - w->row));
		w->row = row;
		w->place = 0;
	}
	w->newest = w->len;
	w->len += (uint32_t)number_write(w->bytes + w->len,
	    (uint64_t)(place - w->place) * 2);
	w->place = place;
	return true;
}

static int
word_cmp(const void *a, const void *b)
{
	const struct word *wa = *(struct word *const *)a;
	const struct word *wb = *(struct word *const *)b;

	return chy_slice_cmp((chy_slice){ wa->term, wa->term_len },
	    (chy_slice){ wb->term, wb->term_len });
}

/* The stream of a word as chunks. */
static void
word_write(const struct word *word, struct chy_postings_writer *w,
    chy_buf *docs, chy_buf *places)
{
	chy_slice rest = { word->bytes, word->len };
	struct chy_chunk chunk = { .term = { word->term, word->term_len },
	    .first = word->first };
	int64_t row = word->first, last = row;

	chy_buf_reset(docs);
	chy_buf_reset(places);
	while (rest.len > 0) {
		uint64_t by = 0, place;

		/* The first row stands in the word itself. */
		if (rest.ptr != word->bytes) {
			(void)number_take(&rest, &by);
			row += (int64_t)by;
		}
		if (chunk.n > 0 && (docs->len + NUMBER_MAX > CHY_CHUNK_DOCS ||
		    places->len + NUMBER_MAX > CHY_CHUNK_PLACES)) {
			chunk.docs = chy_buf_slice(docs);
			chunk.places = chy_buf_slice(places);
			chy_postings_put(w, &chunk, last);
			chy_buf_reset(docs);
			chy_buf_reset(places);
			chunk.n = 0;
		}
		if (chunk.n++ == 0)
			chunk.first = row;
		else
			number_put(docs, by);
		last = row;
		do {
			(void)number_take(&rest, &place);
			number_put(places, place);
		} while ((place & 1) != 0 && rest.len > 0);
	}
	chunk.docs = chy_buf_slice(docs);
	chunk.places = chy_buf_slice(places);
	chy_postings_put(w, &chunk, last);
}

chy_status
chy_gathered_write(struct chy_gathered *g, struct chy_postings_writer *w)
{
	chy_buf docs = CHY_BUF_INIT, places = CHY_BUF_INIT;
	struct word **order = malloc(((size_t)g->n + 1) * sizeof(*order));
	uint32_t n = 0;
	chy_status st;

	if (order == NULL)
		return CHY_ERR_NO_MEMORY;
	for (uint32_t i = 0; i < g->n_slots; i++)
		if (g->slots[i] != NULL)
			order[n++] = g->slots[i];
	qsort(order, n, sizeof(*order), word_cmp);
	for (uint32_t i = 0; i < n && w->status == CHY_OK; i++)
		word_write(order[i], w, &docs, &places);
	st = chy_buf_status(&docs) != CHY_OK || chy_buf_status(&places) !=
	    CHY_OK ? CHY_ERR_NO_MEMORY : w->status;
	free(order);
	chy_buf_done(&docs);
	chy_buf_done(&places);
	memset(g->slots, 0, g->n_slots * sizeof(struct word *));
	chy_arena_reset(&g->arena);
	g->n = 0;
	g->bytes = 0;
	return st;
}
