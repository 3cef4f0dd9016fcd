/*
 * What a telegram says, by rule: proposals with the words they rest on, each
 * to be taken into a case by a person.
 *
 * SPDX-License-Identifier: ISC
 */
#include "web/casework_int.h"

static void
put_case_list(chy_exchange *x, const chy_cases *cases, chy_slice chosen)
{
	chy_html(x, "<p class=\"field\"><label for=\"case\">Case</label>"
	    "<select id=\"case\" name=\"case\">");
	for (uint32_t i = 0; i < cases->n; i++) {
		chy_slice name = cases->at[i].docket.name;

		chy_html(x, "<option%s>%.*s</option>",
		    chy_slice_eq(name, chosen) ? " selected" : "",
		    CHY_ARG(name));
	}
	chy_html(x, "</select></p>\n");
}

static void
put_proposal(chy_exchange *x, const chy_proposed *p, uint32_t i, bool form)
{
	const chy_proposal *one = &p->proposals->at[i];
	int32_t today = chy_today(x);

	chy_html(x, "<tr><th scope=\"row\">");
	if (form)
		chy_html(x, "<label><input type=\"checkbox\" name=\"item\" "
		    "value=\"%.*s\"> %.*s</label>", CHY_ARG(p->names[i]),
		    CHY_ARG(p->names[i]));
	else
		chy_html(x, "%.*s", CHY_ARG(p->names[i]));
	chy_html(x, "<span class=\"sub\">%s</span></th><td class=\"text\">"
	    "%.*s", chy_item_kind_title(one->kind), CHY_ARG(one->what));
	if (one->condition.len > 0)
		chy_html(x, "<span class=\"sub\">%.*s</span>",
		    CHY_ARG(one->condition));
	chy_html(x, "</td><td data-l=\"By, to\">%.*s%s%.*s<span class=\"sub\">"
	    "%s</span></td><td data-l=\"Due\">", CHY_ARG(one->by.name),
	    one->to.name.len > 0 ? " to " : "", CHY_ARG(one->to.name),
	    chy_channel_name(one->channel));
	if (one->due.day != CHY_NO_DAY) {
		chy_html(x, "%s<span class=\"sub\">",
		    chy_words_day(one->due.day, today).s);
		chy_mark_basis(x, one->due.basis, one->due.phrase,
		    one->due.other, today);
		chy_html(x, "</span>");
	}
	chy_html(x, "</td><td data-l=\"Said\">");
	for (uint32_t k = 0; k < one->n_sources; k++) {
		chy_html(x, "%s", k > 0 ? ", " : "");
		chy_mark_source(x, p->telegram, one->sources[k].id, false);
	}
	chy_html(x, "</td><td data-l=\"Why\">%u %% sure, on \xE2\x80\x9C%.*s"
	    "\xE2\x80\x9D<span class=\"sub\">%s</span></td></tr>\n",
	    one->confidence, CHY_ARG(one->words), one->rule);
}

static void
put_table(chy_exchange *x, const chy_proposed *p, const chy_cases *cases)
{
	bool form = x->site->reader.owner && cases->n > 0;

	if (form) {
		chy_html(x, "<form method=\"post\" action=\"%s\">",
		    chy_telegram_url(x, p->telegram, "/items"));
		chy_html_token(x);
	}
	chy_html(x, "<div class=\"scroll\"><table class=\"ledger stack\">\n"
	    "<thead><tr><th>Item</th><th>What</th><th>By, to</th><th>Due</th>"
	    "<th>Said</th><th>Why</th></tr></thead>\n<tbody>\n");
	for (uint32_t i = 0; i < p->proposals->n; i++)
		put_proposal(x, p, i, form);
	chy_html(x, "</tbody></table></div>\n");
	if (!form)
		return;
	chy_html(x, "<div class=\"sect noprint\">");
	put_case_list(x, cases, chy_parse_param(x, "case"));
	chy_html_doing(x, "items");
	chy_html(x, "<p class=\"acts\"><button class=\"first\">Take those "
	    "chosen into the case</button> <button name=\"all\" value=\"yes\">"
	    "Take all</button></p></div></form>\n");
}

void
chy_page_items(chy_exchange *x)
{
	chy_page page = { .title = CHY_SLICE("Items"), .here = "cases" };
	chy_error err = { 0 };
	chy_proposed *p;
	chy_cases *cases;
	chy_status st = chy_registry_propose(x->reg, &x->site->reader, x->id,
	    &p, &err);

	if (st == CHY_OK) {
		st = chy_registry_cases(x->reg, &x->site->reader,
		    chy_today(x), &cases, &err);
		if (st != CHY_OK)
			chy_proposed_free(p);
	}
	if (st != CHY_OK) {
		chy_reply_status(x, st, &err);
		return;
	}
	page.label = &p->label;
	page.up = chy_telegram_url(x, p->telegram, "");
	chy_layout_begin(x, &page);
	chy_html(x, "<div class=\"head\">\n<p class=\"kind\">Proposed from ");
	chy_mark_mrn(x, &p->shown->line, "mrn");
	chy_html(x, "</p>\n<h1>%.*s</h1>\n<p class=\"answer\">",
	    CHY_ARG(p->shown->line.subject));
	if (p->proposals->n == 0)
		chy_html(x, "No rule found anything in it.</p></div>\n");
	else
		chy_html(x, "<b>%s</b> %s found by rule. Nothing of it is "
		    "owed until somebody takes it into a case.</p></div>\n",
		    chy_words_sentence(chy_slice_of(
		    chy_words_small(p->proposals->n).s)).s,
		    p->proposals->n == 1 ? "item was" : "items were");
	if (p->proposals->n > 0)
		put_table(x, p, cases);
	chy_layout_end(x, &page);
	chy_cases_free(cases);
	chy_proposed_free(p);
}

void
chy_post_items(chy_exchange *x)
{
	chy_slice name = chy_parse_param(x, "case");
	bool all = chy_parse_param(x, "all").len > 0;
	chy_doing doing = chy_parse_doing(x);
	chy_registry *reg = chy_open_for_change(x);
	chy_error err = { 0 };
	chy_status st = CHY_OK;

	if (reg == NULL)
		return;
	if (all)
		st = chy_registry_accept(reg, &doing, name, x->id, CHY_EMPTY,
		    NULL, &err);
	for (unsigned i = 0; i < x->n_params && !all && st == CHY_OK; i++)
		if (chy_slice_eq(x->params[i].name, CHY_SLICE("item")))
			st = chy_registry_accept(reg, &doing, name, x->id,
			    x->params[i].value, NULL, &err);
	chy_registry_close(reg);
	chy_reply_changed(x, st, &err, chy_casework_url(x, "/cases/", name));
}
