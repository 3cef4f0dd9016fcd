/*
 * Similar telegrams. What the one asked for has (citations, cases, TAGS,
 * names, rare words) is looked up among the others, each weighed by how few
 * of the telegrams that the reader sees have it.
 *
 * All weights are whole numbers, so that the sum does not depend on the order
 * in which they are added: the order tells of what was filed between.
 *
 * SPDX-License-Identifier: ISC
 */
#include "registry/alike.h"

#include <stdlib.h>

#include "base/ascii.h"
#include "registry/casework_int.h"
#include "registry/names_int.h"
#include "store/likeness.h"

#define LIKE_MOST	10u
#define LIKE_LIMIT	200u
#define REASONS		12u
#define NEAR_LOOKED	64u	/* candidates whose texts are read */
#define NEAR_LEAST	20u	/* the same, where few are to be shown */
#define NEAR_SAME	800u
#define WORDS_SEEN	4000u	/* of the telegram's, that are weighed */
#define WORDS_LOOKED	80u	/* that are looked up */
#define WORDS_KEPT	24u	/* rarest ones that count */
#define WORD_GROUPS	200u	/* telegrams that a rare word is in */
#define CITERS		200u
#define CASES		100u

static const char *const kind_names[] = {
	[CHY_LIKE_CITES] = "cites",
	[CHY_LIKE_CITED_BY] = "cited-by",
	[CHY_LIKE_SHARED_CITE] = "shared-citation",
	[CHY_LIKE_CASE] = "case",
	[CHY_LIKE_TAG] = "tag",
	[CHY_LIKE_NAME] = "name",
	[CHY_LIKE_WORD] = "word",
};

const char *
chy_like_kind_name(chy_like_kind kind)
{
	return kind_names[kind];
}

void
chy_likes_free(chy_likes *likes)
{
	if (likes == NULL)
		return;
	chy_arena_done(&likes->arena);
	free(likes);
}

/* Something that the telegram has, and who has it, too. */
struct feature {
	chy_like_kind kind;
	chy_slice     text;
	uint32_t      weight;
	uint32_t     *groups;	/* of citations, cases and words; in order */
	uint32_t      n_groups;
	uint32_t      number;	/* of a TAG, of an entry */
};

struct liking {
	struct asking *a;
	chy_arena     *arena;
	uint32_t       group;
	struct feature *at;
	uint32_t       n, cap;
	uint32_t      *score;	/* by group */
	const chy_named *named;
};

/* Logarithm to the base 2, in 256ths. */
static uint32_t
log2_of(uint64_t v)
{
	unsigned top = 63u - (unsigned)__builtin_clzll(v | 1);
	uint64_t part = top > 8 ? v >> (top - 8) : v << (8 - top);

	return top * 256u + (uint32_t)(part & 255u);
}

/* How much it tells that `n` of all have something: 1000 for one alone. */
static uint32_t
rarity(const struct liking *l, uint64_t n)
{
	uint64_t all = l->a->view->n_order + 1u;
	uint32_t full = log2_of(all), own = log2_of(n);

	return full == 0 || own >= full ? 0 : (full - own) * 1000u / full;
}

static struct feature *
feature_add(struct liking *l, chy_like_kind kind, chy_slice text,
    uint32_t weight)
{
	struct feature *f;

	if (weight == 0)
		return NULL;
	if (l->n == l->cap) {
		uint32_t cap = l->cap * 2 + 64;
		struct feature *more = chy_arena_alloc(l->arena,
		    cap * sizeof(*more));

		if (more == NULL)
			return NULL;
		if (l->n > 0)
			memcpy(more, l->at, l->n * sizeof(*more));
		l->at = more;
		l->cap = cap;
	}
	f = &l->at[l->n++];
	*f = (struct feature){ .kind = kind,
	    .text = chy_arena_copy(l->arena, text), .weight = weight };
	return f;
}

static void
group_add(struct liking *l, struct feature *f, uint32_t group)
{
	if (f == NULL || group == l->group || group == CHY_NONE)
		return;
	for (uint32_t i = 0; i < f->n_groups; i++)
		if (f->groups[i] == group)
			return;
	f->groups[f->n_groups++] = group;
	l->score[group] += f->weight;
}


/* ---- citations and cases ---- */

static chy_status
like_citations(struct liking *l)
{
	struct asking *a = l->a;
	chy_slice id = chy_name_text(a->c->groups, l->group);
	chy_cited *cites;
	chy_citing *by;
	struct feature *f;
	uint32_t n, m;
	chy_status st = chy_store_cites(a->reg->store, a->view, l->group,
	    l->arena, &cites, &n, a->err);

	if (st == CHY_OK)
		st = chy_store_cited_by(a->reg->store, a->view, id, l->arena,
		    &by, &m, a->err);
	if (st != CHY_OK)
		return st;
	f = feature_add(l, CHY_LIKE_CITED_BY, id, 3000);
	if (f != NULL)
		f->groups = chy_arena_zalloc(l->arena, (size_t)m + 1,
		    sizeof(*f->groups));
	for (uint32_t i = 0; i < m && f != NULL && f->groups != NULL; i++)
		group_add(l, f, by[i].group);
	for (uint32_t i = 0; i < n && i < CITERS && st == CHY_OK; i++) {
		chy_slice to = cites[i].group != CHY_NONE ? chy_name_text(
		    a->c->groups, cites[i].group) : cites[i].value;
		bool again = false;

		for (uint32_t k = 0; k < i; k++)
			again |= chy_slice_eq(cites[k].value, cites[i].value);
		if (again)
			continue;
		if (cites[i].group != CHY_NONE) {
			f = feature_add(l, CHY_LIKE_CITES, to, 3000);
			if (f != NULL)
				f->groups = chy_arena_zalloc(l->arena, 2,
				    sizeof(*f->groups));
			if (f != NULL && f->groups != NULL)
				group_add(l, f, cites[i].group);
		}
		st = chy_store_cited_by(a->reg->store, a->view, to, l->arena,
		    &by, &m, a->err);
		if (st != CHY_OK || m < 2)
			continue;
		f = feature_add(l, CHY_LIKE_SHARED_CITE, to,
		    rarity(l, m) * 3 / 2);
		m = m < CITERS ? m : CITERS;
		if (f != NULL)
			f->groups = chy_arena_zalloc(l->arena, (size_t)m + 1,
			    sizeof(*f->groups));
		for (uint32_t k = 0; k < m && f != NULL && f->groups != NULL;
		    k++)
			group_add(l, f, by[k].group);
	}
	return st;
}

static chy_status
like_cases(struct liking *l)
{
	struct asking *a = l->a;
	chy_slice id = chy_name_text(a->c->groups, l->group);
	chy_docket *dockets;
	uint32_t n;
	chy_status st = chy_store_docket_list(a->reg->store, CHY_EMPTY,
	    l->arena, &dockets, &n, a->err);

	for (uint32_t i = 0; i < n && i < CASES && st == CHY_OK; i++) {
		chy_docket_member *at;
		struct feature *f;
		uint32_t m;
		bool in = false;

		if (!chy_casework_may(a->reg, a->reader, dockets[i].label,
		    CHY_EMPTY, NULL))
			continue;
		st = chy_store_docket_member_list(a->reg->store,
		    dockets[i].name, l->arena, &at, &m, a->err);
		for (uint32_t k = 0; st == CHY_OK && k < m; k++)
			in |= chy_slice_eq(at[k].telegram, id);
		if (st != CHY_OK || !in)
			continue;
		f = feature_add(l, CHY_LIKE_CASE, dockets[i].name, 2000);
		if (f != NULL)
			f->groups = chy_arena_zalloc(l->arena, (size_t)m + 1,
			    sizeof(*f->groups));
		for (uint32_t k = 0; k < m && f != NULL && f->groups != NULL;
		    k++) {
			uint32_t g = chy_name_find(a->c->groups,
			    at[k].telegram);

			if (g != CHY_NONE && g != 0 &&
			    chy_set_has(a->view->visible, g))
				group_add(l, f, g);
		}
	}
	return st;
}


/* ---- TAGS and names: by columns ---- */

static bool
sees_tags(const struct asking *a, uint32_t group)
{
	uint32_t t = a->view->shown[group];

	return t != CHY_NONE &&
	    (a->view->tel_sees[t] & CHY_SEES_HEADING) != 0;
}

#define OWN_TAGS	32u	/* of the telegram's, that are weighed */

/* Which of the telegram's own TAGS a group has, a bit each. `place` has the
 * number of a code among them, plus 1. */
static uint32_t
tags_of(const struct asking *a, uint32_t group, const uint8_t *place)
{
	const chy_tel_column *t;
	const uint32_t *tags;
	uint32_t mask = 0;

	if (!sees_tags(a, group))
		return 0;
	t = &a->c->tels[a->view->shown[group]];
	tags = chy_tel_tags(a->c, t);
	for (uint32_t i = 0; i < t->n_tags; i++)
		if (place[tags[i]] != 0)
			mask |= 1u << (place[tags[i]] - 1);
	return mask;
}

static chy_status
like_tags(struct liking *l)
{
	struct asking *a = l->a;
	const chy_tel_column *own = &a->c->tels[a->view->shown[l->group]];
	const uint32_t *tags = chy_tel_tags(a->c, own);
	uint32_t groups = chy_name_count(a->c->groups), n = 0;
	uint32_t weight[OWN_TAGS] = { 0 }, count[OWN_TAGS] = { 0 };
	uint32_t code[OWN_TAGS];
	uint8_t *place = calloc((size_t)chy_name_count(a->c->codes) + 1, 1);
	uint32_t *masks = calloc((size_t)groups + 1, sizeof(*masks));

	if (place == NULL || masks == NULL) {
		free(place);
		free(masks);
		return chy_fail(a->err, CHY_ERR_NO_MEMORY, "no memory");
	}
	for (uint32_t i = 0; sees_tags(a, l->group) && i < own->n_tags; i++)
		if (place[tags[i]] == 0 && n < OWN_TAGS) {
			code[n] = tags[i];
			place[tags[i]] = (uint8_t)++n;
		}
	for (uint32_t g = 1; g < groups && n > 0; g++) {
		masks[g] = tags_of(a, g, place);
		for (uint32_t m = masks[g]; m != 0; m &= m - 1)
			count[__builtin_ctz(m)]++;
	}
	for (uint32_t i = 0; i < n; i++) {
		struct feature *f = feature_add(l, CHY_LIKE_TAG,
		    chy_name_text(a->c->codes, code[i]),
		    rarity(l, count[i]) * 2 / 3);

		if (f == NULL)
			continue;
		f->number = code[i];
		weight[i] = f->weight;
	}
	for (uint32_t g = 1; g < groups && n > 0; g++)
		for (uint32_t m = g == l->group ? 0 : masks[g]; m != 0;
		    m &= m - 1)
			l->score[g] += weight[__builtin_ctz(m)];
	free(place);
	free(masks);
	return CHY_OK;
}

/* Names as they are shown: of the spellings that the telegram has. */
static chy_status
name_features(struct liking *l)
{
	size_t words = chy_set_words(l->a->c);
	uint64_t *set = calloc(words + 1, sizeof(*set));
	struct counted *at = chy_arena_zalloc(l->arena, (size_t)l->n + 1,
	    sizeof(*at));
	chy_name_entry *entries = chy_arena_zalloc(l->arena, (size_t)l->n + 1,
	    sizeof(*entries));
	uint32_t n = 0;
	chy_status st;

	if (set == NULL || at == NULL || entries == NULL) {
		free(set);
		return chy_fail(l->a->err, CHY_ERR_NO_MEMORY, "no memory");
	}
	chy_set_put(set, l->group);
	for (uint32_t i = 0; i < l->n; i++)
		if (l->at[i].kind == CHY_LIKE_NAME)
			at[n++] = (struct counted){ l->at[i].number, 1,
			    chy_entry_kind(l->named, l->at[i].number),
			    chy_name_text(l->named->keys, l->at[i].number) };
	st = chy_entries_fill(l->a, l->named, set, at, n, l->arena, entries);
	n = 0;
	for (uint32_t i = 0; i < l->n && st == CHY_OK; i++)
		if (l->at[i].kind == CHY_LIKE_NAME)
			l->at[i].text = entries[n++].name;
	free(set);
	return st;
}

/* Add the weight of each entry, 0 for those that the telegram has not, to the
 * groups that have it. Of all that is done here this takes longest, as all
 * entries are looked at: adding nothing is quicker than asking whether to. */
static void
score_names(struct liking *l, const uint32_t *weight)
{
	const uint32_t *entries = l->named->entries;
	const uint32_t *first = l->named->first, *end = l->named->end;
	uint32_t groups = chy_name_count(l->a->c->groups);

	for (uint32_t g = 1; g < groups; g++) {
		uint32_t sum = 0, last = 0;

		for (uint32_t i = first[g], n = end[g]; i < n; i++) {
			sum += entries[i] != last ? weight[entries[i]] : 0;
			last = entries[i];
		}
		l->score[g] += g != l->group ? sum : 0;
	}
}

static chy_status
like_names(struct liking *l)
{
	struct asking *a = l->a;
	const chy_named *named;
	uint32_t *weight;
	chy_status st = chy_store_names(a->reg->store, a->view, &named,
	    a->err);

	if (st != CHY_OK)
		return st;
	l->named = named;
	weight = calloc((size_t)chy_name_count(named->keys) + 1,
	    sizeof(*weight));
	if (weight == NULL)
		return chy_fail(a->err, CHY_ERR_NO_MEMORY, "no memory");
	for (uint32_t i = named->first[l->group];
	    i < named->end[l->group]; i++) {
		uint32_t e = named->entries[i];
		struct feature *f;

		if (!chy_named_once(named, l->group, i) ||
		    named->count[e] < 2)
			continue;
		f = feature_add(l, CHY_LIKE_NAME, chy_name_text(named->keys, e),
		    rarity(l, named->count[e]));
		if (f == NULL)
			continue;
		f->number = e;
		weight[e] = f->weight;
	}
	st = name_features(l);
	if (st == CHY_OK)
		score_names(l, weight);
	free(weight);
	return st;
}


/* ---- rare words ---- */

struct own_word {
	chy_slice text;		/* as the index has it */
	uint32_t  promise;	/* of being rare */
	uint32_t  count;	/* groups; above WORD_GROUPS: too many */
	uint32_t *groups;
};

struct own_words {
	struct liking *l;
	struct own_word *at;
	uint32_t n;
	uint32_t *slots;	/* word plus 1 */
	chy_slice row;
};

#define WORD_SLOTS	16384u

/* Long words, names and numbers are rarer than others. */
static bool
own_word(void *arg, chy_slice word, uint32_t off, uint32_t len)
{
	struct own_words *w = arg;
	uint32_t at = chy_slice_hash(word), i;
	bool capital = len > 0 && chy_is_upper(w->row.ptr[off]);
	bool digit = chy_is_digit(word.ptr[0]);
	char upper[CHY_VOCAB_KEY_MAX];
	const chy_name_word *known;

	if (word.len < 4 || word.len > 40 || w->n == WORDS_SEEN)
		return w->n < WORDS_SEEN;
	while ((i = w->slots[at & (WORD_SLOTS - 1)]) != 0) {
		if (chy_slice_eq(w->at[i - 1].text, word))
			return true;
		at++;
	}
	for (size_t k = 0; k < word.len; k++)
		upper[k] = chy_upper(word.ptr[k]);
	known = chy_vocab_name_word((chy_slice){ upper, word.len });
	if (known != NULL)
		return true;
	w->slots[at & (WORD_SLOTS - 1)] = w->n + 1;
	w->at[w->n++] = (struct own_word){
		.text = chy_arena_copy(w->l->arena, word),
		.promise = (uint32_t)word.len + (capital ? 4 : 0) +
		    (digit ? 1 : 0),
	};
	return true;
}

static int
promise_cmp(const void *a, const void *b)
{
	const struct own_word *wa = a, *wb = b;

	if (wa->promise != wb->promise)
		return wa->promise > wb->promise ? -1 : 1;
	return chy_slice_cmp(wa->text, wb->text);
}

static int
rare_cmp(const void *a, const void *b)
{
	const struct own_word *wa = a, *wb = b;

	if (wa->count != wb->count)
		return wa->count < wb->count ? -1 : 1;
	return chy_slice_cmp(wa->text, wb->text);
}

struct counting_word {
	struct asking *a;
	struct own_word *word;
};

/* Rows of a word, those that the reader sees; no further than is needed. */
static chy_status
count_rows(void *arg, const int64_t *rows, size_t n)
{
	struct counting_word *c = arg;
	const chy_columns *cols = c->a->c;

	for (size_t i = 0; i < n; i++) {
		uint32_t g;
		bool again = false;

		if ((uint64_t)rows[i] >= cols->n_rows ||
		    !chy_view_row(c->a->view, (size_t)rows[i]))
			continue;
		g = cols->tels[cols->row_tel[rows[i]]].group;
		for (uint32_t k = c->word->count; k > 0 && !again; k--)
			again = c->word->groups[k - 1] == g;
		if (again)
			continue;
		if (c->word->count == WORD_GROUPS) {
			c->word->count++;
			return CHY_ERR_STOPPED;
		}
		c->word->groups[c->word->count++] = g;
	}
	return CHY_OK;
}

static chy_status
collect_words(struct liking *l, struct own_words *w)
{
	struct asking *a = l->a;
	uint32_t *members, n;
	chy_status st = CHY_OK;

	n = chy_view_members(a->reg->store, a->view, l->group, l->arena,
	    &members);
	for (uint32_t m = 0; m < n && st == CHY_OK; m++) {
		struct reading r;

		if (m > 0 && a->c->tels[members[m]].section ==
		    a->c->tels[members[m - 1]].section)
			continue;
		st = chy_read_visible(a, members[m], a->reg->tel,
		    &a->reg->scratch, &r);
		for (uint32_t i = 0; st == CHY_OK && i < r.tel->n_paragraphs;
		    i++) {
			w->row = r.tel->paragraphs[i].text;
			if (r.visible == NULL || r.visible[i])
				st = chy_text_words(chy_store_db(
				    a->reg->store), w->row, own_word, w,
				    a->err);
		}
		chy_arena_reset(&a->reg->scratch);
	}
	return st;
}

static chy_status
like_words(struct liking *l)
{
	struct own_words w = { .l = l };
	uint32_t looked, kept = 0;
	chy_status st;

	w.at = chy_arena_zalloc(l->arena, WORDS_SEEN + 1, sizeof(*w.at));
	w.slots = chy_arena_zalloc(l->arena, WORD_SLOTS, sizeof(*w.slots));
	if (w.at == NULL || w.slots == NULL)
		return chy_fail(l->a->err, CHY_ERR_NO_MEMORY, "no memory");
	st = collect_words(l, &w);
	if (st != CHY_OK)
		return st;
	if (w.n > 1)
		qsort(w.at, w.n, sizeof(*w.at), promise_cmp);
	looked = w.n < WORDS_LOOKED ? w.n : WORDS_LOOKED;
	for (uint32_t i = 0; i < looked; i++) {
		struct counting_word c = { l->a, &w.at[i] };
		chy_text_query query = { .words = w.at[i].text };

		w.at[i].groups = chy_arena_alloc(l->arena,
		    (WORD_GROUPS + 1) * sizeof(*w.at[i].groups));
		if (w.at[i].groups == NULL)
			return chy_fail(l->a->err, CHY_ERR_NO_MEMORY,
			    "no memory");
		st = chy_text_find(chy_store_db(l->a->reg->store),
		    &query, count_rows, &c, l->a->err);
		if (st != CHY_OK && w.at[i].count <= WORD_GROUPS)
			return st;
	}
	if (looked > 1)
		qsort(w.at, looked, sizeof(*w.at), rare_cmp);
	for (uint32_t i = 0; i < looked && kept < WORDS_KEPT; i++) {
		struct feature *f;

		if (w.at[i].count < 2 || w.at[i].count > WORD_GROUPS)
			continue;
		f = feature_add(l, CHY_LIKE_WORD, w.at[i].text,
		    rarity(l, w.at[i].count) / 2);
		if (f == NULL)
			continue;
		f->groups = chy_arena_zalloc(l->arena, w.at[i].count + 1u,
		    sizeof(*f->groups));
		for (uint32_t k = 0; f->groups != NULL && k < w.at[i].count;
		    k++)
			group_add(l, f, w.at[i].groups[k]);
		kept++;
	}
	return CHY_OK;
}


/* ---- near-duplicates ---- */

/* The visible paragraphs of a group, of all its sections, in the arena. */
static chy_status
group_texts(struct asking *a, uint32_t group, chy_arena *arena,
    chy_slice **ret, uint32_t *ret_n)
{
	uint32_t *members, n, many = 0;
	chy_slice *at = NULL;
	chy_status st = CHY_OK;

	n = chy_view_members(a->reg->store, a->view, group, arena, &members);
	for (uint32_t m = 0; m < n && st == CHY_OK; m++) {
		struct reading r;
		chy_slice *more;

		if (m > 0 && a->c->tels[members[m]].section ==
		    a->c->tels[members[m - 1]].section)
			continue;
		st = chy_read_visible(a, members[m], a->reg->tel,
		    &a->reg->scratch, &r);
		if (st != CHY_OK)
			break;
		more = chy_arena_zalloc(arena, (size_t)many +
		    r.tel->n_paragraphs + 1, sizeof(*more));
		if (more == NULL)
			return chy_fail(a->err, CHY_ERR_NO_MEMORY, "no memory");
		if (many > 0)
			memcpy(more, at, many * sizeof(*more));
		at = more;
		for (uint32_t i = 0; i < r.tel->n_paragraphs; i++)
			if (r.visible == NULL || r.visible[i])
				at[many++] = chy_arena_copy(arena,
				    r.tel->paragraphs[i].text);
		chy_arena_reset(&a->reg->scratch);
	}
	*ret = at;
	*ret_n = many;
	return st;
}

struct near {
	uint32_t group, same;
};

/* Near-duplicates of a group, the likest first, then by id; of at most
 * `looked` candidates, in memory of the arena. */
static chy_status
near_of(struct asking *a, uint32_t group, uint32_t looked, chy_arena *arena,
    struct near **ret, uint32_t *ret_n)
{
	chy_near_group *candidates;
	chy_slice *own, *texts;
	struct near *at;
	uint32_t n, n_own, n_texts, many = 0;
	chy_status st = chy_store_near(a->reg->store, a->view, group,
	    looked, arena, &candidates, &n, a->err);

	if (st == CHY_OK && n > 0)
		st = group_texts(a, group, arena, &own, &n_own);
	at = chy_arena_zalloc(arena, (size_t)n + 1, sizeof(*at));
	if (st == CHY_OK && at == NULL)
		st = chy_fail(a->err, CHY_ERR_NO_MEMORY, "no memory");
	for (uint32_t i = 0; i < n && st == CHY_OK; i++) {
		double same;
		uint32_t k = many;

		st = group_texts(a, candidates[i].group, arena, &texts,
		    &n_texts);
		if (st != CHY_OK)
			break;
		same = chy_text_resemblance(own, n_own, texts, n_texts);
		if (same < 0)
			return chy_fail(a->err, CHY_ERR_NO_MEMORY, "no memory");
		if ((uint32_t)(same * 1000) < NEAR_SAME)
			continue;
		/* Candidates came by id where they were equally like. */
		for (; k > 0 && at[k - 1].same < (uint32_t)(same * 1000); k--)
			at[k] = at[k - 1];
		at[k] = (struct near){ candidates[i].group,
		    (uint32_t)(same * 1000) };
		many++;
	}
	*ret = at;
	*ret_n = many;
	return st;
}


/* ---- the list ---- */

static bool
has_feature(const struct liking *l, const struct feature *f, uint32_t group)
{
	const struct asking *a = l->a;

	if (f->kind == CHY_LIKE_TAG) {
		const chy_tel_column *t =
		    &a->c->tels[a->view->shown[group]];
		const uint32_t *tags = chy_tel_tags(a->c, t);

		for (uint32_t i = 0; sees_tags(a, group) && i < t->n_tags; i++)
			if (tags[i] == f->number)
				return true;
		return false;
	}
	if (f->kind == CHY_LIKE_NAME) {
		for (uint32_t i = l->named->first[group];
		    i < l->named->end[group]; i++)
			if (l->named->entries[i] == f->number)
				return true;
		return false;
	}
	for (uint32_t i = 0; i < f->n_groups; i++)
		if (f->groups[i] == group)
			return true;
	return false;
}

static int
reason_cmp(const void *a, const void *b)
{
	const chy_like_reason *ra = a, *rb = b;

	if (ra->weight != rb->weight)
		return ra->weight > rb->weight ? -1 : 1;
	if (ra->kind != rb->kind)
		return ra->kind < rb->kind ? -1 : 1;
	return chy_slice_cmp(ra->text, rb->text);
}

static chy_status
fill_reasons(const struct liking *l, uint32_t group, chy_arena *arena,
    chy_like *like)
{
	chy_like_reason *all = chy_arena_zalloc(l->arena, (size_t)l->n + 1,
	    sizeof(*all));
	uint32_t n = 0;

	if (all == NULL)
		return chy_fail(l->a->err, CHY_ERR_NO_MEMORY, "no memory");
	for (uint32_t i = 0; i < l->n; i++)
		if (has_feature(l, &l->at[i], group))
			all[n++] = (chy_like_reason){ l->at[i].kind,
			    l->at[i].text, l->at[i].weight };
	if (n > 1)
		qsort(all, n, sizeof(*all), reason_cmp);
	like->n_reasons = n < REASONS ? n : REASONS;
	like->reasons = chy_arena_zalloc(arena, like->n_reasons + 1u,
	    sizeof(*like->reasons));
	if (like->reasons == NULL)
		return chy_fail(l->a->err, CHY_ERR_NO_MEMORY, "no memory");
	for (uint32_t i = 0; i < like->n_reasons; i++) {
		like->reasons[i] = all[i];
		if (all[i].kind == CHY_LIKE_CITES ||
		    all[i].kind == CHY_LIKE_CITED_BY)
			like->reasons[i].text = CHY_EMPTY;
		else
			like->reasons[i].text = chy_arena_copy(arena,
			    all[i].text);
	}
	return CHY_OK;
}

struct ranked {
	uint32_t  group, score, same;
	int64_t	  dtg;
	chy_slice id;
};

static int
ranked_cmp(const struct ranked *a, const struct ranked *b)
{
	if (a->same != b->same)
		return a->same > b->same ? -1 : 1;
	if (a->score != b->score)
		return a->score > b->score ? -1 : 1;
	if (a->dtg != b->dtg)
		return a->dtg > b->dtg ? -1 : 1;
	return chy_slice_cmp(a->id, b->id);
}

/* Put one where it belongs in a list of at most `most`. */
static void
rank_put(struct ranked *at, uint32_t *n, uint32_t most, struct ranked one)
{
	uint32_t k;

	if (*n == most && ranked_cmp(&at[most - 1], &one) < 0)
		return;
	k = *n < most ? *n : most - 1;
	for (; k > 0 && ranked_cmp(&at[k - 1], &one) > 0; k--)
		at[k] = at[k - 1];
	at[k] = one;
	*n += *n < most;
}

/* Near-duplicates, then the highest scores, then as results are ordered. */
static chy_status
rank(struct liking *l, const struct near *near, uint32_t n_near,
    uint32_t most, struct ranked **ret, uint32_t *ret_n)
{
	const struct asking *a = l->a;
	uint32_t groups = chy_name_count(a->c->groups), n = 0;
	struct ranked *at = chy_arena_zalloc(l->arena, (size_t)most + 1,
	    sizeof(*at));

	if (at == NULL)
		return chy_fail(a->err, CHY_ERR_NO_MEMORY, "no memory");
	for (uint32_t i = 0; i < n_near; i++) {
		uint32_t g = near[i].group;

		rank_put(at, &n, most, (struct ranked){ g, l->score[g],
		    near[i].same, a->c->tels[a->view->shown[g]].dtg,
		    chy_name_text(a->c->groups, g) });
		l->score[g] = 0;
	}
	for (uint32_t g = 1; g < groups; g++) {
		/* Most have nothing, or less than the last of the list. */
		if (l->score[g] == 0 || g == l->group || (n == most &&
		    (at[n - 1].same > 0 || l->score[g] < at[n - 1].score)))
			continue;
		rank_put(at, &n, most, (struct ranked){ g, l->score[g], 0,
		    a->c->tels[a->view->shown[g]].dtg,
		    chy_name_text(a->c->groups, g) });
	}
	*ret = at;
	*ret_n = n;
	return CHY_OK;
}

static chy_status
like_make(struct liking *l, uint32_t most, chy_likes *likes)
{
	struct ranked *ranked = NULL;
	struct near *near;
	uint32_t n_near = 0, n = 0;
	chy_status st = like_citations(l);

	if (st == CHY_OK)
		st = like_cases(l);
	if (st == CHY_OK)
		st = like_tags(l);
	if (st == CHY_OK)
		st = like_names(l);
	if (st == CHY_OK)
		st = like_words(l);
	if (st == CHY_OK)
		st = near_of(l->a, l->group, most < NEAR_LEAST ? NEAR_LEAST :
		    most < NEAR_LOOKED ? most : NEAR_LOOKED, l->arena, &near,
		    &n_near);
	if (st == CHY_OK)
		st = rank(l, near, n_near, most, &ranked, &n);
	likes->at = chy_arena_zalloc(&likes->arena, (size_t)n + 1,
	    sizeof(*likes->at));
	if (st == CHY_OK && likes->at == NULL)
		st = chy_fail(l->a->err, CHY_ERR_NO_MEMORY, "no memory");
	if (st == CHY_OK)
		st = chy_line_make(l->a, l->group, NULL, &likes->arena,
		    &likes->line);
	for (uint32_t i = 0; i < n && st == CHY_OK; i++) {
		chy_like *like = &likes->at[likes->n++];

		like->score = ranked[i].score;
		like->same = ranked[i].same;
		like->near_duplicate = ranked[i].same >= NEAR_SAME;
		chy_arena_reset(&l->a->reg->scratch);
		st = chy_line_make(l->a, ranked[i].group, NULL, &likes->arena,
		    &like->line);
		if (st == CHY_OK)
			st = fill_reasons(l, ranked[i].group, &likes->arena,
			    like);
	}
	if (st == CHY_OK && (chy_arena_failed(l->arena) ||
	    chy_arena_failed(&likes->arena)))
		st = chy_fail(l->a->err, CHY_ERR_NO_MEMORY, "no memory");
	return st;
}

chy_status
chy_registry_like(chy_registry *reg, const chy_reader *reader,
    chy_slice address, uint32_t most, chy_likes **ret, chy_error *err)
{
	chy_likes *likes = calloc(1, sizeof(*likes));
	struct liking l = { .n = 0 };
	struct asking a;
	struct place place;
	chy_arena arena;
	chy_status st;

	if (likes == NULL)
		return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	chy_arena_init(&likes->arena, 0);
	chy_arena_init(&arena, 0);
	st = chy_asking_begin(&a, reg, reader, err);
	if (st != CHY_OK) {
		free(likes);
		return st;
	}
	most = most == 0 ? LIKE_MOST : most > LIKE_LIMIT ? LIKE_LIMIT : most;
	st = chy_address_find(&a, address, &arena, &place);
	if (st == CHY_OK && place.group == CHY_NONE)
		st = chy_not_found(address, err);
	if (st == CHY_OK) {
		l = (struct liking){ .a = &a, .arena = &arena,
		    .group = place.group };
		l.score = calloc((size_t)chy_name_count(a.c->groups) + 1,
		    sizeof(*l.score));
		st = l.score == NULL ? chy_fail(err, CHY_ERR_NO_MEMORY,
		    "no memory") : like_make(&l, most, likes);
	}
	free(l.score);
	chy_arena_done(&arena);
	chy_asking_end(&a);
	if (st != CHY_OK) {
		chy_likes_free(likes);
		return st;
	}
	*ret = likes;
	return CHY_OK;
}


/* ---- folding ---- */

chy_status
chy_registry_fold(chy_registry *reg, const chy_reader *reader,
    const chy_slice *ids, uint32_t n, chy_fold *ret, chy_error *err)
{
	struct asking a;
	chy_arena arena;
	uint32_t *groups;
	chy_status st = chy_asking_begin(&a, reg, reader, err);

	if (st != CHY_OK)
		return st;
	chy_arena_init(&arena, 0);
	groups = chy_arena_zalloc(&arena, (size_t)n + 1, sizeof(*groups));
	if (groups == NULL)
		st = chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	for (uint32_t i = 0; i < n && st == CHY_OK; i++) {
		uint32_t g = chy_name_find(a.c->groups, ids[i]);

		groups[i] = g != CHY_NONE && g != 0 &&
		    chy_set_has(a.view->visible, g) ? g : CHY_NONE;
		ret[i] = (chy_fold){ .of = UINT32_MAX };
	}
	for (uint32_t i = 0; i < n && st == CHY_OK; i++) {
		struct near *near;
		uint32_t m;

		if (groups[i] == CHY_NONE || ret[i].of != UINT32_MAX)
			continue;
		st = near_of(&a, groups[i], NEAR_LOOKED, &arena, &near, &m);
		if (st != CHY_OK)
			break;
		ret[i].n_near = m;
		for (uint32_t k = i + 1; k < n; k++)
			for (uint32_t j = 0; j < m; j++)
				if (near[j].group == groups[k] &&
				    ret[k].of == UINT32_MAX)
					ret[k].of = i;
	}
	chy_arena_done(&arena);
	chy_asking_end(&a);
	return st;
}
