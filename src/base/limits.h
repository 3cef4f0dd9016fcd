/*
 * Every ceiling of the program, each with the reason for the number.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_BASE_LIMITS_H
#define CHY_BASE_LIMITS_H

/* One telegram. The largest of the 251,287 released ones is below 0.3 MB;
 * offsets are 32 bits and three of them must add up without care. */
#define CHY_LIMIT_TELEGRAM	(16u << 20)

/* A file that is read whole (a page, a stream of telegrams). A CSV dump is
 * streamed and has no ceiling but that of each record. */
#define CHY_LIMIT_FILE		(256u << 20)

/* One record of a CSV dump: a telegram and its eight fields. */
#define CHY_LIMIT_RECORD	(32u << 20)

/* Bytes that may be read past the end of a telegram's text, so that wide
 * loads need no tail case. All of them are zero. */
#define CHY_PADDING		64u

/* Nodes of one tree; at 20 bytes each this is 40 MB. */
#define CHY_LIMIT_NODES		(2u << 20)

/* Addressees of one telegram. A collective counts once; the longest list
 * seen has 75. */
#define CHY_LIMIT_ADDRESSEES	4096u

/* Words of a TAGS line, references of a REF list, captions. */
#define CHY_LIMIT_TAGS		512u
#define CHY_LIMIT_REFERENCES	4096u

/* Citations in running text that are looked at when a telegram is filed: the
 * most in a real one is below a hundred. */
#define CHY_LIMIT_MENTIONS	8192u

/* Paragraphs and blocks; a book of telegrams is not one telegram. */
#define CHY_LIMIT_PARAGRAPHS	65536u

/* Lines that one heading field (subject, REF, TAGS) may run over before it
 * is taken that its end was lost. */
#define CHY_LIMIT_FIELD_LINES	200u

/* Names kept of one telegram; a list of participants has 300. */
#define CHY_LIMIT_NAMES		2000u

/* Findings kept of one telegram: enough to mend it by, not to drown in. */
#define CHY_LIMIT_FINDINGS	10000u

/* A search as typed. */
#define CHY_LIMIT_QUERY		4096u
#define CHY_LIMIT_QUERY_DEPTH	64u
#define CHY_LIMIT_QUERY_TERMS	256u
/* A pattern in it: as typed, the steps it comes to when repeated parts are
 * written out, its parentheses. Time to match is text times steps. */
#define CHY_LIMIT_PATTERN	256u
#define CHY_LIMIT_PATTERN_STEPS	2000u
#define CHY_LIMIT_PATTERN_DEPTH	32u
/* Words between the first and the last of those that stand near. */
#define CHY_LIMIT_NEAR		1000u

/* Rules of distribution. A ministry's whole profile is some thousands; the
 * ceiling keeps a mistake in an include from taking all memory. */
#define CHY_LIMIT_RULES		100000u
#define CHY_LIMIT_RULE_FILE	(64u << 20)
/* Files that include one another: deeper is a circle. */
#define CHY_LIMIT_RULE_INCLUDES	16u
/* Parentheses in a condition, and words of a phrase: more is unreadable. */
#define CHY_LIMIT_RULE_DEPTH	32u
#define CHY_LIMIT_RULE_WORDS	16u
/* Items of one list: as many as there are TAGS. */
#define CHY_LIMIT_RULE_ITEMS	4096u
/* What the rules may send of one telegram: more would be everybody, which
 * is not distribution. */
#define CHY_LIMIT_DELIVERIES	4096u

#endif
