/* SPDX-License-Identifier: MIT
 *
 * What a push brings, before it is accepted: git tells pre-push and
 * pre-receive hooks on standard input which references move from where to
 * where. Files are scanned whole, but only those that the push changes.
 */
#include "target/blob_target.h"

#include "base/alloc.h"
#include "git/pushed.h"
#include "git/shallow.h"
#include "git/tree.h"
#include "git/tree_diff.h"
#include "target/attribute_filter.h"
#include "target/push_updates.h"

/* What is pushed to one reference. */
struct arrival {
	struct target *target;
	struct pushed pushed;
	struct attributes *attributes; /* NULL: nothing is kept out */
	const struct object_id *attributes_tree; /* where these are: the pushed one, or one that is trusted */
};

/* -- what they bring */

static int take(void *data, const char *path, const struct tree_side *sides, struct error *err)
{
	struct arrival *arrival = data;
	struct target *target = arrival->target;
	struct blob_target *blobs = target->data;
	size_t before = target->nr;

	(void)err;
	if (!sides[0].mode || !pathspec_match(&blobs->git.pathspec, path))
		return 0;
	blob_target_add(target, arena_strdup(&blobs->git.arena, path), sides[0].mode, &sides[0].id);
	if (target->nr > before && arrival->attributes &&
	    attribute_filter_drops(target, arrival->attributes, path, 0))
		target->nr = before;
	return 0;
}

/* Reads an attributes file. */
static int read_attributes(void *data, const char *path, char **bytes, size_t *len, struct error *err)
{
	const struct arrival *arrival = data;
	const struct blob_target *blobs = arrival->target->data;
	struct object_id id;
	unsigned int mode;
	int result = tree_find(&blobs->git.repo, arrival->attributes_tree, path, &mode, &id, err);

	if (result == 0 && (mode & MODE_TYPE) != MODE_FILE)
		result = 1;
	return result == 0 ? repository_read(&blobs->git.repo, &id, bytes, len, err) : result;
}

static int list_update(struct target *target, struct tree_diff *diff, const struct push_update *update,
		       const struct target_options *options, const char *known, struct error *err)
{
	struct blob_target *blobs = target->data;
	struct arrival arrival = { .target = target };
	struct pushed *pushed = &arrival.pushed;
	int result = pushed_find(pushed, &blobs->git.repo, update->old, update->fresh, known, err);

	if (result == 0) {
		const struct object_id *trees[] = { &pushed->tree, pushed->has_base ? &pushed->base : NULL };

		arrival.attributes_tree = options->attributes_tree ? options->attributes_tree : &pushed->tree;
		if (!options->no_attributes)
			arrival.attributes = attributes_open(&blobs->git.repo, read_attributes, &arrival);
		result = tree_diff_run(diff, trees, ARRAY_SIZE(trees), take, &arrival, err);
		if (arrival.attributes)
			attributes_free(arrival.attributes);
	}
	return result < 0 ? -1 : 0;
}

static int list(struct target *target, const struct target_options *options, const struct push_updates *updates,
		const char *known, struct error *err)
{
	struct blob_target *blobs = target->data;
	struct tree_diff diff;
	int result = 0;

	tree_diff_init(&diff, &blobs->git.repo);
	for (size_t i = 0; result == 0 && i < updates->nr; i++)
		result = list_update(target, &diff, &updates->items[i], options, known, err);
	tree_diff_release(&diff);
	return result;
}

/* -- one list out of several */

/* By path, then content; entries of one path follow each other in the order of the references. */
static int by_path(const void *a, const void *b)
{
	const struct target_entry *x = a, *y = b;
	int order = strcmp(x->path, y->path);

	return order ? order : (x->index > y->index) - (x->index < y->index);
}

/* References may bring the same file. */
static void sort_and_unite(struct target *target)
{
	const struct blob_target *blobs = target->data;
	size_t kept = 0;

	if (target->nr)
		qsort(target->entries, target->nr, sizeof(*target->entries), by_path);
	for (size_t i = 0; i < target->nr; i++) {
		const struct target_entry *entry = &target->entries[i];
		bool known = false;

		for (size_t k = kept; !known && k && strcmp(target->entries[k - 1].path, entry->path) == 0; k--)
			known = object_id_equal(&blobs->ids[target->entries[k - 1].index], &blobs->ids[entry->index]);
		if (!known)
			target->entries[kept++] = *entry;
	}
	target->nr = kept;
}

int target_open_push(struct target *target, const struct target_options *options, struct error *err)
{
	struct push_updates own = { NULL, 0, 0 };
	struct blob_target *blobs;
	char *known;
	int result = 0;

	if (blob_target_open(target, options, err) < 0)
		return -1;
	blobs = target->data;
	if (!options->updates)
		result = push_updates_read(&own, options->kind, err);
	if (result == 0)
		result = shallow_cut(&blobs->git.repo, err);
	/* Where the push arrives, all references are known. */
	known = options->kind == TARGET_PRE_RECEIVE ? xstrdup("refs/") :
		*options->remote ? xasprintf("refs/remotes/%s/", options->remote) : xstrdup("refs/remotes/");
	if (result == 0)
		result = list(target, options, options->updates ? options->updates : &own, known, err);
	free(known);
	push_updates_release(&own);
	if (result < 0)
		return -1;
	sort_and_unite(target);
	return blob_target_finish(target, options, err);
}
