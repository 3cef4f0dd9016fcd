/*
 * What a query finds, over time.
 *
 * SPDX-License-Identifier: ISC
 */
#include <inttypes.h>

#include "answer/answer.h"

/* A line of marks beside the figures, at most 50. */
void
answer_timeline_text(const chy_timeline *t, chy_sink *out)
{
	uint64_t most = 1;

	chy_sink_puts(out, "query: ");
	out_text(out, t->understood);
	chy_sink_printf(out, "\n%" PRIu64 " telegram%s", t->total,
	    t->total == 1 ? "" : "s");
	if (t->undated > 0)
		chy_sink_printf(out, ", %" PRIu64 " without a date",
		    t->undated);
	chy_sink_puts(out, "\n");
	for (uint32_t i = 0; i < t->n; i++)
		most = t->at[i].count > most ? t->at[i].count : most;
	for (uint32_t i = 0; i < t->n; i++) {
		uint64_t marks = (t->at[i].count * 50 + most - 1) / most;

		chy_sink_printf(out, "%8" PRIu64 "  ", t->at[i].count);
		out_text(out, t->at[i].label);
		chy_sink_puts(out, "  ");
		while (marks-- > 0)
			chy_sink_puts(out, "*");
		chy_sink_puts(out, "\n");
	}
}

void
answer_timeline_json(const chy_timeline *t, chy_sink *out)
{
	for (uint32_t i = 0; i < t->n; i++) {
		json j = json_open(out);

		json_text(&j, "by", chy_slice_of(chy_period_name(t->by)));
		json_text(&j, "period", t->at[i].label);
		json_number(&j, "count", t->at[i].count);
		json_close(&j);
	}
}
