/*
 * The words of a text, as every engine's index has them: FTS5's unicode61
 * with diacritics removed. It is SQLite's own, so that an archive answers the
 * same whatever keeps it.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_DB_CUTTER_H
#define CHY_DB_CUTTER_H

#include <sqlite3.h>

#include "db/db.h"
#include "db/postings.h"

/* FTS5 cuts words that are longer (FTS5_MAX_TOKEN_SIZE). */
#define CHY_TOKEN_MAX	32768u

struct chy_cutter {
	fts5_tokenizer table;
	Fts5Tokenizer *of;	/* NULL until chy_cutter_open() */
	sqlite3	      *own;	/* a database in memory; NULL: a caller's */
};

/* Of a handle, or with NULL of a database of its own in memory. Opened twice
 * it stays as it is. SQLite's result code. */
int	chy_cutter_open(struct chy_cutter *t, sqlite3 *handle);
void	chy_cutter_done(struct chy_cutter *t);
/* SQLite's result code; stops when word() returns false. */
int	chy_cutter_cut(struct chy_cutter *t, chy_slice text,
    chy_text_word_fn word, void *arg);
/* Gather the words of a row, as FTS5 keeps them; how many goes to *ret_n. */
int	chy_cutter_gather(struct chy_cutter *t, int64_t row, chy_slice text,
    struct chy_gathered *to, uint32_t *ret_n);

/* As much of a word as FTS5 keeps. */
static inline chy_slice
chy_token_kept(chy_slice word)
{
	return chy_slice_sub(word, 0, CHY_TOKEN_MAX);
}

#endif
