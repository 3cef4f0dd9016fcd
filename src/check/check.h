/*
 * The checker: what a compiler is to C, to telegrams. Every rule is a row of
 * rules.def and a small function over the finished tree; a telegram is never
 * changed.
 *
 * Not for reading (the reader reports what it meets while it reads; those
 * findings are taken over here, none twice), and not for what only an archive
 * knows: the caller gathers that in a chy_check_context.
 *
 *	chy_findings found;
 *	chy_check_options opts = { .today = 20260101 };
 *
 *	chy_findings_init(&found);
 *	st = chy_check(tel, &opts, &found);
 *	for (size_t i = 0; st == CHY_OK && i < found.count; i++)
 *		puts(chy_diag_code(chy_finding_diag(&found.list[i])));
 *	chy_findings_done(&found);
 *
 * Pure: no clock, no files, no globals; "today" is an argument.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_CHECK_CHECK_H
#define CHY_CHECK_CHECK_H

#include "base/status.h"
#include "diag/diag.h"
#include "telegram/telegram.h"

/* chy_check_options.profile: what the telegram must be fit for. */
#define CHY_PROFILE_ITA2	0x01u	/* five-level circuits: fewer signs */
#define CHY_PROFILE_CUI		0x02u	/* CUI has replaced SBU and FOUO */

typedef struct chy_check_options {
	chy_ymd	  today;	/* 0: not known, nothing is said about it */
	bool	  drafting;	/* it is being written, not received */
	unsigned  profile;	/* CHY_PROFILE_... */
	chy_level ceiling;	/* of the network it is on; NONE: not known */
} chy_check_options;

/*
 * Check one telegram. found must be initialised; what it held is dropped. Gets
 * the reader's findings and the checker's in order of place, those of one
 * place by code. Rules that are off for reading or drafting leave nothing.
 *
 * Returns CHY_OK or CHY_ERR_NO_MEMORY.
 */
CHY_MUST_USE chy_status chy_check(const chy_telegram *tel,
    const chy_check_options *opts, chy_findings *found);


/* ---- what an archive knows ---- */

/* Another original that is filed under the same number and section. */
typedef struct chy_check_copy {
	chy_slice name;		/* how to find it: sha:..., a file */
	bool	  same;		/* the same but for page lines and blanks */
} chy_check_copy;

/*
 * All empty says nothing. Slices are the caller's and need to live only
 * during the call.
 */
typedef struct chy_check_context {
	chy_slice	dtg_used_by;	/* id of another telegram of the
					 * originator with this date-time
					 * group */
	const chy_check_copy *copies;
	size_t		n_copies;
	uint32_t	serial_before;	/* next lower one filed of this post
					 * and year; 0: not known */
	uint32_t	channel_before;	/* number before on this channel */
	bool		channel_known;	/* channel_before is one */
	bool		channel_seen;	/* this number was met before */
	uint32_t	mcn_before;	/* last number from this originator to
					 * addressee mcn_addressee */
	bool		mcn_known;
	chy_slice	mcn_used_by;	/* id of another telegram with it */
	uint32_t	mcn_addressee;	/* index in addressees[] */
	const uint32_t *sections;	/* numbers that are filed, sorted */
	size_t		n_sections;
	chy_slice	section_differs; /* what differs from the others:
					 * "total", "date-time group" ... */
	const uint32_t *missing;	/* indexes of references not filed */
	size_t		n_missing;
} chy_check_context;

/* Add what follows from the context to the findings of chy_check(), in the
 * same order. Returns as chy_check(). */
CHY_MUST_USE chy_status chy_check_archive(const chy_telegram *tel,
    const chy_check_options *opts, const chy_check_context *context,
    chy_findings *found);


/* ---- the rules ---- */

/* Who reports a diagnostic. */
typedef enum chy_check_by {
	CHY_BY_READER,
	CHY_BY_CHECK,
	CHY_BY_ARCHIVE,		/* with a chy_check_context */
	CHY_BY_NOBODY,		/* it waits for something; or is retired */
} chy_check_by;

chy_check_by chy_check_who(chy_diag diag);

/* What a diagnostic that nobody reports waits for: "the mail form"; "" for
 * the others. */
const char *chy_check_waits_for(chy_diag diag);


/* Why the rules of its area are kept, one sentence. */
const char *chy_check_reason(chy_diag diag);
/* "reader", "check", "archive", "nobody". */
const char *chy_check_by_name(chy_check_by by);


/* ---- repair ---- */

typedef enum chy_confidence {
	CHY_REPAIR_NONE,	/* there is no repair by machine */
	CHY_REPAIR_DOUBTFUL,	/* right as a rule, to be looked at */
	CHY_REPAIR_SAFE,	/* the meaning cannot change */
} chy_confidence;

/* "safe", "doubtful", "none". */
const char *chy_confidence_name(chy_confidence confidence);
chy_confidence chy_repair_confidence(chy_diag diag);

/* How a person mends it, one sentence; "" where nothing is to be mended. */
const char *chy_repair_advice(chy_diag diag);

/* One change: these bytes of the text become those. */
typedef struct chy_change {
	chy_span       span;
	chy_slice      after;	/* in the arena, a table, or the text */
	chy_diag       diag;
	chy_confidence confidence;
} chy_change;

typedef struct chy_changes {
	chy_change *at;		/* in order of place, not overlapping */
	size_t	    n;
} chy_changes;

/*
 * Plan the repairs of the findings with at least this confidence. The arena
 * holds the list. What overlaps an earlier change is left for the next time.
 */
CHY_MUST_USE chy_status chy_repair_plan(const chy_telegram *tel,
    const chy_findings *found, chy_confidence least, chy_arena *arena,
    chy_changes *ret);

#endif
