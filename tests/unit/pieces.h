/*
 * Takes a file apart and keeps the pieces, and says whether their segments
 * lead from the text back to every byte received.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_TESTS_PIECES_H
#define CHY_TESTS_PIECES_H

#include <stdlib.h>

#include "base/arena.h"
#include "intake/intake.h"

/* NULL if the piece keeps its promises, else which one it breaks. */
static inline const char *
piece_broken(const chy_piece *p)
{
	size_t raw = 0, text = 0;

	if (p->trouble != NULL || p->n_segments == 0) {
		if (p->n_segments != 0)
			return "trouble comes with segments";
		return chy_slice_eq(p->raw, p->text) ? NULL :
		    "without segments the text is not the bytes";
	}
	for (size_t i = 0; i < p->n_segments; i++) {
		const chy_segment *s = &p->segments[i];

		if (s->raw_off != raw)
			return "the bytes received are not covered in order";
		if (s->off != text)
			return "the text is not covered in order";
		raw += s->raw_len;
		text += s->len;
		if (raw > p->raw.len || text > p->text.len)
			return "a segment reaches past the end";
		switch ((chy_segment_kind)s->kind) {
		case CHY_SEGMENT_COPIED:
			if (!chy_slice_eq(chy_slice_sub(p->raw, s->raw_off,
			    s->raw_len), chy_slice_sub(p->text, s->off,
			    s->len)))
				return "what is copied differs";
			break;
		case CHY_SEGMENT_DECODED:
			if (s->raw_len == 0 || s->len == 0)
				return "something is decoded from nothing";
			break;
		case CHY_SEGMENT_VALUE:
		case CHY_SEGMENT_FRAMING:
			if (s->len != 0)
				return "framing has text";
			break;
		case CHY_SEGMENT_INSERTED:
			if (s->raw_len != 0 || s->len == 0)
				return "what is inserted has bytes";
			break;
		}
	}
	if (raw != p->raw.len)
		return "the bytes received are not covered to the end";
	if (text != p->text.len)
		return "the text is not covered to the end";
	return NULL;
}

typedef struct kept_piece {
	chy_slice   raw, text, id, date, origin, classification, kind;
	chy_slice   first_ref;
	uint32_t    n_refs, part;
	uint64_t    raw_off;
	const char *trouble;	/* copied */
	const char *broken;
} kept_piece;

typedef struct pieces {
	chy_arena   arena;
	kept_piece *at;
	size_t	    n, cap;
	chy_slice   bytes;	/* not given yet */
	size_t	    chunk;
} pieces;

static inline chy_status
pieces_keep(void *arg, const chy_piece *p)
{
	pieces *all = arg;
	kept_piece *k;

	if (all->n == all->cap) {
		all->cap = all->cap ? all->cap * 2 : 16;
		all->at = realloc(all->at, all->cap * sizeof(*all->at));
		if (all->at == NULL)
			return CHY_ERR_NO_MEMORY;
	}
	k = &all->at[all->n++];
	memset(k, 0, sizeof(*k));
	k->raw = chy_arena_copy(&all->arena, p->raw);
	k->text = chy_arena_copy(&all->arena, p->text);
	k->part = p->part;
	k->raw_off = p->raw_off;
	k->broken = piece_broken(p);
	if (p->trouble != NULL)
		k->trouble = chy_arena_copy(&all->arena,
		    chy_slice_of(p->trouble)).ptr;
	if (p->wrapper == NULL)
		return CHY_OK;
	k->id = chy_arena_copy(&all->arena, p->wrapper->reference_id);
	k->date = chy_arena_copy(&all->arena, p->wrapper->date);
	k->origin = chy_arena_copy(&all->arena, p->wrapper->origin);
	k->kind = chy_arena_copy(&all->arena, p->wrapper->kind);
	k->classification = chy_arena_copy(&all->arena,
	    p->wrapper->classification);
	k->n_refs = p->wrapper->references.n;
	if (k->n_refs > 0)
		k->first_ref = chy_arena_copy(&all->arena,
		    p->wrapper->references.at[0]);
	return CHY_OK;
}

static inline chy_status
pieces_fill(void *arg, char *buf, size_t size, size_t *ret_len,
    chy_error *err)
{
	pieces *all = arg;
	size_t n = all->bytes.len;

	(void)err;
	if (n > size)
		n = size;
	if (n > all->chunk)
		n = all->chunk;
	if (n > 0)
		memcpy(buf, all->bytes.ptr, n);
	all->bytes = chy_slice_from(all->bytes, n);
	*ret_len = n;
	return CHY_OK;
}

/* chunk 0: from memory; else given so many bytes at a time. */
static inline pieces
pieces_of(chy_slice bytes, size_t chunk)
{
	pieces all = { .bytes = bytes, .chunk = chunk };
	chy_status st;

	chy_arena_init(&all.arena, 0);
	if (chunk == 0)
		st = chy_intake_bytes(bytes, pieces_keep, &all, NULL);
	else
		st = chy_intake(pieces_fill, &all, pieces_keep, &all, NULL);
	if (st != CHY_OK)
		all.n = SIZE_MAX;
	return all;
}

static inline void
pieces_done(pieces *all)
{
	free(all->at);
	chy_arena_done(&all->arena);
}

#endif
