/*
 * Progress of work that goes over the whole archive.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_CMD_WORK_H
#define CHY_CMD_WORK_H

#include "cmd/cmd.h"

/* Start the clock of p and fill what registry/ asks for. */
chy_work_options cmd_work(cmd_progress *p);

#endif
