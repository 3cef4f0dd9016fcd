/*
 * What the files of the store share.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_STORE_STORE_INT_H
#define CHY_STORE_STORE_INT_H

#include "store/store.h"
#include "store/store_distribution.h"

#define VIEWS	4u
#define CACHED	128u
#define ASIDE	32u
#define KEPT		512u
#define KEPT_BYTES	((size_t)64 << 20)	/* of all views together */

/* Parameters of a statement that asks for many things at once. */
#define MANY_AT_ONCE	32
_Static_assert(CHY_STORE_AHEAD == MANY_AT_ONCE && CHY_STORE_AHEAD <= 64,
    "a page's originals are asked for by one statement");
#define MANY_4		"?, ?, ?, ?"
#define MANY		MANY_4 ", " MANY_4 ", " MANY_4 ", " MANY_4 ", " MANY_4 \
	", " MANY_4 ", " MANY_4 ", " MANY_4

/* Every statement the store keeps, prepared when it is first needed. */
#define STATEMENTS(S)							\
	S(GET_META, "SELECT value FROM meta WHERE key = ?")		\
	S(PUT_META, "INSERT INTO meta (key, value) VALUES (?1, ?2) "	\
	    "ON CONFLICT (key) DO UPDATE SET value = excluded.value")	\
	S(KNOWN, "SELECT id FROM original WHERE sha256 = ?")		\
	S(PUT_ORIGINAL, "INSERT INTO original (id, sha256, size, codec, " \
	    "file, container, part, place, options) "			\
	    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")			\
	S(PUT_BYTES, "INSERT INTO bytes (original, data) VALUES (?, ?)") \
	S(GET_ORIGINAL, "SELECT o.sha256, o.size, o.codec, b.data, "	\
	    "COALESCE(o.file, c.name), o.part, o.place, o.options "	\
	    "FROM original o JOIN bytes b ON b.original = o.id "	\
	    "LEFT JOIN container c ON c.id = o.container WHERE o.id = ?") \
	S(GET_ORIGINALS, "SELECT o.sha256, o.size, o.codec, b.data, "	\
	    "COALESCE(o.file, c.name), o.part, o.place, o.options, o.id " \
	    "FROM original o JOIN bytes b ON b.original = o.id "	\
	    "LEFT JOIN container c ON c.id = o.container "		\
	    "WHERE o.id IN (" MANY ")")					\
	S(COPY_ORIGINALS, "SELECT o.sha256, o.size, o.codec, b.data, "	\
	    "COALESCE(o.file, c.name), o.part, o.place, o.options, o.id, " \
	    "o.file, COALESCE(o.container, 0), COALESCE(t.year, 0) "	\
	    "FROM original o JOIN bytes b ON b.original = o.id "	\
	    "LEFT JOIN container c ON c.id = o.container "		\
	    "LEFT JOIN telegram t ON t.original = o.id "		\
	    "WHERE o.id > ? AND o.id <= ? ORDER BY o.id")		\
	S(PUT_CONTAINER, "INSERT INTO container (id, name) VALUES (?, ?)") \
	S(END_CONTAINER, "UPDATE container SET sha256 = ?2, size = ?3 "	\
	    "WHERE id = ?1")						\
	S(PUT_UNREAD, "INSERT INTO unread (original, why) VALUES (?, ?)") \
	S(PUT_LABEL, "INSERT INTO label (id, name) VALUES (?, ?)")	\
	S(GET_LABELS, "SELECT id, name FROM label WHERE id > ? ORDER BY id") \
	S(PUT_TELEGRAM, "INSERT INTO telegram (original, canonical_id, dtg, " \
	    "year, post, origin, level, label, precedence, section, flags, " \
	    "form, reader, first_row, row_count, tags, captions, "	\
	    "addressees, rows, continuity, subject) VALUES (?, ?, ?, ?, ?, ?, " \
	    "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")		\
	S(SAME_SECTION, "SELECT 1 FROM telegram WHERE canonical_id = ? "	\
	    "AND section = ? LIMIT 1")					\
	S(PUT_CITATION, "INSERT INTO citation (telegram, number, value, " \
	    "letter, year_printed, kind, notes, fault, dtg, sender, part) " \
	    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")			\
	S(LOAD_TELEGRAMS, "SELECT t.original, t.canonical_id, t.dtg, "	\
	    "t.year, t.post, t.origin, t.level, t.label, t.precedence, "	\
	    "t.section, t.flags, t.reader, t.first_row, t.row_count, "	\
	    "t.tags, t.captions, t.addressees, t.rows, CASE WHEN t.canonical_id IS NULL THEN o.sha256 END "	\
	    "FROM telegram t JOIN original o ON o.id = t.original "	\
	    "WHERE t.original > ? ORDER BY t.original")			\
	S(LOAD_CITATIONS, "SELECT telegram, value, letter, "		\
	    "year_printed, kind, notes, fault, dtg, sender, part "	\
	    "FROM citation WHERE telegram > ? ORDER BY telegram, number") \
	S(LOAD_CONTINUITY, "SELECT original, continuity FROM telegram "	\
	    "WHERE continuity IS NOT NULL ORDER BY original")		\
	S(FIND_HASH, "SELECT id FROM original WHERE sha256 >= ? "	\
	    "AND sha256 <= ? ORDER BY sha256 LIMIT 100")		\
	S(NEXT_ORIGINAL, "SELECT id FROM original WHERE id > ? "		\
	    "ORDER BY id LIMIT 1")					\
	S(GET_UNREAD, "SELECT o.id, o.sha256, COALESCE(o.file, c.name), " \
	    "o.part, o.size, u.why FROM unread u "			\
	    "JOIN original o ON o.id = u.original "			\
	    "LEFT JOIN container c ON c.id = o.container ORDER BY o.id")	\
	S(IS_UNREAD, "SELECT 1 FROM unread WHERE original = ?")		\
	S(CITED_TASKS, "SELECT name FROM task WHERE telegram = ? "	\
	    "AND parent = '' ORDER BY id")				\
	S(CITED_DOCKETS, "SELECT docket FROM docket_member "		\
	    "WHERE telegram = ?")					\
	S(OFFICE_HAS, "SELECT original FROM delivery WHERE "		\
	    "(office = ?1 OR office = ?2) AND state = 0 AND kind IN (0, 1)") \
	S(NOT_OPENED, "SELECT d.original FROM delivery d WHERE d.state = 0 " \
	    "AND d.kind IN (0, 1) AND NOT EXISTS (SELECT 1 "		\
	    "FROM delivery_read r WHERE r.delivery = d.id)")		\
	S(ALL_TASKS, "SELECT telegram, status, office, owner, asked, due, " \
	    "label, tel_label FROM task")				\
	S(GET_SUBJECTS, "SELECT original, subject FROM telegram "	\
	    "WHERE original IN (" MANY ") AND subject IS NOT NULL")	\
	S(ALL_SUBJECTS, "SELECT original, subject FROM telegram "	\
	    "WHERE subject IS NOT NULL")				\
	S(PUT_LIKENESS, "INSERT INTO likeness (telegram, names, sketch, "	\
	    "codec, packed) VALUES (?, ?, ?, ?, ?)")			\
	S(LOAD_LIKENESS, "SELECT telegram, names, sketch, codec, packed "	\
	    "FROM likeness WHERE telegram > ? ORDER BY telegram")	\
	S(GET_NAMES, "SELECT telegram, names, sketch, codec, packed "	\
	    "FROM likeness WHERE telegram = ?")				\
	S(NEWEST_DICTIONARIES, "SELECT kind, MAX(id) FROM dictionary "	\
	    "GROUP BY kind")						\
	S(GET_DICTIONARY, "SELECT sha256, data FROM dictionary "		\
	    "WHERE id = ? AND copy = ?")				\
	S(PUT_DICTIONARY, "INSERT INTO dictionary (id, copy, kind, sha256, " \
	    "data) VALUES (?, ?, ?, ?, ?)")				\
	S(NEED_PART, "SELECT bytes_part(CAST(? AS integer))")		\
	S(ARE_KNOWN, "SELECT sha256 FROM original WHERE sha256 IN (" MANY ")") \
	S(ARE_TELEGRAMS, "SELECT canonical_id FROM telegram "		\
	    "WHERE canonical_id IN (" MANY ")")				\
	S(ARE_CITED, "SELECT value FROM citation WHERE value IN (" MANY ") " \
	    "AND kind = 0 AND part IS NULL")				\
	S(HAVE_TASKS, "SELECT telegram FROM task WHERE telegram IN (" MANY ")") \
	S(HAVE_DOCKETS, "SELECT telegram FROM docket_member "		\
	    "WHERE telegram IN (" MANY ")")				\
	DISTRIBUTION_STATEMENTS(S)

#define CHY_ENUM_(name, sql)	ST_##name,
enum store_statement {
	STATEMENTS(CHY_ENUM_)
	ST_COUNT
};
#undef CHY_ENUM_

/* Rows that a word stands in, before rights: kept for common words. */
struct cached_word {
	chy_slice text;		/* heap; empty: free */
	bool	  prefix;
	uint32_t  near;
	uint64_t *rows;
	size_t	  n_rows;	/* numbers below are in it */
	uint64_t  used;
};

/* What one reader finds by one word or field: see kept.c. */
struct chy_kept {
	chy_slice key;		/* heap */
	uint32_t  hash;
	uint64_t  view;		/* its serial */
	uint64_t *set;		/* of groups; NULL: free */
	size_t	  words;	/* of the set */
	uint16_t *weights;	/* of each group in the set, in order: what it
				 * has of the word; NULL: not asked for */
	size_t	  n_weights;
	int64_t	  change;	/* that it agrees with */
	uint32_t  n_tels;	/* of the columns then */
	size_t	  n_rows;
	uint64_t  used;
};

/* Of what a question was foreseen: see foresee.c. */
enum foreseen {
	FORESEEN_HASH, FORESEEN_TELEGRAM, FORESEEN_CITED, FORESEEN_TASKS,
	FORESEEN_DOCKETS, FORESEEN_KINDS
};

/* Originals read ahead: see original.c. */
#define AHEAD		64
#define AHEAD_BYTES	(8u << 20)

struct packed_original {
	int64_t	  id, size, codec, part, place;
	chy_slice sha256, data, file, options;
};

struct ahead {
	chy_arena arena;
	struct packed_original at[AHEAD];
	uint32_t  n;
	int64_t	  asked;	/* for last; -1: none */
};

struct absent {
	chy_arena  arena;
	chy_slice *slots;	/* heap; ptr NULL: empty, len 0: taken out */
	size_t	   n, n_slots;	/* a power of two */
};

struct chy_store {
	chy_db	   *db;
	uint32_t    connection;	/* that labels and columns were read by */
	bool	    by_year;	/* bytes lie in parts by year */
	bool	    create;
	chy_stmt   *statements[ST_COUNT];
	struct {
		const char *sql;
		chy_stmt   *stmt;
	} aside[ASIDE];			/* of chy_store_stmt_aside() */
	uint32_t    n_aside;
	bool	    portion_release;
	bool	    read_only;

	/* Labels by their number; those above n_committed_labels are new in
	 * the open transaction. */
	chy_label  *labels;
	chy_slice  *label_names;	/* heap */
	uint32_t    n_labels, cap_labels;	/* number 0 is none's */
	uint32_t    n_committed_labels;

	/* Next numbers inside a write transaction. */
	int64_t	    next_original, next_row, next_container;
	bool	    writing, changed;
	struct absent absent[FORESEEN_KINDS];
	struct chy_unpacking *unpacking;	/* NULL: nothing yet; pack.c */
	struct ahead ahead;
	int32_t	    parts[8];	/* of bytes, that are there for certain */
	uint32_t    n_parts;
	chy_casework_settings days;
	bool	    has_days;
	chy_buf	    lists[5];		/* being packed for one telegram */
	bool	    leak;		/* of chy_store_leak() */

	chy_columns columns;
	struct chy_citations *citations; /* NULL: not asked for yet */
	struct chy_likeness *likeness;	/* NULL: not asked for yet */
	chy_view    views[VIEWS];
	struct cached_word cache[CACHED];
	struct chy_kept kept[KEPT];
	size_t	    kept_bytes;
	uint64_t    clock;
	bool	    inside;		/* between enter and leave */

	/* Of the row_text function: the telegram it read last. */
	chy_arena   source_arena;
	chy_telegram *source_tel;
	int64_t	    source_original;
	chy_row	   *source_rows;
	uint32_t    source_n;
};

/* A statement ready to be bound; NULL and err where it cannot be made. */
chy_stmt *chy_store_stmt(chy_store *store, enum store_statement which,
    chy_error *err);

/*
 * The same of a statement that stands where it is used. sql is told by its
 * address, and so a literal; the last 32 are kept. The caller resets it when
 * its rows are read.
 */
chy_stmt *chy_store_stmt_aside(chy_store *store, const char *sql,
    chy_error *err);

/* After each begin: what is in memory is of the server that is asked now. */
void	chy_store_connected(chy_store *store);

/* The number of a label's canonical text, given in this transaction if need
 * be. */
chy_status chy_store_label_number(chy_store *store, chy_slice name,
    uint32_t *ret, chy_error *err);
chy_status chy_store_load_labels(chy_store *store, chy_error *err);

/* The one number that a statement gives; 0 where it gives none. */
chy_status chy_store_number(chy_store *store, const char *sql, int64_t *ret,
    chy_error *err);
chy_status chy_store_get_meta(chy_store *store, const char *key,
    int64_t *ret, chy_error *err);
chy_status chy_store_put_meta(chy_store *store, const char *key,
    int64_t value, chy_error *err);

/* Whether the open transaction knows for certain that there is none. */
bool	chy_store_is_absent(const chy_store *store, enum foreseen what,
    chy_slice key);
/* Now there is one. */
void	chy_store_appeared(chy_store *store, enum foreseen what,
    chy_slice key);
void	chy_store_foresee_clear(chy_store *store);

/* The original of a row whose columns begin as those of GET_ORIGINAL. */
chy_status chy_original_take(chy_store *store, chy_stmt *s, int64_t id,
    chy_arena *arena, chy_original *ret, chy_error *err);

/* The list of names of one telegram, as likeness.h describes it; empty where
 * it has none. */
chy_status chy_store_names_of(chy_store *store, int64_t original,
    chy_arena *arena, chy_slice *ret, chy_error *err);

void	chy_store_ahead_clear(chy_store *store);

/* An original with its bytes, packed already, by its own number. */
chy_status chy_store_put_packed(chy_store *store, const chy_filing *f,
    int64_t id, int64_t container, chy_error *err);

/* columns.c */
chy_status chy_columns_update(chy_store *store, chy_error *err);
void	chy_columns_done(chy_columns *columns);
void	chy_views_done(chy_store *store);

/* kept.c: forget the answers of a view. */
void	chy_kept_drop(chy_store *store, uint64_t view);

/* Names: texts numbered from 1, found by hash. CHY_NONE without memory. */
struct chy_names *chy_names_new(void);
uint32_t chy_names_put(struct chy_names *names, chy_slice text);
void	chy_names_free(struct chy_names *names);
/* Make room for `need` in an array that grows by doubling. */
bool	chy_array_grow(void *array, size_t *cap, size_t need, size_t size);

/* citations.c */
void	chy_citations_free(struct chy_citations *cs);
/* Telegrams whose REF list prints the id. */
chy_status chy_store_printed(chy_store *store, const chy_view *view,
    chy_slice id, uint64_t *set, chy_error *err);
/* The same for all ids that the pattern fits. */
struct chy_pattern;
chy_status chy_store_printed_like(chy_store *store, const chy_view *view,
    const struct chy_pattern *pattern, uint64_t *set, chy_error *err);

/* search.c: whether a row is of those that a field of text means. */
bool	chy_row_fits(chy_field field, uint8_t kind);
void	chy_store_cache_clear(chy_store *store);

/* The schema, made of src/store/schema/ by the build. */
typedef struct chy_schema_step {
	const char *engine;
	int	    version;
	const char *sql;
} chy_schema_step;
extern const chy_schema_step chy_schema_steps[];
extern const size_t chy_schema_step_count;

#endif
