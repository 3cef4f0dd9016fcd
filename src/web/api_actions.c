/*
 * The board and the cases for programs.
 *
 * SPDX-License-Identifier: ISC
 */
#include "web/casework_int.h"

static chy_words
iso_day(int32_t day)
{
	chy_words w = { "" };
	char text[11];

	if (day == CHY_NO_DAY)
		return w;
	chy_civil_date(chy_day_civil(day), text);
	memcpy(w.s, text, sizeof(text));
	return w;
}

static void
json_action(chy_exchange *x, const chy_action *a)
{
	const chy_task *t = &a->task;

	chy_json(x, "{\"id\":%.*s,\"what\":%.*s,\"canonical_id\":%.*s,"
	    "\"paragraph\":%.*s,\"by\":%.*s,\"office\":%.*s,\"owner\":%.*s,"
	    "\"status\":%s,\"first_due\":%s,\"due\":%s,\"basis\":%s,"
	    "\"phrase\":%.*s,\"label\":%.*s,\"overdue\":",
	    CHY_ARG(t->name), CHY_ARG(t->what), CHY_ARG(t->telegram),
	    CHY_ARG(t->paragraph), CHY_ARG(t->asker), CHY_ARG(t->office),
	    CHY_ARG(t->owner), chy_item_status_name(t->status),
	    iso_day(t->first_due).s, iso_day(t->due).s,
	    chy_due_basis_name(t->basis), CHY_ARG(t->phrase),
	    CHY_ARG(t->label));
	chy_sink_printf(&x->out, "%s,\"first_overdue\":%s,\"days_late\":%d}\n",
	    a->overdue ? "true" : "false", a->first_overdue ? "true" :
	    "false", (int)a->days_late);
}

/* A field of a table: quoted, quotes doubled. */
static void
csv_field(chy_exchange *x, chy_slice text, const char *after)
{
	chy_sink_puts(&x->out, "\"");
	/* A spreadsheet takes what begins so for a formula. */
	if (text.len > 0 && strchr("=+-@\t", text.ptr[0]) != NULL)
		chy_sink_puts(&x->out, "'");
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == '"')
			chy_sink_puts(&x->out, "\"");
		chy_sink_put(&x->out, chy_slice_sub(text, i, 1));
	}
	chy_sink_puts(&x->out, "\"");
	chy_sink_puts(&x->out, after);
}

static void
csv_action(chy_exchange *x, const chy_action *a)
{
	const chy_task *t = &a->task;

	csv_field(x, t->name, ",");
	csv_field(x, t->what, ",");
	csv_field(x, t->office, ",");
	csv_field(x, t->owner, ",");
	csv_field(x, chy_slice_of(chy_item_status_name(t->status)), ",");
	csv_field(x, chy_slice_of(iso_day(t->due).s), ",");
	csv_field(x, chy_slice_of(chy_due_basis_name(t->basis)), ",");
	csv_field(x, t->phrase, "\r\n");
}

static chy_actions *
load(chy_exchange *x)
{
	chy_action_filter filter = { .office = chy_parse_param(x, "office"),
	    .owner = CHY_EMPTY, .name = CHY_EMPTY };
	chy_error err = { 0 };
	chy_actions *list;
	chy_status st = chy_registry_actions(x->reg, &x->site->reader, &filter,
	    chy_today(x), &list, &err);

	if (st == CHY_OK)
		return list;
	chy_reply_status(x, st, &err);
	return NULL;
}

void
chy_api_actions(chy_exchange *x)
{
	chy_actions *list = load(x);

	if (list == NULL)
		return;
	if (x->format == CHY_WEB_JSON) {
		x->type = "application/json";
	} else if (x->format == CHY_WEB_CSV) {
		x->type = "text/csv; charset=utf-8";
		chy_sink_puts(&x->out, "id,what,office,owner,status,due,basis,"
		    "phrase\r\n");
	} else {
		x->type = "text/plain; charset=utf-8";
	}
	for (uint32_t i = 0; i < list->n; i++) {
		const chy_task *t = &list->at[i].task;

		if (x->format == CHY_WEB_JSON)
			json_action(x, &list->at[i]);
		else if (x->format == CHY_WEB_CSV)
			csv_action(x, &list->at[i]);
		else
			chy_sink_printf(&x->out, "%.*s  %s %s  %.*s  %.*s%s\n",
			    CHY_ARG(t->name), t->due != CHY_NO_DAY ?
			    iso_day(t->due).s : "no date",
			    chy_due_basis_name(t->basis), CHY_ARG(t->office),
			    CHY_ARG(t->what), list->at[i].days_late > 0 ?
			    "  LATE" : "");
	}
	chy_actions_free(list);
}

void
chy_api_calendar(chy_exchange *x)
{
	chy_actions *list = load(x);

	if (list == NULL)
		return;
	x->type = "text/calendar; charset=utf-8";
	x->download = "actions.ics";
	chy_actions_ics(list, chy_civil_seconds(x->now), &x->out);
	chy_actions_free(list);
}

static void
json_item(chy_exchange *x, const chy_case_item *i)
{
	const chy_item *it = &i->item;

	chy_json(x, "{\"id\":%.*s,\"kind\":%s,\"by\":{\"name\":%.*s,"
	    "\"side\":%.*s},\"to\":{\"name\":%.*s,\"side\":%.*s},"
	    "\"what\":%.*s,\"channel\":%s,\"due\":%s,\"basis\":%s,"
	    "\"phrase\":%.*s,\"condition\":%.*s,\"status\":%s,\"overdue\":",
	    CHY_ARG(it->name), chy_item_kind_name(it->kind),
	    CHY_ARG(it->by_name), CHY_ARG(it->by_side), CHY_ARG(it->to_name),
	    CHY_ARG(it->to_side), CHY_ARG(it->what),
	    chy_channel_name(it->channel), iso_day(it->due).s,
	    chy_due_basis_name(it->basis), CHY_ARG(it->phrase),
	    CHY_ARG(it->condition), chy_item_status_name(it->status));
	chy_sink_puts(&x->out, i->overdue ? "true}\n" : "false}\n");
}

void
chy_api_case(chy_exchange *x)
{
	chy_error err = { 0 };
	chy_case *c;
	chy_status st = chy_registry_case(x->reg, &x->site->reader, x->id,
	    chy_today(x), &c, &err);

	if (st != CHY_OK) {
		chy_reply_status(x, st, &err);
		return;
	}
	if (x->format == CHY_WEB_JSON) {
		x->type = "application/json";
		for (uint32_t i = 0; i < c->n_items; i++)
			json_item(x, &c->items[i]);
	} else {
		x->type = "text/plain; charset=utf-8";
		chy_case_print(c, &x->out);
	}
	chy_case_free(c);
}
