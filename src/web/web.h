/*
 * The web application: an archive served to browsers.
 *
 * Not for anything a command needs without a browser: pages ask registry/ and
 * render/, as commands do.
 *
 *	chy_serve_options opts = { .archive = "a.sqlite", .ready = say };
 *
 *	if (chy_serve(&opts, &err) != CHY_OK)
 *		return err.status;
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_WEB_WEB_H
#define CHY_WEB_WEB_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"

#define CHY_SERVE_ADDRESS	"127.0.0.1"
#define CHY_SERVE_PORT		8425

typedef struct chy_serve_options {
	const char *archive;	/* path of an archive that exists */
	const char *address;	/* numeric; NULL: CHY_SERVE_ADDRESS */
	uint16_t    port;	/* 0: CHY_SERVE_PORT */
	bool	    try_next_port; /* where it is taken, up to 20 further */
	const char *reader;	/* label; NULL or "owner": the owner, who is
				 * served on a loopback address only */
	bool	    portion_release; /* as chy_registry_options */

	/* Called once, when requests are answered. NULL: nobody asks. */
	void	  (*ready)(void *arg, const char *url);
	void	   *arg;
} chy_serve_options;

/*
 * Serve until SIGINT or SIGTERM, then answer what was asked and return. The
 * two signals are blocked in the calling thread meanwhile, so other threads of
 * the caller must not be there to take them.
 *
 * Returns CHY_OK after a signal; CHY_ERR_INVALID for an address that is no
 * number, a reader that is no label, or another address than loopback without
 * a reader; CHY_ERR_EXISTS when the port is taken; what chy_registry_open
 * says of the archive; CHY_ERR_IO, CHY_ERR_NO_MEMORY.
 */
CHY_MUST_USE chy_status chy_serve(const chy_serve_options *opts,
    chy_error *err);

#endif
