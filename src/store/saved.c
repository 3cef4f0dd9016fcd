/*
 * Saved searches: SQL.
 *
 * SPDX-License-Identifier: ISC
 */
#include "store/saved.h"

static chy_status
add_row(chy_stmt *s, chy_arena *arena, chy_saved_row **rows, uint32_t *n,
    uint32_t *cap)
{
	if (*n == *cap) {
		chy_saved_row *more = chy_arena_alloc(arena,
		    ((size_t)*cap * 2 + 8) * sizeof(*more));

		if (more == NULL)
			return CHY_ERR_NO_MEMORY;
		if (*n > 0)
			memcpy(more, *rows, *n * sizeof(*more));
		*rows = more;
		*cap = *cap * 2 + 8;
	}
	(*rows)[(*n)++] = (chy_saved_row){
		.reader = chy_arena_copy(arena, chy_column_text(s, 0)),
		.name = chy_arena_copy(arena, chy_column_text(s, 1)),
		.query = chy_arena_copy(arena, chy_column_text(s, 2)),
		.made = chy_column_int(s, 3),
		.told = chy_column_int(s, 4),
		.known = chy_arena_copy(arena, chy_column_blob(s, 5)),
	};
	return CHY_OK;
}

chy_status
chy_store_saved_list(chy_store *store, chy_slice reader, chy_slice name,
    chy_arena *arena, chy_saved_row **ret, uint32_t *ret_n, chy_error *err)
{
	uint32_t cap = 0, n = 0;
	chy_saved_row *rows = NULL;
	chy_stmt *s;
	bool row;
	chy_status st = chy_db_prepare(chy_store_db(store), name.len > 0 ?
	    "SELECT reader, name, query, made, told, known FROM saved "
	    "WHERE reader = ? AND name = ?" :
	    "SELECT reader, name, query, made, told, known FROM saved "
	    "WHERE reader = ? ORDER BY name", &s, err);

	if (st != CHY_OK)
		return st;
	chy_stmt_text(s, 1, reader);
	if (name.len > 0)
		chy_stmt_text(s, 2, name);
	while ((st = chy_stmt_step(s, &row, err)) == CHY_OK && row) {
		st = add_row(s, arena, &rows, &n, &cap);
		if (st != CHY_OK)
			break;
	}
	chy_stmt_free(s);
	if (st == CHY_OK && chy_arena_failed(arena))
		st = CHY_ERR_NO_MEMORY;
	if (st == CHY_ERR_NO_MEMORY)
		return chy_fail(err, st, "no memory");
	*ret = rows;
	*ret_n = n;
	return st;
}

chy_status
chy_store_saved_put(chy_store *store, const chy_saved_row *row,
    chy_error *err)
{
	chy_stmt *s;
	chy_status st = chy_db_prepare(chy_store_db(store), "INSERT INTO saved "
	    "(reader, name, query, made, told, known) "
	    "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (reader, name) DO UPDATE "
	    "SET query = excluded.query, made = excluded.made, "
	    "told = excluded.told, known = excluded.known", &s, err);

	if (st != CHY_OK)
		return st;
	chy_stmt_text(s, 1, row->reader);
	chy_stmt_text(s, 2, row->name);
	chy_stmt_text(s, 3, row->query);
	chy_stmt_int(s, 4, row->made);
	chy_stmt_int(s, 5, row->told);
	chy_stmt_blob(s, 6, row->known);
	st = chy_stmt_run(s, err);
	chy_stmt_free(s);
	return st;
}

chy_status
chy_store_saved_remove(chy_store *store, chy_slice reader, chy_slice name,
    chy_error *err)
{
	chy_stmt *s;
	chy_status st = chy_db_prepare(chy_store_db(store), "DELETE FROM saved "
	    "WHERE reader = ? AND name = ?", &s, err);

	if (st != CHY_OK)
		return st;
	chy_stmt_text(s, 1, reader);
	chy_stmt_text(s, 2, name);
	st = chy_stmt_run(s, err);
	chy_stmt_free(s);
	return st;
}
