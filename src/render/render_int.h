/*
 * The renderers themselves, and what they share. Internal to render/.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_RENDER_RENDER_INT_H
#define CHY_RENDER_RENDER_INT_H

#include "render/render.h"

#define RENDERER(name)	extern const chy_renderer chy_renderer_##name;
#include "render/renderers.def"
#undef RENDERER

/* layout.c: words filled to a width, the first line after `first`, the others
 * after `rest`. A line feed in the text begins a new line. */
void	chy_layout(chy_sink *out, chy_slice text, const char *first,
    const char *rest, size_t width);

/* Captions that the heading prints, apart by a blank. */
void	chy_put_joined(chy_sink *out, const chy_slices *list,
    const char *between);

/* "SECRET//NOFORN" */
void	chy_put_classification(chy_sink *out, const chy_telegram *tel);

/* render_markdown.c: pieces of the State form, for its two writers; `links`
 * is form P. */
void	chy_put_state_heading(const chy_telegram *tel, chy_sink *out,
    bool links);
bool	chy_has_kind(const chy_telegram *tel, chy_node_kind kind);
void	chy_put_class_line(const chy_telegram *tel, chy_sink *out);
void	chy_put_state_fields(const chy_telegram *tel, chy_sink *out,
    bool links);

#endif
