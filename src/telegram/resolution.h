/*
 * What following a citation came to: the words that store, registry, commands
 * and pages share.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_TELEGRAM_RESOLUTION_H
#define CHY_TELEGRAM_RESOLUTION_H

#include <stdbool.h>

#include "telegram/telegram.h"

typedef enum chy_resolution {
	CHY_RESOLVED,		/* the number is filed */
	CHY_RESOLVED_YEAR_BEFORE, /* no year was printed, and the number is
				 * filed with the year before */
	CHY_RESOLVED_DTG,	/* sender and date-time group are one's */
	CHY_RESOLVED_SPELLING,	/* no table has the post, and of those filed
				 * with that number and year one is spelled
				 * like it, but for one letter */
	CHY_NOT_FILED,		/* not in the archive */
	CHY_NOT_TELEGRAM,	/* a letter, a call, a meeting ... */
	CHY_AMBIGUOUS,		/* it fits several telegrams */
	CHY_POST_UNKNOWN,	/* not filed, and nobody has such a post */
	CHY_YEAR_UNKNOWN,
	CHY_NO_NUMBER,		/* a post alone */
	CHY_NO_POST,		/* a number alone */
	CHY_SEPARATE,		/* sent apart, not yet numbered */
	CHY_RELATIVE,		/* the one before: by no number */
	CHY_UNREADABLE,
	CHY_RESOLUTIONS
} chy_resolution;

static inline bool
chy_is_resolved(chy_resolution how)
{
	return how <= CHY_RESOLVED_SPELLING;
}

/* What a citation with a fault comes to; CHY_NOT_TELEGRAM without one. */
chy_resolution chy_resolution_of_fault(chy_ref_fault fault);

/* "resolved-year-before", as JSON has it. */
const char *chy_resolution_name(chy_resolution how);
/* "filed with the year before": what people read. */
const char *chy_resolution_words(chy_resolution how);

#endif
