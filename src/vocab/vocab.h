/*
 * The tables of the trade: precedences, captions, TAGS, posts, offices,
 * procedure signs, orders. A row is what the table in data/ says, with its
 * source and how sure it is; tools/gen_vocab.py makes the rows from there.
 *
 * Every lookup takes constant time and returns a row that lives for ever, or
 * NULL. Keys are in capitals unless the comment says that any case will do.
 * No state, no allocation, no I/O.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_VOCAB_VOCAB_H
#define CHY_VOCAB_VOCAB_H

#include "base/slice.h"

/*
 * A day as one number, 20080609, so that days compare as numbers. 0 is "not
 * known" in a row and "any day" in a question.
 */
typedef uint32_t chy_ymd;

static inline chy_ymd
chy_ymd_of(int year, int month, int day)
{
	return (chy_ymd)(year * 10000 + month * 100 + day);
}

/* The longest key of any table; a longer word is in none of them. */
#define CHY_VOCAB_KEY_MAX	64u

/*
 * Capitals, Latin letters without their marks, runs of blanks as one, none at
 * the ends: how the tables have their words. ret_key lies in buf; false if it
 * does not fit, and then no table has it.
 */
bool	chy_vocab_fold(chy_slice text, char buf[CHY_VOCAB_KEY_MAX],
    chy_slice *ret_key);


/* ---- TAGS ---- */

typedef enum chy_tag_kind {
	CHY_TAG_SUBJECT,
	CHY_TAG_GEOGRAPHIC,
	CHY_TAG_PROGRAM,
	CHY_TAG_ORGANIZATION,
	CHY_TAG_PERSON,		/* a name in the list; no table has it */
	CHY_TAG_UNKNOWN,
} chy_tag_kind;

#define CHY_TAG_TABLES	4	/* kinds below this have rows */

typedef struct chy_tag {
	chy_slice    code;	/* as printed, a few in small letters */
	chy_slice    meaning;	/* empty: on the list, its gloss not obtained */
	chy_slice    category;	/* subject TAGS: of the first letter */
	chy_slice    iso2;	/* geographic TAGS: ISO 3166 alpha-2 */
	chy_slice    status;
	chy_slice    source;
	chy_tag_kind kind;
	uint32_t     survey_count;
} chy_tag;

/* "subject", "geographic", ... as JSON has it. */
const char *chy_tag_kind_name(chy_tag_kind kind);

/*
 * The first meaning of a code: subject, geographic, program, organization.
 * So AL and BP are countries. chy_vocab_tag_as() asks one list alone.
 */
const chy_tag *chy_vocab_tag(chy_slice code);
const chy_tag *chy_vocab_tag_as(chy_tag_kind kind, chy_slice code);

/* The geographic TAG of a country by its name, any case. */
const chy_tag *chy_vocab_tag_by_country(chy_slice name);

const chy_tag *chy_vocab_tags(size_t *ret_count);

typedef enum chy_tag_fix_kind {
	CHY_TAG_FIX_ERROR,		/* replace by `use` */
	CHY_TAG_FIX_RUN_TOGETHER,	/* split as `use` has it */
	CHY_TAG_FIX_RENAMED,		/* right in its time: never replace */
	CHY_TAG_FIX_WORDS,		/* no code; keep as read */
	CHY_TAG_FIX_PERSON,		/* a name without parentheses */
} chy_tag_fix_kind;

typedef struct chy_tag_fix {
	chy_slice	 seen;
	chy_slice	 use;	/* codes, a blank between; or empty */
	chy_slice	 note;
	chy_tag_fix_kind kind;
	uint32_t	 survey_count;
} chy_tag_fix;

const char *chy_tag_fix_kind_name(chy_tag_fix_kind kind);
const chy_tag_fix *chy_vocab_tag_fix(chy_slice seen);
const chy_tag_fix *chy_vocab_tag_fixes(size_t *ret_count);


/* ---- captions ---- */

typedef enum chy_caption_family {
	CHY_CAPTION_F1,		/* release to nationality or by originator */
	CHY_CAPTION_F2,		/* distribution captions and channels */
	CHY_CAPTION_F3,		/* administrative */
	CHY_CAPTION_F4,		/* routing only */
	CHY_CAPTION_AEA,	/* atomic energy statutes */
	CHY_CAPTION_MARKER,	/* not a restriction */
} chy_caption_family;

typedef struct chy_caption {
	chy_slice	   token;
	chy_slice	   aliases;	/* "; " between */
	chy_slice	   portion;	/* forms in a mark, ";" between */
	chy_slice	   class_;	/* "channel", "special handling", ... */
	chy_slice	   meaning;
	chy_slice	   who_may_read;
	chy_slice	   read_test;
	chy_slice	   classification_allowed;
	chy_slice	   implies;
	chy_slice	   conflicts;	/* see chy_vocab_captions_conflict */
	chy_slice	   rule;
	chy_slice	   period;
	chy_slice	   status;
	chy_slice	   source;
	chy_caption_family family;
	bool		   marker;	/* restricts nothing */
	bool		   channel;	/* a channel caption */
	uint32_t	   survey_count;
} chy_caption;

const char *chy_caption_family_name(chy_caption_family family);

/*
 * By token or alias, any case, runs of blanks counting as one. FOR xxx ONLY
 * is found by its pattern, a series by either of its two words.
 */
const chy_caption *chy_vocab_caption(chy_slice words);

/*
 * The longest caption that `words` begins with, at a word's end: CODEL SMITH,
 * REL TO USA, GBR. ret_len gets how many bytes of `words` it took.
 */
const chy_caption *chy_vocab_caption_prefix(chy_slice words, size_t *ret_len);

/* By its form in a portion mark: NF or NOFORN, REL, OC, FOUO. Any case. */
const chy_caption *chy_vocab_caption_portion(chy_slice form);

/* Whether the table says that the two may not stand together. */
bool	chy_vocab_captions_conflict(const chy_caption *a, const chy_caption *b);

const chy_caption *chy_vocab_captions(size_t *ret_count);


/* ---- posts and other addresses ---- */

typedef enum chy_post_kind {
	CHY_POST_EMBASSY,
	CHY_POST_CONSULATE,
	CHY_POST_MISSION,
	CHY_POST_OFFICE,
	CHY_POST_DEPARTMENT,
	CHY_POST_AGENCY,
	CHY_POST_SERIES,	/* a numbered series, not a post */
} chy_post_kind;

typedef struct chy_post {
	chy_slice     plad;		/* empty: known by its key only */
	chy_slice     mrn_name;		/* on the class line, with blanks */
	chy_slice     mrn_key;		/* in an MRN; agencies have none */
	chy_slice     routing_indicator;
	chy_slice     tags_country;
	chy_slice     source;
	chy_post_kind kind;
	uint32_t      released_count;
	uint32_t      header_count;
	uint16_t      next_plad;	/* row + 1 with the same; 0: no more */
	uint16_t      next_key;
	uint16_t      next_routing;
} chy_post;

const char *chy_post_kind_name(chy_post_kind kind);

/*
 * One routing indicator serves many addresses and one agency may have
 * several: the lookups give the weightiest row (department, embassy, mission,
 * consulate, office, agency; then the most used), the next functions the
 * others.
 */
const chy_post *chy_vocab_post_by_plad(chy_slice plad);
const chy_post *chy_vocab_post_by_mrn_name(chy_slice mrn_name);
const chy_post *chy_vocab_post_by_key(chy_slice mrn_key);
const chy_post *chy_vocab_post_by_routing(chy_slice routing_indicator);
const chy_post *chy_vocab_post_next_plad(const chy_post *post);
const chy_post *chy_vocab_post_next_key(const chy_post *post);
const chy_post *chy_vocab_post_next_routing(const chy_post *post);
bool	chy_vocab_is_post_key(chy_slice mrn_key);

/*
 * Whether the directory pairs the two. False also when it does not know the
 * one or the other; ask the lookups first.
 */
bool	chy_vocab_post_serves(chy_slice routing_indicator, chy_slice plad);

/*
 * The key after the aliases of data/mrn-aliases.tsv, some of which hold for
 * certain years only; the key itself where there is none. Four digits of
 * year, 0 if not known: then only aliases without dates count.
 */
chy_slice chy_vocab_mrn_alias(chy_slice key, int year);

/* Whether both are keys of one post, which changed its name: aliases whose
 * years are told lead from one to the other. */
bool	chy_vocab_is_same_post(chy_slice a, chy_slice b);

/*
 * The post whose key is at most one letter added, lost or changed away. If
 * two are equally near, NULL and *ret_ambiguous is true. Scans the table.
 */
const chy_post *chy_vocab_post_near(chy_slice key, bool *ret_ambiguous);

/*
 * What the trade's index prints for an address: "Embassy Muscat", "Secretary
 * of State", "Iran RPO Dubai". Writes at most size bytes with the NUL and
 * returns the whole length, as snprintf does; 0 where no rule applies (an
 * agency is called by its address). Any case, runs of blanks as one.
 */
size_t	chy_vocab_post_title(chy_slice plad, char *out, size_t size);
size_t	chy_vocab_post_title_by_mrn(chy_slice mrn_name, char *out,
    size_t size);

/* A folded address without the capital that agencies there have behind their
 * name: "NSC WASHDC" and "NSC WASHINGTON DC" are "NSC". */
chy_slice chy_vocab_agency_name(chy_slice plad);

/* A name of the class line as a person writes it: "USUN New York". Writes as
 * chy_vocab_post_title() does. */
size_t	chy_vocab_post_words(chy_slice mrn_name, char *out, size_t size);

/* The post that the index calls so, with its key; NULL if none. The words are
 * folded. Scans the table of titles. */
const chy_post *chy_vocab_post_by_title(chy_slice title);

const chy_post *chy_vocab_posts(size_t *ret_count);

typedef struct chy_collective {
	chy_slice plad;
	chy_slice routing_indicator;
	chy_slice note;
	uint32_t  header_count;
	uint16_t  next_plad;
} chy_collective;

const chy_collective *chy_vocab_collective(chy_slice plad);
const chy_collective *chy_vocab_collective_next(const chy_collective *row);
const chy_collective *chy_vocab_collectives(size_t *ret_count);

typedef struct chy_office {
	chy_slice symbol;
	chy_slice meaning;
	chy_slice parent;
	chy_slice status;
	uint32_t  survey_count;
} chy_office;

const chy_office *chy_vocab_office(chy_slice symbol);
const chy_office *chy_vocab_offices(size_t *ret_count);


/* ---- precedence, prosigns, operating signals ---- */

/* In rising order, so that the higher of two is the greater. */
typedef enum chy_precedence {
	CHY_PRECEDENCE_NONE,
	CHY_PRECEDENCE_ROUTINE,
	CHY_PRECEDENCE_PRIORITY,
	CHY_PRECEDENCE_IMMEDIATE,
	CHY_PRECEDENCE_NIACT_IMMEDIATE,	/* immediate, also at night */
	CHY_PRECEDENCE_FLASH,
	CHY_PRECEDENCE_EMERGENCY,	/* Y, command */
	CHY_PRECEDENCE_CRITIC,
} chy_precedence;

typedef struct chy_precedence_row {
	chy_slice      name;		/* IMMEDIATE, NIACT IMMEDIATE */
	chy_slice      name_in_address;
	chy_slice      name_full;
	chy_slice      prosign;		/* one letter; O twice */
	chy_slice      fl2_digraph;
	chy_slice      preempts;
	chy_slice      fl5_form;
	chy_slice      who_may_assign;
	chy_slice      status;
	chy_slice      source;
	chy_precedence value;
	uint32_t       rank;		/* 0 is the highest */
	uint32_t       objective_minutes;	/* 0: none stated */
} chy_precedence_row;

/*
 * A letter and a digraph cannot say NIACT: O is IMMEDIATE. Words are those
 * of an address line, any case, runs of blanks as one; ROUTINE counts.
 */
chy_precedence chy_precedence_from_prosign(char prosign);
chy_precedence chy_precedence_from_digraph(chy_slice digraph);
chy_precedence chy_precedence_from_word(chy_slice word);

/* NULL for CHY_PRECEDENCE_NONE; the name of which is empty. */
const chy_precedence_row *chy_precedence_get(chy_precedence precedence);
chy_slice chy_precedence_name(chy_precedence precedence);
const chy_precedence_row *chy_vocab_precedences(size_t *ret_count);

typedef struct chy_prosign {
	chy_slice prosign;
	chy_slice meaning;
	chy_slice position;
	chy_slice status;
	chy_slice source;
	uint32_t  format_line;		/* 0: any */
} chy_prosign;

/*
 * Rows that stand for several words (ZZ OO PP RR YY) are found by each, GR n
 * by GR, #nnnn by a # and digits.
 */
const chy_prosign *chy_vocab_prosign(chy_slice prosign);
const chy_prosign *chy_vocab_prosigns(size_t *ret_count);

typedef struct chy_opsig {
	chy_slice signal;
	chy_slice meaning;
	chy_slice where_used;
	chy_slice status;
	chy_slice source;
	uint32_t  survey_count;
} chy_opsig;

/*
 * With or without the digits that narrow it: ZFF3 is found as ZFF. Unknown
 * signals of the block ZYA to ZZZ give the row of the block.
 */
const chy_opsig *chy_vocab_opsig(chy_slice signal);
const chy_opsig *chy_vocab_opsigs(size_t *ret_count);


/* ---- executive orders, reasons, exemptions ---- */

typedef struct chy_order {
	chy_slice number;		/* 12958A is the amended 12958 */
	chy_slice printed_number;	/* on the E.O. line; may be empty */
	chy_slice signed_;
	chy_slice effective;
	chy_slice last_day;		/* empty: in force */
	chy_slice line_forms;
	chy_slice classifier_statement;
	chy_slice reason_section;
	chy_slice reason_letters;
	chy_slice max_years_normal;
	chy_slice max_years_special;
	chy_slice missing_instruction;
	chy_slice seen;
	chy_slice confidence;
	chy_slice source;
	chy_ymd	  from;			/* effective, as a number */
	chy_ymd	  to;			/* last day; 0: in force */
} chy_order;

/*
 * By number alone; by the number printed on a day (12958 has two rows: the
 * one in force that day, else the nearest); by the day alone.
 */
const chy_order *chy_vocab_order(chy_slice number);
const chy_order *chy_vocab_order_printed(chy_slice printed, chy_ymd day);
const chy_order *chy_vocab_order_on(chy_ymd day);
const chy_order *chy_vocab_orders(size_t *ret_count);

typedef struct chy_reason {
	chy_slice scheme;		/* 1.4, 1.5, 12356, XGDS, X, 25X, 50X */
	chy_slice code;			/* a, 6, 1-HUM */
	chy_slice meaning;
	chy_slice valid_from;
	chy_slice valid_to;
	chy_slice source;
	chy_slice confidence;
	chy_ymd	  from;
	chy_ymd	  to;			/* 0: still valid */
	bool	  exemption;		/* X, 25X, 50X: keeps off a date */
} chy_reason;

/* Any case. */
const chy_reason *chy_vocab_reason(chy_slice scheme, chy_slice code);

/* As printed: X6, 25X6, 50X1-HUM, XGDS-1, 1.4(b), 1.4 B. Any case. */
const chy_reason *chy_vocab_reason_printed(chy_slice printed);
const chy_reason *chy_vocab_reasons(size_t *ret_count);

typedef struct chy_exemption {
	chy_slice code;			/* B1, B7C, NR */
	chy_slice statute;
	chy_slice meaning;
	chy_slice applies_to;
	chy_slice note;
	chy_slice confidence;
} chy_exemption;

/* Any case; also (b)(7)(C). */
const chy_exemption *chy_vocab_exemption(chy_slice code);
const chy_exemption *chy_vocab_exemptions(size_t *ret_count);


/* ---- words that names are found by ---- */

/* Bits of chy_name_word.kinds, in the order of the generator. */
#define CHY_WORD_STOP		0x0001u	/* begins a sentence, names nobody */
#define CHY_WORD_TITLE		0x0002u	/* a name may follow: Minister */
#define CHY_WORD_PART		0x0004u	/* part of a title: Prime, Foreign */
#define CHY_WORD_GIVEN		0x0008u	/* a given name */
#define CHY_WORD_PORTFOLIO	0x0010u	/* what a ministry is for */
#define CHY_WORD_HEAD		0x0020u	/* a body begins: Ministry of */
#define CHY_WORD_TAIL		0x0040u	/* a body ends: Party */
#define CHY_WORD_LESSER		0x0080u	/* the same, of bodies of a day */
#define CHY_WORD_PARTICLE	0x0100u	/* inside of names: al, bin, de */
#define CHY_WORD_SAYS		0x0200u	/* what a person does */
#define CHY_WORD_POSITION	0x0400u	/* after the comma behind a name */
#define CHY_WORD_PLACE		0x0800u
#define CHY_WORD_BODY		0x1000u
#define CHY_WORD_LEAD		0x2000u	/* one of several words begins so */

typedef struct chy_name_word {
	chy_slice use;			/* how it is called; empty: as it is */
	uint32_t  kinds;
} chy_name_word;

/* By the word in capitals, blanks folded; several words for some. */
const chy_name_word *chy_vocab_name_word(chy_slice word);


/* ---- explain ---- */

#define CHY_MEANING_EXTRA	8

typedef struct chy_meaning_pair {
	const char *name;
	chy_slice   value;
} chy_meaning_pair;

/* One meaning of a term. Valid during the callback only. */
typedef struct chy_meaning {
	chy_slice	 term;		/* as the table has it */
	const char	*kind;		/* "tag", "post", "caption", ... */
	chy_slice	 meaning;
	chy_slice	 source;
	chy_slice	 status;	/* how sure the row is */
	const char	*tag_kind;	/* of a tag, else NULL */
	size_t		 extras;
	chy_meaning_pair extra[CHY_MEANING_EXTRA];
} chy_meaning;

/* False stops. */
typedef bool chy_meaning_fn(const chy_meaning *meaning, void *arg);

/*
 * Every meaning of a term in every table, TAGS first; any case, blanks at
 * the ends and in runs forgiven. Returns how many there were. Diagnostics
 * are diag's; message reference numbers are for who can read them.
 */
size_t	chy_vocab_explain(chy_slice term, chy_meaning_fn *fn, void *arg);

#endif
