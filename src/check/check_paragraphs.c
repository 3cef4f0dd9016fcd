/*
 * Paragraphs, their numbers and marks; the overall mark by high water.
 *
 * Source: 32 CFR 2001.21 to 24; 5 FAH-1 H-246.2; classification.md 10.
 *
 * SPDX-License-Identifier: ISC
 */
#include "check/check_int.h"

#define MARKS_BEGAN	19781201u	/* E.O. 12065 */

/* SBU is U with a control: below every classified level. */
static chy_level
level_of(const chy_mark *m)
{
	return m->level == CHY_LEVEL_LIMITED_OFFICIAL_USE ?
	    CHY_LEVEL_UNCLASSIFIED : m->level;
}

/* The mark of the paragraph is of the whole text. */
static bool
is_entire(const chy_paragraph *p)
{
	return (p->mark.len > 8 && chy_has_word(p->mark, "ENTIRE")) ||
	    (chy_upper(p->text.len > 0 ? p->text.ptr[0] : 0) != 0 &&
	    p->text.len < 60 && (chy_has_text(p->text, "ENTIRE TEXT") ||
	    chy_has_text(p->text, "ENTIRE CABLE") ||
	    chy_has_text(p->text, "ENTIRE MESSAGE")));
}

/* "(N/SF) ...", "(/REL UK) ...", "(SS) ...": a mark that cannot be read, at
 * the start of a paragraph. Its length with the parentheses; 0. */
static size_t
unreadable_mark(chy_slice s)
{
	size_t end = 1, at = 1;
	bool control = false, typo = true;

	if (s.len < 4 || s.ptr[0] != '(')
		return 0;
	/* (/Rel UK): whatever follows, the level is not there. */
	if (s.ptr[1] == '/') {
		while (end < s.len && end < 40 && s.ptr[end] != ')')
			end++;
		return end < s.len && s.ptr[end] == ')' ? end + 1 : 0;
	}
	while (end < s.len && end < 24 && s.ptr[end] != ')') {
		char c = s.ptr[end];

		if (!chy_is_upper(c) && c != '/' && c != '-' &&
		    !chy_is_blank(c) && c != ',')
			return 0;
		if (memchr("SCUTBNF/", c, 8) == NULL)
			typo = false;
		end++;
	}
	if (end >= s.len || s.ptr[end] != ')' || end < 3)
		return 0;
	while (at < end) {
		size_t from = at;
		chy_slice w;

		while (at < end && chy_is_upper(s.ptr[at]))
			at++;
		w = chy_slice_sub(s, from, at - from);
		control |= chy_slice_eq(w, CHY_SLICE("NF")) ||
		    chy_slice_eq(w, CHY_SLICE("NOFORN")) ||
		    chy_slice_eq(w, CHY_SLICE("REL")) ||
		    chy_slice_eq(w, CHY_SLICE("FGI")) ||
		    chy_slice_eq(w, CHY_SLICE("SF"));
		at++;
	}
	return control || (typo && end <= 6) ? end + 1 : 0;
}

/*
 * A mark at the start of the text that the reader does not take, for it has
 * small letters or is long: (S/Rel China), (S//REL AFGHANISTAN, ...). A
 * person reads it. Empty: there is none.
 */
static chy_slice
mark_in_text(chy_slice s)
{
	size_t end = 1, n = 1;
	char level[4];

	if (s.len < 3 || s.ptr[0] != '(')
		return CHY_EMPTY;
	while (end < s.len && end < 200 && s.ptr[end] != ')' &&
	    s.ptr[end] != '(')
		end++;
	if (end >= s.len || s.ptr[end] != ')')
		return CHY_EMPTY;
	while (n < end && n < 5 && chy_is_alpha(s.ptr[n]))
		n++;
	if (n < 2 || n > 4 || (n < end && memchr("/- ,", s.ptr[n], 4) ==
	    NULL))
		return CHY_EMPTY;
	for (size_t i = 1; i < n; i++)
		level[i - 1] = chy_upper(s.ptr[i]);
	if (!chy_slice_eq((chy_slice){ level, n - 1 }, CHY_SLICE("SBU")) &&
	    chy_level_parse((chy_slice){ level, n - 1 }) == CHY_LEVEL_NONE)
		return CHY_EMPTY;
	/* (U.S. officials ...) and (S. Africa) are words. */
	if (n < end && s.ptr[n] == ' ' && !chy_has_word(chy_slice_sub(s, n,
	    end - n), "REL") && !chy_has_word(chy_slice_sub(s, n, end - n),
	    "NF"))
		return CHY_EMPTY;
	return chy_slice_sub(s, 0, end + 1);
}

/* The notice that traffic at MINIMIZE was thought of, and what publication
 * has cut to "...", hold nothing to mark. */
static bool
holds_nothing(const chy_paragraph *p)
{
	chy_slice s = chy_slice_sub(p->text, 0, 40);

	return chy_has_text(s, "MINIMIZE") || (s.len < 8 &&
	    chy_has_text(s, "...")) || (s.len < 20 && (chy_slice_istarts(s,
	    CHY_SLICE("XXXXXX")) || (s.len > 0 && s.ptr[0] == '['))) ||
	    chy_slice_istarts(s, CHY_SLICE("CLASSIFIED BY"));
}

/* C) Summary, (C Summary: half of the parentheses. */
static size_t
half_mark(chy_slice s)
{
	size_t i = s.len > 0 && s.ptr[0] == '(';
	size_t from = i;

	while (i < s.len && i < 6 && (chy_is_upper(s.ptr[i]) ||
	    s.ptr[i] == '/'))
		i++;
	if (i == from || i >= s.len || chy_level_parse(chy_slice_sub(s, from,
	    1)) == CHY_LEVEL_NONE || i - from > 4)
		return 0;
	if (from == 0)
		return s.ptr[i] == ')' ? i + 1 : 0;
	return s.ptr[i] == ' ' && memchr(s.ptr, ')', s.len < 40 ? s.len :
	    40) == NULL ? i : 0;
}

static uint32_t
mark_node(const chy_checking *c, const chy_paragraph *p)
{
	uint32_t leaf = chy_node_below(c, p->node, CHY_NODE_MARK);

	return leaf != CHY_NO_NODE ? leaf : p->node;
}

static void
report_mark(chy_checking *c, chy_diag diag, const chy_paragraph *p,
    chy_slice detail)
{
	chy_report_node(c, diag, mark_node(c, p), detail);
}

/* Summary: (C) ...: what follows a label and its sign. */
static chy_slice
after_label(const chy_paragraph *p)
{
	chy_slice s = p->clean;

	while (s.len > 0 && (chy_is_space(s.ptr[0]) || s.ptr[0] == ':' ||
	    s.ptr[0] == '.'))
		s = chy_slice_from(s, 1);
	return s;
}

static void
paragraph_unmarked(chy_checking *c, const chy_paragraph *p)
{
	uint32_t leaf = chy_node_below(c, p->node, CHY_NODE_NUMBER);
	size_t n = unreadable_mark(p->text);
	chy_slice s = chy_node_text(c, p->node);
	size_t in;

	if (mark_in_text(p->text).len > 0 || holds_nothing(p) ||
	    mark_in_text(after_label(p)).len > 0)
		return;
	if (n == 0)
		n = half_mark(p->text);
	if (n > 0) {
		in = chy_slice_find(s, chy_slice_sub(p->text, 0, n), 0);
		chy_report(c, CHY_DIAG_PORTION_MARK_UNREADABLE,
		    chy_node_at(c, p->node)->off + (in < s.len ?
		    (uint32_t)in : 0), (uint32_t)n,
		    chy_slice_sub(p->text, 0, n));
		return;
	}
	chy_report_fmt(c, CHY_DIAG_PARAGRAPH_UNMARKED,
	    chy_node_at(c, leaf != CHY_NO_NODE ? leaf : p->node)->off,
	    leaf != CHY_NO_NODE ? chy_node_at(c, leaf)->len : 0,
	    "paragraph %u", p->number);
}

typedef struct tally {
	uint32_t  marked, unmarked, free, nothing; /* paragraphs */
	chy_level highest;
	bool	  noforn, entire;
} tally;

static void
count(const chy_checking *c, tally *t)
{
	*t = (tally){ .highest = CHY_LEVEL_NONE };
	/* The subject is a portion like any other. */
	if (c->tel->subject_mark.len > 0) {
		chy_mark m = chy_mark_read(c->tel->subject_mark);

		t->highest = level_of(&m);
	}
	for (uint32_t i = 0; i < c->tel->n_paragraphs; i++) {
		const chy_paragraph *p = &c->tel->paragraphs[i];

		if (p->mark.len > 0) {
			chy_mark m = chy_mark_read(p->mark);

			t->marked++;
			if (level_of(&m) > t->highest)
				t->highest = level_of(&m);
			t->noforn |= m.noforn;
			t->entire |= m.entire;
			/* A mark without level takes the overall. */
			if (m.level == CHY_LEVEL_NONE)
				t->free++;
		} else if (p->embedded != 0 || holds_nothing(p)) {
			t->nothing++;
			continue;
		} else if (mark_in_text(p->text).len > 0 ||
		    half_mark(p->text) > 0) {
			t->marked++;
			t->free++;
		} else if (p->number > 0) {
			t->unmarked++;
		} else {
			t->free++;
		}
		if (i == 0)
			t->entire |= is_entire(p);
	}
}

/* The document says that parts together are classified. */
static bool
is_compilation(const chy_checking *c)
{
	for (uint32_t i = 0; i < c->tel->n_paragraphs; i++)
		if (chy_has_text(c->tel->paragraphs[i].text, "COMPILATION"))
			return true;
	return false;
}

/* A point inside a paragraph has a mark of that level, or NOFORN. */
static bool
marks_inside(const chy_checking *c, chy_level level)
{
	for (uint32_t i = 0; i < c->tel->n_paragraphs; i++) {
		chy_slice s = c->tel->paragraphs[i].text;

		for (size_t k = 0; k + 2 < s.len; k++) {
			size_t n = 1;

			if (s.ptr[k] != '(')
				continue;
			while (k + n < s.len && n < 4 &&
			    chy_is_upper(s.ptr[k + n]))
				n++;
			if (level == CHY_LEVEL_NONE ? chy_has_text(
			    chy_slice_sub(s, k, 12), "NF") || chy_has_text(
			    chy_slice_sub(s, k, 12), "NOFORN") :
			    n > 1 && chy_level_parse(chy_slice_sub(s, k + 1,
			    n - 1)) == level)
				return true;
		}
	}
	return false;
}

static void
entire_text(chy_checking *c)
{
	for (uint32_t i = 0; i < c->tel->n_paragraphs; i++)
		if (is_entire(&c->tel->paragraphs[i])) {
			report_mark(c, CHY_DIAG_ENTIRE_TEXT_MARK,
			    &c->tel->paragraphs[i],
			    c->tel->paragraphs[i].mark);
			return;
		}
}

/* NOFORN that was printed on the class line or as a caption. */
static uint32_t
noforn_printed(const chy_checking *c)
{
	uint32_t from = c->first[CHY_NODE_CLASS_LINE];

	for (uint32_t i = from; i < c->tel->n_nodes; i++) {
		const chy_node *n = chy_node_at(c, i);

		if (n->kind == CHY_NODE_BODY)
			break;
		if ((n->kind == CHY_NODE_CAVEAT || n->kind ==
		    CHY_NODE_CAPTION) && chy_has_word(chy_node_text(c, i),
		    "NOFORN"))
			return i;
	}
	return CHY_NO_NODE;
}

void
chy_rule_portions(chy_checking *c, uint32_t node)
{
	const chy_telegram *tel = c->tel;
	uint32_t word = c->first[CHY_NODE_CLASSIFICATION], noforn;
	tally t;

	(void)node;
	count(c, &t);
	if (t.entire)
		entire_text(c);
	if (tel->n_paragraphs == t.nothing)
		return;
	if (t.marked == 0 && !t.entire) {
		if (c->classified && (c->day >= MARKS_BEGAN ||
		    (c->day == 0 && c->opts->drafting)) && word != CHY_NO_NODE)
			chy_report_node(c, CHY_DIAG_NO_PORTION_MARKS,
			    tel->paragraphs[0].node, CHY_EMPTY);
		return;
	}
	for (uint32_t i = 0; i < tel->n_paragraphs && c->classified &&
	    !t.entire; i++) {
		const chy_paragraph *p = &tel->paragraphs[i];

		if (p->mark.len > 0) {
			chy_mark m = chy_mark_read(p->mark);

			if (m.level == CHY_LEVEL_NONE)
				report_mark(c,
				    CHY_DIAG_PORTION_MARK_UNREADABLE, p,
				    p->mark);
		} else if (p->number > 0 && p->embedded == 0) {
			paragraph_unmarked(c, p);
		}
	}
	if (c->classified && word != CHY_NO_NODE && t.unmarked == 0 &&
	    t.free == 0 && !t.entire && t.highest < tel->level &&
	    t.highest != CHY_LEVEL_NONE && tel->n_embedded == 0 &&
	    c->whole && !is_compilation(c) && !marks_inside(c, tel->level))
		chy_report_fmt(c, CHY_DIAG_OVERALL_ABOVE_PORTIONS,
		    chy_node_at(c, word)->off, chy_node_at(c, word)->len,
		    "%s, and the highest portion %s",
		    chy_level_name(tel->level), chy_level_name(t.highest));
	if (!t.noforn && t.marked > 0 && chy_has_caption(c, "NOFORN")) {
		noforn = noforn_printed(c);
		/* What is not marked takes the overall with its NOFORN. */
		if (noforn != CHY_NO_NODE && t.unmarked == 0 && t.free == 0 &&
		    !t.entire && !marks_inside(c, CHY_LEVEL_NONE))
			chy_report_node(c, CHY_DIAG_NOFORN_WITHOUT_PORTION,
			    noforn, CHY_EMPTY);
	}
}


/* ---- portions against the overall ---- */

static const struct {
	const char *token;
	size_t	    offset;	/* of its flag in chy_mark */
} controls[] = {
	{ "NOFORN", offsetof(chy_mark, noforn) },
	{ "ORCON", offsetof(chy_mark, orcon) },
	{ "PROPIN", offsetof(chy_mark, propin) },
};

static bool
overall_has(const chy_checking *c, const char *token)
{
	/* NODIS and EXDIS imply NOFORN (CAPCO-2016 H.9). */
	return chy_has_caption(c, token) || (strcmp(token, "NOFORN") == 0 &&
	    (chy_has_caption(c, "NODIS") || chy_has_caption(c, "EXDIS") ||
	    chy_has_caption(c, "SBU-NF")));
}

/* A control of an unclassified telegram, under any of its names. */
static bool
overall_controlled(const chy_checking *c)
{
	return chy_has_caption(c, "SENSITIVE") || chy_has_caption(c, "FOUO") ||
	    chy_has_caption(c, "SBU-NF") || chy_has_caption(c, "CUI") ||
	    chy_has_caption(c, "LIMITED OFFICIAL USE") ||
	    chy_has_caption(c, "LES") || chy_has_caption(c, "SSI");
}

/* The countries of a REL TO caption: the rest of its line. */
static bool
overall_release(const chy_checking *c, chy_slice *ret)
{
	for (uint32_t i = c->first[CHY_NODE_CAPTION]; i < c->tel->n_nodes &&
	    chy_node_at(c, i)->kind != CHY_NODE_BODY; i++) {
		chy_slice s = chy_node_text(c, i);
		uint32_t off = chy_node_at(c, i)->off;
		chy_span line;

		if (chy_node_at(c, i)->kind != CHY_NODE_CAPTION ||
		    !chy_slice_istarts(s, CHY_SLICE("REL")) ||
		    chy_slice_istarts(s, CHY_SLICE("RELIDO")))
			continue;
		line = chy_line_at(c, off);
		s = (chy_slice){ c->p + off, line.off + line.len - off };
		s = chy_slice_trim(chy_slice_from(s, 3));
		if (chy_slice_istarts(s, CHY_SLICE("TO ")))
			s = chy_slice_trim(chy_slice_from(s, 3));
		*ret = s;
		return true;
	}
	return false;
}

static bool
is_in_list(chy_slice list, chy_slice item)
{
	size_t at = 0;
	chy_slice other;

	while (chy_release_next(list, &at, &other))
		if (chy_slice_ieq(other, item))
			return true;
	return chy_slice_ieq(item, CHY_SLICE("USA"));
}

/* Some country may have the whole but not the portion. */
static bool
is_wider(chy_slice overall, const chy_mark *m)
{
	size_t at = 0;
	chy_slice item;

	while (chy_release_next(overall, &at, &item))
		if (!chy_slice_ieq(item, CHY_SLICE("USA")) && (m->noforn ||
		    (m->rel && !is_in_list(m->rel_list, item))))
			return true;
	return false;
}

static void
check_portion(chy_checking *c, uint32_t node, const chy_mark *m,
    const chy_slice *release, unsigned *told)
{
	chy_level own = c->tel->level;
	chy_slice s = chy_node_text(c, node);

	if (own == CHY_LEVEL_LIMITED_OFFICIAL_USE)
		own = CHY_LEVEL_UNCLASSIFIED;
	if (level_of(m) > own)
		chy_report_node(c, CHY_DIAG_PORTION_ABOVE_OVERALL, node, s);
	for (size_t k = 0; k < ARRAY_LEN(controls); k++) {
		const bool *flag = (const bool *)(const void *)
		    ((const char *)m + controls[k].offset);

		if (!*flag || (*told & (1u << k)) != 0 ||
		    overall_has(c, controls[k].token))
			continue;
		*told |= 1u << k;
		chy_report_node(c, CHY_DIAG_PORTION_CONTROL_NOT_OVERALL, node,
		    chy_slice_of(controls[k].token));
	}
	/* In a classified telegram SBU says nothing more. */
	if (m->sbu && c->unclassified && (*told & 0x80u) == 0 &&
	    c->tel->level == CHY_LEVEL_UNCLASSIFIED &&
	    !overall_controlled(c)) {
		*told |= 0x80u;
		chy_report_node(c, CHY_DIAG_PORTION_CONTROL_NOT_OVERALL, node,
		    m->fouo ? CHY_SLICE("FOUO") : CHY_SLICE("SENSITIVE"));
	}
	if (release != NULL && is_wider(*release, m))
		chy_report_node(c, CHY_DIAG_OVERALL_RELEASES_WIDER, node, s);
}

void
chy_rule_overall(chy_checking *c, uint32_t node)
{
	bool atomic = chy_has_caption(c, "RESTRICTED DATA") ||
	    chy_has_caption(c, "FORMERLY RESTRICTED DATA") ||
	    chy_has_caption(c, "TFNI");
	uint32_t line = c->first[CHY_NODE_DECLASSIFICATION];
	chy_slice list;
	bool released = overall_release(c, &list);
	unsigned told = 0;

	(void)node;
	for (uint32_t i = c->first[CHY_NODE_MARK]; i < c->tel->n_nodes; i++) {
		chy_slice s;
		chy_mark m;

		if (chy_node_at(c, i)->kind != CHY_NODE_MARK)
			continue;
		s = chy_node_text(c, i);
		m = chy_mark_read(s);
		atomic |= m.atomic;
		if (c->tel->level_basis == CHY_BASIS_TEXT &&
		    (chy_level)c->tel->level != CHY_LEVEL_NONE)
			check_portion(c, i, &m, released ? &list : NULL,
			    &told);
	}
	if (atomic && line != CHY_NO_NODE &&
	    c->tel->declass.kind == CHY_DECLASS_DATE)
		chy_report_node(c, CHY_DIAG_DECL_DATE_ON_ATOMIC_DATA, line,
		    CHY_EMPTY);
}

/* One mark by itself. */
void
chy_rule_mark(chy_checking *c, uint32_t node)
{
	const chy_node *n = chy_node_at(c, node);
	chy_slice s = chy_node_text(c, node), item;
	chy_mark m;
	size_t at = 0;

	if (s.len < 6)		/* (C), (S), (U), (SBU) */
		return;
	m = chy_mark_read(s);
	if (m.noforn && (m.rel || m.relido || m.eyes || m.display))
		chy_report_node(c, CHY_DIAG_NOFORN_WITH_RELEASE, node, s);
	if (m.rel && (chy_has_caption(c, "NODIS") ||
	    chy_has_caption(c, "EXDIS")))
		chy_report_node(c, CHY_DIAG_NODIS_WITH_RELEASE, node, s);
	while (m.rel && chy_release_next(m.rel_list, &at, &item))
		if (!chy_release_known(item) && !chy_slice_eq(item,
		    CHY_SLICE("NF")))
			chy_report(c, CHY_DIAG_RELEASE_COUNTRY_UNKNOWN,
			    n->off + (uint32_t)(item.ptr - s.ptr),
			    (uint32_t)item.len, item);
}


/* ---- numbers ---- */

/* Each numbered paragraph follows the one before; the first break is told,
 * for after it the rest is off as well. */
void
chy_rule_paragraph_numbers(chy_checking *c, uint32_t node)
{
	const chy_telegram *tel = c->tel;
	const chy_paragraph *only = NULL;
	uint32_t last = 0, numbered = 0, others = 0, leaf;
	char sign, first_sign = 0;
	bool told = false;

	(void)node;
	for (uint32_t i = 0; i < tel->n_paragraphs; i++) {
		const chy_paragraph *p = &tel->paragraphs[i];

		if (p->embedded != 0)
			continue;
		if (p->number == 0) {
			others++;
			continue;
		}
		/* 1) in a text of 1. is a point of a list. */
		leaf = chy_node_below(c, p->node, CHY_NODE_NUMBER);
		if (leaf == CHY_NO_NODE)
			continue;
		sign = c->p[chy_node_at(c, leaf)->off +
		    chy_node_at(c, leaf)->len];
		if (numbered == 0)
			first_sign = sign;
		if (sign != first_sign) {
			others++;
			continue;
		}
		if (numbered++ == 0)
			only = p;
		/* A later section goes on from the one before. */
		if (!told && p->number != last + 1 && !(last == 0 &&
		    !c->whole)) {
			if (last == 0)
				chy_report_fmt(c, CHY_DIAG_PARAGRAPH_NUMBERS,
				    chy_node_at(c, leaf)->off,
				    chy_node_at(c, leaf)->len,
				    "begins with %u", p->number);
			else
				chy_report_fmt(c, CHY_DIAG_PARAGRAPH_NUMBERS,
				    chy_node_at(c, leaf)->off,
				    chy_node_at(c, leaf)->len,
				    "%u after %u", p->number, last);
			told = true;
		}
		last = p->number;
	}
	if (numbered == 1 && others == 0 && c->whole && tel->sections < 2 &&
	    !holds_nothing(only))
		chy_report_node(c, CHY_DIAG_SINGLE_PARAGRAPH_NUMBERED,
		    chy_node_below(c, only->node, CHY_NODE_NUMBER),
		    CHY_EMPTY);
}
