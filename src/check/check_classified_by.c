/*
 * Classified By and Derived From.
 *
 * Names and offices are written in a hundred ways, so a part is missed only
 * where nothing can be it.
 *
 * Source: 32 CFR 2001.21, 2001.22; classification.md 6 and 8.
 *
 * SPDX-License-Identifier: ISC
 */
#include "check/check_int.h"

#define EO_12958_BEGAN	19951014u
#define EO_13292_BEGAN	20030325u
#define RULES_13292	20030922u

/* Positions that may classify TOP SECRET (22 CFR 9.5). */
static bool
may_top_secret(chy_slice s)
{
	static const char *const words[] = { "SECRETARY", "COUNSELOR",
	    "AMBASSADOR", "CHIEF OF MISSION", "CHARGE", "REPRESENTATIVE",
	    "AMB", "CDA", "COM", "U/S", "A/S", "CHARG" };

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (chy_has_text(s, words[i]))
			return true;
	return false;
}

void
chy_rule_classified_by(chy_checking *c, uint32_t node)
{
	const chy_telegram *tel = c->tel;
	uint32_t line = c->first[CHY_NODE_CLASSIFIED_BY];
	uint32_t by = line;

	(void)node;
	if (line == CHY_NO_NODE) {
		/* Also as a paragraph of its own, numbered and marked. */
		for (uint32_t i = 0; i < tel->n_paragraphs && i < 4; i++)
			if (chy_slice_istarts(tel->paragraphs[i].text,
			    CHY_SLICE("CLASSIFIED BY")) ||
			    chy_slice_istarts(tel->paragraphs[i].text,
			    CHY_SLICE("DERIVED FROM")))
				return;
		if (c->classified && c->whole && (c->day >= EO_12958_BEGAN ||
		    (c->day == 0 && c->opts->drafting)))
			chy_report_missing(c, CHY_DIAG_CLASSIFIED_BY_MISSING,
			    c->first[CHY_NODE_SUBJECT_LINE] != CHY_NO_NODE ?
			    c->first[CHY_NODE_SUBJECT_LINE] :
			    c->first[CHY_NODE_CLASS_LINE]);
		return;
	}
	while (by < tel->n_nodes && (chy_node_at(c, by)->kind !=
	    CHY_NODE_CLASSIFIED_BY || chy_node_at(c, by)->value != 0))
		by++;
	if (c->unclassified && by < tel->n_nodes)
		chy_report_node(c, CHY_DIAG_CLASSIFIED_BY_UNCLASSIFIED, by,
		    CHY_EMPTY);
	if (tel->derived_from.len > 0 && tel->reasons.n > 0)
		chy_report_node(c, CHY_DIAG_REASON_WITH_DERIVED_FROM, line,
		    CHY_EMPTY);
	if (chy_has_text(tel->derived_from, "MULTIPLE SOURCES") &&
	    tel->derived_from.len < 20) {
		bool listed = false;

		for (uint32_t i = 0; i < tel->n_paragraphs; i++)
			listed |= chy_has_text(chy_slice_sub(
			    tel->paragraphs[i].text, 0, 60), "SOURCES");
		if (!listed)
			chy_report_node(c, CHY_DIAG_MULTIPLE_SOURCES_UNLISTED,
			    line, CHY_EMPTY);
	}
	if (tel->level == CHY_LEVEL_TOP_SECRET && by < tel->n_nodes &&
	    !may_top_secret(chy_node_text(c, by)))
		chy_report_node(c, CHY_DIAG_AUTHORITY_UNLIKELY, by,
		    tel->classifier_position);
}

/* A word that may be part of a position: what it begins with. */
static bool
is_office_word(chy_slice w)
{
	static const chy_slice stems[] = {
		CHY_LIT("AMB"), CHY_LIT("CHARG"), CHY_LIT("COUNS"),
		CHY_LIT("COUNC"), CHY_LIT("OFF"), CHY_LIT("CHIEF"),
		CHY_LIT("DCM"), CHY_LIT("CDA"), CHY_LIT("CONSUL"),
		CHY_LIT("SEC"), CHY_LIT("DIR"), CHY_LIT("MIN"),
		CHY_LIT("DEP"), CHY_LIT("ACT"), CHY_LIT("POL"),
		CHY_LIT("ECON"), CHY_LIT("MGT"), CHY_LIT("MANAG"),
		CHY_LIT("RSO"), CHY_LIT("DAO"), CHY_LIT("DATT"),
		CHY_LIT("COM"), CHY_LIT("PO"), CHY_LIT("A/"), CHY_LIT("U/"),
		CHY_LIT("DAS"), CHY_LIT("PDAS"), CHY_LIT("ATT"),
		CHY_LIT("REP"), CHY_LIT("ENVOY"), CHY_LIT("COORD"),
		CHY_LIT("PRINC"), CHY_LIT("UNDER"), CHY_LIT("ASS"),
		CHY_LIT("DPO"), CHY_LIT("CG"), CHY_LIT("SPEC"),
		CHY_LIT("GEN"), CHY_LIT("LEGAL"), CHY_LIT("INTER"),
		CHY_LIT("TEAM"), CHY_LIT("LEAD"), CHY_LIT("HEAD"),
		CHY_LIT("PAO"), CHY_LIT("ADVIS"), CHY_LIT("BR"),
		CHY_LIT("MISSION"), CHY_LIT("OF"), CHY_LIT("THE"),
		CHY_LIT("FOR"), CHY_LIT("AND"), CHY_LIT("D'AFF"),
		CHY_LIT("PERM"), CHY_LIT("REGION"), CHY_LIT("SECT"),
		CHY_LIT("EXEC"), CHY_LIT("ADCM"), CHY_LIT("TDY"),
		CHY_LIT("CA"), CHY_LIT("PM"), CHY_LIT("PRT"), CHY_LIT("REO"),
		CHY_LIT("VICE"), CHY_LIT("EMBOFF"), CHY_LIT("AGENT"),
	};

	for (size_t i = 0; i < ARRAY_LEN(stems); i++)
		if (chy_slice_istarts(w, stems[i]))
			return true;
	if (w.len > 4 && (chy_slice_ieq(chy_slice_from(w, w.len - 3),
	    CHY_SLICE("OFF")) || chy_slice_ieq(chy_slice_from(w, w.len - 4),
	    CHY_SLICE("OFFS"))))
		return true;		/* ESTOff, PolEconOffs */
	return memchr(w.ptr, '/', w.len) != NULL;
}

/* "Classified By: Classified by ...": the second has what the first lacks. */
static bool
is_doubled(const chy_checking *c, uint32_t node)
{
	uint32_t next = chy_node_end(c, node);

	return next < c->tel->n_nodes && chy_node_at(c, next)->kind ==
	    CHY_NODE_CLASSIFIED_BY;
}

/* Parts that make a name and its office: both are there if a sign divides
 * them, or some words are of an office and some are not. */
void
chy_rule_classifier(chy_checking *c, uint32_t node)
{
	uint32_t leaf = chy_node_below(c, node, CHY_NODE_CLASSIFIER);
	unsigned words = 0, office = 0;
	chy_slice s, w;
	size_t at = 0;

	if (chy_node_at(c, node)->value != 0 || !c->classified ||
	    is_doubled(c, node) || chy_has_text(chy_node_text(c, node),
	    "DERIVED"))
		return;
	if (leaf == CHY_NO_NODE) {
		chy_report_node(c, CHY_DIAG_CLASSIFIED_BY_INCOMPLETE, node,
		    CHY_EMPTY);
		return;
	}
	s = chy_node_text(c, leaf);
	/* Removed before publication: xxxxx, [REDACTED]. */
	if (memchr(s.ptr, ',', s.len) != NULL || chy_has_text(s, "XXX") ||
	    chy_has_text(s, "...") ||
	    memchr(s.ptr, '(', s.len) != NULL ||
	    memchr(s.ptr, '[', s.len) != NULL ||
	    memchr(s.ptr, ';', s.len) != NULL ||
	    memchr(s.ptr, ':', s.len) != NULL ||
	    chy_has_text(s, " - ") || chy_has_text(s, "--"))
		return;
	while (chy_next_word(s, &at, &w)) {
		words++;
		/* An initial and MR. are of the name. */
		office += w.len > 2 || w.ptr[w.len - 1] != '.' ?
		    is_office_word(w) : 0;
	}
	if (words > 5 || (office > 0 && office < words))
		return;
	chy_report(c, CHY_DIAG_CLASSIFIED_BY_INCOMPLETE,
	    chy_node_at(c, leaf)->off, chy_node_at(c, leaf)->len,
	    office == 0 ? CHY_SLICE("no position") : CHY_SLICE("no name"));
}

/* "1.4" or "1.5" at s[i], also "1. 4" and "1,4"; how much; 0. */
static size_t
section_at(chy_slice s, size_t i)
{
	size_t at = i;

	if (s.ptr[at] != '1' || (at > 0 && chy_is_digit(s.ptr[at - 1])))
		return 0;
	at++;
	while (at < s.len && chy_is_space(s.ptr[at]))
		at++;
	/* 1,4 and 1/4 are slips of the same key. */
	if (at >= s.len || memchr(".,/", s.ptr[at], 3) == NULL)
		return 0;
	at++;
	while (at < s.len && chy_is_space(s.ptr[at]))
		at++;
	if (at >= s.len || !chy_is_digit(s.ptr[at]) || (at + 1 < s.len &&
	    chy_is_digit(s.ptr[at + 1])))
		return 0;
	return at + 1 - i;
}

static bool
starts_line(chy_slice s, size_t i)
{
	if (i > 0 && s.ptr[i - 1] == '(')
		i--;
	while (i > 0 && chy_is_blank(s.ptr[i - 1]))
		i--;
	return i > 0 && s.ptr[i - 1] == '\n';
}

/* The letters after the section: those that are none, and ranges. */
static void
check_letters(chy_checking *c, uint32_t off, chy_slice s)
{
	char before = 0;
	bool range = false;

	for (size_t i = 0; i < s.len; i++) {
		size_t n = 1;
		char l;

		if (s.ptr[i] == '-' && before != 0) {
			range = true;
			continue;
		}
		if (!chy_is_alpha(s.ptr[i])) {
			if (!chy_is_space(s.ptr[i]) &&
			    memchr("()", s.ptr[i], 2) == NULL)
				range = false;
			continue;
		}
		while (i + n < s.len && chy_is_alpha(s.ptr[i + n]))
			n++;
		if (n > 1) {
			if (!chy_slice_ieq(chy_slice_sub(s, i, n),
			    CHY_SLICE("AND")) && !chy_slice_ieq(
			    chy_slice_sub(s, i, n), CHY_SLICE("OR")))
				return;
			i += n - 1;
			range = false;
			continue;
		}
		l = chy_lower(s.ptr[i]);
		/* "a nd" is noise on the line. */
		if (chy_slice_istarts(chy_slice_from(s, i + 1),
		    CHY_SLICE(" ND "))) {
			i += 3;
			continue;
		}
		/* The mark of the paragraph that follows without a line
		 * between is not of the list. */
		if (n == 1 && (l == 's' || l == 'u') &&
		    starts_line(s, i))
			return;
		if (l > 'h')
			chy_report(c, CHY_DIAG_REASON_LETTER_UNKNOWN,
			    off + (uint32_t)i, 1, chy_slice_sub(s, i, 1));
		else if (l == 'h' && c->day != 0 && c->day < EO_13292_BEGAN)
			chy_report(c, CHY_DIAG_REASON_LETTER_UNKNOWN,
			    off + (uint32_t)i, 1,
			    CHY_SLICE("h before 2003-03-25"));
		else if (range && l > before + 1)
			chy_report(c, CHY_DIAG_REASON_LETTER_UNKNOWN,
			    off + (uint32_t)i, 1, CHY_SLICE("a range"));
		before = l;
		range = false;
	}
}

/* They stand on a line of their own, below: "FOR REASON" / "1.4(C)." */
static bool
reasons_follow(const chy_checking *c, uint32_t node)
{
	const chy_node *n = chy_node_at(c, node);
	uint32_t from = n->off + n->len;
	chy_slice s = { c->p + from, c->len - from < 80 ? c->len - from :
	    80 };

	for (size_t i = 0; i < s.len; i++) {
		size_t k = section_at(s, i);

		if (k > 0 && (s.ptr[i + k - 1] == '4' ||
		    s.ptr[i + k - 1] == '5'))
			return true;
	}
	return false;
}

bool
chy_has_reasons(const chy_checking *c)
{
	if (c->tel->reasons.n > 0)
		return true;
	for (uint32_t k = c->first[CHY_NODE_CLASSIFIED_BY];
	    k < c->tel->n_nodes; k++) {
		chy_slice s = chy_node_text(c, k);

		if (chy_node_at(c, k)->kind != CHY_NODE_CLASSIFIED_BY)
			continue;
		for (size_t i = 0; i < s.len; i++) {
			size_t n = section_at(s, i);

			if (n > 0 && (s.ptr[i + n - 1] == '4' ||
			    s.ptr[i + n - 1] == '5'))
				return true;
		}
		if (reasons_follow(c, k))
			return true;
	}
	return false;
}

static void
check_sections(chy_checking *c, uint32_t node)
{
	chy_slice s = chy_node_text(c, node);
	uint32_t off = chy_node_at(c, node)->off;
	bool found = false;

	for (size_t i = 0; i < s.len; i++) {
		size_t n = section_at(s, i);
		char digit;

		if (n == 0)
			continue;
		digit = s.ptr[i + n - 1];
		if (digit != '4' && digit != '5')
			continue;
		found = true;
		if ((digit == '5' && c->day >= RULES_13292 + 1) ||
		    (digit == '4' && c->day != 0 && c->day < EO_13292_BEGAN))
			chy_report(c, CHY_DIAG_REASON_SECTION_OUTSIDE_PERIOD,
			    off + (uint32_t)i, (uint32_t)n,
			    chy_slice_sub(s, i, n));
		check_letters(c, off + (uint32_t)(i + n),
		    chy_slice_from(s, i + n));
		break;
	}
	if (!found && c->tel->reasons.n > 0) {
		uint32_t leaf = chy_node_below(c, node, CHY_NODE_REASON);

		chy_report_node(c, CHY_DIAG_REASON_WITHOUT_SECTION,
		    leaf != CHY_NO_NODE ? leaf : node, CHY_EMPTY);
	}
}

/* Letters after the word REASON, without their section. */
static bool
has_bare_letters(chy_slice s)
{
	size_t at = 0;

	while (at < s.len && !chy_slice_istarts(chy_slice_from(s, at),
	    CHY_SLICE("REASON")))
		at++;
	while (at < s.len && chy_is_alpha(s.ptr[at]))
		at++;
	for (; at < s.len; at++) {
		if (!chy_is_alpha(s.ptr[at]))
			continue;
		return chy_lower(s.ptr[at]) <= 'h' && (at + 1 == s.len ||
		    !chy_is_alpha(s.ptr[at + 1]));
	}
	return false;
}

void
chy_rule_reasons(chy_checking *c, uint32_t node)
{
	const chy_telegram *tel = c->tel;
	chy_slice s = chy_node_text(c, node);

	if (chy_node_at(c, node)->value != 0 || !c->classified ||
	    is_doubled(c, node))
		return;
	if (tel->reasons.n > 0) {
		check_sections(c, node);
		return;
	}
	if (tel->derived_from.len > 0 || chy_has_text(s, "DERIVED"))
		return;
	/* Letters that the reader could not make out are letters still; a
	 * statement that was cut short in publication says nothing. */
	if (chy_has_reasons(c) || chy_has_text(s, "..."))
		return;
	if (has_bare_letters(s)) {
		uint32_t leaf = chy_node_below(c, node, CHY_NODE_REASON);

		chy_report_node(c, CHY_DIAG_REASON_WITHOUT_SECTION,
		    leaf != CHY_NO_NODE ? leaf : node, CHY_EMPTY);
		return;
	}
	if (c->day == 0 || c->day >= EO_12958_BEGAN)
		chy_report_node(c, CHY_DIAG_REASON_MISSING, node, CHY_EMPTY);
}
