/* SPDX-License-Identifier: MIT
 *
 * What a target leaves out, and the words for why.
 */
#include "target/target.h"

#include "base/alloc.h"
#include "target/pyname.h"

const char *const target_skip_names[SKIP_NR] = {
	[SKIP_DELETED] = "deleted",
	[SKIP_SPARSE] = "not checked out",
	[SKIP_SYMLINK] = "symbolic link",
	[SKIP_NOT_REGULAR] = "not a regular file",
	[SKIP_SUBMODULE] = "submodule",
	[SKIP_OWN_ATTRIBUTE] = "-asyncgrep",
	[SKIP_GENERATED] = "linguist-generated",
	[SKIP_VENDORED] = "linguist-vendored",
	[SKIP_NOT_PYTHON] = "not Python",
	[SKIP_ANNOUNCED] = "no content yet",
	[SKIP_BOTH_DELETED] = "deleted by both",
	[SKIP_UNCHANGED] = "unchanged",
	[SKIP_UNTRACKED] = "untracked",
	[SKIP_IGNORED] = "ignored",
	[SKIP_REPOSITORY] = "another repository",
};

static bool counts(const char *path, enum target_skip skip)
{
	if (skip < SKIP_SUBMODULE)
		return pyname_of(path, false) == PYNAME_YES;
	return skip < SKIP_NOT_PYTHON;
}

void target_leave_out(struct target *target, const char *full_path, enum target_skip skip)
{
	bool counted = counts(full_path, skip);

	target->skipped[skip] += counted;
	if (target->keep != KEEP_ALL && !(counted && target->keep == KEEP_COUNTED))
		return;
	ARRAY_GROW(target->left_out, target->nr_left_out + 1, target->left_out_alloc);
	target->left_out[target->nr_left_out++] = (struct target_left_out){
		arena_strdup(&target->left_out_paths, full_path), skip
	};
}

static int by_path(const void *a, const void *b)
{
	return strcmp(((const struct target_left_out *)a)->full_path, ((const struct target_left_out *)b)->full_path);
}

void target_sort_left_out(struct target *target)
{
	if (target->nr_left_out)
		qsort(target->left_out, target->nr_left_out, sizeof(*target->left_out), by_path);
}
