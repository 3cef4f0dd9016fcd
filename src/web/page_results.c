/*
 * The page of results: the query as understood, how many, when, which; what
 * to narrow it by. And its other states: nothing filed, nothing found, a
 * query that cannot be read.
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/ascii.h"
#include "base/utf8.h"
#include "telegram/mrn.h"
#include "vocab/vocab.h"
#include "web/web_int.h"

/* Values of a facet that are shown. */
#define SHOWN	8u


/* ---- the query as understood ---- */

static void
put_term(chy_exchange *x, chy_slice term)
{
	size_t colon = 0;

	while (colon < term.len && chy_is_lower(term.ptr[colon]))
		colon++;
	if (colon > 0 && colon < term.len && term.ptr[colon] == ':')
		chy_html(x, "<code>%.*s:</code>%.*s",
		    CHY_ARG(chy_slice_sub(term, 0, colon)),
		    CHY_ARG(chy_slice_from(term, colon + 1)));
	else
		chy_html(x, "%.*s", CHY_ARG(term));
}

static void
put_understood(chy_exchange *x, chy_slice understood)
{
	chy_slice terms[CHY_WEB_TERMS];
	unsigned n = chy_terms_split(understood, terms);

	if (understood.len == 0)
		return;
	chy_html(x, "<p class=\"parsed\">Understood as ");
	if (n == 0)
		chy_html(x, "<span class=\"term\">%.*s</span>",
		    CHY_ARG(understood));
	for (unsigned i = 0; i < n; i++) {
		chy_html(x, "%s<span class=\"term\">", i > 0 ? " and " : "");
		put_term(x, terms[i]);
		chy_html(x, "<a href=\"/search?q=%s\" aria-label=\"Drop "
		    "%.*s\">\xC3\x97</a></span>", chy_url(x,
		    chy_terms_but(x, terms, n, i)), CHY_ARG(terms[i]));
	}
	chy_html(x, "</p>\n");
}

/* The address of a result in another order or at another page. */
static const char *
result_url(chy_exchange *x, chy_slice query, chy_sort sort)
{
	return sort == CHY_SORT_NEWEST ? chy_text(x, "/search?q=%s",
	    chy_url(x, query)).ptr : chy_text(x, "/search?q=%s&sort=%s",
	    chy_url(x, query), chy_sort_name(sort)).ptr;
}

/* The order it has, and those it may have. */
static void
put_orders(chy_exchange *x, chy_slice query, chy_sort sort)
{
	static const char *const words[] = {
		[CHY_SORT_NEWEST] = "newest first",
		[CHY_SORT_OLDEST] = "oldest first",
		[CHY_SORT_RELEVANCE] = "best match first",
	};

	chy_html(x, "%s <span class=\"quiet\">(or ", words[sort]);
	for (int i = 0, n = 0; i <= CHY_SORT_RELEVANCE; i++)
		if ((chy_sort)i != sort)
			chy_html(x, "%s<a href=\"%s\">%s</a>",
			    n++ > 0 ? ", " : "", result_url(x, query,
			    (chy_sort)i), words[i]);
	chy_html(x, ")</span>");
}

static void
put_answer(chy_exchange *x, const chy_found *found, chy_slice query,
    chy_sort sort)
{
	if (found->total == 0) {
		chy_html(x, "<p class=\"answer\"><b>No telegram</b> is "
		    "found.</p>\n");
		return;
	}
	chy_html(x, "<p class=\"answer\"><b>%s telegram%s</b>",
	    chy_words_number(found->total).s, found->total == 1 ? "" : "s");
	if (query.len == 0)
		chy_html(x, ", all that %s here",
		    found->total == 1 ? "is" : "are");
	if (found->n_months > 0) {
		const chy_month *a = &found->months[0];
		const chy_month *b = &found->months[found->n_months - 1];

		if (a->year == b->year && a->month == b->month)
			chy_html(x, ", %s %d", chy_month_name(a->month),
			    (int)a->year);
		else
			chy_html(x, ", %s %d to %s %d",
			    chy_month_name(a->month), (int)a->year,
			    chy_month_name(b->month), (int)b->year);
	}
	chy_html(x, ", ");
	put_orders(x, query, sort);
	chy_html(x, ".</p>\n");
}


/* ---- facets ---- */

static void
put_value(chy_exchange *x, chy_facet_kind kind, const chy_facet_value *v)
{
	switch (kind) {
	case CHY_FACET_YEAR:
		chy_html(x, "%.*s", CHY_ARG(v->value));
		break;
	case CHY_FACET_POST:
		chy_html(x, "%.*s", CHY_ARG(v->name.len > 0 ? v->name :
		    v->value));
		break;
	case CHY_FACET_CLASS:
		chy_html(x, "%s", v->value.len == 0 ||
		    chy_slice_ieq(v->value, CHY_SLICE("NONE")) ? "Not marked" :
		    chy_words_sentence(v->value).s);
		break;
	case CHY_FACET_TAG:
		chy_html(x, "%.*s <span class=\"quiet\">%.*s</span>",
		    CHY_ARG(v->value), CHY_ARG(v->name));
		break;
	}
}

static void
put_facet(chy_exchange *x, const chy_found *found, chy_facet_kind kind,
    chy_slice query)
{
	static const char *const names[CHY_FACETS] = {
		[CHY_FACET_YEAR] = "Year", [CHY_FACET_POST] = "Post",
		[CHY_FACET_CLASS] = "Classification",
		[CHY_FACET_TAG] = "Subject code",
	};
	const chy_facet *f = &found->facets[kind];
	bool all = chy_slice_eq(chy_parse_param(x, "more"),
	    chy_slice_of(chy_facet_name(kind)));
	uint32_t n = f->n_values < SHOWN || all ? f->n_values : SHOWN;

	if (n == 0)
		return;
	chy_html(x, "<section><h2>%s</h2><ul>\n", names[kind]);
	for (uint32_t i = 0; i < n; i++) {
		const chy_facet_value *v = &f->values[i];
		bool on = chy_terms_have(query, v->term);

		/* Escaping leaves no quotes to an argument. */
		chy_html(x, "<li class=\"%s\">", on ? "on" : "off");
		if (v->term.len > 0) {
			chy_html(x, "<a href=\"/search?q=%s\" "
			    "aria-current=\"%s\">", chy_url(x, on ?
			    chy_terms_without(x, query, v->term) :
			    chy_terms_with(x, query, v->term)),
			    on ? "true" : "false");
			put_value(x, kind, v);
			chy_html(x, "</a>");
		} else {
			chy_html(x, "<span>");
			put_value(x, kind, v);
			chy_html(x, "</span>");
		}
		chy_html(x, "<span class=\"n\">%s</span></li>\n",
		    chy_words_number(v->count).s);
	}
	if (f->n_values > n)
		chy_html(x, "<li><a href=\"/search?q=%s&amp;more=%s\" "
		    "class=\"quiet\">%s more</a><span class=\"n\"></span>"
		    "</li>\n", chy_url(x, query), chy_facet_name(kind),
		    chy_words_number(f->n_values - n).s);
	chy_html(x, "</ul></section>\n");
}


/* ---- hits ---- */

static void
put_snippet(chy_exchange *x, const chy_snippet *s)
{
	size_t at = 0;

	chy_html(x, "<p class=\"snip\"><span class=\"where\">%s%.*s</span> ",
	    s->is_paragraph ? "\xC2\xB6" : "", CHY_ARG(s->id));
	chy_mark_portion(x, s->mark);
	chy_html(x, "%s%s", s->mark.len > 0 ? " " : "",
	    s->cut_before ? "\xE2\x80\xA6 " : "");
	for (uint32_t i = 0; i < s->n_matches; i++) {
		const chy_match *m = &s->matches[i];

		if (m->off < at)
			continue;
		chy_html(x, "%.*s<mark>%.*s</mark>",
		    CHY_ARG(chy_slice_sub(s->text, at, m->off - at)),
		    CHY_ARG(chy_slice_sub(s->text, m->off, m->len)));
		at = m->off + m->len;
	}
	chy_html(x, "%.*s%s</p>\n", CHY_ARG(chy_slice_from(s->text, at)),
	    s->cut_after ? " \xE2\x80\xA6" : "");
}

static void
put_hit(chy_exchange *x, const chy_hit *hit)
{
	const chy_line *line = &hit->line;
	chy_civil date = chy_line_date(line);

	chy_html(x, "<li><article class=\"row\">\n<div class=\"key\">"
	    "<span class=\"mrn\">%s</span>",
	    chy_words_mrn(line->id, line->originator).s);
	chy_mark_time(x, date, "dtg", chy_words_dtg(date));
	chy_mark_precedence(x, line->precedence);
	chy_html(x, "</div>\n<div><h3><a href=\"%s\">%.*s</a></h3>\n",
	    chy_telegram_url(x, line->id, ""), CHY_ARG(line->subject.len > 0 ?
	    line->subject : CHY_SLICE("Without a subject")));
	for (uint32_t i = 0; i < hit->n_snippets; i++)
		put_snippet(x, &hit->snippets[i]);
	chy_html(x, "<p class=\"meta\">");
	chy_mark_level(x, line->level, line->classification);
	chy_html(x, " <span>%.*s</span> <a href=\"%s\">thread</a>",
	    CHY_ARG(line->originator),
	    chy_telegram_url(x, line->id, "/thread"));
	if (line->n_sections > 1)
		chy_html(x, " <span>%u sections joined</span>",
		    line->n_sections);
	if (line->n_copies > 0)
		chy_html(x, " <span>%u %s folded</span>", line->n_copies,
		    line->n_copies == 1 ? "copy" : "copies");
	if (hit->n_rows > hit->n_snippets && hit->n_snippets > 0)
		chy_html(x, " <span class=\"quiet\">in %u more place%s</span>",
		    hit->n_rows - hit->n_snippets,
		    hit->n_rows - hit->n_snippets == 1 ? "" : "s");
	chy_html(x, "</p></div>\n</article></li>\n");
}

/* The next page begins behind the last telegram of this one, so that it holds
 * what it should though others are filed meanwhile. */
static void
put_pager(chy_exchange *x, const chy_found *found, chy_slice query,
    chy_sort sort)
{
	uint64_t first = (uint64_t)(found->page - 1) * CHY_WEB_HITS + 1;
	const char *url = result_url(x, query, sort);

	chy_html(x, "<p class=\"pager\">");
	if (found->page > 1)
		chy_html(x, "<a href=\"%s&amp;page=%u\" rel=\"prev\">Previous"
		    "</a> ", url, found->page - 1);
	chy_html(x, "<span>%s to %s of %s</span>", chy_words_number(first).s,
	    chy_words_number(first + found->n_hits - 1).s,
	    chy_words_number(found->total).s);
	if (found->page < found->pages)
		chy_html(x, " <a href=\"%s&amp;page=%u&amp;after=%s\" "
		    "rel=\"next\">Next</a>", url, found->page + 1,
		    chy_url(x, found->hits[found->n_hits - 1].line.id));
	else
		chy_html(x, " <span></span>");
	chy_html(x, "</p>\n");
}

/* What can be done with the whole of it. */
static void
put_tools(chy_exchange *x, chy_slice query, const chy_page *page)
{
	static const struct {
		const char *name, *words;
	} files[] = {
		{ "jsonl", "JSON Lines" }, { "csv", "CSV" },
		{ "text", "text" }, { "mbox", "mbox" }, { "sqlite", "SQLite" },
	};
	const char *q = chy_url(x, query);

	chy_html(x, "<div class=\"tools\"><span>This page as "
	    "<a href=\"/search.json%s\">JSON</a>, "
	    "<a href=\"/search.txt%s\">text</a></span> <span>All as ",
	    page->asked, page->asked);
	for (size_t i = 0; i < ARRAY_LEN(files); i++)
		chy_html(x, "%s<a href=\"/export/%s?q=%s\">%s</a>",
		    i > 0 ? ", " : "", files[i].name, q, files[i].words);
	chy_html(x, "</span> <span><a href=\"/saved?query=%s\">Keep this "
	    "search</a>, <a href=\"/search.atom?q=%s\">feed</a></span>"
	    "</div>\n", q, q);
}

static void
put_found(chy_exchange *x, const chy_found *found, chy_slice query,
    chy_sort sort, const chy_page *page)
{
	chy_html(x, "<div class=\"with-facets\">\n<aside class=\"facets\" "
	    "aria-label=\"Narrow the results\">\n");
	put_facet(x, found, CHY_FACET_POST, query);
	put_facet(x, found, CHY_FACET_CLASS, query);
	put_facet(x, found, CHY_FACET_TAG, query);
	put_facet(x, found, CHY_FACET_YEAR, query);
	chy_html(x, "</aside>\n\n<div>\n");
	chy_html_months(x, query, found->months, found->n_months);
	put_tools(x, query, page);
	if (found->n_hits == 0) {
		chy_html(x, "<div class=\"blank\"><p>The results end before "
		    "this page.</p><p class=\"quiet\"><a href=\"%s\">"
		    "The first page</a></p></div>\n", result_url(x, query,
		    sort));
	} else {
		chy_html(x, "\n<ol class=\"rows sect\">\n");
		for (uint32_t i = 0; i < found->n_hits; i++)
			put_hit(x, &found->hits[i]);
		chy_html(x, "</ol>\n");
		put_pager(x, found, query, sort);
	}
	chy_html(x, "</div>\n</div>\n");
}


/* ---- nothing ---- */

static void
put_instead(chy_exchange *x, const chy_found *found)
{
	for (uint32_t i = 0; i < found->n_instead; i++) {
		const chy_instead *s = &found->instead[i];

		chy_html(x, "<p class=\"quiet\">No telegram has "
		    "<b>%.*s</b>; with <b>%.*s</b> there %s "
		    "<a href=\"/search?q=%s\">%s</a>.</p>", CHY_ARG(s->term),
		    CHY_ARG(s->with), s->count == 1 ? "is" : "are",
		    chy_url(x, s->query), chy_words_number(s->count).s);
	}
}

static void
put_nothing(chy_exchange *x, const chy_found *found, chy_slice query)
{
	chy_slice terms[CHY_WEB_TERMS];
	unsigned n = chy_terms_split(found->understood, terms);
	bool any = false;

	if (query.len == 0) {
		chy_html(x, "<div class=\"blank\"><p>No telegram is filed "
		    "here yet.</p><p class=\"quiet\">File telegrams with "
		    "<code>chancery import FOLDER</code>.</p></div>\n");
		return;
	}
	chy_html(x, "<div class=\"blank\"><p>No telegram matches");
	if (n > 1)
		chy_html(x, " %s %s", n > 2 ? "all" : "both", n > 2 ?
		    chy_words_small(n).s : "terms");
	if (n > 2)
		chy_html(x, " terms");
	chy_html(x, ".</p>");
	for (uint32_t i = 0; i < found->n_drops; i++) {
		const chy_drop *d = &found->drops[i];

		if (d->count == 0)
			continue;
		if (!any)
			chy_html(x, "<p class=\"quiet\">");
		chy_html(x, "%s <b>%.*s</b> there %s <a href=\"/search?q=%s\">"
		    "%s</a>", any ? "; without" : "Without", CHY_ARG(d->term),
		    d->count == 1 ? "is" : "are", chy_url(x, d->rest),
		    chy_words_number(d->count).s);
		any = true;
	}
	if (any)
		chy_html(x, ".</p>");
	put_instead(x, found);
	if (!any && found->n_instead == 0)
		chy_html(x, "<p class=\"quiet\">Words match whole; "
		    "<code>ferr*</code> also finds what begins so. "
		    "<a href=\"/search?q=\">All telegrams</a></p>");
	chy_html(x, "</div>\n");
}

void
chy_html_caret(chy_exchange *x, chy_slice query, const chy_error *err)
{
	size_t off = err->off < query.len ? err->off : query.len;
	size_t before = chy_utf8_count(chy_slice_sub(query, 0, off));
	size_t end = off;
	const char *what = err->text[0] != '\0' ? err->text :
	    "this query is not understood";

	while (end < query.len && query.ptr[end] != ' ')
		end++;
	chy_html(x, "<div class=\"blank\"><p>%c%s.</p>\n"
	    "<pre class=\"caret\">%.*s\n", chy_upper(what[0]), what + 1,
	    CHY_ARG(query));
	for (size_t i = 0; i < before; i++)
		chy_html(x, " ");
	chy_html(x, "<b>^");
	for (size_t i = 1; i < chy_utf8_count(chy_slice_sub(query, off,
	    end - off)); i++)
		chy_html(x, "^");
	chy_html(x, "</b></pre><p class=\"quiet\">Nothing was searched."
	    " <a href=\"/ask\">How to ask</a></p></div>\n");
}

static void
bad_query(chy_exchange *x, chy_page *page, chy_slice query,
    const chy_error *err)
{
	x->status = 400;
	page->address = NULL;
	chy_layout_begin(x, page);
	chy_html(x, "<div class=\"head\"><h1>This query cannot be read</h1>"
	    "</div>\n");
	chy_html_caret(x, query, err);
	chy_layout_end(x, page);
}

/* A number in any spelling opens its telegram. */
static bool
is_number(chy_exchange *x, chy_slice query)
{
	chy_shown *shown = NULL;
	chy_mrn mrn;
	bool sha = chy_slice_starts(query, CHY_SLICE("sha:"));

	if (!sha && (query.len > 80 || !chy_mrn_parse(query, 0, &mrn) ||
	    mrn.year == 0))
		return false;
	if (chy_registry_show(x->reg, &x->site->reader, query, &shown,
	    NULL) != CHY_OK)
		return false;
	chy_reply_redirect(x, chy_telegram_url(x, sha ? query :
	    shown->line.id, ""));
	chy_shown_free(shown);
	return true;
}

/* The highest label on the page: of the lines, and of what is quoted. */
static chy_label
label_of(const chy_found *found)
{
	chy_label label = chy_label_bottom();

	for (uint32_t i = 0; i < found->n_hits; i++) {
		const chy_hit *hit = &found->hits[i];

		label = chy_label_join(&label, &hit->line.label);
		for (uint32_t k = 0; k < hit->n_snippets; k++) {
			chy_label mark;

			if (hit->snippets[k].mark.len > 0 &&
			    chy_label_parse(hit->snippets[k].mark, &mark,
			    NULL) == CHY_OK)
				label = chy_label_join(&label, &mark);
		}
	}
	return label;
}

static const char *
asked_again(chy_exchange *x, chy_slice query, chy_sort sort, uint32_t page)
{
	chy_buf buf = CHY_BUF_INIT;
	chy_slice s;

	chy_buf_printf(&buf, "?q=%s", chy_url(x, query));
	if (sort != CHY_SORT_NEWEST)
		chy_buf_printf(&buf, "&sort=%s", chy_sort_name(sort));
	if (page > 1)
		chy_buf_printf(&buf, "&page=%u", page);
	s = chy_arena_copy(&x->arena, chy_buf_slice(&buf));
	chy_buf_done(&buf);
	return s.len > 0 ? s.ptr : "";
}

void
chy_page_results(chy_exchange *x)
{
	chy_slice query = chy_parse_param(x, "q");
	chy_find_options opts = {
		.page = chy_parse_number(x, "page", 1000000, 1),
		.size = CHY_WEB_HITS,
		.want = CHY_WANT_FACETS | CHY_WANT_MONTHS | CHY_WANT_SNIPPETS |
		    CHY_WANT_DROPS,
		.after = chy_parse_param(x, "after"),
	};
	chy_page page = { .here = "telegrams", .query = query, .up = "/",
	    .address = "/search", .formats = CHY_WEB_JSON | CHY_WEB_TEXT |
	    CHY_WEB_CSV | CHY_WEB_ATOM };
	chy_found *found = NULL;
	chy_error err = { 0 };
	chy_label label;
	chy_status st;

	if (is_number(x, query))
		return;
	(void)chy_sort_parse(chy_parse_param(x, "sort"), &opts.sort);
	page.asked = asked_again(x, query, opts.sort, opts.page);
	page.title = CHY_SLICE("Results");
	st = chy_registry_find(x->reg, &x->site->reader, query, &opts, &found,
	    &err);
	/* The telegram that it should begin behind is gone: by number, then. */
	if (st == CHY_ERR_NOT_FOUND) {
		opts.after = CHY_EMPTY;
		st = chy_registry_find(x->reg, &x->site->reader, query, &opts,
		    &found, &err);
	}
	if (st == CHY_ERR_INVALID || st == CHY_ERR_UNSUPPORTED ||
	    st == CHY_ERR_TOO_LARGE) {
		bad_query(x, &page, query, &err);
		return;
	}
	if (st != CHY_OK) {
		chy_reply_failed(x, st, &err);
		return;
	}
	page.title = chy_text(x, "%.*s: %s telegram%s",
	    CHY_ARG(query.len == 0 ? CHY_SLICE("All") :
	    chy_slice_sub(query, 0, 80)), chy_words_number(found->total).s,
	    found->total == 1 ? "" : "s");
	label = label_of(found);
	page.label = &label;
	chy_layout_begin(x, &page);
	chy_html(x, "<div class=\"head\">\n<h1 class=\"vh\">Results</h1>\n");
	put_understood(x, found->understood);
	put_answer(x, found, query, opts.sort);
	chy_html(x, "</div>\n\n");
	if (found->total == 0)
		put_nothing(x, found, query);
	else
		put_found(x, found, query, opts.sort, &page);
	chy_layout_end(x, &page);
	chy_found_free(found);
}
