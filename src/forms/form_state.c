/*
 * The State form: a telegram of the U.S. Department of State as its archives
 * hold it, with or without transmission header, plain or with what
 * publication left in it.
 *
 * Source: 5 FAH-2 H-321; 5 FAH-1 H-200; telegram-format sections 2 to 4, 10.1.
 *
 * SPDX-License-Identifier: ISC
 */
#include "forms/reading.h"

/* ---- detection ---- */

static chy_slice
first_line(chy_slice *rest)
{
	size_t end = chy_slice_find(*rest, CHY_SLICE("\n"), 0);
	chy_slice line = chy_slice_trim(chy_slice_sub(*rest, 0, end));

	*rest = chy_slice_from(*rest, end + 1);
	return line;
}

/* JANAP 128 line 2 and USMTF sets are other services' forms. */
static bool
is_military(chy_slice s)
{
	return (s.len > 30 && chy_slice_eq(chy_slice_sub(s, 1, 7),
	    CHY_SLICE("TTUZYUW"))) || chy_slice_starts(s, CHY_SLICE("MSGID/"));
}

#define DETECT_LINES	80u
#define DETECT_BYTES	(16u << 10)

/* Each line that only a State telegram has counts; one strong one is enough:
 * a part of a telegram is read as what it is. */
static int
detect(chy_slice text)
{
	chy_slice rest = chy_slice_sub(text, 0, DETECT_BYTES);
	int fit = 0;

	for (unsigned i = 0; i < DETECT_LINES && rest.len > 0 && fit < 90;
	    i++) {
		chy_slice line = first_line(&rest);
		chy_reading r = { .p = line.ptr, .len = (uint32_t)line.len };
		chy_range all = { 0, (uint32_t)line.len };
		uint32_t n, at;
		chy_para_start ps;
		chy_civil c;

		if (line.len < 2)
			continue;
		if (is_military(line))
			return 0;
		if (chy_slice_starts(line, CHY_SLICE("VZCZC")) ||
		    chy_dtg_at(line, &at, &n, &c))
			fit += 90;
		else if (chy_slice_starts(line, CHY_SLICE("FM ")) ||
		    chy_slice_starts(line, CHY_SLICE("TO ")) ||
		    chy_slice_starts(line, CHY_SLICE("INFO ")) ||
		    chy_slice_starts(line, CHY_SLICE("ZNY ")) ||
		    chy_slice_starts(line, CHY_SLICE("ZNR ")))
			fit += 30;
		else if (chy_label_at(line, &n) != CHY_LABEL_NONE)
			fit += 40;
		else if (chy_slice_istarts(line,
		    CHY_SLICE("This record is a partial extract")))
			fit += 60;
		else if (chy_is_class_line(&r, all))
			fit += 40;
		else if (chy_para_start_at(&r, all, &ps) &&
		    ps.mark_at.to > 0)
			fit += 25;
		else if (line.len < 30 && chy_vocab_caption(line) != NULL)
			fit += 20;
	}
	return fit > 90 ? 90 : fit;
}

/* ---- the lines between class line and text ---- */

typedef struct seen {
	bool eo, tags, subject, ref, classified;
} seen;

/* One field from its label at g.from. What is left of the line after it (a
 * second label on the same line) is returned. */
static chy_range
read_field(chy_reading *r, chy_range g, chy_label_kind kind, uint32_t len,
    seen *s)
{
	chy_range line = chy_line(r, r->line), field = g;
	uint32_t at;

	/* Another label on this line ends the field. */
	if (chy_label_inside(chy_range_text(r, g), len, &at) !=
	    CHY_LABEL_NONE)
		field.to = g.from + at;
	(void)line;
	switch (kind) {
	case CHY_LABEL_EO:
		chy_read_eo(r, field, len);
		s->eo = true;
		break;
	case CHY_LABEL_TAGS:
		chy_read_tags(r, field, len);
		s->tags = true;
		break;
	case CHY_LABEL_SUBJECT:
		chy_read_subject(r, field, len);
		s->subject = true;
		break;
	case CHY_LABEL_REF:
		chy_read_references(r, field, len);
		s->ref = true;
		break;
	case CHY_LABEL_CLASSIFIED_BY:
	case CHY_LABEL_DERIVED_FROM:
		chy_read_classified_by(r, field, len, kind);
		s->classified = true;
		break;
	case CHY_LABEL_NONE:
		break;
	}
	/* Where the field stopped inside a line, the line goes on. */
	line = chy_line(r, r->line);
	if (r->done < line.to && r->done > line.from)
		return chy_range_trim(r, (chy_range){ r->done, line.to });
	if (r->done <= line.from && field.to < g.to)
		return chy_range_trim(r, (chy_range){ field.to, line.to });
	return (chy_range){ line.to, line.to };
}

/* Lines from here up to an empty one or a label: one passing instruction. */
static chy_range
passing_block(chy_reading *r, chy_range first)
{
	chy_range all = first;
	uint32_t at, n;
	chy_para_start ps;

	if (chy_label_inside(chy_range_text(r, first), 0, &at) !=
	    CHY_LABEL_NONE) {
		all.to = first.from + at;
		return all;
	}
	while (r->line + 1 < r->n_lines) {
		chy_range line = chy_line(r, r->line + 1);
		chy_slice s = chy_range_text(r, line);

		if (line.from == line.to ||
		    chy_label_at(s, &n) != CHY_LABEL_NONE ||
		    chy_is_page_line(r, line) || chy_is_rule(s) ||
		    (chy_para_start_at(r, line, &ps) && ps.number > 0) ||
		    (chy_vocab_caption(s) != NULL &&
		    !chy_looks_like_passing(s)))
			break;
		r->line++;
		all.to = line.to;
		if (chy_label_inside(s, 0, &at) != CHY_LABEL_NONE) {
			all.to = line.from + at;
			break;
		}
	}
	return chy_range_trim(r, all);
}

/* Whether a label follows before the first numbered paragraph: then what
 * stands here is still before the text. */
static bool
label_follows(const chy_reading *r)
{
	uint32_t n, end = r->line + 16;
	chy_para_start ps;

	for (uint32_t i = r->line + 1; i < r->n_lines && i < end; i++) {
		chy_range line = chy_line(r, i);
		chy_label_kind kind;

		if (line.from == line.to)
			continue;
		kind = chy_label_at(chy_range_text(r, line), &n);
		if (kind != CHY_LABEL_NONE)
			return true;
		if (chy_para_start_at(r, line, &ps) && ps.number > 0)
			return false;
	}
	return false;
}

/* The text begins here: a paragraph, a title, or words after the subject. */
static bool
begins_text(const chy_reading *r, chy_range g, const seen *s)
{
	chy_slice t = chy_range_text(r, g);
	chy_para_start ps;

	if (chy_para_start_at(r, g, &ps)) {
		uint32_t n;

		if (ps.number == 0)	/* (U) CLASSIFIED BY ... */
			return chy_label_at(chy_range_text(r, ps.rest), &n) ==
			    CHY_LABEL_NONE;
		return true;
	}
	if (chy_slice_istarts(t, CHY_SLICE("SUMMARY")) ||
	    chy_slice_istarts(t, CHY_SLICE("BEGIN SUMMARY")) ||
	    chy_slice_istarts(t, CHY_SLICE("BEGIN TEXT")))
		return true;
	if (chy_is_rule(t))
		return s->subject || s->tags || s->eo;
	if (s->subject)
		return !label_follows(r);
	/* Later sections, and texts without any field. */
	return !chy_looks_like_passing(t) && !label_follows(r);
}

static void
read_text_heading(chy_reading *r, uint32_t *ret_from)
{
	seen s = { false, false, false, false, false };
	bool pending = false;
	chy_range g = { 0, 0 };

	*ret_from = 0;
	for (; r->line < r->n_lines; r->line += !pending) {
		chy_label_kind kind;
		uint32_t len, at;
		chy_slice text;

		if (!pending)
			g = chy_line(r, r->line);
		pending = false;
		if (g.from >= g.to)
			continue;
		if (chy_is_page_line(r, g)) {
			chy_leaf_put(r, CHY_NODE_RESIDUE, g, 0);
			continue;
		}
		text = chy_range_text(r, g);
		kind = chy_label_at(text, &len);
		if (kind == CHY_LABEL_NONE && text.ptr[0] == '(') {
			chy_para_start ps;

			/* (U) Classified by: the mark is of the field. */
			if (chy_para_start_at(r, g, &ps) && ps.number == 0 &&
			    chy_label_at(chy_range_text(r, ps.rest), &len) !=
			    CHY_LABEL_NONE) {
				chy_leaf_put(r, CHY_NODE_MARK, ps.mark_at, 0);
				g = ps.rest;
				kind = chy_label_at(chy_range_text(r, g),
				    &len);
			}
		}
		if (kind == CHY_LABEL_REF && s.ref)
			kind = CHY_LABEL_REF;
		if (kind != CHY_LABEL_NONE) {
			g = read_field(r, g, kind, len, &s);
			pending = g.from < g.to;
			continue;
		}
		if (!s.subject && chy_is_class_line(r, g)) {
			g = chy_read_class_line(r, g);
			pending = g.from < g.to;
			continue;
		}
		at = g.from;
		if (!s.subject && chy_read_captions(r, g, &g, false))
			continue;
		if (g.from >= g.to)
			continue;
		if (g.from > at) {	/* SIPDIS E.O. 12958: ... */
			pending = true;
			continue;
		}
		if (begins_text(r, g, &s)) {
			*ret_from = g.from;
			return;
		}
		if (!s.subject || chy_looks_like_passing(
		    chy_range_text(r, g))) {
			chy_range block = passing_block(r, g);
			chy_range line = chy_line(r, r->line);

			if (chy_looks_like_passing(chy_range_text(r, block)))
				chy_read_passing(r, block);
			else
				chy_leaf_put(r, CHY_NODE_UNREAD, block, 0);
			g = chy_range_trim(r, (chy_range){ block.to, line.to });
			pending = g.from < g.to;
			continue;
		}
		chy_leaf_put(r, CHY_NODE_UNREAD, g, 0);
	}
	*ret_from = r->len;
}

/* What the heading alone says, where the class line is missing. */
static void
level_elsewhere(chy_reading *r)
{
	chy_telegram *tel = r->tel;
	chy_slice w = tel->wrapper.classification, security =
	    tel->transmission.security;

	if (tel->level_basis == CHY_BASIS_TEXT)
		return;
	if (security.len > 0) {
		switch (security.ptr[0]) {
		case 'U':
		case 'E':
			tel->level = CHY_LEVEL_UNCLASSIFIED;
			break;
		case 'C':
			tel->level = CHY_LEVEL_CONFIDENTIAL;
			break;
		case 'S':
			tel->level = CHY_LEVEL_SECRET;
			break;
		case 'T':
			tel->level = CHY_LEVEL_TOP_SECRET;
			break;
		}
		if (tel->level != CHY_LEVEL_NONE) {
			tel->level_basis = CHY_BASIS_DERIVED;
			return;
		}
	}
	if (w.len > 0) {
		size_t slash = chy_slice_find(w, CHY_SLICE("//"), 0);

		tel->level = chy_level_parse(chy_slice_sub(w, 0, slash));
		if (tel->level != CHY_LEVEL_NONE)
			tel->level_basis = CHY_BASIS_WRAPPER;
	}
}

static void
note_heading(chy_reading *r)
{
	chy_telegram *tel = r->tel;

	if (tel->dtg.len > 0 && !tel->transmission.present) {
		uint32_t off = (uint32_t)(tel->dtg.ptr - r->p);
		chy_range line = chy_line(r, chy_line_of(r, off));

		chy_note(r, CHY_DIAG_HEADING_FROM_DTG, line, CHY_EMPTY);
	}
	if (r->pilcrows > 0)
		chy_note_number(r, CHY_DIAG_PUBLICATION_CHARACTERS,
		    (chy_range){ r->first_pilcrow, r->first_pilcrow + 2 },
		    r->pilcrows, r->pilcrows == 1 ? " pilcrow" : " pilcrows");
}

static void
read_state(chy_telegram *tel, const chy_read_options *opts)
{
	chy_reading r;
	uint32_t from = 0;

	if (!chy_reading_begin(&r, tel, opts))
		return;
	if (tel->form != NULL) {
		chy_read_heading(&r);
		chy_read_year(&r);
		read_text_heading(&r, &from);
	}
	chy_read_text(&r, from);
	level_elsewhere(&r);
	if (tel->form != NULL)
		chy_read_identity(&r);
	note_heading(&r);
	chy_reading_end(&r);
	if (r.failed)
		tel->arena.failed = true;
}

const chy_form chy_form_state = {
	.name = "state",
	.title = "State telegram, with or without transmission header",
	.source = "5 FAH-2 H-321; 5 FAH-1 H-200",
	.detect = detect,
	.read = read_state,
};
