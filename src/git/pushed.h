/* SPDX-License-Identifier: MIT
 *
 * What a push brings: the tree that is pushed, and the one that the other
 * side has already.
 */
#ifndef ASYNCGREP_PUSHED_H
#define ASYNCGREP_PUSHED_H

#include "git/repository.h"

struct pushed {
	struct object_id tree, base;
	bool has_base; /* else the other side has nothing of it */
};

/* The tree of what is pushed. 1: there is none, as for pushed_find. */
int pushed_tree(const struct repository *repo, const char *fresh, struct object_id *tree, struct error *err);
/*
 * fresh and old are object names in hexadecimal as git gives them to hooks, all zeros for none. The base is old; where there is no
 * such object here, it is where the history of fresh parted from those of the references whose names
 * begin with known ("refs/remotes/origin/"). Returns 1 when there is nothing to look at: the reference
 * is deleted, or no tree is pushed. Not thread-safe.
 */
int pushed_find(struct pushed *pushed, const struct repository *repo, const char *old, const char *fresh,
		const char *known, struct error *err);

#endif
