/*
 * Saved searches: what they find, and what of it was told before.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "base/ascii.h"
#include "registry/registry_int.h"
#include "registry/saved.h"
#include "store/saved.h"

#define NAME_MAX_	64u

/* The label by which a reader's searches are theirs. */
static chy_slice
whose(const chy_reader *reader, char out[CHY_LABEL_MAX])
{
	if (reader->owner)
		return CHY_EMPTY;
	return (chy_slice){ out, chy_label_print(&reader->label, out,
	    CHY_LABEL_MAX) };
}

static bool
has(chy_slice known, int64_t original)
{
	uint64_t byte = (uint64_t)original / 8;

	return byte < known.len &&
	    ((unsigned char)known.ptr[byte] >> (original % 8) & 1) != 0;
}

/* What a query finds, as a set; heap. */
static chy_status
found_by(struct asking *a, chy_slice text, uint64_t **ret, chy_error *err)
{
	chy_query *query;
	chy_status st = chy_query_asked(text, &query, err);

	if (st != CHY_OK)
		return st;
	st = chy_store_eval(a->reg->store, a->view, query->root, ret, err);
	chy_query_free(query);
	return st;
}

static int64_t
shown_original(const struct asking *a, uint32_t group)
{
	return a->c->tels[a->view->shown[group]].original;
}

/* The bits of what was known and of all that is in the set. */
static chy_slice
known_after(const struct asking *a, const uint64_t *set, chy_slice before,
    chy_arena *arena)
{
	int64_t highest = -1;
	size_t len;
	char *bits;

	for (uint32_t i = 0; i < a->view->n_order; i++) {
		uint32_t g = a->view->order[i];

		if (chy_set_has(set, g) && shown_original(a, g) > highest)
			highest = shown_original(a, g);
	}
	len = (size_t)(highest + 8) / 8;
	if (before.len > len)
		len = before.len;
	bits = chy_arena_zalloc(arena, len + 1, 1);
	if (bits == NULL)
		return CHY_EMPTY;
	if (before.len > 0)
		memcpy(bits, before.ptr, before.len);
	for (uint32_t i = 0; i < a->view->n_order; i++) {
		uint32_t g = a->view->order[i];
		int64_t n = shown_original(a, g);

		if (chy_set_has(set, g))
			bits[n / 8] = (char)((unsigned char)bits[n / 8] |
			    1u << (n % 8));
	}
	return (chy_slice){ bits, len };
}

static chy_status
one_row(chy_registry *reg, const chy_reader *reader, chy_slice name,
    chy_arena *arena, chy_saved_row *ret, chy_error *err)
{
	char label[CHY_LABEL_MAX];
	chy_saved_row *rows;
	uint32_t n;
	chy_status st = chy_store_saved_list(reg->store, whose(reader, label),
	    name, arena, &rows, &n, err);

	if (st != CHY_OK)
		return st;
	if (n == 0 || name.len == 0)
		return chy_fail(err, CHY_ERR_NOT_FOUND, "%.*s: no such saved "
		    "search", CHY_ARG(chy_slice_sub(name, 0, NAME_MAX_)));
	*ret = rows[0];
	return CHY_OK;
}

static chy_status
may_write(const chy_registry *reg, chy_error *err)
{
	return reg->opts.read_only ? chy_fail(err, CHY_ERR_DENIED, "the archive "
	    "is open for reading alone") : CHY_OK;
}

static chy_status
put_row(chy_registry *reg, const chy_saved_row *row, chy_error *err)
{
	chy_status st = chy_store_begin(reg->store, err);

	if (st != CHY_OK)
		return st;
	st = chy_store_saved_put(reg->store, row, err);
	if (st == CHY_OK)
		return chy_store_commit(reg->store, err);
	chy_store_abort(reg->store);
	return st;
}

bool
chy_saved_name_fits(chy_slice name)
{
	bool good = name.len > 0 && name.len <= NAME_MAX_;

	for (size_t i = 0; i < name.len && good; i++)
		good = chy_is_alnum(name.ptr[i]) || name.ptr[i] == '-' ||
		    name.ptr[i] == '_';
	return good;
}

static chy_status
check_name(chy_slice name, chy_error *err)
{
	return chy_saved_name_fits(name) ? CHY_OK : chy_fail(err,
	    CHY_ERR_INVALID, "a name is made of letters, digits, - and _, 64 "
	    "at most");
}

chy_status
chy_registry_save(chy_registry *reg, const chy_reader *reader, chy_slice name,
    chy_slice text, int64_t now, chy_error *err)
{
	char label[CHY_LABEL_MAX];
	chy_saved_row row = { .reader = whose(reader, label), .name = name,
	    .made = now }, was;
	chy_query *query = NULL;
	struct asking a;
	chy_arena arena;
	uint64_t *set = NULL;
	chy_status st = may_write(reg, err);

	if (st == CHY_OK)
		st = check_name(name, err);
	if (st == CHY_OK)
		st = chy_query_parse(text, now, &query, err);
	if (st != CHY_OK)
		return st;
	/* As typed: words that count from today must go on doing so. */
	row.query = chy_slice_trim(text);
	chy_arena_init(&arena, 0);
	st = chy_asking_begin(&a, reg, reader, err);
	if (st == CHY_OK) {
		st = one_row(reg, reader, name, &arena, &was, NULL);
		st = st == CHY_OK ? chy_fail(err, CHY_ERR_EXISTS, "there is a "
		    "saved search %.*s; remove it first, or take another "
		    "name", CHY_ARG(name)) : st == CHY_ERR_NOT_FOUND ? CHY_OK :
		    chy_fail(err, st, "the saved searches cannot be read");
		if (st == CHY_OK)
			st = chy_store_eval(reg->store, a.view, query->root,
			    &set, err);
		if (st == CHY_OK)
			row.known = known_after(&a, set, CHY_EMPTY, &arena);
		chy_asking_end(&a);
	}
	if (st == CHY_OK && chy_arena_failed(&arena))
		st = chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	if (st == CHY_OK)
		st = put_row(reg, &row, err);
	free(set);
	chy_query_free(query);
	chy_arena_done(&arena);
	return st;
}

chy_status
chy_registry_unsave(chy_registry *reg, const chy_reader *reader,
    chy_slice name, chy_error *err)
{
	char label[CHY_LABEL_MAX];
	chy_saved_row was;
	chy_arena arena;
	chy_status st = may_write(reg, err);

	if (st != CHY_OK)
		return st;
	chy_arena_init(&arena, 0);
	st = chy_store_begin(reg->store, err);
	if (st == CHY_OK) {
		st = one_row(reg, reader, name, &arena, &was, err);
		if (st == CHY_OK)
			st = chy_store_saved_remove(reg->store, whose(reader,
			    label), name, err);
		if (st == CHY_OK)
			st = chy_store_commit(reg->store, err);
		else
			chy_store_abort(reg->store);
	}
	chy_arena_done(&arena);
	return st;
}

static void
count(struct asking *a, const chy_saved_row *row, chy_arena *arena,
    chy_saved *ret)
{
	chy_error why = { .status = CHY_OK };
	uint64_t *set;

	*ret = (chy_saved){ .name = row->name, .query = row->query,
	    .made = row->made, .told = row->told, .trouble = CHY_EMPTY };
	if (found_by(a, row->query, &set, &why) != CHY_OK) {
		ret->trouble = chy_arena_copy(arena, chy_slice_of(why.text));
		return;
	}
	ret->total = chy_set_count(set, chy_set_words(a->c));
	for (uint32_t i = 0; i < a->view->n_order; i++) {
		uint32_t g = a->view->order[i];

		ret->n_new += chy_set_has(set, g) &&
		    !has(row->known, shown_original(a, g));
	}
	free(set);
}

chy_status
chy_registry_saved(chy_registry *reg, const chy_reader *reader,
    chy_slice name, chy_saved_list **ret, chy_error *err)
{
	chy_saved_list *list = calloc(1, sizeof(*list));
	char label[CHY_LABEL_MAX];
	chy_saved_row *rows, one;
	struct asking a;
	chy_status st;

	if (list == NULL)
		return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	chy_arena_init(&list->arena, 0);
	st = chy_asking_begin(&a, reg, reader, err);
	if (st != CHY_OK) {
		chy_saved_list_free(list);
		return st;
	}
	if (name.len > 0) {
		st = one_row(reg, reader, name, &list->arena, &one, err);
		rows = &one;
		list->n = 1;
	} else {
		st = chy_store_saved_list(reg->store, whose(reader, label),
		    name, &list->arena, &rows, &list->n, err);
	}
	if (st == CHY_OK) {
		list->at = chy_arena_zalloc(&list->arena, list->n + 1u,
		    sizeof(*list->at));
		for (uint32_t i = 0; list->at != NULL && i < list->n; i++)
			count(&a, &rows[i], &list->arena, &list->at[i]);
	}
	chy_asking_end(&a);
	if (st == CHY_OK && chy_arena_failed(&list->arena))
		st = chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	if (st != CHY_OK) {
		chy_saved_list_free(list);
		return st;
	}
	*ret = list;
	return CHY_OK;
}

void
chy_saved_list_free(chy_saved_list *list)
{
	if (list == NULL)
		return;
	chy_arena_done(&list->arena);
	free(list);
}

static int
slice_cmp(const void *a, const void *b)
{
	return chy_slice_cmp(*(const chy_slice *)a, *(const chy_slice *)b);
}

static chy_status
fill_news(struct asking *a, const uint64_t *set, chy_slice known,
    uint32_t most, chy_news *news)
{
	uint64_t total = chy_set_count(set, chy_set_words(a->c));
	chy_status st = CHY_OK;

	news->ids = chy_arena_alloc(&news->arena, ((size_t)total + 1) *
	    sizeof(*news->ids));
	news->at = chy_arena_zalloc(&news->arena, most + 1u,
	    sizeof(*news->at));
	if (news->ids == NULL || news->at == NULL)
		return chy_fail(a->err, CHY_ERR_NO_MEMORY, "no memory");
	for (uint32_t i = 0; i < a->view->n_order && st == CHY_OK; i++) {
		uint32_t g = a->view->order[i];

		if (!chy_set_has(set, g) || has(known, shown_original(a, g)))
			continue;
		news->ids[news->n_ids++] = chy_arena_copy(&news->arena,
		    chy_name_text(a->c->groups, g));
		if (news->n == most)
			continue;
		st = chy_line_make(a, g, NULL, &news->arena,
		    &news->at[news->n++]);
		chy_arena_reset(&a->reg->scratch);
	}
	if (news->n_ids > 0)
		qsort(news->ids, news->n_ids, sizeof(*news->ids), slice_cmp);
	news->known = known_after(a, set, known, &news->arena);
	return st;
}

chy_status
chy_registry_news(chy_registry *reg, const chy_reader *reader, chy_slice name,
    uint32_t most, chy_news **ret, chy_error *err)
{
	chy_news *news = calloc(1, sizeof(*news));
	chy_saved_row row;
	struct asking a;
	uint64_t *set = NULL;
	chy_status st;

	if (news == NULL)
		return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	chy_arena_init(&news->arena, 0);
	st = chy_asking_begin(&a, reg, reader, err);
	if (st == CHY_OK) {
		st = one_row(reg, reader, name, &news->arena, &row, err);
		if (st == CHY_OK)
			st = found_by(&a, row.query, &set, err);
		if (st == CHY_OK)
			st = fill_news(&a, set, row.known, most, news);
		chy_asking_end(&a);
	}
	free(set);
	if (st == CHY_OK && chy_arena_failed(&news->arena))
		st = chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	if (st != CHY_OK) {
		chy_news_free(news);
		return st;
	}
	news->name = row.name;
	news->query = row.query;
	*ret = news;
	return CHY_OK;
}

chy_status
chy_registry_news_told(chy_registry *reg, const chy_reader *reader,
    const chy_news *news, int64_t now, chy_error *err)
{
	chy_saved_row row;
	chy_arena arena;
	chy_status st = may_write(reg, err);

	if (st != CHY_OK)
		return st;
	chy_arena_init(&arena, 0);
	st = chy_store_begin(reg->store, err);
	if (st == CHY_OK) {
		st = one_row(reg, reader, news->name, &arena, &row, err);
		if (st == CHY_OK && !chy_slice_eq(row.query, news->query))
			st = chy_fail(err, CHY_ERR_BUSY, "the saved search was "
			    "changed meanwhile; ask again");
		row.told = now;
		row.known = news->known;
		if (st == CHY_OK)
			st = chy_store_saved_put(reg->store, &row, err);
		if (st == CHY_OK)
			st = chy_store_commit(reg->store, err);
		else
			chy_store_abort(reg->store);
	}
	chy_arena_done(&arena);
	return st;
}

bool
chy_news_has(const chy_news *news, chy_slice id)
{
	return news->n_ids > 0 && bsearch(&id, news->ids, news->n_ids,
	    sizeof(*news->ids), slice_cmp) != NULL;
}

void
chy_news_free(chy_news *news)
{
	if (news == NULL)
		return;
	chy_arena_done(&news->arena);
	free(news);
}
