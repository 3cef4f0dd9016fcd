/*
 * Pages for any web server: a page a telegram, and lists of them, with links
 * between telegrams that are both in the result. No script, nothing is asked
 * of the server.
 *
 * SPDX-License-Identifier: ISC
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "export/export_int.h"

/* Telegrams on one page of the list. */
#define LIST	500u

static const char style[] =
    "body { max-width: 46em; margin: 2em auto; padding: 0 1em; "
    "font: 1.05em/1.5 Georgia, 'Times New Roman', serif; color: #1b1b1b; "
    "background: #fff; }\n"
    "h1 { font-size: 1.5em; line-height: 1.25; }\n"
    "table { border-collapse: collapse; width: 100%; "
    "font: 0.85em/1.4 system-ui, sans-serif; }\n"
    "th, td { text-align: left; vertical-align: top; "
    "padding: 0.3em 0.8em 0.3em 0; border-bottom: 1px solid #ddd; }\n"
    "th { font-weight: 600; white-space: nowrap; }\n"
    "td.number { white-space: nowrap; }\n"
    "blockquote { border-left: 3px solid #ccc; margin-left: 0; "
    "padding-left: 1em; }\n"
    "a { color: #0b4f8a; }\n"
    "nav { font-family: system-ui, sans-serif; margin: 1em 0; }\n"
    "@media (prefers-color-scheme: dark) {\n"
    "body { color: #e6e6e6; background: #161616; }\n"
    "th, td { border-color: #3a3a3a; }\na { color: #8ec1f0; }\n}\n"
    "@media print { nav { display: none; } }\n";

struct pages {
	const chy_export_options *opts;
	char	**ids;		/* of the whole result, sorted */
	size_t	  n, cap;
	chy_buf	  list;		/* rows of the page of the list at work */
	chy_label label;	/* of all in it */
	uint64_t  in_list;
	uint64_t  lists;	/* that are written */
};

static int
id_cmp(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static chy_status
keep_id(void *arg, chy_slice id)
{
	struct pages *p = arg;
	const chy_export_options *opts = p->opts;

	if (opts->wanted != NULL && !opts->wanted(opts->arg, id))
		return CHY_OK;
	if (p->n == p->cap) {
		char **more = realloc(p->ids, (p->cap * 2 + 1024) *
		    sizeof(*more));

		if (more == NULL)
			return CHY_ERR_NO_MEMORY;
		p->ids = more;
		p->cap = p->cap * 2 + 1024;
	}
	p->ids[p->n] = strndup(id.ptr, id.len);
	return p->ids[p->n++] != NULL ? CHY_OK : CHY_ERR_NO_MEMORY;
}

static void
pages_free(struct pages *p)
{
	for (size_t i = 0; i < p->n; i++)
		free(p->ids[i]);
	free(p->ids);
	chy_buf_done(&p->list);
	free(p);
}

static bool
href(void *arg, chy_slice id, chy_buf *out)
{
	const struct pages *p = arg;
	char text[400], name[1300];
	const char *key = text;

	if (id.len >= sizeof(text) || p->n == 0)
		return false;
	memcpy(text, id.ptr, id.len);
	text[id.len] = '\0';
	if (bsearch(&key, p->ids, p->n, sizeof(*p->ids), id_cmp) == NULL)
		return false;
	/* A % in the name of a file is %25 in an address. */
	for (const char *c = chy_export_name(id, name, sizeof(name));
	    *c != '\0'; c++)
		if (*c == '%')
			chy_buf_puts(out, "%25");
		else
			chy_buf_putc(out, *c);
	chy_buf_puts(out, ".html");
	return true;
}

static chy_status
write_page(struct exporting *ex, const char *name, chy_slice bytes)
{
	char path[2048];

	if (snprintf(path, sizeof(path), "%s/%s", ex->opts->path, name) >=
	    (int)sizeof(path))
		return chy_fail(ex->err, CHY_ERR_TOO_LARGE, "the path is too "
		    "long; give a shorter one");
	return chy_export_file(path, bytes, ex->err);
}

static chy_status
open_html(struct exporting *ex)
{
	struct pages *p;
	chy_status st = chy_export_folder(ex->opts->path, true, ex->err);

	if (st != CHY_OK)
		return st;
	p = calloc(1, sizeof(*p));
	if (p == NULL)
		return chy_fail(ex->err, CHY_ERR_NO_MEMORY, "no memory");
	p->opts = ex->opts;
	p->label = chy_label_bottom();
	st = chy_registry_ids(ex->reg, ex->reader, ex->query, keep_id, p,
	    ex->err);
	if (st == CHY_OK)
		st = write_page(ex, "style.css", chy_slice_of(style));
	if (st != CHY_OK) {
		pages_free(p);
		return st;
	}
	if (p->n > 0)
		qsort(p->ids, p->n, sizeof(*p->ids), id_cmp);
	ex->state = p;
	return CHY_OK;
}

static void
list_name(uint64_t i, char *out, size_t size)
{
	if (i == 0)
		(void)snprintf(out, size, "index.html");
	else
		(void)snprintf(out, size, "index-%" PRIu64 ".html", i + 1);
}

/* One page of the list, with links to those before and after. */
static chy_status
write_list(struct exporting *ex, bool last)
{
	struct pages *p = ex->state;
	char name[40], label[CHY_LABEL_MAX];
	chy_buf page = CHY_BUF_INIT;
	chy_sink out = chy_sink_buf(&page);
	chy_status st;

	(void)chy_label_print(&p->label, label, sizeof(label));
	chy_sink_puts(&out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
	    "<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
	    "content=\"width=device-width\">\n<title>Telegrams</title>\n"
	    "<link rel=\"stylesheet\" href=\"style.css\">\n</head>\n<body>\n");
	chy_sink_puts(&out, "<p><strong>");
	chy_sink_html(&out, chy_slice_of(label));
	chy_sink_puts(&out, "</strong></p>\n<h1>");
	chy_sink_printf(&out, "%zu telegram%s", p->n, p->n == 1 ? "" : "s");
	chy_sink_puts(&out, "</h1>\n");
	if (ex->query.len > 0) {
		chy_sink_puts(&out, "<p>Query: ");
		chy_sink_html(&out, ex->query);
		chy_sink_puts(&out, "</p>\n");
	}
	chy_sink_puts(&out, "<table>\n<thead><tr><th scope=\"col\">Number</th>"
	    "<th scope=\"col\">Date</th><th scope=\"col\">From</th>"
	    "<th scope=\"col\">Subject</th></tr></thead>\n<tbody>\n");
	chy_sink_put(&out, chy_buf_slice(&p->list));
	chy_sink_puts(&out, "</tbody>\n</table>\n<nav>");
	if (p->lists > 0) {
		list_name(p->lists - 1, name, sizeof(name));
		chy_sink_printf(&out, "<a href=\"%s\">Newer</a> ", name);
	}
	if (!last) {
		list_name(p->lists + 1, name, sizeof(name));
		chy_sink_printf(&out, "<a href=\"%s\">Older</a>", name);
	}
	chy_sink_puts(&out, "</nav>\n</body>\n</html>\n");
	list_name(p->lists, name, sizeof(name));
	st = chy_sink_status(&out);
	if (st == CHY_OK)
		st = write_page(ex, name, chy_buf_slice(&page));
	chy_buf_done(&page);
	chy_buf_reset(&p->list);
	p->label = chy_label_bottom();
	p->in_list = 0;
	p->lists++;
	return st;
}

static void
add_to_list(struct pages *p, const chy_line *line)
{
	chy_sink out = chy_sink_buf(&p->list);
	chy_buf address = CHY_BUF_INIT;

	(void)href(p, line->id, &address);
	chy_sink_puts(&out, "<tr><td class=\"number\"><a href=\"");
	chy_sink_html(&out, chy_buf_slice(&address));
	chy_sink_puts(&out, "\">");
	chy_sink_html(&out, line->id);
	chy_sink_puts(&out, "</a></td><td class=\"number\">");
	chy_sink_html(&out, chy_slice_sub(line->dtg_iso, 0, 10));
	chy_sink_puts(&out, "</td><td>");
	chy_sink_html(&out, line->originator);
	chy_sink_puts(&out, "</td><td>");
	chy_sink_html(&out, line->subject);
	chy_sink_puts(&out, "</td></tr>\n");
	chy_buf_done(&address);
}

static chy_status
put(struct exporting *ex, const chy_shown *shown)
{
	struct pages *p = ex->state;
	char id[1300], name[1310];
	chy_html_page page = { "style.css", "index.html", href, p };
	const chy_telegram **parts = calloc(shown->n_parts, sizeof(*parts));
	chy_buf buf = CHY_BUF_INIT;
	chy_sink out = chy_sink_buf(&buf);
	chy_status st = CHY_OK;

	if (parts == NULL)
		return chy_fail(ex->err, CHY_ERR_NO_MEMORY, "no memory");
	if (p->in_list == LIST)
		st = write_list(ex, false);
	for (uint32_t i = 0; i < shown->n_parts; i++)
		parts[i] = shown->parts[i].telegram;
	chy_render_html_page(parts, shown->n_parts, &page, &out);
	(void)snprintf(name, sizeof(name), "%s.html",
	    chy_export_name(shown->line.id, id, sizeof(id)));
	if (st == CHY_OK)
		st = chy_sink_status(&out);
	if (st == CHY_OK)
		st = write_page(ex, name, chy_buf_slice(&buf));
	add_to_list(p, &shown->line);
	p->label = chy_label_join(&p->label, &shown->line.label);
	p->in_list++;
	chy_buf_done(&buf);
	free(parts);
	return st;
}

static chy_status
close_html(struct exporting *ex, bool whole)
{
	chy_status st = whole ? write_list(ex, true) : CHY_OK;

	pages_free(ex->state);
	return st;
}

const chy_exporter chy_exporter_html = {
	.name = "html",
	.title = "pages for any web server, in a new folder",
	.open = open_html,
	.put = put,
	.close = close_html,
};
