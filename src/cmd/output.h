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
	bool	 begun;		/* something was written out */
	int	 sys;		/* errno of the write that failed; 0 */
} output;

void	output_init(output *out);
chy_status output_flush(output *out);
/* The same for what a command writes to: true when all of it got through. */
bool	out_flush(chy_sink *out);
/* Whether some of it is out; if not, it can be taken back. */
bool	out_begun(const chy_sink *out);
void	out_take_back(chy_sink *out);

#endif
