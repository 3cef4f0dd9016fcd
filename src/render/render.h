/*
 * Outputs of a telegram: one row of renderers.def each. A renderer gets a
 * const telegram and a sink, never a file.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_RENDER_RENDER_H
#define CHY_RENDER_RENDER_H

#include "base/sink.h"
#include "telegram/telegram.h"

typedef struct chy_renderer {
	const char *name;	/* as --as takes it */
	const char *media_type;
	const char *suffix;
	const char *title;
	void	  (*render)(const chy_telegram *tel, chy_sink *out);
} chy_renderer;

/* Row i of the table; NULL after the last. */
const chy_renderer *chy_renderer_at(size_t i);

/* By name; NULL where there is none. */
const chy_renderer *chy_renderer_find(const char *name);

/* Write the telegram; returns the sink's status. */
chy_status chy_render(const chy_renderer *renderer, const chy_telegram *tel,
    chy_sink *out);

/* What a page for reading has when it stands among others. All may be NULL. */
typedef struct chy_html_page {
	const char *stylesheet;	/* address of a style sheet */
	const char *up;		/* address of the list it is in */
	/* Append the address of a telegram; false where it has no page. */
	bool	  (*href)(void *arg, chy_slice id, chy_buf *out);
	void	   *arg;
} chy_html_page;

/* The page of the html renderer; sections that arrived apart follow the
 * first. */
void	chy_render_html_page(const chy_telegram *const *parts, uint32_t n,
    const chy_html_page *page, chy_sink *out);

/*
 * Cleaned text of a stretch of the telegram: its text and title leaves only,
 * blocks apart by a line end. What a summary says.
 */
void	chy_render_text_of(const chy_telegram *tel, chy_span span,
    chy_buf *out);

/* The first summary, or an empty buffer (product.md, Shapes). */
void	chy_render_summary(const chy_telegram *tel, chy_buf *out);

/* What paragraphs say and nothing else, apart by a line end; runs of x that
 * stand for removed names are left out (product.md, clean_text). */
void	chy_render_clean_text(const chy_telegram *tel, chy_buf *out);

#endif
