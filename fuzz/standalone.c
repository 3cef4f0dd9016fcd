/*
 * Runs files through a fuzz target without a fuzzer: every file of the
 * folders and every file given. Prints TAP, one test a folder or file.
 *
 * SPDX-License-Identifier: ISC
 */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "fuzz.h"

static int
run_file(const char *path)
{
	FILE *f = fopen(path, "rb");
	uint8_t *data = NULL;
	size_t len = 0, cap = 0, n = 1;

	if (f == NULL) {
		printf("# %s: %s\n", path, strerror(errno));
		return 1;
	}
	while (n > 0) {
		if (len == cap) {
			cap = cap ? cap * 2 : 65536;
			data = realloc(data, cap);
			if (data == NULL)
				abort();
		}
		n = fread(data + len, 1, cap - len, f);
		len += n;
	}
	fclose(f);
	/* Exactly as many bytes as there are, so that ASan sees one more. */
	if (len > 0)
		data = realloc(data, len);
	LLVMFuzzerTestOneInput(data, len);
	free(data);
	return 0;
}

static int
run_folder(const char *path, DIR *dir, unsigned *ret_files)
{
	struct dirent *entry;
	int failed = 0;

	while ((entry = readdir(dir)) != NULL) {
		char file[4096];

		if (entry->d_name[0] == '.')
			continue;
		snprintf(file, sizeof(file), "%s/%s", path, entry->d_name);
		failed |= run_file(file);
		++*ret_files;
	}
	return failed;
}

int
main(int argc, char **argv)
{
	int all = 0;

	printf("1..%d\n", argc - 1);
	for (int i = 1; i < argc; i++) {
		unsigned files = 1;
		DIR *dir = opendir(argv[i]);
		int failed;

		/* Said before, so that a crash names its folder. */
		printf("# %s\n", argv[i]);
		fflush(stdout);
		if (dir != NULL) {
			files = 0;
			failed = run_folder(argv[i], dir, &files);
			closedir(dir);
		} else {
			failed = run_file(argv[i]);
		}
		if (files == 0)
			failed = 1;
		printf("%sok %d - %u files\n", failed ? "not " : "", i, files);
		all |= failed;
	}
	return all;
}
