/*
 * Keys of names. Transliterations differ in vowels, in doubled letters, in
 * the article and in how the middle letters of Muhammad are written; what is
 * left when these are taken away is the key.
 *
 * SPDX-License-Identifier: ISC
 */
#include "names/names.h"

#include "base/ascii.h"
#include "base/compiler.h"
#include "base/utf8.h"
#include "vocab/vocab.h"

static const struct {
	const char *name;
	char	    letter;
} kinds[CHY_NAME_KINDS] = {
	[CHY_NAME_PERSON] = { "person", 'P' },
	[CHY_NAME_PLACE] = { "place", 'L' },
	[CHY_NAME_BODY] = { "body", 'B' },
};

const char *
chy_name_kind_name(chy_name_kind kind)
{
	return kinds[kind].name;
}

char
chy_name_kind_letter(chy_name_kind kind)
{
	return kinds[kind].letter;
}

bool
chy_name_kind_parse(chy_slice word, chy_name_kind *ret)
{
	for (int i = 0; i < CHY_NAME_KINDS; i++)
		if (chy_slice_ieq(word, chy_slice_of(kinds[i].name))) {
			*ret = (chy_name_kind)i;
			return true;
		}
	return false;
}

/* The word in small letters without marks; at most `size` bytes. */
static size_t
fold_word(chy_slice word, char *out, size_t size)
{
	size_t n = 0;

	for (size_t i = 0; i < word.len && n + 2 < size; ) {
		uint32_t code;
		size_t len = chy_utf8_get(chy_slice_from(word, i), &code);

		if (len <= 1) {
			if (chy_is_alnum(word.ptr[i]))
				out[n++] = chy_lower(word.ptr[i]);
			i++;
			continue;
		}
		i += len;
		if (code >= 0x250) {
			/* Another script: its bytes tell names apart. */
			for (size_t k = i - len; k < i && n + 1 < size; k++)
				out[n++] = word.ptr[k];
			continue;
		}
		n += chy_utf8_bare(code, out + n);
	}
	return n;
}

/* Letters and pairs that stand for one another. The order matters: longer
 * ones first. */
static const struct {
	const char *from, *to;
} letters[] = {
	{ "tch", "c" }, { "sch", "c" }, { "dzh", "j" }, { "kh", "h" },
	{ "gh", "g" }, { "dh", "d" }, { "th", "t" }, { "sh", "c" },
	{ "ch", "c" }, { "zh", "j" }, { "dj", "j" }, { "ph", "f" },
	{ "ck", "k" }, { "ou", "u" }, { "oo", "u" }, { "ow", "u" },
	{ "ee", "i" }, { "ea", "i" }, { "ai", "i" }, { "ay", "i" },
	{ "ei", "i" }, { "ey", "i" }, { "ie", "i" }, { "ia", "ia" },
	{ "yy", "i" }, { "iy", "i" }, { "yi", "i" }, { "aa", "a" },
	{ "ae", "a" }, { "oe", "o" }, { "q", "k" }, { "y", "i" },
	{ "e", "i" }, { "o", "u" }, { "w", "v" }, { "x", "ks" },
};

static size_t
skeleton(chy_slice word, char *out, size_t size)
{
	size_t n = 0;

	for (size_t i = 0; i < word.len && n + 2 < size; ) {
		const char *to = NULL;
		size_t took = 1;

		for (size_t k = 0; k < ARRAY_LEN(letters) && to == NULL; k++)
			if (chy_slice_starts(chy_slice_from(word, i),
			    chy_slice_of(letters[k].from))) {
				to = letters[k].to;
				took = strlen(letters[k].from);
			}
		if (to == NULL) {
			if (n == 0 || out[n - 1] != word.ptr[i])
				out[n++] = word.ptr[i];
		} else {
			for (; *to != '\0'; to++)
				if (n == 0 || out[n - 1] != *to)
					out[n++] = *to;
		}
		i += took;
	}
	/* Abdulla and Abdullah, Sara and Sarah. */
	if (n > 3 && out[n - 1] == 'h')
		n--;
	return n;
}

static const char *const articles[] = { "al", "el", "as", "ash", "an", "ar",
    "ad", "az", "at", "ul", "bin", "ibn", "bint", "de", "del", "della", "di",
    "da", "das", "dos", "du", "la", "le", "van", "von", "der", "den", "ter",
    "jr", "sr", "ii", "iii", "the", "zu" };

static bool
is_article(chy_slice word)
{
	for (size_t i = 0; i < ARRAY_LEN(articles); i++)
		if (chy_slice_eq(word, chy_slice_of(articles[i])))
			return true;
	return false;
}

/* One word of a person's name, put behind the others. */
static size_t
put_word(chy_slice word, char *out, size_t n)
{
	char folded[64], upper[64], bones[64];
	const chy_name_word *row;
	chy_slice w = { folded, fold_word(word, folded, sizeof(folded)) };

	/* AlBaradei, ElBaradei: the article is written to the name. */
	if (w.len > 4 && word.len > 3 && chy_is_upper(word.ptr[2]) &&
	    chy_is_lower(word.ptr[1]) &&
	    (chy_slice_starts(w, CHY_SLICE("al")) ||
	    chy_slice_starts(w, CHY_SLICE("el"))))
		w = chy_slice_from(w, 2);
	if (w.len < 2 || is_article(w))
		return n;
	for (size_t i = 0; i < w.len; i++)
		upper[i] = chy_upper(w.ptr[i]);
	row = chy_vocab_name_word((chy_slice){ upper, w.len });
	if (row != NULL && row->use.len > 0 &&
	    (row->kinds & CHY_WORD_GIVEN) != 0)
		w.len = fold_word(row->use, folded, sizeof(folded));
	w.len = skeleton(w, bones, sizeof(bones));
	if (w.len == 0 || n + w.len + 1 >= CHY_NAME_KEY)
		return n;
	if (n > 0)
		out[n++] = ' ';
	memcpy(out + n, bones, w.len);
	return n + w.len;
}

static bool
parts_words(char c)
{
	return c == ' ' || c == '-' || c == '.' || c == ',' || c == '\t' ||
	    c == '\n' || c == '_' || c == '/';
}

static size_t
put_words(chy_slice name, char *out, size_t n)
{
	for (size_t i = 0; i < name.len; ) {
		size_t end = i;

		while (end < name.len && !parts_words(name.ptr[end]))
			end++;
		if (end > i)
			n = put_word(chy_slice_sub(name, i, end - i), out, n);
		i = end + 1;
	}
	return n;
}

/* Capitals, one blank between words, without "the". */
static size_t
plain_key(chy_slice s, char out[CHY_NAME_KEY])
{
	size_t n = 0;

	s = chy_slice_trim(s);
	if (chy_slice_istarts(s, CHY_SLICE("the ")))
		s = chy_slice_from(s, 4);
	for (size_t i = 0; i < s.len && n + 1 < CHY_NAME_KEY; i++) {
		char c = s.ptr[i];

		if (c == '\t' || c == '\n')
			c = ' ';
		if (c == ' ' && (n == 0 || out[n - 1] == ' '))
			continue;
		out[n++] = chy_upper(c);
	}
	return n;
}

static const chy_name_word *
table_row(chy_name_kind kind, chy_slice spelling)
{
	char key[CHY_NAME_KEY];
	chy_slice k = { key, plain_key(spelling, key) };
	const chy_name_word *row = chy_vocab_name_word(k);

	return row != NULL && (row->kinds & (kind == CHY_NAME_PLACE ?
	    CHY_WORD_PLACE : CHY_WORD_BODY)) != 0 ? row : NULL;
}

chy_slice
chy_name_usual(chy_name_kind kind, chy_slice spelling)
{
	const chy_name_word *row = kind == CHY_NAME_PERSON ? NULL :
	    table_row(kind, spelling);

	return row != NULL ? row->use : CHY_EMPTY;
}

size_t
chy_name_key(chy_name_kind kind, chy_slice spelling, char out[CHY_NAME_KEY])
{
	const chy_name_word *row;
	size_t comma, n;

	if (spelling.len > CHY_NAME_MAX)
		return 0;
	if (kind != CHY_NAME_PERSON) {
		row = table_row(kind, spelling);
		return plain_key(row != NULL && row->use.len > 0 ? row->use :
		    spelling, out);
	}
	/* LAST, FIRST as TAGS have it. */
	comma = chy_slice_find(spelling, CHY_SLICE(","), 0);
	n = put_words(chy_slice_from(spelling, comma), out, 0);
	return put_words(chy_slice_sub(spelling, 0, comma), out, n);
}

size_t
chy_name_shown(chy_slice spelling, char out[CHY_NAME_MAX])
{
	size_t n = 0;
	bool capitals = true;

	spelling = chy_slice_sub(spelling, 0, CHY_NAME_MAX);
	for (size_t i = 0; i < spelling.len; i++)
		capitals &= !chy_is_lower(spelling.ptr[i]);
	for (size_t i = 0; i < spelling.len; i++) {
		char c = spelling.ptr[i];
		bool first = i == 0 || !(chy_is_alpha(spelling.ptr[i - 1]) ||
		    spelling.ptr[i - 1] == '\'');

		out[n++] = capitals && !first ? chy_lower(c) : c;
	}
	return n;
}
