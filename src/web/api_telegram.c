/*
 * A telegram for programs, as "chancery show" prints it: one object, or one a
 * section.
 *
 * SPDX-License-Identifier: ISC
 */
#include "render/render.h"
#include "web/web_int.h"

void
chy_api_telegram(chy_exchange *x)
{
	bool json = x->format == CHY_WEB_JSON;
	const chy_renderer *renderer = chy_renderer_find(json ? "json" :
	    "text");
	chy_shown *shown = NULL;
	chy_error err = { 0 };
	chy_status st;

	st = chy_registry_show(x->reg, &x->site->reader, x->id, &shown, &err);
	if (st == CHY_OK && renderer == NULL)
		st = CHY_ERR_NOT_FOUND;
	if (st != CHY_OK) {
		chy_reply_status(x, st, &err);
		chy_shown_free(shown);
		return;
	}
	x->type = !json ? "text/plain; charset=utf-8" : shown->n_parts > 1 ?
	    "application/jsonl" : "application/json";
	for (uint32_t i = 0; i < shown->n_parts; i++)
		chy_render(renderer, shown->parts[i].telegram, &x->out);
	chy_shown_free(shown);
}
