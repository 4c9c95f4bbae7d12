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

static int is_rule_file(const struct dirent *entry)
{
	const char *dot = strrchr(entry->d_name, '.');

	return entry->d_name[0] != '.' && (!dot || !strcmp(dot, ".yaml") || !strcmp(dot, ".yml"));
}

/* Folders still to be read; a stack, since folders nest as deep as a stranger likes. */
struct folders {
	char **paths;
	size_t nr, alloc;
};

static void push_folder(struct folders *folders, char *path)
{
	ARRAY_GROW(folders->paths, folders->nr + 1, folders->alloc);
	folders->paths[folders->nr++] = path;
}

static void add_entry(struct ruleset *set, char *path, struct folders *folders)
{
	struct error err = { NULL };
	struct stat st;

	if (!lstat(path, &st) && S_ISDIR(st.st_mode)) {
		push_folder(folders, path);
		return;
	}
	if (strrchr(path, '.') > strrchr(path, '/') && add_file(set, path, &err))
		complain_error(&err);
	free(path);
}

static int add_folder(struct ruleset *set, const char *path, struct folders *folders, struct error *err)
{
	struct dirent **entries;
	int nr = scandir(path, &entries, is_rule_file, alphasort);

	if (nr < 0)
		return error_set(err, "%s: %s", path, strerror(errno));
	for (int i = 0; i < nr; i++) {
		add_entry(set, xasprintf("%s/%s", path, entries[i]->d_name), folders);
		free(entries[i]);
	}
	free(entries);
	return 0;
}

int ruleset_add_path(struct ruleset *set, const char *path, struct error *err)
{
	struct folders folders = { NULL, 0, 0 };
	struct stat st;
	int result = 0;

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
