/*
 * Where an unfinished query ends: which field's value, or which term, is
 * being typed.
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/ascii.h"
#include "query/query_int.h"

static bool
ends_word(chy_slice text, size_t i)
{
	return chy_is_space(text.ptr[i]) ||
	    strchr("(){}", text.ptr[i]) != NULL ||
	    chy_query_quote(chy_slice_from(text, i)) > 0;
}

/* The field whose name and colon stand at `off`; NONE for a word, COUNT for a
 * name that is none. *ret_value is where its value begins. */
static chy_field
field_at(chy_slice text, size_t off, size_t *ret_value)
{
	size_t end = off;
	chy_slice name;

	while (end < text.len && chy_is_alpha(text.ptr[end]))
		end++;
	*ret_value = off;
	if (end == off || end == text.len || text.ptr[end] != ':' ||
	    chy_slice_starts(chy_slice_from(text, end), CHY_SLICE("://")))
		return CHY_FIELD_NONE;
	name = chy_slice_sub(text, off, end - off);
	*ret_value = end + 1;
	for (int i = CHY_FIELD_NONE + 1; i < CHY_FIELD_COUNT; i++)
		if (chy_slice_ieq(name, chy_slice_of(chy_field_name(
		    (chy_field)i))))
			return (chy_field)i;
	return CHY_FIELD_COUNT;
}

/* Behind the second quote or slash; past the end where there is none. */
static size_t
behind(chy_slice text, size_t off)
{
	if (text.ptr[off] != '/') {
		off = chy_query_quoted_end(text, off);
		return off + (off < text.len ?
		    chy_query_quote(chy_slice_from(text, off)) : 1);
	}
	for (off++; off < text.len && text.ptr[off] != '/'; off++)
		off += text.ptr[off] == '\\';
	return off + 1;
}

bool
chy_query_end(chy_slice text, chy_query_at *ret)
{
	size_t i = 0;

	*ret = (chy_query_at){ .field = CHY_FIELD_NONE, .begun = CHY_EMPTY,
	    .off = text.len };
	while (i < text.len) {
		size_t start = i, value, open;
		chy_field field;

		if (chy_query_quote(chy_slice_from(text, i)) > 0) {
			i = behind(text, i);
			if (i > text.len)
				return false;
			continue;
		}
		if (ends_word(text, i)) {
			i++;
			continue;
		}
		if (text.ptr[i] == '-' && i + 1 < text.len)
			start = ++i;
		field = field_at(text, start, &value);
		open = chy_query_quote(chy_slice_from(text, value));
		if (field != CHY_FIELD_NONE && value < text.len &&
		    (open > 0 || text.ptr[value] == '/')) {
			i = behind(text, value);
			if (i <= text.len)
				continue;
			if (text.ptr[value] == '/' || field == CHY_FIELD_COUNT)
				return false;
			*ret = (chy_query_at){ field, chy_slice_from(text,
			    value + open), value + open, true };
			return true;
		}
		i = value;
		while (i < text.len && !ends_word(text, i))
			i++;
		if (i < text.len)
			continue;
		if (field == CHY_FIELD_COUNT)
			return false;
		*ret = (chy_query_at){ field, chy_slice_from(text, value),
		    value, false };
		return true;
	}
	return true;
}
