/*
 * One case: who owes whom what, by when; clocks; who has said what; what does
 * not fit together; the telegrams in order.
 *
 * SPDX-License-Identifier: ISC
 */
#include "web/casework_int.h"


/* ---- the sentence that answers ---- */

static uint32_t
count(const chy_case *c, enum chy_owed owed, chy_item_kind kind, bool any)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < c->n_items; i++)
		n += chy_item_status_open(c->items[i].item.status) &&
		    (any ? c->items[i].owed == owed :
		    c->items[i].item.kind == kind);
	return n;
}

static void
put_answer(chy_exchange *x, const chy_case *c)
{
	uint32_t inside = count(c, CHY_OWED_INSIDE, CHY_ITEM_EVENT, true);
	uint32_t by_us = count(c, CHY_OWED_BY_US, CHY_ITEM_EVENT, true);
	uint32_t to_us = count(c, CHY_OWED_TO_US, CHY_ITEM_EVENT, true);
	uint32_t threats = count(c, CHY_OWED_NOBODY, CHY_ITEM_THREAT, false);

	chy_html(x, "<p class=\"answer\">");
	if (c->n_items == 0)
		chy_html(x, "Nothing is in it yet.");
	if (c->n_late > 0)
		chy_html(x, "<span class=\"late\">%s %s late.</span> ",
		    chy_words_sentence(chy_slice_of(
		    chy_words_small(c->n_late).s)).s, c->n_late == 1 ?
		    "is" : "are");
	if (inside > 0)
		chy_html(x, "We owe ourselves <b>%s</b>. ",
		    chy_words_small(inside).s);
	if (by_us > 0)
		chy_html(x, "<b>%s</b> %s asked of us%s. ",
		    chy_words_sentence(chy_slice_of(
		    chy_words_small(by_us).s)).s, by_us == 1 ? "thing is" :
		    "things are", threats == 0 ? "" : threats == 1 ?
		    ", and one threat made" : ", and threats made");
	if (to_us > 0)
		chy_html(x, "We wait for <b>%s</b>. ",
		    chy_words_small(to_us).s);
	chy_html(x, "</p>\n");
}

static void
put_head(chy_exchange *x, const chy_case *c)
{
	bool first = true;

	chy_html(x, "<div class=\"head\">\n<p class=\"kind\">Docket %.*s",
	    CHY_ARG(c->docket.name));
	if (c->docket.file_code.len > 0)
		chy_html(x, ", file %.*s", CHY_ARG(c->docket.file_code));
	chy_html(x, ", opened %s</p>\n<h1>%.*s</h1>\n",
	    chy_words_date(chy_day_civil(c->docket.opened)).s,
	    CHY_ARG(c->docket.title));
	put_answer(x, c);
	chy_html(x, "<p class=\"meta\">");
	for (uint32_t i = 0; i < c->n_entries; i++) {
		if (!chy_slice_eq(c->entries[i].kind, CHY_SLICE("party")))
			continue;
		if (first)
			chy_html(x, "<span>Parties: ");
		else
			chy_html(x, ", ");
		chy_html(x, "<b>%.*s</b>", CHY_ARG(c->entries[i].value));
		if (c->entries[i].note.len > 0)
			chy_html(x, " (%.*s)", CHY_ARG(c->entries[i].note));
		first = false;
	}
	if (!first)
		chy_html(x, "</span> ");
	chy_html(x, "<span>%u telegram%s</span> <a href=\"%s.txt\">One-page "
	    "brief</a></p>\n</div>\n", (unsigned)c->n_members,
	    c->n_members == 1 ? "" : "s", chy_casework_url(x, "/cases/",
	    c->docket.name));
}


/* ---- items ---- */

static void
put_due(chy_exchange *x, const chy_case *c, const chy_case_item *i)
{
	const chy_item *it = &i->item;
	char iso[11];

	chy_html(x, "<td data-l=\"Due\">");
	if (it->due == CHY_NO_DAY) {
		if (i->owed != CHY_OWED_NOBODY)
			chy_html(x, "<span class=\"basis none\">no date"
			    "</span>");
		chy_html(x, "</td>");
		return;
	}
	chy_civil_date(chy_day_civil(it->due), iso);
	if (it->first != CHY_NO_DAY && it->first != it->due)
		chy_html(x, "%s to ", chy_words_day(it->first, c->today).s);
	chy_html(x, "<time class=\"%snb\" datetime=\"%s\">%s</time>"
	    "<span class=\"sub\">", i->overdue ? "late " : "", iso,
	    chy_words_day(it->due, c->today).s);
	chy_mark_basis(x, it->basis, it->phrase, it->other, c->today);
	chy_html(x, "</span></td>");
}

static void
put_what(chy_exchange *x, const chy_item *it)
{
	chy_html(x, "<td class=\"text\">");
	chy_html_sentence(x, it->what);
	if (it->condition.len > 0)
		chy_html(x, "<span class=\"sub\">%.*s%s</span>",
		    CHY_ARG(it->condition), it->measurable ? "" :
		    "; this cannot be measured");
	chy_html(x, "</td>");
}

static void
put_item(chy_exchange *x, const chy_case *c, const chy_case_item *i)
{
	const chy_item *it = &i->item;

	chy_html(x, "<tr id=\"i-%.*s\"><th scope=\"row\">%.*s"
	    "<span class=\"sub\">%s</span></th>", CHY_ARG(it->name),
	    CHY_ARG(it->name), chy_item_kind_title(it->kind));
	put_what(x, it);
	chy_html(x, "<td data-l=\"Said\">");
	for (uint32_t k = 0; k < i->n_sources; k++) {
		chy_html(x, "%s", k > 0 ? ", " : "");
		chy_mark_source(x, i->sources[k].telegram,
		    i->sources[k].paragraph, false);
	}
	chy_html(x, "<span class=\"sub\">%.*s%s%.*s%s</span></td>",
	    CHY_ARG(it->by_name), it->to_name.len > 0 ? " to " : "",
	    CHY_ARG(it->to_name), it->channel == CHY_CHANNEL_WRITTEN ?
	    ", in writing" : it->channel == CHY_CHANNEL_REPORTED ?
	    ", as reported" : "");
	put_due(x, c, i);
	chy_html(x, "<td data-l=\"State\">");
	chy_mark_status(x, it->status, i->overdue);
	for (uint32_t k = 0; k < i->n_ties; k++)
		chy_html(x, "<span class=\"sub\">%.*s "
		    "<a href=\"#i-%.*s\">%.*s</a></span>",
		    CHY_ARG(i->ties[k].kind), CHY_ARG(i->ties[k].target),
		    CHY_ARG(i->ties[k].target));
	if (it->closed_by.len > 0)
		chy_html(x, "<span class=\"sub\">by %.*s</span>",
		    CHY_ARG(it->closed_by));
	chy_html(x, "</td><td data-l=\"Closes when\">%.*s</td></tr>\n",
	    CHY_ARG(it->closes_when));
}

static void
put_group(chy_exchange *x, enum chy_owed owed, bool first)
{
	if (!first)
		chy_html(x, "</tbody>\n<tbody>\n");
	chy_html(x, "<tr class=\"group\"><th colspan=\"6\" "
	    "scope=\"rowgroup\">%s</th></tr>\n", chy_owed_title(owed));
}

static void
put_items(chy_exchange *x, const chy_case *c)
{
	if (c->n_items == 0)
		return;
	chy_html(x, "<section aria-labelledby=\"c1\">\n<h2 id=\"c1\">What is "
	    "asked, promised and threatened</h2>\n<div class=\"scroll\">"
	    "<table class=\"ledger stack\">\n<thead><tr><th>Item</th>"
	    "<th>What</th><th>Said</th><th>Due</th><th>State</th>"
	    "<th>Closes when</th></tr></thead>\n<tbody>\n");
	for (uint32_t i = 0; i < c->n_items; i++) {
		if (i == 0 || c->items[i].owed != c->items[i - 1].owed)
			put_group(x, c->items[i].owed, i == 0);
		put_item(x, c, &c->items[i]);
	}
	chy_html(x, "</tbody></table></div>\n</section>\n");
}


/* ---- clocks ---- */

/* The days of the chart: from a while before the first to after the last. */
struct scale {
	int32_t first, last;
};

static double
place(const struct scale *s, int32_t day)
{
	double at = 100.0 * (day - s->first) / (s->last - s->first);

	return at < 0 ? 0 : at > 100 ? 100 : at;
}

static bool
runs(const chy_case_item *i)
{
	return i->item.due != CHY_NO_DAY &&
	    chy_item_status_open(i->item.status) &&
	    i->item.kind != CHY_ITEM_REVIEW && i->item.kind !=
	    CHY_ITEM_POSITION;
}

static bool
find_scale(const chy_case *c, struct scale *ret)
{
	bool any = false;

	*ret = (struct scale){ c->today - 7, c->today + 14 };
	for (uint32_t i = 0; i < c->n_items; i++) {
		const chy_item *it = &c->items[i].item;
		int32_t last = it->other != CHY_NO_DAY ? it->other : it->due;

		/* A clock that stopped a year ago has no bar. */
		if (!runs(&c->items[i]) || it->due < c->today - 366 ||
		    last > c->today + 732)
			continue;
		any = true;
		if (it->due - 7 < ret->first)
			ret->first = it->due - 7;
		if (it->made != CHY_NO_DAY && it->made < ret->first &&
		    it->made > c->today - 366)
			ret->first = it->made;
		if (last + 7 > ret->last)
			ret->last = last + 7;
	}
	return any;
}

/* A number of the chart with one figure after the point. */
static void
put_number(chy_exchange *x, const char *name, double value)
{
	int tenths = (int)(value * 10);

	chy_html(x, " %s=\"%d.%d\"", name, tenths / 10, tenths % 10);
}

static void
put_bar(chy_exchange *x, const char *class_, double from, double to)
{
	chy_html(x, "<rect class=\"%s\"", class_);
	put_number(x, "x", from);
	put_number(x, "width", to - from > 0.9 ? to - from : 0.9);
	chy_html(x, " y=\"2\" height=\"6\"/>");
}

static void
put_clock(chy_exchange *x, const chy_case *c, const struct scale *s,
    const chy_case_item *i)
{
	const chy_item *it = &i->item;
	int32_t from = it->first != CHY_NO_DAY ? it->first :
	    it->made != CHY_NO_DAY && it->made < it->due ? it->made : it->due;
	double today = place(s, c->today);

	chy_html(x, "<tr><th scope=\"row\">");
	chy_html_sentence(x, it->what);
	chy_html(x, "<span class=\"sub\">%.*s</span></th>"
	    "<td class=\"nb\" data-l=\"From, to\">", CHY_ARG(it->name));
	if (from != it->due)
		chy_html(x, "%s to ", chy_words_day(from, c->today).s);
	chy_html(x, "%s</td><td data-l=\"Basis\">",
	    chy_words_day(it->due, c->today).s);
	chy_mark_basis(x, it->basis, it->phrase, it->other, c->today);
	chy_html(x, "</td><td><svg class=\"span\" viewBox=\"0 0 100 10\" "
	    "preserveAspectRatio=\"none\" role=\"img\" aria-label=\"to %s\">",
	    chy_words_day(it->due, c->today).s);
	put_bar(x, "win", place(s, from), place(s, it->due));
	if (it->other != CHY_NO_DAY && it->other > it->due)
		put_bar(x, "alt", place(s, it->due), place(s, it->other));
	if (i->overdue)
		put_bar(x, "over", place(s, it->due), today);
	chy_html(x, "<line class=\"today\"");
	put_number(x, "x1", today);
	put_number(x, "x2", today);
	chy_html(x, " y1=\"-3\" y2=\"13\"/></svg></td></tr>\n");
}

static void
put_clocks(chy_exchange *x, const chy_case *c)
{
	struct scale s;

	if (!find_scale(c, &s))
		return;
	chy_html(x, "<section class=\"sect\" aria-labelledby=\"c2\">\n"
	    "<h2 id=\"c2\">Clocks</h2>\n<div class=\"scroll\">"
	    "<table class=\"ledger stack\">\n<thead><tr><th>What runs</th>"
	    "<th>From, to</th><th>How we know</th><th class=\"wide\">%s to "
	    "%s</th></tr></thead>\n<tbody>\n",
	    chy_words_day(s.first, c->today).s,
	    chy_words_day(s.last, c->today).s);
	for (uint32_t i = 0; i < c->n_items; i++)
		if (runs(&c->items[i]) && c->items[i].item.due >=
		    c->today - 366)
			put_clock(x, c, &s, &c->items[i]);
	chy_html(x, "</tbody></table></div>\n<p class=\"note small gap\">The "
	    "upright is today, %s.</p>\n</section>\n",
	    chy_words_date(x->now).s);
}


/* ---- who has said what ---- */

#define SIDES	4u
#define TOPICS	24u

static uint32_t
find_in(chy_slice *list, uint32_t *n, uint32_t most, chy_slice word)
{
	for (uint32_t i = 0; i < *n; i++)
		if (chy_slice_ieq(list[i], word))
			return i;
	if (*n == most || word.len == 0)
		return UINT32_MAX;
	list[*n] = word;
	return (*n)++;
}

static bool
is_position(const chy_case_item *i)
{
	switch (i->item.kind) {
	case CHY_ITEM_POSITION:
	case CHY_ITEM_REFUSAL:
	case CHY_ITEM_DEMAND:
	case CHY_ITEM_REQUEST:
	case CHY_ITEM_COMMITMENT:
	case CHY_ITEM_WARNING:
	case CHY_ITEM_THREAT:
		return true;
	default:
		return false;
	}
}

static void
put_cell(chy_exchange *x, const chy_case *c, chy_slice side, chy_slice topic)
{
	bool any = false;

	for (uint32_t i = 0; i < c->n_items; i++) {
		const chy_item *it = &c->items[i].item;

		if (!is_position(&c->items[i]) ||
		    !chy_slice_ieq(it->by_side, side) ||
		    !chy_slice_ieq(it->about, topic))
			continue;
		if (any)
			chy_html(x, "<br>");
		chy_html(x, "%s: %.*s <span class=\"sub\">%s%s",
		    chy_item_kind_title(it->kind),
		    CHY_ARG(it->what), chy_words_day(it->made, c->today).s,
		    c->items[i].n_sources > 0 ? ", " : "");
		if (c->items[i].n_sources > 0)
			chy_mark_source(x, c->items[i].sources[0].telegram,
			    c->items[i].sources[0].paragraph, false);
		chy_html(x, "</span>");
		any = true;
	}
	if (!any)
		chy_html(x, "<span class=\"quiet\">nothing yet</span>");
}

/* Positions by party over what they are about. */
static void
put_positions(chy_exchange *x, const chy_case *c)
{
	chy_slice sides[SIDES], topics[TOPICS];
	uint32_t n_sides = 0, n_topics = 0;

	for (uint32_t i = 0; i < c->n_items; i++)
		if (is_position(&c->items[i]) &&
		    c->items[i].item.about.len > 0) {
			(void)find_in(sides, &n_sides, SIDES,
			    c->items[i].item.by_side);
			(void)find_in(topics, &n_topics, TOPICS,
			    c->items[i].item.about);
		}
	if (n_topics == 0)
		return;
	chy_html(x, "<section class=\"sect\" aria-labelledby=\"c3\">\n"
	    "<h2 id=\"c3\">Who has said what</h2>\n<div class=\"scroll\">"
	    "<table class=\"ledger stack\">\n<thead><tr><th>On</th>");
	for (uint32_t s = 0; s < n_sides; s++)
		chy_html(x, "<th>%.*s</th>", CHY_ARG(sides[s]));
	chy_html(x, "</tr></thead>\n<tbody>\n");
	for (uint32_t t = 0; t < n_topics; t++) {
		chy_html(x, "<tr><th scope=\"row\">%.*s</th>",
		    CHY_ARG(topics[t]));
		for (uint32_t s = 0; s < n_sides; s++) {
			chy_html(x, "<td class=\"text\" data-l=\"%.*s\">",
			    CHY_ARG(sides[s]));
			put_cell(x, c, sides[s], topics[t]);
			chy_html(x, "</td>");
		}
		chy_html(x, "</tr>\n");
	}
	chy_html(x, "</tbody></table></div>\n</section>\n");
}


/* ---- the rest ---- */

static void
put_conflicts(chy_exchange *x, const chy_case *c)
{
	chy_html(x, "<section aria-labelledby=\"c4\"><h2 id=\"c4\">Does not "
	    "fit together</h2>\n");
	if (c->n_conflicts == 0)
		chy_html(x, "<p class=\"note\">Nothing found.</p>");
	else
		chy_html(x, "<ul class=\"rows\">\n");
	for (uint32_t i = 0; i < c->n_conflicts; i++) {
		const chy_case_conflict *f = &c->conflicts[i];
		chy_slice a = c->items[f->a].item.name;
		chy_slice b = c->items[f->b].item.name;

		chy_html(x, "<li><b><a href=\"#i-%.*s\">%.*s</a> and "
		    "<a href=\"#i-%.*s\">%.*s</a>.</b> ", CHY_ARG(a),
		    CHY_ARG(a), CHY_ARG(b), CHY_ARG(b));
		chy_html_sentence(x, chy_slice_of(f->why));
		if (f->only.len > 0)
			chy_html(x, "; only in %.*s: \xE2\x80\x9C%.*s"
			    "\xE2\x80\x9D",
			    CHY_ARG(c->items[f->only_in].item.name),
			    CHY_ARG(f->only));
		chy_html(x, ".</li>\n");
	}
	if (c->n_conflicts > 0)
		chy_html(x, "</ul>");
	chy_html(x, "</section>\n");
}

static void
put_members(chy_exchange *x, const chy_case *c)
{
	chy_html(x, "<section aria-labelledby=\"c5\"><h2 id=\"c5\">In order"
	    "</h2>\n<table class=\"ledger\"><tbody>\n");
	for (uint32_t i = 0; i < c->n_members; i++) {
		const chy_case_member *m = &c->members[i];

		chy_html(x, "<tr><td class=\"nb\">%s</td><td>%.*s ",
		    chy_words_short(chy_line_date(&m->line)).s,
		    CHY_ARG(m->line.subject));
		chy_mark_mrn(x, &m->line, "mrn");
		if (chy_slice_eq(m->how, CHY_SLICE("reference")))
			chy_html(x, "<span class=\"sub\">by %.*s</span>",
			    CHY_ARG(m->why));
		if (x->site->reader.owner)
			chy_html(x, " <a class=\"noprint\" href=\"%s?case=%s"
			    "\">items</a>", chy_telegram_url(x, m->line.id,
			    "/items"), chy_url(x, c->docket.name));
		chy_html(x, "</td></tr>\n");
	}
	chy_html(x, "</tbody></table></section>\n");
}

static void
put_forms(chy_exchange *x, const chy_case *c)
{
	const char *url = chy_casework_url(x, "/cases/", c->docket.name);

	if (!x->site->reader.owner)
		return;
	chy_html(x, "<div class=\"halves sect noprint\">\n<section>"
	    "<h2>Add a telegram</h2>\n<form method=\"post\" action=\"%s\">"
	    "<input type=\"hidden\" name=\"do\" value=\"add\">", url);
	chy_html_token(x);
	chy_html(x, "<p class=\"field\"><label for=\"mrn\">Its number</label>"
	    "<input id=\"mrn\" name=\"mrn\" maxlength=\"100\" required></p>\n");
	chy_html_doing(x, "add");
	chy_html(x, "<p class=\"acts\"><button>Add</button></p></form>"
	    "</section>\n<section><h2>Close an item</h2>\n"
	    "<form method=\"post\" action=\"%s\">"
	    "<input type=\"hidden\" name=\"do\" value=\"status\">", url);
	chy_html_token(x);
	chy_html(x, "<p class=\"field\"><label for=\"item\">Item</label>"
	    "<select id=\"item\" name=\"item\">");
	for (uint32_t i = 0; i < c->n_items; i++)
		if (chy_item_status_open(c->items[i].item.status))
			chy_html(x, "<option>%.*s</option>",
			    CHY_ARG(c->items[i].item.name));
	chy_html(x, "</select></p>\n<p class=\"field\"><label for=\"status\">"
	    "It is</label><select id=\"status\" name=\"status\">");
	for (int i = CHY_ITEM_CLOSED; i < CHY_ITEM_STATUSES; i++)
		chy_html(x, "<option>%s</option>",
		    chy_item_status_name((chy_item_status)i));
	chy_html(x, "</select></p>\n<p class=\"field\"><label for=\"by\">By "
	    "which telegram or event</label><input id=\"by\" name=\"by\" "
	    "maxlength=\"300\" required></p>\n");
	chy_html_doing(x, "status");
	chy_html(x, "<p class=\"acts\"><button>Close</button></p></form>"
	    "</section>\n</div>\n");
}

void
chy_page_case(chy_exchange *x)
{
	chy_page page = { .here = "cases", .up = "/cases",
	    .formats = CHY_WEB_JSON | CHY_WEB_TEXT };
	chy_error err = { 0 };
	chy_case *c;
	chy_status st = chy_registry_case(x->reg, &x->site->reader, x->id,
	    chy_today(x), &c, &err);

	if (st != CHY_OK) {
		chy_reply_status(x, st, &err);
		return;
	}
	page.title = chy_text(x, "Docket %.*s", CHY_ARG(c->docket.name));
	page.label = &c->label;
	page.address = chy_casework_url(x, "/cases/", c->docket.name);
	chy_layout_begin(x, &page);
	put_head(x, c);
	put_items(x, c);
	put_clocks(x, c);
	put_positions(x, c);
	chy_html(x, "<div class=\"halves sect\">\n");
	put_conflicts(x, c);
	put_members(x, c);
	chy_html(x, "</div>\n");
	put_forms(x, c);
	chy_layout_end(x, &page);
	chy_case_free(c);
}

void
chy_post_case(chy_exchange *x)
{
	chy_slice op = chy_parse_param(x, "do");
	chy_doing doing = chy_parse_doing(x);
	chy_item_status status = CHY_ITEM_CLOSED;
	chy_registry *reg = chy_open_for_change(x);
	chy_error err = { 0 };
	chy_status st;

	if (reg == NULL)
		return;
	if (chy_slice_eq(op, CHY_SLICE("add")))
		st = chy_registry_case_add(reg, &doing, x->id,
		    chy_parse_param(x, "mrn"), &err);
	else if (chy_slice_eq(op, CHY_SLICE("status")) &&
	    chy_item_status_parse(chy_parse_param(x, "status"), &status))
		st = chy_registry_item_status(reg, &doing, x->id,
		    chy_parse_param(x, "item"), status,
		    chy_parse_param(x, "by"), CHY_NO_DAY, &err);
	else
		st = chy_fail(&err, CHY_ERR_INVALID, "The form says not what "
		    "is to be done.");
	chy_registry_close(reg);
	chy_reply_changed(x, st, &err, chy_casework_url(x, "/cases/", x->id));
}
