/*
 * One action: what was asked, who owes it, who has answered, what was done;
 * and the forms by which a person assigns, answers and closes it.
 *
 * SPDX-License-Identifier: ISC
 */
#include "web/casework_int.h"

static void
put_dates(chy_exchange *x, const chy_action *a, int32_t today)
{
	const chy_task *t = &a->task;

	chy_html(x, "<p class=\"meta\"><span>First response: <b>%s</b> ",
	    t->first_due != CHY_NO_DAY ?
	    chy_words_day(t->first_due, today).s : "none");
	chy_mark_basis(x, t->first_basis, t->first_phrase, CHY_NO_DAY, today);
	if (t->first_done != CHY_NO_DAY)
		chy_html(x, ", given %s", chy_words_day(t->first_done,
		    today).s);
	chy_html(x, "</span> <span>Final answer: <b>%s</b> ",
	    t->due != CHY_NO_DAY ? chy_words_day(t->due, today).s : "none");
	chy_mark_basis(x, t->basis, t->phrase, CHY_NO_DAY, today);
	chy_html(x, "</span> <span>Owner: <b>%.*s</b>, %.*s</span></p>\n",
	    CHY_ARG(t->owner.len > 0 ? t->owner : CHY_SLICE("nobody yet")),
	    CHY_ARG(t->office));
}

static void
put_head(chy_exchange *x, const chy_action *a, int32_t today)
{
	const chy_task *t = &a->task;

	chy_html(x, "<div class=\"head\">\n<p class=\"kind\">Action %.*s, "
	    "asked in ", CHY_ARG(t->name));
	chy_mark_source(x, t->telegram, t->paragraph, true);
	chy_html(x, " by %.*s</p>\n<h1>", CHY_ARG(t->asker));
	chy_html_sentence(x, t->what);
	chy_html(x, "</h1>\n<p class=\"answer\">");
	if (!chy_item_status_open(t->status))
		chy_html(x, "Closed on %s by <b>%.*s</b>.",
		    chy_words_day(t->closed_on, today).s,
		    CHY_ARG(t->closed_by));
	else if (a->overdue)
		chy_html(x, "<span class=\"late\">The answer is %d day%s late."
		    "</span>", (int)a->days_late, a->days_late == 1 ? "" :
		    "s");
	else if (a->first_overdue)
		chy_html(x, "<span class=\"late\">Nobody has answered, %d "
		    "day%s after the first date.</span>", (int)a->days_late,
		    a->days_late == 1 ? "" : "s");
	else
		chy_html(x, "It is open, and not late.");
	chy_html(x, "</p>\n");
	put_dates(x, a, today);
	chy_html(x, "</div>\n");
}

static void
put_targets(chy_exchange *x, const chy_action *a)
{
	if (a->n_targets == 0)
		return;
	chy_html(x, "<section class=\"sect\"><h2>Who owes an answer</h2>\n"
	    "<table class=\"ledger\"><tbody>\n");
	for (uint32_t i = 0; i < a->n_targets; i++) {
		const chy_task_target *t = &a->targets[i];

		chy_html(x, "<tr><th scope=\"row\">%.*s</th><td>%.*s</td><td>",
		    CHY_ARG(t->addressee), CHY_ARG(t->status));
		if (t->reply.len > 0)
			chy_mark_source(x, t->reply, CHY_EMPTY, true);
		chy_html(x, "</td></tr>\n");
	}
	chy_html(x, "</tbody></table></section>\n");
}

static void
put_replies(chy_exchange *x, const chy_action *a, int32_t today)
{
	if (a->n_replies == 0)
		return;
	chy_html(x, "<section class=\"sect\"><h2>Telegrams that cite it</h2>\n"
	    "<table class=\"ledger\"><tbody>\n");
	for (uint32_t i = 0; i < a->n_replies; i++) {
		const chy_task_reply *r = &a->replies[i];

		chy_html(x, "<tr><td class=\"nb\">%s</td><td>",
		    chy_words_day(r->day, today).s);
		chy_mark_source(x, r->telegram, CHY_EMPTY, true);
		chy_html(x, "</td><td>%.*s</td></tr>\n", CHY_ARG(r->state));
	}
	chy_html(x, "</tbody></table></section>\n");
}

static void
put_changes(chy_exchange *x, const chy_action *a)
{
	chy_html(x, "<section class=\"sect\"><h2>What was done</h2>\n"
	    "<table class=\"ledger\"><tbody>\n");
	for (uint32_t i = 0; i < a->n_changes; i++) {
		const chy_case_change *c = &a->changes[i];

		chy_html(x, "<tr><td class=\"nb\">%s</td><td>%.*s</td><td>"
		    "%.*s", c->at == 0 ? "at filing" : chy_words_iso(
		    chy_civil_from(c->at)).s, CHY_ARG(c->who),
		    CHY_ARG(c->change));
		if (c->why.len > 0)
			chy_html(x, "<span class=\"sub\">%.*s</span>",
			    CHY_ARG(c->why));
		chy_html(x, "</td></tr>\n");
	}
	chy_html(x, "</tbody></table></section>\n");
}

static void
form_begin(chy_exchange *x, const char *url, const char *op,
    const char *title)
{
	chy_html(x, "<section class=\"sect noprint\"><h2>%s</h2>\n"
	    "<form method=\"post\" action=\"%s\">", title, url);
	chy_html_token(x);
	chy_html(x, "<input type=\"hidden\" name=\"do\" value=\"%s\">\n", op);
}

static void
put_forms(chy_exchange *x, const chy_action *a)
{
	const char *url = chy_casework_url(x, "/actions/", a->task.name);
	chy_slice reply = CHY_EMPTY;

	if (!x->site->reader.owner)
		return;
	for (uint32_t i = 0; i < a->n_replies; i++)
		if (chy_slice_eq(a->replies[i].state, CHY_SLICE("proposed")))
			reply = a->replies[i].telegram;
	if (!chy_item_status_open(a->task.status)) {
		form_begin(x, url, "reopen", "Reopen");
		chy_html_doing(x, "reopen");
		chy_html(x, "<p class=\"acts\"><button>Reopen</button></p>"
		    "</form></section>\n");
		return;
	}
	chy_html(x, "<div class=\"halves\">\n");
	form_begin(x, url, "answer", "Answer or close");
	chy_html(x, "<p class=\"field\"><label for=\"by\">Telegram that "
	    "answers, or how it was settled</label><input id=\"by\" "
	    "name=\"by\" maxlength=\"300\" required value=\"%.*s\"></p>\n",
	    CHY_ARG(reply));
	chy_html_doing(x, "answer");
	chy_html(x, "<p class=\"acts\"><button class=\"first\" name=\"how\" "
	    "value=\"close\">Close</button> <button name=\"how\" "
	    "value=\"interim\">Interim reply</button> <button name=\"how\" "
	    "value=\"final\">Final reply, leave open</button></p></form>"
	    "</section>\n");
	form_begin(x, url, "assign", "Assign");
	chy_html(x, "<p class=\"field\"><label for=\"office\">Office</label>"
	    "<input id=\"office\" name=\"office\" maxlength=\"60\" "
	    "value=\"%.*s\"></p>\n<p class=\"field\"><label for=\"owner\">"
	    "Person</label><input id=\"owner\" name=\"owner\" "
	    "maxlength=\"200\" value=\"%.*s\"></p>\n",
	    CHY_ARG(a->task.office), CHY_ARG(a->task.owner));
	chy_html_doing(x, "assign");
	chy_html(x, "<p class=\"acts\"><button>Assign</button></p></form>"
	    "</section>\n</div>\n");
	form_begin(x, url, "sub", "Give a part to another office");
	chy_html(x, "<p class=\"field\"><label for=\"sub-office\">Office"
	    "</label><input id=\"sub-office\" name=\"office\" "
	    "maxlength=\"60\" required></p>\n<p class=\"field\">"
	    "<label for=\"what\">What it is to do</label><input id=\"what\" "
	    "name=\"what\" maxlength=\"500\" required></p>\n"
	    "<p class=\"field\"><label for=\"due\">By</label>"
	    "<input id=\"due\" name=\"due\" type=\"date\"></p>\n");
	chy_html_doing(x, "sub");
	chy_html(x, "<p class=\"acts\"><button>Task</button></p></form>"
	    "</section>\n");
}

static void
put_parts(chy_exchange *x, const chy_actions *list, int32_t today)
{
	if (list->n < 2)
		return;
	chy_html(x, "<section class=\"sect\"><h2>Parts of it</h2>\n"
	    "<table class=\"ledger\"><tbody>\n");
	for (uint32_t i = 0; i < list->n; i++) {
		const chy_action *a = &list->at[i];

		if (chy_slice_eq(a->task.name, x->id))
			continue;
		chy_html(x, "<tr><td class=\"nb\">%s</td><td><a href=\"%s\">"
		    "%.*s</a></td><td>%.*s</td><td>",
		    chy_words_day(a->task.due, today).s,
		    chy_casework_url(x, "/actions/", a->task.name),
		    CHY_ARG(a->task.what), CHY_ARG(a->task.office));
		chy_mark_status(x, a->task.status, a->overdue);
		chy_html(x, "</td></tr>\n");
	}
	chy_html(x, "</tbody></table></section>\n");
}

void
chy_page_action(chy_exchange *x)
{
	chy_action_filter filter = { .office = CHY_EMPTY, .owner = CHY_EMPTY,
	    .name = x->id };
	chy_page page = { .title = CHY_SLICE("Action"), .here = "actions",
	    .up = "/actions" };
	int32_t today = chy_today(x);
	const chy_action *one = NULL;
	chy_error err = { 0 };
	chy_actions *list;
	chy_status st = chy_registry_actions(x->reg, &x->site->reader, &filter,
	    today, &list, &err);

	if (st != CHY_OK) {
		chy_reply_status(x, st, &err);
		return;
	}
	for (uint32_t i = 0; i < list->n; i++)
		if (chy_slice_eq(list->at[i].task.name, x->id))
			one = &list->at[i];
	if (one == NULL) {
		chy_reply_not_found(x);
	} else {
		page.label = &list->label;
		page.title = chy_text(x, "Action %.*s",
		    CHY_ARG(one->task.name));
		chy_layout_begin(x, &page);
		put_head(x, one, today);
		put_parts(x, list, today);
		put_targets(x, one);
		put_replies(x, one, today);
		put_forms(x, one);
		put_changes(x, one);
		chy_layout_end(x, &page);
	}
	chy_actions_free(list);
}

void
chy_post_action(chy_exchange *x)
{
	chy_slice op = chy_parse_param(x, "do");
	chy_slice by = chy_parse_param(x, "by");
	chy_slice how = chy_parse_param(x, "how");
	chy_doing doing = chy_parse_doing(x);
	const char *url = chy_casework_url(x, "/actions/", x->id);
	chy_registry *reg = chy_open_for_change(x);
	chy_error err = { 0 };
	chy_status st;

	if (reg == NULL)
		return;
	if (chy_slice_eq(op, CHY_SLICE("assign")))
		st = chy_registry_action_assign(reg, &doing, x->id,
		    chy_parse_param(x, "office"), chy_parse_param(x, "owner"),
		    &err);
	else if (chy_slice_eq(op, CHY_SLICE("sub")))
		st = chy_registry_action_sub(reg, &doing, x->id,
		    chy_parse_param(x, "office"), chy_parse_param(x, "what"),
		    chy_day_parse(chy_parse_param(x, "due")), NULL, &err);
	else if (chy_slice_eq(op, CHY_SLICE("reopen")))
		st = chy_registry_action_reopen(reg, &doing, x->id, &err);
	else if (chy_slice_eq(op, CHY_SLICE("answer")) &&
	    chy_slice_eq(how, CHY_SLICE("close")))
		st = chy_registry_action_close(reg, &doing, x->id, by, &err);
	else if (chy_slice_eq(op, CHY_SLICE("answer")))
		st = chy_registry_action_reply(reg, &doing, x->id, by,
		    chy_slice_eq(how, CHY_SLICE("final")), &err);
	else
		st = chy_fail(&err, CHY_ERR_INVALID, "The form says not what "
		    "is to be done.");
	chy_registry_close(reg);
	chy_reply_changed(x, st, &err, url);
}
