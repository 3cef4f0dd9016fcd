/*
 * Captions, and the lines between them and the E.O. line.
 *
 * Source: 5 FAH-2 H-252, H-440; classification.md 2; data/captions.tsv.
 *
 * SPDX-License-Identifier: ISC
 */
#include "check/check_int.h"

#define CAPTIONS	32u	/* more than any telegram has */

const chy_caption *
chy_caption_of(const chy_checking *c, uint32_t node)
{
	chy_slice s = chy_node_text(c, node);
	const chy_caption *row = chy_vocab_caption(s);
	char letters[40];
	size_t n;

	if (row != NULL)
		return row;
	/* SENSI TIVE, C O R R E C T E D  C O P Y */
	n = chy_squeeze(s, letters, sizeof(letters));
	if (n == 13 && memcmp(letters, "CORRECTEDCOPY", 13) == 0)
		return chy_vocab_caption(CHY_SLICE("CORRECTED COPY"));
	return chy_vocab_caption((chy_slice){ letters, n });
}

bool
chy_has_caption(const chy_checking *c, const char *token)
{
	chy_slice s = chy_slice_of(token);

	return chy_has_slice(&c->tel->captions, s) ||
	    chy_has_slice(&c->tel->caveats, s);
}

/* The captions in order, without markers such as CORRECTED COPY. */
typedef struct captions {
	const chy_caption *row[CAPTIONS];
	uint32_t	   node[CAPTIONS];
	uint32_t	   n;
} captions;

static void
gather(const chy_checking *c, captions *caps)
{
	caps->n = 0;
	if (c->count[CHY_NODE_CAPTION] == 0)
		return;
	for (uint32_t i = c->first[CHY_NODE_CAPTION];
	    i < c->tel->n_nodes && caps->n < CAPTIONS; i++) {
		const chy_caption *row;

		if (chy_node_at(c, i)->kind == CHY_NODE_BODY)
			break;
		if (chy_node_at(c, i)->kind != CHY_NODE_CAPTION)
			continue;
		row = chy_caption_of(c, i);
		if (row == NULL || row->family == CHY_CAPTION_MARKER)
			continue;
		caps->row[caps->n] = row;
		caps->node[caps->n++] = i;
	}
}

static bool
is(const chy_caption *row, const char *token)
{
	return chy_slice_eq(row->token, chy_slice_of(token));
}

static bool
is_release(const chy_caption *row)
{
	return is(row, "REL TO") || is(row, "RELIDO") ||
	    is(row, "EYES ONLY") || is(row, "DISPLAY ONLY");
}

static bool
stands_alone(const chy_caption *row)
{
	return is(row, "AGREMENT CHANNEL") || is(row, "DIRGEN CHANNEL");
}

/* The rule that names a pair; CHY_DIAG_COUNT: they may stand together. */
static chy_diag
rule_of_pair(const chy_caption *a, const chy_caption *b)
{
	if ((is(a, "NODIS") && is(b, "EXDIS")) ||
	    (is(a, "EXDIS") && is(b, "NODIS")))
		return CHY_DIAG_NODIS_WITH_EXDIS;
	if ((is(a, "NODIS") || is(a, "EXDIS")) && is(b, "REL TO"))
		return CHY_DIAG_NODIS_WITH_RELEASE;
	if (is(a, "SIPDIS") && (is(b, "NODIS") || is(b, "STADIS") ||
	    b->channel))
		return CHY_DIAG_SIPDIS_WITH_RESTRICTION;
	if (is(a, "NOFORN") && is_release(b))
		return CHY_DIAG_NOFORN_WITH_RELEASE;
	if ((a->channel && b->channel) || (stands_alone(a) &&
	    !is(b, "SIPDIS")))
		return CHY_DIAG_CHANNELS_TOGETHER;
	return CHY_DIAG_COUNT;
}

void
chy_rule_captions_pairs(chy_checking *c, uint32_t node)
{
	captions caps;

	(void)node;
	gather(c, &caps);
	for (uint32_t i = 1; i < caps.n; i++)
		for (uint32_t k = 0; k < i; k++) {
			const chy_caption *a = caps.row[k], *b = caps.row[i];
			chy_diag diag;

			if (a == b)
				continue;
			diag = rule_of_pair(a, b);
			if (diag == CHY_DIAG_COUNT)
				diag = rule_of_pair(b, a);
			if (diag == CHY_DIAG_COUNT) {
				if (!chy_vocab_captions_conflict(a, b))
					continue;
				diag = CHY_DIAG_CAPTIONS_CONFLICT;
			}
			chy_report_fmt(c, diag,
			    chy_node_at(c, caps.node[i])->off,
			    chy_node_at(c, caps.node[i])->len,
			    "%.*s with %.*s", CHY_ARG(b->token),
			    CHY_ARG(a->token));
		}
}

/* From the most to the least restrictive: special handling and channels;
 * what restricts by nationality; administrative; routing. */
static int
restriction(const chy_caption *row)
{
	switch (row->family) {
	case CHY_CAPTION_F2:
		return is(row, "LIMDIS") ? 5 : is(row, "STADIS") ? 6 :
		    is(row, "EXDIS") ? 7 : is(row, "NODIS") ? 8 : 9;
	case CHY_CAPTION_AEA:
	case CHY_CAPTION_F1:
		return 4;
	case CHY_CAPTION_F3:
		return 3;
	case CHY_CAPTION_F4:
		return 2;
	case CHY_CAPTION_MARKER:
		break;
	}
	return 0;
}

void
chy_rule_captions_order(chy_checking *c, uint32_t node)
{
	captions caps;

	(void)node;
	gather(c, &caps);
	for (uint32_t i = 1; i < caps.n; i++) {
		const chy_caption *a = caps.row[i - 1], *b = caps.row[i];

		if (b->channel) {
			chy_report_node(c, CHY_DIAG_CHANNEL_NOT_FIRST,
			    caps.node[i], b->token);
			return;
		}
		if (restriction(b) > restriction(a)) {
			chy_report_fmt(c, CHY_DIAG_CAPTIONS_NOT_FALLING,
			    chy_node_at(c, caps.node[i])->off,
			    chy_node_at(c, caps.node[i])->len,
			    "%.*s after %.*s", CHY_ARG(b->token),
			    CHY_ARG(a->token));
			return;
		}
	}
}

#define NOFORN_PRINTED	20100627u

void
chy_rule_captions_level(chy_checking *c, uint32_t node)
{
	captions caps;
	bool controlled = chy_has_caption(c, "SENSITIVE") ||
	    chy_has_caption(c, "CUI") || chy_has_caption(c, "FOUO") ||
	    chy_has_caption(c, "LIMITED OFFICIAL USE") ||
	    c->tel->level == CHY_LEVEL_LIMITED_OFFICIAL_USE;
	bool told = false;

	(void)node;
	gather(c, &caps);
	for (uint32_t i = 0; i < caps.n; i++) {
		const chy_caption *row = caps.row[i];

		if (is(row, "SENSITIVE") && c->classified && !told) {
			told = true;
			chy_report_node(c, CHY_DIAG_SENSITIVE_ON_CLASSIFIED,
			    caps.node[i], CHY_EMPTY);
		}
		if (is(row, "AGREMENT CHANNEL") && c->unclassified &&
		    !controlled)
			chy_report_node(c, CHY_DIAG_AGREMENT_UNCONTROLLED,
			    caps.node[i], CHY_EMPTY);
		if ((is(row, "NODIS") || is(row, "EXDIS")) &&
		    c->day >= NOFORN_PRINTED && !chy_has_caption(c, "NOFORN"))
			chy_report_node(c, CHY_DIAG_NOFORN_IMPLIED,
			    caps.node[i], row->token);
	}
}

void
chy_rule_official_informal(chy_checking *c, uint32_t node)
{
	bool subject = chy_has_text(c->tel->subject, "OFFICIAL INFORMAL") ||
	    chy_has_text(c->tel->subject, "OFFICIAL-INFORMAL");
	uint32_t line = c->first[CHY_NODE_SUBJECT_LINE];
	captions caps;

	(void)node;
	gather(c, &caps);
	for (uint32_t i = 0; i < caps.n; i++) {
		if (!is(caps.row[i], "OFFICIAL INFORMAL"))
			continue;
		if (!subject)
			chy_report_node(c, CHY_DIAG_OFFICIAL_INFORMAL_ONCE,
			    caps.node[i], CHY_SLICE("not in SUBJECT"));
		return;
	}
	if (subject && line != CHY_NO_NODE)
		chy_report_node(c, CHY_DIAG_OFFICIAL_INFORMAL_ONCE, line,
		    CHY_SLICE("not on the caption line"));
}

void
chy_rule_caption_line(chy_checking *c, uint32_t node)
{
	uint32_t end = chy_node_end(c, node);
	const chy_caption *before = NULL;

	for (uint32_t i = node + 1; i < end; i++) {
		const chy_caption *row;
		chy_slice s = chy_node_text(c, i);
		size_t lower;

		if (chy_node_at(c, i)->kind != CHY_NODE_CAPTION)
			continue;
		lower = chy_first_lower(s);
		if (lower < s.len)
			chy_report(c, CHY_DIAG_LOWER_CASE_IN_HEADING,
			    chy_node_at(c, i)->off + (uint32_t)lower, 1,
			    CHY_EMPTY);
		row = chy_caption_of(c, i);
		if (row == NULL || row->family == CHY_CAPTION_MARKER)
			continue;
		if (before != NULL && before != row)
			chy_report_node(c, CHY_DIAG_CAPTIONS_ON_ONE_LINE, i,
			    row->token);
		before = row;
		/* The first of its kind, in the same heading of a section. */
		for (uint32_t k = c->first[CHY_NODE_CAPTION]; k < i; k++)
			if (chy_node_at(c, k)->kind == CHY_NODE_CAPTION &&
			    chy_caption_of(c, k) == row) {
				chy_report_node(c, CHY_DIAG_CAPTION_TWICE, i,
				    row->token);
				break;
			}
	}
}


/* ---- lines that the reader did not understand ---- */

static bool
has_year(chy_slice s)
{
	for (size_t i = 0; i + 4 <= s.len; i++)
		if (chy_all_digits(chy_slice_sub(s, i, 4)) &&
		    (i == 0 || !chy_is_digit(s.ptr[i - 1])))
			return true;
	return false;
}

/*
 * A stamp of declassification names who, and when (32 CFR 2001.25); whether
 * the old marks are struck cannot be seen in a text. One of reclassification
 * names more.
 */
static bool
check_stamp(chy_checking *c, uint32_t node, chy_slice s)
{
	uint32_t off = chy_node_at(c, node)->off;

	/* A stamp may run over two lines. */
	if (s.len > 12 && chy_slice_istarts(chy_slice_from(s, 2),
	    CHY_SLICE("CLASSIFIED"))) {
		chy_span line = chy_line_at(c, off);
		uint32_t next = line.off + line.len;

		while (next < c->len && c->p[next] != '\n')
			next++;
		if (++next < c->len)
			line.len = chy_line_at(c, next).off +
			    chy_line_at(c, next).len - line.off;
		s = chy_span_text(c, line);
	}
	if (chy_slice_istarts(s, CHY_SLICE("DECLASSIFIED"))) {
		bool who = chy_has_word(s, "BY") ||
		    chy_has_text(s, "AUTHORITY") || chy_has_word(s, "REVIEW") ||
		    chy_has_word(s, "DEPARTMENT") || chy_has_word(s, "GUIDE");

		if (!who || !has_year(s))
			chy_report_node(c,
			    CHY_DIAG_DECLASSIFIED_COPY_INCOMPLETE, node,
			    !who ? CHY_SLICE("authority") :
			    CHY_SLICE("date"));
		return true;
	}
	if (chy_slice_istarts(s, CHY_SLICE("RECLASSIFIED"))) {
		bool level = chy_has_word(s, "CONFIDENTIAL") ||
		    chy_has_word(s, "SECRET");
		chy_slice what = !level ? CHY_SLICE("level") :
		    !chy_has_word(s, "BY") ? CHY_SLICE("authority") :
		    !chy_has_text(s, "DECL") ? CHY_SLICE("instruction") :
		    !chy_has_text(s, "REASON") ? CHY_SLICE("reason") :
		    !has_year(s) ? CHY_SLICE("date") : CHY_EMPTY;

		if (chy_slice_istarts(chy_slice_from(s, 2),
		    CHY_SLICE("CLASSIFIED")) && what.len > 0)
			chy_report_node(c, CHY_DIAG_RECLASSIFICATION_INCOMPLETE,
			    node, what);
		return true;
	}
	return false;
}

/*
 * One or two words in capitals right below the class line or a caption are
 * taken for a caption; a longer line, or one further down, for attention
 * text.
 */
static bool
is_like_caption(const chy_checking *c, uint32_t node, chy_slice s)
{
	uint32_t before = node > 0 ? node - 1 : 0;
	size_t at = 0;
	chy_slice word;
	unsigned words = 0;

	while (before > 0 && chy_node_at(c, before)->depth > 1)
		before--;
	if (chy_node_at(c, before)->kind != CHY_NODE_CLASS_LINE &&
	    chy_node_at(c, before)->kind != CHY_NODE_CAPTION_LINE)
		return false;
	while (chy_next_word(s, &at, &word)) {
		for (size_t i = 0; i < word.len; i++)
			if (!chy_is_upper(word.ptr[i]) && word.ptr[i] != '-')
				return false;
		if (word.len < 4)
			return false;
		words++;
	}
	return words == 1 || (words == 2 && chy_has_word(s, "CHANNEL")) ||
	    (words == 2 && chy_has_word(s, "ONLY"));
}

/* Why a copy was corrected, and the second line of a stamp. */
static bool
belongs_to_before(const chy_checking *c, uint32_t node)
{
	chy_slice s;

	for (uint32_t i = node; i-- > 0 && node - i < 4;) {
		const chy_node *n = chy_node_at(c, i);

		s = chy_node_text(c, i);
		if (n->kind == CHY_NODE_RESIDUE &&
		    chy_has_text(s, "CLASSIFIED"))
			return true;
		if (n->kind == CHY_NODE_CAPTION) {
			const chy_caption *row = chy_caption_of(c, i);

			return row != NULL && is(row, "CORRECTED COPY");
		}
	}
	return false;
}

void
chy_rule_unread_lines(chy_checking *c, uint32_t node)
{
	uint32_t first = c->first[CHY_NODE_CLASS_LINE];
	bool field = false;

	(void)node;
	if (c->count[CHY_NODE_UNREAD] == 0 &&
	    c->count[CHY_NODE_RESIDUE] == 0)
		return;
	for (uint32_t i = c->count[CHY_NODE_UNREAD] > 0 ? 0 :
	    c->first[CHY_NODE_RESIDUE]; i < c->tel->n_nodes; i++) {
		const chy_node *n = chy_node_at(c, i);
		chy_slice s;

		if (n->kind == CHY_NODE_EO_LINE ||
		    n->kind == CHY_NODE_TAGS_LINE ||
		    n->kind == CHY_NODE_SUBJECT_LINE ||
		    n->kind == CHY_NODE_BODY)
			field = true;
		if (n->kind != CHY_NODE_UNREAD && n->kind != CHY_NODE_RESIDUE)
			continue;
		s = chy_node_text(c, i);
		if (check_stamp(c, i, s) || belongs_to_before(c, i) || n->kind == CHY_NODE_RESIDUE ||
		    field || n->depth != 1 || first == CHY_NO_NODE ||
		    i < first)
			continue;
		chy_report_node(c, is_like_caption(c, i, s) ?
		    CHY_DIAG_CAPTION_UNKNOWN : CHY_DIAG_ATTENTION_LINE_UNREAD,
		    i, chy_slice_sub(s, 0, chy_slice_find(s, CHY_SLICE("\n"),
		    0)));
	}
}


/* ---- passing and attention lines ---- */

/* NEA/ARP, G/TIP: parts of capitals and digits with slashes between. */
static bool
is_symbol(chy_slice s)
{
	size_t part = 0, slashes = 0;

	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] == '/') {
			if (part == 0)
				return false;
			slashes++;
			part = 0;
		} else if ((chy_is_upper(s.ptr[i]) ||
		    (chy_is_digit(s.ptr[i]) && slashes > 0)) && part < 6) {
			part++;
		} else {
			return false;
		}
	}
	return slashes > 0 && part > 0;
}

static bool
is_department(chy_slice target)
{
	size_t at = 0, last = 0;
	chy_slice word = CHY_EMPTY, w;

	while (chy_next_word(target, &at, &w)) {
		word = w;
		last++;
	}
	return last > 0 && (chy_slice_ieq(word, CHY_SLICE("DEPT")) ||
	    chy_slice_ieq(word, CHY_SLICE("DEPARTMENT")) ||
	    chy_slice_ieq(word, CHY_SLICE("STATE")) ||
	    chy_slice_ieq(word, CHY_SLICE("SECSTATE")));
}

/* The addressee that is the agency named in a passing instruction. */
static const chy_addressee *
addressee_named(const chy_checking *c, chy_slice party)
{
	for (uint32_t i = 0; i < c->tel->n_addressees; i++) {
		const chy_addressee *a = &c->tel->addressees[i];
		const chy_post *post;

		if (!chy_slice_istarts(a->plad, party) ||
		    (a->plad.len > party.len &&
		    !chy_is_blank(a->plad.ptr[party.len])))
			continue;
		post = chy_vocab_post_by_plad(a->plad);
		if (post != NULL && post->kind == CHY_POST_AGENCY)
			return a;
	}
	return NULL;
}

/* Where a party stands; one that was unwrapped is looked for. */
static uint32_t
party_place(const chy_checking *c, const chy_passing *p, chy_slice s)
{
	uint32_t at = chy_place_of(c, s);
	chy_slice all = chy_node_text(c, p->node);
	size_t in;

	if (at != UINT32_MAX)
		return at;
	in = chy_slice_find(all, s, 0);
	return chy_node_at(c, p->node)->off + (in < all.len ?
	    (uint32_t)in : 0);
}

void
chy_rule_passing(chy_checking *c, uint32_t node)
{
	(void)node;
	for (uint32_t i = 0; i < c->tel->n_passing; i++) {
		const chy_passing *p = &c->tel->passing[i];
		bool department = is_department(p->addressee);

		for (uint32_t k = 0; k < p->offices.n; k++) {
			chy_slice s = p->offices.at[k];
			const chy_addressee *a;

			/* A symbol of another agency is not in our list. */
			if (department && !p->is_pass && is_symbol(s) &&
			    chy_vocab_office(s) == NULL) {
				chy_report(c, CHY_DIAG_OFFICE_UNKNOWN,
				    party_place(c, p, s), (uint32_t)s.len, s);
			}
			if (!p->is_pass || !department || s.len < 3)
				continue;
			a = addressee_named(c, s);
			if (a != NULL)
				chy_report(c, CHY_DIAG_PASSING_TO_ADDRESSEE,
				    party_place(c, p, s), (uint32_t)s.len,
				    a->plad);
		}
	}
}
