/*
 * chancery reindex: reads all originals again and rebuilds what was read from
 * them.
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

static int
run(cmd_env *env, int argc, char **argv)
{
	int status = EXIT_DONE;
	bool as_json = cmd_wants_json(env, &options[AS], env->value[AS],
	    &status);
	cmd_progress p;
	chy_work_options work;
	chy_error err = { 0 };
	uint64_t n = 0;
	chy_status st;

	(void)argc;
	(void)argv;
	if (status != EXIT_DONE)
		return status;
	work = cmd_work(&p);
	st = chy_registry_reindex(env->reg, &env->reader, &work, &n, &err);
	cmd_progress_end(&p);
	if (st == CHY_ERR_STOPPED) {
		fputs("chancery reindex: stopped; the archive is as it was\n",
		    stderr);
		return EXIT_PART;
	}
	if (st != CHY_OK) {
		err.status = st;
		return cmd_failed(env, &err);
	}
	if (as_json) {
		json j = json_open(env->out);

		json_number(&j, "telegrams", n);
		json_close(&j);
	} else {
		chy_sink_printf(env->out, "%" PRIu64 " telegrams read again\n",
		    n);
	}
	return EXIT_DONE;
}

const chy_cmd cmd_reindex = { "", 0, options, run };
