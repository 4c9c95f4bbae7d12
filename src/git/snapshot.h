/* SPDX-License-Identifier: MIT
 *
 * The files of one version that git stores, the index or a tree: to read
 * single ones of them, and what lies in a folder.
 */
#ifndef ASYNCGREP_SNAPSHOT_H
#define ASYNCGREP_SNAPSHOT_H

#include "git/index.h"
#include "git/repository.h"

struct snapshot {
	const struct repository *repo; /* borrowed */
	const struct index *index;     /* borrowed; NULL: the tree */
	struct object_id tree;
};

/*
 * What a path is, "" for the top: 0; 1: there is nothing of this name (a file that `git add -N` announced has no
 * content); -1: an object cannot be read. Of a conflict our side counts. The id of a folder of the index is zeroes.
 */
int snapshot_find(const struct snapshot *snapshot, const char *path, unsigned int *mode, struct object_id *id,
		  struct error *err);

struct snapshot_file {
	char *path;        /* from the top; owned by the list */
	unsigned int mode; /* see enum git_mode */
	struct object_id id;
};

struct snapshot_files {
	struct snapshot_file *items;
	size_t nr, alloc;
};

/* All that is below a folder, in the order of path bytes, submodules and links too. Release it in every case. */
int snapshot_list(const struct snapshot *snapshot, const char *folder, struct snapshot_files *files, struct error *err);
void snapshot_files_release(struct snapshot_files *files);

#endif
