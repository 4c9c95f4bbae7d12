/* SPDX-License-Identifier: MIT
 *
 * The pattern of a `case`, only as far as it binds names.
 */
#ifndef ASYNCGREP_PATTERN_H
#define ASYNCGREP_PATTERN_H

#include "base/common.h"
#include "python/parser.h"

/* Reads a pattern up to the guard or the colon, as a root, with the names that it captures as its children. */
void pattern_read(struct parser *parser);

#endif
