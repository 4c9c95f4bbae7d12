/* SPDX-License-Identifier: MIT
 *
 * The common ground of the targets that git knows.
 */
#include "target/git_target.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"

/* Is all that is scanned in the object database? */
static bool needs_objects_only(enum target_kind kind)
{
	enum target_origin origin = target_origin(kind);

	return origin == FROM_REVISION || origin == FROM_HISTORY || origin == FROM_PUSH;
}

static int open_repository(struct git_target *git, const struct target_options *options, struct error *err)
{
	if (!options->opened || !options->opened->git)
		return repository_open(&git->repo, err);
	git->repo = *options->opened;
	memset(options->opened, 0, sizeof(*options->opened));
	return 0;
}

static int open_index(struct git_target *git, const struct target_options *options, struct error *err)
{
	if (!options->opened_index || !index_is_open(options->opened_index))
		return index_open(&git->index, &git->repo, options->index_ahead, err);
	git->index = *options->opened_index;
	memset(options->opened_index, 0, sizeof(*options->opened_index));
	return 0;
}

int git_target_open(struct git_target *git, const struct target_options *options, struct error *err)
{
	if (open_repository(git, options, err) < 0)
		return -1;
	/* A bare repository has no index unless somebody made one for it. */
	if (!needs_objects_only(options->kind) &&
	    (options->kind != TARGET_INDEX || access(git->repo.index_path, F_OK) < 0) &&
	    repository_require_worktree(&git->repo, err) < 0)
		return -1;
	if (pathspec_parse(&git->pathspec, options->paths, options->nr_paths,
			   git->repo.prefix, git->repo.worktree, err) < 0)
		return -1;
	return needs_objects_only(options->kind) ? 0 : open_index(git, options, err);
}

int git_target_check_pathspec(const struct git_target *git, const struct target_options *options, struct error *err)
{
	const char *word = pathspec_unmatched(&git->pathspec);

	/* A push that leaves a file alone is not wrong. */
	if (!word || target_origin(options->kind) == FROM_PUSH)
		return 0;
	if (options->kind == TARGET_REV)
		return error_set(err, "pathspec '%s' did not match any file of '%s'; see: "
				 "git ls-tree -r --full-tree --name-only '%s'", word, options->rev, options->rev);
	if (options->kind == TARGET_HISTORY)
		return error_set(err, "pathspec '%s' did not match any file of this history; a range is written "
				 "without a blank: asyncgrep --history=A..B; see: git log --name-only", word);
	if (options->untracked)
		return error_set(err, "pathspec '%s' did not match any file that git tracks or does not ignore; "
				 "see: git status --ignored", word);
	/* Who is used to grep names a pattern first. */
	if (options->kind == TARGET_WORKTREE && *word != ':' && access(word, F_OK) < 0)
		return error_set(err, "pathspec '%s' did not match any file that git tracks; see: git ls-files; "
				 "to look for a pattern: asyncgrep -e '%s'", word, word);
	return error_set(err, "pathspec '%s' did not match any file that git tracks; see: git ls-files; "
			 "to scan untracked files too: asyncgrep --untracked", word);
}

/* The path as seen from prefix ("" or "sub/dir/"). */
static const char *relative(struct arena *arena, const char *path, const char *prefix)
{
	size_t common = 0, up = 0, len;
	char *result, *p;

	if (!*prefix)
		return path;
	for (size_t i = 0; path[i] && path[i] == prefix[i]; i++)
		if (path[i] == '/')
			common = i + 1;
	for (const char *q = prefix + common; *q; q++)
		up += *q == '/';
	if (!up)
		return path + common;
	len = strlen(path + common);
	p = result = arena_alloc(arena, 3 * up + len + 1);
	for (; up; up--, p += 3)
		memcpy(p, "../", 3);
	memcpy(p, path + common, len);
	return result;
}

const char *git_target_shown_path(struct git_target *git, const char *full_path)
{
	return relative(&git->arena, full_path, git->repo.prefix);
}

void git_target_finish(struct git_target *git, struct target *target)
{
	git->paths = xreallocarray(NULL, target->nr, sizeof(*git->paths));
	for (size_t i = 0; i < target->nr; i++) {
		struct target_entry *entry = &target->entries[i];

		git->paths[i] = entry->path;
		entry->path = git_target_shown_path(git, entry->path);
		entry->index = i;
	}
}

bool git_target_in_worktree(const struct target *target, const char *full_path)
{
	char *full = xasprintf("%s/%s", target->git->repo.worktree, full_path);
	struct stat st;
	bool there = lstat(full, &st) == 0 && !S_ISDIR(st.st_mode);

	free(full);
	return there;
}

void git_target_release(struct git_target *git)
{
	free(git->paths);
	index_close(&git->index);
	pathspec_release(&git->pathspec);
	repository_close(&git->repo);
	arena_release(&git->arena);
}
