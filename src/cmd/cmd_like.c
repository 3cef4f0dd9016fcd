/*
 * chancery like: telegrams similar to one, with the reasons.
 *
 * SPDX-License-Identifier: ISC
 */
#include "answer/answer.h"
#include "cmd/cmd.h"
#include "cmd/output.h"
#include "cmd/show.h"

enum { AS, LIMIT };

static const cmd_option options[] = {
	[AS] = { "as", "FORM", "how to print: text if not said",
	    cmd_text_or_json, 0 },
	[LIMIT] = { "limit", "N", "telegrams, up to 200; 10 if not said",
	    NULL, 0 },
	{ NULL, NULL, NULL, NULL, 0 },
};

static int
run(cmd_env *env, int argc, char **argv)
{
	int status = EXIT_DONE;
	long limit = 10;
	bool as_json = cmd_wants_json(env, &options[AS], env->value[AS],
	    &status);

	if (status == EXIT_DONE && env->value[LIMIT] != NULL &&
	    !cmd_number(env->value[LIMIT], 1, 200, &limit))
		status = cmd_bad_usage(env, "--limit takes a number from 1 to "
		    "200");
	for (int i = 0; i < argc && status == EXIT_DONE; i++) {
		chy_error err = { 0 };
		chy_likes *likes;
		chy_status st = chy_registry_like(env->reg, &env->reader,
		    chy_slice_of(argv[i]), (uint32_t)limit, &likes, &err);

		if (st != CHY_OK) {
			err.status = st;
			status = cmd_not_shown(env, argv[i], &err);
			continue;
		}
		if (as_json)
			answer_likes_json(likes, env->out);
		else
			answer_likes_text(likes, env->colour, env->out);
		chy_likes_free(likes);
	}
	return status != EXIT_DONE ? status : cmd_done(env);
}

const chy_cmd cmd_like = { "MRN...", 1, options, run };
