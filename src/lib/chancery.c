/*
 * The public library: include/chancery.h over the core.
 *
 * SPDX-License-Identifier: ISC
 */
#include "chancery.h"

#include <stdio.h>

#include "base/sink.h"
#include "diag/diag.h"
#include "forms/forms.h"
#include "render/render.h"
#include "telegram/telegram.h"

chy_status
chy_lib_read(const void *bytes, size_t len, const chy_lib_options *opts,
    chy_telegram **ret_tel, chy_error *err)
{
	chy_read_options read = { 0 };

	if (opts != NULL) {
		read.form = opts->form;
		read.year = (int32_t)opts->year;
		if (opts->file != NULL)
			read.file = chy_slice_of(opts->file);
	}
	return chy_telegram_read((chy_slice){ bytes, len }, &read, ret_tel,
	    err);
}

void
chy_lib_free(chy_telegram *tel)
{
	chy_telegram_free(tel);
}

static const char *
put(chy_slice s, char *out, size_t size)
{
	snprintf(out, size, "%.*s", CHY_ARG(s));
	return out;
}

const char *
chy_lib_field(const chy_telegram *tel, const char *name, char *out,
    size_t size)
{
	const struct {
		const char *name;
		chy_slice   value;
	} fields[] = {
		{ "reference_id", tel->reference_id },
		{ "canonical_id", tel->canonical_id },
		{ "dtg", tel->dtg },
		{ "precedence", chy_precedence_name(tel->precedence) },
		{ "originator", tel->originator.name.len > 0 ?
		    tel->originator.name : tel->originator.plad },
		{ "classification",
		    chy_slice_of(chy_level_name(tel->level)) },
		{ "subject", tel->subject },
		{ "form", chy_slice_of(tel->form != NULL ? tel->form : "") },
	};
	char iso[18];

	if (size == 0)
		return "";
	out[0] = '\0';
	for (size_t i = 0; i < ARRAY_LEN(fields); i++)
		if (strcmp(fields[i].name, name) == 0)
			return put(fields[i].value, out, size);
	if (strcmp(name, "dtg_iso") == 0 && tel->dtg_civil.year != 0) {
		chy_civil_iso(tel->dtg_civil, iso);
		return put(chy_slice_of(iso), out, size);
	}
	if (strcmp(name, "subject_title") == 0)
		chy_subject_title(tel->subject, out, size);
	return out;
}

/* The caller's function behind a sink. */
typedef struct writer {
	chy_lib_write write;
	void	     *arg;
} writer;

static chy_status
write_on(void *arg, chy_slice bytes)
{
	writer *w = arg;

	return w->write(w->arg, bytes.ptr, bytes.len);
}

chy_status
chy_lib_render(const chy_telegram *tel, const char *as, chy_lib_write write,
    void *arg, chy_error *err)
{
	const chy_renderer *renderer = chy_renderer_find(as);
	writer w = { write, arg };
	chy_sink out = { write_on, &w, CHY_OK };
	chy_status st;

	if (renderer == NULL)
		return chy_fail(err, CHY_ERR_NOT_FOUND,
		    "there is no output \"%s\"", as);
	st = chy_render(renderer, tel, &out);
	return st == CHY_OK ? CHY_OK : chy_fail(err, st,
	    "the telegram could not be printed");
}

bool
chy_lib_finding_at(const chy_telegram *tel, size_t i, chy_lib_finding *ret)
{
	const chy_finding *finding;
	chy_diag diag;

	if (i >= tel->findings.count)
		return false;
	finding = &tel->findings.list[i];
	diag = chy_finding_diag(finding);
	*ret = (chy_lib_finding){
		.code = chy_diag_code(diag),
		.severity = chy_severity_name(chy_diag_severity(diag, false)),
		.text = chy_diag_text(diag),
		.source = chy_diag_source(diag),
		.detail = chy_finding_detail(&tel->findings, finding),
		.span = { finding->off, finding->len },
	};
	chy_telegram_place(tel, finding->off, &ret->line, &ret->column);
	return true;
}

const char *
chy_lib_form_name(size_t i)
{
	const chy_form *form = chy_form_at(i);

	return form != NULL ? form->name : NULL;
}

const char *
chy_lib_output_name(size_t i)
{
	const chy_renderer *renderer = chy_renderer_at(i);

	return renderer != NULL ? renderer->name : NULL;
}
