/*
 * Charts: bars over time, and who writes to whom. Each has its table, which
 * says the same to those who do not see the drawing.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_RENDER_CHART_H
#define CHY_RENDER_CHART_H

#include "base/sink.h"

/* One bar. */
typedef struct chy_bar {
	chy_slice label;	/* 2008-06; also below the axis, where it fits */
	uint64_t  count;
} chy_bar;

/* The bars in their order, 1000 units wide; `id` is alone in its page. */
void	chy_chart_bars(const chy_bar *bars, uint32_t n, const char *id,
    const char *title, chy_sink *out);
void	chy_chart_bars_table(const chy_bar *bars, uint32_t n,
    const char *heading, chy_sink *out);

/* A place in the network and what goes between two of them. */
typedef struct chy_chart_node {
	chy_slice name;
	uint64_t  sent, received;
	chy_slice url;		/* where it leads; empty */
} chy_chart_node;

typedef struct chy_chart_edge {
	uint32_t from, to;	/* indexes of nodes */
	uint64_t action, info;
	chy_slice url;		/* where the table's row leads; empty */
} chy_chart_edge;

#define CHY_CHART_EDGES	150u	/* that are drawn; the table has all */

/* Nodes on a circle in their order, from the top on; edges by their order,
 * the first CHY_CHART_EDGES, bent to the middle; the thicker end is the
 * receiver's. 1000 by 700 units. The same input is drawn the same. */
void	chy_chart_network(const chy_chart_node *nodes, uint32_t n,
    const chy_chart_edge *edges, uint32_t n_edges, const char *id,
    const char *title, chy_sink *out);
void	chy_chart_network_table(const chy_chart_node *nodes, uint32_t n,
    const chy_chart_edge *edges, uint32_t n_edges, chy_sink *out);

#endif
