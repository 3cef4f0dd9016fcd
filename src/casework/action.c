/*
 * Formal action requests: what is asked, by when, of whom.
 *
 * The reader found "this is an action request; see paragraph 8". What that
 * paragraph asks for, the rules tell; where they find several things, each
 * is an action of its own, because each may be answered alone.
 *
 * SPDX-License-Identifier: ISC
 */
#include "casework/casework_int.h"

static bool
points_to(const chy_telegram *tel, const chy_action_request *ask,
    uint32_t paragraph)
{
	if (ask->n_paragraphs == 0)
		return true;	/* all that is asked anywhere */
	if (paragraph >= tel->n_paragraphs)
		return false;
	if (paragraph == ask->paragraph)
		return true;
	for (uint32_t i = 0; i < ask->n_paragraphs; i++)
		if (tel->paragraphs[paragraph].number == ask->paragraphs[i])
			return true;
	return false;
}

static uint32_t
action_addressees(const chy_telegram *tel)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < tel->n_addressees; i++)
		n += tel->addressees[i].role == CHY_ROLE_ACTION;
	return n;
}

static chy_party
copy_party(const chy_party *p, chy_arena *arena)
{
	return (chy_party){ chy_arena_copy(arena, p->name),
	    chy_arena_copy(arena, p->side) };
}

uint32_t
chy_casework_asks(const chy_telegram *tel, const chy_casework_settings *set,
    chy_arena *arena, chy_action_ask **ret)
{
	int32_t sent = chy_day_of(tel->dtg_civil);
	chy_proposals *p;
	chy_action_ask *asks;
	bool *wanted;
	uint32_t n = 0;

	*ret = NULL;
	if (tel->n_action_requests == 0)
		return 0;
	wanted = chy_arena_zalloc(arena, (size_t)tel->n_paragraphs + 1,
	    sizeof(*wanted));
	for (uint32_t k = 0; k < tel->n_action_requests && wanted != NULL; k++)
		for (uint32_t i = 0; i < tel->n_paragraphs; i++)
			wanted[i] |= points_to(tel, &tel->action_requests[k],
			    i);
	if (chy_propose_in(tel, set, wanted, &p) != CHY_OK)
		return 0;
	asks = chy_arena_zalloc(arena, (size_t)p->n + 1, sizeof(*asks));
	for (uint32_t i = 0; asks != NULL && i < p->n; i++) {
		const chy_proposal *one = &p->at[i];
		const chy_action_request *ask = NULL;

		if (one->kind != CHY_ITEM_GUIDANCE_REQUEST)
			continue;
		for (uint32_t k = 0; k < tel->n_action_requests &&
		    ask == NULL; k++)
			if (points_to(tel, &tel->action_requests[k],
			    one->sources[0].paragraph))
				ask = &tel->action_requests[k];
		if (ask == NULL)
			continue;
		asks[n] = (chy_action_ask){
			.what = chy_arena_copy(arena, one->what),
			.paragraph = chy_arena_copy(arena, one->sources[0].id),
			.paragraph_index = one->sources[0].paragraph,
			.pointed = chy_arena_copy(arena, ask->paragraph <
			    tel->n_paragraphs ?
			    tel->paragraphs[ask->paragraph].id : CHY_EMPTY),
			.by = copy_party(&one->by, arena),
			.to = copy_party(&one->to, arena),
			.due = one->due,
			.first = chy_due_assumed(set, tel->precedence, sent,
			    false),
			.group = action_addressees(tel) > 1,
		};
		asks[n].due.phrase = chy_arena_copy(arena, one->due.phrase);
		/* What is wanted tomorrow is not first answered next week. */
		if (asks[n].due.day != CHY_NO_DAY &&
		    asks[n].first.day > asks[n].due.day)
			asks[n].first = asks[n].due;
		n++;
	}
	chy_proposals_free(p);
	*ret = asks;
	return n;
}
