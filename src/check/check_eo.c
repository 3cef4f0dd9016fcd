/*
 * The E.O. line: the order, the instruction, the date.
 *
 * Source: classification.md 5, 7, 9; data/executive-orders.tsv.
 *
 * SPDX-License-Identifier: ISC
 */
#include "check/check_int.h"

/* Days on which a rule began or ended. */
#define EO_11652_BEGAN	19720601u
#define EO_12065_BEGAN	19781201u
#define EO_12065_ENDED	19820731u
#define EO_12356_ENDED	19951013u
#define EO_12958_BEGAN	19951014u
#define EO_13292_BEGAN	20030325u
#define X_ENDED		20030921u	/* rules of implementation followed */

/* A declassification date as printed. */
typedef struct decl_date {
	chy_ymd	 day;		/* 0: none that can be read */
	size_t	 at, len;	/* in the text it was read from */
	bool	 usual;		/* MM/DD/YYYY */
	bool	 exchanged;	/* DD/MM/YYYY */
	bool	 short_year;
	bool	 impossible;	/* no day of the calendar */
	bool	 unreadable;	/* a stray digit, a missing part */
} decl_date;

static size_t
digits(chy_slice s, size_t at)
{
	size_t n = 0;

	while (at + n < s.len && chy_is_digit(s.ptr[at + n]))
		n++;
	return n;
}

static bool
is_date_sign(char c)
{
	return c == '/' || c == '-' || c == '.';
}

/* The century that puts a two-digit year after the telegram and nearest. */
static chy_ymd
with_century(chy_ymd telegram, uint32_t yy, uint32_t month, uint32_t day)
{
	int year = telegram != 0 ? chy_ymd_year(telegram) / 100 * 100 +
	    (int)yy : (int)(yy >= 66 ? 1900 + yy : 2000 + yy);
	chy_ymd d = chy_ymd_of(year, (int)month, (int)day);

	if (telegram != 0 && d <= telegram)
		d += 1000000;	/* a hundred years */
	return d;
}

/* Parts at s[at]: up to three numbers with a sign between. */
static unsigned
date_parts(chy_slice s, size_t at, uint32_t value[3], size_t len[3],
    size_t *ret_end)
{
	unsigned n = 0;

	for (;;) {
		size_t k = digits(s, at);

		if (k == 0)
			break;
		value[n] = chy_number(chy_slice_sub(s, at, k));
		len[n++] = k;
		at += k;
		*ret_end = at;
		if (n == 3)
			break;
		while (at < s.len && chy_is_blank(s.ptr[at]))
			at++;
		if (at >= s.len || !is_date_sign(s.ptr[at]))
			break;
		at++;
		while (at < s.len && chy_is_blank(s.ptr[at]))
			at++;
	}
	return n;
}

/* The first date in s; false where nothing looks like one. */
static bool
read_date(chy_slice s, chy_ymd telegram, decl_date *ret)
{
	decl_date d = { 0 };
	uint32_t v[3] = { 0 }, month, day, year;
	size_t len[3] = { 0 }, at = 0, end = 0;
	unsigned n = 0;

	for (at = 0; at < s.len; at++) {
		if (!chy_is_digit(s.ptr[at]) || (at > 0 &&
		    chy_is_alnum(s.ptr[at - 1])))
			continue;
		n = date_parts(s, at, v, len, &end);
		if (n == 3 || (n == 1 && len[0] == 8) || n == 2)
			break;
		at = end - 1;
	}
	if (at >= s.len)
		return false;
	d.at = at;
	d.len = end - at;
	if (n == 1) {		/* YYYYMMDD */
		d.day = v[0];
		d.impossible = !chy_ymd_valid(d.day);
	} else if (n == 3 && len[0] == 4 && len[1] <= 2 && len[2] <= 2) {
		d.day = chy_ymd_of((int)v[0], (int)v[1], (int)v[2]);
		d.impossible = !chy_ymd_valid(d.day);
	} else if (n == 3 && len[0] <= 2 && len[1] <= 2 &&
	    (len[2] == 4 || len[2] == 2)) {
		d.exchanged = v[0] > 12 && v[0] <= 31 && v[1] <= 12;
		month = d.exchanged ? v[1] : v[0];
		day = d.exchanged ? v[0] : v[1];
		year = v[2];
		d.short_year = len[2] == 2;
		d.day = d.short_year ? with_century(telegram, year, month,
		    day) : chy_ymd_of((int)year, (int)month, (int)day);
		d.impossible = !chy_ymd_valid(d.day);
		d.usual = len[0] == 2 && len[1] == 2 && len[2] == 4 &&
		    d.len == 10 && s.ptr[at + 2] == '/';
	} else {
		d.unreadable = true;
	}
	/* 06/09/20188: one digit too many. */
	if (end < s.len && chy_is_digit(s.ptr[end]))
		d.unreadable = true;
	if (d.impossible || d.unreadable)
		d.day = 0;
	*ret = d;
	return true;
}

/* The EO line taken apart. */
typedef struct eo_parts {
	uint32_t  order, punct, instruction;	/* nodes; CHY_NO_NODE */
	chy_slice text;		/* of the instruction */
	chy_slice word;		/* DECL, DNG, GDS ...; empty */
	chy_slice value;	/* after DECL and its colon */
	uint32_t  value_off;
	bool	  colon;	/* after the number */
	bool	  decl;
	bool	  decl_colon;
} eo_parts;

static void
take_apart(const chy_checking *c, uint32_t node, eo_parts *eo)
{
	uint32_t end = chy_node_end(c, node);
	size_t at = 0, n;

	*eo = (eo_parts){ .order = CHY_NO_NODE, .punct = CHY_NO_NODE,
	    .instruction = CHY_NO_NODE };
	for (uint32_t i = node + 1; i < end; i++) {
		if (chy_node_at(c, i)->kind == CHY_NODE_ORDER)
			eo->order = i;
		else if (chy_node_at(c, i)->kind == CHY_NODE_PUNCT &&
		    eo->order != CHY_NO_NODE)
			eo->punct = i;
		else if (chy_node_at(c, i)->kind == CHY_NODE_DECLASSIFICATION)
			eo->instruction = i;
	}
	if (eo->punct != CHY_NO_NODE)
		eo->colon = chy_slice_find(chy_node_text(c, eo->punct),
		    CHY_SLICE(":"), 0) < chy_node_at(c, eo->punct)->len;
	if (eo->instruction == CHY_NO_NODE)
		return;
	eo->text = chy_node_text(c, eo->instruction);
	while (at < eo->text.len && chy_is_alpha(eo->text.ptr[at]))
		at++;
	eo->word = chy_slice_sub(eo->text, 0, at);
	/* Also DECLl, DECLASSIFY ON, DECLASSIFIED. */
	eo->decl = eo->word.len >= 4 && chy_slice_istarts(eo->word,
	    CHY_SLICE("DECL"));
	if (eo->decl) {
		n = at;
		while (n < eo->text.len && chy_is_blank(eo->text.ptr[n]))
			n++;
		if (chy_slice_istarts(chy_slice_from(eo->text, n),
		    CHY_SLICE("ON")) && (n + 2 == eo->text.len ||
		    !chy_is_alnum(eo->text.ptr[n + 2])))
			at = n + 2;
		while (at < eo->text.len && (chy_is_blank(eo->text.ptr[at]) ||
		    eo->text.ptr[at] == ':' || eo->text.ptr[at] == ';' ||
		    eo->text.ptr[at] == '.')) {
			eo->decl_colon |= eo->text.ptr[at] == ':';
			at++;
		}
		eo->value = chy_slice_trim(chy_slice_from(eo->text, at));
	} else {
		eo->value = chy_slice_trim(eo->text);
	}
	eo->value_off = chy_node_at(c, eo->instruction)->off +
	    (uint32_t)(eo->value.ptr - eo->text.ptr);
}

static bool
is_word(chy_slice s, const char *word)
{
	chy_slice w = chy_slice_of(word);

	return chy_slice_istarts(s, w) && (s.len == w.len ||
	    !chy_is_alnum(s.ptr[w.len]));
}

static bool
is_not_applicable(chy_slice s)
{
	return is_word(s, "N/A") || is_word(s, "NA") || is_word(s, "N.A") ||
	    is_word(s, "NOT APPLICABLE");
}


/* ---- missing ---- */

void
chy_rule_eo_missing(chy_checking *c, uint32_t node)
{
	uint32_t class_line = c->first[CHY_NODE_CLASS_LINE];

	(void)node;
	if (c->count[CHY_NODE_EO_LINE] > 0 || !c->whole ||
	    class_line == CHY_NO_NODE)
		return;
	if (c->classified && (c->day >= EO_11652_BEGAN ||
	    (c->day == 0 && c->opts->drafting)))
		chy_report_missing(c, CHY_DIAG_EO_LINE_MISSING_CLASSIFIED,
		    class_line);
	if (c->unclassified && (c->day >= EO_11652_BEGAN || c->day == 0))
		chy_report_missing(c, CHY_DIAG_EO_LINE_MISSING_UNCLASSIFIED,
		    class_line);
}


/* ---- the order and how the line is written ---- */

static bool
is_permutation(chy_slice a, chy_slice b)
{
	int count[10] = { 0 };

	if (a.len != b.len)
		return false;
	for (size_t i = 0; i < a.len; i++) {
		count[a.ptr[i] - '0']++;
		count[b.ptr[i] - '0']--;
	}
	for (size_t i = 0; i < 10; i++)
		if (count[i] != 0)
			return false;
	return true;
}

/* The number that was meant: that of the order in force, if it is near. */
static chy_slice
meant(const chy_checking *c, chy_slice number)
{
	const chy_order *now = c->day != 0 ? chy_vocab_order_on(c->day) :
	    NULL;

	if (now == NULL || now->printed_number.len == 0)
		return CHY_EMPTY;
	if (is_permutation(number, now->printed_number) ||
	    chy_slice_distance(number, now->printed_number) <= 2)
		return now->printed_number;
	return CHY_EMPTY;
}

/* First and last day of a number, over both rows of 12958. */
static bool
order_days(chy_slice number, chy_ymd *ret_from, chy_ymd *ret_to)
{
	size_t n;
	const chy_order *rows = chy_vocab_orders(&n);
	bool found = false;

	for (size_t i = 0; i < n; i++) {
		if (!chy_slice_eq(rows[i].printed_number, number))
			continue;
		if (!found || rows[i].from < *ret_from)
			*ret_from = rows[i].from;
		if (!found || rows[i].to == 0 || (*ret_to != 0 &&
		    rows[i].to > *ret_to))
			*ret_to = rows[i].to;
		found = true;
	}
	return found;
}

static void
check_order(chy_checking *c, uint32_t leaf)
{
	chy_slice number = chy_node_text(c, leaf), right;
	chy_ymd from = 0, to = 0;

	if (chy_slice_eq(number, CHY_SLICE("13292"))) {
		chy_report_node(c, CHY_DIAG_EO_NOT_YET_IN_FORCE, leaf,
		    CHY_SLICE("13292 amended 12958, which stayed printed"));
		return;
	}
	if (!order_days(number, &from, &to)) {
		right = meant(c, number);
		chy_report_fmt(c, CHY_DIAG_EO_NUMBER_MISSPELT,
		    chy_node_at(c, leaf)->off, chy_node_at(c, leaf)->len,
		    right.len > 0 ? "%.*s, taken as %.*s" : "%.*s%.*s",
		    CHY_ARG(number), CHY_ARG(right));
		return;
	}
	if (c->tel->dtg_civil.year == 0)
		return;
	if (c->day < from)
		chy_report_fmt(c, CHY_DIAG_EO_NOT_YET_IN_FORCE,
		    chy_node_at(c, leaf)->off, chy_node_at(c, leaf)->len,
		    "%.*s, from %u-%02u-%02u", CHY_ARG(number), from / 10000,
		    from / 100 % 100, from % 100);
	if (to != 0 && c->day > (c->opts->drafting ? to :
	    chy_ymd_add_days(to, 30)))
		chy_report_fmt(c, CHY_DIAG_EO_NO_LONGER_IN_FORCE,
		    chy_node_at(c, leaf)->off, chy_node_at(c, leaf)->len,
		    "%.*s, to %u-%02u-%02u", CHY_ARG(number), to / 10000,
		    to / 100 % 100, to % 100);
}

/* The orders whose line has DECL and a date. */
static bool
is_modern(const chy_checking *c, chy_slice number)
{
	if (chy_slice_eq(number, CHY_SLICE("12958")) ||
	    chy_slice_eq(number, CHY_SLICE("13526")))
		return true;
	return !chy_slice_eq(number, CHY_SLICE("12356")) &&
	    !chy_slice_eq(number, CHY_SLICE("12065")) &&
	    !chy_slice_eq(number, CHY_SLICE("11652")) &&
	    meant(c, number).len > 0 && c->day >= EO_12958_BEGAN;
}

/* How E.O. nnnnn: DECL: MM/DD/YYYY is not kept; empty: it is. */
static chy_slice
form_fault(const chy_checking *c, uint32_t node, const eo_parts *eo)
{
	chy_slice keyword = chy_node_text(c, node + 1);
	bool none = is_not_applicable(eo->value);
	decl_date d;
	bool date = read_date(eo->value, c->day, &d);

	if (!chy_slice_istarts(keyword, CHY_SLICE("E.O.")))
		return CHY_SLICE("without its dots");
	if (!eo->colon)
		return CHY_SLICE("no colon after the number");
	if (none || is_word(eo->text, "DNG") || is_word(eo->text, "AS"))
		return CHY_EMPTY;
	if (!eo->decl && eo->text.len > 0)
		return CHY_SLICE("without DECL");
	if (eo->decl && !eo->decl_colon)
		return CHY_SLICE("no colon after DECL");
	if (date && !d.usual && !d.exchanged && !d.short_year &&
	    !d.impossible && !d.unreadable)
		return CHY_SLICE("date not MM/DD/YYYY");
	return CHY_EMPTY;
}

/* "DECL: 03/20/2019 TAG PTER": the reader wants a colon. */
static void
check_words(chy_checking *c, const eo_parts *eo)
{
	static const chy_slice words[] = { CHY_LIT("TAGS"), CHY_LIT("TAG"),
	    CHY_LIT("SUBJECT"), CHY_LIT("SUBJ") };

	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		size_t at = chy_word_in(eo->text, words[i]);

		if (at == eo->text.len || at == 0)
			continue;
		chy_report(c, CHY_DIAG_EO_LINE_RUN_TOGETHER,
		    chy_node_at(c, eo->instruction)->off + (uint32_t)at,
		    (uint32_t)words[i].len, words[i]);
		return;
	}
}

void
chy_rule_eo_line(chy_checking *c, uint32_t node)
{
	const chy_node *n = chy_node_at(c, node);
	uint32_t next = chy_node_end(c, node);
	eo_parts eo;
	chy_slice fault;

	take_apart(c, node, &eo);
	if (eo.order != CHY_NO_NODE) {
		check_order(c, eo.order);
		if (is_modern(c, chy_node_text(c, eo.order))) {
			fault = form_fault(c, node, &eo);
			if (fault.len > 0)
				chy_report_node(c, CHY_DIAG_EO_LINE_FORM, node,
				    fault);
		}
	}
	/* TAGS or SUBJECT on the same line. */
	if (next < c->tel->n_nodes &&
	    (chy_node_at(c, next)->kind == CHY_NODE_TAGS_LINE ||
	    chy_node_at(c, next)->kind == CHY_NODE_SUBJECT_LINE) &&
	    memchr(c->p + n->off, '\n', chy_node_at(c, next)->off - n->off) ==
	    NULL)
		chy_report(c, CHY_DIAG_EO_LINE_RUN_TOGETHER,
		    chy_node_at(c, next)->off, chy_node_at(c, next + 1)->len,
		    chy_node_text(c, next + 1));
	else
		check_words(c, &eo);
}


/* ---- the instruction ---- */

/* X1 to X8, also 1.6X5; 25X6, 50X1-HUM. How many it took; 0: none. */
static size_t
exemption_at(chy_slice s, unsigned *ret_years)
{
	size_t at = 0;

	*ret_years = 0;
	if (chy_slice_starts(s, CHY_SLICE("1.6")))
		at = 3;
	else if (chy_slice_starts(s, CHY_SLICE("25")) ||
	    chy_slice_starts(s, CHY_SLICE("50")) ||
	    chy_slice_starts(s, CHY_SLICE("75"))) {
		*ret_years = chy_number(chy_slice_sub(s, 0, 2));
		at = 2;
	}
	if (at + 1 < s.len && chy_upper(s.ptr[at]) == 'X' &&
	    chy_is_digit(s.ptr[at + 1]) && (at + 2 == s.len ||
	    !chy_is_alnum(s.ptr[at + 2])))
		return at + 2;
	return 0;
}

static void
check_exemption(chy_checking *c, const eo_parts *eo, unsigned years, size_t n)
{
	bool human = chy_has_text(chy_slice_from(eo->value, n), "HUM");
	decl_date d;

	if (years == 0) {
		if (c->day != 0 && (c->day < EO_12958_BEGAN ||
		    c->day > X_ENDED))
			chy_report(c, CHY_DIAG_DECL_X_OUTSIDE_PERIOD,
			    eo->value_off, (uint32_t)n,
			    chy_slice_sub(eo->value, 0, n));
		return;
	}
	if (years != 25 || (human && eo->value.ptr[n - 1] == '1'))
		return;
	if (c->tel->derived_from.len == 0)
		chy_report(c, CHY_DIAG_DECL_25X_MISUSED, eo->value_off,
		    (uint32_t)n, CHY_SLICE("on an original decision"));
	else if (!read_date(chy_slice_from(eo->value, n), c->day, &d))
		chy_report(c, CHY_DIAG_DECL_25X_MISUSED, eo->value_off,
		    (uint32_t)n, CHY_SLICE("without a date"));
}

/* GDS, ADS, XGDS, RDS, XDS: the orders each belongs to. */
static bool
schedule_fits(chy_slice word, chy_slice order)
{
	bool of_11652 = chy_slice_eq(order, CHY_SLICE("11652"));
	bool of_12065 = chy_slice_eq(order, CHY_SLICE("12065"));

	if (chy_slice_ieq(word, CHY_SLICE("GDS")))
		return of_11652 || of_12065;
	if (chy_slice_ieq(word, CHY_SLICE("RDS")) ||
	    chy_slice_ieq(word, CHY_SLICE("XDS")))
		return of_12065;
	return of_11652;
}

static bool
is_schedule(chy_slice s)
{
	return is_word(s, "GDS") || is_word(s, "ADS") || is_word(s, "XGDS") ||
	    is_word(s, "RDS") || is_word(s, "XDS");
}

void
chy_rule_instruction(chy_checking *c, uint32_t node)
{
	eo_parts eo;
	decl_date d;
	unsigned years;
	size_t n;
	chy_slice v;

	if (node != c->first[CHY_NODE_EO_LINE] || !c->classified)
		return;
	take_apart(c, node, &eo);
	v = eo.value;
	if (is_not_applicable(v)) {
		chy_report(c, CHY_DIAG_DECL_NOT_APPLICABLE_CLASSIFIED,
		    eo.value_off, (uint32_t)v.len, CHY_EMPTY);
		return;
	}
	if (v.len == 0)
		return;
	n = exemption_at(v, &years);
	if (n > 0) {
		check_exemption(c, &eo, years, n);
		return;
	}
	if (is_word(eo.text, "DNG")) {
		chy_report(c, CHY_DIAG_DOWNGRADE_ONLY, eo.value_off,
		    (uint32_t)v.len, v);
		return;
	}
	if (is_word(v, "OADR") || chy_has_word(v, "OADR")) {
		if (c->day > EO_12356_ENDED)
			chy_report(c, CHY_DIAG_DECL_WORD_OUTSIDE_ORDER,
			    eo.value_off, (uint32_t)v.len, v);
		return;
	}
	if (is_word(v, "MR")) {
		chy_report(c, CHY_DIAG_DECL_WORD_OUTSIDE_ORDER, eo.value_off,
		    (uint32_t)v.len, v);
		return;
	}
	if (is_schedule(v)) {
		size_t len = 0;

		while (len < v.len && chy_is_alpha(v.ptr[len]))
			len++;
		if (!schedule_fits(chy_slice_sub(v, 0, len),
		    c->tel->eo_order))
			chy_report(c, CHY_DIAG_DECL_WORD_OUTSIDE_ORDER,
			    eo.value_off, (uint32_t)len,
			    chy_slice_sub(v, 0, len));
		return;
	}
	if (c->tel->declass.kind == CHY_DECLASS_EVENT &&
	    !read_date(v, c->day, &d) && !is_word(v, "DCI ONLY") &&
	    !is_word(v, "DNI ONLY"))
		chy_report(c, CHY_DIAG_DECL_EVENT, eo.value_off,
		    (uint32_t)v.len, v);
}


/* ---- the date ---- */

/* The longest duration in years on the day; 0: no limit. */
static int
limit_years(const chy_checking *c, const eo_parts *eo)
{
	if (c->day >= EO_13292_BEGAN)
		return 25;
	if (c->day >= EO_12958_BEGAN)
		return chy_has_text(eo->text, "EXTEN") ? 20 : 10;
	if (c->day >= EO_12065_BEGAN && c->day <= EO_12065_ENDED)
		return is_word(eo->value, "GDS") ? 6 : 20;
	return 0;
}

static void
check_duration(chy_checking *c, const eo_parts *eo, const decl_date *d,
    uint32_t off)
{
	int years = limit_years(c, eo);
	chy_ymd limit;

	if (years == 0 || c->tel->dtg_civil.year == 0)
		return;
	/* A day of slack: the date-time group is Z, the day is local. */
	limit = chy_ymd_add_years(c->day, years);
	if (d->day > chy_ymd_add_days(limit, 1)) {
		chy_report_fmt(c, CHY_DIAG_DECL_DURATION_OVER_LIMIT, off,
		    (uint32_t)d->len, "more than %d years", years);
		return;
	}
	if (years == 25 && d->day >= chy_ymd_add_days(limit, -1) &&
	    !chy_has_reasons(c) && c->tel->derived_from.len == 0)
		chy_report(c, CHY_DIAG_DECL_DURATION_AT_MAXIMUM, off,
		    (uint32_t)d->len, CHY_EMPTY);
}

void
chy_rule_declass_date(chy_checking *c, uint32_t node)
{
	eo_parts eo;
	decl_date d;
	uint32_t off;
	unsigned years;
	chy_slice text;

	if (node != c->first[CHY_NODE_EO_LINE])
		return;
	take_apart(c, node, &eo);
	if (is_not_applicable(eo.value))
		return;
	if (eo.value.len == 0) {
		if (c->classified)
			chy_report(c, CHY_DIAG_DECL_DATE_UNREADABLE,
			    chy_node_at(c, node)->off,
			    chy_node_at(c, node)->len,
			    CHY_SLICE("no instruction"));
		return;
	}
	/* Words with a date in them are an event; a date with words is not. */
	if (!read_date(eo.value, c->day, &d) || (d.at > 0 && !d.usual &&
	    !is_schedule(eo.value) && exemption_at(eo.value, &years) == 0 &&
	    !is_word(eo.text, "DNG")))
		return;
	off = eo.value_off + (uint32_t)d.at;
	text = chy_slice_sub(eo.value, d.at, d.len);
	if (c->unclassified) {
		if (d.day != 0)
			chy_report(c, CHY_DIAG_DECL_DATE_UNCLASSIFIED, off,
			    (uint32_t)d.len, text);
		return;
	}
	if (!c->classified)
		return;
	if (d.unreadable) {
		chy_report(c, CHY_DIAG_DECL_DATE_UNREADABLE, off,
		    (uint32_t)d.len, text);
		return;
	}
	if (d.exchanged)
		chy_report(c, CHY_DIAG_DECL_DAY_MONTH_EXCHANGED, off,
		    (uint32_t)d.len, text);
	if (d.impossible) {
		chy_report(c, CHY_DIAG_DECL_DATE_IMPOSSIBLE, off,
		    (uint32_t)d.len, text);
		return;
	}
	if (d.short_year)
		chy_report(c, CHY_DIAG_DECL_TWO_DIGIT_YEAR, off,
		    (uint32_t)d.len, text);
	/* A downgrade and a later review have no limit of this kind. */
	if (is_word(eo.text, "DNG") || exemption_at(eo.value, &years) > 0)
		return;
	if (c->tel->dtg_civil.year != 0 && d.day <= c->day)
		chy_report(c, CHY_DIAG_DECL_DATE_NOT_LATER, off,
		    (uint32_t)d.len, text);
	else
		check_duration(c, &eo, &d, off);
}

/* The date is on the telegram, classified, and past; nobody has recorded a
 * review in the text. The cap of 25 years counts where no date does. */
void
chy_rule_date_passed(chy_checking *c, uint32_t node)
{
	uint32_t line = c->first[CHY_NODE_EO_LINE];
	chy_ymd today = c->opts->today, due = 0;
	eo_parts eo;
	decl_date d = { 0 };
	unsigned years = 0;
	uint32_t off, len;

	(void)node;
	if (today == 0 || !c->classified || c->day == 0 ||
	    line == CHY_NO_NODE)
		return;
	take_apart(c, line, &eo);
	if (eo.instruction == CHY_NO_NODE)
		return;
	off = eo.value_off;
	len = (uint32_t)eo.value.len;
	exemption_at(eo.value, &years);
	if (!is_word(eo.text, "DNG") && !is_word(eo.value, "RDS") &&
	    !is_word(eo.value, "XDS") && read_date(eo.value, c->day, &d) &&
	    d.day > c->day) {
		due = d.day;
		off += (uint32_t)d.at;
		len = (uint32_t)d.len;
	} else if (c->tel->declass.kind == CHY_DECLASS_SCHEDULE &&
	    c->tel->declass.date.year != 0) {
		due = chy_ymd_civil(c->tel->declass.date);
	} else if (d.day != 0 && d.day <= c->day) {
		return;		/* CLS-020: held for a person */
	}
	if (years == 0) {
		chy_ymd cap = chy_ymd_of(chy_ymd_year(c->day) + 25, 12, 31);

		if (cap < 20061231)
			cap = 20061231;
		if (due == 0 || cap < due)
			due = cap;
	}
	if (due == 0 || due > today)
		return;
	for (uint32_t i = 0; i < c->tel->n_nodes &&
	    c->count[CHY_NODE_RESIDUE] > 0; i++)
		if (chy_node_at(c, i)->kind == CHY_NODE_RESIDUE &&
		    chy_has_text(chy_node_text(c, i), "Declassified"))
			return;
	chy_report_fmt(c, CHY_DIAG_DECL_DATE_PASSED, off, len,
	    "%u-%02u-%02u", due / 10000, due / 100 % 100, due % 100);
}
