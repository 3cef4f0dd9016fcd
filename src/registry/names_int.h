/*
 * Names counted, for the files of the registry that count them.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_REGISTRY_NAMES_INT_H
#define CHY_REGISTRY_NAMES_INT_H

#include "registry/names.h"
#include "registry/registry_int.h"
#include "store/likeness.h"

struct counted {
	uint32_t      entry;
	uint64_t      count;
	chy_name_kind kind;
	chy_slice     key;	/* with the letter of its kind */
};

/* Entries of a set of groups, by kind, then count, then key. */
chy_status chy_names_count(struct asking *a, const chy_named *named,
    const uint64_t *set, chy_arena *arena, struct counted **ret,
    uint32_t *ret_n);

/* Names and spellings of the entries, as they are in the set. */
chy_status chy_entries_fill(struct asking *a, const chy_named *named,
    const uint64_t *set, const struct counted *counted, uint32_t n,
    chy_arena *arena, chy_name_entry *ret);

#endif
