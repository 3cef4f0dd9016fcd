/*
 * Finding names in a text.
 *
 * A name begins at a word with a capital, so only those are looked at. What
 * they may begin is tried in an order: a body that ends in a word of bodies, a
 * name of several words from the table, "Ministry of ...", a title and a name,
 * a given name and a surname, one word from the table, and last an unknown
 * name whose neighbour says that it is a person.
 *
 * Old traffic is all in capitals. There every word has one and fewer rules
 * hold: those of the table, of titles and of given names.
 *
 * SPDX-License-Identifier: ISC
 */
#include "names/names.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "base/ascii.h"
#include "base/compiler.h"
#include "vocab/vocab.h"

#define RUN_WORDS	7u	/* of a name of a body */
#define NAME_WORDS	6u	/* of a person's name */
#define FIELD_BYTES	60u	/* a name with its titles, and no more */
#define WORD_MAX	32u	/* longer ones are in no table */

/* What stands between a word and the one before it. */
enum gap {
	GAP_BLANK,		/* blanks alone */
	GAP_COMMA,
	GAP_POINT,		/* a full stop and blanks */
	GAP_OPEN,		/* a bracket opens */
	GAP_OTHER,		/* a sentence or a clause may end here */
	GAP_END,		/* there is no word any more */
};

struct word {
	uint32_t    off, end;	/* without 's */
	uint32_t    next;	/* behind it, 's and all */
	uint32_t    kinds;
	uint8_t	    gap;	/* enum gap */
	bool	    capital;
	bool	    capitals;	/* two letters or more, all capitals */
	bool	    possessive;
	bool	    initial;	/* one letter, a capital */
	bool	    known;	/* kinds are; of small letters only if asked */
};

#define SEEN_WORDS	64u	/* a power of two */

struct finding {
	chy_slice   text;
	/* Words cut last, by where the cutting began plus 1: what is looked at
	 * ahead is looked at again. */
	struct word seen[SEEN_WORDS];
	uint32_t    seen_from[SEEN_WORDS];
	chy_name_fn fn;
	void	   *arg;
	bool	    capitals;	/* the text is all in capitals */
	size_t	    done;	/* up to here it is taken */
};

static bool
is_letter(char c)
{
	return chy_is_alnum(c) || (unsigned char)c >= 0x80;
}

/* An accented capital of Latin-1, in UTF-8. */
static bool
wide_capital(const struct finding *f, size_t i)
{
	return (unsigned char)f->text.ptr[i] == 0xC3 && i + 1 < f->text.len &&
	    (unsigned char)f->text.ptr[i + 1] < 0x9F;
}

/* The end of the word at i; inner apostrophes, hyphens, the points of U.S.
 * and the stroke of A/S belong to it. */
static size_t
word_end(chy_slice s, size_t i)
{
	size_t start = i;

	for (;;) {
		char c, next;

		while (i < s.len && is_letter(s.ptr[i]))
			i++;
		if (i == s.len || s.ptr[i] == ' ')
			break;
		c = s.ptr[i];
		next = i + 1 < s.len ? s.ptr[i + 1] : ' ';
		if ((c == '\'' || c == '-' || c == '&') && i > start &&
		    is_letter(next)) {
			i++;
		} else if (c == '/' && i > start && i - start <= 2 &&
		    chy_is_upper(s.ptr[i - 1]) && chy_is_upper(next)) {
			i++;
		} else if (c == '.' && chy_is_upper(s.ptr[i - 1]) &&
		    (i - start == 1 || s.ptr[i - 2] == '.') &&
		    (chy_is_upper(next) || (i - start > 1 &&
		    !is_letter(next)))) {
			i++;
			if (!chy_is_upper(next))
				break;
		} else {
			break;
		}
	}
	return i;
}

static enum gap
gap_of(chy_slice s, size_t from, size_t to)
{
	enum gap gap = GAP_BLANK;

	/* Mostly one blank. */
	if (to - from == 1 && s.ptr[from] == ' ')
		return GAP_BLANK;

	for (size_t i = from; i < to; i++) {
		char c = s.ptr[i];

		if (c == ' ' || c == '\t')
			continue;
		if (gap != GAP_BLANK)
			return GAP_OTHER;
		gap = c == ',' ? GAP_COMMA : c == '.' ? GAP_POINT :
		    c == '(' ? GAP_OPEN : GAP_OTHER;
	}
	return gap;
}

/* XXXX: a name stood there before the telegram was published. */
static bool
is_taken_out(const char *upper, size_t len)
{
	for (size_t i = 1; i < len; i++)
		if (upper[i] != 'X')
			return false;
	return len > 2;
}

static uint32_t
kinds_of(chy_slice s)
{
	char upper[WORD_MAX];
	const chy_name_word *row;

	if (s.len > sizeof(upper))
		return 0;
	for (size_t i = 0; i < s.len; i++)
		upper[i] = chy_upper(s.ptr[i]);
	row = chy_vocab_name_word((chy_slice){ upper, s.len });
	if (row == NULL && upper[0] == 'X' && is_taken_out(upper, s.len))
		return CHY_WORD_STOP;
	return row != NULL ? row->kinds : 0;
}

static chy_slice
text_of(const struct finding *f, const struct word *w)
{
	return chy_slice_sub(f->text, w->off, w->end - w->off);
}

/* The word at or after `from`. */
static struct word
cut_word(const struct finding *f, size_t from)
{
	chy_slice s = f->text;
	struct word w = { .off = (uint32_t)from };
	uint8_t classes = 0;

	while (w.off < s.len && !is_letter(s.ptr[w.off]))
		w.off++;
	if (w.off == s.len) {
		w.end = w.next = w.off;
		w.gap = GAP_END;
		return w;
	}
	w.gap = (uint8_t)gap_of(s, from, w.off);
	w.end = w.next = (uint32_t)word_end(s, w.off);
	if (w.end - w.off > 2 && s.ptr[w.end - 2] == '\'' &&
	    (s.ptr[w.end - 1] | 0x20) == 's') {
		w.end -= 2;
		w.possessive = true;
	}
	w.capital = chy_is_upper(s.ptr[w.off]) || wide_capital(f, w.off);
	if (!w.capital)
		return w;
	/* Mostly the second letter tells. */
	if (w.end - w.off > 1 && !chy_is_lower(s.ptr[w.off + 1])) {
		for (size_t i = w.off; i < w.end; i++)
			classes |= chy_ascii[(unsigned char)s.ptr[i]];
		w.capitals = (classes & CHY_C_LOWER) == 0;
	}
	w.initial = w.end - w.off == 1 || (w.end - w.off == 2 &&
	    s.ptr[w.end - 1] == '.');
	w.kinds = kinds_of(text_of(f, &w));
	w.known = true;
	return w;
}

static struct word
word_at(const struct finding *f, size_t from)
{
	/* Only the words seen are changed, and they are nobody's but ours. */
	struct finding *own = (struct finding *)(uintptr_t)f;
	size_t at = from & (SEEN_WORDS - 1);

	if (f->seen_from[at] != from + 1) {
		own->seen[at] = cut_word(f, from);
		own->seen_from[at] = (uint32_t)from + 1;
	}
	return f->seen[at];
}

static struct word
word_after(const struct finding *f, const struct word *w)
{
	return word_at(f, w->next);
}

/* Of a word in small letters, too. */
static struct word
known(const struct finding *f, struct word w)
{
	if (!w.known && w.gap != GAP_END)
		w.kinds = kinds_of(text_of(f, &w));
	w.known = true;
	return w;
}

static bool
is(const struct word *w, uint32_t kinds)
{
	return (w->kinds & kinds) != 0;
}

static bool
word_is(const struct finding *f, const struct word *w, const char *text)
{
	return chy_slice_ieq(text_of(f, w), chy_slice_of(text));
}

static void
tell(struct finding *f, chy_name_kind kind, size_t off, size_t end)
{
	f->done = end;
	if (end - off >= 2 && end - off <= CHY_NAME_MAX)
		f->fn(f->arg, kind, chy_slice_sub(f->text, off, end - off));
}


/* ---- tables ---- */

/* Words that are short for a body only in capitals: AID, not aid. */
static bool
short_for(const struct finding *f, const struct word *w)
{
	size_t len = w->end - w->off;
	chy_slice s = text_of(f, w);

	if (len > 6)
		return true;
	/* In a text of capitals nobody can tell; the short ones are words. */
	if (f->capitals)
		return len > 3 || chy_slice_ieq(s, CHY_SLICE("UN")) ||
		    chy_slice_ieq(s, CHY_SLICE("EU")) ||
		    chy_slice_ieq(s, CHY_SLICE("MFA")) ||
		    chy_slice_ieq(s, CHY_SLICE("IMF"));
	for (size_t i = 1; i < s.len; i++)
		if (chy_is_upper(s.ptr[i]) || s.ptr[i] == '.')
			return true;
	return len > 3;
}

/* A word inside of a name of the table that is written small. */
static bool
inside_name(chy_slice s)
{
	return s.len == 2 || (s.len == 3 && (s.ptr[0] == 'a' ||
	    s.ptr[0] == 't' || s.ptr[0] == 'd')) || chy_slice_starts(s,
	    CHY_SLICE("d'"));
}

/* A place or a body of several words, the longest first. */
static bool
take_words(struct finding *f, const struct word *first)
{
	struct word w = *first;
	char key[CHY_VOCAB_KEY_MAX];
	size_t len[4], end[4], used = 0;
	bool capital[4];
	uint32_t n = 0;

	for (;;) {
		chy_slice s = text_of(f, &w);

		if (used + s.len + 1 > sizeof(key))
			break;
		if (n > 0)
			key[used++] = ' ';
		for (size_t k = 0; k < s.len; k++)
			key[used++] = chy_upper(s.ptr[k]);
		len[n] = used;
		end[n] = w.end;
		capital[n++] = w.capital;
		if (n == 4 || w.possessive)
			break;
		w = word_after(f, &w);
		if (w.gap != GAP_BLANK || (!w.capital &&
		    !inside_name(text_of(f, &w))))
			break;
	}
	for (; n > 1; n--) {
		const chy_name_word *row;

		if (!capital[n - 1])
			continue;
		row = chy_vocab_name_word((chy_slice){ key, len[n - 1] });
		if (row == NULL || (row->kinds &
		    (CHY_WORD_PLACE | CHY_WORD_BODY)) == 0)
			continue;
		tell(f, (row->kinds & CHY_WORD_PLACE) != 0 ? CHY_NAME_PLACE :
		    CHY_NAME_BODY, first->off, end[n - 1]);
		return true;
	}
	return false;
}

static bool
take_word(struct finding *f, const struct word *w)
{
	if (is(w, CHY_WORD_BODY) && short_for(f, w)) {
		tell(f, CHY_NAME_BODY, w->off, w->end);
		return true;
	}
	if (is(w, CHY_WORD_PLACE) && (w->end - w->off > 3 || w->capitals)) {
		tell(f, CHY_NAME_PLACE, w->off, w->end);
		return true;
	}
	return false;
}


/* ---- bodies ---- */

/* A word that may stand in the name of a body. */
static bool
in_body(const struct finding *f, const struct word *w)
{
	return w->capital && !w->initial &&
	    (!is(w, CHY_WORD_STOP) || is(w, CHY_WORD_PORTFOLIO |
	    CHY_WORD_TAIL | CHY_WORD_PART) || w->end - w->off > 4) &&
	    !is(w, CHY_WORD_SAYS) && (!f->capitals ||
	    !is(w, CHY_WORD_STOP) || is(w, CHY_WORD_PORTFOLIO));
}

/* Where "of Foreign Affairs" ends behind the head of a body; 0: nothing of
 * the kind stands there. */
static size_t
headed_end(const struct finding *f, const struct word *first)
{
	struct word w = word_after(f, first), at;
	size_t end = 0;

	if (is(first, CHY_WORD_LESSER) || first->possessive ||
	    w.gap != GAP_BLANK || !(word_is(f, &w, "of") ||
	    word_is(f, &w, "for")))
		return 0;
	for (uint32_t n = 0; n < RUN_WORDS; n++) {
		at = word_after(f, &w);
		if (at.gap == GAP_COMMA && end > 0 && is(&at,
		    CHY_WORD_PORTFOLIO) && at.capital && !f->capitals) {
			/* "of Trade, Industry and Tourism", if an "and" comes */
			struct word more = word_after(f, &at);

			if (!word_is(f, &more, "and"))
				break;
		} else if (at.gap != GAP_BLANK) {
			break;
		}
		if (in_body(f, &at) && !(end > 0 && is(&at, CHY_WORD_TITLE) &&
		    !is(&at, CHY_WORD_PORTFOLIO))) {
			end = at.end;
			w = at;
			if (at.possessive)
				break;
			continue;
		}
		/* The little words inside, if the name goes on. */
		if (word_is(f, &at, "and") || (end == 0 &&
		    word_is(f, &at, "the"))) {
			struct word more = word_after(f, &at);

			/* "and" joins what ministries are for, or two names. */
			if (word_is(f, &at, "and") && !is(&more,
			    CHY_WORD_PORTFOLIO))
				break;
			if (word_is(f, &more, "the"))
				more = word_after(f, &more);
			if (more.gap != GAP_BLANK || !in_body(f, &more))
				break;
			w = at;
			continue;
		}
		break;
	}
	return end;
}

/* Whether what it is for follows: Ministry of (the) Interior. */
static bool
is_ministry(const struct finding *f, const struct word *w)
{
	struct word of = word_after(f, w), next = word_after(f, &of);

	if (!is(w, CHY_WORD_HEAD) || of.gap != GAP_BLANK ||
	    !word_is(f, &of, "of"))
		return false;
	if (word_is(f, &next, "the"))
		next = word_after(f, &next);
	return next.gap == GAP_BLANK && is(&next, CHY_WORD_PORTFOLIO);
}

/* "Ministry of Foreign Affairs", "Bank of Oman". */
static bool
take_headed(struct finding *f, const struct word *first)
{
	size_t end = headed_end(f, first);

	if (end == 0)
		return false;
	tell(f, CHY_NAME_BODY, first->off, end);
	return true;
}

/* Whether a word with a capital, or "and", may be the next one: most words
 * are told apart by this without cutting. */
static bool
goes_on(const struct finding *f, const struct word *w)
{
	chy_slice s = chy_slice_from(f->text, w->next);

	return s.len > 1 && s.ptr[0] == ' ' && (chy_is_upper(s.ptr[1]) ||
	    s.ptr[1] == 'a' || s.ptr[1] == ' ' ||
	    (unsigned char)s.ptr[1] >= 0x80);
}

/* Words with capitals of which one ends the name of a body. */
static bool
take_tailed(struct finding *f, const struct word *first)
{
	struct word w = *first;
	size_t end = 0, start = first->off;
	uint32_t n = 1;

	/* At the start of a sentence any word has a capital. */
	if (is(first, CHY_WORD_STOP) && (first->gap != GAP_BLANK ||
	    f->capitals))
		return false;
	if (!goes_on(f, first) || !in_body(f, first) || (f->capitals && !is(first,
	    CHY_WORD_PORTFOLIO | CHY_WORD_PART)))
		return false;
	while (n < RUN_WORDS && !w.possessive) {
		struct word next = word_after(f, &w);

		if (next.gap == GAP_BLANK && !next.capital &&
		    !is(&w, CHY_WORD_TAIL | CHY_WORD_BODY | CHY_WORD_TITLE) &&
		    word_is(f, &next, "and")) {
			struct word more = word_after(f, &next);

			/* What ministries are for, not two bodies. */
			if (more.gap != GAP_BLANK || !in_body(f, &more) ||
			    is(&more, CHY_WORD_HEAD | CHY_WORD_GIVEN |
			    CHY_WORD_PLACE) || !(is(&more,
			    CHY_WORD_PORTFOLIO) || is(&w,
			    CHY_WORD_PORTFOLIO)))
				break;
			next = more;
		}
		if (next.gap != GAP_BLANK || !in_body(f, &next))
			break;
		if (f->capitals && !is(&next, CHY_WORD_PORTFOLIO) &&
		    !word_is(f, &next, "MINISTRY"))
			break;
		n++;
		if (is(&next, CHY_WORD_TAIL) && !is(&next, CHY_WORD_LESSER)) {
			size_t more = is_ministry(f, &next) ?
			    headed_end(f, &next) : 0;

			/* "Omani Ministry of Justice": whose is not in it. */
			if (more > 0 && is(first, CHY_WORD_STOP |
			    CHY_WORD_PLACE) && n == 2)
				start = next.off;
			end = more > 0 ? more : next.end;
			if (more > 0)
				break;
		}
		w = next;
	}
	if (end == 0)
		return false;
	/* Soviet Union. */
	if (start == first->off && end - start <= WORD_MAX &&
	    (kinds_of(chy_slice_sub(f->text, start, end - start)) &
	    CHY_WORD_PLACE) != 0)
		tell(f, CHY_NAME_PLACE, start, end);
	else
		tell(f, CHY_NAME_BODY, start, end);
	return true;
}


/* ---- persons ---- */

/* A word of a person's name. */
static bool
in_name(const struct finding *f, const struct word *w, bool first)
{
	chy_slice s = text_of(f, w);
	size_t dash;

	if (w->gap == GAP_END || s.len > 32)
		return false;
	if (!w->capital) {
		/* al-Busaidi */
		dash = chy_slice_find(s, CHY_SLICE("-"), 0);
		return dash > 0 && dash < 5 && dash + 1 < s.len &&
		    chy_is_upper(s.ptr[dash + 1]);
	}
	if (chy_is_digit(s.ptr[0]) || (w->initial && first))
		return false;
	if (is(w, CHY_WORD_GIVEN))
		return true;
	if (is(w, CHY_WORD_STOP | CHY_WORD_HEAD | CHY_WORD_TAIL |
	    CHY_WORD_PORTFOLIO | CHY_WORD_BODY | CHY_WORD_TITLE |
	    CHY_WORD_SAYS))
		return false;
	if (is(w, CHY_WORD_PLACE) && first)
		return false;
	if (f->capitals)
		return s.len > 2 && !is(w, CHY_WORD_POSITION | CHY_WORD_PLACE |
		    CHY_WORD_PART);
	/* Three letters in capitals are an office or a party. */
	return !w->capitals || s.len > 4;
}

/* The end of the name that begins at the word; 0: there is none. `most` words
 * at most. */
static size_t
name_end(const struct finding *f, const struct word *first, uint32_t *ret_n)
{
	struct word w = known(f, *first);
	size_t end = 0;
	uint32_t n = 0;

	*ret_n = 0;
	/* "al Busaidi", "bin Alawi", "van Dyke" */
	while (is(&w, CHY_WORD_PARTICLE) && n < 2 && !is(&w, CHY_WORD_GIVEN)) {
		struct word next = known(f, word_after(f, &w));

		if (next.gap != GAP_BLANK)
			return 0;
		w = next;
		n++;
	}
	if (!in_name(f, &w, true))
		return 0;
	for (n = 0; n < NAME_WORDS; ) {
		struct word next;

		if (!w.initial || n == 0) {
			end = w.end;
			(*ret_n)++;
		}
		n++;
		if (w.possessive)
			break;
		next = known(f, word_after(f, &w));
		if (next.gap != GAP_BLANK && !(next.gap == GAP_POINT &&
		    w.initial))
			break;
		if (next.initial && next.capital) {
			struct word more = word_after(f, &next);

			/* In capitals "A" may be a word. */
			if ((f->capitals && more.gap != GAP_POINT) ||
			    (more.gap != GAP_BLANK && more.gap != GAP_POINT) ||
			    !in_name(f, &more, false))
				break;
			if (f->capitals) {
				end = more.end;
				(*ret_n)++;
				break;
			}
			w = next;
			continue;
		}
		if (is(&next, CHY_WORD_PARTICLE) && !is(&next,
		    CHY_WORD_GIVEN)) {
			struct word more = known(f, word_after(f, &next));

			if (more.gap == GAP_BLANK && is(&more,
			    CHY_WORD_PARTICLE))
				more = known(f, word_after(f, &more));
			if (more.gap != GAP_BLANK || !in_name(f, &more, true))
				break;
			w = more;
			continue;
		}
		if (!in_name(f, &next, false))
			break;
		/* In capitals only a given name tells that one more is its; of
		 * a field of the heading there is nothing else in it. */
		if (f->capitals && !is(&w, CHY_WORD_GIVEN) &&
		    f->text.len > FIELD_BYTES)
			break;
		w = next;
	}
	return end;
}

/* Minister-Counselor, Vice-President: a title of two. */
static bool
is_minister(const struct finding *f, const struct word *w)
{
	chy_slice s = text_of(f, w);
	size_t dash;

	if (w->kinds != 0)
		return false;	/* a word of the table */
	dash = chy_slice_find(s, CHY_SLICE("-"), 0);
	return dash > 0 && dash < s.len && (kinds_of(chy_slice_sub(s, 0,
	    dash)) & (CHY_WORD_TITLE | CHY_WORD_PART)) != 0 &&
	    (kinds_of(chy_slice_from(s, dash + 1)) & CHY_WORD_TITLE) != 0;
}

/* Behind a title: more of it, and what it is for. */
static struct word
title_rest(const struct finding *f, struct word w, bool *ret_title)
{
	*ret_title = is(&w, CHY_WORD_TITLE) || is_minister(f, &w);
	for (uint32_t n = 0; n < 12; n++) {
		struct word next = word_after(f, &w);

		if (next.gap == GAP_END || w.possessive)
			return next;
		/* Lt. Gen., Mr. */
		if (next.gap != GAP_BLANK && next.gap != GAP_POINT)
			return next;
		if (next.gap == GAP_POINT && (w.end - w.off > 4 ||
		    !is(&w, CHY_WORD_TITLE | CHY_WORD_PART)))
			return next;
		if (next.capital && is(&next, CHY_WORD_TITLE | CHY_WORD_PART) &&
		    !is(&next, CHY_WORD_GIVEN)) {
			*ret_title |= is(&next, CHY_WORD_TITLE);
			w = next;
			continue;
		}
		if (next.capital && is(&next, CHY_WORD_PORTFOLIO) &&
		    !is(&next, CHY_WORD_GIVEN)) {
			w = next;
			continue;
		}
		if (word_is(f, &next, "of") || word_is(f, &next, "for") ||
		    word_is(f, &next, "and") || word_is(f, &next, "the")) {
			struct word more = word_after(f, &next);

			if (more.gap == GAP_BLANK && more.capital &&
			    (is(&more, CHY_WORD_PORTFOLIO | CHY_WORD_PART) ||
			    (is(&more, CHY_WORD_TITLE) && word_is(f, &next,
			    "and")))) {
				w = more;
				continue;
			}
			if (more.gap == GAP_BLANK && word_is(f, &more, "the")) {
				w = next;
				continue;
			}
		}
		return next;
	}
	return word_after(f, &w);
}

static bool
take_titled(struct finding *f, const struct word *first)
{
	bool title;
	struct word w = title_rest(f, *first, &title);
	uint32_t n;
	size_t end;

	if (!title || (w.gap != GAP_BLANK && w.gap != GAP_POINT))
		return false;
	end = name_end(f, &w, &n);
	if (end == 0)
		return false;
	tell(f, CHY_NAME_PERSON, w.off, end);
	return true;
}

/* The end of a word that begins with small letters: post-Saddam. What stands
 * behind it is another name. */
static bool
ends_a_word(const struct finding *f, const struct word *w)
{
	const char *p = f->text.ptr;

	return w->off > 1 && p[w->off - 1] == '-' &&
	    chy_is_lower(p[w->off - 2]);
}

static bool
take_given(struct finding *f, const struct word *first)
{
	uint32_t n;
	size_t end = name_end(f, first, &n);

	if (end == 0 || n < 2 || ends_a_word(f, first))
		return false;
	tell(f, CHY_NAME_PERSON, first->off, end);
	return true;
}

/* Whether the word before is one of office in small letters: "opposition
 * leader Mariano Rajoy". */
static bool
behind_office(const struct finding *f, const struct word *w)
{
	const char *p = f->text.ptr;
	size_t end = w->off, start;

	while (end > 0 && p[end - 1] == ' ')
		end--;
	if (end == w->off)
		return false;
	start = end;
	while (start > 0 && (chy_is_alpha(p[start - 1]) ||
	    p[start - 1] == '-'))
		start--;
	return start < end && chy_is_lower(p[start]) && (kinds_of(
	    chy_slice_sub(f->text, start, end - start)) &
	    (CHY_WORD_TITLE | CHY_WORD_POSITION)) != 0;
}

/* Ends that surnames have and hardly anything else. */
static bool
like_surname(chy_slice s)
{
	static const char *const ends[] = { "yev", "ayev", "iev", "lov", "nov",
	    "rov", "kov", "tov", "dov", "mov", "ova", "eva", "sky", "skiy",
	    "enko", "yan", "shvili", "adze", "idze", "oglu", "escu", "wicz",
	    "inen", "sson", "poulos", "idis", "akis", "ullah", "zadeh" };

	s.len -= s.len > 2 && s.ptr[s.len - 2] == '\'' ? 2 : 0;
	for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
		size_t n = strlen(ends[i]);

		if (s.len > n + 2 && memcmp(s.ptr + s.len - n, ends[i], n) == 0)
			return true;
	}
	return false;
}

/* An unknown name, if what stands beside it, or its end, says that it is a
 * person's. */
static bool
take_unknown(struct finding *f, const struct word *first)
{
	struct word w;
	uint32_t n;
	size_t end;

	if (f->capitals || first->capitals || first->initial ||
	    (first->kinds & ~(CHY_WORD_LEAD | CHY_WORD_PARTICLE)) != 0)
		return false;
	end = name_end(f, first, &n);
	if (end == 0 || n > 4 || (n == 1 && end - first->off < 4))
		return false;
	w = known(f, word_at(f, end));
	if (w.gap == GAP_BLANK && !w.capital && is(&w, CHY_WORD_SAYS)) {
		tell(f, CHY_NAME_PERSON, first->off, end);
		return true;
	}
	if (first->gap == GAP_BLANK && (behind_office(f, first) ||
	    like_surname(chy_slice_sub(f->text, first->off,
	    end - first->off)))) {
		tell(f, CHY_NAME_PERSON, first->off, end);
		return true;
	}
	if (n < 2)
		return false;
	if (w.gap == GAP_OPEN && (word_is(f, &w, "strictly") ||
	    word_is(f, &w, "protect") || word_is(f, &w, "please"))) {
		tell(f, CHY_NAME_PERSON, first->off, end);
		return true;
	}
	if (w.gap != GAP_COMMA)
		return false;
	for (uint32_t k = 0; k < 4; k++) {
		if (is(&w, CHY_WORD_POSITION | CHY_WORD_TITLE)) {
			tell(f, CHY_NAME_PERSON, first->off, end);
			return true;
		}
		/* "the Omani foreign minister" */
		if (k > 0 && w.gap != GAP_BLANK)
			return false;
		w = known(f, word_after(f, &w));
	}
	return false;
}


/* ---- the pass ---- */

static bool
mostly_capitals(chy_slice s)
{
	size_t upper = 0, lower = 0;
	size_t n = s.len < 400 ? s.len : 400;

	for (size_t i = 0; i < n; i += n < 60 ? 1 : 5) {
		upper += chy_is_upper(s.ptr[i]);
		lower += chy_is_lower(s.ptr[i]);
	}
	return upper > 3 * lower;
}

static void
look_at(struct finding *f, size_t off)
{
	struct word w = word_at(f, off);
	size_t before = off;

	/* What stands before it: blanks, or the end of something. */
	while (before > 0 && (f->text.ptr[before - 1] == ' '))
		before--;
	w.gap = before == 0 || (!is_letter(f->text.ptr[before - 1]) &&
	    f->text.ptr[before - 1] != ',') ? GAP_OTHER : GAP_BLANK;
	if (w.initial && !is(&w, CHY_WORD_PLACE | CHY_WORD_BODY))
		return;
	f->done = w.next;
	/* The first word of most sentences. */
	if (w.kinds == CHY_WORD_STOP && w.gap != GAP_BLANK)
		return;
	if (take_tailed(f, &w))
		return;
	if (is_minister(f, &w) && take_titled(f, &w))
		return;
	if (is(&w, CHY_WORD_HEAD) && take_headed(f, &w))
		return;
	if (is(&w, CHY_WORD_LEAD) && take_words(f, &w))
		return;
	if (is(&w, CHY_WORD_TITLE | CHY_WORD_PART) && take_titled(f, &w))
		return;
	if (is(&w, CHY_WORD_GIVEN) && take_given(f, &w))
		return;
	if (is(&w, CHY_WORD_PLACE | CHY_WORD_BODY) && take_word(f, &w))
		return;
	(void)take_unknown(f, &w);
}

void
chy_names_find(chy_slice text, chy_name_fn fn, void *arg)
{
	struct finding f;
	bool inside = false;	/* the byte before is of a word */
	size_t i = 0;

	f.text = text;
	f.fn = fn;
	f.arg = arg;
	f.capitals = mostly_capitals(text);
	f.done = 0;
	memset(f.seen_from, 0, sizeof(f.seen_from));
#if defined(__SSE2__)
	const __m128i a = _mm_set1_epi8('A' - 1), z = _mm_set1_epi8('Z' + 1);
	const __m128i bit = _mm_set1_epi8(0x20);
	const __m128i la = _mm_set1_epi8('a' - 1), lz = _mm_set1_epi8('z' + 1);
	const __m128i zero = _mm_set1_epi8('0' - 1);
	const __m128i nine = _mm_set1_epi8('9' + 1);

	for (; i + 16 <= text.len; i += 16) {
		__m128i v = _mm_loadu_si128(
		    (const __m128i *)(const void *)(text.ptr + i));
		__m128i low = _mm_or_si128(v, bit);
		__m128i letter = _mm_and_si128(_mm_cmpgt_epi8(low, la),
		    _mm_cmplt_epi8(low, lz));
		__m128i digit = _mm_and_si128(_mm_cmpgt_epi8(v, zero),
		    _mm_cmplt_epi8(v, nine));
		/* Bytes above 127 are of words, too. */
		unsigned word = (unsigned)_mm_movemask_epi8(_mm_or_si128(
		    _mm_or_si128(letter, digit), v));
		unsigned upper = (unsigned)_mm_movemask_epi8(_mm_and_si128(
		    _mm_cmpgt_epi8(v, a), _mm_cmplt_epi8(v, z)));
		unsigned starts = upper & ~(word << 1 | (inside ? 1u : 0u));

		inside = (word >> 15 & 1u) != 0;
		for (; starts != 0; starts &= starts - 1) {
			size_t at = i + (size_t)__builtin_ctz(starts);

			if (at >= f.done)
				look_at(&f, at);
		}
	}
#endif
	for (; i < text.len; i++) {
		char c = text.ptr[i];

		if (!inside && chy_is_upper(c) && i >= f.done)
			look_at(&f, i);
		inside = is_letter(c);
	}
}
