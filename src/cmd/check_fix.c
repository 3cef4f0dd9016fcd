/*
 * chancery check --fix: the safe repairs, or all of them, made in a new file
 * beside the old one, each told with what was there before.
 *
 * SPDX-License-Identifier: ISC
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd/check_int.h"
#include "forms/forms.h"
#include "intake/intake.h"

/* One repair can make room for another; more rounds than that are a fault
 * of ours. */
#define ROUNDS	8

typedef struct fixing {
	check_fix   *fix;
	const char  *path;
	chy_buf	     out;	/* the new version */
	unsigned     changes;
	bool	     wrapped;
	bool	     pilcrows;	/* stay: the reader needs them */
	chy_severity worst;
} fixing;

static void
tell(fixing *fx, const chy_telegram *tel, const chy_change *x)
{
	chy_sink *out = fx->fix->env->out;
	chy_slice before = chy_slice_sub(tel->text, x->span.off, x->span.len);
	uint32_t line, column;

	chy_telegram_place(tel, x->span.off, &line, &column);
	if (fx->fix->as_json) {
		json j = json_open(out);

		json_text(&j, "file", chy_slice_of(fx->path));
		json_text(&j, "code", chy_slice_of(chy_diag_code(x->diag)));
		json_text(&j, "confidence", chy_slice_of(chy_confidence_name(
		    x->confidence)));
		json_number(&j, "line", line);
		json_number(&j, "column", column);
		json_text(&j, "before", before);
		json_text(&j, "after", x->after);
		json_close(&j);
		return;
	}
	out_text(out, chy_slice_of(fx->path));
	chy_sink_printf(out, ":%u:%u: repaired, %s: ", (unsigned)line,
	    (unsigned)column, chy_confidence_name(x->confidence));
	chy_sink_json(out, before);
	chy_sink_puts(out, " -> ");
	chy_sink_json(out, x->after);
	chy_sink_printf(out, " [%s]\n", chy_diag_code(x->diag));
}

/* The paragraphs, their numbers and marks, the references are those of
 * before: a safe repair may not change what is read. */
static bool
reads_the_same(const chy_telegram *a, const chy_telegram *b)
{
	if (a->n_paragraphs != b->n_paragraphs ||
	    a->n_references != b->n_references || a->level != b->level)
		return false;
	for (uint32_t i = 0; i < a->n_paragraphs; i++)
		if (a->paragraphs[i].number != b->paragraphs[i].number ||
		    !chy_slice_eq(a->paragraphs[i].mark,
		    b->paragraphs[i].mark))
			return false;
	return true;
}

/* The text with the changes made, those of `without` left out. */
static void
make_changes(const chy_telegram *tel, chy_changes *changes, chy_diag without,
    chy_buf *out)
{
	uint32_t done = 0;
	size_t n = 0;

	chy_buf_reset(out);
	for (size_t i = 0; i < changes->n; i++) {
		const chy_change x = changes->at[i];

		if (x.diag == without)
			continue;
		chy_buf_put(out, chy_slice_sub(tel->text, done,
		    x.span.off - done));
		chy_buf_put(out, x.after);
		done = x.span.off + x.span.len;
		changes->at[n++] = x;
	}
	changes->n = n;
	chy_buf_put(out, chy_slice_from(tel->text, done));
}

/* A pilcrow is what tells the reader of a few telegrams that a number begins
 * a paragraph: there it stays. */
static chy_status
keep_reading(fixing *fx, const chy_telegram *tel,
    const chy_read_options *opts, chy_changes *changes, chy_buf *next,
    chy_error *err)
{
	chy_telegram *after = NULL;
	chy_status st;

	make_changes(tel, changes, fx->pilcrows ?
	    CHY_DIAG_PUBLICATION_CHARACTERS : CHY_DIAG_COUNT, next);
	if (fx->pilcrows || fx->fix->least != CHY_REPAIR_SAFE ||
	    changes->n == 0)
		return CHY_OK;
	st = chy_telegram_read(chy_buf_slice(next), opts, &after, err);
	if (st != CHY_OK)
		return st;
	if (!reads_the_same(tel, after)) {
		fx->pilcrows = true;
		make_changes(tel, changes, CHY_DIAG_PUBLICATION_CHARACTERS,
		    next);
	}
	chy_telegram_free(after);
	return CHY_OK;
}

/* One round: the text with its repairs in *text. False: none were made. */
static bool
round_of(fixing *fx, chy_buf *text, chy_status *ret_st, chy_error *err)
{
	chy_read_options opts = { .form = fx->fix->form,
	    .file = chy_slice_of(fx->path) };
	chy_telegram *tel = NULL;
	chy_findings found;
	chy_arena arena;
	chy_changes changes = { 0 };
	chy_buf next = CHY_BUF_INIT;
	bool any = false;

	chy_findings_init(&found);
	chy_arena_init(&arena, 0);
	*ret_st = chy_telegram_read(chy_buf_slice(text), &opts, &tel, err);
	if (*ret_st == CHY_OK)
		*ret_st = chy_check(tel, &fx->fix->opts, &found);
	if (*ret_st == CHY_OK)
		*ret_st = chy_repair_plan(tel, &found, fx->fix->least, &arena,
		    &changes);
	if (*ret_st != CHY_OK)
		goto out;
	fx->worst = chy_findings_worst(&found, fx->fix->opts.drafting);
	*ret_st = keep_reading(fx, tel, &opts, &changes, &next, err);
	if (*ret_st != CHY_OK)
		goto out;
	for (size_t i = 0; i < changes.n; i++)
		tell(fx, tel, &changes.at[i]);
	fx->changes += (unsigned)changes.n;
	any = changes.n > 0;
	if (any) {
		chy_buf_reset(text);
		chy_buf_put(text, chy_buf_slice(&next));
	}
	if (chy_buf_status(text) != CHY_OK || chy_buf_status(&next) != CHY_OK)
		*ret_st = CHY_ERR_NO_MEMORY;
out:
	chy_buf_done(&next);
	chy_arena_done(&arena);
	chy_findings_done(&found);
	chy_telegram_free(tel);
	return any && *ret_st == CHY_OK;
}

static chy_status
fix_piece(void *arg, const chy_piece *piece)
{
	fixing *fx = arg;
	chy_buf text = CHY_BUF_INIT;
	chy_severity worst = fx->worst;
	chy_error err = { 0 };
	chy_status st = CHY_OK;

	if (piece->n_segments > 0 || piece->wrapper != NULL) {
		fx->wrapped = true;
		return CHY_ERR_STOPPED;
	}
	fx->pilcrows = false;
	chy_buf_put(&text, piece->text);
	for (int i = 0; i < ROUNDS; i++)
		if (!round_of(fx, &text, &st, &err))
			break;
	if (worst > fx->worst)
		fx->worst = worst;
	chy_buf_put(&fx->out, chy_buf_slice(&text));
	chy_buf_done(&text);
	return st;
}

/* The new version; never over a file that is there. */
static void
write_new(fixing *fx)
{
	cmd_env *env = fx->fix->env;
	chy_buf name = CHY_BUF_INIT;
	chy_slice s = chy_buf_slice(&fx->out);
	const char *path = fx->fix->output;
	int fd;

	if (path != NULL) {
		chy_buf_puts(&name, path);
	} else {
		chy_buf_puts(&name, strcmp(fx->path, "-") == 0 ?
		    "standard-input" : fx->path);
		chy_buf_puts(&name, ".fixed");
	}
	path = chy_buf_slice(&name).ptr;
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	if (fd < 0) {
		cmd_trouble(env, path, errno == EEXIST ? "is there already; "
		    "move it away, or name another: --output NAME" :
		    "cannot be made: %s", strerror(errno));
		chy_buf_done(&name);
		return;
	}
	while (s.len > 0) {
		ssize_t n = write(fd, s.ptr, s.len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0) {
			cmd_trouble(env, path, "cannot be written: %s",
			    strerror(errno));
			break;
		}
		s = chy_slice_from(s, (size_t)n);
	}
	if (close(fd) != 0 && s.len == 0)
		cmd_trouble(env, path, "cannot be written: %s",
		    strerror(errno));
	if (!fx->fix->as_json)
		chy_sink_printf(env->out, "%s: %u repair%s, written to %s\n",
		    fx->path, fx->changes, fx->changes == 1 ? "" : "s", path);
	chy_buf_done(&name);
}

void
check_fix_file(check_fix *fix, const char *path, chy_severity *ret_worst)
{
	fixing fx = { .fix = fix, .path = path, .out = CHY_BUF_INIT };
	chy_buf bytes = CHY_BUF_INIT;
	chy_error err = { 0 };
	chy_status st;

	if (!check_load(fix->env, path, &bytes)) {
		chy_buf_done(&bytes);
		return;
	}
	st = chy_intake_bytes(chy_buf_slice(&bytes), fix_piece, &fx, &err);
	if (fx.wrapped)
		cmd_trouble(fix->env, path, "is a page or a dump; take the "
		    "telegram out first: chancery read --as state");
	else if (st != CHY_OK)
		cmd_trouble(fix->env, path, "%s", err.text[0] != '\0' ?
		    err.text : "could not be repaired");
	else if (fx.changes > 0)
		write_new(&fx);
	else if (!fix->as_json)
		chy_sink_printf(fix->env->out, "%s: nothing to repair\n",
		    path);
	if (fx.worst > *ret_worst)
		*ret_worst = fx.worst;
	chy_buf_done(&fx.out);
	chy_buf_done(&bytes);
}
