/*
 * The month bar: one bar a month, or a year where the months are many, each
 * a link that narrows the query; and the same figures as a table. Sizes are
 * attributes, colours are classes.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>

#include "base/civil.h"
#include "web/web_int.h"

#define MONTHS_MAX	120	/* more are too thin to point at */
#define BARS_MAX	400	/* and so many years are an error somewhere */
#define HEIGHT		60
#define BASE		58	/* the line that bars stand on */
#define TALLEST		50.0

struct bar {
	int32_t	 year;
	int32_t	 month;		/* 0: the whole year */
	uint64_t count;
};

/* Number of a month since the year 0. */
static int32_t
number_of(const chy_month *m)
{
	return m->year * 12 + m->month - 1;
}

/*
 * The bars of the months, those of which nothing is found included; of the
 * years where there are too many months. NULL, and 0 bars, where there is
 * nothing to be drawn.
 */
static struct bar *
make_bars(chy_exchange *x, const chy_month *months, uint32_t n, uint32_t *ret_n)
{
	int32_t first, all;
	bool years;
	struct bar *bars;

	*ret_n = 0;
	if (n == 0)
		return NULL;
	first = number_of(&months[0]);
	all = number_of(&months[n - 1]) - first + 1;
	years = all > MONTHS_MAX;
	if (years)
		all = months[n - 1].year - months[0].year + 1;
	/* One bar says nothing that the answer does not. */
	if (all < 2 || all > BARS_MAX)
		return NULL;
	bars = chy_arena_zalloc(&x->arena, (size_t)all, sizeof(*bars));
	if (bars == NULL)
		return NULL;
	for (int32_t i = 0; i < all; i++)
		bars[i] = years ? (struct bar){ months[0].year + i, 0, 0 } :
		    (struct bar){ (first + i) / 12, (first + i) % 12 + 1, 0 };
	for (uint32_t i = 0; i < n; i++)
		bars[years ? months[i].year - months[0].year :
		    number_of(&months[i]) - first].count += months[i].count;
	*ret_n = (uint32_t)all;
	return bars;
}

static chy_words
name_of(const struct bar *b)
{
	chy_words w;

	if (b->month == 0)
		snprintf(w.s, sizeof(w.s), "%d", (int)b->year);
	else
		snprintf(w.s, sizeof(w.s), "%.3s %d", chy_month_name(b->month),
		    (int)b->year);
	return w;
}

/* URL of the query with the bar's month or year. */
static const char *
narrowed(chy_exchange *x, chy_slice query, const struct bar *b)
{
	char term[32];

	if (b->month == 0)
		snprintf(term, sizeof(term), "date:%04d", (int)b->year);
	else
		snprintf(term, sizeof(term), "date:%04d-%02d", (int)b->year,
		    (int)b->month);
	return chy_url(x, chy_terms_with(x, query, chy_slice_of(term)));
}

static void
put_bars(chy_exchange *x, chy_slice query, const struct bar *bars, uint32_t n,
    uint64_t most)
{
	for (uint32_t i = 0; i < n; i++) {
		const struct bar *b = &bars[i];
		double height = TALLEST * (double)b->count / (double)most;
		chy_words name = name_of(b);
		char y[16], h[16];

		if (b->count == 0)
			continue;
		height = height < 1.5 ? 1.5 : height;
		snprintf(y, sizeof(y), "%.1f", BASE - height);
		snprintf(h, sizeof(h), "%.1f", height);
		chy_html(x, "<a href=\"/search?q=%s\" aria-label=\"%s: %s "
		    "telegram%s\"><title>%s: %s telegram%s</title>"
		    "<rect class=\"b\" x=\"%u.2\" y=\"%s\" width=\"7.6\" "
		    "height=\"%s\"/></a>\n", narrowed(x, query, b), name.s,
		    chy_words_number(b->count).s, b->count == 1 ? "" : "s",
		    name.s, chy_words_number(b->count).s,
		    b->count == 1 ? "" : "s", i * 10 + 1, y, h);
	}
}

/* Years below the bars; where they stand close, only some of them. */
static void
put_axis(chy_exchange *x, const struct bar *bars, uint32_t n)
{
	uint32_t per_year = bars[0].month == 0 ? 1 : 12;
	uint32_t every = 1 + n / (per_year * 16);

	chy_html(x, "<ol class=\"axis\" aria-hidden=\"true\">");
	for (uint32_t i = 0; i < n; i++) {
		bool first = bars[i].month <= 1 || i == 0;

		/* The first year is left out if the next comes close. */
		if (first && i == 0 && per_year == 12 && n > 24 &&
		    bars[0].month > 8)
			first = false;
		if (first && (uint32_t)bars[i].year % every == 0)
			chy_html(x, "<li class=\"yr\">%d</li>",
			    (int)bars[i].year);
		else
			chy_html(x, "<li></li>");
	}
	chy_html(x, "</ol>\n");
}

static void
put_table(chy_exchange *x, chy_slice query, const struct bar *bars, uint32_t n)
{
	bool years = bars[0].month == 0;

	chy_html(x, "<details><summary>The same as a table</summary>"
	    "<div class=\"scroll\"><table class=\"ledger\"><thead><tr>"
	    "<th scope=\"col\">%s</th><th scope=\"col\" class=\"r\">Telegrams"
	    "</th></tr></thead><tbody>\n", years ? "Year" : "Month");
	for (uint32_t i = 0; i < n; i++)
		if (bars[i].count > 0)
			chy_html(x, "<tr><th scope=\"row\"><a class=\"plain\" "
			    "href=\"/search?q=%s\">%s</a></th>"
			    "<td class=\"r\">%s</td></tr>\n",
			    narrowed(x, query, &bars[i]), name_of(&bars[i]).s,
			    chy_words_number(bars[i].count).s);
	chy_html(x, "</tbody></table></div></details>\n");
}

void
chy_html_months(chy_exchange *x, chy_slice query, const chy_month *months,
    uint32_t n)
{
	struct bar *bars = make_bars(x, months, n, &n);
	uint32_t top = 0;
	bool years;
	chy_words from, to, at;

	if (bars == NULL)
		return;
	for (uint32_t i = 0; i < n; i++)
		if (bars[i].count > bars[top].count)
			top = i;
	if (bars[top].count == 0)
		return;
	years = bars[0].month == 0;
	from = name_of(&bars[0]);
	to = name_of(&bars[n - 1]);
	at = name_of(&bars[top]);
	chy_html(x, "<figure class=\"chart\">\n<figcaption><b>By %s</b> "
	    "<span class=\"keys\"><span><span class=\"key-b\"></span>filed"
	    "</span></span></figcaption>\n"
	    "<svg viewBox=\"0 0 %u %d\" preserveAspectRatio=\"none\" "
	    "role=\"img\" aria-labelledby=\"months-t\">\n"
	    "<title id=\"months-t\">Telegrams by %s, %s to %s; the most, %s, "
	    "in %s</title>\n", years ? "year" : "month", n * 10, HEIGHT,
	    years ? "year" : "month", from.s, to.s,
	    chy_words_number(bars[top].count).s, at.s);
	put_bars(x, query, bars, n, bars[top].count);
	chy_html(x, "<line class=\"base\" x1=\"0\" y1=\"%d\" x2=\"%u\" "
	    "y2=\"%d\"/>\n</svg>\n", BASE, n * 10, BASE);
	put_axis(x, bars, n);
	put_table(x, query, bars, n);
	chy_html(x, "</figure>\n");
}
