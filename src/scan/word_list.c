/* SPDX-License-Identifier: MIT
 *
 * Words, sorted by length first: most comparisons end there.
 */
#include "scan/word_list.h"

#include "base/alloc.h"
#include "base/chars.h"

static int compare(const void *a, const void *b)
{
	const struct text *x = a, *y = b;

	if (x->len != y->len)
		return x->len < y->len ? -1 : 1;
	return memcmp(x->ptr, y->ptr, x->len);
}

void word_list_add_all(struct word_list *list, const char *text, const char *end)
{
	while (text < end) {
		const char *word = text;

		while (text < end && is_name_byte(*text))
			text++;
		if (text > word) {
			ARRAY_GROW(list->words, list->nr + 1, list->alloc);
			list->words[list->nr++] = (struct text){ word, (size_t)(text - word) };
		} else {
			text++;
		}
	}
}

void word_list_sort(struct word_list *list)
{
	size_t kept = 0;

	if (!list->nr)
		return;
	qsort(list->words, list->nr, sizeof(*list->words), compare);
	for (size_t i = 1; i < list->nr; i++)
		if (compare(&list->words[kept], &list->words[i]) != 0)
			list->words[++kept] = list->words[i];
	list->nr = kept + 1;
}

bool word_list_has(const struct word_list *list, struct text word)
{
	return list->nr && bsearch(&word, list->words, list->nr, sizeof(*list->words), compare);
}

void word_list_release(struct word_list *list)
{
	free(list->words);
	memset(list, 0, sizeof(*list));
}
