/*
 * What a telegram asks, promises, threatens and dates: from a tree and a few
 * settings to proposals, each with its rule, its place, its dates with their
 * basis, and a confidence. A person confirms what changes an obligation;
 * nothing here is owed by anybody.
 *
 * Not for SQL, not for who may see what, and not for the clock: "now" and
 * "our side" are arguments.
 *
 *	chy_proposals *p;
 *	chy_casework_settings set = chy_casework_defaults();
 *
 *	if (chy_casework_propose(tel, &set, &p) != CHY_OK)
 *		return CHY_ERR_NO_MEMORY;
 *	for (uint32_t i = 0; i < p->n; i++)
 *		use(p->at[i].kind, p->at[i].what);
 *	chy_proposals_free(p);
 *
 * Pure functions. What a proposal points to lives in the proposals or in the
 * telegram, which must outlive them.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_CASEWORK_CASEWORK_H
#define CHY_CASEWORK_CASEWORK_H

#include "base/arena.h"
#include "base/civil.h"
#include "base/slice.h"
#include "base/status.h"
#include "telegram/telegram.h"


/* ---- words ---- */

#define ITEM(name, word, letter, owed, title)	CHY_ITEM_##name,
typedef enum chy_item_kind {
#include "casework/kinds.def"
} chy_item_kind;
#define ITEM(name, word, letter, owed, title)	+ 1
enum { CHY_ITEM_KINDS = 0
#include "casework/kinds.def"
};

#define ITEM_STATUS(name, word, open)	CHY_ITEM_##name,
typedef enum chy_item_status {
#include "casework/kinds.def"
} chy_item_status;
#define ITEM_STATUS(name, word, open)	+ 1
enum { CHY_ITEM_STATUSES = 0
#include "casework/kinds.def"
};

typedef enum chy_channel {
	CHY_CHANNEL_ORAL,
	CHY_CHANNEL_WRITTEN,
	CHY_CHANNEL_REPORTED,		/* said to others, told to us */
} chy_channel;
#define CHY_CHANNELS	3

/* How a date is known. Always shown with the date. */
typedef enum chy_due_basis {
	CHY_DUE_NONE,
	CHY_DUE_EXPLICIT,		/* printed */
	CHY_DUE_DERIVED,		/* worked out from what is printed */
	CHY_DUE_ASSUMED,		/* by a rule of ours; says which */
} chy_due_basis;
#define CHY_DUE_BASES	4

typedef enum chy_link_kind {
	CHY_LINK_REPEATS,
	CHY_LINK_CONTRADICTS,
	CHY_LINK_ANSWERS,
	CHY_LINK_DEPENDS_ON,
	CHY_LINK_VARIANT,		/* the same, orally and in writing */
	CHY_LINK_PART_OF,
} chy_link_kind;
#define CHY_LINK_KINDS	6

const char *chy_item_kind_name(chy_item_kind kind);	/* guidance-request */
const char *chy_item_kind_title(chy_item_kind kind);	/* Action request */
char	chy_item_kind_letter(chy_item_kind kind);
bool	chy_item_kind_owed(chy_item_kind kind);
const char *chy_item_status_name(chy_item_status status);
bool	chy_item_status_open(chy_item_status status);
const char *chy_channel_name(chy_channel channel);
const char *chy_due_basis_name(chy_due_basis basis);
const char *chy_link_kind_name(chy_link_kind kind);
/* By name; false where it is none, and *ret is untouched. */
bool	chy_item_kind_parse(chy_slice word, chy_item_kind *ret);
bool	chy_item_status_parse(chy_slice word, chy_item_status *ret);
bool	chy_channel_parse(chy_slice word, chy_channel *ret);
bool	chy_due_basis_parse(chy_slice word, chy_due_basis *ret);
bool	chy_link_kind_parse(chy_slice word, chy_link_kind *ret);


/* ---- dates ---- */

/* A day as a number, 0 being 1 January 1970; CHY_NO_DAY: none. */
#define CHY_NO_DAY	INT32_MIN
int32_t	chy_day_of(chy_civil c);	/* year 0: CHY_NO_DAY */
chy_civil chy_day_civil(int32_t day);
int	chy_day_weekday(int32_t day);	/* 0 is Monday */
/* The day n working days after: Saturdays and Sundays are none. */
int32_t	chy_day_working(int32_t day, int n);
/* "2008-06-09"; CHY_NO_DAY for anything else. */
int32_t	chy_day_parse(chy_slice text);

typedef enum chy_due_role {
	CHY_DUE_ROLE_DAY,	/* June 10, Tuesday, tomorrow, next week */
	CHY_DUE_ROLE_BY,	/* by, before, no later than, until, COB */
	CHY_DUE_ROLE_PERIOD,	/* within 60 days, a 60-day period */
	CHY_DUE_ROLE_SINCE,	/* since January 2008 */
	CHY_DUE_ROLE_SOON,	/* as soon as possible: no date in it */
} chy_due_role;

typedef struct chy_due {
	int32_t	      day;	/* the date; of a range the last day */
	int32_t	      first;	/* first day of a range; else the same */
	int32_t	      other;	/* another way to read it; CHY_NO_DAY */
	chy_due_basis basis;
	chy_due_role  role;
	chy_slice     phrase;	/* the words, in the text */
} chy_due;

/*
 * The first date in the text at or after *pos, which moves behind it; false
 * when there is none. Relative words count from base, the day of the event
 * that is reported. A day without its year is the one nearest to base.
 */
bool	chy_due_next(chy_slice text, size_t *pos, int32_t base, chy_due *ret);

/* In words, for people: "derived from "tomorrow", counted from 9 June 2008".
 * Written to out with a NUL; returns the length. */
size_t	chy_due_words(const chy_due *due, int32_t base, char *out,
    size_t size);


/* ---- settings ---- */

typedef struct chy_casework_settings {
	chy_slice own;		/* our side, as it is to be called: US */
	/* Working days to a first response where nothing is stated, by
	 * chy_precedence, and to the final answer; 0: no date. */
	int	first_days[CHY_PRECEDENCE_CRITIC + 1];
	int	final_days[CHY_PRECEDENCE_CRITIC + 1];
} chy_casework_settings;

/* Our side is called US, as the State form has it; IMMEDIATE 1, PRIORITY 3, ROUTINE 10; the final answer twice that. */
chy_casework_settings chy_casework_defaults(void);

/* The day that precedence gives from the day of the telegram. */
chy_due	chy_due_assumed(const chy_casework_settings *set,
    chy_precedence precedence, int32_t day, bool final);

/* Overdue is never stored. */
bool	chy_is_overdue(chy_item_status status, int32_t due, int32_t today);


/* ---- proposals ---- */

typedef struct chy_party {
	chy_slice name;		/* as the text has it; "" for nobody */
	chy_slice side;		/* whose: US, Oman; "" where not known */
} chy_party;

/* Where it stands. */
typedef struct chy_item_source {
	uint32_t  paragraph;	/* index in paragraphs[]; UINT32_MAX: heading */
	chy_slice id;		/* "6", "9e2"; "eo" */
	chy_span  span;		/* of the words in the telegram's text */
	chy_slice sentence;	/* the whole of it */
} chy_item_source;

#define CHY_ITEM_SOURCES	8u	/* more are not listed */

typedef struct chy_proposal {
	chy_item_kind kind;
	chy_party     by, to;
	chy_slice     what;		/* the words, from the sentence */
	chy_slice     condition;	/* "until ..."; empty */
	chy_channel   channel;
	chy_item_source sources[CHY_ITEM_SOURCES];
	uint32_t      n_sources;
	int32_t	      made;		/* day of the event; CHY_NO_DAY */
	chy_due	      due;
	const char   *rule;		/* its name in rules.def */
	chy_slice     words;		/* that the rule rests on */
	unsigned      confidence;	/* per cent */
	uint32_t      parent;		/* index of what it is part of, or a
					 * condition of; UINT32_MAX */
	bool	      measurable;	/* of its condition: can be tested */
} chy_proposal;

/* Two that do not fit, or say the same in two ways. */
typedef struct chy_item_link {
	uint32_t      from, to;		/* indexes */
	chy_link_kind kind;
	const char   *why;
} chy_item_link;

typedef struct chy_proposals {
	chy_arena	arena;
	chy_proposal   *at;		/* in the order of the telegram */
	uint32_t	n, cap;
	chy_item_link  *links;
	uint32_t	n_links, cap_links;
	int32_t		base;		/* day of the event reported */
	chy_slice	own, host;	/* sides: US, Oman */
} chy_proposals;

/*
 * What the telegram says, by the rules of rules.def. Repeats are merged into
 * one proposal with several sources; what was said and what was written stay
 * apart and are linked.
 *
 * Returns CHY_OK, also with none; CHY_ERR_NO_MEMORY, and *ret is untouched.
 */
CHY_MUST_USE chy_status chy_casework_propose(const chy_telegram *tel,
    const chy_casework_settings *set, chy_proposals **ret);
void	chy_proposals_free(chy_proposals *proposals);

/* What two items are to each other. */
typedef struct chy_item_view {
	chy_item_kind kind;
	chy_channel   channel;
	chy_slice     by;		/* side */
	chy_slice     what;
	chy_slice     about;		/* what it is about, in a word or two */
	int32_t	      due, other;	/* CHY_NO_DAY */
	chy_due_basis basis;
	chy_slice     phrase;
	chy_slice     telegram;		/* same telegram, same day of event */
} chy_item_view;

/* Whether a and b are at odds, or one and the same said in two ways, by
 * rule: the kind of link, and why. */
bool	chy_item_relation(const chy_item_view *a, const chy_item_view *b,
    chy_link_kind *ret_kind, const char **ret_why);

/* A word that stands in one text and not in the other, of those that carry
 * meaning; for saying how two variants differ. Empty when there is none. */
chy_slice chy_item_difference(chy_slice a, chy_slice b);


/* ---- action ---- */

/* One thing that the telegram formally asks for. */
typedef struct chy_action_ask {
	chy_slice     what;
	chy_slice     paragraph;	/* id of where it is said */
	uint32_t      paragraph_index;
	chy_slice     pointed;		/* id of the paragraph that says so */
	chy_party     by, to;
	chy_due	      due;		/* final: explicit, derived or assumed */
	chy_due	      first;		/* first response */
	bool	      group;		/* all action addressees, each */
} chy_action_ask;

/* From the action requests the reader found, their pointers followed. Lives
 * in the arena. 0 also where memory failed; ask the arena. */
uint32_t chy_casework_asks(const chy_telegram *tel,
    const chy_casework_settings *set, chy_arena *arena, chy_action_ask **ret);


/* ---- for tests ---- */

/* Row i of the rules: name, an example that it must find and one it must
 * leave alone. NULL after the last. */
typedef struct chy_casework_rule {
	const char   *name;
	const char   *pattern;
	const char   *example;
	const char   *other;
	chy_item_kind kind;
} chy_casework_rule;
const chy_casework_rule *chy_casework_rule_at(size_t i);
/* Whether the rule finds something in one sentence. */
bool	chy_casework_rule_finds(size_t i, chy_slice sentence);

#endif
