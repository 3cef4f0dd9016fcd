/*
 * Two telegrams side by side, or the copies of one.
 *
 * Each side is what the reader sees of it, read again: what was cut cannot
 * differ.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>
#include <stdlib.h>

#include "registry/alike.h"
#include "registry/registry_int.h"

#define COPIES	50u	/* of one telegram that are compared */

void
chy_comparisons_free(chy_comparisons *comparisons)
{
	if (comparisons == NULL)
		return;
	chy_arena_done(&comparisons->arena);
	free(comparisons);
}

/* One of the two. */
struct side {
	chy_slice  address;
	chy_slice  fields[CHY_ROW_KINDS];
	chy_slice *texts, *ids, *marks;	/* of paragraphs */
	uint32_t   n;
	chy_label  label;
};

static struct side
side_none(void)
{
	return (struct side){ .label = chy_label_bottom() };
}

/* Lines of one kind come to one text. */
static chy_slice
joined(chy_slice a, chy_slice b, chy_arena *arena)
{
	char *out;

	if (a.len == 0)
		return chy_arena_copy(arena, b);
	out = chy_arena_alloc(arena, a.len + b.len + 1);
	if (out == NULL)
		return a;
	memcpy(out, a.ptr, a.len);
	out[a.len] = '\n';
	memcpy(out + a.len + 1, b.ptr, b.len);
	return (chy_slice){ out, a.len + b.len + 1 };
}

/* Put what the reader sees of a telegram behind what is there. */
static chy_status
side_add(struct asking *a, uint32_t number, chy_arena *arena,
    struct side *side)
{
	struct reading r;
	chy_row *rows;
	uint32_t n, cap;
	chy_slice *lists[3] = { NULL };
	chy_status st = chy_read_visible(a, number, a->reg->tel,
	    &a->reg->scratch, &r);

	if (st == CHY_OK)
		st = chy_rows_make(r.tel, &a->reg->scratch, &rows, &n);
	if (st != CHY_OK)
		return st;
	side->label = chy_label_join(&side->label, &r.label);
	cap = side->n + n + 1;
	for (int i = 0; i < 3; i++) {
		lists[i] = chy_arena_zalloc(arena, cap, sizeof(**lists));
		if (lists[i] == NULL)
			return chy_fail(a->err, CHY_ERR_NO_MEMORY, "no memory");
	}
	if (side->n > 0) {
		memcpy(lists[0], side->texts, side->n * sizeof(**lists));
		memcpy(lists[1], side->ids, side->n * sizeof(**lists));
		memcpy(lists[2], side->marks, side->n * sizeof(**lists));
	}
	side->texts = lists[0];
	side->ids = lists[1];
	side->marks = lists[2];
	for (uint32_t i = 0; i < n; i++) {
		uint32_t p = rows[i].paragraph;

		if (p == UINT32_MAX) {
			side->fields[rows[i].kind] = joined(
			    side->fields[rows[i].kind], rows[i].text, arena);
			continue;
		}
		if (r.visible != NULL && !r.visible[p])
			continue;
		side->texts[side->n] = chy_arena_copy(arena, rows[i].text);
		side->ids[side->n] = chy_arena_copy(arena, rows[i].id);
		side->marks[side->n++] = chy_arena_copy(arena, rows[i].mark);
	}
	chy_arena_reset(&a->reg->scratch);
	return CHY_OK;
}

static chy_status
side_make(struct asking *a, const struct place *place, chy_arena *arena,
    struct side *side)
{
	uint32_t *members, n;
	chy_status st = CHY_OK;

	side->address = chy_arena_copy(arena,
	    chy_name_text(a->c->groups, place->group));
	if (place->tel != CHY_NONE) {
		side->address = chy_arena_copy(arena, place->id);
		return side_add(a, place->tel, arena, side);
	}
	n = chy_view_members(a->reg->store, a->view, place->group, arena,
	    &members);
	for (uint32_t i = 0; i < n && st == CHY_OK; i++)
		if (i == 0 || a->c->tels[members[i]].section !=
		    a->c->tels[members[i - 1]].section)
			st = side_add(a, members[i], arena, side);
	return st;
}

static chy_status
edits_make(struct asking *a, chy_slice x, chy_slice y, chy_arena *arena,
    chy_compared *c)
{
	if (chy_text_edits(x, y, arena, &c->edits, &c->n_edits) != CHY_OK)
		return chy_fail(a->err, CHY_ERR_NO_MEMORY, "no memory");
	for (uint32_t i = 0; i < c->n_edits; i++)
		c->differs |= c->edits[i].kind != CHY_EDIT_SAME;
	return CHY_OK;
}

static chy_status
sides_compare(struct asking *a, const struct side *x, const struct side *y,
    chy_comparisons *out)
{
	chy_arena *arena = &out->arena;
	chy_comparison c = { .a = x->address, .b = y->address };
	chy_pair *pairs;
	uint32_t n;
	double same = chy_text_resemblance(x->texts, x->n, y->texts, y->n);
	chy_status st;

	if (same < 0 || chy_texts_pair(x->texts, x->n, y->texts, y->n, arena,
	    &pairs, &n) != CHY_OK)
		return chy_fail(a->err, CHY_ERR_NO_MEMORY, "no memory");
	c.same = (uint32_t)(same * 1000);
	c.at = chy_arena_zalloc(arena, (size_t)n + CHY_ROW_KINDS + 1,
	    sizeof(*c.at));
	if (c.at == NULL)
		return chy_fail(a->err, CHY_ERR_NO_MEMORY, "no memory");
	for (int k = CHY_ROW_PARAGRAPH + 1; k < CHY_ROW_KINDS; k++) {
		chy_compared *one = &c.at[c.n];

		if (x->fields[k].len == 0 && y->fields[k].len == 0)
			continue;
		c.n++;
		one->name = chy_slice_of(chy_row_kind_name((chy_row_kind)k));
		st = edits_make(a, x->fields[k], y->fields[k], arena, one);
		if (st != CHY_OK)
			return st;
	}
	for (uint32_t i = 0; i < n; i++) {
		chy_compared *one = &c.at[c.n++];
		bool in_a = pairs[i].a != UINT32_MAX;
		bool in_b = pairs[i].b != UINT32_MAX;

		if (in_a) {
			one->id_a = x->ids[pairs[i].a];
			one->mark_a = x->marks[pairs[i].a];
		}
		if (in_b) {
			one->id_b = y->ids[pairs[i].b];
			one->mark_b = y->marks[pairs[i].b];
		}
		one->differs = !in_a || !in_b ||
		    !chy_slice_eq(one->mark_a, one->mark_b);
		st = edits_make(a, in_a ? x->texts[pairs[i].a] : CHY_EMPTY,
		    in_b ? y->texts[pairs[i].b] : CHY_EMPTY, arena, one);
		if (st != CHY_OK)
			return st;
	}
	for (uint32_t i = 0; i < c.n; i++)
		c.n_differ += c.at[i].differs;
	out->at[out->n++] = c;
	out->label = chy_label_join(&out->label, &x->label);
	out->label = chy_label_join(&out->label, &y->label);
	return CHY_OK;
}

/* The other originals of a telegram, each with the one that is shown. */
static chy_status
copies_compare(struct asking *a, uint32_t group, chy_comparisons *out)
{
	uint32_t *members, n, first = 0;
	chy_arena *arena = &out->arena;
	chy_status st = CHY_OK;

	n = chy_view_members(a->reg->store, a->view, group, arena, &members);
	out->at = chy_arena_zalloc(arena, (size_t)n + 1, sizeof(*out->at));
	if (out->at == NULL)
		return chy_fail(a->err, CHY_ERR_NO_MEMORY, "no memory");
	for (uint32_t i = 1; i < n && out->n < COPIES && st == CHY_OK; i++) {
		struct side x = side_none(), y = side_none();
		char name[120];

		if (a->c->tels[members[i]].section !=
		    a->c->tels[members[first]].section) {
			first = i;
			continue;
		}
		/* Not by their hashes: of what is not seen whole there is
		 * none to tell. */
		x.address = chy_name_text(a->c->groups, group);
		(void)snprintf(name, sizeof(name), "%.*s, copy %u",
		    CHY_ARG(x.address), (unsigned)(out->n + 1));
		y.address = chy_arena_copy(arena, chy_slice_of(name));
		x.address = chy_arena_copy(arena, x.address);
		st = side_add(a, members[first], arena, &x);
		if (st == CHY_OK)
			st = side_add(a, members[i], arena, &y);
		if (st == CHY_OK)
			st = sides_compare(a, &x, &y, out);
	}
	return st;
}

static chy_status
two_compare(struct asking *a, const struct place *place, chy_slice other,
    chy_comparisons *out)
{
	struct side x = side_none(), y = side_none();
	struct place second;
	chy_status st = chy_address_find(a, other, &out->arena, &second);

	if (st == CHY_OK && second.group == CHY_NONE)
		st = chy_not_found(other, a->err);
	out->at = chy_arena_zalloc(&out->arena, 1, sizeof(*out->at));
	if (st == CHY_OK && out->at == NULL)
		st = chy_fail(a->err, CHY_ERR_NO_MEMORY, "no memory");
	if (st == CHY_OK)
		st = side_make(a, place, &out->arena, &x);
	if (st == CHY_OK)
		st = side_make(a, &second, &out->arena, &y);
	if (st == CHY_OK)
		st = sides_compare(a, &x, &y, out);
	return st;
}

chy_status
chy_registry_differences(chy_registry *reg, const chy_reader *reader,
    chy_slice address, chy_slice other, chy_comparisons **ret, chy_error *err)
{
	chy_comparisons *out = calloc(1, sizeof(*out));
	struct asking a;
	struct place place;
	chy_status st;

	if (out == NULL)
		return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	chy_arena_init(&out->arena, 0);
	out->label = chy_label_bottom();
	st = chy_asking_begin(&a, reg, reader, err);
	if (st != CHY_OK) {
		free(out);
		return st;
	}
	st = chy_address_find(&a, address, &out->arena, &place);
	if (st == CHY_OK && place.group == CHY_NONE)
		st = chy_not_found(address, err);
	if (st == CHY_OK)
		st = other.len > 0 ? two_compare(&a, &place, other, out) :
		    copies_compare(&a, place.group, out);
	chy_asking_end(&a);
	if (st == CHY_OK && chy_arena_failed(&out->arena))
		st = chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	if (st != CHY_OK) {
		chy_comparisons_free(out);
		return st;
	}
	*ret = out;
	return CHY_OK;
}
