/*
 * HTML and JSON from formats: the format is trusted, its arguments are not.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdarg.h>
#include <stdio.h>

#include "web/web_int.h"

typedef void (*escape_fn)(chy_sink *out, chy_slice text);

/* One directive after its %; where the format goes on, NULL for one that we
 * do not know. */
static const char *
put_argument(chy_exchange *x, const char *p, escape_fn escape, va_list *ap)
{
	chy_sink *out = &x->out;

	if (strncmp(p, ".*s", 3) == 0) {
		int len = va_arg(*ap, int);
		const char *s = va_arg(*ap, const char *);

		escape(out, (chy_slice){ s, len < 0 ? 0 : (size_t)len });
		return p + 3;
	}
	if (strncmp(p, "zu", 2) == 0) {
		chy_sink_printf(out, "%zu", va_arg(*ap, size_t));
		return p + 2;
	}
	if (*p == 's') {
		escape(out, chy_slice_of(va_arg(*ap, const char *)));
	} else if (*p == 'c') {
		char c = (char)va_arg(*ap, int);

		escape(out, (chy_slice){ &c, 1 });
	} else if (*p == 'd') {
		chy_sink_printf(out, "%d", va_arg(*ap, int));
	} else if (*p == 'u') {
		chy_sink_printf(out, "%u", va_arg(*ap, unsigned));
	} else if (*p == '%') {
		chy_sink_puts(out, "%");
	} else {
		return NULL;
	}
	return p + 1;
}

static void
put_format(chy_exchange *x, const char *fmt, escape_fn escape, va_list *ap)
{
	const char *p = fmt, *percent;

	while (p != NULL && (percent = strchr(p, '%')) != NULL) {
		chy_sink_put(&x->out, (chy_slice){ p, (size_t)(percent - p) });
		p = put_argument(x, percent + 1, escape, ap);
	}
	if (p != NULL)
		chy_sink_puts(&x->out, p);
	else
		x->out.status = CHY_ERR_INVALID;	/* our mistake */
}

void
chy_html(chy_exchange *x, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	put_format(x, fmt, chy_sink_html, &ap);
	va_end(ap);
}

/* Absent is null. */
static void
put_json(chy_sink *out, chy_slice text)
{
	if (text.len == 0)
		chy_sink_puts(out, "null");
	else
		chy_sink_json(out, text);
}

void
chy_json(chy_exchange *x, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	put_format(x, fmt, put_json, &ap);
	va_end(ap);
}

chy_slice
chy_text(chy_exchange *x, const char *fmt, ...)
{
	char small[256];
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(small, sizeof(small), fmt, ap);
	va_end(ap);
	if (n < 0)
		return CHY_EMPTY;
	if ((size_t)n >= sizeof(small))
		n = (int)sizeof(small) - 1;
	return chy_arena_copy(&x->arena, (chy_slice){ small, (size_t)n });
}
