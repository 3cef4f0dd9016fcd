/*
 * Counting what a query finds: over time, between posts, by citation.
 *
 * Of a telegram whose heading the reader may not see nothing of it is told,
 * and names are sorted by what they say, never by their number.
 *
 * SPDX-License-Identifier: ISC
 */
#include "registry/network.h"

#include <stdio.h>
#include <stdlib.h>

#include "registry/result_int.h"
#include "registry/registry_int.h"

#define FILL_MOST	2000

static const char *const period_names[CHY_PERIODS] = {
	[CHY_PERIOD_DAY] = "day", [CHY_PERIOD_MONTH] = "month",
	[CHY_PERIOD_YEAR] = "year",
};

const char *
chy_period_name(chy_period period)
{
	return period_names[period];
}

bool
chy_period_parse(chy_slice word, chy_period *ret)
{
	for (int i = 0; i < CHY_PERIODS; i++)
		if (chy_slice_ieq(word, chy_slice_of(period_names[i]))) {
			*ret = (chy_period)i;
			return true;
		}
	return false;
}


/* ---- over time ---- */

void
chy_timeline_free(chy_timeline *timeline)
{
	if (timeline == NULL)
		return;
	chy_arena_done(&timeline->arena);
	free(timeline);
}

/* A period as a number that rises with time, and back as its label. */
static int64_t
period_of(const chy_tel_column *t, chy_period by, bool *ret_known)
{
	chy_civil c;

	*ret_known = t->dtg != INT64_MIN || (by == CHY_PERIOD_YEAR &&
	    t->year > 0);
	if (t->dtg == INT64_MIN)
		return t->year;
	if (by == CHY_PERIOD_DAY)
		return t->dtg / 86400 - (t->dtg % 86400 < 0);
	c = chy_civil_from(t->dtg);
	return by == CHY_PERIOD_MONTH ? c.year * 12 + c.month - 1 : c.year;
}

static chy_slice
label_of(int64_t period, chy_period by, chy_arena *arena)
{
	char text[24];

	if (by == CHY_PERIOD_DAY)
		chy_civil_date(chy_civil_from(period * 86400), text);
	else if (by == CHY_PERIOD_MONTH)
		(void)snprintf(text, sizeof(text), "%04d-%02d",
		    (int)(period / 12), (int)(period % 12 + 1));
	else
		(void)snprintf(text, sizeof(text), "%04d", (int)period);
	return chy_arena_copy(arena, chy_slice_of(text));
}

static int
number_cmp(const void *a, const void *b)
{
	int64_t na = *(const int64_t *)a, nb = *(const int64_t *)b;

	return na < nb ? -1 : na > nb;
}

static chy_status
timeline_make(struct result *r, chy_timeline *t)
{
	int64_t *periods = malloc(((size_t)r->total + 1) * sizeof(*periods));
	size_t n = 0;

	t->at = chy_arena_zalloc(&t->arena, (size_t)r->total + 1,
	    sizeof(*t->at));
	if (periods == NULL || t->at == NULL) {
		free(periods);
		return chy_fail(r->a.err, CHY_ERR_NO_MEMORY, "no memory");
	}
	for (uint32_t i = 0; i < r->a.view->n_order; i++) {
		uint32_t g = r->a.view->order[i];
		bool known;
		int64_t p;

		if (!chy_set_has(r->set, g))
			continue;
		p = period_of(&r->a.c->tels[r->a.view->shown[g]], t->by,
		    &known);
		if (known)
			periods[n++] = p;
		else
			t->undated++;
	}
	if (n > 1)
		qsort(periods, n, sizeof(*periods), number_cmp);
	for (size_t i = 0; i < n; i++) {
		if (i == 0 || periods[i] != periods[i - 1])
			t->at[t->n++].label = label_of(periods[i], t->by,
			    &t->arena);
		t->at[t->n - 1].count++;
	}
	free(periods);
	return chy_arena_failed(&t->arena) ? chy_fail(r->a.err,
	    CHY_ERR_NO_MEMORY, "no memory") : CHY_OK;
}

chy_status
chy_registry_timeline(chy_registry *reg, const chy_reader *reader,
    chy_slice query, chy_period by, chy_timeline **ret, chy_error *err)
{
	chy_timeline *t = calloc(1, sizeof(*t));
	struct result r;
	chy_status st;

	if (t == NULL)
		return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	chy_arena_init(&t->arena, 0);
	st = chy_result_begin(&r, reg, reader, query, &t->arena, err);
	if (st == CHY_OK) {
		t->understood = r.understood;
		t->total = r.total;
		t->by = by;
		t->label = chy_label_bottom();
		st = timeline_make(&r, t);
		if (st == CHY_OK)
			st = chy_sources_label(&r.a, r.set, &t->label);
		chy_result_end(&r);
	}
	if (st != CHY_OK) {
		chy_timeline_free(t);
		return st;
	}
	*ret = t;
	return CHY_OK;
}

/* The number of a period from its label. */
static int64_t
period_from(chy_slice label, chy_period by)
{
	int part[3] = { 0, 1, 1 };
	chy_civil c;
	int k = 0;

	for (size_t i = 0; i < label.len; i++) {
		if (label.ptr[i] == '-') {
			if (++k == 3)
				break;
			part[k] = 0;
			continue;
		}
		part[k] = part[k] * 10 + (label.ptr[i] - '0');
	}
	if (by == CHY_PERIOD_YEAR)
		return part[0];
	if (by == CHY_PERIOD_MONTH)
		return part[0] * 12 + part[1] - 1;
	c = (chy_civil){ .year = part[0], .month = (uint8_t)part[1],
	    .day = (uint8_t)part[2] };
	return chy_civil_seconds(c) / 86400 -
	    (chy_civil_seconds(c) % 86400 < 0);
}

chy_time_point *
chy_timeline_fill(chy_timeline *t, uint32_t *ret_n, chy_period *ret_by)
{
	/* The beginning of a label is the label of the longer period. */
	static const size_t letters[CHY_PERIODS] = { 10, 7, 4 };
	chy_time_point *out = NULL;
	chy_period by = t->by;
	int64_t first = 0, n = 0;

	*ret_n = 0;
	*ret_by = by;
	if (t->n == 0)
		return chy_arena_zalloc(&t->arena, 1, sizeof(*out));
	for (;; by = (chy_period)(by + 1)) {
		chy_slice a = chy_slice_sub(t->at[0].label, 0, letters[by]);
		chy_slice b = chy_slice_sub(t->at[t->n - 1].label, 0,
		    letters[by]);

		first = period_from(a, by);
		n = period_from(b, by) - first + 1;
		if (n <= FILL_MOST || by == CHY_PERIOD_YEAR)
			break;
	}
	/* Years that far apart are an error somewhere; those that there are
	 * stand side by side. */
	if (n > 10000 || n < 1) {
		*ret_n = t->n;
		return t->at;
	}
	out = chy_arena_zalloc(&t->arena, (size_t)n + 1, sizeof(*out));
	if (out == NULL)
		return NULL;
	for (int64_t i = 0; i < n; i++)
		out[i].label = label_of(first + i, by, &t->arena);
	for (uint32_t i = 0; i < t->n; i++)
		out[period_from(chy_slice_sub(t->at[i].label, 0,
		    letters[by]), by) - first].count += t->at[i].count;
	*ret_n = (uint32_t)n;
	*ret_by = by;
	return out;
}


/* ---- between posts ---- */

void
chy_network_free(chy_network *network)
{
	if (network == NULL)
		return;
	chy_arena_done(&network->arena);
	free(network);
}

/* Traffic of one post. */
struct post_traffic {
	chy_slice key;
	uint32_t  number;
	uint64_t  sent, action, info;
};

/* The different addressees of a telegram, by number, with their role. */
struct to {
	uint32_t post;
	bool	 action;
};

static uint32_t
addressees_of(const chy_columns *c, const chy_tel_column *t, struct to *to,
    uint32_t most)
{
	const uint32_t *words = chy_tel_addressees(c, t);
	uint32_t n = 0;

	for (uint32_t i = 0; i < t->n_addressees; i++) {
		uint32_t post = CHY_WORD_POST(words[i]), k = 0;
		bool action = CHY_WORD_ROLE(words[i]) == CHY_ROLE_ACTION;

		if (CHY_WORD_ROLE(words[i]) == CHY_ROLE_EXEMPT || post == 0)
			continue;
		while (k < n && to[k].post != post)
			k++;
		if (k == n && n == most)
			continue;
		if (k == n)
			to[n++] = (struct to){ post, action };
		to[k].action |= action;
	}
	return n;
}

#define TO_MOST	512u	/* different addressees of one telegram */

typedef void (*traffic_fn)(void *arg, uint32_t from, const struct to *to,
    uint32_t n);

/* Call fn for the telegrams that tell who wrote to whom. */
static uint64_t
each_telegram(struct result *r, traffic_fn fn, void *arg)
{
	struct to to[TO_MOST];
	uint64_t unaddressed = 0;

	for (uint32_t i = 0; i < r->a.view->n_order; i++) {
		uint32_t g = r->a.view->order[i], shown, n;
		const chy_tel_column *t;

		if (!chy_set_has(r->set, g))
			continue;
		shown = r->a.view->shown[g];
		t = &r->a.c->tels[shown];
		n = (r->a.view->tel_sees[shown] & CHY_SEES_HEADING) == 0 ? 0 :
		    addressees_of(r->a.c, t, to, TO_MOST);
		if (n == 0 || t->origin == 0)
			unaddressed++;
		else
			fn(arg, t->origin, to, n);
	}
	return unaddressed;
}

static void
count_traffic(void *arg, uint32_t from, const struct to *to, uint32_t n)
{
	struct post_traffic *at = arg;

	at[from].sent++;
	for (uint32_t i = 0; i < n; i++) {
		at[to[i].post].action += to[i].action;
		at[to[i].post].info += !to[i].action;
	}
}

static int
traffic_cmp(const void *a, const void *b)
{
	const struct post_traffic *ta = a, *tb = b;
	uint64_t na = ta->sent + ta->action + ta->info;
	uint64_t nb = tb->sent + tb->action + tb->info;

	if (na != nb)
		return na > nb ? -1 : 1;
	return chy_slice_cmp(ta->key, tb->key);
}

struct edges {
	const uint32_t *node_of;	/* by number of the post */
	chy_net_edge   *at;		/* n_nodes squared */
	uint32_t	n;
};

static void
count_edges(void *arg, uint32_t from, const struct to *to, uint32_t n)
{
	struct edges *e = arg;
	/* Of the others in one node a telegram to several counts once. */
	uint8_t seen[CHY_NETWORK_POSTS + 1] = { 0 };

	for (uint32_t i = 0; i < n; i++)
		seen[e->node_of[to[i].post]] |= to[i].action ? 2 : 1;
	for (uint32_t k = 0; k < e->n; k++) {
		chy_net_edge *edge = &e->at[e->node_of[from] * e->n + k];

		edge->action += (seen[k] & 2) != 0;
		edge->info += seen[k] == 1;
	}
}

/* Compared by what nodes are called, which their order says already. */
static int
edge_cmp(const void *a, const void *b)
{
	const chy_net_edge *ea = a, *eb = b;
	uint64_t na = ea->action + ea->info, nb = eb->action + eb->info;

	if (na != nb)
		return na > nb ? -1 : 1;
	if (ea->from != eb->from)
		return ea->from < eb->from ? -1 : 1;
	return ea->to < eb->to ? -1 : ea->to > eb->to;
}

static chy_status
network_make(struct result *r, chy_network *net)
{
	const struct chy_names *posts = r->a.c->posts;
	uint32_t n_posts = chy_name_count(posts), n = 0, kept;
	struct post_traffic *at = calloc((size_t)n_posts + 1, sizeof(*at));
	uint32_t *node_of = calloc((size_t)n_posts + 1, sizeof(*node_of));
	struct edges edges = { .node_of = node_of };

	net->nodes = chy_arena_zalloc(&net->arena, CHY_NETWORK_POSTS + 1,
	    sizeof(*net->nodes));
	net->edges = chy_arena_zalloc(&net->arena, (CHY_NETWORK_POSTS + 1) *
	    (CHY_NETWORK_POSTS + 1), sizeof(*net->edges));
	if (at == NULL || node_of == NULL || net->nodes == NULL ||
	    net->edges == NULL) {
		free(at);
		free(node_of);
		return chy_fail(r->a.err, CHY_ERR_NO_MEMORY, "no memory");
	}
	net->unaddressed = each_telegram(r, count_traffic, at);
	for (uint32_t i = 1; i < n_posts; i++)
		if (at[i].sent + at[i].action + at[i].info > 0) {
			at[i].key = chy_name_text(posts, i);
			at[i].number = i;
			at[n++] = at[i];
		}
	if (n > 1)
		qsort(at, n, sizeof(*at), traffic_cmp);
	kept = n <= CHY_NETWORK_POSTS + 1 ? n : CHY_NETWORK_POSTS;
	net->n_others = n - kept;
	for (uint32_t i = 0; i < n; i++) {
		chy_net_node *node = &net->nodes[i < kept ? i : kept];
		char name[64];

		node_of[at[i].number] = i < kept ? i : kept;
		if (i < kept) {
			node->key = chy_arena_copy(&net->arena, at[i].key);
			node->name = chy_arena_copy(&net->arena,
			    chy_post_shown(at[i].key, name));
		}
		node->sent += at[i].sent;
		node->action += at[i].action;
		node->info += at[i].info;
	}
	net->n_nodes = kept + (net->n_others > 0);
	if (net->n_others > 0) {
		char text[40];

		(void)snprintf(text, sizeof(text), "%u others",
		    (unsigned)net->n_others);
		net->nodes[kept].key = CHY_EMPTY;
		net->nodes[kept].name = chy_arena_copy(&net->arena,
		    chy_slice_of(text));
	}
	edges.at = net->edges;
	edges.n = net->n_nodes;
	for (uint32_t i = 0; i < edges.n * edges.n; i++) {
		edges.at[i].from = i / edges.n;
		edges.at[i].to = i % edges.n;
	}
	(void)each_telegram(r, count_edges, &edges);
	for (uint32_t i = 0; i < edges.n * edges.n; i++)
		if (edges.at[i].action + edges.at[i].info > 0)
			net->edges[net->n_edges++] = edges.at[i];
	if (net->n_edges > 1)
		qsort(net->edges, net->n_edges, sizeof(*net->edges), edge_cmp);
	free(at);
	free(node_of);
	return chy_arena_failed(&net->arena) ? chy_fail(r->a.err,
	    CHY_ERR_NO_MEMORY, "no memory") : CHY_OK;
}

chy_status
chy_registry_network(chy_registry *reg, const chy_reader *reader,
    chy_slice query, chy_network **ret, chy_error *err)
{
	chy_network *net = calloc(1, sizeof(*net));
	struct result r;
	chy_status st;

	if (net == NULL)
		return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	chy_arena_init(&net->arena, 0);
	st = chy_result_begin(&r, reg, reader, query, &net->arena, err);
	if (st == CHY_OK) {
		net->understood = r.understood;
		net->total = r.total;
		net->label = chy_label_bottom();
		st = network_make(&r, net);
		if (st == CHY_OK)
			st = chy_sources_label(&r.a, r.set, &net->label);
		chy_result_end(&r);
	}
	if (st != CHY_OK) {
		chy_network_free(net);
		return st;
	}
	*ret = net;
	return CHY_OK;
}


/* ---- by citation ---- */

void
chy_citation_graph_free(chy_citation_graph *graph)
{
	if (graph == NULL)
		return;
	chy_arena_done(&graph->arena);
	free(graph);
}

static chy_status
graph_make(struct result *r, chy_citation_graph *g)
{
	struct asking *a = &r->a;
	chy_status st = CHY_OK;

	g->at = chy_arena_zalloc(&g->arena, CHY_CITATION_EDGES,
	    sizeof(*g->at));
	if (g->at == NULL)
		return chy_fail(a->err, CHY_ERR_NO_MEMORY, "no memory");
	for (uint32_t i = 0; i < a->view->n_order && st == CHY_OK && !g->cut;
	    i++) {
		uint32_t group = a->view->order[i], n;
		chy_slice from = chy_name_text(a->c->groups, group);
		chy_cited *cites;

		if (!chy_set_has(r->set, group))
			continue;
		st = chy_store_cites(a->reg->store, a->view, group,
		    &a->reg->scratch, &cites, &n, a->err);
		for (uint32_t k = 0; k < n && st == CHY_OK; k++) {
			bool missing = cites[k].group == CHY_NONE;

			if (g->n == CHY_CITATION_EDGES) {
				g->cut = true;
				break;
			}
			g->at[g->n++] = (chy_citation_edge){
				.from = chy_arena_copy(&g->arena, from),
				.to = chy_arena_copy(&g->arena, missing ?
				    cites[k].value : chy_name_text(
				    a->c->groups, cites[k].group)),
				.letter = cites[k].letter,
				.missing = missing,
			};
		}
		chy_arena_reset(&a->reg->scratch);
	}
	return st == CHY_OK && chy_arena_failed(&g->arena) ?
	    chy_fail(a->err, CHY_ERR_NO_MEMORY, "no memory") : st;
}

chy_status
chy_registry_citations(chy_registry *reg, const chy_reader *reader,
    chy_slice query, chy_citation_graph **ret, chy_error *err)
{
	chy_citation_graph *g = calloc(1, sizeof(*g));
	struct result r;
	chy_status st;

	if (g == NULL)
		return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	chy_arena_init(&g->arena, 0);
	st = chy_result_begin(&r, reg, reader, query, &g->arena, err);
	if (st == CHY_OK) {
		g->understood = r.understood;
		g->total = r.total;
		st = graph_make(&r, g);
		chy_result_end(&r);
	}
	if (st != CHY_OK) {
		chy_citation_graph_free(g);
		return st;
	}
	*ret = g;
	return CHY_OK;
}
