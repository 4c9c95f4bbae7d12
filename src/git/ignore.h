/* SPDX-License-Identifier: MIT
 *
 * Which untracked files git ignores: .gitignore of each folder, info/exclude
 * and core.excludesFile. libgit2 1.5 drops a `!pattern` that takes back what
 * another of these files says, and is slower.
 */
#ifndef ASYNCGREP_IGNORE_H
#define ASYNCGREP_IGNORE_H

#include "base/arena.h"
#include "git/repository.h"

struct ignore_list;

/* Invariant: a struct ignore of zeroes ignores nothing. Lists live until ignore_release. */
struct ignore {
	struct arena arena;
	const struct ignore_list *common; /* what does not stand in the work tree */
};

void ignore_open(struct ignore *ignore, const struct repository *repo);
/*
 * The rules in a folder (open as fd; "dir/" from the top, "" for the top itself): its own .gitignore
 * before those of the folder above it (outer, from the same call for that folder; NULL for the top).
 */
const struct ignore_list *ignore_enter(struct ignore *ignore, const struct ignore_list *outer,
				       int fd, const char *folder);
/*
 * Is this path in that folder, without a slash at its end, ignored? Of folders that are, nothing inside may
 * be asked: it is ignored too, whatever the rules say.
 */
bool ignore_match(const struct ignore_list *list, const char *path, bool is_folder);
void ignore_release(struct ignore *ignore);

#endif
