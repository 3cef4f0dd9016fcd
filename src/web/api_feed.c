/*
 * Feeds: the newest telegrams of a query, or of a saved search.
 *
 * SPDX-License-Identifier: ISC
 */
#include "export/export.h"
#include "registry/saved.h"
#include "web/web_int.h"

#define ENTRIES	50u

/* The address by which this request reached us; its Host was checked. */
static chy_slice
site_of(chy_exchange *x)
{
	return chy_text(x, "http://%s", x->host != NULL ? x->host :
	    "127.0.0.1");
}

static void
put_feed(chy_exchange *x, chy_slice query, chy_slice title, chy_slice path)
{
	chy_find_options opts = { .size = ENTRIES, .after = CHY_EMPTY };
	const chy_line *lines[ENTRIES];
	chy_feed feed = { .title = title, .site = site_of(x), .lines = lines };
	chy_found *found = NULL;
	chy_error err = { 0 };
	chy_status st = chy_registry_find(x->reg, &x->site->reader, query,
	    &opts, &found, &err);

	if (st == CHY_ERR_INVALID || st == CHY_ERR_TOO_LARGE) {
		chy_reply_bad(x, 400, err.text);
		return;
	}
	if (st != CHY_OK) {
		chy_reply_failed(x, st, &err);
		return;
	}
	feed.self = chy_text(x, "%.*s%.*s", CHY_ARG(feed.site),
	    CHY_ARG(path));
	for (uint32_t i = 0; i < found->n_hits; i++)
		lines[feed.n++] = &found->hits[i].line;
	x->type = "application/atom+xml; charset=utf-8";
	chy_feed_atom(&feed, &x->out);
	chy_found_free(found);
}

void
chy_api_feed(chy_exchange *x)
{
	chy_slice query = chy_parse_param(x, "q");

	put_feed(x, query, query.len > 0 ? query : CHY_SLICE("All telegrams"),
	    chy_text(x, "/search.atom?q=%s", chy_url(x, query)));
}

void
chy_api_saved_feed(chy_exchange *x)
{
	chy_saved_list *list;
	chy_error err = { 0 };
	chy_status st = x->id.len == 0 ? CHY_ERR_NOT_FOUND :
	    chy_registry_saved(x->reg, &x->site->reader, x->id, &list, &err);

	if (st != CHY_OK) {
		chy_reply_status(x, st, &err);
		return;
	}
	put_feed(x, list->at[0].query, list->at[0].name,
	    chy_text(x, "/saved/%s.atom", chy_url(x, x->id)));
	chy_saved_list_free(list);
}
