/*
 * A comparison for people and for programs: as text (with the colours of a
 * terminal, or marked [-removed-] {+added+}), as HTML (del and ins, whole or a
 * part of a page), as JSON.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_RENDER_COMPARISON_H
#define CHY_RENDER_COMPARISON_H

#include "base/sink.h"
#include "compare/comparison.h"

/* Only what differs, with a few words around; with `whole`, everything. */
void	chy_comparison_text(const chy_comparison *c, bool whole, bool colour,
    chy_sink *out);
/* Classes: compare, same, removed, added. No style, no script. */
void	chy_comparison_html(const chy_comparison *c, bool whole,
    chy_sink *out);
/* One object, with a line end. */
void	chy_comparison_json(const chy_comparison *c, bool whole,
    chy_sink *out);

#endif
