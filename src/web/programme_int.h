/*
 * What the files of the programme page share.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_WEB_PROGRAMME_INT_H
#define CHY_WEB_PROGRAMME_INT_H

#include "registry/programme.h"
#include "web/web_int.h"

/* One page being written. */
struct chy_programme_page {
	chy_exchange *x;
	chy_programme_shown *s;
	chy_predictions forced;		/* for the year that is shown */
	const char *address;
	int32_t	    first, last;	/* years of the table */
	unsigned    n_notes;
	chy_buf	    notes;		/* HTML, put below the table */
};

/* The programme that the request names, in the year it asks for. */
chy_status chy_programme_ask(chy_exchange *x, chy_programme_shown **ret,
    chy_error *err);

/* Name of a subject; of a reporter, what it is called. */
chy_slice chy_programme_name(const chy_programme_shown *s, chy_slice key);

/* 16 Apr, with the year where it is another one than the page's; and 16 April
 * 2026. */
chy_words chy_programme_day_words(const struct chy_programme_page *p,
    int32_t day);
chy_words chy_programme_long_day(int32_t day);

/* country, countries; party, parties. */
chy_words chy_programme_plural(chy_slice word, uint32_t n);

void	chy_programme_put_grade(chy_exchange *x, const chy_grade *grade);

/* programme_grades.c, programme_clocks.c: sections of the page. */
void	chy_programme_put_grades(struct chy_programme_page *p);
void	chy_programme_put_clocks(struct chy_programme_page *p);

#endif
