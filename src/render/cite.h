/*
 * A telegram as a citation: archival note, Chicago, BibTeX, RIS, CSL-JSON.
 *
 * Nothing is invented: what the telegram does not say, or the reader may not
 * see, is left out; a missing date is said to be missing.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_RENDER_CITE_H
#define CHY_RENDER_CITE_H

#include "base/civil.h"
#include "base/sink.h"

typedef enum chy_cite_style {
	CHY_CITE_NOTE,		/* archival note, with every element */
	CHY_CITE_CHICAGO,	/* Chicago Manual of Style 17, 14.229: note of
				 * an unpublished letter */
	CHY_CITE_BIBTEX,
	CHY_CITE_RIS,
	CHY_CITE_CSL,		/* an object; a file of them is a list */
} chy_cite_style;
#define CHY_CITE_STYLES	5

const char *chy_cite_style_name(chy_cite_style style);
bool	chy_cite_style_parse(chy_slice word, chy_cite_style *ret);

typedef struct chy_cite {
	chy_slice  id;		/* 08MUSCAT425, or sha: and 16 digits */
	chy_slice  number;	/* 08 MUSCAT 425; empty: it has none */
	chy_slice  author;	/* Embassy Muscat; empty */
	chy_slice *recipients;	/* of the action addressees; none: unknown */
	uint32_t   n_recipients;
	chy_slice  title;	/* empty */
	chy_civil  date;	/* year 0: none; month 0: the year alone */
	bool	   has_time;
	chy_slice  classification; /* SECRET//NOFORN; empty: it states none */
	chy_slice  paragraph;	/* its id: 8, 6-2, u1, 9e1; empty */
	uint32_t   section;	/* of which the paragraph is; 0: none */
	bool	   extract;	/* the telegram says that it is one */
	chy_civil  accessed;	/* year 0: not said */
} chy_cite;

/* Write one citation; all but CSL with a line end. */
void	chy_cite_write(const chy_cite *cite, chy_cite_style style,
    chy_sink *out);

#endif
