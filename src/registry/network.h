/*
 * What a query finds, counted: over time, between posts, by citation, and by
 * any of its parts.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_REGISTRY_NETWORK_H
#define CHY_REGISTRY_NETWORK_H

#include "registry/registry.h"


/* ---- over time ---- */

typedef enum chy_period {
	CHY_PERIOD_DAY,
	CHY_PERIOD_MONTH,
	CHY_PERIOD_YEAR,
} chy_period;
#define CHY_PERIODS	3

const char *chy_period_name(chy_period period);
bool	chy_period_parse(chy_slice word, chy_period *ret);

typedef struct chy_time_point {
	chy_slice label;	/* 2008-06-09, 2008-06, 2008 */
	uint64_t  count;
} chy_time_point;

typedef struct chy_timeline {
	chy_arena	arena;
	chy_slice	understood;
	chy_period	by;
	chy_label	label;	/* the highest of what it was made of */
	uint64_t	total;
	uint64_t	undated;
	chy_time_point *at;	/* in order, those without any left out */
	uint32_t	n;
} chy_timeline;

/* By the date-time group, Z; of a telegram without one by no day or month,
 * but by the year of its number. Statuses as chy_registry_find. */
CHY_MUST_USE chy_status chy_registry_timeline(chy_registry *reg,
    const chy_reader *reader, chy_slice query, chy_period by,
    chy_timeline **ret, chy_error *err);
void	chy_timeline_free(chy_timeline *timeline);

/* The points with those between them of which there is nothing, for a chart;
 * at most 2,000, else the longer period is taken: *by says which. In the
 * arena of the timeline; NULL without memory. */
chy_time_point *chy_timeline_fill(chy_timeline *timeline, uint32_t *ret_n,
    chy_period *ret_by);


/* ---- between posts ---- */

#define CHY_NETWORK_POSTS	30u	/* the rest is one */

typedef struct chy_net_node {
	chy_slice key;		/* MUSCAT; empty: all the others */
	chy_slice name;		/* Muscat; "117 others" */
	uint64_t  sent;		/* telegrams */
	uint64_t  action, info;	/* received */
} chy_net_node;

typedef struct chy_net_edge {
	uint32_t from, to;
	uint64_t action, info;	/* telegrams; of a post addressed twice action
				 * counts */
} chy_net_edge;

typedef struct chy_network {
	chy_arena     arena;
	chy_slice     understood;
	chy_label     label;	/* the highest of what it was made of */
	uint64_t      total;
	uint64_t      unaddressed; /* without originator or addressee */
	chy_net_node *nodes;	/* the busiest first, then by key; the others
				 * last */
	uint32_t      n_nodes;
	uint32_t      n_others;	/* posts in the last node */
	chy_net_edge *edges;	/* the busiest first, then by names */
	uint32_t      n_edges;
} chy_network;

CHY_MUST_USE chy_status chy_registry_network(chy_registry *reg,
    const chy_reader *reader, chy_slice query, chy_network **ret,
    chy_error *err);
void	chy_network_free(chy_network *network);


/* ---- by citation ---- */

#define CHY_CITATION_EDGES	20000u

typedef struct chy_citation_edge {
	chy_slice from, to;	/* ids */
	char	  letter;	/* 0: none */
	bool	  missing;	/* `to` is not filed */
} chy_citation_edge;

typedef struct chy_citation_graph {
	chy_arena	   arena;
	chy_slice	   understood;
	uint64_t	   total;
	chy_citation_edge *at;	/* by the order of results, then of the
				 * citations in each */
	uint32_t	   n;
	bool		   cut;	/* there are more than CHY_CITATION_EDGES */
} chy_citation_graph;

/* What the telegrams that a query finds cite. */
CHY_MUST_USE chy_status chy_registry_citations(chy_registry *reg,
    const chy_reader *reader, chy_slice query, chy_citation_graph **ret,
    chy_error *err);
void	chy_citation_graph_free(chy_citation_graph *graph);


/* ---- by any part ---- */

typedef enum chy_count_kind {
	CHY_COUNT_YEAR,
	CHY_COUNT_POST,
	CHY_COUNT_CLASS,
	CHY_COUNT_TAG,
	CHY_COUNT_ORIGINATOR,
	CHY_COUNT_ADDRESSEE,
	CHY_COUNT_PRECEDENCE,
	CHY_COUNT_CAPTION,
	CHY_COUNT_PERSON,
	CHY_COUNT_PLACE,
	CHY_COUNT_BODY,
} chy_count_kind;
#define CHY_COUNT_KINDS	11

const char *chy_count_kind_name(chy_count_kind kind);
bool	chy_count_kind_parse(chy_slice word, chy_count_kind *ret);

typedef struct chy_counts {
	chy_arena arena;
	chy_slice understood;
	uint64_t  total;
	chy_facet facet;	/* by count, then by value */
} chy_counts;

/* One facet; at most `most` values, 0: 50. */
CHY_MUST_USE chy_status chy_registry_counts(chy_registry *reg,
    const chy_reader *reader, chy_slice query, chy_count_kind kind,
    uint32_t most, chy_counts **ret, chy_error *err);
void	chy_counts_free(chy_counts *counts);

#endif
