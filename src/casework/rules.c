/*
 * The rules, and whether one fits.
 *
 * A pattern is read anew each time: there are few, they are short, and most
 * are turned away by the first letter of their first word.
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/ascii.h"
#include "casework/casework_int.h"

#define RULE(name, kind, pattern, whose, flags, confidence, example, other) \
	{ name, pattern, example, other, flags, confidence, \
	    CHY_ITEM_##kind, whose },
static const struct rule rules[] = {
#include "casework/rules.def"
};
#undef RULE

_Static_assert(ARRAY_LEN(rules) <= RULES_MAX, "room for all rules");

#define GAP_2	2u
#define GAP_3	6u
#define GAP_4	14u

/* What breaks off; see <stopped>. */
static const char stopped[] = "all|cooperat*|talks|negotiations|relations|"
    "action|support|participation|its|their|the|ties|assistance|contacts|"
    "implementation|work|funding|exports|supplies";

const struct rule *
chy_rule_at(size_t i)
{
	return i < ARRAY_LEN(rules) ? &rules[i] : NULL;
}

struct matching {
	const struct who    *who;
	const struct tokens *ts;
	uint32_t	     end;
	int32_t		     base;
	struct fit	    *fit;
};

static bool
is_gov(const struct matching *m, uint32_t i)
{
	chy_slice s = token_text(m->ts, i);

	if (s.len < 3 || s.len > 6 || s.ptr[0] != 'G' || s.ptr[1] != 'O')
		return false;
	for (size_t k = 0; k < s.len; k++)
		if (!chy_is_upper(s.ptr[k]) && k + 1 < s.len)
			return false;
	return true;
}

/* Tokens that the class takes at i; 0 for none. */
static uint32_t
class_at(const struct matching *m, chy_slice name, uint32_t i)
{
	struct party party;
	chy_due due;
	uint32_t n = 0;

	if (i >= m->end)
		return 0;
	if (chy_slice_eq(name, CHY_SLICE("<us>")) ||
	    chy_slice_eq(name, CHY_SLICE("<party>"))) {
		uint32_t at = i + chy_token_among(m->ts, i, "the|our|an|a");

		if (!chy_party_at(m->who, m->ts, at, m->end, &party) ||
		    (name.ptr[1] == 'u' && party.side != SIDE_OWN))
			return 0;
		m->fit->party = party;
		return party.end - i;
	}
	if (chy_slice_eq(name, CHY_SLICE("<gov>")))
		return is_gov(m, i);
	if (chy_slice_eq(name, CHY_SLICE("<num>")))
		return m->ts->at[i].kind == TOKEN_NUMBER ||
		    chy_token_among(m->ts, i, "one|two|three|four");
	if (chy_slice_eq(name, CHY_SLICE("<quote>")))
		return m->ts->at[i].kind == TOKEN_QUOTE;
	if (chy_slice_eq(name, CHY_SLICE("<stopped>")))
		return chy_token_among(m->ts, i, stopped);
	n = chy_date_at(m->ts, i, m->end, m->base, &due);
	if (n > 0 && chy_slice_eq(name, CHY_SLICE("<period>")))
		return due.role == CHY_DUE_ROLE_PERIOD ? n : 0;
	return n;
}

/* Tokens that one of the alternatives takes at i; 0 for none. */
static uint32_t
one_of(const struct matching *m, chy_slice words, uint32_t i)
{
	while (words.len > 0) {
		size_t bar = chy_slice_find(words, CHY_SLICE("|"), 0);
		chy_slice word = chy_slice_sub(words, 0, bar), text;

		words = chy_slice_from(words, bar + 1);
		if (i >= m->end || word.len == 0)
			continue;
		if (word.ptr[0] == '<') {
			uint32_t n = class_at(m, word, i);

			if (n > 0)
				return n;
			continue;
		}
		text = token_text(m->ts, i);
		if (word.len > 1 && word.ptr[word.len - 1] == '*') {
			if (chy_slice_istarts(text, chy_slice_sub(word, 0,
			    word.len - 1)))
				return 1;
		} else if (chy_slice_ieq(text, word)) {
			return 1;
		}
	}
	return 0;
}

/* The end of the match of a pattern at i; 0 for none. */
static uint32_t
match(const struct matching *m, chy_slice pattern, uint32_t i)
{
	size_t blank = chy_slice_find(pattern, CHY_SLICE(" "), 0);
	chy_slice part = chy_slice_sub(pattern, 0, blank);
	chy_slice rest = chy_slice_from(pattern, blank + 1);
	uint32_t n, end;

	if (pattern.len == 0)
		return i;
	if (part.ptr[0] == '@') {
		uint32_t before = m->fit->what;

		m->fit->what = i;
		part = chy_slice_from(part, 1);
		end = part.len == 0 || part.ptr[0] == '.' ?
		    match(m, rest, i) : 0;
		if (end == 0)
			m->fit->what = before;
		return end;
	}
	if (part.ptr[0] == '.') {
		uint32_t most = part.len >= 4 ? GAP_4 : part.len == 3 ? GAP_3 :
		    GAP_2;

		if (rest.len == 0)
			return i;
		for (n = 0; n <= most && i + n <= m->end; n++) {
			end = match(m, rest, i + n);
			if (end > 0)
				return end;
			if (i + n < m->end &&
			    m->ts->at[i + n].kind == TOKEN_SEMICOLON)
				break;
		}
		return 0;
	}
	if (part.ptr[0] == '^')
		return i < m->end && m->ts->at[i].first ? match(m, rest, i) : 0;
	if (part.ptr[0] == '?') {
		n = one_of(m, chy_slice_from(part, 1), i);
		end = n > 0 ? match(m, rest, i + n) : 0;
		return end > 0 ? end : match(m, rest, i);
	}
	n = one_of(m, part, i);
	return n > 0 ? match(m, rest, i + n) : 0;
}

uint64_t
chy_begin_bit(chy_slice word)
{
	unsigned a = (unsigned char)chy_lower(word.ptr[0]);
	unsigned b = word.len > 1 ? (unsigned char)chy_lower(word.ptr[1]) : 0;

	return UINT64_C(1) << ((a * 37 + b) & 63);
}

static uint64_t
begins_of(chy_slice words)
{
	uint64_t set = 0;

	while (words.len > 0) {
		size_t bar = chy_slice_find(words, CHY_SLICE("|"), 0);
		chy_slice word = chy_slice_sub(words, 0, bar);

		/* A class, or words of which one letter is known. */
		if (word.len > 0 && (word.ptr[0] == '<' ||
		    chy_slice_eq(chy_slice_from(word, 1), CHY_SLICE("*"))))
			return CHY_BEGINS_ALL;
		if (word.len > 0)
			set |= chy_begin_bit(word);
		words = chy_slice_from(words, bar + 1);
	}
	return set;
}

uint64_t
chy_rule_begins(const struct rule *rule)
{
	chy_slice rest = chy_slice_of(rule->pattern);
	uint64_t set = 0;

	while (rest.len > 0) {
		size_t blank = chy_slice_find(rest, CHY_SLICE(" "), 0);
		chy_slice part = chy_slice_sub(rest, 0, blank);

		rest = chy_slice_from(rest, blank + 1);
		if (part.len == 0 || part.ptr[0] == '.')
			break;
		if (part.ptr[0] == '@' || part.ptr[0] == '^')
			continue;
		if (part.ptr[0] != '?')
			return set | begins_of(part);
		set |= begins_of(chy_slice_from(part, 1));
	}
	return CHY_BEGINS_ALL;
}

bool
chy_rule_fits(const struct rule *rule, const struct who *who,
    const struct tokens *ts, uint32_t i, uint32_t end, int32_t base,
    struct fit *ret)
{
	struct fit fit = { .first = i, .what = UINT32_MAX };
	struct matching m = { who, ts, end, base, &fit };

	fit.end = match(&m, chy_slice_of(rule->pattern), i);
	if (fit.end == 0 || fit.end == i)
		return false;
	if (fit.what == UINT32_MAX)
		fit.what = i;
	*ret = fit;
	return true;
}

const chy_casework_rule *
chy_casework_rule_at(size_t i)
{
	/* The same rows, as much of them as others may know. */
#define RULE(name, kind, pattern, whose, flags, confidence, example, other) \
	{ name, pattern, example, other, CHY_ITEM_##kind },
	static const chy_casework_rule rows[] = {
#include "casework/rules.def"
	};
#undef RULE

	return i < ARRAY_LEN(rows) ? &rows[i] : NULL;
}
