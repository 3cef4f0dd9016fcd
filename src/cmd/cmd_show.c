/*
 * chancery show: one filed telegram, as `read` prints it; its original bytes;
 * or one paragraph of it.
 *
 * SPDX-License-Identifier: ISC
 */
#include <string.h>

#include "cmd/cmd.h"
#include "cmd/output.h"
#include "cmd/show.h"
#include "render/render.h"

enum { AS };

static const char *
as_value(size_t i)
{
	const chy_renderer *r = chy_renderer_at(i);

	if (r != NULL)
		return r->name;
	return i > 0 && chy_renderer_at(i - 1) != NULL ? "raw" : NULL;
}

static const cmd_option options[] = {
	[AS] = { "as", "FORM", "how to print: text if not said; raw gives "
	    "the original bytes", as_value, 0 },
	{ NULL, NULL, NULL, NULL, 0 },
};

int
cmd_not_shown(cmd_env *env, const char *address, const chy_error *err)
{
	chy_lines *near;
	chy_error why = { 0 };

	if (err->status != CHY_ERR_NOT_FOUND && err->status != CHY_ERR_INVALID)
		return cmd_failed(env, err);
	cmd_trouble(env, NULL, "chancery %s: %s", env->verb, err->text);
	if (err->status == CHY_ERR_INVALID)
		return EXIT_DONE;
	if (chy_registry_near(env->reg, &env->reader, chy_slice_of(address), 5,
	    &near, &why) != CHY_OK)
		return EXIT_DONE;
	for (uint32_t i = 0; i < near->n; i++)
		fprintf(stderr, "%s%.*s%s", i == 0 ? "There is: " : ", ",
		    CHY_ARG(near->at[i].id), i + 1 == near->n ? "\n" : "");
	chy_lines_free(near);
	return EXIT_DONE;
}

static chy_status
show_raw(cmd_env *env, chy_slice address, chy_error *err)
{
	chy_raw *raw;
	chy_status st = chy_registry_raw(env->reg, &env->reader, address, &raw,
	    err);

	if (st == CHY_OK) {
		chy_sink_put(env->out, raw->bytes);
		chy_raw_free(raw);
	}
	return st;
}

static void
show_paragraph(cmd_env *env, const chy_renderer *renderer,
    const chy_shown *shown)
{
	const chy_telegram *tel = shown->parts[shown->part].telegram;
	const chy_paragraph *p = &tel->paragraphs[shown->paragraph];

	if (strcmp(renderer->name, "json") == 0) {
		json j = json_open(env->out);

		json_text(&j, "canonical_id", shown->line.id);
		json_text(&j, "id", p->id);
		if (p->number > 0)
			json_number(&j, "number", p->number);
		else
			json_absent(&j, "number");
		json_text_or_null(&j, "mark", p->mark);
		json_text_or_null(&j, "title", p->title);
		json_text(&j, "text", p->text);
		json_close(&j);
		return;
	}
	if (p->number > 0)
		chy_sink_printf(env->out, "%u. ", (unsigned)p->number);
	if (p->mark.len > 0) {
		chy_sink_puts(env->out, "(");
		chy_sink_put(env->out, p->mark);
		chy_sink_puts(env->out, ") ");
	}
	chy_sink_put(env->out, p->text);
	chy_sink_puts(env->out, "\n");
}

static chy_status
show(cmd_env *env, const chy_renderer *renderer, chy_slice address,
    size_t *printed, chy_error *err)
{
	chy_shown *shown;
	chy_status st = chy_registry_show(env->reg, &env->reader, address,
	    &shown, err);
	bool blank = strcmp(renderer->name, "json") != 0;

	if (st != CHY_OK)
		return st;
	if (shown->paragraph != UINT32_MAX) {
		show_paragraph(env, renderer, shown);
		++*printed;
	}
	for (uint32_t i = 0; shown->paragraph == UINT32_MAX && st == CHY_OK &&
	    i < shown->n_parts; i++) {
		if (blank && (*printed)++ > 0)
			chy_sink_puts(env->out, "\n");
		st = chy_render(renderer, shown->parts[i].telegram, env->out);
	}
	chy_shown_free(shown);
	/* A write that failed is told once, at the end. */
	return chy_sink_status(env->out) != CHY_OK ? CHY_OK : st;
}

static int
run(cmd_env *env, int argc, char **argv)
{
	const char *as = env->value[AS] != NULL ? env->value[AS] : "text";
	const chy_renderer *renderer = chy_renderer_find(as);
	bool raw = strcmp(as, "raw") == 0;
	int status = EXIT_DONE;
	size_t printed = 0;

	if (!raw && renderer == NULL)
		return cmd_bad_value(env, &options[AS], as);
	for (int i = 0; i < argc && status == EXIT_DONE &&
	    chy_sink_status(env->out) == CHY_OK; i++) {
		chy_slice address = chy_slice_of(argv[i]);
		chy_error err = { 0 };
		chy_status st = raw ? show_raw(env, address, &err) :
		    show(env, renderer, address, &printed, &err);

		if (st == CHY_OK)
			continue;
		err.status = st;
		status = cmd_not_shown(env, argv[i], &err);
	}
	return status != EXIT_DONE ? status : cmd_done(env);
}

const chy_cmd cmd_show = { "MRN...", 1, options, run };
