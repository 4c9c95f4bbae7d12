/* SPDX-License-Identifier: MIT
 *
 * Plain files and folders, without git. What is named is taken at its word:
 * any suffix, and links are followed; in folders, only Python files count
 * and no link is followed.
 */
#include "target/kinds.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/arena.h"
#include "base/strbuf.h"
#include "target/beneath.h"
#include "target/pyname.h"

struct files {
	struct arena arena; /* the paths */
	char **folders;     /* still to be read, each as "dir/", "" for the current one; owned */
	size_t nr, alloc;
};

/* What a named file is to be; in folders, a link was not taken in the first place. */
enum { FOUND, NAMED };

static int read_entry(struct target_reader *reader, const struct target_entry *entry, struct target_content *content,
		      enum target_skip *skip, struct error *err)
{
	int links = entry->index == NAMED ? 0 : O_NOFOLLOW;
	struct stat st;
	int fd;

	(void)reader;
	/* Before it is opened: opening a FIFO would wake its writer. */
	if (fstatat(AT_FDCWD, entry->path, &st, links ? AT_SYMLINK_NOFOLLOW : 0) < 0)
		return error_set(err, "%s: %s", entry->path, strerror(errno));
	if (!S_ISREG(st.st_mode)) {
		*skip = S_ISLNK(st.st_mode) ? SKIP_SYMLINK : SKIP_NOT_REGULAR;
		return 1;
	}
	if (!content)
		return 0;
	fd = open(entry->path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC | links);
	if (fd < 0)
		return error_set(err, "%s: %s", entry->path, strerror(errno));
	if (read_and_close(fd, (size_t)st.st_size, &content->bytes, &content->len, err) < 0)
		return error_prefix(err, "%s", entry->path);
	return 0;
}

static void release(struct target *target)
{
	struct files *files = target->data;

	arena_release(&files->arena);
	for (size_t i = 0; i < files->nr; i++)
		free(files->folders[i]);
	free(files->folders);
	free(files);
}

static bool has(const struct target *target, const char *full_path)
{
	struct stat st;

	(void)target;
	return lstat(full_path, &st) == 0 || (errno != ENOENT && errno != ENOTDIR);
}

static const struct target_ops files_ops = { read_entry, release, NULL, has, true };

static void push_folder(struct files *files, const char *path)
{
	ARRAY_GROW(files->folders, files->nr + 1, files->alloc);
	files->folders[files->nr++] = xstrdup(path);
}

/* Is a file that was found in a folder Python? Its executable bit is asked for only where it matters. */
static bool is_python(int folder, const char *name, struct error *err)
{
	enum pyname kind = pyname_of(name, false);
	struct stat st;
	int fd, python;

	if (kind == PYNAME_NO && fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW) == 0)
		kind = pyname_of(name, st.st_mode & S_IXUSR);
	if (kind != PYNAME_MAYBE)
		return kind == PYNAME_YES;
	fd = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (fd < 0 && errno == ENOENT)
		return false;
	python = fd < 0 ? error_set(err, "%s", strerror(errno)) : shebang_and_close(fd, err);
	return python > 0;
}

static mode_t type_of(int folder, const struct dirent *entry)
{
	struct stat st;

	switch (entry->d_type) {
	case DT_REG:
		return S_IFREG;
	case DT_DIR:
		return S_IFDIR;
	case DT_LNK:
		return S_IFLNK;
	case DT_UNKNOWN:
		return fstatat(folder, entry->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0 ? st.st_mode & S_IFMT : 0;
	default:
		return S_IFIFO;
	}
}

static void read_folder(struct target *target, DIR *dir, const char *folder)
{
	struct files *files = target->data;
	struct strbuf path = STRBUF_INIT;
	const struct dirent *entry;
	struct error err = { 0 };

	while ((entry = readdir(dir))) {
		const char *name = entry->d_name;
		mode_t type;

		if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0 || strcmp(name, ".git") == 0)
			continue;
		strbuf_setlen(&path, 0);
		strbuf_addstr(&path, folder);
		strbuf_addstr(&path, name);
		type = type_of(dirfd(dir), entry);
		if (type == S_IFDIR) {
			strbuf_addch(&path, '/');
			push_folder(files, path.buf);
		} else if (type == S_IFREG) {
			if (is_python(dirfd(dir), name, &err))
				target_add(target, arena_strdup(&files->arena, path.buf), FOUND);
			else if (!err.message)
				target_leave_out(target, path.buf, SKIP_NOT_PYTHON);
		} else {
			target_leave_out(target, path.buf, type == S_IFLNK ? SKIP_SYMLINK : SKIP_NOT_REGULAR);
		}
		if (err.message) {
			error_prefix(&err, "%s", path.buf);
			complain_error(&err);
		}
	}
	strbuf_release(&path);
}

/* Reads the folders that wait, and those in them. */
static void read_folders(struct target *target)
{
	struct files *files = target->data;

	while (files->nr) {
		char *folder = files->folders[--files->nr];
		int fd = open(*folder ? folder : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		DIR *dir = fd < 0 ? NULL : fdopendir(fd);

		if (dir)
			read_folder(target, dir, folder);
		else
			complain("%s: %s", *folder ? folder : ".", strerror(errno));
		if (dir)
			closedir(dir);
		free(folder);
	}
}

/*
 * The path without `.`, doubled and last slashes, as git would print it; ".."
 * stays, since a link before it may lead elsewhere. "" is the current directory.
 */
static void tidy(struct strbuf *out, const char *path)
{
	strbuf_setlen(out, 0);
	if (*path == '/')
		strbuf_addch(out, '/');
	while (*path) {
		size_t len = strcspn(path, "/");

		if (len && !(len == 1 && *path == '.')) {
			if (out->len && out->buf[out->len - 1] != '/')
				strbuf_addch(out, '/');
			strbuf_add(out, path, len);
		}
		path += len + (path[len] == '/');
	}
}

static int add_named(struct target *target, const char *path, struct error *err)
{
	struct files *files = target->data;
	struct strbuf tidied = STRBUF_INIT;
	struct stat st;
	int result = 0;

	tidy(&tidied, path);
	if (stat(path, &st) < 0) {
		result = error_set(err, "%s: %s", path, *path ? strerror(errno) : "an empty path; '.' is the current directory");
	} else if (S_ISDIR(st.st_mode)) {
		if (tidied.len && tidied.buf[tidied.len - 1] != '/')
			strbuf_addch(&tidied, '/');
		push_folder(files, tidied.buf);
		read_folders(target);
	} else if (S_ISREG(st.st_mode)) {
		target_add(target, arena_strdup(&files->arena, tidied.buf), NAMED);
	} else {
		result = error_set(err, "%s: neither a file nor a folder; to scan what comes out of it: asyncgrep - <'%s'", path, path);
	}
	strbuf_release(&tidied);
	return result;
}

/* By path; of equals, what was named comes first. */
static int by_path(const void *a, const void *b)
{
	const struct target_entry *x = a, *y = b;
	int order = strcmp(x->path, y->path);

	return order ? order : (x->index < y->index) - (x->index > y->index);
}

static void sort_and_unite(struct target *target)
{
	size_t kept = 0;

	if (target->nr)
		qsort(target->entries, target->nr, sizeof(*target->entries), by_path);
	for (size_t i = 0; i < target->nr; i++)
		if (!kept || strcmp(target->entries[i].path, target->entries[kept - 1].path) != 0)
			target->entries[kept++] = target->entries[i];
	target->nr = kept;
}

int target_open_files(struct target *target, const struct target_options *options, struct error *err)
{
	static const char *const here[] = { "." };
	const char *const *paths = options->nr_paths ? options->paths : here;
	size_t nr = options->nr_paths ? options->nr_paths : 1;

	target->data = xcalloc(1, sizeof(struct files));
	target->ops = &files_ops;
	for (size_t i = 0; i < nr; i++)
		if (add_named(target, paths[i], err) < 0)
			return -1;
	sort_and_unite(target);
	return 0;
}
