/*
 * What the archive holds, for programs.
 *
 * SPDX-License-Identifier: ISC
 */
#include "web/web_int.h"

void
chy_api_stats(chy_exchange *x)
{
	chy_stats *s = NULL;
	chy_error err = { 0 };
	chy_status st;

	st = chy_registry_stats(x->reg, &x->site->reader, true, &s, &err);
	if (st != CHY_OK) {
		chy_reply_failed(x, st, &err);
		return;
	}
	if (x->format == CHY_WEB_JSON) {
		x->type = "application/json";
		chy_json(x, "{\"schema\":1,\"telegrams\":%zu,\"copies\":%zu,"
		    "\"paragraphs\":%zu,\"posts\":%zu,\"references\":%zu,"
		    "\"resolved\":%zu,\"missing\":%zu,\"first\":%.*s,"
		    "\"last\":%.*s}\n", (size_t)s->telegrams,
		    (size_t)s->copies, (size_t)s->paragraphs,
		    (size_t)s->posts, (size_t)s->references,
		    (size_t)s->resolved, (size_t)s->missing,
		    CHY_ARG(s->first_iso), CHY_ARG(s->last_iso));
	} else {
		x->type = "text/plain; charset=utf-8";
		chy_sink_printf(&x->out, "%-12s%s\n%-12s%s\n%-12s%s\n%-12s%s\n"
		    "%-12s%s\n", "telegrams", chy_words_number(s->telegrams).s,
		    "posts", chy_words_number(s->posts).s,
		    "paragraphs", chy_words_number(s->paragraphs).s,
		    "references", chy_words_number(s->references).s,
		    "missing", chy_words_number(s->missing).s);
	}
	chy_stats_free(s);
}
