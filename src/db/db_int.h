/*
 * What an engine must do: one row of functions. The comments are in db/db.h.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_DB_DB_INT_H
#define CHY_DB_DB_INT_H

#include "db/db.h"

typedef struct chy_db_engine {
	const char *name;
	bool	   is_file;	/* its addresses are paths */
	bool	   is_far;
	/* Whether the engine is meant by an address. */
	bool	   (*is_mine)(const char *where);
	chy_status (*open)(const char *where, const chy_db_options *opts,
	    chy_db **ret_db, chy_error *err);
	void	   (*close)(chy_db *db);
	void	   (*show)(const char *where, char *out, size_t size);
	bool	   (*is_lost)(const chy_db *db);
	uint32_t   (*connection)(const chy_db *db);
	chy_status (*has_table)(chy_db *db, const char *name, bool *ret,
	    chy_error *err);
	chy_status (*exec)(chy_db *db, const char *script, chy_error *err);
	chy_status (*begin)(chy_db *db, bool write, chy_error *err);
	chy_status (*commit)(chy_db *db, chy_error *err);
	void	   (*rollback)(chy_db *db);
	chy_status (*bulk)(chy_db *db, bool on, chy_error *err);
	chy_status (*tend)(chy_db *db, bool *ret_done, chy_error *err);
	chy_status (*size)(chy_db *db, uint64_t *ret_bytes, chy_error *err);
	chy_status (*check)(chy_db *db, void (*fault)(void *, chy_slice),
	    void *arg, chy_error *err);

	chy_status (*prepare)(chy_db *db, const char *sql, chy_stmt **ret_stmt,
	    chy_error *err);
	void	   (*stmt_free)(chy_stmt *stmt);
	void	   (*bind_int)(chy_stmt *stmt, int at, int64_t value);
	void	   (*bind_text)(chy_stmt *stmt, int at, chy_slice value);
	void	   (*bind_blob)(chy_stmt *stmt, int at, chy_slice value);
	void	   (*bind_null)(chy_stmt *stmt, int at);
	chy_status (*step)(chy_stmt *stmt, bool *ret_row, chy_error *err);
	void	   (*reset)(chy_stmt *stmt);
	int64_t	   (*column_int)(chy_stmt *stmt, int at);
	chy_slice  (*column_text)(chy_stmt *stmt, int at);
	chy_slice  (*column_blob)(chy_stmt *stmt, int at);
	bool	   (*column_is_null)(chy_stmt *stmt, int at);
	chy_column_kind (*column_kind)(chy_stmt *stmt, int at);
	chy_status (*each_table)(chy_db *db, chy_db_table_fn each, void *arg,
	    chy_error *err);
	chy_status (*loaded)(chy_db *db, chy_error *err);

	void	   (*text_source)(chy_db *db, chy_text_source_fn source,
	    void *arg);
	chy_status (*text_add)(chy_db *db, int64_t row, chy_slice text,
	    chy_error *err);
	chy_status (*text_clear)(chy_db *db, chy_error *err);
	chy_status (*text_find)(chy_db *db, const chy_text_query *query,
	    chy_text_rows_fn rows, void *arg, chy_error *err);
	chy_status (*text_words)(chy_db *db, chy_slice text,
	    chy_text_word_fn word, void *arg, chy_error *err);
	chy_status (*text_check)(chy_db *db, bool *ret_sound, chy_error *err);
} chy_db_engine;

/* The first member of every engine's own structure. */
struct chy_db {
	const chy_db_engine *engine;
};

struct chy_stmt {
	const chy_db_engine *engine;
};

extern const chy_db_engine chy_db_postgresql;
extern const chy_db_engine chy_db_sqlite;

#endif
