/*
 * Names in a text, and which spellings come together.
 *
 * SPDX-License-Identifier: ISC
 */
#include "names/names.h"
#include "base/buf.h"
#include "testing.h"

static const struct {
	const char *label;
	const char *text;
	const char *want;	/* kind's letter and name, a bar between */
} texts[] = {
	{ "a title before a name", "We told Minister Yusuf al-Harthy that.",
	    "P Yusuf al-Harthy" },
	{ "several titles, and what they are for", "Deputy Foreign Minister "
	    "and Minister of Trade and Industry Dr. Anselm Kovar agreed.",
	    "P Anselm Kovar" },
	{ "a title is not part of the name", "Lt. Gen. Raske left.",
	    "P Raske" },
	{ "a given name and a surname, with an initial between", "It was "
	    "Helen J. Voss who wrote.", "P Helen J. Voss" },
	{ "a given name alone is nobody", "Helen wrote.", "" },
	{ "part of a word before another name", "In post-Helen Muscat it was "
	    "quiet.", "L Muscat" },
	{ "the possessive is not of the name", "Ambassador Voss's letter.",
	    "P Voss" },
	{ "particles inside of a name", "Sheikh Hamad bin Khalifa al Harthy "
	    "came.", "P Hamad bin Khalifa al Harthy" },
	{ "an unknown name with a verb of saying", "Later Tresillian said so.",
	    "P Tresillian" },
	{ "an unknown name with a position behind it", "We met Bodil Raske, "
	    "the deputy director.", "P Bodil Raske" },
	{ "an office in small letters before it", "He saw opposition leader "
	    "Mariel Osterlo there.", "P Mariel Osterlo" },
	{ "the end of a surname", "It was of Kanat Bozumbayev, who left.",
	    "P Kanat Bozumbayev" },
	{ "the first word of a sentence is no name", "Officials said so. "
	    "However, nothing came.", "" },
	{ "a title alone is nobody", "The Minister said so.", "" },
	{ "an assembly is not a general", "The General Assembly voted.",
	    "B General Assembly" },
	{ "a charge d'affaires", "Charge d'Affaires a.i. Bodil Raske met the "
	    "Charge d\xe2\x80\x99" "Affaires of Oman.",
	    "P Bodil Raske|L Oman" },
	{ "a name that was taken out", "Foreign Minister XXXXXXXXXXXX and Mr. "
	    "xxxxxxxx told Ambassador Xxxxxx so.", "" },
	{ "one that is short", "Ambassador Xu left.", "P Xu" },
	{ "a ministry and what it is for", "The Ministry of Trade and Industry "
	    "paid.", "B Ministry of Trade and Industry" },
	{ "a ministry of theirs", "The Omani Ministry of Justice paid.",
	    "B Ministry of Justice" },
	{ "words that end in one of bodies", "The Skerry Harbour Council sat.",
	    "B Skerry Harbour Council" },
	{ "short for a body only in capitals", "WFP aid came.",
	    "B WFP" },
	{ "a country, a city, and one of two words", "From Oman to New York by "
	    "Muscat.", "L Oman|L New York|L Muscat" },
	{ "a place is not the name of an ambassador", "Ambassador Jordan "
	    "left.", "L Jordan" },
	{ "in capitals a title finds one word", "FOREIGN MINISTER FAHMY TOLD "
	    "US THAT CAIRO WOULD PAY.", "P FAHMY|L CAIRO" },
	{ "a line end parts two names", "Oman\nMinister Voss", "L Oman|P Voss" },
	{ "accents are letters", "President Traian B\xC4\x83sescu went.",
	    "P Traian B\xC4\x83sescu" },
	{ "nothing", "", "" },
	{ "bytes that are no text", "\xff\xfe Minister \xff", "" },
};

static void
put(void *arg, chy_name_kind kind, chy_slice spelling)
{
	chy_buf *out = arg;

	chy_buf_printf(out, "%s%c %.*s", out->len > 0 ? "|" : "",
	    chy_name_kind_letter(kind), CHY_ARG(spelling));
}

static void
test_find(void **state)
{
	chy_buf out = CHY_BUF_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		chy_buf_reset(&out);
		chy_names_find(chy_slice_of(texts[i].text), put, &out);
		EXPECT_TEXT(texts[i].label, chy_buf_slice(&out),
		    texts[i].want);
	}
	chy_buf_done(&out);
}

/* What is found does not depend on where the text begins in memory: the pass
 * takes sixteen bytes at a time. */
static void
test_places(void **state)
{
	const char *text = "We told Minister Yusuf al-Harthy of Muscat.";
	chy_buf out = CHY_BUF_INIT, moved = CHY_BUF_INIT;

	(void)state;
	for (size_t i = 0; i < 40; i++) {
		chy_buf_reset(&moved);
		for (size_t k = 0; k < i; k++)
			chy_buf_putc(&moved, ' ');
		chy_buf_puts(&moved, text);
		chy_buf_reset(&out);
		chy_names_find(chy_buf_slice(&moved), put, &out);
		EXPECT_TEXT("behind blanks", chy_buf_slice(&out),
		    "P Yusuf al-Harthy|L Muscat");
	}
	chy_buf_done(&out);
	chy_buf_done(&moved);
}

static const struct {
	const char   *label;
	chy_name_kind kind;
	const char   *a, *b;
	bool	      same;
} pairs[] = {
	{ "the seed's two spellings", CHY_NAME_PERSON, "Badr al-Busaidy",
	    "Badr al-Busaidi", true },
	{ "with and without the article", CHY_NAME_PERSON, "Badr al-Busaidi",
	    "Badr Busaidi", true },
	{ "the article written to the name", CHY_NAME_PERSON,
	    "Mohamed ElBaradei", "Mohammed El-Baradei", true },
	{ "Muhammad and his family", CHY_NAME_PERSON, "Muhammad Saleh",
	    "Mohamed Salih", true },
	{ "kh and h", CHY_NAME_PERSON, "Khalid Youssef", "Halid Yusuf", true },
	{ "ou and u, doubled letters", CHY_NAME_PERSON, "Mahmoud Abbas",
	    "Mahmud Abas", true },
	{ "as TAGS have it", CHY_NAME_PERSON, "BUSAIDI, BADR",
	    "Badr al-Busaidi", true },
	{ "an initial does not count", CHY_NAME_PERSON, "Gary A. Tilley",
	    "GARY TILLEY", true },
	{ "accents do not count", CHY_NAME_PERSON,
	    "Traian B\xC4\x83sescu", "Traian Basescu", true },
	{ "Hassan is not Hussein", CHY_NAME_PERSON, "Hassan Kovar",
	    "Hussein Kovar", false },
	{ "brothers are two", CHY_NAME_PERSON, "Ahmed Kovar", "Abel Kovar",
	    false },
	{ "abbreviations of a body", CHY_NAME_BODY, "MFA",
	    "Ministry of Foreign Affairs", true },
	{ "and the other way to say it", CHY_NAME_BODY, "Foreign Ministry",
	    "the Ministry of Foreign Affairs", true },
	{ "two bodies", CHY_NAME_BODY, "Ministry of Justice",
	    "Ministry of Finance", false },
	{ "names of a country", CHY_NAME_PLACE, "U.A.E.",
	    "United Arab Emirates", true },
	{ "a city renamed", CHY_NAME_PLACE, "KIEV", "Kyiv", true },
	{ "two cities", CHY_NAME_PLACE, "Muscat", "Cairo", false },
};

static void
test_keys(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		char a[CHY_NAME_KEY], b[CHY_NAME_KEY];
		size_t na = chy_name_key(pairs[i].kind,
		    chy_slice_of(pairs[i].a), a);
		size_t nb = chy_name_key(pairs[i].kind,
		    chy_slice_of(pairs[i].b), b);

		EXPECT(pairs[i].label, na > 0 && nb > 0);
		EXPECT_EQ(pairs[i].label, chy_slice_eq((chy_slice){ a, na },
		    (chy_slice){ b, nb }), pairs[i].same);
	}
}

static void
test_limits(void **state)
{
	char key[CHY_NAME_KEY], name[4 * CHY_NAME_MAX];

	(void)state;
	memset(name, 'x', sizeof(name));
	EXPECT_EQ("too long a name has no key", chy_name_key(CHY_NAME_PERSON,
	    (chy_slice){ name, CHY_NAME_MAX + 1 }, key), 0);
	EXPECT("the longest fits", chy_name_key(CHY_NAME_BODY,
	    (chy_slice){ name, CHY_NAME_MAX }, key) < CHY_NAME_KEY);
	EXPECT_EQ("an article alone is nobody", chy_name_key(CHY_NAME_PERSON,
	    CHY_SLICE("al"), key), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_find),
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_keys),
		cmocka_unit_test(test_limits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
