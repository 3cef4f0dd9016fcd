/*
 * chancery count: the number of telegrams that a query finds, alone.
 *
 * SPDX-License-Identifier: ISC
 */
#include <inttypes.h>

#include "cmd/cmd.h"
#include "cmd/output.h"

enum { AS };

static const cmd_option options[] = {
	[AS] = { "as", "FORM", "how to print: text if not said",
	    cmd_text_or_json, 0 },
	{ NULL, NULL, NULL, NULL, 0 },
};

static int
run(cmd_env *env, int argc, char **argv)
{
	chy_buf buf = CHY_BUF_INIT;
	chy_slice query = cmd_join(&buf, argc, argv);
	chy_error err = { 0 };
	uint64_t n;
	int status = EXIT_DONE;
	bool as_json = cmd_wants_json(env, &options[AS], env->value[AS],
	    &status);
	chy_status st;

	if (status == EXIT_DONE) {
		st = chy_registry_count(env->reg, &env->reader, query, &n,
		    &err);
		if (st != CHY_OK) {
			err.status = st;
			status = cmd_failed_query(env, query, &err);
		} else if (as_json) {
			json j = json_open(env->out);

			json_number(&j, "count", n);
			json_close(&j);
		} else {
			chy_sink_printf(env->out, "%" PRIu64 "\n", n);
		}
	}
	chy_buf_done(&buf);
	return status;
}

const chy_cmd cmd_count = { "[QUERY...]", 0, options, run };
