/*
 * The action board: what an office owes, late first. Every date says how it is
 * known.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>

#include "base/ascii.h"
#include "web/casework_int.h"


/* ---- what the pages of casework share ---- */

int32_t
chy_today(const chy_exchange *x)
{
	return chy_day_of(x->now);
}

chy_words
chy_words_day(int32_t day, int32_t today)
{
	static const char *const names[] = { "Mon", "Tue", "Wed", "Thu", "Fri",
	    "Sat", "Sun" };
	chy_civil c = chy_day_civil(day);
	chy_words w = { "" };

	if (day == CHY_NO_DAY)
		return w;
	if (c.year == chy_day_civil(today).year)
		(void)snprintf(w.s, sizeof(w.s), "%s %d %.3s",
		    names[chy_day_weekday(day)], (int)c.day,
		    chy_month_name(c.month));
	else
		(void)snprintf(w.s, sizeof(w.s), "%d %.3s %d", (int)c.day,
		    chy_month_name(c.month), (int)c.year);
	return w;
}

void
chy_html_sentence(chy_exchange *x, chy_slice words)
{
	if (words.len > 0)
		chy_html(x, "%c%.*s", chy_upper(words.ptr[0]),
		    CHY_ARG(chy_slice_from(words, 1)));
}

void
chy_mark_basis(chy_exchange *x, chy_due_basis basis, chy_slice phrase,
    int32_t other, int32_t today)
{
	static const char *const classes[] = { " none", "", " derived",
	    " assumed" };
	static const char *const words[] = { "no date", "explicit", "derived",
	    "assumed" };

	if (basis == CHY_DUE_ASSUMED)
		chy_html(x, "<span class=\"basis%s\">%s</span>%s%.*s",
		    classes[basis], words[basis], phrase.len > 0 ? " from " :
		    "", CHY_ARG(phrase));
	else
		chy_html(x, "<span class=\"basis%s\">%s</span>%s%.*s%s",
		    classes[basis], words[basis], phrase.len > 0 ?
		    ": \xE2\x80\x9C" : "", CHY_ARG(phrase), phrase.len > 0 ?
		    "\xE2\x80\x9D" : "");
	if (other != CHY_NO_DAY)
		chy_html(x, ", or %s", chy_words_day(other, today).s);
}

void
chy_mark_status(chy_exchange *x, chy_item_status status, bool late)
{
	static const char *const dots[CHY_ITEM_STATUSES] = {
		[CHY_ITEM_OPEN] = "open", [CHY_ITEM_INTERIM] = "part",
		[CHY_ITEM_ANSWERED] = "part", [CHY_ITEM_CLOSED] = "done",
		[CHY_ITEM_WITHDRAWN] = "done", [CHY_ITEM_LAPSED] = "done",
		[CHY_ITEM_REALISED] = "done", [CHY_ITEM_SUPERSEDED] = "done",
	};
	static const char *const words[CHY_ITEM_STATUSES] = {
		[CHY_ITEM_OPEN] = "open",
		[CHY_ITEM_INTERIM] = "interim reply given",
		[CHY_ITEM_ANSWERED] = "answered, to confirm",
		[CHY_ITEM_CLOSED] = "closed",
		[CHY_ITEM_WITHDRAWN] = "withdrawn",
		[CHY_ITEM_LAPSED] = "lapsed",
		[CHY_ITEM_REALISED] = "carried out",
		[CHY_ITEM_SUPERSEDED] = "superseded",
	};

	chy_html(x, "<span class=\"state%s\"><span class=\"dot %s\"></span>"
	    "%s</span>", late ? " over" : "", late && status ==
	    CHY_ITEM_OPEN ? "over" : dots[status], words[status]);
}

void
chy_mark_label(chy_exchange *x, chy_slice text)
{
	chy_label label;

	if (text.len == 0 || chy_label_parse(text, &label, NULL) != CHY_OK)
		return;
	chy_html(x, " <span class=\"chip %s\">%.*s</span>",
	    chy_words_level(label.level), CHY_ARG(text));
}

void
chy_mark_source(chy_exchange *x, chy_slice telegram, chy_slice paragraph,
    bool whole)
{
	chy_words mrn = chy_words_mrn(telegram, CHY_EMPTY);
	const char *shown = mrn.s;
	const char *url = chy_telegram_url(x, telegram, "");
	size_t at = telegram.len;

	/* Inside of a case the serial is enough. */
	while (at > 0 && chy_is_digit(telegram.ptr[at - 1]))
		at--;
	if (!whole && at < telegram.len)
		shown = mrn.s + strlen(mrn.s) - (telegram.len - at);
	if (paragraph.len == 0 || !chy_is_digit(paragraph.ptr[0]))
		chy_html(x, "<a href=\"%s\">%s</a>", url, shown);
	else
		chy_html(x, "<a href=\"%s#p%.*s\">%s \xC2\xB6%.*s</a>", url,
		    CHY_ARG(paragraph), shown, CHY_ARG(paragraph));
}

const char *
chy_casework_url(chy_exchange *x, const char *folder, chy_slice name)
{
	return chy_text(x, "%s%s", folder, chy_url(x, name)).ptr;
}

void
chy_html_doing(chy_exchange *x, const char *id)
{
	chy_html(x, "<p class=\"field\"><label for=\"%s-who\">Your name"
	    "</label><input id=\"%s-who\" name=\"who\" maxlength=\"200\" "
	    "autocomplete=\"name\" required></p>\n"
	    "<p class=\"field\"><label for=\"%s-why\">Reason, kept in the log"
	    "</label><input id=\"%s-why\" name=\"reason\" maxlength=\"2000\">"
	    "</p>\n", id, id, id, id);
}

chy_doing
chy_parse_doing(const chy_exchange *x)
{
	return (chy_doing){ .reader = &x->site->reader,
	    .who = chy_parse_param(x, "who"),
	    .why = chy_parse_param(x, "reason"),
	    .now = chy_civil_seconds(x->now) };
}

void
chy_reply_changed(chy_exchange *x, chy_status st, const chy_error *err,
    const char *location)
{
	if (st == CHY_OK)
		chy_reply_redirect(x, location);
	else if (st == CHY_ERR_INVALID || st == CHY_ERR_EXISTS)
		chy_reply_bad(x, st == CHY_ERR_EXISTS ? 409 : 400, err->text);
	else
		chy_reply_status(x, st, err);
}


/* ---- the board ---- */

/* The day that counts now: the first response until it was given. */
static int32_t
due_of(const chy_action *a, bool *ret_first)
{
	const chy_task *t = &a->task;

	*ret_first = t->status == CHY_ITEM_OPEN &&
	    t->first_done == CHY_NO_DAY && t->first_due != CHY_NO_DAY &&
	    (t->due == CHY_NO_DAY || t->first_due < t->due);
	return *ret_first ? t->first_due : t->due;
}

static const char *
group_of(const chy_action *a, int32_t today)
{
	bool first;
	int32_t due = due_of(a, &first);
	int32_t monday = today - chy_day_weekday(today);

	if (a->overdue || a->first_overdue)
		return "Late";
	if (due == CHY_NO_DAY)
		return "No date stated";
	if (due <= today + 1)
		return "Today and tomorrow";
	if (due < monday + 7)
		return "This week";
	if (due < monday + 14)
		return "Next week";
	return "Later";
}

static void
put_due(chy_exchange *x, const chy_action *a, int32_t today)
{
	const chy_task *t = &a->task;
	bool first, late = a->overdue || a->first_overdue;
	int32_t due = due_of(a, &first);
	char iso[11] = "";

	if (due == CHY_NO_DAY) {
		chy_html(x, "<td class=\"quiet\">no date");
		if (t->opened != CHY_NO_DAY)
			chy_html(x, "<span class=\"sub\">asked %s</span>",
			    chy_words_day(t->opened, today).s);
		chy_html(x, "</td>");
		return;
	}
	chy_civil_date(chy_day_civil(due), iso);
	chy_html(x, "<td><time class=\"%snb\" datetime=\"%s\">%s",
	    late ? "late " : "", iso, chy_words_day(due, today).s);
	if (late)
		chy_html(x, ", %d day%s", (int)(today - due),
		    today - due == 1 ? "" : "s");
	chy_html(x, "</time><span class=\"sub\">");
	if (first)
		chy_mark_basis(x, t->first_basis, t->first_phrase, CHY_NO_DAY,
		    today);
	else
		chy_mark_basis(x, t->basis, t->phrase, CHY_NO_DAY, today);
	chy_html(x, "</span>");
	if (first) {
		chy_html(x, "<span class=\"sub\">first response; final %s, ",
		    chy_words_day(t->due, today).s);
		chy_mark_basis(x, t->basis, t->phrase, CHY_NO_DAY, today);
		chy_html(x, "</span>");
	}
	chy_html(x, "</td>");
}

static const chy_task_reply *
proposed(const chy_action *a)
{
	for (uint32_t i = 0; i < a->n_replies; i++)
		if (chy_slice_eq(a->replies[i].state, CHY_SLICE("proposed")))
			return &a->replies[i];
	return NULL;
}

static void
put_state(chy_exchange *x, const chy_action *a)
{
	const chy_task_reply *reply = proposed(a);
	uint32_t answered = 0;

	chy_html(x, "<td data-l=\"State\">");
	chy_mark_status(x, a->task.status, a->overdue || a->first_overdue);
	for (uint32_t i = 0; i < a->n_targets; i++)
		answered += !chy_slice_eq(a->targets[i].status,
		    CHY_SLICE("open"));
	if (a->n_targets > 0)
		chy_html(x, "<span class=\"sub\">%u of %u have answered"
		    "</span>", (unsigned)answered, (unsigned)a->n_targets);
	if (reply != NULL && chy_item_status_open(a->task.status)) {
		chy_html(x, "<span class=\"sub\">");
		chy_mark_source(x, reply->telegram, CHY_EMPTY, true);
		chy_html(x, " cites it</span>");
	}
	chy_html(x, "</td>");
}

static void
put_row(chy_exchange *x, const chy_action *a, int32_t today)
{
	const chy_task *t = &a->task;

	chy_html(x, "<tr>");
	put_due(x, a, today);
	chy_html(x, "<td><a href=\"%s\">", chy_casework_url(x, "/actions/",
	    t->name));
	chy_html_sentence(x, t->what);
	chy_html(x, "</a><span class=\"sub\">%.*s%s", CHY_ARG(t->name),
	    t->parent.len > 0 ? ", sub-task" : "");
	chy_mark_label(x, t->label);
	chy_html(x, "</span></td><td data-l=\"Asked by\">"
	    "<span class=\"mrn\">");
	chy_mark_source(x, t->telegram, t->paragraph, true);
	chy_html(x, "</span>");
	if (t->pointed.len > 0 && !chy_slice_eq(t->pointed, t->paragraph))
		chy_html(x, "<span class=\"sub\">from \xC2\xB6%.*s</span>",
		    CHY_ARG(t->pointed));
	chy_html(x, "</td><td data-l=\"Owner\">%.*s%s%.*s</td>",
	    CHY_ARG(t->owner.len > 0 ? t->owner : CHY_SLICE("nobody yet")),
	    t->office.len > 0 ? ", " : "", CHY_ARG(t->office));
	put_state(x, a);
	if (t->is_group)
		chy_html(x, "<td data-l=\"Closes when\">Each post reports, "
		    "and the owner agrees</td></tr>\n");
	else if (t->parent.len > 0)
		chy_html(x, "<td data-l=\"Closes when\">%.*s has it</td>"
		    "</tr>\n", CHY_ARG(t->asker));
	else
		chy_html(x, "<td data-l=\"Closes when\">A telegram that cites "
		    "it answers, and the owner agrees</td></tr>\n");
}

static void
put_offices(chy_exchange *x, const chy_actions *list, chy_slice office)
{
	chy_html(x, "<p class=\"tools\"><span>Office: ");
	if (office.len == 0)
		chy_html(x, "<b>all</b>");
	else
		chy_html(x, "<a href=\"/actions\">all</a>");
	for (uint32_t i = 0; i < list->n_offices && i < 40; i++)
		if (chy_slice_ieq(list->offices[i], office))
			chy_html(x, ", <b>%.*s</b>",
			    CHY_ARG(list->offices[i]));
		else
			chy_html(x, ", <a href=\"/actions?office=%s\">%.*s"
			    "</a>", chy_url(x, list->offices[i]),
			    CHY_ARG(list->offices[i]));
	chy_html(x, "</span> <a href=\"/actions/calendar%s%s\">Calendar</a>"
	    "</p>\n", office.len > 0 ? "?office=" : "", office.len > 0 ?
	    chy_url(x, office) : "");
}

static void
put_board(chy_exchange *x, const chy_actions *list, int32_t today)
{
	const char *group = "";

	chy_html(x, "<div class=\"scroll\"><table class=\"ledger stack\">\n"
	    "<thead><tr><th>Due</th><th>Asked</th><th>By, in</th>"
	    "<th>Owner</th><th>State</th><th>Closes when</th></tr></thead>\n"
	    "<tbody>\n");
	for (uint32_t i = 0; i < list->n; i++) {
		const char *now = group_of(&list->at[i], today);

		if (strcmp(now, group) != 0) {
			if (*group != '\0')
				chy_html(x, "</tbody>\n<tbody>\n");
			chy_html(x, "<tr class=\"group\"><th colspan=\"6\" "
			    "scope=\"rowgroup\">");
			if (strcmp(now, "Late") == 0)
				chy_html(x, "<span class=\"late\">%s</span>",
				    now);
			else
				chy_html(x, "%s", now);
			chy_html(x, "</th></tr>\n");
			group = now;
		}
		put_row(x, &list->at[i], today);
	}
	chy_html(x, "</tbody>\n</table></div>\n");
}

static void
put_answer(chy_exchange *x, const chy_actions *list, chy_slice office)
{
	chy_html(x, "<div class=\"head\">\n<h1>Action board</h1>\n"
	    "<p class=\"answer\">");
	if (office.len > 0)
		chy_html(x, "%.*s has ", CHY_ARG(office));
	if (list->n_open == 0)
		chy_html(x, "%s open.", office.len > 0 ? "nothing" :
		    "Nothing is");
	else if (office.len > 0)
		chy_html(x, "<b>%s open</b>. ",
		    chy_words_small(list->n_open).s);
	else
		chy_html(x, "<b>%s</b> %s open. ", chy_words_sentence(
		    chy_slice_of(chy_words_small(list->n_open).s)).s,
		    list->n_open == 1 ? "is" : "are");
	if (list->n_late > 0)
		chy_html(x, "<span class=\"late\">%s %s late.</span>",
		    chy_words_sentence(chy_slice_of(
		    chy_words_small(list->n_late).s)).s,
		    list->n_late == 1 ? "is" : "are");
	else if (list->n_open > 0)
		chy_html(x, "None is late.");
	chy_html(x, "</p>\n");
	put_offices(x, list, office);
	chy_html(x, "</div>\n");
}

void
chy_page_actions(chy_exchange *x)
{
	chy_slice office = chy_parse_param(x, "office");
	chy_action_filter filter = { .office = office, .owner = CHY_EMPTY,
	    .name = CHY_EMPTY };
	int32_t today = chy_today(x);
	chy_page page = { .title = CHY_SLICE("Action board"),
	    .here = "actions", .address = "/actions", .asked = office.len > 0 ?
	    chy_text(x, "?office=%s", chy_url(x, office)).ptr : NULL,
	    .formats = CHY_WEB_JSON | CHY_WEB_TEXT | CHY_WEB_CSV };
	chy_error err = { 0 };
	chy_actions *list;
	chy_status st = chy_registry_actions(x->reg, &x->site->reader, &filter,
	    today, &list, &err);

	if (st != CHY_OK) {
		chy_reply_status(x, st, &err);
		return;
	}
	page.label = &list->label;
	chy_layout_begin(x, &page);
	put_answer(x, list, office);
	if (list->n > 0)
		put_board(x, list, today);
	else
		chy_html(x, "<p class=\"note\">An action is opened when a "
		    "telegram that asks for one is filed.</p>\n");
	chy_layout_end(x, &page);
	chy_actions_free(list);
}
