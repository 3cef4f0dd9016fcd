/*
 * Objects of JSON, and telegrams in a line.
 *
 * SPDX-License-Identifier: ISC
 */
#include "answer/print.h"

#include <inttypes.h>

#include "base/utf8.h"

void
out_text(chy_sink *out, chy_slice text)
{
	size_t i = 0, done = 0;

	while (i < text.len) {
		uint32_t code;
		size_t n = chy_utf8_get(chy_slice_from(text, i), &code);

		if (n > 0 && code >= 0x20 && code != 0x7F &&
		    !(code >= 0x80 && code < 0xA0)) {
			i += n;
			continue;
		}
		chy_sink_put(out, chy_slice_sub(text, done, i - done));
		if (n == 1 && (code == '\t' || code == '\n' || code == '\r'))
			chy_sink_puts(out, " ");
		else
			chy_sink_puts(out, "\xEF\xBF\xBD");
		i += n > 0 ? n : 1;
		done = i;
	}
	chy_sink_put(out, chy_slice_from(text, done));
}

json
json_open(chy_sink *out)
{
	chy_sink_puts(out, "{");
	return (json){ out, false };
}

void
json_close(json *j)
{
	chy_sink_puts(j->out, "}\n");
	j->comma = false;
}

static void
comma(json *j)
{
	if (j->comma)
		chy_sink_puts(j->out, ",");
	j->comma = true;
}

void
json_name(json *j, const char *name)
{
	comma(j);
	chy_sink_json(j->out, chy_slice_of(name));
	chy_sink_puts(j->out, ":");
}

void
json_text(json *j, const char *name, chy_slice value)
{
	json_name(j, name);
	chy_sink_json(j->out, value);
}

void
json_absent(json *j, const char *name)
{
	json_name(j, name);
	chy_sink_puts(j->out, "null");
}

void
json_text_or_null(json *j, const char *name, chy_slice value)
{
	if (value.len > 0)
		json_text(j, name, value);
	else
		json_absent(j, name);
}

void
json_number(json *j, const char *name, uint64_t value)
{
	json_name(j, name);
	chy_sink_printf(j->out, "%" PRIu64, value);
}

void
json_bool(json *j, const char *name, bool value)
{
	json_name(j, name);
	chy_sink_puts(j->out, value ? "true" : "false");
}

void
json_list_begin(json *j, const char *name)
{
	json_name(j, name);
	chy_sink_puts(j->out, "[");
	j->comma = false;
}

void
json_list_end(json *j)
{
	chy_sink_puts(j->out, "]");
	j->comma = true;
}

void
json_object_begin(json *j, const char *name)
{
	json_name(j, name);
	chy_sink_puts(j->out, "{");
	j->comma = false;
}

void
json_object_end(json *j)
{
	chy_sink_puts(j->out, "}");
	j->comma = true;
}

void
json_item_text(json *j, chy_slice value)
{
	comma(j);
	chy_sink_json(j->out, value);
}

void
json_item_object(json *j)
{
	comma(j);
	chy_sink_puts(j->out, "{");
	j->comma = false;
}

void
json_line(json *j, const chy_line *line)
{
	json_text(j, "canonical_id", line->id);
	json_text_or_null(j, "dtg_iso", line->dtg_iso);
	json_text_or_null(j, "originator", line->originator);
	json_text_or_null(j, "classification", line->classification);
	json_text_or_null(j, "subject_title", line->subject);
}

void
out_bold(chy_sink *out, bool colour)
{
	if (colour)
		chy_sink_puts(out, "\033[1m");
}

void
out_plain(chy_sink *out, bool colour)
{
	if (colour)
		chy_sink_puts(out, "\033[0m");
}

void
out_line(chy_sink *out, const chy_line *line, bool colour)
{
	out_bold(out, colour);
	out_text(out, line->id);
	out_plain(out, colour);
	if (line->dtg_iso.len > 0) {
		chy_sink_puts(out, "  ");
		out_text(out, line->dtg_iso);
	}
	if (line->originator.len > 0) {
		chy_sink_puts(out, "  ");
		out_text(out, line->originator);
	}
	if (line->classification.len > 0) {
		chy_sink_puts(out, "  ");
		out_text(out, line->classification);
	}
	if (line->n_copies > 0)
		chy_sink_printf(out, "  +%u cop%s", (unsigned)line->n_copies,
		    line->n_copies == 1 ? "y" : "ies");
	chy_sink_puts(out, "\n");
	if (line->subject.len > 0) {
		chy_sink_puts(out, "    ");
		out_text(out, line->subject);
		chy_sink_puts(out, "\n");
	}
}
