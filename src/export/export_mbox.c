/*
 * An mbox: messages one after the other, each after a line "From ".
 *
 * Source: RFC 4155; lines of a message that begin with "From ", or with that
 * behind signs >, get one more > (mboxrd), which loses nothing.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>

#include "export/export_int.h"

chy_status
chy_export_message(const chy_shown *shown, chy_buf *out)
{
	const chy_renderer *mail = chy_renderer_find("mail");
	chy_sink sink = chy_sink_buf(out);

	(void)chy_render(mail, shown->parts[0].telegram, &sink);
	/* What arrived in other sections follows, with a heading of its own
	 * inside the text: nothing of it is lost. */
	for (uint32_t i = 1; i < shown->n_parts; i++) {
		chy_sink_puts(&sink, "\n");
		chy_sink_put(&sink, shown->parts[i].telegram->text);
		chy_sink_puts(&sink, "\n");
	}
	return chy_sink_status(&sink) != CHY_OK ? chy_sink_status(&sink) :
	    chy_buf_status(out);
}

static bool
needs_sign(chy_slice line)
{
	size_t i = 0;

	while (i < line.len && line.ptr[i] == '>')
		i++;
	return chy_slice_starts(chy_slice_from(line, i), CHY_SLICE("From "));
}

static chy_status
put(struct exporting *ex, const chy_shown *shown)
{
	static const char *const days[] = { "Thu", "Fri", "Sat", "Sun", "Mon",
	    "Tue", "Wed" };
	chy_civil c = chy_civil_from(shown->line.dtg_iso.len > 0 ?
	    shown->line.dtg : 0);
	int64_t day = chy_civil_seconds(c) / 86400 % 7;
	chy_sink *out = ex->opts->out;
	chy_buf message = CHY_BUF_INIT;
	chy_slice rest;
	chy_status st = chy_export_message(shown, &message);

	/* The date of the line is asctime's, in English. */
	chy_sink_printf(out, "From chancery %s %.3s %2u %02u:%02u:00 %04d\n",
	    days[day < 0 ? day + 7 : day], chy_month_name(c.month), c.day,
	    c.hour, c.minute, (int)c.year);
	for (rest = chy_buf_slice(&message); rest.len > 0; ) {
		size_t n = chy_slice_find(rest, CHY_SLICE("\n"), 0);
		chy_slice line = chy_slice_sub(rest, 0, n);

		if (needs_sign(line))
			chy_sink_puts(out, ">");
		chy_sink_put(out, line);
		chy_sink_puts(out, "\n");
		rest = chy_slice_from(rest, n + 1);
	}
	chy_sink_puts(out, "\n");
	chy_buf_done(&message);
	return st != CHY_OK ? st : chy_sink_status(out);
}

const chy_exporter chy_exporter_mbox = {
	.name = "mbox",
	.title = "an mbox, for mail readers",
	.media_type = "application/mbox",
	.suffix = "mbox",
	.put = put,
};
