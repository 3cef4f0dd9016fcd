/*
 * The document: a telegram as it was read. Every stage after the reader takes
 * it const.
 *
 * Two views of the same bytes:
 *
 *  - nodes: one array in document order, 20 bytes each, whose leaves together
 *    cover the text byte for byte. White space between two stored leaves is a
 *    leaf that the iterator (chy_leaf_next) makes and nothing stores.
 *  - fields: what the heading and the text say, ready to use. Their slices
 *    point into the text, where that says the same, or into the telegram's
 *    arena. Absent is an empty slice or a count of 0, never a guess.
 *
 * Everything here lives as long as the telegram: chy_telegram_free.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_TELEGRAM_TELEGRAM_H
#define CHY_TELEGRAM_TELEGRAM_H

#include "base/arena.h"
#include "base/civil.h"
#include "base/slice.h"
#include "diag/diag.h"
#include "telegram/node.h"
#include "vocab/vocab.h"

/* Where a value comes from. */
typedef enum chy_basis {
	CHY_BASIS_NONE,
	CHY_BASIS_TEXT,		/* printed where it belongs */
	CHY_BASIS_DERIVED,	/* worked out from what is printed */
	CHY_BASIS_WRAPPER,	/* the page, record or mail around it */
	CHY_BASIS_FILE_NAME,
	CHY_BASIS_OPTION,
} chy_basis;

typedef enum chy_level {
	CHY_LEVEL_NONE,
	CHY_LEVEL_UNCLASSIFIED,
	CHY_LEVEL_LIMITED_OFFICIAL_USE,
	CHY_LEVEL_CONFIDENTIAL,
	CHY_LEVEL_SECRET,
	CHY_LEVEL_TOP_SECRET,
} chy_level;

typedef enum chy_role {
	CHY_ROLE_ACTION,
	CHY_ROLE_INFO,
	CHY_ROLE_EXEMPT,
} chy_role;

typedef struct chy_slices {
	chy_slice *at;
	uint32_t   n;
} chy_slices;

typedef struct chy_originator {
	chy_slice plad;			/* AMEMBASSY MUSCAT */
	chy_slice routing_indicator;	/* of format line 3 */
	chy_slice post;			/* MUSCAT, as on the class line */
	chy_slice name;			/* Embassy Muscat */
	chy_basis basis;
} chy_originator;

typedef struct chy_addressee {
	chy_slice      routing_indicator;
	chy_slice      plad;
	chy_slice      precedence;	/* as printed; empty: none */
	chy_slice      mcn;		/* as printed: 9667, 7881-7884, 0000 */
	chy_precedence effective;	/* what counts */
	chy_role       role;
	uint32_t       exempted;	/* first of its exemptions in exempted[] */
	uint32_t       n_exempted;
	uint32_t       node;
} chy_addressee;

typedef struct chy_transmission {
	chy_slice  transmission_id;	/* XRO1234 */
	chy_slice  precedence;		/* OO */
	chy_slices called;		/* routing indicators of line 2 */
	chy_slice  station;		/* RUEHMS */
	chy_slice  serial;		/* 0425 */
	chy_slice  section;		/* 01 */
	chy_slice  filing_time;		/* 1611456 */
	chy_slice  security;		/* CCCCC */
	chy_slices opsigs;		/* ZZH and the rest of line 4 */
	bool	   present;
} chy_transmission;

typedef struct chy_passing {
	chy_slice  addressee;		/* as printed; empty: the addressees */
	chy_slices offices;
	chy_slices persons;
	chy_slice  text;
	bool	   is_pass;		/* PASS, else FOR */
	uint32_t   node;
} chy_passing;

typedef enum chy_declass_kind {
	CHY_DECLASS_NONE,		/* the telegram needs none */
	CHY_DECLASS_DATE,
	CHY_DECLASS_EVENT,
	CHY_DECLASS_REVIEW,		/* OADR, MR */
	CHY_DECLASS_EXEMPT,		/* X1 to X8, 25X */
	CHY_DECLASS_SCHEDULE,		/* GDS, ADS, XGDS */
	CHY_DECLASS_NOT_APPLICABLE,
	CHY_DECLASS_MISSING,
	CHY_DECLASS_UNREADABLE,
} chy_declass_kind;

typedef struct chy_declass {
	chy_civil	 date;		/* year 0: none */
	chy_basis	 basis;		/* TEXT is explicit, DERIVED, NONE */
	chy_slice	 text;		/* as printed, after the order */
	chy_declass_kind kind;
} chy_declass;

typedef struct chy_tag_sent {
	chy_slice	 code;		/* corrected; LAST, FIRST for a person */
	chy_tag_kind	 kind;		/* CHY_TAG_PERSON, CHY_TAG_UNKNOWN .. */
	uint32_t	 node;
} chy_tag_sent;

typedef enum chy_ref_kind {
	CHY_REF_TELEGRAM,
	CHY_REF_EMAIL,
	CHY_REF_TELEPHONE,
	CHY_REF_REPORT,
	CHY_REF_FAX,
	CHY_REF_MEMO,
	CHY_REF_MEETING,
	CHY_REF_WEB,
	CHY_REF_BOOK,
	CHY_REF_UNKNOWN,
	CHY_REF_AIRGRAM,	/* numbered like telegrams, sent by bag */
} chy_ref_kind;

/* Why a citation does not say enough to look for it. */
typedef enum chy_ref_fault {
	CHY_REF_FINE,
	CHY_REF_NO_NUMBER,	/* a post alone */
	CHY_REF_NO_POST,	/* a number alone */
	CHY_REF_NO_YEAR,	/* neither it nor its telegram has one */
	CHY_REF_SEPARATE,	/* SEPTEL: sent apart, not yet numbered */
	CHY_REF_RELATIVE,	/* MIPT: the one before, by no number */
	CHY_REF_UNREADABLE,	/* a post, and a number that is damaged */
} chy_ref_fault;

/* chy_reference.notes */
#define CHY_REF_PREVIOUS	(1u << 0) /* AND PREVIOUS */
#define CHY_REF_NOTAL		(1u << 1) /* not to, nor needed by, all */
#define CHY_REF_RANGE		(1u << 2) /* one of 12-15 */
#define CHY_REF_CARRIED		(1u << 3) /* its post stands with another */
#define CHY_REF_OWN		(1u << 4) /* EMBTEL, BA: whose is derived */
#define CHY_REF_REPAIRED	(1u << 5) /* a letter or digit was mended */
#define CHY_REF_DTG_DERIVED	(1u << 6) /* no month or year with its time */
#define CHY_REF_NOTES		7u

typedef struct chy_reference {
	chy_slice    value;		/* canonical id, or the words; empty: a
					 * telegram of no known number */
	chy_slice    text;		/* as printed */
	chy_slice    dtg;		/* as printed; empty: none */
	chy_civil    dtg_civil;		/* year 0: none */
	chy_slice    sender;		/* printed with it in place of a number */
	chy_ref_kind kind;
	chy_ref_fault fault;
	unsigned     notes;
	char	     letter;		/* 'A', or 0 */
	bool	     year_printed;	/* else it is the telegram's */
	uint32_t     node;
} chy_reference;

/* A citation inside the text: REF A, REFTEL, 08 STATE 1234. */
typedef struct chy_mention {
	chy_span     span;
	uint32_t     paragraph;		/* index in paragraphs[] */
	uint32_t     reference;		/* index in references[]; UINT32_MAX */
	chy_slice    value;		/* canonical id of a number; empty */
	uint32_t     letters;		/* REFS A AND C: 1 << 0 and 1 << 2 */
	bool	     all;		/* REFTEL, REFTELS: any of the list */
	bool	     year_printed;
	bool	     sure;		/* a number, and nothing else: not
					 * BEIJING 2008, nor PARIS 3 */
} chy_mention;


typedef enum chy_block_kind {
	CHY_BLOCK_SUMMARY	 = 1u << 0,
	CHY_BLOCK_COMMENT	 = 1u << 1,
	CHY_BLOCK_NOTE		 = 1u << 2,
	CHY_BLOCK_ACTION_REQUEST = 1u << 3,
	CHY_BLOCK_TEXT		 = 1u << 4,	/* an embedded document */
	CHY_BLOCK_INTRODUCTION	 = 1u << 5,
	CHY_BLOCK_POINTS	 = 1u << 6,
	CHY_BLOCK_QUOTE		 = 1u << 7,
	CHY_BLOCK_BACKGROUND	 = 1u << 8,
} chy_block_kind;
#define CHY_BLOCK_KINDS	9

/* One opened block, which may cross paragraphs and hold others. */
typedef struct chy_block {
	uint32_t kinds;			/* one or more chy_block_kind */
	uint32_t first, last;		/* indexes in paragraphs[] */
	chy_span span;			/* label to end words */
	bool	 opened;		/* false: an end alone */
	bool	 closed;		/* false: no end found */
} chy_block;

typedef struct chy_paragraph {
	uint32_t  number;		/* as printed; 0: none */
	chy_slice mark;			/* S/NF; empty: none */
	chy_slice title;		/* heading above it; empty */
	chy_slice text;			/* cleaned */
	chy_slice clean;		/* also without labels and end words */
	chy_slice id;			/* "6", "6-2", "u1", "9e1" */
	uint32_t  labels;		/* chy_block_kind or-ed */
	uint32_t  node;
	uint32_t  embedded;		/* of embedded[], plus 1; 0: not in one */
	chy_span  span;
} chy_paragraph;

typedef struct chy_action_request {
	chy_slice text;
	uint32_t *paragraphs;		/* numbers it points to */
	uint32_t  n_paragraphs;
	uint32_t  paragraph;		/* index of where it stands */
	chy_span  span;
} chy_action_request;

typedef struct chy_embedded {
	chy_slice title;
	chy_slice author;
	chy_slice text;
	uint32_t  paragraph;		/* index of the paragraph that brings it */
	uint32_t  n_blocks;
	chy_span  span;
} chy_embedded;

/* What the tolerant reader changed. */
typedef struct chy_repair {
	chy_diag  diag;
	chy_span  span;
	chy_slice before;
	chy_slice after;
} chy_repair;

/* What was taken off around the telegram, and what it said. */
typedef struct chy_wrapper {
	chy_slice  kind;		/* page, csv; empty: nothing was */
	chy_slice  reference_id;
	chy_slice  date;		/* as printed */
	chy_slice  origin;
	chy_slice  classification;
	chy_slices references;
} chy_wrapper;

typedef struct chy_telegram {
	chy_arena	 arena;
	chy_slice	 text;		/* a copy, padded with CHY_PADDING */
	const char	*form;		/* name of the form; NULL: none fits */
	chy_slice	 file;		/* as given by the caller */
	uint32_t	 part;		/* from 1; 0: the whole file */

	chy_slice	 reference_id;
	chy_slice	 canonical_id;
	chy_basis	 id_basis;
	int32_t		 year;		/* of the telegram; 0: unknown */

	chy_slice	 dtg;		/* as printed */
	chy_civil	 dtg_civil;	/* year 0: none readable */
	chy_precedence	 precedence;	/* the highest */
	chy_precedence	 info_precedence; /* NONE unless lower */
	chy_originator	 originator;
	chy_addressee	*addressees;	/* in the order of the heading */
	uint32_t	 n_addressees;
	chy_slices	 exempted;
	chy_transmission transmission;

	chy_level	 level;
	chy_basis	 level_basis;
	chy_slices	 caveats;	/* canonical tokens */
	chy_slices	 captions;	/* canonical tokens, once each */
	chy_passing	*passing;
	uint32_t	 n_passing;
	chy_slice	 eo_order;	/* 12958 */
	chy_slice	 eo_text;	/* as printed, keyword included */
	chy_declass	 declass;
	chy_slices	 tags_raw;
	chy_tag_sent	*tags;
	uint32_t	 n_tags;
	chy_slice	 subject;
	chy_slice	 subject_raw;
	chy_slice	 subject_mark;
	chy_reference	*references;
	uint32_t	 n_references;
	chy_slices	 classified_by;
	chy_slice	 classifier_name;
	chy_slice	 classifier_position;
	chy_slices	 reasons;	/* 1.4(b) */
	chy_slice	 derived_from;
	uint32_t	 class_serial;	/* number on the class line; 0: none */
	chy_span	 number_at;	/* post and serial there */
	uint32_t	 section, sections;	/* 0: none printed */
	bool		 corrected;	/* CORRECTED COPY or ZDS */
	bool		 partial;	/* says that it is an extract */

	chy_paragraph	*paragraphs;
	uint32_t	 n_paragraphs;
	chy_block	*blocks;
	uint32_t	 n_blocks;
	chy_mention	*mentions;
	uint32_t	 n_mentions;
	chy_action_request *action_requests;
	uint32_t	 n_action_requests;
	chy_embedded	*embedded;
	uint32_t	 n_embedded;
	chy_slices	 signers;

	chy_repair	*repairs;
	uint32_t	 n_repairs;
	chy_findings	 findings;
	chy_wrapper	 wrapper;

	chy_node	*nodes;		/* nodes[0] is the telegram */
	uint32_t	 n_nodes;
} chy_telegram;

/* Frees the telegram and all that points into it. NULL does nothing. */
void	chy_telegram_free(chy_telegram *tel);

/* Headline capitals for people: "Port Arden's New Minister Faces ...".
 * Written to out, at most size - 1 bytes and a NUL; returns its length. */
size_t	chy_subject_title(chy_slice subject, char *out, size_t size);

/* "CONFIDENTIAL"; "" for none. Parsing takes the word in full, UNCLAS, and
 * one of the letters of a portion mark (U, C, S, TS). */
const char *chy_level_name(chy_level level);
chy_level chy_level_parse(chy_slice word);

const char *chy_basis_name(chy_basis basis);
const char *chy_ref_kind_name(chy_ref_kind kind);
/* "no-number"; "" for none. */
const char *chy_ref_fault_name(chy_ref_fault fault);
/* The name of the single bit 1 << bit: "previous". */
const char *chy_ref_note_name(unsigned bit);
/* Whether the mention speaks of references[reference]. */
bool	chy_mention_is_of(const chy_telegram *tel, const chy_mention *mention,
    uint32_t reference);
const char *chy_declass_kind_name(chy_declass_kind kind);
/* The name of the single bit 1 << bit: "summary". */
const char *chy_block_kind_name(unsigned bit);

/* Line (from 1) and column (from 1, in characters) of an offset. */
void	chy_telegram_place(const chy_telegram *tel, uint32_t off,
    uint32_t *ret_line, uint32_t *ret_column);

#endif
