/*
 * Packing with zstd and dictionaries of the archive's own.
 *
 * Level 3 takes 2.2 to 1 of telegrams at 140 to 230 MB/s, with a dictionary
 * 2.8 at the same speed; higher ones cost three times as much for little.
 * By itself zstd copies the tables of a dictionary for each text of over 16 kB,
 * which are as long as fifty telegrams: used where they lie, a quarter of the
 * time is gained.
 *
 * Source: the manual of zstd, dictionary builder and bulk processing.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>
#include <stdlib.h>
#define ZDICT_STATIC_LINKING_ONLY	/* the trainer with known settings */
#include <zdict.h>
#define ZSTD_STATIC_LINKING_ONLY	/* dictionaries used where they lie */
#include <zstd.h>

#include "base/limits.h"
#include "store/pack.h"
#include "store/store_int.h"

#define PACK_LEVEL	3
#define KEEP_LEVEL	9	/* of a dictionary itself */
#define COPIES		2

/* When one is made: of so many originals, and again when there are so many
 * times more. Of each so much is looked at. */
#define TRAIN_FROM	400
#define TRAIN_AGAIN	16
#define SAMPLES		2048u
#define SAMPLE_BYTES	16384u
#define SAMPLE_ALL	(8u << 20)

static const struct {
	size_t	 size;		/* of the dictionary */
	uint32_t samples;
} train[CHY_PACK_KINDS] = {
	[CHY_PACK_ORIGINAL] = { 400u << 10, 512 },
	[CHY_PACK_NAMES] = { 110u << 10, SAMPLES },
};


/* ---- packing ---- */

struct chy_packer {
	ZSTD_CCtx  *zstd;
	ZSTD_CDict *dictionary[CHY_PACK_KINDS];
	int32_t	    codec[CHY_PACK_KINDS];
	char	   *packed;
	size_t	    cap;
};

struct chy_packer *
chy_packer_new(void)
{
	struct chy_packer *p = calloc(1, sizeof(*p));

	if (p == NULL)
		return NULL;
	p->zstd = ZSTD_createCCtx();
	for (int i = 0; i < CHY_PACK_KINDS; i++)
		p->codec[i] = CHY_CODEC_ZSTD;
	if (p->zstd == NULL) {
		chy_packer_free(p);
		return NULL;
	}
	/* Neither can fail; were the second unknown, it would only be slower. */
	(void)ZSTD_CCtx_setParameter(p->zstd, ZSTD_c_compressionLevel,
	    PACK_LEVEL);
	(void)ZSTD_CCtx_setParameter(p->zstd, ZSTD_c_forceAttachDict,
	    ZSTD_dictForceAttach);
	return p;
}

void
chy_packer_free(struct chy_packer *p)
{
	if (p == NULL)
		return;
	for (int i = 0; i < CHY_PACK_KINDS; i++)
		ZSTD_freeCDict(p->dictionary[i]);
	ZSTD_freeCCtx(p->zstd);
	free(p->packed);
	free(p);
}

chy_status
chy_pack(struct chy_packer *p, chy_pack_kind kind, chy_slice raw,
    chy_arena *arena, chy_slice *ret, int32_t *ret_codec)
{
	size_t need = ZSTD_compressBound(raw.len), n;
	bool smaller;

	if (need > p->cap) {
		char *more = realloc(p->packed, need);

		if (more == NULL)
			return CHY_ERR_NO_MEMORY;
		p->packed = more;
		p->cap = need;
	}
	n = ZSTD_CCtx_refCDict(p->zstd, p->dictionary[kind]);
	if (!ZSTD_isError(n))
		n = ZSTD_compress2(p->zstd, p->packed, p->cap, raw.ptr,
		    raw.len);
	smaller = !ZSTD_isError(n) && n < raw.len;
	*ret_codec = smaller ? p->codec[kind] : CHY_CODEC_PLAIN;
	*ret = chy_arena_copy(arena, smaller ? (chy_slice){ p->packed, n } :
	    raw);
	return chy_arena_failed(arena) ? CHY_ERR_NO_MEMORY : CHY_OK;
}


/* ---- dictionaries in the archive ---- */

struct chy_unpacking {
	ZSTD_DCtx  *zstd;
	ZSTD_DDict *dictionary[CHY_DICTIONARY_LAST + 1];
};

static chy_status
no_memory(chy_error *err)
{
	return chy_fail(err, CHY_ERR_NO_MEMORY, "no memory");
}

/* One of its copies, in the arena; *ret is empty where that is not sound. */
static chy_status
get_copy(chy_store *store, int64_t id, int copy, chy_arena *arena,
    chy_slice *ret, chy_error *err)
{
	chy_stmt *s = chy_store_stmt(store, ST_GET_DICTIONARY, err);
	unsigned char sha[CHY_SHA256];
	chy_slice hash, data;
	uint64_t size;
	chy_status st;
	char *out;
	bool row;

	*ret = CHY_EMPTY;
	if (s == NULL)
		return CHY_ERR_STORE;
	chy_stmt_int(s, 1, id);
	chy_stmt_int(s, 2, copy);
	st = chy_stmt_step(s, &row, err);
	/* A part of the file that cannot be read has but one of them. */
	if (st != CHY_OK || !row) {
		chy_stmt_reset(s);
		return st == CHY_ERR_STORE ? CHY_OK : st;
	}
	hash = chy_column_blob(s, 0);
	data = chy_column_blob(s, 1);
	chy_sha256(data, sha);
	size = ZSTD_getFrameContentSize(data.ptr, data.len);
	if (hash.len == CHY_SHA256 && size <= CHY_LIMIT_FILE &&
	    memcmp(hash.ptr, sha, CHY_SHA256) == 0) {
		out = chy_arena_alloc(arena, (size_t)size + 1);
		if (out == NULL)
			st = no_memory(err);
		else if (ZSTD_decompress(out, (size_t)size, data.ptr,
		    data.len) == size)
			*ret = (chy_slice){ out, (size_t)size };
	}
	chy_stmt_reset(s);
	return st;
}

/* Whichever copy is sound; *ret is empty where none is. */
static chy_status
get_dictionary(chy_store *store, int64_t id, chy_arena *arena,
    chy_slice *ret, chy_error *err)
{
	chy_status st = CHY_OK;

	*ret = CHY_EMPTY;
	for (int copy = 1; copy <= COPIES && st == CHY_OK && ret->len == 0;
	    copy++)
		st = get_copy(store, id, copy, arena, ret, err);
	return st;
}

/* The newest of each kind, or CHY_CODEC_ZSTD; *ret_last is the last of all. */
static chy_status
newest(chy_store *store, int32_t codec[CHY_PACK_KINDS], int32_t *ret_last,
    chy_error *err)
{
	chy_stmt *s = chy_store_stmt(store, ST_NEWEST_DICTIONARIES, err);
	chy_status st;
	bool row;

	if (s == NULL)
		return CHY_ERR_STORE;
	for (int i = 0; i < CHY_PACK_KINDS; i++)
		codec[i] = CHY_CODEC_ZSTD;
	*ret_last = CHY_CODEC_ZSTD;
	while ((st = chy_stmt_step(s, &row, err)) == CHY_OK && row) {
		int64_t kind = chy_column_int(s, 0), id = chy_column_int(s, 1);

		if (kind <= 0 || kind >= CHY_PACK_KINDS ||
		    id < CHY_DICTIONARY_FIRST || id > CHY_DICTIONARY_LAST)
			continue;
		codec[kind] = (int32_t)id;
		*ret_last = codec[kind] > *ret_last ? codec[kind] : *ret_last;
	}
	chy_stmt_reset(s);
	return st;
}

chy_status
chy_packer_follow(struct chy_packer *p, chy_store *store, chy_error *err)
{
	int32_t codec[CHY_PACK_KINDS], last;
	chy_arena arena;
	chy_status st = newest(store, codec, &last, err);

	chy_arena_init(&arena, 0);
	for (int i = 1; i < CHY_PACK_KINDS && st == CHY_OK; i++) {
		chy_slice content = CHY_EMPTY;

		if (codec[i] == p->codec[i])
			continue;
		ZSTD_freeCDict(p->dictionary[i]);
		p->dictionary[i] = NULL;
		p->codec[i] = CHY_CODEC_ZSTD;
		if (codec[i] == CHY_CODEC_ZSTD)
			continue;
		/* Where it is damaged, filing goes on without. */
		st = get_dictionary(store, codec[i], &arena, &content, err);
		if (st != CHY_OK || content.len == 0)
			continue;
		p->dictionary[i] = ZSTD_createCDict(content.ptr, content.len,
		    PACK_LEVEL);
		if (p->dictionary[i] == NULL)
			st = no_memory(err);
		else
			p->codec[i] = codec[i];
	}
	chy_arena_done(&arena);
	return st;
}


/* ---- unpacking ---- */

static chy_status
unpacking(chy_store *store, int64_t codec, const ZSTD_DDict **ret,
    chy_error *err)
{
	struct chy_unpacking *u = store->unpacking;
	chy_slice content;
	chy_arena arena;
	chy_status st;

	if (u == NULL) {
		u = store->unpacking = calloc(1, sizeof(*u));
		if (u == NULL)
			return no_memory(err);
	}
	if (u->zstd == NULL && (u->zstd = ZSTD_createDCtx()) == NULL)
		return no_memory(err);
	*ret = NULL;
	if (codec == CHY_CODEC_ZSTD)
		return CHY_OK;
	if (codec < CHY_DICTIONARY_FIRST || codec > CHY_DICTIONARY_LAST)
		return chy_fail(err, CHY_ERR_STORE, "something is packed in a "
		    "way that this version does not know");
	if (u->dictionary[codec] == NULL) {
		chy_arena_init(&arena, 0);
		st = get_dictionary(store, codec, &arena, &content, err);
		if (st == CHY_OK && content.len == 0)
			st = chy_fail(err, CHY_ERR_STORE, "dictionary %lld, by "
			    "which telegrams are packed, is not in the archive "
			    "or is damaged; run chancery verify",
			    (long long)codec);
		if (st == CHY_OK)
			u->dictionary[codec] = ZSTD_createDDict(content.ptr,
			    content.len);
		chy_arena_done(&arena);
		if (st == CHY_OK && u->dictionary[codec] == NULL)
			st = no_memory(err);
		if (st != CHY_OK)
			return st;
	}
	*ret = u->dictionary[codec];
	return CHY_OK;
}

void
chy_unpacking_done(chy_store *store)
{
	struct chy_unpacking *u = store->unpacking;

	if (u == NULL)
		return;
	for (size_t i = 0; i < ARRAY_LEN(u->dictionary); i++)
		ZSTD_freeDDict(u->dictionary[i]);
	ZSTD_freeDCtx(u->zstd);
	free(u);
	store->unpacking = NULL;
}

chy_status
chy_unpack(chy_store *store, chy_slice data, int64_t codec, uint64_t most,
    chy_arena *arena, chy_slice *ret, chy_error *err)
{
	const ZSTD_DDict *dictionary;
	unsigned long long size;
	char *out;
	size_t n;
	chy_status st;

	if (codec == CHY_CODEC_PLAIN) {
		*ret = chy_arena_copy(arena, data);
		return chy_arena_failed(arena) ? no_memory(err) : CHY_OK;
	}
	st = unpacking(store, codec, &dictionary, err);
	if (st != CHY_OK)
		return st;
	size = ZSTD_getFrameContentSize(data.ptr, data.len);
	if (size > most)	/* or it is not told, or no such frame */
		return chy_fail(err, CHY_ERR_STORE, "something packed is longer "
		    "than it should be; run chancery verify");
	out = chy_arena_alloc(arena, (size_t)size + CHY_PADDING);
	if (out == NULL)
		return no_memory(err);
	n = dictionary != NULL ? ZSTD_decompress_usingDDict(
	    store->unpacking->zstd, out, (size_t)size, data.ptr, data.len,
	    dictionary) : ZSTD_decompressDCtx(store->unpacking->zstd, out,
	    (size_t)size, data.ptr, data.len);
	if (ZSTD_isError(n) || n != size)
		return chy_fail(err, CHY_ERR_STORE, "something packed does not "
		    "unpack: %s; run chancery verify", ZSTD_isError(n) ?
		    ZSTD_getErrorName(n) : "it is too short");
	memset(out + size, 0, CHY_PADDING);
	*ret = (chy_slice){ out, n };
	return CHY_OK;
}

chy_status
chy_pack_is_known(chy_store *store, chy_slice data, int32_t codec,
    chy_error *err)
{
	const ZSTD_DDict *dictionary;
	chy_status st;

	if (codec < CHY_DICTIONARY_FIRST)
		return CHY_OK;
	st = unpacking(store, codec, &dictionary, err);
	if (st == CHY_OK && ZSTD_getDictID_fromDDict(dictionary) !=
	    ZSTD_getDictID_fromFrame(data.ptr, data.len))
		st = chy_fail(err, CHY_ERR_STORE, "the archive's dictionary "
		    "%d is another now; run the import again", (int)codec);
	return st;
}


/* ---- making one ---- */

struct samples {
	chy_buf	 bytes;
	size_t	 sizes[SAMPLES];
	unsigned n;
};

static void
add_sample(struct samples *s, chy_slice bytes)
{
	bytes = chy_slice_sub(bytes, 0, bytes.len < SAMPLE_BYTES ? bytes.len :
	    SAMPLE_BYTES);
	if (bytes.len == 0 || s->n == SAMPLES ||
	    s->bytes.len + bytes.len > SAMPLE_ALL)
		return;
	chy_buf_put(&s->bytes, bytes);
	s->sizes[s->n++] = bytes.len;
}

static chy_status
sample_names(chy_store *store, int64_t id, chy_arena *arena,
    struct samples *to, chy_error *err)
{
	chy_slice names = CHY_EMPTY;
	chy_status st = chy_store_names_of(store, id, arena, &names, err);

	if (st == CHY_OK)
		add_sample(to, names);
	return st;
}

static chy_status
sample_original(chy_store *store, int64_t id, chy_arena *arena,
    struct samples *to, chy_error *err)
{
	chy_original original;
	chy_status st = chy_store_next_original(store, id - 1, &id, err);

	if (st == CHY_OK && id > 0)
		st = chy_store_original(store, id, arena, &original, err);
	if (st == CHY_OK && id > 0)
		add_sample(to, original.bytes);
	return st;
}

/* From all over the archive: what came first is not like what came later. */
static chy_status
take_samples(chy_store *store, chy_pack_kind kind, int64_t originals,
    struct samples *to, chy_error *err)
{
	uint32_t n = train[kind].samples;
	chy_arena arena;
	chy_status st = CHY_OK;

	if ((int64_t)n > originals)
		n = (uint32_t)originals;
	chy_arena_init(&arena, 0);
	for (uint32_t i = 0; i < n && st == CHY_OK; i++) {
		int64_t id = 1 + (int64_t)i * originals / n;

		st = kind == CHY_PACK_NAMES ?
		    sample_names(store, id, &arena, to, err) :
		    sample_original(store, id, &arena, to, err);
		/* One that is damaged is none to learn from. */
		if (st == CHY_ERR_STORE)
			st = CHY_OK;
		chy_arena_reset(&arena);
	}
	chy_arena_done(&arena);
	if (st == CHY_OK && chy_buf_status(&to->bytes) != CHY_OK)
		st = no_memory(err);
	return st;
}

static chy_status
put_dictionary(chy_store *store, chy_pack_kind kind, int64_t id,
    chy_slice data, chy_error *err)
{
	unsigned char sha[CHY_SHA256];
	chy_status st = CHY_OK;

	chy_sha256(data, sha);
	for (int copy = 1; copy <= COPIES && st == CHY_OK; copy++) {
		chy_stmt *s = chy_store_stmt(store, ST_PUT_DICTIONARY, err);

		if (s == NULL)
			return CHY_ERR_STORE;
		chy_stmt_int(s, 1, id);
		chy_stmt_int(s, 2, copy);
		chy_stmt_int(s, 3, kind);
		chy_stmt_blob(s, 4, (chy_slice){ (const char *)sha,
		    CHY_SHA256 });
		chy_stmt_blob(s, 5, data);
		st = chy_stmt_run(s, err);
	}
	return st;
}

/* Of too little, or too much alike, none can be made; then there is none. */
static chy_status
make_one(chy_store *store, chy_pack_kind kind, int64_t id, int64_t originals,
    chy_error *err)
{
	static const ZDICT_fastCover_params_t params = { .k = 200, .d = 8,
	    .f = 18, .accel = 4, .zParams = { .compressionLevel = PACK_LEVEL } };
	struct samples *s = calloc(1, sizeof(*s));
	size_t cap = train[kind].size, bound = ZSTD_compressBound(cap), n = 0;
	char *out = malloc(cap), *packed = malloc(bound);
	chy_status st = CHY_OK;

	if (s == NULL || out == NULL || packed == NULL)
		st = no_memory(err);
	if (st == CHY_OK)
		st = take_samples(store, kind, originals, s, err);
	if (st == CHY_OK)
		n = ZDICT_trainFromBuffer_fastCover(out, cap, s->bytes.ptr,
		    s->sizes, s->n, params);
	if (st == CHY_OK && !ZDICT_isError(n)) {
		n = ZSTD_compress(packed, bound, out, n, KEEP_LEVEL);
		if (!ZSTD_isError(n))
			st = put_dictionary(store, kind, id,
			    (chy_slice){ packed, n }, err);
	}
	if (s != NULL)
		chy_buf_done(&s->bytes);
	free(s);
	free(out);
	free(packed);
	return st;
}

static chy_status
is_due(chy_store *store, int64_t *ret_originals, int64_t *ret_id, bool *ret,
    chy_error *err)
{
	int32_t codec[CHY_PACK_KINDS], last;
	int64_t trained = 0;
	chy_status st = newest(store, codec, &last, err);

	*ret = false;
	if (st == CHY_OK)
		st = chy_store_get_meta(store, "trained", &trained, err);
	if (st == CHY_OK)
		st = chy_store_number(store, "SELECT COALESCE(MAX(id), 0) "
		    "FROM original", ret_originals, err);
	if (st != CHY_OK)
		return st;
	*ret_id = last + 1;
	*ret = *ret_originals >= TRAIN_FROM &&
	    *ret_originals / TRAIN_AGAIN >= trained &&
	    last + CHY_PACK_KINDS <= CHY_DICTIONARY_LAST;
	return CHY_OK;
}

chy_status
chy_store_train(chy_store *store, chy_error *err)
{
	int64_t originals, id;
	bool due;
	chy_status st = is_due(store, &originals, &id, &due, err);

	if (st != CHY_OK || !due)
		return st;
	st = chy_store_begin(store, err);
	/* While others file it can wait for the next. */
	if (st != CHY_OK)
		return st == CHY_ERR_BUSY ? CHY_OK : st;
	/* Somebody else may have been first. */
	st = is_due(store, &originals, &id, &due, err);
	for (int i = 1; i < CHY_PACK_KINDS && st == CHY_OK && due; i++)
		st = make_one(store, (chy_pack_kind)i, id++, originals, err);
	if (st == CHY_OK && due)
		st = chy_store_put_meta(store, "trained", originals, err);
	if (st == CHY_OK)
		return chy_store_commit(store, err);
	chy_store_abort(store);
	return st;
}

chy_status
chy_store_check_dictionaries(chy_store *store,
    void (*fault)(void *arg, chy_slice words), void *arg, chy_error *err)
{
	int32_t codec[CHY_PACK_KINDS], last;
	chy_arena arena;
	chy_status st = newest(store, codec, &last, err);

	chy_arena_init(&arena, 0);
	for (int32_t id = CHY_DICTIONARY_FIRST; st == CHY_OK && id <= last;
	    id++)
		for (int copy = 1; copy <= COPIES && st == CHY_OK; copy++) {
			chy_slice content;
			char words[120];

			st = get_copy(store, id, copy, &arena, &content, err);
			chy_arena_reset(&arena);
			if (st != CHY_OK || content.len > 0)
				continue;
			(void)snprintf(words, sizeof(words), "dictionary %d: "
			    "copy %d of %d is damaged or not there", (int)id,
			    copy, COPIES);
			fault(arg, chy_slice_of(words));
		}
	chy_arena_done(&arena);
	return st;
}
