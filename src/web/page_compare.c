/*
 * Two telegrams, or the copies of one, with their differences word by word:
 * side by side, or in one column.
 *
 * SPDX-License-Identifier: ISC
 */
#include "render/comparison.h"
#include "web/parts_int.h"

struct asked {
	chy_slice a, b;		/* b empty: the copies of a */
	bool	  one;		/* column */
	bool	  whole;	/* also what is the same */
};

static struct asked
parse_asked(chy_exchange *x)
{
	struct asked a = { chy_parse_param(x, "a"), chy_parse_param(x, "b"),
	    chy_slice_eq(chy_parse_param(x, "columns"), CHY_SLICE("1")),
	    chy_slice_eq(chy_parse_param(x, "whole"), CHY_SLICE("1")) };

	return a;
}

static const char *
url_of(chy_exchange *x, const struct asked *a, const char *path)
{
	chy_buf buf = CHY_BUF_INIT;

	chy_buf_printf(&buf, "%s?a=%s", path, chy_url(x, a->a));
	if (a->b.len > 0)
		chy_buf_printf(&buf, "&b=%s", chy_url(x, a->b));
	chy_buf_printf(&buf, "%s%s", a->one ? "&columns=1" : "",
	    a->whole ? "&whole=1" : "");
	return chy_keep(x, &buf);
}

/* Fields of the heading, as they are called in the other pages. */
static const char *
field_words(chy_slice name)
{
	static const struct {
		const char *name, *words;
	} rows[] = {
		{ "subject", "Subject" },
		{ "transmission", "Transmission lines" },
		{ "dtg", "Date-time group" }, { "from", "From" },
		{ "to", "For action" }, { "info", "For information" },
		{ "heading", "Heading" },
		{ "classification", "Classification" },
		{ "caption", "Captions" }, { "passing", "Pass to" },
		{ "eo", "Executive order" }, { "tags", "Subject codes" },
		{ "ref", "References" }, { "classified_by", "Classified by" },
		{ "signature", "Signature" },
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (chy_slice_eq(name, chy_slice_of(rows[i].name)))
			return rows[i].words;
	return "Other";
}

/* Words of the first side, which has what was removed; of the second, which
 * has what was added; of both in one. */
static void
put_edits(chy_exchange *x, const chy_compared *c, bool first, bool second)
{
	for (uint32_t i = 0; i < c->n_edits; i++) {
		const chy_edit *e = &c->edits[i];

		switch (e->kind) {
		case CHY_EDIT_SAME:
			chy_html(x, "%.*s ", CHY_ARG(e->text));
			break;
		case CHY_EDIT_REMOVED:
			if (first)
				chy_html(x, "<del>%.*s</del> ",
				    CHY_ARG(e->text));
			break;
		case CHY_EDIT_ADDED:
			if (second)
				chy_html(x, "<ins>%.*s</ins> ",
				    CHY_ARG(e->text));
			break;
		}
	}
}

static void
put_id(chy_exchange *x, chy_slice id, chy_slice mark)
{
	if (id.len == 0)
		return;
	chy_html(x, "\xC2\xB6%.*s", CHY_ARG(id));
	chy_mark_portion(x, mark);
	chy_html(x, " ");
}

/* What a part is called; marks that differ are shown beside it. */
static void
put_title(chy_exchange *x, const chy_compared *c)
{
	chy_html(x, "<h3>");
	if (c->name.len > 0) {
		chy_html(x, "%s", field_words(c->name));
	} else {
		put_id(x, c->id_a.len > 0 ? c->id_a : c->id_b,
		    c->id_a.len > 0 ? c->mark_a : c->mark_b);
		if (c->id_a.len > 0 && c->id_b.len > 0 &&
		    (!chy_slice_eq(c->id_a, c->id_b) ||
		    !chy_slice_eq(c->mark_a, c->mark_b))) {
			chy_html(x, "and ");
			put_id(x, c->id_b, c->mark_b);
		}
		if (c->id_a.len == 0)
			chy_html(x, "<span class=\"quiet\">in the second "
			    "alone</span>");
		else if (c->id_b.len == 0)
			chy_html(x, "<span class=\"quiet\">in the first alone"
			    "</span>");
	}
	chy_html(x, "</h3>\n");
}

static void
put_side(chy_exchange *x, const chy_compared *c, bool first)
{
	bool here = c->name.len > 0 || (first ? c->id_a : c->id_b).len > 0;

	chy_html(x, "<div>");
	if (c->name.len > 0) {
		chy_html(x, "<h3>%s</h3>\n", field_words(c->name));
	} else if (here) {
		chy_html(x, "<h3>");
		put_id(x, first ? c->id_a : c->id_b,
		    first ? c->mark_a : c->mark_b);
		chy_html(x, "</h3>\n");
	}
	if (here) {
		chy_html(x, "<p class=\"prose\">");
		put_edits(x, c, first, !first);
		chy_html(x, "</p>");
	} else {
		chy_html(x, "<p class=\"quiet\">Not here.</p>");
	}
	chy_html(x, "</div>\n");
}

static void
put_name(chy_exchange *x, chy_slice id)
{
	size_t comma = chy_slice_find(id, CHY_SLICE(", "), 0);

	if (comma == id.len)
		chy_html_id(x, id);
	else
		chy_html(x, "%s%.*s", chy_words_mrn(chy_slice_sub(id, 0,
		    comma), CHY_EMPTY).s, CHY_ARG(chy_slice_from(id, comma)));
}

static void
put_comparison(chy_exchange *x, const struct asked *a,
    const chy_comparison *c, uint32_t i)
{
	chy_html(x, "<section class=\"sect\" aria-labelledby=\"c%u\">\n"
	    "<h2 id=\"c%u\">", i + 1, i + 1);
	put_name(x, c->a);
	chy_html(x, " and ");
	put_name(x, c->b);
	chy_html(x, "</h2>\n<p class=\"note\">%u of %u parts differ; "
	    "%u.%u %% of the text is the same. <del>What the first alone has"
	    "</del>, <ins>what the second alone has</ins>.</p>\n",
	    c->n_differ, c->n, c->same / 10, c->same % 10);
	if (c->n_differ == 0 && !a->whole) {
		chy_html(x, "<p class=\"gap\">Nothing that you see differs."
		    "</p></section>\n");
		return;
	}
	chy_html(x, "<div class=\"%s\">\n", a->one ? "onetext" : "pairtext");
	for (uint32_t k = 0; k < c->n; k++) {
		const chy_compared *one = &c->at[k];

		if (!one->differs && !a->whole)
			continue;
		if (!a->one) {
			put_side(x, one, true);
			put_side(x, one, false);
			continue;
		}
		chy_html(x, "<div>");
		put_title(x, one);
		chy_html(x, "<p class=\"prose\">");
		put_edits(x, one, true, true);
		chy_html(x, "</p></div>\n");
	}
	chy_html(x, "</div>\n</section>\n");
}

static void
put_head(chy_exchange *x, const struct asked *a, const chy_comparisons *c)
{
	struct asked other = *a;

	chy_html(x, "<div class=\"head\">\n<p class=\"kind\">Comparison</p>\n"
	    "<h1>");
	if (a->b.len > 0)
		chy_html(x, "Two telegrams");
	else
		chy_html(x, "Copies of one telegram");
	chy_html(x, "</h1>\n<p class=\"answer\">");
	if (c->n == 0)
		chy_html(x, "<b>No copy</b> of it is filed.");
	else if (a->b.len > 0)
		chy_html(x, "<b>%s of %u parts differ</b>.",
		    chy_words_sentence(chy_slice_of(chy_words_small(
		    c->at[0].n_differ).s)).s, c->at[0].n);
	else
		chy_html(x, "<b>%s %s</b>, compared with the original that is "
		    "shown.", chy_words_sentence(chy_slice_of(
		    chy_words_small(c->n).s)).s, c->n == 1 ? "copy" :
		    "copies");
	chy_html(x, "</p>\n<p class=\"tools\"><span>");
	other.one = !a->one;
	chy_html(x, a->one ? "<a href=\"%s\">side by side</a>, "
	    "<b>in one column</b>" : "<b>side by side</b>, "
	    "<a href=\"%s\">in one column</a>", url_of(x, &other, "/compare"));
	other = *a;
	other.whole = !a->whole;
	chy_html(x, a->whole ? "</span><span><a href=\"%s\">only what differs"
	    "</a>, <b>all</b>" : "</span><span><b>only what differs</b>, "
	    "<a href=\"%s\">all</a>", url_of(x, &other, "/compare"));
	chy_html(x, "</span></p>\n<form class=\"range pair noprint\" "
	    "action=\"/compare\">\n<p class=\"field\"><label for=\"a\">First"
	    "</label><input id=\"a\" name=\"a\" value=\"%.*s\" required "
	    "maxlength=\"100\"></p>\n<p class=\"field\"><label for=\"b\">"
	    "Second, or empty for copies</label><input id=\"b\" name=\"b\" "
	    "value=\"%.*s\" maxlength=\"100\"></p>\n<button>Compare</button>\n"
	    "</form>\n</div>\n", CHY_ARG(a->a), CHY_ARG(a->b));
}

static chy_status
ask(chy_exchange *x, const struct asked *a, chy_comparisons **ret)
{
	chy_error err = { 0 };
	chy_status st = a->a.len == 0 ? CHY_ERR_NOT_FOUND :
	    chy_registry_differences(x->reg, &x->site->reader, a->a, a->b,
	    ret, &err);

	/* The page names the one of them that is not there. */
	if (st == CHY_ERR_NOT_FOUND || st == CHY_ERR_INVALID) {
		chy_shown *shown = NULL;

		x->id = a->a;
		if (a->b.len > 0 && chy_registry_show(x->reg,
		    &x->site->reader, a->a, &shown, NULL) == CHY_OK)
			x->id = a->b;
		chy_shown_free(shown);
	}
	if (st != CHY_OK)
		chy_reply_status(x, st, &err);
	return st;
}

/* Before anything was asked: the fields alone. */
static void
put_form_page(chy_exchange *x, chy_page *page)
{
	chy_layout_begin(x, page);
	chy_html(x, "<div class=\"head\">\n<p class=\"kind\">Comparison</p>\n"
	    "<h1>Compare two telegrams</h1>\n<p class=\"answer\">Give their "
	    "numbers; with one alone, its copies are compared.</p>\n"
	    "<form class=\"range pair\" action=\"/compare\">\n<p class=\"field\">"
	    "<label for=\"a\">First</label><input id=\"a\" name=\"a\" required "
	    "maxlength=\"100\"></p>\n<p class=\"field\"><label for=\"b\">Second"
	    "</label><input id=\"b\" name=\"b\" maxlength=\"100\"></p>\n"
	    "<button>Compare</button>\n</form>\n</div>\n");
	chy_layout_end(x, page);
}

void
chy_page_compare(chy_exchange *x)
{
	struct asked a = parse_asked(x);
	chy_page page = { .title = CHY_SLICE("Comparison"), .here = "",
	    .up = "/" };
	chy_comparisons *c = NULL;

	if (a.a.len == 0 && a.b.len == 0) {
		put_form_page(x, &page);
		return;
	}
	if (ask(x, &a, &c) != CHY_OK)
		return;
	page.label = &c->label;
	page.up = chy_telegram_url(x, a.a, "");
	page.address = "/compare";
	page.asked = url_of(x, &a, "");
	page.formats = CHY_WEB_JSON | CHY_WEB_TEXT;
	chy_layout_begin(x, &page);
	put_head(x, &a, c);
	for (uint32_t i = 0; i < c->n; i++)
		put_comparison(x, &a, &c->at[i], i);
	chy_layout_end(x, &page);
	chy_comparisons_free(c);
}

void
chy_api_compare(chy_exchange *x)
{
	struct asked a = parse_asked(x);
	chy_comparisons *c = NULL;
	chy_buf buf = CHY_BUF_INIT;
	chy_sink lines = chy_sink_buf(&buf);

	if (ask(x, &a, &c) != CHY_OK)
		return;
	if (x->format != CHY_WEB_JSON)
		x->type = "text/plain; charset=utf-8";
	for (uint32_t i = 0; i < c->n; i++)
		if (x->format == CHY_WEB_JSON)
			chy_comparison_json(&c->at[i], a.whole, &lines);
		else
			chy_comparison_text(&c->at[i], a.whole, false,
			    &x->out);
	if (x->format == CHY_WEB_JSON)
		chy_reply_lines(x, &buf);
	chy_comparisons_free(c);
}
