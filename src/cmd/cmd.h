/*
 * What the commands share: the table of options from which usage, help and
 * completion follow, the archive, the output, the exit status.
 *
 * A command is a row of commands.def and a chy_cmd: options, and a function
 * that gets its words and values and returns an exit status.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_CMD_CMD_H
#define CHY_CMD_CMD_H

#include <stdio.h>

#include "base/sink.h"
#include "marking/marking.h"
#include "registry/registry.h"

/* Exit statuses: a contract of chancery(1). */
#define EXIT_DONE	0	/* did what was asked */
#define EXIT_PART	3	/* part of it could not be done */
#define EXIT_USAGE	5	/* the command line is wrong */
#define EXIT_SYSTEM	6	/* disk, memory, database */

/* Of a command that only reads, and has said nothing yet: its server was lost,
 * main runs it once more. */
#define EXIT_AGAIN	256

typedef enum cmd_needs {
	NEEDS_NOTHING,
	NEEDS_READER,		/* --archive and so on are taken, not opened */
	NEEDS_ARCHIVE,		/* opened for reading */
	NEEDS_WRITE,		/* opened for writing */
	NEEDS_CREATE,		/* the same, and made if there is none */
} cmd_needs;

typedef struct cmd_option {
	const char *name;	/* without dashes; NULL ends a table */
	const char *arg;	/* what it takes, in capitals; NULL: nothing;
				 * [=WORD]: it may be left out */
	const char *help;
	/* The values it takes, one an index, NULL after the last; for the
	 * completion and for complaints. NULL: any. */
	const char *(*value)(size_t i);
	char	    letter;	/* for -x; 0: none */
} cmd_option;

#define CMD_OPTIONS	16	/* most a command has of its own */

typedef struct cmd_env {
	const char	*verb;
	chy_sink	*out;	/* standard output */
	bool		 colour; /* standard output is a terminal */
	const char	*value[CMD_OPTIONS]; /* of the command's options, by
				 * place in its table; NULL: not given; "" for
				 * those that take nothing */
	const char	*archive; /* path or address */
	char		 shown[256]; /* the same for people */
	const char	*reader_text; /* as given; NULL: the owner */
	chy_reader	 reader;
	bool		 portion_release;
	chy_registry	*reg;	/* open where the command needs it */
	bool		 partly; /* something could not be done */
	bool		 repeatable; /* EXIT_AGAIN may be returned */
} cmd_env;

typedef struct chy_cmd {
	const char	 *args;	/* what follows the options: "QUERY..." */
	int		  min_args;
	const cmd_option *options; /* NULL: none */
	int		(*run)(cmd_env *env, int argc, char **argv);
} chy_cmd;

#define COMMAND(name, needs, summary) extern const chy_cmd cmd_##name;
#include "cmd/commands.def"
#undef COMMAND

/* One row of the finished table. */
typedef struct cmd_row {
	const char    *name;
	const char    *summary;
	const chy_cmd *cmd;
	cmd_needs      needs;
} cmd_row;

const cmd_row *cmd_at(size_t i);	/* NULL after the last */
const cmd_row *cmd_find(const char *name);

/* Option i of a command, those shared by its needs included; NULL. */
const cmd_option *cmd_option_at(const cmd_row *row, size_t i);

/* Usage on one line, and the whole help. */
void	cmd_usage(const cmd_row *row, chy_sink *out);
void	cmd_help_text(const cmd_row *row, chy_sink *out);


/* ---- bad news, on standard error ---- */

/* "chancery search: text"; returns EXIT_USAGE after a line on the remedy. */
int	cmd_bad_usage(const cmd_env *env, const char *fmt, ...)
    CHY_PRINTF(2, 3);

/* Complain about the value of an option, with those it takes. */
int	cmd_bad_value(const cmd_env *env, const cmd_option *option,
    const char *value);

/* "PLACE: text", and remember that part was not done. Place may be NULL. */
void	cmd_trouble(cmd_env *env, const char *place, const char *fmt, ...)
    CHY_PRINTF(3, 4);

/* Say what failed; returns the exit status for its kind. Says nothing where
 * the command can be run again. */
int	cmd_failed(const cmd_env *env, const chy_error *err);

/* The same for a query, with a caret under the fault. */
int	cmd_failed_query(const cmd_env *env, chy_slice query,
    const chy_error *err);

/* EXIT_DONE, or EXIT_PART where there was trouble. */
int	cmd_done(const cmd_env *env);


/* ---- values ---- */

/* A whole number from least to most. False otherwise. */
bool	cmd_number(const char *text, long least, long most, long *ret);

/* A day as 2008-06-09. False otherwise. */
bool	cmd_ymd(const char *text, chy_ymd *ret);

/* Is this one of the option's values? */
bool	cmd_has_value(const cmd_option *option, const char *value);

/* --as text|json: true for json. A wrong word: *ret_status is set. */
const char *cmd_text_or_json(size_t i);
bool	cmd_wants_json(const cmd_env *env, const cmd_option *option,
    const char *value, int *ret_status);

/* The words joined by blanks, in memory to be freed with chy_buf_done. */
chy_slice cmd_join(chy_buf *buf, int argc, char **argv);


/* ---- lists of queries ---- */

typedef chy_status (*cmd_query_fn)(cmd_env *env, chy_slice query, void *arg,
    chy_error *err);

/* Call each() for every line of a file ("-": standard input) that is not empty
 * and no comment (#). One that fails is told with its line, and the others go
 * on. Returns the exit status. */
int	cmd_queries(cmd_env *env, const char *path, cmd_query_fn each,
    void *arg);


/* ---- archive ---- */

/* --archive, else $CHANCERY_ARCHIVE, else archive.sqlite in the folder for
 * data of the user. NULL, after a message, where none is known. */
const char *cmd_archive_path(const char *given, chy_buf *buf);
int	cmd_open(cmd_env *env, cmd_needs needs);


/* ---- progress, on standard error, after the first second ---- */

typedef struct cmd_progress {
	bool	terminal;
	bool	shown;
	int64_t start_ms;
	int64_t last_ms;
} cmd_progress;

void	cmd_progress_start(cmd_progress *p);
/* Is it time to say something again? */
bool	cmd_progress_due(cmd_progress *p);
void	cmd_progress_say(cmd_progress *p, const char *fmt, ...)
    CHY_PRINTF(2, 3);
void	cmd_progress_end(cmd_progress *p);
double	cmd_progress_seconds(const cmd_progress *p);

/* Has the user asked to stop (SIGINT, SIGTERM)? Install once first. */
void	cmd_stop_install(void);
bool	cmd_stop_asked(void);

#endif
