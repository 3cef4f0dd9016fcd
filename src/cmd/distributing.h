/*
 * What the verbs of distribution share.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_CMD_DISTRIBUTING_H
#define CHY_CMD_DISTRIBUTING_H

#include "cmd/cmd.h"
#include "registry/distribution.h"

/* Read rules; after a message an exit status other than EXIT_DONE. */
int	cmd_read_rules(const cmd_env *env, const char *path,
    chy_ruleset **ret);

/* Who does it: as given, else the user's login name, else "owner". */
chy_slice cmd_who(const char *given);

/* "2026-03-10T14:51Z". */
void	cmd_put_time(chy_sink *out, int64_t seconds);

/* The reasons of a delivery, a rule a line with its prose and words. */
void	cmd_put_because(chy_sink *out, const chy_delivery *d);

/* A filed delivery as an object, its own fields and those of `told`. */
void	cmd_json_delivery(chy_sink *out, const chy_filed_delivery *f);

#endif
