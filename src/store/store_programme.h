/*
 * Keeping rating programmes: descriptions, and rows of what people recorded.
 * A row is its cells; what they mean is not known here. For registry/ alone.
 *
 * Writing happens between chy_store_begin and chy_store_commit.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_STORE_STORE_PROGRAMME_H
#define CHY_STORE_STORE_PROGRAMME_H

#include "store/store.h"

typedef enum chy_kept_kind {
	CHY_KEPT_RATING,
	CHY_KEPT_FACT,
	CHY_KEPT_RECOMMENDATION,
	CHY_KEPT_TELEGRAM,
	CHY_KEPT_KINDS
} chy_kept_kind;

#define CHY_KEPT_CELLS	9u

typedef struct chy_kept {
	chy_kept_kind kind;
	chy_slice cells[CHY_KEPT_CELLS];	/* as chy_kept_columns */
	chy_slice marking;
	bool	  gone;
	int64_t	  id, recorded;
	int64_t	  replaced;	/* 0: it holds */
} chy_kept;

/* Names of the cells, NULL after the last; the first *ret_key of them are the
 * key: of two rows with the same one the newer holds. */
const char *const *chy_kept_columns(chy_kept_kind kind, uint32_t *ret_key);
/* "rating" */
const char *chy_kept_kind_name(chy_kept_kind kind);

/* CHY_ERR_NOT_FOUND. */
CHY_MUST_USE chy_status chy_store_programme(chy_store *store, chy_slice id,
    chy_arena *arena, chy_slice *ret_text, int64_t *ret_recorded,
    chy_error *err);
/* Ids of all, sorted. */
CHY_MUST_USE chy_status chy_store_programmes(chy_store *store,
    chy_arena *arena, chy_slice **ret, uint32_t *ret_n, chy_error *err);
CHY_MUST_USE chy_status chy_store_programme_put(chy_store *store,
    chy_slice id, chy_slice text, int64_t now, chy_error *err);

typedef enum chy_kept_done {
	CHY_KEPT_NEW,
	CHY_KEPT_CHANGED,
	CHY_KEPT_SAME,
} chy_kept_done;

CHY_MUST_USE chy_status chy_store_kept_put(chy_store *store,
    chy_slice programme, const chy_kept *row, int64_t now,
    chy_kept_done *ret, chy_error *err);

/* Rows that hold, in the order they were recorded; with history also those
 * that were replaced or are gone. Texts live during the call. */
typedef chy_status (*chy_kept_fn)(void *arg, const chy_kept *row);
CHY_MUST_USE chy_status chy_store_kept_each(chy_store *store,
    chy_slice programme, chy_kept_kind kind, bool history, chy_kept_fn each,
    void *arg, chy_error *err);

#endif
