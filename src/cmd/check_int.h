/*
 * The pieces of chancery check: what was found in a telegram, the four ways
 * to write it, what is silenced, repairs.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_CMD_CHECK_INT_H
#define CHY_CMD_CHECK_INT_H

#include "check/check.h"
#include "cmd/cmd.h"
#include "cmd/output.h"

/* ---- check_silence.c ---- */

/* A rule that is silenced somewhere, with the reason. */
typedef struct silence {
	chy_slice glob;		/* of file names or ids */
	chy_slice codes;	/* globs of codes, commas between */
	chy_slice reason;
	uint32_t  line;		/* 0: every line */
} silence;

typedef struct silences {
	silence	 *list;
	size_t	  n, cap;
	chy_arena arena;
	char	**folders;	/* whose files were read */
	size_t	  n_folders;
} silences;

void	silences_init(silences *s);
void	silences_done(silences *s);

/* Read a file of them; a missing one is none. False after a complaint. */
bool	silences_read(cmd_env *env, silences *s, const char *path);
/* Read .chancery-silence of the folder the file is in, once. */
bool	silences_read_beside(cmd_env *env, silences *s, const char *file);

/* The reason why it is silenced; empty: it is not. */
chy_slice silences_find(const silences *s, const char *name, uint32_t line,
    const char *code);

/* A name against a pattern with * and ?; * takes slashes, too. */
bool	silence_match(chy_slice glob, chy_slice name);
/* The same against one of several, commas between; any case. */
bool	silence_match_any(chy_slice globs, chy_slice name);

/* ---- check_write.c ---- */

typedef enum check_form {
	CHECK_TEXT,
	CHECK_JSON,
	CHECK_SARIF,
	CHECK_JUNIT,
} check_form;

/* One finding, ready to be written. */
typedef struct check_item {
	const chy_telegram *tel;
	const char	   *file;
	uint32_t	    part;	/* 0: the whole file */
	uint32_t	    lines_before; /* in the file, before this part */
	chy_diag	    diag;
	chy_severity	    severity;
	chy_slice	    detail;
	chy_span	    span;
	chy_slice	    silenced;	/* reason; empty */
} check_item;

typedef struct check_writer {
	cmd_env	  *env;
	check_form form;
	bool	   drafting;
	uint32_t   items;	/* in all */
	/* JUnit: the cases of the file at work on. */
	chy_buf	   cases;
	uint32_t   n_cases, n_failures, n_skipped;
} check_writer;

const char *check_form_name(size_t i);
bool	check_form_find(const char *name, check_form *ret);

void	check_begin(check_writer *w);
void	check_file_begin(check_writer *w, const char *file);
void	check_put(check_writer *w, const check_item *item);
void	check_file_end(check_writer *w, const char *file);
void	check_end(check_writer *w);
void	check_writer_done(check_writer *w);

/* ---- check_fix.c ---- */

typedef struct check_fix {
	cmd_env		 *env;
	chy_check_options opts;
	const char	 *form;		/* as --form */
	chy_confidence	  least;
	const char	 *output;	/* as --output; NULL */
	bool		  as_json;	/* tell them as JSON Lines */
} check_fix;

/* Repair one file: the repairs, before and after, on the output; the new
 * version beside it. The worst severity left goes to *ret_worst. */
void	check_fix_file(check_fix *fix, const char *path,
    chy_severity *ret_worst);

/* ---- check_filed.c ---- */

typedef struct check_run check_run;

/* Check all that a query finds. Returns an exit status. */
int	check_query(check_run *run, const char *query);

/* ---- cmd_check.c ---- */

/* Check one telegram and write what is found. */
chy_status check_telegram(check_run *run, const chy_telegram *tel,
    const char *name, uint32_t part, uint32_t lines_before,
    const chy_check_context *context);

/* Check a draft and tell all that is found as text. Returns an exit status;
 * the worst severity goes to *ret_worst. */
int	check_draft(cmd_env *env, const char *path, chy_severity *ret_worst);

struct check_run {
	cmd_env		 *env;
	check_writer	  writer;
	silences	  silent;
	chy_check_options opts;
	chy_severity	  level;
	chy_slice	  only, without;	/* empty: all, none */
	const char	 *form;
	chy_findings	  found;
	chy_telegram	 *tel;		/* its memory is used again */
	chy_severity	  worst;
	uint64_t	  silenced;
	bool		  failed;	/* memory, or the output */
};

/* A file or folder of a command line, one file after the other. */
bool	check_walk(cmd_env *env, const char *path,
    bool (*each)(void *arg, const char *path), void *arg);

/* All bytes of a file, or of standard input for "-". */
bool	check_load(cmd_env *env, const char *path, chy_buf *ret);

#endif
