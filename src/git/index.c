/* SPDX-License-Identifier: MIT
 *
 * libgit2's index behind structs of our own. The file is opened by its path,
 * not through the repository, which would ignore GIT_INDEX_FILE.
 */
#include "git/index.h"

#include <git2.h>
#include <strings.h>
#include <sys/stat.h>

#include "base/alloc.h"
#include "git/config.h"

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

static void keep_word(void *data, const char *value)
{
	char **word = data;

	free(*word);
	*word = xstrdup(value);
}

/* The value of a key that the repository's own files, the user's and the environment may give; malloc'd, or NULL. */
static char *value_of(const struct repository *repo, const char *key)
{
	char *local = xasprintf("%s/config", repo->common_dir), *own = xasprintf("%s/config.worktree", repo->git_dir);
	const char *files[] = { local, own };
	char *value = NULL;

	config_each(key, files, ARRAY_SIZE(files), keep_word, &value);
	free(local);
	free(own);
	return value;
}

void index_read_trust(struct index *index, const struct repository *repo)
{
	char *stat = value_of(repo, "core.checkstat"), *ctime = value_of(repo, "core.trustctime");
	int trust = 1;

	index->minimal = stat && strcasecmp(stat, "minimal") == 0;
	if (ctime && *ctime && git_config_parse_bool(&trust, ctime) < 0)
		trust = 1;
	index->no_ctime = !trust;
	free(stat);
	free(ctime);
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

/* As match_stat_data of git's statinfo.c. */
static bool same_stat(const struct index *index, const git_index_entry *entry, const struct stat *st)
{
	if (entry->file_size != (uint32_t)st->st_size || entry->mtime.seconds != (int32_t)st->st_mtim.tv_sec)
		return false;
	if (index->minimal)
		return true;
	return same_time(&entry->mtime, st->st_mtim) && (index->no_ctime || same_time(&entry->ctime, st->st_ctim)) &&
		entry->ino == (uint32_t)st->st_ino && entry->uid == (uint32_t)st->st_uid &&
		entry->gid == (uint32_t)st->st_gid;
}

/* Git writes a size of 0 for a file that may have changed in the moment when it was added. */
static bool is_emptied(const git_index_entry *entry)
{
	static const git_oid empty = { { 0xe6, 0x9d, 0xe2, 0x9b, 0xb2, 0xd1, 0xd6, 0x43, 0x4b, 0x8b, 0x29, 0xae, 0x77, 0x5a,
					 0xd8, 0xc2, 0xe4, 0x8c, 0x53, 0x91 } };

	return entry->file_size == 0 && !git_oid_equal(&entry->id, &empty);
}

static bool is_fresh(const struct index *index, const git_index_entry *entry, const struct stat *st)
{
	return GIT_INDEX_ENTRY_STAGE(entry) == 0 && !(entry->flags_extended & GIT_INDEX_ENTRY_INTENT_TO_ADD) &&
		(entry->mode & MODE_TYPE) == MODE_FILE && S_ISREG(st->st_mode) && same_stat(index, entry, st) &&
		is_before(&entry->mtime, index->written) && !is_emptied(entry);
}

bool index_is_fresh(const struct index *index, size_t i, const struct stat *st, struct object_id *id)
{
	const git_index_entry *entry = git_index_get_byindex(index->git, i);

	if (!is_fresh(index, entry, st))
		return false;
	memcpy(id->bytes, entry->id.id, OBJECT_ID_LEN);
	return true;
}

bool index_fresh_id(const struct index *index, const char *worktree, const char *path, struct object_id *id)
{
	char *full = xasprintf("%s/%s", worktree, path);
	struct stat st;
	size_t at;
	bool fresh = git_index_find(&at, index->git, path) == 0 && lstat(full, &st) == 0 &&
		index_is_fresh(index, at, &st, id);

	free(full);
	return fresh;
}

void index_close(struct index *index)
{
	git_index_free(index->git);
	memset(index, 0, sizeof(*index));
}
