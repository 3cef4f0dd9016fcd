/*
 * What `action` and `case` share: their second word, days, who does it.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_CMD_CASEWORK_H
#define CHY_CMD_CASEWORK_H

#include "cmd/cmd.h"
#include "cmd/output.h"
#include "registry/casework.h"

/* One second word: what follows it, and what it does. */
typedef struct cmd_sub {
	const char *name;
	const char *args;
	int	    least;	/* words after it */
	bool	    writes;
	int	  (*run)(cmd_env *env, int argc, char **argv);
} cmd_sub;

/* Find the second word in a table that a row without a name ends, open the
 * archive as it needs, run it. */
int	cmd_sub_run(cmd_env *env, const cmd_sub *subs, int argc, char **argv);

/* YYYY-MM-DD; NULL is today. False after a complaint. */
bool	cmd_day(cmd_env *env, const char *text, int32_t *ret);

/* Who does it, and why, as given, else from the environment. */
chy_doing cmd_doing(cmd_env *env, const char *who, const char *why);

/* Say what failed; a thing that is not there leaves the others to be done. */
int	cmd_casework_failed(cmd_env *env, const chy_error *err);

/* The same for the end of a command: EXIT_DONE, or EXIT_PART where there was
 * trouble. */
int	cmd_casework_done(cmd_env *env, chy_status st, chy_error *err);

/* "name": "2008-06-10", or null. */
void	json_day(json *j, const char *name, int32_t day);
/* 2008-06-10, or "no date" and blanks to the same width. */
void	out_day(chy_sink *out, int32_t day);

#endif
