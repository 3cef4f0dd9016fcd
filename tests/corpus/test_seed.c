/*
 * The customer's telegram, field by field. Its text is not ours to ship: the
 * file is found beside the corpus, long values stand here as a hash.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "../unit/testing.h"
#include "corpus.h"
#include "base/compiler.h"
#include "forms/forms.h"
#include "render/render.h"

static chy_telegram *seed;

/* FNV-1a, 64 bits. */
static uint64_t
hash(chy_slice s)
{
	uint64_t h = UINT64_C(0xcbf29ce484222325);

	for (size_t i = 0; i < s.len; i++)
		h = (h ^ (unsigned char)s.ptr[i]) * UINT64_C(0x100000001b3);
	return h;
}

static int
read_seed(void **state)
{
	int status;
	const char *corpus = chy_test_corpus(&status);
	char path[4096], *bytes = malloc(1 << 16);
	FILE *f;
	size_t n;
	chy_error err;
	chy_read_options opts = { .file = CHY_SLICE("seed.txt") };

	(void)state;
	snprintf(path, sizeof(path), "%s/../reference/seed.txt", corpus);
	f = fopen(path, "rb");
	if (f == NULL) {
		fprintf(stderr, "the customer's telegram is absent: %s\n", path);
		free(bytes);
		return -1;
	}
	n = fread(bytes, 1, 1 << 16, f);
	fclose(f);
	if (chy_telegram_read((chy_slice){ bytes, n }, &opts, &seed, &err) !=
	    CHY_OK)
		return -1;
	free(bytes);
	return 0;
}

static int
free_seed(void **state)
{
	(void)state;
	chy_telegram_free(seed);
	return 0;
}

static void
test_heading(void **state)
{
	char iso[18], title[300];
	chy_slice s;

	(void)state;
	EXPECT_TEXT("form", chy_slice_of(seed->form), "state");
	EXPECT_TEXT("reference id", seed->reference_id, "08MUSCAT425");
	EXPECT_TEXT("canonical id", seed->canonical_id, "08MUSCAT425");
	EXPECT_EQ("id from the text", seed->id_basis, CHY_BASIS_TEXT);
	EXPECT_TEXT("dtg", seed->dtg, "091456Z JUN 08");
	chy_civil_iso(seed->dtg_civil, iso);
	EXPECT_TEXT("dtg in ISO", chy_slice_of(iso), "2008-06-09T14:56Z");
	EXPECT_EQ("precedence", seed->precedence, CHY_PRECEDENCE_IMMEDIATE);
	EXPECT_EQ("info precedence", seed->info_precedence,
	    CHY_PRECEDENCE_PRIORITY);
	EXPECT_TEXT("originator", seed->originator.plad, "AMEMBASSY MUSCAT");
	EXPECT_TEXT("name", seed->originator.name, "Embassy Muscat");
	EXPECT_EQ("no routing indicator",
	    seed->originator.routing_indicator.len, 0);
	EXPECT_EQ("level", seed->level, CHY_LEVEL_CONFIDENTIAL);
	EXPECT_EQ("no caveat", seed->caveats.n, 0);
	EXPECT_EQ("one caption", seed->captions.n, 1);
	EXPECT_TEXT("caption", seed->captions.at[0], "SIPDIS");
	EXPECT_EQ("no references", seed->n_references, 0);
	EXPECT_EQ("no transmission header", seed->transmission.present, false);
	EXPECT_EQ("no sections", seed->sections, 0);
	s = seed->subject;
	EXPECT_EQ("subject, unwrapped", hash(s),
	    UINT64_C(0xc86667c22c0d6981));
	s.len = chy_subject_title(seed->subject, title, sizeof(title));
	s.ptr = title;
	EXPECT_EQ("subject for people", hash(s),
	    UINT64_C(0x4570ae981a825421));
}

static void
test_addressees(void **state)
{
	static const struct {
		const char    *label, *plad, *precedence, *mcn;
		chy_role       role;
		chy_precedence effective;
	} want[] = {
		{ "the Department, for action", "SECSTATE WASHDC",
		    "IMMEDIATE", "9667", CHY_ROLE_ACTION,
		    CHY_PRECEDENCE_IMMEDIATE },
		{ "NSC, for information", "NSC WASHDC", "PRIORITY", "",
		    CHY_ROLE_INFO, CHY_PRECEDENCE_PRIORITY },
		{ "the White House, for information", "WHITE HOUSE WASHDC",
		    "PRIORITY", "", CHY_ROLE_INFO, CHY_PRECEDENCE_PRIORITY },
	};

	(void)state;
	EXPECT_EQ("three", seed->n_addressees, 3);
	for (size_t i = 0; i < ARRAY_LEN(want); i++) {
		const chy_addressee *a = &seed->addressees[i];

		EXPECT_TEXT(want[i].label, a->plad, want[i].plad);
		EXPECT_TEXT(want[i].label, a->precedence, want[i].precedence);
		EXPECT_TEXT(want[i].label, a->mcn, want[i].mcn);
		EXPECT_EQ(want[i].label, a->role, want[i].role);
		EXPECT_EQ(want[i].label, a->effective, want[i].effective);
	}
}

static void
test_passing(void **state)
{
	(void)state;
	EXPECT_EQ("two clauses", seed->n_passing, 2);
	EXPECT_TEXT("first target", seed->passing[0].addressee,
	    "WHITE HOUSE");
	EXPECT_EQ("its office", seed->passing[0].offices.n, 1);
	EXPECT_TEXT("its office", seed->passing[0].offices.at[0],
	    "OFFICE OF THE VICE-PRESIDENT");
	EXPECT_TEXT("second target, from the line before",
	    seed->passing[1].addressee, "DEPARTMENT");
	EXPECT_EQ("its offices", seed->passing[1].offices.n, 2);
	EXPECT_TEXT("first", seed->passing[1].offices.at[0], "NEA/ARP");
	EXPECT_TEXT("second", seed->passing[1].offices.at[1], "G/TIP");
	EXPECT_EQ("FOR, not PASS", seed->passing[1].is_pass, false);
}

static void
test_marking(void **state)
{
	char date[11];

	(void)state;
	EXPECT_TEXT("order", seed->eo_order, "12958");
	EXPECT_EQ("a date", seed->declass.kind, CHY_DECLASS_DATE);
	chy_civil_date(seed->declass.date, date);
	EXPECT_TEXT("ten years on", chy_slice_of(date), "2018-06-09");
	EXPECT_EQ("as printed", seed->declass.basis, CHY_BASIS_TEXT);
	EXPECT_TEXT("classifier", seed->classifier_name, "Gary A. Grappo");
	EXPECT_TEXT("position", seed->classifier_position, "Ambassador");
	EXPECT_EQ("two reasons", seed->reasons.n, 2);
	EXPECT_TEXT("first", seed->reasons.at[0], "1.4(b)");
	EXPECT_TEXT("second", seed->reasons.at[1], "1.4(d)");
}

static void
test_tags(void **state)
{
	static const char *const want[] = { "PHUM", "PREL", "KCRM", "KWMN",
	    "SMIG", "ELAB", "MU" };

	(void)state;
	EXPECT_EQ("seven", seed->n_tags, 7);
	EXPECT_EQ("seven as sent", seed->tags_raw.n, 7);
	for (size_t i = 0; i < ARRAY_LEN(want); i++) {
		EXPECT_TEXT(want[i], seed->tags[i].code, want[i]);
		EXPECT_TEXT(want[i], seed->tags_raw.at[i], want[i]);
	}
	EXPECT_EQ("MU is a country", seed->tags[6].kind, CHY_TAG_GEOGRAPHIC);
}

static void
test_paragraphs(void **state)
{
	static const struct {
		const char *id, *mark;
		uint32_t    labels;
		uint64_t    text, clean;
	} want[] = {
		{ "1", "U", 0,
		    UINT64_C(0xb692925c7f3f8629),
		    UINT64_C(0xb692925c7f3f8629) },
		{ "2", "C", CHY_BLOCK_SUMMARY,
		    UINT64_C(0xa66368fa694a5475),
		    UINT64_C(0xf92153ad976c83c4) },
		{ "3", "C", CHY_BLOCK_NOTE,
		    UINT64_C(0xf84f0a98c7442d18),
		    UINT64_C(0xe65276f593959302) },
		{ "4", "C", 0,
		    UINT64_C(0xe5052a22e0c29174),
		    UINT64_C(0xe5052a22e0c29174) },
		{ "5", "C", 0,
		    UINT64_C(0x549e353f945ded2a),
		    UINT64_C(0x549e353f945ded2a) },
		{ "6", "C", 0,
		    UINT64_C(0x3ab8dcb35641af21),
		    UINT64_C(0x3ab8dcb35641af21) },
		{ "7", "C", CHY_BLOCK_COMMENT,
		    UINT64_C(0xe752b4971eb54b1b),
		    UINT64_C(0x87aa788236f1e2d6) },
		{ "8", "C", CHY_BLOCK_COMMENT | CHY_BLOCK_ACTION_REQUEST,
		    UINT64_C(0x6ff1fae59d470e19),
		    UINT64_C(0x5334ee6089602444) },
		{ "9", "C", CHY_BLOCK_TEXT,
		    UINT64_C(0x5f811e5493c0beae),
		    UINT64_C(0xcbf29ce484222325) },
	};
	uint32_t n = 0;

	(void)state;
	for (uint32_t i = 0; i < seed->n_paragraphs; i++) {
		const chy_paragraph *p = &seed->paragraphs[i];

		if (p->embedded != 0)
			continue;
		EXPECT("nine and no more", n < ARRAY_LEN(want));
		EXPECT_TEXT(want[n].id, p->id, want[n].id);
		EXPECT_EQ(want[n].id, p->number, n + 1);
		EXPECT_TEXT(want[n].id, p->mark, want[n].mark);
		EXPECT_EQ(want[n].id, p->labels & 0x1f, want[n].labels);
		EXPECT_EQ(want[n].id, hash(p->text), want[n].text);
		EXPECT_EQ(want[n].id, hash(p->clean), want[n].clean);
		n++;
	}
	EXPECT_EQ("nine", n, ARRAY_LEN(want));
}

/* Each long text of the telegram, in the order of the tree. */
static void
test_texts(void **state)
{
	chy_buf b = CHY_BUF_INIT;

	(void)state;
	chy_render_summary(seed, &b);
	EXPECT_EQ("summary", hash(chy_buf_slice(&b)),
	    UINT64_C(0xf92153ad976c83c4));
	chy_buf_reset(&b);
	chy_render_clean_text(seed, &b);
	EXPECT_EQ("clean text", hash(chy_buf_slice(&b)),
	    UINT64_C(0xaf03561893a62ea1));
	chy_buf_done(&b);
	EXPECT("paragraph 6 is joined over its empty line",
	    chy_slice_find(seed->paragraphs[5].text, CHY_SLICE(" be able to "),
	    0) < seed->paragraphs[5].text.len);
}

static void
test_action_request(void **state)
{
	(void)state;
	EXPECT_EQ("one", seed->n_action_requests, 1);
	EXPECT_EQ("one pointer", seed->action_requests[0].n_paragraphs, 1);
	EXPECT_EQ("to paragraph 8", seed->action_requests[0].paragraphs[0], 8);
	EXPECT_EQ("made in paragraph 1", seed->action_requests[0].paragraph,
	    0);
}

static void
test_embedded(void **state)
{
	const chy_embedded *e;

	(void)state;
	EXPECT_EQ("one", seed->n_embedded, 1);
	e = &seed->embedded[0];
	EXPECT_TEXT("title", e->title,
	    "Memorandum from Omani Ministry of Foreign Affairs");
	EXPECT_TEXT("author: not the drafter", e->author,
	    "Omani Ministry of Foreign Affairs");
	EXPECT_EQ("six blocks", e->n_blocks, 6);
	EXPECT_EQ("in paragraph 9", seed->paragraphs[e->paragraph].number, 9);
	EXPECT_EQ("its text", hash(e->text),
	    UINT64_C(0x372797c7b0832627));
	EXPECT_EQ("one signer", seed->signers.n, 1);
	EXPECT_TEXT("signer", seed->signers.at[0], "GRAPPO");
}

/* What a careful registrar would note, and nothing else; those that need a
 * day or a rule over the tree are the checker's. */
static void
test_findings(void **state)
{
	static const struct {
		const char *code;
		uint32_t    line, column;
	} may[] = {
		{ "ARC-003", 3, 1 }, { "DTG-006", 3, 1 }, { "MRN-007", 9, 25 },
		{ "CLS-068", 16, 19 }, { "TAG-012", 18, 7 },
		{ "CLS-048", 20, 1 }, { "CLS-070", 24, 54 },
		{ "CHR-003", 26, 1 }, { "ACT-001", 26, 9 },
		{ "LEN-004", 29, 81 }, { "PAR-008", 37, 1 },
		{ "CLS-069", 45, 9 },
	};

	(void)state;
	for (size_t i = 0; i < seed->findings.count; i++) {
		const chy_finding *f = &seed->findings.list[i];
		const char *code = chy_diag_code(chy_finding_diag(f));
		uint32_t line, column;
		bool found = false;

		chy_telegram_place(seed, f->off, &line, &column);
		for (size_t k = 0; k < ARRAY_LEN(may); k++)
			found |= strcmp(may[k].code, code) == 0 &&
			    may[k].line == line && may[k].column == column;
		if (!found)
			fail_msg("%s at %u:%u is no finding of the seed",
			    code, line, column);
	}
	EXPECT("not silent", seed->findings.count >= 9);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_heading),
		cmocka_unit_test(test_addressees),
		cmocka_unit_test(test_passing),
		cmocka_unit_test(test_marking),
		cmocka_unit_test(test_tags),
		cmocka_unit_test(test_paragraphs),
		cmocka_unit_test(test_texts),
		cmocka_unit_test(test_action_request),
		cmocka_unit_test(test_embedded),
		cmocka_unit_test(test_findings),
	};
	int status;

	if (chy_test_corpus(&status) == NULL)
		return status;
	return cmocka_run_group_tests_name("seed", tests, read_seed,
	    free_seed);
}
