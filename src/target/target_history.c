/* SPDX-License-Identifier: MIT
 *
 * Every version of every file. Each commit's tree is compared with those of
 * its parents, so that folders which did not change are never looked at.
 * The versions of a file follow each other, newest first, as packs store them:
 * libgit2 keeps too little of a pack at hand for any other order.
 */
#include "target/git_target.h"

#include <uthash.h>

#include "base/alloc.h"
#include "base/interrupt.h"
#include "base/progress.h"
#include "git/attributes.h"
#include "git/history.h"
#include "git/tree.h"
#include "git/tree_diff.h"
#include "target/pyname.h"
#include "target/versions.h"

/* A path that was met. */
struct seen_path {
	const char *path; /* in the arena */
	uint32_t index;   /* in versions.paths */
	bool left_out;    /* by pathspecs or attributes */
	UT_hash_handle hh;
};

enum answer { UNKNOWN, NO, YES };

/* A content that was met. */
struct seen_blob {
	struct object_id id;
	uint32_t entry;     /* or NO_VERSION: not needed so far */
	enum answer python; /* what its first line says */
	UT_hash_handle hh;
};

struct history_target {
	struct git_target git;
	struct versions versions;
	struct history history;
	struct tree_diff diff;
	struct attributes *attributes; /* NULL: nothing is kept out */
	struct object_id attributes_tree;
	struct seen_path *paths;
	struct seen_blob *blobs;
};

/* What the comparison of trees calls back with. */
struct comparison {
	struct target *target;
	size_t nr_olds;
	bool tips; /* the first tree's files are noted, not changes */
};

static int read_entry(struct target_reader *reader, const struct target_entry *entry, struct target_content *content,
		      enum target_skip *skip, struct error *err)
{
	struct history_target *history = reader->target->data;

	(void)skip;
	if (!content)
		return 0;
	if (repository_read(&history->git.repo, entry->id, &content->bytes, &content->len, err) < 0)
		return error_prefix(err, "%s", entry->path);
	return 0;
}

/* What only the listing needs. */
static void release_listing(struct history_target *history)
{
	struct seen_path *path, *next_path;
	struct seen_blob *blob, *next_blob;

	HASH_ITER(hh, history->paths, path, next_path) {
		HASH_DEL(history->paths, path);
		free(path);
	}
	HASH_ITER(hh, history->blobs, blob, next_blob) {
		HASH_DEL(history->blobs, blob);
		free(blob);
	}
	history_release(&history->history);
	tree_diff_release(&history->diff);
	if (history->attributes)
		attributes_free(history->attributes);
	history->attributes = NULL;
}

static void release(struct target *target)
{
	struct history_target *history = target->data;
	struct versions *versions = &history->versions;

	release_listing(history);
	free(versions->paths);
	free(versions->commits);
	free(versions->changes);
	free(versions->olds);
	free(versions->tips);
	git_target_release(&history->git);
	free(history);
}

static const struct target_ops history_ops = { read_entry, release, NULL, NULL, false };

/* -- paths and contents */

static const struct seen_path *find_path(struct history_target *history, const char *path)
{
	struct versions *versions = &history->versions;
	struct seen_path *seen;

	HASH_FIND_STR(history->paths, path, seen);
	if (seen)
		return seen;
	seen = xcalloc(1, sizeof(*seen));
	seen->path = arena_strdup(&history->git.arena, path);
	seen->index = (uint32_t)versions->nr_paths;
	seen->left_out = !pathspec_match(&history->git.pathspec, path) ||
		(history->attributes && attributes_keep_out(history->attributes, path, NULL) != ATTRIBUTES_NOTHING);
	ARRAY_GROW(versions->paths, versions->nr_paths + 1, versions->paths_alloc);
	versions->paths[versions->nr_paths++] = seen->path;
	HASH_ADD_KEYPTR(hh, history->paths, seen->path, strlen(seen->path), seen);
	return seen;
}

static struct seen_blob *find_blob(struct history_target *history, const struct object_id *id)
{
	struct seen_blob *seen;

	HASH_FIND(hh, history->blobs, id, sizeof(*id), seen);
	if (seen)
		return seen;
	seen = xcalloc(1, sizeof(*seen));
	seen->id = *id;
	seen->entry = NO_VERSION;
	HASH_ADD(hh, history->blobs, id, sizeof(seen->id), seen);
	return seen;
}

static bool is_python(struct history_target *history, const char *path, unsigned int mode, struct seen_blob *blob)
{
	enum pyname name = pyname_of(path, mode == MODE_EXECUTABLE);
	struct error err = { NULL };
	char *bytes;
	size_t len;

	if (name != PYNAME_MAYBE)
		return name == PYNAME_YES;
	if (blob->python != UNKNOWN)
		return blob->python == YES;
	blob->python = NO;
	if (repository_read(&history->git.repo, &blob->id, &bytes, &len, &err) < 0) {
		error_prefix(&err, "%s", path);
		complain_error(&err);
		return false;
	}
	if (shebang_is_python(bytes, len))
		blob->python = YES;
	free(bytes);
	return blob->python == YES;
}

/* The entry of a file in one of the trees, or NO_VERSION. */
static uint32_t entry_of(struct target *target, const struct seen_path *path, const struct tree_side *side)
{
	struct history_target *history = target->data;
	struct seen_blob *blob;

	if ((side->mode & MODE_TYPE) != MODE_FILE || pyname_of(path->path, side->mode == MODE_EXECUTABLE) == PYNAME_NO)
		return NO_VERSION;
	blob = find_blob(history, &side->id);
	if (!is_python(history, path->path, side->mode, blob))
		return NO_VERSION;
	if (blob->entry == NO_VERSION) {
		struct object_id *id = arena_alloc(&history->git.arena, sizeof(*id));

		*id = side->id;
		blob->entry = (uint32_t)target->nr;
		target_add(target, path->path, path->index);
		target->entries[blob->entry].id = id;
	}
	return blob->entry;
}

/* -- commits */

static void note_tip(struct target *target, const struct seen_path *path, const struct tree_side *side)
{
	struct versions *versions = &((struct history_target *)target->data)->versions;
	uint32_t entry = entry_of(target, path, side);

	if (entry == NO_VERSION)
		return;
	ARRAY_GROW(versions->tips, versions->nr_tips + 1, versions->tips_alloc);
	versions->tips[versions->nr_tips++] = (struct version_tip){ path->index, entry };
}

/* sides: the commit's, then those of its parents. */
static void note_change(struct target *target, const struct seen_path *path, const struct tree_side *sides,
			size_t nr_olds)
{
	struct versions *versions = &((struct history_target *)target->data)->versions;
	struct version_commit *commit = &versions->commits[versions->nr_commits - 1];
	struct version_change change = { path->index, entry_of(target, path, &sides[0]), versions->nr_olds, 0 };

	ARRAY_GROW(versions->olds, versions->nr_olds + nr_olds, versions->olds_alloc);
	for (size_t i = 0; i < nr_olds; i++) {
		uint32_t old = entry_of(target, path, &sides[1 + i]);

		if (old != NO_VERSION)
			versions->olds[change.first_old + change.nr_olds++] = old;
	}
	if (change.fresh == NO_VERSION && !change.nr_olds)
		return;
	versions->nr_olds += change.nr_olds;
	ARRAY_GROW(versions->changes, versions->nr_changes + 1, versions->changes_alloc);
	versions->changes[versions->nr_changes++] = change;
	commit->nr++;
}

static int take(void *data, const char *path, const struct tree_side *sides, struct error *err)
{
	const struct comparison *comparison = data;
	const struct seen_path *seen;
	bool maybe = false;

	(void)err;
	for (size_t i = 0; i <= comparison->nr_olds && !maybe; i++)
		maybe = sides[i].mode && pyname_of(path, sides[i].mode == MODE_EXECUTABLE) != PYNAME_NO;
	if (!maybe) {
		/* It may be what a pathspec names. */
		pathspec_match(&((struct history_target *)comparison->target->data)->git.pathspec, path);
		return 0;
	}
	seen = find_path(comparison->target->data, path);
	if (seen->left_out)
		return 0;
	if (comparison->tips)
		note_tip(comparison->target, seen, &sides[0]);
	else
		note_change(comparison->target, seen, sides, comparison->nr_olds);
	return 0;
}

/* All files of the newest tip, and those of the others that are not as it has them. */
static int list_tips(struct target *target, struct error *err)
{
	struct history_target *history = target->data;
	struct comparison comparison = { target, 1, true };
	const struct object_id *trees[2] = { NULL, NULL };
	int result = 0;

	for (size_t i = 0; result == 0 && i < history->history.nr_tips && !interrupted(); i++) {
		trees[0] = &history->history.commits[history->history.tips[i]].tree;
		result = tree_diff_run(&history->diff, trees, 2, take, &comparison, err);
		trees[1] = &history->history.commits[history->history.tips[0]].tree;
	}
	return result;
}

static int list_commit(struct target *target, const struct history_commit *commit, const struct object_id **trees,
		       struct error *err)
{
	struct history_target *history = target->data;
	struct versions *versions = &history->versions;
	/* A commit without parents is compared with no files at all. */
	size_t nr_olds = commit->nr_parents ? commit->nr_parents : 1;
	struct comparison comparison = { target, nr_olds, false };
	int result;

	trees[0] = &commit->tree;
	trees[1] = NULL;
	for (size_t i = 0; i < commit->nr_parents; i++)
		trees[1 + i] = &history->history.commits[history->history.parents[commit->first_parent + i]].tree;
	ARRAY_GROW(versions->commits, versions->nr_commits + 1, versions->commits_alloc);
	versions->commits[versions->nr_commits++] = (struct version_commit){ .id = commit->id, .first = versions->nr_changes };
	result = tree_diff_run(&history->diff, trees, nr_olds + 1, take, &comparison, err);
	versions->nr_commits -= !versions->commits[versions->nr_commits - 1].nr;
	return result;
}

static int list_commits(struct target *target, bool show, struct error *err)
{
	struct history_target *history = target->data;
	const struct history *commits = &history->history;
	const struct object_id **trees = NULL;
	size_t trees_alloc = 0;
	struct progress progress;
	int result = 0;

	progress_begin(&progress, show, "commits read", commits->nr_order);
	for (size_t i = 0; result == 0 && i < commits->nr_order && !interrupted(); i++) {
		const struct history_commit *commit = &commits->commits[commits->order[i]];

		ARRAY_GROW(trees, commit->nr_parents + 2, trees_alloc);
		result = list_commit(target, commit, trees, err);
		progress_set(&progress, i);
	}
	progress_hide(&progress);
	free(trees);
	return result;
}

/* -- their order */

/* By path, then as they were met; index is that of the path until here. */
static int compare_entries(const void *a, const void *b)
{
	const struct target_entry *x = *(struct target_entry *const *)a, *y = *(struct target_entry *const *)b;

	if (x->index != y->index)
		return x->index < y->index ? -1 : 1;
	return (x > y) - (x < y);
}

static void rename_entries(struct versions *versions, const uint32_t *names)
{
	for (size_t i = 0; i < versions->nr_changes; i++)
		if (versions->changes[i].fresh != NO_VERSION)
			versions->changes[i].fresh = names[versions->changes[i].fresh];
	for (size_t i = 0; i < versions->nr_olds; i++)
		versions->olds[i] = names[versions->olds[i]];
	for (size_t i = 0; i < versions->nr_tips; i++)
		versions->tips[i].entry = names[versions->tips[i].entry];
}

/* Brings the versions of each file together. */
static void put_in_order(struct target *target)
{
	struct target_entry **order, *sorted;
	uint32_t *names;

	if (!target->nr)
		return;
	order = xreallocarray(NULL, target->nr, sizeof(*order));
	sorted = xreallocarray(NULL, target->nr, sizeof(*sorted));
	names = xreallocarray(NULL, target->nr, sizeof(*names));
	for (size_t i = 0; i < target->nr; i++)
		order[i] = &target->entries[i];
	qsort(order, target->nr, sizeof(*order), compare_entries);
	for (size_t i = 0; i < target->nr; i++) {
		names[order[i] - target->entries] = (uint32_t)i;
		sorted[i] = *order[i];
	}
	rename_entries(&((struct history_target *)target->data)->versions, names);
	free(target->entries);
	target->entries = sorted;
	target->alloc = target->nr;
	free(order);
	free(names);
}

/* Reads an attributes file of the newest commit, or of the tree that is trusted. */
static int read_attributes(void *data, const char *path, char **bytes, size_t *len, struct error *err)
{
	const struct history_target *history = data;
	struct object_id id;
	unsigned int mode;
	int result = tree_find(&history->git.repo, &history->attributes_tree, path, &mode, &id, err);

	if (result == 0 && (mode & MODE_TYPE) != MODE_FILE)
		result = 1;
	return result == 0 ? repository_read(&history->git.repo, &id, bytes, len, err) : result;
}

int target_open_history(struct target *target, const struct target_options *options, struct error *err)
{
	struct history_target *history = xcalloc(1, sizeof(*history));
	int result;

	target->data = history;
	target->ops = &history_ops;
	target->versions = &history->versions;
	target->repo = &history->git.repo;
	if (git_target_open(&history->git, options, err) < 0)
		return -1;
	tree_diff_init(&history->diff, &history->git.repo);
	result = history_walk(&history->history, &history->git.repo, options->range, options->all, err);
	if (result == 0 && history->history.nr_tips && !options->no_attributes) {
		history->attributes_tree = options->attributes_tree ? *options->attributes_tree :
			history->history.commits[history->history.tips[0]].tree;
		history->attributes = attributes_open(&history->git.repo, read_attributes, history);
	}
	if (result == 0)
		result = list_tips(target, err);
	if (result == 0)
		result = list_commits(target, options->progress, err);
	if (result == 0 && !interrupted())
		result = git_target_check_pathspec(&history->git, options, err);
	release_listing(history);
	put_in_order(target);
	return result;
}
