/*
 * The names that are filed of telegrams, one a line, for judging them by
 * reading: number, kind, hash of the key, spelling.
 *
 *	names_list [-q] FILE...
 *
 * With -q without the spelling: what may be kept in the project.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "forms/forms.h"
#include "store/likeness.h"

static void
put_line(const chy_telegram *tel, chy_slice line, bool quiet)
{
	size_t tab = chy_slice_find(line, CHY_SLICE("\t"), 0);
	chy_slice name = chy_slice_from(line, tab + 1);
	chy_name_kind kind = line.ptr[0] == 'P' ? CHY_NAME_PERSON :
	    line.ptr[0] == 'L' ? CHY_NAME_PLACE : CHY_NAME_BODY;
	char key[CHY_NAME_KEY];
	size_t n = chy_name_key(kind, name, key);

	printf("%.*s\t%s\t%08x", CHY_ARG(tel->canonical_id),
	    chy_name_kind_name(kind), chy_slice_hash((chy_slice){ key, n }));
	if (!quiet)
		printf("\t%.*s\t%.*s", CHY_ARG(name), (int)n, key);
	printf("\n");
}

static int
list(const char *path, bool quiet)
{
	chy_read_options opts = { .file = chy_slice_of(path) };
	char *bytes = malloc(CHY_LIMIT_TELEGRAM);
	const char *slash = strrchr(path, '/');
	FILE *f = fopen(path, "rb");
	chy_slice names, sketch;
	chy_telegram *tel;
	chy_arena arena;
	chy_row *rows;
	uint32_t n_rows;
	size_t n;

	if (f == NULL || bytes == NULL)
		return 1;
	if (slash != NULL)
		opts.file = chy_slice_of(slash + 1);
	n = fread(bytes, 1, CHY_LIMIT_TELEGRAM, f);
	fclose(f);
	if (chy_telegram_read((chy_slice){ bytes, n }, &opts, &tel, NULL) !=
	    CHY_OK)
		return 1;
	free(bytes);
	chy_arena_init(&arena, 0);
	if (chy_rows_make(tel, &arena, &rows, &n_rows) != CHY_OK ||
	    chy_likeness_make(tel, rows, n_rows, &arena, &names, &sketch) !=
	    CHY_OK)
		return 1;
	while (names.len > 0) {
		size_t end = chy_slice_find(names, CHY_SLICE("\n"), 0);

		put_line(tel, chy_slice_sub(names, 0, end), quiet);
		names = chy_slice_from(names, end + 1);
	}
	chy_arena_done(&arena);
	chy_telegram_free(tel);
	return 0;
}

int
main(int argc, char **argv)
{
	bool quiet = argc > 1 && strcmp(argv[1], "-q") == 0;
	int status = 0;

	for (int i = quiet ? 2 : 1; i < argc; i++)
		if (list(argv[i], quiet) != 0) {
			fprintf(stderr, "%s: cannot be read\n", argv[i]);
			status = 1;
		}
	return status;
}
