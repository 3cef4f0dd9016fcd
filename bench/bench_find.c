/*
 * Every kind of question over one archive, beside what the engine itself takes
 * for the same words: streaming the rows of a word, and its own rank.
 *
 *	bench_find ARCHIVE [RANKED]
 *
 * ARCHIVE is there already (bench_search keeps one; chancery import makes
 * one). RANKED is a file of SQLite's with the same rows in an FTS5 table that
 * keeps lengths, which the engine's rank needs; it is made if it is not there,
 * and without it that column is left out. Half of the questions are asked by a
 * reader who may not see all. Times are medians of REPEATS, after one that
 * fills the cache of common words and is told by itself.
 *
 * SPDX-License-Identifier: ISC
 */
#include <sqlite3.h>
#include <sys/resource.h>
#include <unistd.h>

#include "corpus.h"
#include "registry/alike.h"
#include "registry/names.h"
#include "registry/network.h"
#include "registry/references.h"
#include "registry/registry.h"
#include "store/store.h"

#define REPEATS	7

static const char *const words[] = {
	"trafficking", "pipeline", "nuclear", "sanctions", "parliament",
	"security", "ambassador", "government", "the",
	"\"prime minister\"", "\"human rights\"", "elect*",
	"oil pipeline", "nuclear sanctions iran",
};

static const char *const others[] = {
	"\"oil price\"~5", "negotiate~", "para:(oil price)",
	"subject:nuclear", "subject:/nuclear|missile/",
	"subject:/^election/ from:paris", "from:paris", "from:france",
	"to:state tag:PTER", "tag:/^E/", "date:2009-03", "class:S..",
	"mark:S/NF", "caption:NOFORN iran", "person:bush", "is:cited",
	"is:missing", "is:request", "is:corrected", "ref:paris",
	"cites:{subject:nuclear}", "thread:{subject:nuclear date:2009}",
	"mrn:/MUSCAT4/", "not class:C date:2010",
	"(oil or gas) -russia precedence:immediate..",
};

struct world {
	chy_registry *reg;
	chy_reader    readers[2];
	sqlite3	     *raw, *ranked;
	chy_error     err;
};

static double
median(double *at, size_t n)
{
	return bench_quantile(at, n, 0.5);
}

/* One question so and so often; the first time apart. */
static double
ask(struct world *w, const char *query, const chy_find_options *opts,
    double *ret_first, uint64_t *ret_total)
{
	double took[REPEATS];

	for (int i = -1; i < REPEATS; i++) {
		chy_found *found;
		double start = bench_seconds();

		if (chy_registry_find(w->reg, &w->readers[(i + 1) % 2],
		    chy_slice_of(query), opts, &found, &w->err) != CHY_OK) {
			(void)fprintf(stderr, "%s: %s\n", query, w->err.text);
			exit(1);
		}
		start = (bench_seconds() - start) * 1000;
		if (i < 0)
			*ret_first = start;
		else
			took[i] = start;
		if (i == 1)
			*ret_total = found->total;
		chy_found_free(found);
	}
	return median(took, REPEATS);
}

/* Milliseconds in which the engine gives all rows of a statement. */
static double
engine(sqlite3 *db, const char *sql, const char *match)
{
	double took[3];

	if (db == NULL)
		return 0;
	for (int i = 0; i < 3; i++) {
		double start = bench_seconds();
		sqlite3_stmt *s;

		if (sqlite3_prepare_v2(db, sql, -1, &s, NULL) != SQLITE_OK)
			return 0;
		sqlite3_bind_text(s, 1, match, -1, SQLITE_STATIC);
		while (sqlite3_step(s) == SQLITE_ROW)
			(void)sqlite3_column_int64(s, 0);
		sqlite3_finalize(s);
		took[i] = (bench_seconds() - start) * 1000;
	}
	return median(took, 3);
}


/* ---- a table with lengths, for the engine's rank ---- */

struct ranking {
	sqlite3	     *db;
	sqlite3_stmt *insert;
	int64_t	      n;
};

static chy_status
rank_one(void *arg, const chy_shown *shown)
{
	struct ranking *r = arg;

	for (uint32_t p = 0; p < shown->n_parts; p++) {
		chy_arena arena;
		chy_row *rows;
		uint32_t n;

		chy_arena_init(&arena, 0);
		if (chy_rows_make(shown->parts[p].telegram, &arena, &rows,
		    &n) != CHY_OK)
			n = 0;
		for (uint32_t i = 0; i < n; i++) {
			sqlite3_bind_int64(r->insert, 1, ++r->n);
			sqlite3_bind_text(r->insert, 2, rows[i].text.ptr,
			    (int)rows[i].text.len, SQLITE_STATIC);
			(void)sqlite3_step(r->insert);
			sqlite3_reset(r->insert);
		}
		chy_arena_done(&arena);
	}
	return CHY_OK;
}

static sqlite3 *
open_ranked(struct world *w, const char *path)
{
	bool there = access(path, F_OK) == 0;
	struct ranking r = { .n = 0 };
	double start = bench_seconds();

	if (sqlite3_open(path, &r.db) != SQLITE_OK)
		return NULL;
	if (there)
		return r.db;
	(void)sqlite3_exec(r.db, "PRAGMA page_size = 32768;"
	    "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
	    "CREATE VIRTUAL TABLE words USING fts5(text, content = '', "
	    "tokenize = 'unicode61 remove_diacritics 2');"
	    "INSERT INTO words(words, rank) VALUES ('pgsz', 16000); BEGIN",
	    NULL, NULL, NULL);
	(void)sqlite3_prepare_v2(r.db, "INSERT INTO words(rowid, text) "
	    "VALUES (?, ?)", -1, &r.insert, NULL);
	if (chy_registry_export(w->reg, &w->readers[0], CHY_EMPTY, NULL,
	    rank_one, &r, &w->err) != CHY_OK)
		(void)fprintf(stderr, "%s\n", w->err.text);
	sqlite3_finalize(r.insert);
	(void)sqlite3_exec(r.db, "COMMIT", NULL, NULL, NULL);
	(void)printf("%lld rows for the engine's rank in %.0f s\n",
	    (long long)r.n, bench_seconds() - start);
	return r.db;
}


/* ---- other questions ---- */

typedef chy_status (*question_fn)(struct world *w, const chy_reader *reader);

static chy_status
ask_stats(struct world *w, const chy_reader *reader)
{
	chy_stats *s;
	chy_status st = chy_registry_stats(w->reg, reader, false, &s, &w->err);

	if (st == CHY_OK)
		chy_stats_free(s);
	return st;
}

static chy_status
ask_names(struct world *w, const chy_reader *reader)
{
	chy_names_options opts = { .kind = -1 };
	chy_names_list *list;
	chy_status st = chy_registry_names(w->reg, reader,
	    CHY_SLICE("date:2009"), &opts, &list, &w->err);

	if (st == CHY_OK)
		chy_names_list_free(list);
	return st;
}

static chy_status
ask_timeline(struct world *w, const chy_reader *reader)
{
	chy_timeline *t;
	chy_status st = chy_registry_timeline(w->reg, reader,
	    CHY_SLICE("government"), CHY_PERIOD_MONTH, &t, &w->err);

	if (st == CHY_OK)
		chy_timeline_free(t);
	return st;
}

static chy_status
ask_network(struct world *w, const chy_reader *reader)
{
	chy_network *n;
	chy_status st = chy_registry_network(w->reg, reader,
	    CHY_SLICE("government"), &n, &w->err);

	if (st == CHY_OK)
		chy_network_free(n);
	return st;
}

static chy_status
ask_complete(struct world *w, const chy_reader *reader)
{
	chy_completions *list;
	chy_status st = chy_registry_complete(w->reg, reader,
	    CHY_SLICE("oil from:m"), 20, &list, &w->err);

	if (st == CHY_OK)
		chy_completions_free(list);
	return st;
}

static const struct {
	const char *name;
	question_fn ask;
} questions[] = {
	{ "stats", ask_stats },
	{ "names date:2009", ask_names },
	{ "timeline government", ask_timeline },
	{ "network government", ask_network },
	{ "complete from:m", ask_complete },
};

static void
ask_others(struct world *w)
{
	chy_find_options page = { .size = 20, .want = CHY_WANT_SNIPPETS };

	(void)printf("\n%-46s %9s %9s %9s\n", "question", "telegrams",
	    "first ms", "page ms");
	for (size_t i = 0; i < ARRAY_LEN(others); i++) {
		uint64_t total = 0;
		double first, took = ask(w, others[i], &page, &first, &total);

		(void)printf("%-46s %9llu %9.2f %9.2f\n", others[i],
		    (unsigned long long)total, first, took);
	}
	for (size_t i = 0; i < ARRAY_LEN(questions); i++) {
		double took[REPEATS], first = 0;

		for (int k = -1; k < REPEATS; k++) {
			double start = bench_seconds();

			if (questions[i].ask(w, &w->readers[(k + 1) % 2]) !=
			    CHY_OK) {
				(void)fprintf(stderr, "%s: %s\n",
				    questions[i].name, w->err.text);
				exit(1);
			}
			start = (bench_seconds() - start) * 1000;
			if (k < 0)
				first = start;
			else
				took[k] = start;
		}
		(void)printf("%-46s %9s %9.2f %9.2f\n", questions[i].name, "",
		    first, median(took, REPEATS));
	}
}

static void
ask_words(struct world *w)
{
	chy_find_options bare = { .size = 20 };
	chy_find_options snips = { .size = 20, .want = CHY_WANT_SNIPPETS };
	chy_find_options facets = { .size = 20, .want = CHY_WANT_FACETS };
	chy_find_options best = { .size = 20, .sort = CHY_SORT_RELEVANCE };

	(void)printf("\n%-24s %9s %9s %8s %8s %8s %8s %9s %9s %6s\n", "words",
	    "telegrams", "first ms", "page", "snippets", "facets", "best",
	    "engine", "its rank", "ratio");
	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		uint64_t total = 0;
		double first, no;
		double page = ask(w, words[i], &bare, &first, &total);
		double with = ask(w, words[i], &snips, &no, &total);
		double facet = ask(w, words[i], &facets, &no, &total);
		double rank = ask(w, words[i], &best, &no, &total);
		double rows = engine(w->raw, "SELECT rowid FROM words "
		    "WHERE words MATCH ?", words[i]);
		double own = engine(w->ranked, "SELECT rowid FROM words "
		    "WHERE words MATCH ? ORDER BY rank LIMIT 20", words[i]);

		(void)printf("%-24s %9llu %9.2f %8.2f %8.2f %8.2f %8.2f %9.2f "
		    "%9.2f %6.2f\n", words[i], (unsigned long long)total,
		    first, page, with, facet, rank, rows, own, own > 0 ?
		    rank / own : 0);
	}
}

int
main(int argc, char **argv)
{
	struct world w = { .ranked = NULL };
	struct rusage usage;
	uint64_t n;
	double start = bench_seconds();

	if (argc < 2) {
		(void)fprintf(stderr, "bench_find ARCHIVE [RANKED]\n");
		return 1;
	}
	w.readers[0] = chy_reader_owner();
	if (chy_reader_parse(CHY_SLICE("C"), &w.readers[1], &w.err) !=
	    CHY_OK || chy_registry_open(argv[1], NULL, &w.reg, &w.err) !=
	    CHY_OK || chy_registry_count(w.reg, &w.readers[0], CHY_EMPTY, &n,
	    &w.err) != CHY_OK) {
		(void)fprintf(stderr, "%s\n", w.err.text);
		return 1;
	}
	(void)printf("%llu telegrams; opened in %.2f s\n",
	    (unsigned long long)n, bench_seconds() - start);
	(void)sqlite3_open_v2(argv[1], &w.raw, SQLITE_OPEN_READONLY, NULL);
	if (argc > 2)
		w.ranked = open_ranked(&w, argv[2]);
	ask_words(&w);
	ask_others(&w);
	(void)getrusage(RUSAGE_SELF, &usage);
	(void)printf("\nmemory at most %ld MB\n", usage.ru_maxrss / 1024);
	sqlite3_close(w.raw);
	sqlite3_close(w.ranked);
	chy_registry_close(w.reg);
	return 0;
}
