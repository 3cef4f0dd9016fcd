/*
 * How to ask: a form for those who do not know the language, and the language
 * from the program's own tables.
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/ascii.h"
#include "query/query.h"
#include "web/web_int.h"

/* One field of the form: its name, what stands beside it, the field of the
 * language it becomes; NULL: words. */
static const struct asked {
	const char *name, *label, *field, *hint;
} asked[] = {
	{ "all", "All of these words", NULL, "ferry licence" },
	{ "phrase", "This phrase", NULL, "port safety" },
	{ "any", "Any of these words", NULL, "ferry lighter" },
	{ "none", "None of these words", NULL, "exercise" },
	{ "subject", "In the subject", "subject", "ferry" },
	{ "person", "Person, in any spelling", "person", "Busaidi" },
	{ "from", "From", "from", "Embassy Muscat, or a country" },
	{ "to", "For action to", "to", "State" },
	{ "info", "For information to", "info", "London" },
	{ "tag", "TAGS or country", "tag", "PREL" },
	{ "caption", "Caption", "caption", "EXDIS" },
	{ "after", "From this day, month or year", NULL, "1975-03" },
	{ "before", "Up to and with", NULL, "12 May 1975" },
};

/* The value as a term's: quoted where it has to be. */
static void
put_value(chy_buf *out, chy_slice value)
{
	chy_buf_putc(out, '"');
	for (size_t i = 0; i < value.len; i++)
		if (value.ptr[i] != '"')
			chy_buf_putc(out, value.ptr[i]);
	chy_buf_putc(out, '"');
}

/* Each word by itself, with `between` and, before each, `sign`. */
static void
put_words(chy_buf *out, chy_slice words, const char *between,
    const char *sign)
{
	size_t at = 0;
	bool begun = false;

	while (at < words.len) {
		size_t end = at;

		while (end < words.len && !chy_is_space(words.ptr[end]))
			end++;
		if (end > at) {
			chy_buf_puts(out, begun ? between : "");
			chy_buf_puts(out, sign);
			put_value(out, chy_slice_sub(words, at, end - at));
			begun = true;
		}
		at = end + 1;
	}
}

/* The form as a query. */
static chy_slice
build(chy_exchange *x)
{
	chy_slice after = chy_parse_param(x, "after");
	chy_slice before = chy_parse_param(x, "before");
	chy_slice level = chy_parse_param(x, "class");
	chy_buf out = CHY_BUF_INIT;
	chy_slice query;

	for (size_t i = 0; i < ARRAY_LEN(asked); i++) {
		chy_slice value = chy_slice_trim(chy_parse_param(x,
		    asked[i].name));
		const char *name = asked[i].name;

		if (value.len == 0 || strcmp(name, "after") == 0 ||
		    strcmp(name, "before") == 0)
			continue;
		if (out.len > 0)
			chy_buf_putc(&out, ' ');
		if (asked[i].field != NULL) {
			chy_buf_printf(&out, "%s:", asked[i].field);
			put_value(&out, value);
		} else if (strcmp(name, "phrase") == 0) {
			put_value(&out, value);
		} else if (strcmp(name, "any") == 0) {
			chy_buf_putc(&out, '(');
			put_words(&out, value, " or ", "");
			chy_buf_putc(&out, ')');
		} else {
			put_words(&out, value, " ", strcmp(name, "none") == 0 ?
			    "-" : "");
		}
	}
	if (after.len > 0 || before.len > 0) {
		chy_buf_puts(&out, out.len > 0 ? " date:" : "date:");
		put_value(&out, chy_text(x, "%.*s..%.*s", CHY_ARG(after),
		    CHY_ARG(before)));
	}
	if (level.len > 0)
		chy_buf_printf(&out, "%sclass:\"%.*s\"", out.len > 0 ? " " : "",
		    CHY_ARG(level));
	query = chy_arena_copy(&x->arena, chy_buf_slice(&out));
	chy_buf_done(&out);
	return query;
}

static void
put_form(chy_exchange *x)
{
	static const struct {
		const char *value, *words;
	} levels[] = {
		{ "", "Any" }, { "U", "Unclassified" },
		{ "LOU", "Limited Official Use" }, { "C", "Confidential" },
		{ "S", "Secret" }, { "TS", "Top Secret" },
		{ "S..", "Secret and above" },
	};

	chy_html(x, "<form action=\"/ask\" class=\"ask\">\n");
	for (size_t i = 0; i < ARRAY_LEN(asked); i++)
		chy_html(x, "<p class=\"field\"><label for=\"%s\">%s</label>"
		    "<input id=\"%s\" name=\"%s\" maxlength=\"500\" "
		    "placeholder=\"%s\" value=\"%.*s\"></p>\n", asked[i].name,
		    asked[i].label, asked[i].name, asked[i].name,
		    asked[i].hint, CHY_ARG(chy_parse_param(x,
		    asked[i].name)));
	chy_html(x, "<p class=\"field\"><label for=\"class\">Classification"
	    "</label><select id=\"class\" name=\"class\">");
	for (size_t i = 0; i < ARRAY_LEN(levels); i++)
		chy_html(x, "<option value=\"%s\">%s</option>",
		    levels[i].value, levels[i].words);
	chy_html(x, "</select></p>\n<p class=\"acts\"><button class=\"first\" "
	    "name=\"go\" value=\"1\">Search</button></p></form>\n");
}

static void
put_row(chy_exchange *x, const char *what, const char *help)
{
	chy_html(x, "<tr><th scope=\"row\"><code>%s</code></th><td>%s</td>"
	    "</tr>\n", what, help);
}

static void
put_language(chy_exchange *x)
{
	static const struct {
		const char *what, *help;
	} words[] = {
		{ "ferry licence", "both words, anywhere in the telegram" },
		{ "\"ferry licence\"", "the phrase; in quotes a country's "
		    "name is only the words" },
		{ "ferr*", "words that begin so" },
		{ "negotiate~", "any grammatical form of the word" },
		{ "\"ferry licence\"~5", "near each other: at most 5 words "
		    "between, in any order" },
		{ "ferry or lighter", "either" },
		{ "ferry -lighter", "the one without the other" },
		{ "(ferry or lighter) dues", "parentheses" },
		{ "subject:/^ferry|boat$/", "a pattern, also in fields of "
		    "posts, TAGS, names and numbers" },
		{ "date:1975-03..1975-05", "a range; also 12 Mar 1975, 1970s, "
		    "1975Q1, last month" },
		{ "cites:{from:muscat}", "a query for a number: what cites any "
		    "of these" },
	};

	chy_html(x, "<div class=\"scroll\"><table class=\"ledger\">\n<tbody>\n"
	    "<tr class=\"group\"><th colspan=\"2\" scope=\"rowgroup\">Words"
	    "</th></tr>\n");
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		put_row(x, words[i].what, words[i].help);
	chy_html(x, "<tr class=\"group\"><th colspan=\"2\" "
	    "scope=\"rowgroup\">Fields</th></tr>\n");
	for (int i = CHY_FIELD_NONE + 1; i < CHY_FIELD_COUNT; i++)
		put_row(x, chy_text(x, "%s:", chy_field_name((chy_field)i)).ptr,
		    chy_field_help((chy_field)i));
	chy_html(x, "<tr class=\"group\"><th colspan=\"2\" "
	    "scope=\"rowgroup\">What a telegram is</th></tr>\n");
	for (int i = 0; i < CHY_FLAG_COUNT; i++)
		put_row(x, chy_text(x, "is:%s", chy_query_flag_name(
		    (chy_query_flag)i)).ptr,
		    chy_query_flag_help((chy_query_flag)i));
	chy_html(x, "</tbody></table></div>\n<p class=\"quiet\">All of it, "
	    "with examples, is in <code>man chancery-query</code>.</p>\n");
}

void
chy_page_ask(chy_exchange *x)
{
	chy_page page = { .title = CHY_SLICE("How to ask"), .here = "search",
	    .up = "/" };

	if (chy_parse_param(x, "go").len > 0) {
		chy_slice query = build(x);

		chy_reply_redirect(x, chy_text(x, "/search?q=%s",
		    chy_url(x, query)).ptr);
		return;
	}
	chy_layout_begin(x, &page);
	chy_html(x, "<div class=\"head\">\n<h1>How to ask</h1>\n"
	    "<p class=\"answer\">Fill in what you know. The query it becomes "
	    "is shown above the results, and can be typed the next time.</p>\n"
	    "</div>\n");
	put_form(x);
	chy_html(x, "<section class=\"sect\"><h2>The language</h2>\n");
	put_language(x);
	chy_html(x, "</section>\n");
	chy_layout_end(x, &page);
}


/* ---- completion ---- */

void
chy_api_complete(chy_exchange *x)
{
	chy_slice query = chy_parse_param(x, "q");
	chy_error err = { 0 };
	chy_completions *list;
	chy_status st = chy_registry_complete(x->reg, &x->site->reader, query,
	    chy_parse_number(x, "limit", 100, 12), &list, &err);

	if (st != CHY_OK) {
		chy_reply_failed(x, st, &err);
		return;
	}
	x->type = "application/json";
	chy_json(x, "{\"schema\":1,\"offset\":%zu,\"completions\":[",
	    list->off);
	for (uint32_t i = 0; i < list->n; i++) {
		chy_sink_puts(&x->out, i > 0 ? ",\n" : "");
		chy_json(x, "{\"query\":%.*s,\"text\":%.*s,"
		    "\"meaning\":%.*s,\"count\":%zu}", CHY_ARG(chy_text(x, "%.*s%.*s", CHY_ARG(chy_slice_sub(
		    query, 0, list->off)), CHY_ARG(list->at[i].text))),
		    CHY_ARG(list->at[i].text), CHY_ARG(list->at[i].meaning),
		    (size_t)list->at[i].count);
	}
	chy_json(x, "]}\n");
	chy_completions_free(list);
}
