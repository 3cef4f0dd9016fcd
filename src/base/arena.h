/*
 * Memory that is given out piece by piece and freed at once: one arena for
 * one telegram, one request, one result. After the first allocation that
 * fails an arena gives out NULL for ever and remembers (chy_arena_failed).
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_BASE_ARENA_H
#define CHY_BASE_ARENA_H

#include "base/compiler.h"
#include "base/slice.h"

struct chy_arena_block;

typedef struct chy_arena {
	char			*next;	/* first free byte of the block */
	char			*end;
	struct chy_arena_block	*block;	/* the newest; NULL: none yet */
	size_t			 least;	/* bytes of the next block */
	bool			 failed;
} chy_arena;

/* An arena without memory; first_block is the size of its first one, 0 for
 * a default. Allocates nothing. */
void	chy_arena_init(chy_arena *arena, size_t first_block);

/* Free everything. The arena may be used again. */
void	chy_arena_done(chy_arena *arena);

/* Give everything back but keep the largest block for the next use. */
void	chy_arena_reset(chy_arena *arena);

/* `size` bytes aligned for any object, not set to anything. NULL after a
 * failure. */
void	*chy_arena_slow(chy_arena *arena, size_t size);

static inline void *
chy_arena_alloc(chy_arena *arena, size_t size)
{
	size_t padded = (size + 15u) & ~(size_t)15u;
	char *p = arena->next;

	if (CHY_LIKELY(padded >= size && padded <= (size_t)(arena->end - p))) {
		arena->next = p + padded;
		return p;
	}
	return chy_arena_slow(arena, size);
}

/* Give back what the newest allocation did not use: `p` is what it returned,
 * `used` its first bytes, which stay. */
static inline void
chy_arena_shrink(chy_arena *arena, void *p, size_t used)
{
	size_t padded = (used + 15u) & ~(size_t)15u;

	if (p != NULL && (char *)p + padded <= arena->next)
		arena->next = (char *)p + padded;
}

/* The same as chy_arena_alloc for `n` objects of `size` bytes, set to zero; the product is
 * checked. */
void	*chy_arena_zalloc(chy_arena *arena, size_t n, size_t size);

/* A copy of the bytes with a NUL after them; empty after a failure. */
chy_slice chy_arena_copy(chy_arena *arena, chy_slice s);

static inline bool
chy_arena_failed(const chy_arena *arena)
{
	return arena->failed;
}

#endif
