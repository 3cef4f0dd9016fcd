/*
 * Columns in memory.
 *
 * Counting, rights, facets and order over hits are loops over these arrays;
 * by joins in SQL they took 5 to 15 times as long. They carry the number of
 * the last change that they hold and are extended when the archive has a
 * newer one; only a reindex makes them anew.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "store/store_int.h"
#include "vocab/vocab.h"


/* ---- names: texts numbered from 1, found by hash ---- */

struct chy_names {
	chy_arena  arena;
	chy_slice *text;
	struct slot {
		uint32_t hash;
		uint32_t number;	/* 0: empty */
	} *slots;
	uint32_t   n, cap;	/* number 0 is the empty text */
	uint32_t   n_slots;	/* a power of two */
};

void
chy_names_free(struct chy_names *names)
{
	if (names == NULL)
		return;
	chy_arena_done(&names->arena);
	free(names->text);
	free(names->slots);
	free(names);
}

/* The slot of a text, or the empty one where it belongs. Texts lie far apart in
 * memory, so that they are looked at only where the whole hash is the same. */
static struct slot *
slot_of(const struct chy_names *names, chy_slice text, uint32_t hash)
{
	uint32_t at = hash;

	for (;; at++) {
		struct slot *slot = &names->slots[at & (names->n_slots - 1)];

		if (slot->number == 0 || (slot->hash == hash &&
		    chy_slice_eq(names->text[slot->number], text)))
			return slot;
	}
}

static bool
names_grow(struct chy_names *names)
{
	uint32_t cap = names->cap == 0 ? 256 : names->cap * 2;
	chy_slice *text = realloc(names->text, cap * sizeof(*text));
	struct slot *slots;

	if (text == NULL)
		return false;
	names->text = text;
	slots = calloc((size_t)cap * 2, sizeof(*slots));
	if (slots == NULL)
		return false;
	for (uint32_t i = 0; i < names->n_slots; i++) {
		const struct slot *slot = &names->slots[i];
		uint32_t at = slot->hash;

		if (slot->number == 0)
			continue;
		while (slots[at & (cap * 2 - 1)].number != 0)
			at++;
		slots[at & (cap * 2 - 1)] = *slot;
	}
	free(names->slots);
	names->slots = slots;
	names->cap = cap;
	names->n_slots = cap * 2;
	return true;
}

struct chy_names *
chy_names_new(void)
{
	struct chy_names *names = calloc(1, sizeof(*names));

	if (names == NULL)
		return NULL;
	chy_arena_init(&names->arena, 0);
	if (!names_grow(names)) {
		chy_names_free(names);
		return NULL;
	}
	names->text[names->n++] = CHY_EMPTY;
	return names;
}

uint32_t
chy_names_put(struct chy_names *names, chy_slice text)
{
	uint32_t hash = chy_slice_hash(text);
	struct slot *slot;

	if (text.len == 0)
		return 0;
	if (names->n == names->cap && !names_grow(names))
		return CHY_NONE;
	slot = slot_of(names, text, hash);
	if (slot->number != 0)
		return slot->number;
	text = chy_arena_copy(&names->arena, text);
	if (chy_arena_failed(&names->arena))
		return CHY_NONE;
	*slot = (struct slot){ hash, names->n };
	names->text[names->n] = text;
	return names->n++;
}

chy_slice
chy_name_text(const struct chy_names *names, uint32_t number)
{
	return number < names->n ? names->text[number] : CHY_EMPTY;
}

uint32_t
chy_name_find(const struct chy_names *names, chy_slice text)
{
	const struct slot *slot = slot_of(names, text, chy_slice_hash(text));

	return slot->number != 0 ? slot->number : CHY_NONE;
}

uint32_t
chy_name_count(const struct chy_names *names)
{
	return names->n;
}


/* ---- columns ---- */

void
chy_columns_done(chy_columns *c)
{
	free(c->tels);
	free(c->tel_group);
	free(c->tel_of);
	free(c->row_tel);
	free(c->row_label);
	free(c->row_mark);
	free(c->row_kind);
	free(c->row_flags);
	free(c->words);
	free(c->heads);
	chy_names_free(c->posts);
	chy_names_free(c->codes);
	chy_names_free(c->tokens);
	chy_names_free(c->groups);
	*c = (chy_columns){ .change = -1 };
}

/* Make room for `need` in an array that grows by doubling. */
bool
chy_array_grow(void *array, size_t *cap, size_t need, size_t size)
{
	void **p = array;
	size_t n = *cap == 0 ? 1024 : *cap;
	void *more;

	if (need <= *cap)
		return true;
	while (n < need)
		n *= 2;
	more = realloc(*p, n * size);
	if (more == NULL)
		return false;
	*p = more;
	*cap = n;
	return true;
}

static bool
grow_rows(chy_columns *c, size_t need)
{
	size_t cap = c->cap_rows;

	if (need <= cap)
		return true;
	if (!chy_array_grow(&c->row_tel, &cap, need, sizeof(*c->row_tel)))
		return false;
	cap = c->cap_rows;
	if (!chy_array_grow(&c->row_label, &cap, need, sizeof(*c->row_label)))
		return false;
	cap = c->cap_rows;
	if (!chy_array_grow(&c->row_mark, &cap, need, sizeof(*c->row_mark)))
		return false;
	cap = c->cap_rows;
	if (!chy_array_grow(&c->row_kind, &cap, need, sizeof(*c->row_kind)))
		return false;
	cap = c->cap_rows;
	if (!chy_array_grow(&c->row_flags, &cap, need, sizeof(*c->row_flags)))
		return false;
	c->cap_rows = cap;
	return true;
}

static bool
tel_of_set(chy_columns *c, int64_t original, uint32_t tel)
{
	size_t before = c->cap_tel_of;

	if (!chy_array_grow(&c->tel_of, &c->cap_tel_of, (size_t)original + 1,
	    sizeof(*c->tel_of)))
		return false;
	for (size_t i = before; i < c->cap_tel_of; i++)
		c->tel_of[i] = CHY_NONE;
	c->tel_of[original] = tel;
	return true;
}

/* Put the telegram at the end of its group. */
static bool
group_add(chy_columns *c, uint32_t tel)
{
	uint32_t group = c->tels[tel].group;
	size_t before = c->cap_heads;

	if (!chy_array_grow(&c->heads, &c->cap_heads, (size_t)group + 1,
	    sizeof(*c->heads)))
		return false;
	for (size_t i = before; i < c->cap_heads; i++)
		c->heads[i] = CHY_NONE;
	if (c->heads[group] == CHY_NONE) {
		c->heads[group] = tel;
	} else {
		uint32_t at = c->heads[group];

		while (c->tels[at].next != CHY_NONE)
			at = c->tels[at].next;
		c->tels[at].next = tel;
	}
	return true;
}

/* The lines of a list as numbers of names. Of addressees the role stands
 * first in the line. */
static bool
add_words(chy_columns *c, struct chy_names *names, chy_slice lines,
    bool addressees, uint16_t *n)
{
	while (lines.len > 0 && *n < UINT16_MAX) {
		size_t end = chy_slice_find(lines, CHY_SLICE("\n"), 0);
		chy_slice line = chy_slice_sub(lines, 0, end);
		uint32_t word;

		if (addressees) {
			uint32_t role = line.len == 0 ? CHY_ROLE_EXEMPT :
			    line.ptr[0] == 'A' ? CHY_ROLE_ACTION :
			    line.ptr[0] == 'I' ? CHY_ROLE_INFO :
			    CHY_ROLE_EXEMPT;

			word = chy_names_put(names, chy_slice_from(line, 2));
			if (word != CHY_NONE)
				word = word << 2 | role;
		} else {
			word = chy_names_put(names, line);
		}
		if (word == CHY_NONE || !chy_array_grow(&c->words, &c->cap_words,
		    c->n_words + 1, sizeof(*c->words)))
			return false;
		c->words[c->n_words++] = word;
		(*n)++;
		lines = chy_slice_from(lines, end + 1);
	}
	return true;
}

static uint32_t
number_at(const char *p, int bytes)
{
	uint32_t v = 0;

	for (int i = 0; i < bytes; i++)
		v |= (uint32_t)(unsigned char)p[i] << (8 * i);
	return v;
}

/* The list of the telegram's rows, 13 bytes each. */
static bool
add_rows(chy_columns *c, const chy_tel_column *t, uint32_t number,
    chy_slice rows)
{
	size_t first = (size_t)t->first_row;

	if (rows.len != (size_t)t->row_count * 13 || t->first_row < 1 ||
	    first > UINT32_MAX || !grow_rows(c, first + t->row_count))
		return false;
	/* A gap in the numbers belongs to nobody. */
	for (; c->n_rows < first; c->n_rows++) {
		c->row_tel[c->n_rows] = number;
		c->row_label[c->n_rows] = 0;
		c->row_mark[c->n_rows] = 0;
		c->row_kind[c->n_rows] = CHY_ROW_KINDS;
		c->row_flags[c->n_rows] = 0;
	}
	for (uint32_t i = 0; i < t->row_count; i++) {
		const char *p = rows.ptr + (size_t)i * 13;

		c->row_tel[first + i] = number;
		c->row_kind[first + i] = (uint8_t)(number_at(p, 1) & 0x3f);
		c->row_flags[first + i] = (uint8_t)(number_at(p, 1) & 0xc0);
		c->row_label[first + i] = (uint16_t)number_at(p + 1, 2);
		c->row_mark[first + i] = (uint16_t)number_at(p + 3, 2);
	}
	if (first + t->row_count > c->n_rows)
		c->n_rows = first + t->row_count;
	return true;
}

static bool
load_telegram(chy_columns *c, chy_stmt *s)
{
	size_t cap = c->cap_tels;
	chy_slice id = chy_column_text(s, 1), sha;
	char hex[80] = "sha:";
	chy_tel_column *t;

	if (!chy_array_grow(&c->tels, &cap, (size_t)c->n_tels + 1, sizeof(*c->tels)))
		return false;
	c->cap_tels = (uint32_t)cap;
	t = &c->tels[c->n_tels];
	*t = (chy_tel_column){
		.original = chy_column_int(s, 0),
		.dtg = chy_column_is_null(s, 2) ? INT64_MIN :
		    chy_column_int(s, 2),
		.year = (int32_t)chy_column_int(s, 3),
		.level = (uint8_t)chy_column_int(s, 6),
		.label = (uint32_t)chy_column_int(s, 7),
		.precedence = (uint8_t)chy_column_int(s, 8),
		.section = (uint16_t)chy_column_int(s, 9),
		.flags = (uint32_t)chy_column_int(s, 10),
		.reader = (uint16_t)chy_column_int(s, 11),
		.first_row = chy_column_int(s, 12),
		.row_count = (uint32_t)chy_column_int(s, 13),
		.next = CHY_NONE,
	};
	if (id.len == 0) {
		sha = chy_column_blob(s, 18);
		if (sha.len == CHY_SHA256)
			chy_sha256_hex((const unsigned char *)sha.ptr, hex + 4);
		id = (chy_slice){ hex, 20 };
	}
	t->group = chy_names_put(c->groups, id);
	t->post = chy_names_put(c->posts, chy_column_text(s, 4));
	t->origin = chy_names_put(c->posts, chy_column_text(s, 5));
	if (t->group == CHY_NONE || t->post == CHY_NONE ||
	    t->origin == CHY_NONE)
		return false;
	if (!chy_array_grow(&c->tel_group, &c->cap_tel_group,
	    (size_t)c->n_tels + 1, sizeof(*c->tel_group)))
		return false;
	c->tel_group[c->n_tels] = t->group;
	t->first_word = (uint32_t)c->n_words;
	if (!add_words(c, c->codes, chy_column_text(s, 14), false,
	    &t->n_tags) || !add_words(c, c->tokens, chy_column_text(s, 15),
	    false, &t->n_captions) || !add_words(c, c->posts,
	    chy_column_text(s, 16), true, &t->n_addressees) ||
	    !add_rows(c, t, c->n_tels, chy_column_blob(s, 17)) ||
	    !tel_of_set(c, t->original, c->n_tels) ||
	    !group_add(c, c->n_tels))
		return false;
	c->n_tels++;
	return true;
}

static chy_status
load_telegrams(chy_store *store, chy_error *err)
{
	chy_columns *c = &store->columns;
	chy_stmt *s = chy_store_stmt(store, ST_LOAD_TELEGRAMS, err);
	chy_status st;
	bool row;

	if (s == NULL)
		return CHY_ERR_STORE;
	chy_stmt_int(s, 1, c->n_tels > 0 ? c->tels[c->n_tels - 1].original : 0);
	while ((st = chy_stmt_step(s, &row, err)) == CHY_OK && row)
		if (!load_telegram(c, s)) {
			st = chy_fail(err, CHY_ERR_STORE, "a telegram's rows are "
			    "damaged, or there is no memory; run chancery "
			    "reindex");
			break;
		}
	chy_stmt_reset(s);
	return st;
}

chy_status
chy_columns_update(chy_store *store, chy_error *err)
{
	chy_columns *c = &store->columns;
	int64_t change, rebuild = 0;
	chy_status st = chy_store_get_meta(store, "change", &change, err);

	if (st == CHY_OK)
		st = chy_store_get_meta(store, "rebuild", &rebuild, err);
	if (st != CHY_OK || (c->change == change && c->rebuild == rebuild))
		return st;
	if (c->rebuild != rebuild) {
		chy_columns_done(c);
		chy_store_cache_clear(store);
	}
	store->source_original = 0;
	if (c->groups == NULL) {
		c->groups = chy_names_new();
		c->posts = chy_names_new();
		c->codes = chy_names_new();
		c->tokens = chy_names_new();
		if (c->groups == NULL || c->posts == NULL ||
		    c->codes == NULL || c->tokens == NULL) {
			chy_columns_done(c);
			return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
		}
	}
	st = chy_store_load_labels(store, err);
	if (st == CHY_OK)
		st = load_telegrams(store, err);
	if (st != CHY_OK) {
		/* Half-filled columns are worse than none. */
		chy_columns_done(c);
		chy_views_done(store);
		chy_store_cache_clear(store);
		return st;
	}
	c->change = change;
	c->rebuild = rebuild;
	return CHY_OK;
}

const chy_columns *
chy_store_columns(const chy_store *store)
{
	return &store->columns;
}

size_t
chy_set_words(const chy_columns *c)
{
	return chy_name_count(c->groups) / 64 + 1;
}
