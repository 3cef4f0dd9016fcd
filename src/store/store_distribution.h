/*
 * Distribution in the archive: rules kept, what was sent to whom, and the
 * statements for it. Part of store/store.h, for registry/ alone.
 *
 * Everything that changes is called inside a transaction that
 * chy_store_begin opened.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_STORE_STORE_DISTRIBUTION_H
#define CHY_STORE_STORE_DISTRIBUTION_H

#include "distribute/distribute.h"
#include "store/store.h"

typedef struct chy_rules_row {
	int64_t	   id;		/* 0: none are kept */
	int64_t	   at;
	int64_t	   since;
	chy_slice  who;
	chy_slice *names, *texts;
	uint32_t   n;
} chy_rules_row;

CHY_MUST_USE chy_status chy_store_put_rules(chy_store *store,
    const chy_rules_row *rules, chy_error *err);
/* Those kept last, in the arena. */
CHY_MUST_USE chy_status chy_store_get_rules(chy_store *store,
    chy_arena *arena, chy_rules_row *ret, chy_error *err);

/* Numbers are in archives, so they stay. */
typedef enum chy_distributed {
	CHY_DISTRIBUTED_SENT = 0,
	CHY_DISTRIBUTED_COPY = 1,
	CHY_DISTRIBUTED_REJECTED = 2,
	CHY_DISTRIBUTED_CORRECTION = 3,
} chy_distributed;

typedef struct chy_distribution_row {
	int64_t	  original;
	int64_t	  rules;
	int64_t	  at;
	chy_distributed what;
	chy_addressed *addressed;
	uint32_t  n_addressed;
} chy_distribution_row;

CHY_MUST_USE chy_status chy_store_put_distribution(chy_store *store,
    const chy_distribution_row *row, chy_error *err);
/* *ret_found is false where the original was not distributed. */
CHY_MUST_USE chy_status chy_store_get_distribution(chy_store *store,
    int64_t original, chy_arena *arena, chy_distribution_row *ret,
    bool *ret_found, chy_error *err);

typedef struct chy_delivery_row {
	int64_t	  id;
	int64_t	  original;
	chy_delivery told;
	int64_t	  at, due;
	int	  state;	/* chy_delivery_state */
	bool	  by_hand;
	chy_slice who, reason;
	int64_t	  ended;
	chy_slice ended_by, ended_why;
	int64_t	  read_at;	/* first reading; 0 */
	chy_slice read_by;
} chy_delivery_row;

typedef struct chy_delivery_rows {
	chy_delivery_row *at;
	uint32_t	  n, cap;
} chy_delivery_rows;

CHY_MUST_USE chy_status chy_store_put_delivery(chy_store *store,
    const chy_delivery_row *row, chy_error *err);
/* A live delivery ends. *ret_done is false where it was not live. */
CHY_MUST_USE chy_status chy_store_end_delivery(chy_store *store, int64_t id,
    int state, int64_t at, chy_slice who, chy_slice why, bool *ret_done,
    chy_error *err);
/* Another kind for a live one, as when action goes to another office. */
CHY_MUST_USE chy_status chy_store_turn_delivery(chy_store *store, int64_t id,
    chy_delivery_kind kind, chy_error *err);
CHY_MUST_USE chy_status chy_store_read_delivery(chy_store *store, int64_t id,
    chy_slice who, int64_t at, chy_error *err);

/* All of one original, of one canonical id, of one office that are live, or
 * live ones of all kinds for the desk. Added to rows, which are in the
 * arena. */
CHY_MUST_USE chy_status chy_store_deliveries_of(chy_store *store,
    int64_t original, chy_arena *arena, chy_delivery_rows *rows,
    chy_error *err);
CHY_MUST_USE chy_status chy_store_deliveries_of_id(chy_store *store,
    chy_slice canonical_id, chy_arena *arena, chy_delivery_rows *rows,
    chy_error *err);
CHY_MUST_USE chy_status chy_store_deliveries_to(chy_store *store,
    chy_slice office, chy_arena *arena, chy_delivery_rows *rows,
    chy_error *err);
CHY_MUST_USE chy_status chy_store_deliveries_desk(chy_store *store,
    chy_arena *arena, chy_delivery_rows *rows, chy_error *err);
/* Live copies, each with its original, kind and office alone. */
CHY_MUST_USE chy_status chy_store_copies(chy_store *store, chy_arena *arena,
    chy_delivery_rows *rows, chy_error *err);

/* How many of them each office has, by its name. */
typedef struct chy_office_copies {
	chy_slice office;
	uint32_t  n, n_action;
} chy_office_copies;

CHY_MUST_USE chy_status chy_store_count_copies(chy_store *store,
    chy_arena *arena, chy_office_copies **ret, uint32_t *ret_n,
    chy_error *err);

/* The newest number given to an original in the open transaction. */
int64_t	chy_store_newest_original(const chy_store *store);

#define DELIVERY_COLUMNS						\
    "d.id, d.original, d.kind, d.addressee, d.office, d.title, d.was, "	\
    "d.flags, d.because, d.stopped_by, d.stopped_why, d.minutes, d.at, " \
    "d.due, d.state, d.by_hand, d.who, d.reason, d.ended, d.ended_by, "	\
    "d.ended_why, (SELECT MIN(r.at) FROM delivery_read r "		\
    "WHERE r.delivery = d.id), (SELECT r.who FROM delivery_read r "	\
    "WHERE r.delivery = d.id ORDER BY r.at, r.who LIMIT 1)"

#define DISTRIBUTION_STATEMENTS(S)					\
	S(PUT_RULES, "INSERT INTO rules (at, who, since) "		\
	    "VALUES (?, ?, ?)")						\
	S(NEWEST_RULES, "SELECT id, at, who, (SELECT MIN(since) "	\
	    "FROM rules) FROM rules ORDER BY id DESC LIMIT 1")		\
	S(PUT_RULE_FILE, "INSERT INTO rule_file (rules, number, name, "	\
	    "text) VALUES (?, ?, ?, ?)")				\
	S(GET_RULE_FILES, "SELECT name, text FROM rule_file "		\
	    "WHERE rules = ? ORDER BY number")				\
	S(PUT_DISTRIBUTION, "INSERT INTO distribution (original, rules, " \
	    "at, what, addressed) VALUES (?, ?, ?, ?, ?)")		\
	S(GET_DISTRIBUTION, "SELECT rules, at, what, addressed "	\
	    "FROM distribution WHERE original = ?")			\
	S(PUT_DELIVERY, "INSERT INTO delivery (original, kind, "	\
	    "addressee, office, title, was, flags, because, stopped_by, " \
	    "stopped_why, minutes, at, due, state, by_hand, who, reason, " \
	    "ended, ended_by, ended_why) VALUES (?, ?, ?, ?, ?, ?, ?, ?, " \
	    "?, ?, ?, ?, ?, ?, ?, ?, ?, 0, '', '')")			\
	S(END_DELIVERY, "UPDATE delivery SET state = ?2, ended = ?3, "	\
	    "ended_by = ?4, ended_why = ?5 WHERE id = ?1 AND state = 0 " \
	    "RETURNING id")						\
	S(TURN_DELIVERY, "UPDATE delivery SET kind = ?2 WHERE id = ?1 "	\
	    "AND state = 0")						\
	S(READ_DELIVERY, "INSERT INTO delivery_read (delivery, who, at) " \
	    "VALUES (?, ?, ?) ON CONFLICT (delivery, who) DO NOTHING")	\
	S(DELIVERIES_OF, "SELECT " DELIVERY_COLUMNS			\
	    " FROM delivery d WHERE d.original = ? ORDER BY d.id")	\
	S(DELIVERIES_OF_ID, "SELECT " DELIVERY_COLUMNS			\
	    " FROM delivery d JOIN telegram t ON t.original = d.original " \
	    "WHERE t.canonical_id = ? ORDER BY d.id")			\
	S(DELIVERIES_TO, "SELECT " DELIVERY_COLUMNS			\
	    " FROM delivery d WHERE d.office = ? COLLATE NOCASE "	\
	    "AND d.state = 0 AND d.kind IN (0, 1) ORDER BY d.id")	\
	S(DELIVERIES_DESK, "SELECT " DELIVERY_COLUMNS			\
	    " FROM delivery d WHERE d.kind IN (3, 5, 6, 7, 10, 11) "	\
	    "AND d.state = 0 ORDER BY d.id")				\
	S(COPIES, "SELECT original, kind, office FROM delivery "	\
	    "WHERE kind IN (0, 1) AND state = 0 ORDER BY office, id")	\
	S(COUNT_COPIES, "SELECT office, count(*), SUM(CASE WHEN kind = 0 "	\
	    "THEN 1 ELSE 0 END) "					\
	    "FROM delivery WHERE kind IN (0, 1) AND state = 0 "		\
	    "GROUP BY office ORDER BY office")

#endif
