/*
 * Telegrams like one, each with the reasons: the page, and the part of it
 * that stands beside a telegram.
 *
 * SPDX-License-Identifier: ISC
 */
#include "web/parts_int.h"
#include "web/telegram_int.h"

#define LIKE	20u
/* Reasons of one kind that are named. */
#define NAMED	8u

/* Reasons of one kind stand together, the weightiest kind first. */
static void
put_reasons(chy_exchange *x, const chy_like *like, uint32_t named)
{
	bool done[CHY_LIKE_WORD + 1] = { false }, any = false;

	for (uint32_t i = 0; i < like->n_reasons; i++) {
		chy_like_kind kind = like->reasons[i].kind;
		uint32_t n = 0;

		if (done[kind])
			continue;
		done[kind] = true;
		chy_html(x, "%s%s", any ? "; " : "", answer_like_words(kind));
		any = true;
		for (uint32_t k = i; k < like->n_reasons && n < named; k++) {
			if (like->reasons[k].kind != kind ||
			    like->reasons[k].text.len == 0 ||
			    kind == CHY_LIKE_CITES ||
			    kind == CHY_LIKE_CITED_BY)
				continue;
			chy_html(x, "%s<b>%.*s</b>", n++ == 0 ? " " : ", ",
			    CHY_ARG(like->reasons[k].text));
		}
	}
}

static void
put_same(chy_exchange *x, const chy_likes *likes, const chy_like *like)
{
	chy_html(x, "<b>%u.%u %%</b> of the text is the same; "
	    "<a href=\"/compare?a=%s&amp;b=%s\">differences</a>",
	    like->same / 10, like->same % 10, chy_url(x, likes->line.id),
	    chy_url(x, like->line.id));
}

void
chy_html_like(chy_exchange *x, const chy_likes *likes)
{
	if (likes == NULL || likes->n == 0)
		return;
	chy_html(x, "<section aria-labelledby=\"s5\"><h2 id=\"s5\">Similar"
	    "</h2>\n<ul>\n");
	for (uint32_t i = 0; i < likes->n; i++) {
		const chy_like *like = &likes->at[i];

		chy_html(x, "<li>");
		chy_mark_mrn(x, &like->line, "mrn");
		chy_html(x, "<span class=\"sub\">%.*s</span><span class=\"sub "
		    "why\">", CHY_ARG(like->line.subject));
		if (like->near_duplicate) {
			put_same(x, likes, like);
			chy_html(x, "; ");
		}
		put_reasons(x, like, 3);
		chy_html(x, "</span></li>\n");
	}
	chy_html(x, "</ul>\n<p class=\"gap\"><a href=\"%s\">All that are "
	    "similar</a></p></section>\n", chy_telegram_url(x,
	    likes->line.id, "/like"));
}

static void
put_like(chy_exchange *x, const chy_likes *likes, const chy_like *like)
{
	const chy_line *line = &like->line;
	chy_civil date = chy_line_date(line);

	chy_html(x, "<li><article class=\"row\">\n<div class=\"key\">"
	    "<span class=\"mrn\">%s</span>",
	    chy_words_mrn(line->id, line->originator).s);
	chy_mark_time(x, date, "dtg", chy_words_short(date));
	chy_html(x, "</div>\n<div><h3><a href=\"%s\">%.*s</a></h3>\n"
	    "<p class=\"meta\">", chy_telegram_url(x, line->id, ""),
	    CHY_ARG(line->subject.len > 0 ? line->subject :
	    CHY_SLICE("Without a subject")));
	chy_mark_level(x, line->level, line->classification);
	chy_html(x, " <span>%.*s</span> <span>", CHY_ARG(line->originator));
	if (like->same > 0)
		put_same(x, likes, like);
	else
		chy_html(x, "<a href=\"/compare?a=%s&amp;b=%s\">Compare</a>",
		    chy_url(x, likes->line.id), chy_url(x, line->id));
	chy_html(x, "</span></p>\n<p class=\"meta why\"><span>");
	put_reasons(x, like, NAMED);
	chy_html(x, "</span></p></div>\n</article></li>\n");
}

static void
put_page(chy_exchange *x, const chy_likes *likes)
{
	chy_words mrn = chy_words_mrn(likes->line.id, likes->line.originator);
	uint32_t near = 0;

	while (near < likes->n && likes->at[near].near_duplicate)
		near++;
	chy_html(x, "<div class=\"head\">\n<p class=\"kind\">Similar to %s</p>\n"
	    "<h1>%.*s</h1>\n<p class=\"answer\">", mrn.s,
	    CHY_ARG(likes->line.subject.len > 0 ? likes->line.subject :
	    chy_slice_of(mrn.s)));
	if (likes->n == 0)
		chy_html(x, "<b>Nothing</b> here is like it.");
	else
		chy_html(x, "<b>%s telegram%s</b>, the likest first.",
		    chy_words_sentence(chy_slice_of(
		    chy_words_small(likes->n).s)).s,
		    likes->n == 1 ? "" : "s");
	if (near > 0)
		chy_html(x, " <b>%s</b> %s nearly the same text.",
		    chy_words_sentence(chy_slice_of(
		    chy_words_small(near).s)).s, near == 1 ? "has" : "have");
	chy_html(x, "</p>\n<p class=\"tools\"><a href=\"%s\">Back to %s</a>"
	    "</p>\n</div>\n", chy_telegram_url(x, likes->line.id, ""), mrn.s);
	if (likes->n == 0)
		return;
	chy_html(x, "<ol class=\"rows\">\n");
	for (uint32_t i = 0; i < likes->n; i++)
		put_like(x, likes, &likes->at[i]);
	chy_html(x, "</ol>\n<p class=\"note gap\">What two telegrams share "
	    "counts the more, the fewer of those you may read have it.</p>\n");
}

void
chy_page_like(chy_exchange *x)
{
	chy_page page = { .here = "",
	    .formats = CHY_WEB_JSON | CHY_WEB_TEXT };
	chy_shown *shown = NULL;
	chy_likes *likes = NULL;
	chy_error err = { 0 };
	chy_label label;
	chy_status st = chy_registry_show(x->reg, &x->site->reader, x->id,
	    &shown, &err);

	if (st == CHY_OK)
		st = chy_registry_like(x->reg, &x->site->reader,
		    shown->line.id, LIKE, &likes, &err);
	if (st != CHY_OK) {
		chy_reply_status(x, st, &err);
		chy_shown_free(shown);
		return;
	}
	/* Words and names that are shared stand in what is shown of it. */
	label = chy_label_join(&shown->label, &shown->line.label);
	for (uint32_t i = 0; i < likes->n; i++)
		label = chy_label_join(&label, &likes->at[i].line.label);
	page.label = &label;
	page.title = chy_text(x, "Similar to %s",
	    chy_words_mrn(likes->line.id, likes->line.originator).s);
	page.up = chy_telegram_url(x, likes->line.id, "");
	page.address = chy_telegram_url(x, likes->line.id, "/like");
	chy_layout_begin(x, &page);
	put_page(x, likes);
	chy_layout_end(x, &page);
	chy_likes_free(likes);
	chy_shown_free(shown);
}

void
chy_api_like(chy_exchange *x)
{
	chy_likes *likes = NULL;
	chy_buf buf = CHY_BUF_INIT;
	chy_sink lines = chy_sink_buf(&buf);
	chy_error err = { 0 };
	chy_status st = chy_registry_like(x->reg, &x->site->reader, x->id,
	    LIKE, &likes, &err);

	if (st != CHY_OK) {
		chy_reply_status(x, st, &err);
		return;
	}
	if (x->format == CHY_WEB_JSON) {
		answer_likes_json(likes, &lines);
		chy_reply_lines(x, &buf);
	} else {
		x->type = "text/plain; charset=utf-8";
		answer_likes_text(likes, false, &x->out);
	}
	chy_likes_free(likes);
}
