/*
 * The table of renderers, and texts that several of them need.
 *
 * SPDX-License-Identifier: ISC
 */
#include "render/render.h"

#include "base/ascii.h"
#include "base/compiler.h"
#include "render/render_int.h"
#include "telegram/clean.h"

static const chy_renderer *const renderers[] = {
#define RENDERER(name)	&chy_renderer_##name,
#include "render/renderers.def"
#undef RENDERER
};

const chy_renderer *
chy_renderer_at(size_t i)
{
	return i < ARRAY_LEN(renderers) ? renderers[i] : NULL;
}

const chy_renderer *
chy_renderer_find(const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(renderers); i++)
		if (strcmp(renderers[i]->name, name) == 0)
			return renderers[i];
	return NULL;
}

chy_status
chy_render(const chy_renderer *renderer, const chy_telegram *tel,
    chy_sink *out)
{
	renderer->render(tel, out);
	return chy_sink_status(out);
}

static void
put_clean(chy_slice raw, chy_buf *out)
{
	char *p = chy_buf_room(out, chy_clean_room(raw.len));
	unsigned met = 0;

	if (p != NULL)
		out->len += chy_clean(raw, p, &met);
}

/* An empty line stands between the two places. */
static bool
empty_line_between(const chy_telegram *tel, uint32_t from, uint32_t to)
{
	unsigned ends = 0;

	for (uint32_t i = from; i < to; i++)
		ends += tel->text.ptr[i] == '\n';
	return ends > 1;
}

void
chy_render_text_of(const chy_telegram *tel, chy_span span, chy_buf *out)
{
	uint32_t end = span.off + span.len, last = 0, last_para = 0;
	size_t start = out->len;

	for (uint32_t i = 1; i < tel->n_nodes; i++) {
		const chy_node *n = &tel->nodes[i];
		uint32_t from = n->off, to = n->off + n->len;

		if (n->kind != CHY_NODE_TEXT || to <= span.off)
			continue;
		if (from >= end)
			break;
		if (from < span.off)
			from = span.off;
		if (to > end)
			to = end;
		if (out->len > start) {
			char prev = out->ptr[out->len - 1];
			bool apart = n->parent != last_para ||
			    (empty_line_between(tel, last, from) &&
			    memchr(".!?:;\"')]", prev, 9) != NULL);

			chy_buf_putc(out, apart ? '\n' : ' ');
		}
		put_clean(chy_slice_sub(tel->text, from, to - from), out);
		last = to;
		last_para = n->parent;
	}
}

void
chy_render_summary(const chy_telegram *tel, chy_buf *out)
{
	for (uint32_t i = 0; i < tel->n_blocks; i++) {
		if (!(tel->blocks[i].kinds & CHY_BLOCK_SUMMARY))
			continue;
		chy_render_text_of(tel, tel->blocks[i].span, out);
		return;
	}
}

/* A run of x that stands for a removed name; its length, else 0. */
static size_t
removed_name(chy_slice s)
{
	size_t n = 0;

	while (n < s.len && (s.ptr[n] == 'X' || s.ptr[n] == 'x'))
		n++;
	return n >= 4 && (n == s.len || !chy_is_alpha(s.ptr[n])) ? n : 0;
}

void
chy_render_clean_text(const chy_telegram *tel, chy_buf *out)
{
	for (uint32_t i = 0; i < tel->n_paragraphs; i++) {
		const chy_paragraph *p = &tel->paragraphs[i];
		size_t done = 0;

		if (p->clean.len == 0 || p->embedded != 0)
			continue;
		if (out->len > 0)
			chy_buf_putc(out, '\n');
		for (size_t k = 0; k < p->clean.len; k++) {
			size_t n;

			if ((p->clean.ptr[k] != 'X' && p->clean.ptr[k] != 'x') ||
			    (k > 0 && chy_is_alnum(p->clean.ptr[k - 1])))
				continue;
			n = removed_name(chy_slice_from(p->clean, k));
			if (n == 0)
				continue;
			chy_buf_put(out, chy_slice_sub(p->clean, done,
			    k - done));
			done = k + n;
			if (done < p->clean.len && p->clean.ptr[done] == ' ' &&
			    (k == 0 || p->clean.ptr[k - 1] == ' '))
				done++;
			k = done > 0 ? done - 1 : 0;
		}
		chy_buf_put(out, chy_slice_from(p->clean, done));
	}
}
