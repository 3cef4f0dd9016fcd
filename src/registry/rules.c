/*
 * Rule files: read from disk with what they include, or from memory.
 *
 * A file is called by its path beside the first one, so that what is kept in
 * an archive says nothing of whose disk it was on.
 *
 * SPDX-License-Identifier: ISC
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "registry/registry_int.h"

struct loading {
	chy_ruleset	    *set;
	const char	    *folder;	/* with its slash; "" */
	const chy_rule_file *files;	/* in place of a disk */
	uint32_t	     n_files, cap;
};

static chy_status
add_file(struct loading *l, chy_slice name, chy_slice text, chy_error *err)
{
	chy_rule_file *files;

	if (l->set->n == l->cap) {
		files = chy_arena_zalloc(&l->set->arena, (size_t)l->cap * 2 + 8,
		    sizeof(*files));
		if (files == NULL)
			return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
		if (l->set->n > 0)
			memcpy(files, l->set->files,
			    l->set->n * sizeof(*files));
		l->set->files = files;
		l->cap = l->cap * 2 + 8;
	}
	l->set->files[l->set->n++] = (chy_rule_file){ name, text };
	return CHY_OK;
}

static chy_status
read_all(FILE *f, chy_arena *arena, chy_slice *ret, chy_error *err)
{
	chy_buf buf = CHY_BUF_INIT;
	chy_status st = CHY_OK;
	size_t n;

	do {
		char *room = chy_buf_room(&buf, 1u << 16);

		if (room == NULL) {
			st = chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
			break;
		}
		n = fread(room, 1, 1u << 16, f);
		buf.len += n;
	} while (n > 0 && buf.len <= CHY_LIMIT_RULE_FILE);
	if (st == CHY_OK && ferror(f))
		st = chy_fail_sys(err, errno, "it cannot be read");
	if (st == CHY_OK)
		*ret = chy_arena_copy(arena, chy_buf_slice(&buf));
	chy_buf_done(&buf);
	return st;
}

/* The text of one file, by its name beside the first. */
static chy_status
find_text(struct loading *l, chy_slice name, chy_slice *ret, chy_error *err)
{
	chy_buf path = CHY_BUF_INIT;
	chy_status st;
	FILE *f;

	if (l->files != NULL) {
		for (uint32_t i = 0; i < l->n_files; i++)
			if (chy_slice_eq(l->files[i].name, name)) {
				*ret = chy_arena_copy(&l->set->arena,
				    l->files[i].text);
				return CHY_OK;
			}
		return chy_fail(err, CHY_ERR_NOT_FOUND, "it is not there");
	}
	chy_buf_printf(&path, "%s%.*s", l->folder, CHY_ARG(name));
	f = fopen(chy_buf_slice(&path).ptr, "rb");
	st = f == NULL ? chy_fail_sys(err, errno, "it cannot be opened") :
	    read_all(f, &l->set->arena, ret, err);
	if (f != NULL)
		fclose(f);
	chy_buf_done(&path);
	return st;
}

static chy_status
include(void *arg, chy_slice from, chy_slice name, chy_slice *ret_path,
    chy_slice *ret_text, chy_error *err)
{
	struct loading *l = arg;
	chy_buf path = CHY_BUF_INIT;
	size_t folder = from.len;
	chy_status st;

	while (folder > 0 && from.ptr[folder - 1] != '/')
		folder--;
	if (name.ptr[0] != '/')
		chy_buf_put(&path, chy_slice_sub(from, 0, folder));
	chy_buf_put(&path, name);
	*ret_path = chy_arena_copy(&l->set->arena, chy_buf_slice(&path));
	chy_buf_done(&path);
	/* Read once, however often it is named. */
	for (uint32_t i = 0; i < l->set->n; i++)
		if (chy_slice_eq(l->set->files[i].name, *ret_path)) {
			*ret_text = l->set->files[i].text;
			return CHY_OK;
		}
	st = find_text(l, *ret_path, ret_text, err);
	return st != CHY_OK ? st : add_file(l, *ret_path, *ret_text, err);
}

static chy_status
load(struct loading *l, chy_slice name, chy_ruleset **ret,
    chy_rules_error *bad)
{
	chy_error err = { 0 };
	chy_slice text;
	chy_status st;

	*bad = (chy_rules_error){ .status = CHY_OK };
	l->set = calloc(1, sizeof(*l->set));
	if (l->set == NULL) {
		(void)snprintf(bad->text, sizeof(bad->text), "no memory");
		return bad->status = CHY_ERR_NO_MEMORY;
	}
	chy_arena_init(&l->set->arena, 0);
	st = find_text(l, name, &text, &err);
	if (st == CHY_OK)
		st = add_file(l, chy_arena_copy(&l->set->arena, name), text,
		    &err);
	if (st != CHY_OK) {
		bad->status = st;
		(void)snprintf(bad->text, sizeof(bad->text), "%.*s: %.160s",
		    CHY_ARG(chy_slice_sub(name, 0, 80)), err.text);
	} else {
		st = chy_rules_parse(l->set->files[0].name, text, include, l,
		    &l->set->rules, bad);
	}
	if (st != CHY_OK) {
		chy_ruleset_free(l->set);
		return st;
	}
	*ret = l->set;
	return CHY_OK;
}

chy_status
chy_ruleset_read(const char *path, chy_ruleset **ret, chy_rules_error *bad)
{
	size_t cut = strlen(path);
	struct loading l = { .folder = "" };
	char *folder;
	chy_status st;

	while (cut > 0 && path[cut - 1] != '/')
		cut--;
	folder = malloc(cut + 1);
	if (folder == NULL)
		return bad->status = CHY_ERR_NO_MEMORY;
	memcpy(folder, path, cut);
	folder[cut] = '\0';
	l.folder = folder;
	st = load(&l, chy_slice_of(path + cut), ret, bad);
	free(folder);
	return st;
}

chy_status
chy_ruleset_make(const chy_rule_file *files, uint32_t n, chy_ruleset **ret,
    chy_rules_error *bad)
{
	struct loading l = { .folder = "", .files = files, .n_files = n };

	return load(&l, files[0].name, ret, bad);
}

void
chy_ruleset_free(chy_ruleset *set)
{
	if (set == NULL)
		return;
	chy_rules_free(set->rules);
	chy_arena_done(&set->arena);
	free(set);
}
