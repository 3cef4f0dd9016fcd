/*
 * The text of a telegram: the action request, the summary, the paragraphs,
 * embedded documents in a frame, the signature.
 *
 * A paragraph's own text is what the reader made of it. What is to be marked
 * in it (citations, findings, labels of blocks) is known by its place in the
 * bytes; the same words are looked for in the text, in order, and what is
 * not found stays unmarked.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/ascii.h"
#include "diag/diag.h"
#include "telegram/clean.h"
#include "web/telegram_int.h"

/* Marks of one paragraph; a text with more stays plain from there on. */
#define MARKS	256u
/* How far from where it should be a mark is looked for, in bytes. */
#define REACH	4096u
/* Paragraphs of earlier sections whose ids are compared. */
#define COMPARED 4096u
/* Blocks of an embedded document that may stand inside a paragraph. */
#define INSIDE	512u
/* References of the list that one mention leads to. */
#define LETTERS	26u

enum mark_kind {
	MARK_LABEL,	/* the words that open a block */
	MARK_END,	/* those that close it */
	MARK_CITATION,
	MARK_FINDING,
};

struct mark {
	enum mark_kind kind;
	uint32_t       off, len;	/* in the bytes */
	uint32_t       index;		/* of the mention or the finding */
	size_t	       at, n;		/* in the text, when found */
};

/* One paragraph being written. */
struct writing {
	chy_exchange	    *x;
	const chy_shown	    *shown;
	const chy_telegram  *tel;
	uint32_t	     part;
	const chy_paragraph *para;
	uint32_t	     index;
	bool		     whole;	/* findings are shown */
	struct mark	     marks[MARKS];
	unsigned	     n_marks;
};

chy_words
chy_words_anchor(const chy_shown *shown, uint32_t part, uint32_t paragraph)
{
	chy_words w;
	chy_slice id = shown->parts[part].telegram->paragraphs[paragraph].id;

	uint32_t before = 0;

	for (uint32_t i = 0; i < part; i++) {
		const chy_telegram *tel = shown->parts[i].telegram;
		bool again = (before += tel->n_paragraphs) > COMPARED;

		for (uint32_t k = 0; !again && k < tel->n_paragraphs; k++)
			again = chy_slice_eq(tel->paragraphs[k].id, id);
		if (again) {
			snprintf(w.s, sizeof(w.s), "s%up%.*s", part + 1,
			    CHY_ARG(id));
			return w;
		}
	}
	snprintf(w.s, sizeof(w.s), "p%.*s", CHY_ARG(id));
	return w;
}

uint32_t
chy_paragraph_at(const chy_telegram *tel, uint32_t off)
{
	uint32_t low = 0, high = tel->n_paragraphs;

	while (low < high) {
		uint32_t mid = low + (high - low) / 2;

		if (tel->paragraphs[mid].span.off <= off)
			low = mid + 1;
		else
			high = mid;
	}
	/* The blocks of a document may stand inside a paragraph: back to the
	 * one that goes on after them. */
	for (high = low > INSIDE ? low - INSIDE : 0; low > high; low--) {
		chy_span s = tel->paragraphs[low - 1].span;

		if (off - s.off < s.len)
			return low - 1;
	}
	return UINT32_MAX;
}


/* ---- what is to be marked ---- */

static void
add_mark(struct writing *w, enum mark_kind kind, uint32_t off, uint32_t len,
    uint32_t index)
{
	if (w->n_marks < MARKS && len > 0 && len < 400)
		w->marks[w->n_marks++] = (struct mark){ .kind = kind,
		    .off = off, .len = len, .index = index };
}

static int
by_place(const void *a, const void *b)
{
	const struct mark *m = a, *k = b;

	if (m->off != k->off)
		return m->off < k->off ? -1 : 1;
	return (m->kind > k->kind) - (m->kind < k->kind);
}

/* Cleaned as the paragraph's text was. */
static chy_slice
cleaned(struct writing *w, uint32_t off, uint32_t len)
{
	unsigned met = 0;
	char *out = chy_arena_alloc(&w->x->arena, chy_clean_room(len));

	if (out == NULL)
		return CHY_EMPTY;
	return chy_slice_trim((chy_slice){ out,
	    chy_clean(chy_slice_sub(w->tel->text, off, len), out, &met) });
}

/* Both lists are in the order of the text. */
static uint32_t
first_mention(const chy_telegram *tel, uint32_t off)
{
	uint32_t low = 0, high = tel->n_mentions;

	while (low < high) {
		uint32_t mid = low + (high - low) / 2;

		if (tel->mentions[mid].span.off < off)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static size_t
first_finding(const chy_findings *found, uint32_t off)
{
	size_t low = 0, high = found->count;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (found->list[mid].off < off)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static void
collect(struct writing *w)
{
	chy_span span = w->para->span;
	const chy_telegram *tel = w->tel;

	w->n_marks = 0;
	for (uint32_t i = w->para->node + 1; w->para->node > 0 &&
	    i < tel->n_nodes && tel->nodes[i].off < span.off + span.len; i++)
		if (tel->nodes[i].kind == CHY_NODE_BLOCK_LABEL)
			add_mark(w, MARK_LABEL, tel->nodes[i].off,
			    tel->nodes[i].len, i);
		else if (tel->nodes[i].kind == CHY_NODE_BLOCK_END)
			add_mark(w, MARK_END, tel->nodes[i].off,
			    tel->nodes[i].len, i);
	for (uint32_t i = first_mention(tel, span.off); i < tel->n_mentions &&
	    tel->mentions[i].span.off - span.off < span.len; i++)
		if (tel->mentions[i].paragraph == w->index)
			add_mark(w, MARK_CITATION, tel->mentions[i].span.off,
			    tel->mentions[i].span.len, i);
	for (size_t i = first_finding(&tel->findings, span.off);
	    i < tel->findings.count && i < CHY_WEB_FINDINGS &&
	    tel->findings.list[i].off - span.off < span.len; i++)
		if (w->part == 0 && tel->findings.list[i].len < 80 && w->whole)
			add_mark(w, MARK_FINDING, tel->findings.list[i].off,
			    tel->findings.list[i].len, (uint32_t)i);
	qsort(w->marks, w->n_marks, sizeof(w->marks[0]), by_place);
}

/* Find the marks in the text, in order; those that are not there go. */
static void
place(struct writing *w, chy_slice text)
{
	size_t at = 0;
	unsigned kept = 0;
	uint32_t from = w->para->span.off;

	for (unsigned i = 0; i < w->n_marks; i++) {
		struct mark m = w->marks[i];
		chy_slice words = cleaned(w, m.off, m.len), near;

		/* Cleaning makes at most three bytes of one. */
		near = chy_slice_sub(text, 0, at + 3 * (size_t)(m.off > from ?
		    m.off - from : 0) + words.len + REACH);
		if (words.len == 0)
			continue;
		m.at = chy_slice_find(near, words, at);
		if (m.at >= near.len)
			continue;
		from = m.off;
		m.n = words.len;
		at = m.at + m.n;
		w->marks[kept++] = m;
	}
	w->n_marks = kept;
}


/* ---- writing ---- */

/* A number in running text that is in no list of references: NULL where it
 * leads nowhere. */
static const char *
filed_url(struct writing *w, chy_slice id)
{
	for (uint32_t i = 0; i < w->shown->n_in_text; i++) {
		const chy_text_cited *t = &w->shown->in_text[i];

		if (chy_slice_eq(t->value, id))
			return chy_is_resolved(t->resolved.how) ?
			    chy_telegram_url(w->x, t->resolved.line.id, "") :
			    chy_telegram_url(w->x, id, "/thread");
	}
	return NULL;
}

/* URL of what a mention cites that speaks of reference `reference`, or of none
 * of the list; NULL where it leads nowhere. */
static const char *
cited_url(struct writing *w, const chy_mention *m, uint32_t reference)
{
	const chy_reference *ref;
	const chy_resolved *to;

	if (reference == UINT32_MAX)
		return m->value.len > 0 ? filed_url(w, m->value) : NULL;
	ref = &w->shown->parts[0].telegram->references[reference];
	to = &w->shown->resolved[reference];
	if (chy_is_resolved(to->how))
		return chy_telegram_url(w->x, to->line.id, "");
	if (ref->kind != CHY_REF_TELEGRAM || ref->value.len == 0)
		return NULL;
	return chy_telegram_url(w->x, ref->value, "/thread");
}

/*
 * REF B leads to the telegram, and by the arrow behind it to its place in the
 * list; what speaks of several, REFS A AND C, by a letter to each.
 */
static void
put_citation(struct writing *w, uint32_t mention, chy_slice words)
{
	const chy_mention *m = &w->tel->mentions[mention];
	uint32_t used[LETTERS], n = 0;
	bool listed = w->shown->parts[0].heading_visible;
	const char *url;

	for (uint32_t i = 0; listed && i < w->shown->n_resolved &&
	    n < LETTERS; i++)
		if (chy_shown_uses(w->shown, i, w->part, mention))
			used[n++] = i;
	url = n > 1 ? NULL : cited_url(w, m, n == 1 ? used[0] : UINT32_MAX);
	if (url != NULL)
		chy_html(w->x, "<a href=\"%s\">%.*s</a>", url,
		    CHY_ARG(words));
	else
		chy_html(w->x, "%.*s", CHY_ARG(words));
	for (uint32_t i = 0; i < n; i++) {
		char letter = w->shown->parts[0].telegram->
		    references[used[i]].letter;
		char name[2] = { letter, '\0' };

		chy_html(w->x, "<sup class=\"fn\"><a href=\"#ref%u\" "
		    "aria-label=\"Reference %s in the list\">%s</a></sup>",
		    used[i] + 1, name, n > 1 && letter != '\0' ? name :
		    "\xE2\x86\x91");
	}
}

static void
put_mark(struct writing *w, const struct mark *m, chy_slice words)
{
	switch (m->kind) {
	case MARK_CITATION:
		put_citation(w, m->index, words);
		break;
	case MARK_FINDING:
		chy_html(w->x, "<span class=\"fnd\">%.*s</span>"
		    "<sup class=\"fn\"><a href=\"#f%u\" aria-label=\"Finding "
		    "%u\">%u</a></sup>", CHY_ARG(words), m->index + 1,
		    m->index + 1, m->index + 1);
		break;
	case MARK_LABEL:
	case MARK_END:
		chy_html(w->x, "%.*s", CHY_ARG(words));
		break;
	}
}

/* Whether the block that mark i opens is closed on the same line of text. */
static bool
closes(const struct writing *w, unsigned i, size_t line_end)
{
	for (unsigned k = i + 1; k < w->n_marks; k++) {
		if (w->marks[k].at >= line_end ||
		    w->marks[k].kind == MARK_LABEL)
			return false;
		if (w->marks[k].kind == MARK_END)
			return true;
	}
	return false;
}

/* One line of a paragraph's text: text[from, to). */
static void
put_line(struct writing *w, chy_slice text, size_t from, size_t to,
    unsigned *next)
{
	size_t at = from;
	bool note = false;

	for (; *next < w->n_marks && w->marks[*next].at < to; (*next)++) {
		const struct mark *m = &w->marks[*next];
		chy_slice words = chy_slice_sub(text, m->at, m->n);

		if (m->at < at)
			continue;
		chy_html(w->x, "%.*s", CHY_ARG(chy_slice_sub(text, at,
		    m->at - at)));
		if (m->kind == MARK_LABEL && m->at > from && !note &&
		    closes(w, *next, to)) {
			chy_html(w->x, "<span class=\"inline-note\">");
			note = true;
		}
		put_mark(w, m, words);
		at = m->at + m->n;
		if (m->kind == MARK_END && note) {
			chy_html(w->x, "</span>");
			note = false;
		}
	}
	chy_html(w->x, "%.*s", CHY_ARG(chy_slice_sub(text, at, to - at)));
	if (note)
		chy_html(w->x, "</span>");
}

/* "Summary:" as a heading that runs into the text: "Summary." */
static size_t
put_run_in(struct writing *w, chy_slice text, unsigned *next)
{
	const struct mark *m = w->marks;
	size_t n, rest;

	if (w->n_marks == 0 || m->kind != MARK_LABEL || m->at != 0)
		return 0;
	n = m->n;
	while (n > 0 && (chy_is_punct(text.ptr[n - 1]) ||
	    chy_is_space(text.ptr[n - 1])) && text.ptr[n - 1] != ')')
		n--;
	rest = m->n;
	while (rest < text.len && (text.ptr[rest] == ':' ||
	    text.ptr[rest] == '.' || text.ptr[rest] == ' ' ||
	    text.ptr[rest] == '-'))
		rest++;
	/* A label alone is the text: "Text of the note:" */
	if (n == 0 || rest == text.len)
		return 0;
	chy_html(w->x, "<h3>%.*s.</h3> ", CHY_ARG(chy_slice_sub(text, 0, n)));
	*next = 1;
	return rest;
}

/* A paragraph's text in <p>; the first has the id, unless it is "". */
static void
put_prose(struct writing *w, const char *id)
{
	chy_slice text = w->para->text;
	unsigned next = 0;
	size_t from = 0;

	collect(w);
	place(w, text);
	if (id[0] == '\0')
		from = put_run_in(w, text, &next);
	while (from < text.len) {
		const char *end = memchr(text.ptr + from, '\n',
		    text.len - from);
		size_t to = end != NULL ? (size_t)(end - text.ptr) : text.len;

		if (to > from) {
			if (id[0] != '\0') {
				chy_html(w->x, "<p id=\"%s\">", id);
				if (w->para->mark.len > 0) {
					chy_mark_portion(w->x, w->para->mark);
					chy_html(w->x, " ");
				}
			} else {
				chy_html(w->x, "<p>");
			}
			id = "";
			put_line(w, text, from, to, &next);
			chy_html(w->x, "</p>\n");
		}
		from = to + 1;
	}
}

static void
put_title(chy_exchange *x, chy_slice title)
{
	/* Rules around it and capitals stay as they were sent. */
	if (title.len > 0)
		chy_html(x, "<h2 class=\"topic\">%.*s</h2>\n", CHY_ARG(title));
}

static void
put_paragraph(struct writing *w, bool lead)
{
	const chy_paragraph *p = w->para;
	chy_words anchor = chy_words_anchor(w->shown, w->part, w->index);

	put_title(w->x, p->title);
	chy_html(w->x, "<section class=\"%s\" id=\"%s\">\n"
	    "<p class=\"no\"><a href=\"#%s\" aria-label=\"Paragraph %.*s, "
	    "permanent link\">", lead ? "para lead" : "para", anchor.s,
	    anchor.s,
	    CHY_ARG(p->id));
	if (p->number != 0)
		chy_html(w->x, "%u</a>", p->number);
	else
		chy_html(w->x, "\xC2\xB6</a>");
	chy_mark_portion(w->x, p->mark);
	chy_html(w->x, "</p>\n<div class=\"prose\">");
	put_prose(w, "");
	chy_html(w->x, "</div>\n</section>\n");
}

/* The document of tel->embedded[k]: its blocks are paragraphs from `first`. */
static uint32_t
put_document(struct writing *w, uint32_t first)
{
	uint32_t k = w->tel->paragraphs[first].embedded - 1, i = first;
	const chy_embedded *doc = k < w->tel->n_embedded ?
	    &w->tel->embedded[k] : NULL;
	const bool *visible = w->shown->parts[w->part].visible;
	chy_slice title;

	title = doc != NULL && doc->title.len > 0 ? doc->title :
	    CHY_SLICE("Document");
	chy_html(w->x, "<section class=\"frame doc indent\" "
	    "aria-labelledby=\"doc%u-%u\">\n<h2 class=\"legend\" "
	    "id=\"doc%u-%u\">%c%.*s</h2>\n", w->part + 1, k + 1,
	    w->part + 1, k + 1, chy_upper(title.ptr[0]),
	    CHY_ARG(chy_slice_from(title, 1)));
	chy_html(w->x, "<div class=\"prose\">");
	for (; i < w->tel->n_paragraphs &&
	    w->tel->paragraphs[i].embedded == k + 1; i++) {
		w->para = &w->tel->paragraphs[i];
		w->index = i;
		if (visible[i])
			put_prose(w, chy_words_anchor(w->shown, w->part,
			    i).s);
	}
	chy_html(w->x, "</div>\n<p class=\"meta\"><span>Embedded document, %u "
	    "block%s", i - first, i - first == 1 ? "" : "s");
	if (doc != NULL && doc->author.len > 0)
		chy_html(w->x, ", of %.*s", CHY_ARG(doc->author));
	chy_html(w->x, ".</span></p>\n</section>\n");
	return i;
}

static bool
is_summary(const chy_paragraph *p)
{
	return (p->labels & CHY_BLOCK_SUMMARY) != 0 && p->embedded == 0;
}

/* All of the summaries first, or all but these. */
static void
put_pass(struct writing *w, bool lead)
{
	const bool *visible = w->shown->parts[w->part].visible;

	for (uint32_t i = 0; i < w->tel->n_paragraphs;) {
		w->para = &w->tel->paragraphs[i];
		w->index = i;
		if (w->para->embedded != 0 && !lead && visible[i]) {
			i = put_document(w, i);
			continue;
		}
		if (visible[i] && w->para->embedded == 0 &&
		    is_summary(w->para) == lead)
			put_paragraph(w, lead);
		i++;
	}
}

void
chy_html_text(chy_exchange *x, const chy_shown *shown)
{
	struct writing *w = chy_arena_zalloc(&x->arena, 1, sizeof(*w));

	if (w == NULL)
		return;
	w->x = x;
	w->shown = shown;
	w->whole = chy_shown_whole(shown);
	for (int lead = 1; lead >= 0; lead--)
		for (w->part = 0; w->part < shown->n_parts; w->part++) {
			w->tel = shown->parts[w->part].telegram;
			if (lead == 0 && shown->n_parts > 1)
				chy_html(x, "<h2 class=\"topic\" "
				    "id=\"section%u\">Section %u</h2>\n",
				    w->part + 1,
				    shown->parts[w->part].section);
			put_pass(w, lead == 1);
		}
	for (uint32_t i = 0; i < shown->n_parts; i++) {
		const chy_telegram *tel = shown->parts[i].telegram;

		for (uint32_t k = 0; shown->parts[i].heading_visible &&
		    k < tel->signers.n; k++)
			chy_html(x, "<p class=\"sign\">%.*s</p>\n",
			    CHY_ARG(tel->signers.at[k]));
	}
}

/* The paragraph of that number; UINT32_MAX where none is visible. */
static uint32_t
numbered(const chy_part *part, uint32_t number)
{
	const chy_telegram *tel = part->telegram;

	for (uint32_t i = 0; i < tel->n_paragraphs; i++)
		if (tel->paragraphs[i].number == number &&
		    tel->paragraphs[i].embedded == 0 && part->visible[i])
			return i;
	return UINT32_MAX;
}

static void
put_request(chy_exchange *x, const chy_shown *shown, uint32_t k,
    const chy_action_request *r, bool first)
{
	const chy_part *part = &shown->parts[k];
	const chy_telegram *tel = part->telegram;
	chy_slice label = CHY_SLICE("Action request"), text = r->text;
	unsigned n = 0;

	if (first)
		chy_html(x, "<section class=\"frame action\" "
		    "aria-labelledby=\"ar\">\n<h2 class=\"legend\" id=\"ar\">"
		    "Action request</h2>\n");
	/* The frame has these words already. */
	if (chy_slice_istarts(text, label)) {
		text = chy_slice_from(text, label.len);
		while (text.len > 0 && (chy_is_punct(text.ptr[0]) ||
		    chy_is_space(text.ptr[0])))
			text = chy_slice_from(text, 1);
	}
	if (text.len > 0)
		chy_html(x, "<div class=\"prose\"><p>%c%.*s ",
		    chy_upper(text.ptr[0]), CHY_ARG(chy_slice_from(text, 1)));
	else
		chy_html(x, "<div class=\"prose\"><p>");
	chy_html(x, "<a href=\"#%s\" class=\"nb\">From \xC2\xB6%.*s</a>",
	    chy_words_anchor(shown, k, r->paragraph).s,
	    CHY_ARG(tel->paragraphs[r->paragraph].id));
	for (uint32_t i = 0; i < r->n_paragraphs; i++) {
		uint32_t to = numbered(part, r->paragraphs[i]);

		if (to == UINT32_MAX || to == r->paragraph)
			continue;
		chy_html(x, "%s<a href=\"#%s\">\xC2\xB6%u</a>", n++ == 0 ?
		    ", which points to " : ", ",
		    chy_words_anchor(shown, k, to).s, r->paragraphs[i]);
	}
	chy_html(x, "</p></div>\n");
}

void
chy_html_action_requests(chy_exchange *x, const chy_shown *shown)
{
	bool any = false;

	for (uint32_t k = 0; k < shown->n_parts; k++) {
		const chy_telegram *tel = shown->parts[k].telegram;

		for (uint32_t i = 0; i < tel->n_action_requests; i++) {
			const chy_action_request *r = &tel->action_requests[i];

			if (r->text.len == 0 ||
			    r->paragraph >= tel->n_paragraphs ||
			    !shown->parts[k].visible[r->paragraph])
				continue;
			put_request(x, shown, k, r, !any);
			any = true;
		}
	}
	if (any)
		chy_html(x, "</section>\n\n");
}
