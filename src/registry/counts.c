/*
 * Facets by any part of a telegram. Those of a page are in facets.c.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>
#include <stdlib.h>

#include "registry/names_int.h"
#include "registry/network.h"
#include "registry/result_int.h"

#define COUNTS_MOST	50u

static const char *const kind_names[CHY_COUNT_KINDS] = {
	[CHY_COUNT_YEAR] = "year", [CHY_COUNT_POST] = "post",
	[CHY_COUNT_CLASS] = "classification", [CHY_COUNT_TAG] = "tags",
	[CHY_COUNT_ORIGINATOR] = "originator",
	[CHY_COUNT_ADDRESSEE] = "addressee",
	[CHY_COUNT_PRECEDENCE] = "precedence",
	[CHY_COUNT_CAPTION] = "caption", [CHY_COUNT_PERSON] = "person",
	[CHY_COUNT_PLACE] = "place", [CHY_COUNT_BODY] = "body",
};

const char *
chy_count_kind_name(chy_count_kind kind)
{
	return kind_names[kind];
}

bool
chy_count_kind_parse(chy_slice word, chy_count_kind *ret)
{
	for (int i = 0; i < CHY_COUNT_KINDS; i++)
		if (chy_slice_ieq(word, chy_slice_of(kind_names[i]))) {
			*ret = (chy_count_kind)i;
			return true;
		}
	return false;
}

void
chy_counts_free(chy_counts *counts)
{
	if (counts == NULL)
		return;
	chy_arena_done(&counts->arena);
	free(counts);
}

static int
value_cmp(const void *a, const void *b)
{
	const chy_facet_value *va = a, *vb = b;

	if (va->count != vb->count)
		return va->count > vb->count ? -1 : 1;
	return chy_slice_cmp(va->value, vb->value);
}

/* field:VALUE, in quotes where it has blanks. */
static chy_slice
term_of(const char *field, chy_slice value, chy_arena *arena)
{
	chy_buf buf = CHY_BUF_INIT;
	bool quote = chy_slice_find(value, CHY_SLICE(" "), 0) < value.len;
	chy_slice term;

	chy_buf_printf(&buf, "%s:%s%.*s%s", field, quote ? "\"" : "",
	    CHY_ARG(value), quote ? "\"" : "");
	term = chy_arena_copy(arena, chy_buf_slice(&buf));
	chy_buf_done(&buf);
	return term;
}

/* The values of one telegram, each once; numbers of names. */
#define VALUES_MOST	512u

static uint32_t
add_once(uint32_t *at, uint32_t n, uint32_t value)
{
	for (uint32_t i = 0; i < n; i++)
		if (at[i] == value)
			return n;
	if (n < VALUES_MOST)
		at[n++] = value;
	return n;
}

static uint32_t
values_of(const struct asking *a, const chy_tel_column *t,
    chy_count_kind kind, uint32_t *at)
{
	const uint32_t *words;
	uint32_t n = 0;

	switch (kind) {
	case CHY_COUNT_ORIGINATOR:
		return t->origin != 0 ? add_once(at, 0, t->origin) : 0;
	case CHY_COUNT_PRECEDENCE:
		return t->precedence != 0 ? add_once(at, 0, t->precedence) : 0;
	case CHY_COUNT_CAPTION:
		words = chy_tel_captions(a->c, t);
		for (uint32_t i = 0; i < t->n_captions; i++)
			n = add_once(at, n, words[i]);
		return n;
	default:
		words = chy_tel_addressees(a->c, t);
		for (uint32_t i = 0; i < t->n_addressees; i++)
			if (CHY_WORD_ROLE(words[i]) != CHY_ROLE_EXEMPT &&
			    CHY_WORD_POST(words[i]) != 0)
				n = add_once(at, n, CHY_WORD_POST(words[i]));
		return n;
	}
}

static void
put_value(chy_facet *f, chy_count_kind kind, chy_slice text, uint64_t count,
    chy_arena *arena)
{
	chy_facet_value v = { .value = text, .name = CHY_EMPTY,
	    .count = count };
	chy_buf buf = CHY_BUF_INIT;
	char name[64];

	switch (kind) {
	case CHY_COUNT_PRECEDENCE:
		v.term = term_of("precedence", text, arena);
		break;
	case CHY_COUNT_CAPTION: {
		const chy_caption *row = chy_vocab_caption(text);

		v.name = row != NULL ? row->meaning : CHY_EMPTY;
		v.term = term_of("caption", text, arena);
		break;
	}
	case CHY_COUNT_ORIGINATOR:
		v.name = chy_arena_copy(arena, chy_post_shown(text, name));
		v.term = term_of("from", text, arena);
		break;
	default:
		v.name = chy_arena_copy(arena, chy_post_shown(text, name));
		chy_buf_printf(&buf, "(to:%.*s or info:%.*s)", CHY_ARG(text),
		    CHY_ARG(text));
		v.term = chy_arena_copy(arena, chy_buf_slice(&buf));
		chy_buf_done(&buf);
		break;
	}
	v.value = chy_arena_copy(arena, text);
	f->values[f->n_values++] = v;
}

/* Of the heading: where that is seen. */
static chy_status
heading_counts(struct result *r, chy_count_kind kind, uint32_t most,
    chy_arena *arena, chy_facet *f)
{
	struct asking *a = &r->a;
	const struct chy_names *names = kind == CHY_COUNT_CAPTION ?
	    a->c->tokens : a->c->posts;
	uint32_t n = kind == CHY_COUNT_PRECEDENCE ? 256 :
	    chy_name_count(names), many = 0;
	uint64_t *counts = calloc((size_t)n + 1, sizeof(*counts));
	chy_facet_value *all;

	if (counts == NULL)
		return chy_fail(a->err, CHY_ERR_NO_MEMORY, "no memory");
	for (uint32_t i = 0; i < a->view->n_order; i++) {
		uint32_t g = a->view->order[i], shown, at[VALUES_MOST], k;

		if (!chy_set_has(r->set, g))
			continue;
		shown = a->view->shown[g];
		if ((a->view->tel_sees[shown] & CHY_SEES_HEADING) == 0)
			continue;
		k = values_of(a, &a->c->tels[shown], kind, at);
		while (k > 0)
			counts[at[--k]]++;
	}
	for (uint32_t i = 1; i < n; i++)
		many += counts[i] > 0;
	all = chy_arena_zalloc(arena, (size_t)many + 1, sizeof(*all));
	f->values = chy_arena_zalloc(arena, (size_t)many + 1,
	    sizeof(*f->values));
	for (uint32_t i = 1; i < n && all != NULL; i++)
		if (counts[i] > 0)
			all[f->n_all++] = (chy_facet_value){
				.value = kind == CHY_COUNT_PRECEDENCE ?
				    chy_precedence_name((chy_precedence)i) :
				    chy_name_text(names, i),
				.count = counts[i],
			};
	free(counts);
	if (all == NULL || f->values == NULL)
		return chy_fail(a->err, CHY_ERR_NO_MEMORY, "no memory");
	if (f->n_all > 1)
		qsort(all, f->n_all, sizeof(*all), value_cmp);
	for (uint32_t i = 0; i < f->n_all && i < most; i++)
		put_value(f, kind, all[i].value, all[i].count, arena);
	return CHY_OK;
}

static chy_status
name_counts(struct result *r, chy_name_kind kind, uint32_t most,
    chy_arena *arena, chy_facet *f)
{
	struct asking *a = &r->a;
	const chy_named *named;
	struct counted *counted;
	chy_name_entry *entries;
	uint32_t n = 0, kept = 0;
	chy_status st = chy_store_names(a->reg->store, a->view, &named,
	    a->err);

	if (st == CHY_OK)
		st = chy_names_count(a, named, r->set, arena, &counted, &n);
	for (uint32_t i = 0; i < n && st == CHY_OK; i++) {
		if (counted[i].kind != kind)
			continue;
		f->n_all++;
		if (kept < most)
			counted[kept++] = counted[i];
	}
	if (st != CHY_OK)
		return st;
	entries = chy_arena_zalloc(arena, (size_t)kept + 1, sizeof(*entries));
	f->values = chy_arena_zalloc(arena, (size_t)kept + 1,
	    sizeof(*f->values));
	if (entries == NULL || f->values == NULL)
		return chy_fail(a->err, CHY_ERR_NO_MEMORY, "no memory");
	st = chy_entries_fill(a, named, r->set, counted, kept, arena, entries);
	for (uint32_t i = 0; i < kept && st == CHY_OK; i++)
		f->values[f->n_values++] = (chy_facet_value){
			.value = entries[i].name, .name = CHY_EMPTY,
			.term = entries[i].term, .count = entries[i].count };
	return st;
}

/* Those that a page has, too. */
static chy_status
page_counts(struct result *r, chy_count_kind kind, uint32_t most,
    chy_arena *arena, chy_facet *f)
{
	static const chy_facet_kind of[] = {
		[CHY_COUNT_YEAR] = CHY_FACET_YEAR,
		[CHY_COUNT_POST] = CHY_FACET_POST,
		[CHY_COUNT_CLASS] = CHY_FACET_CLASS,
		[CHY_COUNT_TAG] = CHY_FACET_TAG,
	};
	chy_facet all[CHY_FACETS] = { { .n_all = 0 } };
	chy_status st = chy_facets_make(&r->a, r->set, arena, most, all);

	if (st == CHY_OK)
		*f = all[of[kind]];
	if (f->n_values > most)
		f->n_values = most;
	return st;
}

chy_status
chy_registry_counts(chy_registry *reg, const chy_reader *reader,
    chy_slice query, chy_count_kind kind, uint32_t most, chy_counts **ret,
    chy_error *err)
{
	chy_counts *c = calloc(1, sizeof(*c));
	struct result r;
	chy_status st;

	if (c == NULL)
		return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	chy_arena_init(&c->arena, 0);
	st = chy_result_begin(&r, reg, reader, query, &c->arena, err);
	if (st == CHY_OK) {
		most = most == 0 ? COUNTS_MOST : most;
		c->understood = r.understood;
		c->total = r.total;
		if (kind <= CHY_COUNT_TAG)
			st = page_counts(&r, kind, most, &c->arena, &c->facet);
		else if (kind >= CHY_COUNT_PERSON)
			st = name_counts(&r, (chy_name_kind)(kind -
			    CHY_COUNT_PERSON), most, &c->arena, &c->facet);
		else
			st = heading_counts(&r, kind, most, &c->arena,
			    &c->facet);
		chy_result_end(&r);
	}
	if (st == CHY_OK && chy_arena_failed(&c->arena))
		st = chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	if (st != CHY_OK) {
		chy_counts_free(c);
		return st;
	}
	*ret = c;
	return CHY_OK;
}
