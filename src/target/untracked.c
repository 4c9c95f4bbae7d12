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

struct walk {
	const struct repository *repo;
	const struct index *index;
	int (*found)(void *data, const char *path, bool executable);
	void *data;
	char **folders; /* still to be read, each as "dir/" from the top; owned */
	size_t nr, alloc;
	struct strbuf path;
};

static bool is_repository(int folder)
{
	return faccessat(folder, ".git", F_OK, AT_SYMLINK_NOFOLLOW) == 0;
}

/* walk->path is that of a file or ("dir/") folder in the open folder. */
static int visit(struct walk *walk, const struct stat *st, struct error *err)
{
	bool is_folder = S_ISDIR(st->st_mode);
	int ignored;

	if (!is_folder && (!S_ISREG(st->st_mode) || index_has(walk->index, walk->path.buf)))
		return 0;
	ignored = repository_is_ignored(walk->repo, walk->path.buf, err);
	if (ignored)
		return ignored < 0 ? -1 : 0;
	if (!is_folder)
		return walk->found(walk->data, walk->path.buf, st->st_mode & S_IXUSR);
	ARRAY_GROW(walk->folders, walk->nr + 1, walk->alloc);
	walk->folders[walk->nr++] = xmemdupz(walk->path.buf, walk->path.len);
	return 0;
}

static int read_folder(struct walk *walk, DIR *dir, const char *folder, struct error *err)
{
	const struct dirent *entry;
	struct stat st;

	while ((entry = readdir(dir))) {
		const char *name = entry->d_name;

		if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0 || strcmp(name, ".git") == 0)
			continue;
		if (fstatat(dirfd(dir), name, &st, AT_SYMLINK_NOFOLLOW) < 0)
			continue; /* gone in the meantime */
		strbuf_setlen(&walk->path, 0);
		strbuf_addstr(&walk->path, folder);
		strbuf_addstr(&walk->path, name);
		if (S_ISDIR(st.st_mode))
			strbuf_addch(&walk->path, '/');
		if (visit(walk, &st, err) < 0)
			return -1;
	}
	return 0;
}

static int walk_folder(struct walk *walk, const char *folder, struct error *err)
{
	char *full = xasprintf("%s/%s", walk->repo->worktree, folder);
	int fd = open(full, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC), result = 0;
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);

	if (!dir)
		complain("%s: %s", full, strerror(errno));
	else if (!*folder || !is_repository(fd))
		result = read_folder(walk, dir, folder, err);
	if (dir)
		closedir(dir);
	free(full);
	return result;
}

int untracked_list(const struct repository *repo, const struct index *index,
		   int (*found)(void *data, const char *path, bool executable), void *data, struct error *err)
{
	struct walk walk = { repo, index, found, data, NULL, 0, 0, STRBUF_INIT };
	int result = walk_folder(&walk, "", err);

	while (walk.nr) {
		char *folder = walk.folders[--walk.nr];

		if (result == 0)
			result = walk_folder(&walk, folder, err);
		free(folder);
	}
	free(walk.folders);
	strbuf_release(&walk.path);
	return result;
}
