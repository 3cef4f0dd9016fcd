/*
 * Packed bytes: originals and lists of names, each by itself with zstd, so
 * that one is read without the others, and with a dictionary made from the
 * archive, so that this costs little space.
 *
 * For store/ alone.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_STORE_PACK_H
#define CHY_STORE_PACK_H

#include "store/store.h"

/* How bytes are packed: as they are, by zstd alone, or by the dictionary of
 * that number. */
#define CHY_CODEC_PLAIN	0
#define CHY_CODEC_ZSTD	1
#define CHY_DICTIONARY_FIRST	2
#define CHY_DICTIONARY_LAST	63

typedef enum chy_pack_kind {
	CHY_PACK_ORIGINAL = 1,
	CHY_PACK_NAMES = 2,
	CHY_PACK_KINDS
} chy_pack_kind;

/* What packs, in any one thread; asks no archive. */
struct chy_packer;
struct chy_packer *chy_packer_new(void);	/* NULL: no memory */
void	chy_packer_free(struct chy_packer *packer);

/* From here on by the newest dictionaries of the archive, as the connection
 * sees it. CHY_ERR_NO_MEMORY, CHY_ERR_STORE. */
CHY_MUST_USE chy_status chy_packer_follow(struct chy_packer *packer,
    chy_store *store, chy_error *err);

/* Into the arena; as they are where packing gains nothing. */
CHY_MUST_USE chy_status chy_pack(struct chy_packer *packer, chy_pack_kind kind,
    chy_slice raw, chy_arena *arena, chy_slice *ret, int32_t *ret_codec);

/* Into the arena, with CHY_PADDING bytes after; at most `most` bytes.
 * CHY_ERR_STORE where they do not unpack. */
CHY_MUST_USE chy_status chy_unpack(chy_store *store, chy_slice data,
    int64_t codec, uint64_t most, chy_arena *arena, chy_slice *ret,
    chy_error *err);

/* Whether what is about to be filed can be unpacked again: a server that took
 * over may lack the dictionary that another gave. */
CHY_MUST_USE chy_status chy_pack_is_known(chy_store *store, chy_slice data,
    int32_t codec, chy_error *err);

/* One line of words for each copy of a dictionary that is not sound. */
CHY_MUST_USE chy_status chy_store_check_dictionaries(chy_store *store,
    void (*fault)(void *arg, chy_slice words), void *arg, chy_error *err);

/* Forget the dictionaries that were read. */
void	chy_unpacking_done(chy_store *store);

#endif
