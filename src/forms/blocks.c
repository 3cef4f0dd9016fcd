/*
 * Finding blocks and citations, and settling what they cover.
 *
 * Source: telegram-format 4.9, 4.12; product.md, Shapes of the JSON.
 *
 * SPDX-License-Identifier: ISC
 */
#include "forms/blocks.h"

#include "base/lines.h"
#include "telegram/mrn.h"

/* ---- words of blocks ---- */

typedef struct block_word {
	chy_slice word;
	uint32_t  kind;
} block_word;

/* The longer ones first where one begins the other. */
static const block_word block_words[] = {
	{ CHY_LIT("SUMMARY"), CHY_BLOCK_SUMMARY },
	{ CHY_LIT("SUMARY"), CHY_BLOCK_SUMMARY },
	{ CHY_LIT("COMMENTARY"), CHY_BLOCK_COMMENT },
	{ CHY_LIT("COMMENTS"), CHY_BLOCK_COMMENT },
	{ CHY_LIT("COMMENT"), CHY_BLOCK_COMMENT },
	{ CHY_LIT("NOTES"), CHY_BLOCK_NOTE },
	{ CHY_LIT("NOTE"), CHY_BLOCK_NOTE },
	{ CHY_LIT("ACTION REQUESTED"), CHY_BLOCK_ACTION_REQUEST },
	{ CHY_LIT("ACTION REQUESTS"), CHY_BLOCK_ACTION_REQUEST },
	{ CHY_LIT("ACTION REQUEST"), CHY_BLOCK_ACTION_REQUEST },
	{ CHY_LIT("INTRODUCTION"), CHY_BLOCK_INTRODUCTION },
	{ CHY_LIT("BACKGROUND"), CHY_BLOCK_BACKGROUND },
	{ CHY_LIT("TEXT"), CHY_BLOCK_TEXT },
	{ CHY_LIT("TALKING POINTS"), CHY_BLOCK_POINTS },
	{ CHY_LIT("POINTS"), CHY_BLOCK_POINTS },
};

static size_t
skip_blanks(chy_slice s, size_t at)
{
	while (at < s.len && chy_is_space(s.ptr[at]))
		at++;
	return at;
}

static size_t
one_word(chy_slice s, uint32_t *ret_kind)
{
	char a, b;

	if (s.len < 4)
		return 0;
	a = chy_upper(s.ptr[0]);
	b = chy_upper(s.ptr[1]);
	for (size_t i = 0; i < ARRAY_LEN(block_words); i++) {
		chy_slice w = block_words[i].word;
		size_t k = 0, n = 0;

		if (((a ^ w.ptr[0]) | (b ^ w.ptr[1])) != 0)
			continue;

		/* A blank of the word may be a line end of the text. */
		while (k < w.len && n < s.len) {
			if (w.ptr[k] == ' ') {
				if (!chy_is_space(s.ptr[n]))
					break;
				n = skip_blanks(s, n);
				k++;
			} else if (chy_upper(s.ptr[n]) == w.ptr[k]) {
				n++;
				k++;
			} else {
				break;
			}
		}
		if (k == w.len && (n == s.len || !chy_is_alnum(s.ptr[n]))) {
			*ret_kind = block_words[i].kind;
			return n;
		}
	}
	return 0;
}

/* SUMMARY AND COMMENT, NOTE/COMMENT, COMMENT (CONTINUED) AND ACTION REQUEST:
 * how much of s; kinds or-ed. */
static size_t
words_of_block(chy_slice s, uint32_t *ret_kinds, bool *ret_continued)
{
	static const chy_slice joints[] = {
		CHY_LIT("AND "), CHY_LIT("& "), CHY_LIT("/"), CHY_LIT(", "),
	};
	static const chy_slice more[] = {
		CHY_LIT("(CONTINUED)"), CHY_LIT("(CONT'D)"),
		CHY_LIT("(CONT.)"), CHY_LIT("(CONT)"), CHY_LIT("CONTINUED"),
		CHY_LIT("CONTINUES"), CHY_LIT("CONT'D"),
	};
	uint32_t kinds = 0, kind;
	size_t at = 0, end = 0, n;

	*ret_continued = false;
	for (;;) {
		n = one_word(chy_slice_from(s, at), &kind);
		if (n == 0)
			break;
		kinds |= kind;
		at = end = at + n;
		at = skip_blanks(s, at);
		for (size_t i = 0; i < ARRAY_LEN(more); i++) {
			chy_slice w = more[i];

			if (!chy_slice_istarts(chy_slice_from(s, at), w))
				continue;
			*ret_continued = true;
			end = at + w.len;
			at = skip_blanks(s, end);
			break;
		}
		n = 0;
		for (size_t i = 0; i < ARRAY_LEN(joints) && n == 0; i++) {
			chy_slice w = joints[i];

			if (chy_slice_istarts(chy_slice_from(s, at), w))
				n = w.len;
		}
		if (n == 0)
			break;
		at = skip_blanks(s, at + n);
	}
	*ret_kinds = kinds;
	return end;
}

/* ---- events ---- */

static void
add_event(chy_reading *r, chy_events *ev, chy_event e)
{
	chy_event *row;
	uint32_t last = ev->n > 0 ? ev->at[ev->n - 1].off +
	    ev->at[ev->n - 1].len : 0;

	if (e.off < last)	/* END SUMMARY AND COMMENT: COMMENT is told */
		return;
	row = CHY_ADD(r, ev->at, ev->n);
	if (row != NULL)
		*row = e;
	else
		ev->n = 0;
}

/* Where the line that holds off begins, without leading number and mark. */
static bool
at_block_start(const chy_reading *r, uint32_t off)
{
	uint32_t i = chy_line_of(r, off);
	chy_range line = chy_line(r, i);
	chy_para_start ps;

	if (off == line.from)
		return true;
	if (chy_para_start_at(r, line, &ps) && ps.rest.from == off)
		return true;
	return line.from < off && off - line.from <= 4 &&
	    chy_pilcrow(r, line.from) && chy_range_trim(r, (chy_range){
	    line.from + 2, line.to }).from == off;
}

/* The last byte before off that is not white; 0 at the start. */
static char
byte_before(const chy_reading *r, uint32_t off, uint32_t *ret_at)
{
	while (off > 0 && chy_is_space(r->p[off - 1]))
		off--;
	*ret_at = off > 0 ? off - 1 : 0;
	return off > 0 ? r->p[off - 1] : '\0';
}

static uint32_t
line_end(const chy_reading *r, uint32_t off, uint32_t to)
{
	uint32_t end = r->ends[chy_line_of(r, off)];

	return end < to ? end : to;
}

/* END SUMMARY., End Text of Memorandum., (... end note.) */
static void
end_event(chy_reading *r, chy_events *ev, uint32_t off, uint32_t to)
{
	chy_slice s = { r->p + off, to - off };
	chy_event e = { .off = off, .kind = CHY_EVENT_CLOSE };
	uint32_t at, before;
	size_t n, end;
	char prev;

	at = (uint32_t)skip_blanks(s, 3);
	if (chy_slice_istarts(chy_slice_from(s, at), CHY_SLICE("OF ")))
		at += 3;
	n = words_of_block(chy_slice_from(s, at), &e.kinds, &e.continued);
	if (n == 0)
		return;
	prev = byte_before(r, off, &before);
	if (chy_is_lower(r->p[off]) && memchr(".\"'([?!", prev, 7) == NULL)
		return;
	end = at + n;
	if ((e.kinds & CHY_BLOCK_TEXT) && chy_slice_istarts(chy_slice_from(s,
	    skip_blanks(s, end)), CHY_SLICE("OF "))) {
		uint32_t stop = line_end(r, off, to);

		while (off + end < stop && s.ptr[end] != '.')
			end++;
	}
	while (end < s.len && memchr(".)]*", s.ptr[end], 4) != NULL)
		end++;
	e.len = (uint32_t)end;
	add_event(r, ev, e);
}

/* Summary:, SUMMARY. at a block's start, Comment: after a sentence, (Note:,
 * BEGIN TEXT, Text of Memorandum from ...: */
static void
open_event(chy_reading *r, chy_events *ev, uint32_t off, uint32_t to)
{
	chy_slice s = { r->p + off, to - off };
	chy_event e = { .off = off, .kind = CHY_EVENT_OPEN };
	uint32_t before;
	size_t at = 0, n, end;
	bool begin = false, start, colon;
	char prev, next;

	if (chy_slice_istarts(s, CHY_SLICE("BEGIN "))) {
		begin = true;
		at = skip_blanks(s, 6);
	}
	if (chy_is_lower(s.ptr[0]) && !begin)
		return;
	n = words_of_block(chy_slice_from(s, at), &e.kinds, &e.continued);
	if (n == 0)
		return;
	end = at + n;
	start = at_block_start(r, off);
	prev = byte_before(r, off, &before);
	if (prev == '(' || prev == '[') {
		start = true;
		e.off = before;
	}
	next = end < s.len ? s.ptr[end] : '\n';
	colon = next == ':';
	if (e.kinds & CHY_BLOCK_TEXT) {
		uint32_t stop = line_end(r, off, to);
		size_t k = end;

		/* "Text of X:" or BEGIN TEXT; "text" alone is a word. */
		while (off + k < stop && s.ptr[k] != ':' && k < 160)
			k++;
		if (off + k < stop && s.ptr[k] == ':')
			end = k + 1;
		else if (!begin)
			return;
		if (!begin && !start)
			return;
		if (begin && end == at + n && next == '.')
			end++;
	} else if (begin) {
		if (colon || next == '.')
			end++;
	} else if (colon) {
		if (!start && prev != '\0' &&
		    memchr(".:;!?\"')]-", prev, 10) == NULL)
			return;
		end++;
	} else if (start && (next == '.' || next == '-' || next == '\n' ||
	    next == '\r')) {
		if (next == '.')
			end++;
	} else if (start && next == ' ') {
		size_t k = skip_blanks(s, end);

		if (k < s.len && s.ptr[k] == '-')
			end = k;
		else
			return;
	} else {
		return;
	}
	while (end < s.len && (s.ptr[end] == '-' || s.ptr[end] == ')'))
		end++;
	e.len = off + (uint32_t)end - e.off;
	ev->n_texts += (e.kinds & CHY_BLOCK_TEXT) != 0;
	add_event(r, ev, e);
}

/* ACTION at a block's start is a label; elsewhere it may be a request. */
static void
action_event(chy_reading *r, chy_events *ev, uint32_t off, uint32_t to)
{
	uint32_t n = ev->n, *row;
	chy_slice s = { r->p + off, to - off };
	size_t at = 6;

	open_event(r, ev, off, to);
	if (ev->n > n || !chy_slice_istarts(s, CHY_SLICE("ACTION")))
		return;
	at = skip_blanks(s, at);
	s = chy_slice_from(s, at);
	if (!chy_slice_istarts(s, CHY_SLICE("REQUEST")) &&
	    !chy_slice_istarts(s, CHY_SLICE("CABLE")) &&
	    !chy_slice_istarts(s, CHY_SLICE("MESSAGE")) &&
	    !chy_slice_istarts(s, CHY_SLICE("TELEGRAM")))
		return;
	row = CHY_ADD(r, ev->actions, ev->n_actions);
	if (row != NULL)
		*row = off;
	else
		ev->n_actions = 0;
}

/* A, (A), "A": one letter that is no word's at `at`; the place after it, else
 * at. A small one counts only before a sign, since "a" is a word. */
static size_t
letter_at(chy_slice s, size_t at, uint32_t *ret_letter)
{
	size_t i = at;
	bool open = i < s.len && (s.ptr[i] == '(' || s.ptr[i] == '"');
	char c;

	i += open;
	if (i >= s.len || !chy_is_alpha(s.ptr[i]) || (!open &&
	    !chy_is_upper(s.ptr[i]) && (i + 1 >= s.len ||
	    memchr(").,;:/", s.ptr[i + 1], 6) == NULL)) || (i + 1 < s.len &&
	    (chy_is_alnum(s.ptr[i + 1]) || s.ptr[i + 1] == '\'')))
		return at;
	c = chy_upper(s.ptr[i++]);
	if (open && (i >= s.len || (s.ptr[i] != ')' && s.ptr[i] != '"')))
		return at;
	*ret_letter = (uint32_t)(c - 'A');
	return i + open;
}

/* The letters at `at`: A AND C, A-D, (A), (B) AND (C). */
static size_t
letters_at(chy_slice s, size_t at, bool several, uint32_t *ret_letters)
{
	uint32_t v, last;
	size_t end = letter_at(s, at, &v), next;

	if (end == at)
		return at;
	*ret_letters = UINT32_C(1) << v;
	for (;;) {
		size_t i = skip_blanks(s, end);
		bool range = false;

		last = v;
		if (i < s.len && (s.ptr[i] == '-' || (several &&
		    chy_slice_istarts(chy_slice_from(s, i),
		    CHY_SLICE("THROUGH "))))) {
			range = true;
			i += s.ptr[i] == '-' ? 1 : 8;
		} else if (i < s.len && memchr(",&/", s.ptr[i], 3) != NULL) {
			i++;
		} else if (!chy_slice_istarts(chy_slice_from(s, i),
		    CHY_SLICE("AND "))) {
			return end;
		}
		i = skip_blanks(s, i);
		if (chy_slice_istarts(chy_slice_from(s, i), CHY_SLICE("AND ")))
			i = skip_blanks(s, i + 4);
		next = letter_at(s, i, &v);
		/* "REF A AND A REPORT", "REF A, I THINK": no further letter
		 * unless it comes later and the word said several. */
		if (next == i || v <= last || (!several && !range &&
		    s.ptr[end] != '/' && v != last + 1))
			return end;
		for (uint32_t k = range ? last + 1 : v; k <= v; k++)
			*ret_letters |= UINT32_C(1) << k;
		end = next;
	}
}

/* REF A, REFS A AND C, REF (B), REFTEL, SEPTEL */
static void
ref_event(chy_reading *r, chy_events *ev, uint32_t off, uint32_t to)
{
	static const chy_slice words[] = {
		CHY_LIT("REFTELS"), CHY_LIT("REFTEL"), CHY_LIT("SEPTELS"),
		CHY_LIT("SEPTEL"), CHY_LIT("REFS"), CHY_LIT("REF"),
	};
	chy_slice s = { r->p + off, to - off };
	chy_event e = { .off = off, .kind = CHY_EVENT_CITATION };

	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		chy_slice w = words[i];
		size_t at = w.len, end;
		bool several = chy_upper(w.ptr[w.len - 1]) == 'S';

		if (!chy_slice_istarts(s, w) || (at < s.len &&
		    chy_is_alnum(s.ptr[at])))
			continue;
		e.len = (uint32_t)at;
		if (at < s.len && s.ptr[at] == '.' && w.len <= 4)
			at++;		/* REF. (A) */
		at = skip_blanks(s, at);
		end = letters_at(s, at, several, &e.kinds);
		if (end > at && (w.len <= 4 || s.ptr[at] == '(' ||
		    several))
			e.len = (uint32_t)end;
		else if (w.len == 3)	/* a letter must follow */
			return;
		else
			e.kinds = 0;
		add_event(r, ev, e);
		return;
	}
}

/* PAGE 02 STATE 1234, SECTION 02 OF 03 STATE 1234: no years. */
static bool
is_page_number(const chy_reading *r, uint32_t from, uint32_t at)
{
	return (at >= from + 5 && chy_slice_ieq((chy_slice){ r->p + at - 5, 5 },
	    CHY_SLICE("PAGE "))) || (at >= from + 3 && chy_slice_ieq((chy_slice){
	    r->p + at - 3, 3 }, CHY_SLICE("OF ")));
}

/* A capital, a blank, a digit: 08 STATE 1234 if the words are a post's. */
static void
number_event(chy_reading *r, chy_events *ev, uint32_t off, uint32_t from,
    uint32_t to)
{
	uint32_t end = off + 2, start = off + 1, best = 0;
	chy_event e = { .kind = CHY_EVENT_CITATION };

	while (end < to && chy_is_digit(r->p[end]) && end - off < 12)
		end++;
	if (end - off - 2 > 7 || (end < to && chy_is_alnum(r->p[end])))
		return;
	for (int words = 0; words < 4; words++) {
		uint32_t w = start;

		while (w > from && chy_is_upper(r->p[w - 1]))
			w--;
		if (w == start || (words == 0 && start - w < 3))
			break;
		if (chy_vocab_post_by_mrn_name((chy_slice){ r->p + w,
		    off + 1 - w }) != NULL)
			best = w;
		if (w <= from + 1 || r->p[w - 1] != ' ' ||
		    !chy_is_upper(r->p[w - 2]))
			break;
		start = w - 1;
	}
	if (best == 0)
		return;
	if (best >= from + 3 && r->p[best - 1] == ' ' &&
	    chy_is_digit(r->p[best - 2]) && chy_is_digit(r->p[best - 3]) &&
	    (best < from + 4 || !chy_is_alnum(r->p[best - 4])) &&
	    !is_page_number(r, from, best - 3))
		best -= 3;
	e.off = best;
	e.len = end - best;
	add_event(r, ev, e);
}

enum { STEM_END, STEM_COMMENT, STEM_NOTE, STEM_SUMMARY, STEM_BEGIN, STEM_REF,
	STEM_ACTION, STEM_NUMBER };

static void
make_stems(chy_stems *stems)
{
	static const char *const sets[8][3] = {
		[STEM_END] = { "Ee", "Nn", "Dd" },
		[STEM_COMMENT] = { "Cc", "Oo", "Mm" },
		[STEM_NOTE] = { "Nn", "Oo", "Tt" },
		[STEM_SUMMARY] = { "Ss", "Uu", "Mm" },
		[STEM_BEGIN] = { "BbTt", "Ee", "GgXx" },
		[STEM_REF] = { "RrSs", "Ee", "FfPp" },
		[STEM_ACTION] = { "Aa", "Cc", "Tt" },
		[STEM_NUMBER] = { "ABCDEFGHIJKLMNOPQRSTUVWXYZ", " ",
		    "0123456789" },
	};

	chy_stems_init(stems);
	for (unsigned b = 0; b < 8; b++)
		for (unsigned p = 0; p < 3; p++)
			chy_stems_add(stems, b, p, sets[b][p]);
}

static void
candidate(chy_reading *r, chy_events *ev, uint32_t off, uint32_t from,
    uint32_t to)
{
	char c = r->p[off];

	if (r->p[off + 1] == ' ' && chy_is_upper(c)) {
		number_event(r, ev, off, from, to);
		return;
	}
	if (off > from && chy_is_alnum(r->p[off - 1]))
		return;
	switch (chy_upper(c)) {
	case 'E':
		if (chy_is_space(r->p[off + 3]))
			end_event(r, ev, off, to);
		break;
	case 'A':
		if (chy_upper(r->p[off + 3]) == 'I')
			action_event(r, ev, off, to);
		break;
	case 'R':
		if (chy_upper(r->p[off + 2]) == 'F')
			ref_event(r, ev, off, to);
		break;
	case 'S':
		if (chy_upper(r->p[off + 1]) == 'E') {
			if (chy_upper(r->p[off + 3]) == 'T')
				ref_event(r, ev, off, to);
			break;
		}
		/* FALLTHROUGH */
	case 'C':
	case 'N':
	case 'B':
	case 'T':
		open_event(r, ev, off, to);
		break;
	}
}

#define CANDIDATES	256u	/* of one step; a step has room for 64 */

void
chy_events_find(chy_reading *r, chy_events *ev, uint32_t from, uint32_t to)
{
	chy_slice text = { r->p, to };
	uint32_t found[CANDIDATES], next = from;
	chy_stems stems;

	make_stems(&stems);
	while (next + 2 < to) {
		size_t n = chy_stems_find(&stems, text, next, found,
		    CANDIDATES, &next);

		for (size_t i = 0; i < n; i++)
			candidate(r, ev, found[i], from, to);
	}
}

chy_event *
chy_events_title(chy_reading *r, chy_events *ev, uint32_t *next,
    chy_range title)
{
	chy_slice s = chy_range_text(r, title);
	chy_event e = { .off = title.from, .len = title.to - title.from,
		.kind = CHY_EVENT_OPEN, .title = true };
	chy_para_start ps;
	size_t n;

	if (chy_para_start_at(r, title, &ps) && ps.number == 0)
		s = chy_range_text(r, ps.rest);
	n = words_of_block(s, &e.kinds, &e.continued);
	while (n > 0 && n < s.len && memchr(".:", s.ptr[n], 2) != NULL)
		n++;
	if (n == 0 || n != s.len || (e.kinds & CHY_BLOCK_TEXT))
		return NULL;
	/* It may have been found in the pass already: take that place. */
	while (*next < ev->n && ev->at[*next].off < title.from)
		++*next;
	if (*next < ev->n && ev->at[*next].off < title.to) {
		ev->at[*next] = e;
		return &ev->at[*next];
	}
	if (CHY_ADD(r, ev->at, ev->n) == NULL) {
		ev->n = 0;
		return NULL;
	}
	memmove(&ev->at[*next + 1], &ev->at[*next],
	    (ev->n - 1 - *next) * sizeof(e));
	ev->at[*next] = e;
	return &ev->at[*next];
}

const chy_event *
chy_events_embedded(const chy_events *ev, uint32_t next, chy_range line,
    const chy_event **ret_close)
{
	if (ev->n_texts == 0)
		return NULL;
	/* Also the one just put: labels are put with their line. */
	for (uint32_t i = next > 0 ? next - 1 : 0; i < ev->n &&
	    ev->at[i].off < line.to; i++) {
		const chy_event *e = &ev->at[i];

		if (e->off < line.from || e->kind != CHY_EVENT_OPEN ||
		    !(e->kinds & CHY_BLOCK_TEXT))
			continue;
		for (uint32_t k = i + 1; k < ev->n; k++) {
			if (!(ev->at[k].kinds & CHY_BLOCK_TEXT) ||
			    ev->at[k].kind == CHY_EVENT_CITATION)
				continue;
			if (ev->at[k].kind == CHY_EVENT_OPEN)
				break;
			*ret_close = &ev->at[k];
			return e;
		}
	}
	return NULL;
}

chy_range
chy_events_pass(const chy_events *ev, uint32_t *next, uint32_t off,
    chy_range *line)
{
	while (*next < ev->n && ev->at[*next].off < off)
		++*next;
	if (*next < ev->n && ev->at[*next].off == off) {
		chy_range at = { off, off + ev->at[*next].len };

		++*next;
		line->from = at.to < line->to ? at.to : line->to;
		return at;
	}
	return (chy_range){ off, off };
}

/* ---- settling ---- */

/* The paragraph that holds off, or the next one; n_paragraphs: none. */
static uint32_t
paragraph_at(const chy_telegram *tel, uint32_t off)
{
	uint32_t lo = 0, hi = tel->n_paragraphs;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;
		chy_span s = tel->paragraphs[mid].span;

		if (s.off + s.len <= off)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

#define OPEN_BLOCKS	16u	/* deeper nesting than a telegram has */

static void
close_block(chy_telegram *tel, chy_block *b, uint32_t end, bool closed)
{
	b->last = paragraph_at(tel, end > 0 ? end - 1 : 0);
	/* End words between two paragraphs close the one before. */
	if (b->last >= tel->n_paragraphs ||
	    (b->last > 0 && tel->paragraphs[b->last].span.off >= end))
		b->last--;
	if (b->last < b->first)
		b->last = b->first;
	b->span.len = end - b->span.off;
	b->closed = closed;
}

/* Where a block that nothing closes ends: with its paragraph; one that a
 * title opens, before the next title. */
static void
close_unclosed(chy_telegram *tel, chy_block *b, bool title)
{
	uint32_t last = b->first;

	while (title && last + 1 < tel->n_paragraphs &&
	    tel->paragraphs[last + 1].title.len == 0)
		last++;
	b->last = last;
	b->span.len = tel->paragraphs[last].span.off +
	    tel->paragraphs[last].span.len - b->span.off;
	b->closed = false;
}

static void
settle_blocks(chy_reading *r, const chy_events *ev)
{
	chy_telegram *tel = r->tel;
	struct { uint32_t block; bool title; } open[OPEN_BLOCKS];
	uint32_t n = 0;

	for (uint32_t i = 0; i < ev->n; i++) {
		const chy_event *e = &ev->at[i];
		uint32_t para = paragraph_at(tel, e->off), k;
		chy_block *b;

		if (e->kind == CHY_EVENT_CITATION || para >= tel->n_paragraphs)
			continue;
		if (e->kind == CHY_EVENT_OPEN) {
			/* COMMENT (CONTINUED) goes on with the open one and
			 * may add to what it is. */
			for (k = n; e->continued && k > 0; k--)
				if (tel->blocks[open[k - 1].block].kinds &
				    e->kinds)
					break;
			if (e->continued && k > 0 &&
			    !(e->kinds & ~tel->blocks[open[k - 1].block].kinds))
				continue;
			b = CHY_ADD(r, tel->blocks, tel->n_blocks);
			if (b == NULL)
				return;
			*b = (chy_block){ .kinds = e->kinds, .first = para,
			    .last = para, .span = { e->off, e->len },
			    .opened = true };
			if (n == OPEN_BLOCKS)
				memmove(open, open + 1,
				    --n * sizeof(open[0]));
			open[n].block = tel->n_blocks - 1;
			open[n++].title = e->title;
			continue;
		}
		for (k = n; k > 0; k--)
			if (tel->blocks[open[k - 1].block].kinds & e->kinds)
				break;
		if (k == 0) {
			if (e->kinds & CHY_BLOCK_TEXT)
				continue;
			b = CHY_ADD(r, tel->blocks, tel->n_blocks);
			if (b == NULL)
				return;
			*b = (chy_block){ .kinds = e->kinds, .first = para,
			    .span = { tel->paragraphs[para].span.off, 0 } };
			close_block(tel, b, e->off + e->len, true);
			continue;
		}
		/* One end closes all that it names: a comment that was
		 * continued has two openings. */
		for (uint32_t j = k; j-- > 0;) {
			if (!(tel->blocks[open[j].block].kinds & e->kinds))
				continue;
			close_block(tel, &tel->blocks[open[j].block],
			    e->off + e->len, true);
			memmove(&open[j], &open[j + 1],
			    (n - j - 1) * sizeof(open[0]));
			n--;
			if (!(e->kinds & CHY_BLOCK_COMMENT))
				break;
		}
	}
	for (uint32_t k = 0; k < n; k++)
		close_unclosed(tel, &tel->blocks[open[k].block],
		    open[k].title);
	for (uint32_t i = 0; i < tel->n_blocks; i++)
		for (uint32_t p = tel->blocks[i].first;
		    p <= tel->blocks[i].last; p++)
			tel->paragraphs[p].labels |= tel->blocks[i].kinds;
}

static void
settle_mentions(chy_reading *r, const chy_events *ev)
{
	chy_telegram *tel = r->tel;

	for (uint32_t i = 0; i < ev->n; i++) {
		const chy_event *e = &ev->at[i];
		chy_slice s = { r->p + e->off, e->len };
		chy_mention *m;
		chy_mrn mrn;

		if (e->kind != CHY_EVENT_CITATION)
			continue;
		m = CHY_ADD(r, tel->mentions, tel->n_mentions);
		if (m == NULL)
			return;
		*m = (chy_mention){ .span = { e->off, e->len },
		    .paragraph = paragraph_at(tel, e->off),
		    .reference = UINT32_MAX };
		m->letters = e->kinds;
		if (e->kinds != 0) {
			for (uint32_t k = 0; k < tel->n_references; k++) {
				char c = tel->references[k].letter;

				if (c < 'A' || c > 'Z' ||
				    (e->kinds >> (c - 'A') & 1) == 0)
					continue;
				m->reference = k;
				break;
			}
		} else if (chy_is_digit(s.ptr[s.len - 1])) {
			char key[CHY_MRN_KEY_MAX];

			if (chy_mrn_parse(s, tel->year, &mrn) &&
			    mrn.year != 0) {
				chy_mrn_canonicalize(&mrn);
				m->value = chy_arena_copy(&tel->arena,
				    (chy_slice){ key, chy_mrn_key(&mrn,
				    key) });
				m->year_printed = chy_is_digit(s.ptr[0]);
				m->sure = m->year_printed ||
				    (mrn.serial >= 100 && (mrn.serial < 1900 ||
				    mrn.serial > 2099));
			}
		} else if (chy_upper(s.ptr[0]) == 'R') {
			m->all = true;
			if (tel->n_references == 1)
				m->reference = 0; /* REFTEL, and one is */
		}
	}
}

/* ---- action requests ---- */

static uint32_t
number_word(chy_slice s, size_t *ret_len)
{
	static const chy_slice words[] = {
		CHY_LIT("ONE"), CHY_LIT("TWO"), CHY_LIT("THREE"),
		CHY_LIT("FOUR"), CHY_LIT("FIVE"), CHY_LIT("SIX"),
		CHY_LIT("SEVEN"), CHY_LIT("EIGHT"), CHY_LIT("NINE"),
		CHY_LIT("TEN"), CHY_LIT("ELEVEN"), CHY_LIT("TWELVE"),
	};
	uint32_t v = 0;
	size_t n = 0;

	while (n < s.len && n < 3 && chy_is_digit(s.ptr[n]))
		v = v * 10 + (uint32_t)(s.ptr[n++] - '0');
	if (n > 0) {
		*ret_len = n;
		return v;
	}
	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		chy_slice w = words[i];

		if (chy_slice_istarts(s, w) && (s.len == w.len ||
		    !chy_is_alpha(s.ptr[w.len]))) {
			*ret_len = w.len;
			return (uint32_t)i + 1;
		}
	}
	return 0;
}

static void
add_pointer(chy_reading *r, chy_action_request *a, uint32_t number)
{
	uint32_t *row;

	for (uint32_t i = 0; i < a->n_paragraphs; i++)
		if (a->paragraphs[i] == number)
			return;
	row = CHY_ADD(r, a->paragraphs, a->n_paragraphs);
	if (row != NULL)
		*row = number;
}

/* "paragraph 8", "paras 8 and 9", "paras 5-7" in s. */
static bool
read_pointers(chy_reading *r, chy_action_request *a, chy_slice s)
{
	for (size_t i = 0; i + 5 < s.len; i++) {
		size_t at = i, n;
		uint32_t v, last;

		if (chy_upper(s.ptr[i]) != 'P' ||
		    !chy_slice_istarts(chy_slice_from(s, i),
		    CHY_SLICE("PARA")))
			continue;
		while (at < s.len && chy_is_alpha(s.ptr[at]))
			at++;
		if (at < s.len && s.ptr[at] == '.')
			at++;
		at = skip_blanks(s, at);
		v = number_word(chy_slice_from(s, at), &n);
		if (v == 0)
			continue;
		add_pointer(r, a, v);
		for (;;) {
			bool range;

			last = v;
			at = skip_blanks(s, at + n);
			range = at < s.len && s.ptr[at] == '-';
			if (at < s.len && (range || s.ptr[at] == ',' ||
			    s.ptr[at] == '&'))
				at = skip_blanks(s, at + 1);
			if (chy_slice_istarts(chy_slice_from(s, at),
			    CHY_SLICE("AND ")))
				at = skip_blanks(s, at + 4);
			else if (!range && (at == 0 ||
			    (s.ptr[at - 1] != ' ' && s.ptr[at - 1] != ',')))
				break;
			v = number_word(chy_slice_from(s, at), &n);
			if (v == 0 || v <= last)
				break;
			for (last = range ? last + 1 : v; last <= v; last++)
				add_pointer(r, a, last);
		}
		return true;
	}
	return false;
}

/* The sentence that holds off, inside its paragraph. */
static chy_range
sentence(const chy_reading *r, const chy_paragraph *p, uint32_t off,
    unsigned sentences)
{
	uint32_t from = off, to = off, end = p->span.off + p->span.len;

	while (from > p->span.off && !(r->p[from - 1] == '.' &&
	    chy_is_space(r->p[from])) && r->p[from - 1] != ')')
		from--;
	while (to < end && sentences > 0) {
		if (r->p[to] == '.' && (to + 1 == end ||
		    chy_is_space(r->p[to + 1])))
			sentences--;
		to++;
	}
	return chy_range_trim(r, (chy_range){ from, to });
}

static bool
pointed_at(const chy_telegram *tel, uint32_t number)
{
	for (uint32_t i = 0; i < tel->n_action_requests; i++)
		for (uint32_t k = 0; k < tel->action_requests[i].n_paragraphs;
		    k++)
			if (tel->action_requests[i].paragraphs[k] == number)
				return true;
	return false;
}

static void
put_request(chy_reading *r, uint32_t para, chy_range at, bool own)
{
	chy_telegram *tel = r->tel;
	chy_action_request a = { .paragraph = para }, *row;
	const chy_paragraph *p = &tel->paragraphs[para];
	uint32_t line, number;

	if (!own && !read_pointers(r, &a, chy_range_text(r, at)))
		own = true;
	number = p->number;
	if (own && number != 0)
		add_pointer(r, &a, number);
	a.span = (chy_span){ at.from, at.to - at.from };
	a.text = chy_keep_clean(r, at);
	row = CHY_ADD(r, tel->action_requests, tel->n_action_requests);
	if (row == NULL)
		return;
	*row = a;
	for (uint32_t i = 0; i < tel->n_paragraphs; i++) {
		if (a.n_paragraphs == 0 ||
		    tel->paragraphs[i].number != a.paragraphs[0])
			continue;
		line = chy_line_of(r, tel->paragraphs[i].span.off) + 1;
		chy_note_fmt(r, CHY_DIAG_ACTION_REQUEST, at,
		    "points to paragraph %u (line %u)", a.paragraphs[0], line);
		return;
	}
	if (a.n_paragraphs > 0)
		chy_note_fmt(r, CHY_DIAG_ACTION_REQUEST_NO_PARAGRAPH, at,
		    "%u", a.paragraphs[0]);
	else
		chy_note(r, CHY_DIAG_ACTION_REQUEST, at, CHY_EMPTY);
}

/* Requests in running text first: they say where the request itself stands;
 * then labelled blocks that none of them pointed to. */
static void
settle_actions(chy_reading *r, const chy_events *ev)
{
	chy_telegram *tel = r->tel;
	uint32_t last = UINT32_MAX;

	for (uint32_t i = 0; i < ev->n_actions; i++) {
		uint32_t off = ev->actions[i];
		uint32_t para = paragraph_at(tel, off);
		chy_range at;

		if (para >= tel->n_paragraphs || para == last ||
		    off < tel->paragraphs[para].span.off ||
		    tel->paragraphs[para].embedded != 0)
			continue;
		at = sentence(r, &tel->paragraphs[para], off, 1);
		if (!chy_slice_istarts(chy_range_text(r, at),
		    CHY_SLICE("THIS ")) && chy_slice_find(chy_range_text(r,
		    at), CHY_SLICE("ara"), 0) == at.to - at.from &&
		    chy_slice_find(chy_range_text(r, at), CHY_SLICE("ARA"),
		    0) == at.to - at.from)
			continue;	/* speaks of a request, makes none */
		if (chy_slice_istarts(chy_range_text(r, at),
		    CHY_SLICE("THIS ")))
			at = sentence(r, &tel->paragraphs[para], off, 2);
		put_request(r, para, at, false);
		last = para;
	}
	for (uint32_t i = 0; i < tel->n_blocks; i++) {
		const chy_block *b = &tel->blocks[i];
		const chy_paragraph *p = &tel->paragraphs[b->first];
		chy_range at = { b->span.off, b->span.off + b->span.len };
		chy_action_request probe = { 0 };

		if (!(b->kinds & CHY_BLOCK_ACTION_REQUEST) ||
		    (p->number != 0 && pointed_at(tel, p->number)))
			continue;
		/* "ACTION REQUEST: see para 5" points on. */
		put_request(r, b->first, at, !(at.to - at.from < 160 &&
		    read_pointers(r, &probe, chy_range_text(r, at))));
	}
}

void
chy_blocks_settle(chy_reading *r, const chy_events *ev)
{
	if (r->tel->n_paragraphs == 0)
		return;
	settle_blocks(r, ev);
	settle_mentions(r, ev);
	settle_actions(r, ev);
}
