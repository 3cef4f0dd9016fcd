/*
 * chancery desk: what waits for a person to decide; and the changes that a
 * person makes, each with its reason.
 *
 * SPDX-License-Identifier: ISC
 */
#include <inttypes.h>
#include <time.h>

#include "cmd/distributing.h"
#include "cmd/output.h"
#include "cmd/show.h"

enum { AS, ADD, ACTION, RECALL, MOVE, TO, SEND, DONE, REASON, BY };

static const cmd_option options[] = {
	[AS] = { "as", "FORM", "how to print: text if not said",
	    cmd_text_or_json, 0 },
	[ADD] = { "add", "OFFICE", "give the office a copy", NULL, 0 },
	[ACTION] = { "action", "OFFICE", "give the office the action",
	    NULL, 0 },
	[RECALL] = { "recall", "OFFICE", "take the copy of the office back",
	    NULL, 0 },
	[MOVE] = { "move", "OFFICE", "take the copy of the office, and give "
	    "it to that of --to", NULL, 0 },
	[TO] = { "to", "OFFICE", "where --move goes", NULL, 0 },
	[SEND] = { "send", "OFFICE", "send what is suggested", NULL, 0 },
	[DONE] = { "done", "OFFICE", "settle what waits under that name",
	    NULL, 0 },
	[REASON] = { "reason", "WORDS", "why; kept with the copy", NULL, 0 },
	[BY] = { "by", "NAME", "who does it: the login name if not said",
	    NULL, 0 },
	{ NULL, NULL, NULL, NULL, 0 },
};

static const struct {
	int		option;
	chy_change_kind kind;
} changes[] = {
	{ ADD, CHY_CHANGE_ADD }, { ACTION, CHY_CHANGE_ADD_ACTION },
	{ RECALL, CHY_CHANGE_RECALL }, { MOVE, CHY_CHANGE_MOVE },
	{ SEND, CHY_CHANGE_SEND }, { DONE, CHY_CHANGE_DONE },
};

static void
put_item(cmd_env *env, const chy_tray_item *item, int64_t now)
{
	const chy_filed_delivery *f = &item->delivery;
	chy_sink *out = env->out;

	out_line(out, &item->line, env->colour);
	chy_sink_printf(out, "    %s: ", chy_delivery_kind_name(
	    f->told.kind));
	out_text(out, f->told.office);
	if (f->due != 0 && f->due > now)
		chy_sink_printf(out, ", %" PRId64 " min left",
		    (f->due - now + 59) / 60);
	else if (f->due != 0)
		chy_sink_printf(out, ", %" PRId64 " min late",
		    (now - f->due) / 60);
	if (f->told.stopped_why.len > 0) {
		chy_sink_puts(out, "; ");
		out_text(out, f->told.stopped_why);
	}
	if (f->told.n_because > 0) {
		chy_buf buf = CHY_BUF_INIT;
		chy_sink to = chy_sink_buf(&buf);

		chy_because_text(f->told.because, f->told.n_because, &to);
		chy_sink_puts(out, "; ");
		out_text(out, chy_buf_slice(&buf));
		chy_buf_done(&buf);
	}
	chy_sink_puts(out, "\n");
}

static int
list(cmd_env *env, bool as_json)
{
	int64_t now = (int64_t)time(NULL);
	chy_error err = { 0 };
	chy_tray *desk;
	chy_status st = chy_registry_desk(env->reg, &env->reader, &desk,
	    &err);

	if (st != CHY_OK) {
		err.status = st;
		return cmd_failed(env, &err);
	}
	for (uint32_t i = 0; i < desk->n; i++) {
		if (as_json) {
			json j = json_open(env->out);

			json_line(&j, &desk->at[i].line);
			json_name(&j, "waiting");
			cmd_json_delivery(env->out, &desk->at[i].delivery);
			json_close(&j);
		} else {
			put_item(env, &desk->at[i], now);
		}
	}
	if (!as_json)
		chy_sink_printf(env->out, "%u to decide\n", desk->n_all);
	chy_tray_free(desk);
	return EXIT_DONE;
}

/* Whether the kind of change is about a row of this kind. */
static bool
fits(chy_change_kind change, chy_delivery_kind kind)
{
	if (change == CHY_CHANGE_SEND)
		return kind == CHY_DELIVERY_SUGGESTED;
	if (change == CHY_CHANGE_DONE)
		return kind > CHY_DELIVERY_POSTED &&
		    kind != CHY_DELIVERY_WITHHELD;
	return kind <= CHY_DELIVERY_POSTED;
}

static int
change_one(cmd_env *env, chy_desk_change *change, const char *office)
{
	chy_filed_distribution *d;
	chy_error err = { 0 };
	bool adds = change->kind == CHY_CHANGE_ADD ||
	    change->kind == CHY_CHANGE_ADD_ACTION;
	chy_status st = chy_registry_distribution(env->reg, &env->reader,
	    change->address, &d, &err);

	if (st != CHY_OK) {
		err.status = st;
		return cmd_not_shown(env, change->address.ptr, &err);
	}
	for (uint32_t i = 0; i < d->n && change->delivery == 0 && !adds; i++)
		if (d->at_all[i].state == CHY_STATE_LIVE &&
		    fits(change->kind, d->at_all[i].told.kind) &&
		    chy_slice_ieq(d->at_all[i].told.office,
		    chy_slice_of(office)))
			change->delivery = d->at_all[i].number;
	chy_filed_distribution_free(d);
	if (!adds && change->delivery == 0) {
		cmd_trouble(env, change->address.ptr, "%s has nothing live "
		    "there", office);
		return EXIT_DONE;
	}
	st = chy_registry_change(env->reg, &env->reader, change, &err);
	if (st == CHY_ERR_INVALID)
		return cmd_bad_usage(env, "%s", err.text);
	if (st == CHY_ERR_EXISTS || st == CHY_ERR_NOT_FOUND) {
		cmd_trouble(env, change->address.ptr, "%s", err.text);
		return EXIT_DONE;
	}
	if (st == CHY_OK)
		return EXIT_DONE;
	err.status = st;
	return cmd_failed(env, &err);
}

static int
run(cmd_env *env, int argc, char **argv)
{
	int status = EXIT_DONE, n = 0;
	bool as_json = cmd_wants_json(env, &options[AS], env->value[AS],
	    &status);
	chy_desk_change change = { .office = CHY_EMPTY, .reason = CHY_EMPTY,
	    .who = cmd_who(env->value[BY]), .now = (int64_t)time(NULL) };
	const char *office = NULL;

	for (size_t i = 0; i < ARRAY_LEN(changes); i++)
		if (env->value[changes[i].option] != NULL) {
			change.kind = changes[i].kind;
			office = env->value[changes[i].option];
			n++;
		}
	if (status == EXIT_DONE && n > 1)
		status = cmd_bad_usage(env, "one change at a time");
	if (status == EXIT_DONE && n == 1 && argc != 1)
		status = cmd_bad_usage(env, "which telegram? Name its number");
	if (status == EXIT_DONE && n == 0 && argc > 0)
		status = cmd_bad_usage(env, "what is to be done with %s? Say "
		    "--add, --action, --move, --recall, --send or --done",
		    argv[0]);
	if (status == EXIT_DONE && change.kind == CHY_CHANGE_MOVE && n == 1 &&
	    env->value[TO] == NULL)
		status = cmd_bad_usage(env, "--move needs --to OFFICE");
	if (status == EXIT_DONE)
		status = cmd_open(env, n > 0 ? NEEDS_WRITE : NEEDS_ARCHIVE);
	if (status != EXIT_DONE)
		return status;
	if (n == 0)
		return list(env, as_json);
	change.address = chy_slice_of(argv[0]);
	change.office = chy_slice_of(change.kind == CHY_CHANGE_MOVE ?
	    env->value[TO] : office);
	if (env->value[REASON] != NULL)
		change.reason = chy_slice_of(env->value[REASON]);
	status = change_one(env, &change, office);
	return status != EXIT_DONE ? status : cmd_done(env);
}

const chy_cmd cmd_desk = { "[MRN]", 0, options, run };
