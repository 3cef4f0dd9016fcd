/*
 * May this person read this? The fifteen decisions, each made whatever the
 * others said, so that time tells nothing; the first that refuses is named to
 * the audit log and to nobody else.
 *
 * chy_label_may() is the short form for readers known by a label alone; this
 * one knows persons: their clearance, nationality, agency, what they hold.
 *
 * Source: classification 4; E.O. 13526 4.1(a); 5 FAH-2 H-440.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_MARKING_ACCESS_H
#define CHY_MARKING_ACCESS_H

#include "marking/marking.h"

typedef enum chy_decision {
	CHY_DECISION_ALLOW,
	CHY_DECISION_CLEARANCE,		/* D01 invalid or expired */
	CHY_DECISION_LEVEL,		/* D02 above clearance or session */
	CHY_DECISION_COMPARTMENT,	/* D03 */
	CHY_DECISION_RELEASE,		/* D04 nationality */
	CHY_DECISION_ORIGINATOR,	/* D05 ORCON without grant */
	CHY_DECISION_CONTRACTOR,	/* D06 PROPIN, NOCONTRACT */
	CHY_DECISION_CONTROL,		/* D07 another control not held */
	CHY_DECISION_NODIS,		/* D08 */
	CHY_DECISION_EXDIS,		/* D09 */
	CHY_DECISION_STADIS,		/* D10 */
	CHY_DECISION_CHANNEL,		/* D11 */
	CHY_DECISION_EYES,		/* D12 EYES ONLY, FOR x ONLY */
	CHY_DECISION_LIMDIS,		/* D13 */
	CHY_DECISION_CONTROLLED,	/* D14 LOU, SBU, FOUO, CUI */
	CHY_DECISION_NEED_TO_KNOW,	/* D15 */
	CHY_DECISION_COUNT
} chy_decision;

typedef struct chy_subject {
	bool		 cleared;	/* clearance valid, agreement signed */
	chy_level	 clearance;
	chy_level	 ceiling;	/* of the session; NONE: no lower one */
	chy_label	 held;		/* compartments, controls, channels */
	const chy_slice *countries;	/* nationalities, as REL lists print */
	size_t		 n_countries;
	chy_slice	 agency;	/* STATE */
	bool		 contractor;
	bool		 external;	/* liaison, guest: outside the house */
} chy_subject;

/* The thing asked for, and what is recorded of this person and it. */
typedef struct chy_object {
	chy_label label;
	bool	  named;		/* by NODIS, EYES ONLY, FOR x ONLY */
	bool	  originator_grant;
	bool	  exdis_list;
	bool	  limdis_list;
	bool	  controlled_grant;
	bool	  need_to_know;		/* office, TAGS, country or grant */
} chy_object;

/* The first decision that refuses; CHY_DECISION_ALLOW when none does.
 * ret_refused, which may be NULL, gets a bit for each that does. */
chy_decision chy_decide(const chy_subject *subject, const chy_object *object,
    uint32_t *ret_refused);

/* "D04" and "release"; for ALLOW "" and "allow". */
const char *chy_decision_code(chy_decision decision);
const char *chy_decision_name(chy_decision decision);

#endif
