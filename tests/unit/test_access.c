/*
 * The decisions D01 to D15: the worked table (classification 4.4), and each
 * decision alone.
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/compiler.h"
#include "marking/access.h"
#include "testing.h"

static const chy_slice usa[] = { CHY_LIT("USA") };
static const chy_slice gbr[] = { CHY_LIT("GBR"), CHY_LIT("UK") };
static const chy_slice both[] = { CHY_LIT("USA"), CHY_LIT("GBR") };

static chy_subject
subject(chy_level clearance, const chy_slice *countries, size_t n,
    chy_slice agency)
{
	return (chy_subject){
		.cleared = true,
		.clearance = clearance,
		.held = chy_label_bottom(),
		.countries = countries,
		.n_countries = n,
		.agency = agency,
	};
}

static chy_label
label(const char *text)
{
	chy_label l = chy_label_bottom();
	chy_error err;

	if (chy_label_parse(chy_slice_of(text), &l, &err) != CHY_OK)
		fail_msg("no label: %s: %s", text, err.text);
	return l;
}

/* A: SECRET, USA, STATE, knows country MU. B: SECRET, GBR, liaison. C: TOP
 * SECRET, USA, contractor. D: CONFIDENTIAL, USA, another agency. */
static void
test_worked_table(void **state)
{
	static const struct {
		const char  *object;
		bool	     oman;	/* TAGS MU: A needs to know */
		chy_decision want[4];
	} rows[] = {
		{ "C", true, { CHY_DECISION_ALLOW, CHY_DECISION_RELEASE,
		    CHY_DECISION_NEED_TO_KNOW, CHY_DECISION_NEED_TO_KNOW } },
		{ "S//REL UK", false, { CHY_DECISION_NEED_TO_KNOW,
		    CHY_DECISION_NEED_TO_KNOW, CHY_DECISION_NEED_TO_KNOW,
		    CHY_DECISION_LEVEL } },
		{ "S//NF//ORCON", false, { CHY_DECISION_ORIGINATOR,
		    CHY_DECISION_RELEASE, CHY_DECISION_ORIGINATOR,
		    CHY_DECISION_LEVEL } },
		{ "C//EXDIS", false, { CHY_DECISION_EXDIS,
		    CHY_DECISION_RELEASE, CHY_DECISION_EXDIS,
		    CHY_DECISION_EXDIS } },
		{ "C//STADIS", true, { CHY_DECISION_ALLOW,
		    CHY_DECISION_RELEASE, CHY_DECISION_NEED_TO_KNOW,
		    CHY_DECISION_STADIS } },
		{ "SBU", true, { CHY_DECISION_ALLOW, CHY_DECISION_CONTROLLED,
		    CHY_DECISION_NEED_TO_KNOW, CHY_DECISION_NEED_TO_KNOW } },
		{ "U", false, { CHY_DECISION_ALLOW, CHY_DECISION_ALLOW,
		    CHY_DECISION_ALLOW, CHY_DECISION_ALLOW } },
	};
	chy_subject who[4] = {
		subject(CHY_LEVEL_SECRET, usa, 1, CHY_SLICE("STATE")),
		subject(CHY_LEVEL_SECRET, gbr, 2, CHY_SLICE("FCO")),
		subject(CHY_LEVEL_TOP_SECRET, usa, 1, CHY_SLICE("STATE")),
		subject(CHY_LEVEL_CONFIDENTIAL, usa, 1, CHY_SLICE("USTR")),
	};

	(void)state;
	who[1].external = true;
	who[2].contractor = true;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		for (int p = 0; p < 4; p++) {
			chy_object o = { .label = label(rows[i].object),
			    .need_to_know = p == 0 && rows[i].oman };
			chy_decision got = chy_decide(&who[p], &o, NULL);

			if (got != rows[i].want[p])
				fail_msg("%s to %c: %s %s, not %s",
				    rows[i].object, 'A' + p,
				    chy_decision_code(got),
				    chy_decision_name(got),
				    chy_decision_name(rows[i].want[p]));
		}
	}
}

/* Each decision refuses alone, and not when what it asks for is there. */
static void
test_each(void **state)
{
	chy_subject s = subject(CHY_LEVEL_TOP_SECRET, usa, 1,
	    CHY_SLICE("STATE"));
	chy_object o = { .label = label("S"), .need_to_know = true };
	uint32_t all;

	(void)state;
	EXPECT_EQ("allowed", chy_decide(&s, &o, NULL), CHY_DECISION_ALLOW);
	s.cleared = false;
	EXPECT_EQ("D01", chy_decide(&s, &o, NULL), CHY_DECISION_CLEARANCE);
	s.cleared = true;
	s.ceiling = CHY_LEVEL_CONFIDENTIAL;
	EXPECT_EQ("D02 by the session", chy_decide(&s, &o, NULL),
	    CHY_DECISION_LEVEL);
	s.ceiling = CHY_LEVEL_NONE;
	o.label = label("S//NF");
	s.countries = both;
	s.n_countries = 2;
	EXPECT_EQ("D04: both nationalities must pass NOFORN",
	    chy_decide(&s, &o, NULL), CHY_DECISION_RELEASE);
	o.label = label("S//REL GBR");
	EXPECT_EQ("D04: one of two is enough for a list",
	    chy_decide(&s, &o, NULL), CHY_DECISION_ALLOW);
	s.countries = usa;
	s.n_countries = 1;
	o.label = label("S//ORCON");
	EXPECT_EQ("D05", chy_decide(&s, &o, NULL), CHY_DECISION_ORIGINATOR);
	o.originator_grant = true;
	EXPECT_EQ("D05 granted", chy_decide(&s, &o, NULL),
	    CHY_DECISION_ALLOW);
	o.label = label("S//PROPIN");
	s.contractor = true;
	EXPECT_EQ("D06", chy_decide(&s, &o, NULL), CHY_DECISION_CONTRACTOR);
	s.contractor = false;
	EXPECT_EQ("D06 not of an employee", chy_decide(&s, &o, NULL),
	    CHY_DECISION_ALLOW);
	o.label = label("S//FISA");
	EXPECT_EQ("D07", chy_decide(&s, &o, NULL), CHY_DECISION_CONTROL);
	chy_label_add(&s.held, CHY_SLICE("FISA"));
	EXPECT_EQ("D07 held", chy_decide(&s, &o, NULL), CHY_DECISION_ALLOW);
	o.label = label("S//NODIS");
	EXPECT_EQ("D08", chy_decide(&s, &o, NULL), CHY_DECISION_NODIS);
	o.named = true;
	EXPECT_EQ("D08 named", chy_decide(&s, &o, NULL), CHY_DECISION_ALLOW);
	o.named = false;
	o.label = label("S//DISSENT CHANNEL");
	EXPECT_EQ("D11", chy_decide(&s, &o, NULL), CHY_DECISION_CHANNEL);
	chy_label_add(&s.held, CHY_SLICE("DISSENT CHANNEL"));
	EXPECT_EQ("D11 held", chy_decide(&s, &o, NULL), CHY_DECISION_ALLOW);
	o.label = label("S//LIMDIS");
	EXPECT_EQ("D13", chy_decide(&s, &o, NULL), CHY_DECISION_LIMDIS);
	o.label = label("TS//NF//ORCON//NODIS");
	s.clearance = CHY_LEVEL_SECRET;
	o.originator_grant = false;
	EXPECT_EQ("the first is named", chy_decide(&s, &o, &all),
	    CHY_DECISION_LEVEL);
	EXPECT_EQ("all are made", all, 1u << CHY_DECISION_LEVEL |
	    1u << CHY_DECISION_ORIGINATOR | 1u << CHY_DECISION_NODIS);
	o.label.level = CHY_LEVEL_NONE;
	EXPECT_EQ("unmarked is nobody's", chy_decide(&s, &o, NULL),
	    CHY_DECISION_LEVEL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_worked_table),
		cmocka_unit_test(test_each),
	};

	return cmocka_run_group_tests_name("access", tests, NULL, NULL);
}
