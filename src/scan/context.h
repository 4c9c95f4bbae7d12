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
/*
 * The same for places of a file whose statements are not cut yet: those behind a header of its skim, which is not odd, and
 * before the next one (NO_SCOPE: before all of them).
 */
bool context_may_hold_in(const struct context *context, const struct skim *skim, const struct mask *mask,
			 int32_t scope);
/* Does it hold for an expression? */
bool context_holds(struct evaluation *ev, const struct context *context, int32_t node);

#endif
