/*
 * The in-tray of an office or a person: what wants an answer first, then what
 * is for information, each with why it is there. Without a name, the offices
 * that have something. Works without script.
 *
 * SPDX-License-Identifier: ISC
 */
#include "registry/distribution.h"
#include "vocab/vocab.h"
#include "web/web_int.h"

/* Rows of one list. */
#define ROWS	200u

static const char *
tray_url(chy_exchange *x, chy_slice office)
{
	chy_slice url = chy_text(x, "/tray?office=%s", chy_url(x, office));

	return url.len > 0 ? url.ptr : "/tray";
}

/* "WE/ISL is on the passing line": the reasons in a line. */
static void
put_why(chy_exchange *x, const chy_tray_item *item)
{
	const chy_filed_delivery *f = &item->delivery;

	chy_html(x, "<span class=\"why\">");
	if (item->delivery.told.kind == CHY_DELIVERY_ACTION)
		chy_html(x, "<b>You have it because</b> ");
	if (item->extract) {
		chy_html(x, "a part of it is for you");
	} else if (f->by_hand) {
		chy_html(x, "%.*s gave it: %.*s", CHY_ARG(f->who),
		    CHY_ARG(f->reason));
	}
	for (uint32_t i = 0; i < f->told.n_because; i++) {
		const chy_because *b = &f->told.because[i];

		chy_html(x, "%s<a class=\"plain\" href=\"/distribution/%s\" "
		    "title=\"%.*s\">%.*s</a>", i > 0 ? "; " : "",
		    chy_url(x, item->line.id), CHY_ARG(b->prose),
		    CHY_ARG(b->rule));
		for (uint32_t k = 0; k < b->n_matched; k++) {
			chy_html(x, "%s%.*s ", k == 0 ? " " : ", ",
			    CHY_ARG(b->matched[k].place));
			chy_html_words(x, b->matched[k].words, f->told.office);
		}
	}
	chy_html(x, "</span>");
}

static void
put_read(chy_exchange *x, chy_slice office, const chy_tray_item *item)
{
	const chy_filed_delivery *f = &item->delivery;

	if (f->read_at != 0) {
		chy_civil c = chy_civil_from(f->read_at);

		chy_html(x, "<span class=\"quiet\">read ");
		chy_mark_time(x, c, "", chy_words_short(c));
		chy_html(x, "</span>");
		return;
	}
	if (!x->site->reader.owner)
		return;
	chy_html(x, "<form action=\"/tray\" method=\"post\">");
	chy_html_token(x);
	chy_html(x, "<input type=\"hidden\" name=\"office\" value=\"%.*s\">"
	    "<input type=\"hidden\" name=\"telegram\" value=\"%.*s\">"
	    "<button name=\"delivery\" value=\"%u\">Read</button></form>",
	    CHY_ARG(office), CHY_ARG(item->line.id), (unsigned)f->number);
}

static void
put_action(chy_exchange *x, chy_slice office, const chy_tray_item *item)
{
	const chy_line *line = &item->line;

	chy_html(x, "<li><article class=\"row\"><div class=\"key\">"
	    "<span class=\"mrn\">%s</span>",
	    chy_words_mrn(line->id, line->originator).s);
	chy_html(x, "<span class=\"state\"><span class=\"dot %s\"></span>%s"
	    "</span>", item->delivery.read_at == 0 ? "open" : "part",
	    item->delivery.read_at == 0 ? "not read" : "read");
	chy_mark_precedence(x, line->precedence);
	chy_html(x, "</div>\n<div><h3><a href=\"%s\">%.*s</a></h3>\n"
	    "<p class=\"meta\">", chy_telegram_url(x, line->id, ""),
	    CHY_ARG(line->subject.len > 0 ? line->subject :
	    CHY_SLICE("An extract")));
	chy_mark_level(x, line->level, line->classification);
	chy_html(x, " ");
	chy_mark_time(x, chy_line_date(line), "dtg",
	    chy_words_short(chy_line_date(line)));
	chy_html(x, " ");
	put_why(x, item);
	chy_html(x, "</p>\n<div class=\"acts mini\"><a class=\"button\" "
	    "href=\"/distribution/%s\">Pass to\342\200\246</a> ",
	    chy_url(x, line->id));
	put_read(x, office, item);
	chy_html(x, "</div></div></article></li>\n");
}

static void
put_info(chy_exchange *x, chy_slice office, const chy_tray_item *item)
{
	const chy_line *line = &item->line;

	chy_html(x, "<tr><td><span class=\"mrn\">");
	chy_mark_mrn(x, line, "");
	chy_html(x, "</span><span class=\"sub\">%s</span></td><td>%.*s</td>"
	    "<td data-l=\"Why\">", chy_words_short(chy_line_date(line)).s,
	    CHY_ARG(line->subject));
	put_why(x, item);
	chy_html(x, "</td><td data-l=\"Class\">");
	chy_mark_level(x, line->level, line->classification);
	chy_html(x, "</td><td class=\"mini\">");
	put_read(x, office, item);
	chy_html(x, "</td></tr>\n");
}

static void
put_actions(chy_exchange *x, chy_slice office, const chy_tray *tray)
{
	uint32_t n = 0;

	if (tray->n_action == 0)
		return;
	chy_html(x, "<section aria-labelledby=\"i1\">\n<h2 id=\"i1\">Wants an "
	    "answer <span class=\"quiet\">%u</span></h2>\n<ol class=\"rows\">"
	    "\n", tray->n_action);
	for (uint32_t i = 0; i < tray->n && n < ROWS; i++)
		if (tray->at[i].delivery.told.kind == CHY_DELIVERY_ACTION) {
			put_action(x, office, &tray->at[i]);
			n++;
		}
	chy_html(x, "</ol>\n</section>\n");
}

static void
put_infos(chy_exchange *x, chy_slice office, const chy_tray *tray)
{
	uint32_t all = tray->n_all - tray->n_action, n = 0;

	if (all == 0)
		return;
	chy_html(x, "<section class=\"sect\" aria-labelledby=\"i2\">\n"
	    "<h2 id=\"i2\">For information <span class=\"quiet\">%u</span>"
	    "</h2>\n<div class=\"scroll\"><table class=\"ledger stack\">\n"
	    "<thead><tr><th>Telegram</th><th>Subject</th><th>Why you have it"
	    "</th><th>Class</th><th><span class=\"vh\">Do</span></th></tr>"
	    "</thead>\n<tbody>\n", all);
	for (uint32_t i = 0; i < tray->n && n < ROWS; i++)
		if (tray->at[i].delivery.told.kind == CHY_DELIVERY_INFO) {
			put_info(x, office, &tray->at[i]);
			n++;
		}
	chy_html(x, "</tbody></table></div>\n");
	if (all > n)
		chy_html(x, "<p class=\"pager\">%u more are older.</p>\n",
		    all - n);
	chy_html(x, "</section>\n");
}

static void
put_offices(chy_exchange *x, const chy_offices *offices, bool side)
{
	if (offices->n == 0) {
		chy_html(x, "<p>No office has anything. Keep rules in the "
		    "archive, and what is filed from then on is sent.</p>\n");
		return;
	}
	chy_html(x, side ? "<ul>\n" : "<div class=\"scroll\">"
	    "<table class=\"ledger\">\n<thead><tr><th>Office</th><th>For "
	    "action</th><th>In all</th></tr></thead>\n<tbody>\n");
	for (uint32_t i = 0; i < offices->n && i < ROWS; i++) {
		const chy_office_count *o = &offices->at[i];

		if (side)
			chy_html(x, "<li><a href=\"%s\">%.*s</a> <span "
			    "class=\"n\">%u</span></li>\n",
			    tray_url(x, o->office), CHY_ARG(o->office), o->n);
		else
			chy_html(x, "<tr><th scope=\"row\"><a href=\"%s\">%.*s"
			    "</a></th><td>%u</td><td>%u</td></tr>\n",
			    tray_url(x, o->office), CHY_ARG(o->office),
			    o->n_action, o->n);
	}
	chy_html(x, side ? "</ul>\n" : "</tbody></table></div>\n");
}

static void
put_answer(chy_exchange *x, const chy_tray *tray)
{
	uint32_t info = tray->n_all - tray->n_action;

	if (tray->n == 0) {
		chy_html(x, "<p class=\"answer\">There is nothing in it.</p>"
		    "\n");
		return;
	}
	chy_html(x, "<p class=\"answer\"><b>%s</b>. %s for information; "
	    "%s not read.</p>\n", tray->n_action == 0 ?
	    "Nothing wants an answer" : tray->n_action == 1 ?
	    "One wants an answer" : chy_text(x, "%s want an answer",
	    chy_words_sentence(chy_slice_of(
	    chy_words_small(tray->n_action).s)).s).ptr,
	    chy_words_sentence(chy_slice_of(chy_words_small(info).s)).s,
	    chy_words_small(tray->n_unread).s);
}

void
chy_page_tray(chy_exchange *x)
{
	chy_slice office = chy_parse_param(x, "office");
	chy_page page = { .title = CHY_SLICE("In-tray"), .here = "tray",
	    .up = office.len > 0 ? "/tray" : "/" };
	chy_offices *offices = NULL;
	chy_tray *tray = NULL;
	chy_error err = { 0 };
	chy_status st = chy_registry_offices(x->reg, &x->site->reader,
	    &offices, &err);

	if (st == CHY_OK && office.len > 0)
		st = chy_registry_tray(x->reg, &x->site->reader, office,
		    &tray, &err);
	if (st != CHY_OK) {
		chy_offices_free(offices);
		chy_reply_failed(x, st, &err);
		return;
	}
	if (tray != NULL) {
		page.title = chy_text(x, "In-tray of %.*s", CHY_ARG(office));
		page.label = &tray->label;
	}
	chy_layout_begin(x, &page);
	if (tray == NULL) {
		chy_html(x, "<div class=\"head\"><h1>In-trays</h1>\n"
		    "<p class=\"answer\">%s office%s or person%s something."
		    "</p></div>\n", chy_words_sentence(chy_slice_of(
		    chy_words_small(offices->n).s)).s, offices->n == 1 ?
		    "" : "s", offices->n == 1 ? " has" : "s have");
		put_offices(x, offices, false);
	} else {
		chy_html(x, "<div class=\"head\">\n<p class=\"kind\">In-tray"
		    "</p><h1>%.*s</h1>\n", CHY_ARG(office));
		put_answer(x, tray);
		chy_html(x, "</div>\n<div class=\"with-side\">\n<div>\n");
		put_actions(x, office, tray);
		put_infos(x, office, tray);
		chy_html(x, "</div>\n<aside class=\"side\" aria-label=\"Other "
		    "trays\"><section><h2>Other trays</h2>\n");
		put_offices(x, offices, true);
		chy_html(x, "</section></aside>\n</div>\n");
	}
	chy_layout_end(x, &page);
	chy_tray_free(tray);
	chy_offices_free(offices);
}

/* Read by the office whose tray it is. */
void
chy_post_tray(chy_exchange *x)
{
	chy_slice office = chy_parse_param(x, "office");
	chy_desk_change change = {
		.kind = CHY_CHANGE_READ,
		.address = chy_parse_param(x, "telegram"),
		.delivery = chy_parse_number(x, "delivery", UINT32_MAX, 0),
		.who = office, .office = CHY_EMPTY, .reason = CHY_EMPTY,
		.now = chy_civil_seconds(x->now),
	};
	chy_registry *reg = chy_open_for_change(x);
	chy_error err = { 0 };
	chy_status st;

	if (reg == NULL)
		return;
	st = chy_registry_change(reg, &x->site->reader, &change, &err);
	chy_registry_close(reg);
	if (st == CHY_OK)
		chy_reply_redirect(x, tray_url(x, office));
	else
		chy_reply_status(x, st, &err);
}
