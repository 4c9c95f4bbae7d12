/* SPDX-License-Identifier: MIT
 *
 * The rule files of patterns/, byte for byte, as the build put them into the
 * binary (embed.sh), in the order of their paths.
 */
#ifndef ASYNCGREP_EMBEDDED_H
#define ASYNCGREP_EMBEDDED_H

#include <stddef.h>

struct embedded_file {
	const char *path; /* "patterns/…", static */
	const unsigned char *data;
	size_t len;
};

extern const struct embedded_file embedded_files[];
extern const size_t embedded_files_nr;

#endif
