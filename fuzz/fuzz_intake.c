/*
 * Any bytes through the intake. Holds: the pieces are the file, in order;
 * segments cover every byte received and every byte of the text; given in
 * small portions the pieces are the same as given at once.
 *
 * The first byte is the size of a portion; 0: all at once.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>
#include <stdlib.h>

#include "../tests/unit/pieces.h"
#include "fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	chy_slice bytes;
	pieces got, again;
	uint64_t off = 0;

	if (size == 0)
		return 0;
	bytes = (chy_slice){ (const char *)data + 1, size - 1 };
	got = pieces_of(bytes, 0);
	again = pieces_of(bytes, data[0] ? data[0] : 4096);
	FUZZ_HOLDS(got.n != SIZE_MAX && got.n == again.n);
	for (size_t i = 0; i < got.n; i++) {
		const kept_piece *a = &got.at[i], *b = &again.at[i];

		FUZZ_HOLDS(a->broken == NULL);
		FUZZ_HOLDS(a->raw_off == off);
		FUZZ_HOLDS(a->raw.len > 0);
		FUZZ_HOLDS(off + a->raw.len <= bytes.len);
		FUZZ_HOLDS(chy_slice_eq(a->raw, chy_slice_sub(bytes,
		    (size_t)off, a->raw.len)));
		FUZZ_HOLDS(chy_slice_eq(a->text, b->text));
		FUZZ_HOLDS(a->raw_off == b->raw_off && a->part == b->part);
		off += a->raw.len;
	}
	FUZZ_HOLDS(off == bytes.len);
	pieces_done(&got);
	pieces_done(&again);
	return 0;
}
