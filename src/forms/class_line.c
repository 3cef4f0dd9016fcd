/*
 * The classification line with the number of the telegram, and the captions
 * below it.
 *
 * Source: telegram-format 4.1, 4.4; classification 1.2.
 *
 * SPDX-License-Identifier: ISC
 */
#include "forms/reading.h"

typedef struct class_parts {
	chy_level level;
	bool	  damaged;
	bool	  spaced;
	chy_range word;
	chy_range caveat;	/* //NOFORN, EFTO; empty */
	chy_range section;	/* SECTION 01 OF 02; empty */
	uint32_t  number, of;
	chy_range post;
	chy_range serial;
	chy_range rest;
} class_parts;

static uint32_t
skip_blanks(const chy_reading *r, uint32_t at, uint32_t to)
{
	while (at < to && chy_is_blank(r->p[at]))
		at++;
	return at;
}

static uint32_t
skip_letters(const chy_reading *r, uint32_t at, uint32_t to)
{
	while (at < to && chy_is_alpha(r->p[at]))
		at++;
	return at;
}

static uint32_t
skip_digits(const chy_reading *r, uint32_t at, uint32_t to, uint32_t *value)
{
	*value = 0;
	while (at < to && chy_is_digit(r->p[at])) {
		if (*value < 100000000)
			*value = *value * 10 + (uint32_t)(r->p[at] - '0');
		at++;
	}
	return at;
}

/* SECTION 01 OF 02, also FINAL SECTION OF 02: where it ends, else at. */
static uint32_t
take_section(const chy_reading *r, uint32_t at, uint32_t to, class_parts *c)
{
	uint32_t start = at, end;
	bool final = false;
	chy_slice s = { r->p + at, to - at };

	if (chy_slice_istarts(s, CHY_SLICE("FINAL "))) {
		final = true;
		at = skip_blanks(r, at + 6, to);
		s = (chy_slice){ r->p + at, to - at };
	}
	if (!chy_slice_istarts(s, CHY_SLICE("SECTION")))
		return start;
	at = skip_blanks(r, at + 7, to);
	end = skip_digits(r, at, to, &c->number);
	if (end == at && !final)
		return start;
	at = skip_blanks(r, end, to);
	if (!chy_slice_istarts((chy_slice){ r->p + at, to - at },
	    CHY_SLICE("OF")))
		return start;
	at = skip_blanks(r, at + 2, to);
	end = skip_digits(r, at, to, &c->of);
	if (end == at)
		return start;
	if (final)
		c->number = c->of;
	c->section = (chy_range){ start, end };
	return skip_blanks(r, end, to);
}

/* //NOFORN, NOFORN, EFTO between the level and the post. */
static uint32_t
take_caveat(const chy_reading *r, uint32_t at, uint32_t to, class_parts *c)
{
	uint32_t start = at, end;

	if (at + 1 < to && r->p[at] == '/') {
		while (at < to && (r->p[at] == '/' || chy_is_alpha(r->p[at])))
			at++;
		c->caveat = (chy_range){ start, at };
		/* //FOR OFFICIAL USE ONLY */
		if (chy_slice_istarts((chy_slice){ r->p + start + 2,
		    to - start - 2 }, CHY_SLICE("FOR OFFICIAL USE ONLY")))
			at = c->caveat.to = start + 2 + 21;
		return skip_blanks(r, at, to);
	}
	end = skip_letters(r, at, to);
	if (chy_slice_eq(chy_range_text(r, (chy_range){ at, end }),
	    CHY_SLICE("NOFORN")) ||
	    chy_slice_eq(chy_range_text(r, (chy_range){ at, end }),
	    CHY_SLICE("EFTO"))) {
		c->caveat = (chy_range){ at, end };
		return skip_blanks(r, end, to);
	}
	return at;
}

#define POST_WORDS	5u

/* Up to five words and a number of up to eight digits. */
static uint32_t
take_number(const chy_reading *r, uint32_t at, uint32_t to, class_parts *c)
{
	uint32_t start = at, end = at, value, after;

	for (unsigned i = 0; i < POST_WORDS; i++) {
		uint32_t next = skip_letters(r, at, to);

		if (next == at)
			break;
		while (next < to && (r->p[next] == '-' || r->p[next] == '\'' ||
		    r->p[next] == '.'))
			next = skip_letters(r, next + 1, to);
		end = next;
		at = skip_blanks(r, next, to);
	}
	after = skip_digits(r, at, to, &value);
	if (end == start || after == at || after - at > 8 ||
	    (after < to && chy_is_alpha(r->p[after])))
		return start;
	c->post = (chy_range){ start, end };
	c->serial = (chy_range){ at, after };
	return after;
}

/* The first letters of a class word, spaced, whole or damaged (the archive
 * lost or doubled letters at the front): turns nearly all lines away. */
static bool
may_be_class_word(const char *p)
{
	char b = chy_upper(p[1]), c = chy_upper(p[2]);

	switch (chy_upper(p[0])) {
	case 'C':
		return b == ' ' ? c == 'O' : b == 'O' ? c == 'N' || c == ' ' :
		    b == 'C' || b == 'S' || b == 'N';
	case 'S':
		return b == ' ' ? c == 'E' : b == 'E' ? c == 'C' || c == ' ' :
		    b == 'S' || b == 'C';
	case 'U':
		return b == ' ' ? c == 'N' : b == 'N' ? c == 'C' || c == ' ' :
		    b == 'U';
	case 'T':
		return b == ' ' ? c == 'O' : b == 'O' ? c == 'P' : b == 'T';
	case 'L':
		return b == ' ' ? c == 'I' : b == 'I' && c == 'M';
	case 'E':
		return b == ' ' ? c == 'C' : b == 'C' && c == 'R';
	case 'O':
		return b == ' ' ? c == 'N' : b == 'N' && c == 'F';
	}
	return false;
}

static bool
take_apart(const chy_reading *r, chy_range line, class_parts *c)
{
	chy_slice s = chy_range_text(r, line);
	uint32_t n, at;

	if (s.len < 4 || !may_be_class_word(s.ptr))
		return false;
	*c = (class_parts){ .level = CHY_LEVEL_NONE };
	c->level = chy_class_word(s, &n, &c->damaged);
	if (c->level == CHY_LEVEL_NONE)
		return false;
	c->word = (chy_range){ line.from, line.from + n };
	c->spaced = n > 1 && chy_is_blank(s.ptr[1]);
	at = skip_blanks(r, c->word.to, line.to);
	at = take_caveat(r, at, line.to, c);
	at = take_section(r, at, line.to, c);
	at = take_caveat(r, at, line.to, c);
	c->rest.from = take_number(r, at, line.to, c);
	c->rest.to = line.to;
	if (c->serial.to > 0)
		return true;
	/* No number: then nothing else may stand on the line, and the level
	 * is not a word of a sentence. */
	c->rest = chy_range_trim(r, c->rest);
	return c->rest.from == c->rest.to && !chy_is_lower(s.ptr[1]) &&
	    (!c->damaged || c->section.to > 0);
}

bool
chy_is_class_line(const chy_reading *r, chy_range line)
{
	class_parts c;

	return take_apart(r, line, &c);
}

bool
chy_class_line_numbered(const chy_reading *r, chy_range line)
{
	class_parts c;

	return take_apart(r, line, &c) && c.serial.to > 0;
}

static void
add_caveat(chy_reading *r, chy_slice words)
{
	chy_slice s = chy_slice_trim(words);
	const chy_caption *row;

	while (s.len > 0 && s.ptr[0] == '/')
		s = chy_slice_from(s, 1);
	if (s.len == 0)
		return;
	row = chy_vocab_caption(s);
	s = row != NULL ? row->token : chy_keep_upper(r, s);
	if (!chy_slices_has(&r->tel->caveats, s))
		chy_slices_add(r, &r->tel->caveats, s);
}

/* TOSEC 123456, PARTO 12 after the number. */
static chy_range
take_series(chy_reading *r, chy_range rest)
{
	chy_slice s;
	uint32_t at, end, value;

	rest = chy_range_trim(r, rest);
	s = chy_range_text(r, rest);
	if (!chy_slice_starts(s, CHY_SLICE("TOSEC ")) &&
	    !chy_slice_starts(s, CHY_SLICE("PARTO ")))
		return rest;
	at = skip_blanks(r, rest.from + 5, rest.to);
	end = skip_digits(r, at, rest.to, &value);
	if (end == at)
		return rest;
	chy_leaf_put(r, CHY_NODE_KEYWORD,
	    (chy_range){ rest.from, rest.from + 5 }, 0);
	chy_leaf_put(r, CHY_NODE_SERIAL, (chy_range){ at, end }, value);
	return chy_range_trim(r, (chy_range){ end, rest.to });
}

chy_range
chy_read_class_line(chy_reading *r, chy_range line)
{
	chy_telegram *tel = r->tel;
	bool first = tel->level_basis != CHY_BASIS_TEXT;
	class_parts c;
	uint32_t serial;

	if (!take_apart(r, line, &c))
		return line;
	chy_open(r, CHY_NODE_CLASS_LINE, 0);
	chy_leaf_put(r, CHY_NODE_CLASSIFICATION, c.word, c.level);
	if (c.caveat.to > 0 && c.caveat.from < c.section.from)
		chy_leaf_put(r, CHY_NODE_CAVEAT, c.caveat, 0);
	chy_leaf_put(r, CHY_NODE_SECTION, c.section, c.number);
	if (c.caveat.to > 0)
		chy_leaf_put(r, CHY_NODE_CAVEAT, c.caveat, 0);
	chy_leaf_put(r, CHY_NODE_POST, c.post, 0);
	skip_digits(r, c.serial.from, c.serial.to, &serial);
	chy_leaf_put(r, CHY_NODE_SERIAL, c.serial, serial);
	c.rest = take_series(r, c.rest);
	chy_close(r);

	if (c.caveat.to > 0)
		add_caveat(r, chy_range_text(r, c.caveat));
	if (first) {
		tel->level = c.level;
		tel->level_basis = CHY_BASIS_TEXT;
		if (c.damaged) {
			chy_note(r, CHY_DIAG_CLASS_WORD_DAMAGED, c.word,
			    chy_range_text(r, c.word));
			chy_repaired(r, CHY_DIAG_CLASS_WORD_DAMAGED, c.word,
			    chy_range_text(r, c.word),
			    chy_slice_of(chy_level_name(c.level)));
		}
		tel->section = c.number;
		tel->sections = c.of;
	} else if (c.level > tel->level) {
		chy_note(r, CHY_DIAG_CLASS_LINES_DIFFER, c.word,
		    chy_range_text(r, c.word));
		tel->level = c.level;
	}
	if (c.post.to > 0 && tel->originator.post.len == 0) {
		tel->originator.post = chy_keep_upper(r,
		    chy_range_text(r, c.post));
		tel->class_serial = serial;
		tel->number_at = (chy_span){ c.post.from,
		    c.serial.to - c.post.from };
	}
	return c.rest;
}

/* ---- captions ---- */

static bool
is_separator(char c)
{
	return chy_is_blank(c) || c == ',' || c == '/' || c == ';';
}

static void
add_caption(chy_reading *r, const chy_caption *row, chy_range at, bool residue)
{
	chy_telegram *tel = r->tel;
	bool known = chy_slices_has(&tel->captions, row->token);

	if (residue || known) {
		chy_leaf_put(r, residue ? CHY_NODE_RESIDUE : CHY_NODE_CAPTION,
		    at, 0);
	} else {
		chy_leaf_put(r, CHY_NODE_CAPTION, at, 0);
		chy_slices_add(r, &tel->captions, row->token);
	}
	if (chy_slice_eq(row->token, CHY_SLICE("NOFORN")) &&
	    !chy_slices_has(&tel->caveats, row->token))
		chy_slices_add(r, &tel->caveats, row->token);
	if (chy_slice_eq(row->token, CHY_SLICE("CORRECTED COPY")))
		tel->corrected = true;
}

/* C O R R E C T E D  C O P Y and SENSI TIVE: the line without its blanks. */
static const chy_caption *
squeezed_caption(chy_slice s, uint32_t *ret_len)
{
	char letters[32];
	size_t n = 0, i;

	for (i = 0; i < s.len && n < sizeof(letters); i++) {
		if (chy_is_alpha(s.ptr[i]))
			letters[n++] = chy_upper(s.ptr[i]);
		else if (!chy_is_blank(s.ptr[i]))
			break;
	}
	*ret_len = (uint32_t)i;
	if (n >= 13 && memcmp(letters, "CORRECTEDCOPY", 13) == 0) {
		size_t seen = 0;

		for (i = 0; i < s.len && seen < 13; i++)
			seen += chy_is_alpha(s.ptr[i]);
		*ret_len = (uint32_t)i;
		return chy_vocab_caption(CHY_SLICE("CORRECTED COPY"));
	}
	if (n > 15 || n == sizeof(letters))
		return NULL;
	if (i < s.len)
		return NULL;
	return chy_vocab_caption((chy_slice){ letters, n });
}

/* The row when all or the beginning of s is a caption; how much. */
static const chy_caption *
caption_at(chy_slice s, uint32_t *ret_len)
{
	size_t n = 0;
	const chy_caption *row;

	if (s.len < 3 || !chy_is_alpha(s.ptr[0]))
		return NULL;
	if (s.len <= 16 && (row = chy_vocab_caption(s)) != NULL) {
		*ret_len = (uint32_t)s.len;	/* most often all of it */
		return row;
	}
	row = chy_vocab_caption_prefix(s, &n);
	if (row != NULL) {
		*ret_len = (uint32_t)n;
		return row;
	}
	return squeezed_caption(s, ret_len);
}

bool
chy_read_captions(chy_reading *r, chy_range line, chy_range *ret_rest,
    bool residue)
{
	chy_range g = chy_range_trim(r, line);
	bool opened = false;

	*ret_rest = line;
	while (g.from < g.to) {
		chy_slice s = chy_range_text(r, g);
		const chy_caption *row;
		uint32_t n = 0;

		row = caption_at(s, &n);
		/* A caption word with a verb behind it is a target: "CODEL
		 * FOR ...". */
		if (row == NULL || (n < s.len &&
		    chy_begins_with_verb(chy_slice_from(s, n))))
			break;
		if (!opened) {
			chy_open(r, CHY_NODE_CAPTION_LINE, 0);
			opened = true;
		}
		add_caption(r, row, (chy_range){ g.from, g.from + n },
		    residue);
		g.from += n;
		if (chy_slice_eq(row->token, CHY_SLICE("CORRECTED COPY"))) {
			/* A reason in free words follows to the line's end. */
			chy_leaf_put(r, CHY_NODE_UNREAD, g, 0);
			g.from = g.to;
		}
		while (g.from < g.to && is_separator(r->p[g.from])) {
			if (!chy_is_blank(r->p[g.from]))
				chy_leaf_put(r, CHY_NODE_PUNCT, (chy_range){
				    g.from, g.from + 1 }, 0);
			g.from++;
		}
	}
	if (opened)
		chy_close(r);
	*ret_rest = g;
	return g.from == g.to;
}
