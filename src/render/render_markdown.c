/*
 * Form P: the plain form in which telegrams are handed round as Markdown.
 * TAGS are links, paragraphs have a pilcrow and are one line each, the last
 * line has no line end. A telegram in this form comes out as it is.
 *
 * Source: telegram-format 10.1, 11.
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/ascii.h"
#include "render/render_int.h"

/* Characters that Markdown would take for its own. */
static void
put_escaped(chy_sink *out, chy_slice s)
{
	size_t done = 0;

	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] != '*' && s.ptr[i] != '_' && s.ptr[i] != '[')
			continue;
		chy_sink_put(out, chy_slice_sub(s, done, i - done));
		chy_sink_puts(out, "\\");
		done = i;
	}
	chy_sink_put(out, chy_slice_from(s, done));
}

/* Blocks stand apart by an empty line. */
static void
put_blocks(chy_sink *out, chy_slice s)
{
	while (s.len > 0) {
		size_t end = chy_slice_find(s, CHY_SLICE("\n"), 0);

		put_escaped(out, chy_slice_sub(s, 0, end));
		s = chy_slice_from(s, end + 1);
		if (s.len > 0)
			chy_sink_puts(out, "\n\n");
	}
}

void
chy_put_state_heading(const chy_telegram *tel, chy_sink *out, bool links)
{
	static const char *const words[] = { "TO ", "INFO " };

	if (tel->dtg.len > 0) {
		const chy_precedence_row *p =
		    chy_precedence_get(tel->precedence);

		if (p != NULL)
			chy_sink_printf(out, "%.*s ", CHY_ARG(p->prosign));
		chy_sink_put(out, tel->dtg);
		chy_sink_puts(out, "\n");
	}
	if (tel->originator.plad.len > 0)
		chy_sink_printf(out, "FM %.*s\n",
		    CHY_ARG(tel->originator.plad));
	for (int role = 0; role < 2; role++) {
		bool first = true;

		for (uint32_t i = 0; i < tel->n_addressees; i++) {
			const chy_addressee *a = &tel->addressees[i];

			if ((int)a->role != role)
				continue;
			chy_sink_puts(out, first ? words[role] : "");
			if (!links && a->routing_indicator.len > 0) {
				chy_sink_put(out, a->routing_indicator);
				chy_sink_puts(out, "/");
			}
			chy_sink_put(out, a->plad);
			if (a->precedence.len > 0)
				chy_sink_printf(out, " %.*s",
				    CHY_ARG(a->precedence));
			if (a->mcn.len > 0)
				chy_sink_printf(out, " %.*s",
				    CHY_ARG(a->mcn));
			chy_sink_puts(out, "\n");
			first = false;
		}
	}
	for (uint32_t i = 0; i < tel->exempted.n; i++)
		chy_sink_printf(out, "%s%.*s\n", i == 0 ? "XMT " : "",
		    CHY_ARG(tel->exempted.at[i]));
}

void
chy_put_class_line(const chy_telegram *tel, chy_sink *out)
{
	const char *word = chy_level_name(tel->level);

	if (tel->level == CHY_LEVEL_UNCLASSIFIED) {
		chy_sink_puts(out, "UNCLAS");
	} else {
		for (size_t i = 0; word[i] != '\0'; i++)
			chy_sink_printf(out, "%s%c", i > 0 ? " " : "",
			    word[i]);
	}
	if (tel->sections > 1)
		chy_sink_printf(out, " SECTION %02u OF %02u", tel->section,
		    tel->sections);
	if (tel->originator.post.len > 0)
		chy_sink_printf(out, " %.*s %06u",
		    CHY_ARG(tel->originator.post), tel->class_serial);
	chy_sink_puts(out, "\n");
}

/* From the captions to Classified By. */
void
chy_put_state_fields(const chy_telegram *tel, chy_sink *out, bool links)
{
	for (uint32_t i = 0; i < tel->captions.n; i++)
		chy_sink_printf(out, "%s%.*s\n", i == 0 ? "\n" : "",
		    CHY_ARG(tel->captions.at[i]));
	for (uint32_t i = 0; i < tel->n_passing; i++)
		chy_sink_printf(out, "%s%.*s\n", i == 0 ? "\n" : "",
		    CHY_ARG(tel->passing[i].text));
	chy_sink_puts(out, "\n");
	if (tel->eo_text.len > 0)
		chy_sink_printf(out, "%.*s\n%s", CHY_ARG(tel->eo_text),
		    links ? "\n" : "");
	if (tel->n_tags > 0) {
		chy_sink_puts(out, "TAGS:");
		for (uint32_t i = 0; i < tel->tags_raw.n; i++) {
			chy_slice code = tel->tags_raw.at[i];
			bool person = chy_slice_find(code, CHY_SLICE(","),
			    0) < code.len;

			if (links)
				chy_sink_printf(out, " [%.*s](#)",
				    CHY_ARG(code));
			else
				chy_sink_printf(out, person ? "%s (%.*s)" :
				    "%s %.*s", i > 0 ? "," : "",
				    CHY_ARG(code));
		}
		chy_sink_puts(out, links ? "\n\n" : "\n");
	}
	if (tel->subject_raw.len > 0) {
		chy_layout(out, tel->subject_raw, "SUBJECT: ", "",
		    links ? 60 : 55);
		chy_sink_puts(out, "\n");
	}
	if (tel->n_references > 0) {
		chy_sink_puts(out, "REF:");
		for (uint32_t i = 0; i < tel->n_references; i++) {
			const chy_reference *ref = &tel->references[i];

			if (ref->letter != 0 && (i == 0 ||
			    ref->letter != ref[-1].letter))
				chy_sink_printf(out, "%s %c.", i > 0 ? "\n" :
				    "", ref->letter);
			else if (i > 0)
				chy_sink_puts(out, ",");
			chy_sink_printf(out, " %.*s", CHY_ARG(ref->text));
		}
		chy_sink_puts(out, "\n\n");
	}
	for (uint32_t i = 1; i < tel->n_nodes; i++) {
		const chy_node *n = &tel->nodes[i];

		if (n->kind != CHY_NODE_CLASSIFIED_BY)
			continue;
		chy_sink_put(out, chy_slice_sub(tel->text, n->off, n->len));
		chy_sink_puts(out, "\n\n");
		break;
	}
}

bool
chy_has_kind(const chy_telegram *tel, chy_node_kind kind)
{
	for (uint32_t i = 1; i < tel->n_nodes; i++)
		if (tel->nodes[i].kind == (uint16_t)kind)
			return true;
	return false;
}

/* It is in this form already: a link among its TAGS. */
static bool
is_markdown(const chy_telegram *tel)
{
	for (uint32_t i = 1; i < tel->n_nodes; i++)
		if (tel->nodes[i].kind == CHY_NODE_MARKUP &&
		    tel->text.ptr[tel->nodes[i].off] == '[')
			return true;
	return false;
}

static void
render(const chy_telegram *tel, chy_sink *out)
{
	bool first = true;

	if (is_markdown(tel)) {
		chy_sink_put(out, tel->text);
		return;
	}
	chy_sink_puts(out, "\n\n");
	chy_put_state_heading(tel, out, true);
	if (tel->level != CHY_LEVEL_NONE) {
		chy_sink_puts(out, "\n");
		chy_put_class_line(tel, out);
	}
	chy_put_state_fields(tel, out, true);
	for (uint32_t i = 0; i < tel->n_paragraphs; i++) {
		const chy_paragraph *p = &tel->paragraphs[i];

		if (!first)
			chy_sink_puts(out, "\n\n");
		first = false;
		if (p->title.len > 0) {
			put_escaped(out, p->title);
			chy_sink_puts(out, "\n\n");
		}
		if (p->number != 0)
			chy_sink_printf(out, "\xC2\xB6%u. ", p->number);
		if (p->mark.len > 0)
			chy_sink_printf(out, "(%.*s) ", CHY_ARG(p->mark));
		put_blocks(out, p->text);
		/* The end words of an embedded document stand after it. */
		if (p->embedded != 0 && (i + 1 == tel->n_paragraphs ||
		    tel->paragraphs[i + 1].embedded != p->embedded)) {
			const chy_embedded *e =
			    &tel->embedded[p->embedded - 1];

			for (uint32_t k = 1; k < tel->n_nodes; k++)
				if (tel->nodes[k].kind ==
				    CHY_NODE_BLOCK_END && tel->nodes[k].off >=
				    e->span.off + e->span.len) {
					chy_sink_puts(out, "\n\n");
					put_escaped(out, chy_slice_sub(
					    tel->text, tel->nodes[k].off,
					    tel->nodes[k].len));
					break;
				}
		}
	}
	if (tel->signers.n > 0) {
		chy_sink_puts(out, first ? "" : "\n\n");
		chy_put_joined(out, &tel->signers, "\n");
	}
}

const chy_renderer chy_renderer_markdown = {
	.name = "markdown",
	.media_type = "text/markdown; charset=utf-8",
	.suffix = "md",
	.title = "the plain form with Markdown links",
	.render = render,
};
