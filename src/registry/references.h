/*
 * The web of references over many telegrams: citations that lead nowhere, by
 * kind and frequency; and gaps, numbers that should be there and are not.
 *
 * What is missing is a matter of who asks: a telegram that the reader may not
 * see is missing for them as one that was never filed is, and what only it
 * cites is not known to be missing.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_REGISTRY_REFERENCES_H
#define CHY_REGISTRY_REFERENCES_H

#include "registry/registry.h"

/* ---- citations that lead nowhere ---- */

/* One reason, of documents of one kind. */
typedef struct chy_unresolved_kind {
	chy_resolution how;
	chy_ref_kind   kind;
	uint64_t       citations;
	uint64_t       different;	/* values */
} chy_unresolved_kind;

/* One thing that is cited. */
typedef struct chy_unresolved_value {
	chy_slice      value;	/* canonical id; sender and time; words */
	chy_resolution how;
	chy_ref_kind   kind;
	uint64_t       citations;
	chy_slice     *citers;	/* ids of who cites it, by date; the first 5 */
	uint32_t       n_citers;
} chy_unresolved_value;

typedef struct chy_unresolved {
	chy_arena arena;
	chy_slice understood;	/* the query */
	uint64_t  telegrams;	/* that were looked at */
	uint64_t  citations;	/* in them, of all kinds */
	uint64_t  resolved;	/* of these */
	uint64_t  by_how[CHY_RESOLUTIONS];
	chy_unresolved_kind *kinds;	/* by number of citations */
	uint32_t  n_kinds;
	chy_unresolved_value *values;	/* the same, then by value */
	uint32_t  n_values;
	uint64_t  n_all_values;	/* also those left out */
	chy_label label;	/* of all that is shown */
} chy_unresolved;

/* Of the telegrams that the query finds (empty: all). `most` values are
 * given, 0: 100. Statuses as chy_registry_find. */
CHY_MUST_USE chy_status chy_registry_unresolved(chy_registry *reg,
    const chy_reader *reader, chy_slice query, uint32_t most,
    chy_unresolved **ret, chy_error *err);
void	chy_unresolved_free(chy_unresolved *unresolved);


/* ---- gaps ---- */

/* Numbers that are not there, one after the other. */
typedef struct chy_gap {
	uint32_t  first, last;
	chy_slice lower, upper;	/* ids of the neighbours; empty: none */
	chy_slice from, to;	/* their days: 2008-06-09; empty */
} chy_gap;

/* Who cites one of them. */
typedef struct chy_gap_citer {
	chy_slice id;
	chy_slice date;		/* 2008-06-09; empty: none */
	char	  letter;	/* 0: none */
	bool	  in_text;	/* a paragraph, not its REF list */
} chy_gap_citer;

/* What is known of one that somebody cites. */
typedef struct chy_missing {
	chy_slice      id;
	uint32_t       serial;
	chy_estimate   estimate;
	chy_gap_citer *citers;	/* by date, then id; the first 10 */
	uint32_t       n_citers;
	uint32_t       n_all_citers;
} chy_missing;

/* One part of a year's numbers, for a map. */
typedef struct chy_gap_block {
	uint32_t first, last;
	uint32_t filed;
	uint32_t cited;		/* missing, and somebody cites them */
} chy_gap_block;
#define CHY_GAP_BLOCKS	50u	/* at most */

typedef struct chy_gap_year {
	chy_slice    post;	/* key: MUSCAT */
	chy_slice    name;	/* Muscat */
	int32_t	     year;
	uint32_t     filed;	/* different numbers the reader sees */
	uint32_t     highest;	/* that is filed or cited */
	uint32_t     missing;	/* of 1 to highest */
	uint32_t     months[12]; /* filed */
	uint32_t     missing_months[12]; /* by their estimated dates, where
				 * neighbours on both sides give one */
	chy_gap	    *gaps;	/* in order; the first `most` */
	uint32_t     n_gaps;
	uint32_t     n_all_gaps;
	chy_missing *cited;	/* in order; the first `most` */
	uint32_t     n_cited;
	uint32_t     n_all_cited;
	chy_gap_block blocks[CHY_GAP_BLOCKS];
	uint32_t     n_blocks;
} chy_gap_year;

/* Continuity numbers of one sender to one addressee. */
typedef struct chy_gap_series {
	chy_slice sender;	/* key */
	chy_slice addressee;	/* key */
	uint32_t  lines;	/* address lines with a number */
	uint32_t  breaks;	/* where the series began anew, or so much is
				 * missing that it cannot be told */
	uint32_t  missing;	/* sections */
	chy_gap	 *gaps;		/* in the order of time; the first `most` */
	uint32_t  n_gaps;
	uint32_t  n_all_gaps;
} chy_gap_series;

typedef struct chy_gaps {
	chy_arena	arena;
	chy_slice	understood;
	chy_gap_year   *years;	/* by post, then year */
	uint32_t	n_years;
	chy_gap_series *series;	/* by sender, then addressee: those with a
				 * gap */
	uint32_t	n_series;
	uint64_t	filed;
	uint64_t	missing;	/* of all years */
	uint64_t	cited;		/* of these, that somebody cites */
	uint64_t	sections;	/* missing in series */
	chy_label	label;
} chy_gaps;

/* What is given; zero is all posts and years, 1000 of each list. */
typedef struct chy_gaps_options {
	chy_slice query;	/* posts and years of what it finds; empty */
	chy_slice post;		/* any spelling; empty: all */
	int32_t	  year;		/* 0: all */
	uint32_t  most;		/* gaps, and cited ones, of each year */
	bool	  no_series;
} chy_gaps_options;

/**
 * Numbers of posts and years, and continuity numbers, that are not there.
 *
 * A number is missing for a reader if it is not filed among what they see,
 * and is below the highest of that post and year that they see filed or
 * cited.
 *
 * @return CHY_ERR_INVALID  the query, as chy_registry_find
 */
CHY_MUST_USE chy_status chy_registry_gaps(chy_registry *reg,
    const chy_reader *reader, const chy_gaps_options *opts, chy_gaps **ret,
    chy_error *err);
void	chy_gaps_free(chy_gaps *gaps);

#endif
