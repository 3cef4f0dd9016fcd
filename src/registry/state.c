/*
 * What the archive holds, the proof that it is sound, reading everything
 * again, and what could not be read.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>
#include <stdlib.h>

#include <time.h>

#include "registry/distribution_int.h"
#include "registry/registry_int.h"

#define PROBLEMS_MAX	1000u

static const struct {
	const char *field;
	uint32_t    flag;
} fields[] = {
	{ "canonical_id", CHY_HAS_ID },
	{ "dtg", CHY_HAS_DTG },
	{ "originator", CHY_HAS_ORIGINATOR },
	{ "action", CHY_HAS_ACTION },
	{ "classification", CHY_HAS_LEVEL },
	{ "captions", CHY_HAS_CAPTIONS },
	{ "eo", CHY_HAS_EO },
	{ "tags", CHY_HAS_TAGS },
	{ "subject", CHY_HAS_SUBJECT },
	{ "references", CHY_HAS_REFERENCES },
	{ "signers", CHY_HAS_SIGNER },
	{ "form", CHY_HAS_FORM },
	/* What paragraphs tell, and only those that are seen. */
	{ "paragraphs", 0 },
	{ "summary", 0 },
	{ "action_requests", 0 },
};
#define FIELDS		ARRAY_LEN(fields)
_Static_assert(FIELDS <= CHY_OVERVIEW_FIELDS, "room for all fields");
#define OF_PARAGRAPHS	(FIELDS - 3)


/* ---- statistics ---- */

void
chy_stats_free(chy_stats *stats)
{
	if (stats == NULL)
		return;
	chy_arena_done(&stats->arena);
	free(stats);
}

static int
slice_cmp(const void *a, const void *b)
{
	return chy_slice_cmp(*(const chy_slice *)a, *(const chy_slice *)b);
}

/* Numbers that lead nowhere are kept, to be counted once each. */
struct missing {
	struct overview *o;
	chy_slice *at;
	size_t	   n, cap;
};

static chy_status
count_citation(void *arg, uint32_t group, const chy_cited *cited)
{
	struct missing *m = arg;

	(void)group;
	if (cited->row != 0 || cited->kind != CHY_REF_TELEGRAM)
		return CHY_OK;
	m->o->references++;
	if (cited->group != CHY_NONE) {
		m->o->resolved++;
		return CHY_OK;
	}
	if (m->n == m->cap) {
		chy_slice *more = realloc(m->at, (m->cap * 2 + 64) *
		    sizeof(*more));

		if (more == NULL)
			return CHY_ERR_NO_MEMORY;
		m->at = more;
		m->cap = m->cap * 2 + 64;
	}
	m->at[m->n++] = cited->value;
	return CHY_OK;
}

static chy_status
count_references(struct asking *a, struct overview *o)
{
	struct missing m = { .o = o };
	chy_status st = chy_store_each_citation(a->reg->store, a->view, NULL,
	    count_citation, &m, a->err);

	if (m.n > 0)
		qsort(m.at, m.n, sizeof(*m.at), slice_cmp);
	for (size_t i = 0; i < m.n; i++)
		o->missing += i == 0 || !chy_slice_eq(m.at[i], m.at[i - 1]);
	free(m.at);
	return st == CHY_ERR_NO_MEMORY ? chy_fail(a->err, st, "no memory") : st;
}

static void
count_paragraphs(struct asking *a, const chy_tel_column *t, struct overview *o)
{
	bool any = false, summary = false, request = false;

	for (uint32_t r = 0; r < t->row_count; r++) {
		size_t row = (size_t)t->first_row + r;

		if (!chy_view_row(a->view, row) ||
		    a->c->row_kind[row] != CHY_ROW_PARAGRAPH)
			continue;
		o->paragraphs++;
		any = true;
		summary |= (a->c->row_flags[row] & CHY_ROW_SUMMARY) != 0;
		request |= (a->c->row_flags[row] & CHY_ROW_REQUEST) != 0;
	}
	o->coverage[OF_PARAGRAPHS] += any;
	o->coverage[OF_PARAGRAPHS + 1] += summary;
	o->coverage[OF_PARAGRAPHS + 2] += request;
}

static void
count_copies(struct asking *a, uint32_t group, struct overview *o)
{
	uint32_t *members, last_section = UINT32_MAX;
	uint32_t n = chy_view_members(a->reg->store, a->view, group,
	    &a->reg->scratch, &members);

	for (uint32_t k = 0; k < n; k++) {
		uint32_t section = a->c->tels[members[k]].section;

		o->copies += k > 0 && section == last_section;
		last_section = section;
	}
	chy_arena_reset(&a->reg->scratch);
}

static void
count_visible(struct asking *a, struct overview *o)
{
	/* In the order of filing, in which the rows lie one after the other. */
	for (uint32_t number = 0; number < a->c->n_tels; number++) {
		const chy_tel_column *t = &a->c->tels[number];
		uint32_t group = t->group;

		if (a->view->shown[group] != number ||
		    !chy_set_has(a->view->visible, group))
			continue;
		o->telegrams++;
		if (a->c->tels[a->c->heads[group]].next != CHY_NONE)
			count_copies(a, group, o);
		count_paragraphs(a, t, o);
		if (t->dtg != INT64_MIN && t->dtg < o->first)
			o->first = t->dtg;
		if (t->dtg != INT64_MIN && t->dtg > o->last)
			o->last = t->dtg;
		if ((a->view->tel_sees[number] & CHY_SEES_HEADING) == 0)
			continue;
		for (size_t f = 0; f < OF_PARAGRAPHS; f++)
			o->coverage[f] +=
			    (t->flags & fields[f].flag) != 0;
	}
}

/* What is counted over all, from before if nothing was filed since. */
static chy_status
overview(struct asking *a, const struct overview **ret)
{
	struct overview *kept = &a->reg->overview;
	struct overview o = { .valid = true, .change = a->c->change,
	    .rebuild = a->c->rebuild, .reader = *a->reader,
	    .first = INT64_MAX, .last = INT64_MIN };
	chy_status st;

	*ret = kept;
	if (kept->valid && kept->change == o.change &&
	    kept->rebuild == o.rebuild &&
	    kept->reader.owner == a->reader->owner &&
	    chy_label_eq(&kept->reader.label, &a->reader->label))
		return CHY_OK;
	count_visible(a, &o);
	st = count_references(a, &o);
	if (st == CHY_OK)
		*kept = o;
	return st;
}

static chy_slice
iso_of(int64_t seconds, chy_arena *arena)
{
	char iso[18];

	chy_civil_iso(chy_civil_from(seconds), iso);
	return chy_arena_copy(arena, chy_slice_of(iso));
}

static chy_status
stats_make(struct asking *a, bool measure, chy_stats *s)
{
	const struct overview *o;
	chy_store_sizes sizes;
	chy_status st;

	s->coverage = chy_arena_zalloc(&s->arena, FIELDS,
	    sizeof(*s->coverage));
	if (s->coverage == NULL)
		return chy_fail(a->err, CHY_ERR_NO_MEMORY, "no memory");
	s->n_coverage = FIELDS;
	st = overview(a, &o);
	if (st != CHY_OK)
		return st;
	for (size_t i = 0; i < FIELDS; i++)
		s->coverage[i] = (chy_coverage){ fields[i].field,
		    o->coverage[i] };
	s->telegrams = o->telegrams;
	s->copies = o->copies;
	s->paragraphs = o->paragraphs;
	s->references = o->references;
	s->resolved = o->resolved;
	s->missing = o->missing;
	s->first_iso = s->last_iso = CHY_EMPTY;
	if (o->last != INT64_MIN) {
		s->first_iso = iso_of(o->first, &s->arena);
		s->last_iso = iso_of(o->last, &s->arena);
	}
	if (st == CHY_OK)
		st = chy_facets_make(a, a->view->visible, &s->arena,
		    UINT32_MAX, s->facets);
	if (st == CHY_OK)
		st = chy_months_make(a, a->view->visible, &s->arena, &s->months,
		    &s->n_months);
	s->posts = s->facets[CHY_FACET_POST].n_all;
	if (st != CHY_OK || !a->reader->owner || !measure)
		return st;
	st = chy_store_measure(a->reg->store, &sizes, a->err);
	if (st != CHY_OK)
		return st;
	s->originals = (uint64_t)sizes.originals;
	s->original_bytes = (uint64_t)sizes.original_bytes;
	s->stored_bytes = (uint64_t)sizes.stored_bytes;
	s->archive_bytes = (uint64_t)sizes.archive_bytes;
	s->unread = (uint64_t)sizes.unread;
	s->stale = (uint64_t)sizes.stale;
	return CHY_OK;
}

chy_status
chy_registry_stats(chy_registry *reg, const chy_reader *reader, bool measure,
    chy_stats **ret, chy_error *err)
{
	chy_stats *s = calloc(1, sizeof(*s));
	struct asking a;
	chy_status st;

	if (s == NULL)
		return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	chy_arena_init(&s->arena, 0);
	st = chy_asking_begin(&a, reg, reader, err);
	if (st == CHY_OK) {
		st = stats_make(&a, measure, s);
		chy_asking_end(&a);
	}
	if (st == CHY_OK && chy_arena_failed(&s->arena))
		st = chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	if (st != CHY_OK) {
		chy_stats_free(s);
		return st;
	}
	*ret = s;
	return CHY_OK;
}


/* ---- unread ---- */

void
chy_unread_list_free(chy_unread_list *list)
{
	if (list == NULL)
		return;
	chy_arena_done(&list->arena);
	free(list);
}

struct unread_making {
	chy_unread_list *list;
	uint32_t	 cap;
};

static chy_status
add_unread(void *arg, const chy_unread_row *row)
{
	struct unread_making *m = arg;
	chy_unread_list *list = m->list;
	char hex[65] = "";

	if (list->n == m->cap) {
		chy_unread *more = chy_arena_zalloc(&list->arena,
		    (size_t)m->cap * 2 + 16, sizeof(*more));

		if (more == NULL)
			return CHY_ERR_NO_MEMORY;
		if (list->n > 0)
			memcpy(more, list->at, list->n * sizeof(*more));
		list->at = more;
		m->cap = m->cap * 2 + 16;
	}
	if (row->sha256.len == CHY_SHA256)
		chy_sha256_hex((const unsigned char *)row->sha256.ptr, hex);
	list->at[list->n++] = (chy_unread){
		.sha256 = chy_arena_copy(&list->arena, chy_slice_of(hex)),
		.file = chy_arena_copy(&list->arena, row->file),
		.part = row->part, .size = row->size,
		.why = chy_arena_copy(&list->arena, row->why),
	};
	return CHY_OK;
}

chy_status
chy_registry_unread(chy_registry *reg, const chy_reader *reader,
    chy_unread_list **ret, chy_error *err)
{
	struct unread_making m = { calloc(1, sizeof(*m.list)), 0 };
	struct asking a;
	chy_status st;

	if (m.list == NULL)
		return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	chy_arena_init(&m.list->arena, 0);
	st = chy_asking_begin(&a, reg, reader, err);
	if (st == CHY_OK) {
		/* Nothing is known of its label, so only the owner may. */
		if (reader->owner)
			st = chy_store_unread(reg->store, add_unread, &m, err);
		chy_asking_end(&a);
	}
	if (st != CHY_OK) {
		chy_unread_list_free(m.list);
		return st;
	}
	*ret = m.list;
	return CHY_OK;
}


/* ---- verify ---- */

void
chy_verified_free(chy_verified *verified)
{
	if (verified == NULL)
		return;
	chy_arena_done(&verified->arena);
	free(verified);
}

static void
problem(void *arg, chy_slice words)
{
	chy_verified *v = arg;

	v->all_problems++;
	if (v->n_problems < PROBLEMS_MAX)
		v->problems[v->n_problems++] = chy_arena_copy(&v->arena, words);
}

static void
check_original(struct asking *a, int64_t id, chy_verified *v)
{
	unsigned char sha[CHY_SHA256];
	chy_original original;
	chy_error err = { .status = CHY_OK };
	char words[400];
	chy_status st = chy_store_original(a->reg->store, id,
	    &a->reg->scratch, &original, &err);

	if (st != CHY_OK) {
		(void)snprintf(words, sizeof(words), "original %lld: %s",
		    (long long)id, err.text);
		problem(v, chy_slice_of(words));
	} else {
		chy_sha256(original.bytes, sha);
		if (memcmp(sha, original.sha256, CHY_SHA256) != 0) {
			(void)snprintf(words, sizeof(words), "original %lld "
			    "(%.*s): its bytes are not those of its hash",
			    (long long)id,
			    CHY_ARG(chy_slice_sub(original.file, 0, 200)));
			problem(v, chy_slice_of(words));
		}
		v->originals++;
	}
	chy_arena_reset(&a->reg->scratch);
}

static chy_status
verify_all(struct asking *a, const chy_work_options *opts, chy_verified *v)
{
	chy_store_sizes sizes;
	int64_t id = 0;
	uint64_t done = 0;
	chy_status st = chy_store_measure(a->reg->store, &sizes, a->err);

	v->problems = chy_arena_alloc(&v->arena,
	    PROBLEMS_MAX * sizeof(*v->problems));
	if (v->problems == NULL)
		return chy_fail(a->err, CHY_ERR_NO_MEMORY, "no memory");
	while (st == CHY_OK) {
		st = chy_store_next_original(a->reg->store, id, &id, a->err);
		if (st != CHY_OK || id == 0)
			break;
		check_original(a, id, v);
		if (opts != NULL && opts->progress != NULL && done % 256 == 0)
			st = opts->progress(opts->arg, done,
			    (uint64_t)sizes.originals);
		done++;
	}
	v->telegrams = a->c->n_tels;
	v->rows = a->c->n_rows > 0 ? a->c->n_rows - 1 : 0;
	if (st == CHY_OK && opts != NULL && opts->progress != NULL)
		st = opts->progress(opts->arg, done, (uint64_t)sizes.originals);
	return st;
}

chy_status
chy_registry_verify(chy_registry *reg, const chy_reader *reader,
    const chy_work_options *opts, chy_verified **ret, chy_error *err)
{
	bool shared = !chy_db_is_file(reg->where);
	chy_verified *v;
	struct asking a;
	chy_status st = chy_owner_only(reader, "verify", err);

	if (st != CHY_OK)
		return st;
	v = calloc(1, sizeof(*v));
	if (v == NULL)
		return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	chy_arena_init(&v->arena, 0);
	st = chy_asking_begin(&a, reg, reader, err);
	if (st == CHY_OK) {
		st = verify_all(&a, opts, v);
		/* A server's archive is proved as it was at one moment. SQLite's
		 * index proves itself by a statement that writes nothing, but
		 * that the engine takes for one that does. */
		if (st == CHY_OK && shared)
			st = chy_store_check(reg->store, problem, v, err);
		chy_asking_end(&a);
	}
	if (st == CHY_OK && !shared)
		st = chy_store_check(reg->store, problem, v, err);
	if (st != CHY_OK) {
		chy_verified_free(v);
		return st;
	}
	*ret = v;
	return CHY_OK;
}


/* ---- reindex ---- */

struct again {
	chy_registry	   *reg;
	chy_filer	   *filer;
	chy_arena	    arena;
	const chy_original *original;
	chy_error	   *err;
	bool		    done;
	struct in_force	    rules;
};

/* What is read now and was not before, though rules were there. */
static chy_status
distribute_again(struct again *g, const chy_filing *filing)
{
	struct filing_of f = { .original = g->original->id,
	    .canonical_id = filing->canonical_id, .copy = false,
	    .corrected = (filing->flags & CHY_HAS_CORRECTED) != 0,
	    .now = (int64_t)time(NULL) };
	chy_distribution_row row;
	chy_distribution d;
	bool found = true;
	chy_status st = CHY_OK;

	if (g->rules.set == NULL || filing->unread.len > 0 ||
	    g->original->id < g->rules.since)
		return CHY_OK;
	st = chy_store_get_distribution(g->reg->store, g->original->id,
	    &g->arena, &row, &found, g->err);
	if (st != CHY_OK || found)
		return st;
	st = chy_in_force_distribute(&g->rules, chy_filer_telegram(g->filer),
	    NULL, &g->arena, &d, g->err);
	f.d = &d;
	return st != CHY_OK ? st : chy_distribution_file(g->reg->store,
	    &g->rules, &f, g->err);
}

static chy_status
file_again(void *arg, const chy_piece *piece)
{
	struct again *g = arg;
	char form[32] = "";
	chy_filing_source source = {
		.file = g->original->file, .year = g->original->year,
	};
	chy_filing filing;
	chy_status st;

	if (g->original->form.len > 0 &&
	    g->original->form.len < sizeof(form)) {
		memcpy(form, g->original->form.ptr, g->original->form.len);
		source.form = form;
	}
	g->done = true;
	st = chy_filing_make(g->filer, piece, &source, &g->arena, &filing,
	    g->err);
	if (st == CHY_OK)
		st = chy_store_put_again(g->reg->store, g->original->id,
		    &filing, g->err);
	if (st == CHY_OK)
		st = distribute_again(g, &filing);
	return st;
}

static chy_status
reindex_all(struct again *g, const chy_work_options *opts, uint64_t *ret)
{
	chy_store_sizes sizes;
	int64_t id = 0;
	uint64_t done = 0;
	chy_status st = chy_store_measure(g->reg->store, &sizes, g->err);

	if (st == CHY_OK)
		st = chy_store_clear(g->reg->store, g->err);
	while (st == CHY_OK) {
		chy_original original;

		st = chy_store_next_original(g->reg->store, id, &id, g->err);
		if (st != CHY_OK || id == 0)
			break;
		st = chy_store_original(g->reg->store, id, &g->arena, &original,
		    g->err);
		if (st != CHY_OK)
			break;
		g->original = &original;
		g->done = false;
		st = chy_original_piece(&original, file_again, g, g->err);
		if (st == CHY_OK && !g->done) {
			chy_filing none = {
			    .unread = CHY_SLICE("nothing of it can be read") };

			st = chy_store_put_again(g->reg->store, id, &none,
			    g->err);
		}
		chy_arena_reset(&g->arena);
		if (st == CHY_OK && opts != NULL && opts->progress != NULL &&
		    done % 64 == 0)
			st = opts->progress(opts->arg, done,
			    (uint64_t)sizes.originals);
		done++;
	}
	*ret = done;
	return st;
}

chy_status
chy_registry_reindex(chy_registry *reg, const chy_reader *reader,
    const chy_work_options *opts, uint64_t *ret_telegrams, chy_error *err)
{
	struct again g = { .reg = reg, .err = err };
	uint64_t n = 0;
	chy_status st = chy_owner_only(reader, "reindex", err);

	if (st == CHY_OK)
		st = chy_filer_new(&g.filer, err);
	if (st != CHY_OK)
		return st;
	chy_arena_init(&g.arena, 0);
	st = chy_store_begin(reg->store, err);
	if (st == CHY_OK) {
		st = chy_filer_follow(g.filer, reg->store, err);
		if (st == CHY_OK)
			st = chy_in_force_load(reg->store, &g.rules, err);
		if (st == CHY_OK)
			st = reindex_all(&g, opts, &n);
		if (st == CHY_OK)
			st = chy_store_commit(reg->store, err);
		else
			chy_store_abort(reg->store);
	}
	chy_arena_done(&g.arena);
	chy_filer_free(g.filer);
	chy_in_force_done(&g.rules);
	if (st == CHY_OK && ret_telegrams != NULL)
		*ret_telegrams = n;
	return st;
}
