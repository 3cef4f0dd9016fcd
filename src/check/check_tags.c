/*
 * TAGS.
 *
 * Source: 5 FAH-3 H-011; telegram-format 4.7.
 *
 * SPDX-License-Identifier: ISC
 */
#include "check/check_int.h"

#define RENAMED_BEFORE	19900101u	/* tags-fixes.tsv */

static bool
is_named_kind(chy_slice code)
{
	return chy_slice_eq(code, CHY_SLICE("OVIP")) ||
	    chy_slice_eq(code, CHY_SLICE("OREP")) ||
	    chy_slice_eq(code, CHY_SLICE("OTRA")) ||
	    chy_slice_eq(code, CHY_SLICE("OEXC"));
}

/* A code that was right in its time, before it was renamed. */
static bool
was_right(const chy_checking *c, chy_slice code)
{
	const chy_tag_fix *fix = chy_vocab_tag_fix(code);

	return fix != NULL && (fix->kind == CHY_TAG_FIX_PERSON ||
	    (fix->kind == CHY_TAG_FIX_RENAMED && c->day != 0 &&
	    c->day < RENAMED_BEFORE));
}

/* A no-break space or the like stuck to a good code. */
static bool
is_code_with_noise(chy_slice s)
{
	while (s.len > 0 && (unsigned char)s.ptr[0] >= 0x80)
		s = chy_slice_from(s, 1);
	while (s.len > 0 && (unsigned char)s.ptr[s.len - 1] >= 0x80)
		s.len--;
	return chy_vocab_tag(s) != NULL;
}

void
chy_rule_tags(chy_checking *c, uint32_t node)
{
	const chy_telegram *tel = c->tel;
	uint32_t line = c->first[CHY_NODE_TAGS_LINE];
	const chy_tag_sent *wants_name = NULL, *named = NULL;
	bool subject = false, country = false, person = false;

	(void)node;
	if (tel->n_tags == 0) {
		/* Before 1973 there were none (1973 STATE 115501 family). */
		if (c->whole && !chy_has_word(tel->eo_text, "TAG") &&
		    !chy_has_word(tel->eo_text, "TAGS") && (c->day == 0 || c->day >= 19730701))
			chy_report_missing(c, CHY_DIAG_TAGS_MISSING,
			    line != CHY_NO_NODE ? line :
			    c->first[CHY_NODE_CLASS_LINE]);
		return;
	}
	for (uint32_t i = 0; i < tel->n_tags; i++) {
		const chy_tag_sent *t = &tel->tags[i];

		switch (t->kind) {
		case CHY_TAG_SUBJECT:
			subject = true;
			if (is_named_kind(t->code) && wants_name == NULL)
				wants_name = t;
			break;
		case CHY_TAG_GEOGRAPHIC:
			country = true;
			break;
		case CHY_TAG_PERSON:
			person = true;
			break;
		case CHY_TAG_PROGRAM:
		case CHY_TAG_ORGANIZATION:
			break;
		case CHY_TAG_UNKNOWN:
			if (was_right(c, t->code)) {
				subject = true;
				break;
			}
			/* OVIP CLINTON HILLARY: a name in two words. */
			if (i > 0 && (is_named_kind(tel->tags[i - 1].code) ||
			    named == &tel->tags[i - 1])) {
				if (named == NULL)
					chy_report_node(c,
					    CHY_DIAG_TAG_PERSONAL_NAME,
					    t->node, t->code);
				named = t;
				person = true;
				break;
			}
			if (is_code_with_noise(t->code))
				break;
			chy_report_node(c, CHY_DIAG_TAG_UNKNOWN, t->node,
			    t->code);
			break;
		}
	}
	if (!subject)
		chy_report_node(c, CHY_DIAG_NO_SUBJECT_TAG, line, CHY_EMPTY);
	if (!country)
		chy_report_node(c, CHY_DIAG_NO_COUNTRY_TAG, line, CHY_EMPTY);
	if (wants_name != NULL && !person && c->day >= 19740101 &&
	    c->day < 19800101)
		chy_report_node(c, CHY_DIAG_TAG_WITHOUT_NAME,
		    wants_name->node, wants_name->code);
}

/* A code of the tables; free words have blanks of their own. */
static bool
is_code(const chy_checking *c, uint32_t node)
{
	chy_slice s = chy_node_text(c, node);
	char upper[16];

	if (s.len > sizeof(upper))
		return false;
	for (size_t i = 0; i < s.len; i++)
		upper[i] = chy_upper(s.ptr[i]);
	return chy_vocab_tag((chy_slice){ upper, s.len }) != NULL;
}

/* What stands between two codes: a comma and a blank, or a line's end. */
static bool
is_separated(const chy_checking *c, uint32_t a, uint32_t b)
{
	uint32_t from = chy_node_at(c, a)->off + chy_node_at(c, a)->len;
	chy_slice s = { c->p + from, chy_node_at(c, b)->off - from };

	if (memchr(s.ptr, '\n', s.len) != NULL)
		return true;
	return s.len >= 2 && s.ptr[0] == ',' && chy_is_blank(s.ptr[1]);
}

void
chy_rule_tags_line(chy_checking *c, uint32_t node)
{
	uint32_t end = chy_node_end(c, node), before = CHY_NO_NODE;
	uint32_t last = end - 1;
	bool lower_told = false, gap_told = false;

	for (uint32_t i = node + 1; i < end; i++) {
		const chy_node *n = chy_node_at(c, i);
		chy_slice s = chy_node_text(c, i);
		size_t lower;

		if (n->kind != CHY_NODE_TAG)
			continue;
		if (n->value == CHY_TAG_PERSON) {
			chy_report_node(c, CHY_DIAG_TAG_PERSONAL_NAME, i, s);
			before = CHY_NO_NODE;	/* OVIP (NAME): no comma */
			continue;
		}
		lower = chy_first_lower(s);
		if (lower < s.len && !lower_told) {
			chy_report(c, CHY_DIAG_LOWER_CASE_IN_HEADING,
			    n->off + (uint32_t)lower, 1, s);
			lower_told = true;
		}
		/* A link a code is the publication's, and TAG-012 says so. */
		if (before != CHY_NO_NODE && !gap_told &&
		    !is_separated(c, before, i) && is_code(c, before) &&
		    is_code(c, i) &&
		    !chy_is_reported_at_all(c, CHY_DIAG_TAGS_LINK_MARKUP)) {
			chy_report_node(c, CHY_DIAG_TAGS_NOT_SEPARATED, i, s);
			gap_told = true;
		}
		before = i;
	}
	if (last > node && chy_node_at(c, last)->kind == CHY_NODE_PUNCT &&
	    memchr(",.;", c->p[chy_node_at(c, last)->off], 3) != NULL &&
	    last > node + 1)
		chy_report_node(c, CHY_DIAG_TAGS_TRAILING_PUNCTUATION, last,
		    chy_node_text(c, last));
}
