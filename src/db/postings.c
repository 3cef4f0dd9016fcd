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
#define ROOM(size)	(16u << (size))

struct word {
	char	 *bytes;	/* NULL: none yet */
	uint32_t  len;
	uint32_t  size;		/* of its room: ROOM(size) */
	uint32_t  newest;	/* where its newest place stands in bytes */
	uint32_t  place;
	int64_t	  first, row;
	uint32_t  hash, term_len;
	char	  term[];
};

/* Words wait until there are some, and are looked up together: each is in three
 * places of a memory that is far larger than the cache, and what it waits for
 * is asked of all of them at once. */
#define AHEAD		32u
#define AHEAD_BYTES	1024u

struct ahead {
	int64_t	 row;
	uint32_t place, hash, at, len;
};

#define SIZES	28u	/* of a stream's room: 16 bytes, 32, ... */

struct chy_gathered {
	chy_arena     arena;
	struct word **slots;
	uint32_t      n, n_slots;	/* a power of two */
	size_t	      bytes;
	char	     *spare[SIZES];	/* rooms that became too small */
	struct ahead  ahead[AHEAD];
	uint32_t      n_ahead, ahead_bytes;
	char	      ahead_terms[AHEAD_BYTES];
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
word_find(struct chy_gathered *g, chy_slice term, uint32_t hash)
{
	uint32_t at = hash;
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
	char *more;

	if (w->len + 10 <= (w->bytes == NULL ? 0 : ROOM(w->size)))
		return true;
	if (w->bytes != NULL && w->size + 1u >= SIZES)
		return false;
	if (w->bytes != NULL)
		w->size++;
	more = g->spare[w->size];
	if (more != NULL) {
		memcpy(&g->spare[w->size], more, sizeof(g->spare[0]));
	} else {
		more = chy_arena_alloc(&g->arena, ROOM(w->size));
		if (more == NULL)
			return false;
		g->bytes += ROOM(w->size);
	}
	if (w->bytes != NULL) {
		memcpy(more, w->bytes, w->len);
		memcpy(w->bytes, &g->spare[w->size - 1],
		    sizeof(g->spare[0]));
		g->spare[w->size - 1] = w->bytes;
	}
	w->bytes = more;
	return true;
}

static bool
word_add(struct chy_gathered *g, struct word *w, int64_t row, uint32_t place)
{
	if (!word_room(g, w))
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

static bool
add_ahead(struct chy_gathered *g)
{
	struct word *words[AHEAD];
	uint32_t n = g->n_ahead;

	g->n_ahead = g->ahead_bytes = 0;
	for (uint32_t i = 0; i < n; i++) {
		words[i] = g->slots[g->ahead[i].hash & (g->n_slots - 1)];
		__builtin_prefetch(words[i]);
	}
	for (uint32_t i = 0; i < n; i++) {
		struct ahead *a = &g->ahead[i];

		words[i] = word_find(g, (chy_slice){ g->ahead_terms + a->at,
		    a->len }, a->hash);
		if (words[i] == NULL)
			return false;
		if (words[i]->bytes != NULL)
			__builtin_prefetch(words[i]->bytes + words[i]->len, 1);
	}
	for (uint32_t i = 0; i < n; i++)
		if (!word_add(g, words[i], g->ahead[i].row,
		    g->ahead[i].place))
			return false;
	return true;
}

bool
chy_gathered_word(struct chy_gathered *g, int64_t row, uint32_t place,
    chy_slice term)
{
	struct ahead *a = &g->ahead[g->n_ahead];
	uint32_t hash = chy_slice_hash(term);

	if (g->ahead_bytes + term.len > AHEAD_BYTES) {
		struct word *w;

		if (!add_ahead(g))
			return false;
		if (term.len > AHEAD_BYTES) {
			w = word_find(g, term, hash);
			return w != NULL && word_add(g, w, row, place);
		}
		a = g->ahead;
	}
	__builtin_prefetch(&g->slots[hash & (g->n_slots - 1)]);
	*a = (struct ahead){ .row = row, .place = place, .hash = hash,
	    .at = g->ahead_bytes, .len = (uint32_t)term.len };
	memcpy(g->ahead_terms + a->at, term.ptr, term.len);
	g->ahead_bytes += a->len;
	return ++g->n_ahead < AHEAD || add_ahead(g);
}

bool
chy_word_row(struct chy_word_rows *r)
{
	uint64_t by;
	uint32_t place;

	while (chy_word_place(r, &place))
		;
	if (r->rest.len == 0)
		return false;
	/* The first row stands in the word itself. */
	if (r->begun && number_take(&r->rest, &by))
		r->row += (int64_t)by;
	r->begun = r->more = true;
	r->place = 0;
	return true;
}

bool
chy_word_long_place(struct chy_word_rows *r, uint32_t *ret)
{
	uint64_t v;

	if (!number_take(&r->rest, &v))
		return false;
	r->more = (v & 1) != 0;
	r->place += (uint32_t)(v / 2);
	*ret = r->place;
	return true;
}

/* Most words differ in their first bytes, which stand here as a number. */
struct ordered {
	uint64_t     begin;
	struct word *word;
};

static uint64_t
begin_of(const struct word *w)
{
	uint64_t v = 0;

	for (uint32_t i = 0; i < 8; i++)
		v = v << 8 | (i < w->term_len ? (unsigned char)w->term[i] : 0);
	return v;
}

static int
ordered_cmp(const void *a, const void *b)
{
	const struct ordered *oa = a, *ob = b;

	if (oa->begin != ob->begin)
		return oa->begin < ob->begin ? -1 : 1;
	return chy_slice_cmp((chy_slice){ oa->word->term, oa->word->term_len },
	    (chy_slice){ ob->word->term, ob->word->term_len });
}

chy_status
chy_gathered_each(struct chy_gathered *g, chy_gathered_fn word, void *arg)
{
	struct ordered *order;
	uint32_t n = 0;
	chy_status st = CHY_OK;

	if (!add_ahead(g))
		return CHY_ERR_NO_MEMORY;
	order = malloc(((size_t)g->n + 1) * sizeof(*order));
	if (order == NULL)
		return CHY_ERR_NO_MEMORY;
	for (uint32_t i = 0; i < g->n_slots; i++)
		if (g->slots[i] != NULL)
			order[n++] = (struct ordered){ begin_of(g->slots[i]),
			    g->slots[i] };
	qsort(order, n, sizeof(*order), ordered_cmp);
	for (uint32_t i = 0; i < n && st == CHY_OK; i++) {
		const struct word *w = order[i].word;
		struct chy_word_rows rows = { .rest = { w->bytes, w->len },
		    .row = w->first };

		st = word(arg, (chy_slice){ w->term, w->term_len }, &rows);
	}
	free(order);
	memset(g->slots, 0, g->n_slots * sizeof(struct word *));
	memset(g->spare, 0, sizeof(g->spare));
	chy_arena_reset(&g->arena);
	g->n = 0;
	g->bytes = 0;
	return st;
}

struct chunking {
	struct chy_postings_writer *to;
	chy_buf docs, places;
};

static void
chunk_put(struct chunking *c, struct chy_chunk *chunk, int64_t last)
{
	chunk->docs = chy_buf_slice(&c->docs);
	chunk->places = chy_buf_slice(&c->places);
	chy_postings_put(c->to, chunk, last);
	chy_buf_reset(&c->docs);
	chy_buf_reset(&c->places);
	chunk->n = 0;
}

/* A word as chunks. */
static chy_status
word_write(void *arg, chy_slice term, struct chy_word_rows *rows)
{
	struct chunking *c = arg;
	struct chy_chunk chunk = { .term = term };
	int64_t last = 0;

	while (chy_word_row(rows)) {
		uint32_t place, before = 0;

		if (chunk.n > 0 && (c->docs.len + NUMBER_MAX > CHY_CHUNK_DOCS ||
		    c->places.len + NUMBER_MAX > CHY_CHUNK_PLACES))
			chunk_put(c, &chunk, last);
		if (chunk.n++ == 0)
			chunk.first = rows->row;
		else
			number_put(&c->docs, (uint64_t)(rows->row - last));
		last = rows->row;
		for (; chy_word_place(rows, &place); before = place)
			number_put(&c->places, (uint64_t)(place - before) * 2 +
			    rows->more);
	}
	chunk_put(c, &chunk, last);
	return c->docs.failed || c->places.failed ? CHY_ERR_NO_MEMORY :
	    c->to->status;
}

chy_status
chy_gathered_write(struct chy_gathered *g, struct chy_postings_writer *w)
{
	struct chunking c = { .to = w };
	chy_status st = chy_gathered_each(g, word_write, &c);

	chy_buf_done(&c.docs);
	chy_buf_done(&c.places);
	return st;
}
