/* SPDX-License-Identifier: MIT
 *
 * String literals: adjacent ones are one node; replacement fields of f-strings
 * are expressions, its children.
 */
#ifndef ASYNCGREP_STRING_NODE_H
#define ASYNCGREP_STRING_NODE_H

#include "base/common.h"
#include "python/parser.h"

/* The token is a string, where an operand is due. */
void string_node(struct parser *parser);
/* The end of the expression of a replacement field, the innermost frame. */
void string_field_end(struct parser *parser);
/* `=` there, which ends it in `f"{x=}"`. */
void string_field_equal(struct parser *parser);

#endif
