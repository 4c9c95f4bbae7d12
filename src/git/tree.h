/* SPDX-License-Identifier: MIT
 *
 * A walk over a tree and all below it, in the order of path bytes: that of
 * the index, so that the two can be read side by side.
 */
#ifndef ASYNCGREP_TREE_H
#define ASYNCGREP_TREE_H

#include "base/strbuf.h"
#include "git/repository.h"

struct tree_entry {
	const char *path;  /* from the root of the tree; a folder's ends in a slash; borrowed until the next call */
	unsigned int mode; /* see enum git_mode */
	struct object_id id;
};

struct tree_frame;

struct tree_walk {
	const struct repository *repo;
	struct tree_frame *frames; /* the folders we are in, outermost first */
	size_t nr, alloc;
	struct strbuf path;
};

int tree_walk_begin(struct tree_walk *walk, const struct repository *repo,
		    const struct object_id *tree, struct error *err);
/* 1: *entry is the next one; 0: there are no more; -1: an object cannot be read. */
int tree_walk_next(struct tree_walk *walk, struct tree_entry *entry, struct error *err);
/* After a folder came: go into it. Without this call the walk passes it by. */
int tree_walk_enter(struct tree_walk *walk, const struct tree_entry *folder, struct error *err);
/* As tree_walk_next, through all folders: the next entry that is none. */
int tree_walk_file(struct tree_walk *walk, struct tree_entry *entry, struct error *err);
/* Is there a file of this path below a tree? */
bool tree_has(const struct repository *repo, const struct object_id *tree, const char *path);
/* Also after tree_walk_begin failed. */
void tree_walk_end(struct tree_walk *walk);

/* The file or folder of a path in a tree, without a slash at its end: 0; 1: it has none; -1: an object cannot be read. */
int tree_find(const struct repository *repo, const struct object_id *tree, const char *path,
	      unsigned int *mode, struct object_id *id, struct error *err);

/*
 * Reads the entry at a position of a tree object's bytes, which moves on to the next one; name points
 * into them. -1: they are no tree.
 */
int tree_parse(struct text tree, size_t *pos, unsigned int *mode, struct text *name, struct object_id *id);

#endif
