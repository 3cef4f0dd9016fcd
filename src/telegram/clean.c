/*
 * Cleaning copies whole registers and stops only at a line end or a byte
 * above 127.
 *
 * SPDX-License-Identifier: ISC
 */
#include "telegram/clean.h"

#include "base/ascii.h"
#include "base/compiler.h"
#include "base/utf8.h"

#if defined(__x86_64__) && (defined(__GNUC__) || defined(__clang__))
#define HAVE_X86 1
#include <immintrin.h>
#else
#define HAVE_X86 0
#endif

/* Windows-1252, 0x80 to 0x9f; 0 where it has no character. */
static const uint16_t cp1252[32] = {
	0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
	0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d, 0,
	0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
	0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178,
};

/*
 * Copy bytes up to the first line end or byte above 127; returns how many.
 * The wide ones read and write a register past the end.
 */
static size_t
copy_plain(const char *in, size_t len, char *out)
{
	size_t i = 0;

	for (; i < len; i++) {
		if (in[i] == '\n' || in[i] == '\r' ||
		    (unsigned char)in[i] >= 0x80)
			break;
		out[i] = in[i];
	}
	return i;
}

#if HAVE_X86
__attribute__((target("avx2"))) static size_t
copy_plain_avx2(const char *in, size_t len, char *out)
{
	const __m256i lf = _mm256_set1_epi8('\n'), cr = _mm256_set1_epi8('\r');

	for (size_t i = 0; i < len; i += 32) {
		__m256i v = _mm256_loadu_si256(
		    (const __m256i *)(const void *)(in + i));
		unsigned stop = (unsigned)_mm256_movemask_epi8(_mm256_or_si256(
		    v, _mm256_or_si256(_mm256_cmpeq_epi8(v, lf),
		    _mm256_cmpeq_epi8(v, cr))));

		_mm256_storeu_si256((__m256i *)(void *)(out + i), v);
		if (stop != 0) {
			size_t at = i + (size_t)__builtin_ctz(stop);

			return at < len ? at : len;
		}
	}
	return len;
}

__attribute__((target("avx512f,avx512bw"))) static size_t
copy_plain_avx512(const char *in, size_t len, char *out)
{
	const __m512i lf = _mm512_set1_epi8('\n'), cr = _mm512_set1_epi8('\r');

	for (size_t i = 0; i < len; i += 64) {
		__m512i v = _mm512_loadu_si512(in + i);
		uint64_t stop = _mm512_movepi8_mask(v) |
		    _mm512_cmpeq_epi8_mask(v, lf) |
		    _mm512_cmpeq_epi8_mask(v, cr);

		_mm512_storeu_si512(out + i, v);
		if (stop != 0) {
			size_t at = i + (size_t)__builtin_ctzll(stop);

			return at < len ? at : len;
		}
	}
	return len;
}
#endif

/* What stands for a character of publication; NULL: it stays. */
static const char *
transmitted(uint32_t code)
{
	switch (code) {
	case 0x00a0:
	case 0x202f:	return " ";
	case 0x00b6:	return "";
	case 0x2010:
	case 0x2011:
	case 0x2012:
	case 0x2013:
	case 0x2014:
	case 0x2015:	return "-";
	case 0x2018:
	case 0x2019:
	case 0x201a:
	case 0x201b:	return "'";
	case 0x201c:
	case 0x201d:
	case 0x201e:
	case 0x201f:	return "\"";
	case 0x2026:	return "...";
	case 0xfeff:	return "";
	default:	return NULL;
	}
}

static size_t
put_wide(chy_slice rest, char *out, size_t *ret_used, unsigned *met)
{
	uint32_t code;
	size_t n = chy_utf8_get(rest, &code), used = n;
	const char *instead;

	if (n == 0) {
		unsigned char c = (unsigned char)rest.ptr[0];

		code = c < 0xa0 ? cp1252[c - 0x80] : c;
		used = 1;
		*met |= CHY_CLEAN_NOT_UTF8;
		if (code == 0)
			code = 0xfffd;
	}
	*ret_used = used;
	instead = transmitted(code);
	if (instead == NULL)
		return chy_utf8_put(code, out);
	*met |= CHY_CLEAN_PUBLICATION;
	used = strlen(instead);
	memcpy(out, instead, used);
	return used;
}

size_t
chy_clean(chy_slice raw, char *out, unsigned *met)
{
	const char *p = raw.ptr, *end = raw.ptr + raw.len;
	size_t (*copy)(const char *, size_t, char *) = copy_plain;
	char *o = out;

#if HAVE_X86
	if (__builtin_cpu_supports("avx512bw"))
		copy = copy_plain_avx512;
	else if (__builtin_cpu_supports("avx2"))
		copy = copy_plain_avx2;
#endif

	while (p < end) {
		size_t n = copy(p, (size_t)(end - p), o);

		p += n;
		o += n;
		if (p == end)
			break;
		if ((unsigned char)*p >= 0x80) {
			o += put_wide((chy_slice){ p, (size_t)(end - p) }, o,
			    &n, met);
			p += n;
			continue;
		}
		while (o > out && chy_is_blank(o[-1]))
			o--;
		while (p < end && chy_is_space(*p))
			p++;
		if (o > out && p < end)
			*o++ = ' ';
	}
	while (o > out && chy_is_blank(o[-1]))
		o--;
	return (size_t)(o - out);
}
