/*
 * The arena: a list of blocks, each twice as large as the one before.
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/arena.h"

#include <stdlib.h>

#define FIRST_BLOCK	((size_t)32 << 10)
#define LARGEST_STEP	((size_t)4 << 20)

struct chy_arena_block {
	struct chy_arena_block *older;
	size_t			size;	/* bytes after this head */
	char			pad[48];	/* keeps the memory aligned to 64 */
};

void
chy_arena_init(chy_arena *arena, size_t first_block)
{
	*arena = (chy_arena){ .least = first_block ? first_block : FIRST_BLOCK };
}

static void
free_blocks(struct chy_arena_block *b)
{
	while (b != NULL) {
		struct chy_arena_block *older = b->older;

		free(b);
		b = older;
	}
}

void
chy_arena_done(chy_arena *arena)
{
	size_t least = arena->least;

	free_blocks(arena->block);
	chy_arena_init(arena, least);
}

void
chy_arena_reset(chy_arena *arena)
{
	struct chy_arena_block *b = arena->block;

	arena->failed = false;
	if (b == NULL)
		return;
	free_blocks(b->older);
	b->older = NULL;
	arena->next = (char *)(b + 1);
	arena->end = arena->next + b->size;
}

void *
chy_arena_slow(chy_arena *arena, size_t size)
{
	struct chy_arena_block *b;
	size_t padded = (size + 15u) & ~(size_t)15u;
	size_t want = arena->least > padded ? arena->least : padded;
	char *p;

	if (arena->failed)
		return NULL;
	if (padded < size || want > SIZE_MAX - sizeof(*b) ||
	    (b = malloc(sizeof(*b) + want)) == NULL) {
		arena->failed = true;
		arena->next = arena->end = NULL;
		return NULL;
	}
	b->older = arena->block;
	b->size = want;
	arena->block = b;
	p = (char *)(b + 1);
	arena->next = p + padded;
	arena->end = p + want;
	if (arena->least < LARGEST_STEP)
		arena->least *= 2;
	return p;
}

void *
chy_arena_zalloc(chy_arena *arena, size_t n, size_t size)
{
	void *p;

	if (size != 0 && n > SIZE_MAX / size)
		n = SIZE_MAX, size = 1;
	p = chy_arena_alloc(arena, n * size);
	if (p != NULL)
		memset(p, 0, n * size);
	return p;
}

chy_slice
chy_arena_copy(chy_arena *arena, chy_slice s)
{
	char *p = s.len < SIZE_MAX ? chy_arena_alloc(arena, s.len + 1) : NULL;

	if (p == NULL)
		return CHY_EMPTY;
	if (s.len > 0)
		memcpy(p, s.ptr, s.len);
	p[s.len] = '\0';
	return (chy_slice){ p, s.len };
}
