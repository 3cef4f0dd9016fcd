/*
 * Where renderers write: a buffer, a file, a socket, without knowing which.
 * The status is sticky: after the first write that fails a sink takes and
 * drops everything, and its owner asks once at the end.
 *
 * Escaping belongs to the sink's functions: chy_sink_html and chy_sink_json
 * write text so that no character of it can leave its place.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_BASE_SINK_H
#define CHY_BASE_SINK_H

#include "base/buf.h"
#include "base/slice.h"
#include "base/status.h"

typedef struct chy_sink chy_sink;

struct chy_sink {
	/* Take all bytes or return a status; called in order. */
	chy_status	(*write)(void *arg, chy_slice bytes);
	void		 *arg;
	chy_status	  status;
};

/* A sink that appends to a buffer, which stays the caller's. */
chy_sink chy_sink_buf(chy_buf *buf);

void	chy_sink_put(chy_sink *out, chy_slice s);
void	chy_sink_puts(chy_sink *out, const char *text);
void	chy_sink_printf(chy_sink *out, const char *fmt, ...) CHY_PRINTF(2, 3);

/* Text for HTML, between tags or inside a quoted attribute. Bytes that are
 * not UTF-8 and control characters become U+FFFD. */
void	chy_sink_html(chy_sink *out, chy_slice text);

/* A JSON string with its quotes (RFC 8259). Bytes that are not UTF-8 become
 * U+FFFD, so what comes out is always valid. */
void	chy_sink_json(chy_sink *out, chy_slice text);

static inline chy_status
chy_sink_status(const chy_sink *out)
{
	return out->status;
}

#endif
