/*
 * From bytes to telegram: which form it is, and the reader of that form.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_FORMS_FORMS_H
#define CHY_FORMS_FORMS_H

#include "base/slice.h"
#include "base/status.h"
#include "telegram/telegram.h"

/* Raised with each change that reads more or otherwise: archives keep it
 * with what they filed, so that what an older reader read can be told. */
#define CHY_FORMS_VERSION	4

typedef struct chy_read_options {
	const char	  *form;	/* name of a form; NULL: detect */
	int32_t		   year;	/* where the bytes give none; 0: unknown */
	chy_slice	   file;	/* name of the file, for identity */
	uint32_t	   part;	/* place in that file, from 1; 0 */
	const chy_wrapper *wrapper;	/* what was taken off; NULL */
	bool		   borrow;	/* do not copy the text: it outlives the
					 * telegram and is followed by
					 * CHY_PADDING bytes that are zero */
} chy_read_options;

/* A form in which telegrams are met: one row of forms.def. */
typedef struct chy_form {
	const char *name;
	const char *title;
	const char *source;
	/* How well the text fits, 0 to 100. Allocates nothing. */
	int	  (*detect)(chy_slice text);
	/* Fill an empty telegram whose text and options are set. */
	void	  (*read)(chy_telegram *tel, const chy_read_options *opts);
} chy_form;

/* Row i of the table of forms; NULL after the last. */
const chy_form *chy_form_at(size_t i);

/*
 * Read one telegram. A malformed one is not a failure: the tree holds what
 * could be read, the rest is UNREAD or plain text, and findings say so.
 *
 * text is copied unless opts->borrow. Returns CHY_OK, CHY_ERR_TOO_LARGE above
 * CHY_LIMIT_TELEGRAM, CHY_ERR_NOT_FOUND when opts->form is no form,
 * CHY_ERR_INVALID for an empty text, CHY_ERR_NO_MEMORY. On failure
 * ret_telegram is untouched. Reentrant.
 */
chy_status chy_telegram_read(chy_slice text, const chy_read_options *opts,
    chy_telegram **ret_telegram, chy_error *err);

/*
 * Read into a telegram that was read before (or is zeroed), reusing its
 * memory: what an importer of many telegrams does. All that pointed into it
 * is gone, also on failure.
 */
chy_status chy_telegram_reread(chy_telegram *tel, chy_slice text,
    const chy_read_options *opts, chy_error *err);

/*
 * Cut a stream into its telegrams: where format line 1 (ZCZC) begins another
 * one, and after a line NNNN. *pos is 0 at first and moves; false after the
 * last. The pieces together are the stream; white space between two belongs
 * to the one before it.
 */
bool	chy_split_next(chy_slice stream, size_t *pos, chy_slice *ret_piece);

#endif
