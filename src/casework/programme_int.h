/*
 * What the files of the rating programmes share.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_CASEWORK_PROGRAMME_INT_H
#define CHY_CASEWORK_PROGRAMME_INT_H

#include "casework/programme.h"

/* A list that grows in an arena: room for one more, and where it is. */
void	*chy_list_grow(chy_arena *arena, void *at, uint32_t n, size_t size);

bool	chy_words_have(const chy_words_list *list, chy_slice word);

/* The day of a period's year; CHY_NO_DAY where none is given. */
int32_t	chy_year_day_in(chy_year_day d, int32_t year);

/* The newest fact of the kind: of the subject, or of all where it has none of
 * its own. Year 0 in the fact is any. NULL. */
const chy_fact *chy_fact_find(const chy_facts *facts, chy_fact_kind kind,
    chy_slice name, chy_slice subject, int32_t year);

/* Whether the rule is about the subject in the period: its grade, its list,
 * its threshold, the mark it stands outside the scale with. */
bool	chy_rule_reaches(const chy_programme *p, const chy_facts *facts,
    const chy_programme_rule *rule, chy_slice subject, int32_t year,
    int32_t today);

/* The rule of the form that names `of`, in force; from *at on. NULL. */
const chy_programme_rule *chy_rule_about(const chy_programme *p,
    const chy_facts *facts, chy_rule_form form, chy_slice of, int32_t year,
    uint32_t *at);

/* Any of the threshold's conditions holds. */
bool	chy_threshold_holds(const chy_programme *p, const chy_facts *facts,
    const chy_programme_rule *threshold, chy_slice subject);

#endif
