/* SPDX-License-Identifier: MIT
 *
 * Four lanes of multiply and rotate, mixed at the end: the scheme of XXH64
 * (https://github.com/Cyan4973/xxHash), whose values these are not.
 */
#include "base/checksum.h"

#define PRIME_1 UINT64_C(0x9E3779B185EBCA87)
#define PRIME_2 UINT64_C(0xC2B2AE3D27D4EB4F)

static uint64_t rotate(uint64_t word, unsigned bits)
{
	return word << bits | word >> (64 - bits);
}

static uint64_t take(uint64_t lane, uint64_t word)
{
	return rotate(lane + word * PRIME_2, 31) * PRIME_1;
}

uint64_t checksum(const void *data, size_t len)
{
	const unsigned char *bytes = data;
	uint64_t lanes[4] = { PRIME_1, PRIME_2, 0, ~PRIME_1 }, sum = len, words[4];
	size_t left = len;

	for (; left >= sizeof(words); left -= sizeof(words), bytes += sizeof(words)) {
		memcpy(words, bytes, sizeof(words));
		for (size_t i = 0; i < ARRAY_SIZE(lanes); i++)
			lanes[i] = take(lanes[i], words[i]);
	}
	memset(words, 0, sizeof(words));
	if (left)
		memcpy(words, bytes, left);
	for (size_t i = 0; i < ARRAY_SIZE(lanes); i++)
		sum = take(take(sum, lanes[i]), words[i]);
	sum = (sum ^ sum >> 33) * PRIME_2;
	return sum ^ sum >> 29;
}
