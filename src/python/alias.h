/* SPDX-License-Identifier: MIT
 *
 * The names of import statements. What one means is read again from its text
 * when outline_alias is asked.
 */
#ifndef ASYNCGREP_ALIAS_H
#define ASYNCGREP_ALIAS_H

#include "base/common.h"
#include "python/parser.h"

/* Behind `import`: a root for each name. */
void alias_import(struct parser *parser);
/* Behind `from`: the module, and a root for each name that is imported from it. */
void alias_from(struct parser *parser);

#endif
