/* SPDX-License-Identifier: MIT
 *
 * The completions: a script a shell, which asks the program itself what the
 * word at the cursor can become (cli/complete.h) and so knows no option.
 */
#ifndef ASYNCGREP_COMPLETIONS_H
#define ASYNCGREP_COMPLETIONS_H

#include "base/common.h"
#include "base/strbuf.h"

/* The shells, from 0; NULL behind the last. */
const char *completions_shell(size_t index);
/* The script for one of them. */
void completions_print(struct strbuf *out, size_t shell);

#endif
