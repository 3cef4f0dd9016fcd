/*
 * A buffer that grows. Failure is sticky: after the first allocation that
 * fails it takes nothing more, and chy_buf_status says so.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_BASE_BUF_H
#define CHY_BASE_BUF_H

#include <stdarg.h>

#include "base/slice.h"
#include "base/status.h"

typedef struct chy_buf {
	char	*ptr;
	size_t	 len;
	size_t	 cap;
	bool	 failed;
} chy_buf;

#define CHY_BUF_INIT	((chy_buf){ NULL, 0, 0, false })

void	chy_buf_done(chy_buf *buf);		/* frees; may be used again */
static inline void
chy_buf_reset(chy_buf *buf)
{
	buf->len = 0;
	buf->failed = false;
}

/* Room for n more bytes at the returned place; NULL after a failure. The
 * caller adds what it wrote to buf->len. */
char	*chy_buf_room(chy_buf *buf, size_t n);

void	chy_buf_put(chy_buf *buf, chy_slice s);
void	chy_buf_putc(chy_buf *buf, char c);
void	chy_buf_puts(chy_buf *buf, const char *text);
void	chy_buf_printf(chy_buf *buf, const char *fmt, ...) CHY_PRINTF(2, 3);

/* The bytes so far, with a NUL after them that is not counted. */
chy_slice chy_buf_slice(chy_buf *buf);

static inline chy_status
chy_buf_status(const chy_buf *buf)
{
	return buf->failed ? CHY_ERR_NO_MEMORY : CHY_OK;
}

#endif
