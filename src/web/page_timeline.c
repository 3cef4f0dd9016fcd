/*
 * What a query finds over time: a bar a day, month or year, each a link that
 * narrows the query; two fields for a range, which a script fills when one
 * drags over the bars; and the same figures in a table.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>

#include "base/ascii.h"
#include "base/civil.h"
#include "casework/casework.h"
#include "web/parts_int.h"

#define BASE	58
#define TALLEST	50.0
/* Labels below the bars. */
#define LABELS	12u

static const struct period_row {
	const char *adverb, *title;
} period_rows[CHY_PERIODS] = {
	[CHY_PERIOD_DAY] = { "day", "Day" },
	[CHY_PERIOD_MONTH] = { "month", "Month" },
	[CHY_PERIOD_YEAR] = { "year", "Year" },
};

/* What was asked. */
struct asked {
	chy_slice  typed;	/* without the range */
	chy_slice  query;	/* with it */
	chy_slice  from, to;	/* as they are shown in the fields */
	chy_period by;
};

/* 2008, 2008-06, 2008-06-09; nothing else gets into the query. */
static chy_slice
parse_date(chy_exchange *x, const char *name)
{
	chy_slice s = chy_parse_param(x, name);
	static const char form[] = "0000-00-00";

	if (s.len != 4 && s.len != 7 && s.len != 10)
		return CHY_EMPTY;
	for (size_t i = 0; i < s.len; i++)
		if (form[i] == '0' ? !chy_is_digit(s.ptr[i]) :
		    s.ptr[i] != form[i])
			return CHY_EMPTY;
	return s;
}

static struct asked
parse_asked(chy_exchange *x)
{
	struct asked a = { .typed = chy_parse_param(x, "q"),
	    .from = parse_date(x, "from"), .to = parse_date(x, "to"),
	    .by = CHY_PERIOD_MONTH };
	char range[40];

	(void)chy_period_parse(chy_parse_param(x, "by"), &a.by);
	a.query = a.typed;
	if (a.from.len + a.to.len > 0) {
		snprintf(range, sizeof(range), "date:%.*s..%.*s",
		    CHY_ARG(a.from), CHY_ARG(a.to));
		a.query = chy_terms_with(x, a.typed, chy_slice_of(range));
	}
	return a;
}

static const char *
url_of(chy_exchange *x, const struct asked *a, chy_period by, const char *path)
{
	chy_buf buf = CHY_BUF_INIT;

	chy_buf_printf(&buf, "%s?q=%s&by=%s", path, chy_url(x, a->query),
	    chy_period_name(by));
	return chy_keep(x, &buf);
}

/* A bar's own part of the time: the query with it. */
static const char *
narrowed(chy_exchange *x, const struct asked *a, chy_slice label)
{
	chy_buf buf = CHY_BUF_INIT;

	chy_buf_printf(&buf, "/search?q=%s", chy_url(x, chy_terms_with(x,
	    a->query, chy_text(x, "date:%.*s", CHY_ARG(label)))));
	return chy_keep(x, &buf);
}

static void
put_bars(chy_exchange *x, const struct asked *a, const chy_time_point *at,
    uint32_t n, uint64_t most)
{
	for (uint32_t i = 0; i < n; i++) {
		double height = TALLEST * (double)at[i].count / (double)most;
		chy_words name = chy_words_period(at[i].label);
		const char *s = at[i].count == 1 ? "" : "s";
		char y[16], h[16];

		if (at[i].count == 0)
			continue;
		height = height < 1.5 ? 1.5 : height;
		snprintf(y, sizeof(y), "%.1f", BASE - height);
		snprintf(h, sizeof(h), "%.1f", height);
		chy_html(x, "<a href=\"%s\" data-at=\"%.*s\" "
		    "aria-label=\"%s: %s telegram%s\"><title>%s: %s telegram%s"
		    "</title><rect class=\"b\" x=\"%u.%d\" y=\"%s\" "
		    "width=\"%d.%d\" height=\"%s\"/></a>\n",
		    narrowed(x, a, at[i].label), CHY_ARG(at[i].label), name.s,
		    chy_words_number(at[i].count).s, s, name.s,
		    chy_words_number(at[i].count).s, s, i * 10,
		    n > 200 ? 0 : 1, y, n > 200 ? 10 : 8, n > 200 ? 0 : 5, h);
	}
}

/* Whether a label stands below a bar: every so many of few; of many months
 * some Januaries, of many days some firsts of a month, of many years round
 * ones. */
static bool
has_label(chy_slice label, uint32_t i, uint32_t n)
{
	size_t len = label.len;
	uint32_t every = n / LABELS + 1, year = 0, month = 1;

	for (size_t k = 0; k < 4; k++)
		year = year * 10 + (uint32_t)(label.ptr[k] - '0');
	if (len >= 7)
		month = (uint32_t)(label.ptr[5] - '0') * 10 +
		    (uint32_t)(label.ptr[6] - '0');
	if (len == 4)
		return year % every == 0 || n < LABELS;
	if (len == 7)
		return n <= 24 ? i % every == 0 : month == 1 &&
		    year % (n / 12 / LABELS + 1) == 0;
	return n <= 31 ? i % every == 0 : chy_slice_eq(chy_slice_from(label,
	    8), CHY_SLICE("01")) && (n > 366 ? month % 6 == 1 && year %
	    (n / 183 / LABELS + 1) == 0 : (month - 1) % (n / 366 + 1) == 0);
}

static void
put_axis(chy_exchange *x, const chy_time_point *at, uint32_t n)
{
	bool years = at[0].label.len == 7 && n > 24;

	chy_html(x, "<ol class=\"axis\" aria-hidden=\"true\">");
	for (uint32_t i = 0; i < n; i++)
		/* The last few have no room for one. */
		if (has_label(at[i].label, i, n) && n - i > n / LABELS)
			chy_html(x, "<li class=\"yr\">%.*s</li>",
			    CHY_ARG(chy_slice_sub(at[i].label, 0, years ? 4 :
			    at[i].label.len)));
		else
			chy_html(x, "<li></li>");
	chy_html(x, "</ol>\n");
}

/* All bars but those of nothing. */
static void
put_table(chy_exchange *x, const struct asked *a, const chy_time_point *at,
    uint32_t n, chy_period by)
{
	chy_html(x, "<section class=\"sect\" aria-labelledby=\"figures\">\n"
	    "<h2 id=\"figures\">The same as a table</h2>\n"
	    "<table class=\"ledger slim\"><thead><tr><th scope=\"col\">%s</th>"
	    "<th scope=\"col\" class=\"r\">Telegrams</th></tr></thead>"
	    "<tbody>\n", period_rows[by].title);
	for (uint32_t i = 0; i < n; i++)
		if (at[i].count > 0)
			chy_html(x, "<tr><th scope=\"row\"><a class=\"plain\" "
			    "href=\"%s\">%s</a></th><td class=\"r\">%s</td>"
			    "</tr>\n", narrowed(x, a, at[i].label),
			    chy_words_period(at[i].label).s,
			    chy_words_number(at[i].count).s);
	chy_html(x, "</tbody></table>\n</section>\n");
}

static void
put_form(chy_exchange *x, const struct asked *a)
{
	chy_html(x, "<form class=\"range noprint\" id=\"range\" "
	    "action=\"/timeline\">\n<p class=\"field\"><label for=\"rq\">Query"
	    "</label><input id=\"rq\" name=\"q\" type=\"search\" value=\"%.*s\" "
	    "maxlength=\"4096\" autocomplete=\"off\"></p>\n"
	    "<p class=\"field\"><label for=\"from\">From</label><input "
	    "id=\"from\" name=\"from\" value=\"%.*s\" placeholder=\"2026-01\" "
	    "pattern=\"[0-9]{4}(-[0-9]{2}){0,2}\" maxlength=\"10\" "
	    "autocomplete=\"off\"></p>\n"
	    "<p class=\"field\"><label for=\"to\">To</label><input id=\"to\" "
	    "name=\"to\" value=\"%.*s\" placeholder=\"2026-03\" "
	    "pattern=\"[0-9]{4}(-[0-9]{2}){0,2}\" maxlength=\"10\" "
	    "autocomplete=\"off\"></p>\n<p class=\"field\"><label for=\"by\">"
	    "By</label><select id=\"by\" name=\"by\">", CHY_ARG(a->typed),
	    CHY_ARG(a->from), CHY_ARG(a->to));
	for (int i = 0; i < CHY_PERIODS; i++)
		chy_html(x, (int)a->by == i ? "<option selected>%s</option>" :
		    "<option>%s</option>", period_rows[i].adverb);
	chy_html(x, "</select></p>\n<button>Show</button>\n</form>\n");
}

static void
put_head(chy_exchange *x, const chy_timeline *t, const struct asked *a,
    chy_period by)
{
	chy_html(x, "<div class=\"head\">\n<p class=\"kind\">Timeline</p>\n"
	    "<h1>Telegrams by %s</h1>\n<p class=\"answer\">"
	    "<a href=\"/search?q=%s\"><b>%s telegram%s</b></a>",
	    period_rows[by].adverb, chy_url(x, a->query),
	    chy_words_number(t->total).s, t->total == 1 ? "" : "s");
	if (t->n > 0)
		chy_html(x, ", %s to %s", chy_words_period(t->at[0].label).s,
		    chy_words_period(t->at[t->n - 1].label).s);
	if (t->undated > 0)
		chy_html(x, "; <b>%s</b> without a date",
		    chy_words_small(t->undated).s);
	chy_html(x, ".");
	if (by != a->by)
		chy_html(x, " There are too many %ss to draw; here are %ss.",
		    period_rows[a->by].adverb, period_rows[by].adverb);
	chy_html(x, "</p>\n");
	put_form(x, a);
	chy_html_understood(x, t->understood);
	chy_html(x, "</div>\n");
}

static void
put_chart(chy_exchange *x, const struct asked *a, const chy_time_point *at,
    uint32_t n, chy_period by)
{
	uint32_t top = 0;

	for (uint32_t i = 1; i < n; i++)
		if (at[i].count > at[top].count)
			top = i;
	chy_html(x, "<figure class=\"chart time\">\n<figcaption><b>By %s</b> "
	    "<span class=\"keys\"><span><span class=\"key-b\"></span>filed"
	    "</span></span> <span id=\"drag\" hidden>Drag over the bars to "
	    "choose a range.</span></figcaption>\n"
	    "<svg id=\"bars\" viewBox=\"0 0 %u 60\" "
	    "preserveAspectRatio=\"none\" role=\"img\" "
	    "aria-labelledby=\"bars-t\" data-first=\"%.*s\" data-n=\"%u\">\n"
	    "<title id=\"bars-t\">Telegrams by %s, %s to %s; the most, %s, in "
	    "%s; the figures are in the table</title>\n"
	    "<rect id=\"chosen\" class=\"chosen\" x=\"0\" y=\"0\" width=\"0\" "
	    "height=\"60\"/>\n", period_rows[by].adverb, n * 10,
	    CHY_ARG(at[0].label), n, period_rows[by].adverb,
	    chy_words_period(at[0].label).s, chy_words_period(at[n - 1].label).s,
	    chy_words_number(at[top].count).s,
	    chy_words_period(at[top].label).s);
	put_bars(x, a, at, n, at[top].count);
	chy_html(x, "<line class=\"base\" x1=\"0\" y1=\"%d\" x2=\"%u\" "
	    "y2=\"%d\"/>\n</svg>\n", BASE, n * 10, BASE);
	put_axis(x, at, n);
	chy_html(x, "</figure>\n");
}

static chy_status
ask(chy_exchange *x, const struct asked *a, chy_timeline **ret)
{
	chy_error err = { 0 };
	chy_status st = chy_registry_timeline(x->reg, &x->site->reader,
	    a->query, a->by, ret, &err);

	if (st != CHY_OK)
		chy_reply_query(x, a->query, st, &err);
	return st;
}

void
chy_page_timeline(chy_exchange *x)
{
	struct asked a = parse_asked(x);
	chy_page page = { .title = CHY_SLICE("Timeline"), .here = "timeline",
	    .query = a.typed, .up = "/", .address = "/timeline",
	    .script = "timeline.js",
	    .formats = CHY_WEB_JSON | CHY_WEB_TEXT };
	chy_timeline *t = NULL;
	chy_time_point *at;
	chy_period by;
	uint32_t n;

	if (ask(x, &a, &t) != CHY_OK)
		return;
	at = chy_timeline_fill(t, &n, &by);
	if (at == NULL && t->n > 0) {
		chy_timeline_free(t);
		chy_reply_failed(x, CHY_ERR_NO_MEMORY, NULL);
		return;
	}
	page.asked = url_of(x, &a, a.by, "");
	page.label = &t->label;
	chy_layout_begin(x, &page);
	put_head(x, t, &a, by);
	if (n > 0) {
		put_chart(x, &a, at, n, by);
		put_table(x, &a, at, n, by);
	} else {
		chy_html(x, "<div class=\"blank\"><p>There is nothing to draw."
		    "</p></div>\n");
	}
	chy_layout_end(x, &page);
	chy_timeline_free(t);
}

void
chy_api_timeline(chy_exchange *x)
{
	struct asked a = parse_asked(x);
	chy_timeline *t = NULL;
	chy_buf buf = CHY_BUF_INIT;
	chy_sink lines = chy_sink_buf(&buf);

	if (ask(x, &a, &t) != CHY_OK)
		return;
	if (x->format == CHY_WEB_JSON) {
		answer_timeline_json(t, &lines);
		chy_reply_lines(x, &buf);
	} else {
		x->type = "text/plain; charset=utf-8";
		answer_timeline_text(t, &x->out);
	}
	chy_timeline_free(t);
}
