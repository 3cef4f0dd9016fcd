/*
 * PostgreSQL: statements.
 *
 * A statement is prepared on the server when it first runs, and once for a
 * connection whoever asks for it again; "?" and "?2" become "$1" and "$2".
 * Values go and come in binary, by the types that the server tells. Rows
 * arrive one by one, so a large answer takes no memory; when another
 * statement needs the connection meanwhile, what is still to come is taken in.
 *
 * An INSERT of plain values inside a write transaction is not sent: its rows
 * are gathered and go by COPY, before any statement that names their table,
 * and at the commit. A row that is refused is told there; for the one who
 * files it is the same, because the whole transaction is void.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/ascii.h"
#include "base/utf8.h"
#include "db/pg_int.h"

/* pg_type.h, whose numbers never change. */
enum {
	OID_BOOL = 16, OID_BYTEA = 17, OID_INT8 = 20, OID_INT2 = 21,
	OID_INT4 = 23, OID_TEXT = 25, OID_FLOAT8 = 701, OID_VARCHAR = 1043,
	OID_NUMERIC = 1700,
};

#define PARAMS_MAX	128u

/* One text of SQL, as the server has it. */
struct pg_plan {
	char	 *given, *sql;	/* heap */
	char	  name[16];
	uint32_t  generation;	/* of the connection that has it; 0: none */
	int	  n_params;
	Oid	 *types;	/* heap */
	struct pg_sink *sink;	/* of a plain INSERT; NULL */
	bool	  repeats;	/* it only reads */
	uint8_t	  needs[PG_SINKS]; /* 0 not known yet, 1 no, 2 yes */
	struct pg_plan *next;
};

enum value_kind { VALUE_NULL, VALUE_INT, VALUE_TEXT, VALUE_BLOB };

struct value {
	enum value_kind kind;
	int64_t	  number;
	chy_slice bytes;
};

enum stmt_state { STMT_FRESH, STMT_ROWS, STMT_DONE };

struct pg_stmt {
	chy_stmt   base;
	struct chy_pg *db;
	struct pg_plan *plan;
	struct value *values;
	enum stmt_state state;
	PGresult  *row;
	PGresult **waiting;	/* rows taken in */
	size_t	   n_waiting, next_waiting, cap_waiting;
	chy_status after;	/* what came after them */
	chy_error  after_error;
	chy_arena  arena;	/* of one row's columns */
};

static struct pg_stmt *
stmt_of(chy_stmt *stmt)
{
	return (struct pg_stmt *)(void *)stmt;
}


/* ---- text of any bytes ---- */

/* U+10FF00 + byte; their UTF-8 begins F4 8F BC to BF. */
static size_t
utf8_length(const unsigned char *p, size_t left)
{
	if (p[0] == 0)
		return 0;
	if (p[0] < 0x80)
		return 1;
	if (p[0] >= 0xc2 && p[0] <= 0xdf)
		return left > 1 && (p[1] & 0xc0) == 0x80 ? 2 : 0;
	if (p[0] >= 0xe0 && p[0] <= 0xef) {
		if (left < 3 || (p[1] & 0xc0) != 0x80 || (p[2] & 0xc0) != 0x80 ||
		    (p[0] == 0xe0 && p[1] < 0xa0) ||
		    (p[0] == 0xed && p[1] > 0x9f))
			return 0;
		return 3;
	}
	if (p[0] >= 0xf0 && p[0] <= 0xf4) {
		if (left < 4 || (p[1] & 0xc0) != 0x80 || (p[2] & 0xc0) != 0x80 ||
		    (p[3] & 0xc0) != 0x80 || (p[0] == 0xf0 && p[1] < 0x90) ||
		    (p[0] == 0xf4 && p[1] > 0x8f))
			return 0;
		/* Those that stand for bytes are told as bytes. */
		if (p[0] == 0xf4 && p[1] == 0x8f && p[2] >= 0xbc)
			return 0;
		return 4;
	}
	return 0;
}

bool
chy_pg_needs_escape(chy_slice s)
{
	const unsigned char *p = (const unsigned char *)s.ptr;

	for (size_t i = 0; i < s.len;) {
		size_t n;

		if (p[i] > 0 && p[i] < 0x80) {
			i++;
			continue;
		}
		n = utf8_length(p + i, s.len - i);
		if (n == 0)
			return true;
		i += n;
	}
	return false;
}

void
chy_pg_escape(chy_slice s, chy_buf *out)
{
	const unsigned char *p = (const unsigned char *)s.ptr;

	for (size_t i = 0; i < s.len;) {
		size_t n = utf8_length(p + i, s.len - i);

		if (n > 0) {
			chy_buf_put(out, chy_slice_sub(s, i, n));
			i += n;
			continue;
		}
		chy_buf_putc(out, (char)0xf4);
		chy_buf_putc(out, (char)0x8f);
		chy_buf_putc(out, (char)(0xbc | p[i] >> 6));
		chy_buf_putc(out, (char)(0x80 | (p[i] & 0x3f)));
		i++;
	}
}

bool
chy_pg_is_escaped(chy_slice s)
{
	return chy_slice_find(s, CHY_SLICE("\xf4\x8f"), 0) < s.len;
}

void
chy_pg_unescape(chy_slice s, chy_buf *out)
{
	const unsigned char *p = (const unsigned char *)s.ptr;

	for (size_t i = 0; i < s.len;) {
		if (i + 4 <= s.len && p[i] == 0xf4 && p[i + 1] == 0x8f &&
		    p[i + 2] >= 0xbc) {
			chy_buf_putc(out, (char)((p[i + 2] & 3) << 6 |
			    (p[i + 3] & 0x3f)));
			i += 4;
		} else {
			chy_buf_putc(out, s.ptr[i++]);
		}
	}
}


/* ---- SQL ---- */

/* Parameters in the server's way. As in SQLite, "?" is one more than the
 * highest so far. */
static bool
number_params(const char *sql, chy_buf *out, int *ret_n)
{
	int highest = 0;
	char quote = '\0';

	for (const char *p = sql; *p != '\0'; p++) {
		int n = 0;

		if (quote != '\0') {
			if (*p == quote)
				quote = '\0';
		} else if (*p == '\'' || *p == '"') {
			quote = *p;
		}
		if (quote != '\0' || *p != '?') {
			chy_buf_putc(out, *p);
			continue;
		}
		while (chy_is_digit(p[1]) && n < 1000)
			n = n * 10 + (*++p - '0');
		if (n == 0)
			n = highest + 1;
		if (n > highest)
			highest = n;
		chy_buf_printf(out, "$%d", n);
	}
	*ret_n = highest;
	return chy_buf_status(out) == CHY_OK && highest <= (int)PARAMS_MAX;
}

static bool
is_word(char c)
{
	return chy_is_alnum(c) || c == '_';
}

/* Whether SQL names the table, or the view over it: of bytes_by_year the
 * view is bytes. */
static bool
names(const char *sql, const char *table)
{
	const char *by = strstr(table, "_by_");
	size_t n = by != NULL ? (size_t)(by - table) : strlen(table);

	for (const char *p = sql; (p = strstr(p, table)) != NULL; p++)
		if ((p == sql || !is_word(p[-1])) && !is_word(p[strlen(table)]))
			return true;
	if (by == NULL)
		return false;
	for (const char *p = sql; *p != '\0'; p++)
		if (strncmp(p, table, n) == 0 && (p == sql || !is_word(p[-1])) &&
		    !is_word(p[n]))
			return true;
	return false;
}

/* The sink of "INSERT INTO table (columns) VALUES (?, ...)"; NULL for any
 * other statement. */
static struct pg_sink *
sink_of(struct chy_pg *db, const char *sql, int n_params)
{
	static const char head[] = "INSERT INTO ", middle[] = " VALUES (?";
	const char *table = sql + sizeof(head) - 1, *open, *close, *p;
	struct pg_sink *sink;
	int n = 1;

	if (strncmp(sql, head, sizeof(head) - 1) != 0 ||
	    (open = strchr(table, '(')) == NULL || open == table ||
	    open[-1] != ' ' || (close = strchr(open, ')')) == NULL ||
	    strncmp(close + 1, middle, sizeof(middle) - 1) != 0)
		return NULL;
	for (p = close + sizeof(middle); strncmp(p, ", ?", 3) == 0; p += 3)
		n++;
	if (strcmp(p, ")") != 0 || n != n_params)
		return NULL;
	for (size_t i = 0; i < db->n_sinks; i++) {
		sink = &db->sinks[i];
		if (strlen(sink->table) == (size_t)(open - 1 - table) &&
		    memcmp(sink->table, table, strlen(sink->table)) == 0 &&
		    strlen(sink->columns) == (size_t)(close + 1 - open) &&
		    memcmp(sink->columns, open, strlen(sink->columns)) == 0)
			return sink;
	}
	if (db->n_sinks == PG_SINKS)
		return NULL;
	sink = &db->sinks[db->n_sinks];
	sink->table = calloc(1, (size_t)(open - table));
	sink->columns = calloc(1, (size_t)(close + 2 - open));
	if (sink->table == NULL || sink->columns == NULL) {
		free(sink->table);
		free(sink->columns);
		return NULL;
	}
	memcpy(sink->table, table, (size_t)(open - 1 - table));
	memcpy(sink->columns, open, (size_t)(close + 1 - open));
	db->n_sinks++;
	return sink;
}

static void
plan_free(struct pg_plan *plan)
{
	free(plan->given);
	free(plan->sql);
	free(plan->types);
	free(plan);
}

void
chy_pg_stmt_done(struct chy_pg *db)
{
	for (size_t i = 0; i < PG_PLANS; i++)
		while (db->plans[i] != NULL) {
			struct pg_plan *next = db->plans[i]->next;

			plan_free(db->plans[i]);
			db->plans[i] = next;
		}
	for (size_t i = 0; i < db->n_sinks; i++) {
		free(db->sinks[i].table);
		free(db->sinks[i].columns);
		chy_buf_done(&db->sinks[i].rows);
	}
}

static struct pg_plan *
plan_of(struct chy_pg *db, const char *sql)
{
	chy_buf text = CHY_BUF_INIT;
	struct pg_plan *plan;
	uint32_t hash = 0;

	for (const char *p = sql; *p != '\0'; p++)
		hash = hash * 31 + (unsigned char)*p;
	hash &= PG_PLANS - 1;
	for (plan = db->plans[hash]; plan != NULL; plan = plan->next)
		if (strcmp(plan->given, sql) == 0)
			return plan;
	plan = calloc(1, sizeof(*plan));
	if (plan == NULL)
		return NULL;
	plan->given = malloc(strlen(sql) + 1);
	if (plan->given == NULL || !number_params(sql, &text, &plan->n_params)) {
		chy_buf_done(&text);
		plan_free(plan);
		return NULL;
	}
	memcpy(plan->given, sql, strlen(sql) + 1);
	(void)chy_buf_slice(&text);
	plan->sql = text.ptr;
	(void)snprintf(plan->name, sizeof(plan->name), "s%u", db->next_name++);
	plan->sink = sink_of(db, sql, plan->n_params);
	plan->repeats = strncmp(sql, "SELECT", 6) == 0;
	plan->next = db->plans[hash];
	db->plans[hash] = plan;
	return plan;
}

chy_status
chy_pg_prepare(chy_db *base, const char *sql, chy_stmt **ret, chy_error *err)
{
	struct chy_pg *db = chy_pg_of(base);
	struct pg_stmt *stmt = calloc(1, sizeof(*stmt));

	if (stmt == NULL)
		return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	stmt->base.engine = base->engine;
	stmt->db = db;
	chy_arena_init(&stmt->arena, 0);
	stmt->plan = plan_of(db, sql);
	if (stmt->plan != NULL)
		stmt->values = calloc((size_t)stmt->plan->n_params + 1,
		    sizeof(*stmt->values));
	if (stmt->values == NULL) {
		free(stmt);
		return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	}
	*ret = &stmt->base;
	return CHY_OK;
}

/* On the server, with the types of its parameters. */
static chy_status
plan_ready(struct chy_pg *db, struct pg_plan *plan, chy_error *err)
{
	PGresult *res;

	if (plan->generation == db->generation)
		return CHY_OK;
	res = PQprepare(db->conn, plan->name, plan->sql, 0, NULL);
	if (PQresultStatus(res) != PGRES_COMMAND_OK)
		return chy_pg_fail_clear(db, res, err);
	PQclear(res);
	res = PQdescribePrepared(db->conn, plan->name);
	if (PQresultStatus(res) != PGRES_COMMAND_OK)
		return chy_pg_fail_clear(db, res, err);
	free(plan->types);
	plan->types = calloc((size_t)plan->n_params + 1, sizeof(*plan->types));
	for (int i = 0; plan->types != NULL && i < plan->n_params &&
	    i < PQnparams(res); i++)
		plan->types[i] = PQparamtype(res, i);
	PQclear(res);
	if (plan->types == NULL)
		return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	plan->generation = db->generation;
	return CHY_OK;
}


/* ---- values ---- */

static void
bind(chy_stmt *base, int at, struct value value)
{
	struct pg_stmt *stmt = stmt_of(base);

	if (at >= 1 && at <= stmt->plan->n_params)
		stmt->values[at - 1] = value;
}

void
chy_pg_bind_int(chy_stmt *base, int at, int64_t value)
{
	bind(base, at, (struct value){ VALUE_INT, value, CHY_EMPTY });
}

void
chy_pg_bind_text(chy_stmt *base, int at, chy_slice value)
{
	bind(base, at, (struct value){ VALUE_TEXT, 0, value });
}

void
chy_pg_bind_blob(chy_stmt *base, int at, chy_slice value)
{
	bind(base, at, (struct value){ VALUE_BLOB, 0, value });
}

void
chy_pg_bind_null(chy_stmt *base, int at)
{
	bind(base, at, (struct value){ VALUE_NULL, 0, CHY_EMPTY });
}

static void
put_number(chy_buf *out, int64_t v, int bytes)
{
	for (int i = bytes - 1; i >= 0; i--)
		chy_buf_putc(out, (char)((uint64_t)v >> (8 * i) & 0xff));
}

/* Of a text that is digits; what is none is 0, as SQLite has it. */
static int64_t
number_in(chy_slice text)
{
	char digits[24];
	size_t n = text.len < sizeof(digits) - 1 ? text.len :
	    sizeof(digits) - 1;

	memcpy(digits, text.ptr, n);
	digits[n] = '\0';
	return (int64_t)strtoll(digits, NULL, 10);
}

/* Append the value as the type has it; false where it does not fit. */
static bool
put_value(chy_buf *out, const struct value *v, Oid type)
{
	int64_t n = v->kind == VALUE_INT ? v->number : 0;
	char digits[24];

	switch (type) {
	case OID_INT2: case OID_INT4: case OID_INT8: case OID_BOOL: {
		int bytes = type == OID_INT8 ? 8 : type == OID_INT4 ? 4 :
		    type == OID_INT2 ? 2 : 1;

		if (v->kind != VALUE_INT)
			n = number_in(v->bytes);
		if (bytes < 8 && (n >= INT64_C(1) << (8 * bytes - 1) ||
		    n < -(INT64_C(1) << (8 * bytes - 1))))
			return false;
		put_number(out, n, bytes);
		return true;
	}
	case OID_BYTEA:
		chy_buf_put(out, v->bytes);
		return true;
	default:
		if (v->kind == VALUE_INT) {
			(void)snprintf(digits, sizeof(digits), "%lld",
			    (long long)n);
			chy_buf_puts(out, digits);
		} else if (chy_pg_needs_escape(v->bytes)) {
			chy_pg_escape(v->bytes, out);
		} else {
			chy_buf_put(out, v->bytes);
		}
		return true;
	}
}

static bool
is_binary(Oid type)
{
	return type == OID_INT2 || type == OID_INT4 || type == OID_INT8 ||
	    type == OID_BOOL || type == OID_BYTEA;
}


/* ---- rows that are gathered ---- */

void
chy_pg_forget(struct chy_pg *db)
{
	for (size_t i = 0; i < db->n_sinks; i++) {
		chy_buf_reset(&db->sinks[i].rows);
		db->sinks[i].n = 0;
	}
	db->gathered = 0;
}

static chy_status
send_sink(struct chy_pg *db, struct pg_sink *sink, chy_error *err)
{
	static const char head[] = "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0";
	static const char tail[] = { '\377', '\377' };
	chy_slice rows = chy_buf_slice(&sink->rows);
	PGresult *res;
	chy_status st = CHY_OK;
	size_t at = 0;

	if (chy_buf_status(&sink->rows) != CHY_OK)
		return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	chy_buf_reset(&db->scratch);
	chy_buf_puts(&db->scratch, "COPY ");
	chy_buf_puts(&db->scratch, sink->table);
	chy_buf_putc(&db->scratch, ' ');
	chy_buf_puts(&db->scratch, sink->columns);
	chy_buf_puts(&db->scratch, " FROM STDIN (FORMAT binary)");
	res = PQexec(db->conn, chy_buf_slice(&db->scratch).ptr);
	if (PQresultStatus(res) != PGRES_COPY_IN)
		return chy_pg_fail_clear(db, res, err);
	PQclear(res);
	if (PQputCopyData(db->conn, head, 19) != 1)
		st = chy_pg_fail(db, NULL, err);
	/* In parts, so that libpq's own buffer stays small. */
	while (st == CHY_OK && at < rows.len) {
		size_t n = rows.len - at < 65536 ? rows.len - at : 65536;

		if (PQputCopyData(db->conn, rows.ptr + at, (int)n) != 1)
			st = chy_pg_fail(db, NULL, err);
		at += n;
	}
	if (st == CHY_OK && (PQputCopyData(db->conn, tail, 2) != 1 ||
	    PQputCopyEnd(db->conn, NULL) != 1))
		st = chy_pg_fail(db, NULL, err);
	while ((res = PQgetResult(db->conn)) != NULL) {
		if (st == CHY_OK && PQresultStatus(res) != PGRES_COMMAND_OK)
			st = chy_pg_fail(db, res, err);
		PQclear(res);
		if (PQstatus(db->conn) == CONNECTION_BAD)
			break;
	}
	chy_buf_reset(&sink->rows);
	sink->n = 0;
	return st;
}

chy_status
chy_pg_send(struct chy_pg *db, chy_error *err)
{
	chy_status st = CHY_OK;

	if (db->gathered == 0)
		return CHY_OK;
	st = chy_pg_quiet(db, err);
	for (size_t i = 0; i < db->n_sinks && st == CHY_OK; i++)
		if (db->sinks[i].n > 0)
			st = send_sink(db, &db->sinks[i], err);
	db->gathered = 0;
	return st;
}

/* Whether a statement may see, or be stopped by, what is gathered. */
static bool
needs_sinks(struct chy_pg *db, struct pg_plan *plan)
{
	for (size_t i = 0; i < db->n_sinks; i++) {
		if (db->sinks[i].n == 0)
			continue;
		if (plan->needs[i] == 0)
			plan->needs[i] = names(plan->given,
			    db->sinks[i].table) ? 2 : 1;
		if (plan->needs[i] == 2)
			return true;
	}
	return false;
}

static chy_status
gather(struct pg_stmt *stmt, chy_error *err)
{
	struct chy_pg *db = stmt->db;
	struct pg_plan *plan = stmt->plan;
	struct pg_sink *sink = plan->sink;
	size_t before = sink->rows.len;

	put_number(&sink->rows, plan->n_params, 2);
	for (int i = 0; i < plan->n_params; i++) {
		size_t at = sink->rows.len, n;

		if (stmt->values[i].kind == VALUE_NULL) {
			put_number(&sink->rows, -1, 4);
			continue;
		}
		put_number(&sink->rows, 0, 4);
		if (!put_value(&sink->rows, &stmt->values[i], plan->types[i]))
			return chy_fail(err, CHY_ERR_STORE, "archive: a number is "
			    "too large for its column of %.60s", sink->table);
		n = sink->rows.len - at - 4;
		for (int k = 0; k < 4 && !sink->rows.failed; k++)
			sink->rows.ptr[at + (size_t)k] =
			    (char)(n >> (8 * (3 - k)) & 0xff);
	}
	if (chy_buf_status(&sink->rows) != CHY_OK)
		return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	sink->n++;
	db->gathered += sink->rows.len - before;
	return db->gathered >= PG_SINK_BYTES ? chy_pg_send(db, err) : CHY_OK;
}


/* ---- running ---- */

static void
row_clear(struct pg_stmt *stmt)
{
	PQclear(stmt->row);
	stmt->row = NULL;
	chy_arena_reset(&stmt->arena);
}

static void
drain(struct chy_pg *db)
{
	PGresult *res;

	while (PQstatus(db->conn) != CONNECTION_BAD &&
	    (res = PQgetResult(db->conn)) != NULL)
		PQclear(res);
}

/* The next row from the server; NULL in *ret at the end. */
static chy_status
arrive(struct pg_stmt *stmt, PGresult **ret, chy_error *err)
{
	struct chy_pg *db = stmt->db;
	PGresult *res = PQgetResult(db->conn);
	ExecStatusType how = PQresultStatus(res);
	chy_status st = CHY_OK;

	*ret = NULL;
	if (res != NULL && how == PGRES_SINGLE_TUPLE) {
		*ret = res;
		return CHY_OK;
	}
	db->streaming = NULL;
	if (res == NULL || (how != PGRES_TUPLES_OK && how != PGRES_COMMAND_OK))
		st = chy_pg_fail(db, res, err);
	PQclear(res);
	drain(db);
	return st;
}

chy_status
chy_pg_absorb(struct pg_stmt *stmt, chy_error *err)
{
	PGresult *res;

	(void)err;
	for (;;) {
		stmt->after = arrive(stmt, &res, &stmt->after_error);
		if (stmt->after != CHY_OK || res == NULL)
			return CHY_OK;
		if (stmt->n_waiting == stmt->cap_waiting) {
			size_t cap = stmt->cap_waiting * 2 + 64;
			PGresult **more = realloc(stmt->waiting,
			    cap * sizeof(PGresult *));

			if (more == NULL) {
				PQclear(res);
				drain(stmt->db);
				stmt->db->streaming = NULL;
				stmt->after = chy_fail(&stmt->after_error,
				    CHY_ERR_NO_MEMORY, "no memory");
				return CHY_OK;
			}
			stmt->waiting = more;
			stmt->cap_waiting = cap;
		}
		stmt->waiting[stmt->n_waiting++] = res;
	}
}

static chy_status
start_once(struct pg_stmt *stmt, chy_error *err)
{
	struct chy_pg *db = stmt->db;
	struct pg_plan *plan = stmt->plan;
	const char *values[PARAMS_MAX];
	int lengths[PARAMS_MAX], formats[PARAMS_MAX];
	size_t offs[PARAMS_MAX];
	chy_buf *b = &db->scratch;
	chy_status st = chy_pg_quiet(db, err);

	if (st == CHY_OK && needs_sinks(db, plan))
		st = chy_pg_send(db, err);
	if (st == CHY_OK)
		st = plan_ready(db, plan, err);
	if (st != CHY_OK)
		return st;
	chy_buf_reset(b);
	for (int i = 0; i < plan->n_params; i++) {
		offs[i] = b->len;
		formats[i] = is_binary(plan->types[i]);
		if (stmt->values[i].kind != VALUE_NULL && !put_value(b,
		    &stmt->values[i], plan->types[i]))
			return chy_fail(err, CHY_ERR_STORE, "archive: a number is "
			    "too large for its column");
		lengths[i] = (int)(b->len - offs[i]);
		chy_buf_putc(b, '\0');
	}
	if (chy_buf_status(b) != CHY_OK)
		return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	for (int i = 0; i < plan->n_params; i++)
		values[i] = stmt->values[i].kind == VALUE_NULL ? NULL :
		    b->ptr + offs[i];
	if (PQsendQueryPrepared(db->conn, plan->name, plan->n_params, values,
	    lengths, formats, 1) != 1)
		return chy_pg_fail(db, NULL, err);
	(void)PQsetSingleRowMode(db->conn);
	db->streaming = stmt;
	stmt->state = STMT_ROWS;
	return CHY_OK;
}

static chy_status
start(struct pg_stmt *stmt, chy_error *err)
{
	struct chy_pg *db = stmt->db;
	chy_status st;

	if (db->at == PG_DEAD)
		return chy_fail(err, CHY_ERR_IO, "archive: the connection to the "
		    "server was lost; what was committed is kept, run it again");
	if (db->at == PG_IDLE) {
		st = chy_pg_ready(db, err);
		if (st != CHY_OK)
			return st;
	}
	return start_once(stmt, err);
}

static chy_status
next(struct pg_stmt *stmt, chy_error *err)
{
	if (stmt->db->streaming == stmt)
		return arrive(stmt, &stmt->row, err);
	if (stmt->next_waiting < stmt->n_waiting) {
		stmt->row = stmt->waiting[stmt->next_waiting];
		stmt->waiting[stmt->next_waiting++] = NULL;
		return CHY_OK;
	}
	if (stmt->after != CHY_OK && err != NULL)
		*err = stmt->after_error;
	return stmt->after;
}

chy_status
chy_pg_step(chy_stmt *base, bool *ret_row, chy_error *err)
{
	struct pg_stmt *stmt = stmt_of(base);
	struct chy_pg *db = stmt->db;
	chy_status st = CHY_OK;
	bool first = stmt->state != STMT_ROWS;

	*ret_row = false;
	row_clear(stmt);
	if (first && stmt->plan->sink != NULL && db->at == PG_WRITING) {
		if (stmt->plan->generation != db->generation) {
			st = chy_pg_quiet(db, err);
			if (st == CHY_OK)
				st = plan_ready(db, stmt->plan, err);
		}
		return st != CHY_OK ? st : gather(stmt, err);
	}
	if (first) {
		chy_pg_reset(base);
		st = start(stmt, err);
	}
	if (st == CHY_OK)
		st = next(stmt, err);
	/* What only reads is asked again where nothing else hangs on it. */
	if (st != CHY_OK && first && db->lost && db->at == PG_IDLE &&
	    stmt->plan->repeats) {
		chy_pg_reset(base);
		st = start(stmt, err);
		if (st == CHY_OK)
			st = next(stmt, err);
	}
	*ret_row = st == CHY_OK && stmt->row != NULL;
	if (!*ret_row)
		stmt->state = STMT_DONE;
	return st;
}

void
chy_pg_reset(chy_stmt *base)
{
	struct pg_stmt *stmt = stmt_of(base);

	row_clear(stmt);
	if (stmt->db->streaming == stmt) {
		stmt->db->streaming = NULL;
		drain(stmt->db);
	}
	while (stmt->next_waiting < stmt->n_waiting)
		PQclear(stmt->waiting[stmt->next_waiting++]);
	stmt->n_waiting = stmt->next_waiting = 0;
	stmt->after = CHY_OK;
	stmt->state = STMT_FRESH;
}

void
chy_pg_stmt_free(chy_stmt *base)
{
	struct pg_stmt *stmt = stmt_of(base);

	chy_pg_reset(base);
	chy_arena_done(&stmt->arena);
	free(stmt->waiting);
	free(stmt->values);
	free(stmt);
}


/* ---- columns ---- */

static int64_t
take_number(const char *p, int bytes)
{
	uint64_t v = (p[0] & 0x80) != 0 ? UINT64_MAX : 0;

	for (int i = 0; i < bytes; i++)
		v = v << 8 | (unsigned char)p[i];
	return (int64_t)v;
}

/* A sum: digits of base 10,000, of which the whole ones count. */
static int64_t
take_numeric(const char *p, int len)
{
	int64_t v = 0, n, weight;

	if (len < 8)
		return 0;
	n = take_number(p, 2);
	weight = take_number(p + 2, 2);
	for (int64_t i = 0; i <= weight && i < 5; i++)
		v = v * 10000 + (i < n && 8 + 2 * i + 2 <= len ?
		    take_number(p + 8 + 2 * i, 2) : 0);
	return take_number(p + 4, 2) == 0x4000 ? -v : v;
}

bool
chy_pg_column_is_null(chy_stmt *base, int at)
{
	struct pg_stmt *stmt = stmt_of(base);

	return stmt->row == NULL || PQgetisnull(stmt->row, 0, at);
}

static chy_slice
raw(struct pg_stmt *stmt, int at)
{
	if (stmt->row == NULL || PQgetisnull(stmt->row, 0, at))
		return CHY_EMPTY;
	return (chy_slice){ PQgetvalue(stmt->row, 0, at),
	    (size_t)PQgetlength(stmt->row, 0, at) };
}

int64_t
chy_pg_column_int(chy_stmt *base, int at)
{
	struct pg_stmt *stmt = stmt_of(base);
	chy_slice s = raw(stmt, at);

	if (s.len == 0)
		return 0;
	switch (PQftype(stmt->row, at)) {
	case OID_INT2: case OID_INT4: case OID_INT8: case OID_BOOL:
		return take_number(s.ptr, (int)s.len);
	case OID_NUMERIC:
		return take_numeric(s.ptr, (int)s.len);
	default:
		return number_in(s);
	}
}

chy_slice
chy_pg_column_text(chy_stmt *base, int at)
{
	struct pg_stmt *stmt = stmt_of(base);
	chy_slice s = raw(stmt, at);
	chy_buf buf = CHY_BUF_INIT;
	char digits[24];

	if (s.len == 0)
		return s;
	switch (PQftype(stmt->row, at)) {
	case OID_INT2: case OID_INT4: case OID_INT8: case OID_BOOL:
	case OID_NUMERIC:
		(void)snprintf(digits, sizeof(digits), "%lld",
		    (long long)chy_pg_column_int(base, at));
		return chy_arena_copy(&stmt->arena, chy_slice_of(digits));
	default:
		if (!chy_pg_is_escaped(s))
			return s;
		chy_pg_unescape(s, &buf);
		s = chy_arena_copy(&stmt->arena, chy_buf_slice(&buf));
		chy_buf_done(&buf);
		return s;
	}
}

chy_slice
chy_pg_column_blob(chy_stmt *base, int at)
{
	return raw(stmt_of(base), at);
}

chy_column_kind
chy_pg_column_kind(chy_stmt *base, int at)
{
	struct pg_stmt *stmt = stmt_of(base);

	if (stmt->row == NULL || PQgetisnull(stmt->row, 0, at))
		return CHY_COLUMN_NULL;
	switch (PQftype(stmt->row, at)) {
	case OID_INT2: case OID_INT4: case OID_INT8: case OID_BOOL:
	case OID_NUMERIC:
		return CHY_COLUMN_INT;
	case OID_BYTEA:
		return CHY_COLUMN_BLOB;
	default:
		return CHY_COLUMN_TEXT;
	}
}
