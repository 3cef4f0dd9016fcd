/*
 * One archive put into another, perhaps of another engine.
 *
 * Tables are told by the engine, so one that is added to the schemas is
 * copied too. Each row has a hash; their sum does not depend on the order, so
 * what arrived can be compared with what was sent though engines give rows in
 * orders of their own.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "forms/forms.h"
#include "store/digest.h"
#include "store/store_int.h"

#define TABLES_MAX	128u
#define COLUMNS_MAX	64u
#define WINDOW		500	/* originals asked for at a time */
#define SUM_WORDS	4u

/* The sum of the hashes of rows, modulo 2^64 in each word. */
struct sum {
	uint64_t words[SUM_WORDS];
	uint64_t rows;
};

struct table {
	chy_slice name, columns;
	uint32_t  n_columns;
	struct sum sent;
};

struct copying {
	chy_store   *from, *to;
	chy_arena    arena;
	struct table tables[TABLES_MAX];
	size_t	     n_tables;
	struct sum   originals;
	chy_copied   counts;
	chy_filer   *filer;
	chy_telegram *tel;
	chy_status (*progress)(void *arg, uint64_t done, uint64_t all);
	void	    *arg;
	uint64_t     all;
	chy_error   *err;
};


/* ---- hashes of rows ---- */

static void
hash_bytes(chy_digest *h, unsigned char kind, const void *p,
    size_t n)
{
	unsigned char head[9] = { kind };

	for (size_t i = 0; i < 8; i++)
		head[i + 1] = (unsigned char)((uint64_t)n >> (8 * i) & 0xff);
	chy_digest_add(h, head, sizeof(head));
	chy_digest_add(h, p, n);
}

static void
hash_row(chy_stmt *s, uint32_t n_columns, struct sum *sum)
{
	chy_digest h;
	uint64_t out[SUM_WORDS];

	chy_digest_begin(&h);
	for (uint32_t i = 0; i < n_columns; i++) {
		chy_column_kind kind = chy_column_kind_of(s, (int)i);
		int64_t n = kind == CHY_COLUMN_INT ?
		    chy_column_int(s, (int)i) : 0;
		chy_slice b = kind == CHY_COLUMN_TEXT ?
		    chy_column_text(s, (int)i) : kind == CHY_COLUMN_BLOB ?
		    chy_column_blob(s, (int)i) : CHY_EMPTY;

		if (kind == CHY_COLUMN_INT)
			hash_bytes(&h, (unsigned char)kind, &n, sizeof(n));
		else
			hash_bytes(&h, (unsigned char)kind, b.ptr, b.len);
	}
	chy_digest_end(&h, (unsigned char *)out);
	for (size_t i = 0; i < SUM_WORDS; i++)
		sum->words[i] += out[i];
	sum->rows++;
}

static bool
same_sum(const struct sum *a, const struct sum *b)
{
	return a->rows == b->rows &&
	    memcmp(a->words, b->words, sizeof(a->words)) == 0;
}


/* ---- tables ---- */

static chy_status
take_table(void *arg, chy_slice name, chy_slice columns, uint32_t n_columns)
{
	struct copying *c = arg;

	if (chy_slice_eq(name, CHY_SLICE("original")) ||
	    chy_slice_eq(name, CHY_SLICE("bytes")))
		return CHY_OK;
	if (c->n_tables == TABLES_MAX || n_columns > COLUMNS_MAX)
		return chy_fail(c->err, CHY_ERR_UNSUPPORTED, "more tables "
		    "or columns than this version knows");
	c->tables[c->n_tables++] = (struct table){
		.name = chy_arena_copy(&c->arena, name),
		.columns = chy_arena_copy(&c->arena, columns),
		.n_columns = n_columns,
	};
	return CHY_OK;
}

/* The names are the schema's own. */
static chy_status
select_all(struct copying *c, chy_store *store, const struct table *t,
    chy_stmt **ret)
{
	chy_buf sql = CHY_BUF_INIT;
	chy_status st;

	chy_buf_puts(&sql, "SELECT ");
	chy_buf_put(&sql, t->columns);
	chy_buf_puts(&sql, " FROM ");
	chy_buf_put(&sql, t->name);
	(void)chy_buf_slice(&sql);
	st = chy_buf_status(&sql) != CHY_OK ? chy_fail(c->err,
	    CHY_ERR_NO_MEMORY, "no memory") :
	    chy_db_prepare(store->db, sql.ptr, ret, c->err);
	chy_buf_done(&sql);
	return st;
}

static chy_status
insert_into(struct copying *c, const struct table *t, chy_stmt **ret)
{
	chy_buf sql = CHY_BUF_INIT;
	chy_status st;

	chy_buf_puts(&sql, "INSERT INTO ");
	chy_buf_put(&sql, t->name);
	chy_buf_puts(&sql, " (");
	chy_buf_put(&sql, t->columns);
	chy_buf_puts(&sql, ") VALUES (?");
	for (uint32_t i = 1; i < t->n_columns; i++)
		chy_buf_puts(&sql, ", ?");
	chy_buf_putc(&sql, ')');
	(void)chy_buf_slice(&sql);
	st = chy_buf_status(&sql) != CHY_OK ? chy_fail(c->err,
	    CHY_ERR_NO_MEMORY, "no memory") :
	    chy_db_prepare(c->to->db, sql.ptr, ret, c->err);
	chy_buf_done(&sql);
	return st;
}

static void
bind_row(chy_stmt *get, chy_stmt *put, uint32_t n_columns)
{
	for (int i = 0; i < (int)n_columns; i++)
		switch (chy_column_kind_of(get, i)) {
		case CHY_COLUMN_NULL:
			chy_stmt_null(put, i + 1);
			break;
		case CHY_COLUMN_INT:
			chy_stmt_int(put, i + 1, chy_column_int(get, i));
			break;
		case CHY_COLUMN_TEXT:
			chy_stmt_text(put, i + 1, chy_column_text(get, i));
			break;
		case CHY_COLUMN_BLOB:
			chy_stmt_blob(put, i + 1, chy_column_blob(get, i));
			break;
		}
}

static chy_status
copy_table(struct copying *c, struct table *t)
{
	chy_stmt *get = NULL, *put = NULL;
	bool row;
	chy_status st = select_all(c, c->from, t, &get);

	if (st == CHY_OK)
		st = insert_into(c, t, &put);
	while (st == CHY_OK && (st = chy_stmt_step(get, &row, c->err)) ==
	    CHY_OK && row) {
		hash_row(get, t->n_columns, &t->sent);
		bind_row(get, put, t->n_columns);
		st = chy_stmt_run(put, c->err);
		c->counts.rows++;
	}
	chy_stmt_free(get);
	chy_stmt_free(put);
	c->counts.tables++;
	return st;
}

static chy_status
differs(struct copying *c, chy_slice name, const struct sum *sent,
    const struct sum *arrived)
{
	if (same_sum(sent, arrived))
		return CHY_OK;
	return chy_fail(c->err, CHY_ERR_STORE, "table %.*s is not the "
	    "same in both (%llu rows sent, %llu there); nothing was copied",
	    CHY_ARG(name), (unsigned long long)sent->rows,
	    (unsigned long long)arrived->rows);
}

static chy_status
compare_table(struct copying *c, const struct table *t)
{
	struct sum arrived = { .rows = 0 };
	chy_stmt *get = NULL;
	bool row;
	chy_status st = select_all(c, c->to, t, &get);

	while (st == CHY_OK && (st = chy_stmt_step(get, &row, c->err)) ==
	    CHY_OK && row)
		hash_row(get, t->n_columns, &arrived);
	chy_stmt_free(get);
	return st != CHY_OK ? st : differs(c, t->name, &t->sent, &arrived);
}


/* ---- originals, and the words that are read from them ---- */

/* Columns of COPY_ORIGINALS that are the original's own. */
#define OWN_COLUMNS	11u

static chy_status
index_words(struct copying *c, const chy_original *original)
{
	const chy_columns *cols = &c->from->columns;
	const chy_tel_column *t;
	chy_row *rows = NULL;
	uint32_t n = 0;
	chy_status st;

	if ((size_t)original->id >= cols->cap_tel_of ||
	    cols->tel_of[original->id] == CHY_NONE)
		return CHY_OK;
	t = &cols->tels[cols->tel_of[original->id]];
	st = chy_original_reread(original, c->tel, c->err);
	if (st == CHY_OK && chy_rows_make(c->tel, &c->from->source_arena, &rows,
	    &n) != CHY_OK)
		st = chy_fail(c->err, CHY_ERR_NO_MEMORY, "no memory");
	if (st == CHY_OK && n != t->row_count)
		st = chy_fail(c->err, CHY_ERR_UNSUPPORTED, "what is filed "
		    "was read by another version of the program; run chancery "
		    "reindex on it first");
	for (uint32_t i = 0; i < n && st == CHY_OK; i++)
		st = chy_text_add(c->to->db, t->first_row + i, rows[i].text,
		    c->err);
	c->counts.telegrams++;
	return st;
}

static chy_status
copy_original(struct copying *c, chy_stmt *s)
{
	int64_t id = chy_column_int(s, 8), container = chy_column_int(s, 10);
	chy_filing f = {
		.size = (uint64_t)chy_column_int(s, 1),
		.codec = (int32_t)chy_column_int(s, 2),
		.packed = chy_column_blob(s, 3), .file = chy_column_text(s, 9),
		.part = (uint32_t)chy_column_int(s, 5),
		.place = (uint64_t)chy_column_int(s, 6),
		.options = chy_column_text(s, 7),
		.year = (int32_t)chy_column_int(s, 11), .unread = CHY_EMPTY,
	};
	chy_slice sha = chy_column_blob(s, 0);
	unsigned char own[CHY_SHA256];
	chy_original original;
	chy_status st;

	chy_arena_reset(&c->from->source_arena);
	st = chy_original_take(c->from, s, id, &c->from->source_arena,
	    &original, c->err);
	if (st != CHY_OK)
		return st;
	chy_sha256(original.bytes, own);
	if (sha.len != CHY_SHA256 || memcmp(own, sha.ptr, CHY_SHA256) != 0)
		return chy_fail(c->err, CHY_ERR_STORE, "the bytes of "
		    "original %lld are not those of its hash; run chancery "
		    "verify", (long long)id);
	memcpy(f.sha256, own, CHY_SHA256);
	hash_row(s, OWN_COLUMNS, &c->originals);
	st = chy_store_put_packed(c->to, &f, id, container, c->err);
	if (st == CHY_OK)
		st = index_words(c, &original);
	c->counts.originals++;
	c->counts.bytes += f.size;
	return st;
}

static chy_status
each_original(struct copying *c, chy_store *store,
    chy_status (*each)(struct copying *c, chy_stmt *s), struct sum *sum)
{
	int64_t last;
	chy_status st = chy_store_number(store, "SELECT COALESCE(MAX(id), 0) "
	    "FROM original", &last, c->err);

	for (int64_t at = 0; at < last && st == CHY_OK; at += WINDOW) {
		chy_stmt *s = chy_store_stmt(store, ST_COPY_ORIGINALS, c->err);
		bool row;

		if (s == NULL)
			return CHY_ERR_STORE;
		chy_stmt_int(s, 1, at);
		chy_stmt_int(s, 2, at + WINDOW);
		while (st == CHY_OK && (st = chy_stmt_step(s, &row, c->err)) ==
		    CHY_OK && row) {
			if (each != NULL)
				st = each(c, s);
			else
				hash_row(s, OWN_COLUMNS, sum);
		}
		chy_stmt_reset(s);
		if (st == CHY_OK && c->progress != NULL && each != NULL)
			st = c->progress(c->arg, c->counts.originals, c->all);
	}
	return st;
}


/* ---- all of it ---- */

/* Labels and settings count as well as telegrams. */
static chy_status
need_empty(struct copying *c)
{
	chy_status st = CHY_OK;
	bool any = false;

	for (size_t i = 0; i < c->n_tables && st == CHY_OK && !any; i++) {
		chy_stmt *get = NULL;

		if (chy_slice_eq(c->tables[i].name, CHY_SLICE("meta")))
			continue;
		st = select_all(c, c->to, &c->tables[i], &get);
		if (st == CHY_OK)
			st = chy_stmt_step(get, &any, c->err);
		chy_stmt_free(get);
	}
	if (st == CHY_OK && any)
		return chy_fail(c->err, CHY_ERR_EXISTS, "there is an archive "
		    "already; give an address where there is none");
	return st;
}

static chy_status
copy_all(struct copying *c)
{
	struct sum arrived = { .rows = 0 };
	chy_status st = chy_db_each_table(c->from->db, take_table, c, c->err);

	if (st == CHY_OK)
		st = need_empty(c);
	if (st == CHY_OK)
		st = chy_db_exec(c->to->db, "DELETE FROM meta", c->err);
	for (size_t i = 0; i < c->n_tables && st == CHY_OK; i++)
		st = copy_table(c, &c->tables[i]);
	if (st == CHY_OK)
		st = each_original(c, c->from, copy_original, NULL);
	if (st == CHY_OK)
		st = chy_db_loaded(c->to->db, c->err);
	/* Before the commit, so that what did not arrive is not there. */
	for (size_t i = 0; i < c->n_tables && st == CHY_OK; i++)
		st = compare_table(c, &c->tables[i]);
	if (st == CHY_OK)
		st = each_original(c, c->to, NULL, &arrived);
	if (st == CHY_OK)
		st = differs(c, CHY_SLICE("original"), &c->originals, &arrived);
	return st;
}

chy_status
chy_store_copy(chy_store *from, chy_store *to,
    chy_status (*progress)(void *arg, uint64_t done, uint64_t all), void *arg,
    chy_copied *ret, chy_error *err)
{
	struct copying *c = calloc(1, sizeof(*c));
	chy_store_sizes sizes = { 0 };
	chy_status st;

	if (c == NULL)
		return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	c->from = from;
	c->to = to;
	c->progress = progress;
	c->arg = arg;
	c->err = err;
	c->tel = from->source_tel;
	from->source_original = 0;
	chy_arena_init(&c->arena, 0);
	st = chy_store_enter(from, err);
	if (st == CHY_OK)
		st = chy_store_measure(from, &sizes, err);
	c->all = (uint64_t)sizes.originals;
	if (st == CHY_OK)
		st = chy_store_begin(to, err);
	if (st == CHY_OK) {
		st = copy_all(c);
		/* The numbers of changes came with the rest. */
		to->changed = false;
		if (st == CHY_OK)
			st = chy_store_commit(to, err);
		else
			chy_store_abort(to);
	}
	chy_store_leave(from);
	if (st == CHY_OK)
		*ret = c->counts;
	chy_arena_done(&c->arena);
	free(c);
	return st;
}
