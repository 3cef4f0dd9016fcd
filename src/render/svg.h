/*
 * Drawings: the few elements that charts are made of, written as SVG.
 *
 * Text is escaped. No script and no style: presentation attributes and
 * classes, so that a drawing may stand in a page with a strict policy, and
 * take that page's colours; alone it has its own. Lengths are in whole and
 * tenth units of the view box.
 *
 *	chy_svg svg = chy_svg_begin(out, 1000, 300, "by-month", "Telegrams "
 *	    "by month", "Bars, one a month; the most in June 2008");
 *
 *	chy_svg_rect(&svg, "bar", "#36648b", 10, 20, 8, 100, "June 2008: 12");
 *	chy_svg_text(&svg, "axis", CHY_SVG_START, 10, 290, CHY_SLICE("2008"));
 *	chy_svg_end(&svg);
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_RENDER_SVG_H
#define CHY_RENDER_SVG_H

#include "base/sink.h"

typedef struct chy_svg {
	chy_sink *out;
} chy_svg;

typedef enum chy_svg_anchor {
	CHY_SVG_START,
	CHY_SVG_MIDDLE,
	CHY_SVG_END,
} chy_svg_anchor;

/* role="img" with a title and a description for who does not see it; `id` is
 * the beginning of their ids and must be alone in its page. */
chy_svg	chy_svg_begin(chy_sink *out, int width, int height, const char *id,
    const char *title, chy_slice description);
void	chy_svg_end(chy_svg *svg);

/* `title` is shown when it is pointed at; empty: none. */
void	chy_svg_rect(chy_svg *svg, const char *class_, const char *fill,
    double x, double y, double width, double height, chy_slice title);
void	chy_svg_circle(chy_svg *svg, const char *class_, const char *fill,
    double x, double y, double r, chy_slice title);
void	chy_svg_line(chy_svg *svg, const char *class_, double x1, double y1,
    double x2, double y2);
/* From one point to another, bent towards a third. */
void	chy_svg_curve(chy_svg *svg, const char *class_, const char *stroke,
    double width, double x1, double y1, double xc, double yc, double x2,
    double y2, chy_slice title);
/* What is drawn between is a link, named for who does not see it; nothing
 * where the URL is empty. */
void	chy_svg_link_begin(chy_svg *svg, chy_slice url, chy_slice name);
void	chy_svg_link_end(chy_svg *svg, chy_slice url);
void	chy_svg_text(chy_svg *svg, const char *class_, chy_svg_anchor anchor,
    double x, double y, chy_slice text);

#endif
