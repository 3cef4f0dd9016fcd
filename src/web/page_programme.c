/*
 * Rating programmes: the list of them, and one with the grades of its
 * subjects by year, what changed, what is due on one scale of dates, what was
 * recommended, what the rules predict, and the telegrams behind a grade.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>

#include "base/ascii.h"
#include "web/programme_int.h"

/* Years beside each other, unless all are asked for. */
#define YEARS		6


/* ---- words ---- */

/* 16 Apr, with the year where it is another one than the page's. */
chy_words
chy_programme_day_words(const struct chy_programme_page *p, int32_t day)
{
	chy_civil c = chy_programme_civil(day);
	chy_words w = { "" };

	if (day == CHY_NO_DAY)
		return w;
	if (c.year == p->s->year)
		snprintf(w.s, sizeof(w.s), "%d %.3s", c.day,
		    chy_month_name(c.month));
	else
		w = chy_words_short(c);
	return w;
}

chy_words
chy_programme_long_day(int32_t day)
{
	return chy_words_date(chy_programme_civil(day));
}

chy_slice
chy_programme_name(const chy_programme_shown *s, chy_slice key)
{
	const chy_subject *subject = chy_subject_find(&s->facts, key);

	/* A reporter is no subject, even if it is called as one. */
	return subject != NULL && chy_slice_eq(subject->key, key) ?
	    subject->name : key;
}

/* country, countries; party, parties; post, posts */
chy_words
chy_programme_plural(chy_slice word, uint32_t n)
{
	chy_words w;

	if (n == 1)
		snprintf(w.s, sizeof(w.s), "%.*s", CHY_ARG(word));
	else if (word.len > 1 && word.ptr[word.len - 1] == 'y')
		snprintf(w.s, sizeof(w.s), "%.*sies",
		    CHY_ARG(chy_slice_sub(word, 0, word.len - 1)));
	else
		snprintf(w.s, sizeof(w.s), "%.*ss", CHY_ARG(word));
	return w;
}

static chy_words
capital(chy_words w)
{
	w.s[0] = chy_upper(w.s[0]);
	return w;
}

static const char *
show_class(const chy_grade *grade)
{
	static const char *const known[] = { "a", "b2", "w", "c3", "sc" };

	for (size_t i = 0; i < ARRAY_LEN(known); i++)
		if (chy_slice_eq(grade->show, chy_slice_of(known[i])))
			return known[i];
	return grade->rank == 0 ? "sc" : grade->rank == 1 ? "a" : "b2";
}

void
chy_programme_put_grade(chy_exchange *x, const chy_grade *grade)
{
	chy_html(x, "<span class=\"g %s\">%.*s</span>", show_class(grade),
	    CHY_ARG(grade->name));
}

/* A source that is a telegram leads to it. */
static void
put_source(struct chy_programme_page *p, chy_slice source)
{
	const chy_line *line = chy_programme_source_of(p->s, source);
	size_t hash = chy_slice_find(source, CHY_SLICE("#"), 0);

	if (line == NULL) {
		chy_html(p->x, "%.*s", CHY_ARG(source));
		return;
	}
	chy_mark_mrn(p->x, line, "plain");
	if (hash < source.len)
		chy_html(p->x, " \xC2\xB6%.*s",
		    CHY_ARG(chy_slice_from(source, hash + 1)));
}


/* ---- head ---- */

/* What wants something next: the first clock that is late, else the first
 * that is open or will be. */
static const chy_clock *
next_clock(const chy_programme_shown *s, bool late)
{
	for (uint32_t i = 0; i < s->due.n; i++) {
		const chy_clock *c = &s->due.at[i];

		if (late ? c->state == CHY_CLOCK_OVERDUE :
		    c->state == CHY_CLOCK_OPEN ||
		    c->state == CHY_CLOCK_NOT_YET)
			return c;
	}
	return NULL;
}

static void
count_late(const chy_programme_shown *s, uint32_t *ret)
{
	const chy_programme_rule *last = NULL;

	*ret = 0;
	for (uint32_t i = 0; i < s->due.n; i++) {
		if (s->due.at[i].state != CHY_CLOCK_OVERDUE)
			continue;
		*ret += s->due.at[i].rule != last;
		last = s->due.at[i].rule;
	}
}

static void
put_answer(struct chy_programme_page *p)
{
	chy_programme_shown *s = p->s;
	chy_exchange *x = p->x;
	chy_slice what = s->programme->subjects;
	const chy_fact *report = NULL;
	const chy_clock *next = next_clock(s, false);
	uint32_t up = 0, down = 0, other = 0, late;

	for (uint32_t i = 0; i < s->facts.n_facts; i++)
		if (s->facts.facts[i].kind == CHY_FACT_EVENT &&
		    s->facts.facts[i].year == s->year &&
		    s->facts.facts[i].subject.len == 0 &&
		    chy_slice_eq(s->facts.facts[i].name, CHY_SLICE("report")))
			report = &s->facts.facts[i];
	for (uint32_t i = 0; i < s->changes.n; i++) {
		const chy_grade_change *c = &s->changes.at[i];

		if (c->before->rank == 0 || c->after->rank == 0)
			other++;
		else if (c->after->rank < c->before->rank)
			up++;
		else
			down++;
	}
	chy_html(x, "<p class=\"answer\">");
	if (s->facts.n_ratings == 0)
		chy_html(x, "Nobody is rated yet. ");
	else if (report != NULL)
		chy_html(x, "The %d report came out on <b>%s</b>. ",
		    (int)s->year, chy_programme_long_day(report->day).s);
	if (down + up + other > 0) {
		chy_html(x, "%s %s fell and %s rose",
		    capital(chy_words_small(down)).s, chy_programme_plural(what, down).s,
		    chy_words_small(up).s);
		if (other > 0)
			chy_html(x, "; %s came onto the scale or left it",
			    chy_words_small(other).s);
		chy_html(x, ". ");
	} else if (s->facts.n_ratings > 0) {
		chy_html(x, "No grade changed. ");
	}
	count_late(s, &late);
	if (late > 0)
		chy_html(x, "<b class=\"late\">%s clock%s late</b>. ",
		    capital(chy_words_small(late)).s, late == 1 ? " is" :
		    "s are");
	if (next != NULL)
		chy_html(x, "Next: %.*s, <b>by %s</b>.",
		    CHY_ARG(next->rule->what), chy_programme_long_day(next->due).s);
	chy_html(x, "</p>\n");
}

static void
put_tools(struct chy_programme_page *p)
{
	chy_programme_shown *s = p->s;
	chy_exchange *x = p->x;
	int32_t from = s->facts.last_year;

	chy_html(x, "<p class=\"tools\">");
	if (from != 0) {
		chy_html(x, "<span>Year: ");
		for (int32_t y = from; y >= s->facts.first_year &&
		    y > from - 5; y--)
			if (y == s->year)
				chy_html(x, "<b>%d</b>, ", (int)y);
			else
				chy_html(x, "<a href=\"%s?year=%d\">%d</a>, ",
				    p->address, (int)y, (int)y);
		if (s->year <= from - 5)
			chy_html(x, "<b>%d</b>, ", (int)s->year);
		chy_html(x, "<a href=\"%s?year=%d&amp;years=all\">all %d"
		    "</a></span> ", p->address, (int)s->year,
		    (int)(from - s->facts.first_year + 1));
	}
	chy_html(x, "<a href=\"#rules\">Rules, with dates</a></p>\n");
}

static void
put_head(struct chy_programme_page *p)
{
	const chy_programme *programme = p->s->programme;

	chy_html(p->x, "<div class=\"head\">\n<p class=\"kind\">Programme");
	if (programme->authority.len > 0)
		chy_html(p->x, ", under %.*s", CHY_ARG(programme->authority));
	chy_html(p->x, "</p>\n<h1>%.*s</h1>\n", CHY_ARG(programme->title));
	put_answer(p);
	put_tools(p);
	chy_html(p->x, "</div>\n");
}


/* ---- what follows ---- */

static void
put_obligations(struct chy_programme_page *p)
{
	chy_programme_shown *s = p->s;
	chy_exchange *x = p->x;

	if (s->obligations.n == 0)
		return;
	chy_html(x, "<section class=\"sect\" aria-labelledby=\"ob\">\n"
	    "<h2 id=\"ob\">What the grades oblige to</h2>\n"
	    "<table class=\"ledger stack\">\n<thead><tr><th>%s</th>"
	    "<th>Measure</th><th>In force</th><th>State</th></tr></thead>\n"
	    "<tbody>\n", chy_words_sentence(s->programme->subjects).s);
	for (uint32_t i = 0; i < s->obligations.n; i++) {
		const chy_obligation *o = &s->obligations.at[i];

		chy_html(x, "<tr><th scope=\"row\">%.*s</th>"
		    "<td data-l=\"Measure\">%.*s<span class=\"sub\">%.*s"
		    "</span></td><td data-l=\"In force\">"
		    "<span class=\"nb\">%s to %s</span></td>"
		    "<td data-l=\"State\">", CHY_ARG(chy_programme_name(s,
		    o->subject)), CHY_ARG(o->rule->what),
		    CHY_ARG(o->rule->source), chy_programme_day_words(p, o->from).s,
		    chy_programme_day_words(p, o->to).s);
		if (o->lifted != CHY_NO_DAY)
			chy_html(x, "lifted %s by %.*s",
			    chy_programme_day_words(p, o->lifted).s, CHY_ARG(o->lifted_by));
		else if (o->waiver != NULL)
			chy_html(x, "waived");
		else
			chy_html(x, "%s", s->today < o->from ?
			    "not yet in force" : s->today > o->to ?
			    "its year is over" : "in force");
		chy_html(x, "</td></tr>\n");
	}
	chy_html(x, "</tbody></table>\n</section>\n");
}

static void
put_recommendations(struct chy_programme_page *p)
{
	chy_programme_shown *s = p->s;
	chy_exchange *x = p->x;
	bool head = false;

	for (uint32_t i = 0; i < s->facts.n_recommendations; i++) {
		const chy_recommendation *r = &s->facts.recommendations[i];

		if (r->year != s->year && r->year != s->year - 1)
			continue;
		if (!head)
			chy_html(x, "<section class=\"sect\" "
			    "aria-labelledby=\"rc\">\n<h2 id=\"rc\">What was "
			    "recommended</h2>\n<table class=\"ledger stack\">"
			    "\n<thead><tr><th>%s</th><th>Recommendation</th>"
			    "<th>Their answer</th><th>Evidence</th></tr>"
			    "</thead>\n<tbody>\n",
			    chy_words_sentence(s->programme->subjects).s);
		head = true;
		chy_html(x, "<tr><th scope=\"row\">%.*s<span class=\"sub\">"
		    "%d report</span></th><td class=\"text\">%.*s</td>"
		    "<td data-l=\"Answer\">", CHY_ARG(chy_programme_name(s,
		    r->subject)), (int)r->year, CHY_ARG(r->text));
		if (r->answer.len == 0)
			chy_html(x, "<span class=\"basis none\">none yet"
			    "</span>");
		else
			chy_html(x, "%.*s", CHY_ARG(r->answer));
		if (r->answered != CHY_NO_DAY)
			chy_html(x, "<span class=\"sub\">%s</span>",
			    chy_programme_day_words(p, r->answered).s);
		chy_html(x, "</td><td data-l=\"Evidence\">");
		if (r->evidence.len > 0)
			put_source(p, r->evidence);
		else
			chy_html(x, "none filed");
		chy_html(x, "</td></tr>\n");
	}
	if (head)
		chy_html(x, "</tbody></table>\n</section>\n");
}

static void
put_predictions(struct chy_programme_page *p)
{
	chy_programme_shown *s = p->s;
	chy_exchange *x = p->x;
	bool head = false;

	for (uint32_t i = 0; i < s->predictions.n; i++) {
		const chy_prediction *c = &s->predictions.at[i];

		if (!head)
			chy_html(x, "<section class=\"sect\" "
			    "aria-labelledby=\"pr\">\n<h2 id=\"pr\">What the "
			    "rules say of %d</h2>\n<table class=\"ledger "
			    "stack\">\n<thead><tr><th>%s</th><th>Outcome</th>"
			    "<th>Why</th></tr></thead>\n<tbody>\n",
			    (int)s->predict,
			    chy_words_sentence(s->programme->subjects).s);
		head = true;
		chy_html(x, "<tr><th scope=\"row\">%.*s</th>"
		    "<td data-l=\"Outcome\">", CHY_ARG(chy_programme_name(s,
		    c->subject)));
		switch (c->outcome) {
		case CHY_OUTCOME_FORCED:
			chy_programme_put_grade(x, c->grade);
			chy_html(x, " <span class=\"quiet\">unless raised"
			    "</span>");
			break;
		case CHY_OUTCOME_WAIVED:
			chy_html(x, "may stay, waived");
			break;
		case CHY_OUTCOME_NEAR:
			chy_html(x, "may stay once more");
			break;
		case CHY_OUTCOME_UNKNOWN:
			chy_html(x, "not known");
			break;
		}
		if (c->actual != NULL)
			chy_html(x, "<span class=\"sub\">published: %.*s%s"
			    "</span>", CHY_ARG(c->actual->grade->name),
			    c->agrees ? "" : ", and no waiver is recorded");
		chy_html(x, "</td><td data-l=\"Why\">%.*s<span class=\"sub\">"
		    "%.*s</span></td></tr>\n", CHY_ARG(c->why),
		    CHY_ARG(c->rule->source));
	}
	if (head)
		chy_html(x, "</tbody></table>\n</section>\n");
}


/* ---- telegrams behind a grade ---- */

/* Buttons of one telegram; what they say is its number. */
static void
put_decision(chy_exchange *x, const chy_behind *b)
{
	bool confirmed = b->how == CHY_BEHIND_CONFIRMED;

	chy_html(x, "<td data-l=\"Decide\">");
	if (!confirmed)
		chy_html(x, "<button class=\"link\" name=\"confirm\" "
		    "value=\"%.*s\">confirm</button>", CHY_ARG(b->line.id));
	if (b->how == CHY_BEHIND_PROPOSED)
		chy_html(x, ", <button class=\"link\" name=\"refuse\" "
		    "value=\"%.*s\">refuse</button>", CHY_ARG(b->line.id));
	if (confirmed)
		chy_html(x, "<button class=\"link\" name=\"back\" "
		    "value=\"%.*s%s%.*s\">take back</button>",
		    CHY_ARG(b->line.id), b->paragraph.len > 0 ? "#" : "",
		    CHY_ARG(b->paragraph));
	chy_html(x, "</td>");
}

static void
put_telegram(chy_exchange *x, const chy_behind *b)
{
	chy_html(x, "<tr><th scope=\"row\"><span class=\"mrn\">");
	if (b->filed)
		chy_mark_mrn(x, &b->line, "plain");
	else
		chy_html(x, "%s", chy_words_mrn(b->line.id, CHY_EMPTY).s);
	if (b->paragraph.len > 0)
		chy_html(x, " \xC2\xB6%.*s", CHY_ARG(b->paragraph));
	chy_html(x, "</span><span class=\"sub\">%s</span></th>"
	    "<td class=\"text\">%.*s</td><td data-l=\"How\">%s"
	    "<span class=\"sub\">%.*s</span></td>", b->filed ?
	    chy_words_short(chy_line_date(&b->line)).s : "not in the archive",
	    CHY_ARG(b->line.subject), chy_behind_name(b->how),
	    CHY_ARG(b->why));
	if (x->site->reader.owner)
		put_decision(x, b);
	chy_html(x, "</tr>\n");
}

static void
put_telegrams(struct chy_programme_page *p, const chy_programme_telegrams *t,
    chy_slice subject)
{
	chy_exchange *x = p->x;
	bool changes = x->site->reader.owner && t->n > 0;

	chy_html(x, "<section class=\"sect\" aria-labelledby=\"telegrams\">\n"
	    "<h2 id=\"telegrams\">Telegrams behind %.*s, %d</h2>\n",
	    CHY_ARG(chy_programme_name(p->s, subject)), (int)p->s->year);
	if (changes) {
		chy_html(x, "<form action=\"%s\" method=\"post\">", p->address);
		chy_html_token(x);
		chy_html(x, "<input type=\"hidden\" name=\"year\" "
		    "value=\"%d\"><input type=\"hidden\" name=\"subject\" "
		    "value=\"%.*s\">\n", (int)p->s->year, CHY_ARG(subject));
	}
	if (t->n == 0)
		chy_html(x, "<p>None is known, and the programme\xE2\x80\x99s "
		    "query finds none.</p>\n");
	else
		chy_html(x, "<table class=\"ledger stack\">\n<thead><tr>"
		    "<th>Telegram</th><th>Subject</th><th>How we know</th>");
	if (changes)
		chy_html(x, "<th>Decide</th>");
	if (t->n > 0)
		chy_html(x, "</tr></thead>\n<tbody>\n");
	for (uint32_t i = 0; i < t->n; i++)
		put_telegram(x, &t->at[i]);
	if (t->n > 0)
		chy_html(x, "</tbody></table>\n");
	if (changes)
		chy_html(x, "</form>\n");
	if (t->query.len > 0)
		chy_html(x, "<p class=\"note small gap\">Proposals are what "
		    "<a href=\"/search?q=%s\">this search</a> finds; a person "
		    "confirms or refuses them.</p>\n", chy_url(x, t->query));
	chy_html(x, "</section>\n");
}

void
chy_post_programme(chy_exchange *x)
{
	static const char *const buttons[] = { "confirm", "refuse", "back" };
	chy_programme_link link = {
		.subject = chy_parse_param(x, "subject"),
		.year = (int32_t)chy_parse_number(x, "year", 9998, 0),
		.note = CHY_EMPTY,
	};
	chy_registry *reg;
	chy_error err = { 0 };
	bool changed;
	chy_status st;

	for (size_t i = 0; i < ARRAY_LEN(buttons); i++) {
		chy_slice value = chy_parse_param(x, buttons[i]);

		if (value.len == 0)
			continue;
		link.address = value;
		link.refused = i == 1;
		link.gone = i == 2;
	}
	if (link.address.len == 0 || link.subject.len == 0 || link.year == 0) {
		chy_reply_bad(x, 400, "The form has no button that is known.");
		return;
	}
	reg = chy_open_for_change(x);
	if (reg == NULL)
		return;
	st = chy_registry_programme_link(reg, &x->site->reader, x->id, &link,
	    chy_civil_seconds(x->now), &changed, &err);
	chy_registry_close(reg);
	if (st == CHY_OK)
		chy_reply_redirect(x, chy_text(x, "/programmes/%s?year=%d"
		    "&subject=%s#telegrams", chy_url(x, x->id),
		    (int)link.year, chy_url(x, link.subject)).ptr);
	else if (st == CHY_ERR_INVALID)
		chy_reply_bad(x, 400, err.text);
	else
		chy_reply_status(x, st, &err);
}


/* ---- rules, side ---- */

static void
put_rules(struct chy_programme_page *p)
{
	const chy_programme *programme = p->s->programme;
	chy_exchange *x = p->x;

	chy_html(x, "<section class=\"sect\" aria-labelledby=\"rules\">\n"
	    "<h2 id=\"rules\">Rules, with dates</h2>\n"
	    "<table class=\"ledger stack\">\n<thead><tr><th>Rule</th>"
	    "<th>Form</th><th>In force</th><th>Source</th></tr></thead>\n"
	    "<tbody>\n");
	for (uint32_t i = 0; i < programme->n_rules; i++) {
		const chy_programme_rule *r = &programme->rules[i];
		bool holds = chy_rule_holds(programme, &p->s->facts, r,
		    p->s->year);

		chy_html(x, "<tr><th scope=\"row\">%.*s<span class=\"sub\">"
		    "%.*s</span></th><td data-l=\"Form\">%s</td>"
		    "<td data-l=\"In force\">", CHY_ARG(r->what),
		    CHY_ARG(r->id), chy_rule_form_name(r->form));
		if (r->from != CHY_NO_DAY)
			chy_html(x, "from %s ", chy_programme_long_day(r->from).s);
		if (r->to != CHY_NO_DAY)
			chy_html(x, "to %s", chy_programme_long_day(r->to).s);
		if (r->from == CHY_NO_DAY && r->to == CHY_NO_DAY)
			chy_html(x, "always");
		if (!holds)
			chy_html(x, "<span class=\"sub\">not in %d</span>",
			    (int)p->s->year);
		chy_html(x, "</td><td data-l=\"Source\">%.*s",
		    CHY_ARG(r->source));
		if (r->status.len > 0)
			chy_html(x, "<span class=\"sub\">%.*s</span>",
			    CHY_ARG(r->status));
		chy_html(x, "</td></tr>\n");
	}
	chy_html(x, "</tbody></table>\n</section>\n");
}

static void
put_changes(struct chy_programme_page *p)
{
	chy_programme_shown *s = p->s;
	chy_exchange *x = p->x;

	chy_html(x, "<section><h2>Changed in %d</h2>", (int)s->year);
	if (s->changes.n == 0)
		chy_html(x, "<p>Nothing.</p>");
	else
		chy_html(x, "<ul>\n");
	for (uint32_t i = 0; i < s->changes.n; i++) {
		const chy_grade_change *c = &s->changes.at[i];

		chy_html(x, "<li>%.*s, %.*s to <b>%.*s</b>",
		    CHY_ARG(chy_programme_name(s, c->subject)),
		    CHY_ARG(c->before->name), CHY_ARG(c->after->name));
		if (c->explained != CHY_NO_DAY)
			chy_html(x, "<span class=\"sub\">explanation filed "
			    "%s</span>", chy_programme_day_words(p, c->explained).s);
		else if (c->rule != NULL && c->due != CHY_NO_DAY)
			chy_html(x, "<span class=\"sub\">explanation wanting, "
			    "due %s</span>", chy_programme_day_words(p, c->due).s);
		else if (c->rule != NULL)
			chy_html(x, "<span class=\"sub\">explanation wanting"
			    "</span>");
		chy_html(x, "</li>\n");
	}
	if (s->changes.n > 0)
		chy_html(x, "</ul>");
	chy_html(x, "</section>\n");
}

/* Sources in the order in which they prevail. */
static void
put_sources(struct chy_programme_page *p)
{
	const chy_programme *programme = p->s->programme;
	chy_exchange *x = p->x;
	int32_t done = 0;
	bool first = true;

	if (programme->n_sources == 0)
		return;
	chy_html(x, "<section><h2>Where %.*ss come from</h2><p>In this "
	    "order: ", CHY_ARG(programme->noun));
	for (;;) {
		int32_t next = INT32_MAX;

		for (uint32_t i = 0; i < programme->n_sources; i++)
			if (programme->sources[i].rank > done &&
			    programme->sources[i].rank < next)
				next = programme->sources[i].rank;
		if (next == INT32_MAX)
			break;
		for (uint32_t i = 0; i < programme->n_sources; i++)
			if (programme->sources[i].rank == next) {
				chy_html(x, "%s%.*s", first ? "" : "; ",
				    CHY_ARG(programme->sources[i].name));
				first = false;
			}
		done = next;
	}
	chy_html(x, ". Lower sources are kept and shown where they differ."
	    "</p></section>\n");
}

static void
put_side(struct chy_programme_page *p)
{
	const chy_programme *programme = p->s->programme;
	chy_exchange *x = p->x;

	chy_html(x, "<aside class=\"side\" aria-label=\"About the programme\">"
	    "\n<section><h2>The scale</h2><dl class=\"facts\">\n");
	for (uint32_t i = 0; i < programme->n_grades; i++) {
		const chy_grade *g = &programme->grades[i];

		chy_html(x, "<dt>");
		chy_programme_put_grade(x, g);
		chy_html(x, "</dt><dd>%.*s</dd>\n", CHY_ARG(g->meaning));
	}
	chy_html(x, "<dt><span class=\"g no\">\xE2\x80\x93</span></dt>"
	    "<dd>not rated, or no source says</dd></dl></section>\n");
	put_changes(p);
	put_sources(p);
	if (programme->note.len > 0)
		chy_html(x, "<section><h2>To be known</h2><p>%.*s</p>"
		    "</section>\n", CHY_ARG(programme->note));
	chy_html(x, "</aside>\n");
}


/* ---- pages ---- */

chy_status
chy_programme_ask(chy_exchange *x, chy_programme_shown **ret, chy_error *err)
{
	chy_programme_options opts = {
		.year = (int32_t)chy_parse_number(x, "year", 9998, 0),
		.today = chy_programme_day_of(chy_civil_seconds(x->now)),
	};

	return chy_registry_programme(x->reg, &x->site->reader, x->id, &opts,
	    ret, err);
}

/* The years of the table: those up to the one that is shown. */
static void
choose_years(struct chy_programme_page *p)
{
	const chy_facts *f = &p->s->facts;
	bool all = chy_slice_eq(chy_parse_param(p->x, "years"),
	    CHY_SLICE("all"));

	p->last = p->s->year;
	p->first = p->last - YEARS + 1;
	if (p->first < f->first_year && f->first_year <= p->last)
		p->first = f->first_year;
	if (all && f->first_year != 0) {
		p->first = f->first_year;
		p->last = f->last_year;
	}
}

static void
put_page(struct chy_programme_page *p, const chy_page *layout,
    const chy_programme_telegrams *t, chy_slice subject)
{
	chy_layout_begin(p->x, layout);
	put_head(p);
	chy_html(p->x, "<div class=\"with-side\">\n<div>\n");
	chy_programme_put_grades(p);
	if (t != NULL)
		put_telegrams(p, t, subject);
	chy_programme_put_clocks(p);
	put_obligations(p);
	put_recommendations(p);
	put_predictions(p);
	put_rules(p);
	chy_html(p->x, "</div>\n");
	put_side(p);
	chy_html(p->x, "</div>\n");
	chy_layout_end(p->x, layout);
}

void
chy_page_programme(chy_exchange *x)
{
	struct chy_programme_page p = { .x = x, .notes = CHY_BUF_INIT };
	chy_page layout = { .here = "programmes", .up = "/programmes",
	    .formats = CHY_WEB_JSON | CHY_WEB_TEXT | CHY_WEB_CSV };
	chy_slice subject = chy_parse_param(x, "subject");
	const chy_subject *known = NULL;
	chy_programme_telegrams *t = NULL;
	chy_error err = { 0 };
	chy_label label;
	chy_status st = chy_programme_ask(x, &p.s, &err);

	if (st == CHY_OK)
		st = chy_programme_predict(p.s->programme, &p.s->facts,
		    p.s->year, p.s->today, &p.s->arena, &p.forced);
	if (st == CHY_OK && subject.len > 0)
		known = chy_subject_find(&p.s->facts, subject);
	if (st == CHY_OK && known != NULL)
		st = chy_registry_programme_telegrams(x->reg, &x->site->reader,
		    x->id, known->key, p.s->year, &t, &err);
	if (st != CHY_OK) {
		chy_reply_status(x, st, &err);
		chy_programme_shown_free(p.s);
		return;
	}
	label = p.s->label;
	if (t != NULL)
		label = chy_label_join(&label, &t->label);
	layout.title = p.s->programme->title;
	layout.label = &label;
	p.address = chy_text(x, "/programmes/%s", chy_url(x, x->id)).ptr;
	layout.address = p.address;
	layout.asked = chy_text(x, "?year=%d", (int)p.s->year).ptr;
	choose_years(&p);
	put_page(&p, &layout, t, known != NULL ? known->key : CHY_EMPTY);
	chy_buf_done(&p.notes);
	chy_programme_telegrams_free(t);
	chy_programme_shown_free(p.s);
}

void
chy_page_programmes(chy_exchange *x)
{
	chy_page layout = { .title = CHY_SLICE("Programmes"),
	    .here = "programmes", .up = "/" };
	chy_programme_list *list = NULL;
	chy_error err = { 0 };
	chy_status st = chy_registry_programmes(x->reg, &x->site->reader,
	    &list, &err);

	if (st != CHY_OK) {
		chy_reply_failed(x, st, &err);
		return;
	}
	layout.label = &list->label;
	chy_layout_begin(x, &layout);
	chy_html(x, "<div class=\"head\">\n<h1>Programmes</h1>\n"
	    "<p class=\"answer\">%s %s here.</p>\n</div>\n",
	    list->n == 0 ? "No rating programme" :
	    capital(chy_words_small(list->n)).s, list->n == 0 ? "is kept" :
	    list->n == 1 ? "rating programme is kept" :
	    "rating programmes are kept");
	if (list->n == 0)
		chy_html(x, "<div class=\"blank\"><p class=\"quiet\">Describe "
		    "one with <code>chancery programme define FILE</code> and "
		    "load its ratings with <code>chancery programme load ID "
		    "FILE</code>.</p></div>\n");
	else
		chy_html(x, "<table class=\"ledger stack\">\n<thead><tr>"
		    "<th>Programme</th><th>Under</th><th>Rated</th>"
		    "<th>Years</th></tr></thead>\n<tbody>\n");
	for (uint32_t i = 0; i < list->n; i++) {
		const chy_programme_line *l = &list->at[i];

		chy_html(x, "<tr><th scope=\"row\"><a href=\"/programmes/%s\">"
		    "%.*s</a></th><td data-l=\"Under\">%.*s</td>"
		    "<td data-l=\"Rated\">%s grades of %s</td>"
		    "<td data-l=\"Years\">", chy_url(x, l->id),
		    CHY_ARG(l->title), CHY_ARG(l->authority),
		    chy_words_number(l->n_ratings).s,
		    chy_words_number(l->n_subjects).s);
		if (l->first_year != 0)
			chy_html(x, "%d to %d", (int)l->first_year,
			    (int)l->last_year);
		chy_html(x, "</td></tr>\n");
	}
	if (list->n > 0)
		chy_html(x, "</tbody></table>\n");
	chy_layout_end(x, &layout);
	chy_programme_list_free(list);
}
