/*
 * What `action` and `case` share.
 *
 * SPDX-License-Identifier: ISC
 */
#include "cmd/casework.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

int
cmd_sub_run(cmd_env *env, const cmd_sub *subs, int argc, char **argv)
{
	chy_buf names = CHY_BUF_INIT;
	int status;

	for (const cmd_sub *s = subs; s->name != NULL; s++) {
		if (strcmp(argv[0], s->name) != 0) {
			chy_buf_printf(&names, "%s%s", names.len > 0 ? ", " :
			    "", s->name);
			continue;
		}
		chy_buf_done(&names);
		if (argc - 1 < s->least)
			return cmd_bad_usage(env, "%s %s needs %s", env->verb,
			    s->name, s->args);
		status = cmd_open(env, s->writes ? NEEDS_WRITE :
		    NEEDS_ARCHIVE);
		return status != EXIT_DONE ? status : s->run(env, argc - 1,
		    argv + 1);
	}
	status = cmd_bad_usage(env, "\"%s\" is none of %s", argv[0],
	    chy_buf_slice(&names).ptr);
	chy_buf_done(&names);
	return status;
}

bool
cmd_day(cmd_env *env, const char *text, int32_t *ret)
{
	int32_t day;

	if (text == NULL) {
		*ret = (int32_t)(time(NULL) / 86400);
		return true;
	}
	day = chy_day_parse(chy_slice_of(text));
	if (day == CHY_NO_DAY) {
		(void)cmd_bad_usage(env, "\"%s\" is no day; write it as "
		    "2008-06-10", text);
		return false;
	}
	*ret = day;
	return true;
}

chy_doing
cmd_doing(cmd_env *env, const char *who, const char *why)
{
	static const char *const names[] = { "CHANCERY_USER", "LOGNAME",
	    "USER" };

	for (size_t i = 0; i < ARRAY_LEN(names) && who == NULL; i++) {
		who = getenv(names[i]);
		if (who != NULL && *who == '\0')
			who = NULL;
	}
	return (chy_doing){ .reader = &env->reader,
	    .who = chy_slice_of(who != NULL ? who : "owner"),
	    .why = chy_slice_of(why != NULL ? why : ""),
	    .now = (int64_t)time(NULL) };
}

int
cmd_casework_failed(cmd_env *env, const chy_error *err)
{
	if (err->status == CHY_ERR_INVALID || err->status == CHY_ERR_EXISTS ||
	    err->status == CHY_ERR_NOT_FOUND ||
	    err->status == CHY_ERR_DENIED) {
		cmd_trouble(env, NULL, "chancery %s: %s", env->verb,
		    err->text);
		return EXIT_DONE;
	}
	return cmd_failed(env, err);
}

int
cmd_casework_done(cmd_env *env, chy_status st, chy_error *err)
{
	int status = EXIT_DONE;

	if (st != CHY_OK) {
		err->status = st;
		status = cmd_casework_failed(env, err);
	}
	return status != EXIT_DONE ? status : cmd_done(env);
}

void
json_day(json *j, const char *name, int32_t day)
{
	char text[11];

	if (day == CHY_NO_DAY) {
		json_absent(j, name);
		return;
	}
	chy_civil_date(chy_day_civil(day), text);
	json_text(j, name, chy_slice_of(text));
}

void
out_day(chy_sink *out, int32_t day)
{
	char text[11] = "no date   ";

	if (day != CHY_NO_DAY)
		chy_civil_date(chy_day_civil(day), text);
	chy_sink_puts(out, text);
}
