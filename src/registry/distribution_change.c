/*
 * Distribution changed by hand: who did it and why is kept with the copy.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>
#include <stdlib.h>

#include "registry/distribution_int.h"

struct changing {
	chy_registry	   *reg;
	const chy_desk_change   *change;
	chy_filed_distribution *d;
	const chy_filed_delivery *of;	/* NULL: a new one */
	int64_t		    original;
	chy_error	   *err;
};

static chy_status
check_words(const chy_desk_change *c, chy_error *err)
{
	bool adds = c->kind == CHY_CHANGE_ADD ||
	    c->kind == CHY_CHANGE_ADD_ACTION || c->kind == CHY_CHANGE_MOVE;

	if (chy_slice_trim(c->who).len == 0)
		return chy_fail(err, CHY_ERR_INVALID, "say who does it");
	if (c->kind != CHY_CHANGE_READ && chy_slice_trim(c->reason).len == 0)
		return chy_fail(err, CHY_ERR_INVALID, "say why; the reason is "
		    "kept with the copy");
	if (adds && chy_slice_trim(c->office).len == 0)
		return chy_fail(err, CHY_ERR_INVALID, "say which office");
	if (c->office.len > 200 || c->who.len > 200 || c->reason.len > 2000)
		return chy_fail(err, CHY_ERR_INVALID, "too many words; at most "
		    "200 for a name and 2,000 for a reason");
	return CHY_OK;
}

static const chy_filed_delivery *
find_live(const chy_filed_distribution *d, int64_t number)
{
	for (uint32_t i = 0; i < d->n; i++)
		if (d->at_all[i].number == number &&
		    d->at_all[i].state == CHY_STATE_LIVE)
			return &d->at_all[i];
	return NULL;
}

static const chy_filed_delivery *
find_copy(const chy_filed_distribution *d, chy_slice office)
{
	for (uint32_t i = 0; i < d->n; i++)
		if (d->at_all[i].state == CHY_STATE_LIVE &&
		    d->at_all[i].told.kind <= CHY_DELIVERY_INFO &&
		    chy_slice_ieq(d->at_all[i].told.office, office))
			return &d->at_all[i];
	return NULL;
}

/* The addressee that new copies are at: that of the copies there are, else
 * the first that the rules know. */
static chy_slice
addressee_for(const struct changing *c)
{
	if (c->of != NULL && c->of->told.addressee.len > 0)
		return c->of->told.addressee;
	for (uint32_t i = 0; i < c->d->n; i++)
		if (c->d->at_all[i].told.kind == CHY_DELIVERY_ACTION)
			return c->d->at_all[i].told.addressee;
	for (uint32_t i = 0; i < c->d->n_addressed; i++)
		if (c->d->addressed[i].known)
			return c->d->addressed[i].name;
	return CHY_EMPTY;
}

static chy_status
add(struct changing *c, chy_delivery_kind kind, chy_slice office)
{
	const chy_desk_change *h = c->change;
	chy_delivery_row row = {
		.original = c->original, .at = h->now, .by_hand = true,
		.who = chy_slice_trim(h->who),
		.reason = chy_slice_trim(h->reason),
		.told = { .kind = kind, .addressee = addressee_for(c),
		    .office = chy_slice_trim(office), .title = CHY_EMPTY,
		    .was = CHY_EMPTY, .stopped_by = CHY_EMPTY,
		    .stopped_why = CHY_EMPTY },
	};

	if (c->of != NULL && kind == c->of->told.kind)
		row.told.person = c->of->told.person;
	return chy_store_put_delivery(c->reg->store, &row, c->err);
}

static chy_status
end(struct changing *c, int64_t number, chy_delivery_state state)
{
	bool done = false;
	chy_status st = chy_store_end_delivery(c->reg->store, number,
	    (int)state, c->change->now, chy_slice_trim(c->change->who),
	    chy_slice_trim(c->change->reason), &done, c->err);

	if (st == CHY_OK && !done)
		return chy_fail(c->err, CHY_ERR_NOT_FOUND, "somebody was "
		    "there first: the copy is not live any more");
	return st;
}

/* Who had action has it for information from now on. */
static chy_status
take_action(struct changing *c)
{
	chy_slice at = addressee_for(c);
	chy_status st = CHY_OK;

	for (uint32_t i = 0; i < c->d->n && st == CHY_OK; i++) {
		const chy_filed_delivery *f = &c->d->at_all[i];

		if (f->state == CHY_STATE_LIVE && f != c->of &&
		    f->told.kind == CHY_DELIVERY_ACTION &&
		    chy_slice_eq(f->told.addressee, at))
			st = chy_store_turn_delivery(c->reg->store, f->number,
			    CHY_DELIVERY_INFO, c->err);
		/* And the desk need not look for one. */
		if (f->state == CHY_STATE_LIVE && st == CHY_OK &&
		    f->told.kind == CHY_DELIVERY_DESK &&
		    chy_slice_eq(f->told.office, CHY_SLICE("no action office")))
			st = end(c, f->number, CHY_STATE_DONE);
	}
	return st;
}

static chy_status
add_copy(struct changing *c, bool action)
{
	const chy_filed_delivery *has = find_copy(c->d,
	    chy_slice_trim(c->change->office));
	chy_status st = CHY_OK;

	if (has != NULL && (!action ||
	    has->told.kind == CHY_DELIVERY_ACTION))
		return chy_fail(c->err, CHY_ERR_EXISTS, "%.*s has it already",
		    CHY_ARG(chy_slice_sub(has->told.office, 0, 100)));
	if (action)
		st = take_action(c);
	if (st == CHY_OK && has != NULL)
		st = end(c, has->number, CHY_STATE_MOVED);
	if (st == CHY_OK)
		st = add(c, action ? CHY_DELIVERY_ACTION : CHY_DELIVERY_INFO,
		    c->change->office);
	return st;
}

static chy_status
move(struct changing *c)
{
	const chy_filed_delivery *has = find_copy(c->d,
	    chy_slice_trim(c->change->office));
	bool action = c->of->told.kind == CHY_DELIVERY_ACTION;
	chy_status st;

	if (c->of->told.kind > CHY_DELIVERY_INFO)
		return chy_fail(c->err, CHY_ERR_INVALID, "only copies for "
		    "action or information can be moved");
	if (has != NULL && (has == c->of || !action))
		return chy_fail(c->err, CHY_ERR_EXISTS, "%.*s has it already",
		    CHY_ARG(chy_slice_sub(has->told.office, 0, 100)));
	st = end(c, c->of->number, CHY_STATE_MOVED);
	if (st == CHY_OK && has != NULL)
		st = end(c, has->number, CHY_STATE_MOVED);
	if (st == CHY_OK)
		st = add(c, c->of->told.kind, c->change->office);
	return st;
}

static chy_status
send_suggested(struct changing *c)
{
	chy_status st;

	if (c->of->told.kind != CHY_DELIVERY_SUGGESTED)
		return chy_fail(c->err, CHY_ERR_INVALID, "only what is "
		    "suggested can be sent so; add a copy instead");
	st = end(c, c->of->number, CHY_STATE_DONE);
	if (st == CHY_OK && find_copy(c->d, c->of->told.office) == NULL)
		st = add(c, CHY_DELIVERY_INFO, c->of->told.office);
	return st;
}

static chy_status
apply(struct changing *c)
{
	switch (c->change->kind) {
	case CHY_CHANGE_ADD:
		return add_copy(c, false);
	case CHY_CHANGE_ADD_ACTION:
		return add_copy(c, true);
	case CHY_CHANGE_MOVE:
		return move(c);
	case CHY_CHANGE_RECALL:
		if (c->of->told.kind > CHY_DELIVERY_POSTED)
			return chy_fail(c->err, CHY_ERR_INVALID, "only what "
			    "was sent can be recalled");
		return end(c, c->of->number, CHY_STATE_RECALLED);
	case CHY_CHANGE_SEND:
		return send_suggested(c);
	case CHY_CHANGE_DONE:
		return end(c, c->of->number, CHY_STATE_DONE);
	case CHY_CHANGE_READ:
		return chy_store_read_delivery(c->reg->store, c->of->number,
		    chy_slice_trim(c->change->who), c->change->now, c->err);
	}
	return CHY_OK;
}

/* The original that new rows belong to: the one that is shown. */
static chy_status
find_original(struct changing *c, const chy_reader *reader)
{
	chy_arena arena;
	struct place place;
	struct asking a;
	chy_status st = chy_asking_begin(&a, c->reg, reader, c->err);

	if (st != CHY_OK)
		return st;
	chy_arena_init(&arena, 0);
	st = chy_address_find(&a, c->change->address, &arena, &place);
	if (st == CHY_OK && place.group == CHY_NONE)
		st = chy_not_found(c->change->address, c->err);
	if (st == CHY_OK)
		c->original = a.c->tels[a.view->shown[place.group]].original;
	chy_arena_done(&arena);
	chy_asking_end(&a);
	return st;
}

chy_status
chy_registry_change(chy_registry *reg, const chy_reader *reader,
    const chy_desk_change *change, chy_error *err)
{
	struct changing c = { .reg = reg, .change = change, .err = err };
	bool adds = change->kind == CHY_CHANGE_ADD ||
	    change->kind == CHY_CHANGE_ADD_ACTION;
	chy_status st = chy_owner_only(reader, "changing a distribution", err);

	if (st == CHY_OK)
		st = check_words(change, err);
	if (st == CHY_OK)
		st = chy_registry_distribution(reg, reader, change->address,
		    &c.d, err);
	if (st != CHY_OK)
		return st;
	c.of = adds ? NULL : find_live(c.d, change->delivery);
	if (!adds && c.of == NULL)
		st = chy_fail(err, CHY_ERR_NOT_FOUND, "there is no such live "
		    "copy of this telegram");
	if (st == CHY_OK)
		st = find_original(&c, reader);
	if (st == CHY_OK)
		st = chy_store_begin(reg->store, err);
	if (st == CHY_OK) {
		st = apply(&c);
		if (st == CHY_OK)
			st = chy_store_commit(reg->store, err);
		else
			chy_store_abort(reg->store);
	}
	chy_filed_distribution_free(c.d);
	return st;
}
