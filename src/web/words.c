/*
 * Values as people read them: numbers, days, telegram numbers, levels.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>

#include "base/ascii.h"
#include "telegram/mrn.h"
#include "vocab/vocab.h"
#include "web/web_int.h"

chy_words
chy_words_number(uint64_t n)
{
	chy_words w = { "" };
	char digits[24];
	int len = snprintf(digits, sizeof(digits), "%llu",
	    (unsigned long long)n);
	size_t at = 0;

	for (int i = 0; i < len; i++) {
		if (i > 0 && (len - i) % 3 == 0)
			w.s[at++] = ',';
		w.s[at++] = digits[i];
	}
	w.s[at] = '\0';
	return w;
}

chy_words
chy_words_small(uint64_t n)
{
	static const char *const small[] = { "none", "one", "two", "three",
	    "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
	    "twelve" };
	chy_words w;

	if (n >= ARRAY_LEN(small))
		return chy_words_number(n);
	snprintf(w.s, sizeof(w.s), "%s", small[n]);
	return w;
}

chy_words
chy_words_date(chy_civil c)
{
	chy_words w = { "" };

	if (c.year != 0)
		snprintf(w.s, sizeof(w.s), "%d %s %d", c.day,
		    chy_month_name(c.month), (int)c.year);
	return w;
}

chy_words
chy_words_short(chy_civil c)
{
	chy_words w = { "" };

	if (c.year != 0)
		snprintf(w.s, sizeof(w.s), "%d %.3s %d", c.day,
		    chy_month_name(c.month), (int)c.year);
	return w;
}

chy_words
chy_words_time(chy_civil c)
{
	/* 1970-01-01 was a Thursday. */
	static const char *const days[] = { "Thursday", "Friday", "Saturday",
	    "Sunday", "Monday", "Tuesday", "Wednesday" };
	chy_words w = { "" };
	int hour = c.hour, minute = c.minute;
	int64_t day;

	if (c.year == 0)
		return w;
	/* Day of the week of the midnight before, also before 1970. */
	c.hour = c.minute = 0;
	day = (chy_civil_seconds(c) / 86400 % 7 + 7) % 7;
	snprintf(w.s, sizeof(w.s), "%s %d %s %d, %02d:%02dZ",
	    days[day], c.day, chy_month_name(c.month), (int)c.year, hour,
	    minute);
	return w;
}

chy_words
chy_words_dtg(chy_civil c)
{
	chy_words w = { "" };
	const char *month = chy_month_name(c.month);

	if (c.year != 0)
		snprintf(w.s, sizeof(w.s), "%02d%02d%02dZ %c%c%c %02d", c.day,
		    c.hour, c.minute, chy_upper(month[0]), chy_upper(month[1]),
		    chy_upper(month[2]), (int)(c.year % 100));
	return w;
}

chy_words
chy_words_iso(chy_civil c)
{
	chy_words w = { "" };
	char iso[18];

	if (c.year != 0) {
		chy_civil_iso(c, iso);
		snprintf(w.s, sizeof(w.s), "%s", iso);
	}
	return w;
}

chy_words
chy_words_sentence(chy_slice s)
{
	chy_words w;
	size_t n = s.len < sizeof(w.s) - 1 ? s.len : sizeof(w.s) - 1;

	for (size_t i = 0; i < n; i++)
		w.s[i] = i == 0 ? chy_upper(s.ptr[i]) : chy_lower(s.ptr[i]);
	w.s[n] = '\0';
	return w;
}

/*
 * The post's name with its blanks, if some part of the hint has just its
 * letters. Written in capitals; its length, else 0.
 */
static size_t
post_in(chy_slice hint, chy_slice key, char *out, size_t size)
{
	for (size_t from = 0; from < hint.len; from++) {
		size_t at = from, k = 0, n = 0;

		if (from > 0 && chy_is_alnum(hint.ptr[from - 1]) &&
		    chy_is_alpha(hint.ptr[from - 1]) ==
			chy_is_alpha(hint.ptr[from]))
			continue;
		for (; at < hint.len && k < key.len && n + 1 < size; at++) {
			char c = chy_upper(hint.ptr[at]);

			if (chy_is_alnum(c) && c == key.ptr[k]) {
				out[n++] = c;
				k++;
			} else if (chy_is_alnum(c)) {
				break;
			} else if (k > 0) {
				out[n++] = c == ' ' || c == '-' ? c : ' ';
			}
		}
		if (k == key.len && k > 0 &&
		    (at == hint.len || !chy_is_alpha(hint.ptr[at])))
			return n;
	}
	return 0;
}

chy_words
chy_words_mrn(chy_slice id, chy_slice hint)
{
	chy_words w;
	chy_mrn mrn;
	char name[64];
	chy_slice post;
	const chy_post *row;
	size_t len;

	if (chy_slice_starts(id, CHY_SLICE("sha:")) ||
	    !chy_mrn_parse(id, 0, &mrn)) {
		snprintf(w.s, sizeof(w.s), "%.*s", CHY_ARG(id));
		return w;
	}
	post = (chy_slice){ mrn.post, mrn.post_len };
	row = chy_vocab_post_by_key(post);
	if (row != NULL && row->mrn_name.len > 0)
		post = row->mrn_name;
	else if ((len = post_in(hint, post, name, sizeof(name))) > 0)
		post = (chy_slice){ name, len };
	if (mrn.year != 0)
		snprintf(w.s, sizeof(w.s), "%02d %.*s %u",
		    (int)(mrn.year % 100), CHY_ARG(post), mrn.serial);
	else
		snprintf(w.s, sizeof(w.s), "%.*s %u", CHY_ARG(post),
		    mrn.serial);
	return w;
}

const char *
chy_words_label(chy_exchange *x, const chy_label *label)
{
	static const chy_slice step = { "LIMITED OFFICIAL USE", 20 };
	char words[CHY_LABEL_MAX];
	size_t len = chy_label_print(label, words, sizeof(words));
	chy_slice s = chy_arena_copy(&x->arena, (chy_slice){ words, len });

	if (label->level == CHY_LEVEL_NONE)
		return "NOT MARKED";
	/* One step has two names; this is the one in use. */
	if (chy_slice_starts(s, step))
		return chy_text(x, "SENSITIVE BUT UNCLASSIFIED%.*s",
		    CHY_ARG(chy_slice_from(s, step.len))).ptr;
	return s.len > 0 ? s.ptr : "NOT MARKED";
}

const char *
chy_words_level(chy_level level)
{
	switch (level) {
	case CHY_LEVEL_NONE:
		return "none";
	case CHY_LEVEL_UNCLASSIFIED:
		return "u";
	case CHY_LEVEL_LIMITED_OFFICIAL_USE:
		return "sbu";
	case CHY_LEVEL_CONFIDENTIAL:
		return "c";
	case CHY_LEVEL_SECRET:
		return "s";
	case CHY_LEVEL_TOP_SECRET:
		return "ts";
	}
	return "none";
}

const char *
chy_words_mark(chy_slice mark)
{
	chy_label label;

	if (mark.len == 0 || chy_label_parse(mark, &label, NULL) != CHY_OK)
		return "";
	return chy_words_level(label.level);
}

chy_civil
chy_line_date(const chy_line *line)
{
	if (line->dtg_iso.len == 0)
		return (chy_civil){ .year = 0 };
	return chy_civil_from(line->dtg);
}
