/*
 * Where the words of a query stand in a text, so that they can be shown. The
 * text is cut into words by the index's own tokenizer, so what it finds is
 * found here.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "base/ascii.h"
#include "store/store_int.h"

struct term {
	chy_slice   *words;
	uint32_t     n_words;
	bool	     prefix;
	uint32_t     near;	/* of words that stand near: each once */
	chy_field    field;
	struct term *next;
};

struct chy_terms {
	chy_arena   *arena;
	struct term *first;
	uint32_t     longest;	/* words of the longest phrase */
};

struct word_list {
	chy_arena *arena;
	chy_slice *at;
	uint32_t   n, cap;
};

static bool
add_word(void *arg, chy_slice word, uint32_t off, uint32_t len)
{
	struct word_list *l = arg;

	(void)off;
	(void)len;
	if (l->n == l->cap) {
		chy_slice *more = chy_arena_alloc(l->arena,
		    ((size_t)l->cap * 2 + 4) * sizeof(*more));

		if (more == NULL)
			return false;
		if (l->n > 0)
			memcpy(more, l->at, l->n * sizeof(*more));
		l->at = more;
		l->cap = l->cap * 2 + 4;
	}
	l->at[l->n++] = chy_arena_copy(l->arena, word);
	return true;
}

static uint32_t
each_once(chy_slice *words, uint32_t n)
{
	uint32_t m = 0;

	for (uint32_t i = 0; i < n; i++) {
		bool seen = false;

		for (uint32_t k = 0; k < m; k++)
			seen |= chy_slice_eq(words[k], words[i]);
		if (!seen)
			words[m++] = words[i];
	}
	return m;
}

/* Terms under "not" are found nowhere, so they are left out. */
static chy_status
collect(chy_store *store, const chy_query_node *node, chy_terms *terms,
    chy_error *err)
{
	struct word_list words = { .arena = terms->arena };
	struct term *term;
	chy_status st = CHY_OK;

	/* A query in braces is about other telegrams. */
	if (node->kind == CHY_QUERY_NOT || (node->kind == CHY_QUERY_FIELD &&
	    node->child != NULL))
		return CHY_OK;
	for (const chy_query_node *c = node->child; c != NULL && st == CHY_OK;
	    c = c->next)
		st = collect(store, c, terms, err);
	if (st != CHY_OK || (node->kind != CHY_QUERY_WORDS &&
	    (node->kind != CHY_QUERY_FIELD || node->field != CHY_FIELD_REF ||
	    node->pattern != NULL)))
		return st;
	st = chy_text_words(store->db, node->text, add_word, &words, err);
	if (st != CHY_OK || words.n == 0)
		return st;
	term = chy_arena_zalloc(terms->arena, 1, sizeof(*term));
	if (term == NULL)
		return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	term->words = words.at;
	term->n_words = node->near > 0 ? each_once(words.at, words.n) :
	    words.n;
	term->near = term->n_words > 1 ? node->near : 0;
	term->prefix = node->prefix;
	term->field = node->field;
	term->next = terms->first;
	terms->first = term;
	if (words.n > terms->longest)
		terms->longest = words.n;
	return CHY_OK;
}

chy_status
chy_terms_make(chy_store *store, const chy_query_node *node, chy_arena *arena,
    chy_terms **ret, chy_error *err)
{
	chy_terms *terms = chy_arena_zalloc(arena, 1, sizeof(*terms));
	chy_status st;

	if (terms == NULL)
		return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	terms->arena = arena;
	st = collect(store, node, terms, err);
	if (st == CHY_OK)
		*ret = terms;
	return st;
}

/* For each term, how far each phrase that began is: `at` words are matched
 * and the first stood at `off`. Phrases of a word that repeats overlap, so
 * starts are kept in a ring of as many as the phrase has words. */
struct finding {
	const chy_terms *terms;
	chy_row_kind	 kind;
	chy_arena	*arena;
	chy_place	*at;
	uint32_t	 n, cap;
	uint32_t	 word;		/* number of the word in the text */
	uint32_t	*starts;	/* offsets of the last words */
	uint32_t	*run;		/* per term: bits of partial matches */
	struct stand   **last;		/* per near term: where each word stood
					 * last; NULL for the others */
	uint32_t	 longest;
	bool		 out_of_order;	/* places came otherwise than by end */
	bool		 failed;
};

/* Where a word of those that stand near was met last. */
struct stand {
	uint32_t word;		/* its number in the text, from 1; 0: never */
	uint32_t off, end;
};

static void
add_place(struct finding *f, uint32_t off, uint32_t end)
{
	if (f->n == f->cap) {
		chy_place *more = chy_arena_alloc(f->arena,
		    ((size_t)f->cap * 2 + 8) * sizeof(*more));

		if (more == NULL) {
			f->failed = true;
			return;
		}
		if (f->n > 0)
			memcpy(more, f->at, f->n * sizeof(*more));
		f->at = more;
		f->cap = f->cap * 2 + 8;
	}
	f->at[f->n++] = (chy_place){ off, end - off };
}

static void
put_place(struct finding *f, uint32_t off, uint32_t end)
{
	/* In order of their ends; what overlaps becomes one. */
	while (f->n > 0 && !f->out_of_order &&
	    f->at[f->n - 1].off + f->at[f->n - 1].len > off) {
		if (f->at[f->n - 1].off < off)
			off = f->at[f->n - 1].off;
		f->n--;
	}
	add_place(f, off, end);
}

static bool
same_word(const struct term *t, uint32_t i, chy_slice word)
{
	if (t->prefix && i + 1 == t->n_words)
		return chy_slice_starts(word, t->words[i]);
	return chy_slice_eq(word, t->words[i]);
}

/* A word of those that stand near: if all are within reach of here, each is
 * a place. */
static void
look_near(struct finding *f, const struct term *t, struct stand *last,
    chy_slice word, uint32_t off, uint32_t end)
{
	uint32_t oldest = f->word;
	bool is = false;

	for (uint32_t i = 0; i < t->n_words; i++)
		if (chy_slice_eq(t->words[i], word)) {
			last[i] = (struct stand){ f->word, off, end };
			is = true;
		}
	for (uint32_t i = 0; i < t->n_words && is; i++)
		oldest = last[i].word < oldest ? last[i].word : oldest;
	if (!is || oldest == 0 || f->word - oldest > t->near + 1)
		return;
	f->out_of_order = true;
	for (uint32_t i = 0; i < t->n_words; i++)
		add_place(f, last[i].off, last[i].end);
}

static int
place_cmp(const void *a, const void *b)
{
	const chy_place *x = a, *y = b;

	return x->off < y->off ? -1 : x->off > y->off;
}

/* By their beginning, and what overlaps or is there twice becomes one. */
static void
put_in_order(struct finding *f)
{
	uint32_t n = 0;

	qsort(f->at, f->n, sizeof(*f->at), place_cmp);
	for (uint32_t i = 0; i < f->n; i++) {
		uint32_t end = f->at[i].off + f->at[i].len;

		if (n > 0 && f->at[i].off < f->at[n - 1].off +
		    f->at[n - 1].len) {
			if (end > f->at[n - 1].off + f->at[n - 1].len)
				f->at[n - 1].len = end - f->at[n - 1].off;
			continue;
		}
		f->at[n++] = f->at[i];
	}
	f->n = n;
}

static bool
look(void *arg, chy_slice word, uint32_t off, uint32_t len)
{
	struct finding *f = arg;
	uint32_t k = 0;

	f->starts[f->word % f->longest] = off;
	f->word++;
	for (const struct term *t = f->terms->first; t != NULL;
	    t = t->next, k++) {
		uint32_t now = 0, n = t->n_words < 31 ? t->n_words : 31;

		if (!chy_row_fits(t->field, (uint8_t)f->kind))
			continue;
		if (t->near > 0) {
			look_near(f, t, f->last[k], word, off, off + len);
			continue;
		}
		/* Bit i: the last i + 1 words are the first of the phrase. */
		for (uint32_t i = 0; i < n; i++)
			if ((i == 0 || (f->run[k] >> (i - 1) & 1) != 0) &&
			    same_word(t, i, word))
				now |= 1u << i;
		f->run[k] = now;
		if ((now >> (n - 1) & 1) != 0)
			put_place(f, f->starts[(f->word - n) % f->longest],
			    off + len);
	}
	return !f->failed;
}

/*
 * Whether the text may hold a term: where all of it is ASCII, the first word
 * of one must stand in it as bytes. The tokenizer takes most of the time of a
 * page of hits, and most paragraphs have nothing to show.
 */
static bool
may_hold(const chy_terms *terms, chy_slice text)
{
	for (size_t i = 0; i < text.len; i++)
		if ((unsigned char)text.ptr[i] > 127)
			return true;
	for (const struct term *t = terms->first; t != NULL; t = t->next) {
		chy_slice w = t->words[0];

		for (size_t i = 0; i + w.len <= text.len; i++) {
			size_t k = 0;

			while (k < w.len && chy_lower(text.ptr[i + k]) ==
			    w.ptr[k])
				k++;
			if (k == w.len)
				return true;
		}
	}
	return false;
}

chy_status
chy_terms_find(chy_store *store, const chy_terms *terms, const chy_row *row,
    chy_arena *arena, chy_place **ret, uint32_t *ret_n, chy_error *err)
{
	struct finding f = { .terms = terms, .arena = arena };
	uint32_t n = 0;
	chy_status st;

	*ret = NULL;
	*ret_n = 0;
	f.kind = row->kind;
	f.longest = terms->longest;
	for (const struct term *t = terms->first; t != NULL; t = t->next)
		n++;
	if (n == 0 || !may_hold(terms, row->text))
		return CHY_OK;
	f.starts = chy_arena_zalloc(arena, f.longest, sizeof(*f.starts));
	f.run = chy_arena_zalloc(arena, n, sizeof(*f.run));
	f.last = chy_arena_zalloc(arena, n, sizeof(*f.last));
	if (f.starts == NULL || f.run == NULL || f.last == NULL)
		return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	n = 0;
	for (const struct term *t = terms->first; t != NULL; t = t->next, n++)
		if (t->near > 0) {
			f.last[n] = chy_arena_zalloc(arena, t->n_words,
			    sizeof(*f.last[n]));
			if (f.last[n] == NULL)
				return chy_fail(err, CHY_ERR_NO_MEMORY,
				    "no memory");
		}
	st = chy_text_words(store->db, row->text, look, &f, err);
	if (st == CHY_OK && f.failed)
		st = chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	if (f.out_of_order)
		put_in_order(&f);
	if (st == CHY_OK) {
		*ret = f.at;
		*ret_n = f.n;
	}
	return st;
}
