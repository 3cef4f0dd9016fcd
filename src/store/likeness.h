/*
 * What telegrams are compared by: the names in them, and sketches of their
 * paragraphs. Kept with each row's label, so that a reader's names and a
 * reader's near-duplicates come of what they see and of nothing else.
 *
 * For registry/ alone.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_STORE_LIKENESS_H
#define CHY_STORE_LIKENESS_H

#include "compare/compare.h"
#include "names/names.h"
#include "store/store.h"

/* What is filed: lists of names and sketches as the schema describes them.
 * They live in the arena. CHY_ERR_NO_MEMORY. */
CHY_MUST_USE chy_status chy_likeness_make(const chy_telegram *tel,
    const chy_row *rows, uint32_t n, chy_arena *arena, chy_slice *ret_names,
    chy_slice *ret_sketch);

/* One spelling of a name. */
typedef struct chy_spelling {
	chy_slice     text;
	uint32_t      key;
	chy_name_kind kind;
} chy_spelling;

/*
 * The names of the archive as one reader sees them. An entry is what spellings
 * of one key come to; a name of one word is taken for the fuller one of its
 * telegram that has it first or last, if there is one alone.
 */
typedef struct chy_named {
	/* Of the archive: spellings from 1, keys from 1. */
	const chy_spelling *spellings;
	uint32_t n_spellings;
	const struct chy_names *keys;	/* kind's letter and key; entries */
	/* Of the reader: entries of each group in rising order, one for each
	 * spelling; see chy_named_once(). */
	const uint32_t *first;		/* by group */
	const uint32_t *end;		/* behind its last */
	const uint32_t *entries;
	const uint32_t *spelled;	/* of each, its spelling */
	const uint32_t *count;		/* groups, by entry */
} chy_named;

/* Between enter and leave; valid until the next enter. */
CHY_MUST_USE chy_status chy_store_names(chy_store *store,
    const chy_view *view, const chy_named **ret, chy_error *err);

/* Whether number i of `entries` is the first of its entry in the group. */
static inline bool
chy_named_once(const chy_named *named, uint32_t group, uint32_t i)
{
	return i == named->first[group] ||
	    named->entries[i] != named->entries[i - 1];
}

static inline chy_name_kind
chy_entry_kind(const chy_named *named, uint32_t entry)
{
	char letter = chy_name_text(named->keys, entry).ptr[0];

	return letter == 'P' ? CHY_NAME_PERSON : letter == 'L' ?
	    CHY_NAME_PLACE : CHY_NAME_BODY;
}

/* A name as it is typed, by the key that it has as each kind of name. */
typedef struct chy_typed_name {
	char   key[CHY_NAME_KINDS][CHY_NAME_KEY];
	size_t len[CHY_NAME_KINDS];	/* 0: it is no such name */
} chy_typed_name;

void	chy_typed_name_make(chy_slice name, chy_typed_name *ret);

/*
 * Whether the entry is meant by a name as it is typed: of places and bodies
 * the same key; of persons the words of the key, in order, among its words.
 */
bool	chy_entry_fits(const chy_named *named, uint32_t entry,
    const chy_typed_name *typed);

/*
 * The groups in which the reader sees a name, in any spelling: what the query
 * words person:, place: and body: find. free() the set.
 */
CHY_MUST_USE chy_status chy_store_named(chy_store *store,
    const chy_view *view, chy_name_kind kind, chy_slice name,
    uint64_t **ret_set, chy_error *err);

/* What of the words of a visible telegram's paragraphs is in another one's,
 * by their sketches. */
typedef struct chy_near_group {
	uint32_t group;
	uint32_t share;		/* of 1000, of the longer one's words */
} chy_near_group;

/* The groups that may be near-duplicates of one: those with half of the words
 * in paragraphs like its own; the likest `most`, then by id. */
CHY_MUST_USE chy_status chy_store_near(chy_store *store,
    const chy_view *view, uint32_t group, uint32_t most, chy_arena *arena,
    chy_near_group **ret, uint32_t *ret_n, chy_error *err);

/* For each row of a telegram that the reader may see. Nothing is kept. */
void	chy_likeness_done(chy_store *store);

#endif
