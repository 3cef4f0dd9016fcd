/*
 * Import beside its floor: the same words, ready in memory, put into one FTS5
 * table with the same settings, once a plain one that keeps its text, once
 * the index alone. In turns, five rounds, in one run; what counts is the
 * ratio.
 *
 *	bench_import [MEGABYTES [ROUNDS]]
 *
 * SPDX-License-Identifier: ISC
 */
#include <sys/resource.h>
#include <unistd.h>

#include "corpus.h"
#include "forms/forms.h"
#include "registry/registry.h"
#include "store/store.h"

struct floor_rows {
	chy_slice *at;
	size_t	   n, cap, bytes;
	chy_arena  arena;
};

static void
add_rows(struct floor_rows *f, chy_telegram *tel, chy_slice text)
{
	chy_read_options opts = { .year = 0 };
	chy_arena arena;
	chy_row *rows;
	uint32_t n;

	chy_arena_init(&arena, 0);
	if (chy_telegram_reread(tel, text, &opts, NULL) != CHY_OK ||
	    chy_rows_make(tel, &arena, &rows, &n) != CHY_OK)
		n = 0;
	for (uint32_t i = 0; i < n; i++) {
		if (f->n == f->cap) {
			f->cap = f->cap * 2 + 1024;
			f->at = realloc(f->at, f->cap * sizeof(*f->at));
		}
		f->at[f->n++] = chy_arena_copy(&f->arena, rows[i].text);
		f->bytes += rows[i].text.len;
	}
	chy_arena_done(&arena);
}

static void
remove_archive(const char *path)
{
	static const char *const ends[] = { "", "-wal", "-shm" };
	char name[600];

	for (size_t i = 0; i < 3; i++) {
		(void)snprintf(name, sizeof(name), "%s%s", path, ends[i]);
		(void)unlink(name);
	}
}

static chy_status
run_floor(const char *path, const struct floor_rows *f, bool bare,
    double *ret_wall, double *ret_cpu, chy_error *err)
{
	chy_db_options opts = { .create = true };
	chy_stmt *add = NULL;
	chy_db *db;
	double wall, cpu;
	chy_status st;

	remove_archive(path);
	st = chy_db_open(path, &opts, &db, err);
	if (st != CHY_OK)
		return st;
	/* A plain FTS5 table, which keeps its text; or nothing but the index,
	 * as the archive has it. */
	st = chy_db_exec(db, bare ?
	    "CREATE VIRTUAL TABLE words USING fts5(text, "
	    "tokenize = 'unicode61 remove_diacritics 2');" :
	    "CREATE VIRTUAL TABLE words USING fts5(text, content = '', "
	    "columnsize = 0, tokenize = 'unicode61 remove_diacritics 2');",
	    err);
	if (st == CHY_OK)
		st = chy_db_exec(db, "INSERT INTO words(words, rank) "
		    "VALUES ('pgsz', 16000)", err);
	if (st == CHY_OK)
		st = chy_db_bulk(db, true, err);
	/* By a statement, so that it is FTS5 itself that files. */
	if (st == CHY_OK)
		st = chy_db_prepare(db, "INSERT INTO words(rowid, text) "
		    "VALUES (?, ?)", &add, err);
	wall = bench_seconds();
	cpu = bench_cpu();
	if (st == CHY_OK)
		st = chy_db_begin(db, true, err);
	for (size_t i = 0; i < f->n && st == CHY_OK; i++) {
		chy_stmt_int(add, 1, (int64_t)i + 1);
		chy_stmt_text(add, 2, f->at[i]);
		st = chy_stmt_run(add, err);
	}
	if (st == CHY_OK)
		st = chy_db_commit(db, err);
	if (st == CHY_OK)
		st = chy_db_bulk(db, false, err);
	chy_stmt_free(add);
	chy_db_close(db);
	*ret_wall = bench_seconds() - wall;
	*ret_cpu = bench_cpu() - cpu;
	return st;
}

static chy_status
run_import(const char *path, const char *folder, double *ret_wall,
    double *ret_cpu, chy_error *err)
{
	chy_registry_options opts = { .create = true };
	chy_reader owner = chy_reader_owner();
	const char *paths[] = { folder };
	chy_import_counts counts;
	chy_registry *reg;
	double wall, cpu;
	chy_status st;

	remove_archive(path);
	st = chy_registry_open(path, &opts, &reg, err);
	if (st != CHY_OK)
		return st;
	wall = bench_seconds();
	cpu = bench_cpu();
	st = chy_registry_import(reg, &owner, paths, 1, NULL, &counts, err);
	chy_registry_close(reg);
	*ret_wall = bench_seconds() - wall;
	*ret_cpu = bench_cpu() - cpu;
	if (st == CHY_OK && counts.failed + counts.unread > 0)
		(void)fprintf(stderr, "failed %llu unread %llu\n",
		    (unsigned long long)counts.failed,
		    (unsigned long long)counts.unread);
	return st;
}

int
main(int argc, char **argv)
{
	size_t want = (argc > 1 ? (size_t)strtoul(argv[1], NULL, 10) : 66) * 1000000;
	int rounds = argc > 2 ? (int)strtol(argv[2], NULL, 10) : 5;
	char folder[512], temp[] = "/tmp/chancery-bench-XXXXXX", path[600];
	char archive[600];
	struct corpus c = corpus_read(bench_corpus_folder(folder,
	    sizeof(folder)));
	struct floor_rows f = { .n = 0 };
	chy_telegram *tel = calloc(1, sizeof(*tel));
	chy_buf buf = CHY_BUF_INIT;
	chy_error err = { .status = CHY_OK };
	chy_status st = CHY_OK;
	size_t bytes = 0, n = 0;
	double ratio[64], ratio_bare[64], ratio_cpu[64], speed[64];
	struct rusage usage;
	struct stat info;

	if (c.n == 0 || mkdtemp(temp) == NULL || rounds < 1 || rounds > 64) {
		(void)fprintf(stderr, "no corpus in %s\n", folder);
		return 1;
	}
	chy_arena_init(&f.arena, 1 << 20);
	(void)snprintf(folder, sizeof(folder), "%s/in", temp);
	(void)snprintf(archive, sizeof(archive), "%s/archive.sqlite", temp);
	(void)mkdir(folder, 0700);
	for (unsigned k = 0; bytes < want; k++)
		for (size_t i = 0; i < c.n && bytes < want; i++) {
			FILE *out;

			corpus_vary(c.at[i], k, &buf);
			(void)snprintf(path, sizeof(path), "%s/t%06zu.txt",
			    folder, n++);
			out = fopen(path, "wb");
			if (out == NULL || fwrite(buf.ptr, 1, buf.len, out) !=
			    buf.len || fclose(out) != 0)
				return 1;
			bytes += buf.len;
			(void)chy_buf_slice(&buf);
			add_rows(&f, tel, (chy_slice){ buf.ptr, buf.len });
		}
	(void)printf("%zu telegrams, %.1f MB, %zu rows, %.1f MB of words\n", n,
	    (double)bytes / 1e6, f.n, (double)f.bytes / 1e6);
	for (int r = 0; r < rounds && st == CHY_OK; r++) {
		double fw, fc, pw, pc, iw, ic;

		st = run_floor(archive, &f, false, &fw, &fc, &err);
		if (st == CHY_OK)
			st = run_import(archive, folder, &iw, &ic, &err);
		if (st == CHY_OK && stat(archive, &info) != 0)
			info.st_size = 0;
		if (st == CHY_OK)
			st = run_floor(archive, &f, true, &pw, &pc, &err);
		if (st != CHY_OK)
			break;
		ratio[r] = fw / iw;
		ratio_bare[r] = pw / iw;
		ratio_cpu[r] = fc / ic;
		speed[r] = (double)bytes / 1e6 / iw;
		(void)printf("round %d: FTS5 table %.2f s, index alone %.2f s, "
		    "import %.2f s (%.1f MB/s), CPU %.2f and %.2f s, archive "
		    "%.2f of the source\n", r + 1, pw, fw, iw, speed[r], fc,
		    ic, (double)info.st_size / (double)bytes);
		(void)fflush(stdout);
	}
	if (st != CHY_OK) {
		(void)fprintf(stderr, "%s\n", err.text);
	} else {
		(void)getrusage(RUSAGE_SELF, &usage);
		(void)printf("of the index alone: median %.2f",
		    bench_quantile(ratio, (size_t)rounds, 0.5));
		(void)printf(" (%.2f-%.2f)", ratio[0], ratio[rounds - 1]);
		(void)printf("; of the FTS5 table: median %.2f",
		    bench_quantile(ratio_bare, (size_t)rounds, 0.5));
		(void)printf(" (%.2f-%.2f)", ratio_bare[0],
		    ratio_bare[rounds - 1]);
		(void)printf("; of the index alone by CPU of all threads: median "
		    "%.2f", bench_quantile(ratio_cpu, (size_t)rounds, 0.5));
		(void)printf("; median %.1f MB/s, target 0.7 of the floor\n",
		    bench_quantile(speed, (size_t)rounds, 0.5));
		(void)printf("memory of all: %ld MB, of which rows of the floor "
		    "%zu MB\n", usage.ru_maxrss / 1024, f.bytes >> 20);
	}
	for (size_t i = 0; i < n; i++) {
		(void)snprintf(path, sizeof(path), "%s/t%06zu.txt", folder, i);
		(void)unlink(path);
	}
	(void)rmdir(folder);
	remove_archive(archive);
	(void)rmdir(temp);
	chy_telegram_free(tel);
	return st == CHY_OK ? 0 : 1;
}
