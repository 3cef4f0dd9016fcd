/*
 * What every page has: the classification lines, the head with its search
 * field, the foot with the index and the keys; and the small marks.
 *
 * The classification line is the first and the last thing: the highest label
 * on the page as this reader sees it. The lower one is hidden from speech.
 *
 * SPDX-License-Identifier: ISC
 */
#include "vocab/vocab.h"
#include "web/web_int.h"

static const struct place {
	const char *name;
	const char *url;
	const char *words;
} places[] = {
	{ "search",    "/",	    "Search" },
	{ "telegrams", "/search?q=", "All telegrams" },
	{ "saved",     "/saved",    "Saved searches" },
	{ "tray",      "/tray",	    "In-tray" },
	{ "distribution", "/distribution", "Distribution" },
	{ "actions",   "/actions",  "Actions" },
	{ "cases",     "/cases",    "Cases" },
	{ "programmes", "/programmes", "Programmes" },
	{ "names",     "/names",    "Names" },
	{ "timeline",  "/timeline", "Timeline" },
	{ "network",   "/network",  "Network" },
	{ "gaps",      "/gaps",	    "Gaps" },
};

static const struct format_row {
	chy_web_format format;
	const char    *suffix;
	const char    *words;
} format_rows[] = {
	{ CHY_WEB_TEXT, ".txt", "text" },
	{ CHY_WEB_JSON, ".json", "JSON" },
	{ CHY_WEB_CSV,	".csv", "CSV" },
	{ CHY_WEB_ATOM, ".atom", "a feed" },
};

static void
class_line(chy_exchange *x, const chy_page *page, bool top)
{
	chy_label label = page->label != NULL ? *page->label :
	    chy_label_bottom();
	const char *words = page->label_words != NULL ? page->label_words :
	    chy_words_label(x, &label);
	const char *class_ = chy_words_level(label.level);

	if (top)
		chy_html(x, "<p class=\"line top %s\"><span class=\"vh\">"
		    "Highest classification on this page: </span>%s</p>\n",
		    class_, words);
	else
		chy_html(x, "<p class=\"line bottom %s\" aria-hidden=\"true\">"
		    "%s</p>\n", class_, words);
}

static void
nav_list(chy_exchange *x, const chy_page *page)
{
	chy_html(x, "<ul>\n");
	for (size_t i = 0; i < ARRAY_LEN(places); i++)
		if (strcmp(places[i].name, page->here) == 0)
			chy_html(x, "<li><a href=\"%s\" aria-current=\"page\">"
			    "%s</a></li>\n", places[i].url, places[i].words);
		else
			chy_html(x, "<li><a href=\"%s\">%s</a></li>\n",
			    places[i].url, places[i].words);
	chy_html(x, "</ul>");
}

static void
find_form(chy_exchange *x, const chy_page *page)
{
	chy_html(x, "<form class=\"find\" role=\"search\" action=\"/search\">\n"
	    "<label class=\"vh\" for=\"q\">Search the archive</label>\n"
	    "<input id=\"q\" name=\"q\" type=\"search\" value=\"%.*s\" "
	    "maxlength=\"4096\" autocomplete=\"off\" accesskey=\"s\">\n"
	    "<button>Search</button>\n</form>\n", CHY_ARG(page->query));
}

void
chy_layout_begin(chy_exchange *x, const chy_page *page)
{
	x->type = "text/html; charset=utf-8";
	chy_html(x, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
	    "<meta charset=\"utf-8\">\n"
	    "<meta name=\"viewport\" "
	    "content=\"width=device-width, initial-scale=1\">\n"
	    "<meta name=\"referrer\" content=\"no-referrer\">\n"
	    "<title>%.*s - Chancery</title>\n"
	    "<link rel=\"stylesheet\" href=\"/assets/chancery.css\">\n"
	    "<script src=\"/assets/keys.js\" defer></script>\n"
	    "<script src=\"/assets/complete.js\" defer></script>\n",
	    CHY_ARG(page->title));
	if (page->script != NULL)
		chy_html(x, "<script src=\"/assets/%s\" defer></script>\n",
		    page->script);
	if (page->up != NULL)
		chy_html(x, "<link rel=\"up\" href=\"%s\">\n", page->up);
	chy_html(x, "</head>\n<body>\n"
	    "<a class=\"skip\" href=\"#main\">Skip to the text</a>\n");
	class_line(x, page, true);
	chy_html(x, "<header class=\"mast\">\n<div class=\"mast-in\">\n"
	    "<a class=\"wordmark\" href=\"/\">Chancery"
	    "<span class=\"house\">Registry of telegrams</span></a>\n");
	if (page->no_find)
		chy_html(x, "<span></span>\n");
	else
		find_form(x, page);
	if (x->site->reader.owner)
		chy_html(x, "<p class=\"reader\">The owner <span>reads all; "
		    "%s</span></p>\n", chy_words_time(x->now).s);
	else
		chy_html(x, "<p class=\"reader\">Reads to %s <span>%s</span>"
		    "</p>\n", x->site->reader_label, chy_words_time(x->now).s);
	chy_html(x, "<a class=\"to-index\" href=\"#index\">Index</a>\n"
	    "<nav class=\"nav\" aria-label=\"Pages\">");
	nav_list(x, page);
	chy_html(x, "</nav>\n</div>\n</header>\n<main id=\"main\">\n");
}

static void
other_formats(chy_exchange *x, const chy_page *page)
{
	bool first = true;

	if (page->address == NULL)
		return;
	chy_html(x, "<p>Also as ");
	for (size_t i = 0; i < ARRAY_LEN(format_rows); i++) {
		if ((page->formats & (unsigned)format_rows[i].format) == 0)
			continue;
		chy_html(x, "%s<a href=\"%s%s%s\">%s</a>", first ? "" : ", ",
		    page->address, format_rows[i].suffix,
		    page->asked != NULL ? page->asked : "",
		    format_rows[i].words);
		first = false;
	}
	chy_html(x, ".</p>");
}

void
chy_layout_end(chy_exchange *x, const chy_page *page)
{
	chy_html(x, "</main>\n<footer class=\"foot\" id=\"index\" "
	    "tabindex=\"-1\">\n<div class=\"foot-in\">\n"
	    "<nav class=\"pages\" aria-label=\"Index\"><h2>Index</h2>");
	nav_list(x, page);
	chy_html(x, "</nav>\n<div><h2>Keys</h2><ul>\n"
	    "<li><kbd>/</kbd>search</li>"
	    "<li><kbd>j</kbd><kbd>k</kbd>next, previous</li>"
	    "<li><kbd>o</kbd>open</li><li><kbd>u</kbd>back up</li>\n"
	    "<li><kbd>t</kbd>thread</li><li><kbd>v</kbd>as sent</li>"
	    "<li><kbd>c</kbd>cite</li><li><kbd>?</kbd>all keys</li>\n"
	    "</ul></div>\n<div><h2>This page</h2>");
	other_formats(x, page);
	if (x->site->reader.owner)
		chy_html(x, "<p>You read as the owner, who may see all.</p>");
	else
		chy_html(x, "<p>You read to %s.</p>", x->site->reader_label);
	chy_html(x, "</div>\n</div>\n</footer>\n");
	class_line(x, page, false);
	chy_html(x, "</body>\n</html>\n");
}

void
chy_mark_level(chy_exchange *x, chy_level level, chy_slice words)
{
	chy_label label;

	/* A caveat such as SBU lifts an unclassified text by a step. */
	if (level == CHY_LEVEL_UNCLASSIFIED &&
	    chy_label_parse(words, &label, NULL) == CHY_OK &&
	    label.level > level)
		level = label.level;
	if (words.len == 0)
		words = level == CHY_LEVEL_NONE ? CHY_SLICE("NOT MARKED") :
		    chy_slice_of(chy_level_name(level));
	chy_html(x, "<span class=\"chip %s\">%.*s</span>",
	    level == CHY_LEVEL_NONE ? "cap" : chy_words_level(level),
	    CHY_ARG(words));
}

void
chy_mark_precedence(chy_exchange *x, chy_precedence precedence)
{
	const chy_precedence_row *row = chy_precedence_get(precedence);
	const char *class_ = "r";

	if (row == NULL)
		return;
	switch (precedence) {
	case CHY_PRECEDENCE_CRITIC:
	case CHY_PRECEDENCE_EMERGENCY:
	case CHY_PRECEDENCE_FLASH:
		class_ = "z";
		break;
	case CHY_PRECEDENCE_NIACT_IMMEDIATE:
	case CHY_PRECEDENCE_IMMEDIATE:
		class_ = "o";
		break;
	case CHY_PRECEDENCE_PRIORITY:
		class_ = "p";
		break;
	case CHY_PRECEDENCE_ROUTINE:
	case CHY_PRECEDENCE_NONE:
		break;
	}
	chy_html(x, "<span class=\"prec %s\"><b>%.*s</b>%s</span>", class_,
	    CHY_ARG(chy_slice_sub(row->prosign, 0, 1)),
	    precedence == CHY_PRECEDENCE_NIACT_IMMEDIATE ? "NIACT immediate" :
	    chy_words_sentence(row->name).s);
}

void
chy_mark_portion(chy_exchange *x, chy_slice mark)
{
	if (mark.len > 0)
		chy_html(x, " <span class=\"pm %s\">(%.*s)</span>",
		    chy_words_mark(mark), CHY_ARG(mark));
}

void
chy_mark_time(chy_exchange *x, chy_civil c, const char *class_, chy_words words)
{
	if (c.year == 0)
		return;
	if (class_[0] != '\0')
		chy_html(x, "<time class=\"%s\" datetime=\"%s\">%s</time>",
		    class_, chy_words_iso(c).s, words.s);
	else
		chy_html(x, "<time datetime=\"%s\">%s</time>",
		    chy_words_iso(c).s, words.s);
}

const char *
chy_telegram_url(chy_exchange *x, chy_slice id, const char *rest)
{
	chy_slice name = chy_slice_of(chy_url(x, id));
	size_t more = strlen(rest);
	char *url = chy_arena_alloc(&x->arena, 3 + name.len + more + 1);

	if (url == NULL)
		return "";
	memcpy(url, "/t/", 3);
	memcpy(url + 3, name.ptr, name.len);
	memcpy(url + 3 + name.len, rest, more + 1);
	return url;
}

void
chy_mark_mrn(chy_exchange *x, const chy_line *line, const char *class_)
{
	chy_html(x, "<a class=\"%s\" href=\"%s\">%s</a>", class_,
	    chy_telegram_url(x, line->id, ""),
	    chy_words_mrn(line->id, line->originator).s);
}
