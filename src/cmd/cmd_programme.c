/*
 * chancery programme: rating programmes. The word after the verb says what is
 * wanted; each is a row of the table below.
 *
 * SPDX-License-Identifier: ISC
 */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cmd/cmd.h"
#include "cmd/output.h"
#include "cmd/programme.h"
#include "cmd/programmes.h"
#include "registry/programme.h"

/* A description or a table: far more than any list of countries needs. */
#define FILE_MAX_BYTES	(16u << 20)

enum { AS, YEAR, SUBJECT, TODAY, NOTE, GONE };

static const char *
forms(size_t i)
{
	static const char *const values[] = { "text", "json", "csv" };

	return i < ARRAY_LEN(values) ? values[i] : NULL;
}

static const cmd_option options[] = {
	[AS] = { "as", "FORM", "how to print: text if not said", forms, 0 },
	[YEAR] = { "year", "Y", "the period; the newest if not said", NULL,
	    'y' },
	[SUBJECT] = { "subject", "S", "this subject alone, by key or name",
	    NULL, 's' },
	[TODAY] = { "today", "DAY", "what is due on this day, as 2008-09-03",
	    NULL, 0 },
	[NOTE] = { "note", "TEXT", "why a telegram is linked or refused",
	    NULL, 0 },
	[GONE] = { "gone", NULL, "what is recorded is no longer so", NULL, 0 },
	{ NULL, NULL, NULL, NULL, 0 },
};


/* ---- the outside: clock and files ---- */

static int64_t
now(void)
{
	return (int64_t)time(NULL);
}

/* What is bundled with the program under this name; NULL. */
static const chy_asset *
bundled(const char *name, const char *suffix)
{
	size_t len = strlen(name);

	for (size_t i = 0; i < chy_programmes_count; i++)
		if (strncmp(chy_programmes[i].name, name, len) == 0 &&
		    strcmp(chy_programmes[i].name + len, suffix) == 0)
			return &chy_programmes[i];
	return NULL;
}

static int
read_whole(cmd_env *env, const char *path, chy_buf *buf)
{
	bool input = strcmp(path, "-") == 0;
	FILE *f = input ? stdin : fopen(path, "rb");
	size_t n = 1;

	if (f == NULL) {
		cmd_trouble(env, path, "%s", strerror(errno));
		return EXIT_PART;
	}
	while (n > 0 && buf->len < FILE_MAX_BYTES) {
		char *room = chy_buf_room(buf, 65536);

		n = room != NULL ? fread(room, 1, 65536, f) : 0;
		buf->len += n;
	}
	if (ferror(f))
		cmd_trouble(env, path, "%s", strerror(errno));
	else if (buf->len >= FILE_MAX_BYTES)
		cmd_trouble(env, path, "larger than 16 MiB");
	else if (chy_buf_status(buf) != CHY_OK)
		cmd_trouble(env, path, "no memory");
	if (!input)
		fclose(f);
	return cmd_done(env);
}

/* Complain about line and column of a file, as editors understand it. */
static int
bad_file(cmd_env *env, const char *path, const chy_error *err)
{
	if (err->status != CHY_ERR_INVALID)
		return cmd_failed(env, err);
	fprintf(stderr, "%s:%s\n", path, err->text);
	return EXIT_PART;
}


/* ---- writing ---- */

static int
define(struct cmd_programme *t)
{
	cmd_env *env = t->env;
	const char *path = (const char *)t->id.ptr;
	const chy_asset *own = strpbrk(path, "/.-") == NULL ||
	    strchr(path, '.') == NULL ? bundled(path, ".programme") : NULL;
	chy_buf buf = CHY_BUF_INIT;
	chy_error err = { 0 };
	bool changed = false;
	int status = EXIT_DONE;
	chy_status st;

	if (own != NULL)
		chy_buf_put(&buf, own->data);
	else
		status = read_whole(env, path, &buf);
	if (status == EXIT_DONE) {
		st = chy_registry_programme_define(env->reg, &env->reader,
		    chy_buf_slice(&buf), now(), &changed, &err);
		err.status = st;
		if (st != CHY_OK)
			status = bad_file(env, path, &err);
		else
			chy_sink_printf(env->out, "%s: %s\n", path, changed ?
			    "described" : "unchanged");
	}
	chy_buf_done(&buf);
	return status;
}

static int
load_text(struct cmd_programme *t, const char *name, chy_slice text)
{
	cmd_env *env = t->env;
	chy_programme_counts c;
	chy_error err = { 0 };
	chy_status st = chy_registry_programme_load(env->reg, &env->reader,
	    t->id, text, now(), &c, &err);

	err.status = st;
	if (st != CHY_OK)
		return bad_file(env, name, &err);
	if (t->json) {
		json j = json_open(env->out);

		json_text(&j, "file", chy_slice_of(name));
		json_number(&j, "ratings", c.ratings);
		json_number(&j, "facts", c.facts);
		json_number(&j, "recommendations", c.recommendations);
		json_number(&j, "new", c.added);
		json_number(&j, "changed", c.changed);
		json_number(&j, "unchanged", c.same);
		json_number(&j, "conflicts", c.conflicts);
		json_close(&j);
		return EXIT_DONE;
	}
	chy_sink_printf(env->out, "%s: %" PRIu64 " rating%s, %" PRIu64
	    " fact%s, %" PRIu64 " recommendation%s: %" PRIu64 " new, %" PRIu64
	    " changed, %" PRIu64 " unchanged\n", name,
	    c.ratings, c.ratings == 1 ? "" : "s",
	    c.facts, c.facts == 1 ? "" : "s",
	    c.recommendations, c.recommendations == 1 ? "" : "s",
	    c.added, c.changed, c.same);
	if (c.conflicts > 0)
		chy_sink_printf(env->out, "sources differ in %" PRIu64
		    " place%s; the higher one holds\n", c.conflicts,
		    c.conflicts == 1 ? "" : "s");
	return EXIT_DONE;
}

static int
load(struct cmd_programme *t)
{
	const char *id = (const char *)t->id.ptr;
	const chy_asset *own = bundled(id, ".tsv");
	int status = EXIT_DONE;

	if (t->argc == 0 && own == NULL)
		return cmd_bad_usage(t->env, "which table? Nothing is bundled "
		    "for %s", id);
	if (t->argc == 0)
		return load_text(t, own->name, own->data);
	for (int i = 0; i < t->argc && status == EXIT_DONE; i++) {
		chy_buf buf = CHY_BUF_INIT;

		status = read_whole(t->env, t->argv[i], &buf);
		if (status == EXIT_DONE)
			status = load_text(t, t->argv[i], chy_buf_slice(&buf));
		chy_buf_done(&buf);
	}
	return status;
}

/* COLUMN=VALUE words as a table of one row. */
static int
record(struct cmd_programme *t)
{
	chy_buf buf = CHY_BUF_INIT;
	int status;

	for (int pass = 0; pass < 2; pass++) {
		for (int i = 0; i < t->argc; i++) {
			char *equals = strchr(t->argv[i], '=');

			if (equals == NULL || strpbrk(t->argv[i], "\t\n") !=
			    NULL) {
				chy_buf_done(&buf);
				return cmd_bad_usage(t->env, "\"%s\" is not "
				    "COLUMN=VALUE on one line", t->argv[i]);
			}
			if (i > 0)
				chy_buf_putc(&buf, '\t');
			chy_buf_put(&buf, pass == 0 ? (chy_slice){ t->argv[i],
			    (size_t)(equals - t->argv[i]) } :
			    chy_slice_of(equals + 1));
		}
		if (t->env->value[GONE] != NULL)
			chy_buf_puts(&buf, pass == 0 ? "\tgone" : "\tyes");
		chy_buf_putc(&buf, '\n');
	}
	status = load_text(t, "record", chy_buf_slice(&buf));
	chy_buf_done(&buf);
	return status;
}

static int
link_or_refuse(struct cmd_programme *t, bool refused)
{
	cmd_env *env = t->env;
	chy_programme_link link = { .refused = refused,
	    .gone = env->value[GONE] != NULL, .note = CHY_EMPTY };
	chy_error err = { 0 };
	bool changed = false;
	chy_status st;
	long year;

	if (!cmd_number(t->argv[1], 1, 9999, &year))
		return cmd_bad_usage(env, "\"%s\" is no year", t->argv[1]);
	link.subject = chy_slice_of(t->argv[0]);
	link.year = (int32_t)year;
	link.address = chy_slice_of(t->argv[2]);
	if (env->value[NOTE] != NULL)
		link.note = chy_slice_of(env->value[NOTE]);
	st = chy_registry_programme_link(env->reg, &env->reader, t->id, &link,
	    now(), &changed, &err);
	err.status = st;
	if (st != CHY_OK)
		return cmd_failed(env, &err);
	chy_sink_printf(env->out, "%s: %s\n", t->argv[2], !changed ?
	    "unchanged" : link.gone ? "taken back" : refused ? "refused" :
	    "confirmed");
	return EXIT_DONE;
}

static int
confirm(struct cmd_programme *t)
{
	return link_or_refuse(t, false);
}

static int
refuse(struct cmd_programme *t)
{
	return link_or_refuse(t, true);
}


/* ---- list ---- */

static int
list(struct cmd_programme *t)
{
	cmd_env *env = t->env;
	chy_programme_list *all;
	chy_error err = { 0 };
	chy_status st = chy_registry_programmes(env->reg, &env->reader, &all,
	    &err);

	err.status = st;
	if (st != CHY_OK)
		return cmd_failed(env, &err);
	if (t->csv)
		chy_sink_puts(env->out, "id,title,authority,subjects,ratings,"
		    "first_year,last_year\n");
	for (uint32_t i = 0; i < all->n; i++) {
		const chy_programme_line *p = &all->at[i];
		json j;

		if (t->csv) {
			cmd_csv_text(env->out, p->id);
			chy_sink_puts(env->out, ",");
			cmd_csv_text(env->out, p->title);
			chy_sink_puts(env->out, ",");
			cmd_csv_text(env->out, p->authority);
			chy_sink_printf(env->out, ",%u,%u,%d,%d\n",
			    p->n_subjects, p->n_ratings, (int)p->first_year,
			    (int)p->last_year);
			continue;
		}
		if (!t->json) {
			out_bold(env->out, env->colour);
			out_text(env->out, p->id);
			out_plain(env->out, env->colour);
			chy_sink_puts(env->out, "  ");
			out_text(env->out, p->title);
			chy_sink_printf(env->out, "\n    %u subject%s, %u "
			    "rating%s", p->n_subjects, p->n_subjects == 1 ?
			    "" : "s", p->n_ratings, p->n_ratings == 1 ? "" :
			    "s");
			if (p->first_year != 0)
				chy_sink_printf(env->out, ", %d to %d",
				    (int)p->first_year, (int)p->last_year);
			chy_sink_puts(env->out, "\n");
			continue;
		}
		j = json_open(env->out);
		json_text(&j, "id", p->id);
		json_text(&j, "title", p->title);
		json_text_or_null(&j, "authority", p->authority);
		json_number(&j, "subjects", p->n_subjects);
		json_number(&j, "ratings", p->n_ratings);
		json_number(&j, "first_year", (uint64_t)p->first_year);
		json_number(&j, "last_year", (uint64_t)p->last_year);
		json_close(&j);
	}
	chy_programme_list_free(all);
	return EXIT_DONE;
}


/* ---- telegrams, history ---- */

static int
telegrams(struct cmd_programme *t)
{
	cmd_env *env = t->env;
	chy_programme_telegrams *found;
	chy_error err = { 0 };
	chy_status st;
	long year;

	if (!cmd_number(t->argv[1], 1, 9999, &year))
		return cmd_bad_usage(env, "\"%s\" is no year", t->argv[1]);
	st = chy_registry_programme_telegrams(env->reg, &env->reader, t->id,
	    chy_slice_of(t->argv[0]), (int32_t)year, &found, &err);
	err.status = st;
	if (st != CHY_OK)
		return cmd_failed(env, &err);
	if (t->csv)
		chy_sink_puts(env->out, "telegram,paragraph,state,filed,why\n");
	for (uint32_t i = 0; i < found->n; i++) {
		const chy_behind *b = &found->at[i];

		if (t->json) {
			json j = json_open(env->out);

			json_text(&j, "state",
			    chy_slice_of(chy_behind_name(b->how)));
			json_line(&j, &b->line);
			json_bool(&j, "filed", b->filed);
			json_text_or_null(&j, "paragraph", b->paragraph);
			json_text(&j, "why", b->why);
			json_close(&j);
		} else if (t->csv) {
			cmd_csv_text(env->out, b->line.id);
			chy_sink_puts(env->out, ",");
			cmd_csv_text(env->out, b->paragraph);
			chy_sink_printf(env->out, ",%s,%s,",
			    chy_behind_name(b->how), b->filed ? "yes" : "no");
			cmd_csv_text(env->out, b->why);
			chy_sink_puts(env->out, "\n");
		} else {
			chy_sink_printf(env->out, "%s (", chy_behind_name(
			    b->how));
			out_text(env->out, b->why);
			chy_sink_puts(env->out, b->filed ? ")" :
			    "; not in the archive)");
			if (b->paragraph.len > 0) {
				chy_sink_puts(env->out, ", paragraph ");
				out_text(env->out, b->paragraph);
			}
			chy_sink_puts(env->out, "\n");
			out_line(env->out, &b->line, env->colour);
		}
	}
	if (found->more > 0 && !t->json && !t->csv) {
		chy_sink_printf(env->out, "and %" PRIu64 " more: chancery "
		    "search ", found->more);
		out_text(env->out, found->query);
		chy_sink_puts(env->out, "\n");
	}
	chy_programme_telegrams_free(found);
	return EXIT_DONE;
}

static chy_status
put_kept(void *arg, const chy_kept *row)
{
	struct cmd_programme *t = arg;
	const char *const *columns = chy_kept_columns(row->kind, NULL);
	char iso[18];
	json j;

	chy_civil_iso(chy_civil_from(row->recorded), iso);
	if (!t->json) {
		chy_sink_printf(t->env->out, "%s  %s%s", iso,
		    chy_kept_kind_name(row->kind), row->gone ? ", gone" :
		    row->replaced != 0 ? ", replaced since" : "");
		for (uint32_t i = 0; i < CHY_KEPT_CELLS && columns[i] != NULL;
		    i++) {
			if (row->cells[i].len == 0)
				continue;
			chy_sink_printf(t->env->out, "  %s=", columns[i]);
			out_text(t->env->out, row->cells[i]);
		}
		chy_sink_puts(t->env->out, "\n");
		return CHY_OK;
	}
	j = json_open(t->env->out);
	json_text(&j, "recorded", chy_slice_of(iso));
	json_text(&j, "record", chy_slice_of(chy_kept_kind_name(row->kind)));
	for (uint32_t i = 0; i < CHY_KEPT_CELLS && columns[i] != NULL; i++)
		json_text_or_null(&j, columns[i], row->cells[i]);
	json_text(&j, "marking", row->marking);
	json_bool(&j, "holds", row->replaced == 0 && !row->gone);
	json_close(&j);
	return CHY_OK;
}

static int
history(struct cmd_programme *t)
{
	chy_error err = { 0 };
	chy_status st = chy_registry_programme_history(t->env->reg,
	    &t->env->reader, t->id, put_kept, t, &err);

	err.status = st;
	return st == CHY_OK ? EXIT_DONE : cmd_failed(t->env, &err);
}


/* ---- the table ---- */

static const struct action {
	const char *name;
	int	  (*run)(struct cmd_programme *t);
	int	    least, most;	/* words after the name; most -1: any */
	cmd_needs   needs;
	const char *words;
} actions[] = {
	{ "list", list, 0, 0, NEEDS_ARCHIVE, "" },
	{ "show", cmd_programme_show, 1, 1, NEEDS_ARCHIVE, "ID" },
	{ "table", cmd_programme_table, 1, 1, NEEDS_ARCHIVE, "ID" },
	{ "due", cmd_programme_due, 1, 1, NEEDS_ARCHIVE, "ID" },
	{ "predict", cmd_programme_predict, 1, 1, NEEDS_ARCHIVE, "ID" },
	{ "telegrams", telegrams, 3, 3, NEEDS_ARCHIVE, "ID SUBJECT YEAR" },
	{ "history", history, 1, 1, NEEDS_ARCHIVE, "ID" },
	{ "define", define, 1, 1, NEEDS_CREATE, "FILE" },
	{ "load", load, 1, -1, NEEDS_WRITE, "ID [FILE...]" },
	{ "record", record, 2, -1, NEEDS_WRITE, "ID COLUMN=VALUE..." },
	{ "link", confirm, 4, 4, NEEDS_WRITE, "ID SUBJECT YEAR MRN" },
	{ "refuse", refuse, 4, 4, NEEDS_WRITE, "ID SUBJECT YEAR MRN" },
};

static int
bad_action(const cmd_env *env, const char *word)
{
	chy_buf buf = CHY_BUF_INIT;
	int status;

	for (size_t i = 0; i < ARRAY_LEN(actions); i++)
		chy_buf_printf(&buf, "%s%s", i > 0 ? ", " : "",
		    actions[i].name);
	status = cmd_bad_usage(env, "\"%s\" cannot be done; these can: %.*s",
	    word, CHY_ARG(chy_buf_slice(&buf)));
	chy_buf_done(&buf);
	return status;
}

static int
take_values(struct cmd_programme *t)
{
	cmd_env *env = t->env;
	const char *as = env->value[AS];

	if (as != NULL && !cmd_has_value(&options[AS], as))
		return cmd_bad_value(env, &options[AS], as);
	t->json = as != NULL && strcmp(as, "json") == 0;
	t->csv = as != NULL && strcmp(as, "csv") == 0;
	if (env->value[YEAR] != NULL &&
	    !cmd_number(env->value[YEAR], 1, 9998, &t->year))
		return cmd_bad_usage(env, "--year \"%s\" is no year",
		    env->value[YEAR]);
	t->subject = env->value[SUBJECT];
	t->today = chy_programme_day_of(now());
	if (env->value[TODAY] != NULL) {
		t->today = chy_programme_day(chy_slice_of(env->value[TODAY]));
		if (t->today == CHY_NO_DAY)
			return cmd_bad_usage(env, "--today \"%s\" is no day, "
			    "as 2008-09-03", env->value[TODAY]);
	}
	return EXIT_DONE;
}

static int
run(cmd_env *env, int argc, char **argv)
{
	const struct action *action = NULL;
	struct cmd_programme t = { .env = env, .id = CHY_EMPTY };
	int status;

	for (size_t i = 0; i < ARRAY_LEN(actions); i++)
		if (strcmp(actions[i].name, argv[0]) == 0)
			action = &actions[i];
	if (action == NULL)
		return bad_action(env, argv[0]);
	if (argc - 1 < action->least ||
	    (action->most >= 0 && argc - 1 > action->most))
		return cmd_bad_usage(env, "%s is followed by: %s",
		    action->name, *action->words != '\0' ? action->words :
		    "nothing");
	status = take_values(&t);
	if (status == EXIT_DONE)
		status = cmd_open(env, action->needs);
	if (status != EXIT_DONE)
		return status;
	if (argc > 1) {
		t.id = chy_slice_of(argv[1]);
		t.argc = argc - 2;
		t.argv = argv + 2;
	}
	return action->run(&t);
}

const chy_cmd cmd_programme = { "WORD [ID] [MORE...]", 1, options, run };


/* ---- the demo ---- */

chy_status
cmd_programme_samples(chy_registry *reg, chy_error *err)
{
	static const char *const names[] = { "port-safety",
	    "treaty-reporting" };
	chy_reader owner = chy_reader_owner();
	chy_status st = CHY_OK;

	for (size_t i = 0; i < ARRAY_LEN(names) && st == CHY_OK; i++) {
		const chy_asset *text = bundled(names[i], ".programme");
		const chy_asset *rows = bundled(names[i], ".tsv");
		chy_programme_counts counts;
		bool changed;

		if (text == NULL || rows == NULL)
			continue;
		st = chy_registry_programme_define(reg, &owner, text->data,
		    now(), &changed, err);
		if (st == CHY_OK)
			st = chy_registry_programme_load(reg, &owner,
			    chy_slice_of(names[i]), rows->data, now(),
			    &counts, err);
	}
	return st;
}
