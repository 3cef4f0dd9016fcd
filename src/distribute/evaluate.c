/*
 * Which rules fire, in the order of B.1: what the heading and the text say,
 * then what others receive, then restrictions, clearance, the one action
 * office, and the desk.
 *
 * Restrictions see every rule that fired, and so come last; but since what
 * they stop is known before anything is sent, what is stopped is not sent
 * and taken back, it goes to the list of what is withheld.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/ascii.h"
#include "distribute/distribute_int.h"

/* Words shown for one place. */
#define WORDS_MAX	120u

bool
chy_has_fired(const struct making *m, uint32_t rule)
{
	return (m->fired[rule / 64] >> (rule % 64) & 1) != 0;
}

static bool
is_valid(const struct rule *rule, chy_ymd day)
{
	return day == 0 || ((rule->from == 0 || day >= rule->from) &&
	    (rule->until == 0 || day <= rule->until));
}

void
chy_fire(struct making *m, uint32_t rule)
{
	const struct rule *r = &m->seen.rules->rules[rule];
	uint32_t *order;

	if (chy_has_fired(m, rule) || !is_valid(r, m->seen.day) ||
	    !chy_cond_holds(&m->seen, r->cond))
		return;
	order = chy_rules_grow(m->seen.scratch, m->order, m->n_order,
	    &m->cap_order, sizeof(*order));
	if (order == NULL) {
		m->st = CHY_ERR_NO_MEMORY;
		return;
	}
	m->order = order;
	order[m->n_order++] = rule;
	m->fired[rule / 64] |= UINT64_C(1) << (rule % 64);
	/* What follows from a copy that is not sent is not sent either. */
	if (m->in_shadow && m->stopped[rule] == NONE)
		m->stopped[rule] = m->shadow;
}

void
chy_raise_late(struct making *m, uint32_t atom, chy_slice words)
{
	const chy_rules *rules = m->seen.rules;

	if (atom == NONE)
		return;
	chy_seen_raise(&m->seen, atom, (chy_span){ 0, 0 }, words,
	    PLACE_HEADING);
	for (uint32_t i = 0; i < rules->atoms[atom].n_rules; i++)
		chy_fire(m, rules->of_atom[rules->atoms[atom].first_rule + i]);
}


/* ---- reasons ---- */

static chy_slice
one_line(chy_arena *arena, chy_slice s)
{
	char *out;
	size_t n = 0;

	s = chy_slice_sub(s, 0, WORDS_MAX);
	/* Not in the middle of a character. */
	while (s.len == WORDS_MAX && s.len > 0 &&
	    ((unsigned char)s.ptr[s.len - 1] & 0xc0) == 0x80)
		s.len--;
	if (s.len == WORDS_MAX && (unsigned char)s.ptr[s.len - 1] >= 0xc0)
		s.len--;
	out = chy_arena_alloc(arena, s.len + 1);
	if (out == NULL)
		return CHY_EMPTY;
	for (size_t i = 0; i < s.len; i++) {
		char c = chy_is_space(s.ptr[i]) ? ' ' : s.ptr[i];

		if (c != ' ' || (n > 0 && out[n - 1] != ' '))
			out[n++] = c;
	}
	while (n > 0 && out[n - 1] == ' ')
		n--;
	out[n] = '\0';
	return (chy_slice){ out, n };
}

static const char *
heading_place(enum atom_kind kind)
{
	switch (kind) {
	case ATOM_TAG:
	case ATOM_COUNTRY_TAG: return "TAGS";
	case ATOM_CAPTION:
	case ATOM_CHANNEL: return "caption";
	case ATOM_CONTROL:
	case ATOM_LEVEL: return "classification";
	case ATOM_FROM:
	case ATOM_FROM_US: return "FM";
	case ATOM_TO: return "TO";
	case ATOM_INFO: return "INFO";
	case ATOM_OUTSIDE:
	case ATOM_RELAY: return "address";
	case ATOM_PASSING:
	case ATOM_PASSING_NAMES:
	case ATOM_PASS: return "passing line";
	case ATOM_PRECEDENCE:
	case ATOM_PRECEDENCE_IS:
	case ATOM_OUR_PRECEDENCE:
	case ATOM_OUR_PRECEDENCE_IS: return "precedence";
	case ATOM_CITES:
	case ATOM_CITES_ANY: return "REF";
	case ATOM_CASE: return "open case";
	case ATOM_CORRECTED: return "corrected copy";
	case ATOM_RECEIVES: return "delivery";
	case ATOM_NO_ACTION: return "addressee";
	case ATOM_BAD_OFFICE: return "office";
	case ATOM_TERM:
	case ATOM_AGENCY:
	case ATOM_REQUEST:
	case ATOM_FIRST_REQUEST:
	case ATOM_EMBEDDED: return "text";
	}
	return "";
}

static chy_slice
place_of(struct making *m, enum atom_kind kind, const struct raised *r)
{
	const chy_telegram *tel = m->seen.tel;
	char words[64];

	if (r->paragraph == PLACE_SUBJECT)
		return CHY_SLICE("subject");
	if (r->paragraph >= tel->n_paragraphs)
		return chy_slice_of(heading_place(kind));
	(void)snprintf(words, sizeof(words), "\302\266%.*s",
	    CHY_ARG(chy_slice_sub(tel->paragraphs[r->paragraph].id, 0, 40)));
	return chy_arena_copy(m->arena, chy_slice_of(words));
}

struct explaining {
	struct making *m;
	chy_because   *to;
	uint32_t       cap;
};

static void
explain(void *arg, uint32_t atom, const struct raised *r)
{
	struct explaining *e = arg;
	const struct atom *a = &e->m->seen.rules->atoms[atom];
	chy_slice words = r->words;
	chy_matched *more;

	if (words.len == 0 && r->span.len > 0)
		words = chy_slice_sub(e->m->seen.tel->text, r->span.off,
		    r->span.len);
	if (words.len == 0)
		words = a->key;
	words = one_line(e->m->arena, words);
	for (uint32_t i = 0; i < e->to->n_matched; i++)
		if (e->to->matched[i].span.off == r->span.off &&
		    e->to->matched[i].span.len == r->span.len &&
		    chy_slice_eq(e->to->matched[i].words, words))
			return;
	more = chy_rules_grow(e->m->arena, e->to->matched, e->to->n_matched,
	    &e->cap, sizeof(*more));
	if (more == NULL) {
		e->m->st = CHY_ERR_NO_MEMORY;
		return;
	}
	e->to->matched = more;
	more[e->to->n_matched++] = (chy_matched){ r->span, words,
	    place_of(e->m, (enum atom_kind)a->kind, r) };
}

chy_because *
chy_because_of(struct making *m, uint32_t rule)
{
	const struct rule *r = &m->seen.rules->rules[rule];
	struct explaining e = { .m = m };

	if (m->because[rule] != NULL)
		return m->because[rule];
	e.to = chy_arena_zalloc(m->arena, 1, sizeof(*e.to));
	if (e.to == NULL) {
		m->st = CHY_ERR_NO_MEMORY;
		return NULL;
	}
	e.to->rule = chy_arena_copy(m->arena, r->id);
	e.to->prose = chy_arena_copy(m->arena, r->prose);
	chy_cond_reasons(&m->seen, r->cond, explain, &e);
	m->because[rule] = e.to;
	return e.to;
}


/* ---- the order of things ---- */

/* Every rule worth trying, once, in the order of the rules. */
static void
fire_all(struct making *m)
{
	const chy_rules *rules = m->seen.rules;
	size_t words = (size_t)rules->n_rules / 64 + 1;

	for (uint32_t i = 0; i < rules->n_always; i++)
		m->tried[rules->always[i] / 64] |=
		    UINT64_C(1) << (rules->always[i] % 64);
	for (uint32_t i = 0; i < m->seen.n_atoms; i++) {
		const struct atom *a = &rules->atoms[m->seen.atoms[i]];

		for (uint32_t k = 0; k < a->n_rules; k++) {
			uint32_t rule = rules->of_atom[a->first_rule + k];

			m->tried[rule / 64] |= UINT64_C(1) << (rule % 64);
		}
	}
	for (size_t w = 0; w < words; w++)
		for (uint64_t left = m->tried[w]; left != 0; left &= left - 1)
			chy_fire(m, (uint32_t)w * 64 +
			    (uint32_t)__builtin_ctzll(left));
}

static uint32_t *
none_list(struct making *m)
{
	size_t size = ((size_t)m->seen.rules->n_rules + 1) * sizeof(uint32_t);
	uint32_t *list = chy_arena_alloc(m->seen.scratch, size);

	if (list == NULL)
		m->st = CHY_ERR_NO_MEMORY;
	else
		memset(list, 0xff, size);
	return list;
}

/* The restrictions among the rules that fired. */
static void
find_stops(struct making *m)
{
	const chy_rules *rules = m->seen.rules;

	for (uint32_t i = 0; i < m->n_order && m->st == CHY_OK; i++) {
		uint32_t by = m->order[i];

		for (const struct effect *e = rules->rules[by].effects;
		    e != NULL; e = e->next) {
			if (e->unless != NULL &&
			    chy_cond_holds(&m->seen, e->unless))
				continue;
			if (e->kind == EFFECT_REJECT && m->rejected == NONE)
				m->rejected = by;
			if (e->kind != EFFECT_SUPPRESS &&
			    e->kind != EFFECT_ONLY)
				continue;
			if (m->stopped == NULL) {
				m->stopped = none_list(m);
				m->only = none_list(m);
			}
			if (m->st != CHY_OK)
				return;
			for (uint32_t r = 0; r < rules->n_rules; r++) {
				bool named = (e->rules[r / 64] >> (r % 64) &
				    1) != 0;

				if (e->kind == EFFECT_SUPPRESS && named &&
				    m->stopped[r] == NONE && r != by)
					m->stopped[r] = by;
				if (e->kind == EFFECT_ONLY && !named &&
				    m->only[r] == NONE && r != by)
					m->only[r] = by;
			}
		}
	}
}

static void
list_addressees(struct making *m)
{
	const chy_telegram *tel = m->seen.tel;
	const chy_rules *rules = m->seen.rules;
	size_t n_rows;
	const chy_precedence_row *rows = chy_vocab_precedences(&n_rows);

	m->addressed = chy_arena_zalloc(m->arena,
	    (size_t)tel->n_addressees + 1, sizeof(*m->addressed));
	if (m->addressed == NULL) {
		m->st = CHY_ERR_NO_MEMORY;
		return;
	}
	for (uint32_t i = 0; i < tel->n_addressees; i++) {
		const chy_addressee *to = &tel->addressees[i];
		chy_addressed *a = &m->addressed[m->n_addressed];
		uint32_t k = m->seen.addressee_of[i];

		if (to->role == CHY_ROLE_EXEMPT)
			continue;
		m->n_addressed++;
		a->plad = chy_arena_copy(m->arena, to->plad);
		a->name = k == NONE ? a->plad : chy_arena_copy(m->arena,
		    rules->addressees[k].name);
		a->known = k != NONE;
		a->role = to->role;
		a->precedence = to->effective;
		for (size_t r = 0; r < n_rows; r++)
			if (rows[r].value == to->effective)
				a->minutes = rows[r].objective_minutes;
	}
}

/* Who of the kinds comes first, then the telegram's order, then the rules'. */
static uint32_t
place_in_telegram(const struct making *m, const struct row *row)
{
	for (uint32_t i = 0; i < m->seen.tel->n_addressees; i++)
		if (row->at != NONE && m->seen.addressee_of[i] == row->at)
			return i;
	return UINT32_MAX;
}

static void
tell(struct making *m, chy_distribution *ret)
{
	uint32_t n = 0, left = 0;

	ret->at = chy_arena_zalloc(m->arena, (size_t)m->n_rows + 1,
	    sizeof(*ret->at));
	ret->fired = chy_arena_zalloc(m->arena, (size_t)m->n_order + 1,
	    sizeof(*ret->fired));
	if (ret->at == NULL || ret->fired == NULL) {
		m->st = CHY_ERR_NO_MEMORY;
		return;
	}
	for (uint32_t i = 0; i < m->n_rows; i++)
		left += !m->rows[i].gone;
	for (int kind = 0; kind < CHY_DELIVERY_KINDS && n < left; kind++) {
		uint32_t place = 0;

		/* Few addressees: one pass for each. */
		for (; place <= m->seen.tel->n_addressees; place++)
			for (uint32_t i = 0; i < m->n_rows; i++) {
				struct row *r = &m->rows[i];
				uint32_t p = place_in_telegram(m, r);

				if (r->gone || (int)r->told.kind != kind ||
				    (p == UINT32_MAX ?
				    m->seen.tel->n_addressees : p) != place)
					continue;
				ret->at[n++] = r->told;
			}
	}
	ret->n = n;
	ret->addressed = m->addressed;
	ret->n_addressed = m->n_addressed;
	ret->rejected = m->rejected != NONE;
	for (uint32_t i = 0; i < m->n_sent; i++)
		ret->fired[ret->n_fired++] = chy_arena_copy(m->arena,
		    m->seen.rules->rules[m->order[i]].id);
}

static bool
make_tables(struct making *m)
{
	const chy_rules *rules = m->seen.rules;
	chy_arena *scratch = m->seen.scratch;
	size_t words = (size_t)rules->n_rules / 64 + 1;

	m->fired = chy_arena_zalloc(scratch, words, sizeof(*m->fired));
	m->tried = chy_arena_zalloc(scratch, words, sizeof(*m->tried));
	m->because = chy_arena_zalloc(scratch, (size_t)rules->n_rules + 1,
	    sizeof(chy_because *));
	m->one_action = chy_arena_zalloc(scratch,
	    (size_t)rules->n_addressees + 1, sizeof(bool));
	m->no_action = chy_arena_zalloc(scratch,
	    (size_t)rules->n_addressees + 1, sizeof(bool));
	return !chy_arena_failed(scratch);
}

static void
run(struct making *m)
{
	chy_seen_make(&m->seen);
	if (m->seen.failed || !make_tables(m)) {
		m->st = CHY_ERR_NO_MEMORY;
		return;
	}
	list_addressees(m);
	fire_all(m);
	find_stops(m);
	/* Rules may be added while we go: each fires once, so it ends. */
	for (uint32_t i = 0; i < m->n_order && m->st == CHY_OK; i++)
		chy_apply(m, m->order[i]);
	if (m->st == CHY_OK)
		chy_filter(m);
	if (m->st == CHY_OK)
		chy_choose(m);
	m->n_sent = m->n_order;
	if (m->stopped == NULL && m->rejected == NONE)
		return;
	/* Then what all of them would have sent. */
	if (m->stopped == NULL) {
		m->stopped = none_list(m);
		m->only = none_list(m);
	}
	m->in_shadow = true;
	for (uint32_t i = 0; i < m->n_order && m->st == CHY_OK; i++)
		chy_apply(m, m->order[i]);
}

chy_status
chy_distribute(const chy_rules *rules, const chy_telegram *tel,
    const chy_distribute_options *opts, chy_arena *arena,
    chy_distribution *ret, chy_error *err)
{
	static const chy_distribute_options defaults = { .us = { "", 0 } };
	chy_arena own;
	struct making m = { .seen = { .rules = rules, .tel = tel,
	    .scratch = &own, .opts = opts != NULL ? opts : &defaults },
	    .arena = arena, .rejected = NONE, .shadow = NONE, .st = CHY_OK };
	chy_distribution d = { 0 };

	m.seen.day = m.seen.opts->date;
	if (m.seen.day == 0 && tel->dtg_civil.year != 0)
		m.seen.day = chy_ymd_of(tel->dtg_civil.year,
		    tel->dtg_civil.month, tel->dtg_civil.day);
	chy_arena_init(&own, 1u << 16);
	if (m.seen.opts->scratch != NULL)
		m.seen.scratch = m.seen.opts->scratch;
	run(&m);
	if (m.st == CHY_OK)
		tell(&m, &d);
	if (m.st == CHY_OK && (m.seen.failed || chy_arena_failed(arena) ||
	    chy_arena_failed(m.seen.scratch)))
		m.st = CHY_ERR_NO_MEMORY;
	if (m.seen.scratch != &own)
		chy_arena_reset(m.seen.scratch);
	chy_arena_done(&own);
	if (m.st == CHY_ERR_TOO_LARGE)
		return chy_fail(err, m.st, "the rules send one telegram to "
		    "more than %u; name fewer", CHY_LIMIT_DELIVERIES);
	if (m.st != CHY_OK)
		return chy_fail(err, m.st, "no memory");
	*ret = d;
	return CHY_OK;
}
