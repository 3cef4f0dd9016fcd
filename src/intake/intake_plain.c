/*
 * A plain file: nothing to take off. It may hold several telegrams one after
 * the other, which forms/split.c cuts apart. Streamed: what is in memory is
 * the telegram that is cut, and the window behind it.
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/limits.h"
#include "forms/forms.h"
#include "intake/intake_int.h"

/* Where a window ends in the middle of a telegram, that one is looked at
 * twice; so there shall be many in one. */
#define WINDOW	(1u << 20)

static bool
detect(chy_slice head)
{
	(void)head;
	return true;
}

/* Up to and with the last line end. */
static size_t
whole_lines(chy_slice s)
{
	while (s.len > 0 && s.ptr[s.len - 1] != '\n')
		s.len--;
	return s.len;
}

/*
 * The next telegram, at the window's start; empty at the end of the file. A
 * cut depends on whole lines alone, and on some behind it (chy_split_next());
 * one that the window is too short for is found at the window's end, if at
 * all, and is sought again in more. *lines is how much of the window is whole
 * lines: looked for where it has grown, for a line may be as long as a file.
 */
static chy_status
next_piece(chy_feed *feed, size_t *lines, chy_slice *ret, chy_error *err)
{
	size_t want = WINDOW;

	for (;;) {
		size_t before = feed->data.len, pos = 0;
		chy_status st = chy_feed_more(feed, want, err);

		if (st != CHY_OK)
			return st;
		if (feed->eof)
			*lines = feed->data.len;
		else if (feed->data.len > before)
			*lines = whole_lines(feed->data);
		if (!chy_split_next(chy_slice_sub(feed->data, 0, *lines), &pos,
		    ret))
			*ret = CHY_EMPTY;
		if (pos < *lines || feed->eof)
			return CHY_OK;
		if (feed->data.len > CHY_LIMIT_FILE)
			return chy_fail(err, CHY_ERR_TOO_LARGE, "in %u MiB "
			    "there is no line ZCZC or NNNN to cut the file at, "
			    "and no telegram is as long", CHY_LIMIT_FILE >> 20);
		want = feed->data.len * 2;
	}
}

static chy_status
unwrap(chy_feed *feed, chy_piece_fn each, void *each_arg, chy_error *err)
{
	size_t lines = whole_lines(feed->data);
	chy_status st;
	chy_slice raw;
	uint32_t part = 0;

	while ((st = next_piece(feed, &lines, &raw, err)) == CHY_OK &&
	    raw.len > 0) {
		bool only = part == 0 && feed->eof &&
		    raw.len == feed->data.len;
		chy_piece piece = {
			.raw = raw,
			.raw_off = feed->off,
			.text = raw,
			.part = only ? 0 : ++part,
		};

		if (raw.len > CHY_LIMIT_TELEGRAM)
			piece.trouble = "larger than 16 MiB, the most for one "
			    "telegram, and no line ZCZC or NNNN to cut it at";
		st = each(each_arg, &piece);
		if (st != CHY_OK)
			return st;
		chy_feed_drop(feed, raw.len);
		lines -= raw.len;
	}
	return st;
}

const chy_intake_row chy_intake_plain = { "plain", detect, unwrap };
