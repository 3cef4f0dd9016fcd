/*
 * The wide passes over a text: where its lines end, and where in it the words
 * stand that a reader looks for. Both choose at run time between AVX2 and
 * plain C; a test holds that they answer alike.
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
 * Up to eight three-letter beginnings, each a set of bytes for each of three
 * places. A candidate is an offset whose three bytes are in the sets of one
 * of them: what finds it must look again, since the sets of one place are
 * known by their nibbles only.
 */
typedef struct chy_stems {
	uint8_t low[3][16];	/* bit b: some byte of stem b has this low nibble */
	uint8_t high[3][16];
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

/* The same in plain C, for other machines and for the test. */
size_t	chy_lines_find_plain(chy_slice text, uint32_t from, uint32_t *ends,
    size_t cap, uint32_t *ret_next);
size_t	chy_stems_find_plain(const chy_stems *stems, chy_slice text,
    uint32_t from, uint32_t *found, size_t cap, uint32_t *ret_next);

#endif
