/*
 * A million citations: what following all of them takes, over an archive of
 * small telegrams that each cite four earlier ones, of other posts and years,
 * one in twenty by a number that is not there, one in fifty by its time.
 *
 *	bench_references [TELEGRAMS [ARCHIVE]]
 *
 * ARCHIVE is kept, and used as it is if it is there; else a temporary one.
 *
 * SPDX-License-Identifier: ISC
 */
#include <sys/resource.h>
#include <unistd.h>

#include "corpus.h"
#include "registry/references.h"

#define PATH_MAX_	600
#define CITES		4
#define POSTS		40

static const char *const posts[POSTS] = {
	"ABUJA", "AMMAN", "ANKARA", "ATHENS", "BAGHDAD", "BAKU", "BANGKOK",
	"BEIJING", "BEIRUT", "BERLIN", "BOGOTA", "BUENOS AIRES", "CAIRO",
	"CARACAS", "DAMASCUS", "DHAKA", "DUBLIN", "HANOI", "HARARE",
	"HELSINKI", "ISLAMABAD", "JAKARTA", "KABUL", "KHARTOUM", "LA PAZ",
	"LIMA", "LISBON", "LONDON", "MADRID", "MANILA", "MOSCOW", "MUSCAT",
	"NAIROBI", "NEW DELHI", "OSLO", "OTTAWA", "PARIS", "PRAGUE", "TOKYO",
	"WARSAW",
};

static uint64_t
mix(uint64_t x)
{
	x += UINT64_C(0x9e3779b97f4a7c15);
	x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
	return x ^ (x >> 31);
}

/* Number i of a post, one of each minute and post: nothing is said twice. */
static void
facts(size_t i, size_t all, unsigned *post, chy_civil *when, unsigned *serial)
{
	int64_t from = chy_civil_seconds((chy_civil){ 1990, 1, 1, 0, 0 });
	int64_t to = chy_civil_seconds((chy_civil){ 2010, 1, 1, 0, 0 });
	int64_t round = (int64_t)(i / POSTS), rounds = (int64_t)(all / POSTS) + 1;

	*post = (unsigned)(i % POSTS);
	*when = chy_civil_from(from + (to - from) * round / rounds);
	*serial = (unsigned)round + 1;
}

static void
put_telegram(FILE *f, size_t i, size_t all)
{
	static const char *const months[] = { "JAN", "FEB", "MAR", "APR", "MAY",
	    "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC" };
	unsigned post, serial, other, number;
	chy_civil when, then;

	facts(i, all, &post, &when, &serial);
	(void)fprintf(f, "R %02d%02d%02dZ %s %02d\nFM AMEMBASSY %s\n"
	    "TO SECSTATE WASHDC %04u\n\nUNCLAS %s %06u\n\nE.O. 12958: N/A\n"
	    "TAGS: PREL\nSUBJECT: NUMBER %zu\n\n", when.day, when.hour,
	    when.minute, months[when.month - 1], when.year % 100, posts[post],
	    1 + (serial - 1) % 9999, posts[post], serial, i);
	for (unsigned k = 0; k < CITES && i > POSTS; k++) {
		uint64_t x = mix(i * CITES + k);
		/* Mostly recent ones, so that threads are as in life. */
		size_t back = 1 + (size_t)(x % 997 * (x >> 20 & 1023) / 64);
		size_t to = back < i ? i - back : i - 1;

		facts(to, all, &other, &then, &number);
		(void)fprintf(f, "%s%c. ", k == 0 ? "REF: " : "     ", 'A' +
		    (int)k);
		if ((x >> 44) % 50 == 0)
			(void)fprintf(f, "AMEMBASSY %s %02d%02d%02dZ %s %02d\n",
			    posts[other], then.day, then.hour, then.minute,
			    months[then.month - 1], then.year % 100);
		else
			(void)fprintf(f, "%02d %s %u\n", then.year % 100,
			    posts[other], (x >> 50) % 20 == 0 ? number +
			    900000 : number);
	}
	(void)fprintf(f, "\n1. (U) Text of number %zu.\n\nVOSS\n\nNNNN\n", i);
}

static chy_status
fill(const char *archive, size_t want, chy_error *err)
{
	chy_registry_options opts = { .create = true };
	chy_reader owner = chy_reader_owner();
	char path[PATH_MAX_ + 8];
	const char *paths[] = { path };
	chy_registry *reg;
	chy_import_counts counts;
	chy_status st;
	FILE *f;

	(void)snprintf(path, sizeof(path), "%s.txt", archive);
	f = fopen(path, "wb");
	if (f == NULL)
		return chy_fail(err, CHY_ERR_IO, "no file %s", path);
	for (size_t i = 0; i < want; i++)
		put_telegram(f, i, want);
	(void)fclose(f);
	st = chy_registry_open(archive, &opts, &reg, err);
	if (st != CHY_OK)
		return st;
	st = chy_registry_import(reg, &owner, paths, 1, NULL, &counts, err);
	chy_registry_close(reg);
	(void)unlink(path);
	return st;
}

static long
resident(void)
{
	struct rusage usage;

	(void)getrusage(RUSAGE_SELF, &usage);
	return usage.ru_maxrss;
}

int
main(int argc, char **argv)
{
	size_t want = argc > 1 ? (size_t)strtoul(argv[1], NULL, 10) : 250000;
	char own[] = "/tmp/chancery-bench-XXXXXX", archive[PATH_MAX_];
	chy_error err = { .status = CHY_OK };
	chy_reader readers[2];
	chy_registry *reg;
	chy_unresolved *u;
	chy_gaps *gaps;
	chy_thread *thread;
	chy_shown *shown;
	chy_gaps_options gap_opts = { .query = CHY_EMPTY,
	    .post = CHY_SLICE("MUSCAT"), .year = 2000 };
	double start;
	uint64_t n;
	chy_slice id = CHY_EMPTY;
	long before;

	if (argc > 2)
		(void)snprintf(archive, sizeof(archive), "%s", argv[2]);
	else if (mkdtemp(own) != NULL)
		(void)snprintf(archive, sizeof(archive), "%s/a.sqlite", own);
	start = bench_seconds();
	if (access(archive, F_OK) != 0 && fill(archive, want, &err) != CHY_OK)
		goto failed;
	(void)printf("filled in %.1f s\n", bench_seconds() - start);
	readers[0] = chy_reader_owner();
	if (chy_reader_parse(CHY_SLICE("C"), &readers[1], &err) != CHY_OK ||
	    chy_registry_open(archive, NULL, &reg, &err) != CHY_OK)
		goto failed;
	start = bench_seconds();
	if (chy_registry_count(reg, &readers[0], CHY_EMPTY, &n, &err) != CHY_OK)
		goto failed;
	before = resident();
	(void)printf("%llu telegrams, columns read in %.3f s, %ld MB\n",
	    (unsigned long long)n, bench_seconds() - start, before / 1024);

	start = bench_seconds();
	if (chy_registry_unresolved(reg, &readers[0], CHY_EMPTY, 100, &u,
	    &err) != CHY_OK)
		goto failed;
	(void)printf("citations read and followed, failures by kind: %.3f s, "
	    "%llu citations, %llu resolved, %ld MB more\n",
	    bench_seconds() - start, (unsigned long long)u->citations,
	    (unsigned long long)u->resolved, (resident() - before) / 1024);
	if (u->n_values > 0)
		id = chy_arena_copy(&u->arena, u->values[0].citers[0]);
	for (int i = 0; i < 2; i++) {
		chy_unresolved *again;

		start = bench_seconds();
		if (chy_registry_unresolved(reg, &readers[i], CHY_EMPTY, 100,
		    &again, &err) != CHY_OK)
			goto failed;
		(void)printf("failures by kind again, %s: %.3f s\n", i == 0 ?
		    "owner" : "reader C", bench_seconds() - start);
		chy_unresolved_free(again);
		start = bench_seconds();
		if (chy_registry_count(reg, &readers[i], CHY_SLICE("is:cited"),
		    &n, &err) != CHY_OK)
			goto failed;
		(void)printf("is:cited, %s: %.3f s, %llu telegrams\n", i == 0 ?
		    "owner" : "reader C", bench_seconds() - start,
		    (unsigned long long)n);
	}
	start = bench_seconds();
	if (chy_registry_gaps(reg, &readers[0], &gap_opts, &gaps, &err) !=
	    CHY_OK)
		goto failed;
	(void)printf("gaps of one post and year: %.3f s, %llu missing\n",
	    bench_seconds() - start, (unsigned long long)gaps->missing);
	chy_gaps_free(gaps);
	gap_opts.post = CHY_EMPTY;
	gap_opts.year = 0;
	start = bench_seconds();
	if (chy_registry_gaps(reg, &readers[0], &gap_opts, &gaps, &err) !=
	    CHY_OK)
		goto failed;
	(void)printf("gaps of all: %.3f s, %u posts and years, %llu missing\n",
	    bench_seconds() - start, gaps->n_years,
	    (unsigned long long)gaps->missing);
	chy_gaps_free(gaps);
	if (id.len > 0) {
		start = bench_seconds();
		if (chy_registry_show(reg, &readers[0], id, &shown, &err) !=
		    CHY_OK)
			goto failed;
		(void)printf("one telegram, references both ways: %.4f s\n",
		    bench_seconds() - start);
		chy_shown_free(shown);
		start = bench_seconds();
		if (chy_registry_thread(reg, &readers[0], id, &thread, &err) !=
		    CHY_OK)
			goto failed;
		(void)printf("its thread: %.3f s, %u telegrams, %u missing%s\n",
		    bench_seconds() - start, thread->n_nodes,
		    thread->n_missing, thread->cut ? ", cut" : "");
		chy_thread_free(thread);
	}
	chy_unresolved_free(u);
	chy_registry_close(reg);
	if (argc <= 2) {
		(void)unlink(archive);
		(void)rmdir(own);
	}
	return 0;
failed:
	(void)fprintf(stderr, "%s\n", err.text);
	return 1;
}
