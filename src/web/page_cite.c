/*
 * A telegram, or a paragraph of it, as a citation in every style.
 *
 * SPDX-License-Identifier: ISC
 */
#include "registry/cite.h"
#include "web/parts_int.h"

static const struct style_row {
	const char *title, *sub;
} style_rows[CHY_CITE_STYLES] = {
	[CHY_CITE_NOTE] = { "Archival note", "with every element" },
	[CHY_CITE_CHICAGO] = { "Chicago", "note, 17th edition, 14.229" },
	[CHY_CITE_BIBTEX] = { "BibTeX", "" },
	[CHY_CITE_RIS] = { "RIS", "" },
	[CHY_CITE_CSL] = { "CSL-JSON", "" },
};

/* An address may hold the paragraph: 26PORTARDEN214#8; or ?para=8. */
static chy_slice
parse_address(chy_exchange *x)
{
	chy_slice para = chy_parse_param(x, "para");

	if (para.len == 0 || para.len > 80 || x->id.len > 200)
		return x->id;
	return chy_text(x, "%.*s#%.*s", CHY_ARG(x->id), CHY_ARG(para));
}

static const char *
asked_again(chy_exchange *x, const chy_citation *c)
{
	chy_buf buf = CHY_BUF_INIT;

	if (c->cite.paragraph.len > 0)
		chy_buf_printf(&buf, "?para=%s",
		    chy_url(x, c->cite.paragraph));
	return chy_keep(x, &buf);
}

static void
put_style(chy_exchange *x, const chy_citation *c, chy_cite_style style)
{
	chy_buf buf = CHY_BUF_INIT;
	chy_sink out = chy_sink_buf(&buf);
	bool prose = style == CHY_CITE_NOTE || style == CHY_CITE_CHICAGO;

	chy_cite_write(&c->cite, style, &out);
	chy_html(x, "<section class=\"sect\" aria-labelledby=\"%s\">\n"
	    "<h2 id=\"%s\">%s", chy_cite_style_name(style),
	    chy_cite_style_name(style), style_rows[style].title);
	if (style_rows[style].sub[0] != '\0')
		chy_html(x, " <span class=\"quiet small\">%s</span>",
		    style_rows[style].sub);
	chy_html(x, prose ? "</h2>\n<p class=\"prose cited\">%.*s</p>\n" :
	    "</h2>\n<pre class=\"wire\">%.*s</pre>\n",
	    CHY_ARG(chy_slice_trim(chy_buf_slice(&buf))));
	chy_html(x, "</section>\n");
	if (chy_sink_status(&out) != CHY_OK ||
	    chy_buf_status(&buf) != CHY_OK)
		x->out.status = CHY_ERR_NO_MEMORY;
	chy_buf_done(&buf);
}

static chy_status
ask(chy_exchange *x, chy_citation **ret)
{
	chy_error err = { 0 };
	chy_status st = chy_registry_cite(x->reg, &x->site->reader,
	    parse_address(x), ret, &err);

	if (st != CHY_OK)
		chy_reply_status(x, st, &err);
	return st;
}

void
chy_page_cite(chy_exchange *x)
{
	chy_page page = { .here = "",
	    .formats = CHY_WEB_JSON | CHY_WEB_TEXT };
	chy_citation *c = NULL;
	chy_slice number;

	if (ask(x, &c) != CHY_OK)
		return;
	number = c->cite.number.len > 0 ? c->cite.number : c->cite.id;
	page.title = chy_text(x, "Cite %.*s", CHY_ARG(number));
	page.label = &c->label;
	page.up = chy_telegram_url(x, c->cite.id, "");
	page.address = chy_telegram_url(x, c->cite.id, "/cite");
	page.asked = asked_again(x, c);
	chy_layout_begin(x, &page);
	chy_html(x, "<div class=\"head\">\n<p class=\"kind\">Citation</p>\n"
	    "<h1>%.*s</h1>\n<p class=\"answer\">", CHY_ARG(c->cite.title.len >
	    0 ? c->cite.title : number));
	if (c->cite.paragraph.len > 0)
		chy_html(x, "<b>%.*s</b>, paragraph <b>%.*s</b>. What it does "
		    "not say is left out, nothing is added.", CHY_ARG(number),
		    CHY_ARG(c->cite.paragraph));
	else
		chy_html(x, "<b>%.*s</b> as a whole. What it does not say is "
		    "left out, nothing is added.", CHY_ARG(number));
	chy_html(x, "</p>\n<p class=\"tools\"><a href=\"%s\">Back to %.*s</a>"
	    "</p>\n<form class=\"range noprint\">\n<p class=\"field\">"
	    "<label for=\"para\">Paragraph</label><input id=\"para\" "
	    "name=\"para\" value=\"%.*s\" maxlength=\"20\" "
	    "autocomplete=\"off\"></p>\n<button>Cite</button>\n</form>\n"
	    "</div>\n", page.up, CHY_ARG(number), CHY_ARG(c->cite.paragraph));
	for (int i = 0; i < CHY_CITE_STYLES; i++)
		put_style(x, c, (chy_cite_style)i);
	chy_layout_end(x, &page);
	chy_citation_free(c);
}

void
chy_api_cite(chy_exchange *x)
{
	chy_cite_style style = CHY_CITE_NOTE;
	chy_citation *c = NULL;

	(void)chy_cite_style_parse(chy_parse_param(x, "style"), &style);
	if (ask(x, &c) != CHY_OK)
		return;
	if (x->format == CHY_WEB_JSON) {
		/* A file of CSL-JSON is a list. */
		x->type = "application/json";
		chy_sink_puts(&x->out, "[\n");
		chy_cite_write(&c->cite, CHY_CITE_CSL, &x->out);
		chy_sink_puts(&x->out, "\n]\n");
	} else {
		x->type = "text/plain; charset=utf-8";
		chy_cite_write(&c->cite, style, &x->out);
	}
	chy_citation_free(c);
}
