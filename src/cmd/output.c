/*
 * Standard output as a sink.
 *
 * SPDX-License-Identifier: ISC
 */
#include "cmd/output.h"

#include <errno.h>
#include <unistd.h>

#define FLUSH_AT	65536u

static chy_status
write_all(output *out)
{
	size_t done = 0;

	out->begun |= out->buf.len > 0;
	while (done < out->buf.len) {
		ssize_t n = write(STDOUT_FILENO, out->buf.ptr + done,
		    out->buf.len - done);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			out->sys = errno;
			out->buf.len = 0;
			return CHY_ERR_IO;
		}
		done += (size_t)n;
	}
	out->buf.len = 0;
	return CHY_OK;
}

static chy_status
take(void *arg, chy_slice bytes)
{
	output *out = arg;

	chy_buf_put(&out->buf, bytes);
	if (chy_buf_status(&out->buf) != CHY_OK)
		return CHY_ERR_NO_MEMORY;
	return out->buf.len >= FLUSH_AT ? write_all(out) : CHY_OK;
}

void
output_init(output *out)
{
	*out = (output){ .sink = { take, out, CHY_OK } };
}

chy_status
output_flush(output *out)
{
	if (out->sink.status == CHY_OK)
		out->sink.status = write_all(out);
	return out->sink.status;
}

bool
out_flush(chy_sink *out)
{
	return output_flush(out->arg) == CHY_OK;
}

bool
out_begun(const chy_sink *out)
{
	const output *o = out->arg;

	return o->begun;
}

void
out_take_back(chy_sink *out)
{
	output *o = out->arg;

	chy_buf_reset(&o->buf);
}
