/*
 * Any bytes as a telegram: the leaves cover them in order, white space alone
 * is left between, a second reading in the same memory says the same, and
 * every renderer finishes.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>
#include <stdlib.h>

#include "fuzz.h"

#include "base/ascii.h"
#include "forms/forms.h"
#include "render/render.h"

static void
check_leaves(const chy_telegram *tel)
{
	chy_leaf_walk walk = { 0, 0 };
	chy_leaf leaf;
	uint32_t at = 0;

	while (chy_leaf_next(tel, &walk, &leaf)) {
		FUZZ_HOLDS(leaf.span.off == at && leaf.span.len > 0);
		at += leaf.span.len;
		FUZZ_HOLDS(at <= tel->text.len);
		for (uint32_t i = leaf.span.off; leaf.kind == CHY_NODE_SPACE &&
		    i < at; i++)
			FUZZ_HOLDS(chy_is_space(tel->text.ptr[i]));
	}
	FUZZ_HOLDS(at == tel->text.len);
	for (uint32_t i = 1; i < tel->n_nodes; i++) {
		const chy_node *n = &tel->nodes[i];

		FUZZ_HOLDS(n->parent < i);
		FUZZ_HOLDS(n->off + n->len <= tel->text.len);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	chy_slice text = { (const char *)data, size };
	chy_read_options opts = { .file = CHY_SLICE("08MUSCAT425.txt") };
	chy_buf first = CHY_BUF_INIT, second = CHY_BUF_INIT;
	const chy_renderer *json = chy_renderer_find("json"), *r;
	chy_sink out;
	chy_telegram *tel;
	chy_error err;

	if (size == 0)
		return 0;
	if (data[0] & 1)	/* both ways into the reader */
		opts.form = "state";
	FUZZ_HOLDS(chy_telegram_read(text, &opts, &tel, &err) == CHY_OK);
	check_leaves(tel);
	out = chy_sink_buf(&first);
	FUZZ_HOLDS(chy_render(json, tel, &out) == CHY_OK);
	FUZZ_HOLDS(chy_telegram_reread(tel, text, &opts, &err) == CHY_OK);
	check_leaves(tel);
	out = chy_sink_buf(&second);
	FUZZ_HOLDS(chy_render(json, tel, &out) == CHY_OK);
	FUZZ_HOLDS(chy_slice_eq(chy_buf_slice(&first),
	    chy_buf_slice(&second)));
	for (size_t i = 0; (r = chy_renderer_at(i)) != NULL; i++) {
		chy_buf_reset(&first);
		out = chy_sink_buf(&first);
		FUZZ_HOLDS(chy_render(r, tel, &out) == CHY_OK);
	}
	chy_buf_done(&first);
	chy_buf_done(&second);
	chy_telegram_free(tel);
	return 0;
}
