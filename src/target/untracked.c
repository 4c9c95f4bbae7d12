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
	untracked_fn found;
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

static enum untracked kind_of(mode_t mode)
{
	if (S_ISREG(mode))
		return mode & S_IXUSR ? UNTRACKED_EXECUTABLE : UNTRACKED_FILE;
	return S_ISLNK(mode) ? UNTRACKED_SYMLINK : UNTRACKED_SPECIAL;
}

/* walk->path is that of a file or folder in the folder that these rules are of. */
static void visit(struct walk *walk, const struct ignore_list *rules, const struct stat *st)
{
	bool is_folder = S_ISDIR(st->st_mode), ignored;

	if (!is_folder && index_has(walk->index, walk->path.buf))
		return;
	ignored = ignore_match(rules, walk->path.buf, is_folder);
	if (is_folder)
		strbuf_addch(&walk->path, '/');
	if (ignored) {
		walk->found(walk->data, walk->path.buf, UNTRACKED_IGNORED);
	} else if (is_folder) {
		ARRAY_GROW(walk->folders, walk->nr + 1, walk->alloc);
		walk->folders[walk->nr++] = (struct folder){ xmemdupz(walk->path.buf, walk->path.len), rules };
	} else {
		walk->found(walk->data, walk->path.buf, kind_of(st->st_mode));
	}
}

/* A submodule is tracked. */
static void visit_repository(struct walk *walk, const char *folder)
{
	strbuf_setlen(&walk->path, 0);
	strbuf_add(&walk->path, folder, strlen(folder) - 1);
	if (index_has(walk->index, walk->path.buf))
		return;
	strbuf_addch(&walk->path, '/');
	walk->found(walk->data, walk->path.buf, UNTRACKED_REPOSITORY);
}

static void read_folder(struct walk *walk, DIR *dir, const struct folder *folder)
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
		visit(walk, rules, &st);
	}
}

static void walk_folder(struct walk *walk, const struct folder *folder)
{
	char *full = xasprintf("%s/%s", walk->repo->worktree, folder->path);
	int fd = open(full, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);

	if (!dir)
		complain("%s: %s", full, strerror(errno));
	else if (!*folder->path || !is_repository(fd))
		read_folder(walk, dir, folder);
	else
		visit_repository(walk, folder->path);
	if (dir)
		closedir(dir);
	free(full);
}

void untracked_list(const struct repository *repo, const struct index *index, untracked_fn found, void *data)
{
	struct walk walk = { .repo = repo, .index = index, .found = found, .data = data, .path = STRBUF_INIT };

	ignore_open(&walk.ignore, repo);
	walk_folder(&walk, &(struct folder){ .path = strbuf_empty });
	while (walk.nr) {
		struct folder folder = walk.folders[--walk.nr];

		walk_folder(&walk, &folder);
		free(folder.path);
	}
	free(walk.folders);
	ignore_release(&walk.ignore);
	strbuf_release(&walk.path);
}
