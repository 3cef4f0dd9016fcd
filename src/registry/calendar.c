/*
 * What is due, as a calendar that other programs read.
 *
 * Source: RFC 5545: lines end with CR and LF and are folded after 75 bytes;
 * commas, semicolons and backslashes in texts are escaped; an event of whole
 * days ends on the day after.
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/utf8.h"
#include "registry/casework_int.h"

#define LINE_MAX	73u	/* bytes of a line before it is folded */

static void
put_line(chy_sink *out, const char *name, chy_slice text)
{
	size_t column = strlen(name);

	chy_sink_puts(out, name);
	for (size_t i = 0; i < text.len;) {
		size_t n = chy_utf8_len(chy_slice_from(text, i));
		char c = text.ptr[i];
		chy_slice one = chy_slice_sub(text, i, n > 0 ? n : 1);

		if (column + one.len + 1 > LINE_MAX) {
			chy_sink_puts(out, "\r\n ");
			column = 1;
		}
		if (c == ',' || c == ';' || c == '\\') {
			chy_sink_puts(out, "\\");
			column++;
		}
		if (n == 0)
			one = CHY_SLICE("?");
		else if ((unsigned char)c < 0x20)
			one = CHY_SLICE(" ");
		chy_sink_put(out, one);
		column += one.len;
		i += n > 0 ? n : 1;
	}
	chy_sink_puts(out, "\r\n");
}

static void
put_day(chy_sink *out, const char *name, int32_t day)
{
	chy_civil c = chy_day_civil(day);

	chy_sink_printf(out, "%s;VALUE=DATE:%04d%02d%02d\r\n", name,
	    (int)c.year, (int)c.month, (int)c.day);
}

void
chy_ics_begin(chy_sink *out)
{
	chy_sink_puts(out, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
	    "PRODID:-//Chancery//Casework//EN\r\nCALSCALE:GREGORIAN\r\n");
}

void
chy_ics_event(chy_sink *out, chy_slice uid, int32_t first, int32_t last,
    chy_slice summary, chy_slice description, int64_t now)
{
	chy_civil c = chy_civil_from(now);

	chy_sink_puts(out, "BEGIN:VEVENT\r\n");
	put_line(out, "UID:", uid);
	chy_sink_printf(out, "DTSTAMP:%04d%02d%02dT%02d%02d00Z\r\n",
	    (int)c.year, (int)c.month, (int)c.day, (int)c.hour, (int)c.minute);
	put_day(out, "DTSTART", first);
	put_day(out, "DTEND", last + 1);
	put_line(out, "SUMMARY:", summary);
	if (description.len > 0)
		put_line(out, "DESCRIPTION:", description);
	chy_sink_puts(out, "TRANSP:TRANSPARENT\r\nEND:VEVENT\r\n");
}

void
chy_ics_end(chy_sink *out)
{
	chy_sink_puts(out, "END:VCALENDAR\r\n");
}

static void
action_event(const chy_action *a, int64_t now, chy_sink *out)
{
	chy_buf text = CHY_BUF_INIT, uid = CHY_BUF_INIT, title = CHY_BUF_INIT;
	const chy_task *t = &a->task;

	chy_buf_put(&uid, t->name);
	chy_buf_puts(&uid, "@chancery");
	chy_buf_put(&title, t->office);
	chy_buf_puts(&title, ": ");
	chy_buf_put(&title, t->what);
	chy_buf_put(&text, t->name);
	chy_buf_puts(&text, ", ");
	chy_buf_puts(&text, chy_due_basis_name(t->basis));
	if (t->phrase.len > 0) {
		chy_buf_puts(&text, ": ");
		chy_buf_put(&text, t->phrase);
	}
	chy_ics_event(out, chy_buf_slice(&uid), t->due, t->due,
	    chy_buf_slice(&title), chy_buf_slice(&text), now);
	chy_buf_done(&text);
	chy_buf_done(&uid);
	chy_buf_done(&title);
}

void
chy_actions_ics(const chy_actions *actions, int64_t now, chy_sink *out)
{
	chy_ics_begin(out);
	for (uint32_t i = 0; i < actions->n; i++)
		if (actions->at[i].task.due != CHY_NO_DAY &&
		    chy_item_status_open(actions->at[i].task.status))
			action_event(&actions->at[i], now, out);
	chy_ics_end(out);
}

static void
item_event(const chy_case *c, const chy_item *i, int64_t now, chy_sink *out)
{
	chy_buf text = CHY_BUF_INIT, uid = CHY_BUF_INIT, title = CHY_BUF_INIT;

	chy_buf_put(&uid, c->docket.name);
	chy_buf_puts(&uid, "/");
	chy_buf_put(&uid, i->name);
	chy_buf_puts(&uid, "@chancery");
	chy_buf_put(&title, i->name);
	chy_buf_puts(&title, " ");
	chy_buf_put(&title, i->what);
	chy_buf_puts(&text, chy_due_basis_name(i->basis));
	if (i->phrase.len > 0) {
		chy_buf_puts(&text, ": ");
		chy_buf_put(&text, i->phrase);
	}
	chy_ics_event(out, chy_buf_slice(&uid), i->first != CHY_NO_DAY ?
	    i->first : i->due, i->due, chy_buf_slice(&title),
	    chy_buf_slice(&text), now);
	chy_buf_done(&text);
	chy_buf_done(&uid);
	chy_buf_done(&title);
}

void
chy_case_ics(const chy_case *c, int64_t now, chy_sink *out)
{
	chy_ics_begin(out);
	for (uint32_t i = 0; i < c->n_items; i++)
		if (c->items[i].item.due != CHY_NO_DAY &&
		    chy_item_status_open(c->items[i].item.status))
			item_event(c, &c->items[i].item, now, out);
	chy_ics_end(out);
}
