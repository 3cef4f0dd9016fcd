/*
 * The names that one reader sees, by telegram: spellings of one key come to
 * one entry, and a name of one word to the fuller one beside it.
 *
 * What is made for a view takes in what is filed: made anew it takes a second
 * over 250,000 telegrams.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "store/likeness_int.h"

#define GROUP_NAMES	4096u
/* Each is compared with each: of a list of thousands none is joined. */
#define JOINED_NAMES	400u

/* The entries of one group, while they are found. */
struct group_names {
	uint32_t entry[GROUP_NAMES];
	uint32_t spelling[GROUP_NAMES];
	uint32_t to[GROUP_NAMES];	/* entry it is taken for */
	uint32_t n;
	uint32_t person[JOINED_NAMES];	/* those that are persons */
	chy_slice key[JOINED_NAMES];	/* and their keys */
	uint32_t n_persons;
};

static void
seen_done(struct seen *s)
{
	free(s->first);
	free(s->end);
	free(s->entries);
	free(s->spelled);
	free(s->count);
	*s = (struct seen){ .view = 0 };
}

void
chy_seen_done(struct chy_likeness *l)
{
	for (size_t i = 0; i < SEEN; i++)
		seen_done(&l->seen[i]);
}


/* ---- one telegram ---- */

static void
collect_group(const chy_store *store, const chy_view *view, uint32_t group,
    struct group_names *g, uint32_t *mark)
{
	const struct chy_likeness *l = store->likeness;
	const chy_columns *c = &store->columns;

	g->n = 0;
	for (uint32_t t = c->heads[group]; t != CHY_NONE; t = c->tels[t].next) {
		if (view->tel_sees[t] == 0)
			continue;
		for (uint32_t i = l->first_stand[t];
		    i < l->first_stand[t + 1]; i++) {
			uint32_t s = l->stands[i].spelling;

			if (mark[s] == group || g->n == GROUP_NAMES ||
			    !chy_sees_row(view, c, t, l->stands[i].row))
				continue;
			mark[s] = group;
			g->entry[g->n] = l->spellings[s].key;
			g->spelling[g->n++] = s;
		}
	}
}

/* The words of the shorter key are the first or the last of the longer. The
 * spaces are looked at first: they are seldom where they must be. */
static bool
key_within(chy_slice shorter, chy_slice longer)
{
	size_t n = shorter.len;

	if (n >= longer.len)
		return false;
	return (longer.ptr[n] == ' ' &&
	    memcmp(longer.ptr, shorter.ptr, n) == 0) ||
	    (longer.ptr[longer.len - n - 1] == ' ' &&
	    memcmp(longer.ptr + longer.len - n, shorter.ptr, n) == 0);
}

/* The entry that a person's name is taken for: a name within one other name
 * is that one. */
static uint32_t
fuller_of(const struct group_names *g, uint32_t person)
{
	uint32_t own = g->entry[g->person[person]], fuller = CHY_NONE;
	chy_slice key = g->key[person], best = CHY_EMPTY;

	for (uint32_t k = 0; k < g->n_persons; k++) {
		uint32_t entry = g->entry[g->person[k]];

		if (!key_within(key, g->key[k]) || entry == fuller)
			continue;
		/* Of several within one another the fullest counts. */
		if (fuller != CHY_NONE && key_within(g->key[k], best))
			continue;
		if (fuller != CHY_NONE && !key_within(best, g->key[k]))
			return own;
		fuller = entry;
		best = g->key[k];
	}
	return fuller != CHY_NONE ? fuller : own;
}

static void
resolve_group(const struct chy_likeness *l, struct group_names *g)
{
	memcpy(g->to, g->entry, g->n * sizeof(*g->to));
	g->n_persons = 0;
	if (g->n > JOINED_NAMES)
		return;
	for (uint32_t i = 0; i < g->n; i++) {
		chy_slice key = chy_name_text(l->keys, g->entry[i]);

		if (key.ptr[0] != 'P')
			continue;
		g->person[g->n_persons] = i;
		g->key[g->n_persons++] = chy_slice_from(key, 1);
	}
	for (uint32_t i = 0; i < g->n_persons; i++)
		g->to[g->person[i]] = fuller_of(g, i);
}


/* ---- all ---- */

/* Put the names of a group behind all others, in place of what it had. */
static bool
put_group(struct seen *s, uint32_t group, const struct group_names *g)
{
	size_t start = s->n;

	for (uint32_t i = s->first[group]; i < s->end[group]; i++)
		s->count[s->entries[i]] -= chy_named_once(&s->named, group, i);
	if (!chy_array_grow(&s->entries, &s->cap_entries, s->n + g->n + 1,
	    sizeof(*s->entries)) || !chy_array_grow(&s->spelled,
	    &s->cap_spelled, s->n + g->n + 1, sizeof(*s->spelled)))
		return false;
	for (uint32_t k = 0; k < g->n; k++) {
		size_t at = s->n++;

		/* By entry; few, so put in where it belongs. */
		for (; at > start && s->entries[at - 1] > g->to[k]; at--) {
			s->entries[at] = s->entries[at - 1];
			s->spelled[at] = s->spelled[at - 1];
		}
		s->entries[at] = g->to[k];
		s->spelled[at] = g->spelling[k];
		s->count[g->to[k]] += at == start ||
		    s->entries[at - 1] != g->to[k];
	}
	s->first[group] = (uint32_t)start;
	s->end[group] = (uint32_t)s->n;
	return true;
}

/* `need` numbers, those from n on 0. */
static bool
grow_zero(uint32_t **at, size_t *cap, size_t n, size_t need)
{
	if (!chy_array_grow(at, cap, need, sizeof(**at)))
		return false;
	if (need > n)
		memset(*at + n, 0, (need - n) * sizeof(**at));
	return true;
}

static bool
seen_grow(const chy_store *store, struct seen *s)
{
	const struct chy_likeness *l = store->likeness;
	uint32_t groups = chy_name_count(store->columns.groups);
	uint32_t keys = chy_name_count(l->keys);

	if (!grow_zero(&s->first, &s->cap_first, s->n_groups, groups + 1u) ||
	    !grow_zero(&s->end, &s->cap_end, s->n_groups, groups + 1u) ||
	    !grow_zero(&s->count, &s->cap_count, s->n_keys, keys + 1u))
		return false;
	s->n_groups = groups;
	s->n_keys = keys;
	return true;
}

/* What others look at, as it is now: arrays move as they grow. */
static void
seen_show(const struct chy_likeness *l, struct seen *s)
{
	s->named = (chy_named){
		.spellings = l->spellings,
		.n_spellings = chy_name_count(l->texts), .keys = l->keys,
		.first = s->first, .end = s->end, .entries = s->entries,
		.spelled = s->spelled, .count = s->count,
	};
}

/* Put the telegrams that the columns have and this has not into it. */
static bool
seen_extend(const chy_store *store, const chy_view *view, struct seen *s)
{
	const struct chy_likeness *l = store->likeness;
	const chy_columns *c = &store->columns;
	uint32_t *mark = calloc((size_t)chy_name_count(l->texts) + 1,
	    sizeof(*mark));
	uint64_t *done = calloc(chy_set_words(c) + 1, sizeof(*done));
	struct group_names *g = malloc(sizeof(*g));
	bool good = mark != NULL && done != NULL && g != NULL &&
	    seen_grow(store, s);

	for (uint32_t t = s->n_tels; t < c->n_tels && good; t++) {
		uint32_t group = c->tel_group[t];

		if (!chy_set_has(view->visible, group) ||
		    chy_set_has(done, group))
			continue;
		chy_set_put(done, group);
		collect_group(store, view, group, g, mark);
		resolve_group(l, g);
		seen_show(l, s);
		good = put_group(s, group, g);
	}
	s->n_tels = c->n_tels;
	seen_show(l, s);
	free(mark);
	free(done);
	free(g);
	return good;
}

chy_status
chy_store_names(chy_store *store, const chy_view *view, const chy_named **ret,
    chy_error *err)
{
	chy_status st = chy_likeness_update(store, err);
	struct chy_likeness *l = store->likeness;
	struct seen *s;

	if (st != CHY_OK)
		return st;
	s = &l->seen[0];
	for (size_t i = 0; i < SEEN; i++) {
		if (l->seen[i].view == view->serial) {
			s = &l->seen[i];
			break;
		}
		if (l->seen[i].used < s->used)
			s = &l->seen[i];
	}
	if (s->view != view->serial) {
		seen_done(s);
		s->view = view->serial;
	}
	s->used = ++l->clock;
	if (s->n_tels < store->columns.n_tels && !seen_extend(store, view, s)) {
		seen_done(s);
		return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	}
	*ret = &s->named;
	return CHY_OK;
}


/* ---- by name ---- */

/* The words of `want`, in order, among those of `have`. */
static bool
words_within(chy_slice want, chy_slice have)
{
	while (want.len > 0) {
		size_t n = chy_slice_find(want, CHY_SLICE(" "), 0);
		chy_slice word = chy_slice_sub(want, 0, n);
		bool found = false;

		while (have.len > 0 && !found) {
			size_t k = chy_slice_find(have, CHY_SLICE(" "), 0);

			found = chy_slice_eq(chy_slice_sub(have, 0, k), word);
			have = chy_slice_from(have, k + 1);
		}
		if (!found)
			return false;
		want = chy_slice_from(want, n + 1);
	}
	return true;
}

void
chy_typed_name_make(chy_slice name, chy_typed_name *ret)
{
	for (int k = 0; k < CHY_NAME_KINDS; k++)
		ret->len[k] = chy_name_key((chy_name_kind)k, name, ret->key[k]);
}

static bool
key_fits(chy_name_kind kind, chy_slice key, const chy_typed_name *typed)
{
	chy_slice want = { typed->key[kind], typed->len[kind] };

	if (want.len == 0)
		return false;
	return kind == CHY_NAME_PERSON ? words_within(want, key) :
	    chy_slice_eq(want, key);
}

bool
chy_entry_fits(const chy_named *named, uint32_t entry,
    const chy_typed_name *typed)
{
	return key_fits(chy_entry_kind(named, entry),
	    chy_slice_from(chy_name_text(named->keys, entry), 1), typed);
}

/* A name that fits is within the fuller one that it is taken for, which fits
 * as well: so what stands in a telegram is looked at, and no reader's entries
 * need be made. */
chy_status
chy_store_named(chy_store *store, const chy_view *view, chy_name_kind kind,
    chy_slice name, uint64_t **ret_set, chy_error *err)
{
	const chy_columns *c = &store->columns;
	const struct chy_likeness *l;
	chy_status st = chy_likeness_update(store, err);
	chy_typed_name typed;
	uint64_t *set;
	bool *fits;

	if (st != CHY_OK)
		return st;
	l = store->likeness;
	set = calloc(chy_set_words(c) + 1, sizeof(*set));
	fits = calloc((size_t)chy_name_count(l->texts) + 1, sizeof(*fits));
	if (set == NULL || fits == NULL) {
		free(set);
		free(fits);
		return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	}
	chy_typed_name_make(name, &typed);
	for (uint32_t i = 1; i < chy_name_count(l->texts); i++) {
		const chy_spelling *s = &l->spellings[i];

		fits[i] = s->kind == kind && s->key != 0 && key_fits(kind,
		    chy_slice_from(chy_name_text(l->keys, s->key), 1), &typed);
	}
	for (uint32_t t = 0; t < c->n_tels; t++) {
		if (view->tel_sees[t] == 0)
			continue;
		for (uint32_t i = l->first_stand[t]; i < l->first_stand[t + 1];
		    i++)
			if (fits[l->stands[i].spelling] &&
			    chy_sees_row(view, c, t, l->stands[i].row))
				chy_set_put(set, c->tel_group[t]);
	}
	free(fits);
	*ret_set = set;
	return CHY_OK;
}
