/*
 * The table of wrappers, the window over a file, and the book-keeping of
 * segments that all wrappers share.
 *
 * SPDX-License-Identifier: ISC
 */
#include "intake/intake.h"

#include <stdlib.h>

#include "base/ascii.h"
#include "base/limits.h"
#include "intake/intake_int.h"

#define HEAD	65536u	/* bytes a wrapper is known by */
#define CHUNK	262144u	/* bytes asked for at once */

static const chy_intake_row *const rows[] = {
#define WRAPPER(name)	&chy_intake_##name,
#include "intake/wrappers.def"
#undef WRAPPER
};

const char *
chy_intake_name(size_t i)
{
	return i < ARRAY_LEN(rows) ? rows[i]->name : NULL;
}

chy_status
chy_feed_more(chy_feed *feed, size_t want, chy_error *err)
{
	while (!feed->eof && feed->data.len < want) {
		size_t got = 0;
		char *p = chy_buf_room(&feed->buf, CHUNK);
		chy_status st;

		if (p == NULL)
			return chy_fail(err, CHY_ERR_NO_MEMORY,
			    "no memory for the bytes of the file");
		st = feed->fill(feed->arg, p, CHUNK, &got, err);
		if (st != CHY_OK)
			return st;
		if (got == 0)
			feed->eof = true;
		feed->buf.len += got;
		/* The window is always the end of the buffer. */
		feed->data = (chy_slice){ feed->buf.ptr + (feed->buf.len -
		    feed->data.len - got), feed->data.len + got };
	}
	return CHY_OK;
}

chy_status
chy_feed_all(chy_feed *feed, chy_error *err)
{
	chy_status st = chy_feed_more(feed, (size_t)CHY_LIMIT_FILE + 1, err);

	if (st != CHY_OK)
		return st;
	if (feed->data.len > CHY_LIMIT_FILE)
		return chy_fail(err, CHY_ERR_TOO_LARGE, "the file is larger "
		    "than %u MiB, the most that is read whole; cut it into "
		    "several", CHY_LIMIT_FILE >> 20);
	return CHY_OK;
}

void
chy_feed_drop(chy_feed *feed, size_t n)
{
	feed->off += n;
	feed->data = chy_slice_from(feed->data, n);
	if (feed->fill == NULL || feed->buf.len < 2 * feed->data.len + CHUNK)
		return;
	/* More than half of the buffer is behind us: move the rest up. */
	if (feed->data.len > 0)
		memmove(feed->buf.ptr, feed->data.ptr, feed->data.len);
	feed->buf.len = feed->data.len;
	feed->data.ptr = feed->buf.ptr;
}

size_t
chy_intake_lead(chy_slice s)
{
	size_t i = chy_slice_starts(s, CHY_SLICE("\xEF\xBB\xBF")) ? 3 : 0;

	while (i < s.len && chy_is_space(s.ptr[i]))
		i++;
	return i;
}

void
chy_unwrapping_init(chy_unwrapping *u)
{
	memset(u, 0, sizeof(*u));
	chy_arena_init(&u->arena, 0);
}

void
chy_unwrapping_done(chy_unwrapping *u)
{
	chy_buf_done(&u->text);
	free(u->segments);
	chy_arena_done(&u->arena);
}

void
chy_unwrapping_reset(chy_unwrapping *u)
{
	chy_buf_reset(&u->text);
	u->n = 0;
	chy_arena_reset(&u->arena);
	memset(&u->wrapper, 0, sizeof(u->wrapper));
	u->failed = false;
}

/* Record a stretch; text is what it adds, and is in u->text already. */
static void
add(chy_unwrapping *u, chy_segment_kind kind, size_t off, size_t len,
    size_t text_off, size_t text_len)
{
	chy_segment *last = u->n > 0 ? &u->segments[u->n - 1] : NULL;

	if (len == 0 && text_len == 0)
		return;
	if (last != NULL && last->kind == kind && kind != CHY_SEGMENT_DECODED) {
		last->raw_len += (uint32_t)len;
		last->len += (uint32_t)text_len;
		return;
	}
	if (u->n == u->cap) {
		size_t cap = u->cap ? u->cap * 2 : 256;
		chy_segment *more = realloc(u->segments, cap * sizeof(*more));

		if (more == NULL) {
			u->failed = true;
			return;
		}
		u->segments = more;
		u->cap = cap;
	}
	u->segments[u->n++] = (chy_segment){ (uint32_t)off, (uint32_t)len,
	    (uint32_t)text_off, (uint32_t)text_len, (uint8_t)kind };
}

void
chy_unwrapping_copied(chy_unwrapping *u, chy_slice raw, size_t off, size_t len)
{
	size_t at = u->text.len;

	chy_buf_put(&u->text, chy_slice_sub(raw, off, len));
	add(u, CHY_SEGMENT_COPIED, off, len, at, len);
}

void
chy_unwrapping_decoded(chy_unwrapping *u, size_t off, size_t len,
    chy_slice text)
{
	size_t at = u->text.len;

	chy_buf_put(&u->text, text);
	add(u, CHY_SEGMENT_DECODED, off, len, at, text.len);
}

void
chy_unwrapping_value(chy_unwrapping *u, size_t off, size_t len)
{
	add(u, CHY_SEGMENT_VALUE, off, len, u->text.len, 0);
}

void
chy_unwrapping_framing(chy_unwrapping *u, size_t off, size_t len)
{
	add(u, CHY_SEGMENT_FRAMING, off, len, u->text.len, 0);
}

void
chy_unwrapping_inserted(chy_unwrapping *u, size_t off, chy_slice text)
{
	size_t at = u->text.len;

	chy_buf_put(&u->text, text);
	add(u, CHY_SEGMENT_INSERTED, off, 0, at, text.len);
}

void
chy_unwrapping_end(chy_unwrapping *u, size_t off)
{
	if (u->text.len > 0 && u->text.ptr[u->text.len - 1] != '\n')
		chy_unwrapping_inserted(u, off, CHY_SLICE("\n"));
}

void
chy_unwrapping_gap(chy_unwrapping *u, size_t off)
{
	if (u->text.len == 0)
		return;
	chy_unwrapping_end(u, off);
	chy_unwrapping_inserted(u, off, CHY_SLICE("\n"));
}

chy_status
chy_unwrapping_give(chy_unwrapping *u, chy_slice raw, uint64_t off,
    uint32_t part, const char *trouble, chy_piece_fn each, void *each_arg,
    chy_error *err)
{
	chy_piece piece = {
		.raw = raw,
		.raw_off = off,
		.text = chy_buf_slice(&u->text),
		.wrapper = &u->wrapper,
		.segments = u->segments,
		.n_segments = u->n,
		.part = part,
		.trouble = trouble,
	};

	if (u->failed || chy_buf_status(&u->text) != CHY_OK ||
	    chy_arena_failed(&u->arena))
		return chy_fail(err, CHY_ERR_NO_MEMORY,
		    "no memory to unwrap a telegram");
	if (trouble == NULL && piece.text.len > CHY_LIMIT_TELEGRAM)
		piece.trouble = "the text is larger than 16 MiB, the most "
		    "for one telegram";
	if (piece.trouble != NULL) {
		piece.text = raw;
		piece.segments = NULL;
		piece.n_segments = 0;
	}
	return each(each_arg, &piece);
}

static chy_status
run(chy_feed *feed, chy_piece_fn each, void *each_arg, chy_error *err)
{
	chy_status st = chy_feed_more(feed, HEAD, err);

	if (st == CHY_OK && feed->data.len > 0) {
		chy_slice head = chy_slice_sub(feed->data, 0, HEAD);
		size_t i = 0;

		/* The last row takes everything. */
		while (i + 1 < ARRAY_LEN(rows) && !rows[i]->detect(head))
			i++;
		st = rows[i]->unwrap(feed, each, each_arg, err);
	}
	chy_buf_done(&feed->buf);
	return st;
}

chy_status
chy_intake(chy_fill_fn fill, void *fill_arg, chy_piece_fn each, void *each_arg,
    chy_error *err)
{
	chy_feed feed = { .fill = fill, .arg = fill_arg };

	return run(&feed, each, each_arg, err);
}

chy_status
chy_intake_bytes(chy_slice bytes, chy_piece_fn each, void *each_arg,
    chy_error *err)
{
	chy_feed feed = { .data = bytes, .eof = true };

	return run(&feed, each, each_arg, err);
}
