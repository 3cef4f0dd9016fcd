/*
 * What the files that answer queries share.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_STORE_SEARCH_INT_H
#define CHY_STORE_SEARCH_INT_H

#include "store/store_int.h"

struct eval {
	chy_store	  *store;
	const chy_view	  *view;
	const chy_columns *c;
	const uint64_t	  *within; /* what else must hold; NULL: nothing. A
				    * field that is dear to ask looks at these
				    * alone */
	/* What is asked about: telegrams and rows from these on, 0 for all. A
	 * kept answer holds the others already. */
	uint32_t	   first_tel;
	size_t		   first_row;
	bool		   partial;	/* it was answered for `within` alone */
	chy_error	  *err;
};

/* All bits off; NULL after a failure, which is told. */
uint64_t *chy_set_new(size_t words, chy_error *err);

/* Mark the group of a filed original whose heading the reader sees. */
void	chy_eval_original(struct eval *e, int64_t original, uint64_t *out);

/* The group of a canonical id that the reader sees; CHY_NONE. */
uint32_t chy_visible_group(const chy_store *store, const chy_view *view,
    chy_slice id);

/* The rows of words as a set, before rights; *ret_own says whether to free
 * it. */
chy_status chy_eval_rows(struct eval *e, const chy_query_node *node,
    uint64_t **ret, bool *ret_own);

/* Put what a node means into a set that is new; heap. */
chy_status chy_eval_node(struct eval *e, const chy_query_node *node,
    uint64_t **ret_set);
/* Put what a leaf means into the set: of words, para:( ) or a field. */
chy_status chy_eval_ask(struct eval *e, const chy_query_node *node,
    uint64_t *out);
chy_status chy_eval_words(struct eval *e, const chy_query_node *node,
    chy_field field, uint64_t *out);

/* kept.c: the same as chy_eval_ask(), from what is kept where that holds. */
chy_status chy_eval_kept(struct eval *e, const chy_query_node *node,
    uint64_t *out);
/* The groups that the reader finds by a word, and the weight of each: what
 * weigh() gives for its rows together. Valid until the next question. */
chy_status chy_eval_weights(struct eval *e, const chy_query_node *node,
    unsigned (*weigh)(const chy_columns *c, size_t row),
    const struct chy_kept **ret);

/* search_cited.c: citations. */
chy_status chy_eval_ref(struct eval *e, const chy_query_node *node,
    uint64_t *out);
chy_status chy_eval_citations(struct eval *e, const chy_query_node *node,
    uint64_t *out);
chy_status chy_eval_thread(struct eval *e, const chy_query_node *node,
    uint64_t *out);

/* search_fields.c: what the columns in memory tell, and patterns. */
chy_status chy_eval_column(struct eval *e, const chy_query_node *node,
    uint64_t *out);
chy_status chy_eval_mrn(struct eval *e, const chy_query_node *node,
    uint64_t *out);
chy_status chy_eval_name(struct eval *e, const chy_query_node *node,
    uint64_t *out);
chy_status chy_eval_subject(struct eval *e, const chy_query_node *node,
    uint64_t *out);

/* search_work.c: what was distributed, is owed, is in a case. */
chy_status chy_eval_office(struct eval *e, const chy_query_node *node,
    uint64_t *out);
chy_status chy_eval_unread(struct eval *e, uint64_t *out);
chy_status chy_eval_action(struct eval *e, const chy_query_node *node,
    uint64_t *out);
chy_status chy_eval_case(struct eval *e, const chy_query_node *node,
    uint64_t *out);

#endif
