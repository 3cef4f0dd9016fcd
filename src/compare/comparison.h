/*
 * Two telegrams side by side: fields of the heading, then paragraphs in their
 * order, each with its differences word by word.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_COMPARE_COMPARISON_H
#define CHY_COMPARE_COMPARISON_H

#include "compare/compare.h"

/* One field, or one paragraph. */
typedef struct chy_compared {
	chy_slice name;		/* of a field: subject; of a paragraph empty */
	chy_slice id_a, id_b;	/* of a paragraph; empty: it is not there */
	chy_slice mark_a, mark_b; /* its portion marks */
	chy_edit *edits;	/* what is the same, removed, added, in order */
	uint32_t  n_edits;
	bool	  differs;	/* in words or mark, or it is in one alone */
} chy_compared;

typedef struct chy_comparison {
	chy_slice     a, b;	/* ids, or "08MUSCAT425, copy 1" */
	chy_compared *at;	/* fields first */
	uint32_t      n;
	uint32_t      n_differ;
	uint32_t      same;	/* of 1000, of the sequences of four words of
				 * their paragraphs */
} chy_comparison;

#endif
