/*
 * Distribution in the transaction that files.
 *
 * The same bytes again are no new telegram; other bytes under the same number
 * are a further copy and are not sent again, unless they say that they are a
 * corrected copy: that is distributed anew, and what it does not send any
 * more is recalled. A further section sends what the others have not.
 *
 * Source: workflow A.5, A.6.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>
#include <stdlib.h>

#include "registry/distribution_int.h"

chy_status
chy_in_force_rules(chy_store *store, struct in_force *ret, chy_error *err)
{
	chy_arena arena;
	chy_rules_row row;
	chy_rule_file *files;
	chy_rules_error bad;
	chy_status st;

	*ret = (struct in_force){ .set = NULL };
	chy_arena_init(&arena, 0);
	st = chy_store_get_rules(store, &arena, &row, err);
	files = chy_arena_zalloc(&arena, (size_t)(st == CHY_OK ? row.n : 0) +
	    1, sizeof(*files));
	if (st == CHY_OK && files == NULL)
		st = chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	for (uint32_t i = 0; st == CHY_OK && i < row.n; i++)
		files[i] = (chy_rule_file){ row.names[i], row.texts[i] };
	if (st == CHY_OK && row.n > 0) {
		st = chy_ruleset_make(files, row.n, &ret->set, &bad);
		/* They were read when they were saved. */
		if (st != CHY_OK)
			st = chy_fail(err, st == CHY_ERR_NO_MEMORY ? st :
			    CHY_ERR_STORE, "the rules in the archive cannot be "
			    "read: %s:%u: %.120s; save them again", bad.file,
			    bad.line, bad.text);
		ret->id = row.id;
		ret->since = row.since;
	}
	chy_arena_done(&arena);
	return st;
}

chy_status
chy_in_force_load(chy_store *store, struct in_force *ret, chy_error *err)
{
	chy_status st = chy_in_force_rules(store, ret, err);

	if (st == CHY_OK && ret->set != NULL)
		st = chy_open_cases_load(store, NULL, &ret->cases, err);
	return st;
}

void
chy_in_force_done(struct in_force *rules)
{
	chy_ruleset_free(rules->set);
	chy_open_cases_free(rules->cases);
	*rules = (struct in_force){ .set = NULL };
}

chy_status
chy_in_force_distribute(const struct in_force *rules, const chy_telegram *tel,
    chy_arena *scratch, chy_arena *arena, chy_distribution *ret,
    chy_error *err)
{
	chy_distribute_options opts = { .us = CHY_EMPTY, .scratch = scratch };
	chy_status st = chy_open_cases_for(rules->cases, tel, arena, &opts,
	    err);

	return st != CHY_OK ? st : chy_distribute(rules->set->rules, tel,
	    &opts, arena, ret, err);
}


/* ---- rows ---- */

static bool
is_copy(chy_delivery_kind kind)
{
	return kind == CHY_DELIVERY_ACTION || kind == CHY_DELIVERY_INFO;
}

static bool
is_sent(chy_delivery_kind kind)
{
	return is_copy(kind) || kind == CHY_DELIVERY_POSTED;
}

static bool
is_same(const chy_delivery *a, const chy_delivery *b)
{
	return (a->kind == b->kind || (is_copy(a->kind) && is_copy(b->kind))) &&
	    chy_slice_eq(a->office, b->office) &&
	    chy_slice_eq(a->addressee, b->addressee);
}

struct putting {
	chy_store	       *store;
	const struct filing_of *f;
	chy_delivery_rows	before;
	chy_error	       *err;
};

static chy_status
put(struct putting *p, const chy_delivery *told)
{
	chy_delivery_row row = {
		.original = p->f->original, .told = *told, .at = p->f->now,
		.who = CHY_EMPTY, .reason = CHY_EMPTY,
	};

	if (told->minutes > 0)
		row.due = p->f->now + (int64_t)told->minutes * 60;
	return chy_store_put_delivery(p->store, &row, p->err);
}

static chy_status
end(struct putting *p, const chy_delivery_row *row, int state,
    const char *why)
{
	bool done;

	return chy_store_end_delivery(p->store, row->id, state, p->f->now,
	    CHY_EMPTY, chy_slice_of(why), &done, p->err);
}

static const chy_delivery *
find_same(const chy_distribution *d, const chy_delivery *of)
{
	for (uint32_t i = 0; i < d->n; i++)
		if (is_same(&d->at[i], of))
			return &d->at[i];
	return NULL;
}

/* A copy that a person sent stays; but after a correction that restricts,
 * a person is asked whether it should. */
static chy_status
ask_about(struct putting *p, const chy_delivery_row *row)
{
	char words[300];
	chy_delivery desk = {
		.kind = CHY_DELIVERY_DESK, .addressee = row->told.addressee,
		.office = row->told.office, .title = row->told.title,
		.was = CHY_EMPTY, .stopped_by = CHY_EMPTY,
	};

	(void)snprintf(words, sizeof(words), "%.*s has a copy that %.*s sent "
	    "by hand; the corrected copy would not go there",
	    CHY_ARG(chy_slice_sub(row->told.office, 0, 80)),
	    CHY_ARG(chy_slice_sub(row->who, 0, 80)));
	desk.stopped_why = chy_slice_of(words);
	return put(p, &desk);
}

static chy_status
recall(struct putting *p, const chy_delivery_row *row)
{
	const chy_distribution *d = p->f->d;
	const chy_delivery *no = chy_distribution_find(d,
	    CHY_DELIVERY_WITHHELD, row->told.office);
	char why[300];

	if (d->rejected && no == NULL)
		(void)snprintf(why, sizeof(why), "corrected copy: it is "
		    "rejected");
	else if (no != NULL && no->stopped_by.len > 0)
		(void)snprintf(why, sizeof(why), "corrected copy: %.*s: %.*s",
		    CHY_ARG(chy_slice_sub(no->stopped_by, 0, 60)),
		    CHY_ARG(chy_slice_sub(no->stopped_why, 0, 200)));
	else
		(void)snprintf(why, sizeof(why), "corrected copy: no rule "
		    "sends it there any more");
	return end(p, row, CHY_STATE_RECALLED, why);
}

/* Before the corrected copy is sent: what of the earlier ends. */
static chy_status
recall_all(struct putting *p)
{
	chy_status st = CHY_OK;

	for (uint32_t i = 0; i < p->before.n && st == CHY_OK; i++) {
		const chy_delivery_row *row = &p->before.at[i];

		/* Items outlive the numbers of their paragraphs. */
		if (row->state != CHY_STATE_LIVE ||
		    row->told.kind == CHY_DELIVERY_ITEM ||
		    find_same(p->f->d, &row->told) != NULL)
			continue;
		if (row->by_hand)
			st = ask_about(p, row);
		else if (is_sent(row->told.kind))
			st = recall(p, row);
		else
			st = end(p, row, CHY_STATE_DONE, "corrected copy");
	}
	return st;
}

/* Whether the row says already what would be sent; a role that changed turns
 * it. */
static chy_status
meet(struct putting *p, const chy_delivery *d, bool *ret_met)
{
	chy_status st = CHY_OK;

	*ret_met = false;
	for (uint32_t i = 0; i < p->before.n && st == CHY_OK; i++) {
		const chy_delivery_row *row = &p->before.at[i];

		if (!is_same(&row->told, d))
			continue;
		/* What a person took back stays back, and a corrected copy
		 * may send again what another one recalled. */
		if (row->state == CHY_STATE_LIVE || row->ended_by.len > 0)
			*ret_met = true;
		if (row->state == CHY_STATE_LIVE && row->told.kind != d->kind &&
		    !row->by_hand)
			st = chy_store_turn_delivery(p->store, row->id,
			    d->kind, p->err);
	}
	return st;
}

/* Is there a live copy for action at the addressee, sent by hand? */
static bool
has_action_by_hand(const struct putting *p, chy_slice addressee)
{
	for (uint32_t i = 0; i < p->before.n; i++)
		if (p->before.at[i].state == CHY_STATE_LIVE &&
		    p->before.at[i].by_hand &&
		    p->before.at[i].told.kind == CHY_DELIVERY_ACTION &&
		    chy_slice_eq(p->before.at[i].told.addressee, addressee))
			return true;
	return false;
}

static bool
is_unrouted(const chy_delivery *d)
{
	return d->kind == CHY_DELIVERY_DESK &&
	    chy_slice_eq(d->office, CHY_SLICE("no action office"));
}

/* Sections without a passing line and TAGS name nobody, and need not where
 * another section does: the desk looks for no office that is there. */
static chy_status
settle_unrouted(struct putting *p, bool *ret_routed)
{
	bool routed = false;
	chy_status st = CHY_OK;

	for (uint32_t i = 0; i < p->before.n; i++)
		routed |= p->before.at[i].state == CHY_STATE_LIVE &&
		    p->before.at[i].told.kind == CHY_DELIVERY_ACTION;
	*ret_routed = routed;
	for (uint32_t i = 0; i < p->f->d->n; i++)
		routed |= p->f->d->at[i].kind == CHY_DELIVERY_ACTION;
	for (uint32_t i = 0; i < p->before.n && routed && st == CHY_OK; i++)
		if (p->before.at[i].state == CHY_STATE_LIVE &&
		    is_unrouted(&p->before.at[i].told))
			st = end(p, &p->before.at[i], CHY_STATE_DONE,
			    "another section has an action office");
	return st;
}

static chy_status
send_new(struct putting *p)
{
	bool routed;
	chy_status st = settle_unrouted(p, &routed);

	for (uint32_t i = 0; i < p->f->d->n && st == CHY_OK; i++) {
		chy_delivery told = p->f->d->at[i];
		bool met;

		if (routed && is_unrouted(&told))
			continue;

		if (told.kind == CHY_DELIVERY_ACTION &&
		    has_action_by_hand(p, told.addressee))
			told.kind = CHY_DELIVERY_INFO;
		st = meet(p, &told, &met);
		if (st == CHY_OK && !met)
			st = put(p, &told);
	}
	return st;
}

chy_status
chy_distribution_file(chy_store *store, const struct in_force *rules,
    const struct filing_of *f, chy_error *err)
{
	struct putting p = { .store = store, .f = f, .err = err };
	chy_distribution_row row = {
		.original = f->original, .rules = rules->id, .at = f->now,
		.addressed = f->d->addressed, .n_addressed = f->d->n_addressed,
	};
	chy_arena arena;
	chy_status st = CHY_OK;

	row.what = f->copy && !f->corrected ? CHY_DISTRIBUTED_COPY :
	    f->d->rejected ? CHY_DISTRIBUTED_REJECTED :
	    f->corrected ? CHY_DISTRIBUTED_CORRECTION : CHY_DISTRIBUTED_SENT;
	st = chy_store_put_distribution(store, &row, err);
	if (st != CHY_OK || row.what == CHY_DISTRIBUTED_COPY)
		return st;
	chy_arena_init(&arena, 0);
	if (f->canonical_id.len > 0)
		st = chy_store_deliveries_of_id(store, f->canonical_id, &arena,
		    &p.before, err);
	if (st == CHY_OK && f->corrected)
		st = recall_all(&p);
	if (st == CHY_OK)
		st = send_new(&p);
	chy_arena_done(&arena);
	return st;
}
