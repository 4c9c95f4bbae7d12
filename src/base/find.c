/* SPDX-License-Identifier: MIT
 *
 * Literal search by vectors, with AVX2 where the processor has it, and with memmem(3) in what is too short for one.
 */
#include "base/find.h"

#include "base/vec16.h"

#ifdef __SSE2__
#include <immintrin.h>
#endif

/* Letters and signs of source code, the commonest first; a byte that is not here is rarer than all of them. */
static const unsigned char commonness[UCHAR_MAX + 1] = {
	[' '] = 96, ['e'] = 95, ['t'] = 94, ['s'] = 93, ['a'] = 92, ['r'] = 91, ['n'] = 90, ['o'] = 89,
	['i'] = 88, ['l'] = 87, ['_'] = 86, ['.'] = 85, ['d'] = 84, ['c'] = 83, [','] = 82, ['p'] = 81,
	['u'] = 80, ['f'] = 79, ['m'] = 78, ['('] = 77, ['\n'] = 76, [')'] = 75, ['h'] = 74, ['='] = 73,
	['g'] = 72, ['"'] = 71, ['\''] = 70, [':'] = 69, ['y'] = 68, ['b'] = 67, ['-'] = 66, ['v'] = 65,
	['x'] = 64, ['k'] = 63, ['['] = 62, [']'] = 61, ['#'] = 60, ['0'] = 59, ['w'] = 58, ['1'] = 57,
	['2'] = 56, ['T'] = 55, ['E'] = 54, ['S'] = 53, ['A'] = 52, ['I'] = 51, ['R'] = 50, ['D'] = 49,
	['N'] = 48, ['C'] = 47, ['O'] = 46, ['F'] = 45, ['L'] = 44, ['P'] = 43, ['j'] = 42, ['M'] = 41,
	['U'] = 40, ['>'] = 39, ['q'] = 38, ['z'] = 37, ['<'] = 36, ['B'] = 35, ['{'] = 34, ['}'] = 33,
	['/'] = 32, ['3'] = 31, ['4'] = 30, ['5'] = 29, ['6'] = 28, ['7'] = 27, ['8'] = 26, ['9'] = 25,
	['H'] = 24, ['G'] = 23, ['V'] = 22, ['*'] = 21, ['W'] = 20, ['K'] = 19, ['Y'] = 18, ['X'] = 17,
	['Q'] = 16, ['Z'] = 15, ['J'] = 14, ['+'] = 13, ['%'] = 12, ['@'] = 11, ['|'] = 10, ['&'] = 9,
	['\\'] = 8, ['~'] = 7, ['!'] = 6, ['?'] = 5, ['$'] = 4, ['^'] = 3, ['`'] = 2, [';'] = 1,
};

static inline bool is_rarer(char a, char b)
{
	return commonness[(unsigned char)a] < commonness[(unsigned char)b];
}

void finder_init(struct finder *finder, struct text literal)
{
	size_t best = 0, next = literal.len > 1;

	finder->literal = literal;
	for (size_t i = 1; i < literal.len; i++) {
		if (is_rarer(literal.ptr[i], literal.ptr[best])) {
			next = best;
			best = i;
		} else if (i != best && is_rarer(literal.ptr[i], literal.ptr[next])) {
			next = i;
		}
	}
	finder->first = best < next ? best : next;
	finder->second = best < next ? next : best;
}

/* No call of memcmp(3), for which the loops below would have to put all their vectors away. */
static inline const char *first_hit(struct text literal, const char *bytes, unsigned hits)
{
	for (; hits; hits &= hits - 1) {
		const char *place = bytes + (unsigned)__builtin_ctz(hits);
		size_t same = 0;

		while (same < literal.len && place[same] == literal.ptr[same])
			same++;
		if (same == literal.len)
			return place;
	}
	return NULL;
}

/*
 * Vectors look at so many places at a time, in all as many as there are: the last step is taken where it ends with the text,
 * over some that were looked at before. There have to be enough for one.
 */
static const char *find_by_16(const struct finder *finder, const char *bytes, size_t len)
{
	const struct text literal = finder->literal;
	const vec16 first = vec16_of(literal.ptr[finder->first]), second = vec16_of(literal.ptr[finder->second]);
	const size_t last = len - literal.len - 15;

	for (size_t i = 0;; i = i + 16 < last ? i + 16 : last) {
		unsigned hits = vec16_bits((vec16_load(bytes + i + finder->first) == first) &
					   (vec16_load(bytes + i + finder->second) == second));
		const char *hit = hits ? first_hit(literal, bytes + i, hits) : NULL;

		if (hit || i == last)
			return hit;
	}
}

#ifdef __SSE2__
/* The same, thirty-two with each step, and over what has no such pair four times as many. */
__attribute__((target("avx2"))) static const char *find_by_32(const struct finder *finder, const char *bytes, size_t len)
{
#define LOAD(from) _mm256_loadu_si256((const __m256i *)(const void *)(from))
#define PAIRS(at) \
	_mm256_and_si256(_mm256_cmpeq_epi8(LOAD(firsts + (at)), first), _mm256_cmpeq_epi8(LOAD(seconds + (at)), second))
	const struct text literal = finder->literal;
	const char *firsts = bytes + finder->first, *seconds = bytes + finder->second;
	const __m256i first = _mm256_set1_epi8(literal.ptr[finder->first]);
	const __m256i second = _mm256_set1_epi8(literal.ptr[finder->second]);
	const size_t last = len - literal.len - 31;

	for (size_t i = 0;; i += 32) {
		const char *hit;
		unsigned hits;

		for (; i + 96 <= last; i += 128) {
			__m256i pairs = _mm256_or_si256(_mm256_or_si256(PAIRS(i), PAIRS(i + 32)),
							_mm256_or_si256(PAIRS(i + 64), PAIRS(i + 96)));

			if (!_mm256_testz_si256(pairs, pairs))
				break;
		}
		if (i > last)
			i = last;
		hits = (unsigned)_mm256_movemask_epi8(PAIRS(i));
		hit = hits ? first_hit(literal, bytes + i, hits) : NULL;
		if (hit || i == last)
			return hit;
	}
#undef PAIRS
#undef LOAD
}
#endif

const char *finder_find(const struct finder *finder, const char *bytes, size_t len)
{
#ifdef __SSE2__
	if (len >= finder->literal.len + 31 && __builtin_cpu_supports("avx2"))
		return find_by_32(finder, bytes, len);
#endif
	if (len >= finder->literal.len + 15)
		return find_by_16(finder, bytes, len);
	return memmem(bytes, len, finder->literal.ptr, finder->literal.len);
}
