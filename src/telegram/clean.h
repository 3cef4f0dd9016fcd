/*
 * Cleaned text: what a telegram says, without what lines and publication put
 * into it. Line ends become blanks, blanks around them go; typographic
 * quotes and dashes become the characters that were transmitted; pilcrows go;
 * bytes that are not UTF-8 are read as Windows-1252.
 *
 * Source: telegram-format section 1.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_TELEGRAM_CLEAN_H
#define CHY_TELEGRAM_CLEAN_H

#include "base/slice.h"

/* What cleaning met, or-ed together. */
#define CHY_CLEAN_PUBLICATION	0x1u	/* pilcrow, quote, dash, no-break space */
#define CHY_CLEAN_NOT_UTF8	0x2u

/*
 * Bytes that cleaning `len` bytes may need: a Windows-1252 byte can become
 * three, and whole registers are stored past the end.
 */
static inline size_t
chy_clean_room(size_t len)
{
	return 3 * len + 64;
}

/*
 * Write the cleaned text of `raw` to out and return its length; or-s what it
 * met into *met. Readable bytes after raw: CHY_PADDING.
 */
size_t	chy_clean(chy_slice raw, char *out, unsigned *met);

#endif
