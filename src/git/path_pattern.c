/* SPDX-License-Identifier: MIT
 *
 * Patterns as git's dir.c parses and matches them.
 */
#include "git/path_pattern.h"

#include "git/wildmatch.h"

void path_pattern_parse(struct path_pattern *pattern, struct arena *arena, const char *text, size_t len)
{
	memset(pattern, 0, sizeof(*pattern));
	if (len && text[len - 1] == '/') {
		pattern->folder_only = true;
		len--;
	}
	pattern->name_only = !memchr(text, '/', len);
	if (len && *text == '/') {
		text++;
		len--;
	}
	pattern->text = arena_memdupz(arena, text, len);
	pattern->len = strlen(pattern->text);
	pattern->plain = strcspn(pattern->text, "*?[\\");
}

bool path_pattern_match(const struct path_pattern *pattern, const char *path, const char *last)
{
	const char *name = pattern->name_only ? last : path;

	if (pattern->plain == pattern->len)
		return strcmp(pattern->text, name) == 0;
	if (strncmp(pattern->text, name, pattern->plain) != 0)
		return false;
	return wildmatch(pattern->text + pattern->plain, name + pattern->plain,
			 pattern->name_only ? 0 : WILDMATCH_PATHNAME);
}
