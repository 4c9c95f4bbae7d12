/* SPDX-License-Identifier: MIT
 *
 * What has an inside: brackets, and the expression of a statement. How they
 * open, what commas and colons mean in them, and what node they become.
 */
#ifndef ASYNCGREP_FRAME_H
#define ASYNCGREP_FRAME_H

#include "base/common.h"
#include "python/parser.h"

/* A frame that begins at an offset, has what is read from now on inside, and what is an operand now outside. */
struct frame *frame_push(struct parser *parser, enum frame_kind kind, uint32_t open, uint32_t flags);

/* An opening bracket where an operand is due: a group, tuple, list, set or dict, or a comprehension. */
void frame_display(struct parser *parser);
/* An opening bracket behind an operand: a call or subscript of it. */
void frame_trailer(struct parser *parser);
/* The opening bracket in front of the bases of a class; they stay operands. */
void frame_bases(struct parser *parser);
/* `yield`, which takes the rest of its frame. */
void frame_yield(struct parser *parser);
/* A token that is neither operand nor operator: what it means is up to the innermost frame. */
void frame_token(struct parser *parser);
/* An operand right behind another: goes on as if there were a comma; outside of brackets, that ends the expression. */
void frame_missing_comma(struct parser *parser);

/* Completes the element that is being read: operations, slices. */
void frame_end_element(struct parser *parser);
/* Several elements of a frame that holds one expression are a tuple, which ends at `end`. */
void frame_end_list(struct parser *parser, uint32_t end);
/* What stands between the yield of a frame, if there is one, and `end`, becomes its operand. */
void frame_end_yield(struct parser *parser, uint32_t end);
/*
 * A bracket was opened: where it is one too many (PARSER_MAX_DEPTH), what is in it is left out: the token is
 * the one that closes it.
 */
void frame_limit_depth(struct parser *parser);

#endif
