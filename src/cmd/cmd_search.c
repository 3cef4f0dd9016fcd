/*
 * chancery search: find telegrams, newest first, with the places found.
 *
 * SPDX-License-Identifier: ISC
 */
#include <inttypes.h>

#include "cmd/cmd.h"
#include "cmd/output.h"

enum { AS, LIMIT, PAGE, SORT, AFTER, QUERIES };

static const char *
sort_name(size_t i)
{
	return i <= CHY_SORT_RELEVANCE ? chy_sort_name((chy_sort)i) : NULL;
}

static const cmd_option options[] = {
	[AS] = { "as", "FORM", "how to print: text if not said",
	    cmd_text_or_json, 0 },
	[LIMIT] = { "limit", "N", "telegrams a page: 20 if not said, at most "
	    "1000", NULL, 'n' },
	[PAGE] = { "page", "N", "which page: 1 if not said", NULL, 'p' },
	[SORT] = { "sort", "ORDER", "newest if not said", sort_name, 's' },
	[AFTER] = { "after", "MRN", "begin behind that telegram of the result",
	    NULL, 0 },
	[QUERIES] = { "queries", "FILE", "answer the queries of a file, a line "
	    "each", NULL, 0 },
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

/* `query`, if any, is whose hit it is. */
static void
json_hit(chy_sink *out, const chy_hit *hit, chy_slice query)
{
	json j = json_open(out);

	if (query.len > 0)
		json_text(&j, "query", query);
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

struct searching {
	chy_find_options opts;
	bool		 as_json;
	bool		 many;	/* queries */
	bool		 begun;
};

static chy_status
search_one(cmd_env *env, chy_slice query, void *arg, chy_error *err)
{
	struct searching *s = arg;
	chy_found *found;
	chy_status st = chy_registry_find(env->reg, &env->reader, query,
	    &s->opts, &found, err);

	if (st != CHY_OK)
		return st;
	for (uint32_t i = 0; s->as_json && i < found->n_hits; i++)
		json_hit(env->out, &found->hits[i], s->many ? query :
		    CHY_EMPTY);
	if (!s->as_json) {
		if (s->begun)
			chy_sink_puts(env->out, "\n");
		put_found(env, found);
	}
	s->begun = true;
	chy_found_free(found);
	return CHY_OK;
}

static int
take_options(cmd_env *env, chy_find_options *opts)
{
	long limit = 20, page = 1;

	if (env->value[LIMIT] != NULL &&
	    !cmd_number(env->value[LIMIT], 1, 1000, &limit))
		return cmd_bad_usage(env, "--limit takes a number from 1 to "
		    "1000, not \"%s\"", env->value[LIMIT]);
	if (env->value[PAGE] != NULL &&
	    !cmd_number(env->value[PAGE], 1, 1000000000, &page))
		return cmd_bad_usage(env, "--page takes a number from 1, "
		    "not \"%s\"", env->value[PAGE]);
	if (env->value[SORT] != NULL &&
	    !chy_sort_parse(chy_slice_of(env->value[SORT]), &opts->sort))
		return cmd_bad_value(env, &options[SORT], env->value[SORT]);
	if (env->value[AFTER] != NULL) {
		opts->after = chy_slice_of(env->value[AFTER]);
		if (env->value[PAGE] != NULL || opts->after.len == 0)
			return cmd_bad_usage(env, "--after takes the number of "
			    "a telegram, and no --page beside it");
	}
	opts->size = (uint32_t)limit;
	opts->page = (uint32_t)page;
	return EXIT_DONE;
}

static int
run(cmd_env *env, int argc, char **argv)
{
	struct searching s = { .opts = { .want = CHY_WANT_SNIPPETS |
	    CHY_WANT_DROPS, .after = CHY_EMPTY } };
	chy_buf buf = CHY_BUF_INIT;
	chy_slice query;
	chy_error err = { 0 };
	int status = EXIT_DONE;
	chy_status st;

	s.as_json = cmd_wants_json(env, &options[AS], env->value[AS], &status);
	s.many = env->value[QUERIES] != NULL;
	if (status == EXIT_DONE)
		status = take_options(env, &s.opts);
	if (status == EXIT_DONE && s.many && argc > 0)
		status = cmd_bad_usage(env, "give a query, or a file of them "
		    "with --queries");
	if (status != EXIT_DONE)
		return status;
	if (s.many)
		return cmd_queries(env, env->value[QUERIES], search_one, &s);
	query = cmd_join(&buf, argc, argv);
	st = search_one(env, query, &s, &err);
	if (st != CHY_OK) {
		err.status = st;
		status = cmd_failed_query(env, query, &err);
	}
	chy_buf_done(&buf);
	return status;
}

const chy_cmd cmd_search = { "QUERY...", 1, options, run };
