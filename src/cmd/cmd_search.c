/*
 * chancery search: find telegrams, newest first, with the places found.
 *
 * SPDX-License-Identifier: ISC
 */
#include <inttypes.h>

#include "cmd/cmd.h"
#include "cmd/output.h"
#include "registry/alike.h"

enum { AS, LIMIT, PAGE, SORT, AFTER, QUERIES, FOLD };

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
	[FOLD] = { "fold", NULL, "near-duplicates below what they are like",
	    NULL, 0 },
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

/* Those that are nearly the same as a hit stand below it, a line each. */
static void
put_folded(chy_sink *out, const chy_found *found, const chy_fold *folds,
    uint32_t i)
{
	uint32_t here = 0;

	for (uint32_t k = i + 1; k < found->n_hits; k++) {
		if (folds[k].of != i)
			continue;
		here++;
		chy_sink_puts(out, "    near-duplicate ");
		out_text(out, found->hits[k].line.id);
		chy_sink_puts(out, "  ");
		out_text(out, found->hits[k].line.dtg_iso);
		chy_sink_puts(out, "\n");
	}
	if (folds[i].n_near > here)
		chy_sink_printf(out, "    and %u near-duplicate%s elsewhere\n",
		    (unsigned)(folds[i].n_near - here),
		    folds[i].n_near - here == 1 ? "" : "s");
}

/* `query`, if any, is whose hit it is. */
static void
json_hit(chy_sink *out, const chy_found *found, uint32_t i,
    const chy_fold *folds, chy_slice query)
{
	const chy_hit *hit = &found->hits[i];
	json j = json_open(out);

	if (query.len > 0)
		json_text(&j, "query", query);
	json_line(&j, &hit->line);
	json_list_begin(&j, "hits");
	for (uint32_t k = 0; k < hit->n_snippets; k++) {
		const chy_snippet *s = &hit->snippets[k];

		json_item_object(&j);
		json_text(&j, "id", s->id);
		json_text(&j, "snippet", s->text);
		json_object_end(&j);
	}
	json_list_end(&j);
	if (folds != NULL && folds[i].of != UINT32_MAX) {
		json_text(&j, "near_duplicate_of",
		    found->hits[folds[i].of].line.id);
	} else if (folds != NULL) {
		json_absent(&j, "near_duplicate_of");
		json_number(&j, "near_duplicates", folds[i].n_near);
	}
	json_close(&j);
}

/* Which hits are nearly the same; NULL where it was not asked for. */
static chy_fold *
make_folds(cmd_env *env, chy_found *found, chy_error *err)
{
	chy_slice *ids = chy_arena_zalloc(&found->arena,
	    (size_t)found->n_hits + 1, sizeof(*ids));
	chy_fold *folds = chy_arena_zalloc(&found->arena,
	    (size_t)found->n_hits + 1, sizeof(*folds));

	if (ids == NULL || folds == NULL) {
		(void)chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
		return NULL;
	}
	for (uint32_t i = 0; i < found->n_hits; i++)
		ids[i] = found->hits[i].line.id;
	if (chy_registry_fold(env->reg, &env->reader, ids, found->n_hits,
	    folds, err) != CHY_OK)
		return NULL;
	return folds;
}

static void
put_found(cmd_env *env, const chy_found *found, const chy_fold *folds)
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
	for (uint32_t i = 0; i < found->n_hits; i++) {
		if (folds != NULL && folds[i].of != UINT32_MAX)
			continue;
		put_hit(out, &found->hits[i], env->colour);
		if (folds != NULL)
			put_folded(out, found, folds, i);
	}
	for (uint32_t i = 0; i < found->n_drops; i++) {
		chy_sink_puts(out, "without \"");
		out_text(out, found->drops[i].term);
		chy_sink_printf(out, "\": %" PRIu64 "\n",
		    found->drops[i].count);
	}
	for (uint32_t i = 0; i < found->n_instead; i++) {
		chy_sink_puts(out, "nothing has \"");
		out_text(out, found->instead[i].term);
		chy_sink_puts(out, "\", with \"");
		out_text(out, found->instead[i].with);
		chy_sink_printf(out, "\": %" PRIu64 "\n",
		    found->instead[i].count);
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
	chy_fold *folds = NULL;
	chy_found *found;
	chy_status st = chy_registry_find(env->reg, &env->reader, query,
	    &s->opts, &found, err);

	if (st != CHY_OK)
		return st;
	if (env->value[FOLD] != NULL) {
		folds = make_folds(env, found, err);
		if (folds == NULL) {
			chy_found_free(found);
			return err->status;
		}
	}
	for (uint32_t i = 0; s->as_json && i < found->n_hits; i++)
		json_hit(env->out, found, i, folds, s->many ? query :
		    CHY_EMPTY);
	if (!s->as_json) {
		if (s->begun)
			chy_sink_puts(env->out, "\n");
		put_found(env, found, folds);
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
