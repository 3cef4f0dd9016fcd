/*
 * Bytes that belong to somebody else, and places in a telegram.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_BASE_SLICE_H
#define CHY_BASE_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Bytes somewhere else. Valid as long as what it points into. */
typedef struct chy_slice {
	const char *ptr;	/* not NUL-terminated; may hold any byte */
	size_t	    len;	/* bytes */
} chy_slice;

/* A place in a telegram's text. Stays true as long as the telegram exists. */
typedef struct chy_span {
	uint32_t off;		/* first byte, from the start of the text */
	uint32_t len;		/* bytes; 0 marks the place between two */
} chy_span;

#define CHY_SLICE(lit)	((chy_slice){ "" lit, sizeof(lit) - 1 })
#define CHY_EMPTY	((chy_slice){ "", 0 })

/* A row of a static array of slices. */
#define CHY_LIT(lit)	{ "" lit, sizeof(lit) - 1 }

/* For printf: "%.*s", CHY_ARG(slice). Cut at 2 GiB, far above any limit. */
#define CHY_ARG(s)	(int)((s).len & 0x7fffffff), (s).ptr

static inline chy_slice
chy_slice_of(const char *text)
{
	return (chy_slice){ text, strlen(text) };
}

static inline bool
chy_slice_eq(chy_slice a, chy_slice b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

/* Bytes off to off + len, cut to what there is. */
static inline chy_slice
chy_slice_sub(chy_slice s, size_t off, size_t len)
{
	if (off > s.len)
		off = s.len;
	if (len > s.len - off)
		len = s.len - off;
	return (chy_slice){ s.ptr + off, len };
}

static inline chy_slice
chy_slice_from(chy_slice s, size_t off)
{
	return chy_slice_sub(s, off, SIZE_MAX);
}

static inline bool
chy_slice_starts(chy_slice s, chy_slice with)
{
	return s.len >= with.len && memcmp(s.ptr, with.ptr, with.len) == 0;
}

static inline bool
chy_slice_ends(chy_slice s, chy_slice with)
{
	return s.len >= with.len && (with.len == 0 ||
	    memcmp(s.ptr + (s.len - with.len), with.ptr, with.len) == 0);
}

/* Case-blind in ASCII; other bytes must be equal. The first byte is tested
 * here, since most words that are looked for are not there. */
bool	chy_slice_ieq(chy_slice a, chy_slice b);
bool	chy_slice_istarts_all(chy_slice s, chy_slice with);

static inline bool
chy_slice_istarts(chy_slice s, chy_slice with)
{
	return s.len >= with.len && (with.len == 0 ||
	    (((s.ptr[0] ^ with.ptr[0]) & ~0x20) == 0 &&
	    chy_slice_istarts_all(s, with)));
}

/* Without blanks, tabs and line ends on either side. */
chy_slice chy_slice_trim(chy_slice s);

/* Bytewise order, the shorter first where one begins the other. */
int	chy_slice_cmp(chy_slice a, chy_slice b);

/* Offset of the first `what` at or after `from`; s.len where there is none. */
size_t	chy_slice_find(chy_slice s, chy_slice what, size_t from);

/* Whether s has `what` at any place, in any case. */
bool	chy_slice_ihas(chy_slice s, chy_slice what);

/* Letters to add, drop, change or swap to make one word the other, up to 4;
 * any case. Above CHY_SLICE_DISTANCE bytes it is 4. */
#define CHY_SLICE_DISTANCE	48u
unsigned chy_slice_distance(chy_slice a, chy_slice b);

/*
 * The hash of every table, also of those that tools/gen_vocab.py makes: it
 * computes the same function, so a change here is a change there. Bytes are
 * taken little-endian on every machine; compilers make one load of it.
 */
static inline uint64_t
chy_hash_load4(const char *p)
{
	const unsigned char *b = (const unsigned char *)p;

	return (uint64_t)b[0] | (uint64_t)b[1] << 8 | (uint64_t)b[2] << 16 |
	    (uint64_t)b[3] << 24;
}

static inline uint64_t
chy_hash_mix(uint64_t h, uint64_t w)
{
	h = (h ^ w) * UINT64_C(0x9e3779b97f4a7c15);
	return h ^ h >> 32;
}

static inline uint32_t
chy_slice_hash(chy_slice key)
{
	const char *p = key.ptr;
	size_t n = key.len;
	uint64_t h = (uint64_t)n * UINT64_C(0xc2b2ae3d27d4eb4f);

	for (; n > 8; p += 8, n -= 8)
		h = chy_hash_mix(h,
		    chy_hash_load4(p) | chy_hash_load4(p + 4) << 32);
	if (n >= 4)
		h = chy_hash_mix(h,
		    chy_hash_load4(p) | chy_hash_load4(p + n - 4) << 32);
	else if (n > 0)
		h = chy_hash_mix(h, (uint64_t)(unsigned char)p[0] |
		    (uint64_t)(unsigned char)p[n >> 1] << 8 |
		    (uint64_t)(unsigned char)p[n - 1] << 16);
	h *= UINT64_C(0xff51afd7ed558ccd);
	return (uint32_t)(h >> 32);
}

#endif
