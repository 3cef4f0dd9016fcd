/*
 * People, places and bodies: those of a query by number of telegrams; and one
 * of them, its spellings, who stands beside it, where it stands.
 *
 * SPDX-License-Identifier: ISC
 */
#include "web/parts_int.h"

/* Entries of each kind on the page of all, and of one kind. */
#define OF_ALL		40u
#define OF_ONE		1000u
/* Names that one spelling may mean, and places of each: every place is read
 * again. A search has all. */
#define MEANT		10u
/* Other spellings that stand behind a name. */
#define VARIANTS	4u

static const struct kind_row {
	const char *one, *many, *title;
} kind_rows[CHY_NAME_KINDS] = {
	[CHY_NAME_PERSON] = { "person", "people", "People" },
	[CHY_NAME_PLACE] = { "place", "places", "Places" },
	[CHY_NAME_BODY] = { "body", "bodies", "Bodies" },
};

/* -1: all, also where what is given is no kind. */
static int
parse_kind(chy_exchange *x)
{
	chy_name_kind kind;

	return chy_name_kind_parse(chy_parse_param(x, "kind"), &kind) ?
	    (int)kind : -1;
}

static const char *
asked_again(chy_exchange *x, chy_slice query, int kind)
{
	chy_buf buf = CHY_BUF_INIT;

	if (query.len > 0)
		chy_buf_printf(&buf, "?q=%s", chy_url(x, query));
	if (kind >= 0)
		chy_buf_printf(&buf, "%ckind=%s", query.len > 0 ? '&' : '?',
		    chy_name_kind_name((chy_name_kind)kind));
	return chy_keep(x, &buf);
}

static void
put_name(chy_exchange *x, const chy_name_entry *e)
{
	chy_html(x, "<a href=\"/names/%s?kind=%s\">%.*s</a>",
	    chy_url(x, e->name), chy_name_kind_name(e->kind),
	    CHY_ARG(e->name));
}


/* ---- the list ---- */

static void
put_variants(chy_exchange *x, const chy_name_entry *e)
{
	uint32_t told = 0;

	for (uint32_t i = 0; i < e->n_variants && told < VARIANTS; i++) {
		if (chy_slice_ieq(e->variants[i].text, e->name))
			continue;
		chy_html(x, told++ == 0 ? "<span class=\"sub\">%.*s" : "; %.*s",
		    CHY_ARG(e->variants[i].text));
	}
	if (told > 0)
		chy_html(x, "</span>");
}

static void
put_kind(chy_exchange *x, const chy_names_list *list, chy_name_kind kind,
    chy_slice query, bool alone)
{
	uint32_t n = 0;

	chy_html(x, "<section><h2 id=\"%s\">%s <span class=\"n quiet small\">"
	    "%s</span></h2>\n", chy_name_kind_name(kind),
	    kind_rows[kind].title, chy_words_number(list->n_all[kind]).s);
	if (list->n_all[kind] == 0) {
		chy_html(x, "<p class=\"note\">None.</p></section>\n");
		return;
	}
	chy_html(x, "<table class=\"ledger\"><thead><tr><th scope=\"col\">Name "
	    "and other spellings</th><th scope=\"col\" class=\"r\">Telegrams"
	    "</th></tr></thead><tbody>\n");
	for (uint32_t i = 0; i < list->n; i++) {
		const chy_name_entry *e = &list->at[i];

		if (e->kind != kind)
			continue;
		n++;
		chy_html(x, "<tr><th scope=\"row\">");
		put_name(x, e);
		put_variants(x, e);
		chy_html(x, "</th><td class=\"r\"><a class=\"plain\" "
		    "href=\"/search?q=%s\">%s</a></td></tr>\n", chy_url(x,
		    chy_terms_with(x, query, e->term)),
		    chy_words_number(e->count).s);
	}
	chy_html(x, "</tbody></table>\n");
	if (list->n_all[kind] > n && !alone)
		chy_html(x, "<p class=\"gap small\"><a href=\"/names%s\">"
		    "%s more</a></p>\n", asked_again(x, query, (int)kind),
		    chy_words_number(list->n_all[kind] - n).s);
	else if (list->n_all[kind] > n)
		chy_html(x, "<p class=\"note\">The first %u of %s.</p>\n", n,
		    chy_words_number(list->n_all[kind]).s);
	chy_html(x, "</section>\n");
}

static void
put_list_head(chy_exchange *x, const chy_names_list *list, chy_slice query,
    int kind)
{
	const char *const more[] = { "kind", kind >= 0 ?
	    chy_name_kind_name((chy_name_kind)kind) : "", NULL };

	chy_html(x, "<div class=\"head\">\n<p class=\"kind\">Names</p>\n"
	    "<h1>%s</h1>\n<p class=\"answer\">", kind >= 0 ?
	    kind_rows[kind].title : "People, places and bodies");
	for (int k = 0; k < CHY_NAME_KINDS; k++)
		if (kind < 0 || kind == k)
			chy_html(x, "%s<b>%s %s</b>", kind < 0 && k > 0 ?
			    k == CHY_NAME_KINDS - 1 ? " and " : ", " : "",
			    chy_words_number(list->n_all[k]).s,
			    list->n_all[k] == 1 ? kind_rows[k].one :
			    kind_rows[k].many);
	chy_html(x, " in <a href=\"/search?q=%s\">%s telegram%s</a>. Spellings "
	    "of one name are joined by the spelling alone, and each is kept."
	    "</p>\n<p class=\"tools\"><span>Show ", chy_url(x, query),
	    chy_words_number(list->telegrams).s,
	    list->telegrams == 1 ? "" : "s");
	if (kind < 0)
		chy_html(x, "<b>all</b>");
	else
		chy_html(x, "<a href=\"/names%s\">all</a>",
		    asked_again(x, query, -1));
	for (int k = 0; k < CHY_NAME_KINDS; k++)
		if (kind == k)
			chy_html(x, ", <b>%s</b>", kind_rows[k].many);
		else
			chy_html(x, ", <a href=\"/names%s\">%s</a>",
			    asked_again(x, query, k), kind_rows[k].many);
	chy_html(x, "</span></p>\n");
	chy_html_narrow(x, "/names", query, more);
	chy_html_understood(x, list->understood);
	chy_html(x, "</div>\n");
}

static chy_status
ask_list(chy_exchange *x, chy_slice query, int kind, chy_names_list **ret)
{
	chy_names_options opts = { .kind = kind, .most = kind >= 0 ||
	    x->format != CHY_WEB_HTML ? OF_ONE : OF_ALL };
	chy_error err = { 0 };
	chy_status st = chy_registry_names(x->reg, &x->site->reader, query,
	    &opts, ret, &err);

	if (st != CHY_OK)
		chy_reply_query(x, query, st, &err);
	return st;
}

void
chy_page_names(chy_exchange *x)
{
	chy_slice query = chy_parse_param(x, "q");
	int kind = parse_kind(x);
	chy_page page = { .title = CHY_SLICE("Names"), .here = "names",
	    .query = query, .up = "/", .address = "/names",
	    .formats = CHY_WEB_JSON | CHY_WEB_TEXT };
	chy_names_list *list = NULL;

	if (ask_list(x, query, kind, &list) != CHY_OK)
		return;
	page.label = &list->label;
	page.asked = asked_again(x, query, kind);
	chy_layout_begin(x, &page);
	put_list_head(x, list, query, kind);
	if (kind < 0)
		chy_html(x, "<div class=\"thirds\">\n");
	for (int k = 0; k < CHY_NAME_KINDS; k++)
		if (kind < 0 || kind == k)
			put_kind(x, list, (chy_name_kind)k, query, kind == k);
	if (kind < 0)
		chy_html(x, "</div>\n");
	chy_layout_end(x, &page);
	chy_names_list_free(list);
}

void
chy_api_names(chy_exchange *x)
{
	chy_names_list *list = NULL;
	chy_buf buf = CHY_BUF_INIT;
	chy_sink lines = chy_sink_buf(&buf);

	if (ask_list(x, chy_parse_param(x, "q"), parse_kind(x), &list) !=
	    CHY_OK)
		return;
	if (x->format == CHY_WEB_JSON) {
		answer_names_json(list, &lines);
		chy_reply_lines(x, &buf);
	} else {
		x->type = "text/plain; charset=utf-8";
		answer_names_text(list, &x->out);
	}
	chy_names_list_free(list);
}


/* ---- one name ---- */

static void
put_spellings(chy_exchange *x, const chy_name_found *f)
{
	chy_html(x, "<section><h3>Spellings</h3>\n<table class=\"ledger\">"
	    "<thead><tr><th scope=\"col\">As it is spelled</th><th "
	    "scope=\"col\" class=\"r\">Telegrams</th></tr></thead><tbody>\n");
	for (uint32_t i = 0; i < f->entry.n_variants; i++)
		chy_html(x, "<tr><th scope=\"row\">%.*s</th><td class=\"r\">"
		    "%s</td></tr>\n", CHY_ARG(f->entry.variants[i].text),
		    chy_words_number(f->entry.variants[i].count).s);
	chy_html(x, "</tbody></table></section>\n");
}

static void
put_beside(chy_exchange *x, const chy_name_found *f)
{
	chy_html(x, "<section><h3>Stand beside it</h3>\n");
	if (f->n_beside == 0) {
		chy_html(x, "<p class=\"note\">Nobody and nothing, in more "
		    "than one telegram.</p></section>\n");
		return;
	}
	chy_html(x, "<table class=\"ledger\"><thead><tr><th scope=\"col\">Name"
	    "</th><th scope=\"col\" class=\"r\">In both</th></tr></thead>"
	    "<tbody>\n");
	for (uint32_t i = 0; i < f->n_beside; i++) {
		const chy_name_entry *e = &f->beside[i];

		chy_html(x, "<tr><th scope=\"row\">");
		put_name(x, e);
		chy_html(x, " <span class=\"quiet small\">%s</span></th>"
		    "<td class=\"r\"><a class=\"plain\" href=\"/search?q=%s\">"
		    "%s</a></td></tr>\n", kind_rows[e->kind].one, chy_url(x,
		    chy_terms_with(x, f->entry.term, e->term)),
		    chy_words_number(e->count).s);
	}
	chy_html(x, "</tbody></table></section>\n");
}

static void
put_place(chy_exchange *x, const chy_name_place *p)
{
	chy_civil date = chy_line_date(&p->line);
	bool any = false;

	chy_html(x, "<tr><th scope=\"row\">");
	chy_mark_mrn(x, &p->line, "mrn plain");
	chy_html(x, "<span class=\"sub\">%s</span></th><td class=\"text\">"
	    "%.*s</td><td data-l=\"Where\">", chy_words_short(date).s,
	    CHY_ARG(p->line.subject));
	for (uint32_t i = 0; i < p->n_ids; i++) {
		if (p->is_paragraph[i])
			chy_html(x, "%s<a href=\"%s#p%.*s\">\xC2\xB6%.*s</a>",
			    any ? ", " : "", chy_telegram_url(x, p->line.id,
			    ""), CHY_ARG(p->ids[i]), CHY_ARG(p->ids[i]));
		else
			chy_html(x, "%s%.*s", any ? ", " : "",
			    CHY_ARG(p->ids[i]));
		any = true;
	}
	chy_html(x, "</td></tr>\n");
}

static void
put_found(chy_exchange *x, const chy_name_found *f, uint32_t i)
{
	chy_html(x, "<section class=\"sect\" aria-labelledby=\"n%u\">\n"
	    "<h2 id=\"n%u\">%.*s <span class=\"quiet small\">%s, in "
	    "<a href=\"/search?q=%s\">%s telegram%s</a></span></h2>\n"
	    "<div class=\"halves\">\n", i + 1, i + 1, CHY_ARG(f->entry.name),
	    kind_rows[f->entry.kind].one, chy_url(x, f->entry.term),
	    chy_words_number(f->entry.count).s,
	    f->entry.count == 1 ? "" : "s");
	put_spellings(x, f);
	put_beside(x, f);
	chy_html(x, "</div>\n<section class=\"gap\"><h3>Where it stands</h3>\n"
	    "<table class=\"ledger stack\"><thead><tr><th scope=\"col\">"
	    "Telegram</th><th scope=\"col\">Subject</th><th scope=\"col\">"
	    "Where</th></tr></thead><tbody>\n");
	for (uint32_t k = 0; k < f->n_places; k++)
		put_place(x, &f->places[k]);
	chy_html(x, "</tbody></table>\n");
	if (f->all_places > f->n_places)
		chy_html(x, "<p class=\"gap small\"><a href=\"/search?q=%s\">"
		    "All %s telegrams</a></p>\n", chy_url(x, f->entry.term),
		    chy_words_number(f->all_places).s);
	chy_html(x, "</section>\n</section>\n");
}

static chy_status
ask_name(chy_exchange *x, chy_names_found **ret)
{
	chy_error err = { 0 };
	chy_status st = x->id.len == 0 ? CHY_ERR_NOT_FOUND :
	    chy_registry_name(x->reg, &x->site->reader, x->id, parse_kind(x),
	    MEANT, ret, &err);

	if (st != CHY_OK)
		chy_reply_status(x, st, &err);
	return st;
}

void
chy_page_name(chy_exchange *x)
{
	int kind = parse_kind(x);
	chy_page page = { .here = "names", .up = "/names",
	    .formats = CHY_WEB_JSON | CHY_WEB_TEXT };
	chy_names_found *found = NULL;
	chy_buf buf = CHY_BUF_INIT;

	if (ask_name(x, &found) != CHY_OK)
		return;
	page.title = chy_slice_sub(x->id, 0, 80);
	page.label = &found->label;
	chy_buf_printf(&buf, "/names/%s", chy_url(x, x->id));
	page.address = chy_keep(x, &buf);
	page.asked = asked_again(x, CHY_EMPTY, kind);
	chy_layout_begin(x, &page);
	chy_html(x, "<div class=\"head\">\n<p class=\"kind\">Name</p>\n"
	    "<h1>%.*s</h1>\n<p class=\"answer\">", CHY_ARG(page.title));
	if (found->n == 1)
		chy_html(x, "A %s, in <b>%s telegram%s</b>, %s.",
		    kind_rows[found->at[0].entry.kind].one,
		    chy_words_number(found->at[0].entry.count).s,
		    found->at[0].entry.count == 1 ? "" : "s",
		    found->at[0].entry.n_variants == 1 ?
		    "always spelled alike" : "in more than one spelling");
	else
		chy_html(x, "It may mean <b>%u names</b>%s.", found->n,
		    found->n == MEANT ? " or more; these are in the most "
		    "telegrams" : "");
	chy_html(x, "</p>\n</div>\n");
	for (uint32_t i = 0; i < found->n; i++)
		put_found(x, &found->at[i], i);
	chy_layout_end(x, &page);
	chy_names_found_free(found);
}

void
chy_api_name(chy_exchange *x)
{
	chy_names_found *found = NULL;
	chy_buf buf = CHY_BUF_INIT;
	chy_sink lines = chy_sink_buf(&buf);

	if (ask_name(x, &found) != CHY_OK)
		return;
	if (x->format != CHY_WEB_JSON)
		x->type = "text/plain; charset=utf-8";
	for (uint32_t i = 0; i < found->n; i++) {
		if (x->format == CHY_WEB_JSON) {
			answer_name_json(&found->at[i], &lines);
			continue;
		}
		if (i > 0)
			chy_sink_puts(&x->out, "\n");
		answer_name_text(&found->at[i], false, &x->out);
	}
	if (x->format == CHY_WEB_JSON)
		chy_reply_lines(x, &buf);
	chy_names_found_free(found);
}
