/* SPDX-License-Identifier: MIT
 *
 * Edit distance by the method of Wagner and Fischer (JACM 21/1, 1974), of which
 * three rows are kept; two letters that changed places are one slip.
 */
#include "base/nearest.h"

#include <ctype.h>

#define MAX_WORD 64

static unsigned smallest(unsigned a, unsigned b, unsigned c)
{
	unsigned least = a < b ? a : b;

	return least < c ? least : c;
}

static bool same(char a, char b)
{
	return tolower((unsigned char)a) == tolower((unsigned char)b);
}

static unsigned distance_of(const char *a, size_t a_len, const char *b, size_t b_len)
{
	unsigned rows[3][MAX_WORD + 1], *row = rows[0], *above = rows[1], *before = rows[2];

	for (unsigned j = 0; j <= b_len; j++)
		row[j] = j;
	for (size_t i = 1; i <= a_len; i++) {
		unsigned *free_row = before;

		before = above;
		above = row;
		row = free_row;
		row[0] = (unsigned)i;
		for (size_t j = 1; j <= b_len; j++) {
			row[j] = smallest(above[j] + 1, row[j - 1] + 1, above[j - 1] + !same(a[i - 1], b[j - 1]));
			if (i > 1 && j > 1 && same(a[i - 1], b[j - 2]) && same(a[i - 2], b[j - 1]) && before[j - 2] + 1 < row[j])
				row[j] = before[j - 2] + 1;
		}
	}
	return row[b_len];
}

void nearest_offer(const char *wanted, const char *word, const char **best, unsigned *distance)
{
	size_t a = strlen(wanted), b = strlen(word);
	unsigned d;

	if (a > MAX_WORD || b > MAX_WORD)
		return;
	d = distance_of(wanted, a, word, b);
	/* In a short word two slips make another word. */
	if (d < *distance && d <= (a < 6 ? 1 : a / 3 + 1)) {
		*distance = d;
		*best = word;
	}
}
