/*
 * A reader sees exactly what they would see if everything above them did not
 * exist.
 *
 * Random archives, each twice: once with all telegrams, once with only what
 * the reader may see; every answer is compared byte for byte. The first is
 * asked the same while it is filed, so that its answers are put together of
 * what was kept and what came; the second keeps nothing. With
 * portion-release on, the second archive has other words and headings where
 * the reader may not look. At the end a method that leaks is measured by the
 * same test, to show that the test can fail.
 *
 * SPDX-License-Identifier: ISC
 */
#include "archive.h"
#include "registry/registry_int.h"
#include "store/likeness.h"
#include "store/store_int.h"

#define TELEGRAMS	40
#define ROUNDS		(test_in_files() ? 4u : 1u)	/* schemas take time */
#define QUERIES		40
#define PARTS		3	/* in which telegrams are filed */

#define QUERY_SEED(round, q)	((round) * 977u + (q) * 31u + 3u)

static const char *const posts[] = { "MUSCAT", "PARIS", "LONDON", "CAIRO" };
static const char *const words[] = { "oil", "gas", "pipeline", "minister",
    "ambassador", "harbour", "treaty", "embargo", "wheat", "railway",
    "oman", "bridge", "the", "of", "secretly", "pipelines" };
/* Names, so that words come together to them; some are spellings of one. */
static const char *const named[] = { "Minister Yusuf al-Harthy",
    "Foreign Minister Youssef al-Harthi", "Ambassador Clara Voss", "Voss said",
    "Ministry of Harbours", "Skerry Bank", "Muscat", "Dr. Badr Saidi",
    "Sayyid Badr Saidy", "Minister Harthi", "Port Council", "France" };
/* Nothing has them; words, posts and codes above are written nearly so. */
static const char *const slips[] = { "pipelime", "tracty", "ebmargo",
    "from:PARSI", "tag:PRLE", "caption:nofron", "subject:brigde" };
static const char *const marks[] = { "", "(U) ", "(SBU) ", "(C) ", "(S) ",
    "(S/NF) ", "(C/REL GBR) ", "(TS) " };
static const char *const levels[] = { "UNCLAS", "C O N F I D E N T I A L",
    "S E C R E T", "T O P S E C R E T" };
static const char *const level_labels[] = { "U", "C", "S", "TS" };
static const char *const captions[] = { "", "SIPDIS", "NOFORN", "EXDIS",
    "NODIS", "STADIS" };
static const char *const tags[] = { "PREL", "PTER", "EPET", "MU", "FR", "EG" };

struct made {
	char  mrn[32];
	char *text;		/* as it is */
	char *seen;		/* with only what the reader may see; NULL */
};

/* The pseudo-random numbers of one telegram, so that both variants of it are
 * made of the same. */
static unsigned seed;

static unsigned
dice(unsigned n)
{
	seed = seed * 1103515245u + 12345u;
	return (seed >> 16) % n;
}

static chy_label
parse_label(const char *text)
{
	chy_label l = chy_label_bottom();

	assert_int_equal(chy_label_parse(chy_slice_of(text), &l, NULL),
	    CHY_OK);
	return l;
}

static void
some_words(chy_buf *out, unsigned n)
{
	for (unsigned i = 0; i < n; i++)
		chy_buf_printf(out, "%s%s", i > 0 ? " " : "",
		    words[dice(ARRAY_LEN(words))]);
}

/* The words of a paragraph; some are of a few that stand in many telegrams,
 * so that there are near-duplicates. */
static void
paragraph_words(chy_buf *out)
{
	if (dice(3) == 0) {
		unsigned keep = seed;

		seed = dice(3) * 7001u + 5u;
		some_words(out, 24);
		seed = keep;
		return;
	}
	some_words(out, 4 + dice(9));
	if (dice(2))
		chy_buf_printf(out, " and %s told us",
		    named[dice(ARRAY_LEN(named))]);
}

/*
 * One telegram. `other` is the seed of the words and fields that the reader
 * may not see; with `cut`, hidden paragraphs are left out. Returns whether the
 * reader may see its heading.
 */
static bool
make_text(unsigned number, unsigned round, const chy_reader *reader,
    unsigned other, bool cut, chy_buf *out, char mrn[32])
{
	unsigned own = number * 7919u + round * 104729u + 17u;
	unsigned post, year, serial, level, caption, paragraphs;
	chy_label label;
	bool heading;

	seed = own;
	post = dice(ARRAY_LEN(posts));
	year = 5 + dice(3);
	serial = 1 + dice(12);
	level = dice(ARRAY_LEN(levels));
	caption = dice(4) == 0 ? dice(ARRAY_LEN(captions)) : dice(2);
	(void)snprintf(mrn, 32, "%02u%s%u", year, posts[post], serial);
	label = parse_label(level_labels[level]);
	if (captions[caption][0] != '\0')
		chy_label_add(&label, chy_slice_of(captions[caption]));
	heading = chy_label_may(reader, &label, NULL);
	chy_buf_reset(out);
	chy_buf_printf(out, "%s %02u%02u%02uZ %s %02u\nFM AMEMBASSY %s\n",
	    dice(2) ? "O" : "R", 1 + dice(28), dice(24), dice(60),
	    dice(2) ? "JUN" : "OCT", year, posts[post]);
	/* The rest of a hidden heading is made of other numbers. */
	if (!heading)
		seed = own ^ other;
	chy_buf_printf(out, "TO SECSTATE WASHDC %04u\nINFO AMEMBASSY %s\n\n",
	    dice(3) == 0 ? 0 : 1 + dice(60), posts[dice(ARRAY_LEN(posts))]);
	/* A corrected copy has a date of its own, and goes before the other. */
	chy_buf_printf(out, "%s %s %06u\n\n%s%s%sE.O. 12958: DECL: 01/01/2020\n",
	    levels[level], posts[post], serial, captions[caption],
	    captions[caption][0] != '\0' ? "\n\n" : "",
	    dice(3) == 0 ? "CORRECTED COPY\n\n" : "");
	chy_buf_printf(out, "TAGS: %s, %s\nSUBJECT: ",
	    tags[dice(3)], tags[3 + dice(3)]);
	some_words(out, 4);
	if (dice(2)) {
		chy_buf_printf(out, "\nREF: A. %02u %s %u\n", 5 + dice(3),
		    posts[dice(ARRAY_LEN(posts))], 1 + dice(25));
		if (dice(2))
			chy_buf_printf(out, "     B. %s %u\n",
			    posts[dice(ARRAY_LEN(posts))], 1 + dice(25));
		else if (dice(3) == 0)
			chy_buf_printf(out, "     B. AMEMBASSY %s DTG %02u%02u"
			    "%02uZ JUN %02u\n", posts[dice(ARRAY_LEN(posts))],
			    1 + dice(28), dice(24), dice(60), 5 + dice(3));
		else if (dice(3) == 0)
			chy_buf_puts(out, "     B. VOSS-LEE E-MAIL OF MAY 1\n");
	}
	chy_buf_puts(out, "\n\n");
	seed = own * 31u + 5u;
	/* A reader takes a jump of more than two numbers for a list. */
	paragraphs = 1 + dice(3);
	for (unsigned i = 1; i <= paragraphs; i++) {
		/* Only the first goes without: after a gap in the numbers an
		 * unmarked one is taken for a list. */
		unsigned mark = i == 1 && dice(2) ? 0 :
		    1 + dice(ARRAY_LEN(marks) - 1);
		char inner[32] = "";
		chy_label p;
		bool may;

		if (marks[mark][0] != '\0')
			(void)snprintf(inner, sizeof(inner), "%.*s",
			    (int)strlen(marks[mark]) - 3, marks[mark] + 1);
		p = chy_label_portion(&label, chy_slice_of(inner));
		may = chy_label_may(reader, &p, NULL);
		seed = own * 131u + i * 17u + (may ? 0 : other * 3u);
		if (cut && !may) {
			seed = own * 131u + i * 19u;
			continue;
		}
		chy_buf_printf(out, "%u. %s", i, marks[mark]);
		paragraph_words(out);
		if (dice(3) == 0)
			chy_buf_printf(out, " as in %02u %s %u, and REF %c",
			    5 + dice(3), posts[dice(ARRAY_LEN(posts))],
			    1 + dice(25), 'A' + (char)dice(2));
		if (dice(4) == 0)
			chy_buf_puts(out, ". Action request: Post requests "
			    "guidance.");
		chy_buf_puts(out, "\n\n");
		seed = own * 131u + i * 19u;
	}
	return heading;
}

/* A query of the language's pieces. */
static void
make_query(chy_buf *out, const struct made *made)
{
	chy_buf_reset(out);
	for (unsigned i = 1 + dice(3); i > 0; i--) {
		switch (dice(44)) {
		case 0: chy_buf_printf(out, "from:%s", posts[dice(4)]); break;
		case 1: chy_buf_printf(out, "tag:%s", tags[dice(6)]); break;
		case 2: chy_buf_printf(out, "class:%s..",
		    level_labels[dice(4)]); break;
		case 3: chy_buf_printf(out, "date:200%u", 5 + dice(3)); break;
		case 4: chy_buf_printf(out, "cites:%s",
		    made[dice(TELEGRAMS)].mrn); break;
		case 5: chy_buf_printf(out, "citedby:%s",
		    made[dice(TELEGRAMS)].mrn); break;
		case 6: chy_buf_printf(out, "thread:%s",
		    made[dice(TELEGRAMS)].mrn); break;
		case 7: chy_buf_puts(out, "is:cited"); break;
		case 8: chy_buf_puts(out, "is:copied"); break;
		case 9: chy_buf_printf(out, "mark:%s",
		    dice(2) ? "S/NF" : "C"); break;
		case 10: chy_buf_printf(out, "caption:%s",
		    captions[1 + dice(5)]); break;
		case 11: chy_buf_printf(out, "subject:%s",
		    words[dice(ARRAY_LEN(words))]); break;
		case 12: chy_buf_printf(out, "para:(%s %s)",
		    words[dice(ARRAY_LEN(words))],
		    words[dice(ARRAY_LEN(words))]); break;
		case 13: chy_buf_printf(out, "\"%s %s\"",
		    words[dice(ARRAY_LEN(words))],
		    words[dice(ARRAY_LEN(words))]); break;
		case 14: chy_buf_printf(out, "info:%s", posts[dice(4)]); break;
		case 15: chy_buf_printf(out, "ref:%s", posts[dice(4)]); break;
		case 16: chy_buf_puts(out, "pipe*"); break;
		case 17: chy_buf_printf(out, "not %s",
		    words[dice(ARRAY_LEN(words))]); break;
		case 18: chy_buf_puts(out, "precedence:O"); break;
		case 19: chy_buf_printf(out, "\"%s %s\"~%u",
		    words[dice(ARRAY_LEN(words))],
		    words[dice(ARRAY_LEN(words))], 1 + dice(4)); break;
		case 20: chy_buf_printf(out, "subject:/%s.*%s/",
		    words[dice(ARRAY_LEN(words))],
		    words[dice(ARRAY_LEN(words))]); break;
		case 21: chy_buf_printf(out, "%s:/%c/",
		    dice(2) ? "from" : "info", "AEIO"[dice(4)]); break;
		case 22: chy_buf_printf(out, "tag:/^%c/", "PEMF"[dice(4)]);
			break;
		case 23: chy_buf_printf(out, "ref:/%s/", posts[dice(4)]); break;
		case 24: chy_buf_printf(out, "mrn:06%s1..12", posts[dice(4)]);
			break;
		case 25: chy_buf_printf(out, "thread:{%s}",
		    words[dice(ARRAY_LEN(words))]); break;
		case 26: chy_buf_printf(out, "cites:{tag:%s}", tags[dice(6)]);
			break;
		case 27: chy_buf_printf(out, "citedby:{%s}",
		    words[dice(ARRAY_LEN(words))]); break;
		case 28: chy_buf_puts(out, "is:missing"); break;
		case 29: chy_buf_puts(out, dice(2) ? "is:open" : "is:request");
			break;
		case 30: chy_buf_puts(out, dice(2) ? "action:overdue" :
		    "action:any"); break;
		case 31: chy_buf_printf(out, "heading:%s", posts[dice(4)]);
			break;
		case 32: chy_buf_printf(out, "%s~",
		    words[dice(ARRAY_LEN(words))]); break;
		case 33: chy_buf_puts(out, "eo:12958"); break;
		case 34: chy_buf_puts(out, dice(2) ? "person:/a/" :
		    "place:oman"); break;
		case 35: chy_buf_puts(out, slips[dice(ARRAY_LEN(slips))]);
			break;
		default: chy_buf_puts(out, words[dice(ARRAY_LEN(words))]);
		}
		if (i > 1)
			chy_buf_puts(out, dice(3) == 0 ? " or " : " ");
	}
}

/* What unfinished queries may become. */
static void
put_completions(chy_buf *out, chy_registry *reg, const chy_reader *reader,
    unsigned which)
{
	static const char *const begun[] = { "from:", "to:s", "info:", "tag:",
	    "caption:", "mrn:0", "thread:06", "case:", "post:p", "geo:f" };
	chy_completions *list;
	chy_error err;

	if (chy_registry_complete(reg, reader,
	    chy_slice_of(begun[which % ARRAY_LEN(begun)]), 100, &list, &err) !=
	    CHY_OK)
		fail_msg("%s", err.text);
	for (uint32_t i = 0; i < list->n; i++)
		chy_buf_printf(out, "%.*s (%.*s) %llu\n",
		    CHY_ARG(list->at[i].text), CHY_ARG(list->at[i].meaning),
		    (unsigned long long)list->at[i].count);
	chy_completions_free(list);
}

/* File those of telegrams from..to that are there; `seen` chooses the second
 * variant. */
static void
file_some(chy_registry *reg, const char *folder, const struct made *made,
    bool seen, int from, int to)
{
	char in[700], name[32];

	(void)snprintf(in, sizeof(in), "%s/in", folder);
	(void)mkdir(in, 0700);
	for (int i = from; i < to; i++) {
		const char *text = seen ? made[i].seen : made[i].text;

		if (text == NULL)
			continue;
		(void)snprintf(name, sizeof(name), "t%03d.txt", i);
		test_write(in, name, chy_slice_of(text));
	}
	(void)test_import(reg, in);
}

static char *
kept(chy_buf *buf)
{
	chy_slice s = chy_buf_slice(buf);
	char *p = malloc(s.len + 1);

	assert_non_null(p);
	memcpy(p, s.ptr, s.len + 1);
	return p;
}

static void
make_all(struct made *made, unsigned round, const chy_reader *reader,
    bool portion_release)
{
	chy_buf buf = CHY_BUF_INIT;

	for (unsigned i = 0; i < TELEGRAMS; i++) {
		bool heading = make_text(i, round, reader, 1000, false, &buf,
		    made[i].mrn);

		made[i].text = kept(&buf);
		made[i].seen = NULL;
		if (portion_release) {
			(void)make_text(i, round, reader, 2000, false, &buf,
			    made[i].mrn);
			made[i].seen = kept(&buf);
		} else if (heading) {
			(void)make_text(i, round, reader, 1000, true, &buf,
			    made[i].mrn);
			made[i].seen = kept(&buf);
		}
	}
	chy_buf_done(&buf);
}

static const char *const lookups[] = { "harthy", "Yusuf al-Harthi", "Saidi",
    "VOSS", "Ministry of Harbours", "muscat", "Bank", "Skerry Bank" };

/* What the query words person:, place: and body: find. */
static void
put_named(chy_buf *out, chy_registry *reg, const chy_reader *reader,
    const char *name)
{
	struct asking a;
	chy_error err;

	if (chy_asking_begin(&a, reg, reader, &err) != CHY_OK)
		fail_msg("%s", err.text);
	for (int k = 0; k < CHY_NAME_KINDS; k++) {
		uint64_t *set;

		if (chy_store_named(reg->store, a.view, (chy_name_kind)k,
		    chy_slice_of(name), &set, &err) != CHY_OK)
			fail_msg("%s", err.text);
		for (uint32_t i = 0; i < a.view->n_order; i++)
			if (chy_set_has(set, a.view->order[i]))
				chy_buf_printf(out, " %.*s", CHY_ARG(
				    chy_name_text(a.c->groups,
				    a.view->order[i])));
		chy_buf_putc(out, '\n');
		free(set);
	}
	chy_asking_end(&a);
}

static void
put_folded(chy_buf *out, chy_registry *reg, const chy_reader *reader,
    const struct made *made)
{
	chy_slice ids[TELEGRAMS];
	chy_fold folds[TELEGRAMS];
	chy_error err;

	for (int i = 0; i < TELEGRAMS; i++)
		ids[i] = chy_slice_of(made[i].mrn);
	if (chy_registry_fold(reg, reader, ids, TELEGRAMS, folds, &err) !=
	    CHY_OK)
		fail_msg("%s", err.text);
	for (int i = 0; i < TELEGRAMS; i++)
		chy_buf_printf(out, " %u+%u", folds[i].of, folds[i].n_near);
	chy_buf_putc(out, '\n');
}

/* What is found and counted by a query, and under one name. */
static void
put_query(chy_buf *out, chy_registry *reg, const chy_reader *reader,
    const char *query, unsigned q)
{
	const char *name = lookups[q % ARRAY_LEN(lookups)];

	put_find(out, reg, reader, query);
	put_names(out, reg, reader, query);
	put_counts(out, reg, reader, query);
	put_name(out, reg, reader, name);
	put_named(out, reg, reader, name);
	put_completions(out, reg, reader, q);
}

/* File all; between the parts of it the queries are asked, so that later on
 * they are answered from what was kept and what came. */
static void
file_and_ask(chy_registry *reg, const char *folder, const struct made *made,
    unsigned round, const chy_reader *reader)
{
	chy_buf out = CHY_BUF_INIT, query = CHY_BUF_INIT;

	for (int part = 0; part < PARTS; part++) {
		file_some(reg, folder, made, false, TELEGRAMS * part / PARTS,
		    TELEGRAMS * (part + 1) / PARTS);
		for (unsigned q = 0; q < QUERIES && part + 1 < PARTS; q++) {
			chy_buf_reset(&out);
			seed = QUERY_SEED(round, q);
			make_query(&query, made);
			(void)chy_buf_slice(&query);
			put_query(&out, reg, reader, query.ptr, q);
		}
	}
	chy_buf_done(&out);
	chy_buf_done(&query);
}

/* How many of the answers differ; the first one is shown where none may. */
static unsigned
compare(const char *label, bool portion_release, bool leak, unsigned round,
    bool must_agree)
{
	struct made made[TELEGRAMS];
	chy_reader reader = test_reader(label);
	chy_buf a = CHY_BUF_INIT, b = CHY_BUF_INIT, query = CHY_BUF_INIT;
	char with[300], without[300];
	chy_registry *reg[2];
	unsigned differ = 0;

	make_all(made, round, &reader, portion_release);
	test_folder(with, sizeof(with));
	test_folder(without, sizeof(without));
	reg[0] = test_open(with, portion_release);
	reg[1] = test_open(without, portion_release);
	chy_store_leak(reg[0]->store, leak);
	file_and_ask(reg[0], with, made, round, &reader);
	file_some(reg[1], without, made, true, 0, TELEGRAMS);
	for (unsigned q = 0; q < QUERIES + TELEGRAMS + 3; q++) {
		size_t same = 0;

		chy_buf_reset(&a);
		chy_buf_reset(&b);
		seed = QUERY_SEED(round, q);
		if (q < QUERIES) {
			make_query(&query, made);
			(void)chy_buf_slice(&query);
			put_query(&a, reg[0], &reader, query.ptr, q);
			chy_views_done(reg[1]->store);
			put_query(&b, reg[1], &reader, query.ptr, q);
		} else if (q < QUERIES + TELEGRAMS) {
			for (int k = 0; k < 2; k++) {
				chy_buf *to = k == 0 ? &a : &b;
				const char *mrn = made[q - QUERIES].mrn;

				put_address(to, reg[k], &reader, mrn);
				put_like(to, reg[k], &reader, mrn);
				put_compared(to, reg[k], &reader, mrn,
				    q % 3 == 0 ? "" : made[(q * 7) %
				    TELEGRAMS].mrn);
			}
		} else {
			const char *only = q == QUERIES + TELEGRAMS ? "" :
			    q == QUERIES + TELEGRAMS + 1 ? "from:PARIS" :
			    "oil or is:cited";

			put_folded(&a, reg[0], &reader, made);
			put_folded(&b, reg[1], &reader, made);
			for (int k = 0; k < 2; k++) {
				chy_buf *to = k == 0 ? &a : &b;

				if (only[0] == '\0')
					put_stats(to, reg[k], &reader);
				put_unresolved(to, reg[k], &reader, only);
				put_gaps(to, reg[k], &reader, only);
			}
		}
		if (chy_slice_eq(chy_buf_slice(&a), chy_buf_slice(&b)))
			continue;
		differ++;
		/* From the line on where they part. */
		while (must_agree && same < a.len && same < b.len &&
		    a.ptr[same] == b.ptr[same])
			same++;
		while (same > 0 && a.ptr[same - 1] != '\n')
			same--;
		if (must_agree)
			fail_msg("reader %s, round %u, %s:\n%.1900s\n--- but "
			    "without ---\n%.1900s", label, round, q < QUERIES ?
			    query.ptr : q < QUERIES + TELEGRAMS ?
			    made[q - QUERIES].mrn : "stats", a.ptr + same,
			    b.ptr + same);
	}
	chy_registry_close(reg[0]);
	chy_registry_close(reg[1]);
	test_remove(with);
	test_remove(without);
	for (unsigned i = 0; i < TELEGRAMS; i++) {
		free(made[i].text);
		free(made[i].seen);
	}
	chy_buf_done(&a);
	chy_buf_done(&b);
	chy_buf_done(&query);
	return differ;
}

static const char *const readers[] = { "U", "SBU", "C", "S", "S//NF",
    "S//EXDIS", "TS//STADIS", "C//REL GBR", "TS//NODIS//EXDIS//STADIS" };

static void
test_off(void **state)
{
	(void)state;
	for (unsigned round = 0; round < ROUNDS; round++)
		for (size_t i = 0; i < ARRAY_LEN(readers); i++)
			(void)compare(readers[i], false, false, round * 16 +
			    (unsigned)i, true);
}

static void
test_on(void **state)
{
	(void)state;
	for (unsigned round = 0; round < ROUNDS; round++)
		for (size_t i = 0; i < ARRAY_LEN(readers); i++)
			(void)compare(readers[i], true, false, 500 + round *
			    16 + (unsigned)i, true);
}

static void
test_can_fail(void **state)
{
	unsigned differ = 0;

	(void)state;
	for (unsigned round = 0; round < 2; round++) {
		differ += compare("C", false, true, 900 + round, false);
		differ += compare("S", true, true, 950 + round, false);
	}
	print_message("# the leaking method differs in %u answers\n", differ);
	assert_true(differ > 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_off),
		cmocka_unit_test(test_on),
		cmocka_unit_test(test_can_fail),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
