/*
 * A file that was put into the program when it was built (tools/embed.py):
 * SQL of the schema, pages, samples.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_BASE_ASSET_H
#define CHY_BASE_ASSET_H

#include "base/slice.h"

typedef struct chy_asset {
	const char *name;	/* path below its folder; NULL ends a table */
	chy_slice   data;	/* a NUL follows that is not counted */
	const char *tag;	/* changes with the data; for caches */
} chy_asset;

#endif
