/*
 * Nodes of the tree and the walks over them.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_TELEGRAM_NODE_H
#define CHY_TELEGRAM_NODE_H

#include "base/slice.h"

/* INNER nodes hold others; LEAF nodes are the bytes. */
#define CHY_NODE_KINDS(INNER, LEAF)					\
	INNER(TELEGRAM,		"telegram")				\
	INNER(HEADING,		"heading")				\
	INNER(FORMAT_LINE,	"format_line")	/* value: its number */	\
	INNER(ADDRESSEE,	"addressee")	/* value: chy_role */	\
	INNER(CLASS_LINE,	"class_line")				\
	INNER(CAPTION_LINE,	"caption_line")				\
	INNER(PASSING,		"passing")				\
	INNER(EO_LINE,		"eo_line")				\
	INNER(TAGS_LINE,	"tags_line")				\
	INNER(SUBJECT_LINE,	"subject_line")				\
	INNER(REF_LINE,		"ref_line")				\
	INNER(REFERENCE,	"reference")				\
	INNER(CLASSIFIED_BY,	"classified_by")			\
	INNER(BODY,		"body")					\
	INNER(TITLE,		"title")				\
	INNER(PARAGRAPH,	"paragraph")				\
	INNER(EMBEDDED,		"embedded")				\
	INNER(TAIL,		"tail")					\
	LEAF(KEYWORD,		"keyword")	/* TO, SUBJECT:, TAGS: */ \
	LEAF(PUNCT,		"punctuation")				\
	LEAF(MARKUP,		"markup")	/* of publication */	\
	LEAF(RESIDUE,		"residue")	/* page lines and such */ \
	LEAF(SPACE,		"space")	/* never stored */	\
	LEAF(UNREAD,		"unread")				\
	LEAF(TRANSMISSION_ID,	"transmission_id")			\
	LEAF(PROSIGN,		"prosign")				\
	LEAF(ROUTING_INDICATOR,	"routing_indicator")			\
	LEAF(STATION_SERIAL,	"station_serial")			\
	LEAF(FILING_TIME,	"filing_time")				\
	LEAF(SECURITY,		"security")				\
	LEAF(OPSIG,		"opsig")				\
	LEAF(DTG,		"dtg")					\
	LEAF(PLAD,		"plad")					\
	LEAF(PRECEDENCE,	"precedence")				\
	LEAF(MCN,		"mcn")					\
	LEAF(CLASSIFICATION,	"classification")			\
	LEAF(CAVEAT,		"caveat")				\
	LEAF(SECTION,		"section")				\
	LEAF(POST,		"post")					\
	LEAF(SERIAL,		"serial")				\
	LEAF(CAPTION,		"caption")				\
	LEAF(PASSING_TEXT,	"passing_text")				\
	LEAF(ORDER,		"order")				\
	LEAF(DECLASSIFICATION,	"declassification")			\
	LEAF(TAG,		"tag")					\
	LEAF(SUBJECT_TEXT,	"subject_text")				\
	LEAF(LETTER,		"letter")				\
	LEAF(CITATION,		"citation")				\
	LEAF(CLASSIFIER,	"classifier")				\
	LEAF(REASON,		"reason")				\
	LEAF(NUMBER,		"number")				\
	LEAF(MARK,		"mark")					\
	LEAF(RULE,		"rule")		/* ----- */		\
	LEAF(TITLE_TEXT,	"title_text")				\
	LEAF(BLOCK_LABEL,	"block_label")				\
	LEAF(BLOCK_END,		"block_end")				\
	LEAF(TEXT,		"text")					\
	LEAF(SIGNER,		"signer")				\
	LEAF(END,		"end")		/* BT, NNNN, #0425 */

#define CHY_ENUM_(name, text)	CHY_NODE_##name,
typedef enum chy_node_kind {
	CHY_NODE_KINDS(CHY_ENUM_, CHY_ENUM_)
	CHY_NODE_KIND_COUNT
} chy_node_kind;
#undef CHY_ENUM_

/* 20 bytes. Children follow their parent; a parent's index is always lower. */
typedef struct chy_node {
	uint32_t off;		/* first byte in the telegram's text */
	uint32_t len;		/* inner nodes: to the end of their last leaf */
	uint32_t parent;	/* index; of nodes[0]: 0 */
	uint32_t value;		/* small value; meaning by kind */
	uint16_t kind;		/* chy_node_kind */
	uint16_t depth;		/* of nodes[0]: 0 */
} chy_node;

_Static_assert(sizeof(chy_node) == 20, "a node is 20 bytes");

struct chy_telegram;

bool	chy_node_is_leaf(chy_node_kind kind);
const char *chy_node_name(chy_node_kind kind);

/* Walk over all leaves, spaces included, in order: every byte of the text is
 * in exactly one. Start with a zeroed walk; false after the last. */
typedef struct chy_leaf_walk {
	uint32_t next;		/* node to look at */
	uint32_t off;		/* bytes told so far */
} chy_leaf_walk;

typedef struct chy_leaf {
	chy_span      span;
	chy_node_kind kind;
	uint32_t      node;	/* index; of a space: the node after it */
} chy_leaf;

bool	chy_leaf_next(const struct chy_telegram *tel, chy_leaf_walk *walk,
    chy_leaf *ret);

#endif
