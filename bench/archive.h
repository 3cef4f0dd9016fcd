/*
 * An archive of many telegrams made of the corpus, for measuring what is asked
 * of one.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef BENCH_ARCHIVE_H
#define BENCH_ARCHIVE_H

#include <unistd.h>

#include "corpus.h"
#include "registry/registry.h"

#define PATH_MAX_	600

/* Make the archive and file `want` telegrams in it. */
static inline chy_status
bench_fill(const char *archive, const struct corpus *c, size_t want, chy_error *err)
{
	chy_registry_options opts = { .create = true };
	chy_reader owner = chy_reader_owner();
	char folder[] = "/tmp/chancery-bench-XXXXXX", path[PATH_MAX_];
	chy_registry *reg;
	chy_import_counts counts;
	chy_buf buf = CHY_BUF_INIT;
	chy_status st;
	size_t n = 0;

	if (mkdtemp(folder) == NULL)
		return chy_fail(err, CHY_ERR_IO, "no folder");
	st = chy_registry_open(archive, &opts, &reg, err);
	for (unsigned k = 0; n < want && st == CHY_OK; k++) {
		const char *paths[] = { path };
		FILE *f;

		/* One stream a copy of the corpus, cut at NNNN. */
		(void)snprintf(path, sizeof(path), "%s/s%03u.txt", folder, k);
		f = fopen(path, "wb");
		if (f == NULL)
			return chy_fail(err, CHY_ERR_IO, "no file");
		for (size_t i = 0; i < c->n && n < want; i++, n++) {
			corpus_vary(c->at[i], k, &buf);
			(void)fwrite(buf.ptr, 1, buf.len, f);
			(void)fputs("\nNNNN\n", f);
		}
		(void)fclose(f);
		st = chy_registry_import(reg, &owner, paths, 1, NULL, &counts,
		    err);
		(void)unlink(path);
	}
	(void)rmdir(folder);
	chy_registry_close(reg);
	chy_buf_done(&buf);
	return st;
}

#endif
