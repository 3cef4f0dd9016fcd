/*
 * PostgreSQL: connections, transactions, and its errors in our words.
 *
 * The address is libpq's own, so several hosts, certificates and password
 * files work as they do elsewhere. Who writes asks for a server that takes
 * writes, who reads takes any. A connection that breaks between two
 * transactions is made again, with patience where several hosts are named,
 * because then another takes over.
 *
 * One writer at a time holds the archive's lock for its transaction: numbers
 * of originals and rows stay dense, and who comes second sees all that the
 * first filed. The lock queues, so many importers get their turn.
 *
 * Source: postgresql.org/docs/15/libpq.html, errcodes-appendix.html.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "db/pg_int.h"

#define CONNECT_SECONDS	"5"
#define PATIENCE	60.0	/* seconds that a failover may take */
#define READ_PATIENCE	5.0	/* of who reads, where nobody takes over */
#define WORDS_MAX	400

static double
seconds(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static bool
is_mine(const char *where)
{
	return strncmp(where, "postgresql://", 13) == 0 ||
	    strncmp(where, "postgres://", 11) == 0;
}


/* ---- errors ---- */

/* The first line, without what the server puts before it. */
static void
first_line(const char *words, char *out, size_t size)
{
	static const char *const heads[] = { "ERROR:  ", "FATAL:  ",
	    "PANIC:  " };
	size_t n = 0;

	for (size_t i = 0; i < ARRAY_LEN(heads); i++)
		if (strncmp(words, heads[i], 8) == 0)
			words += 8;
	while (words[n] != '\0' && words[n] != '\n' && n + 1 < size) {
		out[n] = words[n];
		n++;
	}
	out[n] = '\0';
}

static chy_status
lost(struct chy_pg *db, const char *words, chy_error *err)
{
	char line[WORDS_MAX];

	db->lost = true;
	if (db->at != PG_IDLE)
		db->at = PG_DEAD;
	first_line(words, line, sizeof(line));
	return chy_fail(err, CHY_ERR_IO, "archive: the connection to the server "
	    "was lost (%.100s); what was committed is kept, run it again", line);
}

chy_status
chy_pg_fail(struct chy_pg *db, const PGresult *res, chy_error *err)
{
	const char *code = res != NULL ?
	    PQresultErrorField(res, PG_DIAG_SQLSTATE) : NULL;
	const char *words = res != NULL ?
	    PQresultErrorMessage(res) : PQerrorMessage(db->conn);
	char line[WORDS_MAX];

	if (PQstatus(db->conn) == CONNECTION_BAD || code == NULL ||
	    strncmp(code, "57P", 3) == 0 || strncmp(code, "08", 2) == 0)
		return lost(db, words, err);
	first_line(words, line, sizeof(line));
	if (strcmp(code, "55P03") == 0 || strcmp(code, "40P01") == 0 ||
	    strcmp(code, "40001") == 0 || strcmp(code, "57014") == 0)
		return chy_fail(err, CHY_ERR_BUSY, "archive: the archive is in "
		    "use by another process; try again when it has finished");
	if (strcmp(code, "53100") == 0)
		return chy_fail(err, CHY_ERR_IO, "archive: the disk is full on "
		    "the server; what was committed is kept, make room and run "
		    "it again");
	if (strcmp(code, "25006") == 0) {
		/* The server became a standby, or never was anything else. */
		db->lost = true;
		return chy_fail(err, CHY_ERR_IO, "archive: the server takes no "
		    "writes; name the one that does in the address");
	}
	if (strcmp(code, "42501") == 0)
		return chy_fail(err, CHY_ERR_IO, "archive: no permission (%.120s)"
		    "; see chancery-postgresql(7) for the rights needed", line);
	if (strcmp(code, "58030") == 0)
		return chy_fail(err, CHY_ERR_IO, "archive: the disk of the server "
		    "failed (%.100s); what was committed is kept", line);
	if (strncmp(code, "XX", 2) == 0)
		return chy_fail(err, CHY_ERR_STORE, "archive: the archive is "
		    "damaged (%.120s); take the last backup", line);
	return chy_fail(err, CHY_ERR_STORE, "archive: %.180s", line);
}

chy_status
chy_pg_fail_clear(struct chy_pg *db, PGresult *res, chy_error *err)
{
	chy_status st = chy_pg_fail(db, res, err);

	PQclear(res);
	return st;
}


/* ---- connecting ---- */

/* The address without its password: what stands between ':' and '@', or is
 * given as a parameter. */
static char *
without_password(const char *where)
{
	size_t len = strlen(where);
	char *out = malloc(len + 8);
	const char *start = strstr(where, "://"), *end, *at = NULL;
	size_t n = 0;

	if (out == NULL || start == NULL) {
		free(out);
		return NULL;
	}
	start += 3;
	end = start + strcspn(start, "/?");
	for (const char *p = start; p < end; p++)
		if (*p == '@')
			at = p;
	for (const char *p = where; *p != '\0';) {
		if (at != NULL && p == start) {
			const char *colon = memchr(start, ':',
			    (size_t)(at - start));

			while (p < (colon != NULL ? colon : at))
				out[n++] = *p++;
			p = at;
		} else if (strncmp(p, "password=", 9) == 0 && p > where &&
		    (p[-1] == '?' || p[-1] == '&' || p > end)) {
			p += 9 + strcspn(p + 9, "&");
		} else {
			out[n++] = *p++;
		}
	}
	out[n] = '\0';
	return out;
}

static void
notice(void *arg, const PGresult *res)
{
	(void)arg;
	(void)res;
}

/* What the address leaves open is ours; where it says something it holds,
 * but that who writes needs a server for it. */
static chy_status
connect_once(struct chy_pg *db, chy_error *err)
{
	static const struct { const char *key, *value; } ours[] = {
		{ "application_name", "chancery" },
		{ "connect_timeout", CONNECT_SECONDS },
		{ "keepalives_idle", "10" },
		{ "keepalives_interval", "5" },
		{ "keepalives_count", "3" },
		{ "tcp_user_timeout", "20000" },
	};
	char *words = NULL, line[WORDS_MAX];
	PQconninfoOption *given = PQconninfoParse(db->where, &words);
	const char *keys[64], *values[64];
	PGresult *res;
	size_t n = 0;
	chy_status st;

	if (given == NULL) {
		first_line(words != NULL ? words : "", line, sizeof(line));
		PQfreemem(words);
		return chy_fail(err, CHY_ERR_INVALID, "%s: not an address of "
		    "PostgreSQL (%.100s)", db->shown, line);
	}
	for (PQconninfoOption *o = given; o->keyword != NULL && n < 50; o++) {
		const char *value = o->val;

		for (size_t i = 0; value == NULL && i < ARRAY_LEN(ours); i++)
			if (strcmp(o->keyword, ours[i].key) == 0)
				value = ours[i].value;
		if (!db->read_only &&
		    strcmp(o->keyword, "target_session_attrs") == 0)
			value = "read-write";
		if (strcmp(o->keyword, "client_encoding") == 0)
			value = "UTF8";
		if (strcmp(o->keyword, "host") == 0 && value != NULL &&
		    strchr(value, ',') != NULL)
			db->many_hosts = true;
		if (value == NULL)
			continue;
		keys[n] = o->keyword;
		values[n++] = value;
	}
	keys[n] = values[n] = NULL;
	PQfinish(db->conn);
	db->conn = PQconnectdbParams(keys, values, 0);
	PQconninfoFree(given);
	if (PQstatus(db->conn) != CONNECTION_OK) {
		const char *why = PQerrorMessage(db->conn);
		const char *fatal = strstr(why, "FATAL:  ");

		first_line(fatal != NULL ? fatal : why, line, sizeof(line));
		PQfinish(db->conn);
		db->conn = NULL;
		return chy_fail(err, CHY_ERR_IO, "%.90s: no connection (%.120s)",
		    db->shown, line);
	}
	PQsetNoticeReceiver(db->conn, notice, NULL);
	db->generation++;
	db->at = PG_IDLE;
	db->streaming = NULL;
	/* Plans are kept as long as the connection, and one that was made while
	 * tables were empty would go through all of them later. What is asked
	 * here has an index. */
	st = chy_pg_run(db, "SET synchronous_commit = on; SET jit = off;"
	    "SET enable_seqscan = off;"
	    "SET bytea_output = hex; SET standard_conforming_strings = on;"
	    "SET idle_in_transaction_session_timeout = 0", err);
	if (st != CHY_OK)
		return st;
	res = PQexec(db->conn, "SHOW server_encoding");
	if (PQresultStatus(res) != PGRES_TUPLES_OK)
		return chy_pg_fail_clear(db, res, err);
	if (strcmp(PQgetvalue(res, 0, 0), "UTF8") != 0)
		st = chy_fail(err, CHY_ERR_UNSUPPORTED, "%.90s: the database is "
		    "not in UTF8; make one with createdb --encoding=UTF8 "
		    "--template=template0", db->shown);
	PQclear(res);
	return st;
}

/* Again and again while another host may take over, or the same come back. */
static chy_status
connect_patiently(struct chy_pg *db, chy_error *err)
{
	double end = seconds() + (db->read_only && !db->many_hosts ?
	    READ_PATIENCE : PATIENCE);
	struct timespec pause = { 0, 50000000 };
	chy_status st;

	for (;;) {
		st = connect_once(db, err);
		if (st != CHY_ERR_IO || seconds() >= end)
			return st;
		(void)nanosleep(&pause, NULL);
		if (pause.tv_nsec < 400000000)
			pause.tv_nsec *= 2;
	}
}

chy_status
chy_pg_ready(struct chy_pg *db, chy_error *err)
{
	if (db->conn != NULL && PQstatus(db->conn) == CONNECTION_OK &&
	    !db->lost)
		return CHY_OK;
	if (db->streaming != NULL)
		chy_pg_reset((chy_stmt *)(void *)db->streaming);
	chy_pg_forget(db);
	chy_pg_text_forget(db);
	db->lost = false;
	return connect_patiently(db, err);
}

static void
close_db(chy_db *base)
{
	struct chy_pg *db = chy_pg_of(base);

	chy_pg_text_done(db);
	chy_pg_stmt_done(db);
	chy_buf_done(&db->scratch);
	PQfinish(db->conn);
	free(db->where);
	free(db->shown);
	free(db);
}

/* The one text that a query gives; heap, NULL where there is none. */
static chy_status
one_text(struct chy_pg *db, const char *sql, char **ret, chy_error *err)
{
	PGresult *res = PQexec(db->conn, sql);

	*ret = NULL;
	if (PQresultStatus(res) != PGRES_TUPLES_OK)
		return chy_pg_fail_clear(db, res, err);
	if (PQntuples(res) == 1 && !PQgetisnull(res, 0, 0)) {
		size_t n = (size_t)PQgetlength(res, 0, 0);

		*ret = malloc(n + 1);
		if (*ret != NULL)
			memcpy(*ret, PQgetvalue(res, 0, 0), n + 1);
	}
	PQclear(res);
	return CHY_OK;
}

/* An archive is all tables of one schema: by default public, or the one that
 * the address names (options=-csearch_path=...), which is made if it may. */
static chy_status
need_schema(struct chy_pg *db, bool create, chy_error *err)
{
	char *have, *make = NULL;
	chy_status st = one_text(db, "SELECT current_schema()", &have, err);

	if (st != CHY_OK || have != NULL) {
		free(have);
		return st;
	}
	if (!create || db->read_only)
		return chy_fail(err, CHY_ERR_NOT_FOUND, "%.180s: there is no "
		    "such archive; import something to make it", db->shown);
	st = one_text(db, "SELECT format('CREATE SCHEMA IF NOT EXISTS %I', "
	    "trim(both ' \"' from split_part(current_setting('search_path'), "
	    "',', 1)))", &make, err);
	if (st == CHY_OK && make != NULL) {
		/* Two may make it at once: then one finds it there. */
		if (chy_pg_run(db, make, err) != CHY_OK) {
			st = one_text(db, "SELECT current_schema()", &have, err);
			if (st == CHY_OK && have == NULL)
				st = chy_pg_run(db, make, err);
			free(have);
		}
	}
	free(make);
	return st;
}

static chy_status
open_db(const char *where, const chy_db_options *opts, chy_db **ret_db,
    chy_error *err)
{
	struct chy_pg *db = calloc(1, sizeof(*db));
	chy_status st;

	if (db == NULL)
		return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	db->base.engine = &chy_db_postgresql;
	db->busy_ms = opts->busy_ms;
	db->read_only = opts->read_only;
	db->where = malloc(strlen(where) + 1);
	db->shown = without_password(where);
	if (db->where == NULL || db->shown == NULL) {
		close_db(&db->base);
		return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	}
	memcpy(db->where, where, strlen(where) + 1);
	st = connect_once(db, err);
	if (st == CHY_ERR_IO && db->many_hosts)
		st = connect_patiently(db, err);
	if (st == CHY_OK)
		st = need_schema(db, opts->create, err);
	if (st != CHY_OK) {
		close_db(&db->base);
		return st;
	}
	*ret_db = &db->base;
	return CHY_OK;
}

static void
show(const char *where, char *out, size_t size)
{
	char *shown = without_password(where);

	(void)snprintf(out, size, "%s", shown != NULL ? shown : "postgresql://");
	free(shown);
}

static bool
is_lost(const chy_db *base)
{
	const struct chy_pg *db = (const struct chy_pg *)(const void *)base;

	return db->lost || db->at == PG_DEAD;
}

static uint32_t
connection(const chy_db *base)
{
	const struct chy_pg *db = (const struct chy_pg *)(const void *)base;

	return db->generation;
}


/* ---- running ---- */

chy_status
chy_pg_quiet(struct chy_pg *db, chy_error *err)
{
	return db->streaming == NULL ? CHY_OK :
	    chy_pg_absorb(db->streaming, err);
}

chy_status
chy_pg_run(struct chy_pg *db, const char *sql, chy_error *err)
{
	PGresult *res = PQexec(db->conn, sql);
	ExecStatusType how = PQresultStatus(res);

	if (how != PGRES_COMMAND_OK && how != PGRES_TUPLES_OK &&
	    how != PGRES_EMPTY_QUERY)
		return chy_pg_fail_clear(db, res, err);
	PQclear(res);
	return CHY_OK;
}

static chy_status
dead(chy_error *err)
{
	return chy_fail(err, CHY_ERR_IO, "archive: the connection to the server "
	    "was lost; what was committed is kept, run it again");
}

static chy_status
exec(chy_db *base, const char *script, chy_error *err)
{
	struct chy_pg *db = chy_pg_of(base);
	chy_status st;

	if (db->at == PG_DEAD)
		return dead(err);
	st = db->at == PG_IDLE ? chy_pg_ready(db, err) : CHY_OK;
	if (st == CHY_OK)
		st = chy_pg_quiet(db, err);
	if (st == CHY_OK)
		st = chy_pg_send(db, err);
	return st != CHY_OK ? st : chy_pg_run(db, script, err);
}

static void
rollback(chy_db *base)
{
	struct chy_pg *db = chy_pg_of(base);

	chy_pg_forget(db);
	chy_pg_text_forget(db);
	if (db->streaming != NULL)
		chy_pg_reset((chy_stmt *)(void *)db->streaming);
	if (db->at == PG_READING || db->at == PG_WRITING)
		(void)chy_pg_run(db, "ROLLBACK", NULL);
	db->at = PG_IDLE;
}

/* One message each way. The lock is of the schema, so that two archives in
 * one database do not wait for each other. */
static chy_status
begin_once(struct chy_pg *db, bool write, chy_error *err)
{
	chy_status st;

	if (!write) {
		st = chy_pg_run(db,
		    "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", err);
	} else {
		chy_buf_reset(&db->scratch);
		chy_buf_printf(&db->scratch, "BEGIN; SET LOCAL lock_timeout = "
		    "%u; SELECT pg_advisory_xact_lock(hashtext(current_schema()"
		    "), 1667791481)", (unsigned)(db->busy_ms != 0 ?
		    db->busy_ms : 1));
		st = chy_buf_status(&db->scratch) != CHY_OK ? chy_fail(err,
		    CHY_ERR_NO_MEMORY, "no memory") :
		    chy_pg_run(db, chy_buf_slice(&db->scratch).ptr, err);
	}
	if (st == CHY_OK) {
		db->at = write ? PG_WRITING : PG_READING;
		return CHY_OK;
	}
	if (!db->lost)
		(void)chy_pg_run(db, "ROLLBACK", NULL);
	return st;
}

static chy_status
begin(chy_db *base, bool write, chy_error *err)
{
	struct chy_pg *db = chy_pg_of(base);
	chy_status st;

	if (db->at != PG_IDLE)
		rollback(base);
	st = chy_pg_ready(db, err);
	if (st == CHY_OK)
		st = chy_pg_quiet(db, err);
	if (st == CHY_OK)
		st = begin_once(db, write, err);
	/* It broke while nothing was going on. */
	if (st != CHY_OK && db->lost) {
		st = chy_pg_ready(db, err);
		if (st == CHY_OK)
			st = begin_once(db, write, err);
	}
	return st;
}

static chy_status
commit(chy_db *base, chy_error *err)
{
	struct chy_pg *db = chy_pg_of(base);
	chy_status st = db->at == PG_DEAD ? dead(err) : CHY_OK;
	PGresult *res;

	if (st == CHY_OK)
		st = chy_pg_quiet(db, err);
	if (st == CHY_OK)
		st = chy_pg_text_flush(db, err);
	if (st == CHY_OK)
		st = chy_pg_send(db, err);
	if (st != CHY_OK) {
		rollback(base);
		return st;
	}
	res = PQexec(db->conn, "COMMIT");
	if (PQresultStatus(res) != PGRES_COMMAND_OK) {
		st = chy_pg_fail_clear(db, res, err);
		rollback(base);
		return st;
	}
	/* A transaction that failed before ends by being rolled back. */
	if (strcmp(PQcmdStatus(res), "COMMIT") != 0)
		st = chy_fail(err, CHY_ERR_STORE, "archive: a change had failed, "
		    "so nothing was changed; try again");
	PQclear(res);
	db->at = PG_IDLE;
	return st;
}

/* While much is filed: when it is over, let the planner know what is there,
 * of tables that grew by more than a tenth since it last knew. Of a large
 * archive that takes seconds, too long after each folder. The tables of the
 * index are asked in ways that need no such knowledge. */
static chy_status
bulk(chy_db *base, bool on, chy_error *err)
{
	struct chy_pg *db = chy_pg_of(base);
	chy_error unsaid;
	char *analyze;

	(void)err;
	if (on || db->at != PG_IDLE || db->lost)
		return CHY_OK;
	/* Who does not own the tables may not, and then the server's own
	 * workers do it later. */
	if (one_text(db, "SELECT 'ANALYZE ' || "
	    "string_agg(oid::regclass::text, ', ') FROM pg_class "
	    "WHERE oid IN ('original'::regclass, 'telegram'::regclass, "
	    "'citation'::regclass) "
	    "AND pg_relation_size(oid) > 1.1 * relpages * "
	    "current_setting('block_size')::bigint", &analyze, &unsaid) !=
	    CHY_OK || analyze == NULL)
		return CHY_OK;
	(void)chy_pg_run(db, analyze, NULL);
	free(analyze);
	return CHY_OK;
}

static chy_status
one_number(struct chy_pg *db, const char *sql, int64_t *ret, chy_error *err)
{
	char *text;
	chy_status st = one_text(db, sql, &text, err);

	if (st == CHY_OK)
		*ret = text != NULL ? (int64_t)strtoll(text, NULL, 10) : 0;
	free(text);
	return st;
}

static chy_status
size(chy_db *base, uint64_t *ret_bytes, chy_error *err)
{
	struct chy_pg *db = chy_pg_of(base);
	int64_t bytes = 0;
	chy_status st = chy_pg_quiet(db, err);

	if (st == CHY_OK)
		st = one_number(db, "SELECT sum(pg_total_relation_size(c.oid)) "
		    "FROM pg_class c WHERE c.relkind = 'r' AND "
		    "c.relnamespace = "
		    "quote_ident(current_schema())::regnamespace", &bytes, err);
	*ret_bytes = (uint64_t)bytes;
	return st;
}

static chy_status
has_table(chy_db *base, const char *name, bool *ret, chy_error *err)
{
	struct chy_pg *db = chy_pg_of(base);
	const char *values[] = { name };
	PGresult *res;
	chy_status st = db->at == PG_IDLE ? chy_pg_ready(db, err) : CHY_OK;

	if (st == CHY_OK)
		st = chy_pg_quiet(db, err);
	if (st != CHY_OK)
		return st;
	res = PQexecParams(db->conn, "SELECT count(*) > 0 FROM pg_class c WHERE "
	    "c.relkind IN ('r', 'p') AND "
	    "c.relnamespace = quote_ident(current_schema())::regnamespace "
	    "AND ($1::text IS NULL OR c.relname = $1)", 1, NULL, values, NULL,
	    NULL, 0);
	if (PQresultStatus(res) != PGRES_TUPLES_OK)
		return chy_pg_fail_clear(db, res, err);
	*ret = PQgetvalue(res, 0, 0)[0] == 't';
	PQclear(res);
	return CHY_OK;
}

/* What the store's own checks cannot see behind the views of the schema. */
static const struct {
	const char *words, *sql;
} checks[] = {
	{ "bytes without an original",
	  "SELECT count(*) FROM bytes_by_year b LEFT JOIN original o "
	  "ON o.id = b.original AND o.year = b.year WHERE o.id IS NULL" },
	{ "indexes that are not valid",
	  "SELECT count(*) FROM pg_index i JOIN pg_class c "
	  "ON c.oid = i.indexrelid WHERE NOT i.indisvalid AND "
	  "c.relnamespace = quote_ident(current_schema())::regnamespace" },
	{ "gaps between the parts of the text index",
	  "SELECT count(*) FROM (SELECT first_row, lag(last_row, 1, 0) OVER "
	  "(ORDER BY first_row) + 1 AS next FROM text_segment) AS s "
	  "WHERE first_row <> next" },
	{ "pages of the text index that belong to no part of it",
	  "SELECT count(*) FROM text_page p WHERE NOT EXISTS "
	  "(SELECT 1 FROM text_segment s WHERE s.id = p.segment)" },
};

static chy_status
check(chy_db *base, void (*fault)(void *, chy_slice), void *arg,
    chy_error *err)
{
	struct chy_pg *db = chy_pg_of(base);
	chy_status st = chy_pg_quiet(db, err);
	char words[120];
	int64_t n;

	for (size_t i = 0; i < ARRAY_LEN(checks) && st == CHY_OK; i++) {
		st = one_number(db, checks[i].sql, &n, err);
		if (st != CHY_OK || n == 0)
			continue;
		(void)snprintf(words, sizeof(words), "%s: %lld",
		    checks[i].words, (long long)n);
		fault(arg, chy_slice_of(words));
	}
	return st;
}

/* original.year is the part's, which follows from the telegram. */
static chy_status
each_table(chy_db *base, chy_db_table_fn each, void *arg, chy_error *err)
{
	struct chy_pg *db = chy_pg_of(base);
	chy_status st = chy_pg_quiet(db, err);
	PGresult *res;

	if (st == CHY_OK)
		st = chy_pg_send(db, err);
	if (st != CHY_OK)
		return st;
	res = PQexec(db->conn, "SELECT c.relname, string_agg("
	    "quote_ident(a.attname), ', ' ORDER BY a.attnum), count(*) "
	    "FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid "
	    "WHERE c.relkind = 'r' AND NOT c.relispartition "
	    "AND c.relnamespace = quote_ident(current_schema())::regnamespace "
	    "AND c.relname NOT LIKE 'text\\_%' AND a.attnum > 0 "
	    "AND NOT a.attisdropped AND "
	    "(c.relname <> 'original' OR a.attname <> 'year') "
	    "GROUP BY c.oid, c.relname ORDER BY c.oid");
	if (PQresultStatus(res) != PGRES_TUPLES_OK)
		return chy_pg_fail_clear(db, res, err);
	for (int i = 0; i < PQntuples(res) && st == CHY_OK; i++)
		st = each(arg, chy_slice_of(PQgetvalue(res, i, 0)),
		    chy_slice_of(PQgetvalue(res, i, 1)),
		    (uint32_t)strtoul(PQgetvalue(res, i, 2), NULL, 10));
	PQclear(res);
	return st;
}

static chy_status
loaded(chy_db *base, chy_error *err)
{
	struct chy_pg *db = chy_pg_of(base);
	chy_status st = chy_pg_quiet(db, err);

	if (st == CHY_OK)
		st = chy_pg_send(db, err);
	return st != CHY_OK ? st : chy_pg_run(db, "DO $$ DECLARE t record; "
	    "BEGIN FOR t IN SELECT c.relname FROM pg_class c "
	    "JOIN pg_attribute a ON a.attrelid = c.oid "
	    "WHERE c.relnamespace = quote_ident(current_schema())::regnamespace "
	    "AND a.attname = 'id' AND a.attidentity <> '' LOOP EXECUTE format("
	    "'SELECT setval(pg_get_serial_sequence(%L, ''id''), "
	    "(SELECT COALESCE(MAX(id), 0) + 1 FROM %I), false)', "
	    "quote_ident(t.relname), t.relname); END LOOP; END $$", err);
}

const chy_db_engine chy_db_postgresql = {
	.name = "postgresql",
	.is_file = false,
	.is_far = true,
	.is_mine = is_mine,
	.open = open_db,
	.close = close_db,
	.show = show,
	.is_lost = is_lost,
	.connection = connection,
	.has_table = has_table,
	.exec = exec,
	.begin = begin,
	.commit = commit,
	.rollback = rollback,
	.bulk = bulk,
	.size = size,
	.check = check,
	.prepare = chy_pg_prepare,
	.stmt_free = chy_pg_stmt_free,
	.bind_int = chy_pg_bind_int,
	.bind_text = chy_pg_bind_text,
	.bind_blob = chy_pg_bind_blob,
	.bind_null = chy_pg_bind_null,
	.step = chy_pg_step,
	.reset = chy_pg_reset,
	.column_int = chy_pg_column_int,
	.column_text = chy_pg_column_text,
	.column_blob = chy_pg_column_blob,
	.column_is_null = chy_pg_column_is_null,
	.column_kind = chy_pg_column_kind,
	.each_table = each_table,
	.loaded = loaded,
	.text_source = chy_pg_text_source,
	.text_add = chy_pg_text_add,
	.text_clear = chy_pg_text_clear,
	.text_find = chy_pg_text_find,
	.text_words = chy_pg_text_words,
	.tend = chy_pg_text_merge,
	.text_check = chy_pg_text_check,
};
