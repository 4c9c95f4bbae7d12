/* SPDX-License-Identifier: MIT
 *
 * Tree objects read as they are stored ("MODE NAME\0ID" one after another):
 * half the time of libgit2's own iterator, and folders can be passed by.
 */
#include "git/tree.h"

#include <git2.h>

#include "base/alloc.h"

struct tree_frame {
	char *bytes; /* the tree object; owned */
	size_t len, pos;
	size_t path_len; /* of the folder, with its slash */
};

static int push(struct tree_walk *walk, const struct object_id *tree, struct error *err)
{
	struct tree_frame frame = { .path_len = walk->path.len };

	if (repository_read(walk->repo, tree, &frame.bytes, &frame.len, err) < 0)
		return -1;
	ARRAY_GROW(walk->frames, walk->nr + 1, walk->alloc);
	walk->frames[walk->nr++] = frame;
	return 0;
}

int tree_walk_begin(struct tree_walk *walk, const struct repository *repo,
		    const struct object_id *tree, struct error *err)
{
	*walk = (struct tree_walk){ .repo = repo, .path = STRBUF_INIT };
	return push(walk, tree, err);
}

int tree_parse(struct text tree, size_t *pos, unsigned int *mode, struct text *name, struct object_id *id)
{
	const char *p = tree.ptr + *pos, *end = tree.ptr + tree.len, *nul;

	*mode = 0;
	for (; p < end && *p >= '0' && *p <= '7'; p++)
		*mode = *mode * 8 + (unsigned int)(*p - '0');
	if (p == end || *p != ' ')
		return -1;
	p++;
	nul = memchr(p, '\0', (size_t)(end - p));
	if (!nul || nul == p || end - nul <= OBJECT_ID_LEN)
		return -1;
	*name = (struct text){ p, (size_t)(nul - p) };
	memcpy(id->bytes, nul + 1, OBJECT_ID_LEN);
	*pos = (size_t)(nul + 1 + OBJECT_ID_LEN - tree.ptr);
	return 0;
}

int tree_walk_next(struct tree_walk *walk, struct tree_entry *entry, struct error *err)
{
	while (walk->nr) {
		struct tree_frame *frame = &walk->frames[walk->nr - 1];
		struct text name;

		if (frame->pos == frame->len) {
			free(frame->bytes);
			walk->nr--;
			continue;
		}
		strbuf_setlen(&walk->path, frame->path_len);
		if (tree_parse((struct text){ frame->bytes, frame->len }, &frame->pos, &entry->mode, &name,
			       &entry->id) < 0)
			return error_set(err, "the tree of '%s' is broken; find the damage with: git fsck",
					 walk->path.buf);
		strbuf_add(&walk->path, name.ptr, name.len);
		if ((entry->mode & MODE_TYPE) == MODE_TREE)
			strbuf_addch(&walk->path, '/');
		entry->path = walk->path.buf;
		return 1;
	}
	return 0;
}

int tree_walk_enter(struct tree_walk *walk, const struct tree_entry *folder, struct error *err)
{
	return push(walk, &folder->id, err);
}

int tree_walk_file(struct tree_walk *walk, struct tree_entry *entry, struct error *err)
{
	int result = tree_walk_next(walk, entry, err);

	while (result > 0 && (entry->mode & MODE_TYPE) == MODE_TREE) {
		if (tree_walk_enter(walk, entry, err) < 0)
			return -1;
		result = tree_walk_next(walk, entry, err);
	}
	return result;
}

bool tree_has(const struct repository *repo, const struct object_id *tree, const char *path)
{
	git_tree_entry *entry = NULL;
	git_tree *top = NULL;
	git_oid oid;
	bool found;

	git_oid_fromraw(&oid, tree->bytes);
	found = git_tree_lookup(&top, repo->git, &oid) == 0 && git_tree_entry_bypath(&entry, top, path) == 0 &&
		git_tree_entry_type(entry) == GIT_OBJECT_BLOB;
	git_tree_entry_free(entry);
	git_tree_free(top);
	return found;
}

void tree_walk_end(struct tree_walk *walk)
{
	while (walk->nr)
		free(walk->frames[--walk->nr].bytes);
	free(walk->frames);
	strbuf_release(&walk->path);
	memset(walk, 0, sizeof(*walk));
}

/* As tree_find, in one folder. */
static int find_name(struct text tree, const char *name, size_t len, unsigned int *mode, struct object_id *id)
{
	struct text found;

	for (size_t pos = 0; pos < tree.len;) {
		if (tree_parse(tree, &pos, mode, &found, id) < 0)
			return -1;
		if (found.len == len && memcmp(found.ptr, name, len) == 0)
			return 0;
	}
	return 1;
}

int tree_find(const struct repository *repo, const struct object_id *tree, const char *path,
	      unsigned int *mode, struct object_id *id, struct error *err)
{
	int result = 0;

	*id = *tree;
	*mode = MODE_TREE;
	while (result == 0 && *path) {
		size_t name = strcspn(path, "/"), len;
		char *bytes;

		if ((*mode & MODE_TYPE) != MODE_TREE)
			return 1;
		if (repository_read(repo, id, &bytes, &len, err) < 0)
			return -1;
		result = find_name((struct text){ bytes, len }, path, name, mode, id);
		free(bytes);
		path += name + (path[name] == '/');
	}
	if (result < 0)
		error_set(err, "the tree of '%s' is broken; find the damage with: git fsck", path);
	return result;
}
