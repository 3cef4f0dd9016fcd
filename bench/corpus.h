/*
 * The corpus, and telegrams made of it with other words, numbers and dates:
 * for measuring at sizes the corpus does not have.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef BENCH_CORPUS_H
#define BENCH_CORPUS_H

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "base/ascii.h"
#include "base/buf.h"
#include "base/civil.h"
#include "base/limits.h"

struct corpus {
	chy_slice *at;
	size_t	   n;
	size_t	   bytes;
};

static inline double
bench_seconds(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static inline double
bench_cpu(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static inline int
bench_name_cmp(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* All files of a folder, in sorted order. */
static inline struct corpus
corpus_read(const char *folder)
{
	struct corpus c = { NULL, 0, 0 };
	char **names = NULL;
	size_t n = 0;
	DIR *dir = opendir(folder);
	struct dirent *e;

	while (dir != NULL && (e = readdir(dir)) != NULL) {
		size_t size = strlen(folder) + strlen(e->d_name) + 2;

		if (e->d_name[0] == '.')
			continue;
		names = realloc(names, (n + 1) * sizeof(*names));
		names[n] = malloc(size);
		(void)snprintf(names[n++], size, "%s/%s", folder, e->d_name);
	}
	if (dir != NULL)
		(void)closedir(dir);
	if (n > 0)
		qsort(names, n, sizeof(*names), bench_name_cmp);
	c.at = calloc(n + 1, sizeof(*c.at));
	for (size_t i = 0; i < n; i++) {
		FILE *f = fopen(names[i], "rb");
		chy_buf buf = CHY_BUF_INIT;
		char *p;
		size_t got;

		while (f != NULL && (p = chy_buf_room(&buf, 65536)) != NULL &&
		    (got = fread(p, 1, 65536, f)) > 0)
			buf.len += got;
		if (f != NULL)
			(void)fclose(f);
		/* Padded, as an importer holds them: nothing is copied. */
		memset(chy_buf_room(&buf, CHY_PADDING), 0, CHY_PADDING);
		c.at[c.n++] = (chy_slice){ buf.ptr, buf.len };
		c.bytes += buf.len;
		free(names[i]);
	}
	free(names);
	return c;
}

/* The word at p takes part in the change of copy k: one long word in forty,
 * so that the vocabulary grows as that of real traffic does. */
static inline bool
bench_changes(const char *p, size_t len, unsigned k)
{
	uint32_t h = 2166136261u + k * 97u;

	if (len < 6)
		return false;
	for (size_t i = 0; i < len; i++)
		h = (h ^ (unsigned char)p[i]) * 16777619u;
	return (h >> 8) % 40 == 0;
}

/* Copy k of a telegram: other serials (numbers of six digits), other years in
 * date-time groups, some other words. Copy 0 is the telegram. */
static inline void
corpus_vary(chy_slice s, unsigned k, chy_buf *out)
{
	size_t i = 0;

	chy_buf_reset(out);
	while (i < s.len) {
		size_t end = i;
		unsigned v = 0;

		if (k > 0 && chy_is_digit(s.ptr[i])) {
			while (end < s.len && chy_is_digit(s.ptr[end])) {
				v = v * 10 + (unsigned)(s.ptr[end] - '0');
				end++;
			}
			if (end - i == 6 && end < s.len && s.ptr[end] != 'Z') {
				chy_buf_printf(out, "%06u",
				    (v + k * 2503u) % 1000000u);
			} else if (end - i == 2 && i > 4 &&
			    s.ptr[i - 1] == ' ' && chy_month_parse(
			    chy_slice_sub(s, i - 4, 3)) != 0 &&
			    s.ptr[i - 5] == ' ') {
				chy_buf_printf(out, "%02u", (v + 100 - k % 12) %
				    100 % 66);
			} else {
				chy_buf_put(out, chy_slice_sub(s, i, end - i));
			}
		} else if (k > 0 && chy_is_alpha(s.ptr[i])) {
			while (end < s.len && chy_is_alpha(s.ptr[end]))
				end++;
			if (chy_is_lower(s.ptr[end - 1]) &&
			    bench_changes(s.ptr + i, end - i, k)) {
				for (size_t m = i; m < end; m++)
					chy_buf_putc(out, (char)(chy_is_lower(
					    s.ptr[m]) ? 'a' + (s.ptr[m] - 'a' +
					    (int)(k % 25) + 1) % 26 :
					    s.ptr[m]));
			} else {
				chy_buf_put(out, chy_slice_sub(s, i, end - i));
			}
		} else {
			end++;
			chy_buf_putc(out, s.ptr[i]);
		}
		i = end;
	}
}

static inline int
bench_double_cmp(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

/* Sorts; p from 0 to 1. */
static inline double
bench_quantile(double *v, size_t n, double p)
{
	qsort(v, n, sizeof(*v), bench_double_cmp);
	return v[(size_t)(p * (double)(n - 1) + 0.5)];
}

static inline const char *
bench_corpus_folder(char *out, size_t size)
{
	const char *root = getenv("CHANCERY_CORPUS");

	(void)snprintf(out, size, "%s/state-2000s",
	    root != NULL ? root : "../shared/corpus");
	return out;
}

#endif
