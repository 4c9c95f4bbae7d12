/* SPDX-License-Identifier: MIT
 *
 * Which of the files that are new was which of those that are gone, as git
 * diff -M finds it: by at least half of their content.
 */
#ifndef ASYNCGREP_RENAMES_H
#define ASYNCGREP_RENAMES_H

#include "git/repository.h"

struct renames_file {
	const char *path;    /* unique on its side; borrowed */
	struct object_id id; /* of a blob that the repository has, be it in memory only */
	size_t from;         /* answer, of a new file: index of the old one, or NO_RENAME */
};

#define NO_RENAME SIZE_MAX

/* Both lists are sorted by the bytes of the path. */
int renames_find(const struct repository *repo, const struct renames_file *gone, size_t nr_gone,
		 struct renames_file *fresh, size_t nr_fresh, struct error *err);

#endif
