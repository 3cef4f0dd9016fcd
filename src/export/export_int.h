/*
 * What an exporter is, and what the files here share.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_EXPORT_EXPORT_INT_H
#define CHY_EXPORT_EXPORT_INT_H

#include "export/export.h"
#include "render/render.h"

struct exporting {
	chy_registry	 *reg;
	const chy_reader *reader;
	chy_slice	  query;
	const chy_export_options *opts;
	void		 *state;	/* the exporter's own */
	uint64_t	  n;		/* telegrams written so far */
	uint64_t	  known;	/* that were there before */
	chy_error	 *err;
};

struct chy_exporter {
	const char *name;
	const char *title;
	const char *media_type;	/* NULL: writes to a path */
	const char *suffix;
	/* Each may be NULL: nothing to do. close() is called after open() did
	 * its work, also when something failed: then whole is false. */
	chy_status (*open)(struct exporting *ex);
	chy_status (*put)(struct exporting *ex, const chy_shown *shown);
	chy_status (*close)(struct exporting *ex, bool whole);
};

#define EXPORTER(name)	extern const chy_exporter chy_exporter_##name;
#include "export/exporters.def"
#undef EXPORTER

/* One telegram as a message; of one in sections, the texts one after the
 * other. Appended to out. */
chy_status chy_export_message(const chy_shown *shown, chy_buf *out);

/* An id as the name of a file: letters and digits as they are, all else as
 * %XX, so that two ids never share a name. Returns out. */
const char *chy_export_name(chy_slice id, char *out, size_t size);

/* A folder that is made or there; with empty it must have nothing in it. */
chy_status chy_export_folder(const char *path, bool empty, chy_error *err);

/* Write a new file, whole or not at all: under another name, on the disk,
 * then under its own. CHY_ERR_EXISTS where there is one. */
chy_status chy_export_file(const char *path, chy_slice bytes,
    chy_error *err);

#endif
