/*
 * The server: one message after the other, by the table of methods.
 *
 * SPDX-License-Identifier: ISC
 */
#include "lsp/lsp.h"

#include <string.h>

#include "base/compiler.h"
#include "lsp/lsp_int.h"

#define NOT_INITIALIZED		(-32002)
#define INVALID_REQUEST		(-32600)
#define METHOD_NOT_FOUND	(-32601)
#define INVALID_PARAMS		(-32602)

/* The client says that it takes columns in bytes. */
static bool
offers_utf8(const json_t *params)
{
	const json_t *list = json_object_get(json_object_get(json_object_get(
	    params, "capabilities"), "general"), "positionEncodings");
	size_t i;
	json_t *value;

	json_array_foreach(list, i, value)
		if (strcmp(json_string_value(value) != NULL ?
		    json_string_value(value) : "", "utf-8") == 0)
			return true;
	return false;
}

static json_t *
do_initialize(lsp_server *s, const json_t *params)
{
	s->utf8 = offers_utf8(params);
	s->initialized = true;
	return json_pack("{s:{s:s, s:i, s:b, s:b, s:{s:[s]}, s:{s:[sss]}}, "
	    "s:{s:s, s:s}}",
	    "capabilities",
	    "positionEncoding", s->utf8 ? "utf-8" : "utf-16",
	    "textDocumentSync", 1,
	    "hoverProvider", 1,
	    "documentSymbolProvider", 1,
	    "codeActionProvider", "codeActionKinds", "quickfix",
	    "completionProvider", "triggerCharacters", " ", ",", "/",
	    "serverInfo", "name", "chancery", "version", s->opts->version);
}

static json_t *
do_shutdown(lsp_server *s, const json_t *params)
{
	(void)params;
	s->shutdown = true;
	return json_null();
}

/* The document and place that a request is about; NULL: no such document. */
static lsp_document *
placed(lsp_server *s, const json_t *params, size_t *ret_off)
{
	lsp_document *doc = lsp_document_find(s, params);

	if (doc != NULL)
		*ret_off = lsp_offset(s, doc, json_object_get(params,
		    "position"));
	return doc;
}

static json_t *
do_hover(lsp_server *s, const json_t *params)
{
	size_t off;
	lsp_document *doc = placed(s, params, &off);
	json_t *hover = doc != NULL ? lsp_hover(s, doc, off) : NULL;

	return hover != NULL ? hover : json_null();
}

static json_t *
do_completion(lsp_server *s, const json_t *params)
{
	size_t off;
	lsp_document *doc = placed(s, params, &off);

	return doc != NULL ? lsp_completion(s, doc, off) : json_null();
}

static json_t *
do_symbols(lsp_server *s, const json_t *params)
{
	lsp_document *doc = lsp_document_find(s, params);

	return doc != NULL ? lsp_symbols(s, doc) : json_null();
}

static json_t *
do_actions(lsp_server *s, const json_t *params)
{
	const json_t *range = json_object_get(params, "range");
	lsp_document *doc = lsp_document_find(s, params);

	if (doc == NULL)
		return json_null();
	return lsp_actions(s, doc, lsp_offset(s, doc, json_object_get(range,
	    "start")), lsp_offset(s, doc, json_object_get(range, "end")));
}

static const struct {
	const char *name;
	json_t	   *(*answer)(lsp_server *s, const json_t *params);
} requests[] = {
	{ "initialize", do_initialize },
	{ "shutdown", do_shutdown },
	{ "textDocument/hover", do_hover },
	{ "textDocument/completion", do_completion },
	{ "textDocument/documentSymbol", do_symbols },
	{ "textDocument/codeAction", do_actions },
};

static void
do_request(lsp_server *s, const char *method, json_t *id,
    const json_t *params)
{
	if (!s->initialized && strcmp(method, "initialize") != 0) {
		lsp_refuse(s, id, NOT_INITIALIZED, "initialize comes first");
		return;
	}
	if (s->shutdown) {
		lsp_refuse(s, id, INVALID_REQUEST, "shut down already");
		return;
	}
	for (size_t i = 0; i < ARRAY_LEN(requests); i++)
		if (strcmp(method, requests[i].name) == 0) {
			lsp_reply(s, id, requests[i].answer(s, params));
			return;
		}
	lsp_refuse(s, id, METHOD_NOT_FOUND, method);
}

/* Notifications have no answer; those not known are passed over. */
static void
do_notification(lsp_server *s, const char *method, const json_t *params)
{
	bool changed = false;

	if (strcmp(method, "textDocument/didOpen") == 0)
		changed = lsp_document_open(s, params);
	else if (strcmp(method, "textDocument/didChange") == 0)
		changed = lsp_document_change(s, params);
	else if (strcmp(method, "textDocument/didClose") == 0)
		lsp_document_close(s, params);
	if (changed)
		lsp_publish(s, lsp_document_find(s, params));
}

chy_status
chy_lsp_serve(const chy_lsp_options *opts, chy_error *err)
{
	lsp_server s = { .opts = opts };
	chy_status st = CHY_OK;
	bool exited = false;
	json_t *message;

	while (!exited && (message = lsp_read(&s, &st)) != NULL) {
		const char *method = json_string_value(json_object_get(message,
		    "method"));
		json_t *id = json_object_get(message, "id");
		const json_t *params = json_object_get(message, "params");

		if (method == NULL)
			;	/* an answer: we ask the client nothing */
		else if (strcmp(method, "exit") == 0)
			exited = true;
		else if (id != NULL)
			do_request(&s, method, id, params);
		else
			do_notification(&s, method, params);
		json_decref(message);
	}
	lsp_documents_free(&s);
	if (st != CHY_OK)
		return chy_fail(err, st, st == CHY_ERR_PEER ?
		    "the client's message has no readable length or body" :
		    "out of memory");
	if (ferror(opts->out))
		return chy_fail(err, CHY_ERR_IO, "the client takes nothing "
		    "more");
	if (!s.shutdown)
		return chy_fail(err, CHY_ERR_PEER,
		    "the client left without shutdown");
	return CHY_OK;
}
