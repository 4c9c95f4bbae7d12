/* SPDX-License-Identifier: MIT
 *
 * Asking the index, whose entries are read where they stand in the file. It is opened by its path,
 * not through the repository, as GIT_INDEX_FILE may name it.
 */
#include "git/index.h"

#include <git2.h>
#include <strings.h>
#include <sys/stat.h>

#include "base/alloc.h"
#include "git/config.h"
#include "git/index_file.h"

static bool is_still(const struct index *ahead, const char *path)
{
	struct index_version now, then = ahead->version;

	return index_is_open(ahead) && index_file_version(path, &now) && now.device == then.device &&
		now.inode == then.inode && now.size == then.size && now.written.tv_sec == then.written.tv_sec &&
		now.written.tv_nsec == then.written.tv_nsec && now.changed.tv_sec == then.changed.tv_sec &&
		now.changed.tv_nsec == then.changed.tv_nsec;
}

int index_open(struct index *index, const struct repository *repo, struct index *ahead, struct error *err)
{
	memset(index, 0, sizeof(*index));
	if (ahead && is_still(ahead, repo->index_path)) {
		*index = *ahead;
		memset(ahead, 0, sizeof(*ahead));
		return 0;
	}
	return index_file_read(index, repo->index_path, err);
}

static unsigned stage_of(const struct index_slot *slot)
{
	return ENTRY_STAGE(index_flags(slot->entry + ENTRY_FLAGS));
}

static unsigned extended_flags(const struct index_slot *slot)
{
	bool there = index_flags(slot->entry + ENTRY_FLAGS) & ENTRY_IS_EXTENDED;

	return there ? index_flags(slot->entry + ENTRY_EXTENDED_FLAGS) : 0;
}

void index_entry_at(const struct index *index, size_t i, struct index_entry *entry)
{
	const struct index_slot *slot = &index->slots[i];
	unsigned extended = extended_flags(slot);

	entry->path = slot->path;
	entry->mode = index_number(slot->entry + ENTRY_MODE);
	entry->stage = stage_of(slot);
	entry->intent_to_add = extended & ENTRY_INTENT_TO_ADD;
	entry->skip_worktree = extended & ENTRY_SKIP_WORKTREE;
	memcpy(entry->id.bytes, slot->entry + ENTRY_ID, OBJECT_ID_LEN);
}

/* The place of the first entry with this path. false: there is none. */
static bool find(const struct index *index, const char *path, size_t *at)
{
	size_t start = 0, end = index->nr;

	while (start < end) {
		size_t middle = start + (end - start) / 2;

		if (strcmp(index->slots[middle].path, path) < 0)
			start = middle + 1;
		else
			end = middle;
	}
	*at = start;
	return start < index->nr && strcmp(index->slots[start].path, path) == 0;
}

bool index_find(const struct index *index, const char *path, struct index_entry *entry)
{
	size_t at;

	if (!find(index, path, &at))
		return false;
	for (; at < index->nr && strcmp(index->slots[at].path, path) == 0; at++)
		if (stage_of(&index->slots[at]) == 0 || stage_of(&index->slots[at]) == 2) {
			index_entry_at(index, at, entry);
			return true;
		}
	return false;
}

bool index_has(const struct index *index, const char *path)
{
	size_t at;

	return find(index, path, &at);
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
static bool same_time(const char *entry_time, struct timespec b)
{
	uint32_t nanoseconds = index_number(entry_time + 4);

	return index_number(entry_time) == (uint32_t)b.tv_sec && (!nanoseconds || nanoseconds == (uint32_t)b.tv_nsec);
}

/* What was changed in the moment when the index was written may look as it did before. */
static bool is_before(const char *entry_time, struct timespec b)
{
	int32_t seconds = (int32_t)index_number(entry_time);
	uint32_t nanoseconds = index_number(entry_time + 4);

	if (seconds != (int32_t)b.tv_sec)
		return seconds < (int32_t)b.tv_sec;
	return nanoseconds && nanoseconds < (uint32_t)b.tv_nsec;
}

/* As match_stat_data of git's statinfo.c. */
static bool same_stat(const struct index *index, const char *entry, const struct stat *st)
{
	if (index_number(entry + ENTRY_SIZE) != (uint32_t)st->st_size ||
	    index_number(entry + ENTRY_MTIME) != (uint32_t)st->st_mtim.tv_sec)
		return false;
	if (index->minimal)
		return true;
	return same_time(entry + ENTRY_MTIME, st->st_mtim) &&
		(index->no_ctime || same_time(entry + ENTRY_CTIME, st->st_ctim)) &&
		index_number(entry + ENTRY_INODE) == (uint32_t)st->st_ino &&
		index_number(entry + ENTRY_UID) == (uint32_t)st->st_uid &&
		index_number(entry + ENTRY_GID) == (uint32_t)st->st_gid;
}

/* Git writes a size of 0 for a file that may have changed in the moment when it was added. */
static bool is_emptied(const char *entry)
{
	static const unsigned char empty[OBJECT_ID_LEN] = { 0xe6, 0x9d, 0xe2, 0x9b, 0xb2, 0xd1, 0xd6, 0x43, 0x4b, 0x8b,
							    0x29, 0xae, 0x77, 0x5a, 0xd8, 0xc2, 0xe4, 0x8c, 0x53, 0x91 };

	return index_number(entry + ENTRY_SIZE) == 0 && memcmp(entry + ENTRY_ID, empty, OBJECT_ID_LEN) != 0;
}

bool index_is_fresh(const struct index *index, size_t i, const struct stat *st, struct object_id *id)
{
	const struct index_slot *slot = &index->slots[i];
	const char *entry = slot->entry;

	if (stage_of(slot) || extended_flags(slot) & ENTRY_INTENT_TO_ADD ||
	    (index_number(entry + ENTRY_MODE) & MODE_TYPE) != MODE_FILE || !S_ISREG(st->st_mode) ||
	    !same_stat(index, entry, st) || !is_before(entry + ENTRY_MTIME, index->version.written) || is_emptied(entry))
		return false;
	memcpy(id->bytes, entry + ENTRY_ID, OBJECT_ID_LEN);
	return true;
}

bool index_fresh_id(const struct index *index, const char *worktree, const char *path, struct object_id *id)
{
	char *full = xasprintf("%s/%s", worktree, path);
	struct stat st;
	size_t at;
	bool fresh = find(index, path, &at) && lstat(full, &st) == 0 && index_is_fresh(index, at, &st, id);

	free(full);
	return fresh;
}

void index_close(struct index *index)
{
	free(index->slots);
	free(index->bytes);
	arena_release(&index->paths);
	memset(index, 0, sizeof(*index));
}
