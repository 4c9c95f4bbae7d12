/* SPDX-License-Identifier: MIT
 *
 * The words of some texts, sorted. Worth it where the texts would have to be
 * searched for many words otherwise.
 *
 * Invariant: zeroes are an empty list. Words are borrowed from the texts.
 */
#ifndef ASYNCGREP_WORD_LIST_H
#define ASYNCGREP_WORD_LIST_H

#include "base/common.h"

struct word_list {
	struct text *words; /* owned */
	size_t nr, alloc;
};

/* Adds all runs of name bytes in [text, end). */
void word_list_add_all(struct word_list *list, const char *text, const char *end);
/* When all are there: makes it fit to be asked. */
void word_list_sort(struct word_list *list);
bool word_list_has(const struct word_list *list, struct text word);
void word_list_release(struct word_list *list);

#endif
