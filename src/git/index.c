/* SPDX-License-Identifier: MIT
 *
 * libgit2's index behind structs of our own. The file is opened by its path,
 * not through the repository, which would ignore GIT_INDEX_FILE.
 */
#include "git/index.h"

#include <git2.h>

static int report(const struct repository *repo, struct error *err)
{
	const char *reason = repository_git_error();

	if (strstr(reason, "'link'"))
		return error_set(err, "libgit2 %s cannot read a split index; make it whole: "
				 "git update-index --no-split-index", LIBGIT2_VERSION);
	if (strstr(reason, "'sdir'"))
		return error_set(err, "libgit2 %s cannot read a sparse index; make it full: "
				 "git sparse-checkout reapply --no-sparse-index", LIBGIT2_VERSION);
	return error_set(err, "the index '%s' is broken (%s); make it anew: rm '%s' && git reset",
			 repo->index_path, reason, repo->index_path);
}

int index_open(struct index *index, const struct repository *repo, struct error *err)
{
	memset(index, 0, sizeof(*index));
	if (git_index_open(&index->git, repo->index_path) < 0)
		return report(repo, err);
	index->nr = git_index_entrycount(index->git);
	return 0;
}

void index_entry_at(const struct index *index, size_t i, struct index_entry *entry)
{
	const git_index_entry *from = git_index_get_byindex(index->git, i);

	entry->path = from->path;
	entry->mode = from->mode;
	entry->stage = (unsigned int)GIT_INDEX_ENTRY_STAGE(from);
	entry->intent_to_add = from->flags_extended & GIT_INDEX_ENTRY_INTENT_TO_ADD;
	entry->skip_worktree = from->flags_extended & GIT_INDEX_ENTRY_SKIP_WORKTREE;
	memcpy(entry->id.bytes, from->id.id, OBJECT_ID_LEN);
}

bool index_has(const struct index *index, const char *path)
{
	size_t at;

	return git_index_find(&at, index->git, path) == 0;
}

void index_close(struct index *index)
{
	git_index_free(index->git);
	memset(index, 0, sizeof(*index));
}
