/*
 * What serve and demo share: where to listen, and that it failed.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_CMD_LISTEN_H
#define CHY_CMD_LISTEN_H

#include "cmd/cmd.h"

/* "ADDR:PORT", "[::1]:PORT" or "PORT", which leaves address empty. Returns
 * EXIT_DONE, or EXIT_USAGE after a message. */
int	cmd_listen(const cmd_env *env, const char *text, char address[64],
    uint16_t *ret_port);

int	cmd_serve_failed(const cmd_env *env, const chy_error *err);

#endif
