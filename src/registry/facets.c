/*
 * Counting a set of telegrams by year, post, classification, TAGS and month.
 * Only telegrams that the reader sees are in the set; what is of their
 * heading counts only where that is seen too.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/ascii.h"
#include "registry/registry_int.h"

#define YEARS	10000

struct counting {
	uint64_t *years;	/* by year */
	uint64_t *posts;	/* by number of the name */
	uint64_t *tags;
	uint64_t  levels[CHY_LEVEL_TOP_SECRET + 1];
};

static int
value_cmp(const void *a, const void *b)
{
	const chy_facet_value *va = a, *vb = b;

	if (va->count != vb->count)
		return va->count > vb->count ? -1 : 1;
	return chy_slice_cmp(va->value, vb->value);
}

static void
value_add(chy_facet *facet, chy_slice value, chy_slice name, const char *field,
    uint64_t count, chy_arena *arena)
{
	chy_buf term = CHY_BUF_INIT;
	bool quote = chy_slice_find(value, CHY_SLICE(" "), 0) < value.len ||
	    chy_slice_find(value, CHY_SLICE("("), 0) < value.len;

	chy_buf_printf(&term, "%s:%s%.*s%s", field, quote ? "\"" : "",
	    CHY_ARG(value), quote ? "\"" : "");
	facet->values[facet->n_values++] = (chy_facet_value){
		.value = chy_arena_copy(arena, value),
		.name = chy_arena_copy(arena, name),
		.term = chy_arena_copy(arena, chy_buf_slice(&term)),
		.count = count,
	};
	chy_buf_done(&term);
}

static bool
squeezes_to(chy_slice address, chy_slice key)
{
	size_t k = 0;

	for (size_t i = 0; i < address.len; i++) {
		if (!chy_is_alnum(address.ptr[i]))
			continue;
		if (k == key.len || address.ptr[i] != key.ptr[k])
			return false;
		k++;
	}
	return k == key.len && k > 0;
}

/* The agency or collective whose key is all its letters without blanks:
 * JOINTSTAFF, IRANCOLLECTIVE. */
static chy_slice
address_of(chy_slice key)
{
	size_t n;
	const chy_post *rows = chy_vocab_posts(&n);
	const chy_collective *collectives;

	for (size_t i = 0; i < n; i++) {
		chy_slice name = chy_vocab_agency_name(rows[i].plad);

		if (rows[i].mrn_key.len == 0 && squeezes_to(name, key))
			return name;
	}
	collectives = chy_vocab_collectives(&n);
	for (size_t i = 0; i < n; i++)
		if (squeezes_to(collectives[i].plad, key))
			return collectives[i].plad;
	return CHY_EMPTY;
}

chy_slice
chy_post_shown(chy_slice key, char out[64])
{
	const chy_post *row = chy_vocab_post_by_key(key);
	chy_slice plad = row == NULL ? address_of(key) : CHY_EMPTY;
	size_t n = plad.len > 0 ? chy_vocab_post_title(plad, out, 64) : 0;

	if (n > 0 && n < 64)
		return (chy_slice){ out, n };
	if (plad.len > 0)
		return plad;
	n = chy_vocab_post_words(row != NULL && row->mrn_name.len > 0 ?
	    row->mrn_name : key, out, 64);
	return (chy_slice){ out, n < 64 ? n : 63 };
}

/* One facet from counts by number of a name. */
static bool
named_facet(const struct chy_names *names, const uint64_t *counts,
    const char *field, uint32_t most, chy_arena *arena, chy_facet *facet)
{
	uint32_t n = 0;

	for (uint32_t i = 1; i < chy_name_count(names); i++)
		n += counts[i] > 0;
	facet->values = chy_arena_zalloc(arena, (size_t)n + 1,
	    sizeof(*facet->values));
	if (facet->values == NULL)
		return false;
	for (uint32_t i = 1; i < chy_name_count(names); i++)
		if (counts[i] > 0)
			facet->values[facet->n_values++] = (chy_facet_value){
				.value = chy_name_text(names, i),
				.count = counts[i],
			};
	qsort(facet->values, n, sizeof(*facet->values), value_cmp);
	facet->n_all = n;
	facet->n_values = 0;
	/* Words only for those that are given. */
	for (uint32_t i = 0; i < n && i < most; i++) {
		chy_facet_value v = facet->values[i];
		const chy_tag *tag = chy_vocab_tag(v.value);
		char name[64];
		bool post = strcmp(field, "post") == 0;

		value_add(facet, v.value, post ? chy_post_shown(v.value, name) :
		    tag != NULL ? tag->meaning : CHY_EMPTY, field, v.count,
		    arena);
	}
	return true;
}

static bool
level_facet(const struct counting *n, chy_arena *arena, chy_facet *facet)
{
	static const char *const terms[] = {
		"NONE", "UNCLASSIFIED", "LOU", "CONFIDENTIAL", "SECRET", "TS",
	};

	facet->values = chy_arena_zalloc(arena, ARRAY_LEN(terms),
	    sizeof(*facet->values));
	if (facet->values == NULL)
		return false;
	for (int i = 0; i <= CHY_LEVEL_TOP_SECRET; i++) {
		const char *name = chy_level_name((chy_level)i);

		if (n->levels[i] == 0)
			continue;
		value_add(facet, chy_slice_of(terms[i]), chy_slice_of(name),
		    "class", n->levels[i], arena);
		if (i > CHY_LEVEL_NONE)
			facet->values[facet->n_values - 1].value =
			    chy_slice_of(name);
	}
	facet->n_all = facet->n_values;
	qsort(facet->values, facet->n_values, sizeof(*facet->values),
	    value_cmp);
	return true;
}

static bool
year_facet(const struct counting *n, chy_arena *arena, chy_facet *facet)
{
	uint32_t many = 0;

	for (int y = 1; y < YEARS; y++)
		many += n->years[y] > 0;
	facet->values = chy_arena_zalloc(arena, (size_t)many + 1,
	    sizeof(*facet->values));
	if (facet->values == NULL)
		return false;
	for (int y = 1; y < YEARS; y++) {
		char text[12];

		if (n->years[y] == 0)
			continue;
		(void)snprintf(text, sizeof(text), "%04d", y);
		value_add(facet, chy_slice_of(text), CHY_EMPTY, "date",
		    n->years[y], arena);
	}
	facet->n_all = many;
	qsort(facet->values, many, sizeof(*facet->values), value_cmp);
	return true;
}

static void
count_one(const struct asking *a, uint32_t group, struct counting *n)
{
	uint32_t number = a->view->shown[group];
	const chy_tel_column *t;
	const uint32_t *tags;

	if (number == CHY_NONE)
		return;
	t = &a->c->tels[number];
	tags = chy_tel_tags(a->c, t);
	if (t->year > 0 && t->year < YEARS)
		n->years[t->year]++;
	n->posts[t->post]++;
	if ((a->view->tel_sees[number] & CHY_SEES_HEADING) == 0)
		return;
	n->levels[t->level]++;
	for (uint32_t i = 0; i < t->n_tags; i++) {
		bool again = false;

		for (uint32_t k = 0; k < i; k++)
			again |= tags[k] == tags[i];
		n->tags[tags[i]] += !again;
	}
}

chy_status
chy_facets_make(struct asking *a, const uint64_t *set, chy_arena *arena,
    uint32_t most, chy_facet *ret)
{
	struct counting n = { 0 };
	bool done = false;

	n.years = calloc(YEARS, sizeof(*n.years));
	n.posts = calloc(chy_name_count(a->c->posts), sizeof(*n.posts));
	n.tags = calloc(chy_name_count(a->c->codes), sizeof(*n.tags));
	if (n.years != NULL && n.posts != NULL && n.tags != NULL) {
		for (size_t i = 0; i < chy_set_words(a->c); i++)
			for (uint64_t w = set[i]; w != 0; w &= w - 1)
				count_one(a, (uint32_t)(i * 64) +
				    (uint32_t)__builtin_ctzll(w), &n);
		done = year_facet(&n, arena, &ret[CHY_FACET_YEAR]) &&
		    named_facet(a->c->posts, n.posts, "post", most, arena,
		    &ret[CHY_FACET_POST]) &&
		    level_facet(&n, arena, &ret[CHY_FACET_CLASS]) &&
		    named_facet(a->c->codes, n.tags, "tag", most, arena,
		    &ret[CHY_FACET_TAG]);
	}
	free(n.years);
	free(n.posts);
	free(n.tags);
	return done ? CHY_OK : chy_fail(a->err, CHY_ERR_NO_MEMORY, "no memory");
}

chy_status
chy_months_make(struct asking *a, const uint64_t *set, chy_arena *arena,
    chy_month **ret, uint32_t *ret_n)
{
	uint64_t *months = calloc((size_t)YEARS * 12, sizeof(*months));
	uint32_t n = 0;

	if (months == NULL)
		return chy_fail(a->err, CHY_ERR_NO_MEMORY, "no memory");
	for (size_t i = 0; i < chy_set_words(a->c); i++)
		for (uint64_t w = set[i]; w != 0; w &= w - 1) {
			uint32_t group = (uint32_t)(i * 64) +
			    (uint32_t)__builtin_ctzll(w);
			uint32_t t = a->view->shown[group];
			chy_civil c;

			if (t == CHY_NONE || a->c->tels[t].dtg == INT64_MIN)
				continue;
			c = chy_civil_from(a->c->tels[t].dtg);
			if (c.year > 0 && c.year < YEARS)
				months[c.year * 12 + c.month - 1]++;
		}
	for (int i = 0; i < YEARS * 12; i++)
		n += months[i] > 0;
	*ret = chy_arena_zalloc(arena, (size_t)n + 1, sizeof(**ret));
	*ret_n = 0;
	for (int i = 0; i < YEARS * 12 && *ret != NULL; i++)
		if (months[i] > 0)
			(*ret)[(*ret_n)++] = (chy_month){ i / 12, i % 12 + 1,
			    months[i] };
	free(months);
	return *ret != NULL ? CHY_OK : chy_fail(a->err, CHY_ERR_NO_MEMORY,
	    "no memory");
}
