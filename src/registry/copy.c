/*
 * Moving an archive to another address.
 *
 * SPDX-License-Identifier: ISC
 */
#include "registry/registry_int.h"

chy_status
chy_registry_copy(chy_registry *from, chy_registry *to,
    const chy_reader *reader, const chy_work_options *opts,
    chy_copy_counts *ret, chy_error *err)
{
	chy_copied n = { 0 };
	chy_status st = chy_owner_only(reader, "copy", err);

	if (st == CHY_OK)
		st = chy_store_copy(from->store, to->store,
		    opts != NULL ? opts->progress : NULL,
		    opts != NULL ? opts->arg : NULL, &n, err);
	*ret = (chy_copy_counts){ n.originals, n.bytes, n.tables, n.rows,
	    n.telegrams };
	return st;
}
