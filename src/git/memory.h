/* SPDX-License-Identifier: MIT
 *
 * Objects that the repository seems to have, but only in this process:
 * content of the working tree to be compared, and commits as a shallow clone
 * has to see them. Nothing is ever written to the object store.
 *
 * Not thread-safe: objects are put there before the threads begin.
 */
#ifndef ASYNCGREP_MEMORY_H
#define ASYNCGREP_MEMORY_H

#include "git/repository.h"

/* From now on, repository_read and libgit2 find these bytes (copied) as a blob; *id is its name. */
int memory_put_blob(struct repository *repo, const char *bytes, size_t len, struct object_id *id, struct error *err);
/* The same for a commit under a name that need not be its own. */
int memory_put_commit(struct repository *repo, const char *bytes, size_t len, const struct object_id *id,
		      struct error *err);

#endif
