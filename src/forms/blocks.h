/*
 * Blocks of a text (summary, comment, note, action request, embedded text)
 * and citations in it: found first as events by place, joined to blocks when
 * the paragraphs are known. Internal to forms/.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_FORMS_BLOCKS_H
#define CHY_FORMS_BLOCKS_H

#include "forms/reading.h"

typedef enum chy_event_kind {
	CHY_EVENT_OPEN,
	CHY_EVENT_CLOSE,
	CHY_EVENT_CITATION,
} chy_event_kind;

typedef struct chy_event {
	uint32_t off, len;	/* of the label, the end words, the citation */
	uint32_t kinds;		/* chy_block_kind or-ed; of a citation the
				 * letters: 1 << 0 is A */
	uint8_t	 kind;		/* chy_event_kind */
	bool	 title;		/* a heading of its own */
	bool	 continued;	/* COMMENT CONTINUED */
} chy_event;

typedef struct chy_events {
	chy_event *at;		/* in order */
	uint32_t   n;
	uint32_t  *actions;	/* where ACTION stands in running text */
	uint32_t   n_actions;
	uint32_t   n_texts;	/* events that open an embedded text */
} chy_events;

/* All events of the text from `from` to `to`. */
void	chy_events_find(chy_reading *r, chy_events *ev, uint32_t from,
    uint32_t to);

/* A title that is the name of a block is an event too: returns it, or NULL
 * when it names none. *next is where events go on being put. */
chy_event *chy_events_title(chy_reading *r, chy_events *ev, uint32_t *next,
    chy_range title);

/* The event in the line, from index `next` on, that opens an embedded
 * document which a later one closes. */
const chy_event *chy_events_embedded(const chy_events *ev, uint32_t next,
    chy_range line, const chy_event **ret_close);

/* Steps over the event at off; its range. line->from is moved behind it. */
chy_range chy_events_pass(const chy_events *ev, uint32_t *next, uint32_t off,
    chy_range *line);

/* Blocks, labels of paragraphs, mentions, action requests. */
void	chy_blocks_settle(chy_reading *r, const chy_events *ev);

#endif
