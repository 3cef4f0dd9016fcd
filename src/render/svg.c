/*
 * SVG 1.1 elements. SPDX-License-Identifier: ISC
 */
#include "render/svg.h"

#include <stdio.h>

static const char *const anchors[] = { "start", "middle", "end" };

/* A number with one digit behind the point, whatever the locale says. */
static void
put_number(chy_sink *out, const char *name, double v)
{
	long tenths = (long)(v * 10 + (v < 0 ? -0.5 : 0.5));
	long whole = tenths / 10, part = tenths % 10;

	chy_sink_printf(out, "%s%s%ld", name, tenths < 0 ? "-" : "",
	    whole < 0 ? -whole : whole);
	if (part != 0)
		chy_sink_printf(out, ".%ld", part < 0 ? -part : part);
}

static void
put_attribute(chy_sink *out, const char *name, double v)
{
	chy_sink_puts(out, " ");
	chy_sink_puts(out, name);
	put_number(out, "=\"", v);
	chy_sink_puts(out, "\"");
}

/* The end of an element, with its title. */
static void
put_title(chy_sink *out, const char *element, chy_slice title)
{
	if (title.len == 0) {
		chy_sink_puts(out, "/>\n");
		return;
	}
	chy_sink_puts(out, "><title>");
	chy_sink_html(out, title);
	chy_sink_printf(out, "</title></%s>\n", element);
}

chy_svg
chy_svg_begin(chy_sink *out, int width, int height, const char *id,
    const char *title, chy_slice description)
{
	chy_sink_printf(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" "
	    "viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\" "
	    "aria-labelledby=\"%s-t\" aria-describedby=\"%s-d\" "
	    "font-family=\"sans-serif\" font-size=\"13\">\n"
	    "<title id=\"%s-t\">", width, height, width, height, id, id, id);
	chy_sink_html(out, chy_slice_of(title));
	chy_sink_printf(out, "</title>\n<desc id=\"%s-d\">", id);
	chy_sink_html(out, description);
	chy_sink_puts(out, "</desc>\n");
	return (chy_svg){ out };
}

void
chy_svg_end(chy_svg *svg)
{
	chy_sink_puts(svg->out, "</svg>\n");
}

void
chy_svg_rect(chy_svg *svg, const char *class_, const char *fill, double x,
    double y, double width, double height, chy_slice title)
{
	chy_sink_printf(svg->out, "<rect class=\"%s\" fill=\"%s\"", class_,
	    fill);
	put_attribute(svg->out, "x", x);
	put_attribute(svg->out, "y", y);
	put_attribute(svg->out, "width", width);
	put_attribute(svg->out, "height", height);
	put_title(svg->out, "rect", title);
}

void
chy_svg_circle(chy_svg *svg, const char *class_, const char *fill, double x,
    double y, double r, chy_slice title)
{
	chy_sink_printf(svg->out, "<circle class=\"%s\" fill=\"%s\"", class_,
	    fill);
	put_attribute(svg->out, "cx", x);
	put_attribute(svg->out, "cy", y);
	put_attribute(svg->out, "r", r);
	put_title(svg->out, "circle", title);
}

void
chy_svg_line(chy_svg *svg, const char *class_, double x1, double y1,
    double x2, double y2)
{
	chy_sink_printf(svg->out, "<line class=\"%s\" stroke=\"currentColor\"",
	    class_);
	put_attribute(svg->out, "x1", x1);
	put_attribute(svg->out, "y1", y1);
	put_attribute(svg->out, "x2", x2);
	put_attribute(svg->out, "y2", y2);
	chy_sink_puts(svg->out, "/>\n");
}

void
chy_svg_curve(chy_svg *svg, const char *class_, const char *stroke,
    double width, double x1, double y1, double xc, double yc, double x2,
    double y2, chy_slice title)
{
	chy_sink_printf(svg->out, "<path class=\"%s\" fill=\"none\" "
	    "stroke=\"%s\" stroke-opacity=\"0.55\"", class_, stroke);
	put_attribute(svg->out, "stroke-width", width);
	chy_sink_puts(svg->out, " d=\"M");
	put_number(svg->out, "", x1);
	put_number(svg->out, " ", y1);
	put_number(svg->out, " Q", xc);
	put_number(svg->out, " ", yc);
	put_number(svg->out, " ", x2);
	put_number(svg->out, " ", y2);
	chy_sink_puts(svg->out, "\"");
	put_title(svg->out, "path", title);
}

void
chy_svg_text(chy_svg *svg, const char *class_, chy_svg_anchor anchor,
    double x, double y, chy_slice text)
{
	chy_sink_printf(svg->out, "<text class=\"%s\" fill=\"currentColor\" "
	    "text-anchor=\"%s\"", class_, anchors[anchor]);
	put_attribute(svg->out, "x", x);
	put_attribute(svg->out, "y", y);
	chy_sink_puts(svg->out, ">");
	chy_sink_html(svg->out, text);
	chy_sink_puts(svg->out, "</text>\n");
}

void
chy_svg_link_begin(chy_svg *svg, chy_slice url, chy_slice name)
{
	if (url.len == 0)
		return;
	chy_sink_puts(svg->out, "<a href=\"");
	chy_sink_html(svg->out, url);
	chy_sink_puts(svg->out, "\" aria-label=\"");
	chy_sink_html(svg->out, name);
	chy_sink_puts(svg->out, "\">\n");
}

void
chy_svg_link_end(chy_svg *svg, chy_slice url)
{
	if (url.len > 0)
		chy_sink_puts(svg->out, "</a>\n");
}
