/* SPDX-License-Identifier: MIT
 *
 * What the work tree has and git does not track.
 */
#ifndef ASYNCGREP_UNTRACKED_H
#define ASYNCGREP_UNTRACKED_H

#include "git/index.h"
#include "git/repository.h"

enum untracked {
	UNTRACKED_FILE,
	UNTRACKED_EXECUTABLE,
	UNTRACKED_SYMLINK,
	UNTRACKED_SPECIAL,    /* a FIFO, a device */
	UNTRACKED_IGNORED,    /* not looked into, where it is a folder */
	UNTRACKED_REPOSITORY, /* a folder of somebody else, likewise */
};

/* path is from the top of the work tree, of a folder with a slash at its end, and borrowed for the call. */
typedef void (*untracked_fn)(void *data, const char *path, enum untracked what);

/* Calls found for each, in no order. Folders that cannot be read are complained about and passed by. */
void untracked_list(const struct repository *repo, const struct index *index, untracked_fn found, void *data);

#endif
