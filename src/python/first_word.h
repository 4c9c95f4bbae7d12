/* SPDX-License-Identifier: MIT
 *
 * What the word that a statement begins with makes of it, in code text.
 *
 * Grammar: The Python Language Reference 3.13, chapters 7 and 8; soft keywords
 * as in 2.3.2.
 */
#ifndef ASYNCGREP_FIRST_WORD_H
#define ASYNCGREP_FIRST_WORD_H

#include "python/blocks.h"

/*
 * The kind of the statement whose first token is at pos (before the end of the text). `match` is taken for a keyword, and so
 * is `case` where a `match` is around; STMT_EXPRESSION is what begins with no keyword. *is_async: the word is `async`,
 * and `def`, `for` or `with` follows.
 */
enum stmt_kind first_word_kind(const char *code, uint32_t len, uint32_t pos, bool in_match, bool *is_async);
/*
 * Does a statement begin in the line that starts at pos although brackets are open? Then one was never
 * closed. Only words that cannot stand at such a place in Python count.
 */
bool first_word_begins_statement(const char *code, uint32_t len, uint32_t pos);

#endif
