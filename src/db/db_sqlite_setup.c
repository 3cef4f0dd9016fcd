/*
 * SQLite's settings: of a new file, of a connection, of a bulk load. Each
 * number was measured; a small page cache loads faster than a large one.
 *
 * SPDX-License-Identifier: ISC
 */
#include "db/sqlite_int.h"

/* Pages of the log, 32 kB each: with how many a commit writes it back to the
 * file itself, which can take a quarter of a second; apart, that is done from
 * a quarter of them on. */
#define LOG_MOST	1000
#define LOG_MOST_BULK	4000

/* Pages of the index, 16 kB each, that one step puts together. A step begins
 * with the first page of every part anew: after a bulk load of a million
 * telegrams, in 167 parts, small ones wrote 36 times as much as they joined and
 * took three times as long. While others file they wait for a step: 20 ms, and
 * 240 in a bulk load. */
#define MERGE_PAGES		16
#define MERGE_PAGES_BULK	1024

static chy_status
run(struct chy_sqlite *db, const char *sql, chy_error *err)
{
	int code = sqlite3_exec(db->handle, sql, NULL, NULL, NULL);

	return code == SQLITE_OK ? CHY_OK :
	    chy_sqlite_fail(db, code, "archive", err);
}

/* The same, waiting as long as was agreed: for a change of the journal the
 * engine itself does not wait. */
static chy_status
run_patiently(struct chy_sqlite *db, const char *sql, chy_error *err)
{
	for (int tries = 0;; tries++) {
		chy_status st = run(db, sql, err);

		if (st != CHY_ERR_BUSY || !chy_sqlite_busy(db, tries))
			return st;
	}
}

/* Write the log back as far as no reader needs the file as it is. */
static int
write_back(struct chy_sqlite *db)
{
	int pages, done, code = sqlite3_wal_checkpoint_v2(db->handle, NULL,
	    SQLITE_CHECKPOINT_PASSIVE, &pages, &done);

	if (code == SQLITE_OK)
		db->log_done = done;
	return code;
}

static int
after_commit(void *arg, sqlite3 *handle, const char *schema, int pages)
{
	struct chy_sqlite *db = arg;

	(void)handle;
	(void)schema;
	/* It has begun anew. */
	if (pages < db->log_pages)
		db->log_done = 0;
	db->log_pages = pages;
	/* Where others are at it, it is done; the commit is good anyway. */
	if (pages - db->log_done >= db->log_most)
		(void)write_back(db);
	return SQLITE_OK;
}

chy_status
chy_sqlite_setup(struct chy_sqlite *db, chy_error *err)
{
	chy_status st = CHY_OK;

	/* The size of a page must come before the first table; later it does
	 * nothing. Two processes may meet at a new file, so whether there is
	 * one already tells nothing. */
	if (!db->read_only)
		st = run_patiently(db, "PRAGMA page_size = 32768;"
		    "PRAGMA journal_mode = WAL;", err);
	/* The first thing that looks at the file: is it a database at all? A
	 * commit in FULL is in the log on the disk; writing the log back to
	 * the file can wait. */
	if (st == CHY_OK)
		st = run_patiently(db, "PRAGMA synchronous = FULL;"
		    "PRAGMA foreign_keys = OFF;"
		    "PRAGMA temp_store = MEMORY;"
		    "PRAGMA cache_size = -4000;"
		    "PRAGMA mmap_size = 1073741824;"
		    "PRAGMA trusted_schema = ON;"
		    "SELECT count(*) FROM sqlite_schema;", err);
	db->log_most = LOG_MOST;
	db->merge_pages = MERGE_PAGES;
	(void)sqlite3_wal_hook(db->handle, after_commit, db);
	return st;
}

chy_status
chy_sqlite_tend(chy_db *base, bool *ret_done, chy_error *err)
{
	struct chy_sqlite *db = chy_sqlite_of(base);
	int before = db->log_done, code;

	if (db->log_pages - before < db->log_most / 4)
		return chy_sqlite_text_merge(db, ret_done, err);
	code = write_back(db);
	/* Somebody else is at it, or needs the file as it is. */
	if ((code & 0xff) == SQLITE_BUSY ||
	    (code == SQLITE_OK && db->log_done <= before))
		return chy_sqlite_text_merge(db, ret_done, err);
	*ret_done = false;
	return code == SQLITE_OK ? CHY_OK :
	    chy_sqlite_fail(db, code, "archive", err);
}

/* Never all parts of the index are put together in the midst of a filing, which
 * takes half a minute where a bulk load left large ones; an older version, or a
 * bulk load that was killed, left other settings. Each change makes every
 * reader read them again. */
chy_status
chy_sqlite_tune(struct chy_sqlite *db, chy_error *err)
{
	sqlite3_stmt *stmt;
	int code, right = 0;

	if (db->tuned)
		return CHY_OK;
	code = sqlite3_prepare_v2(db->handle, "SELECT count(*) FROM "
	    "words_config WHERE (k = 'usermerge' AND v = 8) OR "
	    "(k = 'crisismerge' AND v = 1000)", -1, &stmt, NULL);
	if (code == SQLITE_OK) {
		if (sqlite3_step(stmt) == SQLITE_ROW)
			right = sqlite3_column_int(stmt, 0);
		code = sqlite3_finalize(stmt);
	}
	if (code == SQLITE_OK && right != 2)
		code = sqlite3_exec(db->handle, "INSERT INTO words(words, rank) "
		    "VALUES ('usermerge', 8), ('crisismerge', 1000)", NULL,
		    NULL, NULL);
	if (code != SQLITE_OK)
		return chy_sqlite_fail(db, code, "text index", err);
	db->tuned = true;
	return CHY_OK;
}

chy_status
chy_sqlite_bulk(chy_db *base, bool on, chy_error *err)
{
	struct chy_sqlite *db = chy_sqlite_of(base);
	chy_status st;

	/* Merging the index in the path of a commit can take seconds; it is
	 * done apart, by chy_db_tend(). Pages mapped into memory count as
	 * the process's, and what was just written is not asked for again. A
	 * crash of the machine may take back the last commits in NORMAL, never
	 * half of one. */
	db->log_most = on ? LOG_MOST_BULK : LOG_MOST;
	db->merge_pages = on ? MERGE_PAGES_BULK : MERGE_PAGES;
	if (on) {
		db->tuned = false;
		st = run(db, "INSERT INTO words(words, rank) VALUES "
		    "('hashsize', 33554432), ('automerge', 0), "
		    "('crisismerge', 200);"
		    "PRAGMA synchronous = NORMAL;"
		    "PRAGMA mmap_size = 0;", err);
		return st == CHY_OK ? chy_sqlite_gather_begin(db, err) : st;
	}
	/* The first commit in FULL takes those before it to the disk. */
	st = run(db, "PRAGMA synchronous = FULL;"
	    "INSERT INTO words(words, rank) VALUES ('hashsize', 4194304);"
	    "PRAGMA mmap_size = 1073741824;", err);
	if (st == CHY_OK)
		chy_sqlite_gather_done(db);
	return st == CHY_OK ? chy_sqlite_tune(db, err) : st;
}
