/*
 * chancery export: all telegrams that a query finds, one after the other.
 *
 * SPDX-License-Identifier: ISC
 */
#include <string.h>

#include "cmd/cmd.h"
#include "cmd/output.h"
#include "render/render.h"

enum { TO };

/* The name of an export and the renderer that writes one telegram of it. */
static const struct {
	const char *name;
	const char *renderer;
} targets[] = {
	{ "jsonl", "json" },
	{ "text", "text" },
};

static const char *
target_name(size_t i)
{
	return i < ARRAY_LEN(targets) ? targets[i].name : NULL;
}

static const cmd_option options[] = {
	[TO] = { "to", "FORM", "what to write: jsonl if not said",
	    target_name, 0 },
	{ NULL, NULL, NULL, NULL, 0 },
};

typedef struct exporting {
	cmd_env		   *env;
	const chy_renderer *renderer;
	bool		    blank;	/* a line between two */
	size_t		    n;
} exporting;

static chy_status
each(void *arg, const chy_shown *shown)
{
	exporting *ex = arg;
	chy_status st = CHY_OK;

	if (cmd_stop_asked())
		return CHY_ERR_STOPPED;
	for (uint32_t i = 0; i < shown->n_parts && st == CHY_OK; i++) {
		if (ex->blank && ex->n++ > 0)
			chy_sink_puts(ex->env->out, "\n");
		st = chy_render(ex->renderer, shown->parts[i].telegram,
		    ex->env->out);
	}
	return st;
}

static int
run(cmd_env *env, int argc, char **argv)
{
	const char *to = env->value[TO] != NULL ? env->value[TO] : "jsonl";
	exporting ex = { .env = env };
	chy_buf buf = CHY_BUF_INIT;
	chy_slice query;
	chy_error err = { 0 };
	chy_status st;
	int status = EXIT_DONE;

	for (size_t i = 0; i < ARRAY_LEN(targets); i++)
		if (strcmp(targets[i].name, to) == 0)
			ex.renderer = chy_renderer_find(targets[i].renderer);
	if (ex.renderer == NULL)
		return cmd_bad_value(env, &options[TO], to);
	ex.blank = strcmp(to, "jsonl") != 0;
	query = cmd_join(&buf, argc, argv);
	cmd_stop_install();
	st = chy_registry_export(env->reg, &env->reader, query, each, &ex,
	    &err);
	/* A write that failed is told once, at the end. */
	if (st != CHY_OK && chy_sink_status(env->out) == CHY_OK) {
		err.status = st;
		status = cmd_failed_query(env, query, &err);
	}
	chy_buf_done(&buf);
	return status;
}

const chy_cmd cmd_export = { "[QUERY...]", 0, options, run };
