/*
 * Open documents: kept whole, read and checked again at every change. That
 * takes some tens of microseconds, so nothing is done by halves.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>
#include <string.h>

#include "forms/forms.h"
#include "lsp/lsp_int.h"

static const char *
uri_of(const json_t *params)
{
	return json_string_value(json_object_get(json_object_get(params,
	    "textDocument"), "uri"));
}

lsp_document *
lsp_document_find(lsp_server *s, const json_t *params)
{
	const char *uri = uri_of(params);

	for (lsp_document *d = s->documents; d != NULL && uri != NULL;
	    d = d->next)
		if (strcmp(d->uri, uri) == 0)
			return d;
	return NULL;
}

/* The last part of the URI: the file's name, which may be the number. */
static chy_slice
name_of(const char *uri)
{
	const char *slash = strrchr(uri, '/');

	return chy_slice_of(slash != NULL ? slash + 1 : uri);
}

static chy_check_options
check_options(const lsp_server *s)
{
	chy_civil today = s->opts->today;

	return (chy_check_options){ .today = chy_ymd_of(today.year,
	    today.month, today.day), .drafting = s->opts->drafting };
}

static bool
set_text(const lsp_server *s, lsp_document *doc, const json_t *text)
{
	size_t len = json_string_length(text);
	char *copy = malloc(len + 1);
	chy_read_options opts = { .file = name_of(doc->uri) };
	chy_check_options check = check_options(s);

	if (copy == NULL)
		return false;
	memcpy(copy, json_string_value(text), len);
	copy[len] = '\0';
	free(doc->text);
	doc->text = copy;
	doc->len = len;
	chy_telegram_free(doc->tel);
	doc->tel = NULL;
	/* An empty or an oversized text has no telegram; that is no fault. */
	if (chy_telegram_read((chy_slice){ copy, len }, &opts, &doc->tel,
	    NULL) != CHY_OK)
		doc->tel = NULL;
	chy_findings_done(&doc->found);
	chy_findings_init(&doc->found);
	return doc->tel == NULL || chy_check(doc->tel, &check,
	    &doc->found) == CHY_OK;
}

bool
lsp_document_open(lsp_server *s, const json_t *params)
{
	const json_t *item = json_object_get(params, "textDocument");
	const json_t *text = json_object_get(item, "text");
	const char *uri = uri_of(params);
	lsp_document *doc = lsp_document_find(s, params);

	if (uri == NULL || !json_is_string(text))
		return false;
	if (doc == NULL) {
		doc = calloc(1, sizeof(*doc));
		if (doc == NULL)
			return false;
		doc->uri = strdup(uri);
		if (doc->uri == NULL) {
			free(doc);
			return false;
		}
		chy_findings_init(&doc->found);
		doc->next = s->documents;
		s->documents = doc;
	}
	doc->version = json_integer_value(json_object_get(item, "version"));
	return set_text(s, doc, text);
}

bool
lsp_document_change(lsp_server *s, const json_t *params)
{
	const json_t *changes = json_object_get(params, "contentChanges");
	const json_t *last = json_array_get(changes, json_array_size(changes) -
	    1);
	const json_t *text = json_object_get(last, "text");
	lsp_document *doc = lsp_document_find(s, params);

	if (doc == NULL || !json_is_string(text))
		return false;
	doc->version = json_integer_value(json_object_get(json_object_get(
	    params, "textDocument"), "version"));
	return set_text(s, doc, text);
}

static void
free_document(lsp_document *doc)
{
	chy_telegram_free(doc->tel);
	chy_findings_done(&doc->found);
	free(doc->text);
	free(doc->uri);
	free(doc);
}

void
lsp_document_close(lsp_server *s, const json_t *params)
{
	lsp_document *doc = lsp_document_find(s, params);

	for (lsp_document **at = &s->documents; *at != NULL;
	    at = &(*at)->next) {
		if (*at != doc)
			continue;
		*at = doc->next;
		free_document(doc);
		return;
	}
}

void
lsp_documents_free(lsp_server *s)
{
	while (s->documents != NULL) {
		lsp_document *next = s->documents->next;

		free_document(s->documents);
		s->documents = next;
	}
}
