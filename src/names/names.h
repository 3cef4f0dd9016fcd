/*
 * People, places and bodies: found in a text by rule, and the key under which
 * the spellings of one name come together.
 *
 * The rules are words of data/name-words.tsv and what stands beside them: a
 * title before a name, a given name, the head or the tail of the name of a
 * body, what a person does, a position after a comma. Each text is looked at
 * alone, so that what is found in a paragraph depends on nothing else.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_NAMES_NAMES_H
#define CHY_NAMES_NAMES_H

#include "base/slice.h"

typedef enum chy_name_kind {
	CHY_NAME_PERSON,
	CHY_NAME_PLACE,
	CHY_NAME_BODY,
} chy_name_kind;
#define CHY_NAME_KINDS	3

/* "person", "place", "body". */
const char *chy_name_kind_name(chy_name_kind kind);
bool	chy_name_kind_parse(chy_slice word, chy_name_kind *ret);

/* The letter it has in an archive: P, L, B. */
char	chy_name_kind_letter(chy_name_kind kind);

/* The longest name that is kept; longer ones are none. */
#define CHY_NAME_MAX	96u

/* Told of each name as it is spelled, without its title, in order. */
typedef void (*chy_name_fn)(void *arg, chy_name_kind kind,
    chy_slice spelling);

/* Find the names of one text: a paragraph, a subject. One pass; reads nothing
 * outside of it and keeps nothing. */
void	chy_names_find(chy_slice text, chy_name_fn fn, void *arg);

/*
 * The key of a name: the same for spellings that are taken for one. Of a
 * person the words of the name without articles, initials and titles, each in
 * letters that transliterations have in common; of places and bodies the name
 * of the table. Writes at most CHY_NAME_KEY bytes, returns its length; 0: it
 * is no name.
 */
#define CHY_NAME_KEY	128u
size_t	chy_name_key(chy_name_kind kind, chy_slice spelling,
    char out[CHY_NAME_KEY]);

/* How the table calls it; empty where it does not. */
chy_slice chy_name_usual(chy_name_kind kind, chy_slice spelling);

/* Letters for people: MUSCAT, AL-BUSAIDI in capitals become Muscat,
 * Al-Busaidi; others stay. At most CHY_NAME_MAX bytes; returns the length. */
size_t	chy_name_shown(chy_slice spelling, char out[CHY_NAME_MAX]);

#endif
