/*
 * Names: counted in what a query finds, and one of them looked up.
 *
 * SPDX-License-Identifier: ISC
 */
#include "registry/names.h"

#include <stdlib.h>

#include "registry/names_int.h"
#include "store/likeness.h"

#define NAMES_MOST	50u
#define FOUND_MOST	20u
#define BESIDE		10u
#define VARIANTS	200u	/* of one entry that are told */

void
chy_names_list_free(chy_names_list *list)
{
	if (list == NULL)
		return;
	chy_arena_done(&list->arena);
	free(list);
}

void
chy_names_found_free(chy_names_found *found)
{
	if (found == NULL)
		return;
	chy_arena_done(&found->arena);
	free(found);
}

static int
counted_cmp(const void *a, const void *b)
{
	const struct counted *ca = a, *cb = b;

	if (ca->kind != cb->kind)
		return ca->kind < cb->kind ? -1 : 1;
	if (ca->count != cb->count)
		return ca->count > cb->count ? -1 : 1;
	return chy_slice_cmp(ca->key, cb->key);
}

chy_status
chy_names_count(struct asking *a, const chy_named *named, const uint64_t *set,
    chy_arena *arena, struct counted **ret, uint32_t *ret_n)
{
	uint32_t keys = chy_name_count(named->keys), n = 0, many = 0;
	uint32_t *count = calloc((size_t)keys + 1, sizeof(*count));
	struct counted *at;

	if (count == NULL)
		return chy_fail(a->err, CHY_ERR_NO_MEMORY, "no memory");
	for (size_t i = 0; i < chy_set_words(a->c); i++)
		for (uint64_t w = set[i]; w != 0; w &= w - 1) {
			uint32_t g = (uint32_t)(i * 64) +
			    (uint32_t)__builtin_ctzll(w);

			for (uint32_t k = named->first[g]; k < named->end[g];
			    k++)
				count[named->entries[k]] +=
				    chy_named_once(named, g, k);
		}
	for (uint32_t i = 1; i < keys; i++)
		many += count[i] > 0;
	at = chy_arena_zalloc(arena, (size_t)many + 1, sizeof(*at));
	for (uint32_t i = 1; i < keys && at != NULL; i++)
		if (count[i] > 0)
			at[n++] = (struct counted){ i, count[i],
			    chy_entry_kind(named, i),
			    chy_name_text(named->keys, i) };
	free(count);
	if (at == NULL)
		return chy_fail(a->err, CHY_ERR_NO_MEMORY, "no memory");
	if (n > 1)
		qsort(at, n, sizeof(*at), counted_cmp);
	*ret = at;
	*ret_n = n;
	return CHY_OK;
}


/* ---- entries ---- */

static bool
has_small(chy_slice s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] >= 'a' && s.ptr[i] <= 'z')
			return true;
	return false;
}

/* What is shown first, of two spellings with their counts. */
static int
variant_cmp(const void *a, const void *b)
{
	const chy_name_variant *va = a, *vb = b;

	if (va->count != vb->count)
		return va->count > vb->count ? -1 : 1;
	if (has_small(va->text) != has_small(vb->text))
		return has_small(va->text) ? -1 : 1;
	return chy_slice_cmp(va->text, vb->text);
}

/* The query's field for a kind; body: looks for words of paragraphs. */
static const char *
field_of(chy_name_kind kind)
{
	return kind == CHY_NAME_BODY ? "org" : chy_name_kind_name(kind);
}

static void
entry_name(chy_name_entry *e, chy_slice fullest, chy_arena *arena)
{
	chy_slice best = e->n_variants > 0 ? e->variants[0].text : CHY_EMPTY;
	chy_slice usual;
	chy_buf term = CHY_BUF_INIT;
	char shown[CHY_NAME_MAX];
	size_t comma;

	/* The fullest in letters of both sizes is what people know it by. */
	if (e->kind == CHY_NAME_PERSON && fullest.len > 0)
		best = fullest;
	usual = chy_name_usual(e->kind, best);
	if (usual.len > 0)
		best = usual;
	comma = chy_slice_find(best, CHY_SLICE(", "), 0);
	if (e->kind == CHY_NAME_PERSON && comma < best.len) {
		chy_buf_put(&term, chy_slice_from(best, comma + 2));
		chy_buf_putc(&term, ' ');
		chy_buf_put(&term, chy_slice_sub(best, 0, comma));
		best = chy_buf_slice(&term);
	}
	if (e->kind == CHY_NAME_BODY && !has_small(best) && best.len <= 6)
		e->name = chy_arena_copy(arena, best);
	else
		e->name = chy_arena_copy(arena, (chy_slice){ shown,
		    chy_name_shown(best, shown) });
	chy_buf_reset(&term);
	chy_buf_printf(&term, "%s:\"", field_of(e->kind));
	for (size_t i = 0; i < e->name.len; i++)
		chy_buf_putc(&term, e->name.ptr[i] == '"' ? ' ' :
		    e->name.ptr[i]);
	chy_buf_putc(&term, '"');
	e->term = chy_arena_copy(arena, chy_buf_slice(&term));
	chy_buf_done(&term);
}

/* Whether the spelling's own key is the entry's: not one that stood for it. */
static bool
is_full(const chy_named *named, uint32_t spelling, uint32_t entry)
{
	return named->spellings[spelling].key == entry;
}

chy_status
chy_entries_fill(struct asking *a, const chy_named *named,
    const uint64_t *set, const struct counted *counted, uint32_t n,
    chy_arena *arena, chy_name_entry *ret)
{
	uint32_t keys = chy_name_count(named->keys);
	uint32_t *at = calloc((size_t)keys + 1, sizeof(*at));
	uint32_t *cap = calloc((size_t)n + 1, sizeof(*cap));
	chy_slice *fullest = calloc((size_t)n + 1, sizeof(*fullest));
	chy_status st = CHY_OK;

	if (at == NULL || cap == NULL || fullest == NULL)
		st = chy_fail(a->err, CHY_ERR_NO_MEMORY, "no memory");
	for (uint32_t i = 0; i < n && st == CHY_OK; i++) {
		at[counted[i].entry] = i + 1;
		ret[i] = (chy_name_entry){ .kind = counted[i].kind,
		    .count = counted[i].count };
	}
	for (size_t i = 0; i < chy_set_words(a->c) && st == CHY_OK; i++)
		for (uint64_t w = set[i]; w != 0; w &= w - 1) {
			uint32_t g = (uint32_t)(i * 64) +
			    (uint32_t)__builtin_ctzll(w);

			for (uint32_t k = named->first[g]; k < named->end[g];
			    k++) {
				uint32_t e = at[named->entries[k]];
				uint32_t s = named->spelled[k];
				chy_name_entry *entry;
				uint32_t v = 0;

				if (e == 0)
					continue;
				entry = &ret[--e];
				/* Few different ones: gone through. */
				while (v < entry->n_variants && !chy_slice_eq(
				    entry->variants[v].text,
				    named->spellings[s].text))
					v++;
				if (v < entry->n_variants) {
					entry->variants[v].count++;
					continue;
				}
				if (v == VARIANTS)
					continue;
				if (v == cap[e]) {
					chy_name_variant *more =
					    chy_arena_zalloc(arena,
					    (size_t)cap[e] * 2 + 4,
					    sizeof(*more));

					if (more == NULL)
						continue;
					if (v > 0)
						memcpy(more, entry->variants,
						    v * sizeof(*more));
					entry->variants = more;
					cap[e] = cap[e] * 2 + 4;
				}
				entry->variants[entry->n_variants++] =
				    (chy_name_variant){
					named->spellings[s].text, 1 };
				if (is_full(named, s, named->entries[k]) &&
				    (fullest[e].len == 0 ||
				    (!has_small(fullest[e]) &&
				    has_small(named->spellings[s].text))))
					fullest[e] = named->spellings[s].text;
			}
		}
	for (uint32_t i = 0; i < n && st == CHY_OK; i++) {
		chy_slice full = CHY_EMPTY;

		if (ret[i].n_variants > 1)
			qsort(ret[i].variants, ret[i].n_variants,
			    sizeof(*ret[i].variants), variant_cmp);
		/* The most frequent of the full spellings. */
		for (uint32_t v = 0; v < ret[i].n_variants &&
		    full.len == 0; v++) {
			char key[CHY_NAME_KEY];
			size_t len = chy_name_key(ret[i].kind,
			    ret[i].variants[v].text, key);

			if (chy_slice_eq((chy_slice){ key, len },
			    chy_slice_from(counted[i].key, 1)) &&
			    (has_small(ret[i].variants[v].text) ||
			    !has_small(fullest[i].len > 0 ? fullest[i] :
			    CHY_EMPTY)))
				full = ret[i].variants[v].text;
		}
		entry_name(&ret[i], full, arena);
		for (uint32_t v = 0; v < ret[i].n_variants; v++)
			ret[i].variants[v].text = chy_arena_copy(arena,
			    ret[i].variants[v].text);
	}
	free(at);
	free(cap);
	free(fullest);
	return st;
}


/* ---- the list ---- */

static chy_status
list_make(struct asking *a, const chy_query *query,
    const chy_names_options *opts, chy_names_list *list)
{
	uint32_t most = opts->most == 0 ? NAMES_MOST : opts->most;
	struct counted *counted = NULL;
	const chy_named *named;
	chy_buf buf = CHY_BUF_INIT;
	uint64_t *set;
	uint32_t n = 0, kept = 0, of_kind = 0;
	chy_status st = chy_store_eval(a->reg->store, a->view, query->root,
	    &set, a->err);

	if (st != CHY_OK)
		return st;
	chy_query_print(query->root, &buf);
	list->understood = chy_arena_copy(&list->arena, chy_buf_slice(&buf));
	chy_buf_done(&buf);
	list->telegrams = chy_set_count(set, chy_set_words(a->c));
	st = chy_store_names(a->reg->store, a->view, &named, a->err);
	if (st == CHY_OK)
		st = chy_names_count(a, named, set, &list->arena, &counted, &n);
	for (uint32_t i = 0; i < n && st == CHY_OK; i++) {
		of_kind = i > 0 && counted[i].kind == counted[i - 1].kind ?
		    of_kind + 1 : 0;
		list->n_all[counted[i].kind]++;
		if (of_kind < most && (opts->kind < 0 ||
		    opts->kind == (int)counted[i].kind))
			counted[kept++] = counted[i];
	}
	list->at = chy_arena_zalloc(&list->arena, (size_t)kept + 1,
	    sizeof(*list->at));
	if (st == CHY_OK && list->at == NULL)
		st = chy_fail(a->err, CHY_ERR_NO_MEMORY, "no memory");
	if (st == CHY_OK)
		st = chy_entries_fill(a, named, set, counted, kept,
		    &list->arena, list->at);
	list->n = kept;
	list->label = chy_label_bottom();
	if (st == CHY_OK)
		st = chy_sources_label(a, set, &list->label);
	free(set);
	return st;
}

chy_status
chy_registry_names(chy_registry *reg, const chy_reader *reader,
    chy_slice text, const chy_names_options *opts, chy_names_list **ret,
    chy_error *err)
{
	static const chy_names_options defaults = { .kind = -1 };
	chy_names_list *list;
	chy_query *query;
	struct asking a;
	chy_status st = chy_query_asked(text, &query, err);

	if (st != CHY_OK)
		return st;
	list = calloc(1, sizeof(*list));
	if (list == NULL) {
		chy_query_free(query);
		return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	}
	chy_arena_init(&list->arena, 0);
	st = chy_asking_begin(&a, reg, reader, err);
	if (st == CHY_OK) {
		st = list_make(&a, query, opts != NULL ? opts : &defaults,
		    list);
		chy_asking_end(&a);
	}
	chy_query_free(query);
	if (st == CHY_OK && chy_arena_failed(&list->arena))
		st = chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	if (st != CHY_OK) {
		chy_names_list_free(list);
		return st;
	}
	*ret = list;
	return CHY_OK;
}


/* ---- one name ---- */

struct ids {
	const struct asking *a;
	const chy_named *named;
	uint32_t entry;
	chy_name_kind kind;
	chy_slice key;		/* of the entry, without its kind */
	bool here;
};

/* Whether a spelling met in the telegram is the entry, or a shorter form. */
static void
is_here(void *arg, chy_name_kind kind, chy_slice spelling)
{
	struct ids *ids = arg;
	char key[CHY_NAME_KEY];
	size_t n;

	if (ids->here || kind != ids->kind)
		return;
	n = chy_name_key(kind, spelling, key);
	if (n == 0)
		return;
	ids->here = chy_slice_eq((chy_slice){ key, n }, ids->key);
	/* The group has the entry; a name within it was taken for it. */
	if (!ids->here && kind == CHY_NAME_PERSON && n < ids->key.len)
		ids->here = (memcmp(ids->key.ptr, key, n) == 0 &&
		    ids->key.ptr[n] == ' ') || (memcmp(ids->key.ptr +
		    ids->key.len - n, key, n) == 0 &&
		    ids->key.ptr[ids->key.len - n - 1] == ' ');
}

/* The rows in which it stands, from what the reader sees read again. */
static chy_status
place_ids(struct asking *a, uint32_t group, struct ids *ids,
    chy_arena *arena, chy_name_place *place)
{
	uint32_t *members, n, cap = 0;
	chy_status st = CHY_OK;

	n = chy_view_members(a->reg->store, a->view, group, arena, &members);
	for (uint32_t m = 0; m < n && st == CHY_OK; m++) {
		chy_slice names, sketch;
		struct reading r;
		chy_row *rows;
		uint32_t n_rows = 0;

		if (m > 0 && a->c->tels[members[m]].section ==
		    a->c->tels[members[m - 1]].section && place->n_ids > 0)
			continue;
		st = chy_read_visible(a, members[m], a->reg->tel,
		    &a->reg->scratch, &r);
		if (st == CHY_OK)
			st = chy_rows_make(r.tel, &a->reg->scratch, &rows,
			    &n_rows);
		if (st == CHY_OK)
			st = chy_likeness_make(r.tel, rows, n_rows,
			    &a->reg->scratch, &names, &sketch);
		cap = place->n_ids + n_rows;
		if (st == CHY_OK) {
			chy_slice *more = chy_arena_zalloc(arena,
			    (size_t)cap + 1, sizeof(*more));
			bool *is = chy_arena_zalloc(arena, (size_t)cap + 1, 1);
			uint32_t *of = chy_arena_zalloc(&a->reg->scratch,
			    (size_t)n_rows + 1, sizeof(*of));

			if (more == NULL || is == NULL || of == NULL)
				return chy_fail(a->err, CHY_ERR_NO_MEMORY,
				    "no memory");
			if (place->n_ids > 0) {
				memcpy(more, place->ids,
				    place->n_ids * sizeof(*more));
				memcpy(is, place->is_paragraph, place->n_ids);
			}
			place->ids = more;
			place->is_paragraph = is;
			while (names.len > 0) {
				size_t end = chy_slice_find(names,
				    CHY_SLICE("\n"), 0);
				chy_slice line = chy_slice_sub(names, 0, end);
				size_t tab = chy_slice_find(line,
				    CHY_SLICE("\t"), 0);
				uint32_t row = 0;

				ids->here = false;
				is_here(ids, line.ptr[0] == 'P' ?
				    CHY_NAME_PERSON : line.ptr[0] == 'L' ?
				    CHY_NAME_PLACE : CHY_NAME_BODY,
				    chy_slice_from(line, tab + 1));
				for (size_t i = 1; i <= tab && ids->here;
				    i++) {
					char c = line.ptr[i];

					if (c >= '0' && c <= '9') {
						row = row * 10 +
						    (uint32_t)(c - '0');
						continue;
					}
					if (row < n_rows)
						of[row] = 1;
					row = 0;
				}
				names = chy_slice_from(names, end + 1);
			}
			for (uint32_t i = 0; i < n_rows; i++) {
				bool par = rows[i].kind == CHY_ROW_PARAGRAPH;

				if (of[i] == 0)
					continue;
				is[place->n_ids] = par;
				more[place->n_ids++] = par ? chy_arena_copy(
				    arena, rows[i].id) : chy_slice_of(
				    chy_row_kind_name(rows[i].kind));
			}
		}
		chy_arena_reset(&a->reg->scratch);
	}
	return st;
}

static chy_status
found_fill(struct asking *a, const chy_named *named,
    const struct counted *which, uint32_t most, chy_arena *arena,
    chy_name_found *ret, chy_label *label)
{
	size_t words = chy_set_words(a->c);
	uint64_t *set = calloc(words + 1, sizeof(*set));
	struct ids ids = { .a = a, .named = named, .entry = which->entry,
	    .kind = which->kind, .key = chy_slice_from(which->key, 1) };
	struct counted *beside = NULL;
	uint32_t n = 0, kept = 0, groups = chy_name_count(a->c->groups);
	chy_status st = CHY_OK;

	if (set == NULL)
		return chy_fail(a->err, CHY_ERR_NO_MEMORY, "no memory");
	for (uint32_t g = 1; g < groups; g++)
		for (uint32_t i = named->first[g]; i < named->end[g]; i++)
			if (named->entries[i] == which->entry)
				chy_set_put(set, g);
	st = chy_entries_fill(a, named, set, which, 1, arena, &ret->entry);
	if (st == CHY_OK)
		st = chy_names_count(a, named, set, &a->reg->scratch, &beside,
		    &n);
	/* The most first, of whatever kind; those of one telegram tell
	 * nothing where there are many. */
	for (uint32_t i = 0; i < n && st == CHY_OK; i++) {
		uint32_t k = kept < BESIDE ? kept : BESIDE;

		if (beside[i].entry == which->entry ||
		    (beside[i].count < 2 && which->count > 2))
			continue;
		/* In front of those already kept that have fewer. */
		for (; k > 0 && beside[k - 1].count < beside[i].count; k--)
			continue;
		if (k == BESIDE)
			continue;
		{
			struct counted one = beside[i];

			for (uint32_t j = kept < BESIDE ? kept : BESIDE - 1;
			    j > k; j--)
				beside[j] = beside[j - 1];
			beside[k] = one;
			kept += kept < BESIDE;
		}
	}
	ret->beside = chy_arena_zalloc(arena, (size_t)kept + 1,
	    sizeof(*ret->beside));
	ret->places = chy_arena_zalloc(arena, (size_t)most + 1,
	    sizeof(*ret->places));
	if (st == CHY_OK && (ret->beside == NULL || ret->places == NULL))
		st = chy_fail(a->err, CHY_ERR_NO_MEMORY, "no memory");
	if (st == CHY_OK)
		st = chy_entries_fill(a, named, set, beside, kept, arena,
		    ret->beside);
	ret->n_beside = kept;
	chy_arena_reset(&a->reg->scratch);
	ret->all_places = chy_set_count(set, words);
	for (uint32_t i = 0; i < a->view->n_order && st == CHY_OK &&
	    ret->n_places < most; i++) {
		chy_name_place *place = &ret->places[ret->n_places];

		if (!chy_set_has(set, a->view->order[i]))
			continue;
		ret->n_places++;
		st = chy_line_make(a, a->view->order[i], NULL, arena,
		    &place->line);
		chy_arena_reset(&a->reg->scratch);
		if (st == CHY_OK)
			st = place_ids(a, a->view->order[i], &ids, arena,
			    place);
	}
	if (st == CHY_OK)
		st = chy_sources_label(a, set, label);
	free(set);
	return st;
}

static int
most_cmp(const void *a, const void *b)
{
	const struct counted *ca = a, *cb = b;

	if (ca->count != cb->count)
		return ca->count > cb->count ? -1 : 1;
	return counted_cmp(a, b);
}

static chy_status
name_make(struct asking *a, chy_slice name, int kind, uint32_t most,
    chy_names_found *found)
{
	const chy_named *named;
	struct counted *at;
	chy_typed_name typed;
	uint32_t keys, n = 0, kept;
	chy_status st = chy_store_names(a->reg->store, a->view, &named,
	    a->err);

	if (st != CHY_OK)
		return st;
	keys = chy_name_count(named->keys);
	at = chy_arena_zalloc(&found->arena, (size_t)keys + 1, sizeof(*at));
	if (at == NULL)
		return chy_fail(a->err, CHY_ERR_NO_MEMORY, "no memory");
	chy_typed_name_make(name, &typed);
	for (uint32_t i = 1; i < keys; i++)
		if (named->count[i] > 0 && (kind < 0 ||
		    kind == (int)chy_entry_kind(named, i)) &&
		    chy_entry_fits(named, i, &typed))
			at[n++] = (struct counted){ i, named->count[i],
			    chy_entry_kind(named, i),
			    chy_name_text(named->keys, i) };
	if (n == 0)
		return chy_fail(a->err, CHY_ERR_NOT_FOUND, "%.*s: no telegram "
		    "has this name", CHY_ARG(chy_slice_sub(name, 0, 100)));
	qsort(at, n, sizeof(*at), most_cmp);
	kept = n < most ? n : most;
	found->label = chy_label_bottom();
	found->at = chy_arena_zalloc(&found->arena, (size_t)kept + 1,
	    sizeof(*found->at));
	if (found->at == NULL)
		return chy_fail(a->err, CHY_ERR_NO_MEMORY, "no memory");
	for (uint32_t i = 0; i < kept && st == CHY_OK; i++)
		st = found_fill(a, named, &at[i], most, &found->arena,
		    &found->at[found->n++], &found->label);
	return st;
}

chy_status
chy_registry_name(chy_registry *reg, const chy_reader *reader,
    chy_slice name, int kind, uint32_t most, chy_names_found **ret,
    chy_error *err)
{
	chy_names_found *found = calloc(1, sizeof(*found));
	struct asking a;
	chy_status st;

	if (found == NULL)
		return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	chy_arena_init(&found->arena, 0);
	st = chy_asking_begin(&a, reg, reader, err);
	if (st == CHY_OK) {
		st = name_make(&a, chy_slice_trim(name), kind,
		    most == 0 ? FOUND_MOST : most, found);
		chy_asking_end(&a);
	}
	if (st == CHY_OK && chy_arena_failed(&found->arena))
		st = chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	if (st != CHY_OK) {
		chy_names_found_free(found);
		return st;
	}
	*ret = found;
	return CHY_OK;
}
