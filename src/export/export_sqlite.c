/*
 * A file of SQLite's with plain tables, for those who ask in SQL: telegrams,
 * paragraphs, addressees, TAGS, references, and the JSON of each. Not an
 * archive: it has no originals. chancery-export(1) lists the columns.
 *
 * SPDX-License-Identifier: ISC
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "db/db.h"
#include "export/export_int.h"

static const char schema[] =
    "CREATE TABLE telegram (id INTEGER PRIMARY KEY, canonical_id TEXT, "
    "dtg_iso TEXT, year INTEGER, precedence TEXT, originator TEXT, "
    "post TEXT, classification TEXT, subject TEXT, summary TEXT, "
    "sections INTEGER, json TEXT);"
    "CREATE TABLE paragraph (telegram INTEGER, id TEXT, number INTEGER, "
    "mark TEXT, title TEXT, text TEXT);"
    "CREATE TABLE addressee (telegram INTEGER, role TEXT, plad TEXT, "
    "precedence TEXT);"
    "CREATE TABLE tag (telegram INTEGER, code TEXT);"
    "CREATE TABLE caption (telegram INTEGER, token TEXT);"
    "CREATE TABLE reference (telegram INTEGER, letter TEXT, kind TEXT, "
    "value TEXT, text TEXT);";

static const char indexes[] =
    "CREATE INDEX telegram_id ON telegram (canonical_id);"
    "CREATE INDEX telegram_dtg ON telegram (dtg_iso);"
    "CREATE INDEX paragraph_telegram ON paragraph (telegram);"
    "CREATE INDEX addressee_plad ON addressee (plad);"
    "CREATE INDEX tag_code ON tag (code);"
    "CREATE INDEX reference_value ON reference (value);"
    "CREATE VIRTUAL TABLE paragraph_text USING fts5(text, "
    "content='paragraph', tokenize='unicode61 remove_diacritics 2');"
    "INSERT INTO paragraph_text(paragraph_text) VALUES('rebuild');";

enum { TELEGRAM, PARAGRAPH, ADDRESSEE, TAG, CAPTION, REFERENCE, TABLES };

static const char *const inserts[TABLES] = {
	[TELEGRAM] =
	    "INSERT INTO telegram VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
	[PARAGRAPH] = "INSERT INTO paragraph VALUES (?, ?, ?, ?, ?, ?)",
	[ADDRESSEE] = "INSERT INTO addressee VALUES (?, ?, ?, ?)",
	[TAG] = "INSERT INTO tag VALUES (?, ?)",
	[CAPTION] = "INSERT INTO caption VALUES (?, ?)",
	[REFERENCE] = "INSERT INTO reference VALUES (?, ?, ?, ?, ?)",
};

struct file {
	chy_db	 *db;
	chy_stmt *insert[TABLES];
};

static void
file_free(struct file *f)
{
	for (int i = 0; i < TABLES; i++)
		chy_stmt_free(f->insert[i]);
	if (f->db != NULL) {
		chy_db_rollback(f->db);
		chy_db_close(f->db);
	}
	free(f);
}

/* Half a file would be taken for a whole one. */
static void
remove_file(const char *path)
{
	static const char *const ends[] = { "", "-wal", "-shm", "-journal" };
	char name[2100];

	for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
		(void)snprintf(name, sizeof(name), "%.2048s%s", path, ends[i]);
		(void)unlink(name);
	}
}

static chy_status
open_sqlite(struct exporting *ex)
{
	chy_db_options opts = { .create = true };
	struct file *f;
	chy_status st;

	if (access(ex->opts->path, F_OK) == 0)
		return chy_fail(ex->err, CHY_ERR_EXISTS, "%.300s is there "
		    "already; give a new name", ex->opts->path);
	f = calloc(1, sizeof(*f));
	if (f == NULL)
		return chy_fail(ex->err, CHY_ERR_NO_MEMORY, "no memory");
	st = chy_db_open(ex->opts->path, &opts, &f->db, ex->err);
	if (st == CHY_OK)
		st = chy_db_exec(f->db, schema, ex->err);
	for (int i = 0; i < TABLES && st == CHY_OK; i++)
		st = chy_db_prepare(f->db, inserts[i], &f->insert[i], ex->err);
	if (st == CHY_OK)
		st = chy_db_begin(f->db, true, ex->err);
	if (st != CHY_OK) {
		file_free(f);
		remove_file(ex->opts->path);
	} else {
		ex->state = f;
	}
	return st;
}

static void
text(chy_stmt *s, int at, chy_slice value)
{
	if (value.len > 0)
		chy_stmt_text(s, at, value);
	else
		chy_stmt_null(s, at);
}

static chy_status
put_telegram(struct exporting *ex, const chy_shown *shown, int64_t id)
{
	struct file *f = ex->state;
	const chy_telegram *tel = shown->parts[0].telegram;
	chy_buf json = CHY_BUF_INIT, summary = CHY_BUF_INIT;
	chy_sink out = chy_sink_buf(&json);
	chy_stmt *s = f->insert[TELEGRAM];
	chy_status st;

	(void)chy_render(chy_renderer_find("json"), tel, &out);
	chy_render_summary(tel, &summary);
	chy_stmt_reset(s);
	chy_stmt_int(s, 1, id);
	chy_stmt_text(s, 2, shown->line.id);
	text(s, 3, shown->line.dtg_iso);
	chy_stmt_int(s, 4, shown->line.year);
	text(s, 5, chy_precedence_name(tel->precedence));
	text(s, 6, shown->line.originator);
	text(s, 7, shown->line.post);
	text(s, 8, shown->line.classification);
	text(s, 9, tel->subject);
	text(s, 10, chy_buf_slice(&summary));
	chy_stmt_int(s, 11, shown->n_parts);
	text(s, 12, chy_slice_trim(chy_buf_slice(&json)));
	st = chy_stmt_run(s, ex->err);
	chy_buf_done(&json);
	chy_buf_done(&summary);
	return st;
}

static chy_status
put_paragraphs(struct exporting *ex, const chy_telegram *tel, int64_t id)
{
	chy_stmt *s = ((struct file *)ex->state)->insert[PARAGRAPH];
	chy_status st = CHY_OK;

	for (uint32_t i = 0; i < tel->n_paragraphs && st == CHY_OK; i++) {
		const chy_paragraph *p = &tel->paragraphs[i];

		/* What the reader may not see has no text. */
		if (p->text.len == 0)
			continue;
		chy_stmt_reset(s);
		chy_stmt_int(s, 1, id);
		chy_stmt_text(s, 2, p->id);
		if (p->number != 0)
			chy_stmt_int(s, 3, p->number);
		else
			chy_stmt_null(s, 3);
		text(s, 4, p->mark);
		text(s, 5, p->title);
		chy_stmt_text(s, 6, p->text);
		st = chy_stmt_run(s, ex->err);
	}
	return st;
}

static chy_status
put_heading(struct exporting *ex, const chy_telegram *tel, int64_t id)
{
	struct file *f = ex->state;
	chy_stmt *s = f->insert[ADDRESSEE];
	chy_status st = CHY_OK;

	for (uint32_t i = 0; i < tel->n_addressees && st == CHY_OK; i++) {
		const chy_addressee *a = &tel->addressees[i];

		if (a->role != CHY_ROLE_ACTION && a->role != CHY_ROLE_INFO)
			continue;
		chy_stmt_reset(s);
		chy_stmt_int(s, 1, id);
		chy_stmt_text(s, 2, a->role == CHY_ROLE_ACTION ?
		    CHY_SLICE("action") : CHY_SLICE("info"));
		chy_stmt_text(s, 3, a->plad);
		text(s, 4, chy_precedence_name(a->effective));
		st = chy_stmt_run(s, ex->err);
	}
	s = f->insert[TAG];
	for (uint32_t i = 0; i < tel->n_tags && st == CHY_OK; i++) {
		chy_stmt_reset(s);
		chy_stmt_int(s, 1, id);
		chy_stmt_text(s, 2, tel->tags[i].code);
		st = chy_stmt_run(s, ex->err);
	}
	s = f->insert[CAPTION];
	for (uint32_t i = 0; i < tel->captions.n && st == CHY_OK; i++) {
		chy_stmt_reset(s);
		chy_stmt_int(s, 1, id);
		chy_stmt_text(s, 2, tel->captions.at[i]);
		st = chy_stmt_run(s, ex->err);
	}
	s = f->insert[REFERENCE];
	for (uint32_t i = 0; i < tel->n_references && st == CHY_OK; i++) {
		const chy_reference *r = &tel->references[i];

		chy_stmt_reset(s);
		chy_stmt_int(s, 1, id);
		text(s, 2, (chy_slice){ &r->letter, r->letter != '\0' });
		chy_stmt_text(s, 3, chy_slice_of(chy_ref_kind_name(r->kind)));
		text(s, 4, r->value);
		text(s, 5, r->text);
		st = chy_stmt_run(s, ex->err);
	}
	return st;
}

static chy_status
put(struct exporting *ex, const chy_shown *shown)
{
	int64_t id = (int64_t)ex->n + 1;
	chy_status st = put_telegram(ex, shown, id);

	if (st == CHY_OK)
		st = put_heading(ex, shown->parts[0].telegram, id);
	for (uint32_t i = 0; i < shown->n_parts && st == CHY_OK; i++)
		st = put_paragraphs(ex, shown->parts[i].telegram, id);
	return st;
}

static chy_status
close_sqlite(struct exporting *ex, bool whole)
{
	struct file *f = ex->state;
	chy_status st = CHY_OK;

	if (whole) {
		st = chy_db_exec(f->db, indexes, ex->err);
		if (st == CHY_OK)
			st = chy_db_commit(f->db, ex->err);
		for (int i = 0; i < TABLES; i++) {
			chy_stmt_free(f->insert[i]);
			f->insert[i] = NULL;
		}
		/* One file that can be handed on. */
		if (st == CHY_OK)
			st = chy_db_exec(f->db, "PRAGMA journal_mode = DELETE",
			    ex->err);
	}
	file_free(f);
	if (!whole || st != CHY_OK)
		remove_file(ex->opts->path);
	return st;
}

const chy_exporter chy_exporter_sqlite = {
	.name = "sqlite",
	.title = "a file of SQLite's with plain tables",
	.open = open_sqlite,
	.put = put,
	.close = close_sqlite,
};
