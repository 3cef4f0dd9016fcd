/*
 * Findings written: for people with the line and a caret, as JSON Lines, as
 * SARIF 2.1.0, as JUnit.
 *
 * SPDX-License-Identifier: ISC
 */
#include <string.h>

#include "base/utf8.h"
#include "cmd/check_int.h"

static const char *const names[] = {
	[CHECK_TEXT] = "text", [CHECK_JSON] = "json",
	[CHECK_SARIF] = "sarif", [CHECK_JUNIT] = "junit",
};

const char *
check_form_name(size_t i)
{
	return i < ARRAY_LEN(names) ? names[i] : NULL;
}

bool
check_form_find(const char *name, check_form *ret)
{
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (strcmp(names[i], name) == 0) {
			*ret = (check_form)i;
			return true;
		}
	return false;
}

/* Line and column of both ends, as a person counts them in the file. */
typedef struct place {
	uint32_t line, column, end_line, end_column;
} place;

static place
place_of(const check_item *item)
{
	place p;

	chy_telegram_place(item->tel, item->span.off, &p.line, &p.column);
	chy_telegram_place(item->tel, item->span.off + item->span.len,
	    &p.end_line, &p.end_column);
	p.line += item->lines_before;
	p.end_line += item->lines_before;
	return p;
}


/* ---- text ---- */

#define EXCERPT		72u	/* characters of a line that are shown */

/* A line of the text round the place, and a caret under it. */
static void
put_source(chy_sink *out, const check_item *item)
{
	chy_slice text = item->tel->text;
	uint32_t at = item->span.off, from = at, to = at, end;
	size_t column, cut = 0, width, mark;
	chy_slice line;

	if (at > text.len)
		return;
	while (from > 0 && text.ptr[from - 1] != '\n')
		from--;
	while (to < text.len && text.ptr[to] != '\n')
		to++;
	line = (chy_slice){ text.ptr + from, to - from };
	if (chy_slice_trim(line).len == 0)
		return;
	column = chy_utf8_count(chy_slice_sub(line, 0, at - from));
	width = chy_utf8_count(line);
	/* A long line is shown round the place. */
	if (width > EXCERPT && column > EXCERPT / 2)
		cut = column - EXCERPT / 2;
	for (size_t i = 0; i < cut; i++) {
		size_t n = chy_utf8_len(line);

		line = chy_slice_from(line, n > 0 ? n : 1);
	}
	width = 0;
	for (size_t i = 0; i < line.len && width < EXCERPT; width++) {
		size_t n = chy_utf8_len(chy_slice_from(line, i));

		i += n > 0 ? n : 1;
		if (width + 1 == EXCERPT)
			line.len = i;
	}
	while (line.len > 0 && (line.ptr[line.len - 1] == ' ' ||
	    line.ptr[line.len - 1] == '\r'))
		line.len--;
	chy_sink_puts(out, "    ");
	out_text(out, line);
	chy_sink_printf(out, "\n    %*s^", (int)(column - cut), "");
	/* As far as the finding goes on this line. */
	end = at + item->span.len < to ? at + item->span.len : to;
	mark = end > at ? chy_utf8_count((chy_slice){ text.ptr + at,
	    end - at }) : 0;
	for (size_t i = 1; i < mark && column - cut + i < EXCERPT; i++)
		chy_sink_puts(out, "~");
	chy_sink_puts(out, "\n");
}

static void
put_text(check_writer *w, const check_item *item)
{
	chy_sink *out = w->env->out;
	place p = place_of(item);

	if (item->silenced.len > 0)
		return;
	out_text(out, chy_slice_of(item->file));
	if (item->part > 0 && item->lines_before == 0 && item->part > 1)
		chy_sink_printf(out, "(%u)", (unsigned)item->part);
	chy_sink_printf(out, ":%u:%u: ", (unsigned)p.line,
	    (unsigned)p.column);
	out_bold(out, w->env->colour);
	chy_sink_puts(out, chy_severity_name(item->severity));
	out_plain(out, w->env->colour);
	chy_sink_printf(out, ": %s", chy_diag_text(item->diag));
	if (item->detail.len > 0) {
		chy_sink_puts(out, ": ");
		out_text(out, item->detail);
	}
	chy_sink_printf(out, " [%s]\n", chy_diag_code(item->diag));
	put_source(out, item);
}


/* ---- JSON Lines ---- */

static void
put_json(check_writer *w, const check_item *item)
{
	place p = place_of(item);
	json j = json_open(w->env->out);

	json_text(&j, "file", chy_slice_of(item->file));
	json_number(&j, "part", item->part);
	json_text_or_null(&j, "id", item->tel->canonical_id);
	json_text(&j, "code", chy_slice_of(chy_diag_code(item->diag)));
	json_text(&j, "severity",
	    chy_slice_of(chy_severity_name(item->severity)));
	json_text(&j, "text", chy_slice_of(chy_diag_text(item->diag)));
	json_text_or_null(&j, "detail", item->detail);
	json_number(&j, "line", p.line);
	json_number(&j, "column", p.column);
	json_number(&j, "end_line", p.end_line);
	json_number(&j, "end_column", p.end_column);
	json_object_begin(&j, "span");
	json_number(&j, "offset", item->span.off);
	json_number(&j, "length", item->span.len);
	json_object_end(&j);
	json_text(&j, "source", chy_slice_of(chy_diag_source(item->diag)));
	json_text(&j, "repair", chy_slice_of(chy_confidence_name(
	    chy_repair_confidence(item->diag))));
	json_text_or_null(&j, "silenced", item->silenced);
	json_close(&j);
}


/* ---- SARIF 2.1.0 ---- */

/* SARIF knows none, note, warning and error: style is a note there. */
static const char *
sarif_level(chy_severity severity)
{
	switch (severity) {
	case CHY_SEVERITY_OFF:
		return "none";
	case CHY_SEVERITY_NOTE:
	case CHY_SEVERITY_STYLE:
		return "note";
	case CHY_SEVERITY_WARNING:
		return "warning";
	case CHY_SEVERITY_ERROR:
		return "error";
	}
	return "none";
}

static void
put_string(chy_sink *out, const char *text)
{
	chy_sink_json(out, chy_slice_of(text));
}

static void
sarif_rules(check_writer *w)
{
	chy_sink *out = w->env->out;
	bool comma = false;

	for (int i = 0; i < CHY_DIAG_COUNT; i++) {
		chy_diag d = (chy_diag)i;

		if (chy_diag_retired(d))
			continue;
		chy_sink_puts(out, comma ? ",\n" : "");
		comma = true;
		chy_sink_puts(out, "{\"id\":");
		put_string(out, chy_diag_code(d));
		chy_sink_puts(out, ",\"shortDescription\":{\"text\":");
		put_string(out, chy_diag_text(d));
		chy_sink_puts(out, "},\"help\":{\"text\":");
		put_string(out, *chy_repair_advice(d) != '\0' ?
		    chy_repair_advice(d) : chy_diag_text(d));
		chy_sink_puts(out, "},\"defaultConfiguration\":{\"level\":");
		put_string(out, sarif_level(chy_diag_severity(d,
		    w->drafting)));
		chy_sink_puts(out, "},\"properties\":{\"source\":");
		put_string(out, chy_diag_source(d));
		chy_sink_puts(out, ",\"severity\":");
		put_string(out, chy_severity_name(chy_diag_severity(d,
		    w->drafting)));
		chy_sink_puts(out, "}}");
	}
}

/* The place of a rule in the list above. */
static unsigned
rule_index(chy_diag diag)
{
	unsigned n = 0;

	for (int i = 0; i < (int)diag; i++)
		n += !chy_diag_retired((chy_diag)i);
	return n;
}

/* A path as a URI reference: what is not allowed there in percent signs. A
 * whole path is a URI of its own; SARIF 2.1.0, 3.4.3. */
static void
put_uri(chy_sink *out, const char *path)
{
	static const char plain[] = "-._~/";
	chy_buf buf = CHY_BUF_INIT;

	if (path[0] == '/')
		chy_buf_puts(&buf, "file://");
	for (const char *p = path; *p != '\0'; p++) {
		unsigned char b = (unsigned char)*p;

		if ((b >= '0' && b <= '9') || (b >= 'A' && b <= 'Z') ||
		    (b >= 'a' && b <= 'z') || strchr(plain, *p) != NULL)
			chy_buf_putc(&buf, *p);
		else
			chy_buf_printf(&buf, "%%%02X", b);
	}
	chy_sink_json(out, chy_buf_slice(&buf));
	chy_buf_done(&buf);
}

static void
put_message(chy_sink *out, const check_item *item)
{
	chy_buf buf = CHY_BUF_INIT;

	chy_buf_puts(&buf, chy_diag_text(item->diag));
	if (item->detail.len > 0) {
		chy_buf_puts(&buf, ": ");
		chy_buf_put(&buf, item->detail);
	}
	chy_sink_json(out, chy_buf_slice(&buf));
	chy_buf_done(&buf);
}

static void
put_sarif(check_writer *w, const check_item *item)
{
	chy_sink *out = w->env->out;
	place p = place_of(item);

	chy_sink_puts(out, w->items > 0 ? ",\n" : "\n");
	chy_sink_puts(out, "{\"ruleId\":");
	put_string(out, chy_diag_code(item->diag));
	chy_sink_printf(out, ",\"ruleIndex\":%u,\"level\":",
	    rule_index(item->diag));
	put_string(out, sarif_level(item->severity));
	chy_sink_puts(out, ",\"message\":{\"text\":");
	put_message(out, item);
	chy_sink_puts(out, "},\"locations\":[{\"physicalLocation\":{"
	    "\"artifactLocation\":{\"uri\":");
	put_uri(out, item->file);
	chy_sink_printf(out, "},\"region\":{\"startLine\":%u,"
	    "\"startColumn\":%u,\"endLine\":%u,\"endColumn\":%u}}}]",
	    (unsigned)p.line, (unsigned)p.column, (unsigned)p.end_line,
	    (unsigned)p.end_column);
	if (item->silenced.len > 0) {
		chy_sink_puts(out, ",\"suppressions\":[{\"kind\":"
		    "\"external\",\"justification\":");
		chy_sink_json(out, item->silenced);
		chy_sink_puts(out, "}]");
	}
	chy_sink_puts(out, ",\"properties\":{\"severity\":");
	put_string(out, chy_severity_name(item->severity));
	if (item->tel->canonical_id.len > 0) {
		chy_sink_puts(out, ",\"telegram\":");
		chy_sink_json(out, item->tel->canonical_id);
	}
	chy_sink_puts(out, "}}");
}


/* ---- JUnit ---- */

/* Text of XML 1.0: what it cannot hold becomes U+FFFD, as in HTML. */
static void
put_xml(chy_buf *buf, chy_slice text)
{
	chy_sink out = chy_sink_buf(buf);

	chy_sink_html(&out, text);
}

static void
put_junit(check_writer *w, const check_item *item)
{
	chy_buf *buf = &w->cases;
	place p = place_of(item);

	w->n_cases++;
	chy_buf_puts(buf, "    <testcase classname=\"");
	put_xml(buf, chy_slice_of(item->file));
	chy_buf_printf(buf, "\" name=\"%s at %u:%u\"",
	    chy_diag_code(item->diag), (unsigned)p.line, (unsigned)p.column);
	if (item->silenced.len > 0) {
		w->n_skipped++;
		chy_buf_puts(buf, ">\n      <skipped message=\"");
		put_xml(buf, item->silenced);
		chy_buf_puts(buf, "\"/>\n    </testcase>\n");
		return;
	}
	/* Notes record; they do not fail. */
	if (item->severity <= CHY_SEVERITY_NOTE) {
		chy_buf_puts(buf, ">\n      <system-out>");
		put_xml(buf, chy_slice_of(chy_diag_text(item->diag)));
		chy_buf_puts(buf, item->detail.len > 0 ? ": " : "");
		put_xml(buf, item->detail);
		chy_buf_puts(buf, "</system-out>\n    </testcase>\n");
		return;
	}
	w->n_failures++;
	chy_buf_printf(buf, ">\n      <failure type=\"%s\" message=\"",
	    chy_severity_name(item->severity));
	put_xml(buf, chy_slice_of(chy_diag_text(item->diag)));
	chy_buf_puts(buf, item->detail.len > 0 ? ": " : "");
	put_xml(buf, item->detail);
	chy_buf_puts(buf, "\"/>\n    </testcase>\n");
}


/* ---- all of them ---- */

void
check_begin(check_writer *w)
{
	chy_sink *out = w->env->out;

	switch (w->form) {
	case CHECK_TEXT:
	case CHECK_JSON:
		break;
	case CHECK_SARIF:
		chy_sink_puts(out, "{\"$schema\":\"https://json.schemastore."
		    "org/sarif-2.1.0.json\",\"version\":\"2.1.0\",\"runs\":["
		    "{\"tool\":{\"driver\":{\"name\":\"chancery\",\"version\":"
		    "\"" CHY_VERSION "\",\"rules\":[\n");
		sarif_rules(w);
		chy_sink_puts(out, "\n]}},\"columnKind\":\"unicodeCodePoints\""
		    ",\"results\":[");
		break;
	case CHECK_JUNIT:
		chy_sink_puts(out, "<?xml version=\"1.0\" encoding=\"UTF-8\""
		    "?>\n<testsuites name=\"chancery check\">\n");
		break;
	}
}

void
check_file_begin(check_writer *w, const char *file)
{
	(void)file;
	chy_buf_reset(&w->cases);
	w->n_cases = w->n_failures = w->n_skipped = 0;
}

void
check_put(check_writer *w, const check_item *item)
{
	switch (w->form) {
	case CHECK_TEXT:
		put_text(w, item);
		break;
	case CHECK_JSON:
		put_json(w, item);
		break;
	case CHECK_SARIF:
		put_sarif(w, item);
		break;
	case CHECK_JUNIT:
		put_junit(w, item);
		break;
	}
	w->items++;
}

void
check_file_end(check_writer *w, const char *file)
{
	chy_buf head = CHY_BUF_INIT;

	if (w->form != CHECK_JUNIT)
		return;
	if (w->n_cases == 0) {
		w->n_cases = 1;
		chy_buf_puts(&w->cases, "    <testcase classname=\"");
		put_xml(&w->cases, chy_slice_of(file));
		chy_buf_puts(&w->cases, "\" name=\"clean\"/>\n");
	}
	chy_buf_puts(&head, "  <testsuite name=\"");
	put_xml(&head, chy_slice_of(file));
	chy_buf_printf(&head, "\" tests=\"%u\" failures=\"%u\" errors=\"0\" "
	    "skipped=\"%u\">\n", (unsigned)w->n_cases,
	    (unsigned)w->n_failures, (unsigned)w->n_skipped);
	chy_sink_put(w->env->out, chy_buf_slice(&head));
	chy_sink_put(w->env->out, chy_buf_slice(&w->cases));
	chy_sink_puts(w->env->out, "  </testsuite>\n");
	chy_buf_done(&head);
}

void
check_end(check_writer *w)
{
	if (w->form == CHECK_SARIF)
		chy_sink_puts(w->env->out, "\n]}]}\n");
	else if (w->form == CHECK_JUNIT)
		chy_sink_puts(w->env->out, "</testsuites>\n");
}

void
check_writer_done(check_writer *w)
{
	chy_buf_done(&w->cases);
}
