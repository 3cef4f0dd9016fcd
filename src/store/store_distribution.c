/*
 * Rows of distribution, and the lines in which reasons are kept.
 *
 * Reasons are text, so that any SQLite shows them: a line "R id TAB prose" a
 * rule, below it a line "W offset TAB length TAB place TAB words" for each
 * place. Tabs and line ends in what is kept become blanks.
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/ascii.h"
#include "store/store_int.h"

/* kind and state are compared as numbers in the statements. */
_Static_assert(CHY_DELIVERY_ACTION == 0 && CHY_DELIVERY_INFO == 1 &&
    CHY_DELIVERY_SUGGESTED == 3 && CHY_DELIVERY_PASS == 5 &&
    CHY_DELIVERY_RELAY == 6 && CHY_DELIVERY_ALARM == 7 &&
    CHY_DELIVERY_DESK == 10 && CHY_DELIVERY_REJECTED == 11,
    "numbers of kinds are in archives");


/* ---- lines ---- */

static void
put_field(chy_buf *buf, chy_slice s)
{
	for (size_t i = 0; i < s.len; i++)
		chy_buf_putc(buf, s.ptr[i] == '\t' || s.ptr[i] == '\n' ? ' ' :
		    s.ptr[i]);
}

static void
put_because(chy_buf *buf, const chy_delivery *d)
{
	for (uint32_t i = 0; i < d->n_because; i++) {
		const chy_because *b = &d->because[i];

		chy_buf_puts(buf, "R\t");
		put_field(buf, b->rule);
		chy_buf_putc(buf, '\t');
		put_field(buf, b->prose);
		chy_buf_putc(buf, '\n');
		for (uint32_t k = 0; k < b->n_matched; k++) {
			const chy_matched *m = &b->matched[k];

			chy_buf_printf(buf, "W\t%u\t%u\t", m->span.off,
			    m->span.len);
			put_field(buf, m->place);
			chy_buf_putc(buf, '\t');
			put_field(buf, m->words);
			chy_buf_putc(buf, '\n');
		}
	}
}

/* The next field up to a tab or the end; s goes behind it. */
static chy_slice
take_field(chy_slice *s, char end)
{
	const char *p = s->len > 0 ? memchr(s->ptr, end, s->len) : NULL;
	size_t len = p != NULL ? (size_t)(p - s->ptr) : s->len;
	chy_slice field = chy_slice_sub(*s, 0, len);

	*s = chy_slice_from(*s, len + 1);
	return field;
}

static uint32_t
number_of(chy_slice s)
{
	uint32_t n = 0;

	for (size_t i = 0; i < s.len && chy_is_digit(s.ptr[i]); i++)
		n = n * 10 + (uint32_t)(s.ptr[i] - '0');
	return n;
}

static uint32_t
count_lines(chy_slice text, char first)
{
	uint32_t n = 0;

	for (size_t i = 0; i < text.len; i++)
		n += text.ptr[i] == first && (i == 0 ||
		    text.ptr[i - 1] == '\n');
	return n;
}

/* The text is in the arena already. */
static void
get_because(chy_slice text, chy_arena *arena, chy_delivery *d)
{
	chy_matched *next = chy_arena_zalloc(arena,
	    (size_t)count_lines(text, 'W') + 1, sizeof(*next));

	d->because = chy_arena_zalloc(arena, (size_t)count_lines(text, 'R') +
	    1, sizeof(*d->because));
	if (next == NULL || d->because == NULL)
		return;
	while (text.len > 0) {
		chy_slice line = take_field(&text, '\n');
		chy_slice what = take_field(&line, '\t');
		chy_because *b;

		if (chy_slice_eq(what, CHY_SLICE("R"))) {
			b = &d->because[d->n_because++];
			b->rule = take_field(&line, '\t');
			b->prose = line;
			b->matched = next;
		} else if (chy_slice_eq(what, CHY_SLICE("W")) &&
		    d->n_because > 0) {
			b = &d->because[d->n_because - 1];
			next->span.off = number_of(take_field(&line, '\t'));
			next->span.len = number_of(take_field(&line, '\t'));
			next->place = take_field(&line, '\t');
			next->words = line;
			next++;
			b->n_matched++;
		}
	}
}

static void
put_addressed(chy_buf *buf, const chy_distribution_row *row)
{
	for (uint32_t i = 0; i < row->n_addressed; i++) {
		const chy_addressed *a = &row->addressed[i];

		put_field(buf, a->name);
		chy_buf_putc(buf, '\t');
		put_field(buf, a->plad);
		chy_buf_printf(buf, "\t%u\t%u\t%u\t%u\n", (unsigned)a->role,
		    (unsigned)a->precedence, a->minutes,
		    (a->known ? 1u : 0u) | (a->steered ? 2u : 0u));
	}
}

static void
get_addressed(chy_slice text, chy_arena *arena, chy_distribution_row *row)
{
	uint32_t n = 0;

	for (size_t i = 0; i < text.len; i++)
		n += text.ptr[i] == '\n';
	row->addressed = chy_arena_zalloc(arena, (size_t)n + 1,
	    sizeof(*row->addressed));
	while (text.len > 0 && row->addressed != NULL) {
		chy_slice line = take_field(&text, '\n');
		chy_addressed *a = &row->addressed[row->n_addressed++];
		uint32_t flags;

		a->name = take_field(&line, '\t');
		a->plad = take_field(&line, '\t');
		a->role = number_of(take_field(&line, '\t')) == CHY_ROLE_INFO ?
		    CHY_ROLE_INFO : CHY_ROLE_ACTION;
		n = number_of(take_field(&line, '\t'));
		a->precedence = n <= CHY_PRECEDENCE_CRITIC ?
		    (chy_precedence)n : CHY_PRECEDENCE_NONE;
		a->minutes = number_of(take_field(&line, '\t'));
		flags = number_of(line);
		a->known = (flags & 1) != 0;
		a->steered = (flags & 2) != 0;
	}
}


/* ---- rules ---- */

chy_status
chy_store_put_rules(chy_store *store, const chy_rules_row *rules,
    chy_error *err)
{
	chy_stmt *s = chy_store_stmt(store, ST_PUT_RULES, err);
	int64_t id = 0;
	chy_status st;

	if (s == NULL)
		return CHY_ERR_STORE;
	chy_stmt_int(s, 1, rules->at);
	chy_stmt_text(s, 2, rules->who);
	chy_stmt_int(s, 3, store->next_original);
	st = chy_stmt_run(s, err);
	if (st == CHY_OK)
		st = chy_store_number(store, "SELECT MAX(id) FROM rules", &id,
		    err);
	for (uint32_t i = 0; i < rules->n && st == CHY_OK; i++) {
		s = chy_store_stmt(store, ST_PUT_RULE_FILE, err);
		if (s == NULL)
			return CHY_ERR_STORE;
		chy_stmt_int(s, 1, id);
		chy_stmt_int(s, 2, i);
		chy_stmt_text(s, 3, rules->names[i]);
		chy_stmt_text(s, 4, rules->texts[i]);
		st = chy_stmt_run(s, err);
	}
	return st;
}

static chy_status
get_rule_files(chy_store *store, chy_arena *arena, chy_rules_row *ret,
    chy_error *err)
{
	chy_stmt *s = chy_store_stmt(store, ST_GET_RULE_FILES, err);
	uint32_t cap = 256;
	chy_status st;
	bool row;

	ret->names = chy_arena_zalloc(arena, cap, sizeof(*ret->names));
	ret->texts = chy_arena_zalloc(arena, cap, sizeof(*ret->texts));
	if (s == NULL || ret->names == NULL || ret->texts == NULL)
		return s == NULL ? CHY_ERR_STORE : chy_fail(err,
		    CHY_ERR_NO_MEMORY, "no memory");
	chy_stmt_int(s, 1, ret->id);
	while ((st = chy_stmt_step(s, &row, err)) == CHY_OK && row &&
	    ret->n < cap) {
		ret->names[ret->n] = chy_arena_copy(arena,
		    chy_column_text(s, 0));
		ret->texts[ret->n++] = chy_arena_copy(arena,
		    chy_column_text(s, 1));
	}
	chy_stmt_reset(s);
	return st;
}

chy_status
chy_store_get_rules(chy_store *store, chy_arena *arena, chy_rules_row *ret,
    chy_error *err)
{
	chy_stmt *s = chy_store_stmt(store, ST_NEWEST_RULES, err);
	chy_rules_row r = { .who = CHY_EMPTY };
	chy_status st;
	bool row;

	if (s == NULL)
		return CHY_ERR_STORE;
	st = chy_stmt_step(s, &row, err);
	if (st == CHY_OK && row) {
		r.id = chy_column_int(s, 0);
		r.at = chy_column_int(s, 1);
		r.who = chy_arena_copy(arena, chy_column_text(s, 2));
		r.since = chy_column_int(s, 3);
	}
	chy_stmt_reset(s);
	if (st == CHY_OK && r.id != 0)
		st = get_rule_files(store, arena, &r, err);
	if (st == CHY_OK)
		*ret = r;
	return st;
}


/* ---- distributions ---- */

chy_status
chy_store_put_distribution(chy_store *store, const chy_distribution_row *row,
    chy_error *err)
{
	chy_stmt *s = chy_store_stmt(store, ST_PUT_DISTRIBUTION, err);
	chy_buf buf = CHY_BUF_INIT;
	chy_status st;

	if (s == NULL)
		return CHY_ERR_STORE;
	put_addressed(&buf, row);
	chy_stmt_int(s, 1, row->original);
	chy_stmt_int(s, 2, row->rules);
	chy_stmt_int(s, 3, row->at);
	chy_stmt_int(s, 4, row->what);
	chy_stmt_text(s, 5, chy_buf_slice(&buf));
	st = chy_buf_status(&buf) != CHY_OK ? chy_fail(err,
	    CHY_ERR_NO_MEMORY, "no memory") : chy_stmt_run(s, err);
	chy_buf_done(&buf);
	return st;
}

chy_status
chy_store_get_distribution(chy_store *store, int64_t original,
    chy_arena *arena, chy_distribution_row *ret, bool *ret_found,
    chy_error *err)
{
	chy_stmt *s = chy_store_stmt(store, ST_GET_DISTRIBUTION, err);
	chy_distribution_row r = { .original = original };
	chy_status st;
	bool row = false;

	if (s == NULL)
		return CHY_ERR_STORE;
	chy_stmt_int(s, 1, original);
	st = chy_stmt_step(s, &row, err);
	if (st == CHY_OK && row) {
		r.rules = chy_column_int(s, 0);
		r.at = chy_column_int(s, 1);
		r.what = (chy_distributed)chy_column_int(s, 2);
		get_addressed(chy_arena_copy(arena, chy_column_text(s, 3)),
		    arena, &r);
	}
	chy_stmt_reset(s);
	if (st == CHY_OK) {
		*ret = r;
		*ret_found = row;
	}
	return st;
}


/* ---- deliveries ---- */

chy_status
chy_store_put_delivery(chy_store *store, const chy_delivery_row *row,
    chy_error *err)
{
	chy_stmt *s = chy_store_stmt(store, ST_PUT_DELIVERY, err);
	const chy_delivery *d = &row->told;
	chy_buf buf = CHY_BUF_INIT;
	chy_status st;

	if (s == NULL)
		return CHY_ERR_STORE;
	put_because(&buf, d);
	chy_stmt_int(s, 1, row->original);
	chy_stmt_int(s, 2, d->kind);
	chy_stmt_text(s, 3, d->addressee);
	chy_stmt_text(s, 4, d->office);
	chy_stmt_text(s, 5, d->title);
	chy_stmt_text(s, 6, d->was);
	chy_stmt_int(s, 7, (d->person ? 1 : 0) | (d->codrafter ? 2 : 0));
	chy_stmt_text(s, 8, chy_buf_slice(&buf));
	chy_stmt_text(s, 9, d->stopped_by);
	chy_stmt_text(s, 10, d->stopped_why);
	chy_stmt_int(s, 11, d->minutes);
	chy_stmt_int(s, 12, row->at);
	chy_stmt_int(s, 13, row->due);
	chy_stmt_int(s, 14, row->state);
	chy_stmt_int(s, 15, row->by_hand);
	chy_stmt_text(s, 16, row->who);
	chy_stmt_text(s, 17, row->reason);
	st = chy_buf_status(&buf) != CHY_OK ? chy_fail(err,
	    CHY_ERR_NO_MEMORY, "no memory") : chy_stmt_run(s, err);
	chy_buf_done(&buf);
	return st;
}

chy_status
chy_store_end_delivery(chy_store *store, int64_t id, int state, int64_t at,
    chy_slice who, chy_slice why, bool *ret_done, chy_error *err)
{
	chy_stmt *s = chy_store_stmt(store, ST_END_DELIVERY, err);
	chy_status st;

	if (s == NULL)
		return CHY_ERR_STORE;
	chy_stmt_int(s, 1, id);
	chy_stmt_int(s, 2, state);
	chy_stmt_int(s, 3, at);
	chy_stmt_text(s, 4, who);
	chy_stmt_text(s, 5, why);
	st = chy_stmt_step(s, ret_done, err);
	chy_stmt_reset(s);
	return st;
}

chy_status
chy_store_turn_delivery(chy_store *store, int64_t id, chy_delivery_kind kind,
    chy_error *err)
{
	chy_stmt *s = chy_store_stmt(store, ST_TURN_DELIVERY, err);

	if (s == NULL)
		return CHY_ERR_STORE;
	chy_stmt_int(s, 1, id);
	chy_stmt_int(s, 2, kind);
	return chy_stmt_run(s, err);
}

chy_status
chy_store_read_delivery(chy_store *store, int64_t id, chy_slice who,
    int64_t at, chy_error *err)
{
	chy_stmt *s = chy_store_stmt(store, ST_READ_DELIVERY, err);

	if (s == NULL)
		return CHY_ERR_STORE;
	chy_stmt_int(s, 1, id);
	chy_stmt_text(s, 2, who);
	chy_stmt_int(s, 3, at);
	return chy_stmt_run(s, err);
}

static chy_delivery_row *
next_row(chy_delivery_rows *rows, chy_arena *arena)
{
	chy_delivery_row *more;

	if (rows->n == rows->cap) {
		more = chy_arena_zalloc(arena, (size_t)rows->cap * 2 + 32,
		    sizeof(*more));
		if (more == NULL)
			return NULL;
		if (rows->n > 0)
			memcpy(more, rows->at, rows->n * sizeof(*more));
		rows->at = more;
		rows->cap = rows->cap * 2 + 32;
	}
	return &rows->at[rows->n++];
}

static chy_slice
text_at(chy_stmt *s, int at, chy_arena *arena)
{
	return chy_arena_copy(arena, chy_column_text(s, at));
}

static void
get_delivery(chy_stmt *s, chy_arena *arena, chy_delivery_row *row)
{
	chy_delivery *d = &row->told;
	int64_t kind = chy_column_int(s, 2), flags = chy_column_int(s, 7);

	row->id = chy_column_int(s, 0);
	row->original = chy_column_int(s, 1);
	d->kind = kind >= 0 && kind < CHY_DELIVERY_KINDS ?
	    (chy_delivery_kind)kind : CHY_DELIVERY_MARK;
	d->addressee = text_at(s, 3, arena);
	d->office = text_at(s, 4, arena);
	d->title = text_at(s, 5, arena);
	d->was = text_at(s, 6, arena);
	d->person = (flags & 1) != 0;
	d->codrafter = (flags & 2) != 0;
	get_because(text_at(s, 8, arena), arena, d);
	d->stopped_by = text_at(s, 9, arena);
	d->stopped_why = text_at(s, 10, arena);
	d->minutes = (uint32_t)chy_column_int(s, 11);
	row->at = chy_column_int(s, 12);
	row->due = chy_column_int(s, 13);
	row->state = (int)chy_column_int(s, 14);
	row->by_hand = chy_column_int(s, 15) != 0;
	row->who = text_at(s, 16, arena);
	row->reason = text_at(s, 17, arena);
	row->ended = chy_column_int(s, 18);
	row->ended_by = text_at(s, 19, arena);
	row->ended_why = text_at(s, 20, arena);
	row->read_at = chy_column_int(s, 21);
	row->read_by = text_at(s, 22, arena);
}

static chy_status
get_all(chy_stmt *s, chy_arena *arena, chy_delivery_rows *rows,
    chy_error *err)
{
	chy_status st;
	bool row;

	while ((st = chy_stmt_step(s, &row, err)) == CHY_OK && row) {
		chy_delivery_row *r = next_row(rows, arena);

		if (r == NULL) {
			st = CHY_ERR_NO_MEMORY;
			break;
		}
		get_delivery(s, arena, r);
	}
	chy_stmt_reset(s);
	if (st == CHY_ERR_NO_MEMORY || chy_arena_failed(arena))
		return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	return st;
}

chy_status
chy_store_deliveries_of(chy_store *store, int64_t original, chy_arena *arena,
    chy_delivery_rows *rows, chy_error *err)
{
	chy_stmt *s = chy_store_stmt(store, ST_DELIVERIES_OF, err);

	if (s == NULL)
		return CHY_ERR_STORE;
	chy_stmt_int(s, 1, original);
	return get_all(s, arena, rows, err);
}

chy_status
chy_store_deliveries_of_id(chy_store *store, chy_slice canonical_id,
    chy_arena *arena, chy_delivery_rows *rows, chy_error *err)
{
	chy_stmt *s = chy_store_stmt(store, ST_DELIVERIES_OF_ID, err);

	if (s == NULL)
		return CHY_ERR_STORE;
	chy_stmt_text(s, 1, canonical_id);
	return get_all(s, arena, rows, err);
}

chy_status
chy_store_deliveries_to(chy_store *store, chy_slice office, chy_arena *arena,
    chy_delivery_rows *rows, chy_error *err)
{
	chy_stmt *s = chy_store_stmt(store, ST_DELIVERIES_TO, err);

	if (s == NULL)
		return CHY_ERR_STORE;
	chy_stmt_text(s, 1, office);
	return get_all(s, arena, rows, err);
}

chy_status
chy_store_deliveries_desk(chy_store *store, chy_arena *arena,
    chy_delivery_rows *rows, chy_error *err)
{
	chy_stmt *s = chy_store_stmt(store, ST_DELIVERIES_DESK, err);

	if (s == NULL)
		return CHY_ERR_STORE;
	return get_all(s, arena, rows, err);
}

chy_status
chy_store_copies(chy_store *store, chy_arena *arena, chy_delivery_rows *rows,
    chy_error *err)
{
	chy_stmt *s = chy_store_stmt(store, ST_COPIES, err);
	chy_status st;
	bool row;

	if (s == NULL)
		return CHY_ERR_STORE;
	while ((st = chy_stmt_step(s, &row, err)) == CHY_OK && row) {
		chy_delivery_row *r = next_row(rows, arena);

		if (r == NULL) {
			st = chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
			break;
		}
		r->original = chy_column_int(s, 0);
		r->told.kind = chy_column_int(s, 1) == 0 ?
		    CHY_DELIVERY_ACTION : CHY_DELIVERY_INFO;
		r->told.office = text_at(s, 2, arena);
	}
	chy_stmt_reset(s);
	return st;
}

chy_status
chy_store_count_copies(chy_store *store, chy_arena *arena,
    chy_office_copies **ret, uint32_t *ret_n, chy_error *err)
{
	chy_stmt *s = chy_store_stmt(store, ST_COUNT_COPIES, err);
	chy_office_copies *list = NULL;
	uint32_t n = 0, cap = 0;
	chy_status st;
	bool row;

	if (s == NULL)
		return CHY_ERR_STORE;
	while ((st = chy_stmt_step(s, &row, err)) == CHY_OK && row) {
		if (n == cap) {
			chy_office_copies *more = chy_arena_zalloc(arena,
			    (size_t)cap * 2 + 64, sizeof(*more));

			if (more == NULL) {
				st = chy_fail(err, CHY_ERR_NO_MEMORY,
				    "no memory");
				break;
			}
			if (n > 0)
				memcpy(more, list, n * sizeof(*more));
			list = more;
			cap = cap * 2 + 64;
		}
		list[n].office = text_at(s, 0, arena);
		list[n].n = (uint32_t)chy_column_int(s, 1);
		list[n++].n_action = (uint32_t)chy_column_int(s, 2);
	}
	chy_stmt_reset(s);
	if (st == CHY_OK) {
		*ret = list;
		*ret_n = n;
	}
	return st;
}

int64_t
chy_store_newest_original(const chy_store *store)
{
	return store->next_original - 1;
}
