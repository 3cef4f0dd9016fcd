/*
 * Answers that are not what was asked for: redirects and errors.
 *
 * SPDX-License-Identifier: ISC
 */
#include "web/web_int.h"

void
chy_reply_redirect(chy_exchange *x, const char *location)
{
	chy_page page = { .title = CHY_SLICE("Elsewhere"), .here = "" };

	chy_buf_reset(&x->body);
	x->status = 303;
	x->location = location;
	chy_layout_begin(x, &page);
	chy_html(x, "<p class=\"answer\"><a href=\"%s\">It is here.</a></p>\n",
	    location);
	chy_layout_end(x, &page);
}

void
chy_reply_status(chy_exchange *x, chy_status st, const chy_error *err)
{
	/* What is no address names nothing, and neither does a hash that fits
	 * several telegrams. */
	if (st == CHY_ERR_NOT_FOUND || st == CHY_ERR_INVALID)
		chy_reply_not_found(x);
	else
		chy_reply_failed(x, st, err);
}
