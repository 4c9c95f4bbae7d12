/* SPDX-License-Identifier: MIT
 *
 * Where import statements are, told by the word `import` alone: in code text,
 * or in source as it is, where comments and strings may hold what seems to be
 * one. None is ever missed.
 */
#ifndef ASYNCGREP_IMPORT_TEXT_H
#define ASYNCGREP_IMPORT_TEXT_H

#include "base/common.h"
#include "base/word.h"

/* A walk over the imports of a text; borrows it. */
struct import_texts {
	const char *text;
	size_t len, next;
	struct word word;
};

void import_texts_init(struct import_texts *texts, const char *text, size_t len);
/*
 * The next import: text[*start .. *end) holds its statement, and what else stands in its lines. False: there is none
 * left. They follow each other, and do not overlap.
 */
bool import_texts_next(struct import_texts *texts, size_t *start, size_t *end);

#endif
