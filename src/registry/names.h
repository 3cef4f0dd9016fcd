/*
 * People, places and bodies in the archive, with their spellings joined, as a
 * reader sees them.
 *
 * An entry is a name: the spellings that transliteration makes of one, and in
 * a telegram that has the full name once, its shorter forms there. What joined
 * them is the spelling alone, never knowledge of who is meant; so each
 * spelling is kept and shown.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_REGISTRY_NAMES_H
#define CHY_REGISTRY_NAMES_H

#include "names/names.h"
#include "registry/registry.h"

typedef struct chy_name_variant {
	chy_slice text;		/* as it is spelled */
	uint64_t  count;	/* telegrams in which it is spelled so */
} chy_name_variant;

typedef struct chy_name_entry {
	chy_name_kind	  kind;
	chy_slice	  name;	/* as it is shown: what the table calls it, or
				 * the spelling of most telegrams */
	chy_slice	  term;	/* for a query: person:"Badr al-Busaidi" */
	uint64_t	  count; /* telegrams */
	chy_name_variant *variants; /* the most frequent first */
	uint32_t	  n_variants;
} chy_name_entry;

typedef struct chy_names_options {
	int	 kind;		/* chy_name_kind; -1: all */
	uint32_t most;		/* entries of each kind; 0: 50 */
} chy_names_options;

typedef struct chy_names_list {
	chy_arena	arena;
	chy_slice	understood;
	uint64_t	telegrams;	/* of the query */
	chy_name_entry *at;	/* by kind, the most telegrams first, then by
				 * name */
	uint32_t	n;
	uint64_t	n_all[CHY_NAME_KINDS]; /* also those left out */
	chy_label	label;	/* of what the reader sees of its sources */
} chy_names_list;

/* The names in what a query finds; statuses as chy_registry_find. */
CHY_MUST_USE chy_status chy_registry_names(chy_registry *reg,
    const chy_reader *reader, chy_slice query, const chy_names_options *opts,
    chy_names_list **ret, chy_error *err);
void	chy_names_list_free(chy_names_list *list);

/* Where a name stands in one telegram. */
typedef struct chy_name_place {
	chy_line   line;
	chy_slice *ids;		/* of paragraphs (8, u1) and of fields of the
				 * heading (tags, signature), in order */
	bool	  *is_paragraph;
	uint32_t   n_ids;
} chy_name_place;

/* One entry, where it stands, and who stands beside it. */
typedef struct chy_name_found {
	chy_name_entry	entry;
	chy_name_place *places;	/* newest first */
	uint32_t	n_places;
	uint64_t	all_places;
	chy_name_entry *beside;	/* without variants; telegrams that both are
				 * in, the most first */
	uint32_t	n_beside;
} chy_name_found;

typedef struct chy_names_found {
	chy_arena	arena;
	chy_name_found *at;	/* the most telegrams first */
	uint32_t	n;
	chy_label	label;	/* of what the reader sees of its sources */
} chy_names_found;

/**
 * The entries that a name means, in any spelling: of a person all its words
 * must be in the entry, so a surname finds several.
 *
 * @param kind  chy_name_kind; -1: of all kinds
 * @param most  entries, and telegrams of each; 0: 20
 *
 * @return CHY_ERR_NOT_FOUND  no telegram that the reader may see has it
 */
CHY_MUST_USE chy_status chy_registry_name(chy_registry *reg,
    const chy_reader *reader, chy_slice name, int kind, uint32_t most,
    chy_names_found **ret, chy_error *err);
void	chy_names_found_free(chy_names_found *found);

#endif
