/*
 * chancery complete: how an unfinished query may go on. For shells and
 * editors; a line each, the text and behind a tab what it means.
 *
 * SPDX-License-Identifier: ISC
 */
#include "cmd/cmd.h"
#include "cmd/output.h"

enum { AS, LIMIT };

static const cmd_option options[] = {
	[AS] = { "as", "FORM", "how to print: text if not said",
	    cmd_text_or_json, 0 },
	[LIMIT] = { "limit", "N", "how many: 20 if not said, at most 1000",
	    NULL, 'n' },
	{ NULL, NULL, NULL, NULL, 0 },
};

static void
put(cmd_env *env, chy_slice query, const chy_completions *list, bool as_json)
{
	for (uint32_t i = 0; i < list->n; i++) {
		const chy_completion *c = &list->at[i];

		if (as_json) {
			json j = json_open(env->out);

			json_text(&j, "text", c->text);
			json_text(&j, "meaning", c->meaning);
			json_number(&j, "count", c->count);
			json_number(&j, "offset", list->off);
			json_close(&j);
			continue;
		}
		out_text(env->out, chy_slice_sub(query, 0, list->off));
		out_text(env->out, c->text);
		chy_sink_puts(env->out, "\t");
		out_text(env->out, c->meaning);
		chy_sink_puts(env->out, "\n");
	}
}

static int
run(cmd_env *env, int argc, char **argv)
{
	chy_buf buf = CHY_BUF_INIT;
	chy_slice query = cmd_join(&buf, argc, argv);
	chy_error err = { 0 };
	chy_completions *list;
	int status = EXIT_DONE;
	bool as_json = cmd_wants_json(env, &options[AS], env->value[AS],
	    &status);
	long limit = 20;
	chy_status st;

	if (status == EXIT_DONE && env->value[LIMIT] != NULL &&
	    !cmd_number(env->value[LIMIT], 1, 1000, &limit))
		status = cmd_bad_usage(env, "--limit takes a number from 1 to "
		    "1000, not \"%s\"", env->value[LIMIT]);
	if (status == EXIT_DONE) {
		st = chy_registry_complete(env->reg, &env->reader, query,
		    (uint32_t)limit, &list, &err);
		if (st != CHY_OK) {
			err.status = st;
			status = cmd_failed(env, &err);
		} else {
			put(env, query, list, as_json);
			chy_completions_free(list);
		}
	}
	chy_buf_done(&buf);
	return status;
}

const chy_cmd cmd_complete = { "[QUERY]", 0, options, run };
