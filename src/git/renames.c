/* SPDX-License-Identifier: MIT
 *
 * Renames, by libgit2: both sides become an index in memory, and the
 * difference of the two is asked for pairs.
 */
#include "git/renames.h"

#include <git2.h>

/* So many gone files are looked at for each new one: twice what git does, yet not quadratic without end. */
#define MAX_TRIED 2000

static int fill(git_index **index, const struct renames_file *files, size_t nr)
{
	if (git_index_new(index) < 0)
		return -1;
	for (size_t i = 0; i < nr; i++) {
		git_index_entry entry = { .mode = MODE_FILE | 0644, .path = files[i].path };

		git_oid_fromraw(&entry.id, files[i].id.bytes);
		if (git_index_add(*index, &entry) < 0)
			return -1;
	}
	return 0;
}

static size_t find_path(const struct renames_file *files, size_t nr, const char *path)
{
	size_t low = 0, high = nr;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = strcmp(files[middle].path, path);

		if (!order)
			return middle;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NO_RENAME;
}

static void take_pairs(const git_diff *diff, const struct renames_file *gone, size_t nr_gone,
		       struct renames_file *fresh, size_t nr_fresh)
{
	for (size_t i = 0; i < git_diff_num_deltas(diff); i++) {
		const git_diff_delta *delta = git_diff_get_delta(diff, i);
		size_t at;

		if (delta->status != GIT_DELTA_RENAMED)
			continue;
		at = find_path(fresh, nr_fresh, delta->new_file.path);
		if (at != NO_RENAME)
			fresh[at].from = find_path(gone, nr_gone, delta->old_file.path);
	}
}

int renames_find(const struct repository *repo, const struct renames_file *gone, size_t nr_gone,
		 struct renames_file *fresh, size_t nr_fresh, struct error *err)
{
	git_diff_find_options how;
	git_index *before = NULL, *after = NULL;
	git_diff *diff = NULL;
	int result = -1;

	for (size_t i = 0; i < nr_fresh; i++)
		fresh[i].from = NO_RENAME;
	if (!nr_gone || !nr_fresh)
		return 0;
	if (git_diff_find_options_init(&how, GIT_DIFF_FIND_OPTIONS_VERSION) < 0)
		BUG("libgit2 does not know its own options");
	how.flags = GIT_DIFF_FIND_RENAMES;
	how.rename_limit = MAX_TRIED;
	if (fill(&before, gone, nr_gone) == 0 && fill(&after, fresh, nr_fresh) == 0 &&
	    git_diff_index_to_index(&diff, repo->git, before, after, NULL) == 0 &&
	    git_diff_find_similar(diff, &how) == 0)
		result = 0;
	if (result == 0)
		take_pairs(diff, gone, nr_gone, fresh, nr_fresh);
	else
		error_set(err, "cannot look for renamed files: %s; find the damage with: git fsck", repository_git_error());
	git_diff_free(diff);
	git_index_free(after);
	git_index_free(before);
	return result;
}
