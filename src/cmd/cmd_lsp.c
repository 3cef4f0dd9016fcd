/*
 * chancery lsp: the language server, on standard input and output.
 *
 * SPDX-License-Identifier: ISC
 */
#include <time.h>

#include "cmd/cmd.h"
#include "lsp/lsp.h"

enum { READING };

static const cmd_option options[] = {
	[READING] = { "reading", NULL, "severities of a telegram that was "
	    "received, not of one being written", NULL, 0 },
	{ NULL, NULL, NULL, NULL, 0 },
};

static int
run(cmd_env *env, int argc, char **argv)
{
	chy_lsp_options opts = {
		.in = stdin,
		.out = stdout,
		.today = chy_civil_from((int64_t)time(NULL)),
		.drafting = env->value[READING] == NULL,
		.version = CHY_VERSION,
	};
	chy_error err;

	(void)argc;
	(void)argv;
	if (chy_lsp_serve(&opts, &err) != CHY_OK)
		return cmd_failed(env, &err);
	return cmd_done(env);
}

const chy_cmd cmd_lsp = { "", 0, options, run };
