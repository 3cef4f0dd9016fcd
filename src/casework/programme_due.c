/*
 * What is due in a period: one clock for each rule with a day and for each
 * subject or reporter it reaches. Days are moved by the calendars of the
 * parties, and a day counts as met by an event or by a fact that says so.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "casework/programme_int.h"

static const char *const bases[] = { "explicit", "derived", "assumed",
	"none" };
static const char *const states[] = { "waiting", "not yet open", "open",
	"overdue", "met", "met late", "met early" };

const char *
chy_clock_basis_name(chy_clock_basis basis)
{
	return bases[basis];
}

const char *
chy_clock_state_name(chy_clock_state state)
{
	return states[state];
}


/* ---- days of work ---- */

static bool
is_workday(const chy_programme *p, chy_slice calendar, int32_t day)
{
	/* 1970-01-01, day 0, was a Thursday; Monday is 0. */
	int weekday = (int)(((day + 3) % 7 + 7) % 7);

	for (uint32_t i = 0; i < p->n_calendars; i++) {
		const chy_calendar *c = &p->calendars[i];

		if (chy_slice_eq(c->code, calendar) &&
		    (c->from == CHY_NO_DAY || day >= c->from) &&
		    (c->to == CHY_NO_DAY || day <= c->to) &&
		    (c->weekend >> weekday & 1) != 0)
			return false;
	}
	for (uint32_t i = 0; i < p->n_holidays; i++)
		if (p->holidays[i].day == day &&
		    chy_slice_eq(p->holidays[i].calendar, calendar))
			return false;
	return true;
}

int32_t
chy_calendar_move(const chy_programme *p, chy_slice calendar, int32_t day,
    chy_slice move)
{
	int32_t step = chy_slice_eq(move, CHY_SLICE("previous")) ? -1 : 1;

	if (chy_slice_eq(move, CHY_SLICE("keep")))
		return day;
	/* A holiday of more than a year is a mistake in the calendar. */
	for (int i = 0; i < 400 && !is_workday(p, calendar, day); i++)
		day += step;
	return day;
}

int32_t
chy_length_after(const chy_programme *p, int32_t day, chy_length length,
    chy_slice calendar)
{
	chy_civil c;
	int32_t months;

	if (day == CHY_NO_DAY || !length.given)
		return day;
	if (length.unit == 'd')
		return day + length.n;
	if (length.unit == 'w') {
		for (int32_t i = 0; i < length.n; i++)
			day = chy_calendar_move(p, calendar, day + 1,
			    CHY_SLICE("next"));
		return day;
	}
	/* The same day of another month; its last, where it has no such. */
	c = chy_programme_civil(day);
	months = c.year * 12 + c.month - 1 +
	    length.n * (length.unit == 'y' ? 12 : 1);
	c.year = months / 12;
	c.month = (uint8_t)(months % 12 + 1);
	if (c.year > 9999)
		return CHY_NO_DAY;
	while (!chy_civil_valid(c))
		c.day--;
	return (int32_t)(chy_civil_seconds(c) / 86400);
}


/* ---- making clocks ---- */

struct making {
	const chy_programme *p;
	const chy_facts *facts;
	int32_t	   year, today;
	chy_arena *arena;
	chy_clock *at;
	uint32_t   n;
};

/* The calendar in which a rule counts days of work. */
static chy_slice
calendar_of(const struct making *m, const chy_programme_rule *rule,
    chy_slice subject)
{
	uint32_t at = 0;
	const chy_programme_rule *w = chy_rule_about(m->p, m->facts,
	    CHY_RULE_WORKDAYS, rule->id, m->year, &at);

	if (w == NULL)
		return CHY_EMPTY;
	if (!chy_slice_eq(w->calendar, CHY_SLICE("subject")))
		return w->calendar;
	return chy_subject_attribute(m->p, m->facts, subject, "calendar");
}

static void
shift(struct making *m, chy_clock *c)
{
	const chy_programme_rule *w;
	uint32_t at = 0, n = 0;

	while (chy_rule_about(m->p, m->facts, CHY_RULE_WORKDAYS, c->rule->id,
	    m->year, &at) != NULL)
		n++;
	if (n == 0 || c->due == CHY_NO_DAY)
		return;
	c->shifts = chy_arena_zalloc(m->arena, n, sizeof(*c->shifts));
	at = 0;
	while (c->shifts != NULL && (w = chy_rule_about(m->p, m->facts,
	    CHY_RULE_WORKDAYS, c->rule->id, m->year, &at)) != NULL) {
		chy_shift s = { .calendar = w->calendar, .rule = w };

		if (chy_slice_eq(s.calendar, CHY_SLICE("subject")))
			s.calendar = chy_subject_attribute(m->p, m->facts,
			    c->subject, "calendar");
		if (s.calendar.len == 0)
			continue;
		s.day = chy_calendar_move(m->p, s.calendar, c->due, w->move);
		c->shifts[c->n_shifts++] = s;
	}
}

/* Facts that say when and by what a clock was met. */
static void
find_met(const struct making *m, chy_clock *c)
{
	const chy_facts *f = m->facts;

	for (uint32_t i = 0; i < f->n_facts; i++) {
		const chy_fact *fact = &f->facts[i];
		bool about = fact->year == m->year && (fact->subject.len == 0 ||
		    chy_slice_eq(fact->subject, c->subject));

		if (!about || fact->day == CHY_NO_DAY ||
		    (m->today != CHY_NO_DAY && fact->day > m->today))
			continue;
		if (fact->kind == CHY_FACT_MET &&
		    chy_slice_eq(fact->name, c->rule->id)) {
			c->met = fact->day;
			c->met_by = fact->source;
		} else if (fact->kind == CHY_FACT_EVENT &&
		    c->rule->met.len > 0 &&
		    chy_slice_eq(fact->name, c->rule->met)) {
			c->met = fact->day;
			c->met_by = fact->source.len > 0 ? fact->source :
			    fact->name;
		}
	}
}

/* The last day on which it is in time: as moved for the first party. */
static int32_t
last_day(const chy_clock *c)
{
	return c->n_shifts > 0 && c->shifts[0].day > c->due ?
	    c->shifts[0].day : c->due;
}

static void
settle(chy_clock *c, int32_t today)
{
	int32_t last = last_day(c);

	c->days = 0;
	if (c->met != CHY_NO_DAY) {
		if (c->due != CHY_NO_DAY && c->met > last) {
			c->state = CHY_CLOCK_MET_LATE;
			c->days = c->met - last;
		} else if (c->first != CHY_NO_DAY && c->met < c->first) {
			c->state = CHY_CLOCK_MET_EARLY;
			c->days = c->first - c->met;
		} else {
			c->state = CHY_CLOCK_MET;
		}
	} else if (c->due == CHY_NO_DAY) {
		c->state = CHY_CLOCK_WAITING;
	} else if (today > last) {
		c->state = CHY_CLOCK_OVERDUE;
		c->days = today - last;
	} else if (c->first != CHY_NO_DAY && today < c->first) {
		c->state = CHY_CLOCK_NOT_YET;
		c->days = c->first - today;
	} else {
		c->state = CHY_CLOCK_OPEN;
		c->days = last - today;
	}
}

static chy_clock
new_clock(const chy_programme_rule *rule, chy_slice subject)
{
	return (chy_clock){ .rule = rule, .subject = subject,
	    .first = CHY_NO_DAY, .due = CHY_NO_DAY, .start_day = CHY_NO_DAY,
	    .met = CHY_NO_DAY, .basis = CHY_CLOCK_IS_NONE };
}

static void
add(struct making *m, chy_clock c)
{
	m->at = chy_list_grow(m->arena, m->at, m->n, sizeof(*m->at));
	if (m->at == NULL)
		return;
	shift(m, &c);
	if (c.met == CHY_NO_DAY)
		find_met(m, &c);
	settle(&c, m->today);
	m->at[m->n++] = c;
}

static chy_slice
words(struct making *m, chy_slice a, const char *between, chy_slice b)
{
	chy_buf buf = CHY_BUF_INIT;
	chy_slice s;

	chy_buf_put(&buf, a);
	chy_buf_puts(&buf, between);
	chy_buf_put(&buf, b);
	s = chy_arena_copy(m->arena, chy_buf_slice(&buf));
	chy_buf_done(&buf);
	return s;
}

/* Start at the rule's event, or at the one that is taken for it. */
static bool
start_at(struct making *m, chy_clock *c, chy_slice event, chy_slice assume)
{
	const chy_fact *f = chy_fact_find(m->facts, CHY_FACT_EVENT, event,
	    c->subject, m->year);

	c->start = event;
	if (f != NULL && f->day != CHY_NO_DAY) {
		c->start_day = f->day;
		c->basis = CHY_CLOCK_IS_DERIVED;
		return true;
	}
	if (assume.len == 0)
		return false;
	f = chy_fact_find(m->facts, CHY_FACT_EVENT, assume, c->subject,
	    m->year);
	if (f == NULL || f->day == CHY_NO_DAY)
		return false;
	c->start_day = f->day;
	c->basis = CHY_CLOCK_IS_DERIVED;
	c->assuming = words(m, event, " on the day of ", assume);
	return true;
}

/* Whether a threshold that names the rule gives the subject longer. */
static void
extend(struct making *m, chy_clock *c)
{
	const chy_programme_rule *t;
	uint32_t at = 0;

	while ((t = chy_rule_about(m->p, m->facts, CHY_RULE_THRESHOLD,
	    c->rule->id, m->year, &at)) != NULL) {
		if (!t->extend.given || c->due == CHY_NO_DAY ||
		    !chy_threshold_holds(m->p, m->facts, t, c->subject))
			continue;
		c->due = chy_length_after(m->p, c->due, t->extend, CHY_EMPTY);
		if (c->first != CHY_NO_DAY)
			c->first = chy_length_after(m->p, c->first, t->extend,
			    CHY_EMPTY);
		c->longer = t;
	}
}

/* G1 and G10: the rule names the day. */
static void
make_date(struct making *m, const chy_programme_rule *rule, chy_slice subject)
{
	chy_clock c = new_clock(rule, subject);

	c.due = chy_year_day_in(rule->due, m->year);
	c.basis = CHY_CLOCK_IS_EXPLICIT;
	add(m, c);
}

/* G2 */
static void
make_window(struct making *m, const chy_programme_rule *rule,
    chy_slice subject)
{
	chy_clock c = new_clock(rule, subject);
	chy_slice calendar = calendar_of(m, rule, subject);

	if (start_at(m, &c, rule->after, rule->assume)) {
		c.due = chy_length_after(m->p, c.start_day, rule->max,
		    calendar);
		if (rule->min.given)
			c.first = chy_length_after(m->p, c.start_day,
			    rule->min, calendar);
		extend(m, &c);
	}
	add(m, c);
}

/* G3: the chosen start; where nobody chose, each that is known. */
static void
make_choose(struct making *m, const chy_programme_rule *rule,
    chy_slice subject)
{
	const chy_fact *choice = chy_fact_find(m->facts, CHY_FACT_CHOICE,
	    rule->id, subject, m->year);
	chy_slice calendar = calendar_of(m, rule, subject);
	uint32_t made = 0, first = m->n;

	for (uint32_t i = 0; i < rule->starts.n; i++) {
		chy_clock c = new_clock(rule, subject);

		if (choice != NULL &&
		    !chy_slice_eq(choice->value, rule->starts.at[i]))
			continue;
		if (!start_at(m, &c, rule->starts.at[i], CHY_EMPTY))
			continue;
		c.due = chy_length_after(m->p, c.start_day, rule->within,
		    calendar);
		if (choice == NULL)
			c.basis = CHY_CLOCK_IS_ASSUMED;
		add(m, c);
		made++;
	}
	for (uint32_t i = first; m->at != NULL && choice == NULL && i < m->n;
	    i++)
		m->at[i].candidate = rule->starts.n > 1;
	if (made == 0)
		add(m, new_clock(rule, subject));
}

/* G13: those whose turn comes in the period's year. */
static void
make_cycle(struct making *m, const chy_programme_rule *rule,
    chy_slice subject)
{
	chy_clock c = new_clock(rule, subject);
	chy_slice own = chy_subject_attribute(m->p, m->facts, subject,
	    "first");
	int32_t first = own.len > 0 ? chy_programme_day(own) : rule->first;
	chy_length so_far = rule->every;

	if (first == CHY_NO_DAY)
		return;
	so_far.n = 0;
	for (int i = 0; i < 1000 && rule->every.n > 0; i++) {
		int32_t day = chy_length_after(m->p, first, so_far, CHY_EMPTY);
		int32_t year = day == CHY_NO_DAY ? 10000 :
		    chy_programme_civil(day).year;

		if (year > m->year)
			return;
		if (year == m->year) {
			c.due = day;
			c.start = own.len > 0 ? CHY_SLICE("its first turn") :
			    CHY_SLICE("the first turn");
			c.start_day = first;
			c.basis = CHY_CLOCK_IS_DERIVED;
			add(m, c);
			return;
		}
		so_far.n += rule->every.n;
	}
}

/* G14: one request, a clock for each reporter; KEY:03-20 has its own day. */
static void
make_split(struct making *m, const chy_programme_rule *rule)
{
	for (uint32_t i = 0; i < rule->by.n; i++) {
		chy_slice by = rule->by.at[i];
		size_t at = chy_slice_find(by, CHY_SLICE(":"), 0);
		chy_clock c = new_clock(rule, chy_slice_sub(by, 0, at));
		chy_slice own = chy_slice_from(by, at + 1);

		c.due = chy_year_day_in(rule->due, m->year);
		if (own.len == 5) {
			char iso[11];

			(void)snprintf(iso, sizeof(iso), "%04d-%.5s",
			    (int)m->year, own.ptr);
			c.due = chy_programme_day(chy_slice_of(iso));
		}
		c.basis = CHY_CLOCK_IS_EXPLICIT;
		add(m, c);
	}
}

/* G12: each recommendation of the period wants one of the answers. */
static void
make_recommend(struct making *m, const chy_programme_rule *rule,
    chy_slice subject)
{
	chy_clock c = new_clock(rule, subject);
	bool all = true, some = false;
	int32_t last = CHY_NO_DAY;

	for (uint32_t i = 0; i < m->facts->n_recommendations; i++) {
		const chy_recommendation *r = &m->facts->recommendations[i];

		if (r->year != m->year || !chy_slice_eq(r->subject, subject))
			continue;
		some = true;
		if (!chy_words_have(&rule->answers, r->answer))
			all = false;
		else if (r->answered > last)
			last = r->answered;
	}
	if (!some)
		return;
	if (start_at(m, &c, rule->after.len > 0 ? rule->after :
	    CHY_SLICE("report"), rule->assume) && rule->within.given)
		c.due = chy_length_after(m->p, c.start_day, rule->within,
		    calendar_of(m, rule, subject));
	else
		c.basis = CHY_CLOCK_IS_NONE;
	if (all) {
		c.met = last != CHY_NO_DAY ? last : c.due;
		c.met_by = CHY_SLICE("its answers");
	}
	add(m, c);
}

/* G11: for each whose grade changed. */
static chy_status
make_explain(struct making *m, const chy_programme_rule *rule)
{
	chy_grade_changes changes;
	chy_status st = chy_programme_changes(m->p, m->facts, m->year,
	    m->arena, &changes);

	for (uint32_t i = 0; st == CHY_OK && i < changes.n; i++) {
		const chy_grade_change *change = &changes.at[i];
		chy_clock c = new_clock(rule, change->subject);

		if (change->rule != rule)
			continue;
		(void)start_at(m, &c, rule->after.len > 0 ? rule->after :
		    CHY_SLICE("report"), rule->assume);
		c.due = change->due;
		if (change->explained != CHY_NO_DAY &&
		    change->explained <= m->today) {
			c.met = change->explained;
			c.met_by = CHY_SLICE("an explanation");
		}
		add(m, c);
	}
	return st;
}

static void
make_for(struct making *m, const chy_programme_rule *rule, chy_slice subject)
{
	switch (rule->form) {
	case CHY_RULE_DATE:
	case CHY_RULE_INTERIM:
		make_date(m, rule, subject);
		break;
	case CHY_RULE_WINDOW:
		make_window(m, rule, subject);
		break;
	case CHY_RULE_CHOOSE:
		make_choose(m, rule, subject);
		break;
	case CHY_RULE_CYCLE:
		make_cycle(m, rule, subject);
		break;
	case CHY_RULE_RECOMMEND:
		make_recommend(m, rule, subject);
		break;
	case CHY_RULE_REPEAT:
	case CHY_RULE_WAIVER:
	case CHY_RULE_LIMIT:
	case CHY_RULE_LIST:
	case CHY_RULE_MEASURE:
	case CHY_RULE_REASSESS:
	case CHY_RULE_EXPLAIN:
	case CHY_RULE_SPLIT:
	case CHY_RULE_OFF_SCALE:
	case CHY_RULE_THRESHOLD:
	case CHY_RULE_WORKDAYS:
	case CHY_RULE_FORMS:
		break;
	}
}

/* A rule that names no grade, list or threshold has one clock for all. */
static bool
is_for_each(const chy_programme_rule *rule)
{
	return rule->grade.n > 0 || rule->list.len > 0 ||
	    rule->eligible.len > 0 || rule->form == CHY_RULE_CYCLE ||
	    rule->form == CHY_RULE_RECOMMEND;
}

static int
clock_cmp(const void *va, const void *vb)
{
	const chy_clock *a = va, *b = vb;

	/* What has no day comes last. */
	if ((a->due == CHY_NO_DAY) != (b->due == CHY_NO_DAY))
		return a->due == CHY_NO_DAY ? 1 : -1;
	if (a->due != b->due)
		return a->due < b->due ? -1 : 1;
	if (a->rule != b->rule)
		return a->rule < b->rule ? -1 : 1;
	if (a->state != b->state)
		return a->state < b->state ? -1 : 1;
	return chy_slice_cmp(a->subject, b->subject);
}

bool
chy_clock_same(const chy_clock *a, const chy_clock *b)
{
	return a->rule == b->rule && a->first == b->first &&
	    a->due == b->due && a->basis == b->basis && a->state == b->state &&
	    a->met == b->met && chy_slice_eq(a->start, b->start) &&
	    a->n_shifts == b->n_shifts && (a->n_shifts == 0 ||
	    a->shifts[0].day == b->shifts[0].day);
}

chy_status
chy_programme_due(const chy_programme *p, const chy_facts *facts,
    int32_t year, int32_t today, chy_arena *arena, chy_clocks *ret)
{
	struct making m = { .p = p, .facts = facts, .year = year,
	    .today = today, .arena = arena };
	chy_status st = CHY_OK;

	for (uint32_t i = 0; i < p->n_rules && st == CHY_OK; i++) {
		const chy_programme_rule *rule = &p->rules[i];

		if (!chy_rule_holds(p, facts, rule, year))
			continue;
		if (rule->form == CHY_RULE_EXPLAIN) {
			st = make_explain(&m, rule);
		} else if (rule->form == CHY_RULE_SPLIT) {
			make_split(&m, rule);
		} else if (!is_for_each(rule)) {
			make_for(&m, rule, CHY_EMPTY);
		} else {
			for (uint32_t k = 0; k < facts->n_subjects; k++)
				if (chy_rule_reaches(p, facts, rule,
				    facts->subjects[k].key, year, today))
					make_for(&m, rule,
					    facts->subjects[k].key);
		}
	}
	if (st != CHY_OK || chy_arena_failed(arena))
		return CHY_ERR_NO_MEMORY;
	if (m.n > 0)
		qsort(m.at, m.n, sizeof(*m.at), clock_cmp);
	*ret = (chy_clocks){ m.at, m.n };
	return CHY_OK;
}
