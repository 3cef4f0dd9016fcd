/*
 * Filling an error.
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/status.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void set_text(chy_error *err, const char *fmt, va_list ap)
    CHY_PRINTF(2, 0);

static void
set_text(chy_error *err, const char *fmt, va_list ap)
{
	int n = vsnprintf(err->text, sizeof(err->text), fmt, ap);

	if (n < 0)
		err->text[0] = '\0';
	else if ((size_t)n >= sizeof(err->text))
		memcpy(err->text + sizeof(err->text) - 4, "...", 4);
}

chy_status
chy_fail(chy_error *err, chy_status status, const char *fmt, ...)
{
	va_list ap;

	if (err == NULL)
		return status;
	err->status = status;
	err->sys = 0;
	err->off = 0;
	va_start(ap, fmt);
	set_text(err, fmt, ap);
	va_end(ap);
	return status;
}

chy_status
chy_fail_sys(chy_error *err, int sys, const char *fmt, ...)
{
	va_list ap;
	char why[96];
	size_t used;

	if (err == NULL)
		return CHY_ERR_IO;
	err->status = CHY_ERR_IO;
	err->sys = sys;
	err->off = 0;
	va_start(ap, fmt);
	set_text(err, fmt, ap);
	va_end(ap);
	if (strerror_r(sys, why, sizeof(why)) != 0)
		snprintf(why, sizeof(why), "error %d", sys);
	used = strlen(err->text);
	snprintf(err->text + used, sizeof(err->text) - used, ": %s", why);
	return CHY_ERR_IO;
}
