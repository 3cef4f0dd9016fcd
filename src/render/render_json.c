/*
 * The telegram as one JSON object on one line. Field names and shapes are the
 * contract of the manual page chancery-json(5); `schema` is raised when a
 * shape changes.
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/compiler.h"
#include "render/render_int.h"

#define SCHEMA	1

/* A writer that knows when a comma is due. */
typedef struct json {
	chy_sink *out;
	bool	  first;
} json;

static void
comma(json *j)
{
	if (!j->first)
		chy_sink_puts(j->out, ",");
	j->first = false;
}

static void
name(json *j, const char *key)
{
	comma(j);
	chy_sink_puts(j->out, "\"");
	chy_sink_puts(j->out, key);
	chy_sink_puts(j->out, "\":");
}

static void
open_with(json *j, const char *bracket)
{
	chy_sink_puts(j->out, bracket);
	j->first = true;
}

static void
close_with(json *j, const char *bracket)
{
	chy_sink_puts(j->out, bracket);
	j->first = false;
}

/* Absent is null. */
static void
put_text(json *j, const char *key, chy_slice value)
{
	name(j, key);
	if (value.len == 0)
		chy_sink_puts(j->out, "null");
	else
		chy_sink_json(j->out, value);
}

static void
put_string(json *j, const char *key, const char *value)
{
	put_text(j, key, value != NULL ? chy_slice_of(value) : CHY_EMPTY);
}

/* Decimal digits; printf would cost more than the rest of a row. */
static void
put_digits(json *j, uint64_t value)
{
	char text[20];
	size_t at = sizeof(text);

	do {
		text[--at] = (char)('0' + value % 10);
		value /= 10;
	} while (value > 0);
	chy_sink_put(j->out, (chy_slice){ text + at, sizeof(text) - at });
}

static void
put_number(json *j, const char *key, uint64_t value)
{
	name(j, key);
	put_digits(j, value);
}

static void
put_bool(json *j, const char *key, bool value)
{
	name(j, key);
	chy_sink_puts(j->out, value ? "true" : "false");
}

static void
put_list(json *j, const char *key, const chy_slice *at, uint32_t n)
{
	name(j, key);
	open_with(j, "[");
	for (uint32_t i = 0; i < n; i++) {
		comma(j);
		chy_sink_json(j->out, at[i]);
	}
	close_with(j, "]");
}

static void
put_slices(json *j, const char *key, const chy_slices *list)
{
	put_list(j, key, list->at, list->n);
}

static void
put_span(json *j, const char *key, chy_span span)
{
	name(j, key);
	chy_sink_put(j->out, CHY_SLICE("{\"offset\":"));
	put_digits(j, span.off);
	chy_sink_put(j->out, CHY_SLICE(",\"length\":"));
	put_digits(j, span.len);
	chy_sink_put(j->out, CHY_SLICE("}"));
}

static void
put_precedence(json *j, const char *key, chy_precedence p)
{
	put_text(j, key, chy_precedence_name(p));
}

static void
put_addressees(json *j, const chy_telegram *tel, const char *key,
    chy_role role)
{
	name(j, key);
	open_with(j, "[");
	for (uint32_t i = 0; i < tel->n_addressees; i++) {
		const chy_addressee *a = &tel->addressees[i];

		if (a->role != role)
			continue;
		comma(j);
		open_with(j, "{");
		put_text(j, "routing_indicator", a->routing_indicator);
		put_text(j, "plad", a->plad);
		put_text(j, "precedence", a->precedence);
		put_precedence(j, "effective_precedence", a->effective);
		put_text(j, "mcn", a->mcn);
		put_list(j, "exempted", tel->exempted.at != NULL ?
		    tel->exempted.at + a->exempted : NULL, a->n_exempted);
		close_with(j, "}");
	}
	close_with(j, "]");
}

static void
put_originator(json *j, const chy_originator *o)
{
	name(j, "originator");
	if (o->plad.len == 0 && o->post.len == 0 && o->name.len == 0) {
		chy_sink_puts(j->out, "null");
		return;
	}
	open_with(j, "{");
	put_text(j, "plad", o->plad);
	put_text(j, "routing_indicator", o->routing_indicator);
	put_text(j, "post", o->post);
	put_text(j, "name", o->name);
	put_string(j, "basis", chy_basis_name(o->basis));
	close_with(j, "}");
}

static void
put_classification(json *j, const chy_telegram *tel)
{
	name(j, "classification");
	if (tel->level == CHY_LEVEL_NONE) {
		chy_sink_puts(j->out, "null");
		return;
	}
	open_with(j, "{");
	put_string(j, "level", chy_level_name(tel->level));
	put_slices(j, "caveats", &tel->caveats);
	put_string(j, "basis", chy_basis_name(tel->level_basis));
	close_with(j, "}");
}

static void
put_passing(json *j, const chy_telegram *tel)
{
	name(j, "passing");
	open_with(j, "[");
	for (uint32_t i = 0; i < tel->n_passing; i++) {
		const chy_passing *p = &tel->passing[i];

		comma(j);
		open_with(j, "{");
		put_text(j, "addressee", p->addressee);
		put_string(j, "verb", p->is_pass ? "pass" : "for");
		put_slices(j, "offices", &p->offices);
		put_slices(j, "persons", &p->persons);
		put_text(j, "text", p->text);
		close_with(j, "}");
	}
	close_with(j, "]");
}

static void
put_declassification(json *j, const chy_telegram *tel)
{
	const chy_declass *d = &tel->declass;
	char date[11] = "";

	name(j, "eo");
	if (tel->eo_order.len == 0) {
		chy_sink_puts(j->out, "null");
	} else {
		open_with(j, "{");
		put_text(j, "order", tel->eo_order);
		put_text(j, "text", tel->eo_text);
		close_with(j, "}");
	}
	name(j, "declassification");
	open_with(j, "{");
	if (d->date.year != 0)
		chy_civil_date(d->date, date);
	put_string(j, "date", date);
	put_string(j, "basis", d->basis == CHY_BASIS_TEXT ? "explicit" :
	    d->basis == CHY_BASIS_DERIVED ? "derived" : "none");
	put_text(j, "text", d->text);
	put_string(j, "kind", chy_declass_kind_name(
	    d->kind == CHY_DECLASS_NONE ? CHY_DECLASS_MISSING : d->kind));
	close_with(j, "}");
}

static void
put_tags(json *j, const chy_telegram *tel)
{
	name(j, "tags");
	open_with(j, "[");
	for (uint32_t i = 0; i < tel->n_tags; i++) {
		comma(j);
		chy_sink_json(j->out, tel->tags[i].code);
	}
	close_with(j, "]");
	put_slices(j, "tags_raw", &tel->tags_raw);
}

static void
put_references(json *j, const chy_telegram *tel)
{
	char iso[18];

	name(j, "references");
	open_with(j, "[");
	for (uint32_t i = 0; i < tel->n_references; i++) {
		const chy_reference *ref = &tel->references[i];

		comma(j);
		open_with(j, "{");
		put_text(j, "value", ref->value);
		put_string(j, "kind", chy_ref_kind_name(ref->kind));
		put_text(j, "letter", (chy_slice){ &ref->letter,
		    ref->letter != 0 });
		put_text(j, "text", ref->text);
		put_text(j, "sender", ref->sender);
		put_text(j, "dtg", ref->dtg);
		if (ref->dtg_civil.year != 0)
			chy_civil_iso(ref->dtg_civil, iso);
		put_string(j, "dtg_iso", ref->dtg_civil.year != 0 ? iso : NULL);
		name(j, "notes");
		open_with(j, "[");
		for (unsigned bit = 0; bit < CHY_REF_NOTES; bit++) {
			if ((ref->notes & (1u << bit)) == 0)
				continue;
			comma(j);
			chy_sink_json(j->out,
			    chy_slice_of(chy_ref_note_name(bit)));
		}
		close_with(j, "]");
		put_string(j, "fault", ref->fault == CHY_REF_FINE ? NULL :
		    chy_ref_fault_name(ref->fault));
		close_with(j, "}");
	}
	close_with(j, "]");
}

static void
put_labels(json *j, uint32_t labels)
{
	name(j, "labels");
	open_with(j, "[");
	for (unsigned bit = 0; bit < CHY_BLOCK_KINDS; bit++) {
		if (!(labels & (1u << bit)))
			continue;
		comma(j);
		chy_sink_json(j->out, chy_slice_of(chy_block_kind_name(bit)));
	}
	close_with(j, "]");
}

static void
put_paragraphs(json *j, const chy_telegram *tel)
{
	name(j, "paragraphs");
	open_with(j, "[");
	for (uint32_t i = 0; i < tel->n_paragraphs; i++) {
		const chy_paragraph *p = &tel->paragraphs[i];

		if (p->embedded != 0)	/* stands in embedded[] alone */
			continue;
		comma(j);
		open_with(j, "{");
		put_text(j, "id", p->id);
		name(j, "number");
		if (p->number != 0)
			put_digits(j, p->number);
		else
			chy_sink_puts(j->out, "null");
		put_text(j, "mark", p->mark);
		put_text(j, "title", p->title);
		name(j, "text");
		chy_sink_json(j->out, p->text);
		put_labels(j, p->labels);
		put_span(j, "span", p->span);
		close_with(j, "}");
	}
	close_with(j, "]");
}

static void
put_action_requests(json *j, const chy_telegram *tel)
{
	name(j, "action_requests");
	open_with(j, "[");
	for (uint32_t i = 0; i < tel->n_action_requests; i++) {
		const chy_action_request *a = &tel->action_requests[i];

		comma(j);
		open_with(j, "{");
		put_text(j, "text", a->text);
		name(j, "paragraphs");
		open_with(j, "[");
		for (uint32_t k = 0; k < a->n_paragraphs; k++) {
			comma(j);
			chy_sink_printf(j->out, "%u", a->paragraphs[k]);
		}
		close_with(j, "]");
		put_text(j, "paragraph", tel->paragraphs[a->paragraph].id);
		put_span(j, "span", a->span);
		close_with(j, "}");
	}
	close_with(j, "]");
}

static void
put_embedded(json *j, const chy_telegram *tel)
{
	name(j, "embedded");
	open_with(j, "[");
	for (uint32_t i = 0; i < tel->n_embedded; i++) {
		const chy_embedded *e = &tel->embedded[i];

		comma(j);
		open_with(j, "{");
		put_text(j, "title", e->title);
		put_text(j, "author", e->author);
		put_text(j, "paragraph", tel->paragraphs[e->paragraph].id);
		put_text(j, "text", e->text);
		put_span(j, "span", e->span);
		close_with(j, "}");
	}
	close_with(j, "]");
}

static void
put_transmission(json *j, const chy_telegram *tel)
{
	const chy_transmission *t = &tel->transmission;

	name(j, "transmission");
	if (!t->present) {
		chy_sink_puts(j->out, "null");
		return;
	}
	open_with(j, "{");
	put_text(j, "transmission_id", t->transmission_id);
	put_text(j, "precedence", t->precedence);
	put_slices(j, "called", &t->called);
	put_text(j, "station", t->station);
	put_text(j, "serial", t->serial);
	put_text(j, "section", t->section);
	put_text(j, "filing_time", t->filing_time);
	put_text(j, "security", t->security);
	put_slices(j, "opsigs", &t->opsigs);
	close_with(j, "}");
}

static void
put_wrapper(json *j, const chy_wrapper *w)
{
	name(j, "wrapper");
	if (w->kind.len == 0) {
		chy_sink_puts(j->out, "null");
		return;
	}
	open_with(j, "{");
	put_text(j, "kind", w->kind);
	put_text(j, "reference_id", w->reference_id);
	put_text(j, "date", w->date);
	put_text(j, "origin", w->origin);
	put_text(j, "classification", w->classification);
	put_slices(j, "references", &w->references);
	close_with(j, "}");
}

static void
put_repairs(json *j, const chy_telegram *tel)
{
	name(j, "repairs");
	open_with(j, "[");
	for (uint32_t i = 0; i < tel->n_repairs; i++) {
		const chy_repair *r = &tel->repairs[i];

		comma(j);
		open_with(j, "{");
		put_string(j, "code", chy_diag_code(r->diag));
		put_span(j, "span", r->span);
		name(j, "before");
		chy_sink_json(j->out, r->before);
		name(j, "after");
		chy_sink_json(j->out, r->after);
		close_with(j, "}");
	}
	close_with(j, "]");
}

static void
put_findings(json *j, const chy_telegram *tel)
{
	name(j, "findings");
	open_with(j, "[");
	for (size_t i = 0; i < tel->findings.count; i++) {
		const chy_finding *f = &tel->findings.list[i];
		chy_diag diag = chy_finding_diag(f);
		uint32_t line, column;

		if (chy_diag_severity(diag, false) == CHY_SEVERITY_OFF)
			continue;
		chy_telegram_place(tel, f->off, &line, &column);
		comma(j);
		open_with(j, "{");
		put_string(j, "code", chy_diag_code(diag));
		put_string(j, "severity", chy_severity_name(
		    chy_diag_severity(diag, false)));
		put_string(j, "text", chy_diag_text(diag));
		put_text(j, "detail", chy_finding_detail(&tel->findings, f));
		put_number(j, "line", line);
		put_number(j, "column", column);
		put_span(j, "span", (chy_span){ f->off, f->len });
		close_with(j, "}");
	}
	close_with(j, "]");
}

static void
put_sections(json *j, const chy_telegram *tel)
{
	name(j, "sections");
	if (tel->sections == 0)
		chy_sink_puts(j->out, "null");
	else
		chy_sink_printf(j->out, "{\"number\":%u,\"of\":%u}",
		    tel->section, tel->sections);
}

static void
put_dates(json *j, const chy_telegram *tel)
{
	char iso[18] = "";

	if (tel->dtg_civil.year != 0)
		chy_civil_iso(tel->dtg_civil, iso);
	put_text(j, "dtg", tel->dtg);
	put_string(j, "dtg_iso", iso);
}

static void
put_subject(json *j, const chy_telegram *tel)
{
	char title[2048];
	size_t n = chy_subject_title(tel->subject, title, sizeof(title));

	put_text(j, "subject", tel->subject);
	put_text(j, "subject_raw", tel->subject_raw);
	put_text(j, "subject_title", (chy_slice){ title, n });
}

static void
put_classifier(json *j, const chy_telegram *tel)
{
	put_slices(j, "classified_by", &tel->classified_by);
	name(j, "classified_by_detail");
	if (tel->classified_by.n == 0 && tel->reasons.n == 0) {
		chy_sink_puts(j->out, "null");
	} else {
		open_with(j, "{");
		put_text(j, "name", tel->classifier_name);
		put_text(j, "position", tel->classifier_position);
		put_slices(j, "reasons", &tel->reasons);
		close_with(j, "}");
	}
	put_text(j, "derived_from", tel->derived_from);
}

static void
put_built(json *j, const char *key, const chy_telegram *tel,
    void (*build)(const chy_telegram *, chy_buf *))
{
	chy_buf buf = CHY_BUF_INIT;

	build(tel, &buf);
	put_text(j, key, chy_buf_slice(&buf));
	if (buf.failed)
		j->out->status = CHY_ERR_NO_MEMORY;
	chy_buf_done(&buf);
}

static void
render(const chy_telegram *tel, chy_sink *out)
{
	json j = { out, true };

	open_with(&j, "{");
	put_number(&j, "schema", SCHEMA);
	put_text(&j, "reference_id", tel->reference_id);
	put_text(&j, "canonical_id", tel->canonical_id);
	put_string(&j, "id_basis", tel->id_basis == CHY_BASIS_NONE ? NULL :
	    chy_basis_name(tel->id_basis));
	put_text(&j, "file", tel->file);
	name(&j, "part");
	if (tel->part != 0)
		chy_sink_printf(out, "%u", tel->part);
	else
		chy_sink_puts(out, "null");
	put_string(&j, "form", tel->form);
	put_dates(&j, tel);
	put_precedence(&j, "precedence", tel->precedence);
	put_precedence(&j, "info_precedence", tel->info_precedence);
	put_originator(&j, &tel->originator);
	put_addressees(&j, tel, "action", CHY_ROLE_ACTION);
	put_addressees(&j, tel, "info", CHY_ROLE_INFO);
	put_classification(&j, tel);
	put_slices(&j, "captions", &tel->captions);
	put_bool(&j, "corrected", tel->corrected);
	put_bool(&j, "partial", tel->partial);
	put_passing(&j, tel);
	put_declassification(&j, tel);
	put_tags(&j, tel);
	put_subject(&j, tel);
	put_references(&j, tel);
	put_classifier(&j, tel);
	put_built(&j, "summary", tel, chy_render_summary);
	put_paragraphs(&j, tel);
	put_sections(&j, tel);
	put_slices(&j, "signers", &tel->signers);
	put_built(&j, "clean_text", tel, chy_render_clean_text);
	put_action_requests(&j, tel);
	put_embedded(&j, tel);
	put_transmission(&j, tel);
	put_wrapper(&j, &tel->wrapper);
	put_repairs(&j, tel);
	put_findings(&j, tel);
	close_with(&j, "}\n");
}

const chy_renderer chy_renderer_json = {
	.name = "json",
	.media_type = "application/json",
	.suffix = "json",
	.title = "one JSON object a telegram, one line each",
	.render = render,
};
