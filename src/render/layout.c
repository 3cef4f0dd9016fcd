/*
 * Wrapping, and small texts that several renderers print.
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/ascii.h"
#include "base/utf8.h"
#include "render/render_int.h"

void
chy_layout(chy_sink *out, chy_slice text, const char *first, const char *rest,
    size_t width)
{
	size_t column = 0, at = 0;
	const char *indent = first;
	bool start = true;

	while (at < text.len) {
		size_t end = at;
		chy_slice word;
		bool line_end;

		while (end < text.len && text.ptr[end] != ' ' &&
		    text.ptr[end] != '\n')
			end++;
		word = chy_slice_sub(text, at, end - at);
		line_end = end < text.len && text.ptr[end] == '\n';
		if (!start && column + 1 + chy_utf8_count(word) > width) {
			chy_sink_puts(out, "\n");
			start = true;
		}
		if (start && word.len > 0) {
			chy_sink_puts(out, indent);
			column = strlen(indent);
			indent = rest;
		} else if (word.len > 0) {
			chy_sink_puts(out, " ");
			column++;
		}
		if (word.len > 0) {
			chy_sink_put(out, word);
			column += chy_utf8_count(word);
			start = false;
		}
		if (line_end && !start) {
			chy_sink_puts(out, "\n");
			start = true;
		}
		at = end + 1;
	}
	if (!start)
		chy_sink_puts(out, "\n");
}

void
chy_put_joined(chy_sink *out, const chy_slices *list, const char *between)
{
	for (uint32_t i = 0; i < list->n; i++) {
		if (i > 0)
			chy_sink_puts(out, between);
		chy_sink_put(out, list->at[i]);
	}
}

void
chy_put_classification(chy_sink *out, const chy_telegram *tel)
{
	chy_sink_puts(out, chy_level_name(tel->level));
	for (uint32_t i = 0; i < tel->caveats.n; i++) {
		chy_sink_puts(out, i == 0 ? "//" : "/");
		chy_sink_put(out, tel->caveats.at[i]);
	}
}
