/*
 * A thread: what a telegram cites and what cites it, indented by who cites
 * whom, then by time. What is missing is dashed, the one asked for heavy.
 *
 * SPDX-License-Identifier: ISC
 */
#include "vocab/vocab.h"
#include "web/parts_int.h"

/* Deeper than this nothing is indented further: it would leave the page. */
#define DEPTH	12u
/* Numbers that are named in one list before it says how many more. */
#define NAMED	6u

/* Where the blanks in the name of a missing telegram's post may be read. */
static chy_slice
hint_for(const chy_thread *t, const chy_line *line)
{
	if (line->originator.len > 0)
		return line->originator;
	for (uint32_t i = 0; i < t->n_nodes; i++) {
		const chy_line *other = &t->nodes[i].line;

		if (other->post.len > 0 && chy_slice_find(line->id, other->post,
		    0) < line->id.len)
			return other->originator;
	}
	return CHY_EMPTY;
}

static void
put_numbers(chy_exchange *x, const chy_thread *t, const uint32_t *list,
    const char *letters, uint32_t n, int32_t year)
{
	for (uint32_t i = 0; i < n && i < NAMED; i++) {
		const chy_line *line = &t->nodes[list[i]].line;

		chy_words mrn = chy_words_mrn(line->id, hint_for(t, line));
		size_t skip = 0;

		/* The year is said where it is another one. */
		if (line->year != 0 && line->year == year)
			skip = strcspn(mrn.s, " ");
		skip = mrn.s[skip] == ' ' && skip > 0 ? skip + 1 : 0;
		chy_html(x, "%s%s", i == 0 ? "" : i + 1 == n ? " and " : ", ",
		    mrn.s + skip);
		if (letters != NULL && letters[i] != '\0')
			chy_html(x, " (%c)", letters[i]);
	}
	if (n > NAMED)
		chy_html(x, " and %u more", n - NAMED);
}

static void
put_missing(chy_exchange *x, const chy_thread *t, const chy_thread_node *node)
{
	bool here = node == &t->nodes[t->start];

	chy_html(x, "<article class=\"node missing%s", here ? " here" : "");
	chy_html(x, "\"><p><span class=\"mrn\">%s</span></p>"
	    "<b class=\"small\">missing</b>\n<p class=\"subj\">Not in the "
	    "archive.</p><p class=\"meta\"><span>",
	    chy_words_mrn(node->line.id, hint_for(t, &node->line)).s);
	chy_html_estimate(x, &node->estimate);
	chy_html(x, "</span> <span>Cited by ");
	put_numbers(x, t, node->cited_by, NULL, node->n_cited_by, 0);
	chy_html(x, "</span></p></article>\n");
}

static void
put_node(chy_exchange *x, const chy_thread *t, const chy_thread_node *node)
{
	const chy_line *line = &node->line;
	chy_civil date = chy_line_date(line);

	if (node->missing) {
		put_missing(x, t, node);
		return;
	}
	if (node == &t->nodes[t->start])
		chy_html(x, "<article class=\"node here\" "
		    "aria-current=\"true\"><p>");
	else
		chy_html(x, "<article class=\"node\"><p>");
	if (node->n_cites > 0) {
		chy_html(x, "<span class=\"rel\">cites ");
		put_numbers(x, t, node->cites, node->letters, node->n_cites,
		    line->year);
		chy_html(x, "</span> ");
	}
	chy_html(x, "<span class=\"mrn\">");
	chy_mark_mrn(x, line, "plain");
	chy_html(x, "</span> ");
	chy_mark_time(x, date, "dtg", chy_words_short(date));
	chy_html(x, "</p>\n<p class=\"subj\">%.*s</p><p class=\"meta\">",
	    CHY_ARG(line->subject));
	chy_mark_level(x, line->level, line->classification);
	chy_html(x, " ");
	chy_mark_precedence(x, line->precedence);
	chy_html(x, " <span>%.*s</span>", CHY_ARG(line->originator));
	if (line->n_sections > 1)
		chy_html(x, " <span>%u sections joined</span>",
		    line->n_sections);
	if (line->n_copies > 0)
		chy_html(x, " <span>%u %s folded</span>", line->n_copies,
		    line->n_copies == 1 ? "copy" : "copies");
	chy_html(x, "</p></article>\n");
}

static void
put_tree(chy_exchange *x, const chy_thread *t)
{
	uint32_t depth = 0;

	chy_html(x, "<div class=\"tree\">\n<ol class=\"root\">\n");
	for (uint32_t i = 0; i < t->n_nodes; i++) {
		uint32_t want = t->nodes[i].depth;

		want = want < DEPTH ? want : DEPTH;
		/* One step in at a time, whatever the data says. */
		want = i == 0 ? 0 : want <= depth + 1 ? want : depth + 1;
		if (i > 0 && want > depth)
			chy_html(x, "<ol>\n");
		else if (i > 0)
			chy_html(x, "</li>\n");
		for (; depth > want; depth--)
			chy_html(x, "</ol></li>\n");
		depth = want;
		chy_html(x, "<li>");
		put_node(x, t, &t->nodes[i]);
	}
	for (; depth > 0; depth--)
		chy_html(x, "</li>\n</ol>");
	chy_html(x, "</li>\n</ol>\n</div>\n");
}


/* ---- head and side ---- */

static void
put_by_date(chy_exchange *x, const chy_thread *t, const uint32_t *order)
{
	chy_html(x, "<div class=\"tree\">\n<ol class=\"root\">\n");
	for (uint32_t i = 0; i < t->n_nodes; i++) {
		chy_html(x, "<li>");
		put_node(x, t, &t->nodes[order[i]]);
		chy_html(x, "</li>\n");
	}
	chy_html(x, "</ol>\n</div>\n");
}

/* Order by date; what is missing or undated comes last. An insertion sort:
 * the nodes are nearly in order already. */
static uint32_t *
date_order(chy_exchange *x, const chy_thread *t)
{
	uint32_t *order = chy_arena_zalloc(&x->arena, t->n_nodes,
	    sizeof(*order));

	for (uint32_t i = 0; order != NULL && i < t->n_nodes; i++) {
		uint32_t k = i;
		int64_t at = t->nodes[i].line.dtg_iso.len == 0 ? INT64_MAX :
		    t->nodes[i].line.dtg;

		for (; k > 0; k--) {
			const chy_line *before = &t->nodes[order[k - 1]].line;

			if ((before->dtg_iso.len == 0 ? INT64_MAX :
			    before->dtg) <= at)
				break;
			order[k] = order[k - 1];
		}
		order[k] = i;
	}
	return order;
}

static const chy_line *
oldest(const chy_thread *t)
{
	const chy_line *found = NULL;

	for (uint32_t i = 0; i < t->n_nodes; i++) {
		const chy_line *line = &t->nodes[i].line;

		if (!t->nodes[i].missing && line->dtg_iso.len > 0 &&
		    (found == NULL || line->dtg < found->dtg))
			found = line;
	}
	return found;
}

static void
put_head(chy_exchange *x, const chy_thread *t, bool by_date)
{
	const chy_line *start = &t->nodes[t->start].line;
	const chy_line *first = oldest(t);
	chy_words mrn = chy_words_mrn(start->id, hint_for(t, start));
	const char *url = chy_telegram_url(x, start->id, "/thread");

	chy_html(x, "<div class=\"head\">\n<p class=\"kind\">Thread of %s",
	    chy_words_small(t->n_nodes).s);
	if (t->first_year != 0 && t->first_year == t->last_year)
		chy_html(x, ", %d", (int)t->first_year);
	else if (t->first_year != 0)
		chy_html(x, ", %d to %d", (int)t->first_year,
		    (int)t->last_year);
	chy_html(x, "</p>\n<h1>%.*s</h1>\n<p class=\"answer\">",
	    CHY_ARG(start->subject.len > 0 ? start->subject :
	    chy_slice_of(mrn.s)));
	if (t->nodes[t->start].missing) {
		uint32_t n = t->nodes[t->start].n_cited_by;

		chy_html(x, "<b>Nobody here has it</b>; %s telegram%s cite%s "
		    "it. ", chy_words_small(n).s, n == 1 ? "" : "s",
		    n == 1 ? "s" : "");
	}
	if (first != NULL && t->n_nodes - t->n_missing > 1)
		chy_html(x, "It begins with <b>%s</b> of %s",
		    chy_words_mrn(first->id, first->originator).s,
		    chy_words_date(chy_line_date(first)).s);
	else
		chy_html(x, "<b>%s</b> is the only one here",
		    first != NULL ? chy_words_mrn(first->id,
		    first->originator).s : mrn.s);
	if (t->n_missing > 0)
		chy_html(x, "; it cites <b>%s telegram%s</b> that nobody "
		    "here has", chy_words_small(t->n_missing).s,
		    t->n_missing == 1 ? "" : "s");
	chy_html(x, ".</p>\n<p class=\"tools\"><span>Order: ");
	if (by_date)
		chy_html(x, "<a href=\"%s\">who cites whom</a>, "
		    "<b>by date alone</b>", url);
	else
		chy_html(x, "<b>who cites whom</b>, "
		    "<a href=\"%s?order=date\">by date alone</a>", url);
	chy_html(x, "</span>");
	if (!t->nodes[t->start].missing)
		chy_html(x, " <a href=\"%s\">Back to %s</a>",
		    chy_telegram_url(x, start->id, ""), mrn.s);
	chy_html(x, "</p>\n</div>\n");
}

static void
put_side(chy_exchange *x, const chy_thread *t)
{
	uint64_t citations = 0, missing = 0;

	for (uint32_t i = 0; i < t->n_nodes; i++) {
		citations += t->nodes[i].n_cites;
		missing += t->nodes[i].missing ? t->nodes[i].n_cited_by : 0;
	}
	chy_html(x, "<aside class=\"side\" aria-label=\"About this thread\">\n"
	    "<section><h2>Why these belong together</h2><p>By reference line "
	    "alone: %s citation%s", chy_words_small(citations).s,
	    citations == 1 ? "" : "s");
	if (missing > 0)
		chy_html(x, ", %s resolved, %s to what is missing",
		    chy_words_small(citations - missing).s,
		    chy_words_small(missing).s);
	chy_html(x, ". Nothing is joined by subject or by order of arrival, "
	    "so filing again gives the same tree.</p></section>\n");
	if (t->n_missing > 0) {
		chy_html(x, "<section><h2>Missing <span class=\"n\">%s "
		    "telegram%s</span></h2>\n<ul>",
		    chy_words_number(t->n_missing).s,
		    t->n_missing == 1 ? "" : "s");
		for (uint32_t i = 0; i < t->n_nodes; i++) {
			const chy_thread_node *node = &t->nodes[i];

			if (!node->missing)
				continue;
			chy_html(x, "<li><b>%s</b><span class=\"sub\">",
			    chy_words_mrn(node->line.id,
			    hint_for(t, &node->line)).s);
			chy_html_estimate(x, &node->estimate);
			chy_html(x, "</span><span class=\"sub\">Cited by %s."
			    "</span></li>\n", node->n_cited_by == 1 ?
			    "one telegram here" :
			    chy_words_small(node->n_cited_by).s);
		}
		chy_html(x, "</ul>\n<p class=\"gap\"><a href=\"/gaps\">"
		    "Missing numbers by post and year</a></p></section>\n");
	}
	if (t->cut)
		chy_html(x, "<section><h2>Cut short</h2><p>This thread has "
		    "more than 10,000 telegrams; those nearest are shown.</p>"
		    "</section>\n");
	chy_html(x, "</aside>\n");
}

void
chy_page_thread(chy_exchange *x)
{
	bool by_date = chy_slice_eq(chy_parse_param(x, "order"),
	    CHY_SLICE("date"));
	chy_page page = { .here = "", .formats = CHY_WEB_JSON | CHY_WEB_TEXT };
	uint32_t *order = NULL;
	chy_thread *t = NULL;
	chy_error err = { 0 };
	chy_status st;

	st = chy_registry_thread(x->reg, &x->site->reader, x->id, &t, &err);
	if (st == CHY_OK && by_date) {
		order = date_order(x, t);
		st = order == NULL ? CHY_ERR_NO_MEMORY : CHY_OK;
	}
	if (st != CHY_OK || t->n_nodes == 0) {
		chy_reply_status(x, st == CHY_OK ? CHY_ERR_NOT_FOUND : st,
		    &err);
		chy_thread_free(t);
		return;
	}
	page.title = chy_text(x, "Thread: %s",
	    chy_words_mrn(t->nodes[t->start].line.id,
	    hint_for(t, &t->nodes[t->start].line)).s);
	page.label = &t->label;
	page.address = chy_telegram_url(x, x->id, "/thread");
	page.up = t->nodes[t->start].missing ? "/" :
	    chy_telegram_url(x, t->nodes[t->start].line.id, "");
	chy_layout_begin(x, &page);
	put_head(x, t, by_date);
	chy_html(x, "<div class=\"with-side\">\n");
	if (by_date)
		put_by_date(x, t, order);
	else
		put_tree(x, t);
	put_side(x, t);
	chy_html(x, "</div>\n");
	chy_layout_end(x, &page);
	chy_thread_free(t);
}
