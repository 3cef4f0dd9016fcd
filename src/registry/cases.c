/*
 * Cases: items in order, who owes whom what, what does not fit together.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/ascii.h"
#include "registry/casework_int.h"

const char *
chy_owed_title(enum chy_owed owed)
{
	switch (owed) {
	case CHY_OWED_INSIDE: return "Owed inside our own side";
	case CHY_OWED_BY_US: return "Asked of us";
	case CHY_OWED_TO_US: return "Asked of them, or promised";
	case CHY_OWED_NOBODY: return "Refused, threatened, said";
	}
	return "";
}


/* ---- one case ---- */

void
chy_case_free(chy_case *c)
{
	if (c == NULL)
		return;
	chy_arena_done(&c->arena);
	free(c);
}

static chy_status
find_docket(chy_registry *reg, const chy_reader *reader, chy_slice name,
    chy_arena *arena, chy_docket *ret, chy_error *err)
{
	chy_docket *at;
	uint32_t n = 0;
	chy_status st = name.len == 0 ? CHY_OK : chy_store_docket_list(
	    reg->store, name, arena, &at, &n, err);

	if (st != CHY_OK)
		return st;
	if (n == 0 || !chy_casework_may(reg, reader, at[0].label, CHY_EMPTY,
	    NULL))
		return chy_fail(err, CHY_ERR_NOT_FOUND, "%.*s: no such case",
		    CHY_ARG(chy_slice_sub(name, 0, 100)));
	*ret = at[0];
	return CHY_OK;
}

static enum chy_owed
owed_of(const chy_docket *docket, const chy_item *item)
{
	bool by_us = chy_slice_ieq(item->by_side, docket->own);
	bool to_us = chy_slice_ieq(item->to_side, docket->own);

	if (!chy_item_kind_owed(item->kind))
		return CHY_OWED_NOBODY;
	switch (item->kind) {
	case CHY_ITEM_GUIDANCE_REQUEST:
	case CHY_ITEM_WINDOW:
		return CHY_OWED_INSIDE;
	case CHY_ITEM_COMMITMENT:
		return by_us ? CHY_OWED_BY_US : CHY_OWED_TO_US;
	default:
		if (by_us && to_us)
			return CHY_OWED_INSIDE;
		return by_us ? CHY_OWED_TO_US : CHY_OWED_BY_US;
	}
}

/* On that day; what was closed later was open then. */
static bool
was_open(const chy_item *item, int32_t today)
{
	return chy_item_status_open(item->status) ||
	    (item->closed_on != CHY_NO_DAY && item->closed_on > today);
}

static int
item_cmp(const void *pa, const void *pb)
{
	static const int order[] = { [CHY_OWED_INSIDE] = 0,
	    [CHY_OWED_BY_US] = 1, [CHY_OWED_TO_US] = 2,
	    [CHY_OWED_NOBODY] = 3 };
	const chy_case_item *a = pa, *b = pb;

	if (a->owed != b->owed)
		return order[a->owed] < order[b->owed] ? -1 : 1;
	if (a->owed == CHY_OWED_NOBODY && a->item.kind != b->item.kind)
		return a->item.kind < b->item.kind ? -1 : 1;
	return chy_slice_cmp(a->item.name, b->item.name);
}

static chy_status
load_items(chy_registry *reg, const chy_reader *reader, chy_case *c,
    chy_error *err)
{
	chy_item *items;
	uint32_t n;
	chy_status st = chy_store_item_list(reg->store, c->docket.name,
	    &c->arena, &items, &n, err);

	if (st != CHY_OK)
		return st;
	c->items = chy_arena_zalloc(&c->arena, (size_t)n + 1,
	    sizeof(*c->items));
	if (c->items == NULL)
		return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	for (uint32_t i = 0; i < n; i++) {
		chy_case_item *one = &c->items[c->n_items];

		if (!chy_casework_may(reg, reader, items[i].label,
		    items[i].tel_label, &c->label))
			continue;
		one->item = items[i];
		one->owed = owed_of(&c->docket, &items[i]);
		if (items[i].due != CHY_NO_DAY && c->today > items[i].due &&
		    was_open(&items[i], c->today) &&
		    (one->owed != CHY_OWED_NOBODY ||
		    items[i].kind == CHY_ITEM_REVIEW)) {
			one->overdue = true;
			one->days_late = c->today - items[i].due;
			c->n_late += one->owed != CHY_OWED_NOBODY;
		}
		c->n_items++;
	}
	if (c->n_items > 1)
		qsort(c->items, c->n_items, sizeof(*c->items), item_cmp);
	return CHY_OK;
}

static uint32_t
find_item(const chy_case *c, chy_slice name)
{
	for (uint32_t i = 0; i < c->n_items; i++)
		if (chy_slice_eq(c->items[i].item.name, name))
			return i;
	return UINT32_MAX;
}

static chy_status
load_sources(chy_registry *reg, chy_case *c, chy_error *err)
{
	chy_item_at *at;
	chy_item_tie *ties;
	uint32_t n, m;
	chy_status st = chy_store_item_at_list(reg->store, c->docket.name,
	    &c->arena, &at, &n, err);

	if (st == CHY_OK)
		st = chy_store_item_tie_list(reg->store, c->docket.name,
		    &c->arena, &ties, &m, err);
	if (st != CHY_OK)
		return st;
	for (uint32_t i = 0; i < c->n_items; i++) {
		chy_case_item *one = &c->items[i];

		one->sources = chy_arena_zalloc(&c->arena, (size_t)n + 1,
		    sizeof(*one->sources));
		one->ties = chy_arena_zalloc(&c->arena, (size_t)m + 1,
		    sizeof(*one->ties));
		if (one->sources == NULL || one->ties == NULL)
			return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
		for (uint32_t k = 0; k < n; k++)
			if (chy_slice_eq(at[k].item, one->item.name))
				one->sources[one->n_sources++] = at[k];
		for (uint32_t k = 0; k < m; k++)
			if (chy_slice_eq(ties[k].item, one->item.name) &&
			    find_item(c, ties[k].target) != UINT32_MAX)
				one->ties[one->n_ties++] = ties[k];
	}
	return CHY_OK;
}

static int
member_cmp(const void *pa, const void *pb)
{
	const chy_case_member *a = pa, *b = pb;

	if (a->line.dtg != b->line.dtg)
		return a->line.dtg < b->line.dtg ? -1 : 1;
	return chy_slice_cmp(a->line.id, b->line.id);
}

static chy_status
load_members(struct asking *a, chy_case *c)
{
	chy_docket_member *at;
	uint32_t n;
	chy_status st = chy_store_docket_member_list(a->reg->store,
	    c->docket.name, &c->arena, &at, &n, a->err);

	if (st != CHY_OK)
		return st;
	c->members = chy_arena_zalloc(&c->arena, (size_t)n + 1,
	    sizeof(*c->members));
	if (c->members == NULL)
		return chy_fail(a->err, CHY_ERR_NO_MEMORY, "no memory");
	for (uint32_t i = 0; i < n && st == CHY_OK; i++) {
		chy_case_member *m = &c->members[c->n_members];
		uint32_t group = chy_name_find(a->c->groups, at[i].telegram);

		/* Not filed and not permitted are the same. */
		if (group == CHY_NONE || group == 0 ||
		    !chy_set_has(a->view->visible, group))
			continue;
		st = chy_line_make(a, group, NULL, &c->arena, &m->line);
		chy_arena_reset(&a->reg->scratch);
		m->filed = true;
		m->how = at[i].how;
		m->why = at[i].why;
		c->label = chy_label_join(&c->label, &m->line.label);
		c->n_members++;
	}
	if (c->n_members > 1)
		qsort(c->members, c->n_members, sizeof(*c->members),
		    member_cmp);
	return st;
}

static chy_item_view
view_of(const chy_case_item *i)
{
	return (chy_item_view){ .kind = i->item.kind,
	    .channel = i->item.channel, .by = i->item.by_side,
	    .what = i->item.what, .about = i->item.about, .due = i->item.due,
	    .other = i->item.other, .basis = i->item.basis,
	    .phrase = i->item.phrase, .telegram = i->n_sources > 0 ?
	    i->sources[0].telegram : CHY_EMPTY };
}

static chy_status
add_conflict(chy_case *c, uint32_t *cap, chy_case_conflict conflict,
    chy_error *err)
{
	if (c->n_conflicts == *cap) {
		chy_case_conflict *more = chy_arena_alloc(&c->arena,
		    ((size_t)*cap * 2 + 16) * sizeof(*more));

		if (more == NULL)
			return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
		if (c->n_conflicts > 0)
			memcpy(more, c->conflicts,
			    c->n_conflicts * sizeof(*more));
		c->conflicts = more;
		*cap = *cap * 2 + 16;
	}
	c->conflicts[c->n_conflicts++] = conflict;
	return CHY_OK;
}

static bool
in_conflict(const chy_case *c, uint32_t i, chy_link_kind kind)
{
	for (uint32_t k = 0; k < c->n_conflicts; k++)
		if (c->conflicts[k].kind == kind && (c->conflicts[k].a == i ||
		    c->conflicts[k].b == i))
			return true;
	return false;
}

/* A part of what was said, of which the written text has none. */
static chy_status
find_unpaired(chy_case *c, uint32_t *cap, chy_error *err)
{
	chy_status st = CHY_OK;

	for (uint32_t i = 0; i < c->n_items && st == CHY_OK; i++) {
		uint32_t parent = find_item(c, c->items[i].item.parent), n;

		if (parent == UINT32_MAX || c->items[i].item.kind !=
		    c->items[parent].item.kind ||
		    in_conflict(c, i, CHY_LINK_VARIANT))
			continue;
		n = c->n_conflicts;
		for (uint32_t k = 0; k < n && st == CHY_OK; k++) {
			const chy_case_conflict *f = &c->conflicts[k];

			if (f->kind == CHY_LINK_VARIANT && (f->a == parent ||
			    f->b == parent))
				st = add_conflict(c, cap, (chy_case_conflict){
				    i, f->a == parent ? f->b : f->a,
				    CHY_LINK_VARIANT, "a part that the other "
				    "text has not", c->items[i].item.about, i },
				    err);
		}
	}
	return st;
}

static chy_status
find_conflicts(chy_case *c, chy_error *err)
{
	uint32_t cap = 0;
	chy_status st = CHY_OK;

	for (uint32_t i = 0; i < c->n_items && st == CHY_OK; i++)
		for (uint32_t k = i + 1; k < c->n_items && st == CHY_OK; k++) {
			chy_item_view a = view_of(&c->items[i]);
			chy_item_view b = view_of(&c->items[k]);
			chy_case_conflict f = { i, k, CHY_LINK_CONTRADICTS, "",
			    CHY_EMPTY, i };

			if (!chy_item_relation(&a, &b, &f.kind, &f.why))
				continue;
			if (f.kind == CHY_LINK_VARIANT) {
				/* What the written one has more. */
				uint32_t w = a.channel == CHY_CHANNEL_WRITTEN ?
				    i : k;

				f.only = chy_item_difference(
				    c->items[w].item.what,
				    c->items[w == i ? k : i].item.what);
				f.only_in = w;
			}
			st = add_conflict(c, &cap, f, err);
		}
	return st == CHY_OK ? find_unpaired(c, &cap, err) : st;
}

static chy_status
load_rest(chy_registry *reg, const chy_reader *reader, chy_case *c,
    chy_error *err)
{
	uint32_t n = 0;
	chy_status st = chy_store_docket_entry_list(reg->store, c->docket.name,
	    &c->arena, &c->entries, &c->n_entries, err);

	if (st == CHY_OK)
		st = chy_store_case_change_list(reg->store, c->docket.name,
		    &c->arena, &c->changes, &c->n_changes, err);
	if (st != CHY_OK)
		return st;
	for (uint32_t i = 0; i < c->n_changes; i++)
		if (chy_casework_may(reg, reader, c->changes[i].label,
		    CHY_EMPTY, &c->label))
			c->changes[n++] = c->changes[i];
	c->n_changes = n;
	return CHY_OK;
}

chy_status
chy_registry_case(chy_registry *reg, const chy_reader *reader, chy_slice name,
    int32_t today, chy_case **ret, chy_error *err)
{
	chy_case *c = calloc(1, sizeof(*c));
	struct asking a;
	chy_status st;

	if (c == NULL)
		return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	chy_arena_init(&c->arena, 0);
	c->label = chy_label_bottom();
	c->today = today;
	st = chy_asking_begin(&a, reg, reader, err);
	if (st == CHY_OK) {
		st = find_docket(reg, reader, name, &c->arena, &c->docket, err);
		if (st == CHY_OK)
			(void)chy_casework_may(reg, reader, c->docket.label,
			    CHY_EMPTY, &c->label);
		if (st == CHY_OK)
			st = load_items(reg, reader, c, err);
		if (st == CHY_OK)
			st = load_sources(reg, c, err);
		if (st == CHY_OK)
			st = load_members(&a, c);
		if (st == CHY_OK)
			st = load_rest(reg, reader, c, err);
		chy_asking_end(&a);
	}
	if (st == CHY_OK)
		st = find_conflicts(c, err);
	if (st == CHY_OK && chy_arena_failed(&c->arena))
		st = chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	if (st != CHY_OK) {
		chy_case_free(c);
		return st;
	}
	*ret = c;
	return CHY_OK;
}


/* ---- all cases ---- */

void
chy_cases_free(chy_cases *cases)
{
	if (cases == NULL)
		return;
	chy_arena_done(&cases->arena);
	free(cases);
}

static chy_status
count_case(struct asking *a, chy_case_row *row, chy_cases *cases,
    int32_t today)
{
	chy_case c = { .docket = row->docket, .today = today,
	    .label = chy_label_bottom() };
	chy_status st;

	chy_arena_init(&c.arena, 0);
	st = load_items(a->reg, a->reader, &c, a->err);
	if (st == CHY_OK)
		st = load_members(a, &c);
	row->n_items = c.n_items;
	row->n_late = c.n_late;
	row->n_members = c.n_members;
	for (uint32_t i = 0; i < c.n_items; i++)
		row->n_owed += c.items[i].owed != CHY_OWED_NOBODY &&
		    was_open(&c.items[i].item, today);
	cases->label = chy_label_join(&cases->label, &c.label);
	chy_arena_done(&c.arena);
	return st;
}

chy_status
chy_registry_cases(chy_registry *reg, const chy_reader *reader, int32_t today,
    chy_cases **ret, chy_error *err)
{
	chy_cases *cases = calloc(1, sizeof(*cases));
	chy_docket *at = NULL;
	struct asking a;
	uint32_t n = 0;
	chy_status st;

	if (cases == NULL)
		return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	chy_arena_init(&cases->arena, 0);
	cases->label = chy_label_bottom();
	st = chy_asking_begin(&a, reg, reader, err);
	if (st == CHY_OK) {
		st = chy_store_docket_list(reg->store, CHY_EMPTY,
		    &cases->arena, &at, &n, err);
		if (st == CHY_OK)
			cases->at = chy_arena_zalloc(&cases->arena,
			    (size_t)n + 1, sizeof(*cases->at));
		for (uint32_t i = 0; st == CHY_OK && cases->at != NULL &&
		    i < n; i++) {
			if (!chy_casework_may(reg, reader, at[i].label,
			    CHY_EMPTY, &cases->label))
				continue;
			cases->at[cases->n].docket = at[i];
			st = count_case(&a, &cases->at[cases->n++], cases,
			    today);
		}
		chy_asking_end(&a);
	}
	if (st == CHY_OK && chy_arena_failed(&cases->arena))
		st = chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	if (st != CHY_OK) {
		chy_cases_free(cases);
		return st;
	}
	*ret = cases;
	return CHY_OK;
}


/* ---- changing ---- */

static bool
is_name(chy_slice s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!chy_is_alnum(s.ptr[i]) && s.ptr[i] != '-' &&
		    s.ptr[i] != '.' && s.ptr[i] != '_')
			return false;
	return s.len > 0 && s.len <= 64;
}

chy_status
chy_registry_case_new(chy_registry *reg, const chy_doing *doing,
    chy_slice name, chy_slice title, chy_slice label, chy_error *err)
{
	chy_docket docket = { .name = name, .title = title,
	    .file_code = CHY_EMPTY, .programme = CHY_EMPTY, .label = label,
	    .own = chy_casework_defaults().own,
	    .opened = (int32_t)(doing->now / 86400), .closed = CHY_NO_DAY };
	chy_label parsed;
	chy_docket *at;
	uint32_t n;
	chy_status st;

	if (!is_name(name) || title.len == 0)
		return chy_fail(err, CHY_ERR_INVALID, "a case needs a name of "
		    "letters, digits and hyphens, as OMAN-TIP-2008, and a "
		    "title");
	if (label.len > 0 && (chy_label_parse(label, &parsed, err) != CHY_OK ||
	    !chy_label_may(doing->reader, &parsed, NULL)))
		return chy_fail(err, CHY_ERR_INVALID, "\"%.*s\" is no label "
		    "you may give", CHY_ARG(chy_slice_sub(label, 0, 60)));
	st = chy_doing_begin(reg, doing, err);
	if (st != CHY_OK)
		return st;
	st = chy_store_docket_list(reg->store, name, &reg->scratch, &at, &n,
	    err);
	if (st == CHY_OK && n > 0)
		st = chy_fail(err, CHY_ERR_EXISTS, "the name %.*s is taken",
		    CHY_ARG(name));
	if (st == CHY_OK)
		st = chy_store_docket_put(reg->store, &docket, err);
	if (st == CHY_OK)
		st = chy_doing_log(reg, doing, name, CHY_SLICE("opened"),
		    label, err);
	return chy_doing_end(reg, st, err);
}

chy_status
chy_registry_case_set(chy_registry *reg, const chy_doing *doing,
    chy_slice name, const char *field, chy_slice value, chy_slice note,
    chy_error *err)
{
	chy_docket docket;
	char change[300];
	chy_status st = chy_doing_begin(reg, doing, err);

	if (st != CHY_OK)
		return st;
	st = find_docket(reg, doing->reader, name, &reg->scratch, &docket,
	    err);
	if (st == CHY_OK && strcmp(field, "file") == 0) {
		docket.file_code = value;
		st = chy_store_docket_put(reg->store, &docket, err);
	} else if (st == CHY_OK && strcmp(field, "programme") == 0) {
		docket.programme = value;
		st = chy_store_docket_put(reg->store, &docket, err);
	} else if (st == CHY_OK && strcmp(field, "own") == 0) {
		docket.own = value;
		st = chy_store_docket_put(reg->store, &docket, err);
	} else if (st == CHY_OK && strcmp(field, "closed") == 0) {
		docket.closed = chy_day_parse(value);
		st = docket.closed == CHY_NO_DAY && value.len > 0 ?
		    chy_fail(err, CHY_ERR_INVALID, "closed when? A day as "
		    "2026-03-01, or nothing to open it again") :
		    chy_store_docket_put(reg->store, &docket, err);
	} else if (st == CHY_OK && (strcmp(field, "party") == 0 ||
	    strcmp(field, "watcher") == 0 || strcmp(field, "tag") == 0 ||
	    strcmp(field, "name") == 0)) {
		chy_docket_entry entry = { docket.name, chy_slice_of(field),
		    value, note };

		st = chy_store_docket_entry_put(reg->store, &entry, err);
	} else if (st == CHY_OK) {
		st = chy_fail(err, CHY_ERR_INVALID, "a case has file, "
		    "programme, own, closed, party, watcher, tag and name; "
		    "not %s",
		    field);
	}
	(void)snprintf(change, sizeof(change), "%s: %.*s", field,
	    CHY_ARG(chy_slice_sub(value, 0, 200)));
	if (st == CHY_OK)
		st = chy_doing_log(reg, doing, name, chy_slice_of(change),
		    docket.label, err);
	return chy_doing_end(reg, st, err);
}

chy_status
chy_docket_label(chy_registry *reg, chy_slice docket, chy_slice label,
    chy_error *err)
{
	chy_docket *at;
	uint32_t n;
	chy_status st = chy_store_docket_list(reg->store, docket,
	    &reg->scratch, &at, &n, err);

	if (st != CHY_OK || n == 0 || at[0].label.len > 0)
		return st;
	at[0].label = label;
	return chy_store_docket_put(reg->store, &at[0], err);
}

static chy_status
add_member(chy_registry *reg, chy_slice docket, chy_slice telegram,
    const char *how, chy_slice why, int32_t day, chy_error *err)
{
	chy_docket_member member = { docket, telegram, chy_slice_of(how), why,
	    day };

	return chy_store_docket_member_put(reg->store, &member, err);
}

chy_status
chy_registry_case_add(chy_registry *reg, const chy_doing *doing,
    chy_slice name, chy_slice address, chy_error *err)
{
	chy_shown *shown;
	chy_docket docket;
	char why[64];
	chy_status st = chy_registry_show(reg, doing->reader, address, &shown,
	    err);

	if (st != CHY_OK)
		return st;
	st = chy_doing_begin(reg, doing, err);
	if (st != CHY_OK) {
		chy_shown_free(shown);
		return st;
	}
	st = find_docket(reg, doing->reader, name, &reg->scratch, &docket,
	    err);
	if (st == CHY_OK)
		st = add_member(reg, docket.name, shown->line.id, "hand",
		    doing->who, (int32_t)(shown->line.dtg / 86400), err);
	if (st == CHY_OK)
		st = chy_docket_label(reg, docket.name,
		    chy_label_text(&shown->line.label, &reg->scratch), err);
	for (uint32_t i = 0; i < shown->n_cited_by && st == CHY_OK; i++) {
		const chy_citer *by = &shown->cited_by[i];

		(void)snprintf(why, sizeof(why), by->letter != '\0' ?
		    "REF %.1s, %.*s" : "REF%.1s %.*s", by->letter != '\0' ?
		    (const char[]){ by->letter, '\0' } : "",
		    CHY_ARG(chy_slice_sub(shown->line.id, 0, 40)));
		st = add_member(reg, docket.name, by->line.id, "reference",
		    chy_slice_of(why), (int32_t)(by->line.dtg / 86400), err);
	}
	if (st == CHY_OK)
		st = chy_doing_log(reg, doing, name, shown->line.id,
		    chy_label_text(&shown->line.label, &reg->scratch), err);
	st = chy_doing_end(reg, st, err);
	chy_shown_free(shown);
	return st;
}

/* C02 or D1: the name that was given, else the letter of its kind and the
 * first number that is free. */
static chy_status
name_item(chy_registry *reg, const chy_reader *reader, chy_item *item,
    char *out, size_t size, chy_error *err)
{
	chy_item *at;
	uint32_t n;
	bool taken = true;
	chy_status st = chy_store_item_list(reg->store, item->docket,
	    &reg->scratch, &at, &n, err);

	if (st != CHY_OK)
		return st;
	if (item->name.len > 0) {
		(void)snprintf(out, size, "%.*s", CHY_ARG(item->name));
		for (uint32_t i = 0; i < n; i++) {
			if (!chy_slice_eq(at[i].name, item->name))
				continue;
			if (!chy_casework_may(reg, reader, at[i].label,
			    at[i].tel_label, NULL))
				return chy_fail(err, CHY_ERR_EXISTS, "choose "
				    "another name");
			item->id = at[i].id;
		}
		return CHY_OK;
	}
	for (unsigned k = 1; taken; k++) {
		(void)snprintf(out, size, "%c%u",
		    chy_item_kind_letter(item->kind), k);
		taken = false;
		for (uint32_t i = 0; i < n; i++)
			taken |= chy_slice_eq(at[i].name, chy_slice_of(out));
	}
	return CHY_OK;
}

static void
join_label(chy_registry *reg, chy_slice *label, chy_slice more)
{
	chy_label a, b;

	if (label->len == 0) {
		*label = more;
	} else if (chy_label_parse(*label, &a, NULL) == CHY_OK &&
	    chy_label_parse(more, &b, NULL) == CHY_OK) {
		a = chy_label_join(&a, &b);
		*label = chy_label_text(&a, &reg->scratch);
	}
}

static chy_status
put_item(chy_registry *reg, const chy_doing *doing, chy_item *one,
    const struct cited *cited, size_t n, char *name, chy_error *err)
{
	char object[160];
	chy_docket docket;
	chy_status st = find_docket(reg, doing->reader, one->docket,
	    &reg->scratch, &docket, err);
	bool is_new;

	if (st != CHY_OK)
		return st;
	if (one->label.len == 0)
		one->label = docket.label;
	for (size_t i = 0; i < n; i++) {
		join_label(reg, &one->label, cited[i].label);
		join_label(reg, &one->tel_label, cited[i].tel_label);
	}
	st = name_item(reg, doing->reader, one, name, 64, err);
	if (st != CHY_OK)
		return st;
	is_new = one->id == 0;
	one->name = chy_slice_of(name);
	st = chy_store_item_put(reg->store, one, err);
	for (size_t i = 0; i < n && st == CHY_OK; i++) {
		chy_item_at at = { one->docket, one->name, cited[i].id,
		    cited[i].paragraph, 0, 0 };

		st = chy_store_item_at_put(reg->store, &at, err);
		if (st == CHY_OK)
			st = add_member(reg, one->docket, cited[i].id, "hand",
			    doing->who, cited[i].day, err);
		if (st == CHY_OK)
			st = chy_docket_label(reg, one->docket,
			    cited[i].tel_label, err);
	}
	(void)snprintf(object, sizeof(object), "%.*s/%s",
	    CHY_ARG(one->docket), name);
	if (st == CHY_OK)
		st = chy_doing_log(reg, doing, chy_slice_of(object), is_new ?
		    CHY_SLICE("entered") : CHY_SLICE("changed"), one->label,
		    err);
	return st;
}

#define SOURCES_MAX	16u

chy_status
chy_registry_item_put(chy_registry *reg, const chy_doing *doing,
    const chy_item *item, const chy_slice *sources, size_t n_sources,
    char *ret_name, chy_error *err)
{
	struct cited cited[SOURCES_MAX];
	char name[64] = "";
	chy_item one = *item;
	chy_arena arena;
	chy_status st = CHY_OK;

	if (item->what.len == 0 || n_sources > SOURCES_MAX ||
	    (item->name.len > 0 && !is_name(item->name)))
		return chy_fail(err, CHY_ERR_INVALID, "an item needs what it "
		    "is about in words, a name of letters and digits, and at "
		    "most %u sources", SOURCES_MAX);
	chy_arena_init(&arena, 0);
	for (size_t i = 0; i < n_sources && st == CHY_OK; i++)
		st = chy_casework_cite(reg, doing->reader, sources[i], &arena,
		    &cited[i], err);
	if (st == CHY_OK)
		st = chy_doing_begin(reg, doing, err);
	if (st == CHY_OK) {
		st = put_item(reg, doing, &one, cited, n_sources, name, err);
		st = chy_doing_end(reg, st, err);
	}
	chy_arena_done(&arena);
	if (st == CHY_OK && ret_name != NULL)
		memcpy(ret_name, name, sizeof(name));
	return st;
}

/* The item, inside the transaction. */
static chy_status
load_item(chy_registry *reg, const chy_doing *doing, chy_slice docket,
    chy_slice name, chy_item *ret, chy_error *err)
{
	chy_docket d;
	chy_item *at;
	uint32_t n;
	chy_status st = find_docket(reg, doing->reader, docket, &reg->scratch,
	    &d, err);

	if (st == CHY_OK)
		st = chy_store_item_list(reg->store, docket, &reg->scratch,
		    &at, &n, err);
	if (st != CHY_OK)
		return st;
	for (uint32_t i = 0; i < n; i++)
		if (chy_slice_eq(at[i].name, name) && chy_casework_may(reg,
		    doing->reader, at[i].label, at[i].tel_label, NULL)) {
			*ret = at[i];
			return CHY_OK;
		}
	return chy_fail(err, CHY_ERR_NOT_FOUND, "%.*s/%.*s: no such item",
	    CHY_ARG(docket), CHY_ARG(chy_slice_sub(name, 0, 60)));
}

chy_status
chy_registry_item_status(chy_registry *reg, const chy_doing *doing,
    chy_slice docket, chy_slice name, chy_item_status status, chy_slice by,
    int32_t day, chy_error *err)
{
	char object[160], change[300];
	chy_item item;
	chy_status st;

	if (!chy_item_status_open(status) && by.len == 0)
		return chy_fail(err, CHY_ERR_INVALID, "closed by what? A "
		    "telegram, or the event in words");
	st = chy_doing_begin(reg, doing, err);
	if (st != CHY_OK)
		return st;
	st = load_item(reg, doing, docket, name, &item, err);
	if (st == CHY_OK) {
		item.status = status;
		item.closed_by = chy_item_status_open(status) ? CHY_EMPTY : by;
		item.closed_on = chy_item_status_open(status) ? CHY_NO_DAY :
		    day != CHY_NO_DAY ? day : (int32_t)(doing->now / 86400);
		st = chy_store_item_put(reg->store, &item, err);
	}
	(void)snprintf(object, sizeof(object), "%.*s/%.*s", CHY_ARG(docket),
	    CHY_ARG(chy_slice_sub(name, 0, 64)));
	(void)snprintf(change, sizeof(change), "%s%s%.*s",
	    chy_item_status_name(status), by.len > 0 ? ": " : "",
	    CHY_ARG(chy_slice_sub(by, 0, 200)));
	if (st == CHY_OK)
		st = chy_doing_log(reg, doing, chy_slice_of(object),
		    chy_slice_of(change), item.label, err);
	return chy_doing_end(reg, st, err);
}

chy_status
chy_registry_item_link(chy_registry *reg, const chy_doing *doing,
    chy_slice docket, chy_slice name, chy_link_kind kind, chy_slice target,
    chy_error *err)
{
	char object[160], change[200];
	chy_item a, b;
	chy_status st = chy_doing_begin(reg, doing, err);

	if (st != CHY_OK)
		return st;
	st = load_item(reg, doing, docket, name, &a, err);
	if (st == CHY_OK)
		st = load_item(reg, doing, docket, target, &b, err);
	if (st == CHY_OK) {
		chy_item_tie tie = { docket, name,
		    chy_slice_of(chy_link_kind_name(kind)), target,
		    doing->why };

		st = chy_store_item_tie_put(reg->store, &tie, err);
		if (st == CHY_OK && kind == CHY_LINK_PART_OF) {
			a.parent = b.name;
			st = chy_store_item_put(reg->store, &a, err);
		}
		join_label(reg, &a.label, b.label);
	}
	(void)snprintf(object, sizeof(object), "%.*s/%.*s", CHY_ARG(docket),
	    CHY_ARG(chy_slice_sub(name, 0, 64)));
	(void)snprintf(change, sizeof(change), "%s %.*s",
	    chy_link_kind_name(kind), CHY_ARG(chy_slice_sub(target, 0, 64)));
	if (st == CHY_OK)
		st = chy_doing_log(reg, doing, chy_slice_of(object),
		    chy_slice_of(change), a.label, err);
	return chy_doing_end(reg, st, err);
}
