/*
 * Saved searches: what is new in each.
 *
 * SPDX-License-Identifier: ISC
 */
#include <time.h>

#include "registry/saved.h"
#include "web/casework_int.h"

static void
put_button(chy_exchange *x, chy_slice name, const char *act, const char *words)
{
	chy_html(x, "<form method=\"post\" action=\"/saved\">");
	chy_html_token(x);
	chy_html(x, "<input type=\"hidden\" name=\"name\" value=\"%.*s\">"
	    "<button name=\"act\" value=\"%s\">%s<span class=\"vh\"> %.*s"
	    "</span></button></form>", CHY_ARG(name), act, words,
	    CHY_ARG(name));
}

static void
put_row(chy_exchange *x, const chy_saved *s)
{
	chy_html(x, "<tr><th scope=\"row\"><a href=\"/search?q=%s\">%.*s</a>"
	    "<span class=\"sub\"><code>%.*s</code></span></th>"
	    "<td class=\"r\" data-l=\"New\">", chy_url(x, s->query),
	    CHY_ARG(s->name), CHY_ARG(s->query));
	if (s->trouble.len > 0)
		chy_html(x, "<span class=\"late\">cannot be answered: %.*s"
		    "</span>", CHY_ARG(s->trouble));
	else if (s->n_new > 0)
		chy_html(x, "<a href=\"/saved/%s\"><b>%s</b></a>",
		    chy_url(x, s->name), chy_words_number(s->n_new).s);
	else
		chy_html(x, "0");
	chy_html(x, "</td><td class=\"r\" data-l=\"Telegrams\">%s</td>"
	    "<td data-l=\"Feed\"><a href=\"/saved/%s.atom\">Atom</a></td>"
	    "<td class=\"noprint\" data-l=\"\">",
	    chy_words_number(s->total).s, chy_url(x, s->name));
	put_button(x, s->name, "remove", "Forget");
	chy_html(x, "</td></tr>\n");
}

static void
put_form(chy_exchange *x)
{
	chy_html(x, "<section class=\"sect noprint\"><h2>Keep a search</h2>\n"
	    "<form method=\"post\" action=\"/saved\">");
	chy_html_token(x);
	chy_html(x, "<p class=\"field\"><label for=\"name\">Name: letters, "
	    "digits, - and _</label><input id=\"name\" name=\"name\" "
	    "maxlength=\"64\" required value=\"%.*s\"></p>\n"
	    "<p class=\"field\"><label for=\"query\">Query</label>"
	    "<input id=\"query\" name=\"query\" maxlength=\"4096\" required "
	    "value=\"%.*s\"></p>\n<p class=\"acts\"><button class=\"first\" "
	    "name=\"act\" value=\"add\">Keep</button></p></form></section>\n",
	    CHY_ARG(chy_parse_param(x, "name")),
	    CHY_ARG(chy_parse_param(x, "query")));
}

void
chy_page_saved(chy_exchange *x)
{
	chy_page page = { .title = CHY_SLICE("Saved searches"),
	    .here = "saved", .address = "/saved", .formats = CHY_WEB_JSON };
	chy_error err = { 0 };
	chy_saved_list *list;
	uint64_t n_new = 0;
	chy_status st = chy_registry_saved(x->reg, &x->site->reader, CHY_EMPTY,
	    &list, &err);

	if (st != CHY_OK) {
		chy_reply_status(x, st, &err);
		return;
	}
	for (uint32_t i = 0; i < list->n; i++)
		n_new += list->at[i].n_new;
	chy_layout_begin(x, &page);
	chy_html(x, "<div class=\"head\">\n<h1>Saved searches</h1>\n"
	    "<p class=\"answer\">");
	if (list->n == 0)
		chy_html(x, "None is kept yet: search for something, and keep "
		    "it.");
	else if (n_new == 0)
		chy_html(x, "Nothing is new in %s.", list->n == 1 ? "it" :
		    chy_words_small(list->n).s);
	else
		chy_html(x, "<b>%s</b> %s new.", chy_words_sentence(
		    chy_slice_of(chy_words_small(n_new).s)).s,
		    n_new == 1 ? "is" : "are");
	chy_html(x, "</p>\n</div>\n");
	if (list->n > 0)
		chy_html(x, "<div class=\"scroll\"><table class=\"ledger "
		    "stack\">\n<thead><tr><th>Search</th><th class=\"r\">New"
		    "</th><th class=\"r\">Telegrams</th><th>Feed</th>"
		    "<th class=\"noprint\"><span class=\"vh\">Change</span>"
		    "</th></tr></thead>\n<tbody>\n");
	for (uint32_t i = 0; i < list->n; i++)
		put_row(x, &list->at[i]);
	if (list->n > 0)
		chy_html(x, "</tbody></table></div>\n");
	put_form(x);
	chy_layout_end(x, &page);
	chy_saved_list_free(list);
}

void
chy_api_saved(chy_exchange *x)
{
	chy_error err = { 0 };
	chy_saved_list *list;
	chy_status st = chy_registry_saved(x->reg, &x->site->reader, CHY_EMPTY,
	    &list, &err);

	if (st != CHY_OK) {
		chy_reply_status(x, st, &err);
		return;
	}
	x->type = "application/json";
	chy_json(x, "{\"schema\":1,\"saved\":[");
	for (uint32_t i = 0; i < list->n; i++) {
		const chy_saved *s = &list->at[i];

		chy_sink_puts(&x->out, i > 0 ? ",\n" : "");
		chy_json(x, "{\"name\":%.*s,\"query\":%.*s,\"total\":%zu,"
		    "\"new\":%zu,\"trouble\":%.*s}", CHY_ARG(s->name),
		    CHY_ARG(s->query), (size_t)s->total,
		    (size_t)s->n_new, CHY_ARG(s->trouble));
	}
	chy_json(x, "]}\n");
	chy_saved_list_free(list);
}


/* ---- what is new in one ---- */

static void
put_news(chy_exchange *x, const chy_news *news)
{
	chy_html(x, "\n<ol class=\"rows sect\">\n");
	for (uint32_t i = 0; i < news->n; i++) {
		const chy_line *line = &news->at[i];
		chy_civil date = chy_line_date(line);

		chy_html(x, "<li><article class=\"row\">\n<div class=\"key\">"
		    "<span class=\"mrn\">%s</span>",
		    chy_words_mrn(line->id, line->originator).s);
		chy_mark_time(x, date, "dtg", chy_words_dtg(date));
		chy_mark_precedence(x, line->precedence);
		chy_html(x, "</div>\n<div><h3><a href=\"%s\">%.*s</a></h3>\n"
		    "<p class=\"meta\">", chy_telegram_url(x, line->id, ""),
		    CHY_ARG(line->subject.len > 0 ? line->subject :
		    CHY_SLICE("Without a subject")));
		chy_mark_level(x, line->level, line->classification);
		chy_html(x, " <span>%.*s</span></p></div>\n</article></li>\n",
		    CHY_ARG(line->originator));
	}
	chy_html(x, "</ol>\n");
	if (news->n_ids > news->n)
		chy_html(x, "<p class=\"quiet\">And %s more.</p>\n",
		    chy_words_number(news->n_ids - news->n).s);
}

void
chy_page_news(chy_exchange *x)
{
	chy_label label = chy_label_bottom();
	chy_page page = { .here = "saved", .up = "/saved", .label = &label };
	chy_error err = { 0 };
	chy_news *news;
	chy_status st = x->id.len == 0 ? CHY_ERR_NOT_FOUND :
	    chy_registry_news(x->reg, &x->site->reader, x->id, 100, &news,
	    &err);

	if (st == CHY_ERR_INVALID || st == CHY_ERR_TOO_LARGE) {
		chy_reply_bad(x, 400, err.text);
		return;
	}
	if (st != CHY_OK) {
		chy_reply_status(x, st, &err);
		return;
	}
	for (uint32_t i = 0; i < news->n; i++)
		label = chy_label_join(&label, &news->at[i].label);
	page.title = chy_text(x, "New in %.*s", CHY_ARG(news->name));
	chy_layout_begin(x, &page);
	chy_html(x, "<div class=\"head\">\n<h1>New in %.*s</h1>\n"
	    "<p class=\"answer\">%s telegram%s since you last marked it as "
	    "read. <a href=\"/search?q=%s\">All that it finds</a></p>\n</div>"
	    "\n", CHY_ARG(news->name), news->n_ids == 0 ? "No" :
	    chy_words_number(news->n_ids).s, news->n_ids == 1 ? "" : "s",
	    chy_url(x, news->query));
	if (news->n > 0) {
		chy_html(x, "<div class=\"tools noprint\">");
		put_button(x, news->name, "told", "Mark as read");
		chy_html(x, "</div>\n");
		put_news(x, news);
	}
	chy_layout_end(x, &page);
	chy_news_free(news);
}

void
chy_post_saved(chy_exchange *x)
{
	chy_slice name = chy_parse_param(x, "name");
	chy_slice act = chy_parse_param(x, "act");
	const chy_reader *reader = &x->site->reader;
	chy_registry *reg = chy_open_for_change(x);
	int64_t now = (int64_t)time(NULL);
	chy_error err = { 0 };
	chy_news *news;
	chy_status st;

	if (reg == NULL)
		return;
	if (chy_slice_eq(act, CHY_SLICE("add"))) {
		st = chy_registry_save(reg, reader, name,
		    chy_parse_param(x, "query"), now, &err);
	} else if (chy_slice_eq(act, CHY_SLICE("remove"))) {
		st = chy_registry_unsave(reg, reader, name, &err);
	} else if (chy_slice_eq(act, CHY_SLICE("told"))) {
		st = chy_registry_news(reg, reader, name, 0, &news, &err);
		if (st == CHY_OK) {
			st = chy_registry_news_told(reg, reader, news, now,
			    &err);
			chy_news_free(news);
		}
	} else {
		st = chy_fail(&err, CHY_ERR_INVALID, "Keep, forget or mark as "
		    "read: say which.");
	}
	chy_registry_close(reg);
	chy_reply_changed(x, st, &err, "/saved");
}
