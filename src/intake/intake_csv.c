/*
 * The CSV dump: no heading line, eight fields, each in double quotes. A quote
 * inside a field is \" and sometimes ' is \'; the backslash means nothing
 * else. Line ends stand raw in fields. Streamed: one record is in memory.
 *
 * Counting quotes would lose the way for good at the first body that ends in
 * a backslash (\" is then its last byte and the quote that closes). So records
 * are cut by what no text can hold, since its quotes are escaped: a quote, a
 * line end, and the number and date of the next record, each in quotes. Only
 * then is the record taken apart.
 *
 * Source: telegram-format 10.3, and what importers of the dump say.
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/ascii.h"
#include "base/limits.h"
#include "intake/intake_int.h"

#define FIELDS	8

enum field { NUMBER, DATE, ID, ORIGIN, CLASSIFICATION, REFERENCES, HEADER,
	BODY };

/* The most that "number","date"," takes, with some room. */
#define OPENING_MAX	64u

/* How often a record is taken apart to see if it ends at a line whose date
 * is missing; more are not in a record, but could be made to cost time. */
#define MAX_TRIES	1000u

typedef enum opening {
	NO,		/* the bytes are no beginning of a record */
	PERHAPS,	/* a number, but no date after it */
	YES,
	CUT,		/* more bytes are needed to tell */
} opening;

static size_t
digits(chy_slice s, size_t i, size_t max)
{
	size_t n = 0;

	while (n < max && i + n < s.len && chy_is_digit(s.ptr[i + n]))
		n++;
	return n;
}

/* M/D/YYYY H:MM at i: its length, or 0. */
static size_t
date_len(chy_slice s, size_t i)
{
	static const char after[] = "// :";
	static const size_t max[] = { 2, 2, 4, 2, 2 };
	size_t at = i;

	for (int k = 0; k < 5; k++) {
		size_t n = digits(s, at, max[k]);

		if (n == 0)
			return 0;
		at += n;
		if (k < 4 && (at == s.len || s.ptr[at++] != after[k]))
			return 0;
	}
	return at - i;
}

/* Is "number","date"," at the start of s? */
static opening
opens(chy_slice s, bool eof)
{
	size_t i, n;

	if (s.len < OPENING_MAX && !eof)
		return CUT;
	if (s.len == 0 || s.ptr[0] != '"')
		return NO;
	n = digits(s, 1, 12);
	i = 1 + n;
	if (n == 0 || !chy_slice_starts(chy_slice_from(s, i),
	    CHY_SLICE("\",\"")))
		return NO;
	i += 3;
	n = date_len(s, i);
	if (n == 0 || !chy_slice_starts(chy_slice_from(s, i + n),
	    CHY_SLICE("\",\"")))
		return PERHAPS;
	return YES;
}

/* Where a field that begins at i (after its quote) ends: at a quote that is
 * not escaped and has ," after it. s.len: nowhere. `any`: also at \",". */
static size_t
field_end(chy_slice s, size_t i, bool any)
{
	while (i < s.len) {
		const char *q = memchr(s.ptr + i, '"', s.len - i);

		if (q == NULL)
			break;
		i = (size_t)(q - s.ptr);
		if (chy_slice_starts(chy_slice_from(s, i + 1),
		    CHY_SLICE(",\"")) && (any || s.ptr[i - 1] != '\\'))
			return i;
		i++;
	}
	return s.len;
}

/*
 * Take a record apart. Fields one to six end at the first quote that closes;
 * so does the header, or, if it ends in a backslash, at its only \","; all
 * after it is body, whatever stands in it. Returns the number of fields found.
 */
static unsigned
cut(chy_slice s, chy_span field[FIELDS])
{
	size_t end = s.len, at = chy_intake_lead(s);

	while (end > 0 && chy_is_space(s.ptr[end - 1]))
		end--;
	if (at >= end || s.ptr[at] != '"')
		return 0;
	for (unsigned f = 0; f < FIELDS; f++) {
		size_t start = at + 1, stop;

		if (f == BODY) {
			/* The quote that closes is the last byte. */
			if (end <= start || s.ptr[end - 1] != '"')
				return f;
			stop = end - 1;
		} else {
			stop = field_end(s, start, false);
			if (stop == s.len && f == HEADER)
				stop = field_end(s, start, true);
			if (stop == s.len)
				return f;
		}
		field[f] = (chy_span){ (uint32_t)start,
		    (uint32_t)(stop - start) };
		at = stop + 2;
	}
	return FIELDS;
}

/* The length of \" or \' at i, or 0. */
static size_t
escape(chy_slice s, size_t i)
{
	return i + 1 < s.len && s.ptr[i] == '\\' &&
	    (s.ptr[i + 1] == '"' || s.ptr[i + 1] == '\'') ? 2 : 0;
}

static chy_slice
value(chy_unwrapping *u, chy_slice raw, chy_span at)
{
	chy_slice s = chy_arena_copy(&u->arena,
	    chy_slice_sub(raw, at.off, at.len));
	char *p = (char *)(uintptr_t)s.ptr;	/* the arena's own copy */
	size_t n = 0;

	for (size_t i = 0; i < s.len; i++) {
		i += escape(s, i) / 2;
		p[n++] = s.ptr[i];
	}
	return (chy_slice){ s.ptr, n };
}

static chy_slices
references(chy_unwrapping *u, chy_slice s)
{
	chy_slices refs = { NULL, 0 };
	uint32_t n = 0;

	for (size_t i = 0; i < s.len; i++)
		n += s.ptr[i] == '|';
	refs.at = chy_arena_zalloc(&u->arena, (size_t)n + 1, sizeof(*refs.at));
	for (size_t i = 0; refs.at != NULL && i <= s.len; i++) {
		size_t end = chy_slice_find(s, CHY_SLICE("|"), i);
		chy_slice one = chy_slice_trim(chy_slice_sub(s, i, end - i));

		if (one.len > 0)
			refs.at[refs.n++] = one;
		i = end;
	}
	return refs;
}

/* Header or body: escapes decoded, all else copied. */
static void
take_text(chy_unwrapping *u, chy_slice raw, chy_span field)
{
	chy_slice s = chy_slice_sub(raw, 0, field.off + field.len);
	size_t at = field.off;

	while (at < s.len) {
		size_t stop = at;

		while (stop < s.len && escape(s, stop) == 0) {
			const char *p = memchr(s.ptr + stop + 1, '\\',
			    s.len - stop - 1);

			stop = p != NULL ? (size_t)(p - s.ptr) : s.len;
		}
		if (stop > at)
			chy_unwrapping_copied(u, raw, at, stop - at);
		if (stop < s.len) {
			chy_unwrapping_decoded(u, stop, 2,
			    chy_slice_sub(s, stop + 1, 1));
			stop += 2;
		}
		at = stop;
	}
}

static void
take_record(chy_unwrapping *u, chy_slice raw, const chy_span field[FIELDS])
{
	size_t at = 0;

	for (unsigned f = 0; f < FIELDS; f++) {
		chy_unwrapping_framing(u, at, field[f].off - at);
		at = field[f].off + field[f].len;
		if (f < HEADER) {
			chy_unwrapping_value(u, field[f].off, field[f].len);
		} else {
			if (f == BODY && field[f].len > 0)
				chy_unwrapping_gap(u, field[f].off);
			take_text(u, raw, field[f]);
		}
	}
	chy_unwrapping_end(u, at);
	chy_unwrapping_framing(u, at, raw.len - at);
	u->wrapper = (chy_wrapper){
		.kind = CHY_SLICE("csv"),
		.reference_id = value(u, raw, field[ID]),
		.date = value(u, raw, field[DATE]),
		.origin = value(u, raw, field[ORIGIN]),
		.classification = value(u, raw, field[CLASSIFICATION]),
		.references = references(u, value(u, raw, field[REFERENCES])),
	};
}

static chy_status
give(chy_unwrapping *u, chy_slice raw, uint64_t off, uint32_t part,
    chy_piece_fn each, void *each_arg, chy_error *err)
{
	chy_span field[FIELDS];
	const char *trouble = NULL;
	unsigned n = raw.len <= CHY_LIMIT_RECORD ? cut(raw, field) : 0;

	chy_unwrapping_reset(u);
	u->wrapper.kind = CHY_SLICE("csv");
	if (raw.len > CHY_LIMIT_RECORD)
		trouble = "a record larger than 32 MiB, or its end was lost";
	else if (n == BODY)
		trouble = "the last field of the record has no closing quote; "
		    "the file may be cut off here";
	else if (n < FIELDS)
		trouble = "the record has not the eight fields of the dump, "
		    "each in double quotes";
	else
		take_record(u, raw, field);
	if (trouble == NULL && u->text.len == 0)
		trouble = "the record's header and body are empty";
	return chy_unwrapping_give(u, raw, off, part, trouble, each, each_arg,
	    err);
}

static bool
ends_in_quote(chy_slice s)
{
	while (s.len > 0 && chy_is_space(s.ptr[s.len - 1]))
		s.len--;
	return s.len > 0 && s.ptr[s.len - 1] == '"';
}

/*
 * Look from *pos for where the record at the start of s ends. True when it is
 * found; else *pos is where to go on when there are more bytes.
 */
static bool
record_end(chy_slice s, bool eof, size_t *pos, unsigned *tries,
    size_t *ret_end)
{
	for (; *pos < s.len; ++*pos) {
		const char *nl = memchr(s.ptr + *pos, '\n', s.len - *pos);
		size_t at = nl != NULL ? (size_t)(nl - s.ptr) : s.len;
		chy_span field[FIELDS];
		opening how;

		*pos = at;
		if (nl == NULL)
			break;
		if (at + 1 < s.len && s.ptr[at + 1] != '"')
			continue;
		if (!ends_in_quote(chy_slice_sub(s, 0, at)))
			continue;
		how = opens(chy_slice_from(s, at + 1), eof);
		if (how == CUT)
			return false;
		/* Without a date the count must be right. */
		if (how == YES || (how == PERHAPS && ++*tries < MAX_TRIES &&
		    cut(chy_slice_sub(s, 0, at), field) == FIELDS)) {
			*ret_end = at + 1;
			return true;
		}
	}
	*ret_end = s.len;
	return eof;
}

static bool
detect(chy_slice head)
{
	return opens(chy_slice_from(head, chy_intake_lead(head)), true) == YES;
}

static chy_status
unwrap(chy_feed *feed, chy_piece_fn each, void *each_arg, chy_error *err)
{
	chy_unwrapping u;
	chy_status st = CHY_OK;
	uint32_t part = 0;

	chy_unwrapping_init(&u);
	while (st == CHY_OK) {
		size_t pos = 0, end = 0;
		unsigned tries = 0;

		st = chy_feed_more(feed, 1, err);
		if (st != CHY_OK || feed->data.len == 0)
			break;
		while (!record_end(feed->data, feed->eof, &pos, &tries,
		    &end)) {
			/* Above the limit it is handed over as it comes; a
			 * tail is kept, where the next record may begin. */
			if (feed->data.len > CHY_LIMIT_RECORD + OPENING_MAX) {
				end = pos - OPENING_MAX;
				break;
			}
			st = chy_feed_more(feed, feed->data.len + 1, err);
			if (st != CHY_OK)
				goto out;
		}
		st = give(&u, chy_slice_sub(feed->data, 0, end), feed->off,
		    ++part, each, each_arg, err);
		chy_feed_drop(feed, end);
	}
out:
	chy_unwrapping_done(&u);
	return st;
}

const chy_intake_row chy_intake_csv = { "csv", detect, unwrap };
