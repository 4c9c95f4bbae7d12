/* SPDX-License-Identifier: MIT
 *
 * What the index knows of trees (its extension "TREE", gitformat-index(5)): the
 * id of each folder whose entries have not changed since its tree was
 * written.
 *
 * Invariant: a struct cache_tree of zeroes knows nothing.
 */
#ifndef ASYNCGREP_CACHE_TREE_H
#define ASYNCGREP_CACHE_TREE_H

#include "base/arena.h"
#include "git/index.h"

#include <uthash.h>

struct cache_tree_folder {
	const char *path;    /* as "sub/dir/", "" for the top */
	size_t nr;           /* entries of the index below it */
	struct object_id id; /* the tree that they make */
	UT_hash_handle hh;
};

struct cache_tree {
	struct arena arena;
	struct cache_tree_folder *folders; /* hash table by path, in the arena */
};

/* Where there is no such extension, or it is not sound, nothing is known. */
void cache_tree_read(struct cache_tree *tree, const struct index *index);
/* How many entries of the index, from the one at i on, are in a folder and make this tree. 0: not known. */
size_t cache_tree_same(const struct cache_tree *tree, const struct index *index, size_t i,
		       const char *folder, const struct object_id *id);
void cache_tree_release(struct cache_tree *tree);

#endif
