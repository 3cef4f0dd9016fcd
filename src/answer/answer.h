/*
 * What the registry answers, written out: as text for people and as lines of
 * JSON, an object each, for programs. A command prints it, a page has it under
 * its .txt and .json.
 *
 * Not for HTML, which is the pages' own, nor for asking.
 *
 * Everything is written to `out`, whose status tells of failures. `colour`
 * is that of a terminal.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_ANSWER_ANSWER_H
#define CHY_ANSWER_ANSWER_H

#include "answer/print.h"
#include "registry/alike.h"
#include "registry/names.h"
#include "registry/network.h"
#include "registry/references.h"

/* An object a name; of one name with where it stands. */
void	answer_names_text(const chy_names_list *list, chy_sink *out);
void	answer_names_json(const chy_names_list *list, chy_sink *out);
void	answer_name_text(const chy_name_found *f, bool colour, chy_sink *out);
void	answer_name_json(const chy_name_found *f, chy_sink *out);

/* An object a post and year, then one a series; as text the first `few` gaps
 * of each. */
void	answer_gaps_text(const chy_gaps *gaps, uint32_t few, chy_sink *out);
void	answer_gaps_json(const chy_gaps *gaps, chy_sink *out);

/* An object with the kinds, then one a value. */
void	answer_unresolved_text(const chy_unresolved *u, chy_sink *out);
void	answer_unresolved_json(const chy_unresolved *u, chy_sink *out);

void	answer_likes_text(const chy_likes *likes, bool colour, chy_sink *out);
void	answer_likes_json(const chy_likes *likes, chy_sink *out);
/* "both cite": what stands before the texts of such reasons. */
const char *answer_like_words(chy_like_kind kind);

/* An object a node, in their order. */
void	answer_thread_text(const chy_thread *thread, bool colour,
    chy_sink *out);
void	answer_thread_json(const chy_thread *thread, chy_sink *out);
void	answer_node_json(const chy_thread *thread, uint32_t i, chy_sink *out);

/* Nodes, then edges. */
void	answer_network_text(const chy_network *net, chy_sink *out);
void	answer_network_json(const chy_network *net, chy_sink *out);
void	answer_citations_text(const chy_citation_graph *g, chy_sink *out);
void	answer_citations_json(const chy_citation_graph *g, chy_sink *out);

void	answer_timeline_text(const chy_timeline *t, chy_sink *out);
void	answer_timeline_json(const chy_timeline *t, chy_sink *out);

/* "letter": "A", or null for 0. */
void	json_letter(json *j, char letter);
/* "estimate": { ... }, or null where there is none. */
void	json_estimate(json *j, const chy_estimate *e);

#endif
