/* SPDX-License-Identifier: MIT
 *
 * Ignore files as git's dir.c reads them.
 */
#include "git/ignore.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "git/config.h"
#include "git/path_pattern.h"

struct rule {
	struct path_pattern pattern;
	bool negated; /* takes a path back in */
};

struct ignore_list {
	const struct ignore_list *outer; /* asked where this one is silent */
	size_t base;                     /* length of the folder it stands in, with its slash */
	struct rule *rules;              /* the last that matches decides */
	size_t nr;
};

/* Without the blanks at its end, but for one behind a backslash. */
static size_t trimmed(const char *line, size_t len)
{
	size_t end = 0;

	for (size_t i = 0; i < len; i++) {
		if (line[i] == ' ')
			continue;
		if (line[i] == '\\' && i + 1 < len)
			i++;
		end = i + 1;
	}
	return end;
}

static void parse_line(struct arena *arena, struct rule *rule, const char *line, size_t len)
{
	rule->negated = len && *line == '!';
	path_pattern_parse(&rule->pattern, arena, line + rule->negated, len - rule->negated);
}

static const struct ignore_list *parse(struct ignore *ignore, const struct ignore_list *outer,
				       const char *text, size_t len, size_t base)
{
	struct ignore_list *list = arena_alloc(&ignore->arena, sizeof(*list));
	const char *end = text + len, *line = text, *stop;
	size_t lines = 1;

	if (len >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0)
		line += 3;
	for (const char *p = line; (p = memchr(p, '\n', (size_t)(end - p))); p++)
		lines++;
	list->outer = outer;
	list->base = base;
	list->rules = arena_alloc(&ignore->arena, lines * sizeof(*list->rules));
	for (; line < end; line = stop + (stop < end)) {
		size_t line_len;

		stop = memchr(line, '\n', (size_t)(end - line));
		if (!stop)
			stop = end;
		line_len = (size_t)(stop - line);
		if (line_len && stop < end && line[line_len - 1] == '\r')
			line_len--;
		line_len = trimmed(line, line_len);
		if (line_len && *line != '#')
			parse_line(&ignore->arena, &list->rules[list->nr++], line, line_len);
	}
	return list;
}

/* An ignore file that cannot be read has no rules. */
static const struct ignore_list *load(struct ignore *ignore, const struct ignore_list *outer,
				      int folder, const char *name, int flags, size_t base)
{
	int fd = openat(folder, name, O_RDONLY | O_NONBLOCK | O_CLOEXEC | flags);
	const struct ignore_list *list = outer;
	size_t used = 0;
	struct stat st;
	char *text;
	ssize_t got;

	if (fd < 0)
		return outer;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode)) {
		text = xmalloc((size_t)st.st_size);
		while (used < (size_t)st.st_size && (got = read(fd, text + used, (size_t)st.st_size - used)) > 0)
			used += (size_t)got;
		list = parse(ignore, outer, text, used, base);
		free(text);
	}
	close(fd);
	return list;
}

void ignore_open(struct ignore *ignore, const struct repository *repo)
{
	char *file = config_user_file("core.excludesfile", "ignore", repo->common_dir, repo->git_dir);

	memset(ignore, 0, sizeof(*ignore));
	if (file)
		ignore->common = load(ignore, NULL, AT_FDCWD, file, 0, 0);
	free(file);
	file = xasprintf("%s/info/exclude", repo->common_dir);
	ignore->common = load(ignore, ignore->common, AT_FDCWD, file, 0, 0);
	free(file);
}

const struct ignore_list *ignore_enter(struct ignore *ignore, const struct ignore_list *outer,
				       int fd, const char *folder)
{
	/* Git does not follow a link here either. */
	return load(ignore, outer ? outer : ignore->common, fd, ".gitignore", O_NOFOLLOW, strlen(folder));
}

bool ignore_match(const struct ignore_list *list, const char *path, bool is_folder)
{
	const char *slash = strrchr(path, '/');
	const char *last = slash ? slash + 1 : path;

	for (; list; list = list->outer) {
		for (size_t i = list->nr; i-- > 0;) {
			const struct rule *rule = &list->rules[i];

			if (rule->pattern.folder_only && !is_folder)
				continue;
			if (path_pattern_match(&rule->pattern, path + list->base, last))
				return !rule->negated;
		}
	}
	return false;
}

void ignore_release(struct ignore *ignore)
{
	arena_release(&ignore->arena);
	ignore->common = NULL;
}
