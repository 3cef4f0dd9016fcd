/*
 * The import's pipeline, which import.c runs and walk.c feeds:
 *
 *	cutter -> blocks -> readers -> blocks -> writer
 *
 * One thread walks the folders and cuts files into telegrams; readers read,
 * hash and pack them; the calling thread is the one writer. Blocks are
 * numbered and written in order, so the same folders give the same archive
 * whatever the number of readers. There are few blocks, so memory does not
 * grow with what is imported.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_REGISTRY_IMPORT_INT_H
#define CHY_REGISTRY_IMPORT_INT_H

#include <pthread.h>

#include "registry/distribution_int.h"
#include "registry/registry_int.h"

#define BLOCK_BYTES	(512u << 10)
#define BLOCKS_MAX	16u
#define READERS_MAX	8u

enum item_kind {
	ITEM_FILE,		/* a file begins */
	ITEM_EMPTY,		/* it had not one byte */
	ITEM_PIECE,
	ITEM_END,		/* a file with several telegrams ends */
	ITEM_TROUBLE,		/* something could not be read */
};

struct item {
	enum item_kind kind;
	const char    *path;
	uint32_t       part;
	chy_piece      piece;
	chy_filing     filing;
	chy_distribution distribution;
	bool	       distributed;	/* the rules were asked */
	chy_error      why;
	unsigned char  sha256[CHY_SHA256];	/* of the file */
	uint64_t       size;
	bool	       counts;	/* a trouble that is of a whole file */
	struct item   *next;
};

enum block_state { BLOCK_EMPTY, BLOCK_CUT, BLOCK_READING, BLOCK_READ };

struct block {
	enum block_state state;
	chy_arena    arena;
	struct item *first;
	struct item **end;
	size_t	     bytes;
};

struct import {
	chy_registry *reg;
	const chy_import_options *opts;
	const char *const *paths;
	size_t	      n_paths;
	chy_slice     bytes;		/* in place of paths */
	bool	      in_memory;
	chy_slice     name;		/* of these */
	struct in_force rules;
	int64_t	      now;		/* of all that is sent */

	pthread_mutex_t lock;
	pthread_cond_t	changed;
	struct block  blocks[BLOCKS_MAX];
	uint32_t      n_blocks;
	uint64_t      next_cut, next_read, next_write;
	bool	      all_cut;		/* no block comes after next_cut */
	bool	      stop;
	chy_error     error;		/* of a thread; status OK: none */
	bool	      lost;		/* a reader's connection was */
	uint64_t      told;		/* troubles */
	uint64_t      total_files, total_bytes;
	bool	      total_known, total_unknown;
};

/* walk.c: the cutter's thread. */
void	*chy_import_cut(void *import);

/* Take note of what a thread failed by, and stop the others. */
void	chy_import_fail(struct import *im, const chy_error *err);

#endif
