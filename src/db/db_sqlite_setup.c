/*
 * SQLite's settings: of a new file, of a connection, of a bulk load. Each
 * number was measured; a small page cache loads faster than a large one.
 *
 * SPDX-License-Identifier: ISC
 */
#include "db/sqlite_int.h"

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
	return st;
}

chy_status
chy_sqlite_bulk(chy_db *base, bool on, chy_error *err)
{
	struct chy_sqlite *db = chy_sqlite_of(base);
	chy_status st;

	/* Merging the index in the path of a commit can take seconds; it is
	 * done apart, by chy_text_merge(). Pages mapped into memory count as
	 * the process's, and what was just written is not asked for again. A
	 * crash of the machine may take back the last commits in NORMAL, never
	 * half of one; chy_db_sync() makes them safe. */
	if (on) {
		db->unsynced = true;
		return run(db, "INSERT INTO words(words, rank) VALUES "
		    "('hashsize', 33554432), ('automerge', 0), "
		    "('crisismerge', 200);"
		    "PRAGMA synchronous = NORMAL;"
		    "PRAGMA mmap_size = 0;"
		    "PRAGMA wal_autocheckpoint = 4000;", err);
	}
	/* The first commit in FULL takes those before it to the disk. */
	st = run(db, "PRAGMA synchronous = FULL;"
	    "INSERT INTO words(words, rank) VALUES ('hashsize', 4194304), "
	    "('automerge', 0), ('usermerge', 8), ('crisismerge', 1000);"
	    "PRAGMA mmap_size = 1073741824;"
	    "PRAGMA wal_autocheckpoint = 1000;", err);
	if (st == CHY_OK)
		db->unsynced = false;
	return st;
}

chy_status
chy_sqlite_sync(chy_db *base, chy_error *err)
{
	struct chy_sqlite *db = chy_sqlite_of(base);
	int code;

	if (!db->unsynced)
		return CHY_OK;
	code = sqlite3_wal_checkpoint_v2(db->handle, NULL,
	    SQLITE_CHECKPOINT_FULL, NULL, NULL);
	/* A reader elsewhere may hold the log; then it is on the disk, and the
	 * next one takes it over. */
	if (code == SQLITE_OK || (code & 0xff) == SQLITE_BUSY) {
		db->unsynced = false;
		return CHY_OK;
	}
	return chy_sqlite_fail(db, code, "archive", err);
}
