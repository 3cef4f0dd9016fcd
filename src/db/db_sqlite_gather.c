/*
 * The full-text index in a bulk load: words are gathered here and written as
 * whole segments of FTS5's, in the transaction of their rows.
 *
 * FTS5 keeps in memory which segments there are, and looks again when another
 * connection changed the file. What this one writes past it is seen because it
 * forgets what it keeps where a savepoint is rolled back after a change of its
 * table, as it must.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "db/fts5_segment.h"
#include "db/sqlite_int.h"

/* Segments on the first level, from which on some are put together at once:
 * FTS5 knows 2000 and reads all of them for each word. */
#define LEVEL_MOST	200u

struct chy_gather {
	struct chy_gathered *words;
	bool	      on;
	uint64_t      n_rows, n_words;
	uint32_t      segment;		/* being written */
	int	      code;		/* of SQLite, where that failed */
	sqlite3_stmt *get, *put, *put_term;
};

/* Whether its format is the one that we write. */
static chy_status
is_ours(struct chy_sqlite *db, bool *ret, chy_error *err)
{
	sqlite3_stmt *stmt;
	int code = sqlite3_prepare_v2(db->handle, "SELECT "
	    "SUM(k = 'version' AND v = ?1) = 1 AND "
	    "SUM(k = 'pgsz' AND v = ?2) = 1 FROM words_config", -1, &stmt, NULL);

	*ret = false;
	if (code != SQLITE_OK)
		return chy_sqlite_fail(db, code, "text index", err);
	sqlite3_bind_int(stmt, 1, CHY_FTS5_VERSION);
	sqlite3_bind_int(stmt, 2, (int)CHY_FTS5_PAGE);
	if (sqlite3_step(stmt) == SQLITE_ROW)
		*ret = sqlite3_column_int(stmt, 0) == 1;
	code = sqlite3_finalize(stmt);
	return code == SQLITE_OK ? CHY_OK :
	    chy_sqlite_fail(db, code, "text index", err);
}

chy_status
chy_sqlite_gather_begin(struct chy_sqlite *db, chy_error *err)
{
	struct chy_gather *g = db->gather;
	chy_status st;

	if (g == NULL)
		g = db->gather = calloc(1, sizeof(*g));
	if (g != NULL && g->words == NULL)
		g->words = chy_gathered_new();
	if (g == NULL || g->words == NULL)
		return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	/* Its tables are written past it. */
	(void)sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL);
	st = is_ours(db, &g->on, err);
	if (st == CHY_OK)
		st = chy_sqlite_ready(db, &g->get,
		    "SELECT block FROM words_data WHERE id = ?", err);
	if (st == CHY_OK)
		st = chy_sqlite_ready(db, &g->put, "REPLACE INTO "
		    "words_data(id, block) VALUES (?, ?)", err);
	if (st == CHY_OK)
		st = chy_sqlite_ready(db, &g->put_term, "INSERT INTO "
		    "words_idx(segid, term, pgno) VALUES (?, ?, ?)", err);
	return st;
}

bool
chy_sqlite_gathers(const struct chy_sqlite *db)
{
	return db->gather != NULL && db->gather->on;
}

void
chy_sqlite_gather_forget(struct chy_sqlite *db)
{
	struct chy_gather *g = db->gather;

	if (g == NULL || g->n_rows == 0)
		return;
	chy_gathered_free(g->words);
	g->words = chy_gathered_new();
	g->on = g->words != NULL;
	g->n_rows = g->n_words = 0;
}

void
chy_sqlite_gather_done(struct chy_sqlite *db)
{
	struct chy_gather *g = db->gather;

	if (g == NULL)
		return;
	sqlite3_finalize(g->get);
	sqlite3_finalize(g->put);
	sqlite3_finalize(g->put_term);
	chy_gathered_free(g->words);
	free(g);
	db->gather = NULL;
}

chy_status
chy_sqlite_gather_add(struct chy_sqlite *db, int64_t row, chy_slice text,
    chy_error *err)
{
	struct chy_gather *g = db->gather;
	int code = chy_cutter_open(&db->tokens, db->handle);
	uint32_t n = 0;

	if (code == SQLITE_OK)
		code = chy_cutter_gather(&db->tokens, row, text, g->words, &n);
	g->n_rows++;
	g->n_words += n;
	if (code != SQLITE_OK)
		return chy_sqlite_fail(db, code, "text index", err);
	return chy_gathered_bytes(g->words) >= CHY_GATHER_MOST ?
	    chy_sqlite_gather_write(db, err) : CHY_OK;
}

static chy_status
stepped(struct chy_gather *g, sqlite3_stmt *stmt)
{
	(void)sqlite3_step(stmt);
	g->code = sqlite3_reset(stmt);
	return g->code == SQLITE_OK ? CHY_OK : CHY_ERR_STORE;
}

static chy_status
put(void *arg, int64_t id, chy_slice block)
{
	struct chy_gather *g = arg;

	sqlite3_bind_int64(g->put, 1, id);
	sqlite3_bind_blob64(g->put, 2, block.ptr, block.len, SQLITE_STATIC);
	return stepped(g, g->put);
}

static chy_status
put_term(void *arg, chy_slice term, int64_t page)
{
	struct chy_gather *g = arg;

	sqlite3_bind_int64(g->put_term, 1, g->segment);
	sqlite3_bind_blob64(g->put_term, 2, term.len > 0 ? term.ptr : "",
	    term.len, SQLITE_STATIC);
	sqlite3_bind_int64(g->put_term, 3, page);
	return stepped(g, g->put_term);
}

/* A record, in a buffer; none is an empty one. */
static chy_status
get(struct chy_gather *g, int64_t id, chy_buf *ret)
{
	chy_buf_reset(ret);
	sqlite3_bind_int64(g->get, 1, id);
	if (sqlite3_step(g->get) == SQLITE_ROW)
		chy_buf_put(ret, (chy_slice){ sqlite3_column_blob(g->get, 0),
		    (size_t)sqlite3_column_bytes(g->get, 0) });
	g->code = sqlite3_reset(g->get);
	return g->code != SQLITE_OK ? CHY_ERR_STORE : chy_buf_status(ret);
}

static chy_status
put_segment(struct chy_gather *g, uint32_t *ret_level)
{
	const struct chy_fts5_sink sink = { g, put, put_term };
	chy_buf old = CHY_BUF_INIT, record = CHY_BUF_INIT;
	uint32_t pages = 0;
	chy_status st = get(g, CHY_FTS5_STRUCTURE, &old);

	g->code = SQLITE_CORRUPT;
	if (st == CHY_OK && !chy_fts5_structure_add(chy_buf_slice(&old), 0,
	    &record, &g->segment, ret_level))
		st = CHY_ERR_STORE;
	if (st == CHY_OK)
		st = chy_fts5_segment_write(g->words, g->segment, &sink, &pages);
	if (st == CHY_OK && pages > 0) {
		(void)chy_fts5_structure_add(chy_buf_slice(&old), pages,
		    &record, &g->segment, ret_level);
		st = put(g, CHY_FTS5_STRUCTURE, chy_buf_slice(&record));
	}
	if (st == CHY_OK)
		st = get(g, CHY_FTS5_TOTALS, &old);
	if (st == CHY_OK && !chy_fts5_totals_add(chy_buf_slice(&old), g->n_rows,
	    g->n_words, &record)) {
		g->code = SQLITE_CORRUPT;
		st = CHY_ERR_STORE;
	}
	if (st == CHY_OK)
		st = put(g, CHY_FTS5_TOTALS, chy_buf_slice(&record));
	chy_buf_done(&old);
	chy_buf_done(&record);
	return st;
}

/* That its segments changed: see above. */
static chy_status
let_forget(struct chy_sqlite *db, chy_error *err)
{
	int code = sqlite3_exec(db->handle, "SAVEPOINT segment;"
	    "INSERT INTO words(words, rank) VALUES ('automerge', 0);"
	    "ROLLBACK TO segment; RELEASE segment", NULL, NULL, NULL);

	return code == SQLITE_OK ? CHY_OK :
	    chy_sqlite_fail(db, code, "text index", err);
}

chy_status
chy_sqlite_gather_write(struct chy_sqlite *db, chy_error *err)
{
	struct chy_gather *g = db->gather;
	uint32_t level = 0;
	bool done;
	chy_status st;

	if (g == NULL || g->n_rows == 0)
		return CHY_OK;
	st = let_forget(db, err);
	if (st != CHY_OK)
		return st;
	st = put_segment(g, &level);
	if (st == CHY_ERR_NO_MEMORY)
		return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	if (st != CHY_OK)
		return chy_sqlite_fail(db, g->code, "text index", err);
	g->n_rows = g->n_words = 0;
	return level < LEVEL_MOST ? CHY_OK :
	    chy_sqlite_text_merge(db, &done, err);
}
