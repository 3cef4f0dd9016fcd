/*
 * Fuzz target: a description of a programme and, behind a line of %%, its
 * tables. A fault has a place; what is read gives clocks in order, each with
 * a day or waiting, and predictions that rest on ratings there are.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>
#include <stdlib.h>

#include "casework/programme.h"
#include "fuzz.h"

#define TODAY	14000	/* 2008-05-01 */

static void
check(const chy_programme *p, chy_facts *facts, chy_arena *arena)
{
	int32_t year = facts->last_year != 0 ? facts->last_year : 2008;
	chy_clocks due;
	chy_predictions predictions;
	chy_obligations obligations;

	FUZZ_HOLDS(chy_programme_due(p, facts, year, TODAY, arena, &due) ==
	    CHY_OK);
	for (uint32_t i = 0; i < due.n; i++) {
		const chy_clock *c = &due.at[i];

		FUZZ_HOLDS(c->due != CHY_NO_DAY || c->met != CHY_NO_DAY ||
		    c->state == CHY_CLOCK_WAITING);
		FUZZ_HOLDS(c->days >= 0);
		FUZZ_HOLDS(i == 0 || c->due == CHY_NO_DAY ||
		    due.at[i - 1].due <= c->due);
	}
	FUZZ_HOLDS(chy_programme_predict(p, facts, year + 1, TODAY, arena,
	    &predictions) == CHY_OK);
	for (uint32_t i = 0; i < predictions.n; i++)
		FUZZ_HOLDS(predictions.at[i].n_rests_on > 0 &&
		    predictions.at[i].rests_on[0] != NULL);
	FUZZ_HOLDS(chy_programme_obligations(p, facts, year, TODAY, arena,
	    &obligations) == CHY_OK);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	chy_slice text = { (const char *)data, size };
	size_t cut = chy_slice_find(text, CHY_SLICE("%%\n"), 0);
	chy_error err = { 0 };
	chy_arena arena;
	chy_programme *p;
	chy_facts facts;

	if (size > 65536)
		return 0;
	chy_arena_init(&arena, 0);
	if (chy_programme_read(chy_slice_sub(text, 0, cut), &arena, &p,
	    &err) != CHY_OK) {
		FUZZ_HOLDS(err.off <= cut && err.text[0] != '\0');
	} else if (chy_facts_read(p, chy_slice_from(text, cut + 3), &arena,
	    &facts, &err) != CHY_OK) {
		FUZZ_HOLDS(err.off <= size && err.text[0] != '\0');
	} else {
		FUZZ_HOLDS(chy_facts_order(p, &facts, &arena) == CHY_OK);
		check(p, &facts, &arena);
	}
	chy_arena_done(&arena);
	return 0;
}
