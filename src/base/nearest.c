/* SPDX-License-Identifier: MIT
 *
 * Edit distance with transpositions (optimal string alignment), in the letters
 * of words that a person types: anything longer is near to nothing.
 */
#include "base/nearest.h"

#include <ctype.h>

#define MAX_WORD 48

void nearest_init(struct nearest *nearest, const char *word, size_t len)
{
	*nearest = (struct nearest){ .word = { word, len }, .distance = SIZE_MAX };
}

static size_t smallest(size_t a, size_t b, size_t c)
{
	if (b < a)
		a = b;
	return c < a ? c : a;
}

static bool same_letter(char a, char b)
{
	return tolower((unsigned char)a) == tolower((unsigned char)b);
}

static size_t distance(struct text a, struct text b)
{
	size_t row[3][MAX_WORD + 1];
	size_t *before = row[0], *above = row[1], *now = row[2];

	for (size_t k = 0; k <= b.len; k++)
		above[k] = k;
	for (size_t i = 1; i <= a.len; i++) {
		size_t *spare = before;

		now[0] = i;
		for (size_t k = 1; k <= b.len; k++) {
			size_t cost = same_letter(a.ptr[i - 1], b.ptr[k - 1]) ? 0 : 1;

			now[k] = smallest(above[k] + 1, now[k - 1] + 1, above[k - 1] + cost);
			if (i > 1 && k > 1 && same_letter(a.ptr[i - 1], b.ptr[k - 2]) &&
			    same_letter(a.ptr[i - 2], b.ptr[k - 1]) && before[k - 2] + 1 < now[k])
				now[k] = before[k - 2] + 1;
		}
		before = above;
		above = now;
		now = spare;
	}
	return above[b.len];
}

/* The beginning of a long word is as good as the whole, at the price of one slip. */
static bool is_beginning(struct text word, struct text candidate)
{
	return word.len >= 3 && word.len < candidate.len &&
		strncasecmp(word.ptr, candidate.ptr, word.len) == 0;
}

void nearest_offer(struct nearest *nearest, const char *candidate)
{
	struct text known = { candidate, strlen(candidate) };
	size_t found, limit;

	if (nearest->word.len > MAX_WORD || known.len > MAX_WORD)
		return;
	/* A third of the letters may be wrong; of two or three, one. */
	limit = smallest(SIZE_MAX, nearest->word.len, known.len) / 3;
	found = distance(nearest->word, known);
	if (is_beginning(nearest->word, known))
		found = 1;
	if (found > (limit ? limit : 1) || found >= nearest->distance)
		return;
	nearest->distance = found;
	nearest->best = candidate;
}
