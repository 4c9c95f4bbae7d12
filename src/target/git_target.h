/* SPDX-License-Identifier: MIT
 *
 * What the targets that git knows have in common: a repository, its index,
 * pathspecs, and paths that are reported relative to the current directory.
 */
#ifndef ASYNCGREP_GIT_TARGET_H
#define ASYNCGREP_GIT_TARGET_H

#include "base/arena.h"
#include "git/index.h"
#include "git/pathspec.h"
#include "git/repository.h"
#include "target/kinds.h"

struct git_target {
	struct repository repo;
	struct index index; /* closed where only a revision is scanned */
	struct object_id tree; /* of that revision */
	struct pathspec pathspec;
	struct arena arena;   /* paths that are not the index's own */
	const char **paths;   /* of each entry, from the top of the work tree; indexed by target_entry.index */
};

/* Opens the repository, its index and the pathspecs. Zeroes become a git_target; release also after failures. */
int git_target_open(struct git_target *git, const struct target_options *options, struct error *err);
/* Does each pathspec match something that was shown to pathspec_match? */
int git_target_check_pathspec(const struct git_target *git, const struct target_options *options, struct error *err);
/*
 * The end of listing: entries, whose paths are from the top of the work tree, get
 * those that are reported; git->paths keeps the others, by target_entry.index, which is set to the place in the list.
 */
void git_target_finish(struct git_target *git, struct target *target);
/* Is a file of this full path in the working tree, tracked or not? */
bool git_target_in_worktree(const struct target *target, const char *full_path);
/* As target_shown_path. */
const char *git_target_shown_path(struct git_target *git, const char *full_path);
void git_target_release(struct git_target *git);

#endif
