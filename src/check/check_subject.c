/*
 * SUBJECT and REF.
 *
 * Source: 5 FAH-1 H-232, H-235; telegram-format 4.8, 4.9.
 *
 * SPDX-License-Identifier: ISC
 */
#include "check/check_int.h"

#include "telegram/mrn.h"

#define MARKS_BEGAN	19781201u	/* E.O. 12065 */

void
chy_rule_subject_missing(chy_checking *c, uint32_t node)
{
	(void)node;
	if (c->whole && c->tel->subject_raw.len == 0)
		chy_report_missing(c, CHY_DIAG_SUBJECT_MISSING,
		    c->first[CHY_NODE_SUBJECT_LINE] != CHY_NO_NODE ?
		    c->first[CHY_NODE_SUBJECT_LINE] :
		    c->first[CHY_NODE_CLASS_LINE]);
}

/* xxxxxxxxxxxx: taken out before publication. */
static bool
is_removed(chy_slice s)
{
	for (size_t i = 0; i < s.len; i++)
		if (chy_lower(s.ptr[i]) != 'x')
			return false;
	return true;
}

/* A word with four small letters: McCAIN and MOUs are capitals all right. */
static size_t
lower_word(chy_slice s, size_t *ret_len)
{
	size_t from = 0, lower = 0;

	for (size_t i = 0; i <= s.len; i++) {
		if (i < s.len && chy_is_alpha(s.ptr[i])) {
			lower += chy_is_lower(s.ptr[i]);
			continue;
		}
		if (lower >= 4 && !is_removed(chy_slice_sub(s, from,
		    i - from))) {
			*ret_len = i - from;
			return from;
		}
		from = i + 1;
		lower = 0;
	}
	return s.len;
}

void
chy_rule_subject_line(chy_checking *c, uint32_t node)
{
	const chy_node *n = chy_node_at(c, node);
	uint32_t end = chy_node_end(c, node), lines = 0;
	bool lower_told = false;

	for (uint32_t i = node + 1; i < end; i++) {
		chy_slice s = chy_node_text(c, i);
		size_t at, len = 0;

		if (chy_node_at(c, i)->kind == CHY_NODE_KEYWORD &&
		    chy_slice_istarts(s, CHY_SLICE("SUBJ")) &&
		    !chy_slice_istarts(s, CHY_SLICE("SUBJE")))
			chy_report_node(c, CHY_DIAG_SUBJECT_ABBREVIATED, i,
			    s);
		if (chy_node_at(c, i)->kind != CHY_NODE_SUBJECT_TEXT)
			continue;
		if (++lines == 4)
			chy_report_node(c, CHY_DIAG_SUBJECT_TOO_LONG, i,
			    CHY_EMPTY);
		at = lower_word(s, &len);
		if (at < s.len && !lower_told) {
			chy_report(c, CHY_DIAG_SUBJECT_NOT_UPPER_CASE,
			    chy_node_at(c, i)->off + (uint32_t)at,
			    (uint32_t)len, chy_slice_sub(s, at, len));
			lower_told = true;
		}
	}
	if (c->classified && c->tel->subject_raw.len > 0 &&
	    c->tel->subject_mark.len == 0 &&
	    node == c->first[CHY_NODE_SUBJECT_LINE] &&
	    (c->day == 0 || c->day >= MARKS_BEGAN))
		chy_report_fmt(c, CHY_DIAG_SUBJECT_UNMARKED, n->off,
		    chy_node_at(c, node + 1)->len, "taken as %s",
		    chy_level_name(c->tel->level));
}


/* ---- references ---- */

void
chy_rule_ref_line(chy_checking *c, uint32_t node)
{
	const chy_node *n = chy_node_at(c, node);
	chy_slice s = chy_node_text(c, node);
	size_t at = chy_word_in(s, CHY_SLICE("NOTAL")), first = at;
	unsigned count = 0;

	while (at < s.len) {
		count++;
		at += 5;
		at += chy_word_in(chy_slice_from(s, at), CHY_SLICE("NOTAL"));
	}
	if (count > 0)
		chy_report_fmt(c, CHY_DIAG_REFERENCE_NOTAL,
		    n->off + (uint32_t)first, 5, "%u reference%s", count,
		    count == 1 ? "" : "s");
}

/* Where a reference stands: its text, or the first word of it. */
static chy_span
place(const chy_checking *c, const chy_reference *r)
{
	uint32_t at = chy_place_of(c, r->text);

	if (at != UINT32_MAX)
		return (chy_span){ at, (uint32_t)r->text.len };
	/* Cleaned: the line it was on, if its first word is found there. */
	for (uint32_t i = c->first[CHY_NODE_REF_LINE]; i < c->tel->n_nodes;
	    i++) {
		chy_slice all, word;
		size_t pos = 0, in;

		if (chy_node_at(c, i)->kind != CHY_NODE_REF_LINE)
			continue;
		all = chy_node_text(c, i);
		if (chy_next_word(r->text, &pos, &word) && (in =
		    chy_slice_find(all, word, 0)) < all.len)
			return (chy_span){ chy_node_at(c, i)->off +
			    (uint32_t)in, (uint32_t)word.len };
	}
	at = c->first[CHY_NODE_REF_LINE];
	return (chy_span){ at != CHY_NO_NODE ? chy_node_at(c, at)->off :
	    c->place, 0 };
}

/*
 * Words that are a reference all right, though no kind the reader has. "(A)
 * SEPTEL", "PREVIOUS", airgrams, notes, decisions; a date-time group.
 */
static bool
is_understood(chy_slice s)
{
	static const char *const words[] = { "SEPTEL", "SEPTELS", "PREVIOUS",
	    "NOTAL", "REFTEL", "REFTELS", "NOTE", "NOTES", "AIRGRAM", "TEL",
	    "TELEGRAM", "CABLE", "CABLES", "E-MAILS", "EMAILS", "ETC",
	    "DEMARCHE", "TALKING", "PAPER", "CABLEGRAM", "DTG", "SIPDIS",
	    "MESSAGE", "MESSAGES", "EXCHANGE", "LETTERS", "SERIES" };
	size_t digits = 0;

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (chy_has_word(s, words[i]))
			return true;
	/* A year alone; a page line; the first words of the text. */
	if ((s.len >= 4 && s.len <= 6 && chy_all_digits(chy_slice_sub(s, 0,
	    4))) || chy_has_text(s, " OF 0") ||
	    chy_has_text(s, "UNCLASSIFIED") || chy_has_text(s, "PLEASE") ||
	    chy_has_text(s, "INTERNET"))
		return true;
	for (size_t i = 0; i < s.len; i++) {	/* 091456Z JUN 08 */
		if (!chy_is_digit(s.ptr[i])) {
			if (digits == 6 && chy_upper(s.ptr[i]) == 'Z')
				return true;
			digits = 0;
			continue;
		}
		digits++;
	}
	return false;
}

/* The letter with a sign stands somewhere in the list. */
static bool
has_label(const chy_checking *c, char letter)
{
	for (uint32_t i = c->first[CHY_NODE_REF_LINE]; i < c->tel->n_nodes;
	    i++) {
		chy_slice s = chy_node_text(c, i);

		if (chy_node_at(c, i)->kind != CHY_NODE_REF_LINE)
			continue;
		for (size_t k = 1; k + 1 < s.len; k++)
			if (s.ptr[k] == letter && !chy_is_alnum(s.ptr[k - 1]) &&
			    memchr(".):", s.ptr[k + 1], 3) != NULL)
				return true;
	}
	return false;
}

/* The letters go A, B, C; one letter may have several numbers. */
static void
check_labels(chy_checking *c)
{
	const chy_telegram *tel = c->tel;
	char last = 0;

	for (uint32_t i = 0; i < tel->n_references; i++) {
		const chy_reference *r = &tel->references[i];
		chy_span at;

		if (r->letter == last)
			continue;
		/* Unlettered ones before the first letter are a list of their
		 * own (354 of 722 have none at all). */
		if (r->letter == (last == 0 ? 'A' : last + 1) ||
		    (r->letter == 0 && last == 0)) {
			last = r->letter;
			continue;
		}
		at = place(c, r);
		/* A label that was read as something else; (U) of the text. */
		if ((last != 0 && has_label(c, (char)(last + 1))) ||
		    (last == 0 && (has_label(c, 'A') ||
		    memchr("CSU", r->letter, 3) != NULL)))
			return;
		if (last == 0)
			chy_report_fmt(c, CHY_DIAG_REFERENCE_LABELS, at.off,
			    at.len, "%c without A", r->letter);
		else
			chy_report_fmt(c, CHY_DIAG_REFERENCE_LABELS, at.off,
			    at.len, "%c after %c", r->letter, last);
		return;
	}
}

/* Two labels of one letter, one right after the other's reference. */
static void
check_repeated(chy_checking *c)
{
	const chy_telegram *tel = c->tel;

	for (uint32_t i = 1; i < tel->n_references; i++) {
		const chy_reference *a = &tel->references[i - 1];
		const chy_reference *b = &tel->references[i];
		uint32_t from = chy_place_of(c, a->text);
		uint32_t to = chy_place_of(c, b->text);

		if (a->letter == 0 || a->letter != b->letter ||
		    from == UINT32_MAX || to == UINT32_MAX || to < from)
			continue;
		from += (uint32_t)a->text.len;
		for (; from + 1 < to; from++)
			if (c->p[from] == a->letter &&
			    (c->p[from + 1] == '.' || c->p[from + 1] == ')') &&
			    !chy_is_alnum(c->p[from - 1])) {
				chy_report_fmt(c, CHY_DIAG_REFERENCE_LABELS,
				    from, 1, "%c twice", a->letter);
				return;
			}
	}
}

/* "BRASILIA 00000244 001.2 OF 002" is a page line in the list; in "MOSCOW
 * 03242 2008" the year comes last. */
static bool
is_page_or_dated(const chy_checking *c, chy_span at)
{
	uint32_t end = at.off + at.len;
	size_t digits = 0;
	chy_slice rest;

	while (digits < at.len && chy_is_digit(c->p[end - 1 - digits]))
		digits++;
	rest = chy_slice_trim((chy_slice){ c->p + end, c->len - end < 6 ?
	    c->len - end : 6 });
	return digits >= 8 || (rest.len >= 4 && chy_all_digits(
	    chy_slice_sub(rest, 0, 4)) && (chy_slice_starts(rest,
	    CHY_SLICE("20")) || chy_slice_starts(rest, CHY_SLICE("19"))));
}

static void
check_number(chy_checking *c, const chy_reference *r)
{
	const chy_telegram *tel = c->tel;
	chy_mrn own, cited;
	chy_span at;

	if (r->value.len == 0 || tel->canonical_id.len == 0 ||
	    !chy_mrn_parse(tel->canonical_id, 0, &own) ||
	    !chy_mrn_parse(r->value, tel->year, &cited))
		return;
	at = place(c, r);
	if (is_page_or_dated(c, at))
		return;
	if (chy_slice_eq(r->value, tel->canonical_id)) {
		chy_report(c, CHY_DIAG_REFERENCE_TO_ITSELF, at.off, at.len,
		    r->value);
		return;
	}
	/*
	 * A higher number of the same post and year is later; in the first
	 * months one without a year may be the year before's. Numbers of other
	 * posts cannot be compared.
	 */
	if (cited.year > own.year || (cited.year == own.year &&
	    cited.post_len == own.post_len && memcmp(cited.post, own.post,
	    own.post_len) == 0 && cited.serial > own.serial &&
	    (r->year_printed || tel->dtg_civil.month > 3)))
		chy_report(c, CHY_DIAG_REFERENCE_LATER, at.off, at.len,
		    r->value);
}

void
chy_rule_references(chy_checking *c, uint32_t node)
{
	const chy_telegram *tel = c->tel;
	const chy_reference *no_year = NULL;
	unsigned count = 0;

	(void)node;
	for (uint32_t i = 0; i < tel->n_references; i++) {
		const chy_reference *r = &tel->references[i];
		chy_span at;

		switch (r->kind) {
		case CHY_REF_TELEGRAM:
			if (!r->year_printed && count++ == 0)
				no_year = r;
			check_number(c, r);
			break;
		case CHY_REF_UNKNOWN:
			if (is_understood(r->text))
				break;
			at = place(c, r);
			chy_report(c, CHY_DIAG_REFERENCE_UNREAD, at.off,
			    at.len, r->text);
			break;
		case CHY_REF_EMAIL:
		case CHY_REF_TELEPHONE:
		case CHY_REF_REPORT:
		case CHY_REF_FAX:
		case CHY_REF_MEMO:
		case CHY_REF_MEETING:
		case CHY_REF_WEB:
		case CHY_REF_BOOK:
		case CHY_REF_AIRGRAM:
			break;
		}
	}
	if (tel->n_references > 0) {
		check_labels(c);
		check_repeated(c);
	}
	if (no_year != NULL) {
		chy_span at = place(c, no_year);

		chy_report_fmt(c, CHY_DIAG_REFERENCE_YEAR_ASSUMED, at.off,
		    at.len, "%u reference%s of %d", count,
		    count == 1 ? "" : "s", (int)tel->year);
	}
}

void
chy_rule_reftel(chy_checking *c, uint32_t node)
{
	const chy_telegram *tel = c->tel;

	(void)node;
	if (!c->whole || tel->n_references > 0 ||
	    c->count[CHY_NODE_REF_LINE] > 0)
		return;
	for (uint32_t i = 0; i < tel->n_mentions; i++) {
		const chy_mention *m = &tel->mentions[i];
		chy_slice s = chy_span_text(c, m->span);

		/* What another document refers to is not ours. */
		if (!chy_slice_istarts(s, CHY_SLICE("REFTEL")) ||
		    (m->paragraph < tel->n_paragraphs &&
		    tel->paragraphs[m->paragraph].embedded != 0))
			continue;
		chy_report(c, CHY_DIAG_REFTEL_WITHOUT_REF, m->span.off,
		    m->span.len, s);
		return;
	}
}
