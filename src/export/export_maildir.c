/*
 * A Maildir: a folder that mail readers open, a file a telegram.
 *
 * The name of a file is made of the telegram's id, so what was delivered
 * before, read or not, is known and not delivered again, also after a crash
 * (cr.yp.to/proto/maildir.html).
 *
 * SPDX-License-Identifier: ISC
 */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "export/export_int.h"

#define NAME_MAX_	400u

/* Names that are in cur/, without what mail readers put behind them. */
struct maildir {
	char   **cur;
	size_t	 n, cap;
};

static int
name_cmp(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static chy_status
read_cur(struct maildir *m, const char *path, chy_error *err)
{
	char cur[2048];
	const struct dirent *entry;
	DIR *dir;

	(void)snprintf(cur, sizeof(cur), "%s/cur", path);
	dir = opendir(cur);
	if (dir == NULL)
		return chy_fail(err, CHY_ERR_IO, "%.300s: cannot be opened: %s",
		    cur, strerror(errno));
	while ((entry = readdir(dir)) != NULL) {
		if (m->n == m->cap) {
			char **more = realloc(m->cur, (m->cap * 2 + 64) *
			    sizeof(*more));

			if (more == NULL)
				break;
			m->cur = more;
			m->cap = m->cap * 2 + 64;
		}
		m->cur[m->n] = strdup(entry->d_name);
		if (m->cur[m->n] == NULL)
			break;
		m->cur[m->n++][strcspn(entry->d_name, ":")] = '\0';
	}
	(void)closedir(dir);
	if (entry != NULL)
		return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	if (m->n > 0)
		qsort(m->cur, m->n, sizeof(*m->cur), name_cmp);
	return CHY_OK;
}

static void
maildir_free(struct maildir *m)
{
	for (size_t i = 0; i < m->n; i++)
		free(m->cur[i]);
	free(m->cur);
	free(m);
}

static chy_status
open_maildir(struct exporting *ex)
{
	static const char *const parts[] = { "", "/tmp", "/new", "/cur" };
	struct maildir *m;
	chy_status st = CHY_OK;

	if (strlen(ex->opts->path) > 1024)
		return chy_fail(ex->err, CHY_ERR_TOO_LARGE, "the path is too "
		    "long; give a shorter one");
	for (size_t i = 0; i < ARRAY_LEN(parts) && st == CHY_OK; i++) {
		char path[1100];

		(void)snprintf(path, sizeof(path), "%s%s", ex->opts->path,
		    parts[i]);
		st = chy_export_folder(path, false, ex->err);
	}
	m = st == CHY_OK ? calloc(1, sizeof(*m)) : NULL;
	if (m == NULL)
		return st != CHY_OK ? st : chy_fail(ex->err,
		    CHY_ERR_NO_MEMORY, "no memory");
	st = read_cur(m, ex->opts->path, ex->err);
	if (st != CHY_OK)
		maildir_free(m);
	else
		ex->state = m;
	return st;
}

static chy_status
put(struct exporting *ex, const chy_shown *shown)
{
	const struct maildir *m = ex->state;
	char id[NAME_MAX_], name[NAME_MAX_ + 20], path[2048], tmp[2048];
	const char *key = name;
	chy_buf message = CHY_BUF_INIT;
	chy_status st;

	(void)snprintf(name, sizeof(name), "%s.chancery",
	    chy_export_name(shown->line.id, id, sizeof(id)));
	(void)snprintf(path, sizeof(path), "%s/new/%s", ex->opts->path, name);
	(void)snprintf(tmp, sizeof(tmp), "%s/tmp/%s", ex->opts->path, name);
	if ((m->n > 0 && bsearch(&key, m->cur, m->n, sizeof(*m->cur),
	    name_cmp) != NULL) || access(path, F_OK) == 0) {
		ex->known++;
		return CHY_OK;
	}
	st = chy_export_message(shown, &message);
	/* What a crash left in tmp/ was never delivered. */
	(void)unlink(tmp);
	if (st == CHY_OK)
		st = chy_export_file(tmp, chy_buf_slice(&message), ex->err);
	if (st == CHY_OK && rename(tmp, path) != 0)
		st = chy_fail(ex->err, CHY_ERR_IO, "%.300s: cannot be "
		    "delivered: %s", path, strerror(errno));
	chy_buf_done(&message);
	return st;
}

static chy_status
close_maildir(struct exporting *ex, bool whole)
{
	(void)whole;
	maildir_free(ex->state);
	return CHY_OK;
}

const chy_exporter chy_exporter_maildir = {
	.name = "maildir",
	.title = "a Maildir, for mail readers; only what is not in it",
	.open = open_maildir,
	.put = put,
	.close = close_maildir,
};
