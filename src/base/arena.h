/* SPDX-License-Identifier: MIT
 *
 * A pool for what lives as long as one file (or one rule set): allocations
 * are never freed one by one, all die in one call. Not thread-safe: a pool
 * has one owner.
 *
 * Invariant: a struct arena of zeroes is empty and ready for use.
 */
#ifndef ASYNCGREP_ARENA_H
#define ASYNCGREP_ARENA_H

#include "base/common.h"

struct arena {
	struct arena_chunk *chunks; /* newest first */
};

/* Zeroed memory, aligned for any type, valid until arena_release. */
void *arena_alloc(struct arena *arena, size_t size);
/* A copy of len bytes with a NUL behind them. */
char *arena_memdupz(struct arena *arena, const void *data, size_t len);
char *arena_strdup(struct arena *arena, const char *text);
/* Frees all that came from the arena and leaves it empty, ready for use. */
void arena_release(struct arena *arena);

#endif
