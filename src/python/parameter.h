/* SPDX-License-Identifier: MIT
 *
 * Parameters of a lambda or def, and the type parameters of PEP 695.
 */
#ifndef ASYNCGREP_PARAMETER_H
#define ASYNCGREP_PARAMETER_H

#include "base/common.h"
#include "python/parser.h"

/*
 * Opens a list of parameters that begins at an offset. flags: FRAME_LAMBDA (its operation was pushed; a colon ends
 * the list, else a bracket), FRAME_TYPES (bounds and defaults stay operands, else PARAMETER nodes do).
 */
void parameter_list(struct parser *parser, uint32_t open, uint32_t flags);
/* A list of a lambda ends without its colon; the token stays. */
void parameter_list_broken(struct parser *parser);

/* The token begins a parameter, or is a * or / alone. */
void parameter_begin(struct parser *parser);
/* The token is behind a parameter, if there is one. */
void parameter_end(struct parser *parser);
void parameter_colon(struct parser *parser);
void parameter_equal(struct parser *parser);

#endif
