/*
 * How an unfinished query may go on: fields, words of the language, and what
 * the telegrams that the reader sees have.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "base/ascii.h"
#include "registry/registry_int.h"
#include "store/casework.h"
#include "store/likeness.h"
#include "vocab/vocab.h"

struct completing {
	struct asking	*a;
	chy_query_at	 at;
	chy_completions *list;
	uint32_t	 most;
	uint32_t	 cap;
};

static bool
fits(const struct completing *c, chy_slice text)
{
	return chy_slice_istarts(text, c->at.begun);
}

static void
put(struct completing *c, chy_slice text, chy_slice meaning, uint64_t count)
{
	chy_completions *l = c->list;
	chy_buf quoted = CHY_BUF_INIT;
	bool blank = chy_slice_find(text, CHY_SLICE(" "), 0) < text.len;

	if (l->n == c->cap) {
		chy_completion *more = chy_arena_alloc(&l->arena,
		    ((size_t)c->cap * 2 + 16) * sizeof(*more));

		if (more == NULL)
			return;
		if (l->n > 0)
			memcpy(more, l->at, l->n * sizeof(*more));
		l->at = more;
		c->cap = c->cap * 2 + 16;
	}
	/* A quote that was opened is closed again. */
	if (blank && !c->at.quoted)
		chy_buf_putc(&quoted, '"');
	chy_buf_put(&quoted, text);
	if (blank || c->at.quoted)
		chy_buf_putc(&quoted, '"');
	l->at[l->n++] = (chy_completion){
		chy_arena_copy(&l->arena, chy_buf_slice(&quoted)),
		chy_arena_copy(&l->arena, meaning), count };
	chy_buf_done(&quoted);
}

static int
cmp(const void *x, const void *y)
{
	const chy_completion *a = x, *b = y;

	if (a->count != b->count)
		return a->count > b->count ? -1 : 1;
	return chy_slice_cmp(a->text, b->text);
}


/* ---- words of the language ---- */

static void
put_fields(struct completing *c)
{
	chy_buf buf = CHY_BUF_INIT;

	for (int i = CHY_FIELD_NONE + 1; i < CHY_FIELD_COUNT; i++) {
		chy_buf_reset(&buf);
		chy_buf_printf(&buf, "%s:", chy_field_name((chy_field)i));
		if (fits(c, chy_buf_slice(&buf)))
			put(c, chy_buf_slice(&buf),
			    chy_slice_of(chy_field_help((chy_field)i)), 0);
	}
	chy_buf_done(&buf);
}

static void
put_words(struct completing *c, const char *const *words, size_t n,
    const char *meaning)
{
	for (size_t i = 0; i < n; i++)
		if (fits(c, chy_slice_of(words[i])))
			put(c, chy_slice_of(words[i]), chy_slice_of(meaning),
			    0);
}

static void
put_flags(struct completing *c)
{
	for (int i = 0; i < CHY_FLAG_COUNT; i++) {
		chy_slice name = chy_slice_of(
		    chy_query_flag_name((chy_query_flag)i));

		if (fits(c, name))
			put(c, name, chy_slice_of(
			    chy_query_flag_help((chy_query_flag)i)), 0);
	}
}


/* ---- what is there ---- */

uint64_t *
chy_count_names(const struct asking *a, chy_field field,
    const struct chy_names *names)
{
	uint64_t *count = calloc((size_t)chy_name_count(names) + 1,
	    sizeof(*count));

	for (uint32_t i = 0; count != NULL && i < a->view->n_order; i++) {
		uint32_t t = a->view->shown[a->view->order[i]];
		const chy_tel_column *tel = &a->c->tels[t];
		bool heading = (a->view->tel_sees[t] & CHY_SEES_HEADING) != 0;
		const uint32_t *words;

		if (field == CHY_FIELD_POST) {
			count[tel->post]++;
		} else if (field == CHY_FIELD_FROM) {
			count[tel->post]++;
			if (heading && tel->origin != tel->post)
				count[tel->origin]++;
		} else if (!heading) {
			continue;
		} else if (field == CHY_FIELD_CAPTION) {
			words = chy_tel_captions(a->c, tel);
			for (uint32_t k = 0; k < tel->n_captions; k++)
				count[words[k]]++;
		} else if (field == CHY_FIELD_TO ||
		    field == CHY_FIELD_INFO) {
			words = chy_tel_addressees(a->c, tel);
			for (uint32_t k = 0; k < tel->n_addressees; k++)
				count[CHY_WORD_POST(words[k])] +=
				    CHY_WORD_ROLE(words[k]) ==
				    (field == CHY_FIELD_TO ?
				    CHY_ROLE_ACTION : CHY_ROLE_INFO);
		} else {
			words = chy_tel_tags(a->c, tel);
			for (uint32_t k = 0; k < tel->n_tags; k++)
				count[words[k]]++;
		}
	}
	return count;
}

static chy_status
put_names(struct completing *c, const struct chy_names *names)
{
	bool tags = names == c->a->c->codes;
	uint64_t *count = chy_count_names(c->a, c->at.field, names);

	if (count == NULL)
		return chy_fail(c->a->err, CHY_ERR_NO_MEMORY, "no memory");
	for (uint32_t i = 0; i < chy_name_count(names); i++) {
		chy_slice name = chy_name_text(names, i);
		const chy_tag *tag = tags ? chy_vocab_tag(name) : NULL;
		const chy_post *post = names == c->a->c->posts ?
		    chy_vocab_post_by_key(name) : NULL;
		chy_slice meaning = tag != NULL ? tag->meaning :
		    post != NULL ? post->plad : CHY_EMPTY;

		if (count[i] > 0 && name.len > 0 && (fits(c, name) ||
		    (c->at.begun.len > 2 && chy_slice_istarts(meaning,
		    c->at.begun))))
			put(c, name, meaning, count[i]);
	}
	free(count);
	return CHY_OK;
}

/* Whether a word of the name begins as what is typed. */
static bool
word_fits(const struct completing *c, chy_slice name)
{
	for (size_t i = 0; i < name.len; i++)
		if ((i == 0 || name.ptr[i - 1] == ' ') &&
		    fits(c, chy_slice_from(name, i)))
			return true;
	return false;
}

/* Each entry once, by the first of its spellings that begins so. */
static chy_status
put_entries(struct completing *c, chy_name_kind kind)
{
	const chy_named *named;
	chy_status st = chy_store_names(c->a->reg->store, c->a->view, &named,
	    c->a->err);
	uint32_t n;
	bool *put_already;

	if (st != CHY_OK)
		return st;
	n = chy_name_count(named->keys);
	put_already = calloc((size_t)n + 1, sizeof(*put_already));
	if (put_already == NULL)
		return chy_fail(c->a->err, CHY_ERR_NO_MEMORY, "no memory");
	for (uint32_t i = 0; i < c->a->view->n_order; i++) {
		uint32_t g = c->a->view->order[i];

		for (uint32_t k = named->first[g]; k < named->end[g];
		    k++) {
			uint32_t entry = named->entries[k];
			chy_slice text = named->spellings[
			    named->spelled[k]].text;

			if (put_already[entry] ||
			    chy_entry_kind(named, entry) != kind ||
			    !word_fits(c, text))
				continue;
			put_already[entry] = true;
			put(c, text, CHY_EMPTY, named->count[entry]);
		}
	}
	free(put_already);
	return CHY_OK;
}

static void
put_numbers(struct completing *c)
{
	const chy_view *view = c->a->view;
	uint32_t n = 0;

	for (uint32_t i = 0; i < view->n_order && n < c->most; i++) {
		chy_slice id = chy_name_text(c->a->c->groups, view->order[i]);

		if (!fits(c, id))
			continue;
		put(c, id, CHY_EMPTY, 0);
		n++;
	}
}

static chy_status
put_cases(struct completing *c)
{
	struct asking *a = c->a;
	chy_docket *dockets;
	uint32_t n;
	chy_status st = chy_store_docket_list(a->reg->store, CHY_EMPTY,
	    &a->reg->scratch, &dockets, &n, a->err);

	for (uint32_t i = 0; st == CHY_OK && i < n; i++)
		if (fits(c, dockets[i].name) && chy_store_may(a->reg->store,
		    a->reader, dockets[i].label, CHY_EMPTY))
			put(c, dockets[i].name, dockets[i].title, 0);
	chy_arena_reset(&a->reg->scratch);
	return st;
}

static chy_status
put_all(struct completing *c)
{
	static const char *const levels[] = { "UNCLASSIFIED", "LOU",
	    "CONFIDENTIAL", "SECRET", "TS", "NONE" };
	static const char *const precedences[] = { "ROUTINE", "PRIORITY",
	    "IMMEDIATE", "NIACT", "FLASH" };
	static const char *const days[] = { "today", "yesterday", "this week",
	    "last week", "this month", "last month", "this year",
	    "last year" };
	static const char *const actions[] = { "open", "overdue", "interim",
	    "answered", "closed", "withdrawn", "any" };

	switch (c->at.field) {
	case CHY_FIELD_NONE:
		put_fields(c);
		return CHY_OK;
	case CHY_FIELD_IS:
		put_flags(c);
		return CHY_OK;
	case CHY_FIELD_CLASS:
		put_words(c, levels, ARRAY_LEN(levels), "level");
		return CHY_OK;
	case CHY_FIELD_PRECEDENCE:
		put_words(c, precedences, ARRAY_LEN(precedences),
		    "precedence");
		return CHY_OK;
	case CHY_FIELD_DATE:
		put_words(c, days, ARRAY_LEN(days), "date");
		return CHY_OK;
	case CHY_FIELD_ACTION:
		put_words(c, actions, ARRAY_LEN(actions), "action");
		return CHY_OK;
	case CHY_FIELD_FROM:
	case CHY_FIELD_TO:
	case CHY_FIELD_INFO:
	case CHY_FIELD_POST:
		return put_names(c, c->a->c->posts);
	case CHY_FIELD_TAG:
	case CHY_FIELD_GEO:
		return put_names(c, c->a->c->codes);
	case CHY_FIELD_CAPTION:
		return put_names(c, c->a->c->tokens);
	case CHY_FIELD_MRN:
	case CHY_FIELD_CITES:
	case CHY_FIELD_CITEDBY:
	case CHY_FIELD_THREAD:
		put_numbers(c);
		return CHY_OK;
	case CHY_FIELD_CASE:
		return put_cases(c);
	case CHY_FIELD_PERSON:
		return put_entries(c, CHY_NAME_PERSON);
	case CHY_FIELD_PLACE:
		return put_entries(c, CHY_NAME_PLACE);
	case CHY_FIELD_ORG:
		return put_entries(c, CHY_NAME_BODY);
	default:
		return CHY_OK;
	}
}

chy_status
chy_registry_complete(chy_registry *reg, const chy_reader *reader,
    chy_slice text, uint32_t most, chy_completions **ret, chy_error *err)
{
	chy_completions *list = calloc(1, sizeof(*list));
	struct asking a;
	struct completing c = { .a = &a, .list = list, .most = most };
	chy_status st;

	if (list == NULL)
		return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	chy_arena_init(&list->arena, 0);
	st = chy_asking_begin(&a, reg, reader, err);
	if (st != CHY_OK) {
		chy_completions_free(list);
		return st;
	}
	list->off = text.len;
	if (chy_query_end(text, &c.at)) {
		list->off = c.at.off;
		st = put_all(&c);
	}
	chy_asking_end(&a);
	if (st == CHY_OK && chy_arena_failed(&list->arena))
		st = chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	if (st != CHY_OK) {
		chy_completions_free(list);
		return st;
	}
	/* Words of the language keep their order, the most used come first. */
	if (list->n > 0 && list->at[0].count > 0)
		qsort(list->at, list->n, sizeof(*list->at), cmp);
	if (list->n > most)
		list->n = most;
	*ret = list;
	return CHY_OK;
}

void
chy_completions_free(chy_completions *list)
{
	if (list == NULL)
		return;
	chy_arena_done(&list->arena);
	free(list);
}
