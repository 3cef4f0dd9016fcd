/*
 * telegram/: numbers, cleaned text, titles.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/limits.h"
#include "telegram/clean.h"
#include "telegram/mrn.h"
#include "telegram/telegram.h"
#include "testing.h"

static void
test_mrn(void **state)
{
	static const struct {
		const char *label, *text, *key, *canonical;
		int32_t	    year;
	} cases[] = {
		{ "display form", "08 MUSCAT 425", "08MUSCAT425",
		    "08MUSCAT425", 0 },
		{ "class line, year from outside", "MUSCAT 000425",
		    "08MUSCAT425", "08MUSCAT425", 2008 },
		{ "key", "08MUSCAT425", "08MUSCAT425", "08MUSCAT425", 0 },
		{ "sort key", "2008MUSCAT000425", "08MUSCAT425",
		    "08MUSCAT425", 0 },
		{ "any case, blanks in the name", "09 la paz 33", "09LAPAZ33",
		    "09LAPAZ33", 0 },
		{ "66 is 1966", "66SAIGON1", "66SAIGON1", "66SAIGON1", 0 },
		{ "an alias", "09 SECSTATE 15113", "09SECSTATE15113",
		    "09STATE15113", 0 },
		{ "a letter lost", "09BUDAPST120", "09BUDAPST120",
		    "09BUDAPEST120", 0 },
		{ "EFTO swallowed", "09EFTOLONDON2468", "09EFTOLONDON2468",
		    "09LONDON2468", 0 },
		{ "AMEMBASSY swallowed", "09AMEMBASSYHANOI1284",
		    "09AMEMBASSYHANOI1284", "09HANOI1284", 0 },
		{ "an unknown post stays", "26PORTARDEN214", "26PORTARDEN214",
		    "26PORTARDEN214", 0 },
		{ "BRUSSELS stays BRUSSELS", "06BRUSSELS1868",
		    "06BRUSSELS1868", "06BRUSSELS1868", 0 },
		{ "no year known", "MUSCAT 425", "MUSCAT425", "MUSCAT425", 0 },
	};
	static const char *const wrong[] = { "", "08", "425", "MUSCAT",
	    "08 MUSCAT", "8 MUSCAT 425", "3008 MUSCAT 1", "08 MUSCAT 12345678",
	    "08MU425", "TEL: 1234", "08 ABCDEFGHIJKLMNOPQRSTUVWXYZ 1" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		char key[CHY_MRN_KEY_MAX];
		chy_mrn mrn;

		EXPECT(cases[i].label, chy_mrn_parse(chy_slice_of(
		    cases[i].text), cases[i].year, &mrn));
		chy_mrn_key(&mrn, key);
		EXPECT_TEXT(cases[i].label, chy_slice_of(key), cases[i].key);
		chy_mrn_canonicalize(&mrn);
		chy_mrn_key(&mrn, key);
		EXPECT_TEXT(cases[i].label, chy_slice_of(key),
		    cases[i].canonical);
	}
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
		chy_mrn mrn;

		EXPECT(wrong[i], !chy_mrn_parse(chy_slice_of(wrong[i]), 0,
		    &mrn));
	}
}

static void
test_clean(void **state)
{
	static const struct {
		const char *label, *raw, *clean;
		unsigned    met;
	} cases[] = {
		{ "lines joined, blanks at their ends gone",
		    "one  \n  two\r\nthree ", "one two three", 0 },
		{ "an empty line is one blank here", "a\n\nb", "a b", 0 },
		{ "quotes and dashes as transmitted",
		    "\xE2\x80\x9Cit\xE2\x80\x99s\xE2\x80\x9D \xE2\x80\x93 so",
		    "\"it's\" - so", CHY_CLEAN_PUBLICATION },
		{ "pilcrow goes", "\xC2\xB6" "1. x", "1. x",
		    CHY_CLEAN_PUBLICATION },
		{ "other letters stay", "caf\xC3\xA9", "caf\xC3\xA9", 0 },
		{ "Windows-1252", "\x93" "caf\xE9\x94", "\"caf\xC3\xA9\"",
		    CHY_CLEAN_PUBLICATION | CHY_CLEAN_NOT_UTF8 },
		{ "inner blanks stay", "a  b", "a  b", 0 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		size_t len = strlen(cases[i].raw);
		char *raw = calloc(1, len + CHY_PADDING);
		char *out = malloc(chy_clean_room(len));
		unsigned met = 0;
		size_t n;

		memcpy(raw, cases[i].raw, len);
		n = chy_clean((chy_slice){ raw, len }, out, &met);
		EXPECT_TEXT(cases[i].label, ((chy_slice){ out, n }),
		    cases[i].clean);
		EXPECT_EQ(cases[i].label, met, cases[i].met);
		free(raw);
		free(out);
	}
}

static void
test_title(void **state)
{
	static const struct {
		const char *label, *subject, *title;
	} cases[] = {
		{ "small words, an apostrophe",
		    "PORT ARDEN'S NEW HARBOUR MINISTER FACES A STEEP "
		    "LEARNING CURVE",
		    "Port Arden's New Harbour Minister Faces a Steep Learning "
		    "Curve" },
		{ "abbreviations stay", "UN AND NATO ON DPRK",
		    "UN and NATO on DPRK" },
		{ "U.S. with its stops", "U.S.-OMAN TALKS",
		    "U.S.-Oman Talks" },
		{ "after a colon a capital", "FERRY: THE CASE",
		    "Ferry: The Case" },
		{ "mixed case is left alone", "Ferry sinks in Port Arden",
		    "Ferry sinks in Port Arden" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		char out[200];
		size_t n = chy_subject_title(chy_slice_of(cases[i].subject),
		    out, sizeof(out));

		EXPECT_TEXT(cases[i].label, ((chy_slice){ out, n }),
		    cases[i].title);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_mrn),
		cmocka_unit_test(test_clean),
		cmocka_unit_test(test_title),
	};

	return cmocka_run_group_tests_name("telegram", tests, NULL, NULL);
}
