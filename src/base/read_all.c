/* SPDX-License-Identifier: MIT */
#include "base/read_all.h"

#include <unistd.h>

ssize_t read_all(int fd, char *bytes, size_t len)
{
	size_t used = 0;
	ssize_t got;

	while (used < len) {
		got = read(fd, bytes + used, len - used);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return got < 0 ? -1 : (ssize_t)used;
		used += (size_t)got;
	}
	return (ssize_t)used;
}
