/* SPDX-License-Identifier: MIT
 *
 * What has changed since an older tree: narrows a target to the files whose
 * content is another than there, and says for each which blob it was, through
 * renames.
 *
 * A file is compared with the one of its path. One that git tracks and
 * whose path is new may be a renamed one of those that are gone, as
 * git diff -M has it. Untracked files of a new path are new as a whole. Links and
 * submodules of the old tree are no files.
 */
#ifndef ASYNCGREP_CHANGES_H
#define ASYNCGREP_CHANGES_H

#include "git/repository.h"
#include "target/target.h"

struct change {
	struct object_id base; /* the older version */
	bool has_base;
};

/* Invariant: zeroes are empty. */
struct changes {
	struct change *items; /* owned; by the place of the entry in target->entries */
	size_t nr;
};

/*
 * The target has to be one that git knows. tree NULL: there is nothing older, all files have changed.
 * What cannot be read stays in the target, so that scanning it says so.
 */
int changes_narrow(struct changes *changes, struct target *target, const struct object_id *tree, struct error *err);
void changes_release(struct changes *changes);

#endif
