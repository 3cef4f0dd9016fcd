/*
 * Compiler attributes, so that the rest of the code is plain C17.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_BASE_COMPILER_H
#define CHY_BASE_COMPILER_H

#if defined(__GNUC__) || defined(__clang__)
#define CHY_API		__attribute__((visibility("default")))
#define CHY_PRINTF(f, a) __attribute__((format(printf, f, a)))
#define CHY_MUST_USE	__attribute__((warn_unused_result))
#define CHY_NORETURN	__attribute__((noreturn))
#define CHY_UNUSED	__attribute__((unused))
#define CHY_INLINE	static inline __attribute__((always_inline))
#define CHY_LIKELY(x)	__builtin_expect(!!(x), 1)
#define CHY_UNLIKELY(x)	__builtin_expect(!!(x), 0)
#else
#define CHY_API
#define CHY_PRINTF(f, a)
#define CHY_MUST_USE
#define CHY_NORETURN
#define CHY_UNUSED
#define CHY_INLINE	static inline
#define CHY_LIKELY(x)	(x)
#define CHY_UNLIKELY(x)	(x)
#endif

#define ARRAY_LEN(a)	(sizeof(a) / sizeof((a)[0]))

#endif
