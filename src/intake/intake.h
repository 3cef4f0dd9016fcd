/*
 * What a telegram arrives in: a plain file, a stream of several, the released
 * HTML page, the CSV dump. Takes it off and gives the telegram's own text,
 * what the wrapper said, and the way back to the bytes received.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_INTAKE_INTAKE_H
#define CHY_INTAKE_INTAKE_H

#include "base/slice.h"
#include "base/status.h"
#include "telegram/telegram.h"

/* How one stretch of received bytes became text. Segments cover the received
 * bytes of the piece in order. */
typedef enum chy_segment_kind {
	CHY_SEGMENT_COPIED,	/* the same bytes stand in the text */
	CHY_SEGMENT_DECODED,	/* an entity or escape stands for the text */
	CHY_SEGMENT_VALUE,	/* a value of the wrapper (id, date, ...) */
	CHY_SEGMENT_FRAMING,	/* tags, quotes, commas: no text */
	CHY_SEGMENT_INSERTED,	/* text that no byte received stands for */
} chy_segment_kind;

typedef struct chy_segment {
	uint32_t raw_off, raw_len;	/* in piece->raw */
	uint32_t off, len;		/* in piece->text; len 0: none */
	uint8_t	 kind;			/* chy_segment_kind */
} chy_segment;

/* One telegram as it came. Valid during the callback only. */
typedef struct chy_piece {
	chy_slice	   raw;		/* its own bytes as received */
	uint64_t	   raw_off;	/* in the file */
	chy_slice	   text;	/* the telegram */
	const chy_wrapper *wrapper;	/* NULL: a plain file */
	const chy_segment *segments;	/* empty for a plain file */
	size_t		   n_segments;
	uint32_t	   part;	/* from 1 where the file has several
					 * (in a CSV, the record); else 0 */
	const char	  *trouble;	/* why it could not be unwrapped; then
					 * text is the raw bytes; else NULL */
} chy_piece;

/* Return CHY_OK to go on; anything else stops and is returned. */
typedef chy_status (*chy_piece_fn)(void *arg, const chy_piece *piece);

/* Read at most size bytes to buf; *ret_len 0 is the end. */
typedef chy_status (*chy_fill_fn)(void *arg, char *buf, size_t size,
    size_t *ret_len, chy_error *err);

/*
 * Take apart one file. `fill` gives its bytes in order; a CSV dump and a stream
 * of telegrams may have any length, and one telegram is in memory; a page is
 * read whole (at most CHY_LIMIT_FILE). each() is called for every telegram in
 * order. An empty file has none. A record that cannot be cut is given with
 * `trouble`.
 */
chy_status chy_intake(chy_fill_fn fill, void *fill_arg, chy_piece_fn each,
    void *each_arg, chy_error *err);

/* The same over bytes in memory. */
chy_status chy_intake_bytes(chy_slice bytes, chy_piece_fn each, void *each_arg,
    chy_error *err);

/* Names of the wrappers that are known; NULL after the last. */
const char *chy_intake_name(size_t i);

#endif
