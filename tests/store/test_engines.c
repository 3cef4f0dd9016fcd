/*
 * Two engines, the same answers: one archive in a file and one on a server,
 * filed from the same telegrams, are asked the same random queries over all
 * fields of the language; counts, order, snippets, facets, threads and errors
 * are compared byte by byte.
 *
 *	test_engines [QUERIES [FOLDER...]]
 *
 * FOLDERs of telegrams are filed too, as those of $CHANCERY_CORPUS are. Their
 * words are what is asked for, beside words made to be hard for a tokenizer.
 * Needs a server in $CHANCERY_TEST_SERVER (tests/postgresql/with).
 *
 * SPDX-License-Identifier: ISC
 */
#include <dirent.h>
#include <time.h>

#include "archive.h"
#include "base/ascii.h"
#include "query/query.h"

#define MADE	240
#define TEXTS	4000

static unsigned long queries = 3000;
static char **folders;
static int n_folders;

static chy_slice texts[TEXTS];
static unsigned n_texts;
static char ids[TEXTS][40];
static unsigned n_ids;
static char posts[64][40];
static unsigned n_posts;

static uint64_t state;

static unsigned
dice(unsigned n)
{
	state = state * UINT64_C(6364136223846793005) +
	    UINT64_C(1442695040888963407);
	return (unsigned)(state >> 33) % n;
}

static const char *const hard[] = {
	"caf\xc3\xa9", "CAFE", "cafe\xcc\x81", "na\xc3\xafve", "x-ray", "F-4E",
	"\xd0\xbc\xd0\xb8\xd1\x80", "\xd0\x9c\xd0\x98\xd0\xa0",
	"\xe4\xb8\xad\xe6\x96\x87", "stra\xc3\x9f" "e", "STRASSE", "1.5", "a",
	"aa", "aaa", "U.S.", "o'hara", "\xf0\x9f\x93\x9c", "\xff\xfe" "bad",
	"half\xc3", "the", "of", "the", "of", "and", "oil", "oils", "pipeline",
	"\xc4\xb0stanbul", "istanbul", "\xef\xac\x81sh", "fish",
	"under_score", "e\xcc\x81" "e\xcc\x81",
};

static const char *
hard_word(void)
{
	return hard[dice(ARRAY_LEN(hard))];
}

static void
text_add(const char *bytes, size_t n)
{
	char *p;

	if (n_texts == TEXTS || n == 0)
		return;
	p = malloc(n);
	assert_non_null(p);
	memcpy(p, bytes, n);
	texts[n_texts++] = (chy_slice){ p, n };
}

/* Telegrams of hard words; a few so long that one row has many places of one
 * word, and one word that is longer than any page of an index. */
static void
make_telegrams(const char *in)
{
	static const char *const towns[] = { "MUSCAT", "PARIS", "LONDON",
	    "CAIRO" };
	static const char *const marks[] = { "(U) ", "(C) ", "(S) ", "(SBU) ",
	    "", "(S/NF) " };
	chy_buf buf = CHY_BUF_INIT;
	char name[40];

	for (unsigned i = 0; i < MADE; i++) {
		chy_buf_reset(&buf);
		chy_buf_printf(&buf, "R %02u%02u%02uZ JUN %02u\nFM AMEMBASSY %s\n"
		    "TO SECSTATE WASHDC %04u\nINFO AMEMBASSY %s\n\n"
		    "%s %s %06u\n\n%sE.O. 12958: DECL: 06/08/2018\n"
		    "TAGS: PREL, %s\nSUBJECT: %s %s %s\n", 1 + i % 28, i % 24,
		    i % 60, 5 + i % 4, towns[i % 4], i, towns[(i / 4) % 4],
		    dice(2) ? "C O N F I D E N T I A L" : "S E C R E T",
		    towns[i % 4], i / 4 + 1, dice(3) ? "SIPDIS\n\n" : "",
		    dice(2) ? "MU" : "ECON", hard_word(), hard_word(),
		    hard_word());
		if (i >= 4)
			chy_buf_printf(&buf, "REF: %s %u\n", towns[i % 4],
			    i / 4);
		for (unsigned p = 1; p <= 1 + dice(4); p++) {
			unsigned words = dice(20) == 0 ? 30000 : 5 + dice(60);

			chy_buf_printf(&buf, "\n%u. %s", p,
			    marks[dice(ARRAY_LEN(marks))]);
			for (unsigned w = 0; w < words; w++)
				chy_buf_printf(&buf, "%s%s", hard_word(),
				    w % 12 == 11 ? "\n" : " ");
			chy_buf_puts(&buf, "\n");
		}
		if (i % 100 == 50) {
			chy_buf_puts(&buf, "\n9. (U) ");
			for (unsigned k = 0; k < 40000; k++)
				chy_buf_putc(&buf, (char)('a' + k % 26));
			chy_buf_puts(&buf, " and the rest.\n");
		}
		(void)snprintf(name, sizeof(name), "m%04u.txt", i);
		test_write(in, name, chy_buf_slice(&buf));
		text_add(buf.ptr, buf.len);
	}
	chy_buf_done(&buf);
}

static void
read_texts(const char *folder)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;
	char path[1200];
	char *bytes = malloc(1 << 20);

	assert_non_null(bytes);
	while (dir != NULL && (entry = readdir(dir)) != NULL) {
		FILE *f;

		(void)snprintf(path, sizeof(path), "%s/%s", folder,
		    entry->d_name);
		f = entry->d_name[0] == '.' ? NULL : fopen(path, "rb");
		if (f == NULL)
			continue;
		text_add(bytes, fread(bytes, 1, 1 << 20, f));
		(void)fclose(f);
	}
	if (dir != NULL)
		(void)closedir(dir);
	free(bytes);
}

/* Up to `n` words as they stand somewhere in the texts; no quotes. */
static void
some_words(chy_buf *out, unsigned n)
{
	chy_slice s = texts[dice(n_texts)];
	size_t at = dice((unsigned)s.len);

	if (dice(6) == 0) {
		chy_buf_puts(out, hard_word());
		return;
	}
	while (at < s.len && !chy_is_space(s.ptr[at]))
		at++;
	for (unsigned i = 0; i < n && at < s.len; i++) {
		while (at < s.len && chy_is_space(s.ptr[at]))
			at++;
		if (i > 0)
			chy_buf_putc(out, ' ');
		for (size_t from = at; at < s.len &&
		    !chy_is_space(s.ptr[at]) && at - from < 300; at++)
			if (s.ptr[at] != '"' && s.ptr[at] != '\0')
				chy_buf_putc(out, s.ptr[at]);
	}
}

/* The beginning of a word, with a star. */
static void
some_prefix(chy_buf *out)
{
	chy_buf word = CHY_BUF_INIT;
	size_t n = 0, want = 1 + dice(5);

	some_words(&word, 1);
	while (n < word.len && n < want && chy_is_alnum(word.ptr[n]))
		n++;
	if (n == 0) {
		chy_buf_puts(out, "th*");
	} else {
		chy_buf_put(out, (chy_slice){ word.ptr, n });
		chy_buf_putc(out, '*');
	}
	chy_buf_done(&word);
}

static void
some_phrase(chy_buf *out)
{
	chy_buf_putc(out, '"');
	some_words(out, 1 + dice(5));
	switch (dice(8)) {
	case 0: chy_buf_puts(out, "\"*"); break;
	case 1: case 2: chy_buf_printf(out, "\"~%u", 1 + dice(12)); break;
	default: chy_buf_putc(out, '"');
	}
}

/* A pattern made of what stands in the texts. */
static void
some_pattern(chy_buf *out)
{
	chy_buf word = CHY_BUF_INIT;
	char plain[40];
	size_t n = 0;

	some_words(&word, 1);
	for (size_t i = 0; i < word.len && n < 5; i++)
		if (chy_is_alnum(word.ptr[i]))
			plain[n++] = word.ptr[i];
	plain[n] = '\0';
	chy_buf_done(&word);
	switch (dice(6)) {
	case 0: chy_buf_printf(out, "/%s/", plain); break;
	case 1: chy_buf_printf(out, "/^%s/", plain); break;
	case 2: chy_buf_printf(out, "/%s$/", plain); break;
	case 3: chy_buf_printf(out, "/\\b%s.*e/", plain); break;
	case 4: chy_buf_printf(out, "/(%s|a.b)+/", plain); break;
	default: chy_buf_printf(out, "/[%sx]{2,3}/", plain);
	}
}

static void
some_date(chy_buf *out)
{
	unsigned year = dice(4) == 0 ? 1966 + dice(50) : 2003 + dice(8);

	switch (dice(4)) {
	case 0: chy_buf_printf(out, "%u", year); break;
	case 1: chy_buf_printf(out, "%u-%02u", year, 1 + dice(12)); break;
	case 2: chy_buf_printf(out, "%u..%u", year, year + dice(3)); break;
	default: chy_buf_printf(out, "%u-%02u-%02u..", year, 1 + dice(12),
	    1 + dice(28));
	}
}

/* A value for a field of the language; of one that is not known here, any. */
static void
some_value(chy_buf *out, const char *field)
{
	static const char *const levels[] = { "U", "C", "S", "TS", "C..TS",
	    "S..", "..C", "SBU" };
	static const char *const words[] = { "immediate", "O", "R", "flash",
	    "routine..immediate", "NOFORN", "SIPDIS", "EXDIS", "S/NF", "C",
	    "U", "PREL", "PGOV", "ECON", "MU", "PTER", "EPET", "FR", "IR" };
	static const char *const flags[] = { "corrected", "partial", "section",
	    "copied", "undated", "cited", "request", "open", "missing",
	    "overdue", "unread" };

	bool takes_pattern = strchr("fti", field[0]) != NULL ||
	    strcmp(field, "subject") == 0 || strcmp(field, "ref") == 0 ||
	    strcmp(field, "mrn") == 0 || strcmp(field, "caption") == 0 ||
	    strcmp(field, "person") == 0 || strcmp(field, "org") == 0;

	if (takes_pattern && dice(4) == 0) {
		some_pattern(out);
	} else if (dice(3) == 0 && (strcmp(field, "cites") == 0 ||
	    strcmp(field, "citedby") == 0 || strcmp(field, "thread") == 0)) {
		chy_buf_putc(out, '{');
		some_words(out, 1);
		chy_buf_putc(out, '}');
	} else if (strcmp(field, "date") == 0) {
		some_date(out);
	} else if (strcmp(field, "is") == 0) {
		chy_buf_puts(out, flags[dice(ARRAY_LEN(flags))]);
	} else if (strcmp(field, "class") == 0) {
		chy_buf_puts(out, levels[dice(ARRAY_LEN(levels))]);
	} else if (strcmp(field, "para") == 0) {
		chy_buf_putc(out, '(');
		some_words(out, 1 + dice(2));
		chy_buf_puts(out, dice(3) == 0 ? " or " : " ");
		some_words(out, 1);
		chy_buf_putc(out, ')');
	} else if (strcmp(field, "mrn") == 0 || strcmp(field, "cites") == 0 ||
	    strcmp(field, "citedby") == 0 || strcmp(field, "thread") == 0) {
		chy_buf_puts(out, ids[dice(n_ids)]);
	} else if (strcmp(field, "from") == 0 || strcmp(field, "to") == 0 ||
	    strcmp(field, "info") == 0 || strcmp(field, "post") == 0) {
		chy_buf_puts(out, posts[dice(n_posts)]);
	} else if (strcmp(field, "subject") == 0 || strcmp(field, "body") == 0 ||
	    strcmp(field, "ref") == 0 || strcmp(field, "heading") == 0 ||
	    strcmp(field, "person") == 0 || strcmp(field, "place") == 0 ||
	    strcmp(field, "org") == 0) {
		some_phrase(out);
	} else {
		switch (dice(4)) {
		case 0: some_phrase(out); break;
		case 1: chy_buf_puts(out, ids[dice(n_ids)]); break;
		default: chy_buf_puts(out, words[dice(ARRAY_LEN(words))]);
		}
	}
}

static void
some_query(chy_buf *out)
{
	unsigned n = 1 + dice(4), open = 0;

	chy_buf_reset(out);
	for (unsigned i = 0; i < n; i++) {
		chy_field field;

		if (i > 0)
			chy_buf_puts(out, dice(4) == 0 ? " or " : " ");
		if (dice(8) == 0)
			chy_buf_puts(out, dice(2) ? "not " : "-");
		if (dice(10) == 0) {
			chy_buf_putc(out, '(');
			open++;
		}
		switch (dice(7)) {
		case 0: some_words(out, 1); break;
		case 6:
			some_words(out, 1);
			chy_buf_putc(out, '~');
			break;
		case 1: some_prefix(out); break;
		case 2: case 3: some_phrase(out); break;
		default:
			field = (chy_field)(1 + dice(CHY_FIELD_COUNT - 1));
			chy_buf_printf(out, "%s:", chy_field_name(field));
			some_value(out, chy_field_name(field));
		}
		if (open > 0 && dice(2)) {
			chy_buf_putc(out, ')');
			open--;
		}
	}
	while (open-- > 0)
		chy_buf_putc(out, ')');
	(void)chy_buf_slice(out);
}

/* Everything that is filed, in several imports, so that the index has parts
 * that are put together and parts that are not. */
static chy_registry *
file_all(const char *address, const char *in)
{
	chy_registry_options opts = { .create = true };
	const char *root = getenv("CHANCERY_CORPUS");
	chy_registry *reg;
	char path[1200];
	chy_error err;

	if (chy_registry_open(address, &opts, &reg, &err) != CHY_OK)
		fail_msg("%s", err.text);
	for (unsigned i = 0; i < 30; i++) {
		(void)snprintf(path, sizeof(path), "%s/m%04u.txt", in, i);
		(void)test_import(reg, path);
	}
	(void)test_import(reg, in);
	for (int i = 0; i < n_folders; i++)
		(void)test_import(reg, folders[i]);
	if (root != NULL) {
		(void)snprintf(path, sizeof(path), "%s/state-2000s", root);
		if (access(path, R_OK) == 0)
			(void)test_import(reg, path);
	}
	return reg;
}

static void
learn_ids(chy_registry *reg)
{
	chy_reader owner = chy_reader_owner();
	chy_find_options opts = { .size = 100 };
	chy_found *f;
	chy_error err;

	for (opts.page = 1; opts.page < 40 && n_ids < TEXTS - 100;
	    opts.page++) {
		if (chy_registry_find(reg, &owner, CHY_EMPTY, &opts, &f,
		    &err) != CHY_OK)
			fail_msg("%s", err.text);
		for (uint32_t i = 0; i < f->n_hits; i++) {
			const chy_line *l = &f->hits[i].line;

			(void)snprintf(ids[n_ids++], sizeof(ids[0]), "%.*s",
			    CHY_ARG(l->id));
			if (n_posts < ARRAY_LEN(posts) && l->post.len > 0 &&
			    l->post.len < sizeof(posts[0]))
				(void)snprintf(posts[n_posts++],
				    sizeof(posts[0]), "%.*s",
				    CHY_ARG(l->post));
		}
		if (f->n_hits < 100)
			opts.page = 100;
		chy_found_free(f);
	}
}

static void
test_same_answers(void **unused)
{
	static const char *const readers[] = { "U", "C", "S//NF",
	    "TS//NODIS//EXDIS" };
	chy_buf a = CHY_BUF_INIT, b = CHY_BUF_INIT, query = CHY_BUF_INIT;
	char folder[300], in[400], file[500], there[1100];
	chy_registry *reg[2];
	const char *seed = getenv("SEED");
	uint64_t answered = 0, found = 0;

	(void)unused;
	test_folder(folder, sizeof(folder));
	(void)snprintf(in, sizeof(in), "%s/in", folder);
	(void)snprintf(file, sizeof(file), "%s/a.sqlite", folder);
	(void)mkdir(in, 0700);
	state = seed != NULL ? strtoull(seed, NULL, 10) : 7;
	make_telegrams(in);
	for (int i = 0; i < n_folders; i++)
		read_texts(folders[i]);
	if (getenv("CHANCERY_CORPUS") != NULL) {
		(void)snprintf(there, sizeof(there), "%s/state-2000s",
		    getenv("CHANCERY_CORPUS"));
		read_texts(there);
	}
	test_address(folder, "a.sqlite", there, sizeof(there));
	reg[0] = file_all(file, in);
	reg[1] = file_all(there, in);
	test_sound(reg[0]);
	test_sound(reg[1]);
	learn_ids(reg[0]);
	for (unsigned long q = 0; q < queries; q++) {
		chy_reader reader = q % 2 == 0 ? chy_reader_owner() :
		    test_reader(readers[q / 2 % ARRAY_LEN(readers)]);
		bool address = q % 50 == 49;

		chy_buf_reset(&a);
		chy_buf_reset(&b);
		if (address) {
			const char *id = ids[dice(n_ids)];

			chy_buf_reset(&query);
			chy_buf_puts(&query, id);
			put_address(&a, reg[0], &reader, id);
			put_address(&b, reg[1], &reader, id);
		} else {
			some_query(&query);
			put_find(&a, reg[0], &reader, query.ptr);
			put_find(&b, reg[1], &reader, query.ptr);
		}
		if (!chy_slice_eq(chy_buf_slice(&a), chy_buf_slice(&b)))
			fail_msg("query %lu: %s\n--- in the file\n%.1900s\n"
			    "--- on the server\n%.1900s", q, query.ptr, a.ptr,
			    b.ptr);
		answered += strncmp(a.ptr, "error", 5) != 0;
		found += strstr(a.ptr, " rows ") != NULL;
	}
	print_message("# %lu queries over %u telegrams, %llu understood, %llu "
	    "found something\n", queries, n_ids, (unsigned long long)answered,
	    (unsigned long long)found);
	assert_true(answered > queries / 2 && found > queries / 8);
	chy_registry_close(reg[0]);
	chy_registry_close(reg[1]);
	test_remove(folder);
	chy_buf_done(&a);
	chy_buf_done(&b);
	chy_buf_done(&query);
	while (n_texts > 0)
		free((void *)(uintptr_t)texts[--n_texts].ptr);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_same_answers),
	};

	if (argc > 1)
		queries = strtoul(argv[1], NULL, 10);
	if (argc > 2) {
		folders = argv + 2;
		n_folders = argc - 2;
	}
	if (test_in_files()) {
		(void)printf("1..0 # SKIP needs tests/postgresql/with\n");
		return 0;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
