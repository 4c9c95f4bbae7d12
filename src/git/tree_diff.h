/* SPDX-License-Identifier: MIT
 *
 * Several trees side by side: the files that are not the same in all of
 * them. Folders that are the same are passed by; tree objects that were read
 * stay at hand for the next comparison.
 */
#ifndef ASYNCGREP_TREE_DIFF_H
#define ASYNCGREP_TREE_DIFF_H

#include "git/repository.h"

struct tree_object;

struct tree_diff {
	const struct repository *repo;
	struct tree_object *objects; /* those at hand, by id, oldest first */
	size_t bytes;                /* what they take */
};

/* A file in one of the trees. */
struct tree_side {
	unsigned int mode; /* see enum git_mode; 0: the tree does not have it */
	struct object_id id;
};

/* Answers other than 0 end the comparison. The path is from the top; all is borrowed for the call. */
typedef int (*tree_diff_fn)(void *data, const char *path, const struct tree_side *sides, struct error *err);

void tree_diff_init(struct tree_diff *diff, const struct repository *repo);
/*
 * Compares trees (NULL is one without files) and calls changed for each file that one of them has
 * and another has not, or has otherwise; sides are in the order of the trees. A file and a folder of
 * one name are two things. Returns 0, -1 on errors, or what changed answered.
 */
int tree_diff_run(struct tree_diff *diff, const struct object_id *const *trees, size_t nr,
		  tree_diff_fn changed, void *data, struct error *err);
void tree_diff_release(struct tree_diff *diff);

#endif
