/*
 * chancery check --query: all that a query finds, each beside the others, so
 * that numbers that are missing or used twice are seen.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>
#include <string.h>

#include "check/series.h"
#include "cmd/check_int.h"

typedef struct filed {
	check_run  *run;
	chy_series *series;
	char	  (*ids)[48];	/* of what was found, in order */
	size_t	    n, cap;
	size_t	    next;	/* in the series */
	chy_status  st;
} filed;

static chy_status
gather(void *arg, const chy_shown *shown)
{
	filed *f = arg;

	if (cmd_stop_asked())
		return CHY_ERR_STOPPED;
	if (f->n == f->cap) {
		size_t cap = f->cap > 0 ? f->cap * 2 : 256;
		char (*ids)[48] = realloc(f->ids, cap * sizeof(*ids));

		if (ids == NULL)
			return CHY_ERR_NO_MEMORY;
		f->ids = ids;
		f->cap = cap;
	}
	snprintf(f->ids[f->n++], sizeof(f->ids[0]), "%.*s",
	    CHY_ARG(shown->line.id));
	for (uint32_t i = 0; i < shown->n_parts; i++) {
		chy_status st = chy_series_add(f->series,
		    shown->parts[i].telegram, shown->line.id);

		if (st != CHY_OK)
			return st;
	}
	return CHY_OK;
}

/* References that were looked for in the archive and not found. */
static size_t
missing_of(const chy_shown *shown, uint32_t *list, size_t size)
{
	size_t n = 0;

	for (uint32_t i = 0; i < shown->n_resolved && n < size; i++)
		if (shown->resolved[i].how == CHY_NOT_FILED ||
		    shown->resolved[i].how == CHY_POST_UNKNOWN)
			list[n++] = i;
	return n;
}

static chy_status
check_shown(filed *f, const chy_shown *shown)
{
	chy_status st = CHY_OK;

	for (uint32_t i = 0; i < shown->n_parts && st == CHY_OK; i++) {
		const chy_part *part = &shown->parts[i];
		chy_check_context x = chy_series_context(f->series,
		    f->next++);
		chy_check_copy copies[16];
		uint32_t missing[64];

		/* Further originals lie in the archive under this one. */
		x.n_copies = 0;
		for (uint32_t k = 0; k < part->n_copies &&
		    x.n_copies < ARRAY_LEN(copies); k++)
			copies[x.n_copies++] = (chy_check_copy){
			    part->copies[k].file, !part->copies[k].differs };
		x.copies = copies;
		if (i == 0) {
			x.n_missing = missing_of(shown, missing,
			    ARRAY_LEN(missing));
			x.missing = missing;
		}
		st = check_telegram(f->run, part->telegram,
		    f->ids[f->n], shown->n_parts > 1 ? i + 1 : 0, 0, &x);
	}
	return st;
}

/* One after the other by its id; one that was filed or taken away meanwhile
 * is passed by. */
static chy_status
check_all(filed *f, chy_error *err)
{
	cmd_env *env = f->run->env;
	size_t count = f->n;

	for (f->n = 0; f->n < count; f->n++) {
		chy_shown *shown;
		chy_status st = chy_registry_show(env->reg, &env->reader,
		    chy_slice_of(f->ids[f->n]), &shown, err);

		if (st == CHY_ERR_NOT_FOUND || st == CHY_ERR_INVALID)
			continue;
		if (st == CHY_OK) {
			check_file_begin(&f->run->writer, f->ids[f->n]);
			st = check_shown(f, shown);
			check_file_end(&f->run->writer, f->ids[f->n]);
			chy_shown_free(shown);
		}
		if (st != CHY_OK)
			return st;
		if (cmd_stop_asked())
			return CHY_ERR_STOPPED;
	}
	return CHY_OK;
}

int
check_query(check_run *run, const char *query)
{
	filed f = { .run = run, .series = chy_series_new() };
	cmd_env *env = run->env;
	chy_buf path = CHY_BUF_INIT;
	chy_error err = { 0 };
	chy_status st = CHY_OK;
	int status = cmd_open(env, NEEDS_ARCHIVE);

	if (status != EXIT_DONE || f.series == NULL)
		goto out;
	/* The setting of this archive lies beside it. */
	chy_buf_printf(&path, "%s.silence", env->archive);
	if (chy_archive_is_file(env->archive) &&
	    !silences_read(env, &run->silent, chy_buf_slice(&path).ptr)) {
		status = EXIT_USAGE;
		goto out;
	}
	cmd_stop_install();
	st = chy_registry_export(env->reg, &env->reader, chy_slice_of(query),
	    NULL, gather, &f, &err);
	if (st == CHY_OK) {
		chy_series_settle(f.series);
		st = check_all(&f, &err);
	}
	if (st != CHY_OK && chy_sink_status(env->out) == CHY_OK) {
		err.status = st;
		status = cmd_failed_query(env, chy_slice_of(query), &err);
	}
out:
	chy_buf_done(&path);
	chy_series_free(f.series);
	free(f.ids);
	return status;
}
