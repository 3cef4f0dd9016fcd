/*
 * Import into PostgreSQL beside its floor on the same server: the same
 * paragraphs, ready in memory, sent by one bare COPY, and an index of them
 * built by the server's own full text. In turns in one run; what counts is
 * the ratio.
 *
 *	tests/postgresql/with bench_postgres [MEGABYTES [ROUNDS [FILE]]]
 *
 * FILE is a stream of telegrams in place of the varied corpus.
 *
 * SPDX-License-Identifier: ISC
 */
#include <libpq-fe.h>
#include <sys/resource.h>
#include <unistd.h>

#include "corpus.h"
#include "forms/forms.h"
#include "intake/intake.h"
#include "registry/registry.h"
#include "store/store.h"

struct paragraphs {
	chy_slice *at;
	size_t	   n, cap, bytes, telegrams;
	chy_arena  arena;
	chy_telegram *tel;
};

static void
add_rows(struct paragraphs *p, chy_slice text)
{
	chy_read_options opts = { .year = 0 };
	chy_arena arena;
	chy_row *rows;
	uint32_t n;

	chy_arena_init(&arena, 0);
	if (chy_telegram_reread(p->tel, text, &opts, NULL) != CHY_OK ||
	    chy_rows_make(p->tel, &arena, &rows, &n) != CHY_OK)
		n = 0;
	for (uint32_t i = 0; i < n; i++) {
		chy_slice own;

		if (p->n == p->cap) {
			p->cap = p->cap * 2 + 1024;
			p->at = realloc(p->at, p->cap * sizeof(*p->at));
		}
		own = chy_arena_copy(&p->arena, rows[i].text);
		/* The server takes no NUL, and UTF-8 only. */
		for (size_t k = 0; k < own.len; k++)
			if (own.ptr[k] == '\0' || (own.ptr[k] & 0x80) != 0)
				((char *)(uintptr_t)own.ptr)[k] = '?';
		p->at[p->n++] = own;
		p->bytes += own.len;
	}
	p->telegrams++;
	chy_arena_done(&arena);
}

static chy_status
take_piece(void *arg, const chy_piece *piece)
{
	add_rows(arg, piece->text);
	return CHY_OK;
}

static bool
must(PGconn *conn, const char *sql)
{
	PGresult *res = PQexec(conn, sql);
	ExecStatusType how = PQresultStatus(res);
	bool good = how == PGRES_COMMAND_OK || how == PGRES_TUPLES_OK ||
	    how == PGRES_COPY_IN;

	if (!good)
		(void)fprintf(stderr, "%s", PQerrorMessage(conn));
	PQclear(res);
	return good;
}

static void
put_number(chy_buf *buf, uint64_t v, int bytes)
{
	for (int i = bytes - 1; i >= 0; i--)
		chy_buf_putc(buf, (char)(v >> (8 * i) & 0xff));
}

/* Bare COPY and CREATE INDEX; seconds of each. */
static bool
run_floor(const char *server, const struct paragraphs *p, double *ret_copy,
    double *ret_index)
{
	PGconn *conn = PQconnectdb(server);
	chy_buf buf = CHY_BUF_INIT;
	bool good = must(conn, "DROP TABLE IF EXISTS floor") &&
	    must(conn, "CREATE TABLE floor (id bigint, text text)");
	double start = bench_seconds();

	good = good && must(conn, "COPY floor FROM STDIN (FORMAT binary)");
	chy_buf_put(&buf, (chy_slice){ "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0",
	    19 });
	for (size_t i = 0; i < p->n && good; i++) {
		put_number(&buf, 2, 2);
		put_number(&buf, 8, 4);
		put_number(&buf, i + 1, 8);
		put_number(&buf, p->at[i].len, 4);
		chy_buf_put(&buf, p->at[i]);
		if (buf.len > 65536) {
			good = PQputCopyData(conn, buf.ptr, (int)buf.len) == 1;
			chy_buf_reset(&buf);
		}
	}
	put_number(&buf, 0xffff, 2);
	good = good && PQputCopyData(conn, buf.ptr, (int)buf.len) == 1 &&
	    PQputCopyEnd(conn, NULL) == 1;
	for (PGresult *res; good && (res = PQgetResult(conn)) != NULL;
	    PQclear(res))
		if (PQresultStatus(res) != PGRES_COMMAND_OK) {
			(void)fprintf(stderr, "%s", PQerrorMessage(conn));
			good = false;
		}
	*ret_copy = bench_seconds() - start;
	start = bench_seconds();
	good = good && must(conn, "CREATE INDEX ON floor USING gin "
	    "(to_tsvector('simple', text))");
	*ret_index = bench_seconds() - start;
	(void)must(conn, "DROP TABLE floor");
	PQfinish(conn);
	chy_buf_done(&buf);
	return good;
}

static bool
run_import(const char *server, const char *path, int round, double *ret_wall,
    double *ret_cpu, long *ret_bytes)
{
	chy_registry_options opts = { .create = true };
	chy_reader owner = chy_reader_owner();
	chy_import_counts counts;
	chy_registry *reg;
	char address[700];
	chy_stats *stats;
	chy_error err;
	double wall, cpu;
	bool good;

	(void)snprintf(address, sizeof(address),
	    "%s&options=-csearch_path%%3Dround%d", server, round);
	if (chy_registry_open(address, &opts, &reg, &err) != CHY_OK) {
		(void)fprintf(stderr, "%s\n", err.text);
		return false;
	}
	wall = bench_seconds();
	cpu = bench_cpu();
	good = chy_registry_import(reg, &owner, &path, 1, NULL, &counts,
	    &err) == CHY_OK;
	*ret_wall = bench_seconds() - wall;
	*ret_cpu = bench_cpu() - cpu;
	if (!good || chy_registry_stats(reg, &owner, true, &stats, &err) != CHY_OK) {
		(void)fprintf(stderr, "%s\n", err.text);
		chy_registry_close(reg);
		return false;
	}
	*ret_bytes = (long)stats->archive_bytes;
	chy_stats_free(stats);
	chy_registry_close(reg);
	return true;
}

int
main(int argc, char **argv)
{
	size_t want = (argc > 1 ? (size_t)strtoul(argv[1], NULL, 10) : 66) *
	    1000000;
	int rounds = argc > 2 ? (int)strtol(argv[2], NULL, 10) : 3;
	const char *server = getenv("CHANCERY_TEST_SERVER");
	char folder[512], temp[] = "/tmp/chancery-bench-XXXXXX", path[600];
	struct paragraphs p = { .tel = calloc(1, sizeof(*p.tel)) };
	chy_buf all = CHY_BUF_INIT, one = CHY_BUF_INIT;
	double ratio[64];
	struct rusage usage;
	FILE *f;
	bool good = true;

	if (server == NULL) {
		(void)printf("no server: run it by tests/postgresql/with\n");
		return 0;
	}
	if (rounds < 1 || rounds > 64 || mkdtemp(temp) == NULL)
		return 1;
	(void)snprintf(path, sizeof(path), "%s/all.txt", temp);
	if (argc > 3) {
		char *room;

		f = fopen(argv[3], "rb");
		while (f != NULL && all.len < want &&
		    (room = chy_buf_room(&all, 1 << 20)) != NULL) {
			size_t n = fread(room, 1, 1 << 20, f);

			all.len += n;
			if (n == 0)
				break;
		}
		if (f != NULL)
			(void)fclose(f);
	} else {
		struct corpus c = corpus_read(bench_corpus_folder(folder,
		    sizeof(folder)));

		for (unsigned k = 0; c.n > 0 && all.len < want; k++)
			for (size_t i = 0; i < c.n && all.len < want; i++) {
				corpus_vary(c.at[i], k, &one);
				chy_buf_put(&all, chy_buf_slice(&one));
				chy_buf_puts(&all, "\nNNNN\n");
			}
	}
	if (all.len == 0) {
		(void)fprintf(stderr, "no telegrams\n");
		return 1;
	}
	f = fopen(path, "wb");
	if (f == NULL || fwrite(all.ptr, 1, all.len, f) != all.len ||
	    fclose(f) != 0)
		return 1;
	chy_arena_init(&p.arena, 1 << 20);
	(void)chy_buf_room(&all, CHY_PADDING);
	if (chy_intake_bytes((chy_slice){ all.ptr, all.len }, take_piece, &p,
	    NULL) != CHY_OK)
		return 1;
	(void)printf("%zu telegrams, %.1f MB, %zu rows, %.1f MB of words\n",
	    p.telegrams, (double)all.len / 1e6, p.n, (double)p.bytes / 1e6);
	chy_buf_done(&all);
	for (int r = 0; r < rounds && good; r++) {
		double copy, index, wall, cpu;
		long bytes;

		good = run_floor(server, &p, &copy, &index) &&
		    run_import(server, path, r, &wall, &cpu, &bytes);
		if (!good)
			break;
		ratio[r] = (copy + index) / wall;
		(void)printf("round %d: COPY %.2f s + index %.2f s, import %.2f s "
		    "(of which %.2f s of CPU here): %.2f of the floor; archive "
		    "%.0f MB\n", r + 1, copy, index, wall, cpu, ratio[r],
		    (double)bytes / 1e6);
		(void)fflush(stdout);
	}
	if (good) {
		(void)getrusage(RUSAGE_SELF, &usage);
		(void)printf("of COPY and its index: median %.2f, target 0.8; "
		    "memory %ld MB, of which rows of the floor %zu MB\n",
		    bench_quantile(ratio, (size_t)rounds, 0.5),
		    usage.ru_maxrss / 1024, p.bytes >> 20);
	}
	(void)unlink(path);
	(void)rmdir(temp);
	chy_telegram_free(p.tel);
	return good ? 0 : 1;
}
