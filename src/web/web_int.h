/*
 * What the files of web/ share: one request with its reply, the route table,
 * and the pieces every page is made of. Internal.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_WEB_WEB_INT_H
#define CHY_WEB_WEB_INT_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/sink.h"
#include "marking/marking.h"
#include "registry/distribution.h"
#include "registry/registry.h"
#include "web/web.h"

/* Bytes of a request's target. A query of CHY_LIMIT_QUERY bytes, each of
 * them escaped, and the rest. */
#define CHY_WEB_LIMIT_TARGET	(16u << 10)
/* Bytes of all header fields of a request. */
#define CHY_WEB_LIMIT_HEADERS	(16u << 10)
#define CHY_WEB_LIMIT_PARAMS	16u
/* Fields of a form: one for each proposal that is chosen. */
#define CHY_WEB_LIMIT_FIELDS	256u
/* Bytes of a form that is sent: a reason has 2,000, each byte escaped. */
#define CHY_WEB_LIMIT_FORM	(32u << 10)
/* Threads that answer, each with a registry of its own. */
#define CHY_WEB_THREADS		3u
#define CHY_WEB_CONNECTIONS	128u

/* Hits of a page of results, and of a page of the table for programs. */
#define CHY_WEB_HITS		20u
#define CHY_WEB_CSV_HITS	1000u

typedef enum chy_web_format {
	CHY_WEB_HTML = 1 << 0,
	CHY_WEB_JSON = 1 << 1,
	CHY_WEB_TEXT = 1 << 2,
	CHY_WEB_CSV  = 1 << 3,
	CHY_WEB_ATOM = 1 << 4,
} chy_web_format;

/* What all requests have in common; nobody changes it while serving. */
typedef struct chy_site {
	chy_reader reader;
	char	   reader_label[CHY_LABEL_MAX];	/* "" for the owner */
	bool	   loopback;
	uint16_t   port;
	const char *archive;
	bool	   portion_release;
	char	   token[33];	/* in every form, so that no other site can
				 * send one; of this run */
} chy_site;

typedef struct chy_param {
	chy_slice name;
	chy_slice value;
} chy_param;

/* One request and its reply. */
typedef struct chy_exchange {
	const chy_site *site;
	chy_registry   *reg;
	chy_arena	arena;		/* until the reply is made */
	chy_civil	now;

	/* What was asked. */
	chy_slice	path;		/* decoded, with its suffix */
	chy_slice	id;		/* what stood for the * of the route */
	chy_web_format	format;
	chy_param	params[CHY_WEB_LIMIT_FIELDS];
	unsigned	n_params;
	const char     *if_none_match;	/* NULL: not sent */
	const char     *host;		/* as it was asked for; NULL */
	bool		posted;		/* a form; params are its fields */
	bool		cut;		/* its answer failed, as the server of
					 * the archive was lost */

	/* What is answered. */
	unsigned	status;		/* of HTTP */
	const char     *type;
	const char     *location;	/* of a redirect */
	const char     *download;	/* file name of an attachment */
	const char     *etag;		/* only assets have one */
	bool		has_file;	/* the body is the file, from its
					 * beginning; closed when it was sent */
	int		file;
	chy_buf		body;
	chy_sink	out;		/* appends to body */
} chy_exchange;


/* ---- request.c ---- */

/* Take the request's target apart into path and parameters. On failure the
 * reply's status is set (400, 414). */
chy_status chy_parse_target(chy_exchange *x, const char *target);

/* Take the fields of a form for the parameters, in place of those of the
 * target. */
chy_status chy_parse_form(chy_exchange *x, chy_slice body);
/* The token that the site gave is among them. */
bool	chy_parse_has_token(const chy_exchange *x);

/* Value of a parameter, line ends and controls as blanks; empty when it was
 * not given. */
chy_slice chy_parse_param(const chy_exchange *x, const char *name);
/* A number from 1 to max; `otherwise` for anything else. */
uint32_t chy_parse_number(const chy_exchange *x, const char *name,
    uint32_t max, uint32_t otherwise);

/* Whether a Host field names this machine's own addresses: on loopback, a
 * page from elsewhere must not reach us by a name that it controls. */
bool	chy_parse_is_own_host(const chy_site *site, const char *host);

/* The text for the path or the query of a URL; lives in the arena. */
const char *chy_url(chy_exchange *x, chy_slice text);


/* ---- routes.c ---- */

/* Answer the request whose target was parsed. The body is there also where
 * something failed; without memory it is empty. */
void	chy_route(chy_exchange *x);
/* Whether the path takes a form. */
bool	chy_route_takes_form(chy_exchange *x);


/* ---- reply.c ---- */

void	chy_reply_redirect(chy_exchange *x, const char *location);
/* Drop what was written and answer with the page of an error. */
void	chy_reply_not_found(chy_exchange *x);
void	chy_reply_bad(chy_exchange *x, unsigned status, const char *what);
void	chy_reply_failed(chy_exchange *x, chy_status st, const chy_error *err);
/* Drop what was written, and nothing more. */
void	chy_reply_again(chy_exchange *x);
/* The one of these two that fits. */
void	chy_reply_status(chy_exchange *x, chy_status st, const chy_error *err);


/* ---- words.c: values as people read them ---- */

typedef struct chy_words {
	char s[96];
} chy_words;

chy_words chy_words_number(uint64_t n);		/* 41,306 */
chy_words chy_words_small(uint64_t n);		/* two; 41,306 */
chy_words chy_words_date(chy_civil c);		/* 10 March 2026 */
chy_words chy_words_short(chy_civil c);		/* 10 Mar 2026 */
chy_words chy_words_time(chy_civil c);		/* Tuesday 10 March 2026, ... */
chy_words chy_words_dtg(chy_civil c);		/* 101432Z MAR 26 */
chy_words chy_words_iso(chy_civil c);		/* 2026-03-10T14:32Z */
chy_words chy_words_sentence(chy_slice s);	/* IMMEDIATE: Immediate */

/* 26PORTARDEN214 as 26 PORT ARDEN 214: blanks from the table of posts, else
 * from a text that holds the post's name, as the originator's. */
chy_words chy_words_mrn(chy_slice id, chy_slice hint);

/* A label in words: SECRET//NOFORN. */
const char *chy_words_label(chy_exchange *x, const chy_label *label);

/* "none", "u", "sbu", "c", "s", "ts": the class of a label, level or mark. */
const char *chy_words_level(chy_level level);
/* Of a portion mark; "" where it has no level. */
const char *chy_words_mark(chy_slice mark);

/* The date of a line; year 0: none. */
chy_civil chy_line_date(const chy_line *line);


/* ---- html.c ---- */

/*
 * Write HTML. What the format says is HTML, what the arguments say is text
 * and escaped, so nothing from outside can be taken for HTML. Directives: %s,
 * %.*s (with CHY_ARG), %c, %d, %u, %zu and %%.
 */
void	chy_html(chy_exchange *x, const char *fmt, ...) CHY_PRINTF(2, 3);

/* The same for JSON: texts become strings with their quotes, empty ones
 * null. */
void	chy_json(chy_exchange *x, const char *fmt, ...) CHY_PRINTF(2, 3);

/* Text that lives in the arena; empty without memory. */
chy_slice chy_text(chy_exchange *x, const char *fmt, ...) CHY_PRINTF(2, 3);


/* ---- layout.c ---- */

typedef struct chy_page {
	chy_slice	 title;		/* before " - Chancery" */
	const chy_label *label;		/* of all that is on it; NULL: lowest */
	const char	*label_words;	/* as the one telegram on it puts that
					 * label; NULL: the label's own */
	const char	*here;		/* "search", "telegrams", "" */
	chy_slice	 query;		/* in the search field */
	const char	*up;		/* URL one level up; NULL */
	bool		 no_find;	/* has a search field of its own */
	const char	*address;	/* of this page in other formats, with
					 * no suffix; NULL: there are none */
	const char	*asked;		/* "?q=...", belongs behind it */
	unsigned	 formats;	/* chy_web_format, or-ed */
	const char	*script;	/* an asset besides the keys; NULL */
} chy_page;

/* All up to <main> and from </main>. */
void	chy_layout_begin(chy_exchange *x, const chy_page *page);
void	chy_layout_end(chy_exchange *x, const chy_page *page);

/* Small marks. */
void	chy_mark_level(chy_exchange *x, chy_level level, chy_slice words);
void	chy_mark_precedence(chy_exchange *x, chy_precedence precedence);
void	chy_mark_portion(chy_exchange *x, chy_slice mark);
void	chy_mark_time(chy_exchange *x, chy_civil c, const char *class_,
    chy_words words);
/* A number that leads to its telegram. */
void	chy_mark_mrn(chy_exchange *x, const chy_line *line, const char *class_);


/* ---- pages, as routes.def names them ---- */

#define ROUTE(path, handler, formats)	void chy_##handler(chy_exchange *x);
#include "web/routes.def"
#undef ROUTE

#define POST(path, handler)	void chy_##handler(chy_exchange *x);
#include "web/posts.def"
#undef POST

/* URL of a telegram, with what follows its id: "", "/thread" ... */
const char *chy_telegram_url(chy_exchange *x, chy_slice id, const char *rest);


/* ---- terms.c ---- */

/* Terms of a query that are shown one by one. */
#define CHY_WEB_TERMS	32u

bool	chy_terms_have(chy_slice query, chy_slice term);
/* The query as typed with another term, or without one that it has. */
chy_slice chy_terms_with(chy_exchange *x, chy_slice query, chy_slice term);
chy_slice chy_terms_without(chy_exchange *x, chy_slice query, chy_slice term);
/* The terms that all must hold, of a query as understood; 0 where it is not
 * made so, or of too many. */
unsigned chy_terms_split(chy_slice understood, chy_slice *terms);
/* All of them but one. */
chy_slice chy_terms_but(chy_exchange *x, const chy_slice *terms, unsigned n,
    unsigned but);


/* ---- forms that change the archive ---- */

/* The hidden field that every form has. */
void	chy_html_token(chy_exchange *x);
/* The archive, opened for writing; the caller closes it. On failure the reply
 * is made, and NULL is returned. */
chy_registry *chy_open_for_change(chy_exchange *x);
/* The reasons of a delivery: rules, and the words that matched, as two cells
 * of a table. */
/* Words that matched, the office marked where they are part of more. */
void	chy_html_words(chy_exchange *x, chy_slice words, chy_slice office);
void	chy_html_because(chy_exchange *x, chy_slice id, const chy_delivery *d);


/* ---- page_results.c, page_bar.c ---- */

/* The part of a page that says what is wrong with a query. */
void	chy_html_caret(chy_exchange *x, chy_slice query, const chy_error *err);

/* The month bar and its table. */
void	chy_html_months(chy_exchange *x, chy_slice query,
    const chy_month *months, uint32_t n);

#endif
