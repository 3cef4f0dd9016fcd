/*
 * Distribution as people ask for it and change it.
 *
 * Every row is of one original, and is seen by those who see that original's
 * heading: who got a telegram tells of what is in it.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>
#include <stdlib.h>

#include "registry/distribution_int.h"

const char *
chy_delivery_state_name(chy_delivery_state state)
{
	switch (state) {
	case CHY_STATE_LIVE: return "live";
	case CHY_STATE_RECALLED: return "recalled";
	case CHY_STATE_MOVED: return "moved";
	case CHY_STATE_DONE: return "done";
	}
	return "";
}


/* ---- rules ---- */

chy_status
chy_registry_save_rules(chy_registry *reg, const chy_reader *reader,
    const chy_ruleset *set, chy_slice who, int64_t now, chy_error *err)
{
	chy_rules_row row = { .at = now, .who = who, .n = set->n };
	chy_arena arena;
	chy_status st = chy_owner_only(reader, "saving rules", err);

	if (st != CHY_OK)
		return st;
	chy_arena_init(&arena, 0);
	row.names = chy_arena_zalloc(&arena, (size_t)set->n + 1,
	    sizeof(*row.names));
	row.texts = chy_arena_zalloc(&arena, (size_t)set->n + 1,
	    sizeof(*row.texts));
	if (row.names == NULL || row.texts == NULL)
		st = chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	for (uint32_t i = 0; st == CHY_OK && i < set->n; i++) {
		row.names[i] = set->files[i].name;
		row.texts[i] = set->files[i].text;
	}
	if (st == CHY_OK)
		st = chy_store_begin(reg->store, err);
	if (st == CHY_OK) {
		st = chy_store_put_rules(reg->store, &row, err);
		if (st == CHY_OK)
			st = chy_store_commit(reg->store, err);
		else
			chy_store_abort(reg->store);
	}
	chy_arena_done(&arena);
	return st;
}

chy_status
chy_registry_rules(chy_registry *reg, const chy_reader *reader,
    chy_ruleset **ret, chy_error *err)
{
	struct in_force rules;
	struct asking a;
	chy_status st = chy_asking_begin(&a, reg, reader, err);

	if (st != CHY_OK)
		return st;
	st = chy_in_force_rules(reg->store, &rules, err);
	chy_asking_end(&a);
	if (st == CHY_OK)
		*ret = rules.set;
	return st;
}


/* ---- rows as people see them ---- */

static chy_filed_delivery
as_filed(const chy_delivery_row *row)
{
	return (chy_filed_delivery){
		.number = row->id, .told = row->told,
		.state = row->state >= 0 && row->state <= CHY_STATE_DONE ?
		    (chy_delivery_state)row->state : CHY_STATE_DONE,
		.at = row->at, .due = row->due, .by_hand = row->by_hand,
		.who = row->who, .reason = row->reason, .ended = row->ended,
		.ended_by = row->ended_by, .ended_why = row->ended_why,
		.read_at = row->read_at, .read_by = row->read_by,
	};
}

/* The telegram of an original, and what the reader sees of it. */
static uint32_t
tel_of(const struct asking *a, int64_t original)
{
	if (original <= 0 || (size_t)original >= a->c->cap_tel_of)
		return CHY_NONE;
	return a->c->tel_of[original];
}

static bool
sees_heading(const struct asking *a, uint32_t tel)
{
	return tel != CHY_NONE && (a->view->tel_sees[tel] &
	    CHY_SEES_HEADING) != 0;
}

static int
filed_cmp(const void *a, const void *b)
{
	const chy_filed_delivery *x = a, *y = b;
	bool x_live = x->state == CHY_STATE_LIVE;
	bool y_live = y->state == CHY_STATE_LIVE;

	if (x_live != y_live)
		return x_live ? -1 : 1;
	if (x->told.kind != y->told.kind)
		return x->told.kind < y->told.kind ? -1 : 1;
	return x->number < y->number ? -1 : x->number > y->number;
}

static chy_status
add_original(struct asking *a, uint32_t tel, chy_filed_distribution *d,
    chy_delivery_rows *rows)
{
	chy_distribution_row row;
	bool found;
	chy_status st = chy_store_get_distribution(a->reg->store,
	    a->c->tels[tel].original, &d->arena, &row, &found, a->err);

	if (st != CHY_OK)
		return st;
	/* The newest that was sent says whom it is addressed to. */
	if (found && row.what != CHY_DISTRIBUTED_COPY) {
		d->distributed = true;
		d->rejected = row.what == CHY_DISTRIBUTED_REJECTED;
		d->at = row.at;
		d->addressed = row.addressed;
		d->n_addressed = row.n_addressed;
	}
	return chy_store_deliveries_of(a->reg->store,
	    a->c->tels[tel].original, &d->arena, rows, a->err);
}

static chy_status
distribution_make(struct asking *a, chy_slice address,
    chy_filed_distribution *d)
{
	struct place place;
	chy_delivery_rows rows = { .n = 0 };
	chy_status st = chy_address_find(a, address, &d->arena, &place);
	uint32_t t;

	if (st != CHY_OK)
		return st;
	if (place.group == CHY_NONE || !sees_heading(a,
	    a->view->shown[place.group]))
		return chy_not_found(place.id, a->err);
	for (t = a->c->heads[place.group]; t != CHY_NONE && st == CHY_OK;
	    t = a->c->tels[t].next)
		if (sees_heading(a, t))
			st = add_original(a, t, d, &rows);
	if (st == CHY_OK)
		st = chy_line_make(a, place.group, NULL, &d->arena, &d->line);
	if (st != CHY_OK)
		return st;
	d->label = d->line.label;
	d->at_all = chy_arena_zalloc(&d->arena, (size_t)rows.n + 1,
	    sizeof(*d->at_all));
	if (d->at_all == NULL)
		return chy_fail(a->err, CHY_ERR_NO_MEMORY, "no memory");
	for (uint32_t i = 0; i < rows.n; i++)
		d->at_all[d->n++] = as_filed(&rows.at[i]);
	qsort(d->at_all, d->n, sizeof(*d->at_all), filed_cmp);
	return CHY_OK;
}

chy_status
chy_registry_distribution(chy_registry *reg, const chy_reader *reader,
    chy_slice address, chy_filed_distribution **ret, chy_error *err)
{
	chy_filed_distribution *d = calloc(1, sizeof(*d));
	struct asking a;
	chy_status st;

	if (d == NULL)
		return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	chy_arena_init(&d->arena, 0);
	st = chy_asking_begin(&a, reg, reader, err);
	if (st == CHY_OK) {
		st = distribution_make(&a, address, d);
		chy_asking_end(&a);
	}
	if (st == CHY_OK && chy_arena_failed(&d->arena))
		st = chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	if (st != CHY_OK) {
		chy_filed_distribution_free(d);
		return st;
	}
	*ret = d;
	return CHY_OK;
}

void
chy_filed_distribution_free(chy_filed_distribution *d)
{
	if (d == NULL)
		return;
	chy_arena_done(&d->arena);
	free(d);
}

/* A person's reason, as if it were a rule's. */
static void
add_hand(chy_filed_distribution *d, const chy_filed_delivery *f,
    chy_delivery *told)
{
	chy_because *b = chy_arena_zalloc(&d->arena, 1, sizeof(*b));
	chy_matched *m = chy_arena_zalloc(&d->arena, 1, sizeof(*m));

	if (b == NULL || m == NULL)
		return;
	*m = (chy_matched){ .place = f->who, .words = f->reason };
	*b = (chy_because){ .rule = CHY_SLICE("by hand"), .prose = f->reason,
	    .matched = m, .n_matched = 1 };
	told->because = b;
	told->n_because = 1;
}

chy_distribution
chy_filed_as_told(chy_filed_distribution *d)
{
	chy_distribution told = { .addressed = d->addressed,
	    .n_addressed = d->n_addressed, .rejected = d->rejected };

	told.at = chy_arena_zalloc(&d->arena, (size_t)d->n + 1,
	    sizeof(*told.at));
	for (uint32_t i = 0; i < d->n && told.at != NULL; i++) {
		const chy_filed_delivery *f = &d->at_all[i];

		if (f->state != CHY_STATE_LIVE)
			continue;
		told.at[told.n] = f->told;
		if (f->by_hand)
			add_hand(d, f, &told.at[told.n]);
		told.n++;
	}
	return told;
}


/* ---- trays ---- */

void
chy_tray_free(chy_tray *tray)
{
	if (tray == NULL)
		return;
	chy_arena_done(&tray->arena);
	free(tray);
}

/* A row with what orders it, from the columns: no telegram is read for one
 * that is not listed. */
struct sorting {
	const chy_delivery_row *row;
	uint32_t tel;
	uint32_t precedence;	/* 0 where the reader does not see it */
	int64_t	 dtg;
};

static int
tray_cmp(const void *a, const void *b)
{
	const struct sorting *x = a, *y = b;

	if (x->row->told.kind != y->row->told.kind)
		return x->row->told.kind < y->row->told.kind ? -1 : 1;
	if (x->precedence != y->precedence)
		return x->precedence > y->precedence ? -1 : 1;
	if (x->dtg != y->dtg)
		return x->dtg > y->dtg ? -1 : 1;
	return x->row->id < y->row->id ? -1 : x->row->id > y->row->id;
}

/* What is due first comes first; what has no hurry last. */
static int
desk_cmp(const void *a, const void *b)
{
	const struct sorting *x = a, *y = b;
	int64_t x_due = x->row->due != 0 ? x->row->due : INT64_MAX;
	int64_t y_due = y->row->due != 0 ? y->row->due : INT64_MAX;

	if (x_due != y_due)
		return x_due < y_due ? -1 : 1;
	return tray_cmp(a, b);
}

static chy_status
add_item(struct asking *a, const struct sorting *s, chy_tray *tray)
{
	chy_tray_item *item = &tray->at[tray->n];
	chy_status st = chy_line_make(a, a->c->tels[s->tel].group, NULL,
	    &tray->arena, &item->line);

	chy_arena_reset(&a->reg->scratch);
	if (st != CHY_OK)
		return st;
	item->delivery = as_filed(s->row);
	item->extract = !sees_heading(a, s->tel);
	if (item->extract) {
		item->delivery.told.n_because = 0;
		item->delivery.told.title = item->delivery.told.was =
		    item->delivery.told.stopped_why = CHY_EMPTY;
		item->delivery.reason = CHY_EMPTY;
	}
	tray->label = chy_label_join(&tray->label, &item->line.label);
	tray->n++;
	return CHY_OK;
}

/* The rows that the reader may know of. */
static uint32_t
sort_rows(struct asking *a, const chy_delivery_rows *rows, bool desk,
    chy_tray *tray, struct sorting *sorted)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < rows->n; i++) {
		uint32_t t = tel_of(a, rows->at[i].original);

		if (t == CHY_NONE || (a->view->tel_sees[t] &
		    CHY_SEES_IT) == 0 || !chy_set_has(a->view->visible,
		    a->c->tels[t].group))
			continue;
		sorted[n++] = (struct sorting){ &rows->at[i], t,
		    sees_heading(a, t) ? a->c->tels[t].precedence : 0,
		    a->c->tels[t].dtg };
		tray->n_action += rows->at[i].told.kind == CHY_DELIVERY_ACTION;
		tray->n_unread += rows->at[i].read_at == 0;
	}
	tray->n_all = n;
	qsort(sorted, n, sizeof(*sorted), desk ? desk_cmp : tray_cmp);
	return n;
}

static chy_status
tray_make(struct asking *a, const chy_slice *office, chy_tray *tray)
{
	chy_delivery_rows rows = { .n = 0 };
	struct sorting *sorted;
	uint32_t n;
	chy_status st = office != NULL ? chy_store_deliveries_to(
	    a->reg->store, *office, &tray->arena, &rows, a->err) :
	    chy_store_deliveries_desk(a->reg->store, &tray->arena, &rows,
	    a->err);

	if (st != CHY_OK)
		return st;
	sorted = chy_arena_zalloc(&tray->arena, (size_t)rows.n + 1,
	    sizeof(*sorted));
	tray->at = chy_arena_zalloc(&tray->arena, (size_t)(rows.n <
	    CHY_TRAY_MOST ? rows.n : CHY_TRAY_MOST) + 1, sizeof(*tray->at));
	if (tray->at == NULL || sorted == NULL)
		return chy_fail(a->err, CHY_ERR_NO_MEMORY, "no memory");
	n = sort_rows(a, &rows, office == NULL, tray, sorted);
	for (uint32_t i = 0; i < n && i < CHY_TRAY_MOST && st == CHY_OK; i++)
		st = add_item(a, &sorted[i], tray);
	return st;
}

static chy_status
tray_or_desk(chy_registry *reg, const chy_reader *reader,
    const chy_slice *office, chy_tray **ret, chy_error *err)
{
	chy_tray *tray = calloc(1, sizeof(*tray));
	struct asking a;
	chy_status st;

	if (tray == NULL)
		return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	chy_arena_init(&tray->arena, 0);
	tray->label = chy_label_bottom();
	st = chy_asking_begin(&a, reg, reader, err);
	if (st == CHY_OK) {
		st = tray_make(&a, office, tray);
		chy_asking_end(&a);
	}
	if (st == CHY_OK && chy_arena_failed(&tray->arena))
		st = chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	if (st != CHY_OK) {
		chy_tray_free(tray);
		return st;
	}
	*ret = tray;
	return CHY_OK;
}

chy_status
chy_registry_tray(chy_registry *reg, const chy_reader *reader,
    chy_slice office, chy_tray **ret, chy_error *err)
{
	return tray_or_desk(reg, reader, &office, ret, err);
}

chy_status
chy_registry_desk(chy_registry *reg, const chy_reader *reader,
    chy_tray **ret, chy_error *err)
{
	return tray_or_desk(reg, reader, NULL, ret, err);
}

void
chy_offices_free(chy_offices *offices)
{
	if (offices == NULL)
		return;
	chy_arena_done(&offices->arena);
	free(offices);
}

/* Who may see all need not be asked about each copy. */
static chy_status
offices_of_owner(struct asking *a, chy_offices *o)
{
	chy_office_copies *list;
	uint32_t n;
	chy_status st = chy_store_count_copies(a->reg->store, &o->arena, &list,
	    &n, a->err);

	if (st != CHY_OK)
		return st;
	o->at = chy_arena_zalloc(&o->arena, (size_t)n + 1, sizeof(*o->at));
	if (o->at == NULL)
		return chy_fail(a->err, CHY_ERR_NO_MEMORY, "no memory");
	for (uint32_t i = 0; i < n; i++)
		o->at[o->n++] = (chy_office_count){ list[i].office, list[i].n,
		    list[i].n_action };
	return CHY_OK;
}

static chy_status
offices_make(struct asking *a, chy_offices *o)
{
	chy_delivery_rows rows = { .n = 0 };
	chy_status st;

	if (a->reader->owner)
		return offices_of_owner(a, o);
	st = chy_store_copies(a->reg->store, &o->arena, &rows, a->err);
	if (st != CHY_OK)
		return st;
	o->at = chy_arena_zalloc(&o->arena, (size_t)rows.n + 1,
	    sizeof(*o->at));
	if (o->at == NULL)
		return chy_fail(a->err, CHY_ERR_NO_MEMORY, "no memory");
	/* They come in the order of their offices. */
	for (uint32_t i = 0; i < rows.n; i++) {
		const chy_delivery_row *row = &rows.at[i];
		uint32_t t = tel_of(a, row->original);

		if (t == CHY_NONE ||
		    (a->view->tel_sees[t] & CHY_SEES_IT) == 0)
			continue;
		if (o->n == 0 || !chy_slice_eq(o->at[o->n - 1].office,
		    row->told.office))
			o->at[o->n++].office = row->told.office;
		o->at[o->n - 1].n++;
		o->at[o->n - 1].n_action +=
		    row->told.kind == CHY_DELIVERY_ACTION;
	}
	return CHY_OK;
}

chy_status
chy_registry_offices(chy_registry *reg, const chy_reader *reader,
    chy_offices **ret, chy_error *err)
{
	chy_offices *o = calloc(1, sizeof(*o));
	struct asking a;
	chy_status st;

	if (o == NULL)
		return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	chy_arena_init(&o->arena, 0);
	st = chy_asking_begin(&a, reg, reader, err);
	if (st == CHY_OK) {
		st = offices_make(&a, o);
		chy_asking_end(&a);
	}
	if (st != CHY_OK) {
		chy_offices_free(o);
		return st;
	}
	*ret = o;
	return CHY_OK;
}


/* ---- over many ---- */

struct replaying {
	chy_registry	*reg;
	const chy_rules *before, *after;
	chy_open_cases	*cases;
	chy_arena	 arena, scratch;
	chy_compare_fn	 each;
	void		*arg;
	chy_error	*err;
};

static chy_status
replay(void *arg, const chy_shown *shown)
{
	struct replaying *r = arg;
	const chy_part *part = &shown->parts[0];
	chy_distribute_options opts = { .us = CHY_EMPTY,
	    .scratch = &r->scratch };
	chy_distribution before = { 0 }, after = { 0 };
	chy_status st = CHY_OK;

	if (!part->whole || !part->heading_visible)
		return CHY_OK;
	st = chy_open_cases_for(r->cases, part->telegram, &r->arena, &opts,
	    r->err);
	if (st == CHY_OK && r->before != NULL)
		st = chy_distribute(r->before, part->telegram, &opts,
		    &r->arena, &before, r->err);
	if (st == CHY_OK)
		st = chy_distribute(r->after, part->telegram, &opts,
		    &r->arena, &after, r->err);
	if (st == CHY_OK)
		st = r->each(r->arg, shown->line.id, &before, &after);
	chy_arena_reset(&r->arena);
	return st;
}

chy_status
chy_registry_compare(chy_registry *reg, const chy_reader *reader,
    chy_slice query, const chy_rules *rules, chy_compare_fn each, void *arg,
    chy_error *err)
{
	struct replaying r = { .reg = reg, .after = rules, .each = each,
	    .arg = arg, .err = err };
	chy_ruleset *kept = NULL;
	chy_status st = chy_registry_rules(reg, reader, &kept, err);

	if (st != CHY_OK)
		return st;
	r.before = kept != NULL ? kept->rules : NULL;
	chy_arena_init(&r.arena, 0);
	chy_arena_init(&r.scratch, 0);
	st = chy_registry_open_cases(reg, reader, &r.cases, err);
	if (st == CHY_OK)
		st = chy_registry_export(reg, reader, query, NULL, replay, &r, err);
	chy_open_cases_free(r.cases);
	chy_arena_done(&r.arena);
	chy_arena_done(&r.scratch);
	chy_ruleset_free(kept);
	return st;
}

struct listing {
	chy_arena  arena;
	int64_t   *originals;
	uint32_t   n, cap;
};

/* The originals of what the query finds, oldest first. */
static chy_status
list_found(struct asking *a, const chy_query *query, struct listing *l)
{
	uint64_t *set = NULL;
	chy_status st = chy_store_eval(a->reg->store, a->view, query->root,
	    &set, a->err);

	l->originals = chy_arena_zalloc(&l->arena, (size_t)a->c->n_tels + 1,
	    sizeof(*l->originals));
	if (st == CHY_OK && l->originals == NULL)
		st = chy_fail(a->err, CHY_ERR_NO_MEMORY, "no memory");
	for (uint32_t t = 0; st == CHY_OK && t < a->c->n_tels; t++)
		if (chy_set_has(set, a->c->tels[t].group))
			l->originals[l->n++] = a->c->tels[t].original;
	free(set);
	return st;
}

struct distributing {
	chy_registry	*reg;
	struct in_force	 rules;
	chy_arena	 arena, scratch;
	chy_telegram	*tel;
	int64_t		 now;
	uint64_t	 done;
	chy_error	*err;
};

static chy_status
distribute_one(struct distributing *g, int64_t original)
{
	chy_store *store = g->reg->store;
	struct filing_of f = { .original = original, .now = g->now };
	chy_delivery_rows before = { .n = 0 };
	chy_distribution_row row;
	chy_original bytes;
	chy_distribution d;
	bool found;
	chy_status st = chy_store_get_distribution(store, original, &g->arena,
	    &row, &found, g->err);

	if (st != CHY_OK || found)
		return st;
	st = chy_store_original(store, original, &g->arena, &bytes, g->err);
	if (st == CHY_OK)
		st = chy_original_reread(&bytes, g->tel, g->err);
	if (st == CHY_OK)
		st = chy_in_force_distribute(&g->rules, g->tel, &g->scratch,
		    &g->arena, &d, g->err);
	if (st == CHY_OK && g->tel->canonical_id.len > 0)
		st = chy_store_deliveries_of_id(store, g->tel->canonical_id,
		    &g->arena, &before, g->err);
	if (st != CHY_OK)
		return st;
	f.canonical_id = g->tel->canonical_id;
	f.corrected = g->tel->corrected;
	f.copy = before.n > 0 && g->tel->sections <= 1;
	f.d = &d;
	st = chy_distribution_file(store, &g->rules, &f, g->err);
	g->done += st == CHY_OK;
	return st;
}

static chy_status
distribute_listed(struct distributing *g, const struct listing *l)
{
	chy_status st = chy_store_begin(g->reg->store, g->err);

	if (st != CHY_OK)
		return st;
	st = chy_in_force_load(g->reg->store, &g->rules, g->err);
	if (st == CHY_OK && g->rules.set == NULL)
		st = chy_fail(g->err, CHY_ERR_NOT_FOUND, "no rules are kept in "
		    "this archive; save some: chancery distribute --rules "
		    "FILE --save");
	for (uint32_t i = 0; i < l->n && st == CHY_OK; i++) {
		st = distribute_one(g, l->originals[i]);
		chy_arena_reset(&g->arena);
	}
	if (st == CHY_OK)
		st = chy_store_commit(g->reg->store, g->err);
	else
		chy_store_abort(g->reg->store);
	return st;
}

chy_status
chy_registry_distribute(chy_registry *reg, const chy_reader *reader,
    chy_slice text, int64_t now, uint64_t *ret_done, chy_error *err)
{
	struct distributing g = { .reg = reg, .now = now, .err = err,
	    .tel = reg->tel };
	struct listing l = { .n = 0 };
	chy_query *query;
	struct asking a;
	chy_status st = chy_owner_only(reader, "distributing", err);

	if (st == CHY_OK)
		st = chy_query_parse(text, now, &query, err);
	if (st != CHY_OK)
		return st;
	chy_arena_init(&l.arena, 0);
	chy_arena_init(&g.arena, 0);
	chy_arena_init(&g.scratch, 0);
	st = chy_asking_begin(&a, reg, reader, err);
	if (st == CHY_OK) {
		st = list_found(&a, query, &l);
		chy_asking_end(&a);
	}
	if (st == CHY_OK)
		st = distribute_listed(&g, &l);
	chy_query_free(query);
	chy_in_force_done(&g.rules);
	chy_arena_done(&l.arena);
	chy_arena_done(&g.arena);
	chy_arena_done(&g.scratch);
	if (st == CHY_OK && ret_done != NULL)
		*ret_done = g.done;
	return st;
}
