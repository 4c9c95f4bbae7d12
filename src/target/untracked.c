/* SPDX-License-Identifier: MIT
 *
 * A walk over the work tree beside the index. libgit2's status would do it
 * too, but compares every tracked file with the index on the way.
 */
#include "target/untracked.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "git/ignore.h"

struct walk {
	const struct repository *repo;
	const struct index *index;
	int (*found)(void *data, const char *path, bool executable);
	void *data;
	struct folder *folders; /* still to be read */
	size_t nr, alloc;
	struct ignore ignore;
	struct strbuf path;
};

struct folder {
	char *path;                      /* as "dir/" from the top; owned */
	const struct ignore_list *outer; /* the rules of the folder above */
};

static bool is_repository(int folder)
{
	return faccessat(folder, ".git", F_OK, AT_SYMLINK_NOFOLLOW) == 0;
}

/* walk->path is that of a file or folder in the folder that these rules are of. */
static int visit(struct walk *walk, const struct ignore_list *rules, const struct stat *st)
{
	bool is_folder = S_ISDIR(st->st_mode);

	if (!is_folder && (!S_ISREG(st->st_mode) || index_has(walk->index, walk->path.buf)))
		return 0;
	if (ignore_match(rules, walk->path.buf, is_folder))
		return 0;
	if (!is_folder)
		return walk->found(walk->data, walk->path.buf, st->st_mode & S_IXUSR);
	strbuf_addch(&walk->path, '/');
	ARRAY_GROW(walk->folders, walk->nr + 1, walk->alloc);
	walk->folders[walk->nr++] = (struct folder){ xmemdupz(walk->path.buf, walk->path.len), rules };
	return 0;
}

static int read_folder(struct walk *walk, DIR *dir, const struct folder *folder)
{
	const struct ignore_list *rules = ignore_enter(&walk->ignore, folder->outer, dirfd(dir), folder->path);
	const struct dirent *entry;
	struct stat st;

	while ((entry = readdir(dir))) {
		const char *name = entry->d_name;

		if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0 || strcmp(name, ".git") == 0)
			continue;
		if (fstatat(dirfd(dir), name, &st, AT_SYMLINK_NOFOLLOW) < 0)
			continue; /* gone in the meantime */
		strbuf_setlen(&walk->path, 0);
		strbuf_addstr(&walk->path, folder->path);
		strbuf_addstr(&walk->path, name);
		if (visit(walk, rules, &st) < 0)
			return -1;
	}
	return 0;
}

static int walk_folder(struct walk *walk, const struct folder *folder)
{
	char *full = xasprintf("%s/%s", walk->repo->worktree, folder->path);
	int fd = open(full, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC), result = 0;
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);

	if (!dir)
		complain("%s: %s", full, strerror(errno));
	else if (!*folder->path || !is_repository(fd))
		result = read_folder(walk, dir, folder);
	if (dir)
		closedir(dir);
	free(full);
	return result;
}

int untracked_list(const struct repository *repo, const struct index *index,
		   int (*found)(void *data, const char *path, bool executable), void *data)
{
	struct walk walk = { .repo = repo, .index = index, .found = found, .data = data, .path = STRBUF_INIT };
	int result;

	ignore_open(&walk.ignore, repo);
	result = walk_folder(&walk, &(struct folder){ .path = strbuf_empty });
	while (walk.nr) {
		struct folder folder = walk.folders[--walk.nr];

		if (result == 0)
			result = walk_folder(&walk, &folder);
		free(folder.path);
	}
	free(walk.folders);
	ignore_release(&walk.ignore);
	strbuf_release(&walk.path);
	return result;
}
