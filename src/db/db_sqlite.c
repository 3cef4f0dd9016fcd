/*
 * SQLite: connections, statements, transactions, and its errors in our words.
 *
 * Relies on SQLite 3.35 or later with FTS5. Source: sqlite.org/rescode.html.
 *
 * SPDX-License-Identifier: ISC
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "db/sqlite_int.h"

struct statement {
	chy_stmt      base;
	struct chy_sqlite *db;
	sqlite3_stmt *handle;
	int	      bound;	/* first binding that failed, or SQLITE_OK */
};

static struct statement *
statement_of(chy_stmt *stmt)
{
	return (struct statement *)(void *)stmt;
}

chy_status
chy_sqlite_fail(struct chy_sqlite *db, int code, const char *doing,
    chy_error *err)
{
	const char *words = db->handle != NULL ? sqlite3_errmsg(db->handle) :
	    sqlite3_errstr(code);
	int sys = db->handle != NULL ? sqlite3_system_errno(db->handle) : 0;
	chy_status st;

	switch (code & 0xff) {
	case SQLITE_NOMEM:
		return chy_fail(err, CHY_ERR_NO_MEMORY, "%s: no memory", doing);
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return chy_fail(err, CHY_ERR_BUSY, "%s: the archive is in use by "
		    "another process; try again when it has finished", doing);
	case SQLITE_FULL:
		st = chy_fail(err, CHY_ERR_IO, "%s: the disk is full; what was "
		    "committed is kept, make room and run it again", doing);
		break;
	case SQLITE_READONLY:
	case SQLITE_PERM:
	case SQLITE_CANTOPEN:
		st = chy_fail(err, CHY_ERR_IO, "%s: no permission to write the "
		    "archive or its folder (%s)", doing, words);
		break;
	case SQLITE_IOERR:
		/* A quota or a limit on the size of files is no full disk to
		 * the engine, but it is to whoever met it. */
		if (code == SQLITE_IOERR_WRITE || code == SQLITE_IOERR_SHMSIZE ||
		    sys == ENOSPC || sys == EDQUOT || sys == EFBIG)
			st = chy_fail(err, CHY_ERR_IO, "%s: the disk is full, or "
			    "writing failed; what was committed is kept, make "
			    "room and run it again", doing);
		else
			st = chy_fail(err, CHY_ERR_IO, "%s: the disk failed "
			    "(%s); what was committed is kept, look at the "
			    "disk", doing, words);
		break;
	case SQLITE_NOTADB:
		return chy_fail(err, CHY_ERR_INVALID,
		    "%s: the file is not an archive", doing);
	case SQLITE_CORRUPT:
		return chy_fail(err, CHY_ERR_STORE, "%s: the archive is damaged "
		    "(%s); take the last copy of the file", doing, words);
	default:
		return chy_fail(err, CHY_ERR_STORE, "%s: %s", doing, words);
	}
	if (err != NULL)
		err->sys = sys;
	return st;
}

/* A fixed short sleep: SQLite's own handler sleeps up to 100 ms, in which an
 * importing process has begun its next transaction. */
int
chy_sqlite_busy(void *arg, int tries)
{
	struct chy_sqlite *db = arg;
	struct timespec pause = { 0, 4000000 };

	if ((uint64_t)tries * 4 >= db->busy_ms)
		return 0;
	nanosleep(&pause, NULL);
	return 1;
}

/* Any address that is not another engine's is a path. */
static bool
is_mine(const char *where)
{
	(void)where;
	return true;
}

static void
show(const char *where, char *out, size_t size)
{
	(void)snprintf(out, size, "%s", where);
}

static bool
is_lost(const chy_db *base)
{
	(void)base;
	return false;
}

static uint32_t
connection(const chy_db *base)
{
	(void)base;
	return 1;
}

static chy_status
has_table(chy_db *base, const char *name, bool *ret, chy_error *err)
{
	struct chy_sqlite *db = chy_sqlite_of(base);
	sqlite3_stmt *stmt;
	int code = sqlite3_prepare_v2(db->handle, "SELECT count(*) FROM "
	    "sqlite_schema WHERE type = 'table' AND (?1 IS NULL OR name = ?1)",
	    -1, &stmt, NULL);

	if (code != SQLITE_OK)
		return chy_sqlite_fail(db, code, "archive", err);
	sqlite3_bind_text(stmt, 1, name, -1, SQLITE_STATIC);
	code = sqlite3_step(stmt);
	if (code == SQLITE_ROW)
		*ret = sqlite3_column_int64(stmt, 0) > 0;
	sqlite3_finalize(stmt);
	return code == SQLITE_ROW ? CHY_OK :
	    chy_sqlite_fail(db, code, "archive", err);
}

static void
close_db(chy_db *base)
{
	struct chy_sqlite *db = chy_sqlite_of(base);

	chy_sqlite_text_done(db);
	sqlite3_close_v2(db->handle);
	free(db);
}

static chy_status
open_db(const char *where, const chy_db_options *opts, chy_db **ret_db,
    chy_error *err)
{
	struct chy_sqlite *db;
	int flags = opts->read_only ? SQLITE_OPEN_READONLY :
	    SQLITE_OPEN_READWRITE;
	chy_status st;
	int code;

	if (access(where, F_OK) != 0 && (!opts->create || opts->read_only))
		return chy_fail(err, CHY_ERR_NOT_FOUND, "%s: there is no such "
		    "archive; import something to make it", where);
	db = calloc(1, sizeof(*db));
	if (db == NULL)
		return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	db->base.engine = &chy_db_sqlite;
	db->busy_ms = opts->busy_ms;
	db->read_only = opts->read_only;
	if (opts->create)
		flags |= SQLITE_OPEN_CREATE;
	code = sqlite3_open_v2(where, &db->handle,
	    flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
	if (code != SQLITE_OK) {
		st = chy_sqlite_fail(db, code, where, err);
		goto fail;
	}
	sqlite3_busy_handler(db->handle, chy_sqlite_busy, db);
	st = chy_sqlite_setup(db, err);
	if (st == CHY_OK)
		st = chy_sqlite_text_init(db, err);
	if (st != CHY_OK)
		goto fail;
	*ret_db = &db->base;
	return CHY_OK;
fail:
	close_db(&db->base);
	return st;
}

static chy_status
exec(chy_db *base, const char *script, chy_error *err)
{
	struct chy_sqlite *db = chy_sqlite_of(base);
	int code = sqlite3_exec(db->handle, script, NULL, NULL, NULL);

	return code == SQLITE_OK ? CHY_OK :
	    chy_sqlite_fail(db, code, "archive", err);
}

static chy_status
begin(chy_db *base, bool write, chy_error *err)
{
	return exec(base, write ? "BEGIN IMMEDIATE" : "BEGIN", err);
}

static void
rollback(chy_db *base)
{
	struct chy_sqlite *db = chy_sqlite_of(base);

	chy_sqlite_gather_forget(db);
	/* A full disk has rolled back already. */
	if (!sqlite3_get_autocommit(db->handle))
		(void)sqlite3_exec(db->handle, "ROLLBACK", NULL, NULL, NULL);
}

static chy_status
commit(chy_db *base, chy_error *err)
{
	chy_status st = chy_sqlite_gather_write(chy_sqlite_of(base), err);

	if (st == CHY_OK)
		st = exec(base, "COMMIT", err);
	if (st != CHY_OK)
		rollback(base);
	return st;
}

static chy_status
size(chy_db *base, uint64_t *ret_bytes, chy_error *err)
{
	struct chy_sqlite *db = chy_sqlite_of(base);
	sqlite3_stmt *stmt;
	int code = sqlite3_prepare_v2(db->handle, "SELECT page_count * page_size "
	    "FROM pragma_page_count, pragma_page_size", -1, &stmt, NULL);

	if (code == SQLITE_OK) {
		code = sqlite3_step(stmt);
		if (code == SQLITE_ROW)
			*ret_bytes = (uint64_t)sqlite3_column_int64(stmt, 0);
		sqlite3_finalize(stmt);
	}
	return code == SQLITE_ROW ? CHY_OK :
	    chy_sqlite_fail(db, code, "archive", err);
}

static chy_status
check(chy_db *base, void (*fault)(void *, chy_slice), void *arg,
    chy_error *err)
{
	struct chy_sqlite *db = chy_sqlite_of(base);
	sqlite3_stmt *stmt;
	int code = sqlite3_prepare_v2(db->handle,
	    "PRAGMA integrity_check(100)", -1, &stmt, NULL);

	if (code != SQLITE_OK)
		return chy_sqlite_fail(db, code, "archive", err);
	while ((code = sqlite3_step(stmt)) == SQLITE_ROW) {
		const char *words =
		    (const char *)sqlite3_column_text(stmt, 0);

		if (words != NULL && strcmp(words, "ok") != 0)
			fault(arg, chy_slice_of(words));
	}
	sqlite3_finalize(stmt);
	return code == SQLITE_DONE ? CHY_OK :
	    chy_sqlite_fail(db, code, "archive", err);
}


/* ---- statements ---- */

static chy_status
prepare(chy_db *base, const char *sql, chy_stmt **ret_stmt, chy_error *err)
{
	struct chy_sqlite *db = chy_sqlite_of(base);
	struct statement *stmt = calloc(1, sizeof(*stmt));
	int code;

	if (stmt == NULL)
		return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	stmt->base.engine = base->engine;
	stmt->db = db;
	code = sqlite3_prepare_v3(db->handle, sql, -1,
	    SQLITE_PREPARE_PERSISTENT, &stmt->handle, NULL);
	if (code != SQLITE_OK) {
		free(stmt);
		return chy_sqlite_fail(db, code, "archive", err);
	}
	*ret_stmt = &stmt->base;
	return CHY_OK;
}

static void
stmt_free(chy_stmt *base)
{
	struct statement *stmt = statement_of(base);

	sqlite3_finalize(stmt->handle);
	free(stmt);
}

static void
bound(struct statement *stmt, int code)
{
	if (stmt->bound == SQLITE_OK)
		stmt->bound = code;
}

static void
bind_int(chy_stmt *base, int at, int64_t value)
{
	struct statement *stmt = statement_of(base);

	bound(stmt, sqlite3_bind_int64(stmt->handle, at, value));
}

static void
bind_text(chy_stmt *base, int at, chy_slice value)
{
	struct statement *stmt = statement_of(base);

	bound(stmt, sqlite3_bind_text64(stmt->handle, at,
	    value.ptr != NULL ? value.ptr : "", value.len, SQLITE_STATIC,
	    SQLITE_UTF8));
}

static void
bind_blob(chy_stmt *base, int at, chy_slice value)
{
	struct statement *stmt = statement_of(base);

	bound(stmt, sqlite3_bind_blob64(stmt->handle, at,
	    value.ptr != NULL ? value.ptr : "", value.len, SQLITE_STATIC));
}

static void
bind_null(chy_stmt *base, int at)
{
	struct statement *stmt = statement_of(base);

	bound(stmt, sqlite3_bind_null(stmt->handle, at));
}

static chy_status
step(chy_stmt *base, bool *ret_row, chy_error *err)
{
	struct statement *stmt = statement_of(base);
	int code = stmt->bound;

	if (code == SQLITE_OK)
		code = sqlite3_step(stmt->handle);
	if (code == SQLITE_ROW || code == SQLITE_DONE) {
		*ret_row = code == SQLITE_ROW;
		return CHY_OK;
	}
	return chy_sqlite_fail(stmt->db, code, "archive", err);
}

static void
reset(chy_stmt *base)
{
	struct statement *stmt = statement_of(base);

	stmt->bound = SQLITE_OK;
	(void)sqlite3_reset(stmt->handle);
}

static int64_t
column_int(chy_stmt *base, int at)
{
	return sqlite3_column_int64(statement_of(base)->handle, at);
}

static chy_slice
column_text(chy_stmt *base, int at)
{
	sqlite3_stmt *h = statement_of(base)->handle;
	const unsigned char *p = sqlite3_column_text(h, at);

	if (p == NULL)
		return CHY_EMPTY;
	return (chy_slice){ (const char *)p,
	    (size_t)sqlite3_column_bytes(h, at) };
}

static chy_slice
column_blob(chy_stmt *base, int at)
{
	sqlite3_stmt *h = statement_of(base)->handle;
	const void *p = sqlite3_column_blob(h, at);

	if (p == NULL)
		return CHY_EMPTY;
	return (chy_slice){ p, (size_t)sqlite3_column_bytes(h, at) };
}

static bool
column_is_null(chy_stmt *base, int at)
{
	return sqlite3_column_type(statement_of(base)->handle, at) ==
	    SQLITE_NULL;
}

static chy_column_kind
column_kind(chy_stmt *base, int at)
{
	switch (sqlite3_column_type(statement_of(base)->handle, at)) {
	case SQLITE_NULL: return CHY_COLUMN_NULL;
	case SQLITE_INTEGER: return CHY_COLUMN_INT;
	case SQLITE_BLOB: return CHY_COLUMN_BLOB;
	default: return CHY_COLUMN_TEXT;
	}
}

static chy_status
each_table(chy_db *base, chy_db_table_fn each, void *arg, chy_error *err)
{
	struct chy_sqlite *db = chy_sqlite_of(base);
	chy_status st = CHY_OK;
	sqlite3_stmt *stmt;
	int code = sqlite3_prepare_v2(db->handle,
	    "SELECT s.name, (SELECT group_concat(name, ', ') FROM "
	    "pragma_table_info(s.name)), (SELECT count(*) FROM "
	    "pragma_table_info(s.name)) FROM sqlite_schema s "
	    "WHERE s.type = 'table' AND s.sql NOT LIKE 'CREATE VIRTUAL%' "
	    "AND s.name NOT LIKE 'words%' AND s.name NOT LIKE 'sqlite%' "
	    "ORDER BY s.rowid", -1, &stmt, NULL);

	if (code != SQLITE_OK)
		return chy_sqlite_fail(db, code, "archive", err);
	while (st == CHY_OK && (code = sqlite3_step(stmt)) == SQLITE_ROW)
		st = each(arg, chy_slice_of(
		    (const char *)sqlite3_column_text(stmt, 0)), chy_slice_of(
		    (const char *)sqlite3_column_text(stmt, 1)),
		    (uint32_t)sqlite3_column_int(stmt, 2));
	sqlite3_finalize(stmt);
	if (st == CHY_OK && code != SQLITE_DONE)
		st = chy_sqlite_fail(db, code, "archive", err);
	return st;
}

/* The next number is one more than the highest as it is. */
static chy_status
loaded(chy_db *base, chy_error *err)
{
	(void)base;
	(void)err;
	return CHY_OK;
}

const chy_db_engine chy_db_sqlite = {
	.name = "sqlite",
	.is_file = true,
	.is_mine = is_mine,
	.open = open_db,
	.close = close_db,
	.show = show,
	.is_lost = is_lost,
	.connection = connection,
	.has_table = has_table,
	.exec = exec,
	.begin = begin,
	.commit = commit,
	.rollback = rollback,
	.bulk = chy_sqlite_bulk,
	.size = size,
	.check = check,
	.prepare = prepare,
	.stmt_free = stmt_free,
	.bind_int = bind_int,
	.bind_text = bind_text,
	.bind_blob = bind_blob,
	.bind_null = bind_null,
	.step = step,
	.reset = reset,
	.column_int = column_int,
	.column_text = column_text,
	.column_blob = column_blob,
	.column_is_null = column_is_null,
	.column_kind = column_kind,
	.each_table = each_table,
	.loaded = loaded,
	.text_source = chy_sqlite_text_source,
	.text_add = chy_sqlite_text_add,
	.text_clear = chy_sqlite_text_clear,
	.text_find = chy_sqlite_text_find,
	.text_words = chy_sqlite_text_words,
	.tend = chy_sqlite_tend,
	.text_check = chy_sqlite_text_check,
};
