/*
 * UTF-8 (RFC 3629): lengths, validity, columns.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_BASE_UTF8_H
#define CHY_BASE_UTF8_H

#include "base/slice.h"

/* Bytes of the character at the start of s; 0 where none is valid there
 * (overlong, surrogate, above U+10FFFF, cut off) or s is empty. */
size_t	chy_utf8_len(chy_slice s);

/* The same, with its code point. */
size_t	chy_utf8_get(chy_slice s, uint32_t *ret_code);

/* Offset of the first byte that is not valid UTF-8; s.len if all is. */
size_t	chy_utf8_check(chy_slice s);

/* Characters in s; a byte that is not valid counts as one. */
size_t	chy_utf8_count(chy_slice s);

/* The letters of a to z that a Latin letter with marks, U+00C0 to U+017F, is
 * written with where there are none: 1 for e with an accent, 2 for the German
 * sharp s; 0 for what is none, or no such letter. */
size_t	chy_utf8_bare(uint32_t code, char out[2]);

/* Write a code point; returns its 1 to 4 bytes. */
size_t	chy_utf8_put(uint32_t code, char out[4]);

#endif
