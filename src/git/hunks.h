/* SPDX-License-Identifier: MIT
 *
 * Which lines of a text differ from an older one, as git diff would have it.
 * Lines end at LF alone; changed blanks at their ends, CR among them, are no change.
 *
 * Invariant: a struct hunks of zeroes holds none.
 */
#ifndef ASYNCGREP_HUNKS_H
#define ASYNCGREP_HUNKS_H

#include "base/common.h"
#include "base/error.h"

struct hunk {
	uint32_t start; /* first line (from 1) that is new; where lines are only gone, the line before them (0: at the top) */
	uint32_t lines; /* how many; 0: lines are only gone */
};

struct hunks {
	struct hunk *items; /* owned; in the order of lines */
	size_t nr, alloc;
};

/* Thread-safe. */
int hunks_diff(struct hunks *hunks, struct text old, struct text new, struct error *err);
/* Has one of the lines first to last changed, or is something gone from between them? */
bool hunks_touch(const struct hunks *hunks, uint32_t first, uint32_t last);
void hunks_release(struct hunks *hunks);

#endif
