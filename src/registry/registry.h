/*
 * The use cases: what a command or a page asks for. Each is one transaction
 * over one archive, and each takes the reader it answers to, so that neither
 * a command nor a page can forget whom it shows what.
 *
 * Not for HTTP, argv or printing, and not for reading a telegram without an
 * archive (forms/forms.h does that).
 *
 *	chy_registry *reg;
 *	chy_found *found;
 *	chy_reader owner = chy_reader_owner();
 *	chy_find_options opts = { .size = 20, .want = CHY_WANT_FACETS };
 *
 *	if (chy_registry_open("a.sqlite", NULL, &reg, &err) != CHY_OK)
 *		return err.status;
 *	if (chy_registry_find(reg, &owner, CHY_SLICE("oman oil date:1975"),
 *	    &opts, &found, &err) == CHY_OK) {
 *		printf("%llu telegrams\n", (unsigned long long)found->total);
 *		chy_found_free(found);
 *	}
 *	chy_registry_close(reg);
 *
 * What a reader may not see does not exist for them: not found and not
 * permitted are the same answer, and nothing hidden changes a count, an
 * order, a facet, a snippet, a thread or an error.
 *
 * Every result is one object with everything it points to; its free function
 * gives all of it back. They stay valid after
 * the registry is closed. Ids in results are those people use (an MRN, or
 * "sha:" and 16 hex digits); numbers of the database are never shown.
 *
 * Threads: calls on one registry object must not overlap. Several objects,
 * also in several processes, may have the same archive open; then a writer
 * waits for the other one. Columns kept in memory follow what others file.
 *
 * Statuses, beside those named at each function: CHY_ERR_NO_MEMORY;
 * CHY_ERR_BUSY another process kept the archive locked for longer than
 * busy_ms, nothing was changed; CHY_ERR_IO disk or file, err->sys holds
 * errno where there is one; CHY_ERR_STORE the database said no. On failure
 * ret_ arguments are not touched and the archive is as it was before.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_REGISTRY_REGISTRY_H
#define CHY_REGISTRY_REGISTRY_H

#include "base/slice.h"
#include "base/status.h"
#include "intake/intake.h"
#include "marking/marking.h"
#include "telegram/resolution.h"
#include "telegram/telegram.h"

/* An open archive. */
typedef struct chy_registry chy_registry;


/* ---- open, close ---- */

typedef struct chy_registry_options {
	bool	 create;	/* make the archive, and the folder it is in,
				 * if there is none */
	bool	 read_only;	/* nothing may write; a newer schema is an
				 * error instead of being migrated */
	bool	 portion_release; /* a reader may see the paragraphs they are
				 * allowed of a telegram they are not */
	uint32_t busy_ms;	/* wait for another writer; 0: 30000 */
} chy_registry_options;

/* Whether an archive of that address is a file, and the address without a
 * password, for messages. */
bool	chy_archive_is_file(const char *where);
void	chy_archive_show(const char *where, char *out, size_t size);

/**
 * Open an archive: a file of SQLite's, or tables on a PostgreSQL server. The
 * schema is brought up to date in one transaction.
 *
 * @param where    path of the file, or postgresql://HOST/DATABASE, an address
 *		   of libpq
 * @param opts     NULL for the defaults: must exist, portion-release off
 * @param ret_reg  close with chy_registry_close()
 *
 * @return CHY_ERR_NOT_FOUND    there is no such file and opts->create is off
 * @return CHY_ERR_UNSUPPORTED  made by a newer version, or another engine
 * @return CHY_ERR_INVALID      the file is not an archive
 */
CHY_MUST_USE chy_status chy_registry_open(const char *where,
    const chy_registry_options *opts, chy_registry **ret_reg, chy_error *err);

/* NULL does nothing. */
void	chy_registry_close(chy_registry *reg);

/* Whether a call just failed with that status because its server was lost. A
 * question may then be asked again, of the server that took over. */
bool	chy_registry_was_cut(const chy_registry *reg, chy_status st);


/* ---- import ---- */

/* What an import did so far, or in all. A telegram is counted once, in one
 * of filed, copies, known, unread. */
typedef struct chy_import_counts {
	uint64_t files;		/* files opened */
	uint64_t failed;	/* files or folders that could not be read */
	uint64_t empty;		/* files without a byte */
	uint64_t bytes;		/* bytes of telegrams taken in */
	uint64_t filed;		/* new telegrams (or sections of one) */
	uint64_t copies;	/* another original of a filed telegram */
	uint64_t known;		/* the same bytes are filed already */
	uint64_t unread;	/* kept, listed, not understood */
	uint64_t findings;	/* in what was filed */
} chy_import_counts;

typedef struct chy_import_progress {
	chy_import_counts counts;
	uint64_t total_files;	/* found so far */
	uint64_t total_bytes;	/* their size; 0: not known (a pipe) */
	bool	 total_known;	/* the walk over the folders is done */
	double	 seconds;	/* since the start */
	double	 bytes_per_second;
	double	 seconds_left;	/* below 0: not known */
	const char *file;	/* at work on; NULL */
} chy_import_progress;

typedef struct chy_import_options {
	const char *form;	/* name of a form; NULL: detect */
	int32_t	    year;	/* where neither bytes nor name give it; 0 */
	uint32_t    readers;	/* reader threads; 0: by the machine */
	uint64_t    batch_bytes; /* text of one transaction; 0: 128 MiB */
	uint32_t    progress_ms; /* between two calls; 0: 250 */
	bool	    tend_apart;	/* chy_registry_tend() is called when there is
				 * time for it, and nothing of it done here */

	/* Called from the thread that imports. Anything but CHY_OK stops: what
	 * was filed is kept and committed. NULL: none. */
	chy_status (*progress)(void *arg, const chy_import_progress *progress);

	/* A file or folder that could not be read, or a part of one: place,
	 * and why with the remedy. The import goes on. NULL: only counted. */
	void	  (*trouble)(void *arg, const char *path, uint32_t part,
	    const chy_error *why);
	void	  *arg;
} chy_import_options;

/**
 * File what is under the paths: files, folders (walked in sorted order, links
 * to folders not followed, names that begin with a stop left out), "-" for
 * standard input. Safe to stop at any
 * moment and to run again: what is filed already is known by its hash.
 *
 * @param reader      must be the owner
 * @param paths, n    NUL-terminated paths
 * @param opts        NULL for the defaults
 * @param ret_counts  what was done, also when the import failed or was
 *                    stopped: then what was committed; may be NULL
 *
 * @return CHY_OK           also when some files failed: see counts.failed
 * @return CHY_ERR_DENIED   the reader is not the owner
 * @return CHY_ERR_STOPPED  progress() said so, or what else it returned
 * @return CHY_ERR_IO       the disk is full: what was committed is kept, the
 *                          next run goes on from there
 */
CHY_MUST_USE chy_status chy_registry_import(chy_registry *reg,
    const chy_reader *reader, const char *const *paths, size_t n,
    const chy_import_options *opts, chy_import_counts *ret_counts,
    chy_error *err);

/* The same for bytes in memory, as a form on a page sends them; `name` stands
 * for the file name, and where the telegram gives no id and the name is one
 * (08MUSCAT425.txt), for the id. */
CHY_MUST_USE chy_status chy_registry_import_bytes(chy_registry *reg,
    const chy_reader *reader, chy_slice bytes, chy_slice name,
    const chy_import_options *opts, chy_import_counts *ret_counts,
    chy_error *err);

/*
 * One step of what keeps an archive quick as it grows, in a transaction of its
 * own: a dictionary for what is filed next, parts of the index put together. An
 * import ends with such steps unless it is told that they are done apart, so
 * that one who files telegram by telegram need not wait for them. *ret_done:
 * nothing is left. While others file it may do nothing.
 */
CHY_MUST_USE chy_status chy_registry_tend(chy_registry *reg, bool *ret_done,
    chy_error *err);


/* ---- find ---- */

/* How a telegram is shown in a line. Fields of the heading are empty where
 * the reader may not see it (portion-release). */
typedef struct chy_line {
	chy_slice id;		/* canonical id: 08MUSCAT425; or sha:... */
	chy_slice dtg_iso;	/* 2008-06-09T14:56Z; empty: no date */
	int64_t	  dtg;		/* seconds; 0 where dtg_iso is empty */
	int32_t	  year;		/* also from the id; 0: unknown */
	chy_slice post;		/* key: MUSCAT; empty */
	chy_slice originator;	/* Embassy Muscat */
	chy_slice subject;	/* in headline capitals, for people */
	chy_level level;	/* of the telegram */
	chy_slice classification; /* SECRET//NOFORN: level and caveats */
	chy_label label;	/* what it takes to see this line, for the
				 * highest classification of a page */
	chy_precedence precedence;
	uint32_t  n_copies;	/* further originals the reader may see */
	uint32_t  n_sections;	/* that are filed of it; 1: whole or one */
} chy_line;

/* Part of the text in which something was found. */
typedef struct chy_match {
	uint32_t off, len;	/* bytes in snippet.text */
} chy_match;

typedef struct chy_snippet {
	chy_slice  id;		/* paragraph: 8, 6-2, u1; or a field's name:
				 * subject, from, to, ref, transmission ... */
	bool	   is_paragraph;
	chy_slice  mark;	/* portion mark as printed: S/NF; empty */
	chy_slice  text;	/* on one line, UTF-8 */
	chy_match *matches;	/* in order, not overlapping */
	uint32_t   n_matches;
	bool	   cut_before;	/* the row's text goes on at that side */
	bool	   cut_after;
} chy_snippet;

typedef struct chy_hit {
	chy_line     line;
	chy_snippet *snippets;	/* at most 3, in the order of the telegram */
	uint32_t     n_snippets;
	uint32_t     n_rows;	/* paragraphs and fields with a match */
} chy_hit;

/* A facet's values are sorted by count, then by value; all are given but of
 * TAGS and posts the first 50. */
typedef struct chy_facet_value {
	chy_slice value;	/* 2008, MUSCAT, SECRET, PREL */
	chy_slice name;		/* in words: Muscat, external relations;
				 * empty: none known */
	chy_slice term;		/* what to add to the query: date:2008 */
	uint64_t  count;	/* telegrams */
} chy_facet_value;

typedef enum chy_facet_kind {
	CHY_FACET_YEAR,
	CHY_FACET_POST,
	CHY_FACET_CLASS,
	CHY_FACET_TAG,
} chy_facet_kind;
#define CHY_FACETS	4

typedef struct chy_facet {
	chy_facet_value *values;
	uint32_t	 n_values;
	uint32_t	 n_all;	/* values there are, also those left out */
} chy_facet;

typedef struct chy_month {
	int32_t	 year;
	int32_t	 month;		/* 1 to 12 */
	uint64_t count;
} chy_month;

/* Of a query that finds nothing: a term, and what is found without it. */
typedef struct chy_drop {
	chy_slice term;		/* as understood */
	chy_slice rest;		/* the query without it */
	uint64_t  count;
} chy_drop;

/* Of a query that finds nothing: a term that no telegram has, and one that is
 * written nearly so. */
typedef struct chy_instead {
	chy_slice term;		/* as understood */
	chy_slice with;
	chy_slice query;	/* with the one in place of the other */
	uint64_t  count;	/* what that finds */
} chy_instead;

/* chy_find_options.want */
#define CHY_WANT_FACETS		0x01u
#define CHY_WANT_MONTHS		0x02u
#define CHY_WANT_SNIPPETS	0x04u
#define CHY_WANT_DROPS		0x08u

/* Order of a result. Equal ones are newest first, then by canonical id; what
 * has no date is last. */
typedef enum chy_sort {
	CHY_SORT_NEWEST,
	CHY_SORT_OLDEST,
	CHY_SORT_RELEVANCE,	/* how well it fits the words, by what the
				 * reader sees */
} chy_sort;

/* "newest", "oldest", "relevance"; NULL after the last. */
const char *chy_sort_name(chy_sort sort);
bool	chy_sort_parse(chy_slice name, chy_sort *ret);

typedef struct chy_find_options {
	uint32_t page;		/* from 1; 0 is 1 */
	uint32_t size;		/* hits a page, up to 1000; 0: none, only the
				 * total and what is wanted beside it */
	unsigned want;		/* CHY_WANT_... */
	chy_sort sort;
	chy_slice after;	/* id: begin behind that telegram of the result,
				 * whatever page says; so a page stays what it
				 * is while others are filed. Empty: none */
} chy_find_options;

typedef struct chy_found {
	chy_arena  arena;
	chy_slice  understood;	/* the query given back in full */
	uint64_t   total;	/* telegrams: copies are not counted */
	uint32_t   page;	/* as given; past the end there are no hits */
	uint32_t   pages;	/* 0 where nothing was found */
	chy_hit	  *hits;	/* in the order asked for */
	uint32_t   n_hits;
	chy_facet  facets[CHY_FACETS]; /* by chy_facet_kind, if wanted */
	chy_month *months;	/* in order, months without any left out */
	uint32_t   n_months;
	chy_drop  *drops;	/* where total is 0, if wanted */
	uint32_t   n_drops;
	chy_instead *instead;	/* the same */
	uint32_t   n_instead;
} chy_found;

/**
 * Find telegrams. An empty query finds all.
 *
 * @param query  in the language of chancery-query(7)
 * @param opts   NULL: the first 20 with snippets
 *
 * @return CHY_ERR_INVALID      the query: err->off is the byte where the caret
 *                              goes, err->text what is wrong and the remedy
 * @return CHY_ERR_TOO_LARGE    the query is above a limit; the same
 * @return CHY_ERR_NOT_FOUND    opts->after is not among what is found
 */
CHY_MUST_USE chy_status chy_registry_find(chy_registry *reg,
    const chy_reader *reader, chy_slice query, const chy_find_options *opts,
    chy_found **ret_found, chy_error *err);
void	chy_found_free(chy_found *found);

/* The number alone; statuses as chy_registry_find. */
CHY_MUST_USE chy_status chy_registry_count(chy_registry *reg,
    const chy_reader *reader, chy_slice query, uint64_t *ret_count,
    chy_error *err);

/* One way for an unfinished query to go on. */
typedef struct chy_completion {
	chy_slice text;		/* instead of what stands from off on */
	chy_slice meaning;	/* in words; empty: none known */
	uint64_t  count;	/* telegrams that have it; 0: not counted */
} chy_completion;

typedef struct chy_completions {
	chy_arena	arena;
	size_t		off;	/* byte of the query where text goes */
	chy_completion *at;	/* the most used first */
	uint32_t	n;
} chy_completions;

/* What may stand at the end of the query; none inside of phrases and
 * patterns. At most `most`. Free with chy_completions_free(). */
CHY_MUST_USE chy_status chy_registry_complete(chy_registry *reg,
    const chy_reader *reader, chy_slice query, uint32_t most,
    chy_completions **ret, chy_error *err);
void	chy_completions_free(chy_completions *list);

/* "year", "post", "classification", "tags". */
const char *chy_facet_name(chy_facet_kind kind);


/* ---- show ---- */

/* Another original of the same telegram and section. */
typedef struct chy_copy {
	chy_slice sha256;	/* 64 hex digits; "sha:" and 8 address it;
				 * empty where the reader sees but a part */
	chy_slice file;		/* as it was called when it was filed */
	uint32_t  part;
	const char *form;	/* NULL: none fits */
	bool	  corrected;
	bool	  differs;	/* in more than page lines, blanks and marks
				 * of publication (MRN-004) */
} chy_copy;

/* What a reference of the telegram led to, for this reader. */
typedef struct chy_resolved {
	chy_resolution how;
	chy_line       line;	/* id alone where it is not filed */
} chy_resolved;

/* Who cites the telegram. */
typedef struct chy_citer {
	chy_line  line;
	chy_resolution how;	/* by which its citation leads here */
	chy_slice paragraph;	/* that cites it; empty: its REF list does */
	char	  letter;	/* under which letter there; 0 */
} chy_citer;

/* A telegram that only paragraphs cite, by its number. */
typedef struct chy_text_cited {
	chy_slice    value;	/* canonical id */
	chy_resolved resolved;
	chy_slice   *paragraphs; /* ids of those that cite it and are seen */
	uint32_t     n_paragraphs;
} chy_text_cited;

/* One filed original, read again. */
typedef struct chy_part {
	const chy_telegram *telegram; /* a paragraph that is not visible has no
				 * text here: it was taken out of the bytes
				 * before they were read */
	const bool *visible;	/* telegram->n_paragraphs of them */
	bool	    heading_visible;
	bool	    whole;	/* the reader sees every byte of it */
	chy_label   label;	/* of all that is visible */
	uint32_t    section;	/* 0: the telegram has no sections */
	chy_slice   sha256;	/* hex; empty unless whole */
	uint64_t    size;	/* bytes as received; 0 unless whole */
	const chy_copy *copies;	/* further originals of this section */
	uint32_t    n_copies;
} chy_part;

typedef struct chy_shown {
	chy_arena	arena;
	chy_line	line;
	chy_part       *parts;	/* one; more where sections arrived apart, in
				 * the order of their numbers. parts[0] has
				 * the heading. */
	uint32_t	n_parts;
	uint32_t	sections; /* there should be; 0: it says nothing */
	chy_label	label;	/* of all that is visible */
	chy_resolved   *resolved; /* for telegram->references of parts[0] */
	uint32_t	n_resolved;
	chy_text_cited *in_text; /* in the order of the text */
	uint32_t	n_in_text;
	chy_citer      *cited_by; /* oldest first */
	uint32_t	n_cited_by;
	uint32_t	part;	/* what the address named: index of the part */
	uint32_t	paragraph; /* ... and of the paragraph; UINT32_MAX */
} chy_shown;

/**
 * One filed telegram.
 *
 * @param address  an MRN in any spelling (08 MUSCAT 425, 08MUSCAT425, MUSCAT
 *                 425 of 2008, 2008MUSCAT000425), or sha: and at least 8 hex
 *                 digits; then, if a paragraph is meant, # and its id
 * @param ret      free with chy_shown_free()
 *
 * @return CHY_ERR_NOT_FOUND  nothing of that address is filed that the reader
 *                            may see, or it has no such paragraph
 * @return CHY_ERR_INVALID    the address is neither an MRN nor a hash, or a
 *                            hash that fits several telegrams
 */
CHY_MUST_USE chy_status chy_registry_show(chy_registry *reg,
    const chy_reader *reader, chy_slice address, chy_shown **ret,
    chy_error *err);
void	chy_shown_free(chy_shown *shown);

/* Whether a mention of a part, that is visible, speaks of reference
 * `reference` of the telegram's list: REF B, REFS A-C, REFTEL. */
bool	chy_shown_uses(const chy_shown *shown, uint32_t reference,
    uint32_t part, uint32_t mention);

/* The original, byte for byte, and how it became the telegram's text. */
typedef struct chy_raw {
	chy_arena	   arena;
	chy_slice	   bytes;	/* as received */
	chy_slice	   text;	/* the telegram in it */
	const chy_segment *segments;	/* none: text is bytes */
	size_t		   n_segments;
	chy_slice	   sha256;	/* hex, of bytes */
	chy_slice	   file;
	uint32_t	   part;	/* 0: the whole file */
	uint64_t	   offset;	/* where in the file it stood */
} chy_raw;

/* As chy_registry_show; CHY_ERR_NOT_FOUND also when the reader may not see
 * every byte of it. Of a telegram in sections: of the first, or of the one
 * whose hash was given. */
CHY_MUST_USE chy_status chy_registry_raw(chy_registry *reg,
    const chy_reader *reader, chy_slice address, chy_raw **ret,
    chy_error *err);
void	chy_raw_free(chy_raw *raw);

/* Ids like the one that was not found: the same number of posts with a like
 * name, the neighbours by number. Only what the reader may see. */
typedef struct chy_lines {
	chy_arena arena;
	chy_line *at;
	uint32_t  n;
} chy_lines;

CHY_MUST_USE chy_status chy_registry_near(chy_registry *reg,
    const chy_reader *reader, chy_slice address, uint32_t max,
    chy_lines **ret, chy_error *err);
void	chy_lines_free(chy_lines *lines);


/* ---- thread ---- */

/* Where the date of a telegram that is not filed comes from. */
typedef enum chy_estimate_basis {
	CHY_ESTIMATE_NONE,
	CHY_ESTIMATE_PRINTED,	/* it is cited by its time */
	CHY_ESTIMATE_BETWEEN,	/* by its number, between two of its post and
				 * year that are filed */
	CHY_ESTIMATE_AFTER,	/* only a lower number is filed, or is near: at
				 * the year's pace until then */
	CHY_ESTIMATE_BEFORE,	/* only a higher one: from the year's beginning */
	CHY_ESTIMATE_CITED,	/* only who cites it is known: not after that */
	CHY_ESTIMATE_YEAR,	/* its year alone */
} chy_estimate_basis;

typedef struct chy_estimate {
	chy_estimate_basis basis;
	int64_t	  dtg;		/* seconds; a day is all that is meant */
	chy_slice date;		/* 2008-06-09; 2008 for the year alone */
	chy_slice lower, upper;	/* ids of the neighbours; empty: none */
	chy_slice cited_by;	/* the first that cites it; empty */
	bool	  capped;	/* the neighbours say later than that one */
} chy_estimate;

/* "between", as JSON has it. */
const char *chy_estimate_name(chy_estimate_basis basis);
/* "about 2008-06-09, between 08MUSCAT420 and 08MUSCAT431"; its length. */
size_t	chy_estimate_words(const chy_estimate *estimate, char *out,
    size_t size);

typedef struct chy_thread_node {
	chy_line  line;		/* id alone where it is missing */
	bool	  missing;	/* cited, not filed */
	chy_estimate estimate;	/* when it was sent, of one that is missing */
	uint32_t  depth;	/* for indenting: below whom it is shown */
	uint32_t  parent;	/* index of the node it is shown below, the
				 * oldest one that it cites; UINT32_MAX */
	uint32_t *cites;	/* indexes of nodes, in order of citation */
	char	 *letters;	/* of each of these; 0: none */
	uint32_t  n_cites;
	uint32_t *cited_by;	/* indexes, in order */
	uint32_t  n_cited_by;
} chy_thread_node;

typedef struct chy_thread {
	chy_arena	 arena;
	chy_thread_node *nodes;	/* in the order to show them: each below its
				 * parent, siblings by date, then by id */
	uint32_t	 n_nodes;
	uint32_t	 start;	/* index of the telegram asked for */
	uint32_t	 n_missing;
	int32_t		 first_year; /* of those filed; 0: none known */
	int32_t		 last_year;
	bool		 cut;	/* there were more than 10,000 */
	chy_label	 label;	/* of all that is shown */
} chy_thread;

/* What the telegram cites and what cites it, each transitively, not what
 * merely shares a citation. Statuses as chy_registry_show; the id of a
 * missing telegram that a visible one cites has a thread too. */
CHY_MUST_USE chy_status chy_registry_thread(chy_registry *reg,
    const chy_reader *reader, chy_slice address, chy_thread **ret,
    chy_error *err);
void	chy_thread_free(chy_thread *thread);


/* ---- the whole result ---- */

/* Valid during the call only. Anything but CHY_OK stops. */
typedef chy_status (*chy_export_fn)(void *arg, const chy_shown *shown);

/* Call each() for every telegram of the result that is wanted(), in the order
 * of chy_registry_find, in constant memory but for the list of numbers. Of
 * resolved and cited_by nothing is filled. wanted is asked before anything is
 * read; NULL: all. */
CHY_MUST_USE chy_status chy_registry_export(chy_registry *reg,
    const chy_reader *reader, chy_slice query,
    bool (*wanted)(void *arg, chy_slice id), chy_export_fn each, void *arg,
    chy_error *err);


/* Call each() with the id of every telegram of the result, in the same order;
 * none is read for it. */
CHY_MUST_USE chy_status chy_registry_ids(chy_registry *reg,
    const chy_reader *reader, chy_slice query,
    chy_status (*each)(void *arg, chy_slice id), void *arg, chy_error *err);


/* ---- state ---- */

/* How many telegrams have a field. */
typedef struct chy_coverage {
	const char *field;	/* its name in JSON */
	uint64_t    count;
} chy_coverage;

typedef struct chy_stats {
	chy_arena  arena;
	uint64_t   telegrams;	/* that the reader may see; not copies */
	uint64_t   copies;
	uint64_t   paragraphs;
	uint64_t   posts;	/* different ones */
	uint64_t   references;	/* to telegrams */
	uint64_t   resolved;	/* of these, in the archive */
	uint64_t   missing;	/* different telegrams cited but not filed */
	chy_slice  first_iso;	/* date-time groups; empty: none */
	chy_slice  last_iso;
	chy_facet  facets[CHY_FACETS];
	chy_month *months;
	uint32_t   n_months;
	chy_coverage *coverage;
	uint32_t   n_coverage;
	/* The owner's alone, 0 to others. */
	uint64_t   originals;
	uint64_t   original_bytes;
	uint64_t   stored_bytes;  /* of originals, compressed */
	uint64_t   archive_bytes; /* of the file */
	uint64_t   unread;
	uint64_t   stale;	/* read by an older reader: reindex helps */
} chy_stats;

/* To measure goes over all that is stored; without, what is the owner's alone
 * is 0 for them too. */
CHY_MUST_USE chy_status chy_registry_stats(chy_registry *reg,
    const chy_reader *reader, bool measure, chy_stats **ret, chy_error *err);
void	chy_stats_free(chy_stats *stats);

/* What could not be read but is kept. Others than the owner see none. */
typedef struct chy_unread {
	chy_slice sha256;	/* hex; sha: and 8 digits give it to raw */
	chy_slice file;
	uint32_t  part;
	uint64_t  size;
	chy_slice why;
} chy_unread;

typedef struct chy_unread_list {
	chy_arena   arena;
	chy_unread *at;
	uint32_t    n;
} chy_unread_list;

CHY_MUST_USE chy_status chy_registry_unread(chy_registry *reg,
    const chy_reader *reader, chy_unread_list **ret, chy_error *err);
void	chy_unread_list_free(chy_unread_list *list);

/* Work that goes over the whole archive. */
typedef struct chy_work_options {
	chy_status (*progress)(void *arg, uint64_t done, uint64_t total);
	void	   *arg;
} chy_work_options;

typedef struct chy_verified {
	chy_arena   arena;
	uint64_t    originals;	/* unpacked, and their hash computed */
	uint64_t    telegrams;
	uint64_t    rows;
	chy_slice  *problems;	/* one line each; the first 1000 */
	uint32_t    n_problems;
	uint64_t    all_problems;
} chy_verified;

/**
 * Prove the archive: every original unpacks and has its hash, every telegram
 * has its original and its rows, numbers are without gaps, the index holds
 * what the texts say, the file is sound.
 *
 * @return CHY_OK          also with problems: see ret->all_problems
 * @return CHY_ERR_DENIED  the reader is not the owner
 */
CHY_MUST_USE chy_status chy_registry_verify(chy_registry *reg,
    const chy_reader *reader, const chy_work_options *opts,
    chy_verified **ret, chy_error *err);
void	chy_verified_free(chy_verified *verified);

/* Read all originals again and rebuild what was read from them, in one
 * transaction: stopped or failed, the archive is as before. CHY_ERR_DENIED
 * to others than the owner. */
CHY_MUST_USE chy_status chy_registry_reindex(chy_registry *reg,
    const chy_reader *reader, const chy_work_options *opts,
    uint64_t *ret_telegrams, chy_error *err);

typedef struct chy_copy_counts {
	uint64_t originals, bytes;	/* of them as received */
	uint64_t tables, rows;		/* all else */
	uint64_t telegrams;
} chy_copy_counts;

/**
 * Put all of one archive into another that is empty, perhaps of another
 * engine: originals, what was read from them, and all that people did. It is
 * one transaction there, in which what arrived is compared with what was sent;
 * the text index is made anew.
 *
 * @return CHY_ERR_EXISTS       the other one holds something
 * @return CHY_ERR_UNSUPPORTED  `from` wants chancery reindex first
 * @return CHY_ERR_DENIED       the reader is not the owner
 */
CHY_MUST_USE chy_status chy_registry_copy(chy_registry *from,
    chy_registry *to, const chy_reader *reader, const chy_work_options *opts,
    chy_copy_counts *ret, chy_error *err);

#endif
