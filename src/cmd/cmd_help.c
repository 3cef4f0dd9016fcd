/*
 * chancery help: the verbs, or one of them. What it says, and what the
 * completion offers, comes from the tables of options.
 *
 * SPDX-License-Identifier: ISC
 */
#include <string.h>

#include "cmd/cmd.h"
#include "cmd/output.h"

enum { VERBS, OPTIONS, VALUES };

static const cmd_option options[] = {
	[VERBS] = { "verbs", NULL, "the names of the verbs alone", NULL, 0 },
	[OPTIONS] = { "options", NULL, "the options of a verb alone",
	    NULL, 0 },
	[VALUES] = { "values", "OPTION", "the values of an option of a verb "
	    "alone", NULL, 0 },
	{ NULL, NULL, NULL, NULL, 0 },
};

static void
put_all(chy_sink *out)
{
	const cmd_row *row;

	chy_sink_puts(out, "chancery: the registry of a diplomatic mission\n\n"
	    "usage: chancery VERB [OPTION...] [WORD...]\n\n");
	for (size_t i = 0; (row = cmd_at(i)) != NULL; i++)
		chy_sink_printf(out, "  %-9s %s\n", row->name, row->summary);
	chy_sink_puts(out, "\nEach verb: chancery help VERB. "
	    "The manual: man chancery\n");
}

static void
put_values(chy_sink *out, const cmd_row *row, const char *name)
{
	const cmd_option *option;

	for (size_t i = 0; (option = cmd_option_at(row, i)) != NULL; i++) {
		if (strcmp(option->name, name) != 0 || option->value == NULL)
			continue;
		for (size_t k = 0; option->value(k) != NULL; k++)
			chy_sink_printf(out, "%s\n", option->value(k));
	}
}

static int
run(cmd_env *env, int argc, char **argv)
{
	const cmd_row *row = NULL;
	const cmd_option *option;

	if (argc > 1)
		return cmd_bad_usage(env, "one verb at a time, please");
	if (argc == 1 && (row = cmd_find(argv[0])) == NULL)
		return cmd_bad_usage(env, "there is no verb \"%s\"", argv[0]);
	if (env->value[VERBS] != NULL) {
		for (size_t i = 0; (row = cmd_at(i)) != NULL; i++)
			chy_sink_printf(env->out, "%s\n", row->name);
	} else if (row == NULL) {
		put_all(env->out);
	} else if (env->value[OPTIONS] != NULL) {
		for (size_t i = 0; (option = cmd_option_at(row, i)) != NULL;
		    i++)
			chy_sink_printf(env->out, "--%s\n", option->name);
	} else if (env->value[VALUES] != NULL) {
		put_values(env->out, row, env->value[VALUES]);
	} else {
		cmd_help_text(row, env->out);
	}
	return EXIT_DONE;
}

const chy_cmd cmd_help = { "[VERB]", 0, options, run };
