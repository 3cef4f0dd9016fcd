/*
 * The grades of a programme, by subject and year, with notes below: what was
 * dated since, what was waived, which sources differ.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>

#include "web/programme_int.h"

/* Notes below the grades; what is left out is said. */
#define NOTES_MAX	60u

/* a to z, then aa, ab ... */
static chy_words
note_mark(unsigned n)
{
	chy_words w;

	if (n < 26)
		snprintf(w.s, sizeof(w.s), "%c", 'a' + (int)n);
	else
		snprintf(w.s, sizeof(w.s), "%c%c", 'a' + (int)(n / 26) - 1,
		    'a' + (int)(n % 26));
	return w;
}

static const chy_fact *
waiver_of(const struct chy_programme_page *p, chy_slice key, int32_t year)
{
	const chy_facts *f = &p->s->facts;

	for (uint32_t i = 0; i < f->n_facts; i++)
		if (f->facts[i].kind == CHY_FACT_WAIVER &&
		    f->facts[i].year == year &&
		    chy_slice_eq(f->facts[i].subject, key))
			return &f->facts[i];
	return NULL;
}

static const chy_prediction *
forced_in(const struct chy_programme_page *p, chy_slice key, int32_t year,
    const chy_grade *grade)
{
	for (uint32_t i = 0; year == p->s->year && i < p->forced.n; i++) {
		const chy_prediction *c = &p->forced.at[i];

		if (chy_slice_eq(c->subject, key) && c->grade == grade &&
		    c->outcome == CHY_OUTCOME_FORCED)
			return c;
	}
	return NULL;
}

/* The reason of the published grade, unless the year before has the same. */
static chy_slice
new_reason(const struct chy_programme_page *p, chy_slice key, int32_t year,
    const chy_cell *cell)
{
	chy_cell before;

	if (year > p->first && chy_cell_get(p->s->programme, &p->s->facts, key,
	    year - 1, p->s->today, &before) &&
	    chy_slice_eq(before.published->reason, cell->published->reason))
		return CHY_EMPTY;
	return cell->published->reason;
}

/* The sentences about one cell, into p->notes; false where there are none. */
static bool
put_note(struct chy_programme_page *p, chy_slice key, int32_t year, const chy_cell *cell)
{
	const chy_rating *r = cell->published;
	const chy_fact *waiver = waiver_of(p, key, year);
	const chy_prediction *forced = forced_in(p, key, year, r->grade);
	chy_slice reason = new_reason(p, key, year, cell);
	chy_exchange *x = p->x;
	chy_sink page = x->out;
	size_t before;

	if (p->n_notes >= NOTES_MAX || (!cell->conflict && waiver == NULL &&
	    forced == NULL && cell->latest == r && reason.len == 0))
		return false;
	/* The pieces write to the exchange: let them write the note. */
	x->out = chy_sink_buf(&p->notes);
	before = p->notes.len;
	chy_html(x, "<li id=\"n%s\"><b>%s</b> %.*s %d: ",
	    note_mark(p->n_notes).s, note_mark(p->n_notes).s,
	    CHY_ARG(chy_programme_name(p->s, key)), (int)year);
	if (forced != NULL)
		chy_html(x, "%.*s by rule %.*s, after %u in a row. ",
		    CHY_ARG(r->grade->name), CHY_ARG(forced->rule->id),
		    forced->n_rests_on);
	if (reason.len > 0)
		chy_html(x, "%.*s. ", CHY_ARG(reason));
	if (waiver != NULL) {
		chy_html(x, "Rule %.*s waived", CHY_ARG(waiver->name));
		if (waiver->day != CHY_NO_DAY)
			chy_html(x, " on %s", chy_programme_long_day(waiver->day).s);
		if (waiver->note.len > 0)
			chy_html(x, ", %.*s", CHY_ARG(waiver->note));
		chy_html(x, ". ");
	}
	if (cell->latest != r) {
		chy_html(x, "Published as %.*s; reassessed to %.*s on %s",
		    CHY_ARG(r->grade->name),
		    CHY_ARG(cell->latest->grade->name),
		    chy_programme_long_day(cell->latest->assigned).s);
		if (cell->latest->reason.len > 0)
			chy_html(x, ": %.*s", CHY_ARG(cell->latest->reason));
		chy_html(x, ". The published grade stays in the record. ");
	}
	if (cell->conflict) {
		chy_html(x, "Sources differ: ");
		for (uint32_t i = 0; i < cell->n; i++) {
			if (cell->ratings[i].reassessed)
				continue;
			chy_html(x, "%s%.*s says %.*s", i > 0 ? ", " : "",
			    CHY_ARG(cell->ratings[i].source),
			    CHY_ARG(cell->ratings[i].grade->name));
		}
		chy_html(x, ". The first ranks higher.");
	}
	chy_html(x, "</li>\n");
	x->out = page;
	p->n_notes++;
	return p->notes.len > before;
}

static void
put_cell(struct chy_programme_page *p, chy_slice key, int32_t year)
{
	chy_exchange *x = p->x;
	const char *now = year == p->s->year ? " class=\"now\"" : "";
	chy_cell cell;

	if (!chy_cell_get(p->s->programme, &p->s->facts, key, year,
	    p->s->today, &cell)) {
		/* The second is a trusted piece of HTML, not a text. */
		chy_sink_printf(&x->out, "<td%s>", now);
		chy_html(x, "<span class=\"g no\">\xE2\x80\x93"
		    "<span class=\"vh\">not rated</span></span></td>");
		return;
	}
	chy_sink_printf(&x->out, "<td%s>", now);
	chy_html(x, "<a class=\"plain\" href=\"%s?year=%d&amp;subject=%s"
	    "#telegrams\">", p->address, (int)year, chy_url(x, key));
	chy_programme_put_grade(x, cell.published->grade);
	chy_html(x, "</a>");
	if (put_note(p, key, year, &cell))
		chy_html(x, "<sup><a class=\"plain\" href=\"#n%s\">%s</a>"
		    "</sup>", note_mark(p->n_notes - 1).s,
		    note_mark(p->n_notes - 1).s);
	chy_html(x, "</td>");
}

/* Whether it has a grade in the years that are shown. */
static bool
is_rated(const struct chy_programme_page *p, chy_slice key)
{
	chy_cell cell;

	for (int32_t y = p->first; y <= p->last; y++)
		if (chy_cell_get(p->s->programme, &p->s->facts, key, y,
		    p->s->today, &cell))
			return true;
	return false;
}

void
chy_programme_put_grades(struct chy_programme_page *p)
{
	chy_programme_shown *s = p->s;
	chy_exchange *x = p->x;
	uint32_t unrated = 0;

	chy_html(x, "<section aria-labelledby=\"g\">\n<h2 id=\"g\">%s by %.*s "
	    "and year</h2>\n<div class=\"scroll newest\" role=\"region\" "
	    "aria-labelledby=\"g\" tabindex=\"0\"><table class=\"grid\">\n"
	    "<thead><tr><th scope=\"col\">%s</th>",
	    chy_words_sentence(s->programme->noun).s,
	    CHY_ARG(s->programme->subjects),
	    chy_words_sentence(s->programme->subjects).s);
	for (int32_t y = p->first; y <= p->last; y++) {
		chy_sink_printf(&x->out, "<th scope=\"col\"%s>", y == s->year ?
		    " class=\"now\"" : "");
		chy_html(x, "%d</th>", (int)y);
	}
	chy_html(x, "</tr></thead>\n<tbody>\n");
	for (uint32_t i = 0; i < s->facts.n_subjects; i++) {
		const chy_subject *subject = &s->facts.subjects[i];

		if (!is_rated(p, subject->key)) {
			unrated++;
			continue;
		}
		chy_html(x, "<tr><th scope=\"row\"><a class=\"plain\" "
		    "href=\"%s?year=%d&amp;subject=%s#telegrams\">%.*s</a>"
		    "</th>", p->address, (int)s->year,
		    chy_url(x, subject->key), CHY_ARG(subject->name));
		for (int32_t y = p->first; y <= p->last; y++)
			put_cell(p, subject->key, y);
		chy_html(x, "</tr>\n");
	}
	chy_html(x, "</tbody></table></div>\n");
	if (p->n_notes > 0) {
		chy_html(x, "<ol class=\"notes\">\n");
		chy_sink_put(&x->out, chy_buf_slice(&p->notes));
		chy_html(x, "</ol>\n");
	}
	if (p->n_notes >= NOTES_MAX)
		chy_html(x, "<p class=\"note small\">Further notes are left "
		    "out; the years one by one have them.</p>\n");
	if (unrated > 0)
		chy_html(x, "<p class=\"note small\">%s %s not rated in these "
		    "years.</p>\n", chy_words_number(unrated).s,
		    chy_programme_plural(s->programme->subjects, unrated).s);
	chy_html(x, "</section>\n");
}
