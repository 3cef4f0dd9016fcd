/*
 * Segments of FTS5's, written by us: beside a table that FTS5 filled itself
 * they are the same, byte for byte; it proves them, puts them together with its
 * own, and goes on with them.
 *
 * SPDX-License-Identifier: ISC
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>

#include "db/db.h"
#include "db/fts5_segment.h"

static uint64_t state = 5;

static unsigned
dice(unsigned n)
{
	state = state * UINT64_C(6364136223846793005) +
	    UINT64_C(1442695040888963407);
	return (unsigned)(state >> 33) % n;
}

/* ---- texts ---- */

/* The word of every row is on more pages than FTS5 keeps without a list of
 * their first rows. */
static void
text_common(int64_t row, chy_buf *to)
{
	chy_buf_printf(to, "every w%u row%u", dice(50), (unsigned)row % 3000);
}

static void
text_usual(int64_t row, chy_buf *to)
{
	for (unsigned i = dice(60); i > 0; i--)
		chy_buf_printf(to, "%s%u ", dice(3) == 0 ? "the a" : "word",
		    dice(4) == 0 ? dice(20000) : dice(30));
	chy_buf_printf(to, "end%u", (unsigned)row % 7);
}

/* Places over many pages, near each other and far. */
static void
text_long(int64_t row, chy_buf *to)
{
	for (unsigned i = 0; i < 120000; i++)
		chy_buf_printf(to, "%s ", i % 3 == 0 ? "again" : i % 997 == 5 ?
		    "seldom" : row % 2 == 0 ? "even" : "odd");
}

/* Words near a page's length, and longer than FTS5 takes. */
static void
text_words(int64_t row, chy_buf *to)
{
	static const unsigned lengths[] = { 15900, 15990, 16000, 32767, 32768,
	    32769, 40000, 300 };

	for (unsigned i = lengths[row % 8]; i > 0; i--)
		chy_buf_putc(to, (char)('a' + (i + (unsigned)row / 8) % 5));
	chy_buf_puts(to, " tail");
}

static void
text_letters(int64_t row, chy_buf *to)
{
	static const char *const texts[] = {
		"", " ... ", "\303\211lys\303\251e elysee ELYSEE",
		"\xd0\x9c\xd0\xbe\xd1\x81\xd0\xba\xd0\xb2\xd0\xb0",
		"\xff\xfe\xc3", "a", "A a \xc3\xa0", "1 22 333 1",
	};

	chy_buf_puts(to, texts[row % 8]);
}

static const struct {
	const char *name;
	void	  (*text)(int64_t row, chy_buf *to);
	int64_t	    rows;
} cases[] = {
	{ "letters", text_letters, 64 },
	{ "usual", text_usual, 6000 },
	{ "common", text_common, 60000 },
	{ "long", text_long, 6 },
	{ "words", text_words, 80 },
};

/* ---- two tables ---- */

struct table {
	chy_db *db;
	char	path[64];
};

static void
open_table(struct table *t)
{
	chy_db_options opts = { .create = true };
	chy_error err = { .status = CHY_OK };

	(void)snprintf(t->path, sizeof(t->path), "/tmp/chancery-fts5-XXXXXX");
	(void)close(mkstemp(t->path));
	assert_int_equal(chy_db_open(t->path, &opts, &t->db, &err), CHY_OK);
	assert_int_equal(chy_db_exec(t->db,
	    "CREATE VIRTUAL TABLE words USING fts5(text, content = '', "
	    "columnsize = 0, tokenize = 'unicode61 remove_diacritics 2');"
	    "INSERT INTO words(words, rank) VALUES ('pgsz', 16000);"
	    "INSERT INTO words(words, rank) VALUES ('automerge', 0);"
	    "INSERT INTO words(words, rank) VALUES ('hashsize', 500000000);"
	    "CREATE VIRTUAL TABLE temp.entries USING "
	    "fts5vocab('main', 'words', 'instance');", &err), CHY_OK);
}

static void
close_table(struct table *t)
{
	static const char *const ends[] = { "", "-wal", "-shm" };
	char name[80];

	chy_db_close(t->db);
	for (size_t i = 0; i < 3; i++) {
		(void)snprintf(name, sizeof(name), "%s%s", t->path, ends[i]);
		(void)unlink(name);
	}
}

static void
open_both(struct table *ours, struct table *theirs)
{
	open_table(ours);
	open_table(theirs);
}

static void
close_both(struct table *ours, struct table *theirs)
{
	close_table(ours);
	close_table(theirs);
}

static void
must(chy_status st, const chy_error *err)
{
	if (st != CHY_OK)
		fail_msg("%s", err->text);
}

static int64_t
number(struct table *t, const char *sql)
{
	chy_error err = { .status = CHY_OK };
	chy_stmt *s;
	bool row;
	int64_t v;

	must(chy_db_prepare(t->db, sql, &s, &err), &err);
	must(chy_stmt_step(s, &row, &err), &err);
	assert_true(row);
	v = chy_column_int(s, 0);
	chy_stmt_free(s);
	return v;
}

/* Of all entries, in their order. */
static uint64_t
sum_of(struct table *t, uint64_t *ret_n)
{
	chy_error err = { .status = CHY_OK };
	uint64_t sum = 7;
	chy_stmt *s;
	bool row;

	*ret_n = 0;
	must(chy_db_prepare(t->db, "SELECT term, doc, \"offset\" FROM entries",
	    &s, &err), &err);
	for (;;) {
		chy_slice term;

		must(chy_stmt_step(s, &row, &err), &err);
		if (!row)
			break;
		term = chy_column_blob(s, 0);
		for (size_t i = 0; i < term.len; i++)
			sum = (sum ^ (unsigned char)term.ptr[i]) *
			    UINT64_C(0x100000001b3);
		sum = (sum ^ (uint64_t)chy_column_int(s, 1)) *
		    UINT64_C(0x9e3779b97f4a7c15);
		sum = (sum ^ (uint64_t)chy_column_int(s, 2)) *
		    UINT64_C(0x9e3779b97f4a7c15);
		++*ret_n;
	}
	chy_stmt_free(s);
	return sum;
}

/* The totals record: rows and words that FTS5 ranks by. */
static chy_slice
totals_of(struct table *t, char out[64])
{
	chy_error err = { .status = CHY_OK };
	chy_slice block;
	chy_stmt *s;
	bool row;

	must(chy_db_prepare(t->db, "SELECT block FROM words_data WHERE id = 1",
	    &s, &err), &err);
	must(chy_stmt_step(s, &row, &err), &err);
	assert_true(row);
	block = chy_column_blob(s, 0);
	assert_true(block.len < 64);
	memcpy(out, block.ptr, block.len);
	chy_stmt_free(s);
	return (chy_slice){ out, block.len };
}

static void
same(struct table *ours, struct table *theirs, const char *name,
    const char *when)
{
	chy_error err = { .status = CHY_OK };
	char a[64], b[64];
	uint64_t n, n_theirs;
	bool sound = false;

	must(chy_text_check(ours->db, &sound, &err), &err);
	if (!sound)
		fail_msg("%s, %s: FTS5 finds it damaged", name, when);
	if (sum_of(ours, &n) != sum_of(theirs, &n_theirs) || n != n_theirs)
		fail_msg("%s, %s: %llu entries are not the %llu of FTS5",
		    name, when, (unsigned long long)n,
		    (unsigned long long)n_theirs);
	if (!chy_slice_eq(totals_of(ours, a), totals_of(theirs, b)))
		fail_msg("%s, %s: the totals differ", name, when);
}

/* All that is in the segments, byte for byte. */
static uint64_t
bytes_of(struct table *t, uint64_t *ret_n)
{
	chy_error err = { .status = CHY_OK };
	uint64_t sum = 7;
	chy_stmt *s;
	bool row;

	*ret_n = 0;
	must(chy_db_prepare(t->db, "SELECT id, block FROM words_data "
	    "WHERE id > 10 UNION ALL SELECT segid * 100000 + pgno, term "
	    "FROM words_idx ORDER BY 1", &s, &err), &err);
	for (;;) {
		chy_slice block;

		must(chy_stmt_step(s, &row, &err), &err);
		if (!row)
			break;
		block = chy_column_blob(s, 1);
		sum = (sum ^ (uint64_t)chy_column_int(s, 0)) *
		    UINT64_C(0x9e3779b97f4a7c15);
		for (size_t i = 0; i < block.len; i++)
			sum = (sum ^ (unsigned char)block.ptr[i]) *
			    UINT64_C(0x100000001b3);
		*ret_n += block.len;
	}
	chy_stmt_free(s);
	return sum;
}

static void
same_bytes(struct table *ours, struct table *theirs, const char *name)
{
	uint64_t n, n_theirs;

	if (bytes_of(ours, &n) != bytes_of(theirs, &n_theirs))
		fail_msg("%s: %llu bytes are not the %llu of FTS5", name,
		    (unsigned long long)n, (unsigned long long)n_theirs);
}

static void
add(struct table *t, size_t which, int64_t from, int64_t to, chy_buf *text)
{
	chy_error err = { .status = CHY_OK };

	state = 5 + (uint64_t)from;
	must(chy_db_begin(t->db, true, &err), &err);
	for (int64_t row = from; row < to; row++) {
		chy_buf_reset(text);
		cases[which].text(row, text);
		must(chy_text_add(t->db, row, chy_buf_slice(text), &err), &err);
	}
	must(chy_db_commit(t->db, &err), &err);
}

static void
add_both(struct table *ours, struct table *theirs, size_t which, int64_t from,
    int64_t to, chy_buf *text)
{
	add(ours, which, from, to, text);
	add(theirs, which, from, to, text);
}

static void
merge_all(struct table *t)
{
	chy_error err = { .status = CHY_OK };

	must(chy_db_exec(t->db, "INSERT INTO words(words) VALUES ('optimize')",
	    &err), &err);
}

static void
test_as_fts5(void **nothing)
{
	chy_error err = { .status = CHY_OK };
	chy_buf text = CHY_BUF_INIT;

	(void)nothing;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *name = cases[i].name;
		int64_t n = cases[i].rows, half = n / 2;
		struct table ours, theirs;

		open_both(&ours, &theirs);
		must(chy_db_bulk(ours.db, true, &err), &err);
		add_both(&ours, &theirs, i, 1, half, &text);
		same(&ours, &theirs, name, "one segment");
		same_bytes(&ours, &theirs, name);
		add_both(&ours, &theirs, i, half, n, &text);
		same(&ours, &theirs, name, "two segments");
		same_bytes(&ours, &theirs, name);
		/* Nothing of what is rolled back is there. */
		must(chy_db_begin(ours.db, true, &err), &err);
		must(chy_text_add(ours.db, n, CHY_SLICE("gone every"), &err),
		    &err);
		chy_db_rollback(ours.db);
		must(chy_db_bulk(ours.db, false, &err), &err);
		same(&ours, &theirs, name, "after the bulk load");
		add_both(&ours, &theirs, i, n, n + 5, &text);
		same(&ours, &theirs, name, "with rows of FTS5's own");
		must(chy_db_bulk(ours.db, true, &err), &err);
		add_both(&ours, &theirs, i, n + 5, n + 9, &text);
		same(&ours, &theirs, name, "and ours again");
		merge_all(&ours);
		same(&ours, &theirs, name, "put together");
		add_both(&ours, &theirs, i, n + 9, n + 12, &text);
		same(&ours, &theirs, name, "and once more");
		close_both(&ours, &theirs);
	}
	chy_buf_done(&text);
}

/* Words are found at once, also in the transaction that adds them. */
static chy_status
count_rows(void *arg, const int64_t *rows, size_t n)
{
	(void)rows;
	*(size_t *)arg += n;
	return CHY_OK;
}

static void
test_found_at_once(void **nothing)
{
	const chy_text_query query = { .words = CHY_SLICE("Elysee") };
	chy_error err = { .status = CHY_OK };
	struct table t;
	size_t n = 0;

	(void)nothing;
	open_table(&t);
	must(chy_db_bulk(t.db, true, &err), &err);
	must(chy_db_begin(t.db, true, &err), &err);
	for (int64_t row = 1; row <= 5; row++) {
		must(chy_text_add(t.db, row, CHY_SLICE("the \xc3\x89lys\xc3\xa9"
		    "e"), &err), &err);
		n = 0;
		must(chy_text_find(t.db, &query, count_rows, &n, &err), &err);
		assert_int_equal(n, row);
	}
	must(chy_db_commit(t.db, &err), &err);
	n = 0;
	must(chy_text_find(t.db, &query, count_rows, &n, &err), &err);
	assert_int_equal(n, 5);
	close_table(&t);
}

/* Where there are very many segments, FTS5 puts some together. */
static void
test_many_segments(void **nothing)
{
	chy_error err = { .status = CHY_OK };
	struct table ours, theirs;
	chy_buf text = CHY_BUF_INIT;

	(void)nothing;
	open_both(&ours, &theirs);
	must(chy_db_bulk(ours.db, true, &err), &err);
	for (int64_t row = 1; row < 450; row++)
		add(&ours, 1, row, row + 1, &text);
	for (int64_t row = 1; row < 450; row++)
		add(&theirs, 1, row, row + 1, &text);
	same(&ours, &theirs, "many", "at the end");
	assert_in_range(number(&ours, "SELECT count(DISTINCT segid) "
	    "FROM words_idx"), 1, 250);
	chy_buf_done(&text);
	close_both(&ours, &theirs);
}

/* Of another page size, as of a format that is not ours, FTS5 writes itself. */
static void
test_not_ours(void **nothing)
{
	chy_error err = { .status = CHY_OK };
	struct table ours, theirs;
	chy_buf text = CHY_BUF_INIT;

	(void)nothing;
	open_both(&ours, &theirs);
	must(chy_db_exec(ours.db,
	    "INSERT INTO words(words, rank) VALUES ('pgsz', 4000)", &err),
	    &err);
	must(chy_db_bulk(ours.db, true, &err), &err);
	add_both(&ours, &theirs, 1, 1, 1000, &text);
	same(&ours, &theirs, "usual", "of another page size");
	assert_in_range(number(&ours,
	    "SELECT MAX(length(block)) FROM words_data"), 1000, 5000);
	chy_buf_done(&text);
	close_both(&ours, &theirs);
}

/* What could not be written, as the index is damaged, is not written later. */
static void
test_damaged_index(void **nothing)
{
	chy_error err = { .status = CHY_OK };
	chy_buf text = CHY_BUF_INIT;
	struct table ours, theirs;

	(void)nothing;
	open_both(&ours, &theirs);
	must(chy_db_bulk(ours.db, true, &err), &err);
	add_both(&ours, &theirs, 1, 1, 50, &text);
	must(chy_db_exec(ours.db, "CREATE TABLE aside AS SELECT * FROM words_data "
	    "WHERE id = 1; UPDATE words_data SET block = x'8080' "
	    "WHERE id = 1", &err), &err);
	must(chy_db_begin(ours.db, true, &err), &err);
	must(chy_text_add(ours.db, 50, CHY_SLICE("never seen"), &err), &err);
	assert_int_equal(chy_db_commit(ours.db, &err), CHY_ERR_STORE);
	err = (chy_error){ .status = CHY_OK };
	must(chy_db_exec(ours.db, "REPLACE INTO words_data SELECT * FROM aside",
	    &err), &err);
	same(&ours, &theirs, "damaged", "before it was");
	add_both(&ours, &theirs, 1, 50, 90, &text);
	same(&ours, &theirs, "damaged", "and mended");
	chy_buf_done(&text);
	close_both(&ours, &theirs);
}

static void
test_damaged_records(void **nothing)
{
	/* Cookie; levels, segments, written; merging, of the level: number,
	 * first page, last page. */
	static const struct {
		const char *bytes;
		size_t	    len;
		uint32_t    segment, level;	/* 0: damaged */
	} records[] = {
		{ "\0\0\0\1\0\0\0", 7, 1, 1 },
		{ "\0\0\0\1\1\1\5\0\1\1\1\4", 12, 2, 2 },
		{ "\0\0\0\1\2\2\5\0\1\2\1\4\0\1\1\1\3", 17, 3, 2 },
		{ "\0\0\0\1\2\1\5\0\0\0\1\1\1\3", 14, 2, 1 },
		{ "", 0, 0, 0 },
		{ "\0\0\0\1", 4, 0, 0 },
		{ "\0\0\0\1\1\1\5\0\1\1\1", 11, 0, 0 },	/* cut off */
		{ "\0\0\0\1\1\1\5\0\1\1\1\4\0", 13, 0, 0 },	/* and more */
		{ "\0\0\0\1\1\2\5\0\2\1\1\4\1\1\4", 15, 0, 0 },	/* twice */
		{ "\0\0\0\1\1\1\5\0\1\0\1\4", 12, 0, 0 },	/* number 0 */
		{ "\0\0\0\1\1\2\5\0\1\1\1\4", 12, 0, 0 },	/* one missing */
		{ "\0\0\0\1\1\1\5\2\1\1\1\4", 12, 0, 0 },	/* merging 2 */
		{ "\0\0\0\1\377\0\0\1\1\1\5\0\1\1\1\4", 16, 0, 0 },	/* later */
		{ "\0\0\0\1\200\200\200\200\200\200\200\200\200\1", 14, 0, 0 },
	};
	chy_buf out = CHY_BUF_INIT;

	(void)nothing;
	for (size_t i = 0; i < sizeof(records) / sizeof(records[0]); i++) {
		uint32_t segment = 0, level = 0;
		char *exact = malloc(records[i].len + (records[i].len == 0));
		bool good;

		assert_non_null(exact);
		memcpy(exact, records[i].bytes, records[i].len);
		good = chy_fts5_structure_add((chy_slice){ exact,
		    records[i].len }, 9, &out, &segment, &level);
		if (good != (records[i].segment > 0) || (good &&
		    (segment != records[i].segment ||
		    level != records[i].level)))
			fail_msg("record %zu: %s, segment %u, level %u", i,
			    good ? "good" : "damaged", segment, level);
		free(exact);
	}
	assert_true(chy_fts5_totals_add(CHY_EMPTY, 3, 200, &out));
	assert_true(chy_slice_eq(chy_buf_slice(&out),
	    (chy_slice){ "\3\201\110", 3 }));
	assert_true(chy_fts5_totals_add((chy_slice){ "\3\201\110", 3 }, 1, 1,
	    &out));
	assert_true(chy_slice_eq(chy_buf_slice(&out),
	    (chy_slice){ "\4\201\111", 3 }));
	assert_false(chy_fts5_totals_add((chy_slice){ "\3\201", 2 }, 1, 1,
	    &out));
	assert_false(chy_fts5_totals_add((chy_slice){ "\3\1\1", 3 }, 1, 1,
	    &out));
	chy_buf_done(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_as_fts5),
		cmocka_unit_test(test_found_at_once),
		cmocka_unit_test(test_many_segments),
		cmocka_unit_test(test_not_ours),
		cmocka_unit_test(test_damaged_index),
		cmocka_unit_test(test_damaged_records),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
