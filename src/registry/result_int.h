/*
 * A query evaluated, for what counts over its result.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_REGISTRY_RESULT_INT_H
#define CHY_REGISTRY_RESULT_INT_H

#include "registry/registry_int.h"

struct result {
	struct asking a;
	chy_query    *query;
	uint64_t     *set;	/* of groups */
	uint64_t      total;
	chy_slice     understood;	/* in the arena given */
};

/* After a failure there is nothing to end. */
chy_status chy_result_begin(struct result *r, chy_registry *reg,
    const chy_reader *reader, chy_slice query, chy_arena *arena,
    chy_error *err);
void	chy_result_end(struct result *r);

#endif
