/*
 * Fuzz target: labels, as marks and readers give them. What is read is read
 * again from its canonical text; no label but the owner's reads one that did
 * not fit; the join is above both.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>
#include <stdlib.h>

#include "fuzz.h"
#include "marking/marking.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	chy_slice text = { (const char *)data, size };
	chy_slice left = chy_slice_sub(text, 0, size / 2);
	chy_label a, b, again, join;
	chy_error err;
	char out[CHY_LABEL_MAX];

	if (chy_label_parse(left, &a, &err) != CHY_OK) {
		FUZZ_HOLDS(err.off <= left.len && err.text[0] != '\0');
		return 0;
	}
	if (chy_label_parse(chy_slice_from(text, size / 2), &b, &err) !=
	    CHY_OK)
		b = chy_label_bottom();
	join = chy_label_join(&a, &b);
	FUZZ_HOLDS(chy_label_leq(&a, &join) && chy_label_leq(&b, &join));
	again = chy_label_portion(&a, chy_slice_from(text, size / 2));
	FUZZ_HOLDS(chy_label_leq(&again, &again));
	(void)chy_label_print(&a, out, sizeof(out));
	if (a.overflow) {
		chy_reader reader = { .label = a };

		FUZZ_HOLDS(!chy_label_may(&reader, &a, NULL));
		return 0;
	}
	FUZZ_HOLDS(chy_label_parse(chy_slice_of(out), &again, &err) ==
	    CHY_OK);
	FUZZ_HOLDS(chy_label_eq(&a, &again));
	return 0;
}
