/* SPDX-License-Identifier: MIT
 *
 * Takes out of a target what .gitattributes keep out, and marks what they convert.
 */
#ifndef ASYNCGREP_ATTRIBUTE_FILTER_H
#define ASYNCGREP_ATTRIBUTE_FILTER_H

#include "git/attributes.h"
#include "target/git_target.h"

/*
 * Leaves out entries from the one at `first` on, unless the options say no; and where they want to know,
 * marks those that are converted. Goes before git_target_finish:
 * paths are those from the top; repo is the repository that they lie in, from their byte at `base` on.
 * read and data are as for attributes_open.
 */
void attribute_filter(struct target *target, size_t first, size_t base, const struct target_options *options,
		      const struct repository *repo, attributes_read_fn read, void *data);
/* Is one path kept out? Then it is left out. */
bool attribute_filter_drops(struct target *target, struct attributes *attributes, const char *path, size_t base);
/* Reads the files as the index has them; data is the struct git_target. */
int attribute_filter_read_index(void *data, const char *path, char **bytes, size_t *len, struct error *err);

#endif
