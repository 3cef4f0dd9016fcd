/*
 * The message reference number: year, post, serial. 08 MUSCAT 425,
 * MUSCAT 000425, 08MUSCAT425, 2008MUSCAT000425 are one.
 *
 * Source: telegram-format 4.2.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_TELEGRAM_MRN_H
#define CHY_TELEGRAM_MRN_H

#include "base/slice.h"

#define CHY_MRN_POST_MAX	24	/* letters of a post's key */
#define CHY_MRN_KEY_MAX		40	/* bytes of a key with its NUL */

typedef struct chy_mrn {
	int32_t	 year;			/* four digits; 0: unknown */
	uint32_t serial;
	uint8_t	 post_len;
	char	 post[CHY_MRN_POST_MAX + 1]; /* key: no blanks or signs */
} chy_mrn;

/* 08 to 2008 and 75 to 1975: 66-99 is 19.., 00-65 is 20... Four digits are
 * kept. */
int32_t	chy_mrn_year(uint32_t printed);

/* Set the post from words: capitals, without blanks and signs. False when
 * nothing is left or it is too long. */
bool	chy_mrn_set_post(chy_mrn *mrn, chy_slice words);

/*
 * A whole text that is a number, in any spelling; `year` is used where none
 * is printed. False when it is something else.
 */
bool	chy_mrn_parse(chy_slice text, int32_t year, chy_mrn *ret_mrn);

/*
 * Repair the post: swallowed words cut, aliases followed, and the nearest
 * known post within one letter unless two are equally near. A post that no
 * table has stays as it is. True when something changed beyond an alias.
 */
bool	chy_mrn_canonicalize(chy_mrn *mrn);

/* "08MUSCAT425"; its length. Without year the key begins with the post. */
size_t	chy_mrn_key(const chy_mrn *mrn, char out[CHY_MRN_KEY_MAX]);

#endif
