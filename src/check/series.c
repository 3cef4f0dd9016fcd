/*
 * The numbers of many telegrams: of posts, of channels, of addressees, of
 * sections.
 *
 * Source: telegram-format 6 and 7; 5 FAH-2 H-321.1, H-321.7.
 *
 * SPDX-License-Identifier: ISC
 */
#include "check/series.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/ascii.h"
#include "telegram/mrn.h"

typedef struct entry {
	chy_slice name, id, originator, dtg;
	chy_slice post;		/* key without year and serial */
	chy_slice channel;	/* three letters; empty */
	chy_slice to;		/* first action addressee with a number */
	int64_t	  time;
	uint64_t  text;		/* hash of the text without blanks */
	uint64_t  addresses;	/* hash of the address list */
	uint32_t  arrival;
	int32_t	  year;
	uint32_t  serial, csn;
	uint32_t  mcn, mcn_last, mcn_index;
	uint32_t  section, sections;

	/* Settled. */
	chy_slice dtg_used_by, mcn_used_by;
	uint32_t  serial_before, channel_before, mcn_before;
	bool	  channel_known, channel_seen, mcn_known;
} entry;

struct chy_series {
	chy_arena	arena;
	entry	       *list;
	size_t		n, cap;
	entry	      **by_id;	/* by id, then section, then arrival */
	chy_check_copy *copies;
	uint32_t       *numbers;
	bool		failed;
};

chy_series *
chy_series_new(void)
{
	chy_series *s = calloc(1, sizeof(*s));

	if (s != NULL)
		chy_arena_init(&s->arena, 0);
	return s;
}

void
chy_series_free(chy_series *s)
{
	if (s == NULL)
		return;
	chy_arena_done(&s->arena);
	free(s->list);
	free(s->by_id);
	free(s->copies);
	free(s->numbers);
	free(s);
}

static uint64_t
hash_more(uint64_t h, chy_slice s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!chy_is_space(s.ptr[i]))
			h = (h ^ (unsigned char)s.ptr[i]) *
			    UINT64_C(0x100000001b3);
	return h;
}

#define HASH_START	UINT64_C(0xcbf29ce484222325)

/* The text from the class line on, without page lines, blanks and what
 * publication left (telegram-format 8.3). */
static uint64_t
hash_text(const chy_telegram *tel)
{
	uint64_t h = HASH_START;

	h = hash_more(h, tel->subject);
	for (uint32_t i = 0; i < tel->n_paragraphs; i++)
		h = hash_more(h, tel->paragraphs[i].text);
	return h;
}

static uint32_t
number(chy_slice s)
{
	uint32_t v = 0;

	for (size_t i = 0; i < s.len && i < 8 && chy_is_digit(s.ptr[i]); i++)
		v = v * 10 + (uint32_t)(s.ptr[i] - '0');
	return v;
}

static void
take_channel(entry *e, chy_slice id)
{
	/* XYZ is no continuity series (telegram-format 2.1). */
	if (id.len < 6 || id.len > 7 ||
	    chy_slice_starts(id, CHY_SLICE("XYZ")))
		return;
	e->channel = chy_slice_sub(id, 0, 3);
	e->csn = number(chy_slice_from(id, 3));
}

static void
take_mcn(entry *e, const chy_telegram *tel)
{
	for (uint32_t i = 0; i < tel->n_addressees; i++) {
		const chy_addressee *a = &tel->addressees[i];
		size_t dash;

		/* 0000 is a placeholder, not a number. */
		if (a->role != CHY_ROLE_ACTION || a->mcn.len < 4 ||
		    number(a->mcn) == 0)
			continue;
		dash = chy_slice_find(a->mcn, CHY_SLICE("-"), 0);
		e->to = a->plad;
		e->mcn = number(a->mcn);
		e->mcn_last = dash < a->mcn.len ? number(chy_slice_from(
		    a->mcn, dash + 1)) : (e->mcn + (tel->sections > 1 &&
		    tel->section <= 1 ? tel->sections - 1 : 0) - 1) % 9999 + 1;
		e->mcn_index = i;
		return;
	}
}

chy_status
chy_series_add(chy_series *s, const chy_telegram *tel, chy_slice name)
{
	entry e = { .arrival = (uint32_t)s->n };
	chy_mrn mrn;

	if (s->n == s->cap) {
		size_t cap = s->cap > 0 ? s->cap * 2 : 64;
		entry *list = realloc(s->list, cap * sizeof(*list));

		if (list == NULL)
			return CHY_ERR_NO_MEMORY;
		s->list = list;
		s->cap = cap;
	}
	e.name = name.len > 0 ? name : tel->canonical_id;
	e.id = tel->canonical_id;
	e.originator = tel->originator.plad;
	e.dtg = tel->dtg;
	if (tel->dtg_civil.year != 0)
		e.time = chy_civil_seconds(tel->dtg_civil);
	e.text = hash_text(tel);
	e.addresses = HASH_START;
	for (uint32_t i = 0; i < tel->n_addressees; i++)
		e.addresses = hash_more(e.addresses, tel->addressees[i].plad);
	e.section = tel->section;
	e.sections = tel->sections;
	if (tel->canonical_id.len > 0 &&
	    chy_mrn_parse(tel->canonical_id, 0, &mrn)) {
		e.year = mrn.year;
		e.serial = mrn.serial;
		e.post = chy_arena_copy(&s->arena, (chy_slice){ mrn.post,
		    mrn.post_len });
	}
	take_channel(&e, tel->transmission.transmission_id);
	take_mcn(&e, tel);
	e.name = chy_arena_copy(&s->arena, e.name);
	e.id = chy_arena_copy(&s->arena, e.id);
	e.originator = chy_arena_copy(&s->arena, e.originator);
	e.dtg = chy_arena_copy(&s->arena, e.dtg);
	e.channel = chy_arena_copy(&s->arena, e.channel);
	e.to = chy_arena_copy(&s->arena, e.to);
	if (chy_arena_failed(&s->arena))
		return CHY_ERR_NO_MEMORY;
	s->list[s->n++] = e;
	return CHY_OK;
}

/* Order by a slice of both, then go on. */
#define BY_SLICE(field) do {						\
	int order_ = chy_slice_cmp(x->field, y->field);			\
									\
	if (order_ != 0)						\
		return order_;						\
} while (0)
#define BY_NUMBER(field) do {						\
	if (x->field != y->field)					\
		return x->field < y->field ? -1 : 1;			\
} while (0)

static int
by_id(const void *a, const void *b)
{
	const entry *x = *(entry *const *)a, *y = *(entry *const *)b;

	BY_SLICE(id);
	BY_NUMBER(section);
	return x->arrival < y->arrival ? -1 : 1;
}

static int
by_serial(const void *a, const void *b)
{
	const entry *x = *(entry *const *)a, *y = *(entry *const *)b;

	BY_SLICE(post);
	BY_NUMBER(year);
	BY_NUMBER(serial);
	return x->arrival < y->arrival ? -1 : 1;
}

static int
by_dtg(const void *a, const void *b)
{
	const entry *x = *(entry *const *)a, *y = *(entry *const *)b;

	BY_SLICE(originator);
	BY_NUMBER(time);
	return x->arrival < y->arrival ? -1 : 1;
}

static int
by_channel(const void *a, const void *b)
{
	const entry *x = *(entry *const *)a, *y = *(entry *const *)b;

	BY_SLICE(channel);
	BY_NUMBER(time);
	return x->arrival < y->arrival ? -1 : 1;
}

static int
by_channel_number(const void *a, const void *b)
{
	const entry *x = *(entry *const *)a, *y = *(entry *const *)b;

	BY_SLICE(channel);
	BY_NUMBER(csn);
	BY_NUMBER(time);
	return x->arrival < y->arrival ? -1 : 1;
}

static int
by_mcn_time(const void *a, const void *b)
{
	const entry *x = *(entry *const *)a, *y = *(entry *const *)b;

	BY_SLICE(originator);
	BY_SLICE(to);
	BY_NUMBER(time);
	return x->arrival < y->arrival ? -1 : 1;
}

static int
by_mcn(const void *a, const void *b)
{
	const entry *x = *(entry *const *)a, *y = *(entry *const *)b;

	BY_SLICE(originator);
	BY_SLICE(to);
	BY_NUMBER(mcn);
	BY_NUMBER(time);
	return x->arrival < y->arrival ? -1 : 1;
}

static bool
same_post(const entry *x, const entry *y)
{
	return x->post.len > 0 && x->year == y->year &&
	    chy_slice_eq(x->post, y->post);
}

static bool
same_channel(const entry *x, const entry *y)
{
	return x->channel.len > 0 && chy_slice_eq(x->channel, y->channel) &&
	    !chy_slice_eq(x->id, y->id);
}

static bool
same_pair(const entry *x, const entry *y)
{
	return x->to.len > 0 && x->originator.len > 0 &&
	    chy_slice_eq(x->to, y->to) &&
	    chy_slice_eq(x->originator, y->originator) &&
	    !chy_slice_eq(x->id, y->id);
}

/* x and y stand side by side in an order; y is the later one. */
static void
next_serial(entry *x, entry *y)
{
	if (!same_post(x, y))
		return;
	y->serial_before = x->serial < y->serial ? x->serial :
	    x->serial_before;
}

static void
next_dtg(entry *x, entry *y)
{
	if (y->time != 0 && x->time == y->time && y->originator.len > 0 &&
	    chy_slice_eq(x->originator, y->originator))
		y->dtg_used_by = chy_slice_eq(x->id, y->id) ?
		    x->dtg_used_by : x->id;
}

static void
next_channel(entry *x, entry *y)
{
	if (!same_channel(x, y))
		return;
	y->channel_known = true;
	y->channel_before = x->csn;
}

/* A number set back begins again from 1, a day later. */
static void
next_channel_number(entry *x, entry *y)
{
	if (same_channel(x, y) && x->csn == y->csn &&
	    y->time - x->time < 86400)
		y->channel_seen = true;
}

static void
next_mcn_time(entry *x, entry *y)
{
	if (!same_pair(x, y))
		return;
	y->mcn_known = true;
	y->mcn_before = x->mcn_last;
}

static void
next_mcn(entry *x, entry *y)
{
	if (same_pair(x, y) && x->mcn == y->mcn)
		y->mcn_used_by = x->id;
}

static void
walk(chy_series *s, int (*compare)(const void *, const void *),
    void (*next)(entry *x, entry *y))
{
	if (s->n > 1)
		qsort(s->by_id, s->n, sizeof(*s->by_id), compare);
	for (size_t i = 1; i < s->n; i++)
		next(s->by_id[i - 1], s->by_id[i]);
}

void
chy_series_settle(chy_series *s)
{
	free(s->by_id);
	free(s->copies);
	free(s->numbers);
	s->by_id = malloc((s->n + 1) * sizeof(*s->by_id));
	s->copies = malloc((s->n + 1) * sizeof(*s->copies));
	s->numbers = malloc((s->n + 1) * sizeof(*s->numbers));
	s->failed = s->by_id == NULL || s->copies == NULL ||
	    s->numbers == NULL;
	if (s->failed)
		return;
	for (size_t i = 0; i < s->n; i++)
		s->by_id[i] = &s->list[i];
	walk(s, by_serial, next_serial);
	walk(s, by_dtg, next_dtg);
	walk(s, by_channel, next_channel);
	walk(s, by_channel_number, next_channel_number);
	walk(s, by_mcn_time, next_mcn_time);
	walk(s, by_mcn, next_mcn);
	if (s->n > 1)
		qsort(s->by_id, s->n, sizeof(*s->by_id), by_id);
}

/* The first place in by_id that has the id. */
static size_t
find_id(const chy_series *s, chy_slice id)
{
	size_t lo = 0, hi = s->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (chy_slice_cmp(s->by_id[mid]->id, id) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

bool
chy_series_has(const chy_series *s, chy_slice id)
{
	size_t at;

	if (s->by_id == NULL || s->n == 0)
		return false;
	at = find_id(s, id);
	return at < s->n && chy_slice_eq(s->by_id[at]->id, id);
}

/* What those of the same id say: copies, and the other sections. */
static void
same_id(chy_series *s, const entry *e, chy_check_context *x)
{
	uint32_t last = 0;

	if (e->id.len == 0)
		return;
	for (size_t at = find_id(s, e->id); at < s->n; at++) {
		const entry *o = s->by_id[at];

		if (!chy_slice_eq(o->id, e->id))
			break;
		if (o->section != last || x->n_sections == 0)
			s->numbers[x->n_sections++] = last = o->section;
		if (o == e)
			continue;
		if (o->section == e->section) {
			if (o->arrival < e->arrival)
				s->copies[x->n_copies++] = (chy_check_copy){
				    o->name, o->text == e->text };
			continue;
		}
		if (o->arrival > e->arrival || o->sections == 0 ||
		    e->sections == 0)
			continue;
		if (o->sections != e->sections)
			x->section_differs = CHY_SLICE("total");
		else if (!chy_slice_eq(o->dtg, e->dtg))
			x->section_differs = CHY_SLICE("date-time group");
		else if (o->addresses != e->addresses)
			x->section_differs = CHY_SLICE("address list");
	}
	x->copies = s->copies;
	x->sections = s->numbers;
}

chy_check_context
chy_series_context(chy_series *s, size_t i)
{
	chy_check_context x = { 0 };
	const entry *e;

	if (s->failed || i >= s->n || s->by_id == NULL)
		return x;
	e = &s->list[i];
	x.dtg_used_by = e->dtg_used_by;
	x.serial_before = e->serial_before;
	x.channel_known = e->channel_known;
	x.channel_before = e->channel_before;
	x.channel_seen = e->channel_seen;
	x.mcn_known = e->mcn_known;
	x.mcn_before = e->mcn_before;
	x.mcn_used_by = e->mcn_used_by;
	x.mcn_addressee = e->mcn_index;
	same_id(s, e, &x);
	return x;
}
