/*
 * Fuzz target: the search language. What is understood is understood again
 * as shown back; what is refused has its place inside the query and words.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>
#include <stdlib.h>

#include "fuzz.h"
#include "query/query.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	chy_slice text = { (const char *)data, size };
	chy_error err = { .status = CHY_OK };
	chy_buf once = CHY_BUF_INIT, twice = CHY_BUF_INIT;
	chy_query *query, *again;
	chy_status st = chy_query_parse(text, 0, &query, &err);

	if (st != CHY_OK) {
		FUZZ_HOLDS(err.off <= size && err.text[0] != '\0');
		return 0;
	}
	chy_query_print(query->root, &once);
	st = chy_query_parse(chy_buf_slice(&once), 0, &again, &err);
	/* Only its length may be too much: a country's name becomes more. */
	if (st == CHY_OK) {
		chy_query_print(again->root, &twice);
		FUZZ_HOLDS(chy_slice_eq(chy_buf_slice(&once),
		    chy_buf_slice(&twice)));
		chy_query_free(again);
	} else {
		FUZZ_HOLDS(st == CHY_ERR_TOO_LARGE);
	}
	chy_query_free(query);
	chy_buf_done(&once);
	chy_buf_done(&twice);
	return 0;
}
