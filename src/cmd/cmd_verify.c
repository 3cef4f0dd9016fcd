/*
 * chancery verify: proves that the archive is whole.
 *
 * SPDX-License-Identifier: ISC
 */
#include <inttypes.h>

#include "cmd/cmd.h"
#include "cmd/output.h"
#include "cmd/work.h"

enum { AS };

static const cmd_option options[] = {
	[AS] = { "as", "FORM", "how to print: text if not said",
	    cmd_text_or_json, 0 },
	{ NULL, NULL, NULL, NULL, 0 },
};

static chy_status
progress(void *arg, uint64_t done, uint64_t total)
{
	cmd_progress *p = arg;
	double seconds;

	if (cmd_stop_asked())
		return CHY_ERR_STOPPED;
	if (!cmd_progress_due(p))
		return CHY_OK;
	seconds = cmd_progress_seconds(p);
	if (done > 0 && total >= done)
		cmd_progress_say(p, "%" PRIu64 " of %" PRIu64 ", %.0f s left",
		    done, total, seconds / (double)done *
		    (double)(total - done));
	else
		cmd_progress_say(p, "%" PRIu64, done);
	return CHY_OK;
}

chy_work_options
cmd_work(cmd_progress *p)
{
	cmd_stop_install();
	cmd_progress_start(p);
	return (chy_work_options){ progress, p };
}

static void
report(cmd_env *env, const chy_verified *v, bool as_json)
{
	if (as_json) {
		json j = json_open(env->out);

		json_number(&j, "originals", v->originals);
		json_number(&j, "telegrams", v->telegrams);
		json_number(&j, "rows", v->rows);
		json_number(&j, "problems_found", v->all_problems);
		json_list_begin(&j, "problems");
		for (uint32_t i = 0; i < v->n_problems; i++)
			json_item_text(&j, v->problems[i]);
		json_list_end(&j);
		json_close(&j);
		return;
	}
	for (uint32_t i = 0; i < v->n_problems; i++) {
		out_text(env->out, v->problems[i]);
		chy_sink_puts(env->out, "\n");
	}
	chy_sink_printf(env->out, "%" PRIu64 " originals, %" PRIu64
	    " telegrams, %" PRIu64 " rows: ", v->originals, v->telegrams,
	    v->rows);
	if (v->all_problems == 0)
		chy_sink_puts(env->out, "all sound\n");
	else
		chy_sink_printf(env->out, "%" PRIu64 " problems\n",
		    v->all_problems);
}

static int
run(cmd_env *env, int argc, char **argv)
{
	int status = EXIT_DONE;
	bool as_json = cmd_wants_json(env, &options[AS], env->value[AS],
	    &status);
	cmd_progress p;
	chy_work_options work;
	chy_error err = { 0 };
	chy_verified *verified;
	chy_status st;

	(void)argc;
	(void)argv;
	if (status != EXIT_DONE)
		return status;
	work = cmd_work(&p);
	st = chy_registry_verify(env->reg, &env->reader, &work, &verified,
	    &err);
	cmd_progress_end(&p);
	if (st != CHY_OK) {
		err.status = st;
		return cmd_failed(env, &err);
	}
	report(env, verified, as_json);
	if (verified->all_problems > 0)
		env->partly = true;
	chy_verified_free(verified);
	return cmd_done(env);
}

const chy_cmd cmd_verify = { "", 0, options, run };
