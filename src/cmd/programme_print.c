/*
 * What chancery programme prints of one programme: the period, the table, what
 * is due and what is predicted, for people, as JSON and as CSV.
 *
 * SPDX-License-Identifier: ISC
 */
#include <string.h>

#include "cmd/output.h"
#include "cmd/programme.h"

/* Subjects that are named in one line before it says how many more. */
#define NAMED		8u


/* ---- pieces of output ---- */

static void
out_day(chy_sink *out, int32_t day)
{
	char iso[11] = "-";

	if (day != CHY_NO_DAY)
		chy_civil_date(chy_programme_civil(day), iso);
	chy_sink_puts(out, iso);
}

static void
json_day(json *j, const char *name, int32_t day)
{
	char iso[11];

	if (day == CHY_NO_DAY) {
		json_absent(j, name);
		return;
	}
	chy_civil_date(chy_programme_civil(day), iso);
	json_text(j, name, chy_slice_of(iso));
}

void
cmd_csv_text(chy_sink *out, chy_slice text)
{
	bool quote = text.len > 0 && strchr("=+-@", text.ptr[0]) != NULL;

	for (size_t i = 0; i < text.len && !quote; i++)
		quote = strchr(",\"\r\n", text.ptr[i]) != NULL;
	if (!quote) {
		out_text(out, text);
		return;
	}
	chy_sink_puts(out, "\"");
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == '"')
			chy_sink_puts(out, "\"");
		chy_sink_put(out, chy_slice_sub(text, i, 1));
	}
	chy_sink_puts(out, "\"");
}

static void
csv_day(chy_sink *out, int32_t day)
{
	chy_sink_puts(out, ",");
	if (day != CHY_NO_DAY)
		out_day(out, day);
}

static chy_slice
name_of(const chy_programme_shown *s, chy_slice key)
{
	const chy_subject *subject = chy_subject_find(&s->facts, key);

	/* A reporter is no subject, even if it is called as one. */
	return subject != NULL && chy_slice_eq(subject->key, key) ?
	    subject->name : key;
}

/* Open what was asked for; the subject of --subject, its key; empty: all. */
static int
open_shown(struct cmd_programme *t, bool predict, chy_programme_shown **ret,
    chy_slice *ret_subject)
{
	cmd_env *env = t->env;
	chy_programme_options opts = { .today = t->today };
	const char *want = t->subject;
	const chy_subject *subject;
	chy_error err = { 0 };
	chy_status st;

	if (predict)
		opts.predict = (int32_t)t->year;
	else
		opts.year = (int32_t)t->year;
	st = chy_registry_programme(env->reg, &env->reader, t->id, &opts, ret,
	    &err);
	err.status = st;
	if (st != CHY_OK)
		return cmd_failed(env, &err);
	*ret_subject = CHY_EMPTY;
	if (want == NULL)
		return EXIT_DONE;
	subject = chy_subject_find(&(*ret)->facts, chy_slice_of(want));
	if (subject != NULL) {
		*ret_subject = subject->key;
		return EXIT_DONE;
	}
	fprintf(stderr, "chancery programme: %s: not a subject of %.*s\n",
	    want, CHY_ARG(t->id));
	chy_programme_shown_free(*ret);
	return EXIT_PART;
}

static bool
is_wanted(chy_slice only, chy_slice subject)
{
	return only.len == 0 || chy_slice_eq(only, subject);
}


/* ---- table ---- */

static void
json_cell(struct cmd_programme *t, const chy_programme_shown *s, chy_slice key,
    int32_t year, const chy_cell *cell)
{
	json j = json_open(t->env->out);

	json_text(&j, "subject", key);
	json_text(&j, "name", name_of(s, key));
	json_number(&j, "year", (uint64_t)year);
	json_text(&j, "grade", cell->published->grade->code);
	json_text_or_null(&j, "source", cell->published->source);
	json_text(&j, "latest", cell->latest->grade->code);
	json_day(&j, "latest_assigned", cell->latest->assigned);
	json_bool(&j, "conflict", cell->conflict);
	json_list_begin(&j, "ratings");
	for (uint32_t i = 0; i < cell->n; i++) {
		const chy_rating *r = &cell->ratings[i];

		json_item_object(&j);
		json_text(&j, "grade", r->grade->code);
		json_text(&j, "kind", r->reassessed ?
		    CHY_SLICE("reassessed") : CHY_SLICE("published"));
		json_text_or_null(&j, "source", r->source);
		json_day(&j, "assigned", r->assigned);
		json_day(&j, "published", r->published);
		json_text_or_null(&j, "reason", r->reason);
		json_object_end(&j);
	}
	json_list_end(&j);
	json_close(&j);
}

/* The grade as it is written in a cell: 3, 3>2WL, 2WL!. */
static void
cell_words(const chy_cell *cell, char out[32])
{
	(void)snprintf(out, 32, "%.*s%s%.*s%s",
	    CHY_ARG(chy_slice_sub(cell->published->grade->code, 0, 10)),
	    cell->latest != cell->published ? ">" : "",
	    cell->latest != cell->published ?
	    (int)chy_slice_sub(cell->latest->grade->code, 0, 10).len : 0,
	    cell->latest->grade->code.ptr, cell->conflict ? "!" : "");
}

static void
table_row(struct cmd_programme *t, const chy_programme_shown *s, chy_slice key,
    int width, int32_t first, int32_t last)
{
	chy_sink *out = t->env->out;
	chy_slice name = name_of(s, key);
	chy_cell cell;

	if (t->csv) {
		cmd_csv_text(out, key);
		chy_sink_puts(out, ",");
		cmd_csv_text(out, name);
	} else if (!t->json) {
		chy_slice shown = chy_slice_sub(name, 0, 24);

		out_text(out, shown);
		chy_sink_printf(out, "%*s", 25 - (int)shown.len, "");
	}
	for (int32_t year = first; year <= last; year++) {
		bool rated = chy_cell_get(s->programme, &s->facts, key, year,
		    s->today, &cell);
		char words[32] = "-";

		if (rated)
			cell_words(&cell, words);
		if (t->csv)
			chy_sink_printf(out, ",%s", rated ? words : "");
		else if (!t->json)
			chy_sink_printf(out, " %-*s", width, words);
		else if (rated)
			json_cell(t, s, key, year, &cell);
	}
	if (!t->json)
		chy_sink_puts(out, "\n");
}

int
cmd_programme_table(struct cmd_programme *t)
{
	chy_programme_shown *s;
	chy_slice only;
	chy_sink *out = t->env->out;
	int32_t first, last;
	int width = 4;
	bool dated = false, differ = false;
	int status = open_shown(t, false, &s, &only);

	if (status != EXIT_DONE)
		return status;
	first = t->year != 0 ? (int32_t)t->year : s->facts.first_year;
	last = t->year != 0 ? (int32_t)t->year : s->facts.last_year;
	for (uint32_t i = 0; i < s->facts.n_ratings; i++) {
		const chy_rating *r = &s->facts.ratings[i];
		chy_cell cell;
		char words[32];

		if (!chy_cell_get(s->programme, &s->facts, r->subject,
		    r->year, s->today, &cell))
			continue;
		cell_words(&cell, words);
		if ((int)strlen(words) > width)
			width = (int)strlen(words);
		dated = dated || cell.latest != cell.published;
		differ = differ || cell.conflict;
	}
	if (t->csv)
		chy_sink_puts(out, "subject,name");
	else if (!t->json)
		chy_sink_printf(out, "%-25s", "");
	for (int32_t year = first; year <= last && year > 0 && !t->json;
	    year++)
		chy_sink_printf(out, t->csv ? ",%d" : " %-*d", t->csv ?
		    (int)year : width, (int)year);
	if (!t->json)
		chy_sink_puts(out, "\n");
	for (uint32_t i = 0; i < s->facts.n_subjects && first > 0; i++)
		if (is_wanted(only, s->facts.subjects[i].key))
			table_row(t, s, s->facts.subjects[i].key, width,
			    first, last);
	if (!t->json && !t->csv && dated)
		chy_sink_puts(out, "\nX>Y published as X, since reassessed "
		    "as Y\n");
	if (!t->json && !t->csv && differ)
		chy_sink_puts(out, dated ? "" : "\n");
	if (!t->json && !t->csv && differ)
		chy_sink_puts(out, "X!  sources differ\n");
	chy_programme_shown_free(s);
	return EXIT_DONE;
}


/* ---- due ---- */

static void
json_clock(json *j, const chy_programme_shown *s, const chy_clock *c)
{
	json_text(j, "rule", c->rule->id);
	json_text(j, "form", chy_slice_of(chy_rule_form_name(c->rule->form)));
	json_text(j, "what", c->rule->what);
	json_text_or_null(j, "subject", c->subject);
	json_text_or_null(j, "name", name_of(s, c->subject));
	json_day(j, "opens", c->first);
	json_day(j, "due", c->due);
	json_text(j, "basis", chy_slice_of(chy_clock_basis_name(c->basis)));
	json_bool(j, "candidate", c->candidate);
	json_text_or_null(j, "start", c->start);
	json_day(j, "start_day", c->start_day);
	json_text_or_null(j, "assuming", c->assuming);
	json_text_or_null(j, "longer", c->longer != NULL ? c->longer->id :
	    CHY_EMPTY);
	json_text(j, "state", chy_slice_of(chy_clock_state_name(c->state)));
	json_number(j, "days", (uint64_t)(c->days < 0 ? 0 : c->days));
	json_day(j, "met", c->met);
	json_text_or_null(j, "met_by", c->met_by);
	json_list_begin(j, "by_calendar");
	for (uint32_t i = 0; i < c->n_shifts; i++) {
		json_item_object(j);
		json_text(j, "calendar", c->shifts[i].calendar);
		json_day(j, "due", c->shifts[i].day);
		json_object_end(j);
	}
	json_list_end(j);
	json_text_or_null(j, "source", c->rule->source);
	json_text_or_null(j, "status", c->rule->status);
}

static void
csv_clock(chy_sink *out, const chy_programme_shown *s, const chy_clock *c)
{
	cmd_csv_text(out, c->rule->id);
	chy_sink_puts(out, ",");
	cmd_csv_text(out, c->rule->what);
	chy_sink_puts(out, ",");
	cmd_csv_text(out, name_of(s, c->subject));
	csv_day(out, c->first);
	csv_day(out, c->due);
	chy_sink_printf(out, ",%s,%s,%d", chy_clock_basis_name(c->basis),
	    chy_clock_state_name(c->state), (int)c->days);
	csv_day(out, c->met);
	chy_sink_puts(out, ",");
	cmd_csv_text(out, c->rule->source);
	chy_sink_puts(out, "\n");
}

/* The basis in words: derived, 45d to 90d after ... */
static void
out_basis(chy_sink *out, const chy_clock *c)
{
	chy_sink_puts(out, chy_clock_basis_name(c->basis));
	if (c->candidate)
		chy_sink_puts(out, ", one of several");
	if (c->start.len > 0) {
		chy_sink_puts(out, c->start_day != CHY_NO_DAY ? ", from " :
		    ", waits on ");
		out_text(out, c->start);
	}
	if (c->start_day != CHY_NO_DAY) {
		chy_sink_puts(out, " on ");
		out_day(out, c->start_day);
	}
	if (c->assuming.len > 0) {
		chy_sink_puts(out, ", assuming ");
		out_text(out, c->assuming);
	}
	if (c->longer != NULL) {
		chy_sink_puts(out, ", longer by ");
		out_text(out, c->longer->id);
	}
	if (c->rule->status.len > 0) {
		chy_sink_puts(out, "; rule: ");
		out_text(out, c->rule->status);
	}
	for (uint32_t i = 0; i < c->n_shifts; i++)
		if (c->shifts[i].day != c->due) {
			chy_sink_puts(out, "; by calendar ");
			out_text(out, c->shifts[i].calendar);
			chy_sink_puts(out, " ");
			out_day(out, c->shifts[i].day);
		}
}

static void
out_state(chy_sink *out, const chy_clock *c)
{
	chy_sink_puts(out, chy_clock_state_name(c->state));
	switch (c->state) {
	case CHY_CLOCK_OVERDUE:
	case CHY_CLOCK_MET_LATE:
		chy_sink_printf(out, " by %d day%s", (int)c->days,
		    c->days == 1 ? "" : "s");
		break;
	case CHY_CLOCK_OPEN:
		chy_sink_printf(out, ", %d day%s left", (int)c->days,
		    c->days == 1 ? "" : "s");
		break;
	case CHY_CLOCK_NOT_YET:
		chy_sink_printf(out, ", in %d day%s", (int)c->days,
		    c->days == 1 ? "" : "s");
		break;
	case CHY_CLOCK_WAITING:
	case CHY_CLOCK_MET:
	case CHY_CLOCK_MET_EARLY:
		break;
	}
	if (c->met != CHY_NO_DAY) {
		chy_sink_puts(out, " on ");
		out_day(out, c->met);
	}
}

/* Clocks first to first + n - 1, which differ in their subject alone. */
static void
out_clocks(cmd_env *env, const chy_programme_shown *s, const chy_clock *c,
    uint32_t n)
{
	chy_sink *out = env->out;

	if (c->first != CHY_NO_DAY) {
		out_day(out, c->first);
		chy_sink_puts(out, " to ");
	}
	out_bold(out, env->colour);
	out_day(out, c->due);
	out_plain(out, env->colour);
	chy_sink_puts(out, "  ");
	out_text(out, c->rule->what);
	if (c->subject.len > 0)
		chy_sink_puts(out, ": ");
	for (uint32_t i = 0; i < n && i < NAMED; i++) {
		if (i > 0)
			chy_sink_puts(out, "; ");
		out_text(out, name_of(s, c[i].subject));
	}
	if (n > NAMED)
		chy_sink_printf(out, " and %u more", n - NAMED);
	chy_sink_puts(out, "\n    ");
	out_state(out, c);
	chy_sink_puts(out, "\n    ");
	out_basis(out, c);
	if (c->rule->source.len > 0) {
		chy_sink_puts(out, " (");
		out_text(out, c->rule->source);
		chy_sink_puts(out, ")");
	}
	chy_sink_puts(out, "\n");
}

static void
put_due(struct cmd_programme *t, const chy_programme_shown *s, chy_slice only)
{
	for (uint32_t i = 0; i < s->due.n;) {
		const chy_clock *c = &s->due.at[i];
		uint32_t n = 1;

		if (!is_wanted(only, c->subject) && c->subject.len > 0) {
			i++;
			continue;
		}
		if (t->json) {
			json j = json_open(t->env->out);

			json_clock(&j, s, c);
			json_close(&j);
		} else if (t->csv) {
			csv_clock(t->env->out, s, c);
		} else {
			while (only.len == 0 && i + n < s->due.n &&
			    chy_clock_same(c, &s->due.at[i + n]))
				n++;
			out_clocks(t->env, s, c, n);
		}
		i += n;
	}
}

int
cmd_programme_due(struct cmd_programme *t)
{
	chy_programme_shown *s;
	chy_slice only;
	int status = open_shown(t, false, &s, &only);

	if (status != EXIT_DONE)
		return status;
	if (t->csv)
		chy_sink_puts(t->env->out, "rule,what,subject,opens,due,"
		    "basis,state,days,met,source\n");
	put_due(t, s, only);
	chy_programme_shown_free(s);
	return EXIT_DONE;
}


/* ---- predict ---- */

static void
put_prediction(struct cmd_programme *t, const chy_programme_shown *s,
    const chy_prediction *c)
{
	chy_sink *out = t->env->out;
	json j;

	if (t->csv) {
		cmd_csv_text(out, c->subject);
		chy_sink_puts(out, ",");
		cmd_csv_text(out, name_of(s, c->subject));
		chy_sink_printf(out, ",%d,%s,%.*s,%.*s,%.*s,", (int)s->predict,
		    chy_outcome_name(c->outcome), CHY_ARG(c->grade->code),
		    CHY_ARG(c->rule->id), CHY_ARG(c->actual != NULL ?
		    c->actual->grade->code : CHY_EMPTY));
		cmd_csv_text(out, c->why);
		chy_sink_puts(out, "\n");
		return;
	}
	if (!t->json) {
		out_bold(out, t->env->colour);
		out_text(out, name_of(s, c->subject));
		out_plain(out, t->env->colour);
		chy_sink_printf(out, ": %s", chy_outcome_name(c->outcome));
		if (c->outcome == CHY_OUTCOME_FORCED) {
			chy_sink_puts(out, " to ");
			out_text(out, c->grade->name);
			chy_sink_puts(out, " unless raised");
		}
		if (c->actual != NULL) {
			chy_sink_puts(out, "; published: ");
			out_text(out, c->actual->grade->name);
			chy_sink_puts(out, c->agrees ? "" :
			    ", and no waiver is recorded");
		}
		chy_sink_puts(out, "\n    ");
		out_text(out, c->why);
		chy_sink_puts(out, "\n");
		return;
	}
	j = json_open(out);
	json_text(&j, "subject", c->subject);
	json_text(&j, "name", name_of(s, c->subject));
	json_number(&j, "year", (uint64_t)s->predict);
	json_text(&j, "outcome", chy_slice_of(chy_outcome_name(c->outcome)));
	json_text(&j, "grade", c->grade->code);
	json_text(&j, "rule", c->rule->id);
	json_text_or_null(&j, "limit", c->limit != NULL ? c->limit->id :
	    CHY_EMPTY);
	json_text_or_null(&j, "waiver", c->waiver != NULL ? c->waiver->id :
	    CHY_EMPTY);
	json_list_begin(&j, "rests_on");
	for (uint32_t i = 0; i < c->n_rests_on; i++) {
		json_item_object(&j);
		json_number(&j, "year", (uint64_t)c->rests_on[i]->year);
		json_text(&j, "grade", c->rests_on[i]->grade->code);
		json_text_or_null(&j, "source", c->rests_on[i]->source);
		json_object_end(&j);
	}
	json_list_end(&j);
	json_text(&j, "why", c->why);
	json_text_or_null(&j, "actual", c->actual != NULL ?
	    c->actual->grade->code : CHY_EMPTY);
	json_bool(&j, "agrees", c->agrees);
	json_close(&j);
}

int
cmd_programme_predict(struct cmd_programme *t)
{
	chy_programme_shown *s;
	chy_slice only;
	int status = open_shown(t, true, &s, &only);

	if (status != EXIT_DONE)
		return status;
	if (t->csv)
		chy_sink_puts(t->env->out, "subject,name,year,outcome,grade,"
		    "rule,actual,why\n");
	else if (!t->json)
		chy_sink_printf(t->env->out, "%d\n", (int)s->predict);
	for (uint32_t i = 0; i < s->predictions.n; i++)
		if (is_wanted(only, s->predictions.at[i].subject))
			put_prediction(t, s, &s->predictions.at[i]);
	chy_programme_shown_free(s);
	return EXIT_DONE;
}


/* ---- show ---- */

static void
put_changes(struct cmd_programme *t, const chy_programme_shown *s, chy_slice only)
{
	chy_sink *out = t->env->out;

	chy_sink_printf(out, "\nchanged in %d\n", (int)s->year);
	for (uint32_t i = 0; i < s->changes.n; i++) {
		const chy_grade_change *c = &s->changes.at[i];

		if (!is_wanted(only, c->subject))
			continue;
		chy_sink_puts(out, "  ");
		out_text(out, name_of(s, c->subject));
		chy_sink_puts(out, ": ");
		out_text(out, c->before->name);
		chy_sink_puts(out, " to ");
		out_text(out, c->after->name);
		if (c->explained != CHY_NO_DAY) {
			chy_sink_puts(out, "; explained ");
			out_day(out, c->explained);
		} else if (c->rule != NULL) {
			chy_sink_puts(out, "; explanation missing, due ");
			out_day(out, c->due);
		}
		chy_sink_puts(out, "\n");
	}
}

static void
put_obligations(struct cmd_programme *t, const chy_programme_shown *s, chy_slice only)
{
	chy_sink *out = t->env->out;

	if (s->obligations.n > 0)
		chy_sink_puts(out, "\nobliges to\n");
	for (uint32_t i = 0; i < s->obligations.n; i++) {
		const chy_obligation *o = &s->obligations.at[i];

		if (!is_wanted(only, o->subject))
			continue;
		chy_sink_puts(out, "  ");
		out_day(out, o->from);
		chy_sink_puts(out, " to ");
		out_day(out, o->to);
		chy_sink_puts(out, "  ");
		out_text(out, o->rule->what);
		chy_sink_puts(out, ": ");
		out_text(out, name_of(s, o->subject));
		if (o->waiver != NULL)
			chy_sink_puts(out, "; waived");
		if (o->lifted != CHY_NO_DAY) {
			chy_sink_puts(out, "; lifted ");
			out_day(out, o->lifted);
			chy_sink_puts(out, " by ");
			out_text(out, o->lifted_by);
		}
		chy_sink_puts(out, "\n");
	}
}

static void
put_recommendations(struct cmd_programme *t, const chy_programme_shown *s,
    chy_slice only)
{
	chy_sink *out = t->env->out;
	bool head = false;

	for (uint32_t i = 0; i < s->facts.n_recommendations; i++) {
		const chy_recommendation *r = &s->facts.recommendations[i];

		if (r->year != s->year || !is_wanted(only, r->subject))
			continue;
		if (!head)
			chy_sink_puts(out, "\nrecommended\n");
		head = true;
		chy_sink_puts(out, "  ");
		out_text(out, name_of(s, r->subject));
		chy_sink_printf(out, " %d. ", (int)r->n);
		out_text(out, r->text);
		chy_sink_puts(out, ": ");
		out_text(out, r->answer.len > 0 ? r->answer :
		    CHY_SLICE("not answered"));
		if (r->evidence.len > 0) {
			chy_sink_puts(out, " (");
			out_text(out, r->evidence);
			chy_sink_puts(out, ")");
		}
		chy_sink_puts(out, "\n");
	}
}

static void
put_grades(struct cmd_programme *t, const chy_programme_shown *s, chy_slice only)
{
	const chy_programme *p = s->programme;
	chy_sink *out = t->env->out;

	for (uint32_t g = 0; g < p->n_grades; g++) {
		uint32_t n = 0;

		chy_sink_puts(out, "  ");
		out_text(out, p->grades[g].name);
		chy_sink_puts(out, ", ");
		out_text(out, p->grades[g].meaning);
		for (uint32_t i = 0; i < s->facts.n_subjects; i++) {
			chy_slice key = s->facts.subjects[i].key;
			chy_cell cell;

			if (!is_wanted(only, key) || !chy_cell_get(p,
			    &s->facts, key, s->year, s->today, &cell) ||
			    cell.published->grade != &p->grades[g])
				continue;
			chy_sink_puts(out, n++ == 0 ? ":\n    " : "; ");
			out_text(out, s->facts.subjects[i].name);
			if (cell.latest != cell.published) {
				chy_sink_puts(out, " (since ");
				out_day(out, cell.latest->assigned);
				chy_sink_puts(out, " ");
				out_text(out, cell.latest->grade->name);
				chy_sink_puts(out, ")");
			}
			if (cell.conflict)
				chy_sink_puts(out, " (sources differ)");
		}
		chy_sink_puts(out, "\n");
	}
}

static void
json_whole(struct cmd_programme *t, const chy_programme_shown *s, chy_slice only)
{
	const chy_programme *p = s->programme;
	json j = json_open(t->env->out);

	json_text(&j, "id", p->id);
	json_text(&j, "title", p->title);
	json_text_or_null(&j, "authority", p->authority);
	json_number(&j, "year", (uint64_t)s->year);
	json_day(&j, "today", s->today);
	json_list_begin(&j, "grades");
	for (uint32_t i = 0; i < p->n_grades; i++) {
		json_item_object(&j);
		json_text(&j, "code", p->grades[i].code);
		json_text(&j, "name", p->grades[i].name);
		json_text(&j, "meaning", p->grades[i].meaning);
		json_bool(&j, "off_scale", p->grades[i].rank == 0);
		json_object_end(&j);
	}
	json_list_end(&j);
	json_list_begin(&j, "changes");
	for (uint32_t i = 0; i < s->changes.n; i++) {
		const chy_grade_change *c = &s->changes.at[i];

		if (!is_wanted(only, c->subject))
			continue;
		json_item_object(&j);
		json_text(&j, "subject", c->subject);
		json_text(&j, "before", c->before->code);
		json_text(&j, "after", c->after->code);
		json_day(&j, "explanation_due", c->due);
		json_day(&j, "explained", c->explained);
		json_object_end(&j);
	}
	json_list_end(&j);
	json_list_begin(&j, "due");
	for (uint32_t i = 0; i < s->due.n; i++) {
		if (s->due.at[i].subject.len > 0 &&
		    !is_wanted(only, s->due.at[i].subject))
			continue;
		json_item_object(&j);
		json_clock(&j, s, &s->due.at[i]);
		json_object_end(&j);
	}
	json_list_end(&j);
	json_list_begin(&j, "obligations");
	for (uint32_t i = 0; i < s->obligations.n; i++) {
		const chy_obligation *o = &s->obligations.at[i];

		if (!is_wanted(only, o->subject))
			continue;
		json_item_object(&j);
		json_text(&j, "rule", o->rule->id);
		json_text(&j, "what", o->rule->what);
		json_text(&j, "subject", o->subject);
		json_day(&j, "from", o->from);
		json_day(&j, "to", o->to);
		json_bool(&j, "waived", o->waiver != NULL);
		json_day(&j, "lifted", o->lifted);
		json_text_or_null(&j, "lifted_by", o->lifted_by);
		json_object_end(&j);
	}
	json_list_end(&j);
	json_list_begin(&j, "recommendations");
	for (uint32_t i = 0; i < s->facts.n_recommendations; i++) {
		const chy_recommendation *r = &s->facts.recommendations[i];

		if (r->year != s->year || !is_wanted(only, r->subject))
			continue;
		json_item_object(&j);
		json_text(&j, "subject", r->subject);
		json_number(&j, "n", (uint64_t)r->n);
		json_text(&j, "text", r->text);
		json_text_or_null(&j, "answer", r->answer);
		json_day(&j, "answered", r->answered);
		json_text_or_null(&j, "evidence", r->evidence);
		json_object_end(&j);
	}
	json_list_end(&j);
	json_close(&j);
}

int
cmd_programme_show(struct cmd_programme *t)
{
	chy_programme_shown *s;
	chy_slice only;
	chy_sink *out = t->env->out;
	int status = open_shown(t, false, &s, &only);

	if (status != EXIT_DONE)
		return status;
	if (t->json) {
		json_whole(t, s, only);
		chy_programme_shown_free(s);
		return EXIT_DONE;
	}
	out_bold(out, t->env->colour);
	out_text(out, s->programme->title);
	out_plain(out, t->env->colour);
	chy_sink_printf(out, ", %d\n", (int)s->year);
	if (s->programme->authority.len > 0) {
		chy_sink_puts(out, "under ");
		out_text(out, s->programme->authority);
		chy_sink_puts(out, "\n");
	}
	put_grades(t, s, only);
	put_changes(t, s, only);
	chy_sink_puts(out, "\ndue\n");
	put_due(t, s, only);
	put_obligations(t, s, only);
	put_recommendations(t, s, only);
	chy_programme_shown_free(s);
	return EXIT_DONE;
}
