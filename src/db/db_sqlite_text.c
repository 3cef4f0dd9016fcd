/*
 * Full text with SQLite's FTS5: the table words(text), whose content is not
 * stored but cut again from the originals when the index is proved.
 *
 * Source: sqlite.org/fts5.html, external content and custom auxiliary
 * interfaces.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "db/sqlite_int.h"

/* Rows given to the caller at a time. */
#define PORTION	1024

/* The SQL function row_text(id): what the view behind the index is made of. */
static void
row_text(sqlite3_context *ctx, int argc, sqlite3_value **argv)
{
	struct chy_sqlite *db = sqlite3_user_data(ctx);
	chy_buf out = CHY_BUF_INIT;

	(void)argc;
	if (db->source == NULL) {
		sqlite3_result_null(ctx);
		return;
	}
	if (db->source(db->source_arg, sqlite3_value_int64(argv[0]), &out) !=
	    CHY_OK || chy_buf_status(&out) != CHY_OK)
		sqlite3_result_error(ctx, "the row cannot be read", -1);
	else
		sqlite3_result_text64(ctx, out.ptr != NULL ? out.ptr : "",
		    out.len, SQLITE_TRANSIENT, SQLITE_UTF8);
	chy_buf_done(&out);
}

chy_status
chy_sqlite_text_init(struct chy_sqlite *db, chy_error *err)
{
	int code = sqlite3_create_function_v2(db->handle, "row_text", 1,
	    SQLITE_UTF8, db, row_text, NULL, NULL, NULL);

	return code == SQLITE_OK ? CHY_OK :
	    chy_sqlite_fail(db, code, "archive", err);
}

void
chy_sqlite_text_done(struct chy_sqlite *db)
{
	chy_sqlite_gather_done(db);
	sqlite3_finalize(db->text_add);
	sqlite3_finalize(db->text_merge);
	sqlite3_finalize(db->text_find);
	chy_cutter_done(&db->tokens);
}

void
chy_sqlite_text_source(chy_db *base, chy_text_source_fn source, void *arg)
{
	struct chy_sqlite *db = chy_sqlite_of(base);

	db->source = source;
	db->source_arg = arg;
}

chy_status
chy_sqlite_ready(struct chy_sqlite *db, sqlite3_stmt **stmt, const char *sql,
    chy_error *err)
{
	int code;

	if (*stmt != NULL)
		return CHY_OK;
	code = sqlite3_prepare_v3(db->handle, sql, -1,
	    SQLITE_PREPARE_PERSISTENT, stmt, NULL);
	return code == SQLITE_OK ? CHY_OK :
	    chy_sqlite_fail(db, code, "text index", err);
}

chy_status
chy_sqlite_text_add(chy_db *base, int64_t row, chy_slice text, chy_error *err)
{
	struct chy_sqlite *db = chy_sqlite_of(base);
	chy_status st;
	int code;

	if (chy_sqlite_gathers(db))
		return chy_sqlite_gather_add(db, row, text, err);
	st = chy_sqlite_ready(db, &db->text_add,
	    "INSERT INTO words(rowid, text) VALUES (?, ?)", err);
	if (st != CHY_OK)
		return st;
	sqlite3_bind_int64(db->text_add, 1, row);
	sqlite3_bind_text64(db->text_add, 2, text.ptr != NULL ? text.ptr : "",
	    text.len, SQLITE_STATIC, SQLITE_UTF8);
	code = sqlite3_step(db->text_add);
	if (code != SQLITE_DONE)
		st = chy_sqlite_fail(db, code, "text index", err);
	sqlite3_reset(db->text_add);
	return st;
}

chy_status
chy_sqlite_text_clear(chy_db *base, chy_error *err)
{
	struct chy_sqlite *db = chy_sqlite_of(base);
	int code = sqlite3_exec(db->handle,
	    "INSERT INTO words(words) VALUES ('delete-all')", NULL, NULL, NULL);

	chy_sqlite_gather_forget(db);
	return code == SQLITE_OK ? CHY_OK :
	    chy_sqlite_fail(db, code, "text index", err);
}

/* One more word of a match for words that stand near each other. */
static bool
near_word(void *arg, chy_slice word, uint32_t off, uint32_t len)
{
	chy_buf *match = arg, quoted = CHY_BUF_INIT;

	(void)off;
	(void)len;
	chy_buf_printf(&quoted, "\"%.*s\" ", CHY_ARG(word));
	/* Once is enough: each may be any of its places. */
	if (chy_slice_find(chy_buf_slice(match), chy_buf_slice(&quoted), 0) >=
	    match->len)
		chy_buf_put(match, chy_buf_slice(&quoted));
	chy_buf_done(&quoted);
	return true;
}

/* What FTS5 is asked for. In quotes it is words and nothing else to FTS5's
 * own language. */
static chy_status
make_match(chy_db *db, const chy_text_query *query, chy_buf *match,
    chy_error *err)
{
	chy_slice words = query->words;
	chy_status st = CHY_OK;

	if (query->near > 0) {
		chy_buf_puts(match, "NEAR(");
		st = chy_sqlite_text_words(db, words, near_word, match, err);
		if (match->len == 5)
			chy_buf_puts(match, "\"\"");
		chy_buf_printf(match, ", %u)", (unsigned)query->near);
	} else {
		chy_buf_putc(match, '"');
		for (size_t i = 0; i < words.len; i++) {
			if (words.ptr[i] == '"')
				chy_buf_putc(match, '"');
			chy_buf_putc(match, words.ptr[i] == '\0' ? ' ' :
			    words.ptr[i]);
		}
		chy_buf_puts(match, query->prefix ? "\" *" : "\"");
	}
	if (st == CHY_OK && chy_buf_status(match) != CHY_OK)
		st = chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	return st;
}

chy_status
chy_sqlite_text_find(chy_db *base, const chy_text_query *query,
    chy_text_rows_fn rows, void *arg, chy_error *err)
{
	struct chy_sqlite *db = chy_sqlite_of(base);
	chy_buf match = CHY_BUF_INIT;
	int64_t portion[PORTION];
	size_t n = 0;
	chy_status st = chy_sqlite_gather_write(db, err);
	int code;

	if (st == CHY_OK)
		st = chy_sqlite_ready(db, &db->text_find, "SELECT rowid "
		    "FROM words WHERE words MATCH ? AND rowid > ?", err);
	if (st != CHY_OK)
		return st;
	st = make_match(base, query, &match, err);
	if (st != CHY_OK) {
		chy_buf_done(&match);
		return st;
	}
	sqlite3_bind_text64(db->text_find, 1, match.ptr, match.len,
	    SQLITE_STATIC, SQLITE_UTF8);
	sqlite3_bind_int64(db->text_find, 2, query->after);
	while ((code = sqlite3_step(db->text_find)) == SQLITE_ROW) {
		portion[n++] = sqlite3_column_int64(db->text_find, 0);
		if (n < PORTION)
			continue;
		st = rows(arg, portion, n);
		n = 0;
		if (st != CHY_OK)
			break;
	}
	if (st == CHY_OK && code != SQLITE_DONE)
		st = chy_sqlite_fail(db, code, "text index", err);
	if (st == CHY_OK && n > 0)
		st = rows(arg, portion, n);
	sqlite3_reset(db->text_find);
	chy_buf_done(&match);
	return st;
}


/* ---- the tokenizer, to find in a text what the index found ---- */

chy_status
chy_sqlite_text_words(chy_db *base, chy_slice text, chy_text_word_fn word,
    void *arg, chy_error *err)
{
	struct chy_sqlite *db = chy_sqlite_of(base);
	int code = chy_cutter_open(&db->tokens, db->handle);

	if (code == SQLITE_OK)
		code = chy_cutter_cut(&db->tokens, text, word, arg);
	return code == SQLITE_OK ? CHY_OK :
	    chy_sqlite_fail(db, code, "text index", err);
}


/* ---- keeping it in order ---- */

chy_status
chy_sqlite_text_merge(struct chy_sqlite *db, bool *ret_done, chy_error *err)
{
	chy_status st = chy_sqlite_tune(db, err);
	int before = sqlite3_total_changes(db->handle), code;

	if (st == CHY_OK)
		st = chy_sqlite_ready(db, &db->text_merge,
		    "INSERT INTO words(words, rank) VALUES ('merge', ?)", err);
	if (st != CHY_OK)
		return st;
	/* In steps: each is one transaction that others wait for. */
	sqlite3_bind_int(db->text_merge, 1, db->merge_pages);
	(void)sqlite3_step(db->text_merge);
	code = sqlite3_reset(db->text_merge);
	if (code != SQLITE_OK)
		return chy_sqlite_fail(db, code, "text index", err);
	/* By the manual: less than two changes mean that nothing was merged. */
	*ret_done = sqlite3_total_changes(db->handle) - before < 2;
	return CHY_OK;
}

chy_status
chy_sqlite_text_check(chy_db *base, bool *ret_sound, chy_error *err)
{
	struct chy_sqlite *db = chy_sqlite_of(base);
	int code = sqlite3_exec(db->handle,
	    "INSERT INTO words(words, rank) VALUES ('integrity-check', 1)",
	    NULL, NULL, NULL);

	/* Or a row's words could not be cut again from its original. */
	if ((code & 0xff) == SQLITE_CORRUPT || code == SQLITE_ERROR) {
		*ret_sound = false;
		return CHY_OK;
	}
	if (code != SQLITE_OK)
		return chy_sqlite_fail(db, code, "text index", err);
	*ret_sound = true;
	return CHY_OK;
}
