/*
 * chancery distribute: who gets a telegram and why; keeps rules, tries new
 * ones, runs the tests that stand beside them.
 *
 * SPDX-License-Identifier: ISC
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "cmd/distributing.h"
#include "cmd/output.h"
#include "cmd/show.h"
#include "forms/forms.h"
#include "intake/intake.h"

enum { AS, RULES, BRIEF, DATE, US, SAVE, BY, TEST, TRY, QUERY, RECORD };

static const cmd_option options[] = {
	[AS] = { "as", "FORM", "how to print: text if not said",
	    cmd_text_or_json, 0 },
	[RULES] = { "rules", "FILE", "rules to use instead of those that the "
	    "archive keeps", NULL, 0 },
	[BRIEF] = { "brief", NULL, "names alone, without rules and words",
	    NULL, 0 },
	[DATE] = { "date", "DAY", "rules and offices as of that day, as "
	    "2008-06-09", NULL, 0 },
	[US] = { "us", "POST", "our post, for copies that come back to the "
	    "sender", NULL, 0 },
	[SAVE] = { "save", NULL, "keep the rules of --rules in the archive",
	    NULL, 0 },
	[BY] = { "by", "NAME", "who keeps them: the login name if not said",
	    NULL, 0 },
	[TEST] = { "test", "FILE", "run the tests that stand in a rule file",
	    NULL, 0 },
	[TRY] = { "try", "FILE", "replay what --query finds: who would gain "
	    "and lose what by these rules", NULL, 0 },
	[QUERY] = { "query", "QUERY", "what --try and --record go over",
	    NULL, 0 },
	[RECORD] = { "record", NULL, "distribute what --query finds and was "
	    "filed before there were rules", NULL, 0 },
	{ NULL, NULL, NULL, NULL, 0 },
};

typedef struct distributing {
	cmd_env	   *env;
	bool	    as_json;
	bool	    brief;
	const chy_ruleset *rules;
	chy_distribute_options opts;
	chy_open_cases *cases;	/* of the archive, once it was asked */
	chy_arena   arena;
	chy_telegram *tel;
	const char *name;	/* of a file */
	int	    fd;
	size_t	    printed;
} distributing;

/* One result, with its number or the name of its file. */
static void
put(distributing *g, chy_slice id, const chy_distribution *d)
{
	chy_sink *out = g->env->out;

	if (g->as_json) {
		chy_sink_puts(out, "{\"canonical_id\":");
		chy_sink_json(out, id);
		chy_sink_puts(out, ",");
		chy_distribution_json(d, out);
		chy_sink_puts(out, "}\n");
		return;
	}
	if (g->printed++ > 0)
		chy_sink_puts(out, "\n");
	out_bold(out, g->env->colour);
	out_text(out, id);
	out_plain(out, g->env->colour);
	chy_sink_puts(out, "\n");
	chy_distribution_text(d, !g->brief, out);
}

static chy_status
evaluate(distributing *g, const chy_telegram *tel, chy_slice id,
    chy_error *err)
{
	chy_distribution d;
	chy_status st = CHY_OK;

	if (g->env->reg != NULL && g->cases == NULL)
		st = chy_registry_open_cases(g->env->reg, &g->env->reader,
		    &g->cases, err);
	if (st == CHY_OK)
		st = chy_open_cases_for(g->cases, tel, &g->arena, &g->opts,
		    err);
	if (st == CHY_OK)
		st = chy_distribute(g->rules->rules, tel, &g->opts, &g->arena,
		    &d, err);
	if (st == CHY_OK)
		put(g, id, &d);
	chy_arena_reset(&g->arena);
	return st;
}


/* ---- a file ---- */

static chy_status
fill(void *arg, char *buf, size_t size, size_t *ret_len, chy_error *err)
{
	distributing *g = arg;
	ssize_t n;

	do
		n = read(g->fd, buf, size);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return chy_fail_sys(err, errno, "cannot be read");
	*ret_len = (size_t)n;
	return CHY_OK;
}

static chy_status
each_piece(void *arg, const chy_piece *piece)
{
	distributing *g = arg;
	chy_read_options opts = { .wrapper = piece->wrapper,
	    .part = piece->part, .file = chy_slice_of(g->name) };
	chy_error err = { 0 };
	chy_status st;

	if (piece->trouble != NULL) {
		cmd_trouble(g->env, g->name, "%s", piece->trouble);
		return CHY_OK;
	}
	st = g->tel == NULL ? chy_telegram_read(piece->text, &opts, &g->tel,
	    &err) : chy_telegram_reread(g->tel, piece->text, &opts, &err);
	if (st == CHY_OK)
		st = evaluate(g, g->tel, g->tel->canonical_id.len > 0 ?
		    g->tel->canonical_id : chy_slice_of(g->name), &err);
	if (st != CHY_OK && st != CHY_ERR_NO_MEMORY) {
		cmd_trouble(g->env, g->name, "%s", err.text);
		return CHY_OK;
	}
	return st;
}

static int
one_file(distributing *g, const char *path)
{
	chy_error err = { 0 };
	chy_status st;

	g->name = path;
	g->fd = strcmp(path, "-") == 0 ? STDIN_FILENO :
	    open(path, O_RDONLY | O_CLOEXEC);
	if (g->fd < 0) {
		cmd_trouble(g->env, path, "cannot be opened: %s",
		    strerror(errno));
		return EXIT_DONE;
	}
	st = chy_intake(fill, g, each_piece, g, &err);
	if (g->fd != STDIN_FILENO)
		close(g->fd);
	if (st == CHY_OK)
		return EXIT_DONE;
	err.status = st;
	return cmd_failed(g->env, &err);
}

static bool
is_file(const char *word)
{
	struct stat sb;

	return strcmp(word, "-") == 0 || (stat(word, &sb) == 0 &&
	    S_ISREG(sb.st_mode));
}


/* ---- the archive ---- */

/* Rules that were not named: those of the archive. */
static int
need_rules(distributing *g, chy_ruleset **own)
{
	chy_error err = { 0 };
	chy_status st;

	if (g->rules != NULL)
		return EXIT_DONE;
	if (g->env->reg == NULL) {
		int status = cmd_open(g->env, NEEDS_ARCHIVE);

		if (status != EXIT_DONE)
			return status;
	}
	st = chy_registry_rules(g->env->reg, &g->env->reader, own, &err);
	if (st != CHY_OK) {
		err.status = st;
		return cmd_failed(g->env, &err);
	}
	g->rules = *own;
	if (*own == NULL)
		return cmd_bad_usage(g->env, "the archive keeps no rules; say "
		    "--rules FILE, or keep some with --rules FILE --save");
	return EXIT_DONE;
}

/* As it was sent, or by other rules. */
static chy_status
one_filed(distributing *g, const char *address, chy_error *err)
{
	cmd_env *env = g->env;
	chy_filed_distribution *d;
	chy_shown *shown;
	chy_status st;

	if (g->rules == NULL) {
		st = chy_registry_distribution(env->reg, &env->reader,
		    chy_slice_of(address), &d, err);
		if (st == CHY_OK && !d->distributed && d->n == 0) {
			cmd_trouble(env, address, "was filed before the "
			    "archive had rules; distribute it: chancery "
			    "distribute --record --query QUERY");
		} else if (st == CHY_OK) {
			chy_distribution told = chy_filed_as_told(d);

			put(g, d->line.id, &told);
		}
		if (st == CHY_OK)
			chy_filed_distribution_free(d);
		return st;
	}
	st = chy_registry_show(env->reg, &env->reader, chy_slice_of(address),
	    &shown, err);
	if (st != CHY_OK)
		return st;
	if (!shown->parts[0].whole)
		st = chy_fail(err, CHY_ERR_NOT_FOUND, "%s: not in this "
		    "archive", address);
	else
		st = evaluate(g, shown->parts[0].telegram, shown->line.id,
		    err);
	chy_shown_free(shown);
	return st;
}

static chy_status
each_found(void *arg, chy_slice id, const chy_distribution *before,
    const chy_distribution *after)
{
	(void)before;
	put(arg, id, after);
	return CHY_OK;
}

static int
all_found(distributing *g, int argc, char **argv)
{
	chy_buf buf = CHY_BUF_INIT;
	chy_slice query = cmd_join(&buf, argc, argv);
	chy_ruleset *own = NULL;
	chy_error err = { 0 };
	int status = need_rules(g, &own);
	chy_status st;

	if (status == EXIT_DONE) {
		st = chy_registry_compare(g->env->reg, &g->env->reader, query,
		    g->rules->rules, each_found, g, &err);
		if (st != CHY_OK) {
			err.status = st;
			status = cmd_failed_query(g->env, query, &err);
		}
	}
	chy_ruleset_free(own);
	chy_buf_done(&buf);
	return status;
}

static int
words(distributing *g, int argc, char **argv)
{
	chy_ruleset *own = NULL;
	int status = EXIT_DONE;

	if (is_file(argv[0])) {
		status = need_rules(g, &own);
		for (int i = 0; i < argc && status == EXIT_DONE; i++)
			status = one_file(g, argv[i]);
		chy_ruleset_free(own);
		return status;
	}
	status = cmd_open(g->env, NEEDS_ARCHIVE);
	for (int i = 0; i < argc && status == EXIT_DONE; i++) {
		chy_error err = { 0 };
		chy_status st = one_filed(g, argv[i], &err);

		if (st == CHY_ERR_INVALID)
			return all_found(g, argc - i, argv + i);
		err.status = st;
		if (st != CHY_OK)
			status = cmd_not_shown(g->env, argv[i], &err);
	}
	return status;
}


/* ---- keeping, trying, recording ---- */

static int
save(distributing *g)
{
	cmd_env *env = g->env;
	chy_error err = { 0 };
	chy_status st;
	int status = cmd_open(env, NEEDS_CREATE);

	if (status != EXIT_DONE)
		return status;
	st = chy_registry_save_rules(env->reg, &env->reader, g->rules,
	    cmd_who(env->value[BY]), (int64_t)time(NULL), &err);
	if (st != CHY_OK) {
		err.status = st;
		return cmd_failed(env, &err);
	}
	chy_sink_printf(env->out, "%u rules kept; what is filed from now on "
	    "is distributed by them\n", chy_rules_count(g->rules->rules));
	return EXIT_DONE;
}

static int
record(distributing *g)
{
	cmd_env *env = g->env;
	chy_slice query = chy_slice_of(env->value[QUERY] != NULL ?
	    env->value[QUERY] : "");
	chy_error err = { 0 };
	uint64_t n = 0;
	chy_status st;
	int status = cmd_open(env, NEEDS_WRITE);

	if (status != EXIT_DONE)
		return status;
	st = chy_registry_distribute(env->reg, &env->reader, query,
	    (int64_t)time(NULL), &n, &err);
	if (st != CHY_OK) {
		err.status = st;
		return cmd_failed_query(env, query, &err);
	}
	chy_sink_printf(env->out, "%" PRIu64 " telegrams distributed\n", n);
	return EXIT_DONE;
}

typedef struct trying {
	distributing *g;
	uint64_t      telegrams, changed, gains, losses;
} trying;

static bool
is_copy(const chy_delivery *d)
{
	return d->kind <= CHY_DELIVERY_POSTED;
}

static const chy_delivery *
same_copy(const chy_distribution *in, const chy_delivery *of)
{
	for (uint32_t i = 0; i < in->n; i++)
		if (is_copy(&in->at[i]) &&
		    chy_slice_eq(in->at[i].office, of->office) &&
		    chy_slice_eq(in->at[i].addressee, of->addressee))
			return &in->at[i];
	return NULL;
}

/* Copies of `in` that `other` has not, or has in another role. */
static uint64_t
put_difference(trying *t, const char *what, chy_slice id,
    const chy_distribution *in, const chy_distribution *other, bool roles)
{
	chy_sink *out = t->g->env->out;
	uint64_t n = 0;

	for (uint32_t i = 0; i < in->n; i++) {
		const chy_delivery *d = &in->at[i], *has;

		if (!is_copy(d))
			continue;
		has = same_copy(other, d);
		if (has != NULL && (!roles || has->kind == d->kind))
			continue;
		n++;
		if (t->g->as_json) {
			json j = json_open(out);

			json_text(&j, "canonical_id", id);
			json_text(&j, "change", chy_slice_of(has != NULL ?
			    "turns" : what));
			json_text(&j, "office", d->office);
			json_text_or_null(&j, "addressee", d->addressee);
			json_text(&j, "kind", chy_slice_of(
			    chy_delivery_kind_name(d->kind)));
			json_close(&j);
			continue;
		}
		out_text(out, id);
		chy_sink_puts(out, "  ");
		out_text(out, d->office);
		chy_sink_printf(out, " %s %s: ", has != NULL ? "turns to" :
		    what, chy_delivery_kind_name(d->kind));
		chy_because_text(d->because, d->n_because, out);
		chy_sink_puts(out, "\n");
	}
	return n;
}

static chy_status
compare(void *arg, chy_slice id, const chy_distribution *before,
    const chy_distribution *after)
{
	trying *t = arg;
	uint64_t gains = put_difference(t, "gains", id, after, before, true);
	uint64_t losses = put_difference(t, "loses", id, before, after,
	    false);

	t->telegrams++;
	t->gains += gains;
	t->losses += losses;
	t->changed += gains + losses > 0;
	return CHY_OK;
}

static int
try_rules(distributing *g, const char *path)
{
	cmd_env *env = g->env;
	trying t = { .g = g };
	chy_slice query = chy_slice_of(env->value[QUERY] != NULL ?
	    env->value[QUERY] : "");
	chy_ruleset *rules = NULL;
	chy_error err = { 0 };
	int status = cmd_read_rules(env, path, &rules);
	chy_status st;

	if (status == EXIT_DONE)
		status = cmd_open(env, NEEDS_ARCHIVE);
	if (status == EXIT_DONE) {
		st = chy_registry_compare(env->reg, &env->reader, query,
		    rules->rules, compare, &t, &err);
		if (st != CHY_OK) {
			err.status = st;
			status = cmd_failed_query(env, query, &err);
		} else if (!g->as_json) {
			chy_sink_printf(env->out, "%" PRIu64 " telegrams, %"
			    PRIu64 " would change: %" PRIu64 " copies gained "
			    "or turned, %" PRIu64 " lost\n", t.telegrams,
			    t.changed, t.gains, t.losses);
		}
	}
	chy_ruleset_free(rules);
	return status;
}


/* ---- tests beside rules ---- */

typedef struct testing {
	distributing   *g;
	const chy_rules *rules;
	uint32_t	at;
	bool		failed;
	bool		read;
} testing;

static void
differs(void *arg, const char *what)
{
	testing *t = arg;

	if (!t->failed)
		chy_sink_printf(t->g->env->out, "not ok %u - %.*s\n",
		    t->at + 1, CHY_ARG(chy_rules_test_at(t->rules,
		    t->at).name));
	chy_sink_printf(t->g->env->out, "# %s\n", what);
	t->failed = true;
}

static chy_status
test_piece(void *arg, const chy_piece *piece)
{
	testing *t = arg;
	distributing *g = t->g;
	chy_rules_test test = chy_rules_test_at(t->rules, t->at);
	chy_read_options opts = { .wrapper = piece->wrapper };
	chy_distribution d;
	chy_error err = { 0 };
	chy_status st;

	t->read = true;
	st = g->tel == NULL ? chy_telegram_read(piece->text, &opts, &g->tel,
	    &err) : chy_telegram_reread(g->tel, piece->text, &opts, &err);
	if (st == CHY_OK)
		st = chy_distribute(t->rules, g->tel, &test.opts, &g->arena,
		    &d, &err);
	if (st == CHY_OK)
		chy_rules_test_check(t->rules, t->at, &d, differs, t);
	else
		differs(t, err.text);
	chy_arena_reset(&g->arena);
	return CHY_OK;
}

/* The telegram stands beside the file of the test, which stands beside the
 * first. */
static void
run_test(testing *t, const char *rules_path)
{
	distributing *g = t->g;
	chy_rules_test test = chy_rules_test_at(t->rules, t->at);
	chy_buf path = CHY_BUF_INIT;
	size_t cut = strlen(rules_path), folder = test.file.len;
	chy_error err = { 0 };

	t->failed = t->read = false;
	if (test.text.len > 0) {
		chy_piece piece = { .text = test.text };

		(void)test_piece(t, &piece);
	} else {
		while (cut > 0 && rules_path[cut - 1] != '/')
			cut--;
		while (folder > 0 && test.file.ptr[folder - 1] != '/')
			folder--;
		chy_buf_printf(&path, "%.*s%.*s%.*s", (int)cut, rules_path,
		    (int)folder, test.file.ptr, CHY_ARG(test.telegram));
		g->fd = open(chy_buf_slice(&path).ptr, O_RDONLY | O_CLOEXEC);
		if (g->fd < 0) {
			differs(t, strerror(errno));
		} else {
			if (chy_intake(fill, g, test_piece, t, &err) != CHY_OK)
				differs(t, err.text);
			else if (!t->read)
				differs(t, "the file holds no telegram");
			close(g->fd);
		}
		chy_buf_done(&path);
	}
	if (!t->failed)
		chy_sink_printf(g->env->out, "ok %u - %.*s\n", t->at + 1,
		    CHY_ARG(test.name));
}

static int
test_rules(distributing *g, const char *path)
{
	chy_ruleset *rules = NULL;
	int status = cmd_read_rules(g->env, path, &rules);
	testing t = { .g = g };
	uint32_t n, failed = 0;

	if (status != EXIT_DONE)
		return status;
	t.rules = rules->rules;
	n = chy_rules_tests(t.rules);
	chy_sink_printf(g->env->out, "1..%u\n", n);
	for (t.at = 0; t.at < n; t.at++) {
		run_test(&t, path);
		failed += t.failed;
	}
	chy_ruleset_free(rules);
	return failed == 0 ? EXIT_DONE : EXIT_PART;
}


/* ---- all of it ---- */

static int
dispatch(distributing *g, int argc, char **argv)
{
	const cmd_env *env = g->env;

	if (env->value[TEST] != NULL)
		return test_rules(g, env->value[TEST]);
	if (env->value[TRY] != NULL)
		return try_rules(g, env->value[TRY]);
	if (env->value[RECORD] != NULL)
		return record(g);
	if (env->value[SAVE] != NULL)
		return g->rules != NULL ? save(g) : cmd_bad_usage(env,
		    "--save needs --rules FILE");
	if (argc == 0)
		return cmd_bad_usage(env, "which telegrams? Name files, "
		    "numbers or a query");
	return words(g, argc, argv);
}

static int
run(cmd_env *env, int argc, char **argv)
{
	distributing g = { .env = env, .brief = env->value[BRIEF] != NULL,
	    .opts = { .us = CHY_EMPTY } };
	chy_ruleset *rules = NULL;
	int status = EXIT_DONE;

	g.as_json = cmd_wants_json(env, &options[AS], env->value[AS],
	    &status);
	if (status != EXIT_DONE)
		return status;
	if (env->value[DATE] != NULL && !cmd_ymd(env->value[DATE],
	    &g.opts.date))
		return cmd_bad_usage(env, "--date takes a day, as 2008-06-09, "
		    "not \"%s\"", env->value[DATE]);
	if (env->value[US] != NULL)
		g.opts.us = chy_slice_of(env->value[US]);
	if (env->value[RULES] != NULL)
		status = cmd_read_rules(env, env->value[RULES], &rules);
	g.rules = rules;
	chy_arena_init(&g.arena, 0);
	if (status == EXIT_DONE)
		status = dispatch(&g, argc, argv);
	chy_open_cases_free(g.cases);
	chy_arena_done(&g.arena);
	chy_telegram_free(g.tel);
	chy_ruleset_free(rules);
	return status != EXIT_DONE ? status : cmd_done(env);
}

const chy_cmd cmd_distribute = { "FILE|MRN|QUERY...", 0, options, run };
