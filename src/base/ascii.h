/*
 * Classes of ASCII characters. Ours, because the locale is not: the same
 * bytes mean the same everywhere. Bytes above 127 are in no class.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_BASE_ASCII_H
#define CHY_BASE_ASCII_H

#include <stdbool.h>
#include <stdint.h>

#define CHY_C_UPPER	0x01u
#define CHY_C_LOWER	0x02u
#define CHY_C_DIGIT	0x04u
#define CHY_C_BLANK	0x08u	/* blank and tab */
#define CHY_C_EOL	0x10u	/* line feed, carriage return, VT, FF */
#define CHY_C_PUNCT	0x20u
#define CHY_C_ALPHA	(CHY_C_UPPER | CHY_C_LOWER)
#define CHY_C_ALNUM	(CHY_C_ALPHA | CHY_C_DIGIT)
#define CHY_C_SPACE	(CHY_C_BLANK | CHY_C_EOL)

extern const uint8_t chy_ascii[256];

#define CHY_IS(name, mask)						\
	static inline bool						\
	chy_is_##name(char c)						\
	{								\
		return (chy_ascii[(unsigned char)c] & (mask)) != 0;	\
	}
CHY_IS(upper, CHY_C_UPPER)
CHY_IS(lower, CHY_C_LOWER)
CHY_IS(alpha, CHY_C_ALPHA)
CHY_IS(digit, CHY_C_DIGIT)
CHY_IS(alnum, CHY_C_ALNUM)
CHY_IS(blank, CHY_C_BLANK)
CHY_IS(space, CHY_C_SPACE)
CHY_IS(punct, CHY_C_PUNCT)
#undef CHY_IS

static inline char
chy_upper(char c)
{
	return chy_is_lower(c) ? (char)(c - 32) : c;
}

static inline char
chy_lower(char c)
{
	return chy_is_upper(c) ? (char)(c + 32) : c;
}

#endif
