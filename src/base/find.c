/* SPDX-License-Identifier: MIT
 *
 * Literal search with SSE2, with AVX2 where the processor has it, and with memmem(3) where there is neither.
 */
#include "base/find.h"

#ifdef __SSE2__
#include <immintrin.h>
#endif

/* Letters and signs of source code, the commonest first; a byte that is not here is rarer than all of them. */
static const char by_frequency[] = " etsarnoil_.dc,pufm(\n)h=g\"':yb-vxk[]#0w12TESAIRDNCOFLPjMU>qz<B{}/3456789HGV*WKYXQZJ+%@|&\\~!?$^`;";

static size_t rarity(char byte)
{
	const char *place = byte ? strchr(by_frequency, byte) : NULL;

	return place ? (size_t)(place - by_frequency) : sizeof(by_frequency);
}

void finder_init(struct finder *finder, struct text literal)
{
	size_t best = 0, next = literal.len > 1;

	finder->literal = literal;
	for (size_t i = 1; i < literal.len; i++) {
		if (rarity(literal.ptr[i]) > rarity(literal.ptr[best])) {
			next = best;
			best = i;
		} else if (i != best && rarity(literal.ptr[i]) > rarity(literal.ptr[next])) {
			next = i;
		}
	}
	finder->first = best < next ? best : next;
	finder->second = best < next ? next : best;
}

#ifdef __SSE2__
static const char *first_hit(struct text literal, const char *bytes, unsigned hits)
{
	for (; hits; hits &= hits - 1)
		if (!memcmp(bytes + (unsigned)__builtin_ctz(hits), literal.ptr, literal.len))
			return bytes + (unsigned)__builtin_ctz(hits);
	return NULL;
}

/* Looks at places from *i on, sixteen with each step, as long as they are there; *i becomes the first one left over. */
static const char *find_by_16(const struct finder *finder, const char *bytes, size_t len, size_t *i)
{
	const struct text literal = finder->literal;
	const __m128i first = _mm_set1_epi8(literal.ptr[finder->first]);
	const __m128i second = _mm_set1_epi8(literal.ptr[finder->second]);

	for (; len >= literal.len + 15 && *i <= len - literal.len - 15; *i += 16) {
		__m128i a = _mm_loadu_si128((const __m128i *)(const void *)(bytes + *i + finder->first));
		__m128i b = _mm_loadu_si128((const __m128i *)(const void *)(bytes + *i + finder->second));
		unsigned hits = (unsigned)_mm_movemask_epi8(
			_mm_and_si128(_mm_cmpeq_epi8(a, first), _mm_cmpeq_epi8(b, second)));
		const char *hit = hits ? first_hit(literal, bytes + *i, hits) : NULL;

		if (hit)
			return hit;
	}
	return NULL;
}

/* Of 32 places, those where both bytes are as they should be. */
__attribute__((target("avx2"))) static inline __m256i pairs_in_32(const struct finder *finder, const char *bytes,
								  __m256i first, __m256i second)
{
	__m256i a = _mm256_loadu_si256((const __m256i *)(const void *)(bytes + finder->first));
	__m256i b = _mm256_loadu_si256((const __m256i *)(const void *)(bytes + finder->second));

	return _mm256_and_si256(_mm256_cmpeq_epi8(a, first), _mm256_cmpeq_epi8(b, second));
}

/* The same, thirty-two with each step, and over what has no such pair twice as many. */
__attribute__((target("avx2"))) static const char *find_by_32(const struct finder *finder, const char *bytes,
							      size_t len, size_t *i)
{
	const struct text literal = finder->literal;
	const __m256i first = _mm256_set1_epi8(literal.ptr[finder->first]);
	const __m256i second = _mm256_set1_epi8(literal.ptr[finder->second]);

	for (; len >= literal.len + 31 && *i <= len - literal.len - 31; *i += 32) {
		const char *hit;
		unsigned hits;

		for (; len >= literal.len + 63 && *i <= len - literal.len - 63; *i += 64) {
			__m256i pairs = _mm256_or_si256(pairs_in_32(finder, bytes + *i, first, second),
							pairs_in_32(finder, bytes + *i + 32, first, second));

			if (!_mm256_testz_si256(pairs, pairs))
				break;
		}
		if (*i > len - literal.len - 31)
			break;
		hits = (unsigned)_mm256_movemask_epi8(pairs_in_32(finder, bytes + *i, first, second));
		hit = hits ? first_hit(literal, bytes + *i, hits) : NULL;
		if (hit)
			return hit;
	}
	return NULL;
}

const char *finder_find(const struct finder *finder, const char *bytes, size_t len)
{
	const char *hit = NULL;
	size_t i = 0;

	if (__builtin_cpu_supports("avx2"))
		hit = find_by_32(finder, bytes, len, &i);
	if (!hit)
		hit = find_by_16(finder, bytes, len, &i);
	if (!hit && i < len)
		hit = memmem(bytes + i, len - i, finder->literal.ptr, finder->literal.len);
	return hit;
}
#else
const char *finder_find(const struct finder *finder, const char *bytes, size_t len)
{
	return memmem(bytes, len, finder->literal.ptr, finder->literal.len);
}
#endif
