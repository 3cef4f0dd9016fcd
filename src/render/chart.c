/*
 * Layout of charts. SPDX-License-Identifier: ISC
 */
#include "render/chart.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/utf8.h"
#include "render/svg.h"

#define WIDTH		1000
#define HEIGHT		260
#define LEFT		50.0
#define RIGHT		990.0
#define TOP		20.0
#define BASE		215.0
#define LABELS		12u	/* below the axis */
#define RADIUS		300.0	/* leaves room for LETTERS outside */
#define LETTERS		24u
#define NET_HEIGHT	700
#define MIDDLE		350.0

#define BAR		"#36648b"
#define ACTION		"#9c3d26"
#define INFO		"#36648b"
#define PI		3.14159265358979323846

/* Titles of single marks, put together. */
struct words {
	char text[256];
};

static chy_slice
words_of(const struct words *w)
{
	return chy_slice_of(w->text);
}


/* A name of at most LETTERS letters; of a longer one the first, and dots. */
static chy_slice
short_name(chy_slice name, struct words *w)
{
	size_t end = 0;

	if (chy_utf8_count(name) <= LETTERS)
		return name;
	for (uint32_t i = 0; i + 1 < LETTERS; i++) {
		size_t len = chy_utf8_len(chy_slice_from(name, end));

		end += len > 0 ? len : 1;
	}
	(void)snprintf(w->text, sizeof(w->text), "%.*s\xe2\x80\xa6",
	    CHY_ARG(chy_slice_trim(chy_slice_sub(name, 0, end))));
	return words_of(w);
}


/* ---- bars ---- */

static uint64_t
most_of(const chy_bar *bars, uint32_t n, uint32_t *ret_at)
{
	uint32_t at = 0;

	for (uint32_t i = 1; i < n; i++)
		if (bars[i].count > bars[at].count)
			at = i;
	*ret_at = at;
	return n > 0 ? bars[at].count : 0;
}

void
chy_chart_bars(const chy_bar *bars, uint32_t n, const char *id,
    const char *title, chy_sink *out)
{
	uint32_t top, every = n / LABELS + 1;
	uint64_t most = most_of(bars, n, &top);
	double step = (RIGHT - LEFT) / (n > 0 ? n : 1);
	struct words w;
	chy_svg svg;

	if (n == 0 || most == 0)
		(void)snprintf(w.text, sizeof(w.text), "There is nothing to "
		    "draw.");
	else
		(void)snprintf(w.text, sizeof(w.text), "Bars from %.*s to "
		    "%.*s; the most, %" PRIu64 ", in %.*s. The figures are in "
		    "the table.", CHY_ARG(bars[0].label),
		    CHY_ARG(bars[n - 1].label), most,
		    CHY_ARG(bars[top].label));
	svg = chy_svg_begin(out, WIDTH, HEIGHT, id, title, words_of(&w));
	for (uint32_t i = 0; i < n && most > 0; i++) {
		double h = (BASE - TOP) * (double)bars[i].count /
		    (double)most;

		if (bars[i].count == 0)
			continue;
		h = h < 1.5 ? 1.5 : h;
		(void)snprintf(w.text, sizeof(w.text), "%.*s: %" PRIu64,
		    CHY_ARG(chy_slice_sub(bars[i].label, 0, 100)),
		    bars[i].count);
		chy_svg_rect(&svg, "bar", BAR, LEFT + step * i + step * 0.08,
		    BASE - h, step * 0.84, h, words_of(&w));
	}
	chy_svg_line(&svg, "base", LEFT, BASE, RIGHT, BASE);
	for (uint32_t i = 0; i < n && LEFT + step * i < RIGHT - 40; i += every)
		chy_svg_text(&svg, "axis", CHY_SVG_START, LEFT + step * i,
		    BASE + 20, bars[i].label);
	if (most > 0) {
		(void)snprintf(w.text, sizeof(w.text), "%" PRIu64, most);
		chy_svg_text(&svg, "axis", CHY_SVG_END, LEFT - 6, TOP + 6,
		    words_of(&w));
		chy_svg_text(&svg, "axis", CHY_SVG_END, LEFT - 6, BASE,
		    CHY_SLICE("0"));
	}
	chy_svg_end(&svg);
}

void
chy_chart_bars_table(const chy_bar *bars, uint32_t n, const char *heading,
    chy_sink *out)
{
	chy_sink_puts(out, "<table class=\"ledger\">\n<thead><tr><th "
	    "scope=\"col\">");
	chy_sink_html(out, chy_slice_of(heading));
	chy_sink_puts(out, "</th><th scope=\"col\" class=\"r\">Telegrams</th></tr></thead>"
	    "\n<tbody>\n");
	for (uint32_t i = 0; i < n; i++) {
		if (bars[i].count == 0)
			continue;
		chy_sink_puts(out, "<tr><th scope=\"row\">");
		chy_sink_html(out, bars[i].label);
		chy_sink_printf(out, "</th><td class=\"r\">%" PRIu64
		    "</td></tr>\n", bars[i].count);
	}
	chy_sink_puts(out, "</tbody>\n</table>\n");
}


/* ---- network ---- */

/* Sine by its series; a circle of a thousand units needs no more. */
static double
sine(double x)
{
	double term, sum;

	while (x > PI)
		x -= 2 * PI;
	while (x < -PI)
		x += 2 * PI;
	term = sum = x;
	for (int i = 1; i < 10; i++) {
		term *= -x * x / (2 * i * (2 * i + 1));
		sum += term;
	}
	return sum;
}

struct point {
	double x, y;
};

/* Place i of n on a circle, from the top on, as a clock goes. */
static struct point
on_circle(uint32_t i, uint32_t n, double r)
{
	double angle = 2 * PI * i / n;

	return (struct point){ 500 + r * sine(angle),
	    MIDDLE - r * sine(angle + PI / 2) };
}

/* The thickness of a line or the size of a dot: by the order of magnitude. */
static double
weight(uint64_t count, double least, double each)
{
	double v = least;

	for (; count > 1; count /= 2)
		v += each;
	return v;
}

void
chy_chart_network(const chy_chart_node *nodes, uint32_t n,
    const chy_chart_edge *edges, uint32_t n_edges, const char *id,
    const char *title, chy_sink *out)
{
	uint32_t drawn = n_edges < CHY_CHART_EDGES ? n_edges :
	    CHY_CHART_EDGES;
	struct words w;
	chy_svg svg;

	(void)snprintf(w.text, sizeof(w.text), "%u places on a circle, %u of %u "
	    "connections drawn, the busiest; red where some of it is for "
	    "action. The figures are in the table.", (unsigned)n,
	    (unsigned)drawn, (unsigned)n_edges);
	svg = chy_svg_begin(out, WIDTH, NET_HEIGHT, id, title, words_of(&w));
	/* The busiest last, over the others. */
	for (uint32_t k = drawn; k > 0; k--) {
		const chy_chart_edge *e = &edges[k - 1];
		struct point a = on_circle(e->from, n, RADIUS);
		struct point b = on_circle(e->to, n, RADIUS);
		/* Bent to the middle, to the right of who goes along it, so
		 * that both ways are apart. */
		double mx = (a.x + b.x) / 2, my = (a.y + b.y) / 2;
		double cx = 500 + (mx - 500) * 0.35 - (b.y - a.y) * 0.10;
		double cy = MIDDLE + (my - MIDDLE) * 0.35 + (b.x - a.x) * 0.10;

		(void)snprintf(w.text, sizeof(w.text), "%.*s to %.*s: %" PRIu64
		    " action, %" PRIu64 " info",
		    CHY_ARG(chy_slice_sub(nodes[e->from].name, 0, 60)),
		    CHY_ARG(chy_slice_sub(nodes[e->to].name, 0, 60)),
		    e->action, e->info);
		if (e->from == e->to)
			continue;
		chy_svg_curve(&svg, "edge", e->action > 0 ? ACTION : INFO,
		    weight(e->action + e->info, 1, 0.6), a.x, a.y, cx, cy, b.x,
		    b.y, words_of(&w));
		/* The receiver's end. */
		chy_svg_circle(&svg, "end", e->action > 0 ? ACTION : INFO,
		    b.x + (cx - b.x) * 0.06, b.y + (cy - b.y) * 0.06,
		    weight(e->action + e->info, 2, 0.4), CHY_EMPTY);
	}
	for (uint32_t i = 0; i < n; i++) {
		struct point p = on_circle(i, n, RADIUS);
		struct point t = on_circle(i, n, RADIUS + 18);
		chy_svg_anchor anchor = t.x > 515 ? CHY_SVG_START : t.x < 485 ?
		    CHY_SVG_END : CHY_SVG_MIDDLE;

		(void)snprintf(w.text, sizeof(w.text), "%.*s: %" PRIu64
		    " sent, %" PRIu64 " received",
		    CHY_ARG(chy_slice_sub(nodes[i].name, 0, 100)),
		    nodes[i].sent, nodes[i].received);
		chy_svg_link_begin(&svg, nodes[i].url, words_of(&w));
		chy_svg_circle(&svg, "node", "#222222", p.x, p.y,
		    weight(nodes[i].sent + nodes[i].received, 3, 0.5),
		    words_of(&w));
		chy_svg_text(&svg, "name", anchor, t.x, t.y + (t.y > MIDDLE +
		    15 ? 10 : t.y < MIDDLE - 15 ? 0 : 5),
		    short_name(nodes[i].name, &w));
		chy_svg_link_end(&svg, nodes[i].url);
	}
	chy_svg_end(&svg);
}

static void
put_linked(chy_slice words, chy_slice url, chy_sink *out)
{
	if (url.len > 0) {
		chy_sink_puts(out, "<a class=\"plain\" href=\"");
		chy_sink_html(out, url);
		chy_sink_puts(out, "\">");
	}
	chy_sink_html(out, words);
	if (url.len > 0)
		chy_sink_puts(out, "</a>");
}

void
chy_chart_network_table(const chy_chart_node *nodes, uint32_t n,
    const chy_chart_edge *edges, uint32_t n_edges, chy_sink *out)
{
	(void)n;
	chy_sink_puts(out, "<table class=\"ledger\">\n<thead><tr><th "
	    "scope=\"col\">From</th><th scope=\"col\">To</th><th scope=\"col\" "
	    "class=\"r\">Action</th><th scope=\"col\" class=\"r\">Info</th>"
	    "</tr></thead>\n<tbody>\n");
	for (uint32_t i = 0; i < n_edges; i++) {
		chy_sink_puts(out, "<tr><td>");
		put_linked(nodes[edges[i].from].name, edges[i].url, out);
		chy_sink_puts(out, "</td><td>");
		chy_sink_html(out, nodes[edges[i].to].name);
		chy_sink_printf(out, "</td><td class=\"r\">%" PRIu64
		    "</td><td class=\"r\">%" PRIu64 "</td></tr>\n",
		    edges[i].action, edges[i].info);
	}
	chy_sink_puts(out, "</tbody>\n</table>\n");
}
