/*
 * What the files of the SQLite engine share.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_DB_SQLITE_INT_H
#define CHY_DB_SQLITE_INT_H

#include <sqlite3.h>

#include "db/db_int.h"
#include "db/cutter.h"

struct chy_sqlite {
	chy_db	      base;
	sqlite3	     *handle;
	uint32_t      busy_ms;
	bool	      read_only;
	bool	      tuned;		/* the index is set for filing */
	int	      log_pages;	/* in the log after the last commit */
	int	      log_done;		/* of these are in the file, too */
	int	      log_most;		/* so many are written back at once */
	int	      merge_pages;	/* of the index, in one step */

	/* Full text. */
	sqlite3_stmt *text_add;
	sqlite3_stmt *text_merge;
	sqlite3_stmt *text_find;
	struct chy_cutter tokens;	/* opened when first needed */
	chy_text_source_fn source;
	void	     *source_arg;
	struct chy_gather *gather;	/* in a bulk load; else NULL */
};

static inline struct chy_sqlite *
chy_sqlite_of(chy_db *db)
{
	return (struct chy_sqlite *)(void *)db;
}

/* Fill err from the result code of the last call on the handle. */
chy_status chy_sqlite_fail(struct chy_sqlite *db, int code, const char *doing,
    chy_error *err);

/* A statement that is kept, prepared where it is not yet. */
chy_status chy_sqlite_ready(struct chy_sqlite *db, sqlite3_stmt **stmt,
    const char *sql, chy_error *err);

/* Let other processes in; returns whether to try again. */
int	chy_sqlite_busy(void *db, int tries);

/* Settings of a connection; before the first table of a new file also those
 * of the file. */
chy_status chy_sqlite_setup(struct chy_sqlite *db, chy_error *err);
chy_status chy_sqlite_bulk(chy_db *db, bool on, chy_error *err);
/* How the parts of the index are put together, where it was set otherwise. */
chy_status chy_sqlite_tune(struct chy_sqlite *db, chy_error *err);
chy_status chy_sqlite_tend(chy_db *db, bool *ret_done, chy_error *err);

/* Full text, for the engine's row of functions. */
chy_status chy_sqlite_text_init(struct chy_sqlite *db, chy_error *err);
void	chy_sqlite_text_done(struct chy_sqlite *db);
void	chy_sqlite_text_source(chy_db *db, chy_text_source_fn source,
    void *arg);
chy_status chy_sqlite_text_add(chy_db *db, int64_t row, chy_slice text,
    chy_error *err);
chy_status chy_sqlite_text_clear(chy_db *db, chy_error *err);
chy_status chy_sqlite_text_find(chy_db *db, const chy_text_query *query,
    chy_text_rows_fn rows, void *arg, chy_error *err);
chy_status chy_sqlite_text_words(chy_db *db, chy_slice text,
    chy_text_word_fn word, void *arg, chy_error *err);
chy_status chy_sqlite_text_merge(struct chy_sqlite *db, bool *ret_done,
    chy_error *err);
chy_status chy_sqlite_text_check(chy_db *db, bool *ret_sound,
    chy_error *err);

/* The index in a bulk load: what is added waits in memory until it is written,
 * before a commit and before words are looked for. Where that fails the
 * transaction is to be rolled back, which forgets it. */
chy_status chy_sqlite_gather_begin(struct chy_sqlite *db, chy_error *err);
bool	chy_sqlite_gathers(const struct chy_sqlite *db);
chy_status chy_sqlite_gather_add(struct chy_sqlite *db, int64_t row,
    chy_slice text, chy_error *err);
chy_status chy_sqlite_gather_write(struct chy_sqlite *db, chy_error *err);
void	chy_sqlite_gather_forget(struct chy_sqlite *db);
void	chy_sqlite_gather_done(struct chy_sqlite *db);

#endif
