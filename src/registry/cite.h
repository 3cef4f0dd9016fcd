/*
 * What a citation of a filed telegram says; render/cite.h writes it.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_REGISTRY_CITE_H
#define CHY_REGISTRY_CITE_H

#include "registry/registry.h"
#include "render/cite.h"

typedef struct chy_citation {
	chy_arena arena;
	chy_cite  cite;
	chy_label label;	/* of what it tells */
} chy_citation;

/* An address with # cites the paragraph. Statuses as chy_registry_show. */
CHY_MUST_USE chy_status chy_registry_cite(chy_registry *reg,
    const chy_reader *reader, chy_slice address, chy_citation **ret,
    chy_error *err);
void	chy_citation_free(chy_citation *citation);

#endif
