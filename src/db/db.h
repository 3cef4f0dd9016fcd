/*
 * One thin interface over the databases that can hold an archive: prepare,
 * bind, step, transaction, and full text. It knows no table of ours.
 *
 * SQL is written once, by the store, in the dialect that both engines read.
 * What they do differently (schema, full text, bulk) is in files of their
 * own, behind the table of functions in db/db_int.h.
 *
 *	chy_stmt *get;
 *	bool row;
 *
 *	if (chy_db_prepare(db, "SELECT name FROM post WHERE id = ?", &get,
 *	    err) != CHY_OK)
 *		return err->status;
 *	chy_stmt_int(get, 1, 42);
 *	if (chy_stmt_step(get, &row, err) == CHY_OK && row)
 *		use(chy_column_text(get, 0));
 *	chy_stmt_free(get);
 *
 * Statuses of all functions: CHY_OK; CHY_ERR_BUSY another connection kept
 * its lock for longer than was agreed, nothing was changed; CHY_ERR_IO the
 * disk is full or broken, err->text names the remedy; CHY_ERR_STORE anything
 * else the engine says, with its words; CHY_ERR_NO_MEMORY. A connection and
 * its statements belong to one thread at a time.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_DB_DB_H
#define CHY_DB_DB_H

#include "base/buf.h"
#include "base/slice.h"
#include "base/status.h"

typedef struct chy_db chy_db;
typedef struct chy_stmt chy_stmt;

typedef struct chy_db_options {
	bool	 create;	/* make it if there is none */
	bool	 read_only;
	uint32_t busy_ms;	/* wait for a lock that long; 0: do not */
} chy_db_options;

/* CHY_ERR_NOT_FOUND where there is none and it may not be created,
 * CHY_ERR_INVALID where the file is no database, CHY_ERR_UNSUPPORTED for an
 * engine that is not built in. */
CHY_MUST_USE chy_status chy_db_open(const char *where,
    const chy_db_options *opts, chy_db **ret_db, chy_error *err);
void	chy_db_close(chy_db *db);

/* Name of the engine ("sqlite", "postgresql"), for which the store picks its
 * schema. */
const char *chy_db_engine_name(const chy_db *db);

/* Whether an address is the path of a file. */
bool	chy_db_is_file(const char *where);

/* The address as it may be shown: without a password. */
void	chy_db_show(const char *where, char *out, size_t size);

/* Whether each statement is a way to a server and back, so that asking for
 * many things at once is worth it. */
bool	chy_db_is_far(const chy_db *db);

/* Whether the last failure was that the connection was cut off. Nothing of
 * the open transaction holds (of a commit that failed so, perhaps all of it);
 * the next chy_db_begin() connects again, and waits while another server
 * takes over, if the address names several. */
bool	chy_db_is_lost(const chy_db *db);

/* A number that changes when a connection was made anew: then it may be
 * another server, and what was read of the one before is not to be built on. */
uint32_t chy_db_connection(const chy_db *db);

/* Whether there is a table of that name; NULL: of any. */
CHY_MUST_USE chy_status chy_db_has_table(chy_db *db, const char *name,
    bool *ret, chy_error *err);

/* Run a script of statements without parameters. */
CHY_MUST_USE chy_status chy_db_exec(chy_db *db, const char *script,
    chy_error *err);

/* Begin a transaction; one that will write takes its lock now, so that
 * waiting happens here and not in the middle. They do not nest. */
CHY_MUST_USE chy_status chy_db_begin(chy_db *db, bool write, chy_error *err);
/* What is committed is on the disk when this returns; in a bulk load, when
 * that has ended. */
CHY_MUST_USE chy_status chy_db_commit(chy_db *db, chy_error *err);
void	chy_db_rollback(chy_db *db);	/* none open: nothing happens */

/* Larger memory and no merging of the text index in the path of commits,
 * while much is filed. What is committed stays sound in a crash. */
CHY_MUST_USE chy_status chy_db_bulk(chy_db *db, bool on, chy_error *err);

/* A step of what can wait until there is time: the log written back to the
 * file, parts of the text index put together. True: nothing is left. */
CHY_MUST_USE chy_status chy_db_tend(chy_db *db, bool *ret_done,
    chy_error *err);

/* Bytes that the database takes on disk. */
CHY_MUST_USE chy_status chy_db_size(chy_db *db, uint64_t *ret_bytes,
    chy_error *err);

/* Let the engine prove its own structure. Each fault is told in words. */
CHY_MUST_USE chy_status chy_db_check(chy_db *db,
    void (*fault)(void *arg, chy_slice words), void *arg, chy_error *err);

/*
 * Statements. An engine may gather the rows of plain INSERTs inside of a
 * write transaction and send them together; then what is wrong with one is
 * told by a later statement or by the commit. Binding cannot fail visibly: the next step tells. Bound bytes
 * must stay where they are until then. Parameters count from 1, columns
 * from 0; what a column gives lives until the next step or reset.
 */
CHY_MUST_USE chy_status chy_db_prepare(chy_db *db, const char *sql,
    chy_stmt **ret_stmt, chy_error *err);
void	chy_stmt_free(chy_stmt *stmt);
void	chy_stmt_int(chy_stmt *stmt, int at, int64_t value);
void	chy_stmt_text(chy_stmt *stmt, int at, chy_slice value);
void	chy_stmt_blob(chy_stmt *stmt, int at, chy_slice value);
void	chy_stmt_null(chy_stmt *stmt, int at);
CHY_MUST_USE chy_status chy_stmt_step(chy_stmt *stmt, bool *ret_row,
    chy_error *err);
/* Ready for the next execution; parameters stay. */
void	chy_stmt_reset(chy_stmt *stmt);
/* Step to the end and reset: for what gives no rows. */
CHY_MUST_USE chy_status chy_stmt_run(chy_stmt *stmt, chy_error *err);
int64_t	chy_column_int(chy_stmt *stmt, int at);
chy_slice chy_column_text(chy_stmt *stmt, int at);
chy_slice chy_column_blob(chy_stmt *stmt, int at);
bool	chy_column_is_null(chy_stmt *stmt, int at);
typedef enum chy_column_kind {
	CHY_COLUMN_NULL, CHY_COLUMN_INT, CHY_COLUMN_TEXT, CHY_COLUMN_BLOB
} chy_column_kind;
chy_column_kind chy_column_kind_of(chy_stmt *stmt, int at);

/* ---- copying ---- */

/* Every table of the database that keeps something, but what the engine keeps
 * for itself (the text index, parts of tables), with its columns: "a, b". */
typedef chy_status (*chy_db_table_fn)(void *arg, chy_slice name,
    chy_slice columns, uint32_t n_columns);
CHY_MUST_USE chy_status chy_db_each_table(chy_db *db, chy_db_table_fn each,
    void *arg, chy_error *err);

/* Rows came with numbers of their own: new ones shall go on after them. */
CHY_MUST_USE chy_status chy_db_loaded(chy_db *db, chy_error *err);


/* ---- full text: one index, whose rows are numbers and their words ---- */

/* Where the words of a row are read again, when the index is proved: append
 * the row's text to out. */
typedef chy_status (*chy_text_source_fn)(void *arg, int64_t row, chy_buf *out);

void	chy_text_source(chy_db *db, chy_text_source_fn source, void *arg);

/* Rows are added in rising order. */
CHY_MUST_USE chy_status chy_text_add(chy_db *db, int64_t row, chy_slice text,
    chy_error *err);

/* Forget all rows. */
CHY_MUST_USE chy_status chy_text_clear(chy_db *db, chy_error *err);

/* What is looked for. */
typedef struct chy_text_query {
	chy_slice words;
	bool	  prefix;	/* the last word may go on */
	uint32_t  near;		/* in any order, with at most so many other
				 * words between the first and the last of
				 * them; 0: as they stand */
	int64_t	  after;	/* rows above this number alone */
} chy_text_query;

/*
 * Give the numbers of all rows that hold the words, in rising order and in
 * portions; at least one place in the row must do. A text without any word
 * gives none. What rows() returns other than CHY_OK stops.
 */
typedef chy_status (*chy_text_rows_fn)(void *arg, const int64_t *rows,
    size_t n);
CHY_MUST_USE chy_status chy_text_find(chy_db *db,
    const chy_text_query *query, chy_text_rows_fn rows, void *arg,
    chy_error *err);

/* The words of a text as the index has them (small letters, no accents), and
 * where they stand in it. Stops when word() returns false. */
typedef bool (*chy_text_word_fn)(void *arg, chy_slice word, uint32_t off,
    uint32_t len);
CHY_MUST_USE chy_status chy_text_words(chy_db *db, chy_slice text,
    chy_text_word_fn word, void *arg, chy_error *err);

/* Prove the index against the texts of chy_text_source(). */
CHY_MUST_USE chy_status chy_text_check(chy_db *db, bool *ret_sound,
    chy_error *err);

#endif
