/*
 * A date as people write it: the first and the last second that it means.
 *
 * Which of 3/4/1975 is the month is not guessed: it is an error that says so.
 * Years of two digits are those of numbers, 66 and later in the twentieth
 * century (telegram-forms(7)).
 *
 * SPDX-License-Identifier: ISC
 */
#include <string.h>

#include "base/ascii.h"
#include "base/civil.h"
#include "query/query_int.h"

#define DAY	INT64_C(86400)
#define PARTS	8u

/* The text cut into runs of digits and of letters. */
struct parts {
	chy_slice at[PARTS];
	bool	  number[PARTS];
	char	  before[PARTS];	/* sign between it and the last; ' ': a
					 * blank, 0: nothing */
	uint32_t  n;
};

/* Between two runs stand blanks, and one sign at most: what else is there has
 * a meaning that is not known here ("1975..", ">1975"). */
static bool
cut(chy_slice s, struct parts *p)
{
	size_t i = 0;
	char sign = '\0';

	p->n = 0;
	while (i < s.len) {
		size_t start = i;
		bool number = chy_is_digit(s.ptr[i]);

		if (!number && !chy_is_alpha(s.ptr[i])) {
			if (sign != '\0' && sign != ' ' && s.ptr[i] != ' ')
				return false;
			if (memchr(" -/.,:'", s.ptr[i], 7) == NULL)
				return false;
			if (sign == '\0' || sign == ' ')
				sign = s.ptr[i];
			i++;
			continue;
		}
		while (i < s.len && (number ? chy_is_digit(s.ptr[i]) :
		    chy_is_alpha(s.ptr[i])))
			i++;
		if (p->n == PARTS || (p->n == 0 && sign != '\0'))
			return false;
		p->at[p->n] = chy_slice_sub(s, start, i - start);
		p->number[p->n] = number;
		p->before[p->n++] = sign;
		sign = '\0';
	}
	return sign == '\0';
}

static int
number_of(chy_slice s)
{
	int v = 0;

	for (size_t i = 0; i < s.len && i < 9; i++)
		v = v * 10 + (s.ptr[i] - '0');
	return v;
}

static int
year_of(chy_slice s)
{
	int v = number_of(s);

	if (s.len == 4)
		return v;
	return s.len == 2 ? v >= 66 ? 1900 + v : 2000 + v : 0;
}

static int
last_day(int year, int month)
{
	chy_civil c = { year, (uint8_t)month, 31, 0, 0 };

	while (!chy_civil_valid(c))
		c.day--;
	return c.day;
}

/* Month 0: the whole year; day 0: the whole month. */
static bool
give(int year, int month, int day, chy_date_range *ret)
{
	chy_civil a = { year, 1, 1, 0, 0 }, b = { year, 12, 31, 0, 0 };

	if (year < 1 || year > 9999 || month < 0 || month > 12 || day < 0 ||
	    day > 31)
		return false;
	if (month > 0) {
		a.month = b.month = (uint8_t)month;
		b.day = (uint8_t)last_day(year, month);
	}
	if (day > 0)
		a.day = b.day = (uint8_t)day;
	if (!chy_civil_valid(a) || !chy_civil_valid(b))
		return false;
	ret->first = chy_civil_seconds(a);
	ret->last = chy_civil_seconds(b) + DAY - 1;
	return true;
}

/* Months from..to of a year. */
static bool
give_months(int year, int from, int to, chy_date_range *ret)
{
	chy_date_range end;

	if (!give(year, from, 0, ret) || !give(year, to, 0, &end))
		return false;
	ret->last = end.last;
	return true;
}

static bool
give_minute(int year, int month, int day, int hour, int minute,
    chy_date_range *ret)
{
	if (month < 1 || day < 1 || hour > 23 || minute > 59 ||
	    !give(year, month, day, ret))
		return false;
	ret->first += hour * INT64_C(3600) + minute * INT64_C(60);
	ret->last = ret->first + 59;
	return true;
}

/* 2008-W24: from Monday on; the first week has 4 January in it (ISO 8601). */
static bool
give_week(int year, int week, chy_date_range *ret)
{
	chy_date_range jan;
	int64_t monday;

	if (week < 1 || week > 53 || !give(year, 1, 4, &jan))
		return false;
	/* 1 January 1970 was a Thursday. */
	monday = jan.first / DAY;
	monday -= ((monday + 3) % 7 + 7) % 7;
	ret->first = (monday + (week - 1) * 7) * DAY;
	ret->last = ret->first + 7 * DAY - 1;
	return week < 53 || chy_civil_from(ret->first + 3 * DAY).year == year;
}


/* ---- words for days near today ---- */

/* So many days, weeks, months or years before today. */
static bool
ago(int64_t now, int n, char unit, chy_date_range *ret)
{
	chy_civil today = chy_civil_from(now);
	int months = today.year * 12 + today.month - 1, last;

	switch (unit) {
	case 'd':
	case 'w':
		today = chy_civil_from((now / DAY - (unit == 'w' ? 7 : 1) *
		    (int64_t)n) * DAY);
		return give(today.year, today.month, today.day, ret);
	case 'm':
	case 'y':
		months -= unit == 'y' ? 12 * n : n;
		if (months < 12)
			return false;
		/* Where that month is shorter, its last day. */
		last = last_day(months / 12, months % 12 + 1);
		return give(months / 12, months % 12 + 1, today.day < last ?
		    today.day : last, ret);
	default:
		return false;
	}
}

/* "today", "last week", "30d": 30 days ago. */
static bool
relative(chy_slice s, const struct parts *p, int64_t now, chy_date_range *ret)
{
	chy_civil today = chy_civil_from(now);
	int64_t day = now / DAY, monday = day - ((day + 3) % 7 + 7) % 7;
	bool last;

	if (p->n == 2 && p->number[0] && p->at[1].len == 1 &&
	    p->at[0].len <= 5 &&
	    (p->before[1] == '\0' || p->before[1] == ' '))
		return ago(now, number_of(p->at[0]),
		    chy_lower(p->at[1].ptr[0]), ret);
	if (chy_slice_ieq(s, CHY_SLICE("today")) ||
	    chy_slice_ieq(s, CHY_SLICE("yesterday"))) {
		day -= s.len > 5;
		ret->first = day * DAY;
		ret->last = ret->first + DAY - 1;
		return true;
	}
	last = p->n == 2 && chy_slice_ieq(p->at[0], CHY_SLICE("last"));
	if (p->n != 2 || p->before[1] != ' ' || (!last &&
	    !chy_slice_ieq(p->at[0], CHY_SLICE("this"))))
		return false;
	if (chy_slice_ieq(p->at[1], CHY_SLICE("week"))) {
		ret->first = (monday - (last ? 7 : 0)) * DAY;
		ret->last = ret->first + 7 * DAY - 1;
		return true;
	}
	if (chy_slice_ieq(p->at[1], CHY_SLICE("month"))) {
		int months = today.year * 12 + today.month - 1 - last;

		return give(months / 12, months % 12 + 1, 0, ret);
	}
	return chy_slice_ieq(p->at[1], CHY_SLICE("year")) &&
	    give(today.year - last, 0, 0, ret);
}


/* ---- forms ---- */

/* Part `i` is a number of one or two digits, with that sign before it. */
static bool
short_number(const struct parts *p, uint32_t i, char sign)
{
	return i < p->n && p->number[i] && p->at[i].len <= 2 &&
	    p->before[i] == sign;
}

/* 2008-06-09T14:56Z, with seconds, or with a blank for the T. */
static bool
with_time(const struct parts *p, chy_date_range *ret)
{
	uint32_t i = 3;

	if (p->n < 5 || !p->number[0] || p->at[0].len != 4 ||
	    !short_number(p, 1, '-') || !short_number(p, 2, '-'))
		return false;
	if (chy_slice_ieq(p->at[i], CHY_SLICE("t")) && p->before[i] == '\0')
		i++;
	if (!short_number(p, i, i == 3 ? ' ' : '\0') ||
	    !short_number(p, i + 1, ':') || !give_minute(number_of(p->at[0]),
	    number_of(p->at[1]), number_of(p->at[2]), number_of(p->at[i]),
	    number_of(p->at[i + 1]), ret))
		return false;
	i += 2;
	if (short_number(p, i, ':') && number_of(p->at[i]) < 60)
		i++;
	if (i < p->n && chy_slice_ieq(p->at[i], CHY_SLICE("z")))
		i++;
	return i == p->n;
}

/* Digits and signs alone: 1975, 1975-03-12, 19750312, 12.3.1975, 25/3/1975. */
static chy_date_form
numbers(const struct parts *p, chy_date_range *ret)
{
	int a = number_of(p->at[0]), b, c;
	bool done = false;

	if (p->n == 1) {
		if (p->at[0].len == 8)
			done = give(a / 10000, a / 100 % 100, a % 100, ret) &&
			    a / 100 % 100 > 0 && a % 100 > 0;
		else if (p->at[0].len == 4)
			done = give(a, 0, 0, ret);
		return done ? CHY_DATE_UNDERSTOOD : CHY_DATE_NONE;
	}
	if (strchr("-/. ", p->before[1]) == NULL ||
	    (p->n > 2 && p->before[2] != p->before[1]))
		return CHY_DATE_NONE;
	b = number_of(p->at[1]);
	if (p->at[0].len == 4 && p->n <= 3) {
		c = p->n == 3 ? number_of(p->at[2]) : 0;
		done = b > 0 && (p->n == 2 || c > 0) && p->at[1].len <= 2 &&
		    (p->n == 2 || p->at[2].len <= 2) && give(a, b, c, ret);
		return done ? CHY_DATE_UNDERSTOOD : CHY_DATE_NONE;
	}
	if (p->n != 3 || p->at[0].len > 2 || p->at[1].len > 2 || a == 0 ||
	    b == 0 || year_of(p->at[2]) == 0)
		return CHY_DATE_NONE;
	c = year_of(p->at[2]);
	/* With points the day is first wherever they are written so. */
	if (p->before[1] == '.' || a > 12)
		done = give(c, b, a, ret);
	else if (b > 12 || a == b)
		done = give(c, a, b, ret);
	else
		return CHY_DATE_AMBIGUOUS;
	return done ? CHY_DATE_UNDERSTOOD : CHY_DATE_NONE;
}

static void
skip_ordinal(const struct parts *p, uint32_t *i)
{
	static const char *const endings[] = { "st", "nd", "rd", "th" };

	for (size_t k = 0; k < ARRAY_LEN(endings); k++)
		if (*i < p->n && p->before[*i] == '\0' &&
		    chy_slice_ieq(p->at[*i], chy_slice_of(endings[k]))) {
			(*i)++;
			return;
		}
}

/* A day, or two with "-" between them, so that `after` parts are left; none
 * leaves *first 0. False where it is no day. */
static bool
days(const struct parts *p, uint32_t *i, uint32_t after, int *first, int *last)
{
	if (*i + after >= p->n || !p->number[*i] || p->at[*i].len > 2)
		return true;
	*first = *last = number_of(p->at[(*i)++]);
	skip_ordinal(p, i);
	if (*i + after < p->n && short_number(p, *i, '-')) {
		*last = number_of(p->at[(*i)++]);
		skip_ordinal(p, i);
	}
	return *first > 0 && *last >= *first;
}

/* March 1975, MAR75; 12 MAR 75, 12-14 Mar 1975; March 12th, 1975; 1975 March,
 * 1975-Mar-12. */
static bool
with_month(const struct parts *p, chy_date_range *ret)
{
	uint32_t i = 0;
	int year = 0, month = 0, first = 0, last = 0;
	chy_date_range end;

	for (uint32_t k = 0; k < p->n; k++)
		if (p->before[k] == ':')
			return false;
	if (p->number[0] && p->at[0].len == 4)
		year = number_of(p->at[i++]);
	else if (!days(p, &i, 2, &first, &last))
		return false;
	if (i < p->n && !p->number[i])
		month = chy_month_parse(p->at[i++]);
	if (month == 0 || (first == 0 &&
	    !days(p, &i, year == 0, &first, &last)))
		return false;
	if (year == 0 && i < p->n && p->number[i])
		year = year_of(p->at[i++]);
	if (i < p->n || year == 0 || !give(year, month, first, ret) ||
	    !give(year, month, last, &end))
		return false;
	ret->last = end.last;
	return true;
}

/* With letters: the month's name, Q, W, s, Z. */
static bool
lettered(const struct parts *p, chy_date_range *ret)
{
	uint32_t n = p->n;
	int month = 0;
	chy_slice last = p->at[n - 1];

	/* 1970s */
	if (n == 2 && p->number[0] && p->at[0].len == 4 &&
	    chy_slice_ieq(last, CHY_SLICE("s")) &&
	    number_of(p->at[0]) % 10 == 0) {
		chy_date_range end;
		int y = number_of(p->at[0]);

		if (!give(y, 0, 0, ret) || !give(y + 9, 0, 0, &end))
			return false;
		ret->last = end.last;
		return true;
	}
	/* 1975Q1, 1975-Q1, 2008-W24; Q1 1975 */
	if (n == 3 && p->number[2] != p->number[1] && !p->number[1] &&
	    p->number[0] && p->at[0].len == 4 && p->at[1].len == 1) {
		int k = number_of(p->at[2]);

		if (chy_lower(p->at[1].ptr[0]) == 'q' && k >= 1 && k <= 4)
			return give_months(number_of(p->at[0]), k * 3 - 2,
			    k * 3, ret);
		if (chy_lower(p->at[1].ptr[0]) == 'w')
			return give_week(number_of(p->at[0]), k, ret);
	}
	if (n == 3 && chy_slice_ieq(p->at[0], CHY_SLICE("q")) &&
	    p->number[1] && p->number[2] && p->at[2].len == 4) {
		int k = number_of(p->at[1]);

		return k >= 1 && k <= 4 && give_months(number_of(p->at[2]),
		    k * 3 - 2, k * 3, ret);
	}
	/* 091456Z JUN 08 */
	if (n == 4 && p->number[0] && p->at[0].len == 6 &&
	    chy_slice_ieq(p->at[1], CHY_SLICE("z")) &&
	    (month = chy_month_parse(p->at[2])) > 0 && p->number[3]) {
		int t = number_of(p->at[0]);

		return give_minute(year_of(p->at[3]), month, t / 10000,
		    t / 100 % 100, t % 100, ret);
	}
	if (n == 3 && p->number[0] && p->at[0].len == 6 && !p->number[1] &&
	    p->at[1].len > 3 && chy_lower(p->at[1].ptr[0]) == 'z' &&
	    (month = chy_month_parse(chy_slice_from(p->at[1], 1))) > 0 &&
	    p->number[2]) {
		int t = number_of(p->at[0]);

		return give_minute(year_of(p->at[2]), month, t / 10000,
		    t / 100 % 100, t % 100, ret);
	}
	return with_month(p, ret);
}

chy_date_form
chy_date_parse(chy_slice text, int64_t now, chy_date_range *ret)
{
	struct parts p;
	bool letters = false;

	text = chy_slice_trim(text);
	if (text.len > 64 || !cut(text, &p) || p.n == 0)
		return CHY_DATE_NONE;
	if ((now != 0 && relative(text, &p, now, ret)) || with_time(&p, ret))
		return CHY_DATE_UNDERSTOOD;
	for (uint32_t i = 0; i < p.n; i++)
		letters |= !p.number[i];
	if (!letters)
		return numbers(&p, ret);
	return lettered(&p, ret) ? CHY_DATE_UNDERSTOOD : CHY_DATE_NONE;
}


/* ---- back ---- */

/* How coarse a second is as a beginning, or the next as an end: 0 a year, 1 a
 * month, 2 a day, 3 a minute. */
static int
grain(int64_t second)
{
	chy_civil c = chy_civil_from(second);

	if (c.hour != 0 || c.minute != 0)
		return 3;
	if (c.day != 1)
		return 2;
	return c.month != 1;
}

static void
print_at(int64_t second, int grain_of, chy_buf *out)
{
	chy_civil c = chy_civil_from(second);
	char text[18];

	if (grain_of == 3) {
		chy_civil_iso(c, text);
		chy_buf_puts(out, text);
		return;
	}
	chy_civil_date(c, text);
	chy_buf_put(out, (chy_slice){ text, grain_of == 0 ? 4u :
	    grain_of == 1 ? 7u : 10u });
}

void
chy_date_print(int64_t first, int64_t last, chy_buf *out)
{
	int a = first == INT64_MIN ? 0 : grain(first);
	int b = last == INT64_MAX ? 0 : grain(last + 1);
	int g = a > b ? a : b;
	size_t before;

	before = out->len;
	if (first != INT64_MIN)
		print_at(first, g, out);
	if (last != INT64_MAX && first != INT64_MIN) {
		chy_buf end = CHY_BUF_INIT;

		print_at(last, g, &end);
		if (!chy_slice_eq(chy_buf_slice(&end),
		    chy_slice_from(chy_buf_slice(out), before))) {
			chy_buf_puts(out, "..");
			chy_buf_put(out, chy_buf_slice(&end));
		}
		chy_buf_done(&end);
		return;
	}
	chy_buf_puts(out, "..");
	if (last != INT64_MAX)
		print_at(last, g, out);
}
