/*
 * The classification line, the number on it, sections.
 *
 * Source: 32 CFR 2001.21, 5 FAH-2 H-222; classification.md 1 and 11;
 * telegram-format 4.1 to 4.3, 7.
 *
 * SPDX-License-Identifier: ISC
 */
#include "check/check_int.h"

#include "telegram/mrn.h"

#define LOU_ENDED	19960101u	/* "1995-01, day unconfirmed" */
#define SBU_BEGAN	19950101u
#define CUI_BEGAN	20101104u	/* E.O. 13556 */
#define CUI_OPERATIVE	20161114u

/* ---- the level ---- */

/* Words that stand for a level elsewhere, as the first of a line. */
static const chy_slice no_levels[] = {
	CHY_LIT("RESTRICTED"), CHY_LIT("OFFICIAL USE ONLY"),
	CHY_LIT("FOR OFFICIAL USE ONLY"), CHY_LIT("SENSITIVE"),
	CHY_LIT("PRIVATE"), CHY_LIT("EYES ONLY"), CHY_LIT("PROTECTED"),
	CHY_LIT("NATO"), CHY_LIT("COSMIC"), CHY_LIT("CLASSIFIED"),
	CHY_LIT("FOUO"), CHY_LIT("SBU"), CHY_LIT("CUI"), CHY_LIT("PUBLIC"),
	CHY_LIT("INTERNAL"), CHY_LIT("STRICTLY"), CHY_LIT("PERSONAL"),
	CHY_LIT("R E S T R I C T E D"), CHY_LIT("OPEN"),
	CHY_LIT("CONTROLLED"), CHY_LIT("MOST SECRET"), CHY_LIT("EFTO"),
};

/* The line is made like a class line, WORD POST 000425, with a word that is
 * no level. */
static bool
is_odd_class_line(chy_slice line, size_t *ret_len)
{
	size_t digits = 0;

	while (digits < line.len &&
	    chy_is_digit(line.ptr[line.len - 1 - digits]))
		digits++;
	if (digits < 1 || digits > 7 || line.len > 90 ||
	    digits + 8 > line.len)
		return false;
	for (size_t i = 0; i < ARRAY_LEN(no_levels); i++) {
		chy_slice w = no_levels[i];

		if (chy_slice_istarts(line, w) && w.len < line.len &&
		    chy_is_blank(line.ptr[w.len])) {
			*ret_len = w.len;
			return true;
		}
	}
	return false;
}

void
chy_rule_class_missing(chy_checking *c, uint32_t node)
{
	uint32_t heading = c->first[CHY_NODE_HEADING];
	uint32_t off = heading != CHY_NO_NODE ? c->text_off : 0;
	uint32_t lines = 0, at = 0;

	(void)node;
	if (c->count[CHY_NODE_CLASS_LINE] > 0)
		return;
	/* Ahead of everything else, within the first lines of the text or of
	 * a heading that the reader could not end. */
	for (at = 0; at < c->len && lines < 60; lines++) {
		chy_span line = chy_line_at(c, at);
		chy_slice s = chy_slice_trim(chy_span_text(c, line));
		size_t n;

		if (is_odd_class_line(s, &n)) {
			chy_report(c, CHY_DIAG_CLASS_WORD_NOT_A_LEVEL,
			    line.off, (uint32_t)n, chy_slice_sub(s, 0, n));
			return;
		}
		at = line.off + line.len;
		while (at < c->len && c->p[at] != '\n')
			at++;
		at++;
	}
	while (off < c->len && chy_is_space(c->p[off]))
		off++;
	chy_report(c, CHY_DIAG_CLASSIFICATION_MISSING, off < c->len ? off : 0,
	    0, CHY_EMPTY);
}

/* Letters one blank apart; between the words of TOP SECRET two will do. */
static bool
is_spaced(chy_slice s)
{
	size_t blanks = 0;

	for (size_t i = 0; i < s.len; i++) {
		if (chy_is_blank(s.ptr[i])) {
			blanks++;
			continue;
		}
		if (i > 0 && (blanks == 0 || blanks > 3))
			return false;
		if (blanks > 1 && !(i > 3 && (chy_upper(s.ptr[i]) == 'S' ||
		    chy_upper(s.ptr[i]) == 'O' ||
		    chy_upper(s.ptr[i]) == 'U')))
			return false;
		blanks = 0;
	}
	return true;
}

static bool
has_blank(chy_slice s)
{
	for (size_t i = 0; i < s.len; i++)
		if (chy_is_blank(s.ptr[i]))
			return true;
	return false;
}

void
chy_rule_class_line(chy_checking *c, uint32_t node)
{
	const chy_node *n = chy_node_at(c, node);
	uint32_t word = chy_node_below(c, node, CHY_NODE_CLASSIFICATION);
	bool numbered = chy_node_below(c, node, CHY_NODE_SERIAL) !=
	    CHY_NO_NODE;
	chy_slice s = chy_node_text(c, node), w;
	char letters[24];
	size_t lower = chy_first_lower(s), count;
	chy_level level;
	uint32_t first;

	if (lower < s.len)
		chy_report(c, CHY_DIAG_LOWER_CASE_IN_HEADING,
		    n->off + (uint32_t)lower, 1, CHY_EMPTY);
	if (word == CHY_NO_NODE)
		return;
	w = chy_node_text(c, word);
	level = (chy_level)chy_node_at(c, word)->value;
	first = chy_node_below(c, c->first[CHY_NODE_CLASS_LINE],
	    CHY_NODE_CLASSIFICATION);
	if (first != CHY_NO_NODE && first != word && level !=
	    (chy_level)chy_node_at(c, first)->value &&
	    !chy_is_reported(c, CHY_DIAG_CLASS_LINES_DIFFER,
	    chy_node_at(c, word)->off))
		chy_report_node(c, CHY_DIAG_CLASS_LINES_DIFFER, word, w);
	count = chy_squeeze(w, letters, sizeof(letters));
	/*
	 * A second line that only adds a caveat (SECRET//NOFORN) is written
	 * closed. LIMITED OFFICIAL USE was written both ways.
	 */
	if (numbered && level != CHY_LEVEL_LIMITED_OFFICIAL_USE &&
	    !chy_is_reported(c, CHY_DIAG_CLASS_WORD_DAMAGED,
	    chy_node_at(c, word)->off) &&
	    (level == CHY_LEVEL_UNCLASSIFIED ? has_blank(w) :
	    !is_spaced(w)))
		chy_report_node(c, CHY_DIAG_CLASS_WORD_DAMAGED, word, w);
	if (numbered && count == 12 && level == CHY_LEVEL_UNCLASSIFIED)
		chy_report_node(c, CHY_DIAG_UNCLASSIFIED_IN_FULL, word,
		    CHY_EMPTY);
	/* In its time it was what State printed (classification.md 1.3). */
	if (level == CHY_LEVEL_LIMITED_OFFICIAL_USE &&
	    (c->day >= LOU_ENDED || (c->day == 0 && c->opts->drafting)))
		chy_report_node(c, CHY_DIAG_CLASS_WORD_NOT_A_LEVEL, word, w);
}

/* The level that the letters of format line 4 stand for. */
static chy_level
level_of_letter(char letter)
{
	switch (letter) {
	case 'U':
	case 'E':
		return CHY_LEVEL_UNCLASSIFIED;
	case 'C':
		return CHY_LEVEL_CONFIDENTIAL;
	case 'S':
		return CHY_LEVEL_SECRET;
	case 'T':
		return CHY_LEVEL_TOP_SECRET;
	}
	return CHY_LEVEL_NONE;
}

void
chy_rule_class_letters(chy_checking *c, uint32_t node)
{
	chy_slice security = c->tel->transmission.security;
	chy_level level, printed = c->tel->level;
	uint32_t leaf = c->first[CHY_NODE_SECURITY];

	(void)node;
	if (security.len == 0 || leaf == CHY_NO_NODE ||
	    c->tel->level_basis != CHY_BASIS_TEXT)
		return;
	level = level_of_letter(security.ptr[0]);
	if (printed == CHY_LEVEL_LIMITED_OFFICIAL_USE)
		printed = CHY_LEVEL_UNCLASSIFIED;
	if (level != CHY_LEVEL_NONE && level != printed)
		chy_report_fmt(c, CHY_DIAG_FL4_CLASS_DIFFERS,
		    chy_node_at(c, leaf)->off, chy_node_at(c, leaf)->len,
		    "%.*s, and %s on the class line", CHY_ARG(security),
		    chy_level_name(printed));
}

/* The class word that a line repeated by another section begins with. */
static chy_level
level_of_line(chy_slice s)
{
	static const struct {
		chy_slice letters;
		chy_level level;
	} words[] = {
		{ CHY_LIT("UNCLAS"), CHY_LEVEL_UNCLASSIFIED },
		{ CHY_LIT("CONFIDENTIAL"), CHY_LEVEL_CONFIDENTIAL },
		{ CHY_LIT("SECRET"), CHY_LEVEL_SECRET },
		{ CHY_LIT("TOPSECRET"), CHY_LEVEL_TOP_SECRET },
	};
	char letters[24];
	size_t n = chy_squeeze(s, letters, sizeof(letters));

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (n >= words[i].letters.len && memcmp(letters,
		    words[i].letters.ptr, words[i].letters.len) == 0)
			return words[i].level;
	return CHY_LEVEL_NONE;
}

void
chy_rule_section_levels(chy_checking *c, uint32_t node)
{
	uint32_t body = c->first[CHY_NODE_BODY];
	chy_level own = c->tel->level;

	(void)node;
	if (body == CHY_NO_NODE || c->tel->level_basis != CHY_BASIS_TEXT ||
	    c->count[CHY_NODE_RESIDUE] == 0)
		return;
	for (uint32_t i = body; i < c->tel->n_nodes; i++) {
		chy_slice s = chy_node_text(c, i);
		chy_level level;

		if (chy_node_at(c, i)->kind == CHY_NODE_TAIL)
			break;
		/* With a number: a word alone is a mark of the page. */
		if (chy_node_at(c, i)->kind != CHY_NODE_RESIDUE ||
		    !chy_is_digit(s.ptr[s.len - 1]) ||
		    memchr("CSUT", chy_upper(s.ptr[0]), 4) == NULL ||
		    !chy_has_word(s, "SECTION"))
			continue;
		level = level_of_line(s);
		if (level != CHY_LEVEL_NONE && level != own &&
		    !(level == CHY_LEVEL_UNCLASSIFIED &&
		    own == CHY_LEVEL_LIMITED_OFFICIAL_USE))
			chy_report_node(c, CHY_DIAG_SECTION_LEVELS_DIFFER, i,
			    s);
	}
}

void
chy_rule_ceiling(chy_checking *c, uint32_t node)
{
	uint32_t word = c->first[CHY_NODE_CLASSIFICATION];

	(void)node;
	if (c->opts->ceiling == CHY_LEVEL_NONE ||
	    c->tel->level <= c->opts->ceiling)
		return;
	chy_report_fmt(c, CHY_DIAG_PATH_BELOW_CLASSIFICATION,
	    word != CHY_NO_NODE ? chy_node_at(c, word)->off : c->place,
	    word != CHY_NO_NODE ? chy_node_at(c, word)->len : 0,
	    "%s on a network for %s", chy_level_name(c->tel->level),
	    chy_level_name(c->opts->ceiling));
}

/* LOU, SBU and CUI each have their time; the first use of each is told. */
void
chy_rule_controls_period(chy_checking *c, uint32_t node)
{
	bool lou = false, sbu = false, cui = false, legacy = false;
	bool policy = c->opts->drafting &&
	    (c->opts->profile & CHY_PROFILE_CUI) != 0 &&
	    (c->day >= CUI_OPERATIVE || c->day == 0);

	(void)node;
	if (c->day == 0 && !policy)
		return;
	/* Nearly every telegram is from the time of SBU: its marks need not
	 * be looked at one by one. */
	for (uint32_t i = 0; i < c->tel->n_nodes; i++) {
		const chy_node *n = chy_node_at(c, i);
		const chy_caption *row;
		bool is_lou = false, is_sbu = false, is_cui = false;

		if (n->kind == CHY_NODE_CAPTION) {
			row = chy_caption_of(c, i);
			if (row == NULL)
				continue;
			is_lou = chy_slice_eq(row->token,
			    CHY_SLICE("LIMITED OFFICIAL USE"));
			is_sbu = chy_slice_eq(row->token,
			    CHY_SLICE("SENSITIVE")) ||
			    chy_slice_eq(row->token, CHY_SLICE("FOUO"));
			is_cui = chy_slice_eq(row->token, CHY_SLICE("CUI"));
		} else if (n->kind == CHY_NODE_MARK) {
			chy_slice s = chy_node_text(c, i);

			if (s.len < 5)	/* (C), (S), (U) */
				continue;
			is_lou = chy_slice_starts(s, CHY_SLICE("(LOU"));
			is_sbu = chy_slice_starts(s, CHY_SLICE("(SBU")) ||
			    chy_slice_starts(s, CHY_SLICE("(U//FOUO")) ||
			    chy_slice_starts(s, CHY_SLICE("(FOUO"));
			is_cui = chy_slice_starts(s, CHY_SLICE("(CUI"));
		} else {
			continue;
		}
		if ((is_lou && !lou && c->day >= LOU_ENDED) ||
		    (is_sbu && !sbu && c->day != 0 && c->day < SBU_BEGAN) ||
		    (is_cui && !cui && c->day != 0 && c->day < CUI_BEGAN))
			chy_report_node(c, CHY_DIAG_CONTROL_OUTSIDE_ITS_PERIOD,
			    i, chy_node_text(c, i));
		if (policy && !legacy && (is_lou || is_sbu)) {
			chy_report_node(c, CHY_DIAG_LEGACY_CONTROL, i,
			    chy_node_text(c, i));
			legacy = true;
		}
		lou |= is_lou;
		sbu |= is_sbu;
		cui |= is_cui;
	}
}


/* ---- the number ---- */

void
chy_rule_mrn_missing(chy_checking *c, uint32_t node)
{
	uint32_t off = c->text_off;

	(void)node;
	if (c->tel->number_at.len != 0 || c->first[CHY_NODE_SERIAL] !=
	    CHY_NO_NODE)
		return;
	while (off < c->len && chy_is_space(c->p[off]))
		off++;
	chy_report(c, CHY_DIAG_MRN_MISSING, off < c->len ? off : 0, 0,
	    CHY_EMPTY);
}

#define SIX_DIGITS_BEGAN	20000101u

void
chy_rule_number(chy_checking *c, uint32_t node)
{
	uint32_t serial = chy_node_below(c, node, CHY_NODE_SERIAL);
	uint32_t post = chy_node_below(c, node, CHY_NODE_POST);
	uint32_t section = chy_node_below(c, node, CHY_NODE_SECTION);
	const chy_telegram *tel = c->tel;
	chy_slice s;

	/* SECTION 01 OF, SECTION 1/2 and the like end up in the post. */
	if (post != CHY_NO_NODE && section == CHY_NO_NODE &&
	    chy_has_word(chy_node_text(c, post), "SECTION")) {
		chy_span line = chy_line_at(c, chy_node_at(c, post)->off);
		uint32_t off = chy_node_at(c, post)->off;

		chy_report(c, CHY_DIAG_SECTION_MALFORMED, off,
		    line.off + line.len - off, chy_slice_trim((chy_slice){
		    c->p + off, line.off + line.len - off }));
		return;
	}
	if (section != CHY_NO_NODE && (tel->sections < 2 ||
	    tel->section > tel->sections || tel->section == 0))
		chy_report_node(c, CHY_DIAG_SECTION_MALFORMED, section,
		    chy_node_text(c, section));
	if (serial == CHY_NO_NODE)
		return;
	s = chy_node_text(c, serial);
	/* Before, four and five digits without zeros were the rule. */
	if (s.len != 6 && (c->day >= SIX_DIGITS_BEGAN || c->day == 0))
		chy_report_node(c, CHY_DIAG_MRN_SERIAL_NOT_SIX_DIGITS, serial,
		    s);
}

/* USEU BRUSSELS writes BRUSSELS: a post may go by the last of its words. */
static bool
ends_with(chy_slice plad, chy_slice post)
{
	return plad.len > post.len && chy_slice_ieq(chy_slice_from(plad,
	    plad.len - post.len), post) &&
	    chy_is_blank(plad.ptr[plad.len - post.len - 1]);
}

/* The post on the class line is another one's than the FM address, by the
 * directory, which must know both. */
static bool
is_other_post(const chy_checking *c)
{
	const chy_telegram *tel = c->tel;
	const chy_post *post = chy_vocab_post_by_plad(tel->originator.plad);
	uint32_t leaf = c->first[CHY_NODE_POST];
	chy_mrn mrn = { .year = tel->year };
	chy_slice key;
	bool keyed = false;

	if (post == NULL || leaf == CHY_NO_NODE ||
	    !chy_mrn_set_post(&mrn, chy_node_text(c, leaf)))
		return false;
	chy_mrn_canonicalize(&mrn);
	key = (chy_slice){ mrn.post, mrn.post_len };
	if (!chy_vocab_is_post_key(key) || ends_with(tel->originator.plad,
	    chy_node_text(c, leaf)))
		return false;
	for (; post != NULL; post = chy_vocab_post_next_plad(post)) {
		keyed |= post->mrn_key.len > 0;
		if (chy_slice_eq(post->mrn_key, key) ||
		    chy_slice_eq(chy_vocab_mrn_alias(post->mrn_key,
		    tel->year), key))
			return false;
	}
	return keyed;
}

/*
 * Post and serial of the heading against the class line. Where both differ
 * it is another telegram's text, told once; where one does, that is told.
 */
void
chy_rule_other_body(chy_checking *c, uint32_t node)
{
	const chy_telegram *tel = c->tel;
	chy_slice serial = tel->transmission.serial;
	uint32_t leaf = c->first[CHY_NODE_STATION_SERIAL];
	bool other_post, other_serial;
	chy_span at = tel->number_at;

	(void)node;
	if (at.len == 0)
		return;
	other_post = is_other_post(c);
	other_serial = leaf != CHY_NO_NODE && serial.len == 4 &&
	    chy_all_digits(serial) &&
	    chy_number(serial) != tel->class_serial % 10000;
	if (other_post && other_serial &&
	    !chy_is_off(c, CHY_DIAG_BODY_OF_ANOTHER_TELEGRAM)) {
		chy_report(c, CHY_DIAG_BODY_OF_ANOTHER_TELEGRAM, at.off,
		    at.len, chy_span_text(c, at));
		return;
	}
	if (other_post)
		chy_report_fmt(c, CHY_DIAG_MRN_POST_NOT_ORIGINATOR, at.off,
		    at.len, "%.*s, and FM %.*s",
		    CHY_ARG(tel->originator.post),
		    CHY_ARG(tel->originator.plad));
	if (other_serial)
		chy_report_fmt(c, CHY_DIAG_STATION_SERIAL_NOT_OF_MRN,
		    chy_node_at(c, leaf)->off, chy_node_at(c, leaf)->len,
		    "%.*s, and %06u on the class line", CHY_ARG(serial),
		    tel->class_serial);
}


/* ---- sections ---- */

/* The two numbers of "MADRID 00000383  001.2 OF 002"; false: none. */
static bool
page_line(chy_slice s, uint32_t *ret_serial, uint32_t *ret_section,
    uint32_t *ret_total)
{
	size_t at = s.len, end;

	while (at > 0 && chy_is_digit(s.ptr[at - 1]))
		at--;
	if (at == s.len || s.len - at > 3 || at < 5 ||
	    !chy_slice_ieq(chy_slice_sub(s, at - 4, 4), CHY_SLICE(" OF ")))
		return false;
	*ret_total = chy_number(chy_slice_from(s, at));
	end = at - 4;
	for (at = end; at > 0 && (chy_is_digit(s.ptr[at - 1]) ||
	    s.ptr[at - 1] == '.');)
		at--;
	if (at == end)
		return false;
	*ret_section = chy_number(chy_slice_from(s, at));
	while (at > 0 && chy_is_blank(s.ptr[at - 1]))
		at--;
	for (end = at; at > 0 && chy_is_digit(s.ptr[at - 1]);)
		at--;
	if (end - at < 6)
		return false;
	*ret_serial = chy_number(chy_slice_sub(s, at, end - at));
	return true;
}

static bool
is_distribution(chy_slice s)
{
	static const chy_slice words[] = {
		CHY_LIT("ACTION "), CHY_LIT("ORIGIN "), CHY_LIT("INFO "),
	};

	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		chy_slice rest;
		size_t at = 0;

		if (!chy_slice_starts(s, words[i]))
			continue;
		rest = chy_slice_trim(chy_slice_from(s, words[i].len));
		while (at < rest.len && chy_is_upper(rest.ptr[at]))
			at++;
		return at >= 1 && at <= 5 && at + 2 < rest.len &&
		    rest.ptr[at] == '-' && chy_is_digit(rest.ptr[at + 1]) &&
		    chy_is_digit(rest.ptr[at + 2]);
	}
	return false;
}

/* Page lines inside the text, and the distribution block above it. */
void
chy_rule_residue(chy_checking *c, uint32_t node)
{
	const chy_telegram *tel = c->tel;
	chy_slice s = chy_node_text(c, node);
	uint32_t serial, section, total;

	if (chy_node_at(c, chy_node_at(c, node)->parent)->kind ==
	    CHY_NODE_HEADING) {
		/* The first of its lines speaks for the block. */
		if (is_distribution(s) && (node == 0 ||
		    chy_node_at(c, node - 1)->kind != CHY_NODE_RESIDUE ||
		    !is_distribution(chy_node_text(c, node - 1))))
			chy_report_node(c, CHY_DIAG_DISTRIBUTION_BLOCK, node,
			    CHY_EMPTY);
		return;
	}
	if (!page_line(s, &serial, &section, &total) ||
	    tel->class_serial == 0)
		return;
	/* A class line without SECTION says nothing of their number. */
	if (serial != tel->class_serial)
		chy_report_fmt(c, CHY_DIAG_PAGE_LINE_DISAGREES,
		    chy_node_at(c, node)->off, chy_node_at(c, node)->len,
		    "%u, and %u on the class line", serial,
		    tel->class_serial);
	else if (tel->sections > 0 && total != tel->sections)
		chy_report_fmt(c, CHY_DIAG_PAGE_LINE_DISAGREES,
		    chy_node_at(c, node)->off, chy_node_at(c, node)->len,
		    "of %u, and of %u on the class line", total,
		    tel->sections);
}

/* Whether later sections stand in this text: a page line of the second or
 * later, a class line repeated, or the signature, which ends the last. */
bool
chy_has_later_sections(const chy_checking *c)
{
	uint32_t body = c->first[CHY_NODE_BODY], a, section, b;

	if (body == CHY_NO_NODE)
		return false;
	if (c->count[CHY_NODE_SIGNER] > 0)
		return true;
	for (uint32_t i = body; i < c->tel->n_nodes; i++) {
		chy_slice s = chy_node_text(c, i);

		if (chy_node_at(c, i)->kind != CHY_NODE_RESIDUE)
			continue;
		if ((page_line(s, &a, &section, &b) && section > 1) ||
		    chy_has_word(s, "SECTION"))
			return true;
	}
	return false;
}

void
chy_rule_sections_joined(chy_checking *c, uint32_t node)
{
	uint32_t leaf = c->first[CHY_NODE_SECTION];

	(void)node;
	if (c->tel->sections < 2 || c->tel->section != 1 ||
	    leaf == CHY_NO_NODE || !chy_has_later_sections(c))
		return;
	chy_report_fmt(c, CHY_DIAG_SECTIONS_JOINED_BEFORE,
	    chy_node_at(c, leaf)->off, chy_node_at(c, leaf)->len,
	    "%u sections", c->tel->sections);
}
