/* SPDX-License-Identifier: MIT
 *
 * One pattern of an ignore or attributes file, and what it matches.
 */
#ifndef ASYNCGREP_PATH_PATTERN_H
#define ASYNCGREP_PATH_PATTERN_H

#include "base/arena.h"
#include "base/common.h"

struct path_pattern {
	const char *text;
	size_t len;
	size_t plain;     /* so many bytes at its start are no wildcards */
	bool folder_only; /* ends in a slash: matches no file */
	bool name_only;   /* no slash: matches the last part of a path, in any folder below */
};

/* The bytes are copied to the arena; a NUL among them ends the pattern. */
void path_pattern_parse(struct path_pattern *pattern, struct arena *arena, const char *text, size_t len);
/* Does it match a path, given below the folder that the file with the pattern stands in, and its last part? */
bool path_pattern_match(const struct path_pattern *pattern, const char *path, const char *last);

#endif
