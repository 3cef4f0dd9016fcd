/*
 * Citations, each in the letters its form allows: BibTeX has characters of
 * its own, RIS has lines and no way to escape their end, JSON has quotes.
 *
 * SPDX-License-Identifier: ISC
 */
#include "render/cite.h"

#include "base/ascii.h"
#include "base/compiler.h"
#include "base/utf8.h"

#define NAMED	3u	/* recipients that a note names */

static const char *const names[CHY_CITE_STYLES] = {
	[CHY_CITE_NOTE] = "note", [CHY_CITE_CHICAGO] = "chicago",
	[CHY_CITE_BIBTEX] = "bibtex", [CHY_CITE_RIS] = "ris",
	[CHY_CITE_CSL] = "csl",
};

const char *
chy_cite_style_name(chy_cite_style style)
{
	return names[style];
}

bool
chy_cite_style_parse(chy_slice word, chy_cite_style *ret)
{
	for (int i = 0; i < CHY_CITE_STYLES; i++)
		if (chy_slice_ieq(word, chy_slice_of(names[i]))) {
			*ret = (chy_cite_style)i;
			return true;
		}
	return false;
}

/* Text on one line: no control character, valid UTF-8. */
typedef void (*put_fn)(chy_sink *out, chy_slice text);

static void
put_text(chy_sink *out, chy_slice s)
{
	size_t done = 0, i = 0;

	while (i < s.len) {
		uint32_t code;
		size_t n = chy_utf8_get(chy_slice_from(s, i), &code);

		if (n > 0 && code >= 0x20 && code != 0x7F &&
		    !(code >= 0x80 && code < 0xA0) && code != 0x2028 &&
		    code != 0x2029) {
			i += n;
			continue;
		}
		chy_sink_put(out, chy_slice_sub(s, done, i - done));
		chy_sink_puts(out, n > 0 && code < 0x20 ? " " :
		    "\xEF\xBF\xBD");
		i += n > 0 ? n : 1;
		done = i;
	}
	chy_sink_put(out, chy_slice_from(s, done));
}

/* The ten characters that TeX takes for itself. */
static void
put_tex(chy_sink *out, chy_slice s)
{
	size_t done = 0;

	for (size_t i = 0; i < s.len; i++) {
		const char *instead = NULL;

		switch (s.ptr[i]) {
		case '&': instead = "\\&"; break;
		case '%': instead = "\\%"; break;
		case '$': instead = "\\$"; break;
		case '#': instead = "\\#"; break;
		case '_': instead = "\\_"; break;
		case '{': instead = "\\{"; break;
		case '}': instead = "\\}"; break;
		case '~': instead = "\\textasciitilde{}"; break;
		case '^': instead = "\\textasciicircum{}"; break;
		case '\\': instead = "\\textbackslash{}"; break;
		default: break;
		}
		if (instead == NULL)
			continue;
		put_text(out, chy_slice_sub(s, done, i - done));
		chy_sink_puts(out, instead);
		done = i + 1;
	}
	put_text(out, chy_slice_from(s, done));
}

/* SECRET//NOFORN as words: Secret//NOFORN. */
static void
put_class(chy_sink *out, chy_slice s)
{
	size_t end = chy_slice_find(s, CHY_SLICE("//"), 0);

	for (size_t i = 0; i < end; i++) {
		char c = i > 0 && s.ptr[i - 1] != ' ' ? chy_lower(s.ptr[i]) :
		    s.ptr[i];

		chy_sink_put(out, (chy_slice){ &c, 1 });
	}
	put_text(out, chy_slice_from(s, end));
}

/* "para. 8" for 8 and 6-2, "unnumbered para. 1" for u1, "enclosed text 2 in
 * para. 9" for 9e2. */
static void
put_paragraph(chy_sink *out, const chy_cite *c)
{
	chy_slice id = c->paragraph;
	size_t e = chy_slice_find(id, CHY_SLICE("e"), 0);

	if (c->section > 0)
		chy_sink_printf(out, "section %u, ", (unsigned)c->section);
	if (id.len > 1 && id.ptr[0] == 'u') {
		chy_sink_puts(out, "unnumbered para. ");
		put_text(out, chy_slice_from(id, 1));
	} else if (e > 0 && e < id.len) {
		chy_sink_puts(out, "enclosed text ");
		put_text(out, chy_slice_from(id, e + 1));
		chy_sink_puts(out, " in para. ");
		put_text(out, chy_slice_sub(id, 0, e));
	} else {
		chy_sink_puts(out, "para. ");
		put_text(out, id);
	}
}

static void
put_recipients(chy_sink *out, const chy_cite *c, put_fn put)
{
	for (uint32_t i = 0; i < c->n_recipients && i < NAMED; i++) {
		bool last = i + 1 == c->n_recipients;

		if (i > 0)
			chy_sink_puts(out, last ? " and " : ", ");
		put(out, c->recipients[i]);
	}
	if (c->n_recipients > NAMED)
		chy_sink_puts(out, " and others");
}

static const char *
month_of(const chy_civil *d)
{
	return chy_month_name(d->month);
}

/* What is said of the original where it has no number. */
static void
put_number(chy_sink *out, const chy_cite *c, put_fn put)
{
	if (c->number.len > 0) {
		chy_sink_puts(out, "telegram ");
		put(out, c->number);
	} else if (chy_slice_starts(c->id, CHY_SLICE("sha:"))) {
		chy_sink_puts(out, "unnumbered telegram (SHA-256 ");
		put(out, chy_slice_from(c->id, 4));
		chy_sink_puts(out, ")");
	} else {
		chy_sink_puts(out, "telegram ");
		put(out, c->id);
	}
}


/* ---- notes ---- */

/* Who writes to whom, and the comma behind; nothing of neither. */
static void
put_parties(chy_sink *out, const chy_cite *c)
{
	if (c->author.len > 0) {
		put_text(out, c->author);
		if (c->n_recipients > 0)
			chy_sink_puts(out, " to ");
	} else if (c->n_recipients > 0) {
		chy_sink_puts(out, "To ");
	}
	put_recipients(out, c, put_text);
	if (c->author.len + c->n_recipients > 0)
		chy_sink_puts(out, ", ");
}

static void
write_note(const chy_cite *c, chy_sink *out)
{
	put_parties(out, c);
	put_number(out, c, put_text);
	if (c->title.len > 0) {
		chy_sink_puts(out, ", \"");
		put_text(out, c->title);
		chy_sink_puts(out, ",\" ");
	} else {
		chy_sink_puts(out, ", ");
	}
	if (c->date.year == 0)
		chy_sink_puts(out, "undated");
	else if (c->date.month == 0)
		chy_sink_printf(out, "%d", (int)c->date.year);
	else
		chy_sink_printf(out, "%d %s %d", (int)c->date.day,
		    month_of(&c->date), (int)c->date.year);
	if (c->has_time)
		chy_sink_printf(out, ", %02d%02dZ", (int)c->date.hour,
		    (int)c->date.minute);
	if (c->classification.len > 0) {
		chy_sink_puts(out, ", ");
		put_class(out, c->classification);
	}
	if (c->paragraph.len > 0) {
		chy_sink_puts(out, ", ");
		put_paragraph(out, c);
	}
	if (c->extract)
		chy_sink_puts(out, " (extract)");
	if (c->accessed.year > 0)
		chy_sink_printf(out, ", accessed %d %s %d",
		    (int)c->accessed.day, month_of(&c->accessed),
		    (int)c->accessed.year);
	chy_sink_puts(out, ".\n");
}

static void
write_chicago(const chy_cite *c, chy_sink *out)
{
	put_parties(out, c);
	if (c->title.len > 0) {
		chy_sink_puts(out, "\"");
		put_text(out, c->title);
		chy_sink_puts(out, ",\" ");
	}
	put_number(out, c, put_text);
	if (c->date.year == 0)
		chy_sink_puts(out, ", n.d.");
	else if (c->date.month == 0)
		chy_sink_printf(out, ", %d", (int)c->date.year);
	else
		chy_sink_printf(out, ", %s %d, %d", month_of(&c->date),
		    (int)c->date.day, (int)c->date.year);
	if (c->paragraph.len > 0) {
		chy_sink_puts(out, ", ");
		put_paragraph(out, c);
	}
	if (c->classification.len > 0) {
		chy_sink_puts(out, ", ");
		put_class(out, c->classification);
	}
	if (c->extract)
		chy_sink_puts(out, ", extract");
	if (c->accessed.year > 0)
		chy_sink_printf(out, ", accessed %s %d, %d",
		    month_of(&c->accessed), (int)c->accessed.day,
		    (int)c->accessed.year);
	/* "n.d." has its stop. */
	chy_sink_puts(out, c->date.year == 0 && c->paragraph.len == 0 &&
	    c->classification.len == 0 && !c->extract &&
	    c->accessed.year == 0 ? "\n" : ".\n");
}


/* ---- for programs ---- */

/* Classification, paragraph, that it is an extract; nothing where there is
 * none of them. False then. */
static bool
put_remarks(chy_sink *out, const chy_cite *c)
{
	bool any = false;

	if (c->classification.len > 0) {
		put_class(out, c->classification);
		any = true;
	}
	if (c->paragraph.len > 0) {
		chy_sink_puts(out, any ? "; " : "");
		put_paragraph(out, c);
		any = true;
	}
	if (c->extract) {
		chy_sink_puts(out, any ? "; extract" : "extract");
		any = true;
	}
	return any;
}

static bool
has_remarks(const chy_cite *c)
{
	return c->classification.len + c->paragraph.len > 0 || c->extract;
}

static void
write_bibtex(const chy_cite *c, chy_sink *out)
{
	chy_sink_puts(out, "@misc{");
	/* A key is letters, digits and a few marks. */
	for (size_t i = 0; i < c->id.len; i++) {
		char ch = chy_is_alnum(c->id.ptr[i]) ? c->id.ptr[i] : '-';

		chy_sink_put(out, (chy_slice){ &ch, 1 });
	}
	if (c->author.len > 0) {
		/* In two braces it is one name. */
		chy_sink_puts(out, ",\n  author = {{");
		put_tex(out, c->author);
		chy_sink_puts(out, "}}");
	}
	if (c->title.len > 0) {
		chy_sink_puts(out, ",\n  title = {{");
		put_tex(out, c->title);
		chy_sink_puts(out, "}}");
	}
	chy_sink_puts(out, ",\n  howpublished = {");
	put_number(out, c, put_tex);
	if (c->n_recipients > 0) {
		chy_sink_puts(out, " to ");
		put_recipients(out, c, put_tex);
	}
	chy_sink_puts(out, "}");
	if (c->date.year > 0)
		chy_sink_printf(out, ",\n  year = {%d}", (int)c->date.year);
	if (c->date.year > 0 && c->date.month > 0)
		chy_sink_printf(out, ",\n  month = %c%.2s,\n  day = {%d}",
		    chy_lower(month_of(&c->date)[0]), month_of(&c->date) + 1,
		    (int)c->date.day);
	if (has_remarks(c)) {
		chy_sink_puts(out, ",\n  note = {");
		(void)put_remarks(out, c);
		chy_sink_puts(out, "}");
	}
	if (c->accessed.year > 0)
		chy_sink_printf(out, ",\n  urldate = {%04d-%02d-%02d}",
		    (int)c->accessed.year, (int)c->accessed.month,
		    (int)c->accessed.day);
	chy_sink_puts(out, "\n}\n");
}

static void
ris(chy_sink *out, const char *tag, chy_slice value)
{
	if (value.len == 0)
		return;
	chy_sink_printf(out, "%s  - ", tag);
	put_text(out, value);
	chy_sink_puts(out, "\r\n");
}

static void
write_ris(const chy_cite *c, chy_sink *out)
{
	chy_sink_puts(out, "TY  - PCOMM\r\n");
	ris(out, "AU", c->author);
	for (uint32_t i = 0; i < c->n_recipients; i++)
		ris(out, "A2", c->recipients[i]);
	ris(out, "TI", c->title);
	if (c->date.year > 0)
		chy_sink_printf(out, "PY  - %04d\r\n", (int)c->date.year);
	if (c->date.year > 0 && c->date.month > 0)
		chy_sink_printf(out, "DA  - %04d/%02d/%02d/\r\n",
		    (int)c->date.year, (int)c->date.month, (int)c->date.day);
	chy_sink_puts(out, "M3  - Telegram\r\n");
	ris(out, "AN", c->number.len > 0 ? c->number : c->id);
	if (has_remarks(c)) {
		chy_sink_puts(out, "N1  - ");
		(void)put_remarks(out, c);
		chy_sink_puts(out, "\r\n");
	}
	if (c->accessed.year > 0)
		chy_sink_printf(out, "Y2  - %04d/%02d/%02d/\r\n",
		    (int)c->accessed.year, (int)c->accessed.month,
		    (int)c->accessed.day);
	ris(out, "ID", c->id);
	chy_sink_puts(out, "ER  - \r\n");
}

static void
csl_date(chy_sink *out, const char *name, const chy_civil *d)
{
	if (d->year == 0)
		return;
	chy_sink_printf(out, ",\"%s\":{\"date-parts\":[[%d", name,
	    (int)d->year);
	if (d->month > 0)
		chy_sink_printf(out, ",%d,%d", (int)d->month, (int)d->day);
	chy_sink_puts(out, "]]}");
}

/* Names of the CSL schema's variables; `locator` is not one of an item, so
 * the paragraph stands in the note. */
static void
write_csl(const chy_cite *c, chy_sink *out)
{
	chy_sink_puts(out, "{\"id\":");
	chy_sink_json(out, c->id);
	chy_sink_puts(out, ",\"type\":\"personal_communication\","
	    "\"genre\":\"Telegram\"");
	if (c->author.len > 0) {
		chy_sink_puts(out, ",\"author\":[{\"literal\":");
		chy_sink_json(out, c->author);
		chy_sink_puts(out, "}]");
	}
	if (c->n_recipients > 0)
		chy_sink_puts(out, ",\"recipient\":[");
	for (uint32_t i = 0; i < c->n_recipients; i++) {
		chy_sink_puts(out, i > 0 ? ",{\"literal\":" :
		    "{\"literal\":");
		chy_sink_json(out, c->recipients[i]);
		chy_sink_puts(out, "}");
	}
	if (c->n_recipients > 0)
		chy_sink_puts(out, "]");
	if (c->title.len > 0) {
		chy_sink_puts(out, ",\"title\":");
		chy_sink_json(out, c->title);
	}
	if (c->number.len > 0) {
		chy_sink_puts(out, ",\"number\":");
		chy_sink_json(out, c->number);
	}
	csl_date(out, "issued", &c->date);
	csl_date(out, "accessed", &c->accessed);
	if (has_remarks(c)) {
		chy_buf buf = CHY_BUF_INIT;
		chy_sink note = chy_sink_buf(&buf);

		(void)put_remarks(&note, c);
		chy_sink_puts(out, ",\"note\":");
		chy_sink_json(out, chy_buf_slice(&buf));
		if (note.status != CHY_OK && out->status == CHY_OK)
			out->status = note.status;
		chy_buf_done(&buf);
	}
	chy_sink_puts(out, "}");
}

void
chy_cite_write(const chy_cite *cite, chy_cite_style style, chy_sink *out)
{
	switch (style) {
	case CHY_CITE_NOTE:
		write_note(cite, out);
		return;
	case CHY_CITE_CHICAGO:
		write_chicago(cite, out);
		return;
	case CHY_CITE_BIBTEX:
		write_bibtex(cite, out);
		return;
	case CHY_CITE_RIS:
		write_ris(cite, out);
		return;
	case CHY_CITE_CSL:
		write_csl(cite, out);
		return;
	}
}
