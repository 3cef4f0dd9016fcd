/*
 * Slices: the comparisons that are not worth inlining.
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/slice.h"

#include "base/ascii.h"

bool
chy_slice_istarts_all(chy_slice s, chy_slice with)
{
	for (size_t i = 0; i < with.len; i++)
		if (chy_upper(s.ptr[i]) != chy_upper(with.ptr[i]))
			return false;
	return true;
}

bool
chy_slice_ieq(chy_slice a, chy_slice b)
{
	return a.len == b.len && chy_slice_istarts(a, b);
}

chy_slice
chy_slice_trim(chy_slice s)
{
	while (s.len > 0 && chy_is_space(s.ptr[0])) {
		s.ptr++;
		s.len--;
	}
	while (s.len > 0 && chy_is_space(s.ptr[s.len - 1]))
		s.len--;
	return s;
}

int
chy_slice_cmp(chy_slice a, chy_slice b)
{
	size_t n = a.len < b.len ? a.len : b.len;
	int c = n > 0 ? memcmp(a.ptr, b.ptr, n) : 0;

	if (c != 0)
		return c;
	return (a.len > b.len) - (a.len < b.len);
}

size_t
chy_slice_find(chy_slice s, chy_slice what, size_t from)
{
	if (what.len == 0)
		return from < s.len ? from : s.len;
	while (from < s.len && s.len - from >= what.len) {
		const char *p = memchr(s.ptr + from, what.ptr[0],
		    s.len - from - what.len + 1);

		if (p == NULL)
			return s.len;
		if (memcmp(p, what.ptr, what.len) == 0)
			return (size_t)(p - s.ptr);
		from = (size_t)(p - s.ptr) + 1;
	}
	return s.len;
}
