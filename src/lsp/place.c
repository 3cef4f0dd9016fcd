/*
 * Positions of the protocol: a line from 0, and in it a column in UTF-16
 * units, or in bytes where client and server agreed on UTF-8.
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/utf8.h"
#include "lsp/lsp_int.h"

/* Units of one character of n bytes. */
static size_t
units(const lsp_server *s, size_t n)
{
	if (s->utf8)
		return n;
	return n == 4 ? 2 : 1;
}

size_t
lsp_offset(const lsp_server *s, const lsp_document *doc,
    const json_t *position)
{
	json_int_t line = json_integer_value(json_object_get(position,
	    "line"));
	json_int_t column = json_integer_value(json_object_get(position,
	    "character"));
	size_t at = 0;

	while (line > 0 && at < doc->len) {
		const char *end = memchr(doc->text + at, '\n', doc->len - at);

		if (end == NULL)
			return doc->len;
		at = (size_t)(end - doc->text) + 1;
		line--;
	}
	while (column > 0 && at < doc->len && doc->text[at] != '\n') {
		size_t n = chy_utf8_len((chy_slice){ doc->text + at,
		    doc->len - at });

		n = n == 0 ? 1 : n;
		column -= (json_int_t)units(s, n);
		at += n;
	}
	return at;
}

json_t *
lsp_position(const lsp_server *s, const lsp_document *doc, size_t off)
{
	json_int_t line = 0, column = 0;
	size_t at = 0;

	if (off > doc->len)
		off = doc->len;
	for (;;) {
		const char *end = memchr(doc->text + at, '\n', off - at);

		if (end == NULL)
			break;
		at = (size_t)(end - doc->text) + 1;
		line++;
	}
	while (at < off) {
		size_t n = chy_utf8_len((chy_slice){ doc->text + at,
		    doc->len - at });

		n = n == 0 ? 1 : n;
		column += (json_int_t)units(s, n);
		at += n;
	}
	return json_pack("{s:I, s:I}", "line", line, "character", column);
}

json_t *
lsp_range(const lsp_server *s, const lsp_document *doc, size_t off,
    size_t len)
{
	return json_pack("{s:o, s:o}", "start", lsp_position(s, doc, off),
	    "end", lsp_position(s, doc, off + len));
}

json_t *
lsp_string(chy_slice text)
{
	json_t *string = json_stringn(text.ptr, text.len);
	chy_buf clean = CHY_BUF_INIT;

	if (string != NULL)
		return string;
	for (size_t i = 0; i < text.len;) {
		size_t n = chy_utf8_len(chy_slice_from(text, i));

		if (n == 0)
			chy_buf_puts(&clean, "\xEF\xBF\xBD");
		else
			chy_buf_put(&clean, chy_slice_sub(text, i, n));
		i += n == 0 ? 1 : n;
	}
	string = json_stringn(chy_buf_slice(&clean).ptr, clean.len);
	chy_buf_done(&clean);
	return string;
}
