/* SPDX-License-Identifier: MIT
 *
 * What a push brings, before it is accepted: git tells pre-push and
 * pre-receive hooks on standard input which references move from where to
 * where. Files are scanned whole, but only those that the push changes.
 */
#include "target/blob_target.h"

#include <unistd.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "git/attributes.h"
#include "git/pushed.h"
#include "git/shallow.h"
#include "git/tree.h"
#include "git/tree_diff.h"

/* A line of standard input. */
struct update {
	char *old, *fresh; /* names of objects; point into the line */
};

/* What is pushed to one reference. */
struct arrival {
	struct target *target;
	struct pushed pushed;
	struct attributes *attributes; /* of the pushed tree; NULL: nothing is kept out */
};

/* -- the lines */

static int split(char *line, char **fields, size_t nr)
{
	for (size_t i = 0; i < nr; i++) {
		char *blank = strchr(line, ' ');

		if (!blank != (i + 1 == nr))
			return -1;
		fields[i] = line;
		if (blank) {
			*blank = '\0';
			line = blank + 1;
		}
	}
	return 0;
}

/* "LOCAL-REF LOCAL-ID REMOTE-REF REMOTE-ID" before a push, "OLD NEW REF" where it arrives. */
static int parse(enum target_kind kind, char *line, struct update *update, struct error *err)
{
	char *fields[4];

	line[strcspn(line, "\n")] = '\0';
	if (kind == TARGET_PRE_PUSH && split(line, fields, 4) == 0) {
		*update = (struct update){ .old = fields[3], .fresh = fields[1] };
		return 0;
	}
	if (kind == TARGET_PRE_RECEIVE && split(line, fields, 3) == 0) {
		*update = (struct update){ .old = fields[0], .fresh = fields[1] };
		return 0;
	}
	return error_set(err, "'%s' is no line that git gives to this hook; see: git help hooks", line);
}

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
	if (target->nr > before && arrival->attributes && attributes_keep_out(arrival->attributes, path)) {
		target->nr = before;
		target->skipped[SKIP_ATTRIBUTES]++;
	}
	return 0;
}

/* Reads an attributes file of the pushed tree. */
static int read_attributes(void *data, const char *path, char **bytes, size_t *len, struct error *err)
{
	const struct arrival *arrival = data;
	const struct blob_target *blobs = arrival->target->data;
	struct object_id id;
	unsigned int mode;
	int result = tree_find(&blobs->git.repo, &arrival->pushed.tree, path, &mode, &id, err);

	if (result == 0 && (mode & MODE_TYPE) != MODE_FILE)
		result = 1;
	return result == 0 ? repository_read(&blobs->git.repo, &id, bytes, len, err) : result;
}

static int list_update(struct target *target, struct tree_diff *diff, const struct update *update,
		       const struct target_options *options, const char *known, struct error *err)
{
	struct blob_target *blobs = target->data;
	struct arrival arrival = { .target = target };
	struct pushed *pushed = &arrival.pushed;
	int result = pushed_find(pushed, &blobs->git.repo, update->old, update->fresh, known, err);

	if (result == 0) {
		const struct object_id *trees[] = { &pushed->tree, pushed->has_base ? &pushed->base : NULL };

		if (!options->no_attributes)
			arrival.attributes = attributes_open(&blobs->git.repo, read_attributes, &arrival);
		result = tree_diff_run(diff, trees, ARRAY_SIZE(trees), take, &arrival, err);
		if (arrival.attributes)
			attributes_free(arrival.attributes);
	}
	return result < 0 ? -1 : 0;
}

static int list(struct target *target, const struct target_options *options, const char *known, struct error *err)
{
	struct blob_target *blobs = target->data;
	struct tree_diff diff;
	struct update update = { NULL, NULL };
	char *line = NULL;
	size_t alloc = 0;
	int result = 0;

	tree_diff_init(&diff, &blobs->git.repo);
	while (result == 0 && getline(&line, &alloc, stdin) > 0) {
		result = parse(options->kind, line, &update, err);
		if (result == 0)
			result = list_update(target, &diff, &update, options, known, err);
	}
	if (result == 0 && ferror(stdin))
		result = error_set(err, "cannot read standard input: %s", strerror(errno));
	free(line);
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
	bool receive = options->kind == TARGET_PRE_RECEIVE;
	struct blob_target *blobs;
	char *known;
	int result;

	if (blob_target_open(target, options, err) < 0)
		return -1;
	blobs = target->data;
	if (isatty(STDIN_FILENO))
		return error_set(err, "'--%s' is for hooks: it reads from standard input what git says of the push; "
				 "see: git help hooks", receive ? "pre-receive" : "pre-push");
	if (shallow_cut(&blobs->git.repo, err) < 0)
		return -1;
	/* Where the push arrives, all references are known. */
	known = receive ? xstrdup("refs/") : *options->remote ? xasprintf("refs/remotes/%s/", options->remote) :
		xstrdup("refs/remotes/");
	result = list(target, options, known, err);
	free(known);
	if (result < 0)
		return -1;
	sort_and_unite(target);
	return blob_target_finish(target, options, err);
}
