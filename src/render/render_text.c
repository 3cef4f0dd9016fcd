/*
 * For reading on a terminal: the heading as a list of names and values, then
 * the text wrapped, numbers and marks in the margin.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>

#include "render/render_int.h"

#define WIDTH	78u
#define NAME	"                "	/* as wide as the names' column */

static void
field(chy_sink *out, const char *name, chy_slice value)
{
	char first[32];

	if (value.len == 0)
		return;
	snprintf(first, sizeof(first), "%-16s", name);
	chy_layout(out, value, first, NAME, WIDTH);
}

static void
put_addressees(const chy_telegram *tel, chy_sink *out, chy_role role,
    const char *name)
{
	bool first = true;

	for (uint32_t i = 0; i < tel->n_addressees; i++) {
		const chy_addressee *a = &tel->addressees[i];
		chy_buf line = CHY_BUF_INIT;

		if (a->role != role)
			continue;
		chy_buf_put(&line, a->plad);
		if (a->effective != CHY_PRECEDENCE_NONE) {
			chy_buf_puts(&line, ", ");
			chy_buf_put(&line, chy_precedence_name(a->effective));
		}
		if (a->mcn.len > 0) {
			chy_buf_puts(&line, ", number ");
			chy_buf_put(&line, a->mcn);
		}
		if (a->n_exempted > 0)
			chy_buf_puts(&line, ", but not ");
		for (uint32_t k = 0; k < a->n_exempted; k++) {
			chy_buf_puts(&line, k > 0 ? ", " : "");
			chy_buf_put(&line, tel->exempted.at[a->exempted + k]);
		}
		field(out, first ? name : "", chy_buf_slice(&line));
		first = false;
		chy_buf_done(&line);
	}
}

static void
put_buf(chy_sink *out, const char *name, chy_buf *buf)
{
	field(out, name, chy_buf_slice(buf));
	chy_buf_reset(buf);
}

static void
put_heading(const chy_telegram *tel, chy_sink *out)
{
	chy_buf b = CHY_BUF_INIT;
	chy_sink s = chy_sink_buf(&b);
	char text[2048];
	size_t n;

	chy_put_classification(&s, tel);
	put_buf(out, "Classification", &b);
	field(out, "Number", tel->canonical_id);
	if (tel->dtg_civil.year != 0) {
		chy_civil c = tel->dtg_civil;

		chy_buf_printf(&b, "%d %s %d, %02d:%02dZ", c.day,
		    chy_month_name(c.month), c.year, c.hour, c.minute);
		put_buf(out, "Date", &b);
	}
	field(out, "Precedence", chy_precedence_name(tel->precedence));
	field(out, "From", tel->originator.name.len > 0 ?
	    tel->originator.name : tel->originator.plad);
	put_addressees(tel, out, CHY_ROLE_ACTION, "For action");
	put_addressees(tel, out, CHY_ROLE_INFO, "For information");
	chy_put_joined(&s, &tel->captions, ", ");
	put_buf(out, "Captions", &b);
	for (uint32_t i = 0; i < tel->n_passing; i++)
		field(out, i == 0 ? "Pass to" : "", tel->passing[i].text);
	field(out, "E.O.", tel->eo_text);
	for (uint32_t i = 0; i < tel->n_tags; i++) {
		chy_buf_puts(&b, i > 0 ? ", " : "");
		chy_buf_put(&b, tel->tags[i].code);
	}
	put_buf(out, "TAGS", &b);
	n = chy_subject_title(tel->subject, text, sizeof(text));
	field(out, "Subject", (chy_slice){ text, n });
	for (uint32_t i = 0; i < tel->n_references; i++) {
		const chy_reference *ref = &tel->references[i];

		if (ref->letter != 0)
			chy_buf_printf(&b, "%c. ", ref->letter);
		chy_buf_put(&b, ref->value.len > 0 ? ref->value : ref->text);
		put_buf(out, i == 0 ? "References" : "", &b);
	}
	if (tel->classified_by.n > 0 || tel->reasons.n > 0) {
		chy_put_joined(&s, &tel->classified_by, ", ");
		if (tel->reasons.n > 0)
			chy_buf_puts(&b, ", for ");
		chy_put_joined(&s, &tel->reasons, ", ");
		put_buf(out, "Classified by", &b);
	}
	field(out, "Derived from", tel->derived_from);
	chy_buf_done(&b);
}

static void
put_embedded(const chy_telegram *tel, uint32_t paragraph, chy_sink *out)
{
	for (uint32_t i = 0; i < tel->n_embedded; i++) {
		if (tel->embedded[i].paragraph != paragraph)
			continue;
		chy_sink_puts(out, "\n");
		chy_layout(out, tel->embedded[i].text, "    | ", "    | ",
		    WIDTH);
	}
}

static void
render(const chy_telegram *tel, chy_sink *out)
{
	put_heading(tel, out);
	for (uint32_t i = 0; i < tel->n_paragraphs; i++) {
		const chy_paragraph *p = &tel->paragraphs[i];
		char number[16] = "";
		chy_buf text = CHY_BUF_INIT;

		if (p->embedded != 0)
			continue;
		chy_sink_puts(out, "\n");
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
		chy_buf_done(&text);
		put_embedded(tel, i, out);
	}
	if (tel->signers.n > 0) {
		chy_sink_puts(out, "\n");
		chy_put_joined(out, &tel->signers, "\n");
		chy_sink_puts(out, "\n");
	}
}

const chy_renderer chy_renderer_text = {
	.name = "text",
	.media_type = "text/plain; charset=utf-8",
	.suffix = "txt",
	.title = "for reading on a terminal",
	.render = render,
};
