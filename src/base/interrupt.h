/* SPDX-License-Identifier: MIT
 *
 * Ctrl-C as a wish to stop and see what there is, for work that takes long.
 * A signal handler has nothing but globals: this is one, beside the error flag.
 */
#ifndef ASYNCGREP_INTERRUPT_H
#define ASYNCGREP_INTERRUPT_H

#include "base/common.h"

/* From now on the first Ctrl-C is only noted; the second one ends the program as ever. May be called again. */
void interrupt_watch(void);
/* From now on every Ctrl-C is only noted. */
void interrupt_note(void);
/* Has there been one? Thread-safe. */
bool interrupted(void);

#endif
