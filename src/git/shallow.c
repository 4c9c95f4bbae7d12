/* SPDX-License-Identifier: MIT
 *
 * Each commit that `shallow` names is put into memory without its parents,
 * under the name that it has.
 */
#include "git/shallow.h"

#include <git2.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "git/memory.h"

static FILE *open_list(const struct repository *repo)
{
	char *path = xasprintf("%s/shallow", repo->common_dir);
	FILE *file = fopen(path, "re");

	free(path);
	return file;
}

bool shallow_is(const struct repository *repo)
{
	FILE *file = open_list(repo);
	bool shallow = file && getc(file) != EOF;

	if (file)
		fclose(file);
	return shallow;
}

/* The commit without its lines "parent ID", which stand behind that of the tree. */
static void add_without_parents(struct strbuf *out, const char *data, size_t len)
{
	const char *end = data + len, *line = data;

	while (line < end && *line != '\n') {
		const char *next = memchr(line, '\n', (size_t)(end - line));

		next = next ? next + 1 : end;
		if (end - line < 7 || memcmp(line, "parent ", 7) != 0)
			strbuf_add(out, line, (size_t)(next - line));
		line = next;
	}
	strbuf_add(out, line, (size_t)(end - line));
}

static int cut(struct repository *repo, git_odb *odb, const char *hex, struct error *err)
{
	git_odb_object *object = NULL;
	struct strbuf bytes = STRBUF_INIT;
	struct object_id id;
	git_oid oid;
	int result;

	/* One that is not here cannot be met either. */
	if (git_oid_fromstrp(&oid, hex) < 0 || git_odb_read(&object, odb, &oid) < 0)
		return 0;
	memcpy(id.bytes, oid.id, OBJECT_ID_LEN);
	add_without_parents(&bytes, git_odb_object_data(object), git_odb_object_size(object));
	result = memory_put_commit(repo, bytes.buf, bytes.len, &id, err);
	strbuf_release(&bytes);
	git_odb_object_free(object);
	return result;
}

int shallow_cut(struct repository *repo, struct error *err)
{
	FILE *file = open_list(repo);
	git_odb *odb = NULL;
	char *objects, *line = NULL;
	size_t alloc = 0;
	ssize_t len;
	int result = 0;

	if (!file)
		return 0;
	/* Through another door, for libgit2 remembers what it has read. */
	objects = xasprintf("%s/objects", repo->common_dir);
	if (git_odb_open(&odb, objects) < 0)
		result = error_set(err, "cannot open '%s': %s; see what is wrong with: git fsck", objects,
				   repository_git_error());
	while (result == 0 && (len = getline(&line, &alloc, file)) > 0) {
		line[strcspn(line, "\n")] = '\0';
		result = cut(repo, odb, line, err);
	}
	git_odb_free(odb);
	free(objects);
	free(line);
	fclose(file);
	return result;
}
