/*
 * When a telegram that is not filed was sent.
 *
 * Numbers of a post run through its year from 1, so one between two that are
 * filed was sent between them: their dates are joined by a straight line, and
 * the first one's to the year's beginning. Behind the last one the year goes
 * on at its pace so far. Where that contradicts who cites it, the citation
 * wins. Everything comes from
 * what the reader sees.
 *
 * Source: telegram-format 4.2, 6.2.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/ascii.h"
#include "registry/registry_int.h"
#include "telegram/mrn.h"

const char *
chy_estimate_name(chy_estimate_basis basis)
{
	static const char *const names[] = {
		[CHY_ESTIMATE_NONE] = "none",
		[CHY_ESTIMATE_PRINTED] = "printed",
		[CHY_ESTIMATE_BETWEEN] = "between",
		[CHY_ESTIMATE_AFTER] = "after",
		[CHY_ESTIMATE_BEFORE] = "before",
		[CHY_ESTIMATE_CITED] = "cited",
		[CHY_ESTIMATE_YEAR] = "year",
	};

	return names[basis];
}

size_t
chy_estimate_words(const chy_estimate *e, char *out, size_t size)
{
	int n = 0;

	switch (e->basis) {
	case CHY_ESTIMATE_NONE:
		n = snprintf(out, size, "date unknown");
		break;
	case CHY_ESTIMATE_PRINTED:
		n = snprintf(out, size, "%.*s", CHY_ARG(e->date));
		break;
	case CHY_ESTIMATE_BETWEEN:
		n = snprintf(out, size, "about %.*s, between %.*s and %.*s",
		    CHY_ARG(e->date), CHY_ARG(e->lower), CHY_ARG(e->upper));
		break;
	case CHY_ESTIMATE_AFTER:
		n = snprintf(out, size, "about %.*s, after %.*s",
		    CHY_ARG(e->date), CHY_ARG(e->lower));
		break;
	case CHY_ESTIMATE_BEFORE:
		n = snprintf(out, size, "about %.*s, before %.*s",
		    CHY_ARG(e->date), CHY_ARG(e->upper));
		break;
	case CHY_ESTIMATE_CITED:
		n = snprintf(out, size, "not after %.*s, when %.*s cited it",
		    CHY_ARG(e->date), CHY_ARG(e->cited_by));
		break;
	case CHY_ESTIMATE_YEAR:
		n = snprintf(out, size, "in %.*s", CHY_ARG(e->date));
		break;
	}
	if (e->capped && n > 0 && (size_t)n < size)
		n += snprintf(out + n, size - (size_t)n,
		    "; not after %.*s cited it", CHY_ARG(e->cited_by));
	return n < 0 ? 0 : (size_t)n < size ? (size_t)n : size - 1;
}

bool
chy_id_time(chy_slice id, int64_t *ret_dtg)
{
	size_t blank = chy_slice_find(id, CHY_SLICE(" "), 0);
	chy_civil c = { 0 };
	chy_slice t;

	if (id.len - blank != 18)
		return false;
	t = chy_slice_from(id, blank + 1);
	for (size_t i = 0; i < t.len; i++)
		if ((i == 4 || i == 7 || i == 10 || i == 13 || i == 16) ==
		    chy_is_digit(t.ptr[i]))
			return false;
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
	return true;
}

static void
set_date(chy_estimate *e, int64_t dtg, chy_arena *arena)
{
	char day[11];

	e->dtg = dtg;
	chy_civil_date(chy_civil_from(dtg), day);
	e->date = chy_arena_copy(arena, chy_slice_of(day));
}

static chy_slice
id_of(struct asking *a, uint32_t group, chy_arena *arena)
{
	return group == CHY_NONE ? CHY_EMPTY : chy_arena_copy(arena,
	    chy_name_text(a->c->groups, group));
}

static int64_t
begin_of(int32_t year)
{
	chy_civil c = { year, 1, 1, 0, 0 };

	return chy_civil_valid(c) ? chy_civil_seconds(c) : INT64_MAX;
}

void
chy_estimate_serial(struct asking *a, const struct dated *at, uint32_t n,
    int32_t year, uint32_t serial, uint32_t first, chy_arena *arena,
    chy_estimate *ret)
{
	uint32_t lo = 0, hi = n;
	const struct dated *low, *high;
	int64_t cited = first == CHY_NONE ? INT64_MIN :
	    a->c->tels[a->view->shown[first]].dtg, dtg;
	chy_estimate e = { .date = CHY_EMPTY, .lower = CHY_EMPTY,
	    .upper = CHY_EMPTY, .cited_by = CHY_EMPTY };

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (at[mid].serial < serial)
			lo = mid + 1;
		else
			hi = mid;
	}
	low = lo > 0 ? &at[lo - 1] : NULL;
	high = lo < n ? &at[lo] : NULL;
	if (low != NULL && high != NULL && low->dtg > high->dtg) {
		/* One was sent out of its turn: the nearer one counts. */
		if (serial - low->serial <= high->serial - serial)
			high = NULL;
		else
			low = NULL;
	}
	if (low != NULL)
		e.lower = id_of(a, low->group, arena);
	if (high != NULL)
		e.upper = id_of(a, high->group, arena);
	if (low != NULL && high != NULL) {
		e.basis = CHY_ESTIMATE_BETWEEN;
		dtg = low->dtg + (high->dtg - low->dtg) * (int64_t)(serial -
		    low->serial) / (int64_t)(high->serial - low->serial);
	} else if (low != NULL) {
		int64_t end = begin_of(year + 1) - 1;

		e.basis = CHY_ESTIMATE_AFTER;
		dtg = low->dtg;
		if (low->dtg > begin_of(year) && low->serial > 0)
			dtg += (low->dtg - begin_of(year)) * (int64_t)(serial -
			    low->serial) / (int64_t)low->serial;
		if (dtg > end && low->dtg <= end)
			dtg = end;
	} else if (high != NULL) {
		e.basis = CHY_ESTIMATE_BEFORE;
		dtg = high->dtg;
		if (high->dtg > begin_of(year))
			dtg = begin_of(year) + (high->dtg - begin_of(year)) *
			    (int64_t)serial / (int64_t)high->serial;
	} else if (cited != INT64_MIN) {
		e.basis = CHY_ESTIMATE_CITED;
		dtg = cited;
	} else if (year > 0) {
		char text[8];

		e.basis = CHY_ESTIMATE_YEAR;
		(void)snprintf(text, sizeof(text), "%04d", (int)(year % 10000));
		e.dtg = chy_civil_seconds((chy_civil){ year, 1, 1, 0, 0 });
		e.date = chy_arena_copy(arena, chy_slice_of(text));
		*ret = e;
		return;
	} else {
		*ret = e;
		return;
	}
	if (cited != INT64_MIN) {
		e.cited_by = id_of(a, first, arena);
		if (cited < dtg) {
			dtg = cited;
			e.capped = true;
		}
	}
	set_date(&e, dtg, arena);
	*ret = e;
}


/* ---- ids of any posts ---- */

struct wanted {
	chy_slice post;
	int32_t	  year;
	uint32_t  first, n;	/* in the list of dated ones */
};

static int
wanted_cmp(const void *a, const void *b)
{
	const struct wanted *wa = a, *wb = b;

	if (wa->year != wb->year)
		return wa->year < wb->year ? -1 : 1;
	return chy_slice_cmp(wa->post, wb->post);
}

static int
dated_cmp(const void *a, const void *b)
{
	const struct dated *da = a, *db = b;

	return da->serial < db->serial ? -1 : da->serial > db->serial;
}

/* Posts and years of the ids, each once, in order. */
static uint32_t
collect(const chy_slice *ids, uint32_t n, chy_arena *arena,
    struct wanted *wanted)
{
	uint32_t m = 0, k = 0;

	for (uint32_t i = 0; i < n; i++) {
		chy_mrn mrn;

		if (!chy_mrn_parse(ids[i], 0, &mrn) || mrn.year == 0)
			continue;
		wanted[m++] = (struct wanted){ .post = chy_arena_copy(arena,
		    (chy_slice){ mrn.post, mrn.post_len }), .year = mrn.year };
	}
	if (m > 0)
		qsort(wanted, m, sizeof(*wanted), wanted_cmp);
	for (uint32_t i = 0; i < m; i++)
		if (i == 0 || wanted_cmp(&wanted[i], &wanted[k - 1]) != 0)
			wanted[k++] = wanted[i];
	return k;
}

static struct wanted *
wanted_find(struct wanted *wanted, uint32_t n, chy_slice post, int32_t year)
{
	struct wanted key = { .post = post, .year = year };

	return n == 0 ? NULL : bsearch(&key, wanted, n, sizeof(key),
	    wanted_cmp);
}

/* Those filed of the posts and years, put side by side and sorted. */
static struct dated *
gather(struct asking *a, const chy_number *numbers, struct wanted *wanted,
    uint32_t n_wanted)
{
	struct dated *at = NULL;
	uint32_t n = 0;

	for (int pass = 0; pass < 2; pass++) {
		for (uint32_t i = 0; i < a->view->n_order; i++) {
			uint32_t g = a->view->order[i];
			const chy_number *num = &numbers[g];
			int64_t dtg = a->c->tels[a->view->shown[g]].dtg;
			struct wanted *w;

			if (num->year == 0 || dtg == INT64_MIN)
				continue;
			w = wanted_find(wanted, n_wanted, chy_name_text(
			    a->c->posts, num->post), num->year);
			if (w == NULL)
				continue;
			if (pass == 1)
				at[w->first + w->n] = (struct dated){
				    num->serial, g, dtg };
			w->n++;
			n++;
		}
		if (pass == 1)
			break;
		at = malloc(((size_t)n + 1) * sizeof(*at));
		if (at == NULL)
			return NULL;
		n = 0;
		for (uint32_t i = 0; i < n_wanted; i++) {
			wanted[i].first = n;
			n += wanted[i].n;
			wanted[i].n = 0;
		}
	}
	for (uint32_t i = 0; i < n_wanted; i++)
		if (wanted[i].n > 1)
			qsort(at + wanted[i].first, wanted[i].n, sizeof(*at),
			    dated_cmp);
	return at;
}

chy_status
chy_estimate_ids(struct asking *a, const chy_slice *ids,
    const uint32_t *first, uint32_t n, chy_arena *arena, chy_estimate *ret)
{
	struct wanted *wanted;
	struct dated *at;
	const chy_number *numbers;
	uint32_t n_wanted;
	chy_status st;

	if (n == 0)
		return CHY_OK;
	st = chy_store_numbers(a->reg->store, &numbers, a->err);
	if (st != CHY_OK)
		return st;
	wanted = chy_arena_zalloc(arena, (size_t)n + 1, sizeof(*wanted));
	if (wanted == NULL)
		return chy_fail(a->err, CHY_ERR_NO_MEMORY, "no memory");
	n_wanted = collect(ids, n, arena, wanted);
	at = gather(a, numbers, wanted, n_wanted);
	if (at == NULL)
		return chy_fail(a->err, CHY_ERR_NO_MEMORY, "no memory");
	for (uint32_t i = 0; i < n; i++) {
		const struct wanted *w = NULL;
		int64_t dtg;
		chy_mrn mrn = { 0 };

		if (chy_id_time(ids[i], &dtg)) {
			ret[i] = (chy_estimate){
				.basis = CHY_ESTIMATE_PRINTED,
				.lower = CHY_EMPTY, .upper = CHY_EMPTY,
				.cited_by = id_of(a, first[i], arena) };
			set_date(&ret[i], dtg, arena);
			continue;
		}
		if (chy_mrn_parse(ids[i], 0, &mrn))
			w = wanted_find(wanted, n_wanted, (chy_slice){
			    mrn.post, mrn.post_len }, mrn.year);
		chy_estimate_serial(a, w != NULL ? at + w->first : NULL,
		    w != NULL ? w->n : 0, mrn.year, mrn.serial, first[i],
		    arena, &ret[i]);
	}
	free(at);
	return chy_arena_failed(arena) ? chy_fail(a->err, CHY_ERR_NO_MEMORY,
	    "no memory") : CHY_OK;
}
