/*
 * Every meaning of a term, for people: one function for each list, in the
 * order the meanings are told.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>

#include "vocab/vocab_int.h"

#include "base/ascii.h"

struct explain {
	chy_slice	term;		/* as it was asked for */
	chy_slice	key;		/* in capitals, blanks folded */
	chy_meaning_fn *fn;
	void	       *arg;
	size_t		count;
	bool		stopped;
};

static void
add(chy_meaning *m, const char *name, chy_slice value)
{
	if (value.len > 0 && m->extras < CHY_MEANING_EXTRA)
		m->extra[m->extras++] = (chy_meaning_pair){ name, value };
}

static void
tell(struct explain *e, const chy_meaning *m)
{
	if (e->stopped)
		return;
	e->count++;
	e->stopped = !e->fn(m, e->arg);
}

static void
tell_tag(struct explain *e, const chy_tag *row)
{
	chy_meaning m = {
		.term = row->code, .kind = "tag", .meaning = row->meaning,
		.source = row->source, .status = row->status,
		.tag_kind = chy_tag_kind_name(row->kind),
	};
	const chy_tag_fix *fix = chy_vocab_tag_fix(row->code);

	add(&m, "category", row->category);
	add(&m, "iso3166_alpha2", row->iso2);
	if (fix != NULL) {
		add(&m, "see", fix->use);
		add(&m, "note", fix->note);
	}
	tell(e, &m);
}

static void
tags(struct explain *e)
{
	size_t before = e->count;
	const chy_tag *country = chy_vocab_tag_by_country(e->key);
	const chy_tag_fix *fix = chy_vocab_tag_fix(e->key);

	for (int kind = 0; kind < CHY_TAG_TABLES; kind++) {
		const chy_tag *row = chy_vocab_tag_as((chy_tag_kind)kind,
		    e->key);

		if (row != NULL)
			tell_tag(e, row);
		if (row != NULL && row == country)
			country = NULL;
	}
	if (country != NULL)
		tell_tag(e, country);
	if (fix != NULL && e->count == before) {
		chy_meaning m = {
			.term = fix->seen, .kind = "tag",
			.meaning = fix->note, .source = CHY_SLICE("survey"),
			.status = CHY_SLICE("confirmed use"),
			.tag_kind = chy_tag_kind_name(
			    fix->kind == CHY_TAG_FIX_PERSON ? CHY_TAG_PERSON :
			    CHY_TAG_UNKNOWN),
		};

		add(&m, "use", fix->use);
		add(&m, "fix", chy_slice_of(chy_tag_fix_kind_name(fix->kind)));
		tell(e, &m);
	}
}

static void
tell_caption(struct explain *e, const chy_caption *row)
{
	chy_meaning m = {
		.term = row->token, .kind = "caption",
		.meaning = row->meaning, .source = row->source,
		.status = row->status,
	};

	add(&m, "family", chy_slice_of(chy_caption_family_name(row->family)));
	add(&m, "class", row->class_);
	add(&m, "portion", row->portion);
	add(&m, "who_may_read", row->who_may_read);
	add(&m, "classification_allowed", row->classification_allowed);
	add(&m, "conflicts", row->conflicts);
	add(&m, "rule", row->rule);
	add(&m, "period", row->period);
	tell(e, &m);
}

static void
captions(struct explain *e)
{
	const chy_caption *row = chy_vocab_caption(e->key);
	const chy_caption *portion = chy_vocab_caption_portion(e->key);

	if (row != NULL)
		tell_caption(e, row);
	if (portion != NULL && portion != row)
		tell_caption(e, portion);
}

static void
tell_post(struct explain *e, const chy_post *row)
{
	char title[128], released[16];
	size_t len = chy_vocab_post_title(row->plad, title, sizeof(title));
	chy_meaning m = {
		.term = row->plad.len > 0 ? row->plad : row->mrn_name,
		.kind = "post", .source = row->source,
	};

	if (len == 0 && row->mrn_name.len > 0)
		len = chy_vocab_post_title_by_mrn(row->mrn_name, title,
		    sizeof(title));
	m.meaning = len > 0 && len < sizeof(title) ?
	    (chy_slice){ title, len } : m.term;
	add(&m, "plad", row->plad);
	add(&m, "mrn_name", row->mrn_name);
	add(&m, "mrn_key", row->mrn_key);
	add(&m, "routing_indicator", row->routing_indicator);
	add(&m, "tags_country", row->tags_country);
	add(&m, "post_kind", chy_slice_of(chy_post_kind_name(row->kind)));
	if (row->released_count > 0) {
		snprintf(released, sizeof(released), "%u",
		    (unsigned)row->released_count);
		add(&m, "released_count", chy_slice_of(released));
	}
	tell(e, &m);
}

static bool
goes_by(const chy_post *row, chy_slice name)
{
	return chy_slice_eq(row->plad, name) ||
	    chy_slice_eq(row->mrn_name, name) ||
	    chy_slice_eq(row->mrn_key, name) ||
	    chy_slice_eq(row->routing_indicator, name);
}

static void
posts(struct explain *e)
{
	char buf[CHY_VOCAB_KEY_MAX];
	chy_slice key = { buf, 0 };
	size_t before = e->count;
	uint32_t alias;

	for (uint32_t i = 0; i < chy_vocab_post_count; i++)
		if (goes_by(&chy_vocab_post_rows[i], e->key))
			tell_post(e, &chy_vocab_post_rows[i]);
	if (e->count > before)
		return;
	/* An alias, written as a key or with its blanks. */
	for (size_t i = 0; i < e->key.len; i++)
		if (chy_is_alpha(e->key.ptr[i]))
			buf[key.len++] = e->key.ptr[i];
	alias = chy_vocab_find(&chy_vocab_alias_index, key);
	if (alias > 0)
		tell_post(e, chy_vocab_post_by_key(
		    chy_vocab_alias_rows[alias - 1].key));
}

static void
collectives(struct explain *e)
{
	for (uint32_t i = 0; i < chy_vocab_collective_count; i++) {
		const chy_collective *row = &chy_vocab_collective_rows[i];
		chy_meaning m = {
			.term = row->plad, .kind = "collective",
			.meaning = CHY_SLICE("collective address"),
			.source = CHY_SLICE("released headers"),
			.status = row->note,
		};

		if (!chy_slice_eq(row->plad, e->key) &&
		    !chy_slice_eq(row->routing_indicator, e->key))
			continue;
		add(&m, "routing_indicator", row->routing_indicator);
		tell(e, &m);
	}
}

static void
offices(struct explain *e)
{
	const chy_office *row = chy_vocab_office(e->key);
	chy_meaning m = { .kind = "office" };

	if (row == NULL)
		return;
	m.term = row->symbol;
	m.meaning = row->meaning;
	m.source = CHY_SLICE("office symbols, about 2004 to 2010");
	m.status = row->status;
	add(&m, "parent", row->parent);
	tell(e, &m);
}

static void
precedences(struct explain *e)
{
	for (uint32_t i = 0; i < chy_vocab_precedence_count; i++) {
		const chy_precedence_row *row = &chy_vocab_precedence_rows[i];
		char minutes[16];
		chy_meaning m = {
			.term = row->name, .kind = "precedence",
			.meaning = row->name_full, .source = row->source,
			.status = row->status,
		};

		if (!chy_slice_eq(row->name, e->key) &&
		    !chy_slice_eq(row->prosign, e->key) &&
		    !chy_slice_eq(row->fl2_digraph, e->key))
			continue;
		add(&m, "prosign", row->prosign);
		add(&m, "fl2_digraph", row->fl2_digraph);
		if (row->objective_minutes > 0) {
			snprintf(minutes, sizeof(minutes), "%u",
			    (unsigned)row->objective_minutes);
			add(&m, "handling_objective_minutes",
			    chy_slice_of(minutes));
		}
		add(&m, "preempts", row->preempts);
		add(&m, "who_may_assign", row->who_may_assign);
		tell(e, &m);
	}
}

static void
signals(struct explain *e)
{
	const chy_prosign *prosign = chy_vocab_prosign(e->key);
	const chy_opsig *opsig = chy_vocab_opsig(e->key);

	if (prosign != NULL) {
		char line[16];
		chy_meaning m = {
			.term = prosign->prosign, .kind = "prosign",
			.meaning = prosign->meaning,
			.source = prosign->source, .status = prosign->status,
		};

		add(&m, "position", prosign->position);
		if (prosign->format_line > 0) {
			snprintf(line, sizeof(line), "%u",
			    (unsigned)prosign->format_line);
			add(&m, "format_line", chy_slice_of(line));
		}
		tell(e, &m);
	}
	if (opsig != NULL) {
		chy_meaning m = {
			.term = opsig->signal, .kind = "operating_signal",
			.meaning = opsig->meaning, .source = opsig->source,
			.status = opsig->status,
		};

		add(&m, "where_used", opsig->where_used);
		tell(e, &m);
	}
}

/* The number of E.O. 12958, EO12958, 12958. */
static chy_slice
order_number(chy_slice term)
{
	if (chy_slice_starts(term, CHY_SLICE("E.O.")))
		return chy_slice_trim(chy_slice_from(term, 4));
	if (chy_slice_starts(term, CHY_SLICE("EO")))
		return chy_slice_trim(chy_slice_from(term, 2));
	return term;
}

static void
orders(struct explain *e)
{
	chy_slice number = order_number(e->key);

	if (number.len == 0)
		return;
	for (uint32_t i = 0; i < chy_vocab_order_count; i++) {
		const chy_order *row = &chy_vocab_order_rows[i];
		char meaning[256];
		chy_meaning m = {
			.term = row->number, .kind = "executive_order",
			.source = row->source, .status = row->confidence,
		};

		if (!chy_slice_eq(row->number, number) &&
		    !chy_slice_eq(row->printed_number, number))
			continue;
		snprintf(meaning, sizeof(meaning),
		    "in force from %.*s%s%.*s; on the E.O. line: %.*s",
		    CHY_ARG(row->effective), row->to > 0 ? " to " : "",
		    CHY_ARG(row->last_day), CHY_ARG(row->line_forms));
		m.meaning = chy_slice_of(meaning);
		add(&m, "printed_number", row->printed_number);
		add(&m, "effective", row->effective);
		add(&m, "last_day", row->last_day);
		add(&m, "classifier_statement", row->classifier_statement);
		add(&m, "reason_section", row->reason_section);
		add(&m, "max_years_normal", row->max_years_normal);
		add(&m, "max_years_special", row->max_years_special);
		add(&m, "missing_instruction", row->missing_instruction);
		tell(e, &m);
	}
}

static void
reasons(struct explain *e)
{
	const chy_reason *row = chy_vocab_reason_printed(e->key);
	const chy_exemption *exemption = chy_vocab_exemption(e->key);

	if (row != NULL) {
		chy_meaning m = {
			.term = e->term,
			.kind = row->exemption ? "exemption" :
			    "classification_reason",
			.meaning = row->meaning, .source = row->source,
			.status = row->confidence,
		};

		add(&m, "scheme", row->scheme);
		add(&m, "code", row->code);
		add(&m, "valid_from", row->valid_from);
		add(&m, "valid_to", row->valid_to);
		tell(e, &m);
	}
	if (exemption != NULL) {
		chy_meaning m = {
			.term = exemption->code, .kind = "exemption",
			.meaning = exemption->meaning,
			.source = exemption->statute,
			.status = exemption->confidence,
		};

		add(&m, "applies_to", exemption->applies_to);
		add(&m, "note", exemption->note);
		tell(e, &m);
	}
}

size_t
chy_vocab_explain(chy_slice term, chy_meaning_fn *fn, void *arg)
{
	char buf[CHY_VOCAB_KEY_MAX];
	struct explain e = {
		.term = chy_slice_trim(term), .fn = fn, .arg = arg,
	};

	if (!chy_vocab_fold(term, buf, &e.key) || e.key.len == 0)
		return 0;
	tags(&e);
	captions(&e);
	posts(&e);
	collectives(&e);
	offices(&e);
	precedences(&e);
	signals(&e);
	orders(&e);
	reasons(&e);
	return e.count;
}
