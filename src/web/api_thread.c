/*
 * A thread for programs.
 *
 * SPDX-License-Identifier: ISC
 */
#include "web/web_int.h"

static void
put_json_node(chy_exchange *x, const chy_thread *t, uint32_t i)
{
	const chy_thread_node *node = &t->nodes[i];
	const chy_line *line = &node->line;

	chy_json(x, "{\"canonical_id\":%.*s,\"missing\":", CHY_ARG(line->id));
	chy_sink_puts(&x->out, node->missing ? "true" : "false");
	chy_json(x, ",\"depth\":%u,\"dtg_iso\":%.*s,\"originator\":%.*s,"
	    "\"classification\":%.*s,\"subject_title\":%.*s,\"cites\":[",
	    node->depth, CHY_ARG(line->dtg_iso), CHY_ARG(line->originator),
	    CHY_ARG(line->classification), CHY_ARG(line->subject));
	for (uint32_t k = 0; k < node->n_cites; k++) {
		if (k > 0)
			chy_json(x, ",");
		chy_json(x, "%.*s", CHY_ARG(t->nodes[node->cites[k]].line.id));
	}
	chy_json(x, "]}");
}

static void
put_json(chy_exchange *x, const chy_thread *t)
{
	x->type = "application/json";
	chy_json(x, "{\"schema\":1,\"start\":%.*s,\"missing\":%u,\"nodes\":[",
	    CHY_ARG(t->nodes[t->start].line.id), t->n_missing);
	for (uint32_t i = 0; i < t->n_nodes; i++) {
		if (i > 0)
			chy_json(x, ",\n");
		put_json_node(x, t, i);
	}
	chy_json(x, "]}\n");
}

static void
put_text(chy_exchange *x, const chy_thread *t)
{
	x->type = "text/plain; charset=utf-8";
	for (uint32_t i = 0; i < t->n_nodes; i++) {
		const chy_thread_node *node = &t->nodes[i];
		int indent = node->depth < 40 ? (int)node->depth * 2 : 80;

		chy_sink_printf(&x->out, "%*s%s %.*s  %s  %.*s\n", indent, "",
		    i == t->start ? ">" : node->missing ? "?" : "-",
		    CHY_ARG(node->line.id), node->missing ? "missing" :
		    chy_words_date(chy_line_date(&node->line)).s,
		    CHY_ARG(node->line.subject));
	}
}

void
chy_api_thread(chy_exchange *x)
{
	chy_thread *t = NULL;
	chy_error err = { 0 };
	chy_status st;

	st = chy_registry_thread(x->reg, &x->site->reader, x->id, &t, &err);
	if (st != CHY_OK || t->n_nodes == 0)
		chy_reply_status(x, st == CHY_OK ? CHY_ERR_NOT_FOUND : st,
		    &err);
	else if (x->format == CHY_WEB_JSON)
		put_json(x, t);
	else
		put_text(x, t);
	chy_thread_free(t);
}
