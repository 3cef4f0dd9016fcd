/*
 * What the files of distribute/ share: the compiled rules.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_DISTRIBUTE_DISTRIBUTE_INT_H
#define CHY_DISTRIBUTE_DISTRIBUTE_INT_H

#include "base/limits.h"
#include "distribute/distribute.h"
#include "marking/marking.h"

#define NONE	UINT32_MAX

/* ---- atoms: what can be true of a telegram ---- */

enum atom_kind {
	ATOM_TERM,		/* key: words, one blank between */
	ATOM_TAG,		/* key: code */
	ATOM_COUNTRY_TAG,
	ATOM_CAPTION,		/* key: token */
	ATOM_CHANNEL,
	ATOM_FROM,		/* key: post, letters only */
	ATOM_FROM_US,
	ATOM_TO,		/* number: of an addressee of the rules */
	ATOM_INFO,
	ATOM_OUTSIDE,		/* somebody outside the service */
	ATOM_PASSING,		/* number: FOR line of that addressee */
	ATOM_PASSING_NAMES,	/* key: office or person; number */
	ATOM_PASS,
	ATOM_RELAY,
	ATOM_PRECEDENCE,	/* number: value, and those below */
	ATOM_PRECEDENCE_IS,
	ATOM_OUR_PRECEDENCE,	/* number: addressee * 16 + value */
	ATOM_OUR_PRECEDENCE_IS,
	ATOM_REQUEST,
	ATOM_FIRST_REQUEST,
	ATOM_EMBEDDED,
	ATOM_CITES,		/* key: canonical id, or a post's key */
	ATOM_CITES_ANY,
	ATOM_CASE,
	ATOM_AGENCY,		/* the subject names one of the agencies */
	ATOM_LEVEL,		/* number: value, and those below */
	ATOM_CONTROL,		/* key: token */
	ATOM_CORRECTED,
	/* Known only while deliveries are made. */
	ATOM_RECEIVES,		/* key: office */
	ATOM_NO_ACTION,
	ATOM_BAD_OFFICE,
};

struct atom {
	chy_slice key;
	uint32_t  number;
	uint32_t  next;		/* of the same hash */
	uint32_t  first_rule;	/* in index.of_atom; rules to be tried */
	uint32_t  n_rules;
	uint8_t	  kind;		/* enum atom_kind */
	uint8_t	  n_words;	/* of a term */
	uint32_t  first_word;	/* in rules.words */
};

/* How a term is found: by the hash of its first word, or of its first two. */
struct lead {
	uint32_t hash;
	uint32_t atom;
	uint32_t next;
};

static inline uint32_t
chy_pair_hash(uint32_t a, uint32_t b)
{
	uint32_t h = (a ^ (b << 13 | b >> 19)) * 0x9e3779b1u;

	return h ^ h >> 15;
}

struct word {
	chy_slice text;
	uint32_t  hash;
};


/* ---- conditions ---- */

enum cond_op { COND_ATOM, COND_AND, COND_OR, COND_NOT, COND_LEAST,
	COND_PARAGRAPH };

enum scope { SCOPE_WORDS, SCOPE_SUBJECT, SCOPE_TEXT, SCOPE_FIRST, SCOPE_HERE };

struct cond {
	uint8_t	      op;
	uint8_t	      scope;	/* of a term */
	uint32_t      atom;
	uint32_t      least;
	uint32_t      n;
	struct cond **kids;
};


/* ---- effects ---- */

enum effect_kind {
	EFFECT_ACTION, EFFECT_INFO, EFFECT_SUGGEST, EFFECT_POST,
	EFFECT_ONE_ACTION, EFFECT_NO_ACTION, EFFECT_PASS, EFFECT_RELAY,
	EFFECT_ALARM, EFFECT_ITEM, EFFECT_MARK, EFFECT_SUPPRESS, EFFECT_ONLY,
	EFFECT_REJECT, EFFECT_UNCLEARED, EFFECT_FOREIGN, EFFECT_DESK,
	EFFECT_SUCCESSOR,
};

enum whom {
	WHOM_NAMES, WHOM_PASSED_OFFICES, WHOM_PASSED_PERSONS, WHOM_PASSED,
	WHOM_PASSED_REGIONAL, WHOM_WATCHERS, WHOM_AGENCY,
};

struct effect {
	uint8_t	     kind;
	uint8_t	     whom;
	uint32_t     at;	/* addressee; NONE: the office's; AT_ORIGIN */
	uint32_t     klass;	/* of an action candidate */
	chy_slice   *names;
	uint32_t     n;
	struct cond *unless;	/* NULL: always */
	uint64_t    *rules;	/* of suppress and only: a bit each */
	struct effect *next;
};
#define AT_ORIGIN	(UINT32_MAX - 1)

struct rule {
	chy_slice      id;
	chy_slice      prose;
	chy_ymd	       from, until;	/* 0: any */
	struct cond   *cond;
	struct effect *effects;
};


/* ---- the places of the rules ---- */

struct addressee {
	chy_slice  name;
	chy_slice *plads;
	uint32_t   n_plads;
	chy_slice *called;
	uint32_t   n_called;
	bool	   outside;
	bool	   has_offices;
};

struct office {
	chy_slice symbol;
	chy_slice title;
	chy_slice *called;
	uint32_t   n_called;
	uint32_t   at;		/* addressee */
	chy_ymd	   from, until;
	chy_slice  successor;
	bool	   foreign;
	bool	   has_clearance;
	chy_reader clearance;
	uint32_t   next;	/* of the same hash, by symbol or call */
};

struct agency {
	chy_slice  name;
	chy_slice  title;
	uint32_t  *terms;	/* atoms: what a subject calls it */
	uint32_t   n_terms;
};

struct expect {
	bool	  not;
	uint8_t	  kind;		/* chy_delivery_kind; NOBODY; ANY_COPY */
	chy_slice office;	/* empty: any */
	struct expect *next;
};
#define EXPECT_NOBODY	100u
#define EXPECT_NOT	101u	/* neither action nor info */

struct test {
	chy_rules_test test;
	struct expect *expects;
	bool	       exactly;	/* no other copies */
};

#define PRECEDENCES	(CHY_PRECEDENCE_CRITIC + 1)

struct hash {
	uint32_t *heads;
	uint32_t  mask;		/* size - 1 */
};

struct chy_rules {
	chy_arena	  arena;
	struct rule	 *rules;
	uint32_t	  n_rules, cap_rules;
	struct atom	 *atoms;
	uint32_t	  n_atoms, cap_atoms;
	struct word	 *words;
	uint32_t	  n_words, cap_words;
	struct hash	  by_atom, by_lead, by_office, by_id;
	uint32_t	 *next_id;	/* of a rule with the same hash */
	uint32_t	 *of_atom;	/* rules to be tried, by atom */
	uint32_t	 *always;	/* rules to be tried in any case */
	uint32_t	  n_always;
	struct lead	 *leads;
	struct addressee *addressees;
	uint32_t	  n_addressees, cap_addressees;
	struct office	 *offices;
	uint32_t	  n_offices, cap_offices;
	struct { uint32_t office, next; chy_slice name; } *names;
	uint32_t	  n_names;
	struct agency	 *agencies;
	uint32_t	  n_agencies, cap_agencies;
	chy_slice	 *regional;
	uint32_t	  n_regional;
	chy_slice	 *classes;	/* of action, the first the strongest */
	uint32_t	  n_classes;
	uint32_t	  desk_minutes[PRECEDENCES];
	chy_slice	  us;		/* our post; empty: not said */
	bool		  has_default_clearance;
	chy_reader	  default_clearance;
	struct test	 *tests;
	uint32_t	  n_tests, cap_tests;
};

/* index.c */
uint32_t chy_rules_hash(chy_slice key);		/* any case */
uint32_t chy_atom_find(const chy_rules *rules, enum atom_kind kind,
    chy_slice key, uint32_t number);
/* The same, made if it is not there; NONE without memory. */
uint32_t chy_atom_make(chy_rules *rules, enum atom_kind kind, chy_slice key,
    uint32_t number);
bool	chy_rules_index(chy_rules *rules);
uint32_t chy_rules_find(const chy_rules *rules, chy_slice id);
/* Room for one more of a list in the rules' arena; NULL without memory. */
void	*chy_rules_grow(chy_arena *arena, void *list, uint32_t n,
    uint32_t *cap, size_t size);
/* The office of a name on a day: the first that is valid; if none is, the
 * last of them. NULL: unknown. */
const struct office *chy_office_find(const chy_rules *rules, chy_slice name,
    uint32_t at, chy_ymd day);
bool	chy_office_valid(const struct office *office, chy_ymd day);
bool	chy_is_regional(const chy_rules *rules, chy_slice symbol);
uint32_t chy_addressee_by_name(const chy_rules *rules, chy_slice name);
uint32_t chy_addressee_by_plad(const chy_rules *rules, chy_slice plad);

/* words: letters, digits and bytes above 127; an apostrophe between two. */
bool	chy_scan_word(chy_slice s, size_t *at, chy_slice *ret);


/* ---- a telegram as the rules see it ---- */

struct raised {
	chy_span  span;
	chy_slice words;	/* where there is no span */
	uint32_t  paragraph;	/* index; PLACE_... */
	uint32_t  next;
};
#define PLACE_SUBJECT	(UINT32_MAX - 1)
#define PLACE_HEADING	UINT32_MAX

struct seen {
	const chy_rules	   *rules;
	const chy_telegram *tel;
	chy_arena	   *scratch;
	const chy_distribute_options *opts;
	chy_ymd		    day;
	uint32_t	   *first, *last;	/* by atom; NONE */
	struct raised	   *raised;
	uint32_t	    n_raised, cap_raised;
	uint32_t	   *atoms;		/* those that were raised */
	uint32_t	    n_atoms, cap_atoms;
	uint32_t	   *addressee_of;	/* of each of the telegram's */
	bool		    failed;
};

/* scan.c */
void	chy_seen_make(struct seen *seen);
void	chy_seen_raise(struct seen *seen, uint32_t atom, chy_span span,
    chy_slice words, uint32_t paragraph);
/* The addressee that a passing line is for; NONE. */
uint32_t chy_passing_addressee(const struct seen *seen, uint32_t passing);
chy_span chy_span_of(const chy_telegram *tel, chy_slice s);

/* cond.c */
bool	chy_cond_holds(const struct seen *seen, const struct cond *cond);
/* Call each() for what made it hold. */
void	chy_cond_reasons(const struct seen *seen, const struct cond *cond,
    void (*each)(void *arg, uint32_t atom, const struct raised *raised),
    void *arg);


/* ---- making a distribution ---- */

/* What a row has beside what is told of it. */
struct row {
	chy_delivery  told;
	uint32_t      at;	/* addressee of the rules; AT_ORIGIN; NONE */
	uint32_t      rule;	/* that made it */
	uint32_t      cap;	/* of told.because */
	bool	      candidate;
	uint32_t      klass, turn; /* of the candidate: lower is stronger */
	const struct office *office;
	bool	      gone;	/* taken out again */
};

struct making {
	struct seen    seen;
	chy_arena     *arena;	/* of the result */
	struct row    *rows;
	uint32_t       n_rows, cap_rows;
	uint64_t      *fired;	/* a bit a rule */
	uint64_t      *tried;
	uint32_t      *order;	/* rules that fired, in the order they did */
	uint32_t       n_order, cap_order;
	uint32_t       n_sent;	/* of them, those that others follow in the
				 * shadow alone */
	chy_because  **because;	/* of each rule that fired; NULL: not made */
	uint32_t      *stopped;	/* by rule: who suppresses it; NONE */
	uint32_t      *only;	/* by rule: who lets others only; NONE */
	uint32_t       rejected;	/* the rule that does; NONE */
	bool	       in_shadow; /* what is stopped is told, no more is sent */
	uint32_t       shadow;	/* in there: the rule that stops; NONE */
	bool	      *one_action, *no_action;	/* by addressee */
	chy_addressed *addressed;
	uint32_t       n_addressed;
	chy_status     st;
};

/* evaluate.c */
void	chy_fire(struct making *m, uint32_t rule);
/* An atom became true of late: try the rules that wait for it. Those that
 * fire are put behind the others, so that they are applied in turn. */
void	chy_raise_late(struct making *m, uint32_t atom, chy_slice words);
bool	chy_has_fired(const struct making *m, uint32_t rule);
chy_because *chy_because_of(struct making *m, uint32_t rule);

/* deliver.c */
/* Do what the rule says: what nothing stops, or in the shadow what is
 * stopped. */
void	chy_apply(struct making *m, uint32_t rule);
/* Once all is sent: clearance, one action office, the desk. */
void	chy_filter(struct making *m);
void	chy_choose(struct making *m);
struct row *chy_row_add(struct making *m, chy_delivery_kind kind,
    uint32_t at, chy_slice office);
void	chy_row_because(struct making *m, struct row *row, uint32_t rule);
void	chy_row_stop(struct making *m, struct row *row, uint32_t by,
    const char *why);

#endif
