/* SPDX-License-Identifier: MIT
 *
 * Contexts: is an expression where a rule applies?
 */
#ifndef ASYNCGREP_CONTEXT_H
#define ASYNCGREP_CONTEXT_H

#include "scan/evaluate.h"

/* Can the context hold for some expression of a statement? Cheap: asks nothing of the outline. */
bool context_may_hold(const struct pyfile *file, const struct context *context, int32_t stmt);
/* Does it hold for an expression? */
bool context_holds(struct evaluation *ev, const struct context *context, int32_t node);

#endif
