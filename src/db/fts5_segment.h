/*
 * Segments of an FTS5 index, written from words that were gathered: what FTS5
 * would write itself, in half the time. FTS5 files word by word into lists that
 * lie all over the memory and waits for it; gathered words are looked up many at
 * a time. What is written is FTS5's own format, so that any SQLite reads it, puts
 * it together with other segments, and proves it ("integrity-check").
 *
 * Nothing here knows of a database. Records that are read are taken for
 * hostile.
 *
 * Source: SQLite, ext/fts5/fts5_index.c, "Details" (formats of the table
 * %_data) and fts5WriteAppendTerm() and what follows it; format version 4.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_DB_FTS5_SEGMENT_H
#define CHY_DB_FTS5_SEGMENT_H

#include "db/postings.h"

#define CHY_FTS5_VERSION	4	/* in %_config */
#define CHY_FTS5_TOTALS		1	/* rows of %_data: the totals, */
#define CHY_FTS5_STRUCTURE	10	/* and which segments there are */
#define CHY_FTS5_PAGE		16000u	/* `pgsz` of our table */

/* Where a segment is written to. What they return other than CHY_OK ends it. */
struct chy_fts5_sink {
	void	  *arg;
	chy_status (*data)(void *arg, int64_t id, chy_slice block);
	/* %_idx: `term` tells the page, as FTS5 numbers it, from those before. */
	chy_status (*term)(void *arg, chy_slice term, int64_t page);
};

/* Write all that was gathered, and forget it. */
chy_status chy_fts5_segment_write(struct chy_gathered *g, uint32_t segment,
    const struct chy_fts5_sink *sink, uint32_t *ret_pages);

/* The structure record `old` with one more segment on the first level, the
 * newest there: its number, which is free, goes to *ret_segment, how many stand
 * on the level then to *ret_level. `pages` are its pages; 0 asks for the numbers
 * alone. False where the record is damaged or of another version, or no number
 * is free. */
bool	chy_fts5_structure_add(chy_slice old, uint32_t pages, chy_buf *ret,
    uint32_t *ret_segment, uint32_t *ret_level);

/* The totals record of a table of one column with so many more. */
bool	chy_fts5_totals_add(chy_slice old, uint64_t rows, uint64_t words,
    chy_buf *ret);

#endif
