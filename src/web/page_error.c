/*
 * The pages for what is not there, what was asked wrongly, and what failed:
 * what happened, what was not lost, what to do.
 *
 * What a reader may not see has the page of what does not exist, word for
 * word. The registry answers both alike, and near numbers are drawn from what
 * the reader may see.
 *
 * SPDX-License-Identifier: ISC
 */
#include "web/web_int.h"

#define NEAR	5u

static void
start(chy_exchange *x, unsigned status)
{
	chy_buf_reset(&x->body);
	x->out.status = CHY_OK;
	x->status = status;
	x->location = x->download = x->etag = NULL;
}

void
chy_reply_again(chy_exchange *x)
{
	start(x, 200);
	x->type = NULL;
	x->cut = false;
}

/* Programs get one object or line instead of a page. */
static bool
for_programs(chy_exchange *x, const char *what)
{
	switch (x->format) {
	case CHY_WEB_HTML:
		return false;
	case CHY_WEB_JSON:
		x->type = "application/json";
		chy_json(x, "{\"status\":%u,\"error\":%s}\n", x->status, what);
		return true;
	case CHY_WEB_TEXT:
	case CHY_WEB_CSV:
	case CHY_WEB_ATOM:
		x->type = "text/plain; charset=utf-8";
		chy_sink_printf(&x->out, "%u %s\n", x->status, what);
		return true;
	}
	return false;
}

static void
near_list(chy_exchange *x, const chy_lines *near)
{
	if (near == NULL || near->n == 0)
		return;
	chy_html(x, "<section class=\"sect\"><h2>You may have meant</h2>\n"
	    "<ul class=\"rows\">\n");
	for (uint32_t i = 0; i < near->n; i++) {
		const chy_line *line = &near->at[i];

		chy_html(x, "<li>");
		chy_mark_mrn(x, line, "mrn");
		chy_html(x, " <span class=\"quiet\">%s</span><br>%.*s</li>\n",
		    chy_words_date(chy_line_date(line)).s,
		    CHY_ARG(line->subject));
	}
	chy_html(x, "</ul></section>\n");
}

void
chy_reply_not_found(chy_exchange *x)
{
	chy_page page = { .title = CHY_SLICE("Not found"), .here = "",
	    .up = "/" };
	chy_label label = chy_label_bottom();
	chy_lines *near = NULL;
	bool telegram = x->id.len > 0 &&
	    (chy_slice_starts(x->path, CHY_SLICE("/t/")) ||
	    chy_slice_starts(x->path, CHY_SLICE("/compare")));
	chy_slice asked = telegram ? x->id : x->path;

	start(x, 404);
	if (for_programs(x, "there is nothing here by that name"))
		return;
	if (telegram && chy_registry_near(x->reg, &x->site->reader, x->id,
	    NEAR, &near, NULL) == CHY_OK)
		for (uint32_t i = 0; i < near->n; i++)
			label = chy_label_join(&label, &near->at[i].label);
	page.label = &label;
	chy_layout_begin(x, &page);
	chy_html(x, "<div class=\"narrow\">\n<p class=\"kind quiet\">404</p>\n"
	    "<h1>There is nothing here by that name</h1>\n");
	if (telegram)
		chy_html(x, "<p class=\"answer\">No telegram <b>%s</b> is "
		    "known.</p>\n", chy_words_mrn(x->id, x->id).s);
	else
		chy_html(x, "<p class=\"answer\">No page <b>%.*s</b> is "
		    "known.</p>\n", CHY_ARG(chy_slice_sub(x->path, 0, 200)));
	near_list(x, near);
	chy_html(x, "<form class=\"find sect\" action=\"/search\" "
	    "role=\"search\"><label class=\"vh\" for=\"q2\">Search</label>"
	    "<input id=\"q2\" name=\"q\" value=\"%.*s\">"
	    "<button>Search</button></form>\n</div>\n",
	    CHY_ARG(chy_slice_sub(asked, 0, 200)));
	chy_layout_end(x, &page);
	chy_lines_free(near);
}

void
chy_reply_bad(chy_exchange *x, unsigned status, const char *what)
{
	chy_page page = { .title = CHY_SLICE("Not understood"), .here = "",
	    .up = "/" };

	start(x, status);
	if (for_programs(x, what))
		return;
	chy_layout_begin(x, &page);
	chy_html(x, "<div class=\"narrow\">\n<p class=\"kind quiet\">%u</p>\n"
	    "<h1>This request cannot be answered</h1>\n"
	    "<p class=\"answer\">%s</p>\n"
	    "<p class=\"note sect\">Nothing was changed. Go on from "
	    "<a href=\"/\">the search page</a>.</p>\n</div>\n", status, what);
	chy_layout_end(x, &page);
}

void
chy_reply_failed(chy_exchange *x, chy_status st, const chy_error *err)
{
	chy_page page = { .title = CHY_SLICE("Something failed"), .here = "",
	    .up = "/" };
	bool busy = st == CHY_ERR_BUSY;
	const char *what = busy ? "The archive is busy" : st ==
	    CHY_ERR_NO_MEMORY ? "There is no memory left" :
	    "The archive could not be read";

	x->cut |= chy_registry_was_cut(x->reg, st);
	start(x, busy || st == CHY_ERR_NO_MEMORY ? 503 : 500);
	if (for_programs(x, what))
		return;
	chy_layout_begin(x, &page);
	chy_html(x, "<div class=\"narrow\">\n<p class=\"kind quiet\">%u</p>\n"
	    "<h1>%s</h1>\n<p class=\"answer\">Nothing was lost: reading "
	    "changes nothing.</p>\n<p class=\"note sect\">%s</p>\n", x->status,
	    what, busy ? "Another program has been writing to it for long. "
	    "Ask again in a moment." :
	    "Ask again; if it fails again, run \"chancery verify\".");
	/* The owner alone: its words may name what others may not know of. */
	if (err != NULL && err->text[0] != '\0' && x->site->reader.owner)
		chy_html(x, "<p class=\"note sect\"><span class=\"mono "
		    "small\">%s</span></p>\n", err->text);
	chy_html(x, "</div>\n");
	chy_layout_end(x, &page);
}
