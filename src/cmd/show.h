/*
 * What verbs about one filed telegram share: saying that it is not there.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_CMD_SHOW_H
#define CHY_CMD_SHOW_H

#include "cmd/cmd.h"

/* A failure about one address; when nothing of it is filed, say so with
 * addresses like it and go on. Returns EXIT_DONE to go on, or an exit status
 * to end with. */
int	cmd_not_shown(cmd_env *env, const char *address, const chy_error *err);

#endif
