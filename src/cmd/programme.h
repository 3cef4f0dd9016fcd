/*
 * What the files of the verb programme share, and what the demo wants of it.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_CMD_PROGRAMME_H
#define CHY_CMD_PROGRAMME_H

#include "cmd/cmd.h"
#include "registry/programme.h"

/* One word of the verb, with what it was given. */
struct cmd_programme {
	cmd_env *env;
	chy_slice id;
	int	 argc;		/* words after the id */
	char   **argv;
	bool	 json, csv;
	long	 year;		/* 0: not given */
	const char *subject;	/* NULL: all */
	int32_t	 today;
};

/* Words that print; each returns an exit status. */
int	cmd_programme_show(struct cmd_programme *t);
int	cmd_programme_table(struct cmd_programme *t);
int	cmd_programme_due(struct cmd_programme *t);
int	cmd_programme_predict(struct cmd_programme *t);

/* A cell of CSV (RFC 4180), in quotes where it needs them or a program would
 * take it for a formula. */
void	cmd_csv_text(chy_sink *out, chy_slice text);

/* Describe the bundled programmes of the samples and load their tables. */
chy_status cmd_programme_samples(chy_registry *reg, chy_error *err);

#endif
