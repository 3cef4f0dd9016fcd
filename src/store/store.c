/*
 * Opening an archive, its schema, its labels, its snapshot.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "store/likeness.h"
#include "store/pack.h"
#include "store/store_int.h"

/* Milliseconds between two attempts to bring the schema forward. */
#define MIGRATE_PAUSE	100u

#define SQL_(name, sql)	[ST_##name] = sql,
static const char *const statement_sql[] = {
	STATEMENTS(SQL_)
};
#undef SQL_

/* Where PostgreSQL's schema has more to say: bytes lie in parts by year, and
 * small and capital letters are one to a function. */
static const struct {
	enum store_statement which;
	const char *sql;
} of_postgresql[] = {
	{ ST_PUT_ORIGINAL, "INSERT INTO original (id, sha256, size, codec, "
	    "file, container, part, place, options, year) "
	    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)" },
	{ ST_PUT_BYTES, "INSERT INTO bytes_by_year (original, data, year) "
	    "VALUES (?, ?, ?)" },
	{ ST_DELIVERIES_TO, "SELECT " DELIVERY_COLUMNS
	    " FROM delivery d WHERE lower(d.office) = "
	    "lower(CAST(? AS text) COLLATE \"C\") "
	    "AND d.state = 0 AND d.kind IN (0, 1) ORDER BY d.id" },
};

static const char *
sql_of(const chy_store *store, enum store_statement which)
{
	for (size_t i = 0; store->by_year && i < ARRAY_LEN(of_postgresql); i++)
		if (of_postgresql[i].which == which)
			return of_postgresql[i].sql;
	return statement_sql[which];
}

chy_stmt *
chy_store_stmt(chy_store *store, enum store_statement which, chy_error *err)
{
	chy_stmt **stmt = &store->statements[which];

	if (*stmt == NULL && chy_db_prepare(store->db, sql_of(store, which),
	    stmt, err) != CHY_OK)
		return NULL;
	chy_stmt_reset(*stmt);
	return *stmt;
}

chy_stmt *
chy_store_stmt_aside(chy_store *store, const char *sql, chy_error *err)
{
	uint32_t at = 0, full = store->n_aside < ASIDE ? store->n_aside : ASIDE;
	chy_stmt *stmt;

	while (at < full && store->aside[at].sql != sql)
		at++;
	if (at < full) {
		chy_stmt_reset(store->aside[at].stmt);
		return store->aside[at].stmt;
	}
	if (chy_db_prepare(store->db, sql, &stmt, err) != CHY_OK)
		return NULL;
	at = store->n_aside++ % ASIDE;
	chy_stmt_free(store->aside[at].stmt);
	store->aside[at].sql = sql;
	store->aside[at].stmt = stmt;
	return stmt;
}

chy_status
chy_store_get_meta(chy_store *store, const char *key, int64_t *ret,
    chy_error *err)
{
	chy_stmt *s = chy_store_stmt(store, ST_GET_META, err);
	chy_status st;
	bool row;

	if (s == NULL)
		return CHY_ERR_STORE;
	chy_stmt_text(s, 1, chy_slice_of(key));
	st = chy_stmt_step(s, &row, err);
	if (st == CHY_OK)
		*ret = row ? chy_column_int(s, 0) : 0;
	chy_stmt_reset(s);
	return st;
}

chy_status
chy_store_put_meta(chy_store *store, const char *key, int64_t value,
    chy_error *err)
{
	chy_stmt *s = chy_store_stmt(store, ST_PUT_META, err);

	if (s == NULL)
		return CHY_ERR_STORE;
	chy_stmt_text(s, 1, chy_slice_of(key));
	chy_stmt_int(s, 2, value);
	return chy_stmt_run(s, err);
}

chy_status
chy_store_number(chy_store *store, const char *sql, int64_t *ret,
    chy_error *err)
{
	chy_stmt *s = NULL;
	bool row = false;
	chy_status st = chy_db_prepare(store->db, sql, &s, err);

	if (st == CHY_OK)
		st = chy_stmt_step(s, &row, err);
	if (st == CHY_OK)
		*ret = row ? chy_column_int(s, 0) : 0;
	chy_stmt_free(s);
	return st;
}


/* ---- the schema ---- */

/* 0 for a file without tables; -1 for a database that is no archive. */
static chy_status
schema_version(chy_store *store, int64_t *ret, chy_error *err)
{
	bool any, meta = false, original = false;
	chy_status st = chy_db_has_table(store->db, NULL, &any, err);

	if (st == CHY_OK)
		st = chy_db_has_table(store->db, "meta", &meta, err);
	if (st == CHY_OK)
		st = chy_db_has_table(store->db, "original", &original, err);
	if (st != CHY_OK)
		return st;
	if (meta && original)
		return chy_store_get_meta(store, "schema", ret, err);
	*ret = any ? -1 : 0;
	return CHY_OK;
}

static int64_t
newest_schema(const char *engine)
{
	int64_t newest = 0;

	for (size_t i = 0; i < chy_schema_step_count; i++)
		if (strcmp(chy_schema_steps[i].engine, engine) == 0 &&
		    chy_schema_steps[i].version > newest)
			newest = chy_schema_steps[i].version;
	return newest;
}

static chy_status
run_steps(chy_store *store, int64_t from, chy_error *err)
{
	const char *engine = chy_db_engine_name(store->db);
	chy_status st = CHY_OK;

	for (size_t i = 0; i < chy_schema_step_count && st == CHY_OK; i++)
		if (strcmp(chy_schema_steps[i].engine, engine) == 0 &&
		    chy_schema_steps[i].version > from)
			st = chy_db_exec(store->db, chy_schema_steps[i].sql, err);
	return st;
}

/* Forward only, in one transaction; who comes second finds it done. */
static chy_status
migrate_once(chy_store *store, int64_t newest, chy_error *err)
{
	int64_t have;
	chy_status st = chy_db_begin(store->db, true, err);

	if (st != CHY_OK)
		return st;
	st = schema_version(store, &have, err);
	if (st == CHY_OK && have != newest) {
		st = run_steps(store, have, err);
		if (st == CHY_OK)
			st = chy_store_put_meta(store, "schema", newest, err);
	}
	if (st == CHY_OK)
		return chy_db_commit(store->db, err);
	chy_db_rollback(store->db);
	return st;
}

static chy_status
migrate(chy_store *store, const char *where, uint32_t busy_ms,
    chy_error *err)
{
	int64_t newest = newest_schema(chy_db_engine_name(store->db));
	int64_t have;
	chy_status st = schema_version(store, &have, err);

	if (st != CHY_OK || have == newest)
		return st;
	if (have < 0)
		return chy_fail(err, CHY_ERR_INVALID, "%s: a database, but not an "
		    "archive; give another path", where);
	if (have == 0 && !store->create)
		return chy_fail(err, CHY_ERR_NOT_FOUND, "%s: there is no such "
		    "archive; import something to make it", where);
	if (have > newest)
		return chy_fail(err, CHY_ERR_UNSUPPORTED, "%s: made by a newer "
		    "version of the program; use that one", where);
	if (store->read_only)
		return chy_fail(err, CHY_ERR_UNSUPPORTED, "%s: made by an older "
		    "version of the program; open it for writing once", where);
	/* A step may want a table for a moment that others read in a long
	 * transaction. It asks for it briefly, so that nobody waits behind it,
	 * and again. */
	for (uint32_t waited = 0; ; waited += MIGRATE_PAUSE) {
		struct timespec pause = { 0, MIGRATE_PAUSE * 1000000L };

		st = migrate_once(store, newest, err);
		if (st != CHY_ERR_BUSY || waited >= busy_ms)
			return st;
		(void)nanosleep(&pause, NULL);
	}
}

/* The index asks for a row's words when it is proved. */
static chy_status
row_text(void *arg, int64_t row, chy_buf *out)
{
	chy_store *store = arg;
	const chy_columns *c = &store->columns;
	const chy_tel_column *t;
	chy_original original;
	chy_status st;

	if (row < 0 || (size_t)row >= c->n_rows ||
	    c->row_tel[row] >= c->n_tels)
		return CHY_ERR_NOT_FOUND;
	t = &c->tels[c->row_tel[row]];
	if (store->source_original != t->original) {
		chy_arena_reset(&store->source_arena);
		store->source_original = 0;
		st = chy_store_original(store, t->original,
		    &store->source_arena, &original, NULL);
		if (st == CHY_OK)
			st = chy_original_reread(&original, store->source_tel,
			    NULL);
		if (st == CHY_OK)
			st = chy_rows_make(store->source_tel,
			    &store->source_arena, &store->source_rows,
			    &store->source_n);
		if (st != CHY_OK)
			return st;
		store->source_original = t->original;
	}
	if ((uint64_t)(row - t->first_row) >= store->source_n)
		return CHY_ERR_NOT_FOUND;
	chy_buf_put(out, store->source_rows[row - t->first_row].text);
	return chy_buf_status(out);
}

static chy_status
open_once(const char *where, const chy_store_options *opts,
    chy_store **ret_store, bool *ret_lost, chy_error *err)
{
	chy_db_options db_opts = {
		.create = opts->create, .read_only = opts->read_only,
		.busy_ms = opts->busy_ms != 0 ? opts->busy_ms : 30000,
	};
	chy_store *store = calloc(1, sizeof(*store));
	char shown[200];
	chy_status st;

	if (store == NULL)
		return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	store->create = opts->create;
	chy_db_show(where, shown, sizeof(shown));
	store->source_tel = calloc(1, sizeof(*store->source_tel));
	if (store->source_tel == NULL) {
		free(store);
		return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	}
	store->portion_release = opts->portion_release;
	store->read_only = opts->read_only;
	store->columns.change = -1;
	store->n_labels = store->n_committed_labels = 1;
	chy_arena_init(&store->source_arena, 0);
	chy_arena_init(&store->ahead.arena, 0);
	store->ahead.asked = -1;
	st = chy_db_open(where, &db_opts, &store->db, err);
	if (st == CHY_OK) {
		store->by_year = strcmp(chy_db_engine_name(store->db),
		    "postgresql") == 0;
		st = migrate(store, shown, db_opts.busy_ms, err);
	}
	if (st != CHY_OK) {
		*ret_lost = store->db != NULL && chy_db_is_lost(store->db);
		chy_store_close(store);
		return st;
	}
	chy_text_source(store->db, row_text, store);
	*ret_store = store;
	return CHY_OK;
}

chy_status
chy_store_open(const char *where, const chy_store_options *opts,
    chy_store **ret_store, chy_error *err)
{
	bool lost = false;
	chy_status st = open_once(where, opts, ret_store, &lost, err);

	/* A server lost in the midst of it: another may have taken over. */
	if (st != CHY_OK && lost)
		st = open_once(where, opts, ret_store, &lost, err);
	return st;
}

void
chy_store_close(chy_store *store)
{
	if (store == NULL)
		return;
	if (store->writing)
		chy_store_abort(store);
	for (size_t i = 0; i < ST_COUNT; i++)
		chy_stmt_free(store->statements[i]);
	for (size_t i = 0; i < ASIDE; i++)
		chy_stmt_free(store->aside[i].stmt);
	chy_db_close(store->db);
	chy_columns_done(&store->columns);
	chy_citations_free(store->citations);
	chy_likeness_done(store);
	chy_unpacking_done(store);
	chy_views_done(store);
	chy_store_cache_clear(store);
	chy_store_foresee_clear(store);
	for (uint32_t i = 1; i < store->n_labels; i++)
		free((void *)(uintptr_t)store->label_names[i].ptr);
	for (size_t i = 0; i < ARRAY_LEN(store->lists); i++)
		chy_buf_done(&store->lists[i]);
	free(store->label_names);
	free(store->labels);
	chy_arena_done(&store->source_arena);
	chy_arena_done(&store->ahead.arena);
	chy_telegram_free(store->source_tel);
	free(store);
}

chy_db *
chy_store_db(chy_store *store)
{
	return store->db;
}

/* A server that took over may lack what was committed last on the other, so
 * that numbers of labels and telegrams mean others. */
void
chy_store_connected(chy_store *store)
{
	uint32_t now = chy_db_connection(store->db);

	if (store->connection == now)
		return;
	store->connection = now;
	chy_columns_done(&store->columns);
	chy_citations_free(store->citations);
	store->citations = NULL;
	chy_likeness_done(store);
	chy_unpacking_done(store);
	chy_store_cache_clear(store);
	chy_views_done(store);
	while (store->n_labels > 1)
		free((void *)(uintptr_t)
		    store->label_names[--store->n_labels].ptr);
	store->n_committed_labels = 1;
	store->source_original = 0;
}

static chy_status
enter(chy_store *store, bool columns, chy_error *err)
{
	chy_status st = CHY_OK;

	/* A connection that breaks at the first question is made again. */
	for (int tries = 0; tries < 2; tries++) {
		st = chy_db_begin(store->db, false, err);
		if (st != CHY_OK)
			return st;
		store->inside = true;
		chy_store_ahead_clear(store);
		chy_store_connected(store);
		st = columns ? chy_columns_update(store, err) : CHY_OK;
		if (st == CHY_OK)
			return st;
		chy_store_leave(store);
		if (!chy_db_is_lost(store->db))
			return st;
	}
	return st;
}

chy_status
chy_store_enter(chy_store *store, chy_error *err)
{
	return enter(store, true, err);
}

chy_status
chy_store_enter_rows(chy_store *store, chy_error *err)
{
	return enter(store, false, err);
}

void
chy_store_leave(chy_store *store)
{
	if (!store->inside)
		return;
	store->inside = false;
	chy_store_ahead_clear(store);
	/* The snapshot is given back; nothing was written. */
	for (size_t i = 0; i < ST_COUNT; i++)
		if (store->statements[i] != NULL)
			chy_stmt_reset(store->statements[i]);
	chy_db_rollback(store->db);
}


/* ---- labels ---- */

static chy_status
label_add(chy_store *store, uint32_t number, chy_slice name, chy_error *err)
{
	char *copy;

	if (number >= store->cap_labels) {
		uint32_t cap = store->cap_labels * 2;
		chy_label *labels;
		chy_slice *names;

		if (cap < number + 1)
			cap = number + 16;
		labels = realloc(store->labels, cap * sizeof(*labels));
		if (labels != NULL)
			store->labels = labels;
		names = realloc(store->label_names, cap * sizeof(*names));
		if (names != NULL)
			store->label_names = names;
		if (labels == NULL || names == NULL)
			return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
		store->cap_labels = cap;
	}
	while (store->n_labels <= number) {
		store->labels[store->n_labels] = (chy_label){
			.level = CHY_LEVEL_NONE, .overflow = true };
		store->label_names[store->n_labels++] = CHY_EMPTY;
		store->label_names[store->n_labels - 1].ptr = NULL;
	}
	copy = malloc(name.len + 1);
	if (copy == NULL)
		return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	memcpy(copy, name.ptr, name.len);
	copy[name.len] = '\0';
	free((void *)(uintptr_t)store->label_names[number].ptr);
	store->label_names[number] = (chy_slice){ copy, name.len };
	/* Of one that cannot be read only the owner may see anything. */
	if (chy_label_parse(name, &store->labels[number], NULL) != CHY_OK)
		store->labels[number] = (chy_label){
			.level = CHY_LEVEL_NONE, .overflow = true };
	return CHY_OK;
}

chy_status
chy_store_load_labels(chy_store *store, chy_error *err)
{
	chy_stmt *s = chy_store_stmt(store, ST_GET_LABELS, err);
	chy_status st;
	bool row;

	if (s == NULL)
		return CHY_ERR_STORE;
	chy_stmt_int(s, 1, (int64_t)store->n_committed_labels - 1);
	while ((st = chy_stmt_step(s, &row, err)) == CHY_OK && row) {
		int64_t id = chy_column_int(s, 0);

		if (id < 1 || id > UINT16_MAX)
			st = chy_fail(err, CHY_ERR_STORE, "more than 65535 "
			    "different labels");
		else
			st = label_add(store, (uint32_t)id,
			    chy_column_text(s, 1), err);
		if (st != CHY_OK)
			break;
	}
	chy_stmt_reset(s);
	if (st == CHY_OK)
		store->n_committed_labels = store->n_labels;
	return st;
}

chy_status
chy_store_label_number(chy_store *store, chy_slice name, uint32_t *ret,
    chy_error *err)
{
	chy_stmt *s;
	chy_status st;

	for (uint32_t i = 1; i < store->n_labels; i++)
		if (chy_slice_eq(store->label_names[i], name)) {
			*ret = i;
			return CHY_OK;
		}
	if (store->n_labels > UINT16_MAX)
		return chy_fail(err, CHY_ERR_STORE,
		    "more than 65535 different labels");
	s = chy_store_stmt(store, ST_PUT_LABEL, err);
	if (s == NULL)
		return CHY_ERR_STORE;
	chy_stmt_int(s, 1, store->n_labels);
	chy_stmt_text(s, 2, name);
	st = chy_stmt_run(s, err);
	if (st == CHY_OK) {
		*ret = store->n_labels;
		st = label_add(store, store->n_labels, name, err);
	}
	return st;
}

const chy_label *
chy_store_label(const chy_store *store, uint32_t number)
{
	return &store->labels[number];
}
