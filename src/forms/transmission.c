/*
 * The heading: format lines 1 to 10.
 *
 * Source: 5 FAH-2 H-321; telegram-format section 2.
 *
 * SPDX-License-Identifier: ISC
 */
#include "forms/reading.h"

/* Words of a line, blank by blank. */
typedef struct words {
	const chy_reading *r;
	chy_range	   rest;
} words;

static bool
next_word(words *w, chy_range *ret)
{
	uint32_t at = w->rest.from, end;

	while (at < w->rest.to && chy_is_space(w->r->p[at]))
		at++;
	end = at;
	while (end < w->rest.to && !chy_is_space(w->r->p[end]))
		end++;
	w->rest.from = end;
	*ret = (chy_range){ at, end };
	return at < end;
}

static bool
all_upper(chy_slice s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!chy_is_upper(s.ptr[i]))
			return false;
	return s.len > 0;
}

static bool
all_digits(chy_slice s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!chy_is_digit(s.ptr[i]))
			return false;
	return s.len > 0;
}

/* R, Q or U and three to seven more letters. */
static bool
is_routing_indicator(chy_slice s)
{
	return s.len >= 4 && s.len <= 8 && (s.ptr[0] == 'R' ||
	    s.ptr[0] == 'Q' || s.ptr[0] == 'U') && all_upper(s);
}

static bool
is_digraph(chy_slice s)
{
	return s.len == 2 && s.ptr[0] == s.ptr[1] &&
	    memchr("ZOPRYW", s.ptr[0], 6) != NULL;
}

static void
put_opsigs(chy_reading *r, words *w, bool keep)
{
	chy_range word;

	while (next_word(w, &word)) {
		chy_leaf_put(r, CHY_NODE_OPSIG, word, 0);
		if (chy_slice_eq(chy_range_text(r, word), CHY_SLICE("ZDS")))
			r->tel->corrected = true;
		if (keep)
			chy_slices_add(r, &r->tel->transmission.opsigs,
			    chy_range_text(r, word));
	}
}

/* VZCZCXRO1234 */
static bool
read_line_1(chy_reading *r, chy_range line)
{
	chy_slice s = chy_range_text(r, line);
	words w = { r, line };
	uint32_t at = line.from;
	chy_range id;

	if (s.len > 1 && s.ptr[0] == 'V')
		s = chy_slice_from(s, 1), at++;
	if (!chy_slice_starts(s, CHY_SLICE("ZCZC")))
		return false;
	chy_open(r, CHY_NODE_FORMAT_LINE, 1);
	chy_leaf_put(r, CHY_NODE_KEYWORD, (chy_range){ line.from, at + 4 }, 0);
	w.rest.from = at + 4;
	if (next_word(&w, &id)) {
		chy_leaf_put(r, CHY_NODE_TRANSMISSION_ID, id, 0);
		r->tel->transmission.transmission_id = chy_range_text(r, id);
	}
	put_opsigs(r, &w, false);
	chy_close(r);
	r->tel->transmission.present = true;
	return true;
}

static bool
all_routing_indicators(const chy_reading *r, chy_range line)
{
	words w = { r, line };
	chy_range word;
	bool any = false;

	while (next_word(&w, &word)) {
		if (!is_routing_indicator(chy_range_text(r, word)))
			return false;
		any = true;
	}
	return any;
}

static bool
read_line_2(chy_reading *r, chy_range line)
{
	chy_transmission *t = &r->tel->transmission;
	words w = { r, line };
	chy_range word;

	if (!next_word(&w, &word) || !is_digraph(chy_range_text(r, word)) ||
	    !all_routing_indicators(r, w.rest))
		return false;
	chy_open(r, CHY_NODE_FORMAT_LINE, 2);
	chy_leaf_put(r, CHY_NODE_PROSIGN, word, 0);
	t->precedence = chy_range_text(r, word);
	t->present = true;
	for (;;) {
		while (next_word(&w, &word)) {
			chy_leaf_put(r, CHY_NODE_ROUTING_INDICATOR, word, 0);
			chy_slices_add(r, &t->called,
			    chy_range_text(r, word));
		}
		if (r->line + 1 >= r->n_lines ||
		    !all_routing_indicators(r, chy_line(r, r->line + 1)))
			break;
		w.rest = chy_line(r, ++r->line);
	}
	chy_close(r);
	return true;
}

/* DE RUEHMS #0425/01 1611456; ACP 127: DE RI 0051 22/1856Z */
static bool
read_line_3(chy_reading *r, chy_range line)
{
	chy_transmission *t = &r->tel->transmission;
	words w = { r, line };
	chy_range word;
	chy_slice s;
	size_t slash;

	if (!next_word(&w, &word) || !chy_slice_eq(chy_range_text(r, word),
	    CHY_SLICE("DE")))
		return false;
	chy_open(r, CHY_NODE_FORMAT_LINE, 3);
	chy_leaf_put(r, CHY_NODE_PROSIGN, word, 0);
	t->present = true;
	if (next_word(&w, &word)) {
		chy_leaf_put(r, CHY_NODE_ROUTING_INDICATOR, word, 0);
		t->station = chy_range_text(r, word);
	}
	if (next_word(&w, &word)) {
		chy_leaf_put(r, CHY_NODE_STATION_SERIAL, word, 0);
		s = chy_range_text(r, word);
		if (s.len > 0 && s.ptr[0] == '#')
			s = chy_slice_from(s, 1);
		slash = chy_slice_find(s, CHY_SLICE("/"), 0);
		t->serial = chy_slice_sub(s, 0, slash);
		t->section = slash < s.len ? chy_slice_from(s, slash + 1) :
		    CHY_EMPTY;
	}
	if (next_word(&w, &word)) {
		chy_leaf_put(r, CHY_NODE_FILING_TIME, word, 0);
		t->filing_time = chy_range_text(r, word);
	}
	put_opsigs(r, &w, false);
	chy_close(r);
	return true;
}

/* ZNY CCCCC ZZH; the class letters are kept for a missing class line. */
static bool
read_line_4(chy_reading *r, chy_range line)
{
	chy_transmission *t = &r->tel->transmission;
	words w = { r, line };
	chy_range word;
	chy_slice s;

	if (!next_word(&w, &word))
		return false;
	s = chy_range_text(r, word);
	if (!chy_slice_eq(s, CHY_SLICE("ZNR")) &&
	    !chy_slice_eq(s, CHY_SLICE("ZNY")))
		return false;
	chy_open(r, CHY_NODE_FORMAT_LINE, 4);
	chy_leaf_put(r, CHY_NODE_OPSIG, word, 0);
	t->present = true;
	if (next_word(&w, &word)) {
		chy_leaf_put(r, CHY_NODE_SECURITY, word, 0);
		t->security = chy_range_text(r, word);
	}
	put_opsigs(r, &w, true);
	chy_close(r);
	return true;
}

/* The chy_dtg_at pattern at exactly p: its length, else 0. */
static uint32_t
dtg_here(chy_slice s, chy_civil *ret)
{
	size_t at = 6, n;
	chy_civil c = { 0 };
	int month;

	for (size_t i = 0; i < 6; i++)
		if (i >= s.len || !chy_is_digit(s.ptr[i]))
			return 0;
	if (at >= s.len || !chy_is_alpha(s.ptr[at]))
		return 0;
	at++;
	while (at < s.len && chy_is_blank(s.ptr[at]))
		at++;
	n = at;
	while (n < s.len && chy_is_alpha(s.ptr[n]))
		n++;
	month = chy_month_parse(chy_slice_sub(s, at, n - at));
	if (month == 0)
		return 0;
	at = n;
	while (at < s.len && chy_is_blank(s.ptr[at]))
		at++;
	n = at;
	while (n < s.len && chy_is_digit(s.ptr[n]))
		n++;
	if (n - at != 2 && n - at != 4)
		return 0;
	for (size_t i = at; i < n; i++)
		c.year = c.year * 10 + (s.ptr[i] - '0');
	if (n - at == 2)
		c.year += c.year >= 66 ? 1900 : 2000;
	c.month = (uint8_t)month;
	c.day = (uint8_t)((s.ptr[0] - '0') * 10 + (s.ptr[1] - '0'));
	c.hour = (uint8_t)((s.ptr[2] - '0') * 10 + (s.ptr[3] - '0'));
	c.minute = (uint8_t)((s.ptr[4] - '0') * 10 + (s.ptr[5] - '0'));
	*ret = c;
	return (uint32_t)n;
}

bool
chy_dtg_at(chy_slice line, uint32_t *ret_at, uint32_t *ret_len, chy_civil *ret)
{
	uint32_t at = 0;

	for (int letters = 0; letters < 3; letters++) {
		uint32_t n = dtg_here(chy_slice_from(line, at), ret);

		if (n > 0) {
			*ret_at = at;
			*ret_len = n;
			return true;
		}
		if (at >= line.len || memchr("ZOPRYWzopryw", line.ptr[at],
		    12) == NULL)
			return false;
		/* O, or OO of an older form */
		at += at + 1 < line.len && line.ptr[at + 1] == line.ptr[at] ?
		    2 : 1;
		if (at >= line.len || !chy_is_blank(line.ptr[at]))
			return false;
		while (at < line.len && chy_is_blank(line.ptr[at]))
			at++;
	}
	return false;
}

static bool
read_line_5(chy_reading *r, chy_range line)
{
	chy_telegram *tel = r->tel;
	chy_precedence prec[2] = { CHY_PRECEDENCE_NONE, CHY_PRECEDENCE_NONE };
	uint32_t at, n, count = 0;
	chy_civil c;
	words w = { r, line };
	chy_range word;

	if (!chy_dtg_at(chy_range_text(r, line), &at, &n, &c))
		return false;
	/* A heading that stands twice: the second is complete. */
	tel->n_addressees = 0;
	tel->exempted.n = 0;
	tel->info_precedence = CHY_PRECEDENCE_NONE;
	chy_open(r, CHY_NODE_FORMAT_LINE, 5);
	w.rest.to = line.from + at;
	while (next_word(&w, &word) && count < 2) {
		chy_leaf_put(r, CHY_NODE_PRECEDENCE, word, 0);
		prec[count++] = chy_precedence_from_prosign(
		    chy_upper(r->p[word.from]));
	}
	word = (chy_range){ line.from + at, line.from + at + n };
	chy_leaf_put(r, CHY_NODE_DTG, word, 0);
	tel->dtg = chy_range_text(r, word);
	if (chy_civil_valid(c))
		tel->dtg_civil = c;
	else
		chy_note(r, CHY_DIAG_DTG_IMPOSSIBLE, word, tel->dtg);
	tel->precedence = prec[0];
	if (count == 2) {
		tel->info_precedence = prec[1];
		if (prec[1] >= prec[0])
			chy_note(r, CHY_DIAG_DUAL_PRECEDENCE_NOT_FALLING, line,
			    CHY_EMPTY);
	}
	w.rest = (chy_range){ word.to, line.to };
	put_opsigs(r, &w, false);
	chy_close(r);
	return true;
}

/* A month that strayed to the end of an address (telegram-format 2.6). */
static chy_range
without_month(const chy_reading *r, chy_range plad)
{
	chy_slice s = chy_range_text(r, plad);

	if (s.len > 6 && chy_is_blank(s.ptr[s.len - 4]) &&
	    chy_month_parse(chy_slice_from(s, s.len - 3)) != 0)
		plad.to -= 4;
	return chy_range_trim(r, plad);
}

static bool
read_line_6(chy_reading *r, chy_range line)
{
	chy_range plad = { line.from + 2, line.to }, bare;

	if (line.to - line.from < 4 ||
	    !chy_slice_ieq(chy_slice_sub(chy_range_text(r, line), 0, 2),
	    CHY_SLICE("FM")) || !(chy_is_blank(r->p[line.from + 2]) ||
	    r->p[line.from + 2] == ':'))
		return false;
	if (r->p[line.from + 2] == ':')
		plad.from++;
	plad = chy_range_trim(r, plad);
	bare = without_month(r, plad);
	chy_open(r, CHY_NODE_FORMAT_LINE, 6);
	chy_leaf_put(r, CHY_NODE_KEYWORD, (chy_range){ line.from,
	    plad.from }, 0);
	chy_leaf_put(r, CHY_NODE_PLAD, bare, 0);
	chy_leaf_put(r, CHY_NODE_UNREAD, (chy_range){ bare.to, plad.to }, 0);
	if (r->tel->originator.plad.len == 0) {
		r->tel->originator.plad = chy_keep_upper(r,
		    chy_range_text(r, bare));
		r->tel->originator.basis = CHY_BASIS_TEXT;
	}
	chy_close(r);
	return true;
}

/* 9667, 7881-7884 at the end of an address. */
static uint32_t
mcn_from(const chy_reading *r, chy_range g)
{
	uint32_t at = g.to, digits = 0;

	while (at > g.from && (chy_is_digit(r->p[at - 1]) ||
	    r->p[at - 1] == '-')) {
		digits += chy_is_digit(r->p[at - 1]);
		at--;
	}
	if (digits < 3 || digits > 8 || at == g.from ||
	    !chy_is_blank(r->p[at - 1]) || !chy_is_digit(r->p[at]))
		return g.to;
	return at;
}

/* The precedence word at the end of an address: its start. */
static uint32_t
precedence_from(const chy_reading *r, chy_range g, chy_precedence *ret,
    bool *ret_misspelt)
{
	uint32_t at = g.to, two;

	*ret_misspelt = false;
	while (at > g.from && chy_is_alpha(r->p[at - 1]))
		at--;
	if (at == g.from || !chy_is_blank(r->p[at - 1]) || g.to - at < 5)
		return g.to;
	/* The first letters of FLASH, IMMEDIATE, PRIORITY, ROUTINE, CRITIC. */
	if (memchr("FIPRC", chy_upper(r->p[at]), 5) == NULL)
		return g.to;
	two = at;
	while (two > g.from && chy_is_blank(r->p[two - 1]))
		two--;
	if (two - g.from > 6 && chy_slice_ieq((chy_slice){ r->p + two - 6, 6 },
	    CHY_SLICE(" NIACT"))) {
		two -= 5;
		*ret = chy_precedence_from_word(chy_range_text(r,
		    (chy_range){ two, g.to }));
		if (*ret != CHY_PRECEDENCE_NONE)
			return two;
	}
	*ret = chy_precedence_from_word(chy_range_text(r,
	    (chy_range){ at, g.to }));
	if (*ret != CHY_PRECEDENCE_NONE)
		return at;
	if (chy_slice_eq(chy_range_text(r, (chy_range){ at, g.to }),
	    CHY_SLICE("PIORITY"))) {
		*ret = CHY_PRECEDENCE_PRIORITY;
		*ret_misspelt = true;
		return at;
	}
	return g.to;
}

static void
read_address(chy_reading *r, chy_range g, chy_role role)
{
	chy_telegram *tel = r->tel;
	chy_addressee a = { .role = role };
	chy_range ri = { g.from, g.from }, plad = g, prec, mcn;
	chy_addressee *row;
	uint32_t slash = g.from;
	bool misspelt;

	if (tel->n_addressees >= CHY_LIMIT_ADDRESSEES) {
		chy_leaf_put(r, CHY_NODE_UNREAD, g, 0);
		return;
	}
	while (slash < g.to && slash < g.from + 9 && r->p[slash] != '/')
		slash++;
	if (slash < g.to && r->p[slash] == '/') {
		chy_slice s = chy_slice_trim(chy_range_text(r,
		    (chy_range){ g.from, slash }));

		if (is_routing_indicator(s) ||
		    chy_slice_eq(s, CHY_SLICE("ZEN"))) {
			ri.to = slash;
			plad.from = slash + 1;
			a.routing_indicator = s;
		}
	}
	mcn = (chy_range){ mcn_from(r, plad), plad.to };
	plad.to = mcn.from;
	plad = chy_range_trim(r, plad);
	prec = (chy_range){ precedence_from(r, plad, &a.effective, &misspelt),
	    plad.to };
	if (prec.from == prec.to)
		a.effective = CHY_PRECEDENCE_NONE;
	plad.to = prec.from;
	plad = chy_range_trim(r, plad);
	a.node = chy_open(r, CHY_NODE_ADDRESSEE, (uint32_t)role);
	chy_leaf_put(r, CHY_NODE_ROUTING_INDICATOR, ri, 0);
	if (ri.to > ri.from)
		chy_leaf_put(r, CHY_NODE_PUNCT,
		    (chy_range){ ri.to, ri.to + 1 }, 0);
	chy_leaf_put(r, CHY_NODE_PLAD, without_month(r, plad), 0);
	chy_leaf_put(r, CHY_NODE_UNREAD, (chy_range){
	    without_month(r, plad).to, plad.to }, 0);
	chy_leaf_put(r, CHY_NODE_PRECEDENCE, prec, a.effective);
	chy_leaf_put(r, CHY_NODE_MCN, mcn, 0);
	chy_close(r);
	a.plad = chy_keep_upper(r, chy_range_text(r, without_month(r, plad)));
	a.precedence = chy_range_text(r, prec);
	a.mcn = chy_range_text(r, chy_range_trim(r, mcn));
	if (a.plad.len == 0)
		return;
	if (misspelt)
		chy_repaired(r, CHY_DIAG_PRECEDENCE_MISSPELT, prec,
		    a.precedence, CHY_SLICE("PRIORITY"));
	if (role == CHY_ROLE_EXEMPT) {
		/* It belongs to the collective it is taken from. */
		chy_addressee *of = NULL;

		for (uint32_t i = tel->n_addressees; i-- > 0 && of == NULL;)
			if (chy_vocab_collective(tel->addressees[i].plad))
				of = &tel->addressees[i];
		if (of == NULL && tel->n_addressees > 0)
			of = &tel->addressees[tel->n_addressees - 1];
		if (of != NULL) {
			if (of->n_exempted == 0)
				of->exempted = tel->exempted.n;
			of->n_exempted++;
		}
		chy_slices_add(r, &tel->exempted, a.plad);
		return;
	}
	row = CHY_ADD(r, tel->addressees, tel->n_addressees);
	if (row != NULL)
		*row = a;
}

/* "PLAD, XMT OTHER" on one line: the drafting handbook's form. */
static uint32_t
inline_xmt(const chy_reading *r, chy_range g)
{
	size_t at = chy_slice_find(chy_range_text(r, g), CHY_SLICE(" XMT "), 0);

	return g.from + (uint32_t)at;
}

/* TO, INFO or XMT with its addresses, one a line, until something else. */
static uint32_t
address_keyword(const chy_reading *r, chy_range line, chy_role *ret)
{
	chy_slice s = chy_range_text(r, line);

	if (s.len < 3)
		return 0;
	switch (chy_upper(s.ptr[0])) {
	case 'T':
		*ret = CHY_ROLE_ACTION;
		if (chy_slice_istarts(s, CHY_SLICE("TO:")))
			return 3;
		return chy_slice_istarts(s, CHY_SLICE("TO ")) ? 2 : 0;
	case 'I':
		*ret = CHY_ROLE_INFO;
		if (s.len == 4 && chy_slice_ieq(s, CHY_SLICE("INFO")))
			return 4;
		if (chy_slice_istarts(s, CHY_SLICE("INFO:")))
			return 5;
		return chy_slice_istarts(s, CHY_SLICE("INFO ")) ? 4 : 0;
	case 'X':
		*ret = CHY_ROLE_EXEMPT;
		return chy_slice_starts(s, CHY_SLICE("XMT ")) ||
		    chy_slice_starts(s, CHY_SLICE("XMT/")) ||
		    chy_slice_starts(s, CHY_SLICE("XMT:")) ? 3 : 0;
	}
	return 0;
}

static bool
ends_addresses(const chy_reading *r, chy_range line)
{
	chy_slice s = chy_range_text(r, line);
	chy_para_start ps;
	uint32_t n;

	/* RUEHC/SECSTATE ...: what most lines of the list are. */
	if (s.len > 6 && s.ptr[0] == 'R' && (s.ptr[5] == '/' ||
	    s.ptr[6] == '/' || (s.len > 7 && s.ptr[7] == '/')))
		return false;
	return chy_is_class_line(r, line) ||
	    chy_label_at(s, &n) != CHY_LABEL_NONE ||
	    chy_slice_eq(s, CHY_SLICE("BT")) ||
	    chy_slice_starts(s, CHY_SLICE("GRNC")) ||
	    (s.len < 9 && chy_slice_starts(s, CHY_SLICE("GR "))) ||
	    chy_para_start_at(r, line, &ps) ||
	    chy_slice_starts(s, CHY_SLICE("This record is a partial")) ||
	    chy_slice_starts(s, CHY_SLICE("ZNY ")) ||
	    chy_slice_starts(s, CHY_SLICE("ZNR ")) ||
	    (s.len < 40 && chy_vocab_caption(s) != NULL);
}

static void
read_addresses(chy_reading *r, chy_range line, chy_role role, uint32_t keyword)
{
	static const uint32_t format_line[] = { 7, 8, 9 };
	chy_range g = { line.from + keyword, line.to };
	chy_role other;
	uint32_t blank = 0;

	chy_open(r, CHY_NODE_FORMAT_LINE, format_line[role]);
	chy_leaf_put(r, CHY_NODE_KEYWORD,
	    (chy_range){ line.from, g.from }, role);
	if (role == CHY_ROLE_EXEMPT && g.from < g.to && r->p[g.from] == '/') {
		chy_leaf_put(r, CHY_NODE_PUNCT,
		    (chy_range){ g.from, g.from + 1 }, 0);
		g.from++;
	}
	for (;;) {
		g = chy_range_trim(r, g);
		if (chy_is_page_line(r, g)) {
			chy_leaf_put(r, CHY_NODE_RESIDUE, g, 0);
		} else if (g.from < g.to) {
			uint32_t xmt = role == CHY_ROLE_EXEMPT ? g.to :
			    inline_xmt(r, g);
			chy_range first = { g.from, xmt };

			if (xmt < g.to && r->p[xmt - 1] == ',')
				first.to--;
			read_address(r, first, role);
			if (xmt < g.to) {
				chy_leaf_put(r, CHY_NODE_KEYWORD,
				    (chy_range){ first.to, xmt + 4 }, 0);
				read_address(r, (chy_range){ xmt + 5, g.to },
				    CHY_ROLE_EXEMPT);
			}
		}
		/* One blank line may stand inside the list. */
		blank = 0;
		while (r->line + 1 + blank < r->n_lines &&
		    chy_line_blank(r, r->line + 1 + blank))
			blank++;
		if (blank > 0 || r->line + 1 >= r->n_lines)
			break;
		g = chy_line(r, r->line + 1);
		if (address_keyword(r, g, &other) > 0 || ends_addresses(r, g))
			break;
		r->line++;
	}
	chy_close(r);
}

/* Lines of a distribution print before format line 5: office-copies. */
static bool
is_distribution(chy_slice s)
{
	size_t dash;

	if (chy_slice_starts(s, CHY_SLICE("-----")))
		return true;
	if (chy_slice_starts(s, CHY_SLICE("ACTION ")) ||
	    chy_slice_starts(s, CHY_SLICE("ORIGIN ")))
		return true;
	if (chy_slice_starts(s, CHY_SLICE("INFO ")))
		s = chy_slice_trim(chy_slice_from(s, 5));
	if (s.len >= 4 && s.len <= 6 && s.ptr[0] == '/' &&
	    chy_is_digit(s.ptr[1]))
		return true;
	dash = chy_slice_find(s, CHY_SLICE("-"), 0);
	return dash >= 1 && dash <= 5 && dash + 2 < s.len &&
	    all_upper(chy_slice_sub(s, 0, dash)) &&
	    chy_is_digit(s.ptr[dash + 1]) && chy_is_digit(s.ptr[dash + 2]) &&
	    (dash + 3 == s.len || chy_is_blank(s.ptr[dash + 3]));
}

static bool
is_notice(chy_slice s)
{
	return chy_slice_istarts(s,
	    CHY_SLICE("This record is a partial extract"));
}

static bool
is_group_count(chy_slice s)
{
	return chy_slice_eq(s, CHY_SLICE("GRNC")) || (s.len > 5 &&
	    chy_slice_ends(s, CHY_SLICE(" GRNC"))) ||
	    (s.len >= 4 && s.len <= 8 && chy_slice_starts(s,
	    CHY_SLICE("GR ")) && all_digits(chy_slice_from(s, 3)));
}

/* One line of the heading at r->line; false if it is none. */
static bool
read_heading_line(chy_reading *r, chy_range line)
{
	chy_slice s = chy_range_text(r, line);
	chy_role role;
	uint32_t n;

	switch (chy_upper(s.ptr[0])) {
	case 'V':
		return read_line_1(r, line);
	case 'D':
		return read_line_3(r, line);
	case 'F':
		return read_line_6(r, line);
	case 'Z':
		if (read_line_1(r, line) || read_line_4(r, line))
			return true;
		break;
	case 'B':
		if (!chy_slice_eq(s, CHY_SLICE("BT")))
			return false;
		chy_open(r, CHY_NODE_FORMAT_LINE, 11);
		chy_leaf_put(r, CHY_NODE_END, line, 0);
		chy_close(r);
		return true;
	case 'T':
		if (is_notice(s)) {
			chy_leaf_put(r, CHY_NODE_RESIDUE, line, 0);
			chy_note(r, CHY_DIAG_PARTIAL_EXTRACT, line, CHY_EMPTY);
			r->tel->partial = true;
			return true;
		}
		break;
	}
	if (read_line_2(r, line) || read_line_5(r, line))
		return true;
	if (r->tel->originator.plad.len == 0 && is_distribution(s)) {
		chy_leaf_put(r, CHY_NODE_RESIDUE, line, 0);
		return true;
	}
	n = address_keyword(r, line, &role);
	if (n > 0) {
		read_addresses(r, line, role, n);
		return true;
	}
	if (is_group_count(s)) {
		chy_open(r, CHY_NODE_FORMAT_LINE, 10);
		chy_leaf_put(r, CHY_NODE_PROSIGN, line, 0);
		chy_close(r);
		return true;
	}
	if (chy_is_page_line(r, line)) {
		chy_leaf_put(r, CHY_NODE_RESIDUE, line, 0);
		return true;
	}
	return false;
}

/* Whether a line could open a heading: asked of lines further down when this
 * one is not understood. */
static bool
opens_heading(const chy_reading *r, chy_range line)
{
	chy_slice s = chy_range_text(r, line);
	uint32_t at, n;
	chy_civil c;

	return chy_is_class_line(r, line) || chy_dtg_at(s, &at, &n, &c) ||
	    chy_slice_starts(s, CHY_SLICE("VZCZC")) ||
	    chy_slice_starts(s, CHY_SLICE("FM AM")) ||
	    chy_label_at(s, &n) == CHY_LABEL_EO ||
	    chy_label_at(s, &n) == CHY_LABEL_TAGS;
}

#define LOOK_AHEAD	60u	/* lines; the longest list of copies has 30 */

static bool
heading_follows(const chy_reading *r)
{
	uint32_t end = r->line + LOOK_AHEAD;
	chy_para_start ps;

	for (uint32_t i = r->line + 1; i < r->n_lines && i < end; i++) {
		chy_range line = chy_line(r, i);

		if (line.from == line.to)
			continue;
		if (chy_para_start_at(r, line, &ps) && ps.number != 0)
			return false;
		if (opens_heading(r, line))
			return true;
	}
	return false;
}

static void
settle_precedence(chy_reading *r)
{
	chy_telegram *tel = r->tel;
	chy_precedence letter = tel->precedence, info = tel->info_precedence;
	chy_precedence low = CHY_PRECEDENCE_NONE;
	bool lower = false;

	for (uint32_t i = 0; i < tel->n_addressees; i++) {
		chy_addressee *a = &tel->addressees[i];

		if (a->effective == CHY_PRECEDENCE_NONE) {
			if (a->role == CHY_ROLE_ACTION)
				a->effective = letter;
			else if (info != CHY_PRECEDENCE_NONE)
				a->effective = info;
			else if (letter != CHY_PRECEDENCE_NONE)
				a->effective = CHY_PRECEDENCE_ROUTINE;
		}
		if (a->effective > tel->precedence)
			tel->precedence = a->effective;
		if (a->role == CHY_ROLE_INFO && a->effective > low)
			low = a->effective;
		if (a->precedence.len > 0 && a->effective < letter)
			lower = true;
	}
	if (info == CHY_PRECEDENCE_NONE && low != CHY_PRECEDENCE_NONE &&
	    low < tel->precedence)
		tel->info_precedence = low;
	if (lower && info == CHY_PRECEDENCE_NONE)
		chy_note(r, CHY_DIAG_DUAL_PRECEDENCE_NOT_GIVEN,
		    chy_line(r, chy_line_of(r,
		    (uint32_t)(tel->dtg.ptr - r->p))),
		    chy_precedence_name(low));
}

/*
 * The date-time group is still to come: prints made at post begin with a
 * block of their own (class word, TAGS, To, From) that is not the heading.
 */
static bool
dtg_follows(const chy_reading *r)
{
	uint32_t end = r->line + LOOK_AHEAD, at, n;
	chy_para_start ps;
	chy_civil c;

	for (uint32_t i = r->line + 1; i < r->n_lines && i < end; i++) {
		chy_range line = chy_line(r, i);
		chy_slice s = chy_range_text(r, line);

		if (line.from == line.to)
			continue;
		if (chy_dtg_at(s, &at, &n, &c))
			return true;
		if (chy_label_at(s, &n) == CHY_LABEL_EO ||
		    (chy_para_start_at(r, line, &ps) && ps.number > 0))
			return false;
	}
	return false;
}

/* Fields of a print above the class line: the telegram has its own below. */
static bool
class_line_follows(const chy_reading *r)
{
	uint32_t end = r->line + LOOK_AHEAD / 3;
	chy_para_start ps;

	for (uint32_t i = r->line + 1; i < r->n_lines && i < end; i++) {
		chy_range line = chy_line(r, i);

		if (line.from == line.to)
			continue;
		if (chy_class_line_numbered(r, line))
			return true;
		if (chy_para_start_at(r, line, &ps) && ps.number > 0)
			return false;
	}
	return false;
}

static bool
is_dtg_line(const chy_reading *r, chy_range line)
{
	uint32_t at, n;
	chy_civil c;

	return chy_dtg_at(chy_range_text(r, line), &at, &n, &c);
}

/* A class word without a number, as prints repeat it. */
static bool
stray_class_word(const chy_reading *r, chy_range line)
{
	return chy_is_class_line(r, line) &&
	    !chy_class_line_numbered(r, line);
}

/* Lines that may stand before the date-time group. */
static bool
read_before_dtg(chy_reading *r, chy_range line)
{
	chy_slice s = chy_range_text(r, line);

	if (read_line_1(r, line) || read_line_2(r, line) ||
	    read_line_3(r, line) || read_line_4(r, line))
		return true;
	if (is_distribution(s) || chy_is_page_line(r, line)) {
		chy_leaf_put(r, CHY_NODE_RESIDUE, line, 0);
		return true;
	}
	return is_notice(s) && read_heading_line(r, line);
}

void
chy_read_heading(chy_reading *r)
{
	bool opened = false, before = dtg_follows(r);

	for (; r->line < r->n_lines; r->line++) {
		chy_range line = chy_line(r, r->line);
		uint32_t n;

		if (line.from == line.to)
			continue;
		if (!opened) {
			chy_open(r, CHY_NODE_HEADING, 0);
			opened = true;
		}
		if (before && is_dtg_line(r, line))
			before = false;
		if (before || (stray_class_word(r, line) &&
		    dtg_follows(r))) {
			if (!read_before_dtg(r, line))
				chy_leaf_put(r, CHY_NODE_UNREAD, line, 0);
			continue;
		}
		if (chy_is_class_line(r, line))
			break;
		if (chy_label_at(chy_range_text(r, line), &n) !=
		    CHY_LABEL_NONE) {
			if (!class_line_follows(r))
				break;
		} else if (read_heading_line(r, line)) {
			continue;
		} else if (!heading_follows(r)) {
			break;
		}
		chy_leaf_put(r, CHY_NODE_UNREAD, line, 0);
	}
	if (opened)
		chy_close(r);
	settle_precedence(r);
}
