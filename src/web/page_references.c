/*
 * Citations that lead nowhere: why, how often, and who makes them.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>

#include "web/parts_int.h"

#define VALUES	200u

static void
put_head(chy_exchange *x, const chy_unresolved *u, chy_slice query)
{
	uint64_t bad = u->citations - u->resolved;

	chy_html(x, "<div class=\"head\">\n<p class=\"kind\">References</p>\n"
	    "<h1>Citations that lead nowhere</h1>\n<p class=\"answer\">");
	if (u->citations == 0)
		chy_html(x, "<b>Nothing is cited</b> in ");
	else if (bad == 0)
		chy_html(x, "<b>Every citation</b> can be followed, in ");
	else
		chy_html(x, "<b>%s of %s citation%s</b> cannot be followed, in ",
		    chy_words_number(bad).s, chy_words_number(u->citations).s,
		    u->citations == 1 ? "" : "s");
	chy_html(x, "<a href=\"/search?q=%s\">%s telegram%s</a>.</p>\n"
	    "<p class=\"tools\"><a href=\"/gaps\">Missing numbers by post and "
	    "year</a></p>\n", chy_url(x, query),
	    chy_words_number(u->telegrams).s, u->telegrams == 1 ? "" : "s");
	chy_html_narrow(x, "/references", query, NULL);
	chy_html_understood(x, u->understood);
	chy_html(x, "</div>\n");
}

static void
put_kinds(chy_exchange *x, const chy_unresolved *u)
{
	chy_html(x, "<section aria-labelledby=\"why\">\n<h2 id=\"why\">Why"
	    "</h2>\n<table class=\"ledger\"><thead><tr><th scope=\"col\">"
	    "Reason</th><th scope=\"col\" class=\"r\">Citations</th>"
	    "<th scope=\"col\" class=\"r\">Of different things</th></tr>"
	    "</thead><tbody>\n");
	for (uint32_t i = 0; i < u->n_kinds; i++) {
		const chy_unresolved_kind *k = &u->kinds[i];

		chy_html(x, "<tr><th scope=\"row\">%s",
		    chy_words_sentence(chy_slice_of(
		    chy_resolution_words(k->how))).s);
		if (k->how == CHY_NOT_TELEGRAM && k->kind != CHY_REF_UNKNOWN)
			chy_html(x, "<span class=\"sub\">%s</span>",
			    chy_ref_kind_name(k->kind));
		chy_html(x, "</th><td class=\"r\">%s</td><td class=\"r\">%s"
		    "</td></tr>\n", chy_words_number(k->citations).s,
		    chy_words_number(k->different).s);
	}
	chy_html(x, "</tbody></table>\n</section>\n");
}

static void
put_value(chy_exchange *x, const chy_unresolved_value *v)
{
	/* Of one that is known by its time alone there is no thread. */
	if (v->how == CHY_NOT_FILED && v->kind == CHY_REF_TELEGRAM &&
	    v->value.len > 0 && v->value.ptr[0] != ' ')
		chy_html(x, "<tr><th scope=\"row\"><a class=\"mrn\" "
		    "href=\"%s\">%s</a>", chy_telegram_url(x, v->value,
		    "/thread"), chy_words_mrn(v->value, CHY_EMPTY).s);
	else
		chy_html(x, "<tr><th scope=\"row\">%.*s",
		    CHY_ARG(v->value.len > 0 ? v->value :
		    CHY_SLICE("(nothing that could be read)")));
	chy_html(x, "<span class=\"sub\">%s%s%s</span></th><td "
	    "data-l=\"Cited by\">", chy_resolution_words(v->how),
	    v->how == CHY_NOT_TELEGRAM && v->kind != CHY_REF_UNKNOWN ? ": " :
	    "", v->how == CHY_NOT_TELEGRAM && v->kind != CHY_REF_UNKNOWN ?
	    chy_ref_kind_name(v->kind) : "");
	for (uint32_t i = 0; i < v->n_citers; i++) {
		chy_html(x, "%s", i > 0 ? ", " : "");
		chy_html_id(x, v->citers[i]);
	}
	if (v->citations > v->n_citers && v->n_citers == 5)
		chy_html(x, " and more");
	chy_html(x, "</td><td class=\"r\" data-l=\"Citations\">%s</td></tr>\n",
	    chy_words_number(v->citations).s);
}

static void
put_values(chy_exchange *x, const chy_unresolved *u)
{
	chy_html(x, "<section class=\"sect\" aria-labelledby=\"what\">\n"
	    "<h2 id=\"what\">What is cited</h2>\n"
	    "<table class=\"ledger stack\"><thead><tr><th scope=\"col\">As it "
	    "was understood</th><th scope=\"col\">Cited by</th>"
	    "<th scope=\"col\" class=\"r\">Citations</th></tr></thead><tbody>"
	    "\n");
	for (uint32_t i = 0; i < u->n_values; i++)
		put_value(x, &u->values[i]);
	chy_html(x, "</tbody></table>\n");
	if (u->n_all_values > u->n_values)
		chy_html(x, "<p class=\"note\">The %u most cited of %s.</p>\n",
		    u->n_values, chy_words_number(u->n_all_values).s);
	chy_html(x, "</section>\n");
}

static chy_status
ask(chy_exchange *x, chy_slice query, uint32_t most, chy_unresolved **ret)
{
	chy_error err = { 0 };
	chy_status st = chy_registry_unresolved(x->reg, &x->site->reader,
	    query, most, ret, &err);

	if (st != CHY_OK)
		chy_reply_query(x, query, st, &err);
	return st;
}

void
chy_page_references(chy_exchange *x)
{
	chy_slice query = chy_parse_param(x, "q");
	chy_page page = { .title = CHY_SLICE("References"), .here = "gaps",
	    .query = query, .up = "/", .address = "/references",
	    .formats = CHY_WEB_JSON | CHY_WEB_TEXT };
	chy_unresolved *u = NULL;

	if (ask(x, query, VALUES, &u) != CHY_OK)
		return;
	page.label = &u->label;
	page.asked = chy_url_asked(x, query);
	chy_layout_begin(x, &page);
	put_head(x, u, query);
	if (u->n_kinds > 0)
		put_kinds(x, u);
	if (u->n_values > 0)
		put_values(x, u);
	chy_layout_end(x, &page);
	chy_unresolved_free(u);
}

void
chy_api_references(chy_exchange *x)
{
	chy_unresolved *u = NULL;
	chy_buf buf = CHY_BUF_INIT;
	chy_sink lines = chy_sink_buf(&buf);

	if (ask(x, chy_parse_param(x, "q"), 1000, &u) != CHY_OK)
		return;
	if (x->format == CHY_WEB_JSON) {
		answer_unresolved_json(u, &lines);
		chy_reply_lines(x, &buf);
	} else {
		x->type = "text/plain; charset=utf-8";
		answer_unresolved_text(u, &x->out);
	}
	chy_unresolved_free(u);
}
