/*
 * What every unit test includes: cmocka, and expectations whose first words
 * say what is claimed.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_TESTS_TESTING_H
#define CHY_TESTS_TESTING_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/slice.h"

#define EXPECT(label, truth) do {					\
	if (!(truth))							\
		fail_msg("%s: not so: %s", (label), #truth);		\
} while (0)

#define EXPECT_EQ(label, got, want) do {				\
	long long got_ = (long long)(got), want_ = (long long)(want);	\
									\
	if (got_ != want_)						\
		fail_msg("%s: %lld, not %lld", (label), got_, want_);	\
} while (0)

#define EXPECT_TEXT(label, got, want) do {				\
	chy_slice got_ = (got), want_ = chy_slice_of(want);		\
									\
	if (!chy_slice_eq(got_, want_))					\
		fail_msg("%s: \"%.*s\", not \"%.*s\"", (label),		\
		    CHY_ARG(got_), CHY_ARG(want_));			\
} while (0)

#endif
