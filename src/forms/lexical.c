/*
 * What a line or a word is, by its letters alone.
 *
 * SPDX-License-Identifier: ISC
 */
#include "forms/reading.h"

uint32_t
chy_pilcrow(const chy_reading *r, uint32_t off)
{
	if (off + 1 < r->len && (unsigned char)r->p[off] == 0xc2 &&
	    (unsigned char)r->p[off + 1] == 0xb6)
		return 2;
	return 0;
}

chy_range
chy_skip_markup(chy_reading *r, chy_range g)
{
	for (;;) {
		uint32_t n = chy_pilcrow(r, g.from);

		if (n == 0 || g.from + n > g.to)
			return chy_range_trim(r, g);
		if (r->pilcrows++ == 0)
			r->first_pilcrow = g.from;
		chy_leaf_put(r, CHY_NODE_MARKUP,
		    (chy_range){ g.from, g.from + n }, 0);
		g.from += n;
		g = chy_range_trim(r, g);
	}
}

bool
chy_is_rule(chy_slice line)
{
	size_t n = 0;

	if (line.len < 3 || chy_is_alnum(line.ptr[0]))
		return false;
	for (size_t i = 0; i < line.len; i++) {
		char c = line.ptr[i];

		if (c == '-' || c == '_' || c == '=' || c == '*')
			n++;
		else if (!chy_is_blank(c))
			return false;
	}
	return n >= 3;
}

static size_t
digits_at(chy_slice s, size_t at)
{
	size_t n = 0;

	while (at + n < s.len && chy_is_digit(s.ptr[at + n]))
		n++;
	return n;
}

static size_t
blanks_at(chy_slice s, size_t at)
{
	size_t n = 0;

	while (at + n < s.len && chy_is_blank(s.ptr[at + n]))
		n++;
	return n;
}

/* MADRID 00000383  001.2 OF 002 */
static bool
is_section_page(chy_slice s)
{
	size_t n = s.len, i;

	if (n < 20 || n > 70 || !chy_is_digit(s.ptr[n - 1]))
		return false;
	i = n;
	while (i > 0 && chy_is_digit(s.ptr[i - 1]))
		i--;
	if (n - i != 3 || i < 4 || !chy_slice_ieq(chy_slice_sub(s, i - 4, 4),
	    CHY_SLICE(" OF ")))
		return false;
	i -= 4;
	while (i > 0 && (chy_is_digit(s.ptr[i - 1]) || s.ptr[i - 1] == '.'))
		i--;
	if (!chy_is_digit(s.ptr[i]) || i == 0 || !chy_is_blank(s.ptr[i - 1]))
		return false;
	while (i > 0 && chy_is_blank(s.ptr[i - 1]))
		i--;
	n = i;
	while (i > 0 && chy_is_digit(s.ptr[i - 1]))
		i--;
	return n - i >= 6 && i > 0 && chy_is_blank(s.ptr[i - 1]) &&
	    chy_is_alpha(s.ptr[0]);
}

/* PAGE 02 HARARE 06677 01 OF 03 291400Z; PAGE 02 RUEHFRA0170 S E C R E T */
static bool
is_page_heading(chy_slice s)
{
	size_t at = 4, n;

	if (!chy_slice_starts(s, CHY_SLICE("PAGE")))
		return false;
	at += blanks_at(s, at);
	n = digits_at(s, at);
	if (at == 4 || n < 2 || n > 3)
		return false;
	at += n;
	n = blanks_at(s, at);
	at += n;
	if (n == 0 || at + 3 > s.len || !chy_is_upper(s.ptr[at]))
		return false;
	for (size_t i = at; i < s.len; i++)
		if (chy_is_digit(s.ptr[i]))
			return true;
	return false;
}

static bool
is_review_stamp(chy_slice s)
{
	return chy_slice_istarts(s, CHY_SLICE("Margaret P Grafeld")) ||
	    chy_slice_istarts(s, CHY_SLICE("Declassified/Released")) ||
	    chy_slice_istarts(s, CHY_SLICE("Declassified Released")) ||
	    chy_slice_istarts(s, CHY_SLICE("Sheryl P. Walter Declassified"));
}

bool
chy_is_page_line(const chy_reading *r, chy_range line)
{
	chy_slice s = chy_range_text(r, line);

	if (s.len < 12)
		return false;
	switch (s.ptr[0]) {
	case 'P':
		if (is_page_heading(s))
			return true;
		break;
	case 'M':
	case 'D':
	case 'S':
		if (is_review_stamp(s))
			return true;
		break;
	}
	return is_section_page(s);
}

/* ---- labels of heading fields ---- */

typedef struct label_word {
	chy_slice      word;
	chy_label_kind kind;
	bool	       bare;	/* may stand without a colon */
} label_word;

/* The longer ones first where one begins another. Damaged spellings are from
 * telegram-format 4.6 to 4.10. */
static const label_word label_words[] = {
	{ CHY_LIT("SUBJECT"), CHY_LABEL_SUBJECT,	    true },
	{ CHY_LIT("SUBJEQT"), CHY_LABEL_SUBJECT,	    true },
	{ CHY_LIT("SUBJET"), CHY_LABEL_SUBJECT,	    false },
	{ CHY_LIT("SUBJ"), CHY_LABEL_SUBJECT,	    true },
	{ CHY_LIT("SLBJECT"), CHY_LABEL_SUBJECT,	    false },
	{ CHY_LIT("TAGS"), CHY_LABEL_TAGS,	    true },
	{ CHY_LIT("TAGES"), CHY_LABEL_TAGS,	    false },
	{ CHY_LIT("TABS"), CHY_LABEL_TAGS,	    false },
	{ CHY_LIT("TAG"), CHY_LABEL_TAGS,	    true },
	{ CHY_LIT("TAS"), CHY_LABEL_TAGS,	    false },
	{ CHY_LIT("TGS"), CHY_LABEL_TAGS,	    false },
	{ CHY_LIT("AGS"), CHY_LABEL_TAGS,	    false },
	{ CHY_LIT("REFERENCES"), CHY_LABEL_REF,	    false },
	{ CHY_LIT("REFERENCE"), CHY_LABEL_REF,	    false },
	{ CHY_LIT("REFTELS"), CHY_LABEL_REF,	    false },
	{ CHY_LIT("REFTEL"), CHY_LABEL_REF,	    false },
	{ CHY_LIT("REF(S)"), CHY_LABEL_REF,	    true },
	{ CHY_LIT("REFS"), CHY_LABEL_REF,	    true },
	{ CHY_LIT("REF"), CHY_LABEL_REF,	    true },
	{ CHY_LIT("CLASSIFIED BY"), CHY_LABEL_CLASSIFIED_BY, true },
	{ CHY_LIT("CLASSFIED BY"), CHY_LABEL_CLASSIFIED_BY, true },
	{ CHY_LIT("CLASSIFED BY"), CHY_LABEL_CLASSIFIED_BY, true },
	{ CHY_LIT("CLASSIFEID BY"), CHY_LABEL_CLASSIFIED_BY, true },
	{ CHY_LIT("CLASSIFIED  BY"), CHY_LABEL_CLASSIFIED_BY, true },
	{ CHY_LIT("DERIVED FROM"), CHY_LABEL_DERIVED_FROM,  true },
};

static bool
has_digit(chy_slice s)
{
	for (size_t i = 0; i < s.len; i++)
		if (chy_is_digit(s.ptr[i]))
			return true;
	return false;
}

/* E.O. 12958, EO 12958, E.0. 12958, E.O 12958: the order is not counted in. */
static uint32_t
eo_label(chy_slice s)
{
	size_t at = 1, letters, n;

	if (s.len < 7 || chy_upper(s.ptr[0]) != 'E')
		return 0;
	while (at < s.len && (s.ptr[at] == '.' || chy_is_blank(s.ptr[at])))
		at++;
	if (at > 3 || at >= s.len || (chy_upper(s.ptr[at]) != 'O' &&
	    s.ptr[at] != '0'))
		return 0;
	at++;
	if (at < s.len && s.ptr[at] == '.')
		at++;
	letters = at;
	while (at < s.len && (chy_is_blank(s.ptr[at]) || s.ptr[at] == '.'))
		at++;
	n = digits_at(s, at);
	if (n < 4 || n > 6)
		return 0;
	return (uint32_t)letters;
}

chy_label_kind
chy_label_at(chy_slice s, uint32_t *ret_len)
{
	char a, b;

	if (s.len < 3)
		return CHY_LABEL_NONE;
	a = chy_upper(s.ptr[0]);
	b = chy_upper(s.ptr[1]);
	/* Two letters turn most lines away. */
	switch ((unsigned char)a << 8 | (unsigned char)b) {
	case 'E' << 8 | '.':
	case 'E' << 8 | 'O':
	case 'E' << 8 | ' ':
		*ret_len = eo_label(s);
		return *ret_len > 0 ? CHY_LABEL_EO : CHY_LABEL_NONE;
	case 'S' << 8 | 'U':
	case 'S' << 8 | 'L':
	case 'T' << 8 | 'A':
	case 'T' << 8 | 'G':
	case 'A' << 8 | 'G':
	case 'R' << 8 | 'E':
	case 'C' << 8 | 'L':
	case 'D' << 8 | 'E':
		break;
	default:
		return CHY_LABEL_NONE;
	}
	for (size_t i = 0; i < ARRAY_LEN(label_words); i++) {
		const label_word *w = &label_words[i];
		size_t n = w->word.len, at = n;
		bool colon;

		/* One test for two letters: most rows fail it. */
		if (((a ^ w->word.ptr[0]) | (b ^ w->word.ptr[1])) != 0 ||
		    !chy_slice_istarts(s, w->word))
			continue;
		at += blanks_at(s, at);
		colon = at < s.len && (s.ptr[at] == ':' ||
		    (s.ptr[at] == ';' && w->kind == CHY_LABEL_SUBJECT));
		/* "REF A: ..." begins a list too, "REF A" in a text does not */
		if (!colon && (!w->bare || (s.len > n &&
		    !chy_is_blank(s.ptr[n]) && s.ptr[n] != '.')))
			continue;
		if (!colon && (w->kind == CHY_LABEL_REF ||
		    w->kind == CHY_LABEL_TAGS || w->kind ==
		    CHY_LABEL_SUBJECT) && chy_is_lower(s.ptr[1]))
			continue;	/* "Tag ...": a word of a text */
		/* "REF AMONG ...": a subject goes on; a list has a number. */
		if (!colon && w->kind == CHY_LABEL_REF &&
		    chy_slice_trim(chy_slice_from(s, n)).len > 1 &&
		    !has_digit(s))
			continue;
		*ret_len = (uint32_t)(colon ? at + 1 : n);
		return w->kind;
	}
	return CHY_LABEL_NONE;
}

/* A label at exactly i, as it may stand inside a line: only a colon makes a
 * word one, but of the two that nothing else begins with. */
static chy_label_kind
inner_label(chy_slice s, size_t i)
{
	chy_label_kind kind;
	uint32_t n;

	if (chy_is_lower(s.ptr[i]))
		return CHY_LABEL_NONE;
	kind = chy_label_at(chy_slice_from(s, i), &n);
	if (kind == CHY_LABEL_NONE || kind == CHY_LABEL_EO ||
	    kind == CHY_LABEL_CLASSIFIED_BY || s.ptr[i + n - 1] == ':')
		return kind;
	return CHY_LABEL_NONE;
}

chy_label_kind
chy_label_inside(chy_slice s, uint32_t from, uint32_t *ret_at)
{
	size_t i = from == 0 ? 1 : from;
	chy_label_kind kind;

	for (; i + 3 < s.len; i++) {
		char prev = s.ptr[i - 1];

		/* Classified By also glued to the word before it. */
		if (s.ptr[i] != 'C' ? prev != ' ' && prev != '\t' :
		    s.ptr[i + 1] != 'l' && (s.ptr[i + 1] != 'L' ||
		    chy_is_upper(prev)))
			continue;
		kind = inner_label(s, i);
		if (kind != CHY_LABEL_NONE) {
			*ret_at = (uint32_t)i;
			return kind;
		}
	}
	return CHY_LABEL_NONE;
}

/* ---- paragraphs ---- */

/* What may follow the level in a mark: controls, countries, separators. */
static bool
is_mark_body(chy_slice s)
{
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];

		if (!chy_is_upper(c) && !chy_is_blank(c) && c != '/' &&
		    c != '-' && c != ',')
			return false;
	}
	return true;
}

uint32_t
chy_mark_len(chy_slice s)
{
	static const chy_slice levels[] = {
		CHY_LIT("UNCLASSIFIED"), CHY_LIT("UNCLAS"), CHY_LIT("U"),
		CHY_LIT("SBU"), CHY_LIT("CONFIDENTIAL"), CHY_LIT("C"),
		CHY_LIT("SECRET"), CHY_LIT("S"), CHY_LIT("TS"),
		CHY_LIT("TOP SECRET"), CHY_LIT("FOUO"), CHY_LIT("LOU"),
		CHY_LIT("NF"), CHY_LIT("SNF"), CHY_LIT("N"), CHY_LIT("CUI"),
	};
	size_t end, body = 1;
	chy_slice in;

	if (s.len < 3 || s.ptr[0] != '(')
		return 0;
	for (end = 1; end < s.len && end <= 48 && s.ptr[end] != ')'; end++)
		if (s.ptr[end] == '(' || s.ptr[end] == '\n')
			return 0;
	if (end >= s.len || s.ptr[end] != ')')
		return 0;
	in = chy_slice_trim(chy_slice_sub(s, 1, end - 1));
	if (in.len == 0 || memchr("UCSTFLNucstfln", in.ptr[0], 14) == NULL)
		return 0;
	for (size_t i = 0; i < ARRAY_LEN(levels); i++) {
		chy_slice l = levels[i];
		chy_slice rest;

		if (!chy_slice_istarts(in, l))
			continue;
		rest = chy_slice_from(in, l.len);
		body = l.len;
		if (rest.len == 0)
			return chy_is_upper(in.ptr[0]) || in.len <= 3 ?
			    (uint32_t)end + 1 : 0;
		if ((rest.ptr[0] == '/' || rest.ptr[0] == '-' ||
		    chy_is_blank(rest.ptr[0])) && is_mark_body(rest) &&
		    chy_is_upper(in.ptr[0]))
			return (uint32_t)end + 1;
	}
	(void)body;
	return 0;
}

bool
chy_para_start_at(const chy_reading *r, chy_range line, chy_para_start *ret)
{
	chy_para_start ps = { .number = 0 };
	uint32_t at = line.from, n;
	chy_slice s;
	char c;

	if (at >= line.to)
		return false;
	c = r->p[at];
	if (!chy_is_digit(c) && c != '(' && (unsigned char)c != 0xc2)
		return false;
	while ((n = chy_pilcrow(r, at)) > 0 && at + n <= line.to) {
		at += n;
		ps.pilcrow = true;
	}
	while (at < line.to && chy_is_blank(r->p[at]))
		at++;
	s = (chy_slice){ r->p + at, line.to - at };
	if (s.len == 0)
		return false;
	if (s.ptr[0] == '(') {		/* the mark before the number */
		n = chy_mark_len(s);
		if (n == 0)
			return false;
		ps.mark_at = (chy_range){ at, at + n };
		at += n;
		while (at < line.to && chy_is_blank(r->p[at]))
			at++;
		s = (chy_slice){ r->p + at, line.to - at };
	}
	n = (uint32_t)digits_at(s, 0);
	if (n > 0 && n <= 3 && n < s.len && (s.ptr[n] == '.' ||
	    s.ptr[n] == ')') && !(n + 1 < s.len &&
	    chy_is_digit(s.ptr[n + 1]))) {
		for (uint32_t i = 0; i < n; i++)
			ps.number = ps.number * 10 + (uint32_t)(s.ptr[i] - '0');
		ps.number_at = (chy_range){ at, at + n };
		ps.punct_at = (chy_range){ at + n, at + n + 1 };
		ps.sep = s.ptr[n];
		at += n + 1;
		while (at < line.to && (chy_is_blank(r->p[at])))
			at++;
		if (ps.mark_at.to == 0) {
			n = chy_mark_len((chy_slice){ r->p + at,
			    line.to - at });
			if (n > 0)
				ps.mark_at = (chy_range){ at, at + n };
			at += n;
		}
	}
	if (ps.number == 0 && ps.mark_at.to == 0)
		return false;
	ps.rest = chy_range_trim(r, (chy_range){ at, line.to });
	*ret = ps;
	return true;
}

/* ---- classification ---- */

static const struct {
	chy_slice letters;	/* without blanks */
	chy_level level;
} class_words[] = {
	{ CHY_LIT("UNCLASSIFIED"), CHY_LEVEL_UNCLASSIFIED },
	{ CHY_LIT("UNCLAS"), CHY_LEVEL_UNCLASSIFIED },
	{ CHY_LIT("LIMITEDOFFICIALUSE"), CHY_LEVEL_LIMITED_OFFICIAL_USE },
	{ CHY_LIT("CONFIDENTIAL"), CHY_LEVEL_CONFIDENTIAL },
	{ CHY_LIT("TOPSECRET"), CHY_LEVEL_TOP_SECRET },
	{ CHY_LIT("SECRET"), CHY_LEVEL_SECRET },
};

/* Edit distance of two short words, at most 3. */
static unsigned
distance(const char *a, size_t na, const char *b, size_t nb)
{
	unsigned row[24];

	if (na > nb + 2 || nb > na + 2 || nb >= ARRAY_LEN(row))
		return 3;
	for (size_t j = 0; j <= nb; j++)
		row[j] = (unsigned)j;
	for (size_t i = 1; i <= na; i++) {
		unsigned diag = row[0];

		row[0] = (unsigned)i;
		for (size_t j = 1; j <= nb; j++) {
			unsigned cost = diag + (a[i - 1] != b[j - 1]);

			diag = row[j];
			if (row[j - 1] + 1 < cost)
				cost = row[j - 1] + 1;
			if (row[j] + 1 < cost)
				cost = row[j] + 1;
			row[j] = cost;
		}
	}
	return row[nb] > 3 ? 3 : row[nb];
}

/* The class word that s begins with, letter for letter over any blanks; its
 * length. TOP SECRET and the longer ones come first in the table. */
static chy_level
exact_class_word(chy_slice s, uint32_t *ret_len)
{
	for (size_t w = 0; w < ARRAY_LEN(class_words); w++) {
		chy_slice word = class_words[w].letters;
		size_t i = 0, k = 0;

		while (i < s.len && k < word.len) {
			if (chy_upper(s.ptr[i]) == word.ptr[k])
				k++;
			else if (!chy_is_blank(s.ptr[i]) || k == 0)
				break;
			i++;
		}
		if (k == word.len && (i == s.len || !chy_is_alpha(s.ptr[i]))) {
			*ret_len = (uint32_t)i;
			return class_words[w].level;
		}
	}
	return CHY_LEVEL_NONE;
}

/*
 * Letters are gathered blank by blank; a word may end where a blank, a slash
 * or the line does. The longest exact word wins; else the nearest within two
 * letters that keeps the last four (classification 1.2).
 */
chy_level
chy_class_word(chy_slice s, uint32_t *ret_len, bool *ret_damaged)
{
	char letters[24];
	size_t n = 0, words = 0;
	chy_level best = CHY_LEVEL_NONE, near = CHY_LEVEL_NONE;
	uint32_t best_len = 0, near_len = 0;
	unsigned near_by = 3;

	best = exact_class_word(s, ret_len);
	*ret_damaged = best == CHY_LEVEL_NONE;
	if (best != CHY_LEVEL_NONE)
		return best;

	for (size_t i = 0; i < s.len && n < sizeof(letters); i++) {
		char c = chy_upper(s.ptr[i]);
		bool end;

		if (chy_is_blank(c))
			continue;
		if (!chy_is_upper(c))
			break;
		letters[n++] = c;
		end = i + 1 == s.len || !chy_is_alpha(s.ptr[i + 1]);
		if (!end)
			continue;
		if (++words > 18)
			break;
		for (size_t w = 0; w < ARRAY_LEN(class_words); w++) {
			const char *word = class_words[w].letters.ptr;
			size_t len = class_words[w].letters.len;
			unsigned by;

			if (n < 4 || len < 4 || n + 2 < len || len + 2 < n ||
			    memcmp(letters + n - 4, word + len - 4, 4) != 0)
				continue;
			by = distance(letters, n, word, len);
			if (by == 0) {
				best = class_words[w].level;
				best_len = (uint32_t)i + 1;
			} else if (by < near_by) {
				near_by = by;
				near = class_words[w].level;
				near_len = (uint32_t)i + 1;
			}
		}
	}
	*ret_damaged = best == CHY_LEVEL_NONE;
	*ret_len = best != CHY_LEVEL_NONE ? best_len : near_len;
	return best != CHY_LEVEL_NONE ? best : near;
}
