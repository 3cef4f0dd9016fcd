/*
 * A program that holds the whole core and links no library but libc: that it
 * links is the test, and core-alone.sh looks at what it then needs.
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/slice.h"
#include "forms/forms.h"

int
main(void)
{
	return chy_form_at(0) == NULL;
}
