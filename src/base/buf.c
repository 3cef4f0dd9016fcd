/*
 * The growing buffer.
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/buf.h"

#include <stdio.h>
#include <stdlib.h>

void
chy_buf_done(chy_buf *buf)
{
	free(buf->ptr);
	*buf = CHY_BUF_INIT;
}

char *
chy_buf_room(chy_buf *buf, size_t n)
{
	size_t cap;
	char *p;

	if (buf->failed)
		return NULL;
	if (buf->ptr != NULL && n <= buf->cap - buf->len)
		return buf->ptr + buf->len;
	cap = buf->cap > 256 ? buf->cap : 256;
	while (cap - buf->len < n && cap <= SIZE_MAX / 2)
		cap *= 2;
	if (cap - buf->len < n || (p = realloc(buf->ptr, cap)) == NULL) {
		buf->failed = true;
		return NULL;
	}
	buf->ptr = p;
	buf->cap = cap;
	return p + buf->len;
}

void
chy_buf_put(chy_buf *buf, chy_slice s)
{
	char *p = chy_buf_room(buf, s.len);

	if (p == NULL || s.len == 0)
		return;
	memcpy(p, s.ptr, s.len);
	buf->len += s.len;
}

void
chy_buf_putc(chy_buf *buf, char c)
{
	char *p = chy_buf_room(buf, 1);

	if (p == NULL)
		return;
	*p = c;
	buf->len++;
}

void
chy_buf_puts(chy_buf *buf, const char *text)
{
	chy_buf_put(buf, chy_slice_of(text));
}

void
chy_buf_printf(chy_buf *buf, const char *fmt, ...)
{
	va_list ap;
	char *p;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n < 0 || (p = chy_buf_room(buf, (size_t)n + 1)) == NULL) {
		buf->failed = true;
		return;
	}
	va_start(ap, fmt);
	vsnprintf(p, (size_t)n + 1, fmt, ap);
	va_end(ap);
	buf->len += (size_t)n;
}

chy_slice
chy_buf_slice(chy_buf *buf)
{
	char *p = chy_buf_room(buf, 1);

	if (p == NULL)
		return CHY_EMPTY;
	*p = '\0';
	return (chy_slice){ buf->ptr, buf->len };
}
