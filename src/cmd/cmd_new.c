/*
 * chancery new: a skeleton telegram to fill in, in the editor, checked each
 * time it is left.
 *
 * SPDX-License-Identifier: ISC
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/ascii.h"
#include "cmd/check_int.h"
#include "telegram/mrn.h"
#include "vocab/vocab.h"

enum { FROM, TO, INFO, CLASS, PRECEDENCE, TAGS, SUBJECT, NO_EDIT };

static const cmd_option options[] = {
	[FROM] = { "from", "POST", "the post that sends it", NULL, 0 },
	[TO] = { "to", "POSTS", "for action, commas between", NULL, 0 },
	[INFO] = { "info", "POSTS", "for information, commas between",
	    NULL, 0 },
	[CLASS] = { "class", "LEVEL", "U if not said", NULL, 0 },
	[PRECEDENCE] = { "precedence", "WORD", "ROUTINE if not said",
	    NULL, 0 },
	[TAGS] = { "tags", "CODES", "commas between", NULL, 0 },
	[SUBJECT] = { "subject", "TEXT", "in a few words", NULL, 0 },
	[NO_EDIT] = { "no-edit", NULL, "write the file and stop", NULL, 0 },
	{ NULL, NULL, NULL, NULL, 0 },
};

/* How a level stands in the line and in a portion mark. */
typedef struct level_words {
	const char *line, *mark;
} level_words;

static const level_words levels[] = {
	[CHY_LEVEL_UNCLASSIFIED] = { "UNCLAS", "U" },
	[CHY_LEVEL_LIMITED_OFFICIAL_USE] = { "LIMITED OFFICIAL USE", "LOU" },
	[CHY_LEVEL_CONFIDENTIAL] = { "C O N F I D E N T I A L", "C" },
	[CHY_LEVEL_SECRET] = { "S E C R E T", "S" },
	[CHY_LEVEL_TOP_SECRET] = { "T O P S E C R E T", "TS" },
};

typedef struct skeleton {
	chy_civil	 now;
	chy_level	 level;
	chy_precedence	 precedence;
	const cmd_env	*env;
	chy_buf		 text;
} skeleton;

/* In capitals, and nothing that would end the line. */
static void
put_word(chy_buf *out, chy_slice s)
{
	for (size_t i = 0; i < s.len; i++)
		chy_buf_printf(out, "%c", (unsigned char)s.ptr[i] < ' ' ?
		    ' ' : chy_upper(s.ptr[i]));
}

/* The items of a list with commas; before the first and between them. */
static void
put_list(chy_buf *out, const char *list, const char *before,
    const char *between)
{
	chy_slice all = chy_slice_of(list);

	for (size_t at = 0; at < all.len;) {
		size_t end = chy_slice_find(all, CHY_SLICE(","), at);
		chy_slice one = chy_slice_trim(chy_slice_sub(all, at,
		    end - at));

		if (one.len > 0) {
			chy_buf_puts(out, before);
			put_word(out, one);
			before = between;
		}
		at = end + 1;
	}
}

/* The name in a number is the post's without what kind of post it is. */
static chy_slice
mrn_name(const char *from)
{
	const chy_post *post = chy_vocab_post_by_plad(chy_slice_of(from));
	chy_slice name = chy_slice_of(from);
	size_t blank = chy_slice_find(name, CHY_SLICE(" "), 0);

	if (post != NULL && post->mrn_name.len > 0)
		return post->mrn_name;
	return blank < name.len ? chy_slice_from(name, blank + 1) : name;
}

static void
put_declassification(skeleton *s)
{
	if (s->level < CHY_LEVEL_CONFIDENTIAL)
		chy_buf_puts(&s->text, "E.O. 13526: N/A\n");
	else
		chy_buf_printf(&s->text, "E.O. 13526: DECL: %02d/%02d/%d\n",
		    s->now.month, s->now.day, s->now.year + 10);
}

static void
put_skeleton(skeleton *s)
{
	const char *const *v = s->env->value;
	const char *from = v[FROM] != NULL ? v[FROM] : "AMEMBASSY";
	chy_buf *out = &s->text;
	const level_words *w = &levels[s->level];

	put_word(out, chy_slice_sub(
	    chy_precedence_get(s->precedence)->prosign, 0, 1));
	chy_buf_printf(out, " %02d%02d%02dZ ", s->now.day, s->now.hour,
	    s->now.minute);
	put_word(out, chy_slice_sub(chy_slice_of(chy_month_name(
	    s->now.month)), 0, 3));
	chy_buf_printf(out, " %02d\nFM ", s->now.year % 100);
	put_word(out, chy_slice_of(from));
	chy_buf_puts(out, "\n");
	put_list(out, v[TO] != NULL ? v[TO] : "SECSTATE WASHDC", "TO ", "\n");
	if (v[INFO] != NULL)
		put_list(out, v[INFO], "\nINFO ", "\n");
	chy_buf_printf(out, "\nBT\n%s ", w->line);
	put_word(out, mrn_name(from));
	chy_buf_puts(out, " 000000\n\nSIPDIS\n\n");
	put_declassification(s);
	chy_buf_puts(out, "TAGS: ");
	put_list(out, v[TAGS] != NULL ? v[TAGS] : "", "", ", ");
	chy_buf_puts(out, "\nSUBJECT: ");
	/* A subject is to be fit for lists that anyone may see. */
	if (s->level >= CHY_LEVEL_CONFIDENTIAL)
		chy_buf_puts(out, "(U) ");
	put_word(out, chy_slice_of(v[SUBJECT] != NULL ? v[SUBJECT] : ""));
	chy_buf_puts(out, "\n\n");
	if (s->level >= CHY_LEVEL_CONFIDENTIAL)
		chy_buf_puts(out, "Classified By: NAME, TITLE, for reasons "
		    "1.4 (b) and (d)\n\n");
	chy_buf_printf(out, "1. (%s) \n\n2. (%s) \n\nSIGNATURE\nBT\nNNNN\n",
	    w->mark, w->mark);
}

/* A new file: one that is there is never written over. */
static bool
write_new(cmd_env *env, const char *path, chy_slice text)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	size_t at = 0;

	if (fd < 0) {
		cmd_trouble(env, path, "cannot be made: %s", strerror(errno));
		return false;
	}
	while (at < text.len) {
		ssize_t n = write(fd, text.ptr + at, text.len - at);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			break;
		at += (size_t)n;
	}
	if (close(fd) != 0 || at < text.len) {
		cmd_trouble(env, path, "cannot be written: %s",
		    strerror(errno));
		return false;
	}
	return true;
}

static const char *
editor(void)
{
	const char *visual = getenv("VISUAL"), *plain = getenv("EDITOR");

	if (visual != NULL && *visual != '\0')
		return visual;
	return plain != NULL && *plain != '\0' ? plain : "vi";
}

/* The editor is a command line of the user's own; the file is its last word.
 * Interrupts are the editor's as long as it runs. */
static bool
edit(cmd_env *env, const char *path)
{
	struct sigaction ignore = { .sa_handler = SIG_IGN }, before;
	chy_buf line = CHY_BUF_INIT;
	const char *command;
	int status = 0;
	pid_t child;

	chy_buf_printf(&line, "%s \"$1\"", editor());
	command = chy_buf_slice(&line).ptr;
	sigaction(SIGINT, &ignore, &before);
	child = chy_buf_status(&line) == CHY_OK ? fork() : -1;
	if (child == 0) {
		sigaction(SIGINT, &before, NULL);
		execl("/bin/sh", "sh", "-c", command, "sh", path,
		    (char *)NULL);
		_exit(127);
	}
	while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	sigaction(SIGINT, &before, NULL);
	chy_buf_done(&line);
	if (child > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return true;
	cmd_trouble(env, path, "the editor \"%s\" failed; the file is kept; "
	    "set VISUAL or EDITOR", editor());
	return false;
}

/* Enter or y: yes. */
static bool
once_more(void)
{
	char answer[16];

	if (!isatty(STDIN_FILENO))
		return false;
	fputs("chancery new: open it again? [Y/n] ", stderr);
	if (fgets(answer, sizeof(answer), stdin) == NULL)
		return false;
	return answer[0] == '\n' || answer[0] == 'y' || answer[0] == 'Y';
}

static int
take_options(cmd_env *env, skeleton *s)
{
	const char *v;

	s->level = CHY_LEVEL_UNCLASSIFIED;
	if ((v = env->value[CLASS]) != NULL) {
		s->level = chy_level_parse(chy_slice_of(v));
		if (s->level == CHY_LEVEL_NONE)
			return cmd_bad_usage(env, "--class takes a level as C "
			    "or SECRET, not \"%s\"", v);
	}
	s->precedence = CHY_PRECEDENCE_ROUTINE;
	if ((v = env->value[PRECEDENCE]) != NULL) {
		s->precedence = chy_precedence_from_word(chy_slice_of(v));
		if (s->precedence == CHY_PRECEDENCE_NONE)
			return cmd_bad_usage(env, "--precedence takes a word "
			    "as IMMEDIATE, not \"%s\"", v);
	}
	return EXIT_DONE;
}

static int
run(cmd_env *env, int argc, char **argv)
{
	skeleton s = { .env = env, .text = CHY_BUF_INIT,
	    .now = chy_civil_from((int64_t)time(NULL)) };
	chy_severity worst = CHY_SEVERITY_OFF;
	int status = take_options(env, &s);
	bool good;

	(void)argc;
	if (status != EXIT_DONE)
		return status;
	put_skeleton(&s);
	good = chy_buf_status(&s.text) == CHY_OK &&
	    write_new(env, argv[0], chy_buf_slice(&s.text));
	chy_buf_done(&s.text);
	if (!good || env->value[NO_EDIT] != NULL)
		return cmd_done(env);
	do {
		if (!edit(env, argv[0]))
			return cmd_done(env);
		status = check_draft(env, argv[0], &worst);
	} while (worst >= CHY_SEVERITY_WARNING && once_more());
	return status;
}

const chy_cmd cmd_new = { "FILE", 1, options, run };
