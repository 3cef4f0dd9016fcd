/*
 * The program: finds the verb, takes its options, opens what it needs, calls
 * it, and closes.
 *
 * SPDX-License-Identifier: ISC
 */
#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd/cmd.h"
#include "cmd/output.h"

#define HELP_VALUE	1000	/* of getopt_long, for --help */
#define FIRST_VALUE	1001	/* for option 0 of the table */

/* What was given for the options that all archives share. */
typedef struct given {
	const char *archive;
	const char *reader;
	bool	    portion_release;
} given;

static void
take_shared(given *g, const cmd_option *option, const char *value)
{
	if (strcmp(option->name, "archive") == 0)
		g->archive = value;
	else if (strcmp(option->name, "reader") == 0)
		g->reader = value;
	else
		g->portion_release = true;
}

/* How many options the command has of its own; the shared come after. */
static size_t
own_options(const cmd_row *row)
{
	size_t n = 0;

	if (row != NULL && row->cmd->options != NULL)
		while (row->cmd->options[n].name != NULL)
			n++;
	return n;
}

/* Fill what getopt_long asks for: the table and the letters. */
static void
make_tables(const cmd_row *row, struct option *longs, char *shorts)
{
	const cmd_option *option;
	size_t n = 0;

	for (; (option = cmd_option_at(row, n)) != NULL; n++) {
		longs[n] = (struct option){ option->name, option->arg == NULL ?
		    no_argument : option->arg[0] == '[' ? optional_argument :
		    required_argument, NULL,
		    FIRST_VALUE + (int)n };
		if (option->letter != 0)
			*shorts++ = option->letter;
		if (option->letter != 0 && option->arg != NULL)
			*shorts++ = ':';
	}
	*shorts = '\0';
	longs[n] = (struct option){ "help", no_argument, NULL, HELP_VALUE };
	longs[n + 1] = (struct option){ NULL, 0, NULL, 0 };
}

/* The place in the table of what getopt_long returned. */
static size_t
place_of(const cmd_row *row, int c)
{
	size_t i = 0;

	if (c >= FIRST_VALUE)
		return (size_t)(c - FIRST_VALUE);
	while (cmd_option_at(row, i)->letter != c)
		i++;
	return i;
}

/* What getopt_long took for no option, by what it returned; and what there is
 * instead. */
static int
bad_option(cmd_env *env, const struct option *longs, int c, const char *word)
{
	chy_buf names = CHY_BUF_INIT;
	int status;

	if (c == ':')
		return cmd_bad_usage(env, "%s needs a value", word);
	for (size_t i = 0; longs[i].name != NULL; i++)
		chy_buf_printf(&names, "%s--%s", i > 0 ? ", " : "",
		    longs[i].name);
	if (optopt > 0 && optopt < HELP_VALUE)
		status = cmd_bad_usage(env, "there is no option -%c; there are "
		    "%.*s", optopt, CHY_ARG(chy_buf_slice(&names)));
	else
		status = cmd_bad_usage(env, "there is no option %s, or it takes "
		    "no value; there are %.*s", word,
		    CHY_ARG(chy_buf_slice(&names)));
	chy_buf_done(&names);
	return status;
}

/*
 * Take the options of a verb, or with row NULL those before it. Returns
 * EXIT_DONE and moves *argc and *argv to what follows; or an exit status.
 * *ret_help is set when help was asked for.
 */
static int
take_options(cmd_env *env, const cmd_row *row, given *g, int *argc,
    char ***argv, bool *ret_help)
{
	struct option longs[CMD_OPTIONS + 8];
	/* Before the verb the first word that is no option ends them. */
	char shorts[2 * (CMD_OPTIONS + 8) + 4] = "+:h";
	size_t own = own_options(row);
	int c;

	if (row != NULL)
		memmove(shorts, ":h", 3);
	make_tables(row, longs, shorts + strlen(shorts));
	optind = 0;	/* start again; 1 would keep the old letters */
	opterr = 0;
	while ((c = getopt_long(*argc, *argv, shorts, longs, NULL)) != -1) {
		size_t place;

		if (c == 'h' || c == HELP_VALUE) {
			*ret_help = true;
			return EXIT_DONE;
		}
		if (c == ':' || c == '?')
			return bad_option(env, longs, c, (*argv)[optind - 1]);
		place = place_of(row, c);
		if (place >= own)
			take_shared(g, cmd_option_at(row, place), optarg);
		else
			env->value[place] = optarg != NULL ? optarg : "";
	}
	*argc -= optind;
	*argv += optind;
	return EXIT_DONE;
}

static int
take_reader(cmd_env *env, const given *g)
{
	const char *text = g->reader;
	chy_error err = { 0 };

	if (text == NULL)
		text = getenv("CHANCERY_READER");
	env->reader = chy_reader_owner();
	if (text == NULL || *text == '\0')
		return EXIT_DONE;
	env->reader_text = text;
	if (chy_reader_parse(chy_slice_of(text), &env->reader, &err) == CHY_OK)
		return EXIT_DONE;
	return cmd_bad_usage(env, "the reader \"%s\" is no label: %s; say "
	    "U, C, S or TS and what else they may see, as S//NF", text,
	    err.text);
}

/* --queries stands for the words of a command that has it. */
static bool
words_elsewhere(const cmd_env *env, const cmd_row *row)
{
	const cmd_option *o = row->cmd->options;

	for (size_t i = 0; o != NULL && o[i].name != NULL; i++)
		if (strcmp(o[i].name, "queries") == 0)
			return env->value[i] != NULL;
	return false;
}

static int
run(cmd_env *env, const cmd_row *row, given *g, int argc, char **argv)
{
	chy_buf path = CHY_BUF_INIT;
	bool help = false;
	int status = take_options(env, row, g, &argc, &argv, &help);

	if (status != EXIT_DONE)
		return status;
	if (help) {
		cmd_help_text(row, env->out);
		return EXIT_DONE;
	}
	if (argc < row->cmd->min_args && !words_elsewhere(env, row))
		return cmd_bad_usage(env, "%s is missing", row->cmd->args);
	if (*row->cmd->args == '\0' && argc > 0)
		return cmd_bad_usage(env, "it takes no words, but got \"%s\"",
		    argv[0]);
	if (row->needs != NEEDS_NOTHING) {
		env->portion_release = g->portion_release;
		status = take_reader(env, g);
		env->archive = cmd_archive_path(g->archive, &path);
		if (status == EXIT_DONE && env->archive == NULL)
			status = cmd_bad_usage(env, "which archive? Say "
			    "--archive PATH or set CHANCERY_ARCHIVE");
		if (status == EXIT_DONE)
			chy_archive_show(env->archive, env->shown,
			    sizeof(env->shown));
		if (status == EXIT_DONE && row->needs >= NEEDS_ARCHIVE)
			status = cmd_open(env, row->needs);
	}
	env->repeatable = row->needs == NEEDS_ARCHIVE;
	if (status == EXIT_DONE)
		status = row->cmd->run(env, argc, argv);
	if (status == EXIT_AGAIN) {
		out_take_back(env->out);
		env->repeatable = env->partly = false;
		status = row->cmd->run(env, argc, argv);
	}
	chy_registry_close(env->reg);
	chy_buf_done(&path);
	return status;
}

static int
dispatch(cmd_env *env, int argc, char **argv)
{
	given g = { 0 };
	bool help = false, version = argc > 1 &&
	    (strcmp(argv[1], "--version") == 0 || strcmp(argv[1], "-V") == 0);
	char *verb[] = { argv[0], NULL };
	const cmd_row *row;
	int status;

	if (version)
		return cmd_version.run(env, 0, verb + 1);
	status = take_options(env, NULL, &g, &argc, &argv, &help);
	if (status != EXIT_DONE)
		return status;
	if (help)
		return cmd_help.run(env, 0, verb + 1);
	if (argc == 0) {
		fputs("usage: chancery VERB [OPTION...] [WORD...]\n"
		    "Type: chancery help\n", stderr);
		return EXIT_USAGE;
	}
	row = cmd_find(argv[0]);
	if (row == NULL)
		return cmd_bad_usage(env, "there is no verb \"%s\"", argv[0]);
	env->verb = row->name;
	return run(env, row, &g, argc, argv);
}

static bool
wants_colour(void)
{
	const char *term = getenv("TERM"), *no = getenv("NO_COLOR");

	return isatty(STDOUT_FILENO) == 1 && (no == NULL || *no == '\0') &&
	    term != NULL && strcmp(term, "dumb") != 0;
}

int
main(int argc, char **argv)
{
	output out;
	cmd_env env = { .out = &out.sink };
	int status;

	/* A reader of our output that goes away is an error of write(). */
	signal(SIGPIPE, SIG_IGN);
	output_init(&out);
	env.colour = wants_colour();
	status = dispatch(&env, argc, argv);
	if (output_flush(&out) != CHY_OK && out.sys != EPIPE) {
		fprintf(stderr, "chancery: cannot write the output: %s\n",
		    out.sys != 0 ? strerror(out.sys) : "no memory");
		status = EXIT_SYSTEM;
	}
	chy_buf_done(&out.buf);
	return status;
}
