/* SPDX-License-Identifier: MIT
 *
 * Tracked files as they stand in the working tree: the index says which they
 * are, the work tree what is in them. With --untracked also what git would
 * list as untracked.
 */
#include "target/git_target.h"

#include "base/alloc.h"
#include "target/attribute_filter.h"
#include "target/beneath.h"
#include "target/pyname.h"
#include "target/untracked.h"

struct worktree {
	struct git_target git;
	struct beneath beneath;
};

static int read_entry(struct target *target, const struct target_entry *entry, char **raw, size_t *len,
		      enum target_skip *skip, struct error *err)
{
	struct worktree *worktree = target->data;
	size_t size;
	int fd, result = beneath_open(&worktree->beneath, worktree->git.paths[entry->index],
				      raw ? &fd : NULL, &size, skip, err);

	if (result == 0 && raw)
		result = read_and_close(fd, size, raw, len, err);
	return result < 0 ? error_prefix(err, "%s", entry->path) : result;
}

static void release(struct target *target)
{
	struct worktree *worktree = target->data;

	git_target_release(&worktree->git);
	beneath_release(&worktree->beneath);
	free(worktree);
}

static const struct target_ops worktree_ops = { read_entry, release };

/* Reads the first line of a file whose name does not tell. 1: Python; 0: not, or counted as skipped; -1: error. */
static int is_python(struct target *target, const char *path, struct error *err)
{
	struct worktree *worktree = target->data;
	enum target_skip skip;
	size_t size;
	int fd, result = beneath_open(&worktree->beneath, path, &fd, &size, &skip, err);

	if (result == 0)
		result = shebang_and_close(fd, err);
	else if (result > 0)
		result = 0; /* nobody said that it was Python: not worth a word */
	return result;
}

/* Adds a path if it is a Python file. */
static int consider(struct target *target, const char *path, bool executable)
{
	enum pyname name = pyname_of(path, executable);
	struct error err = { 0 };
	int python = name == PYNAME_YES;

	if (name == PYNAME_MAYBE)
		python = is_python(target, path, &err);
	if (python < 0) {
		/* Whether it should have been scanned cannot be told; that is an error of this file, not of all. */
		error_prefix(&err, "%s", path);
		complain_error(&err);
		return 0;
	}
	if (python)
		target_add(target, path, 0);
	else
		target->skipped[SKIP_NOT_PYTHON]++;
	return python;
}

static void list_tracked(struct target *target)
{
	struct worktree *worktree = target->data;
	const char *previous = "";
	struct index_entry entry;

	for (size_t i = 0; i < worktree->git.index.nr; i++) {
		index_entry_at(&worktree->git.index, i, &entry);
		if (!pathspec_match(&worktree->git.pathspec, entry.path))
			continue;
		/* The stages of a conflict are one file here. */
		if (entry.stage && strcmp(entry.path, previous) == 0)
			continue;
		previous = entry.path;
		if ((entry.mode & MODE_TYPE) == MODE_SUBMODULE)
			target->skipped[SKIP_SUBMODULE]++;
		else
			consider(target, entry.path, entry.mode == MODE_EXECUTABLE);
	}
}

static int take_untracked(void *data, const char *path, bool executable)
{
	struct target *target = data;
	struct worktree *worktree = target->data;

	if (pathspec_match(&worktree->git.pathspec, path))
		consider(target, arena_strdup(&worktree->git.arena, path), executable);
	return 0;
}

/* As git: what the work tree has; where it has nothing, the index. A link is no attributes file. */
static int read_attributes(void *data, const char *path, char **bytes, size_t *len, struct error *err)
{
	struct worktree *worktree = data;
	enum target_skip skip;
	size_t size;
	int fd, result = beneath_open(&worktree->beneath, path, &fd, &size, &skip, err);

	if (result > 0 && skip == SKIP_DELETED)
		return attribute_filter_read_index(&worktree->git, path, bytes, len, err);
	return result ? result : read_and_close(fd, size, bytes, len, err);
}

static int by_path(const void *a, const void *b)
{
	return strcmp(((const struct target_entry *)a)->path, ((const struct target_entry *)b)->path);
}

int target_open_worktree(struct target *target, const struct target_options *options, struct error *err)
{
	struct worktree *worktree = xcalloc(1, sizeof(*worktree));

	target->data = worktree;
	target->ops = &worktree_ops;
	target->git = &worktree->git;
	worktree->beneath = BENEATH_CLOSED;
	if (git_target_open(&worktree->git, options, err) < 0 ||
	    beneath_init(&worktree->beneath, worktree->git.repo.worktree, err) < 0)
		return -1;
	list_tracked(target);
	if (options->untracked) {
		untracked_list(&worktree->git.repo, &worktree->git.index, take_untracked, target);
		if (target->nr)
			qsort(target->entries, target->nr, sizeof(*target->entries), by_path);
	}
	if (git_target_check_pathspec(&worktree->git, options, err) < 0)
		return -1;
	attribute_filter(target, options, &worktree->git.repo, read_attributes, worktree);
	git_target_finish(&worktree->git, target);
	return 0;
}
