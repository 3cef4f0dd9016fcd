/*
 * chancery network: who writes to whom, of what a query finds; and with
 * --of references, what cites what.
 *
 * SPDX-License-Identifier: ISC
 */
#include <inttypes.h>

#include "cmd/cmd.h"
#include "cmd/output.h"
#include "registry/network.h"
#include "render/chart.h"

enum { AS, OF };

static const char *
form(size_t i)
{
	static const char *const forms[] = { "text", "json", "svg", "html" };

	return i < 4 ? forms[i] : NULL;
}

static const char *
of_value(size_t i)
{
	static const char *const of[] = { "posts", "references" };

	return i < 2 ? of[i] : NULL;
}

static const cmd_option options[] = {
	[AS] = { "as", "FORM", "how to print: text if not said; no svg of "
	    "references", form, 0 },
	[OF] = { "of", "WHAT", "posts or references; posts if not said",
	    of_value, 0 },
	{ NULL, NULL, NULL, NULL, 0 },
};

static void
put_total(chy_sink *out, chy_slice understood, uint64_t total)
{
	chy_sink_puts(out, "query: ");
	out_text(out, understood);
	chy_sink_printf(out, "\n%" PRIu64 " telegram%s", total,
	    total == 1 ? "" : "s");
}

static void
put_text(chy_sink *out, const chy_network *net)
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

static void
put_json(chy_sink *out, const chy_network *net)
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
put_chart(cmd_env *env, chy_network *net, bool table)
{
	chy_chart_node *nodes = chy_arena_zalloc(&net->arena,
	    (size_t)net->n_nodes + 1, sizeof(*nodes));
	chy_chart_edge *edges = chy_arena_zalloc(&net->arena,
	    (size_t)net->n_edges + 1, sizeof(*edges));

	if (nodes == NULL || edges == NULL) {
		cmd_trouble(env, NULL, "no memory");
		return;
	}
	for (uint32_t i = 0; i < net->n_nodes; i++)
		nodes[i] = (chy_chart_node){ net->nodes[i].name,
		    net->nodes[i].sent,
		    net->nodes[i].action + net->nodes[i].info };
	for (uint32_t i = 0; i < net->n_edges; i++)
		edges[i] = (chy_chart_edge){ net->edges[i].from,
		    net->edges[i].to, net->edges[i].action,
		    net->edges[i].info };
	if (table)
		chy_sink_puts(env->out, "<figure class=\"chart\">\n");
	chy_chart_network(nodes, net->n_nodes, edges, net->n_edges, "network",
	    "Who writes to whom", env->out);
	if (table) {
		chy_chart_network_table(nodes, net->n_nodes, edges,
		    net->n_edges, env->out);
		chy_sink_puts(env->out, "</figure>\n");
	}
}

static int
run_posts(cmd_env *env, chy_slice query, const char *as)
{
	chy_network *net;
	chy_error err = { 0 };
	chy_status st = chy_registry_network(env->reg, &env->reader, query,
	    &net, &err);

	if (st != CHY_OK) {
		err.status = st;
		return cmd_failed_query(env, query, &err);
	}
	if (as[0] == 't')
		put_text(env->out, net);
	else if (as[0] == 'j')
		put_json(env->out, net);
	else
		put_chart(env, net, as[0] == 'h');
	chy_network_free(net);
	return cmd_done(env);
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

static int
run_references(cmd_env *env, chy_slice query, const char *as)
{
	chy_citation_graph *g;
	chy_error err = { 0 };
	chy_status st;

	if (as[0] != 't' && as[0] != 'j')
		return cmd_bad_usage(env, "citations are printed as text or "
		    "json; they are too many to draw");
	st = chy_registry_citations(env->reg, &env->reader, query, &g, &err);
	if (st != CHY_OK) {
		err.status = st;
		return cmd_failed_query(env, query, &err);
	}
	if (as[0] == 't') {
		put_total(env->out, g->understood, g->total);
		chy_sink_puts(env->out, "\n");
	}
	for (uint32_t i = 0; i < g->n; i++)
		put_edge(env->out, &g->at[i], as[0] == 'j');
	if (g->cut)
		cmd_trouble(env, NULL, "there are more than %u citations; "
		    "narrow the query", CHY_CITATION_EDGES);
	chy_citation_graph_free(g);
	return cmd_done(env);
}

static int
run(cmd_env *env, int argc, char **argv)
{
	const char *as = env->value[AS] != NULL ? env->value[AS] : "text";
	const char *of = env->value[OF] != NULL ? env->value[OF] : "posts";
	chy_buf buf = CHY_BUF_INIT;
	chy_slice query;
	int status;

	if (!cmd_has_value(&options[AS], as))
		return cmd_bad_value(env, &options[AS], as);
	if (!cmd_has_value(&options[OF], of))
		return cmd_bad_value(env, &options[OF], of);
	query = cmd_join(&buf, argc, argv);
	status = of[0] == 'p' ? run_posts(env, query, as) :
	    run_references(env, query, as);
	chy_buf_done(&buf);
	return status;
}

const chy_cmd cmd_network = { "[QUERY...]", 0, options, run };
