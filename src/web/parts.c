/*
 * Pieces of the pages about many telegrams.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>

#include "casework/casework.h"
#include "web/parts_int.h"

chy_words
chy_words_period(chy_slice iso)
{
	int32_t day = chy_day_parse(iso);
	chy_words w;

	if (day != CHY_NO_DAY)
		return chy_words_date(chy_day_civil(day));
	if (iso.len == 7 && iso.ptr[4] == '-') {
		int month = (iso.ptr[5] - '0') * 10 + (iso.ptr[6] - '0');

		if (month >= 1 && month <= 12) {
			snprintf(w.s, sizeof(w.s), "%s %.4s",
			    chy_month_name(month), iso.ptr);
			return w;
		}
	}
	snprintf(w.s, sizeof(w.s), "%.*s", CHY_ARG(chy_slice_sub(iso, 0, 60)));
	return w;
}

const char *
chy_keep(chy_exchange *x, chy_buf *buf)
{
	chy_slice s = chy_arena_copy(&x->arena, chy_buf_slice(buf));

	chy_buf_done(buf);
	return s.len > 0 ? s.ptr : "";
}

const char *
chy_url_asked(chy_exchange *x, chy_slice query)
{
	chy_buf buf = CHY_BUF_INIT;

	if (query.len > 0)
		chy_buf_printf(&buf, "?q=%s", chy_url(x, query));
	return chy_keep(x, &buf);
}


/* ---- answers that are not the page ---- */

/* No string of JSON has a line end in it. */
void
chy_reply_lines(chy_exchange *x, chy_buf *lines)
{
	chy_slice rest = chy_buf_slice(lines);
	bool first = true;

	if (chy_buf_status(lines) != CHY_OK)
		x->out.status = CHY_ERR_NO_MEMORY;
	x->type = "application/json";
	chy_sink_puts(&x->out, "{\"schema\":1,\"results\":[");
	while (rest.len > 0) {
		size_t end = chy_slice_find(rest, CHY_SLICE("\n"), 0);

		chy_sink_puts(&x->out, first ? "\n" : ",\n");
		chy_sink_put(&x->out, chy_slice_sub(rest, 0, end));
		rest = chy_slice_from(rest, end + 1);
		first = false;
	}
	chy_sink_puts(&x->out, "]}\n");
	chy_buf_done(lines);
}

void
chy_reply_query(chy_exchange *x, chy_slice query, chy_status st,
    const chy_error *err)
{
	chy_page page = { .title = CHY_SLICE("Not understood"), .here = "",
	    .query = query, .up = "/" };

	if (st != CHY_ERR_INVALID && st != CHY_ERR_UNSUPPORTED &&
	    st != CHY_ERR_TOO_LARGE) {
		chy_reply_failed(x, st, err);
		return;
	}
	if (x->format != CHY_WEB_HTML) {
		chy_reply_bad(x, 400, err->text);
		return;
	}
	x->status = 400;
	chy_layout_begin(x, &page);
	chy_html(x, "<div class=\"head\"><h1>This query cannot be read</h1>"
	    "</div>\n");
	chy_html_caret(x, query, err);
	chy_layout_end(x, &page);
}


/* ---- pieces ---- */

void
chy_html_understood(chy_exchange *x, chy_slice understood)
{
	if (understood.len > 0)
		chy_html(x, "<p class=\"parsed\">Understood as "
		    "<span class=\"term\">%.*s</span></p>\n",
		    CHY_ARG(understood));
}

void
chy_html_narrow(chy_exchange *x, const char *action, chy_slice query,
    const char *const *more)
{
	chy_html(x, "<form class=\"narrowing noprint\" action=\"%s\">\n"
	    "<label class=\"vh\" for=\"nq\">Of the telegrams that this query "
	    "finds</label><input id=\"nq\" name=\"q\" type=\"search\" "
	    "value=\"%.*s\" maxlength=\"4096\" autocomplete=\"off\" "
	    "placeholder=\"of the telegrams that a query finds\">", action,
	    CHY_ARG(query));
	for (; more != NULL && more[0] != NULL; more += 2)
		if (more[1][0] != '\0')
			chy_html(x, "<input type=\"hidden\" name=\"%s\" "
			    "value=\"%s\">", more[0], more[1]);
	chy_html(x, "<button>Show</button></form>\n");
}

void
chy_html_id(chy_exchange *x, chy_slice id)
{
	chy_html(x, "<a class=\"plain nb\" href=\"%s\">%s</a>",
	    chy_telegram_url(x, id, ""), chy_words_mrn(id, CHY_EMPTY).s);
}

void
chy_html_estimate(chy_exchange *x, const chy_estimate *e)
{
	chy_words date = chy_words_period(e->date);

	switch (e->basis) {
	case CHY_ESTIMATE_NONE:
		chy_html(x, "<span class=\"basis none\">Date unknown</span>");
		break;
	case CHY_ESTIMATE_PRINTED:
		chy_html(x, "<span class=\"basis\">%s</span>", date.s);
		break;
	case CHY_ESTIMATE_YEAR:
		chy_html(x, "<span class=\"basis assumed\">in %s</span>",
		    date.s);
		break;
	case CHY_ESTIMATE_CITED:
		chy_html(x, "<span class=\"basis assumed\">not after %s"
		    "</span>, when ", date.s);
		chy_html_id(x, e->cited_by);
		chy_html(x, " cited it");
		break;
	case CHY_ESTIMATE_BETWEEN:
		chy_html(x, "<span class=\"basis derived\">about %s</span>, "
		    "between ", date.s);
		chy_html_id(x, e->lower);
		chy_html(x, " and ");
		chy_html_id(x, e->upper);
		break;
	case CHY_ESTIMATE_AFTER:
	case CHY_ESTIMATE_BEFORE:
		chy_html(x, "<span class=\"basis assumed\">about %s</span>, "
		    "%s ", date.s, e->basis == CHY_ESTIMATE_AFTER ? "after" :
		    "before");
		chy_html_id(x, e->basis == CHY_ESTIMATE_AFTER ? e->lower :
		    e->upper);
		break;
	}
	if (e->capped) {
		chy_html(x, "; not after ");
		chy_html_id(x, e->cited_by);
		chy_html(x, " cited it");
	}
}
