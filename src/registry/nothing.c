/*
 * Where nothing is found: what is found without one of the terms, and what is
 * written nearly as a term that no telegram has.
 *
 * Words are tried, letter by letter, on the index itself and by what the reader
 * sees: its vocabulary would tell of words that are hidden from them.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "base/ascii.h"
#include "registry/result_int.h"
#include "registry/registry_int.h"
#include "vocab/vocab.h"

#define WORD_MIN	4u	/* shorter ones are near to everything */
#define WORD_MAX	20u
#define VALUE_MAX	CHY_SLICE_DISTANCE
#define TRIED_TERMS	3u	/* of a query, that nothing has */
#define SHOWN		3u	/* for each */


/* How many telegrams a query, or a term of it, finds. */
static chy_status
count_found(struct asking *a, const chy_query_node *node, uint64_t *ret)
{
	uint64_t *set;
	chy_status st = chy_store_eval(a->reg->store, a->view, node, &set,
	    a->err);

	if (st != CHY_OK)
		return st;
	*ret = chy_set_count(set, chy_set_words(a->c));
	free(set);
	return CHY_OK;
}


/* ---- without one of the terms ---- */

static chy_status
find_drops(struct asking *a, const chy_query *query, chy_found *found)
{
	const chy_query_node *root = query->root;
	chy_buf buf = CHY_BUF_INIT;
	chy_status st = CHY_OK;
	uint32_t n = 0;

	if (root->kind != CHY_QUERY_AND)
		return CHY_OK;
	for (const chy_query_node *c = root->child; c != NULL; c = c->next)
		n++;
	found->drops = chy_arena_zalloc(&found->arena, n,
	    sizeof(*found->drops));
	if (found->drops == NULL)
		return chy_fail(a->err, CHY_ERR_NO_MEMORY, "no memory");
	for (chy_query_node *c = root->child; c != NULL && st == CHY_OK;
	    c = c->next) {
		chy_query_node *copies, rest = *root, *end = NULL;
		chy_drop *drop = &found->drops[found->n_drops];
		uint32_t k = 0;

		/* A list without c, of copies: the tree stays as it is. */
		copies = chy_arena_zalloc(&found->arena, n, sizeof(*copies));
		if (copies == NULL)
			return chy_fail(a->err, CHY_ERR_NO_MEMORY, "no memory");
		rest.child = NULL;
		for (chy_query_node *o = root->child; o != NULL; o = o->next) {
			if (o == c)
				continue;
			copies[k] = *o;
			copies[k].next = NULL;
			if (end == NULL)
				rest.child = &copies[k];
			else
				end->next = &copies[k];
			end = &copies[k++];
		}
		st = count_found(a, &rest, &drop->count);
		if (st != CHY_OK || drop->count == 0)
			continue;
		chy_buf_reset(&buf);
		chy_query_print(c, &buf);
		drop->term = chy_arena_copy(&found->arena,
		    chy_buf_slice(&buf));
		chy_buf_reset(&buf);
		chy_query_print(&rest, &buf);
		drop->rest = chy_arena_copy(&found->arena,
		    chy_buf_slice(&buf));
		found->n_drops++;
	}
	chy_buf_done(&buf);
	return st;
}


/* ---- one term for another ---- */

/* What could stand in place of a term; the most used first. */
struct near_list {
	char	 text[SHOWN][VALUE_MAX + 1];
	uint64_t count[SHOWN];
	uint32_t n;
};

struct trying {
	struct asking  *a;
	chy_query      *query;
	chy_found      *found;
	uint64_t       *set;	/* for one answer */
	uint32_t	terms;	/* that nothing has */
};

static void
near_put(struct near_list *l, chy_slice text, uint64_t count)
{
	uint32_t at = l->n < SHOWN ? l->n : SHOWN - 1;

	if (text.len > VALUE_MAX || (l->n == SHOWN && count <= l->count[at]))
		return;
	for (uint32_t i = 0; i < l->n; i++)
		if (chy_slice_eq(chy_slice_of(l->text[i]), text))
			return;
	for (; at > 0 && l->count[at - 1] < count; at--) {
		memcpy(l->text[at], l->text[at - 1], sizeof(l->text[at]));
		l->count[at] = l->count[at - 1];
	}
	memcpy(l->text[at], text.ptr, text.len);
	l->text[at][text.len] = '\0';
	l->count[at] = count;
	l->n += l->n < SHOWN;
}

/* How many telegrams have a term that nobody asked for. */
static chy_status
count_term(struct trying *t, const chy_query_node *term, uint64_t *ret)
{
	size_t words = chy_set_words(t->a->c);
	chy_status st;

	memset(t->set, 0, words * sizeof(*t->set));
	st = chy_store_ask(t->a->reg->store, t->a->view, term, t->set,
	    t->a->err);
	*ret = st == CHY_OK ? chy_set_count(t->set, words) : 0;
	return st;
}

/* The k-th word that is one slip of the fingers from `word`: two letters
 * changed over, a letter too many, another one, one too few. False behind the
 * last. */
static bool
slip(chy_slice word, uint32_t k, char out[WORD_MAX + 2])
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz";
	uint32_t n = (uint32_t)word.len, at;

	memcpy(out, word.ptr, n);
	out[n] = '\0';
	if (k < n - 1) {
		out[k] = word.ptr[k + 1];
		out[k + 1] = word.ptr[k];
		return true;
	}
	k -= n - 1;
	if (k < n) {
		memmove(out + k, out + k + 1, n - k);
		return true;
	}
	k -= n;
	at = k / 26;
	if (at < n) {
		out[at] = letters[k % 26];
		return true;
	}
	at -= n;
	if (at > n)
		return false;
	memmove(out + at + 1, out + at, n + 1 - at);
	out[at] = letters[k % 26];
	return true;
}

static chy_status
near_words(struct trying *t, const chy_query_node *term, struct near_list *l)
{
	char lower[WORD_MAX + 1], tried[WORD_MAX + 2];
	chy_query_node other = *term;
	chy_status st = CHY_OK;

	if (term->prefix || term->near > 0 || term->text.len < WORD_MIN ||
	    term->text.len > WORD_MAX)
		return CHY_OK;
	for (size_t i = 0; i < term->text.len; i++) {
		lower[i] = chy_lower(term->text.ptr[i]);
		if (!chy_is_alpha(lower[i]))
			return CHY_OK;
	}
	for (uint32_t k = 0; st == CHY_OK && slip((chy_slice){ lower,
	    term->text.len }, k, tried); k++) {
		uint64_t count;

		other.text = chy_slice_of(tried);
		st = count_term(t, &other, &count);
		if (st == CHY_OK && count > 0)
			near_put(l, other.text, count);
	}
	return st;
}

/* Embassy-Paris is Paris, where no table says so. */
static bool
ends_so(chy_slice value, chy_slice name)
{
	return name.len >= WORD_MIN && value.len > name.len &&
	    chy_slice_ends(value, name);
}

/* What a code of TAGS means has the value in it: tag:terrorism. */
static bool
means(chy_slice code, chy_slice value)
{
	const chy_tag *tag = chy_vocab_tag(code);

	return tag != NULL && value.len >= WORD_MIN &&
	    chy_slice_ihas(tag->meaning, value);
}

static chy_status
near_names(struct trying *t, const chy_query_node *term,
    const struct chy_names *names, struct near_list *l)
{
	uint32_t most = term->text.len > 5 ? 2 : term->text.len > 2 ? 1 : 0;
	uint64_t *count = chy_count_names(t->a, term->field, names);

	if (count == NULL)
		return chy_fail(t->a->err, CHY_ERR_NO_MEMORY, "no memory");
	for (uint32_t i = 1; i < chy_name_count(names); i++) {
		chy_slice name = chy_name_text(names, i);

		if (count[i] > 0 && (chy_slice_distance(term->text, name) <= most ||
		    ends_so(term->text, name) ||
		    (term->field == CHY_FIELD_TAG && means(name, term->text))))
			near_put(l, name, count[i]);
	}
	free(count);
	return CHY_OK;
}

static chy_status
find_near(struct trying *t, const chy_query_node *term, struct near_list *l)
{
	if (term->kind == CHY_QUERY_WORDS)
		return near_words(t, term, l);
	switch (term->field) {
	case CHY_FIELD_FROM:
	case CHY_FIELD_TO:
	case CHY_FIELD_INFO:
	case CHY_FIELD_POST:
		return near_names(t, term, t->a->c->posts, l);
	case CHY_FIELD_TAG:
		return near_names(t, term, t->a->c->codes, l);
	case CHY_FIELD_CAPTION:
		return near_names(t, term, t->a->c->tokens, l);
	default:
		return CHY_OK;
	}
}

/* The whole query with `text` in place of the term, if that finds anything. */
static chy_status
put_instead(struct trying *t, chy_query_node *term, chy_slice text)
{
	chy_arena *arena = &t->found->arena;
	chy_query_node was = *term;
	chy_instead *one = &t->found->instead[t->found->n_instead];
	chy_buf buf = CHY_BUF_INIT;
	chy_status st;

	text = chy_arena_copy(arena, text);
	chy_query_print(term, &buf);
	one->term = chy_arena_copy(arena, chy_buf_slice(&buf));
	term->text = text;
	term->typed = text;
	st = count_found(t->a, t->query->root, &one->count);
	if (st == CHY_OK && one->count > 0) {
		chy_buf_reset(&buf);
		chy_query_print(term, &buf);
		one->with = chy_arena_copy(arena, chy_buf_slice(&buf));
		chy_buf_reset(&buf);
		chy_query_print(t->query->root, &buf);
		one->query = chy_arena_copy(arena, chy_buf_slice(&buf));
		t->found->n_instead++;
	}
	*term = was;
	chy_buf_done(&buf);
	return st;
}

/* The terms that nothing has; what is not asked for is left alone. */
static chy_status
try_terms(struct trying *t, chy_query_node *node)
{
	struct near_list list = { .n = 0 };
	chy_status st = CHY_OK;
	uint64_t count;

	if (node->kind == CHY_QUERY_AND || node->kind == CHY_QUERY_OR) {
		for (chy_query_node *c = node->child; c != NULL && st == CHY_OK;
		    c = c->next)
			st = try_terms(t, c);
		return st;
	}
	if ((node->kind != CHY_QUERY_WORDS && node->kind != CHY_QUERY_FIELD) ||
	    node->pattern != NULL || node->child != NULL || node->country ||
	    t->terms == TRIED_TERMS)
		return CHY_OK;
	/* What was asked a moment ago is kept. */
	st = count_found(t->a, node, &count);
	if (st != CHY_OK || count > 0)
		return st;
	t->terms++;
	st = find_near(t, node, &list);
	for (uint32_t i = 0; i < list.n && st == CHY_OK; i++)
		st = put_instead(t, node, chy_slice_of(list.text[i]));
	return st;
}

static chy_status
find_instead(struct asking *a, chy_query *query, chy_found *found)
{
	struct trying t = { .a = a, .query = query, .found = found };
	chy_status st;

	found->instead = chy_arena_zalloc(&found->arena, TRIED_TERMS * SHOWN,
	    sizeof(*found->instead));
	t.set = calloc(chy_set_words(a->c) + 1, sizeof(*t.set));
	st = found->instead == NULL || t.set == NULL ? chy_fail(a->err,
	    CHY_ERR_NO_MEMORY, "no memory") : try_terms(&t, query->root);
	free(t.set);
	return st;
}

chy_status
chy_nothing_found(struct asking *a, chy_query *query, chy_found *found)
{
	chy_status st = find_drops(a, query, found);

	return st == CHY_OK ? find_instead(a, query, found) : st;
}
