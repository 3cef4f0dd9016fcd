/*
 * Format lines 1 to 6, and the frame of a transmission.
 *
 * A rule about lines 1 to 4 applies only to a telegram that has one of them:
 * a plain copy begins at the date-time group and is whole so. What a line
 * that the reader did not understand was meant to be is told by its words.
 *
 * Source: 5 FAH-2 H-321; telegram-format sections 2 and 3.
 *
 * SPDX-License-Identifier: ISC
 */
#include "check/check_int.h"

/* R, Q or U and three to seven more letters. */
static bool
is_routing_indicator(chy_slice s)
{
	return s.len >= 4 && s.len <= 8 && (s.ptr[0] == 'R' ||
	    s.ptr[0] == 'Q' || s.ptr[0] == 'U') && chy_all_upper(s);
}

static bool
is_precedence_letter(char c)
{
	return memchr("ZOPRYW", c, 6) != NULL;
}

static bool
is_digraph(chy_slice s)
{
	return s.len == 2 && s.ptr[0] == s.ptr[1] &&
	    is_precedence_letter(s.ptr[0]);
}


/* ---- what is missing ---- */

/* An unread line of the heading that was meant for a date-time group. */
static uint32_t
unread_dtg(const chy_checking *c)
{
	uint32_t heading = c->first[CHY_NODE_HEADING], end;

	if (heading == CHY_NO_NODE)
		return CHY_NO_NODE;
	end = chy_node_end(c, heading);
	for (uint32_t i = heading + 1; i < end; i++) {
		chy_slice s = chy_node_text(c, i);
		size_t at = 0, digits = 0;

		if (chy_node_at(c, i)->kind != CHY_NODE_UNREAD)
			continue;
		while (at < s.len && !chy_is_digit(s.ptr[at]) && at < 5)
			at++;
		while (at < s.len && chy_is_digit(s.ptr[at]))
			at++, digits++;
		if (digits >= 4 && s.len < 40)
			return i;
	}
	return CHY_NO_NODE;
}

void
chy_rule_format_lines(chy_checking *c, uint32_t node)
{
	const chy_telegram *tel = c->tel;
	uint32_t dtg;

	(void)node;
	/* An extract says itself that its heading was left out. */
	if (tel->partial)
		return;
	if (c->transmitted && c->lines[1] == 0)
		chy_report_missing(c, CHY_DIAG_TRANSMISSION_ID_MALFORMED,
		    c->first[CHY_NODE_FORMAT_LINE]);
	if (c->transmitted && c->lines[3] == 0)
		chy_report_missing(c, CHY_DIAG_DE_LINE_MALFORMED,
		    c->line[2] != CHY_NO_NODE ? c->line[2] :
		    c->first[CHY_NODE_FORMAT_LINE]);
	if (c->transmitted && c->lines[4] == 0)
		chy_report_missing(c, CHY_DIAG_SECURITY_WARNING_MALFORMED,
		    c->line[3] != CHY_NO_NODE ? c->line[3] :
		    c->first[CHY_NODE_FORMAT_LINE]);
	if (c->lines[5] == 0) {
		dtg = unread_dtg(c);
		if (dtg != CHY_NO_NODE)
			chy_report_node(c, CHY_DIAG_DTG_MALFORMED, dtg,
			    chy_node_text(c, dtg));
		else
			chy_report_missing(c, CHY_DIAG_DTG_MALFORMED,
			    c->line[6] != CHY_NO_NODE ? c->line[6] :
			    c->first[CHY_NODE_FORMAT_LINE]);
	}
	if (c->lines[6] == 0)
		chy_report_missing(c, CHY_DIAG_ORIGINATOR_NOT_ONE,
		    c->line[5] != CHY_NO_NODE ? c->line[5] :
		    c->first[CHY_NODE_FORMAT_LINE]);
	if (c->classified && tel->dtg_civil.year == 0 &&
	    tel->wrapper.date.len == 0)
		chy_report_missing(c, CHY_DIAG_ORIGIN_DATE_NOT_EVIDENT,
		    c->first[CHY_NODE_CLASS_LINE]);
}

/* The words of a line that was meant for format line 2. */
static bool
called_line(chy_checking *c, uint32_t node)
{
	chy_slice s = chy_node_text(c, node), word;
	size_t at = 0;
	uint32_t off = chy_node_at(c, node)->off, good = 0, bad = 0;
	bool digraph = false;

	for (size_t i = 0; chy_next_word(s, &at, &word); i++) {
		if (i == 0 && is_digraph(word))
			digraph = true;
		else if (is_routing_indicator(word) && word.ptr[0] == 'R')
			good++;
		else if (i > 0)
			bad++;
	}
	if (!digraph && (good == 0 || bad > 0))
		return false;
	if (!digraph) {
		chy_report(c, CHY_DIAG_FL2_PRECEDENCE_MISSING, off,
		    (uint32_t)s.len, CHY_EMPTY);
		return true;
	}
	for (at = 0; chy_next_word(s, &at, &word);)
		if (!is_digraph(word) && !is_routing_indicator(word))
			chy_report(c, CHY_DIAG_ROUTING_INDICATOR_MALFORMED,
			    off + (uint32_t)(word.ptr - s.ptr),
			    (uint32_t)word.len, word);
	return true;
}

/* Format line 2, which the reader takes only when all of it is good. */
void
chy_rule_called(chy_checking *c, uint32_t node)
{
	uint32_t heading = c->first[CHY_NODE_HEADING], end;

	(void)node;
	if (!c->transmitted || c->lines[2] > 0 || c->tel->partial ||
	    heading == CHY_NO_NODE)
		return;
	end = chy_node_end(c, heading);
	for (uint32_t i = heading + 1; i < end; i++)
		if (chy_node_at(c, i)->kind == CHY_NODE_UNREAD &&
		    called_line(c, i))
			return;
	chy_report_missing(c, CHY_DIAG_FL2_PRECEDENCE_MISSING,
	    c->line[3] != CHY_NO_NODE ? c->line[3] :
	    c->first[CHY_NODE_FORMAT_LINE]);
}

/* Whether a text of the frame stands in an END leaf. */
static bool
has_end(const chy_checking *c, chy_slice text)
{
	for (uint32_t i = c->first[CHY_NODE_END]; i < c->tel->n_nodes; i++)
		if (chy_node_at(c, i)->kind == CHY_NODE_END &&
		    chy_node_at(c, chy_node_at(c, i)->parent)->kind ==
		    CHY_NODE_TAIL && chy_slice_eq(chy_node_text(c, i), text))
			return true;
	return false;
}

/* Archived text keeps an NNNN now and then (9 of 1,295), so on reading that
 * alone does not make a transmission of it. */
void
chy_rule_frame(chy_checking *c, uint32_t node)
{
	bool start = c->lines[11] > 0, end, must;
	uint32_t last = c->len;

	(void)node;
	if (!c->framed)
		return;
	while (last > 0 && chy_is_space(c->p[last - 1]))
		last--;
	end = has_end(c, CHY_SLICE("BT"));
	must = c->opts->drafting && c->transmitted;
	if ((must || end) && !start)
		chy_report(c, CHY_DIAG_BT_MISSING, c->text_off, 0,
		    CHY_SLICE("before the text"));
	if ((must || start) && !end)
		chy_report(c, CHY_DIAG_BT_MISSING, last, 0,
		    CHY_SLICE("after the text"));
	if ((must || start || end) && !has_end(c, CHY_SLICE("NNNN")))
		chy_report(c, CHY_DIAG_NNNN_MISSING, last, 0, CHY_EMPTY);
}


/* ---- each line ---- */

#define LINE_MAX	69u	/* characters of a teletype line */

void
chy_rule_format_line(chy_checking *c, uint32_t node)
{
	const chy_node *n = chy_node_at(c, node);
	chy_slice s = chy_node_text(c, node);
	size_t lower, from = 0;

	/* Lines 11 and above are not of the heading. */
	if (n->value > 10)
		return;
	lower = chy_first_lower(s);
	if (lower < s.len)
		chy_report(c, CHY_DIAG_LOWER_CASE_IN_HEADING,
		    n->off + (uint32_t)lower, 1, CHY_EMPTY);
	while (from < s.len) {
		const char *lf = memchr(s.ptr + from, '\n', s.len - from);
		size_t to = lf != NULL ? (size_t)(lf - s.ptr) : s.len;

		if (to - from > LINE_MAX) {
			chy_slice line = chy_slice_sub(s, from, to - from);

			/* A blank or two at the end were not sent. */
			line = chy_slice_trim(line);
			if (line.len > LINE_MAX)
				chy_report_fmt(c,
				    CHY_DIAG_HEADING_LINE_TOO_LONG, n->off +
				    (uint32_t)(line.ptr - s.ptr) + LINE_MAX,
				    (uint32_t)line.len - LINE_MAX,
				    "%zu characters", line.len);
		}
		from = to + 1;
	}
}

void
chy_rule_fl1(chy_checking *c, uint32_t node)
{
	chy_slice s = chy_node_text(c, node), id;
	uint32_t leaf;

	if (chy_node_at(c, node)->value != 1)
		return;
	leaf = chy_node_below(c, node, CHY_NODE_TRANSMISSION_ID);
	id = leaf != CHY_NO_NODE ? chy_node_text(c, leaf) : CHY_EMPTY;
	if (chy_slice_starts(s, CHY_SLICE("VZCZC")) && id.len >= 6 &&
	    id.len <= 7 && id.ptr == s.ptr + 5 &&
	    chy_all_upper(chy_slice_sub(id, 0, 3)) &&
	    chy_all_digits(chy_slice_from(id, 3)))
		return;
	chy_report_node(c, CHY_DIAG_TRANSMISSION_ID_MALFORMED, node,
	    chy_slice_trim(s));
}

/* The higher of the one or two letters of format line 5. */
static chy_precedence
letters_of_line_5(const chy_checking *c)
{
	chy_precedence best = CHY_PRECEDENCE_NONE;
	uint32_t line = c->line[5], end;

	if (line == CHY_NO_NODE)
		return best;
	end = chy_node_end(c, line);
	for (uint32_t i = line + 1; i < end; i++) {
		chy_precedence one;

		if (chy_node_at(c, i)->kind != CHY_NODE_PRECEDENCE)
			continue;
		one = chy_precedence_from_prosign(
		    chy_upper(c->p[chy_node_at(c, i)->off]));
		if (one > best)
			best = one;
	}
	return best;
}

static void
called_twice(chy_checking *c)
{
	const chy_slices *called = &c->tel->transmission.called;
	uint64_t met = 0;

	for (uint32_t i = 0; i < called->n; i++) {
		chy_slice s = called->at[i];
		uint64_t bit = UINT64_C(1) << (chy_slice_hash(s) & 63);

		/* Few meet the same bit: only these are compared. */
		for (uint32_t k = 0; (met & bit) != 0 && k < i; k++) {
			uint32_t off;

			if (!chy_slice_eq(called->at[k], s))
				continue;
			off = chy_place_of(c, s);
			chy_report(c, CHY_DIAG_ROUTING_INDICATOR_TWICE,
			    off != UINT32_MAX ? off : c->place,
			    (uint32_t)s.len, s);
			break;
		}
		met |= bit;
	}
}

static void
not_called(chy_checking *c)
{
	const chy_slices *called = &c->tel->transmission.called;

	/* Only where the transmission originates; a delivered copy holds the
	 * leg it travelled (telegram-format 2.2). */
	if (chy_is_off(c, CHY_DIAG_ROUTING_INDICATOR_NOT_CALLED) ||
	    (called->n == 1 && chy_slice_eq(called->at[0],
	    CHY_SLICE("RUEHWEB"))))
		return;
	for (uint32_t i = 0; i < c->tel->n_addressees; i++) {
		const chy_addressee *a = &c->tel->addressees[i];

		if (a->routing_indicator.len == 0 ||
		    chy_slice_eq(a->routing_indicator, CHY_SLICE("ZEN")) ||
		    chy_has_slice(called, a->routing_indicator))
			continue;
		chy_report(c, CHY_DIAG_ROUTING_INDICATOR_NOT_CALLED,
		    chy_node_at(c, a->node)->off,
		    (uint32_t)a->routing_indicator.len, a->routing_indicator);
	}
}

void
chy_rule_fl2(chy_checking *c, uint32_t node)
{
	const chy_telegram *tel = c->tel;
	chy_precedence here, highest;
	uint32_t leaf = node + 1;

	if (chy_node_at(c, node)->value != 2)
		return;
	here = chy_precedence_from_digraph(tel->transmission.precedence);
	highest = letters_of_line_5(c);
	if (highest != CHY_PRECEDENCE_NONE && here != highest)
		chy_report_fmt(c, CHY_DIAG_FL2_PRECEDENCE_NOT_HIGHEST,
		    chy_node_at(c, leaf)->off, chy_node_at(c, leaf)->len,
		    "%.*s, and %.*s on FL5",
		    CHY_ARG(tel->transmission.precedence),
		    CHY_ARG(chy_precedence_get(highest)->prosign));
	called_twice(c);
	not_called(c);
	if (here != CHY_PRECEDENCE_FLASH)
		return;
	for (uint32_t i = 0; i < tel->n_addressees; i++) {
		const chy_addressee *a = &tel->addressees[i];

		if (a->effective >= CHY_PRECEDENCE_FLASH)
			continue;
		chy_report(c, CHY_DIAG_FLASH_WITH_LOWER_PRECEDENCE,
		    chy_node_at(c, leaf)->off, chy_node_at(c, leaf)->len,
		    a->plad);
		return;
	}
}

/* Minutes from the date-time group to the time of format line 3. */
static bool
filing_minutes(const chy_checking *c, chy_slice time, int64_t *ret)
{
	chy_civil dtg = c->tel->dtg_civil;
	int year = dtg.year, day = (int)chy_number(chy_slice_sub(time, 0, 3));
	int64_t filed;

	if (dtg.year == 0)
		return false;
	/* At New Year the one may lie in the next year already. */
	if (dtg.month == 12 && day < 10)
		year++;
	if (dtg.month == 1 && day > 350)
		year--;
	filed = chy_civil_seconds((chy_civil){ .year = year, .month = 1,
	    .day = 1 }) / 60 + (int64_t)(day - 1) * 1440 +
	    chy_number(chy_slice_sub(time, 3, 2)) * 60 +
	    chy_number(chy_slice_sub(time, 5, 2));
	*ret = filed - chy_civil_seconds(dtg) / 60;
	return true;
}

static void
filing_time(chy_checking *c, uint32_t leaf)
{
	chy_slice s = chy_node_text(c, leaf);
	uint32_t day, hour, minute;
	int year = c->tel->dtg_civil.year;
	bool leap = year == 0 || (year % 4 == 0 && (year % 100 != 0 ||
	    year % 400 == 0));
	int64_t later;

	if (s.len != 7 || !chy_all_digits(s))
		return;		/* ACP 127 has 22/1856Z */
	day = chy_number(chy_slice_sub(s, 0, 3));
	hour = chy_number(chy_slice_sub(s, 3, 2));
	minute = chy_number(chy_slice_sub(s, 5, 2));
	if (day == 0 || day > 366 || (day == 366 && !leap) || hour > 23 ||
	    minute > 59) {
		chy_report_node(c, CHY_DIAG_FILING_TIME_IMPOSSIBLE, leaf, s);
		return;
	}
	if (filing_minutes(c, s, &later) && (later < 0 || later > 1440))
		chy_report(c, CHY_DIAG_FILING_TIME_FAR_FROM_DTG,
		    chy_node_at(c, leaf)->off, (uint32_t)s.len, later < 0 ?
		    CHY_SLICE("earlier than the date-time group") :
		    CHY_SLICE("more than 24 hours later"));
}

/* #0425, #0425/01; ACP 127: 0051. */
static bool
is_serial(chy_slice s)
{
	size_t slash;

	if (s.len > 0 && s.ptr[0] == '#')
		s = chy_slice_from(s, 1);
	slash = chy_slice_find(s, CHY_SLICE("/"), 0);
	return slash == 4 && chy_all_digits(chy_slice_sub(s, 0, 4)) &&
	    (slash == s.len || (s.len >= 7 && s.len <= 8 &&
	    chy_all_digits(chy_slice_from(s, 5))));
}

static bool
is_filing_time(chy_slice s)
{
	return (s.len == 7 && chy_all_digits(s)) || (s.len == 8 &&
	    s.ptr[2] == '/' && s.ptr[7] == 'Z' &&
	    chy_all_digits(chy_slice_sub(s, 3, 4)));
}

/*
 * The station is another one's, for certain: the directory gives the
 * indicator to one post and the FM address to another. An agency may have
 * several, and gateways serve hundreds, so those say nothing.
 */
static bool
is_of_another(chy_slice routing, chy_slice plad)
{
	const chy_post *owner = chy_vocab_post_by_routing(routing);
	const chy_post *post = chy_vocab_post_by_plad(plad);

	if (owner == NULL || post == NULL || !chy_is_state(owner) ||
	    !chy_is_state(post) || chy_vocab_post_serves(routing, plad) ||
	    chy_slice_eq(owner->tags_country, post->tags_country))
		return false;
	for (; post != NULL; post = chy_vocab_post_next_plad(post))
		if (post->routing_indicator.len == 0 ||
		    chy_slice_eq(post->routing_indicator, routing))
			return false;
	return true;
}

void
chy_rule_fl3(chy_checking *c, uint32_t node)
{
	const chy_transmission *t = &c->tel->transmission;
	uint32_t ri, serial, time, section;

	if (chy_node_at(c, node)->value != 3)
		return;
	ri = chy_node_below(c, node, CHY_NODE_ROUTING_INDICATOR);
	serial = chy_node_below(c, node, CHY_NODE_STATION_SERIAL);
	time = chy_node_below(c, node, CHY_NODE_FILING_TIME);
	if (ri == CHY_NO_NODE || serial == CHY_NO_NODE ||
	    time == CHY_NO_NODE ||
	    !is_routing_indicator(chy_node_text(c, ri)) ||
	    !is_serial(chy_node_text(c, serial)) ||
	    !is_filing_time(chy_node_text(c, time)))
		chy_report_node(c, CHY_DIAG_DE_LINE_MALFORMED, node,
		    CHY_EMPTY);
	if (time != CHY_NO_NODE)
		filing_time(c, time);
	section = chy_number(t->section);
	/* A telegram of one section has /01 now and then (243 of 1,118). */
	if (t->section.len > 0 && serial != CHY_NO_NODE &&
	    (c->tel->section > 0 ? section != c->tel->section : section > 1))
		chy_report_fmt(c, CHY_DIAG_FL3_SECTION_DIFFERS,
		    chy_node_at(c, serial)->off, chy_node_at(c, serial)->len,
		    "%u, and %u on the class line", section, c->tel->section);
	if (ri != CHY_NO_NODE && is_of_another(chy_node_text(c, ri),
	    c->tel->originator.plad))
		chy_report_node(c,
		    CHY_DIAG_FL3_ROUTING_INDICATOR_NOT_OF_ORIGINATOR, ri,
		    chy_node_text(c, ri));
}

static bool
is_same_letters(chy_slice s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (i >= s.len || s.ptr[i] != s.ptr[0])
			return false;
	return memchr("UECST", s.ptr[0], 5) != NULL;
}

/* CCCCC; CCCAB with a release code; either with /AAAAA and its like. */
static bool
is_class_letters(chy_slice s)
{
	size_t slash = chy_slice_find(s, CHY_SLICE("/"), 0);
	chy_slice group = slash < s.len ? chy_slice_from(s, slash + 1) :
	    CHY_EMPTY;
	static const char codes[] = "ABCOUXZ";	/* ACP 117 para 7 */

	if (slash != 5 || s.len < 5 || !is_same_letters(s, 3))
		return false;
	if (slash < s.len && !chy_slice_eq(group, CHY_SLICE("AAAAA")) &&
	    !chy_slice_eq(group, CHY_SLICE("BBBBB")) &&
	    !chy_slice_eq(group, CHY_SLICE("FFFFF")))
		return false;
	return is_same_letters(s, 5) || (memchr(codes, s.ptr[3], 7) != NULL &&
	    memchr(codes, s.ptr[4], 7) != NULL && s.ptr[3] < s.ptr[4]);
}

/* Also with a circuit's note glued to it: ZZH(CCY ... */
static bool
has_zzh(const chy_transmission *t)
{
	for (uint32_t i = 0; i < t->opsigs.n; i++)
		if (chy_slice_starts(t->opsigs.at[i], CHY_SLICE("ZZH")))
			return true;
	return false;
}

void
chy_rule_fl4(chy_checking *c, uint32_t node)
{
	const chy_transmission *t = &c->tel->transmission;
	const chy_post *post = chy_vocab_post_by_plad(c->tel->originator.plad);
	uint32_t leaf;
	chy_slice s, first;

	if (chy_node_at(c, node)->value != 4)
		return;
	leaf = chy_node_below(c, node, CHY_NODE_SECURITY);
	if (leaf == CHY_NO_NODE) {
		chy_report_node(c, CHY_DIAG_SECURITY_WARNING_MALFORMED, node,
		    CHY_EMPTY);
		return;
	}
	s = chy_node_text(c, leaf);
	first = chy_node_text(c, node + 1);
	if (!is_class_letters(s))
		chy_report_node(c, CHY_DIAG_FL4_CLASS_LETTERS_MALFORMED, leaf,
		    s);
	if (chy_slice_eq(first, CHY_SLICE("ZNR")) ?
	    c->classified || memchr("CST", s.ptr[0], 3) != NULL :
	    s.ptr[0] == 'U')
		chy_report_node(c, CHY_DIAG_ZNR_WITH_CLASSIFIED_TEXT, node + 1,
		    first);
	if (post != NULL && chy_is_state(post) && !has_zzh(t))
		chy_report_node(c, CHY_DIAG_ZZH_ABSENT, node, CHY_EMPTY);
}

void
chy_rule_fl5(chy_checking *c, uint32_t node)
{
	uint32_t leaf;
	chy_slice s;

	if (chy_node_at(c, node)->value != 5)
		return;
	leaf = chy_node_below(c, node, CHY_NODE_DTG);
	if (leaf == CHY_NO_NODE)
		return;
	s = chy_node_text(c, leaf);
	if (s.len > 7 && chy_upper(s.ptr[6]) != 'Z')
		chy_report(c, CHY_DIAG_DTG_ZONE_NOT_Z,
		    chy_node_at(c, leaf)->off + 6, 1, chy_slice_sub(s, 6, 1));
	if (s.len > 4 && chy_all_digits(chy_slice_from(s, s.len - 4)))
		chy_report(c, CHY_DIAG_DTG_FOUR_DIGIT_YEAR,
		    chy_node_at(c, leaf)->off + (uint32_t)s.len - 4, 4,
		    chy_slice_from(s, s.len - 4));
}

void
chy_rule_fl6(chy_checking *c, uint32_t node)
{
	uint32_t leaf;
	chy_slice plad;

	if (chy_node_at(c, node)->value != 6)
		return;
	/* A heading that stands twice has its own FM line each time. */
	if (node != c->line[6] && c->lines[5] < c->lines[6])
		chy_report_node(c, CHY_DIAG_ORIGINATOR_NOT_ONE, node,
		    CHY_EMPTY);
	if (node != c->line[6])
		return;
	leaf = chy_node_below(c, node, CHY_NODE_PLAD);
	plad = c->tel->originator.plad;
	if (leaf == CHY_NO_NODE)
		chy_report_node(c, CHY_DIAG_ORIGINATOR_NOT_ONE, node,
		    CHY_EMPTY);
	else if (chy_vocab_post_by_plad(plad) == NULL)
		chy_report_node(c, CHY_DIAG_ORIGINATOR_UNKNOWN, leaf, plad);
}

/* Three letters that begin with Z, and a digit that narrows some. */
static bool
is_opsig(chy_slice s)
{
	return s.len >= 3 && s.len <= 4 && s.ptr[0] == 'Z' &&
	    chy_all_upper(chy_slice_sub(s, 0, 3)) &&
	    (s.len == 3 || chy_is_digit(s.ptr[3]));
}

/* (CCY AD6CB6C9 WSC6493 634): from its parenthesis to the other one. */
static void
annotation(chy_checking *c, uint32_t off)
{
	chy_span line = chy_line_at(c, off);
	chy_slice s = { c->p + off, line.off + line.len - off };
	size_t end = chy_slice_find(s, CHY_SLICE(")"), 0);

	s = chy_slice_sub(s, 0, end + 1);
	chy_report(c, CHY_DIAG_CIRCUIT_ANNOTATION, off, (uint32_t)s.len, s);
}

/* What stands after a signal belongs to it and may be anything. */
void
chy_rule_opsigs(chy_checking *c, uint32_t node)
{
	uint32_t line = chy_node_at(c, node)->value, end;
	bool inside = false;
	size_t open;

	if (line != 4 && line != 5)
		return;
	end = chy_node_end(c, node);
	for (uint32_t i = node + 1; i < end; i++) {
		chy_slice s = chy_node_text(c, i);

		if (chy_node_at(c, i)->kind != CHY_NODE_OPSIG)
			continue;
		open = chy_slice_find(s, CHY_SLICE("("), 0);
		if (open < s.len) {
			inside = true;
			annotation(c, chy_node_at(c, i)->off +
			    (uint32_t)open);
		}
		if (!inside && is_opsig(s) && chy_vocab_opsig(s) == NULL)
			chy_report_node(c, CHY_DIAG_OPSIG_UNKNOWN, i, s);
		if (s.ptr[s.len - 1] == ')')
			inside = false;
	}
}
