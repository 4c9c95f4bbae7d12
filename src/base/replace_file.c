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

static int refuse(const char *path, int reason, struct error *err)
{
	return error_set(err, "cannot write '%s': %s", path, strerror(reason));
}

/* Where the bytes are to be. */
struct place {
	char *real;  /* links followed; owned */
	mode_t mode; /* that they get */
	bool stream; /* a pipe or a device, which cannot be replaced */
};

static int look(struct place *place, const char *path, struct error *err)
{
	struct stat st;

	*place = (struct place){ .real = NULL };
	/* By the name that was given: that of a pipe in /dev/fd leads nowhere else. */
	if (stat(path, &st) == 0 && !S_ISREG(st.st_mode)) {
		place->stream = true;
		place->real = xstrdup(path);
		return S_ISDIR(st.st_mode) ? refuse(path, EISDIR, err) : 0;
	}
	place->real = realpath(path, NULL);
	if (!place->real && errno == ENOENT && lstat(path, &st) < 0) {
		place->real = xstrdup(path);
		place->mode = mode_for_new();
		return 0;
	}
	if (!place->real || stat(place->real, &st) < 0)
		return refuse(path, errno, err);
	place->mode = st.st_mode & 07777;
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

static int write_stream(const char *path, const char *data, size_t len)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC), reason;

	if (fd < 0)
		return -1;
	if (write_all(fd, data, len) < 0) {
		reason = errno;
		close(fd);
		errno = reason;
		return -1;
	}
	return close(fd);
}

static int replace(const struct place *place, const char *data, size_t len)
{
	char *temporary = xasprintf("%s.XXXXXX", place->real);
	int fd = mkostemp(temporary, O_CLOEXEC), result = -1, reason;

	if (fd >= 0) {
		result = write_and_close(fd, place->mode, data, len) < 0 ? -1 : rename(temporary, place->real);
		reason = errno;
		if (result < 0)
			unlink(temporary);
		errno = reason;
	}
	free(temporary);
	return result;
}

int replace_file(const char *path, const char *data, size_t len, struct error *err)
{
	struct place place;
	int result = look(&place, path, err);

	if (!result && (place.stream ? write_stream(place.real, data, len) : replace(&place, data, len)) < 0)
		result = refuse(path, errno, err);
	free(place.real);
	return result;
}

int replace_file_check(const char *path, struct error *err)
{
	struct place place;
	int result;

	if (!*path)
		return refuse(path, ENOENT, err);
	result = look(&place, path, err);
	if (!result && place.stream) {
		result = access(place.real, W_OK) < 0 ? refuse(path, errno, err) : 0;
	} else if (!result) {
		char *slash = strrchr(place.real, '/');

		/* It is the folder that gets a new file. */
		if (slash)
			slash[slash == place.real] = '\0';
		if (access(slash ? place.real : ".", W_OK | X_OK) < 0)
			result = refuse(path, errno, err);
	}
	free(place.real);
	return result;
}
