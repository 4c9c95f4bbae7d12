/* SPDX-License-Identifier: MIT
 *
 * Sixty-four bytes at a time: which of them are this or that, as the bits of a
 * word, the first byte in the lowest bit. What looks through whole files for a
 * handful of bytes does so block by block, and then goes from bit to bit.
 *
 * The method is that of simdjson (G. Langdale, D. Lemire, "Parsing Gigabytes of
 * JSON per Second", 2019). SSE2 where the compiler has it, which is every
 * x86-64; elsewhere plain loops that compilers vectorise as they can.
 */
#ifndef ASYNCGREP_BLOCK64_H
#define ASYNCGREP_BLOCK64_H

#include "base/common.h"

#ifdef __SSE2__
#include <emmintrin.h>

struct block64 {
	__m128i part[4];
};

/* All 64 bytes have to be readable. */
static inline struct block64 block64_load(const char *bytes)
{
	struct block64 block;

	for (int i = 0; i < 4; i++)
		block.part[i] = _mm_loadu_si128((const __m128i *)(const void *)(bytes + (size_t)i * 16));
	return block;
}

#define BLOCK64_BITS(block, test) \
	((uint64_t)(unsigned)_mm_movemask_epi8(test((block)->part[0])) | \
	 (uint64_t)(unsigned)_mm_movemask_epi8(test((block)->part[1])) << 16 | \
	 (uint64_t)(unsigned)_mm_movemask_epi8(test((block)->part[2])) << 32 | \
	 (uint64_t)(unsigned)_mm_movemask_epi8(test((block)->part[3])) << 48)

/* Bytes that are c. */
static inline uint64_t block64_equal(const struct block64 *block, char c)
{
	const __m128i wanted = _mm_set1_epi8(c);

#define IS_WANTED(part) _mm_cmpeq_epi8(part, wanted)
	return BLOCK64_BITS(block, IS_WANTED);
#undef IS_WANTED
}

/* Bytes that are a or b. */
static inline uint64_t block64_either(const struct block64 *block, char a, char b)
{
	const __m128i wanted_a = _mm_set1_epi8(a), wanted_b = _mm_set1_epi8(b);

#define IS_WANTED(part) _mm_or_si128(_mm_cmpeq_epi8(part, wanted_a), _mm_cmpeq_epi8(part, wanted_b))
	return BLOCK64_BITS(block, IS_WANTED);
#undef IS_WANTED
}

/* Bytes that are `round` or, but for bit 0x20, `curly`: a bracket in its three shapes. */
static inline uint64_t block64_brackets(const struct block64 *block, char round, char curly)
{
	const __m128i wanted_round = _mm_set1_epi8(round), wanted_curly = _mm_set1_epi8(curly), fold = _mm_set1_epi8(0x20);

#define IS_WANTED(part) \
	_mm_or_si128(_mm_cmpeq_epi8(part, wanted_round), _mm_cmpeq_epi8(_mm_or_si128(part, fold), wanted_curly))
	return BLOCK64_BITS(block, IS_WANTED);
#undef IS_WANTED
}

/* Line ends, brackets in their three shapes, `:`, `;` and the backslash; `|` too. */
static inline uint64_t block64_marks(const struct block64 *block)
{
	const __m128i low = _mm_set1_epi8((char)0xFE), two = _mm_set1_epi8(2), fold = _mm_set1_epi8(0x20);
	const __m128i round = _mm_set1_epi8('('), colon = _mm_set1_epi8(':'), curly = _mm_set1_epi8('{');
	const __m128i newline = _mm_set1_epi8('\n'), carriage_return = _mm_set1_epi8('\r');

	/* ( ) and : ; are pairs that differ in the lowest bit; [ \ ] and { | } triples, 0x20 apart. */
#define PAIR(part) _mm_and_si128(part, low)
#define TRIPLE(part) _mm_sub_epi8(_mm_or_si128(part, fold), curly)
#define IS_WANTED(part) \
	_mm_or_si128(_mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(PAIR(part), round), _mm_cmpeq_epi8(PAIR(part), colon)), \
				  _mm_cmpeq_epi8(_mm_min_epu8(TRIPLE(part), two), TRIPLE(part))), \
		     _mm_or_si128(_mm_cmpeq_epi8(part, newline), _mm_cmpeq_epi8(part, carriage_return)))
	return BLOCK64_BITS(block, IS_WANTED);
#undef IS_WANTED
#undef TRIPLE
#undef PAIR
}

/* Are all below 0x80? */
static inline bool block64_is_ascii(const struct block64 *block)
{
	return !_mm_movemask_epi8(_mm_or_si128(_mm_or_si128(block->part[0], block->part[1]),
					       _mm_or_si128(block->part[2], block->part[3])));
}

#else

struct block64 {
	unsigned char bytes[64];
};

static inline struct block64 block64_load(const char *bytes)
{
	struct block64 block;

	memcpy(block.bytes, bytes, 64);
	return block;
}

static inline uint64_t block64_equal(const struct block64 *block, char c)
{
	uint64_t bits = 0;

	for (unsigned i = 0; i < 64; i++)
		bits |= (uint64_t)(block->bytes[i] == (unsigned char)c) << i;
	return bits;
}

static inline uint64_t block64_either(const struct block64 *block, char a, char b)
{
	return block64_equal(block, a) | block64_equal(block, b);
}

static inline uint64_t block64_brackets(const struct block64 *block, char round, char curly)
{
	return block64_either(block, round, curly) | block64_equal(block, (char)(curly & ~0x20));
}

static inline uint64_t block64_marks(const struct block64 *block)
{
	return block64_brackets(block, '(', '{') | block64_brackets(block, ')', '}') | block64_either(block, '\n', '\r') |
	       block64_either(block, ':', ';') | block64_either(block, '\\', '|');
}

static inline bool block64_is_ascii(const struct block64 *block)
{
	unsigned char all = 0;

	for (unsigned i = 0; i < 64; i++)
		all |= block->bytes[i];
	return all < 0x80;
}
#endif

/* The block at an offset of a text that may end in it: zeroes stand for what is behind the end. */
static inline struct block64 block64_at(const char *bytes, size_t len, size_t offset)
{
	char rest[64] = { 0 };

	if (len - offset >= 64)
		return block64_load(bytes + offset);
	memcpy(rest, bytes + offset, len - offset);
	return block64_load(rest);
}

/*
 * How many bits are set. Compilers that may not count on POPCNT call a function, which costs more than this (H. S. Warren,
 * "Hacker's Delight", 5-1).
 */
static inline unsigned block64_count(uint64_t bits)
{
#ifdef __POPCNT__
	return (unsigned)__builtin_popcountll(bits);
#else
	bits -= bits >> 1 & UINT64_C(0x5555555555555555);
	bits = (bits & UINT64_C(0x3333333333333333)) + (bits >> 2 & UINT64_C(0x3333333333333333));
	bits = (bits + (bits >> 4)) & UINT64_C(0x0F0F0F0F0F0F0F0F);
	return (unsigned)(bits * UINT64_C(0x0101010101010101) >> 56);
#endif
}

/* Place of the lowest bit; bits is not 0. */
static inline unsigned block64_first(uint64_t bits)
{
	return (unsigned)__builtin_ctzll(bits);
}

#endif
