/*
 * The archive: what is filed, and how it is found. Originals are kept as
 * received; everything else is read from them and can be rebuilt.
 *
 * For registry/ alone, which adds what a use case is: one transaction, one
 * reader, one result. Nothing here knows of files, threads or pages.
 *
 * A store belongs to one thread at a time. Reading happens between
 * chy_store_enter and chy_store_leave: one snapshot of the database, to which
 * the columns in memory agree.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_STORE_STORE_H
#define CHY_STORE_STORE_H

#include "base/arena.h"
#include "casework/casework.h"
#include "db/db.h"
#include "intake/intake.h"
#include "marking/marking.h"
#include "query/query.h"
#include "telegram/resolution.h"
#include "telegram/telegram.h"

#define CHY_SHA256	32u

typedef struct chy_store chy_store;

typedef struct chy_store_options {
	bool	 create;
	bool	 read_only;
	bool	 portion_release;
	uint32_t busy_ms;
} chy_store_options;

CHY_MUST_USE chy_status chy_store_open(const char *where,
    const chy_store_options *opts, chy_store **ret_store, chy_error *err);
void	chy_store_close(chy_store *store);
chy_db	*chy_store_db(chy_store *store);

/* One snapshot; leave also after a failure. */
CHY_MUST_USE chy_status chy_store_enter(chy_store *store, chy_error *err);
/* The same for who asks for rows alone, and not for telegrams and what is in
 * them: those are not read into memory, which takes a second of a large
 * archive. */
CHY_MUST_USE chy_status chy_store_enter_rows(chy_store *store,
    chy_error *err);
void	chy_store_leave(chy_store *store);


/* ---- filing ---- */

/* What a row of the index is; the numbers are in archives, so they stay. */
typedef enum chy_row_kind {
	CHY_ROW_PARAGRAPH = 0,
	CHY_ROW_SUBJECT = 1,
	CHY_ROW_TRANSMISSION = 2,	/* format lines 1 to 4 */
	CHY_ROW_DTG = 3,
	CHY_ROW_FROM = 4,
	CHY_ROW_TO = 5,
	CHY_ROW_INFO = 6,
	CHY_ROW_LINE = 7,		/* another format line */
	CHY_ROW_CLASS = 8,
	CHY_ROW_CAPTION = 9,
	CHY_ROW_PASSING = 10,
	CHY_ROW_EO = 11,
	CHY_ROW_TAGS = 12,
	CHY_ROW_REF = 13,
	CHY_ROW_CLASSIFIED_BY = 14,
	CHY_ROW_TAIL = 15,
	CHY_ROW_OTHER = 16,
	CHY_ROW_KINDS
} chy_row_kind;

/* Beside the kind of a paragraph, in archives too. */
#define CHY_ROW_SUMMARY	0x40u
#define CHY_ROW_REQUEST	0x80u

/* "subject", "from"; for a paragraph "". */
const char *chy_row_kind_name(chy_row_kind kind);

/* One paragraph or heading field: the unit of finding and of access. */
typedef struct chy_row {
	chy_slice    text;	/* its words, on one line, UTF-8 */
	chy_slice    id;	/* of a paragraph; empty */
	chy_slice    mark;	/* portion mark; empty */
	chy_span     span;	/* in the telegram's text */
	chy_row_kind kind;
	uint32_t     paragraph;	/* index in paragraphs[]; UINT32_MAX */
	bool	     summary;	/* a summary begins here */
	bool	     request;	/* it asks for action */
} chy_row;

/* The rows of a telegram in order; the same telegram gives the same rows.
 * Their texts are in the telegram or the arena. */
CHY_MUST_USE chy_status chy_rows_make(const chy_telegram *tel,
    chy_arena *arena, chy_row **ret_rows, uint32_t *ret_n);

/* telegram.flags in the database. Nothing that only paragraphs tell is among
 * them: who sees the heading need not see these. */
#define CHY_HAS_CORRECTED	(1u << 0)
#define CHY_HAS_PARTIAL		(1u << 1)
#define CHY_HAS_SECTIONS	(1u << 3)
#define CHY_HAS_DTG		(1u << 4)
#define CHY_HAS_ORIGINATOR	(1u << 5)
#define CHY_HAS_ACTION		(1u << 6)
#define CHY_HAS_SUBJECT		(1u << 7)
#define CHY_HAS_TAGS		(1u << 8)
#define CHY_HAS_REFERENCES	(1u << 9)
#define CHY_HAS_LEVEL		(1u << 10)
#define CHY_HAS_EO		(1u << 11)
#define CHY_HAS_SIGNER		(1u << 13)
#define CHY_HAS_FORM		(1u << 15)
#define CHY_HAS_ID		(1u << 16)
#define CHY_HAS_CAPTIONS	(1u << 17)

typedef struct chy_filing_row {
	chy_row	 row;
	uint32_t label;		/* in chy_filing.labels */
	uint32_t mark;		/* the same, plus 1; 0: none */
} chy_filing_row;

/* What a REF list cites, or a paragraph: of telegrams the canonical id, or
 * where it is cited by sender and time these; of other documents the words. */
typedef struct chy_filing_citation {
	chy_slice value;
	chy_slice sender;	/* key; empty */
	int64_t	  dtg;		/* INT64_MIN: none */
	chy_ref_kind kind;
	chy_ref_fault fault;
	unsigned  notes;
	uint32_t  part;		/* index in rows; UINT32_MAX: REF list */
	char	  letter;
	bool	  year_printed;
} chy_filing_citation;

typedef struct chy_filing_addressee {
	chy_slice post;
	chy_role  role;
	uint32_t  mcn_first;	/* message continuity numbers; 0: none */
	uint32_t  mcn_last;
} chy_filing_addressee;

/* What the telegram formally asks for; see casework/. */
typedef struct chy_filing_ask {
	chy_slice paragraph;	/* id of where it is said */
	chy_slice pointed;	/* of the paragraph that points there */
	chy_slice what;
	chy_slice asker, asked;
	chy_slice label;	/* of its paragraph */
	chy_due	  due;
	bool	  group;	/* every action addressee owes an answer */
} chy_filing_ask;

/* All that is filed of one original. Made in any thread; lives in the arena
 * it was made in. */
typedef struct chy_filing {
	unsigned char sha256[CHY_SHA256];
	chy_slice  packed;		/* compressed, or as it is */
	uint64_t   size;
	int32_t	   codec;		/* how it is packed; see pack.h */
	bool	   known;		/* by its hash; nothing else is set */
	chy_slice  file;
	uint32_t   part;
	uint64_t   place;
	chy_slice  options;		/* "form=state year=1975" */
	chy_slice  unread;		/* why it could not be read; empty */

	chy_slice  canonical_id;
	int64_t	   dtg;
	int32_t	   year;
	chy_slice  post, origin;
	chy_level  level;
	chy_precedence precedence;
	uint32_t   section;
	uint32_t   flags;
	const char *form;
	uint64_t   findings;
	uint64_t   text_bytes;		/* of the index */
	chy_slice *labels;		/* labels[0] is the telegram's */
	uint32_t   n_labels;
	chy_filing_row *rows;
	uint32_t   n_rows;
	chy_filing_addressee *addressees;
	uint32_t   n_addressees;
	chy_slice *tags;
	uint32_t   n_tags;
	chy_slice *captions;
	uint32_t   n_captions;
	chy_filing_citation *citations;
	uint32_t   n_citations;
	chy_filing_ask *asks;
	uint32_t   n_asks;
	chy_slice  office;		/* the first it is passed to */
	chy_slice  names, sketch;	/* lists of likeness.h */
	int32_t	   names_codec;		/* the list of names is packed */
} chy_filing;

/* What reading and packing keep from one original to the next. */
typedef struct chy_filer chy_filer;
CHY_MUST_USE chy_status chy_filer_new(chy_filer **ret_filer, chy_error *err);
void	chy_filer_free(chy_filer *filer);
/* From here on pack as the archive says now. */
CHY_MUST_USE chy_status chy_filer_follow(chy_filer *filer, chy_store *store,
    chy_error *err);
/* What chy_filing_make read last. */
const chy_telegram *chy_filer_telegram(const chy_filer *filer);

void	chy_sha256(chy_slice bytes, unsigned char out[CHY_SHA256]);
/* 64 digits and a NUL. */
void	chy_sha256_hex(const unsigned char sha256[CHY_SHA256], char out[65]);

typedef struct chy_filing_source {
	chy_slice   file;
	const char *form;	/* NULL: detect */
	int32_t	    year;	/* 0 */
	bool	    repack;	/* pack the bytes; not when reading again */
	const unsigned char *sha256; /* of the bytes, if known; NULL */
} chy_filing_source;

/* Read the piece and set down all that is filed of it. A telegram that
 * cannot be read is not a failure: filing.unread says why. */
CHY_MUST_USE chy_status chy_filing_make(chy_filer *filer,
    const chy_piece *piece, const chy_filing_source *source, chy_arena *arena,
    chy_filing *ret, chy_error *err);

typedef enum chy_filed {
	CHY_FILED_NEW,
	CHY_FILED_COPY,
	CHY_FILED_KNOWN,
	CHY_FILED_UNREAD,
} chy_filed;

/* A write transaction of filing. A failed put makes the whole of it void:
 * abort and begin again. */
CHY_MUST_USE chy_status chy_store_begin(chy_store *store, chy_error *err);
CHY_MUST_USE chy_status chy_store_commit(chy_store *store, chy_error *err);
void	chy_store_abort(chy_store *store);

/* Outside of a transaction: where enough is filed that is not looked at yet,
 * make dictionaries of it, by which the next is packed. */
CHY_MUST_USE chy_status chy_store_train(chy_store *store, chy_error *err);
CHY_MUST_USE chy_status chy_store_put(chy_store *store,
    const chy_filing *filing, int64_t container, chy_filed *ret,
    chy_error *err);
CHY_MUST_USE chy_status chy_store_container(chy_store *store, chy_slice name,
    int64_t *ret_id, chy_error *err);
CHY_MUST_USE chy_status chy_store_container_done(chy_store *store, int64_t id,
    const unsigned char sha256[CHY_SHA256], uint64_t size, chy_error *err);
/* Inside a write transaction: ask at once what putting these will ask. Where
 * the database is far away this saves a way to it and back for each. */
CHY_MUST_USE chy_status chy_store_foresee(chy_store *store,
    const chy_filing *const *filings, size_t n, chy_error *err);
CHY_MUST_USE chy_status chy_store_is_known(chy_store *store,
    const unsigned char sha256[CHY_SHA256], bool *ret_known, chy_error *err);

/* Forget all that was read from the originals, inside a transaction. */
CHY_MUST_USE chy_status chy_store_clear(chy_store *store, chy_error *err);
/* File again what was read from original `id`. */
CHY_MUST_USE chy_status chy_store_put_again(chy_store *store, int64_t id,
    const chy_filing *filing, chy_error *err);


/* ---- originals ---- */

/* Bytes and circumstances of one original, in the arena. */
typedef struct chy_original {
	int64_t	  id;
	unsigned char sha256[CHY_SHA256];
	chy_slice bytes;
	chy_slice file;
	uint32_t  part;
	uint64_t  place;
	chy_slice form;		/* forced; empty */
	int32_t	  year;		/* forced; 0 */
} chy_original;

/* These originals are asked for next, at most so many: an engine that is far
 * away gives them together. */
#define CHY_STORE_AHEAD	32u
CHY_MUST_USE chy_status chy_store_ahead(chy_store *store, const int64_t *ids,
    uint32_t n, chy_error *err);

/* CHY_ERR_STORE when it does not unpack. */
CHY_MUST_USE chy_status chy_store_original(chy_store *store, int64_t id,
    chy_arena *arena, chy_original *ret, chy_error *err);

/* Take the original apart as when it came and give its one telegram to
 * each(). */
CHY_MUST_USE chy_status chy_original_piece(const chy_original *original,
    chy_piece_fn each, void *arg, chy_error *err);

/* Read it again into a telegram that was read before or is zeroed. */
CHY_MUST_USE chy_status chy_original_reread(const chy_original *original,
    chy_telegram *tel, chy_error *err);


/* ---- copying ---- */

typedef struct chy_copied {
	uint64_t originals, bytes;	/* of them as received */
	uint64_t tables, rows;		/* all else */
	uint64_t telegrams;
} chy_copied;

/*
 * Put all of one archive into another, which is empty, in one transaction of
 * either: tables row by row, the text index made anew from the originals.
 * Then what arrived is read again and compared with what was sent. Progress
 * gets originals done; other than CHY_OK stops.
 *
 * CHY_ERR_EXISTS where `to` holds something, CHY_ERR_UNSUPPORTED where `from`
 * was read by another version and wants chancery reindex first.
 */
CHY_MUST_USE chy_status chy_store_copy(chy_store *from, chy_store *to,
    chy_status (*progress)(void *arg, uint64_t done, uint64_t all), void *arg,
    chy_copied *ret, chy_error *err);


/* ---- columns in memory ---- */

#define CHY_NONE	UINT32_MAX

/* One filed original that was read. */
typedef struct chy_tel_column {
	int64_t	 original;
	int64_t	 dtg;
	int64_t	 first_row;
	uint32_t row_count;
	uint32_t group;		/* of one canonical id */
	uint32_t next;		/* in its group, by arrival; CHY_NONE */
	uint32_t post, origin;	/* in names; 0: none */
	uint32_t first_word;	/* in words: TAGS, captions, addressees */
	uint16_t n_tags, n_captions, n_addressees;
	uint32_t flags;
	uint32_t label;
	int32_t	 year;
	uint16_t section;
	uint16_t reader;
	uint8_t	 level;
	uint8_t	 precedence;
} chy_tel_column;

typedef struct chy_columns chy_columns;
struct chy_names;

struct chy_columns {
	int64_t	  change, rebuild;	/* of the archive they agree with */
	chy_tel_column *tels;
	uint32_t  n_tels, cap_tels;
	uint32_t *tel_group;	/* tels[].group, close together */
	size_t	  cap_tel_group;
	uint32_t *tel_of;	/* by number of the original; CHY_NONE */
	size_t	  cap_tel_of;
	uint32_t *row_tel;	/* by number of the row */
	uint16_t *row_label;
	uint16_t *row_mark;	/* 0: none */
	uint8_t	 *row_kind;
	uint8_t	 *row_flags;	/* CHY_ROW_SUMMARY, CHY_ROW_REQUEST */
	size_t	  n_rows, cap_rows;	/* n_rows is the highest number + 1 */
	uint32_t *words;	/* names; tels point in here */
	size_t	  n_words, cap_words;
	struct chy_names *posts;	/* and other addresses */
	struct chy_names *codes;	/* of TAGS */
	struct chy_names *tokens;	/* of captions */
	struct chy_names *groups;	/* canonical id or sha: */
	uint32_t *heads;	/* first telegram of each group */
	size_t	  cap_heads;
};

/* An addressee in words: the number of its name, and its role. */
#define CHY_WORD_POST(w)	((w) >> 2)
#define CHY_WORD_ROLE(w)	((w) & 3u)

static inline const uint32_t *
chy_tel_tags(const chy_columns *c, const chy_tel_column *t)
{
	return c->words + t->first_word;
}

static inline const uint32_t *
chy_tel_captions(const chy_columns *c, const chy_tel_column *t)
{
	return c->words + t->first_word + t->n_tags;
}

static inline const uint32_t *
chy_tel_addressees(const chy_columns *c, const chy_tel_column *t)
{
	return c->words + t->first_word + t->n_tags + t->n_captions;
}

/* Text of a name; CHY_EMPTY for number 0 of posts and codes. */
chy_slice chy_name_text(const struct chy_names *names, uint32_t number);
/* CHY_NONE where it is unknown. */
uint32_t chy_name_find(const struct chy_names *names, chy_slice text);
uint32_t chy_name_count(const struct chy_names *names);

/* What one reader sees of the archive. */
typedef struct chy_view {
	chy_reader reader;
	int64_t	  change, rebuild;
	uint64_t  serial;	/* of this view, as long as it only grows */
	uint64_t  used;		/* for choosing the one to replace */
	bool	 *may;		/* by label */
	uint64_t *rows;		/* set of rows */
	uint8_t	 *tel_sees;	/* CHY_SEES_... of each telegram */
	uint32_t *shown;	/* by group: its telegram that is shown */
	uint32_t *lengths;	/* by group: how many rows are seen */
	uint64_t *visible;	/* set of groups */
	uint32_t *order;	/* visible groups, newest first */
	uint64_t *posts;	/* set of names: posts of what is visible */
	uint64_t  n_seen;	/* rows in all */
	uint32_t  n_order;
	uint32_t  n_labels, n_tels, n_groups, n_posts; /* of what it was made
						       * from */
	size_t	  n_rows;
} chy_view;

#define CHY_SEES_IT		1u	/* that it exists */
#define CHY_SEES_HEADING	2u	/* and its heading */
#define CHY_SEES_WHOLE		4u	/* and every row */
#define CHY_SEES_ROWS		8u	/* its rows, as their label allows */

const chy_columns *chy_store_columns(const chy_store *store);
/* Between enter and leave. Valid until the next enter. */
CHY_MUST_USE chy_status chy_store_view(chy_store *store,
    const chy_reader *reader, const chy_view **ret, chy_error *err);
const chy_label *chy_store_label(const chy_store *store, uint32_t number);

static inline bool
chy_view_row(const chy_view *view, size_t row)
{
	return (view->rows[row / 64] >> (row % 64) & 1) != 0;
}

/* Which of two visible groups comes first in the order: less than 0: a. */
int	chy_view_cmp(const chy_view *view, const chy_columns *c, uint32_t a,
    uint32_t b);

/* Whether a reader may know of what has the label of a paragraph and of its
 * telegram; an empty one asks for nothing. */
bool	chy_store_may(const chy_store *store, const chy_reader *reader,
    chy_slice label, chy_slice tel_label);

/* The next telegram of a group that is shown beside it, a section or a copy:
 * those seen, by section, corrected first, then by arrival. */
uint32_t chy_view_members(const chy_store *store, const chy_view *view,
    uint32_t group, chy_arena *arena, uint32_t **ret_tels);


/* ---- finding ---- */

/* A set of groups as words of 64 bits; free() it. */
CHY_MUST_USE chy_status chy_store_eval(chy_store *store, const chy_view *view,
    const chy_query_node *node, uint64_t **ret_set, chy_error *err);
/* The same of a leaf, into a set that is empty; for questions that nobody will
 * ask again, as the answer is not kept. */
CHY_MUST_USE chy_status chy_store_ask(chy_store *store, const chy_view *view,
    const chy_query_node *leaf, uint64_t *set, chy_error *err);
size_t	chy_set_words(const chy_columns *c);
uint64_t chy_set_count(const uint64_t *set, size_t words);
static inline bool
chy_set_has(const uint64_t *set, uint32_t i)
{
	return (set[i / 64] >> (i % 64) & 1) != 0;
}
static inline void
chy_set_put(uint64_t *set, size_t i)
{
	set[i / 64] |= UINT64_C(1) << (i % 64);
}

static inline void
chy_set_clear(uint64_t *set, size_t i)
{
	set[i / 64] &= ~(UINT64_C(1) << (i % 64));
}

/* How well each group of the set fits the words of the query, by what the
 * reader sees: a score for each, in the order of the set, 0 where it has none
 * of them; NULL where the query has no words. Free() it. */
CHY_MUST_USE chy_status chy_store_rank(chy_store *store, const chy_view *view,
    const chy_query_node *node, const uint64_t *set, double **ret_score,
    chy_error *err);

/* A citation as this reader may follow it. */
typedef struct chy_cited {
	chy_slice value;	/* canonical id printed or derived; of one by
				 * sender and time "CDRUSCENTCOM
				 * 2007-05-12T12:00Z"; of other documents the
				 * words */
	uint32_t  group;	/* where it leads; CHY_NONE: nowhere */
	chy_resolution how;
	chy_ref_kind kind;
	unsigned  notes;	/* CHY_REF_... */
	uint32_t  row;		/* that it stands in; 0: the REF list */
	char	  letter;
	bool	  year_printed;
} chy_cited;

/* What telegrams of the group cite, in order: telegrams alone, the REF list
 * first, then what paragraphs cite beside it. The arena holds the texts. */
CHY_MUST_USE chy_status chy_store_cites(chy_store *store,
    const chy_view *view, uint32_t group, chy_arena *arena,
    chy_cited **ret, uint32_t *ret_n, chy_error *err);

/* Where an id that stands in a text of the group's telegram leads. */
CHY_MUST_USE chy_status chy_store_lead(chy_store *store,
    const chy_view *view, chy_slice value, bool year_printed, uint32_t group,
    uint32_t *ret_group, chy_resolution *ret_how, chy_error *err);

typedef struct chy_citing {
	uint32_t group;
	chy_resolution how;	/* by which its citation leads here */
	chy_slice value;	/* as it cites; valid until the next enter */
	uint32_t row;		/* that it stands in; 0: the REF list */
	char	 letter;
} chy_citing;

/* Which groups cite the id, filed or not, each once. */
CHY_MUST_USE chy_status chy_store_cited_by(chy_store *store,
    const chy_view *view, chy_slice id, chy_arena *arena,
    chy_citing **ret, uint32_t *ret_n, chy_error *err);

/* Every citation that the reader sees, of documents of all kinds, of the
 * groups in `set` (NULL: of all) in the order of their numbers. Texts are
 * valid until the next enter. Anything but CHY_OK stops. */
typedef chy_status (*chy_citation_fn)(void *arg, uint32_t group,
    const chy_cited *cited);
CHY_MUST_USE chy_status chy_store_each_citation(chy_store *store,
    const chy_view *view, const uint64_t *set, chy_citation_fn each,
    void *arg, chy_error *err);

/* Put the groups that another one cites into the set, by all that the reader
 * sees; with `missing`, those that cite a telegram that is not filed. Of those
 * `within` alone, where it is not NULL: that is quicker if they are few. */
CHY_MUST_USE chy_status chy_store_cited_set(chy_store *store,
    const chy_view *view, bool missing, const uint64_t *within, uint64_t *set,
    chy_error *err);

/* The number of a group or of a value, for gaps; year 0: it is none. */
typedef struct chy_number {
	uint32_t serial;
	int32_t	 year;
	uint32_t post;		/* in columns.posts; CHY_NONE: not there */
} chy_number;
CHY_MUST_USE chy_status chy_store_numbers(chy_store *store,
    const chy_number **ret_by_group, chy_error *err);

/* Message continuity numbers that the reader sees: each line of an address,
 * in the order of arrival. */
typedef struct chy_continuity {
	uint32_t  tel;
	chy_slice addressee;	/* key; valid during the call */
	uint32_t  first, last;
} chy_continuity;
CHY_MUST_USE chy_status chy_store_each_continuity(chy_store *store,
    const chy_view *view, chy_status (*each)(void *arg,
    const chy_continuity *line), void *arg, chy_error *err);

/* Terms of a query whose places are shown. */
typedef struct chy_terms chy_terms;
CHY_MUST_USE chy_status chy_terms_make(chy_store *store,
    const chy_query_node *node, chy_arena *arena, chy_terms **ret,
    chy_error *err);

typedef struct chy_place {
	uint32_t off, len;
} chy_place;

/* Where terms stand in a row's text, in order, not overlapping. */
CHY_MUST_USE chy_status chy_terms_find(chy_store *store,
    const chy_terms *terms, const chy_row *row, chy_arena *arena,
    chy_place **ret, uint32_t *ret_n, chy_error *err);


/* ---- state ---- */

/* Originals whose hash begins with the hex digits, at most 100. */
CHY_MUST_USE chy_status chy_store_find_hash(chy_store *store, chy_slice hex,
    chy_arena *arena, int64_t **ret, uint32_t *ret_n, chy_error *err);

/* The original after `id`; 0 after the last. */
CHY_MUST_USE chy_status chy_store_next_original(chy_store *store, int64_t id,
    int64_t *ret, chy_error *err);

typedef struct chy_unread_row {
	int64_t	  original;
	chy_slice sha256;
	chy_slice file;
	uint32_t  part;
	uint64_t  size;
	chy_slice why;
} chy_unread_row;

CHY_MUST_USE chy_status chy_store_unread(chy_store *store,
    chy_status (*each)(void *arg, const chy_unread_row *row), void *arg,
    chy_error *err);
CHY_MUST_USE chy_status chy_store_is_unread(chy_store *store, int64_t id,
    bool *ret, chy_error *err);

typedef struct chy_store_sizes {
	int64_t originals, original_bytes, stored_bytes, archive_bytes;
	int64_t unread, stale;
} chy_store_sizes;
CHY_MUST_USE chy_status chy_store_measure(chy_store *store,
    chy_store_sizes *ret, chy_error *err);

/* What agrees with what: one line of words for each thing that does not. */
CHY_MUST_USE chy_status chy_store_check(chy_store *store,
    void (*fault)(void *arg, chy_slice words), void *arg, chy_error *err);

/* For a test alone: let the rights of telegrams be forgotten when words are
 * looked for, to show that the test of rights can fail. */
void	chy_store_leak(chy_store *store, bool leak);

#endif
