/*
 * Summary, comment and the other blocks; embedded documents; action; the
 * signature and what stands after it.
 *
 * Source: 5 FAH-1 H-246.3; telegram-format 4.12, 4.13; 32 CFR 2001.24(c).
 *
 * SPDX-License-Identifier: ISC
 */
#include "check/check_int.h"

/* The label is all of its line (COMMENT, Comment-----), or the line is a
 * heading in capitals in a text that is not. */
static bool
stands_alone(const chy_checking *c, const chy_block *b, chy_span line)
{
	chy_slice s = chy_slice_trim(chy_span_text(c, line));
	size_t letters = 0, lower = 0;
	uint32_t after = line.off + line.len;

	if (s.ptr != c->p + b->span.off)
		return false;
	for (size_t i = 0; i < s.len; i++) {
		letters += chy_is_alpha(s.ptr[i]);
		lower += chy_is_lower(s.ptr[i]);
	}
	if (letters <= 7)
		return true;
	if (lower > 0)
		return false;
	for (uint32_t i = after; i < c->len && i < after + 400; i++)
		lower += chy_is_lower(c->p[i]);
	return lower > 40;
}

/* The block is opened by a heading of its own: the next heading, or the end
 * of the text, closes it as well as words would. */
static bool
is_titled(const chy_checking *c, const chy_block *b)
{
	uint32_t line = b->span.off, end;
	chy_span at = chy_line_at(c, line);

	if (stands_alone(c, b, at))
		return true;
	/* It begins its line, and a rule or an empty line follows. */
	end = at.off + at.len;
	while (end < c->len && c->p[end] != '\n')
		end++;
	end++;
	if (chy_slice_trim(chy_span_text(c, at)).ptr != c->p + b->span.off)
		return false;
	return end >= c->len || c->p[end] == '\n' || c->p[end] == '-' ||
	    c->p[end] == ' ' || c->p[end] == '\r' || c->p[end] == '=';
}

static const char *
block_name(uint32_t kinds)
{
	for (unsigned bit = 0; bit < CHY_BLOCK_KINDS; bit++)
		if (kinds & (1u << bit))
			return chy_block_kind_name(bit);
	return "";
}

/* An embedded document has its end words, or it were none. */
static bool
is_embedded(const chy_checking *c, const chy_block *b)
{
	for (uint32_t i = 0; i < c->tel->n_embedded; i++)
		if (c->tel->embedded[i].paragraph == b->first &&
		    c->tel->embedded[i].span.off >= b->span.off)
			return true;
	return false;
}

/* "(Comment: ... )" and "[Note: ...]" are closed by the sign that opened
 * them, and one that takes up the rest of the text by the signature. */
static bool
closes_itself(const chy_checking *c, const chy_block *b)
{
	uint32_t off = b->span.off, end = off + b->span.len;
	char open = off > 0 ? c->p[off - 1] : ' ';
	char close = open == '(' ? ')' : open == '[' ? ']' :
	    open == '*' ? '*' : 0;

	if (c->p[off] == '(' || c->p[off] == '[')
		close = c->p[off] == '(' ? ')' : ']';
	if (close != 0 && end > off &&
	    memchr(c->p + off, close, end - off) != NULL)
		return true;
	return b->last + 1 >= c->tel->n_paragraphs &&
	    !(b->kinds & CHY_BLOCK_SUMMARY);
}

/* "Introduction and summary:", "SUMMARY and COMMENT.": openings that are
 * made of more words than the reader has. */
static bool
is_announced(const chy_checking *c, const chy_block *b)
{
	for (uint32_t i = 0; i < c->tel->n_paragraphs && i <= b->last; i++) {
		const chy_paragraph *p = &c->tel->paragraphs[i];

		if (chy_has_text(p->title, "SUMMARY") ||
		    chy_has_text(chy_slice_sub(p->text, 0, 80), "SUMMARY"))
			return true;
	}
	return false;
}

void
chy_rule_blocks(chy_checking *c, uint32_t node)
{
	const uint32_t others = CHY_BLOCK_COMMENT | CHY_BLOCK_NOTE |
	    CHY_BLOCK_QUOTE | CHY_BLOCK_TEXT;

	(void)node;
	/* Of a part nobody can say where its blocks end. */
	if (!c->whole)
		return;
	for (uint32_t i = 0; i < c->tel->n_blocks; i++) {
		const chy_block *b = &c->tel->blocks[i];
		uint32_t at = b->opened ? b->span.off :
		    b->span.off + b->span.len;

		if (b->opened && (b->closed || is_titled(c, b) ||
		    closes_itself(c, b) || ((b->kinds & CHY_BLOCK_TEXT) &&
		    is_embedded(c, b))))
			continue;
		if (!b->opened && (b->kinds & CHY_BLOCK_SUMMARY) &&
		    is_announced(c, b))
			continue;
		if (b->kinds & CHY_BLOCK_SUMMARY) {
			chy_report(c, CHY_DIAG_SUMMARY_NOT_CLOSED,
			    b->opened ? at : at - 1, b->opened ? 7 : 1,
			    b->opened ? CHY_SLICE("no END SUMMARY") :
			    CHY_SLICE("END SUMMARY alone"));
		} else if (b->opened && (b->kinds & others)) {
			chy_report(c, CHY_DIAG_BLOCK_NOT_CLOSED, at, 4,
			    chy_slice_of(block_name(b->kinds & others)));
		}
	}
}

#define PAGE_LINES	20u	/* five teletype pages are 100 lines */

void
chy_rule_summary(chy_checking *c, uint32_t node)
{
	const chy_telegram *tel = c->tel;
	uint32_t body = c->first[CHY_NODE_BODY], lines = 0;
	chy_slice s;

	(void)node;
	if (body == CHY_NO_NODE || c->reflowed || !c->whole ||
	    tel->n_paragraphs == 0 ||
	    chy_is_off(c, CHY_DIAG_SUMMARY_MISSING))
		return;
	for (uint32_t i = 0; i < tel->n_blocks; i++)
		if (tel->blocks[i].kinds & CHY_BLOCK_SUMMARY)
			return;
	for (uint32_t i = 0; i < tel->n_paragraphs; i++)
		if (chy_has_text(tel->paragraphs[i].title, "SUMMARY") ||
		    (i < 4 && chy_has_text(chy_slice_sub(
		    tel->paragraphs[i].text, 0, 60), "SUMMARY")))
			return;
	s = chy_node_text(c, body);
	for (const char *p = s.ptr, *end = s.ptr + s.len; p < end &&
	    (p = memchr(p, '\n', (size_t)(end - p))) != NULL; p++)
		lines++;
	if (lines > 3 * PAGE_LINES)
		chy_report_fmt(c, CHY_DIAG_SUMMARY_MISSING,
		    chy_node_at(c, tel->paragraphs[0].node)->off, 0,
		    "%u lines", lines);
}


/* ---- embedded documents ---- */

/* Words of a title that say the document is another government's. */
static bool
is_foreign(chy_slice s)
{
	static const char *const words[] = { "MINISTRY", "MINISTER",
	    "MFA", "FOREIGN", "EMBASSY OF", "NOTE VERBALE", "DIPLOMATIC NOTE",
	    "GOVERNMENT OF", "PRESIDENT OF", "PRIME", "KING", "SULTAN",
	    "GOVERNMENT'S" };
	static const char *const ours[] = { "U.S.", "USG", "AMERICAN",
	    "DEPARTMENT OF STATE", "SECRETARY OF STATE" };

	for (size_t i = 0; i < ARRAY_LEN(ours); i++)
		if (chy_has_text(s, ours[i]))
			return false;
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (chy_has_word(s, words[i]))
			return true;
	return false;
}

void
chy_rule_embedded(chy_checking *c, uint32_t node)
{
	const chy_telegram *tel = c->tel;

	(void)node;
	for (uint32_t i = 0; i < tel->n_embedded; i++) {
		const chy_embedded *e = &tel->embedded[i];
		const chy_paragraph *p;
		uint32_t leaf;
		chy_mark m;

		if (!is_foreign(e->author.len > 0 ? e->author : e->title) ||
		    e->paragraph >= tel->n_paragraphs)
			continue;
		p = &tel->paragraphs[e->paragraph];
		m = chy_mark_read(p->mark);
		leaf = chy_node_below(c, p->node, CHY_NODE_BLOCK_LABEL);
		if (leaf == CHY_NO_NODE)
			leaf = p->node;
		if (p->mark.len > 0 && m.level == CHY_LEVEL_UNCLASSIFIED) {
			chy_report_node(c, CHY_DIAG_FOREIGN_QUOTE_MARKED_U,
			    leaf, e->title);
			continue;
		}
		if (c->classified && !m.fgi && !m.giver)
			chy_report_fmt(c, CHY_DIAG_EMBEDDED_GIVER_NOT_MARKED,
			    chy_node_at(c, leaf)->off,
			    chy_node_at(c, leaf)->len,
			    "%u block%s under paragraph %u (%.*s)",
			    e->n_blocks, e->n_blocks == 1 ? "" : "s",
			    p->number, CHY_ARG(p->mark));
	}
}


/* ---- action ---- */

#define NIACT_RULE	20170101u	/* handbook of 2017 */

/* A reason is a word about time; which one is for a person to judge. */
static bool
says_why(chy_slice s)
{
	static const char *const words[] = { "NIACT", "NIGHT", "TONIGHT",
	    "WAIT", "URGENT", "URGENTLY", "DEADLINE", "IMMEDIATE",
	    "IMMEDIATELY", "TODAY", "TOMORROW", "OOB", "COB", "HOURS", "HOUR",
	    "BEFORE", "NOON", "MORNING", "OPENING", "BY", "NOW", "EMERGENCY",
	    "EVACUATION" };

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (chy_has_word(s, words[i]))
			return true;
	return false;
}

void
chy_rule_niact(chy_checking *c, uint32_t node)
{
	const chy_telegram *tel = c->tel;

	(void)node;
	if (tel->n_paragraphs == 0 || !c->whole || (c->day < NIACT_RULE &&
	    !c->opts->drafting))
		return;
	for (uint32_t i = 0; i < tel->n_addressees; i++)
		if (tel->addressees[i].effective ==
		    CHY_PRECEDENCE_NIACT_IMMEDIATE) {
			const chy_paragraph *p = &tel->paragraphs[0];

			if (!says_why(p->text))
				chy_report(c, CHY_DIAG_NIACT_UNEXPLAINED,
				    p->span.off, 0, CHY_EMPTY);
			return;
		}
}


/* ---- the end ---- */

/* A word of letters alone, as a surname is. */
static bool
is_surname(chy_slice s)
{
	size_t letters = 0;

	for (size_t i = 0; i < s.len; i++) {
		if (chy_is_alpha(s.ptr[i]))
			letters++;
		else if (s.ptr[i] != '-' && s.ptr[i] != '\'')
			return false;
	}
	return letters >= 3 && letters <= 20;
}

/*
 * A surname that the reader does not take for one: in small letters, glued to
 * a sentence, above a footer. Looks at the last lines.
 */
static bool
is_signed_somehow(const chy_checking *c, uint32_t end)
{
	unsigned lines = 0;

	for (uint32_t at = end; at > c->text_off && lines < 8; lines++) {
		chy_span line = chy_line_at(c, at - 1);
		chy_slice s = chy_slice_trim(chy_span_text(c, line));
		size_t from = s.len;
		chy_slice w;

		while (from > 0 && !chy_is_blank(s.ptr[from - 1]))
			from--;
		w = chy_slice_from(s, from);
		if (is_surname(w) && !chy_slice_eq(w, CHY_SLICE("NNNN")) &&
		    !chy_slice_ieq(w, CHY_SLICE("COMMENT")) &&
		    !chy_slice_ieq(w, CHY_SLICE("SUMMARY")) &&
		    !chy_slice_ieq(w, CHY_SLICE("TEXT"))) {
			bool upper = chy_all_upper(w);

			if (from == 0 || (lines == 0 && upper) ||
			    (lines == 0 && chy_is_upper(w.ptr[0]) &&
			    chy_slice_trim(chy_slice_sub(s, 0, from)).len >
			    0 && memchr(".!?\")]", chy_slice_trim(
			    chy_slice_sub(s, 0, from)).ptr[chy_slice_trim(
			    chy_slice_sub(s, 0, from)).len - 1], 6) != NULL))
				return true;
		}
		at = line.off;
		while (at > 0 && chy_is_space(c->p[at - 1]))
			at--;
	}
	return false;
}

void
chy_rule_signature(chy_checking *c, uint32_t node)
{
	uint32_t end = c->len;

	(void)node;
	/* A telegram that is one section of several is signed in the last;
	 * which one this is the class line says. */
	if (c->count[CHY_NODE_SIGNER] > 0 || c->tel->partial ||
	    c->tel->n_paragraphs == 0 || c->tel->section < c->tel->sections)
		return;
	if (c->first[CHY_NODE_TAIL] != CHY_NO_NODE &&
	    chy_node_at(c, c->first[CHY_NODE_TAIL])->len > 0)
		end = chy_node_at(c, c->first[CHY_NODE_TAIL])->off;
	while (end > 0 && chy_is_space(c->p[end - 1]))
		end--;
	if (is_signed_somehow(c, end))
		return;
	chy_report(c, CHY_DIAG_SIGNATURE_MISSING, end, 0, CHY_EMPTY);
}

/* #0425: the end repeats the station's serial. */
static void
check_validation(chy_checking *c, uint32_t leaf)
{
	chy_slice s = chy_node_text(c, leaf);
	chy_slice serial = c->tel->transmission.serial;

	if (s.len > 1 && s.ptr[0] == '#' && serial.len > 0 &&
	    !chy_slice_eq(chy_slice_from(s, 1), serial))
		chy_report_fmt(c, CHY_DIAG_EOM_VALIDATION_DIFFERS,
		    chy_node_at(c, leaf)->off, chy_node_at(c, leaf)->len,
		    "%.*s, and %.*s on FL3", CHY_ARG(s), CHY_ARG(serial));
}

void
chy_rule_tail(chy_checking *c, uint32_t node)
{
	uint32_t end = chy_node_end(c, node);
	bool signed_ = false, told = false;

	for (uint32_t i = node + 1; i < end; i++)
		switch (chy_node_at(c, i)->kind) {
		case CHY_NODE_SIGNER:
			signed_ = true;
			break;
		case CHY_NODE_END:
			check_validation(c, i);
			break;
		case CHY_NODE_RESIDUE:
			if (signed_ && !told)
				chy_report_node(c,
				    CHY_DIAG_MATERIAL_AFTER_SIGNATURE, i,
				    chy_slice_sub(chy_node_text(c, i), 0,
				    60));
			told |= signed_;
			break;
		}
}
