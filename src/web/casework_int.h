/*
 * What the pages of casework share. Internal.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_WEB_CASEWORK_INT_H
#define CHY_WEB_CASEWORK_INT_H

#include "registry/casework.h"
#include "web/web_int.h"

/* Today, as the pages count. */
int32_t	chy_today(const chy_exchange *x);

/* "Fri 13 Mar"; the year is said where it is not this one. */
chy_words chy_words_day(int32_t day, int32_t today);

/* Words out of a sentence, with a capital first. */
void	chy_html_sentence(chy_exchange *x, chy_slice words);

/* How a date is known, in words that stand and in a mark. */
void	chy_mark_basis(chy_exchange *x, chy_due_basis basis, chy_slice phrase,
    int32_t other, int32_t today);

/* A state with its mark. */
void	chy_mark_status(chy_exchange *x, chy_item_status status, bool late);

/* A label as a chip. */
void	chy_mark_label(chy_exchange *x, chy_slice label);

/* 214 ¶7, leading to the paragraph. */
void	chy_mark_source(chy_exchange *x, chy_slice telegram,
    chy_slice paragraph, bool whole);

/* /actions/26PORTARDEN214%237, /cases/ARDEN */
const char *chy_casework_url(chy_exchange *x, const char *folder,
    chy_slice name);

/* Who does it, and why: two fields of every form. */
void	chy_html_doing(chy_exchange *x, const char *id);
/* The same from a form that was sent. */
chy_doing chy_parse_doing(const chy_exchange *x);

/* The answer to a form: back to the page it changed, or what went wrong. */
void	chy_reply_changed(chy_exchange *x, chy_status st,
    const chy_error *err, const char *location);

#endif
