/*
 * Proposals from a filed telegram into a case; what a case's TAGS and names
 * find; the one page of a case.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/ascii.h"
#include "registry/casework_int.h"


/* ---- proposing ---- */

void
chy_proposed_free(chy_proposed *p)
{
	if (p == NULL)
		return;
	chy_proposals_free(p->proposals);
	chy_shown_free(p->shown);
	chy_arena_done(&p->arena);
	free(p);
}

/* 425-8a: serial, paragraph, and which of the paragraph's; nothing in it
 * depends on what the reader does not see. */
static void
name_proposals(chy_proposed *p)
{
	chy_slice id = p->telegram;
	size_t at = id.len;
	chy_slice serial;

	while (at > 0 && chy_is_digit(id.ptr[at - 1]))
		at--;
	serial = chy_slice_from(id, at);
	for (uint32_t i = 0; i < p->proposals->n; i++) {
		const chy_item_source *s = &p->proposals->at[i].sources[0];
		unsigned before = 0;
		char name[64];

		for (uint32_t k = 0; k < i; k++)
			before += chy_slice_eq(
			    p->proposals->at[k].sources[0].id, s->id);
		if (before < 26)
			(void)snprintf(name, sizeof(name), "%.*s-%.*s%c",
			    CHY_ARG(serial), CHY_ARG(chy_slice_sub(s->id, 0,
			    20)), (char)('a' + before));
		else
			(void)snprintf(name, sizeof(name), "%.*s-%.*s.%u",
			    CHY_ARG(serial), CHY_ARG(chy_slice_sub(s->id, 0,
			    20)), before + 1);
		p->names[i] = chy_arena_copy(&p->arena, chy_slice_of(name));
	}
}

static void
label_proposals(chy_proposed *p, const chy_telegram *tel)
{
	chy_label whole = chy_label_telegram(tel);

	for (uint32_t i = 0; i < p->proposals->n; i++) {
		const chy_proposal *one = &p->proposals->at[i];
		chy_label label = chy_label_bottom();

		for (uint32_t k = 0; k < one->n_sources; k++) {
			uint32_t par = one->sources[k].paragraph;
			chy_label own = par < tel->n_paragraphs ?
			    chy_label_portion(&whole,
			    tel->paragraphs[par].mark) : whole;

			label = chy_label_join(&label, &own);
		}
		p->labels[i] = chy_label_text(&label, &p->arena);
		p->label = chy_label_join(&p->label, &label);
	}
}

chy_status
chy_registry_propose(chy_registry *reg, const chy_reader *reader,
    chy_slice address, chy_proposed **ret, chy_error *err)
{
	chy_proposed *p = calloc(1, sizeof(*p));
	chy_casework_settings set;
	const chy_telegram *tel;
	chy_status st;

	if (p == NULL)
		return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	chy_arena_init(&p->arena, 0);
	p->label = chy_label_bottom();
	st = chy_registry_show(reg, reader, address, &p->shown, err);
	if (st == CHY_OK)
		st = chy_registry_days(reg, &set, err);
	if (st == CHY_OK) {
		tel = p->shown->parts[p->shown->part].telegram;
		p->telegram = p->shown->line.id;
		st = chy_casework_propose(tel, &set, &p->proposals);
		if (st != CHY_OK)
			st = chy_fail(err, st, "no memory");
	}
	if (st == CHY_OK) {
		p->names = chy_arena_zalloc(&p->arena,
		    (size_t)p->proposals->n + 1, sizeof(*p->names));
		p->labels = chy_arena_zalloc(&p->arena,
		    (size_t)p->proposals->n + 1, sizeof(*p->labels));
		if (p->names != NULL && p->labels != NULL) {
			name_proposals(p);
			label_proposals(p, tel);
		}
		if (chy_arena_failed(&p->arena))
			st = chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	}
	if (st != CHY_OK) {
		chy_proposed_free(p);
		return st;
	}
	*ret = p;
	return CHY_OK;
}


/* ---- accepting ---- */

static chy_item
item_of(const chy_proposed *p, uint32_t i, chy_slice docket)
{
	const chy_proposal *one = &p->proposals->at[i];

	return (chy_item){
		.docket = docket, .name = p->names[i], .kind = one->kind,
		.by_name = one->by.name, .by_side = one->by.side,
		.to_name = one->to.name, .to_side = one->to.side,
		.what = one->what, .about = CHY_EMPTY,
		.channel = one->channel, .made = one->made,
		.due = one->due.day, .first = one->due.first != one->due.day ?
		    one->due.first : CHY_NO_DAY,
		.other = one->due.other, .basis = one->due.basis,
		.phrase = one->due.phrase, .condition = one->condition,
		.consequence = CHY_EMPTY, .closes_when = CHY_EMPTY,
		.owner = CHY_EMPTY, .status = CHY_ITEM_OPEN,
		.closed_by = CHY_EMPTY, .closed_on = CHY_NO_DAY,
		.label = p->labels[i],
		.rule = chy_slice_of(one->rule),
		.confidence = one->confidence,
		.parent = one->parent != UINT32_MAX ? p->names[one->parent] :
		    CHY_EMPTY,
		.measurable = one->measurable,
	};
}

static chy_status
take_one(chy_registry *reg, const chy_doing *doing, const chy_proposed *p,
    uint32_t i, chy_slice docket, const chy_item *have, uint32_t n_have,
    chy_slice tel_label, bool *ret_new, chy_error *err)
{
	const chy_proposal *one = &p->proposals->at[i];
	chy_item item = item_of(p, i, docket);
	char object[160], name[96];
	chy_status st;

	item.tel_label = tel_label;
	*ret_new = false;
	for (uint32_t k = 0; k < n_have; k++)
		if (chy_slice_eq(have[k].name, item.name)) {
			/* The same again, or of another post's serial. */
			if (chy_slice_eq(have[k].rule, item.rule) &&
			    chy_slice_eq(have[k].what, item.what))
				return CHY_OK;
			(void)snprintf(name, sizeof(name), "%.*s-%.*s",
			    CHY_ARG(chy_slice_sub(p->telegram, 0, 40)),
			    CHY_ARG(item.name));
			item.name = chy_slice_of(name);
		}
	*ret_new = true;
	st = chy_store_item_put(reg->store, &item, err);
	for (uint32_t k = 0; k < one->n_sources && st == CHY_OK; k++) {
		chy_item_at at = { docket, item.name, p->telegram,
		    one->sources[k].id, one->sources[k].span.off,
		    one->sources[k].span.len };

		st = chy_store_item_at_put(reg->store, &at, err);
	}
	(void)snprintf(object, sizeof(object), "%.*s/%.*s", CHY_ARG(docket),
	    CHY_ARG(item.name));
	if (st == CHY_OK)
		st = chy_doing_log(reg, doing, chy_slice_of(object),
		    CHY_SLICE("accepted from a proposal"), item.label, err);
	return st;
}

chy_status
chy_registry_accept(chy_registry *reg, const chy_doing *doing,
    chy_slice docket, chy_slice address, chy_slice name, uint32_t *ret_n,
    chy_error *err)
{
	chy_proposed *p;
	chy_case *c;
	chy_label whole;
	chy_item *have;
	uint32_t n = 0, n_have;
	bool found = name.len == 0, is_new;
	chy_status st = chy_registry_propose(reg, doing->reader, address, &p,
	    err);

	if (st != CHY_OK)
		return st;
	/* The case must be there for this reader. */
	st = chy_registry_case(reg, doing->reader, docket, 0, &c, err);
	if (st == CHY_OK) {
		chy_case_free(c);
		st = chy_doing_begin(reg, doing, err);
	}
	if (st != CHY_OK) {
		chy_proposed_free(p);
		return st;
	}
	whole = chy_label_telegram(p->shown->parts[p->shown->part].telegram);
	st = chy_store_item_list(reg->store, docket, &reg->scratch, &have,
	    &n_have, err);
	for (uint32_t i = 0; i < p->proposals->n && st == CHY_OK; i++) {
		if (name.len > 0 && !chy_slice_eq(p->names[i], name))
			continue;
		found = true;
		st = take_one(reg, doing, p, i, docket, have, n_have,
		    chy_label_text(&whole, &reg->scratch), &is_new, err);
		n += is_new;
	}
	for (uint32_t i = 0; i < p->proposals->n_links && st == CHY_OK; i++) {
		const chy_item_link *l = &p->proposals->links[i];
		chy_item_tie tie = { docket, p->names[l->from],
		    chy_slice_of(chy_link_kind_name(l->kind)),
		    p->names[l->to], chy_slice_of(l->why) };

		if (name.len == 0 || chy_slice_eq(p->names[l->from], name))
			st = chy_store_item_tie_put(reg->store, &tie, err);
	}
	if (st == CHY_OK && !found)
		st = chy_fail(err, CHY_ERR_NOT_FOUND, "%.*s: not proposed",
		    CHY_ARG(chy_slice_sub(name, 0, 60)));
	if (st == CHY_OK) {
		chy_docket_member member = { docket, p->telegram,
		    CHY_SLICE("hand"), doing->who,
		    (int32_t)(p->shown->line.dtg / 86400) };

		st = chy_store_docket_member_put(reg->store, &member, err);
		if (st == CHY_OK)
			st = chy_docket_label(reg, docket,
			    chy_label_text(&whole, &reg->scratch), err);
	}
	st = chy_doing_end(reg, st, err);
	chy_proposed_free(p);
	if (st == CHY_OK && ret_n != NULL)
		*ret_n = n;
	return st;
}


/* ---- candidates ---- */

static void
put_quoted(chy_buf *buf, chy_slice words)
{
	chy_buf_putc(buf, '"');
	for (size_t i = 0; i < words.len; i++)
		if (words.ptr[i] != '"')
			chy_buf_putc(buf, words.ptr[i]);
	chy_buf_putc(buf, '"');
}

/* All its TAGS, or one of its names; in neither case what is in it. */
static void
candidate_query(const chy_case *c, chy_buf *buf)
{
	bool tags = false, names = false;

	chy_buf_puts(buf, "(");
	for (uint32_t i = 0; i < c->n_entries; i++)
		if (chy_slice_eq(c->entries[i].kind, CHY_SLICE("tag"))) {
			chy_buf_puts(buf, tags ? " tag:" : "(tag:");
			put_quoted(buf, c->entries[i].value);
			tags = true;
		}
	if (tags)
		chy_buf_puts(buf, ")");
	for (uint32_t i = 0; i < c->n_entries; i++)
		if (chy_slice_eq(c->entries[i].kind, CHY_SLICE("name"))) {
			chy_buf_puts(buf, tags || names ? " or " : "");
			put_quoted(buf, c->entries[i].value);
			names = true;
		}
	chy_buf_puts(buf, ")");
	for (uint32_t i = 0; i < c->n_members; i++) {
		chy_buf_puts(buf, " not mrn:");
		put_quoted(buf, c->members[i].line.id);
	}
	if (!tags && !names)
		chy_buf_reset(buf);
}

chy_status
chy_registry_candidates(chy_registry *reg, const chy_reader *reader,
    chy_slice docket, chy_found **ret, chy_error *err)
{
	chy_find_options opts = { .size = 20 };
	chy_buf query = CHY_BUF_INIT;
	chy_case *c;
	chy_status st = chy_registry_case(reg, reader, docket, 0, &c, err);

	if (st != CHY_OK)
		return st;
	candidate_query(c, &query);
	chy_case_free(c);
	if (query.len == 0)
		st = chy_fail(err, CHY_ERR_INVALID, "the case has no TAGS and "
		    "no names to look for");
	else
		st = chy_registry_find(reg, reader, chy_buf_slice(&query),
		    &opts, ret, err);
	chy_buf_done(&query);
	return st;
}


/* ---- one page ---- */

static void
put_date(chy_sink *out, const chy_item *i)
{
	char day[11];

	if (i->due == CHY_NO_DAY) {
		chy_sink_puts(out, "no date");
		return;
	}
	if (i->first != CHY_NO_DAY && i->first != i->due) {
		chy_civil_date(chy_day_civil(i->first), day);
		chy_sink_printf(out, "%s to ", day);
	}
	chy_civil_date(chy_day_civil(i->due), day);
	chy_sink_printf(out, "%s (%s", day, chy_due_basis_name(i->basis));
	if (i->phrase.len > 0)
		chy_sink_printf(out, ": %.*s", CHY_ARG(i->phrase));
	if (i->other != CHY_NO_DAY) {
		chy_civil_date(chy_day_civil(i->other), day);
		chy_sink_printf(out, "; or %s", day);
	}
	chy_sink_puts(out, ")");
}

static void
print_item(const chy_case *c, const chy_case_item *i, chy_sink *out)
{
	const chy_item *it = &i->item;

	(void)c;
	chy_sink_printf(out, "  %-10.*s %s%s: %.*s > %.*s: %.*s\n",
	    CHY_ARG(it->name), chy_item_kind_title(it->kind),
	    it->channel == CHY_CHANNEL_WRITTEN ? ", in writing" : "",
	    CHY_ARG(it->by_name), CHY_ARG(it->to_name), CHY_ARG(it->what));
	if (it->condition.len > 0)
		chy_sink_printf(out, "             if: %.*s%s\n",
		    CHY_ARG(it->condition), it->measurable ? "" :
		    " (cannot be measured)");
	chy_sink_puts(out, "             ");
	put_date(out, it);
	chy_sink_printf(out, "; %s", chy_item_status_name(it->status));
	if (i->overdue)
		chy_sink_printf(out, ", %d day%s late", (int)i->days_late,
		    i->days_late == 1 ? "" : "s");
	if (it->closed_by.len > 0)
		chy_sink_printf(out, " by %.*s", CHY_ARG(it->closed_by));
	for (uint32_t k = 0; k < i->n_sources; k++)
		chy_sink_printf(out, "%s%.*s#%.*s", k == 0 ? "; " : ", ",
		    CHY_ARG(i->sources[k].telegram),
		    CHY_ARG(i->sources[k].paragraph));
	chy_sink_puts(out, "\n");
}

void
chy_case_print(const chy_case *c, chy_sink *out)
{
	char label[CHY_LABEL_MAX], day[11];

	chy_label_print(&c->label, label, sizeof(label));
	chy_civil_date(chy_day_civil(c->today), day);
	chy_sink_printf(out, "%s\n\n%.*s: %.*s\n", label,
	    CHY_ARG(c->docket.name), CHY_ARG(c->docket.title));
	if (c->docket.file_code.len > 0)
		chy_sink_printf(out, "File %.*s\n",
		    CHY_ARG(c->docket.file_code));
	chy_sink_printf(out, "As of %s: %u items, %u late, %u telegrams\n",
	    day, (unsigned)c->n_items, (unsigned)c->n_late,
	    (unsigned)c->n_members);
	for (uint32_t i = 0; i < c->n_items; i++) {
		if (i == 0 || c->items[i].owed != c->items[i - 1].owed)
			chy_sink_printf(out, "\n%s\n",
			    chy_owed_title(c->items[i].owed));
		print_item(c, &c->items[i], out);
	}
	if (c->n_conflicts > 0)
		chy_sink_puts(out, "\nDoes not fit together\n");
	for (uint32_t i = 0; i < c->n_conflicts; i++) {
		const chy_case_conflict *f = &c->conflicts[i];

		chy_sink_printf(out, "  %.*s and %.*s: %s",
		    CHY_ARG(c->items[f->a].item.name),
		    CHY_ARG(c->items[f->b].item.name), f->why);
		if (f->only.len > 0)
			chy_sink_printf(out, "; only in %.*s: %.*s",
			    CHY_ARG(c->items[f->only_in].item.name),
			    CHY_ARG(f->only));
		chy_sink_puts(out, "\n");
	}
	if (c->n_members > 0)
		chy_sink_puts(out, "\nTelegrams\n");
	for (uint32_t i = 0; i < c->n_members; i++)
		chy_sink_printf(out, "  %.10s  %.*s  %.*s\n",
		    c->members[i].line.dtg_iso.len >= 10 ?
		    c->members[i].line.dtg_iso.ptr : "          ",
		    CHY_ARG(c->members[i].line.id),
		    CHY_ARG(c->members[i].line.subject));
	chy_sink_printf(out, "\n%s\n", label);
}
