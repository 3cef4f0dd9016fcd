/*
 * Messages: a head of fields, an empty line, a body of JSON.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/slice.h"
#include "lsp/lsp_int.h"

#define HEAD_LINE	256u
#define BODY_MAX	(4u * CHY_LIMIT_TELEGRAM)	/* escaped */

#define PARSE_ERROR	(-32700)

/* One line of the head without its end; false at the end of the input. */
static bool
head_line(FILE *in, char line[HEAD_LINE], size_t *ret_len)
{
	size_t n = 0;
	int c;

	while ((c = getc(in)) != EOF && c != '\n')
		if (n < HEAD_LINE - 1)
			line[n++] = (char)c;
	if (c == EOF)
		return false;
	while (n > 0 && line[n - 1] == '\r')
		n--;
	line[n] = '\0';
	*ret_len = n;
	return true;
}

/* The length of the body; 0: none said. False at the end of the input. */
static bool
read_head(FILE *in, size_t *ret_length)
{
	static const chy_slice name = CHY_LIT("Content-Length:");
	char line[HEAD_LINE];
	size_t n;

	*ret_length = 0;
	while (head_line(in, line, &n)) {
		chy_slice s = { line, n };

		if (n == 0)
			return true;
		if (chy_slice_istarts(s, name))
			*ret_length = (size_t)strtoull(line + name.len, NULL,
			    10);
	}
	return false;
}

json_t *
lsp_read(lsp_server *s, chy_status *ret_status)
{
	for (;;) {
		json_error_t why;
		json_t *message;
		size_t length;
		char *body;

		*ret_status = CHY_OK;
		if (!read_head(s->opts->in, &length))
			return NULL;
		if (length == 0 || length > BODY_MAX) {
			*ret_status = CHY_ERR_PEER;
			return NULL;
		}
		body = malloc(length);
		if (body == NULL) {
			*ret_status = CHY_ERR_NO_MEMORY;
			return NULL;
		}
		if (fread(body, 1, length, s->opts->in) != length) {
			free(body);
			*ret_status = CHY_ERR_PEER;
			return NULL;
		}
		message = json_loadb(body, length, JSON_ALLOW_NUL, &why);
		free(body);
		if (json_is_object(message))
			return message;
		json_decref(message);
		lsp_refuse(s, NULL, PARSE_ERROR, "the body is no JSON object");
	}
}

void
lsp_write(lsp_server *s, json_t *message)
{
	char *body = message != NULL ? json_dumps(message, JSON_COMPACT) :
	    NULL;

	if (body != NULL) {
		fprintf(s->opts->out, "Content-Length: %zu\r\n\r\n%s",
		    strlen(body), body);
		fflush(s->opts->out);
	}
	free(body);
	json_decref(message);
}

void
lsp_reply(lsp_server *s, json_t *id, json_t *result)
{
	lsp_write(s, json_pack("{s:s, s:O, s:o}", "jsonrpc", "2.0", "id", id,
	    "result", result != NULL ? result : json_null()));
}

void
lsp_refuse(lsp_server *s, json_t *id, int code, const char *text)
{
	lsp_write(s, json_pack("{s:s, s:O?, s:{s:i, s:s}}", "jsonrpc", "2.0",
	    "id", id, "error", "code", code, "message", text));
}

void
lsp_notify(lsp_server *s, const char *method, json_t *params)
{
	lsp_write(s, json_pack("{s:s, s:s, s:o}", "jsonrpc", "2.0", "method",
	    method, "params", params));
}
