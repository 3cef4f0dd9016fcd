/*
 * Repairs: what to change so that a finding is gone. The telegram is never
 * changed; the caller makes a new version of the text from the plan.
 *
 * SPDX-License-Identifier: ISC
 */
#include "check/check_int.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct planning {
	chy_checking	 c;	/* for the helpers of rules */
	chy_arena	*arena;
	chy_change	*list;
	size_t		 n, cap;
	chy_diag	 diag;	/* of the finding at work on */
	chy_confidence	 confidence;
} planning;

static void
change(planning *pl, uint32_t off, uint32_t len, chy_slice after)
{
	if (pl->n == pl->cap) {
		size_t cap = pl->cap > 0 ? pl->cap * 2 : 32;
		chy_change *list = chy_arena_zalloc(pl->arena, cap,
		    sizeof(*list));

		if (list == NULL)
			return;
		if (pl->n > 0)
			memcpy(list, pl->list, pl->n * sizeof(*list));
		pl->list = list;
		pl->cap = cap;
	}
	pl->list[pl->n++] = (chy_change){ { off, len }, after, pl->diag,
	    pl->confidence };
}

static chy_slice
keep(planning *pl, chy_slice s)
{
	return chy_arena_copy(pl->arena, s);
}

static chy_slice
capitals_of(planning *pl, chy_slice s)
{
	char *out = chy_arena_alloc(pl->arena, s.len + 1);

	if (out == NULL)
		return CHY_EMPTY;
	for (size_t i = 0; i < s.len; i++)
		out[i] = chy_upper(s.ptr[i]);
	return (chy_slice){ out, s.len };
}

/* The leaf that holds off; CHY_NO_NODE. */
static uint32_t
leaf_at(const planning *pl, uint32_t off)
{
	const chy_telegram *tel = pl->c.tel;

	for (uint32_t i = 0; i < tel->n_nodes; i++)
		if (chy_node_is_leaf((chy_node_kind)tel->nodes[i].kind) &&
		    tel->nodes[i].off <= off &&
		    off < tel->nodes[i].off + tel->nodes[i].len)
			return i;
	return CHY_NO_NODE;
}

static uint32_t
above(const planning *pl, uint32_t node, chy_node_kind kind)
{
	while (node != 0 && node != CHY_NO_NODE &&
	    chy_node_at(&pl->c, node)->kind != kind)
		node = chy_node_at(&pl->c, node)->parent;
	return node == 0 ? CHY_NO_NODE : node;
}


/* ---- each repair ---- */

static void
fix_capitals(planning *pl, const chy_finding *f)
{
	uint32_t leaf = leaf_at(pl, f->off), node;
	const chy_node *n;

	if (leaf == CHY_NO_NODE)
		return;
	/* All of the format line, class line or TAGS line; of captions the
	 * caption. */
	node = above(pl, leaf, CHY_NODE_FORMAT_LINE);
	if (node == CHY_NO_NODE)
		node = above(pl, leaf, CHY_NODE_CLASS_LINE);
	if (node == CHY_NO_NODE)
		node = above(pl, leaf, CHY_NODE_TAGS_LINE);
	if (node == CHY_NO_NODE)
		node = leaf;
	n = chy_node_at(&pl->c, node);
	change(pl, n->off, n->len, capitals_of(pl, chy_node_text(&pl->c,
	    node)));
}

static void
fix_publication(planning *pl, const chy_finding *f)
{
	static const struct {
		chy_slice from, to;
	} signs[] = {
		{ CHY_LIT("\xc2\xb6"), CHY_LIT("") },
		{ CHY_LIT("\xe2\x80\x98"), CHY_LIT("'") },
		{ CHY_LIT("\xe2\x80\x99"), CHY_LIT("'") },
		{ CHY_LIT("\xe2\x80\x9c"), CHY_LIT("\"") },
		{ CHY_LIT("\xe2\x80\x9d"), CHY_LIT("\"") },
		{ CHY_LIT("\xc2\xa0"), CHY_LIT(" ") },
		{ CHY_LIT("\xe2\x80\x93"), CHY_LIT("-") },
		{ CHY_LIT("\xe2\x80\x94"), CHY_LIT("-") },
		{ CHY_LIT("\xe2\x80\xa6"), CHY_LIT("...") },
	};

	(void)f;
	for (uint32_t i = 0; i < pl->c.len; i++) {
		chy_slice s = { pl->c.p + i, pl->c.len - i };

		if ((unsigned char)s.ptr[0] < 0xc2)
			continue;
		for (size_t k = 0; k < ARRAY_LEN(signs); k++)
			if (chy_slice_starts(s, signs[k].from)) {
				change(pl, i, (uint32_t)signs[k].from.len,
				    signs[k].to);
				i += (uint32_t)signs[k].from.len - 1;
				break;
			}
	}
}

/* With the blanks before it. */
static void
fix_word_away(planning *pl, const chy_finding *f)
{
	uint32_t off = f->off, end = f->off + f->len;

	while (off > 0 && chy_is_blank(pl->c.p[off - 1]))
		off--;
	/* First on its line: the blanks after it go. */
	if (off > 0 && pl->c.p[off - 1] == '\n') {
		while (end < pl->c.len && chy_is_blank(pl->c.p[end]))
			end++;
		if (end < pl->c.len && pl->c.p[end] == '\n')
			end++;
	}
	change(pl, off, end - off, CHY_EMPTY);
}

static void
fix_bytes_away(planning *pl, const chy_finding *f)
{
	change(pl, f->off, f->len, CHY_EMPTY);
}

/* All of its line; a keyword before it (TO, INFO) stays, and takes the next
 * line's address. */
static void
fix_line_away(planning *pl, const chy_finding *f)
{
	chy_span line = chy_line_at(&pl->c, f->off);
	uint32_t from = line.off, end = line.off + line.len;
	chy_slice before = { pl->c.p + from, f->off - from };

	if (chy_slice_trim(before).len > 0)
		from = f->off;
	while (end < pl->c.len && pl->c.p[end] != '\n')
		end++;
	if (end < pl->c.len && (from == line.off || (end + 1 < pl->c.len &&
	    pl->c.p[end + 1] != '\n')))
		end++;
	else if (from == line.off && from > 0)
		from--;
	change(pl, from, end - from, CHY_EMPTY);
}

static void
fix_caption_away(planning *pl, const chy_finding *f)
{
	chy_span line = chy_line_at(&pl->c, f->off);
	uint32_t from = line.off, end = line.off + line.len;

	if (chy_slice_trim(chy_span_text(&pl->c, line)).len > f->len) {
		fix_word_away(pl, f);
		return;
	}
	/* Alone on its line, which goes with the empty one before it. */
	while (end < pl->c.len && pl->c.p[end] != '\n')
		end++;
	end += end < pl->c.len;
	if (from >= 2 && pl->c.p[from - 1] == '\n' && pl->c.p[from - 2] ==
	    '\n' && end < pl->c.len && chy_is_space(pl->c.p[end]))
		from--;
	change(pl, from, end - from, CHY_EMPTY);
}

static void
fix_zzh(planning *pl, const chy_finding *f)
{
	uint32_t end = f->off;
	uint32_t leaf = leaf_at(pl, f->off);
	uint32_t line = above(pl, leaf, CHY_NODE_FORMAT_LINE), security;

	if (line == CHY_NO_NODE)
		return;
	security = chy_node_below(&pl->c, line, CHY_NODE_SECURITY);
	if (security == CHY_NO_NODE)
		return;
	end = chy_node_at(&pl->c, security)->off +
	    chy_node_at(&pl->c, security)->len;
	change(pl, end, 0, CHY_SLICE(" ZZH"));
}

static void
fix_dual_precedence(planning *pl, const chy_finding *f)
{
	chy_precedence low = pl->c.tel->info_precedence;
	const chy_precedence_row *row = chy_precedence_get(low);
	uint32_t line = pl->c.line[5], leaf;
	char text[3] = " R";

	(void)f;
	if (row == NULL || line == CHY_NO_NODE || row->prosign.len != 1)
		return;
	leaf = chy_node_below(&pl->c, line, CHY_NODE_PRECEDENCE);
	if (leaf == CHY_NO_NODE || pl->c.p[chy_node_at(&pl->c, leaf)->off] ==
	    row->prosign.ptr[0])
		return;
	text[1] = row->prosign.ptr[0];
	change(pl, chy_node_at(&pl->c, leaf)->off +
	    chy_node_at(&pl->c, leaf)->len, 0, keep(pl,
	    (chy_slice){ text, 2 }));
}

static void
fix_short_year(planning *pl, const chy_finding *f)
{
	change(pl, f->off, 2, CHY_EMPTY);
}

static void
fix_as_read(planning *pl, const chy_finding *f)
{
	for (uint32_t i = 0; i < pl->c.tel->n_repairs; i++) {
		const chy_repair *r = &pl->c.tel->repairs[i];

		if (r->diag == pl->diag && r->span.off == f->off)
			change(pl, r->span.off, r->span.len, r->after);
	}
}

/* The level as it is written: spaced, but UNCLAS. What was damaged is read
 * by a rule, and doubtful. */
static void
fix_class_word(planning *pl, const chy_finding *f)
{
	static const chy_slice forms[] = {
		[CHY_LEVEL_NONE] = CHY_LIT(""),
		[CHY_LEVEL_UNCLASSIFIED] = CHY_LIT("UNCLAS"),
		[CHY_LEVEL_LIMITED_OFFICIAL_USE] = CHY_LIT(
		    "L I M I T E D  O F F I C I A L  U S E"),
		[CHY_LEVEL_CONFIDENTIAL] =
		    CHY_LIT("C O N F I D E N T I A L"),
		[CHY_LEVEL_SECRET] = CHY_LIT("S E C R E T"),
		[CHY_LEVEL_TOP_SECRET] = CHY_LIT("T O P  S E C R E T"),
	};
	uint32_t leaf = leaf_at(pl, f->off);
	chy_level level;
	char is[24], want[24];
	size_t n, m;

	if (leaf == CHY_NO_NODE || chy_node_at(&pl->c, leaf)->kind !=
	    CHY_NODE_CLASSIFICATION)
		return;
	level = (chy_level)chy_node_at(&pl->c, leaf)->value;
	if (level == CHY_LEVEL_NONE)
		return;
	n = chy_squeeze(chy_node_text(&pl->c, leaf), is, sizeof(is));
	m = chy_squeeze(forms[level], want, sizeof(want));
	if (n < m || memcmp(is, want, m) != 0)
		pl->confidence = CHY_REPAIR_DOUBTFUL;
	change(pl, f->off, f->len, forms[level]);
}

static void
fix_six_digits(planning *pl, const chy_finding *f)
{
	uint32_t v = 0;
	char text[16];
	int n;

	if (f->len > 6)
		return;
	for (uint32_t i = 0; i < f->len; i++)
		v = v * 10 + (uint32_t)(pl->c.p[f->off + i] - '0');
	n = snprintf(text, sizeof(text), "%06u", v);
	if (n == 6)
		change(pl, f->off, f->len, keep(pl, (chy_slice){ text, 6 }));
}

static void
fix_new_line(planning *pl, const chy_finding *f)
{
	uint32_t off = f->off;

	while (off > 0 && (chy_is_blank(pl->c.p[off - 1]) ||
	    pl->c.p[off - 1] == ','))
		off--;
	change(pl, off, f->off - off, CHY_SLICE("\n"));
}

static void
fix_new_paragraph(planning *pl, const chy_finding *f)
{
	uint32_t off = f->off;

	while (off > 0 && chy_is_space(pl->c.p[off - 1]))
		off--;
	change(pl, off, f->off - off, CHY_SLICE("\n\n"));
}

/* The two halves of a paragraph: the empty lines between become one line
 * end. The finding covers the first. */
static void
fix_join(planning *pl, const chy_finding *f)
{
	uint32_t off = f->off + f->len, end = off;

	while (end < pl->c.len && chy_is_space(pl->c.p[end]))
		end++;
	if (end > off)
		change(pl, off, end - off, CHY_SLICE("\n"));
}

static void
fix_subject_capitals(planning *pl, const chy_finding *f)
{
	uint32_t leaf = leaf_at(pl, f->off);
	uint32_t line = above(pl, leaf, CHY_NODE_SUBJECT_LINE);

	if (line == CHY_NO_NODE)
		return;
	change(pl, chy_node_at(&pl->c, line)->off,
	    chy_node_at(&pl->c, line)->len, capitals_of(pl,
	    chy_node_text(&pl->c, line)));
}

static void
fix_subject_word(planning *pl, const chy_finding *f)
{
	change(pl, f->off, f->len, CHY_SLICE("SUBJECT:"));
}

/* 1.4 (b) and (d): from the reasons as they were read. */
static void
fix_reasons(planning *pl, const chy_finding *f)
{
	const chy_slices *r = &pl->c.tel->reasons;
	chy_slice s = { pl->c.p + f->off, f->len };
	char text[160];
	size_t n = 0, end = s.len;
	chy_slice section = r->n > 0 ? chy_slice_sub(r->at[0], 0, 3) :
	    CHY_EMPTY;

	if (r->n == 0 || r->n > 8 || s.len < 4 ||
	    !chy_slice_starts(s, section))
		return;
	for (uint32_t i = 0; i < r->n; i++) {
		int w = snprintf(text + n, sizeof(text) - n, "%s%.*s%s%.*s",
		    i == 0 ? "" : i + 1 == r->n ? " and " : ", ",
		    i == 0 ? 3 : 0, section.ptr, i == 0 ? " " : "",
		    (int)(r->at[i].len - 3), r->at[i].ptr + 3);

		if (w < 0 || (size_t)w >= sizeof(text) - n)
			return;
		n += (size_t)w;
	}
	/* What is not of the list stays: a stop, words after it. */
	for (size_t i = 3; i < s.len; i++) {
		size_t k = i;

		while (k < s.len && chy_is_alpha(s.ptr[k]))
			k++;
		if (k - i > 2 && !chy_slice_ieq(chy_slice_sub(s, i, k - i),
		    CHY_SLICE("AND")) && !chy_slice_ieq(chy_slice_sub(s, i,
		    k - i), CHY_SLICE("OR"))) {
			end = i;
			break;
		}
		if (k > i)
			i = k - 1;
	}
	while (end > 0 && (chy_is_space(s.ptr[end - 1]) ||
	    memchr(".;:", s.ptr[end - 1], 3) != NULL))
		end--;
	change(pl, f->off, (uint32_t)end, keep(pl, (chy_slice){ text, n }));
}


/* ---- the E.O. line ---- */

/* M/D/YYYY, YYYY/MM/DD, YYYYMMDD at s to MM/DD/YYYY. */
static bool
usual_date(chy_slice s, char out[12])
{
	uint32_t v[3] = { 0 };
	size_t at = 0, n = 0, first = 0;

	if (s.len == 8 && chy_all_digits(s)) {
		snprintf(out, 12, "%.2s/%.2s/%.4s", s.ptr + 4, s.ptr + 6,
		    s.ptr);
		return true;
	}
	while (at < s.len && n < 3) {
		size_t from = at;

		while (at < s.len && chy_is_digit(s.ptr[at]))
			at++;
		if (at == from)
			return false;
		if (n == 0)
			first = at - from;
		v[n++] = chy_number(chy_slice_sub(s, from, at - from));
		while (at < s.len && !chy_is_digit(s.ptr[at]))
			at++;
	}
	if (n != 3)
		return false;
	if (first == 4)
		snprintf(out, 12, "%02u/%02u/%04u", v[1] % 100, v[2] % 100,
		    v[0] % 10000);
	else
		snprintf(out, 12, "%02u/%02u/%04u", v[0] % 100, v[1] % 100,
		    v[2] % 10000);
	return true;
}

/* Four digits at the one end or the other. */
static bool
has_long_year(chy_slice s)
{
	return s.len >= 8 && (chy_all_digits(chy_slice_sub(s, 0, 4)) ||
	    chy_all_digits(chy_slice_from(s, s.len - 4)));
}

/* The first run of digits with signs between, in the instruction. */
static bool
date_in(chy_slice s, size_t *ret_at, size_t *ret_len)
{
	for (size_t i = 0; i < s.len; i++) {
		size_t k = i;

		if (!chy_is_digit(s.ptr[i]) || (i > 0 &&
		    chy_is_alnum(s.ptr[i - 1])))
			continue;
		while (k < s.len && (chy_is_digit(s.ptr[k]) ||
		    ((s.ptr[k] == '/' || s.ptr[k] == '-' || s.ptr[k] == '.') &&
		    k + 1 < s.len && chy_is_digit(s.ptr[k + 1]))))
			k++;
		if (k - i >= 8 || (k - i >= 6 && !chy_all_digits(
		    chy_slice_sub(s, i, k - i)))) {
			*ret_at = i;
			*ret_len = k - i;
			return true;
		}
		i = k - 1 > i ? k - 1 : i;
	}
	return false;
}

static void
fix_eo_form(planning *pl, const chy_finding *f)
{
	uint32_t leaf = leaf_at(pl, f->off);
	uint32_t line = above(pl, leaf, CHY_NODE_EO_LINE), order, decl;
	const chy_node *n;
	chy_slice s;
	uint32_t from, to;
	char date[12];
	size_t at, len, word = 0;

	if (line == CHY_NO_NODE)
		return;
	order = chy_node_below(&pl->c, line, CHY_NODE_ORDER);
	decl = chy_node_below(&pl->c, line, CHY_NODE_DECLASSIFICATION);
	if (order == CHY_NO_NODE || decl == CHY_NO_NODE)
		return;
	n = chy_node_at(&pl->c, line);
	s = chy_node_text(&pl->c, line);
	from = chy_node_at(&pl->c, order)->off;
	if (!chy_slice_starts(s, CHY_SLICE("E.O. ")))
		change(pl, n->off, from - n->off, CHY_SLICE("E.O. "));
	from += chy_node_at(&pl->c, order)->len;
	to = chy_node_at(&pl->c, decl)->off;
	if (!(to - from == 2 && pl->c.p[from] == ':'))
		change(pl, from, to - from, CHY_SLICE(": "));
	s = chy_node_text(&pl->c, decl);
	if (chy_slice_istarts(s, CHY_SLICE("N/A")) ||
	    chy_slice_istarts(s, CHY_SLICE("NA")) ||
	    chy_slice_istarts(s, CHY_SLICE("DNG")))
		return;
	while (word < s.len && chy_is_alpha(s.ptr[word]))
		word++;
	if (chy_slice_istarts(s, CHY_SLICE("DECL"))) {
		size_t end = word;

		while (end < s.len && chy_is_blank(s.ptr[end]))
			end++;
		if (chy_slice_istarts(chy_slice_from(s, end),
		    CHY_SLICE("ON")) && word > 5)
			end += 2;
		while (end < s.len && (chy_is_blank(s.ptr[end]) ||
		    memchr(":;.", s.ptr[end], 3) != NULL))
			end++;
		if (!chy_slice_starts(s, CHY_SLICE("DECL: ")))
			change(pl, to, (uint32_t)end, CHY_SLICE("DECL: "));
	} else if (date_in(s, &at, &len) && at == 0) {
		change(pl, to, 0, CHY_SLICE("DECL: "));
	} else {
		return;
	}
	/* Two digits of a year are another repair's. */
	if (date_in(s, &at, &len) && has_long_year(chy_slice_sub(s, at,
	    len)) && usual_date(chy_slice_sub(s, at, len), date) &&
	    !chy_slice_eq(chy_slice_sub(s, at, len), (chy_slice){ date, 10 }))
		change(pl, to + (uint32_t)at, (uint32_t)len,
		    keep(pl, (chy_slice){ date, 10 }));
}

static void
fix_eo_number(planning *pl, const chy_finding *f)
{
	const chy_order *now = pl->c.day != 0 ?
	    chy_vocab_order_on(pl->c.day) : NULL;

	if (now != NULL && now->printed_number.len > 0 && chy_slice_distance(
	    (chy_slice){ pl->c.p + f->off, f->len },
	    now->printed_number) <= 2)
		change(pl, f->off, f->len, now->printed_number);
}

/* 25/11/2019 to 11/25/2019: the first two parts change places. */
static void
fix_day_month(planning *pl, const chy_finding *f)
{
	chy_slice s = { pl->c.p + f->off, f->len };
	size_t a = 0, b, c;
	char text[16];
	int n;

	while (a < s.len && chy_is_digit(s.ptr[a]))
		a++;
	for (b = a + 1; b < s.len && chy_is_digit(s.ptr[b]);)
		b++;
	c = s.len - b;
	if (a == 0 || a > 2 || b <= a + 1 || b - a - 1 > 2 || c > 5)
		return;
	n = snprintf(text, sizeof(text), "%02u/%02u%.*s",
	    chy_number(chy_slice_from(s, a + 1)), chy_number(s), (int)c,
	    s.ptr + b);
	if (n > 0 && (size_t)n < sizeof(text))
		change(pl, f->off, f->len, keep(pl,
		    (chy_slice){ text, (size_t)n }));
}

/* 5/4/08: the century that puts it after the telegram. */
static void
fix_long_year(planning *pl, const chy_finding *f)
{
	chy_slice s = { pl->c.p + f->off, f->len };
	size_t a = 0, b;
	uint32_t month, day, year;
	char text[16];
	chy_ymd d;

	while (a < s.len && chy_is_digit(s.ptr[a]))
		a++;
	for (b = a + 1; b < s.len && chy_is_digit(s.ptr[b]);)
		b++;
	if (pl->c.day == 0 || b + 3 != s.len)
		return;
	month = chy_number(s) % 100;
	day = chy_number(chy_slice_from(s, a + 1)) % 100;
	year = pl->c.day / 1000000 * 100 +
	    chy_number(chy_slice_from(s, b + 1)) % 100;
	if (month > 12)
		return;		/* CLS-023 first */
	d = chy_ymd_of((int)year, (int)month, (int)day);
	if (d <= pl->c.day)
		year += 100;
	snprintf(text, sizeof(text), "%02u/%02u/%04u", month, day,
	    year % 10000);
	change(pl, f->off, f->len, keep(pl, (chy_slice){ text, 10 }));
}


/* ---- TAGS ---- */

/* Each code once, a comma and a blank between, lines as they were. */
static void
plan_tags(planning *pl, uint32_t node)
{
	uint32_t end = chy_node_end(&pl->c, node), before = CHY_NO_NODE;

	for (uint32_t i = node + 1; i < end; i++) {
		const chy_node *n = chy_node_at(&pl->c, i);
		uint32_t from;

		if (n->kind != CHY_NODE_TAG)
			continue;
		if (before == CHY_NO_NODE) {
			const chy_node *key = chy_node_at(&pl->c, node + 1);

			from = key->off + key->len;
			/* Markup before the first code. */
			if (n->off > from + 1 || n->off == from)
				change(pl, from, n->off - from,
				    CHY_SLICE(" "));
		} else {
			const chy_node *b = chy_node_at(&pl->c, before);
			chy_slice gap;
			bool person = n->value == CHY_TAG_PERSON;
			bool line;

			from = b->off + b->len;
			gap = (chy_slice){ pl->c.p + from, n->off - from };
			line = memchr(gap.ptr, '\n', gap.len) != NULL;
			/* OVIP (LAST, FIRST): no comma before the name. */
			change(pl, from, n->off - from, line ?
			    CHY_SLICE(",\n") : person ? CHY_SLICE(" ") :
			    CHY_SLICE(", "));
		}
		before = i;
	}
	if (before != CHY_NO_NODE && before + 1 < end) {
		const chy_node *b = chy_node_at(&pl->c, before);
		const chy_node *last = chy_node_at(&pl->c, end - 1);
		uint32_t from = b->off + b->len;

		change(pl, from, last->off + last->len - from, CHY_EMPTY);
	}
}

static void
fix_tags(planning *pl, const chy_finding *f)
{
	uint32_t line = pl->c.first[CHY_NODE_TAGS_LINE];

	(void)f;
	if (line != CHY_NO_NODE)
		plan_tags(pl, line);
}

/* The codes that the reader took the word for. */
static void
fix_tags_as_read(planning *pl, const chy_finding *f)
{
	const chy_telegram *tel = pl->c.tel;
	uint32_t leaf = leaf_at(pl, f->off);
	char text[128];
	size_t n = 0;

	for (uint32_t i = 0; i < tel->n_tags; i++) {
		int w;

		if (tel->tags[i].node != leaf)
			continue;
		w = snprintf(text + n, sizeof(text) - n, "%s%.*s",
		    n > 0 ? ", " : "", CHY_ARG(tel->tags[i].code));
		if (w < 0 || (size_t)w >= sizeof(text) - n)
			return;
		n += (size_t)w;
	}
	if (n > 0)
		change(pl, f->off, f->len, keep(pl, (chy_slice){ text, n }));
}

/* A code that stood before: away with the comma before it. */
static void
fix_tag_away(planning *pl, const chy_finding *f)
{
	uint32_t off = f->off, end = f->off + f->len;

	/* Links keep their brackets: the whole list is made anew first. */
	if (off > 0 && pl->c.p[off - 1] == '[')
		return;
	while (off > 0 && (chy_is_blank(pl->c.p[off - 1]) ||
	    pl->c.p[off - 1] == ','))
		off--;
	if (off > 0 && (pl->c.p[off - 1] == '\n' || pl->c.p[off - 1] == ':')) {
		/* First of its line: what follows moves up. */
		off = f->off;
		while (end < pl->c.len && (chy_is_blank(pl->c.p[end]) ||
		    pl->c.p[end] == ','))
			end++;
	}
	change(pl, off, end - off, CHY_EMPTY);
}


/* ---- the plan ---- */

static const struct repair_row {
	chy_diag       diag;
	chy_confidence confidence;
	void	     (*plan)(planning *pl, const chy_finding *f);
} repairs[] = {
#define REPAIR(diag, confidence, name)					\
	{ CHY_DIAG_##diag, CHY_REPAIR_##confidence, fix_##name },
#include "check/repairs.def"
#undef REPAIR
};

static const struct {
	chy_diag    diag;
	const char *text;
} advices[] = {
#define ADVICE(diag, text)	{ CHY_DIAG_##diag, text },
#include "check/advice.def"
#undef ADVICE
};

const char *
chy_confidence_name(chy_confidence confidence)
{
	switch (confidence) {
	case CHY_REPAIR_NONE:
		break;
	case CHY_REPAIR_DOUBTFUL:
		return "doubtful";
	case CHY_REPAIR_SAFE:
		return "safe";
	}
	return "none";
}

chy_confidence
chy_repair_confidence(chy_diag diag)
{
	for (size_t i = 0; i < ARRAY_LEN(repairs); i++)
		if (repairs[i].diag == diag)
			return repairs[i].confidence;
	return CHY_REPAIR_NONE;
}

const char *
chy_repair_advice(chy_diag diag)
{
	for (size_t i = 0; i < ARRAY_LEN(advices); i++)
		if (advices[i].diag == diag)
			return advices[i].text;
	return "";
}

static int
by_place(const void *a, const void *b)
{
	const chy_change *x = a, *y = b;

	if (x->span.off != y->span.off)
		return x->span.off < y->span.off ? -1 : 1;
	if (x->diag != y->diag)
		return x->diag < y->diag ? -1 : 1;
	return 0;
}

/* Changes in order of place, without those that overlap an earlier one or
 * change nothing. */
static void
settle_changes(planning *pl, chy_changes *ret)
{
	size_t n = 0;
	uint32_t end = 0;

	if (pl->n > 1)
		qsort(pl->list, pl->n, sizeof(*pl->list), by_place);
	for (size_t i = 0; i < pl->n; i++) {
		chy_change x = pl->list[i];

		if (chy_slice_eq(x.after, chy_span_text(&pl->c, x.span)) ||
		    (n > 0 && x.span.off < end) || (n > 0 &&
		    x.span.off == pl->list[n - 1].span.off))
			continue;
		end = x.span.off + x.span.len;
		pl->list[n++] = x;
	}
	ret->at = pl->list;
	ret->n = n;
}

chy_status
chy_repair_plan(const chy_telegram *tel, const chy_findings *found,
    chy_confidence least, chy_arena *arena, chy_changes *ret)
{
	static const chy_check_options none = { 0 };
	planning pl = { .arena = arena };

	chy_checking_begin(&pl.c, tel, &none);
	for (size_t i = 0; i < found->count; i++) {
		const chy_finding *f = &found->list[i];

		for (size_t k = 0; k < ARRAY_LEN(repairs); k++) {
			size_t before = pl.n;

			if (repairs[k].diag != f->diag)
				continue;
			pl.diag = repairs[k].diag;
			pl.confidence = repairs[k].confidence;
			if (pl.confidence < least)
				continue;
			repairs[k].plan(&pl, f);
			/* One that turned out less sure than its row. */
			if (pl.confidence < least)
				pl.n = before;
		}
	}
	settle_changes(&pl, ret);
	return chy_arena_failed(arena) ? CHY_ERR_NO_MEMORY : CHY_OK;
}
