/*
 * The real pages and the real dump, unwrapped, against the texts that lie
 * beside them; and no real file of one telegram is cut in two.
 *
 * CHANCERY_CORPUS is the folder of the corpus; without it there is nothing
 * to test.
 *
 * SPDX-License-Identifier: ISC
 */
#include "../unit/testing.h"

#include <stdlib.h>

#include "../unit/pieces.h"
#include "corpus.h"
#include "base/buf.h"
#include "forms/forms.h"

static const char *corpus;

static bool
read_file(chy_buf *buf, const char *folder, const char *name,
    const char *suffix)
{
	char path[4096];
	FILE *f;
	size_t n;

	chy_buf_reset(buf);
	snprintf(path, sizeof(path), "%s/%s%s%s%s", corpus, folder,
	    *folder ? "/" : "", name, suffix);
	f = fopen(path, "rb");
	if (f == NULL)
		return false;
	do {
		char *p = chy_buf_room(buf, 65536);

		n = p != NULL ? fread(p, 1, 65536, f) : 0;
		buf->len += n;
	} while (n > 0);
	fclose(f);
	return true;
}

static void
expect_text(const kept_piece *p)
{
	chy_buf want = CHY_BUF_INIT;
	char id[64];

	snprintf(id, sizeof(id), "%.*s", CHY_ARG(p->id));
	EXPECT(id, p->trouble == NULL);
	EXPECT(id, p->broken == NULL);
	EXPECT(id, read_file(&want, "state-2000s", id, ".txt"));
	EXPECT(id, chy_slice_eq(p->text, chy_buf_slice(&want)));
	EXPECT(id, p->origin.len > 0 && p->classification.len > 0 &&
	    p->date.len > 0);
	chy_buf_done(&want);
}

/* Call each(name, bytes) for the files of a folder; returns how many. */
static size_t
each_file(const char *folder, const char *suffix,
    void (*each)(const char *name, chy_slice bytes))
{
	char path[4096];
	chy_buf buf = CHY_BUF_INIT;
	struct dirent *entry;
	size_t n = 0;
	DIR *dir;

	snprintf(path, sizeof(path), "%s/%s", corpus, folder);
	dir = opendir(path);
	if (dir == NULL)
		return 0;
	while ((entry = readdir(dir)) != NULL) {
		size_t len = strlen(entry->d_name), end = strlen(suffix);

		if (len <= end ||
		    strcmp(entry->d_name + len - end, suffix) != 0)
			continue;
		EXPECT(entry->d_name, read_file(&buf, folder, entry->d_name,
		    ""));
		each(entry->d_name, chy_buf_slice(&buf));
		n++;
	}
	closedir(dir);
	chy_buf_done(&buf);
	return n;
}

static void
one_page(const char *name, chy_slice bytes)
{
	pieces got = pieces_of(bytes, 0);

	EXPECT_EQ(name, got.n, 1);
	EXPECT_TEXT(name, got.at[0].kind, "page");
	EXPECT(name, chy_slice_eq(got.at[0].raw, bytes));
	expect_text(&got.at[0]);
	pieces_done(&got);
}

static void
test_pages(void **state)
{
	(void)state;
	EXPECT("pages", each_file("html", ".html", one_page) > 0);
}

static void
test_dump(void **state)
{
	chy_buf csv = CHY_BUF_INIT;
	uint64_t off = 0;
	pieces got;

	(void)state;
	EXPECT("dump", read_file(&csv, "", "state-2000s", ".csv"));
	got = pieces_of(chy_buf_slice(&csv), 50021);
	EXPECT("records", got.n > 600 && got.n != SIZE_MAX);
	for (size_t i = 0; i < got.n; i++) {
		EXPECT_EQ("part", got.at[i].part, i + 1);
		EXPECT_EQ("place", got.at[i].raw_off, off);
		off += got.at[i].raw.len;
		expect_text(&got.at[i]);
	}
	EXPECT_EQ("every byte is in a record", off, csv.len);
	pieces_done(&got);
	chy_buf_done(&csv);
}

static void
one_telegram(const char *name, chy_slice bytes)
{
	pieces got = pieces_of(bytes, 0);

	EXPECT_EQ(name, got.n, 1);
	EXPECT_TEXT(name, got.at[0].kind, "");
	pieces_done(&got);
}

/* Two of the circuit messages are streams of two on purpose. */
static void
one_or_two(const char *name, chy_slice bytes)
{
	pieces got = pieces_of(bytes, 0);
	bool two = strncmp(name, "14-two", 6) == 0 ||
	    strncmp(name, "15-missing", 10) == 0;

	EXPECT_EQ(name, got.n, two ? 2 : 1);
	pieces_done(&got);
}

static void
test_plain(void **state)
{
	(void)state;
	EXPECT("texts", each_file("state-2000s", ".txt", one_telegram) > 600);
	each_file("navadmin", ".txt", one_telegram);
	each_file("nara-1970s", ".txt", one_telegram);
	each_file("nara-1970s-real", ".txt", one_telegram);
	EXPECT("circuit", each_file("acp127", ".txt", one_or_two) > 10);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pages),
		cmocka_unit_test(test_dump),
		cmocka_unit_test(test_plain),
	};
	int status;

	corpus = chy_test_corpus(&status);
	if (corpus == NULL)
		return status;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
