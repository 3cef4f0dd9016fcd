/*
 * What a reader must be allowed, and whether a reader is.
 *
 * A label is a level and the controls that restrict who may read: those of
 * the caption families F1 (NOFORN, ORCON), F2 (EXDIS, NODIS, channels), the
 * atomic statutes, and words no table knows, which restrict like a
 * compartment. Labels form a lattice: chy_label_leq is its order,
 * chy_label_join its least upper bound. The administrative controls (SBU,
 * LOU, FOUO) are not a set beside the level but the step between U and C, so
 * they say nothing in a classified text. Captions that restrict nobody
 * (SIPDIS, CODEL) are not part of a label.
 *
 *	chy_reader reader;
 *	chy_label label;
 *	if (chy_reader_parse(CHY_SLICE("S//NF"), &reader, &err) != CHY_OK ||
 *	    chy_label_parse(CHY_SLICE("C//REL NATO"), &label, &err) != CHY_OK)
 *		return err.status;
 *	if (!chy_label_may(&reader, &label, NULL))
 *		return CHY_ERR_NOT_FOUND;
 *
 * Source: 32 CFR 2001.20 to 24, 5 FAH-2 H-440; the decision procedure is
 * chancery-marking(7). Pure functions; a label has no pointers.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_MARKING_MARKING_H
#define CHY_MARKING_MARKING_H

#include "base/slice.h"
#include "base/status.h"
#include "telegram/telegram.h"

/* Rows of the caption table that fit; the table has about 60. */
#define CHY_LABEL_WORDS		4u
#define CHY_LABEL_ROWS		(CHY_LABEL_WORDS * 64u)

/* Room for words no table knows and for names of countries, each kept as
 * text, sorted, with a '/' between. The longest in real traffic has 23. */
#define CHY_LABEL_TEXT		96u

/* Longest canonical text with its NUL. */
#define CHY_LABEL_MAX		1024u

typedef struct chy_label {
	uint64_t  controls[CHY_LABEL_WORDS]; /* rows of the caption table */
	char	  words[CHY_LABEL_TEXT];     /* compartments, FOR x ONLY */
	char	  rel[CHY_LABEL_TEXT];	     /* REL TO whom; see rel_all */
	chy_level level;		     /* NONE: not marked */
	bool	  rel_all;		     /* not restricted by nationality */
	bool	  overflow;		     /* more than fits: nobody may */
} chy_label;

/* Which test refused. */
typedef enum chy_may_rule {
	CHY_MAY,		/* none did */
	CHY_MAY_NOT_UNMARKED,	/* no level known: the owner alone */
	CHY_MAY_NOT_LEVEL,
	CHY_MAY_NOT_WORD,	/* compartment or named reader */
	CHY_MAY_NOT_RELEASE,	/* not released to that nationality */
	CHY_MAY_NOT_CONTROL,	/* NOFORN, ORCON, RD ... not held */
	CHY_MAY_NOT_CAPTION,	/* EXDIS, NODIS, channel ... not held */
} chy_may_rule;

/*
 * Who asks. The owner of an archive may see all and is a reader like any
 * other, not a missing argument. A reader whose label names countries
 * (C//REL GBR) is a foreigner: sees what is released to one of them.
 */
typedef struct chy_reader {
	chy_label label;
	bool	  owner;
} chy_reader;

/* The bottom: UNCLASSIFIED without controls. */
chy_label chy_label_bottom(void);

/*
 * A label from text: a level word or letter, then controls after "//", "/",
 * "-", "," or blanks: C, S//NF, TS//NODIS, C//REL NATO, ISAF, SBU, U//FOUO,
 * "SECRET//NOFORN", "C - ENTIRE TEXT", SNF, and the canonical text. Any case.
 * A mark that begins with a control (/REL UK) has level CHY_LEVEL_NONE.
 *
 * Returns CHY_OK or CHY_ERR_INVALID with err->off at the fault: the text is
 * empty or its first word is neither level nor control.
 */
CHY_MUST_USE chy_status chy_label_parse(chy_slice text, chy_label *ret_label,
    chy_error *err);

/* Add one caption or caveat; what restricts nobody is left out. */
void	chy_label_add(chy_label *label, chy_slice token);

/* Canonical text: "SECRET//NOFORN//REL GBR". Parsing it gives the label
 * again. Writes at most size - 1 bytes and a NUL; returns the length. */
size_t	chy_label_print(const chy_label *label, char *out, size_t size);

bool	chy_label_eq(const chy_label *a, const chy_label *b);
bool	chy_label_leq(const chy_label *a, const chy_label *b);
chy_label chy_label_join(const chy_label *a, const chy_label *b);

/* The telegram's label: level, caveats, and captions that restrict. */
chy_label chy_label_telegram(const chy_telegram *tel);

/* A row of the telegram with that portion mark (empty: none): the mark's
 * label, else the telegram's; always with its distribution captions. */
chy_label chy_label_portion(const chy_label *telegram, chy_slice mark);

/*
 * Whether the reader may read what has the label; ret_rule, which may be
 * NULL, gets the first test that refused. All tests are made in any case, so
 * that time tells nothing.
 */
bool	chy_label_may(const chy_reader *reader, const chy_label *label,
    chy_may_rule *ret_rule);

const char *chy_may_rule_name(chy_may_rule rule);

chy_reader chy_reader_owner(void);

/* "owner", or a label as chy_label_parse reads it, which must have a level.
 * CHY_ERR_INVALID otherwise. */
CHY_MUST_USE chy_status chy_reader_parse(chy_slice text,
    chy_reader *ret_reader, chy_error *err);

#endif
