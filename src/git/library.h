/* SPDX-License-Identifier: MIT
 *
 * libgit2, started for the process. Starting it takes longer than all else that a small scan does: Debian's
 * reads every certificate of the system, for connections that nobody makes here. So who needs no git does not
 * start it, and who knows early that git will be asked does other work beside that.
 */
#ifndef ASYNCGREP_LIBRARY_H
#define ASYNCGREP_LIBRARY_H

#include "base/error.h"

/* Starts it, unless it is. Each success counts: git_libgit2_shutdown takes it back. From one thread only. */
int library_start(struct error *err);

#endif
