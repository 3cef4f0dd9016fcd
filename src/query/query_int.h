/*
 * What the files of the search language share.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_QUERY_QUERY_INT_H
#define CHY_QUERY_QUERY_INT_H

#include "query/query.h"

/* What kind of value a field takes. */
typedef enum chy_value_kind {
	CHY_VALUE_TEXT,		/* words in its rows */
	CHY_VALUE_POST,		/* a post, a country for its posts, a pattern */
	CHY_VALUE_TAG,		/* a code, a country for its code, a pattern */
	CHY_VALUE_DATE,
	CHY_VALUE_LEVEL,
	CHY_VALUE_PRECEDENCE,
	CHY_VALUE_MRN,		/* a number, a range of them, a pattern */
	CHY_VALUE_CITED,	/* a number, or a query in braces */
	CHY_VALUE_REF,		/* words or a number, a pattern */
	CHY_VALUE_NAME,		/* a name in any spelling */
	CHY_VALUE_WORDS,	/* as it is */
	CHY_VALUE_CAPTION,	/* as it is, or a pattern */
	CHY_VALUE_ACTION,	/* as it is; "overdue" is by today */
	CHY_VALUE_FLAG,
} chy_value_kind;

struct field_row {
	const char    *name;
	chy_value_kind kind;
	const char    *help;
};

extern const struct field_row chy_query_field_rows[CHY_FIELD_COUNT];

struct parser {
	chy_slice  text;
	size_t	   pos;
	int64_t	   now;
	chy_query *query;
	chy_error *err;
	uint32_t   terms;
	uint32_t   depth;
	uint32_t   braces;	/* that are open */
	chy_field  inside;	/* field of the parentheses we are in */
	chy_status status;
};

/* Set the error once; returns NULL. `what`, if any, is quoted after text. */
chy_query_node *chy_query_fail(struct parser *p, chy_status status, size_t off,
    const char *text, chy_slice what);
chy_slice chy_query_keep(struct parser *p, chy_slice s);

/* Bytes of the quote that s begins with: a plain one, or one of those that
 * programs for text put in its place; 0: none. */
size_t	chy_query_quote(chy_slice s);

/* Where the quote stands that closes the one at `off`; text.len: nowhere. */
size_t	chy_query_quoted_end(chy_slice text, size_t off);

static inline chy_query_node *
bad(struct parser *p, chy_status status, size_t off, const char *text,
    chy_slice what)
{
	return chy_query_fail(p, status, off, text, what);
}

static inline chy_slice
keep(struct parser *p, chy_slice s)
{
	return chy_query_keep(p, s);
}

/* Give a field's node its value, which stood at `off`; false after an
 * error. */
bool	chy_query_value(struct parser *p, chy_query_node *node,
    chy_slice value, size_t off);

/* The value is a pattern: compile it. */
bool	chy_query_pattern(struct parser *p, chy_query_node *node,
    chy_slice pattern, size_t off);

/* Names of levels and precedences as they are shown. */
chy_slice chy_query_level_word(int64_t level);
chy_slice chy_query_precedence_word(int64_t precedence);


/* ---- dates ---- */

/* Both in the range. */
typedef struct chy_date_range {
	int64_t first, last;	/* seconds */
} chy_date_range;

typedef enum chy_date_form {
	CHY_DATE_NONE,
	CHY_DATE_AMBIGUOUS,	/* 3/4/1975: which is the month? */
	CHY_DATE_UNDERSTOOD,
} chy_date_form;

/* Words such as "today" only where now, in seconds, is not 0. */
chy_date_form chy_date_parse(chy_slice text, int64_t now,
    chy_date_range *ret);

/* The shortest way to write the range, as 1975-03..1975-05. */
void	chy_date_print(int64_t first, int64_t last, chy_buf *out);


/* ---- forms of words ---- */

#define CHY_WORD_FORMS	12u

/* The grammatical forms of a word, itself first; 0 where it has none: it is
 * no word of ASCII letters, or shorter than three. `ret` has room for
 * CHY_WORD_FORMS. */
uint32_t chy_word_forms(chy_slice word, chy_arena *arena, chy_slice *ret);

#endif
