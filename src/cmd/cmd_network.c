/*
 * chancery network: who writes to whom, of what a query finds; and with
 * --of references, what cites what.
 *
 * SPDX-License-Identifier: ISC
 */
#include "answer/answer.h"
#include "cmd/cmd.h"
#include "cmd/output.h"
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
		nodes[i] = (chy_chart_node){ .name = net->nodes[i].name,
		    .sent = net->nodes[i].sent,
		    .received = net->nodes[i].action + net->nodes[i].info };
	for (uint32_t i = 0; i < net->n_edges; i++)
		edges[i] = (chy_chart_edge){ .from = net->edges[i].from,
		    .to = net->edges[i].to, .action = net->edges[i].action,
		    .info = net->edges[i].info };
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
		answer_network_text(net, env->out);
	else if (as[0] == 'j')
		answer_network_json(net, env->out);
	else
		put_chart(env, net, as[0] == 'h');
	chy_network_free(net);
	return cmd_done(env);
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
	if (as[0] == 't')
		answer_citations_text(g, env->out);
	else
		answer_citations_json(g, env->out);
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
