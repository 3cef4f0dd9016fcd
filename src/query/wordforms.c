/*
 * The grammatical forms of an English word: what "negotiate~" looks for.
 *
 * By rule from the word alone, so that it is the same in every archive and for
 * every reader, and so that the forms can be shown. A form that is no word
 * does no harm: it stands nowhere. Derived words (negotiation) are others.
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/ascii.h"
#include "query/query_int.h"

/* Longest word that has forms here. */
#define WORD_MAX	40u

/* Verbs and nouns whose forms follow no rule: all forms of one, the base
 * first. From the list of irregular verbs in any grammar; those of reports. */
static const char *const irregular[] = {
	"become became becomes becoming", "begin began begins begun beginning",
	"break broke broken breaks breaking",
	"bring brought brings bringing", "build built builds building",
	"buy bought buys buying", "catch caught catches catching",
	"child children", "choose chose chosen chooses choosing",
	"come came comes coming", "deal dealt deals dealing",
	"draw drew drawn draws drawing", "drive drove driven drives driving",
	"fall fell fallen falls falling", "feel felt feels feeling",
	"fight fought fights fighting", "find found finds finding",
	"flee fled flees fleeing", "fly flew flown flies flying",
	"forbid forbade forbidden forbids forbidding",
	"forget forgot forgotten forgets forgetting",
	"freeze froze frozen freezes freezing",
	"get got gotten gets getting", "give gave given gives giving",
	"go went gone goes going", "grow grew grown grows growing",
	"hold held holds holding", "keep kept keeps keeping",
	"know knew known knows knowing", "lead led leads leading",
	"leave left leaves leaving", "lose lost loses losing",
	"make made makes making", "man men", "mean meant means meaning",
	"meet met meets meeting", "pay paid pays paying",
	"rise rose risen rises rising", "run ran runs running",
	"say said says saying", "see saw seen sees seeing",
	"seek sought seeks seeking", "sell sold sells selling",
	"send sent sends sending", "shoot shot shoots shooting",
	"speak spoke spoken speaks speaking", "spend spent spends spending",
	"stand stood stands standing", "steal stole stolen steals stealing",
	"strike struck strikes striking", "swear swore sworn swears swearing",
	"take took taken takes taking", "teach taught teaches teaching",
	"tell told tells telling", "think thought thinks thinking",
	"throw threw thrown throws throwing",
	"understand understood understands understanding",
	"undertake undertook undertaken undertakes undertaking",
	"win won wins winning",
	"withdraw withdrew withdrawn withdraws withdrawing",
	"woman women", "write wrote written writes writing",
};

struct forms {
	chy_slice *at;
	uint32_t   n;
	chy_arena *arena;
};

static void
put(struct forms *f, chy_slice stem, const char *end)
{
	char text[WORD_MAX + 8];
	size_t n = strlen(end);
	chy_slice s;

	memcpy(text, stem.ptr, stem.len);
	memcpy(text + stem.len, end, n);
	s = (chy_slice){ text, stem.len + n };
	for (uint32_t i = 0; i < f->n; i++)
		if (chy_slice_eq(f->at[i], s))
			return;
	if (f->n < CHY_WORD_FORMS)
		f->at[f->n++] = chy_arena_copy(f->arena, s);
}

static bool
is_vowel(char c)
{
	return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
}

static bool
ends(chy_slice s, const char *end)
{
	size_t n = strlen(end);

	return s.len > n && memcmp(s.ptr + s.len - n, end, n) == 0;
}

static uint32_t
vowel_groups(chy_slice s)
{
	uint32_t n = 0;

	for (size_t i = 0; i < s.len; i++)
		n += (is_vowel(s.ptr[i]) || (s.ptr[i] == 'y' && i > 0)) &&
		    (i == 0 || !is_vowel(s.ptr[i - 1]));
	return n;
}

/* "stop": consonant, vowel, consonant in one syllable doubles its end. */
static bool
doubles(chy_slice s)
{
	char last = s.len >= 3 ? s.ptr[s.len - 1] : 'x';

	return s.len >= 3 && !is_vowel(last) && last != 'w' && last != 'x' &&
	    last != 'y' && is_vowel(s.ptr[s.len - 2]) &&
	    !is_vowel(s.ptr[s.len - 3]) && (vowel_groups(s) == 1 ||
	    ends(s, "fer") || ends(s, "mit") || ends(s, "cur") ||
	    ends(s, "pel") || ends(s, "gin"));
}

/* All forms of a base. */
static void
inflect(struct forms *f, chy_slice base)
{
	char last = base.ptr[base.len - 1];
	bool after_vowel = base.len > 1 && is_vowel(base.ptr[base.len - 2]);
	chy_slice cut = chy_slice_sub(base, 0, base.len - 1);
	char twice[2] = { last, '\0' };
	char stem[WORD_MAX + 8];

	put(f, base, "");
	if (last == 'y' && !after_vowel) {
		put(f, cut, "ies");
		put(f, cut, "ied");
		put(f, base, "ing");
	} else if (last == 'e') {
		put(f, base, "s");
		put(f, base, "d");
		if (ends(base, "ee"))
			put(f, base, "ing");
		else
			put(f, ends(base, "ie") ? chy_slice_sub(base, 0,
			    base.len - 2) : cut, ends(base, "ie") ? "ying" :
			    "ing");
	} else if (doubles(base)) {
		memcpy(stem, base.ptr, base.len);
		stem[base.len] = twice[0];
		put(f, base, "s");
		put(f, (chy_slice){ stem, base.len + 1 }, "ed");
		put(f, (chy_slice){ stem, base.len + 1 }, "ing");
	} else {
		bool hiss = ends(base, "s") || ends(base, "x") ||
		    ends(base, "z") || ends(base, "ch") || ends(base, "sh");

		put(f, base, hiss ? "es" : "s");
		if (last == 'o')
			put(f, base, "es");
		put(f, base, "ed");
		put(f, base, "ing");
	}
}

/* What is left when -ed or -ing is taken off: which word was it of? */
static void
inflect_stem(struct forms *f, chy_slice stem)
{
	size_t n = stem.len;
	char text[WORD_MAX + 1];
	chy_slice with_e;
	char last, before;

	if (n < 2 || vowel_groups(stem) == 0)
		return;
	last = stem.ptr[n - 1];
	before = stem.ptr[n - 2];
	memcpy(text, stem.ptr, n);
	text[n] = 'e';
	with_e = (chy_slice){ text, n + 1 };
	if (last == before && !is_vowel(last) && last != 'l' && last != 's' &&
	    last != 'z') {
		inflect(f, chy_slice_sub(stem, 0, n - 1));
	} else if (last == before && last == 'l') {
		inflect(f, stem);
		inflect(f, chy_slice_sub(stem, 0, n - 1));
	} else if (last == 'i') {
		inflect(f, with_e);
	} else if (ends(stem, "at") || ends(stem, "iz") || ends(stem, "bl") ||
	    ends(stem, "ur") || ends(stem, "dg") || last == 'c' ||
	    last == 'v' || last == 'u' || (last == 's' && before != 's') ||
	    (last == 'g' && before == 'r')) {
		inflect(f, with_e);
	} else if (!is_vowel(last) && last != 'w' && last != 'x' &&
	    last != 'y' && is_vowel(before) && !doubles(stem)) {
		/* visited, but also noted and required: both. */
		inflect(f, stem);
		inflect(f, with_e);
	} else if (doubles(stem)) {
		inflect(f, with_e);	/* hoped; hopped has two */
	} else {
		inflect(f, stem);
	}
}

static bool
find_irregular(struct forms *f, chy_slice word)
{
	for (size_t i = 0; i < ARRAY_LEN(irregular); i++) {
		chy_slice all = chy_slice_of(irregular[i]), one;
		bool found = false;

		for (int give = 0; give < 2; give++)
			for (size_t at = 0; at < all.len; at += one.len + 1) {
				one = chy_slice_sub(all, at, chy_slice_find(all,
				    CHY_SLICE(" "), at) - at);
				found |= chy_slice_eq(one, word);
				if (give == 1 && found)
					put(f, one, "");
			}
		if (found)
			return true;
	}
	return false;
}

uint32_t
chy_word_forms(chy_slice word, chy_arena *arena, chy_slice *ret)
{
	struct forms f = { .at = ret, .arena = arena };
	char text[WORD_MAX];
	chy_slice w;

	for (size_t i = 0; i < word.len; i++)
		if (word.len > sizeof(text) || !chy_is_alpha(word.ptr[i]))
			return 0;
	if (word.len < 2)
		return 0;
	for (size_t i = 0; i < word.len; i++)
		text[i] = chy_lower(word.ptr[i]);
	w = (chy_slice){ text, word.len };
	put(&f, w, "");
	if (find_irregular(&f, w))
		return f.n;
	if (w.len < 3)
		return 0;
	if (ends(w, "ied") || ends(w, "ies")) {
		text[w.len - 3] = 'y';
		inflect(&f, chy_slice_sub(w, 0, w.len - 2));
	} else if (w.len > 5 && (ends(w, "reed") || ends(w, "teed"))) {
		inflect(&f, chy_slice_sub(w, 0, w.len - 1));
	} else if (ends(w, "eed") || ends(w, "ss") || ends(w, "us") ||
	    ends(w, "is")) {
		inflect(&f, w);
	} else if (ends(w, "ed")) {
		inflect_stem(&f, chy_slice_sub(w, 0, w.len - 2));
	} else if (ends(w, "ing") && vowel_groups(chy_slice_sub(w, 0,
	    w.len - 3)) > 0) {
		inflect_stem(&f, chy_slice_sub(w, 0, w.len - 3));
	} else if (ends(w, "sses") || ends(w, "xes") || ends(w, "ches") ||
	    ends(w, "shes") || ends(w, "zzes")) {
		inflect(&f, chy_slice_sub(w, 0, w.len - 2));
	} else if (ends(w, "s")) {
		inflect(&f, chy_slice_sub(w, 0, w.len - 1));
	} else {
		inflect(&f, w);
	}
	return f.n;
}
