/* SPDX-License-Identifier: MIT
 *
 * The files that a hook manager names: as the index has them where they are
 * staged, so that it is the commit which is scanned; from the working tree
 * otherwise, so that a run over all files is a scan too.
 */
#include "target/git_target.h"

#include "base/alloc.h"
#include "base/strbuf.h"
#include "git/tree.h"
#include "target/attribute_filter.h"
#include "target/beneath.h"
#include "target/pyname.h"

/* A file that was named. */
struct named {
	const char *path;    /* from the top of the work tree */
	struct object_id id; /* what the index has, then what HEAD has beside it */
	unsigned int mode;
	bool tracked, staged;
};

struct hook {
	struct git_target git;
	struct beneath beneath;
	struct beneath_folder *folder; /* while files are listed */
	struct named *files; /* in the order of path bytes, each once */
	size_t nr;
};

static int read_entry(struct target_reader *reader, const struct target_entry *entry, struct target_content *content,
		      enum target_skip *skip, struct error *err)
{
	struct hook *hook = reader->target->data;
	const char *path = hook->git.paths[entry->index];
	size_t size;
	int result = 0;

	if (entry->id && content)
		result = repository_read(&hook->git.repo, entry->id, &content->bytes, &content->len, err);
	else if (content)
		result = beneath_read(&hook->beneath, &reader->folder, path, NULL, &content->bytes, &content->len, skip, err);
	else if (!entry->id)
		result = beneath_open(&hook->beneath, &reader->folder, path, NULL, &size, skip, err);
	return result < 0 ? error_prefix(err, "%s", entry->path) : result;
}

static void release(struct target *target)
{
	struct hook *hook = target->data;

	git_target_release(&hook->git);
	beneath_folder_free(hook->folder);
	beneath_release(&hook->beneath);
	free(hook->files);
	free(hook);
}

static bool has(const struct target *target, const char *full_path)
{
	return index_has(&target->git->index, full_path) || git_target_in_worktree(target, full_path);
}

static const struct target_ops hook_ops = { read_entry, release, NULL, has, false };

/* -- what was named */

/* Adds the parts of a path; -1: it leaves the work tree. */
static int add_parts(struct strbuf *path, const char *parts)
{
	while (*parts) {
		size_t len = strcspn(parts, "/");

		if (len == 2 && parts[0] == '.' && parts[1] == '.') {
			const char *slash = path->len ? memrchr(path->buf, '/', path->len) : NULL;

			if (!path->len)
				return -1;
			strbuf_setlen(path, slash ? (size_t)(slash - path->buf) : 0);
		} else if (len && !(len == 1 && *parts == '.')) {
			if (path->len)
				strbuf_addch(path, '/');
			strbuf_add(path, parts, len);
		}
		parts += len + (parts[len] == '/');
	}
	return 0;
}

/* The path from the top of the work tree of a word of the command line. */
static int path_from_top(struct hook *hook, const char *word, const char **path, struct error *err)
{
	const struct repository *repo = &hook->git.repo;
	size_t top = strlen(repo->worktree);
	struct strbuf parts = STRBUF_INIT;
	int result = 0;

	if (*word != '/')
		result = add_parts(&parts, repo->prefix);
	else if (strncmp(word, repo->worktree, top) == 0 && word[top] == '/')
		word += top;
	else
		result = -1;
	if (result == 0)
		result = add_parts(&parts, word);
	if (result < 0 || !parts.len)
		result = error_set(err, "%s: '--hook' takes files of the repository '%s'", word, repo->worktree);
	else
		*path = arena_strdup(&hook->git.arena, parts.buf);
	strbuf_release(&parts);
	return result;
}

static int by_path(const void *a, const void *b)
{
	return strcmp(((const struct named *)a)->path, ((const struct named *)b)->path);
}

static int take_names(struct hook *hook, const struct target_options *options, struct error *err)
{
	size_t kept = 0;

	hook->files = xcalloc(options->nr_paths, sizeof(*hook->files));
	for (; hook->nr < options->nr_paths; hook->nr++)
		if (path_from_top(hook, options->paths[hook->nr], &hook->files[hook->nr].path, err) < 0)
			return -1;
	if (hook->nr)
		qsort(hook->files, hook->nr, sizeof(*hook->files), by_path);
	for (size_t i = 0; i < hook->nr; i++)
		if (!kept || strcmp(hook->files[i].path, hook->files[kept - 1].path) != 0)
			hook->files[kept++] = hook->files[i];
	hook->nr = kept;
	return 0;
}

/* -- which of them are staged */

static void look_in_index(struct hook *hook)
{
	struct index_entry entry;
	size_t at = 0;

	for (size_t i = 0; i < hook->git.index.nr && at < hook->nr; i++) {
		index_entry_at(&hook->git.index, i, &entry);
		while (at < hook->nr && strcmp(hook->files[at].path, entry.path) < 0)
			at++;
		if (at == hook->nr || strcmp(hook->files[at].path, entry.path) != 0)
			continue;
		hook->files[at].tracked = true;
		/* Of a conflict, and of a file that was only announced, the next commit has nothing yet. */
		hook->files[at].staged = entry.stage == 0 && !entry.intent_to_add;
		hook->files[at].mode = entry.mode;
		hook->files[at].id = entry.id;
	}
}

/* Takes the mark off a file that HEAD has too; finds the next one that can be in HEAD's tree from here on. */
static size_t compare(struct hook *hook, size_t at, const struct tree_entry *entry)
{
	while (at < hook->nr && strcmp(hook->files[at].path, entry->path) < 0)
		at++;
	if (at < hook->nr && strcmp(hook->files[at].path, entry->path) == 0 &&
	    hook->files[at].mode == entry->mode && object_id_equal(&hook->files[at].id, &entry->id))
		hook->files[at].staged = false;
	return at;
}

static int look_in_head(struct hook *hook, struct error *err)
{
	struct tree_walk walk = { .repo = NULL };
	struct tree_entry entry;
	struct object_id tree;
	size_t at = 0;
	int result = repository_head_tree(&hook->git.repo, &tree, err);

	if (result)
		return result < 0 ? -1 : 0;
	result = tree_walk_begin(&walk, &hook->git.repo, &tree, err);
	while (result >= 0 && at < hook->nr && (result = tree_walk_next(&walk, &entry, err)) > 0) {
		at = compare(hook, at, &entry);
		if ((entry.mode & MODE_TYPE) == MODE_TREE && at < hook->nr &&
		    strncmp(hook->files[at].path, entry.path, strlen(entry.path)) == 0)
			result = tree_walk_enter(&walk, &entry, err);
	}
	tree_walk_end(&walk);
	return result < 0 ? -1 : 0;
}

/* -- which of them are Python */

static int is_python_staged(struct hook *hook, const struct named *file, struct error *err)
{
	char *bytes;
	size_t len;
	int python;

	if (repository_read(&hook->git.repo, &file->id, &bytes, &len, err) < 0)
		return -1;
	python = shebang_is_python(bytes, len);
	free(bytes);
	return python;
}

/* What is said of a file beside 0 (not Python), 1 (Python) and -1 (an error): it was left out for another reason. */
#define LEFT_OUT 2

static int is_python_in_worktree(struct target *target, const struct named *file, bool by_name, struct error *err)
{
	struct hook *hook = target->data;
	enum target_skip skip;
	size_t size;
	int fd, result = beneath_open(&hook->beneath, &hook->folder, file->path, by_name ? NULL : &fd, &size, &skip, err);

	if (result == 0)
		return by_name ? 1 : shebang_and_close(fd, err);
	if (result < 0)
		return -1;
	if (skip == SKIP_DELETED && !file->tracked)
		return error_set(err, "%s", strerror(ENOENT));
	target_leave_out(target, file->path, skip);
	return LEFT_OUT;
}

static int is_python(struct target *target, const struct named *file, struct error *err)
{
	/* Somebody named the file: it may be looked at whatever it is called. */
	bool by_name = pyname_of(file->path, true) == PYNAME_YES;

	if (!file->staged)
		return is_python_in_worktree(target, file, by_name, err);
	if ((file->mode & MODE_TYPE) != MODE_FILE) {
		target_leave_out(target, file->path,
				 (file->mode & MODE_TYPE) == MODE_SYMLINK ? SKIP_SYMLINK : SKIP_SUBMODULE);
		return LEFT_OUT;
	}
	return by_name ? 1 : is_python_staged(target->data, file, err);
}

static void list(struct target *target)
{
	struct hook *hook = target->data;

	for (size_t i = 0; i < hook->nr; i++) {
		const struct named *file = &hook->files[i];
		struct error err = { NULL };
		int python = is_python(target, file, &err);

		if (python < 0) {
			error_prefix(&err, "%s", file->path);
			complain_error(&err);
		} else if (!python) {
			target_leave_out(target, file->path, SKIP_NOT_PYTHON);
		} else if (python != LEFT_OUT) {
			target_add(target, file->path, 0);
			target->entries[target->nr - 1].id = file->staged ? &file->id : NULL;
		}
	}
}

int target_open_hook(struct target *target, const struct target_options *options, struct error *err)
{
	struct hook *hook = xcalloc(1, sizeof(*hook));
	struct target_options all = *options;

	target->data = hook;
	target->ops = &hook_ops;
	target->git = &hook->git;
	target->repo = &hook->git.repo;
	hook->beneath = BENEATH_CLOSED;
	all.nr_paths = 0; /* names, not pathspecs */
	if (git_target_open(&hook->git, &all, err) < 0 ||
	    beneath_init(&hook->beneath, hook->git.repo.worktree, err) < 0 ||
	    take_names(hook, options, err) < 0)
		return -1;
	look_in_index(hook);
	if (look_in_head(hook, err) < 0)
		return -1;
	list(target);
	attribute_filter(target, options, &(struct attribute_source){ .repo = &hook->git.repo,
								      .read = attribute_filter_read_index,
								      .data = &hook->git });
	git_target_finish(&hook->git, target);
	return 0;
}
