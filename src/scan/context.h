/* SPDX-License-Identifier: MIT
 *
 * Contexts: is an expression where a rule applies?
 */
#ifndef ASYNCGREP_CONTEXT_H
#define ASYNCGREP_CONTEXT_H

#include "python/skim.h"
#include "scan/evaluate.h"

/* Can the context hold for some expression of a statement? Cheap: asks nothing of the outline. */
bool context_may_hold(const struct pyfile *file, const struct context *context, int32_t stmt);
/* The same for a place of a file whose statements are not cut yet: as far as its skim, which is not odd, can tell. */
bool context_may_hold_at(const struct context *context, const struct skim *skim, const struct mask *mask,
			 uint32_t place);
/* Does it hold for an expression? */
bool context_holds(struct evaluation *ev, const struct context *context, int32_t node);

#endif
