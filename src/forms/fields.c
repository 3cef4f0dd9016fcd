/*
 * E.O., TAGS, SUBJECT and Classified By: one function each, from the label to
 * the end of the field.
 *
 * Source: telegram-format 4.6, 4.7, 4.8, 4.10; classification 6 to 8.
 *
 * SPDX-License-Identifier: ISC
 */
#include "forms/reading.h"

#include "marking/eo.h"

/* The label's leaf; what is left of its line. */
static chy_range
put_label(chy_reading *r, chy_range g, uint32_t len)
{
	chy_leaf_put(r, CHY_NODE_KEYWORD, (chy_range){ g.from, g.from + len },
	    0);
	return chy_range_trim(r, (chy_range){ g.from + len, g.to });
}

/* ---- E.O. ---- */

/* Read digits at s[at]: how many, and their value. */
static size_t
number_at(chy_slice s, size_t at, uint32_t *value)
{
	size_t n = 0;

	*value = 0;
	while (at + n < s.len && n < 8 && chy_is_digit(s.ptr[at + n])) {
		*value = *value * 10 + (uint32_t)(s.ptr[at + n] - '0');
		n++;
	}
	return n;
}

/* What the line says and its schedule gives, as the document has it. */
static void
read_instruction(chy_reading *r, chy_range line)
{
	static const chy_declass_kind kinds[] = {
		[CHY_EO_MISSING] = CHY_DECLASS_MISSING,
		[CHY_EO_NOT_APPLICABLE] = CHY_DECLASS_NOT_APPLICABLE,
		[CHY_EO_DATE] = CHY_DECLASS_DATE,
		[CHY_EO_EVENT] = CHY_DECLASS_EVENT,
		[CHY_EO_OADR] = CHY_DECLASS_REVIEW,
		[CHY_EO_MR] = CHY_DECLASS_REVIEW,
		[CHY_EO_X] = CHY_DECLASS_EXEMPT,
		[CHY_EO_ORIGINATOR_ONLY] = CHY_DECLASS_REVIEW,
		[CHY_EO_GDS] = CHY_DECLASS_SCHEDULE,
		[CHY_EO_ADS] = CHY_DECLASS_SCHEDULE,
		[CHY_EO_XGDS] = CHY_DECLASS_SCHEDULE,
		[CHY_EO_RDS] = CHY_DECLASS_SCHEDULE,
		[CHY_EO_XDS] = CHY_DECLASS_SCHEDULE,
		[CHY_EO_DOWNGRADE] = CHY_DECLASS_EVENT,
		[CHY_EO_GROUP] = CHY_DECLASS_SCHEDULE,
		[CHY_EO_25X] = CHY_DECLASS_EXEMPT,
		[CHY_EO_50X] = CHY_DECLASS_EXEMPT,
		[CHY_EO_75X] = CHY_DECLASS_EXEMPT,
		[CHY_EO_UNREADABLE] = CHY_DECLASS_UNREADABLE,
	};
	chy_telegram *tel = r->tel;
	chy_declass *d = &tel->declass;
	chy_declass_case c = {
		.eo = chy_eo_parse(chy_range_text(r, line), tel->dtg_civil),
		.day = tel->dtg_civil,
		.level = tel->level,
	};

	d->kind = kinds[c.eo.kind];
	if (c.eo.kind == CHY_EO_DATE || ((c.eo.kind == CHY_EO_GDS ||
	    c.eo.kind == CHY_EO_ADS || c.eo.kind == CHY_EO_XGDS) &&
	    c.eo.date.year != 0)) {
		d->date = c.eo.date;
		d->basis = CHY_BASIS_TEXT;
	} else if (c.eo.kind == CHY_EO_GDS || c.eo.kind == CHY_EO_XGDS) {
		d->date = chy_declassify(&c).nominal;
		d->basis = d->date.year != 0 ? CHY_BASIS_DERIVED :
		    CHY_BASIS_NONE;
	}
}

void
chy_read_eo(chy_reading *r, chy_range g, uint32_t label_len)
{
	chy_telegram *tel = r->tel;
	chy_range rest, order;
	uint32_t at, value;

	chy_open(r, CHY_NODE_EO_LINE, 0);
	rest = put_label(r, g, label_len);
	at = rest.from;
	while (at < rest.to && (r->p[at] == '.' || chy_is_blank(r->p[at])))
		at++;
	order = (chy_range){ at, at };
	order.to += (uint32_t)number_at(chy_range_text(r, (chy_range){ at,
	    rest.to }), 0, &value);
	chy_leaf_put(r, CHY_NODE_ORDER, order, value);
	rest.from = order.to;
	while (rest.from < rest.to && (r->p[rest.from] == ':' ||
	    r->p[rest.from] == '.' || r->p[rest.from] == ';' ||
	    chy_is_blank(r->p[rest.from])))
		rest.from++;
	if (rest.from > order.to)
		chy_leaf_put(r, CHY_NODE_PUNCT,
		    (chy_range){ order.to, rest.from }, 0);
	chy_leaf_put(r, CHY_NODE_DECLASSIFICATION, rest, 0);
	chy_close(r);
	if (tel->eo_order.len > 0)
		return;
	tel->eo_order = chy_range_text(r, order);
	tel->eo_text = chy_keep_clean(r, g);
	tel->declass.text = chy_keep_clean(r, rest);
	read_instruction(r, g);
}

/* ---- TAGS ---- */

#define TAG_MAX		40u	/* letters of one code or name */

/* Characters a code may have. */
static bool
is_tag_char(char c)
{
	return chy_is_alnum(c) || c == '-' || c == '/' || c == '\'' ||
	    c == '&' || (unsigned char)c >= 0x80;
}

static void
add_tag(chy_reading *r, chy_slice code, chy_tag_kind kind, uint32_t node)
{
	chy_telegram *tel = r->tel;
	chy_tag_sent *row;

	for (uint32_t i = 0; i < tel->n_tags; i++)
		if (chy_slice_eq(tel->tags[i].code, code))
			return;
	if (tel->n_tags >= CHY_LIMIT_TAGS)
		return;
	row = CHY_ADD(r, tel->tags, tel->n_tags);
	if (row != NULL)
		*row = (chy_tag_sent){ code, kind, node };
}

/*
 * A word that is no code: split into codes that use it up, longest first as
 * telegram-format 4.7 has it. Counts the ways, up to two.
 */
static unsigned
split_run(chy_slice s, size_t depth, uint8_t *cuts, uint8_t *best,
    size_t *best_n)
{
	static const uint8_t lengths[] = { 4, 2 };
	unsigned ways = 0;

	if (s.len == 0) {
		memcpy(best, cuts, depth);
		*best_n = depth;
		return depth > 1;
	}
	for (size_t i = 0; i < ARRAY_LEN(lengths) && ways < 2; i++) {
		const chy_tag *t;
		uint8_t n = lengths[i];

		if (s.len < n || depth >= 12)
			continue;
		t = chy_vocab_tag(chy_slice_sub(s, 0, n));
		if (t == NULL || t->kind == CHY_TAG_ORGANIZATION)
			continue;
		cuts[depth] = n;
		ways += split_run(chy_slice_from(s, n), depth + 1, cuts, best,
		    best_n);
	}
	return ways;
}

static void
fix_tag(chy_reading *r, chy_slice sent, chy_range at, uint32_t node)
{
	const chy_tag_fix *fix = chy_vocab_tag_fix(sent);
	const chy_tag *known = chy_vocab_tag(sent);
	uint8_t cuts[12], best[12];
	size_t n = 0;

	if (fix != NULL && (fix->kind == CHY_TAG_FIX_ERROR ||
	    fix->kind == CHY_TAG_FIX_RUN_TOGETHER) && fix->use.len > 0) {
		chy_slice use = fix->use;
		chy_diag diag = fix->kind == CHY_TAG_FIX_ERROR ?
		    CHY_DIAG_TAG_REPLACED : CHY_DIAG_TAGS_RUN_TOGETHER;

		/* YE was Yemen's north until it joined the south. */
		if (chy_slice_eq(sent, CHY_SLICE("YE")) && r->tel->year != 0 &&
		    r->tel->year < 1990)
			goto as_sent;
		chy_note(r, diag, at, sent);
		chy_repaired(r, diag, at, sent, use);
		while (use.len > 0) {
			size_t end = chy_slice_find(use, CHY_SLICE(" "), 0);
			chy_slice code = chy_slice_sub(use, 0, end);
			const chy_tag *t = chy_vocab_tag(code);

			add_tag(r, code, t != NULL ? t->kind :
			    CHY_TAG_UNKNOWN, node);
			use = chy_slice_trim(chy_slice_from(use, end));
		}
		return;
	}
as_sent:
	if (known != NULL) {
		add_tag(r, sent, known->kind, node);
		return;
	}
	if (fix == NULL && sent.len >= 6 && !chy_vocab_is_post_key(sent) &&
	    split_run(sent, 0, cuts, best, &n) == 1) {
		chy_note(r, CHY_DIAG_TAGS_RUN_TOGETHER, at, sent);
		for (size_t i = 0, off = 0; i < n; off += best[i++]) {
			chy_slice code = chy_slice_sub(sent, off, best[i]);

			add_tag(r, code, chy_vocab_tag(code)->kind, node);
		}
		return;
	}
	add_tag(r, sent, CHY_TAG_UNKNOWN, node);
}

/* "(LAST, FIRST)": its end, else 0. */
static uint32_t
person_end(const chy_reading *r, chy_range g)
{
	uint32_t at = g.from + 1;

	if (r->p[g.from] != '(')
		return 0;
	while (at < g.to && at - g.from < TAG_MAX + 20 && r->p[at] != ')')
		at++;
	return at < g.to && r->p[at] == ')' && at > g.from + 2 ? at + 1 : 0;
}

static void
put_person(chy_reading *r, chy_range at)
{
	uint32_t node = chy_leaf_put(r, CHY_NODE_TAG, at, CHY_TAG_PERSON);
	chy_range in = { at.from + 1, at.to - 1 };
	chy_slice name = chy_keep_upper(r, chy_keep_clean(r, in));

	if (name.len == 0)
		return;
	if (!chy_slices_has(&r->tel->tags_raw, name))
		chy_slices_add(r, &r->tel->tags_raw, name);
	add_tag(r, name, CHY_TAG_PERSON, node);
}

/* Two words that are one entry of the tables: COUNTER TERRORISM. */
static uint32_t
two_words_end(const chy_reading *r, chy_range g, uint32_t end)
{
	uint32_t at = end, second;
	char both[TAG_MAX];
	size_t n = end - g.from;
	const chy_tag_fix *fix;

	while (at < g.to && chy_is_blank(r->p[at]))
		at++;
	second = at;
	while (at < g.to && chy_is_alpha(r->p[at]))
		at++;
	if (second == end || at == second || n + 1 + (at - second) >= TAG_MAX)
		return end;
	for (size_t i = 0; i < n; i++)
		both[i] = chy_upper(r->p[g.from + i]);
	both[n++] = ' ';
	for (uint32_t i = second; i < at; i++)
		both[n++] = chy_upper(r->p[i]);
	if (chy_vocab_tag((chy_slice){ both, n }) != NULL)
		return at;
	fix = chy_vocab_tag_fix((chy_slice){ both, n });
	return fix != NULL && fix->kind == CHY_TAG_FIX_WORDS ? at : end;
}

static void
put_tag(chy_reading *r, chy_range at)
{
	uint32_t node = chy_leaf_put(r, CHY_NODE_TAG, at, 0);
	chy_slice sent = chy_keep_upper(r, chy_range_text(r, at));

	for (size_t i = 0; i < sent.len; i++)
		if (chy_is_blank(sent.ptr[i])) {
			sent = chy_keep_clean(r, at);
			sent = chy_keep_upper(r, sent);
			break;
		}
	if (sent.len == 0 || r->tel->tags_raw.n >= CHY_LIMIT_TAGS)
		return;
	if (chy_slices_has(&r->tel->tags_raw, sent)) {
		chy_note(r, CHY_DIAG_TAG_TWICE, at, sent);
		return;
	}
	chy_slices_add(r, &r->tel->tags_raw, sent);
	fix_tag(r, sent, at, node);
}

static void
put_punct(chy_reading *r, uint32_t from, uint32_t to)
{
	chy_leaf_put(r, CHY_NODE_PUNCT, (chy_range){ from, to }, 0);
}

/* One line of codes; counts the links whose markup it took off. */
static void
read_tag_line(chy_reading *r, chy_range g, uint32_t *links)
{
	uint32_t at = g.from, end;

	while (at < g.to) {
		char c = r->p[at];

		if (chy_is_space(c)) {
			at++;
		} else if (c == '[') {		/* [PHUM](#) */
			chy_leaf_put(r, CHY_NODE_MARKUP,
			    (chy_range){ at, at + 1 }, 0);
			at++;
		} else if (c == ']' && at + 1 < g.to && r->p[at + 1] == '(') {
			end = at;
			while (end < g.to && r->p[end] != ')')
				end++;
			end += end < g.to;
			chy_leaf_put(r, CHY_NODE_MARKUP,
			    (chy_range){ at, end }, 0);
			at = end;
			++*links;
		} else if (c == '(' && (end = person_end(r, (chy_range){ at,
		    g.to })) > 0) {
			put_person(r, (chy_range){ at, end });
			at = end;
		} else if (is_tag_char(c) && c != '-' && c != '/') {
			end = at;
			while (end < g.to && is_tag_char(r->p[end]))
				end++;
			if (end - at > TAG_MAX) {
				chy_leaf_put(r, CHY_NODE_UNREAD,
				    (chy_range){ at, end }, 0);
				at = end;
				continue;
			}
			end = two_words_end(r, (chy_range){ at, g.to }, end);
			put_tag(r, (chy_range){ at, end });
			at = end;
		} else {
			put_punct(r, at, at + 1);
			at++;
		}
	}
}

/* All words of the line are codes that a table knows. */
static bool
only_codes(const chy_reading *r, chy_range g)
{
	uint32_t at = g.from, end, words = 0;

	while (at < g.to) {
		chy_slice s;

		if (!is_tag_char(r->p[at]) || r->p[at] == '-') {
			if (r->p[at] == ':' || r->p[at] == '(')
				return false;
			at++;
			continue;
		}
		end = at;
		while (end < g.to && is_tag_char(r->p[end]))
			end++;
		s = (chy_slice){ r->p + at, end - at };
		if (chy_vocab_tag(s) == NULL && chy_vocab_tag_fix(s) == NULL)
			return false;
		words++;
		at = end;
	}
	return words > 0;
}

static bool
ends_in_comma(const chy_reading *r, chy_range g)
{
	g = chy_range_trim(r, g);
	return g.to > g.from && r->p[g.to - 1] == ',';
}

void
chy_read_tags(chy_reading *r, chy_range g, uint32_t label_len)
{
	chy_range rest, line;
	uint32_t links = 0, n, inside, from;
	bool open = false;

	chy_open(r, CHY_NODE_TAGS_LINE, 0);
	rest = put_label(r, g, label_len);
	from = rest.from;
	for (;;) {
		read_tag_line(r, rest, &links);
		open = ends_in_comma(r, rest) || rest.from == rest.to;
		if (rest.to < chy_line(r, r->line).to ||
		    r->line + 1 >= r->n_lines)
			break;	/* another field begins on this line */
		line = chy_line(r, r->line + 1);
		if (line.from == line.to ||
		    chy_label_at(chy_range_text(r, line), &n) !=
		    CHY_LABEL_NONE || (!open && !only_codes(r, line)) ||
		    chy_is_class_line(r, line))
			break;
		if (chy_is_page_line(r, line)) {
			chy_leaf_put(r, CHY_NODE_RESIDUE, line, 0);
			r->line++;
			continue;
		}
		if (chy_label_inside(chy_range_text(r, line), 0, &inside) !=
		    CHY_LABEL_NONE)
			line.to = line.from + inside;
		r->line++;
		rest = chy_range_trim(r, line);
	}
	chy_close(r);
	if (links > 0)
		chy_note_number(r, CHY_DIAG_TAGS_LINK_MARKUP,
		    (chy_range){ from, from + 1 }, links, " codes");
}

/* ---- SUBJECT ---- */

/* A page line that cuts the field, with the empty lines round it. */
static void
skip_page_lines(chy_reading *r)
{
	uint32_t n = 1;

	while (r->line + n < r->n_lines && n < 4 &&
	    chy_line_blank(r, r->line + n))
		n++;
	if (r->line + n >= r->n_lines ||
	    !chy_is_page_line(r, chy_line(r, r->line + n)))
		return;
	chy_leaf_put(r, CHY_NODE_RESIDUE, chy_line(r, r->line + n), 0);
	r->line += n;
	while (r->line + 1 < r->n_lines && chy_line_blank(r, r->line + 1))
		r->line++;
}

/* The next line that is not empty is a label of the heading: what stands
 * before it is no summary. */
static bool
heading_goes_on(const chy_reading *r, uint32_t i)
{
	uint32_t n;

	while (i < r->n_lines && chy_line_blank(r, i))
		i++;
	return i < r->n_lines && chy_label_at(chy_range_text(r, chy_line(r,
	    i)), &n) != CHY_LABEL_NONE;
}

void
chy_read_subject(chy_reading *r, chy_range g, uint32_t label_len)
{
	chy_telegram *tel = r->tel;
	chy_range rest, all, line;
	uint32_t n, inside, lines = 0;
	chy_para_start ps;
	chy_slice s;

	chy_open(r, CHY_NODE_SUBJECT_LINE, 0);
	rest = put_label(r, g, label_len);
	all = rest;
	for (;;) {
		chy_leaf_put(r, CHY_NODE_SUBJECT_TEXT, rest, 0);
		if (rest.from < rest.to)
			all.to = rest.to;
		if (rest.to < chy_line(r, r->line).to ||
		    ++lines > CHY_LIMIT_FIELD_LINES ||
		    r->line + 1 >= r->n_lines)
			break;
		skip_page_lines(r);
		if (r->line + 1 >= r->n_lines)
			break;
		line = chy_line(r, r->line + 1);
		s = chy_range_text(r, line);
		if (line.from == line.to ||
		    chy_label_at(s, &n) != CHY_LABEL_NONE || chy_is_rule(s) ||
		    (chy_para_start_at(r, line, &ps) && ps.number > 0) ||
		    ((chy_slice_istarts(s, CHY_SLICE("SUMMARY")) ||
		    chy_slice_istarts(s, CHY_SLICE("BEGIN SUMMARY"))) &&
		    !heading_goes_on(r, r->line + 2)))
			break;
		if (chy_label_inside(s, 0, &inside) != CHY_LABEL_NONE)
			line.to = line.from + inside;
		r->line++;
		rest = chy_range_trim(r, line);
	}
	chy_close(r);
	if (tel->subject_raw.len > 0)
		return;
	tel->subject_raw = chy_keep_clean(r, all);
	s = tel->subject_raw;
	n = chy_mark_len(s);
	if (n > 0) {
		tel->subject_mark = chy_slice_sub(s, 1, n - 2);
		s = chy_slice_trim(chy_slice_from(s, n));
	} else if (s.len > 0 && s.ptr[s.len - 1] == ')') {
		size_t open = s.len - 1;

		while (open > 0 && s.ptr[open] != '(')
			open--;
		if (chy_mark_len(chy_slice_from(s, open)) == s.len - open) {
			tel->subject_mark = chy_slice_sub(s, open + 1,
			    s.len - open - 2);
			s = chy_slice_trim(chy_slice_sub(s, 0, open));
		}
	}
	tel->subject = s;
}

/* ---- Classified By, Derived From ---- */

/* Words before a name that are not part of it. */
static size_t
rank_len(chy_slice s)
{
	static const chy_slice ranks[] = {
		CHY_LIT("AMBASSADOR"), CHY_LIT("AMB."), CHY_LIT("AMB"),
		CHY_LIT("CHARGE D'AFFAIRES A.I."),
		CHY_LIT("CHARGE D'AFFAIRES"), CHY_LIT("CHARGE D' AFFAIRES"),
		CHY_LIT("CHARGE"),
		CHY_LIT("CDA"), CHY_LIT("DCM"),
		CHY_LIT("DEPUTY CHIEF OF MISSION"), CHY_LIT("A/DCM"),
		CHY_LIT("ACTING DCM"), CHY_LIT("CONSUL GENERAL"),
		CHY_LIT("CG"), CHY_LIT("CONSUL"), CHY_LIT("POLCOUNS"),
		CHY_LIT("POLITICAL COUNSELOR"),
		CHY_LIT("POLITICAL COUNSELLOR"),
		CHY_LIT("ECONOMIC COUNSELOR"), CHY_LIT("ECONCOUNS"),
		CHY_LIT("POLITICAL OFFICER"), CHY_LIT("ECONOMIC OFFICER"),
		CHY_LIT("POLOFF"), CHY_LIT("ECONOFF"),
		CHY_LIT("POL/ECON COUNSELOR"),
		CHY_LIT("POLITICAL MINISTER COUNSELOR"),
		CHY_LIT("POL MINISTER COUNSELOR"),
		CHY_LIT("MINISTER COUNSELOR"),
		CHY_LIT("ACTING POLITICAL MINISTER COUNSELOR"),
		CHY_LIT("COUNSELOR"), CHY_LIT("DEPUTY PRINCIPAL OFFICER"),
		CHY_LIT("PRINCIPAL OFFICER"), CHY_LIT("PO"), CHY_LIT("DPO"),
		CHY_LIT("ASSISTANT SECRETARY"),
		CHY_LIT("DEPUTY ASSISTANT SECRETARY"),
		CHY_LIT("UNDER SECRETARY"), CHY_LIT("UNDERSECRETARY"),
		CHY_LIT("A/S"), CHY_LIT("U/S"), CHY_LIT("DAS"),
		CHY_LIT("PDAS"), CHY_LIT("SECRETARY"), CHY_LIT("DIRECTOR"),
		CHY_LIT("DEPUTY DIRECTOR"), CHY_LIT("ACTING DIRECTOR"),
		CHY_LIT("CHIEF OF MISSION"), CHY_LIT("COM"), CHY_LIT("DR."),
		CHY_LIT("MR."), CHY_LIT("MS."), CHY_LIT("MRS."),
		CHY_LIT("ACTING"), CHY_LIT("DEPUTY"),
		CHY_LIT("SPECIAL REPRESENTATIVE"), CHY_LIT("SPECIAL ENVOY"),
		CHY_LIT("THE"), CHY_LIT("REGIONAL SECURITY OFFICER"),
		CHY_LIT("POLITICAL"), CHY_LIT("ECONOMIC"),
		CHY_LIT("POLITICAL SECTION CHIEF"), CHY_LIT("POLCHIEF"),
		CHY_LIT("EEB"), CHY_LIT("EUR"), CHY_LIT("NEA"),
		CHY_LIT("WHA"), CHY_LIT("MANAGEMENT COUNSELOR"),
		CHY_LIT("PUBLIC AFFAIRS OFFICER"),
		CHY_LIT("POLITICAL/ECONOMIC COUNSELOR"),
		CHY_LIT("POLITICAL-ECONOMIC COUNSELOR"),
		CHY_LIT("POLECONCOUNS"), CHY_LIT("POLMINCOUNS"),
		CHY_LIT("PMIN"), CHY_LIT("ADCM"), CHY_LIT("USNATO"),
	};
	size_t best = 0;
	char a, b;

	if (s.len < 2)
		return 0;
	a = chy_upper(s.ptr[0]);
	b = chy_upper(s.ptr[1]);
	for (size_t i = 0; i < ARRAY_LEN(ranks); i++) {
		chy_slice w = ranks[i];

		if (((a ^ w.ptr[0]) | (b ^ w.ptr[1])) == 0 &&
		    w.len > best && chy_slice_istarts(s, w) &&
		    (w.len == s.len || chy_is_blank(s.ptr[w.len]) ||
		    memchr(":,", s.ptr[w.len], 2) != NULL))
			best = w.len;
	}
	return best;
}

/* Where the name and office end: at the reason, however it is begun. */
static size_t
reason_start(chy_slice s, size_t *ret_text)
{
	size_t at = s.len, digit = s.len;

	for (size_t i = 0; i + 2 < s.len; i++)
		if (s.ptr[i] == '1' && (s.ptr[i + 1] == '.' ||
		    s.ptr[i + 1] == ',') && (s.ptr[i + 2] == '4' ||
		    s.ptr[i + 2] == '5') && (i == 0 ||
		    !chy_is_alnum(s.ptr[i - 1]))) {
			digit = i;
			break;
		}
	for (size_t i = 0; i + 5 < s.len && i < digit + 1; i++)
		if (chy_slice_istarts(chy_slice_from(s, i),
		    CHY_SLICE("REAS"))) {
			at = i;
			break;
		}
	*ret_text = digit;
	if (at > digit)
		at = digit;
	/* "for", "- for", "under" before it go too. */
	for (;;) {
		while (at > 0 && (chy_is_space(s.ptr[at - 1]) ||
		    memchr(",;:.-(", s.ptr[at - 1], 6) != NULL))
			at--;
		if (at >= 4 && chy_slice_ieq(chy_slice_sub(s, at - 4, 4),
		    CHY_SLICE(" FOR")))
			at -= 4;
		else
			return at;
	}
}

/*
 * Letters of the reasons, in any of their forty spellings, to 1.4(b). A letter
 * counts alone, in or out of parentheses; "and" is skipped as a word.
 */
static bool
read_reasons(chy_reading *r, chy_slice s)
{
	char section[4] = "1.4";
	bool parenthesis = false, bare = false;
	size_t i = 0;

	while (i < s.len) {
		char c = chy_lower(s.ptr[i]);
		size_t n;

		if (c == '1' && i + 2 < s.len && (s.ptr[i + 1] == '.' ||
		    s.ptr[i + 1] == ',') && chy_is_digit(s.ptr[i + 2])) {
			section[2] = s.ptr[i + 2];
			i += 3;
			continue;
		}
		if (c == '(')
			parenthesis = true;
		if (!chy_is_alpha(c)) {
			i++;
			continue;
		}
		n = 1;
		while (i + n < s.len && chy_is_alpha(s.ptr[i + n]))
			n++;
		/* "bd" and "B and D" but not "and"; words end the list */
		if (n <= 2 || chy_slice_ieq(chy_slice_sub(s, i, n),
		    CHY_SLICE("AND")) || chy_slice_ieq(chy_slice_sub(s, i, n),
		    CHY_SLICE("OR"))) {
			for (size_t k = 0; n <= 2 && k < n; k++) {
				char l = chy_lower(s.ptr[i + k]);
				char *text;

				if (l < 'a' || l > 'h')
					continue;
				bare |= !parenthesis;
				text = chy_arena_alloc(&r->tel->arena, 8);
				if (text == NULL)
					return false;
				memcpy(text, section, 3);
				text[3] = '(';
				text[4] = l;
				text[5] = ')';
				if (!chy_slices_has(&r->tel->reasons,
				    (chy_slice){ text, 6 }))
					chy_slices_add(r, &r->tel->reasons,
					    (chy_slice){ text, 6 });
			}
		} else if (r->tel->reasons.n > 0) {
			break;
		}
		i += n;
	}
	return bare;
}

/* Where the next word begins, behind blanks and signs. */
static size_t
after_signs(chy_slice s, size_t i)
{
	while (i < s.len && (chy_is_blank(s.ptr[i]) ||
	    memchr(":,", s.ptr[i], 2) != NULL))
		i++;
	return i;
}

/* The length of the ranks that a name has before it, "a.i." and all; where the
 * name begins. */
static size_t
ranks_len(chy_slice who, size_t *ret_name)
{
	size_t len = 0, at = 0, n;

	while ((n = rank_len(chy_slice_from(who, at))) > 0) {
		len = at + n;
		at = after_signs(who, len);
		if (chy_slice_istarts(chy_slice_from(who, at),
		    CHY_SLICE("A.I."))) {
			len = at + 4;
			at = after_signs(who, len);
		}
	}
	*ret_name = at;
	return len;
}

/* NAME, OFFICE or OFFICE NAME to its two parts. */
static void
split_classifier(chy_reading *r, chy_slice who)
{
	chy_telegram *tel = r->tel;
	size_t rank, at, comma;
	chy_slice name;

	who = chy_slice_trim(who);
	while (who.len > 0 && (who.ptr[who.len - 1] == ',' ||
	    who.ptr[who.len - 1] == ';' || who.ptr[who.len - 1] == '.'))
		who = chy_slice_trim(chy_slice_sub(who, 0, who.len - 1));
	name = who;
	tel->classifier_position = CHY_EMPTY;
	rank = ranks_len(who, &at);
	/* An office alone stands for the name. */
	if (at < who.len) {
		tel->classifier_position = chy_slice_sub(who, 0, rank);
		name = chy_slice_from(who, at);
	}
	comma = chy_slice_find(name, CHY_SLICE(","), 0);
	if (comma < name.len) {
		chy_slice office = chy_slice_trim(chy_slice_from(name,
		    comma + 1));

		if (tel->classifier_position.len == 0)
			tel->classifier_position = office;
		name = chy_slice_trim(chy_slice_sub(name, 0, comma));
	}
	tel->classifier_name = name;
	if (name.len > 0)
		chy_slices_add(r, &tel->classified_by, name);
}

/* Where the field ends: an empty line, a label, a numbered paragraph. */
static uint32_t
classified_by_end(chy_reading *r, chy_range g)
{
	uint32_t end = g.to, n, lines = 0;
	chy_para_start ps;

	if (g.to < chy_line(r, r->line).to)
		return end;
	while (r->line + 1 < r->n_lines && ++lines < 12) {
		chy_range line = chy_line(r, r->line + 1);
		chy_slice s = chy_range_text(r, line);

		if (line.from == line.to) {
			/* "Reasons: 1.4 (b)" may stand apart. */
			if (r->line + 2 >= r->n_lines)
				break;
			line = chy_line(r, r->line + 2);
			s = chy_range_text(r, line);
			if (!chy_slice_istarts(s, CHY_SLICE("REASON")) &&
			    !chy_slice_istarts(s, CHY_SLICE("(B)")))
				break;
			r->line++;
		}
		if (chy_label_at(s, &n) != CHY_LABEL_NONE || chy_is_rule(s) ||
		    chy_is_page_line(r, line) || (chy_para_start_at(r, line,
		    &ps) && (ps.number > 0 || ps.rest.to - ps.rest.from > 12)))
			break;
		if (chy_slice_istarts(s, CHY_SLICE("SUMMARY")) ||
		    chy_slice_istarts(s, CHY_SLICE("BEGIN ")))
			break;
		r->line++;
		end = line.to;
	}
	return end;
}

void
chy_read_classified_by(chy_reading *r, chy_range g, uint32_t label_len,
    chy_label_kind kind)
{
	chy_telegram *tel = r->tel;
	chy_range rest;
	chy_slice s;
	size_t who, reasons;

	chy_open(r, CHY_NODE_CLASSIFIED_BY, kind == CHY_LABEL_DERIVED_FROM);
	rest = put_label(r, g, label_len);
	rest.to = classified_by_end(r, rest);
	rest = chy_range_trim(r, rest);
	s = chy_keep_clean(r, rest);
	if (kind == CHY_LABEL_DERIVED_FROM) {
		chy_leaf_put(r, CHY_NODE_CLASSIFIER, rest, 0);
		if (tel->derived_from.len == 0)
			tel->derived_from = s;
	} else {
		uint32_t at, reason;

		who = reason_start(chy_range_text(r, rest), &reasons);
		at = rest.from + (uint32_t)who;
		reason = rest.from + (uint32_t)reasons;
		chy_leaf_put(r, CHY_NODE_CLASSIFIER,
		    (chy_range){ rest.from, at }, 0);
		chy_leaf_put(r, CHY_NODE_REASON,
		    (chy_range){ at, rest.to }, 0);
		if (tel->classified_by.n == 0) {
			if (s.len != rest.to - rest.from)
				who = reason_start(s, &reasons);
			split_classifier(r, chy_slice_sub(s, 0, who));
			if (read_reasons(r, chy_slice_from(s, reasons)) &&
			    tel->reasons.n > 0)
				chy_note(r, CHY_DIAG_REASON_WITHOUT_PARENTHESES,
				    (chy_range){ reason, rest.to },
				    chy_range_text(r, (chy_range){ reason,
				    rest.to }));
		}
	}
	chy_close(r);
}
