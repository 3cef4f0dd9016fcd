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

/* Counts over all that a reader sees, kept until something is filed: a page
 * that everybody opens first must not go over the archive each time. */
#define CHY_OVERVIEW_FIELDS	16u
struct overview {
	bool	   valid;
	int64_t	   change, rebuild;
	chy_reader reader;
	uint64_t   telegrams, copies, paragraphs;
	uint64_t   references, resolved, missing;
	int64_t	   first, last;		/* INT64_MAX, _MIN: none has a date */
	uint64_t   coverage[CHY_OVERVIEW_FIELDS];
};

struct chy_registry {
	struct overview overview;
	chy_store    *store;
	char	     *where;
	chy_registry_options opts;
	chy_telegram *tel;	/* read into again and again */
	chy_filer    *filer;	/* of the last import, for the next; or NULL */
	chy_store    *filer_store; /* the connection that it asks */
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
/* The next import makes its own. */
void	chy_filer_forget(chy_registry *reg);

/* Parse what was typed, with today from the clock. */
chy_status chy_query_asked(chy_slice text, chy_query **ret, chy_error *err);

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

/* The file of an original as the reader may know it: whoever is not the owner
 * is not told in which folders it lay. */
chy_slice chy_file_shown(const struct asking *a, chy_slice file);

/* Raise the label to the highest of what the reader sees of the telegrams of
 * a set: what is made of several is marked as the highest of its sources. */
chy_status chy_sources_label(struct asking *a, const uint64_t *set,
    chy_label *label);

/* The line of a group, from its telegram that is shown; `r` is what was read
 * of that, or NULL to read it now. */
chy_status chy_line_make(struct asking *a, uint32_t group,
    const struct reading *r, chy_arena *arena, chy_line *ret);

/* The years, posts, levels and TAGS of a set, and its months. */
/* nothing.c: what may help where nothing was found; the query is as it was
 * afterwards. */
chy_status chy_nothing_found(struct asking *a, chy_query *query,
    chy_found *found);

/* complete.c: how many of the telegrams that are shown have each of the names
 * in a field. free() it; NULL without memory. */
uint64_t *chy_count_names(const struct asking *a, chy_field field,
    const struct chy_names *names);

chy_status chy_facets_make(struct asking *a, const uint64_t *set,
    chy_arena *arena, uint32_t most, chy_facet *ret);
chy_status chy_months_make(struct asking *a, const uint64_t *set,
    chy_arena *arena, chy_month **ret, uint32_t *ret_n);

/* The groups of a page of the result, in the order that opts asks for.
 * CHY_ERR_NOT_FOUND where opts->after is not in the set. */
chy_status chy_page_groups(struct asking *a, const chy_query_node *root,
    const uint64_t *set, const chy_find_options *opts, uint64_t skip,
    chy_arena *arena, uint32_t **ret, uint32_t *ret_n);

/* Numbers of one post and year with their dates, in order. */
struct dated {
	uint32_t serial;
	uint32_t group;
	int64_t	 dtg;
};

/* When number `serial` was sent, by what stands around it among `n` that are
 * filed; `first` is the group that cites it first, or CHY_NONE. */
void	chy_estimate_serial(struct asking *a, const struct dated *at,
    uint32_t n, int32_t year, uint32_t serial, uint32_t first,
    chy_arena *arena, chy_estimate *ret);

/* The same for ids of any posts, each with the group that cites it first. */
chy_status chy_estimate_ids(struct asking *a, const chy_slice *ids,
    const uint32_t *first, uint32_t n, chy_arena *arena, chy_estimate *ret);

/* The id and time that a citation by sender and time is known by. */
bool	chy_id_time(chy_slice id, int64_t *ret_dtg);

/* A post in words for people: "Muscat" for MUSCAT, "Ho Chi Minh City". Lies
 * in out. */
chy_slice chy_post_shown(chy_slice key, char out[64]);

/* Fill *ret, of which nothing is filled, without what each may cost. */
chy_status chy_shown_make(struct asking *a, uint32_t group, bool references,
    chy_shown **ret);

#endif
