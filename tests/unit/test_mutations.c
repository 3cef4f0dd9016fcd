/*
 * Every rule fires when a clean telegram is broken in twenty ways, and stays
 * silent close by; no rule fires on the clean one; each diagnostic that is
 * reported at all has a row here; a repair takes its finding away, and a
 * second time changes nothing.
 *
 *	test_mutations --write FOLDER	writes the golden telegrams
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "base/ascii.h"
#include "base/compiler.h"
#include "check/check.h"
#include "check/series.h"
#include "forms/forms.h"
#include "mutations.h"
#include "testing.h"

#define WAYS	20u
#define TODAY	20090101u

static const char *const signers[] = { "WREN", "FINCH", "HERON", "TEAL",
    "PLOVER", "MERLIN", "SWIFT" };

static chy_slice
word_of(const char *words, unsigned way)
{
	chy_slice all = chy_slice_of(words);
	unsigned n = 1;
	size_t at = 0;

	for (size_t i = 0; i < all.len; i++)
		n += all.ptr[i] == '|';
	for (way %= n; way > 0; way--)
		at = chy_slice_find(all, CHY_SLICE("|"), at) + 1;
	return chy_slice_sub(all, at, chy_slice_find(all, CHY_SLICE("|"),
	    at) - at);
}

/* The text with its words put in. */
static void
fill(chy_buf *out, const char *text, const mutation *m, unsigned way)
{
	for (const char *p = text; *p != '\0'; p++) {
		if (p[0] != '%') {
			chy_buf_putc(out, *p);
			continue;
		}
		switch (*++p) {
		case 's': {
			chy_buf inner = CHY_BUF_INIT;

			chy_buf_put(&inner, word_of(m->words, way));
			fill(out, chy_buf_slice(&inner).ptr, m, way);
			chy_buf_done(&inner);
			break;
		}
		case 'z':
			chy_buf_printf(out, "%02u", way + 1);
			break;
		case 'x':
			for (unsigned i = 0; i < 60 + way; i++)
				chy_buf_putc(out, 'A');
			break;
		case 'y':
			for (unsigned i = 0; i < 18 + way % 12; i++)
				chy_buf_putc(out, 'a');
			break;
		case 'w':
			for (unsigned i = 0; i < 31 + way % 10; i++)
				chy_buf_putc(out, 'a');
			break;
		case 'L':
			for (unsigned i = 0; i < 100 + way; i++)
				chy_buf_puts(out, "The boat runs.\n");
			break;
		}
	}
}

/* Replace the first (of the last telegram, where there are several). */
static bool
apply(chy_buf *text, const mutation *m, const edit *e, unsigned way,
    bool last)
{
	chy_buf find = CHY_BUF_INIT, out = CHY_BUF_INIT;
	chy_slice s = chy_buf_slice(text), f;
	size_t at;

	fill(&find, e->find, m, way);
	f = chy_buf_slice(&find);
	at = chy_slice_find(s, f, 0);
	for (size_t next = at; last && next < s.len;
	    next = chy_slice_find(s, f, at + 1))
		at = next;
	chy_buf_put(&out, chy_slice_sub(s, 0, at));
	if (at < s.len) {
		fill(&out, e->with, m, way);
		chy_buf_put(&out, chy_slice_from(s, at + f.len));
	}
	chy_buf_reset(text);
	chy_buf_put(text, chy_buf_slice(&out));
	chy_buf_done(&find);
	chy_buf_done(&out);
	return at < s.len;
}

/* The telegram of one way; vary: another signature and place each time. */
static void
make(chy_buf *text, const mutation *m, const edit *edits, unsigned way)
{
	bool last = (m->flags & ALL) != 0;

	chy_buf_reset(text);
	fill(text, m->base, m, way);
	for (size_t i = 0; i < EDITS && edits[i].find != NULL; i++)
		if (!apply(text, m, &edits[i], way, last))
			fail_msg("%s: \"%s\" is not in the telegram", m->code,
			    edits[i].find);
	if (way > 0) {
		char sign[32];
		edit vary = { "\nWREN\n", sign };

		snprintf(sign, sizeof(sign), "\n%s\n",
		    signers[way % ARRAY_LEN(signers)]);
		apply(text, m, &vary, way, last);
	}
}

static chy_check_options
options_of(const mutation *m)
{
	return (chy_check_options){ .today = TODAY,
	    .drafting = (m->flags & DRAFT) != 0,
	    .profile = (m->flags & CUI) ? CHY_PROFILE_CUI : 0,
	    .ceiling = (m->flags & LOW) ? CHY_LEVEL_UNCLASSIFIED :
	    CHY_LEVEL_NONE };
}

static chy_telegram *
read_text(chy_slice text)
{
	chy_telegram *tel = NULL;
	chy_error err = { 0 };

	if (chy_telegram_read(text, NULL, &tel, &err) != CHY_OK)
		fail_msg("not read: %s", err.text);
	return tel;
}

static size_t
count_diag(const chy_findings *found, chy_diag diag)
{
	size_t n = 0;

	for (size_t i = 0; i < found->count; i++)
		n += found->list[i].diag == diag;
	return n;
}

/* How often the diagnostic is found in all telegrams of the text. */
static size_t
check_all(const mutation *m, chy_slice text, chy_diag diag)
{
	chy_check_options opts = options_of(m);
	chy_series *series = chy_series_new();
	chy_telegram *tels[4];
	size_t n = 0, pos = 0, hits = 0;
	chy_findings found;
	chy_slice piece;

	chy_findings_init(&found);
	while (n < ARRAY_LEN(tels) && chy_split_next(text, &pos, &piece)) {
		tels[n] = read_text(piece);
		assert_int_equal(chy_series_add(series, tels[n], CHY_EMPTY),
		    CHY_OK);
		n++;
	}
	chy_series_settle(series);
	for (size_t i = 0; i < n; i++) {
		chy_check_context x = chy_series_context(series, i);
		uint32_t missing[8];

		assert_int_equal(chy_check(tels[i], &opts, &found), CHY_OK);
		for (uint32_t k = 0; k < tels[i]->n_references && k < 8; k++)
			if (!chy_series_has(series,
			    tels[i]->references[k].value))
				missing[x.n_missing++] = k;
		x.missing = missing;
		if (m->flags & ALL)
			assert_int_equal(chy_check_archive(tels[i], &opts,
			    &x, &found), CHY_OK);
		hits += count_diag(&found, diag);
	}
	for (size_t i = 0; i < n; i++)
		chy_telegram_free(tels[i]);
	chy_series_free(series);
	chy_findings_done(&found);
	return hits;
}

static chy_diag
diag_of(const mutation *m)
{
	chy_diag diag = CHY_DIAG_COUNT;

	if (!chy_diag_find(chy_slice_of(m->code), &diag))
		fail_msg("there is no code %s", m->code);
	return diag;
}

static void
test_fires(void **state)
{
	chy_buf text = CHY_BUF_INIT;
	unsigned bad = 0;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(mutations); i++) {
		const mutation *m = &mutations[i];

		for (unsigned way = 0; way < WAYS; way++) {
			make(&text, m, m->edits, way);
			if (check_all(m, chy_buf_slice(&text),
			    diag_of(m)) > 0)
				continue;
			bad++;
			fprintf(stderr, "%s stays silent, way %u (\"%.*s\")\n",
			    m->code, way, CHY_ARG(word_of(m->words, way)));
		}
	}
	chy_buf_done(&text);
	assert_int_equal(bad, 0);
}

static void
test_silent_close_by(void **state)
{
	chy_buf text = CHY_BUF_INIT;
	unsigned bad = 0;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(mutations); i++) {
		const mutation *m = &mutations[i];

		make(&text, m, m->near, 0);
		if (check_all(m, chy_buf_slice(&text), diag_of(m)) == 0)
			continue;
		bad++;
		fprintf(stderr, "%s fires close by\n", m->code);
	}
	chy_buf_done(&text);
	assert_int_equal(bad, 0);
}

/* Only what every telegram has: its year is not on the class line. */
static void
test_clean(void **state)
{
	static const char *const clean[] = { CLASSIFIED, UNCLASS };
	chy_findings found;

	(void)state;
	chy_findings_init(&found);
	for (size_t i = 0; i < ARRAY_LEN(clean); i++)
		for (int drafting = 0; drafting < 2; drafting++) {
			chy_check_options opts = { .today = TODAY,
			    .drafting = drafting };
			chy_telegram *tel = read_text(chy_slice_of(
			    clean[i]));

			assert_int_equal(chy_check(tel, &opts, &found),
			    CHY_OK);
			for (size_t k = 0; k < found.count; k++)
				if (found.list[k].diag !=
				    CHY_DIAG_MRN_YEAR_FROM_DTG)
					fail_msg("a clean telegram has %s",
					    chy_diag_code(chy_finding_diag(
					    &found.list[k])));
			chy_telegram_free(tel);
		}
	chy_findings_done(&found);
}

/* A diagnostic is reported by somebody and has a row here, or waits for
 * something that is named, or is retired. */
static void
test_all_are_here(void **state)
{
	unsigned bad = 0;

	(void)state;
	for (int d = 0; d < CHY_DIAG_COUNT; d++) {
		chy_diag diag = (chy_diag)d;
		const char *code = chy_diag_code(diag);
		bool here = false;

		for (size_t i = 0; i < ARRAY_LEN(mutations); i++)
			here |= strcmp(mutations[i].code, code) == 0;
		if (chy_diag_retired(diag)) {
			EXPECT(code, !here);
			continue;
		}
		if (chy_check_who(diag) == CHY_BY_NOBODY) {
			EXPECT(code, *chy_check_waits_for(diag) != '\0');
			EXPECT(code, !here);
			continue;
		}
		EXPECT(code, *chy_check_waits_for(diag) == '\0');
		EXPECT(code, *chy_repair_advice(diag) != '\0');
		if (!here) {
			bad++;
			fprintf(stderr, "%s has no mutation\n", code);
		}
	}
	assert_int_equal(bad, 0);
}

/* Make the repairs of one diagnostic once: the new text; true if any. */
static bool
repair_once(const mutation *m, chy_buf *text, chy_diag diag,
    chy_confidence least)
{
	chy_check_options opts = options_of(m);
	chy_telegram *tel = read_text(chy_buf_slice(text));
	chy_changes changes = { 0 };
	chy_findings found;
	chy_arena arena;
	chy_buf out = CHY_BUF_INIT;
	uint32_t done = 0;

	chy_findings_init(&found);
	chy_arena_init(&arena, 0);
	assert_int_equal(chy_check(tel, &opts, &found), CHY_OK);
	for (size_t i = 0, n = 0; i < found.count; i++) {
		if (diag == CHY_DIAG_COUNT || found.list[i].diag == diag)
			found.list[n++] = found.list[i];
		if (i + 1 == found.count) {
			found.count = n;
			break;
		}
	}
	assert_int_equal(chy_repair_plan(tel, &found, least, &arena,
	    &changes), CHY_OK);
	for (size_t i = 0; i < changes.n; i++) {
		const chy_change *x = &changes.at[i];

		assert_true(x->span.off >= done || i == 0);
		assert_true(x->span.off + x->span.len <= tel->text.len);
		chy_buf_put(&out, chy_slice_sub(tel->text, done,
		    x->span.off - done));
		chy_buf_put(&out, x->after);
		done = x->span.off + x->span.len;
	}
	chy_buf_put(&out, chy_slice_from(tel->text, done));
	chy_buf_reset(text);
	chy_buf_put(text, chy_buf_slice(&out));
	chy_buf_done(&out);
	chy_arena_done(&arena);
	chy_findings_done(&found);
	chy_telegram_free(tel);
	return changes.n > 0;
}

/* After its repair a finding is gone; when all are made, nothing is left to
 * make. */
static void
test_repairs(void **state)
{
	chy_buf text = CHY_BUF_INIT;
	unsigned bad = 0, made = 0;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(mutations); i++) {
		const mutation *m = &mutations[i];
		chy_diag diag = diag_of(m);
		unsigned rounds = 0;

		if (chy_repair_confidence(diag) == CHY_REPAIR_NONE ||
		    (m->flags & ALL))
			continue;
		for (unsigned way = 0; way < WAYS; way++) {
			make(&text, m, m->edits, way);
			if (!repair_once(m, &text, diag,
			    CHY_REPAIR_DOUBTFUL)) {
				/* Not every word of a rule can be mended. */
				continue;
			}
			made++;
			while (repair_once(m, &text, diag,
			    CHY_REPAIR_DOUBTFUL) && rounds++ < 5)
				;
			if (check_all(m, chy_buf_slice(&text), diag) > 0) {
				bad++;
				fprintf(stderr, "%s is still there, way %u "
				    "(\"%.*s\")\n", m->code, way,
				    CHY_ARG(word_of(m->words, way)));
			}
		}
		make(&text, m, m->edits, 0);
		if (!repair_once(m, &text, diag, CHY_REPAIR_DOUBTFUL)) {
			bad++;
			fprintf(stderr, "%s has no repair\n", m->code);
		}
		for (rounds = 0; rounds < 8 && repair_once(m, &text,
		    CHY_DIAG_COUNT, CHY_REPAIR_DOUBTFUL); rounds++)
			;
		if (rounds == 8) {
			bad++;
			fprintf(stderr, "%s: repairs never end\n", m->code);
		}
	}
	chy_buf_done(&text);
	assert_int_equal(bad, 0);
	assert_true(made > 300);
}

/* Ten and a hundred times the text take no more than so many times longer
 * as they are longer, with room for a slow machine: work, not time, would
 * be better, but there is no counter. */
static void
test_long_texts(void **state)
{
	chy_buf text = CHY_BUF_INIT;
	chy_findings found;
	chy_check_options opts = { .today = TODAY };

	(void)state;
	chy_findings_init(&found);
	for (unsigned times = 1; times <= 1000; times *= 10) {
		chy_telegram *tel;

		chy_buf_reset(&text);
		chy_buf_puts(&text, CLASSIFIED);
		text.len -= sizeof("WREN\nBT\n#0425\nNNNN\n") - 1;
		for (unsigned i = 0; i < times * 10; i++)
			chy_buf_printf(&text, "\n%u. (C) The boat runs.\n",
			    i % 900 + 4);
		tel = read_text(chy_buf_slice(&text));
		assert_int_equal(chy_check(tel, &opts, &found), CHY_OK);
		assert_true(found.count < 10);
		chy_telegram_free(tel);
	}
	chy_buf_done(&text);
	chy_findings_done(&found);
}

/* ---- golden telegrams ---- */

static void
write_file(const char *folder, const char *code, const char *suffix,
    chy_slice bytes)
{
	char path[1024];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s%s", folder, code, suffix);
	f = fopen(path, "wb");
	if (f == NULL) {
		perror(path);
		exit(1);
	}
	fwrite(bytes.ptr, 1, bytes.len, f);
	fclose(f);
}

static int
write_golden(const char *folder)
{
	chy_buf text = CHY_BUF_INIT;

	for (size_t i = 0; i < ARRAY_LEN(mutations); i++) {
		const mutation *m = &mutations[i];
		chy_slice args = (m->flags & CUI) ?
		    CHY_SLICE("--drafting --profile cui\n") :
		    (m->flags & DRAFT) ? CHY_SLICE("--drafting\n") :
		    (m->flags & LOW) ? CHY_SLICE("--ceiling U\n") :
		    (m->flags & ALL) ? CHY_SLICE("--together\n") : CHY_EMPTY;

		make(&text, m, m->edits, 0);
		write_file(folder, m->code, ".in", chy_buf_slice(&text));
		make(&text, m, m->near, 0);
		write_file(folder, m->code, "-silent.in",
		    chy_buf_slice(&text));
		if (args.len > 0) {
			write_file(folder, m->code, ".args", args);
			write_file(folder, m->code, "-silent.args", args);
		}
	}
	chy_buf_done(&text);
	return 0;
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_clean),
		cmocka_unit_test(test_fires),
		cmocka_unit_test(test_silent_close_by),
		cmocka_unit_test(test_all_are_here),
		cmocka_unit_test(test_repairs),
		cmocka_unit_test(test_long_texts),
	};

	if (argc == 3 && strcmp(argv[1], "--write") == 0)
		return write_golden(argv[2]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
