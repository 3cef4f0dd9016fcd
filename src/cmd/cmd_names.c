/*
 * chancery names: people, places and bodies in what a query finds, by number
 * of telegrams; and one name, its spellings, where it stands, who stands
 * beside it.
 *
 * SPDX-License-Identifier: ISC
 */
#include <inttypes.h>

#include "cmd/cmd.h"
#include "cmd/output.h"
#include "registry/names.h"

enum { AS, KIND, LIMIT, QUERY };

static const char *
kind_value(size_t i)
{
	return i < CHY_NAME_KINDS ? chy_name_kind_name((chy_name_kind)i) :
	    NULL;
}

static const cmd_option options[] = {
	[AS] = { "as", "FORM", "how to print: text if not said",
	    cmd_text_or_json, 0 },
	[KIND] = { "kind", "KIND", "person, place or body; all if not said",
	    kind_value, 0 },
	[LIMIT] = { "limit", "N", "names of a kind, or telegrams of a name",
	    NULL, 0 },
	[QUERY] = { "query", NULL, "the words are a query, not a name", NULL,
	    'q' },
	{ NULL, NULL, NULL, NULL, 0 },
};

static void
json_entry(json *j, const chy_name_entry *e)
{
	json_text(j, "kind", chy_slice_of(chy_name_kind_name(e->kind)));
	json_text(j, "name", e->name);
	json_text(j, "term", e->term);
	json_number(j, "count", e->count);
}

static void
json_variants(json *j, const chy_name_entry *e)
{
	json_list_begin(j, "variants");
	for (uint32_t i = 0; i < e->n_variants; i++) {
		json_item_object(j);
		json_text(j, "text", e->variants[i].text);
		json_number(j, "count", e->variants[i].count);
		json_object_end(j);
	}
	json_list_end(j);
}

/* The spellings, but not the one that stands before them. */
static void
put_variants(chy_sink *out, const chy_name_entry *e)
{
	uint32_t told = 0;

	for (uint32_t i = 0; i < e->n_variants && told < 6; i++) {
		if (chy_slice_ieq(e->variants[i].text, e->name))
			continue;
		chy_sink_puts(out, told++ == 0 ? "  (" : "; ");
		out_text(out, e->variants[i].text);
	}
	if (told > 0)
		chy_sink_puts(out, ")");
	chy_sink_puts(out, "\n");
}

static void
put_list(cmd_env *env, const chy_names_list *list)
{
	chy_sink *out = env->out;
	uint32_t of_kind = 0;

	chy_sink_puts(out, "query: ");
	out_text(out, list->understood);
	chy_sink_printf(out, "\n%" PRIu64 " telegram%s\n", list->telegrams,
	    list->telegrams == 1 ? "" : "s");
	for (uint32_t i = 0; i < list->n; i++) {
		const chy_name_entry *e = &list->at[i];

		if (i == 0 || e->kind != list->at[i - 1].kind) {
			chy_sink_printf(out, "\n%s\n",
			    chy_name_kind_name(e->kind));
			of_kind = 0;
		}
		of_kind++;
		chy_sink_printf(out, "%8" PRIu64 "  ", e->count);
		out_text(out, e->name);
		put_variants(out, e);
		if ((i + 1 == list->n || list->at[i + 1].kind != e->kind) &&
		    list->n_all[e->kind] > of_kind)
			chy_sink_printf(out, "          and %" PRIu64 " more"
			    "\n", list->n_all[e->kind] - of_kind);
	}
}

static void
put_place(chy_sink *out, const chy_name_place *p, bool colour)
{
	bool field = false;

	out_line(out, &p->line, colour);
	chy_sink_puts(out, "    at");
	for (uint32_t i = 0; i < p->n_ids; i++) {
		field |= !p->is_paragraph[i];
		if (!p->is_paragraph[i])
			continue;
		chy_sink_puts(out, " ");
		out_text(out, p->line.id);
		chy_sink_puts(out, "#");
		out_text(out, p->ids[i]);
	}
	for (uint32_t i = 0; i < p->n_ids && field; i++)
		if (!p->is_paragraph[i]) {
			chy_sink_puts(out, " ");
			out_text(out, p->ids[i]);
		}
	chy_sink_puts(out, "\n");
}

static void
put_found(cmd_env *env, const chy_name_found *f)
{
	chy_sink *out = env->out;

	out_bold(out, env->colour);
	out_text(out, f->entry.name);
	out_plain(out, env->colour);
	chy_sink_printf(out, "  %s, %" PRIu64 " telegram%s\n",
	    chy_name_kind_name(f->entry.kind), f->entry.count,
	    f->entry.count == 1 ? "" : "s");
	for (uint32_t i = 0; i < f->entry.n_variants; i++) {
		chy_sink_printf(out, "%8" PRIu64 "  ",
		    f->entry.variants[i].count);
		out_text(out, f->entry.variants[i].text);
		chy_sink_puts(out, "\n");
	}
	if (f->n_beside > 0)
		chy_sink_puts(out, "beside\n");
	for (uint32_t i = 0; i < f->n_beside; i++) {
		chy_sink_printf(out, "%8" PRIu64 "  ", f->beside[i].count);
		out_text(out, f->beside[i].name);
		chy_sink_printf(out, "  %s\n",
		    chy_name_kind_name(f->beside[i].kind));
	}
	for (uint32_t i = 0; i < f->n_places; i++)
		put_place(out, &f->places[i], env->colour);
	if (f->all_places > f->n_places)
		chy_sink_printf(out, "and %" PRIu64 " more telegrams\n",
		    f->all_places - f->n_places);
}

static void
json_found(chy_sink *out, const chy_name_found *f)
{
	json j = json_open(out);

	json_entry(&j, &f->entry);
	json_variants(&j, &f->entry);
	json_list_begin(&j, "beside");
	for (uint32_t i = 0; i < f->n_beside; i++) {
		json_item_object(&j);
		json_entry(&j, &f->beside[i]);
		json_object_end(&j);
	}
	json_list_end(&j);
	json_list_begin(&j, "telegrams");
	for (uint32_t i = 0; i < f->n_places; i++) {
		const chy_name_place *p = &f->places[i];

		json_item_object(&j);
		json_line(&j, &p->line);
		json_list_begin(&j, "paragraphs");
		for (uint32_t k = 0; k < p->n_ids; k++)
			if (p->is_paragraph[k])
				json_item_text(&j, p->ids[k]);
		json_list_end(&j);
		json_list_begin(&j, "fields");
		for (uint32_t k = 0; k < p->n_ids; k++)
			if (!p->is_paragraph[k])
				json_item_text(&j, p->ids[k]);
		json_list_end(&j);
		json_object_end(&j);
	}
	json_list_end(&j);
	json_close(&j);
}

static int
run_list(cmd_env *env, chy_slice query, int kind, uint32_t most, bool as_json)
{
	chy_names_options opts = { .kind = kind, .most = most };
	chy_names_list *list;
	chy_error err = { 0 };
	chy_status st = chy_registry_names(env->reg, &env->reader, query,
	    &opts, &list, &err);

	if (st != CHY_OK) {
		err.status = st;
		return cmd_failed_query(env, query, &err);
	}
	if (!as_json)
		put_list(env, list);
	for (uint32_t i = 0; i < list->n && as_json; i++) {
		json j = json_open(env->out);

		json_entry(&j, &list->at[i]);
		json_variants(&j, &list->at[i]);
		json_close(&j);
	}
	chy_names_list_free(list);
	return EXIT_DONE;
}

static int
run_name(cmd_env *env, chy_slice name, int kind, uint32_t most, bool as_json)
{
	chy_names_found *found;
	chy_error err = { 0 };
	chy_status st = chy_registry_name(env->reg, &env->reader, name, kind,
	    most, &found, &err);

	if (st == CHY_ERR_NOT_FOUND) {
		cmd_trouble(env, NULL, "%s", err.text);
		return cmd_done(env);
	}
	if (st != CHY_OK) {
		err.status = st;
		return cmd_failed(env, &err);
	}
	for (uint32_t i = 0; i < found->n; i++) {
		if (as_json) {
			json_found(env->out, &found->at[i]);
			continue;
		}
		if (i > 0)
			chy_sink_puts(env->out, "\n");
		put_found(env, &found->at[i]);
	}
	chy_names_found_free(found);
	return EXIT_DONE;
}

static int
run(cmd_env *env, int argc, char **argv)
{
	chy_buf buf = CHY_BUF_INIT;
	chy_slice words = cmd_join(&buf, argc, argv);
	chy_name_kind kind = CHY_NAME_PERSON;
	const char *given = env->value[KIND];
	long most = 0;
	int status = EXIT_DONE, k = -1;
	bool as_json = cmd_wants_json(env, &options[AS], env->value[AS],
	    &status);

	if (status == EXIT_DONE && given != NULL) {
		if (!chy_name_kind_parse(chy_slice_of(given), &kind))
			status = cmd_bad_value(env, &options[KIND], given);
		k = (int)kind;
	}
	if (status == EXIT_DONE && env->value[LIMIT] != NULL &&
	    !cmd_number(env->value[LIMIT], 1, 100000, &most))
		status = cmd_bad_usage(env, "--limit takes a number from 1 to "
		    "100000");
	if (status == EXIT_DONE)
		status = argc == 0 || env->value[QUERY] != NULL ?
		    run_list(env, words, k, (uint32_t)most, as_json) :
		    run_name(env, words, k, (uint32_t)most, as_json);
	chy_buf_done(&buf);
	return status;
}

const chy_cmd cmd_names = { "[NAME | --query QUERY...]", 0, options, run };
