/*
 * Distribution at filing: what import.c and state.c call while a telegram is
 * being put into the archive.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_REGISTRY_DISTRIBUTION_INT_H
#define CHY_REGISTRY_DISTRIBUTION_INT_H

#include "registry/distribution.h"
#include "registry/registry_int.h"
#include "store/store_distribution.h"

/* Rules in force, for one import. */
struct in_force {
	chy_ruleset *set;	/* NULL: none are kept */
	int64_t	     id;
	int64_t	     since;
	chy_open_cases *cases;
};

/* Of all that are open; with a reader, of those that reader may know of.
 * Inside a snapshot or a transaction. */
chy_status chy_open_cases_load(chy_store *store, const chy_reader *reader,
    chy_open_cases **ret, chy_error *err);

/* What the rules say of a telegram, the open cases known. The scratch is
 * reset; it may be NULL. Any thread may ask. */
chy_status chy_in_force_distribute(const struct in_force *rules,
    const chy_telegram *tel, chy_arena *scratch, chy_arena *arena,
    chy_distribution *ret, chy_error *err);

/* Load those kept last; inside a snapshot or a transaction. The first without
 * the open cases, for whom the rules alone are wanted. */
chy_status chy_in_force_rules(chy_store *store, struct in_force *ret,
    chy_error *err);
chy_status chy_in_force_load(chy_store *store, struct in_force *ret,
    chy_error *err);
void	chy_in_force_done(struct in_force *rules);

/* One telegram that was just filed, and what the rules say. */
struct filing_of {
	int64_t	  original;
	chy_slice canonical_id;
	bool	  corrected;
	bool	  copy;		/* of one that is filed already */
	const chy_distribution *d;
	int64_t	  now;
};

/* Record it, in the transaction that files: send what is new, recall what a
 * corrected copy does not send any more. */
chy_status chy_distribution_file(chy_store *store,
    const struct in_force *rules, const struct filing_of *f, chy_error *err);

#endif
