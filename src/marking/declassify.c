/*
 * The declassification date, by the algorithm of classification 9.2.
 *
 * SPDX-License-Identifier: ISC
 */
#include "marking/eo.h"

#include "base/compiler.h"

static int64_t
days(chy_civil c)
{
	c.hour = c.minute = 0;
	return chy_civil_seconds(c) / 86400;
}

static chy_civil
day_of(int32_t year, int month, int day)
{
	return (chy_civil){ .year = year, .month = (uint8_t)month,
	    .day = (uint8_t)day };
}

static chy_civil
last_of(int32_t year)
{
	return day_of(year, 12, 31);
}

chy_civil
chy_add_years(chy_civil day, int32_t n)
{
	day.year += n;
	day.hour = day.minute = 0;
	if (!chy_civil_valid(day))
		day.day = 28;
	return day;
}

static void
found(chy_declass_dates *d, chy_diag diag)
{
	if (d->n_findings < CHY_EO_FINDINGS)
		d->findings[d->n_findings++] = diag;
}

static bool
is_order(const chy_eo *eo, const char *order)
{
	return chy_slice_eq(eo->order, chy_slice_of(order));
}

static bool
in_force(const chy_eo *eo, const char *number)
{
	return chy_slice_eq(eo->in_force, chy_slice_of(number));
}

/* The first day on which the automatic date took effect (E.O. 13292 3.3). */
#define AUTOMATIC_FROM	day_of(2006, 12, 31)

static chy_civil
automatic(int32_t year)
{
	chy_civil cap = last_of(year);

	return days(cap) < days(AUTOMATIC_FROM) ? AUTOMATIC_FROM : cap;
}

static void
add_step(chy_declass_dates *d, chy_civil on, chy_level to)
{
	d->step[d->n_steps].on = on;
	d->step[d->n_steps].to = to;
	d->n_steps++;
}

/* The general schedule of E.O. 11652: full calendar years (18 CFR 3a.22). */
static void
general_schedule(const chy_declass_case *c, chy_declass_dates *d)
{
	int32_t y = c->day.year;

	switch (c->level) {
	case CHY_LEVEL_TOP_SECRET:
		add_step(d, last_of(y + 2), CHY_LEVEL_SECRET);
		add_step(d, last_of(y + 4), CHY_LEVEL_CONFIDENTIAL);
		d->nominal = last_of(y + 10);
		break;
	case CHY_LEVEL_SECRET:
		add_step(d, last_of(y + 2), CHY_LEVEL_CONFIDENTIAL);
		d->nominal = last_of(y + 8);
		break;
	case CHY_LEVEL_CONFIDENTIAL:
		d->nominal = last_of(y + 6);
		break;
	case CHY_LEVEL_NONE:
	case CHY_LEVEL_UNCLASSIFIED:
	case CHY_LEVEL_LIMITED_OFFICIAL_USE:
		break;
	}
}

static void
from_instruction(const chy_declass_case *c, chy_declass_dates *d)
{
	const chy_eo *eo = &c->eo;
	int32_t y = c->day.year;

	switch (eo->kind) {
	case CHY_EO_DATE:
	case CHY_EO_ADS:
		d->nominal = eo->date;
		break;
	case CHY_EO_GDS:
		if (eo->date.year != 0)
			d->nominal = eo->date;
		else if (!is_order(eo, "12065"))
			general_schedule(c, d);
		break;
	case CHY_EO_XGDS:
		d->nominal = eo->date.year != 0 ? eo->date : last_of(y + 30);
		break;
	case CHY_EO_RDS:
	case CHY_EO_XDS:
		d->review_on = eo->date;
		break;
	case CHY_EO_DOWNGRADE:
		if (eo->date.year != 0)
			add_step(d, eo->date, eo->downgrade_to);
		break;
	case CHY_EO_GROUP:
		if (eo->categories & (1u << 4))
			general_schedule(c, d);
		break;
	case CHY_EO_25X:
		d->nominal = eo->date;
		if (c->permanent)
			d->cap = last_of(y + (eo->named ? 75 : 50));
		break;
	case CHY_EO_50X:
		d->nominal = eo->date;
		if (c->permanent)
			d->cap = last_of(y + 75);
		break;
	case CHY_EO_75X:
		d->nominal = eo->date;
		d->cap = (chy_civil){ 0 };
		break;
	case CHY_EO_MISSING:
		/* What 11652's author failed to stamp is on its schedule (18
		 * CFR 3a.31): the one period where nothing means a date. */
		if (in_force(eo, "11652"))
			general_schedule(c, d);
		break;
	case CHY_EO_NOT_APPLICABLE:
	case CHY_EO_EVENT:
	case CHY_EO_OADR:
	case CHY_EO_MR:
	case CHY_EO_X:
	case CHY_EO_ORIGINATOR_ONLY:
	case CHY_EO_UNREADABLE:
		break;
	}
}

/* ---- derivative documents: 32 CFR 2001.22(e) ---- */

/* Rank of a source, the most restrictive first, and its date. */
static int
source_rank(const chy_eo_source *s, chy_civil today, chy_civil *ret)
{
	chy_civil from = s->day.year != 0 ? s->day : today;

	switch (s->eo.kind) {
	case CHY_EO_50X:
		return 1;
	case CHY_EO_25X:
		*ret = s->eo.date;
		return s->eo.named ? 1 : 2;
	case CHY_EO_DATE:
	case CHY_EO_ADS:
	case CHY_EO_GDS:
		*ret = s->eo.date;
		if (s->eo.date.year != 0)
			return 3;
		break;
	default:
		break;
	}
	*ret = chy_add_years(from, 25);
	return 4;
}

static void
from_sources(const chy_declass_case *c, chy_declass_dates *d)
{
	int best = 5;

	for (uint32_t i = 0; i < c->n_sources; i++) {
		chy_civil date = { 0 };
		int rank = source_rank(&c->sources[i], c->day, &date);
		bool longer = date.year != 0 && (d->nominal.year == 0 ||
		    days(date) > days(d->nominal));

		/* A stated and a computed date: the longest wins. */
		if ((rank < best && rank <= 2) || (rank >= 3 && best >= 3 &&
		    longer)) {
			d->nominal = date;
			best = rank;
		}
	}
	if (best == 1 && c->permanent)
		d->cap = last_of(c->day.year + 75);
}

/* ---- what is wrong with it ---- */

/* Longest duration in years from the telegram, by order; 0: none set. */
static int32_t
limit_years(const chy_eo *eo)
{
	if (in_force(eo, "12065"))
		return eo->kind == CHY_EO_GDS ? 6 : 20;
	if (in_force(eo, "12958"))
		return 10;
	if (in_force(eo, "12958A") || in_force(eo, "13526"))
		return 25;
	return 0;
}

static void
check_dates(const chy_declass_case *c, chy_declass_dates *d)
{
	const chy_eo *eo = &c->eo;
	chy_civil date = eo->date;
	int32_t limit = limit_years(eo);

	if (date.year == 0 || eo->kind == CHY_EO_DOWNGRADE)
		return;
	if (days(date) <= days(c->day)) {
		found(d, CHY_DIAG_DECL_DATE_NOT_LATER);
		d->hold = days(date) < days(c->day);
	}
	/* One day of slack: the date-time group is Z, the day is local. A
	 * 25X date has a limit of its own, which is the cap. */
	if (limit > 0 && eo->kind != CHY_EO_25X && eo->kind != CHY_EO_50X &&
	    days(date) > days(chy_add_years(c->day, limit)) + 1)
		found(d, CHY_DIAG_DECL_DURATION_OVER_LIMIT);
}

static bool
between(chy_civil day, chy_civil first, chy_civil last)
{
	return days(day) >= days(first) && days(day) <= days(last);
}

static void
check_words(const chy_declass_case *c, chy_declass_dates *d)
{
	const chy_eo *eo = &c->eo;

	switch (eo->kind) {
	case CHY_EO_X:
		if (!between(c->day, day_of(1995, 10, 14),
		    day_of(2003, 9, 21)))
			found(d, CHY_DIAG_DECL_X_OUTSIDE_PERIOD);
		break;
	case CHY_EO_OADR:
		if (days(c->day) > days(day_of(1995, 10, 13)))
			found(d, CHY_DIAG_DECL_WORD_OUTSIDE_ORDER);
		break;
	case CHY_EO_MR:
		found(d, CHY_DIAG_DECL_WORD_OUTSIDE_ORDER);
		break;
	case CHY_EO_GDS:
		if (!is_order(eo, "11652") && !is_order(eo, "12065"))
			found(d, CHY_DIAG_DECL_WORD_OUTSIDE_ORDER);
		break;
	case CHY_EO_ADS:
	case CHY_EO_XGDS:
		if (!is_order(eo, "11652"))
			found(d, CHY_DIAG_DECL_WORD_OUTSIDE_ORDER);
		break;
	case CHY_EO_RDS:
	case CHY_EO_XDS:
		if (!is_order(eo, "12065"))
			found(d, CHY_DIAG_DECL_WORD_OUTSIDE_ORDER);
		break;
	case CHY_EO_25X:
		if (!eo->named && c->n_sources == 0)
			found(d, CHY_DIAG_DECL_25X_MISUSED);
		break;
	default:
		break;
	}
}

static void
check_line(const chy_declass_case *c, chy_declass_dates *d)
{
	const chy_eo *eo = &c->eo;

	if (eo->kind == CHY_EO_MISSING && eo->printed.len == 0 &&
	    c->n_sources == 0 &&
	    days(c->day) >= days(day_of(1972, 6, 1)))
		found(d, CHY_DIAG_EO_LINE_MISSING_CLASSIFIED);
	for (uint32_t i = 0; i < eo->n_findings; i++)
		found(d, eo->findings[i]);
	if (eo->kind == CHY_EO_NOT_APPLICABLE)
		found(d, CHY_DIAG_DECL_NOT_APPLICABLE_CLASSIFIED);
	check_words(c, d);
	check_dates(c, d);
	if (c->atomic && eo->date.year != 0)
		found(d, CHY_DIAG_DECL_DATE_ON_ATOMIC_DATA);
}

static bool
is_classified(chy_level level)
{
	return level >= CHY_LEVEL_CONFIDENTIAL;
}

chy_declass_dates
chy_declassify(const chy_declass_case *c)
{
	chy_declass_dates d = { .hold = false };

	if (c->day.year == 0)
		return d;
	if (!is_classified(c->level)) {
		for (uint32_t i = 0; i < c->eo.n_findings; i++)
			found(&d, c->eo.findings[i]);
		if (c->eo.date.year != 0)
			found(&d, CHY_DIAG_DECL_DATE_UNCLASSIFIED);
		return d;
	}
	check_line(c, &d);
	if (c->atomic)
		return d;	/* the owners of the data must act */
	if (c->permanent)
		d.cap = automatic(c->day.year + 25);
	if (c->n_sources > 0)
		from_sources(c, &d);
	else
		from_instruction(c, &d);
	if (d.hold)
		return d;	/* never declassified by a slip of the pen */
	d.effective = d.nominal.year != 0 ? d.nominal : d.cap;
	if (d.nominal.year != 0 && d.cap.year != 0 &&
	    days(d.cap) < days(d.nominal))
		d.effective = d.cap;
	return d;
}

chy_declass_state
chy_declass_state_on(const chy_declass_dates *dates, chy_civil today,
    bool act_recorded)
{
	if (act_recorded)
		return CHY_DECLASS_STATE_DECLASSIFIED;
	if (dates->effective.year != 0 &&
	    days(today) >= days(dates->effective))
		return CHY_DECLASS_STATE_DUE;
	return CHY_DECLASS_STATE_CLASSIFIED;
}
