/*
 * The State form as a station would write it: with what is known of format
 * lines 1 to 12, text wrapped at 55. A telegram that is in this form already
 * comes out as it is, byte for byte.
 *
 * Source: telegram-format 11; 5 FAH-1 H-246.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>

#include "render/render_int.h"

#define WIDTH	55u	/* 5 FAH-1 H-246.1 */
#define COLUMNS	69u	/* of a teletype */

static void
put_called(const chy_telegram *tel, chy_sink *out)
{
	const chy_transmission *t = &tel->transmission;
	size_t column = t->precedence.len;

	chy_sink_put(out, t->precedence);
	for (uint32_t i = 0; i < t->called.n; i++) {
		chy_slice ri = t->called.at[i];

		if (column + 1 + ri.len > COLUMNS) {
			chy_sink_puts(out, "\n");
			column = 0;
		} else {
			chy_sink_puts(out, " ");
			column++;
		}
		chy_sink_put(out, ri);
		column += ri.len;
	}
	chy_sink_puts(out, "\n");
}

static void
put_transmission(const chy_telegram *tel, chy_sink *out)
{
	const chy_transmission *t = &tel->transmission;

	if (t->transmission_id.len > 0)
		chy_sink_printf(out, "VZCZC%.*s\n",
		    CHY_ARG(t->transmission_id));
	if (t->precedence.len > 0)
		put_called(tel, out);
	if (t->station.len > 0) {
		chy_sink_printf(out, "DE %.*s #%.*s", CHY_ARG(t->station),
		    CHY_ARG(t->serial));
		if (t->section.len > 0)
			chy_sink_printf(out, "/%.*s", CHY_ARG(t->section));
		chy_sink_printf(out, " %.*s\n", CHY_ARG(t->filing_time));
	}
	if (t->security.len > 0) {
		chy_sink_printf(out, "%s %.*s",
		    t->security.ptr[0] == 'U' ? "ZNR" : "ZNY",
		    CHY_ARG(t->security));
		for (uint32_t i = 0; i < t->opsigs.n; i++)
			chy_sink_printf(out, " %.*s",
			    CHY_ARG(t->opsigs.at[i]));
		chy_sink_puts(out, "\n");
	}
}

static void
render(const chy_telegram *tel, chy_sink *out)
{
	/* It is in this form already, as it was sent. */
	if (tel->form != NULL && strcmp(tel->form, "state") == 0 &&
	    tel->transmission.present && !chy_has_kind(tel, CHY_NODE_MARKUP) &&
	    !chy_has_kind(tel, CHY_NODE_RESIDUE)) {
		chy_sink_put(out, tel->text);
		return;
	}
	put_transmission(tel, out);
	chy_put_state_heading(tel, out, false);
	chy_sink_puts(out, "\n");
	if (tel->level != CHY_LEVEL_NONE)
		chy_put_class_line(tel, out);
	chy_put_state_fields(tel, out, false);
	for (uint32_t i = 0; i < tel->n_paragraphs; i++) {
		const chy_paragraph *p = &tel->paragraphs[i];
		char number[16] = "";
		chy_buf text = CHY_BUF_INIT;

		if (p->title.len > 0) {
			chy_layout(out, p->title, "", "", WIDTH);
			chy_sink_puts(out, "\n");
		}
		if (p->number != 0)
			snprintf(number, sizeof(number), "%u. ", p->number);
		if (p->mark.len > 0)
			chy_buf_printf(&text, "(%.*s) ", CHY_ARG(p->mark));
		chy_buf_put(&text, p->text);
		chy_layout(out, chy_buf_slice(&text), number, "", WIDTH);
		chy_sink_puts(out, "\n");
		chy_buf_done(&text);
	}
	chy_put_joined(out, &tel->signers, "\n");
	if (tel->signers.n > 0)
		chy_sink_puts(out, "\n");
}

const chy_renderer chy_renderer_state = {
	.name = "state",
	.media_type = "text/plain; charset=utf-8",
	.suffix = "state",
	.title = "the State form, format lines 1 to 12 as far as known",
	.render = render,
};
