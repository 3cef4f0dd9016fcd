/*
 * The web of references does not depend on what was filed first, nor on what
 * was asked in between; and its sets are what asking one by one gives.
 *
 * SPDX-License-Identifier: ISC
 */
#include "archive.h"
#include "registry/registry_int.h"

#define TELEGRAMS	60
#define BATCHES		4
#define ORDERS		6

static const char *const posts[] = { "MUSCAT", "PARIS", "LONDON",
    "ARDENFLEET" };
static unsigned seed;

static unsigned
dice(unsigned n)
{
	seed = seed * 1103515245u + 12345u;
	return (seed >> 16) % n;
}

/* Telegram i, or a copy of the one before: some are sections, some cite by
 * time, by a name spelled otherwise, without a year, in the text. Of copies
 * whose texts differ the first to come is shown, so these do not. */
static void
make_telegram(unsigned i, unsigned round, chy_buf *out)
{
	unsigned post, year, serial, n;

	bool copy = i % 7 == 6;

	i -= copy;
	seed = i * 7919u + round * 104729u + 11u;
	(void)dice(4);
	/* No number twice. */
	post = i % 4;
	year = 6 + i / 4 % 3;
	serial = 1 + i / 12 * 5 + dice(5);
	chy_buf_reset(out);
	chy_buf_printf(out, "R %02u1200Z %s %02u\nFM AMEMBASSY %s\n"
	    "TO SECSTATE WASHDC %04u\n\nUNCLAS %s%s %06u\n\n%s"
	    "E.O. 12958: N/A\nTAGS: PREL\nSUBJECT: NUMBER %u\n",
	    1 + serial % 28, serial < 15 ? "FEB" : "OCT", year, posts[post],
	    serial, dice(9) == 0 ? "SECTION 01 OF 02 " : "", posts[post],
	    serial, dice(9) == 0 ? "CORRECTED COPY\n\n" : "", i);
	n = dice(4);
	for (unsigned k = 0; k < n; k++) {
		chy_buf_printf(out, "%s%c. ", k == 0 ? "\nREF: " : "     ",
		    'A' + (int)k);
		post = dice(4);
		switch (dice(6)) {
		case 0:
			chy_buf_printf(out, "AMEMBASSY %s DTG %02u1200Z FEB "
			    "%02u\n", posts[post], 1 + dice(15), 6 + dice(3));
			break;
		case 1:
			chy_buf_printf(out, "%02u ARDENFLET %u\n", 6 + dice(3),
			    1 + dice(30));
			break;
		case 2:
			chy_buf_printf(out, "%s %u-%u\n", posts[post],
			    1 + dice(15), 16 + dice(3));
			break;
		case 3:
			chy_buf_puts(out, "VOSS LETTER OF MAY 1\n");
			break;
		case 4:
			chy_buf_printf(out, "%s %u, %u AND PREVIOUS\n",
			    posts[post], 1 + dice(30), 1 + dice(30));
			break;
		default:
			chy_buf_printf(out, "%02u %s %u\n", 6 + dice(3),
			    posts[post], 1 + dice(30));
			break;
		}
	}
	chy_buf_printf(out, "\n1. (U) See REFS A-B and %02u %s %u.\n\nVOSS\n",
	    6 + dice(3), posts[dice(3)], 1 + dice(30));
	if (copy)
		chy_buf_puts(out, "\n");
}

/* All ids there may be, and the answers over all. */
static void
ask_all(chy_registry *reg, chy_buf *out)
{
	chy_reader owner = chy_reader_owner();
	char id[40];

	chy_buf_reset(out);
	for (size_t p = 0; p < ARRAY_LEN(posts); p++)
		for (unsigned year = 5; year < 9; year++)
			for (unsigned serial = 1; serial <= 30; serial++) {
				(void)snprintf(id, sizeof(id), "%02u%s%u", year,
				    posts[p], serial);
				put_address(out, reg, &owner, id);
			}
	put_unresolved(out, reg, &owner, "");
	put_gaps(out, reg, &owner, "");
	put_find(out, reg, &owner, "is:cited");
}

/* File them in an order of its own, in batches, and ask in between. */
static chy_registry *
file_in_order(const char *folder, unsigned round, unsigned order, bool between,
    chy_buf *out)
{
	chy_registry *reg = test_open(folder, false);
	unsigned at[TELEGRAMS];
	chy_buf text = CHY_BUF_INIT;

	for (unsigned i = 0; i < TELEGRAMS; i++)
		at[i] = i;
	seed = order * 31337u + 5u;
	for (unsigned i = TELEGRAMS - 1; order > 0 && i > 0; i--) {
		unsigned k = dice(i + 1), t = at[i];

		at[i] = at[k];
		at[k] = t;
	}
	for (unsigned b = 0; b < BATCHES; b++) {
		char in[500], name[32];

		(void)snprintf(in, sizeof(in), "%s/in%u", folder, b);
		(void)mkdir(in, 0700);
		for (unsigned i = b; i < TELEGRAMS; i += BATCHES) {
			make_telegram(at[i], round, &text);
			(void)snprintf(name, sizeof(name), "t%02u.txt", i);
			test_write(in, name, chy_buf_slice(&text));
		}
		(void)test_import(reg, in);
		if (between)
			ask_all(reg, out);
	}
	chy_buf_done(&text);
	ask_all(reg, out);
	return reg;
}

static void
test_order(void **state)
{
	(void)state;
	for (unsigned round = 0; round < 2; round++) {
		chy_buf first = CHY_BUF_INIT, other = CHY_BUF_INIT;

		for (unsigned order = 0; order < ORDERS; order++) {
			chy_buf *out = order == 0 ? &first : &other;
			char folder[300];
			chy_registry *reg;

			test_folder(folder, sizeof(folder));
			reg = file_in_order(folder, round, order,
			    order % 2 == 1, out);
			chy_registry_close(reg);
			test_remove(folder);
			if (order > 0 && !chy_slice_eq(chy_buf_slice(&first),
			    chy_buf_slice(&other))) {
				size_t at = 0;

				while (first.ptr[at] == other.ptr[at])
					at++;
				at = at > 200 ? at - 200 : 0;
				fail_msg("round %u, order %u:\n%.900s\n--- "
				    "but ---\n%.900s", round, order,
				    first.ptr + at, other.ptr + at);
			}
		}
		assert_true(first.len > 10000);
		chy_buf_done(&first);
		chy_buf_done(&other);
	}
}

/* Of some alone: the same, and no others. */
static void
few_are_the_same(struct asking *a, bool missing, const uint64_t *all)
{
	size_t words = chy_set_words(a->c);
	uint64_t *within = calloc(words, sizeof(*within));
	uint64_t *few = calloc(words, sizeof(*few));

	assert_non_null(within);
	assert_non_null(few);
	for (uint32_t i = 0; i < a->view->n_order; i += 2)
		chy_set_put(within, a->view->order[i]);
	assert_int_equal(chy_store_cited_set(a->reg->store, a->view, missing,
	    within, few, a->err), CHY_OK);
	for (size_t i = 0; i < words; i++)
		assert_int_equal(few[i], all[i] & within[i]);
	free(within);
	free(few);
}

/* Sets, by asking each telegram for its references. */
static void
test_sets(void **state)
{
	static const char *const names[] = { "cited", "cites missing" };
	chy_buf out = CHY_BUF_INIT;
	char folder[300];
	chy_registry *reg;
	struct asking a;
	chy_reader owner = chy_reader_owner();
	unsigned in_set[2] = { 0, 0 };
	uint64_t *sets[2];
	chy_error err;

	(void)state;
	test_folder(folder, sizeof(folder));
	reg = file_in_order(folder, 7, 1, false, &out);
	assert_int_equal(chy_asking_begin(&a, reg, &owner, &err), CHY_OK);
	for (int k = 0; k < 2; k++) {
		sets[k] = calloc(chy_set_words(a.c), sizeof(*sets[k]));
		assert_non_null(sets[k]);
		assert_int_equal(chy_store_cited_set(reg->store, a.view,
		    k == 1, NULL, sets[k], &err), CHY_OK);
		few_are_the_same(&a, k == 1, sets[k]);
	}
	for (uint32_t i = 0; i < a.view->n_order; i++) {
		uint32_t g = a.view->order[i], n, m;
		chy_arena arena;
		chy_cited *cites;
		chy_citing *by;
		bool want[2] = { false, false };

		chy_arena_init(&arena, 0);
		assert_int_equal(chy_store_cites(reg->store, a.view, g, &arena,
		    &cites, &n, &err), CHY_OK);
		assert_int_equal(chy_store_cited_by(reg->store, a.view,
		    chy_name_text(a.c->groups, g), &arena, &by, &m, &err),
		    CHY_OK);
		for (uint32_t k = 0; k < n; k++)
			want[1] |= cites[k].group == CHY_NONE;
		for (uint32_t k = 0; k < m; k++)
			want[0] |= by[k].group != g;
		for (int k = 0; k < 2; k++) {
			if (chy_set_has(sets[k], g) != want[k])
				fail_msg("%.*s: %s", CHY_ARG(chy_name_text(
				    a.c->groups, g)), names[k]);
			in_set[k] += want[k];
		}
		chy_arena_done(&arena);
	}
	for (int k = 0; k < 2; k++) {
		assert_true(in_set[k] > 0);
		free(sets[k]);
	}
	chy_asking_end(&a);
	chy_registry_close(reg);
	test_remove(folder);
	chy_buf_done(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_sets),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
