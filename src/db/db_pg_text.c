/*
 * PostgreSQL: full text, in tables of our own (see db/postings.h).
 *
 * The server's own full text cuts words in another way, forgets places after
 * 16,383 and keeps 256 of one word, so its answers are others. Here the words
 * are SQLite's, cut on this side, and the server keeps ready pages: a batch
 * of an import is one COPY of some thousands, a question reads the page or
 * two of each word in each segment.
 *
 * Segments never change, so they are put together without keeping anybody
 * waiting: who asks sees the old ones until the new one is committed.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>
#include <stdlib.h>

#include "db/pg_int.h"

#define PORTION		1024u		/* rows given at a time */
#define WINDOW		65536		/* rows of a phrase gone through at once */
#define MERGE_FROM	8u		/* neighbours that become one */
#define MERGE_MOST	32u
#define MERGE_CRISIS	64u		/* so many are merged in a commit */
#define SEGMENT_ROWS	(1 << 20)	/* larger ones stay as they are */
#define WALK_PAGES	64		/* pages read at a time when merging */
#define SUM_CHUNKS	256		/* whose places are asked for at once */
#define PHRASE_WORDS	2100u	/* more than a query can have */

static const char *const text_sql[PG_TEXT_STATEMENTS] = {
	[PG_TEXT_SEGMENTS] = "SELECT id, first_row, last_row, bytes, places "
	    "FROM text_segment ORDER BY first_row",
	/* In each segment the pages that begin within the words asked for, and
	 * the one before, in which they may begin. */
	[PG_TEXT_PAGES] = "SELECT s.id, s.first_row, s.last_row, p.number, "
	    "p.data FROM (SELECT * FROM text_segment WHERE last_row > ?3) AS s "
	    "CROSS JOIN LATERAL ((SELECT number, "
	    "data FROM text_page WHERE segment = s.id AND first < ?1 "
	    "ORDER BY first DESC, number DESC LIMIT 1) UNION ALL "
	    "(SELECT number, data FROM text_page WHERE segment = s.id "
	    "AND first >= ?1 AND first <= ?2)) AS p",
	/* Looked up one by one, whatever the planner knows of the table: just
	 * after an import or a merge it knows nothing of the new segment, and
	 * with = ANY it then read all of it. */
	[PG_TEXT_PLACES] = "SELECT p.number, p.data FROM "
	    "unnest(CAST(?2 AS text)::bigint[]) AS wanted (number) "
	    "CROSS JOIN LATERAL (SELECT number, data FROM text_place "
	    "WHERE segment = ?1 AND number = wanted.number LIMIT 1) AS p",
	[PG_TEXT_PUT_PAGE] = "INSERT INTO text_page (segment, number, first, "
	    "data) VALUES (?, ?, ?, ?)",
	[PG_TEXT_PUT_PLACES] = "INSERT INTO text_place (segment, number, data) "
	    "VALUES (?, ?, ?)",
	[PG_TEXT_PUT_SEGMENT] = "INSERT INTO text_segment (id, first_row, "
	    "last_row, bytes, places) VALUES (?, ?, ?, ?, ?)",
	[PG_TEXT_NEXT] = "SELECT nextval('text_segment_id')",
	[PG_TEXT_WALK] = "SELECT number, first, data FROM text_page "
	    "WHERE segment = ?1 AND (first, number) > (?2, ?3) "
	    "ORDER BY first, number LIMIT 64",
	[PG_TEXT_COPY_PLACES] = "INSERT INTO text_place (segment, number, data) "
	    "SELECT CAST(?1 AS bigint), number + CAST(?2 AS bigint), data "
	    "FROM text_place WHERE segment = ?3",
	[PG_TEXT_DROP_PAGES] = "DELETE FROM text_page WHERE segment = ?",
	[PG_TEXT_DROP_PLACES] = "DELETE FROM text_place WHERE segment = ?",
	[PG_TEXT_DROP_SEGMENT] = "DELETE FROM text_segment WHERE id = ? "
	    "RETURNING id",
	[PG_TEXT_LOCK] = "SELECT CASE WHEN pg_try_advisory_xact_lock("
	    "hashtext(current_schema()), 1667791482) THEN 1 ELSE 0 END",
};

static chy_status
ready(struct chy_pg *db, enum pg_text_statement which, chy_stmt **ret,
    chy_error *err)
{
	if (db->text[which] == NULL) {
		chy_status st = chy_pg_prepare(&db->base, text_sql[which],
		    &db->text[which], err);

		if (st != CHY_OK)
			return st;
	}
	chy_pg_reset(db->text[which]);
	*ret = db->text[which];
	return CHY_OK;
}

static chy_status
damaged(chy_error *err)
{
	return chy_fail(err, CHY_ERR_STORE, "text index: it is damaged; run "
	    "chancery reindex");
}

static chy_status
no_memory(chy_error *err)
{
	return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
}

/* Run a statement to its end with up to three numbers. */
static chy_status
run_numbers(struct chy_pg *db, enum pg_text_statement which, int n,
    const int64_t *numbers, bool *ret_row, int64_t *ret, chy_error *err)
{
	chy_stmt *s;
	bool row;
	chy_status st = ready(db, which, &s, err);

	for (int i = 0; st == CHY_OK && i < n; i++)
		chy_pg_bind_int(s, i + 1, numbers[i]);
	if (st == CHY_OK)
		st = chy_pg_step(s, &row, err);
	if (st == CHY_OK && ret_row != NULL)
		*ret_row = row;
	if (st == CHY_OK && ret != NULL)
		*ret = row ? chy_pg_column_int(s, 0) : 0;
	if (st == CHY_OK)
		chy_pg_reset(s);
	return st;
}

void
chy_pg_text_source(chy_db *base, chy_text_source_fn source, void *arg)
{
	struct chy_pg *db = chy_pg_of(base);

	db->source = source;
	db->source_arg = arg;
}

static chy_status
need_tokens(struct chy_pg *db, chy_error *err)
{
	return chy_cutter_open(&db->tokens, NULL) == SQLITE_OK ? CHY_OK :
	    chy_fail(err, CHY_ERR_STORE, "text index: this SQLite has no FTS5, "
	    "whose tokenizer cuts the words");
}

chy_status
chy_pg_text_words(chy_db *base, chy_slice text, chy_text_word_fn word,
    void *arg, chy_error *err)
{
	struct chy_pg *db = chy_pg_of(base);
	chy_status st = need_tokens(db, err);

	if (st == CHY_OK && chy_cutter_cut(&db->tokens, text, word, arg) !=
	    SQLITE_OK)
		st = no_memory(err);
	return st;
}


/* ---- adding ---- */

chy_status
chy_pg_text_add(chy_db *base, int64_t row, chy_slice text, chy_error *err)
{
	struct chy_pg *db = chy_pg_of(base);
	chy_status st = need_tokens(db, err);
	uint32_t n;

	if (st != CHY_OK)
		return st;
	if (db->words == NULL)
		db->words = chy_gathered_new();
	if (db->words == NULL || chy_cutter_gather(&db->tokens, row, text,
	    db->words, &n) != SQLITE_OK)
		return no_memory(err);
	if (db->first_row == 0)
		db->first_row = row;
	db->last_row = row;
	return chy_gathered_bytes(db->words) >= CHY_GATHER_MOST ?
	    chy_pg_text_flush(db, err) : CHY_OK;
}

void
chy_pg_text_forget(struct chy_pg *db)
{
	if (db->first_row == 0)
		return;
	chy_gathered_free(db->words);
	db->words = NULL;
	db->first_row = db->last_row = 0;
}

void
chy_pg_text_done(struct chy_pg *db)
{
	for (size_t i = 0; i < PG_TEXT_STATEMENTS; i++)
		if (db->text[i] != NULL)
			chy_pg_stmt_free(db->text[i]);
	chy_gathered_free(db->words);
	chy_cutter_done(&db->tokens);
}

/* Where the pages of a new segment go. */
struct putting {
	struct chy_pg *db;
	int64_t	       segment;
	chy_error     *err;
};

static chy_status
put_page(void *arg, int64_t number, chy_slice first, chy_slice data)
{
	struct putting *p = arg;
	chy_stmt *s;
	bool row;
	chy_status st = ready(p->db, PG_TEXT_PUT_PAGE, &s, p->err);

	if (st != CHY_OK)
		return st;
	chy_pg_bind_int(s, 1, p->segment);
	chy_pg_bind_int(s, 2, number);
	chy_pg_bind_blob(s, 3, first);
	chy_pg_bind_blob(s, 4, data);
	return chy_pg_step(s, &row, p->err);
}

static chy_status
put_places(void *arg, int64_t number, chy_slice data)
{
	struct putting *p = arg;
	chy_stmt *s;
	bool row;
	chy_status st = ready(p->db, PG_TEXT_PUT_PLACES, &s, p->err);

	if (st != CHY_OK)
		return st;
	chy_pg_bind_int(s, 1, p->segment);
	chy_pg_bind_int(s, 2, number);
	chy_pg_bind_blob(s, 3, data);
	return chy_pg_step(s, &row, p->err);
}

static chy_status
put_segment(struct chy_pg *db, int64_t id, int64_t first, int64_t last,
    const struct chy_postings_writer *w, chy_error *err)
{
	const int64_t values[] = { id, first, last, (int64_t)w->bytes,
	    w->next_places - 1 };

	return run_numbers(db, PG_TEXT_PUT_SEGMENT, 5, values, NULL, NULL, err);
}

static chy_status merge_some(struct chy_pg *db, size_t from_count,
    bool *ret_merged, chy_error *err);

chy_status
chy_pg_text_flush(struct chy_pg *db, chy_error *err)
{
	struct putting p = { .db = db, .err = err };
	const struct chy_postings_sink sink = { &p, put_page, put_places };
	struct chy_postings_writer w;
	bool merged;
	chy_status st, end;

	if (db->first_row == 0)
		return CHY_OK;
	st = run_numbers(db, PG_TEXT_NEXT, 0, NULL, NULL, &p.segment, err);
	if (st != CHY_OK)
		return st;
	chy_postings_begin(&w, &sink, 1);
	st = chy_gathered_write(db->words, &w);
	end = chy_postings_end(&w);
	if (st == CHY_OK)
		st = end;
	if (st == CHY_OK)
		st = put_segment(db, p.segment, db->first_row, db->last_row, &w,
		    err);
	else if (st == CHY_ERR_NO_MEMORY)
		st = no_memory(err);
	db->first_row = db->last_row = 0;
	/* Telegrams that come one by one must not leave a segment each. */
	return st != CHY_OK ? st : merge_some(db, MERGE_CRISIS, &merged, err);
}

chy_status
chy_pg_text_clear(chy_db *base, chy_error *err)
{
	struct chy_pg *db = chy_pg_of(base);
	chy_status st;

	chy_pg_text_forget(db);
	st = chy_pg_quiet(db, err);
	if (st == CHY_OK)
		st = chy_pg_send(db, err);
	/* Wait for who is putting segments together. */
	if (st == CHY_OK)
		st = chy_pg_run(db, "SELECT pg_advisory_xact_lock("
		    "hashtext(current_schema()), 1667791482); "
		    "DELETE FROM text_segment; DELETE FROM text_page; "
		    "DELETE FROM text_place", err);
	return st;
}


/* ---- finding ---- */

/* What a word of the question is in the segments. */
struct page {
	int64_t	  segment, first_row, last_row, number;
	chy_slice data;		/* in the arena */
};

struct hit {
	struct chy_chunk chunk;	/* its term is not kept */
	int64_t	  last;
};

struct term {
	chy_slice word;
	bool	  prefix;
	struct page *pages;
	size_t	  n_pages;
	size_t	  at;		/* first page of the segment gone through */
	struct hit *hits;	/* in it */
	size_t	  n_hits, cap_hits;
	uint64_t *keys;		/* row and place, in one window */
	size_t	  n_keys, cap_keys;
};

struct finding {
	struct chy_pg *db;
	chy_arena   arena;
	struct term *terms;
	uint32_t    n_terms;
	uint32_t    near;	/* words between the outermost; 0: a phrase */
	int64_t	    after;
	chy_text_rows_fn rows;
	void	   *arg;
	int64_t	    portion[PORTION];
	size_t	    n_portion;
	chy_error  *err;
};

static int
page_cmp(const void *a, const void *b)
{
	const struct page *pa = a, *pb = b;

	if (pa->first_row != pb->first_row)
		return pa->first_row < pb->first_row ? -1 : 1;
	return pa->number < pb->number ? -1 : pa->number > pb->number;
}

/* All pages that may hold the word, in the order of segments and rows. */
static chy_status
load_pages(struct finding *f, struct term *t)
{
	chy_slice first = chy_page_first(t->word);
	char last[CHY_PAGE_FIRST + 1];
	size_t cap = 0;
	chy_stmt *s;
	bool row;
	chy_status st = ready(f->db, PG_TEXT_PAGES, &s, f->err);

	if (st != CHY_OK)
		return st;
	memcpy(last, first.ptr, first.len);
	last[first.len] = (char)0xff;	/* above all that goes on */
	chy_pg_bind_blob(s, 1, first);
	chy_pg_bind_blob(s, 2, (chy_slice){ last, first.len + t->prefix });
	chy_pg_bind_int(s, 3, f->after);
	while ((st = chy_pg_step(s, &row, f->err)) == CHY_OK && row) {
		if (t->n_pages == cap) {
			struct page *more;

			cap = cap * 2 + 32;
			more = chy_arena_alloc(&f->arena, cap * sizeof(*more));
			if (more == NULL)
				break;
			if (t->n_pages > 0)
				memcpy(more, t->pages,
				    t->n_pages * sizeof(*more));
			t->pages = more;
		}
		t->pages[t->n_pages++] = (struct page){
			chy_pg_column_int(s, 0), chy_pg_column_int(s, 1),
			chy_pg_column_int(s, 2), chy_pg_column_int(s, 3),
			chy_arena_copy(&f->arena, chy_pg_column_blob(s, 4)),
		};
	}
	chy_pg_reset(s);
	if (st == CHY_OK && chy_arena_failed(&f->arena))
		st = no_memory(f->err);
	if (t->n_pages > 0)
		qsort(t->pages, t->n_pages, sizeof(*t->pages), page_cmp);
	return st;
}

static bool
is_meant(const struct term *t, chy_slice word)
{
	return t->prefix ? chy_slice_starts(word, t->word) :
	    chy_slice_eq(word, t->word);
}

/* The chunks of the term in the segment whose pages begin at t->at. */
static chy_status
load_hits(struct finding *f, struct term *t, int64_t segment)
{
	struct page_state { struct chy_page_cursor cursor; } state = {
	    { CHY_EMPTY, CHY_BUF_INIT } };
	struct chy_chunk chunk;
	chy_status st = CHY_OK;
	int how;

	t->n_hits = 0;
	while (t->at < t->n_pages && st == CHY_OK &&
	    t->pages[t->at].segment == segment) {
		state.cursor.rest = t->pages[t->at++].data;
		state.cursor.term.len = 0;
		while ((how = chy_page_next(&state.cursor, &chunk)) == 1) {
			if (!is_meant(t, chunk.term)) {
				if (chy_slice_cmp(chunk.term, t->word) > 0)
					break;
				continue;
			}
			if (t->n_hits == t->cap_hits) {
				size_t cap = t->cap_hits * 2 + 16;
				struct hit *more = chy_arena_alloc(&f->arena,
				    cap * sizeof(*more));

				if (more == NULL) {
					st = no_memory(f->err);
					break;
				}
				if (t->n_hits > 0)
					memcpy(more, t->hits,
					    t->n_hits * sizeof(*more));
				t->hits = more;
				t->cap_hits = cap;
			}
			t->hits[t->n_hits++] = (struct hit){ chunk, 0 };
		}
		if (how < 0 && st == CHY_OK)
			st = damaged(f->err);
	}
	chy_buf_done(&state.cursor.term);
	return st;
}

static chy_status
give(struct finding *f, int64_t row)
{
	chy_status st = CHY_OK;

	if (row <= f->after)
		return CHY_OK;
	f->portion[f->n_portion++] = row;
	if (f->n_portion == PORTION) {
		st = f->rows(f->arg, f->portion, f->n_portion);
		f->n_portion = 0;
	}
	return st;
}

static uint64_t *
set_new(const struct page *of)
{
	return calloc((size_t)(of->last_row - of->first_row) / 64 + 1,
	    sizeof(uint64_t));
}

/* Mark the rows of a term's chunks; also finds where each chunk ends. */
static chy_status
mark(struct finding *f, struct term *t, const struct page *of, uint64_t *set)
{
	for (size_t i = 0; i < t->n_hits; i++) {
		struct chy_rows_cursor c;

		chy_rows_begin(&c, &t->hits[i].chunk, CHY_EMPTY);
		while (chy_rows_next(&c)) {
			size_t at = (size_t)(c.row - of->first_row);

			if (c.row < of->first_row || c.row > of->last_row)
				return damaged(f->err);
			set[at / 64] |= UINT64_C(1) << (at % 64);
		}
		if (c.damaged)
			return damaged(f->err);
		t->hits[i].last = c.row;
	}
	return CHY_OK;
}

/* One word, or what begins so: its rows in order. */
static chy_status
find_single(struct finding *f, struct term *t, const struct page *of)
{
	chy_status st = CHY_OK;
	uint64_t *set;

	if (!t->prefix) {
		for (size_t i = 0; i < t->n_hits && st == CHY_OK; i++) {
			struct chy_rows_cursor c;

			chy_rows_begin(&c, &t->hits[i].chunk, CHY_EMPTY);
			while (st == CHY_OK && chy_rows_next(&c))
				st = give(f, c.row);
			if (c.damaged)
				st = damaged(f->err);
		}
		return st;
	}
	set = set_new(of);
	if (set == NULL)
		return no_memory(f->err);
	st = mark(f, t, of, set);
	for (size_t i = 0; st == CHY_OK &&
	    i <= (size_t)(of->last_row - of->first_row) / 64; i++)
		for (uint64_t w = set[i]; w != 0 && st == CHY_OK; w &= w - 1)
			st = give(f, of->first_row + (int64_t)(i * 64) +
			    __builtin_ctzll(w));
	free(set);
	return st;
}


/* ---- phrases ---- */

static bool
has_row(const uint64_t *set, const struct page *of, int64_t from, int64_t to)
{
	if (from < of->first_row)
		from = of->first_row;
	for (; from <= to && from <= of->last_row; from++) {
		size_t at = (size_t)(from - of->first_row);

		if (at % 64 == 0 && set[at / 64] == 0) {
			from += 63;
			continue;
		}
		if ((set[at / 64] >> (at % 64) & 1) != 0)
			return true;
	}
	return false;
}

struct apart {
	int64_t	  number;
	chy_slice data;
};

/* Whether a chunk has places of rows that are still in question. */
static bool
is_wanted(const struct hit *h, const uint64_t *set, const struct page *of,
    int64_t from, int64_t to)
{
	if (h->last < from || h->chunk.first > to)
		return false;
	return has_row(set, of, h->chunk.first > from ? h->chunk.first : from,
	    h->last < to ? h->last : to);
}

static int
apart_cmp(const void *a, const void *b)
{
	const struct apart *x = a, *y = b;

	return x->number < y->number ? -1 : x->number > y->number;
}

static const struct apart *
apart_find(const struct apart *apart, size_t n, int64_t number)
{
	struct apart key = { number, CHY_EMPTY };

	return n == 0 ? NULL :
	    bsearch(&key, apart, n, sizeof(*apart), apart_cmp);
}

/* Put the number of places that stand apart into the list asked for. */
static void
want_apart(chy_buf *list, int64_t number)
{
	chy_buf_printf(list, "%c%lld", list->len == 0 ? '{' : ',',
	    (long long)number);
}

/* Ask for the places of a segment that have the `n` numbers of the list; those
 * that are there, in order and in the arena. Frees the list. */
static chy_status
ask_apart(struct chy_pg *db, chy_arena *arena, int64_t segment,
    chy_buf *list, size_t n, struct apart **ret, size_t *ret_n,
    chy_error *err)
{
	struct apart *at = chy_arena_alloc(arena, (n + 1) * sizeof(*at));
	size_t have = 0;
	chy_stmt *s = NULL;
	bool row;
	chy_status st = CHY_OK;

	*ret = at;
	*ret_n = 0;
	chy_buf_putc(list, '}');
	if (at == NULL || chy_buf_status(list) != CHY_OK)
		st = no_memory(err);
	else if (n > 0)
		st = ready(db, PG_TEXT_PLACES, &s, err);
	if (st != CHY_OK || n == 0) {
		chy_buf_done(list);
		return st;
	}
	chy_pg_bind_int(s, 1, segment);
	chy_pg_bind_text(s, 2, chy_buf_slice(list));
	while ((st = chy_pg_step(s, &row, err)) == CHY_OK && row && have < n)
		at[have++] = (struct apart){ chy_pg_column_int(s, 0),
		    chy_arena_copy(arena, chy_pg_column_blob(s, 1)) };
	chy_pg_reset(s);
	chy_buf_done(list);
	if (st == CHY_OK && chy_arena_failed(arena))
		st = no_memory(err);
	qsort(at, have, sizeof(*at), apart_cmp);
	*ret_n = have;
	return st;
}

/* The places that stand apart, of all terms in this window; in the arena. */
static chy_status
load_apart(struct finding *f, chy_arena *arena, const struct page *of,
    const uint64_t *set, int64_t from, int64_t to, struct apart **ret,
    size_t *ret_n)
{
	chy_buf list = CHY_BUF_INIT;
	size_t n = 0;

	for (uint32_t i = 0; i < f->n_terms; i++)
		for (size_t k = 0; k < f->terms[i].n_hits; k++) {
			const struct hit *h = &f->terms[i].hits[k];

			if (h->chunk.apart == 0 || !is_wanted(h, set, of, from,
			    to))
				continue;
			want_apart(&list, h->chunk.apart);
			n++;
		}
	return ask_apart(f->db, arena, of->segment, &list, n, ret, ret_n,
	    f->err);
}

static int
key_cmp(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

/* Row and place of the term, of the rows in question, in order. */
static chy_status
load_keys(struct finding *f, struct term *t, const struct page *of,
    const uint64_t *set, int64_t from, int64_t to, const struct apart *apart,
    size_t n_apart)
{
	t->n_keys = 0;
	for (size_t i = 0; i < t->n_hits; i++) {
		const struct hit *h = &t->hits[i];
		chy_slice places = h->chunk.places;
		struct chy_rows_cursor c;

		if (!is_wanted(h, set, of, from, to))
			continue;
		if (h->chunk.apart != 0) {
			const struct apart *found = apart_find(apart, n_apart,
			    h->chunk.apart);

			if (found == NULL)
				return damaged(f->err);
			places = found->data;
		}
		chy_rows_begin(&c, &h->chunk, places);
		while (chy_rows_next(&c)) {
			size_t at = (size_t)(c.row - of->first_row);
			bool wanted = c.row >= from && c.row <= to &&
			    (set[at / 64] >> (at % 64) & 1) != 0;
			uint32_t place;

			while (chy_rows_place(&c, &place)) {
				if (!wanted)
					continue;
				if (t->n_keys == t->cap_keys) {
					size_t cap = t->cap_keys * 2 + 1024;
					uint64_t *more = realloc(t->keys,
					    cap * sizeof(*more));

					if (more == NULL)
						return no_memory(f->err);
					t->keys = more;
					t->cap_keys = cap;
				}
				t->keys[t->n_keys++] =
				    (uint64_t)(c.row - from) << 32 | place;
			}
		}
		if (c.damaged)
			return damaged(f->err);
	}
	if (t->prefix && t->n_keys > 1)
		qsort(t->keys, t->n_keys, sizeof(*t->keys), key_cmp);
	return CHY_OK;
}

/* Keep of `have` what stands right before one of `next`, as its places. */
static void
step_on(struct term *have, const struct term *next)
{
	size_t n = 0, k = 0;

	for (size_t i = 0; i < have->n_keys; i++) {
		uint64_t want = have->keys[i] + 1;

		while (k < next->n_keys && next->keys[k] < want)
			k++;
		if (k < next->n_keys && next->keys[k] == want)
			have->keys[n++] = want;
	}
	have->n_keys = n;
}

/* Rows in which each term has a place within reach of all others: the term
 * that is furthest behind is moved on until they meet. */
static chy_status
give_near(struct finding *f, int64_t from)
{
	size_t at[PHRASE_WORDS + 1] = { 0 };
	int64_t before = -1;
	chy_status st = CHY_OK;

	while (st == CHY_OK) {
		uint64_t low = UINT64_MAX, high = 0;
		uint32_t behind = 0;

		for (uint32_t i = 0; i < f->n_terms; i++) {
			uint64_t key;

			if (at[i] == f->terms[i].n_keys)
				return CHY_OK;
			key = f->terms[i].keys[at[i]];
			if (key < low) {
				low = key;
				behind = i;
			}
			high = key > high ? key : high;
		}
		if (low >> 32 == high >> 32 && high - low <= f->near + 1u &&
		    (int64_t)(low >> 32) != before) {
			before = (int64_t)(low >> 32);
			st = give(f, from + before);
		}
		at[behind]++;
	}
	return st;
}

static chy_status
find_window(struct finding *f, const struct page *of, const uint64_t *set,
    int64_t from, int64_t to)
{
	struct apart *apart;
	size_t n_apart;
	chy_arena arena;
	int64_t before = -1;
	chy_status st;

	chy_arena_init(&arena, 0);
	st = load_apart(f, &arena, of, set, from, to, &apart, &n_apart);
	for (uint32_t i = 0; i < f->n_terms && st == CHY_OK; i++) {
		st = load_keys(f, &f->terms[i], of, set, from, to, apart,
		    n_apart);
		if (st == CHY_OK && i > 0 && f->near == 0)
			step_on(&f->terms[0], &f->terms[i]);
		if (f->terms[0].n_keys == 0)
			break;
	}
	if (st == CHY_OK && f->near > 0 && f->terms[0].n_keys > 0)
		st = give_near(f, from);
	for (size_t i = 0; st == CHY_OK && f->near == 0 &&
	    i < f->terms[0].n_keys; i++) {
		int64_t row = from + (int64_t)(f->terms[0].keys[i] >> 32);

		if (row != before)
			st = give(f, row);
		before = row;
	}
	chy_arena_done(&arena);
	return st;
}

/* Rows that hold all words, then those that hold them one after another. */
static chy_status
find_phrase(struct finding *f, const struct page *of)
{
	size_t words = (size_t)(of->last_row - of->first_row) / 64 + 1;
	uint64_t *set = set_new(of), *one = set_new(of);
	chy_status st = set == NULL || one == NULL ? no_memory(f->err) : CHY_OK;

	for (uint32_t i = 0; i < f->n_terms && st == CHY_OK; i++) {
		if (i > 0)
			memset(one, 0, words * sizeof(*one));
		st = mark(f, &f->terms[i], of, i == 0 ? set : one);
		for (size_t w = 0; i > 0 && w < words; w++)
			set[w] &= one[w];
	}
	for (int64_t from = of->first_row; from <= of->last_row &&
	    st == CHY_OK; from += WINDOW) {
		int64_t to = from + WINDOW - 1 < of->last_row ?
		    from + WINDOW - 1 : of->last_row;

		if (has_row(set, of, from, to))
			st = find_window(f, of, set, from, to);
	}
	free(set);
	free(one);
	return st;
}


/* ---- a question ---- */

static bool
take_word(void *arg, chy_slice word, uint32_t off, uint32_t len)
{
	struct finding *f = arg;

	(void)off;
	(void)len;
	/* Of words that stand near each other one is as good as twice. */
	for (uint32_t i = 0; f->near > 0 && i < f->n_terms; i++)
		if (chy_slice_eq(f->terms[i].word, chy_token_kept(word)))
			return true;
	if (f->n_terms == PHRASE_WORDS) {
		f->n_terms++;
		return false;
	}
	f->terms[f->n_terms++] = (struct term){
		.word = chy_arena_copy(&f->arena, chy_token_kept(word)) };
	return true;
}

/* Go on to the segment that the first term's pages are of. */
static chy_status
find_in_segment(struct finding *f)
{
	const struct page *of = &f->terms[0].pages[f->terms[0].at];
	bool all = true;
	chy_status st = CHY_OK;

	for (uint32_t i = 0; i < f->n_terms && st == CHY_OK; i++) {
		struct term *t = &f->terms[i];

		while (t->at < t->n_pages &&
		    t->pages[t->at].first_row < of->first_row)
			t->at++;
		st = load_hits(f, t, of->segment);
		all &= t->n_hits > 0;
	}
	if (st != CHY_OK || !all)
		return st;
	if (of->last_row < of->first_row || of->last_row - of->first_row >
	    INT32_MAX)
		return damaged(f->err);
	return f->n_terms == 1 ? find_single(f, &f->terms[0], of) :
	    find_phrase(f, of);
}

chy_status
chy_pg_text_find(chy_db *base, const chy_text_query *query,
    chy_text_rows_fn rows, void *arg, chy_error *err)
{
	struct chy_pg *db = chy_pg_of(base);
	struct finding *f = calloc(1, sizeof(*f));
	chy_status st = f == NULL ? no_memory(err) : need_tokens(db, err);

	if (st == CHY_OK && db->at == PG_WRITING)
		st = chy_pg_text_flush(db, err);
	if (st != CHY_OK) {
		free(f);
		return st;
	}
	f->db = db;
	f->near = query->near;
	f->after = query->after;
	f->rows = rows;
	f->arg = arg;
	f->err = err;
	chy_arena_init(&f->arena, 0);
	f->terms = chy_arena_zalloc(&f->arena, PHRASE_WORDS + 1,
	    sizeof(*f->terms));
	if (f->terms == NULL || chy_cutter_cut(&db->tokens,
	    query->words, take_word, f) != SQLITE_OK || chy_arena_failed(&f->arena))
		st = no_memory(err);
	else if (f->n_terms > PHRASE_WORDS)
		st = chy_fail(err, CHY_ERR_TOO_LARGE, "a phrase of more than %u "
		    "words; leave some out", PHRASE_WORDS);
	if (st == CHY_OK && f->n_terms > 0)
		f->terms[f->n_terms - 1].prefix = query->prefix;
	for (uint32_t i = 0; i < f->n_terms && st == CHY_OK; i++)
		st = load_pages(f, &f->terms[i]);
	while (st == CHY_OK && f->n_terms > 0 &&
	    f->terms[0].at < f->terms[0].n_pages)
		st = find_in_segment(f);
	if (st == CHY_OK && f->n_portion > 0)
		st = rows(arg, f->portion, f->n_portion);
	for (uint32_t i = 0; f->terms != NULL && i < f->n_terms &&
	    i < PHRASE_WORDS; i++)
		free(f->terms[i].keys);
	chy_arena_done(&f->arena);
	free(f);
	return st;
}


/* ---- putting segments together ---- */

struct segment {
	int64_t	 id, first_row, last_row;
	int64_t	 bytes, places;
	unsigned level;		/* by its size */
};

static chy_status
load_segments(struct chy_pg *db, struct segment **ret, size_t *ret_n,
    chy_error *err)
{
	struct segment *at = NULL;
	size_t n = 0, cap = 0;
	chy_stmt *s;
	bool row;
	chy_status st = ready(db, PG_TEXT_SEGMENTS, &s, err);

	*ret = NULL;
	*ret_n = 0;
	if (st != CHY_OK)
		return st;
	while ((st = chy_pg_step(s, &row, err)) == CHY_OK && row) {
		struct segment one = { chy_pg_column_int(s, 0),
		    chy_pg_column_int(s, 1), chy_pg_column_int(s, 2),
		    chy_pg_column_int(s, 3), chy_pg_column_int(s, 4), 0 };

		for (int64_t b = one.bytes; b >= 65536; b /= 8)
			one.level++;
		if (n == cap) {
			struct segment *more;

			cap = cap * 2 + 64;
			more = realloc(at, cap * sizeof(*more));
			if (more == NULL) {
				st = no_memory(err);
				break;
			}
			at = more;
		}
		at[n++] = one;
	}
	chy_pg_reset(s);
	if (st != CHY_OK) {
		free(at);
		return st;
	}
	*ret = at;
	*ret_n = n;
	return CHY_OK;
}

/* The first run of `least` neighbours or more, the smallest ones first. */
static bool
choose(const struct segment *at, size_t n, size_t least, size_t *ret_from,
    size_t *ret_n)
{
	for (unsigned level = 0; level < 16; level++)
		for (size_t i = 0; i < n; i++) {
			int64_t rows = 0;
			size_t k = i;

			while (k < n && at[k].level <= level && k - i <
			    MERGE_MOST + least && rows + at[k].last_row -
			    at[k].first_row + 1 <= SEGMENT_ROWS) {
				rows += at[k].last_row - at[k].first_row + 1;
				k++;
			}
			if (k - i >= least) {
				*ret_from = i;
				*ret_n = k - i;
				return true;
			}
		}
	return false;
}

/* One of the segments being merged: its pages, some at a time. */
struct walker {
	const struct segment *of;
	chy_arena  arena;
	struct { chy_slice first, data; int64_t number; } pages[WALK_PAGES];
	size_t	   n, next;
	bool	   all;
	char	   first[CHY_PAGE_FIRST];	/* of the last page read */
	size_t	   first_len;
	int64_t	   number;
	struct chy_page_cursor cursor;
	struct chy_chunk chunk;
	bool	   has;
	int64_t	   shift;	/* of the numbers of places */
};

static chy_status
walk_more(struct chy_pg *db, struct walker *w, chy_error *err)
{
	chy_stmt *s;
	bool row;
	chy_status st = ready(db, PG_TEXT_WALK, &s, err);

	if (st != CHY_OK)
		return st;
	chy_arena_reset(&w->arena);
	w->n = w->next = 0;
	chy_pg_bind_int(s, 1, w->of->id);
	chy_pg_bind_blob(s, 2, (chy_slice){ w->first, w->first_len });
	chy_pg_bind_int(s, 3, w->number);
	while ((st = chy_pg_step(s, &row, err)) == CHY_OK && row &&
	    w->n < WALK_PAGES) {
		w->pages[w->n].number = chy_pg_column_int(s, 0);
		w->pages[w->n].first = chy_arena_copy(&w->arena,
		    chy_pg_column_blob(s, 1));
		w->pages[w->n].data = chy_arena_copy(&w->arena,
		    chy_pg_column_blob(s, 2));
		w->n++;
	}
	chy_pg_reset(s);
	if (st == CHY_OK && chy_arena_failed(&w->arena))
		st = no_memory(err);
	w->all = w->n < WALK_PAGES;
	if (st == CHY_OK && w->n > 0) {
		chy_slice first = chy_page_first(w->pages[w->n - 1].first);

		memcpy(w->first, first.ptr, first.len);
		w->first_len = first.len;
		w->number = w->pages[w->n - 1].number;
	}
	return st;
}

static chy_status
walk_next(struct chy_pg *db, struct walker *w, chy_error *err)
{
	chy_status st;

	for (;;) {
		int how = chy_page_next(&w->cursor, &w->chunk);

		if (how < 0)
			return damaged(err);
		w->has = how == 1;
		if (w->has)
			return CHY_OK;
		if (w->next == w->n) {
			if (w->all)
				return CHY_OK;
			st = walk_more(db, w, err);
			if (st != CHY_OK)
				return st;
			if (w->n == 0)
				return CHY_OK;
		}
		w->cursor.rest = w->pages[w->next++].data;
		w->cursor.term.len = 0;
	}
}

/* Write what the walkers give, in the order of words and rows. */
static chy_status
merge_chunks(struct chy_pg *db, struct walker *walkers, size_t n,
    struct chy_postings_writer *w, chy_error *err)
{
	chy_status st = CHY_OK;

	for (size_t i = 0; i < n && st == CHY_OK; i++)
		st = walk_next(db, &walkers[i], err);
	while (st == CHY_OK) {
		struct walker *least = NULL;
		int64_t last;

		for (size_t i = 0; i < n; i++)
			if (walkers[i].has && (least == NULL || chy_slice_cmp(
			    walkers[i].chunk.term, least->chunk.term) < 0))
				least = &walkers[i];
		if (least == NULL)
			break;
		last = chy_chunk_last(&least->chunk);
		if (last < 0)
			return damaged(err);
		if (least->chunk.apart != 0)
			least->chunk.apart += least->shift;
		chy_postings_put(w, &least->chunk, last);
		if (w->status != CHY_OK)
			return w->status;
		st = walk_next(db, least, err);
	}
	return st;
}

static chy_status
merge_run(struct chy_pg *db, const struct segment *at, size_t n,
    chy_error *err)
{
	struct putting p = { .db = db, .err = err };
	const struct chy_postings_sink sink = { &p, put_page, put_places };
	struct walker *walkers = calloc(n, sizeof(*walkers));
	struct chy_postings_writer w;
	int64_t places = 0;
	chy_status st = walkers == NULL ? no_memory(err) :
	    run_numbers(db, PG_TEXT_NEXT, 0, NULL, NULL, &p.segment, err), end;

	if (st != CHY_OK) {
		free(walkers);
		return st;
	}
	for (size_t i = 0; i < n; i++) {
		walkers[i].of = &at[i];
		walkers[i].shift = places;
		walkers[i].number = -1;
		chy_arena_init(&walkers[i].arena, 0);
		places += at[i].places;
	}
	chy_postings_begin(&w, &sink, places + 1);
	st = merge_chunks(db, walkers, n, &w, err);
	end = chy_postings_end(&w);
	if (st == CHY_OK && end != CHY_OK)
		st = end == CHY_ERR_NO_MEMORY ? no_memory(err) : end;
	for (size_t i = 0; i < n && st == CHY_OK; i++) {
		const int64_t copy[] = { p.segment, walkers[i].shift,
		    at[i].id };
		bool there;

		st = run_numbers(db, PG_TEXT_COPY_PLACES, 3, copy, NULL, NULL,
		    err);
		if (st == CHY_OK)
			st = run_numbers(db, PG_TEXT_DROP_PAGES, 1, &at[i].id,
			    NULL, NULL, err);
		if (st == CHY_OK)
			st = run_numbers(db, PG_TEXT_DROP_PLACES, 1, &at[i].id,
			    NULL, NULL, err);
		if (st == CHY_OK)
			st = run_numbers(db, PG_TEXT_DROP_SEGMENT, 1, &at[i].id,
			    &there, NULL, err);
		if (st == CHY_OK && !there)
			st = chy_fail(err, CHY_ERR_BUSY, "text index: another "
			    "process changed it; try again");
	}
	if (st == CHY_OK)
		st = put_segment(db, p.segment, at[0].first_row,
		    at[n - 1].last_row, &w, err);
	for (size_t i = 0; i < n; i++) {
		chy_arena_done(&walkers[i].arena);
		chy_buf_done(&walkers[i].cursor.term);
	}
	free(walkers);
	return st;
}

/* In a transaction: merge one run, unless another process merges. */
static chy_status
merge_some(struct chy_pg *db, size_t least, bool *ret_merged, chy_error *err)
{
	struct segment *at;
	size_t n, from, count;
	int64_t mine = 0;
	chy_status st = load_segments(db, &at, &n, err);

	*ret_merged = false;
	if (st != CHY_OK)
		return st;
	if (choose(at, n, least, &from, &count)) {
		free(at);
		st = run_numbers(db, PG_TEXT_LOCK, 0, NULL, NULL, &mine, err);
		if (st != CHY_OK || mine == 0)
			return st;
		/* With the lock, look again. */
		st = load_segments(db, &at, &n, err);
		if (st == CHY_OK && choose(at, n, least, &from, &count)) {
			st = merge_run(db, at + from, count, err);
			*ret_merged = st == CHY_OK;
		}
	}
	free(at);
	return st;
}

chy_status
chy_pg_text_merge(chy_db *base, bool *ret_done, chy_error *err)
{
	struct chy_pg *db = chy_pg_of(base);
	bool merged = false;
	chy_status st = chy_pg_ready(db, err);

	/* Not the writers' lock: nobody waits for this. */
	if (st == CHY_OK)
		st = chy_pg_run(db, "BEGIN", err);
	if (st != CHY_OK)
		return st;
	db->at = PG_WRITING;
	st = merge_some(db, MERGE_FROM, &merged, err);
	if (st == CHY_OK)
		st = base->engine->commit(base, err);
	else
		base->engine->rollback(base);
	*ret_done = !merged;
	return st;
}


/* ---- proving ---- */

static uint64_t
hash_word(int64_t row, uint32_t place, chy_slice word)
{
	uint64_t h = (uint64_t)row * UINT64_C(0x9e3779b97f4a7c15) ^
	    (uint64_t)(place + 1) * UINT64_C(0xc2b2ae3d27d4eb4f);

	for (size_t i = 0; i < word.len; i++)
		h = (h ^ (unsigned char)word.ptr[i]) *
		    UINT64_C(0x100000001b3);
	h ^= h >> 31;
	h *= UINT64_C(0xff51afd7ed558ccd);
	return h ^ h >> 29;
}

struct summing {
	uint64_t sum, n;
	int64_t	 row;
	uint32_t place;
};

static bool
sum_word(void *arg, chy_slice word, uint32_t off, uint32_t len)
{
	struct summing *s = arg;

	(void)off;
	(void)len;
	s->sum += hash_word(s->row, s->place++, chy_token_kept(word));
	s->n++;
	return true;
}

/* What the texts say. */
static chy_status
sum_source(struct chy_pg *db, int64_t last, struct summing *ret, bool *ret_all,
    chy_error *err)
{
	struct summing s = { .n = 0 };
	chy_buf text = CHY_BUF_INIT;
	chy_status st = need_tokens(db, err);

	*ret_all = true;
	for (s.row = 1; s.row <= last && st == CHY_OK && *ret_all; s.row++) {
		chy_buf_reset(&text);
		if (db->source(db->source_arg, s.row, &text) != CHY_OK) {
			*ret_all = false;
			break;
		}
		s.place = 0;
		if (chy_cutter_cut(&db->tokens, chy_buf_slice(&text), sum_word,
		    &s) != SQLITE_OK)
			st = no_memory(err);
	}
	chy_buf_reset(&text);
	/* And nothing comes after. */
	if (st == CHY_OK && db->source(db->source_arg, last + 1, &text) ==
	    CHY_OK)
		*ret_all = false;
	chy_buf_done(&text);
	*ret = s;
	return st;
}

/* What a chunk says; false where it is damaged. */
static bool
sum_chunk(const struct chy_chunk *chunk, chy_slice places,
    const struct segment *of, struct summing *s)
{
	struct chy_rows_cursor c;
	uint32_t place;

	chy_rows_begin(&c, chunk, places);
	while (chy_rows_next(&c)) {
		if (c.row < of->first_row || c.row > of->last_row)
			return false;
		while (chy_rows_place(&c, &place)) {
			s->sum += hash_word(c.row, place, chunk->term);
			s->n++;
		}
	}
	return !c.damaged && c.places.len == 0;
}

/* Chunks whose places stand apart, until they are asked for together. */
struct waiting {
	chy_arena arena;
	struct chy_chunk chunks[SUM_CHUNKS];
	size_t	  n;
};

static void
wait_for_places(struct waiting *w, const struct chy_chunk *chunk)
{
	struct chy_chunk *at = &w->chunks[w->n++];

	*at = *chunk;
	at->term = chy_arena_copy(&w->arena, chunk->term);
	at->docs = chy_arena_copy(&w->arena, chunk->docs);
}

static chy_status
sum_waiting(struct chy_pg *db, struct waiting *w, const struct segment *of,
    struct summing *s, bool *ret_sound, chy_error *err)
{
	chy_buf list = CHY_BUF_INIT;
	struct apart *apart;
	size_t n_apart;
	chy_status st;

	for (size_t i = 0; i < w->n; i++)
		want_apart(&list, w->chunks[i].apart);
	st = ask_apart(db, &w->arena, of->id, &list, w->n, &apart, &n_apart,
	    err);
	for (size_t i = 0; i < w->n && st == CHY_OK && *ret_sound; i++) {
		const struct apart *found = apart_find(apart, n_apart,
		    w->chunks[i].apart);

		*ret_sound = found != NULL &&
		    sum_chunk(&w->chunks[i], found->data, of, s);
	}
	chy_arena_reset(&w->arena);
	w->n = 0;
	return st;
}

static chy_status
sum_segment(struct chy_pg *db, const struct segment *of, struct summing *s,
    bool *ret_sound, chy_error *err)
{
	struct walker *w = calloc(1, sizeof(*w));
	struct waiting *waiting = calloc(1, sizeof(*waiting));
	chy_status st;

	if (w == NULL || waiting == NULL) {
		free(w);
		free(waiting);
		return no_memory(err);
	}
	w->of = of;
	w->number = -1;
	chy_arena_init(&w->arena, 0);
	chy_arena_init(&waiting->arena, 0);
	while ((st = walk_next(db, w, err)) == CHY_OK && w->has && *ret_sound) {
		if (w->chunk.apart == 0) {
			*ret_sound = sum_chunk(&w->chunk, w->chunk.places, of,
			    s);
			continue;
		}
		wait_for_places(waiting, &w->chunk);
		if (waiting->n == SUM_CHUNKS) {
			st = sum_waiting(db, waiting, of, s, ret_sound, err);
			if (st != CHY_OK)
				break;
		}
	}
	if (st == CHY_OK && *ret_sound)
		st = sum_waiting(db, waiting, of, s, ret_sound, err);
	if (st == CHY_ERR_STORE) {
		*ret_sound = false;
		st = CHY_OK;
	}
	chy_arena_done(&w->arena);
	chy_arena_done(&waiting->arena);
	chy_buf_done(&w->cursor.term);
	free(w);
	free(waiting);
	return st;
}

chy_status
chy_pg_text_check(chy_db *base, bool *ret_sound, chy_error *err)
{
	struct chy_pg *db = chy_pg_of(base);
	struct summing index = { .n = 0 }, source;
	struct segment *at;
	size_t n;
	chy_status st = load_segments(db, &at, &n, err);

	if (st != CHY_OK)
		return st;
	*ret_sound = true;
	for (size_t i = 0; i < n && st == CHY_OK && *ret_sound; i++)
		st = sum_segment(db, &at[i], &index, ret_sound, err);
	if (st == CHY_OK && *ret_sound)
		st = sum_source(db, n > 0 ? at[n - 1].last_row : 0, &source,
		    ret_sound, err);
	if (st == CHY_OK && *ret_sound)
		*ret_sound = source.sum == index.sum && source.n == index.n;
	free(at);
	return st;
}
