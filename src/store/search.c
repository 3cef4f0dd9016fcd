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
#include "store/search_int.h"

/* A word in more than one row of so many is kept in the cache. */
#define CACHE_SHARE	256
/* Telegrams are asked for their citations one by one, if they are as few as
 * this, or one of so many: that takes 15 times as long for each. */
#define CITED_FEW	16u
#define CITED_SHARE	64u

uint64_t *
chy_set_new(size_t words, chy_error *err)
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
			chy_set_put(r->set, (size_t)rows[i]);
	r->count += n;
	return CHY_OK;
}

/* Put the rows from `first` on that have the words into the set. */
static chy_status
find_rows(struct eval *e, const chy_query_node *node, size_t first,
    struct rows_set *r)
{
	chy_text_query query = { .words = node->text, .prefix = node->prefix,
	    .near = node->near, .after = (int64_t)first - 1 };

	return chy_text_find(e->store->db, &query, put_rows, r, e->err);
}

/* Keep the rows of a common word in place of what was not used for longest.
 * Takes the set; false if it was not kept. */
static bool
cache_put(chy_store *store, const chy_query_node *node, struct rows_set *r)
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
		.near = node->near,
		.rows = r->set, .n_rows = r->n_rows, .used = ++store->clock,
	};
	return true;
}

static struct cached_word *
cache_find(chy_store *store, const chy_query_node *node)
{
	for (size_t i = 0; i < CACHED; i++) {
		struct cached_word *w = &store->cache[i];

		if (w->text.ptr != NULL && w->prefix == node->prefix &&
		    w->near == node->near && chy_slice_eq(w->text,
		    node->text)) {
			w->used = ++store->clock;
			return w;
		}
	}
	return NULL;
}

/* The rows that came since the word was kept. */
static chy_status
cache_extend(struct eval *e, const chy_query_node *node,
    struct cached_word *w)
{
	size_t before = w->n_rows / 64 + 1, words = row_words(e->c);
	struct rows_set r = { .n_rows = e->c->n_rows };
	chy_status st;

	if (w->n_rows == e->c->n_rows)
		return CHY_OK;
	if (words > before) {
		uint64_t *more = realloc(w->rows, (words + 1) * sizeof(*more));

		if (more == NULL)
			return chy_fail(e->err, CHY_ERR_NO_MEMORY, "no memory");
		memset(more + before, 0, (words + 1 - before) * sizeof(*more));
		w->rows = more;
	}
	r.set = w->rows;
	/* What is put in twice is there once, should this fail half way. */
	st = find_rows(e, node, w->n_rows, &r);
	if (st == CHY_OK)
		w->n_rows = e->c->n_rows;
	return st;
}

chy_status
chy_eval_rows(struct eval *e, const chy_query_node *node, uint64_t **ret,
    bool *ret_own)
{
	struct cached_word *kept = cache_find(e->store, node);
	struct rows_set r = { .n_rows = e->c->n_rows };
	chy_status st;

	if (kept != NULL) {
		*ret_own = false;
		st = cache_extend(e, node, kept);
		*ret = kept->rows;
		return st;
	}
	r.set = chy_set_new(row_words(e->c), e->err);
	if (r.set == NULL)
		return CHY_ERR_NO_MEMORY;
	st = find_rows(e, node, e->first_row, &r);
	if (st != CHY_OK) {
		free(r.set);
		return st;
	}
	*ret = r.set;
	*ret_own = e->first_row > 0 || !cache_put(e->store, node, &r);
	return CHY_OK;
}

bool
chy_row_fits(chy_field field, uint8_t kind)
{
	switch (field) {
	case CHY_FIELD_SUBJECT:
		return kind == CHY_ROW_SUBJECT;
	case CHY_FIELD_REF:
		return kind == CHY_ROW_REF;
	case CHY_FIELD_BODY:
		return kind == CHY_ROW_PARAGRAPH;
	case CHY_FIELD_HEADING:
		return kind != CHY_ROW_PARAGRAPH;
	case CHY_FIELD_PASSING:
		return kind == CHY_ROW_PASSING;
	case CHY_FIELD_AUTHORITY:
		return kind == CHY_ROW_CLASSIFIED_BY;
	case CHY_FIELD_EO:
		return kind == CHY_ROW_EO;
	default:
		return true;
	}
}

static void
mark_group(struct eval *e, size_t row, uint64_t *out)
{
	chy_set_put(out, e->c->tel_group[e->c->row_tel[row]]);
}

static void
mark_row(struct eval *e, size_t row, uint64_t *out)
{
	(void)e;
	chy_set_put(out, row);
}

/* Visible rows among `rows` (NULL: all) of the kind that the field means. In
 * line, so that each use is a loop of its own: it runs over millions. */
CHY_INLINE void
each_visible(struct eval *e, const uint64_t *rows, chy_field field,
    void (*each)(struct eval *, size_t row, uint64_t *out), uint64_t *out)
{
	size_t words = row_words(e->c), first = e->first_row;

	for (size_t i = first / 64; i < words; i++) {
		uint64_t w = rows != NULL ? rows[i] : UINT64_MAX;

		if (!e->store->leak)
			w &= e->view->rows[i];
		if (i == first / 64)
			w &= UINT64_MAX << (first % 64);
		for (; w != 0; w &= w - 1) {
			size_t row = i * 64 + (size_t)__builtin_ctzll(w);

			if (row > 0 && row < e->c->n_rows &&
			    chy_row_fits(field, e->c->row_kind[row]))
				each(e, row, out);
		}
	}
}

chy_status
chy_eval_words(struct eval *e, const chy_query_node *node, chy_field field,
    uint64_t *out)
{
	uint64_t *rows;
	bool own;
	chy_status st = chy_eval_rows(e, node, &rows, &own);

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
	uint64_t *set = chy_set_new(words, e->err), *other;
	chy_status st = set == NULL ? CHY_ERR_NO_MEMORY : CHY_OK;
	bool own, first = true;

	if (st != CHY_OK)
		return st;
	switch (node->kind) {
	case CHY_QUERY_WORDS:
		st = chy_eval_rows(e, node, &other, &own);
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


/* ---- fields in tables ---- */

void
chy_eval_original(struct eval *e, int64_t original, uint64_t *out)
{
	uint32_t t;

	if (original < 0 || (size_t)original >= e->c->cap_tel_of)
		return;
	t = e->c->tel_of[original];
	if (t != CHY_NONE &&
	    (e->view->tel_sees[t] & CHY_SEES_HEADING) != 0)
		chy_set_put(out, e->c->tels[t].group);
}

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
	for (size_t row = e->first_row; number != 0 && row < e->c->n_rows;
	    row++)
		if (e->c->row_mark[row] == number && chy_view_row(e->view, row))
			mark_group(e, row, out);
	return CHY_OK;
}

/* is:request, in a paragraph that the reader sees. */
static void
eval_request(struct eval *e, uint64_t *out)
{
	for (size_t row = e->first_row; row < e->c->n_rows; row++)
		if ((e->c->row_flags[row] & CHY_ROW_REQUEST) != 0 &&
		    chy_view_row(e->view, row))
			mark_group(e, row, out);
}


/* ---- one field ---- */

/* is:cited and is:missing: of few telegrams these are asked one by one, else
 * all citations are gone over. */
static chy_status
eval_cited(struct eval *e, bool missing, uint64_t *out)
{
	e->partial = e->within != NULL && chy_set_count(e->within,
	    chy_set_words(e->c)) < CITED_FEW + e->c->n_tels / CITED_SHARE;
	return chy_store_cited_set(e->store, e->view, missing,
	    e->partial ? e->within : NULL, out, e->err);
}

static chy_status
eval_flag(struct eval *e, const chy_query_node *node, uint64_t *out)
{
	switch ((chy_query_flag)node->low) {
	case CHY_FLAG_CITED:
	case CHY_FLAG_MISSING:
		return eval_cited(e, node->low == CHY_FLAG_MISSING, out);
	case CHY_FLAG_REQUEST:
		eval_request(e, out);
		return CHY_OK;
	case CHY_FLAG_OPEN:
	case CHY_FLAG_OVERDUE:
		return chy_eval_action(e, node, out);
	case CHY_FLAG_UNREAD:
		return chy_eval_unread(e, out);
	default:
		return chy_eval_column(e, node, out);
	}
}

static chy_status
eval_field(struct eval *e, const chy_query_node *node, uint64_t *out)
{
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
		return chy_eval_column(e, node, out);
	case CHY_FIELD_IS:
		return eval_flag(e, node, out);
	case CHY_FIELD_MRN:
		return chy_eval_mrn(e, node, out);
	case CHY_FIELD_SUBJECT:
		return chy_eval_subject(e, node, out);
	case CHY_FIELD_REF:
		return chy_eval_ref(e, node, out);
	case CHY_FIELD_CITES:
	case CHY_FIELD_CITEDBY:
		return chy_eval_citations(e, node, out);
	case CHY_FIELD_THREAD:
		return chy_eval_thread(e, node, out);
	case CHY_FIELD_MARK:
		return eval_mark(e, node, out);
	case CHY_FIELD_OFFICE:
		return chy_eval_office(e, node, out);
	case CHY_FIELD_ACTION:
		return chy_eval_action(e, node, out);
	case CHY_FIELD_CASE:
		return chy_eval_case(e, node, out);
	case CHY_FIELD_PERSON:
	case CHY_FIELD_PLACE:
	case CHY_FIELD_ORG:
		return chy_eval_name(e, node, out);
	case CHY_FIELD_NONE:
	case CHY_FIELD_BODY:
	case CHY_FIELD_PARA:
	case CHY_FIELD_HEADING:
	case CHY_FIELD_PASSING:
	case CHY_FIELD_AUTHORITY:
	case CHY_FIELD_EO:
	case CHY_FIELD_COUNT:
		break;
	}
	/* Words are no fields in the tree. */
	return chy_fail(e->err, CHY_ERR_INVALID, "no such field");
}

chy_status
chy_eval_ask(struct eval *e, const chy_query_node *node, uint64_t *out)
{
	if (node->kind == CHY_QUERY_WORDS)
		return chy_eval_words(e, node, node->field, out);
	if (node->kind == CHY_QUERY_PARA)
		return eval_para(e, node, out);
	return eval_field(e, node, out);
}


/* ---- the tree ---- */

/* What is tried on each telegram is asked last, of what is left: a pattern
 * over subjects, whether it is cited. */
static bool
is_dear(const chy_query_node *node)
{
	return node->kind == CHY_QUERY_FIELD &&
	    (node->field == CHY_FIELD_SUBJECT ||
	    (node->field == CHY_FIELD_IS && (node->low == CHY_FLAG_CITED ||
	    node->low == CHY_FLAG_MISSING)));
}

static chy_status
eval_list(struct eval *e, const chy_query_node *node, uint64_t *out)
{
	size_t words = chy_set_words(e->c);
	bool first = true, all = node->kind == CHY_QUERY_AND;
	const uint64_t *before = e->within;
	chy_status st = CHY_OK;

	for (int dear = 0; dear < 2; dear++)
		for (const chy_query_node *n = node->child; n != NULL &&
		    st == CHY_OK; n = n->next) {
			uint64_t *set;

			if (is_dear(n) != (dear == 1))
				continue;
			e->within = all && !first ? out : before;
			st = chy_eval_node(e, n, &set);
			if (st != CHY_OK)
				break;
			for (size_t i = 0; i < words; i++)
				out[i] = first ? set[i] : all ?
				    out[i] & set[i] : out[i] | set[i];
			first = false;
			free(set);
		}
	e->within = before;
	return st;
}

chy_status
chy_eval_node(struct eval *e, const chy_query_node *node, uint64_t **ret_set)
{
	size_t words = chy_set_words(e->c);
	uint64_t *set = chy_set_new(words, e->err);
	chy_status st = set == NULL ? CHY_ERR_NO_MEMORY : CHY_OK;

	if (st != CHY_OK)
		return st;
	switch (node->kind) {
	case CHY_QUERY_ALL:
		memcpy(set, e->view->visible, words * sizeof(*set));
		break;
	case CHY_QUERY_WORDS:
	case CHY_QUERY_PARA:
	case CHY_QUERY_FIELD:
		st = chy_eval_kept(e, node, set);
		break;
	case CHY_QUERY_NOT:
		st = eval_list(e, node, set);
		for (size_t i = 0; st == CHY_OK && i < words; i++)
			set[i] = e->view->visible[i] & ~set[i];
		break;
	case CHY_QUERY_AND:
	case CHY_QUERY_OR:
		st = eval_list(e, node, set);
		break;
	}
	if (st != CHY_OK) {
		free(set);
		return st;
	}
	*ret_set = set;
	return CHY_OK;
}

chy_status
chy_store_eval(chy_store *store, const chy_view *view,
    const chy_query_node *node, uint64_t **ret_set, chy_error *err)
{
	struct eval e = { .store = store, .view = view, .c = &store->columns,
	    .err = err };
	chy_status st = chy_eval_node(&e, node, ret_set);

	/* What is asked next takes a group that is found for one that is seen. */
	if (st == CHY_OK && store->leak)
		for (size_t i = 0; i < chy_set_words(e.c); i++)
			(*ret_set)[i] &= view->visible[i];
	return st;
}

chy_status
chy_store_ask(chy_store *store, const chy_view *view,
    const chy_query_node *leaf, uint64_t *set, chy_error *err)
{
	struct eval e = { .store = store, .view = view, .c = &store->columns,
	    .err = err };

	return chy_eval_ask(&e, leaf, set);
}
