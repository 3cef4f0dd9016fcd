/*
 * chancery import: files and folders into the archive. May be stopped at any
 * moment and typed again.
 *
 * SPDX-License-Identifier: ISC
 */
#include <inttypes.h>
#include <string.h>

#include "cmd/cmd.h"
#include "cmd/output.h"
#include "forms/forms.h"

enum { AS, FORM, YEAR, READERS };

static const char *
form_name(size_t i)
{
	const chy_form *f = chy_form_at(i);

	return f != NULL ? f->name : NULL;
}

static const cmd_option options[] = {
	[AS] = { "as", "FORM", "how to print the report: text if not said",
	    cmd_text_or_json, 0 },
	[FORM] = { "form", "NAME", "the form they are in, instead of finding "
	    "it out", form_name, 0 },
	[YEAR] = { "year", "Y", "the year, where nothing else says it",
	    NULL, 0 },
	[READERS] = { "readers", "N", "how many read at once; by the machine "
	    "if not said", NULL, 0 },
	{ NULL, NULL, NULL, NULL, 0 },
};

/* The most unread files that are named; stats has the number of all. */
#define UNREAD_SHOWN	20u

typedef struct importing {
	cmd_env	    *env;
	cmd_progress progress;
} importing;

static void
put_left(char out[32], double seconds)
{
	if (seconds < 0)
		snprintf(out, 32, "time left not known");
	else if (seconds < 90)
		snprintf(out, 32, "%.0f s left", seconds);
	else if (seconds < 5400)
		snprintf(out, 32, "%.0f min left", seconds / 60);
	else
		snprintf(out, 32, "%.1f h left", seconds / 3600);
}

static chy_status
progress(void *arg, const chy_import_progress *now)
{
	importing *im = arg;
	const chy_import_counts *c = &now->counts;
	char left[32];

	if (cmd_stop_asked())
		return CHY_ERR_STOPPED;
	if (!cmd_progress_due(&im->progress))
		return CHY_OK;
	put_left(left, now->seconds_left);
	cmd_progress_say(&im->progress, "%" PRIu64 " of %" PRIu64 "%s files, %"
	    PRIu64 " telegrams, %.1f MB/s, %s", c->files, now->total_files,
	    now->total_known ? "" : " or more",
	    c->filed + c->copies + c->known + c->unread,
	    now->bytes_per_second / 1e6, left);
	return CHY_OK;
}

static void
trouble(void *arg, const char *path, uint32_t part, const chy_error *why)
{
	importing *im = arg;

	cmd_progress_end(&im->progress);
	if (part > 0)
		cmd_trouble(im->env, path, "part %u: %s", (unsigned)part,
		    why->text);
	else
		cmd_trouble(im->env, path, "%s", why->text);
}

static void
list_unread(cmd_env *env, bool as_json)
{
	chy_unread_list *list;
	chy_error err = { 0 };

	if (chy_registry_unread(env->reg, &env->reader, &list, &err) != CHY_OK)
		return;
	for (uint32_t i = 0; i < list->n; i++) {
		const chy_unread *u = &list->at[i];

		if (as_json) {
			json j = json_open(env->out);

			json_text(&j, "file", u->file);
			json_number(&j, "part", u->part);
			json_text(&j, "sha256", u->sha256);
			json_text_or_null(&j, "why", u->why);
			json_close(&j);
			continue;
		}
		if (i == UNREAD_SHOWN) {
			chy_sink_printf(env->out, "  and %u more\n",
			    (unsigned)(list->n - i));
			break;
		}
		chy_sink_puts(env->out, i == 0 ? "unread in the archive, kept "
		    "as they came:\n  " : "  ");
		out_text(env->out, u->file);
		if (u->part > 0)
			chy_sink_printf(env->out, " part %u",
			    (unsigned)u->part);
		chy_sink_puts(env->out, "  sha:");
		out_text(env->out, chy_slice_sub(u->sha256, 0, 8));
		chy_sink_puts(env->out, "  ");
		out_text(env->out, u->why);
		chy_sink_puts(env->out, "\n");
	}
	chy_unread_list_free(list);
}

static void
report(cmd_env *env, const chy_import_counts *c, double seconds, bool as_json)
{
	if (as_json) {
		json j = json_open(env->out);

		json_number(&j, "files", c->files);
		json_number(&j, "new", c->filed);
		json_number(&j, "copies", c->copies);
		json_number(&j, "known", c->known);
		json_number(&j, "unread", c->unread);
		json_number(&j, "empty", c->empty);
		json_number(&j, "failed", c->failed);
		json_number(&j, "findings", c->findings);
		json_number(&j, "bytes", c->bytes);
		json_name(&j, "seconds");
		chy_sink_printf(env->out, "%.3f", seconds);
		json_close(&j);
		return;
	}
	chy_sink_printf(env->out, "%" PRIu64 " new, %" PRIu64 " copies of "
	    "filed ones, %" PRIu64 " known, %" PRIu64 " unread", c->filed,
	    c->copies, c->known, c->unread);
	if (c->empty > 0)
		chy_sink_printf(env->out, ", %" PRIu64 " files empty",
		    c->empty);
	if (c->failed > 0)
		chy_sink_printf(env->out, ", %" PRIu64 " not opened",
		    c->failed);
	chy_sink_printf(env->out, "\n%" PRIu64 " file%s, %.1f MB in %.1f s\n",
	    c->files, c->files == 1 ? "" : "s", (double)c->bytes / 1e6,
	    seconds);
}

static int
run(cmd_env *env, int argc, char **argv)
{
	importing im = { .env = env };
	chy_import_options opts = { .form = env->value[FORM],
	    .progress = progress, .trouble = trouble, .arg = &im };
	chy_import_counts counts = { 0 };
	chy_error err = { 0 };
	int status = EXIT_DONE;
	bool as_json = cmd_wants_json(env, &options[AS], env->value[AS],
	    &status);
	long year = 0, readers = 0;
	chy_status st;

	if (status != EXIT_DONE)
		return status;
	if (opts.form != NULL && !cmd_has_value(&options[FORM], opts.form))
		return cmd_bad_value(env, &options[FORM], opts.form);
	if (env->value[YEAR] != NULL &&
	    !cmd_number(env->value[YEAR], 1, 9999, &year))
		return cmd_bad_usage(env, "--year takes a year of four "
		    "digits, not \"%s\"", env->value[YEAR]);
	if (env->value[READERS] != NULL &&
	    !cmd_number(env->value[READERS], 1, 64, &readers))
		return cmd_bad_usage(env, "--readers takes a number from 1 to "
		    "64, not \"%s\"", env->value[READERS]);
	opts.year = (int32_t)year;
	opts.readers = (uint32_t)readers;
	cmd_stop_install();
	cmd_progress_start(&im.progress);
	st = chy_registry_import(env->reg, &env->reader,
	    (const char *const *)argv, (size_t)argc, &opts, &counts, &err);
	cmd_progress_end(&im.progress);
	if (st != CHY_ERR_DENIED)
		report(env, &counts, cmd_progress_seconds(&im.progress),
		    as_json);
	if (st == CHY_ERR_STOPPED) {
		fputs("chancery import: stopped; what was filed is kept, type "
		    "the same to go on\n", stderr);
		return EXIT_PART;
	}
	if (st != CHY_OK) {
		err.status = st;
		return cmd_failed(env, &err);
	}
	if (counts.unread > 0)
		list_unread(env, as_json);
	if (counts.failed > 0)
		env->partly = true;
	return cmd_done(env);
}

const chy_cmd cmd_import = { "PATH...", 1, options, run };
