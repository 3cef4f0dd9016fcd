/*
 * The stylesheet and the script, which the build put into the program, and
 * what robots are told.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>

#include "web/assets.h"	/* made by tools/embed.py */
#include "web/web_int.h"

static const char *
type_of(chy_slice name)
{
	static const struct {
		chy_slice   suffix;
		const char *type;
	} types[] = {
		{ { ".css", 4 }, "text/css; charset=utf-8" },
		{ { ".js", 3 },  "text/javascript; charset=utf-8" },
	};

	for (size_t i = 0; i < ARRAY_LEN(types); i++) {
		chy_slice end = types[i].suffix;

		if (name.len > end.len && chy_slice_ends(name, end))
			return types[i].type;
	}
	return NULL;
}

void
chy_api_asset(chy_exchange *x)
{
	char *tag = chy_arena_alloc(&x->arena, 64);

	for (const chy_asset *a = chy_assets; a->name != NULL; a++) {
		const char *type = type_of(x->id);

		if (!chy_slice_eq(chy_slice_of(a->name), x->id) ||
		    type == NULL || tag == NULL)
			continue;
		snprintf(tag, 64, "\"%s\"", a->tag);
		x->etag = tag;
		if (x->if_none_match != NULL &&
		    strstr(x->if_none_match, tag) != NULL) {
			x->status = 304;
			return;
		}
		x->type = type;
		chy_sink_put(&x->out, a->data);
		return;
	}
	chy_reply_not_found(x);
}

void
chy_api_robots(chy_exchange *x)
{
	x->type = "text/plain; charset=utf-8";
	chy_sink_puts(&x->out, "User-agent: *\nDisallow: /\n");
}
