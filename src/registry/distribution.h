/*
 * Use cases of distribution: rules kept in the archive, what was sent to
 * whom when a telegram was filed, and what people changed by hand.
 *
 * A telegram is distributed in the transaction that files it: there is no
 * moment at which it is filed and nobody has it. A corrected copy is
 * distributed anew, and copies whose office is not entitled any more are
 * recalled. What people did is theirs: `reindex` and corrections leave it.
 *
 * Part of registry/registry.h, whose words on readers, results, threads and
 * statuses hold here too.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_REGISTRY_DISTRIBUTION_H
#define CHY_REGISTRY_DISTRIBUTION_H

#include "distribute/distribute.h"
#include "registry/registry.h"


/* ---- rule files ---- */

typedef struct chy_rule_file {
	chy_slice name;		/* beside the first; the first has none above */
	chy_slice text;
} chy_rule_file;

/* Rules with the files they were read from. */
typedef struct chy_ruleset {
	chy_arena      arena;
	chy_rule_file *files;	/* the first includes the others */
	uint32_t       n;
	chy_rules     *rules;
} chy_ruleset;

/* Read a rule file and those it includes. CHY_ERR_IO where the first cannot
 * be read; else as chy_rules_parse. bad is filled on any failure. */
CHY_MUST_USE chy_status chy_ruleset_read(const char *path,
    chy_ruleset **ret, chy_rules_error *bad);
/* The same from memory; texts are copied. */
CHY_MUST_USE chy_status chy_ruleset_make(const chy_rule_file *files,
    uint32_t n, chy_ruleset **ret, chy_rules_error *bad);
void	chy_ruleset_free(chy_ruleset *set);

/* Keep rules in the archive: from now on what is filed is distributed by
 * them. The owner's alone. */
CHY_MUST_USE chy_status chy_registry_save_rules(chy_registry *reg,
    const chy_reader *reader, const chy_ruleset *set, chy_slice who,
    int64_t now, chy_error *err);
/* Those kept last; *ret is NULL where there are none. */
CHY_MUST_USE chy_status chy_registry_rules(chy_registry *reg,
    const chy_reader *reader, chy_ruleset **ret, chy_error *err);


/* ---- what was distributed ---- */

/* Numbers are in archives, so they stay. */
typedef enum chy_delivery_state {
	CHY_STATE_LIVE = 0,
	CHY_STATE_RECALLED = 1,	/* taken back */
	CHY_STATE_MOVED = 2,	/* another row stands for it */
	CHY_STATE_DONE = 3,	/* decided: sent, refused, settled */
} chy_delivery_state;

const char *chy_delivery_state_name(chy_delivery_state state);

typedef struct chy_filed_delivery {
	int64_t	  number;	/* for a change by hand */
	chy_delivery told;
	chy_delivery_state state;
	int64_t	  at;		/* when it was sent */
	int64_t	  due;		/* desk: decide until then; 0: no hurry */
	bool	  by_hand;
	chy_slice who;		/* by hand: who sent it ... */
	chy_slice reason;	/* ... and why */
	int64_t	  ended;	/* when it ceased to be live; 0 */
	chy_slice ended_by;	/* who did; empty: a corrected copy */
	chy_slice ended_why;
	int64_t	  read_at;	/* by somebody of the office; 0: not yet */
	chy_slice read_by;
} chy_filed_delivery;

typedef struct chy_filed_distribution {
	chy_arena  arena;
	chy_line   line;
	bool	   distributed;	/* false: filed before there were rules */
	bool	   rejected;
	int64_t	   at;
	chy_addressed *addressed;
	uint32_t   n_addressed;
	chy_filed_delivery *at_all;	/* live ones first, in order of kind */
	uint32_t   n;
	chy_label  label;	/* of all that is shown */
} chy_filed_distribution;

/* Statuses as chy_registry_show. Who may not see the heading of a telegram
 * does not see who got it: CHY_ERR_NOT_FOUND. */
CHY_MUST_USE chy_status chy_registry_distribution(chy_registry *reg,
    const chy_reader *reader, chy_slice address,
    chy_filed_distribution **ret, chy_error *err);
void	chy_filed_distribution_free(chy_filed_distribution *d);

/* The live rows as a distribution, for printing. In d's arena. */
chy_distribution chy_filed_as_told(chy_filed_distribution *d);


/* ---- lists ---- */

typedef struct chy_tray_item {
	chy_line  line;
	bool	  extract;	/* the reader sees parts of it alone: line has
				 * no subject, delivery no reasons */
	chy_filed_delivery delivery;
} chy_tray_item;

/* More in one list are not looked at one by one. */
#define CHY_TRAY_MOST	1000u

typedef struct chy_tray {
	chy_arena	arena;
	chy_tray_item  *at;	/* for action first, then by precedence, then
				 * the newest; the first CHY_TRAY_MOST */
	uint32_t	n;
	uint32_t	n_all;		/* that there are */
	uint32_t	n_action;	/* of all */
	uint32_t	n_unread;
	chy_label	label;
} chy_tray;

/* What an office or a person has: live copies. */
CHY_MUST_USE chy_status chy_registry_tray(chy_registry *reg,
    const chy_reader *reader, chy_slice office, chy_tray **ret,
    chy_error *err);
/* What waits for a person to decide: no action office, rejected, unknown
 * offices, alarms, passing and relay duties, suggestions; by time due. */
CHY_MUST_USE chy_status chy_registry_desk(chy_registry *reg,
    const chy_reader *reader, chy_tray **ret, chy_error *err);
void	chy_tray_free(chy_tray *tray);

/* The offices that have something, with how many for action and in all. */
typedef struct chy_office_count {
	chy_slice office;
	uint32_t  n, n_action;
} chy_office_count;

typedef struct chy_offices {
	chy_arena	  arena;
	chy_office_count *at;	/* by name */
	uint32_t	  n;
} chy_offices;

CHY_MUST_USE chy_status chy_registry_offices(chy_registry *reg,
    const chy_reader *reader, chy_offices **ret, chy_error *err);
void	chy_offices_free(chy_offices *offices);


/* ---- by hand ---- */

typedef enum chy_change_kind {
	CHY_CHANGE_ADD,		/* office: a copy for information */
	CHY_CHANGE_ADD_ACTION,	/* the same for action; who had it has it for
				 * information then */
	CHY_CHANGE_MOVE,	/* delivery to office */
	CHY_CHANGE_RECALL,	/* delivery */
	CHY_CHANGE_SEND,	/* delivery: a suggestion is sent */
	CHY_CHANGE_DONE,	/* delivery: settled, or not sent */
	CHY_CHANGE_READ,	/* delivery: read by who */
} chy_change_kind;

typedef struct chy_desk_change {
	chy_change_kind kind;
	chy_slice address;	/* of the telegram */
	int64_t	  delivery;	/* 0 for those that add */
	chy_slice office;
	chy_slice who;
	chy_slice reason;	/* kept with the copy; needed but to read */
	int64_t	  now;
} chy_desk_change;

/**
 * Change a distribution by hand, in one transaction.
 *
 * @return CHY_ERR_DENIED     the reader is not the owner
 * @return CHY_ERR_NOT_FOUND  the telegram, or a live delivery of it
 * @return CHY_ERR_INVALID    no reason, no name, no office; two for action
 * @return CHY_ERR_EXISTS     the office has it already
 */
CHY_MUST_USE chy_status chy_registry_change(chy_registry *reg,
    const chy_reader *reader, const chy_desk_change *change, chy_error *err);


/* ---- over many ---- */

/* Distribute what the query finds and was filed before there were rules: all
 * or nothing. The owner's alone. */
CHY_MUST_USE chy_status chy_registry_distribute(chy_registry *reg,
    const chy_reader *reader, chy_slice query, int64_t now,
    uint64_t *ret_done, chy_error *err);

/* Open cases that the reader may know of, for rules that ask for them; to be
 * freed. Of these, chy_open_cases_for puts those into the options, in the
 * arena, of which the telegram's own readers may know: a copy to a watcher
 * tells them of the case. Cases may be NULL: none. */
typedef struct chy_open_cases chy_open_cases;
CHY_MUST_USE chy_status chy_registry_open_cases(chy_registry *reg,
    const chy_reader *reader, chy_open_cases **ret, chy_error *err);
CHY_MUST_USE chy_status chy_open_cases_for(const chy_open_cases *cases,
    const chy_telegram *tel, chy_arena *arena, chy_distribute_options *opts,
    chy_error *err);
void	chy_open_cases_free(chy_open_cases *cases);

/* What the rules kept and others make of one telegram. Valid during the call;
 * `before` has no rows where no rules are kept. */
typedef chy_status (*chy_compare_fn)(void *arg, chy_slice id,
    const chy_distribution *before, const chy_distribution *after);

/* Replay what the query finds. Statuses as chy_registry_find; telegrams that
 * the reader sees in part alone are left out. */
CHY_MUST_USE chy_status chy_registry_compare(chy_registry *reg,
    const chy_reader *reader, chy_slice query, const chy_rules *rules,
    chy_compare_fn each, void *arg, chy_error *err);

#endif
