/* SPDX-License-Identifier: MIT
 *
 * How far long work has come, in a line of the terminal that is wiped at the
 * end. Not thread-safe.
 *
 * Invariant: a struct progress of zeroes shows nothing.
 */
#ifndef ASYNCGREP_PROGRESS_H
#define ASYNCGREP_PROGRESS_H

#include "base/common.h"

struct progress {
	const char *what; /* "versions scanned"; borrowed */
	size_t total;     /* 0: not known */
	bool enabled, shown;
	long long next;   /* when the line may change again, in milliseconds */
};

/* Shows nothing unless it is wanted, and standard error is a terminal of its own: not where standard output is a pipe. */
void progress_begin(struct progress *progress, bool wanted, const char *what, size_t total);
void progress_set(struct progress *progress, size_t done);
/* Shows nothing any more if standard error is no terminal by now. */
void progress_retire(struct progress *progress);
/* Wipes the line, for other output or for good; progress_set shows it again. */
void progress_hide(struct progress *progress);

#endif
