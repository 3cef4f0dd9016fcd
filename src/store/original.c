/*
 * Originals, read again.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/limits.h"
#include "forms/forms.h"
#include "store/pack.h"
#include "store/store_int.h"

/* "form=state year=1975", as the import was told. */
static void
parse_options(chy_slice text, chy_original *ret)
{
	while (text.len > 0) {
		size_t end = chy_slice_find(text, CHY_SLICE(" "), 0);
		chy_slice word = chy_slice_sub(text, 0, end);

		if (chy_slice_starts(word, CHY_SLICE("form=")))
			ret->form = chy_slice_from(word, 5);
		else if (chy_slice_starts(word, CHY_SLICE("year=")))
			for (size_t i = 5; i < word.len; i++)
				ret->year = ret->year * 10 + (word.ptr[i] - '0');
		text = chy_slice_from(text, end + 1);
	}
}

/* An original as the database has it. */
static struct packed_original
packed_of(chy_stmt *s)
{
	return (struct packed_original){
		.sha256 = chy_column_blob(s, 0), .size = chy_column_int(s, 1),
		.codec = chy_column_int(s, 2), .data = chy_column_blob(s, 3),
		.file = chy_column_text(s, 4), .part = chy_column_int(s, 5),
		.place = chy_column_int(s, 6), .options = chy_column_text(s, 7),
	};
}

static chy_status
unpack_original(chy_store *store, const struct packed_original *p, int64_t id,
    chy_arena *arena, chy_original *ret, chy_error *err)
{
	chy_original o = { .id = id, .form = CHY_EMPTY };
	chy_status st;

	if (p->sha256.len == CHY_SHA256)
		memcpy(o.sha256, p->sha256.ptr, CHY_SHA256);
	if (p->size < 0 || (uint64_t)p->size > CHY_LIMIT_FILE)
		return chy_fail(err, CHY_ERR_STORE, "an original is longer than "
		    "any can be; run chancery verify");
	st = chy_unpack(store, p->data, p->codec, (uint64_t)p->size, arena,
	    &o.bytes, err);
	if (st == CHY_OK && o.bytes.len != (uint64_t)p->size)
		st = chy_fail(err, CHY_ERR_STORE, "an original is not as long as "
		    "it was; run chancery verify");
	if (st != CHY_OK)
		return st;
	o.file = chy_arena_copy(arena, p->file);
	o.part = (uint32_t)p->part;
	o.place = (uint64_t)p->place;
	parse_options(chy_arena_copy(arena, p->options), &o);
	if (chy_arena_failed(arena))
		return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	*ret = o;
	return CHY_OK;
}

chy_status
chy_original_take(chy_store *store, chy_stmt *s, int64_t id,
    chy_arena *arena, chy_original *ret, chy_error *err)
{
	struct packed_original p = packed_of(s);

	return unpack_original(store, &p, id, arena, ret, err);
}


/* ---- reading ahead ---- */

/*
 * Who asks a server for one original after another waits for the way there and
 * back at each. So those of a page are asked for together; and when one is
 * asked for right after the one before, the next ones come with it.
 */
void
chy_store_ahead_clear(chy_store *store)
{
	if (store->ahead.n > 0)
		chy_arena_reset(&store->ahead.arena);
	store->ahead.n = 0;
	store->ahead.asked = -1;
}

static const struct packed_original *
ahead_find(const chy_store *store, int64_t id)
{
	for (uint32_t i = 0; i < store->ahead.n; i++)
		if (store->ahead.at[i].id == id)
			return &store->ahead.at[i];
	return NULL;
}

/* Keep what the statement, with its parameters, gives. */
static chy_status
ahead_take(chy_store *store, chy_stmt *s, chy_error *err)
{
	chy_arena *arena = &store->ahead.arena;
	size_t bytes = 0;
	chy_status st;
	bool row;

	chy_store_ahead_clear(store);
	while ((st = chy_stmt_step(s, &row, err)) == CHY_OK && row &&
	    bytes < AHEAD_BYTES && store->ahead.n < AHEAD) {
		struct packed_original p = packed_of(s);

		p.id = chy_column_int(s, 8);
		p.sha256 = chy_arena_copy(arena, p.sha256);
		p.data = chy_arena_copy(arena, p.data);
		p.file = chy_arena_copy(arena, p.file);
		p.options = chy_arena_copy(arena, p.options);
		bytes += p.data.len;
		store->ahead.at[store->ahead.n++] = p;
	}
	chy_stmt_reset(s);
	if (st == CHY_OK && chy_arena_failed(arena))
		st = chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	if (st != CHY_OK)
		chy_store_ahead_clear(store);
	return st;
}

/* Those from `id` on. */
static chy_status
ahead_load(chy_store *store, int64_t id, chy_error *err)
{
	chy_stmt *s = chy_store_stmt(store, ST_COPY_ORIGINALS, err);

	if (s == NULL)
		return CHY_ERR_STORE;
	chy_stmt_int(s, 1, id - 1);
	chy_stmt_int(s, 2, id - 1 + AHEAD);
	return ahead_take(store, s, err);
}

chy_status
chy_store_ahead(chy_store *store, const int64_t *ids, uint32_t n,
    chy_error *err)
{
	chy_stmt *s;

	if (!chy_db_is_far(store->db) || n < 2)
		return CHY_OK;
	s = chy_store_stmt(store, ST_GET_ORIGINALS, err);
	if (s == NULL)
		return CHY_ERR_STORE;
	for (uint32_t i = 0; i < CHY_STORE_AHEAD; i++)
		if (i < n)
			chy_stmt_int(s, (int)i + 1, ids[i]);
		else
			chy_stmt_null(s, (int)i + 1);
	return ahead_take(store, s, err);
}

chy_status
chy_store_original(chy_store *store, int64_t id, chy_arena *arena,
    chy_original *ret, chy_error *err)
{
	const struct packed_original *p = ahead_find(store, id);
	chy_status st = CHY_OK;
	chy_stmt *s;
	bool row;

	if (p == NULL && chy_db_is_far(store->db) &&
	    id == store->ahead.asked + 1) {
		st = ahead_load(store, id, err);
		if (st != CHY_OK)
			return st;
		p = ahead_find(store, id);
	}
	store->ahead.asked = id;
	if (p != NULL)
		return unpack_original(store, p, id, arena, ret, err);
	s = chy_store_stmt(store, ST_GET_ORIGINAL, err);
	if (s == NULL)
		return CHY_ERR_STORE;
	chy_stmt_int(s, 1, id);
	st = chy_stmt_step(s, &row, err);
	if (st == CHY_OK && !row)
		st = chy_fail(err, CHY_ERR_STORE,
		    "an original is missing; run chancery verify");
	if (st == CHY_OK)
		st = chy_original_take(store, s, id, arena, ret, err);
	chy_stmt_reset(s);
	return st;
}

/* The first piece is the telegram: each original holds one. */
struct first {
	chy_piece_fn each;
	void	    *arg;
	uint32_t     part;
	bool	     done;
};

static chy_status
first_piece(void *arg, const chy_piece *piece)
{
	struct first *f = arg;
	chy_piece own = *piece;

	if (f->done)
		return CHY_OK;
	f->done = true;
	own.part = f->part;
	return f->each(f->arg, &own);
}

chy_status
chy_original_piece(const chy_original *original, chy_piece_fn each, void *arg,
    chy_error *err)
{
	struct first f = { each, arg, original->part, false };

	return chy_intake_bytes(original->bytes, first_piece, &f, err);
}

struct rereading {
	const chy_original *original;
	chy_telegram	   *tel;
	chy_error	   *err;
	bool		    done;
};

static chy_status
reread_piece(void *arg, const chy_piece *piece)
{
	struct rereading *r = arg;
	char form[32] = "";
	chy_read_options opts = {
		.year = r->original->year, .file = r->original->file,
		.part = r->original->part, .wrapper = piece->wrapper,
	};

	if (r->original->form.len > 0 &&
	    r->original->form.len < sizeof(form)) {
		memcpy(form, r->original->form.ptr, r->original->form.len);
		opts.form = form;
	}
	r->done = true;
	return chy_telegram_reread(r->tel, piece->text, &opts, r->err);
}

chy_status
chy_original_reread(const chy_original *original, chy_telegram *tel,
    chy_error *err)
{
	struct rereading r = { original, tel, err, false };
	chy_status st = chy_original_piece(original, reread_piece, &r, err);

	if (st == CHY_OK && !r.done)
		return chy_fail(err, CHY_ERR_STORE,
		    "an original holds no telegram; run chancery verify");
	return st;
}
