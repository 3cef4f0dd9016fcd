/*
 * chancery search: find telegrams, newest first, with the places found.
 *
 * SPDX-License-Identifier: ISC
 */
#include <inttypes.h>

#include "cmd/cmd.h"
#include "cmd/output.h"

enum { AS, LIMIT, PAGE };

static const cmd_option options[] = {
	[AS] = { "as", "FORM", "how to print: text if not said",
	    cmd_text_or_json, 0 },
	[LIMIT] = { "limit", "N", "telegrams a page: 20 if not said, at most "
	    "1000", NULL, 'n' },
	[PAGE] = { "page", "N", "which page: 1 if not said", NULL, 'p' },
	{ NULL, NULL, NULL, NULL, 0 },
};

/* The snippet with its matches in bold, dots where it is cut. */
static void
put_snippet(chy_sink *out, const chy_snippet *s, bool colour)
{
	uint32_t at = 0;

	chy_sink_puts(out, s->is_paragraph ? "    #" : "    ");
	out_text(out, s->id);
	if (s->mark.len > 0) {
		chy_sink_puts(out, " (");
		out_text(out, s->mark);
		chy_sink_puts(out, ")");
	}
	chy_sink_puts(out, s->cut_before ? " ..." : " ");
	for (uint32_t i = 0; i < s->n_matches; i++) {
		const chy_match *m = &s->matches[i];

		out_text(out, chy_slice_sub(s->text, at, m->off - at));
		out_bold(out, colour);
		out_text(out, chy_slice_sub(s->text, m->off, m->len));
		out_plain(out, colour);
		at = m->off + m->len;
	}
	out_text(out, chy_slice_from(s->text, at));
	chy_sink_puts(out, s->cut_after ? "...\n" : "\n");
}

static void
put_hit(chy_sink *out, const chy_hit *hit, bool colour)
{
	chy_sink_puts(out, "\n");
	out_line(out, &hit->line, colour);
	for (uint32_t i = 0; i < hit->n_snippets; i++)
		put_snippet(out, &hit->snippets[i], colour);
	if (hit->n_rows > hit->n_snippets)
		chy_sink_printf(out, "    and %u more places\n",
		    (unsigned)(hit->n_rows - hit->n_snippets));
}

static void
json_hit(chy_sink *out, const chy_hit *hit)
{
	json j = json_open(out);

	json_line(&j, &hit->line);
	json_list_begin(&j, "hits");
	for (uint32_t i = 0; i < hit->n_snippets; i++) {
		const chy_snippet *s = &hit->snippets[i];

		json_item_object(&j);
		json_text(&j, "id", s->id);
		json_text(&j, "snippet", s->text);
		json_object_end(&j);
	}
	json_list_end(&j);
	json_close(&j);
}

static void
put_found(cmd_env *env, const chy_found *found)
{
	chy_sink *out = env->out;

	chy_sink_puts(out, "query: ");
	out_text(out, found->understood);
	chy_sink_printf(out, "\n%" PRIu64 " telegram%s", found->total,
	    found->total == 1 ? "" : "s");
	if (found->pages > 1)
		chy_sink_printf(out, ", page %u of %u", (unsigned)found->page,
		    (unsigned)found->pages);
	chy_sink_puts(out, "\n");
	for (uint32_t i = 0; i < found->n_hits; i++)
		put_hit(out, &found->hits[i], env->colour);
	for (uint32_t i = 0; i < found->n_drops; i++) {
		chy_sink_puts(out, "without \"");
		out_text(out, found->drops[i].term);
		chy_sink_printf(out, "\": %" PRIu64 "\n",
		    found->drops[i].count);
	}
}

static int
run(cmd_env *env, int argc, char **argv)
{
	chy_find_options opts = { .want = CHY_WANT_SNIPPETS | CHY_WANT_DROPS };
	chy_buf buf = CHY_BUF_INIT;
	chy_slice query = cmd_join(&buf, argc, argv);
	chy_error err = { 0 };
	chy_found *found;
	int status = EXIT_DONE;
	bool as_json = cmd_wants_json(env, &options[AS], env->value[AS],
	    &status);
	long limit = 20, page = 1;
	chy_status st;

	if (status == EXIT_DONE && env->value[LIMIT] != NULL &&
	    !cmd_number(env->value[LIMIT], 1, 1000, &limit))
		status = cmd_bad_usage(env, "--limit takes a number from 1 to "
		    "1000, not \"%s\"", env->value[LIMIT]);
	if (status == EXIT_DONE && env->value[PAGE] != NULL &&
	    !cmd_number(env->value[PAGE], 1, 1000000000, &page))
		status = cmd_bad_usage(env, "--page takes a number from 1, "
		    "not \"%s\"", env->value[PAGE]);
	if (status == EXIT_DONE) {
		opts.size = (uint32_t)limit;
		opts.page = (uint32_t)page;
		st = chy_registry_find(env->reg, &env->reader, query, &opts,
		    &found, &err);
		if (st != CHY_OK) {
			err.status = st;
			status = cmd_failed_query(env, query, &err);
		} else {
			for (uint32_t i = 0; as_json && i < found->n_hits; i++)
				json_hit(env->out, &found->hits[i]);
			if (!as_json)
				put_found(env, found);
			chy_found_free(found);
		}
	}
	chy_buf_done(&buf);
	return status;
}

const chy_cmd cmd_search = { "QUERY...", 1, options, run };
