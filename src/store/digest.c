/*
 * SHA-256 by Nettle, which uses the processor's own instructions where it has
 * them: every byte that is filed goes through here.
 *
 * SPDX-License-Identifier: ISC
 */
#include <nettle/version.h>

#include "store/digest.h"

void
chy_digest_begin(chy_digest *digest)
{
	sha256_init(&digest->state);
}

void
chy_digest_add(chy_digest *digest, const void *bytes, size_t len)
{
	if (len > 0)
		sha256_update(&digest->state, len, bytes);
}

void
chy_digest_end(chy_digest *digest, unsigned char out[CHY_SHA256])
{
#if NETTLE_VERSION_MAJOR >= 4
	sha256_digest(&digest->state, out);
#else
	sha256_digest(&digest->state, CHY_SHA256, out);
#endif
}

void
chy_sha256(chy_slice bytes, unsigned char out[CHY_SHA256])
{
	chy_digest digest;

	chy_digest_begin(&digest);
	chy_digest_add(&digest, bytes.ptr, bytes.len);
	chy_digest_end(&digest, out);
}

void
chy_sha256_hex(const unsigned char sha256[CHY_SHA256], char out[65])
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < CHY_SHA256; i++) {
		out[2 * i] = digits[sha256[i] >> 4];
		out[2 * i + 1] = digits[sha256[i] & 15];
	}
	out[64] = '\0';
}
