/*
 * Who writes to whom, and what cites what.
 *
 * SPDX-License-Identifier: ISC
 */
#include <inttypes.h>

#include "answer/answer.h"

static void
put_total(chy_sink *out, chy_slice understood, uint64_t total)
{
	chy_sink_puts(out, "query: ");
	out_text(out, understood);
	chy_sink_printf(out, "\n%" PRIu64 " telegram%s", total,
	    total == 1 ? "" : "s");
}

void
answer_network_text(const chy_network *net, chy_sink *out)
{
	put_total(out, net->understood, net->total);
	if (net->unaddressed > 0)
		chy_sink_printf(out, ", %" PRIu64 " without originator or "
		    "addressee", net->unaddressed);
	chy_sink_puts(out, "\n\n    sent  action    info  post\n");
	for (uint32_t i = 0; i < net->n_nodes; i++) {
		const chy_net_node *n = &net->nodes[i];

		chy_sink_printf(out, "%8" PRIu64 "%8" PRIu64 "%8" PRIu64 "  ",
		    n->sent, n->action, n->info);
		out_text(out, n->name);
		chy_sink_puts(out, "\n");
	}
	chy_sink_puts(out, "\n  action    info  from, to\n");
	for (uint32_t i = 0; i < net->n_edges; i++) {
		const chy_net_edge *e = &net->edges[i];

		chy_sink_printf(out, "%8" PRIu64 "%8" PRIu64 "  ", e->action,
		    e->info);
		out_text(out, net->nodes[e->from].name);
		chy_sink_puts(out, ", ");
		out_text(out, net->nodes[e->to].name);
		chy_sink_puts(out, "\n");
	}
}

void
answer_network_json(const chy_network *net, chy_sink *out)
{
	for (uint32_t i = 0; i < net->n_nodes; i++) {
		const chy_net_node *n = &net->nodes[i];
		json j = json_open(out);

		json_text(&j, "kind", CHY_SLICE("node"));
		json_number(&j, "node", i);
		json_text_or_null(&j, "post", n->key);
		json_text(&j, "name", n->name);
		json_number(&j, "sent", n->sent);
		json_number(&j, "action", n->action);
		json_number(&j, "info", n->info);
		json_number(&j, "posts", n->key.len > 0 ? 1 : net->n_others);
		json_close(&j);
	}
	for (uint32_t i = 0; i < net->n_edges; i++) {
		const chy_net_edge *e = &net->edges[i];
		json j = json_open(out);

		json_text(&j, "kind", CHY_SLICE("edge"));
		json_number(&j, "from", e->from);
		json_number(&j, "to", e->to);
		json_number(&j, "action", e->action);
		json_number(&j, "info", e->info);
		json_close(&j);
	}
}

static void
put_edge(chy_sink *out, const chy_citation_edge *e, bool as_json)
{
	if (as_json) {
		json j = json_open(out);

		json_text(&j, "kind", CHY_SLICE("citation"));
		json_text(&j, "from", e->from);
		json_text(&j, "to", e->to);
		if (e->letter != '\0')
			json_text(&j, "letter", (chy_slice){ &e->letter, 1 });
		else
			json_absent(&j, "letter");
		json_bool(&j, "missing", e->missing);
		json_close(&j);
		return;
	}
	out_text(out, e->from);
	chy_sink_puts(out, "  ");
	out_text(out, e->to);
	if (e->letter != '\0')
		chy_sink_printf(out, "  %c", e->letter);
	chy_sink_puts(out, e->missing ? "  not in the archive\n" : "\n");
}

void
answer_citations_text(const chy_citation_graph *g, chy_sink *out)
{
	put_total(out, g->understood, g->total);
	chy_sink_puts(out, "\n");
	for (uint32_t i = 0; i < g->n; i++)
		put_edge(out, &g->at[i], false);
}

void
answer_citations_json(const chy_citation_graph *g, chy_sink *out)
{
	for (uint32_t i = 0; i < g->n; i++)
		put_edge(out, &g->at[i], true);
}
