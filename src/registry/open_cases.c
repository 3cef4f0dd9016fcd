/*
 * Open cases for the rules: whose members and watchers rule conditions ask
 * for.
 *
 * A copy that goes to a case's watcher tells whoever sees the distribution
 * that there is a case. So a case counts only for telegrams whose own readers
 * may know of it.
 *
 * Source: workflow B.1, rule R32.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "marking/marking.h"
#include "registry/distribution_int.h"
#include "registry/programme_int.h"
#include "store/casework.h"

struct chy_open_cases {
	chy_arena      arena;
	chy_open_case *list;
	chy_label     *labels;
	uint32_t       n;
};

/* The watchers and members of one. */
static chy_status
load_case(chy_store *store, const chy_docket *docket, chy_arena *arena,
    chy_open_case *ret, chy_error *err)
{
	chy_docket_entry *entries;
	chy_docket_member *members;
	chy_slice *watchers = NULL, *ids = NULL;
	uint32_t n_entries, n_members, n = 0;
	chy_status st = chy_store_docket_entry_list(store, docket->name, arena,
	    &entries, &n_entries, err);

	if (st == CHY_OK)
		st = chy_store_docket_member_list(store, docket->name, arena,
		    &members, &n_members, err);
	if (st != CHY_OK)
		return st;
	watchers = chy_arena_zalloc(arena, (size_t)n_entries + 1,
	    sizeof(*watchers));
	ids = chy_arena_zalloc(arena, (size_t)n_members + 1, sizeof(*ids));
	if (watchers == NULL || ids == NULL)
		return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	for (uint32_t i = 0; i < n_entries; i++)
		if (chy_slice_eq(entries[i].kind, CHY_SLICE("watcher")))
			watchers[n++] = entries[i].value;
	for (uint32_t i = 0; i < n_members; i++)
		ids[i] = members[i].telegram;
	*ret = (chy_open_case){ .id = docket->name,
	    .members = { ids, n_members }, .watchers = { watchers, n } };
	return CHY_OK;
}

static chy_status
load(chy_store *store, const chy_reader *reader, chy_open_cases *cases,
    chy_error *err)
{
	chy_docket *dockets;
	uint32_t n;
	chy_status st = chy_store_docket_list(store, CHY_EMPTY, &cases->arena,
	    &dockets, &n, err);

	if (st != CHY_OK)
		return st;
	cases->list = chy_arena_zalloc(&cases->arena, (size_t)n + 1,
	    sizeof(*cases->list));
	cases->labels = chy_arena_zalloc(&cases->arena, (size_t)n + 1,
	    sizeof(*cases->labels));
	if (cases->list == NULL || cases->labels == NULL)
		return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	for (uint32_t i = 0; st == CHY_OK && i < n; i++) {
		chy_label label = chy_kept_label(dockets[i].label);

		if (dockets[i].closed != CHY_NO_DAY || (reader != NULL &&
		    !chy_label_may(reader, &label, NULL)))
			continue;
		st = load_case(store, &dockets[i], &cases->arena,
		    &cases->list[cases->n], err);
		cases->labels[cases->n++] = label;
	}
	return st;
}

chy_status
chy_open_cases_load(chy_store *store, const chy_reader *reader,
    chy_open_cases **ret, chy_error *err)
{
	chy_open_cases *cases = calloc(1, sizeof(*cases));
	chy_status st;

	*ret = NULL;
	if (cases == NULL)
		return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	chy_arena_init(&cases->arena, 0);
	st = load(store, reader, cases, err);
	if (st == CHY_OK)
		*ret = cases;
	else
		chy_open_cases_free(cases);
	return st;
}

void
chy_open_cases_free(chy_open_cases *cases)
{
	if (cases == NULL)
		return;
	chy_arena_done(&cases->arena);
	free(cases);
}

chy_status
chy_open_cases_for(const chy_open_cases *cases, const chy_telegram *tel,
    chy_arena *arena, chy_distribute_options *opts, chy_error *err)
{
	chy_open_case *list;
	chy_label own;
	uint32_t n = 0;

	opts->cases = NULL;
	opts->n_cases = 0;
	if (cases == NULL || cases->n == 0)
		return CHY_OK;
	list = chy_arena_zalloc(arena, cases->n, sizeof(*list));
	if (list == NULL)
		return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	own = chy_label_telegram(tel);
	for (uint32_t i = 0; i < cases->n; i++)
		if (chy_label_leq(&cases->labels[i], &own))
			list[n++] = cases->list[i];
	opts->cases = list;
	opts->n_cases = n;
	return CHY_OK;
}

chy_status
chy_registry_open_cases(chy_registry *reg, const chy_reader *reader,
    chy_open_cases **ret, chy_error *err)
{
	struct asking a;
	chy_status st = chy_asking_begin(&a, reg, reader, err);

	if (st != CHY_OK)
		return st;
	st = chy_open_cases_load(reg->store, reader, ret, err);
	chy_asking_end(&a);
	return st;
}
