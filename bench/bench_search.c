/*
 * The first page of a search, with rights and snippets, over an archive of
 * 100,000 telegrams: the corpus with other words, numbers and dates.
 *
 *	bench_search [TELEGRAMS [ARCHIVE]]
 *
 * ARCHIVE, a file or an address on a server, is kept, and used as it is if it
 * is there; else a temporary one. Half of the queries are asked by a reader
 * who may not see all.
 *
 * SPDX-License-Identifier: ISC
 */
#include <sys/resource.h>
#include <unistd.h>

#include "archive.h"

#define ROUNDS	3

static const char *const fixed[] = {
	"oil", "pipeline", "nuclear", "iran", "ambassador", "government",
	"minister", "\"prime minister\"", "\"foreign minister\"", "terrorism",
	"human rights", "trafficking", "wheat", "election*", "corrupt*",
	"oman oil", "oil pipeline", "oil and not gas", "nuclear weapons iran",
	"from:paris", "from:muscat", "from:state date:2009", "to:state tag:PTER",
	"tag:PREL", "tag:EPET date:2005..2008", "class:S", "class:S..TS iran",
	"date:2009-03", "date:2009-03-01..2009-03-31 tag:PGOV",
	"subject:nuclear", "subject:\"human rights\"", "caption:NOFORN israel",
	"mark:S/NF", "para:(oil price)", "para:(nuclear and enrichment)",
	"is:corrected", "ref:paris", "precedence:immediate iraq",
	"(oil or gas) and russia", "china -taiwan", "not class:C date:2010",
	"body:sanctions", "info:\"embassy london\" tag:PARM", "xyzzyplugh",
	"\"weapons of mass destruction\"", "kyrgyzstan", "embassy",
	"climate change", "visa fraud", "president", "party", "military",
	"security council", "hizballah lebanon", "guantanamo", "swift",
	"economic reform", "bilateral", "comment", "post", "the",
	"united states", "january", "2009",
};

/* Every tenth long word of the corpus, so that rare ones are asked for too:
 * people look for names. */
static char **
rare_words(const struct corpus *c, size_t want)
{
	char **words = calloc(want, sizeof(*words));
	size_t n = 0;

	for (size_t i = 0; n < want; i += 5) {
		chy_slice s = c->at[i % c->n];
		size_t at = s.len / 2 + i % 97, end;

		while (at < s.len && !chy_is_space(s.ptr[at]))
			at++;
		while (at < s.len && !chy_is_alpha(s.ptr[at]))
			at++;
		end = at;
		while (end < s.len && chy_is_alpha(s.ptr[end]))
			end++;
		if (end - at < 5)
			continue;
		words[n] = malloc(end - at + 1);
		memcpy(words[n], s.ptr + at, end - at);
		words[n++][end - at] = '\0';
	}
	return words;
}

static bool
is_there(const char *archive)
{
	chy_registry_options opts = { .read_only = true };
	chy_registry *reg;
	chy_error err;

	if (chy_registry_open(archive, &opts, &reg, &err) != CHY_OK)
		return false;
	chy_registry_close(reg);
	return true;
}

int
main(int argc, char **argv)
{
	size_t want = argc > 1 ? (size_t)strtoul(argv[1], NULL, 10) : 100000;
	char folder[512], archive[PATH_MAX_];
	struct corpus c = corpus_read(bench_corpus_folder(folder,
	    sizeof(folder)));
	chy_find_options page = { .size = 20, .want = CHY_WANT_SNIPPETS };
	chy_find_options full = { .size = 20, .want = CHY_WANT_SNIPPETS |
	    CHY_WANT_FACETS | CHY_WANT_MONTHS };
	const size_t n_fixed = sizeof(fixed) / sizeof(fixed[0]);
	const size_t n_queries = n_fixed + 180;
	chy_reader readers[2] = { { .owner = true } };
	double *took = calloc(n_queries * ROUNDS, sizeof(*took)), start;
	double *whole = calloc(n_queries * ROUNDS, sizeof(*whole)), last[3];
	chy_error err = { .status = CHY_OK };
	chy_registry *reg;
	struct rusage usage;
	char own[] = "/tmp/chancery-bench-XXXXXX";
	char **rare;
	size_t n = 0;

	if (c.n == 0) {
		(void)fprintf(stderr, "no corpus in %s\n", folder);
		return 1;
	}
	if (argc > 2)
		(void)snprintf(archive, sizeof(archive), "%s", argv[2]);
	else if (mkdtemp(own) != NULL)
		(void)snprintf(archive, sizeof(archive), "%s/a.sqlite", own);
	start = bench_seconds();
	if (!is_there(archive) &&
	    bench_fill(archive, &c, want, &err) != CHY_OK) {
		(void)fprintf(stderr, "%s\n", err.text);
		return 1;
	}
	(void)printf("filled in %.1f s\n", bench_seconds() - start);
	readers[0] = chy_reader_owner();
	if (chy_reader_parse(CHY_SLICE("C"), &readers[1], &err) != CHY_OK ||
	    chy_registry_open(archive, NULL, &reg, &err) != CHY_OK) {
		(void)fprintf(stderr, "%s\n", err.text);
		return 1;
	}
	rare = rare_words(&c, n_queries - n_fixed);
	/* The first question of a process reads the columns; of a reader, what
	 * they see. */
	for (int i = 0; i < 2; i++) {
		uint64_t total;

		start = bench_seconds();
		if (chy_registry_count(reg, &readers[i], CHY_EMPTY, &total,
		    &err) != CHY_OK)
			return 1;
		(void)printf("%s: %llu telegrams, first count in %.1f ms\n",
		    i == 0 ? "owner" : "reader C", (unsigned long long)total,
		    (bench_seconds() - start) * 1e3);
	}
	for (int round = 0; round < ROUNDS; round++)
		for (size_t q = 0; q < n_queries; q++) {
			chy_slice query = chy_slice_of(q < n_fixed ? fixed[q] :
			    rare[q - n_fixed]);
			const chy_reader *reader =
			    &readers[(q + (size_t)round) % 2];
			chy_found *f;

			start = bench_seconds();
			if (chy_registry_find(reg, reader, query, &page, &f,
			    &err) != CHY_OK) {
				(void)fprintf(stderr, "%s: %s\n", query.ptr,
				    err.text);
				return 1;
			}
			took[n] = (bench_seconds() - start) * 1e3;
			if (round == 0 && (took[n] > 15 || getenv("VERBOSE")))
				(void)printf("%8.2f ms %8llu %s\n", took[n],
				    (unsigned long long)f->total, query.ptr);
			chy_found_free(f);
			start = bench_seconds();
			if (chy_registry_find(reg, reader, query, &full, &f,
			    &err) != CHY_OK)
				return 1;
			whole[n++] = (bench_seconds() - start) * 1e3;
			chy_found_free(f);
		}
	for (int r = 0; r < ROUNDS; r++) {
		last[0] = bench_quantile(took + (size_t)r * n_queries,
		    n_queries, 0.5);
		last[1] = bench_quantile(took + (size_t)r * n_queries,
		    n_queries, 0.99);
		last[2] = took[(size_t)r * n_queries + n_queries - 1];
		(void)printf("round %d: first page median %.2f ms, 99%% %.2f ms, "
		    "worst %.2f ms (targets 5 and 20)\n", r + 1, last[0],
		    last[1], last[2]);
	}
	(void)printf("again with facets and months, common words in the cache: "
	    "median %.2f ms", bench_quantile(whole, n, 0.5));
	(void)printf(", 99%% %.2f ms\n", bench_quantile(whole, n, 0.99));
	(void)getrusage(RUSAGE_SELF, &usage);
	(void)printf("%zu queries; memory at most %ld MB\n", n_queries,
	    usage.ru_maxrss / 1024);
	chy_registry_close(reg);
	if (argc <= 2) {
		(void)unlink(archive);
		(void)rmdir(own);
	}
	return 0;
}
