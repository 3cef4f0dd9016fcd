/*
 * Tables of ratings, facts and recommendations: tab-separated, a heading line,
 * no quoting, as chancery-programme(5) describes them. What a table holds is
 * seen by its columns.
 *
 * SPDX-License-Identifier: ISC
 */
#include "casework/programme_int.h"

#include "base/ascii.h"
#include "base/compiler.h"
#include "base/utf8.h"

#define COLUMNS_MAX	32u

enum column { C_NONE, C_SUBJECT, C_NAME, C_YEAR, C_GRADE, C_SOURCE, C_REASON,
	C_ASSIGNED, C_PUBLISHED, C_KIND, C_FACT, C_DATE, C_VALUE, C_NOTE,
	C_RECOMMENDATION, C_N, C_ANSWER, C_ANSWERED, C_EVIDENCE, C_GONE,
	C_COUNT };

static const struct {
	const char *name;
	enum column column;
} headings[] = {
	{ "iso3", C_SUBJECT }, { "subject", C_SUBJECT }, { "key", C_SUBJECT },
	{ "country", C_NAME }, { "name", C_NAME }, { "year", C_YEAR },
	{ "period", C_YEAR }, { "tier", C_GRADE }, { "grade", C_GRADE },
	{ "rating", C_GRADE }, { "source", C_SOURCE }, { "reason", C_REASON },
	{ "assigned", C_ASSIGNED }, { "published", C_PUBLISHED },
	{ "kind", C_KIND }, { "fact", C_FACT }, { "date", C_DATE },
	{ "value", C_VALUE }, { "note", C_NOTE },
	{ "recommendation", C_RECOMMENDATION }, { "n", C_N },
	{ "answer", C_ANSWER }, { "answered", C_ANSWERED },
	{ "evidence", C_EVIDENCE }, { "gone", C_GONE },
};

static const char *const fact_names[CHY_FACT_KINDS] = {
	[CHY_FACT_EVENT] = "event",
	[CHY_FACT_WAIVER] = "waiver",
	[CHY_FACT_CHOICE] = "choice",
	[CHY_FACT_MET] = "met",
	[CHY_FACT_EXPLAINED] = "explained",
	[CHY_FACT_ATTRIBUTE] = "attribute",
};

const char *
chy_fact_kind_name(chy_fact_kind kind)
{
	return fact_names[kind];
}

struct table {
	const chy_programme *p;
	chy_slice   text;
	chy_arena  *arena;
	chy_error  *err;
	chy_facts  *facts;
	uint32_t    line;
	chy_slice   row;
	chy_slice   cells[C_COUNT];
	enum column columns[COLUMNS_MAX];
	uint32_t    n_columns;
};

static chy_status
wrong(struct table *t, const char *place, const char *what, chy_slice word)
{
	size_t column = 1 + chy_utf8_count((chy_slice){ t->row.ptr,
	    (size_t)(place - t->row.ptr) });

	if (t->err != NULL)
		t->err->off = (uint32_t)(place - t->text.ptr);
	word = chy_slice_sub(word, 0, 60);
	return chy_fail(t->err, CHY_ERR_INVALID, "%u:%zu: %s%s%.*s",
	    (unsigned)t->line, column, what, word.len > 0 ? ": " : "",
	    CHY_ARG(word));
}

/* Next line without its end; false after the last. */
static bool
next_line(struct table *t, size_t *at)
{
	size_t end;

	if (*at >= t->text.len)
		return false;
	end = chy_slice_find(t->text, CHY_SLICE("\n"), *at);
	t->row = chy_slice_sub(t->text, *at, end - *at);
	if (t->row.len > 0 && t->row.ptr[t->row.len - 1] == '\r')
		t->row.len--;
	*at = end + 1;
	t->line++;
	return true;
}

static chy_slice
cut_cell(chy_slice *rest)
{
	size_t tab = chy_slice_find(*rest, CHY_SLICE("\t"), 0);
	chy_slice cell = chy_slice_sub(*rest, 0, tab);

	*rest = chy_slice_from(*rest, tab + 1);
	return cell;
}

static chy_status
read_heading(struct table *t)
{
	chy_slice rest = t->row;
	bool seen[C_COUNT] = { false };
	size_t tabs = 0;

	for (size_t i = 0; i < t->row.len; i++)
		tabs += t->row.ptr[i] == '\t';
	if (tabs + 1 > COLUMNS_MAX)
		return wrong(t, t->row.ptr, "more than 32 columns", CHY_EMPTY);
	for (t->n_columns = 0; t->n_columns <= tabs; t->n_columns++) {
		chy_slice name = chy_slice_trim(cut_cell(&rest));
		enum column c = C_NONE;

		for (size_t i = 0; i < ARRAY_LEN(headings); i++)
			if (chy_slice_ieq(name, chy_slice_of(headings[i].name)))
				c = headings[i].column;
		if (c != C_NONE && seen[c])
			return wrong(t, name.ptr, "a column twice", name);
		seen[c] = c != C_NONE;
		t->columns[t->n_columns] = c;
	}
	if (!seen[C_GRADE] && !seen[C_FACT] && !seen[C_RECOMMENDATION])
		return wrong(t, t->row.ptr, "no column says tier, grade, fact "
		    "or recommendation", CHY_EMPTY);
	if (!seen[C_FACT] && !seen[C_SUBJECT])
		return wrong(t, t->row.ptr, "no column says iso3 or subject",
		    CHY_EMPTY);
	if (!seen[C_FACT] && !seen[C_YEAR])
		return wrong(t, t->row.ptr, "no column says year", CHY_EMPTY);
	return CHY_OK;
}

static chy_status
read_cells(struct table *t)
{
	chy_slice rest = t->row;
	size_t tabs = 0;

	for (size_t i = 0; i < C_COUNT; i++)
		t->cells[i] = (chy_slice){ t->row.ptr, 0 };
	for (size_t i = 0; i < t->row.len; i++)
		tabs += t->row.ptr[i] == '\t';
	if (tabs + 1 != t->n_columns)
		return wrong(t, t->row.ptr + t->row.len, tabs + 1 <
		    t->n_columns ? "columns are missing" :
		    "more columns than the heading", CHY_EMPTY);
	for (uint32_t i = 0; i < t->n_columns; i++) {
		chy_slice cell = cut_cell(&rest);

		/* Trimmed, but an empty one keeps its place for errors. */
		if (chy_slice_trim(cell).len > 0)
			cell = chy_slice_trim(cell);
		else
			cell.len = 0;
		if (t->columns[i] != C_NONE)
			t->cells[t->columns[i]] = cell;
	}
	return CHY_OK;
}

static chy_status
need(struct table *t, enum column c, const char *what)
{
	if (t->cells[c].len > 0)
		return CHY_OK;
	return wrong(t, t->cells[c].ptr, what, CHY_EMPTY);
}

static chy_status
cell_day(struct table *t, enum column c, int32_t *ret)
{
	*ret = CHY_NO_DAY;
	if (t->cells[c].len == 0)
		return CHY_OK;
	*ret = chy_programme_day(t->cells[c]);
	if (*ret == CHY_NO_DAY)
		return wrong(t, t->cells[c].ptr, "not a day, as 2008-12-23",
		    t->cells[c]);
	return CHY_OK;
}

static chy_status
cell_number(struct table *t, enum column c, int32_t least, int32_t most,
    int32_t *ret)
{
	chy_slice s = t->cells[c];
	int32_t v = 0;

	*ret = 0;
	if (s.len == 0)
		return CHY_OK;
	for (size_t i = 0; i < s.len; i++) {
		if (!chy_is_digit(s.ptr[i]) || i > 4)
			return wrong(t, s.ptr, "not a number", s);
		v = v * 10 + (s.ptr[i] - '0');
	}
	if (v < least || v > most)
		return wrong(t, s.ptr, "a number that cannot be", s);
	*ret = v;
	return CHY_OK;
}

static bool
is_gone(const struct table *t)
{
	return chy_slice_ieq(t->cells[C_GONE], CHY_SLICE("yes"));
}

static chy_status
read_rating(struct table *t)
{
	chy_facts *f = t->facts;
	chy_rating r = { .line = t->line, .subject = t->cells[C_SUBJECT],
	    .name = t->cells[C_NAME], .source = t->cells[C_SOURCE],
	    .reason = t->cells[C_REASON], .gone = is_gone(t) };
	chy_slice kind = t->cells[C_KIND];
	chy_status st = need(t, C_SUBJECT, "no subject");

	if (st == CHY_OK)
		st = need(t, C_YEAR, "no year");
	if (st == CHY_OK)
		st = cell_number(t, C_YEAR, 1, 9999, &r.year);
	if (st == CHY_OK)
		st = need(t, C_GRADE, "no grade");
	if (st != CHY_OK)
		return st;
	r.grade = chy_grade_find(t->p, t->cells[C_GRADE]);
	if (r.grade == NULL)
		return wrong(t, t->cells[C_GRADE].ptr,
		    "not a grade of the programme", t->cells[C_GRADE]);
	r.reassessed = chy_slice_ieq(kind, CHY_SLICE("reassessed"));
	if (kind.len > 0 && !r.reassessed &&
	    !chy_slice_ieq(kind, CHY_SLICE("published")))
		return wrong(t, kind.ptr, "a kind is published or reassessed",
		    kind);
	st = cell_day(t, C_ASSIGNED, &r.assigned);
	if (st == CHY_OK)
		st = cell_day(t, C_PUBLISHED, &r.published);
	if (st == CHY_OK && r.reassessed && r.assigned == CHY_NO_DAY)
		return wrong(t, t->cells[C_ASSIGNED].ptr,
		    "a reassessed grade has the day it was assigned",
		    CHY_EMPTY);
	if (r.name.len == 0)
		r.name = r.subject;
	f->ratings = chy_list_grow(t->arena, f->ratings, f->n_ratings,
	    sizeof(*f->ratings));
	if (st == CHY_OK && f->ratings != NULL)
		f->ratings[f->n_ratings++] = r;
	return st;
}

static chy_status
read_fact(struct table *t)
{
	chy_facts *f = t->facts;
	chy_fact fact = { .line = t->line, .kind = CHY_FACT_KINDS,
	    .name = t->cells[C_NAME], .subject = t->cells[C_SUBJECT],
	    .value = t->cells[C_VALUE], .note = t->cells[C_NOTE],
	    .source = t->cells[C_SOURCE], .gone = is_gone(t) };
	chy_slice kind = t->cells[C_FACT];
	chy_status st = CHY_OK;

	for (int k = 0; k < CHY_FACT_KINDS; k++)
		if (chy_slice_ieq(kind, chy_slice_of(fact_names[k])))
			fact.kind = (chy_fact_kind)k;
	if (fact.kind == CHY_FACT_KINDS)
		return wrong(t, kind.ptr, "not a kind of fact", kind);
	if (fact.kind != CHY_FACT_EXPLAINED)
		st = need(t, C_NAME, "no name of what is told");
	if (st == CHY_OK && fact.kind != CHY_FACT_ATTRIBUTE)
		st = need(t, C_YEAR, "no year");
	if (st == CHY_OK && (fact.kind == CHY_FACT_EVENT ||
	    fact.kind == CHY_FACT_MET || fact.kind == CHY_FACT_EXPLAINED))
		st = need(t, C_DATE, "no date");
	if (st == CHY_OK && (fact.kind == CHY_FACT_CHOICE ||
	    fact.kind == CHY_FACT_ATTRIBUTE))
		st = need(t, C_VALUE, "no value");
	if (st == CHY_OK && (fact.kind == CHY_FACT_WAIVER ||
	    fact.kind == CHY_FACT_CHOICE || fact.kind == CHY_FACT_MET) &&
	    chy_rule_find(t->p, fact.name) == NULL)
		return wrong(t, fact.name.ptr, "the programme has no rule",
		    fact.name);
	if (st == CHY_OK)
		st = cell_number(t, C_YEAR, 1, 9999, &fact.year);
	if (st == CHY_OK)
		st = cell_day(t, C_DATE, &fact.day);
	f->facts = chy_list_grow(t->arena, f->facts, f->n_facts,
	    sizeof(*f->facts));
	if (st == CHY_OK && f->facts != NULL)
		f->facts[f->n_facts++] = fact;
	return st;
}

static chy_status
read_recommendation(struct table *t)
{
	chy_facts *f = t->facts;
	chy_recommendation r = { .line = t->line,
	    .subject = t->cells[C_SUBJECT], .text = t->cells[C_RECOMMENDATION],
	    .answer = t->cells[C_ANSWER], .evidence = t->cells[C_EVIDENCE],
	    .gone = is_gone(t) };
	chy_status st = need(t, C_SUBJECT, "no subject");

	if (st == CHY_OK)
		st = need(t, C_YEAR, "no year");
	if (st == CHY_OK)
		st = cell_number(t, C_YEAR, 1, 9999, &r.year);
	if (st == CHY_OK)
		st = need(t, C_RECOMMENDATION, "no text");
	if (st == CHY_OK)
		st = cell_number(t, C_N, 1, 9999, &r.n);
	if (st == CHY_OK)
		st = cell_day(t, C_ANSWERED, &r.answered);
	if (r.n == 0)
		r.n = (int32_t)f->n_recommendations + 1;
	f->recommendations = chy_list_grow(t->arena, f->recommendations,
	    f->n_recommendations, sizeof(*f->recommendations));
	if (st == CHY_OK && f->recommendations != NULL)
		f->recommendations[f->n_recommendations++] = r;
	return st;
}

chy_status
chy_facts_read(const chy_programme *p, chy_slice text, chy_arena *arena,
    chy_facts *ret, chy_error *err)
{
	chy_facts facts = { .ratings = NULL };
	struct table t = { .p = p, .text = text, .arena = arena, .err = err,
	    .facts = &facts };
	chy_status st = CHY_OK;
	size_t at = 0;
	bool heading = false, any = false;

	while (st == CHY_OK && next_line(&t, &at)) {
		if (t.row.len > 0 && t.row.ptr[0] == '#')
			continue;
		/* Behind an empty line another table begins. */
		if (chy_slice_trim(t.row).len == 0) {
			heading = false;
			continue;
		}
		if (!heading) {
			st = read_heading(&t);
			heading = any = true;
			continue;
		}
		st = read_cells(&t);
		if (st != CHY_OK)
			break;
		if (t.cells[C_FACT].len > 0)
			st = read_fact(&t);
		else if (t.cells[C_RECOMMENDATION].len > 0)
			st = read_recommendation(&t);
		else
			st = read_rating(&t);
	}
	if (st != CHY_OK)
		return st;
	if (chy_arena_failed(arena))
		return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	if (!any)
		return chy_fail(err, CHY_ERR_INVALID, "1:1: the table is empty");
	*ret = facts;
	return CHY_OK;
}
