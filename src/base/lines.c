/*
 * Wide passes. With AVX2 the stems are found as Hyperscan's "Teddy" does it,
 * by two look-ups of half a byte for each of three neighbouring bytes; with
 * AVX-512 VBMI a whole byte is looked up at once.
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/lines.h"

#include "base/compiler.h"
#include "base/limits.h"

#if defined(__x86_64__) && (defined(__GNUC__) || defined(__clang__))
#define HAVE_X86 1
#include <immintrin.h>
#else
#define HAVE_X86 0
#endif

void
chy_stems_init(chy_stems *stems)
{
	memset(stems, 0, sizeof(*stems));
}

void
chy_stems_add(chy_stems *stems, unsigned bit, unsigned place, const char *set)
{
	for (; *set != '\0'; set++) {
		unsigned char c = (unsigned char)*set & 127;
		uint8_t b = (uint8_t)(1u << bit);

		stems->set[place][c] |= b;
		stems->low[place][c & 15] |= b;
		stems->high[place][c >> 4] |= b;
	}
}

CHY_INLINE unsigned
in_set(const chy_stems *s, unsigned place, char ch)
{
	unsigned char c = (unsigned char)ch;

	return s->set[place][c & 127] & (c < 128 ? 0xffu : 0);
}

CHY_INLINE bool
is_candidate(const chy_stems *s, const char *p)
{
	return (in_set(s, 0, p[0]) & in_set(s, 1, p[1]) &
	    in_set(s, 2, p[2])) != 0;
}

/* ---- plain C ---- */

static size_t
lines_find_plain(chy_slice text, uint32_t from, uint32_t *ends, size_t cap,
    uint32_t *ret_next)
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

static size_t
stems_find_plain(const chy_stems *stems, chy_slice text, uint32_t from,
    uint32_t *found, size_t cap, uint32_t *ret_next)
{
	size_t n = 0;

	for (; from + 2 < text.len && n < cap; from++)
		if (is_candidate(stems, text.ptr + from))
			found[n++] = from;
	if (n < cap)
		from = (uint32_t)text.len;
	*ret_next = from;
	return n;
}

#if HAVE_X86

/* ---- shared by the wide ones: 64 bytes a step ---- */

/*
 * Write the offset of every bit of mask; room for all 64 is there. How many
 * there are is as good as random, so the first four are written without
 * asking: a loop would be mispredicted at nearly every step.
 */
#define BMI	__attribute__((target("bmi,popcnt,avx2")))

BMI static inline size_t
put_bits(uint64_t mask, uint32_t base, uint32_t *out)
{
	size_t n = (size_t)_mm_popcnt_u64(mask);

	for (int k = 0; k < 4; k++) {
		out[k] = base + (uint32_t)_tzcnt_u64(mask);
		mask &= mask - 1;
	}
	for (size_t k = 4; CHY_UNLIKELY(mask != 0); k++) {
		out[k] = base + (uint32_t)_tzcnt_u64(mask);
		mask &= mask - 1;
	}
	return n;
}

/* The same for those that are candidates when looked at byte by byte. */
BMI static inline size_t
put_candidates(const chy_stems *stems, const char *text, uint64_t mask,
    uint32_t base, uint32_t *out)
{
	size_t n = 0;

	for (int k = 0; k < 2; k++) {
		uint32_t at = base + (uint32_t)_tzcnt_u64(mask);

		out[n] = at;
		n += (size_t)(mask != 0) & (size_t)is_candidate(stems,
		    text + at);
		mask &= mask - 1;
	}
	while (CHY_UNLIKELY(mask != 0)) {
		uint32_t at = base + (uint32_t)_tzcnt_u64(mask);

		mask &= mask - 1;
		out[n] = at;
		n += is_candidate(stems, text + at);
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

/* ---- AVX2 ---- */

BMI static size_t
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

/* 32 possible candidates' bits at p. */
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

BMI static size_t
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
		n += put_candidates(stems, text.ptr, mask, from, found + n);
	}
	*ret_next = from < len ? from : (uint32_t)text.len;
	return n;
}

/* ---- AVX-512 with byte permutation ---- */

#define AVX512	__attribute__((target("avx512f,avx512bw,avx512vbmi,bmi,popcnt,avx2")))

AVX512 static size_t
lines_find_avx512(chy_slice text, uint32_t from, uint32_t *ends, size_t cap,
    uint32_t *ret_next)
{
	const __m512i lf = _mm512_set1_epi8('\n');
	size_t n = 0;

	for (; from < text.len && cap - n >= 64; from += 64) {
		uint64_t mask = _mm512_cmpeq_epi8_mask(
		    _mm512_loadu_si512(text.ptr + from), lf);

		if (text.len - from < 64)
			mask &= inside(from, text.len);
		n += put_bits(mask, from, ends + n);
	}
	*ret_next = from < text.len ? from : (uint32_t)text.len;
	return n;
}

/* A byte above 127 is looked up by its low seven bits: put_candidates looks
 * again. */
AVX512 static size_t
stems_find_avx512(const chy_stems *stems, chy_slice text, uint32_t from,
    uint32_t *found, size_t cap, uint32_t *ret_next)
{
	size_t len = text.len >= 2 ? text.len - 2 : 0, n = 0;
	__m512i a[3], b[3];

	for (int i = 0; i < 3; i++) {
		a[i] = _mm512_loadu_si512(stems->set[i]);
		b[i] = _mm512_loadu_si512(stems->set[i] + 64);
	}
	for (; from < len && cap - n >= 64; from += 64) {
		const char *p = text.ptr + from;
		__m512i x = _mm512_permutex2var_epi8(a[0],
		    _mm512_loadu_si512(p), b[0]);
		__m512i y = _mm512_permutex2var_epi8(a[1],
		    _mm512_loadu_si512(p + 1), b[1]);
		__m512i z = _mm512_permutex2var_epi8(a[2],
		    _mm512_loadu_si512(p + 2), b[2]);
		uint64_t mask = _mm512_test_epi8_mask(_mm512_and_si512(x, y),
		    z);

		if (len - from < 64)
			mask &= inside(from, len);
		n += put_candidates(stems, text.ptr, mask, from, found + n);
	}
	*ret_next = from < len ? from : (uint32_t)text.len;
	return n;
}

static bool
has_avx512(void)
{
	return __builtin_cpu_supports("avx512bw") &&
	    __builtin_cpu_supports("avx512vbmi") &&
	    __builtin_cpu_supports("bmi");
}

static bool
has_avx2(void)
{
	return __builtin_cpu_supports("avx2") &&
	    __builtin_cpu_supports("bmi") && __builtin_cpu_supports("popcnt");
}

#endif

chy_wide
chy_wide_at(size_t i)
{
#if HAVE_X86
	if (has_avx512() && i-- == 0)
		return (chy_wide){ "avx512", lines_find_avx512,
		    stems_find_avx512 };
	if (has_avx2() && i-- == 0)
		return (chy_wide){ "avx2", lines_find_avx2, stems_find_avx2 };
#endif
	if (i == 0)
		return (chy_wide){ "plain", lines_find_plain,
		    stems_find_plain };
	return (chy_wide){ NULL, NULL, NULL };
}

size_t
chy_lines_find(chy_slice text, uint32_t from, uint32_t *ends, size_t cap,
    uint32_t *ret_next)
{
	return chy_wide_at(0).lines_find(text, from, ends, cap, ret_next);
}

size_t
chy_stems_find(const chy_stems *stems, chy_slice text, uint32_t from,
    uint32_t *found, size_t cap, uint32_t *ret_next)
{
	return chy_wide_at(0).stems_find(stems, text, from, found, cap,
	    ret_next);
}
