/*
 * Rules over lines and over characters: one wide pass each for all of them.
 *
 * Source: ACP 127 family; 5 FAH-1 H-240, H-246.1; telegram-format 1.
 *
 * SPDX-License-Identifier: ISC
 */
#include "check/check_int.h"

#include <stdio.h>

#include "base/lines.h"
#include "base/utf8.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#define LINE_69		69u
#define LINE_55		55u
#define SECTION_LINES	100u	/* five teletype pages */
#define LINES_AT_ONCE	512u

typedef struct line_count {
	uint32_t lines;		/* of the text */
	uint32_t over_55, first_55;
	bool	 layout;	/* layout rules apply */
} line_count;

/* The place after `n` characters of the line. */
static uint32_t
after_characters(const chy_checking *c, uint32_t from, uint32_t to, uint32_t n)
{
	while (n-- > 0 && from < to) {
		size_t len = chy_utf8_len((chy_slice){ c->p + from,
		    to - from });

		from += len == 0 ? 1 : (uint32_t)len;
	}
	return from;
}

static void
long_line(chy_checking *c, line_count *k, uint32_t from, uint32_t to)
{
	size_t n = chy_utf8_count((chy_slice){ c->p + from, to - from });
	uint32_t at;

	if (n > LINE_69) {
		at = after_characters(c, from, to, LINE_69);
		chy_report_fmt(c, CHY_DIAG_TEXT_LINE_OVER_69, at, to - at,
		    "%zu characters", n);
	} else if (n > LINE_55 && k->over_55++ == 0) {
		k->first_55 = after_characters(c, from, to, LINE_55);
	}
}

/* One line of the text, with its end at `to`. */
static void
text_line(chy_checking *c, line_count *k, uint32_t from, uint32_t to)
{
	k->lines++;
	if (to - from == 2 || (to - from == 3 && c->p[from + 2] == '\r')) {
		/* BT ends the text; the reader has that in the tail. */
		if (c->framed && c->p[from] == 'B' && c->p[from + 1] == 'T' &&
		    !(c->first[CHY_NODE_TAIL] != CHY_NO_NODE && from >=
		    chy_node_at(c, c->first[CHY_NODE_TAIL])->off))
			chy_report(c, CHY_DIAG_BT_INSIDE_TEXT, from, 2,
			    CHY_EMPTY);
		return;
	}
	if (!k->layout || to - from <= LINE_55)
		return;
	while (to > from && chy_is_space(c->p[to - 1]))
		to--;
	if (to - from > LINE_55)
		long_line(c, k, from, to);
}

void
chy_rule_text_lines(chy_checking *c, uint32_t node)
{
	uint32_t ends[LINES_AT_ONCE], next = c->text_off, from = next;
	chy_slice text = { c->p, c->len };
	uint32_t first = c->first[CHY_NODE_CLASS_LINE];
	line_count k = { 0 };

	(void)node;
	if (first == CHY_NO_NODE && c->text_off == 0)
		return;
	k.layout = !c->reflowed &&
	    !chy_is_off(c, CHY_DIAG_TEXT_LINE_OVER_69);
	/* On reading only the number of lines is wanted, and BT. */
	while (next < c->len) {
		size_t n = chy_lines_find(text, next, ends, LINES_AT_ONCE,
		    &next);

		for (size_t i = 0; i < n; i++) {
			text_line(c, &k, from, ends[i]);
			from = ends[i] + 1;
		}
	}
	if (from < c->len)
		text_line(c, &k, from, c->len);
	if (k.over_55 > 0)
		chy_report_fmt(c, CHY_DIAG_TEXT_LINE_OVER_55, k.first_55, 0,
		    "%u line%s", k.over_55, k.over_55 == 1 ? "" : "s");
	/* Sections that were joined have lost their own length. */
	if (k.lines > SECTION_LINES && !c->reflowed &&
	    (c->tel->sections < 2 || !chy_has_later_sections(c)) &&
	    first != CHY_NO_NODE)
		chy_report_fmt(c, CHY_DIAG_SECTION_TOO_LONG,
		    chy_node_at(c, first)->off, chy_node_at(c, first)->len,
		    "%u lines", k.lines);
}


/* ---- characters ---- */

typedef struct characters {
	uint32_t pilcrows, quotes, blanks, dashes, dots;
	uint32_t publication;	/* offset of the first of them */
	uint32_t others, other;	/* not to be transmitted; the first */
	uint32_t other_code;
	uint32_t runs, run, run_len;	/* of redaction */
} characters;

static void
publication(characters *k, uint32_t *count, uint32_t off)
{
	if (k->pilcrows + k->quotes + k->blanks + k->dashes + k->dots == 0)
		k->publication = off;
	++*count;
}

static void
other(characters *k, uint32_t code, uint32_t off)
{
	if (k->others++ == 0) {
		k->other = off;
		k->other_code = code;
	}
}

/* A character beyond ASCII, or a control character; its length. */
static uint32_t
take_character(const chy_checking *c, characters *k, uint32_t off)
{
	uint32_t code = 0;
	size_t n = chy_utf8_get((chy_slice){ c->p + off, c->len - off },
	    &code);

	if (n == 0) {
		other(k, (unsigned char)c->p[off], off);
		return 1;
	}
	switch (code) {
	case '\n':
	case '\t':	/* a blank of an editor; it is not sent */
		break;
	case '\r':
		if (off + 1 >= c->len || (c->p[off + 1] != '\n' &&
		    c->p[off + 1] != '\r'))
			other(k, code, off);
		break;
	case 0xb6:
		publication(k, &k->pilcrows, off);
		break;
	case 0x2018:
	case 0x2019:
	case 0x201c:
	case 0x201d:
		publication(k, &k->quotes, off);
		break;
	case 0xa0:
		publication(k, &k->blanks, off);
		break;
	case 0x2013:
	case 0x2014:
		publication(k, &k->dashes, off);
		break;
	case 0x2026:
		publication(k, &k->dots, off);
		break;
	default:
		other(k, code, off);
	}
	return (uint32_t)n;
}

static void
take_run(characters *k, uint32_t off, uint32_t len)
{
	if (k->runs++ == 0) {
		k->run = off;
		k->run_len = len;
	}
}

/* A run of x or _ around off; where it ends. A line of nothing else is a
 * rule, not something removed. */
static uint32_t
take_redaction(const chy_checking *c, characters *k, uint32_t off,
    uint32_t done)
{
	char ch = c->p[off];
	uint32_t from = off, to = off;
	chy_span line;

	while (from > done && c->p[from - 1] == ch)
		from--;
	while (to < c->len && c->p[to] == ch)
		to++;
	if (to - from < 6)
		return to;
	line = chy_line_at(c, from);
	if (ch == '_' && chy_slice_trim(chy_span_text(c, line)).len ==
	    to - from)
		return to;
	take_run(k, from, to - from);
	return to;
}

/* [   ], [____] */
static uint32_t
take_bracket(const chy_checking *c, characters *k, uint32_t off)
{
	uint32_t to = off + 1;

	while (to < c->len && (c->p[to] == ' ' || c->p[to] == '_'))
		to++;
	if (to > off + 1 && to < c->len && c->p[to] == ']')
		take_run(k, off, to + 1 - off);
	return off + 1;
}

static bool
is_letters(const chy_checking *c, uint32_t off, const char *word)
{
	return off + 4 <= c->len && memcmp(c->p + off, word, 4) == 0 &&
	    (off == 0 || !chy_is_alnum(c->p[off - 1])) &&
	    (off + 4 == c->len || !chy_is_upper(c->p[off + 4]));
}

/* NNNN or ZCZC where neither line 1 nor the end of the message is. */
static void
take_transmission_mark(chy_checking *c, uint32_t off)
{
	uint32_t tail = c->first[CHY_NODE_TAIL];
	chy_span line;

	if (off < c->text_off || (tail != CHY_NO_NODE &&
	    off >= chy_node_at(c, tail)->off &&
	    off < chy_node_at(c, tail)->off + chy_node_at(c, tail)->len))
		return;
	line = chy_line_at(c, off);
	if (c->p[off] == 'N' && c->framed &&
	    chy_slice_trim(chy_span_text(c, line)).len == 4)
		chy_report(c, CHY_DIAG_NNNN_MISSING, off, 4,
		    CHY_SLICE("before the end"));
	else
		chy_report(c, CHY_DIAG_TRANSMISSION_MARK_IN_TEXT, off, 4,
		    (chy_slice){ c->p + off, 4 });
}

/* Look closer at one byte that the wide pass stopped at; where to go on. */
static uint32_t
look_at(chy_checking *c, characters *k, uint32_t off, uint32_t done)
{
	unsigned char b = (unsigned char)c->p[off];

	if (b >= 0x80 || b < 0x20 || b == 0x7f)
		return off + take_character(c, k, off);
	switch (b) {
	case 'x':
	case 'X':
	case '_':
		return take_redaction(c, k, off, done);
	case '[':
		return take_bracket(c, k, off);
	case 'N':
		if (is_letters(c, off, "NNNN")) {
			take_transmission_mark(c, off);
			return off + 4;
		}
		break;
	case 'Z':
		if (is_letters(c, off, "ZCZC")) {
			take_transmission_mark(c, off);
			return off + 4;
		}
		break;
	}
	return off + 1;
}

#if defined(__SSE2__)
/* Bytes of the sixteen at p that are worth a look. */
static unsigned
stops(const char *p)
{
	__m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
	__m128i w = _mm_loadu_si128((const __m128i *)(const void *)(p + 1));
	/* Signed, one up: control characters, DEL and bytes above 127 are all
	 * below a blank. */
	__m128i odd = _mm_andnot_si128(
	    _mm_cmpeq_epi8(v, _mm_set1_epi8('\n')), _mm_cmplt_epi8(
	    _mm_add_epi8(v, _mm_set1_epi8(1)), _mm_set1_epi8('!')));
	/* Two alike of x, X, _ and N. */
	__m128i twice = _mm_and_si128(_mm_cmpeq_epi8(v, w), _mm_or_si128(
	    _mm_or_si128(_mm_cmpeq_epi8(_mm_or_si128(v, _mm_set1_epi8(0x20)),
	    _mm_set1_epi8('x')), _mm_cmpeq_epi8(v, _mm_set1_epi8('_'))),
	    _mm_cmpeq_epi8(v, _mm_set1_epi8('N'))));
	/* Z and [ stand side by side in ASCII, and both are rare. */
	__m128i rare = _mm_cmplt_epi8(_mm_add_epi8(v,
	    _mm_set1_epi8((char)(128 - 'Z'))), _mm_set1_epi8(-126));
	__m128i all = _mm_or_si128(_mm_or_si128(odd, twice), rare);

	return (unsigned)_mm_movemask_epi8(all);
}
#endif

static void
scan(chy_checking *c, characters *k)
{
	uint32_t off = 0, done = 0;

#if defined(__SSE2__)
	for (; off < c->len; off += 16) {
		unsigned mask = stops(c->p + off);

		while (mask != 0) {
			uint32_t at = off + (uint32_t)__builtin_ctz(mask);

			mask &= mask - 1;
			if (at >= c->len)
				return;
			if (at >= done)
				done = look_at(c, k, at, done);
		}
	}
#else
	while (off < c->len) {
		unsigned char b = (unsigned char)c->p[off];

		if (b == '\n' || (b >= 0x20 && b < 0x7f &&
		    memchr("xX_[NZ", b, 6) == NULL))
			off++;
		else
			off = done = look_at(c, k, off, done);
	}
#endif
}

/* Signs that five-level circuits do not have. */
static void
check_ita2(chy_checking *c, characters *k)
{
	static const char missing[] = "*%=+<>@[]_{}|~^`\\";

	for (uint32_t i = 0; i < c->len; i++)
		if (memchr(missing, c->p[i], sizeof(missing) - 1) != NULL)
			other(k, (unsigned char)c->p[i], i);
}

/* "9 pilcrows, 2 curly quotes" */
static void
report_publication(chy_checking *c, const characters *k)
{
	const struct {
		uint32_t    count;
		const char *one;
	} kinds[] = {
		{ k->pilcrows, "pilcrow" }, { k->quotes, "curly quote" },
		{ k->blanks, "no-break space" }, { k->dashes, "long dash" },
		{ k->dots, "ellipsis" },
	};
	char text[160];
	size_t n = 0;

	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		int w;

		if (kinds[i].count == 0)
			continue;
		w = snprintf(text + n, sizeof(text) - n, "%s%u %s%s",
		    n > 0 ? ", " : "", kinds[i].count, kinds[i].one,
		    kinds[i].count == 1 ? "" : kinds[i].one[0] == 'l' ||
		    kinds[i].one[0] == 'e' ? "es" : "s");
		n += w > 0 && n + (size_t)w < sizeof(text) ? (size_t)w : 0;
	}
	if (n > 0)
		chy_report(c, CHY_DIAG_PUBLICATION_CHARACTERS, k->publication,
		    (uint32_t)chy_utf8_len((chy_slice){ c->p + k->publication,
		    c->len - k->publication }), (chy_slice){ text, n });
}

void
chy_rule_characters(chy_checking *c, uint32_t node)
{
	characters k = { 0 };

	(void)node;
	scan(c, &k);
	if (c->opts->drafting && (c->opts->profile & CHY_PROFILE_ITA2))
		check_ita2(c, &k);
	report_publication(c, &k);
	if (k.runs > 0)
		chy_report_fmt(c, CHY_DIAG_REDACTION_RUN, k.run, k.run_len,
		    "%u run%s", k.runs, k.runs == 1 ? "" : "s");
	/* A copy that was never a transmission may hold what it likes. */
	if (k.others > 0 && (c->opts->drafting || c->transmitted))
		chy_report_fmt(c, CHY_DIAG_CHARACTER_NOT_TRANSMITTABLE,
		    k.other, 1, "U+%04X, %u character%s", k.other_code,
		    k.others, k.others == 1 ? "" : "s");
}
