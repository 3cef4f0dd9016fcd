/*
 * Names, similar telegrams, near-duplicates and counts over a large archive,
 * half of it asked by a reader who may not see all.
 *
 *	bench_alike [TELEGRAMS [ARCHIVE]]
 *
 * ARCHIVE is kept, and used as it is if it is there. The telegrams are the
 * corpus with other words and numbers, so each has hundreds of near-duplicates:
 * as many are read and proved as ever are.
 *
 * SPDX-License-Identifier: ISC
 */
#include <sys/resource.h>

#include "archive.h"
#include "registry/alike.h"
#include "registry/names.h"
#include "registry/network.h"

#define ASKED	200u

static chy_registry *reg;
static chy_reader readers[2];
static chy_error err;

static void
fail(const char *what)
{
	(void)fprintf(stderr, "%s: %s\n", what, err.text);
	exit(1);
}

/* Wall and CPU time of one question: on a machine that does other work, too,
 * the one is not worth much. */
struct watch {
	double wall[ASKED], cpu[ASKED];
	double at_wall, at_cpu;
	size_t n;
};

static void
watch_start(struct watch *w)
{
	w->at_wall = bench_seconds();
	w->at_cpu = bench_cpu();
}

static void
watch_stop(struct watch *w)
{
	w->wall[w->n] = (bench_seconds() - w->at_wall) * 1e3;
	w->cpu[w->n++] = (bench_cpu() - w->at_cpu) * 1e3;
}

static void
tell(const char *what, struct watch *w)
{
	(void)printf("%-28s CPU median %7.2f ms", what,
	    bench_quantile(w->cpu, w->n, 0.5));
	(void)printf(", 99%% %7.2f ms; wall median %7.2f ms",
	    bench_quantile(w->cpu, w->n, 0.99),
	    bench_quantile(w->wall, w->n, 0.5));
	(void)printf(", worst %7.2f ms\n", w->wall[w->n - 1]);
	w->n = 0;
}

/* Ids spread over the archive. */
static chy_slice *
some_ids(chy_arena *arena, size_t *ret_n)
{
	chy_slice *ids = chy_arena_zalloc(arena, ASKED, sizeof(*ids));
	uint64_t total;

	if (ids == NULL || chy_registry_count(reg, &readers[1], CHY_EMPTY,
	    &total, &err) != CHY_OK)
		fail("count");
	*ret_n = 0;
	for (uint32_t i = 0; i < ASKED; i++) {
		chy_find_options opts = { .size = 1, .page = 1 +
		    (uint32_t)(total / ASKED * i) };
		chy_found *f;

		if (chy_registry_find(reg, &readers[1], CHY_EMPTY, &opts, &f,
		    &err) != CHY_OK)
			fail("find");
		if (f->n_hits > 0)
			ids[(*ret_n)++] = chy_arena_copy(arena,
			    f->hits[0].line.id);
		chy_found_free(f);
	}
	return ids;
}

static void
time_like(const chy_slice *ids, size_t n)
{
	static struct watch w;
	uint64_t near = 0, reasons = 0;

	for (size_t i = 0; i < n; i++) {
		chy_likes *l;

		watch_start(&w);
		if (chy_registry_like(reg, &readers[i % 2], ids[i], 10, &l,
		    &err) != CHY_OK)
			fail("like");
		watch_stop(&w);
		for (uint32_t k = 0; k < l->n; k++) {
			near += l->at[k].near_duplicate;
			reasons += l->at[k].n_reasons;
		}
		chy_likes_free(l);
	}
	tell("like, readers in turns", &w);
	for (size_t i = 0; i < n; i++) {
		chy_likes *l;

		watch_start(&w);
		if (chy_registry_like(reg, &readers[1], ids[i], 10, &l,
		    &err) != CHY_OK)
			fail("like");
		watch_stop(&w);
		chy_likes_free(l);
	}
	tell("like (target 100)", &w);
	(void)printf("%llu near-duplicates, %llu reasons in %zu answers\n",
	    (unsigned long long)near, (unsigned long long)reasons, n);
}

static void
time_counts(void)
{
	static const char *const queries[] = { "", "nuclear", "from:paris",
	    "tag:PREL", "date:2009", "iran", "class:C", "oil pipeline" };
	static struct watch w;
	chy_names_options opts = { .kind = -1 };

	for (size_t i = 0; i < 8; i++) {
		chy_names_list *list;

		watch_start(&w);
		if (chy_registry_names(reg, &readers[1],
		    chy_slice_of(queries[i]), &opts, &list, &err) != CHY_OK)
			fail("names");
		watch_stop(&w);
		chy_names_list_free(list);
	}
	tell("names of a query", &w);
	for (size_t i = 0; i < 8; i++) {
		chy_network *net;

		watch_start(&w);
		if (chy_registry_network(reg, &readers[1],
		    chy_slice_of(queries[i]), &net, &err) != CHY_OK)
			fail("network");
		watch_stop(&w);
		chy_network_free(net);
	}
	tell("network of a query", &w);
	for (size_t i = 0; i < 8; i++) {
		chy_timeline *t;

		watch_start(&w);
		if (chy_registry_timeline(reg, &readers[1],
		    chy_slice_of(queries[i]), CHY_PERIOD_DAY, &t, &err) !=
		    CHY_OK)
			fail("timeline");
		watch_stop(&w);
		chy_timeline_free(t);
	}
	tell("timeline by day", &w);
}

int
main(int argc, char **argv)
{
	size_t want = argc > 1 ? (size_t)strtoul(argv[1], NULL, 10) : 100000;
	char folder[512], archive[PATH_MAX_];
	char own[] = "/tmp/chancery-bench-XXXXXX";
	struct corpus c = corpus_read(bench_corpus_folder(folder,
	    sizeof(folder)));
	struct rusage usage;
	chy_arena arena;
	chy_slice *ids;
	size_t n;

	if (c.n == 0) {
		(void)fprintf(stderr, "no corpus in %s\n", folder);
		return 1;
	}
	if (argc > 2)
		(void)snprintf(archive, sizeof(archive), "%s", argv[2]);
	else if (mkdtemp(own) != NULL)
		(void)snprintf(archive, sizeof(archive), "%s/a.sqlite", own);
	if (access(archive, F_OK) != 0 &&
	    bench_fill(archive, &c, want, &err) != CHY_OK)
		fail("fill");
	readers[0] = chy_reader_owner();
	if (chy_reader_parse(CHY_SLICE("C"), &readers[1], &err) != CHY_OK ||
	    chy_registry_open(archive, NULL, &reg, &err) != CHY_OK)
		fail(archive);
	(void)setvbuf(stdout, NULL, _IOLBF, 0);
	chy_arena_init(&arena, 0);
	ids = some_ids(&arena, &n);
	for (int i = 0; i < 2; i++) {
		chy_names_options opts = { .kind = -1 };
		double start = bench_cpu();
		chy_names_list *list;

		if (chy_registry_names(reg, &readers[i], CHY_EMPTY, &opts,
		    &list, &err) != CHY_OK)
			fail("names");
		(void)printf("%s: first names of %llu telegrams in %.0f ms of CPU; "
		    "%llu persons, %llu places, %llu bodies\n", i == 0 ?
		    "owner, and loading" : "reader C",
		    (unsigned long long)list->telegrams,
		    (bench_cpu() - start) * 1e3,
		    (unsigned long long)list->n_all[0],
		    (unsigned long long)list->n_all[1],
		    (unsigned long long)list->n_all[2]);
		chy_names_list_free(list);
	}
	time_counts();
	time_like(ids, n);
	for (size_t i = 0; i + 20 <= n && i < 100; i += 20) {
		chy_fold folds[20];
		double start = bench_cpu();

		if (chy_registry_fold(reg, &readers[1], ids + i, 20, folds,
		    &err) != CHY_OK)
			fail("fold");
		(void)printf("folding a page of 20: %.1f ms of CPU\n",
		    (bench_cpu() - start) * 1e3);
	}
	(void)getrusage(RUSAGE_SELF, &usage);
	(void)printf("memory at most %ld MB\n", usage.ru_maxrss / 1024);
	chy_registry_close(reg);
	chy_arena_done(&arena);
	if (argc <= 2) {
		(void)unlink(archive);
		(void)rmdir(own);
	}
	return 0;
}
