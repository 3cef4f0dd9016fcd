/*
 * Words and days: what rules ask of a few bytes.
 *
 * SPDX-License-Identifier: ISC
 */
#include "check/check_int.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

size_t
chy_word_in(chy_slice s, chy_slice word)
{
	for (size_t i = 0; i + word.len <= s.len; i++) {
		if (chy_upper(s.ptr[i]) != word.ptr[0] ||
		    !chy_slice_istarts(chy_slice_from(s, i), word) ||
		    (i > 0 && chy_is_alnum(s.ptr[i - 1])) ||
		    (i + word.len < s.len &&
		    chy_is_alnum(s.ptr[i + word.len])))
			continue;
		return i;
	}
	return s.len;
}

bool
chy_has_word(chy_slice s, const char *word)
{
	return chy_word_in(s, chy_slice_of(word)) < s.len;
}

bool
chy_has_text(chy_slice s, const char *text)
{
	return chy_slice_ihas(s, chy_slice_of(text));
}

bool
chy_all_upper(chy_slice s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!chy_is_upper(s.ptr[i]))
			return false;
	return s.len > 0;
}

bool
chy_all_digits(chy_slice s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!chy_is_digit(s.ptr[i]))
			return false;
	return s.len > 0;
}

bool
chy_next_word(chy_slice s, size_t *at, chy_slice *ret)
{
	size_t i = *at, end;

	while (i < s.len && chy_is_space(s.ptr[i]))
		i++;
	for (end = i; end < s.len && !chy_is_space(s.ptr[end]);)
		end++;
	*at = end;
	*ret = chy_slice_sub(s, i, end - i);
	return end > i;
}

uint32_t
chy_number(chy_slice s)
{
	uint32_t v = 0;

	for (size_t i = 0; i < s.len && i < 9 && chy_is_digit(s.ptr[i]); i++)
		v = v * 10 + (uint32_t)(s.ptr[i] - '0');
	return v;
}

size_t
chy_squeeze(chy_slice s, char *out, size_t size)
{
	size_t n = 0;

	for (size_t i = 0; i < s.len && n < size; i++) {
		if (chy_is_alpha(s.ptr[i]))
			out[n++] = chy_upper(s.ptr[i]);
		else if (!chy_is_blank(s.ptr[i]))
			break;
	}
	return n;
}

/* Sixteen at a time; the text is padded. */
size_t
chy_first_lower(chy_slice s)
{
	size_t i = 0;

#if defined(__SSE2__)
	const __m128i before = _mm_set1_epi8('a' - 1);
	const __m128i after = _mm_set1_epi8('z' + 1);

	for (; i < s.len; i += 16) {
		__m128i v = _mm_loadu_si128(
		    (const __m128i *)(const void *)(s.ptr + i));
		int mask = _mm_movemask_epi8(_mm_and_si128(
		    _mm_cmpgt_epi8(v, before), _mm_cmplt_epi8(v, after)));

		if (mask != 0) {
			i += (size_t)__builtin_ctz((unsigned)mask);
			break;
		}
	}
	return i < s.len ? i : s.len;
#else
	while (i < s.len && !chy_is_lower(s.ptr[i]))
		i++;
	return i;
#endif
}


/* ---- days ---- */

int
chy_ymd_year(chy_ymd day)
{
	return (int)(day / 10000);
}

static bool
is_leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

chy_ymd
chy_ymd_add_years(chy_ymd day, int years)
{
	int year = chy_ymd_year(day) + years;
	chy_ymd md = day % 10000;

	/* 29 February becomes the 28th where there is none. */
	if (md == 229 && !is_leap(year))
		md = 228;
	return (chy_ymd)year * 10000 + md;
}

chy_ymd
chy_ymd_civil(chy_civil c)
{
	return chy_ymd_of(c.year, c.month, c.day);
}

static chy_civil
civil_of(chy_ymd day)
{
	return (chy_civil){ .year = (int32_t)(day / 10000),
	    .month = (uint8_t)(day / 100 % 100), .day = (uint8_t)(day % 100) };
}

chy_ymd
chy_ymd_add_days(chy_ymd day, int days)
{
	int64_t s = chy_civil_seconds(civil_of(day)) + (int64_t)days * 86400;

	return chy_ymd_civil(chy_civil_from(s));
}

bool
chy_ymd_valid(chy_ymd day)
{
	return day >= 10000101 && chy_civil_valid(civil_of(day));
}
