/*
 * A thread for programs.
 *
 * SPDX-License-Identifier: ISC
 */
#include "answer/answer.h"
#include "web/web_int.h"

static void
put_json(chy_exchange *x, const chy_thread *t)
{
	chy_buf buf = CHY_BUF_INIT;
	chy_sink out = chy_sink_buf(&buf);

	x->type = "application/json";
	chy_json(x, "{\"schema\":1,\"start\":%.*s,\"missing\":%u,\"nodes\":[",
	    CHY_ARG(t->nodes[t->start].line.id), t->n_missing);
	for (uint32_t i = 0; i < t->n_nodes; i++) {
		chy_buf_reset(&buf);
		answer_node_json(t, i, &out);
		if (i > 0)
			chy_json(x, ",\n");
		chy_sink_put(&x->out, chy_slice_trim(chy_buf_slice(&buf)));
	}
	if (chy_buf_status(&buf) != CHY_OK)
		x->out.status = CHY_ERR_NO_MEMORY;
	chy_buf_done(&buf);
	chy_json(x, "]}\n");
}

void
chy_api_thread(chy_exchange *x)
{
	chy_thread *t = NULL;
	chy_error err = { 0 };
	chy_status st;

	st = chy_registry_thread(x->reg, &x->site->reader, x->id, &t, &err);
	if (st != CHY_OK || t->n_nodes == 0) {
		chy_reply_status(x, st == CHY_OK ? CHY_ERR_NOT_FOUND : st,
		    &err);
	} else if (x->format == CHY_WEB_JSON) {
		put_json(x, t);
	} else {
		x->type = "text/plain; charset=utf-8";
		answer_thread_text(t, false, &x->out);
	}
	chy_thread_free(t);
}
