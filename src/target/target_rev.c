/* SPDX-License-Identifier: MIT
 *
 * The tree of a revision, or a folder of it, from the object database alone.
 */
#include "target/blob_target.h"

#include "git/revision.h"
#include "git/tree.h"

/* Is a folder on the way to the one that is meant, or in it? Both end in a slash, but for the top, "". */
static bool leads_to(const char *folder, const char *wanted)
{
	size_t len = strlen(folder), wanted_len = strlen(wanted);

	return strncmp(folder, wanted, len < wanted_len ? len : wanted_len) == 0;
}

static int list_tree(struct target *target, const struct revision *revision, struct tree_walk *walk, struct error *err)
{
	struct blob_target *blobs = target->data;
	size_t folder_len = strlen(revision->folder);
	struct tree_entry entry;
	int result;

	while ((result = tree_walk_next(walk, &entry, err)) > 0) {
		if ((entry.mode & MODE_TYPE) == MODE_TREE) {
			if (leads_to(entry.path, revision->folder) && tree_walk_enter(walk, &entry, err) < 0)
				return -1;
		} else if (strncmp(entry.path, revision->folder, folder_len) == 0 &&
			   pathspec_match(&blobs->git.pathspec, entry.path)) {
			blob_target_add(target, arena_strdup(&blobs->git.arena, entry.path), entry.mode, &entry.id);
		}
	}
	return result;
}

int target_open_rev(struct target *target, const struct target_options *options, struct error *err)
{
	struct revision revision = { .folder = NULL };
	struct tree_walk walk = { .repo = NULL };
	struct blob_target *blobs;
	int result = -1;

	if (blob_target_open(target, options, err) < 0)
		return -1;
	blobs = target->data;
	if (revision_find(&revision, &blobs->git.repo, options->rev, err) == 0 &&
	    tree_walk_begin(&walk, &blobs->git.repo, &revision.tree, err) == 0 &&
	    list_tree(target, &revision, &walk, err) == 0)
		result = blob_target_finish(target, options, err);
	if (result == 0)
		blobs->git.tree = revision.tree;
	tree_walk_end(&walk);
	revision_release(&revision);
	return result;
}
