/*
 * What the server knows of a document: findings, what a code means, which
 * codes fit here, the outline, repairs.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>
#include <string.h>

#include "base/ascii.h"
#include "base/compiler.h"
#include "diag/diag.h"
#include "lsp/lsp_int.h"
#include "telegram/mrn.h"
#include "vocab/vocab.h"

/* ---- diagnostics ---- */

/* Severities of the protocol: 1 error, 2 warning, 3 information, 4 hint. */
static int
severity_of(chy_severity severity)
{
	switch (severity) {
	case CHY_SEVERITY_ERROR:
		return 1;
	case CHY_SEVERITY_WARNING:
		return 2;
	case CHY_SEVERITY_STYLE:
		return 3;
	case CHY_SEVERITY_NOTE:
	case CHY_SEVERITY_OFF:
		break;
	}
	return 4;
}

static json_t *
diagnostic(lsp_server *s, lsp_document *doc, const chy_finding *f)
{
	chy_diag diag = chy_finding_diag(f);
	chy_slice detail = chy_finding_detail(&doc->found, f);
	chy_buf text = CHY_BUF_INIT;
	json_t *result;

	chy_buf_puts(&text, chy_diag_text(diag));
	if (detail.len > 0) {
		chy_buf_puts(&text, ": ");
		chy_buf_put(&text, detail);
	}
	result = json_pack("{s:o, s:i, s:s, s:s, s:o}", "range",
	    lsp_range(s, doc, f->off, f->len), "severity",
	    severity_of(chy_diag_severity(diag, s->opts->drafting)), "code",
	    chy_diag_code(diag), "source", "chancery", "message",
	    lsp_string(chy_buf_slice(&text)));
	chy_buf_done(&text);
	return result;
}

void
lsp_publish(lsp_server *s, lsp_document *doc)
{
	json_t *list = json_array();

	for (size_t i = 0; i < doc->found.count; i++)
		json_array_append_new(list, diagnostic(s, doc,
		    &doc->found.list[i]));
	lsp_notify(s, "textDocument/publishDiagnostics",
	    json_pack("{s:s, s:I, s:o}", "uri", doc->uri, "version",
	    doc->version, "diagnostics", list));
}

/* ---- hover ---- */

/* The leaf at off, by a search over the nodes; NULL in white space. */
static const chy_node *
leaf_at(const chy_telegram *tel, size_t off)
{
	for (uint32_t i = 1; i < tel->n_nodes; i++) {
		const chy_node *n = &tel->nodes[i];

		if (chy_node_is_leaf((chy_node_kind)n->kind) &&
		    n->off <= off && off < n->off + n->len)
			return n;
	}
	return NULL;
}

static bool
is_word_char(char c)
{
	return chy_is_alnum(c) || c == '/' || c == '-' || c == '.';
}

static chy_slice
word_at(const lsp_document *doc, size_t off, size_t *ret_from)
{
	size_t from = off, to = off;

	while (from > 0 && is_word_char(doc->text[from - 1]))
		from--;
	while (to < doc->len && is_word_char(doc->text[to]))
		to++;
	while (to > from && (doc->text[to - 1] == '.' ||
	    doc->text[to - 1] == '-'))
		to--;
	*ret_from = from;
	return (chy_slice){ doc->text + from, to - from };
}

typedef struct telling {
	chy_buf	   *out;
	const char *only;	/* kind of meaning; NULL: all */
} telling;

static bool
tell(const chy_meaning *m, void *arg)
{
	telling *t = arg;
	chy_buf *out = t->out;

	if (t->only != NULL && strcmp(t->only, m->kind) != 0)
		return true;
	if (out->len > 0)
		chy_buf_puts(out, "\n\n");
	chy_buf_printf(out, "**%.*s** (%s): %.*s", CHY_ARG(m->term), m->kind,
	    CHY_ARG(m->meaning));
	if (m->source.len > 0)
		chy_buf_printf(out, "\n\n*%.*s*", CHY_ARG(m->source));
	return true;
}

/* What the tables say; of one kind where the leaf's place leaves no doubt. */
static void
explain(chy_slice term, const char *only, chy_buf *out)
{
	telling t = { out, only };
	chy_diag diag;

	chy_vocab_explain(term, tell, &t);
	if (chy_diag_find(term, &diag))
		chy_buf_printf(out, "**%s**: %s\n\n*%s*", chy_diag_code(diag),
		    chy_diag_text(diag), chy_diag_source(diag));
}

static const char *
meaning_kind(chy_node_kind kind)
{
	switch (kind) {
	case CHY_NODE_TAG:		 return "tag";
	case CHY_NODE_CAPTION:		 return "caption";
	case CHY_NODE_KEYWORD:
	case CHY_NODE_PROSIGN:		 return "prosign";
	case CHY_NODE_ROUTING_INDICATOR: return "post";
	default:			 return NULL;
	}
}

static void
explain_citation(chy_slice text, int32_t year, chy_buf *out)
{
	char key[CHY_MRN_KEY_MAX];
	chy_mrn mrn;

	if (!chy_mrn_parse(text, year, &mrn))
		return;
	chy_mrn_canonicalize(&mrn);
	chy_mrn_key(&mrn, key);
	chy_buf_printf(out, "**%s** (message reference number)", key);
}

/* What can be said of a place beyond the tables. */
static void
explain_leaf(const chy_telegram *tel, const chy_node *n, chy_buf *out)
{
	chy_slice text = chy_slice_sub(tel->text, n->off, n->len);
	char title[128];

	switch (n->kind) {
	case CHY_NODE_DTG:
		if (tel->dtg_civil.year != 0)
			chy_buf_printf(out, "%d %s %d, %02d:%02dZ",
			    tel->dtg_civil.day,
			    chy_month_name(tel->dtg_civil.month),
			    tel->dtg_civil.year, tel->dtg_civil.hour,
			    tel->dtg_civil.minute);
		break;
	case CHY_NODE_PLAD:
		if (chy_vocab_post_title(text, title, sizeof(title)) > 0)
			chy_buf_printf(out, "**%s**", title);
		break;
	case CHY_NODE_SERIAL:
		chy_buf_printf(out, "**%.*s**", CHY_ARG(tel->canonical_id));
		break;
	case CHY_NODE_PRECEDENCE: {
		chy_precedence p = text.len == 1 ?
		    chy_precedence_from_prosign(text.ptr[0]) :
		    chy_precedence_from_word(text);

		chy_buf_put(out, chy_precedence_name(p));
		break;
	}
	case CHY_NODE_CLASSIFICATION:
		chy_buf_printf(out, "**%s**",
		    chy_level_name(chy_level_parse(text)));
		break;
	case CHY_NODE_CITATION:
		explain_citation(text, tel->year, out);
		break;
	case CHY_NODE_MARK:
		chy_buf_printf(out, "portion mark: %s", chy_level_name(
		    chy_level_parse(chy_slice_sub(text, 1, 1))));
		break;
	default:
		break;
	}
}

json_t *
lsp_hover(lsp_server *s, lsp_document *doc, size_t off)
{
	const chy_node *n = doc->tel != NULL ? leaf_at(doc->tel, off) : NULL;
	chy_buf text = CHY_BUF_INIT;
	size_t from = off, len = 0;
	chy_slice word = word_at(doc, off, &from);
	json_t *hover = NULL;

	len = word.len;
	if (n != NULL) {
		chy_slice all = chy_slice_sub(doc->tel->text, n->off, n->len);

		explain_leaf(doc->tel, n, &text);
		if (text.len == 0 && n->kind != CHY_NODE_TEXT)
			explain(all, meaning_kind((chy_node_kind)n->kind),
			    &text);
		if (text.len > 0) {
			from = n->off;
			len = n->len;
		}
	}
	if (text.len == 0 && word.len > 0)
		explain(word, NULL, &text);
	if (text.len > 0)
		hover = json_pack("{s:{s:s, s:o}, s:o}", "contents", "kind",
		    "markdown", "value", lsp_string(chy_buf_slice(&text)),
		    "range", lsp_range(s, doc, from, len));
	chy_buf_done(&text);
	return hover;
}

/* ---- completion ---- */

/* Kinds of the protocol. */
enum { ITEM_VALUE = 12, ITEM_ENUM = 13, ITEM_KEYWORD = 14 };

#define MOST_ITEMS	400u

typedef struct completing {
	json_t	 *items;
	chy_slice prefix;
	bool	  cut;
} completing;

static void
offer(completing *c, chy_slice label, chy_slice detail, int kind)
{
	if (label.len == 0 || !chy_slice_istarts(label, c->prefix))
		return;
	if (json_array_size(c->items) >= MOST_ITEMS) {
		c->cut = true;
		return;
	}
	json_array_append_new(c->items, json_pack("{s:o, s:o, s:i}", "label",
	    lsp_string(label), "detail", lsp_string(detail), "kind", kind));
}

static void
offer_tags(completing *c)
{
	size_t n;
	const chy_tag *at = chy_vocab_tags(&n);

	for (size_t i = 0; i < n; i++)
		offer(c, at[i].code, at[i].meaning, ITEM_ENUM);
}

static void
offer_captions(completing *c)
{
	size_t n;
	const chy_caption *at = chy_vocab_captions(&n);

	for (size_t i = 0; i < n; i++)
		offer(c, at[i].token, at[i].meaning, ITEM_KEYWORD);
}

static void
offer_posts(completing *c)
{
	size_t n;
	const chy_post *at = chy_vocab_posts(&n);
	const chy_collective *all;

	for (size_t i = 0; i < n; i++)
		offer(c, at[i].plad, at[i].routing_indicator, ITEM_VALUE);
	all = chy_vocab_collectives(&n);
	for (size_t i = 0; i < n; i++)
		offer(c, all[i].plad, CHY_SLICE("collective"), ITEM_VALUE);
}

static void
offer_offices(completing *c)
{
	size_t n;
	const chy_office *at = chy_vocab_offices(&n);

	for (size_t i = 0; i < n; i++)
		offer(c, at[i].symbol, at[i].meaning, ITEM_VALUE);
}

/* The line up to the place, trimmed at its front. */
static chy_slice
line_before(const lsp_document *doc, size_t off)
{
	size_t from = off;

	while (from > 0 && doc->text[from - 1] != '\n')
		from--;
	while (from < off && chy_is_blank(doc->text[from]))
		from++;
	return (chy_slice){ doc->text + from, off - from };
}

/* The kind of line that the nearest leaf before off belongs to. */
static chy_node_kind
line_kind(const chy_telegram *tel, size_t off)
{
	uint32_t best = 0;

	for (uint32_t i = 1; i < tel->n_nodes; i++)
		if (chy_node_is_leaf((chy_node_kind)tel->nodes[i].kind) &&
		    tel->nodes[i].off < off)
			best = i;
	while (best != 0 && chy_node_is_leaf(
	    (chy_node_kind)tel->nodes[best].kind))
		best = tel->nodes[best].parent;
	return (chy_node_kind)tel->nodes[best].kind;
}

json_t *
lsp_completion(lsp_server *s, lsp_document *doc, size_t off)
{
	chy_slice line = line_before(doc, off);
	completing c = { .items = json_array() };
	chy_node_kind kind = doc->tel != NULL ? line_kind(doc->tel, off) :
	    CHY_NODE_TELEGRAM;
	size_t from = line.len;

	(void)s;
	while (from > 0 && is_word_char(line.ptr[from - 1]))
		from--;
	c.prefix = chy_slice_from(line, from);
	if (chy_slice_istarts(line, CHY_SLICE("TAGS")) ||
	    kind == CHY_NODE_TAGS_LINE) {
		offer_tags(&c);
	} else if (chy_slice_istarts(line, CHY_SLICE("FM ")) ||
	    chy_slice_istarts(line, CHY_SLICE("TO ")) ||
	    chy_slice_istarts(line, CHY_SLICE("INFO ")) ||
	    kind == CHY_NODE_ADDRESSEE || kind == CHY_NODE_FORMAT_LINE) {
		/* A name has blanks: all after the keyword is the prefix. */
		size_t blank = chy_slice_find(line, CHY_SLICE(" "), 0);
		chy_slice rest = chy_slice_trim(chy_slice_from(line, blank));

		if (chy_slice_istarts(line, CHY_SLICE("FM ")) ||
		    chy_slice_istarts(line, CHY_SLICE("TO ")) ||
		    chy_slice_istarts(line, CHY_SLICE("INFO ")))
			c.prefix = rest;
		else
			c.prefix = line;
		offer_posts(&c);
	} else if (kind == CHY_NODE_CLASS_LINE ||
	    kind == CHY_NODE_CAPTION_LINE) {
		if (from == 0)
			offer_captions(&c);
		else
			offer_offices(&c);
	} else if (kind == CHY_NODE_PASSING) {
		offer_offices(&c);
	}
	return json_pack("{s:b, s:o}", "isIncomplete", c.cut, "items",
	    c.items);
}

/* ---- outline ---- */

enum { SYMBOL_MODULE = 2, SYMBOL_FIELD = 8, SYMBOL_STRING = 15,
	SYMBOL_KEY = 20 };

static void
add_symbol(lsp_server *s, lsp_document *doc, json_t *list, chy_slice name,
    chy_slice detail, int kind, chy_span span)
{
	json_array_append_new(list, json_pack("{s:o, s:o, s:i, s:o, s:o}",
	    "name", lsp_string(name.len > 0 ? name : CHY_SLICE("?")),
	    "detail", lsp_string(detail), "kind", kind, "range",
	    lsp_range(s, doc, span.off, span.len), "selectionRange",
	    lsp_range(s, doc, span.off, span.len)));
}

/* Inner nodes that an outline shows, by their words. */
static const char *
outline_name(chy_node_kind kind)
{
	switch (kind) {
	case CHY_NODE_HEADING:	     return "Heading";
	case CHY_NODE_CLASS_LINE:    return "Classification";
	case CHY_NODE_CAPTION_LINE:  return "Captions";
	case CHY_NODE_PASSING:	     return "Pass to";
	case CHY_NODE_EO_LINE:	     return "E.O.";
	case CHY_NODE_TAGS_LINE:     return "TAGS";
	case CHY_NODE_SUBJECT_LINE:  return "Subject";
	case CHY_NODE_REF_LINE:	     return "References";
	case CHY_NODE_CLASSIFIED_BY: return "Classified by";
	case CHY_NODE_TITLE:	     return "Title";
	case CHY_NODE_TAIL:	     return "Signature";
	default:		     return NULL;
	}
}

json_t *
lsp_symbols(lsp_server *s, lsp_document *doc)
{
	const chy_telegram *tel = doc->tel;
	json_t *list = json_array();

	for (uint32_t i = 1; tel != NULL && i < tel->n_nodes; i++) {
		const chy_node *n = &tel->nodes[i];
		const char *name = outline_name((chy_node_kind)n->kind);
		chy_span span = { n->off, n->len };

		if (name != NULL) {
			add_symbol(s, doc, list, chy_slice_of(name),
			    chy_slice_sub(tel->text, n->off,
			    n->len < 60 ? n->len : 60), SYMBOL_FIELD, span);
		} else if (n->kind == CHY_NODE_PARAGRAPH) {
			const chy_paragraph *p = &tel->paragraphs[n->value];
			char label[64];

			snprintf(label, sizeof(label), "%.*s%s%.*s%s",
			    CHY_ARG(p->id), p->mark.len > 0 ? " (" : "",
			    CHY_ARG(p->mark), p->mark.len > 0 ? ")" : "");
			add_symbol(s, doc, list, chy_slice_of(label),
			    chy_slice_sub(p->clean, 0, 60), SYMBOL_STRING,
			    span);
		}
	}
	return list;
}

/* ---- repairs ---- */

/* Only what is sure is preferred; an editor applies that by one key. */
static json_t *
action(lsp_server *s, lsp_document *doc, const chy_change *c)
{
	bool safe = c->confidence == CHY_REPAIR_SAFE;
	chy_slice before = chy_slice_sub(doc->tel->text, c->span.off,
	    c->span.len);
	chy_buf title = CHY_BUF_INIT;
	json_t *result;

	chy_buf_printf(&title, "%s: \"%.*s\" for \"%.*s\" (%s)",
	    chy_diag_code(c->diag), CHY_ARG(c->after), CHY_ARG(before),
	    chy_confidence_name(c->confidence));
	result = json_pack("{s:o, s:s, s:b, s:{s:{s:[{s:o, s:o}]}}}", "title",
	    lsp_string(chy_buf_slice(&title)), "kind", "quickfix",
	    "isPreferred", safe, "edit", "changes", doc->uri, "range",
	    lsp_range(s, doc, c->span.off, c->span.len), "newText",
	    lsp_string(c->after));
	chy_buf_done(&title);
	return result;
}

json_t *
lsp_actions(lsp_server *s, lsp_document *doc, size_t from, size_t to)
{
	json_t *list = json_array();
	chy_changes changes = { 0 };
	chy_arena arena;

	chy_arena_init(&arena, 4096);
	if (doc->tel != NULL && chy_repair_plan(doc->tel, &doc->found,
	    CHY_REPAIR_DOUBTFUL, &arena, &changes) != CHY_OK)
		changes.n = 0;
	for (size_t i = 0; i < changes.n; i++) {
		const chy_change *c = &changes.at[i];

		if (c->span.off <= to && c->span.off + c->span.len >= from)
			json_array_append_new(list, action(s, doc, c));
	}
	chy_arena_done(&arena);
	return list;
}
