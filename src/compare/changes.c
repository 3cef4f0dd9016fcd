/*
 * Differences by words (Myers), and paragraphs paired.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "base/ascii.h"
#include "compare/compare.h"

/* Changes above which the middle is given whole: the work grows with their
 * square, and nobody reads more. */
#define CHANGES_MAX	2000
/* Paragraphs of which the best pairs are looked for; others are paired one by
 * one in their order. */
#define PAIRS_MAX	400u

struct cut {
	chy_slice *at;
	uint32_t   n;
};

static struct cut
cut_words(chy_slice s, chy_arena *arena)
{
	struct cut c = { NULL, 0 };
	size_t i = 0;

	c.at = chy_arena_alloc(arena, (s.len / 2 + 2) * sizeof(*c.at));
	while (c.at != NULL && i < s.len) {
		size_t start;

		while (i < s.len && chy_is_space(s.ptr[i]))
			i++;
		start = i;
		while (i < s.len && !chy_is_space(s.ptr[i]))
			i++;
		if (i > start)
			c.at[c.n++] = chy_slice_sub(s, start, i - start);
	}
	if (c.at != NULL)
		chy_arena_shrink(arena, c.at, (c.n + 1u) * sizeof(*c.at));
	return c;
}

struct making {
	chy_slice   a, b;
	struct cut  wa, wb;
	chy_edit *at;
	uint32_t    n;
};

/* Words first to last of a text as they stand there. */
static chy_slice
stretch(chy_slice text, const struct cut *c, uint32_t first, uint32_t end)
{
	size_t from, to;

	if (first == end)
		return CHY_EMPTY;
	from = (size_t)(c->at[first].ptr - text.ptr);
	to = (size_t)(c->at[end - 1].ptr - text.ptr) + c->at[end - 1].len;
	return chy_slice_sub(text, from, to - from);
}

static void
put(struct making *m, chy_edit_kind kind, uint32_t first, uint32_t end)
{
	bool from_a = kind == CHY_EDIT_REMOVED;

	if (first == end)
		return;
	m->at[m->n++] = (chy_edit){ kind, stretch(from_a ? m->a : m->b,
	    from_a ? &m->wa : &m->wb, first, end) };
}

/*
 * Myers' greedy algorithm between head and the ends: keeps the furthest point
 * of each diagonal for each number of changes, then goes back. `script` gets
 * true for each word of a that is kept out, and of b that is put in.
 */
static chy_status
middle(const struct making *m, uint32_t head, uint32_t end_a, uint32_t end_b,
    bool *out_a, bool *in_b)
{
	int na = (int)(end_a - head), nb = (int)(end_b - head);
	int most = na + nb < CHANGES_MAX ? na + nb : CHANGES_MAX;
	int width = 2 * most + 3, zero = most + 1, found = -1;
	int *v = calloc((size_t)width, sizeof(*v));
	int **kept = calloc((size_t)most + 1, sizeof(*kept));
	chy_status st = CHY_OK;

	if (v == NULL || kept == NULL)
		st = CHY_ERR_NO_MEMORY;
	for (int d = 0; d <= most && found < 0 && st == CHY_OK; d++) {
		/* Only the diagonals reached so far. */
		kept[d] = malloc((size_t)(2 * d + 3) * sizeof(**kept));
		if (kept[d] == NULL) {
			st = CHY_ERR_NO_MEMORY;
			break;
		}
		memcpy(kept[d], v + zero - d - 1,
		    (size_t)(2 * d + 3) * sizeof(**kept));
		for (int k = -d; k <= d; k += 2) {
			int x = k == -d || (k != d &&
			    v[zero + k - 1] < v[zero + k + 1]) ?
			    v[zero + k + 1] : v[zero + k - 1] + 1;
			int y = x - k;

			while (x < na && y < nb && chy_slice_eq(
			    m->wa.at[head + (uint32_t)x],
			    m->wb.at[head + (uint32_t)y])) {
				x++;
				y++;
			}
			v[zero + k] = x;
			if (x >= na && y >= nb) {
				found = d;
				break;
			}
		}
	}
	if (st == CHY_OK && found < 0) {
		memset(out_a + head, 1, (size_t)na);
		memset(in_b + head, 1, (size_t)nb);
	}
	for (int d = found, x = na, y = nb; d > 0 && st == CHY_OK; d--) {
		const int *w = kept[d] + d + 1;
		int k = x - y;
		bool down = k == -d || (k != d && w[k - 1] < w[k + 1]);
		int from = down ? k + 1 : k - 1;
		int px = w[from], py = px - from;

		if (down)
			in_b[head + (uint32_t)py] = true;
		else
			out_a[head + (uint32_t)px] = true;
		x = px;
		y = py;
	}
	for (int d = 0; kept != NULL && d <= most; d++)
		free(kept[d]);
	free(kept);
	free(v);
	return st;
}

chy_status
chy_text_edits(chy_slice a, chy_slice b, chy_arena *arena,
    chy_edit **ret, uint32_t *ret_n)
{
	struct making m = { .a = a, .b = b, .wa = cut_words(a, arena),
	    .wb = cut_words(b, arena) };
	uint32_t head = 0, ea = m.wa.n, eb = m.wb.n, i = 0, k = 0;
	bool *out_a = chy_arena_zalloc(arena, (size_t)ea + 1, 1);
	bool *in_b = chy_arena_zalloc(arena, (size_t)eb + 1, 1);
	chy_status st;

	m.at = chy_arena_alloc(arena, ((size_t)ea + eb + 2) * sizeof(*m.at));
	if (m.wa.at == NULL || m.wb.at == NULL || m.at == NULL ||
	    out_a == NULL || in_b == NULL)
		return CHY_ERR_NO_MEMORY;
	while (head < ea && head < eb &&
	    chy_slice_eq(m.wa.at[head], m.wb.at[head]))
		head++;
	while (ea > head && eb > head &&
	    chy_slice_eq(m.wa.at[ea - 1], m.wb.at[eb - 1])) {
		ea--;
		eb--;
	}
	st = middle(&m, head, ea, eb, out_a, in_b);
	if (st != CHY_OK)
		return st;
	while (i < m.wa.n || k < m.wb.n) {
		uint32_t from = i;

		while (i < m.wa.n && out_a[i])
			i++;
		put(&m, CHY_EDIT_REMOVED, from, i);
		from = k;
		while (k < m.wb.n && in_b[k])
			k++;
		put(&m, CHY_EDIT_ADDED, from, k);
		from = k;
		while (i < m.wa.n && k < m.wb.n && !out_a[i] && !in_b[k]) {
			i++;
			k++;
		}
		put(&m, CHY_EDIT_SAME, from, k);
	}
	*ret = m.at;
	*ret_n = m.n;
	return CHY_OK;
}


/* ---- paragraphs ---- */

/* How alike two paragraphs are, from 0 to 1000, by their different words. */
static uint32_t
alike(chy_slice a, chy_slice b)
{
	double r;

	if (chy_slice_eq(a, b))
		return 1000;
	r = chy_text_resemblance(&a, 1, &b, 1);
	return r <= 0 ? 0 : (uint32_t)(r * 999);
}

/* The order that keeps the most likeness: the longest common sequence, with
 * likeness for its weight. */
chy_status
chy_texts_pair(const chy_slice *a, uint32_t n_a, const chy_slice *b,
    uint32_t n_b, chy_arena *arena, chy_pair **ret, uint32_t *ret_n)
{
	chy_pair *out = chy_arena_alloc(arena,
	    ((size_t)n_a + n_b + 1) * sizeof(*out));
	uint32_t n = 0, i = 0, k = 0;
	uint32_t *best, *like;
	size_t w = (size_t)n_b + 1;

	if (out == NULL)
		return CHY_ERR_NO_MEMORY;
	if (n_a > PAIRS_MAX || n_b > PAIRS_MAX) {
		for (; i < n_a || i < n_b; i++)
			out[n++] = (chy_pair){ i < n_a ? i : UINT32_MAX,
			    i < n_b ? i : UINT32_MAX };
		*ret = out;
		*ret_n = n;
		return CHY_OK;
	}
	best = chy_arena_zalloc(arena, ((size_t)n_a + 1) * w, sizeof(*best));
	like = chy_arena_zalloc(arena, ((size_t)n_a + 1) * w, sizeof(*like));
	if (best == NULL || like == NULL)
		return CHY_ERR_NO_MEMORY;
	for (i = n_a; i-- > 0; )
		for (k = n_b; k-- > 0; ) {
			uint32_t l = alike(a[i], b[k]), x;

			/* Below a fifth: another paragraph. */
			l = l < 200 ? 0 : l;
			like[i * w + k] = l;
			x = l > 0 ? l + best[(i + 1) * w + k + 1] : 0;
			if (best[(i + 1) * w + k] > x)
				x = best[(i + 1) * w + k];
			if (best[i * w + k + 1] > x)
				x = best[i * w + k + 1];
			best[i * w + k] = x;
		}
	i = k = 0;
	while (i < n_a || k < n_b) {
		if (i < n_a && k < n_b && like[i * w + k] > 0 &&
		    best[i * w + k] == like[i * w + k] +
		    best[(i + 1) * w + k + 1])
			out[n++] = (chy_pair){ i++, k++ };
		else if (i < n_a && (k == n_b ||
		    best[i * w + k] == best[(i + 1) * w + k]))
			out[n++] = (chy_pair){ i++, UINT32_MAX };
		else
			out[n++] = (chy_pair){ UINT32_MAX, k++ };
	}
	*ret = out;
	*ret_n = n;
	return CHY_OK;
}
