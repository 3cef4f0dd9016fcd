/*
 * Dates in running text: printed ones, and words such as "tomorrow", "within
 * 60 days", "COB Friday", which count from the day of the event reported, not
 * from the day the telegram came.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>

#include "base/ascii.h"
#include "casework/casework_int.h"

static const char weekdays[] = "monday|tuesday|wednesday|thursday|friday|"
    "saturday|sunday";
static const char *const weekday_names[] = { "Monday", "Tuesday", "Wednesday",
    "Thursday", "Friday", "Saturday", "Sunday" };
static const char *const numbers[] = { "zero", "one", "two", "three", "four",
    "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve" };

int32_t
chy_day_of(chy_civil c)
{
	if (c.year == 0)
		return CHY_NO_DAY;
	c.hour = c.minute = 0;
	return (int32_t)(chy_civil_seconds(c) / 86400);
}

chy_civil
chy_day_civil(int32_t day)
{
	if (day == CHY_NO_DAY)
		return (chy_civil){ 0, 0, 0, 0, 0 };
	return chy_civil_from((int64_t)day * 86400);
}

int
chy_day_weekday(int32_t day)
{
	int32_t w = (day + 3) % 7;	/* 1 January 1970 was a Thursday */

	return (int)(w < 0 ? w + 7 : w);
}

int32_t
chy_day_working(int32_t day, int n)
{
	while (n > 0) {
		day++;
		if (chy_day_weekday(day) < 5)
			n--;
	}
	return day;
}

static int
number_of(chy_slice s)
{
	int n = 0;

	for (size_t i = 0; i < s.len; i++) {
		if (!chy_is_digit(s.ptr[i]) || n > 99999)
			return -1;
		n = n * 10 + (s.ptr[i] - '0');
	}
	return s.len > 0 ? n : -1;
}

static int32_t
day_make(int year, int month, int day)
{
	chy_civil c = { .year = year };

	/* Far beyond what fits the small fields is no date. */
	if (month < 1 || month > 12 || day < 1 || day > 31)
		return CHY_NO_DAY;
	c.month = (uint8_t)month;
	c.day = (uint8_t)day;
	return chy_civil_valid(c) ? chy_day_of(c) : CHY_NO_DAY;
}

int32_t
chy_day_parse(chy_slice s)
{
	chy_civil c;

	return chy_civil_parse(s, &c) ? day_make(c.year, c.month, c.day) :
	    CHY_NO_DAY;
}

static int32_t
month_last(int32_t day)
{
	chy_civil c = chy_day_civil(day);

	if (c.month == 12)
		return day_make(c.year, 12, 31);
	return day_make(c.year, c.month + 1, 1) - 1;
}


/* ---- parts ---- */

/* What is being read: tokens i to end, and the day to count from. */
struct reading_date {
	const struct tokens *ts;
	uint32_t end;
	int32_t	 base;
	chy_due *due;
};

/* "10", "10th"; 0 for none. */
static int
day_number(const struct reading_date *r, uint32_t i)
{
	chy_slice s;
	int n;

	if (i >= r->end || r->ts->at[i].kind != TOKEN_NUMBER)
		return 0;
	s = token_text(r->ts, i);
	if (s.len > 2 && chy_is_alpha(s.ptr[s.len - 1]))
		s.len -= 2;
	n = number_of(s);
	return n >= 1 && n <= 31 ? n : 0;
}

static int
year_number(const struct reading_date *r, uint32_t i)
{
	int n;

	if (i >= r->end || r->ts->at[i].kind != TOKEN_NUMBER)
		return 0;
	n = number_of(token_text(r->ts, i));
	return n >= 1900 && n <= 2100 ? n : 0;
}

/* "May" and "March" are months with a capital only. */
static int
month_of(const struct reading_date *r, uint32_t i)
{
	chy_slice s;

	if (i >= r->end || !r->ts->at[i].capital)
		return 0;
	s = token_text(r->ts, i);
	return s.len >= 3 ? chy_month_parse(s) : 0;
}

static int
weekday_of(const struct reading_date *r, uint32_t i)
{
	if (i >= r->end || !chy_token_among(r->ts, i, weekdays))
		return -1;
	for (int w = 0; w < 7; w++)
		if (chy_token_is(r->ts, i, weekday_names[w]))
			return w;
	return -1;
}

/* The year that brings the day nearest to base. */
static int32_t
nearest(const struct reading_date *r, int month, int day)
{
	int year = chy_day_civil(r->base).year;
	int32_t best = CHY_NO_DAY;

	for (int y = year - 1; y <= year + 1; y++) {
		int32_t d = day_make(y, month, day);

		if (d != CHY_NO_DAY && (best == CHY_NO_DAY ||
		    (d > r->base ? d - r->base : r->base - d) <
		    (best > r->base ? best - r->base : r->base - best)))
			best = d;
	}
	return best;
}

static void
set(struct reading_date *r, int32_t first, int32_t day, chy_due_basis basis)
{
	r->due->first = first;
	r->due->day = day;
	r->due->other = CHY_NO_DAY;
	r->due->basis = basis;
}

/* June 10; June 10, 2008; 10 June 2008; June 9-10. */
static uint32_t
read_month_day(struct reading_date *r, uint32_t i)
{
	int month = month_of(r, i), day, year = 0, last = 0;
	uint32_t at = i;
	int32_t d;

	if (month != 0) {
		chy_slice s;

		day = day_number(r, i + 1);
		at = i + 2;
		if (day == 0 && i + 1 < r->end) {
			/* 9-10 is one word. */
			size_t dash;

			s = token_text(r->ts, i + 1);
			dash = chy_slice_find(s, CHY_SLICE("-"), 0);
			day = number_of(chy_slice_sub(s, 0, dash));
			last = number_of(chy_slice_from(s, dash + 1));
			if (r->ts->at[i + 1].kind != TOKEN_NUMBER ||
			    last < day || last > 31)
				day = 0;
		}
	} else {
		day = day_number(r, i);
		if (day == 0)
			return 0;
		month = month_of(r, i + 1);
		at = i + 2;
	}
	if (month == 0 || day < 1)
		return 0;
	if (at < r->end && r->ts->at[at].kind == TOKEN_COMMA &&
	    (year = year_number(r, at + 1)) != 0)
		at += 2;
	else if ((year = year_number(r, at)) != 0)
		at++;
	d = year != 0 ? day_make(year, month, day) : nearest(r, month, day);
	if (d == CHY_NO_DAY)
		return 0;
	set(r, d, last > day ? d + (last - day) : d, CHY_DUE_EXPLICIT);
	return at - i;
}

/* 6/30/2008, 06/30/08. */
static uint32_t
read_slashes(struct reading_date *r, uint32_t i)
{
	chy_slice s = token_text(r->ts, i);
	size_t one = chy_slice_find(s, CHY_SLICE("/"), 0), two;
	int year;
	int32_t d;

	if (r->ts->at[i].kind != TOKEN_NUMBER || one == s.len)
		return 0;
	two = chy_slice_find(s, CHY_SLICE("/"), one + 1);
	if (two == s.len)
		return 0;
	year = number_of(chy_slice_from(s, two + 1));
	if (year >= 0 && year < 100)
		year += year < 70 ? 2000 : 1900;
	d = day_make(year, number_of(chy_slice_sub(s, 0, one)),
	    number_of(chy_slice_sub(s, one + 1, two - one - 1)));
	if (d == CHY_NO_DAY)
		return 0;
	set(r, d, d, CHY_DUE_EXPLICIT);
	return 1;
}

/* January 2008; the end of June; mid-June. */
static uint32_t
read_month(struct reading_date *r, uint32_t i)
{
	int month, year;
	uint32_t at = i;
	int32_t first;

	if (chy_token_among(r->ts, at, "early|mid|late|in|end") &&
	    at + 1 < r->end)
		at++;
	if (at > i && chy_token_is(r->ts, at, "of"))
		at++;
	month = month_of(r, at);
	if (month == 0 || (month == 5 && at == i))
		return 0;
	at++;
	year = year_number(r, at);
	if (year != 0)
		at++;
	else if (at - i == 1)
		return 0;	/* a month alone says too little */
	first = year != 0 ? day_make(year, month, 1) : nearest(r, month, 1);
	if (first == CHY_NO_DAY)
		return 0;
	set(r, first, month_last(first), year != 0 ? CHY_DUE_EXPLICIT :
	    CHY_DUE_DERIVED);
	return at - i;
}

static uint32_t
read_relative_day(struct reading_date *r, uint32_t i)
{
	static const struct {
		const char *word;
		int	    days;
	} rows[] = {
		{ "tomorrow", 1 }, { "today", 0 }, { "tonight", 0 },
		{ "yesterday", -1 },
	};

	if (chy_token_is(r->ts, i, "day") && chy_token_is(r->ts, i + 1,
	    "after") && chy_token_is(r->ts, i + 2, "tomorrow")) {
		set(r, r->base + 2, r->base + 2, CHY_DUE_DERIVED);
		return 3;
	}
	for (size_t k = 0; k < ARRAY_LEN(rows); k++)
		if (chy_token_is(r->ts, i, rows[k].word)) {
			int32_t d = r->base + rows[k].days;

			set(r, d, d, CHY_DUE_DERIVED);
			return 1;
		}
	return 0;
}

/* Tuesday; next Tuesday; this week; next month; the end of the year. */
static uint32_t
read_weekday(struct reading_date *r, uint32_t i)
{
	bool next = chy_token_among(r->ts, i, "next|coming|following");
	bool last = chy_token_is(r->ts, i, "last");
	bool this = chy_token_is(r->ts, i, "this");
	uint32_t at = i + (next || last || this);
	int w = weekday_of(r, at), ahead;
	int32_t d;

	if (w < 0)
		return 0;
	ahead = w - chy_day_weekday(r->base);
	if (ahead <= 0)
		ahead += 7;
	if (last)
		ahead -= 7;
	d = r->base + ahead;
	set(r, d, d, CHY_DUE_DERIVED);
	/* The very next day would have been called tomorrow; "next Tuesday"
	 * said on a Monday means either. */
	if (!last && !this && (ahead == 1 || (next && ahead < 4)))
		r->due->other = d + 7;
	/* Followed by its date: that says it better. */
	if (at + 1 < r->end) {
		uint32_t comma = r->ts->at[at + 1].kind == TOKEN_COMMA;
		uint32_t n = read_month_day(r, at + 1 + comma);

		if (n > 0)
			return at + 1 + comma + n - i;
	}
	return at + 1 - i;
}

static uint32_t
read_unit(struct reading_date *r, uint32_t i)
{
	bool next = chy_token_among(r->ts, i, "next|coming|following");
	bool this = chy_token_is(r->ts, i, "this");
	chy_civil c;
	int32_t monday = r->base - chy_day_weekday(r->base);

	if (!next && !this)
		return 0;
	/* "this year's report" is no date. */
	if (i + 1 >= r->end || r->ts->at[i + 1].possessive)
		return 0;
	c = chy_day_civil(r->base);
	if (chy_token_is(r->ts, i + 1, "week")) {
		monday += next ? 7 : 0;
		set(r, monday, monday + 4, CHY_DUE_DERIVED);
	} else if (chy_token_is(r->ts, i + 1, "month")) {
		int32_t first = day_make(c.year, c.month, 1);

		if (next)
			first = month_last(first) + 1;
		set(r, first, month_last(first), CHY_DUE_DERIVED);
	} else if (chy_token_is(r->ts, i + 1, "year")) {
		int y = c.year + (next ? 1 : 0);

		set(r, day_make(y, 1, 1), day_make(y, 12, 31),
		    CHY_DUE_DERIVED);
	} else {
		return 0;
	}
	return 2;
}

/* end of the week, end of the month, end of the year, end of next week */
static uint32_t
read_end_of(struct reading_date *r, uint32_t i)
{
	uint32_t at = i + 2, n;
	int32_t monday = r->base - chy_day_weekday(r->base);

	if (!chy_token_is(r->ts, i, "end") || !chy_token_is(r->ts, i + 1,
	    "of"))
		return 0;
	n = read_unit(r, at);
	if (n > 0)
		return 2 + n;
	if (chy_token_is(r->ts, at, "the"))
		at++;
	if (chy_token_is(r->ts, at, "week"))
		set(r, monday + 4, monday + 4, CHY_DUE_DERIVED);
	else if (chy_token_is(r->ts, at, "month"))
		set(r, month_last(r->base), month_last(r->base),
		    CHY_DUE_DERIVED);
	else if (chy_token_is(r->ts, at, "year"))
		set(r, day_make(chy_day_civil(r->base).year, 12, 31),
		    day_make(chy_day_civil(r->base).year, 12, 31),
		    CHY_DUE_DERIVED);
	else
		return 0;
	return at + 1 - i;
}

static int
count_of(const struct reading_date *r, uint32_t i)
{
	int n;

	if (i >= r->end)
		return -1;
	n = number_of(token_text(r->ts, i));
	for (int k = 1; n < 0 && k < (int)ARRAY_LEN(numbers); k++)
		if (chy_token_is(r->ts, i, numbers[k]))
			n = k;
	return n > 0 && n < 1000 ? n : -1;
}

static bool
add_units(struct reading_date *r, uint32_t i, int n, bool working)
{
	int32_t d;

	if (chy_token_among(r->ts, i, "day|days"))
		d = working ? chy_day_working(r->base, n) : r->base + n;
	else if (chy_token_among(r->ts, i, "week|weeks"))
		d = r->base + 7 * n;
	else if (chy_token_among(r->ts, i, "month|months"))
		d = r->base + 30 * n;
	else if (chy_token_among(r->ts, i, "hour|hours"))
		d = r->base + (n + 23) / 24;
	else
		return false;
	set(r, d, d, CHY_DUE_DERIVED);
	return true;
}

/* within 60 days; in two weeks; within ten working days; a 60-day period */
static uint32_t
read_period(struct reading_date *r, uint32_t i)
{
	bool within = chy_token_among(r->ts, i, "within|in");
	uint32_t at = i + within;
	bool working = false;
	chy_slice s;
	int n;

	if (within && chy_token_is(r->ts, at, "the") &&
	    chy_token_is(r->ts, at + 1, "next"))
		at += 2;
	n = count_of(r, at);
	if (within && n > 0) {
		at++;
		if (chy_token_among(r->ts, at, "working|business")) {
			working = true;
			at++;
		}
		if (!add_units(r, at, n, working))
			return 0;
		r->due->role = CHY_DUE_ROLE_PERIOD;
		return at + 1 - i;
	}
	/* 60-day, 90-day, with the noun it belongs to. */
	if (within || i >= r->end)
		return 0;
	s = token_text(r->ts, i);
	n = number_of(chy_slice_sub(s, 0, chy_slice_find(s, CHY_SLICE("-"),
	    0)));
	if (n <= 0 || n > 999 || !chy_slice_ieq(chy_slice_from(s,
	    chy_slice_find(s, CHY_SLICE("-"), 0)), CHY_SLICE("-day")))
		return 0;
	for (at = i + 1; at < r->end && at < i + 3; at++)
		if (chy_token_among(r->ts, at,
		    "period|deadline|window|limit|clock|timeline|timeframe")) {
			/* When it began is not said. */
			set(r, r->base + n, r->base + n, CHY_DUE_ASSUMED);
			r->due->role = CHY_DUE_ROLE_PERIOD;
			return at + 1 - i;
		}
	return 0;
}

/* What turns a day into a deadline, before it. */
static uint32_t
read_by(const struct reading_date *r, uint32_t i, chy_due_role *ret)
{
	static const struct {
		const char  *words[4];
		chy_due_role role;
	} rows[] = {
		{ { "no", "later", "than", NULL }, CHY_DUE_ROLE_BY },
		{ { "not", "later", "than", NULL }, CHY_DUE_ROLE_BY },
		{ { "close", "of", "business", NULL }, CHY_DUE_ROLE_BY },
		{ { "nlt", NULL, NULL, NULL }, CHY_DUE_ROLE_BY },
		{ { "cob", NULL, NULL, NULL }, CHY_DUE_ROLE_BY },
		{ { "opening", "of", "business", NULL }, CHY_DUE_ROLE_BY },
		{ { "by", NULL, NULL, NULL }, CHY_DUE_ROLE_BY },
		{ { "before", NULL, NULL, NULL }, CHY_DUE_ROLE_BY },
		{ { "until", NULL, NULL, NULL }, CHY_DUE_ROLE_BY },
		{ { "due", NULL, NULL, NULL }, CHY_DUE_ROLE_BY },
		{ { "prior", "to", NULL, NULL }, CHY_DUE_ROLE_BY },
		{ { "in", "advance", "of", NULL }, CHY_DUE_ROLE_BY },
		{ { "since", NULL, NULL, NULL }, CHY_DUE_ROLE_SINCE },
	};

	for (size_t k = 0; k < ARRAY_LEN(rows); k++) {
		uint32_t n = 0;

		while (n < 4 && rows[k].words[n] != NULL && i + n < r->end &&
		    chy_token_is(r->ts, i + n, rows[k].words[n]))
			n++;
		if (n > 0 && (n == 4 || rows[k].words[n] == NULL)) {
			*ret = rows[k].role;
			return n;
		}
	}
	return 0;
}

static uint32_t
read_day(struct reading_date *r, uint32_t i)
{
	static uint32_t (*const readers[])(struct reading_date *, uint32_t) = {
		read_month_day, read_slashes, read_period, read_weekday,
		read_unit, read_end_of, read_relative_day, read_month,
	};
	uint32_t n = 0;

	for (size_t k = 0; k < ARRAY_LEN(readers) && n == 0 && i < r->end; k++)
		n = readers[k](r, i);
	return n;
}

static uint32_t
read_soon(struct reading_date *r, uint32_t i)
{
	uint32_t n = 0;

	if (chy_token_among(r->ts, i, "asap|soonest"))
		n = 1;
	else if (chy_token_is(r->ts, i, "as") && chy_token_is(r->ts, i + 1,
	    "soon") && chy_token_is(r->ts, i + 2, "as"))
		n = 4;
	else if (chy_token_among(r->ts, i, "earliest") &&
	    chy_token_among(r->ts, i + 1, "convenience|opportunity"))
		n = 2;
	if (n == 0 || i + n > r->end)
		return 0;
	set(r, CHY_NO_DAY, CHY_NO_DAY, CHY_DUE_NONE);
	r->due->role = CHY_DUE_ROLE_SOON;
	return n;
}

uint32_t
chy_date_at(const struct tokens *ts, uint32_t i, uint32_t end, int32_t base,
    chy_due *ret)
{
	chy_due due = { .day = CHY_NO_DAY, .first = CHY_NO_DAY,
	    .other = CHY_NO_DAY };
	struct reading_date r = { ts, end < ts->n ? end : ts->n, base, &due };
	chy_due_role role = CHY_DUE_ROLE_DAY;
	uint32_t before = 0, n, more;

	if (i >= r.end || base == CHY_NO_DAY)
		return 0;
	/* "by COB Friday" has two of them; "by the end of" an article. */
	while ((more = read_by(&r, i + before, &role)) > 0)
		before += more;
	if (before > 0 && chy_token_among(ts, i + before, "the|on|this"))
		before += chy_token_is(ts, i + before, "this") ? 0 : 1;
	n = read_day(&r, i + before);
	if (n == 0 && before == 0)
		n = read_soon(&r, i);
	if (n == 0 || i + before + n > ts->n)
		return 0;
	if (before > 0 && due.role == CHY_DUE_ROLE_DAY)
		due.role = role;
	due.phrase = chy_slice_sub(ts->text, ts->at[i].off,
	    ts->at[i + before + n - 1].off + ts->at[i + before + n - 1].len -
	    ts->at[i].off);
	*ret = due;
	return before + n;
}

bool
chy_due_next(chy_slice text, size_t *pos, int32_t base, chy_due *ret)
{
	struct tokens ts;
	chy_arena arena;
	bool found = false;

	chy_arena_init(&arena, 0);
	if (*pos < text.len && chy_tokens_cut(&ts, text, &arena))
		for (uint32_t i = 0; i < ts.n && !found; i++) {
			if (ts.at[i].off < *pos ||
			    chy_date_at(&ts, i, ts.n, base, ret) == 0)
				continue;
			*pos = (size_t)(ret->phrase.ptr - text.ptr) +
			    ret->phrase.len;
			found = true;
		}
	chy_arena_done(&arena);
	return found;
}


/* ---- words, settings ---- */

static void
put_day(chy_buf *out, int32_t day)
{
	chy_civil c = chy_day_civil(day);

	chy_buf_printf(out, "%d %s %d", (int)c.day, chy_month_name(c.month),
	    (int)c.year);
}

size_t
chy_due_words(const chy_due *due, int32_t base, char *out, size_t size)
{
	chy_buf buf = CHY_BUF_INIT;
	chy_slice s;

	chy_buf_puts(&buf, due->day == CHY_NO_DAY ? "no date" :
	    chy_due_basis_name(due->basis));
	if (due->phrase.len > 0) {
		chy_buf_puts(&buf, ": \"");
		chy_buf_put(&buf, due->phrase);
		chy_buf_puts(&buf, "\"");
	}
	if (due->basis == CHY_DUE_DERIVED && base != CHY_NO_DAY) {
		chy_buf_puts(&buf, ", counted from ");
		put_day(&buf, base);
	}
	if (due->other != CHY_NO_DAY) {
		chy_buf_puts(&buf, "; or ");
		put_day(&buf, due->other);
	}
	s = chy_buf_slice(&buf);
	if (s.len >= size)
		s.len = size - 1;
	memcpy(out, s.ptr, s.len);
	out[s.len] = '\0';
	chy_buf_done(&buf);
	return s.len;
}

chy_casework_settings
chy_casework_defaults(void)
{
	chy_casework_settings set = { .own = CHY_SLICE("US"), .first_days = {
		[CHY_PRECEDENCE_NONE] = 10,
		[CHY_PRECEDENCE_ROUTINE] = 10,
		[CHY_PRECEDENCE_PRIORITY] = 3,
		[CHY_PRECEDENCE_IMMEDIATE] = 1,
		[CHY_PRECEDENCE_NIACT_IMMEDIATE] = 1,
		[CHY_PRECEDENCE_FLASH] = 1,
		[CHY_PRECEDENCE_EMERGENCY] = 1,
		[CHY_PRECEDENCE_CRITIC] = 1,
	} };

	for (size_t i = 0; i < ARRAY_LEN(set.first_days); i++)
		set.final_days[i] = 2 * set.first_days[i];
	return set;
}

chy_due
chy_due_assumed(const chy_casework_settings *settings,
    chy_precedence precedence, int32_t day, bool final)
{
	chy_due due = { .day = CHY_NO_DAY, .first = CHY_NO_DAY,
	    .other = CHY_NO_DAY, .basis = CHY_DUE_NONE,
	    .role = CHY_DUE_ROLE_BY, .phrase = CHY_EMPTY };
	int n = final ? settings->final_days[precedence] :
	    settings->first_days[precedence];

	if (day == CHY_NO_DAY || n == 0)
		return due;
	due.day = due.first = chy_day_working(day, n);
	due.basis = CHY_DUE_ASSUMED;
	due.phrase = precedence == CHY_PRECEDENCE_NONE ?
	    CHY_SLICE("no precedence") : chy_precedence_name(precedence);
	return due;
}

bool
chy_is_overdue(chy_item_status status, int32_t due, int32_t today)
{
	return chy_item_status_open(status) && due != CHY_NO_DAY &&
	    today > due;
}
