/*
 * chancery count: the number of telegrams that a query finds, alone.
 *
 * SPDX-License-Identifier: ISC
 */
#include <inttypes.h>

#include "cmd/cmd.h"
#include "cmd/output.h"

enum { AS, QUERIES };

static const cmd_option options[] = {
	[AS] = { "as", "FORM", "how to print: text if not said",
	    cmd_text_or_json, 0 },
	[QUERIES] = { "queries", "FILE", "count the queries of a file, a line "
	    "each", NULL, 0 },
	{ NULL, NULL, NULL, NULL, 0 },
};

struct counting {
	bool as_json;
	bool many;	/* queries: each is told with its number */
};

static chy_status
count_one(cmd_env *env, chy_slice query, void *arg, chy_error *err)
{
	const struct counting *c = arg;
	uint64_t n;
	chy_status st = chy_registry_count(env->reg, &env->reader, query, &n,
	    err);

	if (st != CHY_OK)
		return st;
	if (c->as_json) {
		json j = json_open(env->out);

		if (c->many)
			json_text(&j, "query", query);
		json_number(&j, "count", n);
		json_close(&j);
		return CHY_OK;
	}
	chy_sink_printf(env->out, "%" PRIu64, n);
	if (c->many) {
		chy_sink_puts(env->out, "\t");
		out_text(env->out, query);
	}
	chy_sink_puts(env->out, "\n");
	return CHY_OK;
}

static int
run(cmd_env *env, int argc, char **argv)
{
	struct counting c = { .many = env->value[QUERIES] != NULL };
	chy_buf buf = CHY_BUF_INIT;
	chy_slice query;
	chy_error err = { 0 };
	int status = EXIT_DONE;
	chy_status st;

	c.as_json = cmd_wants_json(env, &options[AS], env->value[AS], &status);
	if (status == EXIT_DONE && c.many && argc > 0)
		status = cmd_bad_usage(env, "give a query, or a file of them "
		    "with --queries");
	if (status != EXIT_DONE)
		return status;
	if (c.many)
		return cmd_queries(env, env->value[QUERIES], count_one, &c);
	query = cmd_join(&buf, argc, argv);
	st = count_one(env, query, &c, &err);
	if (st != CHY_OK) {
		err.status = st;
		status = cmd_failed_query(env, query, &err);
	}
	chy_buf_done(&buf);
	return status;
}

const chy_cmd cmd_count = { "[QUERY...]", 0, options, run };
