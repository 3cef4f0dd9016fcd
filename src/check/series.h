/*
 * Many telegrams side by side: what one of them shows only beside the others.
 * Add all, settle, then ask for the context of each to give to
 * chy_check_archive(). Keeps what it needs; the telegrams may go.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_CHECK_SERIES_H
#define CHY_CHECK_SERIES_H

#include "check/check.h"

typedef struct chy_series chy_series;

/* NULL without memory. */
chy_series *chy_series_new(void);
void	chy_series_free(chy_series *series);

/* Add one; `name` is what a reader finds it by (a file, sha:...), and may be
 * empty. In the order of arrival: of two copies the later is told of. */
CHY_MUST_USE chy_status chy_series_add(chy_series *series,
    const chy_telegram *tel, chy_slice name);

/* After the last was added. */
void	chy_series_settle(chy_series *series);

/*
 * What the others say of the one that was added as number `i`, from 0, of
 * whose references `missing` says nothing yet. Valid until the series is
 * freed or the next call.
 */
chy_check_context chy_series_context(chy_series *series, size_t i);

/* A telegram of that canonical id is among them. */
bool	chy_series_has(const chy_series *series, chy_slice id);

#endif
