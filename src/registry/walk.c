/*
 * The cutter of an import: over folders in sorted order, through each file,
 * into blocks of telegrams.
 *
 * What cannot be opened is an item like any other, so it is told in its
 * place and the rest goes on.
 *
 * SPDX-License-Identifier: ISC
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/limits.h"
#include "registry/import_int.h"
#include "store/digest.h"

/* A file up to this size is read whole and its telegrams are not copied. */
#define WHOLE_FILE	(4u << 20)

struct cutter {
	struct import *im;
	struct block  *block;	/* being filled; NULL: none */
	const char    *path;	/* of the file at work on */
	chy_slice      whole;	/* its bytes, if they stay in memory */
	struct block  *whole_in;
	bool	       several;	/* it has more than one telegram */
	bool	       any;
	uint64_t       n_bytes;
	chy_digest     sha;
	int	       fd;
	bool	       counting; /* the first walk only counts */
	struct stat    own[3];	/* the archive's files: not to be imported */
	int	       n_own;
};


/* ---- blocks ---- */

/* The block to fill; waits for one to become free. NULL: stop. */
static struct block *
need_block(struct cutter *c)
{
	struct import *im = c->im;
	struct block *b;

	if (c->block != NULL)
		return c->block;
	pthread_mutex_lock(&im->lock);
	b = &im->blocks[im->next_cut % im->n_blocks];
	while (b->state != BLOCK_EMPTY && !im->stop)
		pthread_cond_wait(&im->changed, &im->lock);
	if (im->stop)
		b = NULL;
	pthread_mutex_unlock(&im->lock);
	if (b != NULL) {
		chy_arena_reset(&b->arena);
		b->first = NULL;
		b->end = &b->first;
		b->bytes = 0;
	}
	c->block = b;
	return b;
}

/* Hand the block on. */
static void
flush(struct cutter *c)
{
	struct import *im = c->im;

	if (c->block == NULL)
		return;
	pthread_mutex_lock(&im->lock);
	c->block->state = BLOCK_CUT;
	im->next_cut++;
	pthread_cond_broadcast(&im->changed);
	pthread_mutex_unlock(&im->lock);
	c->block = NULL;
}

static struct item *
item_add(struct cutter *c, enum item_kind kind)
{
	struct block *b = need_block(c);
	struct item *item;

	if (b == NULL)
		return NULL;
	item = chy_arena_zalloc(&b->arena, 1, sizeof(*item));
	if (item == NULL) {
		chy_error err;

		(void)chy_fail(&err, CHY_ERR_NO_MEMORY, "no memory");
		chy_import_fail(c->im, &err);
		return NULL;
	}
	item->kind = kind;
	item->path = chy_arena_copy(&b->arena, chy_slice_of(c->path)).ptr;
	*b->end = item;
	b->end = &item->next;
	b->bytes += sizeof(*item);
	return item;
}

static void
trouble(struct cutter *c, const chy_error *why, bool counts)
{
	struct item *item = item_add(c, ITEM_TROUBLE);

	if (item == NULL)
		return;
	item->why = *why;
	item->counts = counts;
}


/* ---- one file ---- */

static bool
inside(chy_slice part, chy_slice whole)
{
	return whole.ptr != NULL && part.ptr >= whole.ptr &&
	    part.ptr + part.len <= whole.ptr + whole.len;
}

static chy_slice
keep(struct cutter *c, chy_slice s)
{
	/* Bytes of a file that was read into this block are there to stay. */
	if (c->whole_in == c->block && inside(s, c->whole))
		return s;
	c->block->bytes += s.len;
	return chy_arena_copy(&c->block->arena, s);
}

static chy_wrapper *
keep_wrapper(struct cutter *c, const chy_wrapper *w)
{
	chy_wrapper *own;

	if (w == NULL)
		return NULL;
	own = chy_arena_zalloc(&c->block->arena, 1, sizeof(*own));
	if (own == NULL)
		return NULL;
	own->kind = keep(c, w->kind);
	own->reference_id = keep(c, w->reference_id);
	own->date = keep(c, w->date);
	own->origin = keep(c, w->origin);
	own->classification = keep(c, w->classification);
	own->references.at = chy_arena_alloc(&c->block->arena,
	    ((size_t)w->references.n + 1) * sizeof(*own->references.at));
	for (uint32_t i = 0; own->references.at != NULL &&
	    i < w->references.n; i++)
		own->references.at[own->references.n++] =
		    keep(c, w->references.at[i]);
	return own;
}

static chy_status
take_piece(void *arg, const chy_piece *piece)
{
	struct cutter *c = arg;
	struct item *item = item_add(c, ITEM_PIECE);
	bool same = piece->text.ptr == piece->raw.ptr &&
	    piece->text.len == piece->raw.len;

	if (item == NULL)
		return CHY_ERR_STOPPED;
	item->part = piece->part;
	item->piece = *piece;
	item->piece.raw = keep(c, piece->raw);
	item->piece.text = same ? item->piece.raw : keep(c, piece->text);
	item->piece.wrapper = keep_wrapper(c, piece->wrapper);
	item->piece.segments = NULL;
	item->piece.n_segments = 0;
	if (piece->trouble != NULL)
		item->piece.trouble = keep(c,
		    chy_slice_of(piece->trouble)).ptr;
	c->any = true;
	c->several |= piece->part > 0;
	if (chy_arena_failed(&c->block->arena)) {
		chy_error err;

		(void)chy_fail(&err, CHY_ERR_NO_MEMORY, "no memory");
		chy_import_fail(c->im, &err);
		return CHY_ERR_STOPPED;
	}
	/* A block with a file's bytes stays until the file is gone through. */
	if (c->block->bytes >= BLOCK_BYTES && c->whole_in == NULL)
		flush(c);
	return CHY_OK;
}

static chy_status
fill(void *arg, char *buf, size_t size, size_t *ret_len, chy_error *err)
{
	struct cutter *c = arg;
	ssize_t n;

	do
		n = read(c->fd, buf, size);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return chy_fail_sys(err, errno, "%s: it broke off while it was "
		    "read; what came before is filed", c->path);
	chy_digest_add(&c->sha, buf, (size_t)n);
	c->n_bytes += (uint64_t)n;
	*ret_len = (size_t)n;
	return CHY_OK;
}

/* Read all of a small file into the block. False: it is not small, or is
 * growing; then nothing was read. */
static bool
read_whole(struct cutter *c, size_t size, chy_error *err, chy_status *ret)
{
	struct block *b = need_block(c);
	char *p;
	size_t n = 0;

	*ret = CHY_OK;
	if (size > WHOLE_FILE || b == NULL)
		return false;
	p = chy_arena_alloc(&b->arena, size + CHY_PADDING);
	if (p == NULL)
		return false;
	while (n < size) {
		ssize_t got = read(c->fd, p + n, size - n);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0) {
			*ret = chy_fail_sys(err, errno, "%s: it cannot be read",
			    c->path);
			return true;
		}
		if (got == 0)
			break;
		n += (size_t)got;
	}
	memset(p + n, 0, size + CHY_PADDING - n);
	b->bytes += n;
	c->whole = (chy_slice){ p, n };
	c->whole_in = b;
	c->n_bytes = n;
	return true;
}

static void
file_begin(struct cutter *c, const char *path)
{
	c->path = path;
	c->whole = (chy_slice){ NULL, 0 };
	c->whole_in = NULL;
	c->several = c->any = false;
	c->n_bytes = 0;
	chy_digest_begin(&c->sha);
	(void)item_add(c, ITEM_FILE);
}

static void
file_end(struct cutter *c, chy_status st, const chy_error *err)
{
	struct item *item;

	if (st != CHY_OK && st != CHY_ERR_STOPPED)
		trouble(c, err, true);
	else if (st == CHY_OK && !c->any && c->n_bytes == 0)
		(void)item_add(c, ITEM_EMPTY);
	if (c->several && (item = item_add(c, ITEM_END)) != NULL) {
		/* Half a file has no hash. */
		item->size = st == CHY_OK ? c->n_bytes : 0;
		if (c->whole.ptr != NULL)
			chy_sha256(c->whole, item->sha256);
		else
			chy_digest_end(&c->sha, item->sha256);
	}
	if (c->block != NULL && c->block->bytes >= BLOCK_BYTES)
		flush(c);
}

static void
cut_file(struct cutter *c, const char *path, const struct stat *info)
{
	chy_error err = { .status = CHY_OK };
	chy_status st = CHY_OK;

	if (c->counting) {
		pthread_mutex_lock(&c->im->lock);
		c->im->total_files++;
		c->im->total_bytes += (uint64_t)info->st_size;
		pthread_mutex_unlock(&c->im->lock);
		return;
	}
	file_begin(c, path);
	c->fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (c->fd < 0) {
		st = chy_fail_sys(&err, errno, "%s: it cannot be opened; give "
		    "permission to read it", path);
	} else {
		if (S_ISREG(info->st_mode) && read_whole(c,
		    (size_t)info->st_size, &err, &st)) {
			if (st == CHY_OK)
				st = chy_intake_bytes(c->whole, take_piece, c,
				    &err);
		} else {
			st = chy_intake(fill, c, take_piece, c, &err);
		}
		(void)close(c->fd);
	}
	file_end(c, st, &err);
}

static void
cut_input(struct cutter *c)
{
	chy_error err = { .status = CHY_OK };
	chy_status st;

	if (c->counting) {
		c->im->total_unknown = true;
		return;
	}
	file_begin(c, "-");
	c->fd = STDIN_FILENO;
	st = chy_intake(fill, c, take_piece, c, &err);
	file_end(c, st, &err);
}


/* ---- folders ---- */

static int
name_cmp(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The names in a folder, sorted; heap. Those that begin with a stop are
 * hidden and stay so. */
static char **
names_in(const char *path, size_t *ret_n, int *ret_errno)
{
	DIR *dir = opendir(path);
	char **names = NULL;
	size_t n = 0, cap = 0;
	struct dirent *entry;

	*ret_n = 0;
	*ret_errno = dir == NULL ? errno : 0;
	if (dir == NULL)
		return NULL;
	errno = 0;
	while ((entry = readdir(dir)) != NULL) {
		size_t len = strlen(entry->d_name) + 1;

		if (entry->d_name[0] == '.')
			continue;
		if (n == cap) {
			char **more = realloc(names,
			    (cap * 2 + 64) * sizeof(*names));

			if (more == NULL) {
				errno = ENOMEM;
				break;
			}
			names = more;
			cap = cap * 2 + 64;
		}
		names[n] = malloc(len);
		if (names[n] == NULL) {
			errno = ENOMEM;
			break;
		}
		memcpy(names[n++], entry->d_name, len);
		errno = 0;
	}
	*ret_errno = errno;
	(void)closedir(dir);
	if (n > 0)
		qsort(names, n, sizeof(*names), name_cmp);
	*ret_n = n;
	return names;
}

static bool
stopped(struct cutter *c)
{
	bool stop;

	pthread_mutex_lock(&c->im->lock);
	stop = c->im->stop;
	pthread_mutex_unlock(&c->im->lock);
	return stop;
}

static void cut_path(struct cutter *c, const char *path, bool named);

static void
cut_folder(struct cutter *c, const char *path)
{
	size_t n, len = strlen(path);
	int sys;
	char **names = names_in(path, &n, &sys);

	if (sys != 0 && !c->counting) {
		chy_error err;

		c->path = path;
		(void)chy_fail_sys(&err, sys, "%s: the folder cannot be read; "
		    "give permission to read and enter it", path);
		trouble(c, &err, true);
	}
	for (size_t i = 0; i < n; i++) {
		size_t size = len + strlen(names[i]) + 2;
		char *full = malloc(size);

		if (full != NULL && !stopped(c)) {
			(void)snprintf(full, size, "%s%s%s", path,
			    len > 0 && path[len - 1] == '/' ? "" : "/",
			    names[i]);
			cut_path(c, full, false);
		}
		free(full);
		free(names[i]);
	}
	free(names);
}

static bool
is_own(const struct cutter *c, const struct stat *info)
{
	for (int i = 0; i < c->n_own; i++)
		if (c->own[i].st_dev == info->st_dev &&
		    c->own[i].st_ino == info->st_ino)
			return true;
	return false;
}

/* A file or folder; `named` by the user, not met in a folder. */
static void
cut_path(struct cutter *c, const char *path, bool named)
{
	struct stat info;
	bool link;

	if (lstat(path, &info) != 0)
		goto fail;
	link = S_ISLNK(info.st_mode);
	if (link && stat(path, &info) != 0) {
		if (!named)
			return;		/* it leads nowhere */
		goto fail;
	}
	if (S_ISDIR(info.st_mode)) {
		if (!link || named)	/* else it may lead in a circle */
			cut_folder(c, path);
	} else if ((S_ISREG(info.st_mode) || named) && !is_own(c, &info)) {
		cut_file(c, path, &info);
	}
	return;
fail:
	if (!c->counting) {
		chy_error err;

		c->path = path;
		(void)chy_fail_sys(&err, errno, "%s: it cannot be found or "
		    "entered", path);
		trouble(c, &err, true);
	}
}

static void
cut_all(struct cutter *c)
{
	struct import *im = c->im;

	for (size_t i = 0; i < im->n_paths && !stopped(c); i++) {
		if (strcmp(im->paths[i], "-") == 0)
			cut_input(c);
		else
			cut_path(c, im->paths[i], true);
	}
}

static void
cut_memory(struct cutter *c)
{
	struct import *im = c->im;
	chy_error err = { .status = CHY_OK };
	chy_status st;
	char *name = malloc(im->name.len + 1);

	if (name == NULL)
		return;
	memcpy(name, im->name.ptr, im->name.len);
	name[im->name.len] = '\0';
	file_begin(c, name);
	c->n_bytes = im->bytes.len;
	st = chy_intake_bytes(im->bytes, take_piece, c, &err);
	c->whole = im->bytes;	/* for the hash; it stays the caller's */
	file_end(c, st, &err);
	free(name);
}

static void
find_own(struct cutter *c)
{
	static const char *const ends[] = { "", "-wal", "-shm" };
	size_t size = strlen(c->im->reg->where) + 8;
	char *path = malloc(size);

	if (!chy_db_is_file(c->im->reg->where)) {
		free(path);
		return;
	}
	for (size_t i = 0; i < ARRAY_LEN(ends) && path != NULL; i++) {
		(void)snprintf(path, size, "%s%s", c->im->reg->where, ends[i]);
		if (stat(path, &c->own[c->n_own]) == 0)
			c->n_own++;
	}
	free(path);
}

void *
chy_import_cut(void *import)
{
	struct import *im = import;
	struct cutter c = { .im = im, .path = "" };

	if (im->in_memory) {
		im->total_files = 1;
		im->total_bytes = im->bytes.len;
		cut_memory(&c);
	} else {
		find_own(&c);
		c.counting = true;
		cut_all(&c);
		c.counting = false;
		pthread_mutex_lock(&im->lock);
		im->total_known = true;
		pthread_mutex_unlock(&im->lock);
		cut_all(&c);
	}
	flush(&c);
	pthread_mutex_lock(&im->lock);
	im->total_known = true;
	im->all_cut = true;
	pthread_cond_broadcast(&im->changed);
	pthread_mutex_unlock(&im->lock);
	return NULL;
}
