/*
 * A programme for programs: JSON, its grades as CSV, text in columns.
 *
 * SPDX-License-Identifier: ISC
 */
#include "web/programme_int.h"

static chy_slice
iso_day(chy_exchange *x, int32_t day)
{
	char iso[11];

	if (day == CHY_NO_DAY)
		return CHY_EMPTY;
	chy_civil_date(chy_programme_civil(day), iso);
	return chy_arena_copy(&x->arena, chy_slice_of(iso));
}

/* A comma before all but the first of a list. */
static void
next(chy_exchange *x, bool *first)
{
	if (!*first)
		chy_sink_puts(&x->out, ",\n");
	*first = false;
}

static void
put_truth(chy_exchange *x, bool truth)
{
	chy_sink_puts(&x->out, truth ? "true" : "false");
}

static void
put_json_cells(chy_exchange *x, const chy_programme_shown *s)
{
	bool first = true;

	for (uint32_t i = 0; i < s->facts.n_subjects; i++) {
		const chy_subject *subject = &s->facts.subjects[i];
		chy_cell cell;

		if (!chy_cell_get(s->programme, &s->facts, subject->key,
		    s->year, s->today, &cell))
			continue;
		next(x, &first);
		chy_json(x, "{\"subject\":%.*s,\"name\":%.*s,\"grade\":%.*s,"
		    "\"source\":%.*s,\"latest\":%.*s,\"latest_assigned\":%.*s,"
		    "\"conflict\":", CHY_ARG(subject->key),
		    CHY_ARG(subject->name),
		    CHY_ARG(cell.published->grade->code),
		    CHY_ARG(cell.published->source),
		    CHY_ARG(cell.latest->grade->code),
		    CHY_ARG(iso_day(x, cell.latest->assigned)));
		put_truth(x, cell.conflict);
		chy_json(x, "}");
	}
}

static void
put_json_due(chy_exchange *x, const chy_programme_shown *s)
{
	bool first = true;

	for (uint32_t i = 0; i < s->due.n; i++) {
		const chy_clock *c = &s->due.at[i];

		next(x, &first);
		chy_json(x, "{\"rule\":%.*s,\"what\":%.*s,\"subject\":%.*s,"
		    "\"opens\":%.*s,\"due\":%.*s,\"basis\":%s,\"start\":%.*s,"
		    "\"start_day\":%.*s,\"assuming\":%.*s,\"state\":%s,"
		    "\"days\":%d,\"met\":%.*s,\"candidate\":",
		    CHY_ARG(c->rule->id), CHY_ARG(c->rule->what),
		    CHY_ARG(c->subject), CHY_ARG(iso_day(x, c->first)),
		    CHY_ARG(iso_day(x, c->due)),
		    chy_clock_basis_name(c->basis), CHY_ARG(c->start),
		    CHY_ARG(iso_day(x, c->start_day)), CHY_ARG(c->assuming),
		    chy_clock_state_name(c->state), (int)c->days,
		    CHY_ARG(iso_day(x, c->met)));
		put_truth(x, c->candidate);
		chy_json(x, "}");
	}
}

static void
put_json(chy_exchange *x, const chy_programme_shown *s)
{
	bool first = true;

	x->type = "application/json";
	chy_json(x, "{\"schema\":1,\"id\":%.*s,\"title\":%.*s,"
	    "\"authority\":%.*s,\"year\":%d,\"today\":%.*s,\"cells\":[",
	    CHY_ARG(s->programme->id), CHY_ARG(s->programme->title),
	    CHY_ARG(s->programme->authority), (int)s->year,
	    CHY_ARG(iso_day(x, s->today)));
	put_json_cells(x, s);
	chy_json(x, "],\"changes\":[");
	for (uint32_t i = 0; i < s->changes.n; i++) {
		const chy_grade_change *c = &s->changes.at[i];

		next(x, &first);
		chy_json(x, "{\"subject\":%.*s,\"before\":%.*s,\"after\":%.*s,"
		    "\"explanation_due\":%.*s,\"explained\":%.*s}",
		    CHY_ARG(c->subject), CHY_ARG(c->before->code),
		    CHY_ARG(c->after->code), CHY_ARG(iso_day(x, c->due)),
		    CHY_ARG(iso_day(x, c->explained)));
	}
	chy_json(x, "],\"due\":[");
	put_json_due(x, s);
	chy_json(x, "],\"predict\":%d,\"predictions\":[", (int)s->predict);
	first = true;
	for (uint32_t i = 0; i < s->predictions.n; i++) {
		const chy_prediction *c = &s->predictions.at[i];

		next(x, &first);
		chy_json(x, "{\"subject\":%.*s,\"outcome\":%s,\"grade\":%.*s,"
		    "\"rule\":%.*s,\"why\":%.*s}", CHY_ARG(c->subject),
		    chy_outcome_name(c->outcome), CHY_ARG(c->grade->code),
		    CHY_ARG(c->rule->id), CHY_ARG(c->why));
	}
	chy_json(x, "]}\n");
}

static void
put_csv_cell(chy_sink *out, chy_slice text)
{
	chy_sink_puts(out, "\"");
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == '"')
			chy_sink_puts(out, "\"");
		chy_sink_put(out, chy_slice_sub(text, i, 1));
	}
	chy_sink_puts(out, "\"");
}

/* A line for each rating of each source. */
static void
put_csv(chy_exchange *x, const chy_programme_shown *s)
{
	x->type = "text/csv; charset=utf-8; header=present";
	x->download = "ratings.csv";
	chy_sink_puts(&x->out, "subject,name,year,grade,kind,assigned,"
	    "source\r\n");
	for (uint32_t i = 0; i < s->facts.n_ratings; i++) {
		const chy_rating *r = &s->facts.ratings[i];

		put_csv_cell(&x->out, r->subject);
		chy_sink_puts(&x->out, ",");
		put_csv_cell(&x->out, chy_programme_name(s, r->subject));
		chy_sink_printf(&x->out, ",%d,", (int)r->year);
		put_csv_cell(&x->out, r->grade->code);
		chy_sink_printf(&x->out, ",%s,%.*s,", r->reassessed ?
		    "reassessed" : "published",
		    CHY_ARG(iso_day(x, r->assigned)));
		put_csv_cell(&x->out, r->source);
		chy_sink_puts(&x->out, "\r\n");
	}
}

static void
put_text(chy_exchange *x, const chy_programme_shown *s)
{
	chy_sink *out = &x->out;

	x->type = "text/plain; charset=utf-8";
	chy_sink_printf(out, "%.*s, %d\n\n", CHY_ARG(s->programme->title),
	    (int)s->year);
	for (uint32_t i = 0; i < s->facts.n_subjects; i++) {
		const chy_subject *subject = &s->facts.subjects[i];
		chy_cell cell;

		if (!chy_cell_get(s->programme, &s->facts, subject->key,
		    s->year, s->today, &cell))
			continue;
		chy_sink_printf(out, "%-28.*s %.*s",
		    CHY_ARG(chy_slice_sub(subject->name, 0, 28)),
		    CHY_ARG(cell.published->grade->name));
		if (cell.latest != cell.published)
			chy_sink_printf(out, ", since %.*s %.*s",
			    CHY_ARG(iso_day(x, cell.latest->assigned)),
			    CHY_ARG(cell.latest->grade->name));
		chy_sink_puts(out, "\n");
	}
	chy_sink_puts(out, "\n");
	for (uint32_t i = 0; i < s->due.n; i++) {
		const chy_clock *c = &s->due.at[i];
		chy_slice due = iso_day(x, c->due);

		chy_sink_printf(out, "%-10.*s %-12s %-9s %.*s%s%.*s\n",
		    CHY_ARG(due), chy_clock_state_name(c->state),
		    chy_clock_basis_name(c->basis), CHY_ARG(c->rule->what),
		    c->subject.len > 0 ? ": " : "",
		    CHY_ARG(chy_programme_name(s, c->subject)));
	}
}

void
chy_api_programme(chy_exchange *x)
{
	chy_programme_shown *s = NULL;
	chy_error err = { 0 };
	chy_status st = chy_programme_ask(x, &s, &err);

	if (st != CHY_OK)
		chy_reply_status(x, st, &err);
	else if (x->format == CHY_WEB_JSON)
		put_json(x, s);
	else if (x->format == CHY_WEB_CSV)
		put_csv(x, s);
	else
		put_text(x, s);
	chy_programme_shown_free(s);
}
