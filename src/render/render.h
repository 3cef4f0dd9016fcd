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
