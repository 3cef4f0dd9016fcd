/*
 * What rules that fired do: rows of the distribution, one an office and
 * addressee, with all its reasons; then clearance, the one action office of
 * each addressee, and what the desk must decide.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>

#include "base/ascii.h"
#include "distribute/distribute_int.h"


/* ---- rows ---- */

static bool
is_copy(chy_delivery_kind kind)
{
	return kind == CHY_DELIVERY_ACTION || kind == CHY_DELIVERY_INFO;
}

static struct row *
row_find(struct making *m, chy_delivery_kind kind, uint32_t at,
    chy_slice office)
{
	for (uint32_t i = 0; i < m->n_rows; i++) {
		struct row *r = &m->rows[i];

		if (!r->gone && r->at == at && (r->told.kind == kind ||
		    (is_copy(kind) && is_copy(r->told.kind))) &&
		    chy_slice_ieq(r->told.office, office))
			return r;
	}
	return NULL;
}

struct row *
chy_row_add(struct making *m, chy_delivery_kind kind, uint32_t at,
    chy_slice office)
{
	struct row *rows;

	if (m->n_rows == CHY_LIMIT_DELIVERIES) {
		m->st = CHY_ERR_TOO_LARGE;
		return NULL;
	}
	rows = chy_rules_grow(m->seen.scratch, m->rows, m->n_rows,
	    &m->cap_rows, sizeof(*rows));
	if (rows == NULL) {
		m->st = CHY_ERR_NO_MEMORY;
		return NULL;
	}
	m->rows = rows;
	rows += m->n_rows++;
	*rows = (struct row){ .at = at, .rule = NONE, .told = { .kind = kind,
	    .office = chy_arena_copy(m->arena, office),
	    .addressee = CHY_EMPTY, .title = CHY_EMPTY, .was = CHY_EMPTY,
	    .stopped_by = CHY_EMPTY, .stopped_why = CHY_EMPTY } };
	if (at < m->seen.rules->n_addressees)
		rows->told.addressee = chy_arena_copy(m->arena,
		    m->seen.rules->addressees[at].name);
	else if (at == AT_ORIGIN)
		rows->told.addressee = chy_arena_copy(m->arena,
		    m->seen.tel->originator.post);
	return rows;
}

static void
add_because(struct making *m, struct row *row, const chy_because *because)
{
	chy_because *list;

	if (because == NULL)
		return;
	for (uint32_t i = 0; i < row->told.n_because; i++)
		if (chy_slice_eq(row->told.because[i].rule, because->rule))
			return;
	list = chy_rules_grow(m->arena, row->told.because,
	    row->told.n_because, &row->cap, sizeof(*list));
	if (list == NULL) {
		m->st = CHY_ERR_NO_MEMORY;
		return;
	}
	row->told.because = list;
	list[row->told.n_because++] = *because;
}

void
chy_row_because(struct making *m, struct row *row, uint32_t rule)
{
	if (row == NULL)
		return;
	if (row->rule == NONE)
		row->rule = rule;
	add_because(m, row, chy_because_of(m, rule));
}

void
chy_row_stop(struct making *m, struct row *row, uint32_t by, const char *why)
{
	const struct rule *rule = by == NONE ? NULL :
	    &m->seen.rules->rules[by];

	if (row == NULL)
		return;
	row->told.kind = CHY_DELIVERY_WITHHELD;
	if (rule != NULL)
		row->told.stopped_by = chy_arena_copy(m->arena, rule->id);
	row->told.stopped_why = chy_arena_copy(m->arena, why != NULL ?
	    chy_slice_of(why) : rule != NULL ? rule->prose : CHY_EMPTY);
}


/* ---- offices ---- */

struct target {
	chy_slice symbol;	/* as it is now */
	chy_slice was;		/* as the rule has it; empty: the same */
	chy_slice title;
	const struct office *office;	/* NULL: not in the rules' table */
	uint32_t  rule;		/* that mapped it; NONE */
	bool	  to_desk;	/* unknown or abolished: a person decides */
};

/* The rule about unknown and abolished offices that is valid that day. */
static uint32_t
office_rule(const struct making *m)
{
	const chy_rules *rules = m->seen.rules;
	uint32_t atom = chy_atom_find(rules, ATOM_BAD_OFFICE, CHY_EMPTY, 0);
	chy_ymd day = m->seen.day;

	for (uint32_t i = 0; atom != NONE && i < rules->atoms[atom].n_rules;
	    i++) {
		uint32_t r = rules->of_atom[rules->atoms[atom].first_rule + i];
		const struct rule *rule = &rules->rules[r];

		if (day == 0 || ((rule->from == 0 || day >= rule->from) &&
		    (rule->until == 0 || day <= rule->until)))
			return r;
	}
	return NONE;
}

static bool
has_effect(const chy_rules *rules, uint32_t rule, enum effect_kind kind)
{
	for (const struct effect *e = rules->rules[rule].effects; e != NULL;
	    e = e->next)
		if (e->kind == kind)
			return true;
	return false;
}

/* By the dated table: what the office is that day. */
static void
map_office(struct making *m, uint32_t at, struct target *t)
{
	const chy_rules *rules = m->seen.rules;
	uint32_t rule;
	const struct office *o = t->office;

	if (o != NULL && chy_office_valid(o, m->seen.day))
		return;
	/* A table has to know the places for a name to be unknown there. */
	if (o == NULL && (at >= rules->n_addressees ||
	    !rules->addressees[at].has_offices ||
	    chy_vocab_office(t->symbol) != NULL))
		return;
	rule = office_rule(m);
	if (rule == NONE)
		return;
	t->rule = rule;
	/* From one to the next, as often as there are offices. */
	for (uint32_t i = 0; o != NULL && i < rules->n_offices &&
	    has_effect(rules, rule, EFFECT_SUCCESSOR) &&
	    !chy_office_valid(o, m->seen.day) && o->successor.len > 0 &&
	    (o->until == 0 || m->seen.day > o->until); i++)
		o = chy_office_find(rules, o->successor, NONE, m->seen.day);
	if (o != NULL && chy_office_valid(o, m->seen.day)) {
		t->was = t->symbol;
		t->office = o;
		t->symbol = o->symbol;
		return;
	}
	t->to_desk = has_effect(rules, rule, EFFECT_DESK);
}

static struct target
target_of(struct making *m, uint32_t *at, chy_slice name)
{
	struct target t = { .symbol = name, .was = CHY_EMPTY,
	    .title = CHY_EMPTY, .rule = NONE };
	const chy_office *row;

	t.office = chy_office_find(m->seen.rules, name, *at, m->seen.day);
	if (*at == NONE)
		*at = t.office != NULL ? t.office->at :
		    m->seen.rules->n_addressees > 0 ? 0 : NONE;
	if (t.office != NULL)
		t.symbol = t.office->symbol;
	if (*at != AT_ORIGIN)
		map_office(m, *at, &t);
	row = chy_vocab_office(t.symbol);
	if (t.office != NULL && t.office->title.len > 0)
		t.title = t.office->title;
	else if (row != NULL && *at == 0)
		t.title = row->meaning;
	return t;
}

static uint32_t
desk_minutes(const struct making *m, chy_precedence precedence)
{
	return m->seen.rules->desk_minutes[precedence];
}

/* An office that nobody can place. */
static void
send_to_desk(struct making *m, const struct target *t, uint32_t at,
    uint32_t rule)
{
	struct row *row;
	char words[160];

	(void)snprintf(words, sizeof(words), "%.*s is %s",
	    CHY_ARG(chy_slice_sub(t->symbol, 0, 80)), t->office != NULL ?
	    "abolished, and nothing follows it" : "no office that is known");
	row = row_find(m, CHY_DELIVERY_DESK, at, t->symbol);
	if (row == NULL)
		row = chy_row_add(m, CHY_DELIVERY_DESK, at, t->symbol);
	if (row == NULL)
		return;
	row->told.stopped_by = chy_arena_copy(m->arena,
	    m->seen.rules->rules[t->rule].id);
	row->told.stopped_why = chy_arena_copy(m->arena,
	    chy_slice_of(words));
	row->told.minutes = desk_minutes(m, m->seen.tel->precedence);
	chy_row_because(m, row, rule);
}


/* ---- sending ---- */

struct sending {
	struct making	    *m;
	const struct effect *e;
	uint32_t	     rule;
	uint32_t	     stop;	/* in the shadow: by whom */
};

static bool
is_addressed(const struct making *m, uint32_t at)
{
	for (uint32_t i = 0; i < m->seen.tel->n_addressees; i++)
		if (m->seen.addressee_of[i] == at &&
		    m->seen.tel->addressees[i].role != CHY_ROLE_EXEMPT)
			return true;
	return false;
}

static void
withhold(struct sending *s, uint32_t at, const struct target *t,
    const char *why)
{
	struct making *m = s->m;
	struct row *row;

	if (row_find(m, CHY_DELIVERY_ACTION, at, t->symbol) != NULL ||
	    row_find(m, CHY_DELIVERY_SUGGESTED, NONE, t->symbol) != NULL)
		return;		/* it has it by another rule */
	row = row_find(m, CHY_DELIVERY_WITHHELD, at, t->symbol);
	if (row == NULL) {
		row = chy_row_add(m, CHY_DELIVERY_WITHHELD, at, t->symbol);
		chy_row_stop(m, row, s->stop, why);
		if (row != NULL)
			row->told.title = chy_arena_copy(m->arena, t->title);
	}
	chy_row_because(m, row, s->rule);
}

static void
raise_receives(struct making *m, chy_slice office, uint32_t stop)
{
	uint32_t atom = chy_atom_find(m->seen.rules, ATOM_RECEIVES, office, 0);

	if (atom == NONE || (!m->in_shadow && m->seen.first[atom] != NONE))
		return;
	m->shadow = stop;
	chy_raise_late(m, atom, office);
	m->shadow = NONE;
}

/* A copy for one office or person. */
static void
send(struct sending *s, uint32_t at, chy_slice name, bool person)
{
	struct making *m = s->m;
	struct target t = person ? (struct target){ .symbol = name,
	    .was = CHY_EMPTY, .title = CHY_EMPTY, .rule = NONE } :
	    target_of(m, &at, name);
	struct row *row;

	if (m->in_shadow) {
		withhold(s, at, &t, NULL);
		raise_receives(m, t.symbol, s->stop);
		return;
	}
	if (at != AT_ORIGIN && !is_addressed(m, at)) {
		char why[160];

		(void)snprintf(why, sizeof(why), "%.*s is no addressee of "
		    "this telegram", CHY_ARG(at == NONE ?
		    CHY_SLICE("nobody") : chy_slice_sub(
		    m->seen.rules->addressees[at].name, 0, 80)));
		withhold(s, at, &t, why);
		return;
	}
	if (t.to_desk) {
		send_to_desk(m, &t, at, s->rule);
		return;
	}
	row = row_find(m, CHY_DELIVERY_INFO, at, t.symbol);
	if (row == NULL) {
		row = chy_row_add(m, CHY_DELIVERY_INFO, at, t.symbol);
		if (row == NULL)
			return;
		row->told.title = chy_arena_copy(m->arena, t.title);
		row->told.was = chy_arena_copy(m->arena, t.was);
		row->told.person = person;
		row->office = t.office;
	}
	chy_row_because(m, row, s->rule);
	if (t.was.len > 0)
		chy_row_because(m, row, t.rule);
	if (s->e->kind == EFFECT_ACTION && (!row->candidate ||
	    s->e->klass < row->klass)) {
		row->klass = s->e->klass;
		row->turn = row->candidate ? row->turn : m->n_rows;
		row->candidate = true;
	}
	raise_receives(m, t.symbol, NONE);
	if (t.was.len > 0)
		raise_receives(m, t.was, NONE);
}

/* For the desk: an agency, or an office that a rule thinks of. */
static void
suggest(struct sending *s, chy_slice name)
{
	struct making *m = s->m;
	struct target t = { .symbol = name, .was = CHY_EMPTY,
	    .title = CHY_EMPTY, .rule = NONE };
	const struct office *o = chy_office_find(m->seen.rules, name, NONE,
	    m->seen.day);
	struct row *row;

	if (o != NULL)
		t.title = o->title;
	for (uint32_t i = 0; i < m->seen.rules->n_agencies; i++)
		if (chy_slice_ieq(m->seen.rules->agencies[i].name, name))
			t.title = m->seen.rules->agencies[i].title;
	if (m->in_shadow) {
		withhold(s, NONE, &t, NULL);
		return;
	}
	row = row_find(m, CHY_DELIVERY_SUGGESTED, NONE, name);
	if (row == NULL)
		row = chy_row_add(m, CHY_DELIVERY_SUGGESTED, NONE, name);
	if (row != NULL)
		row->told.title = chy_arena_copy(m->arena, t.title);
	chy_row_because(m, row, s->rule);
}

static void
to_one(struct sending *s, uint32_t at, chy_slice name, bool person)
{
	if (s->e->kind == EFFECT_SUGGEST)
		suggest(s, name);
	else
		send(s, at, name, person);
}

/* "T." of T. ALDOUS: a person's initial, which readers may take for an
 * office of one letter. */
static bool
is_initial(chy_slice office)
{
	return office.len == 2 && office.ptr[1] == '.';
}

static void
to_passed(struct sending *s)
{
	const struct making *m = s->m;
	const chy_telegram *tel = m->seen.tel;
	enum whom whom = (enum whom)s->e->whom;

	for (uint32_t i = 0; i < tel->n_passing; i++) {
		const chy_passing *p = &tel->passing[i];
		uint32_t at = chy_passing_addressee(&m->seen, i);

		if (p->is_pass || at == NONE ||
		    (s->e->at != NONE && at != s->e->at))
			continue;
		for (uint32_t k = 0; k < p->offices.n &&
		    whom != WHOM_PASSED_PERSONS; k++) {
			if (is_initial(p->offices.at[k])) {
				continue;
			} else if (whom != WHOM_PASSED_REGIONAL) {
				to_one(s, at, p->offices.at[k], false);
			} else if (chy_is_regional(m->seen.rules,
			    p->offices.at[k])) {
				to_one(s, at, p->offices.at[k], false);
				return;
			}
		}
		for (uint32_t k = 0; k < p->persons.n &&
		    (whom == WHOM_PASSED || whom == WHOM_PASSED_PERSONS); k++)
			to_one(s, at, p->persons.at[k], true);
	}
}

static void
to_watchers(struct sending *s)
{
	const struct seen *seen = &s->m->seen;
	uint32_t atom = chy_atom_find(seen->rules, ATOM_CASE, CHY_EMPTY, 0);

	for (uint32_t k = 0; k < seen->opts->n_cases; k++) {
		const chy_open_case *c = &seen->opts->cases[k];
		uint32_t r = atom == NONE ? NONE : seen->first[atom];

		/* The cases that were cited have left their names. */
		while (r != NONE && !chy_slice_eq(seen->raised[r].words,
		    c->id))
			r = seen->raised[r].next;
		for (uint32_t i = 0; r != NONE && i < c->watchers.n; i++)
			to_one(s, s->e->at, c->watchers.at[i], false);
	}
}

/* Does the telegram go there already, or is it thought of? */
static bool
is_reached(const struct making *m, chy_slice agency)
{
	uint32_t at = chy_addressee_by_name(m->seen.rules, agency);

	if (at != NONE && is_addressed(m, at))
		return true;
	for (uint32_t i = 0; i < m->n_rows; i++)
		if (m->rows[i].told.kind != CHY_DELIVERY_WITHHELD &&
		    chy_slice_ieq(m->rows[i].told.office, agency))
			return true;
	return false;
}

static void
to_agencies(struct sending *s)
{
	const struct seen *seen = &s->m->seen;
	const chy_rules *rules = seen->rules;

	for (uint32_t i = 0; i < rules->n_agencies; i++) {
		bool named = false;

		for (uint32_t k = 0; k < rules->agencies[i].n_terms; k++)
			for (uint32_t r = seen->first[
			    rules->agencies[i].terms[k]]; r != NONE;
			    r = seen->raised[r].next)
				named |= seen->raised[r].paragraph ==
				    PLACE_SUBJECT;
		if (named && !is_reached(s->m, rules->agencies[i].name))
			suggest(s, rules->agencies[i].name);
	}
}

static void
send_all(struct sending *s)
{
	switch ((enum whom)s->e->whom) {
	case WHOM_NAMES:
		for (uint32_t i = 0; i < s->e->n; i++)
			to_one(s, s->e->at, s->e->names[i], false);
		return;
	case WHOM_PASSED_OFFICES:
	case WHOM_PASSED_PERSONS:
	case WHOM_PASSED:
	case WHOM_PASSED_REGIONAL:
		to_passed(s);
		return;
	case WHOM_WATCHERS:
		to_watchers(s);
		return;
	case WHOM_AGENCY:
		to_agencies(s);
		return;
	}
}


/* ---- what is no copy ---- */

static struct row *
plain_row(struct sending *s, chy_delivery_kind kind, uint32_t at,
    chy_slice office)
{
	struct row *row = row_find(s->m, kind, at, office);

	if (row == NULL)
		row = chy_row_add(s->m, kind, at, office);
	chy_row_because(s->m, row, s->rule);
	return row;
}

/* Minutes in which a telegram of that precedence is handled. */
static uint32_t
objective(chy_precedence value)
{
	size_t n;
	const chy_precedence_row *rows = chy_vocab_precedences(&n);

	for (size_t i = 0; i < n; i++)
		if (rows[i].value == value)
			return rows[i].objective_minutes;
	return 0;
}

/* Posted to a store, or owed by somebody; in the shadow withheld. */
static void
plain_or_stopped(struct sending *s, chy_delivery_kind kind, uint32_t at,
    chy_slice office)
{
	struct target t = { .symbol = office, .title = CHY_EMPTY };
	struct row *row;

	if (s->m->in_shadow) {
		withhold(s, at, &t, NULL);
		return;
	}
	row = plain_row(s, kind, at, office);
	if (row != NULL && kind != CHY_DELIVERY_POSTED)
		row->told.minutes = objective(s->m->seen.tel->precedence);
}

static void
pass_on(struct sending *s)
{
	const chy_telegram *tel = s->m->seen.tel;

	for (uint32_t i = 0; i < tel->n_passing; i++) {
		const chy_passing *p = &tel->passing[i];

		if (!p->is_pass)
			continue;
		for (uint32_t k = 0; k < p->offices.n; k++)
			plain_or_stopped(s, CHY_DELIVERY_PASS, NONE,
			    p->offices.at[k]);
		for (uint32_t k = 0; k < p->persons.n; k++)
			plain_or_stopped(s, CHY_DELIVERY_PASS, NONE,
			    p->persons.at[k]);
	}
}

static void
relay(struct sending *s)
{
	const chy_telegram *tel = s->m->seen.tel;

	for (uint32_t i = 0; i < tel->n_addressees; i++)
		if (chy_slice_find(tel->addressees[i].plad,
		    CHY_SLICE(" PASS TO "), 0) < tel->addressees[i].plad.len)
			plain_or_stopped(s, CHY_DELIVERY_RELAY, NONE,
			    tel->addressees[i].plad);
}

/* "¶8": what the first paragraph's request points to. */
static void
open_items(struct sending *s)
{
	const chy_telegram *tel = s->m->seen.tel;
	char words[128];

	for (uint32_t i = 0; i < tel->n_action_requests; i++) {
		const chy_action_request *r = &tel->action_requests[i];
		size_t n = 0;

		/* One that stands where another points is that other's. */
		if (r->n_paragraphs == 0 && i > 0)
			continue;
		words[0] = '\0';
		for (uint32_t k = 0; k < r->n_paragraphs && n < 100; k++)
			n += (size_t)snprintf(words + n, sizeof(words) - n,
			    "%s\302\266%u", k > 0 ? ", " : "",
			    r->paragraphs[k]);
		if (r->n_paragraphs == 0 && r->paragraph < tel->n_paragraphs)
			(void)snprintf(words, sizeof(words), "\302\266%.*s",
			    CHY_ARG(chy_slice_sub(
			    tel->paragraphs[r->paragraph].id, 0, 40)));
		(void)plain_row(s, CHY_DELIVERY_ITEM, NONE,
		    chy_slice_of(words));
	}
}

static void
sound_alarm(struct sending *s)
{
	const chy_telegram *tel = s->m->seen.tel;

	for (uint32_t i = 0; i < tel->n_addressees; i++) {
		const chy_addressee *to = &tel->addressees[i];

		/* NIACT binds the addressee that is marked so, no other. */
		struct row *row;

		if (to->effective < CHY_PRECEDENCE_NIACT_IMMEDIATE ||
		    to->role != CHY_ROLE_ACTION ||
		    s->m->seen.addressee_of[i] == NONE)
			continue;
		row = plain_row(s, CHY_DELIVERY_ALARM,
		    s->m->seen.addressee_of[i], to->precedence.len > 0 ?
		    to->precedence : CHY_SLICE("FLASH"));
		if (row != NULL)
			row->told.minutes = desk_minutes(s->m, to->effective);
	}
}

static void
reject(struct sending *s)
{
	const chy_telegram *tel = s->m->seen.tel;
	const struct seen *seen = &s->m->seen;
	uint32_t atom = chy_atom_find(seen->rules, ATOM_OUTSIDE, CHY_EMPTY, 0);
	chy_buf buf = CHY_BUF_INIT;
	struct row *row;

	/* Those that may not have it, where that is why. */
	for (uint32_t r = atom == NONE ? NONE : seen->first[atom]; r != NONE;
	    r = seen->raised[r].next) {
		if (buf.len > 0)
			chy_buf_puts(&buf, ", ");
		chy_buf_put(&buf, seen->raised[r].words);
	}
	row = chy_row_add(s->m, CHY_DELIVERY_REJECTED, NONE,
	    buf.len > 0 ? chy_buf_slice(&buf) : tel->canonical_id);
	chy_row_because(s->m, row, s->rule);
	if (row != NULL)
		row->told.minutes = desk_minutes(s->m, tel->precedence);
	chy_buf_done(&buf);
}

static void
to_the_desk(struct sending *s)
{
	const struct making *m = s->m;
	struct row *row;

	if (has_effect(m->seen.rules, s->rule, EFFECT_SUCCESSOR))
		return;		/* about one office; see map_office() */
	row = row_find(s->m, CHY_DELIVERY_DESK, NONE,
	    CHY_SLICE("no action office"));
	if (row == NULL)
		row = chy_row_add(s->m, CHY_DELIVERY_DESK, NONE,
		    CHY_SLICE("no action office"));
	chy_row_because(s->m, row, s->rule);
	if (row != NULL)
		row->told.minutes = desk_minutes(m, m->seen.tel->precedence);
}


/* ---- effects ---- */

static bool
sends(const struct effect *e)
{
	return e->kind == EFFECT_ACTION || e->kind == EFFECT_INFO ||
	    e->kind == EFFECT_SUGGEST || e->kind == EFFECT_POST ||
	    e->kind == EFFECT_PASS || e->kind == EFFECT_RELAY;
}

/* The rule that stops the effect; NONE. */
static uint32_t
stopper(const struct making *m, uint32_t rule, const struct effect *e)
{
	if (m->rejected != NONE && sends(e))
		return m->rejected;
	if (m->stopped == NULL)
		return NONE;
	if (m->stopped[rule] != NONE)
		return m->stopped[rule];
	return sends(e) ? m->only[rule] : NONE;
}

static void
apply_one(struct sending *s)
{
	struct making *m = s->m;

	switch ((enum effect_kind)s->e->kind) {
	case EFFECT_ACTION:
	case EFFECT_INFO:
	case EFFECT_SUGGEST:
		send_all(s);
		return;
	case EFFECT_POST:
		for (uint32_t i = 0; i < s->e->n; i++)
			plain_or_stopped(s, CHY_DELIVERY_POSTED, NONE,
			    s->e->names[i]);
		return;
	case EFFECT_PASS:
		pass_on(s);
		return;
	case EFFECT_RELAY:
		relay(s);
		return;
	case EFFECT_ONE_ACTION:
	case EFFECT_NO_ACTION:
	case EFFECT_ALARM:
	case EFFECT_ITEM:
	case EFFECT_MARK:
	case EFFECT_REJECT:
	case EFFECT_DESK:
		break;
	case EFFECT_SUPPRESS:
	case EFFECT_ONLY:
	case EFFECT_UNCLEARED:
	case EFFECT_FOREIGN:
	case EFFECT_SUCCESSOR:
		return;		/* done elsewhere, about all that is sent */
	}
	if (m->in_shadow)
		return;
	if (s->e->kind == EFFECT_ONE_ACTION)
		m->one_action[s->e->at] = true;
	else if (s->e->kind == EFFECT_NO_ACTION)
		m->no_action[s->e->at] = true;
	else if (s->e->kind == EFFECT_ALARM)
		sound_alarm(s);
	else if (s->e->kind == EFFECT_ITEM)
		open_items(s);
	else if (s->e->kind == EFFECT_REJECT)
		reject(s);
	else if (s->e->kind == EFFECT_DESK)
		to_the_desk(s);
	else
		for (uint32_t i = 0; i < s->e->n; i++)
			(void)plain_row(s, CHY_DELIVERY_MARK, NONE,
			    s->e->names[i]);
}

void
chy_apply(struct making *m, uint32_t rule)
{
	for (const struct effect *e = m->seen.rules->rules[rule].effects;
	    e != NULL && m->st == CHY_OK; e = e->next) {
		struct sending s = { m, e, rule, stopper(m, rule, e) };

		if ((s.stop != NONE) != m->in_shadow ||
		    (e->unless != NULL && chy_cond_holds(&m->seen, e->unless)))
			continue;
		apply_one(&s);
	}
}


/* ---- clearance ---- */

static bool
is_kept_out(const struct making *m, const struct row *row,
    enum effect_kind kind, const chy_label *label)
{
	const chy_rules *rules = m->seen.rules;

	if (kind == EFFECT_FOREIGN)
		return row->office != NULL && row->office->foreign;
	if (row->office != NULL && row->office->has_clearance)
		return !chy_label_may(&row->office->clearance, label, NULL);
	if (rules->has_default_clearance && row->at == 0)
		return !chy_label_may(&rules->default_clearance, label, NULL);
	return false;
}

void
chy_filter(struct making *m)
{
	const chy_rules *rules = m->seen.rules;
	chy_label label = chy_label_telegram(m->seen.tel);
	/* Captions choose offices by rules, not by an office's clearance. */
	chy_label plain = chy_label_bottom();

	plain.level = label.level;
	for (uint32_t i = 0; i < m->n_order; i++)
		for (const struct effect *e =
		    rules->rules[m->order[i]].effects; e != NULL; e = e->next) {
			if (e->kind != EFFECT_UNCLEARED &&
			    e->kind != EFFECT_FOREIGN)
				continue;
			for (uint32_t k = 0; k < m->n_rows; k++) {
				struct row *row = &m->rows[k];

				if (is_copy(row->told.kind) && is_kept_out(m,
				    row, (enum effect_kind)e->kind, &plain))
					chy_row_stop(m, row, m->order[i],
					    NULL);
			}
		}
}


/* ---- one action office an addressee ---- */

static bool
is_stronger(const struct row *a, const struct row *b)
{
	if (b == NULL || a->klass != b->klass)
		return b == NULL || a->klass < b->klass;
	return a->turn < b->turn;
}

/* Nobody for action there: what the rules say to that. */
static void
unrouted(struct making *m, uint32_t at)
{
	const chy_rules *rules = m->seen.rules;
	uint32_t before = m->n_order;

	chy_raise_late(m, chy_atom_find(rules, ATOM_NO_ACTION, CHY_EMPTY, 0),
	    rules->addressees[at].name);
	for (uint32_t i = before; i < m->n_order && m->st == CHY_OK; i++)
		chy_apply(m, m->order[i]);
}

static void
mark_steered(struct making *m)
{
	for (uint32_t i = 0; i < m->n_addressed; i++)
		for (uint32_t k = 0; k < m->n_rows; k++)
			if (is_copy(m->rows[k].told.kind) && chy_slice_eq(
			    m->rows[k].told.addressee, m->addressed[i].name))
				m->addressed[i].steered = true;
}

void
chy_choose(struct making *m)
{
	for (uint32_t at = 0; at < m->seen.rules->n_addressees; at++) {
		struct row *best = NULL;

		if (!m->one_action[at] || m->no_action[at])
			continue;
		for (uint32_t i = 0; i < m->n_rows; i++) {
			struct row *row = &m->rows[i];

			if (is_copy(row->told.kind) && row->at == at &&
			    row->candidate && is_stronger(row, best))
				best = row;
		}
		if (best != NULL)
			best->told.kind = CHY_DELIVERY_ACTION;
		for (uint32_t i = 0; i < m->n_rows && best != NULL; i++)
			m->rows[i].told.codrafter |= m->rows[i].candidate &&
			    m->rows[i].at == at && &m->rows[i] != best &&
			    is_copy(m->rows[i].told.kind);
		if (best == NULL && m->rejected == NONE)
			unrouted(m, at);
	}
	mark_steered(m);
}
