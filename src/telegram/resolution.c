/*
 * Names of what following a citation came to.
 *
 * SPDX-License-Identifier: ISC
 */
#include "telegram/resolution.h"

static const struct {
	const char *name;
	const char *words;
} rows[CHY_RESOLUTIONS] = {
	[CHY_RESOLVED] = { "resolved", "filed" },
	[CHY_RESOLVED_YEAR_BEFORE] = { "resolved-year-before",
	    "filed with the year before" },
	[CHY_RESOLVED_DTG] = { "resolved-dtg",
	    "filed, by sender and date-time group" },
	[CHY_RESOLVED_SPELLING] = { "resolved-spelling",
	    "filed, the post spelled otherwise" },
	[CHY_NOT_FILED] = { "not-filed", "not in the archive" },
	[CHY_NOT_TELEGRAM] = { "not-telegram", "no telegram" },
	[CHY_AMBIGUOUS] = { "ambiguous", "fits several telegrams" },
	[CHY_POST_UNKNOWN] = { "post-unknown",
	    "not in the archive, the post is unknown" },
	[CHY_YEAR_UNKNOWN] = { "year-unknown", "the year is unknown" },
	[CHY_NO_NUMBER] = { "no-number", "a post without a number" },
	[CHY_NO_POST] = { "no-post", "a number without a post" },
	[CHY_SEPARATE] = { "separate", "sent apart, not yet numbered" },
	[CHY_RELATIVE] = { "relative", "the one before, by no number" },
	[CHY_UNREADABLE] = { "unreadable", "cannot be read" },
};

const char *
chy_resolution_name(chy_resolution how)
{
	return rows[how].name;
}

const char *
chy_resolution_words(chy_resolution how)
{
	return rows[how].words;
}

chy_resolution
chy_resolution_of_fault(chy_ref_fault fault)
{
	switch (fault) {
	case CHY_REF_FINE:
		return CHY_NOT_TELEGRAM;
	case CHY_REF_NO_NUMBER:
		return CHY_NO_NUMBER;
	case CHY_REF_NO_POST:
		return CHY_NO_POST;
	case CHY_REF_NO_YEAR:
		return CHY_YEAR_UNKNOWN;
	case CHY_REF_SEPARATE:
		return CHY_SEPARATE;
	case CHY_REF_RELATIVE:
		return CHY_RELATIVE;
	case CHY_REF_UNREADABLE:
		break;
	}
	return CHY_UNREADABLE;
}
