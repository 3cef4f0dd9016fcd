/*
 * Posts: by every name they go by, aliases and near misses of their keys,
 * and what the trade's index calls them.
 *
 * SPDX-License-Identifier: ISC
 */
#include "vocab/vocab_int.h"

#include "base/ascii.h"
#include "base/compiler.h"

const char *
chy_post_kind_name(chy_post_kind kind)
{
	switch (kind) {
	case CHY_POST_EMBASSY:
		return "embassy";
	case CHY_POST_CONSULATE:
		return "consulate";
	case CHY_POST_MISSION:
		return "mission";
	case CHY_POST_OFFICE:
		return "office";
	case CHY_POST_DEPARTMENT:
		return "department";
	case CHY_POST_AGENCY:
		return "agency";
	case CHY_POST_SERIES:
		break;
	}
	return "series";
}

/* From a row + 1, as indexes and chains have it. */
static const chy_post *
post_at(uint32_t row)
{
	return row > 0 ? &chy_vocab_post_rows[row - 1] : NULL;
}

const chy_post *
chy_vocab_post_by_plad(chy_slice plad)
{
	return post_at(chy_vocab_find(&chy_vocab_post_plad_index, plad));
}

const chy_post *
chy_vocab_post_by_mrn_name(chy_slice mrn_name)
{
	return post_at(chy_vocab_find(&chy_vocab_post_mrn_name_index,
	    mrn_name));
}

const chy_post *
chy_vocab_post_by_key(chy_slice mrn_key)
{
	return post_at(chy_vocab_find(&chy_vocab_post_key_index, mrn_key));
}

const chy_post *
chy_vocab_post_by_routing(chy_slice routing_indicator)
{
	return post_at(chy_vocab_find(&chy_vocab_post_routing_index,
	    routing_indicator));
}

const chy_post *
chy_vocab_post_next_plad(const chy_post *post)
{
	return post_at(post->next_plad);
}

const chy_post *
chy_vocab_post_next_key(const chy_post *post)
{
	return post_at(post->next_key);
}

const chy_post *
chy_vocab_post_next_routing(const chy_post *post)
{
	return post_at(post->next_routing);
}

bool
chy_vocab_is_post_key(chy_slice mrn_key)
{
	return chy_vocab_post_by_key(mrn_key) != NULL;
}

bool
chy_vocab_post_serves(chy_slice routing_indicator, chy_slice plad)
{
	const chy_collective *c = chy_vocab_collective(plad);

	for (const chy_post *p = chy_vocab_post_by_plad(plad); p != NULL;
	    p = chy_vocab_post_next_plad(p))
		if (chy_slice_eq(p->routing_indicator, routing_indicator))
			return true;
	for (; c != NULL; c = chy_vocab_collective_next(c))
		if (chy_slice_eq(c->routing_indicator, routing_indicator))
			return true;
	return false;
}

chy_slice
chy_vocab_mrn_alias(chy_slice key, int year)
{
	uint32_t row = chy_vocab_find(&chy_vocab_alias_index, key);
	const chy_vocab_alias *alias;

	if (row == 0)
		return key;
	alias = &chy_vocab_alias_rows[row - 1];
	if (alias->from > 0 && (year <= 0 || (uint32_t)year < alias->from))
		return key;
	if (alias->to > 0 && (year <= 0 || (uint32_t)year > alias->to))
		return key;
	return alias->key;
}

/* Whether `to` is what `key` is called in other years. */
static bool
was_renamed(chy_slice key, chy_slice to)
{
	uint32_t row = chy_vocab_find(&chy_vocab_alias_index, key);

	return row > 0 && chy_slice_eq(chy_vocab_alias_rows[row - 1].key, to) &&
	    (chy_vocab_alias_rows[row - 1].from > 0 ||
	    chy_vocab_alias_rows[row - 1].to > 0);
}

bool
chy_vocab_is_same_post(chy_slice a, chy_slice b)
{
	return chy_slice_eq(a, b) || was_renamed(a, b) || was_renamed(b, a);
}

/* At most one letter added, lost or changed. */
static bool
is_near(chy_slice a, chy_slice b)
{
	size_t head = 0, tail = 0;
	size_t shorter = a.len < b.len ? a.len : b.len;
	size_t longer = a.len < b.len ? b.len : a.len;

	if (longer - shorter > 1)
		return false;
	while (head < shorter && a.ptr[head] == b.ptr[head])
		head++;
	while (tail < shorter - head &&
	    a.ptr[a.len - 1 - tail] == b.ptr[b.len - 1 - tail])
		tail++;
	return longer - head - tail <= 1;
}

const chy_post *
chy_vocab_post_near(chy_slice key, bool *ret_ambiguous)
{
	const chy_post *best = chy_vocab_post_by_key(key);

	*ret_ambiguous = false;
	if (best != NULL)
		return best;
	for (uint32_t i = 0; i < chy_vocab_post_count; i++) {
		const chy_post *post = &chy_vocab_post_rows[i];

		if (post->mrn_key.len == 0 || !is_near(post->mrn_key, key))
			continue;
		if (best != NULL && !chy_slice_eq(best->mrn_key,
		    post->mrn_key)) {
			*ret_ambiguous = true;
			return NULL;
		}
		if (best == NULL)
			best = chy_vocab_post_by_key(post->mrn_key);
	}
	return best;
}


/* ---- titles ---- */

/* Text for a caller's buffer; len goes on counting past its end. */
struct title {
	char  *out;
	size_t size;
	size_t len;
};

static void
title_putc(struct title *t, char c)
{
	if (t->len + 1 < t->size)
		t->out[t->len] = c;
	t->len++;
}

static void
title_put(struct title *t, chy_slice s)
{
	for (size_t i = 0; i < s.len; i++)
		title_putc(t, s.ptr[i]);
}

static size_t
title_end(struct title *t)
{
	if (t->size > 0)
		t->out[t->len < t->size ? t->len : t->size - 1] = '\0';
	return t->len;
}

/*
 * Words in capitals as the index prints them: a capital, then small letters
 * (Rio De Janeiro), initials left alone (USNATO).
 */
static void
title_put_words(struct title *t, chy_slice words)
{
	while (words.len > 0) {
		size_t end = chy_slice_find(words, CHY_SLICE(" "), 0);
		chy_slice word = chy_slice_sub(words, 0, end);
		uint32_t row = chy_vocab_find(&chy_vocab_title_word_index,
		    word);

		words = chy_slice_from(words, end + 1);
		if (row > 0) {
			title_put(t, chy_vocab_title_rows[row - 1].title);
		} else {
			for (size_t i = 0; i < word.len; i++)
				title_putc(t, i > 0 &&
				    chy_is_alpha(word.ptr[i - 1]) ?
				    chy_lower(word.ptr[i]) : word.ptr[i]);
		}
		if (words.len > 0)
			title_putc(t, ' ');
	}
}

/* A folded address; 0 where no rule applies. */
static size_t
title_of_plad(chy_slice plad, char *out, size_t size)
{
	struct title t = { out, size, 0 };
	size_t end = chy_slice_find(plad, CHY_SLICE(" "), 0);
	uint32_t row = chy_vocab_find(&chy_vocab_title_exact_index, plad);

	if (row > 0) {
		title_put(&t, chy_vocab_title_rows[row - 1].title);
		return title_end(&t);
	}
	row = chy_vocab_find(&chy_vocab_title_prefix_index,
	    chy_slice_sub(plad, 0, end));
	if (row == 0 || end == plad.len)
		return 0;
	title_put(&t, chy_vocab_title_rows[row - 1].title);
	title_putc(&t, ' ');
	title_put_words(&t, chy_slice_from(plad, end + 1));
	return title_end(&t);
}

size_t
chy_vocab_post_title(chy_slice plad, char *out, size_t size)
{
	char buf[CHY_VOCAB_KEY_MAX];
	chy_slice key;

	if (!chy_vocab_fold(plad, buf, &key))
		return 0;
	return title_of_plad(key, out, size);
}

size_t
chy_vocab_post_words(chy_slice mrn_name, char *out, size_t size)
{
	struct title t = { out, size, 0 };

	title_put_words(&t, mrn_name);
	return title_end(&t);
}

chy_slice
chy_vocab_agency_name(chy_slice plad)
{
	static const char *const capitals[] = { " WASHDC", " WASHINGTON DC",
	    " WASHINGTON" };

	for (size_t i = 0; i < ARRAY_LEN(capitals); i++) {
		chy_slice end = chy_slice_of(capitals[i]);

		if (plad.len > end.len && chy_slice_ends(plad, end))
			return chy_slice_sub(plad, 0, plad.len - end.len);
	}
	return plad;
}

/* A post known by its name on the class line alone. */
static size_t
title_of_kind(const chy_post *post, char *out, size_t size)
{
	struct title t = { out, size, 0 };

	switch (post->kind) {
	case CHY_POST_EMBASSY:
		title_put(&t, CHY_SLICE("Embassy "));
		break;
	case CHY_POST_CONSULATE:
		title_put(&t, CHY_SLICE("Consulate "));
		break;
	case CHY_POST_MISSION:
		title_put(&t, CHY_SLICE("Mission "));
		break;
	case CHY_POST_OFFICE:
		break;
	case CHY_POST_DEPARTMENT:
	case CHY_POST_AGENCY:
	case CHY_POST_SERIES:
		return 0;
	}
	title_put_words(&t, post->mrn_name);
	return title_end(&t);
}

const chy_post *
chy_vocab_post_by_title(chy_slice title)
{
	for (uint32_t i = 0; i < chy_vocab_title_count; i++) {
		const chy_vocab_title *row = &chy_vocab_title_rows[i];
		char plad[CHY_VOCAB_KEY_MAX];
		size_t rest = title.len - row->title.len;
		const chy_post *post = NULL;

		if (row->exact && chy_slice_ieq(title, row->title))
			post = chy_vocab_post_by_plad(row->match);
		else if (row->prefix && chy_slice_istarts(title, row->title) &&
		    rest > 1 && title.ptr[row->title.len] == ' ' &&
		    row->match.len + rest <= sizeof(plad)) {
			memcpy(plad, row->match.ptr, row->match.len);
			memcpy(plad + row->match.len, title.ptr +
			    row->title.len, rest);
			post = chy_vocab_post_by_plad((chy_slice){ plad,
			    row->match.len + rest });
		}
		if (post != NULL && post->mrn_key.len > 0)
			return post;
	}
	return NULL;
}

size_t
chy_vocab_post_title_by_mrn(chy_slice mrn_name, char *out, size_t size)
{
	char buf[CHY_VOCAB_KEY_MAX];
	chy_slice key;
	const chy_post *post;
	size_t len;

	if (!chy_vocab_fold(mrn_name, buf, &key))
		return 0;
	post = chy_vocab_post_by_mrn_name(key);
	if (post == NULL)
		post = chy_vocab_post_by_key(key);
	if (post == NULL)
		post = chy_vocab_post_by_key(chy_vocab_mrn_alias(key, 0));
	if (post == NULL)
		return 0;
	len = title_of_plad(post->plad, out, size);
	return len > 0 ? len : title_of_kind(post, out, size);
}
