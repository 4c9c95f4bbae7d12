/* SPDX-License-Identifier: MIT
 *
 * The folder that holds cache files: one for each digest (of rules, options,
 * program), named after it. In a folder that has other files too only these are
 * touched.
 */
#ifndef ASYNCGREP_CACHE_FOLDER_H
#define ASYNCGREP_CACHE_FOLDER_H

#include "git/repository.h"

/* No more files than this, nor bytes in all of them; those go that were used least lately. */
#define CACHE_FILES_MAX 8
#define CACHE_FOLDER_MAX (128u << 20)

/* The file for a digest; malloc'd. */
char *cache_folder_file(const char *folder, const struct object_id *digest);
/* Puts these bytes in the place of the file, and keeps the bounds. -1: it is as it was; the message says why. */
int cache_folder_replace(const char *folder, const char *file, const char *bytes, size_t len, struct error *err);
/*
 * Removes all cache files, and the folder if nothing else is in it. *files and *bytes say how many it were. A
 * folder that is not there is empty. -1: some are still there.
 */
int cache_folder_clear(const char *folder, size_t *files, uint64_t *bytes, struct error *err);

#endif
