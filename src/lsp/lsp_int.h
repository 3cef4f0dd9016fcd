/*
 * What the files of the language server share.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_LSP_LSP_INT_H
#define CHY_LSP_LSP_INT_H

#include <jansson.h>

#include "check/check.h"
#include "lsp/lsp.h"
#include "telegram/telegram.h"

/* An open document; the server keeps a list. */
typedef struct lsp_document {
	struct lsp_document *next;
	char	     *uri;
	json_int_t    version;
	char	     *text;
	size_t	      len;
	chy_telegram *tel;	/* NULL: empty */
	chy_findings  found;	/* what the checker says of it */
} lsp_document;

typedef struct lsp_server {
	const chy_lsp_options *opts;
	lsp_document *documents;
	bool	      utf8;		/* columns are bytes, else UTF-16 */
	bool	      initialized;
	bool	      shutdown;
} lsp_server;

/* ---- rpc.c: messages ---- */

/* The next message; NULL at the end of the input or when it cannot be read:
 * then *ret_status says which. A body that is no JSON is answered and passed
 * over. */
json_t	*lsp_read(lsp_server *s, chy_status *ret_status);

/* Write a message; takes the reference. */
void	lsp_write(lsp_server *s, json_t *message);
void	lsp_reply(lsp_server *s, json_t *id, json_t *result);
void	lsp_refuse(lsp_server *s, json_t *id, int code, const char *text);
void	lsp_notify(lsp_server *s, const char *method, json_t *params);

/* ---- place.c: positions ---- */

size_t	lsp_offset(const lsp_server *s, const lsp_document *doc,
    const json_t *position);
json_t	*lsp_position(const lsp_server *s, const lsp_document *doc,
    size_t off);
json_t	*lsp_range(const lsp_server *s, const lsp_document *doc, size_t off,
    size_t len);

/* A JSON string of any bytes; what is not UTF-8 becomes U+FFFD. */
json_t	*lsp_string(chy_slice text);

/* ---- document.c ---- */

lsp_document *lsp_document_find(lsp_server *s, const json_t *params);
bool	lsp_document_open(lsp_server *s, const json_t *params);
bool	lsp_document_change(lsp_server *s, const json_t *params);
void	lsp_document_close(lsp_server *s, const json_t *params);
void	lsp_documents_free(lsp_server *s);

/* ---- features.c ---- */

void	lsp_publish(lsp_server *s, lsp_document *doc);
json_t	*lsp_hover(lsp_server *s, lsp_document *doc, size_t off);
json_t	*lsp_completion(lsp_server *s, lsp_document *doc, size_t off);
json_t	*lsp_symbols(lsp_server *s, lsp_document *doc);
json_t	*lsp_actions(lsp_server *s, lsp_document *doc, size_t from,
    size_t to);

#endif
