/*
 * Numbers that are not there: a map of posts and years, each of which leads to
 * its list, with what is known of every missing telegram that somebody cites.
 *
 * Solid is filed, dashed is cited and missing, hollow is a number that nobody
 * here has or cites.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/ascii.h"
#include "base/civil.h"
#include "web/parts_int.h"

/* Posts and years on one page of the map, series under it, gaps of each. */
#define ROWS	200u
#define SERIES	100u
#define SPANS	8u
/* Of one post and year. */
#define LISTED	1000u

/* What was asked. */
struct asked {
	chy_slice query, post;
	int32_t	  year;		/* 0: all */
	uint32_t  page;
};

static struct asked
parse_asked(chy_exchange *x)
{
	struct asked a = { chy_parse_param(x, "q"), chy_parse_param(x, "post"),
	    (int32_t)chy_parse_number(x, "year", 2099, 0),
	    chy_parse_number(x, "page", 100000, 1) };

	return a;
}

/* The list of one post and year. */
static bool
is_one(const struct asked *a)
{
	return a->post.len > 0 && a->year != 0;
}

static const char *
url_of(chy_exchange *x, const struct asked *a, bool path)
{
	chy_buf buf = CHY_BUF_INIT;
	char mark = '?';

	if (path)
		chy_buf_puts(&buf, "/gaps");
	if (a->query.len > 0) {
		chy_buf_printf(&buf, "%cq=%s", mark, chy_url(x, a->query));
		mark = '&';
	}
	if (a->post.len > 0) {
		chy_buf_printf(&buf, "%cpost=%s", mark, chy_url(x, a->post));
		mark = '&';
	}
	if (a->year != 0) {
		chy_buf_printf(&buf, "%cyear=%d", mark, (int)a->year);
		mark = '&';
	}
	if (a->page > 1)
		chy_buf_printf(&buf, "%cpage=%u", mark, a->page);
	return chy_keep(x, &buf);
}


/* ---- drawings ---- */

static void
put_rect(chy_exchange *x, const char *class_, double left, double top,
    double width, double height)
{
	char at[4][16];
	const double v[4] = { left, top, width, height };

	if (width <= 0 || height <= 0)
		return;
	for (int i = 0; i < 4; i++)
		snprintf(at[i], sizeof(at[i]), "%.1f", v[i]);
	chy_html(x, "<rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" "
	    "height=\"%s\"/>", class_, at[0], at[1], at[2], at[3]);
}

/* The year's numbers from the first to the highest, a block an equal part: the
 * hollow is drawn once, what is there over it. */
static void
put_strip(chy_exchange *x, const chy_gap_year *y)
{
	chy_html(x, "<svg class=\"strip\" viewBox=\"0 0 %u 20\" "
	    "preserveAspectRatio=\"none\" aria-hidden=\"true\">",
	    y->n_blocks * 10);
	put_rect(x, "void", 0.5, 0.5, y->n_blocks * 10 - 1, 19);
	for (uint32_t i = 0; i < y->n_blocks; i++) {
		const chy_gap_block *b = &y->blocks[i];
		double all = b->last - b->first + 1, left = i * 10 + 0.5;
		double got = 20 * b->filed / all, lost = 20 * b->cited / all;

		got = b->filed > 0 && got < 3 ? 3 : got;
		lost = b->cited > 0 && lost < 4 ? 4 : lost;
		lost = got + lost > 20 ? 20 - got : lost;
		put_rect(x, "lost", left, 20 - got - lost, 9, lost);
		put_rect(x, "got", left, 20 - got, 9, got);
	}
	chy_html(x, "</svg>");
}

static void
put_keys(chy_exchange *x)
{
	chy_html(x, "<span class=\"keys\"><span><span class=\"key-b\"></span>"
	    "filed</span><span><span class=\"key-b gap\"></span>cited, but "
	    "missing</span><span><span class=\"key-b hollow\"></span>number "
	    "missing</span></span>");
}


/* ---- the map ---- */

static void
put_row(chy_exchange *x, const struct asked *a, const chy_gap_year *y,
    bool first)
{
	struct asked one = { a->query, y->post, y->year, 1 };

	if (first)
		chy_html(x, "<tr class=\"group\"><th scope=\"colgroup\" "
		    "colspan=\"5\">%.*s</th></tr>\n", CHY_ARG(y->name));
	chy_html(x, "<tr><th scope=\"row\"><a href=\"%s\"><span class=\"vh\">"
	    "%.*s </span>%d</a></th><td data-l=\"1 to %s\" class=\"wide\">",
	    url_of(x, &one, true), CHY_ARG(y->name), (int)y->year,
	    chy_words_number(y->highest).s);
	put_strip(x, y);
	chy_html(x, "</td><td class=\"r\" data-l=\"Filed\">%s</td>"
	    "<td class=\"r\" data-l=\"Cited, missing\">%s</td>"
	    "<td class=\"r\" data-l=\"Missing\">%s <span class=\"quiet\">of "
	    "%s</span></td></tr>\n", chy_words_number(y->filed).s,
	    chy_words_number(y->n_all_cited).s,
	    chy_words_number(y->missing).s, chy_words_number(y->highest).s);
}

static void
put_pager(chy_exchange *x, const struct asked *a, uint32_t n)
{
	struct asked other = *a;

	if (n <= ROWS && a->page == 1)
		return;
	chy_html(x, "<nav class=\"pager\" aria-label=\"Pages of the map\">");
	other.page = a->page - 1;
	if (a->page > 1)
		chy_html(x, "<a rel=\"prev\" href=\"%s\">Before</a>",
		    url_of(x, &other, true));
	chy_html(x, "<span>%u to %u of %s posts and years</span>",
	    n == 0 ? 0 : (a->page - 1) * ROWS + 1, a->page * ROWS < n ?
	    a->page * ROWS : n, chy_words_number(n).s);
	other.page = a->page + 1;
	if (a->page * ROWS < n)
		chy_html(x, "<a rel=\"next\" href=\"%s\">After</a>",
		    url_of(x, &other, true));
	chy_html(x, "</nav>\n");
}

static void
put_range(chy_exchange *x, const chy_gap *g)
{
	if (g->first == g->last)
		chy_html(x, "%u", g->first);
	else
		chy_html(x, "%u to %u", g->first, g->last);
}

static void
put_side(chy_exchange *x, chy_slice id, chy_slice day)
{
	if (id.len == 0) {
		chy_html(x, "<span class=\"quiet\">none filed</span>");
		return;
	}
	chy_html_id(x, id);
	if (day.len > 0)
		chy_html(x, "<span class=\"sub\">%s</span>",
		    chy_words_period(day).s);
}

static void
put_series(chy_exchange *x, const chy_gaps *gaps)
{
	if (gaps->n_series == 0)
		return;
	chy_html(x, "<section class=\"sect\" aria-labelledby=\"lines\">\n"
	    "<h2 id=\"lines\">Numbers on address lines</h2>\n<p class=\"note\">"
	    "Each addressee's telegrams are numbered by the sender, section by "
	    "section. These numbers are missing from the series.</p>\n"
	    "<table class=\"ledger stack\"><thead><tr><th scope=\"col\">From, "
	    "to</th><th scope=\"col\">Missing</th><th scope=\"col\" "
	    "class=\"r\">Sections</th></tr></thead><tbody>\n");
	for (uint32_t i = 0; i < gaps->n_series && i < SERIES; i++) {
		const chy_gap_series *s = &gaps->series[i];

		chy_html(x, "<tr><th scope=\"row\">%.*s<span class=\"sub\">to "
		    "%.*s</span></th><td>", CHY_ARG(s->sender),
		    CHY_ARG(s->addressee));
		for (uint32_t k = 0; k < s->n_gaps && k < SPANS; k++) {
			const chy_gap *g = &s->gaps[k];

			chy_html(x, k > 0 ? "<br>" : "");
			put_range(x, g);
			chy_html(x, " <span class=\"quiet small\">between ");
			chy_html_id(x, g->lower);
			chy_html(x, " and ");
			chy_html_id(x, g->upper);
			chy_html(x, "</span>");
		}
		if (s->n_all_gaps > SPANS)
			chy_html(x, "<br><span class=\"quiet small\">and %u "
			    "more</span>", s->n_all_gaps - SPANS);
		chy_html(x, "</td><td class=\"r\" data-l=\"Sections\">%s</td>"
		    "</tr>\n", chy_words_number(s->missing).s);
	}
	chy_html(x, "</tbody></table>\n");
	if (gaps->n_series > SERIES)
		chy_html(x, "<p class=\"note\">%s more series have a gap; "
		    "<a href=\"/gaps.txt\">all of them as text</a>.</p>\n",
		    chy_words_number(gaps->n_series - SERIES).s);
	chy_html(x, "</section>\n");
}

static void
put_map(chy_exchange *x, const struct asked *a, const chy_gaps *gaps)
{
	uint32_t from = (a->page - 1) * ROWS;
	const char *const more[] = { "post", a->post.len > 0 ? a->post.ptr : "",
	    NULL };

	chy_html(x, "<div class=\"head\">\n<p class=\"kind\">Gaps</p>\n"
	    "<h1>What is missing</h1>\n<p class=\"answer\">");
	if (gaps->n_years == 0)
		chy_html(x, "<b>Nothing is known to be missing</b>: no number "
		    "of a post is filed or cited here.");
	else
		chy_html(x, "<b>%s number%s</b> of %s are missing, by the "
		    "highest of each post and year; <b>%s</b> of them "
		    "somebody cites.", chy_words_number(gaps->missing).s,
		    gaps->missing == 1 ? "" : "s", chy_words_number(
		    gaps->missing + gaps->filed).s,
		    chy_words_number(gaps->cited).s);
	chy_html(x, "</p>\n<p class=\"tools\"><a href=\"/references\">"
	    "Citations that lead nowhere</a></p>\n");
	chy_html_narrow(x, "/gaps", a->query, more);
	chy_html_understood(x, gaps->understood);
	chy_html(x, "</div>\n");
	if (gaps->n_years > 0) {
		chy_html(x, "<figure class=\"chart\"><figcaption><b>By post "
		    "and year</b> ");
		put_keys(x);
		chy_html(x, "</figcaption>\n<table class=\"ledger stack\">"
		    "<thead><tr><th scope=\"col\">Year</th><th scope=\"col\" "
		    "class=\"wide\">From the first number to the highest</th>"
		    "<th scope=\"col\" class=\"r\">Filed</th>"
		    "<th scope=\"col\" class=\"r\">Cited, missing</th>"
		    "<th scope=\"col\" class=\"r\">Missing</th></tr></thead>"
		    "<tbody>\n");
		for (uint32_t i = from; i < gaps->n_years && i < from + ROWS;
		    i++)
			put_row(x, a, &gaps->years[i], i == from ||
			    !chy_slice_eq(gaps->years[i].post,
			    gaps->years[i - 1].post));
		chy_html(x, "</tbody></table></figure>\n");
		put_pager(x, a, gaps->n_years);
	}
	if (a->page == 1)
		put_series(x, gaps);
}


/* ---- one post and year ---- */

static void
put_citers(chy_exchange *x, const chy_missing *m)
{
	for (uint32_t i = 0; i < m->n_citers; i++) {
		const chy_gap_citer *by = &m->citers[i];

		chy_html(x, "%s", i > 0 ? ", " : "");
		chy_html_id(x, by->id);
		if (by->letter != '\0')
			chy_html(x, " <span class=\"quiet small\">REF %c"
			    "</span>", by->letter);
		else if (by->in_text)
			chy_html(x, " <span class=\"quiet small\">in its text"
			    "</span>");
	}
	if (m->n_all_citers > m->n_citers)
		chy_html(x, " and %u more", m->n_all_citers - m->n_citers);
}

static void
put_cited(chy_exchange *x, const chy_gap_year *y)
{
	if (y->n_all_cited == 0)
		return;
	chy_html(x, "<section class=\"sect\" aria-labelledby=\"cited\">\n"
	    "<h2 id=\"cited\">Cited, but missing</h2>\n"
	    "<table class=\"ledger stack\"><thead><tr><th scope=\"col\">"
	    "Telegram</th><th scope=\"col\">Sent, by estimate</th>"
	    "<th scope=\"col\">Cited by</th></tr></thead><tbody>\n");
	for (uint32_t i = 0; i < y->n_cited; i++) {
		const chy_missing *m = &y->cited[i];

		chy_html(x, "<tr><th scope=\"row\"><a class=\"mrn\" "
		    "href=\"%s\">%s</a></th><td>", chy_telegram_url(x, m->id,
		    "/thread"), chy_words_mrn(m->id, y->name).s);
		chy_html_estimate(x, &m->estimate);
		chy_html(x, "</td><td>");
		put_citers(x, m);
		chy_html(x, "</td></tr>\n");
	}
	chy_html(x, "</tbody></table>\n");
	if (y->n_all_cited > y->n_cited)
		chy_html(x, "<p class=\"note\">The first %u of %s.</p>\n",
		    y->n_cited, chy_words_number(y->n_all_cited).s);
	chy_html(x, "</section>\n");
}

static void
put_gaps(chy_exchange *x, const chy_gap_year *y)
{
	if (y->n_all_gaps == 0)
		return;
	chy_html(x, "<section class=\"sect\" aria-labelledby=\"gaps\">\n"
	    "<h2 id=\"gaps\">Numbers that are not there</h2>\n"
	    "<table class=\"ledger stack\"><thead><tr><th scope=\"col\">Numbers"
	    "</th><th scope=\"col\" class=\"r\">How many</th>"
	    "<th scope=\"col\">After</th><th scope=\"col\">Before</th></tr>"
	    "</thead><tbody>\n");
	for (uint32_t i = 0; i < y->n_gaps; i++) {
		const chy_gap *g = &y->gaps[i];

		chy_html(x, "<tr><th scope=\"row\">");
		put_range(x, g);
		chy_html(x, "</th><td class=\"r\" data-l=\"How many\">%s</td>"
		    "<td data-l=\"After\">",
		    chy_words_number((uint64_t)g->last - g->first + 1).s);
		put_side(x, g->lower, g->from);
		chy_html(x, "</td><td data-l=\"Before\">");
		put_side(x, g->upper, g->to);
		chy_html(x, "</td></tr>\n");
	}
	chy_html(x, "</tbody></table>\n");
	if (y->n_all_gaps > y->n_gaps)
		chy_html(x, "<p class=\"note\">The first %u of %s.</p>\n",
		    y->n_gaps, chy_words_number(y->n_all_gaps).s);
	chy_html(x, "</section>\n");
}

/* Filed and missing by month, where there is a date. */
static void
put_months(chy_exchange *x, const chy_gap_year *y)
{
	uint32_t most = 0;

	for (int i = 0; i < 12; i++)
		if (y->months[i] + y->missing_months[i] > most)
			most = y->months[i] + y->missing_months[i];
	if (most == 0)
		return;
	chy_html(x, "<figure class=\"chart sect\"><figcaption><b>By month</b> "
	    "<span class=\"keys\"><span><span class=\"key-b\"></span>filed"
	    "</span><span><span class=\"key-b hollow\"></span>missing, by "
	    "estimate</span></span></figcaption>\n<svg viewBox=\"0 0 120 60\" "
	    "preserveAspectRatio=\"none\" role=\"img\" "
	    "aria-labelledby=\"mt\">\n<title id=\"mt\">Filed and missing by "
	    "month; the figures are in the table</title>\n");
	for (int i = 0; i < 12; i++) {
		double got = 50.0 * y->months[i] / most;
		double lost = 50.0 * y->missing_months[i] / most;

		got = y->months[i] > 0 && got < 2 ? 2 : got;
		put_rect(x, "b hollow", i * 10 + 1.2, 58 - got - lost, 7.6,
		    lost);
		put_rect(x, "b", i * 10 + 1.2, 58 - got, 7.6, got);
	}
	chy_html(x, "<line class=\"base\" x1=\"0\" y1=\"58\" x2=\"120\" "
	    "y2=\"58\"/>\n</svg>\n<ol class=\"axis\" aria-hidden=\"true\">");
	for (int i = 1; i <= 12; i++)
		chy_html(x, "<li class=\"yr\">%.*s</li>",
		    CHY_ARG(chy_slice_sub(chy_slice_of(chy_month_name(i)), 0,
		    3)));
	chy_html(x, "</ol>\n<details><summary>The same as a table</summary>"
	    "<table class=\"ledger\"><thead><tr><th scope=\"col\">Month</th>"
	    "<th scope=\"col\" class=\"r\">Filed</th><th scope=\"col\" "
	    "class=\"r\">Missing, by estimate</th></tr></thead><tbody>\n");
	for (int i = 0; i < 12; i++)
		chy_html(x, "<tr><th scope=\"row\">%s</th><td class=\"r\">%s"
		    "</td><td class=\"r\">%s</td></tr>\n",
		    chy_month_name(i + 1), chy_words_number(y->months[i]).s,
		    chy_words_number(y->missing_months[i]).s);
	chy_html(x, "</tbody></table></details>\n</figure>\n");
}

static void
put_one(chy_exchange *x, const struct asked *a, const chy_gap_year *y)
{
	char term[120];

	snprintf(term, sizeof(term), "post:\"%.*s\" date:%d",
	    CHY_ARG(chy_slice_sub(y->post, 0, 80)), (int)y->year);
	chy_html(x, "<div class=\"head\">\n<p class=\"kind\">Gaps</p>\n"
	    "<h1>%.*s, %d</h1>\n<p class=\"answer\"><a href=\"/search?q=%s\">"
	    "<b>%s</b> %s filed</a>; the highest number is %s, so <b>%s</b> "
	    "%s missing", CHY_ARG(y->name), (int)y->year, chy_url(x,
	    chy_terms_with(x, a->query, chy_slice_of(term))),
	    chy_words_number(y->filed).s, y->filed == 1 ? "is" : "are",
	    chy_words_number(y->highest).s, chy_words_number(y->missing).s,
	    y->missing == 1 ? "is" : "are");
	if (y->n_all_cited > 0)
		chy_html(x, ", and somebody cites <b>%s</b> of them",
		    chy_words_small(y->n_all_cited).s);
	chy_html(x, ".</p>\n</div>\n<figure class=\"chart\"><figcaption><b>"
	    "From 1 to %s</b> ", chy_words_number(y->highest).s);
	put_keys(x);
	chy_html(x, "</figcaption>\n");
	put_strip(x, y);
	chy_html(x, "</figure>\n");
	put_cited(x, y);
	put_gaps(x, y);
	put_months(x, y);
}


/* ---- pages ---- */

static chy_status
ask(chy_exchange *x, const struct asked *a, uint32_t most, chy_gaps **ret)
{
	chy_gaps_options opts = { .query = a->query, .post = a->post,
	    .year = a->year, .most = most, .no_series = is_one(a) };
	chy_error err = { 0 };
	chy_status st = chy_registry_gaps(x->reg, &x->site->reader, &opts,
	    ret, &err);

	if (st != CHY_OK)
		chy_reply_query(x, a->query, st, &err);
	return st;
}

void
chy_page_gaps(chy_exchange *x)
{
	struct asked a = parse_asked(x);
	struct asked up = { .query = a.query, .page = 1 };
	chy_page page = { .title = CHY_SLICE("Gaps"), .here = "gaps",
	    .query = a.query, .up = "/", .address = "/gaps",
	    .formats = CHY_WEB_JSON | CHY_WEB_TEXT };
	chy_gaps *gaps = NULL;

	if (ask(x, &a, is_one(&a) ? LISTED : SPANS, &gaps) != CHY_OK)
		return;
	page.label = &gaps->label;
	page.asked = url_of(x, &a, false);
	if (is_one(&a)) {
		page.up = url_of(x, &up, true);
		page.title = chy_text(x, "Gaps: %.*s, %d",
		    CHY_ARG(chy_slice_sub(a.post, 0, 80)), (int)a.year);
	}
	chy_layout_begin(x, &page);
	if (is_one(&a) && gaps->n_years == 1)
		put_one(x, &a, &gaps->years[0]);
	else
		put_map(x, &a, gaps);
	chy_layout_end(x, &page);
	chy_gaps_free(gaps);
}

void
chy_api_gaps(chy_exchange *x)
{
	struct asked a = parse_asked(x);
	chy_gaps *gaps = NULL;
	chy_buf buf = CHY_BUF_INIT;
	chy_sink lines = chy_sink_buf(&buf);

	if (ask(x, &a, LISTED, &gaps) != CHY_OK)
		return;
	if (x->format == CHY_WEB_JSON) {
		answer_gaps_json(gaps, &lines);
		chy_reply_lines(x, &buf);
	} else {
		x->type = "text/plain; charset=utf-8";
		answer_gaps_text(gaps, LISTED, &x->out);
	}
	chy_gaps_free(gaps);
}
