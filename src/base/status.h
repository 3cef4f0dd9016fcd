/*
 * The bad news a program gives its caller: a status, and one line of words.
 * What is wrong with a telegram is a finding (diag/diag.h), not a status.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_BASE_STATUS_H
#define CHY_BASE_STATUS_H

#include <stdint.h>

#include "base/compiler.h"

typedef enum chy_status {
	CHY_OK = 0,
	CHY_ERR_NO_MEMORY,
	CHY_ERR_INVALID,	/* the caller broke the contract */
	CHY_ERR_TOO_LARGE,	/* a ceiling in limits.h was reached */
	CHY_ERR_NOT_FOUND,
	CHY_ERR_EXISTS,
	CHY_ERR_BUSY,		/* try again later; nothing was changed */
	CHY_ERR_DENIED,
	CHY_ERR_IO,		/* err->sys holds errno */
	CHY_ERR_STORE,		/* the database said no; err->text says how */
	CHY_ERR_PEER,		/* the other end of a transmission said no */
	CHY_ERR_UNSUPPORTED,
	CHY_ERR_STOPPED,	/* a callback asked to stop */
} chy_status;

/* Filled on failure, in memory of the caller. No thread-local last error. */
typedef struct chy_error {
	chy_status status;
	int	   sys;		/* errno, or 0 */
	uint32_t   off;		/* byte the trouble is at, in the input */
	char	   text[256];	/* one line, no full stop, no newline */
} chy_error;

/* Fill err, which may be NULL, and return status. A text that does not fit
 * ends in "...". */
chy_status chy_fail(chy_error *err, chy_status status, const char *fmt, ...)
    CHY_PRINTF(3, 4);

/* The same with the words of errno value `sys` after a colon. */
chy_status chy_fail_sys(chy_error *err, int sys, const char *fmt, ...)
    CHY_PRINTF(3, 4);

#endif
