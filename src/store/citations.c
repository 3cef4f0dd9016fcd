/*
 * Citations in memory, and where each leads for one reader.
 *
 * They are read when first asked for and then extended, as the columns are:
 * 16 bytes each. What a citation leads to is not kept: it depends on who asks
 * and on what is filed since, and finding it takes less than a microsecond.
 *
 * A citation leads to the telegram of its number; where no year is printed
 * with it, to that of the year before if the own year has none, or has one
 * that was sent later than the citing telegram (REF-003); where sender and
 * time are printed, to the one telegram of both; where no table has the post,
 * to the one telegram of that year and number whose post is spelled like it.
 * Only what the reader sees is looked at, so it leads where it would if the
 * rest had never been filed.
 *
 * Source: telegram-format 4.2 and 4.9.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/ascii.h"
#include "query/pattern.h"
#include "store/store_int.h"
#include "vocab/vocab.h"

#define DAY	86400
#define YEAR_PRINTED	0x80u	/* in notes, where CHY_REF_NOTES are fewer */
#define SLOTS	65536u		/* of a chain */

struct citation {
	uint32_t tel;
	uint32_t value;		/* in values; 0: none */
	uint32_t row;		/* that it stands in; 0: the REF list */
	uint8_t	 kind, fault, notes;
	char	 letter;
};

_Static_assert(CHY_REF_NOTES <= 7, "notes and the year share a byte");

/* Numbers that share something, newest first: found by hash, appended to. */
struct chain {
	uint32_t *slots;	/* number plus 1; 0: empty */
	uint32_t *next;
	size_t	  cap;
};

/* What is known of a value once for all its citations. */
struct value {
	uint32_t head;		/* its newest citation */
	uint32_t own, before;	/* groups of that id, and of the same a year
				 * before; CHY_NONE */
	bool	 timed;		/* a sender and a time */
	bool	 odd;		/* a number of a post that no table has */
};

struct chy_citations {
	int64_t	  change, rebuild;	/* of the columns they agree with */
	uint32_t  n_tels, n_groups;	/* of the columns that are in */
	struct citation *at;
	uint32_t *next;		/* of the same value; CHY_NONE */
	size_t	  n, cap, cap_next;
	uint32_t *first;	/* by telegram; n_tels + 1 of them */
	size_t	  cap_first;
	struct chy_names *values;
	struct value *about;	/* by value */
	size_t	  cap_about;
	chy_number *numbers;	/* by group */
	size_t	  cap_numbers;
	struct chain groups_by_serial; /* numbers of groups */
	struct chain tels_by_time;
	struct chain odd_by_serial; /* values whose post no table has */
	struct chain values_by_time; /* of sender and time */
};

static void
chain_done(struct chain *chain)
{
	free(chain->slots);
	free(chain->next);
}

static bool
chain_put(struct chain *chain, uint32_t number, uint32_t hash)
{
	if (chain->slots == NULL)
		chain->slots = calloc(SLOTS, sizeof(*chain->slots));
	if (chain->slots == NULL || !chy_array_grow(&chain->next, &chain->cap,
	    (size_t)number + 1, sizeof(*chain->next)))
		return false;
	chain->next[number] = chain->slots[hash % SLOTS];
	chain->slots[hash % SLOTS] = number + 1;
	return true;
}

static uint32_t
chain_first(const struct chain *chain, uint32_t hash)
{
	return chain->slots == NULL ? CHY_NONE :
	    chain->slots[hash % SLOTS] - 1;	/* 0 is none */
}

static uint32_t
chain_next(const struct chain *chain, uint32_t number)
{
	return chain->next[number] - 1;
}

static uint32_t
hash_number(int32_t year, uint32_t serial)
{
	return (serial * 2654435761u ^ (uint32_t)year * 40503u) >> 8;
}

static uint32_t
hash_time(int64_t dtg)
{
	return (uint32_t)(dtg / 60) * 2654435761u >> 8;
}

void
chy_citations_free(struct chy_citations *cs)
{
	if (cs == NULL)
		return;
	free(cs->at);
	free(cs->next);
	free(cs->first);
	free(cs->about);
	free(cs->numbers);
	chy_names_free(cs->values);
	chain_done(&cs->groups_by_serial);
	chain_done(&cs->tels_by_time);
	chain_done(&cs->odd_by_serial);
	chain_done(&cs->values_by_time);
	free(cs);
}


/* ---- reading them in ---- */

static bool
is_known_post(chy_slice key)
{
	return chy_vocab_is_post_key(key);
}

/* "CDRUSCENTCOM 2007-05-12T12:00Z" to the time and the sender. */
static bool
by_time(chy_slice value, chy_slice *ret_sender, int64_t *ret_dtg)
{
	size_t blank = chy_slice_find(value, CHY_SLICE(" "), 0);
	chy_civil c = { 0 };
	chy_slice t;

	if (value.len - blank != 18)
		return false;
	t = chy_slice_from(value, blank + 1);
#define TWO(at)	((t.ptr[at] - '0') * 10 + t.ptr[(at) + 1] - '0')
	c.year = TWO(0) * 100 + TWO(2);
	c.month = (uint8_t)TWO(5);
	c.day = (uint8_t)TWO(8);
	c.hour = (uint8_t)TWO(11);
	c.minute = (uint8_t)TWO(14);
#undef TWO
	if (!chy_civil_valid(c))
		return false;
	*ret_dtg = chy_civil_seconds(c);
	*ret_sender = chy_slice_sub(value, 0, blank);
	return true;
}

/* The number one year before, or after: "06X" of "07X". */
static bool
shift_year(chy_slice id, int by, char out[CHY_MRN_KEY_MAX], chy_slice *ret)
{
	int year;

	if (id.len < 4 || id.len >= CHY_MRN_KEY_MAX ||
	    !chy_is_digit(id.ptr[0]) || !chy_is_digit(id.ptr[1]))
		return false;
	year = (id.ptr[0] - '0') * 10 + (id.ptr[1] - '0') + by;
	memcpy(out, id.ptr, id.len);
	year = (year + 100) % 100;
	out[0] = (char)('0' + year / 10);
	out[1] = (char)('0' + year % 10);
	*ret = (chy_slice){ out, id.len };
	return true;
}

/* The groups of an id, and of the same a year before. */
static void
find_groups(const chy_columns *c, chy_slice id, struct value *about)
{
	char key[CHY_MRN_KEY_MAX];
	chy_slice before;

	about->own = chy_name_find(c->groups, id);
	if (shift_year(id, -1, key, &before))
		about->before = chy_name_find(c->groups, before);
}

/* Whether the post of a number is in no table: then it may be misspelled. */
static bool
is_odd(chy_slice id, chy_mrn *ret)
{
	return chy_mrn_parse(id, 0, ret) && !is_known_post((chy_slice){
	    ret->post, ret->post_len });
}

/* A value that is new: what is near it is found by these. */
static bool
add_value(struct chy_citations *cs, const chy_columns *c, uint32_t v,
    bool telegram)
{
	chy_slice text = chy_name_text(cs->values, v), sender;
	struct value *about;
	int64_t dtg;
	chy_mrn mrn;

	if (!chy_array_grow(&cs->about, &cs->cap_about, (size_t)v + 1,
	    sizeof(*cs->about)))
		return false;
	about = &cs->about[v];
	*about = (struct value){ CHY_NONE, CHY_NONE, CHY_NONE, false, false };
	if (!telegram)
		return true;
	find_groups(c, text, about);
	about->timed = by_time(text, &sender, &dtg);
	if (about->timed)
		return chain_put(&cs->values_by_time, v, hash_time(dtg));
	about->odd = is_odd(text, &mrn);
	return !about->odd || chain_put(&cs->odd_by_serial, v,
	    hash_number(mrn.year, mrn.serial));
}

/* The number of a citation's value; CHY_NONE without memory. */
static uint32_t
put_value(struct chy_citations *cs, const chy_columns *c, chy_stmt *s,
    bool telegram)
{
	chy_slice text = chy_column_text(s, 1);
	uint32_t before = chy_name_count(cs->values), v;
	char key[160], iso[18];

	if (text.len == 0 && !chy_column_is_null(s, 7)) {
		chy_slice sender = chy_slice_sub(chy_column_text(s, 8), 0, 128);
		int n;

		chy_civil_iso(chy_civil_from(chy_column_int(s, 7)), iso);
		n = snprintf(key, sizeof(key), "%.*s %s", CHY_ARG(sender), iso);
		text = (chy_slice){ key, (size_t)n };
	}
	v = chy_names_put(cs->values, text);
	if (v != CHY_NONE && v >= before && v != 0 &&
	    !add_value(cs, c, v, telegram))
		return CHY_NONE;
	return v;
}

/* Telegrams up to number `tel` have no citation that is not in. */
static bool
close_telegrams(struct chy_citations *cs, uint32_t tel)
{
	if (!chy_array_grow(&cs->first, &cs->cap_first, (size_t)tel + 2,
	    sizeof(*cs->first)))
		return false;
	while (cs->n_tels < tel)
		cs->first[++cs->n_tels] = (uint32_t)cs->n;
	return true;
}

static bool
add_citation(struct chy_citations *cs, const chy_columns *c, chy_stmt *s)
{
	size_t original = (size_t)chy_column_int(s, 0);
	uint32_t tel = original < c->cap_tel_of ? c->tel_of[original] :
	    CHY_NONE, v;
	struct citation *k;
	chy_ref_kind kind = (chy_ref_kind)chy_column_int(s, 4);

	if (tel == CHY_NONE)
		return true;
	v = put_value(cs, c, s, kind == CHY_REF_TELEGRAM);
	if (v == CHY_NONE || !close_telegrams(cs, tel) ||
	    cs->n >= CHY_NONE - 1 || !chy_array_grow(&cs->at, &cs->cap,
	    cs->n + 1, sizeof(*cs->at)) || !chy_array_grow(&cs->next,
	    &cs->cap_next, cs->n + 1, sizeof(*cs->next)))
		return false;
	k = &cs->at[cs->n];
	*k = (struct citation){
		.tel = tel, .value = v, .kind = (uint8_t)kind,
		.letter = (char)chy_column_int(s, 2),
		.notes = (uint8_t)(chy_column_int(s, 5) & 0x7f),
		.fault = (uint8_t)chy_column_int(s, 6),
		.row = chy_column_is_null(s, 9) ? 0 : (uint32_t)
		    (c->tels[tel].first_row + chy_column_int(s, 9)),
	};
	if (chy_column_int(s, 3) != 0)
		k->notes |= YEAR_PRINTED;
	cs->next[cs->n] = CHY_NONE;
	if (v != 0) {
		cs->next[cs->n] = cs->about[v].head;
		cs->about[v].head = (uint32_t)cs->n;
	}
	cs->n++;
	return true;
}

/* A group has come: its number may be cited, and that of a year later. */
static void
value_leads(struct chy_citations *cs, chy_slice id, uint32_t group)
{
	char key[CHY_MRN_KEY_MAX];
	uint32_t v = chy_name_find(cs->values, id);
	chy_slice after;

	if (v != CHY_NONE && v != 0)
		cs->about[v].own = group;
	if (!shift_year(id, 1, key, &after))
		return;
	v = chy_name_find(cs->values, after);
	if (v != CHY_NONE && v != 0)
		cs->about[v].before = group;
}

/* Groups and telegrams that are new since. */
static bool
add_groups(struct chy_citations *cs, const chy_columns *c, uint32_t tels)
{
	uint32_t groups = chy_name_count(c->groups);

	if (!chy_array_grow(&cs->numbers, &cs->cap_numbers, groups,
	    sizeof(*cs->numbers)))
		return false;
	for (uint32_t g = cs->n_groups; g < groups; g++) {
		chy_slice id = chy_name_text(c->groups, g);
		chy_mrn mrn;

		cs->numbers[g] = (chy_number){ .post = CHY_NONE };
		value_leads(cs, id, g);
		if (g == 0 || !chy_mrn_parse(id, 0, &mrn) || mrn.year == 0)
			continue;
		cs->numbers[g].serial = mrn.serial;
		cs->numbers[g].year = mrn.year;
		cs->numbers[g].post = chy_name_find(c->posts, (chy_slice){
		    mrn.post, mrn.post_len });
		if (!chain_put(&cs->groups_by_serial, g, hash_number(mrn.year,
		    mrn.serial)))
			return false;
	}
	cs->n_groups = groups;
	for (uint32_t t = tels; t < c->n_tels; t++)
		if (c->tels[t].dtg != INT64_MIN && !chain_put(
		    &cs->tels_by_time, t, hash_time(c->tels[t].dtg)))
			return false;
	return true;
}

static struct chy_citations *
citations_new(void)
{
	struct chy_citations *cs = calloc(1, sizeof(*cs));

	if (cs == NULL)
		return NULL;
	cs->values = chy_names_new();
	if (cs->values == NULL || !chy_array_grow(&cs->first, &cs->cap_first,
	    1, sizeof(*cs->first))) {
		chy_citations_free(cs);
		return NULL;
	}
	cs->first[0] = 0;
	return cs;
}

/* Bring them to what the columns hold. */
static chy_status
update(chy_store *store, chy_error *err)
{
	const chy_columns *c = &store->columns;
	struct chy_citations *cs = store->citations;
	uint32_t tels;
	chy_stmt *s;
	chy_status st;
	bool row, room = true;

	if (cs != NULL && cs->rebuild != c->rebuild) {
		chy_citations_free(cs);
		cs = store->citations = NULL;
	}
	if (cs != NULL && cs->change == c->change)
		return CHY_OK;
	s = chy_store_stmt(store, ST_LOAD_CITATIONS, err);
	if (s == NULL)
		return CHY_ERR_STORE;
	if (cs == NULL)
		cs = store->citations = citations_new();
	if (cs == NULL)
		return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	tels = cs->n_tels;
	chy_stmt_int(s, 1, tels > 0 ? c->tels[tels - 1].original : 0);
	while (room && (st = chy_stmt_step(s, &row, err)) == CHY_OK && row)
		room = add_citation(cs, c, s);
	chy_stmt_reset(s);
	if (st == CHY_OK && (!room || !close_telegrams(cs, c->n_tels) ||
	    !add_groups(cs, c, tels)))
		st = chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	if (st != CHY_OK) {
		/* Half of them is worse than none. */
		chy_citations_free(cs);
		store->citations = NULL;
		return st;
	}
	cs->change = c->change;
	cs->rebuild = c->rebuild;
	return CHY_OK;
}

chy_status
chy_store_numbers(chy_store *store, const chy_number **ret_by_group,
    chy_error *err)
{
	chy_status st = update(store, err);

	if (st == CHY_OK)
		*ret_by_group = store->citations->numbers;
	return st;
}


/* ---- where one leads ---- */

struct leading {
	const chy_columns *c;
	const chy_view	  *view;
	const struct chy_citations *cs;
};

static bool
sees_citation(const struct leading *l, const struct citation *k)
{
	if (k->row != 0)
		return k->row < l->c->n_rows && chy_view_row(l->view, k->row);
	return (l->view->tel_sees[k->tel] & CHY_SEES_HEADING) != 0;
}

static uint32_t
if_visible(const struct leading *l, uint32_t group)
{
	return group != CHY_NONE && group != 0 &&
	    chy_set_has(l->view->visible, group) ? group : CHY_NONE;
}

/* At most one letter added, lost or changed, or two changed over. */
static bool
spelled_like(chy_slice a, chy_slice b)
{
	size_t head = 0, tail = 0;
	size_t shorter = a.len < b.len ? a.len : b.len;
	size_t longer = a.len < b.len ? b.len : a.len;

	if (longer - shorter > 1 || shorter < 4)
		return false;
	while (head < shorter && a.ptr[head] == b.ptr[head])
		head++;
	while (tail < shorter - head &&
	    a.ptr[a.len - 1 - tail] == b.ptr[b.len - 1 - tail])
		tail++;
	if (longer - head - tail <= 1)
		return true;
	return a.len == b.len && longer - head - tail == 2 &&
	    a.ptr[head] == b.ptr[head + 1] && a.ptr[head + 1] == b.ptr[head];
}

/* One address is the other, or begins like it: CDRUSCENTCOM and
 * CDRUSCENTCOMMACDILLAFBFL. */
static bool
same_sender(chy_slice a, chy_slice b)
{
	size_t n = a.len < b.len ? a.len : b.len;

	return chy_slice_eq(a, b) || (n >= 5 && memcmp(a.ptr, b.ptr, n) == 0);
}

/* Of all telegrams of that minute those that the sender sent. */
static uint32_t
lead_by_time(const struct leading *l, chy_slice sender, int64_t dtg,
    chy_resolution *ret_how)
{
	uint32_t found = CHY_NONE;

	*ret_how = CHY_NOT_FILED;
	for (uint32_t t = chain_first(&l->cs->tels_by_time, hash_time(dtg));
	    t != CHY_NONE; t = chain_next(&l->cs->tels_by_time, t)) {
		const chy_tel_column *tel = &l->c->tels[t];
		uint32_t group = tel->group;

		if (tel->dtg / 60 != dtg / 60 || group == found ||
		    if_visible(l, group) == CHY_NONE ||
		    (l->view->tel_sees[t] & CHY_SEES_HEADING) == 0 ||
		    (sender.len > 0 && !same_sender(sender,
		    chy_name_text(l->c->posts, tel->origin)) &&
		    !same_sender(sender, chy_name_text(l->c->posts,
		    tel->post))))
			continue;
		if (found != CHY_NONE) {
			*ret_how = CHY_AMBIGUOUS;
			return CHY_NONE;
		}
		found = group;
	}
	if (found != CHY_NONE)
		*ret_how = CHY_RESOLVED_DTG;
	return found;
}

static uint32_t
lead_by_spelling(const struct leading *l, const chy_mrn *mrn,
    chy_resolution *ret_how)
{
	chy_slice post = { mrn->post, mrn->post_len };
	uint32_t found = CHY_NONE;

	*ret_how = CHY_POST_UNKNOWN;
	for (uint32_t g = chain_first(&l->cs->groups_by_serial,
	    hash_number(mrn->year, mrn->serial)); g != CHY_NONE;
	    g = chain_next(&l->cs->groups_by_serial, g)) {
		const chy_number *n = &l->cs->numbers[g];

		if (n->serial != mrn->serial || n->year != mrn->year ||
		    if_visible(l, g) == CHY_NONE || n->post == CHY_NONE ||
		    !spelled_like(post, chy_name_text(l->c->posts, n->post)))
			continue;
		if (found != CHY_NONE) {
			*ret_how = CHY_AMBIGUOUS;
			return CHY_NONE;
		}
		found = g;
	}
	if (found != CHY_NONE)
		*ret_how = CHY_RESOLVED_SPELLING;
	return found;
}

static bool
is_later(const struct leading *l, uint32_t group, int64_t than)
{
	int64_t dtg = l->c->tels[l->view->shown[group]].dtg;

	return dtg != INT64_MIN && than != INT64_MIN && dtg > than + DAY;
}

/* Where the text of an id leads, of which this is known. */
static uint32_t
lead_by_id(const struct leading *l, chy_slice id, const struct value *about,
    bool year_printed, int64_t dtg, chy_resolution *ret_how)
{
	uint32_t own = if_visible(l, about->own), post;
	chy_mrn mrn;

	*ret_how = CHY_RESOLVED;
	if (!year_printed && (own == CHY_NONE || is_later(l, own, dtg)) &&
	    if_visible(l, about->before) != CHY_NONE) {
		*ret_how = CHY_RESOLVED_YEAR_BEFORE;
		return about->before;
	}
	if (own != CHY_NONE)
		return own;
	*ret_how = CHY_NOT_FILED;
	if (!about->odd || !chy_mrn_parse(id, 0, &mrn))
		return CHY_NONE;
	post = chy_name_find(l->c->posts, (chy_slice){ mrn.post,
	    mrn.post_len });
	if (post != CHY_NONE && (l->view->posts[post / 64] >> (post % 64) & 1)
	    != 0)
		return CHY_NONE;
	return lead_by_spelling(l, &mrn, ret_how);
}

static uint32_t
lead(const struct leading *l, const struct citation *k,
    chy_resolution *ret_how)
{
	chy_slice value = CHY_EMPTY, sender;
	const struct value *about;
	int64_t dtg;

	if (k->kind != CHY_REF_TELEGRAM) {
		*ret_how = chy_resolution_of_fault(
		    (chy_ref_fault)k->fault);
		return CHY_NONE;
	}
	if (k->value == 0) {
		*ret_how = CHY_YEAR_UNKNOWN;
		return CHY_NONE;
	}
	about = &l->cs->about[k->value];
	/* Of most the text is not looked at. */
	if (about->timed || about->odd)
		value = chy_name_text(l->cs->values, k->value);
	if (about->timed && by_time(value, &sender, &dtg))
		return lead_by_time(l, sender, dtg, ret_how);
	return lead_by_id(l, value, about, (k->notes & YEAR_PRINTED) != 0,
	    l->c->tels[k->tel].dtg, ret_how);
}

static chy_status
leading_begin(chy_store *store, const chy_view *view, struct leading *l,
    chy_error *err)
{
	chy_status st = update(store, err);

	*l = (struct leading){ &store->columns, view, store->citations };
	return st;
}

chy_status
chy_store_lead(chy_store *store, const chy_view *view, chy_slice value,
    bool year_printed, uint32_t group, uint32_t *ret_group,
    chy_resolution *ret_how, chy_error *err)
{
	struct value about = { .own = CHY_NONE, .before = CHY_NONE };
	struct leading l;
	chy_mrn mrn;
	chy_status st = leading_begin(store, view, &l, err);

	if (st != CHY_OK)
		return st;
	find_groups(l.c, value, &about);
	about.odd = is_odd(value, &mrn);
	*ret_group = lead_by_id(&l, value, &about, year_printed,
	    l.c->tels[view->shown[group]].dtg, ret_how);
	return CHY_OK;
}


/* ---- what a group cites ---- */

typedef chy_status (*seen_fn)(void *arg, uint32_t group,
    const struct citation *k);

/* Citations of a group that the reader sees: what its first telegram's REF
 * list says, then what other sections, copies and paragraphs add to it. */
static chy_status
each_of_group(chy_store *store, const struct leading *l, uint32_t group,
    chy_arena *arena, seen_fn each, void *arg)
{
	uint32_t one = l->c->heads[group], *members = &one, n = 1;
	chy_status st = CHY_OK;

	if (l->c->tels[one].next != CHY_NONE)
		n = chy_view_members(store, l->view, group, arena, &members);
	else if (l->view->tel_sees[one] == 0)
		return CHY_OK;
	/* The lists before the paragraphs. */
	for (int text = 0; text < 2; text++)
		for (uint32_t m = 0; m < n && st == CHY_OK; m++) {
			uint32_t t = members[m];

			for (uint32_t i = l->cs->first[t];
			    i < l->cs->first[t + 1] && st == CHY_OK; i++) {
				const struct citation *k = &l->cs->at[i];
				bool again = false;

				if ((k->row != 0) != (text == 1) ||
				    !sees_citation(l, k))
					continue;
				/* Each list is short, and most are alone. */
				for (uint32_t o = 0; k->value != 0 && !again &&
				    o <= m; o++) {
					uint32_t a = l->cs->first[members[o]];
					uint32_t b = o == m ? i :
					    l->cs->first[members[o] + 1];

					if (text == 0 && o == m)
						break;
					for (; a < b && !again; a++)
						again = l->cs->at[a].value ==
						    k->value && (text == 1 ||
						    l->cs->at[a].row == 0) &&
						    sees_citation(l,
						    &l->cs->at[a]);
				}
				if (!again)
					st = each(arg, group, k);
			}
		}
	return st;
}

static chy_cited
cited_of(const struct leading *l, const struct citation *k)
{
	chy_cited c = {
		.value = chy_name_text(l->cs->values, k->value),
		.kind = (chy_ref_kind)k->kind, .notes = k->notes & 0x7fu,
		.row = k->row, .letter = k->letter,
		.year_printed = (k->notes & YEAR_PRINTED) != 0,
	};

	c.group = lead(l, k, &c.how);
	return c;
}

struct cites {
	const struct leading *l;
	chy_arena *arena;
	chy_cited *at;
	uint32_t   n, cap;
};

static chy_status
put_cited(void *arg, uint32_t group, const struct citation *k)
{
	struct cites *to = arg;

	(void)group;
	if (k->kind != CHY_REF_TELEGRAM || k->value == 0)
		return CHY_OK;
	if (to->n == to->cap) {
		chy_cited *more = chy_arena_alloc(to->arena,
		    ((size_t)to->cap * 2 + 8) * sizeof(*more));

		if (more == NULL)
			return CHY_ERR_NO_MEMORY;
		if (to->n > 0)
			memcpy(more, to->at, to->n * sizeof(*more));
		to->at = more;
		to->cap = to->cap * 2 + 8;
	}
	to->at[to->n] = cited_of(to->l, k);
	to->at[to->n].value = chy_arena_copy(to->arena, to->at[to->n].value);
	to->n++;
	return CHY_OK;
}

chy_status
chy_store_cites(chy_store *store, const chy_view *view, uint32_t group,
    chy_arena *arena, chy_cited **ret, uint32_t *ret_n, chy_error *err)
{
	struct leading l;
	struct cites to = { .l = &l, .arena = arena };
	chy_status st = leading_begin(store, view, &l, err);

	if (st == CHY_OK)
		st = each_of_group(store, &l, group, arena, put_cited, &to);
	if (st == CHY_ERR_NO_MEMORY || (st == CHY_OK &&
	    chy_arena_failed(arena)))
		st = chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	if (st == CHY_OK) {
		*ret = to.at;
		*ret_n = to.n;
	}
	return st;
}

struct passing {
	const struct leading *l;
	chy_citation_fn each;
	void *arg;
};

static chy_status
pass_citation(void *arg, uint32_t group, const struct citation *k)
{
	struct passing *p = arg;
	chy_cited c = cited_of(p->l, k);

	return p->each(p->arg, group, &c);
}

chy_status
chy_store_each_citation(chy_store *store, const chy_view *view,
    const uint64_t *set, chy_citation_fn each, void *arg, chy_error *err)
{
	struct leading l;
	struct passing p = { &l, each, arg };
	uint32_t groups = chy_name_count(store->columns.groups);
	chy_arena arena;
	chy_status st = leading_begin(store, view, &l, err);

	chy_arena_init(&arena, 0);
	for (uint32_t g = 1; g < groups && st == CHY_OK; g++) {
		if (!chy_set_has(view->visible, g) || (set != NULL &&
		    !chy_set_has(set, g)))
			continue;
		st = each_of_group(store, &l, g, &arena, pass_citation, &p);
		chy_arena_reset(&arena);
	}
	chy_arena_done(&arena);
	return st;
}


/* ---- what cites a group ---- */

struct citers {
	const struct leading *l;
	chy_arena  *arena;
	chy_citing *at;
	uint32_t    n, cap;
	uint32_t    target;	/* the group; CHY_NONE: not filed */
};

/* Of two citations by one group that of the list counts, and of these the
 * first letter: the order of arrival does not. */
static bool
counts_before(const chy_citing *a, const chy_citing *b)
{
	unsigned char la = (unsigned char)(a->letter - 1);
	unsigned char lb = (unsigned char)(b->letter - 1);

	if ((a->row == 0) != (b->row == 0))
		return a->row == 0;
	return la < lb;		/* without a letter: last */
}

static void
put_citing(struct citers *to, const struct citation *k)
{
	chy_citing c = { .group = to->l->c->tels[k->tel].group,
	    .value = chy_name_text(to->l->cs->values, k->value),
	    .row = k->row, .letter = k->letter };

	if (!sees_citation(to->l, k) ||
	    lead(to->l, k, &c.how) != to->target)
		return;
	for (uint32_t i = 0; i < to->n; i++)
		if (to->at[i].group == c.group) {
			if (counts_before(&c, &to->at[i]))
				to->at[i] = c;
			return;
		}
	if (to->n == to->cap) {
		chy_citing *more = chy_arena_alloc(to->arena,
		    ((size_t)to->cap * 2 + 8) * sizeof(*more));

		if (more == NULL)
			return;
		if (to->n > 0)
			memcpy(more, to->at, to->n * sizeof(*more));
		to->at = more;
		to->cap = to->cap * 2 + 8;
	}
	to->at[to->n++] = c;
}

static void
citers_of(struct citers *to, uint32_t value)
{
	if (value == CHY_NONE || value == 0 ||
	    value >= chy_name_count(to->l->cs->values))
		return;
	for (uint32_t i = to->l->cs->about[value].head; i != CHY_NONE;
	    i = to->l->cs->next[i])
		put_citing(to, &to->l->cs->at[i]);
}

/* Values that may lead to the group otherwise than by its id. */
static void
citers_by_other(struct citers *to, chy_slice id)
{
	const struct leading *l = to->l;
	const chy_number *n = &l->cs->numbers[to->target];
	char key[CHY_MRN_KEY_MAX];
	chy_slice after;

	if (shift_year(id, 1, key, &after))
		citers_of(to, chy_name_find(l->cs->values, after));
	for (uint32_t t = l->c->heads[to->target]; t != CHY_NONE;
	    t = l->c->tels[t].next) {
		uint32_t hash = hash_time(l->c->tels[t].dtg);

		if (l->c->tels[t].dtg == INT64_MIN)
			continue;
		for (uint32_t v = chain_first(&l->cs->values_by_time, hash);
		    v != CHY_NONE; v = chain_next(&l->cs->values_by_time, v))
			citers_of(to, v);
	}
	if (n->year == 0)
		return;
	for (uint32_t v = chain_first(&l->cs->odd_by_serial, hash_number(
	    n->year, n->serial)); v != CHY_NONE;
	    v = chain_next(&l->cs->odd_by_serial, v))
		if (l->cs->about[v].own != to->target)
			citers_of(to, v);
}

chy_status
chy_store_cited_by(chy_store *store, const chy_view *view, chy_slice id,
    chy_arena *arena, chy_citing **ret, uint32_t *ret_n, chy_error *err)
{
	struct leading l;
	struct citers to = { .l = &l, .arena = arena };
	chy_status st = leading_begin(store, view, &l, err);

	if (st != CHY_OK)
		return st;
	to.target = if_visible(&l, chy_name_find(l.c->groups, id));
	citers_of(&to, chy_name_find(l.cs->values, id));
	if (to.target != CHY_NONE)
		citers_by_other(&to, id);
	if (chy_arena_failed(arena))
		return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	*ret = to.at;
	*ret_n = to.n;
	return CHY_OK;
}

static void
put_printed(const struct leading *l, uint32_t value, uint64_t *set)
{
	for (uint32_t i = l->cs->about[value].head; i != CHY_NONE;
	    i = l->cs->next[i]) {
		const struct citation *k = &l->cs->at[i];
		uint32_t group = l->c->tels[k->tel].group;

		if (k->row == 0 && k->kind == CHY_REF_TELEGRAM &&
		    sees_citation(l, k))
			chy_set_put(set, group);
	}
}

chy_status
chy_store_printed(chy_store *store, const chy_view *view, chy_slice id,
    uint64_t *set, chy_error *err)
{
	struct leading l;
	uint32_t v;
	chy_status st = leading_begin(store, view, &l, err);

	if (st != CHY_OK)
		return st;
	v = chy_name_find(l.cs->values, id);
	if (v != CHY_NONE && v != 0)
		put_printed(&l, v, set);
	return CHY_OK;
}

chy_status
chy_store_printed_like(chy_store *store, const chy_view *view,
    const struct chy_pattern *pattern, uint64_t *set, chy_error *err)
{
	struct leading l;
	chy_status st = leading_begin(store, view, &l, err);

	if (st != CHY_OK)
		return st;
	for (uint32_t v = 1; v < chy_name_count(l.cs->values); v++)
		if (chy_pattern_matches(pattern,
		    chy_name_text(l.cs->values, v)))
			put_printed(&l, v, set);
	return CHY_OK;
}


/* ---- sets ---- */

/* What a citation that the reader sees says of the two ends: the one that has
 * it misses a telegram, or the other is cited. */
static void
mark_citation(const struct leading *l, const struct citation *k, bool missing,
    uint64_t *set)
{
	uint32_t from = l->c->tel_group[k->tel], to;
	chy_resolution how;

	if (k->kind != CHY_REF_TELEGRAM || !sees_citation(l, k))
		return;
	to = lead(l, k, &how);
	if (missing && to == CHY_NONE)
		chy_set_put(set, from);
	if (!missing && to != CHY_NONE && to != from)
		chy_set_put(set, to);
}

/* Of one group alone. */
static void
mark_missing(const struct leading *l, uint32_t group, uint64_t *set)
{
	for (uint32_t t = l->c->heads[group]; t != CHY_NONE;
	    t = l->c->tels[t].next)
		for (uint32_t i = l->cs->first[t]; i < l->cs->first[t + 1];
		    i++)
			mark_citation(l, &l->cs->at[i], true, set);
}

static void
mark_cited(const struct leading *l, uint32_t group, chy_arena *arena,
    uint64_t *set)
{
	chy_slice id = chy_name_text(l->c->groups, group);
	struct citers to = { .l = l, .arena = arena, .target = group };

	citers_of(&to, chy_name_find(l->cs->values, id));
	citers_by_other(&to, id);
	for (uint32_t i = 0; i < to.n; i++)
		if (to.at[i].group != group) {
			chy_set_put(set, group);
			return;
		}
}

chy_status
chy_store_cited_set(chy_store *store, const chy_view *view, bool missing,
    const uint64_t *within, uint64_t *set, chy_error *err)
{
	struct leading l;
	uint32_t groups = chy_name_count(store->columns.groups);
	chy_arena arena;
	chy_status st = leading_begin(store, view, &l, err);

	if (st != CHY_OK)
		return st;
	for (size_t i = 0; within == NULL && i < l.cs->n; i++)
		mark_citation(&l, &l.cs->at[i], missing, set);
	if (within == NULL)
		return CHY_OK;
	chy_arena_init(&arena, 0);
	for (uint32_t g = 1; g < groups; g++) {
		if (!chy_set_has(within, g))
			continue;
		if (missing)
			mark_missing(&l, g, set);
		else
			mark_cited(&l, g, &arena, set);
		if (chy_arena_failed(&arena))
			st = chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
		chy_arena_reset(&arena);
	}
	chy_arena_done(&arena);
	return st;
}


/* ---- numbers on address lines ---- */

static uint32_t
take_number(chy_slice *line)
{
	uint32_t v = 0;
	size_t i = 0;

	for (; i < line->len && chy_is_digit(line->ptr[i]) && i < 9; i++)
		v = v * 10 + (uint32_t)(line->ptr[i] - '0');
	*line = chy_slice_from(*line, i + 1);
	return v;
}

chy_status
chy_store_each_continuity(chy_store *store, const chy_view *view,
    chy_status (*each)(void *arg, const chy_continuity *line), void *arg,
    chy_error *err)
{
	const chy_columns *c = &store->columns;
	chy_stmt *s = chy_store_stmt(store, ST_LOAD_CONTINUITY, err);
	chy_status st = CHY_OK;
	bool row;

	if (s == NULL)
		return CHY_ERR_STORE;
	while (st == CHY_OK && (st = chy_stmt_step(s, &row, err)) == CHY_OK &&
	    row) {
		size_t original = (size_t)chy_column_int(s, 0);
		uint32_t t = original < c->cap_tel_of ? c->tel_of[original] :
		    CHY_NONE;
		chy_slice lines = chy_column_text(s, 1);

		if (t == CHY_NONE || (view->tel_sees[t] & CHY_SEES_HEADING) ==
		    0)
			continue;
		while (lines.len > 0 && st == CHY_OK) {
			size_t end = chy_slice_find(lines, CHY_SLICE("\n"), 0);
			chy_slice line = chy_slice_sub(lines, 0, end);
			chy_continuity at = { .tel = t };

			at.first = take_number(&line);
			at.last = take_number(&line);
			at.addressee = line;
			lines = chy_slice_from(lines, end + 1);
			st = each(arg, &at);
		}
	}
	chy_stmt_reset(s);
	return st;
}
