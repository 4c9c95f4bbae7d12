/* SPDX-License-Identifier: MIT
 *
 * The index: all of it, or what the next commit would change, which is the
 * index beside HEAD's tree, both in the order of path bytes. The text is that
 * of the index, never that of the working tree.
 */
#include "target/blob_target.h"

#include "git/cache_tree.h"
#include "git/tree.h"
#include "target/attribute_filter.h"

/* HEAD's tree, one entry ahead of what was asked for. */
struct head {
	struct tree_walk walk;
	struct tree_entry entry; /* a file, or a folder that was not entered yet */
	bool at_end;
	struct cache_tree known; /* folders that need no comparing */
};

static int head_next(struct head *head, struct error *err)
{
	int result = tree_walk_next(&head->walk, &head->entry, err);

	head->at_end = result == 0;
	return result < 0 ? -1 : 0;
}

/* Begins at the first entry; where HEAD has no commit, or all of its tree is in the index as it was, there is none. */
static int head_begin(struct head *head, const struct target *target, size_t *i, struct error *err)
{
	const struct git_target *git = target->git;
	struct object_id tree;
	int result = repository_head_tree(&git->repo, &tree, err);

	head->at_end = result > 0;
	if (result)
		return result < 0 ? -1 : 0;
	/* A pathspec has to see each path, to know whether it matches one; and who asks, each that is unchanged. */
	if (!git->pathspec.nr && target->keep != KEEP_ALL)
		cache_tree_read(&head->known, &git->index);
	*i = cache_tree_same(&head->known, &git->index, 0, "", &tree);
	head->at_end = *i > 0;
	if (*i)
		return 0;
	if (tree_walk_begin(&head->walk, &git->repo, &tree, err) < 0)
		return -1;
	return head_next(head, err);
}

/* At a folder in which the index has something (entry, at *i), too: goes in, or moves *i behind what is as in HEAD. */
static int head_enter(struct head *head, const struct git_target *git, size_t *i, struct error *err)
{
	size_t same = cache_tree_same(&head->known, &git->index, *i, head->entry.path, &head->entry.id);

	*i += same;
	return same ? 0 : tree_walk_enter(&head->walk, &head->entry, err);
}

/*
 * Goes on to the first file that is not before the one at *i in the index, which is put in *entry. Those in
 * between are gone from the index; a pathspec may name them.
 */
static int head_seek(struct head *head, struct git_target *git, size_t *i, struct index_entry *entry, struct error *err)
{
	int result = 0;

	while (result == 0 && *i < git->index.nr) {
		const char *path = head->entry.path;
		bool folder = !head->at_end && (head->entry.mode & MODE_TYPE) == MODE_TREE;

		index_entry_at(&git->index, *i, entry);
		if (head->at_end)
			break;
		if (folder && strncmp(entry->path, path, strlen(path)) == 0)
			result = head_enter(head, git, i, err);
		else if (strcmp(path, entry->path) >= 0)
			break;
		else if (folder && git->pathspec.nr)
			result = tree_walk_enter(&head->walk, &head->entry, err);
		else
			pathspec_match(&git->pathspec, path);
		if (result == 0)
			result = head_next(head, err);
	}
	return result;
}

/* What is left of HEAD is gone from the index. */
static int head_finish(struct head *head, struct git_target *git, struct error *err)
{
	while (!head->at_end && git->pathspec.nr) {
		if ((head->entry.mode & MODE_TYPE) != MODE_TREE)
			pathspec_match(&git->pathspec, head->entry.path);
		else if (tree_walk_enter(&head->walk, &head->entry, err) < 0)
			return -1;
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

/* Is it the whole of a conflict, of which neither side has the file? */
static bool is_deleted_by_both(const struct git_target *git, size_t i, const struct index_entry *base)
{
	struct index_entry next;

	if (i + 1 == git->index.nr)
		return true;
	index_entry_at(&git->index, i + 1, &next);
	return strcmp(next.path, base->path) != 0;
}

/* Adds an entry that is meant, unless it is as HEAD has it. */
static void take(struct target *target, const struct head *head, size_t i, const struct index_entry *entry,
		 const struct index_entry *ours)
{
	if (entry->intent_to_add) {
		target_leave_out(target, entry->path, SKIP_ANNOUNCED);
	} else if (entry->stage == 1) {
		if (is_deleted_by_both(target->git, i, entry))
			target_leave_out(target, entry->path, SKIP_BOTH_DELETED);
	} else if (entry->stage == 3 && strcmp(ours->path, entry->path) == 0 && object_id_equal(&ours->id, &entry->id)) {
		return; /* both sides came to the same text */
	} else if (same_as_head(head, entry)) {
		target_leave_out(target, entry->path, SKIP_UNCHANGED);
	} else {
		blob_target_add(target, entry->path, entry->mode, &entry->id);
	}
}

/* Adds the entries from the one at i on; without a head all differ from it. */
static int list(struct target *target, struct head *head, size_t i, struct error *err)
{
	struct git_target *git = target->git;
	struct index_entry entry, ours = { .path = "" };

	for (; i < git->index.nr; i++) {
		if (head_seek(head, git, &i, &entry, err) < 0)
			return -1;
		if (i == git->index.nr)
			break;
		if (!pathspec_match(&git->pathspec, entry.path))
			continue;
		if (entry.stage == 2)
			ours = entry;
		take(target, head, i, &entry, &ours);
	}
	return head_finish(head, git, err);
}

static int open_index(struct target *target, const struct target_options *options, bool beside_head, struct error *err)
{
	struct head head = { .at_end = true };
	struct git_target *git;
	size_t first = 0;
	int result;

	if (blob_target_open(target, options, err) < 0)
		return -1;
	git = target->git;
	result = beside_head ? head_begin(&head, target, &first, err) : 0;
	if (result == 0)
		result = list(target, &head, first, err);
	if (result == 0) {
		attribute_filter(target, options, &(struct attribute_source){ .repo = &git->repo,
									      .read = attribute_filter_read_index,
									      .data = git });
		result = blob_target_finish(target, options, err);
	}
	tree_walk_end(&head.walk);
	cache_tree_release(&head.known);
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
