/*
 * Standard output as a sink; what is written to it is in answer/.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_CMD_OUTPUT_H
#define CHY_CMD_OUTPUT_H

#include "answer/print.h"

/* Standard output, buffered. One in a program; flush before it ends. */
typedef struct output {
	chy_sink sink;
	chy_buf	 buf;
	int	 sys;		/* errno of the write that failed; 0 */
} output;

void	output_init(output *out);
chy_status output_flush(output *out);
/* The same for what a command writes to: true when all of it got through. */
bool	out_flush(chy_sink *out);

#endif
