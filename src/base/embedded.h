/* SPDX-License-Identifier: MIT
 *
 * Files that the build put into the binary, byte for byte (embed.sh). Who uses a table of them declares it.
 */
#ifndef ASYNCGREP_BASE_EMBEDDED_H
#define ASYNCGREP_BASE_EMBEDDED_H

#include <stddef.h>

struct embedded_file {
	const char *path; /* in the sources; static */
	const unsigned char *data;
	size_t len;
};

#endif
