/*
 * chancery gaps: numbers of a post and year, and continuity numbers on
 * address lines, that are not in the archive, and what is known of them.
 *
 * SPDX-License-Identifier: ISC
 */
#include "answer/answer.h"
#include "cmd/cmd.h"
#include "cmd/output.h"

enum { AS, POST, YEAR, ALL };

static const cmd_option options[] = {
	[AS] = { "as", "FORM", "how to print: text if not said",
	    cmd_text_or_json, 0 },
	[POST] = { "post", "POST", "of this post alone", NULL, 0 },
	[YEAR] = { "year", "YEAR", "of this year alone", NULL, 0 },
	[ALL] = { "all", NULL, "every gap and every missing telegram that is "
	    "cited, not the first of each year", NULL, 0 },
	{ NULL, NULL, NULL, NULL, 0 },
};

#define FEW	12u	/* of a year, for people, unless --all */

static int
run(cmd_env *env, int argc, char **argv)
{
	chy_buf buf = CHY_BUF_INIT;
	chy_gaps_options opts = { .query = cmd_join(&buf, argc, argv),
	    .post = CHY_EMPTY };
	bool all = env->value[ALL] != NULL;
	chy_error err = { 0 };
	chy_gaps *gaps;
	int status = EXIT_DONE;
	bool as_json = cmd_wants_json(env, &options[AS], env->value[AS],
	    &status);
	chy_status st;

	if (env->value[POST] != NULL)
		opts.post = chy_slice_of(env->value[POST]);
	if (env->value[YEAR] != NULL) {
		long year;

		if (!cmd_number(env->value[YEAR], 1900, 2099, &year))
			status = cmd_bad_usage(env, "--year takes a year in "
			    "four digits, not \"%s\"", env->value[YEAR]);
		else
			opts.year = (int32_t)year;
	}
	opts.most = all || as_json ? UINT32_MAX : FEW;
	if (status == EXIT_DONE) {
		st = chy_registry_gaps(env->reg, &env->reader, &opts, &gaps,
		    &err);
		if (st != CHY_OK) {
			err.status = st;
			status = cmd_failed_query(env, opts.query, &err);
		} else {
			if (as_json)
				answer_gaps_json(gaps, env->out);
			else
				answer_gaps_text(gaps, all ? UINT32_MAX :
				    FEW, env->out);
			chy_gaps_free(gaps);
		}
	}
	chy_buf_done(&buf);
	return status;
}

const chy_cmd cmd_gaps = { "[QUERY...]", 0, options, run };
