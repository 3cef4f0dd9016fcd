/*
 * The order of a result, and which part of it a page is.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "registry/registry_int.h"

/* One telegram found. Between equal scores the order of dates decides, newest
 * first. */
struct ranked {
	double	 score;
	uint32_t group;
};

struct ordering {
	struct asking *a;
	const uint64_t *set;
	const chy_find_options *opts;
	uint64_t	skip;
	uint32_t	after;	/* group; CHY_NONE: from the beginning */
	uint32_t       *out;
	uint32_t	n;
};

static bool
full(const struct ordering *o)
{
	return o->n == o->opts->size;
}

/* The next telegram of the order. */
static void
give(struct ordering *o, uint32_t group)
{
	if (!chy_set_has(o->set, group) || full(o))
		return;
	if (o->after != CHY_NONE) {
		if (o->after == group)
			o->after = CHY_NONE;
		return;
	}
	if (o->skip > 0) {
		o->skip--;
		return;
	}
	o->out[o->n++] = group;
}

static void
newest_first(struct ordering *o)
{
	for (uint32_t i = 0; i < o->a->view->n_order && !full(o); i++)
		give(o, o->a->view->order[i]);
}

static int64_t
date_of(const struct ordering *o, uint32_t i)
{
	const struct asking *a = o->a;

	return a->c->tels[a->view->shown[a->view->order[i]]].dtg;
}

/* Runs of one date from the last to the first, each in its order, by id; what
 * has no date comes last here too. */
static void
oldest_first(struct ordering *o)
{
	uint32_t n = o->a->view->n_order, end, start;
	const uint32_t *order = o->a->view->order;

	while (n > 0 && date_of(o, n - 1) == INT64_MIN)
		n--;
	for (end = n; end > 0 && !full(o); end = start) {
		for (start = end - 1; start > 0 && date_of(o, start - 1) ==
		    date_of(o, end - 1); start--)
			;
		for (uint32_t i = start; i < end; i++)
			give(o, order[i]);
	}
	for (uint32_t i = n; i < o->a->view->n_order && !full(o); i++)
		give(o, order[i]);
}


/* ---- by score ---- */

static bool
better(const struct asking *a, struct ranked x, struct ranked y)
{
	return x.score > y.score || (x.score >= y.score &&
	    chy_view_cmp(a->view, a->c, x.group, y.group) < 0);
}

/* The heap's first is the worst that is kept. */
static void
sink_down(const struct asking *a, struct ranked *heap, size_t n, size_t i)
{
	for (;;) {
		size_t worst = i, left = 2 * i + 1;
		struct ranked swap = heap[i];

		if (left < n && better(a, heap[worst], heap[left]))
			worst = left;
		if (left + 1 < n && better(a, heap[worst], heap[left + 1]))
			worst = left + 1;
		if (worst == i)
			return;
		heap[i] = heap[worst];
		heap[worst] = swap;
		i = worst;
	}
}

static void
keep(const struct asking *a, struct ranked *heap, size_t *n, size_t most,
    struct ranked r)
{
	if (*n < most) {
		heap[(*n)++] = r;
		if (*n == most)
			for (size_t i = most; i-- > 0; )
				sink_down(a, heap, most, i);
	} else if (better(a, r, heap[0])) {
		heap[0] = r;
		sink_down(a, heap, most, 0);
	}
}

/* Take the heap apart, the worst first, so that the best comes first. */
static void
sort_heap(const struct asking *a, struct ranked *heap, size_t n, size_t most)
{
	if (n < most)
		for (size_t i = n; i-- > 0; )
			sink_down(a, heap, n, i);
	while (n > 1) {
		struct ranked worst = heap[0];

		heap[0] = heap[--n];
		heap[n] = worst;
		sink_down(a, heap, n, 0);
	}
}

static struct ranked
score_of(const struct ordering *o, const double *score, uint32_t group)
{
	uint64_t below = (UINT64_C(1) << (group % 64)) - 1;
	size_t at = chy_set_count(o->set, group / 64) +
	    (size_t)__builtin_popcountll(o->set[group / 64] & below);

	return (struct ranked){ score[at], group };
}

static chy_status
best_first(struct ordering *o, const chy_query_node *root)
{
	struct asking *a = o->a;
	size_t words = chy_set_words(a->c), n = 0, at = 0;
	uint64_t total = chy_set_count(o->set, words);
	uint64_t want = o->skip + o->opts->size;
	size_t most = (size_t)(want < total ? want : total);
	struct ranked *heap, from = { .group = CHY_NONE };
	double *score;
	chy_status st = chy_store_rank(a->reg->store, a->view, root, o->set,
	    &score, a->err);

	if (st != CHY_OK)
		return st;
	if (score == NULL) {
		newest_first(o);
		return CHY_OK;
	}
	heap = malloc((most + 1) * sizeof(*heap));
	if (heap == NULL) {
		free(score);
		return chy_fail(a->err, CHY_ERR_NO_MEMORY, "no memory");
	}
	if (o->after != CHY_NONE)
		from = score_of(o, score, o->after);
	for (size_t i = 0; i < words && most > 0; i++)
		for (uint64_t w = o->set[i]; w != 0; w &= w - 1, at++) {
			struct ranked r = { score[at], (uint32_t)(i * 64) +
			    (uint32_t)__builtin_ctzll(w) };

			if (from.group == CHY_NONE || better(a, from, r))
				keep(a, heap, &n, most, r);
		}
	sort_heap(a, heap, n, most);
	for (size_t i = (size_t)o->skip; i < n; i++)
		o->out[o->n++] = heap[i].group;
	free(heap);
	free(score);
	return CHY_OK;
}

/* The group that opts->after names, which must be among what is found. */
static chy_status
find_after(struct ordering *o, chy_arena *arena)
{
	struct place place;
	chy_status st = chy_address_find(o->a, o->opts->after, arena, &place);

	if (st == CHY_OK && place.group != CHY_NONE &&
	    chy_set_has(o->set, place.group)) {
		o->after = place.group;
		return CHY_OK;
	}
	if (st != CHY_OK && st != CHY_ERR_NOT_FOUND && st != CHY_ERR_INVALID)
		return st;
	st = chy_fail(o->a->err, CHY_ERR_NOT_FOUND, "%.*s is not among what is "
	    "found; begin again without it",
	    CHY_ARG(chy_slice_sub(o->opts->after, 0, 60)));
	return st;
}

chy_status
chy_page_groups(struct asking *a, const chy_query_node *root,
    const uint64_t *set, const chy_find_options *opts, uint64_t skip,
    chy_arena *arena, uint32_t **ret, uint32_t *ret_n)
{
	struct ordering o = { .a = a, .set = set, .opts = opts, .skip = skip,
	    .after = CHY_NONE };
	chy_status st = CHY_OK;

	o.out = chy_arena_alloc(arena, (opts->size + 1u) * sizeof(*o.out));
	if (o.out == NULL)
		return chy_fail(a->err, CHY_ERR_NO_MEMORY, "no memory");
	if (opts->after.len > 0) {
		o.skip = 0;
		st = find_after(&o, arena);
	}
	if (st == CHY_OK)
		switch (opts->sort) {
		case CHY_SORT_NEWEST:
			newest_first(&o);
			break;
		case CHY_SORT_OLDEST:
			oldest_first(&o);
			break;
		case CHY_SORT_RELEVANCE:
			st = best_first(&o, root);
			break;
		}
	if (st == CHY_OK) {
		*ret = o.out;
		*ret_n = o.n;
	}
	return st;
}

static const char *const names[] = {
	[CHY_SORT_NEWEST] = "newest",
	[CHY_SORT_OLDEST] = "oldest",
	[CHY_SORT_RELEVANCE] = "relevance",
};

const char *
chy_sort_name(chy_sort sort)
{
	return (size_t)sort < ARRAY_LEN(names) ? names[sort] : NULL;
}

bool
chy_sort_parse(chy_slice name, chy_sort *ret)
{
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (chy_slice_eq(name, chy_slice_of(names[i]))) {
			*ret = (chy_sort)i;
			return true;
		}
	return false;
}
