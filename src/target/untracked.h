/* SPDX-License-Identifier: MIT
 *
 * Files of the work tree that git neither tracks nor ignores.
 */
#ifndef ASYNCGREP_UNTRACKED_H
#define ASYNCGREP_UNTRACKED_H

#include "git/index.h"
#include "git/repository.h"

/*
 * Calls found for each, in no order; path is from the top of the work tree and
 * borrowed for the call. A negative answer ends the walk and is returned. Folders that cannot
 * be read are complained about and passed by; repositories inside of this one belong to others.
 */
int untracked_list(const struct repository *repo, const struct index *index,
		   int (*found)(void *data, const char *path, bool executable), void *data);

#endif
