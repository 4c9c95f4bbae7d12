/* SPDX-License-Identifier: MIT
 *
 * Where rule files come from: the binary itself, a file, a folder.
 */
#include "rule/ruleset.h"

#include <dirent.h>
#include <sys/stat.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "rule/embedded.h"
#include "rule/yaml.h"

/* The length of a file up to the document of samples at its end. */
static size_t without_samples(const struct embedded_file *file)
{
	static const char start[] = "\n---\nbad:\n";
	const unsigned char *samples = memmem(file->data, file->len, start, sizeof(start) - 1);

	return samples ? (size_t)(samples - file->data) + 1 : file->len;
}

int ruleset_add_builtin(struct ruleset *set, bool samples, struct error *err)
{
	for (size_t i = 0; i < embedded_files_nr; i++) {
		const struct embedded_file *file = &embedded_files[i];

		if (ruleset_add(set, file->path, (const char *)file->data, samples ? file->len : without_samples(file), true,
				err))
			return -1;
	}
	return 0;
}

static int read_stream(FILE *stream, const char *path, struct strbuf *text, struct error *err)
{
	char block[8192];
	size_t got;

	while ((got = fread(block, 1, sizeof(block), stream)) > 0) {
		strbuf_add(text, block, got);
		if (text->len > YAML_MAX_SIZE)
			return error_set(err, "%s: larger than %zu bytes", path, YAML_MAX_SIZE);
	}
	return ferror(stream) ? error_set(err, "%s: %s", path, strerror(errno)) : 0;
}

static int add_file(struct ruleset *set, const char *path, struct error *err)
{
	struct strbuf text = STRBUF_INIT;
	FILE *stream = fopen(path, "re");
	int result;

	if (!stream)
		return error_set(err, "%s: %s", path, strerror(errno));
	result = read_stream(stream, path, &text, err);
	fclose(stream);
	if (!result)
		result = ruleset_add(set, path, text.buf, text.len, false, err);
	strbuf_release(&text);
	return result;
}

/* May this be a rule file, or a folder of them? */
static bool is_rule_name(const char *name)
{
	const char *dot = strrchr(name, '.');

	return name[0] != '.' && (!dot || !strcmp(dot, ".yaml") || !strcmp(dot, ".yml"));
}

static int is_rule_entry(const struct dirent *entry)
{
	return is_rule_name(entry->d_name);
}

bool ruleset_is_rule_path(const char *path)
{
	for (;;) {
		size_t len = strcspn(path, "/");
		char *name = xmemdupz(path, len);
		bool good = is_rule_name(name) && (path[len] || strchr(name, '.'));

		free(name);
		if (!good || !path[len])
			return good;
		path += len + 1;
	}
}

/* Folders still to be read; a stack, since folders nest as deep as a stranger likes. */
struct folders {
	char **paths;
	size_t nr, alloc;
	bool links; /* symbolic links are followed */
};

static void push_folder(struct folders *folders, char *path)
{
	ARRAY_GROW(folders->paths, folders->nr + 1, folders->alloc);
	folders->paths[folders->nr++] = path;
}

static int refuse_link(const char *path, bool links, struct error *err)
{
	struct stat st;

	if (links || lstat(path, &st) || !S_ISLNK(st.st_mode))
		return 0;
	return error_set(err, "%s: a symbolic link; rules have to be files of their own here", path);
}

static void add_entry(struct ruleset *set, char *path, struct folders *folders)
{
	struct error err = { NULL };
	struct stat st;

	if (!lstat(path, &st) && S_ISDIR(st.st_mode)) {
		push_folder(folders, path);
		return;
	}
	if (strrchr(path, '.') > strrchr(path, '/') && (refuse_link(path, folders->links, &err) ||
							add_file(set, path, &err)))
		complain_error(&err);
	free(path);
}

static int add_folder(struct ruleset *set, const char *path, struct folders *folders, struct error *err)
{
	struct dirent **entries;
	int nr = scandir(path, &entries, is_rule_entry, alphasort);

	if (nr < 0)
		return error_set(err, "%s: %s", path, strerror(errno));
	for (int i = 0; i < nr; i++) {
		add_entry(set, xasprintf("%s/%s", path, entries[i]->d_name), folders);
		free(entries[i]);
	}
	free(entries);
	return 0;
}

int ruleset_add_path(struct ruleset *set, const char *path, bool links, struct error *err)
{
	struct folders folders = { .links = links };
	struct stat st;
	int result = 0;

	if (refuse_link(path, links, err))
		return -1;
	if (stat(path, &st))
		return error_set(err, "%s: %s", path, strerror(errno));
	if (!S_ISDIR(st.st_mode))
		return add_file(set, path, err);
	push_folder(&folders, xstrdup(path));
	while (folders.nr) {
		char *folder = folders.paths[--folders.nr];

		if (add_folder(set, folder, &folders, err))
			result = -1;
		free(folder);
	}
	free(folders.paths);
	return result;
}
