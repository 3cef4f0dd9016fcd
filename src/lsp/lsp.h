/*
 * The language server: the checker, the tables and the outline of a telegram
 * in any editor that speaks the Language Server Protocol.
 *
 * Source: Language Server Protocol 3.17; JSON-RPC 2.0.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_LSP_LSP_H
#define CHY_LSP_LSP_H

#include <stdio.h>

#include "base/civil.h"
#include "base/status.h"

typedef struct chy_lsp_options {
	FILE	 *in;		/* messages of the client */
	FILE	 *out;		/* and to it; nothing else may write there */
	chy_civil today;
	bool	  drafting;	/* severities of a telegram being written */
	const char *version;
} chy_lsp_options;

/*
 * Serve until the client says exit or closes its end. CHY_OK after an orderly
 * shutdown; CHY_ERR_PEER where the client broke the protocol beyond repair or
 * left without a word, CHY_ERR_IO, CHY_ERR_NO_MEMORY.
 */
chy_status chy_lsp_serve(const chy_lsp_options *opts, chy_error *err);

#endif
