/*
 * What the archive holds, and whether it agrees with itself.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>

#include "base/ascii.h"
#include "forms/forms.h"
#include "store/pack.h"
#include "store/store_int.h"

static int
hex_value(char c)
{
	if (chy_is_digit(c))
		return c - '0';
	c = chy_lower(c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

chy_status
chy_store_find_hash(chy_store *store, chy_slice hex, chy_arena *arena,
    int64_t **ret, uint32_t *ret_n, chy_error *err)
{
	unsigned char low[CHY_SHA256], high[CHY_SHA256];
	chy_stmt *s = chy_store_stmt(store, ST_FIND_HASH, err);
	chy_status st;
	bool row;

	if (s == NULL)
		return CHY_ERR_STORE;
	memset(low, 0x00, sizeof(low));
	memset(high, 0xff, sizeof(high));
	if (hex.len < 8 || hex.len > 2 * sizeof(low))
		return chy_fail(err, CHY_ERR_INVALID, "a hash is at least 8 and "
		    "at most 64 digits, as sha:0123abcd");
	for (size_t i = 0; i < hex.len; i++) {
		int v = hex_value(hex.ptr[i]);
		unsigned shift = i % 2 == 0 ? 4 : 0;

		if (v < 0)
			return chy_fail(err, CHY_ERR_INVALID, "a hash has only "
			    "the digits 0 to 9 and a to f");
		low[i / 2] |= (unsigned char)((unsigned)v << shift);
		high[i / 2] &= (unsigned char)~((unsigned)(15 - v) << shift);
	}
	*ret = chy_arena_alloc(arena, 100 * sizeof(**ret));
	*ret_n = 0;
	if (*ret == NULL)
		return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	chy_stmt_blob(s, 1, (chy_slice){ (const char *)low, sizeof(low) });
	chy_stmt_blob(s, 2, (chy_slice){ (const char *)high, sizeof(high) });
	while ((st = chy_stmt_step(s, &row, err)) == CHY_OK && row &&
	    *ret_n < 100)
		(*ret)[(*ret_n)++] = chy_column_int(s, 0);
	chy_stmt_reset(s);
	return st;
}

chy_status
chy_store_next_original(chy_store *store, int64_t id, int64_t *ret,
    chy_error *err)
{
	chy_stmt *s = chy_store_stmt(store, ST_NEXT_ORIGINAL, err);
	chy_status st;
	bool row;

	if (s == NULL)
		return CHY_ERR_STORE;
	chy_stmt_int(s, 1, id);
	st = chy_stmt_step(s, &row, err);
	if (st == CHY_OK)
		*ret = row ? chy_column_int(s, 0) : 0;
	chy_stmt_reset(s);
	return st;
}

chy_status
chy_store_unread(chy_store *store,
    chy_status (*each)(void *arg, const chy_unread_row *row), void *arg,
    chy_error *err)
{
	chy_stmt *s = chy_store_stmt(store, ST_GET_UNREAD, err);
	chy_status st;
	bool row;

	if (s == NULL)
		return CHY_ERR_STORE;
	while ((st = chy_stmt_step(s, &row, err)) == CHY_OK && row) {
		chy_unread_row r = {
			chy_column_int(s, 0), chy_column_blob(s, 1),
			chy_column_text(s, 2), (uint32_t)chy_column_int(s, 3),
			(uint64_t)chy_column_int(s, 4), chy_column_text(s, 5),
		};

		st = each(arg, &r);
		if (st != CHY_OK)
			break;
	}
	chy_stmt_reset(s);
	return st;
}

chy_status
chy_store_is_unread(chy_store *store, int64_t id, bool *ret, chy_error *err)
{
	chy_stmt *s = chy_store_stmt(store, ST_IS_UNREAD, err);
	chy_status st;

	if (s == NULL)
		return CHY_ERR_STORE;
	chy_stmt_int(s, 1, id);
	st = chy_stmt_step(s, ret, err);
	chy_stmt_reset(s);
	return st;
}

chy_status
chy_store_measure(chy_store *store, chy_store_sizes *ret, chy_error *err)
{
	chy_store_sizes z = { 0 };
	uint64_t bytes = 0;
	int64_t without = 0;
	chy_status st = chy_store_number(store,
	    "SELECT count(*) FROM original", &z.originals, err);

	if (st == CHY_OK)
		st = chy_store_number(store, "SELECT COALESCE(SUM(size), 0) "
		    "FROM original", &z.original_bytes, err);
	if (st == CHY_OK)
		st = chy_store_number(store, "SELECT COALESCE(SUM(length(data)), "
		    "0) FROM bytes", &z.stored_bytes, err);
	if (st == CHY_OK)
		st = chy_store_number(store, "SELECT count(*) FROM unread",
		    &z.unread, err);
	if (st == CHY_OK)
		st = chy_db_size(store->db, &bytes, err);
	/* Filed before names and sketches were kept. */
	if (st == CHY_OK)
		st = chy_store_number(store, "SELECT count(*) FROM telegram t "
		    "LEFT JOIN likeness l ON l.telegram = t.original "
		    "WHERE l.telegram IS NULL", &without, err);
	z.archive_bytes = (int64_t)bytes;
	for (uint32_t i = 0; i < store->columns.n_tels; i++)
		z.stale += store->columns.tels[i].reader != CHY_FORMS_VERSION;
	/* Those of an older reader are mostly the same. */
	if (without > z.stale)
		z.stale = without;
	if (st == CHY_OK)
		*ret = z;
	return st;
}

void
chy_store_leak(chy_store *store, bool leak)
{
	store->leak = leak;
}

/* Each counts what must not be; 0 is sound. */
static const struct {
	const char *words;
	const char *sql;
} checks[] = {
	{ "originals without their bytes",
	  "SELECT count(*) FROM original o LEFT JOIN bytes b "
	  "ON b.original = o.id WHERE b.original IS NULL" },
	{ "lists of names without their telegram",
	  "SELECT count(*) FROM likeness l LEFT JOIN telegram t "
	  "ON t.original = l.telegram WHERE t.original IS NULL" },
	{ "bytes without an original",
	  "SELECT count(*) FROM bytes b LEFT JOIN original o "
	  "ON o.id = b.original WHERE o.id IS NULL" },
	{ "originals neither read nor unread",
	  "SELECT count(*) FROM original o LEFT JOIN telegram t "
	  "ON t.original = o.id LEFT JOIN unread u ON u.original = o.id "
	  "WHERE t.original IS NULL AND u.original IS NULL" },
	{ "telegrams without an original",
	  "SELECT count(*) FROM telegram t LEFT JOIN original o "
	  "ON o.id = t.original WHERE o.id IS NULL" },
	{ "gaps in the numbers of originals",
	  "SELECT COALESCE(MAX(id), 0) - count(*) FROM original" },
	{ "gaps in the numbers of rows",
	  "SELECT COALESCE(MAX(first_row + row_count) - 1, 0) - "
	  "COALESCE(SUM(row_count), 0) FROM telegram" },
	{ "telegrams whose rows are not theirs",
	  "SELECT count(*) FROM telegram WHERE length(rows) <> 13 * row_count" },
	{ "citations of no telegram",
	  "SELECT count(*) FROM citation c LEFT JOIN telegram t "
	  "ON t.original = c.telegram WHERE t.original IS NULL" },
	{ "telegrams whose label is not in the table of labels",
	  "SELECT count(*) FROM telegram t LEFT JOIN label l "
	  "ON l.id = t.label WHERE l.id IS NULL" },
	{ "originals of a container that is not there",
	  "SELECT count(*) FROM original o LEFT JOIN container c "
	  "ON c.id = o.container WHERE o.container IS NOT NULL "
	  "AND c.id IS NULL" },
	{ "telegrams filed under rules, but not distributed",
	  "SELECT count(*) FROM telegram t WHERE t.original >= "
	  "(SELECT MIN(since) FROM rules) AND NOT EXISTS "
	  "(SELECT 1 FROM distribution d WHERE d.original = t.original)" },
	{ "deliveries of no distribution",
	  "SELECT count(*) FROM delivery v LEFT JOIN distribution d "
	  "ON d.original = v.original WHERE d.original IS NULL "
	  "AND v.by_hand = 0" },
	{ "telegrams with more than one action office at an addressee",
	  "SELECT count(*) FROM (SELECT 1 FROM delivery WHERE kind = 0 "
	  "AND state = 0 GROUP BY original, addressee HAVING count(*) > 1) "
	  "AS several" },
};

chy_status
chy_store_check(chy_store *store, void (*fault)(void *arg, chy_slice words),
    void *arg, chy_error *err)
{
	chy_status st = chy_db_check(store->db, fault, arg, err);
	bool sound = true;

	if (st == CHY_OK)
		st = chy_store_check_dictionaries(store, fault, arg, err);
	for (size_t i = 0; i < ARRAY_LEN(checks) && st == CHY_OK; i++) {
		int64_t n;
		char words[120];

		st = chy_store_number(store, checks[i].sql, &n, err);
		if (st != CHY_OK || n == 0)
			continue;
		(void)snprintf(words, sizeof(words), "%s: %lld",
		    checks[i].words, (long long)n);
		fault(arg, chy_slice_of(words));
	}
	if (st == CHY_OK)
		st = chy_text_check(store->db, &sound, err);
	if (st == CHY_OK && !sound)
		fault(arg, CHY_SLICE("the text index does not hold what the "
		    "telegrams say; run chancery reindex"));
	return st;
}
