/*
 * Answers that are kept: which telegrams one reader finds by one word or
 * field, as a set of groups, and how much each has of a word.
 *
 * An answer belongs to a view and goes with it. What comes is put into it
 * when it is asked for again (search.c), so a filing costs the next question
 * little. The answers of all views share KEPT_BYTES; what was not asked for
 * longest gives way.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "store/search_int.h"
#include "vocab/vocab.h"

static size_t
bytes_of(const struct chy_kept *k)
{
	return k->key.len + k->words * sizeof(*k->set) +
	    k->n_weights * sizeof(*k->weights);
}

static void
drop(chy_store *store, struct chy_kept *k)
{
	if (k->set == NULL)
		return;
	store->kept_bytes -= bytes_of(k);
	free((void *)(uintptr_t)k->key.ptr);
	free(k->set);
	free(k->weights);
	*k = (struct chy_kept){ .key = CHY_EMPTY };
}

void
chy_kept_drop(chy_store *store, uint64_t view)
{
	for (size_t i = 0; i < KEPT; i++)
		if (store->kept[i].view == view)
			drop(store, &store->kept[i]);
}

/* Until `more` bytes fit, or `but` alone is left. */
static void
make_room(chy_store *store, size_t more, const struct chy_kept *but)
{
	while (store->kept_bytes + more > KEPT_BYTES) {
		struct chy_kept *oldest = NULL;

		for (size_t i = 0; i < KEPT; i++) {
			struct chy_kept *k = &store->kept[i];

			if (k->set != NULL && k != but && (oldest == NULL ||
			    k->used < oldest->used))
				oldest = k;
		}
		if (oldest == NULL)
			return;
		drop(store, oldest);
	}
}

static struct chy_kept *
kept_find(chy_store *store, const chy_view *view, chy_slice key)
{
	uint32_t hash = chy_slice_hash(key);

	for (size_t i = 0; i < KEPT; i++) {
		struct chy_kept *k = &store->kept[i];

		if (k->set != NULL && k->hash == hash &&
		    k->view == view->serial && chy_slice_eq(k->key, key)) {
			k->used = ++store->clock;
			return k;
		}
	}
	return NULL;
}

/* An answer of no groups, in place of what was not asked for longest. */
static struct chy_kept *
kept_new(chy_store *store, const chy_view *view, chy_slice key,
    chy_error *err)
{
	struct chy_kept *at = &store->kept[0];
	size_t words = chy_set_words(&store->columns);
	char *copy = malloc(key.len + 1);
	uint64_t *set = chy_set_new(words, err);

	if (copy == NULL || set == NULL) {
		free(copy);
		free(set);
		(void)chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
		return NULL;
	}
	for (size_t i = 0; i < KEPT; i++)
		if (store->kept[i].used < at->used)
			at = &store->kept[i];
	drop(store, at);
	memcpy(copy, key.ptr, key.len);
	*at = (struct chy_kept){
		.key = { copy, key.len }, .hash = chy_slice_hash(key),
		.view = view->serial, .set = set, .words = words,
		.used = ++store->clock,
	};
	store->kept_bytes += bytes_of(at);
	make_room(store, 0, at);
	return at;
}

/* Room for the groups that came; false without memory. */
static bool
kept_grow(chy_store *store, struct chy_kept *k)
{
	size_t words = chy_set_words(&store->columns);
	uint64_t *more;

	if (words == k->words)
		return true;
	more = realloc(k->set, (words + 1) * sizeof(*more));
	if (more == NULL)
		return false;
	memset(more + k->words, 0, (words + 1 - k->words) * sizeof(*more));
	store->kept_bytes += (words - k->words) * sizeof(*more);
	k->set = more;
	k->words = words;
	return true;
}

/* Take the weights, which malloc gave. */
static void
kept_weigh(chy_store *store, struct chy_kept *k, uint16_t *weights, size_t n)
{
	store->kept_bytes -= k->n_weights * sizeof(*weights);
	free(k->weights);
	k->weights = weights;
	k->n_weights = n;
	store->kept_bytes += n * sizeof(*weights);
	make_room(store, 0, k);
}


/* ---- asking ---- */

/* How long an answer holds. */
enum holding {
	NEVER,		/* it is of more than telegrams, or quickly asked */
	UNTIL_FILED,
	AND_GROWS,	/* what comes is put into it */
};

static enum holding
flag_holding(chy_query_flag flag)
{
	switch (flag) {
	case CHY_FLAG_OPEN:
	case CHY_FLAG_OVERDUE:
	case CHY_FLAG_UNREAD:
		return NEVER;
	case CHY_FLAG_CITED:
	case CHY_FLAG_MISSING:
		return UNTIL_FILED;
	default:
		return AND_GROWS;
	}
}

static enum holding
holding_of(const chy_query_node *node)
{
	if (node->kind == CHY_QUERY_WORDS)
		return AND_GROWS;
	if (node->kind == CHY_QUERY_PARA)
		return UNTIL_FILED;
	switch (node->field) {
	case CHY_FIELD_IS:
		return flag_holding((chy_query_flag)node->low);
	case CHY_FIELD_MRN:
		return node->pattern != NULL || node->high != 0 ? AND_GROWS :
		    NEVER;
	case CHY_FIELD_FROM:
	case CHY_FIELD_POST:
	case CHY_FIELD_TAG:
	case CHY_FIELD_GEO:
	case CHY_FIELD_DATE:
	case CHY_FIELD_CLASS:
	case CHY_FIELD_PRECEDENCE:
	case CHY_FIELD_TO:
	case CHY_FIELD_INFO:
	case CHY_FIELD_CAPTION:
	case CHY_FIELD_SUBJECT:
	case CHY_FIELD_MARK:
		return AND_GROWS;
	case CHY_FIELD_REF:
	case CHY_FIELD_PERSON:
	case CHY_FIELD_PLACE:
	case CHY_FIELD_ORG:
		return UNTIL_FILED;
	default:
		return NEVER;
	}
}

static void
put_number(chy_buf *out, int64_t number)
{
	chy_buf_put(out, (chy_slice){ (const char *)&number, sizeof(number) });
}

static void
put_text(chy_buf *out, chy_slice text)
{
	put_number(out, (int64_t)text.len);
	chy_buf_put(out, text);
}

/* All that the answer depends on. Of a pattern that is its text. */
static void
put_key(const chy_query_node *node, chy_buf *out)
{
	put_number(out, node->kind);
	put_number(out, node->field);
	put_number(out, node->prefix | node->country << 1 |
	    (node->pattern != NULL) << 2);
	put_number(out, node->near);
	put_number(out, node->low);
	put_number(out, node->high);
	put_text(out, node->text);
	put_text(out, node->pattern != NULL ? node->typed : CHY_EMPTY);
	for (const chy_query_node *c = node->child; c != NULL; c = c->next)
		put_key(c, out);
	put_number(out, -1);
}

/* Bring a kept answer up to what the columns have. */
static chy_status
bring_up(struct eval *e, const chy_query_node *node, struct chy_kept *k)
{
	chy_status st;

	if (!kept_grow(e->store, k))
		return chy_fail(e->err, CHY_ERR_NO_MEMORY, "no memory");
	e->first_tel = k->n_tels;
	e->first_row = k->n_rows;
	st = chy_eval_ask(e, node, k->set);
	e->first_tel = 0;
	e->first_row = 0;
	kept_weigh(e->store, k, NULL, 0);
	return st;
}

/*
 * The answer of a leaf as it is kept, asked for if need be. NULL where it was
 * asked for some telegrams alone, as the others do not matter: then `some` has
 * it.
 */
static chy_status
kept_answer(struct eval *e, const chy_query_node *node, uint64_t *some,
    struct chy_kept **ret)
{
	enum holding holding = holding_of(node);
	chy_buf key = CHY_BUF_INIT;
	struct chy_kept *k = NULL;
	chy_status st;

	put_key(node, &key);
	st = chy_buf_status(&key);
	if (st == CHY_OK)
		k = kept_find(e->store, e->view, chy_buf_slice(&key));
	if (k != NULL && k->change != e->c->change && holding == UNTIL_FILED) {
		drop(e->store, k);
		k = NULL;
	}
	if (k != NULL && k->change != e->c->change) {
		st = bring_up(e, node, k);
	} else if (st == CHY_OK && k == NULL) {
		e->partial = false;
		st = chy_eval_ask(e, node, some);
		if (st == CHY_OK && !e->partial)
			k = kept_new(e->store, e->view,
			    chy_buf_slice(&key), e->err);
		if (k != NULL)
			memcpy(k->set, some, k->words * sizeof(*some));
		else if (st == CHY_OK && !e->partial)
			st = CHY_ERR_NO_MEMORY;
	}
	chy_buf_done(&key);
	if (k != NULL && st != CHY_OK) {
		drop(e->store, k);
		k = NULL;
	}
	if (k != NULL) {
		k->change = e->c->change;
		k->n_tels = e->c->n_tels;
		k->n_rows = e->c->n_rows;
	}
	*ret = k;
	return st;
}

chy_status
chy_eval_kept(struct eval *e, const chy_query_node *node, uint64_t *out)
{
	struct chy_kept *k;
	chy_status st;

	if (holding_of(node) == NEVER || e->store->leak)
		return chy_eval_ask(e, node, out);
	st = kept_answer(e, node, out, &k);
	if (st == CHY_OK && k != NULL)
		memcpy(out, k->set, k->words * sizeof(*out));
	return st;
}


/* ---- how much of a word ---- */

/* What each group has, in the order of the set. */
static chy_status
weigh_rows(struct eval *e, const chy_query_node *node,
    unsigned (*weigh)(const chy_columns *c, size_t row), struct chy_kept *k)
{
	const chy_columns *c = e->c;
	size_t n = chy_set_count(k->set, k->words), at = 0;
	uint16_t *all = calloc(k->words * 64, sizeof(*all));
	uint16_t *weights = malloc((n + 1) * sizeof(*weights));
	uint64_t *rows = NULL;
	bool own = false;
	chy_status st = all == NULL || weights == NULL ? chy_fail(e->err,
	    CHY_ERR_NO_MEMORY, "no memory") : chy_eval_rows(e, node, &rows,
	    &own);

	if (st != CHY_OK) {
		free(all);
		free(weights);
		return st;
	}
	for (size_t i = 0; i < c->n_rows / 64 + 1; i++)
		for (uint64_t w = rows[i] & e->view->rows[i]; w != 0;
		    w &= w - 1) {
			size_t row = i * 64 + (size_t)__builtin_ctzll(w);
			uint16_t *sum = &all[c->tel_group[c->row_tel[row]]];
			unsigned more;

			if (!chy_row_fits(node->field, c->row_kind[row]))
				continue;
			more = *sum + weigh(c, row);
			*sum = (uint16_t)(more < UINT16_MAX ? more :
			    UINT16_MAX);
		}
	for (size_t i = 0; i < k->words; i++)
		for (uint64_t w = k->set[i]; w != 0; w &= w - 1)
			weights[at++] = all[i * 64 +
			    (size_t)__builtin_ctzll(w)];
	if (own)
		free(rows);
	free(all);
	kept_weigh(e->store, k, weights, n);
	return CHY_OK;
}

chy_status
chy_eval_weights(struct eval *e, const chy_query_node *node,
    unsigned (*weigh)(const chy_columns *c, size_t row),
    const struct chy_kept **ret)
{
	uint64_t *scratch = chy_set_new(chy_set_words(e->c), e->err);
	struct chy_kept *k;
	chy_status st = scratch == NULL ? CHY_ERR_NO_MEMORY :
	    kept_answer(e, node, scratch, &k);

	free(scratch);
	if (st == CHY_OK && k->weights == NULL)
		st = weigh_rows(e, node, weigh, k);
	if (st == CHY_OK)
		*ret = k;
	return st;
}
