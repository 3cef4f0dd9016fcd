/*
 * What two texts have in common: sketches, by which those that are nearly the
 * same are found among many, and differences, word by word.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_COMPARE_COMPARE_H
#define CHY_COMPARE_COMPARE_H

#include "base/arena.h"
#include "base/slice.h"
#include "base/status.h"

/*
 * A sketch of one paragraph: the least two of the hashes of its sequences of
 * four words, by two hashes. Two paragraphs have the same with the
 * probability that a sequence of the one is in the other as well (Broder,
 * On the resemblance and containment of documents, 1997). Words are letters and digits;
 * capitals, marks and line ends do not count.
 */
typedef struct chy_sketch {
	uint32_t least[2];	/* 0, 0: too few words to tell */
	uint32_t words;
} chy_sketch;

#define CHY_SKETCH_WORDS	6u	/* fewer are too common to tell */

chy_sketch chy_sketch_make(chy_slice text);

/* What of the sequences of words of two texts is in both, of all that are in
 * one: 1 is the same, to 0. Needs memory; below 0 where there is none. */
double	chy_text_resemblance(const chy_slice *a, uint32_t n_a,
    const chy_slice *b, uint32_t n_b);

typedef enum chy_edit_kind {
	CHY_EDIT_SAME,
	CHY_EDIT_REMOVED,	/* only in the first */
	CHY_EDIT_ADDED,	/* only in the second */
} chy_edit_kind;

/* A stretch of words; of what is the same, as it stands in the second. */
typedef struct chy_edit {
	chy_edit_kind kind;
	chy_slice	text;
} chy_edit;

/*
 * The differences of two texts by words, in order; they read as one text.
 * Blanks and line ends do not count. The fewest changes there are (Myers, An
 * O(ND) difference algorithm, 1986), as long as there are not more than 2,000;
 * above that the middle is given as removed and added. CHY_ERR_NO_MEMORY.
 */
CHY_MUST_USE chy_status chy_text_edits(chy_slice a, chy_slice b,
    chy_arena *arena, chy_edit **ret, uint32_t *ret_n);

/* Which paragraph of the one is which of the other. */
typedef struct chy_pair {
	uint32_t a, b;		/* indexes; UINT32_MAX: only in the other */
} chy_pair;

/* Pair the paragraphs in their order, the most alike first; what is alike by
 * less than a fifth of its words is not the same one. */
CHY_MUST_USE chy_status chy_texts_pair(const chy_slice *a, uint32_t n_a,
    const chy_slice *b, uint32_t n_b, chy_arena *arena, chy_pair **ret,
    uint32_t *ret_n);

#endif
