/*
 * The rows of a telegram: what is found, cited and withheld as one.
 *
 * Paragraphs come from the fields, everything else from the nodes: each line
 * of the heading is a row, and what stands outside of any (a stray line, a
 * signature) is one too, so that every word of the telegram is found. Page
 * lines, rules and characters of publication are no words of it.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "base/ascii.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "store/store.h"
#include "telegram/clean.h"

static const char *const kind_names[] = {
	[CHY_ROW_PARAGRAPH] = "",
	[CHY_ROW_SUBJECT] = "subject",
	[CHY_ROW_TRANSMISSION] = "transmission",
	[CHY_ROW_DTG] = "dtg",
	[CHY_ROW_FROM] = "from",
	[CHY_ROW_TO] = "to",
	[CHY_ROW_INFO] = "info",
	[CHY_ROW_LINE] = "heading",
	[CHY_ROW_CLASS] = "classification",
	[CHY_ROW_CAPTION] = "caption",
	[CHY_ROW_PASSING] = "passing",
	[CHY_ROW_EO] = "eo",
	[CHY_ROW_TAGS] = "tags",
	[CHY_ROW_REF] = "ref",
	[CHY_ROW_CLASSIFIED_BY] = "classified_by",
	[CHY_ROW_TAIL] = "signature",
	[CHY_ROW_OTHER] = "other",
};

const char *
chy_row_kind_name(chy_row_kind kind)
{
	return kind < CHY_ROW_KINDS ? kind_names[kind] : "";
}

struct making {
	const chy_telegram *tel;
	chy_arena	   *arena;
	chy_row		   *rows;
	uint32_t	    n, cap;
	bool		    failed;
};

static chy_row *
row_add(struct making *m)
{
	if (m->n == m->cap) {
		uint32_t cap = m->cap == 0 ? 64 : m->cap * 2;
		chy_row *rows = chy_arena_alloc(m->arena, cap * sizeof(*rows));

		if (rows == NULL) {
			m->failed = true;
			return NULL;
		}
		if (m->n > 0)
			memcpy(rows, m->rows, m->n * sizeof(*rows));
		m->rows = rows;
		m->cap = cap;
	}
	m->rows[m->n] = (chy_row){
		.text = CHY_EMPTY, .id = CHY_EMPTY, .mark = CHY_EMPTY,
		.paragraph = UINT32_MAX,
	};
	return &m->rows[m->n++];
}

static chy_slice
cleaned(struct making *m, chy_span span)
{
	chy_slice raw = chy_slice_sub(m->tel->text, span.off, span.len);
	char *out = chy_arena_alloc(m->arena, chy_clean_room(raw.len));
	unsigned met = 0;

	if (out == NULL) {
		m->failed = true;
		return CHY_EMPTY;
	}
	return chy_slice_trim((chy_slice){ out, chy_clean(raw, out, &met) });
}

static void
field_add(struct making *m, chy_row_kind kind, chy_span span)
{
	chy_row *row;

	if (span.len == 0 || (row = row_add(m)) == NULL)
		return;
	row->kind = kind;
	row->span = span;
	row->text = cleaned(m, span);
	if (kind == CHY_ROW_SUBJECT) {
		/* Without its keyword: subject:subject is not all of them. */
		if (m->tel->subject_raw.len > 0)
			row->text = m->tel->subject_raw;
		row->mark = m->tel->subject_mark;
	}
}

static chy_row_kind
line_kind(uint32_t number)
{
	switch (number) {
	case 1: case 2: case 3: case 4: return CHY_ROW_TRANSMISSION;
	case 5: return CHY_ROW_DTG;
	case 6: return CHY_ROW_FROM;
	case 7: return CHY_ROW_TO;
	case 8: return CHY_ROW_INFO;
	default: return CHY_ROW_LINE;
	}
}

/* Whether a node is a row by itself, or inside of paragraphs (which come
 * from the fields), or holds others. */
enum part { PART_ROW, PART_TEXT, PART_HOLDER };

static enum part
part_of(const chy_node *node, chy_row_kind *ret)
{
	switch ((chy_node_kind)node->kind) {
	case CHY_NODE_FORMAT_LINE:
		*ret = line_kind(node->value);
		return PART_ROW;
	case CHY_NODE_CLASS_LINE: *ret = CHY_ROW_CLASS; return PART_ROW;
	case CHY_NODE_CAPTION_LINE: *ret = CHY_ROW_CAPTION; return PART_ROW;
	case CHY_NODE_PASSING: *ret = CHY_ROW_PASSING; return PART_ROW;
	case CHY_NODE_EO_LINE: *ret = CHY_ROW_EO; return PART_ROW;
	case CHY_NODE_TAGS_LINE: *ret = CHY_ROW_TAGS; return PART_ROW;
	case CHY_NODE_SUBJECT_LINE: *ret = CHY_ROW_SUBJECT; return PART_ROW;
	case CHY_NODE_REF_LINE: *ret = CHY_ROW_REF; return PART_ROW;
	case CHY_NODE_CLASSIFIED_BY:
		*ret = CHY_ROW_CLASSIFIED_BY;
		return PART_ROW;
	case CHY_NODE_TAIL: *ret = CHY_ROW_TAIL; return PART_ROW;
	case CHY_NODE_TITLE:
	case CHY_NODE_PARAGRAPH:
	case CHY_NODE_EMBEDDED:
		return PART_TEXT;
	default:
		return PART_HOLDER;
	}
}

static bool
has_words(chy_node_kind kind)
{
	return kind != CHY_NODE_MARKUP && kind != CHY_NODE_RESIDUE &&
	    kind != CHY_NODE_RULE && kind != CHY_NODE_SPACE &&
	    kind != CHY_NODE_PUNCT;
}

/*
 * One walk over the nodes. A leaf that no row holds belongs to a row "other",
 * together with its neighbours. Addressee lines after the first are inside
 * the format line that began with TO.
 */
static void
heading_rows(struct making *m)
{
	const chy_telegram *tel = m->tel;
	chy_span stray = { 0, 0 };
	uint32_t covered = 0;	/* up to here all is in a row */

	for (uint32_t i = 1; i < tel->n_nodes && !m->failed; i++) {
		const chy_node *node = &tel->nodes[i];
		chy_row_kind kind = CHY_ROW_OTHER;
		bool leaf = chy_node_is_leaf((chy_node_kind)node->kind);
		enum part part;

		if (node->off < covered)
			continue;
		part = leaf ? PART_HOLDER : part_of(node, &kind);
		if (leaf && has_words((chy_node_kind)node->kind)) {
			if (stray.len == 0)
				stray.off = node->off;
			stray.len = node->off + node->len - stray.off;
			continue;
		}
		if (part == PART_HOLDER)
			continue;
		field_add(m, CHY_ROW_OTHER, stray);
		stray.len = 0;
		covered = node->off + node->len;
		if (part == PART_ROW)
			field_add(m, kind, (chy_span){ node->off, node->len });
	}
	field_add(m, CHY_ROW_OTHER, stray);
}

/* The paragraph's heading is part of it. */
static chy_slice
with_title(struct making *m, const chy_paragraph *par)
{
	char *out;

	if (par->title.len == 0)
		return par->text;
	out = chy_arena_alloc(m->arena, par->title.len + par->text.len + 1);
	if (out == NULL) {
		m->failed = true;
		return CHY_EMPTY;
	}
	memcpy(out, par->title.ptr, par->title.len);
	out[par->title.len] = '\n';
	if (par->text.len > 0)
		memcpy(out + par->title.len + 1, par->text.ptr, par->text.len);
	return (chy_slice){ out, par->title.len + par->text.len + 1 };
}

/* Where a summary begins and where action is asked for. What is further on in
 * a summary tells nothing to who may not see its beginning. */
static void
mark_blocks(struct making *m)
{
	const chy_telegram *tel = m->tel;
	chy_row *rows = m->rows + (m->n - tel->n_paragraphs);

	for (uint32_t i = 0; i < tel->n_blocks; i++)
		if ((tel->blocks[i].kinds & CHY_BLOCK_SUMMARY) != 0 &&
		    tel->blocks[i].first < tel->n_paragraphs)
			rows[tel->blocks[i].first].summary = true;
	for (uint32_t i = 0; i < tel->n_action_requests; i++)
		if (tel->action_requests[i].paragraph < tel->n_paragraphs)
			rows[tel->action_requests[i].paragraph].request = true;
}

chy_status
chy_rows_make(const chy_telegram *tel, chy_arena *arena, chy_row **ret_rows,
    uint32_t *ret_n)
{
	struct making m = { .tel = tel, .arena = arena };

	heading_rows(&m);
	for (uint32_t i = 0; i < tel->n_paragraphs && !m.failed; i++) {
		const chy_paragraph *par = &tel->paragraphs[i];
		chy_row *row = row_add(&m);

		if (row == NULL)
			break;
		row->kind = CHY_ROW_PARAGRAPH;
		row->paragraph = i;
		row->id = par->id;
		row->mark = par->mark;
		row->span = par->span;
		row->text = with_title(&m, par);
	}
	if (m.failed || chy_arena_failed(arena))
		return CHY_ERR_NO_MEMORY;
	mark_blocks(&m);
	*ret_rows = m.rows;
	*ret_n = m.n;
	return CHY_OK;
}
