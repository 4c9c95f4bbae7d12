/* SPDX-License-Identifier: MIT
 *
 * Edit distance by the two-row method of Wagner and Fischer (JACM 21/1, 1974).
 */
#include "base/nearest.h"

#include <ctype.h>

#define MAX_WORD 64

static unsigned smallest(unsigned a, unsigned b, unsigned c)
{
	unsigned least = a < b ? a : b;

	return least < c ? least : c;
}

static unsigned distance_of(const char *a, size_t a_len, const char *b, size_t b_len)
{
	unsigned row[MAX_WORD + 1];

	for (unsigned j = 0; j <= b_len; j++)
		row[j] = j;
	for (size_t i = 1; i <= a_len; i++) {
		unsigned diagonal = row[0];

		row[0] = (unsigned)i;
		for (size_t j = 1; j <= b_len; j++) {
			bool differ = tolower((unsigned char)a[i - 1]) != tolower((unsigned char)b[j - 1]);
			unsigned above = row[j];

			row[j] = smallest(above + 1, row[j - 1] + 1, diagonal + differ);
			diagonal = above;
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
	if (d < *distance && d <= (a > 3 ? a / 3 + 1 : 1)) {
		*distance = d;
		*best = word;
	}
}
