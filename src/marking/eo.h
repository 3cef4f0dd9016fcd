/*
 * The E.O. line and the declassification date: what the line says, which
 * order was meant, and when what it says ends the classification.
 *
 *	chy_eo eo = chy_eo_parse(CHY_SLICE("E.O. 12958: DECL: 06/09/2018"),
 *	    dtg);
 *	chy_declass_case c = { .eo = eo, .day = dtg,
 *	    .level = CHY_LEVEL_CONFIDENTIAL, .permanent = true };
 *	chy_declass_dates d = chy_declassify(&c);	nominal 2018-06-09
 *
 * Nothing is guessed: an event is no day, an impossible day is none, a date
 * that is not after the telegram's holds it for a person. Pure functions.
 *
 * Source: classification 5, 7, 9; 32 CFR 2001.12, 2001.22, 2001.30; 18 CFR
 * 3a; 15 CFR 2008.6.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_MARKING_EO_H
#define CHY_MARKING_EO_H

#include "base/civil.h"
#include "diag/diag.h"
#include "telegram/telegram.h"

typedef enum chy_eo_kind {
	CHY_EO_MISSING,		/* no line, or nothing behind the order */
	CHY_EO_NOT_APPLICABLE,
	CHY_EO_DATE,
	CHY_EO_EVENT,
	CHY_EO_OADR,
	CHY_EO_MR,
	CHY_EO_X,		/* X1 to X8: categories */
	CHY_EO_ORIGINATOR_ONLY,	/* DCI ONLY, DNI ONLY */
	CHY_EO_GDS,		/* date under 12065 */
	CHY_EO_ADS,		/* date, or an event */
	CHY_EO_XGDS,		/* categories; perhaps a date */
	CHY_EO_RDS,		/* date is when it is reviewed */
	CHY_EO_XDS,
	CHY_EO_DOWNGRADE,	/* DNG: to a level on a date */
	CHY_EO_GROUP,		/* GP-1 to GP-4 of E.O. 10501 */
	CHY_EO_25X,
	CHY_EO_50X,
	CHY_EO_75X,
	CHY_EO_UNREADABLE,	/* a date no calendar has */
} chy_eo_kind;

#define CHY_EO_FINDINGS	8u

typedef struct chy_eo {
	chy_slice   printed;	/* the number's digits; empty: no line */
	chy_slice   order;	/* the order meant: "12958"; empty: unknown */
	chy_slice   in_force;	/* on the telegram's day: "12958A"; empty */
	chy_eo_kind kind;
	chy_civil   date;	/* year 0: none */
	uint32_t    categories;	/* bit n: X n, XGDS-n, 25Xn, GP-n */
	bool	    named;	/* 25X1-human, 50X1-HUM, 50X2-WMD: no date due */
	chy_level   downgrade_to;
	/* What is wrong with the line itself, in order. */
	chy_diag    findings[CHY_EO_FINDINGS];
	uint32_t    n_findings;
} chy_eo;

/*
 * Read a whole line, keyword included ("E.O. 11652: GDS"); empty: there is
 * none. `day` is the telegram's (year 0: unknown, then nothing that depends
 * on it is said).
 */
chy_eo	chy_eo_parse(chy_slice line, chy_civil day);

/* Of a derivative document: one source's instruction and date. */
typedef struct chy_eo_source {
	chy_eo	  eo;
	chy_civil day;		/* year 0: unknown */
} chy_eo_source;

typedef struct chy_declass_case {
	chy_eo	  eo;
	chy_civil day;		/* of the telegram */
	chy_level level;
	bool	  permanent;	/* a record that is kept for ever */
	bool	  atomic;	/* RD, FRD, TFNI */
	const chy_eo_source *sources; /* derived: these decide */
	uint32_t  n_sources;
} chy_declass_case;

typedef struct chy_declass_dates {
	chy_civil nominal;	/* what the line says or its schedule gives */
	chy_civil cap;		/* the automatic date */
	chy_civil effective;	/* the earlier that there is; year 0: none */
	chy_civil review_on;	/* RDS, XDS */
	struct {
		chy_civil on;
		chy_level to;
	} step[2];		/* downgrading before it */
	uint32_t  n_steps;
	bool	  hold;		/* a person must decide: not after the day */
	chy_diag  findings[CHY_EO_FINDINGS]; /* of line and dates */
	uint32_t  n_findings;
} chy_declass_dates;

chy_declass_dates chy_declassify(const chy_declass_case *c);

/* Classified, due for review, or free of its marks (a recorded act). */
typedef enum chy_declass_state {
	CHY_DECLASS_STATE_CLASSIFIED,
	CHY_DECLASS_STATE_DUE,
	CHY_DECLASS_STATE_DECLASSIFIED,
} chy_declass_state;

chy_declass_state chy_declass_state_on(const chy_declass_dates *dates,
    chy_civil today, bool act_recorded);

/* The same day n years on; 29 February becomes the 28th. */
chy_civil chy_add_years(chy_civil day, int32_t n);

#endif
