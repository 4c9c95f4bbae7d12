/* SPDX-License-Identifier: MIT
 *
 * The first look at a file, before anything is known of its code: the brackets
 * behind a name that some selected rule may start with, in the bytes as they
 * are. Most files have none, and nothing more is done for them.
 *
 * Comments and strings are not told from code here, so that there may be
 * places too many; there are never too few.
 */
#ifndef ASYNCGREP_SIEVE_H
#define ASYNCGREP_SIEVE_H

#include "base/common.h"
#include "scan/screen.h"

/* Invariant: zeroes are empty. */
struct sieve {
	uint32_t *places; /* owned; offsets of the brackets, ascending */
	size_t nr, alloc;
	uint32_t *renames; /* owned; offsets of each `as` behind a name that starts a rule, which may get another */
	size_t nr_renames, alloc_renames;
	bool all; /* any bracket may be one: a rule is active that any call may start; then nothing else is filled in */
};

/* Fills an empty sieve from the bytes that a screen was made of. */
void sieve_fill(struct sieve *sieve, struct screen *screen);
/* Is a rule active that any call may start? */
bool sieve_any_call(const struct screen *screen);
void sieve_release(struct sieve *sieve);

#endif
