/*
 * A text index as lists of our own, for engines that have none which answers
 * as FTS5 does: for each word the rows that hold it and its places in them.
 *
 * The index is made of segments, each of the rows that were filed at once and
 * never changed after; several that lie next to each other are put together
 * by writing a new one. A segment is pages and places:
 *
 *	page	chunks in the order of their words, and of the rows of one word
 *	chunk	varint	bytes of the word that it shares with the one before
 *		varint	further bytes, and they
 *		varint	2 * rows, + 1 where its places stand apart
 *		varint	first row
 *		varint	bytes of what comes next, where there is more than 1 row
 *		varints	from each row to the next
 *		varint	number of the places, where they stand apart; else
 *		varint	bytes of the places, and they
 *	places	of each row varints: 2 * (place - the place before), + 1 where
 *		another of the same row follows
 *
 * A page fits into one page of the database; what is asked for a single word
 * is read without its places where there are many. Numbers are LEB128.
 *
 * Nothing here knows of a database, so it is tested alone. What is read is
 * taken for hostile: a damaged list is told, never followed.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_DB_POSTINGS_H
#define CHY_DB_POSTINGS_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/slice.h"
#include "base/status.h"

#define CHY_PAGE_BYTES	7600u	/* with the first word: one page of 8 kB */
#define CHY_PAGE_FIRST	200u	/* bytes kept of a page's first word */
#define CHY_CHUNK_DOCS	2800u	/* bytes of rows in a chunk */
#define CHY_CHUNK_PLACES 6000u	/* bytes of places in a chunk */
#define CHY_INLINE_PLACES 800u	/* from here on they stand apart */
#define CHY_GATHER_MOST	(48u << 20)	/* gathered bytes that make a segment */

struct chy_chunk {
	chy_slice term;
	int64_t	  first;	/* row */
	uint32_t  n;		/* rows */
	chy_slice docs;
	chy_slice places;	/* empty where they stand apart */
	int64_t	  apart;	/* their number; 0: not */
};

/* Walks over a page. next() gives 1, 0 at the end, -1 where it is damaged.
 * The term lives until the next call. */
struct chy_page_cursor {
	chy_slice rest;
	chy_buf	  term;
};
int	chy_page_next(struct chy_page_cursor *c, struct chy_chunk *ret);

/* Walks over the rows of a chunk; false at the end. With `places` given, the
 * places of the row just given are walked by chy_rows_place(). `damaged` is
 * set where the list breaks off. */
struct chy_rows_cursor {
	chy_slice docs, places;
	int64_t	  row;
	uint32_t  left;
	uint32_t  place;
	bool	  begun, more, damaged;
};
void	chy_rows_begin(struct chy_rows_cursor *c, const struct chy_chunk *chunk,
    chy_slice places);
bool	chy_rows_next(struct chy_rows_cursor *c);
bool	chy_rows_place(struct chy_rows_cursor *c, uint32_t *ret);

/* Where a segment is written to. What they return other than CHY_OK ends
 * it. */
struct chy_postings_sink {
	void	  *arg;
	chy_status (*page)(void *arg, int64_t number, chy_slice first,
	    chy_slice data);
	chy_status (*places)(void *arg, int64_t number, chy_slice data);
};

/* Writes chunks, which come in the order of word and row, as pages. Small
 * ones of one word become one. */
struct chy_postings_writer {
	const struct chy_postings_sink *sink;
	chy_buf	  page, first, last;	/* last: the word before */
	chy_buf	  term, docs, places;	/* the chunk being put together */
	int64_t	  chunk_first, chunk_last;
	int64_t	  apart;
	uint32_t  n;			/* rows of it; 0: none */
	int64_t	  next_page, next_places;
	uint64_t  bytes;		/* written so far */
	chy_status status;
};
/* Places that stand apart get numbers from first_places on. */
void	chy_postings_begin(struct chy_postings_writer *w,
    const struct chy_postings_sink *sink, int64_t first_places);
/* `last` is the chunk's last row. The places of a chunk whose places stand
 * apart are the caller's business. */
void	chy_postings_put(struct chy_postings_writer *w,
    const struct chy_chunk *chunk, int64_t last);
/* Frees what it holds, also after a failure. */
chy_status chy_postings_end(struct chy_postings_writer *w);

/* Last row of a chunk; -1 where it is damaged. */
int64_t	chy_chunk_last(const struct chy_chunk *chunk);

/* The words of rows, gathered in memory until they make a segment. */
struct chy_gathered;
struct chy_gathered *chy_gathered_new(void);
void	chy_gathered_free(struct chy_gathered *g);
/* Words of one row come one after the other, rows in rising order. */
bool	chy_gathered_word(struct chy_gathered *g, int64_t row, uint32_t place,
    chy_slice word);
size_t	chy_gathered_bytes(const struct chy_gathered *g);

/* Walks over the rows of a word, and over the places of the row just given;
 * false at the end. */
struct chy_word_rows {
	chy_slice rest;
	int64_t	  row;
	uint32_t  place;
	bool	  begun, more;	/* more: a place of this row follows */
};
bool	chy_word_row(struct chy_word_rows *r);
bool	chy_word_long_place(struct chy_word_rows *r, uint32_t *ret);

static inline bool
chy_word_place(struct chy_word_rows *r, uint32_t *ret)
{
	unsigned char c;

	if (!r->more || r->rest.len == 0)
		return false;
	c = (unsigned char)*r->rest.ptr;
	if (c >= 0x80)
		return chy_word_long_place(r, ret);
	r->rest.ptr++;
	r->rest.len--;
	r->more = (c & 1) != 0;
	r->place += c / 2u;
	*ret = r->place;
	return true;
}

/* All words in the order of their bytes, then forget them. What `word` returns
 * other than CHY_OK ends it. */
typedef chy_status (*chy_gathered_fn)(void *arg, chy_slice word,
    struct chy_word_rows *rows);
chy_status chy_gathered_each(struct chy_gathered *g, chy_gathered_fn word,
    void *arg);
/* The same into pages of ours. */
chy_status chy_gathered_write(struct chy_gathered *g,
    struct chy_postings_writer *w);

/* The bytes that are kept of a page's first word. */
static inline chy_slice
chy_page_first(chy_slice term)
{
	return chy_slice_sub(term, 0, CHY_PAGE_FIRST);
}

#endif
