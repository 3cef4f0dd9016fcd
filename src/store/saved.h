/*
 * Saved searches in the archive: rows in, rows out.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_STORE_SAVED_H
#define CHY_STORE_SAVED_H

#include "store/store.h"

typedef struct chy_saved_row {
	chy_slice reader;	/* label; empty: the owner */
	chy_slice name;
	chy_slice query;
	int64_t	  made, told;	/* seconds */
	chy_slice known;	/* a bit for each original that was told */
} chy_saved_row;

/* Those of a reader, by name; with a name that one alone. */
CHY_MUST_USE chy_status chy_store_saved_list(chy_store *store,
    chy_slice reader, chy_slice name, chy_arena *arena, chy_saved_row **ret,
    uint32_t *ret_n, chy_error *err);

/* A new one, or another query, time and bits for the one of that name. */
CHY_MUST_USE chy_status chy_store_saved_put(chy_store *store,
    const chy_saved_row *row, chy_error *err);
CHY_MUST_USE chy_status chy_store_saved_remove(chy_store *store,
    chy_slice reader, chy_slice name, chy_error *err);

#endif
