/* SPDX-License-Identifier: MIT
 *
 * What the entries of TARGET_HISTORY are: which commit made which file what
 * it is. Entries are named by their place in the target; each is one content,
 * whatever paths and commits have it.
 */
#ifndef ASYNCGREP_VERSIONS_H
#define ASYNCGREP_VERSIONS_H

#include "git/repository.h"

/* In the place of an entry: there is no such file, or it is not Python. */
#define NO_VERSION UINT32_MAX

/* A file that a commit has otherwise than one of its parents. */
struct version_change {
	uint32_t path;             /* index in versions.paths */
	uint32_t fresh;            /* the entry that the commit has, or NO_VERSION */
	size_t first_old, nr_olds; /* in versions.olds: those that the parents have */
};

struct version_commit {
	struct object_id id;
	size_t first, nr; /* in versions.changes */
};

/* A file as a commit has it that nothing in the range is built on. */
struct version_tip {
	uint32_t path, entry;
};

struct versions {
	const char **paths; /* from the top */
	size_t nr_paths, paths_alloc;
	struct version_commit *commits; /* those that change anything; newest first, none before its children */
	size_t nr_commits, commits_alloc;
	struct version_change *changes;
	size_t nr_changes, changes_alloc;
	uint32_t *olds;
	size_t nr_olds, olds_alloc;
	struct version_tip *tips;
	size_t nr_tips, tips_alloc;
};

#endif
