/*
 * What is so in a programme: cells, lists, changes, and which rule reaches
 * whom. Ratings are kept in the order subject, year, published before dated,
 * rank of the source; so a cell is one run of them.
 *
 * SPDX-License-Identifier: ISC
 */
#include "casework/programme.h"

#include <stdlib.h>

#include "base/ascii.h"
#include "casework/programme_int.h"


/* ---- looking up ---- */

const chy_grade *
chy_grade_find(const chy_programme *p, chy_slice code)
{
	for (uint32_t i = 0; i < p->n_grades; i++)
		if (chy_slice_ieq(p->grades[i].code, code))
			return &p->grades[i];
	for (uint32_t i = 0; i < p->n_grades; i++)
		if (chy_slice_ieq(p->grades[i].name, code))
			return &p->grades[i];
	return NULL;
}

const chy_programme_rule *
chy_rule_find(const chy_programme *p, chy_slice id)
{
	for (uint32_t i = 0; i < p->n_rules; i++)
		if (chy_slice_eq(p->rules[i].id, id))
			return &p->rules[i];
	return NULL;
}

int32_t
chy_source_rank(const chy_programme *p, chy_slice source)
{
	for (uint32_t i = 0; i < p->n_sources; i++)
		if (chy_slice_eq(p->sources[i].code, source))
			return p->sources[i].rank;
	return INT32_MAX;
}

bool
chy_words_have(const chy_words_list *list, chy_slice word)
{
	for (uint32_t i = 0; i < list->n; i++)
		if (chy_slice_eq(list->at[i], word))
			return true;
	return false;
}

const chy_subject *
chy_subject_find(const chy_facts *facts, chy_slice key)
{
	for (uint32_t i = 0; i < facts->n_subjects; i++)
		if (chy_slice_ieq(facts->subjects[i].key, key))
			return &facts->subjects[i];
	for (uint32_t i = 0; i < facts->n_subjects; i++)
		if (chy_slice_ieq(facts->subjects[i].name, key))
			return &facts->subjects[i];
	return NULL;
}

chy_slice
chy_subject_attribute(const chy_programme *p, const chy_facts *facts,
    chy_slice subject, const char *name)
{
	chy_slice key = chy_slice_of(name);
	const chy_fact *fact = chy_fact_find(facts, CHY_FACT_ATTRIBUTE, key,
	    subject, 0);

	if (fact != NULL && chy_slice_eq(fact->subject, subject))
		return fact->value;
	for (uint32_t i = 0; i < p->n_attributes; i++)
		if (chy_slice_eq(p->attributes[i].subject, subject) &&
		    chy_slice_eq(p->attributes[i].name, key))
			return p->attributes[i].value;
	return CHY_EMPTY;
}

const chy_fact *
chy_fact_find(const chy_facts *facts, chy_fact_kind kind, chy_slice name,
    chy_slice subject, int32_t year)
{
	const chy_fact *of_all = NULL, *own = NULL;

	for (uint32_t i = 0; i < facts->n_facts; i++) {
		const chy_fact *f = &facts->facts[i];

		if (f->kind != kind || !chy_slice_eq(f->name, name) ||
		    (f->year != 0 && year != 0 && f->year != year))
			continue;
		if (f->subject.len == 0)
			of_all = f;
		else if (chy_slice_eq(f->subject, subject))
			own = f;
	}
	return own != NULL ? own : of_all;
}


/* ---- order ---- */

struct sorted {
	chy_rating rating;
	int32_t	   rank;
	uint32_t   at;
};

static int
rating_cmp(const void *va, const void *vb)
{
	const struct sorted *a = va, *b = vb;
	int c = chy_slice_cmp(a->rating.subject, b->rating.subject);

	if (c != 0)
		return c;
	if (a->rating.year != b->rating.year)
		return a->rating.year < b->rating.year ? -1 : 1;
	if (a->rating.reassessed != b->rating.reassessed)
		return a->rating.reassessed ? 1 : -1;
	if (a->rating.reassessed && a->rating.assigned != b->rating.assigned)
		return a->rating.assigned < b->rating.assigned ? -1 : 1;
	if (a->rank != b->rank)
		return a->rank < b->rank ? -1 : 1;
	return a->at < b->at ? -1 : 1;
}

static int
subject_cmp(const void *va, const void *vb)
{
	const chy_subject *a = va, *b = vb;
	int c = chy_slice_cmp(a->name, b->name);

	return c != 0 ? c : chy_slice_cmp(a->key, b->key);
}

static bool
is_known(const chy_programme *p, chy_slice key)
{
	for (uint32_t i = 0; i < p->n_known; i++)
		if (chy_slice_eq(p->known[i].key, key))
			return true;
	return false;
}

/* Those of the description under the name it gives, the others under that of
 * their newest rating. */
static void
gather_subjects(const chy_programme *p, chy_facts *f)
{
	for (uint32_t i = 0; i < p->n_known; i++)
		f->subjects[f->n_subjects++] = p->known[i];
	for (uint32_t i = 0; i < f->n_ratings; i++) {
		const chy_rating *r = &f->ratings[i];

		if (i + 1 < f->n_ratings &&
		    chy_slice_eq(f->ratings[i + 1].subject, r->subject))
			continue;
		if (!is_known(p, r->subject))
			f->subjects[f->n_subjects++] = (chy_subject){
			    r->subject, r->name };
	}
	if (f->n_subjects > 0)
		qsort(f->subjects, f->n_subjects, sizeof(*f->subjects),
		    subject_cmp);
}

static void
drop_gone(chy_facts *f)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < f->n_ratings; i++)
		if (!f->ratings[i].gone)
			f->ratings[n++] = f->ratings[i];
	f->n_ratings = n;
	n = 0;
	for (uint32_t i = 0; i < f->n_facts; i++)
		if (!f->facts[i].gone)
			f->facts[n++] = f->facts[i];
	f->n_facts = n;
	n = 0;
	for (uint32_t i = 0; i < f->n_recommendations; i++)
		if (!f->recommendations[i].gone)
			f->recommendations[n++] = f->recommendations[i];
	f->n_recommendations = n;
}

chy_status
chy_facts_order(const chy_programme *p, chy_facts *f, chy_arena *arena)
{
	struct sorted *sorted = chy_arena_zalloc(arena,
	    (size_t)f->n_ratings + 1, sizeof(*sorted));
	chy_rating *ratings = chy_arena_zalloc(arena,
	    (size_t)f->n_ratings + 1, sizeof(*ratings));

	f->subjects = chy_arena_zalloc(arena, (size_t)f->n_ratings +
	    p->n_known + 1, sizeof(*f->subjects));
	if (sorted == NULL || ratings == NULL || f->subjects == NULL)
		return CHY_ERR_NO_MEMORY;
	drop_gone(f);
	for (uint32_t i = 0; i < f->n_ratings; i++)
		sorted[i] = (struct sorted){ f->ratings[i],
		    chy_source_rank(p, f->ratings[i].source), i };
	if (f->n_ratings > 0)
		qsort(sorted, f->n_ratings, sizeof(*sorted), rating_cmp);
	f->first_year = f->last_year = 0;
	for (uint32_t i = 0; i < f->n_ratings; i++) {
		ratings[i] = sorted[i].rating;
		if (i == 0 || ratings[i].year < f->first_year)
			f->first_year = ratings[i].year;
		if (ratings[i].year > f->last_year)
			f->last_year = ratings[i].year;
	}
	f->ratings = ratings;
	f->n_subjects = 0;
	gather_subjects(p, f);
	return CHY_OK;
}


/* ---- cells ---- */

static int
cell_cmp(const chy_rating *r, chy_slice subject, int32_t year)
{
	int c = chy_slice_cmp(r->subject, subject);

	return c != 0 ? c : r->year < year ? -1 : r->year > year;
}

bool
chy_cell_get(const chy_programme *p, const chy_facts *f, chy_slice subject,
    int32_t year, int32_t today, chy_cell *ret)
{
	uint32_t low = 0, high = f->n_ratings;
	chy_cell cell = { .n = 0 };

	(void)p;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (cell_cmp(&f->ratings[middle], subject, year) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	cell.ratings = f->ratings + low;
	while (low + cell.n < f->n_ratings &&
	    cell_cmp(&f->ratings[low + cell.n], subject, year) == 0) {
		const chy_rating *r = &cell.ratings[cell.n++];

		if (r->reassessed) {
			if (today == CHY_NO_DAY || r->assigned <= today)
				cell.latest = r;
			continue;
		}
		if (cell.published == NULL)
			cell.published = r;
		else if (cell.published->grade != r->grade)
			cell.conflict = true;
	}
	/* A grade that was only ever dated stands for the published one. */
	if (cell.published == NULL)
		cell.published = cell.latest;
	if (cell.latest == NULL)
		cell.latest = cell.published;
	if (cell.published == NULL)
		return false;
	*ret = cell;
	return true;
}


/* ---- rules ---- */

int32_t
chy_year_day_in(chy_year_day d, int32_t year)
{
	chy_civil c = { .year = year + d.years, .month = d.month,
	    .day = d.day };

	if (!d.given || c.year < 1 || c.year > 9999)
		return CHY_NO_DAY;
	if (!chy_civil_valid(c))	/* 29 February */
		c.day--;
	return (int32_t)(chy_civil_seconds(c) / 86400);
}

int32_t
chy_period_day(const chy_programme *p, const chy_facts *facts, int32_t year)
{
	const chy_fact *report = chy_fact_find(facts, CHY_FACT_EVENT,
	    CHY_SLICE("report"), CHY_EMPTY, year);

	if (report != NULL)
		return report->day;
	return chy_year_day_in(p->day, year);
}

bool
chy_rule_holds(const chy_programme *p, const chy_facts *facts,
    const chy_programme_rule *rule, int32_t year)
{
	int32_t day = chy_period_day(p, facts, year);

	return (rule->from == CHY_NO_DAY || day >= rule->from) &&
	    (rule->to == CHY_NO_DAY || day <= rule->to);
}

const chy_programme_rule *
chy_rule_about(const chy_programme *p, const chy_facts *facts,
    chy_rule_form form, chy_slice of, int32_t year, uint32_t *at)
{
	while (*at < p->n_rules) {
		const chy_programme_rule *rule = &p->rules[(*at)++];

		if (rule->form == form && chy_words_have(&rule->of, of) &&
		    chy_rule_holds(p, facts, rule, year))
			return rule;
	}
	return NULL;
}

/* A change written 3>2. */
static bool
is_change(const chy_programme *p, chy_slice change, const chy_grade *before,
    const chy_grade *after)
{
	size_t at = chy_slice_find(change, CHY_SLICE(">"), 0);

	return chy_grade_find(p, chy_slice_sub(change, 0, at)) == before &&
	    chy_grade_find(p, chy_slice_from(change, at + 1)) == after;
}

static const chy_grade *
grade_of(const chy_programme *p, const chy_facts *facts, chy_slice subject,
    int32_t year, int32_t today, bool latest)
{
	chy_cell cell;

	if (!chy_cell_get(p, facts, subject, year, today, &cell))
		return NULL;
	return latest ? cell.latest->grade : cell.published->grade;
}

static bool
has_grade(const chy_programme *p, const chy_words_list *list,
    const chy_grade *grade)
{
	for (uint32_t i = 0; i < list->n && grade != NULL; i++)
		if (chy_grade_find(p, list->at[i]) == grade)
			return true;
	return false;
}

bool
chy_list_has(const chy_programme *p, const chy_facts *facts, chy_slice list,
    chy_slice subject, int32_t year, int32_t today)
{
	const chy_grade *after = grade_of(p, facts, subject, year, today,
	    today != CHY_NO_DAY);
	const chy_grade *before = grade_of(p, facts, subject, year - 1,
	    CHY_NO_DAY, false);

	if (after == NULL)
		return false;
	for (uint32_t i = 0; i < p->n_rules; i++) {
		const chy_programme_rule *rule = &p->rules[i];

		if (rule->form != CHY_RULE_LIST ||
		    !chy_slice_eq(rule->list, list) ||
		    !chy_rule_holds(p, facts, rule, year))
			continue;
		if (has_grade(p, &rule->grade, after))
			return true;
		for (uint32_t k = 0; k < rule->change.n; k++)
			if (is_change(p, rule->change.at[k], before, after))
				return true;
	}
	return false;
}

/* member=yes, ldc!=yes, sector>10, sector<10 */
static bool
condition_holds(const chy_programme *p, const chy_facts *facts,
    chy_slice condition, chy_slice subject)
{
	size_t at = 0;
	char name[64];
	chy_slice value, want;
	char *end_a, *end_b, a[32], b[32];
	double x, y;

	while (at < condition.len && strchr("=!<>", condition.ptr[at]) == NULL)
		at++;
	if (at == condition.len || at >= sizeof(name))
		return false;
	memcpy(name, condition.ptr, at);
	name[at] = '\0';
	value = chy_subject_attribute(p, facts, subject, name);
	want = chy_slice_from(condition, at + 1);
	if (condition.ptr[at] == '=')
		return chy_slice_ieq(value, want);
	if (condition.ptr[at] == '!')
		return value.len > 0 && want.len > 0 &&
		    !chy_slice_ieq(value, chy_slice_from(want, 1));
	if (value.len == 0 || value.len >= sizeof(a) || want.len == 0 ||
	    want.len >= sizeof(b))
		return false;
	memcpy(a, value.ptr, value.len);
	a[value.len] = '\0';
	memcpy(b, want.ptr, want.len);
	b[want.len] = '\0';
	x = strtod(a, &end_a);
	y = strtod(b, &end_b);
	if (*end_a != '\0' || *end_b != '\0')
		return false;
	return condition.ptr[at] == '>' ? x > y : x < y;
}

bool
chy_threshold_holds(const chy_programme *p, const chy_facts *facts,
    const chy_programme_rule *threshold, chy_slice subject)
{
	for (uint32_t i = 0; i < threshold->any.n; i++)
		if (condition_holds(p, facts, threshold->any.at[i], subject))
			return true;
	return false;
}

/* Whether a mark outside the scale keeps the rule from the subject. */
static bool
is_exempt(const chy_programme *p, const chy_facts *facts,
    const chy_programme_rule *rule, const chy_grade *grade, int32_t year)
{
	for (uint32_t i = 0; i < p->n_rules; i++) {
		const chy_programme_rule *off = &p->rules[i];

		if (off->form != CHY_RULE_OFF_SCALE ||
		    !has_grade(p, &off->mark, grade) ||
		    !chy_rule_holds(p, facts, off, year))
			continue;
		if (off->of.n == 0 || chy_words_have(&off->of, rule->id))
			return true;
	}
	return false;
}

bool
chy_rule_reaches(const chy_programme *p, const chy_facts *facts,
    const chy_programme_rule *rule, chy_slice subject, int32_t year,
    int32_t today)
{
	bool latest = chy_slice_eq(rule->use, CHY_SLICE("latest")) ||
	    (rule->form == CHY_RULE_INTERIM && rule->use.len == 0);
	const chy_grade *grade = grade_of(p, facts, subject, year, today,
	    latest);

	if (rule->eligible.len > 0) {
		const chy_programme_rule *t = chy_rule_find(p, rule->eligible);

		if (t != NULL && chy_rule_holds(p, facts, t, year) &&
		    !chy_threshold_holds(p, facts, t, subject))
			return false;
	}
	if (grade != NULL && grade->rank == 0 &&
	    is_exempt(p, facts, rule, grade, year))
		return false;
	if (rule->grade.n > 0 && !has_grade(p, &rule->grade, grade))
		return false;
	return rule->list.len == 0 || chy_list_has(p, facts, rule->list,
	    subject, year, latest ? today : CHY_NO_DAY);
}


/* ---- changes ---- */

static void
explanation_of(const chy_programme *p, const chy_facts *facts, int32_t year,
    chy_grade_change *c)
{
	c->due = c->explained = CHY_NO_DAY;
	for (uint32_t i = 0; i < facts->n_facts; i++) {
		const chy_fact *f = &facts->facts[i];

		if (f->kind == CHY_FACT_EXPLAINED && f->year == year &&
		    chy_slice_eq(f->subject, c->subject))
			c->explained = f->day;
	}
	for (uint32_t i = 0; i < p->n_rules; i++) {
		const chy_programme_rule *rule = &p->rules[i];
		const chy_fact *start;

		if (rule->form != CHY_RULE_EXPLAIN ||
		    !chy_rule_holds(p, facts, rule, year) ||
		    !chy_rule_reaches(p, facts, rule, c->subject, year,
		    CHY_NO_DAY))
			continue;
		c->rule = rule;
		start = chy_fact_find(facts, CHY_FACT_EVENT,
		    rule->after.len > 0 ? rule->after : CHY_SLICE("report"),
		    c->subject, year);
		if (start == NULL && rule->assume.len > 0)
			start = chy_fact_find(facts, CHY_FACT_EVENT,
			    rule->assume, c->subject, year);
		if (start != NULL)
			c->due = chy_length_after(p, start->day, rule->within,
			    CHY_EMPTY);
		return;
	}
}

chy_status
chy_programme_changes(const chy_programme *p, const chy_facts *facts,
    int32_t year, chy_arena *arena, chy_grade_changes *ret)
{
	chy_grade_changes list = { chy_arena_zalloc(arena,
	    (size_t)facts->n_subjects + 1, sizeof(*list.at)), 0 };

	if (list.at == NULL)
		return CHY_ERR_NO_MEMORY;
	for (uint32_t i = 0; i < facts->n_subjects; i++) {
		chy_slice key = facts->subjects[i].key;
		chy_grade_change c = { .subject = key };

		c.after = grade_of(p, facts, key, year, CHY_NO_DAY, false);
		c.before = grade_of(p, facts, key, year - 1, CHY_NO_DAY,
		    false);
		if (c.after == NULL || c.before == NULL || c.after == c.before)
			continue;
		explanation_of(p, facts, year, &c);
		list.at[list.n++] = c;
	}
	*ret = list;
	return CHY_OK;
}
