/*
 * Fields of a query that follow citations: who cites whom, threads, what a
 * REF list prints.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "store/search_int.h"

/* What a REF list says: a number as printed there, or words. */
chy_status
chy_eval_ref(struct eval *e, const chy_query_node *node, uint64_t *out)
{
	char key[CHY_MRN_KEY_MAX];
	chy_query_node words = *node;
	chy_mrn mrn;

	if (node->pattern != NULL)
		return chy_store_printed_like(e->store, e->view, node->pattern,
		    out, e->err);
	if (!chy_mrn_from_text(node->text, &mrn)) {
		words.prefix = false;
		return chy_eval_words(e, &words, CHY_FIELD_REF, out);
	}
	return chy_store_printed(e->store, e->view, (chy_slice){ key,
	    chy_mrn_key(&mrn, key) }, out, e->err);
}

uint32_t
chy_visible_group(const chy_store *store, const chy_view *view, chy_slice id)
{
	uint32_t group = chy_name_find(store->columns.groups, id);

	return group != CHY_NONE && group != 0 &&
	    chy_set_has(view->visible, group) ? group : CHY_NONE;
}

static chy_status
cites_one(struct eval *e, chy_slice id, chy_arena *arena, uint64_t *out)
{
	chy_citing *by;
	uint32_t n;
	chy_status st = chy_store_cited_by(e->store, e->view, id, arena, &by,
	    &n, e->err);

	for (uint32_t i = 0; st == CHY_OK && i < n; i++)
		chy_set_put(out, by[i].group);
	return st;
}

static chy_status
citedby_one(struct eval *e, uint32_t group, chy_arena *arena, uint64_t *out)
{
	chy_cited *cites;
	uint32_t n;
	chy_status st = chy_store_cites(e->store, e->view, group, arena, &cites,
	    &n, e->err);

	for (uint32_t i = 0; st == CHY_OK && i < n; i++)
		if (cites[i].group != CHY_NONE)
			chy_set_put(out, cites[i].group);
	return st;
}

/* The telegrams that a field of citations starts from: the one named, or
 * those that the query in braces finds. Heap. */
static chy_status
starts_of(struct eval *e, const chy_query_node *node, uint32_t **ret,
    uint32_t *ret_n)
{
	uint32_t all = chy_name_count(e->c->groups), n = 0;
	uint32_t *at = malloc(((size_t)all + 1) * sizeof(*at));
	const uint64_t *within = e->within;
	uint64_t *set;
	chy_status st;

	if (at == NULL)
		return chy_fail(e->err, CHY_ERR_NO_MEMORY, "no memory");
	if (node->child == NULL) {
		at[0] = chy_visible_group(e->store, e->view, node->text);
		*ret_n = at[0] != CHY_NONE;
		*ret = at;
		return CHY_OK;
	}
	/* What stands beside the braces is of other telegrams. */
	e->within = NULL;
	st = chy_eval_node(e, node->child, &set);
	e->within = within;
	if (st != CHY_OK) {
		free(at);
		return st;
	}
	for (uint32_t g = 0; g < all; g++)
		if (chy_set_has(set, g))
			at[n++] = g;
	free(set);
	*ret = at;
	*ret_n = n;
	return CHY_OK;
}

/* cites: and citedby:. Who cites a number can be asked though it is not
 * filed. */
chy_status
chy_eval_citations(struct eval *e, const chy_query_node *node, uint64_t *out)
{
	bool cites = node->field == CHY_FIELD_CITES;
	uint32_t *starts = NULL, n = 0;
	chy_arena arena;
	chy_status st;

	chy_arena_init(&arena, 0);
	if (cites && node->child == NULL)
		st = cites_one(e, node->text, &arena, out);
	else
		st = starts_of(e, node, &starts, &n);
	for (uint32_t i = 0; i < n && st == CHY_OK; i++) {
		st = cites ? cites_one(e, chy_name_text(e->c->groups,
		    starts[i]), &arena, out) :
		    citedby_one(e, starts[i], &arena, out);
		chy_arena_reset(&arena);
	}
	chy_arena_done(&arena);
	free(starts);
	return st;
}

/* One direction of a thread: from what is in `todo` on. */
static chy_status
follow(struct eval *e, bool back, uint32_t *todo, uint32_t n, uint64_t *seen,
    chy_arena *arena)
{
	chy_status st = CHY_OK;

	while (n > 0 && st == CHY_OK) {
		uint32_t group = todo[--n], count;
		chy_cited *cites;
		chy_citing *by;

		if (back)
			st = chy_store_cites(e->store, e->view, group, arena,
			    &cites, &count, e->err);
		else
			st = chy_store_cited_by(e->store, e->view,
			    chy_name_text(e->c->groups, group), arena, &by,
			    &count, e->err);
		for (uint32_t i = 0; st == CHY_OK && i < count; i++) {
			uint32_t next = back ? cites[i].group : by[i].group;

			if (next == CHY_NONE || chy_set_has(seen, next))
				continue;
			chy_set_put(seen, next);
			todo[n++] = next;
		}
	}
	return st;
}

chy_status
chy_eval_thread(struct eval *e, const chy_query_node *node, uint64_t *out)
{
	uint64_t *seen = chy_set_new(chy_set_words(e->c), e->err);
	uint32_t *todo = malloc(((size_t)chy_name_count(e->c->groups) + 1) *
	    sizeof(*todo));
	uint32_t *starts = NULL, n = 0;
	chy_status st = CHY_OK;
	chy_arena arena;

	chy_arena_init(&arena, 0);
	if (seen == NULL || todo == NULL)
		st = chy_fail(e->err, CHY_ERR_NO_MEMORY, "no memory");
	if (st == CHY_OK)
		st = starts_of(e, node, &starts, &n);
	for (int back = 0; st == CHY_OK && back < 2; back++) {
		memset(seen, 0, chy_set_words(e->c) * sizeof(*seen));
		for (uint32_t i = 0; i < n; i++) {
			chy_set_put(seen, starts[i]);
			todo[i] = starts[i];
		}
		st = follow(e, back == 1, todo, n, seen, &arena);
		for (size_t i = 0; i < chy_set_words(e->c); i++)
			out[i] |= seen[i];
	}
	chy_arena_done(&arena);
	free(starts);
	free(seen);
	free(todo);
	return st;
}
