/*
 * Message reference numbers and posts as people write them.
 *
 * Source: telegram-forms(7), message reference number: year of two digits,
 * post without blanks and punctuation, serial without zeros.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>

#include "base/ascii.h"
#include "query/query.h"
#include "vocab/vocab.h"

/* Words before a post's name that are not part of it. */
static const char *const nations[] = { "US", "U.S.", "AMERICAN" };
static const char *const titles[] = {
	"AMEMBASSY", "EMBASSY", "AMCONSULATE", "AMCONSUL", "CONSULATE GENERAL",
	"CONSULATE", "AMCONGEN", "CONGEN", "USMISSION", "MISSION", "USOFFICE",
};
static const char *const joints[] = { "IN", "AT" };

/* Cut one of the words, and the blank behind it, from before the name. */
static bool
cut_word(chy_slice *name, const char *const words[], size_t n)
{
	for (size_t i = 0; i < n; i++) {
		chy_slice w = chy_slice_of(words[i]);

		if (chy_slice_starts(*name, w) && name->len > w.len &&
		    name->ptr[w.len] == ' ') {
			*name = chy_slice_trim(chy_slice_from(*name, w.len));
			return true;
		}
	}
	return false;
}

/* "US Embassy in London": LONDON. */
static chy_slice
without_title(chy_slice name)
{
	chy_slice rest = name;

	(void)cut_word(&rest, nations, ARRAY_LEN(nations));
	if (!cut_word(&rest, titles, ARRAY_LEN(titles)))
		return name;
	(void)cut_word(&rest, joints, ARRAY_LEN(joints));
	return rest;
}

/* In capitals, without what is no letter, digit or high byte. */
static size_t
squeeze(chy_slice s, char *out, size_t size)
{
	size_t n = 0;

	for (size_t i = 0; i < s.len && n + 1 < size; i++)
		if (chy_is_alnum(s.ptr[i]) || (unsigned char)s.ptr[i] > 127)
			out[n++] = chy_upper(s.ptr[i]);
	if (size > 0)
		out[n] = '\0';
	return n;
}

static size_t
give(chy_slice s, char *out, size_t size)
{
	size_t n = s.len < size ? s.len : size - 1;

	memcpy(out, s.ptr, n);
	out[n] = '\0';
	return n;
}

size_t
chy_post_key(chy_slice text, int32_t year, char *out, size_t size)
{
	char words[CHY_VOCAB_KEY_MAX], key[CHY_VOCAB_KEY_MAX];
	chy_slice name = chy_slice_trim(text), squeezed;
	const chy_post *row;

	if (size == 0)
		return 0;
	(void)chy_vocab_fold(text, words, &name);
	row = chy_vocab_post_by_plad(name);
	if (row == NULL || row->mrn_key.len == 0)
		row = chy_vocab_post_by_mrn_name(name);
	if (row == NULL || row->mrn_key.len == 0)
		row = chy_vocab_post_by_title(name);
	if (row != NULL && row->mrn_key.len > 0)
		return give(row->mrn_key, out, size);
	name = chy_vocab_agency_name(without_title(name));
	squeezed = (chy_slice){ key, squeeze(name, key, sizeof(key)) };
	if (chy_vocab_is_post_key(squeezed))
		return give(squeezed, out, size);
	squeezed = chy_vocab_mrn_alias(squeezed, year);
	if (!chy_vocab_is_post_key(squeezed)) {
		row = chy_vocab_post_by_routing(squeezed);
		if (row != NULL && row->mrn_key.len > 0)
			squeezed = row->mrn_key;
	}
	return give(squeezed, out, size);
}

/* A year in parentheses at the end: "Muscat 425 (2008)". */
static chy_slice
cut_last_year(chy_slice s, int32_t *ret_year)
{
	size_t end = s.len, start;
	int32_t y = 0;

	if (end == 0 || s.ptr[end - 1] != ')')
		return s;
	end--;
	start = end;
	while (start > 0 && chy_is_digit(s.ptr[start - 1]))
		start--;
	if (end - start != 4 || start == 0 || s.ptr[start - 1] != '(')
		return s;
	for (size_t i = start; i < end; i++)
		y = y * 10 + (s.ptr[i] - '0');
	*ret_year = y;
	return chy_slice_trim(chy_slice_sub(s, 0, start - 1));
}

bool
chy_mrn_from_text(chy_slice text, chy_mrn *ret)
{
	int32_t year = 0;
	char key[CHY_VOCAB_KEY_MAX], id[CHY_MRN_KEY_MAX];
	chy_slice s = cut_last_year(chy_slice_trim(text), &year);
	chy_mrn mrn;
	size_t lead = 0, tail = s.len, n;

	if (!chy_mrn_parse(s, year, &mrn) || mrn.year == 0)
		return false;
	while (lead < s.len && chy_is_digit(s.ptr[lead]))
		lead++;
	while (tail > lead && chy_is_digit(s.ptr[tail - 1]))
		tail--;
	/* Embassy Muscat is MUSCAT, which the reader of telegrams, who never
	 * meets it spelled like that, does not know. */
	(void)chy_post_key(chy_slice_sub(s, lead, tail - lead), mrn.year, key,
	    sizeof(key));
	if (!chy_mrn_set_post(&mrn, chy_slice_of(key)))
		return false;
	(void)chy_mrn_canonicalize(&mrn);
	/* What is no number as an id is none in other words. */
	n = chy_mrn_key(&mrn, id);
	if (!chy_mrn_parse((chy_slice){ id, n }, 0, ret))
		return false;
	*ret = mrn;
	return true;
}
