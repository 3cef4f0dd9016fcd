/*
 * How long distribution takes by 100 and by 10,000 rules, over the same
 * telegrams, in turns.
 *
 *	bench_distribute FOLDER
 *
 * FOLDER holds telegrams, one a file; all of its words and codes make the
 * rules, so that many of them nearly fire and some do. Prints the median and
 * the worst of a telegram, and the ratio of the two medians.
 *
 * SPDX-License-Identifier: ISC
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/ascii.h"
#include "base/compiler.h"
#include "distribute/distribute.h"
#include "forms/forms.h"

#define TELEGRAMS	300u
#define ROUNDS		7u

static chy_telegram *tels[TELEGRAMS];
static uint32_t n_tels;
static chy_slice words[200000];
static uint32_t n_words;

static double
now_us(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static void
read_one(const char *folder, const char *name)
{
	char path[4400];
	static char bytes[1 << 20];
	chy_error err;
	size_t n;
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	f = fopen(path, "rb");
	if (f == NULL)
		return;
	n = fread(bytes, 1, sizeof(bytes), f);
	fclose(f);
	if (n > 0 && chy_telegram_read((chy_slice){ bytes, n }, NULL,
	    &tels[n_tels], &err) == CHY_OK && tels[n_tels]->n_paragraphs > 0)
		n_tels++;
}

/* Every word of four letters and more. */
static void
take_words(const chy_telegram *tel)
{
	for (uint32_t p = 0; p < tel->n_paragraphs; p++) {
		chy_slice s = tel->paragraphs[p].text;
		size_t start = 0;

		for (size_t i = 0; i <= s.len; i++) {
			if (i < s.len && chy_is_alpha(s.ptr[i]))
				continue;
			if (i - start >= 4 && n_words < ARRAY_LEN(words))
				words[n_words++] = chy_slice_sub(s, start,
				    i - start);
			start = i + 1;
		}
	}
}

static uint32_t
pick(uint32_t *x, uint32_t n)
{
	*x ^= *x << 13;
	*x ^= *x >> 17;
	*x ^= *x << 5;
	return *x % n;
}

static chy_rules *
make_rules(uint32_t n)
{
	static const char *const tags[] = { "PREL", "PGOV", "ECON", "PHUM",
		"EWWT", "ETRD", "KCRM", "SMIG", "ELAB", "EAID", "SENV", "MARR",
		"PARM", "ENRG", "EFIN", "CASC" };
	chy_buf buf = CHY_BUF_INIT;
	chy_rules *rules = NULL;
	chy_rules_error bad;
	uint32_t x = 2463534242u;

	chy_buf_puts(&buf, "addressee HOME is \"SECSTATE WASHDC\"\n"
	    "rule ONE \"one\" if to HOME then one action at HOME\n");
	for (uint32_t i = 0; i < n; i++) {
		chy_slice a = words[pick(&x, n_words)];
		chy_slice b = words[pick(&x, n_words)];
		const char *tag = tags[pick(&x, ARRAY_LEN(tags))];

		chy_buf_printf(&buf, "rule B%u \"x\" if ", i);
		switch (pick(&x, 5)) {
		case 0:
			chy_buf_printf(&buf, "tag %s and text \"%.*s %.*s\"",
			    tag, CHY_ARG(a), CHY_ARG(b));
			break;
		case 1:
			chy_buf_printf(&buf, "text \"%.*s %.*s\"", CHY_ARG(a),
			    CHY_ARG(b));
			break;
		case 2:
			chy_buf_printf(&buf, "from POST%u and words \"%.*s\"",
			    pick(&x, 500), CHY_ARG(a));
			break;
		case 3:
			chy_buf_printf(&buf, "tag %s and precedence IMMEDIATE "
			    "or above and paragraph (\"%.*s\" and \"%.*s\" and "
			    "\"%.*s%.*s\")", tag, CHY_ARG(a), CHY_ARG(b),
			    CHY_ARG(b), CHY_ARG(a));
			break;
		default:
			chy_buf_printf(&buf, "tag %s and subject any of "
			    "(\"%.*s %.*s\", \"%.*s%u\")", tag, CHY_ARG(b),
			    CHY_ARG(a), CHY_ARG(a), i);
			break;
		}
		chy_buf_printf(&buf, " then %s OFFICE%u\n",
		    pick(&x, 4) == 0 ? "action" : "info", pick(&x, 400));
	}
	if (chy_rules_parse(CHY_SLICE("made"), chy_buf_slice(&buf), NULL, NULL,
	    &rules, &bad) != CHY_OK) {
		fprintf(stderr, "%u: %s: %s\n", bad.line, bad.text,
		    bad.source);
		exit(1);
	}
	chy_buf_done(&buf);
	return rules;
}

static double
one(const chy_rules *rules, const chy_telegram *tel, chy_arena *arena,
    chy_arena *scratch, uint32_t *fired)
{
	chy_distribute_options opts = { .us = CHY_EMPTY, .scratch = scratch };
	double start = now_us();
	chy_distribution d;
	chy_error err;

	chy_arena_reset(arena);
	if (chy_distribute(rules, tel, &opts, arena, &d, &err) != CHY_OK)
		exit(1);
	*fired += d.n_fired;
	return now_us() - start;
}

static int
double_cmp(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

int
main(int argc, char **argv)
{
	static const uint32_t sizes[] = { 100, 10000 };
	static double best[ARRAY_LEN(sizes)][TELEGRAMS];
	const char *corpus = getenv("CHANCERY_CORPUS");
	char folder[4096];
	chy_rules *rules[ARRAY_LEN(sizes)];
	uint32_t fired[ARRAY_LEN(sizes)] = { 0 };
	chy_arena arena, scratch;
	struct dirent *e;
	DIR *dir;

	snprintf(folder, sizeof(folder), "%s/state-2000s", corpus != NULL ?
	    corpus : "../shared/corpus");
	if (argc > 1)
		snprintf(folder, sizeof(folder), "%s", argv[1]);
	dir = opendir(folder);
	while (dir != NULL && (e = readdir(dir)) != NULL &&
	    n_tels < TELEGRAMS)
		if (strstr(e->d_name, ".txt") != NULL)
			read_one(folder, e->d_name);
	if (dir != NULL)
		closedir(dir);
	for (uint32_t i = 0; i < n_tels; i++)
		take_words(tels[i]);
	if (n_words == 0) {
		printf("no telegrams in %s\n", folder);
		return 77;
	}
	chy_arena_init(&arena, 0);
	chy_arena_init(&scratch, 1u << 20);
	for (size_t k = 0; k < ARRAY_LEN(sizes); k++)
		rules[k] = make_rules(sizes[k]);
	for (uint32_t round = 0; round < ROUNDS; round++)
		for (uint32_t i = 0; i < n_tels; i++)
			for (size_t k = 0; k < ARRAY_LEN(sizes); k++) {
				uint32_t n = 0;
				double t = one(rules[k], tels[i], &arena,
				    &scratch, &n);

				if (round == 0 || t < best[k][i])
					best[k][i] = t;
				fired[k] += round == 0 ? n : 0;
			}
	for (size_t k = 0; k < ARRAY_LEN(sizes); k++) {
		qsort(best[k], n_tels, sizeof(double), double_cmp);
		printf("%5u rules, %u telegrams: median %.1f us, 99%% %.1f us, "
		    "worst %.1f us, %.1f rules fire\n", sizes[k], n_tels,
		    best[k][n_tels / 2], best[k][n_tels * 99 / 100],
		    best[k][n_tels - 1], (double)fired[k] / n_tels);
	}
	printf("100 times the rules take %.2f times the time\n",
	    best[1][n_tels / 2] / best[0][n_tels / 2]);
	for (size_t k = 0; k < ARRAY_LEN(sizes); k++)
		chy_rules_free(rules[k]);
	for (uint32_t i = 0; i < n_tels; i++)
		chy_telegram_free(tels[i]);
	chy_arena_done(&arena);
	chy_arena_done(&scratch);
	return 0;
}
