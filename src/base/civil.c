/*
 * Civil dates by days since the first of March, after the well-known method
 * that makes leap days the last of their year.
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/civil.h"

#include <stdio.h>

#include "base/ascii.h"
#include "base/compiler.h"

static const char *const months[] = { "January", "February", "March", "April",
    "May", "June", "July", "August", "September", "October", "November",
    "December" };

static bool
is_leap(int32_t y)
{
	return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
}

static int
days_of_month(int32_t year, int month)
{
	static const uint8_t days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31,
	    30, 31 };

	return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

bool
chy_civil_valid(chy_civil c)
{
	return c.year >= 1 && c.year <= 9999 && c.month >= 1 && c.month <= 12 &&
	    c.day >= 1 && c.day <= days_of_month(c.year, c.month) &&
	    c.hour <= 23 && c.minute <= 59;
}

static int64_t
days_from_civil(int64_t y, int m, int d)
{
	int64_t era, doe;
	int doy;

	y -= m <= 2;
	era = (y >= 0 ? y : y - 399) / 400;
	doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
	doe = (y - era * 400) * 365 + (y - era * 400) / 4 -
	    (y - era * 400) / 100 + doy;
	return era * 146097 + doe - 719468;
}

int64_t
chy_civil_seconds(chy_civil c)
{
	return days_from_civil(c.year, c.month, c.day) * 86400 +
	    c.hour * 3600 + c.minute * 60;
}

chy_civil
chy_civil_from(int64_t seconds)
{
	int64_t days = seconds / 86400, rest = seconds % 86400;
	int64_t era, doe, yoe, doy, mp, y;
	chy_civil c;

	if (rest < 0) {
		rest += 86400;
		days--;
	}
	days += 719468;
	era = (days >= 0 ? days : days - 146096) / 146097;
	doe = days - era * 146097;
	yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	mp = (5 * doy + 2) / 153;
	y = yoe + era * 400;
	c.day = (uint8_t)(doy - (153 * mp + 2) / 5 + 1);
	c.month = (uint8_t)(mp < 10 ? mp + 3 : mp - 9);
	c.year = (int32_t)(y + (c.month <= 2));
	c.hour = (uint8_t)(rest / 3600);
	c.minute = (uint8_t)(rest % 3600 / 60);
	return c;
}

int
chy_civil_day_of_year(chy_civil c)
{
	return (int)(days_from_civil(c.year, c.month, c.day) -
	    days_from_civil(c.year, 1, 1)) + 1;
}

static void
put_digits(char *out, int32_t value, int width)
{
	for (int i = width - 1; i >= 0; i--) {
		out[i] = (char)('0' + value % 10);
		value /= 10;
	}
}

void
chy_civil_date(chy_civil c, char out[11])
{
	put_digits(out, c.year, 4);
	out[4] = '-';
	put_digits(out + 5, c.month, 2);
	out[7] = '-';
	put_digits(out + 8, c.day, 2);
	out[10] = '\0';
}

void
chy_civil_iso(chy_civil c, char out[18])
{
	chy_civil_date(c, out);
	out[10] = 'T';
	put_digits(out + 11, c.hour, 2);
	out[13] = ':';
	put_digits(out + 14, c.minute, 2);
	out[16] = 'Z';
	out[17] = '\0';
}

bool
chy_civil_parse(chy_slice text, chy_civil *ret)
{
	int part[3] = { 0, 0, 0 }, k = 0;
	chy_civil c;

	*ret = (chy_civil){ .year = 0 };
	if (text.len != 10 || text.ptr[4] != '-' || text.ptr[7] != '-')
		return false;
	for (size_t i = 0; i < 10; i++) {
		if (i == 4 || i == 7)
			k++;
		else if (!chy_is_digit(text.ptr[i]))
			return false;
		else
			part[k] = part[k] * 10 + (text.ptr[i] - '0');
	}
	c = (chy_civil){ .year = part[0], .month = (uint8_t)part[1],
	    .day = (uint8_t)part[2] };
	if (!chy_civil_valid(c))
		return false;
	*ret = c;
	return true;
}

int
chy_month_parse(chy_slice name)
{
	if (name.len < 3 || name.len > 9)
		return 0;
	for (size_t i = 0; i < ARRAY_LEN(months); i++) {
		chy_slice full = chy_slice_of(months[i]);

		if (((name.ptr[0] ^ full.ptr[0]) & ~0x20) != 0)
			continue;
		if (chy_slice_ieq(name, full) ||
		    chy_slice_ieq(name, chy_slice_sub(full, 0, 3)))
			return (int)i + 1;
	}
	return 0;
}

const char *
chy_month_name(int month)
{
	return month >= 1 && month <= 12 ? months[month - 1] : "";
}
