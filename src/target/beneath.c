/* SPDX-License-Identifier: MIT
 *
 * One openat2(2) with RESOLVE_NO_SYMLINKS where the kernel has it (4 system
 * calls a file, whatever its depth); else folder by folder with O_NOFOLLOW,
 * where the last folder is kept, as neighbours in the list share it.
 */
#include "target/beneath.h"

#include <fcntl.h>
#include <sys/stat.h>
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

/* Should a FIFO take the file's place between stat and open, do not wait for a writer. */
#define OPEN_FLAGS (O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)

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
	leave_folder(&beneath->folder);
	pthread_mutex_destroy(&beneath->lock);
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

/* Looks before anything is opened: opening a FIFO would wake its writer. */
static int look(int folder, const char *name, size_t *size, enum target_skip *skip, struct error *err)
{
	struct stat st;

	if (fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return judge(skip, err);
	if (!S_ISREG(st.st_mode)) {
		*skip = S_ISLNK(st.st_mode) ? SKIP_SYMLINK : SKIP_NOT_REGULAR;
		return 1;
	}
	*size = (size_t)st.st_size;
	return 0;
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

/* Makes it the folder of a path, as a file descriptor that stays its own; -1 with errno. */
static int enter_folder(struct beneath_folder *folder, int top, const char *path, size_t len, bool by_step)
{
	char *name;
	int fd = -1;

	if (folder->path && folder->len == len && memcmp(folder->path, path, len) == 0)
		return folder->fd;
	name = xmemdupz(path, len);
	if (!by_step)
		fd = open_at_once(top, name, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		fd = open_folder_by_step(top, name);
	if (fd < 0) {
		free(name);
		return -1;
	}
	leave_folder(folder);
	*folder = (struct beneath_folder){ name, len, fd };
	return fd;
}

static int open_by_step(struct beneath *beneath, const char *path, int *fd, size_t *size,
			enum target_skip *skip, struct error *err)
{
	const char *slash = strrchr(path, '/');
	int folder = beneath->top, result = 0;

	pthread_mutex_lock(&beneath->lock);
	if (slash)
		folder = enter_folder(&beneath->folder, beneath->top, path, (size_t)(slash - path), true);
	if (folder < 0)
		result = judge(skip, err);
	else
		result = look(folder, slash ? slash + 1 : path, size, skip, err);
	if (result == 0 && fd) {
		*fd = openat(folder, slash ? slash + 1 : path, OPEN_FLAGS);
		if (*fd < 0)
			result = judge(skip, err);
	}
	pthread_mutex_unlock(&beneath->lock);
	return result;
}

bool beneath_stat(struct beneath *beneath, struct beneath_folder **folder, const char *path, struct stat *st)
{
	const char *slash = strrchr(path, '/');
	int fd = beneath->top;

	if (!*folder)
		*folder = xcalloc(1, sizeof(**folder));
	if (slash)
		fd = enter_folder(*folder, beneath->top, path, (size_t)(slash - path),
				  atomic_load_explicit(&beneath->by_step, memory_order_relaxed));
	return fd >= 0 && fstatat(fd, slash ? slash + 1 : path, st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(st->st_mode);
}

int beneath_open(struct beneath *beneath, const char *path, int *fd, size_t *size,
		 enum target_skip *skip, struct error *err)
{
	int opened, result;

	if (atomic_load_explicit(&beneath->by_step, memory_order_relaxed))
		return open_by_step(beneath, path, fd, size, skip, err);
	result = look(beneath->top, path, size, skip, err);
	if (result)
		return result;
	opened = open_at_once(beneath->top, path, fd ? OPEN_FLAGS : O_PATH | O_NOFOLLOW | O_CLOEXEC);
	if (opened < 0 && (errno == ENOSYS || errno == EPERM)) {
		/* An old kernel, or a sandbox that does not know the call. */
		atomic_store(&beneath->by_step, true);
		return open_by_step(beneath, path, fd, size, skip, err);
	}
	if (opened < 0)
		return judge(skip, err);
	if (fd)
		*fd = opened;
	else
		close(opened);
	return 0;
}

int read_open(int fd, size_t size, char **raw, size_t *len, struct error *err)
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
		got = read(fd, bytes + used, alloc - used - 1);
		if (got < 0 && errno == EINTR)
			continue;
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
	int result = read_open(fd, size, raw, len, err);

	close(fd);
	return result;
}

int shebang_and_close(int fd, struct error *err)
{
	char bytes[SHEBANG_MAX];
	ssize_t got;
	int saved;

	do
		got = read(fd, bytes, sizeof(bytes));
	while (got < 0 && errno == EINTR);
	saved = errno;
	close(fd);
	if (got < 0)
		return error_set(err, "%s", strerror(saved));
	return shebang_is_python(bytes, (size_t)got);
}
