/*
 * The search page: what is here, and how to ask for it. Every figure and
 * every example is of this archive, as this reader sees it.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>

#include "base/ascii.h"
#include "vocab/vocab.h"
#include "web/web_int.h"

#define NEWEST	4u
#define VALUES	3u

/* 2026-03-10T14:32Z as a day; year 0 for anything else. */
static chy_civil
parse_day(chy_slice iso)
{
	chy_civil c;

	(void)chy_civil_parse(chy_slice_sub(iso, 0, 10), &c);
	return c;
}

static void
answer(chy_exchange *x, const chy_stats *stats)
{
	chy_civil first = parse_day(stats->first_iso);
	chy_civil last = parse_day(stats->last_iso);

	if (stats->telegrams == 0) {
		chy_html(x, "<p class=\"answer\">No telegram is filed here "
		    "yet.</p>\n");
		return;
	}
	chy_html(x, "<p class=\"answer\">%s telegram%s from %s post%s",
	    chy_words_number(stats->telegrams).s,
	    stats->telegrams == 1 ? "" : "s",
	    chy_words_number(stats->posts).s, stats->posts == 1 ? "" : "s");
	if (first.year != 0 && last.year != 0)
		chy_html(x, ", %s to %s", chy_words_date(first).s,
		    chy_words_date(last).s);
	chy_html(x, ".");
	if (stats->missing > 0)
		chy_html(x, " %s more %s cited by them but %s not here.",
		    chy_words_number(stats->missing).s,
		    stats->missing == 1 ? "is" : "are",
		    stats->missing == 1 ? "is" : "are");
	chy_html(x, "</p>\n");
}

static void
example(chy_exchange *x, chy_slice query, const char *what)
{
	chy_html(x, "<tr><td><a href=\"/search?q=%s\"><code>%.*s</code></a>"
	    "</td><td>%s</td></tr>\n", chy_url(x, query), CHY_ARG(query), what);
}

static chy_slice
put_query(chy_exchange *x, const char *fmt, chy_slice a, chy_slice b)
{
	chy_buf buf = CHY_BUF_INIT;
	chy_slice query;

	chy_buf_puts(&buf, fmt);
	chy_buf_put(&buf, a);
	chy_buf_put(&buf, b);
	query = chy_arena_copy(&x->arena, chy_buf_slice(&buf));
	chy_buf_done(&buf);
	return query;
}

/* The first two longer words of a subject, in small letters. */
static chy_slice
two_words(chy_exchange *x, chy_slice subject)
{
	chy_buf buf = CHY_BUF_INIT;
	chy_slice query;
	unsigned words = 0;
	size_t i = 0;

	while (i < subject.len && words < 2) {
		size_t from = i;

		while (i < subject.len && chy_is_alpha(subject.ptr[i]))
			i++;
		if (i - from >= 5 && (i == subject.len ||
		    chy_is_space(subject.ptr[i]) || subject.ptr[i] == ',' ||
		    subject.ptr[i] == ';') &&
		    (from == 0 || subject.ptr[from - 1] == ' ')) {
			if (words++ > 0)
				chy_buf_putc(&buf, ' ');
			for (size_t k = from; k < i; k++)
				chy_buf_putc(&buf, chy_lower(subject.ptr[k]));
		}
		i += i == from;
	}
	query = chy_arena_copy(&x->arena, chy_buf_slice(&buf));
	chy_buf_done(&buf);
	return query;
}

static chy_slice
lower(chy_exchange *x, chy_slice s)
{
	char *out = chy_arena_alloc(&x->arena, s.len + 1);

	if (out == NULL)
		return CHY_EMPTY;
	for (size_t i = 0; i < s.len; i++)
		out[i] = chy_lower(s.ptr[i]);
	return (chy_slice){ out, s.len };
}

static void
grammar(chy_exchange *x, const chy_stats *stats, const chy_found *newest)
{
	const chy_facet *tag = &stats->facets[CHY_FACET_TAG];
	const chy_hit *hit = newest->n_hits > 0 ? &newest->hits[0] : NULL;
	chy_slice words;

	chy_html(x, "<section class=\"sect\">\n"
	    "<h2>Ask it in words, or precisely</h2>\n"
	    "<table class=\"ledger grammar\">\n<tbody>\n");
	words = hit != NULL ? two_words(x, hit->line.subject) : CHY_EMPTY;
	if (words.len > 0)
		example(x, words, "Words, all of them, anywhere in a telegram. "
		    "A country\xE2\x80\x99s name also finds its code.");
	if (hit != NULL && !chy_slice_starts(hit->line.id,
	    CHY_SLICE("sha:"))) {
		chy_words mrn = chy_words_mrn(hit->line.id,
		    hit->line.originator);

		example(x, lower(x, chy_slice_of(mrn.s)),
		    "A number in any spelling opens the telegram.");
	}
	if (hit != NULL && hit->line.post.len > 0 && hit->line.year != 0)
		example(x, put_query(x, "post:", lower(x, hit->line.post),
		    chy_text(x, " date:%d", (int)hit->line.year)),
		    "One post, one year; also a month, a day, or a range: "
		    "2025-10..2026-03.");
	if (tag->n_values > 0) {
		chy_words what;

		snprintf(what.s, sizeof(what.s), "A subject code: %.*s. A "
		    "country by its code or its name.",
		    CHY_ARG(chy_slice_sub(tag->values[0].name, 0, 40)));
		example(x, lower(x, tag->values[0].term), what.s);
	}
	if (words.len > 0)
		example(x, put_query(x, "para:(", words, CHY_SLICE(") mark:u")),
		    "All the words in one paragraph; telegrams with a "
		    "paragraph marked (U).");
	if (hit != NULL && !chy_slice_starts(hit->line.id, CHY_SLICE("sha:")))
		example(x, put_query(x, "citedby:", lower(x, hit->line.id),
		    CHY_EMPTY), "What a telegram cites; cites: asks for what "
		    "cites it.");
	chy_html(x, "</tbody>\n</table>\n</section>\n");
}

static void
newest_list(chy_exchange *x, const chy_found *newest)
{
	if (newest->n_hits == 0)
		return;
	chy_html(x, "<section class=\"sect\">\n<h2>The newest</h2>\n"
	    "<ul class=\"rows\">\n");
	for (uint32_t i = 0; i < newest->n_hits; i++) {
		const chy_line *line = &newest->hits[i].line;

		chy_html(x, "<li>");
		chy_mark_mrn(x, line, "mrn");
		chy_html(x, " <span class=\"quiet\">%s</span><br>"
		    "<span class=\"quiet\">%.*s</span></li>\n",
		    chy_words_short(chy_line_date(line)).s,
		    CHY_ARG(line->subject));
	}
	chy_html(x, "</ul>\n</section>\n");
}

static void
by_facet(chy_exchange *x, const chy_stats *stats)
{
	static const struct {
		chy_facet_kind kind;
		const char    *what;
	} shown[] = {
		{ CHY_FACET_POST, "posts" },
		{ CHY_FACET_TAG,  "subject codes" },
	};

	chy_html(x, "<section class=\"sect\">\n<h2>By post and subject</h2>\n"
	    "<ul class=\"rows\">\n");
	for (size_t k = 0; k < ARRAY_LEN(shown); k++) {
		const chy_facet *f = &stats->facets[shown[k].kind];

		for (uint32_t i = 0; i < f->n_values && i < VALUES; i++) {
			const chy_facet_value *v = &f->values[i];
			bool tag = shown[k].kind == CHY_FACET_TAG;

			chy_html(x, "<li><a href=\"/search?q=%s\">",
			    chy_url(x, v->term));
			if (tag && v->name.len > 0)
				chy_html(x, "%.*s %.*s", CHY_ARG(v->value),
				    CHY_ARG(v->name));
			else
				chy_html(x, "%.*s", CHY_ARG(v->name.len > 0 ?
				    v->name : v->value));
			chy_html(x, "</a> <span class=\"quiet\">%s</span>"
			    "</li>\n",
			    chy_words_number(v->count).s);
		}
	}
	chy_html(x, "</ul>\n</section>\n");
}

void
chy_page_home(chy_exchange *x)
{
	chy_find_options opts = { .size = NEWEST };
	chy_label label = chy_label_bottom();
	chy_page page = { .title = CHY_SLICE("Search"), .here = "search",
	    .no_find = true, .label = &label, .address = "/index",
	    .formats = CHY_WEB_JSON | CHY_WEB_TEXT };
	chy_stats *stats = NULL;
	chy_found *newest = NULL;
	chy_error err = { 0 };
	chy_status st;

	st = chy_registry_stats(x->reg, &x->site->reader, false, &stats, &err);
	if (st == CHY_OK)
		st = chy_registry_find(x->reg, &x->site->reader, CHY_EMPTY,
		    &opts, &newest, &err);
	if (st != CHY_OK) {
		chy_reply_failed(x, st, &err);
		goto out;
	}
	for (uint32_t i = 0; i < newest->n_hits; i++)
		label = chy_label_join(&label, &newest->hits[i].line.label);
	chy_layout_begin(x, &page);
	chy_html(x, "<div class=\"home\">\n<h1>Find a telegram</h1>\n");
	answer(x, stats);
	chy_html(x, "<form class=\"find\" role=\"search\" action=\"/search\">\n"
	    "<label class=\"vh\" for=\"q\">Words, a number, a name or a place"
	    "</label>\n<input id=\"q\" name=\"q\" type=\"search\" "
	    "maxlength=\"4096\" autocomplete=\"off\" accesskey=\"s\" autofocus>"
	    "\n<button>Search</button>\n</form>\n<p class=\"quiet\">"
	    "<a href=\"/ask\">How to ask</a>, with a form to fill in</p>"
	    "\n\n");
	if (stats->telegrams == 0)
		chy_html(x, "<section class=\"sect\"><div class=\"blank\">"
		    "<p>The archive is empty.</p><p class=\"quiet\">File "
		    "telegrams with <code>chancery import FOLDER</code>, then "
		    "load this page again.</p></div></section>\n");
	else
		grammar(x, stats, newest);
	if (newest->n_hits > 0) {
		chy_html(x, "\n<div class=\"halves\">\n");
		newest_list(x, newest);
		by_facet(x, stats);
		chy_html(x, "</div>\n");
	}
	chy_html(x, "</div>\n");
	chy_layout_end(x, &page);
out:
	chy_found_free(newest);
	chy_stats_free(stats);
}
