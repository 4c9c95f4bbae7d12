/* SPDX-License-Identifier: MIT
 *
 * What a revision is called on a command line, looked up: any name of a
 * commit, tag or tree that git knows, and REV:FOLDER.
 */
#ifndef ASYNCGREP_REVISION_H
#define ASYNCGREP_REVISION_H

#include "git/repository.h"

struct revision {
	struct object_id tree; /* the whole of it, also where only a folder is meant */
	char *folder;          /* "sub/dir/" of REV:sub/dir, else ""; owned */
	struct object_id commit; /* whose tree it is, where it is named through a commit or its tag */
	bool has_commit;
};

/*
 * Looks a name up; FOLDER is taken from the top unless it begins with "./" or "../". Errors say what
 * to do, such as to fetch a branch that only a remote has. revision_release is allowed in every case.
 */
int revision_find(struct revision *revision, const struct repository *repo, const char *name, struct error *err);
void revision_release(struct revision *revision);

#endif
