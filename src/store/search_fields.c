/*
 * Fields of a query that the columns in memory answer, and patterns over them
 * and over subjects.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "base/ascii.h"
#include "query/pattern.h"
#include "store/likeness.h"
#include "store/search_int.h"
#include "vocab/vocab.h"

/* Subjects are fetched one by one where fewer than one telegram of so many is
 * asked about, else all in a row. */
#define FETCH_SHARE	16u


/* ---- which names are meant ---- */

/* Whether the text may begin names of agencies that no table of posts has:
 * "SECDEF" for SECDEFWASHDC. */
static bool
is_beginning(chy_slice key)
{
	return key.len >= 4 && !chy_vocab_is_post_key(key);
}

static bool
post_fits(const chy_query_node *node, bool beginning, chy_slice name)
{
	const chy_post *row;

	if (!node->country)
		return beginning ? chy_slice_starts(name, node->text) :
		    chy_vocab_is_same_post(name, node->text);
	row = chy_vocab_post_by_key(name);
	return row != NULL && chy_slice_eq(row->tags_country, node->text);
}

/* Whether a caption, as it is shown, is meant by what was typed. */
static bool
caption_fits(chy_slice typed, chy_slice name)
{
	const chy_caption *row = chy_vocab_caption(typed);

	return (row != NULL && chy_slice_eq(name, row->token)) ||
	    chy_slice_ieq(name, typed);
}

/* Which of the column's names the node means, by their numbers; heap. */
static bool *
names_meant(const chy_columns *c, const chy_query_node *node, chy_error *err)
{
	bool code = node->field == CHY_FIELD_TAG ||
	    node->field == CHY_FIELD_GEO;
	bool caption = node->field == CHY_FIELD_CAPTION;
	const struct chy_names *names = code ? c->codes : caption ?
	    c->tokens : c->posts;
	uint32_t n = chy_name_count(names);
	bool beginning = !code && !caption && is_beginning(node->text);
	bool *meant = calloc((size_t)n + 1, sizeof(*meant));

	if (meant == NULL) {
		(void)chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
		return NULL;
	}
	for (uint32_t i = 1; i < n; i++) {
		chy_slice name = chy_name_text(names, i);

		meant[i] = node->pattern != NULL ?
		    chy_pattern_matches(node->pattern, name) :
		    code ? chy_slice_eq(name, node->text) :
		    caption ? caption_fits(node->text, name) :
		    post_fits(node, beginning, name);
	}
	return meant;
}


/* ---- fields in the columns ---- */

static bool
date_fits(const chy_tel_column *t, const chy_query_node *node)
{
	chy_civil c = { t->year, 1, 1, 0, 0 };

	if (t->dtg != INT64_MIN)
		return t->dtg >= node->low && t->dtg <= node->high;
	/* Of a telegram without date only the year is known: all of it must
	 * lie in the range. */
	if (t->year < 1 || !chy_civil_valid(c) ||
	    chy_civil_seconds(c) < node->low)
		return false;
	c.month = 12;
	c.day = 31;
	return chy_civil_seconds(c) + 86399 <= node->high;
}

static bool
has_tag(const chy_columns *c, const chy_tel_column *t, const bool *meant)
{
	const uint32_t *tags = chy_tel_tags(c, t);

	for (uint32_t i = 0; i < t->n_tags; i++)
		if (meant[tags[i]])
			return true;
	return false;
}

static bool
has_caption(const chy_columns *c, const chy_tel_column *t,
    const bool *meant)
{
	const uint32_t *captions = chy_tel_captions(c, t);

	for (uint32_t i = 0; i < t->n_captions; i++)
		if (meant[captions[i]])
			return true;
	return false;
}

static bool
has_addressee(const chy_columns *c, const chy_tel_column *t, uint32_t role,
    const bool *meant)
{
	const uint32_t *to = chy_tel_addressees(c, t);

	for (uint32_t i = 0; i < t->n_addressees; i++)
		if (CHY_WORD_ROLE(to[i]) == role && meant[CHY_WORD_POST(to[i])])
			return true;
	return false;
}

static bool
has_copy(const struct eval *e, uint32_t group)
{
	const chy_columns *c = e->c;

	for (uint32_t a = c->heads[group]; a != CHY_NONE; a = c->tels[a].next)
		for (uint32_t b = c->tels[a].next; b != CHY_NONE;
		    b = c->tels[b].next)
			if (e->view->tel_sees[a] != 0 &&
			    e->view->tel_sees[b] != 0 &&
			    c->tels[a].section == c->tels[b].section)
				return true;
	return false;
}

static bool
flag_fits(const struct eval *e, const chy_tel_column *t, int64_t flag,
    bool heading)
{
	switch ((chy_query_flag)flag) {
	case CHY_FLAG_CORRECTED:
		return heading && (t->flags & CHY_HAS_CORRECTED) != 0;
	case CHY_FLAG_PARTIAL:
		return heading && (t->flags & CHY_HAS_PARTIAL) != 0;
	case CHY_FLAG_SECTION:
		return heading && (t->flags & CHY_HAS_SECTIONS) != 0;
	case CHY_FLAG_COPIED:
		return has_copy(e, t->group);
	case CHY_FLAG_UNDATED:
		return t->dtg == INT64_MIN;
	case CHY_FLAG_CITED:
	case CHY_FLAG_MISSING:
	case CHY_FLAG_REQUEST:
	case CHY_FLAG_OPEN:
	case CHY_FLAG_OVERDUE:
	case CHY_FLAG_UNREAD:
	case CHY_FLAG_COUNT:
		break;
	}
	return false;
}

/* Whether the telegram that is shown of a group has the field's value. What
 * is of the heading is not asked where the heading is not seen. */
static bool
column_fits(const struct eval *e, const chy_tel_column *t, bool heading,
    const chy_query_node *node, const bool *meant)
{
	switch (node->field) {
	case CHY_FIELD_DATE:
		return date_fits(t, node);
	case CHY_FIELD_POST:
		return meant[t->post];
	case CHY_FIELD_FROM:
		return meant[t->post] || (heading && meant[t->origin]);
	case CHY_FIELD_TO:
		return heading && has_addressee(e->c, t, CHY_ROLE_ACTION, meant);
	case CHY_FIELD_INFO:
		return heading && has_addressee(e->c, t, CHY_ROLE_INFO, meant);
	case CHY_FIELD_CAPTION:
		return heading && has_caption(e->c, t, meant);
	case CHY_FIELD_CLASS:
		return heading && t->level >= node->low &&
		    t->level <= node->high;
	case CHY_FIELD_PRECEDENCE:
		return heading && t->precedence >= node->low &&
		    t->precedence <= node->high;
	case CHY_FIELD_TAG:
	case CHY_FIELD_GEO:
		return heading && has_tag(e->c, t, meant);
	case CHY_FIELD_IS:
		return flag_fits(e, t, node->low, heading);
	default:
		return false;
	}
}

/* What is asked of each group that is seen. */
struct asked {
	const chy_query_node *node;
	const bool *meant;	/* names, by their numbers; NULL: none */
};

static bool
group_fits(const struct eval *e, uint32_t group, const struct asked *asked)
{
	uint32_t t = e->view->shown[group];

	return column_fits(e, &e->c->tels[t], (e->view->tel_sees[t] &
	    CHY_SEES_HEADING) != 0, asked->node, asked->meant);
}

/* Of groups that telegrams have come to since, the answer may be another. */
static void
try_groups(struct eval *e, bool (*fits)(const struct eval *, uint32_t group,
    const struct asked *), const struct asked *asked, uint64_t *out)
{
	size_t words = e->first_tel == 0 ? chy_set_words(e->c) : 0;

	for (size_t i = 0; i < words; i++)
		for (uint64_t w = e->view->visible[i]; w != 0; w &= w - 1) {
			size_t group = i * 64 + (size_t)__builtin_ctzll(w);

			if (fits(e, (uint32_t)group, asked))
				chy_set_put(out, group);
		}
	for (uint32_t t = e->first_tel; words == 0 && t < e->c->n_tels; t++) {
		uint32_t group = e->c->tel_group[t];

		out[group / 64] &= ~(UINT64_C(1) << (group % 64));
		if (chy_set_has(e->view->visible, group) &&
		    fits(e, group, asked))
			chy_set_put(out, group);
	}
}

chy_status
chy_eval_column(struct eval *e, const chy_query_node *node, uint64_t *out)
{
	bool *meant = names_meant(e->c, node, e->err);
	struct asked asked = { node, meant };

	if (meant == NULL)
		return CHY_ERR_NO_MEMORY;
	try_groups(e, group_fits, &asked, out);
	free(meant);
	return CHY_OK;
}


/* ---- numbers ---- */

/* Whether an id is of the series and its serial in the range. */
static bool
in_series(chy_slice id, const chy_query_node *node)
{
	int64_t serial = 0;

	if (!chy_slice_starts(id, node->text) || id.len == node->text.len ||
	    id.len - node->text.len > 12)
		return false;
	for (size_t i = node->text.len; i < id.len; i++) {
		if (!chy_is_digit(id.ptr[i]))
			return false;
		serial = serial * 10 + (id.ptr[i] - '0');
	}
	return serial >= node->low && serial <= node->high;
}

static bool
id_fits(const struct eval *e, uint32_t group, const struct asked *asked)
{
	const chy_query_node *node = asked->node;
	chy_slice id = chy_name_text(e->c->groups, group);

	if (node->pattern != NULL)
		return chy_pattern_matches(node->pattern, id);
	if (node->high != 0)
		return in_series(id, node);
	/* Of a hash as much as was typed. */
	return chy_slice_starts(id, node->text) ||
	    (node->text.len > id.len && chy_slice_starts(node->text, id));
}

chy_status
chy_eval_mrn(struct eval *e, const chy_query_node *node, uint64_t *out)
{
	bool hash = chy_slice_starts(node->text, CHY_SLICE("sha:"));
	struct asked asked = { node, NULL };
	uint32_t group;

	if (node->pattern != NULL || node->high != 0 || hash) {
		try_groups(e, id_fits, &asked, out);
		return CHY_OK;
	}
	group = chy_visible_group(e->store, e->view, node->text);
	if (group != CHY_NONE)
		chy_set_put(out, group);
	return CHY_OK;
}


/* ---- names ---- */

static chy_name_kind
kind_of(chy_field field)
{
	return field == CHY_FIELD_PERSON ? CHY_NAME_PERSON :
	    field == CHY_FIELD_PLACE ? CHY_NAME_PLACE : CHY_NAME_BODY;
}

/* Groups with a spelling that the pattern fits. */
static chy_status
names_like(struct eval *e, const chy_query_node *node, uint64_t *out)
{
	chy_name_kind kind = kind_of(node->field);
	const chy_named *named;
	chy_status st = chy_store_names(e->store, e->view, &named, e->err);
	bool *meant;

	if (st != CHY_OK)
		return st;
	meant = calloc((size_t)named->n_spellings + 1, sizeof(*meant));
	if (meant == NULL)
		return chy_fail(e->err, CHY_ERR_NO_MEMORY, "no memory");
	for (uint32_t i = 1; i < named->n_spellings; i++)
		meant[i] = named->spellings[i].kind == kind &&
		    chy_pattern_matches(node->pattern,
		    named->spellings[i].text);
	for (uint32_t i = 0; i < e->view->n_order; i++) {
		uint32_t g = e->view->order[i];

		for (uint32_t k = named->first[g]; k < named->end[g];
		    k++)
			if (meant[named->spelled[k]])
				chy_set_put(out, g);
	}
	free(meant);
	return CHY_OK;
}

chy_status
chy_eval_name(struct eval *e, const chy_query_node *node, uint64_t *out)
{
	uint64_t *set;
	chy_status st;

	if (node->pattern != NULL)
		return names_like(e, node, out);
	st = chy_store_named(e->store, e->view, kind_of(node->field),
	    node->text, &set, e->err);
	if (st != CHY_OK)
		return st;
	memcpy(out, set, chy_set_words(e->c) * sizeof(*out));
	free(set);
	return CHY_OK;
}


/* ---- patterns over subjects ---- */

/* A subject may have a mark of its own. */
static bool
sees_subject(const struct eval *e, const chy_tel_column *t)
{
	for (uint32_t i = 0; i < t->row_count; i++) {
		size_t row = (size_t)t->first_row + i;

		if (e->c->row_kind[row] == CHY_ROW_SUBJECT &&
		    chy_view_row(e->view, row))
			return true;
	}
	return false;
}

static void
try_subject(struct eval *e, const chy_query_node *node, uint32_t t,
    chy_slice subject, uint64_t *out)
{
	const chy_tel_column *tel = &e->c->tels[t];

	if (sees_subject(e, tel) &&
	    chy_pattern_matches(node->pattern, subject))
		chy_set_put(out, tel->group);
}

/* The subjects of what the statement, with its parameters, gives. */
static chy_status
try_rows(struct eval *e, const chy_query_node *node, chy_stmt *s,
    uint64_t *out)
{
	chy_status st;
	bool row;

	while ((st = chy_stmt_step(s, &row, e->err)) == CHY_OK && row) {
		size_t original = (size_t)chy_column_int(s, 0);
		uint32_t t = original < e->c->cap_tel_of ?
		    e->c->tel_of[original] : CHY_NONE;

		if (t != CHY_NONE)
			try_subject(e, node, t, chy_column_text(s, 1), out);
	}
	chy_stmt_reset(s);
	return st;
}

static chy_status
try_each(struct eval *e, const chy_query_node *node, const uint64_t *within,
    uint64_t *out)
{
	chy_stmt *s = chy_store_stmt(e->store, ST_GET_SUBJECTS, e->err);
	chy_status st = CHY_OK;
	int n = 0;

	if (s == NULL)
		return CHY_ERR_STORE;
	for (uint32_t t = e->first_tel; t < e->c->n_tels && st == CHY_OK;
	    t++) {
		if (within != NULL && !chy_set_has(within, e->c->tel_group[t]))
			continue;
		chy_stmt_int(s, ++n, e->c->tels[t].original);
		if (n == MANY_AT_ONCE) {
			st = try_rows(e, node, s, out);
			n = 0;
		}
	}
	if (n == 0 || st != CHY_OK)
		return st;
	while (n < MANY_AT_ONCE)
		chy_stmt_null(s, ++n);
	return try_rows(e, node, s, out);
}

static chy_status
try_all(struct eval *e, const chy_query_node *node, uint64_t *out)
{
	chy_stmt *s = chy_store_stmt(e->store, ST_ALL_SUBJECTS, e->err);

	return s == NULL ? CHY_ERR_STORE : try_rows(e, node, s, out);
}

chy_status
chy_eval_subject(struct eval *e, const chy_query_node *node, uint64_t *out)
{
	if (e->first_tel > 0)
		return try_each(e, node, NULL, out);
	if (e->within == NULL || chy_set_count(e->within,
	    chy_set_words(e->c)) >= e->c->n_tels / FETCH_SHARE)
		return try_all(e, node, out);
	e->partial = true;
	return try_each(e, node, e->within, out);
}
