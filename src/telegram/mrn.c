/*
 * Reading and writing message reference numbers.
 *
 * SPDX-License-Identifier: ISC
 */
#include "telegram/mrn.h"

#include "base/ascii.h"
#include "base/compiler.h"
#include "vocab/vocab.h"

#define SERIAL_DIGITS	7u

int32_t
chy_mrn_year(uint32_t printed)
{
	if (printed >= 100)
		return (int32_t)printed;
	return (int32_t)(printed >= 66 ? 1900 + printed : 2000 + printed);
}

bool
chy_mrn_set_post(chy_mrn *mrn, chy_slice words)
{
	size_t n = 0;

	for (size_t i = 0; i < words.len; i++) {
		char c = words.ptr[i];

		if (!chy_is_alpha(c))
			continue;
		if (n == CHY_MRN_POST_MAX)
			return false;
		mrn->post[n++] = chy_upper(c);
	}
	mrn->post[n] = '\0';
	mrn->post_len = (uint8_t)n;
	return n > 0;
}

static uint32_t
digits(chy_slice s)
{
	uint32_t v = 0;

	for (size_t i = 0; i < s.len; i++)
		v = v * 10 + (uint32_t)(s.ptr[i] - '0');
	return v;
}

static size_t
span_of_digits(chy_slice s, size_t from)
{
	size_t i = from;

	while (i < s.len && chy_is_digit(s.ptr[i]))
		i++;
	return i - from;
}

bool
chy_mrn_parse(chy_slice text, int32_t year, chy_mrn *ret_mrn)
{
	chy_mrn mrn = { .year = year };
	size_t n, end;

	text = chy_slice_trim(text);
	n = span_of_digits(text, 0);
	if (n == 2 || n == 4)
		mrn.year = chy_mrn_year(digits(chy_slice_sub(text, 0, n)));
	else if (n != 0)
		return false;
	if (n == 4 && (mrn.year < 1900 || mrn.year > 2099))
		return false;
	end = text.len;
	while (end > n && chy_is_digit(text.ptr[end - 1]))
		end--;
	if (end == text.len || text.len - end > SERIAL_DIGITS || end == n)
		return false;
	mrn.serial = digits(chy_slice_from(text, end));
	for (size_t i = n; i < end; i++) {
		char c = text.ptr[i];

		if (!chy_is_alpha(c) && !chy_is_blank(c) && c != '-' &&
		    c != '\'' && c != '.')
			return false;
	}
	if (!chy_mrn_set_post(&mrn, chy_slice_sub(text, n, end - n)) ||
	    mrn.post_len < 3)
		return false;
	*ret_mrn = mrn;
	return true;
}

static chy_slice
post_slice(const chy_mrn *mrn)
{
	return (chy_slice){ mrn->post, mrn->post_len };
}

/* Words in front of the post that are none of it: those that indexes swallowed
 * (telegram-format 4.2), and the kind of mission where people write it. */
static bool
cut_swallowed(chy_mrn *mrn)
{
	static const char *const swallowed[] = { "AMEMBASSY", "AMCONSUL",
	    "USMISSION", "USEMBASSY", "EMBASSY", "CONSULATE", "NOFORN", "EFTO",
	    "SECTION", "ECTION", "OF" };

	for (size_t i = 0; i < ARRAY_LEN(swallowed); i++) {
		chy_slice s = chy_slice_of(swallowed[i]), rest;

		if (!chy_slice_starts(post_slice(mrn), s))
			continue;
		rest = chy_slice_from(post_slice(mrn), s.len);
		if (!chy_vocab_is_post_key(rest))
			continue;
		memmove(mrn->post, rest.ptr, rest.len + 1);
		mrn->post_len = (uint8_t)rest.len;
		return true;
	}
	return false;
}

bool
chy_mrn_canonicalize(chy_mrn *mrn)
{
	chy_slice alias = chy_vocab_mrn_alias(post_slice(mrn), mrn->year);
	const chy_post *near;
	bool ambiguous = false;

	if (!chy_slice_eq(alias, post_slice(mrn)) &&
	    alias.len <= CHY_MRN_POST_MAX) {
		memmove(mrn->post, alias.ptr, alias.len);
		mrn->post[alias.len] = '\0';
		mrn->post_len = (uint8_t)alias.len;
	}
	if (chy_vocab_is_post_key(post_slice(mrn)))
		return false;
	if (cut_swallowed(mrn))
		return true;
	if (mrn->post_len < 4)		/* one letter of three is too much */
		return false;
	near = chy_vocab_post_near(post_slice(mrn), &ambiguous);
	if (near == NULL || ambiguous || near->mrn_key.len > CHY_MRN_POST_MAX)
		return false;
	memcpy(mrn->post, near->mrn_key.ptr, near->mrn_key.len);
	mrn->post_len = (uint8_t)near->mrn_key.len;
	mrn->post[mrn->post_len] = '\0';
	return true;
}

size_t
chy_mrn_key(const chy_mrn *mrn, char out[CHY_MRN_KEY_MAX])
{
	char rev[10];
	size_t n = 0, d = 0;
	uint32_t v = mrn->serial;

	if (mrn->year != 0) {
		out[n++] = (char)('0' + mrn->year / 10 % 10);
		out[n++] = (char)('0' + mrn->year % 10);
	}
	memcpy(out + n, mrn->post, mrn->post_len);
	n += mrn->post_len;
	do {
		rev[d++] = (char)('0' + v % 10);
		v /= 10;
	} while (v > 0);
	while (d > 0)
		out[n++] = rev[--d];
	out[n] = '\0';
	return n;
}
