/*
 * A thread: who cites whom, and what is missing.
 *
 * SPDX-License-Identifier: ISC
 */
#include "answer/answer.h"

static void
json_ids(json *j, const char *name, const chy_thread *thread,
    const uint32_t *at, uint32_t n)
{
	json_list_begin(j, name);
	for (uint32_t i = 0; i < n; i++)
		json_item_text(j, thread->nodes[at[i]].line.id);
	json_list_end(j);
}

void
answer_node_json(const chy_thread *thread, uint32_t i, chy_sink *out)
{
	const chy_thread_node *node = &thread->nodes[i];
	json j = json_open(out);

	json_line(&j, &node->line);
	json_bool(&j, "missing", node->missing);
	json_estimate(&j, &node->estimate);
	json_bool(&j, "start", i == thread->start);
	json_number(&j, "depth", node->depth);
	if (node->parent != UINT32_MAX)
		json_text(&j, "parent", thread->nodes[node->parent].line.id);
	else
		json_absent(&j, "parent");
	json_ids(&j, "cites", thread, node->cites, node->n_cites);
	json_ids(&j, "cited_by", thread, node->cited_by, node->n_cited_by);
	json_close(&j);
}

/* When it was sent, and who cites it. */
static void
put_missing(chy_sink *out, const chy_thread *thread,
    const chy_thread_node *node)
{
	char words[300];
	size_t n = chy_estimate_words(&node->estimate, words, sizeof(words));

	chy_sink_puts(out, "  cited, not in the archive; ");
	out_text(out, (chy_slice){ words, n });
	for (uint32_t i = 0; i < node->n_cited_by && i < 5; i++) {
		chy_sink_puts(out, i == 0 ? "; cited by " : ", ");
		out_text(out, thread->nodes[node->cited_by[i]].line.id);
	}
	if (node->n_cited_by > 5)
		chy_sink_printf(out, " and %u more",
		    (unsigned)(node->n_cited_by - 5));
	chy_sink_puts(out, "\n");
}

static void
put_node(chy_sink *out, const chy_thread *thread, uint32_t i, bool colour)
{
	const chy_thread_node *node = &thread->nodes[i];
	uint32_t depth = node->depth < 20 ? node->depth : 20;

	chy_sink_puts(out, i == thread->start ? "> " : "  ");
	for (uint32_t k = 0; k < depth; k++)
		chy_sink_puts(out, "  ");
	out_bold(out, colour && i == thread->start);
	out_text(out, node->line.id);
	out_plain(out, colour && i == thread->start);
	if (node->missing) {
		put_missing(out, thread, node);
		return;
	}
	if (node->line.dtg_iso.len > 0) {
		chy_sink_puts(out, "  ");
		out_text(out, chy_slice_sub(node->line.dtg_iso, 0, 10));
	}
	chy_sink_puts(out, "  ");
	out_text(out, node->line.subject);
	chy_sink_puts(out, "\n");
}

void
answer_thread_json(const chy_thread *thread, chy_sink *out)
{
	for (uint32_t i = 0; i < thread->n_nodes; i++)
		answer_node_json(thread, i, out);
}

void
answer_thread_text(const chy_thread *thread, bool colour, chy_sink *out)
{
	for (uint32_t i = 0; i < thread->n_nodes; i++)
		put_node(out, thread, i, colour);
	chy_sink_printf(out, "%u telegrams, %u missing%s\n",
	    (unsigned)(thread->n_nodes - thread->n_missing),
	    (unsigned)thread->n_missing,
	    thread->cut ? "; the thread is longer" : "");
}
