/*
 * A query evaluated whole: what counts, lists and exports begin with.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "registry/result_int.h"

chy_status
chy_result_begin(struct result *r, chy_registry *reg,
    const chy_reader *reader, chy_slice text, chy_arena *arena,
    chy_error *err)
{
	chy_buf buf = CHY_BUF_INIT;
	chy_status st = chy_query_asked(text, &r->query, err);

	r->set = NULL;
	if (st != CHY_OK)
		return st;
	st = chy_asking_begin(&r->a, reg, reader, err);
	if (st != CHY_OK) {
		chy_query_free(r->query);
		return st;
	}
	chy_query_print(r->query->root, &buf);
	r->understood = chy_arena_copy(arena, chy_buf_slice(&buf));
	chy_buf_done(&buf);
	st = chy_store_eval(reg->store, r->a.view, r->query->root, &r->set,
	    err);
	if (st != CHY_OK)
		chy_result_end(r);
	else
		r->total = chy_set_count(r->set, chy_set_words(r->a.c));
	return st;
}

void
chy_result_end(struct result *r)
{
	free(r->set);
	chy_query_free(r->query);
	chy_asking_end(&r->a);
}
