/* SPDX-License-Identifier: MIT
 *
 * Sixteen bytes at a time, on any processor: what GCC and clang call vectors,
 * which they compute with SSE2, NEON or what else there is. They compare
 * lane by lane, `==` and `<` as signed numbers, to -1 where it holds and 0.
 */
#ifndef ASYNCGREP_VEC16_H
#define ASYNCGREP_VEC16_H

#include "base/common.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

typedef signed char vec16 __attribute__((vector_size(16)));

/* The sixteen bytes from here on. */
static inline vec16 vec16_load(const char *bytes)
{
	vec16 v;

	memcpy(&v, bytes, sizeof(v));
	return v;
}

static inline vec16 vec16_of(char byte)
{
	const signed char c = (signed char)byte;

	return (vec16){ c, c, c, c, c, c, c, c, c, c, c, c, c, c, c, c };
}

/* What vec16_bits does where the processor has nothing for it. */
static inline unsigned vec16_gather(vec16 lanes)
{
	uint64_t halves[2], bits = 0;

	memcpy(halves, &lanes, sizeof(halves));
	for (int i = 0; i < 2; i++) {
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
		halves[i] = __builtin_bswap64(halves[i]);
#endif
		/* A factor that shifts the lowest bit of each byte to its place in the highest one. */
		bits |= (halves[i] & UINT64_C(0x0101010101010101)) * UINT64_C(0x0102040810204080) >> 56 << i * 8;
	}
	return (unsigned)bits;
}

/* Which lanes of a comparison are -1: a bit for each, the first lane in the lowest. */
static inline unsigned vec16_bits(vec16 lanes)
{
#ifdef __SSE2__
	return (unsigned)_mm_movemask_epi8((__m128i)lanes);
#else
	return vec16_gather(lanes);
#endif
}

#endif
