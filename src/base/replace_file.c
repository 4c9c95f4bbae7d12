/* SPDX-License-Identifier: MIT
 *
 * A temporary file beside the one that is meant, renamed when it is whole.
 */
#include "base/replace_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"

static mode_t mode_for_new(void)
{
	mode_t mask = umask(0);

	umask(mask);
	return 0666 & ~mask;
}

int write_all(int fd, const char *data, size_t len)
{
	while (len) {
		ssize_t written = write(fd, data, len);

		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			return -1;
		data += written;
		len -= (size_t)written;
	}
	return 0;
}

/* Where the bytes are to be, links followed, and the mode they get. */
static int look(const char *path, char **real, mode_t *mode, struct error *err)
{
	struct stat st;

	*real = realpath(path, NULL);
	if (!*real && errno == ENOENT && lstat(path, &st) < 0) {
		*real = xstrdup(path);
		*mode = mode_for_new();
		return 0;
	}
	if (!*real || stat(*real, &st) < 0)
		return error_set(err, "cannot write '%s': %s", path, strerror(errno));
	if (!S_ISREG(st.st_mode))
		return error_set(err, "cannot write '%s': it is no regular file", path);
	*mode = st.st_mode & 07777;
	return 0;
}

/* Everything or -1, with errno. */
static int write_and_close(int fd, mode_t mode, const char *data, size_t len)
{
	bool written = write_all(fd, data, len) == 0 && fchmod(fd, mode) == 0 && fsync(fd) == 0;
	int reason = errno;

	if (close(fd) < 0 && written)
		return -1;
	errno = reason;
	return written ? 0 : -1;
}

int replace_file(const char *path, const char *data, size_t len, struct error *err)
{
	char *real = NULL, *temporary;
	mode_t mode = 0;
	int fd, result = look(path, &real, &mode, err);

	if (result == 0) {
		temporary = xasprintf("%s.XXXXXX", real);
		fd = mkostemp(temporary, O_CLOEXEC);
		if (fd < 0 || write_and_close(fd, mode, data, len) < 0 || rename(temporary, real) < 0) {
			result = error_set(err, "cannot write '%s': %s", path, strerror(errno));
			if (fd >= 0)
				unlink(temporary);
		}
		free(temporary);
	}
	free(real);
	return result;
}
