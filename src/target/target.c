/* SPDX-License-Identifier: MIT
 *
 * The one interface of all targets.
 */
#include "target/target.h"

#include <sys/stat.h>

#include "base/alloc.h"
#include "git/tree.h"
#include "target/beneath.h"
#include "target/git_target.h"

int target_open(struct target *target, const struct target_options *options, struct error *err)
{
	memset(target, 0, sizeof(*target));
	target->kind = options->kind;
	target->keep = options->keep;
	switch (options->kind) {
	case TARGET_WORKTREE:
		return target_open_worktree(target, options, err);
	case TARGET_STAGED:
		return target_open_staged(target, options, err);
	case TARGET_INDEX:
		return target_open_index(target, options, err);
	case TARGET_REV:
		return target_open_rev(target, options, err);
	case TARGET_FILES:
		return target_open_files(target, options, err);
	case TARGET_HOOK:
		return target_open_hook(target, options, err);
	case TARGET_PRE_PUSH:
	case TARGET_PRE_RECEIVE:
		return target_open_push(target, options, err);
	case TARGET_HISTORY:
		return target_open_history(target, options, err);
	case TARGET_STDIN:
		return target_open_stdin(target, options, err);
	}
	BUG("no target of kind %d", (int)options->kind);
}

void target_add(struct target *target, const char *path, size_t index)
{
	ARRAY_GROW(target->entries, target->nr + 1, target->alloc);
	target->entries[target->nr++] = (struct target_entry){ .path = path, .index = index };
}

int target_read(struct target *target, size_t entry, char **raw, size_t *len,
		enum target_skip *skip, struct error *err)
{
	struct target_reader reader = { .target = target };
	struct target_content content;
	int result;

	if (raw) {
		result = target_read_content(&reader, entry, &content, skip, err);
		*raw = content.bytes;
		*len = content.len;
	} else {
		result = target->ops->read(&reader, &target->entries[entry], NULL, skip, err);
	}
	target_reader_release(&reader);
	return result;
}

int target_read_content(struct target_reader *reader, size_t entry, struct target_content *content,
			enum target_skip *skip, struct error *err)
{
	const struct target_entry *at = &reader->target->entries[entry];

	*content = (struct target_content){ .known = KNOWN_NOT };
	if (at->id) {
		content->known = KNOWN_BLOB;
		content->id = *at->id;
	}
	return reader->target->ops->read(reader, at, content, skip, err);
}

void target_know(struct target_reader *reader, size_t entry, struct target_content *content)
{
	const struct target_entry *at = &reader->target->entries[entry];

	*content = (struct target_content){ .known = KNOWN_NOT };
	if (at->id) {
		content->known = KNOWN_BLOB;
		content->id = *at->id;
	} else if (reader->target->ops->know) {
		reader->target->ops->know(reader, at, content);
	}
}

void target_reader_release(struct target_reader *reader)
{
	beneath_folder_free(reader->folder);
	reader->folder = NULL;
}

const char *target_full_path(const struct target *target, size_t entry)
{
	const struct target_entry *at = &target->entries[entry];

	return target->git ? target->git->paths[at->index] : at->path;
}

const char *target_shown_path(struct target *target, const char *full_path)
{
	return target->git ? git_target_shown_path(target->git, full_path) : full_path;
}

static bool is_in_worktree(const struct repository *repo, const char *path)
{
	char *full = xasprintf("%s/%s", repo->worktree, path);
	struct stat st;
	bool there = lstat(full, &st) == 0 && !S_ISDIR(st.st_mode);

	free(full);
	return there;
}

bool target_has(const struct target *target, const char *full_path)
{
	struct stat st;

	switch (target->kind) {
	case TARGET_WORKTREE:
		return is_in_worktree(&target->git->repo, full_path);
	case TARGET_STAGED:
	case TARGET_INDEX:
		return index_has(&target->git->index, full_path);
	case TARGET_REV:
		return tree_has(&target->git->repo, &target->git->tree, full_path);
	case TARGET_HOOK:
		return index_has(&target->git->index, full_path) || is_in_worktree(&target->git->repo, full_path);
	case TARGET_FILES:
		return lstat(full_path, &st) == 0 || (errno != ENOENT && errno != ENOTDIR);
	case TARGET_STDIN:
	case TARGET_PRE_PUSH:
	case TARGET_PRE_RECEIVE:
	case TARGET_HISTORY:
		return true;
	}
	BUG("no target of kind %d", (int)target->kind);
}

void target_release(struct target *target)
{
	if (target->ops)
		target->ops->release(target);
	free(target->entries);
	free(target->left_out);
	arena_release(&target->left_out_paths);
	memset(target, 0, sizeof(*target));
}
