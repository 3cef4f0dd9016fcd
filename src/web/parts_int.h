/*
 * Pieces of the pages that answer about many telegrams at once: names, gaps,
 * references, the network, the timeline. Internal to these.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_WEB_PARTS_INT_H
#define CHY_WEB_PARTS_INT_H

#include "answer/answer.h"
#include "web/web_int.h"

/* A day of ISO as people read it: 9 June 2008; a month, a year; else the text
 * itself, cut. */
chy_words chy_words_period(chy_slice iso);

/* Answer with lines of JSON, an object each, as one document:
 * {"schema":1,"results":[ ... ]}. The buffer is freed. */
void	chy_reply_lines(chy_exchange *x, chy_buf *lines);
/* What failed: a query with its caret, or the archive. */
void	chy_reply_query(chy_exchange *x, chy_slice query, chy_status st,
    const chy_error *err);

/* "Understood as ..."; nothing for all. */
void	chy_html_understood(chy_exchange *x, chy_slice understood);
/* A form that narrows the page by a query. `more` are hidden fields and their
 * values in turn, ended by NULL; empty values are left out. NULL: none. */
void	chy_html_narrow(chy_exchange *x, const char *action, chy_slice query,
    const char *const *more);

/* A number that leads to its telegram. */
void	chy_html_id(chy_exchange *x, chy_slice id);
/* When a telegram that is not filed was sent, with its neighbours. */
void	chy_html_estimate(chy_exchange *x, const chy_estimate *e);

/* The end of an address that asks the query again: "?q=..."; "" for all. */
const char *chy_url_asked(chy_exchange *x, chy_slice query);
/* A copy in the arena of what a buffer holds; the buffer is freed. */
const char *chy_keep(chy_exchange *x, chy_buf *buf);

#endif
