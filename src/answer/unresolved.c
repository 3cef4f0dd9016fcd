/*
 * Citations that lead nowhere, by reason and frequency.
 *
 * SPDX-License-Identifier: ISC
 */
#include <inttypes.h>

#include "answer/answer.h"

static void
json_citers(json *j, const chy_unresolved_value *v)
{
	json_list_begin(j, "cited_by");
	for (uint32_t i = 0; i < v->n_citers; i++)
		json_item_text(j, v->citers[i]);
	json_list_end(j);
}

void
answer_unresolved_json(const chy_unresolved *u, chy_sink *out)
{
	json j = json_open(out);

	json_text(&j, "query", u->understood);
	json_number(&j, "telegrams", u->telegrams);
	json_number(&j, "citations", u->citations);
	json_number(&j, "resolved", u->resolved);
	json_number(&j, "unresolved", u->citations - u->resolved);
	json_number(&j, "values", u->n_all_values);
	json_list_begin(&j, "kinds");
	for (uint32_t i = 0; i < u->n_kinds; i++) {
		const chy_unresolved_kind *k = &u->kinds[i];

		json_item_object(&j);
		json_text(&j, "resolution",
		    chy_slice_of(chy_resolution_name(k->how)));
		json_text(&j, "kind", chy_slice_of(chy_ref_kind_name(k->kind)));
		json_number(&j, "count", k->citations);
		json_number(&j, "values", k->different);
		json_object_end(&j);
	}
	json_list_end(&j);
	json_close(&j);
	for (uint32_t i = 0; i < u->n_values; i++) {
		const chy_unresolved_value *v = &u->values[i];

		j = json_open(out);
		json_text(&j, "value", v->value);
		json_text(&j, "resolution",
		    chy_slice_of(chy_resolution_name(v->how)));
		json_text(&j, "kind", chy_slice_of(chy_ref_kind_name(v->kind)));
		json_number(&j, "count", v->citations);
		json_citers(&j, v);
		json_close(&j);
	}
}

void
answer_unresolved_text(const chy_unresolved *u, chy_sink *out)
{
	uint64_t bad = u->citations - u->resolved;

	chy_sink_puts(out, "query: ");
	out_text(out, u->understood);
	chy_sink_printf(out, "\n%" PRIu64 " telegram%s, %" PRIu64
	    " citation%s: %" PRIu64 " resolved, %" PRIu64 " not\n",
	    u->telegrams, u->telegrams == 1 ? "" : "s", u->citations,
	    u->citations == 1 ? "" : "s", u->resolved, bad);
	for (uint32_t i = 0; i < u->n_kinds; i++) {
		const chy_unresolved_kind *k = &u->kinds[i];

		chy_sink_printf(out, "%8" PRIu64 "  %s", k->citations,
		    chy_resolution_words(k->how));
		if (k->how == CHY_NOT_TELEGRAM)
			chy_sink_printf(out, ": %s",
			    chy_ref_kind_name(k->kind));
		chy_sink_printf(out, "  (%" PRIu64 " different)\n",
		    k->different);
	}
	if (u->n_values > 0)
		chy_sink_puts(out, "\n");
	for (uint32_t i = 0; i < u->n_values; i++) {
		const chy_unresolved_value *v = &u->values[i];

		chy_sink_printf(out, "%8" PRIu64 "  ", v->citations);
		if (v->value.len > 0)
			out_text(out, v->value);
		else
			chy_sink_puts(out, "-");
		chy_sink_printf(out, "  (%s) ", chy_resolution_words(v->how));
		for (uint32_t k = 0; k < v->n_citers; k++) {
			chy_sink_puts(out, k == 0 ? " cited by " : ", ");
			out_text(out, v->citers[k]);
		}
		chy_sink_puts(out, v->citations > v->n_citers &&
		    v->n_citers == 5 ? " ...\n" : "\n");
	}
	if (u->n_all_values > u->n_values)
		chy_sink_printf(out, "          and %" PRIu64 " more\n",
		    u->n_all_values - u->n_values);
}
