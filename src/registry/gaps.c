/*
 * Gaps: numbers of a post and year, and continuity numbers of a sender to an
 * addressee, that are not among what the reader sees; and what is known of
 * each that somebody cites.
 *
 * Source: telegram-format 6.1 and 6.2.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "base/ascii.h"
#include "query/query.h"
#include "registry/references.h"
#include "registry/registry_int.h"
#include "telegram/mrn.h"

#define MOST		1000u	/* gaps of a year, if not said */
#define CITERS		10u
#define MCN_LAST	9999u	/* then 0001 */
#define MCN_NEAR	200u	/* further apart is no gap: telegram-format 6.2 */

/* A number that is filed, or one that is cited and is not. */
struct numbered {
	chy_slice post;
	int32_t	  year;
	uint32_t  serial;
	uint32_t  group;	/* CHY_NONE: missing */
	uint32_t  citer;	/* group; of a missing one */
	int64_t	  dtg;		/* of the citer, for the order */
	char	  letter;
	bool	  in_text;
	bool	  year_printed;
};

struct counting {
	struct asking *a;
	const chy_gaps_options *opts;
	chy_gaps      *gaps;
	struct numbered *at;
	size_t	       n, cap;
	uint64_t      *found;	/* of the query; NULL: all */
	bool	      *labels;
	chy_slice      post;	/* key that is asked for; empty */
	uint32_t       most;
	uint32_t       cap_years;
	struct dated  *dated;	/* of one year */
	size_t	       cap_dated;
};

void
chy_gaps_free(chy_gaps *gaps)
{
	if (gaps == NULL)
		return;
	chy_arena_done(&gaps->arena);
	free(gaps);
}

static bool
put(struct counting *c, struct numbered n)
{
	/* Of the year after some may turn out to be of this one. */
	if ((c->post.len > 0 && !chy_slice_eq(c->post, n.post)) ||
	    (c->opts->year != 0 && c->opts->year != n.year &&
	    c->opts->year + 1 != n.year))
		return true;
	if (c->n == c->cap) {
		size_t cap = c->cap * 2 + 1024;
		struct numbered *more = realloc(c->at, cap * sizeof(*more));

		if (more == NULL)
			return false;
		c->at = more;
		c->cap = cap;
	}
	c->at[c->n++] = n;
	return true;
}

static chy_status
put_filed(struct counting *c)
{
	const chy_number *numbers;
	struct asking *a = c->a;
	chy_status st = chy_store_numbers(a->reg->store, &numbers, a->err);

	for (uint32_t i = 0; st == CHY_OK && i < a->view->n_order; i++) {
		uint32_t g = a->view->order[i];
		struct numbered n = { .year = numbers[g].year,
		    .serial = numbers[g].serial, .group = g,
		    .citer = CHY_NONE };

		if (n.year == 0 || numbers[g].post == CHY_NONE)
			continue;
		n.post = chy_name_text(a->c->posts, numbers[g].post);
		if (!put(c, n))
			return CHY_ERR_NO_MEMORY;
	}
	return st;
}

static chy_status
put_cited(void *arg, uint32_t group, const chy_cited *cited)
{
	struct counting *c = arg;
	const chy_tel_column *t = &c->a->c->tels[c->a->view->shown[group]];
	struct numbered n = { .group = CHY_NONE, .citer = group,
	    .dtg = t->dtg, .letter = cited->letter,
	    .in_text = cited->row != 0, .year_printed = cited->year_printed };
	size_t from = 2, to;

	if (cited->how != CHY_NOT_FILED && cited->how != CHY_POST_UNKNOWN)
		return CHY_OK;
	/* The post's part of 08MUSCAT425, where it stands. */
	to = cited->value.len;
	while (to > from && chy_is_digit(cited->value.ptr[to - 1]))
		to--;
	if (to <= from || to == cited->value.len || cited->value.len - to > 8 ||
	    !chy_is_digit(cited->value.ptr[0]) ||
	    !chy_is_digit(cited->value.ptr[1]) ||
	    !chy_is_alpha(cited->value.ptr[2]) ||
	    chy_slice_find(cited->value, CHY_SLICE(" "), 0) <
	    cited->value.len)
		return CHY_OK;
	n.post = chy_slice_sub(cited->value, from, to - from);
	n.year = chy_mrn_year((uint32_t)(cited->value.ptr[0] - '0') * 10 +
	    (uint32_t)(cited->value.ptr[1] - '0'));
	for (size_t i = to; i < cited->value.len; i++)
		n.serial = n.serial * 10 + (uint32_t)(cited->value.ptr[i] -
		    '0');
	return n.serial == 0 || put(c, n) ? CHY_OK : CHY_ERR_NO_MEMORY;
}

/* By post, year and number; filed ones first, then by the citer's date. Ids
 * of citers need no comparing but where dates are the same. */
static int
numbered_cmp(const void *a, const void *b)
{
	const struct numbered *na = a, *nb = b;
	int order = na->post.ptr == nb->post.ptr &&
	    na->post.len == nb->post.len ? 0 :
	    chy_slice_cmp(na->post, nb->post);

	if (order != 0)
		return order;
	if (na->year != nb->year)
		return na->year < nb->year ? -1 : 1;
	if (na->serial != nb->serial)
		return na->serial < nb->serial ? -1 : 1;
	if ((na->group == CHY_NONE) != (nb->group == CHY_NONE))
		return na->group != CHY_NONE ? -1 : 1;
	return na->dtg < nb->dtg ? -1 : na->dtg > nb->dtg;
}

static chy_slice
day_of(int64_t dtg, chy_arena *arena)
{
	char day[11];

	if (dtg == INT64_MIN)
		return CHY_EMPTY;
	chy_civil_date(chy_civil_from(dtg), day);
	return chy_arena_copy(arena, chy_slice_of(day));
}

static int64_t
dtg_of(const struct asking *a, uint32_t group)
{
	return group == CHY_NONE ? INT64_MIN :
	    a->c->tels[a->view->shown[group]].dtg;
}

static chy_slice
id_of(const struct asking *a, uint32_t group, chy_arena *arena)
{
	return group == CHY_NONE ? CHY_EMPTY : chy_arena_copy(arena,
	    chy_name_text(a->c->groups, group));
}

/* By how many months a gap's numbers are spread: each lies on the line
 * between its neighbours. */
static void
spread(const struct asking *a, chy_gap_year *y, uint32_t first, uint32_t last,
    uint32_t lower, uint32_t upper)
{
	int64_t from = dtg_of(a, lower), to = dtg_of(a, upper);
	int64_t steps = (int64_t)last - first + 2;

	if (from == INT64_MIN || to == INT64_MIN || to < from)
		return;
	for (int64_t k = 1; k < steps; k++) {
		/* From here to the end of the month in one step. */
		chy_civil c = chy_civil_from(from + (to - from) * k / steps);
		chy_civil next = { c.year, 1, 1, 0, 0 };
		int64_t end, many = 1;

		next.month = (uint8_t)(c.month % 12 + 1);
		next.year += c.month == 12;
		end = chy_civil_seconds(next);
		if (end > to)
			many = steps - k;
		else
			many = (end - from) * steps / (to - from) - k;
		if (many < 1)
			many = 1;
		if (many > steps - k)
			many = steps - k;
		if (c.year == y->year)
			y->missing_months[c.month - 1] += (uint32_t)many;
		k += many - 1;
	}
}

static void
put_gap(struct counting *c, chy_gap_year *y, uint32_t first, uint32_t last,
    uint32_t lower, uint32_t upper)
{
	chy_arena *arena = &c->gaps->arena;

	y->missing += last - first + 1;
	spread(c->a, y, first, last, lower, upper);
	if (y->n_all_gaps++ >= c->most)
		return;
	y->gaps[y->n_gaps++] = (chy_gap){ first, last,
	    id_of(c->a, lower, arena), id_of(c->a, upper, arena),
	    day_of(dtg_of(c->a, lower), arena),
	    day_of(dtg_of(c->a, upper), arena) };
}

struct citing_id {
	int64_t	  dtg;
	chy_slice id;
	const struct numbered *at;
};

static int
citing_cmp(const void *a, const void *b)
{
	const struct citing_id *ca = a, *cb = b;

	if (ca->dtg != cb->dtg)
		return ca->dtg < cb->dtg ? -1 : 1;
	if (chy_slice_cmp(ca->id, cb->id) != 0)
		return chy_slice_cmp(ca->id, cb->id);
	/* Its list counts before its paragraphs, and the first letter. */
	if (ca->at->in_text != cb->at->in_text)
		return ca->at->in_text ? 1 : -1;
	return (unsigned char)ca->at->letter - (unsigned char)cb->at->letter;
}

/* What is known of one missing number that [first, end) cite. */
static bool
put_missing(struct counting *c, chy_gap_year *y, const struct numbered *first,
    const struct numbered *end, uint32_t n_dated)
{
	chy_arena *arena = &c->gaps->arena;
	size_t n = (size_t)(end - first);
	struct citing_id *by;
	chy_missing *m;
	char key[CHY_MRN_KEY_MAX];
	chy_mrn mrn = { .year = y->year, .serial = first->serial };
	uint32_t earliest;

	if (y->n_all_cited++ >= c->most)
		return true;
	by = malloc(n * sizeof(*by));
	m = &y->cited[y->n_cited++];
	if (by == NULL || !chy_mrn_set_post(&mrn, y->post)) {
		free(by);
		return false;
	}
	*m = (chy_missing){ .serial = first->serial };
	m->id = chy_arena_copy(arena, (chy_slice){ key,
	    chy_mrn_key(&mrn, key) });
	for (size_t i = 0; i < n; i++)
		by[i] = (struct citing_id){ first[i].dtg, chy_name_text(
		    c->a->c->groups, first[i].citer), &first[i] };
	qsort(by, n, sizeof(*by), citing_cmp);
	m->citers = chy_arena_zalloc(arena, CITERS, sizeof(*m->citers));
	if (m->citers == NULL) {
		free(by);
		return false;
	}
	earliest = CHY_NONE;
	for (size_t i = 0; i < n; i++) {
		if (earliest == CHY_NONE && by[i].dtg != INT64_MIN)
			earliest = by[i].at->citer;
		if (i > 0 && by[i].at->citer == by[i - 1].at->citer)
			continue;
		if (m->n_all_citers++ >= CITERS)
			continue;
		m->citers[m->n_citers++] = (chy_gap_citer){
			chy_arena_copy(arena, by[i].id),
			day_of(by[i].dtg, arena), by[i].at->letter,
			by[i].at->in_text };
	}
	free(by);
	chy_estimate_serial(c->a, c->dated, n_dated, y->year, first->serial,
	    earliest, arena, &m->estimate);
	return true;
}

/* A round size for at most CHY_GAP_BLOCKS blocks of 1 to highest. */
static void
make_blocks(chy_gap_year *y)
{
	static const uint32_t steps[] = { 1, 2, 5 };
	uint32_t size = 1, k = 0, ten = 1;

	while ((y->highest + size - 1) / size > CHY_GAP_BLOCKS) {
		if (++k == ARRAY_LEN(steps)) {
			k = 0;
			ten *= 10;
		}
		size = steps[k] * ten;
	}
	y->n_blocks = (y->highest + size - 1) / size;
	for (uint32_t i = 0; i < y->n_blocks; i++) {
		y->blocks[i].first = i * size + 1;
		y->blocks[i].last = i + 1 == y->n_blocks ? y->highest :
		    (i + 1) * size;
	}
}

static chy_gap_block *
block_of(chy_gap_year *y, uint32_t serial)
{
	uint32_t size = y->blocks[0].last - y->blocks[0].first + 1;

	return &y->blocks[(serial - 1) / size];
}

/* Dates of the filed ones in [first, end), for estimates. */
static uint32_t
gather_dated(struct counting *c, const struct numbered *first,
    const struct numbered *end)
{
	uint32_t n = 0;
	size_t need = (size_t)(end - first);

	if (need > c->cap_dated) {
		struct dated *more = realloc(c->dated, need * sizeof(*more));

		if (more == NULL)
			return CHY_NONE;
		c->dated = more;
		c->cap_dated = need;
	}
	for (; first < end; first++) {
		int64_t dtg = dtg_of(c->a, first->group);

		if (dtg != INT64_MIN)
			c->dated[n++] = (struct dated){ first->serial,
			    first->group, dtg };
	}
	return n;
}

/* All numbers of one post and year. */
static bool
put_year(struct counting *c, const struct numbered *first,
    const struct numbered *end)
{
	chy_arena *arena = &c->gaps->arena;
	chy_gap_year *y;
	char shown[64];
	uint32_t before = 0, lower = CHY_NONE, n_dated;
	size_t n = (size_t)(end - first), most = n < c->most ? n + 1 : c->most;
	bool wanted = c->found == NULL;

	if (c->opts->year != 0 && c->opts->year != first->year)
		return true;
	for (const struct numbered *p = first; p < end && !wanted; p++)
		wanted = p->group != CHY_NONE && chy_set_has(c->found,
		    p->group);
	if (!wanted)
		return true;
	if (c->gaps->n_years == c->cap_years) {
		uint32_t cap = c->cap_years * 2 + 64;
		chy_gap_year *more = chy_arena_alloc(arena, cap *
		    sizeof(*more));

		if (more == NULL)
			return false;
		if (c->gaps->n_years > 0)
			memcpy(more, c->gaps->years, c->gaps->n_years *
			    sizeof(*more));
		c->gaps->years = more;
		c->cap_years = cap;
	}
	y = &c->gaps->years[c->gaps->n_years++];
	*y = (chy_gap_year){ .post = chy_arena_copy(arena, first->post),
	    .year = first->year, .highest = end[-1].serial };
	y->name = chy_arena_copy(arena, chy_post_shown(first->post, shown));
	y->gaps = chy_arena_alloc(arena, most * sizeof(*y->gaps));
	y->cited = chy_arena_alloc(arena, most * sizeof(*y->cited));
	n_dated = gather_dated(c, first, end);
	if (y->gaps == NULL || y->cited == NULL || n_dated == CHY_NONE)
		return false;
	make_blocks(y);
	while (first < end) {
		const struct numbered *p = first;

		while (p < end && p->serial == first->serial) {
			uint32_t g = p->group != CHY_NONE ? p->group :
			    p->citer;

			c->labels[c->a->c->tels[c->a->view->shown[g]].label] =
			    true;
			p++;
		}
		if (first->group != CHY_NONE) {
			int64_t dtg = dtg_of(c->a, first->group);

			if (first->serial > before + 1)
				put_gap(c, y, before + 1, first->serial - 1,
				    lower, first->group);
			before = first->serial;
			lower = first->group;
			y->filed += first->serial > 0;
			if (first->serial > 0)
				block_of(y, first->serial)->filed++;
			if (dtg != INT64_MIN && chy_civil_from(dtg).year ==
			    y->year)
				y->months[chy_civil_from(dtg).month - 1]++;
		} else {
			block_of(y, first->serial)->cited++;
			if (!put_missing(c, y, first, p, n_dated))
				return false;
		}
		first = p;
	}
	if (y->highest > before)
		put_gap(c, y, before + 1, y->highest, lower, CHY_NONE);
	c->gaps->filed += y->filed;
	c->gaps->missing += y->missing;
	c->gaps->cited += y->n_all_cited;
	return true;
}

/*
 * A number without a year, cited from January to March, is of the year before
 * where a lower one of the own year was sent later than the citing telegram.
 * Whether any was.
 *
 * Source: telegram-format 4.9.
 */
static bool
shift_years(struct counting *c)
{
	int64_t lower = INT64_MIN;
	int32_t year = 0;
	bool any = false;

	for (size_t i = 0; i < c->n; i++) {
		struct numbered *n = &c->at[i];

		if (n->year != year || (i > 0 && !chy_slice_eq(n[-1].post,
		    n->post)))
			lower = INT64_MIN;
		year = n->year;
		if (n->group != CHY_NONE) {
			lower = dtg_of(c->a, n->group);
		} else if (!n->year_printed && n->dtg != INT64_MIN &&
		    lower != INT64_MIN && lower > n->dtg + 86400 &&
		    chy_civil_from(n->dtg).month <= 3) {
			n->year--;
			any = true;
		}
	}
	return any;
}

static chy_status
put_years(struct counting *c)
{
	size_t i = 0;

	if (c->n > 1)
		qsort(c->at, c->n, sizeof(*c->at), numbered_cmp);
	if (shift_years(c))
		qsort(c->at, c->n, sizeof(*c->at), numbered_cmp);
	while (i < c->n) {
		size_t k = i + 1;

		while (k < c->n && c->at[k].year == c->at[i].year &&
		    chy_slice_eq(c->at[k].post, c->at[i].post))
			k++;
		if (!put_year(c, &c->at[i], &c->at[k]))
			return chy_fail(c->a->err, CHY_ERR_NO_MEMORY,
			    "no memory");
		i = k;
	}
	return CHY_OK;
}


/* ---- continuity numbers ---- */

struct line {
	chy_slice sender, addressee;
	int64_t	  dtg;
	chy_slice id;
	uint32_t  group, first, last;
};

struct lines {
	struct counting *c;
	struct line *at;
	size_t	     n, cap;
};

static chy_status
put_line(void *arg, const chy_continuity *in)
{
	struct lines *l = arg;
	const chy_columns *c = l->c->a->c;
	const chy_tel_column *t = &c->tels[in->tel];
	uint32_t post = t->origin != 0 ? t->origin : t->post;
	chy_slice sender = chy_name_text(c->posts, post);
	uint32_t to = chy_name_find(c->posts, in->addressee);
	int32_t year = t->year;

	if (t->dtg == INT64_MIN || sender.len == 0 || to == CHY_NONE ||
	    (l->c->post.len > 0 && !chy_slice_eq(l->c->post, sender) &&
	    !chy_slice_eq(l->c->post, chy_name_text(c->posts, t->post))) ||
	    (l->c->opts->year != 0 && l->c->opts->year != year))
		return CHY_OK;
	if (l->n == l->cap) {
		size_t cap = l->cap * 2 + 1024;
		struct line *more = realloc(l->at, cap * sizeof(*more));

		if (more == NULL)
			return CHY_ERR_NO_MEMORY;
		l->at = more;
		l->cap = cap;
	}
	l->at[l->n++] = (struct line){ sender, chy_name_text(c->posts, to),
	    t->dtg, chy_name_text(c->groups, t->group), t->group, in->first,
	    in->last };
	return CHY_OK;
}

static int
line_cmp(const void *a, const void *b)
{
	const struct line *la = a, *lb = b;
	int order = chy_slice_cmp(la->sender, lb->sender);

	if (order == 0)
		order = chy_slice_cmp(la->addressee, lb->addressee);
	if (order != 0)
		return order;
	if (la->dtg != lb->dtg)
		return la->dtg < lb->dtg ? -1 : 1;
	order = chy_slice_cmp(la->id, lb->id);
	if (order != 0)
		return order;
	return la->first < lb->first ? -1 : la->first > lb->first;
}

/* A gap that is open: what comes late closes it, or a part of it. */
struct open_gap {
	uint32_t first, last;
	const struct line *lower, *upper;
};

static uint32_t
ahead(uint32_t n, uint32_t of)
{
	return (n + MCN_LAST - of) % MCN_LAST;
}

static bool
close_gap(struct open_gap *open, uint32_t *n, const struct line *l)
{
	for (uint32_t i = *n; i-- > 0; ) {
		struct open_gap *g = &open[i];
		uint32_t at = ahead(l->first, g->first);
		uint32_t len = ahead(g->last, g->first);
		uint32_t end = ahead(l->last, g->first);

		if (at > len)
			continue;
		if (end > len)
			end = len;
		if (end < len) {
			struct open_gap rest = *g;

			/* What is left behind it is a gap of its own. */
			rest.first = (g->first + end) % MCN_LAST + 1;
			if (rest.first > MCN_LAST)
				rest.first = 1;
			rest.lower = l;
			if (at == 0) {
				*g = rest;
				return true;
			}
			memmove(g + 2, g + 1, (*n - i - 1) * sizeof(*g));
			g[1] = rest;
			(*n)++;
		} else if (at == 0) {
			memmove(g, g + 1, (*n - i - 1) * sizeof(*g));
			(*n)--;
			return true;
		}
		g->last = (g->first + at + MCN_LAST - 2) % MCN_LAST + 1;
		g->upper = l;
		return true;
	}
	return false;
}

/*
 * The lines of one sender to one addressee in the order of time: who runs
 * ahead leaves a gap, who comes late closes one, and a jump of more than 200
 * tells nothing.
 */
static bool
put_series(struct counting *c, const struct line *first,
    const struct line *end)
{
	chy_arena *arena = &c->gaps->arena;
	size_t most = (size_t)(end - first);
	struct open_gap *open = malloc((2 * most + 1) * sizeof(*open));
	const struct line *before = first;
	chy_gap_series *s;
	uint32_t n = 0, next = 0, breaks = 0, missing = 0;

	if (open == NULL)
		return false;
	for (const struct line *l = first; l < end; l++) {
		uint32_t d = l == first ? 0 : ahead(l->first, next);

		if (d > 0 && d <= MCN_NEAR) {
			open[n++] = (struct open_gap){ next, (next + d + MCN_LAST
			    - 2) % MCN_LAST + 1, before, l };
		} else if (d > MCN_NEAR) {
			if (close_gap(open, &n, l) ||
			    MCN_LAST - d <= MCN_NEAR)
				continue;	/* late, or a copy */
			breaks++;
		}
		next = l->last % MCN_LAST + 1;
		before = l;
	}
	for (uint32_t i = 0; i < n; i++)
		missing += ahead(open[i].last, open[i].first) + 1;
	if (n == 0) {
		free(open);
		return true;
	}
	s = &c->gaps->series[c->gaps->n_series++];
	*s = (chy_gap_series){
		.sender = chy_arena_copy(arena, first->sender),
		.addressee = chy_arena_copy(arena, first->addressee),
		.lines = (uint32_t)most, .breaks = breaks, .missing = missing,
		.n_all_gaps = n,
	};
	s->gaps = chy_arena_alloc(arena, (n + 1u) * sizeof(*s->gaps));
	for (uint32_t i = 0; s->gaps != NULL && i < n && i < c->most; i++)
		s->gaps[s->n_gaps++] = (chy_gap){ open[i].first, open[i].last,
		    chy_arena_copy(arena, open[i].lower->id),
		    chy_arena_copy(arena, open[i].upper->id),
		    day_of(open[i].lower->dtg, arena),
		    day_of(open[i].upper->dtg, arena) };
	for (const struct line *l = first; l < end; l++)
		c->labels[c->a->c->tels[c->a->view->shown[l->group]].label] =
		    true;
	c->gaps->sections += missing;
	free(open);
	return true;
}

static chy_status
put_all_series(struct counting *c)
{
	struct lines l = { .c = c };
	size_t i = 0, n = 0;
	bool room = true;
	chy_status st = chy_store_each_continuity(c->a->reg->store, c->a->view,
	    put_line, &l, c->a->err);

	if (l.n > 1)
		qsort(l.at, l.n, sizeof(*l.at), line_cmp);
	for (size_t k = 0; k < l.n; k++)
		n += k == 0 || !chy_slice_eq(l.at[k].sender, l.at[k - 1].sender)
		    || !chy_slice_eq(l.at[k].addressee, l.at[k - 1].addressee);
	c->gaps->series = chy_arena_alloc(&c->gaps->arena, (n + 1) *
	    sizeof(*c->gaps->series));
	room = c->gaps->series != NULL;
	while (st == CHY_OK && room && i < l.n) {
		size_t k = i + 1;
		bool wanted = c->found == NULL || chy_set_has(c->found,
		    l.at[i].group);

		for (; k < l.n && chy_slice_eq(l.at[k].sender, l.at[i].sender) &&
		    chy_slice_eq(l.at[k].addressee, l.at[i].addressee); k++)
			wanted = wanted || chy_set_has(c->found, l.at[k].group);
		if (wanted)
			room = put_series(c, &l.at[i], &l.at[k]);
		i = k;
	}
	free(l.at);
	if (st == CHY_ERR_NO_MEMORY || (st == CHY_OK && !room))
		st = chy_fail(c->a->err, CHY_ERR_NO_MEMORY, "no memory");
	return st;
}


/* ---- all of it ---- */

static chy_status
look(struct asking *a, const chy_query *query, const chy_gaps_options *opts,
    chy_gaps *gaps)
{
	struct counting c = { .a = a, .opts = opts, .gaps = gaps,
	    .post = CHY_EMPTY, .most = opts->most != 0 ? opts->most : MOST };
	char key[CHY_VOCAB_KEY_MAX];
	chy_buf buf = CHY_BUF_INIT;
	chy_status st = CHY_OK;

	chy_query_print(query->root, &buf);
	gaps->understood = chy_arena_copy(&gaps->arena, chy_buf_slice(&buf));
	chy_buf_done(&buf);
	gaps->label = chy_label_bottom();
	if (opts->post.len > 0)
		c.post = (chy_slice){ key, chy_post_key(opts->post, opts->year,
		    key, sizeof(key)) };
	if (chy_slice_trim(opts->query).len > 0)
		st = chy_store_eval(a->reg->store, a->view, query->root,
		    &c.found, a->err);
	c.labels = calloc((size_t)a->view->n_labels + 1, sizeof(*c.labels));
	if (st == CHY_OK && c.labels == NULL)
		st = CHY_ERR_NO_MEMORY;
	if (st == CHY_OK)
		st = put_filed(&c);
	if (st == CHY_OK)
		st = chy_store_each_citation(a->reg->store, a->view, NULL,
		    put_cited, &c, a->err);
	if (st == CHY_ERR_NO_MEMORY)
		st = chy_fail(a->err, st, "no memory");
	if (st == CHY_OK)
		st = put_years(&c);
	if (st == CHY_OK && !opts->no_series)
		st = put_all_series(&c);
	for (uint32_t i = 1; st == CHY_OK && i < a->view->n_labels; i++)
		if (c.labels[i])
			gaps->label = chy_label_join(&gaps->label,
			    chy_store_label(a->reg->store, i));
	free(c.labels);
	free(c.dated);
	free(c.found);
	free(c.at);
	return st;
}

chy_status
chy_registry_gaps(chy_registry *reg, const chy_reader *reader,
    const chy_gaps_options *opts, chy_gaps **ret, chy_error *err)
{
	static const chy_gaps_options none = { .query = { "", 0 },
	    .post = { "", 0 } };
	chy_gaps *gaps = calloc(1, sizeof(*gaps));
	chy_query *query;
	struct asking a;
	chy_status st;

	if (gaps == NULL)
		return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	if (opts == NULL)
		opts = &none;
	chy_arena_init(&gaps->arena, 0);
	st = chy_query_asked(opts->query, &query, err);
	if (st != CHY_OK) {
		chy_gaps_free(gaps);
		return st;
	}
	st = chy_asking_begin(&a, reg, reader, err);
	if (st == CHY_OK) {
		st = look(&a, query, opts, gaps);
		if (st == CHY_OK && chy_arena_failed(&gaps->arena))
			st = chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
		chy_asking_end(&a);
	}
	chy_query_free(query);
	if (st != CHY_OK) {
		chy_gaps_free(gaps);
		return st;
	}
	*ret = gaps;
	return CHY_OK;
}
