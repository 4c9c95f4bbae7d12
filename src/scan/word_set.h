/* SPDX-License-Identifier: MIT
 *
 * A set of words that never says no wrongly, and seldom yes (a Bloom filter
 * with one hash): of most names it tells at once that they are not there.
 *
 * Invariant: zeroes are the empty set.
 */
#ifndef ASYNCGREP_WORD_SET_H
#define ASYNCGREP_WORD_SET_H

#include "base/chars.h"
#include "base/common.h"

struct word_set {
	uint64_t bits[16];
};

static inline unsigned word_set_bit(struct text word)
{
	unsigned char first = (unsigned char)word.ptr[0], last = (unsigned char)word.ptr[word.len - 1];

	return (first * 37u + last * 101u + (unsigned char)word.ptr[word.len / 2] * 7u + (unsigned)word.len * 211u) % 1024;
}

/* A word has at least one byte. */
static inline void word_set_add(struct word_set *set, struct text word)
{
	unsigned bit = word_set_bit(word);

	set->bits[bit / 64] |= UINT64_C(1) << bit % 64;
}

static inline bool word_set_may_have(const struct word_set *set, struct text word)
{
	unsigned bit = word_set_bit(word);

	return set->bits[bit / 64] >> bit % 64 & 1;
}

/* All runs of name bytes in [text, end). */
static inline void word_set_add_all(struct word_set *set, const char *text, const char *end)
{
	while (text < end) {
		const char *word = text;

		while (text < end && is_name_byte(*text))
			text++;
		if (text > word)
			word_set_add(set, (struct text){ word, (size_t)(text - word) });
		else
			text++;
	}
}

#endif
