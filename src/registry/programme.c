/*
 * Rating programmes as a reader has them. Records are kept as rows of text
 * and read again, by the reader of tables, whenever they are wanted: what a
 * reader may not see is left out before, so nothing is computed from it.
 *
 * SPDX-License-Identifier: ISC
 */
#include "registry/programme.h"

#include <stdlib.h>

#include "base/ascii.h"
#include "registry/programme_int.h"
#include "telegram/mrn.h"

#define SOURCES_MAX	200u


/* ---- reading what is kept ---- */

/* A marking as a label; one that cannot be read is for the owner alone. */
chy_label
chy_kept_label(chy_slice marking)
{
	chy_label label;

	if (chy_label_parse(marking, &label, NULL) != CHY_OK)
		label = (chy_label){ .level = CHY_LEVEL_NONE,
		    .overflow = true };
	return label;
}

chy_status
chy_kept_find(struct kept *k)
{
	chy_slice text;
	chy_error why = { 0 };
	chy_status st = chy_store_programme(k->a->reg->store, k->id, k->arena,
	    &text, &k->defined, k->a->err);

	if (st != CHY_OK)
		return st;
	st = chy_programme_read(text, k->arena, &k->p, &why);
	if (st == CHY_ERR_INVALID)
		return chy_fail(k->a->err, CHY_ERR_STORE, "the description of "
		    "%.*s in the archive: %s", CHY_ARG(k->id), why.text);
	if (st != CHY_OK)
		return chy_fail(k->a->err, st, "%s", why.text);
	k->label = chy_kept_label(k->p->marking);
	if (!chy_label_may(k->a->reader, &k->label, NULL))
		return chy_fail(k->a->err, CHY_ERR_NOT_FOUND, "there is no "
		    "programme %.*s", CHY_ARG(chy_slice_sub(k->id, 0, 60)));
	return CHY_OK;
}

/* The group that a word of a record names, if it is the number of a telegram
 * that is filed, seen or not; CHY_NONE. */
static uint32_t
named_group(struct asking *a, chy_slice text)
{
	size_t hash = chy_slice_find(text, CHY_SLICE("#"), 0);
	char key[CHY_MRN_KEY_MAX];
	uint32_t group;
	chy_mrn mrn;

	text = chy_slice_sub(text, 0, hash);
	if (text.len < 4 || !chy_is_digit(text.ptr[0]) ||
	    !chy_mrn_from_text(text, &mrn))
		return CHY_NONE;
	group = chy_name_find(a->c->groups,
	    (chy_slice){ key, chy_mrn_key(&mrn, key) });
	return group == 0 ? CHY_NONE : group;
}

/* The same, if it is seen. */
uint32_t
chy_kept_group(struct asking *a, chy_slice text)
{
	uint32_t group = named_group(a, text);

	return group != CHY_NONE && chy_set_has(a->view->visible, group) ?
	    group : CHY_NONE;
}

/* By its marking, and by the telegram it names as its source, which may have
 * been filed since. */
bool
chy_kept_may_see(struct asking *a, const chy_kept *row)
{
	static const uint32_t source[CHY_KEPT_KINDS] = {
		[CHY_KEPT_RATING] = 2,
		[CHY_KEPT_FACT] = 7,
		[CHY_KEPT_RECOMMENDATION] = 6,
	};
	chy_label label = chy_kept_label(row->marking);
	uint32_t group;

	if (!chy_label_may(a->reader, &label, NULL))
		return false;
	/* Of a link the telegram is what it is about, not its source: where
	 * it is not seen, it is one that is missing. */
	if (row->kind == CHY_KEPT_TELEGRAM)
		return true;
	group = named_group(a, row->cells[source[row->kind]]);
	return group == CHY_NONE || chy_set_has(a->view->visible, group);
}

static chy_status
add_to_table(void *arg, const chy_kept *row)
{
	struct kept *k = arg;
	chy_label label = chy_kept_label(row->marking);
	const char *const *columns = chy_kept_columns(row->kind, NULL);

	if (!chy_kept_may_see(k->a, row))
		return CHY_OK;
	k->label = chy_label_join(&k->label, &label);
	for (uint32_t i = 0; i < CHY_KEPT_CELLS && columns[i] != NULL; i++) {
		if (i > 0)
			chy_buf_putc(&k->table, '\t');
		chy_buf_put(&k->table, row->cells[i]);
	}
	chy_buf_putc(&k->table, '\n');
	return CHY_OK;
}

/* All that is recorded and seen, read again as the tables it came in. */
chy_status
chy_kept_facts(struct kept *k, const chy_programme *p, chy_facts *ret,
    chy_error *err)
{
	chy_status st = CHY_OK;
	chy_slice text;

	chy_buf_reset(&k->table);
	for (int kind = 0; kind < CHY_KEPT_TELEGRAM && st == CHY_OK; kind++) {
		const char *const *columns = chy_kept_columns(
		    (chy_kept_kind)kind, NULL);

		for (uint32_t i = 0; i < CHY_KEPT_CELLS && columns[i] != NULL;
		    i++) {
			if (i > 0)
				chy_buf_putc(&k->table, '\t');
			chy_buf_puts(&k->table, columns[i]);
		}
		chy_buf_putc(&k->table, '\n');
		st = chy_store_kept_each(k->a->reg->store, k->id,
		    (chy_kept_kind)kind, false, add_to_table, k, err);
		chy_buf_putc(&k->table, '\n');
	}
	if (st != CHY_OK)
		return st;
	text = chy_arena_copy(k->arena, chy_buf_slice(&k->table));
	if (chy_buf_status(&k->table) != CHY_OK || chy_arena_failed(k->arena))
		return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	return chy_facts_read(p, text, k->arena, ret, err);
}

chy_status
chy_kept_read(struct kept *k)
{
	chy_error why = { 0 };
	chy_status st = chy_kept_find(k);

	if (st != CHY_OK)
		return st;
	st = chy_kept_facts(k, k->p, &k->facts, &why);
	if (st == CHY_ERR_INVALID)
		return chy_fail(k->a->err, CHY_ERR_STORE, "what is recorded "
		    "of %.*s does not fit its description: %s",
		    CHY_ARG(k->id), why.text);
	if (st == CHY_OK)
		st = chy_facts_order(k->p, &k->facts, k->arena);
	if (st != CHY_OK)
		return chy_fail(k->a->err, st, "%s", why.text[0] != '\0' ?
		    why.text : "no memory");
	return CHY_OK;
}


/* ---- the list ---- */

void
chy_programme_list_free(chy_programme_list *list)
{
	if (list == NULL)
		return;
	chy_arena_done(&list->arena);
	free(list);
}

static chy_status
list_one(struct asking *a, chy_slice id, chy_programme_list *list)
{
	struct kept k = { .a = a, .arena = &list->arena, .id = id,
	    .table = CHY_BUF_INIT };
	chy_error err = { 0 }, *outer = a->err;
	chy_status st;

	a->err = &err;
	st = chy_kept_read(&k);
	a->err = outer;
	chy_buf_done(&k.table);
	if (st == CHY_ERR_NOT_FOUND)
		return CHY_OK;
	if (st != CHY_OK)
		return chy_fail(outer, st, "%s", err.text);
	list->at[list->n++] = (chy_programme_line){ .id = k.p->id,
	    .title = k.p->title, .authority = k.p->authority,
	    .n_subjects = k.facts.n_subjects, .n_ratings = k.facts.n_ratings,
	    .first_year = k.facts.first_year,
	    .last_year = k.facts.last_year };
	list->label = chy_label_join(&list->label, &k.label);
	return CHY_OK;
}

chy_status
chy_registry_programmes(chy_registry *reg, const chy_reader *reader,
    chy_programme_list **ret, chy_error *err)
{
	chy_programme_list *list = calloc(1, sizeof(*list));
	chy_slice *ids = NULL;
	uint32_t n = 0;
	struct asking a;
	chy_status st;

	if (list == NULL)
		return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	chy_arena_init(&list->arena, 0);
	list->label = chy_label_bottom();
	st = chy_asking_begin(&a, reg, reader, err);
	if (st != CHY_OK) {
		free(list);
		return st;
	}
	st = chy_store_programmes(reg->store, &list->arena, &ids, &n, err);
	if (st == CHY_OK) {
		list->at = chy_arena_zalloc(&list->arena, (size_t)n + 1,
		    sizeof(*list->at));
		if (list->at == NULL)
			st = chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	}
	for (uint32_t i = 0; i < n && st == CHY_OK; i++)
		st = list_one(&a, ids[i], list);
	chy_asking_end(&a);
	if (st != CHY_OK) {
		chy_programme_list_free(list);
		return st;
	}
	*ret = list;
	return CHY_OK;
}


/* ---- one programme ---- */

void
chy_programme_shown_free(chy_programme_shown *shown)
{
	if (shown == NULL)
		return;
	chy_arena_done(&shown->arena);
	free(shown);
}

const chy_line *
chy_programme_source_of(const chy_programme_shown *shown, chy_slice text)
{
	for (uint32_t i = 0; i < shown->n_sources; i++)
		if (chy_slice_eq(shown->sources[i].text, text))
			return &shown->sources[i].line;
	return NULL;
}

static chy_status
add_source(struct asking *a, chy_programme_shown *shown, chy_slice text)
{
	chy_programme_source *s;
	uint32_t group;
	chy_status st;

	if (text.len == 0 || shown->n_sources == SOURCES_MAX ||
	    chy_programme_source_of(shown, text) != NULL)
		return CHY_OK;
	group = chy_kept_group(a, text);
	if (group == CHY_NONE)
		return CHY_OK;
	s = &shown->sources[shown->n_sources];
	s->text = text;
	st = chy_line_make(a, group, NULL, &shown->arena, &s->line);
	chy_arena_reset(&a->reg->scratch);
	if (st == CHY_OK) {
		shown->n_sources++;
		shown->label = chy_label_join(&shown->label, &s->line.label);
	}
	return st;
}

static chy_status
add_sources(struct asking *a, chy_programme_shown *shown)
{
	const chy_facts *f = &shown->facts;
	chy_status st = CHY_OK;

	shown->sources = chy_arena_zalloc(&shown->arena, SOURCES_MAX,
	    sizeof(*shown->sources));
	if (shown->sources == NULL)
		return chy_fail(a->err, CHY_ERR_NO_MEMORY, "no memory");
	for (uint32_t i = 0; i < f->n_facts && st == CHY_OK; i++)
		if (f->facts[i].year == 0 || f->facts[i].year == shown->year)
			st = add_source(a, shown, f->facts[i].source);
	for (uint32_t i = 0; i < f->n_ratings && st == CHY_OK; i++)
		if (f->ratings[i].year == shown->year)
			st = add_source(a, shown, f->ratings[i].source);
	for (uint32_t i = 0; i < f->n_recommendations && st == CHY_OK; i++)
		st = add_source(a, shown, f->recommendations[i].evidence);
	return st;
}

static chy_status
compute(chy_programme_shown *s)
{
	chy_status st = chy_programme_due(s->programme, &s->facts, s->year,
	    s->today, &s->arena, &s->due);

	if (st == CHY_OK)
		st = chy_programme_changes(s->programme, &s->facts, s->year,
		    &s->arena, &s->changes);
	if (st == CHY_OK)
		st = chy_programme_obligations(s->programme, &s->facts,
		    s->year, s->today, &s->arena, &s->obligations);
	if (st == CHY_OK)
		st = chy_programme_predict(s->programme, &s->facts,
		    s->predict, s->today, &s->arena, &s->predictions);
	return st;
}

static chy_status
show_programme(struct asking *a, chy_slice id,
    const chy_programme_options *opts, chy_programme_shown *s)
{
	struct kept k = { .a = a, .arena = &s->arena, .id = id,
	    .table = CHY_BUF_INIT };
	chy_status st = chy_kept_read(&k);

	chy_buf_done(&k.table);
	if (st != CHY_OK)
		return st;
	s->programme = k.p;
	s->facts = k.facts;
	s->label = k.label;
	s->defined = k.defined;
	s->today = opts->today;
	s->year = opts->year != 0 ? opts->year : k.facts.last_year != 0 ?
	    k.facts.last_year : chy_programme_civil(opts->today).year;
	s->predict = opts->predict != 0 ? opts->predict : s->year + 1;
	st = compute(s);
	if (st != CHY_OK)
		return chy_fail(a->err, st, "no memory");
	return add_sources(a, s);
}

chy_status
chy_registry_programme(chy_registry *reg, const chy_reader *reader,
    chy_slice id, const chy_programme_options *opts,
    chy_programme_shown **ret, chy_error *err)
{
	chy_programme_shown *s = calloc(1, sizeof(*s));
	struct asking a;
	chy_status st;

	if (s == NULL)
		return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	chy_arena_init(&s->arena, 0);
	st = chy_asking_begin(&a, reg, reader, err);
	if (st == CHY_OK) {
		st = show_programme(&a, id, opts, s);
		chy_asking_end(&a);
	}
	if (st != CHY_OK) {
		chy_programme_shown_free(s);
		return st;
	}
	*ret = s;
	return CHY_OK;
}
