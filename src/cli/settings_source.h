/* SPDX-License-Identifier: MIT
 *
 * Where the configuration and the rule files that it names come from: from
 * what is scanned. Of the working tree that is its root; of the index, of a
 * revision, of a push it is the index or that tree, so that what is committed
 * says how it is checked; with --trusted-config it is another revision,
 * whatever is scanned. Plain files: the root of the repository around the
 * current directory; outside of one, that directory and no other.
 *
 * Symbolic links are refused: of a tree they would lead out of it.
 */
#ifndef ASYNCGREP_SETTINGS_SOURCE_H
#define ASYNCGREP_SETTINGS_SOURCE_H

#include "cli/options.h"
#include "git/snapshot.h"
#include "target/push_updates.h"

struct ruleset;
struct yaml_node;

#define SETTINGS_FILE ".asyncgrep.yaml"

/* One of several trees that are pushed. */
struct settings_tree {
	struct object_id tree;
	const char *name; /* of what is pushed: hexadecimal digits; borrowed */
};

/* Invariant: zeroes are a place where there is nothing. */
struct settings_source {
	struct repository repo;   /* open where git had to be asked, until a target takes it over */
	struct index index;       /* likewise */
	struct snapshot snapshot; /* of what git stores; repo is NULL: files on disk */
	struct push_updates updates; /* what standard input said */
	struct settings_tree *others; /* more trees, which have to say the same */
	size_t nr_others;
	bool links;               /* on disk: links are followed and any path goes, since the user named the file */
	char *folder;             /* what stands before paths, on disk and in messages: "", "../", "v1.0:"; NULL: nowhere */
	char *prefix, *top;       /* of plain files: the current directory from the root ("sub/"), and the root; or NULL */
	char *name;               /* of the configuration file, with the folder: for messages */
};

/*
 * Finds the place, and lets the options' target have what was opened for it. What the target would complain of is left to
 * it, where the place does not depend on it.
 */
int settings_source_open(struct settings_source *source, struct options *options, struct error *err);
/* Reads the file: *bytes is malloc'd. 1: there is none. */
int settings_source_read(const struct settings_source *source, char **bytes, size_t *len, struct error *err);
/* There is none in the index, but one in the work tree that nobody added. */
bool settings_source_misses(const struct settings_source *source);
/* Adds the rule files of a path in the configuration. */
int settings_source_add_rules(const struct settings_source *source, struct ruleset *set, const struct yaml_node *path,
			    struct error *err);
void settings_source_close(struct settings_source *source);

#endif
