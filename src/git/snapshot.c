/* SPDX-License-Identifier: MIT
 *
 * The index or a tree, asked for single files.
 */
#include "git/snapshot.h"

#include "base/alloc.h"
#include "git/tree.h"

static bool is_below(const char *path, const char *folder)
{
	size_t len = strlen(folder);

	return !len || (strncmp(path, folder, len) == 0 && path[len] == '/');
}

/* Has it content, and is it the side of a conflict that counts? */
static bool is_ours(const struct index_entry *entry)
{
	return !entry->intent_to_add && (entry->stage == 0 || entry->stage == 2);
}

static int find_in_index(const struct index *index, const char *path, unsigned int *mode, struct object_id *id)
{
	struct index_entry entry;

	if (*path && index_find(index, path, &entry) && !entry.intent_to_add) {
		*mode = entry.mode;
		*id = entry.id;
		return 0;
	}
	memset(id, 0, sizeof(*id));
	*mode = MODE_TREE;
	for (size_t i = 0; i < index->nr; i++) {
		index_entry_at(index, i, &entry);
		if (is_below(entry.path, path) && is_ours(&entry))
			return 0;
	}
	return 1;
}

int snapshot_find(const struct snapshot *snapshot, const char *path, unsigned int *mode, struct object_id *id,
		  struct error *err)
{
	if (snapshot->index)
		return find_in_index(snapshot->index, path, mode, id);
	return tree_find(snapshot->repo, &snapshot->tree, path, mode, id, err);
}

static void add(struct snapshot_files *files, char *path, unsigned int mode, const struct object_id *id)
{
	ARRAY_GROW(files->items, files->nr + 1, files->alloc);
	files->items[files->nr++] = (struct snapshot_file){ path, mode, *id };
}

static void list_index(const struct index *index, const char *folder, struct snapshot_files *files)
{
	struct index_entry entry;

	for (size_t i = 0; i < index->nr; i++) {
		index_entry_at(index, i, &entry);
		if (is_below(entry.path, folder) && is_ours(&entry))
			add(files, xstrdup(entry.path), entry.mode, &entry.id);
	}
}

static int list_tree(const struct snapshot *snapshot, const char *folder, struct snapshot_files *files,
		     struct error *err)
{
	struct tree_walk walk = { .repo = NULL };
	struct tree_entry entry;
	struct object_id id;
	unsigned int mode;
	int result = tree_find(snapshot->repo, &snapshot->tree, folder, &mode, &id, err);

	if (result || (mode & MODE_TYPE) != MODE_TREE)
		return result < 0 ? -1 : 0;
	result = tree_walk_begin(&walk, snapshot->repo, &id, err);
	while (result >= 0 && (result = tree_walk_file(&walk, &entry, err)) > 0)
		add(files, xasprintf("%s%s%s", folder, *folder ? "/" : "", entry.path), entry.mode, &entry.id);
	tree_walk_end(&walk);
	return result;
}

int snapshot_list(const struct snapshot *snapshot, const char *folder, struct snapshot_files *files, struct error *err)
{
	memset(files, 0, sizeof(*files));
	if (!snapshot->index)
		return list_tree(snapshot, folder, files, err);
	list_index(snapshot->index, folder, files);
	return 0;
}

void snapshot_files_release(struct snapshot_files *files)
{
	for (size_t i = 0; i < files->nr; i++)
		free(files->items[i].path);
	free(files->items);
	memset(files, 0, sizeof(*files));
}
