/*
 * Wide passes. The stems are found as Hyperscan's "Teddy" does it: two table
 * look-ups by nibble for each of three neighbouring bytes, and-ed.
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/lines.h"

#include "base/compiler.h"
#include "base/limits.h"

#if defined(__x86_64__) && (defined(__GNUC__) || defined(__clang__))
#define HAVE_AVX2 1
#include <immintrin.h>
#else
#define HAVE_AVX2 0
#endif

size_t
chy_lines_find_plain(chy_slice text, uint32_t from, uint32_t *ends,
    size_t cap, uint32_t *ret_next)
{
	size_t n = 0;

	while (from < text.len && n < cap) {
		const char *p = memchr(text.ptr + from, '\n', text.len - from);

		if (p == NULL) {
			from = (uint32_t)text.len;
			break;
		}
		ends[n++] = (uint32_t)(p - text.ptr);
		from = ends[n - 1] + 1;
	}
	*ret_next = from;
	return n;
}

void
chy_stems_init(chy_stems *stems)
{
	memset(stems, 0, sizeof(*stems));
}

void
chy_stems_add(chy_stems *stems, unsigned bit, unsigned place, const char *set)
{
	for (; *set != '\0'; set++) {
		unsigned char c = (unsigned char)*set;

		stems->low[place][c & 15] |= (uint8_t)(1u << bit);
		stems->high[place][c >> 4] |= (uint8_t)(1u << bit);
	}
}

static uint8_t
stems_at(const chy_stems *s, unsigned place, char ch)
{
	unsigned char c = (unsigned char)ch;

	return s->low[place][c & 15] & s->high[place][c >> 4];
}

size_t
chy_stems_find_plain(const chy_stems *stems, chy_slice text, uint32_t from,
    uint32_t *found, size_t cap, uint32_t *ret_next)
{
	size_t n = 0;

	for (; from + 2 < text.len && n < cap; from++)
		if (stems_at(stems, 0, text.ptr[from]) &
		    stems_at(stems, 1, text.ptr[from + 1]) &
		    stems_at(stems, 2, text.ptr[from + 2]))
			found[n++] = from;
	if (n < cap)
		from = (uint32_t)text.len;
	*ret_next = from;
	return n;
}

#if HAVE_AVX2

/* Write the offset of every bit of mask; room for all 64 is there. */
CHY_INLINE size_t
put_bits(uint64_t mask, uint32_t base, uint32_t *out)
{
	size_t n = 0;

	while (mask != 0) {
		out[n++] = base + (uint32_t)__builtin_ctzll(mask);
		mask &= mask - 1;
	}
	return n;
}

/* Bits of a step that lie inside the text. */
CHY_INLINE uint64_t
inside(uint32_t from, size_t len)
{
	size_t left = len - from;

	return left >= 64 ? ~UINT64_C(0) : (UINT64_C(1) << left) - 1;
}

__attribute__((target("avx2"))) static size_t
lines_find_avx2(chy_slice text, uint32_t from, uint32_t *ends, size_t cap,
    uint32_t *ret_next)
{
	const __m256i lf = _mm256_set1_epi8('\n');
	size_t n = 0;

	for (; from < text.len && cap - n >= 64; from += 64) {
		const char *p = text.ptr + from;
		__m256i a = _mm256_loadu_si256((const __m256i *)(const void *)p);
		__m256i b = _mm256_loadu_si256(
		    (const __m256i *)(const void *)(p + 32));
		uint64_t mask = (uint32_t)_mm256_movemask_epi8(
		    _mm256_cmpeq_epi8(a, lf));

		mask |= (uint64_t)(uint32_t)_mm256_movemask_epi8(
		    _mm256_cmpeq_epi8(b, lf)) << 32;
		n += put_bits(mask & inside(from, text.len), from, ends + n);
	}
	*ret_next = from < text.len ? from : (uint32_t)text.len;
	return n;
}

__attribute__((target("avx2"))) static __m256i
table(const uint8_t t[16])
{
	return _mm256_broadcastsi128_si256(
	    _mm_loadu_si128((const __m128i *)(const void *)t));
}

/* 32 candidates' bits at p. */
__attribute__((target("avx2"))) static inline uint32_t
stems_32(const char *p, const __m256i low[3], const __m256i high[3])
{
	const __m256i nibble = _mm256_set1_epi8(15);
	__m256i all = _mm256_set1_epi8(-1);

	for (int i = 0; i < 3; i++) {
		__m256i v = _mm256_loadu_si256(
		    (const __m256i *)(const void *)(p + i));
		__m256i lo = _mm256_shuffle_epi8(low[i],
		    _mm256_and_si256(v, nibble));
		__m256i hi = _mm256_shuffle_epi8(high[i],
		    _mm256_and_si256(_mm256_srli_epi16(v, 4), nibble));

		all = _mm256_and_si256(all, _mm256_and_si256(lo, hi));
	}
	return ~(uint32_t)_mm256_movemask_epi8(
	    _mm256_cmpeq_epi8(all, _mm256_setzero_si256()));
}

__attribute__((target("avx2"))) static size_t
stems_find_avx2(const chy_stems *stems, chy_slice text, uint32_t from,
    uint32_t *found, size_t cap, uint32_t *ret_next)
{
	size_t len = text.len >= 2 ? text.len - 2 : 0, n = 0;
	__m256i low[3], high[3];

	for (int i = 0; i < 3; i++) {
		low[i] = table(stems->low[i]);
		high[i] = table(stems->high[i]);
	}
	for (; from < len && cap - n >= 64; from += 64) {
		const char *p = text.ptr + from;
		uint64_t mask = stems_32(p, low, high) |
		    (uint64_t)stems_32(p + 32, low, high) << 32;

		if (len - from < 64)
			mask &= inside(from, len);
		if (mask != 0)
			n += put_bits(mask, from, found + n);
	}
	*ret_next = from < len ? from : (uint32_t)text.len;
	return n;
}

#endif

size_t
chy_lines_find(chy_slice text, uint32_t from, uint32_t *ends, size_t cap,
    uint32_t *ret_next)
{
#if HAVE_AVX2
	if (__builtin_cpu_supports("avx2"))
		return lines_find_avx2(text, from, ends, cap, ret_next);
#endif
	return chy_lines_find_plain(text, from, ends, cap, ret_next);
}

size_t
chy_stems_find(const chy_stems *stems, chy_slice text, uint32_t from,
    uint32_t *found, size_t cap, uint32_t *ret_next)
{
#if HAVE_AVX2
	if (__builtin_cpu_supports("avx2"))
		return stems_find_avx2(stems, text, from, found, cap, ret_next);
#endif
	return chy_stems_find_plain(stems, text, from, found, cap, ret_next);
}
