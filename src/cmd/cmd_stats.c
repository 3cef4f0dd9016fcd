/*
 * chancery stats: what the archive holds, and how many telegrams have each
 * field.
 *
 * SPDX-License-Identifier: ISC
 */
#include <inttypes.h>

#include "cmd/cmd.h"
#include "cmd/output.h"

enum { AS };

static const cmd_option options[] = {
	[AS] = { "as", "FORM", "how to print: text if not said",
	    cmd_text_or_json, 0 },
	{ NULL, NULL, NULL, NULL, 0 },
};

static void
json_stats(cmd_env *env, const chy_stats *s)
{
	json j = json_open(env->out);

	json_number(&j, "telegrams", s->telegrams);
	json_number(&j, "copies", s->copies);
	json_number(&j, "paragraphs", s->paragraphs);
	json_number(&j, "posts", s->posts);
	json_number(&j, "references", s->references);
	json_number(&j, "references_resolved", s->resolved);
	json_number(&j, "cited_but_missing", s->missing);
	json_text_or_null(&j, "first", s->first_iso);
	json_text_or_null(&j, "last", s->last_iso);
	for (int k = 0; k < CHY_FACETS; k++) {
		json_list_begin(&j, chy_facet_name((chy_facet_kind)k));
		for (uint32_t i = 0; i < s->facets[k].n_values; i++) {
			json_item_object(&j);
			json_text(&j, "value", s->facets[k].values[i].value);
			json_number(&j, "count", s->facets[k].values[i].count);
			json_object_end(&j);
		}
		json_list_end(&j);
	}
	json_object_begin(&j, "coverage");
	for (uint32_t i = 0; i < s->n_coverage; i++)
		json_number(&j, s->coverage[i].field, s->coverage[i].count);
	json_object_end(&j);
	if (env->reader.owner) {
		json_number(&j, "originals", s->originals);
		json_number(&j, "original_bytes", s->original_bytes);
		json_number(&j, "stored_bytes", s->stored_bytes);
		json_number(&j, "archive_bytes", s->archive_bytes);
		json_number(&j, "unread", s->unread);
		json_number(&j, "stale", s->stale);
	}
	json_close(&j);
}

static void
put_count(chy_sink *out, uint64_t n, const char *what)
{
	chy_sink_printf(out, "%10" PRIu64 "  %s\n", n, what);
}

static void
put_stats(cmd_env *env, const chy_stats *s)
{
	chy_sink *out = env->out;

	put_count(out, s->telegrams, "telegrams");
	put_count(out, s->copies, "further copies");
	put_count(out, s->paragraphs, "paragraphs");
	put_count(out, s->posts, "posts");
	put_count(out, s->references, "references to telegrams");
	put_count(out, s->resolved, "of these led to a filed one");
	put_count(out, s->missing, "telegrams cited but not filed");
	if (s->first_iso.len > 0) {
		chy_sink_puts(out, "from ");
		out_text(out, s->first_iso);
		chy_sink_puts(out, " to ");
		out_text(out, s->last_iso);
		chy_sink_puts(out, "\n");
	}
	if (env->reader.owner) {
		put_count(out, s->originals, "originals");
		put_count(out, s->original_bytes, "bytes of them");
		put_count(out, s->stored_bytes, "bytes of them as stored");
		put_count(out, s->archive_bytes, "bytes of the archive");
		put_count(out, s->unread, "unread, kept as they came");
		if (s->stale > 0)
			put_count(out, s->stale, "read by an older version; "
			    "chancery reindex reads them again");
	}
	if (s->n_coverage > 0 && s->telegrams > 0)
		chy_sink_puts(out, "\nfield, and how many telegrams have "
		    "it\n");
	for (uint32_t i = 0; i < s->n_coverage && s->telegrams > 0; i++)
		chy_sink_printf(out, "%10" PRIu64 "  %5.1f%%  %s\n",
		    s->coverage[i].count, 100.0 *
		    (double)s->coverage[i].count / (double)s->telegrams,
		    s->coverage[i].field);
}

static int
run(cmd_env *env, int argc, char **argv)
{
	int status = EXIT_DONE;
	bool as_json = cmd_wants_json(env, &options[AS], env->value[AS],
	    &status);
	chy_error err = { 0 };
	chy_stats *stats;
	chy_status st;

	(void)argc;
	(void)argv;
	if (status != EXIT_DONE)
		return status;
	st = chy_registry_stats(env->reg, &env->reader, true, &stats, &err);
	if (st != CHY_OK) {
		err.status = st;
		return cmd_failed(env, &err);
	}
	if (as_json)
		json_stats(env, stats);
	else
		put_stats(env, stats);
	chy_stats_free(stats);
	return EXIT_DONE;
}

const chy_cmd cmd_stats = { "", 0, options, run };
