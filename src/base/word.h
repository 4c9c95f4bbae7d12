/* SPDX-License-Identifier: MIT
 *
 * Looking for a word in Python text: a literal that is not part of a longer
 * name.
 */
#ifndef ASYNCGREP_WORD_H
#define ASYNCGREP_WORD_H

#include "base/find.h"

struct word {
	struct finder finder;
	bool begins, ends; /* no name may go on before it, behind it */
};

/* A star at the start or the end of the spelling lets the name go on there. spelling is borrowed, and more than a star. */
void word_init(struct word *word, struct text spelling);
/* Where the word first stands in bytes[from .. len), or NULL. What is before `from` counts as before it. */
const char *word_find(const struct word *word, const char *bytes, size_t len, size_t from);

#endif
