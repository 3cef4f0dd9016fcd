/*
 * The walk: what a telegram has is counted, then each rule runs over the
 * nodes of its kind, in one pass; what the reader found is taken over.
 *
 * SPDX-License-Identifier: ISC
 */
#include "check/check_int.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static const chy_rule rules[] = {
#define D(name)	CHY_DIAG_##name + 1
#define RULE(kind, name, ...)						\
	{ chy_rule_##name, CHY_NODE_##kind, { __VA_ARGS__ } },
#include "check/rules.def"
#undef RULE
#undef D
};

/* What the reader reports itself: rules that need more than the tree. */
static const chy_diag by_reader[] = {
	CHY_DIAG_TEXT_REFLOWED, CHY_DIAG_DTG_IMPOSSIBLE,
	CHY_DIAG_DUAL_PRECEDENCE_NOT_FALLING,
	CHY_DIAG_DUAL_PRECEDENCE_NOT_GIVEN, CHY_DIAG_MRN_POST_REPAIRED,
	CHY_DIAG_MRN_YEAR_FROM_DTG, CHY_DIAG_REASON_WITHOUT_PARENTHESES,
	CHY_DIAG_TAGS_RUN_TOGETHER, CHY_DIAG_TAG_TWICE, CHY_DIAG_TAG_REPLACED,
	CHY_DIAG_TAGS_LINK_MARKUP, CHY_DIAG_PARAGRAPH_BROKEN,
	CHY_DIAG_ACTION_REQUEST, CHY_DIAG_ACTION_REQUEST_NO_PARAGRAPH,
	CHY_DIAG_SIGNATURE_JOINED, CHY_DIAG_PARTIAL_EXTRACT,
	CHY_DIAG_HEADING_FROM_DTG,
};

static const chy_diag by_archive[] = {
	CHY_DIAG_CHANNEL_NUMBER_GAP, CHY_DIAG_CHANNEL_NUMBER_SEEN,
	CHY_DIAG_DTG_USED_BEFORE, CHY_DIAG_MRN_FILED_WITH_OTHER_TEXT,
	CHY_DIAG_MRN_SERIAL_MISSING_FROM_RUN, CHY_DIAG_SECTION_MISSING,
	CHY_DIAG_SECTIONS_DISAGREE, CHY_DIAG_REFERENCE_NOT_FILED,
	CHY_DIAG_DUPLICATE, CHY_DIAG_DUPLICATE_SUSPECTED,
	CHY_DIAG_COPY_CORRECTED, CHY_DIAG_MCN_GAP, CHY_DIAG_MCN_REPEATED,
};

static const struct {
	const char *area;	/* beginning of the code */
	const char *what;
} waits[] = {
	{ "MAIL-", "the mail form" },
	{ "CLS-060", "the mail form" },
	{ "CLS-061", "the mail form" },
	{ "SVC-", "the form of service messages" },
	{ "CLS-065", "the release of copies" },
	{ "FRM-001", "a second form that can fit as well" },
};

static bool
is_in(const chy_diag *list, size_t n, chy_diag diag)
{
	for (size_t i = 0; i < n; i++)
		if (list[i] == diag)
			return true;
	return false;
}

chy_check_by
chy_check_who(chy_diag diag)
{
	for (size_t i = 0; i < ARRAY_LEN(rules); i++)
		for (size_t k = 0; rules[i].diags[k] != 0; k++)
			if (rules[i].diags[k] == diag + 1)
				return CHY_BY_CHECK;
	if (is_in(by_reader, ARRAY_LEN(by_reader), diag))
		return CHY_BY_READER;
	if (is_in(by_archive, ARRAY_LEN(by_archive), diag))
		return CHY_BY_ARCHIVE;
	return CHY_BY_NOBODY;
}

const char *
chy_check_waits_for(chy_diag diag)
{
	const char *code = chy_diag_code(diag);

	if (chy_diag_retired(diag) || chy_check_who(diag) != CHY_BY_NOBODY)
		return "";
	for (size_t i = 0; i < ARRAY_LEN(waits); i++)
		if (strncmp(code, waits[i].area, strlen(waits[i].area)) == 0)
			return waits[i].what;
	return "";
}


static const struct {
	const char *area;	/* beginning of the code */
	const char *reason;
} areas[] = {
#define AREA(area, name, reason)	{ area, reason },
#include "check/areas.def"
#undef AREA
};

const char *
chy_check_reason(chy_diag diag)
{
	const char *code = chy_diag_code(diag);

	for (size_t i = 0; i < ARRAY_LEN(areas); i++)
		if (strncmp(code, areas[i].area, strlen(areas[i].area)) == 0)
			return areas[i].reason;
	return "";
}

const char *
chy_check_by_name(chy_check_by by)
{
	switch (by) {
	case CHY_BY_READER:
		return "reader";
	case CHY_BY_CHECK:
		return "check";
	case CHY_BY_ARCHIVE:
		return "archive";
	case CHY_BY_NOBODY:
		break;
	}
	return "nobody";
}


/* ---- what rules share ---- */

void
chy_report(chy_checking *c, chy_diag diag, uint32_t off, uint32_t len,
    chy_slice detail)
{
	if (!chy_is_off(c, diag))
		chy_find(c->found, diag, off, len, detail);
}

void
chy_report_node(chy_checking *c, chy_diag diag, uint32_t node,
    chy_slice detail)
{
	const chy_node *n = chy_node_at(c, node);

	chy_report(c, diag, n->off, n->len, detail);
}

void
chy_report_fmt(chy_checking *c, chy_diag diag, uint32_t off, uint32_t len,
    const char *fmt, ...)
{
	char text[200];
	va_list ap;
	int n;

	if (chy_is_off(c, diag))
		return;
	va_start(ap, fmt);
	n = vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	if (n < 0)
		n = 0;
	if ((size_t)n >= sizeof(text))
		n = (int)sizeof(text) - 1;
	chy_find(c->found, diag, off, len, (chy_slice){ text, (size_t)n });
}

void
chy_report_missing(chy_checking *c, chy_diag diag, uint32_t node)
{
	uint32_t off = node != CHY_NO_NODE ? chy_node_at(c, node)->off :
	    c->place;

	chy_report(c, diag, off, 0, CHY_EMPTY);
}

bool
chy_is_reported(const chy_checking *c, chy_diag diag, uint32_t off)
{
	const chy_findings *f = &c->tel->findings;

	for (size_t i = 0; i < f->count; i++)
		if (f->list[i].diag == diag && f->list[i].off == off)
			return true;
	return false;
}

bool
chy_is_reported_at_all(const chy_checking *c, chy_diag diag)
{
	const chy_findings *f = &c->tel->findings;

	for (size_t i = 0; i < f->count; i++)
		if (f->list[i].diag == diag)
			return true;
	return false;
}

uint32_t
chy_node_end(const chy_checking *c, uint32_t node)
{
	const chy_node *nodes = c->tel->nodes;
	uint32_t i = node + 1;

	while (i < c->tel->n_nodes && nodes[i].depth > nodes[node].depth)
		i++;
	return i;
}

uint32_t
chy_node_below(const chy_checking *c, uint32_t node, chy_node_kind kind)
{
	const chy_node *nodes = c->tel->nodes;

	for (uint32_t i = node + 1; i < c->tel->n_nodes &&
	    nodes[i].depth > nodes[node].depth; i++)
		if (nodes[i].kind == kind)
			return i;
	return CHY_NO_NODE;
}

chy_span
chy_line_at(const chy_checking *c, uint32_t off)
{
	uint32_t from = off, to = off;

	while (from > 0 && c->p[from - 1] != '\n')
		from--;
	while (to < c->len && c->p[to] != '\n')
		to++;
	if (to > from && c->p[to - 1] == '\r')
		to--;
	return (chy_span){ from, to - from };
}

uint32_t
chy_place_of(const chy_checking *c, chy_slice s)
{
	uintptr_t p = (uintptr_t)s.ptr, text = (uintptr_t)c->p;

	if (p < text || p - text > c->len || s.len > c->len - (p - text))
		return UINT32_MAX;
	return (uint32_t)(p - text);
}

bool
chy_has_slice(const chy_slices *list, chy_slice s)
{
	for (uint32_t i = 0; i < list->n; i++)
		if (chy_slice_eq(list->at[i], s))
			return true;
	return false;
}


/* ---- the whole ---- */

static void
count_nodes(chy_checking *c)
{
	const chy_node *nodes = c->tel->nodes;

	for (size_t i = 0; i < CHY_NODE_KIND_COUNT; i++)
		c->first[i] = CHY_NO_NODE;
	for (size_t i = 0; i < CHY_FORMAT_LINES; i++)
		c->line[i] = CHY_NO_NODE;
	for (uint32_t i = 0; i < c->tel->n_nodes; i++) {
		uint32_t kind = nodes[i].kind, value = nodes[i].value;

		if (c->count[kind]++ == 0)
			c->first[kind] = i;
		if (kind == CHY_NODE_FORMAT_LINE && value < CHY_FORMAT_LINES &&
		    c->lines[value]++ == 0)
			c->line[value] = i;
	}
}

/* BT, #nnnn or NNNN stand in the tail. */
static bool
has_end(const chy_checking *c)
{
	return c->count[CHY_NODE_END] > 0;
}

static void
settle(chy_checking *c)
{
	const chy_telegram *tel = c->tel;
	uint32_t heading;

	count_nodes(c);
	heading = c->first[CHY_NODE_HEADING];
	if (tel->dtg_civil.year != 0)
		c->day = chy_ymd_civil(tel->dtg_civil);
	else if (tel->year != 0)
		c->day = chy_ymd_of(tel->year, 7, 1);
	c->classified = tel->level >= CHY_LEVEL_CONFIDENTIAL;
	c->unclassified = tel->level_basis == CHY_BASIS_TEXT &&
	    !c->classified && tel->level != CHY_LEVEL_NONE;
	c->transmitted = tel->transmission.present;
	/* Archived copies of a transmission lack BT and what follows, so on
	 * reading a frame is asked for only where a part of it is there. */
	c->framed = c->lines[11] > 0 || (c->transmitted &&
	    (c->opts->drafting || has_end(c)));
	c->whole = !tel->partial && tel->section <= 1;
	c->reflowed = chy_is_reported_at_all(c, CHY_DIAG_TEXT_REFLOWED);
	if (heading != CHY_NO_NODE) {
		uint32_t end = chy_node_end(c, heading);

		c->place = tel->nodes[heading].off;
		c->text_off = end < tel->n_nodes ? tel->nodes[end].off :
		    c->len;
	}
	if (c->first[CHY_NODE_CLASS_LINE] != CHY_NO_NODE)
		c->text_off =
		    tel->nodes[c->first[CHY_NODE_CLASS_LINE]].off;
}

static void
run_rules(chy_checking *c)
{
	uint16_t from[CHY_NODE_KIND_COUNT] = { 0 };
	uint16_t to[CHY_NODE_KIND_COUNT] = { 0 };
	const chy_node *nodes = c->tel->nodes;

	/* Rows of one kind stand together. */
	for (size_t i = 0; i < ARRAY_LEN(rules); i++) {
		if (to[rules[i].kind] == 0)
			from[rules[i].kind] = (uint16_t)i;
		to[rules[i].kind] = (uint16_t)(i + 1);
	}
	for (uint32_t i = 0; i < c->tel->n_nodes; i++)
		for (size_t r = from[nodes[i].kind]; r < to[nodes[i].kind];
		    r++)
			rules[r].check(c, i);
}

/* The reader's findings that this check does not make anew. */
static void
take_over(chy_checking *c)
{
	const chy_findings *from = &c->tel->findings;

	for (size_t i = 0; i < from->count; i++) {
		const chy_finding *f = &from->list[i];
		chy_diag diag = chy_finding_diag(f);

		/* Counted again, with the characters the reader passes by. */
		if (diag == CHY_DIAG_PUBLICATION_CHARACTERS)
			continue;
		chy_report(c, diag, f->off, f->len,
		    chy_finding_detail(from, f));
	}
}

static int
by_place(const void *a, const void *b)
{
	const chy_finding *x = a, *y = b;
	int order;

	if (x->off != y->off)
		return x->off < y->off ? -1 : 1;
	order = strcmp(chy_diag_code(chy_finding_diag(x)),
	    chy_diag_code(chy_finding_diag(y)));
	if (order != 0)
		return order;
	return x->detail_off < y->detail_off ? -1 :
	    x->detail_off > y->detail_off;
}

static void
sort(chy_findings *found)
{
	if (found->count > 1)
		qsort(found->list, found->count, sizeof(found->list[0]),
		    by_place);
}

static void
begin(chy_checking *c, const chy_telegram *tel, const chy_check_options *opts,
    chy_findings *found)
{
	*c = (chy_checking){ .tel = tel, .opts = opts, .found = found,
	    .p = tel->text.ptr, .len = (uint32_t)tel->text.len };
}

void
chy_checking_begin(chy_checking *c, const chy_telegram *tel,
    const chy_check_options *opts)
{
	begin(c, tel, opts, NULL);
	settle(c);
}

chy_status
chy_check(const chy_telegram *tel, const chy_check_options *opts,
    chy_findings *found)
{
	chy_checking c;

	begin(&c, tel, opts, found);
	chy_findings_reset(found);
	settle(&c);
	take_over(&c);
	if (tel->form == NULL)
		chy_rule_form(&c, 0);
	else
		run_rules(&c);
	found->truncated |= tel->findings.truncated;
	sort(found);
	return chy_findings_status(found);
}

void
chy_rule_form(chy_checking *c, uint32_t node)
{
	(void)node;
	if (c->tel->form == NULL)
		chy_report(c, CHY_DIAG_FORM_UNKNOWN, 0, 0, CHY_EMPTY);
}

/* What the reader changed without a finding of its own. */
void
chy_rule_repairs(chy_checking *c, uint32_t node)
{
	(void)node;
	for (uint32_t i = 0; i < c->tel->n_repairs; i++) {
		const chy_repair *r = &c->tel->repairs[i];

		if (r->diag == CHY_DIAG_PRECEDENCE_MISSPELT)
			chy_report_fmt(c, r->diag, r->span.off, r->span.len,
			    "%.*s, read as %.*s", CHY_ARG(r->before),
			    CHY_ARG(r->after));
	}
}


/* ---- what an archive knows ---- */

static bool
is_suspected(const chy_telegram *tel)
{
	/* ZFD on format lines 4 and 5; the words in the first lines. */
	for (uint32_t i = 0; i < tel->n_nodes; i++) {
		const chy_node *n = &tel->nodes[i];
		chy_slice s = { tel->text.ptr + n->off, n->len };

		if (n->kind == CHY_NODE_OPSIG &&
		    chy_slice_eq(s, CHY_SLICE("ZFD")))
			return true;
		if (n->kind == CHY_NODE_UNREAD &&
		    chy_has_text(s, "SUSPECTED DUPLICATE"))
			return true;
		if (n->kind == CHY_NODE_BODY)
			break;
	}
	return false;
}

/* The place of the number on the class line, where it is. */
static chy_span
number_place(const chy_checking *c)
{
	if (c->tel->number_at.len > 0)
		return c->tel->number_at;
	return (chy_span){ c->place, 0 };
}

static void
archive_copies(chy_checking *c, const chy_check_context *x)
{
	chy_span at = number_place(c);

	for (size_t i = 0; i < x->n_copies; i++) {
		chy_diag diag = CHY_DIAG_MRN_FILED_WITH_OTHER_TEXT;

		if (x->copies[i].same)
			diag = CHY_DIAG_DUPLICATE;
		else if (c->tel->corrected)
			diag = CHY_DIAG_COPY_CORRECTED;
		else if (is_suspected(c->tel))
			diag = CHY_DIAG_DUPLICATE_SUSPECTED;
		chy_report(c, diag, at.off, at.len, x->copies[i].name);
	}
}

static void
archive_sections(chy_checking *c, const chy_check_context *x)
{
	chy_span at = number_place(c);
	uint32_t last = 0;

	/* Once for the telegram: at its first section that is filed. */
	if (c->tel->sections >= 2 && x->n_sections > 0 &&
	    x->sections[0] == c->tel->section &&
	    x->n_sections < c->tel->sections) {
		for (size_t i = 0; i <= x->n_sections; i++) {
			uint32_t next = i < x->n_sections ? x->sections[i] :
			    c->tel->sections + 1;

			for (last++; last < next; last++)
				chy_report_fmt(c, CHY_DIAG_SECTION_MISSING,
				    at.off, at.len, "%02u of %02u", last,
				    c->tel->sections);
			last = next;
		}
	}
	if (x->section_differs.len > 0)
		chy_report(c, CHY_DIAG_SECTIONS_DISAGREE, at.off, at.len,
		    x->section_differs);
}

static void
archive_numbers(chy_checking *c, const chy_check_context *x)
{
	const chy_telegram *tel = c->tel;
	uint32_t id = c->first[CHY_NODE_TRANSMISSION_ID];
	uint32_t serial = tel->class_serial, before = x->serial_before;
	chy_span at = number_place(c);

	if (before != 0 && serial > before + 1)
		chy_report_fmt(c, CHY_DIAG_MRN_SERIAL_MISSING_FROM_RUN,
		    at.off, at.len, before + 2 == serial ? "%u" : "%u to %u",
		    before + 1, serial - 1);
	if (id != CHY_NO_NODE && x->channel_seen) {
		chy_report_node(c, CHY_DIAG_CHANNEL_NUMBER_SEEN, id,
		    chy_node_text(c, id));
	} else if (id != CHY_NO_NODE && x->channel_known) {
		chy_slice s = chy_node_text(c, id);
		uint32_t now = s.len > 3 ? chy_number(chy_slice_from(s, 3)) : 0;
		uint32_t last = s.len == 6 ? 999 : 9999;
		uint32_t want = x->channel_before >= last ? 1 :
		    x->channel_before + 1;

		if (now != want)
			chy_report_fmt(c, CHY_DIAG_CHANNEL_NUMBER_GAP,
			    chy_node_at(c, id)->off, chy_node_at(c, id)->len,
			    "%u after %u", now, x->channel_before);
	}
}

static void
archive_mcn(chy_checking *c, const chy_check_context *x)
{
	const chy_addressee *a;
	uint32_t leaf, now, gap;

	if ((!x->mcn_known && x->mcn_used_by.len == 0) ||
	    x->mcn_addressee >= c->tel->n_addressees)
		return;
	a = &c->tel->addressees[x->mcn_addressee];
	leaf = chy_node_below(c, a->node, CHY_NODE_MCN);
	if (leaf == CHY_NO_NODE)
		return;
	if (x->mcn_used_by.len > 0) {
		chy_report_node(c, CHY_DIAG_MCN_REPEATED, leaf,
		    x->mcn_used_by);
		return;
	}
	now = chy_number(chy_slice_sub(a->mcn, 0, 4));
	gap = (now + 9999 - x->mcn_before % 9999) % 9999;
	/* Beyond 200 the series was begun anew (telegram-format 6.2). */
	if (now != 0 && gap > 1 && gap <= 200)
		chy_report_fmt(c, CHY_DIAG_MCN_GAP, chy_node_at(c, leaf)->off,
		    chy_node_at(c, leaf)->len, "%u missing before %u",
		    gap - 1, now);
}

chy_status
chy_check_archive(const chy_telegram *tel, const chy_check_options *opts,
    const chy_check_context *x, chy_findings *found)
{
	chy_checking c;

	begin(&c, tel, opts, found);
	settle(&c);
	if (x->dtg_used_by.len > 0 && c.first[CHY_NODE_DTG] != CHY_NO_NODE)
		chy_report_node(&c, CHY_DIAG_DTG_USED_BEFORE,
		    c.first[CHY_NODE_DTG], x->dtg_used_by);
	archive_copies(&c, x);
	archive_sections(&c, x);
	archive_numbers(&c, x);
	archive_mcn(&c, x);
	for (size_t i = 0; i < x->n_missing; i++) {
		const chy_reference *r;
		uint32_t at;

		if (x->missing[i] >= tel->n_references)
			continue;
		r = &tel->references[x->missing[i]];
		at = chy_place_of(&c, r->text);
		if (at == UINT32_MAX && c.first[CHY_NODE_REF_LINE] !=
		    CHY_NO_NODE)
			at = chy_node_at(&c, c.first[CHY_NODE_REF_LINE])->off;
		chy_report(&c, CHY_DIAG_REFERENCE_NOT_FILED,
		    at != UINT32_MAX ? at : c.place,
		    at != UINT32_MAX ? (uint32_t)r->text.len : 0, r->value);
	}
	sort(found);
	return chy_findings_status(found);
}
