/*
 * Descriptions of programmes and what people recorded of them. Rows are only
 * added: a newer one with the same key takes the place of an older one, which
 * stays as history.
 *
 * SPDX-License-Identifier: ISC
 */
#include "store/store_programme.h"

#include "base/compiler.h"

static const struct kept_table {
	const char *name;
	const char *columns[CHY_KEPT_CELLS + 1];
	uint32_t    key;
	const char *find;	/* by programme and key */
	const char *put;
	const char *replace;
	const char *all;
	const char *history;
} tables[CHY_KEPT_KINDS] = {
	[CHY_KEPT_RATING] = { "rating",
	    { "subject", "year", "source", "kind", "assigned", "name", "grade",
	      "published", "reason" }, 5,
	    "SELECT id, gone, marking, subject, year, source, kind, assigned, "
	    "name, grade, published, reason FROM programme_rating "
	    "WHERE programme = ? AND subject = ? AND year = ? AND source = ? "
	    "AND kind = ? AND assigned = ? AND replaced IS NULL",
	    "INSERT INTO programme_rating (programme, subject, year, source, "
	    "kind, assigned, name, grade, published, reason, marking, gone, "
	    "recorded) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
	    "UPDATE programme_rating SET replaced = (SELECT MAX(id) FROM "
	    "programme_rating) WHERE id = ?",
	    "SELECT id, recorded, replaced, gone, marking, subject, year, "
	    "source, kind, assigned, name, grade, published, reason "
	    "FROM programme_rating WHERE programme = ? AND replaced IS NULL "
	    "AND gone = 0 ORDER BY id",
	    "SELECT id, recorded, replaced, gone, marking, subject, year, "
	    "source, kind, assigned, name, grade, published, reason "
	    "FROM programme_rating WHERE programme = ? ORDER BY id" },
	[CHY_KEPT_FACT] = { "fact",
	    { "fact", "name", "subject", "year", "date", "value", "note",
	      "source" }, 4,
	    "SELECT id, gone, marking, fact, name, subject, year, date, "
	    "value, note, source FROM programme_fact WHERE programme = ? "
	    "AND fact = ? AND name = ? AND subject = ? AND year = ? "
	    "AND replaced IS NULL",
	    "INSERT INTO programme_fact (programme, fact, name, subject, "
	    "year, date, value, note, source, marking, gone, recorded) "
	    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
	    "UPDATE programme_fact SET replaced = (SELECT MAX(id) FROM "
	    "programme_fact) WHERE id = ?",
	    "SELECT id, recorded, replaced, gone, marking, fact, name, "
	    "subject, year, date, value, note, source FROM programme_fact "
	    "WHERE programme = ? AND replaced IS NULL AND gone = 0 ORDER BY id",
	    "SELECT id, recorded, replaced, gone, marking, fact, name, "
	    "subject, year, date, value, note, source FROM programme_fact "
	    "WHERE programme = ? ORDER BY id" },
	[CHY_KEPT_RECOMMENDATION] = { "recommendation",
	    { "subject", "year", "n", "recommendation", "answer", "answered",
	      "evidence" }, 3,
	    "SELECT id, gone, marking, subject, year, n, recommendation, "
	    "answer, answered, evidence FROM programme_recommendation "
	    "WHERE programme = ? AND subject = ? AND year = ? AND n = ? "
	    "AND replaced IS NULL",
	    "INSERT INTO programme_recommendation (programme, subject, year, "
	    "n, recommendation, answer, answered, evidence, marking, gone, "
	    "recorded) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
	    "UPDATE programme_recommendation SET replaced = (SELECT MAX(id) "
	    "FROM programme_recommendation) WHERE id = ?",
	    "SELECT id, recorded, replaced, gone, marking, subject, year, n, "
	    "recommendation, answer, answered, evidence "
	    "FROM programme_recommendation WHERE programme = ? "
	    "AND replaced IS NULL AND gone = 0 ORDER BY id",
	    "SELECT id, recorded, replaced, gone, marking, subject, year, n, "
	    "recommendation, answer, answered, evidence "
	    "FROM programme_recommendation WHERE programme = ? ORDER BY id" },
	[CHY_KEPT_TELEGRAM] = { "telegram",
	    { "subject", "year", "telegram", "paragraph", "state", "note" }, 4,
	    "SELECT id, gone, marking, subject, year, telegram, paragraph, "
	    "state, note FROM programme_telegram WHERE programme = ? "
	    "AND subject = ? AND year = ? AND telegram = ? AND paragraph = ? "
	    "AND replaced IS NULL",
	    "INSERT INTO programme_telegram (programme, subject, year, "
	    "telegram, paragraph, state, note, marking, gone, recorded) "
	    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
	    "UPDATE programme_telegram SET replaced = (SELECT MAX(id) FROM "
	    "programme_telegram) WHERE id = ?",
	    "SELECT id, recorded, replaced, gone, marking, subject, year, "
	    "telegram, paragraph, state, note FROM programme_telegram "
	    "WHERE programme = ? AND replaced IS NULL AND gone = 0 ORDER BY id",
	    "SELECT id, recorded, replaced, gone, marking, subject, year, "
	    "telegram, paragraph, state, note FROM programme_telegram "
	    "WHERE programme = ? ORDER BY id" },
};

const char *const *
chy_kept_columns(chy_kept_kind kind, uint32_t *ret_key)
{
	if (ret_key != NULL)
		*ret_key = tables[kind].key;
	return tables[kind].columns;
}

const char *
chy_kept_kind_name(chy_kept_kind kind)
{
	return tables[kind].name;
}


/* ---- descriptions ---- */

chy_status
chy_store_programme(chy_store *store, chy_slice id, chy_arena *arena,
    chy_slice *ret_text, int64_t *ret_recorded, chy_error *err)
{
	chy_stmt *s = NULL;
	bool row = false;
	chy_status st = chy_db_prepare(chy_store_db(store), "SELECT text, "
	    "recorded FROM programme WHERE programme = ? AND replaced IS NULL",
	    &s, err);

	if (st != CHY_OK)
		return st;
	chy_stmt_text(s, 1, id);
	st = chy_stmt_step(s, &row, err);
	if (st == CHY_OK && !row)
		st = chy_fail(err, CHY_ERR_NOT_FOUND, "there is no programme "
		    "%.*s", CHY_ARG(chy_slice_sub(id, 0, 60)));
	if (st == CHY_OK) {
		*ret_text = chy_arena_copy(arena, chy_column_text(s, 0));
		*ret_recorded = chy_column_int(s, 1);
		if (chy_arena_failed(arena))
			st = chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	}
	chy_stmt_free(s);
	return st;
}

chy_status
chy_store_programmes(chy_store *store, chy_arena *arena, chy_slice **ret,
    uint32_t *ret_n, chy_error *err)
{
	chy_stmt *s = NULL;
	chy_slice *ids = NULL;
	uint32_t n = 0, cap = 0;
	bool row;
	chy_status st = chy_db_prepare(chy_store_db(store), "SELECT programme "
	    "FROM programme WHERE replaced IS NULL ORDER BY programme", &s,
	    err);

	while (st == CHY_OK && (st = chy_stmt_step(s, &row, err)) == CHY_OK &&
	    row) {
		if (n == cap) {
			chy_slice *more = chy_arena_zalloc(arena,
			    (size_t)cap * 2 + 8, sizeof(*more));

			if (more == NULL)
				break;
			if (n > 0)
				memcpy(more, ids, n * sizeof(*more));
			ids = more;
			cap = cap * 2 + 8;
		}
		ids[n++] = chy_arena_copy(arena, chy_column_text(s, 0));
	}
	chy_stmt_free(s);
	if (st == CHY_OK && chy_arena_failed(arena))
		st = chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	if (st == CHY_OK) {
		*ret = ids;
		*ret_n = n;
	}
	return st;
}

chy_status
chy_store_programme_put(chy_store *store, chy_slice id, chy_slice text,
    int64_t now, chy_error *err)
{
	chy_stmt *put = NULL, *replace = NULL;
	chy_status st = chy_db_prepare(chy_store_db(store), "INSERT INTO "
	    "programme (programme, text, recorded) VALUES (?, ?, ?)", &put,
	    err);

	if (st == CHY_OK)
		st = chy_db_prepare(chy_store_db(store), "UPDATE programme "
		    "SET replaced = (SELECT MAX(id) FROM programme) "
		    "WHERE programme = ?1 AND replaced IS NULL AND "
		    "id < (SELECT MAX(id) FROM programme)", &replace, err);
	if (st == CHY_OK) {
		chy_stmt_text(put, 1, id);
		chy_stmt_text(put, 2, text);
		chy_stmt_int(put, 3, now);
		st = chy_stmt_run(put, err);
	}
	if (st == CHY_OK) {
		chy_stmt_text(replace, 1, id);
		st = chy_stmt_run(replace, err);
	}
	chy_stmt_free(put);
	chy_stmt_free(replace);
	return st;
}


/* ---- rows ---- */

static uint32_t
cell_count(chy_kept_kind kind)
{
	uint32_t n = 0;

	while (n < CHY_KEPT_CELLS && tables[kind].columns[n] != NULL)
		n++;
	return n;
}

/* Years and numbers are kept as such; 0 where there is none. */
static bool
is_number(const char *column)
{
	return strcmp(column, "year") == 0 || strcmp(column, "n") == 0;
}

static void
bind_cell(chy_stmt *s, int at, const char *column, chy_slice value)
{
	if (is_number(column) && value.len == 0)
		chy_stmt_int(s, at, 0);
	else
		chy_stmt_text(s, at, value);
}

static chy_slice
get_cell(chy_stmt *s, int at, const char *column)
{
	if (is_number(column) && chy_column_int(s, at) == 0)
		return CHY_EMPTY;
	return chy_column_text(s, at);
}

/* The row of this key that holds: 0 where there is none; *ret_same tells
 * whether it says the same. */
static chy_status
find_row(chy_store *store, chy_slice programme, const chy_kept *row,
    int64_t *ret_id, bool *ret_same, bool *ret_gone, chy_error *err)
{
	const struct kept_table *t = &tables[row->kind];
	chy_stmt *s = NULL;
	bool found = false;
	chy_status st = chy_db_prepare(chy_store_db(store), t->find, &s, err);

	if (st != CHY_OK)
		return st;
	*ret_id = 0;
	*ret_same = *ret_gone = false;
	chy_stmt_text(s, 1, programme);
	for (uint32_t i = 0; i < t->key; i++)
		bind_cell(s, (int)i + 2, t->columns[i], row->cells[i]);
	st = chy_stmt_step(s, &found, err);
	if (st == CHY_OK && found) {
		uint32_t n = cell_count(row->kind);

		*ret_id = chy_column_int(s, 0);
		*ret_gone = chy_column_int(s, 1) != 0;
		*ret_same = *ret_gone == row->gone &&
		    chy_slice_eq(chy_column_text(s, 2), row->marking);
		for (uint32_t i = 0; i < n; i++)
			*ret_same = *ret_same && chy_slice_eq(get_cell(s,
			    (int)i + 3, t->columns[i]), row->cells[i]);
	}
	chy_stmt_free(s);
	return st;
}

static chy_status
insert_row(chy_store *store, chy_slice programme, const chy_kept *row,
    int64_t now, chy_error *err)
{
	const struct kept_table *t = &tables[row->kind];
	int n = (int)cell_count(row->kind);
	chy_stmt *s = NULL;
	chy_status st = chy_db_prepare(chy_store_db(store), t->put, &s, err);

	if (st != CHY_OK)
		return st;
	chy_stmt_text(s, 1, programme);
	for (int i = 0; i < n; i++)
		bind_cell(s, i + 2, t->columns[i], row->cells[i]);
	chy_stmt_text(s, n + 2, row->marking);
	chy_stmt_int(s, n + 3, row->gone);
	chy_stmt_int(s, n + 4, now);
	st = chy_stmt_run(s, err);
	chy_stmt_free(s);
	return st;
}

chy_status
chy_store_kept_put(chy_store *store, chy_slice programme, const chy_kept *row,
    int64_t now, chy_kept_done *ret, chy_error *err)
{
	chy_stmt *s = NULL;
	int64_t id;
	bool same, gone;
	chy_status st = find_row(store, programme, row, &id, &same, &gone,
	    err);

	if (st != CHY_OK)
		return st;
	/* What never was cannot go. */
	if (same || (id == 0 && row->gone)) {
		*ret = CHY_KEPT_SAME;
		return CHY_OK;
	}
	st = insert_row(store, programme, row, now, err);
	if (st == CHY_OK && id != 0)
		st = chy_db_prepare(chy_store_db(store),
		    tables[row->kind].replace, &s, err);
	if (st == CHY_OK && id != 0) {
		chy_stmt_int(s, 1, id);
		st = chy_stmt_run(s, err);
	}
	chy_stmt_free(s);
	if (st == CHY_OK)
		*ret = id == 0 || gone ? CHY_KEPT_NEW : CHY_KEPT_CHANGED;
	return st;
}

chy_status
chy_store_kept_each(chy_store *store, chy_slice programme, chy_kept_kind kind,
    bool history, chy_kept_fn each, void *arg, chy_error *err)
{
	const struct kept_table *t = &tables[kind];
	uint32_t n = cell_count(kind);
	chy_stmt *s = NULL;
	bool more;
	chy_status st = chy_db_prepare(chy_store_db(store),
	    history ? t->history : t->all, &s, err);

	if (st != CHY_OK)
		return st;
	chy_stmt_text(s, 1, programme);
	while ((st = chy_stmt_step(s, &more, err)) == CHY_OK && more) {
		chy_kept row = { .kind = kind, .id = chy_column_int(s, 0),
		    .recorded = chy_column_int(s, 1),
		    .replaced = chy_column_is_null(s, 2) ? 0 :
			chy_column_int(s, 2),
		    .gone = chy_column_int(s, 3) != 0,
		    .marking = chy_column_text(s, 4) };

		for (uint32_t i = 0; i < n; i++)
			row.cells[i] = get_cell(s, (int)i + 5, t->columns[i]);
		st = each(arg, &row);
		if (st != CHY_OK)
			break;
	}
	chy_stmt_free(s);
	return st;
}
