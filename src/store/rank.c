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
	uint32_t     *found;	/* by group: weight of the term's places */
	uint32_t     *length;	/* by group: rows that are seen */
	double	      mean;	/* of the lengths of all that is visible */
	double	     *score;	/* by group */
	uint32_t      n_groups;
};

static void
count_rows(struct ranking *r)
{
	const chy_columns *c = r->e.c;
	const chy_view *view = r->e.view;
	uint64_t all = 0;

	for (uint32_t t = 0; t < c->n_tels; t++) {
		const chy_tel_column *tel = &c->tels[t];
		uint32_t n = 0;

		if ((view->tel_sees[t] & CHY_SEES_WHOLE) != 0)
			n = tel->row_count;
		else if ((view->tel_sees[t] & CHY_SEES_ROWS) != 0)
			for (uint32_t i = 0; i < tel->row_count; i++)
				n += chy_view_row(view, c,
				    (size_t)tel->first_row + i);
		r->length[tel->group] += n;
		all += n;
	}
	r->mean = view->n_order > 0 ? (double)all / view->n_order : 1;
	if (r->mean < 1)
		r->mean = 1;
}

static uint32_t
weight_of(const chy_columns *c, size_t row)
{
	if (c->row_kind[row] == CHY_ROW_SUBJECT)
		return WEIGHT_SUBJECT;
	if (c->row_kind[row] != CHY_ROW_PARAGRAPH)
		return WEIGHT_HEADING;
	return (c->row_flags[row] & CHY_ROW_SUMMARY) != 0 ? WEIGHT_SUMMARY :
	    WEIGHT_PARAGRAPH;
}

static chy_status
add_term(struct ranking *r, const chy_query_node *node)
{
	const chy_columns *c = r->e.c;
	uint32_t n = 0;
	uint64_t *rows;
	double idf;
	bool own;
	chy_status st = chy_eval_rows(&r->e, node, &rows, &own);

	if (st != CHY_OK)
		return st;
	memset(r->found, 0, r->n_groups * sizeof(*r->found));
	for (size_t i = 0; i < c->n_rows / 64 + 1; i++)
		for (uint64_t w = rows[i]; w != 0; w &= w - 1) {
			size_t row = i * 64 + (size_t)__builtin_ctzll(w);

			if (row > 0 && row < c->n_rows &&
			    chy_view_row(r->e.view, c, row) &&
			    chy_row_fits(node->field, c->row_kind[row]))
				r->found[c->tels[c->row_tel[row]].group] +=
				    weight_of(c, row);
		}
	if (own)
		free(rows);
	for (uint32_t g = 0; g < r->n_groups; g++)
		n += r->found[g] != 0;
	idf = log(1 + ((double)r->e.view->n_order - n + 0.5) / (n + 0.5));
	for (uint32_t g = 0; g < r->n_groups; g++) {
		double tf = r->found[g] / (double)WEIGHT_PARAGRAPH;

		if (tf > 0 && chy_set_has(r->set, g))
			r->score[g] += idf * tf * (K1 + 1) / (tf + K1 * (1 - B +
			    B * r->length[g] / r->mean));
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
	uint32_t n = chy_name_count(store->columns.groups);
	struct ranking r = {
		.e = { .store = store, .view = view, .c = &store->columns,
		    .err = err },
		.set = set, .n_groups = n,
	};
	chy_status st;

	r.found = calloc((size_t)n + 1, sizeof(*r.found));
	r.length = calloc((size_t)n + 1, sizeof(*r.length));
	r.score = calloc((size_t)n + 1, sizeof(*r.score));
	if (r.found == NULL || r.length == NULL || r.score == NULL) {
		st = chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	} else {
		count_rows(&r);
		st = add_terms(&r, node);
	}
	free(r.found);
	free(r.length);
	if (st != CHY_OK) {
		free(r.score);
		return st;
	}
	*ret_score = r.score;
	return CHY_OK;
}
