/* SPDX-License-Identifier: MIT
 *
 * libgit2's index behind structs of our own. The file is opened by its path,
 * not through the repository, which would ignore GIT_INDEX_FILE.
 */
#include "git/index.h"

#include <git2.h>
#include <sys/stat.h>

#include "base/alloc.h"

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
	struct stat st;

	memset(index, 0, sizeof(*index));
	if (stat(repo->index_path, &st) == 0)
		index->written = st.st_mtim;
	if (git_index_open(&index->git, repo->index_path) < 0)
		return report(repo, err);
	index->nr = git_index_entrycount(index->git);
	return 0;
}

static void fill(struct index_entry *entry, const git_index_entry *from)
{
	entry->path = from->path;
	entry->mode = from->mode;
	entry->stage = (unsigned int)GIT_INDEX_ENTRY_STAGE(from);
	entry->intent_to_add = from->flags_extended & GIT_INDEX_ENTRY_INTENT_TO_ADD;
	entry->skip_worktree = from->flags_extended & GIT_INDEX_ENTRY_SKIP_WORKTREE;
	memcpy(entry->id.bytes, from->id.id, OBJECT_ID_LEN);
}

void index_entry_at(const struct index *index, size_t i, struct index_entry *entry)
{
	fill(entry, git_index_get_byindex(index->git, i));
}

bool index_find(const struct index *index, const char *path, struct index_entry *entry)
{
	const git_index_entry *found = git_index_get_bypath(index->git, path, 0);

	if (!found)
		found = git_index_get_bypath(index->git, path, 2);
	if (found)
		fill(entry, found);
	return found;
}

bool index_has(const struct index *index, const char *path)
{
	size_t at;

	return git_index_find(&at, index->git, path) == 0;
}

/* Nanoseconds count where the index has them. */
static bool same_time(const git_index_time *a, struct timespec b)
{
	return a->seconds == (int32_t)b.tv_sec && (!a->nanoseconds || a->nanoseconds == (uint32_t)b.tv_nsec);
}

/* What was changed in the moment when the index was written may look as it did before. */
static bool is_before(const git_index_time *a, struct timespec b)
{
	if (a->seconds != (int32_t)b.tv_sec)
		return a->seconds < (int32_t)b.tv_sec;
	return a->nanoseconds && a->nanoseconds < (uint32_t)b.tv_nsec;
}

bool index_fresh_id(const struct index *index, const char *worktree, const char *path, struct object_id *id)
{
	const git_index_entry *entry = git_index_get_bypath(index->git, path, 0);
	struct stat st;
	char *full;
	bool found;

	if (!entry || entry->flags_extended & GIT_INDEX_ENTRY_INTENT_TO_ADD)
		return false;
	full = xasprintf("%s/%s", worktree, path);
	found = lstat(full, &st) == 0 && S_ISREG(st.st_mode) && (entry->mode & MODE_TYPE) == MODE_FILE;
	free(full);
	if (!found || entry->file_size != (uint32_t)st.st_size || entry->ino != (uint32_t)st.st_ino ||
	    !same_time(&entry->mtime, st.st_mtim) || !same_time(&entry->ctime, st.st_ctim) ||
	    !is_before(&entry->mtime, index->written))
		return false;
	memcpy(id->bytes, entry->id.id, OBJECT_ID_LEN);
	return true;
}

void index_close(struct index *index)
{
	git_index_free(index->git);
	memset(index, 0, sizeof(*index));
}
