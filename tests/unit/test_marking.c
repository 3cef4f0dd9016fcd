/*
 * Labels: parsing, the laws of the lattice, and who may read what.
 *
 * SPDX-License-Identifier: ISC
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "marking/marking.h"

static chy_label
label(const char *text)
{
	chy_label l = chy_label_bottom();

	if (chy_label_parse(chy_slice_of(text), &l, NULL) != CHY_OK)
		fail_msg("no label: %s", text);
	return l;
}

static const struct {
	const char *label;
	const char *text;
	const char *want;
} parses[] = {
	{ "a letter", "C", "CONFIDENTIAL" },
	{ "two letters", "TS", "TOP SECRET" },
	{ "small letters", "s//nf", "SECRET//NOFORN" },
	{ "one slash", "S/NF", "SECRET//NOFORN" },
	{ "a blank", "C NF", "CONFIDENTIAL//NOFORN" },
	{ "a hyphen", "S-NF", "SECRET//NOFORN" },
	{ "a lost separator", "SNF", "SECRET//NOFORN" },
	{ "the word", "C/NOFORN", "CONFIDENTIAL//NOFORN" },
	{ "blanks inside", " C ", "CONFIDENTIAL" },
	{ "how far it reaches", "C - ENTIRE TEXT", "CONFIDENTIAL" },
	{ "release", "C//REL NATO", "CONFIDENTIAL//REL NATO" },
	{ "a list, in its order", "S//REL NATO, ISAF",
	    "SECRET//REL ISAF, NATO" },
	{ "USA adds nobody", "S//REL TO USA, GBR", "SECRET//REL GBR" },
	{ "NOFORN beats release", "S//NF//REL GBR", "SECRET//NOFORN" },
	{ "SBU is the step above U", "SBU", "LIMITED OFFICIAL USE" },
	{ "so is FOUO", "U//FOUO", "LIMITED OFFICIAL USE" },
	{ "and LOU", "LOU", "LIMITED OFFICIAL USE" },
	{ "SBU says nothing above", "S//SBU", "SECRET" },
	{ "SBU/NF leaves its NOFORN", "SBU/NF",
	    "LIMITED OFFICIAL USE//NOFORN" },
	{ "SBU-N", "SBU-N", "LIMITED OFFICIAL USE//NOFORN" },
	{ "whose information it is", "S//FGI//NF", "SECRET//NOFORN" },
	{ "NODIS implies NOFORN", "TS//NODIS", "TOP SECRET//NODIS/NOFORN" },
	{ "routing restricts nobody", "C//SIPDIS", "CONFIDENTIAL" },
	{ "an unknown word restricts", "TS//SI/TK//NF",
	    "TOP SECRET//NOFORN//SI/TK" },
	{ "a named reader", "S//FOR SMITH ONLY",
	    "SECRET//FOR_SMITH_ONLY" },
	{ "a control alone has no level", "/REL UK", "UNMARKED//REL UK" },
	{ "the banner", "SECRET//NOFORN", "SECRET//NOFORN" },
	{ "release to the own country alone", "U//REL USA",
	    "UNCLASSIFIED//REL USA" },
};

static void
test_parse(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(parses); i++) {
		chy_label l = label(parses[i].text), again;
		char out[CHY_LABEL_MAX];

		(void)chy_label_print(&l, out, sizeof(out));
		if (strcmp(out, parses[i].want) != 0)
			fail_msg("%s: %s gives %s, not %s", parses[i].label,
			    parses[i].text, out, parses[i].want);
		again = label(out);
		if (!chy_label_eq(&l, &again))
			fail_msg("%s: %s is not read back", parses[i].label,
			    out);
	}
}

static void
test_not_a_label(void **state)
{
	static const char *const bad[] = { "", "  ", "B", "B,D", "U.S.",
	    "IRAN", "N/SF", "X9" };
	chy_label l;
	chy_error err;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		if (chy_label_parse(chy_slice_of(bad[i]), &l, &err) !=
		    CHY_ERR_INVALID)
			fail_msg("\"%s\" was read as a label", bad[i]);
}

static const struct {
	const char  *reader;
	const char  *object;
	chy_may_rule want;
} decisions[] = {
	{ "owner", "TS//NODIS", CHY_MAY },
	{ "owner", "/REL UK", CHY_MAY },
	{ "U", "U", CHY_MAY },
	{ "U", "SBU", CHY_MAY_NOT_LEVEL },
	{ "SBU", "U//FOUO", CHY_MAY },
	{ "C", "SBU", CHY_MAY },
	{ "C", "C", CHY_MAY },
	{ "C", "S", CHY_MAY_NOT_LEVEL },
	{ "S", "S//NF", CHY_MAY_NOT_CONTROL },
	{ "S//NF", "S//NF", CHY_MAY },
	{ "S//NF", "C//NF", CHY_MAY },
	{ "S//NF", "TS", CHY_MAY_NOT_LEVEL },
	{ "S", "S//REL NATO", CHY_MAY },
	{ "S", "C//EXDIS", CHY_MAY_NOT_CONTROL },
	{ "S//NF", "C//EXDIS", CHY_MAY_NOT_CAPTION },
	{ "S//EXDIS", "C//EXDIS", CHY_MAY },
	{ "S//EXDIS", "C//NODIS", CHY_MAY_NOT_CAPTION },
	{ "TS//NODIS", "S//NODIS", CHY_MAY },
	{ "TS//NF", "S//ORCON", CHY_MAY_NOT_CONTROL },
	{ "TS//NF", "TS//SI", CHY_MAY_NOT_WORD },
	{ "TS//SI//NF", "TS//SI//NF", CHY_MAY },
	{ "S", "S//FOR SMITH ONLY", CHY_MAY_NOT_WORD },
	{ "S//FOR SMITH ONLY", "S//FOR SMITH ONLY", CHY_MAY },
	{ "S//FOR JONES ONLY", "S//FOR SMITH ONLY", CHY_MAY_NOT_WORD },
	{ "S//REL GBR", "C", CHY_MAY_NOT_RELEASE },
	{ "S//REL GBR", "U", CHY_MAY },
	{ "S//REL GBR", "C//REL GBR, AUS", CHY_MAY },
	{ "S//REL GBR", "C//REL AUS", CHY_MAY_NOT_RELEASE },
	{ "S//REL GBR", "C//NF", CHY_MAY_NOT_RELEASE },
	{ "TS//NODIS", "/REL UK", CHY_MAY_NOT_UNMARKED },
};

static void
test_may(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(decisions); i++) {
		chy_reader reader;
		chy_label object = label(decisions[i].object);
		chy_may_rule rule;

		assert_int_equal(chy_reader_parse(
		    chy_slice_of(decisions[i].reader), &reader, NULL), CHY_OK);
		(void)chy_label_may(&reader, &object, &rule);
		if (rule != decisions[i].want)
			fail_msg("%s reading %s: %s", decisions[i].reader,
			    decisions[i].object, chy_may_rule_name(rule));
	}
}

static unsigned seed = 425;

static int
dice(int n)
{
	seed = seed * 1103515245u + 12345u;
	return (int)(seed >> 16) % n;
}

/* Random labels from few parts, so that relations between them are met. */
static chy_label
random_label(void)
{
	static const char *const levels[] = { "U", "SBU", "C", "S", "TS" };
	static const char *const parts[] = { "NF", "REL GBR", "REL GBR, AUS",
	    "ORCON", "EXDIS", "NODIS", "STADIS", "SI", "FOR SMITH ONLY",
	    "SIPDIS", "REL AUS" };
	chy_label l = label(levels[dice(5)]), more;

	for (int i = dice(3); i > 0; i--) {
		char text[64];

		(void)snprintf(text, sizeof(text), "%s//%s",
		    levels[dice(5)], parts[dice(11)]);
		more = label(text);
		l = dice(2) ? chy_label_join(&l, &more) : more;
	}
	return l;
}

static void
test_laws(void **state)
{
	chy_label bottom = chy_label_bottom();

	(void)state;
	for (int i = 0; i < 20000; i++) {
		chy_label a = random_label(), b = random_label();
		chy_label c = random_label();
		chy_label ab = chy_label_join(&a, &b);
		chy_label ba = chy_label_join(&b, &a);
		chy_label bc = chy_label_join(&b, &c);
		chy_label left = chy_label_join(&ab, &c);
		chy_label right = chy_label_join(&a, &bc);
		chy_label aa = chy_label_join(&a, &a);
		chy_label a0 = chy_label_join(&a, &bottom);
		chy_reader reader = { .label = c };
		char text[CHY_LABEL_MAX];
		chy_label again;

		assert_true(chy_label_eq(&aa, &a));
		assert_true(chy_label_eq(&ab, &ba));
		assert_true(chy_label_eq(&left, &right));
		assert_true(chy_label_eq(&a0, &a));
		assert_true(chy_label_leq(&bottom, &a));
		assert_true(chy_label_leq(&a, &ab) && chy_label_leq(&b, &ab));
		assert_true(chy_label_leq(&a, &a));
		if (chy_label_leq(&a, &c) && chy_label_leq(&b, &c))
			assert_true(chy_label_leq(&ab, &c));
		if (chy_label_leq(&a, &b) && chy_label_leq(&b, &c))
			assert_true(chy_label_leq(&a, &c));
		/* Who may read the higher may read the lower. */
		if (chy_label_leq(&a, &b) && chy_label_may(&reader, &b, NULL))
			assert_true(chy_label_may(&reader, &a, NULL));
		(void)chy_label_print(&ab, text, sizeof(text));
		again = label(text);
		if (!chy_label_eq(&ab, &again))
			fail_msg("%s is not read back", text);
	}
}

static const struct {
	const char *telegram, *mark, *want;
} portions[] = {
	{ "S//NF", "", "SECRET//NOFORN" },
	{ "S//NF", "C", "CONFIDENTIAL" },
	{ "S//NF", "S/NF", "SECRET//NOFORN" },
	{ "S//EXDIS", "U", "UNCLASSIFIED//EXDIS/NOFORN" },
	{ "S//STADIS", "C", "CONFIDENTIAL//STADIS" },
	{ "C", "/REL UK", "CONFIDENTIAL//REL UK" },
	{ "C", "S", "SECRET" },
	{ "C", "IRAN", "CONFIDENTIAL" },
	{ "S//FOR SMITH ONLY", "C", "CONFIDENTIAL//FOR_SMITH_ONLY" },
};

static void
test_portion(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(portions); i++) {
		chy_label tel = label(portions[i].telegram);
		chy_label p = chy_label_portion(&tel,
		    chy_slice_of(portions[i].mark));
		char text[CHY_LABEL_MAX];

		(void)chy_label_print(&p, text, sizeof(text));
		assert_string_equal(text, portions[i].want);
	}
}

static void
test_too_much(void **state)
{
	char text[400] = "S";
	chy_reader reader;
	chy_label l;

	(void)state;
	for (int i = 0; i < 30; i++)
		(void)snprintf(text + strlen(text), 24, "//WORD%03d", i);
	l = label(text);
	assert_true(l.overflow);
	assert_int_equal(chy_reader_parse(chy_slice_of(text), &reader, NULL),
	    CHY_ERR_INVALID);
	assert_int_equal(chy_reader_parse(CHY_SLICE("TS//NF"), &reader, NULL),
	    CHY_OK);
	assert_false(chy_label_may(&reader, &l, NULL));
	reader = chy_reader_owner();
	assert_true(chy_label_may(&reader, &l, NULL));
}

static void
test_unmarked_telegram(void **state)
{
	chy_telegram tel = { .level = CHY_LEVEL_NONE };
	chy_label l = chy_label_telegram(&tel);
	chy_reader reader;

	(void)state;
	assert_int_equal(chy_reader_parse(CHY_SLICE("TS//NODIS"), &reader,
	    NULL), CHY_OK);
	assert_false(chy_label_may(&reader, &l, NULL));
	l = chy_label_portion(&l, CHY_SLICE("C"));
	assert_true(chy_label_may(&reader, &l, NULL));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parse),
		cmocka_unit_test(test_not_a_label),
		cmocka_unit_test(test_may),
		cmocka_unit_test(test_laws),
		cmocka_unit_test(test_portion),
		cmocka_unit_test(test_too_much),
		cmocka_unit_test(test_unmarked_telegram),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
