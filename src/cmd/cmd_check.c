/*
 * chancery check: every defect of a telegram at its place, with the rule that
 * it breaks. What a compiler is to C.
 *
 * SPDX-License-Identifier: ISC
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "check/series.h"
#include "cmd/check_int.h"
#include "forms/forms.h"
#include "intake/intake.h"

enum { AS, LEVEL, DRAFTING, ONLY, WITHOUT, TODAY, PROFILE, CEILING, FORM,
    TOGETHER, QUERY, FIX, OUTPUT };

static const char *
level_name(size_t i)
{
	return i < 4 ? chy_severity_name((chy_severity)(i +
	    CHY_SEVERITY_NOTE)) : NULL;
}

static const char *
profile_name(size_t i)
{
	static const char *const profiles[] = { "ascii", "ita2", "cui" };

	return i < ARRAY_LEN(profiles) ? profiles[i] : NULL;
}

static const char *
form_name(size_t i)
{
	const chy_form *f = chy_form_at(i);

	return f != NULL ? f->name : NULL;
}

static const char *
fix_name(size_t i)
{
	static const char *const fixes[] = { "safe", "all" };

	return i < ARRAY_LEN(fixes) ? fixes[i] : NULL;
}

static const cmd_option options[] = {
	[AS] = { "as", "FORM", "how to print: text if not said",
	    check_form_name, 0 },
	[LEVEL] = { "level", "L", "the least that is told: note if not said",
	    level_name, 0 },
	[DRAFTING] = { "drafting", NULL, "they are being written, not "
	    "received", NULL, 0 },
	[ONLY] = { "only", "CODES", "these codes alone, commas between, as "
	    "CLS-*", NULL, 0 },
	[WITHOUT] = { "without", "CODES", "all but these", NULL, 0 },
	[TODAY] = { "today", "D", "the day to go by, YYYY-MM-DD; the clock's "
	    "if not said", NULL, 0 },
	[PROFILE] = { "profile", "NAME", "what a draft must be fit for: ascii "
	    "if not said", profile_name, 0 },
	[CEILING] = { "ceiling", "LEVEL", "the highest level that the network "
	    "may carry", NULL, 0 },
	[FORM] = { "form", "NAME", "the form they are in, instead of finding "
	    "it out", form_name, 0 },
	[TOGETHER] = { "together", NULL, "look for numbers that are missing "
	    "or used twice among them", NULL, 0 },
	[QUERY] = { "query", "Q", "check what is found in the archive",
	    NULL, 'q' },
	[FIX] = { "fix", "[=all]", "make the safe repairs, or all, in a new "
	    "file", fix_name, 0 },
	[OUTPUT] = { "output", "NAME", "what the new file is called: "
	    "FILE.fixed if not said", NULL, 'o' },
	{ NULL, NULL, NULL, NULL, 0 },
};


/* ---- files ---- */

bool
check_load(cmd_env *env, const char *path, chy_buf *ret)
{
	bool standard = strcmp(path, "-") == 0;
	int fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n;

	if (fd < 0) {
		cmd_trouble(env, path, "cannot be opened: %s",
		    strerror(errno));
		return false;
	}
	for (;;) {
		char *room = chy_buf_room(ret, 65536);

		if (room == NULL) {
			cmd_trouble(env, path, "memory ran out");
			break;
		}
		n = read(fd, room, 65536);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			cmd_trouble(env, path, "cannot be read: %s",
			    strerror(errno));
		if (n <= 0)
			break;
		ret->len += (size_t)n;
	}
	if (!standard)
		close(fd);
	return ret->len > 0;
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The names in a folder, sorted; those that begin with a dot are left out. */
static char **
list_folder(cmd_env *env, const char *path, size_t *ret_n)
{
	DIR *dir = opendir(path);
	struct dirent *e;
	char **names = NULL;
	size_t n = 0, cap = 0;

	*ret_n = 0;
	if (dir == NULL) {
		cmd_trouble(env, path, "cannot be opened: %s",
		    strerror(errno));
		return NULL;
	}
	while ((e = readdir(dir)) != NULL) {
		size_t len = strlen(path) + strlen(e->d_name) + 2;

		if (e->d_name[0] == '.')
			continue;
		if (n == cap) {
			char **more = realloc(names, (cap + 64) *
			    sizeof(*names));

			if (more == NULL)
				break;
			names = more;
			cap += 64;
		}
		names[n] = malloc(len);
		if (names[n] == NULL)
			break;
		snprintf(names[n++], len, "%s%s%s", path,
		    path[strlen(path) - 1] == '/' ? "" : "/", e->d_name);
	}
	closedir(dir);
	if (n > 1)
		qsort(names, n, sizeof(*names), by_name);
	*ret_n = n;
	return names;
}

bool
check_walk(cmd_env *env, const char *path,
    bool (*each)(void *arg, const char *path), void *arg)
{
	struct stat sb;
	char **names;
	size_t n;
	bool go_on = true;

	if (strcmp(path, "-") == 0 || stat(path, &sb) != 0 ||
	    !S_ISDIR(sb.st_mode))
		return each(arg, path);
	names = list_folder(env, path, &n);
	for (size_t i = 0; i < n; i++) {
		/* Links to folders are not followed: they may go round. */
		if (go_on && !(lstat(names[i], &sb) == 0 &&
		    S_ISLNK(sb.st_mode) && stat(names[i], &sb) == 0 &&
		    S_ISDIR(sb.st_mode)))
			go_on = check_walk(env, names[i], each, arg);
		free(names[i]);
	}
	free(names);
	return go_on;
}


/* ---- one telegram ---- */

static void
put_finding(check_run *run, const chy_telegram *tel, const chy_finding *f,
    const char *name, uint32_t part, uint32_t lines_before)
{
	chy_diag diag = chy_finding_diag(f);
	const char *code = chy_diag_code(diag);
	check_item item = { .tel = tel, .file = name, .part = part,
	    .lines_before = lines_before, .diag = diag,
	    .severity = chy_diag_severity(diag, run->opts.drafting),
	    .detail = chy_finding_detail(&run->found, f),
	    .span = { f->off, f->len } };
	uint32_t line, column;

	if (item.severity < run->level || (run->only.len > 0 &&
	    !silence_match_any(run->only, chy_slice_of(code))) ||
	    (run->without.len > 0 &&
	    silence_match_any(run->without, chy_slice_of(code))))
		return;
	if (run->silent.n > 0) {
		chy_telegram_place(tel, f->off, &line, &column);
		item.silenced = silences_find(&run->silent, name,
		    line + lines_before, code);
	}
	if (item.silenced.len > 0)
		run->silenced++;
	else if (item.severity > run->worst)
		run->worst = item.severity;
	check_put(&run->writer, &item);
}

chy_status
check_telegram(check_run *run, const chy_telegram *tel, const char *name,
    uint32_t part, uint32_t lines_before, const chy_check_context *context)
{
	chy_status st = chy_check(tel, &run->opts, &run->found);

	if (st == CHY_OK && context != NULL)
		st = chy_check_archive(tel, &run->opts, context, &run->found);
	if (st != CHY_OK)
		return st;
	for (size_t i = 0; i < run->found.count; i++)
		put_finding(run, tel, &run->found.list[i], name, part,
		    lines_before);
	if (run->found.truncated)
		cmd_trouble(run->env, name, "has more findings than are kept");
	return chy_sink_status(run->env->out);
}


/* ---- files of a command line ---- */

typedef struct file_run {
	check_run  *run;
	const char *name;
	uint32_t    lines;	/* of the parts before */
	size_t	    pieces;
	chy_series *series;	/* --together; else NULL */
	bool	    adding;	/* first time over: only gather */
	size_t	    next;
} file_run;

static uint32_t
count_lines(chy_slice s)
{
	const char *p = s.ptr, *end = s.ptr + s.len;
	uint32_t n = 0;

	while (p < end && (p = memchr(p, '\n', (size_t)(end - p))) != NULL) {
		n++;
		p++;
	}
	return n;
}

static chy_status
check_read(file_run *fr, const chy_piece *piece, const char *name)
{
	check_run *run = fr->run;
	chy_check_context x, *context = NULL;
	uint32_t missing[64];

	if (fr->adding)
		return chy_series_add(fr->series, run->tel, chy_slice_of(
		    name));
	if (fr->series != NULL) {
		x = chy_series_context(fr->series, fr->next++);
		for (uint32_t i = 0; i < run->tel->n_references &&
		    x.n_missing < ARRAY_LEN(missing); i++)
			if (run->tel->references[i].kind == CHY_REF_TELEGRAM &&
			    !chy_series_has(fr->series,
			    run->tel->references[i].value))
				missing[x.n_missing++] = i;
		x.missing = missing;
		context = &x;
	}
	return check_telegram(run, run->tel, name, piece->part, fr->lines,
	    context);
}

static chy_status
check_piece(void *arg, const chy_piece *piece)
{
	file_run *fr = arg;
	check_run *run = fr->run;
	const char *name = fr->name;
	chy_read_options opts = { .form = run->form,
	    .file = strcmp(name, "-") == 0 ? CHY_EMPTY : chy_slice_of(name),
	    .wrapper = piece->wrapper, .part = piece->part };
	chy_error err = { 0 };
	chy_status st;

	fr->pieces++;
	if (piece->trouble != NULL && !fr->adding)
		cmd_trouble(run->env, name, "%s", piece->trouble);
	if (run->tel == NULL)
		st = chy_telegram_read(piece->text, &opts, &run->tel, &err);
	else
		st = chy_telegram_reread(run->tel, piece->text, &opts, &err);
	if (st == CHY_OK)
		st = check_read(fr, piece, name);
	else if (st != CHY_ERR_NO_MEMORY) {
		if (!fr->adding)
			cmd_trouble(run->env, name, "%s", err.text);
		st = CHY_OK;
	}
	/* Parts of a plain stream are the file's lines one after the other;
	 * what was wrapped has lines of its own. */
	if (piece->n_segments == 0)
		fr->lines += count_lines(piece->text);
	return st;
}

static chy_status
intake(file_run *fr, const char *path)
{
	chy_buf bytes = CHY_BUF_INIT;
	chy_error err = { 0 };
	chy_status st = CHY_OK;
	bool loaded = check_load(fr->run->env, path, &bytes);

	fr->name = path;
	fr->lines = 0;
	fr->pieces = 0;
	if (loaded)
		st = chy_intake_bytes(chy_buf_slice(&bytes), check_piece, fr,
		    &err);
	if (st != CHY_OK && st != CHY_ERR_NO_MEMORY &&
	    chy_sink_status(fr->run->env->out) == CHY_OK)
		cmd_trouble(fr->run->env, path, "%s", err.text);
	chy_buf_done(&bytes);
	return st;
}

static bool
gather_file(void *arg, const char *path)
{
	file_run *fr = arg;

	if (strcmp(path, "-") == 0)
		cmd_trouble(fr->run->env, NULL, "standard input cannot be "
		    "read twice, as --together does");
	else
		fr->run->failed |= intake(fr, path) == CHY_ERR_NO_MEMORY;
	return !fr->run->failed;
}

static bool
check_file(void *arg, const char *path)
{
	file_run *fr = arg;
	check_run *run = fr->run;

	if (!silences_read_beside(run->env, &run->silent, path)) {
		run->failed = true;
		return false;
	}
	check_file_begin(&run->writer, path);
	run->failed |= intake(fr, path) == CHY_ERR_NO_MEMORY;
	check_file_end(&run->writer, path);
	return !run->failed && chy_sink_status(run->env->out) == CHY_OK;
}

static void
check_files(check_run *run, int argc, char **argv)
{
	file_run fr = { .run = run };

	if (run->env->value[TOGETHER] != NULL) {
		fr.series = chy_series_new();
		fr.adding = true;
		for (int i = 0; i < argc && fr.series != NULL; i++)
			check_walk(run->env, argv[i], gather_file, &fr);
		fr.adding = false;
		if (fr.series != NULL)
			chy_series_settle(fr.series);
	}
	for (int i = 0; i < argc; i++)
		if (!check_walk(run->env, argv[i], check_file, &fr))
			break;
	chy_series_free(fr.series);
}

typedef struct fix_run {
	check_fix   *fix;
	const char  *named;	/* on the command line */
	chy_severity worst;
} fix_run;

static bool
fix_file(void *arg, const char *path)
{
	fix_run *fx = arg;
	size_t n = strlen(path);

	/* What an earlier run wrote is not repaired again in a folder. */
	if (n > 6 && strcmp(path + n - 6, ".fixed") == 0 &&
	    strcmp(path, fx->named) != 0)
		return true;
	check_fix_file(fx->fix, path, &fx->worst);
	return true;
}


/* ---- the command ---- */

static chy_ymd
today(void)
{
	chy_civil c = chy_civil_from((int64_t)time(NULL));

	return chy_ymd_of(c.year, c.month, c.day);
}

/* Every code of a list must fit one; else it is a slip. */
static bool
are_codes(const char *list)
{
	chy_slice all = chy_slice_of(list);
	size_t at = 0;

	while (at < all.len) {
		size_t end = chy_slice_find(all, CHY_SLICE(","), at);
		chy_slice one = chy_slice_sub(all, at, end - at);
		bool found = false;

		for (int i = 0; i < CHY_DIAG_COUNT && !found; i++)
			found = silence_match(chy_slice_trim(one),
			    chy_slice_of(chy_diag_code((chy_diag)i)));
		if (!found)
			return false;
		at = end + 1;
	}
	return all.len > 0;
}

static int
take_options(cmd_env *env, check_run *run)
{
	const char *v;

	if ((v = env->value[AS]) != NULL &&
	    !check_form_find(v, &run->writer.form))
		return cmd_bad_value(env, &options[AS], v);
	run->level = CHY_SEVERITY_NOTE;
	if ((v = env->value[LEVEL]) != NULL &&
	    (!chy_severity_parse(chy_slice_of(v), &run->level) ||
	    run->level == CHY_SEVERITY_OFF))
		return cmd_bad_value(env, &options[LEVEL], v);
	for (int i = ONLY; i <= WITHOUT; i++)
		if ((v = env->value[i]) != NULL && !are_codes(v))
			return cmd_bad_usage(env, "--%s: there is no code like "
			    "\"%s\"", options[i].name, v);
	if (env->value[ONLY] != NULL)
		run->only = chy_slice_of(env->value[ONLY]);
	if (env->value[WITHOUT] != NULL)
		run->without = chy_slice_of(env->value[WITHOUT]);
	run->opts.today = today();
	if ((v = env->value[TODAY]) != NULL &&
	    !cmd_ymd(v, &run->opts.today))
		return cmd_bad_usage(env, "--today takes a day as 2026-01-31, "
		    "not \"%s\"", v);
	if ((v = env->value[PROFILE]) != NULL) {
		if (!cmd_has_value(&options[PROFILE], v))
			return cmd_bad_value(env, &options[PROFILE], v);
		run->opts.profile = strcmp(v, "ita2") == 0 ?
		    CHY_PROFILE_ITA2 : strcmp(v, "cui") == 0 ?
		    CHY_PROFILE_CUI : 0;
	}
	if ((v = env->value[CEILING]) != NULL) {
		run->opts.ceiling = chy_level_parse(chy_slice_of(v));
		if (run->opts.ceiling == CHY_LEVEL_NONE)
			return cmd_bad_usage(env, "--ceiling takes a level as "
			    "C or SECRET, not \"%s\"", v);
	}
	if ((v = env->value[FORM]) != NULL &&
	    !cmd_has_value(&options[FORM], v))
		return cmd_bad_value(env, &options[FORM], v);
	run->form = v;
	run->opts.drafting = env->value[DRAFTING] != NULL;
	run->writer.drafting = run->opts.drafting;
	return EXIT_DONE;
}

static int
fix(cmd_env *env, const check_run *run, int argc, char **argv,
    chy_severity *ret_worst)
{
	const char *how = env->value[FIX];
	check_fix cf = { .env = env, .opts = run->opts, .form = run->form,
	    .least = strcmp(how, "all") == 0 ? CHY_REPAIR_DOUBTFUL :
	    CHY_REPAIR_SAFE, .output = env->value[OUTPUT],
	    .as_json = run->writer.form == CHECK_JSON };
	fix_run fx = { .fix = &cf };

	if (*how != '\0' && !cmd_has_value(&options[FIX], how))
		return cmd_bad_value(env, &options[FIX], how);
	if (run->writer.form > CHECK_JSON)
		return cmd_bad_usage(env, "--fix tells as text or json");
	if (cf.output != NULL && argc != 1)
		return cmd_bad_usage(env, "--output names one new file, for "
		    "one old one");
	for (int i = 0; i < argc; i++) {
		fx.named = argv[i];
		check_walk(env, argv[i], fix_file, &fx);
	}
	*ret_worst = fx.worst;
	return EXIT_DONE;
}

/* By the worst finding; a file that could not be checked is as bad. */
static int
exit_by(const cmd_env *env, chy_severity worst)
{
	static const int status[] = { [CHY_SEVERITY_OFF] = 0,
	    [CHY_SEVERITY_NOTE] = 0, [CHY_SEVERITY_STYLE] = 1,
	    [CHY_SEVERITY_WARNING] = 2, [CHY_SEVERITY_ERROR] = 3 };

	return env->partly ? EXIT_PART : status[worst];
}

int
check_draft(cmd_env *env, const char *path, chy_severity *ret_worst)
{
	check_run run = { .env = env, .writer.env = env,
	    .level = CHY_SEVERITY_NOTE, .opts = { .today = today(),
	    .drafting = true } };
	char *paths[] = { (char *)path };
	int status;

	run.writer.drafting = true;
	chy_findings_init(&run.found);
	silences_init(&run.silent);
	check_begin(&run.writer);
	check_files(&run, 1, paths);
	check_end(&run.writer);
	*ret_worst = run.worst;
	status = run.failed ? EXIT_SYSTEM : exit_by(env, run.worst);
	chy_findings_done(&run.found);
	silences_done(&run.silent);
	check_writer_done(&run.writer);
	chy_telegram_free(run.tel);
	return status;
}

static int
run(cmd_env *env, int argc, char **argv)
{
	check_run run = { .env = env, .writer.env = env };
	int status;

	chy_findings_init(&run.found);
	silences_init(&run.silent);
	status = take_options(env, &run);
	if (status == EXIT_DONE && env->value[QUERY] == NULL && argc == 0)
		status = cmd_bad_usage(env, "FILE... is missing; say - for "
		    "standard input, or --query for the archive");
	if (status == EXIT_DONE && env->value[QUERY] != NULL && argc > 0)
		status = cmd_bad_usage(env, "either files or --query, not "
		    "both");
	if (status == EXIT_DONE && env->value[FIX] != NULL &&
	    env->value[QUERY] != NULL)
		status = cmd_bad_usage(env, "--fix makes new files; export "
		    "the telegrams first");
	if (status == EXIT_DONE && env->value[OUTPUT] != NULL &&
	    env->value[FIX] == NULL)
		status = cmd_bad_usage(env, "--output goes with --fix");
	if (status == EXIT_DONE && env->value[FIX] != NULL) {
		status = fix(env, &run, argc, argv, &run.worst);
	} else if (status == EXIT_DONE) {
		check_begin(&run.writer);
		if (env->value[QUERY] != NULL)
			status = check_query(&run, env->value[QUERY]);
		else
			check_files(&run, argc, argv);
		check_end(&run.writer);
	}
	if (run.failed)
		status = EXIT_SYSTEM;
	if (run.silenced > 0 && run.writer.form == CHECK_TEXT)
		fprintf(stderr, "chancery check: %llu finding%s silenced\n",
		    (unsigned long long)run.silenced,
		    run.silenced == 1 ? "" : "s");
	chy_findings_done(&run.found);
	silences_done(&run.silent);
	check_writer_done(&run.writer);
	chy_telegram_free(run.tel);
	return status != EXIT_DONE ? status : exit_by(env, run.worst);
}

const chy_cmd cmd_check = { "[FILE...]", 0, options, run };
