/* SPDX-License-Identifier: MIT
 *
 * A merge of sorted lists, folder by folder. The folders that are open are a
 * stack; nothing recurses.
 */
#include "git/tree_diff.h"

#include <uthash.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "git/tree.h"

/* So many bytes of tree objects are kept from one comparison to the next. */
#define CACHE_SIZE ((size_t)64 << 20)

struct tree_object {
	struct object_id id;
	char *bytes; /* owned */
	size_t len;
	UT_hash_handle hh;
};

/* One of the trees in the folder that is open: its next entry. */
struct cursor {
	struct text tree; /* of length 0: it does not have this folder */
	size_t pos;
	unsigned int mode; /* 0: at the end */
	struct text name;
	struct object_id id;
};

struct run {
	struct tree_diff *diff;
	size_t nr;
	struct cursor *cursors; /* nr for each folder that is open, outermost first */
	size_t *path_lens;      /* of each such folder, with its slash */
	size_t depth, cursors_alloc, lens_alloc;
	struct strbuf path;
	struct tree_side *sides;
};

void tree_diff_init(struct tree_diff *diff, const struct repository *repo)
{
	*diff = (struct tree_diff){ .repo = repo };
}

static void forget(struct tree_diff *diff, struct tree_object *object)
{
	HASH_DEL(diff->objects, object);
	diff->bytes -= object->len + sizeof(*object);
	free(object->bytes);
	free(object);
}

void tree_diff_release(struct tree_diff *diff)
{
	struct tree_object *object, *next;

	HASH_ITER(hh, diff->objects, object, next)
		forget(diff, object);
}

/* Makes room; not while a comparison has the bytes in its hands. */
static void trim(struct tree_diff *diff)
{
	struct tree_object *object, *next;

	HASH_ITER(hh, diff->objects, object, next) {
		if (diff->bytes <= CACHE_SIZE)
			break;
		forget(diff, object);
	}
}

static int load(struct tree_diff *diff, const struct object_id *id, struct text *tree, struct error *err)
{
	struct tree_object *object;
	char *bytes;
	size_t len;

	HASH_FIND(hh, diff->objects, id, sizeof(*id), object);
	if (object) {
		/* To the end of the list: it is young again. */
		HASH_DEL(diff->objects, object);
	} else {
		if (repository_read(diff->repo, id, &bytes, &len, err) < 0)
			return -1;
		object = xcalloc(1, sizeof(*object));
		object->id = *id;
		object->bytes = bytes;
		object->len = len;
		diff->bytes += len + sizeof(*object);
	}
	HASH_ADD(hh, diff->objects, id, sizeof(object->id), object);
	*tree = (struct text){ object->bytes, object->len };
	return 0;
}

static int advance(struct run *run, struct cursor *cursor, struct error *err)
{
	cursor->mode = 0;
	if (cursor->pos == cursor->tree.len)
		return 0;
	if (tree_parse(cursor->tree, &cursor->pos, &cursor->mode, &cursor->name, &cursor->id) < 0 || !cursor->mode)
		return error_set(err, "the tree of '%s' is broken; find the damage with: git fsck", run->path.buf);
	return 0;
}

static bool is_folder(const struct cursor *cursor)
{
	return (cursor->mode & MODE_TYPE) == MODE_TREE;
}

/* The order of tree objects: by bytes, folders as if their names ended in a slash. */
static int compare(const struct cursor *a, const struct cursor *b)
{
	size_t len = a->name.len < b->name.len ? a->name.len : b->name.len;
	int order = memcmp(a->name.ptr, b->name.ptr, len), x, y;

	if (order)
		return order;
	x = len < a->name.len ? (unsigned char)a->name.ptr[len] : is_folder(a) ? '/' : 0;
	y = len < b->name.len ? (unsigned char)b->name.ptr[len] : is_folder(b) ? '/' : 0;
	return x - y;
}

/* Opens a folder of which the trees have these versions (mode 0: none). */
static int enter(struct run *run, const struct tree_side *sides, struct error *err)
{
	struct cursor *cursors;

	ARRAY_GROW(run->cursors, (run->depth + 1) * run->nr, run->cursors_alloc);
	ARRAY_GROW(run->path_lens, run->depth + 1, run->lens_alloc);
	cursors = run->cursors + run->depth * run->nr;
	run->path_lens[run->depth++] = run->path.len;
	memset(cursors, 0, run->nr * sizeof(*cursors));
	for (size_t i = 0; i < run->nr; i++)
		if (sides[i].mode && (load(run->diff, &sides[i].id, &cursors[i].tree, err) < 0 ||
				      advance(run, &cursors[i], err) < 0))
			return -1;
	return 0;
}

/* The first of the names that come next; NULL: the folder is at its end. */
static const struct cursor *first_of(const struct cursor *cursors, size_t nr)
{
	const struct cursor *first = NULL;

	for (size_t i = 0; i < nr; i++)
		if (cursors[i].mode && (!first || compare(&cursors[i], first) < 0))
			first = &cursors[i];
	return first;
}

/* Fills sides with what the trees have under the name that comes next, and goes on. Are they all the same? */
static int take(struct run *run, struct cursor *cursors, const struct cursor *first, bool *same, struct error *err)
{
	struct cursor named = *first;

	*same = true;
	for (size_t i = 0; i < run->nr; i++) {
		struct tree_side *side = &run->sides[i];

		memset(side, 0, sizeof(*side));
		if (cursors[i].mode && compare(&cursors[i], &named) == 0) {
			side->mode = cursors[i].mode;
			side->id = cursors[i].id;
			if (advance(run, &cursors[i], err) < 0)
				return -1;
		}
		*same &= side->mode == run->sides[0].mode && object_id_equal(&side->id, &run->sides[0].id);
	}
	return 0;
}

/* One step: a name in the innermost folder, or its end. */
static int step(struct run *run, tree_diff_fn changed, void *data, struct error *err)
{
	struct cursor *cursors = run->cursors + (run->depth - 1) * run->nr;
	const struct cursor *first = first_of(cursors, run->nr);
	bool folder, same;

	if (!first) {
		run->depth--;
		return 0;
	}
	folder = is_folder(first);
	strbuf_setlen(&run->path, run->path_lens[run->depth - 1]);
	strbuf_add(&run->path, first->name.ptr, first->name.len);
	if (take(run, cursors, first, &same, err) < 0)
		return -1;
	if (same)
		return 0;
	if (!folder)
		return changed(data, run->path.buf, run->sides, err);
	strbuf_addch(&run->path, '/');
	return enter(run, run->sides, err);
}

int tree_diff_run(struct tree_diff *diff, const struct object_id *const *trees, size_t nr,
		  tree_diff_fn changed, void *data, struct error *err)
{
	struct run run = { .diff = diff, .nr = nr, .path = STRBUF_INIT };
	int result;

	trim(diff);
	run.sides = xcalloc(nr, sizeof(*run.sides));
	for (size_t i = 0; i < nr; i++)
		if (trees[i])
			run.sides[i] = (struct tree_side){ MODE_TREE, *trees[i] };
	result = enter(&run, run.sides, err);
	while (result == 0 && run.depth)
		result = step(&run, changed, data, err);
	free(run.cursors);
	free(run.path_lens);
	free(run.sides);
	strbuf_release(&run.path);
	return result;
}
