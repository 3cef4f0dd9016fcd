/*
 * chancery refs: what a telegram cites, each with what it led to, and what
 * cites it.
 *
 * SPDX-License-Identifier: ISC
 */
#include "cmd/cmd.h"
#include "cmd/output.h"
#include "cmd/show.h"

enum { AS };

static const cmd_option options[] = {
	[AS] = { "as", "FORM", "how to print: text if not said",
	    cmd_text_or_json, 0 },
	{ NULL, NULL, NULL, NULL, 0 },
};

static void
json_letter(json *j, char letter)
{
	if (letter != '\0')
		json_text(j, "letter", (chy_slice){ &letter, 1 });
	else
		json_absent(j, "letter");
}

static void
json_refs(chy_sink *out, const chy_shown *shown)
{
	const chy_telegram *tel = shown->parts[0].telegram;
	json j = json_open(out);

	json_text(&j, "canonical_id", shown->line.id);
	json_list_begin(&j, "cites");
	for (uint32_t i = 0; i < shown->n_resolved; i++) {
		const chy_resolved *r = &shown->resolved[i];
		const chy_reference *ref = &tel->references[i];

		json_item_object(&j);
		json_text_or_null(&j, "value", ref->value);
		json_text(&j, "kind",
		    chy_slice_of(chy_ref_kind_name(ref->kind)));
		json_letter(&j, ref->letter);
		json_text(&j, "text", ref->text);
		json_text(&j, "resolution", chy_slice_of(
		    chy_resolution_name(r->how)));
		if (chy_is_resolved(r->how))
			json_text(&j, "canonical_id", r->line.id);
		else
			json_absent(&j, "canonical_id");
		json_object_end(&j);
	}
	json_list_end(&j);
	json_list_begin(&j, "cited_by");
	for (uint32_t i = 0; i < shown->n_cited_by; i++) {
		json_item_object(&j);
		json_line(&j, &shown->cited_by[i].line);
		json_letter(&j, shown->cited_by[i].letter);
		json_object_end(&j);
	}
	json_list_end(&j);
	json_close(&j);
}

static void
put_letter(chy_sink *out, char letter)
{
	if (letter != '\0')
		chy_sink_printf(out, "  %c. ", letter);
	else
		chy_sink_puts(out, "     ");
}

static void
put_refs(cmd_env *env, const chy_shown *shown)
{
	const chy_telegram *tel = shown->parts[0].telegram;
	chy_sink *out = env->out;

	out_line(out, &shown->line, env->colour);
	chy_sink_printf(out, "cites %u:\n", (unsigned)shown->n_resolved);
	for (uint32_t i = 0; i < shown->n_resolved; i++) {
		const chy_resolved *r = &shown->resolved[i];
		const chy_reference *ref = &tel->references[i];

		put_letter(out, ref->letter);
		out_text(out, ref->value.len > 0 ? ref->value : ref->text);
		chy_sink_printf(out, "  (%s)", chy_resolution_words(r->how));
		if (chy_is_resolved(r->how)) {
			chy_sink_puts(out, "  ");
			out_text(out, r->line.subject);
		}
		chy_sink_puts(out, "\n");
	}
	chy_sink_printf(out, "cited by %u:\n", (unsigned)shown->n_cited_by);
	for (uint32_t i = 0; i < shown->n_cited_by; i++) {
		put_letter(out, shown->cited_by[i].letter);
		out_text(out, shown->cited_by[i].line.id);
		chy_sink_puts(out, "  ");
		out_text(out, shown->cited_by[i].line.subject);
		chy_sink_puts(out, "\n");
	}
}

static int
run(cmd_env *env, int argc, char **argv)
{
	int status = EXIT_DONE;
	bool as_json = cmd_wants_json(env, &options[AS], env->value[AS],
	    &status);

	for (int i = 0; i < argc && status == EXIT_DONE; i++) {
		chy_error err = { 0 };
		chy_shown *shown;
		chy_status st = chy_registry_show(env->reg, &env->reader,
		    chy_slice_of(argv[i]), &shown, &err);

		if (st != CHY_OK) {
			err.status = st;
			status = cmd_not_shown(env, argv[i], &err);
			continue;
		}
		if (as_json)
			json_refs(env->out, shown);
		else
			put_refs(env, shown);
		chy_shown_free(shown);
	}
	return status != EXIT_DONE ? status : cmd_done(env);
}

const chy_cmd cmd_refs = { "MRN...", 1, options, run };
