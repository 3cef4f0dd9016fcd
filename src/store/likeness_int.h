/*
 * The names of an archive in memory, and what is kept of them for readers.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_STORE_LIKENESS_INT_H
#define CHY_STORE_LIKENESS_INT_H

#include "store/likeness.h"
#include "store/store_int.h"

/* Where a spelling stands: a row of a telegram. */
struct stands {
	uint32_t spelling;
	uint32_t row;
};

#define SEEN	2u	/* readers whose names are kept: 30 MB each at a
			 * quarter of a million telegrams */

/* What one reader sees of the names loaded. */
struct seen {
	uint64_t   used;	/* for choosing the one to replace */
	uint64_t   view;	/* its serial; 0: free */
	chy_named  named;
	uint32_t  *first, *end, *entries, *spelled, *count;
	size_t	   cap_first, cap_end, cap_entries, cap_spelled, cap_count;
	size_t	   n;		/* entries */
	uint32_t   n_groups, n_keys, n_tels;	/* that are in it */
};

struct chy_likeness {
	int64_t	       rebuild;
	uint32_t       n_tels;		/* of the columns, that are loaded */
	struct chy_names *texts;	/* kind's letter and spelling */
	struct chy_names *keys;
	chy_spelling  *spellings;
	size_t	       cap_spellings;
	struct stands *stands;
	size_t	       n_stands, cap_stands;
	uint32_t      *first_stand;	/* by telegram, and one behind */
	size_t	       cap_first;
	uint32_t      *sketches;	/* two hashes and words of each */
	size_t	       n_sketches, cap_sketches;
	uint32_t      *first_sketch;
	size_t	       cap_first_sketch;
	struct seen    seen[SEEN];
	uint64_t       clock;
};

/* Load what was filed since. */
chy_status chy_likeness_update(chy_store *store, chy_error *err);

/* named.c: forget what is kept for readers. */
void	chy_seen_done(struct chy_likeness *l);

/* Whether the reader sees row `row` of the telegram. Of the heading's the
 * heading must be seen. */
static inline bool
chy_sees_row(const chy_view *view, const chy_columns *c, uint32_t tel,
    uint32_t row)
{
	const chy_tel_column *t = &c->tels[tel];
	size_t at = (size_t)t->first_row + row;

	return row < t->row_count && at < c->n_rows &&
	    chy_view_row(view, at);
}

#endif
