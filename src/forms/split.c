/*
 * Cuts a stream of telegrams apart: where format line 1 begins another one,
 * and after a line NNNN. Headings quoted in a text have no format line 1, so
 * they are never cut at.
 *
 * Real texts ask for two cautions. A few lines, or a whole form, can stand
 * before format line 1 of the same telegram (a class line, "Cable Text:", the
 * drafting block): a cut needs a heading before it. And after NNNN publishers
 * leave lines of their own ("End Cable Text", "UNCLASSIFIED//"): what follows
 * is another telegram only if a heading is in it.
 *
 * Source: ACP 127 format lines 1 and 16; telegram-forms(7).
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/ascii.h"
#include "forms/forms.h"

/* Lines after NNNN in which a heading must begin. */
#define LOOK_LINES	60

/* The line at pos, without its end; *next is where the one after it is. */
static chy_slice
line_at(chy_slice s, size_t pos, size_t *next)
{
	const char *p = s.ptr + pos;
	const char *end = memchr(p, '\n', s.len - pos);
	size_t len = end != NULL ? (size_t)(end - p) : s.len - pos;

	*next = pos + len + (end != NULL);
	while (len > 0 && chy_is_space(p[len - 1]))
		len--;
	while (len > 0 && chy_is_space(*p)) {
		p++;
		len--;
	}
	return (chy_slice){ p, len };
}

static size_t
count(chy_slice s, size_t from, size_t max, bool (*is)(char))
{
	size_t n = 0;

	while (n < max && from + n < s.len && is(s.ptr[from + n]))
		n++;
	return n;
}

/* VZCZCXRO1234, ZCZC KHA214 14/1131, VZCZC051 UU. */
static bool
is_format_line_1(chy_slice line)
{
	size_t i = 0, letters, digits;

	if (i < line.len && line.ptr[i] == 'V')
		i++;
	if (!chy_slice_starts(chy_slice_from(line, i), CHY_SLICE("ZCZC")))
		return false;
	i += 4;
	i += count(line, i, 5, chy_is_blank);
	letters = count(line, i, 4, chy_is_upper);
	i += letters;
	digits = count(line, i, 5, chy_is_digit);
	i += digits;
	return (letters == 3 || letters == 0) && digits >= 3 && digits <= 4 &&
	    (i == line.len || chy_is_blank(line.ptr[i]));
}

static bool
is_end(chy_slice line)
{
	return chy_slice_eq(line, CHY_SLICE("NNNN"));
}

/* O 121743Z NOV 09, OO RUEHC, DE RUEHRL #1433, FM AMEMBASSY BERLIN. */
static bool
is_heading(chy_slice line)
{
	size_t i;

	if (chy_slice_starts(line, CHY_SLICE("FM ")) ||
	    chy_slice_starts(line, CHY_SLICE("DE R")))
		return true;
	/* One or two precedences, then a date-time group. */
	i = count(line, 0, 2, chy_is_upper);
	if (i == 0 || i == line.len || line.ptr[i] != ' ')
		return false;
	if (i + 2 < line.len && chy_is_upper(line.ptr[i + 1]) &&
	    line.ptr[i + 2] == ' ')
		i += 2;
	i++;
	return count(line, i, 6, chy_is_digit) == 6 && i + 6 < line.len &&
	    line.ptr[i + 6] == 'Z';
}

/* Does what follows NNNN at pos begin another telegram? */
static bool
another(chy_slice s, size_t pos)
{
	for (int n = 0; n < LOOK_LINES && pos < s.len; n++) {
		size_t next;
		chy_slice line = line_at(s, pos, &next);

		if (is_format_line_1(line) || is_heading(line))
			return true;
		if (is_end(line))
			return false;
		pos = next;
	}
	return false;
}

/* May the line that begins here be one of those we ask for? Once a heading
 * was seen, most may not. */
static bool
worth_a_look(char c, bool heading)
{
	return c == 'V' || c == 'Z' || c == 'N' || c == ' ' || c == '\t' ||
	    c == '\r' || (!heading && chy_is_upper(c));
}

bool
chy_split_next(chy_slice stream, size_t *pos, chy_slice *ret_piece)
{
	size_t start = *pos, at = start, next;
	bool heading = false;	/* seen in this piece */

	if (start >= stream.len)
		return false;
	for (; at < stream.len; at = next) {
		chy_slice line;

		if (!worth_a_look(stream.ptr[at], heading)) {
			const char *end = memchr(stream.ptr + at, '\n',
			    stream.len - at);

			next = end == NULL ? stream.len :
			    (size_t)(end - stream.ptr) + 1;
			continue;
		}
		line = line_at(stream, at, &next);
		if (is_format_line_1(line)) {
			if (heading)
				break;
			heading = true;
		} else if (is_end(line) && another(stream, next)) {
			at = next;
			while (at < stream.len && chy_is_space(stream.ptr[at]))
				at++;
			break;
		} else if (!heading) {
			heading = is_heading(line);
		}
	}
	*pos = at;
	*ret_piece = chy_slice_sub(stream, start, at - start);
	return true;
}
