/* SPDX-License-Identifier: MIT
 *
 * What the next commit would change: the index beside HEAD's tree, both in
 * the order of path bytes. The text is that of the index, never that of the
 * working tree.
 */
#include "target/git_target.h"

#include "base/alloc.h"
#include "git/tree.h"
#include "target/pyname.h"

struct staged {
	struct git_target git;
	struct object_id *ids; /* the content of each entry */
	size_t nr, alloc;
};

/* HEAD's tree, one file ahead of what was asked for. */
struct head {
	struct tree_walk walk;
	struct tree_entry entry;
	bool at_end;
};

static int read_entry(struct target *target, const struct target_entry *entry, char **raw, size_t *len,
		      enum target_skip *skip, struct error *err)
{
	struct staged *staged = target->data;

	(void)skip;
	if (!raw)
		return 0;
	if (repository_read(&staged->git.repo, &staged->ids[entry->index], raw, len, err) < 0)
		return error_prefix(err, "%s", entry->path);
	return 0;
}

static void release(struct target *target)
{
	struct staged *staged = target->data;

	git_target_release(&staged->git);
	free(staged->ids);
	free(staged);
}

static const struct target_ops staged_ops = { read_entry, release };

static int head_next(struct head *head, struct error *err)
{
	int result = tree_walk_next(&head->walk, &head->entry, err);

	while (result > 0 && (head->entry.mode & MODE_TYPE) == MODE_TREE) {
		if (tree_walk_enter(&head->walk, &head->entry, err) < 0)
			return -1;
		result = tree_walk_next(&head->walk, &head->entry, err);
	}
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

/* Does the content's first line say Python, where the name does not tell? -1: it cannot be read. */
static int is_python(struct staged *staged, const struct index_entry *entry, struct error *err)
{
	enum pyname name = pyname_of(entry->path, entry->mode == MODE_EXECUTABLE);
	char *bytes;
	size_t len;
	int python;

	if (name != PYNAME_MAYBE)
		return name == PYNAME_YES;
	if (repository_read(&staged->git.repo, &entry->id, &bytes, &len, err) < 0)
		return error_prefix(err, "%s", entry->path);
	python = shebang_is_python(bytes, len);
	free(bytes);
	return python;
}

/* An index entry that differs from HEAD. */
static void take(struct target *target, const struct index_entry *entry)
{
	struct staged *staged = target->data;
	struct error err = { 0 };
	int python = 0;

	if ((entry->mode & MODE_TYPE) == MODE_SUBMODULE) {
		target->skipped[SKIP_SUBMODULE]++;
		return;
	}
	if ((entry->mode & MODE_TYPE) == MODE_SYMLINK) {
		target->skipped[SKIP_SYMLINK] += pyname_of(entry->path, false) == PYNAME_YES;
		return;
	}
	python = is_python(staged, entry, &err);
	if (python < 0) {
		complain_error(&err);
	} else if (!python) {
		target->skipped[SKIP_NOT_PYTHON]++;
	} else {
		ARRAY_GROW(staged->ids, staged->nr + 1, staged->alloc);
		staged->ids[staged->nr++] = entry->id;
		target_add(target, entry->path, 0);
	}
}

static int list_staged(struct target *target, struct head *head, struct error *err)
{
	struct staged *staged = target->data;
	struct pathspec *pathspec = &staged->git.pathspec;
	struct index_entry entry, ours = { .path = "" };

	for (size_t i = 0; i < staged->git.index.nr; i++) {
		index_entry_at(&staged->git.index, i, &entry);
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
			take(target, &entry);
	}
	while (!head->at_end) {
		pathspec_match(pathspec, head->entry.path);
		if (head_next(head, err) < 0)
			return -1;
	}
	return 0;
}

int target_open_staged(struct target *target, const struct target_options *options, struct error *err)
{
	struct staged *staged = xcalloc(1, sizeof(*staged));
	struct head head = { .at_end = true };
	int result;

	target->data = staged;
	target->ops = &staged_ops;
	if (git_target_open(&staged->git, options, err) < 0)
		return -1;
	result = head_begin(&head, &staged->git.repo, err);
	if (result == 0)
		result = list_staged(target, &head, err);
	if (result == 0)
		result = git_target_check_pathspec(&staged->git, options, err);
	if (result == 0)
		git_target_finish(&staged->git, target);
	tree_walk_end(&head.walk);
	return result;
}
