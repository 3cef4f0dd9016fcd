/*
 * Checking: every rule over each real telegram, beside reading it, in turns.
 * Prints the time of each for a telegram, the ratio, and how many are below
 * 60 us together; then the same text ten and a hundred times as long.
 *
 *	bench_check [ROUNDS]		over $CHANCERY_CORPUS/state-2000s
 *
 * SPDX-License-Identifier: ISC
 */
#include "corpus.h"
#include "check/check.h"
#include "forms/forms.h"


static void
die(const char *what)
{
	fprintf(stderr, "bench_check: %s\n", what);
	exit(1);
}

static void
read_one(chy_telegram *tel, chy_slice text)
{
	const chy_read_options opts = { .borrow = true };
	chy_error err;

	if (chy_telegram_reread(tel, text, &opts, &err) != CHY_OK)
		die(err.text);
}

static void
check_one(const chy_telegram *tel, chy_findings *found)
{
	const chy_check_options opts = { .today = 20260101 };

	if (chy_check(tel, &opts, found) != CHY_OK)
		die("memory ran out");
}

static int
by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* Best of the rounds for each telegram: others share the machine. */
static void
each_telegram(const struct corpus *t, size_t rounds)
{
	double *reading = malloc(t->n * sizeof(double));
	double *checking = malloc(t->n * sizeof(double));
	double *both = malloc(t->n * sizeof(double));
	double sum_read = 0, sum_check = 0;
	size_t below = 0, findings = 0, usual = 0, usual_below = 0;
	chy_telegram tel = { 0 };
	chy_findings found;

	if (reading == NULL || checking == NULL || both == NULL)
		die("memory ran out");
	chy_findings_init(&found);
	for (size_t i = 0; i < t->n; i++)
		reading[i] = checking[i] = 1e9;
	for (size_t r = 0; r < rounds; r++)
		for (size_t i = 0; i < t->n; i++) {
			double a = bench_seconds(), b, c;

			read_one(&tel, t->at[i]);
			b = bench_seconds();
			check_one(&tel, &found);
			c = bench_seconds();
			if (b - a < reading[i])
				reading[i] = b - a;
			if (c - b < checking[i])
				checking[i] = c - b;
			if (r == 0)
				findings += found.count;
		}
	for (size_t i = 0; i < t->n; i++) {
		both[i] = reading[i] + checking[i];
		sum_read += reading[i];
		sum_check += checking[i];
		below += both[i] < 60e-6;
		if (t->at[i].len >= 8000 && t->at[i].len <= 12000) {
			usual++;
			usual_below += both[i] < 60e-6;
		}
	}
	qsort(both, t->n, sizeof(*both), by_value);
	printf("%zu telegrams of %.1f kB, %zu findings\n", t->n,
	    (double)t->bytes / (double)t->n / 1e3, findings);
	printf("read %.1f us, check %.1f us: %.2f of the reading time\n",
	    sum_read / (double)t->n * 1e6, sum_check / (double)t->n * 1e6,
	    sum_check / sum_read);
	printf("read and check: median %.1f us, 99%% under %.1f us, worst "
	    "%.1f us; %.2f%% under 60 us\n", both[t->n / 2] * 1e6,
	    both[t->n * 99 / 100] * 1e6, both[t->n - 1] * 1e6,
	    100.0 * (double)below / (double)t->n);
	printf("of %zu telegrams of 8 to 12 kB %.2f%% under 60 us\n", usual,
	    100.0 * (double)usual_below / (double)(usual > 0 ? usual : 1));
	free(reading);
	free(checking);
	free(both);
	chy_findings_done(&found);
	chy_findings_done(&tel.findings);
	chy_arena_done(&tel.arena);
}

/* One heading, and `times` as many paragraphs. */
static void
longer(size_t rounds)
{
	chy_telegram tel = { 0 };
	chy_findings found;
	double one = 0;

	chy_findings_init(&found);
	for (unsigned times = 1; times <= 100; times *= 10) {
		chy_buf b = CHY_BUF_INIT;
		double best = 1e9;

		chy_buf_puts(&b, "O 091456Z JUN 08\nFM AMEMBASSY PORT ARDEN\n"
		    "TO SECSTATE WASHDC IMMEDIATE 9667\n\n"
		    "C O N F I D E N T I A L PORT ARDEN 000425\n\n"
		    "E.O. 12958: DECL: 06/09/2018\nTAGS: PREL, ZQ\n"
		    "SUBJECT: (U) LIGHTS\n\n");
		for (unsigned i = 0; i < times * 100; i++)
			chy_buf_printf(&b, "%u. (C) The minister will lower "
			    "the dues of\nthe lighthouse in autumn.\n\n",
			    i % 999 + 1);
		memset(chy_buf_room(&b, CHY_PADDING), 0, CHY_PADDING);
		read_one(&tel, (chy_slice){ b.ptr, b.len });
		for (size_t r = 0; r < rounds; r++) {
			double a = bench_seconds();

			check_one(&tel, &found);
			a = bench_seconds() - a;
			if (a < best)
				best = a;
		}
		if (times == 1)
			one = best;
		printf("%7.0f kB: check %8.1f us, %.2f of linear\n",
		    (double)b.len / 1e3, best * 1e6, best / one / times);
		chy_buf_done(&b);
	}
	chy_findings_done(&found);
	chy_findings_done(&tel.findings);
	chy_arena_done(&tel.arena);
}

int
main(int argc, char **argv)
{
	size_t rounds = argc > 1 ? (size_t)strtoul(argv[1], NULL, 10) : 15;
	char folder[4096];
	struct corpus t = corpus_read(bench_corpus_folder(folder,
	    sizeof(folder)));

	if (t.n == 0) {
		fprintf(stderr, "bench_check: no files in %s\n"
		    "set CHANCERY_CORPUS to the folder that holds it\n",
		    folder);
		return 2;
	}
	each_telegram(&t, rounds);
	longer(rounds);
	for (size_t i = 0; i < t.n; i++)
		free((void *)(uintptr_t)t.at[i].ptr);
	return 0;
}
