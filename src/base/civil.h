/*
 * Days and times of the Gregorian calendar, always Z (UTC). Time is signed
 * 64-bit seconds since 1970-01-01T00:00Z. No clock here: "now" is an
 * argument wherever it is needed.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_BASE_CIVIL_H
#define CHY_BASE_CIVIL_H

#include "base/slice.h"

typedef struct chy_civil {
	int32_t year;		/* 1 to 9999 */
	uint8_t month;		/* 1 to 12 */
	uint8_t day;		/* 1 to 31 */
	uint8_t hour;		/* 0 to 23 */
	uint8_t minute;		/* 0 to 59 */
} chy_civil;

bool	chy_civil_valid(chy_civil c);
int64_t	chy_civil_seconds(chy_civil c);
chy_civil chy_civil_from(int64_t seconds);

/* 1 to 366. */
int	chy_civil_day_of_year(chy_civil c);

/* "2008-06-09" (10 bytes) and "2008-06-09T14:56Z" (17), each with a NUL. */
void	chy_civil_date(chy_civil c, char out[11]);
void	chy_civil_iso(chy_civil c, char out[18]);

/* A day that is, written as "2008-06-09" and nothing else; false for anything
 * else, and *ret is all 0. */
bool	chy_civil_parse(chy_slice text, chy_civil *ret);

/* JAN to DEC in any case, also written out in full: 1 to 12; 0 for
 * anything else. */
int	chy_month_parse(chy_slice name);

/* "June" for 6; "" outside 1 to 12. */
const char *chy_month_name(int month);

#endif
