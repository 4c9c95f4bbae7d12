/* SPDX-License-Identifier: MIT
 *
 * Takes out of a target what .gitattributes keep out, and marks what they convert.
 */
#ifndef ASYNCGREP_ATTRIBUTE_FILTER_H
#define ASYNCGREP_ATTRIBUTE_FILTER_H

#include "git/attributes.h"
#include "target/git_target.h"

/* Some entries of a target, and where their attributes come from. */
struct attribute_source {
	size_t first;                  /* the entry that they begin with; they go on to the last */
	const struct repository *repo; /* that they lie in, */
	size_t base;                   /* from this byte of their paths on, */
	attributes_read_fn read;       /* and this is how, as for attributes_open */
	void *data;
	bool only_top;                 /* it is known that no folder below the top has a .gitattributes */
};

/*
 * Leaves out such entries, unless the options say no; and where they want to know, marks those that are converted. Goes
 * before git_target_finish: paths are those from the top.
 */
void attribute_filter(struct target *target, const struct target_options *options,
		      const struct attribute_source *source);
/* Is one path kept out? Then it is left out. */
bool attribute_filter_drops(struct target *target, struct attributes *attributes, const char *path, size_t base);
/* Reads the files as the index has them; data is the struct git_target. */
int attribute_filter_read_index(void *data, const char *path, char **bytes, size_t *len, struct error *err);

#endif
