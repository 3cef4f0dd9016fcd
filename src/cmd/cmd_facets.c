/*
 * chancery facets: what a query finds, counted by year, post, classification
 * and TAGS; by month with --months; by other parts with --kind.
 *
 * SPDX-License-Identifier: ISC
 */
#include <inttypes.h>

#include "cmd/cmd.h"
#include "cmd/output.h"
#include "registry/network.h"

enum { AS, MONTHS, KIND, LIMIT };

static const char *
kind_value(size_t i)
{
	return i < CHY_COUNT_KINDS ? chy_count_kind_name((chy_count_kind)i) :
	    NULL;
}

static const cmd_option options[] = {
	[AS] = { "as", "FORM", "how to print: text if not said",
	    cmd_text_or_json, 0 },
	[MONTHS] = { "months", NULL, "also by month", NULL, 0 },
	[KIND] = { "kind", "KIND", "by this alone, or several with commas",
	    kind_value, 0 },
	[LIMIT] = { "limit", "N", "values of a kind, with --kind", NULL, 0 },
	{ NULL, NULL, NULL, NULL, 0 },
};

static void
put_facet(cmd_env *env, const char *name, const chy_facet *facet,
    bool as_json)
{
	if (facet->n_values > 0 && !as_json)
		chy_sink_printf(env->out, "\n%s\n", name);
	for (uint32_t i = 0; i < facet->n_values; i++) {
		const chy_facet_value *v = &facet->values[i];

		if (as_json) {
			json j = json_open(env->out);

			json_text(&j, "facet", chy_slice_of(name));
			json_text(&j, "value", v->value);
			json_text_or_null(&j, "name", v->name);
			json_text(&j, "term", v->term);
			json_number(&j, "count", v->count);
			json_close(&j);
			continue;
		}
		chy_sink_printf(env->out, "%8" PRIu64 "  ", v->count);
		out_text(env->out, v->value);
		if (v->name.len > 0 && !chy_slice_ieq(v->name, v->value)) {
			chy_sink_puts(env->out, "  ");
			out_text(env->out, v->name);
		}
		chy_sink_puts(env->out, "\n");
	}
	if (facet->n_all > facet->n_values && !as_json)
		chy_sink_printf(env->out, "          and %u more\n",
		    (unsigned)(facet->n_all - facet->n_values));
}

static void
put_months(cmd_env *env, const chy_found *found, bool as_json)
{
	if (found->n_months > 0 && !as_json)
		chy_sink_puts(env->out, "\nmonth\n");
	for (uint32_t i = 0; i < found->n_months; i++) {
		const chy_month *m = &found->months[i];
		char text[16];

		snprintf(text, sizeof(text), "%04d-%02d", (int)m->year,
		    (int)m->month);
		if (as_json) {
			json j = json_open(env->out);

			json_text(&j, "facet", CHY_SLICE("month"));
			json_text(&j, "value", chy_slice_of(text));
			json_number(&j, "count", m->count);
			json_close(&j);
		} else if (m->count > 0) {
			chy_sink_printf(env->out, "%8" PRIu64 "  %s\n",
			    m->count, text);
		}
	}
}

/* The facets of --kind, one after the other. */
static int
run_kinds(cmd_env *env, chy_slice query, uint32_t most, bool as_json)
{
	chy_slice left = chy_slice_of(env->value[KIND]);
	bool first = true;

	while (left.len > 0) {
		size_t end = chy_slice_find(left, CHY_SLICE(","), 0);
		chy_count_kind kind;
		chy_counts *counts;
		chy_error err = { 0 };
		chy_status st;

		if (!chy_count_kind_parse(chy_slice_sub(left, 0, end), &kind))
			return cmd_bad_value(env, &options[KIND],
			    env->value[KIND]);
		st = chy_registry_counts(env->reg, &env->reader, query, kind,
		    most, &counts, &err);
		if (st != CHY_OK) {
			err.status = st;
			return cmd_failed_query(env, query, &err);
		}
		if (first && !as_json) {
			chy_sink_puts(env->out, "query: ");
			out_text(env->out, counts->understood);
			chy_sink_printf(env->out, "\n%" PRIu64 " telegram%s\n",
			    counts->total, counts->total == 1 ? "" : "s");
		}
		first = false;
		put_facet(env, chy_count_kind_name(kind), &counts->facet,
		    as_json);
		chy_counts_free(counts);
		left = chy_slice_from(left, end + 1);
	}
	return EXIT_DONE;
}

static int
run(cmd_env *env, int argc, char **argv)
{
	chy_find_options opts = { .want = CHY_WANT_FACETS };
	chy_buf buf = CHY_BUF_INIT;
	chy_slice query = cmd_join(&buf, argc, argv);
	chy_error err = { 0 };
	chy_found *found;
	int status = EXIT_DONE;
	bool as_json = cmd_wants_json(env, &options[AS], env->value[AS],
	    &status);
	long most = 0;
	chy_status st;

	if (env->value[MONTHS] != NULL)
		opts.want |= CHY_WANT_MONTHS;
	if (status == EXIT_DONE && env->value[LIMIT] != NULL &&
	    !cmd_number(env->value[LIMIT], 1, 1000000, &most))
		status = cmd_bad_usage(env, "--limit takes a number from 1 to "
		    "1000000");
	if (status == EXIT_DONE && env->value[KIND] != NULL) {
		status = run_kinds(env, query, (uint32_t)most, as_json);
	} else if (status == EXIT_DONE) {
		st = chy_registry_find(env->reg, &env->reader, query, &opts,
		    &found, &err);
		if (st != CHY_OK) {
			err.status = st;
			status = cmd_failed_query(env, query, &err);
		} else {
			if (!as_json) {
				chy_sink_puts(env->out, "query: ");
				out_text(env->out, found->understood);
				chy_sink_printf(env->out, "\n%" PRIu64
				    " telegram%s\n", found->total,
				    found->total == 1 ? "" : "s");
			}
			for (int k = 0; k < CHY_FACETS; k++)
				put_facet(env, chy_facet_name(
				    (chy_facet_kind)k), &found->facets[k],
				    as_json);
			put_months(env, found, as_json);
			chy_found_free(found);
		}
	}
	chy_buf_done(&buf);
	return status;
}

const chy_cmd cmd_facets = { "[QUERY...]", 0, options, run };
