/*
 * Passing instructions and attention indicators: who else is to have the
 * telegram, or which office inside an addressee.
 *
 * Source: telegram-format 4.5; 5 FAH-2 H-252.
 *
 * SPDX-License-Identifier: ISC
 */
#include "forms/reading.h"

typedef struct verb {
	chy_slice words;
	bool	  is_pass;
} verb;

/* The longer ones first. */
static const verb verbs[] = {
	{ CHY_LIT("PLEASE PASS TO"), true }, { CHY_LIT("PLEASE PASS"), true },
	{ CHY_LIT("PLS PASS TO"), true }, { CHY_LIT("PLS PASS"), true },
	{ CHY_LIT("ALSO PASS TO"), true }, { CHY_LIT("ALSO PASS"), true },
	{ CHY_LIT("PASS TO"), true }, { CHY_LIT("PASS"), true }, { CHY_LIT("ALSO FOR"), false },
	{ CHY_LIT("FOR"), false },
};

/* A verb at exactly `at`, as whole words; its length. */
static size_t
verb_at(chy_slice s, size_t at, bool *ret_pass)
{
	if (at > 0 && !chy_is_space(s.ptr[at - 1]))
		return 0;
	for (size_t i = 0; i < ARRAY_LEN(verbs); i++) {
		chy_slice w = verbs[i].words;
		chy_slice rest = chy_slice_from(s, at);

		if (!chy_slice_starts(rest, w) || (rest.len > w.len &&
		    !chy_is_space(rest.ptr[w.len]) && rest.ptr[w.len] != ':'))
			continue;
		*ret_pass = verbs[i].is_pass;
		return w.len;
	}
	return 0;
}

static bool
next_verb(chy_slice s, size_t from, size_t *ret_at, size_t *ret_len,
    bool *ret_pass)
{
	for (size_t i = from; i < s.len; i++) {
		char c = s.ptr[i];

		if (c != 'F' && c != 'P' && c != 'A')
			continue;
		*ret_len = verb_at(s, i, ret_pass);
		if (*ret_len > 0) {
			*ret_at = i;
			return true;
		}
	}
	return false;
}

bool
chy_begins_with_verb(chy_slice s)
{
	size_t at = 0;
	bool pass;

	while (at < s.len && chy_is_blank(s.ptr[at]))
		at++;
	return verb_at(s, at, &pass) > 0;
}

bool
chy_looks_like_passing(chy_slice s)
{
	size_t at, len;
	bool pass;

	return next_verb(s, 0, &at, &len, &pass) && at < 60;
}

/* Where the target of the verb at `at` begins: after the comma, semicolon or
 * line end before it that leaves it a word. */
static size_t
target_start(chy_slice s, size_t floor, size_t at)
{
	size_t i = at;
	bool word = false;

	while (i > floor) {
		char c = s.ptr[i - 1];

		if ((c == ',' || c == ';' || c == '\n') && word)
			break;
		if (!chy_is_space(c) && c != ',' && c != ';')
			word = true;
		i--;
	}
	return i;
}

static bool
is_office(chy_slice s)
{
	size_t letters = 0;

	if (chy_vocab_office(s) != NULL)
		return true;
	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] == '/')
			return true;
		letters += chy_is_alpha(s.ptr[i]);
	}
	return letters <= 4 && s.len <= 5;
}

/* T. ALDOUS, D.WEINER, AMBASSADOR VOSS */
static bool
is_person(chy_slice s)
{
	return (s.len > 2 && chy_is_alpha(s.ptr[0]) && s.ptr[1] == '.') ||
	    chy_slice_istarts(s, CHY_SLICE("AMBASSADOR ")) ||
	    chy_slice_istarts(s, CHY_SLICE("AMB ")) ||
	    chy_slice_istarts(s, CHY_SLICE("MR. ")) ||
	    chy_slice_istarts(s, CHY_SLICE("MS. ")) ||
	    chy_slice_istarts(s, CHY_SLICE("DR. "));
}

static void
add_party(chy_reading *r, chy_passing *p, chy_slice s, bool persons)
{
	size_t open, close;
	chy_slice head, inside = CHY_EMPTY;

	s = chy_slice_trim(s);
	while (s.len > 0 && (s.ptr[s.len - 1] == '.' ||
	    s.ptr[s.len - 1] == '-'))
		s = chy_slice_trim(chy_slice_sub(s, 0, s.len - 1));
	if (s.len == 0)
		return;
	open = chy_slice_find(s, CHY_SLICE(" FOR "), 0);
	if (open < s.len) {	/* PASS USTR FOR D. WEINER, USAID FOR AID/ANE */
		chy_slice whom = chy_slice_trim(chy_slice_from(s, open + 5));

		chy_slices_add(r, &p->offices, chy_slice_sub(s, 0, open));
		chy_slices_add(r, chy_slice_find(whom, CHY_SLICE("/"), 0) <
		    whom.len ? &p->offices : &p->persons, whom);
		return;
	}
	open = chy_slice_find(s, CHY_SLICE("("), 0);
	if (open == s.len)
		open = chy_slice_find(s, CHY_SLICE(":"), 0);
	if (open == s.len) {
		open = chy_slice_find(s, CHY_SLICE(" - "), 0);
		if (open < s.len)
			open++;
	}
	head = chy_slice_trim(chy_slice_sub(s, 0, open));
	if (open < s.len) {
		inside = chy_slice_from(s, open + 1);
		close = chy_slice_find(inside, CHY_SLICE(")"), 0);
		inside = chy_slice_trim(chy_slice_sub(inside, 0, close));
	}
	if (head.len > 0) {
		size_t blank = chy_slice_find(head, CHY_SLICE(" "), 0);
		chy_slice first = chy_slice_sub(head, 0, blank);

		if (blank < head.len && inside.len == 0 &&
		    (chy_vocab_office(first) != NULL ||
		    memchr(first.ptr, '/', first.len) != NULL)) {
			/* NEA/ARP SMITH */
			chy_slices_add(r, &p->offices, first);
			chy_slices_add(r, &p->persons,
			    chy_slice_trim(chy_slice_from(head, blank)));
		} else if (is_person(head) || (persons && !is_office(head)) ||
		    (blank == head.len && !is_office(head) &&
		    inside.len == 0 && head.len > 5 &&
		    chy_vocab_post_by_mrn_name(head) == NULL)) {
			chy_slices_add(r, &p->persons, head);
		} else {
			chy_slices_add(r, &p->offices, head);
		}
	}
	if (inside.len > 0)
		chy_slices_add(r, &p->persons, inside);
}

/* Parties between commas, semicolons and AND; parentheses keep theirs. */
static void
add_parties(chy_reading *r, chy_passing *p, chy_slice s, bool persons)
{
	size_t start = 0, depth = 0;

	for (size_t i = 0; i <= s.len; i++) {
		size_t skip = 0;

		if (i == s.len)
			skip = 1;
		else if (s.ptr[i] == '(')
			depth++;
		else if (s.ptr[i] == ')' && depth > 0)
			depth--;
		else if (depth == 0 && (s.ptr[i] == ',' || s.ptr[i] == ';'))
			skip = 1;
		else if (depth == 0 && chy_slice_starts(chy_slice_from(s, i),
		    CHY_SLICE(" AND ")))
			skip = 5;
		if (skip == 0)
			continue;
		add_party(r, p, chy_slice_sub(s, start, i - start), persons);
		i += skip - 1;
		start = i + 1;
	}
}

static chy_slice
one_line(chy_reading *r, chy_slice s)
{
	char *out = chy_arena_alloc(&r->tel->arena, s.len + 1);
	size_t n = 0;

	if (out == NULL)
		return CHY_EMPTY;
	for (size_t i = 0; i < s.len; i++) {
		char c = chy_is_space(s.ptr[i]) ? ' ' : s.ptr[i];

		if (c != ' ' || (n > 0 && out[n - 1] != ' '))
			out[n++] = c;
	}
	while (n > 0 && out[n - 1] == ' ')
		n--;
	return (chy_slice){ out, n };
}

static bool
is_person_target(chy_slice target)
{
	const chy_post *post = chy_vocab_post_by_mrn_name(target);

	return post != NULL && (post->kind == CHY_POST_EMBASSY ||
	    post->kind == CHY_POST_CONSULATE || post->kind == CHY_POST_MISSION);
}

void
chy_read_passing(chy_reading *r, chy_range g)
{
	chy_telegram *tel = r->tel;
	chy_slice s = chy_slice_trim(chy_range_text(r, g));
	size_t at = 0, len = 0, from = 0, next_at = 0, next_len = 0;
	uint32_t node;
	bool pass = false, next_pass = false, any;

	node = chy_open(r, CHY_NODE_PASSING, 0);
	chy_leaf_put(r, CHY_NODE_PASSING_TEXT, g, 0);
	chy_close(r);
	any = next_verb(s, 0, &at, &len, &pass);
	while (any) {
		size_t start = target_start(s, from, at), end = s.len;
		chy_passing *row;
		chy_slice target;

		any = next_verb(s, at + len, &next_at, &next_len, &next_pass);
		/* STATE PASS USTR FOR WEINER: one clause, two verbs. */
		if (any && pass && !next_pass && chy_slice_find(chy_slice_sub(
		    s, at, next_at - at), CHY_SLICE(","), 0) == next_at - at &&
		    memchr(s.ptr + at, '\n', next_at - at) == NULL) {
			any = next_verb(s, next_at + next_len, &next_at,
			    &next_len, &next_pass);
		}
		if (any)
			end = target_start(s, at + len, next_at);
		target = one_line(r, chy_slice_sub(s, start, at - start));
		row = CHY_ADD(r, tel->passing, tel->n_passing);
		if (row == NULL)
			return;
		row->addressee = target;
		row->is_pass = pass;
		row->node = node;
		row->text = one_line(r, chy_slice_sub(s, start, end - start));
		while (row->text.len > 0 &&
		    row->text.ptr[row->text.len - 1] == ',')
			row->text.len--;
		add_parties(r, row, one_line(r, chy_slice_sub(s, at + len,
		    end - at - len)), is_person_target(target));
		from = end;
		at = next_at;
		len = next_len;
		pass = next_pass;
	}
}
