/*
 * Reading the E.O. line, by the grammar of classification 7.
 *
 * SPDX-License-Identifier: ISC
 */
#include "marking/eo.h"

#include "base/ascii.h"
#include "base/compiler.h"
#include "vocab/vocab.h"

/* A reading of one line, from left to right. */
typedef struct cursor {
	chy_slice s;		/* what is left */
	chy_eo	 *eo;
	chy_civil day;
	bool	  dots, colon, decl;	/* as the form wants them */
	bool	  date_form;		/* MM/DD/YYYY */
} cursor;

static void
found(chy_eo *eo, chy_diag diag)
{
	if (eo->n_findings < CHY_EO_FINDINGS)
		eo->findings[eo->n_findings++] = diag;
}

static void
skip(cursor *c, const char *set)
{
	while (c->s.len > 0 && (chy_is_space(c->s.ptr[0]) ||
	    strchr(set, c->s.ptr[0]) != NULL))
		c->s = chy_slice_from(c->s, 1);
}

/* The word, as a whole word in any case: taken when it stands here. */
static bool
take(cursor *c, const char *word)
{
	chy_slice w = chy_slice_of(word);

	if (!chy_slice_istarts(c->s, w) || (c->s.len > w.len &&
	    chy_is_alnum(c->s.ptr[w.len]) && chy_is_alnum(word[w.len - 1])))
		return false;
	c->s = chy_slice_from(c->s, w.len);
	return true;
}

static size_t
digits(chy_slice s)
{
	size_t n = 0;

	while (n < s.len && chy_is_digit(s.ptr[n]))
		n++;
	return n;
}

static uint32_t
number(chy_slice s, size_t n)
{
	uint32_t v = 0;

	for (size_t i = 0; i < n && i < 9; i++)
		v = v * 10 + (uint32_t)(s.ptr[i] - '0');
	return v;
}

/* ---- dates ---- */

static int64_t
days(chy_civil c)
{
	c.hour = c.minute = 0;
	return chy_civil_seconds(c) / 86400;
}

/* Two digits: the century that puts the date after the telegram's and
 * nearest to it. */
static int32_t
century(int32_t yy, int month, int day, chy_civil telegram)
{
	chy_civil c = { .year = 1900 + yy, .month = (uint8_t)month,
	    .day = (uint8_t)day };

	if (telegram.year == 0)
		return yy >= 66 ? 1900 + yy : 2000 + yy;
	if (!chy_civil_valid(c))	/* 29 February of 1900 */
		return 2000 + yy;
	return days(c) > days(telegram) ? c.year : 2000 + yy;
}

static bool
set_date(cursor *c, int32_t year, uint32_t month, uint32_t day)
{
	chy_civil d = { .year = year, .month = (uint8_t)(month < 99 ? month :
	    99), .day = (uint8_t)(day < 99 ? day : 99) };

	if (!chy_civil_valid(d)) {
		c->eo->kind = CHY_EO_UNREADABLE;
		found(c->eo, CHY_DIAG_DECL_DATE_IMPOSSIBLE);
		return true;
	}
	c->eo->date = d;
	return true;
}

/* JUNE 21, 2006 or 21 JUNE 2006 */
static bool
worded_date(cursor *c)
{
	chy_slice s = c->s;
	uint32_t day = 0, month;
	size_t n = digits(s);

	if (n > 2)
		return false;
	if (n > 0) {
		day = number(s, n);
		s = chy_slice_trim(chy_slice_from(s, n));
	}
	for (n = 0; n < s.len && chy_is_alpha(s.ptr[n]);)
		n++;
	month = (uint32_t)chy_month_parse(chy_slice_sub(s, 0, n));
	if (month == 0)
		return false;
	s = chy_slice_trim(chy_slice_from(s, n));
	if (day == 0) {
		n = digits(s);
		if (n == 0 || n > 2)
			return false;
		day = number(s, n);
		s = chy_slice_from(s, n);
	}
	while (s.len > 0 && (s.ptr[0] == ',' || s.ptr[0] == '.' ||
	    chy_is_space(s.ptr[0])))
		s = chy_slice_from(s, 1);
	if (digits(s) != 4)
		return false;
	c->s = chy_slice_from(s, 4);
	c->date_form = false;
	return set_date(c, (int32_t)number(s, 4), month, day);
}

/* mdy, ymd, ymd8, and d-m-y where the month cannot be one. */
static bool
take_date(cursor *c)
{
	uint32_t v[3];
	size_t n[3], at = 0;
	int32_t year;

	if (digits(c->s) == 8) {
		uint32_t all = number(c->s, 8);

		c->date_form = false;
		c->s = chy_slice_from(c->s, 8);
		return set_date(c, (int32_t)(all / 10000), all / 100 % 100,
		    all % 100);
	}
	for (int i = 0; i < 3; i++) {
		chy_slice s = chy_slice_from(c->s, at);

		n[i] = digits(s);
		if (n[i] == 0 || n[i] > 4)
			return i == 0 ? worded_date(c) : false;
		v[i] = number(s, n[i]);
		at += n[i];
		if (i == 2)
			break;
		while (at < c->s.len && chy_is_blank(c->s.ptr[at]))
			at++;
		if (at >= c->s.len || (c->s.ptr[at] != '/' &&
		    c->s.ptr[at] != '-'))
			return worded_date(c);
		at++;
		while (at < c->s.len && chy_is_blank(c->s.ptr[at]))
			at++;
	}
	if (n[0] != 4 && n[2] == 3)
		return false;
	c->s = chy_slice_from(c->s, at);
	if (n[0] == 4) {
		c->date_form = false;
		return set_date(c, (int32_t)v[0], v[1], v[2]);
	}
	if (v[0] > 12 && v[1] <= 12 && v[1] > 0) {
		uint32_t day = v[0];

		v[0] = v[1];
		v[1] = day;
		found(c->eo, CHY_DIAG_DECL_DAY_MONTH_EXCHANGED);
	}
	year = (int32_t)v[2];
	if (n[2] <= 2) {
		year = century(year, (int)v[0], (int)v[1], c->day);
		found(c->eo, CHY_DIAG_DECL_TWO_DIGIT_YEAR);
	}
	return set_date(c, year, v[0], v[1]);
}

/* ---- the order ---- */

static bool
same_digits(chy_slice a, chy_slice b)
{
	int count[10] = { 0 };

	for (size_t i = 0; i < a.len && i < b.len; i++) {
		count[a.ptr[i] - '0']++;
		count[b.ptr[i] - '0']--;
	}
	for (int i = 0; i < 10; i++)
		if (count[i] != 0)
			return false;
	return a.len == b.len;
}

/* At most two digits otherwise, places kept. */
static bool
near_digits(chy_slice a, chy_slice b)
{
	unsigned other = 0;

	if (a.len != b.len)
		return false;
	for (size_t i = 0; i < a.len; i++)
		other += a.ptr[i] != b.ptr[i];
	return other <= 2;
}

static chy_ymd
ymd(chy_civil c)
{
	return chy_ymd_of(c.year, c.month, c.day);
}

#define GRACE_DAYS	30	/* for reading, after an order was replaced */

static void
settle_order(chy_eo *eo, chy_civil day)
{
	const chy_order *now = day.year != 0 ? chy_vocab_order_on(ymd(day)) :
	    NULL;
	const chy_order *printed = chy_vocab_order_printed(eo->printed,
	    day.year != 0 ? ymd(day) : 0);

	if (printed == NULL)
		printed = chy_vocab_order_printed(eo->printed, 0);
	eo->in_force = now != NULL ? now->number : CHY_EMPTY;
	if (eo->printed.len == 0)
		return;
	if (chy_slice_eq(eo->printed, CHY_SLICE("13292"))) {
		found(eo, CHY_DIAG_EO_NOT_YET_IN_FORCE);
		eo->order = CHY_SLICE("12958");
		return;
	}
	if (printed == NULL) {
		if (now != NULL && (same_digits(eo->printed,
		    now->printed_number) || near_digits(eo->printed,
		    now->printed_number))) {
			found(eo, CHY_DIAG_EO_NUMBER_MISSPELT);
			eo->order = now->printed_number;
		}
		return;
	}
	eo->order = printed->printed_number;
	if (now == NULL || chy_slice_eq(now->printed_number, eo->order))
		return;
	if (printed->from > ymd(day)) {
		found(eo, CHY_DIAG_EO_NOT_YET_IN_FORCE);
	} else {
		chy_civil last = { .year = (int32_t)(printed->to /
		    10000), .month = (uint8_t)(printed->to / 100 % 100),
		    .day = (uint8_t)(printed->to % 100) };

		if (days(day) > days(last) + GRACE_DAYS)
			found(eo, CHY_DIAG_EO_NO_LONGER_IN_FORCE);
	}
}

/* ---- instructions ---- */

/* "1, 3", "X1, X6" behind a letter or a dash; bits of the numbers. */
static uint32_t
take_categories(cursor *c)
{
	uint32_t bits = 0;

	for (;;) {
		size_t n;

		skip(c, ",-");
		if (c->s.len > 0 && chy_upper(c->s.ptr[0]) == 'X')
			c->s = chy_slice_from(c->s, 1);
		n = digits(c->s);
		if (n != 1 || (c->s.len > 1 && c->s.ptr[1] == '/'))
			return bits;
		bits |= 1u << number(c->s, 1);
		c->s = chy_slice_from(c->s, 1);
	}
}

/* A date may follow after blanks, commas. */
static void
maybe_date(cursor *c)
{
	skip(c, ",:;");
	take_date(c);
}

/* 25X1-human, 25X6, 20600129; 50X1-HUM; 75X... */
static bool
take_exemption(cursor *c)
{
	static const struct {
		const char *word;
		chy_eo_kind kind;
	} schemes[] = {
		{ "25X", CHY_EO_25X }, { "50X", CHY_EO_50X },
		{ "75X", CHY_EO_75X },
	};

	for (size_t i = 0; i < ARRAY_LEN(schemes); i++) {
		if (!chy_slice_istarts(c->s, chy_slice_of(schemes[i].word)) ||
		    c->s.len < 4 || !chy_is_digit(c->s.ptr[3]))
			continue;
		c->eo->kind = schemes[i].kind;
		c->eo->categories = 1u << (c->s.ptr[3] - '0');
		c->s = chy_slice_from(c->s, 4);
		if (chy_slice_istarts(c->s, CHY_SLICE("-HUM")) ||
		    chy_slice_istarts(c->s, CHY_SLICE("-WMD")))
			c->eo->named = true;
		else
			maybe_date(c);
		return true;
	}
	return false;
}

/* X1, 1.6 X1, X1, X6 */
static bool
take_x(cursor *c)
{
	cursor back = *c;

	if (chy_slice_starts(c->s, CHY_SLICE("1.6"))) {
		c->s = chy_slice_from(c->s, 3);
		skip(c, "(,");
	}
	if (c->s.len >= 2 && chy_upper(c->s.ptr[0]) == 'X' &&
	    chy_is_digit(c->s.ptr[1])) {
		c->eo->categories = take_categories(c);
		c->eo->kind = CHY_EO_X;
		return true;
	}
	*c = back;
	return false;
}

static chy_level
level_word(cursor *c)
{
	static const struct {
		const char *word;
		chy_level   level;
	} words[] = {
		{ "CONFIDENTIAL", CHY_LEVEL_CONFIDENTIAL },
		{ "CO", CHY_LEVEL_CONFIDENTIAL }, { "C", CHY_LEVEL_CONFIDENTIAL },
		{ "SECRET", CHY_LEVEL_SECRET }, { "SE", CHY_LEVEL_SECRET },
		{ "S", CHY_LEVEL_SECRET }, { "U", CHY_LEVEL_UNCLASSIFIED },
	};

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (take(c, words[i].word))
			return words[i].level;
	return CHY_LEVEL_NONE;
}

static bool
take_schedule(cursor *c)
{
	static const struct {
		const char *word;
		chy_eo_kind kind;
	} words[] = {
		{ "GDS", CHY_EO_GDS }, { "ADS", CHY_EO_ADS },
		{ "XGDS", CHY_EO_XGDS }, { "RDS", CHY_EO_RDS },
		{ "XDS", CHY_EO_XDS },
	};

	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		if (!take(c, words[i].word))
			continue;
		c->eo->kind = words[i].kind;
		if (c->s.len > 0 && c->s.ptr[0] == '-')
			c->eo->categories = take_categories(c);
		maybe_date(c);
		return true;
	}
	return false;
}

static void
instruction(cursor *c)
{
	chy_eo *eo = c->eo;

	if (c->s.len == 0) {
		eo->kind = CHY_EO_MISSING;
	} else if (chy_is_digit(c->s.ptr[0])) {	/* nearly every line */
		if (take_exemption(c) || take_x(c))
			return;
		eo->kind = CHY_EO_DATE;
		if (!take_date(c))
			eo->kind = CHY_EO_EVENT;
	} else if (take(c, "N/A") || take(c, "NA") ||
	    take(c, "NOT APPLICABLE")) {
		eo->kind = CHY_EO_NOT_APPLICABLE;
	} else if (take(c, "OADR") || take(c, "SOURCE MARKED OADR")) {
		eo->kind = CHY_EO_OADR;
	} else if (take(c, "MR")) {
		eo->kind = CHY_EO_MR;
	} else if (take(c, "DCI ONLY") || take(c, "DNI ONLY")) {
		eo->kind = CHY_EO_ORIGINATOR_ONLY;
	} else if (take(c, "DNG")) {
		eo->kind = CHY_EO_DOWNGRADE;
		skip(c, ":;");
		eo->downgrade_to = level_word(c);
		maybe_date(c);
	} else if (take_x(c) || take_schedule(c)) {
		return;
	} else if (take(c, "GP-") || take(c, "GROUP") || take(c, "GP")) {
		eo->kind = CHY_EO_GROUP;
		eo->categories = take_categories(c);
	} else {
		eo->kind = CHY_EO_DATE;
		if (!take_date(c))
			eo->kind = CHY_EO_EVENT;
	}
}

/* E.O., EO, E.0. and the number. A source's instruction has neither. */
static void
take_order(cursor *c)
{
	if (c->s.len == 0 || chy_upper(c->s.ptr[0]) != 'E')
		return;
	c->dots = chy_slice_istarts(c->s, CHY_SLICE("E.O."));
	c->s = chy_slice_from(c->s, 1);
	skip(c, ".");
	if (c->s.len > 0 && (chy_upper(c->s.ptr[0]) == 'O' ||
	    c->s.ptr[0] == '0'))
		c->s = chy_slice_from(c->s, 1);
	skip(c, ".");
	c->eo->printed = chy_slice_sub(c->s, 0, digits(c->s));
	c->s = chy_slice_from(c->s, c->eo->printed.len);
	c->colon = c->s.len > 0 && c->s.ptr[0] == ':';
}

chy_eo
chy_eo_parse(chy_slice line, chy_civil day)
{
	chy_eo eo = { .kind = CHY_EO_MISSING };
	cursor c = { .s = chy_slice_trim(line), .eo = &eo, .day = day,
	    .date_form = true };
	bool dated;

	take_order(&c);
	skip(&c, ":;.");
	if (take(&c, "AS AMENDED"))
		skip(&c, ";:,");
	c.decl = take(&c, "DECL") || take(&c, "DECLL") ||
	    take(&c, "DECLASSIFY ON") || take(&c, "DECLASSIFIED");
	skip(&c, ":;.");
	settle_order(&eo, day);
	instruction(&c);
	/* The form is the modern orders' alone, and what another finding says
	 * of the date is not said twice. */
	dated = eo.kind == CHY_EO_DATE || eo.kind == CHY_EO_25X;
	if (chy_slice_eq(eo.order, CHY_SLICE("12958")) ||
	    chy_slice_eq(eo.order, CHY_SLICE("13526"))) {
		bool form = c.dots && c.colon && (c.decl ||
		    eo.kind == CHY_EO_NOT_APPLICABLE ||
		    eo.kind == CHY_EO_DOWNGRADE);

		if (!form || (dated && !c.date_form && eo.date.year != 0))
			found(&eo, CHY_DIAG_EO_LINE_FORM);
	}
	if (eo.kind == CHY_EO_EVENT)
		found(&eo, CHY_DIAG_DECL_EVENT);
	if (eo.kind == CHY_EO_DOWNGRADE)
		found(&eo, CHY_DIAG_DOWNGRADE_ONLY);
	return eo;
}
