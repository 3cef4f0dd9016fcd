/*
 * A page for reading, whole in itself: no script, no style but the reader's
 * own. The web application has pages of its own (web/).
 *
 * SPDX-License-Identifier: ISC
 */
#include "render/render_int.h"

static void
row(chy_sink *out, const char *name, chy_slice value)
{
	if (value.len == 0)
		return;
	chy_sink_printf(out, "<tr><th scope=\"row\">%s</th><td>", name);
	chy_sink_html(out, value);
	chy_sink_puts(out, "</td></tr>\n");
}

static void
put_addressees(const chy_telegram *tel, chy_sink *out, chy_role role,
    const char *name)
{
	for (uint32_t i = 0; i < tel->n_addressees; i++) {
		const chy_addressee *a = &tel->addressees[i];
		chy_buf line = CHY_BUF_INIT;

		if (a->role != role)
			continue;
		chy_buf_printf(&line, "%.*s, %.*s", CHY_ARG(a->plad),
		    CHY_ARG(chy_precedence_name(a->effective)));
		if (a->mcn.len > 0)
			chy_buf_printf(&line, ", %.*s", CHY_ARG(a->mcn));
		row(out, name, chy_buf_slice(&line));
		chy_buf_done(&line);
	}
}

static void
put_blocks(chy_sink *out, chy_slice s, const char *tag)
{
	while (s.len > 0) {
		size_t end = chy_slice_find(s, CHY_SLICE("\n"), 0);

		chy_sink_printf(out, "<%s>", tag);
		chy_sink_html(out, chy_slice_sub(s, 0, end));
		chy_sink_printf(out, "</%s>\n", tag);
		s = chy_slice_from(s, end + 1);
	}
}

static void
put_paragraph(const chy_telegram *tel, uint32_t i, chy_sink *out)
{
	const chy_paragraph *p = &tel->paragraphs[i];
	chy_slice rest = p->text;
	size_t end = chy_slice_find(rest, CHY_SLICE("\n"), 0);

	if (p->title.len > 0)
		put_blocks(out, p->title, "h2");
	chy_sink_puts(out, "<p id=\"p");
	chy_sink_html(out, p->id);
	chy_sink_puts(out, "\">");
	if (p->number != 0)
		chy_sink_printf(out, "%u. ", p->number);
	if (p->mark.len > 0) {
		chy_sink_puts(out, "(");
		chy_sink_html(out, p->mark);
		chy_sink_puts(out, ") ");
	}
	chy_sink_html(out, chy_slice_sub(rest, 0, end));
	chy_sink_puts(out, "</p>\n");
	put_blocks(out, chy_slice_from(rest, end + 1), "p");
	for (uint32_t e = 0; e < tel->n_embedded; e++) {
		if (tel->embedded[e].paragraph != i)
			continue;
		chy_sink_puts(out, "<blockquote>\n");
		put_blocks(out, tel->embedded[e].text, "p");
		chy_sink_puts(out, "</blockquote>\n");
	}
}

static void
put_line(const chy_telegram *tel, chy_sink *out)
{
	if (tel->level == CHY_LEVEL_NONE)
		return;
	chy_sink_puts(out, "<p><strong>");
	chy_put_classification(out, tel);
	chy_sink_puts(out, "</strong></p>\n");
}

/* A number cited, as a link where the page knows where that is. */
static void
put_reference(const chy_reference *r, const chy_html_page *page, chy_sink *out)
{
	chy_slice value = r->value.len > 0 ? r->value : r->text;
	chy_buf href = CHY_BUF_INIT;
	bool link = page->href != NULL && r->kind == CHY_REF_TELEGRAM &&
	    page->href(page->arg, value, &href);

	chy_sink_puts(out, "<tr><th scope=\"row\">Reference</th><td>");
	if (link) {
		chy_sink_puts(out, "<a href=\"");
		chy_sink_html(out, chy_buf_slice(&href));
		chy_sink_puts(out, "\">");
	}
	chy_sink_html(out, value);
	chy_sink_puts(out, link ? "</a></td></tr>\n" : "</td></tr>\n");
	chy_buf_done(&href);
}

static void
put_text(const chy_telegram *tel, chy_sink *out)
{
	for (uint32_t i = 0; i < tel->n_paragraphs; i++)
		if (tel->paragraphs[i].embedded == 0)
			put_paragraph(tel, i, out);
	for (uint32_t i = 0; i < tel->signers.n; i++)
		put_blocks(out, tel->signers.at[i], "p");
}

void
chy_render_html_page(const chy_telegram *const *parts, uint32_t n,
    const chy_html_page *page, chy_sink *out)
{
	const chy_telegram *tel = parts[0];
	chy_buf b = CHY_BUF_INIT;
	chy_sink s = chy_sink_buf(&b);
	char title[2048], iso[18] = "";
	chy_slice name = tel->canonical_id;

	chy_slice subject = { title, chy_subject_title(tel->subject, title,
	    sizeof(title)) };

	if (name.len == 0)
		name = CHY_SLICE("Telegram");
	if (tel->dtg_civil.year != 0)
		chy_civil_iso(tel->dtg_civil, iso);
	chy_sink_puts(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
	    "<meta charset=\"utf-8\">\n<title>");
	chy_sink_html(out, name);
	chy_sink_puts(out, "</title>\n");
	if (page->stylesheet != NULL)
		chy_sink_printf(out, "<meta name=\"viewport\" content=\""
		    "width=device-width\">\n<link rel=\"stylesheet\" "
		    "href=\"%s\">\n", page->stylesheet);
	chy_sink_puts(out, "</head>\n<body>\n");
	if (page->up != NULL)
		chy_sink_printf(out, "<p><a href=\"%s\">All telegrams</a>"
		    "</p>\n", page->up);
	put_line(tel, out);
	chy_sink_puts(out, "<h1>");
	chy_sink_html(out, subject.len > 0 ? subject : name);
	chy_sink_puts(out, "</h1>\n<table>\n");
	row(out, "Number", tel->canonical_id);
	row(out, "Date", chy_slice_of(iso));
	row(out, "From", tel->originator.name);
	put_addressees(tel, out, CHY_ROLE_ACTION, "For action");
	put_addressees(tel, out, CHY_ROLE_INFO, "For information");
	chy_put_joined(&s, &tel->captions, ", ");
	row(out, "Captions", chy_buf_slice(&b));
	chy_buf_reset(&b);
	for (uint32_t i = 0; i < tel->n_tags; i++)
		chy_buf_printf(&b, "%s%.*s", i > 0 ? ", " : "",
		    CHY_ARG(tel->tags[i].code));
	row(out, "TAGS", chy_buf_slice(&b));
	chy_buf_done(&b);
	row(out, "E.O.", tel->eo_text);
	for (uint32_t i = 0; i < tel->n_references; i++)
		put_reference(&tel->references[i], page, out);
	chy_sink_puts(out, "</table>\n");
	for (uint32_t i = 0; i < n; i++)
		put_text(parts[i], out);
	put_line(tel, out);
	chy_sink_puts(out, "</body>\n</html>\n");
}

static void
render(const chy_telegram *tel, chy_sink *out)
{
	static const chy_html_page alone;

	chy_render_html_page(&tel, 1, &alone, out);
}

const chy_renderer chy_renderer_html = {
	.name = "html",
	.media_type = "text/html; charset=utf-8",
	.suffix = "html",
	.title = "a page for reading",
	.render = render,
};
