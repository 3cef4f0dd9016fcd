/*
 * Chancery: read diplomatic telegrams, look at what they say and at what is
 * wrong with them, print them. The library needs libc and nothing else, has
 * no state, and never prints, logs or exits.
 *
 * What it does not do: files, archives, search, sending. The program does.
 *
 *	chy_telegram *tel;
 *	chy_error err;
 *
 *	if (chy_lib_read(bytes, len, NULL, &tel, &err) != CHY_OK) {
 *		fprintf(stderr, "%s\n", err.text);
 *		return 1;
 *	}
 *	printf("%s\n", chy_lib_field(tel, "canonical_id", buf, sizeof(buf)));
 *	chy_lib_free(tel);
 *
 * A malformed telegram is not a failure: what could be read is there, and
 * findings say what is wrong. Threads: calls on different telegrams may
 * overlap, and so may calls that take one const telegram.
 *
 * Compile and link with `pkg-config --cflags --libs chancery`.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHANCERY_H
#define CHANCERY_H

#include "base/compiler.h"
#include "base/slice.h"
#include "base/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A telegram that was read. Frozen: nothing changes it. */
typedef struct chy_telegram chy_telegram;

typedef struct chy_lib_options {
	const char *form;	/* name of a form; NULL: find it out */
	int	    year;	/* where the bytes give none; 0: unknown */
	const char *file;	/* name of the file: where the telegram has no
				 * number, 08MUSCAT425.txt gives it; NULL */
} chy_lib_options;

/**
 * Read one telegram.
 *
 * @param bytes    the telegram, any encoding, NUL allowed; copied
 * @param len      size in bytes, at most 16 MiB
 * @param opts     NULL for the defaults, which are all zero
 * @param ret_tel  the telegram; free with chy_lib_free()
 * @param err      filled on failure; may be NULL
 *
 * @return CHY_OK
 * @return CHY_ERR_INVALID    len is 0
 * @return CHY_ERR_TOO_LARGE  len is above 16 MiB
 * @return CHY_ERR_NOT_FOUND  opts->form is not the name of a form
 * @return CHY_ERR_NO_MEMORY
 *
 * On failure ret_tel is not touched. Reentrant. Detection of the form is
 * described in telegram-forms(7).
 */
CHY_API CHY_MUST_USE chy_status
chy_lib_read(const void *bytes, size_t len, const chy_lib_options *opts,
    chy_telegram **ret_tel, chy_error *err);

/* Free the telegram and all that points into it. NULL does nothing. */
CHY_API void
chy_lib_free(chy_telegram *tel);

/**
 * One field of the heading as text.
 *
 * @param name  its name in JSON: reference_id, canonical_id, form, dtg,
 *              dtg_iso, precedence, originator, classification, subject,
 *              subject_title
 * @param out   gets at most size - 1 bytes and a NUL
 *
 * @return out; "" where the telegram has no such field, or it has no such
 *         name
 */
CHY_API const char *
chy_lib_field(const chy_telegram *tel, const char *name, char *out,
    size_t size);

/* Take the bytes; anything but CHY_OK stops and is returned. */
typedef chy_status (*chy_lib_write)(void *arg, const char *bytes, size_t len);

/**
 * Print the telegram.
 *
 * @param as     name of an output: text, json, tree, markdown, html, state
 * @param write  called with the output piece by piece, in order
 *
 * @return CHY_OK
 * @return CHY_ERR_NOT_FOUND  there is no such output
 * @return CHY_ERR_NO_MEMORY
 * @return what write() returned when it was not CHY_OK
 */
CHY_API CHY_MUST_USE chy_status
chy_lib_render(const chy_telegram *tel, const char *as, chy_lib_write write,
    void *arg, chy_error *err);

/* What is wrong or odd in one place. Valid as long as the telegram. */
typedef struct chy_lib_finding {
	const char *code;	/* CLS-040: stable for ever */
	const char *severity;	/* error, warning, style, note */
	const char *text;	/* what is wrong, and what was done */
	const char *source;	/* the rule */
	chy_slice   detail;	/* the word that was met; may be empty */
	chy_span    span;	/* in the telegram's bytes */
	uint32_t    line;	/* from 1 */
	uint32_t    column;	/* from 1, in characters */
} chy_lib_finding;

/**
 * Finding i of a telegram, in the order of the text.
 *
 * @return false, and *ret is not touched, after the last
 */
CHY_API bool
chy_lib_finding_at(const chy_telegram *tel, size_t i, chy_lib_finding *ret);

/* Name i of the forms that can be read, and of the outputs; NULL after the
 * last. */
CHY_API const char *
chy_lib_form_name(size_t i);
CHY_API const char *
chy_lib_output_name(size_t i);

#ifdef __cplusplus
}
#endif

#endif
