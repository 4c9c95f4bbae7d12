/* SPDX-License-Identifier: MIT
 *
 * The entries of a target beside an older tree, both in the order of path
 * bytes. Only where a file is new is the tree read once more, for files that
 * are gone. What the object database does not have, content of the working
 * tree, is hashed, or put there in memory.
 */
#include "target/changes.h"

#include "base/alloc.h"
#include "git/memory.h"
#include "git/object_hash.h"
#include "git/renames.h"
#include "git/tree.h"
#include "target/git_target.h"
#include "target/pyname.h"

/* The older tree, one file ahead of what was asked for. */
struct older {
	struct tree_walk walk;
	struct tree_entry entry;
	bool at_end;
};

struct file_list {
	struct renames_file *items; /* owned */
	size_t *entries;            /* owned; of a new file: its place in the target */
	size_t nr, alloc, alloc_entries;
};

static int older_next(struct older *older, struct error *err)
{
	int result = tree_walk_file(&older->walk, &older->entry, err);

	older->at_end = result == 0;
	return result < 0 ? -1 : 0;
}

static bool is_file(unsigned int mode)
{
	return (mode & MODE_TYPE) == MODE_FILE;
}

/* Is there a file of this path in the older tree? 1: yes, the one at hand. Paths are asked for in order. */
static int older_find(struct older *older, const char *path, struct error *err)
{
	while (!older->at_end && strcmp(older->entry.path, path) < 0)
		if (older_next(older, err) < 0)
			return -1;
	return !older->at_end && strcmp(older->entry.path, path) == 0 && is_file(older->entry.mode);
}

/* -- content */

/* The content's name, where it can be told without reading. */
static bool find_id(const struct target *target, size_t entry, struct object_id *id)
{
	const struct target_entry *at = &target->entries[entry];

	if (!at->id)
		return index_fresh_id(&target->git->index, target->git->repo.worktree, target_full_path(target, entry), id);
	*id = *at->id;
	return true;
}

/* Reads an entry; -1 where that fails: the scan will meet the same and say so. */
static int read_quietly(struct target *target, size_t entry, char **bytes, size_t *len)
{
	struct error err = { NULL };
	enum target_skip skip;
	int result = target_read(target, entry, bytes, len, &skip, &err);

	error_release(&err);
	return result == 0 ? 0 : -1;
}

static bool is_same(struct target *target, size_t entry, const struct object_id *older)
{
	struct object_id id;
	char *bytes;
	size_t len;

	if (!find_id(target, entry, &id)) {
		if (read_quietly(target, entry, &bytes, &len) < 0)
			return false;
		object_hash(bytes, len, &id);
		free(bytes);
	}
	return object_id_equal(&id, older);
}

/* -- renames */

static void file_list_add(struct file_list *list, const char *path, const struct object_id *id, size_t entry)
{
	/* Both sides of a conflict have the same path: they are one file here. */
	if (list->nr && strcmp(list->items[list->nr - 1].path, path) == 0)
		return;
	ARRAY_GROW(list->items, list->nr + 1, list->alloc);
	ARRAY_GROW(list->entries, list->nr + 1, list->alloc_entries);
	list->items[list->nr] = (struct renames_file){ path, *id, NO_RENAME };
	list->entries[list->nr++] = entry;
}

static void file_list_release(struct file_list *list)
{
	free(list->items);
	free(list->entries);
}

/* The new files that may have been others before. */
static int list_fresh(struct file_list *fresh, const struct changes *changes, struct target *target, struct error *err)
{
	struct git_target *git = target->git;
	struct object_id id;
	size_t len;
	char *bytes;

	for (size_t i = 0; i < target->nr; i++) {
		const char *path = target_full_path(target, i);

		if (changes->items[i].has_base || (index_is_open(&git->index) && !index_has(&git->index, path)))
			continue;
		if (target->entries[i].id) {
			file_list_add(fresh, path, target->entries[i].id, i);
			continue;
		}
		if (read_quietly(target, i, &bytes, &len) < 0)
			continue;
		if (memory_put_blob(&git->repo, bytes, len, &id, err) < 0) {
			free(bytes);
			return -1;
		}
		free(bytes);
		file_list_add(fresh, path, &id, i);
	}
	return 0;
}

/* Is a path gone, for git? A file that is still there, but not tracked any more, is. */
static bool is_gone(const struct target *target, const char *path)
{
	const struct index *index = &target->git->index;

	return (index_is_open(index) && !index_has(index, path)) || !target_has(target, path);
}

/* The Python files of the older tree that are no more. */
static int list_gone(struct file_list *gone, const struct target *target, const struct object_id *tree,
		     struct error *err)
{
	struct git_target *git = target->git;
	struct older older = { .at_end = false };
	int result = tree_walk_begin(&older.walk, &git->repo, tree, err);

	while (result == 0 && (result = older_next(&older, err)) == 0 && !older.at_end) {
		const struct tree_entry *entry = &older.entry;

		if (is_file(entry->mode) && pyname_of(entry->path, entry->mode == MODE_EXECUTABLE) != PYNAME_NO &&
		    is_gone(target, entry->path))
			file_list_add(gone, arena_strdup(&git->arena, entry->path), &entry->id, 0);
	}
	tree_walk_end(&older.walk);
	return result;
}

static int find_renames(struct changes *changes, struct target *target, const struct object_id *tree, struct error *err)
{
	struct file_list fresh = { .nr = 0 }, gone = { .nr = 0 };
	int result = list_fresh(&fresh, changes, target, err);

	if (result == 0 && fresh.nr)
		result = list_gone(&gone, target, tree, err);
	if (result == 0)
		result = renames_find(&target->git->repo, gone.items, gone.nr, fresh.items, fresh.nr, err);
	for (size_t i = 0; result == 0 && i < fresh.nr; i++)
		if (fresh.items[i].from != NO_RENAME)
			changes->items[fresh.entries[i]] = (struct change){ gone.items[fresh.items[i].from].id, true };
	file_list_release(&gone);
	file_list_release(&fresh);
	return result;
}

/* -- all of it */

/* Finds the older version of each file by its path. */
static int find_older(struct changes *changes, struct target *target, const struct object_id *tree, struct error *err)
{
	struct older older = { .at_end = false };
	int result = tree_walk_begin(&older.walk, &target->git->repo, tree, err);

	if (result == 0)
		result = older_next(&older, err);
	for (size_t i = 0; result == 0 && i < target->nr; i++) {
		int found = older_find(&older, target_full_path(target, i), err);

		if (found < 0)
			result = -1;
		else if (found)
			changes->items[i] = (struct change){ older.entry.id, true };
	}
	tree_walk_end(&older.walk);
	return result;
}

/* Takes out what is as it was. */
static void drop_same(struct changes *changes, struct target *target)
{
	size_t kept = 0;

	for (size_t i = 0; i < target->nr; i++) {
		if (changes->items[i].has_base && is_same(target, i, &changes->items[i].base)) {
			target_leave_out(target, target_full_path(target, i), SKIP_UNCHANGED);
			continue;
		}
		target->entries[kept] = target->entries[i];
		changes->items[kept++] = changes->items[i];
	}
	target->nr = changes->nr = kept;
}

int changes_narrow(struct changes *changes, struct target *target, const struct object_id *tree, struct error *err)
{
	changes->nr = target->nr;
	changes->items = xcalloc(target->nr + 1, sizeof(*changes->items));
	if (!tree)
		return 0;
	if (find_older(changes, target, tree, err) < 0 || find_renames(changes, target, tree, err) < 0)
		return -1;
	drop_same(changes, target);
	return 0;
}

void changes_release(struct changes *changes)
{
	free(changes->items);
	memset(changes, 0, sizeof(*changes));
}
