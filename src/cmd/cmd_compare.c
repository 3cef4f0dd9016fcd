/*
 * chancery compare: the differences of two telegrams, or of the copies of one.
 *
 * SPDX-License-Identifier: ISC
 */
#include "cmd/cmd.h"
#include "cmd/output.h"
#include "cmd/show.h"
#include "registry/alike.h"
#include "render/comparison.h"

enum { AS, WHOLE };

static const char *
form(size_t i)
{
	static const char *const forms[] = { "text", "json", "html" };

	return i < 3 ? forms[i] : NULL;
}

static const cmd_option options[] = {
	[AS] = { "as", "FORM", "how to print: text if not said", form, 0 },
	[WHOLE] = { "whole", NULL, "also what is the same", NULL, 0 },
	{ NULL, NULL, NULL, NULL, 0 },
};

static int
run(cmd_env *env, int argc, char **argv)
{
	const char *as = env->value[AS] != NULL ? env->value[AS] : "text";
	bool whole = env->value[WHOLE] != NULL;
	chy_error err = { 0 };
	chy_comparisons *c;
	chy_status st;

	if (!cmd_has_value(&options[AS], as))
		return cmd_bad_value(env, &options[AS], as);
	if (argc > 2)
		return cmd_bad_usage(env, "it compares two telegrams, or the "
		    "copies of one");
	st = chy_registry_differences(env->reg, &env->reader,
	    chy_slice_of(argv[0]),
	    argc > 1 ? chy_slice_of(argv[1]) : CHY_EMPTY, &c, &err);
	if (st != CHY_OK) {
		int status;

		err.status = st;
		status = cmd_not_shown(env, argv[0], &err);
		return status != EXIT_DONE ? status : cmd_done(env);
	}
	for (uint32_t i = 0; i < c->n; i++) {
		if (as[0] == 'j')
			chy_comparison_json(&c->at[i], whole, env->out);
		else if (as[0] == 'h')
			chy_comparison_html(&c->at[i], whole, env->out);
		else
			chy_comparison_text(&c->at[i], whole, env->colour,
			    env->out);
	}
	if (c->n == 0 && as[0] == 't')
		chy_sink_puts(env->out, "no copies of it are filed\n");
	chy_comparisons_free(c);
	return cmd_done(env);
}

const chy_cmd cmd_compare = { "MRN [MRN]", 1, options, run };
