/*
 * REF lists and citations in running text: each list as a telegram of Port
 * Arden prints it, and what is read of it.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "forms/forms.h"
#include "telegram/telegram.h"
#include "testing.h"

/* letter, value or kind or dtg, notes, fault: "A STATE1 range; ..." */
static const struct {
	const char *label;
	const char *list;
	const char *want;
} lists[] = {
	{ "one", "REF: MUSCAT 425", "- 08MUSCAT425" },
	{ "post is carried over commas and AND",
	  "REF: A) MUSCAT 12, 13 AND 15", "A 08MUSCAT12; A 08MUSCAT13; "
	  "A 08MUSCAT15" },
	{ "year is carried with the post", "REF: 07 MUSCAT 12 AND 13",
	  "- 07MUSCAT12; - 07MUSCAT13" },
	{ "a range is all of it", "REF: MUSCAT 112-114",
	  "- 08MUSCAT112 range; - 08MUSCAT113 range; - 08MUSCAT114 range" },
	{ "a range that leaves digits out", "REF: MUSCAT 1234-36",
	  "- 08MUSCAT1234 range; - 08MUSCAT1235 range; - 08MUSCAT1236 range" },
	{ "a range in words", "REF: 07 MUSCAT 12 THRU 14 AND 16",
	  "- 07MUSCAT12 range; - 07MUSCAT13 range; - 07MUSCAT14 range; "
	  "- 07MUSCAT16" },
	{ "no range of a thousand", "REF: MUSCAT 12-2000",
	  "- 08MUSCAT12; - unknown !no-post" },
	{ "a number alone goes on from the letter before",
	  "REF: A. MUSCAT 412\n     B. 413\n     C. PARIS 5",
	  "A 08MUSCAT412; B 08MUSCAT413 carried; C 08PARIS5" },
	{ "and previous", "REF: MUSCAT 12 AND PREVIOUS",
	  "- 08MUSCAT12 previous" },
	{ "notal in three ways", "REF: A. MUSCAT 12 (NOTAL) B. PARIS 3 NOTAL "
	  "C. ROME 4, 5 (NOTAL)", "A 08MUSCAT12 notal; B 08PARIS3 notal; "
	  "C 08ROME4; C 08ROME5 notal" },
	{ "sender and date-time group",
	  "REF: A. CDR USCENTCOM DTG 121200Z MAY 07 B. MUSCAT 4",
	  "A 2007-05-12T12:00Z/CDR USCENTCOM; B 08MUSCAT4" },
	{ "of an embassy", "REF: AMEMBASSY MUSCAT 091456Z JUN 08",
	  "- 2008-06-09T14:56Z/AMEMBASSY MUSCAT" },
	{ "the kind of mission is no part of the post",
	  "REF: A. EMBASSY MUSCAT 12 B. Embassy Paris 3 C. CONSULATE NAPLES 4",
	  "A 08MUSCAT12 repaired; B 08PARIS3 repaired; C 08NAPLES4 repaired" },
	{ "with blanks", "REF: USCINCRED 311345 Z MAY 73",
	  "- 1973-05-31T13:45Z/USCINCRED" },
	{ "with a comma and in brackets",
	  "REF: A. COMUSNAVCENT, 101200Z JAN 08; B. JCS (DTG 111200Z JAN 08)",
	  "A 2008-01-10T12:00Z/COMUSNAVCENT; B 2008-01-11T12:00Z/JCS" },
	{ "without month and year: the last one",
	  "REF: SECDEF 251200Z", "- 2008-05-25T12:00Z/SECDEF dtg-derived" },
	{ "without year", "REF: SECDEF 251200Z NOV",
	  "- 2007-11-25T12:00Z/SECDEF dtg-derived" },
	{ "a number with its time is one telegram",
	  "REF: STATE 12345 DTG 121200Z MAY 08, PARIS 3",
	  "- 08STATE12345/2008-05-12T12:00Z; - 08PARIS3" },
	{ "year behind", "REF: MOSCOW 03242 2007", "- 07MOSCOW3242" },
	{ "year behind in brackets", "REF: MOSCOW 3242 (07); PARIS 4",
	  "- 07MOSCOW3242; - 08PARIS4" },
	{ "year before in brackets", "REF: ROME 709 (07) SAO PAULO 542",
	  "- 08ROME709; - 07SAOPAULO542" },
	{ "a date behind has the year", "REF: A) MOSCOW 6215 OF 5/26/74",
	  "A 74MOSCOW6215" },
	{ "a date is no number", "REF: TARRANT 12/14/07 E-MAIL",
	  "- email" },
	{ "nor is a day of a month", "REF: PARIS POINTS 20 SEPTEMBER 2007",
	  "- report" },
	{ "letters given twice", "REF: A. (A) MUSCAT 12\n     B. (B) PARIS 3",
	  "A 08MUSCAT12; B 08PARIS3" },
	{ "a line that got a letter of its own",
	  "REF: A. (A) HARBOUR REPORT FOR MAY 4\n     B. 2007\n"
	  "     C. (B) PARIS 3", "A report; B 08PARIS3" },
	{ "letter O in a number", "REF: STATE 1O684", "- 08STATE10684 repaired" },
	{ "a post in one letter's distance", "REF: MUSCAZ 12",
	  "- 08MUSCAT12 repaired" },
	{ "department's and our own", "REF: DEPTEL 188, EMBTEL 77",
	  "- 08STATE188 own; - 08PORTARDEN77 own" },
	{ "initials of our own", "REF: PA 427", "- 08PORTARDEN427 own" },
	{ "STATE NO.", "REF: STATE NO. 425", "- 08STATE425" },
	{ "TOSEC is a second number", "REF: STATE 177755 TOSEC 080095, ROME 2",
	  "- 08STATE177755; - 08ROME2" },
	{ "an airgram", "REF: LONDON A-567, JULY 1, 1974", "- airgram" },
	{ "reports", "REF: TD-314/65216-07 AND TDX-315/042493-08; IIR 6 812 08",
	  "- report; - report; - report" },
	{ "kinds", "REF: A. VOSS LETTER OF MAY 1 B. VOSS-LEE TELCON C. 7 FAM 180 "
	  "D. FAX FROM VOSS E. WWW.STATE.GOV F. SVTC MAY 9 G. TARRANT E-MAILS",
	  "A memo; B telephone; C book; D fax; E web; F meeting; G email" },
	{ "a name is no kind", "REF: CALLAHAN BOOKER",  "- unknown" },
	{ "a post alone", "REF: A. MUSCAT 12 B. PARIS",
	  "A 08MUSCAT12; B unknown !no-number" },
	{ "a number alone", "REF: 3164", "- unknown !no-post" },
	{ "sent apart", "REF: SEPTEL", "- unknown !separate" },
	{ "the one before", "REF: MIPT", "- unknown !relative" },
	{ "damaged", "REF: STATE 1/X/684Q", "- 08STATE1; - unknown" },
	{ "an article in a post's name", "REF: 07 THE HAGUE 12 AND 13",
	  "- 07THEHAGUE12; - 07THEHAGUE13" },
	{ "none", "REF: NONE", "" },
	{ "what follows the list", "REF: MUSCAT 12 (U) THIS CABLE IS SENSITIVE",
	  "- 08MUSCAT12" },
	{ "attention lines that follow", "REF: TEL AVIV 3715\nFOR CHARGE FROM "
	  "ATHERTON", "- 08TELAVIV3715" },
	{ "attention lines of a post", "REF: STATE 218984\nBEIRUT FOR RSS",
	  "- 08STATE218984" },
	{ "a handling line", "REF: MUSCAT 12\nSensitive but unclassified; not for "
	  "Internet.", "- 08MUSCAT12" },
	{ "a passing line", "REF: STATE 6461  PLEASE PASS TO RSO, POLOFF",
	  "- 08STATE6461" },
	{ "a letter without a sign", "REF. A STATE 210218 (NOTAL)",
	  "A 08STATE210218 notal" },
	{ "a page line in the list", "REF: MUSCAT 12 PORT ARDEN 00000244  "
	  "001.2 OF 002 (U) THIS CABLE IS SENSITIVE", "- 08MUSCAT12" },
};

static chy_telegram *
read_list(const char *list, const char *text)
{
	chy_buf buf = CHY_BUF_INIT;
	chy_read_options opts = { 0 };
	chy_telegram *tel = NULL;
	chy_error err;

	chy_buf_printf(&buf, "O 101432Z JUN 08\nFM AMEMBASSY PORT ARDEN\n"
	    "TO SECSTATE WASHDC\n\nUNCLAS PORT ARDEN 000214\n\n"
	    "SUBJECT: CITATIONS\n\n%s\n\n%s\n\nVOSS\n", list, text);
	if (chy_telegram_read(chy_buf_slice(&buf), &opts, &tel, &err) != CHY_OK)
		fail_msg("%s", err.text);
	chy_buf_done(&buf);
	return tel;
}

static void
put_reference(chy_buf *out, const chy_reference *r)
{
	char iso[18];

	if (chy_buf_slice(out).len > 0)
		chy_buf_puts(out, "; ");
	chy_buf_printf(out, "%c ", r->letter != '\0' ? r->letter : '-');
	if (r->kind != CHY_REF_TELEGRAM)
		chy_buf_puts(out, chy_ref_kind_name(r->kind));
	else
		chy_buf_put(out, r->value);
	if (r->dtg_civil.year != 0) {
		chy_civil_iso(r->dtg_civil, iso);
		if (r->value.len > 0)
			chy_buf_puts(out, "/");
		chy_buf_puts(out, iso);
		if (r->sender.len > 0)
			chy_buf_printf(out, "/%.*s", CHY_ARG(r->sender));
	}
	for (unsigned bit = 0; bit < CHY_REF_NOTES; bit++)
		if ((r->notes & (1u << bit)) != 0)
			chy_buf_printf(out, " %s", chy_ref_note_name(bit));
	if (r->fault != CHY_REF_FINE)
		chy_buf_printf(out, " !%s", chy_ref_fault_name(r->fault));
}

static void
test_lists(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(lists); i++) {
		chy_telegram *tel = read_list(lists[i].list,
		    "1. (U) The harbour is open.");
		chy_buf out = CHY_BUF_INIT;

		for (uint32_t k = 0; k < tel->n_references; k++)
			put_reference(&out, &tel->references[k]);
		EXPECT_TEXT(lists[i].label, chy_buf_slice(&out),
		    lists[i].want);
		chy_buf_done(&out);
		chy_telegram_free(tel);
	}
}

static const struct {
	const char *label;
	const char *text;
	const char *want;	/* words of each mention: letters or value */
} texts[] = {
	{ "a letter", "See REF B.", "B" },
	{ "two letters", "See REFS A AND C.", "AC" },
	{ "a range of letters", "See REFS A-C.", "ABC" },
	{ "a list of letters", "See refs A, B and D.", "ABD" },
	{ "in brackets", "See ref (B) and REF. (C).", "B C" },
	{ "a small letter before a sign", "The furor (ref a) goes on.", "A" },
	{ "an article is no letter", "We read ref A and a report.", "A" },
	{ "any of them", "As reftel says, and reftels.", "all all" },
	{ "reftel with a letter", "As REFTEL (C) says.", "C" },
	{ "separate", "See septel.", "none" },
	{ "a number", "As said in 07 MUSCAT 410, and in PARIS 1234.",
	  "07MUSCAT410 08PARIS1234" },
	{ "a place and a year are no number", "The games in BEIJING 2008 end.",
	  "(08BEIJING2008)" },
	{ "a page's number is no year", "PAGE 02 MUSCAT 11382",
	  "08MUSCAT11382" },
	{ "nor is a section's", "SECTION 02 OF 03 MUSCAT 11382",
	  "08MUSCAT11382" },
	{ "nor is a small number", "We saw PARIS 3 times.", "(08PARIS3)" },
};

static void
test_texts(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		char text[200];
		chy_telegram *tel;
		chy_buf out = CHY_BUF_INIT;

		(void)snprintf(text, sizeof(text), "1. (U) %s", texts[i].text);
		tel = read_list("REF: A. MUSCAT 1 B. MUSCAT 2 C. MUSCAT 3 "
		    "D. MUSCAT 4", text);
		for (uint32_t k = 0; k < tel->n_mentions; k++) {
			const chy_mention *m = &tel->mentions[k];

			if (k > 0)
				chy_buf_putc(&out, ' ');
			for (char c = 'A'; c <= 'Z'; c++)
				if ((m->letters >> (c - 'A') & 1) != 0)
					chy_buf_putc(&out, c);
			if (m->value.len > 0)
				chy_buf_printf(&out, m->sure ? "%.*s" :
				    "(%.*s)", CHY_ARG(m->value));
			else if (m->letters == 0)
				chy_buf_puts(&out, m->all ? "all" : "none");
		}
		EXPECT_TEXT(texts[i].label, chy_buf_slice(&out),
		    texts[i].want);
		chy_buf_done(&out);
		chy_telegram_free(tel);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lists),
		cmocka_unit_test(test_texts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
