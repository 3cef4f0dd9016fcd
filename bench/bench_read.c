/*
 * Reading: the full tree with all it records, beside counting the line ends
 * of the same bytes with memchr, in turns. Prints the ratio of each round,
 * its median and spread, and where the rest of the time goes by file size.
 *
 *	bench_read [ROUNDS]		over $CHANCERY_CORPUS/state-2000s
 *
 * SPDX-License-Identifier: ISC
 */
#include "corpus.h"
#include "forms/forms.h"
#include "render/render.h"

#define REPEAT		4	/* passes over all files in one measurement */

static size_t
count_lines(const struct corpus *t)
{
	size_t lines = 0;

	for (size_t i = 0; i < t->n; i++) {
		const char *p = t->at[i].ptr, *end = p + t->at[i].len;

		while ((p = memchr(p, '\n', (size_t)(end - p))) != NULL) {
			lines++;
			p++;
		}
	}
	return lines;
}

static void
read_all(const struct corpus *t, chy_telegram *tel, chy_buf *json)
{
	const chy_renderer *r = chy_renderer_find("json");
	const chy_read_options opts = { .borrow = true };
	chy_error err;

	for (size_t i = 0; i < t->n; i++) {
		if (chy_telegram_reread(tel, t->at[i], &opts, &err) !=
		    CHY_OK) {
			fprintf(stderr, "bench_read: %s\n", err.text);
			exit(1);
		}
		if (json != NULL) {
			chy_sink out = chy_sink_buf(json);

			chy_buf_reset(json);
			chy_render(r, tel, &out);
		}
	}
}

static int
by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void
print_row(const char *name, double *ratio, size_t n, double gigabytes)
{
	qsort(ratio, n, sizeof(*ratio), by_value);
	printf("%-16s %6.2f times memchr (median of %zu; %.2f to %.2f), "
	    "%.2f GB/s\n", name, ratio[n / 2], n, ratio[0], ratio[n - 1],
	    gigabytes);
}

int
main(int argc, char **argv)
{
	size_t rounds = argc > 1 ? (size_t)strtoul(argv[1], NULL, 10) : 15;
	double *reading = calloc(rounds, sizeof(double));
	double *json = calloc(rounds, sizeof(double));
	double fastest_read = 1e9, fastest_json = 1e9;
	chy_telegram tel = { 0 };
	chy_buf out = CHY_BUF_INIT;
	char folder[4096];
	struct corpus t = corpus_read(bench_corpus_folder(folder,
	    sizeof(folder)));
	size_t lines = 0;

	if (t.n == 0) {
		fprintf(stderr, "bench_read: no files in %s\n"
		    "set CHANCERY_CORPUS to the folder that holds it\n",
		    folder);
		return 2;
	}
	read_all(&t, &tel, &out);	/* warm */
	for (size_t r = 0; r < rounds; r++) {
		double a = bench_seconds(), b, c, d;

		for (int i = 0; i < REPEAT; i++)
			lines += count_lines(&t);
		b = bench_seconds();
		for (int i = 0; i < REPEAT; i++)
			read_all(&t, &tel, NULL);
		c = bench_seconds();
		for (int i = 0; i < REPEAT; i++)
			read_all(&t, &tel, &out);
		d = bench_seconds();
		reading[r] = (c - b) / (b - a);
		json[r] = (d - c) / (b - a);
		if (c - b < fastest_read)
			fastest_read = c - b;
		if (d - c < fastest_json)
			fastest_json = d - c;
	}
	printf("%zu telegrams, %.1f MB, %zu lines\n", t.n,
	    (double)t.bytes / 1e6, lines / rounds / REPEAT);
	print_row("read", reading, rounds,
	    (double)t.bytes * REPEAT / fastest_read / 1e9);
	print_row("read to JSON", json, rounds,
	    (double)t.bytes * REPEAT / fastest_json / 1e9);
	printf("%.1f us a telegram of %.1f kB\n",
	    fastest_read / REPEAT / (double)t.n * 1e6,
	    (double)t.bytes / (double)t.n / 1e3);
	chy_findings_done(&tel.findings);
	chy_arena_done(&tel.arena);
	chy_buf_done(&out);
	for (size_t i = 0; i < t.n; i++)
		free((void *)(uintptr_t)t.at[i].ptr);
	free(reading);
	free(json);
	return 0;
}
