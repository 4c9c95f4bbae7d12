/* SPDX-License-Identifier: MIT
 *
 * Comprehensions: a bracket whose element is followed by clauses. Each clause
 * is a frame of its own, which the next `for` or the bracket ends.
 */
#ifndef ASYNCGREP_COMPREHENSION_H
#define ASYNCGREP_COMPREHENSION_H

#include "base/common.h"
#include "python/parser.h"

/* `for` or `async` behind an operand. */
void comprehension_for(struct parser *parser);
/* `in`, if it ends the target of a clause or of a `for` statement; false, with nothing done, if not. */
bool comprehension_in(struct parser *parser);
/* `if`, if it begins a test of a clause; false, with nothing done, if not. */
bool comprehension_if(struct parser *parser);
/* The token ends the innermost clause. */
void comprehension_end_clause(struct parser *parser);
/*
 * The element that is being read, if it is a comprehension, becomes a generator expression without brackets
 * (which no Python is); says whether it was one.
 */
bool comprehension_end(struct parser *parser);

#endif
