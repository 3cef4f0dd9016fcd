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

bool
chy_slice_ihas(chy_slice s, chy_slice what)
{
	for (size_t i = 0; i + what.len <= s.len; i++)
		if (chy_slice_istarts(chy_slice_from(s, i), what))
			return true;
	return false;
}

unsigned
chy_slice_distance(chy_slice a, chy_slice b)
{
	unsigned row[3][CHY_SLICE_DISTANCE + 1];

	if (a.len > CHY_SLICE_DISTANCE || b.len > CHY_SLICE_DISTANCE ||
	    a.len > b.len + 3 || b.len > a.len + 3)
		return 4;
	for (size_t j = 0; j <= b.len; j++)
		row[0][j] = (unsigned)j;
	for (size_t i = 1; i <= a.len; i++) {
		unsigned *now = row[i % 3], *up = row[(i + 2) % 3],
		    *up2 = row[(i + 1) % 3];
		char x = chy_upper(a.ptr[i - 1]);

		now[0] = (unsigned)i;
		for (size_t j = 1; j <= b.len; j++) {
			char y = chy_upper(b.ptr[j - 1]);
			unsigned best = up[j - 1] + (x != y);

			if (up[j] + 1 < best)
				best = up[j] + 1;
			if (now[j - 1] + 1 < best)
				best = now[j - 1] + 1;
			if (i > 1 && j > 1 && x == chy_upper(b.ptr[j - 2]) &&
			    chy_upper(a.ptr[i - 2]) == y &&
			    up2[j - 2] + 1 < best)
				best = up2[j - 2] + 1;
			now[j] = best;
		}
	}
	return row[a.len % 3][b.len] > 4 ? 4 : row[a.len % 3][b.len];
}
