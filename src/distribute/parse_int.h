/*
 * What the files that read rules share: tokens, and the state of reading.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_DISTRIBUTE_PARSE_INT_H
#define CHY_DISTRIBUTE_PARSE_INT_H

#include "distribute/distribute_int.h"

enum token_kind { TOKEN_END, TOKEN_WORD, TOKEN_STRING, TOKEN_MARK };

struct token {
	enum token_kind kind;
	chy_slice text;		/* of a string: without quotes */
	uint32_t  off;		/* in its file */
};

struct source {
	chy_slice path;
	chy_slice text;
	uint32_t  at;		/* next byte */
	struct token token;	/* the one to look at */
	struct source *from;	/* that includes it; NULL */
};

struct named_list {
	chy_slice  name;
	chy_slice *items;
	uint32_t   n;
};

/* Rules named by suppress and only, which may come later in the file. */
struct pending {
	struct effect *effect;
	chy_slice      from, to;
	chy_slice      path, text;	/* of the file, for messages */
	uint32_t       off;
	struct pending *next;
};

struct place {
	chy_slice path, text;	/* of the file */
	uint32_t  off;
};

struct parser {
	chy_rules	*rules;
	struct source	*source;
	uint32_t	 depth;		/* of includes */
	uint32_t	 nesting;	/* of parentheses */
	chy_rules_include_fn include;
	void		*arg;
	chy_rules_error *bad;
	chy_status	 st;		/* sticky */
	struct named_list *lists;
	uint32_t	 n_lists, cap_lists;
	struct pending	*pending;
	struct place	*places;	/* of the rules */
	uint32_t	 cap_places;
};

/* lex.c */
void	chy_lex_next(struct parser *p);		/* to the next token */
/* Fail at a place of the file at work; the first failure stays. */
void	chy_parse_fail(struct parser *p, chy_status st, uint32_t off,
    const char *fmt, ...) CHY_PRINTF(4, 5);
void	chy_parse_fail_at(struct parser *p, chy_slice path, chy_slice text,
    uint32_t off, const char *words);
bool	chy_at_word(const struct parser *p, const char *word);
bool	chy_take_word(struct parser *p, const char *word);
void	chy_want_word(struct parser *p, const char *word);
bool	chy_at_mark(const struct parser *p, char mark);
bool	chy_take_mark(struct parser *p, char mark);
void	chy_want_mark(struct parser *p, char mark);
/* A word or a string, copied; what it is, for messages. */
chy_slice chy_want_name(struct parser *p, const char *what);
chy_slice chy_want_string(struct parser *p, const char *what);
chy_ymd	chy_want_date(struct parser *p);
uint32_t chy_want_number(struct parser *p, uint32_t most);
/* Names with commas between, lists (@name) taken in. */
chy_slice *chy_want_names(struct parser *p, const char *what,
    uint32_t *ret_n);
void	chy_take_items(struct parser *p, const char *what, chy_slice **list,
    uint32_t *n, uint32_t *cap);
void	*chy_parse_zalloc(struct parser *p, size_t n, size_t size);
uint32_t chy_want_addressee(struct parser *p);
chy_precedence chy_want_precedence(struct parser *p);

/* parse_cond.c */
struct cond *chy_parse_cond(struct parser *p);
/* parse_effect.c */
struct effect *chy_parse_effects(struct parser *p);
bool	chy_resolve_rules(struct parser *p);

#endif
