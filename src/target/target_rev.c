/* SPDX-License-Identifier: MIT
 *
 * The tree of a revision, or a folder of it, from the object database alone.
 */
#include "target/blob_target.h"

#include "base/alloc.h"
#include "git/revision.h"
#include "git/tree.h"
#include "target/attribute_filter.h"

/* An attributes file of the revision; in the order of paths. */
struct attribute_file {
	const char *path; /* in the target's arena */
	struct object_id id;
};

struct attribute_files {
	struct blob_target *blobs;
	struct attribute_file *items;
	size_t nr, alloc;
};

static void note_attributes(struct attribute_files *files, const struct tree_entry *entry)
{
	const char *slash = strrchr(entry->path, '/');

	if (strcmp(slash ? slash + 1 : entry->path, ".gitattributes") != 0 || (entry->mode & MODE_TYPE) != MODE_FILE)
		return;
	ARRAY_GROW(files->items, files->nr + 1, files->alloc);
	files->items[files->nr++] = (struct attribute_file){
		arena_strdup(&files->blobs->git.arena, entry->path), entry->id
	};
}

static int by_path(const void *path, const void *file)
{
	return strcmp(path, ((const struct attribute_file *)file)->path);
}

static int read_attributes(void *data, const char *path, char **bytes, size_t *len, struct error *err)
{
	const struct attribute_files *files = data;
	const struct attribute_file *found = NULL;

	if (files->nr)
		found = bsearch(path, files->items, files->nr, sizeof(*files->items), by_path);
	return found ? repository_read(&files->blobs->git.repo, &found->id, bytes, len, err) : 1;
}

/* Is a folder on the way to the one that is meant, or in it? Both end in a slash, but for the top, "". */
static bool leads_to(const char *folder, const char *wanted)
{
	size_t len = strlen(folder), wanted_len = strlen(wanted);

	return strncmp(folder, wanted, len < wanted_len ? len : wanted_len) == 0;
}

static int list_tree(struct target *target, const struct revision *revision, struct tree_walk *walk,
		     struct attribute_files *files, struct error *err)
{
	struct blob_target *blobs = target->data;
	size_t folder_len = strlen(revision->folder);
	struct tree_entry entry;
	int result;

	while ((result = tree_walk_next(walk, &entry, err)) > 0) {
		if ((entry.mode & MODE_TYPE) == MODE_TREE) {
			if (leads_to(entry.path, revision->folder) && tree_walk_enter(walk, &entry, err) < 0)
				return -1;
			continue;
		}
		note_attributes(files, &entry);
		if (strncmp(entry.path, revision->folder, folder_len) == 0 &&
		    pathspec_match(&blobs->git.pathspec, entry.path))
			blob_target_add(target, arena_strdup(&blobs->git.arena, entry.path), entry.mode, &entry.id);
	}
	return result;
}

int target_open_rev(struct target *target, const struct target_options *options, struct error *err)
{
	struct revision revision = { .folder = NULL };
	struct tree_walk walk = { .repo = NULL };
	struct attribute_files files = { .items = NULL };
	struct blob_target *blobs;
	int result = -1;

	if (blob_target_open(target, options, err) < 0)
		return -1;
	files.blobs = blobs = target->data;
	if (revision_find(&revision, &blobs->git.repo, options->rev, err) == 0 &&
	    tree_walk_begin(&walk, &blobs->git.repo, &revision.tree, err) == 0 &&
	    list_tree(target, &revision, &walk, &files, err) == 0) {
		attribute_filter(target, options, &(struct attribute_source){ .repo = &blobs->git.repo,
									      .read = read_attributes,
									      .data = &files });
		result = blob_target_finish(target, options, err);
	}
	if (result == 0)
		blobs->git.tree = revision.tree;
	tree_walk_end(&walk);
	revision_release(&revision);
	free(files.items);
	return result;
}
