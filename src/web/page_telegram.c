/*
 * A telegram: what it says, what it asks; beside it what was found wrong,
 * who cites it, its copies, and a citation ready to be used.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>

#include "diag/diag.h"
#include "telegram/mrn.h"
#include "vocab/vocab.h"
#include "web/telegram_int.h"

/* Citing telegrams that are listed, and similar ones. */
#define CITERS		20u
#define LIKE		5u

bool
chy_shown_whole(const chy_shown *shown)
{
	for (uint32_t i = 0; i < shown->n_parts; i++)
		if (!shown->parts[i].whole)
			return false;
	return true;
}


/* ---- the sheet ---- */

/* The label in words; the step that has two names has the telegram's. */
static const char *
own_words(chy_exchange *x, const chy_shown *shown, const chy_label *label)
{
	char words[CHY_LABEL_MAX];
	size_t n;

	if (label->level != CHY_LEVEL_LIMITED_OFFICIAL_USE ||
	    shown->line.level != label->level)
		return chy_words_label(x, label);
	n = chy_label_print(label, words, sizeof(words));
	return chy_arena_copy(&x->arena, (chy_slice){ words, n }).ptr;
}

static void
put_banner(chy_exchange *x, const chy_shown *shown)
{
	chy_html(x, "<p class=\"banner %s\">%s</p>\n",
	    chy_words_level(shown->label.level),
	    own_words(x, shown, &shown->label));
}

static void
put_title(chy_exchange *x, const chy_shown *shown, uint32_t n_thread)
{
	const chy_line *line = &shown->line;
	const chy_telegram *tel = shown->parts[0].telegram;
	chy_civil date = chy_line_date(line);

	chy_html(x, "<header class=\"title\">\n<p class=\"meta\">"
	    "<span class=\"mrn\">%s</span> ",
	    chy_words_mrn(line->id, line->originator).s);
	chy_mark_time(x, date, "dtg", chy_words_time(date));
	chy_html(x, " ");
	chy_mark_precedence(x, line->precedence);
	chy_html(x, "</p>\n<h1 id=\"t\">%.*s</h1>\n<p class=\"meta\">",
	    CHY_ARG(line->subject.len > 0 ? line->subject :
	    CHY_SLICE("Without a subject")));
	if (tel->corrected)
		chy_html(x, "<span>Corrected copy</span> ");
	if (tel->partial)
		chy_html(x, "<span>An extract</span> ");
	if (shown->n_parts > 1 || shown->sections > 1)
		chy_html(x, "<span>%u of %u sections</span> ", shown->n_parts,
		    shown->sections > shown->n_parts ? shown->sections :
		    shown->n_parts);
	if (n_thread > 1)
		chy_html(x, "<a href=\"%s\" data-key=\"t\">Thread of %u</a> ",
		    chy_telegram_url(x, line->id, "/thread"), n_thread);
	chy_html(x, "<a href=\"%s\" data-key=\"c\">Cite</a>",
	    chy_telegram_url(x, line->id, "/cite"));
	if (shown->parts[0].whole)
		chy_html(x, " <a href=\"%s\" data-key=\"v\">As sent</a>",
		    chy_telegram_url(x, line->id, "/as-sent"));
	if (shown->parts[0].heading_visible)
		chy_html(x, " <a href=\"/distribution/%s\">Who has it</a>",
		    chy_url(x, line->id));
	chy_html(x, " <a href=\"%s\">Said and asked</a>",
	    chy_telegram_url(x, line->id, "/items"));
	chy_html(x, "</p>\n</header>\n\n");
}


/* ---- beside it ---- */

static void
put_counts(chy_exchange *x, const chy_findings *found)
{
	size_t errors = 0;

	for (size_t i = 0; i < found->count; i++)
		errors += chy_diag_severity(chy_finding_diag(&found->list[i]),
		    false) == CHY_SEVERITY_ERROR;
	if (errors == 0)
		chy_html(x, " <span class=\"n\">%zu, none an error</span>",
		    found->count);
	else
		chy_html(x, " <span class=\"n\">%zu, %s an error</span>",
		    found->count, errors == found->count && errors > 1 ?
		    "all" : chy_words_small(errors).s);
}

static void
put_finding(chy_exchange *x, const chy_shown *shown, uint32_t part, size_t i)
{
	const chy_telegram *tel = shown->parts[part].telegram;
	const chy_finding *f = &tel->findings.list[i];
	chy_diag diag = chy_finding_diag(f);
	const char *severity = chy_severity_name(chy_diag_severity(diag,
	    false));
	chy_slice detail = chy_finding_detail(&tel->findings, f);
	uint32_t paragraph = chy_paragraph_at(tel, f->off), line, column;

	if (part == 0)
		chy_html(x, "<li id=\"f%zu\">", i + 1);
	else
		chy_html(x, "<li>");
	chy_html(x, "<span class=\"sev %s\">%s</span> <a class=\"plain\" "
	    "href=\"/explain/%s\"><code>%s</code></a><span class=\"sub\">",
	    strcmp(severity, "note") == 0 ? "info" : severity, severity,
	    chy_diag_code(diag), chy_diag_code(diag));
	chy_telegram_place(tel, f->off, &line, &column);
	if (paragraph != UINT32_MAX && shown->parts[part].visible[paragraph])
		chy_html(x, "<a href=\"#%s\">\xC2\xB6%.*s</a> ",
		    chy_words_anchor(shown, part, paragraph).s,
		    CHY_ARG(tel->paragraphs[paragraph].id));
	else if (shown->parts[part].whole && part == 0 &&
	    tel->wrapper.kind.len == 0)	/* else lines are others */
		chy_html(x, "<a href=\"%s#l%u\">Line %u.</a> ",
		    chy_telegram_url(x, shown->line.id, "/as-sent"), line,
		    line);
	chy_html(x, "%s", chy_diag_text(diag));
	if (detail.len > 0)
		chy_html(x, ": %.*s", CHY_ARG(detail));
	chy_html(x, "</span></li>\n");
}

/* Where text was taken out, the findings are of what is left: those that
 * come of the gaps are nobody's business, so there are none. */
static void
put_findings(chy_exchange *x, const chy_shown *shown)
{
	const chy_findings *found = &shown->parts[0].telegram->findings;
	bool any = false;

	if (!chy_shown_whole(shown))
		return;
	for (uint32_t p = 0; p < shown->n_parts; p++) {
		const chy_findings *more =
		    &shown->parts[p].telegram->findings;

		for (size_t i = 0; i < more->count && i < CHY_WEB_FINDINGS;
		    i++) {
			if (!any) {
				chy_html(x, "<section aria-labelledby=\"s1\">"
				    "<h2 id=\"s1\">Findings");
				put_counts(x, shown->n_parts > 1 ? more :
				    found);
				chy_html(x, "</h2>\n<ol>\n");
			}
			any = true;
			put_finding(x, shown, p, i);
		}
	}
	if (any)
		chy_html(x, "</ol></section>\n");
}

static void
put_thread(chy_exchange *x, const chy_shown *shown, const chy_thread *thread)
{
	uint32_t n = shown->n_cited_by;

	if (n == 0 && (thread == NULL || thread->n_nodes < 2))
		return;
	chy_html(x, "<section aria-labelledby=\"s2\"><h2 id=\"s2\">Cited by "
	    "<span class=\"n\">%s</span></h2>\n", n == 0 ? "nobody here" :
	    chy_words_number(n).s);
	if (n > 0)
		chy_html(x, "<ul>\n");
	for (uint32_t i = 0; i < n && i < CITERS; i++) {
		const chy_line *line = &shown->cited_by[i].line;

		chy_html(x, "<li>");
		chy_mark_mrn(x, line, "mrn");
		if (shown->cited_by[i].letter != '\0')
			chy_html(x, " as REF %c", shown->cited_by[i].letter);
		chy_html(x, "<span class=\"sub\">%s%s%.*s</span></li>\n",
		    chy_words_short(chy_line_date(line)).s,
		    line->subject.len > 0 ? ", " : "", CHY_ARG(line->subject));
	}
	if (n > 0)
		chy_html(x, "</ul>\n");
	if (thread != NULL && thread->n_nodes > 1) {
		chy_html(x, "<p class=\"gap\"><a href=\"%s\">Thread of %u</a>",
		    chy_telegram_url(x, shown->line.id, "/thread"),
		    thread->n_nodes);
		if (thread->n_missing > 0)
			chy_html(x, ", %s of them missing",
			    chy_words_small(thread->n_missing).s);
		chy_html(x, "</p>");
	}
	chy_html(x, "</section>\n");
}

static void
put_copy(chy_exchange *x, const chy_shown *shown, const chy_copy *copy)
{
	char address[13];
	chy_slice name = copy->file;

	/* Where it lay on the machine that filed it is nobody's business. */
	for (size_t i = 0; i < copy->file.len; i++)
		if (copy->file.ptr[i] == '/')
			name = chy_slice_from(copy->file, i + 1);
	snprintf(address, sizeof(address), "sha:%.8s", copy->sha256.ptr);
	chy_html(x, "<li><a href=\"%s\">%.*s</a><span class=\"sub\">%s%s"
	    "</span>", chy_telegram_url(x, chy_slice_of(address), ""),
	    CHY_ARG(name), copy->differs ? "Its text differs" :
	    "The same text", copy->corrected ? "; a corrected copy" : "");
	if (copy->differs)
		chy_html(x, "<span class=\"sub\"><a href=\"/compare?a=%s\">"
		    "Differences</a></span>", chy_url(x, shown->line.id));
	chy_html(x, "</li>\n");
}

static void
put_copies(chy_exchange *x, const chy_shown *shown)
{
	bool any = false;

	for (uint32_t p = 0; p < shown->n_parts; p++)
		for (uint32_t i = 0; i < shown->parts[p].n_copies; i++) {
			const chy_copy *copy = &shown->parts[p].copies[i];

			if (copy->sha256.len < 8)
				continue;
			if (!any)
				chy_html(x, "<section aria-labelledby=\"s3\">"
				    "<h2 id=\"s3\">Copies</h2>\n<ul>\n");
			any = true;
			put_copy(x, shown, copy);
		}
	if (any)
		chy_html(x, "</ul></section>\n");
}

static void
put_cite(chy_exchange *x, const chy_shown *shown)
{
	const chy_line *line = &shown->line;
	chy_civil date = chy_line_date(line);
	chy_mrn mrn;

	chy_html(x, "<section id=\"cite\" aria-labelledby=\"s4\">"
	    "<h2 id=\"s4\">Cite</h2>\n<p>");
	if (line->originator.len > 0 && chy_mrn_parse(line->id, 0, &mrn))
		chy_html(x, "%.*s telegram %u", CHY_ARG(line->originator),
		    mrn.serial);
	else
		chy_html(x, "Telegram %.*s", CHY_ARG(line->id));
	if (line->subject.len > 0)
		chy_html(x, ", \xE2\x80\x9C%.*s,\xE2\x80\x9D",
		    CHY_ARG(line->subject));
	else
		chy_html(x, ",");
	chy_html(x, " %s.</p>\n<p class=\"sub\">%.*s; a paragraph as "
	    "%.*s#1</p><p class=\"gap\"><a href=\"%s\">In every style</a>"
	    "</p></section>\n", date.year != 0 ?
	    chy_words_date(date).s : "undated", CHY_ARG(line->id),
	    CHY_ARG(line->id), chy_telegram_url(x, line->id, "/cite"));
}


/* ---- the page ---- */

static void
put_page(chy_exchange *x, const chy_shown *shown, const chy_thread *thread,
    const chy_likes *likes, const chy_page *page)
{
	chy_layout_begin(x, page);
	chy_html(x, "<div class=\"with-side\">\n"
	    "<article class=\"sheet\" aria-labelledby=\"t\">\n");
	put_banner(x, shown);
	put_title(x, shown, thread != NULL ? thread->n_nodes : 0);
	if (shown->parts[0].heading_visible) {
		chy_html_heading(x, shown->parts[0].telegram);
		chy_html_references(x, shown);
	}
	chy_html_action_requests(x, shown);
	chy_html_text(x, shown);
	put_banner(x, shown);
	chy_html(x, "</article>\n\n<aside class=\"side\" "
	    "aria-label=\"About this telegram\">\n");
	put_findings(x, shown);
	put_thread(x, shown, thread);
	put_copies(x, shown);
	chy_html_like(x, likes);
	put_cite(x, shown);
	chy_html(x, "</aside>\n</div>\n");
	chy_layout_end(x, page);
}

/* Labels of all lines on the page besides the telegram's own. */
static chy_label
label_of(const chy_shown *shown, const chy_likes *likes)
{
	chy_label label = chy_label_join(&shown->label, &shown->line.label);

	for (uint32_t i = 0; i < shown->n_resolved; i++)
		if (chy_is_resolved(shown->resolved[i].how))
			label = chy_label_join(&label,
			    &shown->resolved[i].line.label);
	for (uint32_t i = 0; i < shown->n_cited_by && i < CITERS; i++)
		label = chy_label_join(&label, &shown->cited_by[i].line.label);
	for (uint32_t i = 0; i < shown->n_in_text; i++)
		if (chy_is_resolved(shown->in_text[i].resolved.how))
			label = chy_label_join(&label,
			    &shown->in_text[i].resolved.line.label);
	for (uint32_t i = 0; likes != NULL && i < likes->n; i++)
		label = chy_label_join(&label, &likes->at[i].line.label);
	return label;
}

/* Another spelling of the number leads to the one address. */
static bool
elsewhere(chy_exchange *x, const chy_shown *shown)
{
	if (chy_slice_eq(x->id, shown->line.id) ||
	    chy_slice_starts(x->id, CHY_SLICE("sha:")))
		return false;
	chy_reply_redirect(x, chy_telegram_url(x, shown->line.id, ""));
	return true;
}

void
chy_page_telegram(chy_exchange *x)
{
	chy_page page = { .here = "", .up = "/search?q=",
	    .formats = CHY_WEB_JSON | CHY_WEB_TEXT };
	chy_shown *shown = NULL;
	chy_thread *thread = NULL;
	chy_likes *likes = NULL;
	chy_error err = { 0 };
	chy_words title;
	chy_label label;
	chy_status st;

	st = chy_registry_show(x->reg, &x->site->reader, x->id, &shown, &err);
	if (st == CHY_OK && elsewhere(x, shown))
		goto out;
	if (st == CHY_OK) {
		st = chy_registry_thread(x->reg, &x->site->reader,
		    shown->line.id, &thread, &err);
		/* What has no number is in no thread. */
		if (st == CHY_ERR_NOT_FOUND || st == CHY_ERR_INVALID)
			st = CHY_OK;
	}
	if (st == CHY_OK)
		st = chy_registry_like(x->reg, &x->site->reader,
		    shown->line.id, LIKE, &likes, &err);
	if (st != CHY_OK) {
		chy_reply_status(x, st, &err);
		goto out;
	}
	title = chy_words_mrn(shown->line.id, shown->line.originator);
	page.title = chy_slice_of(title.s);
	page.address = chy_telegram_url(x, x->id, "");
	label = label_of(shown, likes);
	page.label = &label;
	page.label_words = own_words(x, shown, &label);
	put_page(x, shown, thread, likes, &page);
out:
	chy_likes_free(likes);
	chy_thread_free(thread);
	chy_shown_free(shown);
}
