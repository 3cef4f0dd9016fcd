/*
 * The interface of db/db.h, passed on to the engine that the address names.
 *
 * SPDX-License-Identifier: ISC
 */
#include "db/db.h"

#include "db/db_int.h"

/* Asked in this order; SQLite takes any address that is not another's. */
static const chy_db_engine *const engines[] = {
	&chy_db_postgresql,
	&chy_db_sqlite,
};

static const chy_db_engine *
engine_of(const char *where)
{
	size_t i = 0;

	while (i + 1 < ARRAY_LEN(engines) && !engines[i]->is_mine(where))
		i++;
	return engines[i];
}

chy_status
chy_db_open(const char *where, const chy_db_options *opts, chy_db **ret_db,
    chy_error *err)
{
	static const chy_db_options defaults;

	return engine_of(where)->open(where, opts != NULL ? opts : &defaults,
	    ret_db, err);
}

void
chy_db_close(chy_db *db)
{
	if (db != NULL)
		db->engine->close(db);
}

const char *
chy_db_engine_name(const chy_db *db)
{
	return db->engine->name;
}

bool
chy_db_is_file(const char *where)
{
	return engine_of(where)->is_file;
}

void
chy_db_show(const char *where, char *out, size_t size)
{
	engine_of(where)->show(where, out, size);
}

bool
chy_db_is_far(const chy_db *db)
{
	return db->engine->is_far;
}

bool
chy_db_is_lost(const chy_db *db)
{
	return db->engine->is_lost(db);
}

uint32_t
chy_db_connection(const chy_db *db)
{
	return db->engine->connection(db);
}

chy_status
chy_db_has_table(chy_db *db, const char *name, bool *ret, chy_error *err)
{
	return db->engine->has_table(db, name, ret, err);
}

chy_status
chy_db_exec(chy_db *db, const char *script, chy_error *err)
{
	return db->engine->exec(db, script, err);
}

chy_status
chy_db_begin(chy_db *db, bool write, chy_error *err)
{
	return db->engine->begin(db, write, err);
}

chy_status
chy_db_commit(chy_db *db, chy_error *err)
{
	return db->engine->commit(db, err);
}

void
chy_db_rollback(chy_db *db)
{
	db->engine->rollback(db);
}

chy_status
chy_db_bulk(chy_db *db, bool on, chy_error *err)
{
	return db->engine->bulk(db, on, err);
}

chy_status
chy_db_tend(chy_db *db, bool *ret_done, chy_error *err)
{
	return db->engine->tend(db, ret_done, err);
}

chy_status
chy_db_size(chy_db *db, uint64_t *ret_bytes, chy_error *err)
{
	return db->engine->size(db, ret_bytes, err);
}

chy_status
chy_db_check(chy_db *db, void (*fault)(void *arg, chy_slice words), void *arg,
    chy_error *err)
{
	return db->engine->check(db, fault, arg, err);
}

chy_status
chy_db_prepare(chy_db *db, const char *sql, chy_stmt **ret_stmt,
    chy_error *err)
{
	return db->engine->prepare(db, sql, ret_stmt, err);
}

void
chy_stmt_free(chy_stmt *stmt)
{
	if (stmt != NULL)
		stmt->engine->stmt_free(stmt);
}

void
chy_stmt_int(chy_stmt *stmt, int at, int64_t value)
{
	stmt->engine->bind_int(stmt, at, value);
}

void
chy_stmt_text(chy_stmt *stmt, int at, chy_slice value)
{
	stmt->engine->bind_text(stmt, at, value);
}

void
chy_stmt_blob(chy_stmt *stmt, int at, chy_slice value)
{
	stmt->engine->bind_blob(stmt, at, value);
}

void
chy_stmt_null(chy_stmt *stmt, int at)
{
	stmt->engine->bind_null(stmt, at);
}

chy_status
chy_stmt_step(chy_stmt *stmt, bool *ret_row, chy_error *err)
{
	return stmt->engine->step(stmt, ret_row, err);
}

void
chy_stmt_reset(chy_stmt *stmt)
{
	stmt->engine->reset(stmt);
}

chy_status
chy_stmt_run(chy_stmt *stmt, chy_error *err)
{
	bool row = true;
	chy_status st = CHY_OK;

	while (st == CHY_OK && row)
		st = stmt->engine->step(stmt, &row, err);
	stmt->engine->reset(stmt);
	return st;
}

int64_t
chy_column_int(chy_stmt *stmt, int at)
{
	return stmt->engine->column_int(stmt, at);
}

chy_slice
chy_column_text(chy_stmt *stmt, int at)
{
	return stmt->engine->column_text(stmt, at);
}

chy_slice
chy_column_blob(chy_stmt *stmt, int at)
{
	return stmt->engine->column_blob(stmt, at);
}

bool
chy_column_is_null(chy_stmt *stmt, int at)
{
	return stmt->engine->column_is_null(stmt, at);
}

chy_column_kind
chy_column_kind_of(chy_stmt *stmt, int at)
{
	return stmt->engine->column_kind(stmt, at);
}

chy_status
chy_db_each_table(chy_db *db, chy_db_table_fn each, void *arg,
    chy_error *err)
{
	return db->engine->each_table(db, each, arg, err);
}

chy_status
chy_db_loaded(chy_db *db, chy_error *err)
{
	return db->engine->loaded(db, err);
}

void
chy_text_source(chy_db *db, chy_text_source_fn source, void *arg)
{
	db->engine->text_source(db, source, arg);
}

chy_status
chy_text_add(chy_db *db, int64_t row, chy_slice text, chy_error *err)
{
	return db->engine->text_add(db, row, text, err);
}

chy_status
chy_text_clear(chy_db *db, chy_error *err)
{
	return db->engine->text_clear(db, err);
}

chy_status
chy_text_find(chy_db *db, const chy_text_query *query, chy_text_rows_fn rows,
    void *arg, chy_error *err)
{
	return db->engine->text_find(db, query, rows, arg, err);
}

chy_status
chy_text_words(chy_db *db, chy_slice text, chy_text_word_fn word, void *arg,
    chy_error *err)
{
	return db->engine->text_words(db, text, word, arg, err);
}

chy_status
chy_text_check(chy_db *db, bool *ret_sound, chy_error *err)
{
	return db->engine->text_check(db, ret_sound, err);
}
