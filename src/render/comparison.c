/*
 * Writers of a comparison.
 *
 * SPDX-License-Identifier: ISC
 */
#include "render/comparison.h"

#include "base/ascii.h"
#include "base/utf8.h"

#define AROUND	60u	/* bytes that are left of what is the same */

/* What is the same, cut to what stands beside a difference. */
static void
around(const chy_compared *c, uint32_t i, bool whole, chy_slice *ret_head,
    chy_slice *ret_tail)
{
	chy_slice s = c->edits[i].text;
	size_t head = i == 0 ? 0 : AROUND, tail = i + 1 == c->n_edits ? 0 :
	    AROUND;

	*ret_head = s;
	*ret_tail = CHY_EMPTY;
	if (whole || s.len <= head + tail + 20)
		return;
	while (head > 0 && head < s.len && !chy_is_space(s.ptr[head]))
		head++;
	while (tail > 0 && tail < s.len &&
	    !chy_is_space(s.ptr[s.len - tail]))
		tail++;
	if (head + tail >= s.len)
		return;
	*ret_head = chy_slice_sub(s, 0, head);
	*ret_tail = chy_slice_trim(chy_slice_from(s, s.len - tail));
	/* An empty tail still says that something was left out. */
	if (ret_tail->len == 0)
		ret_tail->ptr = NULL;
}

static bool
was_cut(chy_slice tail)
{
	return tail.len > 0 || tail.ptr == NULL;
}

/* No control character of a telegram gets to the terminal. */
static void
put_plain(chy_sink *out, chy_slice s)
{
	size_t done = 0, i = 0;

	while (i < s.len) {
		uint32_t code;
		size_t n = chy_utf8_get(chy_slice_from(s, i), &code);

		if (n > 0 && code >= 0x20 && code != 0x7F &&
		    !(code >= 0x80 && code < 0xA0)) {
			i += n;
			continue;
		}
		chy_sink_put(out, chy_slice_sub(s, done, i - done));
		chy_sink_puts(out, chy_is_space(s.ptr[i]) ? " " :
		    "\xEF\xBF\xBD");
		i += n > 0 ? n : 1;
		done = i;
	}
	chy_sink_put(out, chy_slice_from(s, done));
}

static void
text_edits(const chy_compared *c, bool whole, bool colour, chy_sink *out)
{
	static const char *const marks[2][3][2] = {
		{ { "", "" }, { "[-", "-]" }, { "{+", "+}" } },
		{ { "", "" }, { "\033[31m[-", "-]\033[0m" },
		    { "\033[32m{+", "+}\033[0m" } },
	};

	chy_sink_puts(out, "    ");
	for (uint32_t i = 0; i < c->n_edits; i++) {
		chy_edit_kind kind = c->edits[i].kind;
		chy_slice head = c->edits[i].text, tail = CHY_EMPTY;

		if (kind == CHY_EDIT_SAME)
			around(c, i, whole, &head, &tail);
		if (i > 0)
			chy_sink_puts(out, " ");
		chy_sink_puts(out, marks[colour][kind][0]);
		put_plain(out, head);
		if (was_cut(tail))
			chy_sink_puts(out, head.len > 0 ? " ... " : "... ");
		put_plain(out, tail);
		chy_sink_puts(out, marks[colour][kind][1]);
	}
	chy_sink_puts(out, "\n");
}

static void
text_title(const chy_compared *c, chy_sink *out)
{
	if (c->name.len > 0) {
		put_plain(out, c->name);
	} else {
		chy_sink_puts(out, "paragraph ");
		put_plain(out, c->id_a.len > 0 ? c->id_a : c->id_b);
		if (c->id_a.len > 0 && c->id_b.len > 0 &&
		    !chy_slice_eq(c->id_a, c->id_b)) {
			chy_sink_puts(out, " and ");
			put_plain(out, c->id_b);
		}
		if (c->id_a.len == 0)
			chy_sink_puts(out, ", only in the second");
		else if (c->id_b.len == 0)
			chy_sink_puts(out, ", only in the first");
		else if (!chy_slice_eq(c->mark_a, c->mark_b)) {
			chy_sink_puts(out, ", marked (");
			put_plain(out, c->mark_a);
			chy_sink_puts(out, ") and (");
			put_plain(out, c->mark_b);
			chy_sink_puts(out, ")");
		}
	}
	chy_sink_puts(out, c->differs ? "\n" : ", the same\n");
}

void
chy_comparison_text(const chy_comparison *c, bool whole, bool colour,
    chy_sink *out)
{
	put_plain(out, c->a);
	chy_sink_puts(out, " and ");
	put_plain(out, c->b);
	chy_sink_printf(out, ": %u of %u parts differ; %u.%u %% of the text is "
	    "the same\n", (unsigned)c->n_differ, (unsigned)c->n,
	    (unsigned)(c->same / 10), (unsigned)(c->same % 10));
	for (uint32_t i = 0; i < c->n; i++) {
		if (!c->at[i].differs && !whole)
			continue;
		text_title(&c->at[i], out);
		if (c->at[i].differs || whole)
			text_edits(&c->at[i], whole, colour, out);
	}
}

static void
html_edits(const chy_compared *c, bool whole, chy_sink *out)
{
	for (uint32_t i = 0; i < c->n_edits; i++) {
		chy_edit_kind kind = c->edits[i].kind;
		chy_slice head = c->edits[i].text, tail = CHY_EMPTY;

		if (kind == CHY_EDIT_SAME)
			around(c, i, whole, &head, &tail);
		if (i > 0)
			chy_sink_puts(out, " ");
		chy_sink_puts(out, kind == CHY_EDIT_REMOVED ?
		    "<del class=\"removed\">" : kind == CHY_EDIT_ADDED ?
		    "<ins class=\"added\">" : "");
		chy_sink_html(out, head);
		if (was_cut(tail))
			chy_sink_puts(out, " &hellip; ");
		if (tail.len > 0)
			chy_sink_html(out, tail);
		chy_sink_puts(out, kind == CHY_EDIT_REMOVED ? "</del>" :
		    kind == CHY_EDIT_ADDED ? "</ins>" : "");
	}
}

static void
html_mark(chy_slice id, chy_slice mark, chy_sink *out)
{
	if (id.len == 0) {
		chy_sink_puts(out, "<span class=\"absent\">absent</span>");
		return;
	}
	chy_sink_html(out, id);
	if (mark.len > 0) {
		chy_sink_puts(out, " (");
		chy_sink_html(out, mark);
		chy_sink_puts(out, ")");
	}
}

void
chy_comparison_html(const chy_comparison *c, bool whole, chy_sink *out)
{
	chy_sink_puts(out, "<table class=\"compare\">\n<caption>Differences of "
	    "<b>");
	chy_sink_html(out, c->a);
	chy_sink_puts(out, "</b> and <b>");
	chy_sink_html(out, c->b);
	chy_sink_printf(out, "</b>: %u of %u parts differ; %u.%u %% of the text "
	    "is the same</caption>\n<thead><tr><th scope=\"col\">First</th>"
	    "<th scope=\"col\">Second</th><th scope=\"col\">Text</th></tr>"
	    "</thead>\n<tbody>\n", (unsigned)c->n_differ, (unsigned)c->n,
	    (unsigned)(c->same / 10), (unsigned)(c->same % 10));
	for (uint32_t i = 0; i < c->n; i++) {
		const chy_compared *one = &c->at[i];

		if (!one->differs && !whole)
			continue;
		chy_sink_printf(out, "<tr class=\"%s\">", one->differs ?
		    "differs" : "same");
		if (one->name.len > 0) {
			chy_sink_puts(out, "<th scope=\"row\" colspan=\"2\">");
			chy_sink_html(out, one->name);
			chy_sink_puts(out, "</th><td>");
		} else {
			chy_sink_puts(out, "<th scope=\"row\">");
			html_mark(one->id_a, one->mark_a, out);
			chy_sink_puts(out, "</th><th scope=\"row\">");
			html_mark(one->id_b, one->mark_b, out);
			chy_sink_puts(out, "</th><td>");
		}
		html_edits(one, whole, out);
		chy_sink_puts(out, "</td></tr>\n");
	}
	chy_sink_puts(out, "</tbody>\n</table>\n");
}

static void
json_or_null(chy_slice s, chy_sink *out)
{
	if (s.len > 0)
		chy_sink_json(out, s);
	else
		chy_sink_puts(out, "null");
}

void
chy_comparison_json(const chy_comparison *c, bool whole, chy_sink *out)
{
	static const char *const kinds[] = { "same", "removed", "added" };
	bool comma = false;

	chy_sink_puts(out, "{\"a\":");
	chy_sink_json(out, c->a);
	chy_sink_puts(out, ",\"b\":");
	chy_sink_json(out, c->b);
	chy_sink_printf(out, ",\"parts\":%u,\"differ\":%u,\"same\":%u.%03u,"
	    "\"differences\":[", (unsigned)c->n, (unsigned)c->n_differ,
	    (unsigned)(c->same / 1000), (unsigned)(c->same % 1000));
	for (uint32_t i = 0; i < c->n; i++) {
		const chy_compared *one = &c->at[i];

		if (!one->differs && !whole)
			continue;
		chy_sink_puts(out, comma ? ",{" : "{");
		comma = true;
		chy_sink_puts(out, "\"field\":");
		json_or_null(one->name, out);
		chy_sink_puts(out, ",\"paragraph_a\":");
		json_or_null(one->id_a, out);
		chy_sink_puts(out, ",\"paragraph_b\":");
		json_or_null(one->id_b, out);
		chy_sink_puts(out, ",\"mark_a\":");
		json_or_null(one->mark_a, out);
		chy_sink_puts(out, ",\"mark_b\":");
		json_or_null(one->mark_b, out);
		chy_sink_printf(out, ",\"differs\":%s,\"edits\":[",
		    one->differs ? "true" : "false");
		for (uint32_t k = 0; k < one->n_edits; k++) {
			chy_sink_printf(out, "%s{\"kind\":\"%s\",\"text\":",
			    k > 0 ? "," : "", kinds[one->edits[k].kind]);
			chy_sink_json(out, one->edits[k].text);
			chy_sink_puts(out, "}");
		}
		chy_sink_puts(out, "]}");
	}
	chy_sink_puts(out, "]}\n");
}
