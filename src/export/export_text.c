/*
 * Text for people, telegrams apart by an empty line.
 *
 * SPDX-License-Identifier: ISC
 */
#include "export/export_int.h"

static chy_status
put(struct exporting *ex, const chy_shown *shown)
{
	const chy_renderer *text = chy_renderer_find("text");

	for (uint32_t i = 0; i < shown->n_parts; i++) {
		if (ex->n > 0 || i > 0)
			chy_sink_puts(ex->opts->out, "\n");
		(void)chy_render(text, shown->parts[i].telegram,
		    ex->opts->out);
	}
	return chy_sink_status(ex->opts->out);
}

const chy_exporter chy_exporter_text = {
	.name = "text",
	.title = "text for people",
	.media_type = "text/plain; charset=utf-8",
	.suffix = "txt",
	.put = put,
};
