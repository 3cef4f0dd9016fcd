/*
 * All cases that the reader may know of, and a form for a new one.
 *
 * SPDX-License-Identifier: ISC
 */
#include "web/casework_int.h"

static void
put_rows(chy_exchange *x, const chy_cases *cases)
{
	chy_html(x, "<div class=\"scroll\"><table class=\"ledger stack\">\n"
	    "<thead><tr><th>Case</th><th class=\"r\">Owed</th>"
	    "<th class=\"r\">Late</th><th class=\"r\">Items</th>"
	    "<th class=\"r\">Telegrams</th></tr></thead>\n<tbody>\n");
	for (uint32_t i = 0; i < cases->n; i++) {
		const chy_case_row *r = &cases->at[i];

		chy_html(x, "<tr><th scope=\"row\"><a href=\"%s\">%.*s</a>"
		    "<span class=\"sub\">%.*s",
		    chy_casework_url(x, "/cases/", r->docket.name),
		    CHY_ARG(r->docket.title), CHY_ARG(r->docket.name));
		chy_mark_label(x, r->docket.label);
		chy_html(x, "</span></th><td class=\"r\" data-l=\"Owed\">%u"
		    "</td><td class=\"r\" data-l=\"Late\">", r->n_owed);
		if (r->n_late > 0)
			chy_html(x, "<span class=\"late\">%u</span>",
			    r->n_late);
		else
			chy_html(x, "0");
		chy_html(x, "</td><td class=\"r\" data-l=\"Items\">%u</td>"
		    "<td class=\"r\" data-l=\"Telegrams\">%u</td></tr>\n",
		    r->n_items, r->n_members);
	}
	chy_html(x, "</tbody></table></div>\n");
}

static void
put_form(chy_exchange *x)
{
	if (!x->site->reader.owner)
		return;
	chy_html(x, "<section class=\"sect noprint\"><h2>Open a case</h2>\n"
	    "<form method=\"post\" action=\"/cases\">");
	chy_html_token(x);
	chy_html(x, "<p class=\"field\"><label for=\"name\">Name, as "
	    "ARDEN-PSR-2026</label><input id=\"name\" name=\"name\" "
	    "maxlength=\"64\" required></p>\n<p class=\"field\">"
	    "<label for=\"title\">Title</label><input id=\"title\" "
	    "name=\"title\" maxlength=\"300\" required></p>\n"
	    "<p class=\"field\"><label for=\"label\">Who may know of it; "
	    "empty: who may read its first telegram</label>"
	    "<input id=\"label\" name=\"label\" maxlength=\"60\"></p>\n");
	chy_html_doing(x, "new");
	chy_html(x, "<p class=\"acts\"><button class=\"first\">Open</button>"
	    "</p></form></section>\n");
}

void
chy_page_cases(chy_exchange *x)
{
	chy_page page = { .title = CHY_SLICE("Cases"), .here = "cases" };
	chy_error err = { 0 };
	uint32_t late = 0;
	chy_cases *cases;
	chy_status st = chy_registry_cases(x->reg, &x->site->reader,
	    chy_today(x), &cases, &err);

	if (st != CHY_OK) {
		chy_reply_status(x, st, &err);
		return;
	}
	for (uint32_t i = 0; i < cases->n; i++)
		late += cases->at[i].n_late > 0;
	page.label = &cases->label;
	chy_layout_begin(x, &page);
	chy_html(x, "<div class=\"head\">\n<h1>Cases</h1>\n"
	    "<p class=\"answer\">");
	if (cases->n == 0)
		chy_html(x, "There is no case yet.");
	else
		chy_html(x, "<b>%s</b> %s kept. ", chy_words_sentence(
		    chy_slice_of(chy_words_small(cases->n).s)).s,
		    cases->n == 1 ? "case is" : "cases are");
	if (late > 0)
		chy_html(x, "<span class=\"late\">In %s something is late."
		    "</span>", chy_words_small(late).s);
	chy_html(x, "</p>\n</div>\n");
	if (cases->n > 0)
		put_rows(x, cases);
	put_form(x);
	chy_layout_end(x, &page);
	chy_cases_free(cases);
}

void
chy_post_case_new(chy_exchange *x)
{
	chy_doing doing = chy_parse_doing(x);
	chy_slice name = chy_parse_param(x, "name");
	chy_registry *reg = chy_open_for_change(x);
	chy_error err = { 0 };
	chy_status st;

	if (reg == NULL)
		return;
	st = chy_registry_case_new(reg, &doing, name,
	    chy_parse_param(x, "title"), chy_parse_param(x, "label"), &err);
	chy_registry_close(reg);
	chy_reply_changed(x, st, &err, chy_casework_url(x, "/cases/", name));
}
