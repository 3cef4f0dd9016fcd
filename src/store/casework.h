/*
 * Tasks, dockets and items in the archive: rows in, rows out, and what filing
 * a telegram does to them in the same transaction. For registry/ alone, which
 * adds who may see what.
 *
 * Lists come in the order of their first entry; their texts live in the arena.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_STORE_CASEWORK_H
#define CHY_STORE_CASEWORK_H

#include "casework/casework.h"
#include "store/store.h"

/* Columns of a row: T a text, I a number, D a day, K a word of a table. */
#define CHY_TASK_FIELDS(T, I, D, K)					\
	T(name) T(telegram) T(paragraph) T(pointed) T(what) T(asker)	\
	T(asked) T(label) T(tel_label) I(precedence) D(opened)		\
	D(first_due) K(first_basis, chy_due_basis) T(first_phrase)	\
	D(due) K(basis, chy_due_basis) T(phrase) T(office) T(owner)	\
	T(parent) K(status, chy_item_status) D(first_done) T(closed_by)	\
	D(closed_on) I(is_group)

#define CHY_DOCKET_FIELDS(T, I, D, K)					\
	T(name) T(title) T(file_code) T(programme) T(label) T(own)	\
	D(opened) D(closed)

#define CHY_ITEM_FIELDS(T, I, D, K)					\
	T(docket) T(name) K(kind, chy_item_kind) T(by_name) T(by_side)	\
	T(to_name) T(to_side) T(what) T(about) K(channel, chy_channel)	\
	D(made) D(due) D(first) D(other) K(basis, chy_due_basis)	\
	T(phrase) T(condition) T(consequence) T(closes_when) T(owner)	\
	K(status, chy_item_status) T(closed_by) D(closed_on) T(label)	\
	T(tel_label) T(rule) I(confidence) T(parent) I(measurable)

#define CHY_FIELD_T(f)		chy_slice f;
#define CHY_FIELD_I(f)		int64_t f;
#define CHY_FIELD_D(f)		int32_t f;
#define CHY_FIELD_K(f, type)	type f;

typedef struct chy_task {
	int64_t id;		/* 0: new */
	CHY_TASK_FIELDS(CHY_FIELD_T, CHY_FIELD_I, CHY_FIELD_D, CHY_FIELD_K)
} chy_task;

typedef struct chy_docket {
	int64_t id;
	CHY_DOCKET_FIELDS(CHY_FIELD_T, CHY_FIELD_I, CHY_FIELD_D, CHY_FIELD_K)
} chy_docket;

typedef struct chy_item {
	int64_t id;
	CHY_ITEM_FIELDS(CHY_FIELD_T, CHY_FIELD_I, CHY_FIELD_D, CHY_FIELD_K)
} chy_item;

typedef struct chy_task_target {
	chy_slice task, addressee, status, reply;
	int32_t	  day;
} chy_task_target;

typedef struct chy_task_reply {
	chy_slice task, telegram, post, label, state;
	int32_t	  day;
} chy_task_reply;

typedef struct chy_docket_entry {
	chy_slice docket, kind, value, note;
} chy_docket_entry;

typedef struct chy_docket_member {
	chy_slice docket, telegram, how, why;
	int32_t	  day;
} chy_docket_member;

typedef struct chy_item_at {
	chy_slice docket, item, telegram, paragraph;
	int64_t	  off, len;
} chy_item_at;

typedef struct chy_item_tie {
	chy_slice docket, item, kind, target, why;
} chy_item_tie;

typedef struct chy_case_change {
	int64_t	  at;		/* seconds; 0: with the filing */
	chy_slice who, object, change, why, label;
} chy_case_change;

/*
 * Rows of a table. Key chooses: of tasks and dockets a name, or empty for
 * all; of the rest the task, docket, or object they belong to.
 */
#define CHY_STORE_LIST(name, type)					\
CHY_MUST_USE chy_status chy_store_##name##_list(chy_store *store,	\
    chy_slice key, chy_arena *arena, type **ret, uint32_t *ret_n,	\
    chy_error *err)
CHY_STORE_LIST(task, chy_task);
CHY_STORE_LIST(task_target, chy_task_target);
CHY_STORE_LIST(task_reply, chy_task_reply);
CHY_STORE_LIST(docket, chy_docket);
CHY_STORE_LIST(docket_entry, chy_docket_entry);
CHY_STORE_LIST(docket_member, chy_docket_member);
CHY_STORE_LIST(item, chy_item);
CHY_STORE_LIST(item_at, chy_item_at);
CHY_STORE_LIST(item_tie, chy_item_tie);
CHY_STORE_LIST(case_change, chy_case_change);
#undef CHY_STORE_LIST

/* Put a row, or change the one of the same key. Inside a transaction. */
#define CHY_STORE_PUT(name, type)					\
CHY_MUST_USE chy_status chy_store_##name##_put(chy_store *store,	\
    const type *row, chy_error *err)
CHY_STORE_PUT(task, chy_task);
CHY_STORE_PUT(task_target, chy_task_target);
CHY_STORE_PUT(task_reply, chy_task_reply);
CHY_STORE_PUT(docket, chy_docket);
CHY_STORE_PUT(docket_entry, chy_docket_entry);
CHY_STORE_PUT(docket_member, chy_docket_member);
CHY_STORE_PUT(item, chy_item);
CHY_STORE_PUT(item_at, chy_item_at);
CHY_STORE_PUT(item_tie, chy_item_tie);
CHY_STORE_PUT(case_change, chy_case_change);
#undef CHY_STORE_PUT

CHY_MUST_USE chy_status chy_store_docket_remove(chy_store *store,
    const chy_docket_member *member, chy_error *err);

/* The days that precedence gives, with what was changed. */
CHY_MUST_USE chy_status chy_store_days(chy_store *store,
    chy_casework_settings *ret, chy_error *err);
CHY_MUST_USE chy_status chy_store_days_put(chy_store *store,
    chy_precedence precedence, int first, int final, chy_error *err);

/*
 * What filing does: open what the telegram asks for, propose it as the answer
 * to what it cites, and bring it into the cases that hold what it cites. With
 * again, what is open for it already is left alone.
 */
CHY_MUST_USE chy_status chy_store_casework_file(chy_store *store,
    const chy_filing *filing, bool copy, bool again, chy_error *err);

/* Telegrams filed with an action request of which nothing was opened. */
CHY_MUST_USE chy_status chy_store_casework_check(chy_store *store,
    void (*fault)(void *arg, chy_slice words), void *arg, chy_error *err);

#endif
