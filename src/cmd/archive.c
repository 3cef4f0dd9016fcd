/*
 * Where the archive is, and opening it.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>
#include <string.h>

#include "cmd/cmd.h"

const char *
cmd_archive_path(const char *given, chy_buf *buf)
{
	const char *where;

	if (given != NULL && *given != '\0')
		return given;
	where = getenv("CHANCERY_ARCHIVE");
	if (where != NULL && *where != '\0')
		return where;
	/* A relative path there is to be ignored (XDG base directories). */
	where = getenv("XDG_DATA_HOME");
	if (where != NULL && *where == '/') {
		chy_buf_printf(buf, "%s/chancery/archive.sqlite", where);
		return chy_buf_slice(buf).ptr;
	}
	where = getenv("HOME");
	if (where != NULL && *where == '/') {
		chy_buf_printf(buf, "%s/.local/share/chancery/archive.sqlite",
		    where);
		return chy_buf_slice(buf).ptr;
	}
	return NULL;
}

int
cmd_open(cmd_env *env, cmd_needs needs)
{
	chy_registry_options opts = {
		.create = needs == NEEDS_CREATE,
		.read_only = needs == NEEDS_ARCHIVE,
		.portion_release = env->portion_release,
	};
	chy_error err = { 0 };
	chy_status st = chy_registry_open(env->archive, &opts, &env->reg,
	    &err);

	if (st == CHY_OK)
		return EXIT_DONE;
	err.status = st;
	if (st == CHY_ERR_NOT_FOUND) {
		fprintf(stderr, "chancery %s: there is no archive at %s\n"
		    "Make one: chancery import --archive %s FOLDER\n",
		    env->verb, env->shown, env->shown);
		return EXIT_PART;
	}
	if (st == CHY_ERR_INVALID) {
		fprintf(stderr, "chancery %s: %s: %s\n", env->verb,
		    env->shown, err.text);
		return EXIT_SYSTEM;
	}
	return cmd_failed(env, &err);
}
