/*
 * chancery version: version, build, compiler.
 *
 * SPDX-License-Identifier: ISC
 */
#include "cmd/cmd.h"
#include "cmd/version.h"

static int
run(cmd_env *env, int argc, char **argv)
{
	(void)argc;
	(void)argv;
	chy_sink_puts(env->out, "chancery " CHY_VERSION "\nbuild " CHY_BUILD
#ifdef __VERSION__
	    ", compiler " __VERSION__
#endif
	    "\n");
	return EXIT_DONE;
}

const chy_cmd cmd_version = { "", 0, NULL, run };
