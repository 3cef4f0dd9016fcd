/*
 * The wide passes over a text: where its lines end, and where in it the words
 * stand that a reader looks for. Both choose at run time among AVX-512, AVX2
 * and plain C; a test holds that all answer alike.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_BASE_LINES_H
#define CHY_BASE_LINES_H

#include "base/slice.h"

/*
 * Offsets of line feeds in text, from offset `from`, into at most cap
 * places of `ends` (cap at least 64). Returns how many; *ret_next is where to
 * go on, text.len when all are found. Reads up to CHY_PADDING bytes past the
 * text.
 */
size_t	chy_lines_find(chy_slice text, uint32_t from, uint32_t *ends,
    size_t cap, uint32_t *ret_next);

/*
 * Up to eight three-letter beginnings, each a set of ASCII characters for
 * each of three places. A candidate is an offset where all three fit one of
 * them: whether a word of interest stands there its finder must see.
 */
typedef struct chy_stems {
	uint8_t set[3][128];	/* bit b: the character is in stem b's set */
	uint8_t low[3][16];	/* the same by low and by high half: coarser, */
	uint8_t high[3][16];	/* for machines that look up 16 at a time */
} chy_stems;

void	chy_stems_init(chy_stems *stems);

/* Let stem `bit` (0 to 7) have any byte of `set` at `place` (0 to 2). */
void	chy_stems_add(chy_stems *stems, unsigned bit, unsigned place,
    const char *set);

/*
 * Candidates in text from offset `from` on, like chy_lines_find.
 */
size_t	chy_stems_find(const chy_stems *stems, chy_slice text, uint32_t from,
    uint32_t *found, size_t cap, uint32_t *ret_next);

/* The ways there are, widest first, for the test: name NULL after the last.
 * One that the machine cannot do is left out. */
typedef struct chy_wide {
	const char *name;
	size_t	  (*lines_find)(chy_slice, uint32_t, uint32_t *, size_t,
	    uint32_t *);
	size_t	  (*stems_find)(const chy_stems *, chy_slice, uint32_t,
	    uint32_t *, size_t, uint32_t *);
} chy_wide;

chy_wide chy_wide_at(size_t i);

#endif
