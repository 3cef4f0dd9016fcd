/*
 * Sinks and the two escapings.
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/sink.h"

#include <stdio.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "base/ascii.h"
#include "base/utf8.h"

static const chy_slice replacement = { "\xEF\xBF\xBD", 3 };	/* U+FFFD */

static chy_status
write_buf(void *arg, chy_slice bytes)
{
	chy_buf_put(arg, bytes);
	return chy_buf_status(arg);
}

chy_sink
chy_sink_buf(chy_buf *buf)
{
	return (chy_sink){ write_buf, buf, CHY_OK };
}

void
chy_sink_put(chy_sink *out, chy_slice s)
{
	if (out->status == CHY_OK && s.len > 0)
		out->status = out->write(out->arg, s);
}

void
chy_sink_puts(chy_sink *out, const char *text)
{
	chy_sink_put(out, chy_slice_of(text));
}

void
chy_sink_printf(chy_sink *out, const char *fmt, ...)
{
	char small[512];
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(small, sizeof(small), fmt, ap);
	va_end(ap);
	if (n < 0) {
		out->status = CHY_ERR_INVALID;
	} else if ((size_t)n < sizeof(small)) {
		chy_sink_put(out, (chy_slice){ small, (size_t)n });
	} else {
		chy_buf big = CHY_BUF_INIT;
		char *p = chy_buf_room(&big, (size_t)n + 1);

		if (p == NULL) {
			out->status = CHY_ERR_NO_MEMORY;
			return;
		}
		va_start(ap, fmt);
		vsnprintf(p, (size_t)n + 1, fmt, ap);
		va_end(ap);
		chy_sink_put(out, (chy_slice){ p, (size_t)n });
		chy_buf_done(&big);
	}
}

/*
 * Both escapings copy runs of ordinary bytes whole. `plain` says how many
 * bytes at s need no escape; `escape` gives what stands for one byte.
 */
typedef const char *(*escape_fn)(unsigned char c, char scratch[8]);

static const char *
escape_html(unsigned char c, char scratch[8])
{
	(void)scratch;
	switch (c) {
	case '&':	return "&amp;";
	case '<':	return "&lt;";
	case '>':	return "&gt;";
	case '"':	return "&quot;";
	case '\'':	return "&#39;";
	case '\t':
	case '\n':
	case '\r':	return NULL;
	default:	return c < 0x20 || c == 0x7f ? replacement.ptr : NULL;
	}
}

static const char *
escape_json(unsigned char c, char scratch[8])
{
	switch (c) {
	case '"':	return "\\\"";
	case '\\':	return "\\\\";
	case '\n':	return "\\n";
	case '\r':	return "\\r";
	case '\t':	return "\\t";
	default:
		if (c >= 0x20)
			return NULL;
		snprintf(scratch, 8, "\\u%04x", c);
		return scratch;
	}
}

/* Bytes from i on that neither escaping changes: none is a control or above
 * 127, or one of the signs. May say fewer than there are. */
static size_t
plain_run(chy_slice s, size_t i)
{
	size_t start = i;

#if defined(__SSE2__)
	const __m128i low = _mm_set1_epi8(0x20);

	for (; i + 16 <= s.len; i += 16) {
		__m128i v = _mm_loadu_si128(
		    (const __m128i *)(const void *)(s.ptr + i));
		__m128i bad = _mm_cmplt_epi8(v, low);	/* signed */

		bad = _mm_or_si128(bad, _mm_cmpeq_epi8(v,
		    _mm_set1_epi8('"')));
		bad = _mm_or_si128(bad, _mm_cmpeq_epi8(v,
		    _mm_set1_epi8('\\')));
		bad = _mm_or_si128(bad, _mm_cmpeq_epi8(v,
		    _mm_set1_epi8('&')));
		bad = _mm_or_si128(bad, _mm_cmpeq_epi8(v,
		    _mm_set1_epi8('\'')));
		bad = _mm_or_si128(bad, _mm_cmpeq_epi8(v,
		    _mm_set1_epi8('<')));
		bad = _mm_or_si128(bad, _mm_cmpeq_epi8(v,
		    _mm_set1_epi8('>')));
		if (_mm_movemask_epi8(bad) != 0)
			return i - start + (size_t)__builtin_ctz(
			    (unsigned)_mm_movemask_epi8(bad));
	}
#endif
	while (i < s.len && (chy_is_alnum(s.ptr[i]) || s.ptr[i] == ' '))
		i++;
	return i - start;
}

static void
put_escaped(chy_sink *out, chy_slice s, escape_fn escape)
{
	size_t done = 0, i = 0;
	char scratch[8];

	while (i < s.len) {
		const char *instead;
		unsigned char c;
		size_t n = 1;

		i += plain_run(s, i);
		if (i == s.len)
			break;
		c = (unsigned char)s.ptr[i];
		if (c >= 0x80) {
			n = chy_utf8_len(chy_slice_from(s, i));
			instead = n == 0 ? replacement.ptr : NULL;
			n = n == 0 ? 1 : n;
		} else {
			instead = escape(c, scratch);
		}
		if (instead != NULL) {
			chy_sink_put(out, chy_slice_sub(s, done, i - done));
			chy_sink_puts(out, instead);
			done = i + n;
		}
		i += n;
	}
	chy_sink_put(out, chy_slice_from(s, done));
}

void
chy_sink_html(chy_sink *out, chy_slice text)
{
	put_escaped(out, text, escape_html);
}

void
chy_sink_json(chy_sink *out, chy_slice text)
{
	chy_sink_put(out, CHY_SLICE("\""));
	put_escaped(out, text, escape_json);
	chy_sink_put(out, CHY_SLICE("\""));
}
