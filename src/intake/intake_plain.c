/*
 * A plain file: nothing to take off. It may hold several telegrams one after
 * the other, which forms/split.c cuts apart.
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/limits.h"
#include "forms/forms.h"
#include "intake/intake_int.h"

static bool
detect(chy_slice head)
{
	(void)head;
	return true;
}

static chy_status
unwrap(chy_feed *feed, chy_piece_fn each, void *each_arg, chy_error *err)
{
	chy_status st = chy_feed_all(feed, err);
	chy_slice raw;
	size_t pos = 0;
	uint32_t part = 0;

	while (st == CHY_OK && chy_split_next(feed->data, &pos, &raw)) {
		bool only = part == 0 && pos == feed->data.len;
		chy_piece piece = {
			.raw = raw,
			.raw_off = feed->off + (pos - raw.len),
			.text = raw,
			.part = only ? 0 : ++part,
		};

		if (raw.len > CHY_LIMIT_TELEGRAM)
			piece.trouble = "larger than 16 MiB, the most for one "
			    "telegram, and no line ZCZC or NNNN to cut it at";
		st = each(each_arg, &piece);
	}
	return st;
}

const chy_intake_row chy_intake_plain = { "plain", detect, unwrap };
