/*
 * JSON Lines: an object a telegram, as `read --as json` prints it; of one in
 * sections that arrived apart an object a section.
 *
 * SPDX-License-Identifier: ISC
 */
#include "export/export_int.h"

static chy_status
put(struct exporting *ex, const chy_shown *shown)
{
	const chy_renderer *json = chy_renderer_find("json");

	for (uint32_t i = 0; i < shown->n_parts; i++)
		(void)chy_render(json, shown->parts[i].telegram,
		    ex->opts->out);
	return chy_sink_status(ex->opts->out);
}

const chy_exporter chy_exporter_jsonl = {
	.name = "jsonl",
	.title = "JSON Lines, an object a telegram",
	.media_type = "application/jsonl",
	.suffix = "jsonl",
	.put = put,
};
