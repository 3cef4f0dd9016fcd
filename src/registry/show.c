/*
 * One telegram: all its parts and copies, what it cites and what cites it;
 * its bytes; and what is near an id that is not here.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/ascii.h"
#include "base/limits.h"
#include "query/query.h"
#include "registry/registry_int.h"

/* A shown telegram owns the telegrams of its parts. */
struct shown {
	chy_shown      shown;
	chy_telegram **telegrams;
	uint32_t       n;
};

void
chy_shown_free(chy_shown *shown)
{
	struct shown *own = (struct shown *)(void *)shown;

	if (own == NULL)
		return;
	for (uint32_t i = 0; i < own->n; i++)
		chy_telegram_free(own->telegrams[i]);
	chy_arena_done(&own->shown.arena);
	free(own);
}

static chy_slice
hex_of(const unsigned char sha256[CHY_SHA256], chy_arena *arena)
{
	char hex[65];

	chy_sha256_hex(sha256, hex);
	return chy_arena_copy(arena, (chy_slice){ hex, 64 });
}


/* ---- copies ---- */

/* The words of a telegram without blanks, for comparing two originals. */
static chy_slice
bare_words(const chy_telegram *tel, chy_arena *arena)
{
	chy_buf buf = CHY_BUF_INIT;
	chy_slice out;

	for (uint32_t i = 0; i <= tel->n_paragraphs; i++) {
		chy_slice s = i == 0 ? tel->subject :
		    tel->paragraphs[i - 1].text;

		for (size_t k = 0; k < s.len; k++)
			if (!chy_is_space(s.ptr[k]))
				chy_buf_putc(&buf, s.ptr[k]);
	}
	out = chy_arena_copy(arena, chy_buf_slice(&buf));
	chy_buf_done(&buf);
	return out;
}

static chy_status
add_copy(struct asking *a, uint32_t number, chy_slice words, chy_arena *arena,
    chy_copy *ret)
{
	struct reading r;
	chy_status st = chy_read_visible(a, number, a->reg->tel,
	    &a->reg->scratch, &r);

	if (st != CHY_OK)
		return st;
	*ret = (chy_copy){
		.sha256 = r.whole ? hex_of(r.original.sha256, arena) :
		    CHY_EMPTY,
		.file = chy_arena_copy(arena, r.original.file),
		.part = r.original.part,
		.form = r.tel->form,
		.corrected = r.tel->corrected,
		.differs = !chy_slice_eq(words,
		    bare_words(r.tel, &a->reg->scratch)),
	};
	chy_arena_reset(&a->reg->scratch);
	return CHY_OK;
}


/* ---- parts ---- */

static chy_status
add_part(struct asking *a, struct shown *own, const uint32_t *members,
    uint32_t n, chy_part *part, struct reading *r)
{
	chy_arena *arena = &own->shown.arena;
	const chy_tel_column *t = &a->c->tels[members[0]];
	chy_telegram *tel = calloc(1, sizeof(*tel));
	chy_copy *copies;
	chy_slice words;
	chy_status st;

	if (tel == NULL)
		return chy_fail(a->err, CHY_ERR_NO_MEMORY, "no memory");
	own->telegrams[own->n++] = tel;
	st = chy_read_visible(a, members[0], tel, arena, r);
	if (st != CHY_OK)
		return st;
	if (r->visible == NULL) {
		r->visible = chy_arena_alloc(arena,
		    (size_t)tel->n_paragraphs + 1);
		if (r->visible == NULL)
			return chy_fail(a->err, CHY_ERR_NO_MEMORY, "no memory");
		memset(r->visible, 1, (size_t)tel->n_paragraphs + 1);
	}
	*part = (chy_part){
		.telegram = tel, .visible = r->visible,
		.heading_visible = r->heading, .whole = r->whole,
		.label = r->label, .section = t->section,
		.sha256 = CHY_EMPTY,
	};
	/* Hash and size of what is not seen whole tell of the rest. */
	if (r->whole) {
		part->sha256 = hex_of(r->original.sha256, arena);
		part->size = r->original.bytes.len;
	}
	copies = chy_arena_zalloc(arena, n, sizeof(*copies));
	words = n > 1 ? bare_words(tel, arena) : CHY_EMPTY;
	if (copies == NULL)
		return chy_fail(a->err, CHY_ERR_NO_MEMORY, "no memory");
	for (uint32_t i = 1; i < n && st == CHY_OK; i++)
		st = add_copy(a, members[i], words, arena, &copies[i - 1]);
	part->copies = copies;
	part->n_copies = n - 1;
	return st;
}

static chy_status
add_parts(struct asking *a, struct shown *own, uint32_t group)
{
	chy_shown *s = &own->shown;
	uint32_t *members, n, at = 0;
	struct reading r;
	chy_status st = CHY_OK;

	n = chy_view_members(a->reg->store, a->view, group, &s->arena,
	    &members);
	s->parts = chy_arena_zalloc(&s->arena, (size_t)n + 1,
	    sizeof(*s->parts));
	own->telegrams = chy_arena_zalloc(&s->arena, (size_t)n + 1,
	    sizeof(*own->telegrams));
	if (s->parts == NULL || own->telegrams == NULL)
		return chy_fail(a->err, CHY_ERR_NO_MEMORY, "no memory");
	while (at < n && st == CHY_OK) {
		uint32_t end = at + 1;

		while (end < n && a->c->tels[members[end]].section ==
		    a->c->tels[members[at]].section)
			end++;
		st = add_part(a, own, members + at, end - at,
		    &s->parts[s->n_parts++], &r);
		if (st == CHY_OK && at == 0)
			st = chy_line_make(a, group, &r, &s->arena, &s->line);
		at = end;
	}
	if (st != CHY_OK)
		return st;
	s->label = s->parts[0].label;
	for (uint32_t i = 1; i < s->n_parts; i++)
		s->label = chy_label_join(&s->label, &s->parts[i].label);
	s->line.label = s->label;
	s->sections = s->parts[0].telegram->sections;
	return CHY_OK;
}


/* ---- what it cites and what cites it ---- */

/* The value by which the store knows a reference. */
static chy_slice
value_of(const chy_telegram *tel, const chy_reference *ref, char *out,
    size_t size)
{
	char key[CHY_VOCAB_KEY_MAX], iso[18];
	int n;

	if (ref->value.len > 0 || ref->dtg_civil.year == 0)
		return ref->value;
	(void)chy_post_key(ref->sender, tel->year, key, sizeof(key));
	chy_civil_iso(ref->dtg_civil, iso);
	n = snprintf(out, size, "%.128s %s", key, iso);
	return (chy_slice){ out, (size_t)n };
}

static chy_status
resolve_one(struct asking *a, const chy_telegram *tel,
    const chy_reference *ref, const chy_cited *cites, uint32_t n,
    chy_arena *arena, chy_resolved *ret)
{
	char key[160];
	chy_slice value;

	ret->how = chy_resolution_of_fault(ref->fault);
	if (ref->kind != CHY_REF_TELEGRAM)
		return CHY_OK;
	value = value_of(tel, ref, key, sizeof(key));
	if (value.len == 0) {
		ret->how = CHY_YEAR_UNKNOWN;
		return CHY_OK;
	}
	ret->how = CHY_NOT_FILED;
	ret->line.id = ref->value;
	for (uint32_t i = 0; i < n; i++) {
		if (cites[i].row != 0 || !chy_slice_eq(cites[i].value, value))
			continue;
		ret->how = cites[i].how;
		if (cites[i].group == CHY_NONE)
			continue;
		return chy_line_make(a, cites[i].group, NULL, arena,
		    &ret->line);
	}
	return CHY_OK;
}

static int
citer_cmp(const void *a, const void *b)
{
	const chy_citer *ca = a, *cb = b;

	if (ca->line.dtg != cb->line.dtg)
		return ca->line.dtg < cb->line.dtg ? -1 : 1;
	return chy_slice_cmp(ca->line.id, cb->line.id);
}

bool
chy_shown_uses(const chy_shown *shown, uint32_t reference, uint32_t part,
    uint32_t mention)
{
	const chy_telegram *list = shown->parts[0].telegram;
	const chy_part *p = &shown->parts[part];
	const chy_mention *m = &p->telegram->mentions[mention];
	char letter = list->references[reference].letter;

	if (m->paragraph >= p->telegram->n_paragraphs ||
	    !p->visible[m->paragraph])
		return false;
	if (part == 0)
		return chy_mention_is_of(list, m, reference);
	/* A later section has no list of its own. */
	return m->all || (letter >= 'A' && letter <= 'Z' &&
	    (m->letters >> (letter - 'A') & 1) != 0) ||
	    (m->value.len > 0 && chy_slice_eq(m->value,
	    list->references[reference].value));
}

static bool
is_in_list(const chy_telegram *tel, chy_slice value)
{
	for (uint32_t i = 0; i < tel->n_references; i++)
		if (tel->references[i].kind == CHY_REF_TELEGRAM &&
		    chy_slice_eq(tel->references[i].value, value))
			return true;
	return false;
}

/* Put an id at the end of a list that has room for the next power of two,
 * unless it is there already. */
static bool
add_id(chy_arena *arena, chy_slice **list, uint32_t *n, chy_slice id)
{
	if (*n > 0 && chy_slice_eq((*list)[*n - 1], id))
		return true;
	if ((*n & (*n - 1)) == 0) {
		chy_slice *more = chy_arena_alloc(arena, (size_t)(*n == 0 ? 1 :
		    *n * 2) * sizeof(*more));

		if (more == NULL)
			return false;
		if (*n > 0)
			memcpy(more, *list, *n * sizeof(*more));
		*list = more;
	}
	(*list)[(*n)++] = id;
	return true;
}

/* What paragraphs cite beside the list. */
static chy_status
add_in_text(struct asking *a, chy_shown *s, uint32_t group)
{
	chy_status st = CHY_OK;
	size_t most = 1;

	for (uint32_t p = 0; p < s->n_parts; p++) {
		uint32_t n = s->parts[p].telegram->n_mentions;

		most += n < CHY_LIMIT_MENTIONS ? n : CHY_LIMIT_MENTIONS;
	}
	s->in_text = chy_arena_zalloc(&s->arena, most, sizeof(*s->in_text));
	if (s->in_text == NULL)
		return chy_fail(a->err, CHY_ERR_NO_MEMORY, "no memory");
	for (uint32_t p = 0; p < s->n_parts; p++) {
		const chy_telegram *tel = s->parts[p].telegram;

		for (uint32_t i = 0; i < tel->n_mentions && st == CHY_OK &&
		    i < CHY_LIMIT_MENTIONS; i++) {
			const chy_mention *m = &tel->mentions[i];
			chy_text_cited *t = s->in_text;
			uint32_t to;
			chy_slice id;

			if (!m->sure || m->paragraph >= tel->n_paragraphs ||
			    !s->parts[p].visible[m->paragraph] ||
			    chy_slice_eq(m->value, s->line.id) ||
			    is_in_list(s->parts[0].telegram, m->value))
				continue;
			id = tel->paragraphs[m->paragraph].id;
			while (t < s->in_text + s->n_in_text &&
			    !chy_slice_eq(t->value, m->value))
				t++;
			if (t == s->in_text + s->n_in_text) {
				s->n_in_text++;
				t->value = m->value;
				t->resolved.line.id = m->value;
				st = chy_store_lead(a->reg->store, a->view,
				    m->value, m->year_printed, group, &to,
				    &t->resolved.how, a->err);
				if (st == CHY_OK && to != CHY_NONE)
					st = chy_line_make(a, to, NULL,
					    &s->arena, &t->resolved.line);
			}
			if (!add_id(&s->arena, &t->paragraphs,
			    &t->n_paragraphs, id))
				return chy_fail(a->err, CHY_ERR_NO_MEMORY,
				    "no memory");
		}
	}
	return st;
}

/* The line of one that cites, and its paragraph if its list does not. */
static chy_status
add_citer(struct asking *a, const chy_citing *by, chy_arena *arena,
    chy_citer *ret)
{
	struct reading r;
	uint32_t tel;
	chy_status st;

	*ret = (chy_citer){ .how = by->how, .letter = by->letter,
	    .paragraph = CHY_EMPTY };
	if (by->row == 0)
		return chy_line_make(a, by->group, NULL, arena, &ret->line);
	tel = a->c->row_tel[by->row];
	st = chy_read_visible(a, tel, a->reg->tel, &a->reg->scratch, &r);
	for (uint32_t i = 0; st == CHY_OK && i < r.tel->n_mentions &&
	    ret->paragraph.len == 0; i++) {
		const chy_mention *m = &r.tel->mentions[i];

		if (m->paragraph < r.tel->n_paragraphs && (r.visible == NULL ||
		    r.visible[m->paragraph]) && chy_slice_eq(m->value,
		    by->value))
			ret->paragraph = chy_arena_copy(arena,
			    r.tel->paragraphs[m->paragraph].id);
	}
	if (st == CHY_OK)
		st = chy_line_make(a, by->group, tel == a->view->shown[
		    by->group] ? &r : NULL, arena, &ret->line);
	chy_arena_reset(&a->reg->scratch);
	return st;
}

static chy_status
add_references(struct asking *a, chy_shown *s, uint32_t group)
{
	const chy_telegram *tel = s->parts[0].telegram;
	chy_cited *cites;
	chy_citing *by;
	uint32_t n;
	chy_status st = chy_store_cites(a->reg->store, a->view, group,
	    &s->arena, &cites, &n, a->err);

	s->resolved = chy_arena_zalloc(&s->arena, (size_t)tel->n_references + 1,
	    sizeof(*s->resolved));
	if (st == CHY_OK && s->resolved == NULL)
		st = chy_fail(a->err, CHY_ERR_NO_MEMORY, "no memory");
	for (uint32_t i = 0; i < tel->n_references && st == CHY_OK; i++)
		st = resolve_one(a, tel, &tel->references[i], cites, n,
		    &s->arena, &s->resolved[i]);
	s->n_resolved = tel->n_references;
	if (st == CHY_OK)
		st = add_in_text(a, s, group);
	if (st == CHY_OK)
		st = chy_store_cited_by(a->reg->store, a->view,
		    chy_name_text(a->c->groups, group), &s->arena, &by, &n,
		    a->err);
	if (st != CHY_OK)
		return st;
	s->cited_by = chy_arena_zalloc(&s->arena, (size_t)n + 1,
	    sizeof(*s->cited_by));
	if (s->cited_by == NULL)
		return chy_fail(a->err, CHY_ERR_NO_MEMORY, "no memory");
	for (uint32_t i = 0; i < n && st == CHY_OK; i++)
		st = add_citer(a, &by[i], &s->arena, &s->cited_by[i]);
	s->n_cited_by = n;
	if (n > 1)
		qsort(s->cited_by, n, sizeof(*s->cited_by), citer_cmp);
	return st;
}

chy_status
chy_shown_make(struct asking *a, uint32_t group, bool references,
    chy_shown **ret)
{
	struct shown *own = calloc(1, sizeof(*own));
	chy_status st;

	if (own == NULL)
		return chy_fail(a->err, CHY_ERR_NO_MEMORY, "no memory");
	chy_arena_init(&own->shown.arena, 0);
	own->shown.paragraph = UINT32_MAX;
	st = add_parts(a, own, group);
	if (st == CHY_OK && references)
		st = add_references(a, &own->shown, group);
	if (st == CHY_OK && chy_arena_failed(&own->shown.arena))
		st = chy_fail(a->err, CHY_ERR_NO_MEMORY, "no memory");
	chy_arena_reset(&a->reg->scratch);
	if (st != CHY_OK) {
		chy_shown_free(&own->shown);
		return st;
	}
	*ret = &own->shown;
	return CHY_OK;
}

/* The part and paragraph that an address names. */
static bool
find_paragraph(struct asking *a, chy_shown *s, const struct place *place)
{
	if (place->tel != CHY_NONE)
		for (uint32_t i = 0; i < s->n_parts; i++)
			if (s->parts[i].section ==
			    a->c->tels[place->tel].section)
				s->part = i;
	if (place->paragraph.len == 0)
		return true;
	for (uint32_t i = 0; i < s->n_parts; i++)
		for (uint32_t k = 0; k < s->parts[i].telegram->n_paragraphs;
		    k++)
			if (s->parts[i].visible[k] && chy_slice_eq(
			    s->parts[i].telegram->paragraphs[k].id,
			    place->paragraph)) {
				s->part = i;
				s->paragraph = k;
				return true;
			}
	return false;
}

chy_status
chy_registry_show(chy_registry *reg, const chy_reader *reader, chy_slice address,
    chy_shown **ret, chy_error *err)
{
	struct asking a;
	struct place place;
	chy_shown *shown = NULL;
	chy_arena arena;
	chy_status st = chy_asking_begin(&a, reg, reader, err);

	if (st != CHY_OK)
		return st;
	chy_arena_init(&arena, 0);
	st = chy_address_find(&a, address, &arena, &place);
	if (st == CHY_OK && place.group == CHY_NONE)
		st = chy_not_found(address, err);
	if (st == CHY_OK)
		st = chy_shown_make(&a, place.group, true, &shown);
	if (st == CHY_OK && !find_paragraph(&a, shown, &place)) {
		chy_shown_free(shown);
		st = chy_not_found(address, err);
	}
	chy_arena_done(&arena);
	chy_asking_end(&a);
	if (st == CHY_OK)
		*ret = shown;
	return st;
}


/* ---- bytes ---- */

void
chy_raw_free(chy_raw *raw)
{
	if (raw == NULL)
		return;
	chy_arena_done(&raw->arena);
	free(raw);
}

static chy_status
keep_piece(void *arg, const chy_piece *piece)
{
	chy_raw *raw = arg;
	chy_segment *segments;

	raw->text = chy_arena_copy(&raw->arena, piece->text);
	segments = chy_arena_alloc(&raw->arena,
	    (piece->n_segments + 1) * sizeof(*segments));
	if (segments == NULL)
		return CHY_ERR_NO_MEMORY;
	if (piece->n_segments > 0)
		memcpy(segments, piece->segments,
		    piece->n_segments * sizeof(*segments));
	raw->segments = segments;
	raw->n_segments = piece->n_segments;
	return CHY_OK;
}

static chy_status
raw_make(struct asking *a, const struct place *place, chy_raw *raw)
{
	chy_original original;
	int64_t id = place->original;
	chy_status st;

	if (id == 0) {
		uint32_t t = place->tel != CHY_NONE ? place->tel :
		    a->view->shown[place->group];

		if ((a->view->tel_sees[t] & CHY_SEES_WHOLE) == 0)
			return CHY_ERR_NOT_FOUND;
		id = a->c->tels[t].original;
	}
	st = chy_store_original(a->reg->store, id, &raw->arena, &original,
	    a->err);
	if (st != CHY_OK)
		return st;
	raw->bytes = raw->text = original.bytes;
	raw->file = chy_file_shown(a, original.file);
	raw->part = original.part;
	raw->offset = original.place;
	raw->sha256 = hex_of(original.sha256, &raw->arena);
	if (place->original == 0)
		st = chy_original_piece(&original, keep_piece, raw, a->err);
	return st == CHY_OK && chy_arena_failed(&raw->arena) ?
	    chy_fail(a->err, CHY_ERR_NO_MEMORY, "no memory") : st;
}

chy_status
chy_registry_raw(chy_registry *reg, const chy_reader *reader,
    chy_slice address, chy_raw **ret, chy_error *err)
{
	struct asking a;
	struct place place;
	chy_raw *raw = calloc(1, sizeof(*raw));
	chy_arena arena;
	chy_status st;

	if (raw == NULL)
		return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	st = chy_asking_begin(&a, reg, reader, err);
	if (st != CHY_OK) {
		free(raw);
		return st;
	}
	chy_arena_init(&raw->arena, 0);
	chy_arena_init(&arena, 0);
	st = chy_address_find(&a, address, &arena, &place);
	if (st == CHY_OK && place.group == CHY_NONE && place.original == 0)
		st = CHY_ERR_NOT_FOUND;
	if (st == CHY_OK)
		st = raw_make(&a, &place, raw);
	if (st == CHY_ERR_NOT_FOUND)
		st = chy_not_found(address, err);
	chy_arena_done(&arena);
	chy_asking_end(&a);
	if (st != CHY_OK) {
		chy_raw_free(raw);
		return st;
	}
	*ret = raw;
	return CHY_OK;
}


/* ---- what is near ---- */

void
chy_lines_free(chy_lines *lines)
{
	if (lines == NULL)
		return;
	chy_arena_done(&lines->arena);
	free(lines);
}

/* How far an id is from what was asked; UINT32_MAX: not near at all. */
static uint32_t
distance(const chy_mrn *want, chy_slice id)
{
	chy_mrn have;
	bool same_post;

	if (!chy_mrn_parse(id, 0, &have))
		return UINT32_MAX;
	same_post = want->post_len == have.post_len &&
	    memcmp(want->post, have.post, have.post_len) == 0;
	if (same_post && want->serial == have.serial)
		return 1 + (uint32_t)abs(want->year - have.year);
	if (same_post && want->year == have.year) {
		uint32_t far = want->serial > have.serial ?
		    want->serial - have.serial : have.serial - want->serial;

		return far <= 50 ? 100 + far : UINT32_MAX;
	}
	if (want->year == have.year && want->serial == have.serial)
		return 200;
	return UINT32_MAX;
}

struct near {
	uint32_t group, far;
};

chy_status
chy_registry_near(chy_registry *reg, const chy_reader *reader,
    chy_slice address, uint32_t max, chy_lines **ret, chy_error *err)
{
	chy_slice id = chy_slice_sub(address, 0,
	    chy_slice_find(address, CHY_SLICE("#"), 0));
	chy_lines *lines = calloc(1, sizeof(*lines));
	struct near best[32];
	struct asking a;
	uint32_t n = 0;
	chy_mrn want;
	chy_status st;

	if (lines == NULL)
		return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	chy_arena_init(&lines->arena, 0);
	if (max > ARRAY_LEN(best))
		max = ARRAY_LEN(best);
	st = chy_asking_begin(&a, reg, reader, err);
	if (st != CHY_OK) {
		free(lines);
		return st;
	}
	if (!chy_mrn_from_text(id, &want))
		max = 0;
	for (uint32_t i = 0; i < a.view->n_order && max > 0; i++) {
		uint32_t group = a.view->order[i], at = n;
		uint32_t far = distance(&want,
		    chy_name_text(a.c->groups, group));

		if (far == UINT32_MAX || (n == max && far >= best[n - 1].far))
			continue;
		if (n < max)
			n++;
		else
			at--;
		for (; at > 0 && best[at - 1].far > far; at--)
			best[at] = best[at - 1];
		best[at] = (struct near){ group, far };
	}
	lines->at = chy_arena_zalloc(&lines->arena, (size_t)n + 1,
	    sizeof(*lines->at));
	if (lines->at == NULL)
		st = chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	for (uint32_t i = 0; i < n && st == CHY_OK; i++)
		st = chy_line_make(&a, best[i].group, NULL, &lines->arena,
		    &lines->at[lines->n++]);
	chy_asking_end(&a);
	if (st != CHY_OK) {
		chy_lines_free(lines);
		return st;
	}
	*ret = lines;
	return CHY_OK;
}
