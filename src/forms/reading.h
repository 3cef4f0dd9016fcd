/*
 * A reading in progress: what the functions that read pieces of a telegram
 * share. Internal to forms/.
 *
 * A reader goes through the text once, from front to back, and writes leaves
 * as it goes. Whatever it passes over without a word becomes an UNREAD leaf,
 * so the leaves cover the text whatever the input.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_FORMS_READING_H
#define CHY_FORMS_READING_H

#include "base/ascii.h"
#include "base/compiler.h"
#include "base/limits.h"
#include "forms/forms.h"
#include "telegram/telegram.h"

typedef struct chy_reading {
	chy_telegram		*tel;
	const chy_read_options	*opts;
	const char		*p;		/* the text, padded */
	uint32_t		 len;
	uint32_t		 done;		/* end of the last leaf */
	uint32_t		 open;		/* innermost open node */
	uint32_t		 cap_nodes;

	uint32_t		*ends;		/* line i ends before ends[i] */
	uint32_t		 n_lines;
	uint32_t		 line;		/* the one to be read */

	uint32_t		 pilcrows;
	uint32_t		 first_pilcrow;	/* offset */
	unsigned		 met;		/* CHY_CLEAN_ bits */
	bool			 failed;	/* out of memory */
} chy_reading;

/* A range of the text. */
typedef struct chy_range {
	uint32_t from, to;
} chy_range;

/* ---- build.c: lines, leaves, lists ---- */

bool	chy_reading_begin(chy_reading *r, chy_telegram *tel,
    const chy_read_options *opts);
void	chy_reading_end(chy_reading *r);

static inline uint32_t
chy_line_start(const chy_reading *r, uint32_t i)
{
	return i == 0 ? 0 : r->ends[i - 1] + 1;
}
/* The line that holds offset off. */
uint32_t chy_line_of(const chy_reading *r, uint32_t off);
/* The line is empty or white; also after the last. */
bool	chy_line_blank(const chy_reading *r, uint32_t i);

static inline chy_slice
chy_range_text(const chy_reading *r, chy_range g)
{
	return (chy_slice){ r->p + g.from, g.to - g.from };
}
/* Without white space at the end. A line ends in one blank or in none as it
 * happens: the first is taken off without a branch. */
static inline chy_range
chy_range_trim_end(const chy_reading *r, chy_range g)
{
	if (g.from >= g.to)
		return g;
	g.to -= chy_is_space(r->p[g.to - 1]);
	while (g.from < g.to && CHY_UNLIKELY(chy_is_space(r->p[g.to - 1])))
		g.to--;
	return g;
}
/* Without white space on either side. */
static inline chy_range
chy_range_trim(const chy_reading *r, chy_range g)
{
	while (g.from < g.to && CHY_UNLIKELY(chy_is_space(r->p[g.from])))
		g.from++;
	return chy_range_trim_end(r, g);
}
/* Line i without its line end and without blanks on either side. */
static inline chy_range
chy_line(const chy_reading *r, uint32_t i)
{
	return chy_range_trim(r, (chy_range){ chy_line_start(r, i),
	    r->ends[i] });
}

/* Inner nodes: open before their first leaf, close after their last. */
uint32_t chy_open(chy_reading *r, chy_node_kind kind, uint32_t value);
void	chy_close(chy_reading *r);
/* A leaf over the range without its outer white space; none if that leaves
 * nothing. Returns its index, 0 for none. */
uint32_t chy_leaf_put(chy_reading *r, chy_node_kind kind, chy_range g,
    uint32_t value);

void	*chy_list_more(chy_reading *r, void *list, uint32_t n, size_t size);
/* Add one zeroed row to a list with its counter; NULL when out of memory. */
#define CHY_ADD(r, list, n)						\
	((((list) = chy_list_more((r), (list), (n), sizeof(*(list)))),	\
	(list) != NULL) ? &(list)[(n)++] : NULL)
void	chy_slices_add(chy_reading *r, chy_slices *list, chy_slice s);
bool	chy_slices_has(const chy_slices *list, chy_slice s);

void	chy_note(chy_reading *r, chy_diag diag, chy_range at, chy_slice detail);
/* The detail is a number and a word: what every telegram has costs no printf. */
void	chy_note_number(chy_reading *r, chy_diag diag, chy_range at,
    uint32_t number, const char *unit);
void	chy_note_fmt(chy_reading *r, chy_diag diag, chy_range at,
    const char *fmt, ...) CHY_PRINTF(4, 5);
void	chy_repaired(chy_reading *r, chy_diag diag, chy_range at,
    chy_slice before, chy_slice after);

/* Copies into the arena: as is; in capitals; with runs of white space as one
 * blank and page lines left out (chy_is_page_line). */
chy_slice chy_keep_upper(chy_reading *r, chy_slice s);
chy_slice chy_keep_clean(chy_reading *r, chy_range g);

/* ---- lexical.c: what a line or word is ---- */

/* A pilcrow or other character of publication at off; its bytes, else 0. */
uint32_t chy_pilcrow(const chy_reading *r, uint32_t off);
/* A page or section line that a station or an archive put in. */
bool	chy_is_page_line(const chy_reading *r, chy_range line);
/* Only hyphens (three or more), or other rule characters. */
bool	chy_is_rule(chy_slice line);
/* Puts out leading pilcrows as MARKUP; the range after them. */
chy_range chy_skip_markup(chy_reading *r, chy_range g);

typedef enum chy_label_kind {
	CHY_LABEL_NONE,
	CHY_LABEL_EO,
	CHY_LABEL_TAGS,
	CHY_LABEL_SUBJECT,
	CHY_LABEL_REF,
	CHY_LABEL_CLASSIFIED_BY,
	CHY_LABEL_DERIVED_FROM,
} chy_label_kind;

/* The label of a heading field at the start of s, with its length. */
chy_label_kind chy_label_at(chy_slice s, uint32_t *ret_len);
/* The first label inside the line, after its start; its place. */
chy_label_kind chy_label_inside(chy_slice s, uint32_t from, uint32_t *ret_at);

/* A paragraph's number and mark at the start of a line. */
typedef struct chy_para_start {
	uint32_t  number;	/* 0: none, a mark alone */
	chy_range number_at;
	chy_range punct_at;	/* the stop or parenthesis after it */
	chy_range mark_at;	/* with its parentheses; empty */
	chy_range rest;		/* what follows on the line */
	bool	  pilcrow;
	char	  sep;		/* . or ) */
} chy_para_start;
bool	chy_para_start_at(const chy_reading *r, chy_range line,
    chy_para_start *ret);
/* A portion mark with parentheses at the start of s: its length, else 0. */
uint32_t chy_mark_len(chy_slice s);

/* The classification word at the start of s, spaced or damaged: its length
 * and what was wrong with it. */
chy_level chy_class_word(chy_slice s, uint32_t *ret_len, bool *ret_damaged);

/* ---- the pieces ---- */

/* transmission.c: format lines 1 to 10, up to the class line or the text. */
void	chy_read_heading(chy_reading *r);
/* A line "DDHHMMZ MON YY" with or without precedence. */
bool	chy_dtg_at(chy_slice line, uint32_t *ret_at, uint32_t *ret_len,
    chy_civil *ret);

/* class_line.c: the class line and the captions. */
bool	chy_is_class_line(const chy_reading *r, chy_range line);
/* The same with a number on it. */
bool	chy_class_line_numbered(const chy_reading *r, chy_range line);
/* Reads it; what is left of the line is returned. */
chy_range chy_read_class_line(chy_reading *r, chy_range line);
/* Captions at the start of the range (a line or what is left of one); true
 * when all of it was captions. *rest is what is left otherwise. */
bool	chy_read_captions(chy_reading *r, chy_range line, chy_range *ret_rest,
    bool residue);

/* fields.c, passing.c, references.c: one field each, from its label (which
 * was found at the start of g) over the lines that belong to it. */
void	chy_read_eo(chy_reading *r, chy_range g, uint32_t label_len);
void	chy_read_tags(chy_reading *r, chy_range g, uint32_t label_len);
void	chy_read_subject(chy_reading *r, chy_range g, uint32_t label_len);
void	chy_read_classified_by(chy_reading *r, chy_range g, uint32_t label_len,
    chy_label_kind kind);
void	chy_read_references(chy_reading *r, chy_range g, uint32_t label_len);
void	chy_read_passing(chy_reading *r, chy_range g);
bool	chy_looks_like_passing(chy_slice s);
/* Blanks, then FOR, PASS and the like. */
bool	chy_begins_with_verb(chy_slice s);

/* text.c: paragraphs, blocks, signature, from r->line to the end. */
void	chy_read_text(chy_reading *r, uint32_t from);

/* identity.c: the year (before references are read), the number and the
 * originator (after all). */
void	chy_read_year(chy_reading *r);
void	chy_read_identity(chy_reading *r);

extern const chy_form chy_form_state;

#endif
