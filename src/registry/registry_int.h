/*
 * What the files of the registry share.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_REGISTRY_REGISTRY_INT_H
#define CHY_REGISTRY_REGISTRY_INT_H

#include "registry/distribution.h"
#include "registry/registry.h"
#include "store/store.h"

struct chy_registry {
	chy_store    *store;
	char	     *where;
	chy_registry_options opts;
	chy_telegram *tel;	/* read into again and again */
	chy_arena     scratch;	/* of one telegram at a time */
};

/* One question: a snapshot and what the reader sees in it. */
struct asking {
	chy_registry	  *reg;
	const chy_reader  *reader;
	const chy_view	  *view;
	const chy_columns *c;
	chy_error	  *err;
};

chy_status chy_asking_begin(struct asking *a, chy_registry *reg,
    const chy_reader *reader, chy_error *err);
void	chy_asking_end(struct asking *a);
/* Whether a question failed because its connection was lost. */
bool	chy_asking_was_cut(chy_registry *reg, chy_status st);

/* CHY_ERR_DENIED to others than the owner; the same words for everybody. */
chy_status chy_owner_only(const chy_reader *reader, const char *what,
    chy_error *err);

/* Where an address leads: a group and perhaps one of its telegrams. */
struct place {
	uint32_t  group;	/* CHY_NONE: not filed, but a good id */
	uint32_t  tel;		/* of sha:, else CHY_NONE */
	int64_t	  original;	/* unread, of sha: alone; else 0 */
	chy_slice id;
	chy_slice paragraph;	/* after #; empty */
};

chy_status chy_address_find(struct asking *a, chy_slice address,
    chy_arena *arena, struct place *ret);
chy_status chy_not_found(chy_slice address, chy_error *err);

/*
 * Read a filed telegram as the reader may see it, into `tel`: what they may
 * not see is cut from the text before it is read. Rows are those of what was
 * read; *ret_withheld[i] tells of paragraph i.
 */
struct reading {
	chy_telegram *tel;
	chy_original  original;
	bool	     *visible;	/* of paragraphs */
	chy_label     label;
	bool	      heading;
	bool	      whole;
};

chy_status chy_read_visible(struct asking *a, uint32_t tel_number,
    chy_telegram *tel, chy_arena *arena, struct reading *ret);

/* The line of a group, from its telegram that is shown; `r` is what was read
 * of that, or NULL to read it now. */
chy_status chy_line_make(struct asking *a, uint32_t group,
    const struct reading *r, chy_arena *arena, chy_line *ret);

/* The years, posts, levels and TAGS of a set, and its months. */
chy_status chy_facets_make(struct asking *a, const uint64_t *set,
    chy_arena *arena, uint32_t most, chy_facet *ret);
chy_status chy_months_make(struct asking *a, const uint64_t *set,
    chy_arena *arena, chy_month **ret, uint32_t *ret_n);

/* Fill *ret, of which nothing is filled, without what each may cost. */
chy_status chy_shown_make(struct asking *a, uint32_t group, bool references,
    chy_shown **ret);

#endif
