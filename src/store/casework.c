/*
 * Tasks, dockets and items as rows.
 *
 * The columns of the three wide tables are lists in store/casework.h, from
 * which the statements and the code that binds and reads them are made, so
 * that none can be forgotten in one place.
 *
 * SPDX-License-Identifier: ISC
 */
#include "store/casework.h"

#include <stdio.h>

#include "store/store_int.h"

#define NAMES_MAX	64u	/* tasks or cases of one telegram */


/* ---- binding and reading ---- */

static void
bind_day(chy_stmt *s, int at, int32_t day)
{
	if (day == CHY_NO_DAY)
		chy_stmt_null(s, at);
	else
		chy_stmt_int(s, at, day);
}

static int32_t
column_day(chy_stmt *s, int at)
{
	return chy_column_is_null(s, at) ? CHY_NO_DAY :
	    (int32_t)chy_column_int(s, at);
}

static chy_slice
column_copy(chy_stmt *s, int at, chy_arena *arena)
{
	return chy_arena_copy(arena, chy_column_text(s, at));
}

/* Add a zeroed row to a list that grows in an arena. */
static void *
list_add(chy_arena *arena, void **at, uint32_t *n, uint32_t *cap, size_t size)
{
	if (*n == *cap) {
		char *more = chy_arena_zalloc(arena, (size_t)*cap * 2 + 16,
		    size);

		if (more == NULL)
			return NULL;
		if (*n > 0)
			memcpy(more, *at, *n * size);
		*at = more;
		*cap = *cap * 2 + 16;
	}
	return (char *)*at + (*n)++ * size;
}

typedef void (*row_fn)(chy_stmt *s, void *row, chy_arena *arena);

static chy_status
list(chy_store *store, const char *sql, chy_slice key, size_t size,
    row_fn read, chy_arena *arena, void **ret, uint32_t *ret_n, chy_error *err)
{
	chy_stmt *s = chy_store_stmt_aside(store, sql, err);
	uint32_t n = 0, cap = 0;
	void *at = NULL;
	bool row;
	chy_status st;

	if (s == NULL)
		return CHY_ERR_STORE;
	chy_stmt_text(s, 1, key);
	while ((st = chy_stmt_step(s, &row, err)) == CHY_OK && row) {
		void *one = list_add(arena, &at, &n, &cap, size);

		if (one == NULL) {
			st = chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
			break;
		}
		read(s, one, arena);
	}
	chy_stmt_reset(s);
	if (st != CHY_OK)
		return st;
	*ret = at;
	*ret_n = n;
	return CHY_OK;
}

/* Run a statement; types has a letter for each value: t a chy_slice *, i an
 * int64_t *, d an int32_t *. */
static chy_status
run(chy_store *store, const char *sql, const char *types,
    const void *const *values, chy_error *err)
{
	chy_stmt *s = chy_store_stmt_aside(store, sql, err);
	chy_status st;

	if (s == NULL)
		return CHY_ERR_STORE;
	for (int i = 0; types[i] != '\0'; i++)
		if (types[i] == 't')
			chy_stmt_text(s, i + 1, *(const chy_slice *)values[i]);
		else if (types[i] == 'i')
			chy_stmt_int(s, i + 1, *(const int64_t *)values[i]);
		else
			bind_day(s, i + 1, *(const int32_t *)values[i]);
	st = chy_stmt_run(s, err);
	chy_stmt_reset(s);
	return st;
}


/* ---- the wide tables ---- */

#define NAME_1(f)	#f ", "
#define NAME_2(f, type)	#f ", "
#define MARK_1(f)	"?, "
#define MARK_2(f, type)	"?, "
#define SET_1(f)	#f " = excluded." #f ", "
#define SET_2(f, type)	#f " = excluded." #f ", "
#define BIND_T(f)	chy_stmt_text(s, at++, row->f);
#define BIND_I(f)	chy_stmt_int(s, at++, row->f);
#define BIND_D(f)	bind_day(s, at++, row->f);
#define BIND_K(f, type)	chy_stmt_text(s, at++, \
	chy_slice_of(type##_name(row->f)));
#define READ_T(f)	one->f = column_copy(s, at++, arena);
#define READ_I(f)	one->f = chy_column_int(s, at++);
#define READ_D(f)	one->f = column_day(s, at++);
#define READ_K(f, type)	(void)type##_parse(chy_column_text(s, at++), &one->f);

/* A new row has no id and gets one; a row with one is changed. */
#define WIDE(type, name, table, FIELDS, condition)			\
static void								\
name##_read(chy_stmt *s, void *row, chy_arena *arena)			\
{									\
	type *one = row;						\
	int at = 0;							\
									\
	FIELDS(READ_T, READ_I, READ_D, READ_K)				\
	one->id = chy_column_int(s, at);				\
}									\
									\
chy_status								\
chy_store_##name##_list(chy_store *store, chy_slice key,		\
    chy_arena *arena, type **ret, uint32_t *ret_n, chy_error *err)	\
{									\
	void *at = NULL;						\
	chy_status st = list(store, "SELECT "				\
	    FIELDS(NAME_1, NAME_1, NAME_1, NAME_2) "id FROM " table	\
	    " WHERE " condition " ORDER BY id", key, sizeof(**ret),	\
	    name##_read, arena, &at, ret_n, err);			\
									\
	if (st == CHY_OK)						\
		*ret = at;						\
	return st;							\
}									\
									\
chy_status								\
chy_store_##name##_put(chy_store *store, const type *row,		\
    chy_error *err)							\
{									\
	int at = 1;							\
	chy_status st;							\
	chy_stmt *s = chy_store_stmt_aside(store, row->id == 0 ?	\
	    "INSERT INTO " table					\
	    " (" FIELDS(NAME_1, NAME_1, NAME_1, NAME_2) "id) VALUES ("	\
	    FIELDS(MARK_1, MARK_1, MARK_1, MARK_2) "?)" :		\
	    "INSERT INTO " table					\
	    " (" FIELDS(NAME_1, NAME_1, NAME_1, NAME_2) "id) VALUES ("	\
	    FIELDS(MARK_1, MARK_1, MARK_1, MARK_2) "?) "		\
	    "ON CONFLICT (id) DO UPDATE SET "				\
	    FIELDS(SET_1, SET_1, SET_1, SET_2) "id = excluded.id",	\
	    err);							\
									\
	if (s == NULL)							\
		return CHY_ERR_STORE;					\
	FIELDS(BIND_T, BIND_I, BIND_D, BIND_K)				\
	if (row->id != 0)						\
		chy_stmt_int(s, at, row->id);				\
	else								\
		chy_stmt_null(s, at);					\
	st = chy_stmt_run(s, err);					\
	chy_stmt_reset(s);						\
	return st;							\
}

WIDE(chy_task, task, "task", CHY_TASK_FIELDS,
    "?1 = '' OR name = ?1 OR parent = ?1 OR telegram = ?1")
WIDE(chy_docket, docket, "docket", CHY_DOCKET_FIELDS,
    "?1 = '' OR name = ?1")
WIDE(chy_item, item, "item", CHY_ITEM_FIELDS, "?1 = '' OR docket = ?1")


/* ---- the narrow tables ---- */

#define COLUMN(f, n)	one->f = column_copy(s, n, arena)

#define NARROW(type, name, select, read_columns, insert, types, ...)	\
static void								\
name##_read(chy_stmt *s, void *row, chy_arena *arena)			\
{									\
	type *one = row;						\
									\
	read_columns;							\
}									\
									\
chy_status								\
chy_store_##name##_list(chy_store *store, chy_slice key,		\
    chy_arena *arena, type **ret, uint32_t *ret_n, chy_error *err)	\
{									\
	void *at = NULL;						\
	chy_status st = list(store, select, key, sizeof(**ret),		\
	    name##_read, arena, &at, ret_n, err);			\
									\
	if (st == CHY_OK)						\
		*ret = at;						\
	return st;							\
}									\
									\
chy_status								\
chy_store_##name##_put(chy_store *store, const type *row,		\
    chy_error *err)							\
{									\
	const void *const values[] = { __VA_ARGS__ };			\
									\
	return run(store, insert, types, values, err);			\
}

NARROW(chy_task_target, task_target,
    "SELECT task, addressee, status, reply, day FROM task_target "
    "WHERE task = ?1 ORDER BY addressee",
    COLUMN(task, 0); COLUMN(addressee, 1); COLUMN(status, 2);
    COLUMN(reply, 3); one->day = column_day(s, 4),
    "INSERT INTO task_target (task, addressee, status, reply, day) "
    "VALUES (?, ?, ?, ?, ?) ON CONFLICT (task, addressee) DO UPDATE SET "
    "status = excluded.status, reply = excluded.reply, day = excluded.day",
    "ttttd", &row->task, &row->addressee, &row->status, &row->reply,
    &row->day)

NARROW(chy_task_reply, task_reply,
    "SELECT task, telegram, post, label, state, day FROM task_reply "
    "WHERE task = ?1 ORDER BY day, telegram",
    COLUMN(task, 0); COLUMN(telegram, 1); COLUMN(post, 2);
    COLUMN(label, 3); COLUMN(state, 4); one->day = column_day(s, 5),
    "INSERT INTO task_reply (task, telegram, post, label, state, day) "
    "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (task, telegram) DO UPDATE SET "
    "state = excluded.state", "tttttd", &row->task, &row->telegram,
    &row->post, &row->label, &row->state, &row->day)

NARROW(chy_docket_entry, docket_entry,
    "SELECT docket, kind, value, note FROM docket_entry "
    "WHERE docket = ?1 ORDER BY kind, value, note",
    COLUMN(docket, 0); COLUMN(kind, 1); COLUMN(value, 2); COLUMN(note, 3),
    "INSERT INTO docket_entry (docket, kind, value, note) "
    "VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING", "tttt", &row->docket,
    &row->kind, &row->value, &row->note)

NARROW(chy_docket_member, docket_member,
    "SELECT docket, telegram, how, why, day FROM docket_member "
    "WHERE docket = ?1 ORDER BY day, telegram",
    COLUMN(docket, 0); COLUMN(telegram, 1); COLUMN(how, 2); COLUMN(why, 3);
    one->day = column_day(s, 4),
    "INSERT INTO docket_member (docket, telegram, how, why, day) "
    "VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING", "ttttd", &row->docket,
    &row->telegram, &row->how, &row->why, &row->day)

NARROW(chy_item_at, item_at,
    "SELECT docket, item, telegram, paragraph, off, len FROM item_source "
    "WHERE docket = ?1 ORDER BY item, telegram, off",
    COLUMN(docket, 0); COLUMN(item, 1); COLUMN(telegram, 2);
    COLUMN(paragraph, 3); one->off = chy_column_int(s, 4);
    one->len = chy_column_int(s, 5),
    "INSERT INTO item_source (docket, item, telegram, paragraph, off, len) "
    "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING", "ttttii",
    &row->docket, &row->item, &row->telegram, &row->paragraph, &row->off,
    &row->len)

NARROW(chy_item_tie, item_tie,
    "SELECT docket, item, kind, target, why FROM item_link "
    "WHERE docket = ?1 ORDER BY item, kind, target",
    COLUMN(docket, 0); COLUMN(item, 1); COLUMN(kind, 2); COLUMN(target, 3);
    COLUMN(why, 4),
    "INSERT INTO item_link (docket, item, kind, target, why) "
    "VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING", "ttttt", &row->docket,
    &row->item, &row->kind, &row->target, &row->why)

NARROW(chy_case_change, case_change,
    "SELECT at, who, object, change, why, label FROM casework_log "
    "WHERE object = ?1 ORDER BY id",
    one->at = chy_column_int(s, 0); COLUMN(who, 1); COLUMN(object, 2);
    COLUMN(change, 3); COLUMN(why, 4); COLUMN(label, 5),
    "INSERT INTO casework_log (at, who, object, change, why, label) "
    "VALUES (?, ?, ?, ?, ?, ?)", "ittttt", &row->at, &row->who,
    &row->object, &row->change, &row->why, &row->label)

chy_status
chy_store_docket_remove(chy_store *store, const chy_docket_member *member,
    chy_error *err)
{
	const void *const values[] = { &member->docket, &member->telegram };

	return run(store, "DELETE FROM docket_member WHERE docket = ? "
	    "AND telegram = ?", "tt", values, err);
}


/* ---- settings ---- */

chy_status
chy_store_days(chy_store *store, chy_casework_settings *ret, chy_error *err)
{
	chy_stmt *s = NULL;
	bool row;
	chy_status st = chy_db_prepare(store->db, "SELECT precedence, "
	    "first_days, final_days FROM casework_days", &s, err);

	*ret = chy_casework_defaults();
	while (st == CHY_OK && (st = chy_stmt_step(s, &row, err)) == CHY_OK &&
	    row) {
		int64_t p = chy_column_int(s, 0);

		if (p < 0 || p > CHY_PRECEDENCE_CRITIC)
			continue;
		ret->first_days[p] = (int)chy_column_int(s, 1);
		ret->final_days[p] = (int)chy_column_int(s, 2);
	}
	chy_stmt_free(s);
	return st;
}

chy_status
chy_store_days_put(chy_store *store, chy_precedence precedence, int first,
    int final, chy_error *err)
{
	int64_t p = precedence, a = first, b = final;
	const void *const values[] = { &p, &a, &b };

	return run(store, "INSERT INTO casework_days (precedence, first_days, "
	    "final_days) VALUES (?, ?, ?) ON CONFLICT (precedence) DO UPDATE "
	    "SET first_days = excluded.first_days, "
	    "final_days = excluded.final_days", "iii", values, err);
}


/* ---- filing ---- */

static chy_status
log_filing(chy_store *store, chy_slice object, const char *change,
    chy_slice why, chy_slice label, chy_error *err)
{
	chy_case_change c = { .at = 0, .who = CHY_SLICE("chancery"),
	    .object = object, .change = chy_slice_of(change), .why = why,
	    .label = label };

	return chy_store_case_change_put(store, &c, err);
}

/* The telegram cites what task asks: perhaps it answers it. */
static chy_status
propose_reply(chy_store *store, chy_slice task, chy_slice telegram,
    chy_slice post, chy_slice label, int32_t day, chy_error *err)
{
	chy_task_reply reply = { task, telegram, post, label,
	    CHY_SLICE("proposed"), day };
	chy_stmt *s = chy_store_stmt_aside(store, "SELECT 1 FROM task_reply "
	    "WHERE task = ?1 AND telegram = ?2", err);
	bool row = false;
	chy_status st;

	if (s == NULL)
		return CHY_ERR_STORE;
	chy_stmt_text(s, 1, task);
	chy_stmt_text(s, 2, telegram);
	st = chy_stmt_step(s, &row, err);
	chy_stmt_reset(s);
	if (st != CHY_OK || row)
		return st;
	return chy_store_task_reply_put(store, &reply, err);
}

struct citing {
	chy_slice telegram, post, label;
	int64_t	  dtg;
};

static void
citing_read(chy_stmt *s, void *row, chy_arena *arena)
{
	struct citing *one = row;

	one->telegram = column_copy(s, 0, arena);
	one->post = column_copy(s, 1, arena);
	one->label = column_copy(s, 2, arena);
	one->dtg = chy_column_int(s, 3);
}

/* Answers that were filed before what they answer. */
static chy_status
find_replies(chy_store *store, const chy_filing *f, chy_slice task,
    chy_arena *arena, chy_error *err)
{
	struct citing *at;
	void *rows = NULL;
	uint32_t n;
	chy_status st;

	if (chy_store_is_absent(store, FORESEEN_CITED, f->canonical_id))
		return CHY_OK;
	st = list(store, "SELECT DISTINCT t.canonical_id, "
	    "COALESCE(t.post, ''), l.name, COALESCE(t.dtg, 0) "
	    "FROM citation c JOIN telegram t ON t.original = c.telegram "
	    "JOIN label l ON l.id = t.label "
	    "WHERE c.value = ?1 AND c.kind = 0 AND c.part IS NULL "
	    "AND t.canonical_id IS NOT NULL",
	    f->canonical_id, sizeof(*at), citing_read, arena, &rows, &n, err);

	at = rows;
	for (uint32_t i = 0; st == CHY_OK && i < n; i++)
		st = propose_reply(store, task, at[i].telegram, at[i].post,
		    at[i].label, (int32_t)(at[i].dtg / 86400), err);
	return st;
}

/* Whether all who may know of what has the label y may know of x. */
static bool
label_leq(chy_slice x, chy_slice y)
{
	chy_label a, b;

	return chy_label_parse(x, &a, NULL) == CHY_OK &&
	    chy_label_parse(y, &b, NULL) == CHY_OK && chy_label_leq(&a, &b);
}

/*
 * A copy asks too, and not all who see it know of the task that is there. If
 * fewer see that one, this takes its place, and what people did with it
 * stays; else it stands beside it, under another name.
 */
static chy_status
place_beside(chy_store *store, chy_task *task, chy_arena *arena,
    chy_error *err)
{
	char name[256];
	chy_slice plain = task->name;

	for (unsigned k = 1; k < NAMES_MAX; k++) {
		chy_task *was;
		uint32_t n;
		chy_status st;

		if (k > 1) {
			(void)snprintf(name, sizeof(name), "%.*s~%u",
			    CHY_ARG(plain), k);
			task->name = chy_arena_copy(arena,
			    chy_slice_of(name));
		}
		st = chy_store_task_list(store, task->name, arena, &was, &n,
		    err);
		if (st != CHY_OK || n == 0)
			return st;
		if (!label_leq(task->label, was->label) ||
		    !label_leq(task->tel_label, was->tel_label))
			continue;
		task->id = was->id;
		task->office = was->office;
		task->owner = was->owner;
		task->status = was->status;
		task->first_done = was->first_done;
		task->closed_by = was->closed_by;
		task->closed_on = was->closed_on;
		return CHY_OK;
	}
	return CHY_OK;
}

static chy_status
open_task(chy_store *store, const chy_filing *f, uint32_t i, bool copy,
    const chy_casework_settings *set, chy_arena *arena, chy_error *err)
{
	const chy_filing_ask *ask = &f->asks[i];
	int32_t day = (f->flags & CHY_HAS_DTG) != 0 ?
	    (int32_t)(f->dtg / 86400) : CHY_NO_DAY;
	chy_due first = chy_due_assumed(set, f->precedence, day, false);
	char name[256], letter[2] = "";
	unsigned same = 0, before = 0;
	chy_task task;
	chy_status st;

	for (uint32_t k = 0; k < f->n_asks; k++)
		if (chy_slice_eq(f->asks[k].paragraph, ask->paragraph)) {
			same++;
			before += k < i;
		}
	if (same > 1)
		letter[0] = (char)('a' + (before < 25 ? before : 25));
	(void)snprintf(name, sizeof(name), "%.*s#%.*s%s",
	    CHY_ARG(chy_slice_sub(f->canonical_id, 0, 150)),
	    CHY_ARG(chy_slice_sub(ask->paragraph, 0, 50)), letter);
	task = (chy_task){
		.name = chy_slice_of(name), .telegram = f->canonical_id,
		.paragraph = ask->paragraph, .pointed = ask->pointed,
		.what = ask->what, .asker = ask->asker, .asked = ask->asked,
		.label = ask->label, .tel_label = f->labels[0],
		.precedence = f->precedence, .opened = day,
		.first_due = first.day, .first_basis = first.basis,
		.first_phrase = first.phrase,
		.due = ask->due.day, .basis = ask->due.basis,
		.phrase = ask->due.phrase, .office = f->office,
		.owner = CHY_EMPTY, .parent = CHY_EMPTY,
		.status = CHY_ITEM_OPEN, .first_done = CHY_NO_DAY,
		.closed_by = CHY_EMPTY, .closed_on = CHY_NO_DAY,
		.is_group = ask->group,
	};
	/* What the archive's own table says, not the program's. */
	if (task.basis == CHY_DUE_ASSUMED || task.basis == CHY_DUE_NONE) {
		chy_due due = chy_due_assumed(set, f->precedence, day, true);

		task.due = due.day;
		task.basis = due.basis;
		if (task.phrase.len == 0)
			task.phrase = due.phrase;
	} else if (task.due != CHY_NO_DAY && task.first_due > task.due) {
		task.first_due = task.due;
		task.first_basis = task.basis;
		task.first_phrase = task.phrase;
	}
	chy_store_appeared(store, FORESEEN_TASKS, task.telegram);
	st = copy ? place_beside(store, &task, arena, err) : CHY_OK;
	if (st == CHY_OK)
		st = chy_store_task_put(store, &task, err);
	for (uint32_t k = 0; st == CHY_OK && task.is_group &&
	    k < f->n_addressees; k++) {
		chy_task_target target = { task.name, f->addressees[k].post,
		    CHY_SLICE("open"), CHY_EMPTY, CHY_NO_DAY };

		if (f->addressees[k].role == CHY_ROLE_ACTION)
			st = chy_store_task_target_put(store, &target, err);
	}
	if (st == CHY_OK)
		st = log_filing(store, task.name, "opened at filing",
		    CHY_EMPTY, task.label, err);
	if (st == CHY_OK)
		st = find_replies(store, f, task.name, arena, err);
	return st;
}

/* What a statement gives for a telegram's id. */
static chy_status
names_by(chy_store *store, enum store_statement which, chy_slice id,
    chy_arena *arena, chy_slice *names, uint32_t *ret_n, chy_error *err)
{
	chy_status st = CHY_OK;
	chy_stmt *s;
	bool row;

	*ret_n = 0;
	if (chy_store_is_absent(store, which == ST_CITED_TASKS ?
	    FORESEEN_TASKS : FORESEEN_DOCKETS, id))
		return CHY_OK;
	s = chy_store_stmt(store, which, err);
	if (s == NULL)
		return CHY_ERR_STORE;
	chy_stmt_text(s, 1, id);
	while (*ret_n < NAMES_MAX &&
	    (st = chy_stmt_step(s, &row, err)) == CHY_OK && row)
		names[(*ret_n)++] = column_copy(s, 0, arena);
	chy_stmt_reset(s);
	return st;
}

/* Whether all who see the asks of this copy know already that something is
 * asked. */
static chy_status
is_known_to_all(chy_store *store, const chy_filing *f, const chy_slice *have,
    uint32_t n, chy_arena *arena, bool *ret, chy_error *err)
{
	*ret = false;
	for (uint32_t i = 0; i < n && !*ret; i++) {
		chy_task *task;
		uint32_t found;
		chy_status st = chy_store_task_list(store, have[i], arena,
		    &task, &found, err);

		if (st != CHY_OK)
			return st;
		*ret = found > 0 && label_leq(task->tel_label, f->labels[0]);
		for (uint32_t k = 0; k < f->n_asks && *ret; k++)
			*ret = label_leq(task->label, f->asks[k].label);
	}
	return CHY_OK;
}

static chy_status
open_tasks(chy_store *store, const chy_filing *f, bool copy, bool again,
    chy_arena *arena, chy_error *err)
{
	chy_casework_settings set;
	chy_slice have[NAMES_MAX];
	bool known = false;
	uint32_t n;
	chy_status st;

	if (f->n_asks == 0)
		return CHY_OK;
	st = names_by(store, ST_CITED_TASKS, f->canonical_id, arena, have, &n,
	    err);
	if (st == CHY_OK && n > 0 && !again)
		st = is_known_to_all(store, f, have, n, arena, &known, err);
	if (st == CHY_OK && !store->has_days) {
		st = chy_store_days(store, &store->days, err);
		store->has_days = st == CHY_OK;
	}
	if (st != CHY_OK)
		return st;
	set = store->days;
	/* A corrected copy opens nothing twice; whoever owns it is told. */
	for (uint32_t i = 0; i < n && copy && !again && st == CHY_OK; i++)
		st = log_filing(store, have[i],
		    (f->flags & CHY_HAS_CORRECTED) != 0 ?
		    "a corrected copy was filed" : "another copy was filed",
		    CHY_EMPTY, f->labels[0], err);
	/* Who may see this copy and not the one before knows of a task too. */
	known |= again && n > 0;
	for (uint32_t i = 0; i < f->n_asks && !known && st == CHY_OK; i++)
		st = open_task(store, f, i, n > 0, &set, arena, err);
	return st;
}

/* Tasks of the telegram cited, and the cases it is in. */
static chy_status
follow_citation(chy_store *store, const chy_filing *f,
    const chy_filing_citation *c, chy_arena *arena, chy_error *err)
{
	int32_t day = (int32_t)(f->dtg / 86400);
	chy_slice names[NAMES_MAX];
	uint32_t n;
	char why[64];
	chy_status st = names_by(store, ST_CITED_TASKS, c->value, arena, names,
	    &n, err);

	for (uint32_t i = 0; st == CHY_OK && i < n; i++)
		st = propose_reply(store, names[i], f->canonical_id, f->post,
		    f->labels[0], day, err);
	if (st == CHY_OK)
		st = names_by(store, ST_CITED_DOCKETS, c->value, arena, names,
		    &n, err);
	if (st != CHY_OK)
		return st;
	if (c->letter != '\0')
		(void)snprintf(why, sizeof(why), "REF %c, %.*s", c->letter,
		    CHY_ARG(chy_slice_sub(c->value, 0, 40)));
	else
		(void)snprintf(why, sizeof(why), "REF %.*s",
		    CHY_ARG(chy_slice_sub(c->value, 0, 40)));
	for (uint32_t i = 0; st == CHY_OK && i < n; i++) {
		chy_docket_member member = { names[i], f->canonical_id,
		    CHY_SLICE("reference"), chy_slice_of(why),
		    (f->flags & CHY_HAS_DTG) != 0 ? day : CHY_NO_DAY };

		chy_store_appeared(store, FORESEEN_DOCKETS, member.telegram);
		st = chy_store_docket_member_put(store, &member, err);
	}
	return st;
}

chy_status
chy_store_casework_file(chy_store *store, const chy_filing *f, bool copy,
    bool again, chy_error *err)
{
	chy_arena arena;
	chy_status st;

	if (f->canonical_id.len == 0 || f->n_labels == 0 || (f->n_asks == 0 &&
	    f->n_citations == 0))
		return CHY_OK;
	chy_arena_init(&arena, 0);
	st = open_tasks(store, f, copy, again, &arena, err);
	for (uint32_t i = 0; i < f->n_citations && st == CHY_OK && !copy &&
	    !again; i++)
		if (f->citations[i].kind == CHY_REF_TELEGRAM &&
		    f->citations[i].value.len > 0 &&
		    f->citations[i].part == UINT32_MAX)
			st = follow_citation(store, f, &f->citations[i], &arena, err);
	if (st == CHY_OK && chy_arena_failed(&arena))
		st = chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	chy_arena_done(&arena);
	return st;
}

static void
name_read(chy_stmt *s, void *row, chy_arena *arena)
{
	*(chy_slice *)row = column_copy(s, 0, arena);
}

chy_status
chy_store_casework_check(chy_store *store,
    void (*fault)(void *arg, chy_slice words), void *arg, chy_error *err)
{
	chy_arena arena;
	chy_slice *at;
	void *rows = NULL;
	uint32_t n = 0;
	char words[300];
	chy_status st;

	chy_arena_init(&arena, 0);
	st = list(store, "SELECT DISTINCT task FROM (SELECT task FROM "
	    "task_target UNION SELECT task FROM task_reply) AS answered "
	    "WHERE ?1 = '' AND task NOT IN (SELECT name FROM task)", CHY_EMPTY, sizeof(*at),
	    name_read, &arena, &rows, &n, err);
	at = rows;
	for (uint32_t i = 0; st == CHY_OK && i < n; i++) {
		(void)snprintf(words, sizeof(words), "task %.*s has answers, "
		    "but is not there", CHY_ARG(chy_slice_sub(at[i], 0, 200)));
		fault(arg, chy_slice_of(words));
	}
	chy_arena_done(&arena);
	return st;
}
