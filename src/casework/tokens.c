/*
 * Words and sentences of a paragraph.
 *
 * A stop ends a sentence where a blank and a capital follow, unless the word
 * before it is an abbreviation. Initials with stops (U.S., E.U.) are one
 * word; after them a sentence ends only where the next word is one that
 * begins sentences. A line end always does: list points have no stops.
 *
 * SPDX-License-Identifier: ISC
 */
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "base/ascii.h"
#include "base/utf8.h"
#include "casework/casework_int.h"

static const char abbreviations[] = "mr|mrs|ms|dr|gen|col|maj|capt|lt|sgt|"
    "sen|rep|amb|gov|prof|st|no|nos|vs|etc|jr|sr|inc|ltd|co|corp|approx|dept|"
    "para|paras|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|"
    "e.g|i.e|a.m|p.m";
static const char openers[] = "the|he|she|it|they|we|in|but|and|a|an|this|"
    "that|these|those|when|while|if|as|on|at|for|however|i|his|her|our|their|"
    "end|comment|note|embassy|post|according|after|before|since";

bool
chy_token_is(const struct tokens *ts, uint32_t i, const char *word)
{
	return i < ts->n && chy_slice_ieq(token_text(ts, i),
	    chy_slice_of(word));
}

/* Whether the text is the word that begins here and ends at a bar, or at the
 * end of the list. */
static bool
is_entry(chy_slice text, chy_slice list, size_t at)
{
	const char *bar = memchr(list.ptr + at, '|', list.len - at);
	size_t len = (bar != NULL ? (size_t)(bar - list.ptr) : list.len) - at;

	if (len > 1 && list.ptr[at + len - 1] == '*')
		return chy_slice_istarts(text,
		    chy_slice_sub(list, at, len - 1));
	return chy_slice_ieq(text, chy_slice_sub(list, at, len));
}

/* Lists are long and asked for every word, so only entries whose first letter
 * fits are looked at. */
static bool
among(chy_slice text, const char *words)
{
	chy_slice list = chy_slice_of(words);
	size_t i = 1;
	char first;

	if (text.len == 0 || list.len == 0)
		return false;
	if (is_entry(text, list, 0))
		return true;
	first = (char)(text.ptr[0] | 0x20);
#if defined(__SSE2__)
	for (; i + 16 <= list.len; i += 16) {
		__m128i v = _mm_loadu_si128(
		    (const __m128i *)(const void *)(list.ptr + i));
		__m128i before = _mm_loadu_si128(
		    (const __m128i *)(const void *)(list.ptr + i - 1));
		unsigned fits = (unsigned)_mm_movemask_epi8(_mm_and_si128(
		    _mm_cmpeq_epi8(_mm_or_si128(v, _mm_set1_epi8(0x20)),
		    _mm_set1_epi8(first)),
		    _mm_cmpeq_epi8(before, _mm_set1_epi8('|'))));

		for (; fits != 0; fits &= fits - 1)
			if (is_entry(text, list, i +
			    (size_t)__builtin_ctz(fits)))
				return true;
	}
#endif
	for (; i < list.len; i++)
		if (list.ptr[i - 1] == '|' && (list.ptr[i] | 0x20) == first &&
		    is_entry(text, list, i))
			return true;
	return false;
}

bool
chy_token_among(const struct tokens *ts, uint32_t i, const char *words)
{
	return i < ts->n && among(token_text(ts, i), words);
}

static bool
is_word_char(chy_slice s, size_t i)
{
	char c = s.ptr[i];

	if (chy_is_alnum(c) || (unsigned char)c >= 0x80)
		return true;
	if (i + 1 >= s.len)
		return false;
	/* Inside of a word: 60-day, O'Hara, NEA/ARP, AT&T, 3.5, 1,000. */
	if (c == '-' || c == '\'' || c == '/' || c == '&')
		return i > 0 && chy_is_alnum(s.ptr[i - 1]) &&
		    (chy_is_alnum(s.ptr[i + 1]) ||
		    (unsigned char)s.ptr[i + 1] >= 0x80);
	if (c == '.' || c == ',')
		return i > 0 && chy_is_digit(s.ptr[i - 1]) &&
		    chy_is_digit(s.ptr[i + 1]);
	return false;
}

/* U.S. and the like: the end of initials at i, or i. */
static size_t
initials(chy_slice s, size_t i)
{
	size_t at = i;

	while (at + 1 < s.len && chy_is_alpha(s.ptr[at]) &&
	    s.ptr[at + 1] == '.')
		at += 2;
	if (at < i + 4)
		return i;
	/* U.S.-Oman goes on. */
	return at;
}

/* Typographic quotation marks and dashes, as the ASCII sign they are. */
static char
sign_of(chy_slice s, size_t i, size_t *ret_len)
{
	uint32_t code;
	size_t n = chy_utf8_get(chy_slice_from(s, i), &code);

	*ret_len = n > 0 ? n : 1;
	if (n < 2)
		return s.ptr[i];
	switch (code) {
	case 0x201C: case 0x201D: case 0xAB: case 0xBB: return '"';
	case 0x2018: case 0x2019: return '\'';
	case 0x2013: case 0x2014: return '-';
	case 0xA0: return ' ';
	default: return 'a';
	}
}

static struct token *
token_add(struct tokens *ts, uint8_t kind, size_t off, size_t len)
{
	struct token *t;

	if (ts->n == ts->cap)
		return NULL;
	t = &ts->at[ts->n++];
	*t = (struct token){ .off = (uint32_t)off, .len = (uint32_t)len,
	    .kind = kind };
	return t;
}

static size_t
cut_word(struct tokens *ts, size_t i)
{
	chy_slice s = ts->text;
	size_t end = initials(s, i), len;
	struct token *t;

	if (end == i || (end < s.len && s.ptr[end] == '-'))
		while (end < s.len && is_word_char(s, end)) {
			size_t n;
			char c = sign_of(s, end, &n);

			/* O-quote-Hara, but not the closing mark. */
			if (c == '"' || c == ' ' || (n > 1 && c == '-') ||
			    (n > 1 && c == '\'' && (end + n >= s.len ||
			    !chy_is_alpha(s.ptr[end + n]))))
				break;
			end += n;
		}
	len = end - i;
	t = token_add(ts, chy_is_digit(s.ptr[i]) ? TOKEN_NUMBER : TOKEN_WORD,
	    i, len);
	if (t == NULL)
		return end;
	t->capital = chy_is_upper(s.ptr[i]);
	if (len > 2 && chy_lower(s.ptr[end - 1]) == 's' &&
	    s.ptr[end - 2] == '\'') {
		t->possessive = true;
		t->len -= 2;
	} else if (len > 4 && chy_lower(s.ptr[end - 1]) == 's' &&
	    memcmp(s.ptr + end - 4, "\xE2\x80\x99", 3) == 0) {
		t->possessive = true;
		t->len -= 4;
	} else if (end < s.len && s.ptr[end] == '\'' &&
	    chy_lower(s.ptr[end - 1]) == 's') {
		t->possessive = true;
	}
	return end;
}

/* Is the stop at i the end of a sentence? */
static bool
ends_sentence(const struct tokens *ts, size_t i)
{
	chy_slice s = ts->text;
	size_t next = i + 1;

	while (next < s.len && strchr("\"')]", s.ptr[next]) != NULL)
		next++;
	if (next < s.len && !chy_is_space(s.ptr[next]))
		return false;
	while (next < s.len && chy_is_space(s.ptr[next]))
		next++;
	if (next == s.len || s.ptr[i] != '.')
		return true;
	if (chy_is_lower(s.ptr[next]))
		return false;
	if (ts->n > 0 && ts->at[ts->n - 1].kind == TOKEN_WORD &&
	    ts->at[ts->n - 1].off + ts->at[ts->n - 1].len == i) {
		chy_slice word = token_text(ts, ts->n - 1);

		if (word.len == 1 && ts->at[ts->n - 1].capital)
			return false;
		if (among(word, abbreviations))
			return false;
	}
	return true;
}

/* A sentence may end with initials: "... with the U.S. He said ...". */
static bool
initials_end(const struct tokens *ts, size_t end)
{
	chy_slice s = ts->text;
	size_t next = end, stop;

	while (next < s.len && chy_is_blank(s.ptr[next]))
		next++;
	for (stop = next; stop < s.len && chy_is_alpha(s.ptr[stop]); stop++)
		;
	return next > end && next < s.len && chy_is_upper(s.ptr[next]) &&
	    among(chy_slice_sub(s, next, stop - next), openers);
}

static uint8_t
kind_of_sign(char c)
{
	switch (c) {
	case ',': return TOKEN_COMMA;
	case '(': case '[': return TOKEN_OPEN;
	case ')': case ']': return TOKEN_CLOSE;
	case '"': return TOKEN_QUOTE;
	case ':': return TOKEN_COLON;
	case ';': return TOKEN_SEMICOLON;
	case '-': return TOKEN_DASH;
	default: return TOKEN_OTHER;
	}
}

static void
mark_quotes_and_starts(struct tokens *ts)
{
	bool quoted = false, first = true;

	for (uint32_t i = 0; i < ts->n; i++) {
		struct token *t = &ts->at[i];

		if (t->kind == TOKEN_QUOTE)
			quoted = !quoted;
		t->quoted = quoted;
		if (t->kind == TOKEN_STOP) {
			first = true;
			/* A mark that was never closed ends with its line. */
			if (t->len == 0 || ts->text.ptr[t->off] == '\n')
				quoted = false;
		} else if (t->kind <= TOKEN_NUMBER) {
			t->first = first;
			first = false;
		}
	}
}

/* The sign before a point of a list: "  o  ", "  -- ". */
static bool
is_point(chy_slice s, size_t i)
{
	size_t end = i + 1;

	if (i > 0 && (i < 2 || !chy_is_space(s.ptr[i - 1])))
		return false;
	if (s.ptr[i] == '-' && end < s.len && s.ptr[end] == '-')
		end++;
	else if (s.ptr[i] != 'o' && s.ptr[i] != '*')
		return false;
	if (end >= s.len || !chy_is_space(s.ptr[end]))
		return false;
	/* A dash inside of a sentence has no wide blank beside it. */
	return s.ptr[i] == '-' ? i == 0 : end + 1 < s.len &&
	    chy_is_space(s.ptr[end + 1]);
}

bool
chy_tokens_cut(struct tokens *ts, chy_slice text, chy_arena *arena)
{
	size_t cap = text.len / 2 + 16;

	ts->text = text;
	ts->n = 0;
	ts->cap = (uint32_t)(cap < TOKENS_MAX ? cap : TOKENS_MAX);
	ts->at = chy_arena_alloc(arena, ts->cap * sizeof(*ts->at));
	if (ts->at == NULL)
		return false;
	for (size_t i = 0; i < text.len && ts->n < ts->cap;) {
		size_t n;
		char c = sign_of(text, i, &n);

		if (c == '\n' || is_point(text, i)) {
			(void)token_add(ts, TOKEN_STOP, i, 1);
		} else if (chy_is_space(c)) {
			/* nothing */
		} else if (chy_is_alnum(c) || (c == 'a' && n > 1)) {
			size_t end = cut_word(ts, i);

			if (ts->text.ptr[end - 1] == '.' &&
			    initials_end(ts, end))
				(void)token_add(ts, TOKEN_STOP, end - 1, 1);
			n = end - i;
		} else if (c == '.' || c == '?' || c == '!') {
			(void)token_add(ts, ends_sentence(ts, i) ? TOKEN_STOP :
			    TOKEN_OTHER, i, n);
		} else {
			(void)token_add(ts, kind_of_sign(c), i, n);
		}
		i += n;
	}
	mark_quotes_and_starts(ts);
	return true;
}
