/*
 * The clocks of a programme: a table whose last column is one scale of dates.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>

#include "web/programme_int.h"

/* Names in one cell before it says how many more. */
#define NAMED		6u

/* The scale of dates: whole months. */
struct scale {
	int32_t from, to;	/* days */
	int	step;		/* months a tick */
	int	ticks;
};

static int32_t
month_start(int32_t day, int plus)
{
	chy_civil c = chy_programme_civil(day);
	int months = c.year * 12 + c.month - 1 + plus;

	return (int32_t)(chy_civil_seconds((chy_civil){
	    .year = months / 12, .month = (uint8_t)(months % 12 + 1),
	    .day = 1 }) / 86400);
}

/* Where the bar of a clock begins: with its window, else with the event it is
 * counted from; but not with the first turn of a cycle, years ago. */
static int32_t
bar_start(const chy_clock *c)
{
	if (c->first != CHY_NO_DAY)
		return c->first;
	if (c->start_day != CHY_NO_DAY && c->rule->form != CHY_RULE_CYCLE)
		return c->start_day;
	return c->due;
}

static struct scale
make_scale(const chy_clocks *due)
{
	int32_t low = INT32_MAX, high = CHY_NO_DAY;
	chy_civil a, b;
	struct scale s = { 0, 0, 1, 1 };
	int months;

	for (uint32_t i = 0; i < due->n; i++) {
		const chy_clock *c = &due->at[i];
		int32_t start = bar_start(c);

		if (c->due == CHY_NO_DAY)
			continue;
		if (start < low)
			low = start;
		if (c->due > high)
			high = c->due;
	}
	if (high == CHY_NO_DAY)
		return s;
	a = chy_programme_civil(low);
	b = chy_programme_civil(high);
	months = (b.year - a.year) * 12 + b.month - a.month + 1;
	s.step = (months + 5) / 6;
	s.ticks = (months + s.step - 1) / s.step;
	s.from = month_start(low, 0);
	s.to = month_start(low, s.step * s.ticks);
	return s;
}

/* A place on the scale in tenths of a hundredth, held inside it. */
static int
place(const struct scale *s, int32_t day)
{
	int64_t at;

	if (s->to <= s->from || day <= s->from)
		return 0;
	at = (int64_t)(day - s->from) * 1000 / (s->to - s->from);
	return at > 1000 ? 1000 : (int)at;
}

static void
put_rect(chy_exchange *x, const struct scale *s, const char *class_,
    int32_t from, int32_t to)
{
	int a = place(s, from), b = place(s, to + 1);

	if (b - a < 10)
		a = b >= 10 ? b - 10 : 0;
	chy_html(x, "<rect class=\"%s\" x=\"%d.%d\" y=\"2\" width=\"%d.%d\" "
	    "height=\"6\"/>", class_, a / 10, a % 10,
	    (b - a < 10 ? 10 : b - a) / 10, (b - a < 10 ? 10 : b - a) % 10);
}

static void
put_axis(struct chy_programme_page *p, const struct scale *s)
{
	chy_exchange *x = p->x;

	chy_html(x, "<svg class=\"span\" viewBox=\"0 0 100 10\" "
	    "preserveAspectRatio=\"none\" aria-hidden=\"true\"><line "
	    "class=\"ax\" x1=\"0\" x2=\"100\" y1=\"9.5\" y2=\"9.5\"/>");
	for (int i = 0; i <= s->ticks; i++) {
		int at = 2 + i * 996 / s->ticks;

		chy_html(x, "<line class=\"ax\" x1=\"%d.%d\" x2=\"%d.%d\" "
		    "y1=\"4\" y2=\"10\"/>", at / 10, at % 10, at / 10,
		    at % 10);
	}
	chy_html(x, "</svg><ol class=\"axis\" aria-hidden=\"true\">");
	for (int i = 0; i < s->ticks; i++) {
		chy_civil c = chy_programme_civil(month_start(s->from,
		    i * s->step));

		chy_html(x, "<li>%.*s</li>", 3, chy_month_name(c.month));
	}
	chy_html(x, "</ol>");
}

static void
put_bar(struct chy_programme_page *p, const struct scale *s, const chy_clock *c,
    bool overdue)
{
	chy_exchange *x = p->x;
	int32_t today = p->s->today;
	int32_t from = bar_start(c);

	if (c->due == CHY_NO_DAY)
		return;
	chy_html(x, "<svg class=\"span\" viewBox=\"0 0 100 10\" "
	    "preserveAspectRatio=\"none\" role=\"img\" aria-label=\"");
	if (c->first != CHY_NO_DAY)
		chy_html(x, "%s to ", chy_programme_long_day(c->first).s);
	chy_html(x, "%s\">", chy_programme_long_day(c->due).s);
	put_rect(x, s, c->candidate ? "alt" : c->state == CHY_CLOCK_MET ||
	    c->state == CHY_CLOCK_MET_LATE || c->state ==
	    CHY_CLOCK_MET_EARLY ? "past" : "win", from, c->due);
	if (overdue && today > c->due && c->due < s->to)
		put_rect(x, s, "over", c->due + 1, today < s->to ? today :
		    s->to - 1);
	if (today >= s->from && today < s->to) {
		int at = place(s, today);

		chy_html(x, "<line class=\"today\" x1=\"%d.%d\" x2=\"%d.%d\" "
		    "y1=\"-3\" y2=\"13\"/>", at / 10, at % 10, at / 10,
		    at % 10);
	}
	chy_html(x, "</svg>");
}

static bool
is_met(const chy_clock *c)
{
	return c->met != CHY_NO_DAY;
}

/* Clocks that are one row: the same days of the same rule. */
static uint32_t
group_of(const chy_clocks *due, uint32_t at)
{
	const chy_clock *a = &due->at[at];
	uint32_t n = 1;

	while (at + n < due->n) {
		const chy_clock *b = &due->at[at + n];

		if (b->rule != a->rule || b->due != a->due ||
		    b->first != a->first || b->basis != a->basis ||
		    b->candidate != a->candidate ||
		    !chy_slice_eq(b->start, a->start))
			break;
		n++;
	}
	return n;
}

static void
put_names(struct chy_programme_page *p, const chy_clock *c, uint32_t n, bool met_too)
{
	uint32_t shown = 0, all = 0;

	for (uint32_t i = 0; i < n; i++) {
		if (!met_too && is_met(&c[i]))
			continue;
		if (all++ >= NAMED)
			continue;
		chy_html(p->x, "%s%.*s", shown++ > 0 ? "; " : "",
		    CHY_ARG(chy_programme_name(p->s, c[i].subject)));
	}
	if (all > NAMED)
		chy_html(p->x, " and %u more", all - NAMED);
}

static void
put_state(struct chy_programme_page *p, const chy_clock *c, uint32_t n)
{
	chy_exchange *x = p->x;
	const chy_clock *open = c;
	uint32_t met = 0;
	bool over;

	for (uint32_t i = 0; i < n; i++) {
		met += is_met(&c[i]);
		if (!is_met(&c[i]))
			open = &c[i];
	}
	over = met < n && open->state == CHY_CLOCK_OVERDUE;
	chy_html(x, "<span class=\"state%s\"><span class=\"dot %s\"></span>",
	    over ? " over" : "", over ? "over" : met == n ? "done" :
	    met > 0 ? "part" : open->state == CHY_CLOCK_OPEN ? "open" :
	    "wait");
	if (met > 0 && met < n)
		chy_html(x, "%u of %u%s", met, n, over ? ", " : "");
	if (over)
		chy_html(x, "%d day%s late", (int)open->days,
		    open->days == 1 ? "" : "s");
	else if (met == n && n > 1)
		chy_html(x, "all met");
	else if (met == n && c->state == CHY_CLOCK_MET_LATE)
		chy_html(x, "met %s, %d day%s late",
		    chy_programme_day_words(p, c->met).s, (int)c->days,
		    c->days == 1 ? "" : "s");
	else if (met == n && c->state == CHY_CLOCK_MET_EARLY)
		chy_html(x, "met %s, %d day%s early",
		    chy_programme_day_words(p, c->met).s, (int)c->days,
		    c->days == 1 ? "" : "s");
	else if (met == n)
		chy_html(x, "met %s", chy_programme_day_words(p, c->met).s);
	else if (met == 0 && open->state == CHY_CLOCK_OPEN)
		chy_html(x, "%d day%s left", (int)open->days,
		    open->days == 1 ? "" : "s");
	else if (met == 0)
		chy_html(x, "%s", chy_clock_state_name(open->state));
	chy_html(x, "</span>");
	if (met > 0 && met < n) {
		chy_html(x, "<span class=\"sub\">wanting: ");
		put_names(p, c, n, false);
		chy_html(x, "</span>");
	}
}

static void
put_due(struct chy_programme_page *p, const chy_clock *c)
{
	chy_exchange *x = p->x;
	const char *name = chy_clock_basis_name(c->basis);

	if (c->due == CHY_NO_DAY) {
		chy_html(x, "<span class=\"basis none\">no date</span>");
	} else {
		chy_html(x, "<span class=\"nb\">%s%s%s</span> ",
		    chy_programme_day_words(p, c->first).s, c->first != CHY_NO_DAY ?
		    " to " : "", chy_programme_day_words(p, c->due).s);
		chy_html(x, "<span class=\"basis%s%s\">%s</span>",
		    c->basis == CHY_CLOCK_IS_EXPLICIT ? "" : " ",
		    c->basis == CHY_CLOCK_IS_EXPLICIT ? "" : name, name);
	}
	chy_html(x, "<span class=\"sub\">");
	if (c->start_day != CHY_NO_DAY)
		chy_html(x, "from %.*s, %s", CHY_ARG(c->start),
		    chy_programme_day_words(p, c->start_day).s);
	else if (c->basis == CHY_CLOCK_IS_EXPLICIT)
		chy_html(x, "the rule names the day");
	else if (c->start.len > 0)
		chy_html(x, "waits on %.*s", CHY_ARG(c->start));
	if (c->candidate)
		chy_html(x, "; another start may hold");
	if (c->assuming.len > 0)
		chy_html(x, "; taken that %.*s", CHY_ARG(c->assuming));
	if (c->longer != NULL)
		chy_html(x, "; longer by rule %.*s", CHY_ARG(c->longer->id));
	for (uint32_t i = 0; i < c->n_shifts; i++)
		if (c->shifts[i].day != c->due)
			chy_html(x, "; %s by calendar %.*s",
			    chy_programme_day_words(p, c->shifts[i].day).s,
			    CHY_ARG(c->shifts[i].calendar));
	chy_html(x, "</span>");
}

void
chy_programme_put_clocks(struct chy_programme_page *p)
{
	chy_programme_shown *s = p->s;
	chy_exchange *x = p->x;
	struct scale scale = make_scale(&s->due);

	if (s->due.n == 0)
		return;
	chy_html(x, "<section class=\"sect\" aria-labelledby=\"k\">\n"
	    "<h2 id=\"k\">Clocks for %d</h2>\n<table class=\"ledger stack\">\n"
	    "<thead><tr><th>Clock</th><th>For</th><th>Due</th><th>State</th>"
	    "<th>", (int)s->year);
	put_axis(p, &scale);
	chy_html(x, "</th></tr></thead>\n<tbody>\n");
	for (uint32_t i = 0; i < s->due.n;) {
		const chy_clock *c = &s->due.at[i];
		uint32_t n = group_of(&s->due, i);
		bool over = false;

		for (uint32_t k = 0; k < n; k++)
			over = over || c[k].state == CHY_CLOCK_OVERDUE;
		chy_html(x, "<tr><th scope=\"row\">%.*s<span class=\"sub\">"
		    "%.*s%s%.*s</span></th><td data-l=\"For\">",
		    CHY_ARG(c->rule->what), CHY_ARG(c->rule->source.len > 0 ?
		    c->rule->source : c->rule->id),
		    c->rule->status.len > 0 ? "; " : "",
		    CHY_ARG(c->rule->status));
		if (c->subject.len == 0)
			chy_html(x, "all");
		else if (c->rule->form == CHY_RULE_SPLIT)
			chy_html(x, "%u reporter%s", n, n == 1 ? "" : "s");
		else
			put_names(p, c, n, true);
		chy_html(x, "</td><td data-l=\"Due\">");
		put_due(p, c);
		chy_html(x, "</td><td data-l=\"State\">");
		put_state(p, c, n);
		chy_html(x, "</td><td>");
		put_bar(p, &scale, c, over);
		chy_html(x, "</td></tr>\n");
		i += n;
	}
	chy_html(x, "</tbody></table>\n");
	if (s->today >= scale.from && s->today < scale.to)
		chy_html(x, "<p class=\"note small gap\">The upright is today, "
		    "%s. Dashed is one of several readings.</p>\n",
		    chy_programme_long_day(s->today).s);
	chy_html(x, "</section>\n");
}
