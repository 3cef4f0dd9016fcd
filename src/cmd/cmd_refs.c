/*
 * chancery refs: what a telegram cites, each with what it led to and where in
 * the text it is taken up, and what cites it; with --unresolved, citations of
 * many telegrams that lead nowhere, by reason and frequency.
 *
 * SPDX-License-Identifier: ISC
 */
#include "answer/answer.h"
#include "cmd/cmd.h"
#include "cmd/output.h"
#include "cmd/show.h"

enum { AS, UNRESOLVED, MOST };

static const cmd_option options[] = {
	[AS] = { "as", "FORM", "how to print: text if not said",
	    cmd_text_or_json, 0 },
	[UNRESOLVED] = { "unresolved", NULL,
	    "citations that lead nowhere, of what a query finds", NULL, 0 },
	[MOST] = { "most", "N", "with --unresolved: list at most N, 20 if not "
	    "said", NULL, 0 },
	{ NULL, NULL, NULL, NULL, 0 },
};

static void
json_resolved(json *j, const chy_resolved *r)
{
	json_text(j, "resolution", chy_slice_of(chy_resolution_name(r->how)));
	if (chy_is_resolved(r->how))
		json_text(j, "canonical_id", r->line.id);
	else
		json_absent(j, "canonical_id");
}

/* Paragraphs that take reference i up, each once; calls for each. */
static unsigned
each_use(const chy_shown *shown, uint32_t i,
    void (*each)(void *arg, unsigned n, chy_slice id), void *arg)
{
	unsigned n = 0;

	for (uint32_t p = 0; p < shown->n_parts; p++) {
		const chy_telegram *tel = shown->parts[p].telegram;
		uint32_t last = UINT32_MAX;

		for (uint32_t m = 0; m < tel->n_mentions; m++) {
			uint32_t para = tel->mentions[m].paragraph;

			if (para == last || !chy_shown_uses(shown, i, p, m))
				continue;
			each(arg, n++, tel->paragraphs[para].id);
			last = para;
		}
	}
	return n;
}

static void
json_use(void *arg, unsigned n, chy_slice id)
{
	(void)n;
	json_item_text(arg, id);
}

static void
json_cites(json *j, const chy_shown *shown)
{
	const chy_telegram *tel = shown->parts[0].telegram;

	json_list_begin(j, "cites");
	for (uint32_t i = 0; i < shown->n_resolved; i++) {
		const chy_reference *ref = &tel->references[i];
		char iso[18];

		json_item_object(j);
		json_text_or_null(j, "value", ref->value);
		json_text(j, "kind",
		    chy_slice_of(chy_ref_kind_name(ref->kind)));
		json_letter(j, ref->letter);
		json_text(j, "text", ref->text);
		json_text_or_null(j, "sender", ref->sender);
		if (ref->dtg_civil.year != 0) {
			chy_civil_iso(ref->dtg_civil, iso);
			json_text(j, "dtg_iso", chy_slice_of(iso));
		} else {
			json_absent(j, "dtg_iso");
		}
		json_list_begin(j, "notes");
		for (unsigned bit = 0; bit < CHY_REF_NOTES; bit++)
			if ((ref->notes & (1u << bit)) != 0)
				json_item_text(j, chy_slice_of(
				    chy_ref_note_name(bit)));
		json_list_end(j);
		json_resolved(j, &shown->resolved[i]);
		json_list_begin(j, "paragraphs");
		(void)each_use(shown, i, json_use, j);
		json_list_end(j);
		json_object_end(j);
	}
	json_list_end(j);
}

static void
json_refs(chy_sink *out, const chy_shown *shown)
{
	json j = json_open(out);

	json_text(&j, "canonical_id", shown->line.id);
	json_cites(&j, shown);
	json_list_begin(&j, "cites_in_text");
	for (uint32_t i = 0; i < shown->n_in_text; i++) {
		const chy_text_cited *t = &shown->in_text[i];

		json_item_object(&j);
		json_text(&j, "value", t->value);
		json_resolved(&j, &t->resolved);
		json_list_begin(&j, "paragraphs");
		for (uint32_t k = 0; k < t->n_paragraphs; k++)
			json_item_text(&j, t->paragraphs[k]);
		json_list_end(&j);
		json_object_end(&j);
	}
	json_list_end(&j);
	json_list_begin(&j, "cited_by");
	for (uint32_t i = 0; i < shown->n_cited_by; i++) {
		const chy_citer *by = &shown->cited_by[i];

		json_item_object(&j);
		json_line(&j, &by->line);
		json_letter(&j, by->letter);
		json_text(&j, "resolution",
		    chy_slice_of(chy_resolution_name(by->how)));
		json_text_or_null(&j, "paragraph", by->paragraph);
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
put_use(void *arg, unsigned n, chy_slice id)
{
	chy_sink_puts(arg, n == 0 ? "       in the text: " : ", ");
	out_text(arg, id);
}

static void
put_how(chy_sink *out, const chy_resolved *r)
{
	chy_sink_printf(out, "  (%s", chy_resolution_words(r->how));
	if (r->how == CHY_RESOLVED_YEAR_BEFORE ||
	    r->how == CHY_RESOLVED_DTG || r->how == CHY_RESOLVED_SPELLING) {
		chy_sink_puts(out, ": ");
		out_text(out, r->line.id);
	}
	chy_sink_puts(out, ")");
	if (chy_is_resolved(r->how)) {
		chy_sink_puts(out, "  ");
		out_text(out, r->line.subject);
	}
	chy_sink_puts(out, "\n");
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
		if ((ref->notes & CHY_REF_PREVIOUS) != 0)
			chy_sink_puts(out, " and previous");
		put_how(out, r);
		if (each_use(shown, i, put_use, out) > 0)
			chy_sink_puts(out, "\n");
	}
	if (shown->n_in_text > 0)
		chy_sink_printf(out, "cites %u more in the text:\n",
		    (unsigned)shown->n_in_text);
	for (uint32_t i = 0; i < shown->n_in_text; i++) {
		const chy_text_cited *t = &shown->in_text[i];

		put_letter(out, '\0');
		out_text(out, t->value);
		put_how(out, &t->resolved);
		for (uint32_t k = 0; k < t->n_paragraphs; k++)
			put_use(out, k, t->paragraphs[k]);
		chy_sink_puts(out, "\n");
	}
	chy_sink_printf(out, "cited by %u:\n", (unsigned)shown->n_cited_by);
	for (uint32_t i = 0; i < shown->n_cited_by; i++) {
		const chy_citer *by = &shown->cited_by[i];

		put_letter(out, by->letter);
		out_text(out, by->line.id);
		if (by->paragraph.len > 0) {
			chy_sink_puts(out, " in paragraph ");
			out_text(out, by->paragraph);
		}
		chy_sink_puts(out, "  ");
		out_text(out, by->line.subject);
		chy_sink_puts(out, "\n");
	}
}


/* ---- citations that lead nowhere ---- */

static int
run_unresolved(cmd_env *env, int argc, char **argv, bool as_json)
{
	chy_buf buf = CHY_BUF_INIT;
	chy_slice query = cmd_join(&buf, argc, argv);
	chy_error err = { 0 };
	chy_unresolved *u;
	long most = 20;
	int status = EXIT_DONE;
	chy_status st;

	if (env->value[MOST] != NULL && !cmd_number(env->value[MOST], 1,
	    1000000, &most)) {
		chy_buf_done(&buf);
		return cmd_bad_usage(env, "--most takes a number from 1 to "
		    "1000000, not \"%s\"", env->value[MOST]);
	}
	st = chy_registry_unresolved(env->reg, &env->reader, query,
	    (uint32_t)most, &u, &err);
	if (st != CHY_OK) {
		err.status = st;
		status = cmd_failed_query(env, query, &err);
	} else {
		if (as_json)
			answer_unresolved_json(u, env->out);
		else
			answer_unresolved_text(u, env->out);
		chy_unresolved_free(u);
	}
	chy_buf_done(&buf);
	return status;
}

static int
run(cmd_env *env, int argc, char **argv)
{
	int status = EXIT_DONE;
	bool as_json = cmd_wants_json(env, &options[AS], env->value[AS],
	    &status);

	if (status == EXIT_DONE && env->value[UNRESOLVED] != NULL)
		return run_unresolved(env, argc, argv, as_json);
	if (status == EXIT_DONE && env->value[MOST] != NULL)
		return cmd_bad_usage(env, "--most goes with --unresolved");
	if (status == EXIT_DONE && argc == 0)
		return cmd_bad_usage(env, "MRN is missing");
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

const chy_cmd cmd_refs = { "[MRN...|QUERY...]", 0, options, run };
