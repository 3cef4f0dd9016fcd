/*
 * A check in progress, and what the rules share. Internal to check/.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_CHECK_CHECK_INT_H
#define CHY_CHECK_CHECK_INT_H

#include "base/ascii.h"
#include "base/compiler.h"
#include "base/limits.h"
#include "check/check.h"

#define CHY_NO_NODE	UINT32_MAX

/* A number that no line of the heading has is line 0. */
#define CHY_FORMAT_LINES	17u

typedef struct chy_checking {
	const chy_telegram	*tel;
	const chy_check_options *opts;
	chy_findings		*found;
	const char		*p;	/* the text, padded */
	uint32_t		 len;

	/* Counted before any rule runs. */
	uint32_t count[CHY_NODE_KIND_COUNT];
	uint32_t first[CHY_NODE_KIND_COUNT];	/* node; CHY_NO_NODE */
	uint32_t lines[CHY_FORMAT_LINES];	/* format lines by number */
	uint32_t line[CHY_FORMAT_LINES];	/* the first; CHY_NO_NODE */

	/* Settled before any rule runs. */
	chy_ymd	 day;		/* of the telegram; 0: not known */
	bool	 classified;	/* CONFIDENTIAL or above */
	bool	 unclassified;	/* so printed on the class line */
	bool	 transmitted;	/* has format lines 1 to 4 */
	bool	 framed;	/* BT, #nnnn or NNNN are there, or must be */
	bool	 whole;		/* neither extract nor later section */
	bool	 reflowed;	/* LEN-004: no layout rules */
	uint32_t text_off;	/* where format line 12 begins */
	uint32_t place;		/* where something missing is reported */
} chy_checking;

/* One row of rules.def: its function is called for each node of the kind, in
 * document order; for TELEGRAM once. */
typedef struct chy_rule {
	void	 (*check)(chy_checking *c, uint32_t node);
	uint16_t  kind;		/* chy_node_kind */
	uint16_t  diags[8];	/* what it may report, plus 1; 0 ends */
} chy_rule;

#define RULE(kind, name, ...)						\
	void chy_rule_##name(chy_checking *c, uint32_t node);
#include "check/rules.def"
#undef RULE

/* ---- check.c ---- */

/* Count and settle, without reporting anything: for repairs. */
void	chy_checking_begin(chy_checking *c, const chy_telegram *tel,
    const chy_check_options *opts);

/* Report, unless the rule is off. */
void	chy_report(chy_checking *c, chy_diag diag, uint32_t off, uint32_t len,
    chy_slice detail);
void	chy_report_node(chy_checking *c, chy_diag diag, uint32_t node,
    chy_slice detail);
void	chy_report_fmt(chy_checking *c, chy_diag diag, uint32_t off,
    uint32_t len, const char *fmt, ...) CHY_PRINTF(5, 6);
/* Something is missing that belongs at c->place, or at the node. */
void	chy_report_missing(chy_checking *c, chy_diag diag, uint32_t node);

static inline bool
chy_is_off(const chy_checking *c, chy_diag diag)
{
	return chy_diag_severity(diag, c->opts->drafting) == CHY_SEVERITY_OFF;
}

/* The reader has reported it at this place; at any place. */
bool	chy_is_reported(const chy_checking *c, chy_diag diag, uint32_t off);
bool	chy_is_reported_at_all(const chy_checking *c, chy_diag diag);

static inline const chy_node *
chy_node_at(const chy_checking *c, uint32_t node)
{
	return &c->tel->nodes[node];
}

static inline chy_slice
chy_node_text(const chy_checking *c, uint32_t node)
{
	const chy_node *n = &c->tel->nodes[node];

	return (chy_slice){ c->p + n->off, n->len };
}

/* The nodes below `node` are those after it up to this one. */
uint32_t chy_node_end(const chy_checking *c, uint32_t node);
/* The first of a kind below `node`; CHY_NO_NODE. */
uint32_t chy_node_below(const chy_checking *c, uint32_t node,
    chy_node_kind kind);

/* The line that holds off, without its end. */
chy_span chy_line_at(const chy_checking *c, uint32_t off);
static inline chy_slice
chy_span_text(const chy_checking *c, chy_span span)
{
	return (chy_slice){ c->p + span.off, span.len };
}

/* Where a slice of the telegram stands in the text; UINT32_MAX: elsewhere. */
uint32_t chy_place_of(const chy_checking *c, chy_slice s);

bool	chy_has_slice(const chy_slices *list, chy_slice s);

/* ---- words.c ---- */

/* Where `word` (capitals) stands in s in any case, as a whole word; s.len. */
size_t	chy_word_in(chy_slice s, chy_slice word);
bool	chy_has_word(chy_slice s, const char *word);
/* The same at any place, also inside a word. */
bool	chy_has_text(chy_slice s, const char *text);
bool	chy_all_upper(chy_slice s);
bool	chy_all_digits(chy_slice s);
/* The next run of anything but blanks from *at on; false after the last. */
bool	chy_next_word(chy_slice s, size_t *at, chy_slice *ret);
/* Digits as a number, up to nine of them. */
uint32_t chy_number(chy_slice s);
/* Capital letters of the line, blanks left out, as far as they are letters. */
size_t	chy_squeeze(chy_slice s, char *out, size_t size);
/* First small letter; s.len. */
size_t	chy_first_lower(chy_slice s);

/* ---- days ---- */

int	chy_ymd_year(chy_ymd day);
chy_ymd	chy_ymd_add_years(chy_ymd day, int years);
chy_ymd	chy_ymd_add_days(chy_ymd day, int days);
chy_ymd	chy_ymd_civil(chy_civil c);
bool	chy_ymd_valid(chy_ymd day);

/* ---- marks.c ---- */

/* A portion mark taken apart. */
typedef struct chy_mark {
	chy_level level;	/* NONE: without one */
	bool	  sbu;		/* SBU, FOUO, LOU, CUI: U with a control */
	bool	  noforn, orcon, propin, relido, eyes, display, fgi, atomic;
	bool	  lou, cui, fouo;
	bool	  rel;
	bool	  giver;	/* names a country or FGI before its level */
	bool	  entire;	/* ENTIRE TEXT */
	chy_slice rel_list;	/* what follows REL TO */
} chy_mark;

chy_mark chy_mark_read(chy_slice text);
/* One country or group of a release list, trimmed, is known. */
bool	chy_release_known(chy_slice item);
/* Items of a release list one after the other, as chy_next_word. */
bool	chy_release_next(chy_slice list, size_t *at, chy_slice *ret);

/* ---- captions.c ---- */

/* The row of a CAPTION leaf; NULL. Blanks inside it do not count. */
const chy_caption *chy_caption_of(const chy_checking *c, uint32_t node);
/* Whether the telegram has the caption or caveat. */
bool	chy_has_caption(const chy_checking *c, const char *token);

/* ---- class line ---- */

/* Later sections stand in this text. */
bool	chy_has_later_sections(const chy_checking *c);

/* ---- classified by ---- */

/* Reasons are given, also such as the reader could not make out. */
bool	chy_has_reasons(const chy_checking *c);

/* ---- heading ---- */

/* Kinds of the directory that are the Department or its posts. */
bool	chy_is_state(const chy_post *post);

#endif
