/*
 * From the tree of a query to the set of telegrams that it means for one
 * reader.
 *
 * Each node gives a set of groups (telegrams with their copies and sections),
 * one bit each. A row that the reader may not see is left out before its
 * telegram's bit is set, so nothing hidden ever counts; "not" is taken within
 * what is visible.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "base/ascii.h"
#include "store/store_int.h"
#include "vocab/vocab.h"

/* A word in more than one row of so many is kept in the cache. */
#define CACHE_SHARE	256

struct eval {
	chy_store	  *store;
	const chy_view	  *view;
	const chy_columns *c;
	chy_error	  *err;
};

static void
set_put(uint64_t *set, size_t i)
{
	set[i / 64] |= UINT64_C(1) << (i % 64);
}

static uint64_t *
set_new(size_t words, chy_error *err)
{
	uint64_t *set = calloc(words + 1, sizeof(*set));

	if (set == NULL)
		(void)chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	return set;
}

uint64_t
chy_set_count(const uint64_t *set, size_t words)
{
	uint64_t n = 0;

	for (size_t i = 0; i < words; i++) {
		uint64_t w = set[i];

		w = w - (w >> 1 & UINT64_C(0x5555555555555555));
		w = (w & UINT64_C(0x3333333333333333)) +
		    (w >> 2 & UINT64_C(0x3333333333333333));
		w = (w + (w >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f);
		n += w * UINT64_C(0x0101010101010101) >> 56;
	}
	return n;
}

static size_t
row_words(const chy_columns *c)
{
	return c->n_rows / 64 + 1;
}


/* ---- words ---- */

void
chy_store_cache_clear(chy_store *store)
{
	for (size_t i = 0; i < CACHED; i++) {
		free((void *)(uintptr_t)store->cache[i].text.ptr);
		free(store->cache[i].rows);
		store->cache[i] = (struct cached_word){ .text = { NULL, 0 } };
	}
}

struct rows_set {
	uint64_t *set;
	size_t	  n_rows;	/* numbers below are in it */
	uint64_t  count;
};

static chy_status
put_rows(void *arg, const int64_t *rows, size_t n)
{
	struct rows_set *r = arg;

	for (size_t i = 0; i < n; i++)
		if ((uint64_t)rows[i] < r->n_rows)
			set_put(r->set, (size_t)rows[i]);
	r->count += n;
	return CHY_OK;
}

/* Keep the rows of a common word in place of what was not used for longest.
 * Takes the set; false if it was not kept. */
static bool
cache_put(chy_store *store, const chy_query_node *node, struct rows_set *r,
    size_t words)
{
	struct cached_word *oldest = &store->cache[0];
	char *text;

	if (r->count < r->n_rows / CACHE_SHARE)
		return false;
	for (size_t i = 0; i < CACHED; i++)
		if (store->cache[i].used < oldest->used)
			oldest = &store->cache[i];
	text = malloc(node->text.len + 1);
	if (text == NULL)
		return false;
	memcpy(text, node->text.ptr, node->text.len);
	free((void *)(uintptr_t)oldest->text.ptr);
	free(oldest->rows);
	*oldest = (struct cached_word){
		.text = { text, node->text.len }, .prefix = node->prefix,
		.rows = r->set, .words = words, .used = ++store->clock,
	};
	return true;
}

/* The rows of words, before rights. *ret_own says whether to free it. */
static chy_status
find_rows(struct eval *e, const chy_query_node *node, uint64_t **ret,
    bool *ret_own)
{
	size_t words = row_words(e->c);
	struct rows_set r = { .n_rows = e->c->n_rows };
	chy_status st;

	for (size_t i = 0; i < CACHED; i++) {
		struct cached_word *w = &e->store->cache[i];

		if (w->text.ptr != NULL && w->prefix == node->prefix &&
		    w->words == words && chy_slice_eq(w->text, node->text)) {
			w->used = ++e->store->clock;
			*ret = w->rows;
			*ret_own = false;
			return CHY_OK;
		}
	}
	r.set = set_new(words, e->err);
	if (r.set == NULL)
		return CHY_ERR_NO_MEMORY;
	st = chy_text_find(e->store->db, node->text, node->prefix, put_rows, &r,
	    e->err);
	if (st != CHY_OK) {
		free(r.set);
		return st;
	}
	*ret = r.set;
	*ret_own = !cache_put(e->store, node, &r, words);
	return CHY_OK;
}

static bool
kind_fits(chy_field field, uint8_t kind)
{
	if (field == CHY_FIELD_SUBJECT)
		return kind == CHY_ROW_SUBJECT;
	if (field == CHY_FIELD_REF)
		return kind == CHY_ROW_REF;
	if (field == CHY_FIELD_BODY)
		return kind == CHY_ROW_PARAGRAPH;
	return true;
}

static void
mark_group(struct eval *e, size_t row, uint64_t *out)
{
	set_put(out, e->c->tels[e->c->row_tel[row]].group);
}

static void
mark_row(struct eval *e, size_t row, uint64_t *out)
{
	(void)e;
	set_put(out, row);
}

/* Visible rows among `rows` (NULL: all) of the kind that the field means. In
 * line, so that each use is a loop of its own: it runs over millions. */
CHY_INLINE void
each_visible(struct eval *e, const uint64_t *rows, chy_field field,
    void (*each)(struct eval *, size_t row, uint64_t *out), uint64_t *out)
{
	size_t words = row_words(e->c);

	for (size_t i = 0; i < words; i++) {
		uint64_t w = rows != NULL ? rows[i] : UINT64_MAX;

		for (; w != 0; w &= w - 1) {
			size_t row = i * 64 + (size_t)__builtin_ctzll(w);

			if (row > 0 && row < e->c->n_rows &&
			    (e->store->leak ||
			    chy_view_row(e->view, e->c, row)) &&
			    kind_fits(field, e->c->row_kind[row]))
				each(e, row, out);
		}
	}
}

static chy_status
eval_words(struct eval *e, const chy_query_node *node, chy_field field,
    uint64_t *out)
{
	uint64_t *rows;
	bool own;
	chy_status st = find_rows(e, node, &rows, &own);

	if (st != CHY_OK)
		return st;
	each_visible(e, rows, field, mark_group, out);
	if (own)
		free(rows);
	return CHY_OK;
}

/* Inside para: the same with rows in place of telegrams. */
static chy_status
eval_in_rows(struct eval *e, const chy_query_node *node, uint64_t **ret)
{
	size_t words = row_words(e->c);
	uint64_t *set = set_new(words, e->err), *other;
	chy_status st = set == NULL ? CHY_ERR_NO_MEMORY : CHY_OK;
	bool own, first = true;

	if (st != CHY_OK)
		return st;
	switch (node->kind) {
	case CHY_QUERY_WORDS:
		st = find_rows(e, node, &other, &own);
		if (st != CHY_OK)
			break;
		each_visible(e, other, CHY_FIELD_BODY, mark_row, set);
		if (own)
			free(other);
		break;
	case CHY_QUERY_NOT:
		st = eval_in_rows(e, node->child, &other);
		if (st != CHY_OK)
			break;
		each_visible(e, NULL, CHY_FIELD_BODY, mark_row, set);
		for (size_t i = 0; i < words; i++)
			set[i] &= ~other[i];
		free(other);
		break;
	case CHY_QUERY_AND:
	case CHY_QUERY_OR:
		for (const chy_query_node *n = node->child; n != NULL &&
		    st == CHY_OK; n = n->next) {
			st = eval_in_rows(e, n, &other);
			if (st != CHY_OK)
				break;
			for (size_t i = 0; i < words; i++)
				set[i] = first ? other[i] :
				    node->kind == CHY_QUERY_AND ?
				    set[i] & other[i] : set[i] | other[i];
			first = false;
			free(other);
		}
		break;
	case CHY_QUERY_ALL:
	case CHY_QUERY_PARA:
	case CHY_QUERY_FIELD:
		st = chy_fail(e->err, CHY_ERR_INVALID,
		    "only words can stand inside para:( )");
		break;
	}
	if (st != CHY_OK) {
		free(set);
		return st;
	}
	*ret = set;
	return CHY_OK;
}

static chy_status
eval_para(struct eval *e, const chy_query_node *node, uint64_t *out)
{
	uint64_t *rows;
	chy_status st = eval_in_rows(e, node->child, &rows);

	if (st != CHY_OK)
		return st;
	each_visible(e, rows, CHY_FIELD_BODY, mark_group, out);
	free(rows);
	return CHY_OK;
}


/* ---- fields in the columns ---- */

/* Whether the text may begin names of agencies that no table of posts has:
 * "SECDEF" for SECDEFWASHDC. */
static bool
is_beginning(chy_slice key)
{
	return key.len >= 4 && !chy_vocab_is_post_key(key);
}

/* Which names are the post that was asked for; heap, by number. */
static bool *
posts_like(const chy_columns *c, chy_slice key, chy_error *err)
{
	uint32_t n = chy_name_count(c->posts);
	bool beginning = is_beginning(key);
	bool *posts = calloc((size_t)n + 1, sizeof(*posts));

	if (posts == NULL) {
		(void)chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
		return NULL;
	}
	for (uint32_t i = 1; i < n; i++) {
		chy_slice name = chy_name_text(c->posts, i);

		posts[i] = beginning ? chy_slice_starts(name, key) :
		    chy_slice_eq(name, key);
	}
	return posts;
}

static bool
date_fits(const chy_tel_column *t, const chy_query_node *node)
{
	chy_civil c = { t->year, 1, 1, 0, 0 };

	if (t->dtg != INT64_MIN)
		return t->dtg >= node->low && t->dtg <= node->high;
	/* Of a telegram without date only the year is known: all of it must
	 * lie in the range. */
	if (t->year < 1 || !chy_civil_valid(c) ||
	    chy_civil_seconds(c) < node->low)
		return false;
	c.month = 12;
	c.day = 31;
	return chy_civil_seconds(c) + 86399 <= node->high;
}

static bool
has_tag(const chy_columns *c, const chy_tel_column *t, uint32_t code)
{
	const uint32_t *tags = chy_tel_tags(c, t);

	for (uint32_t i = 0; i < t->n_tags; i++)
		if (tags[i] == code)
			return true;
	return false;
}

static bool
has_caption(const chy_columns *c, const chy_tel_column *t, uint32_t token)
{
	const uint32_t *captions = chy_tel_captions(c, t);

	for (uint32_t i = 0; i < t->n_captions; i++)
		if (captions[i] == token)
			return true;
	return false;
}

static bool
has_addressee(const chy_columns *c, const chy_tel_column *t, uint32_t role,
    const bool *posts)
{
	const uint32_t *to = chy_tel_addressees(c, t);

	for (uint32_t i = 0; i < t->n_addressees; i++)
		if (CHY_WORD_ROLE(to[i]) == role && posts[CHY_WORD_POST(to[i])])
			return true;
	return false;
}

static bool
has_copy(const struct eval *e, uint32_t group)
{
	const chy_columns *c = e->c;

	for (uint32_t a = c->heads[group]; a != CHY_NONE; a = c->tels[a].next)
		for (uint32_t b = c->tels[a].next; b != CHY_NONE;
		    b = c->tels[b].next)
			if (e->view->tel_sees[a] != 0 &&
			    e->view->tel_sees[b] != 0 &&
			    c->tels[a].section == c->tels[b].section)
				return true;
	return false;
}

static bool
flag_fits(const struct eval *e, const chy_tel_column *t, int64_t flag,
    bool heading)
{
	switch ((chy_query_flag)flag) {
	case CHY_FLAG_CORRECTED:
		return heading && (t->flags & CHY_HAS_CORRECTED) != 0;
	case CHY_FLAG_PARTIAL:
		return heading && (t->flags & CHY_HAS_PARTIAL) != 0;
	case CHY_FLAG_SECTION:
		return heading && (t->flags & CHY_HAS_SECTIONS) != 0;
	case CHY_FLAG_COPIED:
		return has_copy(e, t->group);
	case CHY_FLAG_UNDATED:
		return t->dtg == INT64_MIN;
	case CHY_FLAG_REQUEST:
	case CHY_FLAG_CITED:
	case CHY_FLAG_COUNT:
		break;
	}
	return false;
}

/* Whether the telegram that is shown of a group has the field's value. What
 * is of the heading is not asked where the heading is not seen. */
static bool
column_fits(const struct eval *e, const chy_tel_column *t, bool heading,
    const chy_query_node *node, uint32_t word, const bool *posts)
{
	switch (node->field) {
	case CHY_FIELD_DATE:
		return date_fits(t, node);
	case CHY_FIELD_POST:
		return posts[t->post];
	case CHY_FIELD_FROM:
		return posts[t->post] || (heading && posts[t->origin]);
	case CHY_FIELD_TO:
		return heading && has_addressee(e->c, t, CHY_ROLE_ACTION, posts);
	case CHY_FIELD_INFO:
		return heading && has_addressee(e->c, t, CHY_ROLE_INFO, posts);
	case CHY_FIELD_CAPTION:
		return heading && has_caption(e->c, t, word);
	case CHY_FIELD_CLASS:
		return heading && t->level >= node->low &&
		    t->level <= node->high;
	case CHY_FIELD_PRECEDENCE:
		return heading && t->precedence >= node->low &&
		    t->precedence <= node->high;
	case CHY_FIELD_TAG:
	case CHY_FIELD_GEO:
		return heading && has_tag(e->c, t, word);
	case CHY_FIELD_IS:
		return flag_fits(e, t, node->low, heading);
	default:
		return false;
	}
}

/* The number of the code or token that is asked for. */
static uint32_t
word_of(const chy_columns *c, const chy_query_node *node)
{
	const chy_caption *row;
	char upper[CHY_VOCAB_KEY_MAX];
	size_t n = 0;

	if (node->field == CHY_FIELD_TAG || node->field == CHY_FIELD_GEO)
		return chy_name_find(c->codes, node->text);
	if (node->field != CHY_FIELD_CAPTION)
		return CHY_NONE;
	row = chy_vocab_caption(node->text);
	if (row != NULL && chy_name_find(c->tokens, row->token) != CHY_NONE)
		return chy_name_find(c->tokens, row->token);
	for (; n < node->text.len && n < sizeof(upper); n++)
		upper[n] = chy_upper(node->text.ptr[n]);
	return chy_name_find(c->tokens, (chy_slice){ upper, n });
}

static chy_status
eval_column(struct eval *e, const chy_query_node *node, uint64_t *out)
{
	uint32_t word = word_of(e->c, node);
	bool *posts = posts_like(e->c, node->text, e->err);

	if (posts == NULL)
		return CHY_ERR_NO_MEMORY;
	for (uint32_t i = 0; i < e->view->n_order; i++) {
		uint32_t group = e->view->order[i];
		uint32_t t = e->view->shown[group];

		if (column_fits(e, &e->c->tels[t],
		    (e->view->tel_sees[t] & CHY_SEES_HEADING) != 0, node, word,
		    posts))
			set_put(out, group);
	}
	free(posts);
	return CHY_OK;
}

static void
eval_mrn(struct eval *e, const chy_query_node *node, uint64_t *out)
{
	uint32_t group = chy_name_find(e->c->groups, node->text);

	if (chy_slice_starts(node->text, CHY_SLICE("sha:"))) {
		for (uint32_t i = 0; i < e->view->n_order; i++) {
			uint32_t g = e->view->order[i];
			chy_slice id = chy_name_text(e->c->groups, g);

			if (chy_slice_starts(id, node->text) ||
			    (node->text.len > id.len &&
			    chy_slice_starts(node->text, id)))
				set_put(out, g);
		}
	} else if (group != CHY_NONE && chy_set_has(e->view->visible, group)) {
		set_put(out, group);
	}
}


/* ---- fields in tables ---- */

static chy_status
eval_mark(struct eval *e, const chy_query_node *node, uint64_t *out)
{
	char text[CHY_LABEL_MAX];
	chy_label label;
	chy_slice name;
	uint32_t number = 0;
	chy_status st = chy_label_parse(node->text, &label, NULL);

	if (st != CHY_OK) {
		st = chy_fail(e->err, CHY_ERR_INVALID, "not a portion mark; write "
		    "U, SBU, C, S or TS and its controls, as S/NF");
		if (e->err != NULL)
			e->err->off = node->off;
		return st;
	}
	name = (chy_slice){ text, chy_label_print(&label, text,
	    sizeof(text)) };
	for (uint32_t i = 1; i < e->store->n_labels; i++)
		if (chy_slice_eq(e->store->label_names[i], name))
			number = i;
	for (size_t row = 1; number != 0 && row < e->c->n_rows; row++)
		if (e->c->row_mark[row] == number &&
		    chy_view_row(e->view, e->c, row))
			mark_group(e, row, out);
	return CHY_OK;
}

/* What a REF list says: a number as printed there, or words. */
static chy_status
eval_ref(struct eval *e, const chy_query_node *node, uint64_t *out)
{
	char key[CHY_MRN_KEY_MAX];
	chy_query_node words = *node;
	chy_mrn mrn;

	if (!chy_mrn_from_text(node->text, &mrn)) {
		words.prefix = false;
		return eval_words(e, &words, CHY_FIELD_REF, out);
	}
	return chy_store_printed(e->store, e->view, (chy_slice){ key,
	    chy_mrn_key(&mrn, key) }, out, e->err);
}


/* ---- citations ---- */

static uint32_t
visible_group(const chy_store *store, const chy_view *view, chy_slice id)
{
	uint32_t group = chy_name_find(store->columns.groups, id);

	return group != CHY_NONE && group != 0 &&
	    chy_set_has(view->visible, group) ? group : CHY_NONE;
}

static chy_status
eval_cites(struct eval *e, const chy_query_node *node, chy_arena *arena,
    uint64_t *out)
{
	chy_citing *by;
	uint32_t n;
	chy_status st = chy_store_cited_by(e->store, e->view, node->text, arena,
	    &by, &n, e->err);

	for (uint32_t i = 0; st == CHY_OK && i < n; i++)
		set_put(out, by[i].group);
	return st;
}

static chy_status
eval_citedby(struct eval *e, const chy_query_node *node, chy_arena *arena,
    uint64_t *out)
{
	uint32_t group = visible_group(e->store, e->view, node->text), n;
	chy_cited *cites;
	chy_status st;

	if (group == CHY_NONE)
		return CHY_OK;
	st = chy_store_cites(e->store, e->view, group, arena, &cites, &n,
	    e->err);
	for (uint32_t i = 0; st == CHY_OK && i < n; i++)
		if (cites[i].group != CHY_NONE)
			set_put(out, cites[i].group);
	return st;
}

/* One direction of a thread: from what is in `todo` on. */
static chy_status
follow(struct eval *e, bool back, uint32_t *todo, uint32_t n, uint64_t *seen,
    chy_arena *arena)
{
	chy_status st = CHY_OK;

	while (n > 0 && st == CHY_OK) {
		uint32_t group = todo[--n], count;
		chy_cited *cites;
		chy_citing *by;

		if (back)
			st = chy_store_cites(e->store, e->view, group, arena,
			    &cites, &count, e->err);
		else
			st = chy_store_cited_by(e->store, e->view,
			    chy_name_text(e->c->groups, group), arena, &by,
			    &count, e->err);
		for (uint32_t i = 0; st == CHY_OK && i < count; i++) {
			uint32_t next = back ? cites[i].group : by[i].group;

			if (next == CHY_NONE || chy_set_has(seen, next))
				continue;
			set_put(seen, next);
			todo[n++] = next;
		}
	}
	return st;
}

static chy_status
eval_thread(struct eval *e, const chy_query_node *node, chy_arena *arena,
    uint64_t *out)
{
	uint32_t group = visible_group(e->store, e->view, node->text);
	uint64_t *seen = set_new(chy_set_words(e->c), e->err);
	uint32_t *todo = malloc(((size_t)chy_name_count(e->c->groups) + 1) *
	    sizeof(*todo));
	chy_status st = CHY_OK;

	if (seen == NULL || todo == NULL)
		st = chy_fail(e->err, CHY_ERR_NO_MEMORY, "no memory");
	for (int back = 0; st == CHY_OK && group != CHY_NONE && back < 2;
	    back++) {
		memset(seen, 0, chy_set_words(e->c) * sizeof(*seen));
		set_put(seen, group);
		todo[0] = group;
		st = follow(e, back == 1, todo, 1, seen, arena);
		for (size_t i = 0; i < chy_set_words(e->c); i++)
			out[i] |= seen[i];
	}
	free(seen);
	free(todo);
	return st;
}

/* is:request, in a paragraph that the reader sees. */
static void
eval_request(struct eval *e, uint64_t *out)
{
	for (size_t row = 1; row < e->c->n_rows; row++)
		if ((e->c->row_flags[row] & CHY_ROW_REQUEST) != 0 &&
		    chy_view_row(e->view, e->c, row))
			mark_group(e, row, out);
}

/* is:cited */
static chy_status
eval_cited(struct eval *e, uint64_t *out)
{
	uint64_t *set;
	chy_status st = chy_store_reference_set(e->store, e->view,
	    CHY_SET_CITED, &set, e->err);

	if (st != CHY_OK)
		return st;
	memcpy(out, set, chy_set_words(e->c) * sizeof(*out));
	free(set);
	return CHY_OK;
}


/* ---- the tree ---- */

static chy_status
eval_field(struct eval *e, const chy_query_node *node, uint64_t *out)
{
	chy_arena arena;
	chy_status st = CHY_OK;

	chy_arena_init(&arena, 0);
	switch (node->field) {
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
		st = eval_column(e, node, out);
		break;
	case CHY_FIELD_IS:
		if (node->low == CHY_FLAG_CITED)
			st = eval_cited(e, out);
		else if (node->low == CHY_FLAG_REQUEST)
			eval_request(e, out);
		else
			st = eval_column(e, node, out);
		break;
	case CHY_FIELD_MRN:
		eval_mrn(e, node, out);
		break;
	case CHY_FIELD_REF:
		st = eval_ref(e, node, out);
		break;
	case CHY_FIELD_CITES:
		st = eval_cites(e, node, &arena, out);
		break;
	case CHY_FIELD_CITEDBY:
		st = eval_citedby(e, node, &arena, out);
		break;
	case CHY_FIELD_THREAD:
		st = eval_thread(e, node, &arena, out);
		break;
	case CHY_FIELD_MARK:
		st = eval_mark(e, node, out);
		break;
	case CHY_FIELD_NONE:
	case CHY_FIELD_SUBJECT:
	case CHY_FIELD_BODY:
	case CHY_FIELD_PARA:
	case CHY_FIELD_OFFICE:
	case CHY_FIELD_ACTION:
	case CHY_FIELD_CASE:
	case CHY_FIELD_COUNT:
		st = chy_fail(e->err, CHY_ERR_UNSUPPORTED,
		    "this field cannot be searched yet; leave it out");
		break;
	}
	chy_arena_done(&arena);
	return st;
}

static chy_status
eval_list(struct eval *e, const chy_query_node *node, uint64_t *out)
{
	size_t words = chy_set_words(e->c);
	bool first = true;

	for (const chy_query_node *n = node->child; n != NULL; n = n->next) {
		uint64_t *set;
		chy_status st = chy_store_eval(e->store, e->view, n, &set,
		    e->err);

		if (st != CHY_OK)
			return st;
		for (size_t i = 0; i < words; i++)
			out[i] = first ? set[i] :
			    node->kind == CHY_QUERY_AND ? out[i] & set[i] :
			    out[i] | set[i];
		first = false;
		free(set);
	}
	return CHY_OK;
}

chy_status
chy_store_eval(chy_store *store, const chy_view *view,
    const chy_query_node *node, uint64_t **ret_set, chy_error *err)
{
	struct eval e = { store, view, &store->columns, err };
	size_t words = chy_set_words(e.c);
	uint64_t *set = set_new(words, err);
	chy_status st = set == NULL ? CHY_ERR_NO_MEMORY : CHY_OK;

	if (st != CHY_OK)
		return st;
	switch (node->kind) {
	case CHY_QUERY_ALL:
		memcpy(set, view->visible, words * sizeof(*set));
		break;
	case CHY_QUERY_WORDS:
		st = eval_words(&e, node, node->field, set);
		break;
	case CHY_QUERY_PARA:
		st = eval_para(&e, node, set);
		break;
	case CHY_QUERY_FIELD:
		st = eval_field(&e, node, set);
		break;
	case CHY_QUERY_NOT:
		st = eval_list(&e, node, set);
		for (size_t i = 0; st == CHY_OK && i < words; i++)
			set[i] = view->visible[i] & ~set[i];
		break;
	case CHY_QUERY_AND:
	case CHY_QUERY_OR:
		st = eval_list(&e, node, set);
		break;
	}
	if (st != CHY_OK) {
		free(set);
		return st;
	}
	*ret_set = set;
	return CHY_OK;
}
