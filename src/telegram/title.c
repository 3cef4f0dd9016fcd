/*
 * A subject in headline capitals, for people. Telegrams print subjects in
 * capitals alone, so which words are abbreviations must be guessed: a word
 * stays in capitals when it is a code of the trade, has no vowel, holds
 * digits or stops, or is in a short list of the commonest.
 *
 * SPDX-License-Identifier: ISC
 */
#include "telegram/telegram.h"

#include "base/ascii.h"
#include "base/compiler.h"

static bool
is_in(chy_slice word, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (chy_slice_ieq(word, chy_slice_of(list[i])))
			return true;
	return false;
}

static bool
is_small_word(chy_slice word)
{
	static const char *const small[] = { "a", "an", "and", "as", "at",
	    "but", "by", "for", "from", "in", "into", "nor", "of", "off", "on",
	    "or", "over", "per", "than", "the", "to", "up", "upon", "via", "vs",
	    "with", "de", "del", "la", "el", "al", "du", "von" };

	return is_in(word, small, ARRAY_LEN(small));
}

static bool
is_abbreviation(chy_slice word)
{
	static const char *const kept[] = { "US", "USA", "UK", "UN", "UNSC",
	    "UNSCR", "UNGA", "EU", "NATO", "OSCE", "OAS", "AU", "ASEAN", "OPEC",
	    "UAE", "DPRK", "PRC", "ROK", "FTA", "GOB", "GOE", "GOI", "GOF",
	    "GOT", "USG", "TIP", "NGO", "NGOS", "MFA", "PM", "FM", "DFM", "MOD",
	    "MOI", "CODEL", "STAFFDEL", "POTUS", "VPOTUS", "DCM", "EUR", "NEA",
	    "IAEA", "WMD", "CT", "IMF", "WTO", "HIV", "AIDS", "IPR", "FARC",
	    "IED", "ISAF", "ETA", "GTMO", "A/S", "U/S", "P5", "EU3", "ICC",
	    "ICTY", "IDP", "IDPS", "AQI", "AQIM", "ISI", "IRGC", "PKK", "PLO",
	    "PA", "ID", "TV", "AMB", "II", "III", "IV", "VI", "VII" };
	bool vowel = false;

	if (is_in(word, kept, ARRAY_LEN(kept)))
		return true;
	for (size_t i = 0; i < word.len; i++) {
		if (chy_is_digit(word.ptr[i]))
			return true;
		if (memchr("AEIOUYaeiouy", word.ptr[i], 12) != NULL)
			vowel = true;
	}
	return !vowel && word.len > 1 && word.len <= 6;
}

/* A word ends at a blank, a dash, a slash or a quote; an apostrophe and a
 * stop between letters belong to it. */
static size_t
word_len(chy_slice s)
{
	size_t i = 0;

	while (i < s.len) {
		char c = s.ptr[i];

		if (chy_is_alnum(c) || (unsigned char)c >= 0x80)
			i++;
		else if ((c == '\'' || c == '.') && i > 0 && i + 1 < s.len &&
		    chy_is_alnum(s.ptr[i + 1]))
			i++;
		else
			break;
	}
	return i;
}

static bool
has_stop(chy_slice word)
{
	return memchr(word.ptr, '.', word.len) != NULL;
}

size_t
chy_subject_title(chy_slice subject, char *out, size_t size)
{
	size_t n = 0, i = 0;
	bool first = true, mixed = false;

	if (size == 0)
		return 0;
	for (size_t k = 0; k < subject.len; k++)
		mixed |= chy_is_lower(subject.ptr[k]);
	while (i < subject.len && n + 1 < size) {
		chy_slice rest = chy_slice_from(subject, i);
		chy_slice word = chy_slice_sub(rest, 0, word_len(rest));
		chy_slice bare = word;
		bool keep;

		if (word.len == 0) {
			char c = rest.ptr[0];

			first |= c == ':' || c == ';' || c == '?' || c == '!';
			out[n++] = c;
			i++;
			continue;
		}
		if (bare.len > 2 && chy_slice_ieq(chy_slice_from(bare,
		    bare.len - 2), CHY_SLICE("'s")))
			bare.len -= 2;
		keep = mixed || is_abbreviation(bare) || has_stop(bare);
		for (size_t k = 0; k < word.len && n + 1 < size; k++) {
			char c = word.ptr[k];
			bool upper = keep ? k < bare.len :
			    k == 0 && (first || !is_small_word(word));

			if (mixed)
				out[n++] = c;
			else
				out[n++] = upper ? c : chy_lower(c);
		}
		first = false;
		i += word.len;
	}
	out[n] = '\0';
	return n;
}
