/*
 * What the files of the PostgreSQL engine share.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_DB_PG_INT_H
#define CHY_DB_PG_INT_H

#include <libpq-fe.h>

#include "base/arena.h"
#include "db/db_int.h"
#include "db/postings.h"
#include "db/cutter.h"

/* Tables that rows are gathered for, to be sent by COPY. */
#define PG_SINKS	32u
/* Gathered bytes of all of them at which they are sent. */
#define PG_SINK_BYTES	(8u << 20)

#define PG_PLANS	256u	/* a power of two */

struct pg_stmt;
struct pg_plan;

/* Rows of one INSERT statement that are still here. */
struct pg_sink {
	char	  *table;	/* as the statement names it; heap */
	char	  *columns;	/* "(a, b)"; heap */
	chy_buf	   rows;	/* in COPY's binary form */
	uint64_t   n;
};

enum pg_where {
	PG_IDLE,		/* no transaction */
	PG_READING,
	PG_WRITING,
	PG_DEAD,		/* its connection was lost in the middle */
};

/* Statements of the text index. */
enum pg_text_statement {
	PG_TEXT_SEGMENTS, PG_TEXT_PAGES, PG_TEXT_PLACES, PG_TEXT_PUT_PAGE,
	PG_TEXT_PUT_PLACES, PG_TEXT_PUT_SEGMENT, PG_TEXT_NEXT, PG_TEXT_WALK,
	PG_TEXT_COPY_PLACES, PG_TEXT_DROP_PAGES, PG_TEXT_DROP_PLACES,
	PG_TEXT_DROP_SEGMENT, PG_TEXT_LOCK,
	PG_TEXT_STATEMENTS
};

struct chy_pg {
	chy_db	   base;
	PGconn	  *conn;	/* NULL: to be made again */
	char	  *where;	/* heap; holds perhaps a password: never shown */
	char	  *shown;	/* the address without it; heap */
	bool	   read_only, many_hosts;
	uint32_t   busy_ms;
	uint32_t   generation;	/* counts connections */
	uint32_t   next_name;	/* of prepared statements */
	enum pg_where at;
	bool	   lost;	/* something was cut off; see chy_db_is_lost */

	struct pg_plan *plans[PG_PLANS];
	struct pg_stmt *streaming;	/* whose rows are still arriving */
	struct pg_sink sinks[PG_SINKS];
	size_t	   n_sinks;
	size_t	   gathered;	/* bytes in them */
	chy_buf	   scratch;

	/* Full text. */
	struct chy_cutter tokens;
	struct chy_gathered *words;	/* NULL: none yet */
	int64_t	   first_row, last_row;	/* of what is in it; 0: none */
	chy_stmt  *text[PG_TEXT_STATEMENTS];
	chy_text_source_fn source;
	void	  *source_arg;
};

static inline struct chy_pg *
chy_pg_of(chy_db *db)
{
	return (struct chy_pg *)(void *)db;
}

/* Fill err from a result, or with NULL from the connection. */
chy_status chy_pg_fail(struct chy_pg *db, const PGresult *res,
    chy_error *err);
/* The same, and the result is cleared. */
chy_status chy_pg_fail_clear(struct chy_pg *db, PGresult *res,
    chy_error *err);
/* Run words of ours without parameters; of several the last tells. */
chy_status chy_pg_run(struct chy_pg *db, const char *sql, chy_error *err);
/* A connection that works, made again if need be; not in a transaction. */
chy_status chy_pg_ready(struct chy_pg *db, chy_error *err);
/* Let what is still arriving be taken into memory, so that the connection
 * can be used. */
chy_status chy_pg_quiet(struct chy_pg *db, chy_error *err);

/* db_pg_stmt.c */
chy_status chy_pg_prepare(chy_db *db, const char *sql, chy_stmt **ret,
    chy_error *err);
void	chy_pg_stmt_free(chy_stmt *stmt);
void	chy_pg_bind_int(chy_stmt *stmt, int at, int64_t value);
void	chy_pg_bind_text(chy_stmt *stmt, int at, chy_slice value);
void	chy_pg_bind_blob(chy_stmt *stmt, int at, chy_slice value);
void	chy_pg_bind_null(chy_stmt *stmt, int at);
chy_status chy_pg_step(chy_stmt *stmt, bool *ret_row, chy_error *err);
void	chy_pg_reset(chy_stmt *stmt);
int64_t	chy_pg_column_int(chy_stmt *stmt, int at);
chy_slice chy_pg_column_text(chy_stmt *stmt, int at);
chy_slice chy_pg_column_blob(chy_stmt *stmt, int at);
bool	chy_pg_column_is_null(chy_stmt *stmt, int at);
chy_column_kind chy_pg_column_kind(chy_stmt *stmt, int at);
/* Take what a statement's rows are into memory. */
chy_status chy_pg_absorb(struct pg_stmt *stmt, chy_error *err);
/* Send what was gathered for the tables, or forget it. */
chy_status chy_pg_send(struct chy_pg *db, chy_error *err);
void	chy_pg_forget(struct chy_pg *db);
void	chy_pg_stmt_done(struct chy_pg *db);

/* Bytes that PostgreSQL takes for text, of any bytes: NUL and what is not
 * UTF-8 are told by characters of a private plane. */
void	chy_pg_escape(chy_slice s, chy_buf *out);
bool	chy_pg_needs_escape(chy_slice s);
bool	chy_pg_is_escaped(chy_slice s);
void	chy_pg_unescape(chy_slice s, chy_buf *out);

/* db_pg_text.c */
void	chy_pg_text_source(chy_db *db, chy_text_source_fn source, void *arg);
chy_status chy_pg_text_add(chy_db *db, int64_t row, chy_slice text,
    chy_error *err);
chy_status chy_pg_text_clear(chy_db *db, chy_error *err);
chy_status chy_pg_text_find(chy_db *db, const chy_text_query *query,
    chy_text_rows_fn rows, void *arg, chy_error *err);
chy_status chy_pg_text_words(chy_db *db, chy_slice text,
    chy_text_word_fn word, void *arg, chy_error *err);
chy_status chy_pg_text_merge(chy_db *db, bool *ret_done, chy_error *err);
chy_status chy_pg_text_check(chy_db *db, bool *ret_sound, chy_error *err);
/* What was gathered becomes a segment, before a commit. */
chy_status chy_pg_text_flush(struct chy_pg *db, chy_error *err);
void	chy_pg_text_forget(struct chy_pg *db);
void	chy_pg_text_done(struct chy_pg *db);

#endif
