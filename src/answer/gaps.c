/*
 * Numbers that are not there, and what is known of them.
 *
 * SPDX-License-Identifier: ISC
 */
#include <inttypes.h>

#include "answer/answer.h"

void
json_estimate(json *j, const chy_estimate *e)
{
	if (e->basis == CHY_ESTIMATE_NONE) {
		json_absent(j, "estimate");
		return;
	}
	json_object_begin(j, "estimate");
	json_text(j, "date", e->date);
	json_text(j, "basis", chy_slice_of(chy_estimate_name(e->basis)));
	json_text_or_null(j, "lower", e->lower);
	json_text_or_null(j, "upper", e->upper);
	json_text_or_null(j, "cited_by", e->cited_by);
	json_bool(j, "capped", e->capped);
	json_object_end(j);
}

void
json_letter(json *j, char letter)
{
	if (letter != '\0')
		json_text(j, "letter", (chy_slice){ &letter, 1 });
	else
		json_absent(j, "letter");
}

static void
json_gaps(json *j, const chy_gap *gaps, uint32_t n)
{
	json_list_begin(j, "gaps");
	for (uint32_t i = 0; i < n; i++) {
		json_item_object(j);
		json_number(j, "first", gaps[i].first);
		json_number(j, "last", gaps[i].last);
		json_text_or_null(j, "lower", gaps[i].lower);
		json_text_or_null(j, "from", gaps[i].from);
		json_text_or_null(j, "upper", gaps[i].upper);
		json_text_or_null(j, "to", gaps[i].to);
		json_object_end(j);
	}
	json_list_end(j);
}

static void
json_missing(json *j, const chy_missing *m)
{
	json_item_object(j);
	json_text(j, "canonical_id", m->id);
	json_number(j, "serial", m->serial);
	json_estimate(j, &m->estimate);
	json_number(j, "citers", m->n_all_citers);
	json_list_begin(j, "cited_by");
	for (uint32_t i = 0; i < m->n_citers; i++) {
		json_item_object(j);
		json_text(j, "canonical_id", m->citers[i].id);
		json_text_or_null(j, "date", m->citers[i].date);
		json_letter(j, m->citers[i].letter);
		json_bool(j, "in_text", m->citers[i].in_text);
		json_object_end(j);
	}
	json_list_end(j);
	json_object_end(j);
}

static void
json_months(json *j, const char *name, const uint32_t *months)
{
	json_list_begin(j, name);
	for (int i = 0; i < 12; i++) {
		json_item_object(j);
		json_number(j, "month", (uint64_t)i + 1);
		json_number(j, "count", months[i]);
		json_object_end(j);
	}
	json_list_end(j);
}

static void
json_year(chy_sink *out, const chy_gap_year *y)
{
	json j = json_open(out);

	json_text(&j, "post", y->post);
	json_number(&j, "year", (uint64_t)y->year);
	json_number(&j, "filed", y->filed);
	json_number(&j, "highest", y->highest);
	json_number(&j, "missing", y->missing);
	json_number(&j, "missing_cited", y->n_all_cited);
	json_number(&j, "all_gaps", y->n_all_gaps);
	json_gaps(&j, y->gaps, y->n_gaps);
	json_list_begin(&j, "cited");
	for (uint32_t i = 0; i < y->n_cited; i++)
		json_missing(&j, &y->cited[i]);
	json_list_end(&j);
	json_months(&j, "months", y->months);
	json_months(&j, "missing_months", y->missing_months);
	json_list_begin(&j, "blocks");
	for (uint32_t i = 0; i < y->n_blocks; i++) {
		json_item_object(&j);
		json_number(&j, "first", y->blocks[i].first);
		json_number(&j, "last", y->blocks[i].last);
		json_number(&j, "filed", y->blocks[i].filed);
		json_number(&j, "cited", y->blocks[i].cited);
		json_object_end(&j);
	}
	json_list_end(&j);
	json_close(&j);
}

static void
json_series(chy_sink *out, const chy_gap_series *s)
{
	json j = json_open(out);

	json_text(&j, "sender", s->sender);
	json_text(&j, "addressee", s->addressee);
	json_number(&j, "lines", s->lines);
	json_number(&j, "breaks", s->breaks);
	json_number(&j, "missing_sections", s->missing);
	json_number(&j, "all_gaps", s->n_all_gaps);
	json_gaps(&j, s->gaps, s->n_gaps);
	json_close(&j);
}

static void
put_range(chy_sink *out, const chy_gap *g)
{
	if (g->first == g->last)
		chy_sink_printf(out, "%u", g->first);
	else
		chy_sink_printf(out, "%u-%u", g->first, g->last);
}

static void
put_missing(chy_sink *out, const chy_missing *m)
{
	char words[300];
	size_t n = chy_estimate_words(&m->estimate, words, sizeof(words));

	chy_sink_puts(out, "    ");
	out_text(out, m->id);
	chy_sink_puts(out, "  ");
	out_text(out, (chy_slice){ words, n });
	for (uint32_t i = 0; i < m->n_citers; i++) {
		const chy_gap_citer *by = &m->citers[i];

		chy_sink_puts(out, i == 0 ? "; cited by " : ", ");
		out_text(out, by->id);
		if (by->letter != '\0')
			chy_sink_printf(out, " REF %c", by->letter);
		else if (by->in_text)
			chy_sink_puts(out, " in its text");
	}
	if (m->n_all_citers > m->n_citers)
		chy_sink_printf(out, " and %u more",
		    m->n_all_citers - m->n_citers);
	chy_sink_puts(out, "\n");
}

static void
put_year(chy_sink *out, const chy_gap_year *y, uint32_t few)
{
	out_text(out, y->post);
	chy_sink_printf(out, " %d: %u filed, highest number %u, %u missing, "
	    "%u of them cited\n", (int)y->year, y->filed, y->highest,
	    y->missing, y->n_all_cited);
	for (uint32_t i = 0; i < y->n_gaps && i < few; i++) {
		chy_sink_puts(out, i == 0 ? "  missing " : ", ");
		put_range(out, &y->gaps[i]);
	}
	if (y->n_all_gaps > few)
		chy_sink_printf(out, " and %u more gaps", y->n_all_gaps - few);
	if (y->n_gaps > 0)
		chy_sink_puts(out, "\n");
	for (uint32_t i = 0; i < y->n_cited && i < few; i++)
		put_missing(out, &y->cited[i]);
	if (y->n_all_cited > few)
		chy_sink_printf(out, "    and %u more that are cited\n",
		    y->n_all_cited - few);
}

static void
put_series(chy_sink *out, const chy_gap_series *s, uint32_t few)
{
	out_text(out, s->sender);
	chy_sink_puts(out, " to ");
	out_text(out, s->addressee);
	chy_sink_printf(out, ": %u section%s missing\n", s->missing,
	    s->missing == 1 ? "" : "s");
	for (uint32_t i = 0; i < s->n_gaps && i < few; i++) {
		const chy_gap *g = &s->gaps[i];

		chy_sink_puts(out, "    ");
		put_range(out, g);
		chy_sink_puts(out, "  between ");
		out_text(out, g->lower);
		chy_sink_puts(out, " of ");
		out_text(out, g->from);
		chy_sink_puts(out, " and ");
		out_text(out, g->upper);
		chy_sink_puts(out, " of ");
		out_text(out, g->to);
		chy_sink_puts(out, "\n");
	}
	if (s->n_all_gaps > few)
		chy_sink_printf(out, "    and %u more gaps\n",
		    s->n_all_gaps - few);
}

void
answer_gaps_json(const chy_gaps *gaps, chy_sink *out)
{
	for (uint32_t i = 0; i < gaps->n_years; i++)
		json_year(out, &gaps->years[i]);
	for (uint32_t i = 0; i < gaps->n_series; i++)
		json_series(out, &gaps->series[i]);
}

void
answer_gaps_text(const chy_gaps *gaps, uint32_t few, chy_sink *out)
{
	for (uint32_t i = 0; i < gaps->n_years; i++)
		put_year(out, &gaps->years[i], few);
	if (gaps->n_series > 0)
		chy_sink_puts(out, "\nnumbers on address lines\n");
	for (uint32_t i = 0; i < gaps->n_series; i++)
		put_series(out, &gaps->series[i], few);
	chy_sink_printf(out, "\n%u post%s and year, %" PRIu64
	    " telegrams filed, %" PRIu64 " missing, %" PRIu64
	    " of them cited; %" PRIu64 " sections missing\n",
	    gaps->n_years, gaps->n_years == 1 ? "" : "s", gaps->filed,
	    gaps->missing, gaps->cited, gaps->sections);
}
