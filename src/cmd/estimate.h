/*
 * Printing the estimated date of a telegram that is not filed.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_CMD_ESTIMATE_H
#define CHY_CMD_ESTIMATE_H

#include "cmd/output.h"

/* "estimate": { ... }, or null where there is none. */
void	json_estimate(json *j, const chy_estimate *e);

#endif
