/*
 * Rating programmes: a scale, subjects that are rated period by period, and
 * rules that say what follows from the ratings and by when. A programme is
 * described in data (chancery-programme(5)); nothing here knows any one of
 * them.
 *
 * Not for keeping ratings (store/) and not for showing them. What is due, what
 * is predicted and what is owed is computed whenever it is asked for, from the
 * description, the facts and a day that the caller says is today.
 *
 *	chy_programme *p;
 *	chy_programme_clocks due;
 *
 *	if (chy_programme_read(text, &arena, &p, &err) == CHY_OK &&
 *	    chy_programme_due(p, &facts, 2008, today, &arena, &due) == CHY_OK)
 *		print(&due);
 *
 * Days are counted from 1970-01-01. Everything that comes out lives in the
 * arena and points into the description and the facts.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_CASEWORK_PROGRAMME_H
#define CHY_CASEWORK_PROGRAMME_H

#include "base/arena.h"
#include "base/civil.h"
#include "base/slice.h"
#include "base/status.h"

#define CHY_NO_DAY	INT32_MIN

static inline chy_civil
chy_programme_civil(int32_t day)
{
	return chy_civil_from((int64_t)day * 86400);
}

/* 2008-06-04 or 2008-06 or 2008; CHY_NO_DAY where it is none of them. A month
 * or a year means its first day. */
int32_t	chy_programme_day(chy_slice iso);


/* ---- the description ---- */

/* The seventeen forms of rules; the words are those of chancery-programme(5). */
typedef enum chy_rule_form {
	CHY_RULE_DATE,		/* G1 a calendar day in each period */
	CHY_RULE_WINDOW,	/* G2 from and to so long after an event */
	CHY_RULE_CHOOSE,	/* G3 so long after one of several events */
	CHY_RULE_REPEAT,	/* G4 n periods with a grade make another */
	CHY_RULE_WAIVER,	/* G5 lifts a rule for some periods */
	CHY_RULE_LIMIT,		/* G6 another n for who has a history */
	CHY_RULE_LIST,		/* G7 who is on a list, by grade or change */
	CHY_RULE_MEASURE,	/* G8 what a grade obliges to */
	CHY_RULE_REASSESS,	/* G9 a grade dated inside the period */
	CHY_RULE_INTERIM,	/* G10 a check of those on a list */
	CHY_RULE_EXPLAIN,	/* G11 a change is to be explained */
	CHY_RULE_RECOMMEND,	/* G12 recommendations and answers to them */
	CHY_RULE_CYCLE,		/* G13 every so many years, each in its turn */
	CHY_RULE_SPLIT,		/* G14 one request, many reporters */
	CHY_RULE_OFF_SCALE,	/* G15 what a mark outside the scale does */
	CHY_RULE_THRESHOLD,	/* G16 who is eligible at all */
	CHY_RULE_WORKDAYS,	/* G17 days that are moved, party by party */
	CHY_RULE_FORMS
} chy_rule_form;

/* "window"; "G2". */
const char *chy_rule_form_name(chy_rule_form form);
const char *chy_rule_form_code(chy_rule_form form);

/* A day of a period: 06-30, or +1/02-01 of the year after. */
typedef struct chy_year_day {
	bool	given;
	int8_t	years;		/* to be added to the period's */
	uint8_t month, day;
} chy_year_day;

/* 45d, 3wd (days of work), 6m, 1y. */
typedef struct chy_length {
	bool	given;
	int32_t n;
	char	unit;		/* d, w, m, y */
} chy_length;

typedef struct chy_words_list {
	chy_slice *at;
	uint32_t   n;
} chy_words_list;

typedef struct chy_programme_rule {
	chy_rule_form form;
	uint32_t  line;		/* in the description, from 1 */
	chy_slice id, what, source, status, note;
	int32_t	  from, to;	/* in force on these days; CHY_NO_DAY: open */
	chy_year_day due;
	chy_length min, max, within, every, extend;
	int32_t	  first;	/* of a cycle */
	int32_t	  n;		/* periods; 0: not given */
	chy_slice after, assume, until, met;	/* events */
	chy_slice becomes, list, run, gap, use, eligible, calendar, move;
	chy_words_list starts, grade, of, change, needs, answers, by, mark,
	    any;
} chy_programme_rule;

typedef struct chy_grade {
	chy_slice code;		/* 2WL */
	chy_slice name;		/* as shown: 2 Watch List */
	chy_slice meaning;
	chy_slice show;		/* how it is drawn; empty: by rank */
	int32_t	  rank;		/* 1 is the best; 0: a mark off the scale */
} chy_grade;

typedef struct chy_rating_source {
	chy_slice code, name;
	int32_t	  rank;		/* 1 prevails over 2 */
} chy_rating_source;

typedef struct chy_subject {
	chy_slice key;		/* OMN */
	chy_slice name;		/* Oman */
} chy_subject;

typedef struct chy_attribute {
	chy_slice subject, name, value;
} chy_attribute;

typedef struct chy_calendar {
	chy_slice code;
	uint8_t	  weekend;	/* bit 0 Monday ... bit 6 Sunday */
	int32_t	  from, to;
} chy_calendar;

typedef struct chy_holiday {
	chy_slice calendar, name;
	int32_t	  day;
} chy_holiday;

typedef struct chy_programme {
	chy_slice id, title, authority, subjects, noun, marking, query, note;
	chy_year_day day;	/* of a period whose report has no date */
	chy_year_day covers_from, covers_to;
	chy_year_day fiscal;	/* first day of a fiscal year */
	chy_grade *grades;	/* best first, then the marks */
	uint32_t   n_grades;
	chy_rating_source *sources;
	uint32_t   n_sources;
	chy_subject *known;	/* named in the description */
	uint32_t   n_known;
	chy_attribute *attributes;
	uint32_t   n_attributes;
	chy_calendar *calendars;
	uint32_t   n_calendars;
	chy_holiday *holidays;
	uint32_t   n_holidays;
	chy_programme_rule *rules;
	uint32_t   n_rules;
} chy_programme;

/*
 * Read a description. CHY_ERR_INVALID: err->text is "line:column: what is
 * wrong", err->off the byte. The text must live as long as the programme.
 */
CHY_MUST_USE chy_status chy_programme_read(chy_slice text, chy_arena *arena,
    chy_programme **ret, chy_error *err);

/* By code or name, in any case; NULL. */
const chy_grade *chy_grade_find(const chy_programme *p, chy_slice code);
const chy_programme_rule *chy_rule_find(const chy_programme *p, chy_slice id);
/* How a source is ranked; one that is not described comes last. */
int32_t	chy_source_rank(const chy_programme *p, chy_slice source);


/* ---- facts ---- */

typedef struct chy_rating {
	chy_slice subject, name;	/* key and name */
	int32_t	  year;			/* of the period */
	const chy_grade *grade;
	chy_slice source, reason;
	int32_t	  assigned, published;	/* CHY_NO_DAY: as the report */
	bool	  reassessed;		/* dated inside the period */
	bool	  gone;			/* no longer so */
	uint32_t  line;			/* in its table; 0 */
} chy_rating;

typedef enum chy_fact_kind {
	CHY_FACT_EVENT,		/* name happened on day */
	CHY_FACT_WAIVER,	/* rule `name` is lifted for the period; value:
				 * the conditions met, semicolons between */
	CHY_FACT_CHOICE,	/* rule `name` counts from the event value */
	CHY_FACT_MET,		/* rule `name` was met on day; value: by whom */
	CHY_FACT_EXPLAINED,	/* the change was explained on day */
	CHY_FACT_ATTRIBUTE,	/* name of the subject is value */
	CHY_FACT_KINDS
} chy_fact_kind;

const char *chy_fact_kind_name(chy_fact_kind kind);

typedef struct chy_fact {
	chy_fact_kind kind;
	chy_slice name, subject, value, note, source;
	int32_t	  year;		/* 0: any */
	int32_t	  day;		/* CHY_NO_DAY */
	bool	  gone;
	uint32_t  line;
} chy_fact;

typedef struct chy_recommendation {
	chy_slice subject, text, answer, evidence;
	int32_t	  year, n;
	int32_t	  answered;	/* CHY_NO_DAY */
	bool	  gone;
	uint32_t  line;
} chy_recommendation;

typedef struct chy_facts {
	chy_rating *ratings;
	uint32_t    n_ratings;
	chy_fact   *facts;
	uint32_t    n_facts;
	chy_recommendation *recommendations;
	uint32_t    n_recommendations;
	/* Made by chy_facts_order: all subjects, those of the description
	 * too, by name; and the span of years. */
	chy_subject *subjects;
	uint32_t    n_subjects;
	int32_t	    first_year, last_year;	/* 0: no rating */
} chy_facts;

/*
 * Read a table, tab-separated with a heading line, and say what is in it by
 * its columns: ratings (tier or grade), facts (fact) or recommendations
 * (recommendation). Errors as of chy_programme_read.
 */
CHY_MUST_USE chy_status chy_facts_read(const chy_programme *p, chy_slice text,
    chy_arena *arena, chy_facts *ret, chy_error *err);

/* Put them in the order the functions below need; once, after all are there.
 * What is gone is left out. */
CHY_MUST_USE chy_status chy_facts_order(const chy_programme *p,
    chy_facts *facts, chy_arena *arena);

const chy_subject *chy_subject_find(const chy_facts *facts, chy_slice key);
/* Empty where it has none. */
chy_slice chy_subject_attribute(const chy_programme *p, const chy_facts *facts,
    chy_slice subject, const char *name);


/* ---- what is so ---- */

/* One subject in one period. */
typedef struct chy_cell {
	const chy_rating *published;	/* of the source that ranks highest */
	const chy_rating *latest;	/* dated since, on or before today;
					 * else the same */
	const chy_rating *ratings;	/* all, by rank, dated ones last */
	uint32_t n;
	bool	 conflict;		/* sources that differ */
} chy_cell;

/* False where it is not rated. */
bool	chy_cell_get(const chy_programme *p, const chy_facts *facts,
    chy_slice subject, int32_t year, int32_t today, chy_cell *ret);

/* The day that says which rules hold for the period. */
int32_t	chy_period_day(const chy_programme *p, const chy_facts *facts,
    int32_t year);
/* Whether the rule is in force for the period. */
bool	chy_rule_holds(const chy_programme *p, const chy_facts *facts,
    const chy_programme_rule *rule, int32_t year);
/* Whether it is on the list in the period: by its grade, or by a change. With
 * today the latest grade counts, with CHY_NO_DAY the published one. */
bool	chy_list_has(const chy_programme *p, const chy_facts *facts,
    chy_slice list, chy_slice subject, int32_t year, int32_t today);

typedef struct chy_grade_change {
	chy_slice subject;
	const chy_grade *before, *after;
	const chy_programme_rule *rule;	/* that wants it explained; NULL */
	int32_t	  due;			/* of the explanation; CHY_NO_DAY */
	int32_t	  explained;		/* CHY_NO_DAY: it is missing */
} chy_grade_change;

typedef struct chy_grade_changes {
	chy_grade_change *at;
	uint32_t    n;
} chy_grade_changes;

/* Whose published grade is not that of the period before. */
CHY_MUST_USE chy_status chy_programme_changes(const chy_programme *p,
    const chy_facts *facts, int32_t year, chy_arena *arena, chy_grade_changes *ret);


/* ---- what is due ---- */

typedef enum chy_clock_basis {
	CHY_CLOCK_IS_EXPLICIT,	/* the rule names the day */
	CHY_CLOCK_IS_DERIVED,	/* counted from an event that is known */
	CHY_CLOCK_IS_ASSUMED,	/* from an event nobody confirmed to be the one */
	CHY_CLOCK_IS_NONE,		/* the event did not happen yet */
} chy_clock_basis;

const char *chy_clock_basis_name(chy_clock_basis basis);

typedef enum chy_clock_state {
	CHY_CLOCK_WAITING,	/* there is no day yet */
	CHY_CLOCK_NOT_YET,	/* the window is not open */
	CHY_CLOCK_OPEN,
	CHY_CLOCK_OVERDUE,
	CHY_CLOCK_MET,
	CHY_CLOCK_MET_LATE,
	CHY_CLOCK_MET_EARLY,	/* before its window opened */
} chy_clock_state;

const char *chy_clock_state_name(chy_clock_state state);

/* A day by the calendar of one party. */
typedef struct chy_shift {
	chy_slice calendar;
	int32_t	  day;		/* where the due day moves to */
	const chy_programme_rule *rule;
} chy_shift;

typedef struct chy_clock {
	const chy_programme_rule *rule;
	chy_slice subject;	/* or reporter; empty: all */
	int32_t	  first;	/* the window opens; CHY_NO_DAY: no window */
	int32_t	  due;		/* CHY_NO_DAY: not known */
	chy_clock_basis basis;
	chy_slice start;	/* event it is counted from; empty */
	int32_t	  start_day;
	chy_slice assuming;	/* in words; empty */
	const chy_programme_rule *longer; /* threshold that gave more time;
				 * NULL */
	bool	  candidate;	/* one of several starts, none chosen */
	int32_t	  met;		/* CHY_NO_DAY */
	chy_slice met_by;
	chy_clock_state state;
	int32_t	  days;		/* late, or left; by state */
	chy_shift *shifts;
	uint32_t  n_shifts;
} chy_clock;

typedef struct chy_clocks {
	chy_clock *at;		/* by due day, then rule, then subject */
	uint32_t   n;
} chy_clocks;

CHY_MUST_USE chy_status chy_programme_due(const chy_programme *p,
    const chy_facts *facts, int32_t year, int32_t today, chy_arena *arena,
    chy_clocks *ret);

/* Whether two clocks differ in their subject alone, so that they may be
 * shown as one. */
bool	chy_clock_same(const chy_clock *a, const chy_clock *b);

/* The first day of work on or after (move "previous": before) a day. */
int32_t	chy_calendar_move(const chy_programme *p, chy_slice calendar,
    int32_t day, chy_slice move);
/* A length after a day; days of work are those of the calendar. */
int32_t	chy_length_after(const chy_programme *p, int32_t day,
    chy_length length, chy_slice calendar);


/* ---- what the rules predict ---- */

typedef enum chy_outcome {
	CHY_OUTCOME_FORCED,	/* it becomes `grade` unless raised */
	CHY_OUTCOME_WAIVED,	/* it would, but for a waiver */
	CHY_OUTCOME_NEAR,	/* one more period of it forces */
	CHY_OUTCOME_UNKNOWN,	/* a gap in the ratings decides */
} chy_outcome;

const char *chy_outcome_name(chy_outcome outcome);

typedef struct chy_prediction {
	chy_slice subject;
	chy_outcome outcome;
	const chy_grade *now;		/* that repeats */
	const chy_grade *grade;		/* that it becomes */
	const chy_programme_rule *rule;
	const chy_programme_rule *limit;  /* the other n; NULL */
	const chy_programme_rule *waiver; /* NULL */
	const chy_rating **rests_on;	/* the run, oldest first */
	uint32_t n_rests_on;
	chy_slice why;			/* one sentence */
	const chy_rating *actual;	/* of the period, if rated; NULL */
	bool	 agrees;		/* with what is predicted */
} chy_prediction;

typedef struct chy_predictions {
	chy_prediction *at;	/* by subject's name */
	uint32_t n;
} chy_predictions;

CHY_MUST_USE chy_status chy_programme_predict(const chy_programme *p,
    const chy_facts *facts, int32_t year, int32_t today, chy_arena *arena,
    chy_predictions *ret);

/* What a grade of the period obliges to. */
typedef struct chy_obligation {
	const chy_programme_rule *rule;
	chy_slice subject;
	const chy_rating *rating;	/* it rests on */
	int32_t	  from, to;		/* of the fiscal year */
	int32_t	  lifted;		/* by the event or a better grade;
					 * CHY_NO_DAY */
	chy_slice lifted_by;
	const chy_fact *waiver;		/* NULL */
} chy_obligation;

typedef struct chy_obligations {
	chy_obligation *at;
	uint32_t n;
} chy_obligations;

CHY_MUST_USE chy_status chy_programme_obligations(const chy_programme *p,
    const chy_facts *facts, int32_t year, int32_t today, chy_arena *arena,
    chy_obligations *ret);

#endif
