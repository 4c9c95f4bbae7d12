/* SPDX-License-Identifier: MIT */
#include "base/word.h"

#include "base/chars.h"

void word_init(struct word *word, struct text spelling)
{
	word->begins = spelling.ptr[0] != '*';
	word->ends = spelling.ptr[spelling.len - 1] != '*';
	finder_init(&word->finder, (struct text){ spelling.ptr + !word->begins,
						  spelling.len - !word->begins - !word->ends });
}

const char *word_find(const struct word *word, const char *bytes, size_t len, size_t from)
{
	const char *end = bytes + len, *hit = bytes + from;

	for (; (hit = finder_find(&word->finder, hit, (size_t)(end - hit))); hit++) {
		const char *behind = hit + word->finder.literal.len;

		if ((!word->begins || hit == bytes || !is_name_byte(hit[-1])) &&
		    (!word->ends || behind == end || !is_name_byte(*behind)))
			return hit;
	}
	return NULL;
}
