/*
 * What the wrappers share: the bytes as they come in, and the text with the
 * segments that lead back from it.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_INTAKE_INTAKE_INT_H
#define CHY_INTAKE_INTAKE_INT_H

#include "base/arena.h"
#include "base/buf.h"
#include "intake/intake.h"

/*
 * A window over the bytes of a file. What lies in memory already is its own
 * window; else bytes are read to a buffer as they are asked for.
 */
typedef struct chy_feed {
	chy_slice   data;	/* the window */
	uint64_t    off;	/* of the window in the file */
	bool	    eof;	/* nothing comes after the window */
	chy_buf	    buf;
	chy_fill_fn fill;	/* NULL: all in memory */
	void	   *arg;
} chy_feed;

/* Let the window have at least `want` bytes, or all there are. */
chy_status chy_feed_more(chy_feed *feed, size_t want, chy_error *err);

/* All that is left, if it is not above CHY_LIMIT_FILE. */
chy_status chy_feed_all(chy_feed *feed, chy_error *err);

/* Let the window begin n bytes later. */
void	chy_feed_drop(chy_feed *feed, size_t n);

/*
 * A telegram being unwrapped. The bytes received are told in order, each
 * once; off and len are theirs. Failure (memory) is sticky.
 */
typedef struct chy_unwrapping {
	chy_buf	     text;
	chy_segment *segments;
	size_t	     n, cap;
	chy_arena    arena;	/* of the wrapper's values */
	chy_wrapper  wrapper;
	bool	     failed;
} chy_unwrapping;

void	chy_unwrapping_init(chy_unwrapping *u);
void	chy_unwrapping_done(chy_unwrapping *u);
void	chy_unwrapping_reset(chy_unwrapping *u);
void	chy_unwrapping_copied(chy_unwrapping *u, chy_slice raw, size_t off,
    size_t len);
void	chy_unwrapping_decoded(chy_unwrapping *u, size_t off, size_t len,
    chy_slice text);
void	chy_unwrapping_value(chy_unwrapping *u, size_t off, size_t len);
void	chy_unwrapping_framing(chy_unwrapping *u, size_t off, size_t len);
void	chy_unwrapping_inserted(chy_unwrapping *u, size_t off, chy_slice text);

/* Between header block and body block stands one empty line, and the text
 * ends in a line feed, whatever the wrapper had there. */
void	chy_unwrapping_gap(chy_unwrapping *u, size_t off);
void	chy_unwrapping_end(chy_unwrapping *u, size_t off);

/* Hand the piece to each(). trouble NULL: it could be unwrapped. */
chy_status chy_unwrapping_give(chy_unwrapping *u, chy_slice raw, uint64_t off,
    uint32_t part, const char *trouble, chy_piece_fn each, void *each_arg,
    chy_error *err);

/* One row of wrappers.def. */
typedef struct chy_intake_row {
	const char *name;
	/* From the first bytes of a file; they may be cut anywhere. */
	bool	  (*detect)(chy_slice head);
	chy_status (*unwrap)(chy_feed *feed, chy_piece_fn each, void *each_arg,
	    chy_error *err);
} chy_intake_row;

#define WRAPPER(name)	extern const chy_intake_row chy_intake_##name;
#include "intake/wrappers.def"
#undef WRAPPER

/* Bytes of a byte order mark and white space that s begins with. */
size_t	chy_intake_lead(chy_slice s);

#endif
