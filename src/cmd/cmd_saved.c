/*
 * chancery saved: searches kept under a name, and what is new in them.
 *
 * SPDX-License-Identifier: ISC
 */
#include <inttypes.h>
#include <string.h>
#include <time.h>

#include "cmd/cmd.h"
#include "cmd/output.h"
#include "export/export.h"
#include "registry/saved.h"

enum { AS, LIMIT, KEEP, MAILDIR, SITE };

static const char *
form_name(size_t i)
{
	static const char *const names[] = { "text", "json", "atom" };

	return i < ARRAY_LEN(names) ? names[i] : NULL;
}

static const cmd_option options[] = {
	[AS] = { "as", "FORM", "how to print: text if not said", form_name,
	    0 },
	[LIMIT] = { "limit", "N", "telegrams shown: 100 if not said", NULL,
	    'n' },
	[KEEP] = { "keep", NULL, "what is told stays new", NULL, 'k' },
	[MAILDIR] = { "maildir", "PATH", "deliver what is new there", NULL,
	    'm' },
	[SITE] = { "site", "URL", "where the feed's telegrams are served",
	    NULL, 0 },
	{ NULL, NULL, NULL, NULL, 0 },
};

static bool
is_form(const cmd_env *env, const char *form)
{
	return env->value[AS] != NULL && strcmp(env->value[AS], form) == 0;
}

static int
failed(cmd_env *env, chy_error *err, chy_status st)
{
	err->status = st;
	if (st == CHY_ERR_NOT_FOUND) {
		cmd_trouble(env, NULL, "%s", err->text);
		return EXIT_PART;
	}
	return cmd_failed(env, err);
}


/* ---- the list ---- */

static void
json_saved(cmd_env *env, const chy_saved *s)
{
	json j = json_open(env->out);

	json_text(&j, "name", s->name);
	json_text(&j, "query", s->query);
	json_number(&j, "total", s->total);
	json_number(&j, "new", s->n_new);
	json_text_or_null(&j, "trouble", s->trouble);
	json_close(&j);
}

static int
list_all(cmd_env *env)
{
	chy_error err = { 0 };
	chy_saved_list *list;
	chy_status st = chy_registry_saved(env->reg, &env->reader, CHY_EMPTY,
	    &list, &err);

	if (st != CHY_OK)
		return failed(env, &err, st);
	for (uint32_t i = 0; i < list->n; i++) {
		const chy_saved *s = &list->at[i];

		if (is_form(env, "json")) {
			json_saved(env, s);
			continue;
		}
		out_text(env->out, s->name);
		if (s->trouble.len > 0) {
			chy_sink_puts(env->out, "  cannot be answered: ");
			out_text(env->out, s->trouble);
		} else {
			chy_sink_printf(env->out, "  %" PRIu64 " new of %"
			    PRIu64, s->n_new, s->total);
		}
		chy_sink_puts(env->out, "  ");
		out_text(env->out, s->query);
		chy_sink_puts(env->out, "\n");
	}
	chy_saved_list_free(list);
	return EXIT_DONE;
}


/* ---- news ---- */

struct delivering {
	const chy_news *news;
};

static bool
is_new(void *arg, chy_slice id)
{
	const struct delivering *d = arg;

	return chy_news_has(d->news, id);
}

static int
deliver(cmd_env *env, const chy_news *news)
{
	struct delivering d = { news };
	chy_export_options opts = { .path = env->value[MAILDIR],
	    .wanted = is_new, .arg = &d };
	chy_error err = { 0 };
	uint64_t n;
	chy_status st = chy_export(env->reg, &env->reader, news->query,
	    chy_exporter_find("maildir"), &opts, &n, &err);

	if (st != CHY_OK)
		return failed(env, &err, st);
	chy_sink_printf(env->out, "%" PRIu64 " delivered\n", n);
	return EXIT_DONE;
}

static void
put_feed(cmd_env *env, const chy_news *news)
{
	const chy_line *lines[1000];
	chy_slice site = chy_slice_of(env->value[SITE] != NULL ?
	    env->value[SITE] : "http://127.0.0.1:8425");
	chy_buf self = CHY_BUF_INIT;
	chy_feed feed = { .title = news->name, .site = site, .lines = lines,
	    .n = news->n };

	chy_buf_printf(&self, "%.*s/saved/%.*s.atom", CHY_ARG(site),
	    CHY_ARG(news->name));
	feed.self = chy_buf_slice(&self);
	for (uint32_t i = 0; i < news->n; i++)
		lines[i] = &news->at[i];
	chy_feed_atom(&feed, env->out);
	chy_buf_done(&self);
}

static void
put_news(cmd_env *env, const chy_news *news)
{
	if (is_form(env, "atom")) {
		put_feed(env, news);
		return;
	}
	if (!is_form(env, "json")) {
		out_text(env->out, news->name);
		chy_sink_printf(env->out, ": %u new\n",
		    (unsigned)news->n_ids);
	}
	for (uint32_t i = 0; i < news->n; i++) {
		if (is_form(env, "json")) {
			json j = json_open(env->out);

			json_text(&j, "saved", news->name);
			json_line(&j, &news->at[i]);
			json_close(&j);
		} else {
			chy_sink_puts(env->out, "\n");
			out_line(env->out, &news->at[i], env->colour);
		}
	}
	if (!is_form(env, "json") && news->n_ids > news->n)
		chy_sink_printf(env->out, "\nand %u more\n",
		    (unsigned)(news->n_ids - news->n));
}

static int
tell(cmd_env *env, chy_slice name, uint32_t most)
{
	chy_error err = { 0 };
	chy_news *news;
	int status = EXIT_DONE;
	chy_status st = chy_registry_news(env->reg, &env->reader, name, most,
	    &news, &err);

	if (st != CHY_OK)
		return failed(env, &err, st);
	if (env->value[MAILDIR] != NULL)
		status = deliver(env, news);
	else
		put_news(env, news);
	/* What did not come through is told again. */
	if (status == EXIT_DONE && env->value[KEEP] == NULL &&
	    out_flush(env->out)) {
		st = chy_registry_news_told(env->reg, &env->reader, news,
		    (int64_t)time(NULL), &err);
		if (st != CHY_OK)
			status = failed(env, &err, st);
	}
	chy_news_free(news);
	return status;
}

static int
tell_all(cmd_env *env, uint32_t most)
{
	chy_error err = { 0 };
	chy_saved_list *list;
	int status = EXIT_DONE;
	chy_status st = chy_registry_saved(env->reg, &env->reader, CHY_EMPTY,
	    &list, &err);

	if (st != CHY_OK)
		return failed(env, &err, st);
	for (uint32_t i = 0; i < list->n && status != EXIT_SYSTEM; i++) {
		if (list->at[i].trouble.len > 0)
			cmd_trouble(env, NULL, "%.*s: %.*s",
			    CHY_ARG(list->at[i].name),
			    CHY_ARG(list->at[i].trouble));
		else
			status = tell(env, list->at[i].name, most);
	}
	chy_saved_list_free(list);
	return status != EXIT_DONE ? status : cmd_done(env);
}


/* ---- the verbs of the verb ---- */

static int
add(cmd_env *env, const char *name, int argc, char **argv)
{
	chy_buf buf = CHY_BUF_INIT;
	chy_slice query;
	chy_error err = { 0 };
	int status = EXIT_DONE;
	chy_status st;

	if (!chy_saved_name_fits(chy_slice_of(name)))
		return cmd_bad_usage(env, "a name is made of letters, digits, "
		    "- and _, 64 at most, not \"%s\"", name);
	query = cmd_join(&buf, argc, argv);
	st = chy_registry_save(env->reg, &env->reader,
	    chy_slice_of(name), query, (int64_t)time(NULL), &err);

	if (st != CHY_OK) {
		err.status = st;
		status = st == CHY_ERR_EXISTS ? (cmd_trouble(env, NULL, "%s",
		    err.text), EXIT_PART) : cmd_failed_query(env, query, &err);
	}
	chy_buf_done(&buf);
	return status;
}

static int
run(cmd_env *env, int argc, char **argv)
{
	const char *what = argc > 0 ? argv[0] : "list";
	bool is_new_verb = strcmp(what, "new") == 0;
	chy_error err = { 0 };
	long limit = 100;
	chy_status st;
	int status;

	if (env->value[AS] != NULL && !cmd_has_value(&options[AS],
	    env->value[AS]))
		return cmd_bad_value(env, &options[AS], env->value[AS]);
	if (env->value[LIMIT] != NULL &&
	    !cmd_number(env->value[LIMIT], 1, 1000, &limit))
		return cmd_bad_usage(env, "--limit takes a number from 1 to "
		    "1000, not \"%s\"", env->value[LIMIT]);
	if ((strcmp(what, "list") != 0 || argc > 1) && !(is_new_verb &&
	    argc <= 2) && !(strcmp(what, "add") == 0 && argc > 2) &&
	    !(strcmp(what, "remove") == 0 && argc == 2))
		return cmd_bad_usage(env, "it takes list, add NAME QUERY, new "
		    "[NAME] or remove NAME");
	if (is_form(env, "atom") && !(is_new_verb && argc == 2))
		return cmd_bad_usage(env, "a feed is of one saved search: new "
		    "NAME");
	status = cmd_open(env, strcmp(what, "list") == 0 || (is_new_verb &&
	    env->value[KEEP] != NULL) ? NEEDS_ARCHIVE : NEEDS_WRITE);
	if (status != EXIT_DONE)
		return status;
	if (strcmp(what, "list") == 0)
		return list_all(env);
	if (strcmp(what, "add") == 0)
		return add(env, argv[1], argc - 2, argv + 2);
	if (is_new_verb)
		return argc == 2 ? tell(env, chy_slice_of(argv[1]),
		    (uint32_t)limit) : tell_all(env, (uint32_t)limit);
	st = chy_registry_unsave(env->reg, &env->reader,
	    chy_slice_of(argv[1]), &err);
	return st != CHY_OK ? failed(env, &err, st) : EXIT_DONE;
}

const chy_cmd cmd_saved = { "[list | add NAME QUERY... | new [NAME] | "
    "remove NAME]", 0, options, run };
