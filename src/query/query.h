/*
 * The search language: what a person types becomes a small tree, and back.
 *
 * Not for answering it: the store does that and never sees what was typed.
 * A query that is not understood is an error with its place and a remedy,
 * never fewer results; a field that cannot be answered yet is an error too.
 *
 *	chy_query *query;
 *	chy_buf understood = CHY_BUF_INIT;
 *
 *	if (chy_query_parse(CHY_SLICE("oman oil date:1975-03.."), &query,
 *	    &err) != CHY_OK)
 *		return show_caret(err.off, err.text);
 *	chy_query_print(query->root, &understood);
 *	chy_query_free(query);
 *
 * Grammar, words in any case; chancery-query(7) says what each means:
 *
 *	or	= and *( "or" and )
 *	and	= not *( [ "and" ] not )
 *	not	= [ "not" / "-" ] ( "(" or ")" / field ":" value / term )
 *	term	= word / word "*" / word "~" / DQUOTE words DQUOTE [ "~" n ] /
 *		  word "near/" n word
 *	value	= word / DQUOTE words DQUOTE / [ a ] ".." [ b ] / "/" pattern "/"
 *		  / "(" or ")" / "{" or "}"
 *
 * A value in parentheses is for fields of text alone; in para: all of it must
 * hold in one paragraph. Everywhere else "and" means in one telegram. A query
 * in braces stands for the telegrams that it finds.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_QUERY_QUERY_H
#define CHY_QUERY_QUERY_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/slice.h"
#include "base/status.h"
#include "telegram/mrn.h"

/*
 * The fields, one row each: name, what kind of value it takes, what it asks.
 */
#define CHY_QUERY_FIELDS(F)						\
	F(SUBJECT,    "subject",    TEXT,	"words of the subject")	\
	F(BODY,	      "body",	    TEXT,	"words of paragraphs")	\
	F(PARA,	      "para",	    TEXT,	"all in one paragraph")	\
	F(HEADING,    "heading",    TEXT,	"words of the heading")	\
	F(PASSING,    "passing",    TEXT,	"words of passing lines") \
	F(AUTHORITY,  "classifiedby", TEXT,	"words of Classified By") \
	F(EO,	      "eo",	    TEXT,	"words of the E.O. line") \
	F(FROM,	      "from",	    POST,	"originator")		\
	F(TO,	      "to",	    POST,	"action addressee")	\
	F(INFO,	      "info",	    POST,	"information addressee") \
	F(POST,	      "post",	    POST,	"post of the number")	\
	F(TAG,	      "tag",	    TAG,	"TAGS, code or country") \
	F(GEO,	      "geo",	    TAG,	"country")		\
	F(PERSON,     "person",	    NAME,	"a person, any spelling") \
	F(PLACE,      "place",	    NAME,	"a place, any spelling") \
	F(ORG,	      "org",	    NAME,	"a body, any spelling")	\
	F(DATE,	      "date",	    DATE,	"day, month, year, range") \
	F(CLASS,      "class",	    LEVEL,	"level or range")	\
	F(PRECEDENCE, "precedence", PRECEDENCE,	"precedence or range")	\
	F(MRN,	      "mrn",	    MRN,	"the telegram's number") \
	F(REF,	      "ref",	    REF,	"what the REF list says") \
	F(CITES,      "cites",	    CITED,	"cites that telegram")	\
	F(CITEDBY,    "citedby",    CITED,	"is cited by it")	\
	F(THREAD,     "thread",	    CITED,	"is in its thread")	\
	F(MARK,	      "mark",	    WORDS,	"portion mark, as S/NF") \
	F(CAPTION,    "caption",    CAPTION,	"caption, as EXDIS")	\
	F(OFFICE,     "office",	    WORDS,	"office that has it")	\
	F(ACTION,     "action",	    ACTION,	"what is owed, or who owes") \
	F(CASE,	      "case",	    WORDS,	"case that it is in")	\
	F(IS,	      "is",	    FLAG,	"corrected, partial ...")

#define CHY_ENUM_(name, text, kind, help)	CHY_FIELD_##name,
typedef enum chy_field {
	CHY_FIELD_NONE,		/* the whole telegram */
	CHY_QUERY_FIELDS(CHY_ENUM_)
	CHY_FIELD_COUNT
} chy_field;
#undef CHY_ENUM_

/* What is: can ask: name, and what it means. */
#define CHY_QUERY_FLAGS(F)						\
	F(CORRECTED, "corrected", "a corrected copy")			\
	F(PARTIAL,   "partial",	  "an extract, or cut short")		\
	F(SECTION,   "section",	  "a section of a longer one")		\
	F(COPIED,    "copied",	  "filed more than once")		\
	F(UNDATED,   "undated",	  "without a date-time group")		\
	F(CITED,     "cited",	  "cited by another that is filed")	\
	F(MISSING,   "missing",	  "cites one that is not filed")	\
	F(REQUEST,   "request",	  "asks for action")			\
	F(OPEN,	     "open",	  "owed an answer that is not given")	\
	F(OVERDUE,   "overdue",	  "the same, and its day is past")	\
	F(UNREAD,    "unread",	  "delivered, and opened by nobody")

#define CHY_ENUM_(name, text, help)	CHY_FLAG_##name,
typedef enum chy_query_flag {
	CHY_QUERY_FLAGS(CHY_ENUM_)
	CHY_FLAG_COUNT
} chy_query_flag;
#undef CHY_ENUM_

typedef enum chy_query_kind {
	CHY_QUERY_ALL,		/* every telegram */
	CHY_QUERY_AND,		/* children: two or more */
	CHY_QUERY_OR,		/* children: two or more */
	CHY_QUERY_NOT,		/* one child */
	CHY_QUERY_WORDS,	/* text, in the rows of field */
	CHY_QUERY_PARA,		/* one child, inside one paragraph */
	CHY_QUERY_FIELD,	/* field and its value */
} chy_query_kind;

typedef struct chy_query_node {
	chy_query_kind kind;
	chy_field      field;
	bool	       phrase;	/* was in quotes */
	bool	       prefix;	/* the last word may go on */
	bool	       country;	/* POST: text is a country's TAGS code */
	uint32_t       near;	/* WORDS: in any order, so many others between
				 * the first and the last; 0: as they stand */
	struct chy_pattern *pattern; /* of a field's value; NULL: none */
	chy_slice      text;	/* words; for a field the value, made canonical:
				 * a post's key, a TAGS code, an MRN */
	chy_slice      typed;	/* the value as it is printed back */
	int64_t	       low;	/* DATE: first second; LEVEL, PRECEDENCE,
				 * FLAG: value; MRN: of a range the first serial.
				 * "overdue": today, seconds; 0: unknown */
	int64_t	       high;	/* last value, itself included; MRN: 0: none */
	uint32_t       off;	/* where it stood in what was typed */
	uint32_t       len;
	struct chy_query_node *child;	/* first; of a FIELD what stood in
				 * braces */
	struct chy_query_node *next;	/* sibling */
} chy_query_node;

typedef struct chy_query {
	chy_arena	arena;
	chy_query_node *root;
} chy_query;

/*
 * Parse what was typed; nothing at all is CHY_QUERY_ALL. `now` in seconds is
 * what words like "today" count from; 0: they are not understood. Statuses,
 * each with err->off for a caret and err->text with a remedy: CHY_ERR_INVALID;
 * CHY_ERR_TOO_LARGE above CHY_LIMIT_QUERY, _DEPTH or _TERMS;
 * CHY_ERR_NO_MEMORY.
 */
CHY_MUST_USE chy_status chy_query_parse(chy_slice text, int64_t now,
    chy_query **ret_query, chy_error *err);
void	chy_query_free(chy_query *query);

/* The query as understood: parsing it gives the same tree again. */
void	chy_query_print(const chy_query_node *node, chy_buf *out);

/* Name, kind ("date") and help of field `i`, from CHY_FIELD_NONE + 1; NULL
 * after the last. */
const char *chy_field_name(chy_field field);
const char *chy_field_help(chy_field field);
const char *chy_query_flag_name(chy_query_flag flag);
const char *chy_query_flag_help(chy_query_flag flag);


/* ---- completion ---- */

/* What may be typed on at the end of an unfinished query. */
typedef struct chy_query_at {
	chy_field field;	/* a value of it; CHY_FIELD_NONE: a term */
	chy_slice begun;	/* what of it is there, in the text */
	size_t	  off;		/* where it begins */
	bool	  quoted;	/* a quote was opened before it */
} chy_query_at;

/* False where nothing can be completed: inside a phrase, after a pattern's
 * slash, or behind a field that is none. */
bool	chy_query_end(chy_slice text, chy_query_at *ret);


/* ---- numbers and posts in any spelling ---- */

/*
 * A message reference number as a person may write it: what chy_mrn_parse
 * takes, also with the post's title and the year behind: "Embassy Muscat 425
 * (2008)". Made canonical. False where it is none or has no year.
 */
bool	chy_mrn_from_text(chy_slice text, chy_mrn *ret);

/* A post's key from any spelling: MUSCAT, Embassy Muscat, AMEMBASSY MUSCAT,
 * RUEHMS. What no table has is put in capitals without blanks. Writes at most
 * size - 1 bytes and a NUL, returns the length. */
size_t	chy_post_key(chy_slice text, int32_t year, char *out, size_t size);

#endif
