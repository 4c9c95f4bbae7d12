/* SPDX-License-Identifier: MIT
 *
 * What the targets have in common whose text is in the object database: the
 * index, what is staged in it, revisions.
 */
#ifndef ASYNCGREP_BLOB_TARGET_H
#define ASYNCGREP_BLOB_TARGET_H

#include "target/git_target.h"

struct blob_target {
	struct git_target git;
	struct object_id *ids; /* the content of each entry, by target_entry.index */
	size_t nr, alloc;
};

/* Makes target->data a struct blob_target and opens what git_target_open does. */
int blob_target_open(struct target *target, const struct target_options *options, struct error *err);
/*
 * Adds a file of this mode (enum git_mode) and content if it is Python, else leaves it out. The path is from the top of
 * the work tree and borrowed for the life of the target.
 */
void blob_target_add(struct target *target, const char *path, unsigned int mode, const struct object_id *id);
/* The end of listing: see git_target_check_pathspec and git_target_finish. */
int blob_target_finish(struct target *target, const struct target_options *options, struct error *err);

#endif
