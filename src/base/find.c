/* SPDX-License-Identifier: MIT
 *
 * Literal search with SSE2, and memmem(3) where that is not to be had.
 */
#include "base/find.h"

#ifdef __SSE2__
#include <emmintrin.h>
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
const char *finder_find(const struct finder *finder, const char *bytes, size_t len)
{
	const struct text literal = finder->literal;
	__m128i first = _mm_set1_epi8(literal.ptr[finder->first]);
	__m128i second = _mm_set1_epi8(literal.ptr[finder->second]);
	size_t i = 0;

	/* Each step looks at the sixteen places where the literal may start at i .. i + 15. */
	for (; len >= literal.len + 15 && i <= len - literal.len - 15; i += 16) {
		__m128i a = _mm_loadu_si128((const __m128i *)(const void *)(bytes + i + finder->first));
		__m128i b = _mm_loadu_si128((const __m128i *)(const void *)(bytes + i + finder->second));
		unsigned hits = (unsigned)_mm_movemask_epi8(
			_mm_and_si128(_mm_cmpeq_epi8(a, first), _mm_cmpeq_epi8(b, second)));

		for (; hits; hits &= hits - 1)
			if (!memcmp(bytes + i + (unsigned)__builtin_ctz(hits), literal.ptr, literal.len))
				return bytes + i + (unsigned)__builtin_ctz(hits);
	}
	return i < len ? memmem(bytes + i, len - i, literal.ptr, literal.len) : NULL;
}
#else
const char *finder_find(const struct finder *finder, const char *bytes, size_t len)
{
	return memmem(bytes, len, finder->literal.ptr, finder->literal.len);
}
#endif
