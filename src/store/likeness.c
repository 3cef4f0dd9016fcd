/*
 * Names and sketches: what is filed of a telegram, the columns that they are
 * loaded into when first asked for, and near-duplicates by them.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "base/ascii.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "store/likeness_int.h"
#include "store/pack.h"
#include "vocab/vocab.h"

#define SKETCH_BYTES	10u
#define SLOTS		256u	/* of a telegram's names; a power of two */


/* ---- what is filed ---- */

struct mention {
	uint32_t row, next;	/* next of the same name; UINT32_MAX */
};

struct found {
	chy_slice     text;
	chy_name_kind kind;
	uint32_t      first, last;	/* mentions */
	uint32_t      chain;		/* next in its slot, plus 1 */
};

struct collecting {
	chy_arena      *arena;
	struct found   *at;
	uint32_t	n, cap;
	struct mention *mentions;
	uint32_t	n_mentions, cap_mentions;
	uint32_t	slots[SLOTS];	/* name plus 1 */
	uint32_t	row;
	bool		failed;
};

static bool
room(struct collecting *c)
{
	if (c->n == c->cap) {
		uint32_t cap = c->cap * 2 + 64;
		struct found *more = chy_arena_alloc(c->arena,
		    cap * sizeof(*more));

		if (more == NULL)
			return false;
		if (c->n > 0)
			memcpy(more, c->at, c->n * sizeof(*more));
		c->at = more;
		c->cap = cap;
	}
	if (c->n_mentions == c->cap_mentions) {
		uint32_t cap = c->cap_mentions * 2 + 128;
		struct mention *more = chy_arena_alloc(c->arena,
		    cap * sizeof(*more));

		if (more == NULL)
			return false;
		if (c->n_mentions > 0)
			memcpy(more, c->mentions,
			    c->n_mentions * sizeof(*more));
		c->mentions = more;
		c->cap_mentions = cap;
	}
	return true;
}

static void
collect(void *arg, chy_name_kind kind, chy_slice spelling)
{
	struct collecting *c = arg;
	uint32_t *slot = &c->slots[(chy_slice_hash(spelling) +
	    (uint32_t)kind) & (SLOTS - 1)];
	uint32_t i;

	for (i = *slot; i != 0; i = c->at[i - 1].chain)
		if (c->at[i - 1].kind == kind &&
		    chy_slice_eq(c->at[i - 1].text, spelling))
			break;
	if (i != 0 && c->mentions[c->at[i - 1].last].row == c->row)
		return;
	/* What is no text is no name; a database may refuse it, too. */
	if (i == 0 && chy_utf8_check(spelling) != spelling.len)
		return;
	if (c->failed || (i == 0 && c->n == CHY_LIMIT_NAMES))
		return;
	if (!room(c)) {
		c->failed = true;
		return;
	}
	c->mentions[c->n_mentions] = (struct mention){ c->row, UINT32_MAX };
	if (i == 0) {
		c->at[c->n] = (struct found){ spelling, kind, c->n_mentions,
		    c->n_mentions, *slot };
		*slot = ++c->n;
	} else {
		c->mentions[c->at[i - 1].last].next = c->n_mentions;
		c->at[i - 1].last = c->n_mentions;
	}
	c->n_mentions++;
}

/* A name that a field gives: on one line, of words. */
static void
collect_field(struct collecting *c, chy_name_kind kind, chy_slice name)
{
	name = chy_slice_trim(name);
	if (name.len < 2 || name.len > CHY_NAME_MAX)
		return;
	for (size_t i = 0; i < name.len; i++)
		if ((unsigned char)name.ptr[i] < 0x20)
			return;
	collect(c, kind, name);
}

/* The person that a text names first, without titles; false: none. */
static void
keep_first(void *arg, chy_name_kind kind, chy_slice spelling)
{
	chy_slice *first = arg;

	if (kind == CHY_NAME_PERSON && first->len == 0)
		*first = spelling;
}

/* Who signs and who classifies: a name, perhaps with its title, or a title
 * alone, which is nobody. */
static void
collect_person(struct collecting *c, chy_slice text)
{
	chy_slice first = CHY_EMPTY;
	char upper[CHY_VOCAB_KEY_MAX];
	const chy_name_word *row;

	text = chy_slice_trim(text);
	chy_names_find(text, keep_first, &first);
	if (first.len > 0) {
		collect_field(c, CHY_NAME_PERSON, first);
		return;
	}
	if (text.len > sizeof(upper))
		return;
	for (size_t i = 0; i < text.len; i++)
		upper[i] = chy_upper(text.ptr[i]);
	row = chy_vocab_name_word((chy_slice){ upper, text.len });
	if (row == NULL || (row->kinds & (CHY_WORD_TITLE | CHY_WORD_STOP)) == 0)
		collect_field(c, CHY_NAME_PERSON, text);
}

/* The country of a code, without what the table says beside it. */
static void
collect_tag(struct collecting *c, const chy_tag_sent *sent)
{
	const chy_tag *tag = chy_vocab_tag_as(sent->kind, sent->code);
	chy_slice name = tag != NULL ? tag->meaning : CHY_EMPTY;

	if (sent->kind == CHY_TAG_PERSON) {
		collect_field(c, CHY_NAME_PERSON, sent->code);
	} else if (sent->kind == CHY_TAG_GEOGRAPHIC) {
		name = chy_slice_sub(name, 0, chy_slice_find(name,
		    CHY_SLICE(" ("), 0));
		/* "Korea, North" is called so in text as well as in tables;
		 * regions have no name. */
		if (chy_slice_ieq(name, CHY_SLICE("Korea, North")))
			name = CHY_SLICE("North Korea");
		if (chy_slice_ieq(name, CHY_SLICE("Korea, South")))
			name = CHY_SLICE("South Korea");
		if (name.len > 0 && chy_is_upper(name.ptr[0]) &&
		    chy_slice_find(name, CHY_SLICE(","), 0) == name.len)
			collect_field(c, CHY_NAME_PLACE, name);
	} else if (sent->kind == CHY_TAG_ORGANIZATION) {
		collect_field(c, CHY_NAME_BODY, chy_name_usual(CHY_NAME_BODY,
		    sent->code).len > 0 || name.len == 0 ? sent->code : name);
	}
}

/* What fields of the heading tell, as names of the row they stand in. */
static void
collect_heading(struct collecting *c, const chy_telegram *tel,
    const chy_row *row)
{
	switch (row->kind) {
	case CHY_ROW_TAGS:
		for (uint32_t i = 0; i < tel->n_tags; i++)
			collect_tag(c, &tel->tags[i]);
		break;
	case CHY_ROW_CLASSIFIED_BY:
		collect_person(c, tel->classifier_name);
		break;
	case CHY_ROW_PASSING:
		for (uint32_t i = 0; i < tel->n_passing; i++)
			for (uint32_t k = 0; k < tel->passing[i].persons.n; k++)
				collect_field(c, CHY_NAME_PERSON,
				    tel->passing[i].persons.at[k]);
		break;
	case CHY_ROW_TAIL:
		for (uint32_t i = 0; i < tel->signers.n; i++)
			collect_person(c, tel->signers.at[i]);
		break;
	default:
		break;
	}
}

static void
put_names(const struct collecting *c, chy_buf *out)
{
	for (uint32_t i = 0; i < c->n; i++) {
		char digits[12];

		chy_buf_putc(out, chy_name_kind_letter(c->at[i].kind));
		for (uint32_t m = c->at[i].first; m != UINT32_MAX;
		    m = c->mentions[m].next) {
			uint32_t row = c->mentions[m].row;
			size_t n = sizeof(digits);

			if (m != c->at[i].first)
				chy_buf_putc(out, ',');
			do {
				digits[--n] = (char)('0' + row % 10);
				row /= 10;
			} while (row > 0);
			chy_buf_put(out, (chy_slice){ digits + n,
			    sizeof(digits) - n });
		}
		chy_buf_putc(out, '\t');
		chy_buf_put(out, c->at[i].text);
		chy_buf_putc(out, '\n');
	}
}

chy_status
chy_likeness_make(const chy_telegram *tel, const chy_row *rows, uint32_t n,
    chy_arena *arena, chy_slice *ret_names, chy_slice *ret_sketch)
{
	struct collecting c = { .arena = arena };
	chy_buf buf = CHY_BUF_INIT;
	char *sketch = chy_arena_alloc(arena,
	    ((size_t)tel->n_paragraphs + 1) * SKETCH_BYTES);
	size_t len = 0;
	uint32_t done = 0;	/* kinds of the heading that were told */
	chy_status st;

	if (sketch == NULL)
		return CHY_ERR_NO_MEMORY;
	for (uint32_t i = 0; i < n; i++) {
		chy_sketch s;
		uint32_t words;

		c.row = i;
		if (rows[i].kind != CHY_ROW_PARAGRAPH) {
			if (rows[i].kind == CHY_ROW_SUBJECT)
				chy_names_find(rows[i].text, collect, &c);
			if ((done >> rows[i].kind & 1u) == 0)
				collect_heading(&c, tel, &rows[i]);
			done |= 1u << rows[i].kind;
			continue;
		}
		chy_names_find(rows[i].text, collect, &c);
		s = chy_sketch_make(rows[i].text);
		words = s.words > UINT16_MAX ? UINT16_MAX : s.words;
		for (int k = 0; k < 4; k++) {
			sketch[len + (size_t)k] =
			    (char)(s.least[0] >> 8 * k & 0xff);
			sketch[len + 4 + (size_t)k] =
			    (char)(s.least[1] >> 8 * k & 0xff);
		}
		sketch[len + 8] = (char)(words & 0xff);
		sketch[len + 9] = (char)(words >> 8);
		len += SKETCH_BYTES;
	}
	put_names(&c, &buf);
	*ret_names = chy_arena_copy(arena, chy_buf_slice(&buf));
	*ret_sketch = (chy_slice){ sketch, len };
	st = c.failed ? CHY_ERR_NO_MEMORY : chy_buf_status(&buf);
	chy_buf_done(&buf);
	return st;
}


/* ---- columns ---- */

void
chy_likeness_done(chy_store *store)
{
	struct chy_likeness *l = store->likeness;

	if (l == NULL)
		return;
	chy_seen_done(l);
	chy_names_free(l->texts);
	chy_names_free(l->keys);
	free(l->spellings);
	free(l->stands);
	free(l->first_stand);
	free(l->sketches);
	free(l->first_sketch);
	free(l);
	store->likeness = NULL;
}

/* The number of a spelling; CHY_NONE without memory, 0 if it is no name. */
static uint32_t
spelling_put(struct chy_likeness *l, chy_name_kind kind, chy_slice text)
{
	char with[CHY_NAME_MAX + 1], key[CHY_NAME_KEY + 1];
	uint32_t before = chy_name_count(l->texts), i, number;
	size_t len;

	if (text.len > CHY_NAME_MAX)
		return 0;
	with[0] = key[0] = chy_name_kind_letter(kind);
	memcpy(with + 1, text.ptr, text.len);
	i = chy_names_put(l->texts, (chy_slice){ with, text.len + 1 });
	if (i == CHY_NONE || i < before)
		return i == CHY_NONE ? i : l->spellings[i].key != 0 ? i : 0;
	if (!chy_array_grow(&l->spellings, &l->cap_spellings, (size_t)i + 1,
	    sizeof(*l->spellings)))
		return CHY_NONE;
	len = chy_name_key(kind, text, key + 1);
	number = len > 0 ? chy_names_put(l->keys,
	    (chy_slice){ key, len + 1 }) : 0;
	if (number == CHY_NONE)
		return CHY_NONE;
	l->spellings[i] = (chy_spelling){
		chy_slice_from(chy_name_text(l->texts, i), 1), number, kind };
	return number != 0 ? i : 0;
}

static bool
add_stand(struct chy_likeness *l, uint32_t spelling, uint32_t row)
{
	if (!chy_array_grow(&l->stands, &l->cap_stands, l->n_stands + 1,
	    sizeof(*l->stands)))
		return false;
	l->stands[l->n_stands++] = (struct stands){ spelling, row };
	return true;
}

/* One line of the list of names. */
static bool
add_line(struct chy_likeness *l, chy_slice line)
{
	size_t tab = chy_slice_find(line, CHY_SLICE("\t"), 0);
	chy_name_kind kind = CHY_NAME_BODY;
	uint32_t spelling, row = 0;

	if (tab < 2 || tab == line.len)
		return true;
	if (line.ptr[0] == 'P')
		kind = CHY_NAME_PERSON;
	else if (line.ptr[0] == 'L')
		kind = CHY_NAME_PLACE;
	spelling = spelling_put(l, kind, chy_slice_from(line, tab + 1));
	if (spelling == CHY_NONE)
		return false;
	for (size_t i = 1; i <= tab && spelling != 0; i++) {
		if (chy_is_digit(line.ptr[i]) && row < UINT32_MAX / 16) {
			row = row * 10 + (uint32_t)(line.ptr[i] - '0');
			continue;
		}
		if (!add_stand(l, spelling, row))
			return false;
		row = 0;
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

static bool
add_lists(struct chy_likeness *l, chy_slice names, chy_slice sketch)
{
	size_t n = sketch.len / SKETCH_BYTES;

	while (names.len > 0) {
		size_t end = chy_slice_find(names, CHY_SLICE("\n"), 0);

		if (!add_line(l, chy_slice_sub(names, 0, end)))
			return false;
		names = chy_slice_from(names, end + 1);
	}
	if (!chy_array_grow(&l->sketches, &l->cap_sketches, l->n_sketches + 3 * n,
	    sizeof(*l->sketches)))
		return false;
	for (size_t i = 0; i < n; i++) {
		const char *p = sketch.ptr + i * SKETCH_BYTES;

		l->sketches[l->n_sketches++] = number_at(p, 4);
		l->sketches[l->n_sketches++] = number_at(p + 4, 4);
		l->sketches[l->n_sketches++] = number_at(p + 8, 2);
	}
	return true;
}

/* Telegram `n_tels` begins here. */
static bool
next_tel(struct chy_likeness *l)
{
	if (!chy_array_grow(&l->first_stand, &l->cap_first, (size_t)l->n_tels + 2,
	    sizeof(*l->first_stand)) || !chy_array_grow(&l->first_sketch,
	    &l->cap_first_sketch, (size_t)l->n_tels + 2,
	    sizeof(*l->first_sketch)))
		return false;
	l->first_stand[l->n_tels] = (uint32_t)l->n_stands;
	l->first_sketch[l->n_tels] = (uint32_t)l->n_sketches;
	return true;
}

/* The list of names of a row of GET_NAMES, in the arena. */
static chy_status
names_take(chy_store *store, chy_stmt *s, chy_arena *arena, chy_slice *ret,
    chy_error *err)
{
	int64_t codec = chy_column_int(s, 3);

	return chy_unpack(store, codec == CHY_CODEC_PLAIN ?
	    chy_column_text(s, 1) : chy_column_blob(s, 4), codec,
	    CHY_LIMIT_FILE, arena, ret, err);
}

chy_status
chy_store_names_of(chy_store *store, int64_t original, chy_arena *arena,
    chy_slice *ret, chy_error *err)
{
	chy_stmt *s = chy_store_stmt(store, ST_GET_NAMES, err);
	bool row;
	chy_status st;

	*ret = CHY_EMPTY;
	if (s == NULL)
		return CHY_ERR_STORE;
	chy_stmt_int(s, 1, original);
	st = chy_stmt_step(s, &row, err);
	if (st == CHY_OK && row)
		st = names_take(store, s, arena, ret, err);
	chy_stmt_reset(s);
	return st;
}

/* Go on from the telegram that was loaded last. */
static chy_status
load(chy_store *store, struct chy_likeness *l, chy_error *err)
{
	const chy_columns *c = &store->columns;
	chy_stmt *s = chy_store_stmt(store, ST_LOAD_LIKENESS, err);
	bool row = false, good = next_tel(l);
	chy_slice names;
	chy_arena arena;
	chy_status st = CHY_OK;

	if (s == NULL)
		return CHY_ERR_STORE;
	chy_arena_init(&arena, 0);
	chy_stmt_int(s, 1, l->n_tels > 0 ?
	    c->tels[l->n_tels - 1].original : 0);
	while (good && (st = chy_stmt_step(s, &row, err)) == CHY_OK && row) {
		int64_t original = chy_column_int(s, 0);

		/* Those filed before there was the table have none. */
		while (good && l->n_tels < c->n_tels &&
		    c->tels[l->n_tels].original < original) {
			l->n_tels++;
			good = next_tel(l);
		}
		if (!good || l->n_tels == c->n_tels)
			break;
		if (c->tels[l->n_tels].original != original)
			continue;
		st = names_take(store, s, &arena, &names, err);
		if (st != CHY_OK)
			break;
		good = add_lists(l, names, chy_column_blob(s, 2));
		chy_arena_reset(&arena);
		if (good) {
			l->n_tels++;
			good = next_tel(l);
		}
	}
	chy_stmt_reset(s);
	chy_arena_done(&arena);
	while (good && st == CHY_OK && l->n_tels < c->n_tels) {
		l->n_tels++;
		good = next_tel(l);
	}
	return st != CHY_OK ? st : good ? CHY_OK : chy_fail(err,
	    CHY_ERR_NO_MEMORY, "no memory");
}

chy_status
chy_likeness_update(chy_store *store, chy_error *err)
{
	struct chy_likeness *l = store->likeness;
	chy_status st;

	if (l != NULL && l->rebuild == store->columns.rebuild &&
	    l->n_tels == store->columns.n_tels)
		return CHY_OK;
	if (l != NULL && (l->rebuild != store->columns.rebuild ||
	    l->n_tels > store->columns.n_tels))
		chy_likeness_done(store);
	if (store->likeness == NULL) {
		l = store->likeness = calloc(1, sizeof(*l));
		if (l == NULL)
			return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
		l->texts = chy_names_new();
		l->keys = chy_names_new();
		l->rebuild = store->columns.rebuild;
		if (l->texts == NULL || l->keys == NULL) {
			chy_likeness_done(store);
			return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
		}
	}
	st = load(store, l, err);
	if (st != CHY_OK)
		chy_likeness_done(store);
	return st;
}


/* ---- near-duplicates ---- */

/* Sketches of the telegram asked for, by their hash. */
struct wanted {
	uint32_t *slots;	/* hashes; 0 is free, hashes are odd */
	uint32_t  mask;
	uint32_t  words;	/* of all its paragraphs that count */
};

static void
want(struct wanted *w, uint32_t hash)
{
	uint32_t at = hash * 2654435761u;

	while (w->slots[(at >> 8) & w->mask] != 0 &&
	    w->slots[(at >> 8) & w->mask] != hash)
		at += 256;
	w->slots[(at >> 8) & w->mask] = hash;
}

static bool
wants(const struct wanted *w, uint32_t hash)
{
	uint32_t at = hash * 2654435761u, h;

	while ((h = w->slots[(at >> 8) & w->mask]) != 0) {
		if (h == hash)
			return true;
		at += 256;
	}
	return false;
}

/* Go over the sketches that the reader sees of a telegram. */
static uint32_t
words_of(const chy_store *store, const chy_view *view, uint32_t tel,
    struct wanted *put, const struct wanted *in, uint32_t *ret_words)
{
	const struct chy_likeness *l = store->likeness;
	const chy_columns *c = &store->columns;
	uint32_t first = l->first_sketch[tel];
	uint32_t n = (l->first_sketch[tel + 1] - first) / 3, shared = 0;
	uint32_t row = c->tels[tel].row_count - n;

	for (uint32_t i = 0; i < n; i++) {
		const uint32_t *k = &l->sketches[first + 3 * i];

		if (k[0] == 0 || n > c->tels[tel].row_count)
			continue;
		if (in != NULL && !wants(in, k[0]) && !wants(in, k[1])) {
			/* Only what is shared needs rights at once. */
			*ret_words += chy_sees_row(view, c, tel, row + i) ?
			    k[2] : 0;
			continue;
		}
		if (!chy_sees_row(view, c, tel, row + i))
			continue;
		*ret_words += k[2];
		shared += k[2];
		if (put != NULL) {
			want(put, k[0]);
			want(put, k[1]);
		}
	}
	return shared;
}

/* Whether one paragraph of the telegram is wanted, seen or not: most have
 * none, and need no rights looked at. */
static bool
any_wanted(const chy_store *store, uint32_t tel, const struct wanted *w)
{
	const struct chy_likeness *l = store->likeness;

	for (uint32_t i = l->first_sketch[tel]; i < l->first_sketch[tel + 1];
	    i += 3)
		if (l->sketches[i] != 0 && (wants(w, l->sketches[i]) ||
		    wants(w, l->sketches[i + 1])))
			return true;
	return false;
}

struct near_list {
	chy_near_group *at;
	uint32_t	n, most;
	const chy_columns *c;
};

static void
near_add(struct near_list *list, chy_near_group one)
{
	uint32_t i = list->n;

	for (; i > 0; i--) {
		const chy_near_group *p = &list->at[i - 1];

		if (p->share > one.share || (p->share == one.share &&
		    chy_slice_cmp(chy_name_text(list->c->groups, p->group),
		    chy_name_text(list->c->groups, one.group)) < 0))
			break;
		if (i < list->most)
			list->at[i] = list->at[i - 1];
	}
	if (i >= list->most)
		return;
	list->at[i] = one;
	if (list->n < list->most)
		list->n++;
}

chy_status
chy_store_near(chy_store *store, const chy_view *view, uint32_t group,
    uint32_t most, chy_arena *arena, chy_near_group **ret, uint32_t *ret_n,
    chy_error *err)
{
	const chy_columns *c = &store->columns;
	struct near_list list = { NULL, 0, most, c };
	struct wanted w = { NULL, 0, 0 };
	uint32_t *members, n, many = 16, groups;
	chy_status st = chy_likeness_update(store, err);

	if (st != CHY_OK)
		return st;
	n = chy_view_members(store, view, group, arena, &members);
	for (uint32_t i = 0; i < n; i++)
		many += c->tels[members[i]].row_count * 2;
	while ((w.mask + 1) < many * 4)
		w.mask = w.mask * 2 + 1;
	w.slots = chy_arena_zalloc(arena, (size_t)w.mask + 1,
	    sizeof(*w.slots));
	list.at = chy_arena_zalloc(arena, (size_t)most + 1, sizeof(*list.at));
	if (w.slots == NULL || list.at == NULL)
		return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	for (uint32_t i = 0; i < n; i++)
		/* Of copies the first says it. */
		if (i == 0 || c->tels[members[i]].section !=
		    c->tels[members[i - 1]].section)
			(void)words_of(store, view, members[i], &w, NULL,
			    &w.words);
	groups = chy_name_count(c->groups);
	for (uint32_t g = 1; g < groups && w.words > 0; g++) {
		uint32_t words = 0, shared = 0;

		if (g == group || view->shown[g] == CHY_NONE ||
		    (c->tels[view->shown[g]].section == 0 &&
		    !any_wanted(store, view->shown[g], &w)))
			continue;
		if (c->tels[view->shown[g]].section == 0) {
			shared = words_of(store, view, view->shown[g], NULL,
			    &w, &words);
		} else {
			uint32_t last = CHY_NONE, *of, k;

			k = chy_view_members(store, view, g, arena, &of);
			for (uint32_t m = 0; m < k; m++) {
				if (last != CHY_NONE && c->tels[of[m]].section
				    == c->tels[last].section)
					continue;
				last = of[m];
				shared += words_of(store, view, of[m], NULL,
				    &w, &words);
			}
		}
		words = words > w.words ? words : w.words;
		if (shared * 2 >= words)
			near_add(&list, (chy_near_group){ g,
			    (uint32_t)((uint64_t)shared * 1000 / words) });
	}
	*ret = list.at;
	*ret_n = list.n;
	return CHY_OK;
}
