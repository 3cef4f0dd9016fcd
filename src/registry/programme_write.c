/*
 * Describing programmes and recording what happened in them: each is one
 * transaction, all of it or nothing.
 *
 * SPDX-License-Identifier: ISC
 */
#include "registry/programme.h"

#include <stdio.h>
#include <stdlib.h>

#include "registry/programme_int.h"


/* ---- describing ---- */

chy_status
chy_registry_programme_define(chy_registry *reg, const chy_reader *reader,
    chy_slice text, int64_t now, bool *ret_changed, chy_error *err)
{
	chy_arena arena;
	chy_programme *p;
	chy_facts facts;
	chy_slice old = CHY_EMPTY;
	int64_t recorded = 0;
	struct asking a;
	struct kept k = { .a = &a, .arena = &arena, .table = CHY_BUF_INIT };
	chy_error why = { 0 };
	chy_status st = chy_owner_only(reader, "describing a programme", err);

	if (st != CHY_OK)
		return st;
	chy_arena_init(&arena, 0);
	st = chy_programme_read(text, &arena, &p, err);
	if (st == CHY_OK && (chy_kept_label(p->marking).overflow ||
	    p->marking.len == 0))
		st = chy_fail(err, CHY_ERR_INVALID, "1:1: the marking is no "
		    "label: %.*s", CHY_ARG(chy_slice_sub(p->marking, 0, 40)));
	if (st != CHY_OK)
		goto out;
	st = chy_asking_begin(&a, reg, reader, err);
	if (st != CHY_OK)
		goto out;
	k.id = p->id;
	k.label = chy_label_bottom();
	st = chy_store_programme(reg->store, p->id, &arena, &old, &recorded,
	    &why);
	if (st == CHY_ERR_NOT_FOUND)
		st = CHY_OK;
	if (st == CHY_OK)
		st = chy_kept_facts(&k, p, &facts, &why);
	chy_asking_end(&a);
	if (st == CHY_ERR_INVALID)
		st = chy_fail(err, st, "what is recorded does not fit this "
		    "description: %s", why.text);
	else if (st != CHY_OK)
		st = chy_fail(err, st, "%s", why.text);
	if (st != CHY_OK)
		goto out;
	*ret_changed = !chy_slice_eq(old, text);
	if (!*ret_changed)
		goto out;
	st = chy_store_begin(reg->store, err);
	if (st != CHY_OK)
		goto out;
	st = chy_store_programme_put(reg->store, p->id, text, now, err);
	if (st == CHY_OK)
		st = chy_store_commit(reg->store, err);
	else
		chy_store_abort(reg->store);
out:
	chy_buf_done(&k.table);
	chy_arena_done(&arena);
	return st;
}


/* ---- recording ---- */

/* What it takes to see a record: the programme's marking, and that of the
 * telegram it names. */
chy_slice
chy_kept_marking(struct kept *k, chy_slice source)
{
	chy_label label = chy_kept_label(k->p->marking);
	uint32_t group = chy_kept_group(k->a, source);
	char text[CHY_LABEL_MAX];

	if (group != CHY_NONE) {
		const chy_tel_column *t = &k->a->c->tels[
		    k->a->view->shown[group]];

		label = chy_label_join(&label,
		    chy_store_label(k->a->reg->store, t->label));
	}
	return chy_arena_copy(k->arena, (chy_slice){ text,
	    chy_label_print(&label, text, sizeof(text)) });
}

static chy_slice
day_cell(chy_arena *arena, int32_t day)
{
	char iso[11];

	if (day == CHY_NO_DAY)
		return CHY_EMPTY;
	chy_civil_date(chy_programme_civil(day), iso);
	return chy_arena_copy(arena, chy_slice_of(iso));
}

chy_slice
chy_kept_number(chy_arena *arena, int32_t n)
{
	char digits[16];

	if (n == 0)
		return CHY_EMPTY;
	(void)snprintf(digits, sizeof(digits), "%d", (int)n);
	return chy_arena_copy(arena, chy_slice_of(digits));
}

static chy_kept
kept_rating(struct kept *k, const chy_rating *r)
{
	return (chy_kept){ .kind = CHY_KEPT_RATING, .gone = r->gone,
	    .marking = chy_kept_marking(k, r->source), .cells = { r->subject,
	    chy_kept_number(k->arena, r->year), r->source, r->reassessed ?
	    CHY_SLICE("reassessed") : CHY_SLICE("published"),
	    day_cell(k->arena, r->assigned), r->name, r->grade->code,
	    day_cell(k->arena, r->published), r->reason } };
}

static chy_kept
kept_fact(struct kept *k, const chy_fact *f)
{
	return (chy_kept){ .kind = CHY_KEPT_FACT, .gone = f->gone,
	    .marking = chy_kept_marking(k, f->source), .cells = {
	    chy_slice_of(chy_fact_kind_name(f->kind)), f->name, f->subject,
	    chy_kept_number(k->arena, f->year), day_cell(k->arena, f->day),
	    f->value, f->note, f->source } };
}

static chy_kept
kept_recommendation(struct kept *k, const chy_recommendation *r)
{
	return (chy_kept){ .kind = CHY_KEPT_RECOMMENDATION, .gone = r->gone,
	    .marking = chy_kept_marking(k, r->evidence), .cells = { r->subject,
	    chy_kept_number(k->arena, r->year), chy_kept_number(k->arena, r->n),
	    r->text, r->answer, day_cell(k->arena, r->answered),
	    r->evidence } };
}

static int
row_cmp(const void *va, const void *vb)
{
	const struct row *a = va, *b = vb;
	uint32_t key;

	if (a->kept.kind != b->kept.kind)
		return a->kept.kind < b->kept.kind ? -1 : 1;
	(void)chy_kept_columns(a->kept.kind, &key);
	for (uint32_t i = 0; i < key; i++) {
		int c = chy_slice_cmp(a->kept.cells[i], b->kept.cells[i]);

		if (c != 0)
			return c;
	}
	return a->line < b->line ? -1 : a->line > b->line;
}

/* Two rows of one table that say different things of the same. */
static chy_status
check_twice(const struct row *a, const struct row *b, chy_error *err)
{
	uint32_t key;

	if (a->kept.kind != b->kept.kind)
		return CHY_OK;
	(void)chy_kept_columns(a->kept.kind, &key);
	for (uint32_t i = 0; i < key; i++)
		if (!chy_slice_eq(a->kept.cells[i], b->kept.cells[i]))
			return CHY_OK;
	for (uint32_t i = key; i < CHY_KEPT_CELLS; i++)
		if (!chy_slice_eq(a->kept.cells[i], b->kept.cells[i]))
			return chy_fail(err, CHY_ERR_INVALID, "%u:1: says "
			    "otherwise than line %u of the same source",
			    (unsigned)b->line, (unsigned)a->line);
	return CHY_OK;
}

static chy_status
make_rows(struct kept *k, const chy_facts *f, struct row **ret, uint32_t *ret_n)
{
	uint32_t n = 0;
	struct row *rows = chy_arena_zalloc(k->arena, (size_t)f->n_ratings +
	    f->n_facts + f->n_recommendations + 1, sizeof(*rows));
	chy_status st = CHY_OK;

	if (rows == NULL)
		return chy_fail(k->a->err, CHY_ERR_NO_MEMORY, "no memory");
	for (uint32_t i = 0; i < f->n_ratings; i++)
		rows[n++] = (struct row){ kept_rating(k, &f->ratings[i]),
		    f->ratings[i].line };
	for (uint32_t i = 0; i < f->n_facts; i++)
		rows[n++] = (struct row){ kept_fact(k, &f->facts[i]),
		    f->facts[i].line };
	for (uint32_t i = 0; i < f->n_recommendations; i++)
		rows[n++] = (struct row){ kept_recommendation(k,
		    &f->recommendations[i]), f->recommendations[i].line };
	if (n > 0)
		qsort(rows, n, sizeof(*rows), row_cmp);
	for (uint32_t i = 1; i < n && st == CHY_OK; i++)
		st = check_twice(&rows[i - 1], &rows[i], k->a->err);
	if (st == CHY_OK && chy_arena_failed(k->arena))
		st = chy_fail(k->a->err, CHY_ERR_NO_MEMORY, "no memory");
	*ret = rows;
	*ret_n = n;
	return st;
}

chy_status
chy_kept_put(chy_registry *reg, chy_slice id, const struct row *rows, uint32_t n,
    int64_t now, chy_programme_counts *counts, chy_error *err)
{
	chy_status st = chy_store_begin(reg->store, err);

	if (st != CHY_OK)
		return st;
	for (uint32_t i = 0; i < n && st == CHY_OK; i++) {
		chy_kept_done done;

		st = chy_store_kept_put(reg->store, id, &rows[i].kept, now,
		    &done, err);
		if (st != CHY_OK)
			break;
		counts->added += done == CHY_KEPT_NEW;
		counts->changed += done == CHY_KEPT_CHANGED;
		counts->same += done == CHY_KEPT_SAME;
	}
	if (st == CHY_OK)
		return chy_store_commit(reg->store, err);
	chy_store_abort(reg->store);
	return st;
}

static uint64_t
count_conflicts(const struct kept *k)
{
	const chy_facts *f = &k->facts;
	uint64_t n = 0;
	chy_cell cell;

	for (uint32_t i = 0; i < f->n_ratings; i++) {
		const chy_rating *r = &f->ratings[i];

		if (i > 0 && f->ratings[i - 1].year == r->year &&
		    chy_slice_eq(f->ratings[i - 1].subject, r->subject))
			continue;
		n += chy_cell_get(k->p, f, r->subject, r->year, CHY_NO_DAY,
		    &cell) && cell.conflict;
	}
	return n;
}

chy_status
chy_registry_programme_load(chy_registry *reg, const chy_reader *reader,
    chy_slice id, chy_slice table, int64_t now, chy_programme_counts *ret,
    chy_error *err)
{
	chy_programme_counts counts = { 0 };
	chy_arena arena;
	struct asking a;
	struct kept k = { .a = &a, .arena = &arena, .id = id,
	    .table = CHY_BUF_INIT };
	chy_facts facts;
	struct row *rows = NULL;
	uint32_t n = 0;
	chy_status st = chy_owner_only(reader, "recording in a programme",
	    err);

	if (st != CHY_OK)
		return st;
	chy_arena_init(&arena, 0);
	st = chy_asking_begin(&a, reg, reader, err);
	if (st != CHY_OK)
		goto out;
	st = chy_kept_find(&k);
	if (st == CHY_OK)
		st = chy_facts_read(k.p, table, &arena, &facts, err);
	if (st == CHY_OK)
		st = make_rows(&k, &facts, &rows, &n);
	chy_asking_end(&a);
	if (st == CHY_OK)
		st = chy_kept_put(reg, id, rows, n, now, &counts, err);
	if (st == CHY_OK)
		st = chy_asking_begin(&a, reg, reader, err);
	if (st != CHY_OK)
		goto out;
	st = chy_kept_read(&k);
	if (st == CHY_OK) {
		counts.ratings = facts.n_ratings;
		counts.facts = facts.n_facts;
		counts.recommendations = facts.n_recommendations;
		counts.conflicts = count_conflicts(&k);
		*ret = counts;
	}
	chy_asking_end(&a);
out:
	chy_buf_done(&k.table);
	chy_arena_done(&arena);
	return st;
}


/* ---- history ---- */

struct telling {
	struct asking *a;
	chy_kept_fn each;
	void	   *arg;
};

static chy_status
tell_visible(void *arg, const chy_kept *row)
{
	struct telling *t = arg;

	return chy_kept_may_see(t->a, row) ? t->each(t->arg, row) : CHY_OK;
}

chy_status
chy_registry_programme_history(chy_registry *reg, const chy_reader *reader,
    chy_slice id, chy_kept_fn each, void *arg, chy_error *err)
{
	struct asking a;
	struct telling t = { &a, each, arg };
	chy_arena arena;
	struct kept k = { .a = &a, .arena = &arena, .id = id,
	    .table = CHY_BUF_INIT };
	chy_status st = chy_asking_begin(&a, reg, reader, err);

	if (st != CHY_OK)
		return st;
	chy_arena_init(&arena, 0);
	st = chy_kept_find(&k);
	for (int kind = 0; kind < CHY_KEPT_KINDS && st == CHY_OK; kind++)
		st = chy_store_kept_each(reg->store, id, (chy_kept_kind)kind,
		    true, tell_visible, &t, err);
	chy_asking_end(&a);
	chy_arena_done(&arena);
	return st;
}
