/*
 * Any bytes as a rule file: what is taken is evaluated over a telegram, twice
 * alike, each span in its text and every delivery with a reason; what is not
 * is told with a place.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>
#include <stdlib.h>

#include "fuzz.h"

#include "distribute/distribute.h"
#include "forms/forms.h"

static const char text[] =
    "O 101432Z MAR 26\nFM AMEMBASSY PORT ARDEN\n"
    "TO SECSTATE WASHDC NIACT IMMEDIATE 0631\nINFO NSC WASHDC PRIORITY\n\n"
    "C O N F I D E N T I A L PORT ARDEN 000214\n\nEXDIS\nSIPDIS\n\n"
    "DEPARTMENT FOR WE/ISL, MAR/PSR (ALDOUS); STATE PASS USTR\n\n"
    "E.O. 13526: DECL: 03/10/2036\nTAGS: PREL, EWWT, ZQ\n"
    "SUBJECT: USTR ON LIGHTHOUSE DUES\n\nREF: STATE 21187\n\n"
    "1. (C) Action request: see paragraph 2.\n\n"
    "2. (C) Text of the note:\n\nThe ferry runs.\n\nEnd text.\n\nWREN\n";

static void
check(const chy_telegram *tel, const chy_distribution *d)
{
	for (uint32_t i = 0; i < d->n; i++) {
		const chy_delivery *one = &d->at[i];

		FUZZ_HOLDS(one->n_because > 0);
		for (uint32_t k = 0; k < one->n_because; k++)
			for (uint32_t m = 0; m < one->because[k].n_matched;
			    m++) {
				chy_span s = one->because[k].matched[m].span;

				FUZZ_HOLDS((size_t)s.off + s.len <=
				    tel->text.len);
			}
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	chy_slice bytes = { (const char *)data, size };
	chy_buf one = CHY_BUF_INIT, two = CHY_BUF_INIT;
	chy_sink to_one = chy_sink_buf(&one), to_two = chy_sink_buf(&two);
	chy_rules *rules = NULL;
	chy_rules_error bad;
	chy_telegram *tel;
	chy_distribution d;
	chy_arena arena;
	chy_error err;

	if (chy_rules_parse(CHY_SLICE("fuzz"), bytes, NULL, NULL, &rules,
	    &bad) != CHY_OK) {
		FUZZ_HOLDS(bad.status != CHY_OK && bad.text[0] != '\0');
		FUZZ_HOLDS(bad.line > 0 && bad.column > 0);
		return 0;
	}
	FUZZ_HOLDS(chy_telegram_read(chy_slice_of(text), NULL, &tel, &err) ==
	    CHY_OK);
	chy_arena_init(&arena, 0);
	if (chy_distribute(rules, tel, NULL, &arena, &d, &err) == CHY_OK) {
		check(tel, &d);
		chy_distribution_json(&d, &to_one);
		chy_distribution_text(&d, true, &to_two);
		chy_buf_reset(&two);
		FUZZ_HOLDS(chy_distribute(rules, tel, NULL, &arena, &d, &err) ==
		    CHY_OK);
		chy_distribution_json(&d, &to_two);
		FUZZ_HOLDS(chy_slice_eq(chy_buf_slice(&one),
		    chy_buf_slice(&two)));
	}
	chy_buf_done(&one);
	chy_buf_done(&two);
	chy_arena_done(&arena);
	chy_telegram_free(tel);
	chy_rules_free(rules);
	return 0;
}
