/*
 * The corpus through the archive: bytes come back, forms of one telegram meet,
 * words are found where they are, and a reader of paragraphs is given nothing
 * of the others. Skipped where there is no corpus ($CHANCERY_CORPUS).
 *
 * SPDX-License-Identifier: ISC
 */
#include <dirent.h>

#include "../corpus/corpus.h"
#include "archive.h"
#include "base/ascii.h"
#include "store/store.h"

static char corpus[400];
static char folder[300];
static chy_registry *reg;	/* owner's, portion-release off */

static int
setup(void **state)
{
	const char *root = getenv("CHANCERY_CORPUS");

	(void)state;
	(void)snprintf(corpus, sizeof(corpus), "%s",
	    root != NULL ? root : "../shared/corpus");
	if (access(corpus, R_OK) != 0) {
		corpus[0] = '\0';
		return 0;
	}
	test_folder(folder, sizeof(folder));
	reg = test_open(folder, false);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	if (corpus[0] == '\0')
		return 0;
	chy_registry_close(reg);
	test_remove(folder);
	return 0;
}

static chy_slice
read_file(const char *path, chy_buf *buf)
{
	FILE *f = fopen(path, "rb");
	size_t n;
	char *p;

	chy_buf_reset(buf);
	while (f != NULL && (p = chy_buf_room(buf, 65536)) != NULL &&
	    (n = fread(p, 1, 65536, f)) > 0)
		buf->len += n;
	if (f != NULL)
		(void)fclose(f);
	return chy_buf_slice(buf);
}

static void
import(const char *name, uint64_t filed, uint64_t copies)
{
	char path[800];
	chy_import_counts c;

	(void)snprintf(path, sizeof(path), "%s/%s", corpus, name);
	c = test_import(reg, path);
	assert_int_equal(c.filed, filed);
	assert_int_equal(c.copies, copies);
	assert_int_equal(c.failed + c.unread + c.empty + c.known, 0);
}

static void
test_forms_meet(void **state)
{
	chy_reader owner = chy_reader_owner();

	(void)state;
	if (corpus[0] == '\0')
		skip();
	import("state-2000s", 658, 0);
	/* One of the pages is of a telegram that is no file. */
	import("html", 0, 40);
	import("state-2000s.csv", 0, 658);
	assert_int_equal(test_count(reg, &owner, ""), 658);
	assert_int_equal(test_count(reg, &owner, "is:copied"), 658);
	test_sound(reg);
}

/* Each file of the two folders comes back byte for byte by its hash, and the
 * records of the CSV put together are the file. */
static void
test_bytes(void **state)
{
	static const char *const folders[] = { "state-2000s", "html" };
	chy_reader owner = chy_reader_owner();
	chy_buf buf = CHY_BUF_INIT;
	char path[900];
	unsigned files = 0;
	chy_error err;

	(void)state;
	if (corpus[0] == '\0')
		skip();
	for (size_t i = 0; i < 2; i++) {
		DIR *dir;
		struct dirent *e;

		(void)snprintf(path, sizeof(path), "%s/%s", corpus, folders[i]);
		dir = opendir(path);
		assert_non_null(dir);
		while ((e = readdir(dir)) != NULL) {
			unsigned char sha[CHY_SHA256];
			char address[80] = "sha:";
			chy_slice bytes;
			chy_raw *raw;

			if (e->d_name[0] == '.')
				continue;
			(void)snprintf(path, sizeof(path), "%s/%s/%s", corpus,
			    folders[i], e->d_name);
			bytes = read_file(path, &buf);
			chy_sha256(bytes, sha);
			chy_sha256_hex(sha, address + 4);
			if (chy_registry_raw(reg, &owner,
			    chy_slice_of(address), &raw, &err) != CHY_OK)
				fail_msg("%s: %s", path, err.text);
			assert_true(chy_slice_eq(raw->bytes, bytes));
			chy_raw_free(raw);
			files++;
		}
		(void)closedir(dir);
	}
	assert_int_equal(files, 698);
	chy_buf_done(&buf);
}

/* Five words of a paragraph that is not shown, and that no shown one has, are
 * nowhere in what the reader is given. */
struct looking {
	chy_buf	 given;		/* all that the reader got of one telegram */
	chy_reader reader;
	chy_registry *low;
	uint64_t withheld, looked;
};

static void
squeeze(chy_buf *out, chy_slice s)
{
	for (size_t i = 0; i < s.len; i++) {
		if (chy_is_alnum(s.ptr[i]))
			chy_buf_putc(out, chy_lower(s.ptr[i]));
		else if (out->len > 0 && out->ptr[out->len - 1] != ' ')
			chy_buf_putc(out, ' ');
	}
	chy_buf_putc(out, ' ');
}

static void
give_all(struct looking *l, const chy_shown *s)
{
	chy_buf_reset(&l->given);
	for (uint32_t p = 0; p < s->n_parts; p++) {
		const chy_telegram *t = s->parts[p].telegram;

		squeeze(&l->given, t->text);
		squeeze(&l->given, t->subject);
		for (uint32_t i = 0; i < t->n_paragraphs; i++) {
			squeeze(&l->given, t->paragraphs[i].text);
			squeeze(&l->given, t->paragraphs[i].title);
		}
		for (uint32_t i = 0; i < t->n_embedded; i++)
			squeeze(&l->given, t->embedded[i].text);
		for (uint32_t i = 0; i < t->n_action_requests; i++)
			squeeze(&l->given, t->action_requests[i].text);
		squeeze(&l->given, t->findings.details.len > 0 ?
		    (chy_slice){ t->findings.details.ptr,
		    t->findings.details.len } : CHY_EMPTY);
	}
}

static chy_status
look_at(void *arg, const chy_shown *full)
{
	struct looking *l = arg;
	const chy_telegram *t = full->parts[0].telegram;
	chy_buf words = CHY_BUF_INIT;
	chy_shown *s;
	chy_error err;

	if (chy_registry_show(l->low, &l->reader, full->line.id, &s, &err) !=
	    CHY_OK)
		return CHY_OK;
	give_all(l, s);
	for (uint32_t i = 0; i < t->n_paragraphs; i++) {
		const chy_paragraph *par = &t->paragraphs[i];
		const chy_label tel = chy_label_telegram(t);
		chy_label own = chy_label_portion(&tel, par->mark);
		size_t from = 0;

		if (chy_label_may(&l->reader, &own, NULL) ||
		    full->parts[0].n_copies > 0)
			continue;
		l->withheld++;
		chy_buf_reset(&words);
		squeeze(&words, par->text);
		/* Every fifth run of seven words. */
		while (from < words.len) {
			size_t end = from;

			for (int w = 0; w < 7 && end < words.len; w++)
				end += strcspn(words.ptr + end, " ") + 1;
			if (end >= words.len)
				break;
			l->looked++;
			if (chy_slice_find(chy_buf_slice(&l->given),
			    chy_slice_sub(chy_buf_slice(&words), from,
			    end - from), 0) < l->given.len) {
				/* A shown paragraph may say the same. */
				bool elsewhere = false;
				chy_buf other = CHY_BUF_INIT;
				chy_label sl = chy_label_portion(&tel,
				    t->subject_mark);

				if (chy_label_may(&l->reader, &sl, NULL))
					squeeze(&other, t->subject);

				for (uint32_t k = 0; k < t->n_paragraphs;
				    k++) {
					chy_label lk = chy_label_portion(&tel,
					    t->paragraphs[k].mark);

					if (chy_label_may(&l->reader, &lk,
					    NULL))
						squeeze(&other,
						    t->paragraphs[k].text);
				}
				elsewhere = chy_slice_find(
				    chy_buf_slice(&other),
				    chy_slice_sub(chy_buf_slice(&words), from,
				    end - from), 0) < other.len;
				chy_buf_done(&other);
				if (!elsewhere)
					fail_msg("%.*s %.*s: given: %.*s",
					    CHY_ARG(full->line.id),
					    CHY_ARG(par->id),
					    (int)(end - from),
					    words.ptr + from);
			}
			for (int w = 0; w < 5 && from < words.len; w++)
				from += strcspn(words.ptr + from, " ") + 1;
		}
	}
	chy_buf_done(&words);
	chy_shown_free(s);
	return CHY_OK;
}

static void
test_nothing_of_the_others(void **state)
{
	struct looking l = { .reader = test_reader("C") };
	chy_reader owner = chy_reader_owner();
	char path[800], low[300];
	chy_registry *high;
	chy_error err;

	(void)state;
	if (corpus[0] == '\0')
		skip();
	test_folder(low, sizeof(low));
	l.low = test_open(low, true);
	(void)snprintf(path, sizeof(path), "%s/state-2000s", corpus);
	(void)test_import(l.low, path);
	high = test_open(low, true);
	assert_int_equal(chy_registry_export(high, &owner, CHY_EMPTY, NULL, look_at,
	    &l, &err), CHY_OK);
	print_message("# %llu paragraphs withheld, %llu runs of words looked "
	    "for\n", (unsigned long long)l.withheld,
	    (unsigned long long)l.looked);
	assert_true(l.withheld > 1000);
	chy_registry_close(high);
	chy_registry_close(l.low);
	chy_buf_done(&l.given);
	test_remove(low);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_forms_meet),
		cmocka_unit_test(test_bytes),
		cmocka_unit_test(test_nothing_of_the_others),
	};
	int status;

	if (chy_test_corpus(&status) == NULL)
		return status;
	return cmocka_run_group_tests(tests, setup, teardown);
}
