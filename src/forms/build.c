/*
 * Building a tree: lines, leaves, lists, findings.
 *
 * SPDX-License-Identifier: ISC
 */
#include "forms/reading.h"

#include <stdarg.h>
#include <stdio.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "base/lines.h"
#include "telegram/clean.h"

static bool
index_lines(chy_reading *r)
{
	chy_slice text = { r->p, r->len };
	uint32_t cap = r->len / 24 + 128, next = 0, n = 0;
	uint32_t *ends = chy_arena_alloc(&r->tel->arena, cap * sizeof(*ends));

	while (ends != NULL) {
		n += (uint32_t)chy_lines_find(text, next, ends + n, cap - n - 1,
		    &next);
		if (next >= r->len)
			break;
		if (cap - n < 128) {
			uint32_t *more = chy_arena_alloc(&r->tel->arena,
			    2 * (size_t)cap * sizeof(*ends));

			if (more != NULL)
				memcpy(more, ends, n * sizeof(*ends));
			ends = more;
			cap *= 2;
		}
	}
	if (ends == NULL)
		return false;
	if (n == 0 || ends[n - 1] + 1 < r->len)
		ends[n++] = r->len;	/* a last line without line end */
	r->ends = ends;
	r->n_lines = n;
	return true;
}

bool
chy_reading_begin(chy_reading *r, chy_telegram *tel,
    const chy_read_options *opts)
{
	*r = (chy_reading){
		.tel = tel,
		.opts = opts,
		.p = tel->text.ptr,
		.len = (uint32_t)tel->text.len,
	};
	if (!index_lines(r))
		return false;
	r->cap_nodes = r->n_lines * 4 + 256;
	tel->nodes = chy_arena_alloc(&tel->arena,
	    r->cap_nodes * sizeof(*tel->nodes));
	if (tel->nodes == NULL)
		return false;
	tel->nodes[0] = (chy_node){ .len = r->len,
	    .kind = CHY_NODE_TELEGRAM };
	tel->n_nodes = 1;
	return true;
}

static chy_node *
add_node(chy_reading *r)
{
	chy_telegram *tel = r->tel;

	if (tel->n_nodes == r->cap_nodes) {
		size_t bytes = r->cap_nodes * sizeof(*tel->nodes);
		chy_node *more = r->cap_nodes < CHY_LIMIT_NODES ?
		    chy_arena_alloc(&tel->arena, 2 * bytes) : NULL;

		if (more == NULL) {
			/* Overwrite the last one: the tree stays well formed
			 * and the caller is told at the end. */
			r->failed = true;
			return &tel->nodes[tel->n_nodes - 1];
		}
		memcpy(more, tel->nodes, bytes);
		tel->nodes = more;
		r->cap_nodes *= 2;
	}
	return &tel->nodes[tel->n_nodes++];
}

/* All of a short stretch is white space. */
static inline bool
is_white(const char *p, uint32_t len)
{
#if defined(__SSE2__)
	if (len <= 16) {	/* the text is padded */
		__m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
		__m128i eol = _mm_and_si128(
		    _mm_cmpgt_epi8(v, _mm_set1_epi8(8)),
		    _mm_cmplt_epi8(v, _mm_set1_epi8(14)));
		unsigned white = (unsigned)_mm_movemask_epi8(_mm_or_si128(eol,
		    _mm_cmpeq_epi8(v, _mm_set1_epi8(' '))));

		return (~white & ((1u << len) - 1)) == 0;
	}
#endif
	for (uint32_t i = 0; i < len; i++)
		if (!chy_is_space(p[i]))
			return false;
	return true;
}

/* The bytes between the last leaf and `to` that are not white are unread. */
static void
put_gap(chy_reading *r, uint32_t to)
{
	uint32_t from = r->done, end = to;

	if (CHY_LIKELY(is_white(r->p + from, end - from)))
		return;
	while (from < end && chy_is_space(r->p[from]))
		from++;
	while (chy_is_space(r->p[end - 1]))
		end--;
	*add_node(r) = (chy_node){
		.off = from, .len = end - from, .parent = r->open,
		.kind = CHY_NODE_UNREAD,
		.depth = (uint16_t)(r->tel->nodes[r->open].depth + 1),
	};
	r->done = end;
}

uint32_t
chy_open(chy_reading *r, chy_node_kind kind, uint32_t value)
{
	chy_node *node = add_node(r);

	*node = (chy_node){	/* its place is set when it is closed */
		.parent = r->open,
		.value = value,
		.kind = (uint16_t)kind,
		.depth = (uint16_t)(r->tel->nodes[r->open].depth + 1),
	};
	return r->open = (uint32_t)(node - r->tel->nodes);
}

/* Children follow their parent, so the first of them is the next node. */
void
chy_close(chy_reading *r)
{
	chy_telegram *tel = r->tel;
	uint32_t i = r->open, parent = tel->nodes[i].parent;

	if (i + 1 == tel->n_nodes) {	/* nothing in it: leave it out */
		tel->n_nodes--;
	} else {
		tel->nodes[i].off = tel->nodes[i + 1].off;
		tel->nodes[i].len = r->done - tel->nodes[i].off;
	}
	r->open = parent;
}

uint32_t
chy_leaf_put(chy_reading *r, chy_node_kind kind, chy_range g, uint32_t value)
{
	chy_node *node;

	if (g.from < r->done)
		g.from = r->done;
	while (g.from < g.to && chy_is_space(r->p[g.from]))
		g.from++;
	if (g.from >= g.to)
		return 0;
	g = chy_range_trim_end(r, g);
	if (g.from > r->done)
		put_gap(r, g.from);
	node = add_node(r);
	*node = (chy_node){
		.off = g.from, .len = g.to - g.from, .parent = r->open,
		.value = value, .kind = (uint16_t)kind,
		.depth = (uint16_t)(r->tel->nodes[r->open].depth + 1),
	};
	r->done = g.to;
	return (uint32_t)(node - r->tel->nodes);
}

void
chy_reading_end(chy_reading *r)
{
	while (r->open != 0)
		chy_close(r);
	put_gap(r, r->len);
	if (chy_arena_failed(&r->tel->arena))
		r->failed = true;
}

uint32_t
chy_line_of(const chy_reading *r, uint32_t off)
{
	uint32_t lo = 0, hi = r->n_lines;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (r->ends[mid] < off)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

bool
chy_line_blank(const chy_reading *r, uint32_t i)
{
	if (i >= r->n_lines)
		return true;
	for (uint32_t at = chy_line_start(r, i); at < r->ends[i]; at++)
		if (!chy_is_space(r->p[at]))
			return false;
	return true;
}

/* Lists double when their length is a power of two: no capacity is kept. */
void *
chy_list_more(chy_reading *r, void *list, uint32_t n, size_t size)
{
	void *more;
	uint32_t cap = n < 8 ? 8 : 2 * n;

	if (n != 0 && (n < 8 || (n & (n - 1)) != 0)) {
		more = list;
	} else {
		more = chy_arena_alloc(&r->tel->arena, cap * size);
		if (more == NULL) {
			r->failed = true;
			return NULL;
		}
		if (n > 0)
			memcpy(more, list, n * size);
	}
	memset((char *)more + n * size, 0, size);
	return more;
}

void
chy_slices_add(chy_reading *r, chy_slices *list, chy_slice s)
{
	chy_slice *row = CHY_ADD(r, list->at, list->n);

	if (row != NULL)
		*row = s;
	else
		list->n = 0;
}

bool
chy_slices_has(const chy_slices *list, chy_slice s)
{
	for (uint32_t i = 0; i < list->n; i++)
		if (chy_slice_eq(list->at[i], s))
			return true;
	return false;
}

void
chy_note(chy_reading *r, chy_diag diag, chy_range at, chy_slice detail)
{
	chy_find(&r->tel->findings, diag, at.from, at.to - at.from, detail);
}

void
chy_note_number(chy_reading *r, chy_diag diag, chy_range at, uint32_t number,
    const char *unit)
{
	char text[32];
	size_t n = 10, len = strlen(unit);

	if (len > sizeof(text) - 10)
		len = sizeof(text) - 10;
	memcpy(text + 10, unit, len);
	do {
		text[--n] = (char)('0' + number % 10);
		number /= 10;
	} while (number > 0);
	chy_note(r, diag, at, (chy_slice){ text + n, 10 - n + len });
}

void
chy_note_fmt(chy_reading *r, chy_diag diag, chy_range at, const char *fmt, ...)
{
	char text[160];
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	if (n < 0)
		n = 0;
	if ((size_t)n >= sizeof(text))
		n = (int)sizeof(text) - 1;
	chy_note(r, diag, at, (chy_slice){ text, (size_t)n });
}

void
chy_repaired(chy_reading *r, chy_diag diag, chy_range at, chy_slice before,
    chy_slice after)
{
	chy_repair *row = CHY_ADD(r, r->tel->repairs, r->tel->n_repairs);

	if (row != NULL)
		*row = (chy_repair){ diag, { at.from, at.to - at.from },
		    before, after };
}

chy_slice
chy_keep_upper(chy_reading *r, chy_slice s)
{
	char *p;
	size_t i = 0;

	while (i < s.len && !chy_is_lower(s.ptr[i]))
		i++;
	if (i == s.len)
		return s;
	p = chy_arena_alloc(&r->tel->arena, s.len);
	if (p == NULL)
		return s;
	for (i = 0; i < s.len; i++)
		p[i] = chy_upper(s.ptr[i]);
	return (chy_slice){ p, s.len };
}

/* One line of plain characters, single blanks between: it cleans to itself.
 * The text is padded, so whole registers may be loaded. */
static bool
is_clean(chy_slice s)
{
#if defined(__SSE2__)
	const __m128i low = _mm_set1_epi8(0x20), blank = _mm_set1_epi8(' ');

	for (size_t i = 0; i < s.len; i += 16) {
		__m128i v = _mm_loadu_si128(
		    (const __m128i *)(const void *)(s.ptr + i));
		__m128i next = _mm_loadu_si128(
		    (const __m128i *)(const void *)(s.ptr + i + 1));
		__m128i bad = _mm_or_si128(_mm_cmplt_epi8(v, low),
		    _mm_and_si128(_mm_cmpeq_epi8(v, blank),
		    _mm_cmpeq_epi8(next, blank)));
		unsigned mask = (unsigned)_mm_movemask_epi8(bad);

		if (s.len - i < 16)
			mask &= (1u << (s.len - i)) - 1;
		if (mask != 0)
			return false;
	}
	return true;
#else
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.ptr[i];

		if (c >= 0x80 || c < 0x20 ||
		    (c == ' ' && s.ptr[i + 1] == ' '))
			return false;
	}
	return true;
#endif
}

/* The lines of g, page lines left out, joined by blanks. */
static size_t
clean_lines(chy_reading *r, chy_range g, char *out)
{
	uint32_t first = chy_line_of(r, g.from), last = chy_line_of(r, g.to);
	size_t n = 0;

	for (uint32_t i = first; i <= last && i < r->n_lines; i++) {
		chy_range part = { chy_line_start(r, i), r->ends[i] };

		if (part.from < g.from)
			part.from = g.from;
		if (part.to > g.to)
			part.to = g.to;
		part = chy_range_trim(r, part);
		if (part.from >= part.to || (i != first &&
		    chy_is_page_line(r, part)))
			continue;
		if (n > 0)
			out[n++] = ' ';
		n += chy_clean(chy_range_text(r, part), out + n, &r->met);
	}
	return n;
}

chy_slice
chy_keep_clean(chy_reading *r, chy_range g)
{
	char *out;
	size_t n, m = 0;

	g = chy_range_trim(r, g);
	if (g.from >= g.to)
		return CHY_EMPTY;
	if (is_clean(chy_range_text(r, g)))
		return chy_range_text(r, g);
	out = chy_arena_alloc(&r->tel->arena, chy_clean_room(g.to - g.from));
	if (out == NULL)
		return CHY_EMPTY;
	n = clean_lines(r, g, out);
	for (size_t i = 0; i < n; i++)
		if (!chy_is_blank(out[i]))
			out[m++] = out[i];
		else if (m > 0 && out[m - 1] != ' ')
			out[m++] = ' ';
	chy_arena_shrink(&r->tel->arena, out, m);
	return (chy_slice){ out, m };
}
