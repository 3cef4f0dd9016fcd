/*
 * chancery tray: what an office or a person has, for action first; without a
 * name, which offices have something.
 *
 * SPDX-License-Identifier: ISC
 */
#include <time.h>

#include "cmd/distributing.h"
#include "cmd/output.h"

enum { AS, READ, BY };

static const cmd_option options[] = {
	[AS] = { "as", "FORM", "how to print: text if not said",
	    cmd_text_or_json, 0 },
	[READ] = { "read", "MRN", "mark this telegram as read by the office",
	    NULL, 0 },
	[BY] = { "by", "NAME", "who read it: the login name if not said",
	    NULL, 0 },
	{ NULL, NULL, NULL, NULL, 0 },
};

static void
put_item(cmd_env *env, const chy_tray_item *item)
{
	chy_sink *out = env->out;

	out_line(out, &item->line, env->colour);
	chy_sink_printf(out, "    %s%s", chy_delivery_kind_name(
	    item->delivery.told.kind), item->delivery.told.codrafter ?
	    ", co-drafter" : "");
	chy_sink_puts(out, item->delivery.read_at != 0 ? ", read" :
	    ", not read");
	if (item->extract)
		chy_sink_puts(out, ", an extract");
	if (item->delivery.by_hand) {
		chy_sink_puts(out, "; by ");
		out_text(out, item->delivery.who);
		chy_sink_puts(out, ": ");
		out_text(out, item->delivery.reason);
	}
	if (item->delivery.told.n_because > 0) {
		chy_buf buf = CHY_BUF_INIT;
		chy_sink to = chy_sink_buf(&buf);

		chy_because_text(item->delivery.told.because,
		    item->delivery.told.n_because, &to);
		chy_sink_puts(out, "; ");
		out_text(out, chy_buf_slice(&buf));
		chy_buf_done(&buf);
	}
	chy_sink_puts(out, "\n");
}

static void
json_item(cmd_env *env, const chy_tray_item *item)
{
	json j = json_open(env->out);

	json_line(&j, &item->line);
	json_bool(&j, "extract", item->extract);
	json_name(&j, "copy");
	cmd_json_delivery(env->out, &item->delivery);
	json_close(&j);
}

static int
offices(cmd_env *env, bool as_json)
{
	chy_offices *all;
	chy_error err = { 0 };
	chy_status st = chy_registry_offices(env->reg, &env->reader, &all,
	    &err);

	if (st != CHY_OK) {
		err.status = st;
		return cmd_failed(env, &err);
	}
	for (uint32_t i = 0; i < all->n; i++) {
		const chy_office_count *o = &all->at[i];

		if (as_json) {
			json j = json_open(env->out);

			json_text(&j, "office", o->office);
			json_number(&j, "telegrams", o->n);
			json_number(&j, "action", o->n_action);
			json_close(&j);
			continue;
		}
		out_text(env->out, o->office);
		chy_sink_printf(env->out, "  %u, %u for action\n", o->n,
		    o->n_action);
	}
	chy_offices_free(all);
	return EXIT_DONE;
}

static int
mark_read(cmd_env *env, chy_tray *tray, const char *address)
{
	chy_desk_change change = { .kind = CHY_CHANGE_READ,
	    .address = chy_slice_of(address), .office = CHY_EMPTY,
	    .reason = CHY_EMPTY, .who = cmd_who(env->value[BY]),
	    .now = (int64_t)time(NULL) };
	chy_error err = { 0 };
	chy_status st = CHY_ERR_NOT_FOUND;
	chy_shown *shown;

	st = chy_registry_show(env->reg, &env->reader, change.address, &shown,
	    &err);
	for (uint32_t i = 0; st == CHY_OK && i < tray->n &&
	    change.delivery == 0; i++)
		if (chy_slice_eq(tray->at[i].line.id, shown->line.id))
			change.delivery = tray->at[i].delivery.number;
	if (st == CHY_OK)
		chy_shown_free(shown);
	if (st == CHY_OK && change.delivery == 0) {
		cmd_trouble(env, address, "is not in this tray");
		return EXIT_DONE;
	}
	if (st == CHY_OK)
		st = chy_registry_change(env->reg, &env->reader, &change,
		    &err);
	if (st == CHY_OK)
		return EXIT_DONE;
	err.status = st;
	return cmd_failed(env, &err);
}

static int
run(cmd_env *env, int argc, char **argv)
{
	int status = EXIT_DONE;
	bool as_json = cmd_wants_json(env, &options[AS], env->value[AS],
	    &status);
	chy_buf buf = CHY_BUF_INIT;
	chy_error err = { 0 };
	chy_tray *tray;
	chy_status st;

	if (status == EXIT_DONE)
		status = cmd_open(env, env->value[READ] != NULL ?
		    NEEDS_WRITE : NEEDS_ARCHIVE);
	if (status != EXIT_DONE)
		return status;
	if (argc == 0)
		return offices(env, as_json);
	st = chy_registry_tray(env->reg, &env->reader,
	    cmd_join(&buf, argc, argv), &tray, &err);
	chy_buf_done(&buf);
	if (st != CHY_OK) {
		err.status = st;
		return cmd_failed(env, &err);
	}
	if (env->value[READ] != NULL) {
		status = mark_read(env, tray, env->value[READ]);
	} else {
		for (uint32_t i = 0; i < tray->n; i++) {
			if (as_json)
				json_item(env, &tray->at[i]);
			else
				put_item(env, &tray->at[i]);
		}
		if (!as_json)
			chy_sink_printf(env->out, "%u telegrams, %u for "
			    "action, %u not read\n", tray->n_all, tray->n_action,
			    tray->n_unread);
	}
	chy_tray_free(tray);
	return status != EXIT_DONE ? status : cmd_done(env);
}

const chy_cmd cmd_tray = { "[OFFICE]", 0, options, run };
