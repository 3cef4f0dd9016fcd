/*
 * What one reader sees of the columns: which rows, which telegrams, in which
 * order.
 *
 * A view takes in what came since: a whole one takes 0.1 s over 250,000
 * telegrams, and readers would wait for it after each filing.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "store/store_int.h"

static void
view_done(chy_store *store, chy_view *view)
{
	chy_kept_drop(store, view->serial);
	free(view->may);
	free(view->rows);
	free(view->tel_sees);
	free(view->shown);
	free(view->lengths);
	free(view->visible);
	free(view->order);
	free(view->posts);
	*view = (chy_view){ .change = -1 };
}

void
chy_views_done(chy_store *store)
{
	for (size_t i = 0; i < VIEWS; i++)
		view_done(store, &store->views[i]);
}


/* ---- what is seen ---- */

/* What the reader sees of a telegram, and which of its rows. */
static void
see(const chy_store *store, chy_view *view, uint32_t number)
{
	const chy_columns *c = &store->columns;
	const chy_tel_column *t = &c->tels[number];
	bool heading = view->may[t->label];
	uint32_t n = 0;

	if (heading || store->portion_release)
		for (uint32_t i = 0; i < t->row_count; i++) {
			size_t row = (size_t)t->first_row + i;

			if (row >= c->n_rows || !view->may[c->row_label[row]])
				continue;
			chy_set_put(view->rows, row);
			n++;
		}
	view->lengths[t->group] += n;
	view->n_seen += n;
	if (heading)
		view->tel_sees[number] = (uint8_t)(CHY_SEES_IT |
		    CHY_SEES_HEADING | CHY_SEES_ROWS |
		    (n == t->row_count ? CHY_SEES_WHOLE : 0));
	else if (n > 0)
		view->tel_sees[number] = CHY_SEES_IT | CHY_SEES_ROWS;
}

/* That it is a corrected copy stands in its heading. */
static bool
is_corrected(const chy_view *view, const chy_columns *c, uint32_t tel)
{
	return (c->tels[tel].flags & CHY_HAS_CORRECTED) != 0 &&
	    (view->tel_sees[tel] & CHY_SEES_HEADING) != 0;
}

/* Whether telegram a is shown rather than b, of two in one group; a arrived
 * later. The first section has the heading. */
static bool
shown_before(const chy_view *view, const chy_columns *c, uint32_t a,
    uint32_t b)
{
	if (c->tels[a].section != c->tels[b].section)
		return c->tels[a].section < c->tels[b].section;
	return is_corrected(view, c, a) && !is_corrected(view, c, b);
}


/* ---- in which order ---- */

struct key {
	int64_t	  dtg;
	chy_slice id;
	uint32_t  group;
};

/* Newest first, undated last, then by id: never by number, which tells of
 * what came between. */
static int
key_cmp(const void *a, const void *b)
{
	const struct key *ka = a, *kb = b;

	if (ka->dtg != kb->dtg)
		return ka->dtg > kb->dtg ? -1 : 1;
	return chy_slice_cmp(ka->id, kb->id);
}

static struct key
key_of(const chy_view *view, const chy_columns *c, uint32_t group)
{
	return (struct key){ c->tels[view->shown[group]].dtg,
	    chy_name_text(c->groups, group), group };
}

int
chy_view_cmp(const chy_view *view, const chy_columns *c, uint32_t a,
    uint32_t b)
{
	struct key ka = key_of(view, c, a), kb = key_of(view, c, b);

	return key_cmp(&ka, &kb);
}

/* Where among the first n of the order the key is, or belongs. */
static uint32_t
order_place(const chy_view *view, const chy_columns *c, const struct key *key,
    uint32_t n)
{
	uint32_t low = 0, high = n;

	while (low < high) {
		uint32_t mid = low + (high - low) / 2;
		struct key k = key_of(view, c, view->order[mid]);

		if (key_cmp(&k, key) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* Put n sorted keys into the order: from the last on, so that each group that
 * is there moves once. */
static void
view_merge(chy_view *view, const chy_columns *c, const struct key *keys,
    uint32_t n)
{
	uint32_t end = view->n_order;

	view->n_order += n;
	while (n > 0) {
		const struct key *key = &keys[n - 1];
		uint32_t at = order_place(view, c, key, end);

		memmove(view->order + at + n, view->order + at,
		    (end - at) * sizeof(*view->order));
		end = at;
		view->order[at + --n] = key->group;
	}
}


/* ---- taking in what came ---- */

/* `*at` with room for n things in place of n_old, the new ones zero. */
static bool
extend(void *at, size_t n_old, size_t n, size_t size)
{
	void *old, *more;

	memcpy(&old, at, sizeof(old));
	more = realloc(old, n * size);
	if (more == NULL)
		return false;
	if (old == NULL)
		n_old = 0;
	memset((char *)more + n_old * size, 0, (n - n_old) * size);
	memcpy(at, &more, sizeof(more));
	return true;
}

/* Room in a view, new or of the same columns, for what came since. */
static bool
view_grow(const chy_store *store, chy_view *view)
{
	const chy_columns *c = &store->columns;
	uint32_t labels = store->n_committed_labels;
	uint32_t groups = chy_name_count(c->groups);
	uint32_t posts = chy_name_count(c->posts);

	if (labels < view->n_labels || c->n_tels < view->n_tels ||
	    groups < view->n_groups || posts < view->n_posts ||
	    c->n_rows < view->n_rows ||
	    !extend(&view->may, view->n_labels + 1, labels + 1,
	    sizeof(*view->may)) ||
	    !extend(&view->rows, view->n_rows / 64 + 1, c->n_rows / 64 + 1,
	    sizeof(*view->rows)) ||
	    !extend(&view->tel_sees, view->n_tels + 1, c->n_tels + 1, 1) ||
	    !extend(&view->shown, view->n_groups + 1, groups + 1,
	    sizeof(*view->shown)) ||
	    !extend(&view->lengths, view->n_groups + 1, groups + 1,
	    sizeof(*view->lengths)) ||
	    !extend(&view->visible, view->n_groups / 64 + 1, groups / 64 + 1,
	    sizeof(*view->visible)) ||
	    !extend(&view->order, view->n_groups + 1, groups + 1,
	    sizeof(*view->order)) ||
	    !extend(&view->posts, view->n_posts / 64 + 1, posts / 64 + 1,
	    sizeof(*view->posts)))
		return false;
	for (uint32_t g = view->n_groups; g < groups; g++)
		view->shown[g] = CHY_NONE;
	view->n_groups = groups;
	view->n_posts = posts;
	view->n_rows = c->n_rows;
	/* Number 0 is no label. */
	if (view->n_labels == 0)
		view->n_labels = 1;
	for (; view->n_labels < labels; view->n_labels++)
		view->may[view->n_labels] = chy_label_may(&view->reader,
		    &store->labels[view->n_labels], NULL);
	return true;
}

/* Take a group out of the order, while what is shown of it is as it was. */
static void
view_take_out(chy_view *view, const chy_columns *c, uint32_t group)
{
	struct key key = key_of(view, c, group);
	uint32_t at = order_place(view, c, &key, view->n_order);

	view->n_order--;
	memmove(view->order + at, view->order + at + 1,
	    (view->n_order - at) * sizeof(*view->order));
	chy_set_clear(view->visible, group);
}

/* Put what the columns have and the view has not into it. False where a
 * telegram is of another post now, or there is no memory: then it is to be
 * made anew. */
static bool
view_extend(const chy_store *store, chy_view *view)
{
	const chy_columns *c = &store->columns;
	struct key *keys;
	uint32_t n = 0;

	if (!view_grow(store, view))
		return false;
	keys = malloc(((size_t)(c->n_tels - view->n_tels) + 1) * sizeof(*keys));
	if (keys == NULL)
		return false;
	for (; view->n_tels < c->n_tels; view->n_tels++) {
		uint32_t t = view->n_tels, group = c->tels[t].group;
		uint32_t shown = view->shown[group];

		see(store, view, t);
		if (view->tel_sees[t] == 0)
			continue;
		if (shown == CHY_NONE) {
			keys[n++].group = group;
		} else if (!shown_before(view, c, t, shown)) {
			continue;
		} else if (chy_set_has(view->visible, group)) {
			if (c->tels[t].post != c->tels[shown].post) {
				free(keys);
				return false;
			}
			if (c->tels[t].dtg != c->tels[shown].dtg) {
				view_take_out(view, c, group);
				keys[n++].group = group;
			}
		}
		view->shown[group] = t;
	}
	for (uint32_t i = 0; i < n; i++) {
		uint32_t group = keys[i].group;
		uint32_t post = c->tels[view->shown[group]].post;

		keys[i] = key_of(view, c, group);
		chy_set_put(view->visible, group);
		chy_set_put(view->posts, post);
	}
	qsort(keys, n, sizeof(*keys), key_cmp);
	view_merge(view, c, keys, n);
	free(keys);
	view->change = c->change;
	view->rebuild = c->rebuild;
	return true;
}

static bool
is_view_of(const chy_view *view, const chy_store *store,
    const chy_reader *reader)
{
	return view->may != NULL && view->rebuild == store->columns.rebuild &&
	    view->reader.owner == reader->owner &&
	    chy_label_eq(&view->reader.label, &reader->label);
}

chy_status
chy_store_view(chy_store *store, const chy_reader *reader,
    const chy_view **ret, chy_error *err)
{
	chy_view *view = &store->views[0];

	/* The reader's, or the one that was not asked for longest. */
	for (size_t i = 0; i < VIEWS; i++) {
		if (is_view_of(&store->views[i], store, reader)) {
			view = &store->views[i];
			break;
		}
		if (store->views[i].used < view->used)
			view = &store->views[i];
	}
	if (!is_view_of(view, store, reader) ||
	    (view->change != store->columns.change &&
	    !view_extend(store, view))) {
		view_done(store, view);
		view->reader = *reader;
		view->serial = ++store->clock;
		if (!view_extend(store, view)) {
			view_done(store, view);
			return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
		}
	}
	view->used = ++store->clock;
	*ret = view;
	return CHY_OK;
}

uint32_t
chy_view_members(const chy_store *store, const chy_view *view, uint32_t group,
    chy_arena *arena, uint32_t **ret_tels)
{
	const chy_columns *c = &store->columns;
	uint32_t n = 0, *at;

	for (uint32_t t = c->heads[group]; t != CHY_NONE; t = c->tels[t].next)
		n += view->tel_sees[t] != 0;
	at = chy_arena_alloc(arena, ((size_t)n + 1) * sizeof(*at));
	*ret_tels = at;
	if (at == NULL)
		return 0;
	n = 0;
	for (uint32_t t = c->heads[group]; t != CHY_NONE; t = c->tels[t].next) {
		uint32_t i = n;

		if (view->tel_sees[t] == 0)
			continue;
		/* Few, and nearly in order: insertion. */
		for (; i > 0 && shown_before(view, c, t, at[i - 1]); i--)
			at[i] = at[i - 1];
		at[i] = t;
		n++;
	}
	return n;
}
