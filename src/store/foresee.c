/*
 * What filing asks the database, asked beforehand for many telegrams at once.
 *
 * Only "there is none" is kept: it is nearly always the answer, and under the
 * writers' lock it stays true until this transaction itself puts one there.
 * What is not known to be absent is asked for when its turn comes.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "store/store_int.h"
#include "vocab/vocab.h"

static size_t
slot_of(const struct absent *a, chy_slice key)
{
	size_t at = chy_slice_hash(key) & (a->n_slots - 1);

	while (a->slots[at].ptr != NULL &&
	    !chy_slice_eq(a->slots[at], key))
		at = (at + 1) & (a->n_slots - 1);
	return at;
}

static bool
absent_grow(struct absent *a)
{
	struct absent more = { .n_slots = a->n_slots == 0 ? 1024 :
	    a->n_slots * 2 };

	more.slots = calloc(more.n_slots, sizeof(*more.slots));
	if (more.slots == NULL)
		return false;
	for (size_t i = 0; i < a->n_slots; i++)
		if (a->slots[i].len > 0) {
			more.slots[slot_of(&more, a->slots[i])] = a->slots[i];
			more.n++;
		}
	if (a->n_slots == 0)
		chy_arena_init(&a->arena, 0);
	free(a->slots);
	a->slots = more.slots;
	a->n_slots = more.n_slots;
	a->n = more.n;
	return true;
}

static chy_status
absent_put(struct absent *a, chy_slice key, chy_error *err)
{
	size_t at;

	if (a->n * 2 >= a->n_slots && !absent_grow(a))
		return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	at = slot_of(a, key);
	if (a->slots[at].ptr != NULL)
		return CHY_OK;
	key = chy_arena_copy(&a->arena, key);
	if (chy_arena_failed(&a->arena))
		return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	a->slots[at] = key;
	a->n++;
	return CHY_OK;
}

bool
chy_store_is_absent(const chy_store *store, enum foreseen what, chy_slice key)
{
	const struct absent *a = &store->absent[what];

	return a->n > 0 && key.len > 0 && a->slots[slot_of(a, key)].len > 0;
}

void
chy_store_appeared(chy_store *store, enum foreseen what, chy_slice key)
{
	struct absent *a = &store->absent[what];
	size_t at;

	if (a->n == 0 || key.len == 0)
		return;
	at = slot_of(a, key);
	/* The place stays taken, so that what lies behind it is found; nothing
	 * equals an empty key. */
	if (a->slots[at].ptr != NULL)
		a->slots[at].len = 0;
}

void
chy_store_foresee_clear(chy_store *store)
{
	for (size_t i = 0; i < ARRAY_LEN(store->absent); i++) {
		struct absent *a = &store->absent[i];

		if (a->n_slots > 0)
			chy_arena_done(&a->arena);
		free(a->slots);
		*a = (struct absent){ .n = 0 };
	}
}

/* Ask about keys[0] to keys[n - 1]; the last stands for those that are too
 * few. */
static chy_status
ask(chy_store *store, enum foreseen what, const chy_slice *keys, size_t n,
    chy_error *err)
{
	static const enum store_statement statements[] = {
		[FORESEEN_HASH] = ST_ARE_KNOWN,
		[FORESEEN_TELEGRAM] = ST_ARE_TELEGRAMS,
		[FORESEEN_CITED] = ST_ARE_CITED,
		[FORESEEN_TASKS] = ST_HAVE_TASKS,
		[FORESEEN_DOCKETS] = ST_HAVE_DOCKETS,
	};
	bool there[MANY_AT_ONCE] = { false };
	chy_stmt *s;
	bool row;
	chy_status st = CHY_OK;

	if (n == 0)
		return CHY_OK;
	s = chy_store_stmt(store, statements[what], err);
	if (s == NULL)
		return CHY_ERR_STORE;
	for (size_t i = 0; i < MANY_AT_ONCE; i++) {
		chy_slice key = keys[i < n ? i : n - 1];

		if (what == FORESEEN_HASH)
			chy_stmt_blob(s, (int)i + 1, key);
		else
			chy_stmt_text(s, (int)i + 1, key);
	}
	while ((st = chy_stmt_step(s, &row, err)) == CHY_OK && row) {
		chy_slice found = what == FORESEEN_HASH ?
		    chy_column_blob(s, 0) : chy_column_text(s, 0);

		for (size_t i = 0; i < n; i++)
			there[i] |= chy_slice_eq(keys[i], found);
	}
	chy_stmt_reset(s);
	for (size_t i = 0; i < n && st == CHY_OK; i++)
		if (!there[i])
			st = absent_put(&store->absent[what], keys[i], err);
	return st;
}

struct asking_for {
	chy_store *store;
	enum foreseen what;
	chy_slice keys[MANY_AT_ONCE];
	size_t	  n;
	chy_error *err;
};

static chy_status
add(struct asking_for *a, chy_slice key)
{
	chy_status st = CHY_OK;

	if (key.len == 0 || chy_store_is_absent(a->store, a->what, key))
		return CHY_OK;
	a->keys[a->n++] = key;
	if (a->n == MANY_AT_ONCE) {
		st = ask(a->store, a->what, a->keys, a->n, a->err);
		a->n = 0;
	}
	return st;
}

static chy_status
add_filing(struct asking_for *a, const chy_filing *f)
{
	chy_status st = CHY_OK;

	switch (a->what) {
	case FORESEEN_HASH:
		return add(a, (chy_slice){ (const char *)f->sha256,
		    CHY_SHA256 });
	case FORESEEN_TELEGRAM:
		return add(a, f->canonical_id);
	case FORESEEN_CITED:
		return f->n_asks > 0 ? add(a, f->canonical_id) : CHY_OK;
	case FORESEEN_TASKS:
		if (f->n_asks > 0)
			st = add(a, f->canonical_id);
		break;
	case FORESEEN_DOCKETS:
	case FORESEEN_KINDS:
		break;
	}
	for (uint32_t i = 0; i < f->n_citations && st == CHY_OK; i++)
		st = add(a, f->citations[i].value);
	return st;
}

chy_status
chy_store_foresee(chy_store *store, const chy_filing *const *filings,
    size_t n, chy_error *err)
{
	chy_status st = CHY_OK;

	for (int what = 0; what < FORESEEN_KINDS && st == CHY_OK; what++) {
		struct asking_for a = { .store = store,
		    .what = (enum foreseen)what, .err = err };

		/* Its memory grows with the transaction. */
		if (store->absent[what].n > 200000)
			chy_store_foresee_clear(store);
		for (size_t i = 0; i < n && st == CHY_OK; i++)
			st = add_filing(&a, filings[i]);
		if (st == CHY_OK)
			st = ask(store, a.what, a.keys, a.n, err);
	}
	return st;
}
