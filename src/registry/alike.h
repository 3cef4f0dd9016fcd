/*
 * Telegrams like one another: similar ones with the reasons, near-duplicates,
 * and the differences of two texts.
 *
 * Everything is made of what the reader sees: how rare a word, a TAG or a name
 * is, is counted among the telegrams that they see.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_REGISTRY_ALIKE_H
#define CHY_REGISTRY_ALIKE_H

#include "compare/comparison.h"
#include "registry/registry.h"

typedef enum chy_like_kind {
	CHY_LIKE_CITES,		/* it is cited by the telegram asked for */
	CHY_LIKE_CITED_BY,	/* it cites it */
	CHY_LIKE_SHARED_CITE,	/* both cite text */
	CHY_LIKE_CASE,		/* both are in the case */
	CHY_LIKE_TAG,
	CHY_LIKE_NAME,
	CHY_LIKE_WORD,
} chy_like_kind;

/* "cites", "cited-by", "shared-citation", "case", "tag", "name", "word". */
const char *chy_like_kind_name(chy_like_kind kind);

typedef struct chy_like_reason {
	chy_like_kind kind;
	chy_slice     text;	/* id, case, code, name, word; empty */
	uint32_t      weight;	/* what it adds to the score */
} chy_like_reason;

typedef struct chy_like {
	chy_line	 line;
	uint32_t	 score;	/* sum of the weights; 1000 is one thing that
				 * this telegram alone shares */
	uint32_t	 same;	/* of 1000, of the texts' sequences of four
				 * words; 0: not looked at */
	bool		 near_duplicate; /* same is 800 or more */
	chy_like_reason *reasons; /* the weightiest first */
	uint32_t	 n_reasons;
} chy_like;

typedef struct chy_likes {
	chy_arena arena;
	chy_line  line;		/* of the telegram asked for */
	chy_like *at;		/* near-duplicates first, the likest first; then
				 * by score; then newest first, then by id */
	uint32_t  n;
} chy_likes;

/* Similar telegrams, at most `most`; 0: 10. Statuses as chy_registry_show. */
CHY_MUST_USE chy_status chy_registry_like(chy_registry *reg,
    const chy_reader *reader, chy_slice address, uint32_t most,
    chy_likes **ret, chy_error *err);
void	chy_likes_free(chy_likes *likes);

/* What of a page of results is nearly the same as what stands before it. */
typedef struct chy_fold {
	uint32_t of;		/* index of the id it is shown below;
				 * UINT32_MAX: it stands by itself */
	uint32_t n_near;	/* near-duplicates of it that the reader sees,
				 * on this page or not; up to 64 */
} chy_fold;

/* For display alone: counts and pages stay those of telegrams. `ret` has room
 * for n; ids that the reader does not see stand by themselves. */
CHY_MUST_USE chy_status chy_registry_fold(chy_registry *reg,
    const chy_reader *reader, const chy_slice *ids, uint32_t n,
    chy_fold *ret, chy_error *err);

typedef struct chy_comparisons {
	chy_arena	arena;
	chy_comparison *at;
	uint32_t	n;
	chy_label	label;	/* of all that is compared */
} chy_comparisons;

/**
 * The differences of two telegrams; with an empty `other`, of the copies of
 * one with the original that is shown of it: none where there are none.
 * Statuses as chy_registry_show.
 */
CHY_MUST_USE chy_status chy_registry_differences(chy_registry *reg,
    const chy_reader *reader, chy_slice address, chy_slice other,
    chy_comparisons **ret, chy_error *err);
void	chy_comparisons_free(chy_comparisons *comparisons);

#endif
