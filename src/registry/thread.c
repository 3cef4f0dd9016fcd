/*
 * A thread: what a telegram cites and what cites it, each transitively. What
 * merely shares a citation is not of it.
 *
 * A thread is a function of what the reader sees: a citation is followed only
 * through telegrams whose heading they may read, and what they may not see is
 * missing, as it would be if it had never been filed.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "registry/registry_int.h"

#define NODES_MAX	10000u

struct building {
	struct asking *a;
	chy_arena     *arena;
	chy_thread_node *nodes;
	uint32_t      *group;	/* of each node; CHY_NONE: missing */
	int64_t	      *when;	/* for the order */
	uint32_t       n, cap;
	uint32_t      *slots;	/* node plus 1, by hash of its id */
	uint32_t       n_slots;
	bool	       cut;
};

static uint32_t
node_find(const struct building *b, chy_slice id)
{
	uint32_t at = chy_slice_hash(id), i;

	if (b->n_slots == 0)
		return CHY_NONE;
	while ((i = b->slots[at & (b->n_slots - 1)]) != 0) {
		if (chy_slice_eq(b->nodes[i - 1].line.id, id))
			return i - 1;
		at++;
	}
	return CHY_NONE;
}

static bool
nodes_grow(struct building *b)
{
	uint32_t cap = b->cap == 0 ? 64 : b->cap * 2;
	chy_thread_node *nodes = chy_arena_zalloc(b->arena, cap,
	    sizeof(*nodes));
	uint32_t *group = chy_arena_zalloc(b->arena, cap, sizeof(*group));
	int64_t *when = chy_arena_zalloc(b->arena, cap, sizeof(*when));
	uint32_t *slots = chy_arena_zalloc(b->arena, (size_t)cap * 2,
	    sizeof(*slots));

	if (nodes == NULL || group == NULL || when == NULL || slots == NULL)
		return false;
	if (b->n > 0) {
		memcpy(nodes, b->nodes, b->n * sizeof(*nodes));
		memcpy(group, b->group, b->n * sizeof(*group));
		memcpy(when, b->when, b->n * sizeof(*when));
	}
	b->nodes = nodes;
	b->group = group;
	b->when = when;
	b->slots = slots;
	b->cap = cap;
	b->n_slots = cap * 2;
	for (uint32_t i = 0; i < b->n; i++) {
		uint32_t at = chy_slice_hash(nodes[i].line.id);

		while (slots[at & (b->n_slots - 1)] != 0)
			at++;
		slots[at & (b->n_slots - 1)] = i + 1;
	}
	return true;
}

/* The node of an id, made if need be; CHY_NONE when there are too many or no
 * memory. */
static uint32_t
node_put(struct building *b, chy_slice id, uint32_t group)
{
	uint32_t i = node_find(b, id), at;

	if (i != CHY_NONE)
		return i;
	if (b->n == NODES_MAX) {
		b->cut = true;
		return CHY_NONE;
	}
	if (b->n == b->cap && !nodes_grow(b))
		return CHY_NONE;
	at = chy_slice_hash(id);
	while (b->slots[at & (b->n_slots - 1)] != 0)
		at++;
	b->slots[at & (b->n_slots - 1)] = b->n + 1;
	b->nodes[b->n].line.id = chy_arena_copy(b->arena, id);
	b->nodes[b->n].missing = group == CHY_NONE;
	b->group[b->n] = group;
	return b->n++;
}

struct citing_id {
	chy_slice  id;
	chy_citing by;
};

static int
citing_cmp(const void *a, const void *b)
{
	return chy_slice_cmp(((const struct citing_id *)a)->id,
	    ((const struct citing_id *)b)->id);
}

/* By id, so that a thread that is too long is cut at the same place whatever
 * came first. */
static bool
sort_citing(const struct building *b, chy_citing *at, uint32_t n)
{
	struct citing_id *ids = n < 2 ? NULL : calloc(n, sizeof(*ids));

	if (n < 2)
		return true;
	if (ids == NULL)
		return false;
	for (uint32_t i = 0; i < n; i++)
		ids[i] = (struct citing_id){ chy_name_text(b->a->c->groups,
		    at[i].group), at[i] };
	qsort(ids, n, sizeof(*ids), citing_cmp);
	for (uint32_t i = 0; i < n; i++)
		at[i] = ids[i].by;
	free(ids);
	return true;
}

/* From node `start` on: back along what is cited, or forward. Nodes that this
 * adds are gone through in the order in which they were met. */
static chy_status
walk(struct building *b, uint32_t start, bool back)
{
	uint32_t *todo = malloc(((size_t)NODES_MAX + 1) * sizeof(*todo));
	bool *seen = calloc(NODES_MAX + 1, sizeof(*seen));
	uint32_t first = 0, n = 0;
	chy_status st = CHY_OK;

	if (todo == NULL || seen == NULL) {
		free(todo);
		free(seen);
		return chy_fail(b->a->err, CHY_ERR_NO_MEMORY, "no memory");
	}
	todo[n++] = start;
	seen[start] = true;
	while (first < n && st == CHY_OK) {
		uint32_t node = todo[first++], count = 0;
		chy_cited *cites = NULL;
		chy_citing *by = NULL;

		if (!back)
			st = chy_store_cited_by(b->a->reg->store, b->a->view,
			    b->nodes[node].line.id, b->arena, &by, &count,
			    b->a->err);
		else if (b->group[node] != CHY_NONE)
			st = chy_store_cites(b->a->reg->store, b->a->view,
			    b->group[node], b->arena, &cites, &count,
			    b->a->err);
		if (st == CHY_OK && !back && !sort_citing(b, by, count))
			st = chy_fail(b->a->err, CHY_ERR_NO_MEMORY,
			    "no memory");
		for (uint32_t i = 0; st == CHY_OK && i < count; i++) {
			uint32_t group = back ? cites[i].group : by[i].group;
			chy_slice id = group != CHY_NONE ?
			    chy_name_text(b->a->c->groups, group) :
			    cites[i].value;
			uint32_t next = node_put(b, id, group);

			if (next == CHY_NONE || seen[next])
				continue;
			seen[next] = true;
			todo[n++] = next;
		}
	}
	free(todo);
	free(seen);
	return st;
}

/* Who cites whom among the nodes. */
static chy_status
add_edges(struct building *b)
{
	chy_status st = CHY_OK;

	for (uint32_t i = 0; i < b->n && st == CHY_OK; i++) {
		chy_thread_node *node = &b->nodes[i];
		chy_cited *cites;
		uint32_t n;

		if (b->group[i] == CHY_NONE)
			continue;
		st = chy_store_cites(b->a->reg->store, b->a->view, b->group[i],
		    b->arena, &cites, &n, b->a->err);
		if (st != CHY_OK)
			break;
		node->cites = chy_arena_alloc(b->arena,
		    ((size_t)n + 1) * sizeof(*node->cites));
		node->letters = chy_arena_alloc(b->arena, (size_t)n + 1);
		if (node->cites == NULL || node->letters == NULL)
			return chy_fail(b->a->err, CHY_ERR_NO_MEMORY,
			    "no memory");
		for (uint32_t k = 0; k < n; k++) {
			uint32_t to = node_find(b, cites[k].group != CHY_NONE ?
			    chy_name_text(b->a->c->groups, cites[k].group) :
			    cites[k].value);
			bool again = to == CHY_NONE || to == i;

			for (uint32_t j = 0; j < node->n_cites; j++)
				again |= node->cites[j] == to;
			if (again)
				continue;
			node->letters[node->n_cites] = cites[k].letter;
			node->cites[node->n_cites++] = to;
			b->nodes[to].n_cited_by++;
		}
	}
	return st;
}

static bool
before(const struct building *b, uint32_t x, uint32_t y)
{
	if (b->when[x] != b->when[y])
		return b->when[x] < b->when[y];
	return chy_slice_cmp(b->nodes[x].line.id, b->nodes[y].line.id) < 0;
}

/* Of each node the first of those filed that cite it, by date and id. */
static void
first_citers(const struct building *b, uint32_t *first)
{
	const chy_columns *c = b->a->c;
	const uint32_t *shown = b->a->view->shown;

	for (uint32_t i = 0; i < b->n; i++)
		first[i] = CHY_NONE;
	for (uint32_t i = 0; i < b->n; i++) {
		int64_t dtg = b->group[i] == CHY_NONE ? INT64_MIN :
		    c->tels[shown[b->group[i]]].dtg;

		for (uint32_t k = 0; dtg != INT64_MIN &&
		    k < b->nodes[i].n_cites; k++) {
			uint32_t *best = &first[b->nodes[i].cites[k]];
			int64_t have = *best == CHY_NONE ? INT64_MAX :
			    c->tels[shown[*best]].dtg;

			if (dtg < have || (dtg == have && chy_slice_cmp(
			    b->nodes[i].line.id, chy_name_text(c->groups,
			    *best)) < 0))
				*best = b->group[i];
		}
	}
}

/* When the missing ones were sent. */
static chy_status
add_estimates(struct building *b)
{
	chy_slice *ids = chy_arena_alloc(b->arena, (b->n + 1u) * sizeof(*ids));
	uint32_t *first = chy_arena_alloc(b->arena, (b->n + 1u) *
	    sizeof(*first)), n = 0, k = 0;
	uint32_t *all = chy_arena_alloc(b->arena, (b->n + 1u) * sizeof(*all));
	chy_estimate *at = chy_arena_zalloc(b->arena, b->n + 1u, sizeof(*at));
	chy_status st;

	if (ids == NULL || first == NULL || all == NULL || at == NULL)
		return chy_fail(b->a->err, CHY_ERR_NO_MEMORY, "no memory");
	first_citers(b, all);
	for (uint32_t i = 0; i < b->n; i++)
		if (b->group[i] == CHY_NONE) {
			ids[n] = b->nodes[i].line.id;
			first[n++] = all[i];
		}
	st = chy_estimate_ids(b->a, ids, first, n, b->arena, at);
	for (uint32_t i = 0; st == CHY_OK && i < b->n; i++)
		if (b->group[i] == CHY_NONE)
			b->nodes[i].estimate = at[k++];
	return st;
}

/* Lines, and the date by which the order goes: of what is missing the one
 * that is estimated. */
static chy_status
add_lines(struct building *b)
{
	chy_status st = add_estimates(b);

	for (uint32_t i = 0; i < b->n && st == CHY_OK; i++) {
		chy_line *line = &b->nodes[i].line;
		chy_mrn mrn;

		if (b->group[i] != CHY_NONE) {
			st = chy_line_make(b->a, b->group[i], NULL, b->arena,
			    line);
			chy_arena_reset(&b->a->reg->scratch);
		} else {
			chy_slice id = line->id;

			*line = (chy_line){ .id = id, .dtg_iso = CHY_EMPTY,
			    .post = CHY_EMPTY, .originator = CHY_EMPTY,
			    .subject = CHY_EMPTY, .classification = CHY_EMPTY };
			line->label = chy_label_bottom();
			if (b->nodes[i].estimate.basis == CHY_ESTIMATE_PRINTED)
				line->year = chy_civil_from(
				    b->nodes[i].estimate.dtg).year;
			else if (chy_mrn_parse(id, 0, &mrn)) {
				line->year = mrn.year;
				line->post = chy_arena_copy(b->arena,
				    (chy_slice){ mrn.post, mrn.post_len });
			}
		}
		if (line->dtg_iso.len > 0)
			b->when[i] = line->dtg;
		else if (b->nodes[i].estimate.basis != CHY_ESTIMATE_NONE)
			b->when[i] = b->nodes[i].estimate.dtg;
		else
			b->when[i] = line->year > 0 ? chy_civil_seconds(
			    (chy_civil){ line->year, 1, 1, 0, 0 }) : INT64_MAX;
	}
	return st;
}

/* Indexes sorted by date and id: few enough for a merge of our own, since
 * qsort takes no argument. */
static void
sort_nodes(const struct building *b, uint32_t *at, uint32_t *spare, uint32_t n)
{
	uint32_t half = n / 2, i = 0, k = half, m = 0;

	if (n < 2)
		return;
	sort_nodes(b, at, spare, half);
	sort_nodes(b, at + half, spare, n - half);
	while (i < half && k < n)
		spare[m++] = before(b, at[k], at[i]) ? at[k++] : at[i++];
	while (i < half)
		spare[m++] = at[i++];
	while (k < n)
		spare[m++] = at[k++];
	memcpy(at, spare, n * sizeof(*at));
}

/*
 * Each below the oldest that it cites, depth first. Citations in a circle
 * have no beginning: what is not reached begins with its oldest.
 */
static bool
put_in_order(struct building *b, uint32_t *order)
{
	uint32_t *sorted = chy_arena_alloc(b->arena, (b->n + 1u) *
	    sizeof(*sorted));
	uint32_t *spare = chy_arena_alloc(b->arena, (b->n + 1u) *
	    sizeof(*spare));
	uint32_t *stack = chy_arena_alloc(b->arena, (b->n + 1u) *
	    sizeof(*stack));
	uint32_t *first = chy_arena_alloc(b->arena, (b->n + 1u) *
	    sizeof(*first));
	uint32_t *next = chy_arena_alloc(b->arena, (b->n + 1u) *
	    sizeof(*next));
	bool *done = chy_arena_zalloc(b->arena, b->n + 1u, sizeof(*done));
	uint32_t m = 0;

	if (sorted == NULL || spare == NULL || stack == NULL ||
	    first == NULL || next == NULL || done == NULL)
		return false;
	for (uint32_t i = 0; i < b->n; i++) {
		chy_thread_node *node = &b->nodes[i];

		sorted[i] = i;
		first[i] = CHY_NONE;
		node->parent = CHY_NONE;
		for (uint32_t k = 0; k < node->n_cites; k++)
			if (node->parent == CHY_NONE ||
			    before(b, node->cites[k], node->parent))
				node->parent = node->cites[k];
	}
	sort_nodes(b, sorted, spare, b->n);
	/* Children of each in order: the list is filled from its end. */
	for (uint32_t i = b->n; i-- > 0; ) {
		uint32_t parent = b->nodes[sorted[i]].parent;

		if (parent == CHY_NONE)
			continue;
		next[sorted[i]] = first[parent];
		first[parent] = sorted[i];
	}
	for (int circles = 0; circles < 2; circles++)
		for (uint32_t i = 0; i < b->n; i++) {
			uint32_t depth = 0, top = 0, root = sorted[i];

			if (done[root] || (circles == 0 &&
			    b->nodes[root].parent != CHY_NONE))
				continue;
			if (circles == 1)
				b->nodes[root].parent = CHY_NONE;
			stack[top++] = root;
			b->nodes[root].depth = depth;
			done[root] = true;
			while (top > 0) {
				uint32_t node = stack[--top], kids = 0;

				order[m++] = node;
				/* Pushed in reverse, so that the oldest is
				 * next. */
				for (uint32_t k = first[node]; k != CHY_NONE;
				    k = next[k])
					if (!done[k])
						spare[kids++] = k;
				while (kids > 0) {
					uint32_t k = spare[--kids];

					done[k] = true;
					b->nodes[k].depth =
					    b->nodes[node].depth + 1;
					stack[top++] = k;
				}
			}
		}
	return m == b->n;
}

/* Put the nodes in that order and turn all indexes to it. */
static bool
renumber(struct building *b, const uint32_t *order, uint32_t start,
    chy_thread *thread)
{
	uint32_t *place = chy_arena_alloc(b->arena, (b->n + 1u) *
	    sizeof(*place));
	uint32_t *filled = chy_arena_zalloc(b->arena, b->n + 1u,
	    sizeof(*filled));

	thread->nodes = chy_arena_alloc(b->arena, (b->n + 1u) *
	    sizeof(*thread->nodes));
	if (place == NULL || filled == NULL || thread->nodes == NULL)
		return false;
	for (uint32_t i = 0; i < b->n; i++)
		place[order[i]] = i;
	for (uint32_t i = 0; i < b->n; i++) {
		chy_thread_node *node = &thread->nodes[i];

		*node = b->nodes[order[i]];
		if (node->parent != CHY_NONE)
			node->parent = place[node->parent];
		for (uint32_t k = 0; k < node->n_cites; k++)
			node->cites[k] = place[node->cites[k]];
		node->cited_by = chy_arena_alloc(b->arena,
		    (node->n_cited_by + 1u) * sizeof(*node->cited_by));
		if (node->cited_by == NULL)
			return false;
	}
	for (uint32_t i = 0; i < b->n; i++)
		for (uint32_t k = 0; k < thread->nodes[i].n_cites; k++) {
			uint32_t to = thread->nodes[i].cites[k];

			thread->nodes[to].cited_by[filled[to]++] = i;
		}
	thread->n_nodes = b->n;
	thread->start = place[start];
	return true;
}

static chy_status
thread_make(struct asking *a, const struct place *where, chy_thread *thread)
{
	struct building b = { .a = a, .arena = &thread->arena };
	chy_slice id = where->group != CHY_NONE ?
	    chy_name_text(a->c->groups, where->group) : where->id;
	uint32_t start = node_put(&b, id, where->group), *order;
	chy_status st;

	if (start == CHY_NONE)
		return chy_fail(a->err, CHY_ERR_NO_MEMORY, "no memory");
	st = walk(&b, start, true);
	if (st == CHY_OK)
		st = walk(&b, start, false);
	if (st == CHY_OK && where->group == CHY_NONE && b.n == 1)
		return CHY_ERR_NOT_FOUND;	/* nobody cites it either */
	if (st == CHY_OK)
		st = add_edges(&b);
	if (st == CHY_OK)
		st = add_lines(&b);
	if (st != CHY_OK)
		return st;
	order = chy_arena_alloc(b.arena, (b.n + 1u) * sizeof(*order));
	if (order == NULL || !put_in_order(&b, order) ||
	    !renumber(&b, order, start, thread))
		return chy_fail(a->err, CHY_ERR_NO_MEMORY, "no memory");
	thread->cut = b.cut;
	thread->label = chy_label_bottom();
	for (uint32_t i = 0; i < b.n; i++) {
		const chy_thread_node *node = &thread->nodes[i];
		int32_t year = node->line.year;

		if (node->missing) {
			thread->n_missing++;
			continue;
		}
		thread->label = chy_label_join(&thread->label,
		    &node->line.label);
		if (year > 0 && (thread->first_year == 0 ||
		    year < thread->first_year))
			thread->first_year = year;
		if (year > thread->last_year)
			thread->last_year = year;
	}
	return CHY_OK;
}

void
chy_thread_free(chy_thread *thread)
{
	if (thread == NULL)
		return;
	chy_arena_done(&thread->arena);
	free(thread);
}

chy_status
chy_registry_thread(chy_registry *reg, const chy_reader *reader,
    chy_slice address, chy_thread **ret, chy_error *err)
{
	chy_thread *thread = calloc(1, sizeof(*thread));
	struct asking a;
	struct place place;
	chy_status st;

	if (thread == NULL)
		return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	chy_arena_init(&thread->arena, 0);
	st = chy_asking_begin(&a, reg, reader, err);
	if (st != CHY_OK) {
		chy_thread_free(thread);
		return st;
	}
	st = chy_address_find(&a, address, &thread->arena, &place);
	if (st == CHY_OK && place.original != 0)
		st = CHY_ERR_NOT_FOUND;
	if (st == CHY_OK)
		st = thread_make(&a, &place, thread);
	if (st == CHY_ERR_NOT_FOUND)
		st = chy_not_found(address, err);
	if (st == CHY_OK && chy_arena_failed(&thread->arena))
		st = chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	chy_asking_end(&a);
	if (st != CHY_OK) {
		chy_thread_free(thread);
		return st;
	}
	*ret = thread;
	return CHY_OK;
}
