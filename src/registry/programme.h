/*
 * Rating programmes in an archive: descriptions, ratings and what else people
 * record of them, and what follows on a day. See casework/programme.h for what
 * a programme is.
 *
 * What is recorded has a marking: the programme's, or, where it names a
 * telegram that is filed as its source, what it takes to see that. Who may not
 * see it has a programme without it, and everything is computed from what is
 * left; a programme that nobody may see is not found.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_REGISTRY_PROGRAMME_H
#define CHY_REGISTRY_PROGRAMME_H

#include "casework/programme.h"
#include "registry/registry.h"
#include "store/store_programme.h"

/* The day of a time in seconds. */
static inline int32_t
chy_programme_day_of(int64_t seconds)
{
	return (int32_t)((seconds - (seconds % 86400 + 86400) % 86400) /
	    86400);
}

typedef struct chy_programme_line {
	chy_slice id, title, authority;
	uint32_t  n_subjects, n_ratings;
	int32_t	  first_year, last_year;	/* 0: no rating */
} chy_programme_line;

typedef struct chy_programme_list {
	chy_arena arena;
	chy_programme_line *at;
	uint32_t  n;
	chy_label label;
} chy_programme_list;

CHY_MUST_USE chy_status chy_registry_programmes(chy_registry *reg,
    const chy_reader *reader, chy_programme_list **ret, chy_error *err);
void	chy_programme_list_free(chy_programme_list *list);

/* A telegram that a record names as its source. */
typedef struct chy_programme_source {
	chy_slice text;		/* as recorded */
	chy_line  line;
} chy_programme_source;

typedef struct chy_programme_options {
	int32_t year;		/* period; 0: the newest with a rating */
	int32_t predict;	/* period; 0: the one after that */
	int32_t today;
} chy_programme_options;

typedef struct chy_programme_shown {
	chy_arena	arena;
	chy_programme  *programme;
	chy_facts	facts;
	chy_label	label;		/* of all that is in it */
	int64_t		defined;	/* when it was described, seconds */
	int32_t		year, predict, today;
	chy_clocks	due;
	chy_grade_changes	changes;
	chy_obligations obligations;
	chy_predictions predictions;
	chy_programme_source *sources;	/* those that are filed */
	uint32_t	n_sources;
} chy_programme_shown;

/* CHY_ERR_NOT_FOUND. */
CHY_MUST_USE chy_status chy_registry_programme(chy_registry *reg,
    const chy_reader *reader, chy_slice id, const chy_programme_options *opts,
    chy_programme_shown **ret, chy_error *err);
void	chy_programme_shown_free(chy_programme_shown *shown);

/* The telegram named by a record; NULL where it is not filed. */
const chy_line *chy_programme_source_of(const chy_programme_shown *shown,
    chy_slice text);

/*
 * Keep a description, in place of an older one of the same id, which stays as
 * history. CHY_ERR_INVALID: err->text is "line:column: what is wrong", or says
 * what is recorded that the new description has no room for. Owner only.
 */
CHY_MUST_USE chy_status chy_registry_programme_define(chy_registry *reg,
    const chy_reader *reader, chy_slice text, int64_t now, bool *ret_changed,
    chy_error *err);

typedef struct chy_programme_counts {
	uint64_t ratings, facts, recommendations;	/* rows of the table */
	uint64_t added, changed, same;
	uint64_t conflicts;	/* cells whose sources differ, now */
} chy_programme_counts;

/* Record a table: all of it or nothing. Loading it again changes nothing.
 * Errors as above. Owner only. */
CHY_MUST_USE chy_status chy_registry_programme_load(chy_registry *reg,
    const chy_reader *reader, chy_slice id, chy_slice table, int64_t now,
    chy_programme_counts *ret, chy_error *err);

/* Everything recorded, in order, also what was replaced or is gone. */
CHY_MUST_USE chy_status chy_registry_programme_history(chy_registry *reg,
    const chy_reader *reader, chy_slice id, chy_kept_fn each, void *arg,
    chy_error *err);


/* ---- telegrams behind a cell ---- */

typedef enum chy_behind_how {
	CHY_BEHIND_CONFIRMED,	/* a person said so */
	CHY_BEHIND_CITED,	/* a record names it as its source */
	CHY_BEHIND_CASE,	/* a case of the programme has it */
	CHY_BEHIND_PROPOSED,	/* found by the programme's query */
} chy_behind_how;

const char *chy_behind_name(chy_behind_how how);

typedef struct chy_behind {
	chy_behind_how how;
	chy_line  line;		/* id alone where it is not filed */
	bool	  filed;
	chy_slice paragraph;	/* empty: the whole */
	chy_slice why;
} chy_behind;

typedef struct chy_programme_telegrams {
	chy_arena   arena;
	chy_slice   query;	/* that proposes */
	chy_behind *at;		/* confirmed first */
	uint32_t    n;
	uint64_t    more;	/* proposals left out */
	chy_label   label;
} chy_programme_telegrams;

CHY_MUST_USE chy_status chy_registry_programme_telegrams(chy_registry *reg,
    const chy_reader *reader, chy_slice id, chy_slice subject, int32_t year,
    chy_programme_telegrams **ret, chy_error *err);
void	chy_programme_telegrams_free(chy_programme_telegrams *list);

typedef struct chy_programme_link {
	chy_slice subject;	/* key or name */
	int32_t	  year;
	chy_slice address;	/* of a telegram; #8 one paragraph of it */
	bool	  refused;	/* it is not to be proposed again */
	bool	  gone;		/* neither confirmed nor refused any more */
	chy_slice note;
} chy_programme_link;

/* Owner only. */
CHY_MUST_USE chy_status chy_registry_programme_link(chy_registry *reg,
    const chy_reader *reader, chy_slice id, const chy_programme_link *link,
    int64_t now, bool *ret_changed, chy_error *err);

#endif
