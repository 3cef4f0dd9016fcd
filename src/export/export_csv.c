/*
 * CSV for spreadsheets: a row a telegram, all cells in quotes.
 *
 * Source: RFC 4180. A cell that a spreadsheet would take for a formula gets an
 * apostrophe before it.
 *
 * SPDX-License-Identifier: ISC
 */
#include <string.h>

#include "export/export_int.h"

static void
put_cell(chy_sink *out, chy_slice s, const char *after)
{
	size_t done = 0;

	chy_sink_puts(out, "\"");
	if (s.len > 0 && strchr("=+-@\t\r", s.ptr[0]) != NULL &&
	    s.ptr[0] != '\0')
		chy_sink_puts(out, "'");
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] == '"') {
			chy_sink_put(out, chy_slice_sub(s, done, i + 1 -
			    done));
			done = i;
		}
	chy_sink_put(out, chy_slice_from(s, done));
	chy_sink_puts(out, "\"");
	chy_sink_puts(out, after);
}

static chy_status
open_csv(struct exporting *ex)
{
	chy_sink_puts(ex->opts->out, "canonical_id,dtg_iso,precedence,"
	    "originator,action,info,classification,captions,tags,subject,"
	    "references,signers,summary,text\r\n");
	return chy_sink_status(ex->opts->out);
}

static void
join(chy_buf *out, chy_slice s)
{
	if (out->len > 0)
		chy_buf_puts(out, "; ");
	chy_buf_put(out, s);
}

static void
put_addressees(chy_sink *out, const chy_telegram *tel, chy_role role,
    chy_buf *buf)
{
	chy_buf_reset(buf);
	for (uint32_t i = 0; i < tel->n_addressees; i++)
		if (tel->addressees[i].role == role)
			join(buf, tel->addressees[i].plad);
	put_cell(out, chy_buf_slice(buf), ",");
}

static void
put_list(chy_sink *out, const chy_slices *list, chy_buf *buf)
{
	chy_buf_reset(buf);
	for (uint32_t i = 0; i < list->n; i++)
		join(buf, list->at[i]);
	put_cell(out, chy_buf_slice(buf), ",");
}

/* Text of all sections, as it says. */
static void
put_texts(chy_sink *out, const chy_shown *shown, chy_buf *buf)
{
	chy_buf_reset(buf);
	for (uint32_t i = 0; i < shown->n_parts; i++) {
		if (i > 0)
			chy_buf_putc(buf, '\n');
		chy_render_clean_text(shown->parts[i].telegram, buf);
	}
	put_cell(out, chy_buf_slice(buf), "\r\n");
}

static chy_status
put(struct exporting *ex, const chy_shown *shown)
{
	const chy_telegram *tel = shown->parts[0].telegram;
	const chy_line *line = &shown->line;
	chy_sink *out = ex->opts->out;
	chy_buf buf = CHY_BUF_INIT;

	put_cell(out, line->id, ",");
	put_cell(out, line->dtg_iso, ",");
	put_cell(out, chy_precedence_name(tel->precedence), ",");
	put_cell(out, line->originator, ",");
	put_addressees(out, tel, CHY_ROLE_ACTION, &buf);
	put_addressees(out, tel, CHY_ROLE_INFO, &buf);
	put_cell(out, line->classification, ",");
	put_list(out, &tel->captions, &buf);
	chy_buf_reset(&buf);
	for (uint32_t i = 0; i < tel->n_tags; i++)
		join(&buf, tel->tags[i].code);
	put_cell(out, chy_buf_slice(&buf), ",");
	put_cell(out, tel->subject, ",");
	chy_buf_reset(&buf);
	for (uint32_t i = 0; i < tel->n_references; i++)
		join(&buf, tel->references[i].value.len > 0 ?
		    tel->references[i].value : tel->references[i].text);
	put_cell(out, chy_buf_slice(&buf), ",");
	put_list(out, &tel->signers, &buf);
	chy_buf_reset(&buf);
	chy_render_summary(tel, &buf);
	put_cell(out, chy_buf_slice(&buf), ",");
	put_texts(out, shown, &buf);
	chy_buf_done(&buf);
	return chy_sink_status(out);
}

const chy_exporter chy_exporter_csv = {
	.name = "csv",
	.title = "CSV for spreadsheets, a row a telegram",
	.media_type = "text/csv; charset=utf-8; header=present",
	.suffix = "csv",
	.open = open_csv,
	.put = put,
};
