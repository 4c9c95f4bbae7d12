/* SPDX-License-Identifier: MIT
 *
 * Expressions: from tokens to nodes. Never fails: what fits nowhere is left
 * out and marks the statement broken.
 */
#ifndef ASYNCGREP_EXPRESSION_H
#define ASYNCGREP_EXPRESSION_H

#include "base/common.h"
#include "python/parser.h"

/*
 * Reads one expression of a statement, up to a token that cannot go on with it, which is not consumed.
 * flags: FRAME_LIST_OK, FRAME_ROOTS, FRAME_IN_ENDS, FRAME_WITH. Returns the height of the operands below the result,
 * which is one operand; none, if there is no expression; several with FRAME_ROOTS and FRAME_WITH.
 */
uint32_t expression_read(struct parser *parser, uint32_t flags);
/* Reads until all frames above a height are closed. */
void expression_run(struct parser *parser, uint32_t frames);

/* Completes the operations of the innermost frame, but not those of a statement around it. */
void expression_reduce(struct parser *parser);
/* Has the current element of the innermost frame no token yet? */
bool expression_is_new(const struct parser *parser);

#endif
