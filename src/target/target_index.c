/* SPDX-License-Identifier: MIT
 *
 * The index: all of it, or what the next commit would change, which is the
 * index beside HEAD's tree, both in the order of path bytes. The text is that
 * of the index, never that of the working tree.
 */
#include "target/blob_target.h"

#include "git/tree.h"
#include "target/attribute_filter.h"

/* HEAD's tree, one file ahead of what was asked for. */
struct head {
	struct tree_walk walk;
	struct tree_entry entry;
	bool at_end;
};

static int head_next(struct head *head, struct error *err)
{
	int result = tree_walk_file(&head->walk, &head->entry, err);

	head->at_end = result == 0;
	return result < 0 ? -1 : 0;
}

/* Begins at the first file; where HEAD has no commit, there is none. */
static int head_begin(struct head *head, const struct repository *repo, struct error *err)
{
	struct object_id tree;
	int result = repository_head_tree(repo, &tree, err);

	head->at_end = result > 0;
	if (result)
		return result < 0 ? -1 : 0;
	if (tree_walk_begin(&head->walk, repo, &tree, err) < 0)
		return -1;
	return head_next(head, err);
}

/* Goes on to the first file that is not before path. Those in between are gone from the index. */
static int head_seek(struct head *head, const char *path, struct pathspec *pathspec, struct error *err)
{
	while (!head->at_end && strcmp(head->entry.path, path) < 0) {
		pathspec_match(pathspec, head->entry.path); /* a deleted file may be named */
		if (head_next(head, err) < 0)
			return -1;
	}
	return 0;
}

static bool same_as_head(const struct head *head, const struct index_entry *entry)
{
	return !head->at_end && strcmp(head->entry.path, entry->path) == 0 &&
		head->entry.mode == entry->mode && object_id_equal(&head->entry.id, &entry->id);
}

/* Without a head all entries differ from it. */
static int list(struct target *target, struct head *head, struct error *err)
{
	struct blob_target *blobs = target->data;
	struct pathspec *pathspec = &blobs->git.pathspec;
	struct index_entry entry, ours = { .path = "" };

	for (size_t i = 0; i < blobs->git.index.nr; i++) {
		index_entry_at(&blobs->git.index, i, &entry);
		if (head_seek(head, entry.path, pathspec, err) < 0)
			return -1;
		if (!pathspec_match(pathspec, entry.path) || entry.intent_to_add || entry.stage == 1)
			continue;
		if (entry.stage == 2)
			ours = entry;
		/* Both sides may have come to the same text. */
		if (entry.stage == 3 && strcmp(ours.path, entry.path) == 0 && object_id_equal(&ours.id, &entry.id))
			continue;
		if (!same_as_head(head, &entry))
			blob_target_add(target, entry.path, entry.mode, &entry.id);
	}
	while (!head->at_end) {
		pathspec_match(pathspec, head->entry.path);
		if (head_next(head, err) < 0)
			return -1;
	}
	return 0;
}

static int open_index(struct target *target, const struct target_options *options, bool beside_head, struct error *err)
{
	struct head head = { .at_end = true };
	struct blob_target *blobs;
	int result;

	if (blob_target_open(target, options, err) < 0)
		return -1;
	blobs = target->data;
	result = beside_head ? head_begin(&head, &blobs->git.repo, err) : 0;
	if (result == 0)
		result = list(target, &head, err);
	if (result == 0) {
		attribute_filter(target, options, &blobs->git.repo, attribute_filter_read_index, &blobs->git);
		result = blob_target_finish(target, options, err);
	}
	tree_walk_end(&head.walk);
	return result;
}

int target_open_staged(struct target *target, const struct target_options *options, struct error *err)
{
	return open_index(target, options, true, err);
}

int target_open_index(struct target *target, const struct target_options *options, struct error *err)
{
	return open_index(target, options, false, err);
}
