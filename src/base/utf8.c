/*
 * UTF-8 by the table of RFC 3629, section 4.
 *
 * SPDX-License-Identifier: ISC
 */
#include <string.h>

#include "base/utf8.h"

size_t
chy_utf8_get(chy_slice s, uint32_t *ret_code)
{
	const unsigned char *p = (const unsigned char *)s.ptr;
	unsigned char lo = 0x80, hi = 0xbf;
	uint32_t code;
	size_t n;

	if (s.len == 0)
		return 0;
	if (p[0] < 0x80) {
		*ret_code = p[0];
		return 1;
	}
	if (p[0] >= 0xc2 && p[0] <= 0xdf) {
		n = 2;
		code = p[0] & 0x1fu;
	} else if (p[0] >= 0xe0 && p[0] <= 0xef) {
		n = 3;
		code = p[0] & 0x0fu;
		if (p[0] == 0xe0)
			lo = 0xa0;
		else if (p[0] == 0xed)
			hi = 0x9f;
	} else if (p[0] >= 0xf0 && p[0] <= 0xf4) {
		n = 4;
		code = p[0] & 0x07u;
		if (p[0] == 0xf0)
			lo = 0x90;
		else if (p[0] == 0xf4)
			hi = 0x8f;
	} else {
		return 0;
	}
	if (s.len < n || p[1] < lo || p[1] > hi)
		return 0;
	code = code << 6 | (p[1] & 0x3fu);
	for (size_t i = 2; i < n; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return 0;
		code = code << 6 | (p[i] & 0x3fu);
	}
	*ret_code = code;
	return n;
}

size_t
chy_utf8_len(chy_slice s)
{
	uint32_t code;

	return chy_utf8_get(s, &code);
}

size_t
chy_utf8_check(chy_slice s)
{
	size_t i = 0;

	while (i < s.len) {
		uint64_t word;
		size_t n;

		if (s.len - i >= 8) {
			memcpy(&word, s.ptr + i, 8);
			if ((word & 0x8080808080808080u) == 0) {
				i += 8;
				continue;
			}
		}
		if ((unsigned char)s.ptr[i] < 0x80) {
			i++;
			continue;
		}
		n = chy_utf8_len(chy_slice_from(s, i));
		if (n == 0)
			return i;
		i += n;
	}
	return s.len;
}

size_t
chy_utf8_count(chy_slice s)
{
	size_t count = 0;

	for (size_t i = 0; i < s.len; count++) {
		size_t n = chy_utf8_len(chy_slice_from(s, i));

		i += n == 0 ? 1 : n;
	}
	return count;
}

size_t
chy_utf8_put(uint32_t code, char out[4])
{
	if (code < 0x80) {
		out[0] = (char)code;
		return 1;
	}
	if (code < 0x800) {
		out[0] = (char)(0xc0 | code >> 6);
		out[1] = (char)(0x80 | (code & 0x3f));
		return 2;
	}
	if (code < 0x10000) {
		out[0] = (char)(0xe0 | code >> 12);
		out[1] = (char)(0x80 | (code >> 6 & 0x3f));
		out[2] = (char)(0x80 | (code & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | code >> 18);
	out[1] = (char)(0x80 | (code >> 12 & 0x3f));
	out[2] = (char)(0x80 | (code >> 6 & 0x3f));
	out[3] = (char)(0x80 | (code & 0x3f));
	return 4;
}

/* From U+00C0 on; '.' is no letter, a capital two letters: of `pairs`. */
static const char bare[] =
    "aaaaaaAceeeeiiiidnooooo.ouuuuyBCaaaaaaAceeeeiiiidnooooo.ouuuuyBy"
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiDDjjkkklllllll"
    "lllnnnnnnnnnooooooEErrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
static const char pairs[][3] = { "ae", "th", "ss", "ij", "oe" };

size_t
chy_utf8_bare(uint32_t code, char out[2])
{
	char c;

	if (code < 0xc0 || code >= 0xc0 + sizeof(bare) - 1)
		return 0;
	c = bare[code - 0xc0];
	if (c >= 'A' && c <= 'E') {
		memcpy(out, pairs[c - 'A'], 2);
		return 2;
	}
	out[0] = c;
	return c != '.';
}
