/*
 * The telegram page in its three files: the page and what stands beside the
 * sheet, the heading, the text. Internal to these.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_WEB_TELEGRAM_INT_H
#define CHY_WEB_TELEGRAM_INT_H

#include "registry/alike.h"
#include "web/web_int.h"

/* Findings of a telegram that are listed and can be linked to. */
#define CHY_WEB_FINDINGS	100u

/* page_telegram.c: the reader sees every byte of every section. */
bool	chy_shown_whole(const chy_shown *shown);

/* heading.c: the heading as a table, and the references. */
void	chy_html_heading(chy_exchange *x, const chy_telegram *tel);
void	chy_html_references(chy_exchange *x, const chy_shown *shown);
/* Embassy Muscat; the address as it is where the table has no title. */
chy_words chy_words_address(chy_slice plad);

/* text.c: the action request, the paragraphs with the summary first, embedded
 * documents, the signature. Invisible paragraphs leave no trace. */
void	chy_html_action_requests(chy_exchange *x, const chy_shown *shown);
void	chy_html_text(chy_exchange *x, const chy_shown *shown);
/* Anchor of a paragraph: p8; of a later section that begins its numbers
 * again: s2p8. */
chy_words chy_words_anchor(const chy_shown *shown, uint32_t part,
    uint32_t paragraph);
/* The paragraph that holds offset off; UINT32_MAX. */
uint32_t chy_paragraph_at(const chy_telegram *tel, uint32_t off);

/* page_like.c: similar telegrams, for the side; NULL: none. */
void	chy_html_like(chy_exchange *x, const chy_likes *likes);

#endif
