/*
 * The tree as text: one node a line, indented, with its place and the
 * beginning of its bytes. For people who mend readers, and for golden files.
 *
 * SPDX-License-Identifier: ISC
 */
#include "render/render_int.h"

#define SHOWN	60u	/* bytes of a leaf */

static void
put_bytes(chy_sink *out, chy_slice s)
{
	chy_slice shown = s;

	if (s.len > SHOWN) {
		shown = chy_slice_sub(s, 0, SHOWN);
		/* not within a character */
		while (shown.len > 0 &&
		    ((unsigned char)s.ptr[shown.len] & 0xc0) == 0x80)
			shown.len--;
	}
	chy_sink_json(out, shown);
	if (shown.len < s.len)
		chy_sink_printf(out, "... %zu bytes", s.len);
}

static void
render(const chy_telegram *tel, chy_sink *out)
{
	for (uint32_t i = 0; i < tel->n_nodes; i++) {
		const chy_node *n = &tel->nodes[i];
		chy_node_kind kind = (chy_node_kind)n->kind;

		chy_sink_printf(out, "%*s%s", n->depth * 2, "",
		    chy_node_name(kind));
		if (n->value != 0)
			chy_sink_printf(out, " %u", n->value);
		chy_sink_printf(out, " @%u+%u", n->off, n->len);
		if (chy_node_is_leaf(kind)) {
			chy_sink_puts(out, " ");
			put_bytes(out, chy_slice_sub(tel->text, n->off,
			    n->len));
		}
		chy_sink_puts(out, "\n");
	}
}

const chy_renderer chy_renderer_tree = {
	.name = "tree",
	.media_type = "text/plain; charset=utf-8",
	.suffix = "tree",
	.title = "the tree of nodes, one a line",
	.render = render,
};
