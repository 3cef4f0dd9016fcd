/*
 * chancery forms: what can be read and written, from the tables themselves.
 *
 * SPDX-License-Identifier: ISC
 */
#include "cmd/cmd.h"
#include "cmd/output.h"
#include "forms/forms.h"
#include "intake/intake.h"
#include "render/render.h"

enum { AS };

static const cmd_option options[] = {
	[AS] = { "as", "FORM", "how to print: text if not said",
	    cmd_text_or_json, 0 },
	{ NULL, NULL, NULL, NULL, 0 },
};

static void
put_row(cmd_env *env, bool as_json, const char *what, const char *name,
    const char *title, const char *source)
{
	if (as_json) {
		json j = json_open(env->out);

		json_text(&j, "what", chy_slice_of(what));
		json_text(&j, "name", chy_slice_of(name));
		json_text_or_null(&j, "title", chy_slice_of(title));
		json_text_or_null(&j, "source", chy_slice_of(source));
		json_close(&j);
		return;
	}
	chy_sink_printf(env->out, "%-8s %-10s %s", what, name, title);
	if (*source != '\0')
		chy_sink_printf(env->out, "; %s", source);
	chy_sink_puts(env->out, "\n");
}

static int
run(cmd_env *env, int argc, char **argv)
{
	int status = EXIT_DONE;
	bool as_json = cmd_wants_json(env, &options[AS], env->value[AS],
	    &status);
	const chy_form *form;
	const chy_renderer *renderer;
	const char *name;

	(void)argc;
	(void)argv;
	if (status != EXIT_DONE)
		return status;
	for (size_t i = 0; (form = chy_form_at(i)) != NULL; i++)
		put_row(env, as_json, "form", form->name, form->title,
		    form->source);
	for (size_t i = 0; (name = chy_intake_name(i)) != NULL; i++)
		put_row(env, as_json, "wrapper", name, "what a telegram may "
		    "come in", "");
	for (size_t i = 0; (renderer = chy_renderer_at(i)) != NULL; i++)
		put_row(env, as_json, "output", renderer->name,
		    renderer->title, "");
	return EXIT_DONE;
}

const chy_cmd cmd_forms = { "", 0, options, run };
