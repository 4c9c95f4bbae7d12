/* SPDX-License-Identifier: MIT
 *
 * What .gitattributes say of files.
 *
 * They keep out those that are -asyncgrep, linguist-generated or
 * linguist-vendored; an asyncgrep without the minus keeps one in, whatever else is said of it.
 *
 * They convert those that have a filter, an ident or a working-tree-encoding: what git stores is not
 * what stands in the working tree. Ends of lines are not meant: whether they
 * were converted, the text shows.
 *
 * The reference is `git
 * check-attr`. libgit2 1.5 cannot be asked for the attributes of one tree
 * alone (it mixes the index's in), and takes longer than the scan.
 *
 * Paths should come in the order of their bytes, so that each folder's file
 * is read once.
 */
#ifndef ASYNCGREP_ATTRIBUTES_H
#define ASYNCGREP_ATTRIBUTES_H

#include "git/repository.h"

/*
 * Reads a file called .gitattributes, its path given from the top: 0, and *bytes (malloc'd) and *len are set; 1: there is none;
 * -1: it cannot be read.
 */
typedef int (*attributes_read_fn)(void *data, const char *path, char **bytes, size_t *len, struct error *err);

struct attributes;

/*
 * Reads what does not stand in folders (info/attributes, core.attributesFile, the system's) and the one at the top.
 * data is borrowed. Files that cannot be read are complained of, and have no say.
 */
struct attributes *attributes_open(const struct repository *repo, attributes_read_fn read, void *data);

/* Does what was read so far, of which nothing stands in a folder below the top, say anything? */
bool attributes_have_rules(const struct attributes *attributes);

/* What keeps a file out; of several the first. */
enum attributes_answer {
	ATTRIBUTES_NOTHING,
	ATTRIBUTES_OWN, /* -asyncgrep */
	ATTRIBUTES_GENERATED,
	ATTRIBUTES_VENDORED,
};
/* What keeps this file (from the top) out? *converted, unless it is NULL: do they convert it? */
enum attributes_answer attributes_keep_out(struct attributes *attributes, const char *path, bool *converted);
void attributes_free(struct attributes *attributes);

#endif
