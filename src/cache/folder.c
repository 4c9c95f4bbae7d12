/* SPDX-License-Identifier: MIT
 *
 * Files are made under another name and renamed: others see the old one or
 * the new one. What a run that was killed leaves behind counts as a cache file
 * that nobody uses.
 */
#include "cache/folder.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/replace_file.h"

#define PREFIX "results-"
#define NAME_BYTES 8 /* of the digest */

char *cache_folder_file(const char *folder, const struct object_id *digest)
{
	char hex[2 * NAME_BYTES + 1];

	for (size_t i = 0; i < NAME_BYTES; i++)
		snprintf(hex + 2 * i, 3, "%02x", digest->bytes[i]);
	return xasprintf("%s/" PREFIX "%s", folder, hex);
}

/* "results-" and the digits, and what mkostemp adds to them. */
static bool is_ours(const char *name)
{
	size_t digits;

	if (strncmp(name, PREFIX, sizeof(PREFIX) - 1) != 0)
		return false;
	name += sizeof(PREFIX) - 1;
	digits = strspn(name, "0123456789abcdef");
	return digits == 2 * NAME_BYTES && (!name[digits] || (name[digits] == '.' && strlen(name + digits) == 7));
}

struct file {
	char *name; /* owned */
	uint64_t size;
	time_t used;
};

struct files {
	struct file *items;
	size_t nr, alloc;
};

static int list(struct files *files, const char *folder)
{
	DIR *stream = opendir(folder);
	struct dirent *entry;
	struct stat st;

	if (!stream)
		return -1;
	while ((entry = readdir(stream))) {
		if (!is_ours(entry->d_name) || fstatat(dirfd(stream), entry->d_name, &st, AT_SYMLINK_NOFOLLOW) < 0)
			continue;
		ARRAY_GROW(files->items, files->nr + 1, files->alloc);
		files->items[files->nr++] = (struct file){
			xstrdup(entry->d_name), (uint64_t)st.st_size,
			/* Reading changes the one, where that is not switched off, about once a day. */
			st.st_atime > st.st_mtime ? st.st_atime : st.st_mtime
		};
	}
	closedir(stream);
	return 0;
}

static void release(struct files *files)
{
	for (size_t i = 0; i < files->nr; i++)
		free(files->items[i].name);
	free(files->items);
}

static int remove_file(const char *folder, const char *name)
{
	char *path = xasprintf("%s/%s", folder, name);
	int result = unlink(path);

	free(path);
	return result < 0 && errno != ENOENT ? -1 : 0;
}

static int by_use(const void *a, const void *b)
{
	const struct file *first = a, *second = b;

	return first->used < second->used ? 1 : first->used > second->used ? -1 : strcmp(first->name, second->name);
}

/* Keeps the bounds; the file itself stays in any case. */
static void trim(const char *folder, const char *file)
{
	const char *own = strrchr(file, '/') + 1;
	struct files files = { NULL, 0, 0 };
	uint64_t bytes = 0;
	size_t kept = 0;

	list(&files, folder);
	if (files.nr)
		qsort(files.items, files.nr, sizeof(*files.items), by_use);
	for (size_t i = 0; i < files.nr; i++)
		if (!strcmp(files.items[i].name, own)) {
			bytes = files.items[i].size;
			kept = 1;
		}
	for (size_t i = 0; i < files.nr; i++) {
		if (!strcmp(files.items[i].name, own))
			continue;
		bytes += files.items[i].size;
		if (++kept > CACHE_FILES_MAX || bytes > CACHE_FOLDER_MAX)
			remove_file(folder, files.items[i].name);
	}
	release(&files);
}

/* Makes a folder, and those above it. What fails is found out by who writes there. */
static void make_folder(const char *folder)
{
	char *path;

	if (mkdir(folder, 0777) == 0 || errno != ENOENT)
		return;
	path = xstrdup(folder);
	for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		mkdir(path, 0777);
		*slash = '/';
	}
	mkdir(path, 0777);
	free(path);
}

int cache_folder_replace(const char *folder, const char *file, const char *bytes, size_t len, struct error *err)
{
	char *temporary = xasprintf("%s.XXXXXX", file);
	int fd, result = 0;

	make_folder(folder);
	fd = mkostemp(temporary, O_CLOEXEC);
	if (fd < 0)
		result = error_set(err, "%s: %s", temporary, strerror(errno));
	if (result == 0 && (write_all(fd, bytes, len) < 0 || rename(temporary, file) < 0)) {
		result = error_set(err, "%s: %s", file, strerror(errno));
		unlink(temporary);
	}
	if (fd >= 0)
		close(fd);
	if (result == 0)
		trim(folder, file);
	free(temporary);
	return result;
}

int cache_folder_clear(const char *folder, size_t *nr, uint64_t *bytes, struct error *err)
{
	struct files files = { NULL, 0, 0 };
	int result = 0;

	*nr = 0;
	*bytes = 0;
	if (list(&files, folder) < 0 && errno != ENOENT)
		return error_set(err, "%s: %s", folder, strerror(errno));
	for (size_t i = 0; i < files.nr; i++) {
		if (remove_file(folder, files.items[i].name) < 0) {
			result = error_set(err, "%s/%s: %s", folder, files.items[i].name, strerror(errno));
			continue;
		}
		++*nr;
		*bytes += files.items[i].size;
	}
	rmdir(folder); /* what other files are in there stays */
	release(&files);
	return result;
}
