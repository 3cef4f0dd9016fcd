/*
 * What the verbs of distribution share: rules from a file, reasons, times.
 *
 * SPDX-License-Identifier: ISC
 */
#include <inttypes.h>
#include <stdlib.h>

#include "cmd/distributing.h"
#include "cmd/output.h"

int
cmd_read_rules(const cmd_env *env, const char *path, chy_ruleset **ret)
{
	chy_rules_error bad;
	chy_buf buf = CHY_BUF_INIT;
	chy_sink out = chy_sink_buf(&buf);
	chy_status st = chy_ruleset_read(path, ret, &bad);

	if (st == CHY_OK)
		return EXIT_DONE;
	chy_rules_error_print(&bad, &out);
	fprintf(stderr, "chancery %s: %.*s", env->verb,
	    CHY_ARG(chy_buf_slice(&buf)));
	chy_buf_done(&buf);
	return st == CHY_ERR_NO_MEMORY ? EXIT_SYSTEM : EXIT_PART;
}

chy_slice
cmd_who(const char *given)
{
	const char *user = getenv("USER");

	if (given != NULL && *given != '\0')
		return chy_slice_of(given);
	if (user != NULL && *user != '\0')
		return chy_slice_of(user);
	return CHY_SLICE("owner");
}

void
cmd_put_time(chy_sink *out, int64_t seconds)
{
	char iso[18];

	chy_civil_iso(chy_civil_from(seconds), iso);
	chy_sink_puts(out, iso);
}

void
cmd_put_because(chy_sink *out, const chy_delivery *d)
{
	for (uint32_t i = 0; i < d->n_because; i++) {
		const chy_because *b = &d->because[i];

		chy_sink_puts(out, "  ");
		out_text(out, b->rule);
		chy_sink_puts(out, "  ");
		out_text(out, b->prose);
		chy_sink_puts(out, "\n");
		for (uint32_t k = 0; k < b->n_matched; k++) {
			chy_sink_puts(out, "      ");
			out_text(out, b->matched[k].place);
			chy_sink_puts(out, ": \"");
			out_text(out, b->matched[k].words);
			chy_sink_puts(out, "\"\n");
		}
	}
}

static void
json_time(json *j, const char *name, int64_t seconds)
{
	char iso[18];

	if (seconds == 0) {
		json_absent(j, name);
		return;
	}
	chy_civil_iso(chy_civil_from(seconds), iso);
	json_text(j, name, chy_slice_of(iso));
}

void
cmd_json_delivery(chy_sink *out, const chy_filed_delivery *f)
{
	json j = { out, false };

	chy_sink_puts(out, "{");
	json_number(&j, "number", (uint64_t)f->number);
	json_text(&j, "state", chy_slice_of(chy_delivery_state_name(
	    f->state)));
	json_time(&j, "sent", f->at);
	json_time(&j, "due", f->due);
	json_bool(&j, "by_hand", f->by_hand);
	json_text_or_null(&j, "who", f->who);
	json_text_or_null(&j, "reason", f->reason);
	json_time(&j, "ended", f->ended);
	json_text_or_null(&j, "ended_by", f->ended_by);
	json_text_or_null(&j, "ended_why", f->ended_why);
	json_time(&j, "read", f->read_at);
	json_text_or_null(&j, "read_by", f->read_by);
	json_name(&j, "delivery");
	chy_delivery_json(&f->told, out);
	chy_sink_puts(out, "}");
}
