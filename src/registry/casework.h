/*
 * Casework over an archive: what is owed, and cases. Each function is one
 * transaction and takes the reader; what he may not see does not exist.
 *
 * An action is named by the telegram that asks and the paragraph, as
 * 08MUSCAT425#8, with a letter where the paragraph asks for several things
 * and .1 for a sub-task; an item by its docket and its own name, as
 * OMAN-TIP-2008/C02a.
 *
 *	chy_doing doing = { .reader = &owner, .who = CHY_SLICE("tarrant"),
 *	    .why = CHY_SLICE("drafts the answer"), .now = time(NULL) };
 *
 *	if (chy_registry_action_assign(reg, &doing, CHY_SLICE("08MUSCAT425#8"),
 *	    CHY_SLICE("NEA/ARP"), CHY_SLICE("I. Tarrant"), &err) != CHY_OK)
 *		return err.status;
 *
 * Nothing closes by itself: a telegram that cites a request is proposed as
 * its answer, and a person says that it is. Overdue is computed from the day
 * that is passed.
 *
 * Statuses, beside those of registry.h: CHY_ERR_NOT_FOUND no such thing that
 * the reader may see; CHY_ERR_EXISTS the name is taken; CHY_ERR_INVALID what
 * was given cannot be, err->text says what would; CHY_ERR_DENIED the archive
 * is open for reading alone.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_REGISTRY_CASEWORK_H
#define CHY_REGISTRY_CASEWORK_H

#include "base/sink.h"
#include "casework/casework.h"
#include "registry/registry.h"
#include "store/casework.h"

/* Who does something, and why; kept in the log. */
typedef struct chy_doing {
	const chy_reader *reader;
	chy_slice who;
	chy_slice why;		/* may be empty */
	int64_t	  now;		/* seconds */
} chy_doing;


/* ---- actions ---- */

typedef struct chy_action {
	chy_task	 task;
	chy_label	 label;		/* of all that is told of it */
	bool		 overdue;	/* the final answer */
	bool		 first_overdue;	/* nobody has answered at all */
	int32_t		 days_late;	/* 0: none */
	chy_task_target *targets;	/* the chase list */
	uint32_t	 n_targets;
	chy_task_reply	*replies;
	uint32_t	 n_replies;
	chy_case_change	*changes;	/* oldest first; of one action alone */
	uint32_t	 n_changes;
} chy_action;

typedef struct chy_action_filter {
	chy_slice office;	/* empty: all */
	chy_slice owner;
	chy_slice name;		/* one, and its sub-tasks */
	bool	  late;		/* only what is overdue */
	bool	  closed;	/* also what is closed */
} chy_action_filter;

typedef struct chy_actions {
	chy_arena   arena;
	chy_action *at;		/* late first, then by due date; undated last */
	uint32_t    n;
	uint32_t    n_open, n_late;
	chy_slice  *offices;	/* that have an action, sorted */
	uint32_t    n_offices;
	chy_label   label;	/* of all that is listed */
	int32_t	    today;
} chy_actions;

CHY_MUST_USE chy_status chy_registry_actions(chy_registry *reg,
    const chy_reader *reader, const chy_action_filter *filter, int32_t today,
    chy_actions **ret, chy_error *err);
void	chy_actions_free(chy_actions *actions);

/* One office owns it, one person in it; empty leaves what is. */
CHY_MUST_USE chy_status chy_registry_action_assign(chy_registry *reg,
    const chy_doing *doing, chy_slice name, chy_slice office, chy_slice owner,
    chy_error *err);

/* When it is due, stated by a person: explicit, with the words. */
CHY_MUST_USE chy_status chy_registry_action_due(chy_registry *reg,
    const chy_doing *doing, chy_slice name, int32_t day, chy_error *err);

/* A part of it for another office, due no later than it. ret_name, which may
 * be NULL, has room for 300 bytes. */
CHY_MUST_USE chy_status chy_registry_action_sub(chy_registry *reg,
    const chy_doing *doing, chy_slice name, chy_slice office, chy_slice what,
    int32_t due, char *ret_name, chy_error *err);

/* One that no telegram opened: telegram#paragraph, what, for whom. */
CHY_MUST_USE chy_status chy_registry_action_open(chy_registry *reg,
    const chy_doing *doing, chy_slice address, chy_slice office,
    chy_slice what, int32_t due, char *ret_name, chy_error *err);

/* What a telegram is to the action: an interim reply stops the first clock
 * alone; a final one makes it answered, not closed. */
CHY_MUST_USE chy_status chy_registry_action_reply(chy_registry *reg,
    const chy_doing *doing, chy_slice name, chy_slice telegram, bool final,
    chy_error *err);

/* It is done: by a telegram, or by the words that say how. CHY_ERR_INVALID
 * while sub-tasks are open. */
CHY_MUST_USE chy_status chy_registry_action_close(chy_registry *reg,
    const chy_doing *doing, chy_slice name, chy_slice by, chy_error *err);
CHY_MUST_USE chy_status chy_registry_action_reopen(chy_registry *reg,
    const chy_doing *doing, chy_slice name, chy_error *err);

/* Of a group tasking: this addressee has answered with that telegram. */
CHY_MUST_USE chy_status chy_registry_action_target(chy_registry *reg,
    const chy_doing *doing, chy_slice name, chy_slice addressee,
    chy_slice telegram, chy_error *err);

/* What is due as a calendar (RFC 5545). */
void	chy_actions_ics(const chy_actions *actions, int64_t now,
    chy_sink *out);

/* The working days a precedence gives; below 0 leaves what is. */
CHY_MUST_USE chy_status chy_registry_days(chy_registry *reg,
    chy_casework_settings *ret, chy_error *err);
CHY_MUST_USE chy_status chy_registry_days_set(chy_registry *reg,
    const chy_doing *doing, chy_precedence precedence, int first, int final,
    chy_error *err);


/* ---- cases ---- */

typedef struct chy_case_item {
	chy_item     item;
	chy_item_at *sources;
	uint32_t     n_sources;
	chy_item_tie *ties;	/* to other items that are visible */
	uint32_t     n_ties;
	bool	     overdue;
	int32_t	     days_late;
	/* Whose move it is. */
	enum chy_owed {
		CHY_OWED_NOBODY,	/* refused, threatened, thought ... */
		CHY_OWED_INSIDE,	/* by one part of our side to another */
		CHY_OWED_BY_US,		/* asked of us */
		CHY_OWED_TO_US,		/* asked of them, or promised */
	} owed;
} chy_case_item;

/* Two items at odds, or one said in two ways; computed when asked. */
typedef struct chy_case_conflict {
	uint32_t      a, b;	/* indexes of items */
	chy_link_kind kind;
	const char   *why;
	chy_slice     only;	/* of variants: what only one of them has */
	uint32_t      only_in;
} chy_case_conflict;

typedef struct chy_case_member {
	chy_line  line;		/* id alone where it is not filed */
	bool	  filed;
	chy_slice how, why;
} chy_case_member;

typedef struct chy_case {
	chy_arena	   arena;
	chy_docket	   docket;
	chy_docket_entry  *entries;
	uint32_t	   n_entries;
	chy_case_item	  *items;	/* by owed, then kind, then name */
	uint32_t	   n_items;
	chy_case_conflict *conflicts;
	uint32_t	   n_conflicts;
	chy_case_member	  *members;	/* by date */
	uint32_t	   n_members;
	chy_case_change	  *changes;
	uint32_t	   n_changes;
	chy_label	   label;	/* of all that is told */
	uint32_t	   n_late;
	int32_t		   today;
} chy_case;

typedef struct chy_case_row {
	chy_docket docket;
	uint32_t   n_items, n_owed, n_late, n_members;
} chy_case_row;

typedef struct chy_cases {
	chy_arena     arena;
	chy_case_row *at;
	uint32_t      n;
	chy_label     label;
} chy_cases;

CHY_MUST_USE chy_status chy_registry_cases(chy_registry *reg,
    const chy_reader *reader, int32_t today, chy_cases **ret, chy_error *err);
void	chy_cases_free(chy_cases *cases);

CHY_MUST_USE chy_status chy_registry_case(chy_registry *reg,
    const chy_reader *reader, chy_slice name, int32_t today, chy_case **ret,
    chy_error *err);
void	chy_case_free(chy_case *c);

/* A new case. Label: empty is that of the lowest; it restricts who may know
 * that the case is there. */
CHY_MUST_USE chy_status chy_registry_case_new(chy_registry *reg,
    const chy_doing *doing, chy_slice name, chy_slice title, chy_slice label,
    chy_error *err);

/* Say more of it: file code, programme, or an entry (party, watcher, tag,
 * name) with a note. */
CHY_MUST_USE chy_status chy_registry_case_set(chy_registry *reg,
    const chy_doing *doing, chy_slice name, const char *field, chy_slice value,
    chy_slice note, chy_error *err);

/* A telegram belongs to it; what cites it, filed before, comes with it. */
CHY_MUST_USE chy_status chy_registry_case_add(chy_registry *reg,
    const chy_doing *doing, chy_slice name, chy_slice address,
    chy_error *err);

/* Put an item in, or change the one of that name. The docket is that of the
 * item; an empty name is made. Sources: addresses of paragraphs, as
 * 08MUSCAT425#8; the item gets their labels, at least. */
CHY_MUST_USE chy_status chy_registry_item_put(chy_registry *reg,
    const chy_doing *doing, const chy_item *item, const chy_slice *sources,
    size_t n_sources, char *ret_name, chy_error *err);

/* What becomes of it. Closed_by: a telegram or an event, in words. */
CHY_MUST_USE chy_status chy_registry_item_status(chy_registry *reg,
    const chy_doing *doing, chy_slice docket, chy_slice item,
    chy_item_status status, chy_slice by, int32_t day, chy_error *err);

CHY_MUST_USE chy_status chy_registry_item_link(chy_registry *reg,
    const chy_doing *doing, chy_slice docket, chy_slice item,
    chy_link_kind kind, chy_slice target, chy_error *err);

/* What a filed telegram says, by rule, as this reader may see it. */
typedef struct chy_proposed {
	chy_arena      arena;
	chy_proposals *proposals;
	chy_slice     *names;	/* of each: 8a */
	chy_slice     *labels;	/* of each one's paragraph */
	chy_slice      telegram;	/* canonical id */
	chy_label      label;
	chy_shown     *shown;
} chy_proposed;

CHY_MUST_USE chy_status chy_registry_propose(chy_registry *reg,
    const chy_reader *reader, chy_slice address, chy_proposed **ret,
    chy_error *err);
void	chy_proposed_free(chy_proposed *proposed);

/* Take proposals into a case: one by its name, or all (empty). The telegram
 * becomes a member. *ret_n, which may be NULL, gets how many were new. */
CHY_MUST_USE chy_status chy_registry_accept(chy_registry *reg,
    const chy_doing *doing, chy_slice docket, chy_slice address,
    chy_slice name, uint32_t *ret_n, chy_error *err);

/* Telegrams that its TAGS and names find and that are not in it. */
CHY_MUST_USE chy_status chy_registry_candidates(chy_registry *reg,
    const chy_reader *reader, chy_slice docket, chy_found **ret,
    chy_error *err);

/* One page of text: who owes whom what, by when. */
void	chy_case_print(const chy_case *c, chy_sink *out);
void	chy_case_ics(const chy_case *c, int64_t now, chy_sink *out);

const char *chy_owed_title(enum chy_owed owed);

#endif
