/* SPDX-License-Identifier: MIT
 *
 * A folder is opened by one openat2(2) with RESOLVE_NO_SYMLINKS where the kernel
 * has it, else step by step with O_NOFOLLOW. It is kept for the next file, as
 * neighbours in the list share it: of their paths only the names are looked up.
 */
#include "target/beneath.h"

#include <fcntl.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/syscall.h>
#endif
#ifdef SYS_openat2
#include <linux/openat2.h> /* without which the call is of no use */
#endif

#include "base/alloc.h"
#include "target/pyname.h"

#ifndef O_PATH
#define O_PATH O_RDONLY
#endif

/* Should a FIFO have taken the file's place, do not wait for a writer. */
#define OPEN_FLAGS (O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)

/* Bytes; below that, what has an end is a file or a folder. */
#define SMALL_FILE (1 << 20)

int beneath_init(struct beneath *beneath, const char *top, struct error *err)
{
	*beneath = BENEATH_CLOSED;
	beneath->top = open(top, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (beneath->top < 0)
		return error_set(err, "%s: %s", top, strerror(errno));
	return 0;
}

static void leave_folder(struct beneath_folder *folder)
{
	if (folder->path)
		close(folder->fd);
	free(folder->path);
	folder->path = NULL;
}

void beneath_folder_free(struct beneath_folder *folder)
{
	if (folder)
		leave_folder(folder);
	free(folder);
}

void beneath_release(struct beneath *beneath)
{
	if (beneath->top >= 0)
		close(beneath->top);
}

/* What errno says about a tracked file that cannot be opened. */
static int judge(enum target_skip *skip, struct error *err)
{
	switch (errno) {
	case ENOENT:
	case ENOTDIR: /* a file took the place of its folder */
		*skip = SKIP_DELETED;
		return 1;
	case ELOOP:
		*skip = SKIP_SYMLINK;
		return 1;
	case ENXIO:
		*skip = SKIP_NOT_REGULAR;
		return 1;
	default:
		return error_set(err, "%s", strerror(errno));
	}
}

/* What is there, by its stat data. */
static int judge_kind(const struct stat *st, size_t *size, enum target_skip *skip)
{
	if (!S_ISREG(st->st_mode)) {
		*skip = S_ISLNK(st->st_mode) ? SKIP_SYMLINK : SKIP_NOT_REGULAR;
		return 1;
	}
	*size = (size_t)st->st_size;
	return 0;
}

static int look(int folder, const char *name, size_t *size, enum target_skip *skip, struct error *err)
{
	struct stat st;

	return fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW) < 0 ? judge(skip, err) : judge_kind(&st, size, skip);
}

/* Of an open file: half of what it would cost to look at its path first. */
static int look_at_open(int fd, size_t *size, enum target_skip *skip, struct error *err)
{
	struct stat st;

	return fstat(fd, &st) < 0 ? judge(skip, err) : judge_kind(&st, size, skip);
}

/* Opens a folder, each part of its path by itself; -1 with errno. */
static int open_folder_by_step(int top, char *folder)
{
	int fd = top, next;
	char *slash;

	for (char *p = folder; p; p = slash ? slash + 1 : NULL) {
		slash = strchr(p, '/');
		if (slash)
			*slash = '\0';
		next = openat(fd, p, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		if (next < 0 && errno == ENOTDIR) {
			struct stat st;
			bool link = fstatat(fd, p, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(st.st_mode);

			errno = link ? ELOOP : ENOTDIR;
		}
		if (fd != top) {
			int saved = errno;

			close(fd);
			errno = saved;
		}
		if (next < 0)
			return -1;
		fd = next;
		if (slash)
			*slash = '/';
	}
	return fd;
}

#ifdef SYS_openat2
static int open_at_once(int top, const char *path, int flags)
{
	struct open_how how = { .flags = (unsigned int)flags, .resolve = RESOLVE_NO_SYMLINKS };

	return (int)syscall(SYS_openat2, top, path, &how, sizeof(how));
}
#else
static int open_at_once(int top, const char *path, int flags)
{
	(void)top, (void)path, (void)flags;
	errno = ENOSYS;
	return -1;
}
#endif

/* Opens the folder of a path; -1 with errno. */
static int open_folder(struct beneath *beneath, char *path)
{
	int fd = -1;

	if (!atomic_load_explicit(&beneath->by_step, memory_order_relaxed)) {
		fd = open_at_once(beneath->top, path, O_PATH | O_DIRECTORY | O_CLOEXEC);
		/* An old kernel, or a sandbox that does not know the call. */
		if (fd < 0 && (errno == ENOSYS || errno == EPERM))
			atomic_store(&beneath->by_step, true);
	}
	/* Also to learn whether a link or a file is in the way. */
	return fd < 0 ? open_folder_by_step(beneath->top, path) : fd;
}

int beneath_enter(struct beneath *beneath, struct beneath_folder **kept, const char *path, const char **name)
{
	const char *slash = strrchr(path, '/');
	size_t len = slash ? (size_t)(slash - path) : 0;
	struct beneath_folder *folder;
	char *own;
	int fd;

	*name = slash ? slash + 1 : path;
	if (!slash)
		return beneath->top;
	if (!*kept)
		*kept = xcalloc(1, sizeof(**kept));
	folder = *kept;
	if (folder->path && folder->len == len && memcmp(folder->path, path, len) == 0)
		return folder->fd;
	own = xmemdupz(path, len);
	fd = open_folder(beneath, own);
	if (fd < 0) {
		free(own);
		return -1;
	}
	leave_folder(folder);
	*folder = (struct beneath_folder){ own, len, fd };
	return fd;
}

bool beneath_is_gone(const struct beneath *beneath, const char *path)
{
	struct stat st;

	return fstatat(beneath->top, path, &st, AT_SYMLINK_NOFOLLOW) < 0 && (errno == ENOENT || errno == ENOTDIR);
}

int beneath_open(struct beneath *beneath, struct beneath_folder **folder, const char *path, int *fd, size_t *size,
		 enum target_skip *skip, struct error *err)
{
	const char *name;
	int at = beneath_enter(beneath, folder, path, &name), result;

	if (at < 0)
		return judge(skip, err);
	if (!fd)
		return look(at, name, size, skip, err);
	*fd = openat(at, name, OPEN_FLAGS);
	if (*fd < 0)
		return judge(skip, err);
	result = look_at_open(*fd, size, skip, err);
	if (result)
		close(*fd);
	return result;
}

/* Of a stream from here, of a file from `at`. */
static ssize_t read_some(int fd, bool stream, char *bytes, size_t len, size_t at)
{
	ssize_t got;

	do
		got = stream ? read(fd, bytes, len) : pread(fd, bytes, len, (off_t)at);
	while (got < 0 && errno == EINTR);
	return got;
}

/* Reads to the end; size is a guess. */
static int read_open(int fd, bool stream, size_t size, char **raw, size_t *len, struct error *err)
{
	size_t alloc = size + 2, used = 0; /* room for a byte that should not be there, and the NUL */
	char *bytes;
	ssize_t got = 0;
	int result = 0;

	if (size >= UINT32_MAX)
		return error_set(err, "too large to scan (4 GiB or more)");
	bytes = xmalloc(alloc);
	for (;;) {
		if (alloc - used < 2)
			ARRAY_GROW(bytes, alloc + 4096, alloc);
		got = read_some(fd, stream, bytes + used, alloc - used - 1, used);
		if (got <= 0)
			break;
		used += (size_t)got;
		if (used == size)
			break; /* as long as it said: no second read to learn that this is the end */
		if (used >= UINT32_MAX) {
			result = error_set(err, "too large to scan (4 GiB or more)");
			break;
		}
	}
	if (got < 0)
		result = error_set(err, "%s", strerror(errno));
	if (result < 0) {
		free(bytes);
		return -1;
	}
	bytes[used] = '\0';
	*raw = bytes;
	*len = used;
	return 0;
}

int read_and_close(int fd, size_t size, char **raw, size_t *len, struct error *err)
{
	int result = read_open(fd, true, size, raw, len, err);

	close(fd);
	return result;
}

/*
 * Is it a regular file, and how long? Asking for the end takes a third of the time that stat data take. Most of what is
 * no regular file has none, or one at its start; but for folders, of which nothing can be read then, and disks, none of
 * which is small.
 */
static int measure_open(int fd, size_t *size, enum target_skip *skip, struct error *err)
{
	off_t end = lseek(fd, 0, SEEK_END);

	if (end <= 0 || end >= SMALL_FILE)
		return look_at_open(fd, size, skip, err);
	*size = (size_t)end;
	return 0;
}

static int read_judged(int fd, char **raw, size_t *len, enum target_skip *skip, struct error *err)
{
	size_t size = 0;
	int result = measure_open(fd, &size, skip, err);

	if (result || read_open(fd, false, size, raw, len, err) == 0)
		return result;
	/* Was it a folder? */
	if (look_at_open(fd, &size, skip, err) <= 0)
		return -1;
	error_release(err);
	return 1;
}

int beneath_read(struct beneath *beneath, struct beneath_folder **folder, const char *path, struct stat *after,
		 char **raw, size_t *len, enum target_skip *skip, struct error *err)
{
	const char *name;
	int at = beneath_enter(beneath, folder, path, &name), fd, result;

	fd = at < 0 ? -1 : openat(at, name, OPEN_FLAGS);
	if (fd < 0)
		return judge(skip, err);
	result = read_judged(fd, raw, len, skip, err);
	if (result == 0 && after && fstat(fd, after) < 0)
		memset(after, 0, sizeof(*after));
	close(fd);
	return result;
}

int shebang_and_close(int fd, struct error *err)
{
	char bytes[SHEBANG_MAX];
	ssize_t got;
	int saved;

	got = read_some(fd, true, bytes, sizeof(bytes), 0);
	saved = errno;
	close(fd);
	if (got < 0)
		return error_set(err, "%s", strerror(saved));
	return shebang_is_python(bytes, (size_t)got);
}
