/*
 * Detection and reading: the table of forms.
 *
 * SPDX-License-Identifier: ISC
 */
#include "forms/forms.h"

#include <stdlib.h>

#include "base/compiler.h"
#include "base/limits.h"
#include "forms/reading.h"

static const chy_form *const forms[] = {
#define FORM(name)	&chy_form_##name,
#include "forms/forms.def"
#undef FORM
};

const chy_form *
chy_form_at(size_t i)
{
	return i < ARRAY_LEN(forms) ? forms[i] : NULL;
}

static const chy_form *
form_by_name(const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(forms); i++)
		if (strcmp(forms[i]->name, name) == 0)
			return forms[i];
	return NULL;
}

static const chy_form *
detect(chy_slice text)
{
	const chy_form *best = NULL;
	int best_fit = 0;

	for (size_t i = 0; i < ARRAY_LEN(forms); i++) {
		int fit = forms[i]->detect(text);

		if (fit > best_fit) {
			best_fit = fit;
			best = forms[i];
		}
	}
	return best;
}

/* An empty telegram over a padded copy of the text, in its own memory. */
static bool
prepare(chy_telegram *tel, chy_slice text, const chy_read_options *opts)
{
	chy_arena arena = tel->arena;
	chy_findings found = tel->findings;
	char *p;

	chy_arena_reset(&arena);
	chy_findings_reset(&found);
	*tel = (chy_telegram){ .arena = arena, .findings = found };
	tel->text = text;
	if (!opts->borrow) {
		p = chy_arena_alloc(&tel->arena, text.len + CHY_PADDING);
		if (p == NULL)
			return false;
		memcpy(p, text.ptr, text.len);
		memset(p + text.len, 0, CHY_PADDING);
		tel->text.ptr = p;
	}
	tel->file = chy_arena_copy(&tel->arena, opts->file);
	tel->part = opts->part;
	if (opts->wrapper != NULL) {
		const chy_wrapper *w = opts->wrapper;
		chy_slice *refs = chy_arena_alloc(&tel->arena,
		    (w->references.n + 1) * sizeof(*refs));

		tel->wrapper = (chy_wrapper){
			.kind = chy_arena_copy(&tel->arena, w->kind),
			.reference_id = chy_arena_copy(&tel->arena,
			    w->reference_id),
			.date = chy_arena_copy(&tel->arena, w->date),
			.origin = chy_arena_copy(&tel->arena, w->origin),
			.classification = chy_arena_copy(&tel->arena,
			    w->classification),
			.references = { refs, w->references.n },
		};
		for (uint32_t i = 0; refs != NULL && i < w->references.n; i++)
			refs[i] = chy_arena_copy(&tel->arena,
			    w->references.at[i]);
	}
	return !chy_arena_failed(&tel->arena);
}

chy_status
chy_telegram_reread(chy_telegram *tel, chy_slice text,
    const chy_read_options *opts, chy_error *err)
{
	static const chy_read_options defaults = { 0 };
	const chy_form *form;

	if (opts == NULL)
		opts = &defaults;
	if (text.len == 0)
		return chy_fail(err, CHY_ERR_INVALID, "the text is empty");
	if (text.len > CHY_LIMIT_TELEGRAM)
		return chy_fail(err, CHY_ERR_TOO_LARGE, "%zu bytes are more "
		    "than one telegram may have (%u)", text.len,
		    CHY_LIMIT_TELEGRAM);
	form = opts->form != NULL ? form_by_name(opts->form) : detect(text);
	if (form == NULL && opts->form != NULL)
		return chy_fail(err, CHY_ERR_NOT_FOUND,
		    "there is no form \"%s\"", opts->form);
	if (tel->arena.least == 0)
		chy_arena_init(&tel->arena, 0);
	if (!prepare(tel, text, opts))
		return chy_fail(err, CHY_ERR_NO_MEMORY, "out of memory");
	tel->form = form != NULL ? form->name : NULL;
	(form != NULL ? form : &chy_form_state)->read(tel, opts);
	chy_findings_sort(&tel->findings);
	if (chy_arena_failed(&tel->arena) ||
	    chy_findings_status(&tel->findings) != CHY_OK)
		return chy_fail(err, CHY_ERR_NO_MEMORY, "out of memory");
	return CHY_OK;
}

chy_status
chy_telegram_read(chy_slice text, const chy_read_options *opts,
    chy_telegram **ret_telegram, chy_error *err)
{
	chy_telegram *tel = calloc(1, sizeof(*tel));
	chy_status st;

	if (tel == NULL)
		return chy_fail(err, CHY_ERR_NO_MEMORY, "out of memory");
	chy_findings_init(&tel->findings);
	st = chy_telegram_reread(tel, text, opts, err);
	if (st != CHY_OK) {
		chy_telegram_free(tel);
		return st;
	}
	*ret_telegram = tel;
	return CHY_OK;
}
