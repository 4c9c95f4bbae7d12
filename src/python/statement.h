/* SPDX-License-Identifier: MIT
 *
 * The parts of a statement, each with its slot.
 */
#ifndef ASYNCGREP_STATEMENT_H
#define ASYNCGREP_STATEMENT_H

#include "base/common.h"
#include "python/parser.h"

/* Makes the nodes of a statement (of a header: of the header alone); parser->first_root, ->broken say how it went. */
void statement_parse(struct parser *parser, int32_t stmt);

#endif
