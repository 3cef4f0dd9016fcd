/*
 * Reading while others file: how long questions take when telegrams come one
 * by one, and while a whole folder is imported.
 *
 *	bench_together ARCHIVE FOLDER
 *
 * ARCHIVE is there already and is changed: work on a copy. FOLDER holds
 * telegrams that it has not. Two readers ask, each with a registry of its own,
 * as the threads of a server do.
 *
 * SPDX-License-Identifier: ISC
 */
#include <pthread.h>
#include <time.h>
#include <unistd.h>

#include "corpus.h"
#include "registry/registry.h"

#define LIVE	300
#define ASKED	20000

static const char *const queries[] = { "pipeline", "from:paris iran",
    "subject:nuclear", "tag:PREL date:2009", "ambassador", "oil price",
    "thread:09PARIS100", "is:cited date:2009-03", "class:S.. iran",
    "\"prime minister\"" };

struct asker {
	const char   *archive;
	volatile bool stop;
	double	     *took, *worked;
	double	      worst;	/* of what was computed */
	const char   *worst_query;
	size_t	      n;
	bool	      owner;
};

/* What the calling thread has computed, in seconds. */
static double
thread_seconds(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void
rest(long ms)
{
	const struct timespec pause = { .tv_nsec = ms * 1000000 };

	(void)nanosleep(&pause, NULL);
}

static void *
ask(void *arg)
{
	struct asker *a = arg;
	chy_find_options page = { .size = 20, .want = CHY_WANT_SNIPPETS };
	chy_reader reader = chy_reader_owner();
	chy_registry *reg;
	chy_error err;

	if (!a->owner && chy_reader_parse(CHY_SLICE("C"), &reader, &err) !=
	    CHY_OK)
		return NULL;
	if (chy_registry_open(a->archive, NULL, &reg, &err) != CHY_OK) {
		(void)fprintf(stderr, "%s\n", err.text);
		return NULL;
	}
	for (size_t i = 0; !a->stop && a->n < ASKED; i++) {
		double start = bench_seconds(), work = thread_seconds();
		const char *query = queries[i % (sizeof(queries) /
		    sizeof(queries[0]))];
		chy_found *found;

		if (chy_registry_find(reg, &reader, chy_slice_of(query), &page,
		    &found, &err) != CHY_OK) {
			(void)fprintf(stderr, "%s\n", err.text);
			break;
		}
		/* The first ones read the columns and fill the cache. */
		if (i >= 20) {
			work = (thread_seconds() - work) * 1000;
			if (work > a->worst) {
				a->worst = work;
				a->worst_query = query;
			}
			a->worked[a->n] = work;
			a->took[a->n++] = (bench_seconds() - start) * 1000;
		}
		chy_found_free(found);
		rest(20);
	}
	chy_registry_close(reg);
	return NULL;
}

static void
tell_of(const char *what, const char *of, const struct asker *a, int n,
    bool worked)
{
	double *all = malloc((a[0].n + a[n - 1].n + 1) * sizeof(*all));
	size_t m = 0;

	for (int k = 0; k < n; k++)
		for (size_t i = 0; i < a[k].n; i++)
			all[m++] = worked ? a[k].worked[i] : a[k].took[i];
	(void)printf("%-24s %6zu %s: median %.1f ms, 99%% %.1f ms, "
	    "worst %.1f ms\n", what, m, of, bench_quantile(all, m, 0.5),
	    bench_quantile(all, m, 0.99), bench_quantile(all, m, 1));
	free(all);
}

/* Both are told: waiting is what readers see; on a loaded machine computing
 * is what can be compared. */
static void
tell(const char *what, const struct asker *a, int n)
{
	tell_of(what, "questions, waiting", a, n, false);
	tell_of(what, "questions, computing", a, n, true);
	for (int k = 0; k < n; k++)
		(void)printf("%-31s the dearest %.1f ms: %s\n", "", a[k].worst,
		    a[k].n > 0 ? a[k].worst_query : "none");
	(void)fflush(stdout);
}

static void
begin(struct asker *a, pthread_t *threads, int n, const char *archive)
{
	for (int k = 0; k < n; k++) {
		a[k] = (struct asker){ .archive = archive, .owner = k == 0,
		    .took = calloc(ASKED, sizeof(double)),
		    .worked = calloc(ASKED, sizeof(double)) };
		(void)pthread_create(&threads[k], NULL, ask, &a[k]);
	}
	(void)sleep(4);
}

static void
end(struct asker *a, pthread_t *threads, int n)
{
	for (int k = 0; k < n; k++)
		a[k].stop = true;
	for (int k = 0; k < n; k++)
		(void)pthread_join(threads[k], NULL);
}

int
main(int argc, char **argv)
{
	chy_reader owner = chy_reader_owner();
	chy_import_counts counts;
	chy_import_options opts = { .readers = 1, .tend_apart = true };
	struct corpus c;
	struct asker a[2];
	pthread_t threads[2];
	chy_registry *reg;
	chy_error err;
	uint64_t filed = 0;
	double start, *live = calloc(LIVE, sizeof(*live)), worst = 0;
	double step, tended = 0;
	bool done;
	const char *path;

	if (argc < 3) {
		(void)fprintf(stderr, "bench_together ARCHIVE FOLDER\n");
		return 1;
	}
	path = argv[2];
	c = corpus_read(path);
	if (c.n < LIVE + 1 || chy_registry_open(argv[1], NULL, &reg, &err) !=
	    CHY_OK) {
		(void)fprintf(stderr, "no archive, or too few telegrams\n");
		return 1;
	}
	begin(a, threads, 2, argv[1]);
	(void)sleep(5);
	end(a, threads, 2);
	tell("alone", a, 2);

	begin(a, threads, 2, argv[1]);
	for (size_t i = 0; i < LIVE; i++) {
		start = bench_seconds();
		if (chy_registry_import_bytes(reg, &owner, c.at[i],
		    CHY_EMPTY, &opts, &counts, &err) != CHY_OK)
			(void)fprintf(stderr, "%s\n", err.text);
		filed += counts.filed;
		live[i] = (bench_seconds() - start) * 1000;
		worst = live[i] > worst ? live[i] : worst;
		start = bench_seconds();
		if (chy_registry_tend(reg, &done, &err) != CHY_OK)
			(void)fprintf(stderr, "%s\n", err.text);
		step = (bench_seconds() - start) * 1000;
		tended = step > tended ? step : tended;
		rest(50);
	}
	end(a, threads, 2);
	tell("filing one every 50 ms", a, 2);
	(void)printf("%-28s %6llu filed: median %.1f ms, 99%% %.1f ms, worst "
	    "%.1f ms; tended apart, a step at most %.1f ms\n", "",
	    (unsigned long long)filed, bench_quantile(live, LIVE, 0.5),
	    bench_quantile(live, LIVE, 0.99), worst, tended);

	opts.tend_apart = false;
	begin(a, threads, 2, argv[1]);
	start = bench_seconds();
	if (chy_registry_import(reg, &owner, &path, 1, &opts, &counts, &err) !=
	    CHY_OK)
		(void)fprintf(stderr, "%s\n", err.text);
	start = bench_seconds() - start;
	end(a, threads, 2);
	tell("importing a folder", a, 2);
	(void)printf("%-28s %6llu filed in %.1f s\n", "",
	    (unsigned long long)counts.filed, start);
	chy_registry_close(reg);
	return 0;
}
