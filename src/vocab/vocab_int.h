/*
 * What the generated tables and the lookups share.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_VOCAB_INT_H
#define CHY_VOCAB_INT_H

#include "vocab/vocab.h"

typedef struct chy_vocab_key {
	chy_slice key;		/* in capitals, blanks folded */
	uint16_t  row;
} chy_vocab_key;

/* Open addressing, the next slot tried; never more than half full. */
typedef struct chy_vocab_index {
	const uint16_t	    *slots;	/* key + 1; 0 is free */
	const chy_vocab_key *keys;
	uint32_t	     mask;	/* slots - 1, slots a power of two */
	uint32_t	     count;	/* keys */
} chy_vocab_index;

/* An alias of a post's key, and the years it holds for (0: any). */
typedef struct chy_vocab_alias {
	chy_slice key;
	chy_slice source;
	uint32_t  from;
	uint32_t  to;
} chy_vocab_alias;

/* What an address, its first word or a word of it becomes in a title. */
typedef struct chy_vocab_title {
	chy_slice match;
	chy_slice title;
	bool	  prefix;	/* match is the first word alone */
	bool	  exact;	/* match is all of it; neither: any word */
} chy_vocab_title;

#define CHY_VOCAB_ROWS(type, name)			\
	extern const uint32_t chy_vocab_##name##_count;	\
	extern const type chy_vocab_##name##_rows[];
#define CHY_VOCAB_INDEX(name)				\
	extern const chy_vocab_index chy_vocab_##name##_index;

CHY_VOCAB_ROWS(chy_tag, tag)
CHY_VOCAB_INDEX(tag)
CHY_VOCAB_INDEX(tag_subject)
CHY_VOCAB_INDEX(tag_geographic)
CHY_VOCAB_INDEX(tag_program)
CHY_VOCAB_INDEX(tag_organization)
CHY_VOCAB_INDEX(tag_country)
CHY_VOCAB_ROWS(chy_tag_fix, tag_fix)
CHY_VOCAB_INDEX(tag_fix)
CHY_VOCAB_ROWS(chy_caption, caption)
CHY_VOCAB_INDEX(caption)
CHY_VOCAB_INDEX(caption_portion)
CHY_VOCAB_ROWS(chy_post, post)
CHY_VOCAB_INDEX(post_plad)
CHY_VOCAB_INDEX(post_key)
CHY_VOCAB_INDEX(post_routing)
CHY_VOCAB_INDEX(post_mrn_name)
CHY_VOCAB_ROWS(chy_vocab_alias, alias)
CHY_VOCAB_INDEX(alias)
CHY_VOCAB_ROWS(chy_vocab_title, title)
CHY_VOCAB_INDEX(title_prefix)
CHY_VOCAB_INDEX(title_exact)
CHY_VOCAB_INDEX(title_word)
CHY_VOCAB_ROWS(chy_collective, collective)
CHY_VOCAB_INDEX(collective)
CHY_VOCAB_ROWS(chy_office, office)
CHY_VOCAB_INDEX(office)
CHY_VOCAB_ROWS(chy_precedence_row, precedence)
CHY_VOCAB_INDEX(precedence_word)
CHY_VOCAB_INDEX(precedence_prosign)
CHY_VOCAB_INDEX(precedence_digraph)
CHY_VOCAB_ROWS(chy_prosign, prosign)
CHY_VOCAB_INDEX(prosign)
CHY_VOCAB_ROWS(chy_opsig, opsig)
CHY_VOCAB_INDEX(opsig)
CHY_VOCAB_ROWS(chy_order, order)
CHY_VOCAB_INDEX(order)
CHY_VOCAB_INDEX(order_printed)
CHY_VOCAB_ROWS(chy_reason, reason)
CHY_VOCAB_INDEX(reason)
CHY_VOCAB_INDEX(reason_printed)
CHY_VOCAB_ROWS(chy_exemption, exemption)
CHY_VOCAB_INDEX(exemption)
CHY_VOCAB_ROWS(chy_name_word, name_word)
CHY_VOCAB_INDEX(name_word)
/* A bit is set for the upper half of the hash of each of its keys. */
extern const uint64_t chy_vocab_name_word_filter[1024];

#undef CHY_VOCAB_ROWS
#undef CHY_VOCAB_INDEX

/* Row + 1 of a key as it is; 0 where there is none. */
uint32_t chy_vocab_find(const chy_vocab_index *index, chy_slice key);

#endif
