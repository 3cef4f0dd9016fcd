/*
 * Citations: from a telegram as the reader sees it.
 *
 * SPDX-License-Identifier: ISC
 */
#include "registry/cite.h"

#include <stdio.h>
#include <stdlib.h>

#include "telegram/mrn.h"
#include "vocab/vocab.h"

void
chy_citation_free(chy_citation *citation)
{
	if (citation == NULL)
		return;
	chy_arena_done(&citation->arena);
	free(citation);
}

/* "Secretary of State" for SECSTATE WASHDC; an address without a title as it
 * is. */
static chy_slice
title_of(chy_slice plad, chy_arena *arena)
{
	char out[128];
	size_t n = chy_vocab_post_title(plad, out, sizeof(out));

	return chy_arena_copy(arena, n > 0 && n < sizeof(out) ?
	    (chy_slice){ out, n } : plad);
}

static void
fill_recipients(const chy_telegram *tel, chy_citation *c)
{
	c->cite.recipients = chy_arena_zalloc(&c->arena,
	    (size_t)tel->n_addressees + 1, sizeof(*c->cite.recipients));
	if (c->cite.recipients == NULL)
		return;
	for (uint32_t i = 0; i < tel->n_addressees; i++)
		if (tel->addressees[i].role == CHY_ROLE_ACTION &&
		    tel->addressees[i].plad.len > 0)
			c->cite.recipients[c->cite.n_recipients++] =
			    title_of(tel->addressees[i].plad, &c->arena);
}

/* 08 MUSCAT 425 for 08MUSCAT425. */
static chy_slice
number_of(const chy_line *line, chy_arena *arena)
{
	char text[80];
	chy_mrn mrn;
	const chy_post *post;
	chy_slice name;
	int n;

	if (!chy_mrn_parse(line->id, line->year, &mrn) || mrn.year == 0)
		return CHY_EMPTY;
	name = (chy_slice){ mrn.post, mrn.post_len };
	post = chy_vocab_post_by_key(name);
	if (post != NULL && post->mrn_name.len > 0)
		name = post->mrn_name;
	n = snprintf(text, sizeof(text), "%02d %.*s %u", (int)(mrn.year % 100),
	    CHY_ARG(name), (unsigned)mrn.serial);
	return n > 0 && (size_t)n < sizeof(text) ? chy_arena_copy(arena,
	    (chy_slice){ text, (size_t)n }) : CHY_EMPTY;
}

static void
fill(const chy_shown *shown, chy_citation *c)
{
	const chy_telegram *tel = shown->parts[0].telegram;
	chy_cite *cite = &c->cite;

	cite->id = chy_arena_copy(&c->arena, shown->line.id);
	cite->number = number_of(&shown->line, &c->arena);
	cite->author = chy_arena_copy(&c->arena, shown->line.originator);
	cite->title = chy_arena_copy(&c->arena, shown->line.subject);
	cite->classification = chy_arena_copy(&c->arena,
	    shown->line.classification);
	if (shown->line.dtg_iso.len > 0) {
		cite->date = chy_civil_from(shown->line.dtg);
		cite->has_time = true;
	} else {
		cite->date.year = shown->line.year;
	}
	if (shown->parts[0].heading_visible)
		fill_recipients(tel, c);
	cite->extract = tel->partial;
	if (shown->paragraph != UINT32_MAX) {
		const chy_part *part = &shown->parts[shown->part];

		cite->paragraph = chy_arena_copy(&c->arena,
		    part->telegram->paragraphs[shown->paragraph].id);
		cite->section = shown->n_parts > 1 ? part->section : 0;
	}
	c->label = shown->label;
}

chy_status
chy_registry_cite(chy_registry *reg, const chy_reader *reader,
    chy_slice address, chy_citation **ret, chy_error *err)
{
	chy_citation *c;
	chy_shown *shown;
	chy_status st = chy_registry_show(reg, reader, address, &shown, err);

	if (st != CHY_OK)
		return st;
	c = calloc(1, sizeof(*c));
	if (c != NULL) {
		chy_arena_init(&c->arena, 0);
		fill(shown, c);
	}
	chy_shown_free(shown);
	if (c == NULL || chy_arena_failed(&c->arena)) {
		chy_citation_free(c);
		return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	}
	*ret = c;
	return CHY_OK;
}
