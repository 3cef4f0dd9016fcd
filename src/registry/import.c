/*
 * Import: the readers, and the one writer with its batches.
 *
 * A batch is one transaction. Killed at any moment, the archive holds whole
 * batches and nothing of the last; the next run finds what is filed by its
 * hash and goes on. Between two batches the lock is free for long enough that
 * another import gets it.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "registry/import_int.h"

#define BATCH_BYTES	(128u << 20)
#define BATCH_SECONDS	4.0
#define BATCH_SHARED	1.5	/* where many machines queue for the lock */
#define BUSY_MOST	20	/* times that an import waits in that queue */
#define BULK_BYTES	(2u << 20)	/* from here on it is a bulk load */
#define TRAIN_BYTES	(4u << 20)	/* enough to see what is alike */
#define PROGRESS_MS	250u
#define FORESEE_AT_ONCE	128u
#define READER_NICE	5
#define LOST_MOST	8		/* connections lost without progress */

struct writer {
	struct import *im;
	chy_store     *store;
	chy_import_counts now, committed;
	bool	       open;		/* a transaction is */
	bool	       bulk;
	bool	       far;		/* the archive is on a server */
	uint64_t       batch;		/* bytes in it */
	double	       start, batch_start, told;
	int64_t	       container;	/* of the file at work on; 0 */
	const char    *path;
	uint64_t       troubles;
	chy_error     *err;
};

static double
seconds(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

void
chy_import_fail(struct import *im, const chy_error *err)
{
	pthread_mutex_lock(&im->lock);
	if (im->error.status == CHY_OK)
		im->error = *err;
	im->stop = true;
	pthread_cond_broadcast(&im->changed);
	pthread_mutex_unlock(&im->lock);
}


/* ---- readers ---- */

static chy_status
read_item(struct import *im, chy_store *store, chy_filer *filer,
    struct block *b, struct item *item, chy_error *err)
{
	chy_filing_source source = {
		.file = chy_slice_of(item->path), .form = im->opts->form,
		.year = im->opts->year, .repack = true,
		.sha256 = item->sha256,
	};
	bool known;
	chy_status st;

	chy_sha256(item->piece.raw, item->sha256);
	/* What is committed is known here, cheaply; what is not yet, the
	 * writer finds. */
	st = chy_store_is_known(store, item->sha256, &known, err);
	if (st != CHY_OK)
		return st;
	if (known) {
		item->filing.known = true;
		return CHY_OK;
	}
	st = chy_filing_make(filer, &item->piece, &source, &b->arena,
	    &item->filing, err);
	if (st != CHY_OK || im->rules.set == NULL ||
	    item->filing.unread.len > 0)
		return st;
	item->distributed = true;
	return chy_in_force_distribute(&im->rules, chy_filer_telegram(filer),
	    NULL, &b->arena, &item->distribution, err);
}

static struct block *
next_cut_block(struct import *im)
{
	struct block *b = NULL;

	pthread_mutex_lock(&im->lock);
	for (;;) {
		if (im->stop)
			break;
		if (im->next_read < im->next_cut) {
			b = &im->blocks[im->next_read++ % im->n_blocks];
			b->state = BLOCK_READING;
			break;
		}
		if (im->all_cut)
			break;
		pthread_cond_wait(&im->changed, &im->lock);
	}
	pthread_mutex_unlock(&im->lock);
	return b;
}

/* What reads and packs, and the connection that it asks: the archive's
 * dictionaries and the schema are ready, which takes longer than to file one
 * telegram. */
static chy_status
take_filer(struct import *im, chy_filer **ret, chy_store **ret_store,
    chy_error *err)
{
	chy_store_options opts = { .read_only = true,
	    .busy_ms = im->reg->opts.busy_ms };
	chy_status st = CHY_OK;

	pthread_mutex_lock(&im->lock);
	*ret = im->reg->filer;
	*ret_store = im->reg->filer_store;
	im->reg->filer = NULL;
	im->reg->filer_store = NULL;
	pthread_mutex_unlock(&im->lock);
	if (*ret == NULL)
		st = chy_filer_new(ret, err);
	if (st == CHY_OK && *ret_store == NULL)
		st = chy_store_open(im->reg->where, &opts, ret_store, err);
	return st;
}

static void
give_filer(struct import *im, chy_filer *filer, chy_store *store)
{
	pthread_mutex_lock(&im->lock);
	if (im->reg->filer == NULL) {
		im->reg->filer = filer;
		im->reg->filer_store = store;
		filer = NULL;
		store = NULL;
	}
	pthread_mutex_unlock(&im->lock);
	chy_filer_free(filer);
	chy_store_close(store);
}

/* The writer goes first, and whoever asks: reading is ahead of it, and where
 * cores are few it would stand in their way. In Linux a priority is this
 * thread's alone. */
static void
step_back(void)
{
	(void)setpriority(PRIO_PROCESS, 0, READER_NICE);
}

static void *
reader_run(void *arg)
{
	struct import *im = arg;
	chy_filer *filer = NULL;
	chy_store *store = NULL;
	chy_error err = { .status = CHY_OK };
	chy_status st = take_filer(im, &filer, &store, &err);
	struct block *b;

	step_back();
	while (st == CHY_OK && (b = next_cut_block(im)) != NULL) {
		st = chy_filer_follow(filer, store, &err);
		for (struct item *i = b->first; i != NULL && st == CHY_OK;
		    i = i->next)
			if (i->kind == ITEM_PIECE)
				st = read_item(im, store, filer, b, i, &err);
		pthread_mutex_lock(&im->lock);
		b->state = BLOCK_READ;
		pthread_cond_broadcast(&im->changed);
		pthread_mutex_unlock(&im->lock);
	}
	if (st != CHY_OK) {
		if (store != NULL && chy_db_is_lost(chy_store_db(store))) {
			im->lost = true;
			err.status = CHY_ERR_IO;
		}
		chy_import_fail(im, &err);
	}
	if (st == CHY_OK) {
		give_filer(im, filer, store);
		return NULL;
	}
	chy_filer_free(filer);
	chy_store_close(store);
	return NULL;
}


/* ---- the writer ---- */

static chy_status
batch_begin(struct writer *w)
{
	chy_status st = CHY_OK;

	if (w->open)
		return CHY_OK;
	if (!w->bulk && w->now.bytes >= BULK_BYTES) {
		st = chy_db_bulk(chy_store_db(w->store), true, w->err);
		w->bulk = true;
	}
	if (st == CHY_OK && w->now.bytes >= TRAIN_BYTES)
		st = chy_store_train(w->store, w->err);
	/* Many may file on a server at once; whoever began goes on. */
	for (int tries = 0; st == CHY_OK && tries < BUSY_MOST; tries++) {
		st = chy_store_begin(w->store, w->err);
		if (st != CHY_ERR_BUSY || !w->far)
			break;
		st = tries + 1 < BUSY_MOST ? CHY_OK : st;
	}
	if (st == CHY_OK) {
		w->open = true;
		w->batch = 0;
		w->batch_start = seconds();
	}
	return st;
}

static chy_status
batch_end(struct writer *w)
{
	struct timespec gap = { 0, 12000000 };	/* three tries of another */
	bool others = w->open && seconds() - w->batch_start > 0.5;
	chy_status st = CHY_OK;

	if (w->open) {
		w->open = false;
		st = chy_store_commit(w->store, w->err);
	}
	if (st != CHY_OK)
		return st;
	w->committed = w->now;
	if (others)
		(void)nanosleep(&gap, NULL);
	return CHY_OK;
}

static chy_status
tell(struct writer *w, bool always)
{
	const chy_import_options *opts = w->im->opts;
	double every = (opts->progress_ms != 0 ? opts->progress_ms :
	    PROGRESS_MS) / 1000.0;
	double at = seconds();
	chy_import_progress p = { .counts = w->now, .file = w->path,
	    .seconds_left = -1 };

	if (opts->progress == NULL || (!always && at - w->told < every))
		return CHY_OK;
	w->told = at;
	pthread_mutex_lock(&w->im->lock);
	p.total_files = w->im->total_files;
	p.total_bytes = w->im->total_unknown ? 0 : w->im->total_bytes;
	p.total_known = w->im->total_known && !w->im->total_unknown;
	pthread_mutex_unlock(&w->im->lock);
	p.seconds = at - w->start;
	if (p.seconds > 0)
		p.bytes_per_second = (double)w->now.bytes / p.seconds;
	if (p.total_known && p.bytes_per_second > 0)
		p.seconds_left = p.total_bytes > w->now.bytes ?
		    (double)(p.total_bytes - w->now.bytes) /
		    p.bytes_per_second : 0;
	return opts->progress(opts->arg, &p);
}

/* In the transaction that files it: all of it, or nothing. */
static chy_status
write_distribution(struct writer *w, const struct item *item,
    chy_filed filed)
{
	struct filing_of f = {
		.original = chy_store_newest_original(w->store),
		.canonical_id = item->filing.canonical_id,
		.corrected = (item->filing.flags & CHY_HAS_CORRECTED) != 0,
		.copy = filed == CHY_FILED_COPY, .d = &item->distribution,
		.now = w->im->now,
	};

	if (!item->distributed || (filed != CHY_FILED_NEW &&
	    filed != CHY_FILED_COPY))
		return CHY_OK;
	return chy_distribution_file(w->store, &w->im->rules, &f, w->err);
}

static chy_status
write_piece(struct writer *w, const struct item *item)
{
	chy_filed filed = CHY_FILED_KNOWN;
	chy_status st = CHY_OK;

	if (!item->filing.known) {
		st = batch_begin(w);
		if (st == CHY_OK && item->part > 0 && w->container == 0)
			st = chy_store_container(w->store,
			    chy_slice_of(item->path), &w->container, w->err);
		if (st == CHY_OK)
			st = chy_store_put(w->store, &item->filing,
			    item->part > 0 ? w->container : 0, &filed, w->err);
		if (st == CHY_OK)
			st = write_distribution(w, item, filed);
	}
	if (st != CHY_OK)
		return st;
	w->now.bytes += item->piece.raw.len;
	w->batch += item->filing.known ? 0 : item->piece.raw.len;
	switch (filed) {
	case CHY_FILED_NEW:
		w->now.filed++;
		w->now.findings += item->filing.findings;
		break;
	case CHY_FILED_COPY: w->now.copies++; break;
	case CHY_FILED_KNOWN: w->now.known++; break;
	case CHY_FILED_UNREAD: w->now.unread++; break;
	}
	return CHY_OK;
}

static chy_status
write_item(struct writer *w, const struct item *item)
{
	chy_status st = CHY_OK;

	switch (item->kind) {
	case ITEM_FILE:
		w->now.files++;
		w->container = 0;
		break;
	case ITEM_EMPTY:
		w->now.empty++;
		break;
	case ITEM_PIECE:
		st = write_piece(w, item);
		break;
	case ITEM_END:
		if (w->container != 0 && item->size > 0) {
			st = batch_begin(w);
			if (st == CHY_OK)
				st = chy_store_container_done(w->store,
				    w->container, item->sha256, item->size,
				    w->err);
		}
		break;
	case ITEM_TROUBLE:
		w->now.failed += item->counts;
		/* What was told before the connection broke is not told again. */
		if (++w->troubles <= w->im->told)
			break;
		w->im->told = w->troubles;
		if (w->im->opts->trouble != NULL)
			w->im->opts->trouble(w->im->opts->arg, item->path,
			    item->part, &item->why);
		break;
	}
	return st;
}

/* The next block in order; NULL when there is none any more, or a thread
 * failed. */
static struct block *
next_read_block(struct import *im)
{
	struct block *b = NULL;

	pthread_mutex_lock(&im->lock);
	while (!im->stop) {
		b = &im->blocks[im->next_write % im->n_blocks];
		if (im->next_write < im->next_read && b->state == BLOCK_READ)
			break;
		b = NULL;
		if (im->all_cut && im->next_write == im->next_cut)
			break;
		pthread_cond_wait(&im->changed, &im->lock);
	}
	if (im->stop)
		b = NULL;
	pthread_mutex_unlock(&im->lock);
	return b;
}

/* Where the database is far away, what the block's telegrams will ask is asked
 * at once. */
static chy_status
foresee(struct writer *w, const struct block *b)
{
	const chy_filing *filings[FORESEE_AT_ONCE];
	size_t n = 0;
	chy_status st = CHY_OK;

	if (!w->far)
		return CHY_OK;
	for (const struct item *i = b->first; i != NULL && st == CHY_OK;
	    i = i->next) {
		if (i->kind == ITEM_PIECE && !i->filing.known)
			filings[n++] = &i->filing;
		if (n == 0 || (n < FORESEE_AT_ONCE && i->next != NULL))
			continue;
		st = batch_begin(w);
		if (st == CHY_OK)
			st = chy_store_foresee(w->store, filings, n, w->err);
		n = 0;
	}
	return st;
}

/* The first batches end where the bulk load begins and where there is enough
 * to make a dictionary of. */
static bool
batch_is_full(const struct writer *w, uint64_t most)
{
	return w->batch >= most ||
	    (!w->bulk && w->now.bytes >= BULK_BYTES) ||
	    (w->now.bytes >= TRAIN_BYTES && w->committed.bytes < TRAIN_BYTES);
}

static chy_status
write_all(struct writer *w)
{
	struct import *im = w->im;
	uint64_t most = im->opts->batch_bytes != 0 ? im->opts->batch_bytes :
	    BATCH_BYTES;
	chy_status st = CHY_OK;
	struct block *b;

	while (st == CHY_OK && (b = next_read_block(im)) != NULL) {
		st = foresee(w, b);
		for (struct item *i = b->first; i != NULL && st == CHY_OK;
		    i = i->next) {
			w->path = i->path;
			st = write_item(w, i);
			if (st == CHY_OK && w->open && batch_is_full(w, most))
				st = batch_end(w);
		}
		if (st == CHY_OK && w->open &&
		    seconds() - w->batch_start >= (w->far ? BATCH_SHARED :
		    BATCH_SECONDS))
			st = batch_end(w);
		if (st == CHY_OK) {
			chy_status said = tell(w, false);

			w->path = NULL;
			if (said != CHY_OK) {
				st = batch_end(w);
				if (st == CHY_OK)
					st = chy_fail(w->err, said, "stopped; "
					    "what was filed is kept");
			}
		}
		pthread_mutex_lock(&im->lock);
		b->state = BLOCK_EMPTY;
		im->next_write++;
		pthread_cond_broadcast(&im->changed);
		pthread_mutex_unlock(&im->lock);
	}
	return st;
}

chy_status
chy_registry_tend(chy_registry *reg, bool *ret_done, chy_error *err)
{
	chy_status st = chy_store_enter_rows(reg->store, err);

	if (st != CHY_OK)
		return st;
	/* Only the schema was to be looked at: each step has its own
	 * transaction. */
	chy_store_leave(reg->store);
	st = chy_store_train(reg->store, err);
	return st != CHY_OK ? st :
	    chy_db_tend(chy_store_db(reg->store), ret_done, err);
}

/* A step, and more for at most a third of the time that the import took. What
 * is left is done by the next. A bulk load learns when it begins: what it could
 * learn at its end is of use to the next alone, which does so. */
static chy_status
tend_some(struct writer *w)
{
	double end = seconds() + (seconds() - w->start) / 3;
	bool done = false;
	chy_status st = w->bulk ? CHY_OK : chy_store_train(w->store, w->err);

	while (st == CHY_OK && !done) {
		st = chy_db_tend(chy_store_db(w->store), &done, w->err);
		done |= seconds() >= end;
	}
	return st;
}

static chy_status
finish(struct writer *w, chy_status st)
{
	if (st != CHY_OK) {
		chy_store_abort(w->store);
		w->open = false;
	} else {
		st = batch_end(w);
	}
	if (st == CHY_OK && w->now.filed + w->now.copies > 0 &&
	    !w->im->opts->tend_apart)
		st = tend_some(w);
	if (w->bulk) {
		chy_status off = chy_db_bulk(chy_store_db(w->store), false,
		    st == CHY_OK ? w->err : NULL);

		if (st == CHY_OK)
			st = off;
	}
	if (st == CHY_OK)
		st = tell(w, true);
	return st;
}


/* ---- all of it ---- */

static uint32_t
reader_count(const chy_import_options *opts)
{
	long cores;

	if (opts->readers > 0)
		return opts->readers < READERS_MAX ? opts->readers :
		    READERS_MAX;
	/* Reading, with what is asked in it, is a good half of the work. */
	cores = sysconf(_SC_NPROCESSORS_ONLN);
	return cores > 4 ? 4 : 2;
}

static chy_status
run_once(struct import *im, chy_import_counts *ret_counts, chy_error *err)
{
	struct writer w = { .im = im, .store = im->reg->store, .err = err,
	    .far = chy_db_is_far(chy_store_db(im->reg->store)),
	    .start = seconds() };
	pthread_t cutter, readers[READERS_MAX];
	uint32_t n = 0, want = reader_count(im->opts);
	bool cutting;
	chy_status st = chy_store_enter_rows(im->reg->store, err);

	if (st == CHY_OK) {
		st = chy_in_force_load(im->reg->store, &im->rules, err);
		chy_store_leave(im->reg->store);
	}
	if (st != CHY_OK)
		return st;
	im->now = (int64_t)time(NULL);
	im->n_blocks = want * 2 + 4 < BLOCKS_MAX ? want * 2 + 4 : BLOCKS_MAX;
	for (uint32_t i = 0; i < im->n_blocks; i++)
		chy_arena_init(&im->blocks[i].arena, 2 * BLOCK_BYTES);
	(void)pthread_mutex_init(&im->lock, NULL);
	(void)pthread_cond_init(&im->changed, NULL);
	cutting = pthread_create(&cutter, NULL, chy_import_cut, im) == 0;
	while (cutting && n < want && pthread_create(&readers[n], NULL,
	    reader_run, im) == 0)
		n++;
	if (n == 0)
		st = chy_fail(err, CHY_ERR_NO_MEMORY,
		    "no memory for the threads of the import");
	else
		st = write_all(&w);
	pthread_mutex_lock(&im->lock);
	im->stop = true;
	pthread_cond_broadcast(&im->changed);
	pthread_mutex_unlock(&im->lock);
	if (cutting)
		(void)pthread_join(cutter, NULL);
	for (uint32_t i = 0; i < n; i++)
		(void)pthread_join(readers[i], NULL);
	if (st == CHY_OK && im->error.status != CHY_OK) {
		/* What was written before a reader failed is good. */
		st = batch_end(&w);
		if (st == CHY_OK) {
			if (err != NULL)
				*err = im->error;
			st = im->error.status;
		}
	}
	st = finish(&w, st);
	for (uint32_t i = 0; i < im->n_blocks; i++)
		chy_arena_done(&im->blocks[i].arena);
	(void)pthread_cond_destroy(&im->changed);
	(void)pthread_mutex_destroy(&im->lock);
	chy_in_force_done(&im->rules);
	/* Its dictionaries may be those of a server that is gone. */
	if (st != CHY_OK)
		chy_filer_forget(im->reg);
	*ret_counts = w.committed;
	return st;
}

static bool
reads_input(const struct import *im)
{
	for (size_t i = 0; i < im->n_paths; i++)
		if (strcmp(im->paths[i], "-") == 0)
			return true;
	return false;
}

/*
 * Where the connection is lost, all of it is gone through again: what is filed
 * is known by its hash, also that of a commit whose answer never came, so
 * nothing is filed twice. Standard input cannot be read again.
 */
static chy_status
run(struct import *im, chy_import_counts *ret_counts, chy_error *err)
{
	chy_import_counts all = { 0 }, now;
	chy_status st;

	for (int tries = 0; tries < LOST_MOST; tries++) {
		uint64_t before = all.filed + all.copies + all.unread;

		now = (chy_import_counts){ 0 };
		st = run_once(im, &now, err);
		/* What was filed before is among the known. */
		now.known -= now.known < before ? now.known : before;
		if (now.filed + now.copies + now.unread > 0)
			tries = 0;
		now.filed += all.filed;
		now.copies += all.copies;
		now.unread += all.unread;
		now.findings += all.findings;
		all = now;
		if (!(chy_registry_was_cut(im->reg, st) ||
		    (im->lost && st == CHY_ERR_IO)) || reads_input(im))
			break;
		im->lost = im->all_cut = im->stop = false;
		im->next_cut = im->next_read = im->next_write = 0;
		im->total_files = im->total_bytes = 0;
		im->total_known = im->total_unknown = false;
		im->error = (chy_error){ .status = CHY_OK };
		memset(im->blocks, 0, sizeof(im->blocks));
	}
	if (ret_counts != NULL)
		*ret_counts = all;
	return st;
}

chy_status
chy_registry_import(chy_registry *reg, const chy_reader *reader,
    const char *const *paths, size_t n, const chy_import_options *opts,
    chy_import_counts *ret_counts, chy_error *err)
{
	static const chy_import_options defaults;
	struct import im = { .reg = reg, .paths = paths, .n_paths = n,
	    .opts = opts != NULL ? opts : &defaults };
	chy_status st = chy_owner_only(reader, "import", err);

	return st != CHY_OK ? st : run(&im, ret_counts, err);
}

chy_status
chy_registry_import_bytes(chy_registry *reg, const chy_reader *reader,
    chy_slice bytes, chy_slice name, const chy_import_options *opts,
    chy_import_counts *ret_counts, chy_error *err)
{
	static const chy_import_options defaults;
	struct import im = { .reg = reg, .bytes = bytes, .name = name,
	    .in_memory = true, .opts = opts != NULL ? opts : &defaults };
	chy_status st = chy_owner_only(reader, "import", err);

	return st != CHY_OK ? st : run(&im, ret_counts, err);
}
