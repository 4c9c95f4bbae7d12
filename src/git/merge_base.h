/* SPDX-License-Identifier: MIT
 *
 * Where two lines of history parted: what is new since then is compared with
 * the tree of that commit.
 */
#ifndef ASYNCGREP_MERGE_BASE_H
#define ASYNCGREP_MERGE_BASE_H

#include "git/repository.h"

/*
 * The tree of the best common ancestor of two revisions (of several, the one that git
 * merge-base names first). 1: HEAD is the second one, and its branch has no commit yet. -1: one of them is no commit, or they
 * have no common ancestor: the message says how to get one into a shallow clone. Not thread-safe.
 */
int merge_base_tree(struct repository *repo, const char *since, const char *scanned,
		    struct object_id *tree, struct error *err);

#endif
