/*
 * Who gets a telegram, and why: the rule language of chancery-rules(5), and
 * its evaluation over one telegram.
 *
 * Pure: the same rules, telegram and options give the same distribution, with
 * every reason. Not for keeping what was distributed, nor for what people
 * change afterwards; the registry does that.
 *
 *	chy_rules *rules;
 *	chy_rules_error bad;
 *	chy_distribution d;
 *
 *	if (chy_rules_parse(CHY_SLICE("office.rules"), text, NULL, NULL, &rules,
 *	    &bad) != CHY_OK)
 *		return bad.status;
 *	if (chy_distribute(rules, tel, NULL, &arena, &d, &err) == CHY_OK)
 *		for (uint32_t i = 0; i < d.n; i++)
 *			use(&d.at[i]);
 *	chy_rules_free(rules);
 *
 * Source: workflow B.1 for the order of evaluation; chancery-rules(5).
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_DISTRIBUTE_DISTRIBUTE_H
#define CHY_DISTRIBUTE_DISTRIBUTE_H

#include "base/arena.h"
#include "base/sink.h"
#include "telegram/telegram.h"

/* Rules, read and indexed. Frozen: any number of threads may use them. */
typedef struct chy_rules chy_rules;

/* What is wrong in a rule file, and where. */
typedef struct chy_rules_error {
	chy_status status;
	uint32_t   line, column;	/* from 1; column in bytes */
	char	   file[256];
	char	   source[160];		/* the line, cut */
	char	   text[256];		/* what is wrong, and the remedy */
} chy_rules_error;

/* FILE:LINE:COLUMN: text, the line, and a caret under the place. */
void	chy_rules_error_print(const chy_rules_error *bad, chy_sink *out);

/*
 * Give the text of a file that `from` includes under `name`. *ret_path is how
 * it is called in messages and for its own includes; both must stay until
 * the rules are parsed. What goes wrong is told in err.
 */
typedef chy_status (*chy_rules_include_fn)(void *arg, chy_slice from,
    chy_slice name, chy_slice *ret_path, chy_slice *ret_text, chy_error *err);

/**
 * Read rules.
 *
 * @param file     name of the text, for messages
 * @param include  NULL: an include is an error
 * @param bad      filled on failure
 *
 * @return CHY_OK
 * @return CHY_ERR_INVALID    bad says where and why
 * @return CHY_ERR_TOO_LARGE  a ceiling of limits.h; the same
 * @return CHY_ERR_NO_MEMORY
 */
CHY_MUST_USE chy_status chy_rules_parse(chy_slice file, chy_slice text,
    chy_rules_include_fn include, void *arg, chy_rules **ret_rules,
    chy_rules_error *bad);
void	chy_rules_free(chy_rules *rules);

uint32_t chy_rules_count(const chy_rules *rules);
/* Its id and its prose; i below the count. */
chy_slice chy_rules_id(const chy_rules *rules, uint32_t i);
chy_slice chy_rules_prose(const chy_rules *rules, uint32_t i);
/* The prose of the rule of that id; empty where there is none. */
chy_slice chy_rules_prose_of(const chy_rules *rules, chy_slice id);

/* The title of an office of the home addressee; empty. */
chy_slice chy_rules_office_title(const chy_rules *rules, chy_slice office);


/* ---- evaluation ---- */

/* A case that is open: the caller's, since the core has no archive. */
typedef struct chy_open_case {
	chy_slice  id;
	chy_slices members;	/* canonical ids */
	chy_slices watchers;	/* offices */
} chy_open_case;

typedef struct chy_distribute_options {
	chy_ymd	  date;		/* rules and offices of that day; 0: of the
				 * telegram's date-time group, else any */
	chy_slice us;		/* our post (MUSCAT), for copies that come
				 * back to the sender; empty: as the rules
				 * say */
	const chy_open_case *cases;
	uint32_t  n_cases;
	chy_arena *scratch;	/* memory that is used on the way and reset, to
				 * be given again; NULL: of its own */
} chy_distribute_options;

typedef enum chy_delivery_kind {
	CHY_DELIVERY_ACTION,	/* the one that owes the answer */
	CHY_DELIVERY_INFO,
	CHY_DELIVERY_POSTED,	/* to a shared store */
	CHY_DELIVERY_SUGGESTED,	/* the desk decides */
	CHY_DELIVERY_WITHHELD,	/* a rule would send it, another does not */
	CHY_DELIVERY_PASS,	/* owed: pass it to another agency */
	CHY_DELIVERY_RELAY,	/* owed: relay it to another post */
	CHY_DELIVERY_ALARM,	/* wake somebody; to be acknowledged */
	CHY_DELIVERY_ITEM,	/* an action item is opened */
	CHY_DELIVERY_MARK,	/* a flag: FGI */
	CHY_DELIVERY_DESK,	/* a person must decide */
	CHY_DELIVERY_REJECTED,	/* not to be distributed at all */
} chy_delivery_kind;
#define CHY_DELIVERY_KINDS	12

/* "action", "info", ...; parsing it gives -1 for an unknown word. */
const char *chy_delivery_kind_name(chy_delivery_kind kind);
int	chy_delivery_kind_parse(chy_slice word);

/* Words of the telegram that made a rule fire. */
typedef struct chy_matched {
	chy_span  span;		/* in the telegram's text; len 0: nowhere */
	chy_slice words;	/* on one line */
	chy_slice place;	/* "subject", "TAGS", "¶8", "passing line" */
} chy_matched;

typedef struct chy_because {
	chy_slice    rule;	/* R08 */
	chy_slice    prose;
	chy_matched *matched;
	uint32_t     n_matched;
} chy_because;

typedef struct chy_delivery {
	chy_delivery_kind kind;
	bool	  person;	/* office is a person's name */
	bool	  codrafter;	/* was a candidate for action */
	chy_slice addressee;	/* DEPARTMENT; empty: none */
	chy_slice office;	/* symbol, name, agency, store, "¶8", words */
	chy_slice title;	/* in words; empty */
	chy_slice was;		/* symbol that the table of offices replaced */
	chy_because *because;	/* in the order of the rules */
	uint32_t  n_because;
	chy_slice stopped_by;	/* withheld: the rule, or empty ... */
	chy_slice stopped_why;	/* ... and in words */
	uint32_t  minutes;	/* desk: to decide in; 0: no hurry */
} chy_delivery;

/* An addressee of the telegram, as distribution sees it. */
typedef struct chy_addressed {
	chy_slice      name;	/* as the rules call it, else its address */
	chy_slice      plad;
	chy_role       role;
	chy_precedence precedence;
	uint32_t       minutes;	/* to handle it in; 0: none stated */
	bool	       known;	/* the rules name it */
	bool	       steered;	/* somebody there is named */
} chy_addressed;

typedef struct chy_distribution {
	chy_delivery  *at;	/* by kind, then in order of the addressees,
				 * then of the rules */
	uint32_t       n;
	chy_addressed *addressed;
	uint32_t       n_addressed;
	bool	       rejected;
	chy_slice     *fired;	/* ids of all rules whose condition holds */
	uint32_t       n_fired;
} chy_distribution;

/*
 * Distribute a telegram. All of the result is in the arena, nothing in the
 * telegram. CHY_ERR_NO_MEMORY, CHY_ERR_TOO_LARGE (more deliveries than
 * CHY_LIMIT_DELIVERIES).
 */
CHY_MUST_USE chy_status chy_distribute(const chy_rules *rules,
    const chy_telegram *tel, const chy_distribute_options *opts,
    chy_arena *arena, chy_distribution *ret, chy_error *err);

/* The first delivery of that kind to that office; NULL. */
const chy_delivery *chy_distribution_find(const chy_distribution *d,
    chy_delivery_kind kind, chy_slice office);

/* Of `before`, the copies (action, info, posted) that `after` has not. The
 * list is in the arena. */
const chy_delivery **chy_distribution_lost(const chy_distribution *before,
    const chy_distribution *after, chy_arena *arena, uint32_t *ret_n);


/* ---- printing ---- */

/* For people; one paragraph a kind. With `why` the rules and words, too. */
void	chy_distribution_text(const chy_distribution *d, bool why,
    chy_sink *out);
/* The fields of a JSON object, without its braces. */
void	chy_distribution_json(const chy_distribution *d, chy_sink *out);
void	chy_delivery_json(const chy_delivery *d, chy_sink *out);
/* R03 passing line "DEPARTMENT FOR NEA/ARP"; R08 TAGS "MU" */
void	chy_because_text(const chy_because *because, uint32_t n,
    chy_sink *out);


/* ---- tests beside the rules ---- */

typedef struct chy_rules_test {
	chy_slice name;
	chy_slice file;		/* the rule file it stands in */
	uint32_t  line;
	chy_slice telegram;	/* path beside that file; empty: text */
	chy_slice text;
	chy_distribute_options opts;
} chy_rules_test;

uint32_t chy_rules_tests(const chy_rules *rules);
chy_rules_test chy_rules_test_at(const chy_rules *rules, uint32_t i);
/* Compare what test i expects with what came out: one line of words for each
 * thing that differs. */
void	chy_rules_test_check(const chy_rules *rules, uint32_t i,
    const chy_distribution *d, void (*differs)(void *arg, const char *words),
    void *arg);

#endif
