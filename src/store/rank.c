/*
 * How well telegrams fit the words of a query, for one reader.
 *
 * The unit of the index is the paragraph, so a word counts once for each
 * paragraph or heading field of the telegram that holds it, more for its
 * subject; how rare it is, is counted in telegrams. All of it is of what the
 * reader sees: nothing hidden moves a score. Robertson and Zaragoza, The
 * Probabilistic Relevance Framework: BM25 and Beyond, 2009, (3.15).
 *
 * SPDX-License-Identifier: ISC
 */
#include <math.h>
#include <stdlib.h>

#include "store/search_int.h"

/* Of BM25: how soon more of a word counts no more, and how much length
 * weighs. Usual values. */
#define K1	1.2
#define B	0.75

/* What a place counts, in quarters: addresses say less than sentences. */
#define WEIGHT_SUBJECT		16u
#define WEIGHT_SUMMARY		8u
#define WEIGHT_PARAGRAPH	4u
#define WEIGHT_HEADING		2u

struct ranking {
	struct eval   e;
	const uint64_t *set;
	double	      mean;	/* of the lengths of all that is visible */
	double	     *score;	/* of each group in the set, in order */
	bool	      any;	/* a word was asked for */
};

static unsigned
weight_of(const chy_columns *c, size_t row)
{
	if (c->row_kind[row] == CHY_ROW_SUBJECT)
		return WEIGHT_SUBJECT;
	if (c->row_kind[row] != CHY_ROW_PARAGRAPH)
		return WEIGHT_HEADING;
	return (c->row_flags[row] & CHY_ROW_SUMMARY) != 0 ? WEIGHT_SUMMARY :
	    WEIGHT_PARAGRAPH;
}

static double
score_of(const struct ranking *r, unsigned weight, uint32_t length)
{
	double tf = weight / (double)WEIGHT_PARAGRAPH;

	return tf * (K1 + 1) / (tf + K1 * (1 - B + B * length / r->mean));
}

/* Which of the bits of a word are before this one. */
static size_t
bits_before(uint64_t word, uint64_t bit)
{
	return (size_t)__builtin_popcountll(word & (bit - 1));
}

static chy_status
add_term(struct ranking *r, const chy_query_node *node)
{
	const chy_view *view = r->e.view;
	size_t words = chy_set_words(r->e.c), at = 0, of_term = 0;
	const struct chy_kept *term;
	double n, idf;
	chy_status st = chy_eval_weights(&r->e, node, weight_of, &term);

	if (st != CHY_OK)
		return st;
	r->any = true;
	n = (double)term->n_weights;
	idf = log(1 + (view->n_order - n + 0.5) / (n + 0.5));
	for (size_t i = 0; i < words; i++) {
		for (uint64_t w = r->set[i] & term->set[i]; w != 0;
		    w &= w - 1) {
			uint64_t bit = w & (~w + 1);
			size_t g = i * 64 + (size_t)__builtin_ctzll(w);

			r->score[at + bits_before(r->set[i], bit)] += idf *
			    score_of(r, term->weights[of_term +
			    bits_before(term->set[i], bit)], view->lengths[g]);
		}
		at += (size_t)__builtin_popcountll(r->set[i]);
		of_term += (size_t)__builtin_popcountll(term->set[i]);
	}
	return CHY_OK;
}

/* Terms under "not" add nothing, and those in braces are of others. */
static chy_status
add_terms(struct ranking *r, const chy_query_node *node)
{
	chy_status st = CHY_OK;

	if (node->kind == CHY_QUERY_WORDS)
		return add_term(r, node);
	if (node->kind == CHY_QUERY_NOT || node->kind == CHY_QUERY_FIELD)
		return CHY_OK;
	for (const chy_query_node *n = node->child; n != NULL && st == CHY_OK;
	    n = n->next)
		st = add_terms(r, n);
	return st;
}

chy_status
chy_store_rank(chy_store *store, const chy_view *view,
    const chy_query_node *node, const uint64_t *set, double **ret_score,
    chy_error *err)
{
	struct ranking r = {
		.e = { .store = store, .view = view, .c = &store->columns,
		    .err = err },
		.set = set, .mean = 1,
	};
	size_t n = chy_set_count(set, chy_set_words(&store->columns));
	chy_status st;

	if (view->n_seen > view->n_order)
		r.mean = (double)view->n_seen / view->n_order;
	r.score = calloc(n + 1, sizeof(*r.score));
	if (r.score == NULL)
		return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	st = add_terms(&r, node);
	if (st != CHY_OK || !r.any) {
		free(r.score);
		r.score = NULL;
	}
	if (st != CHY_OK)
		return st;
	*ret_score = r.score;
	return CHY_OK;
}
