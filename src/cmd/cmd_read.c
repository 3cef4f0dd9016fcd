/*
 * chancery read: bytes to telegram, printed. No archive.
 *
 * SPDX-License-Identifier: ISC
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd/cmd.h"
#include "forms/forms.h"
#include "intake/intake.h"
#include "render/render.h"

enum { AS, FORM, YEAR };

static const char *
renderer_name(size_t i)
{
	const chy_renderer *r = chy_renderer_at(i);

	return r != NULL ? r->name : NULL;
}

static const char *
form_name(size_t i)
{
	const chy_form *f = chy_form_at(i);

	return f != NULL ? f->name : NULL;
}

static const cmd_option options[] = {
	[AS] = { "as", "FORM", "how to print: text if not said",
	    renderer_name, 0 },
	[FORM] = { "form", "NAME", "the form they are in, instead of finding "
	    "it out", form_name, 0 },
	[YEAR] = { "year", "Y", "the year, where nothing else says it",
	    NULL, 0 },
	{ NULL, NULL, NULL, NULL, 0 },
};

typedef struct reading {
	cmd_env		   *env;
	const chy_renderer *renderer;
	chy_read_options    opts;
	chy_telegram	   *tel;	/* the last one; its memory is used
					 * again for the next */
	const char	   *name;	/* of the file, for messages */
	int		    fd;
	size_t		    pieces;	/* of the file */
	size_t		    printed;	/* of all files */
	bool		    fatal;	/* output failed: stop */
} reading;

static chy_status
fill(void *arg, char *buf, size_t size, size_t *ret_len, chy_error *err)
{
	reading *rd = arg;
	ssize_t n;

	do
		n = read(rd->fd, buf, size);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return chy_fail_sys(err, errno, "cannot be read");
	*ret_len = (size_t)n;
	return CHY_OK;
}

/* A line for people between two telegrams; JSON needs none. */
static void
part_from_last(reading *rd)
{
	if (rd->printed++ > 0 && strcmp(rd->renderer->name, "json") != 0)
		chy_sink_puts(rd->env->out, "\n");
}

static chy_status
print_piece(void *arg, const chy_piece *piece)
{
	reading *rd = arg;
	chy_read_options opts = rd->opts;
	chy_error err = { 0 };
	chy_status st;

	rd->pieces++;
	opts.wrapper = piece->wrapper;
	opts.part = piece->part;
	if (piece->trouble != NULL && piece->part > 0)
		cmd_trouble(rd->env, rd->name, "part %u: %s",
		    (unsigned)piece->part, piece->trouble);
	else if (piece->trouble != NULL)
		cmd_trouble(rd->env, rd->name, "%s", piece->trouble);
	if (rd->tel == NULL)
		st = chy_telegram_read(piece->text, &opts, &rd->tel, &err);
	else
		st = chy_telegram_reread(rd->tel, piece->text, &opts, &err);
	if (st == CHY_ERR_NO_MEMORY)
		return st;
	if (st != CHY_OK) {
		if (piece->trouble == NULL)
			cmd_trouble(rd->env, rd->name, "%s", err.text);
		return CHY_OK;
	}
	part_from_last(rd);
	st = chy_render(rd->renderer, rd->tel, rd->env->out);
	rd->fatal = st != CHY_OK;
	return st;
}

static void
read_file(reading *rd, const char *path)
{
	bool standard = strcmp(path, "-") == 0;
	struct stat sb;
	chy_error err = { 0 };
	chy_status st;

	rd->name = standard ? "standard input" : path;
	rd->opts.file = standard ? CHY_EMPTY : chy_slice_of(path);
	rd->pieces = 0;
	rd->fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	if (rd->fd < 0) {
		cmd_trouble(rd->env, path, "cannot be opened: %s",
		    strerror(errno));
		return;
	}
	if (fstat(rd->fd, &sb) == 0 && S_ISDIR(sb.st_mode)) {
		cmd_trouble(rd->env, path, "is a folder; name its files, or "
		    "file it: chancery import %s", path);
	} else {
		st = chy_intake(fill, rd, print_piece, rd, &err);
		if (st == CHY_OK && rd->pieces == 0)
			cmd_trouble(rd->env, rd->name, "error: the file is "
			    "empty, there is nothing to read [%s]",
			    chy_diag_code(CHY_DIAG_FORM_UNKNOWN));
		else if (st == CHY_ERR_NO_MEMORY)
			cmd_trouble(rd->env, rd->name, "memory ran out");
		else if (st != CHY_OK && !rd->fatal)
			cmd_trouble(rd->env, rd->name, "%s", err.text);
	}
	if (!standard)
		close(rd->fd);
}

static int
run(cmd_env *env, int argc, char **argv)
{
	const char *as = env->value[AS] != NULL ? env->value[AS] : "text";
	reading rd = { .env = env, .opts.form = env->value[FORM] };
	long year = 0;

	rd.renderer = chy_renderer_find(as);
	if (rd.renderer == NULL)
		return cmd_bad_value(env, &options[AS], as);
	if (rd.opts.form != NULL &&
	    !cmd_has_value(&options[FORM], rd.opts.form))
		return cmd_bad_value(env, &options[FORM], rd.opts.form);
	if (env->value[YEAR] != NULL &&
	    !cmd_number(env->value[YEAR], 1, 9999, &year))
		return cmd_bad_usage(env, "--year takes a year of four "
		    "digits, not \"%s\"", env->value[YEAR]);
	rd.opts.year = (int32_t)year;
	for (int i = 0; i < argc && !rd.fatal; i++)
		read_file(&rd, argv[i]);
	chy_telegram_free(rd.tel);
	return cmd_done(env);
}

const chy_cmd cmd_read = { "FILE...", 1, options, run };
