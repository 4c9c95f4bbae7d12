/* SPDX-License-Identifier: MIT
 *
 * The common ground of the targets that read blobs.
 */
#include "target/blob_target.h"

#include "base/alloc.h"
#include "git/tree.h"
#include "target/pyname.h"

static int read_entry(struct target_reader *reader, const struct target_entry *entry, struct target_content *content,
		      enum target_skip *skip, struct error *err)
{
	struct blob_target *blobs = reader->target->data;

	(void)skip;
	if (!content)
		return 0;
	if (repository_read(&blobs->git.repo, entry->id, &content->bytes, &content->len, err) < 0)
		return error_prefix(err, "%s", entry->path);
	return 0;
}

static void release(struct target *target)
{
	struct blob_target *blobs = target->data;

	git_target_release(&blobs->git);
	free(blobs->ids);
	free(blobs);
}

static bool has(const struct target *target, const char *full_path)
{
	switch (target_origin(target->kind)) {
	case FROM_INDEX:
		return index_has(&target->git->index, full_path);
	case FROM_REVISION:
		return tree_has(&target->git->repo, &target->git->tree, full_path);
	default:
		return true;
	}
}

static const struct target_ops blob_ops = { read_entry, release, NULL, has, false };

int blob_target_open(struct target *target, const struct target_options *options, struct error *err)
{
	struct blob_target *blobs = xcalloc(1, sizeof(*blobs));

	target->data = blobs;
	target->ops = &blob_ops;
	target->git = &blobs->git;
	target->repo = &blobs->git.repo;
	return git_target_open(&blobs->git, options, err);
}

/* Does the content's first line say Python, where the name does not tell? -1: it cannot be read. */
static int is_python(struct blob_target *blobs, const char *path, unsigned int mode, const struct object_id *id,
		     struct error *err)
{
	enum pyname name = pyname_of(path, mode == MODE_EXECUTABLE);
	char *bytes;
	size_t len;
	int python;

	if (name != PYNAME_MAYBE)
		return name == PYNAME_YES;
	if (repository_read(&blobs->git.repo, id, &bytes, &len, err) < 0)
		return error_prefix(err, "%s", path);
	python = shebang_is_python(bytes, len);
	free(bytes);
	return python;
}

void blob_target_add(struct target *target, const char *path, unsigned int mode, const struct object_id *id)
{
	struct blob_target *blobs = target->data;
	struct error err = { NULL };
	int python;

	if ((mode & MODE_TYPE) == MODE_SUBMODULE) {
		target_leave_out(target, path, SKIP_SUBMODULE);
		return;
	}
	if ((mode & MODE_TYPE) == MODE_SYMLINK) {
		target_leave_out(target, path, SKIP_SYMLINK);
		return;
	}
	python = is_python(blobs, path, mode, id, &err);
	if (python < 0) {
		/* Whether it should have been scanned cannot be told; that is an error of this file, not of all. */
		complain_error(&err);
	} else if (!python) {
		target_leave_out(target, path, SKIP_NOT_PYTHON);
	} else {
		ARRAY_GROW(blobs->ids, blobs->nr + 1, blobs->alloc);
		blobs->ids[blobs->nr] = *id;
		target_add(target, path, blobs->nr++);
	}
}

int blob_target_finish(struct target *target, const struct target_options *options, struct error *err)
{
	struct blob_target *blobs = target->data;

	if (git_target_check_pathspec(&blobs->git, options, err) < 0)
		return -1;
	for (size_t i = 0; i < target->nr; i++)
		target->entries[i].id = &blobs->ids[target->entries[i].index];
	git_target_finish(&blobs->git, target);
	return 0;
}
