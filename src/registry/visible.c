/*
 * A telegram as one reader may see it.
 *
 * Where they may not see all of it, the rest is cut out of the bytes and what
 * is left is read: nothing of what was cut can be in any field, node or
 * finding, because the reader of the form never met it.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "forms/forms.h"
#include "registry/registry_int.h"

/* What stands for a paragraph that was cut. */
#define WITHHELD	"[NOT SHOWN]"

struct cut {
	chy_span span;
	uint32_t number;	/* of a paragraph; 0: none */
	bool	 paragraph;
};

struct cuts {
	chy_arena  *arena;
	struct cut *at;
	uint32_t    n, cap;
	bool	    failed;
};

static void
cut_add(struct cuts *cuts, struct cut cut)
{
	if (cuts->n == cuts->cap) {
		struct cut *more = chy_arena_alloc(cuts->arena,
		    ((size_t)cuts->cap * 2 + 16) * sizeof(*more));

		if (more == NULL) {
			cuts->failed = true;
			return;
		}
		if (cuts->n > 0)
			memcpy(more, cuts->at, cuts->n * sizeof(*more));
		cuts->at = more;
		cuts->cap = cuts->cap * 2 + 16;
	}
	cuts->at[cuts->n++] = cut;
}

static int
cut_cmp(const void *a, const void *b)
{
	const struct cut *ca = a, *cb = b;

	if (ca->span.off != cb->span.off)
		return ca->span.off < cb->span.off ? -1 : 1;
	return ca->span.len > cb->span.len ? -1 : ca->span.len < cb->span.len;
}

/* The heading of a paragraph goes with it. */
static void
cut_titles(struct cuts *cuts, const chy_telegram *tel, const bool *hidden)
{
	uint32_t par = 0;

	for (uint32_t i = 1; i < tel->n_nodes; i++) {
		const chy_node *node = &tel->nodes[i];

		if (node->kind != CHY_NODE_TITLE)
			continue;
		while (par < tel->n_paragraphs &&
		    tel->paragraphs[par].span.off < node->off)
			par++;
		/* The last one may belong to a paragraph it stands in. */
		if (par == tel->n_paragraphs ? tel->n_paragraphs > 0 &&
		    hidden[par - 1] : hidden[par])
			cut_add(cuts, (struct cut){ { node->off, node->len }, 0,
			    false });
	}
}

static chy_slice
without(const chy_telegram *tel, struct cuts *cuts, chy_arena *arena)
{
	chy_buf buf = CHY_BUF_INIT;
	bool withheld = false;	/* what was put last says so */
	uint32_t done = 0;
	chy_slice text;

	qsort(cuts->at, cuts->n, sizeof(*cuts->at), cut_cmp);
	for (uint32_t i = 0; i < cuts->n; i++) {
		const struct cut *c = &cuts->at[i];

		if (c->span.off + c->span.len <= done)
			continue;	/* inside of one that is out */
		if (c->span.off > done) {
			chy_slice kept = chy_slice_sub(tel->text, done,
			    c->span.off - done);

			chy_buf_put(&buf, kept);
			withheld &= chy_slice_trim(kept).len == 0;
		}
		done = c->span.off + c->span.len;
		/* The blocks of a document that is not shown are not counted
		 * out, either. */
		if (!c->paragraph || (withheld && c->number == 0))
			continue;
		withheld = true;
		if (c->number != 0)
			chy_buf_printf(&buf, "%u. ", c->number);
		chy_buf_puts(&buf, WITHHELD "\n");
	}
	chy_buf_put(&buf, chy_slice_from(tel->text, done));
	text = chy_arena_copy(arena, chy_buf_slice(&buf));
	chy_buf_done(&buf);
	return text;
}

/* Cut what the reader may not see and read again what is left. */
static chy_status
read_again(struct asking *a, const bool *row_visible, const chy_row *rows,
    uint32_t n_rows, chy_arena *arena, struct reading *r)
{
	struct cuts cuts = { .arena = arena };
	chy_telegram *tel = r->tel;
	bool *hidden = chy_arena_zalloc(arena, (size_t)tel->n_paragraphs + 1,
	    sizeof(*hidden));
	chy_read_options opts = { .file = r->original.file,
	    .part = r->original.part, .year = tel->year };
	chy_slice text;
	chy_status st;

	if (hidden == NULL)
		return chy_fail(a->err, CHY_ERR_NO_MEMORY, "no memory");
	for (uint32_t i = 0; i < n_rows; i++) {
		bool paragraph = rows[i].kind == CHY_ROW_PARAGRAPH;

		if (row_visible[i])
			continue;
		if (paragraph)
			hidden[rows[i].paragraph] = true;
		cut_add(&cuts, (struct cut){ rows[i].span, paragraph ?
		    tel->paragraphs[rows[i].paragraph].number : 0, paragraph });
	}
	cut_titles(&cuts, tel, hidden);
	text = without(tel, &cuts, arena);
	if (cuts.failed || chy_arena_failed(arena))
		return chy_fail(a->err, CHY_ERR_NO_MEMORY, "no memory");
	/* Nothing left: a telegram of one word stands for it. What a page said
	 * of the telegram around it is as its heading, so it is not told. */
	if (chy_slice_trim(text).len == 0)
		text = CHY_SLICE(WITHHELD);
	st = chy_telegram_reread(tel, text, &opts, a->err);
	if (st != CHY_OK)
		return st;
	r->visible = chy_arena_zalloc(arena, (size_t)tel->n_paragraphs + 1,
	    sizeof(*r->visible));
	if (r->visible == NULL)
		return chy_fail(a->err, CHY_ERR_NO_MEMORY, "no memory");
	for (uint32_t i = 0; i < tel->n_paragraphs; i++) {
		chy_paragraph *par = &tel->paragraphs[i];

		r->visible[i] = !chy_slice_eq(chy_slice_trim(par->text),
		    CHY_SLICE(WITHHELD));
		if (!r->visible[i])
			par->text = par->clean = CHY_EMPTY;
	}
	return CHY_OK;
}

chy_slice
chy_file_shown(const struct asking *a, chy_slice file)
{
	size_t start = file.len;

	if (a->reader->owner)
		return file;
	while (start > 0 && file.ptr[start - 1] != '/')
		start--;
	return chy_slice_from(file, start);
}

chy_status
chy_read_visible(struct asking *a, uint32_t tel_number, chy_telegram *tel,
    chy_arena *arena, struct reading *ret)
{
	const chy_tel_column *t = &a->c->tels[tel_number];
	uint8_t sees = a->view->tel_sees[tel_number];
	struct reading r = { .tel = tel, .label = chy_label_bottom() };
	bool *row_visible;
	chy_label label;
	chy_row *rows;
	uint32_t n;
	chy_status st = chy_store_original(a->reg->store, t->original, arena,
	    &r.original, a->err);

	if (st == CHY_OK) {
		r.original.file = chy_file_shown(a, r.original.file);
		st = chy_original_reread(&r.original, tel, a->err);
	}
	if (st != CHY_OK)
		return st;
	r.heading = (sees & CHY_SEES_HEADING) != 0;
	r.whole = (sees & CHY_SEES_WHOLE) != 0;
	/* The labels are taken from what is read now, not from the columns: a
	 * newer reader may count the rows otherwise. */
	label = chy_label_telegram(tel);
	r.whole &= chy_label_may(a->reader, &label, NULL);
	st = chy_rows_make(tel, arena, &rows, &n);
	row_visible = chy_arena_zalloc(arena, (size_t)n + 1,
	    sizeof(*row_visible));
	if (st != CHY_OK || row_visible == NULL)
		return chy_fail(a->err, CHY_ERR_NO_MEMORY, "no memory");
	for (uint32_t i = 0; i < n; i++) {
		chy_label own = chy_label_portion(&label, rows[i].mark);

		row_visible[i] = (sees & CHY_SEES_ROWS) != 0 &&
		    chy_label_may(a->reader, &own, NULL);
		r.whole &= row_visible[i];
		if (row_visible[i])
			r.label = chy_label_join(&r.label, &own);
	}
	if (r.heading)
		r.label = chy_label_join(&r.label, &label);
	if (!r.whole)
		st = read_again(a, row_visible, rows, n, arena, &r);
	else
		r.visible = NULL;
	if (st == CHY_OK)
		*ret = r;
	return st;
}

chy_status
chy_sources_label(struct asking *a, const uint64_t *set, chy_label *label)
{
	bool *met = calloc((size_t)a->view->n_labels + 1, sizeof(*met));

	if (met == NULL)
		return chy_fail(a->err, CHY_ERR_NO_MEMORY, "no memory");
	for (size_t i = 0; i < a->c->n_rows / 64 + 1; i++)
		for (uint64_t w = a->view->rows[i]; w != 0; w &= w - 1) {
			size_t row = i * 64 + (size_t)__builtin_ctzll(w);

			if (chy_set_has(set, a->c->tel_group[
			    a->c->row_tel[row]]))
				met[a->c->row_label[row]] = true;
		}
	for (uint32_t i = 1; i < a->view->n_labels; i++)
		if (met[i])
			*label = chy_label_join(label,
			    chy_store_label(a->reg->store, i));
	free(met);
	return CHY_OK;
}
