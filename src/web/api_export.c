/*
 * A whole result as a file to keep: /export/jsonl?q=oman.
 *
 * It is written to a file without a name first and sent from there, so that
 * its size does not matter; one at a time, so that somebody who takes all does
 * not keep others waiting. Folders are for the command alone.
 *
 * SPDX-License-Identifier: ISC
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "export/export.h"
#include "web/web_int.h"

static pthread_mutex_t at_work = PTHREAD_MUTEX_INITIALIZER;

static chy_status
write_file(void *arg, chy_slice bytes)
{
	return fwrite(bytes.ptr, 1, bytes.len, arg) == bytes.len ? CHY_OK :
	    CHY_ERR_IO;
}

/* A new folder below $TMPDIR for what is made. */
static bool
make_folder(char *out, size_t size)
{
	const char *tmp = getenv("TMPDIR");

	(void)snprintf(out, size, "%s/chancery-export-XXXXXX",
	    tmp != NULL && tmp[0] == '/' ? tmp : "/tmp");
	return mkdtemp(out) != NULL;
}

/* Make the file; the descriptor is open for reading at its beginning. */
static chy_status
make(chy_exchange *x, const chy_exporter *exporter, const char *path,
    int *ret_fd, chy_error *err)
{
	chy_export_options opts = { .path = path };
	chy_sink out = { .write = write_file };
	FILE *f = NULL;
	chy_status st;

	if (chy_exporter_media_type(exporter) != NULL) {
		f = fopen(path, "wb");
		if (f == NULL)
			return chy_fail(err, CHY_ERR_IO, "no room for the file");
		out.arg = f;
		opts.out = &out;
	}
	st = chy_export(x->reg, &x->site->reader, chy_parse_param(x, "q"),
	    exporter, &opts, NULL, err);
	if (f != NULL && (fclose(f) != 0 || chy_sink_status(&out) != CHY_OK) &&
	    st == CHY_OK)
		st = chy_fail(err, CHY_ERR_IO, "no room for the file");
	*ret_fd = st == CHY_OK ? open(path, O_RDONLY | O_CLOEXEC) : -1;
	if (st == CHY_OK && *ret_fd < 0)
		st = chy_fail(err, CHY_ERR_IO, "the file cannot be opened");
	return st;
}

void
chy_api_export(chy_exchange *x)
{
	char folder[512], path[600], name[40];
	chy_slice form = chy_slice_sub(x->id, 0, 20);
	const chy_exporter *exporter;
	chy_error err = { 0 };
	chy_status st;
	int fd = -1;

	(void)snprintf(name, sizeof(name), "%.*s", CHY_ARG(form));
	exporter = chy_exporter_find(name);
	if (exporter == NULL || (chy_exporter_media_type(exporter) == NULL &&
	    strcmp(name, "sqlite") != 0)) {
		chy_reply_not_found(x);
		return;
	}
	if (pthread_mutex_trylock(&at_work) != 0) {
		chy_reply_bad(x, 503, "Another file is being made; ask again "
		    "in a moment.");
		return;
	}
	if (!make_folder(folder, sizeof(folder))) {
		st = chy_fail(&err, CHY_ERR_IO, "no folder for the file");
	} else {
		(void)snprintf(path, sizeof(path), "%s/telegrams", folder);
		st = make(x, exporter, path, &fd, &err);
		/* The descriptor keeps what has no name any more. */
		(void)unlink(path);
		(void)rmdir(folder);
	}
	pthread_mutex_unlock(&at_work);
	if (st == CHY_ERR_INVALID || st == CHY_ERR_TOO_LARGE) {
		chy_reply_bad(x, 400, err.text);
		return;
	}
	if (st != CHY_OK) {
		chy_reply_failed(x, st, &err);
		return;
	}
	x->type = chy_exporter_media_type(exporter) != NULL ?
	    chy_exporter_media_type(exporter) : "application/vnd.sqlite3";
	x->download = chy_text(x, "telegrams.%s",
	    chy_exporter_suffix(exporter) != NULL ?
	    chy_exporter_suffix(exporter) : "sqlite").ptr;
	x->file = fd;
	x->has_file = true;
}
