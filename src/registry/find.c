/*
 * Finding: a page of hits with their snippets, counts by value, months, and
 * the whole result one by one.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "base/ascii.h"
#include "base/utf8.h"
#include "registry/result_int.h"
#include "registry/registry_int.h"

#define PAGE_SIZE	20u
#define PAGE_MAX	1000u
#define SNIPPETS	3u
#define SNIPPET_BYTES	220u	/* about three lines of a result */
#define SNIPPET_BEFORE	70u
#define FACET_VALUES	50u

void
chy_found_free(chy_found *found)
{
	if (found == NULL)
		return;
	chy_arena_done(&found->arena);
	free(found);
}


/* ---- snippets ---- */

/* Back to the start of a word, without leaving out `at`. */
static uint32_t
word_start(chy_slice s, uint32_t from, uint32_t at)
{
	while (from > 0 && from < at && !chy_is_space(s.ptr[from - 1]))
		from++;
	return from;
}

static uint32_t
word_end(chy_slice s, uint32_t to, uint32_t at)
{
	if (to >= s.len)
		return (uint32_t)s.len;
	while (to > at && !chy_is_space(s.ptr[to]))
		to--;
	/* One long word: at least not inside a character. */
	if (to <= at) {
		to = at + SNIPPET_BYTES < s.len ? at + SNIPPET_BYTES :
		    (uint32_t)s.len;
		while (to < s.len && ((unsigned char)s.ptr[to] & 0xc0) == 0x80)
			to++;
	}
	return to;
}

/* A copy on one line, of the same length, in UTF-8. */
static chy_slice
one_line(chy_slice s, chy_arena *arena)
{
	char *out = chy_arena_alloc(arena, s.len + 1);

	if (out == NULL)
		return CHY_EMPTY;
	for (size_t i = 0; i < s.len; ) {
		size_t n = chy_utf8_len(chy_slice_from(s, i));

		if (n == 0) {
			out[i++] = '?';
		} else if (n == 1) {
			out[i] = (unsigned char)s.ptr[i] < 32 ||
			    s.ptr[i] == 127 ? ' ' : s.ptr[i];
			i++;
		} else {
			memcpy(out + i, s.ptr + i, n);
			i += n;
		}
	}
	out[s.len] = '\0';
	return (chy_slice){ out, s.len };
}

/* Where the words of a row begin: a subject has its mark before them. */
static uint32_t
behind_mark(const chy_row *row)
{
	size_t n = row->mark.len + 2;

	if (row->mark.len == 0 || row->text.len < n ||
	    row->text.ptr[0] != '(' || row->text.ptr[n - 1] != ')' ||
	    !chy_slice_eq(chy_slice_sub(row->text, 1, row->mark.len),
	    row->mark))
		return 0;
	while (n < row->text.len && chy_is_space(row->text.ptr[n]))
		n++;
	return (uint32_t)n;
}

static void
cut_snippet(const chy_row *row, const chy_place *places, uint32_t n,
    chy_arena *arena, chy_snippet *ret)
{
	uint32_t start = behind_mark(row);
	uint32_t first = n > 0 ? places[0].off : start;
	uint32_t keep = n > 0 ? first + places[0].len : start;
	uint32_t from = first > SNIPPET_BEFORE ? first - SNIPPET_BEFORE : 0;
	uint32_t to;

	if (first < start)
		start = 0;
	from = word_start(row->text, from > start ? from : start, first);
	to = word_end(row->text, from + SNIPPET_BYTES > keep ?
	    from + SNIPPET_BYTES : keep, keep);
	*ret = (chy_snippet){
		.is_paragraph = row->kind == CHY_ROW_PARAGRAPH,
		.mark = chy_arena_copy(arena, row->mark),
		.text = one_line(chy_slice_sub(row->text, from, to - from),
		    arena),
		.cut_before = from > start,
		.cut_after = to < row->text.len,
	};
	ret->id = ret->is_paragraph ? chy_arena_copy(arena, row->id) :
	    chy_slice_of(chy_row_kind_name(row->kind));
	ret->matches = chy_arena_alloc(arena,
	    ((size_t)n + 1) * sizeof(*ret->matches));
	for (uint32_t i = 0; i < n && ret->matches != NULL; i++)
		if (places[i].off >= from &&
		    places[i].off + places[i].len <= to)
			ret->matches[ret->n_matches++] = (chy_match){
				places[i].off - from, places[i].len };
}

/* Where nothing is to be marked, how the telegram begins. */
static void
first_words(const chy_telegram *tel, const bool *visible, const chy_row *rows,
    uint32_t n, chy_arena *arena, chy_hit *hit)
{
	const chy_row *best = NULL;

	for (uint32_t i = 0; i < n; i++) {
		uint32_t p = rows[i].paragraph;

		if (p == UINT32_MAX || rows[i].text.len == 0 ||
		    (visible != NULL && !visible[p]))
			continue;
		if (best == NULL)
			best = &rows[i];
		if ((tel->paragraphs[p].labels & CHY_BLOCK_SUMMARY) != 0) {
			best = &rows[i];
			break;
		}
	}
	if (best != NULL)
		cut_snippet(best, NULL, 0, arena,
		    &hit->snippets[hit->n_snippets++]);
}

/* The rows of what is visible of one original. */
static chy_status
snippets_of(struct asking *a, const struct reading *r, const chy_terms *terms,
    chy_arena *arena, chy_hit *hit)
{
	chy_arena *scratch = &a->reg->scratch;
	chy_row *rows;
	uint32_t n;
	chy_status st = chy_rows_make(r->tel, scratch, &rows, &n);

	for (uint32_t i = 0; i < n && st == CHY_OK; i++) {
		chy_place *places;
		uint32_t found;

		if (rows[i].paragraph != UINT32_MAX && r->visible != NULL &&
		    !r->visible[rows[i].paragraph])
			continue;
		st = chy_terms_find(a->reg->store, terms, &rows[i], scratch,
		    &places, &found, a->err);
		if (st != CHY_OK || found == 0)
			continue;
		hit->n_rows++;
		if (hit->n_snippets < SNIPPETS)
			cut_snippet(&rows[i], places, found, arena,
			    &hit->snippets[hit->n_snippets++]);
	}
	if (st == CHY_OK && hit->n_rows == 0 && hit->n_snippets == 0)
		first_words(r->tel, r->visible, rows, n, arena, hit);
	return st;
}

static chy_status
hit_make(struct asking *a, uint32_t group, const chy_terms *terms,
    chy_arena *arena, chy_hit *hit)
{
	uint32_t *members, n;
	struct reading r;
	chy_status st = chy_read_visible(a, a->view->shown[group], a->reg->tel,
	    &a->reg->scratch, &r);

	hit->snippets = chy_arena_zalloc(arena, SNIPPETS,
	    sizeof(*hit->snippets));
	if (st == CHY_OK && hit->snippets == NULL)
		st = chy_fail(a->err, CHY_ERR_NO_MEMORY, "no memory");
	if (st == CHY_OK)
		st = chy_line_make(a, group, &r, arena, &hit->line);
	if (st == CHY_OK && terms != NULL)
		st = snippets_of(a, &r, terms, arena, hit);
	/* The word may stand in a later section, or only in a copy. */
	n = hit->line.n_copies + hit->line.n_sections > 1 && st == CHY_OK &&
	    terms != NULL && (hit->n_rows == 0 || hit->line.n_sections > 1) ?
	    chy_view_members(a->reg->store, a->view, group, &a->reg->scratch,
	    &members) : 0;
	for (uint32_t i = 1; i < n && st == CHY_OK; i++) {
		uint32_t before = hit->n_rows;

		if (hit->n_rows > 0 && a->c->tels[members[i]].section ==
		    a->c->tels[members[i - 1]].section)
			continue;
		st = chy_read_visible(a, members[i], a->reg->tel,
		    &a->reg->scratch, &r);
		/* What stood for want of a match gives way to one. */
		if (st == CHY_OK && before == 0 && hit->n_snippets == 1) {
			chy_snippet stand_in = hit->snippets[0];

			hit->n_snippets = 0;
			st = snippets_of(a, &r, terms, arena, hit);
			if (st == CHY_OK && hit->n_rows == 0) {
				hit->snippets[0] = stand_in;
				hit->n_snippets = 1;
			}
		} else if (st == CHY_OK) {
			st = snippets_of(a, &r, terms, arena, hit);
		}
	}
	chy_arena_reset(&a->reg->scratch);
	return st;
}


/* ---- the page ---- */

/* The originals of the next hits, together. */
static chy_status
read_ahead(struct asking *a, const uint32_t *groups, uint32_t n)
{
	int64_t ids[CHY_STORE_AHEAD];

	n = n < CHY_STORE_AHEAD ? n : CHY_STORE_AHEAD;
	for (uint32_t i = 0; i < n; i++)
		ids[i] = a->c->tels[a->view->shown[groups[i]]].original;
	return chy_store_ahead(a->reg->store, ids, n, a->err);
}

static chy_status
page_make(struct asking *a, const chy_query *query, const uint64_t *set,
    const chy_find_options *opts, chy_found *found)
{
	uint64_t skip = (uint64_t)(found->page - 1) * opts->size;
	chy_terms *terms = NULL;
	uint32_t *groups, n = 0;
	chy_status st = CHY_OK;

	found->hits = chy_arena_zalloc(&found->arena, opts->size + 1u,
	    sizeof(*found->hits));
	if (found->hits == NULL)
		return chy_fail(a->err, CHY_ERR_NO_MEMORY, "no memory");
	if ((opts->want & CHY_WANT_SNIPPETS) != 0)
		st = chy_terms_make(a->reg->store, query->root, &found->arena,
		    &terms, a->err);
	if (st == CHY_OK)
		st = chy_page_groups(a, query->root, set, opts, skip,
		    &found->arena, &groups, &n);
	for (uint32_t i = 0; i < n && st == CHY_OK; i++) {
		if (i % CHY_STORE_AHEAD == 0)
			st = read_ahead(a, groups + i, n - i);
		if (st == CHY_OK)
			st = hit_make(a, groups[i], terms, &found->arena,
			    &found->hits[found->n_hits++]);
	}
	return st;
}

static chy_status
find_all(struct asking *a, chy_query *query,
    const chy_find_options *opts, chy_found *found)
{
	chy_buf buf = CHY_BUF_INIT;
	uint64_t *set;
	chy_status st = chy_store_eval(a->reg->store, a->view, query->root,
	    &set, a->err);

	if (st != CHY_OK)
		return st;
	chy_query_print(query->root, &buf);
	found->understood = chy_arena_copy(&found->arena, chy_buf_slice(&buf));
	chy_buf_done(&buf);
	found->total = chy_set_count(set, chy_set_words(a->c));
	found->page = opts->page == 0 ? 1 : opts->page;
	if (opts->size > 0) {
		found->pages = (uint32_t)((found->total + opts->size - 1) /
		    opts->size);
		st = page_make(a, query, set, opts, found);
	}
	if (st == CHY_OK && (opts->want & CHY_WANT_FACETS) != 0)
		st = chy_facets_make(a, set, &found->arena, FACET_VALUES,
		    found->facets);
	if (st == CHY_OK && (opts->want & CHY_WANT_MONTHS) != 0)
		st = chy_months_make(a, set, &found->arena, &found->months,
		    &found->n_months);
	free(set);
	if (st == CHY_OK && found->total == 0 &&
	    (opts->want & CHY_WANT_DROPS) != 0)
		st = chy_nothing_found(a, query, found);
	if (st == CHY_OK && chy_arena_failed(&found->arena))
		st = chy_fail(a->err, CHY_ERR_NO_MEMORY, "no memory");
	return st;
}

chy_status
chy_registry_find(chy_registry *reg, const chy_reader *reader, chy_slice text,
    const chy_find_options *opts, chy_found **ret_found, chy_error *err)
{
	static const chy_find_options defaults = {
		.size = PAGE_SIZE, .want = CHY_WANT_SNIPPETS,
	};
	chy_find_options use = opts != NULL ? *opts : defaults;
	chy_query *query;
	chy_found *found;
	struct asking a;
	chy_status st = chy_query_asked(text, &query, err);

	if (st != CHY_OK)
		return st;
	if (use.size > PAGE_MAX)
		use.size = PAGE_MAX;
	found = calloc(1, sizeof(*found));
	if (found == NULL) {
		chy_query_free(query);
		return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	}
	chy_arena_init(&found->arena, 0);
	st = chy_asking_begin(&a, reg, reader, err);
	if (st == CHY_OK) {
		st = find_all(&a, query, &use, found);
		chy_asking_end(&a);
	}
	chy_query_free(query);
	if (st != CHY_OK) {
		chy_found_free(found);
		return st;
	}
	*ret_found = found;
	return CHY_OK;
}

chy_status
chy_registry_count(chy_registry *reg, const chy_reader *reader,
    chy_slice query, uint64_t *ret_count, chy_error *err)
{
	chy_find_options opts = { .size = 0 };
	chy_found *found;
	chy_status st = chy_registry_find(reg, reader, query, &opts, &found,
	    err);

	if (st != CHY_OK)
		return st;
	*ret_count = found->total;
	chy_found_free(found);
	return CHY_OK;
}

chy_status
chy_registry_export(chy_registry *reg, const chy_reader *reader,
    chy_slice text, bool (*wanted)(void *arg, chy_slice id),
    chy_export_fn each, void *arg, chy_error *err)
{
	struct result r;
	chy_arena arena;
	chy_status st;

	chy_arena_init(&arena, 0);
	st = chy_result_begin(&r, reg, reader, text, &arena, err);
	chy_arena_done(&arena);
	if (st != CHY_OK)
		return st;
	for (uint32_t i = 0; st == CHY_OK && i < r.a.view->n_order; i++) {
		chy_shown *shown;

		if (!chy_set_has(r.set, r.a.view->order[i]) ||
		    (wanted != NULL && !wanted(arg, chy_name_text(
		    r.a.c->groups, r.a.view->order[i]))))
			continue;
		st = chy_shown_make(&r.a, r.a.view->order[i], false, &shown);
		if (st != CHY_OK)
			break;
		st = each(arg, shown);
		if (st != CHY_OK)
			(void)chy_fail(err, st, "stopped");
		chy_shown_free(shown);
	}
	chy_result_end(&r);
	return st;
}

chy_status
chy_registry_ids(chy_registry *reg, const chy_reader *reader, chy_slice text,
    chy_status (*each)(void *arg, chy_slice id), void *arg, chy_error *err)
{
	struct result r;
	chy_arena arena;
	chy_status st;

	chy_arena_init(&arena, 0);
	st = chy_result_begin(&r, reg, reader, text, &arena, err);
	chy_arena_done(&arena);
	if (st != CHY_OK)
		return st;
	for (uint32_t i = 0; st == CHY_OK && i < r.a.view->n_order; i++) {
		if (!chy_set_has(r.set, r.a.view->order[i]))
			continue;
		st = each(arg, chy_name_text(r.a.c->groups,
		    r.a.view->order[i]));
		if (st != CHY_OK)
			(void)chy_fail(err, st, "stopped");
	}
	chy_result_end(&r);
	return st;
}
