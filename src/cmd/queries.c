/*
 * A list of queries from a file, a line each.
 *
 * SPDX-License-Identifier: ISC
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/cmd.h"

static int
each_line(cmd_env *env, FILE *f, const char *path, cmd_query_fn each,
    void *arg)
{
	char *line = NULL;
	size_t size = 0;
	unsigned number = 0;
	ssize_t len;
	int status = EXIT_DONE;

	while (status == EXIT_DONE && (len = getline(&line, &size, f)) >= 0) {
		chy_slice query = chy_slice_trim((chy_slice){ line,
		    (size_t)len });
		chy_error err = { .status = CHY_OK };
		chy_status st;

		number++;
		if (query.len == 0 || query.ptr[0] == '#')
			continue;
		st = each(env, query, arg, &err);
		if (st == CHY_OK)
			continue;
		err.status = st;
		fprintf(stderr, "%s:%u:\n", path, number);
		env->partly = true;
		/* Another query may still be answered. */
		if (cmd_failed_query(env, query, &err) == EXIT_SYSTEM)
			status = EXIT_SYSTEM;
	}
	if (status == EXIT_DONE && ferror(f) != 0)
		cmd_trouble(env, path, "cannot be read: %s", strerror(errno));
	free(line);
	return status == EXIT_DONE ? cmd_done(env) : status;
}

int
cmd_queries(cmd_env *env, const char *path, cmd_query_fn each, void *arg)
{
	bool input = strcmp(path, "-") == 0;
	FILE *f = input ? stdin : fopen(path, "r");
	int status;

	if (f == NULL) {
		cmd_trouble(env, path, "cannot be opened: %s",
		    strerror(errno));
		return EXIT_PART;
	}
	status = each_line(env, f, input ? "standard input" : path, each, arg);
	if (!input)
		(void)fclose(f);
	return status;
}
