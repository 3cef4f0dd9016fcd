/*
 * The text of a telegram: paragraphs, titles, blocks (summary, comment, note,
 * action request, embedded text), citations in running text, signature.
 *
 * One wide pass (base/lines.h) first finds every place where a word of a
 * block or a citation may begin. Then the lines are read in order; what lies
 * between two paragraph starts is one paragraph, whatever empty lines and
 * page lines stand in it.
 *
 * Source: telegram-format 4.3, 4.11 to 4.13; 5 FAH-1 H-246.
 *
 * SPDX-License-Identifier: ISC
 */
#include "forms/reading.h"

#include "base/lines.h"
#include "base/utf8.h"
#include "forms/blocks.h"
#include "telegram/clean.h"
#include "telegram/mrn.h"

/* A stretch of text of the paragraph that is being read. */
typedef struct run {
	uint32_t from, to;
	char	 sep;		/* what joins it to the run before: blank, LF */
} run;

typedef struct text_reader {
	chy_reading   *r;
	chy_events     events;
	uint32_t       event;	/* the next one not yet put */
	uint32_t       end;	/* where the tail begins */
	uint32_t       end_line;

	run	      *runs;
	uint32_t       n_runs;
	chy_range      open;	/* the run that is growing; empty: none */
	char	       open_sep;
	bool	       blank;	/* an empty line since the last text */
	bool	       page;	/* a page line since the last text */

	uint32_t       paragraph; /* index plus 1; 0: none is open */
	uint32_t       events_before; /* events put before this paragraph */
	chy_slice      title;
	uint32_t       last_number;
	uint8_t	       used[1000]; /* times a number was used, up to 255 */
	char	       sep;	/* . or ) of the first number */
	uint32_t       list_number; /* of a list inside a paragraph; 0 */
	uint32_t       unnumbered;
	uint32_t       embedded;  /* index plus 1 while inside one */
	uint32_t       embedded_end;
	bool	       marked;	/* some paragraph had a mark */
	bool	       numbered;
} text_reader;

/* ---- leaves ---- */

/* Text of [from, to), cut where an event stands in it. */
static void
put_text(text_reader *t, uint32_t from, uint32_t to)
{
	chy_reading *r = t->r;

	while (t->event < t->events.n && t->events.at[t->event].off < to) {
		const chy_event *e = &t->events.at[t->event++];
		uint32_t end = e->off + e->len;

		if (e->off < from || e->kind == CHY_EVENT_CITATION)
			continue;
		if (end > to)
			end = to;
		chy_leaf_put(r, CHY_NODE_TEXT, (chy_range){ from, e->off }, 0);
		chy_leaf_put(r, e->kind == CHY_EVENT_OPEN ?
		    CHY_NODE_BLOCK_LABEL : CHY_NODE_BLOCK_END,
		    (chy_range){ e->off, end }, e->kinds);
		from = end;
	}
	chy_leaf_put(r, CHY_NODE_TEXT, (chy_range){ from, to }, 0);
}

static void
close_run(text_reader *t)
{
	run *row;

	if (t->open.from >= t->open.to)
		return;
	row = CHY_ADD(t->r, t->runs, t->n_runs);
	if (row != NULL)
		*row = (run){ t->open.from, t->open.to, t->open_sep };
	else
		t->n_runs = 0;
	put_text(t, t->open.from, t->open.to);
	t->open = (chy_range){ 0, 0 };
}

static bool
ends_sentence(const chy_reading *r, uint32_t end)
{
	return end > 0 && (memchr(".!?:;\"')]", r->p[end - 1], 9) != NULL ||
	    (unsigned char)r->p[end - 1] >= 0x80);
}

/* How the line at `from` is joined to what stands before it. */
static char
joint(text_reader *t, uint32_t from)
{
	const chy_reading *r = t->r;
	uint32_t end = t->open.to;
	chy_paragraph *p;

	if (end == 0 && t->n_runs > 0)
		end = t->runs[t->n_runs - 1].to;
	if (end == 0)
		return ' ';
	if (t->page)
		return t->blank && ends_sentence(r, end) ? '\n' : ' ';
	if (!t->blank)
		return ' ';
	if (ends_sentence(r, end) || !chy_is_lower(r->p[from]))
		return '\n';
	p = &r->tel->paragraphs[t->paragraph - 1];
	chy_note_fmt(t->r, CHY_DIAG_PARAGRAPH_BROKEN,
	    (chy_range){ p->span.off, end }, "paragraph %u, joined with "
	    "line %u", p->number, chy_line_of(r, from) + 1);
	return ' ';
}

static void
add_line(text_reader *t, chy_range g)
{
	if (g.from >= g.to)
		return;
	if (t->open.to == 0 || t->blank || t->page) {
		char sep = joint(t, g.from);

		close_run(t);
		t->open_sep = sep;
		t->open = g;
	} else {
		t->open.to = g.to;
	}
	t->blank = t->page = false;
}

/* ---- paragraphs ---- */

/* Cleaned text of all runs; without_events leaves labels and ends out. */
static chy_slice
join_runs(text_reader *t, bool without_events)
{
	chy_reading *r = t->r;
	size_t room = 64, n = 0;
	uint32_t e = t->events_before;
	char *out;

	for (uint32_t i = 0; i < t->n_runs; i++)
		room += chy_clean_room(t->runs[i].to - t->runs[i].from) + 1;
	room += without_events ? 64 * (size_t)(t->event - e + 1) : 0;
	out = chy_arena_alloc(&r->tel->arena, room);
	if (out == NULL)
		return CHY_EMPTY;
	for (uint32_t i = 0; i < t->n_runs; i++) {
		uint32_t from = t->runs[i].from, to = t->runs[i].to;
		char sep = t->runs[i].sep;

		while (from < to) {
			uint32_t end = to, next = to;
			size_t m;

			while (without_events && e < t->event &&
			    t->events.at[e].off < to) {
				const chy_event *at = &t->events.at[e++];

				if (at->kind == CHY_EVENT_CITATION ||
				    at->off < from)
					continue;
				end = at->off;
				next = at->off + at->len;
				break;
			}
			if (n > 0)
				out[n] = sep;
			m = chy_clean(chy_range_text(r, chy_range_trim(r,
			    (chy_range){ from, end })), out + n + (n > 0),
			    &r->met);
			n += m > 0 ? m + (n > 0) : 0;
			sep = m > 0 ? ' ' : sep;
			from = next < to ? next : to;
		}
	}
	chy_arena_shrink(&r->tel->arena, out, n);
	return (chy_slice){ out, n };
}

static bool
has_block_event(const text_reader *t)
{
	for (uint32_t e = t->events_before; e < t->event; e++)
		if (t->events.at[e].kind != CHY_EVENT_CITATION)
			return true;
	return false;
}

static void
close_paragraph(text_reader *t)
{
	chy_paragraph *p;

	if (t->paragraph == 0)
		return;
	close_run(t);
	chy_close(t->r);
	p = &t->r->tel->paragraphs[t->paragraph - 1];
	if (t->r->done > p->span.off)
		p->span.len = t->r->done - p->span.off;
	p->text = join_runs(t, false);
	p->clean = has_block_event(t) ? join_runs(t, true) : p->text;
	t->paragraph = 0;
	t->n_runs = 0;
}

static chy_slice
make_id(chy_reading *r, const char *prefix, uint32_t a, const char *mid,
    uint32_t b)
{
	char text[40];
	size_t n = 0;

	for (int k = 0; k < 2; k++) {
		const char *w = k == 0 ? prefix : mid;
		uint32_t v = k == 0 ? a : b;
		char rev[10];
		size_t d = 0;

		while (*w != '\0')
			text[n++] = *w++;
		if (v == 0)
			continue;
		for (; v > 0; v /= 10)
			rev[d++] = (char)('0' + v % 10);
		while (d > 0)
			text[n++] = rev[--d];
	}
	return chy_arena_copy(&r->tel->arena, (chy_slice){ text, n });
}

static chy_paragraph *
open_paragraph(text_reader *t, uint32_t from)
{
	chy_telegram *tel = t->r->tel;
	chy_paragraph *p;

	close_paragraph(t);
	if (tel->n_paragraphs >= CHY_LIMIT_PARAGRAPHS)
		return NULL;
	p = CHY_ADD(t->r, tel->paragraphs, tel->n_paragraphs);
	if (p == NULL)
		return NULL;
	p->node = chy_open(t->r, CHY_NODE_PARAGRAPH, tel->n_paragraphs - 1);
	p->span.off = from;
	p->title = t->title;
	p->embedded = t->embedded;
	t->title = CHY_EMPTY;
	t->paragraph = tel->n_paragraphs;
	t->events_before = t->event;
	t->n_runs = 0;
	t->open = (chy_range){ 0, 0 };
	t->blank = t->page = false;
	return p;
}

static void
put_mark(text_reader *t, chy_paragraph *p, chy_range mark)
{
	if (mark.to == 0)
		return;
	chy_leaf_put(t->r, CHY_NODE_MARK, mark, 0);
	p->mark = chy_slice_trim(chy_range_text(t->r,
	    (chy_range){ mark.from + 1, mark.to - 1 }));
	t->marked = true;
}

static void
open_numbered(text_reader *t, chy_range line, const chy_para_start *ps)
{
	chy_paragraph *p = open_paragraph(t, line.from);
	uint32_t again;

	if (p == NULL) {
		chy_leaf_put(t->r, CHY_NODE_UNREAD, line, 0);
		return;
	}
	chy_skip_markup(t->r, line);
	again = t->used[ps->number];	/* three digits at most */
	if (again < UINT8_MAX)
		t->used[ps->number] = (uint8_t)(again + 1);
	p->number = ps->number;
	p->id = again == 0 ? make_id(t->r, "", p->number, "", 0) :
	    make_id(t->r, "", p->number, "-", again + 1);
	if (ps->mark_at.to > 0 && ps->mark_at.from < ps->number_at.from)
		put_mark(t, p, ps->mark_at);
	chy_leaf_put(t->r, CHY_NODE_NUMBER, ps->number_at, ps->number);
	chy_leaf_put(t->r, CHY_NODE_PUNCT, ps->punct_at, 0);
	if (ps->mark_at.to > 0 && ps->mark_at.from > ps->number_at.from)
		put_mark(t, p, ps->mark_at);
	if (!t->numbered)
		t->sep = ps->sep;
	t->numbered = true;
	t->last_number = ps->number;
	t->list_number = 0;
}

static void
open_unnumbered(text_reader *t, chy_range line)
{
	chy_paragraph *p = open_paragraph(t, line.from);
	chy_para_start ps;

	if (p == NULL) {
		chy_leaf_put(t->r, CHY_NODE_UNREAD, line, 0);
		return;
	}
	if (t->embedded > 0) {
		chy_embedded *e = &t->r->tel->embedded[t->embedded - 1];
		chy_paragraph *host = &t->r->tel->paragraphs[e->paragraph];

		p->id = make_id(t->r, "", host->number, "e", ++e->n_blocks);
		if (host->number == 0)
			p->id = make_id(t->r, "u", t->unnumbered, "e",
			    e->n_blocks);
		add_line(t, line);
		return;
	}
	p->id = make_id(t->r, "u", ++t->unnumbered, "", 0);
	line = chy_skip_markup(t->r, line);
	if (chy_para_start_at(t->r, line, &ps) && ps.number == 0) {
		put_mark(t, p, ps.mark_at);
		line = ps.rest;
	}
	add_line(t, line);
}

/*
 * Whether a number at a line's start begins a paragraph and not an item of a
 * list or a wrapped line: the next in sequence does, one with a portion mark
 * does, and after an empty line one a little further on.
 */
static bool
begins_paragraph(text_reader *t, const chy_para_start *ps, bool after_blank)
{
	bool next = ps->number == t->last_number + 1;

	if (ps->number == 0)
		return false;
	if (t->list_number != 0 && ps->number == t->list_number + 1 &&
	    ps->mark_at.to == 0 && t->marked) {
		t->list_number = ps->number;
		return false;
	}
	if (!t->numbered) {
		if (ps->sep == ')' && ps->mark_at.to == 0 && ps->number != 1)
			return false;
		return ps->number <= 60 || ps->mark_at.to > 0;
	}
	if (ps->sep != t->sep && ps->mark_at.to == 0)
		goto list;
	if (ps->mark_at.to > 0 && (next || after_blank || ps->pilcrow))
		return true;
	if (next && (after_blank || ps->pilcrow || !t->marked))
		return true;
	if (next && ps->mark_at.to == 0 && t->marked && !after_blank)
		goto list;
	if (after_blank && !t->marked && ps->number > t->last_number &&
	    ps->number <= t->last_number + 5)
		return true;
	/* Redacted copies have gaps; a list would have begun before. */
	if (after_blank && (ps->pilcrow || t->list_number == 0) &&
	    ps->number > t->last_number && ps->number <= t->last_number + 3)
		return true;
list:
	t->list_number = ps->number;
	return false;
}

/* ---- titles ---- */

static bool
is_title_line(const chy_reading *r, chy_range line)
{
	chy_para_start ps;
	uint32_t n = line.to - line.from;
	char last;

	if (n == 0 || n > 90 || (chy_para_start_at(r, line, &ps) &&
	    ps.number > 0))
		return false;
	last = r->p[line.to - 1];
	return last != ',' && last != ';' && !chy_is_rule(
	    chy_range_text(r, line));
}

static bool
begins_rule(char c)
{
	return (c == '-') | (c == '_') | (c == '=') | (c == '*');
}

/* Lines from `line` that are a title before a rule: up to three. 0: none. */
static uint32_t
title_lines(const text_reader *t, uint32_t line)
{
	uint32_t n = 1;

	/* The rule first: few lines have one near. */
	while (n < 4 && line + n < t->end_line &&
	    !begins_rule(t->r->p[chy_line_start(t->r, line + n)]))
		n++;
	if (n == 4 || line + n >= t->end_line)
		return 0;
	n = 0;

	while (n < 4 && line + n < t->end_line &&
	    !chy_line_blank(t->r, line + n) &&
	    is_title_line(t->r, chy_line(t->r, line + n)))
		n++;
	if (n == 0 || n == 4 || line + n >= t->end_line || !chy_is_rule(
	    chy_range_text(t->r, chy_line(t->r, line + n))))
		return 0;
	return n;
}

/*
 * A numbered paragraph, or nothing more, comes next after line i. Where
 * numbers have begun, a title or a rule that none follows stands inside its
 * paragraph: text without number belongs to the number before it.
 */
static bool
number_follows(const text_reader *t, uint32_t i)
{
	chy_para_start ps;

	if (!t->numbered)
		return true;
	while (i < t->end_line && (chy_line_blank(t->r, i) || chy_is_rule(
	    chy_range_text(t->r, chy_line(t->r, i))) || chy_is_page_line(t->r,
	    chy_line(t->r, i))))
		i++;
	return i >= t->end_line || (chy_para_start_at(t->r, chy_line(t->r, i),
	    &ps) && ps.number > 0);
}

/* A short line alone between empty lines, with a paragraph after it. */
static bool
is_bare_title(const text_reader *t, uint32_t i, chy_range line)
{
	const chy_reading *r = t->r;
	uint32_t next = i + 1;
	chy_para_start ps;

	if (!t->blank || line.to - line.from > 75 || !chy_line_blank(r, next))
		return false;
	if (memchr(".:?!\"", r->p[line.to - 1], 5) != NULL &&
	    !chy_is_upper(r->p[line.from + 1]))
		return false;
	while (next < t->end_line && chy_line_blank(r, next))
		next++;
	return next < t->end_line && is_title_line(r, line) &&
	    chy_para_start_at(r, chy_line(r, next), &ps) &&
	    ps.number == t->last_number + 1;
}

static void
put_title(text_reader *t, uint32_t first, uint32_t n)
{
	chy_reading *r = t->r;
	chy_range all = { chy_line(r, first).from,
	    chy_line(r, first + n - 1).to };
	chy_event *e;

	close_paragraph(t);
	chy_open(r, CHY_NODE_TITLE, 0);
	t->title = chy_keep_clean(r, all);
	e = chy_events_title(r, &t->events, &t->event, all);
	for (uint32_t i = 0; i < n; i++)
		chy_leaf_put(r, e != NULL ? CHY_NODE_BLOCK_LABEL :
		    CHY_NODE_TITLE_TEXT, chy_line(r, first + i),
		    e != NULL ? e->kinds : 0);
	chy_close(r);
	while (t->event < t->events.n && t->events.at[t->event].off < all.to)
		t->event++;
}

/* ---- embedded documents ---- */

/* "Text of Memorandum from Omani Ministry ...:" to title and author. */
static void
name_embedded(chy_reading *r, chy_embedded *e, chy_range label)
{
	chy_slice s = chy_keep_clean(r, label);
	size_t at = 0, from;

	for (int word = 0; word < 3; word++) {
		static const char *const skip[] = { "BEGIN ", "TEXT ", "OF " };
		chy_slice w = chy_slice_of(skip[word]);

		while (at < s.len && (s.ptr[at] == '(' || s.ptr[at] == '['))
			at++;
		if (chy_slice_istarts(chy_slice_from(s, at), w))
			at += w.len;
	}
	s = chy_slice_trim(chy_slice_from(s, at));
	while (s.len > 0 && (s.ptr[s.len - 1] == ':' ||
	    s.ptr[s.len - 1] == '.' || s.ptr[s.len - 1] == ')'))
		s.len--;
	if (chy_slice_ieq(s, CHY_SLICE("TEXT")) ||
	    chy_slice_ieq(s, CHY_SLICE("BEGIN TEXT")))
		s.len = 0;
	e->title = s;
	for (from = 0; from + 6 < s.len; from++)
		if (chy_slice_istarts(chy_slice_from(s, from),
		    CHY_SLICE(" FROM "))) {
			e->author = chy_slice_trim(chy_slice_from(s, from + 6));
			if (chy_slice_istarts(e->author, CHY_SLICE("THE ")))
				e->author = chy_slice_from(e->author, 4);
			return;
		}
}

/*
 * The event opens an embedded document that an end closes further on: what
 * stands between is not the drafter's. Begins it after the label.
 */
static void
open_embedded(text_reader *t, const chy_event *open, const chy_event *close)
{
	chy_telegram *tel = t->r->tel;
	uint32_t host = t->paragraph - 1;
	chy_embedded *e = CHY_ADD(t->r, tel->embedded, tel->n_embedded);
	chy_range inside;

	if (e == NULL)
		return;
	e->paragraph = host;
	inside = chy_range_trim(t->r, (chy_range){ open->off + open->len,
	    close->off });
	e->span = (chy_span){ inside.from, inside.to - inside.from };
	name_embedded(t->r, e, (chy_range){ open->off,
	    open->off + open->len });
	t->embedded_end = close->off;
}

static void
close_embedded(text_reader *t)
{
	chy_telegram *tel = t->r->tel;
	chy_embedded *e = &tel->embedded[t->embedded - 1];
	size_t n = 0;
	char *out;

	close_paragraph(t);
	chy_close(t->r);
	for (uint32_t i = e->paragraph; i < tel->n_paragraphs; i++)
		if (tel->paragraphs[i].embedded == t->embedded)
			n += tel->paragraphs[i].text.len + 1;
	out = chy_arena_alloc(&tel->arena, n + 1);
	n = 0;
	for (uint32_t i = e->paragraph; out != NULL && i < tel->n_paragraphs;
	    i++) {
		chy_slice s = tel->paragraphs[i].text;

		if (tel->paragraphs[i].embedded != t->embedded || s.len == 0)
			continue;
		if (n > 0)
			out[n++] = '\n';
		memcpy(out + n, s.ptr, s.len);
		n += s.len;
	}
	e->text = (chy_slice){ out != NULL ? out : "", n };
	t->embedded = 0;
}

/* ---- lines ---- */

/* Line i repeats the class line of another section, with captions below. */
static bool
is_section_repeat(const text_reader *t, chy_range line)
{
	return t->r->tel->originator.post.len > 0 &&
	    chy_class_line_numbered(t->r, line);
}

static uint32_t
put_section_repeat(text_reader *t, uint32_t i)
{
	chy_reading *r = t->r;
	chy_range rest;

	close_run(t);
	chy_leaf_put(r, CHY_NODE_RESIDUE, chy_line(r, i), 0);
	for (i++; i < t->end_line; i++) {
		chy_range line = chy_line(r, i);

		if (line.from == line.to)
			continue;
		if (chy_vocab_caption(chy_range_text(r, line)) == NULL)
			break;
		chy_read_captions(r, line, &rest, true);
	}
	t->page = true;
	return i;
}

/* One line of an embedded document, or of the paragraph that brings it. */
static void
add_text_line(text_reader *t, chy_range line)
{
	const chy_event *open, *close;

	for (;;) {
		if (t->embedded > 0) {
			uint32_t to = line.to < t->embedded_end ? line.to :
			    t->embedded_end;
			chy_range part = chy_range_trim(t->r,
			    (chy_range){ line.from, to });

			if (part.from < part.to) {
				if (t->paragraph == 0 || t->blank)
					open_unnumbered(t, part);
				else
					add_line(t, part);
			}
			if (line.to <= t->embedded_end)
				return;
			/* The end words belong to the host again. */
			close_embedded(t);
			line.from = t->embedded_end;
			chy_leaf_put(t->r, CHY_NODE_BLOCK_END,
			    chy_events_pass(&t->events, &t->event,
			    t->embedded_end, &line), CHY_BLOCK_TEXT);
			line = chy_range_trim(t->r, line);
			t->blank = true;
			if (line.from >= line.to)
				return;
			continue;
		}
		if (t->paragraph == 0)
			open_unnumbered(t, line);
		else
			add_line(t, line);
		open = chy_events_embedded(&t->events, t->event, line, &close);
		if (open == NULL)
			return;
		/* Up to the label is the host's; after it, the document. */
		t->open.to = open->off + open->len;
		close_run(t);
		open_embedded(t, open, close);
		close_paragraph(t);
		t->embedded = t->r->tel->n_embedded;
		chy_open(t->r, CHY_NODE_EMBEDDED, t->embedded - 1);
		line.from = open->off + open->len;
		line = chy_range_trim(t->r, line);
		t->blank = false;
		if (line.from >= line.to)
			return;
	}
}

/* The lines after i that go on with its paragraph for certain: they begin
 * with a small letter. Most lines of most telegrams. Returns the last. */
static uint32_t
add_plain_lines(text_reader *t, uint32_t i)
{
	const chy_reading *r = t->r;
	uint32_t first = i;

	if (t->embedded > 0 || t->paragraph == 0 || t->events.n_texts > 0)
		return i;
	while (i + 1 < t->end_line && chy_is_lower(r->p[r->ends[i] + 1]))
		i++;
	if (i > first)
		t->open.to = chy_line(r, i).to;
	return i;
}

static void
read_lines(text_reader *t, uint32_t i, uint32_t from)
{
	chy_reading *r = t->r;
	chy_para_start ps;
	bool first = true;

	for (; i < t->end_line; i++, first = false) {
		chy_range line = chy_line(r, i);
		uint32_t n;
		char c;

		if (first && from > line.from)
			line = chy_range_trim(r, (chy_range){ from, line.to });
		if (line.to > t->end)
			line.to = t->end;
		if (line.from >= line.to) {
			t->blank = true;
			continue;
		}
		c = r->p[line.from];
		/* Plain lines of prose begin with a small letter, or with a
		 * capital and a small one. */
		if (chy_is_lower(c) || (chy_is_upper(c) &&
		    chy_is_lower(r->p[line.from + 1]) && !t->blank &&
		    line.to - line.from > 20)) {
			if (!(chy_is_upper(c) && title_lines(t, i) > 0)) {
				add_text_line(t, line);
				i = add_plain_lines(t, i);
				continue;
			}
		}
		if (chy_is_page_line(r, line)) {
			close_run(t);
			chy_leaf_put(r, CHY_NODE_RESIDUE, line, 0);
			t->page = true;
			continue;
		}
		if (t->embedded > 0) {
			add_text_line(t, line);
			continue;
		}
		if ((c == 'C' || c == 'S' || c == 'U' || c == 'T') &&
		    is_section_repeat(t, line)) {
			i = put_section_repeat(t, i) - 1;
			continue;
		}
		if (chy_is_rule(chy_range_text(r, line))) {
			n = title_lines(t, i + 1);
			if (n > 0 && !number_follows(t, i + 2 + n))
				n = 0;
			if (n > 0 || number_follows(t, i + 1))
				close_paragraph(t);
			else
				close_run(t);
			chy_leaf_put(r, CHY_NODE_RULE, line, 0);
			if (n > 0) {
				put_title(t, i + 1, n);
				i += n + 1;
				chy_leaf_put(r, CHY_NODE_RULE, chy_line(r, i),
				    0);
			}
			t->blank = true;
			continue;
		}
		if ((chy_is_digit(c) || c == '(' || (unsigned char)c == 0xc2) &&
		    chy_para_start_at(r, line, &ps) && begins_paragraph(t, &ps,
		    t->blank || t->paragraph == 0)) {
			open_numbered(t, line, &ps);
			if (ps.rest.from < ps.rest.to)
				add_text_line(t, ps.rest);
			continue;
		}
		if (chy_is_upper(c) || c == '(') {
			n = title_lines(t, i);
			if (n > 0 && (t->blank || t->paragraph == 0 ||
			    chy_is_upper(r->p[line.from + 1])) &&
			    number_follows(t, i + n + 1)) {
				put_title(t, i, n);
				i += n;
				chy_leaf_put(r, CHY_NODE_RULE, chy_line(r, i),
				    0);
				t->blank = true;
				continue;
			}
			if (is_bare_title(t, i, line)) {
				put_title(t, i, 1);
				t->blank = true;
				continue;
			}
		}
		if (!t->numbered && t->blank)
			close_paragraph(t);
		add_text_line(t, line);
	}
	if (t->embedded > 0)
		close_embedded(t);
	close_paragraph(t);
}

/* ---- the tail ---- */

static bool
is_after_signature(const chy_reading *r, chy_range line)
{
	chy_slice s = chy_range_text(r, line);
	bool damaged;
	uint32_t n;

	if (chy_slice_eq(s, CHY_SLICE("NNNN")) ||
	    chy_slice_eq(s, CHY_SLICE("BT")) || (s.len == 5 &&
	    s.ptr[0] == '#' && chy_is_digit(s.ptr[1])))
		return true;
	if (chy_slice_istarts(s, CHY_SLICE("http")) ||
	    chy_slice_istarts(s, CHY_SLICE("www.")) ||
	    chy_slice_istarts(s, CHY_SLICE("Visit ")) ||
	    chy_is_page_line(r, line))
		return s.len < 200;
	return s.len < 40 && chy_class_word(s, &n, &damaged) !=
	    CHY_LEVEL_NONE && n == s.len;
}

/* A surname: capitals, or one word with a capital, alone on its line. */
static bool
is_signature(const chy_reading *r, uint32_t i)
{
	chy_range line = chy_line(r, i);
	chy_slice s = chy_range_text(r, line);
	unsigned words = 1, lower = 0, letters = 0;
	uint32_t n;

	if (s.len < 2 || s.len > 40 || !chy_is_upper(s.ptr[0]))
		return false;
	for (size_t k = 0; k < s.len; k++) {
		char c = s.ptr[k];

		if (chy_is_lower(c))
			lower++;
		else if (chy_is_blank(c))
			words++;
		else if (!chy_is_upper(c) && memchr("-'.,", c, 4) == NULL &&
		    (unsigned char)c < 0x80)
			return false;
		letters += chy_is_alpha(c);
	}
	if (words > 4 || letters < 2 || (s.ptr[s.len - 1] == '.' &&
	    !chy_slice_ieq(chy_slice_from(s, s.len - 3), CHY_SLICE("JR."))))
		return false;
	if (chy_slice_istarts(s, CHY_SLICE("END ")) ||
	    chy_slice_ieq(s, CHY_SLICE("COMMENT")) ||
	    chy_slice_ieq(s, CHY_SLICE("SUMMARY")) ||
	    chy_vocab_caption(s) != NULL ||
	    chy_label_at(s, &n) != CHY_LABEL_NONE)
		return false;
	if (lower > 0)
		return words == 1 && (i == 0 || chy_line_blank(r, i - 1) ||
		    r->p[chy_line(r, i - 1).to - 1] == '.');
	return i == 0 || chy_line_blank(r, i - 1) || chy_is_rule(
	    chy_range_text(r, chy_line(r, i - 1))) ||
	    memchr(".!?\")]", r->p[chy_line(r, i - 1).to - 1], 6) != NULL;
}

/* Finds where the tail begins; the lines from there are put at the end. */
static uint32_t
find_tail(text_reader *t, uint32_t first_line)
{
	chy_reading *r = t->r;
	uint32_t i = r->n_lines, sign = UINT32_MAX;

	while (i > first_line) {
		chy_range line = chy_line(r, i - 1);

		if (line.from < line.to && !is_after_signature(r, line))
			break;
		i--;
	}
	if (i > first_line + 1 && is_signature(r, i - 1))
		sign = --i;
	t->end_line = i;
	t->end = i < r->n_lines ? chy_line_start(r, i) : r->len;
	return sign;
}

/* "... End comment. GRAPPO": the surname glued to the last sentence. */
static void
find_glued_signature(text_reader *t, uint32_t *ret_from, uint32_t *ret_to)
{
	const chy_reading *r = t->r;
	uint32_t to = t->end, from, before;

	while (to > 0 && chy_is_space(r->p[to - 1]))
		to--;
	from = to;
	while (from > 0 && (chy_is_upper(r->p[from - 1]) ||
	    r->p[from - 1] == '-' || r->p[from - 1] == '\''))
		from--;
	before = from;
	while (before > 0 && chy_is_space(r->p[before - 1]))
		before--;
	if (to - from < 4 || before == from || before == 0 ||
	    memchr(".\")]", r->p[before - 1], 4) == NULL)
		return;
	*ret_from = from;
	*ret_to = to;
}

static void
put_signer(text_reader *t, chy_range at)
{
	chy_leaf_put(t->r, CHY_NODE_SIGNER, at, 0);
	chy_slices_add(t->r, &t->r->tel->signers, chy_keep_clean(t->r, at));
}

static void
put_tail(text_reader *t, uint32_t sign, chy_range glued)
{
	chy_reading *r = t->r;

	chy_open(r, CHY_NODE_TAIL, 0);
	if (glued.to > 0) {
		put_signer(t, glued);
		chy_note(r, CHY_DIAG_SIGNATURE_JOINED, glued,
		    chy_range_text(r, glued));
	}
	for (uint32_t i = t->end_line; i < r->n_lines; i++) {
		chy_range line = chy_line(r, i);
		chy_slice s = chy_range_text(r, line);

		if (line.from == line.to)
			continue;
		if (i == sign)
			put_signer(t, line);
		else if (s.len <= 5 && (s.ptr[0] == '#' || s.ptr[0] == 'N' ||
		    s.ptr[0] == 'B'))
			chy_leaf_put(r, CHY_NODE_END, line, 0);
		else
			chy_leaf_put(r, CHY_NODE_RESIDUE, line, 0);
	}
	chy_close(r);
}

/* ---- the whole ---- */

static void
note_reflowed(chy_reading *r, uint32_t from_line)
{
	for (uint32_t i = from_line; i < r->n_lines; i++) {
		uint32_t start = chy_line_start(r, i), len = r->ends[i] - start;
		uint32_t at = start;

		if (len <= 80)
			continue;
		for (int k = 0; k < 80 && at < r->ends[i]; k++) {
			size_t n = chy_utf8_len((chy_slice){ r->p + at,
			    r->ends[i] - at });

			at += n == 0 ? 1 : (uint32_t)n;
		}
		if (at >= r->ends[i])
			continue;
		chy_note(r, CHY_DIAG_TEXT_REFLOWED, (chy_range){ at,
		    r->ends[i] }, CHY_EMPTY);
		return;
	}
}

void
chy_read_text(chy_reading *r, uint32_t from)
{
	text_reader t = { .r = r, .blank = true };
	uint32_t first = r->line, sign, glued_from = 0, glued_to = 0;

	if (first >= r->n_lines)
		return;
	sign = find_tail(&t, first);
	if (sign == UINT32_MAX && t.end > from)
		find_glued_signature(&t, &glued_from, &glued_to);
	if (glued_to > 0)
		t.end = glued_from;
	chy_events_find(r, &t.events, from, t.end);
	chy_open(r, CHY_NODE_BODY, 0);
	read_lines(&t, first, from);
	chy_close(r);
	put_tail(&t, sign, (chy_range){ glued_from, glued_to });
	chy_blocks_settle(r, &t.events);
	note_reflowed(r, first);
}
