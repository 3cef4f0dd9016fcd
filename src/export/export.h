/*
 * A whole result written for other programs: to a stream, a folder or a file.
 *
 * Not for one telegram (render/), and not for the archive itself, whose file
 * anyone can copy.
 *
 *	chy_export_options opts = { .path = "pages" };
 *	uint64_t n;
 *
 *	st = chy_export(reg, &reader, CHY_SLICE("oman"),
 *	    chy_exporter_find("html"), &opts, &n, &err);
 *
 * What the reader may not see is not in it: each telegram is read as they see
 * it. Every exporter works in the memory of one telegram, but html, which
 * keeps the ids, and sqlite, which keeps what SQLite does.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_EXPORT_EXPORT_H
#define CHY_EXPORT_EXPORT_H

#include "base/sink.h"
#include "registry/registry.h"

typedef struct chy_exporter chy_exporter;

/* Row i of the table; NULL after the last. */
const chy_exporter *chy_exporter_at(size_t i);
const chy_exporter *chy_exporter_find(const char *name);

const char *chy_exporter_name(const chy_exporter *exporter);
const char *chy_exporter_title(const chy_exporter *exporter);
/* Of one that writes a stream; NULL: it needs a path. */
const char *chy_exporter_media_type(const chy_exporter *exporter);
const char *chy_exporter_suffix(const chy_exporter *exporter);

typedef struct chy_export_options {
	chy_sink   *out;	/* of a stream */
	const char *path;	/* else: a folder (maildir, html), a file */
	/* Called after each telegram; anything but CHY_OK stops. NULL: none. */
	chy_status (*progress)(void *arg, uint64_t done);
	/* Which telegrams of the result. NULL: all. */
	bool	  (*wanted)(void *arg, chy_slice id);
	void	   *arg;
} chy_export_options;

/**
 * Write all that the query finds, in the order of chy_registry_find.
 *
 * @param ret_n  telegrams written, without those that a Maildir had already;
 *               may be NULL
 *
 * @return CHY_ERR_INVALID   the query; err->off is its place
 * @return CHY_ERR_EXISTS    at the path is something that would be
 *                           overwritten: html needs a folder that is not there
 *                           or empty, sqlite a file that is not there.
 *                           Maildir adds to what is there, and leaves alone
 *                           what it delivered before
 * @return CHY_ERR_IO        it cannot be written; what was written stays
 */
CHY_MUST_USE chy_status chy_export(chy_registry *reg,
    const chy_reader *reader, chy_slice query, const chy_exporter *exporter,
    const chy_export_options *opts, uint64_t *ret_n, chy_error *err);


/* ---- feeds ---- */

/* A list of telegrams as a feed that readers of news ask for. */
typedef struct chy_feed {
	chy_slice	title;
	chy_slice	self;	/* address of the feed */
	chy_slice	site;	/* address of the application, without a slash
				 * at the end; telegrams are at /t/ID there */
	const chy_line *const *lines;	/* newest first */
	uint32_t	n;
} chy_feed;

/* Atom (RFC 4287). Times of telegrams are their date-time groups. */
void	chy_feed_atom(const chy_feed *feed, chy_sink *out);

#endif
