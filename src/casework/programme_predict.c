/*
 * What the rules predict for a period from the ratings before it, and what
 * grades oblige to.
 *
 * A run is counted back from the period before. A period counts while the
 * law that makes the rule was in force on its day: grades given before do not
 * count against anybody.
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/buf.h"
#include "casework/programme_int.h"

static const char *const outcomes[] = { "forced", "waived", "near",
	"unknown" };

const char *
chy_outcome_name(chy_outcome outcome)
{
	return outcomes[outcome];
}

struct run {
	const chy_programme *p;
	const chy_facts *facts;
	const chy_programme_rule *rule;
	chy_slice subject;
	int32_t	  first, last;	/* years; first > last: none */
	uint32_t  n;		/* periods that count */
	int32_t	  gap;		/* year without a rating that cut it; 0 */
};

static const chy_rating *
rating_in(const struct run *r, int32_t year)
{
	chy_cell cell;

	if (!chy_cell_get(r->p, r->facts, r->subject, year, CHY_NO_DAY, &cell))
		return NULL;
	return chy_slice_eq(r->rule->use, CHY_SLICE("latest")) ?
	    cell.latest : cell.published;
}

static bool
is_graded(const struct run *r, const chy_rating *rating)
{
	for (uint32_t i = 0; rating != NULL && i < r->rule->grade.n; i++)
		if (chy_grade_find(r->p, r->rule->grade.at[i]) ==
		    rating->grade)
			return true;
	return false;
}

/* G15: whether a mark outside the scale is passed over. */
static bool
is_skipped(const struct run *r, const chy_rating *rating)
{
	for (uint32_t i = 0; i < r->p->n_rules; i++) {
		const chy_programme_rule *off = &r->p->rules[i];

		if (off->form != CHY_RULE_OFF_SCALE ||
		    !chy_slice_eq(off->run, CHY_SLICE("skip")) ||
		    !chy_rule_holds(r->p, r->facts, off, rating->year))
			continue;
		for (uint32_t k = 0; k < off->mark.n; k++)
			if (chy_grade_find(r->p, off->mark.at[k]) ==
			    rating->grade)
				return true;
	}
	return false;
}

static bool
counts(const struct run *r, int32_t year)
{
	return r->rule->from == CHY_NO_DAY ||
	    chy_period_day(r->p, r->facts, year) >= r->rule->from;
}

/* Count back from `last`. */
static void
count_run(struct run *r, int32_t last)
{
	bool skip_gaps = chy_slice_eq(r->rule->gap, CHY_SLICE("skip"));

	/* What comes after the newest rating is passed over at once. */
	if (skip_gaps && last > r->facts->last_year)
		last = r->facts->last_year;
	r->last = last;
	r->first = last + 1;
	r->n = 0;
	r->gap = 0;
	for (int32_t year = last; year >= r->facts->first_year &&
	    r->facts->first_year > 0; year--) {
		const chy_rating *rating = rating_in(r, year);

		if (rating == NULL) {
			/* The first gap is remembered: it may hide a year. */
			if (r->gap == 0)
				r->gap = year;
			if (!skip_gaps)
				return;
			continue;
		}
		if (is_skipped(r, rating))
			continue;
		if (!is_graded(r, rating) || !counts(r, year))
			return;
		r->first = year;
		r->n++;
	}
}

/*
 * The newest period before `before` in which the rule made the grade it makes
 * out of a run that was long enough; 0.
 */
static int32_t
last_forced(const struct run *r, int32_t before, uint32_t n)
{
	const chy_grade *becomes = chy_grade_find(r->p, r->rule->becomes);

	for (int32_t year = before - 1; year > r->facts->first_year; year--) {
		const chy_rating *rating = rating_in(r, year);
		struct run earlier = *r;

		if (rating == NULL || rating->grade != becomes)
			continue;
		count_run(&earlier, year - 1);
		if (earlier.n >= n)
			return year;
	}
	return 0;
}

static bool
had_waiver(const struct run *r, int32_t before)
{
	for (uint32_t i = 0; i < r->facts->n_facts; i++) {
		const chy_fact *f = &r->facts->facts[i];

		if (f->kind == CHY_FACT_WAIVER && f->year < before &&
		    chy_slice_eq(f->name, r->rule->id) &&
		    chy_slice_eq(f->subject, r->subject))
			return true;
	}
	return false;
}

/* G6: a rule with another n for whoever has the history it names. */
static const chy_programme_rule *
find_limit(const struct run *r, int32_t year)
{
	const chy_programme_rule *limit;
	uint32_t at = 0;

	while ((limit = chy_rule_about(r->p, r->facts, CHY_RULE_LIMIT,
	    r->rule->id, year, &at)) != NULL) {
		bool wants_waiver = chy_words_have(&limit->needs,
		    CHY_SLICE("waiver"));
		bool wants_forced = limit->needs.n == 0 ||
		    chy_words_have(&limit->needs, CHY_SLICE("forced"));

		if (r->n > 0 && (!wants_waiver || had_waiver(r, r->first)) &&
		    (!wants_forced || last_forced(r, r->first,
		    (uint32_t)r->rule->n) != 0))
			return limit;
	}
	return NULL;
}

/* Whether all that a waiver needs is among the conditions recorded. */
static bool
is_complete(const chy_programme_rule *waiver, const chy_fact *fact,
    chy_slice *ret_missing)
{
	for (uint32_t i = 0; i < waiver->needs.n; i++) {
		size_t from = 0;
		bool have = false;

		while (from < fact->value.len && !have) {
			size_t end = chy_slice_find(fact->value,
			    CHY_SLICE(";"), from);

			have = chy_slice_eq(chy_slice_trim(chy_slice_sub(
			    fact->value, from, end - from)),
			    waiver->needs.at[i]);
			from = end + 1;
		}
		if (!have) {
			*ret_missing = waiver->needs.at[i];
			return false;
		}
	}
	return true;
}

enum waived { NOT_WAIVED, IS_WAIVED, INCOMPLETE, TOO_MANY };

/* G5: the waiver of the rule that is in force for the period. */
static enum waived
find_waiver(const struct run *r, int32_t year,
    const chy_programme_rule **ret_rule, chy_slice *ret_missing)
{
	const chy_programme_rule *waiver;
	const chy_fact *fact = NULL;
	uint32_t at = 0, before = 0;

	for (uint32_t i = 0; i < r->facts->n_facts; i++) {
		const chy_fact *f = &r->facts->facts[i];

		if (f->kind != CHY_FACT_WAIVER ||
		    !chy_slice_eq(f->name, r->rule->id) ||
		    !chy_slice_eq(f->subject, r->subject))
			continue;
		if (f->year == year)
			fact = f;
		before += f->year >= r->first && f->year < year;
	}
	waiver = chy_rule_about(r->p, r->facts, CHY_RULE_WAIVER, r->rule->id,
	    year, &at);
	if (fact == NULL || waiver == NULL)
		return NOT_WAIVED;
	*ret_rule = waiver;
	if (!is_complete(waiver, fact, ret_missing))
		return INCOMPLETE;
	if (waiver->n > 0 && before >= (uint32_t)waiver->n)
		return TOO_MANY;
	return IS_WAIVED;
}

static void
put_years(chy_buf *buf, const chy_prediction *c)
{
	for (uint32_t i = 0; i < c->n_rests_on; i++)
		chy_buf_printf(buf, "%s%d", i == 0 ? "" :
		    i + 1 == c->n_rests_on ? " and " : ", ",
		    (int)c->rests_on[i]->year);
}

static chy_slice
explain(const struct run *r, const chy_prediction *c, uint32_t wanted,
    enum waived waived, chy_slice missing, chy_arena *arena)
{
	chy_buf buf = CHY_BUF_INIT;
	chy_slice why;

	chy_buf_put(&buf, c->now->name);
	chy_buf_puts(&buf, " in ");
	put_years(&buf, c);
	if (c->outcome == CHY_OUTCOME_UNKNOWN) {
		chy_buf_printf(&buf, "; no rating of %d is known, which "
		    "decides whether rule ", (int)r->gap);
		chy_buf_put(&buf, r->rule->id);
		chy_buf_puts(&buf, " holds");
		goto out;
	}
	chy_buf_printf(&buf, "; rule %.*s allows %u period%s in a row",
	    CHY_ARG(c->limit != NULL ? c->limit->id : r->rule->id), wanted,
	    wanted == 1 ? "" : "s");
	if (c->limit != NULL)
		chy_buf_puts(&buf, " to who was lowered by it before");
	if (c->outcome == CHY_OUTCOME_FORCED) {
		chy_buf_puts(&buf, ", so it is raised or becomes ");
		chy_buf_put(&buf, c->grade->name);
	} else if (c->outcome == CHY_OUTCOME_WAIVED) {
		chy_buf_puts(&buf, "; lifted for this period by a waiver under ");
		chy_buf_put(&buf, c->waiver->id);
	} else {
		chy_buf_puts(&buf, ", so once more makes ");
		chy_buf_put(&buf, c->grade->name);
		chy_buf_puts(&buf, " the next");
	}
	if (waived == INCOMPLETE)
		chy_buf_printf(&buf, "; the waiver lacks: %.*s",
		    CHY_ARG(missing));
	if (waived == TOO_MANY)
		chy_buf_printf(&buf, "; no more than %d waiver%s in a row",
		    (int)c->waiver->n, c->waiver->n == 1 ? "" : "s");
out:
	why = chy_arena_copy(arena, chy_buf_slice(&buf));
	chy_buf_done(&buf);
	return why;
}

static bool
agrees(const struct run *r, const chy_prediction *c)
{
	switch (c->outcome) {
	case CHY_OUTCOME_FORCED:
		/* Raised, made what the rule makes, or off the scale. */
		return !is_graded(r, c->actual);
	case CHY_OUTCOME_WAIVED:
	case CHY_OUTCOME_NEAR:
	case CHY_OUTCOME_UNKNOWN:
		return true;
	}
	return true;
}

/* False where the rule says nothing of the subject. */
static bool
predict(struct run *r, int32_t year, int32_t today, chy_arena *arena,
    chy_prediction *ret)
{
	chy_prediction c = { .subject = r->subject, .rule = r->rule };
	enum waived waived = NOT_WAIVED;
	chy_slice missing = CHY_EMPTY;
	uint32_t wanted = (uint32_t)r->rule->n, at = 0;
	chy_cell cell;

	count_run(r, year - 1);
	if (r->n == 0)
		return false;
	c.limit = find_limit(r, year);
	if (c.limit != NULL)
		wanted = (uint32_t)c.limit->n;
	c.grade = chy_grade_find(r->p, r->rule->becomes);
	c.rests_on = chy_arena_zalloc(arena, r->n, sizeof(*c.rests_on));
	if (c.rests_on == NULL)
		return false;
	for (int32_t y = r->first; y < year; y++) {
		const chy_rating *rating = rating_in(r, y);

		if (is_graded(r, rating) && at < r->n)
			c.rests_on[at++] = rating;
	}
	c.n_rests_on = at;
	c.now = c.rests_on[at - 1]->grade;
	if (r->n >= wanted) {
		waived = find_waiver(r, year, &c.waiver, &missing);
		c.outcome = waived == IS_WAIVED ? CHY_OUTCOME_WAIVED :
		    CHY_OUTCOME_FORCED;
	} else if (r->gap != 0 && r->gap >= r->facts->first_year &&
	    counts(r, r->gap) && r->n + 1 >= wanted) {
		c.outcome = CHY_OUTCOME_UNKNOWN;
	} else if (r->n + 1 == wanted) {
		c.outcome = CHY_OUTCOME_NEAR;
	} else {
		return false;
	}
	if (chy_cell_get(r->p, r->facts, r->subject, year, today, &cell))
		c.actual = cell.published;
	c.agrees = c.actual == NULL || agrees(r, &c);
	c.why = explain(r, &c, wanted, waived, missing, arena);
	*ret = c;
	return true;
}

chy_status
chy_programme_predict(const chy_programme *p, const chy_facts *facts,
    int32_t year, int32_t today, chy_arena *arena, chy_predictions *ret)
{
	chy_prediction *at = NULL;
	uint32_t n = 0;

	for (uint32_t s = 0; s < facts->n_subjects; s++)
		for (uint32_t i = 0; i < p->n_rules; i++) {
			struct run r = { .p = p, .facts = facts,
			    .rule = &p->rules[i],
			    .subject = facts->subjects[s].key };
			chy_prediction c;

			if (r.rule->form != CHY_RULE_REPEAT ||
			    !chy_rule_holds(p, facts, r.rule, year) ||
			    !predict(&r, year, today, arena, &c))
				continue;
			at = chy_list_grow(arena, at, n, sizeof(*at));
			if (at == NULL)
				return CHY_ERR_NO_MEMORY;
			at[n++] = c;
		}
	if (chy_arena_failed(arena))
		return CHY_ERR_NO_MEMORY;
	*ret = (chy_predictions){ at, n };
	return CHY_OK;
}


/* ---- obligations ---- */

/* The fiscal year that begins after the period's day. */
static void
fiscal_year(const chy_programme *p, const chy_facts *facts, int32_t year,
    chy_obligation *o)
{
	int32_t day = chy_period_day(p, facts, year);
	int32_t from = chy_year_day_in(p->fiscal, year);

	o->from = from > day ? from : chy_year_day_in(p->fiscal, year + 1);
	o->to = from > day ? chy_year_day_in(p->fiscal, year + 1) :
	    chy_year_day_in(p->fiscal, year + 2);
	if (o->to != CHY_NO_DAY)
		o->to--;
}

static void
find_end(const chy_facts *facts, int32_t today, const chy_cell *cell,
    chy_obligation *o)
{
	const chy_rating *latest = cell->latest;

	o->lifted = CHY_NO_DAY;
	/* A grade dated since that the rule does not name ends it (G9). */
	if (latest != cell->published && latest->grade !=
	    cell->published->grade && latest->assigned <= today) {
		o->lifted = latest->assigned;
		o->lifted_by = CHY_SLICE("a reassessment");
	}
	for (uint32_t i = 0; i < facts->n_facts; i++) {
		const chy_fact *f = &facts->facts[i];

		/* The event may come in a later year. */
		if (f->kind != CHY_FACT_EVENT || o->rule->until.len == 0 ||
		    !chy_slice_eq(f->name, o->rule->until) ||
		    !chy_slice_eq(f->subject, o->subject) ||
		    f->year < o->rating->year || f->day > today ||
		    (o->lifted != CHY_NO_DAY && f->day >= o->lifted))
			continue;
		o->lifted = f->day;
		o->lifted_by = f->name;
	}
}

chy_status
chy_programme_obligations(const chy_programme *p, const chy_facts *facts,
    int32_t year, int32_t today, chy_arena *arena, chy_obligations *ret)
{
	chy_obligation *at = NULL;
	uint32_t n = 0;

	for (uint32_t i = 0; i < p->n_rules; i++) {
		const chy_programme_rule *rule = &p->rules[i];

		if (rule->form != CHY_RULE_MEASURE ||
		    !chy_rule_holds(p, facts, rule, year))
			continue;
		for (uint32_t s = 0; s < facts->n_subjects; s++) {
			chy_obligation o = { .rule = rule,
			    .subject = facts->subjects[s].key };
			chy_cell cell;

			if (!chy_rule_reaches(p, facts, rule, o.subject, year,
			    today) || !chy_cell_get(p, facts, o.subject, year,
			    today, &cell))
				continue;
			o.rating = cell.published;
			fiscal_year(p, facts, year, &o);
			find_end(facts, today, &cell, &o);
			o.waiver = chy_fact_find(facts, CHY_FACT_WAIVER,
			    rule->id, o.subject, year);
			at = chy_list_grow(arena, at, n, sizeof(*at));
			if (at == NULL)
				return CHY_ERR_NO_MEMORY;
			at[n++] = o;
		}
	}
	*ret = (chy_obligations){ at, n };
	return CHY_OK;
}
