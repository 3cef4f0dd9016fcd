/*
 * Patterns: regular expressions over a heading's words and names.
 *
 * Not for running over texts of megabytes, and without what makes others slow:
 * no references back, no looking ahead. Matching takes time in proportion to
 * text times pattern, whatever the pattern, since both come from strangers.
 *
 *	chy_pattern *p;
 *
 *	if (chy_pattern_compile(CHY_SLICE("^oil|gas$"), &arena, &p, &err) ==
 *	    CHY_OK && chy_pattern_matches(p, subject))
 *		...
 *
 * Syntax, in any case of ASCII letters: . [a-z] [^a-z] \d \w \s \b and their
 * capitals, ^ $ | ( ) (?: ) * + ? {m} {m,} {m,n}; a backslash before any
 * other sign takes it as it is. A character beyond ASCII is one character. It
 * matches anywhere unless ^ or $ say where.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_QUERY_PATTERN_H
#define CHY_QUERY_PATTERN_H

#include "base/arena.h"
#include "base/slice.h"
#include "base/status.h"

typedef struct chy_pattern chy_pattern;

/*
 * The pattern lives in the arena. CHY_ERR_INVALID and CHY_ERR_TOO_LARGE
 * (above CHY_LIMIT_PATTERN, _STEPS or _DEPTH) come with err->off in text and
 * a remedy; CHY_ERR_NO_MEMORY.
 */
CHY_MUST_USE chy_status chy_pattern_compile(chy_slice text, chy_arena *arena,
    chy_pattern **ret, chy_error *err);

bool	chy_pattern_matches(const chy_pattern *pattern, chy_slice text);

#endif
