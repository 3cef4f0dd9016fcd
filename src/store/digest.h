/*
 * SHA-256, of what comes in parts. Cannot fail.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_STORE_DIGEST_H
#define CHY_STORE_DIGEST_H

#include <nettle/sha2.h>

#include "store/store.h"

typedef struct chy_digest {
	struct sha256_ctx state;
} chy_digest;

void	chy_digest_begin(chy_digest *digest);
void	chy_digest_add(chy_digest *digest, const void *bytes, size_t len);
/* Then another may begin. */
void	chy_digest_end(chy_digest *digest, unsigned char out[CHY_SHA256]);

#endif
