/*
 * What the commands share but the archive: the table, its help, bad news,
 * values, progress.
 *
 * SPDX-License-Identifier: ISC
 */
#include "cmd/cmd.h"

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/utf8.h"
#include "cmd/output.h"

static const cmd_row rows[] = {
#define COMMAND(name, needs, summary) { #name, summary, &cmd_##name, needs },
#include "cmd/commands.def"
#undef COMMAND
};

/* Taken by every command that has to do with an archive; main knows them by
 * their place here. */
static const cmd_option shared[] = {
	{ "archive", "PATH", "the archive, a file or a postgresql:// address; "
	    "else $CHANCERY_ARCHIVE, else chancery/archive.sqlite below "
	    "$XDG_DATA_HOME", NULL, 'a' },
	{ "reader", "LABEL", "who asks, as C or S//NF; else $CHANCERY_READER, "
	    "else the owner, who may see all", NULL, 'r' },
	{ "portion-release", NULL, "a reader may see the paragraphs they are "
	    "allowed of telegrams they are not", NULL, 0 },
	{ NULL, NULL, NULL, NULL, 0 },
};

const cmd_row *
cmd_at(size_t i)
{
	return i < ARRAY_LEN(rows) ? &rows[i] : NULL;
}

const cmd_row *
cmd_find(const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (strcmp(rows[i].name, name) == 0)
			return &rows[i];
	return NULL;
}

const cmd_option *
cmd_option_at(const cmd_row *row, size_t i)
{
	size_t own = 0;

	if (row != NULL && row->cmd->options != NULL)
		while (row->cmd->options[own].name != NULL)
			own++;
	if (i < own)
		return &row->cmd->options[i];
	i -= own;
	if (row != NULL && row->needs == NEEDS_NOTHING)
		return NULL;
	return i < ARRAY_LEN(shared) - 1 ? &shared[i] : NULL;
}

void
cmd_usage(const cmd_row *row, chy_sink *out)
{
	const cmd_option *option;

	chy_sink_printf(out, "usage: chancery %s", row->name);
	for (size_t i = 0; (option = cmd_option_at(row, i)) != NULL; i++)
		chy_sink_printf(out, " [--%s%s%s]", option->name,
		    option->arg != NULL ? " " : "",
		    option->arg != NULL ? option->arg : "");
	chy_sink_printf(out, "%s%s\n", *row->cmd->args ? " " : "",
	    row->cmd->args);
}

void
cmd_help_text(const cmd_row *row, chy_sink *out)
{
	const cmd_option *option;

	chy_sink_printf(out, "chancery %s: %s\n\n", row->name, row->summary);
	cmd_usage(row, out);
	for (size_t i = 0; (option = cmd_option_at(row, i)) != NULL; i++) {
		if (i == 0)
			chy_sink_puts(out, "\n");
		chy_sink_puts(out, "  ");
		if (option->letter != 0)
			chy_sink_printf(out, "-%c, ", option->letter);
		chy_sink_printf(out, "--%s%s%s\n      %s\n", option->name,
		    option->arg != NULL ? " " : "",
		    option->arg != NULL ? option->arg : "", option->help);
		if (option->value == NULL)
			continue;
		chy_sink_puts(out, "      one of:");
		for (size_t k = 0; option->value(k) != NULL; k++)
			chy_sink_printf(out, " %s", option->value(k));
		chy_sink_puts(out, "\n");
	}
	chy_sink_printf(out, "\nThe manual: man chancery-%s\n", row->name);
}

/* ---- bad news ---- */

int
cmd_bad_usage(const cmd_env *env, const char *fmt, ...)
{
	va_list ap;

	fprintf(stderr, "chancery%s%s: ", env->verb != NULL ? " " : "",
	    env->verb != NULL ? env->verb : "");
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	if (env->verb != NULL)
		fprintf(stderr, "\nType: chancery help %s\n", env->verb);
	else
		fputs("\nType: chancery help\n", stderr);
	return EXIT_USAGE;
}

int
cmd_bad_value(const cmd_env *env, const cmd_option *option, const char *value)
{
	chy_buf buf = CHY_BUF_INIT;
	int status;

	for (size_t i = 0; option->value != NULL && option->value(i) != NULL;
	    i++)
		chy_buf_printf(&buf, "%s%s", i > 0 ? ", " : "; it takes ",
		    option->value(i));
	status = cmd_bad_usage(env, "--%s cannot be \"%s\"%.*s", option->name,
	    value, CHY_ARG(chy_buf_slice(&buf)));
	chy_buf_done(&buf);
	return status;
}

void
cmd_trouble(cmd_env *env, const char *place, const char *fmt, ...)
{
	va_list ap;

	env->partly = true;
	if (place != NULL)
		fprintf(stderr, "%s: ", place);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
}

/* One status of the library, one exit status. */
static int
exit_status(chy_status status)
{
	switch (status) {
	case CHY_OK:
		return EXIT_DONE;
	case CHY_ERR_NOT_FOUND:
	case CHY_ERR_DENIED:
	case CHY_ERR_TOO_LARGE:
	case CHY_ERR_STOPPED:
	case CHY_ERR_EXISTS:
		return EXIT_PART;
	case CHY_ERR_INVALID:
		return EXIT_USAGE;
	case CHY_ERR_NO_MEMORY:
	case CHY_ERR_BUSY:
	case CHY_ERR_IO:
	case CHY_ERR_STORE:
	case CHY_ERR_PEER:
	case CHY_ERR_UNSUPPORTED:
		return EXIT_SYSTEM;
	}
	return EXIT_SYSTEM;
}

int
cmd_failed(const cmd_env *env, const chy_error *err)
{
	if (env->repeatable && !out_begun(env->out) &&
	    chy_registry_was_cut(env->reg, err->status))
		return EXIT_AGAIN;
	fprintf(stderr, "chancery %s: %s\n", env->verb,
	    err->text[0] != '\0' ? err->text : "failed, and nobody says why");
	switch (err->status) {
	case CHY_ERR_BUSY:
		fputs("Another program is writing to the archive; nothing was "
		    "changed. Try again.\n", stderr);
		break;
	case CHY_ERR_DENIED:
		fputs("This is for the owner of the archive: leave --reader "
		    "and $CHANCERY_READER out.\n", stderr);
		break;
	case CHY_ERR_IO:
		if (err->sys == ENOSPC)
			fputs("The disk is full. What was filed is kept; make "
			    "room and type the same again.\n", stderr);
		break;
	case CHY_ERR_NO_MEMORY:
		fputs("Memory ran out; nothing was changed that was not said "
		    "to be done.\n", stderr);
		break;
	case CHY_OK:
	case CHY_ERR_INVALID:
	case CHY_ERR_TOO_LARGE:
	case CHY_ERR_NOT_FOUND:
	case CHY_ERR_EXISTS:
	case CHY_ERR_STORE:
	case CHY_ERR_PEER:
	case CHY_ERR_UNSUPPORTED:
	case CHY_ERR_STOPPED:
		break;
	}
	return exit_status(err->status);
}

int
cmd_failed_query(const cmd_env *env, chy_slice query, const chy_error *err)
{
	size_t column;

	if (err->status != CHY_ERR_INVALID &&
	    err->status != CHY_ERR_UNSUPPORTED &&
	    err->status != CHY_ERR_TOO_LARGE)
		return cmd_failed(env, err);
	column = chy_utf8_count(chy_slice_sub(query, 0, err->off));
	fprintf(stderr, "chancery %s: %s\n", env->verb, err->text);
	/* A query of many lines would put the caret nowhere. */
	if (query.len < 1000 && memchr(query.ptr, '\n', query.len) == NULL)
		fprintf(stderr, "    %.*s\n    %*s^\n", CHY_ARG(query),
		    (int)column, "");
	return EXIT_USAGE;
}

int
cmd_done(const cmd_env *env)
{
	return env->partly ? EXIT_PART : EXIT_DONE;
}

/* ---- values ---- */

bool
cmd_number(const char *text, long least, long most, long *ret)
{
	char *end;
	long n;

	errno = 0;
	n = strtol(text, &end, 10);
	if (errno != 0 || end == text || *end != '\0' || n < least || n > most)
		return false;
	*ret = n;
	return true;
}

bool
cmd_ymd(const char *text, chy_ymd *ret)
{
	chy_civil c;
	bool good = chy_civil_parse(chy_slice_of(text), &c);

	*ret = chy_ymd_of(c.year, c.month, c.day);
	return good;
}

bool
cmd_has_value(const cmd_option *option, const char *value)
{
	for (size_t i = 0; option->value(i) != NULL; i++)
		if (strcmp(option->value(i), value) == 0)
			return true;
	return false;
}

const char *
cmd_text_or_json(size_t i)
{
	static const char *const values[] = { "text", "json" };

	return i < ARRAY_LEN(values) ? values[i] : NULL;
}

bool
cmd_wants_json(const cmd_env *env, const cmd_option *option,
    const char *value, int *ret_status)
{
	if (value == NULL)
		return false;
	if (!cmd_has_value(option, value))
		*ret_status = cmd_bad_value(env, option, value);
	return strcmp(value, "json") == 0;
}

chy_slice
cmd_join(chy_buf *buf, int argc, char **argv)
{
	for (int i = 0; i < argc; i++) {
		if (i > 0)
			chy_buf_putc(buf, ' ');
		chy_buf_puts(buf, argv[i]);
	}
	return chy_buf_slice(buf);
}

/* ---- progress ---- */

static int64_t
now_ms(void)
{
	struct timespec ts;

	if (clock_gettime(CLOCK_MONOTONIC, &ts) != 0)
		return 0;
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

void
cmd_progress_start(cmd_progress *p)
{
	p->terminal = isatty(STDERR_FILENO) == 1;
	p->shown = false;
	p->start_ms = p->last_ms = now_ms();
}

double
cmd_progress_seconds(const cmd_progress *p)
{
	return (double)(now_ms() - p->start_ms) / 1000.0;
}

bool
cmd_progress_due(cmd_progress *p)
{
	int64_t now = now_ms();

	/* Into a file one line in ten seconds is enough. */
	if (now - p->start_ms < 1000 ||
	    now - p->last_ms < (p->terminal ? 200 : 10000))
		return false;
	p->last_ms = now;
	return true;
}

void
cmd_progress_say(cmd_progress *p, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputs(p->terminal ? "\033[K\r" : "\n", stderr);
	fflush(stderr);
	p->shown = true;
}

void
cmd_progress_end(cmd_progress *p)
{
	if (p->shown && p->terminal)
		fputs("\033[K", stderr);
	p->shown = false;
}

static volatile sig_atomic_t stop_asked;

static void
ask_stop(int sig)
{
	(void)sig;
	stop_asked = 1;
}

void
cmd_stop_install(void)
{
	/* Once: a second signal ends the program at once. */
	struct sigaction sa = { .sa_handler = ask_stop,
	    .sa_flags = (int)(SA_RESETHAND | SA_RESTART) };

	sigemptyset(&sa.sa_mask);
	sigaction(SIGINT, &sa, NULL);
	sigaction(SIGTERM, &sa, NULL);
}

bool
cmd_stop_asked(void)
{
	return stop_asked != 0;
}
