/*
 * What a fuzz target is: one function over bytes that stops the program when
 * a property does not hold.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_FUZZ_FUZZ_H
#define CHY_FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>

int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Stop with these words; never compiled out. */
#define FUZZ_HOLDS(truth) do {						\
	if (!(truth)) {							\
		fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__,	\
		    __LINE__, #truth);					\
		abort();						\
	}								\
} while (0)

#endif
