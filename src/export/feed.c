/*
 * A feed of telegrams.
 *
 * Source: RFC 4287 (Atom), RFC 4151 (tag URIs: an id that stays the same
 * wherever the application is served; .invalid is nobody's).
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/ascii.h"
#include "export/export_int.h"

/* RFC 3339 wants seconds. What has no date is as old as can be. */
static void
put_time(chy_sink *out, chy_slice iso)
{
	if (iso.len == 17)
		chy_sink_printf(out, "%.16s:00Z", iso.ptr);
	else
		chy_sink_puts(out, "1970-01-01T00:00:00Z");
}

/* Percent-encoded for the path of an address. */
static void
put_path(chy_sink *out, chy_slice id)
{
	for (size_t i = 0; i < id.len; i++) {
		unsigned char c = (unsigned char)id.ptr[i];

		if (chy_is_alnum((char)c) || c == ':' || c == '-' || c == '_')
			chy_sink_put(out, chy_slice_sub(id, i, 1));
		else
			chy_sink_printf(out, "%%%02X", c);
	}
}

static void
put_entry(const chy_feed *feed, const chy_line *line, chy_sink *out)
{
	chy_sink_puts(out, "<entry>\n<id>tag:chancery.invalid,2026:");
	put_path(out, line->id);
	chy_sink_puts(out, "</id>\n<title>");
	chy_sink_html(out, line->id);
	if (line->subject.len > 0) {
		chy_sink_puts(out, ": ");
		chy_sink_html(out, line->subject);
	}
	chy_sink_puts(out, "</title>\n<updated>");
	put_time(out, line->dtg_iso);
	chy_sink_puts(out, "</updated>\n<link rel=\"alternate\" href=\"");
	chy_sink_html(out, feed->site);
	chy_sink_puts(out, "/t/");
	put_path(out, line->id);
	chy_sink_puts(out, "\"/>\n<author><name>");
	chy_sink_html(out, line->originator.len > 0 ? line->originator :
	    CHY_SLICE("unknown originator"));
	chy_sink_puts(out, "</name></author>\n");
	if (line->classification.len > 0) {
		chy_sink_puts(out, "<category term=\"");
		chy_sink_html(out, line->classification);
		chy_sink_puts(out, "\"/>\n");
	}
	chy_sink_puts(out, "</entry>\n");
}

void
chy_feed_atom(const chy_feed *feed, chy_sink *out)
{
	chy_slice newest = CHY_EMPTY;

	for (uint32_t i = 0; i < feed->n; i++)
		if (chy_slice_cmp(feed->lines[i]->dtg_iso, newest) > 0)
			newest = feed->lines[i]->dtg_iso;
	chy_sink_puts(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
	    "<feed xmlns=\"http://www.w3.org/2005/Atom\">\n<id>");
	chy_sink_html(out, feed->self);
	chy_sink_puts(out, "</id>\n<title>");
	chy_sink_html(out, feed->title);
	chy_sink_puts(out, "</title>\n<updated>");
	put_time(out, newest);
	chy_sink_puts(out, "</updated>\n<link rel=\"self\" href=\"");
	chy_sink_html(out, feed->self);
	chy_sink_puts(out, "\"/>\n");
	for (uint32_t i = 0; i < feed->n; i++)
		put_entry(feed, feed->lines[i], out);
	chy_sink_puts(out, "</feed>\n");
}
