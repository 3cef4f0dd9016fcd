/*
 * What the files of the programmes' use cases share. Internal to registry/.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_REGISTRY_PROGRAMME_INT_H
#define CHY_REGISTRY_PROGRAMME_INT_H

#include "registry/programme.h"
#include "registry/registry_int.h"

/* One programme as a reader has it. */
struct kept {
	struct asking *a;
	chy_arena     *arena;
	chy_slice      id;
	chy_programme *p;
	chy_facts      facts;
	chy_label      label;
	int64_t	       defined;
	chy_buf	       table;	/* being put together */
};

/* A marking as a label; one that cannot be read is for the owner alone. */
chy_label chy_kept_label(chy_slice marking);

/* The description; CHY_ERR_NOT_FOUND also where the reader may not see it. */
chy_status chy_kept_find(struct kept *k);
/* All that is recorded and seen, as the tables it came in, read by `p`. */
chy_status chy_kept_facts(struct kept *k, const chy_programme *p,
    chy_facts *ret, chy_error *err);
/* Both of these, in order. */
chy_status chy_kept_read(struct kept *k);

/* The group of the telegram that a word of a record names, if it is filed and
 * seen; CHY_NONE. */
uint32_t chy_kept_group(struct asking *a, chy_slice text);
bool	chy_kept_may_see(struct asking *a, const chy_kept *row);

/* What it takes to see a record with this source. */
chy_slice chy_kept_marking(struct kept *k, chy_slice source);
/* Digits; empty for 0. */
chy_slice chy_kept_number(chy_arena *arena, int32_t n);

struct row {
	chy_kept kept;
	uint32_t line;
};

/* Record the rows in one transaction. */
chy_status chy_kept_put(chy_registry *reg, chy_slice id,
    const struct row *rows, uint32_t n, int64_t now,
    chy_programme_counts *counts, chy_error *err);

#endif
