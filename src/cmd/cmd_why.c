/*
 * chancery why: why an office has a telegram, or has not.
 *
 * SPDX-License-Identifier: ISC
 */
#include "cmd/distributing.h"
#include "cmd/output.h"
#include "cmd/show.h"

enum { AS };

static const cmd_option options[] = {
	[AS] = { "as", "FORM", "how to print: text if not said",
	    cmd_text_or_json, 0 },
	{ NULL, NULL, NULL, NULL, 0 },
};

static const char *
in_words(chy_delivery_kind kind)
{
	switch (kind) {
	case CHY_DELIVERY_ACTION: return "has it for action";
	case CHY_DELIVERY_INFO: return "has it for information";
	case CHY_DELIVERY_POSTED: return "has it posted";
	case CHY_DELIVERY_SUGGESTED: return "is suggested; the desk decides";
	case CHY_DELIVERY_WITHHELD: return "does not get it";
	case CHY_DELIVERY_PASS: return "is to have it passed";
	case CHY_DELIVERY_RELAY: return "is to have it relayed";
	case CHY_DELIVERY_ALARM: return "is an alarm";
	case CHY_DELIVERY_ITEM: return "is an action item";
	case CHY_DELIVERY_MARK: return "is a mark of it";
	case CHY_DELIVERY_DESK: return "waits for the desk";
	case CHY_DELIVERY_REJECTED: return "makes it rejected";
	}
	return "";
}

static void
put(chy_sink *out, const chy_filed_delivery *f)
{
	const chy_delivery *d = &f->told;

	out_text(out, d->office);
	chy_sink_printf(out, " %s", f->state == CHY_STATE_LIVE ?
	    in_words(d->kind) : "had it");
	if (d->was.len > 0) {
		chy_sink_puts(out, ", as the successor of ");
		out_text(out, d->was);
	}
	chy_sink_puts(out, "\n");
	if (d->kind <= CHY_DELIVERY_POSTED) {
		chy_sink_puts(out, "  sent ");
		cmd_put_time(out, f->at);
		if (f->by_hand) {
			chy_sink_puts(out, " by ");
			out_text(out, f->who);
			chy_sink_puts(out, ": ");
			out_text(out, f->reason);
		}
		chy_sink_puts(out, "\n");
	}
	if (d->stopped_why.len > 0) {
		chy_sink_puts(out, "  withheld by ");
		out_text(out, d->stopped_by);
		chy_sink_puts(out, ": ");
		out_text(out, d->stopped_why);
		chy_sink_puts(out, "\n");
	}
	if (f->state != CHY_STATE_LIVE) {
		chy_sink_printf(out, "  %s ", chy_delivery_state_name(
		    f->state));
		cmd_put_time(out, f->ended);
		if (f->ended_by.len > 0) {
			chy_sink_puts(out, " by ");
			out_text(out, f->ended_by);
		}
		chy_sink_puts(out, ": ");
		out_text(out, f->ended_why);
		chy_sink_puts(out, "\n");
	}
	cmd_put_because(out, d);
}

static int
run(cmd_env *env, int argc, char **argv)
{
	int status = EXIT_DONE;
	bool as_json = cmd_wants_json(env, &options[AS], env->value[AS],
	    &status);
	chy_filed_distribution *d;
	chy_error err = { 0 };
	chy_buf buf = CHY_BUF_INIT;
	chy_slice office;
	uint32_t n = 0;
	chy_status st;

	if (status != EXIT_DONE)
		return status;
	st = chy_registry_distribution(env->reg, &env->reader,
	    chy_slice_of(argv[0]), &d, &err);
	if (st != CHY_OK) {
		err.status = st;
		status = cmd_not_shown(env, argv[0], &err);
		return status != EXIT_DONE ? status : cmd_done(env);
	}
	/* An office may have blanks in its name. */
	office = cmd_join(&buf, argc - 1, argv + 1);
	for (uint32_t i = 0; i < d->n; i++) {
		if (!chy_slice_ieq(d->at_all[i].told.office, office) &&
		    !chy_slice_ieq(d->at_all[i].told.was, office))
			continue;
		n++;
		if (as_json) {
			cmd_json_delivery(env->out, &d->at_all[i]);
			chy_sink_puts(env->out, "\n");
		} else {
			put(env->out, &d->at_all[i]);
		}
	}
	if (n == 0)
		cmd_trouble(env, argv[0], d->distributed ? "no rule that "
		    "fires names %s" : "was not distributed, so %s has not "
		    "got it", office.len > 0 ? office.ptr : "nobody");
	chy_buf_done(&buf);
	chy_filed_distribution_free(d);
	return cmd_done(env);
}

const chy_cmd cmd_why = { "MRN OFFICE", 2, options, run };
