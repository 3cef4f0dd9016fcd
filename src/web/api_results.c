/*
 * Results for programs: JSON, CSV (RFC 4180), and text in columns.
 *
 * SPDX-License-Identifier: ISC
 */
#include "web/web_int.h"

static void
put_json_hit(chy_exchange *x, const chy_hit *hit)
{
	const chy_line *line = &hit->line;

	chy_json(x, "{\"canonical_id\":%.*s,\"dtg_iso\":%.*s,"
	    "\"originator\":%.*s,\"classification\":%.*s,"
	    "\"subject_title\":%.*s,\"hits\":[", CHY_ARG(line->id),
	    CHY_ARG(line->dtg_iso), CHY_ARG(line->originator),
	    CHY_ARG(line->classification), CHY_ARG(line->subject));
	for (uint32_t i = 0; i < hit->n_snippets; i++) {
		if (i > 0)
			chy_json(x, ",");
		chy_json(x, "{\"id\":%.*s,\"snippet\":%.*s}",
		    CHY_ARG(hit->snippets[i].id),
		    CHY_ARG(hit->snippets[i].text));
	}
	chy_json(x, "]}");
}

static void
put_json_facet(chy_exchange *x, const chy_found *found, chy_facet_kind kind)
{
	const chy_facet *f = &found->facets[kind];

	chy_json(x, "%s:[", chy_facet_name(kind));
	for (uint32_t i = 0; i < f->n_values; i++) {
		const chy_facet_value *v = &f->values[i];

		if (i > 0)
			chy_json(x, ",");
		chy_json(x, "{\"value\":%.*s,\"name\":%.*s,\"term\":%.*s,"
		    "\"count\":%zu}", CHY_ARG(v->value), CHY_ARG(v->name),
		    CHY_ARG(v->term), (size_t)v->count);
	}
	chy_json(x, "]");
}

static void
put_json_found(chy_exchange *x, const chy_found *found)
{
	x->type = "application/json";
	chy_json(x, "{\"schema\":1,\"query\":%.*s,\"total\":%zu,\"page\":%u,"
	    "\"pages\":%u,\"results\":[", CHY_ARG(found->understood),
	    (size_t)found->total, found->page, found->pages);
	for (uint32_t i = 0; i < found->n_hits; i++) {
		if (i > 0)
			chy_json(x, ",\n");
		put_json_hit(x, &found->hits[i]);
	}
	chy_json(x, "],\"facets\":{");
	for (unsigned k = 0; k < CHY_FACETS; k++) {
		if (k > 0)
			chy_json(x, ",");
		put_json_facet(x, found, (chy_facet_kind)k);
	}
	chy_json(x, "}}\n");
}

/*
 * In quotes, quotes doubled. A cell that a spreadsheet would take for a
 * formula gets an apostrophe before it.
 */
static void
put_cell(chy_exchange *x, chy_slice s, const char *after)
{
	size_t done = 0;

	chy_sink_puts(&x->out, "\"");
	if (s.len > 0 && strchr("=+-@\t", s.ptr[0]) != NULL)
		chy_sink_puts(&x->out, "'");
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] == '"') {
			chy_sink_put(&x->out, chy_slice_sub(s, done,
			    i - done));
			chy_sink_puts(&x->out, "\"");
			done = i;
		}
	chy_sink_put(&x->out, chy_slice_from(s, done));
	chy_sink_puts(&x->out, after);
}

static void
put_csv(chy_exchange *x, const chy_found *found)
{
	x->type = "text/csv; charset=utf-8; header=present";
	x->download = "telegrams.csv";
	chy_sink_puts(&x->out, "canonical_id,dtg_iso,originator,"
	    "classification,precedence,subject_title\r\n");
	for (uint32_t i = 0; i < found->n_hits; i++) {
		const chy_line *line = &found->hits[i].line;

		put_cell(x, line->id, "\",");
		put_cell(x, line->dtg_iso, "\",");
		put_cell(x, line->originator, "\",");
		put_cell(x, line->classification, "\",");
		put_cell(x, chy_precedence_name(line->precedence), "\",");
		put_cell(x, line->subject, "\"\r\n");
	}
}

static void
put_text(chy_exchange *x, const chy_found *found)
{
	x->type = "text/plain; charset=utf-8";
	chy_sink_printf(&x->out, "%s telegram%s: %.*s\n",
	    chy_words_number(found->total).s, found->total == 1 ? "" : "s",
	    CHY_ARG(found->understood));
	for (uint32_t i = 0; i < found->n_hits; i++) {
		const chy_hit *hit = &found->hits[i];

		chy_sink_printf(&x->out, "\n%-18.*s  %s  %.*s\n    %.*s\n",
		    CHY_ARG(hit->line.id),
		    chy_words_date(chy_line_date(&hit->line)).s,
		    CHY_ARG(hit->line.classification),
		    CHY_ARG(hit->line.subject));
		for (uint32_t k = 0; k < hit->n_snippets; k++)
			chy_sink_printf(&x->out, "    %.*s: %.*s\n",
			    CHY_ARG(hit->snippets[k].id),
			    CHY_ARG(hit->snippets[k].text));
	}
}

void
chy_api_results(chy_exchange *x)
{
	bool csv = x->format == CHY_WEB_CSV;
	chy_find_options opts = {
		.page = chy_parse_number(x, "page", 1000000, 1),
		.size = csv ? CHY_WEB_CSV_HITS : CHY_WEB_HITS,
		.want = csv ? 0 : CHY_WANT_SNIPPETS,
		.after = chy_parse_param(x, "after"),
	};
	chy_found *found = NULL;
	chy_error err = { 0 };
	chy_status st;

	if (x->format == CHY_WEB_JSON)
		opts.want |= CHY_WANT_FACETS;
	(void)chy_sort_parse(chy_parse_param(x, "sort"), &opts.sort);
	st = chy_registry_find(x->reg, &x->site->reader,
	    chy_parse_param(x, "q"), &opts, &found, &err);
	if (st == CHY_ERR_INVALID || st == CHY_ERR_UNSUPPORTED ||
	    st == CHY_ERR_TOO_LARGE) {
		chy_reply_bad(x, 400, err.text);
		return;
	}
	if (st != CHY_OK) {
		chy_reply_failed(x, st, &err);
		return;
	}
	if (csv)
		put_csv(x, found);
	else if (x->format == CHY_WEB_JSON)
		put_json_found(x, found);
	else
		put_text(x, found);
	chy_found_free(found);
}
