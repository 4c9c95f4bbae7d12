/* SPDX-License-Identifier: MIT
 *
 * libgit2, started for the process. Starting it takes longer than all else that a small scan does: Debian's
 * reads every certificate of the system, for connections that nobody makes here. So who needs no git does not
 * start it, and who knows early that git will be asked starts it beside other work.
 */
#ifndef ASYNCGREP_LIBRARY_H
#define ASYNCGREP_LIBRARY_H

#include "base/error.h"

/* Begins to start it, on a thread of its own. Once; library_finish has to follow before the process ends. */
void library_begin(void);
/*
 * Starts it, or waits until it is. Each success counts: git_libgit2_shutdown takes it back. For src/git; while
 * library_begin's thread may run, from one thread only.
 */
int library_start(struct error *err);
/* Waits for what library_begin began, so that no thread is in the middle of it at exit. Nothing, if nothing was begun. */
void library_finish(void);

#endif
