/*
 * Import under all that goes wrong: killed, stopped, beside another, on a
 * full disk, without permission; copies, sections, what cannot be read.
 *
 * SPDX-License-Identifier: ISC
 */
#include <errno.h>
#include <signal.h>
#include <sys/resource.h>
#include <time.h>

#include "archive.h"
#include "db/db.h"

#define MANY	1200

/* A telegram of about 2 kB with that number. */
static void
make_telegram(chy_buf *out, unsigned n)
{
	static const char *const posts[] = { "MUSCAT", "PARIS", "LONDON",
	    "CAIRO", "MADRID" };
	unsigned serial = n / 5 + 1;

	chy_buf_reset(out);
	chy_buf_printf(out, "R %02u%02u%02uZ JUN 08\nFM AMEMBASSY %s\n"
	    "TO SECSTATE WASHDC %04u\n\nC O N F I D E N T I A L %s %06u\n\n"
	    "SIPDIS\n\nE.O. 12958: DECL: 06/08/2018\nTAGS: PREL, MU\n"
	    "SUBJECT: telegram number%u of many\nREF: %s %u\n\n",
	    1 + n % 28, n % 24, n % 60, posts[n % 5], n % 10000,
	    posts[n % 5], serial, n, posts[n % 5], serial > 1 ? serial - 1 :
	    9999);
	for (unsigned p = 1; p <= 6; p++) {
		chy_buf_printf(out, "%u. (C) word%u", p, n);
		for (unsigned w = 0; w < 40; w++)
			chy_buf_printf(out, " w%u", (n * 31 + p * 17 + w * w) %
			    4000);
		chy_buf_puts(out, ".\n\n");
	}
}

/* `n` telegrams as files in a folder. */
static void
make_folder(const char *folder, unsigned first, unsigned n)
{
	chy_buf buf = CHY_BUF_INIT;
	char name[32];

	(void)mkdir(folder, 0755);
	for (unsigned i = first; i < first + n; i++) {
		make_telegram(&buf, i);
		(void)snprintf(name, sizeof(name), "t%06u.txt", i);
		test_write(folder, name, chy_buf_slice(&buf));
	}
	chy_buf_done(&buf);
}

struct world {
	char	      folder[300];
	char	      in[400];
	chy_registry *reg;
	chy_reader    owner;
};

static int
setup(void **state)
{
	struct world *w = calloc(1, sizeof(*w));

	test_folder(w->folder, sizeof(w->folder));
	(void)snprintf(w->in, sizeof(w->in), "%s/in", w->folder);
	(void)mkdir(w->in, 0755);
	w->reg = test_open(w->folder, false);
	w->owner = chy_reader_owner();
	*state = w;
	return 0;
}

static int
teardown(void **state)
{
	struct world *w = *state;

	chy_registry_close(w->reg);
	test_remove(w->folder);
	free(w);
	return 0;
}

static void
test_twice(void **state)
{
	struct world *w = *state;
	chy_import_counts c;

	make_folder(w->in, 0, 50);
	c = test_import(w->reg, w->in);
	assert_int_equal(c.files, 50);
	assert_int_equal(c.filed, 50);
	assert_int_equal(c.known + c.copies + c.unread + c.failed, 0);
	assert_int_equal(test_count(w->reg, &w->owner, ""), 50);
	assert_int_equal(test_count(w->reg, &w->owner, "word17"), 1);
	c = test_import(w->reg, w->in);
	assert_int_equal(c.known, 50);
	assert_int_equal(c.filed, 0);
	make_folder(w->in, 50, 10);
	c = test_import(w->reg, w->in);
	assert_int_equal(c.known, 50);
	assert_int_equal(c.filed, 10);
	assert_int_equal(test_count(w->reg, &w->owner, "telegram"), 60);
	test_sound(w->reg);
}

static void
test_raw(void **state)
{
	struct world *w = *state;
	chy_buf buf = CHY_BUF_INIT;
	chy_reader low = test_reader("U");
	chy_raw *raw;
	chy_error err;

	make_folder(w->in, 7, 1);
	(void)test_import(w->reg, w->in);
	make_telegram(&buf, 7);
	assert_int_equal(chy_registry_raw(w->reg, &w->owner,
	    CHY_SLICE("08 London 2"), &raw, &err), CHY_OK);
	assert_true(chy_slice_eq(raw->bytes, chy_buf_slice(&buf)));
	chy_raw_free(raw);
	/* Not permitted and not there are the same answer. */
	assert_int_equal(chy_registry_raw(w->reg, &low,
	    CHY_SLICE("08LONDON2"), &raw, &err), CHY_ERR_NOT_FOUND);
	assert_string_equal(err.text, "08LONDON2: not in this archive");
	chy_buf_done(&buf);
}

static const char late[] =
    "R 011200Z JAN 08\nFM AMEMBASSY PARIS\nTO SECSTATE WASHDC 0001\n\n"
    "UNCLAS PARIS 000001\n\nE.O. 12958: N/A\nTAGS: PREL, FR\n"
    "SUBJECT: early in the year\nREF: A. LONDON 9000\n     B. 07 CAIRO 3\n\n"
    "1. See reftels.\n";
static const char cited[] =
    "R 301200Z DEC 07\nFM AMEMBASSY LONDON\nTO SECSTATE WASHDC 0002\n\n"
    "UNCLAS LONDON 009000\n\nE.O. 12958: N/A\nTAGS: PREL, UK\n"
    "SUBJECT: late in the year\n\n1. Text of it.\n";

/* The citation prints no year; what it means is filed later, with the year
 * before. */
static void
test_reference_later(void **state)
{
	struct world *w = *state;
	chy_shown *s;
	chy_thread *t;
	chy_error err;

	test_write(w->in, "a.txt", chy_slice_of(late));
	(void)test_import(w->reg, w->in);
	assert_int_equal(chy_registry_show(w->reg, &w->owner,
	    CHY_SLICE("08PARIS1"), &s, &err), CHY_OK);
	assert_int_equal(s->n_resolved, 2);
	assert_int_equal(s->resolved[0].how, CHY_NOT_FILED);
	chy_shown_free(s);
	test_write(w->in, "b.txt", chy_slice_of(cited));
	(void)test_import(w->reg, w->in);
	assert_int_equal(chy_registry_show(w->reg, &w->owner,
	    CHY_SLICE("08PARIS1"), &s, &err), CHY_OK);
	assert_int_equal(s->resolved[0].how, CHY_RESOLVED_YEAR_BEFORE);
	assert_int_equal(s->resolved[1].how, CHY_NOT_FILED);
	chy_shown_free(s);
	assert_int_equal(chy_registry_show(w->reg, &w->owner,
	    CHY_SLICE("07LONDON9000"), &s, &err), CHY_OK);
	assert_int_equal(s->n_cited_by, 1);
	assert_true(chy_slice_eq(s->cited_by[0].line.id,
	    CHY_SLICE("08PARIS1")));
	chy_shown_free(s);
	assert_int_equal(test_count(w->reg, &w->owner, "cites:07LONDON9000"),
	    1);
	assert_int_equal(test_count(w->reg, &w->owner, "citedby:08PARIS1"), 1);
	assert_int_equal(test_count(w->reg, &w->owner, "is:cited"), 1);
	/* A missing one has a thread too. */
	assert_int_equal(chy_registry_thread(w->reg, &w->owner,
	    CHY_SLICE("07CAIRO3"), &t, &err), CHY_OK);
	assert_int_equal(t->n_nodes, 2);
	assert_int_equal(t->n_missing, 1);
	assert_true(t->nodes[t->start].missing);
	chy_thread_free(t);
	assert_int_equal(chy_registry_thread(w->reg, &w->owner,
	    CHY_SLICE("07CAIRO4"), &t, &err), CHY_ERR_NOT_FOUND);
}

static void
write_section(const struct world *w, const char *name, int i, const char *end)
{
	char text[600];
	int n = snprintf(text, sizeof(text), "R 091456Z JUN 08\n"
	    "FM AMEMBASSY CAIRO\nTO SECSTATE WASHDC 0002\n\n"
	    "UNCLAS SECTION 0%d OF 02 CAIRO 000077\n\nE.O. 12958: N/A\n"
	    "TAGS: PREL, EG\nSUBJECT: in two parts\n\n%d. Words of part%d.\n"
	    "%s", i, i, i, end);

	test_write(w->in, name, (chy_slice){ text, (size_t)n });
}

static void
test_sections_and_copies(void **state)
{
	struct world *w = *state;
	chy_shown *s;
	chy_error err;
	chy_import_counts c;

	/* The second arrives first, and again with other blanks. */
	write_section(w, "a.txt", 2, "");
	write_section(w, "b.txt", 1, "");
	write_section(w, "c.txt", 2, "\n \n");
	c = test_import(w->reg, w->in);
	assert_int_equal(c.filed, 2);
	assert_int_equal(c.copies, 1);
	assert_int_equal(test_count(w->reg, &w->owner, ""), 1);
	assert_int_equal(test_count(w->reg, &w->owner, "part1 part2"), 1);
	assert_int_equal(chy_registry_show(w->reg, &w->owner,
	    CHY_SLICE("08CAIRO77#2"), &s, &err), CHY_OK);
	assert_int_equal(s->n_parts, 2);
	assert_int_equal(s->sections, 2);
	assert_int_equal(s->part, 1);
	assert_int_equal(s->line.n_sections, 2);
	assert_int_equal(s->parts[1].n_copies, 1);
	assert_false(s->parts[1].copies[0].differs);
	chy_shown_free(s);
	assert_int_equal(chy_registry_show(w->reg, &w->owner,
	    CHY_SLICE("08CAIRO77#9"), &s, &err), CHY_ERR_NOT_FOUND);
}

static void
test_unread_and_empty(void **state)
{
	struct world *w = *state;
	chy_unread_list *list;
	chy_reader high = test_reader("TS//NODIS");
	chy_import_counts c;
	chy_raw *raw;
	char address[80];
	chy_error err;

	test_write(w->in, "binary.bin", (chy_slice){ "\0\1\2\0\xff\xfe", 6 });
	test_write(w->in, "empty.txt", CHY_EMPTY);
	test_write(w->in, "words.txt", CHY_SLICE("Some words.\n"));
	c = test_import(w->reg, w->in);
	assert_int_equal(c.unread, 1);
	assert_int_equal(c.empty, 1);
	assert_int_equal(c.filed, 1);
	assert_int_equal(chy_registry_unread(w->reg, &w->owner, &list, &err),
	    CHY_OK);
	assert_int_equal(list->n, 1);
	assert_int_equal(list->at[0].size, 6);
	(void)snprintf(address, sizeof(address), "sha:%.8s",
	    list->at[0].sha256.ptr);
	chy_unread_list_free(list);
	assert_int_equal(chy_registry_raw(w->reg, &w->owner,
	    chy_slice_of(address), &raw, &err), CHY_OK);
	assert_int_equal(raw->bytes.len, 6);
	chy_raw_free(raw);
	/* Nothing is known of its label, nor of the words without one. */
	assert_int_equal(chy_registry_unread(w->reg, &high, &list, &err),
	    CHY_OK);
	assert_int_equal(list->n, 0);
	chy_unread_list_free(list);
	assert_int_equal(chy_registry_raw(w->reg, &high,
	    chy_slice_of(address), &raw, &err), CHY_ERR_NOT_FOUND);
	assert_int_equal(test_count(w->reg, &high, "words"), 0);
	assert_int_equal(test_count(w->reg, &w->owner, "words"), 1);
	test_sound(w->reg);
}

static void
count_trouble(void *arg, const char *path, uint32_t part, const chy_error *why)
{
	(void)part;
	assert_non_null(path);
	assert_true(why->text[0] != '\0');
	++*(int *)arg;
}

static void
test_not_there(void **state)
{
	struct world *w = *state;
	const char *paths[2] = { "/nonexistent/x", w->in };
	int troubles = 0;
	chy_import_options opts = { .trouble = count_trouble,
	    .arg = &troubles };
	chy_import_counts c;
	chy_error err;

	make_folder(w->in, 0, 3);
	assert_int_equal(chy_registry_import(w->reg, &w->owner, paths, 2,
	    &opts, &c, &err), CHY_OK);
	assert_int_equal(c.failed, 1);
	assert_int_equal(troubles, 1);
	assert_int_equal(c.filed, 3);
}

static void
test_others_may_not(void **state)
{
	struct world *w = *state;
	const char *path = w->in;
	chy_reader reader = test_reader("TS");
	chy_verified *v;
	chy_error err;

	assert_int_equal(chy_registry_import(w->reg, &reader, &path, 1, NULL,
	    NULL, &err), CHY_ERR_DENIED);
	assert_int_equal(chy_registry_verify(w->reg, &reader, NULL, &v, &err),
	    CHY_ERR_DENIED);
	assert_int_equal(chy_registry_reindex(w->reg, &reader, NULL, NULL,
	    &err), CHY_ERR_DENIED);
}

static chy_status
stop_after(void *arg, const chy_import_progress *p)
{
	uint64_t *bytes = arg;

	return p->counts.bytes >= *bytes ? CHY_ERR_STOPPED : CHY_OK;
}

static void
test_stopped(void **state)
{
	struct world *w = *state;
	const char *path = w->in;
	uint64_t bytes = 600000;
	chy_import_options opts = { .progress = stop_after, .arg = &bytes,
	    .progress_ms = 1 };
	chy_import_counts c, d;
	chy_error err;

	make_folder(w->in, 0, MANY);
	assert_int_equal(chy_registry_import(w->reg, &w->owner, &path, 1,
	    &opts, &c, &err), CHY_ERR_STOPPED);
	assert_true(c.filed > 0 && c.filed < MANY);
	assert_int_equal(test_count(w->reg, &w->owner, ""), c.filed);
	test_sound(w->reg);
	d = test_import(w->reg, w->in);
	assert_int_equal(d.filed, MANY - c.filed);
	assert_int_equal(d.known, c.filed);
	assert_int_equal(test_count(w->reg, &w->owner, ""), MANY);
}

/* Import in a child; the parent may kill it. */
static pid_t
start_import(const char *folder, const char *in, uint64_t batch)
{
	pid_t pid = fork();

	if (pid == 0) {
		chy_registry *reg = test_open(folder, false);
		chy_reader owner = chy_reader_owner();
		chy_import_options opts = { .batch_bytes = batch };
		chy_error err;
		chy_status st = chy_registry_import(reg, &owner, &in, 1,
		    &opts, NULL, &err);

		if (st != CHY_OK)
			(void)fprintf(stderr, "child: %s\n", err.text);
		chy_registry_close(reg);
		_exit(st == CHY_OK ? 0 : 1);
	}
	return pid;
}

static void
test_killed(void **state)
{
	struct world *w = *state;
	unsigned long micros = 3000;
	uint64_t last = 0;
	int kills = 0;

	make_folder(w->in, 0, MANY);
	for (;;) {
		struct timespec pause = { (time_t)(micros / 1000000),
		    (long)(micros % 1000000) * 1000 };
		pid_t pid = start_import(w->folder, w->in, 100000);
		int how;
		uint64_t n;

		(void)nanosleep(&pause, NULL);
		(void)kill(pid, SIGKILL);
		assert_int_equal(waitpid(pid, &how, 0), pid);
		test_sound(w->reg);
		n = test_count(w->reg, &w->owner, "");
		/* Nothing that was committed is lost, nothing doubled. */
		assert_true(n >= last && n <= MANY);
		last = n;
		if (WIFEXITED(how)) {
			assert_int_equal(WEXITSTATUS(how), 0);
			break;
		}
		kills++;
		micros += micros / 2;
	}
	assert_true(kills > 0);
	assert_int_equal(last, MANY);
	assert_int_equal(test_count(w->reg, &w->owner, "telegram"), MANY);
	test_sound(w->reg);
	print_message("# killed %d times\n", kills);
}

static void
test_two_at_once(void **state)
{
	struct world *w = *state;
	char other[500];
	pid_t a, b;
	int how_a, how_b;

	/* Half of what each files the other files too. */
	(void)snprintf(other, sizeof(other), "%s/other", w->folder);
	make_folder(w->in, 0, 600);
	make_folder(other, 300, 600);
	a = start_import(w->folder, w->in, 50000);
	b = start_import(w->folder, other, 50000);
	assert_int_equal(waitpid(a, &how_a, 0), a);
	assert_int_equal(waitpid(b, &how_b, 0), b);
	assert_true(WIFEXITED(how_a) && WEXITSTATUS(how_a) == 0);
	assert_true(WIFEXITED(how_b) && WEXITSTATUS(how_b) == 0);
	assert_int_equal(test_count(w->reg, &w->owner, ""), 900);
	assert_int_equal(test_count(w->reg, &w->owner, "is:copied"), 0);
	test_sound(w->reg);
}

/* Both find no archive and make one. */
static void
test_two_on_a_new_one(void **state)
{
	struct world *w = *state;
	char folder[400];

	make_folder(w->in, 0, 20);
	for (int i = 0; i < 8; i++) {
		chy_registry *reg;
		pid_t a, b;
		int how_a, how_b;

		(void)snprintf(folder, sizeof(folder), "%s/new%d", w->folder,
		    i);
		(void)mkdir(folder, 0755);
		a = start_import(folder, w->in, 0);
		b = start_import(folder, w->in, 0);
		assert_int_equal(waitpid(a, &how_a, 0), a);
		assert_int_equal(waitpid(b, &how_b, 0), b);
		assert_true(WIFEXITED(how_a) && WEXITSTATUS(how_a) == 0);
		assert_true(WIFEXITED(how_b) && WEXITSTATUS(how_b) == 0);
		reg = test_open(folder, false);
		assert_int_equal(test_count(reg, &w->owner, ""), 20);
		test_sound(reg);
		chy_registry_close(reg);
	}
}

/* No file may grow beyond a limit: to the program that is a full disk. */
static void
test_full_disk(void **state)
{
	struct world *w = *state;
	chy_import_counts c;
	pid_t pid;
	int how;

	if (!test_in_files()) {
		print_message("# only of files: a server has its own disk\n");
		return;
	}
	make_folder(w->in, 0, MANY);
	pid = fork();
	if (pid == 0) {
		struct rlimit limit = { 1500000, 1500000 };
		chy_registry *reg = test_open(w->folder, false);
		const char *path = w->in;
		chy_import_options opts = { .batch_bytes = 200000 };
		chy_error err = { .status = CHY_OK };
		chy_status st;

		(void)signal(SIGXFSZ, SIG_IGN);
		(void)setrlimit(RLIMIT_FSIZE, &limit);
		st = chy_registry_import(reg, &w->owner, &path, 1, &opts, &c,
		    &err);
		if (st != CHY_ERR_IO || strstr(err.text, "full") == NULL ||
		    strstr(err.text, "run it again") == NULL)
			(void)fprintf(stderr, "%d %s\n", (int)st, err.text);
		/* What is there can still be read. */
		if (test_count(reg, &w->owner, "") != c.filed)
			(void)fprintf(stderr, "filed is not what is there\n");
		chy_registry_close(reg);
		_exit(st == CHY_ERR_IO && strstr(err.text, "full") != NULL ?
		    0 : 1);
	}
	assert_int_equal(waitpid(pid, &how, 0), pid);
	assert_true(WIFEXITED(how) && WEXITSTATUS(how) == 0);
	test_sound(w->reg);
	/* There is room again. */
	c = test_import(w->reg, w->in);
	assert_int_equal(c.filed + c.known, MANY);
	assert_int_equal(test_count(w->reg, &w->owner, ""), MANY);
	test_sound(w->reg);
}

/* A disk of 3 MB, where one can be had. */
static void
test_full_tmpfs(void **state)
{
	struct world *w = *state;
	const char *in = w->in;
	char disk[400], path[500];
	const char *mount[] = { "mount", "-t", "tmpfs", "-o", "size=3m",
	    "tmpfs", disk, NULL };
	const char *grow[] = { "mount", "-o", "remount,size=60m", disk, NULL };
	const char *umount[] = { "umount", disk, NULL };
	chy_registry_options opts = { .create = true };
	chy_import_counts c = { 0 };
	chy_registry *reg;
	chy_error err = { .status = CHY_OK };
	chy_status st;

	(void)snprintf(disk, sizeof(disk), "%s/disk", w->folder);
	(void)mkdir(disk, 0755);
	if (getuid() != 0 || test_run(mount) != 0)
		skip();
	make_folder(w->in, 0, MANY);
	(void)snprintf(path, sizeof(path), "%s/a.sqlite", disk);
	assert_int_equal(chy_registry_open(path, &opts, &reg, &err), CHY_OK);
	st = chy_registry_import(reg, &w->owner, &in, 1,
	    &(chy_import_options){ .batch_bytes = 200000 }, &c, &err);
	if (st == CHY_ERR_IO && strstr(err.text, "disk is full") != NULL &&
	    test_count(reg, &w->owner, "") == c.filed)
		st = CHY_OK;
	chy_registry_close(reg);
	/* The disk grows, and the next run goes on. */
	if (st == CHY_OK && test_run(grow) == 0) {
		uint64_t filed = c.filed;

		assert_int_equal(chy_registry_open(path, &opts, &reg, &err),
		    CHY_OK);
		c = test_import(reg, w->in);
		if (c.known != filed || c.filed != MANY - filed)
			st = CHY_ERR_STORE;
		test_sound(reg);
		chy_registry_close(reg);
	}
	assert_int_equal(test_run(umount), 0);
	if (st != CHY_OK)
		fail_msg("%d %s", (int)st, err.text);
}

/* As an ordinary user: root may read everything. */
static void
test_no_permission(void **state)
{
	struct world *w = *state;
	char path[600];
	pid_t pid;
	int how;

	make_folder(w->in, 0, 4);
	(void)snprintf(path, sizeof(path), "%s/closed", w->in);
	make_folder(path, 10, 2);
	(void)chmod(path, 0);
	(void)snprintf(path, sizeof(path), "%s/t000001.txt", w->in);
	(void)chmod(path, 0);
	(void)chmod(w->folder, 0777);
	pid = fork();
	if (pid == 0) {
		chy_registry *reg;
		int troubles = 0;
		chy_import_options opts = { .trouble = count_trouble,
		    .arg = &troubles };
		const char *in = w->in;
		chy_import_counts c;
		chy_error err;
		bool good;

		if (getuid() == 0 && setuid(65534) != 0)
			_exit(2);
		(void)snprintf(path, sizeof(path), "%s/own.sqlite", w->folder);
		if (chy_registry_open(path, &(chy_registry_options){
		    .create = true }, &reg, &err) != CHY_OK)
			_exit(3);
		good = chy_registry_import(reg, &w->owner, &in, 1, &opts, &c,
		    &err) == CHY_OK && c.failed == 2 && troubles == 2 &&
		    c.filed == 3;
		if (!good)
			(void)fprintf(stderr, "failed %d filed %d\n",
			    (int)c.failed, (int)c.filed);
		chy_registry_close(reg);
		_exit(good ? 0 : 1);
	}
	assert_int_equal(waitpid(pid, &how, 0), pid);
	assert_true(WIFEXITED(how));
	assert_int_equal(WEXITSTATUS(how), 0);
	(void)snprintf(path, sizeof(path), "%s/closed", w->in);
	(void)chmod(path, 0755);
}

/* reindex gives the same archive, and is all or nothing. */
static void
test_reindex(void **state)
{
	struct world *w = *state;
	chy_buf a = CHY_BUF_INIT, b = CHY_BUF_INIT;
	uint64_t n;
	chy_error err;

	make_folder(w->in, 0, 60);
	test_write(w->in, "z.bin", (chy_slice){ "\0", 1 });
	(void)test_import(w->reg, w->in);
	put_find(&a, w->reg, &w->owner, "w17 or w5 or tag:MU");
	put_address(&a, w->reg, &w->owner, "08PARIS3");
	put_stats(&a, w->reg, &w->owner);
	assert_int_equal(chy_registry_reindex(w->reg, &w->owner, NULL, &n,
	    &err), CHY_OK);
	assert_int_equal(n, 61);
	put_find(&b, w->reg, &w->owner, "w17 or w5 or tag:MU");
	put_address(&b, w->reg, &w->owner, "08PARIS3");
	put_stats(&b, w->reg, &w->owner);
	a.len = strcspn(chy_buf_slice(&a).ptr, "\1");
	/* But for the size of the file. */
	assert_memory_equal(a.ptr, b.ptr, a.len / 2);
	test_sound(w->reg);
	chy_buf_done(&a);
	chy_buf_done(&b);
}

static void
test_wrong_files(void **state)
{
	struct world *w = *state;
	char path[600];
	chy_registry *reg;
	chy_error err;

	(void)snprintf(path, sizeof(path), "%s/none.sqlite", w->folder);
	assert_int_equal(chy_registry_open(path, NULL, &reg, &err),
	    CHY_ERR_NOT_FOUND);
	test_write(w->folder, "text.sqlite", CHY_SLICE("Not a database, but "
	    "a text that is long enough to be taken for the head of one."
	    "...................................................."));
	(void)snprintf(path, sizeof(path), "%s/text.sqlite", w->folder);
	assert_int_equal(chy_registry_open(path, NULL, &reg, &err),
	    CHY_ERR_INVALID);
	(void)snprintf(path, sizeof(path), "postgresql:///y?host=%s",
	    w->folder);
	assert_int_equal(chy_registry_open(path, NULL, &reg, &err),
	    CHY_ERR_IO);
	assert_int_equal(chy_registry_open("postgresql://%zz", NULL, &reg,
	    &err), CHY_ERR_INVALID);
	/* Nothing was ever filed there. */
	test_address(w->folder, "none.sqlite", path, sizeof(path));
	assert_int_equal(chy_registry_open(path, NULL, &reg, &err),
	    CHY_ERR_NOT_FOUND);
}

/* A byte of an original is changed behind our back. */
static void
test_verify_finds(void **state)
{
	struct world *w = *state;
	chy_verified *v;
	chy_error err;
	char path[600];
	const char *damage[] = { "sqlite3", path, "UPDATE original SET sha256 = "
	    "zeroblob(32) WHERE id = 2; DELETE FROM bytes WHERE original = 3; "
	    "UPDATE telegram SET row_count = row_count + 1 WHERE original = 5",
	    NULL };
	const char *there[] = { "psql", "-qd", path, "-c", "UPDATE original SET "
	    "sha256 = decode(repeat('00', 32), 'hex') WHERE id = 2; "
	    "DELETE FROM bytes_by_year WHERE original = 3; "
	    "UPDATE telegram SET row_count = row_count + 1 WHERE original = 5",
	    NULL };

	test_address(w->folder, "archive.sqlite", path, sizeof(path));
	make_folder(w->in, 0, 5);
	(void)test_import(w->reg, w->in);
	chy_registry_close(w->reg);
	if (test_run(test_in_files() ? damage : there) != 0) {		/* it is not installed */
		w->reg = test_open(w->folder, false);
		skip();
	}
	w->reg = test_open(w->folder, false);
	/* The columns refuse a damaged list; the rest is still proved. */
	if (chy_registry_verify(w->reg, &w->owner, NULL, &v, &err) == CHY_OK) {
		assert_true(v->all_problems >= 3);
		chy_verified_free(v);
	} else {
		assert_int_equal(err.status, CHY_ERR_STORE);
		assert_non_null(strstr(err.text, "reindex"));
	}
}

/* What a statement that gives one number gives, behind our back. */
static int64_t
ask(struct world *w, const char *sql)
{
	char path[600];
	chy_db_options opts = { .busy_ms = 1000 };
	chy_db *db;
	chy_stmt *s = NULL;
	chy_error err;
	bool row = false;
	int64_t n = -1;

	test_address(w->folder, "archive.sqlite", path, sizeof(path));
	if (chy_db_open(path, &opts, &db, &err) != CHY_OK ||
	    chy_db_prepare(db, sql, &s, &err) != CHY_OK ||
	    chy_stmt_step(s, &row, &err) != CHY_OK)
		fail_msg("%s", err.text);
	if (row)
		n = chy_column_int(s, 0);
	chy_stmt_free(s);
	chy_db_close(db);
	return n;
}

static uint64_t
problems(struct world *w)
{
	chy_verified *v;
	chy_error err;
	uint64_t n;

	if (chy_registry_verify(w->reg, &w->owner, NULL, &v, &err) != CHY_OK)
		fail_msg("%s", err.text);
	n = v->all_problems;
	chy_verified_free(v);
	return n;
}

/* The index is damaged behind our back: a place in a text is another, then a
 * piece is gone. Of words that stand in many telegrams the places are apart. */
static void
test_verify_finds_index(void **state)
{
	struct world *w = *state;
	bool files = test_in_files();

	make_folder(w->in, 0, 600);
	(void)test_import(w->reg, w->in);
	assert_int_equal(problems(w), 0);
	if (!files) {
		assert_true(ask(w, "SELECT count(*) FROM text_place") > 1);
		(void)ask(w, "UPDATE text_place SET data = set_byte(data, 0, "
		    "get_byte(data, 0) # 1) WHERE number = (SELECT "
		    "min(number) FROM text_place) RETURNING number");
		assert_int_equal(problems(w), 1);
	}
	(void)ask(w, files ? "DELETE FROM words_data WHERE id = (SELECT "
	    "max(id) FROM words_data)" : "DELETE FROM text_place WHERE number "
	    "= (SELECT max(number) FROM text_place) RETURNING number");
	assert_int_equal(problems(w), 1);
}

/* What is like what was filed before is packed by a dictionary of it; that
 * may lose one of its copies. Without any, the rest of the archive goes on. */
static void
test_dictionary(void **state)
{
	struct world *w = *state;
	chy_buf before = CHY_BUF_INIT, after = CHY_BUF_INIT;
	int64_t packed;
	chy_import_counts c;

	make_folder(w->in, 0, 390);
	(void)test_import(w->reg, w->in);
	assert_int_equal(ask(w, "SELECT count(*) FROM dictionary"), 0);
	/* One that cannot be read is left out. */
	(void)ask(w, "UPDATE original SET codec = 99 WHERE id = 7");
	make_folder(w->in, 390, 10);
	assert_int_equal(test_import(w->reg, w->in).filed, 10);
	(void)ask(w, "UPDATE original SET codec = 1 WHERE id = 7");
	assert_int_equal(ask(w, "SELECT count(*) FROM dictionary"), 4);
	assert_int_equal(ask(w, "SELECT count(*) FROM original "
	    "WHERE codec > 1"), 0);
	make_folder(w->in, 400, 300);
	(void)test_import(w->reg, w->in);
	packed = ask(w, "SELECT count(*) FROM original WHERE codec > 1");
	assert_int_equal(packed, 300);
	/* None is made anew of so little more. */
	assert_int_equal(ask(w, "SELECT count(*) FROM dictionary"), 4);
	assert_true(ask(w, "SELECT CAST(avg(length(data)) AS integer) FROM bytes "
	    "WHERE original > 400") * 5 < ask(w, "SELECT CAST(avg(length(data)) "
	    "AS integer) FROM bytes WHERE original <= 400") * 4);
	test_sound(w->reg);
	put_address(&before, w->reg, &w->owner, "08PARIS121");
	put_stats(&before, w->reg, &w->owner);

	(void)ask(w, "DELETE FROM dictionary WHERE id = 2 AND copy = 1");
	(void)ask(w, "UPDATE dictionary SET sha256 = data "
	    "WHERE id = 3 AND copy = 2");
	chy_registry_close(w->reg);
	w->reg = test_open(w->folder, false);
	put_address(&after, w->reg, &w->owner, "08PARIS121");
	put_stats(&after, w->reg, &w->owner);
	assert_int_equal(before.len, after.len);
	assert_memory_equal(before.ptr, after.ptr, before.len);
	assert_int_equal(problems(w), 2);

	(void)ask(w, "DELETE FROM dictionary");
	chy_registry_close(w->reg);
	w->reg = test_open(w->folder, false);
	make_folder(w->in, 700, 20);
	c = test_import(w->reg, w->in);
	assert_int_equal(c.filed, 20);
	assert_int_equal(ask(w, "SELECT count(*) FROM original "
	    "WHERE codec = 1 AND id > 700"), 20);
	assert_true(problems(w) >= 300);
	chy_buf_done(&before);
	chy_buf_done(&after);
}

/* Telegram by telegram, with what keeps the archive quick done apart: there is
 * something to do, it comes to an end, and all is found as before. */
static void
test_tended_apart(void **state)
{
	struct world *w = *state;
	chy_import_options opts = { .tend_apart = true, .readers = 1 };
	chy_import_counts counts;
	chy_buf one = CHY_BUF_INIT;
	unsigned steps = 0;
	uint64_t n;
	bool done = false;
	chy_error err;

	for (unsigned i = 0; i < 60; i++) {
		make_telegram(&one, i);
		assert_int_equal(chy_registry_import_bytes(w->reg, &w->owner,
		    chy_buf_slice(&one), CHY_EMPTY, &opts, &counts, &err),
		    CHY_OK);
		assert_int_equal(counts.filed, 1);
	}
	chy_buf_done(&one);
	while (!done && steps < 1000) {
		assert_int_equal(chy_registry_tend(w->reg, &done, &err),
		    CHY_OK);
		steps++;
		assert_int_equal(chy_registry_count(w->reg, &w->owner,
		    CHY_SLICE("word31"), &n, &err), CHY_OK);
		assert_int_equal(n, 1);
	}
	assert_in_range(steps, 2, 999);
	test_sound(w->reg);
}

int
main(void)
{
#define T(f)	cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(test_twice),
		T(test_raw),
		T(test_reference_later),
		T(test_sections_and_copies),
		T(test_unread_and_empty),
		T(test_not_there),
		T(test_others_may_not),
		T(test_stopped),
		T(test_killed),
		T(test_two_at_once),
		T(test_two_on_a_new_one),
		T(test_full_disk),
		T(test_full_tmpfs),
		T(test_no_permission),
		T(test_reindex),
		T(test_wrong_files),
		T(test_verify_finds),
		T(test_verify_finds_index),
		T(test_dictionary),
		T(test_tended_apart),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
