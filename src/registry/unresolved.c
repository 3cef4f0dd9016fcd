/*
 * Citations that lead nowhere, by reason and kind, and what they cite.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "query/query.h"
#include "registry/references.h"
#include "registry/registry_int.h"

#define MOST	100u	/* values, if not said */
#define CITERS	5u

struct entry {
	chy_slice value;	/* of one value always the same bytes */
	uint32_t  group;
	uint8_t	  how, kind;
};

/* Entries of one value. */
struct stretch {
	size_t	  first, n;
	chy_slice value;
};

struct collecting {
	struct asking *a;
	chy_unresolved *to;
	struct entry *at;
	size_t	      n, cap;
	bool	     *labels;
};

void
chy_unresolved_free(chy_unresolved *unresolved)
{
	if (unresolved == NULL)
		return;
	chy_arena_done(&unresolved->arena);
	free(unresolved);
}

static chy_status
collect(void *arg, uint32_t group, const chy_cited *cited)
{
	struct collecting *c = arg;

	c->to->citations++;
	c->to->by_how[cited->how]++;
	if (chy_is_resolved(cited->how)) {
		c->to->resolved++;
		return CHY_OK;
	}
	if (c->n == c->cap) {
		size_t cap = c->cap * 2 + 1024;
		struct entry *more = realloc(c->at, cap * sizeof(*more));

		if (more == NULL)
			return CHY_ERR_NO_MEMORY;
		c->at = more;
		c->cap = cap;
	}
	c->at[c->n++] = (struct entry){ cited->value, group,
	    (uint8_t)cited->how, (uint8_t)cited->kind };
	c->labels[c->a->c->tels[c->a->view->shown[group]].label] = true;
	return CHY_OK;
}

/* The bytes of a value are those of its name, so their place will do. */
static int
entry_cmp(const void *a, const void *b)
{
	const struct entry *ea = a, *eb = b;
	uintptr_t pa = (uintptr_t)ea->value.ptr, pb = (uintptr_t)eb->value.ptr;

	if (pa != pb)
		return pa < pb ? -1 : 1;
	if (ea->how != eb->how)
		return ea->how < eb->how ? -1 : 1;
	return ea->kind < eb->kind ? -1 : ea->kind > eb->kind;
}

static int
stretch_cmp(const void *a, const void *b)
{
	const struct stretch *sa = a, *sb = b;

	if (sa->n != sb->n)
		return sa->n > sb->n ? -1 : 1;
	return chy_slice_cmp(sa->value, sb->value);
}

static int
kind_cmp(const void *a, const void *b)
{
	const chy_unresolved_kind *ka = a, *kb = b;

	if (ka->citations != kb->citations)
		return ka->citations > kb->citations ? -1 : 1;
	if (ka->how != kb->how)
		return ka->how < kb->how ? -1 : 1;
	return ka->kind < kb->kind ? -1 : ka->kind > kb->kind;
}

static void
count_kind(chy_unresolved *to, const struct stretch *s, const struct entry *e)
{
	chy_unresolved_kind *k = to->kinds;

	while (k < to->kinds + to->n_kinds && (k->how != e->how ||
	    k->kind != e->kind))
		k++;
	if (k == to->kinds + to->n_kinds)
		*k = (chy_unresolved_kind){ .how = (chy_resolution)e->how,
		    .kind = (chy_ref_kind)e->kind }, to->n_kinds++;
	k->citations += s->n;
	k->different++;
}

struct citer {
	int64_t	  dtg;
	chy_slice id;
};

static int
citer_cmp(const void *a, const void *b)
{
	const struct citer *ca = a, *cb = b;

	if (ca->dtg != cb->dtg)
		return ca->dtg < cb->dtg ? -1 : 1;
	return chy_slice_cmp(ca->id, cb->id);
}

static bool
add_value(struct collecting *c, const struct stretch *s)
{
	chy_arena *arena = &c->to->arena;
	const struct entry *e = &c->at[s->first];
	chy_unresolved_value *v = &c->to->values[c->to->n_values++];
	struct citer *by = malloc((s->n + 1) * sizeof(*by));

	*v = (chy_unresolved_value){ .value = chy_arena_copy(arena, s->value),
	    .how = (chy_resolution)e->how, .kind = (chy_ref_kind)e->kind,
	    .citations = s->n };
	v->citers = chy_arena_alloc(arena, CITERS * sizeof(*v->citers));
	if (by == NULL || v->citers == NULL) {
		free(by);
		return false;
	}
	for (size_t i = 0; i < s->n; i++) {
		uint32_t g = e[i].group;

		by[i].dtg = c->a->c->tels[c->a->view->shown[g]].dtg;
		by[i].id = chy_name_text(c->a->c->groups, g);
	}
	qsort(by, s->n, sizeof(*by), citer_cmp);
	for (size_t i = 0; i < s->n && v->n_citers < CITERS; i++)
		if (i == 0 || !chy_slice_eq(by[i].id, by[i - 1].id))
			v->citers[v->n_citers++] = chy_arena_copy(arena,
			    by[i].id);
	free(by);
	return true;
}

/* From the entries to kinds and values. */
static chy_status
settle(struct collecting *c, uint32_t most)
{
	chy_unresolved *to = c->to;
	struct stretch *s = malloc((c->n + 1) * sizeof(*s));
	size_t n = 0;
	bool room = s != NULL;

	to->kinds = chy_arena_zalloc(&to->arena, (size_t)CHY_RESOLUTIONS *
	    (CHY_REF_AIRGRAM + 1), sizeof(*to->kinds));
	to->values = chy_arena_zalloc(&to->arena, (c->n < most ? c->n : most) +
	    1, sizeof(*to->values));
	if (!room || to->kinds == NULL || to->values == NULL) {
		free(s);
		return chy_fail(c->a->err, CHY_ERR_NO_MEMORY, "no memory");
	}
	if (c->n > 1)
		qsort(c->at, c->n, sizeof(*c->at), entry_cmp);
	for (size_t i = 0; i < c->n; i++) {
		if (i == 0 || entry_cmp(&c->at[i], &c->at[i - 1]) != 0)
			s[n++] = (struct stretch){ i, 0, c->at[i].value };
		s[n - 1].n++;
	}
	for (size_t i = 0; i < n; i++)
		count_kind(to, &s[i], &c->at[s[i].first]);
	if (to->n_kinds > 1)
		qsort(to->kinds, to->n_kinds, sizeof(*to->kinds), kind_cmp);
	if (n > 1)
		qsort(s, n, sizeof(*s), stretch_cmp);
	to->n_all_values = n;
	for (size_t i = 0; i < n && i < most && room; i++)
		room = add_value(c, &s[i]);
	free(s);
	return room ? CHY_OK : chy_fail(c->a->err, CHY_ERR_NO_MEMORY,
	    "no memory");
}

static chy_status
look(struct asking *a, const chy_query *query, uint32_t most,
    chy_unresolved *to)
{
	struct collecting c = { .a = a, .to = to };
	chy_buf buf = CHY_BUF_INIT;
	uint64_t *set = NULL;
	chy_status st = chy_store_eval(a->reg->store, a->view, query->root,
	    &set, a->err);

	chy_query_print(query->root, &buf);
	to->understood = chy_arena_copy(&to->arena, chy_buf_slice(&buf));
	chy_buf_done(&buf);
	c.labels = calloc((size_t)a->view->n_labels + 1, sizeof(*c.labels));
	if (st == CHY_OK && c.labels == NULL)
		st = CHY_ERR_NO_MEMORY;
	if (st == CHY_OK) {
		to->telegrams = chy_set_count(set, chy_set_words(a->c));
		st = chy_store_each_citation(a->reg->store, a->view, set,
		    collect, &c, a->err);
	}
	if (st == CHY_ERR_NO_MEMORY)
		st = chy_fail(a->err, st, "no memory");
	if (st == CHY_OK)
		st = settle(&c, most == 0 ? MOST : most);
	to->label = chy_label_bottom();
	for (uint32_t i = 1; st == CHY_OK && i < a->view->n_labels; i++)
		if (c.labels[i])
			to->label = chy_label_join(&to->label,
			    chy_store_label(a->reg->store, i));
	free(c.labels);
	free(c.at);
	free(set);
	return st;
}

chy_status
chy_registry_unresolved(chy_registry *reg, const chy_reader *reader,
    chy_slice text, uint32_t most, chy_unresolved **ret, chy_error *err)
{
	chy_unresolved *to = calloc(1, sizeof(*to));
	chy_query *query;
	struct asking a;
	chy_status st;

	if (to == NULL)
		return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	chy_arena_init(&to->arena, 0);
	st = chy_query_asked(text, &query, err);
	if (st != CHY_OK) {
		chy_unresolved_free(to);
		return st;
	}
	st = chy_asking_begin(&a, reg, reader, err);
	if (st == CHY_OK) {
		st = look(&a, query, most, to);
		if (st == CHY_OK && chy_arena_failed(&to->arena))
			st = chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
		chy_asking_end(&a);
	}
	chy_query_free(query);
	if (st != CHY_OK) {
		chy_unresolved_free(to);
		return st;
	}
	*ret = to;
	return CHY_OK;
}
