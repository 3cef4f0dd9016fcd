/*
 * Sketches of paragraphs, and how much two texts have in common.
 *
 * SPDX-License-Identifier: ISC
 */
#include "compare/compare.h"

#include <stdlib.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "base/ascii.h"
#include "vocab/vocab.h"

#define SHINGLE	4u

static bool
is_letter(char c)
{
	return chy_is_alnum(c) || (unsigned char)c >= 0x80;
}

/* The hash of a word whose letters may be of either size: bit 5 is set in
 * all bytes, which maps no two letters to one. `end` is that of the text. */
static inline uint64_t
word_hash(const char *p, size_t n, const char *end)
{
	uint64_t h = n, w;

	for (; n > 8; p += 8, n -= 8)
		h = chy_hash_mix(h, (chy_hash_load4(p) |
		    chy_hash_load4(p + 4) << 32) |
		    UINT64_C(0x2020202020202020));
	if (end - p >= 8) {
		w = chy_hash_load4(p) | chy_hash_load4(p + 4) << 32;
		w &= UINT64_MAX >> (64 - 8 * n);
	} else {
		w = 0;
		for (size_t i = 0; i < n; i++)
			w |= (uint64_t)(unsigned char)p[i] << (8 * i);
	}
	return chy_hash_mix(h, w | UINT64_C(0x2020202020202020));
}

/* The last four words of a walk. */
struct shingle {
	uint64_t last[SHINGLE];
	uint32_t n;
};

static inline uint64_t
rotate(uint64_t v, unsigned by)
{
	return v << by | v >> (64 - by);
}

/* The hash of the last four words, this one put behind them. */
static inline uint64_t
shingle_put(struct shingle *s, uint64_t word)
{
	uint64_t h = word + rotate(s->last[0], 13) + rotate(s->last[1], 29) +
	    rotate(s->last[2], 47);

	s->last[2] = s->last[1];
	s->last[1] = s->last[0];
	s->last[0] = word;
	s->n++;
	return chy_hash_mix(h, UINT64_C(0x5bd1e9955bd1e995));
}

/* What the words of a text come to: the least hashes, or, with `at`, all of
 * those of four words. */
struct walk {
	uint32_t  a, b;
	uint64_t *at;
	size_t	  n;
	struct shingle sh;
};

static inline void
put_word(struct walk *w, const char *p, size_t n, const char *end)
{
	uint64_t hash = shingle_put(&w->sh, word_hash(p, n, end));
	uint32_t low = (uint32_t)hash, high = (uint32_t)(hash >> 32);

	if (w->sh.n < SHINGLE)
		return;
	if (w->at != NULL)
		w->at[w->n++] = hash;
	w->a = low < w->a ? low : w->a;
	w->b = high < w->b ? high : w->b;
}

static void
walk_words(chy_slice s, struct walk *w)
{
	const char *end = s.ptr + s.len;
	size_t start = 0, i = 0;
	bool inside = false;

#if defined(__SSE2__)
	const __m128i bit = _mm_set1_epi8(0x20);
	const __m128i la = _mm_set1_epi8('a' - 1), lz = _mm_set1_epi8('z' + 1);
	const __m128i zero = _mm_set1_epi8('0' - 1);
	const __m128i nine = _mm_set1_epi8('9' + 1);

	for (; i + 16 <= s.len; i += 16) {
		__m128i v = _mm_loadu_si128(
		    (const __m128i *)(const void *)(s.ptr + i));
		__m128i low = _mm_or_si128(v, bit);
		unsigned m = (unsigned)_mm_movemask_epi8(_mm_or_si128(
		    _mm_or_si128(_mm_and_si128(_mm_cmpgt_epi8(low, la),
		    _mm_cmplt_epi8(low, lz)), _mm_and_si128(
		    _mm_cmpgt_epi8(v, zero), _mm_cmplt_epi8(v, nine))), v));
		/* Where it changes from inside of a word to outside. */
		unsigned turn = (m ^ (m << 1 | (inside ? 1u : 0u))) & 0xffffu;

		for (; turn != 0; turn &= turn - 1) {
			size_t at = i + (size_t)__builtin_ctz(turn);

			if (inside)
				put_word(w, s.ptr + start, at - start, end);
			start = at;
			inside = !inside;
		}
	}
#endif
	for (; i < s.len; i++) {
		if (is_letter(s.ptr[i]) == inside)
			continue;
		if (inside)
			put_word(w, s.ptr + start, i - start, end);
		start = i;
		inside = !inside;
	}
	if (inside)
		put_word(w, s.ptr + start, s.len - start, end);
}

chy_sketch
chy_sketch_make(chy_slice text)
{
	struct walk w = { .a = UINT32_MAX, .b = UINT32_MAX };

	walk_words(text, &w);
	if (w.sh.n < CHY_SKETCH_WORDS)
		return (chy_sketch){ { 0, 0 }, w.sh.n };
	/* 0, 0 is for none. */
	return (chy_sketch){ { w.a | 1u, w.b | 1u }, w.sh.n };
}

static int
hash_cmp(const void *a, const void *b)
{
	uint64_t ha = *(const uint64_t *)a, hb = *(const uint64_t *)b;

	return ha < hb ? -1 : ha > hb;
}

/* The different sequences of words of the texts, in order. */
static uint64_t *
shingles(const chy_slice *texts, uint32_t n, size_t *ret_n)
{
	struct walk l = { .n = 0 };
	size_t room = 1, kept = 0;

	for (uint32_t i = 0; i < n; i++)
		room += texts[i].len / 2 + 1;
	l.at = malloc(room * sizeof(*l.at));
	if (l.at == NULL)
		return NULL;
	for (uint32_t i = 0; i < n; i++) {
		l.sh.n = 0;
		walk_words(texts[i], &l);
	}
	qsort(l.at, l.n, sizeof(*l.at), hash_cmp);
	for (size_t i = 0; i < l.n; i++)
		if (i == 0 || l.at[i] != l.at[i - 1])
			l.at[kept++] = l.at[i];
	*ret_n = kept;
	return l.at;
}

double
chy_text_resemblance(const chy_slice *a, uint32_t n_a, const chy_slice *b,
    uint32_t n_b)
{
	size_t na = 0, nb = 0, both = 0;
	uint64_t *sa = shingles(a, n_a, &na), *sb = shingles(b, n_b, &nb);
	double value = -1;

	if (sa != NULL && sb != NULL) {
		for (size_t i = 0, k = 0; i < na && k < nb; ) {
			both += sa[i] == sb[k];
			if (sa[i] < sb[k]) {
				i++;
			} else if (sa[i] > sb[k]) {
				k++;
			} else {
				i++;
				k++;
			}
		}
		value = na + nb == 0 ? 1 :
		    (double)both / (double)(na + nb - both);
	}
	free(sa);
	free(sb);
	return value;
}
