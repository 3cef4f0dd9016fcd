/*
 * Opening, asking, and the line in which a telegram is shown.
 *
 * SPDX-License-Identifier: ISC
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <sys/stat.h>

#include "base/ascii.h"
#include "registry/registry_int.h"

/* Make the folders above a path. What cannot be made shows when the archive
 * is opened. */
static void
make_folders(const char *where)
{
	char *path = malloc(strlen(where) + 1);

	if (path == NULL)
		return;
	memcpy(path, where, strlen(where) + 1);
	for (char *p = path + 1; *p != '\0'; p++)
		if (*p == '/') {
			*p = '\0';
			(void)mkdir(path, 0700);
			*p = '/';
		}
	free(path);
}

bool
chy_archive_is_file(const char *where)
{
	return chy_db_is_file(where);
}

void
chy_archive_show(const char *where, char *out, size_t size)
{
	chy_db_show(where, out, size);
}

chy_status
chy_registry_open(const char *where, const chy_registry_options *opts,
    chy_registry **ret_reg, chy_error *err)
{
	static const chy_registry_options defaults;
	chy_registry *reg = calloc(1, sizeof(*reg));
	chy_store_options store_opts;
	chy_status st;

	if (opts == NULL)
		opts = &defaults;
	if (reg != NULL) {
		reg->where = malloc(strlen(where) + 1);
		reg->tel = calloc(1, sizeof(*reg->tel));
		chy_arena_init(&reg->scratch, 0);
	}
	if (reg == NULL || reg->where == NULL || reg->tel == NULL) {
		chy_registry_close(reg);
		return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
	}
	memcpy(reg->where, where, strlen(where) + 1);
	reg->opts = *opts;
	store_opts = (chy_store_options){
		.create = opts->create, .read_only = opts->read_only,
		.portion_release = opts->portion_release,
		.busy_ms = opts->busy_ms,
	};
	if (opts->create && chy_db_is_file(where))
		make_folders(where);
	st = chy_store_open(where, &store_opts, &reg->store, err);
	if (st != CHY_OK) {
		chy_registry_close(reg);
		return st;
	}
	*ret_reg = reg;
	return CHY_OK;
}

void
chy_filer_forget(chy_registry *reg)
{
	chy_filer_free(reg->filer);
	chy_store_close(reg->filer_store);
	reg->filer = NULL;
	reg->filer_store = NULL;
}

void
chy_registry_close(chy_registry *reg)
{
	if (reg == NULL)
		return;
	/* The last connection to a file tidies up, so that is one that may
	 * write. */
	chy_filer_forget(reg);
	chy_store_close(reg->store);
	chy_telegram_free(reg->tel);
	chy_arena_done(&reg->scratch);
	free(reg->where);
	free(reg);
}

chy_status
chy_query_asked(chy_slice text, chy_query **ret, chy_error *err)
{
	return chy_query_parse(text, (int64_t)time(NULL), ret, err);
}

chy_status
chy_asking_begin(struct asking *a, chy_registry *reg, const chy_reader *reader,
    chy_error *err)
{
	chy_status st = chy_store_enter(reg->store, err);

	*a = (struct asking){ .reg = reg, .reader = reader, .err = err };
	if (st != CHY_OK)
		return st;
	a->c = chy_store_columns(reg->store);
	st = chy_store_view(reg->store, reader, &a->view, err);
	if (st != CHY_OK)
		chy_store_leave(reg->store);
	return st;
}

void
chy_asking_end(struct asking *a)
{
	chy_arena_reset(&a->reg->scratch);
	chy_store_leave(a->reg->store);
}

bool
chy_registry_was_cut(const chy_registry *reg, chy_status st)
{
	/* A statement that cannot be made says less than why. */
	return (st == CHY_ERR_IO || st == CHY_ERR_STORE) &&
	    chy_db_is_lost(chy_store_db(reg->store));
}

chy_status
chy_owner_only(const chy_reader *reader, const char *what, chy_error *err)
{
	if (reader->owner)
		return CHY_OK;
	return chy_fail(err, CHY_ERR_DENIED, "%s is for the owner of the "
	    "archive; leave out --reader", what);
}


/* ---- addresses ---- */

chy_status
chy_not_found(chy_slice address, chy_error *err)
{
	return chy_fail(err, CHY_ERR_NOT_FOUND, "%.*s: not in this archive",
	    CHY_ARG(chy_slice_sub(address, 0, 100)));
}

/* sha: and digits: the one telegram that the reader sees. */
static chy_status
find_hash(struct asking *a, chy_slice hex, chy_arena *arena,
    struct place *ret)
{
	int64_t *ids;
	uint32_t n, seen = 0;
	chy_status st = chy_store_find_hash(a->reg->store, hex, arena, &ids, &n,
	    a->err);

	if (st != CHY_OK)
		return st;
	for (uint32_t i = 0; i < n; i++) {
		uint32_t t = (size_t)ids[i] < a->c->cap_tel_of ?
		    a->c->tel_of[ids[i]] : CHY_NONE;

		if (t != CHY_NONE && a->view->tel_sees[t] == 0)
			continue;
		if (t == CHY_NONE && !a->reader->owner)
			continue;
		ret->tel = t;
		ret->original = t == CHY_NONE ? ids[i] : 0;
		ret->group = t == CHY_NONE ? CHY_NONE : a->c->tels[t].group;
		seen++;
	}
	if (seen > 1)
		return chy_fail(a->err, CHY_ERR_INVALID, "sha:%.*s fits several "
		    "telegrams; write more digits", CHY_ARG(hex));
	if (seen == 0)
		return chy_not_found(hex, a->err);
	return CHY_OK;
}

chy_status
chy_address_find(struct asking *a, chy_slice address, chy_arena *arena,
    struct place *ret)
{
	size_t hash = chy_slice_find(address, CHY_SLICE("#"), 0);
	struct place p = { .group = CHY_NONE, .tel = CHY_NONE,
	    .paragraph = CHY_EMPTY };
	char key[CHY_MRN_KEY_MAX];
	chy_status st = CHY_OK;
	chy_mrn mrn;
	uint32_t group;

	if (hash < address.len) {
		p.paragraph = chy_slice_trim(chy_slice_from(address, hash + 1));
		/* Pages call paragraph 8 p8. */
		if (p.paragraph.len > 1 && p.paragraph.ptr[0] == 'p')
			p.paragraph = chy_slice_from(p.paragraph, 1);
		address = chy_slice_sub(address, 0, hash);
	}
	address = chy_slice_trim(address);
	if (chy_slice_istarts(address, CHY_SLICE("sha:"))) {
		st = find_hash(a, chy_slice_from(address, 4), arena, &p);
		p.id = chy_arena_copy(arena, address);
	} else if (chy_mrn_from_text(address, &mrn)) {
		p.id = chy_arena_copy(arena,
		    (chy_slice){ key, chy_mrn_key(&mrn, key) });
	} else {
		/* An id that no rule reads may be filed as it was printed. */
		p.id = chy_arena_copy(arena, address);
		group = chy_name_find(a->c->groups, address);
		if (group == CHY_NONE || group == 0 ||
		    !chy_set_has(a->view->visible, group))
			st = chy_fail(a->err, CHY_ERR_INVALID, "\"%.*s\" is not "
			    "the number of a telegram; write year, post and "
			    "serial, as 08MUSCAT425",
			    CHY_ARG(chy_slice_sub(address, 0, 60)));
	}
	if (st != CHY_OK)
		return st;
	if (p.group == CHY_NONE && p.original == 0) {
		group = chy_name_find(a->c->groups, p.id);
		if (group != CHY_NONE && group != 0 &&
		    chy_set_has(a->view->visible, group))
			p.group = group;
	}
	*ret = p;
	return CHY_OK;
}


/* ---- lines ---- */

static chy_slice
subject_title(const chy_telegram *tel, chy_arena *arena)
{
	size_t size = tel->subject.len * 2 + 16;
	char *out;

	if (tel->subject.len == 0)
		return CHY_EMPTY;
	out = chy_arena_alloc(arena, size);
	if (out == NULL)
		return CHY_EMPTY;
	return (chy_slice){ out, chy_subject_title(tel->subject, out, size) };
}

static chy_slice
classification(const chy_telegram *tel, chy_arena *arena)
{
	chy_buf buf = CHY_BUF_INIT;
	chy_slice text;

	if (tel->level == CHY_LEVEL_NONE)
		return CHY_EMPTY;
	chy_buf_puts(&buf, chy_level_name(tel->level));
	for (uint32_t i = 0; i < tel->caveats.n; i++) {
		chy_buf_puts(&buf, i == 0 ? "//" : "/");
		chy_buf_put(&buf, tel->caveats.at[i]);
	}
	text = chy_arena_copy(arena, chy_buf_slice(&buf));
	chy_buf_done(&buf);
	return text;
}

static void
count_members(struct asking *a, uint32_t group, chy_arena *arena,
    chy_line *line)
{
	uint32_t *members, last = CHY_NONE;
	uint32_t n = chy_view_members(a->reg->store, a->view, group, arena,
	    &members);

	for (uint32_t i = 0; i < n; i++) {
		if (last == CHY_NONE || a->c->tels[members[i]].section !=
		    a->c->tels[last].section)
			line->n_sections++;
		else
			line->n_copies++;
		last = members[i];
	}
}

chy_status
chy_line_make(struct asking *a, uint32_t group, const struct reading *r,
    chy_arena *arena, chy_line *ret)
{
	uint32_t number = a->view->shown[group];
	const chy_tel_column *t = &a->c->tels[number];
	struct reading own;
	chy_line line = {
		.dtg_iso = CHY_EMPTY, .originator = CHY_EMPTY,
		.subject = CHY_EMPTY, .classification = CHY_EMPTY,
		.year = t->year,
	};
	chy_status st = CHY_OK;

	if (r == NULL) {
		st = chy_read_visible(a, number, a->reg->tel, &a->reg->scratch,
		    &own);
		r = &own;
	}
	if (st != CHY_OK)
		return st;
	line.id = chy_arena_copy(arena, chy_name_text(a->c->groups, group));
	line.post = chy_arena_copy(arena, chy_name_text(a->c->posts, t->post));
	if (t->dtg != INT64_MIN) {
		char iso[18];

		chy_civil_iso(chy_civil_from(t->dtg), iso);
		line.dtg_iso = chy_arena_copy(arena, chy_slice_of(iso));
		line.dtg = t->dtg;
	}
	line.subject = subject_title(r->tel, arena);
	line.label = r->label;
	if (r->heading) {
		const chy_originator *o = &r->tel->originator;

		line.originator = chy_arena_copy(arena, o->name.len > 0 ?
		    o->name : o->plad);
		line.level = r->tel->level;
		line.classification = classification(r->tel, arena);
		line.precedence = r->tel->precedence;
	}
	count_members(a, group, arena, &line);
	if (chy_arena_failed(arena))
		return chy_fail(a->err, CHY_ERR_NO_MEMORY, "no memory");
	*ret = line;
	return CHY_OK;
}

const char *
chy_facet_name(chy_facet_kind kind)
{
	switch (kind) {
	case CHY_FACET_YEAR: return "year";
	case CHY_FACET_POST: return "post";
	case CHY_FACET_CLASS: return "classification";
	case CHY_FACET_TAG: return "tags";
	}
	return "";
}
