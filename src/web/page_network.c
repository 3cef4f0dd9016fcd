/*
 * Who writes to whom, of what a query finds: drawn, and the same figures in
 * tables. With of=references, what cites what, for programs.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>

#include "render/chart.h"
#include "web/parts_int.h"

/* Connections in the table of the page; all are in the other formats. */
#define EDGES	200u

/* The query with terms of posts; empty for the node of all others. */
static const char *
search_url(chy_exchange *x, chy_slice query, const chy_net_node *from,
    const chy_net_node *to)
{
	chy_buf buf = CHY_BUF_INIT;
	const char *url;

	if (from->key.len == 0 || (to != NULL && to->key.len == 0))
		return "";
	chy_buf_printf(&buf, "from:\"%.*s\"", CHY_ARG(from->name));
	if (to != NULL)
		chy_buf_printf(&buf, " (to:\"%.*s\" or info:\"%.*s\")",
		    CHY_ARG(to->name), CHY_ARG(to->name));
	url = chy_url(x, chy_terms_with(x, query, chy_buf_slice(&buf)));
	chy_buf_reset(&buf);
	chy_buf_printf(&buf, "/search?q=%s", url);
	return chy_keep(x, &buf);
}

static void
put_head(chy_exchange *x, const chy_network *net, chy_slice query)
{
	const char *asked = chy_url_asked(x, query);

	chy_html(x, "<div class=\"head\">\n<p class=\"kind\">Network</p>\n"
	    "<h1>Who writes to whom</h1>\n<p class=\"answer\">");
	if (net->n_nodes == 0)
		chy_html(x, "<b>Nobody</b>, in ");
	else
		chy_html(x, "<b>%s posts</b>, the busiest of them <b>%.*s</b>, "
		    "in ", chy_words_number(net->n_nodes + (net->n_others > 0 ?
		    net->n_others - 1 : 0)).s, CHY_ARG(net->nodes[0].name));
	chy_html(x, "<a href=\"/search?q=%s\">%s telegram%s</a>", chy_url(x,
	    query), chy_words_number(net->total).s,
	    net->total == 1 ? "" : "s");
	if (net->unaddressed > 0)
		chy_html(x, "; %s of them without originator or addressee",
		    chy_words_small(net->unaddressed).s);
	chy_html(x, ".</p>\n<p class=\"tools\"><span>What cites what, for "
	    "programs: <a href=\"/network.json?of=references%s%s\">JSON</a>, "
	    "<a href=\"/network.txt?of=references%s%s\">text</a></span></p>\n",
	    asked[0] == '?' ? "&" : "", asked[0] == '?' ? asked + 1 : "",
	    asked[0] == '?' ? "&" : "", asked[0] == '?' ? asked + 1 : "");
	chy_html_narrow(x, "/network", query, NULL);
	chy_html_understood(x, net->understood);
	chy_html(x, "</div>\n");
}

static void
put_nodes(chy_exchange *x, const chy_network *net, const chy_chart_node *nodes)
{
	chy_html(x, "<section aria-labelledby=\"posts\"><h2 id=\"posts\">Posts"
	    "</h2>\n<table class=\"ledger\"><thead><tr><th scope=\"col\">Post"
	    "</th><th scope=\"col\" class=\"r\">Sent</th><th scope=\"col\" "
	    "class=\"r\">Action</th><th scope=\"col\" class=\"r\">Info</th>"
	    "</tr></thead><tbody>\n");
	for (uint32_t i = 0; i < net->n_nodes; i++) {
		const chy_net_node *n = &net->nodes[i];

		chy_html(x, "<tr><th scope=\"row\">");
		if (nodes[i].url.len > 0)
			chy_html(x, "<a class=\"plain\" href=\"%.*s\">%.*s</a>",
			    CHY_ARG(nodes[i].url), CHY_ARG(n->name));
		else
			chy_html(x, "%.*s", CHY_ARG(n->name));
		chy_html(x, "</th><td class=\"r\">%s</td><td class=\"r\">%s"
		    "</td><td class=\"r\">%s</td></tr>\n",
		    chy_words_number(n->sent).s, chy_words_number(n->action).s,
		    chy_words_number(n->info).s);
	}
	chy_html(x, "</tbody></table></section>\n");
}

static void
put_picture(chy_exchange *x, const chy_network *net, chy_slice query)
{
	chy_chart_node *nodes = chy_arena_zalloc(&x->arena,
	    (size_t)net->n_nodes + 1, sizeof(*nodes));
	chy_chart_edge *edges = chy_arena_zalloc(&x->arena,
	    (size_t)net->n_edges + 1, sizeof(*edges));
	uint32_t listed = net->n_edges < EDGES ? net->n_edges : EDGES;

	if (nodes == NULL || edges == NULL) {
		x->out.status = CHY_ERR_NO_MEMORY;
		return;
	}
	for (uint32_t i = 0; i < net->n_nodes; i++)
		nodes[i] = (chy_chart_node){ .name = net->nodes[i].name,
		    .sent = net->nodes[i].sent,
		    .received = net->nodes[i].action + net->nodes[i].info,
		    .url = chy_slice_of(search_url(x, query, &net->nodes[i],
		    NULL)) };
	for (uint32_t i = 0; i < net->n_edges; i++)
		edges[i] = (chy_chart_edge){ .from = net->edges[i].from,
		    .to = net->edges[i].to, .action = net->edges[i].action,
		    .info = net->edges[i].info, .url = i >= listed ?
		    CHY_EMPTY : chy_slice_of(search_url(x, query,
		    &net->nodes[net->edges[i].from],
		    &net->nodes[net->edges[i].to])) };
	chy_html(x, "<figure class=\"chart net\"><figcaption><b>By post</b> "
	    "<span class=\"keys\"><span><span class=\"key-b action\"></span>"
	    "some of it for action</span><span><span class=\"key-b info\">"
	    "</span>for information alone</span></span></figcaption>\n"
	    "<div class=\"scroll\" role=\"region\" tabindex=\"0\" "
	    "aria-label=\"Drawing\">\n");
	chy_chart_network(nodes, net->n_nodes, edges, net->n_edges, "network",
	    "Who writes to whom", &x->out);
	chy_html(x, "</div></figure>\n<div class=\"halves sect\">\n");
	put_nodes(x, net, nodes);
	chy_html(x, "<section aria-labelledby=\"links\"><h2 id=\"links\">"
	    "Telegrams from one to another</h2>\n");
	chy_chart_network_table(nodes, net->n_nodes, edges, listed, &x->out);
	if (listed < net->n_edges)
		chy_html(x, "<p class=\"note\">The %u busiest of %s.</p>\n",
		    listed, chy_words_number(net->n_edges).s);
	chy_html(x, "</section>\n</div>\n");
}

void
chy_page_network(chy_exchange *x)
{
	chy_slice query = chy_parse_param(x, "q");
	chy_page page = { .title = CHY_SLICE("Network"), .here = "network",
	    .query = query, .up = "/", .address = "/network",
	    .formats = CHY_WEB_JSON | CHY_WEB_TEXT };
	chy_network *net = NULL;
	chy_error err = { 0 };
	chy_status st = chy_registry_network(x->reg, &x->site->reader, query,
	    &net, &err);

	if (st != CHY_OK) {
		chy_reply_query(x, query, st, &err);
		return;
	}
	page.asked = chy_url_asked(x, query);
	page.label = &net->label;
	chy_layout_begin(x, &page);
	put_head(x, net, query);
	if (net->n_edges > 0)
		put_picture(x, net, query);
	else
		chy_html(x, "<div class=\"blank\"><p>There is nothing to draw."
		    "</p></div>\n");
	chy_layout_end(x, &page);
	chy_network_free(net);
}

static void
put_citations(chy_exchange *x, chy_slice query)
{
	chy_citation_graph *g = NULL;
	chy_buf buf = CHY_BUF_INIT;
	chy_sink lines = chy_sink_buf(&buf);
	chy_error err = { 0 };
	chy_status st = chy_registry_citations(x->reg, &x->site->reader,
	    query, &g, &err);

	if (st != CHY_OK) {
		chy_reply_query(x, query, st, &err);
		return;
	}
	if (x->format == CHY_WEB_JSON) {
		answer_citations_json(g, &lines);
		chy_reply_lines(x, &buf);
	} else {
		x->type = "text/plain; charset=utf-8";
		answer_citations_text(g, &x->out);
	}
	chy_citation_graph_free(g);
}

void
chy_api_network(chy_exchange *x)
{
	chy_slice query = chy_parse_param(x, "q");
	chy_network *net = NULL;
	chy_buf buf = CHY_BUF_INIT;
	chy_sink lines = chy_sink_buf(&buf);
	chy_error err = { 0 };
	chy_status st;

	if (chy_slice_eq(chy_parse_param(x, "of"), CHY_SLICE("references"))) {
		put_citations(x, query);
		return;
	}
	st = chy_registry_network(x->reg, &x->site->reader, query, &net, &err);
	if (st != CHY_OK) {
		chy_reply_query(x, query, st, &err);
		return;
	}
	if (x->format == CHY_WEB_JSON) {
		answer_network_json(net, &lines);
		chy_reply_lines(x, &buf);
	} else {
		x->type = "text/plain; charset=utf-8";
		answer_network_text(net, &x->out);
	}
	chy_network_free(net);
}
