/*
 * The telegrams behind a grade: those a person confirmed, those that a record
 * names as its source, those in a case of the programme, and those the
 * programme's query finds.
 *
 * SPDX-License-Identifier: ISC
 */
#include "registry/programme.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/ascii.h"
#include "registry/casework.h"
#include "registry/programme_int.h"

#define PROPOSALS	20u

static const char *const hows[] = { "confirmed", "cited", "case",
	"proposed" };

const char *
chy_behind_name(chy_behind_how how)
{
	return hows[how];
}

void
chy_programme_telegrams_free(chy_programme_telegrams *list)
{
	if (list == NULL)
		return;
	chy_arena_done(&list->arena);
	free(list);
}

struct behind {
	struct kept *k;
	chy_programme_telegrams *list;
	chy_slice subject;
	int32_t	  year;
	uint32_t  cap;
	chy_slice *refused;
	uint32_t  n_refused;
};

static chy_behind *
behind_find(struct behind *b, chy_slice id)
{
	for (uint32_t i = 0; i < b->list->n; i++)
		if (chy_slice_eq(b->list->at[i].line.id, id))
			return &b->list->at[i];
	return NULL;
}

static bool
is_refused(const struct behind *b, chy_slice id)
{
	for (uint32_t i = 0; i < b->n_refused; i++)
		if (chy_slice_eq(b->refused[i], id))
			return true;
	return false;
}

static chy_behind *
behind_add(struct behind *b)
{
	chy_programme_telegrams *list = b->list;

	if (list->n == b->cap) {
		chy_behind *more = chy_arena_zalloc(&list->arena,
		    (size_t)b->cap * 2 + 16, sizeof(*more));

		if (more == NULL)
			return NULL;
		if (list->n > 0)
			memcpy(more, list->at, list->n * sizeof(*more));
		list->at = more;
		b->cap = b->cap * 2 + 16;
	}
	return &list->at[list->n++];
}

static bool
is_cell(const struct behind *b, chy_slice subject, chy_slice year)
{
	char digits[16];

	(void)snprintf(digits, sizeof(digits), "%d", (int)b->year);
	return chy_slice_eq(subject, b->subject) &&
	    chy_slice_eq(year, chy_slice_of(digits));
}

static chy_status
add_line(struct behind *b, chy_behind *item, chy_slice id)
{
	struct asking *a = b->k->a;
	uint32_t group = chy_name_find(a->c->groups, id);
	chy_status st;

	item->line.id = chy_arena_copy(&b->list->arena, id);
	if (group == CHY_NONE || group == 0 ||
	    !chy_set_has(a->view->visible, group))
		return CHY_OK;
	st = chy_line_make(a, group, NULL, &b->list->arena, &item->line);
	chy_arena_reset(&a->reg->scratch);
	if (st == CHY_OK) {
		item->filed = true;
		b->list->label = chy_label_join(&b->list->label,
		    &item->line.label);
	}
	return st;
}

static chy_status
add_kept(void *arg, const chy_kept *row)
{
	struct behind *b = arg;
	chy_label label = chy_kept_label(row->marking);
	chy_arena *arena = &b->list->arena;
	chy_behind *item;

	if (!is_cell(b, row->cells[0], row->cells[1]) ||
	    !chy_label_may(b->k->a->reader, &label, NULL))
		return CHY_OK;
	if (!chy_slice_eq(row->cells[4], CHY_SLICE("confirmed"))) {
		if (b->n_refused < PROPOSALS * 10)
			b->refused[b->n_refused++] = chy_arena_copy(arena,
			    row->cells[2]);
		return CHY_OK;
	}
	item = behind_add(b);
	if (item == NULL)
		return CHY_ERR_NO_MEMORY;
	item->how = CHY_BEHIND_CONFIRMED;
	item->paragraph = chy_arena_copy(arena, row->cells[3]);
	item->why = row->cells[5].len > 0 ? chy_arena_copy(arena, row->cells[5]) :
	    CHY_SLICE("a person confirmed it");
	b->list->label = chy_label_join(&b->list->label, &label);
	return add_line(b, item, row->cells[2]);
}

static chy_status
add_cited(struct behind *b, chy_slice source, const char *what,
    chy_slice name)
{
	struct asking *a = b->k->a;
	uint32_t group = chy_kept_group(a, source);
	chy_buf buf = CHY_BUF_INIT;
	chy_slice id;
	chy_behind *item;
	chy_status st;

	if (group == CHY_NONE)
		return CHY_OK;
	id = chy_name_text(a->c->groups, group);
	if (behind_find(b, id) != NULL)
		return CHY_OK;
	item = behind_add(b);
	if (item == NULL)
		return chy_fail(a->err, CHY_ERR_NO_MEMORY, "no memory");
	item->how = CHY_BEHIND_CITED;
	chy_buf_printf(&buf, "source of: %s%s%.*s", what,
	    name.len > 0 ? " " : "", CHY_ARG(name));
	item->why = chy_arena_copy(&b->list->arena, chy_buf_slice(&buf));
	chy_buf_done(&buf);
	st = add_line(b, item, id);
	return st;
}

static chy_status
add_sources_of_cell(struct behind *b)
{
	const chy_facts *f = &b->k->facts;
	chy_status st = CHY_OK;

	for (uint32_t i = 0; i < f->n_ratings && st == CHY_OK; i++)
		if (f->ratings[i].year == b->year &&
		    chy_slice_eq(f->ratings[i].subject, b->subject))
			st = add_cited(b, f->ratings[i].source, "rating",
			    f->ratings[i].grade->name);
	for (uint32_t i = 0; i < f->n_facts && st == CHY_OK; i++)
		if (f->facts[i].year == b->year &&
		    (f->facts[i].subject.len == 0 ||
		    chy_slice_eq(f->facts[i].subject, b->subject)))
			st = add_cited(b, f->facts[i].source,
			    chy_fact_kind_name(f->facts[i].kind),
			    f->facts[i].name);
	for (uint32_t i = 0; i < f->n_recommendations && st == CHY_OK; i++)
		if (f->recommendations[i].year == b->year &&
		    chy_slice_eq(f->recommendations[i].subject, b->subject))
			st = add_cited(b, f->recommendations[i].evidence,
			    "recommendation", CHY_EMPTY);
	return st;
}

/* The programme's query with {name}, {key}, {tag} and {year} filled in. */
static chy_slice
make_query(struct behind *b)
{
	const chy_programme *p = b->k->p;
	const chy_subject *s = chy_subject_find(&b->k->facts, b->subject);
	chy_slice q = p->query, filled;
	chy_buf buf = CHY_BUF_INIT;

	for (size_t i = 0; i < q.len;) {
		chy_slice rest = chy_slice_from(q, i);

		if (chy_slice_starts(rest, CHY_SLICE("{name}")))
			chy_buf_put(&buf, s != NULL ? s->name : b->subject);
		else if (chy_slice_starts(rest, CHY_SLICE("{year}")))
			chy_buf_printf(&buf, "%d", (int)b->year);
		else if (chy_slice_starts(rest, CHY_SLICE("{tag}")))
			chy_buf_put(&buf, chy_subject_attribute(p,
			    &b->k->facts, b->subject, "tag"));
		else if (chy_slice_starts(rest, CHY_SLICE("{key}")))
			chy_buf_put(&buf, b->subject);
		else {
			/* A description has no quotes inside quotes: ' stands
			 * for them. */
			chy_buf_putc(&buf, chy_is_space(q.ptr[i]) ? ' ' :
			    q.ptr[i] == '\'' ? '"' : q.ptr[i]);
			i++;
			continue;
		}
		i += chy_slice_find(rest, CHY_SLICE("}"), 0) + 1;
	}
	filled = chy_arena_copy(&b->list->arena, chy_buf_slice(&buf));
	chy_buf_done(&buf);
	return filled;
}

/* Whether a case of the programme is about the subject: it says so behind the
 * programme's id (port-safety:ARD), or names it as party, TAGS or name. */
static bool
is_about(struct behind *b, const chy_case *c)
{
	const chy_subject *s = chy_subject_find(&b->k->facts, b->subject);
	chy_slice tag = chy_subject_attribute(b->k->p, &b->k->facts,
	    b->subject, "tag");
	chy_slice said = chy_slice_from(c->docket.programme, b->k->id.len);

	if (said.len > 0)
		return chy_slice_ieq(chy_slice_from(said, 1), b->subject);
	for (uint32_t i = 0; i < c->n_entries; i++) {
		chy_slice words[] = { c->entries[i].value, c->entries[i].note };

		for (size_t w = 0; w < ARRAY_LEN(words); w++)
			if (words[w].len > 0 &&
			    (chy_slice_ieq(words[w], b->subject) ||
			    (s != NULL && chy_slice_ieq(words[w], s->name)) ||
			    (tag.len > 0 && chy_slice_ieq(words[w], tag))))
				return true;
	}
	return false;
}

/* Members of one case, of the period's year. */
static chy_status
add_members(struct behind *b, const chy_case *c)
{
	for (uint32_t i = 0; i < c->n_members; i++) {
		const chy_line *line = &c->members[i].line;
		chy_buf buf = CHY_BUF_INIT;
		chy_behind *item;
		chy_status st;

		if (!c->members[i].filed || line->year != b->year ||
		    is_refused(b, line->id) ||
		    behind_find(b, line->id) != NULL)
			continue;
		item = behind_add(b);
		if (item == NULL)
			return chy_fail(b->k->a->err, CHY_ERR_NO_MEMORY,
			    "no memory");
		item->how = CHY_BEHIND_CASE;
		chy_buf_puts(&buf, "member of case ");
		chy_buf_put(&buf, c->docket.name);
		item->why = chy_arena_copy(&b->list->arena,
		    chy_buf_slice(&buf));
		chy_buf_done(&buf);
		st = add_line(b, item, line->id);
		if (st != CHY_OK)
			return st;
	}
	return CHY_OK;
}

static bool
is_of_programme(chy_slice said, chy_slice id)
{
	return chy_slice_starts(said, id) && (said.len == id.len ||
	    said.ptr[id.len] == ':');
}

/* Cases are asked for one by one, outside the snapshot of this question. */
static chy_status
add_cases(struct behind *b, chy_registry *reg, const chy_reader *reader,
    chy_error *err)
{
	chy_cases *cases;
	chy_status st = chy_registry_cases(reg, reader, 0, &cases, err);

	if (st != CHY_OK)
		return st;
	for (uint32_t i = 0; i < cases->n && st == CHY_OK; i++) {
		const chy_docket *d = &cases->at[i].docket;
		chy_case *c;

		if (!is_of_programme(d->programme, b->k->id))
			continue;
		st = chy_registry_case(reg, reader, d->name, 0, &c, err);
		if (st != CHY_OK)
			break;
		if (is_about(b, c))
			st = chy_asking_begin(b->k->a, reg, reader, err);
		if (st == CHY_OK && is_about(b, c)) {
			st = add_members(b, c);
			chy_asking_end(b->k->a);
			b->list->label = chy_label_join(&b->list->label,
			    &c->label);
		}
		chy_case_free(c);
	}
	chy_cases_free(cases);
	return st;
}

static chy_status
add_proposals(struct behind *b, const chy_found *found)
{
	for (uint32_t i = 0; i < found->n_hits; i++) {
		chy_slice id = found->hits[i].line.id;
		chy_behind *item;
		chy_status st;

		if (behind_find(b, id) != NULL || is_refused(b, id))
			continue;
		item = behind_add(b);
		if (item == NULL)
			return chy_fail(b->k->a->err, CHY_ERR_NO_MEMORY,
			    "no memory");
		item->how = CHY_BEHIND_PROPOSED;
		item->why = CHY_SLICE("found by the programme's query");
		st = add_line(b, item, id);
		if (st != CHY_OK)
			return st;
	}
	b->list->more = found->total > found->n_hits ?
	    found->total - found->n_hits : 0;
	return CHY_OK;
}

static chy_status
gather(struct behind *b)
{
	struct kept *k = b->k;
	const chy_subject *s;
	chy_status st = chy_kept_read(k);

	if (st != CHY_OK)
		return st;
	s = chy_subject_find(&k->facts, b->subject);
	if (s == NULL)
		return chy_fail(k->a->err, CHY_ERR_NOT_FOUND, "%.*s: not a "
		    "subject of programme %.*s",
		    CHY_ARG(chy_slice_sub(b->subject, 0, 60)),
		    CHY_ARG(k->id));
	b->subject = s->key;
	b->list->label = k->label;
	b->refused = chy_arena_zalloc(&b->list->arena, PROPOSALS * 10,
	    sizeof(*b->refused));
	if (b->refused == NULL)
		return chy_fail(k->a->err, CHY_ERR_NO_MEMORY, "no memory");
	st = chy_store_kept_each(k->a->reg->store, k->id, CHY_KEPT_TELEGRAM,
	    false, add_kept, b, k->a->err);
	if (st == CHY_OK)
		st = add_sources_of_cell(b);
	if (st == CHY_OK)
		b->list->query = make_query(b);
	return st;
}

chy_status
chy_registry_programme_telegrams(chy_registry *reg, const chy_reader *reader,
    chy_slice id, chy_slice subject, int32_t year,
    chy_programme_telegrams **ret, chy_error *err)
{
	chy_programme_telegrams *list = calloc(1, sizeof(*list));
	chy_find_options opts = { .size = PROPOSALS };
	chy_found *found = NULL;
	chy_arena arena;
	struct asking a;
	struct kept k = { .a = &a, .arena = &arena, .id = id,
	    .table = CHY_BUF_INIT };
	struct behind b = { .k = &k, .list = list, .subject = subject,
	    .year = year };
	chy_status st;

	if (list == NULL)
		return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	chy_arena_init(&list->arena, 0);
	chy_arena_init(&arena, 0);
	st = chy_asking_begin(&a, reg, reader, err);
	if (st == CHY_OK) {
		st = gather(&b);
		chy_asking_end(&a);
	}
	if (st == CHY_OK)
		st = add_cases(&b, reg, reader, err);
	if (st == CHY_OK && list->query.len > 0)
		st = chy_registry_find(reg, reader, list->query, &opts, &found,
		    err);
	if (st == CHY_OK && found != NULL) {
		st = chy_asking_begin(&a, reg, reader, err);
		if (st == CHY_OK) {
			st = add_proposals(&b, found);
			chy_asking_end(&a);
		}
	}
	chy_found_free(found);
	chy_buf_done(&k.table);
	chy_arena_done(&arena);
	if (st == CHY_OK && chy_arena_failed(&list->arena))
		st = chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	if (st != CHY_OK) {
		chy_programme_telegrams_free(list);
		return st;
	}
	*ret = list;
	return CHY_OK;
}

/* The row of a link, its subject and its telegram found. */
static chy_status
make_link(struct kept *k, const chy_programme_link *link, struct row *ret)
{
	const chy_subject *s;
	struct place place;
	chy_status st = chy_kept_read(k);

	if (st != CHY_OK)
		return st;
	s = chy_subject_find(&k->facts, link->subject);
	if (s == NULL)
		return chy_fail(k->a->err, CHY_ERR_NOT_FOUND, "%.*s: not a "
		    "subject of programme %.*s",
		    CHY_ARG(chy_slice_sub(link->subject, 0, 60)),
		    CHY_ARG(k->id));
	st = chy_address_find(k->a, link->address, k->arena, &place);
	if (st != CHY_OK)
		return st;
	ret->kept = (chy_kept){ .kind = CHY_KEPT_TELEGRAM, .gone = link->gone,
	    .marking = chy_kept_marking(k, place.id), .cells = { s->key,
	    chy_kept_number(k->arena, link->year), place.id,
	    chy_arena_copy(k->arena, place.paragraph), link->refused ?
	    CHY_SLICE("refused") : CHY_SLICE("confirmed"), link->note } };
	return CHY_OK;
}

chy_status
chy_registry_programme_link(chy_registry *reg, const chy_reader *reader,
    chy_slice id, const chy_programme_link *link, int64_t now,
    bool *ret_changed, chy_error *err)
{
	chy_programme_counts counts = { 0 };
	chy_arena arena;
	struct asking a;
	struct kept k = { .a = &a, .arena = &arena, .id = id,
	    .table = CHY_BUF_INIT };
	struct row row = { .line = 0 };
	chy_status st = chy_owner_only(reader, "confirming a telegram", err);

	if (st != CHY_OK)
		return st;
	for (size_t i = 0; i < link->note.len; i++)
		if ((unsigned char)link->note.ptr[i] < ' ')
			return chy_fail(err, CHY_ERR_INVALID,
			    "a note is one line without tabs");
	chy_arena_init(&arena, 0);
	st = chy_asking_begin(&a, reg, reader, err);
	if (st == CHY_OK) {
		st = make_link(&k, link, &row);
		chy_asking_end(&a);
	}
	if (st == CHY_OK)
		st = chy_kept_put(reg, id, &row, 1, now, &counts, err);
	if (st == CHY_OK)
		*ret_changed = counts.same == 0;
	chy_buf_done(&k.table);
	chy_arena_done(&arena);
	return st;
}
