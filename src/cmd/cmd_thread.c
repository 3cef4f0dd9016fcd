/*
 * chancery thread: what a telegram cites and what cites it, each further on,
 * as an indented list.
 *
 * SPDX-License-Identifier: ISC
 */
#include "answer/answer.h"
#include "cmd/cmd.h"
#include "cmd/output.h"
#include "cmd/show.h"

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

	for (int i = 0; i < argc && status == EXIT_DONE; i++) {
		chy_error err = { 0 };
		chy_thread *thread;
		chy_status st = chy_registry_thread(env->reg, &env->reader,
		    chy_slice_of(argv[i]), &thread, &err);

		if (st != CHY_OK) {
			err.status = st;
			status = cmd_not_shown(env, argv[i], &err);
			continue;
		}
		if (as_json)
			answer_thread_json(thread, env->out);
		else
			answer_thread_text(thread, env->colour, env->out);
		chy_thread_free(thread);
	}
	return status != EXIT_DONE ? status : cmd_done(env);
}

const chy_cmd cmd_thread = { "MRN...", 1, options, run };
